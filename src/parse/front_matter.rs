//! The names and values at the top of a page. The only file that names
//! serde_yaml, the YAML library.
//!
//! Editors do not know YAML, and YAML's own messages are of no use to them, so
//! the lines are read here: which name stands where, which value is a list,
//! and every slip on its own line. Each value on its own is then decoded by the
//! library, straight into text, so that `+441522300206`, `10.00` and `3.10`
//! stay as they were typed and one slip never hides another.
//!
//! What is read is the part of YAML that people write: names and values, lists
//! with hyphens or square brackets, maps, quoted and folded text, comments.
//! Anchors, aliases and tags are refused, since they are slips wherever they
//! appear (`title: !important`), and nothing here grows with nesting.

use std::ops::Deref;

use serde::de::DeserializeOwned;

use super::{
    asked::{Learning, Shape},
    turn::Turn,
    values::{Filled, Values},
};
use crate::{
    diagnostic::Diagnostic,
    html::permitted,
    rule::{self, Rule},
    text::{
        Date, Source, Span,
        brackets::left_over,
        date::HOW_TO_WRITE,
        nearest, shorten,
        unseen::{bare, seen},
        wording::listed,
    },
};

const RULE: &Rule = &rule::FRONT_MATTER;

/// The longest value that is decoded, in bytes.
const LONGEST_VALUE: usize = 64 * 1024;

/// The most front matter in one file, in bytes.
const LONGEST: usize = 4 * 1024 * 1024;

/// What other programs call the names at the top of a page, where they mean the same. Source:
/// the documentation of Jekyll, Just the Docs, Hugo, Zola, Docusaurus and the GOV.UK tech docs
/// template.
const SAME: &[(&str, &[&str])] = &[
    ("also at", &["aliases", "redirect_from", "redirect-from"]),
    ("checked", &["last_reviewed_on", "last_reviewed", "lastReviewed", "reviewed"]),
    ("description", &["summary", "excerpt"]),
    ("language", &["lang", "locale"]),
    ("order", &["weight", "nav_order", "sidebar_position"]),
];

/// What they say in another way than Plainsite, and what to write here.
const SAID: &[(&[&str], &str)] = &[
    (&["review_in", "review-in", "next_review"], "write `check again: every 12 months`"),
    (&["layout", "type", "template"], "write `kind:` and what sort of page it is, or take it out"),
    (&["keywords", "tags", "categories"], "write `words:` and what people call it, or take it out"),
    (&["author", "authors", "maintainer"], "write `owner:` and the id of a contact"),
    (&["permalink", "url", "slug"], "name the file after the address, or write `also at:`"),
    (&["parent", "section", "grand_parent"], "put the file in the folder of that page"),
    (&["lastmod", "last_modified_at", "updated", "modified"], "write `checked:` or `changes:`"),
];

/// The deepest that brackets in one value may be nested.
const DEEPEST: usize = 32;

/// A value and the place where it was written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where.
    pub span: Span,
}

/// What is asked of a value does not ask where it was written.
impl<T> Deref for Placed<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

/// `yes` or `no`, however it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct YesNo(pub bool);

impl YesNo {
    /// Reads `yes`, `no`, `true`, `false`, `on`, `off`.
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "yes" | "true" | "on" | "y" => Some(Self(true)),
            "no" | "false" | "off" | "n" => Some(Self(false)),
            _ => None,
        }
    }
}

/// Where the front matter of a page is, without its `---` lines, and where the
/// text of the page begins.
pub(super) fn find(source: &Source, problems: &mut Vec<Diagnostic>) -> (Span, Span) {
    let text = &*source.text;
    let begin = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let nothing = (Span::new(begin, begin), Span::new(begin, text.len()));
    if text[begin..].trim().is_empty() {
        let found = Diagnostic::error(RULE, nothing.0, "this file is empty");
        problems.push(found.hint("write a page in it, or delete it"));
        return nothing;
    }
    if text.contains('\r') && !text.contains('\n') {
        let message = "the lines of this file end in a way that is no longer read";
        let found = Diagnostic::error(RULE, nothing.0, message);
        problems.push(found.hint("save it again with the line ends of Windows or Unix"));
        return nothing;
    }
    let mut lines = lines_of(text, begin);
    let Some(mut first) = lines.next() else { return nothing };
    let mut opening = text[first.start..first.end].trim();
    if opening.is_empty() {
        // What was meant is plain, but other programs do not read it.
        let mut rest = lines_of(text, begin).skip_while(|line| source.at(*line).trim().is_empty());
        let begins = rest.next().filter(|line| source.at(*line).trim() == "---");
        let is_name = |line: Span| source.at(line).contains(':');
        if let Some(line) = begins.filter(|_| rest.next().is_some_and(is_name)) {
            let message = "there is an empty line above `---`";
            problems.push(Diagnostic::warning(RULE, first, message).hint("take it out"));
            lines.by_ref().take_while(|own| own.start < line.start).for_each(drop);
            (first, opening) = (line, "---");
        }
    }
    if opening != "---" {
        if matches!(opening, "—" | "–" | "–-" | "-–" | "——" | "----" | "--" | "—-") {
            let message = format!("“{opening}” is not three hyphens");
            let hint = "write `---`, and switch off automatic dashes in your editor";
            problems.push(Diagnostic::error(RULE, first, message).hint(hint));
            return nothing;
        }
        // Facts in TOML or JSON would be shown as words, whatever they say of the page.
        let format = opening.strip_prefix("---").map(str::trim);
        let is_other = matches!(opening, "+++" | "{" | ";;;")
            || format.is_some_and(|name| matches!(name, "toml" | "json" | "js" | "javascript"));
        if is_other {
            let message = format!("facts at the top that begin with “{opening}” are not read here");
            let hint = "write them between two lines of `---`, each as `name: value`";
            problems.push(Diagnostic::error(RULE, first, message).hint(hint));
            let end = lines.find(|line| source.at(*line).trim() == opening);
            let body = end.map_or(nothing.1.start, |line| next_line(text, line.end));
            return (nothing.0, Span::new(body, text.len()));
        }
        if matches!(format, Some("yaml" | "yml")) {
            let message = format!("“{opening}” is not three hyphens");
            problems.push(Diagnostic::error(RULE, first, message).hint("write `---`"));
            return nothing;
        }
        let known = ["title", "kind", "description"];
        if known.iter().any(|name| opening.starts_with(&format!("{name}:"))) {
            let message = "there is no line of `---` above the first name";
            let hint = "write `---` on a line of its own before this one";
            problems.push(Diagnostic::error(RULE, first, message).hint(hint));
        }
        return nothing;
    }
    let start = next_line(text, first.end);
    for line in lines {
        let trimmed = text[line.start..line.end].trim_end();
        if trimmed == "---" || trimmed == "..." {
            let body = next_line(text, line.end);
            return (Span::new(start, line.start), Span::new(body, text.len()));
        }
    }
    let message = "nothing says where the facts at the top end";
    let hint = "write `---` on a line of its own after the last of them";
    problems.push(Diagnostic::error(RULE, first, message).hint(hint));
    let mut end = start;
    for line in lines_of(text, start) {
        if text[line.start..line.end].trim().is_empty() {
            break;
        }
        end = next_line(text, line.end);
    }
    (Span::new(start, end), Span::new(end, text.len()))
}

