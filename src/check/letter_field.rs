//! `letter-field`: blanks of a letter that are not used, or not used rightly.
//!
//! Blanks without an example, and examples without a blank, are found while
//! the file is read.

use super::{Check, Marks, Subject, prose::Use, rule};
use crate::{
    letter::{self, answer, condition},
    model::{
        Page,
        kind::{FieldType, Letter},
    },
    text::{Interval, did_you_mean, nearest},
};

pub(super) const CHECK: Check = rule::LETTER_FIELD.on_written(run);

/// The tokens for a person’s own details. Source: HTML Living Standard,
/// section on autofill.
#[rustfmt::skip] // a list of words
const TOKENS: &[&str] = &[
    "off", "on", "name", "honorific-prefix", "given-name", "additional-name", "family-name",
    "honorific-suffix", "nickname", "organization-title", "username", "organization",
    "street-address", "address-line1", "address-line2", "address-line3", "address-level1",
    "address-level2", "address-level3", "address-level4", "country", "country-name", "postal-code",
    "language", "bday", "bday-day", "bday-month", "bday-year", "sex", "url", "photo", "tel",
    "tel-country-code", "tel-national", "tel-area-code", "tel-local", "tel-extension", "email",
];

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    let Some(letter) = page.kind.sheet() else { return };
    let values = &subject.prose.values;
    for field in &letter.fields {
        let name = &field.name;
        let is_it = |used: &str| used.trim().eq_ignore_ascii_case(&name.value);
        let before = |used: &str| used.split_once(':').is_some_and(|(used, _)| is_it(used));
        let is_used =
            values.iter().any(|used| is_it(used.name) || used.is_when && before(used.name))
                || is_it(letter::DATE)
                || letter.from.is_some() && IN_FRAME.iter().any(|known| is_it(known));
        if !is_used {
            let message = format!("the letter asks for “{}” and never uses it", name.value);
            let hint =
                format!("write `(({}))` where it belongs, or take the field out", name.value);
            marks.push(name.span, message).hint(hint);
        }
        let token = field.autocomplete.split_whitespace().last().unwrap_or("off");
        if !TOKENS.contains(&token) {
            let message = format!("“{token}” is not a token for `autocomplete`");
            let otherwise = "use `name`, `street-address`, `tel`, `email`, `bday`, or leave it out";
            let hint = did_you_mean(token, TOKENS.iter().copied(), otherwise);
            marks.push(name.span, message).hint(hint);
        }
        dates(letter, field, marks);
    }
    examples(subject, page, letter, marks);
    if page.kind.letter().is_some() {
        holes(subject, page, letter, marks);
    }
    let words = subject.world.site.languages.of(subject.language());
    for used in values.iter().filter(|used| used.is_when) {
        if condition(letter, used.name, words).is_none() {
            unknown_answer(letter, used, marks);
        }
    }
}

/// Fields that may be left out, in the middle of a sentence: `I paid .`
fn holes(subject: &Subject<'_>, page: &Page, letter: &Letter, marks: &mut Marks) {
    let id = subject.world.site.by_url.get(&page.url);
    let Some((template, _)) = id.and_then(|id| subject.world.letters.get(id)) else { return };
    for field in letter.fields.iter().filter(|field| !field.required) {
        let Some(at) = template.field(&field.name.value) else { continue };
        let has_hole = |block: &letter::Block| {
            let mut words = String::new();
            flat(&block.runs, at, &mut words);
            // `Anything else: …` alone on its line is no sentence.
            block.style != letter::Style::Address
                && words.split_once(FIELD).is_some_and(|(before, after)| {
                    let before = before.trim_end();
                    let is_label = before.ends_with(':') && after.trim().is_empty();
                    (before.contains(char::is_alphabetic) || after.contains(char::is_alphabetic))
                        && !is_label
                })
        };
        if !template.blocks.iter().any(has_hole) {
            continue;
        }
        let name = &field.name.value;
        let is_it = |used: &&Use<'_>| !used.is_when && used.name.trim().eq_ignore_ascii_case(name);
        let place =
            subject.prose.values.iter().find(is_it).map_or(field.name.span, |used| used.span);
        let message = format!("“{name}” may be left out, and would leave a hole in this sentence");
        let hint = format!(
            "write `(({name}??the sentence with (({name}))))`, or a line of its own for it"
        );
        marks.push(place, message).hint(hint);
    }
}

/// Stands for the field that is looked for.
const FIELD: char = '\u{fffc}';

/// The words of `runs` that are there whatever was answered, with [`FIELD`] for one field.
fn flat(runs: &[letter::Run], field: usize, out: &mut String) {
    for run in runs {
        match run {
            letter::Run::Text(text) | letter::Run::Dated { text, .. } => out.push_str(text),
            letter::Run::Strong(inner) | letter::Run::Em(inner) => flat(inner, field, out),
            letter::Run::Field(at) if *at == field => out.push(FIELD),
            letter::Run::Field(_) | letter::Run::When { .. } => {}
        }
    }
}

