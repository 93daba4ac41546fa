//! `letter-parts`: letters that lack something their reader needs.
//!
//! The parts are those that the Home Office, the NHS and councils ask of their
//! own letters: a greeting, an end that goes with it, someone to ring, and in a
//! decision the five things that the law and good sense require.

use std::{collections::BTreeSet, ops::Range};

use super::{
    Check, Looks, Marks, Rule, Subject, letters,
    phone::to_ask,
    prose::{GAP, Prose},
};
use crate::{
    letter::{
        condition,
        parts::{self, ENDS, PARTS, begins, is_one_of},
    },
    model::{
        Page, RecordData, Text,
        kind::{self, FieldType, Form, Letter},
        value::Value,
    },
    parse::{Block, Fence, Heading, Inline, Link, phone, values, walk},
    rule::Severity,
    text::{Span, date::is_day_or_month, nearest},
};

pub(super) const CHECK: Check =
    Rule::error("letter-parts", Looks::Letters, include_str!("letter_parts.md")).on_written(run);

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    let Some(letter) = page.kind.letter() else { return };
    let top = subject.front("kind");
    let form = page.kind.form();
    // A text has no room to greet people twice.
    if form != Form::Text {
        greeting(subject, top, form, marks);
    }
    let body = Body::of(subject, page, letter);
    if page.kind.is(&kind::DECISION_LETTER) {
        for part in PARTS.iter().filter(|part| part.in_decision) {
            if body.says(part.name) {
                continue;
            }
            if let Some((text, heading)) = body.heading(part.name) {
                let message = format!(
                    "nothing is said under “{}”, so this decision does not say {}",
                    heading.text, part.what
                );
                let hint = "write it below this heading, in words that everyone gets";
                marks.push_in(&text.document.source, heading.span, message).hint(hint);
            } else {
                let message = format!("this decision does not say {}", part.what);
                let hint =
                    format!("add a part to it: `## {} {{part={}}}`", part.heading, part.name);
                marks.push(top, message).hint(hint);
            }
        }
        if subject.is_english() {
            time(subject, page, marks);
        }
    }
    if letter.from.is_some() && form != Form::Text && subject.is_english() {
        decision_late(subject, marks);
    }
    help(subject, letter, &body, top, marks);
    if let Some(from) = &letter.from
        && scene_has_contact(subject, page)
        && !body.has_phone(subject.text, subject.prose, 0)
    {
        let message =
            format!("this {} gives no phone number, so people cannot ask about it", form.name());
        marks.push(from.span, message).hint("write `Call us on ((contact phone)).`");
    }
}

/// How a letter says what was decided, in small letters.
#[rustfmt::skip] // a list of words
const DECIDES: &[&str] = &[
    "we have decided", "our decision is", "the decision is", "we have agreed", "we cannot agree", "we have approved", "we have refused",
    "we have turned down", "we will not pay", "have been unsuccessful", "were unsuccessful", "has been refused", "has been approved", "has been rejected",
    "has been turned down", "been successful", "not been successful", "has been declined",
];

/// Before one of these words nothing is told yet.
const OPEN: &[&str] = &["if", "when", "why", "how", "once", "what", "whether", "until", "unless"];

/// So many words may stand before it: a greeting and two short paragraphs. Source: our own.
const FEW_BEFORE: usize = 80;

/// A decision stands where it is seen first.
fn decision_late(subject: &Subject<'_>, marks: &mut Marks) {
    let mut before = 0;
    for sentence in letters::sentences(subject) {
        // `If you think our decision is wrong` and `when we have decided` tell of none.
        let is_told = |words: &str| {
            let before = sentence.small.split_once(words).map(|(before, _)| before);
            before.is_some_and(|before| !before.split(' ').any(|word| OPEN.contains(&word)))
        };
        if DECIDES.iter().any(|words| is_told(words)) {
            if before > FEW_BEFORE {
                let message = format!("what was decided stands here, behind {before} words");
                let hint = "say it first: `We have decided to …`, then why";
                let place = subject.prose.span(sentence.place.clone());
                marks.push(place, message).hint(hint).severity(Severity::Warning);
            }
            return;
        }
        before += sentence.text.split_whitespace().count();
    }
}