/// The places of the records in a file that is a list of them; nothing when it
/// is not. Any other slip in the list is left to the record it stands in.
pub(super) fn records(source: &Source, span: Span) -> Vec<Span> {
    let mut records: Vec<Span> = Vec::new();
    for line in lines_of(&source.text[..span.end], span.start) {
        let text = source.at(line).trim_start_matches('\u{feff}');
        if text.starts_with("- ") {
            records.push(Span::new(line.end - text.len() + 2, line.end));
        } else if let Some(last) = records.last_mut() {
            last.end = line.end;
        } else if !(text.trim().is_empty() || text.starts_with('#') || text == "---") {
            return Vec::new();
        }
    }
    records.into_iter().map(|record| trim(source, record)).collect()
}

/// The lines from `start` on, without their line ends.
fn lines_of(text: &str, start: usize) -> impl Iterator<Item = Span> {
    let mut at = start;
    std::iter::from_fn(move || {
        if at >= text.len() {
            return None;
        }
        let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
        let trimmed = at + text[at..end].trim_end_matches('\r').len();
        let line = Span::new(at, trimmed);
        at = end + 1;
        Some(line)
    })
}

fn next_line(text: &str, end: usize) -> usize {
    text[end..].find('\n').map_or(text.len(), |newline| end + newline + 1)
}

/// A name that is needed and was not written.
#[derive(Debug, Clone)]
struct Missing {
    name: &'static str,
    /// Where the first name of the same record stands.
    at: Span,
    /// What to write.
    line: String,
}

/// One name and its value.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) name: Placed<String>,
    pub(super) value: Span,
    pub(super) taken: bool,
}

/// The names and values of a file as they were read, once.
#[derive(Debug, Clone, Default)]
pub struct Names {
    entries: Vec<Entry>,
    problems: Vec<Diagnostic>,
    /// Whether not all that stands there could be read: then it is not known what is missing.
    pub is_broken: bool,
}

impl Names {
    /// Reads the names and values in `span`.
    pub(super) fn read(source: &Source, span: Span) -> Self {
        let Fields { mut entries, problems, is_broken, .. } = Fields::read(source, span);
        for (own, others) in SAME {
            let is_own = |entry: &Entry| entry.name.value == *own;
            if !entries.iter().any(is_own)
                && let Some(entry) =
                    entries.iter_mut().find(|entry| others.contains(&entry.name.value.as_str()))
            {
                (*own).clone_into(&mut entry.name.value);
            }
        }
        Self { entries, problems, is_broken }
    }

    /// To be asked for one by one, with the values in double brackets put in.
    pub(super) fn fields<'a>(&self, source: &'a Source, values: Values<'a>) -> Fields<'a> {
        let Self { entries, problems, is_broken } = self.clone();
        let mut fields = Fields { entries, problems, is_broken, ..Fields::none(source, values) };
        fields.on_the_day();
        fields
    }
}

/// Names and values, to be asked for one by one.
///
/// Whatever is asked for is known; what is left at the end is a slip.
#[derive(Debug)]
pub struct Fields<'a> {
    pub(super) source: &'a Source,
    pub(super) entries: Vec<Entry>,
    pub(super) known: Vec<&'static str>,
    problems: Vec<Diagnostic>,
    /// Whether not all that stands there could be read.
    is_broken: bool,
    /// What is needed and was not written, by name.
    missing: Vec<Missing>,
    pub(super) values: Values<'a>,
    filled: Vec<Filled>,
    /// What changes on a day.
    pub(super) turns: Vec<Turn>,
    /// Since when that holds which stands in the place of what was written first.
    pub(super) since: Option<Placed<Date>>,
    /// The last day of each value, and the first of the next.
    pub(super) seams: Vec<(Placed<Date>, Placed<Date>)>,
    /// The values that others took the place of.
    pub(super) replaced: Vec<Entry>,
    /// What is learned of the reader, when it is only asked what it asks for.
    learning: Option<Learning>,
}

impl<'a> Fields<'a> {
    /// Reads the names and values in `span`: `name: value` on lines of their
    /// own, or `{name: value, name: value}`.
    pub fn read(source: &'a Source, span: Span) -> Self {
        Self::with(source, span, Values::default())
    }

    /// The same, with the values in double brackets put in.
    pub fn with(source: &'a Source, span: Span, values: Values<'a>) -> Self {
        let mut fields = Self::none(source, values);
        let has_mark = source.at(span).starts_with('\u{feff}');
        let start = span.start + if has_mark { '\u{feff}'.len_utf8() } else { 0 };
        let span = Span::new(start, span.end);
        if span.end - span.start > LONGEST {
            let start = Span::new(span.start, span.start);
            let message = format!("this is longer than {} MB", LONGEST / 1024 / 1024);
            fields.problems.push(Diagnostic::error(RULE, start, message).hint("split the file"));
            return fields;
        }
        let trimmed = trim(source, span);
        if source.at(trimmed).starts_with('{') {
            fields.read_flow(trimmed);
        } else {
            fields.read_lines(span);
        }
        fields.report_twins();
        fields.on_the_day();
        fields
    }

    fn none(source: &'a Source, values: Values<'a>) -> Self {
        Self {
            source,
            entries: Vec::new(),
            known: Vec::new(),
            is_broken: false,
            missing: Vec::new(),
            problems: Vec::new(),
            values,
            filled: Vec::new(),
            turns: Vec::new(),
            since: None,
            seams: Vec::new(),
            replaced: Vec::new(),
            learning: None,
        }
    }

    /// From here on notes what is asked for, and answers that nothing is there.
    pub(super) fn learn(&mut self, learning: Learning) {
        self.learning = Some(learning);
    }

    /// What was asked for.
    pub(super) fn learned(self) -> Option<Learning> {
        self.learning
    }

    /// Notes that what was asked for last under `name` is more than words.
    pub(super) fn is_shaped(&mut self, name: &str, shape: Shape) {
        if let Some(learning) = &mut self.learning {
            learning.is(name, shape);
        }
    }

    /// Says which words the value of `name` is one of.
    pub fn choices(&mut self, name: &str, all: impl FnOnce() -> Vec<&'static str>) {
        if self.learning.is_some() {
            self.is_shaped(name, Shape::OneOf(all()));
        }
    }