/// Examples that would not be taken as answers. The table to start a mail merge from
/// is made of them.
fn examples(subject: &Subject<'_>, page: &Page, letter: &Letter, marks: &mut Marks) {
    let id = subject.world.site.by_url.get(&page.url);
    let Some((template, _)) = id.and_then(|id| subject.world.letters.get(id)) else { return };
    for field in &letter.fields {
        let Some(at) = template.field(&field.name.value) else { continue };
        let read = answer::read(template, &template.fields[at], &field.example);
        if let Err(answer::AnswerFault::Not(kind)) = read {
            let message = format!(
                "the example of “{}” is “{}”, which is not {}",
                field.name.value,
                field.example,
                answer::kind(kind)
            );
            let hint = match kind {
                FieldType::Choice => format!("write one of: {}", field.choices.join(", ")),
                _ => "write an answer that somebody could give".to_owned(),
            };
            marks.push(field.name.span, message).hint(hint);
        }
    }
    for (at, fault) in answer::rules(template, &template.examples(), subject.world.today) {
        let name = &template.fields[at].name;
        let Some(field) = letter.field(name) else { continue };
        let what = match fault {
            answer::AnswerFault::NotAfter(other) => {
                format!("does not come after that of “{}”", template.fields[other].name)
            }
            _ => "leaves too little time after the letter".to_owned(),
        };
        let message = format!("the example of “{name}” {what}");
        marks.push(field.name.span, message).hint("write examples that fit together");
    }
}

/// What the frame of letters that staff send has, so that it need not be in the text.
const IN_FRAME: [&str; 2] = [letter::TO, letter::REFERENCE];

/// Words that depend on an answer that nobody can give.
fn unknown_answer(letter: &Letter, used: &Use<'_>, marks: &mut Marks) {
    let (name, said) = used.name.split_once(':').unwrap_or((used.name, ""));
    let Some(field) = letter.field(name.trim()) else { return };
    let (name, said) = (&field.name.value, said.trim());
    let answers: Vec<&str> = match field.kind {
        FieldType::YesNo => vec!["yes", "no"],
        FieldType::Choice => field.choices.iter().map(String::as_str).collect(),
        kind => {
            let message = format!(
                "“{name}” is {} that must be filled in, and words after ?? need a yes or no, a choice, or \
                 a field that may be left out",
                with_article(kind.name())
            );
            let hint = "ask it as a question: `type: yes or no`, or add `required: no`";
            marks.push(used.span, message).hint(hint);
            return;
        }
    };
    let example = answers.first().copied().unwrap_or_default();
    if said.is_empty() {
        let message = format!("nothing says after which answer to “{name}” these words are there");
        marks.push(used.span, message).hint(format!("write `(({name}: {example}??…))`"));
        return;
    }
    let message = format!("“{said}” is not an answer to “{name}”");
    let hint = match nearest(said, answers.iter().copied()) {
        Some(meant) => format!("did you mean `(({name}: {meant}??…))`?"),
        None => format!("the answers are: {}", answers.join(", ")),
    };
    marks.push(used.span, message).hint(hint);
}

fn dates(letter: &Letter, field: &crate::model::kind::Field, marks: &mut Marks) {
    let name = &field.name;
    if !field.after.is_empty() {
        let others = || letter.fields.iter().filter(|other| other.kind == FieldType::Date);
        let is_date = others().any(|other| other.name.value.eq_ignore_ascii_case(&field.after));
        let names = others().map(|other| other.name.value.as_str());
        if field.kind != FieldType::Date {
            let message = format!("“{}” has `after:` and is not a date", name.value);
            marks.push(name.span, message).hint("write `type: date`, or take `after:` out");
        } else if !is_date {
            let message = format!("there is no date “{}” for this one to come after", field.after);
            let hint = match nearest(&field.after, names.filter(|other| *other != name.value)) {
                Some(meant) => format!("did you mean `after: {meant}`?"),
                None => "write the name of another field that is a date".to_owned(),
            };
            marks.push(name.span, message).hint(hint);
        }
    }
    if !field.at_least.is_empty() && Interval::parse(&format!("every {}", field.at_least)).is_none()
    {
        let message = format!("“{}” is not a length of time", field.at_least);
        marks.push(name.span, message).hint("write `at least: 21 days`");
    }
}

fn with_article(name: &str) -> String {
    let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    match name {
        "text" | "long text" | "money" => name.to_owned(),
        "phone" => "a phone number".to_owned(),
        "email" => "an email address".to_owned(),
        _ => format!("{article} {name}"),
    }
}