/// Words that say when, in small letters.
#[rustfmt::skip] // a list of words
const TIMES: &[&str] = &[
    "day", "days", "week", "weeks", "month", "months", "today", "tomorrow", "hour", "hours", "straight", "spring", "summer", "autumn", "winter", "term", "year", "soon",
    "easter", "christmas", "now", "before",
];

/// Whether a word in small letters says when. `may` is left to the verb.
fn is_time(word: &str) -> bool {
    TIMES.contains(&word) || is_day_or_month(word) && word != "may"
}

/// What happens next happens at some time.
fn time(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    let headings = &subject.text.document.headings;
    let Some(at) = headings.iter().position(|heading| parts::of(heading) == Some("next")) else {
        return;
    };
    let start = headings[at].span.end;
    let end = headings
        .get(at + 1)
        .map_or(subject.text.document.source.text.len(), |next| next.span.start);
    let is_here = |span: Span| start <= span.start && span.start < end;
    let is_date = |name: &str| page.field(name).is_some_and(|field| field.kind == FieldType::Date);
    let has_date = subject.prose.values.iter().any(|used| is_here(used.span) && is_date(used.name));
    let has_time = letters::sentences(subject).iter().any(|sentence| {
        is_here(subject.prose.span(sentence.place.clone()))
            && sentence.small.split(|c: char| !c.is_alphabetic()).any(is_time)
    });
    if !has_date && !has_time {
        let message = "this does not say when it will happen";
        let hint = "write `We will do this by ((next date)).`, or within how many days";
        marks.push(headings[at].span, message).hint(hint).severity(Severity::Warning);
    }
}

/// Someone who is asked for something by a day may need help, or more time.
fn help(subject: &Subject<'_>, letter: &Letter, body: &Body<'_>, top: Span, marks: &mut Marks) {
    let has_deadline = letter.fields.iter().any(|field| !field.at_least.is_empty());
    if letter.from.is_none() || !has_deadline || !subject.is_english() {
        return;
    }
    let offers = ["help", "more time", "call us", "call ", "questions", "tell us if"];
    let is_offer = |sentence: &letters::Sentence<'_>| {
        !sentence.is_heading && offers.iter().any(|offer| sentence.small.contains(offer))
    };
    let has_help = body.says("help") || letters::sentences(subject).iter().any(is_offer);
    if !has_help {
        let hint = "add a part to it: `## If you need help or more time`";
        let what = subject.page.map_or("letter", |page| page.kind.form().name());
        let message = format!("this {what} does not say what to do for help or more time");
        marks.push(top, message).hint(hint);
    }
}

/// What a greeting begins with.
const GREETINGS: &[&str] = &["dear", "annwyl", "hello", "hi ", "good morning", "good afternoon"];

