//! `accessibility-statement`: what the law asks of an accessibility statement and this one
//! lacks, and what in it no longer holds.

use super::{Check, Looks, Mark, Marks, Rule, Subject, World};
use crate::{
    config::{Accessibility, Day, Problem, Setting, Status, Why, Words},
    model::{
        Page, kind,
        statement::{IDS, NAME, day},
    },
    rule::Severity,
    text::{Interval, Span, brackets::bracketed, nearest},
    wcag,
};

pub(super) const CHECK: Check = Rule::error(
    "accessibility-statement",
    Looks::Pages,
    include_str!("accessibility_statement.md"),
)
.on_text_and_data(text, settings);

/// What a template of a statement has where words are still to come.
const PLACEHOLDERS: &[&str] = &[
    "todo",
    "tbc",
    "name of organisation",
    "name of the organisation",
    "name of your organisation",
    "name of website",
    "name of the website",
    "lorem ipsum",
];

/// Months after which a statement must be reviewed, and those after which it soon must.
const REVIEW: (u32, u32) = (12, 11);

fn text(subject: &Subject<'_>, marks: &mut Marks) {
    let Some(page) = subject.page.filter(|page| page.kind.is(&kind::ACCESSIBILITY)) else {
        return;
    };
    let prose = subject.prose;
    for run in &prose.runs {
        let words = &prose.text[run.text.clone()];
        for part in placeholders(words) {
            let at = run.text.start;
            placeholder(&words[part.clone()], prose.span(at + part.start..at + part.end), marks);
        }
    }
    if !page.statement {
        return;
    }
    for heading in &subject.text.document.headings {
        if IDS.contains(&heading.id.as_str()) {
            let message = format!(
                "“{}” has the name `{}`, as a part of the statement",
                heading.text, heading.id
            );
            marks.push(heading.span, message).hint(format!(
                "take this part out when `[accessibility]` in site.toml says it; or give it \
                 another name: `{{#our-{}}}`",
                heading.id
            ));
        }
    }
    places(subject, page, marks);
}

/// Where the page says that the statement stands: once, on a line of its own.
fn places(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    let used = subject.prose.values.iter().filter(|used| used.name.trim() == NAME);
    let has_place = page.statement_place() < page.text.document.blocks.len();
    for used in used.skip(usize::from(has_place)) {
        let hint = "write it once, on a line of its own, with an empty line before it and after it";
        marks.push(used.span, format!("“(({NAME}))” has no place here")).hint(hint);
    }
}

/// Where words are left over from a template, such as `[date]`.
fn placeholders(words: &str) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(open) = words[from..].find('[').map(|open| from + open) {
        let Some(close) = words[open..].find(']').map(|close| open + close + 1) else { break };
        found.push(open..close);
        from = close;
    }
    let small = words.to_ascii_lowercase();
    for name in PLACEHOLDERS {
        for (at, _) in small.match_indices(name) {
            let part = at..at + name.len();
            let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
            let is_inside = is_letter(small[..at].chars().next_back())
                || is_letter(small[part.end..].chars().next());
            let is_found = found.iter().any(|other| other.contains(&at));
            if !is_inside && !is_found {
                found.push(part);
            }
        }
    }
    found
}

fn placeholder(words: &str, span: Span, marks: &mut Marks) {
    let hint = "write what is true of this website, or take it out";
    marks.push(span, format!("“{words}” is still to be filled in")).hint(hint);
}

fn settings(world: &World<'_>, marks: &mut Marks) {
    let is_statement = |page: &&Page| page.kind.is(&kind::ACCESSIBILITY);
    let page = world.site.pages.iter().find(is_statement);
    let Some(settings) = &world.config.accessibility else {
        if let Some(page) = page {
            let span = page.text.document.fields().place("kind").unwrap_or_default();
            let message = "no settings say what the law asks of this statement";
            let hint = "add `[accessibility]` to site.toml, as `plainsite explain \
                accessibility-statement` shows; if the law does not ask you for a \
                statement, write `law = false` below it";
            marks.push_in(page.source(), span, message).hint(hint).severity(Severity::Warning);
        }
        return;
    };
    if !settings.is_shown() {
        return;
    }
    let head = world.config.places.of("accessibility");
    let mut review = Review { world, settings, head, marks };
    if page.is_none() {
        let hint = "make content/accessibility.md with a line at the top: `kind: accessibility`";
        review.push(head, "no page shows this statement").hint(hint).severity(Severity::Warning);
        return;
    }
    review.parts();
    review.words(settings.method.as_ref(), "method");
    review.contact();
    review.dates();
    for (number, problem) in settings.problem.iter().enumerate() {
        review.problem(number, problem);
    }
    review.status();
}