    /// The part of these fields under `name`, for a reader that is only learned of.
    fn learning_part(&self, name: &str) -> Option<Fields<'a>> {
        let learning = self.learning.as_ref()?.part(name);
        Some(Fields { learning: Some(learning), ..Fields::none(self.source, self.values) })
    }

    fn read_lines(&mut self, span: Span) {
        let source = self.source;
        let text = &*source.text;
        let mut base = None;
        // Of two versions that a merge left, the first is read.
        let mut is_second = false;
        for line in lines_of(&text[..span.end], span.start) {
            let content = &text[line.start..line.end];
            if content.trim_start().starts_with("<<<<<<< ") {
                let message = "two versions of these lines stand here, as a merge left them";
                let hint = "keep one, and take out the lines of `<<<<<<<`, `=======` and `>>>>>>>`";
                self.broken(line, message, hint);
                continue;
            }
            let is_end = content.starts_with(">>>>>>> ");
            if self.is_broken && (is_second || is_end || content == "=======") {
                is_second = !is_end;
                continue;
            }
            let spaces = content.len() - content.trim_start_matches(' ').len();
            let words = Span::new(line.start + spaces, line.end);
            let rest = &content[spaces..];
            if rest.trim().is_empty() || rest.starts_with('#') {
                continue;
            }
            let column = column_of(source, words.start);
            let base = *base.get_or_insert(column);
            if column > base {
                if !self.extend(line) {
                    self.broken(words, "this line is further in than the one above", "line it up");
                }
            } else if rest.starts_with(['\t', '\u{a0}', '\u{2007}', '\u{202f}']) {
                let what =
                    if rest.starts_with('\t') { "a tab" } else { "a space that does not break" };
                self.extend(line);
                self.broken(
                    Span::new(
                        words.start,
                        words.start + rest.chars().next().map_or(0, char::len_utf8),
                    ),
                    &format!("this line begins with {what}"),
                    "begin it with ordinary spaces",
                );
            } else if rest == "-" || rest.starts_with("- ") {
                if !self.extend(line) {
                    self.broken(
                        words,
                        "this list has no name",
                        "write its name and a colon above it",
                    );
                }
            } else if rest.starts_with(['–', '—', '•']) {
                // Reported when the list is asked for.
                self.extend(line);
            } else if column < base {
                self.broken(words, "this line is not in line with the ones above", "line it up");
            } else {
                self.read_name(words);
            }
        }
    }

    /// Adds a line to the value of the last name; false if there is none.
    fn extend(&mut self, line: Span) -> bool {
        let Some(last) = self.entries.last_mut() else { return false };
        last.value.end = line.end;
        true
    }

    /// Reads `name: value` on one line.
    fn read_name(&mut self, line: Span) {
        let text = self.source.at(line);
        let from = match text.chars().next() {
            Some(quote @ ('"' | '\'')) => text[1..].find(quote).map_or(0, |at| at + 2),
            _ => 0,
        };
        let is_end = |at: usize| {
            text[at + 1..].is_empty() || text[at + 1..].starts_with([' ', '\t', '\u{a0}'])
        };
        let colon = text[from..].match_indices(':').map(|(at, _)| from + at).find(|&at| is_end(at));
        if let Some(colon) = colon {
            let name = bare(text[..colon].trim().trim_matches(['"', '\''])).into_owned();
            let span = Span::new(line.start, line.start + text[..colon].trim_end().len());
            let value = Span::new(line.start + colon + 1, line.end);
            self.entries.push(Entry { name: Placed { value: name, span }, value, taken: false });
            return;
        }
        // The name itself is kept, so that the value is not reported as missing too.
        if let Some((name, value)) =
            text.split_once([':', '：', '=']).filter(|(name, _)| is_plain(name))
        {
            let at = line.start + name.len();
            let mark = text[name.len()..].chars().next().map_or(1, char::len_utf8);
            self.broken(
                Span::new(line.start, at + mark),
                &format!("“{name}” is not followed by a colon and a space"),
                &format!("write `{}: {}`", name.trim(), value.trim()),
            );
            let name = name.trim().to_owned();
            let span = Span::new(line.start, at);
            let value = Span::new(at + mark, line.end);
            self.entries.push(Entry { name: Placed { value: name, span }, value, taken: false });
            return;
        }
        self.broken(
            line,
            &format!("“{}” is not a name and a value", shorten(text)),
            "write `name: value`, or indent the line if it goes on from the one above",
        );
    }

    fn read_flow(&mut self, span: Span) {
        for item in self.split_flow(span) {
            let text = self.source.at(item);
            let colon = text.match_indices(':').map(|(at, _)| at).find(|at| {
                let after = &text[at + 1..];
                after.is_empty()
                    || after.starts_with([' ', '\u{a0}'])
                    || text[..*at].ends_with(['"', '\''])
            });
            let Some(colon) = colon else {
                self.broken(
                    item,
                    &format!("“{}” is not a name and a value", shorten(text)),
                    "write `name: value`, with a space after the colon",
                );
                continue;
            };
            let name = bare(text[..colon].trim().trim_matches(['"', '\''])).into_owned();
            let key = Span::new(item.start, item.start + text[..colon].trim_end().len());
            let value = Span::new(item.start + colon + 1, item.end);
            self.entries.push(Entry {
                name: Placed { value: name, span: key },
                value,
                taken: false,
            });
        }
    }

    /// The parts between the commas of `[a, b]` or `{a: b, c: d}`.
    fn split_flow(&mut self, span: Span) -> Vec<Span> {
        let text = self.source.at(span);
        let (mut depth, mut quote, mut start) = (0_usize, None, 1);
        let mut items = Vec::new();
        let mut previous = ' ';
        for (at, c) in text.char_indices() {
            match (quote, c) {
                (Some(open), _) if open == c => quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') if " [{,:".contains(previous) => quote = Some(c),
                (None, '[' | '{') => depth += 1,
                (None, ']' | '}') => {
                    depth = depth.saturating_sub(1);
                    if depth == 0 {
                        items.push(trim(self.source, Span::new(start, at).shifted(span.start)));
                        let rest = text[at + 1..].trim();
                        if !rest.is_empty() && !rest.starts_with('#') {
                            let rest = Span::new(span.start + at + 1, span.end);
                            self.broken(
                                rest,
                                "these words stand after the closing bracket",
                                "take them out",
                            );
                        }
                        items.retain(|item| !self.source.at(*item).is_empty());
                        return items;
                    }
                }
                (None, ',') if depth == 1 => {
                    items.push(trim(self.source, Span::new(start, at).shifted(span.start)));
                    start = at + 1;
                }
                _ => {}
            }
            if depth > DEEPEST {
                let here = Span::new(span.start, span.start + 1);
                let message = format!("brackets are nested more than {DEEPEST} deep");
                self.broken(here, &message, "use fewer brackets");
                return Vec::new();
            }
            previous = c;
        }
        let closing = if text.starts_with('[') { ']' } else { '}' };
        let first = Span::new(span.start, span.start + 1);
        self.broken(
            first,
            "this bracket is never closed",
            &format!("write `{closing}` at the end"),
        );
        Vec::new()
    }

    fn report_twins(&mut self) {
        let mut seen = std::collections::BTreeSet::new();
        let mut twins = Vec::new();
        for entry in &self.entries {
            if !seen.insert(entry.name.value.as_str()) {
                twins.push(entry.name.clone());
            }
        }
        for twin in twins {
            self.problem(twin.span, &format!("“{}” appears twice", twin.value), "keep one of them");
        }
    }

    /// Something wrong after which it is not known what else is there: once a line.
    fn broken(&mut self, span: Span, message: &str, hint: &str) {
        self.is_broken = true;
        let line = self.source.line_at(span.start).1;
        let starts = |known: &Diagnostic| self.source.line_at(known.span.start).1 == line;
        if !self.problems.last().is_some_and(starts) {
            self.problem(span, message, hint);
        }
    }

    pub(super) fn problem(&mut self, span: Span, message: &str, hint: &str) {
        self.problems.push(Diagnostic::error(RULE, span, message).hint(hint));
    }

    /// Adds an error that a caller found, and what to write instead.
    pub fn wrong(
        &mut self,
        rule: &'static Rule,
        span: Span,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        self.report(Diagnostic::error(rule, span, message).hint(hint));
    }

    /// Adds what a caller found wrong with a value.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.problems.push(diagnostic);
    }

    /// Takes over what a part of these fields found.
    pub fn absorb(&mut self, mut part: Fields<'_>) {
        if let (Some(own), Some(learned)) = (&mut self.learning, part.learning.take()) {
            own.absorb(learned);
        }
        self.filled.append(&mut part.filled);
        self.turns.append(&mut part.turns);
        self.is_broken |= part.is_broken;
        // What is missing in a part may stand in what could not be read around it.
        let missing = part.left_missing();
        part.missing.clear();
        self.missing.extend(missing);
        self.problems.extend(part.finish());
    }

    /// Whether `name` was written, with or without a value.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.value == name)
    }

    /// Where the value of `name` stands, or the name itself when it has none.
    pub fn place(&self, name: &str) -> Option<Span> {
        if self.learning.is_some() {
            return Some(Span::default());
        }
        let entry = self.entries.iter().find(|entry| entry.name.value == name)?;
        let value = trim(self.source, entry.value);
        Some(if value.start == value.end { entry.name.span } else { value })
    }

    /// Whether the value of `name` is this word, in capitals or not.
    pub fn value_is(&self, name: &str, word: &str) -> bool {
        self.place(name).is_some_and(|span| self.source.at(span).eq_ignore_ascii_case(word))
    }

    /// Whether anything but `name` was written.
    pub fn has_more_than(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.value != name)
    }

    /// Whether the value of `name` is names with values: `{from: 18}`.
    pub fn is_map(&self, name: &str) -> bool {
        if let Some(learning) = &self.learning {
            return learning.as_maps;
        }
        let Some(span) = self.place(name) else { return false };
        let text = self.source.at(span);
        let first = text.lines().next().unwrap_or_default();
        // Words may have a colon in them; a map has one after its first word.
        text.starts_with('{')
            || first.split_once(':').is_some_and(|(name, rest)| {
                is_plain(name) && (rest.is_empty() || rest.starts_with(' ')) && text.contains('\n')
            })
    }

    /// Whether the value of `name` is a list of names with values.
    pub fn is_list_of_maps(&self, name: &str) -> bool {
        if let Some(learning) = &self.learning {
            return learning.as_maps;
        }
        let Some(span) = self.place(name) else { return false };
        let text = self.source.at(span);
        text.starts_with("- ") || text.starts_with('[') && text[1..].trim_start().starts_with('{')
    }

    /// What is put in for names, and how dates are read.
    pub fn values(&self) -> Values<'a> {
        self.values
    }

    /// The words at a place, as typed.
    pub fn at(&self, span: Span) -> &str {
        self.source.at(span)
    }

    /// Where the first name stands: for complaints about what is missing.
    pub fn start(&self) -> Span {
        self.entries.first().map_or(Span::default(), |entry| entry.name.span)
    }

    fn take(&mut self, name: &'static str) -> Option<Span> {
        self.known.push(name);
        if let Some(learning) = &mut self.learning {
            learning.note(name, Shape::Words);
        }
        let entry = self.entries.iter_mut().find(|entry| entry.name.value == name)?;
        entry.taken = true;
        let span = trim(self.source, entry.value);
        (span.start < span.end).then_some(span)
    }

    /// The words of `name`, exactly as typed.
    pub fn text(&mut self, name: &'static str) -> Option<Placed<String>> {
        let span = self.take(name)?;
        let span = self.in_language(span).map_or(span, |(_, own)| own);
        self.words(span)
    }

    /// The words of `name`, with their place; empty when there are none.
    pub fn said(&mut self, name: &'static str) -> Placed<String> {
        self.text(name).unwrap_or_default()
    }

    /// The words of `name`, wherever they stand; empty when there are none.
    pub fn words_of(&mut self, name: &'static str) -> String {
        self.text(name).map(|found| found.value).unwrap_or_default()
    }

    /// The language in which the words of `name` are there, when the one that is asked for is
    /// not; none when they are in that.
    pub fn other_language(&mut self, name: &str) -> Option<String> {
        let tongue = self.values.tongue?;
        let span = self.place(name)?;
        let problems = self.problems.len();
        let (own, _) = self.in_language(span).unwrap_or_else(|| (tongue.all[0].clone(), span));
        self.problems.truncate(problems);
        (own != tongue.wanted).then_some(own)
    }

    /// Where the words of a value stand that is written in several languages, and in which one
    /// they are: the one that is asked for, or else the main one.
    fn in_language(&mut self, span: Span) -> Option<(String, Span)> {
        let tongue = self.values.tongue?;
        let text = self.source.at(span);
        let begins = |language: &String| {
            text.strip_prefix(language.as_str()).is_some_and(|rest| rest.starts_with(':'))
        };
        if !text.starts_with('{') && !tongue.all.iter().any(begins) {
            return None;
        }
        let part = self.part(span);
        let is_language = |entry: &&Entry| tongue.all.contains(&entry.name.value);
        if !part.entries.iter().any(|entry| is_language(&entry)) {
            return None;
        }
        for other in part.entries.iter().filter(|entry| !is_language(entry)) {
            let message = format!("“{}” is not a language of this site", other.name.value);
            let hint = format!("write one of {}", tongue.all.join(", "));
            self.problem(other.name.span, &message, &hint);
        }
        let in_one =
            |language: &str| part.entries.iter().find(|entry| entry.name.value == language);
        let found = in_one(tongue.wanted)
            .or_else(|| in_one(&tongue.all[0]))
            .or_else(|| part.entries.iter().find(is_language))?;
        let found = (found.name.value.clone(), trim(self.source, found.value));
        self.is_broken |= part.is_broken;
        self.problems.extend(part.problems);
        Some(found)
    }

    /// The words of `name`, or an error that says they are needed.
    pub fn needed(&mut self, name: &'static str, example: &str) -> Option<Placed<String>> {
        let found = self.text(name);
        self.needs(name, example);
        if self.learning.is_some() {
            return None;
        }
        if !self.has(name) {
            return None;
        }
        if found.is_none() && self.problems.is_empty() {
            let at = self.place(name).unwrap_or_default();
            self.problem(at, &format!("`{name}` is empty"), &format!("write `{name}: {example}`"));
        }
        found
    }

    /// Says that `name` is needed, where it was not written.
    pub fn needs(&mut self, name: &'static str, example: &str) {
        if let Some(learning) = &mut self.learning {
            learning.needs(name, example);
            return;
        }
        if !self.has(name) {
            let (at, line) = (self.start(), format!("`{name}: {example}`"));
            self.missing.push(Missing { name, at, line });
        }
    }

    /// Whether all that stands there could be read.
    pub fn is_whole(&self) -> bool {
        !self.is_broken
    }

    /// The day of `name`.
    pub fn date(&mut self, name: &'static str) -> Option<Placed<Date>> {
        let values = self.values;
        let day = self.convert(name, |text| values.day(text), "a date", HOW_TO_WRITE);
        self.is_shaped(name, Shape::Day);
        day
    }

    /// `yes` or `no`.
    pub fn yes_no(&mut self, name: &'static str) -> Option<bool> {
        let found = self.convert(name, YesNo::parse, "yes or no", "write `yes` or `no`");
        self.is_shaped(name, Shape::YesNo);
        found.map(|found| found.value.0)
    }

    /// A whole number.
    pub fn number(&mut self, name: &'static str) -> Option<i64> {
        let parse = |text: &str| text.trim().parse().ok();
        let found = self.convert(name, parse, "a whole number", "write a number: 1");
        self.is_shaped(name, Shape::Number);
        found.map(|found| found.value)
    }

    /// The words of `name`, turned into something else.
    pub fn convert<T>(
        &mut self,
        name: &'static str,
        parse: impl Fn(&str) -> Option<T>,
        what: &str,
        hint: &str,
    ) -> Option<Placed<T>> {
        let Placed { value, span } = self.text(name)?;
        let parsed = parse(&bare(&value));
        if parsed.is_none() {
            self.problem(span, &format!("“{}” is not {what}", shorten(&value)), hint);
        }
        parsed.map(|value| Placed { value, span })
    }

    /// The items of a list. A single value is a list of one.
    pub fn list(&mut self, name: &'static str) -> Vec<Placed<String>> {
        let Some(span) = self.take(name) else {
            self.is_shaped(name, Shape::List);
            return Vec::new();
        };
        let span = self.in_language(span).map_or(span, |(_, own)| own);
        let items = self.items(span);
        items.into_iter().filter_map(|item| self.words(item)).collect()
    }

    /// The words of each item of a list, wherever they stand.
    pub fn all_words_of(&mut self, name: &'static str) -> Vec<String> {
        self.list(name).into_iter().map(|item| item.value).collect()
    }

    /// What is read of each map of a list of maps.
    pub fn each_of<T>(
        &mut self,
        name: &'static str,
        mut read: impl FnMut(Span, &mut Fields<'a>) -> Option<T>,
    ) -> Vec<T> {
        let Some(span) = self.take(name) else {
            self.is_shaped(name, Shape::Maps(Vec::new()));
            if let Some(mut part) = self.learning_part(name) {
                read(Span::default(), &mut part);
                self.absorb(part);
            }
            return Vec::new();
        };
        self.each_in(span, read)
    }

    /// The same of a list of maps that is all there is, as in a fence.
    pub fn each_in<T>(
        &mut self,
        span: Span,
        mut read: impl FnMut(Span, &mut Fields<'a>) -> Option<T>,
    ) -> Vec<T> {
        let mut all = Vec::new();
        for (place, mut part) in self.maps_in(span) {
            all.extend(read(place, &mut part));
            self.absorb(part);
        }
        all
    }

    /// What is read of the map under each name, for files whose names are ids.
    pub fn each_named<T>(
        &mut self,
        mut read: impl FnMut(Placed<String>, &mut Fields<'a>) -> Option<T>,
    ) -> Vec<T> {
        let mut all = Vec::new();
        for (name, mut part) in self.every_map() {
            part.turns.iter_mut().for_each(|turn| turn.of.clone_from(&name.value));
            all.extend(read(name, &mut part));
            self.absorb(part);
        }
        all
    }

    /// The maps of a list of maps. The caller gives each back to
    /// [`Fields::absorb`] when it has asked for its names.
    pub fn maps(&mut self, name: &'static str) -> Vec<(Span, Fields<'a>)> {
        let Some(span) = self.take(name) else {
            self.is_shaped(name, Shape::Maps(Vec::new()));
            return self
                .learning_part(name)
                .map(|part| (Span::default(), part))
                .into_iter()
                .collect();
        };
        self.maps_in(span)
    }

    /// The maps of a list of maps that is all there is, as in a fence.
    pub fn maps_in(&mut self, span: Span) -> Vec<(Span, Fields<'a>)> {
        if let Some(part) = self.learning_part("") {
            return vec![(span, part)];
        }
        let items = self.items(span);
        items.into_iter().map(|item| (item, self.part(item))).collect()
    }

    /// The items of a list that is all there is, each words or a map.
    pub fn named_in(&mut self, span: Span) -> Vec<(Option<Placed<String>>, Option<Fields<'a>>)> {
        let mut named = Vec::new();
        for item in self.items(span) {
            let text = self.source.at(item);
            let first = text.lines().next().unwrap_or_default();
            let has_name = first.split_once(':').is_some_and(|(name, rest)| {
                is_plain(name) && (rest.is_empty() || rest.starts_with(' '))
            });
            named.push(if text.starts_with('{') || has_name {
                (None, Some(Fields::read(self.source, item)))
            } else {
                (self.words(item), None)
            });
        }
        named
    }

    /// The items of a list of words that is all there is, as in a fence.
    pub fn list_in(&mut self, span: Span) -> Vec<Placed<String>> {
        let items = self.items(span);
        items.into_iter().filter_map(|item| self.words(item)).collect()
    }

    /// The map under `name`.
    pub fn map(&mut self, name: &'static str) -> Option<Fields<'a>> {
        let Some(span) = self.take(name) else {
            self.is_shaped(name, Shape::Map(Vec::new()));
            return self.learning_part(name);
        };
        Some(self.part(span))
    }

    /// Every name with its value as a map, for files whose names are ids.
    pub fn every_map(&mut self) -> Vec<(Placed<String>, Fields<'a>)> {
        if let Some(part) = self.learning_part("") {
            return vec![(Placed::default(), part)];
        }
        let (source, values) = (self.source, self.values);
        let read = |entry: &mut Entry| {
            entry.taken = true;
            (entry.name.clone(), Fields::with(source, entry.value, values))
        };
        self.entries.iter_mut().map(read).collect()
    }

    /// Every name with its value as a list of words; a single value is a list
    /// of one.
    pub fn every_list(&mut self) -> Vec<(Placed<String>, Vec<Placed<String>>)> {
        let mut entries = std::mem::take(&mut self.entries);
        let mut all = Vec::new();
        for entry in &mut entries {
            entry.taken = true;
            let value = trim(self.source, entry.value);
            let items = self.items(value);
            let items = items.into_iter().filter_map(|item| self.words(item)).collect();
            all.push((entry.name.clone(), items));
        }
        self.entries = entries;
        all
    }

    /// The names that nobody has asked for, each with its value as it was typed, without
    /// quotes and without a comment.
    pub fn others(&self) -> Vec<(Placed<String>, Placed<String>)> {
        let left = self.entries.iter().filter(|entry| !entry.taken);
        let typed = |entry: &Entry| {
            let span = trim(self.source, entry.value);
            let text = self.source.at(span);
            let bare = text.split(" #").next().unwrap_or_default().trim();
            let value = bare.trim_matches(['"', '\'']).trim().to_owned();
            (entry.name.clone(), Placed { value, span })
        };
        left.map(typed).collect()
    }

    /// Takes a name of [`Fields::others`] for one that is known.
    pub fn know(&mut self, name: &Placed<String>) {
        let entry = self.entries.iter_mut().find(|entry| entry.name.span == name.span);
        if let Some(entry) = entry {
            entry.taken = true;
        }
    }

    /// Every name with the place of its value, for values that may be lists or
    /// maps.
    pub fn every(&mut self) -> Vec<(Placed<String>, Span)> {
        let read = |entry: &mut Entry| {
            entry.taken = true;
            (entry.name.clone(), entry.value)
        };
        self.entries.iter_mut().map(read).collect()
    }

    /// Whether a value is a list, or one word, which is a list of one.
    pub fn is_list(&self, value: Span) -> bool {
        let text = self.source.at(trim(self.source, value));
        text.starts_with(['[', '-']) || !text.starts_with('{') && !text.contains(": ")
    }

    /// The map that is a value.
    pub fn part(&self, value: Span) -> Fields<'a> {
        if let Some(part) = self.learning_part("") {
            return part;
        }
        Fields::with(self.source, value, self.values)
    }

    /// The value of `name` as a theme's own data, with numbers as numbers.
    pub fn data(&mut self, name: &'static str) -> Option<serde_json::Value> {
        let Some(span) = self.take(name) else {
            self.is_shaped(name, Shape::Data);
            return None;
        };
        let text = self.source.at(span);
        let depth = text.chars().scan(0_usize, |depth, c| {
            match c {
                '[' | '{' => *depth += 1,
                ']' | '}' => *depth = depth.saturating_sub(1),
                _ => {}
            }
            Some(*depth)
        });
        if depth.max() > Some(DEEPEST) || text.contains("- - - -") || has_reference(text) {
            self.problem(span, "this is too complicated", "use plain names, values and lists");
            return None;
        }
        let mut value = self.decode(span)?;
        self.fill_data(&mut value, span);
        Some(value)
    }

    fn fill_data(&mut self, value: &mut serde_json::Value, span: Span) {
        match value {
            serde_json::Value::String(text) => *text = self.fill(std::mem::take(text), span),
            serde_json::Value::Array(all) => {
                all.iter_mut().for_each(|one| self.fill_data(one, span));
            }
            serde_json::Value::Object(all) => {
                all.values_mut().for_each(|one| self.fill_data(one, span));
            }
            _ => {}
        }
    }

    /// Words with their values put in; what was typed is kept for the checks.
    fn fill(&mut self, typed: String, span: Span) -> String {
        let has_brackets = ["((", "[[", "{{", "{%"].iter().any(|open| typed.contains(open))
            || left_over(&typed, |_| false).is_some()
            || self.values.in_one_bracket(&typed);
        if self.values.words.is_none() || !has_brackets {
            return typed;
        }
        let words = self.values.fill(&typed);
        self.filled.push(Filled { span, typed, words: words.clone() });
        words
    }

    /// The words with double brackets that were asked for so far.
    pub fn take_filled(&mut self) -> Vec<Filled> {
        std::mem::take(&mut self.filled)
    }

    /// What changes on a day, of what was asked for so far.
    pub fn take_turns(&mut self) -> Vec<Turn> {
        std::mem::take(&mut self.turns)
    }

    /// The words of `name` that held before.
    pub fn replaced(&mut self, name: &str) -> Vec<String> {
        let replaced = self.replaced.clone();
        let own = replaced.iter().filter(|entry| entry.name.value == name);
        own.filter_map(|entry| {
            let span = trim(self.source, entry.value);
            let span = self.in_language(span).map_or(span, |(_, own)| own);
            self.words(span).map(|words| words.value)
        })
        .collect()
    }

    /// Since when the values hold that stand in the place of those that were written first.
    pub fn since(&self) -> Option<Placed<Date>> {
        self.since.clone()
    }

    /// What is missing and is not somewhere in what could not be read.
    fn left_missing(&self) -> Vec<Missing> {
        let is_lost = |lost: &&Missing| !self.is_broken && !self.is_misspelt(lost.name);
        self.missing.iter().filter(is_lost).cloned().collect()
    }

    /// Whether a name that is not known seems to mean `name`: then that is what is wrong, and
    /// not that `name` is missing.
    pub fn is_misspelt(&self, name: &str) -> bool {
        let known = || self.known.iter().copied();
        let is_meant =
            |entry: &Entry| !entry.taken && nearest(&entry.name.value, known()) == Some(name);
        self.entries.iter().any(is_meant)
    }

    /// What is left and what was wrong.
    pub fn finish(self) -> Vec<Diagnostic> {
        let missing = self.left_missing();
        let Self { source, entries, known, mut problems, .. } = self;
        problems.extend(missing.chunk_by(|one, next| one.at == next.at).map(all_missing));
        for Entry { name, value, .. } in entries.iter().filter(|entry| entry.taken) {
            let value = trim(source, *value);
            let is_told = problems.iter().any(|found| found.span.start == name.span.start);
            if value.start == value.end && !is_told {
                let message = format!("`{}` is empty", name.value);
                let found = Diagnostic::warning(RULE, name.span, message);
                problems.push(found.hint("write what it is, or take the line out").one_cause());
            }
        }
        // Of twins the first was read, and the second was told.
        let is_twin = |entry: &Entry| known.contains(&entry.name.value.as_str());
        for entry in entries.into_iter().filter(|entry| !entry.taken && !is_twin(entry)) {
            let name = &entry.name.value;
            let message = format!("“{}” is not a name that is known here", shorten(name));
            let span = entry.name.span;
            let found = match nearest(name, known.iter().copied()) {
                Some(meant) => Diagnostic::error(&rule::UNKNOWN_NAME, span, message)
                    .hint(format!("did you mean `{meant}`?")),
                None => {
                    let said = SAID.iter().find(|(names, _)| names.contains(&name.as_str()));
                    let hint = said
                        .map_or("take the line out, or put it under `extra:`", |(_, hint)| hint);
                    Diagnostic::warning(&rule::UNKNOWN_NAME, span, message).hint(hint)
                }
            };
            // Pages that come from elsewhere all have the names that are known there.
            problems.push(found.one_cause());
        }
        problems
    }

    /// The places of the items of a list.
    pub fn items(&mut self, span: Span) -> Vec<Span> {
        let span = trim(self.source, span);
        let text = self.source.at(span);
        if text.is_empty() {
            return Vec::new();
        }
        if text.starts_with('[') {
            return self.split_flow(span);
        }
        if !(text.starts_with("- ") || text.starts_with("-\n") || text.starts_with("-\r")) {
            return vec![span];
        }
        let base = column_of(self.source, span.start);
        let mut items: Vec<Span> = Vec::new();
        for line in lines_of(&self.source.text[..span.end], span.start) {
            let content = self.source.at(line);
            let trimmed = content.trim_start_matches(' ');
            let at = line.end - trimmed.len();
            if trimmed.trim().is_empty() {
                continue;
            }
            let is_item = trimmed == "-" || trimmed.starts_with("- ");
            let column = column_of(self.source, at);
            // A remark no further in than the dashes belongs to no item.
            if trimmed.starts_with('#') && column <= base {
                continue;
            }
            if column == base && is_item {
                items.push(Span::new((at + 2).min(line.end), line.end));
            } else if trimmed.starts_with(['–', '—', '•']) {
                self.dash(at, trimmed);
            } else if let Some(last) = items.last_mut() {
                last.end = line.end;
            }
        }
        items.into_iter().map(|item| trim(self.source, item)).collect()
    }

    fn dash(&mut self, at: usize, text: &str) {
        let dash = text.chars().next().unwrap_or('–');
        let rest = text[dash.len_utf8()..].trim();
        let rest = rest.lines().next().unwrap_or_default();
        self.problem(
            Span::new(at, at + dash.len_utf8()),
            &format!("this list has “{dash}” where a hyphen should be"),
            &format!("write `- {rest}`, and switch off automatic dashes in your editor"),
        );
    }

    /// Decodes one value as text.
    fn words(&mut self, span: Span) -> Option<Placed<String>> {
        let text = self.source.at(span);
        let first = text.chars().next()?;
        let line = text.lines().next().unwrap_or_default();
        let is_plain = !matches!(first, '"' | '\'' | '|' | '>');
        if text.len() > LONGEST_VALUE {
            self.problem(
                Span::new(span.start, span.start + line.len()),
                "this value is too long",
                "put it in the text of the page",
            );
            return None;
        }
        if matches!(first, '–' | '—' | '•') && line[first.len_utf8()..].starts_with([' ', '\u{a0}'])
        {
            self.dash(span.start, text);
            return None;
        }
        if matches!(first, '[' | '{') || line == "-" || line.starts_with("- ") {
            self.problem(span, "a list stands where words should be", "write words");
            return None;
        }
        if first == '#' && line[1..].starts_with([' ', '#']) || line == "#" {
            return None;
        }
        if matches!(first, '!' | '&' | '*' | '@' | '`' | '%' | '#') {
            let here = Span::new(span.start, span.start + line.len());
            self.problem(
                here,
                &format!("a value that begins with {first} is lost"),
                &format!("put it in quotes: \"{}\"", line.replace('"', "'")),
            );
            return None;
        }
        if is_plain {
            let hash = line.match_indices(" #").find(|(at, _)| {
                !line[at + 2..].starts_with([' ', '#', '-', '=']) && line.len() > at + 2
            });
            if let Some((at, _)) = hash {
                self.problem(
                    Span::new(span.start + at + 1, span.start + line.len()),
                    "everything after the # is lost",
                    &format!("put the whole value in quotes: \"{}\"", line.replace('"', "'")),
                );
                return None;
            }
            let line = line.split(" #").next().unwrap_or(line).trim_end();
            let colon = line.find(": ").or_else(|| line.ends_with(':').then(|| line.len() - 1));
            if let Some(at) = colon {
                self.problem(
                    Span::new(span.start + at, span.start + at + 1),
                    "this colon makes the rest of the line unreadable",
                    &format!("put the whole value in quotes: \"{}\"", line.replace('"', "'")),
                );
                return None;
            }
            if first == '“' && line.ends_with('”') {
                let here = Span::new(span.start, span.start + line.len());
                let bare = line.trim_matches(['“', '”']);
                let message = "these curly quotes will be shown to readers";
                let hint = format!("write {bare}, or \"{bare}\"");
                self.problems.push(Diagnostic::warning(RULE, here, message).hint(hint));
            }
        }
        let typed: String = self.decode(span)?;
        Some(Placed { value: self.fill(seen(&typed).into_owned(), span), span })
    }

    /// Decodes the value at `span` with the YAML library.
    fn decode<T: DeserializeOwned>(&mut self, span: Span) -> Option<T> {
        // The lines of a value must stay in line with its first one.
        let text = self.source.at(span);
        let indent = if text.contains('\n') { column_of(self.source, span.start) } else { 0 };
        // What no page can hold was told of, and is left out.
        let text = permitted(text);
        let padded = format!("{}{text}", " ".repeat(indent));
        match serde_yaml::from_str(&padded) {
            Ok(value) => Some(value),
            Err(error) => {
                let text = self.source.at(span);
                let line = error.location().map_or(0, |place| place.line().saturating_sub(1));
                let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
                let rest = text[before..].lines().next().unwrap_or_default();
                let start = span.start + before;
                let here = Span::new(start, start + rest.len());
                let (message, hint) = in_words(&error.to_string(), text);
                self.problem(here, message, hint);
                None
            }
        }
    }
}

/// Says what one record lacks, all of it at once.
fn all_missing(missing: &[Missing]) -> Diagnostic {
    let names: Vec<String> = missing.iter().map(|lost| format!("`{}`", lost.name)).collect();
    let lines: Vec<String> = missing.iter().map(|lost| lost.line.clone()).collect();
    let (are, add) = if names.len() == 1 { ("is", "a line") } else { ("are", "lines") };
    let message = format!("{} {are} missing", listed(&names, " and "));
    let at = missing.first().map_or(Span::default(), |lost| lost.at);
    Diagnostic::error(RULE, at, message).hint(format!("add {add}: {}", listed(&lines, " and ")))
}

/// Whether anything in a value could be an anchor or an alias, which make a little text
/// into very much. `Bed & breakfast` and `M&S` are words.
pub(crate) fn has_reference(text: &str) -> bool {
    let mut before = ' ';
    let mut letters = text.chars().peekable();
    while let Some(c) = letters.next() {
        let is_name = letters.peek().is_some_and(|next| !next.is_whitespace());
        if matches!(c, '&' | '*') && is_name && !before.is_alphanumeric() {
            return true;
        }
        before = c;
    }
    false
}

/// A message of the YAML library in our words.
fn in_words(message: &str, text: &str) -> (&'static str, &'static str) {
    if text.starts_with('"') || text.starts_with('\'') {
        return if message.contains("escape") {
            (
                "there is a \\ in quotes that means nothing",
                "write \\\\ for a \\, or use single quotes",
            )
        } else {
            ("the quotes do not match", "write the same quote at the beginning and at the end")
        };
    }
    ("this value cannot be read", "put it in quotes")
}

/// `span` without the white space at its ends, and without a comment line or
/// two before the first word.
pub(super) fn trim(source: &Source, span: Span) -> Span {
    let text = source.at(span);
    let end = span.start + text.trim_end().len();
    let mut start = span.start + (text.len() - text.trim_start().len());
    let is_comment = |text: &str| ["# ", "#\n", "#\r\n"].iter().any(|sign| text.starts_with(sign));
    while start < end && is_comment(&source.text[start..end]) {
        let Some(newline) = source.text[start..end].find('\n') else { return Span::new(end, end) };
        let rest = &source.text[start + newline..end];
        start = end - rest.trim_start().len();
    }
    Span::new(start.min(end), end)
}

/// How far in a place is, in bytes from the start of its line.
fn column_of(source: &Source, at: usize) -> usize {
    at - source.text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

fn is_plain(name: &str) -> bool {
    let name = name.trim();
    !name.is_empty()
        && name.len() < 40
        && !name.contains('/')
        && !matches!(name, "http" | "https" | "mailto" | "tel")
        && name.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(front: &str) -> Source {
        Source::new("content/a.md", format!("---\n{front}\n---\n"))
    }

    fn said(front: &str, names: &[&'static str]) -> Vec<String> {
        let source = page(front);
        let mut problems = Vec::new();
        let (span, _) = find(&source, &mut problems);
        let mut fields = Fields::read(&source, span);
        for name in names {
            fields.list(name);
        }
        problems.extend(fields.finish());
        let place = |problem: &Diagnostic| {
            let at = source.position(problem.span.start);
            let hint = problem.hint.as_deref().unwrap_or_default();
            format!("{}:{} {} | {hint}", at.line, at.column, problem.message)
        };
        problems.iter().map(place).collect()
    }

    fn text(front: &str) -> Option<String> {
        let source = page(front);
        let (span, _) = find(&source, &mut Vec::new());
        let mut fields = Fields::read(&source, span);
        let value = fields.text("v").map(|found| found.value);
        assert_eq!(fields.finish(), []);
        value
    }

    #[test]
    fn text_stays_as_typed() {
        for typed in [
            "+441522300206",
            "10.00",
            "3.10",
            "1.10.2026",
            "null",
            "999",
            "1e10",
            "yes",
            "~",
            "0x1F",
        ] {
            assert_eq!(text(&format!("v: {typed}")).as_deref(), Some(typed));
        }
        assert_eq!(text("v: \"#1: first\"").as_deref(), Some("#1: first"));
        assert_eq!(text("v: 'it''s'").as_deref(), Some("it's"));
        assert_eq!(text("v: |\n  one\n  two").as_deref(), Some("one\ntwo"));
        assert_eq!(text("v: one\n  two").as_deref(), Some("one two"));
        assert_eq!(text("v: 50% off # a note").as_deref(), Some("50% off"));
    }

    #[test]
    fn silent_slips_are_loud() {
        let one = |front: &str| said(front, &["title", "words", "draft"]).join("\n");
        assert!(one("title:").contains("2:1 `title` is empty"), "{}", one("title:"));
        assert!(one("title: Call us #1 choice").contains("2:16 everything after the # is lost"));
        assert!(one("words:\n  – gym\n  – pool").contains("3:3 this list has “–” where a hyphen"));
        assert!(
            one("title: a\n\u{a0}\u{a0}words: b")
                .contains("3:1 this line begins with a space that does not break")
        );
        assert!(one("title: !important").contains("2:8 a value that begins with ! is lost"));
    }

    #[test]
    fn loud_slips_are_plain() {
        let one = |front: &str| said(front, &["title", "description", "words"]).join("\n");
        assert!(one("title: Complaints: what to do").contains("2:18 this colon"));
        assert!(
            one("title:Hello").contains(
                "2:1 “title” is not followed by a colon and a space | write `title: Hello`"
            )
        );
        assert!(one("titel: Hello").contains("did you mean `title`?"));
        assert!(one("title: Hello\n\tdescription: x").contains("3:1 this line begins with a tab"));
        assert!(one("title: \"Hello").contains("2:8 the quotes do not match"));
        assert!(one("words: [a, b").contains("2:8 this bracket is never closed"));
        assert!(one("title: a\ntitle: b").contains("3:1 “title” appears twice"));
        assert!(one("just words").contains("2:1 “just words” is not a name and a value"));
        assert!(one("title: *a").contains("begins with *"));
        assert_eq!(one("title: a\r\nwords: [b, \"c, d\"]\r"), "");
    }

    #[test]
    fn brackets_without_end_are_quick() {
        let deep = format!("words: {}", "[".repeat(100_000));
        assert!(said(&deep, &["words"])[0].contains("nested more than 32 deep"));
    }

    #[test]
    fn maps_are_read_in_both_styles() {
        let source = page(
            "phones:\n  - {label: Team, number: 01926 413908}\n  - label: Other\n    number: \"+44 20\"",
        );
        let (span, _) = find(&source, &mut Vec::new());
        let mut fields = Fields::read(&source, span);
        let numbers: Vec<String> = fields
            .maps("phones")
            .into_iter()
            .map(|(_, mut phone)| phone.text("number").expect("it is there").value)
            .collect();
        assert_eq!(numbers, ["01926 413908", "+44 20"]);
    }

    #[test]
    fn a_missing_end_does_not_swallow_the_page() {
        let source = Source::new("content/a.md", "---\ntitle: A\n\nText.\n");
        let mut problems = Vec::new();
        let (front, body) = find(&source, &mut problems);
        assert_eq!((source.at(front), source.at(body)), ("title: A\n", "\nText.\n"));
        assert_eq!(problems.len(), 1);
    }
}