/// The greeting and the end, and whether they go together.
fn greeting(subject: &Subject<'_>, top: Span, form: Form, marks: &mut Marks) {
    let prose = subject.prose;
    let starts = |openings: &'static [&'static str]| {
        let paragraphs = prose.runs.iter().filter(|run| run.run == walk::Run::Paragraph);
        paragraphs
            .map(|run| run.text.clone())
            .find(|text| openings.iter().any(|opening| begins(&prose.text[text.clone()], opening)))
    };
    let dear = starts(GREETINGS);
    let end = starts(ENDS);
    if dear.is_none() {
        let hint = "begin it with `Dear ((full name))`, or `Dear Sir or Madam`";
        let message = format!("this {} has no greeting", form.name());
        marks.push(top, message).hint(hint).severity(Severity::Warning);
    }
    if end.is_none() {
        let hint = "write `Yours sincerely` after a name, or `Yours faithfully` without one";
        let message = format!("this {} has no end", form.name());
        marks.push(top, message).hint(hint).severity(Severity::Warning);
    }
    let (Some(dear), Some(end)) = (dear, end) else { return };
    let named = is_named(subject, prose, &prose.text[dear.clone()]);
    let source = &subject.text.document.source;
    let (said, _) = source.line_at(prose.span(dear).start);
    let closing = &prose.text[end.clone()];
    let place = prose.span(end.clone());
    let mut words = closing.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let (yours, how) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let how = how.to_lowercase();
    let slip = nearest(&how, ["sincerely", "faithfully"]);
    let slip = slip.filter(|right| yours.eq_ignore_ascii_case("yours") && how != **right);
    if let Some(right) = slip {
        let message = format!("“{how}” is not how it is spelled");
        let hint = format!("write `Yours {right}`");
        marks.push(place, message).hint(hint).severity(Severity::Warning);
    } else if yours == "yours" && matches!(how.as_str(), "sincerely" | "faithfully" | "truly") {
        let message = "“yours” should have a capital at the end of a letter";
        let hint = format!("write `Yours {how}`");
        marks.push(place, message).hint(hint).severity(Severity::Warning);
    }
    if let Some(word) = ["Sincerely", "Faithfully"].into_iter().find(|word| closing.contains(word))
    {
        let message = format!("“{word}” should have a small letter at its start");
        let hint = format!("write `Yours {}`", word.to_lowercase());
        marks.push(place, message).hint(hint).severity(Severity::Warning);
    }
    if named && begins(closing, "yours faithfully") {
        let message =
            format!("“Yours faithfully” does not go with “{}”, which is a name", said.trim());
        marks.push(place, message).hint("write `Yours sincerely`");
    } else if !named && begins(closing, "yours sincerely") {
        let message =
            format!("“Yours sincerely” does not go with “{}”, which is no name", said.trim());
        marks.push(place, message).hint("write `Yours faithfully`");
    }
}

/// Titles that a name follows.
const TITLES: &[&str] = &["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "rev"];

/// Words that greet nobody by name, in small letters.
#[rustfmt::skip] // a list of words
const NOBODY: &[&str] = &[
    "sir", "madam", "team", "department", "service", "services", "centre", "office", "council",
    "colleague", "manager", "officer", "support", "care", "customer", "all", "editor",
    "resident", "occupier", "parent", "carer", "neighbour", "tenant", "friend", "applicant", "provider", "everyone",
];

/// Whether a greeting names a person.
fn is_named(subject: &Subject<'_>, prose: &Prose<'_>, dear: &str) -> bool {
    let contacts = &subject.world.site.data.contacts;
    let line = dear.trim_start().lines().next().unwrap_or_default();
    let who = line.split_once(' ').map_or("", |(_, who)| who).trim().trim_end_matches(',');
    // `Dear parents` is `Dear parent`; `Dear Mr Care` is somebody.
    let is_title = |word: &str| TITLES.iter().any(|title| word.eq_ignore_ascii_case(title));
    if who.split(|c: char| !c.is_alphabetic()).any(is_title) {
        return true;
    }
    let is_nobody = |word: &str| {
        let one = word.strip_suffix('s').unwrap_or(word);
        NOBODY
            .iter()
            .any(|nobody| word.eq_ignore_ascii_case(nobody) || one.eq_ignore_ascii_case(nobody))
    };
    let is_team = contacts.values().any(|contact| contact.name.eq_ignore_ascii_case(who));
    // A greeting that is a value names whoever is filled in, unless it is a team.
    let is_team_value = who.starts_with(GAP)
        && prose.values.first().is_some_and(|used| {
            used.name.trim().ends_with(" name") && {
                let id = used.name.trim().trim_end_matches(" name").to_lowercase();
                id == "contact" || contacts.contains_key(&id)
            }
        });
    !(who.is_empty()
        || is_team
        || is_team_value
        || who.split(|c: char| !c.is_alphabetic()).any(is_nobody))
}

/// Whether there is anyone to ask. An unknown contact is a fault of its own.
fn scene_has_contact(subject: &Subject<'_>, page: &Page) -> bool {
    subject.world.site.contact_of(page, subject.world.config).is_some()
}

/// How deep snippets in snippets are followed.
const DEEPEST: usize = 8;

/// What stands in a letter, block by block, with that of its snippets.
struct Body<'a> {
    subject: &'a Subject<'a>,
    page: &'a Page,
    letter: &'a Letter,
    blocks: Vec<(&'a Text, &'a Block)>,
}