/// What looks through the settings.
struct Review<'a> {
    world: &'a World<'a>,
    settings: &'a Accessibility,
    /// `[accessibility]`
    head: Span,
    marks: &'a mut Marks,
}

impl Review<'_> {
    fn push(&mut self, span: Span, message: impl Into<String>) -> &mut Mark {
        self.marks.push(span, message)
    }

    fn warn(&mut self, span: Span, message: impl Into<String>, hint: impl Into<String>) {
        self.push(span, message).hint(hint).severity(Severity::Warning);
    }

    /// What must be there. Without the law, nothing must.
    fn parts(&mut self) {
        let settings = self.settings;
        let today = self.world.today.in_english();
        let parts = [
            (
                settings.prepared.is_some(),
                "when it was prepared",
                format!("`prepared = \"{today}\"`"),
            ),
            (
                settings.reviewed.is_some(),
                "when it was last reviewed",
                format!("`reviewed = \"{today}\"`"),
            ),
            (
                settings.assessed_by.is_some(),
                "who tested the website",
                "`assessed-by = \"own\"`, or \"third party\"".into(),
            ),
            (
                settings.method.is_some(),
                "how the website was tested",
                "`method = \"We use each page with a keyboard only.\"`".into(),
            ),
            (
                settings.contact.is_some(),
                "who to tell about a problem",
                "`contact = \"web-team\"`, with an id from contacts.yaml".into(),
            ),
            (
                settings.enforcement.is_some(),
                "who sees to it that the law is followed",
                "`enforcement = \"England, Wales, Scotland\"`, or \"Northern Ireland\"".into(),
            ),
        ];
        if !settings.law {
            return;
        }
        for (is_there, what, line) in parts {
            if !is_there {
                self.push(self.head, format!("the statement does not say {what}"))
                    .hint(format!("add the line {line}"));
            }
        }
        if self.world.config.publisher.is_empty() {
            self.push(self.head, "the statement does not say whose website it is about")
                .hint("add a line at the top of site.toml: `publisher = \"Your Council\"`");
        }
        if settings.answer_days.is_none() {
            let message = "the statement does not say how soon people get an answer";
            self.warn(self.head, message, "add a line, in working days: `answer-days = 5`");
        }
    }

    fn contact(&mut self) {
        let Some(id) = &self.settings.contact else { return };
        let contacts = &self.world.site.data.contacts;
        match contacts.get(&id.value) {
            None => {
                let hint = match nearest(&id.value, contacts.keys().map(String::as_str)) {
                    Some(meant) => format!("did you mean `contact = \"{meant}\"`?"),
                    None => "write an id from contacts.yaml".to_owned(),
                };
                let message = format!("“{}” is not the id of a contact", id.value);
                self.push(id.span, message).hint(hint);
            }
            Some(contact) if contact.phones.is_empty() && contact.emails.is_empty() => {
                let message = format!(
                    "“{}” has no email and no phone, so nobody can tell them",
                    contact.name
                );
                let hint = format!("add `emails:` or `phones:` to {} in contacts.yaml", id.value);
                self.push(id.span, message).hint(hint);
            }
            Some(_) => {}
        }
    }

    /// The day of a setting. One that cannot be read is reported.
    fn day(&mut self, setting: Option<&Setting<Day>>) -> Option<(crate::text::Date, Span)> {
        let setting = setting?;
        let read = day(Some(setting), &self.world.site.languages);
        if read.is_none() {
            let message = format!("“{}” is not a date", setting.value.0);
            self.push(setting.span, message).hint("write it as \"21 November 2026\"");
        }
        Some((read?, setting.span))
    }

    fn dates(&mut self) {
        let (settings, today) = (self.settings, self.world.today);
        let prepared = self.day(settings.prepared.as_ref());
        let reviewed = self.day(settings.reviewed.as_ref());
        let tested = self.day(settings.tested.as_ref());
        for (day, span) in [prepared, reviewed, tested].into_iter().flatten() {
            if day > today {
                let message = format!("{} is still to come", day.in_english());
                self.warn(span, message, "write the day on which it was done");
            }
        }
        let Some((day, span)) = reviewed else { return };
        if let Some((prepared, _)) = prepared.filter(|(prepared, _)| *prepared > day) {
            let message = format!(
                "the review on {} is before {}, the day on which the statement was prepared",
                day.in_english(),
                prepared.in_english()
            );
            self.warn(span, message, "write the later day here");
        }
        let hint = format!(
            "test the website again, put what you find into site.toml, and write \
             `reviewed = \"{}\"`",
            today.in_english()
        );
        let (most, soon) = REVIEW;
        let due = day.plus(Interval::Months(most));
        if due < today {
            let message = format!("the statement was due to be reviewed by {}", due.in_english());
            self.push(span, message).hint(hint);
        } else if day.plus(Interval::Months(soon)) <= today {
            let message =
                format!("the next review of the statement is due by {}", due.in_english());
            self.warn(span, message, hint);
        }
    }

    fn problem(&mut self, number: usize, problem: &Problem) {
        let place = self.world.config.places.of(&format!("accessibility.problem.{number}"));
        let place = problem.what.as_ref().map_or(place, |what| what.span);
        if problem.what.is_none() {
            self.push(place, "this problem does not say what does not work")
                .hint("add a line: `what = \"Films have no captions.\"`");
        }
        if problem.why.is_none() {
            let hint = "add a line: `why = \"non-compliance\"`, or \"disproportionate burden\", or \
                 \"not within scope\"";
            self.push(place, "this problem does not say why it is there").hint(hint);
        }
        let in_scope = problem.why != Some(Why::NotWithinScope);
        if problem.alternative.is_none() {
            let message = "this problem does not say what people can do instead";
            self.warn(place, message, "add a line: `alternative = \"Call us, and we will help.\"`");
        }
        if problem.criteria.is_empty() && in_scope {
            let message = "this problem does not say which criterion of WCAG it fails";
            self.warn(place, message, "add a line with its number: `criteria = [\"1.1.1\"]`");
        }
        for number in &problem.criteria {
            if wcag::criterion(&number.value).is_none() {
                let message = format!("“{}” is not a criterion of WCAG 2.2", number.value);
                let hint = "write three numbers with dots, as in www.w3.org/TR/WCAG22: \"1.1.1\"";
                self.warn(number.span, message, hint);
            }
        }
        match self.day(problem.until.as_ref()) {
            Some((until, span)) if until < self.world.today => {
                let message = format!("{} has passed", until.in_english());
                let hint = "take the problem out if it is mended, or write when it will be";
                self.warn(span, message, hint);
            }
            None if problem.until.is_none() && in_scope => {
                let message = "this problem does not say when it will be mended";
                self.warn(place, message, "add a line: `until = \"31 March 2027\"`");
            }
            _ => {}
        }
        self.words(problem.what.as_ref(), "what");
        self.words(problem.alternative.as_ref(), "alternative");
    }

    /// Words that are still to come, or not in a language that a statement is in.
    fn words(&mut self, words: Option<&Setting<Words>>, name: &str) {
        let Some(words) = words else { return };
        for text in words.value.each() {
            for part in placeholders(text) {
                placeholder(&text[part], words.span, self.marks);
            }
            for found in bracketed(text) {
                self.push(words.span, format!("“{}” is not filled in here", &text[found.place]))
                    .hint("write the words themselves: values are only put into pages");
            }
        }
        let (site, main) = (self.world.site, self.world.config.language());
        for page in site.pages.iter().filter(|page| page.statement) {
            let language = page.language.as_str();
            if words.value.in_language(language, main).1 != language {
                let message = format!("these words are not in the language of {}", page.path());
                let hint = format!("write `{name}.{main} = \"…\"` and `{name}.{language} = \"…\"`");
                self.warn(words.span, message, hint);
            }
        }
    }

    fn status(&mut self) {
        let Some(said) = &self.settings.status else { return };
        if said.value > self.settings.status() {
            let message = "this says more than is true: there are problems below";
            self.push(said.span, message).hint("write \"partially compliant\"");
        } else if said.value == Status::Fully && self.settings.tested.is_none() {
            let message = "nothing says that people have tested all of the website";
            self.warn(said.span, message, "add the day on which they did: `tested = \"…\"`");
        }
    }
}