/// A block of words, for what it may leave unsaid.
#[derive(Default)]
struct Said<'a> {
    /// Whether there are words that every reader gets.
    always: bool,
    /// The answers after which there are words.
    after: BTreeSet<(&'a str, usize)>,
}

impl<'a> Body<'a> {
    fn of(subject: &'a Subject<'a>, page: &'a Page, letter: &'a Letter) -> Self {
        let mut body = Self { subject, page, letter, blocks: Vec::new() };
        body.add(subject.text, 0);
        body
    }

    fn add(&mut self, text: &'a Text, depth: usize) {
        for block in &text.document.blocks {
            if let Block::Paragraph(inlines, _) = block
                && let [Inline::Value(name, _)] = &inlines[..]
                && let Some(snippet) = self.snippet(name).filter(|_| depth < DEEPEST)
            {
                self.add(snippet, depth + 1);
            } else {
                self.blocks.push((text, block));
            }
        }
    }

    fn value(&self, name: &str) -> Option<Value<'a>> {
        let world = self.subject.world;
        world.site.value(name, self.page, world.config)
    }

    fn snippet(&self, name: &str) -> Option<&'a Text> {
        let is_blank = self.letter.field(name.trim()).is_some();
        match self.value(name).filter(|_| !is_blank) {
            Some(Value::Snippet(text)) => Some(text),
            _ => None,
        }
    }

    /// The headings that begin a part, with the place of each in the blocks.
    fn headings(&self, part: &str) -> impl Iterator<Item = (usize, &'a Text, &'a Heading)> {
        self.blocks.iter().enumerate().filter_map(move |(at, (text, block))| {
            let Block::Heading(index) = block else { return None };
            let heading = &text.document.headings[*index];
            (parts::of(heading) == Some(part)).then_some((at, *text, heading))
        })
    }

    /// The first heading that begins a part.
    fn heading(&self, part: &str) -> Option<(&'a Text, &'a Heading)> {
        self.headings(part).next().map(|(_, text, heading)| (text, heading))
    }

    /// Whether a part is there and says something to everyone.
    fn says(&self, part: &str) -> bool {
        self.headings(part).any(|(at, _, first)| {
            let mut said = Said::default();
            for (text, block) in &self.blocks[at + 1..] {
                if let Block::Heading(index) = block {
                    let heading = &text.document.headings[*index];
                    let is_other = parts::of(heading).is_some_and(|other| other != part);
                    if heading.level <= first.level || is_other {
                        break;
                    }
                    continue;
                }
                if let Block::Paragraph(inlines, _) = block {
                    // Whoever signs says no more about this part.
                    if is_one_of(inlines, ENDS) {
                        break;
                    }
                    if is_one_of(inlines, GREETINGS) {
                        continue;
                    }
                }
                self.read(text, block, &mut said, 0);
            }
            said.always || self.has_all_answers(&said)
        })
    }

    /// Whether there are words after each answer to some question.
    fn has_all_answers(&self, said: &Said<'_>) -> bool {
        self.letter.fields.iter().any(|field| {
            let answers = match field.kind {
                FieldType::YesNo => 2,
                FieldType::Choice => field.choices.len(),
                _ => return false,
            };
            (0..answers).all(|at| said.after.contains(&(field.name.value.as_str(), at)))
        })
    }

    fn read(&self, text: &'a Text, block: &'a Block, said: &mut Said<'a>, depth: usize) {
        match block {
            Block::Paragraph(inlines, _) => self.words(inlines, said, depth),
            Block::List { items, .. } => {
                let blocks = items.iter().flat_map(|item| &item.blocks);
                blocks.for_each(|block| self.read(text, block, said, depth));
            }
            Block::Record(record) => match text.records.get(&record.span.start) {
                Some(RecordData::Symbols(rows)) => {
                    for row in rows {
                        let words = Inline::Text(row.words.value.clone(), row.words.span);
                        self.words(&values(vec![words]), said, depth);
                    }
                }
                _ => said.always = true,
            },
            // A letter cannot hold these, which is told; they are not nothing.
            Block::Quote { .. } | Block::Code { .. } | Block::Table(_) | Block::Definitions(_) => {
                said.always = true;
            }
            Block::Heading(_) | Block::Footnote { .. } | Block::Rule | Block::Html(..) => {}
        }
    }

    fn words(&self, inlines: &[Inline], said: &mut Said<'a>, depth: usize) {
        for inline in inlines {
            match inline {
                Inline::Text(words, _) | Inline::Code(words) => said.always |= has_words(words),
                Inline::Emphasis(inner)
                | Inline::Strong(inner)
                | Inline::Struck(inner)
                | Inline::Link(_, inner) => self.words(inner, said, depth),
                Inline::Value(name, _) => match self.letter.field(name.trim()) {
                    // What need not be filled in may say nothing.
                    Some(field) => said.always |= field.required,
                    None => match self.snippet(name).filter(|_| depth < DEEPEST) {
                        Some(text) => {
                            let blocks = text.document.blocks.iter();
                            blocks.for_each(|block| self.read(text, block, said, depth + 1));
                        }
                        None => said.always = true,
                    },
                },
                Inline::When(name, inner, _) => {
                    let mut own = Said::default();
                    let words = self.subject.world.site.languages.of(&self.page.language);
                    self.words(inner, &mut own, depth);
                    if let Some((field, at)) = condition(self.letter, name, words)
                        && (own.always || self.has_all_answers(&own))
                    {
                        said.after.insert((field.name.value.as_str(), at));
                    }
                }
                Inline::Image(_)
                | Inline::FootnoteMark(_)
                | Inline::SoftBreak
                | Inline::Break
                | Inline::Html(..) => {}
            }
        }
    }

    /// Whether a text gives a number to ring: by its name, or typed out, which `typed-phone`
    /// complains about.
    fn has_phone(&self, text: &'a Text, prose: &Prose<'_>, depth: usize) -> bool {
        let front = text.document.front.end;
        let is_phone = |name: &str| match self.letter.field(name.trim()) {
            Some(field) => field.kind == FieldType::Phone,
            None => matches!(self.value(name), Some(Value::Phone(_))),
        };
        let in_snippet = |name: &str| {
            let snippet = self.snippet(name).filter(|_| depth < DEEPEST);
            snippet.is_some_and(|text| self.has_phone(text, &Prose::new(text, None), depth + 1))
        };
        let is_contact = |block: &Block| matches!(block, Block::Record(record) if record.fence == Fence::Contact);
        let is_number = |at: &Range<usize>| prose.span(at.clone()).start >= front;
        let rings = |link: &Link| {
            link.destination.strip_prefix("tel:").is_some_and(|number| phone::parse(number).is_ok())
        };
        let values = prose.values.iter().filter(|used| used.is_in_text());
        values.into_iter().any(|used| is_phone(used.name) || in_snippet(used.name))
            || to_ask(prose).iter().any(is_number)
            || text.document.links.iter().any(rings)
            || text.document.blocks.iter().any(is_contact)
    }
}

/// What stands where something is still to be written, in small letters.
#[rustfmt::skip] // a list of words
const NOTHING: &[&str] = &[
    "n/a", "n.a", "na", "none", "nil", "tbc", "tba", "tbd", "to be confirmed", "to be added", "to be decided", "to follow", "as above", "see above",
    "not applicable",
];

/// Whether there is anything to read.
fn has_words(words: &str) -> bool {
    let bare = words.trim().trim_end_matches('.').to_lowercase();
    words.contains(char::is_alphanumeric) && !NOTHING.contains(&bare.as_str())
}
