//! What we tell people.
//!
//! Two kinds of trouble never share a type. A [`Diagnostic`] is about the
//! words: an author can mend it, so it is collected and the work goes on. An
//! [`Error`] is about the machine, and stops the run.
//!
//! A diagnostic is found at a [`Span`]. Added to a [`Report`] it becomes a
//! [`Finding`], with a line and column that people can count, and no longer
//! needs its source. [`Format`] says how findings are printed.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    fmt,
    fmt::Write as _,
    path::PathBuf,
    sync::Arc,
};

use self::policy::{Allowance, Policy};
use crate::{
    rule::{self, Cause, Guideline, Mark, Outcome, Rule, Severity},
    text::{
        Source, Span,
        source::{Lines, Position},
        wording::{counted, listed},
    },
};

pub mod baseline;
pub mod policy;
pub mod saved;

/// Something wrong with the words, at a place in one source.
///
/// The message quotes the author's own words, starts in lower case and has no
/// full stop. The hint starts with a verb and gives something to copy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The rule that says so.
    pub rule: &'static Rule,
    /// How much it matters.
    pub severity: Severity,
    /// Whether it fails, or a person has to look.
    pub outcome: Outcome,
    /// The words at fault.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
    /// On which page it was seen, where that is not said by the file.
    pub seen_on: Option<String>,
    /// What else is wrong from the same cause, and is told of once in many files.
    pub cause: Cause,
}

impl Diagnostic {
    /// An error with nothing to suggest yet; see [`Diagnostic::hint`].
    pub fn error(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        let mark = Mark::failed(span, message);
        Self { severity: Severity::Error, ..Self::of(rule, mark) }
    }

    /// What a rule says of one thing. What a person has to look at is a warning.
    pub fn of(rule: &'static Rule, mark: Mark) -> Self {
        let Mark { outcome, severity, span, message, hint, cause, .. } = mark;
        let severity = match outcome {
            Outcome::Failed => severity.unwrap_or(rule.severity),
            Outcome::Passed | Outcome::CantTell => Severity::Warning,
        };
        Self { rule, severity, outcome, span, message, hint, seen_on: None, cause }
    }

    /// A warning with nothing to suggest yet; see [`Diagnostic::hint`].
    pub fn warning(rule: &'static Rule, span: Span, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, ..Self::error(rule, span, message) }
    }

    /// The same, with what to write instead.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// The same, seen on the page at an address.
    #[must_use]
    pub fn seen_on(self, address: &str) -> Self {
        Self { seen_on: Some(address.to_owned()), ..self }
    }

    /// The same, which in many files has one cause.
    #[must_use]
    pub fn one_cause(self) -> Self {
        Self { cause: Cause::Same, ..self }
    }
}

/// A diagnostic at a place that people can count, with the line it is on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule that says so; its code is the name of its manual page.
    pub rule: &'static Rule,
    /// How much it matters.
    pub severity: Severity,
    /// Whether it fails, or a person has to look.
    pub outcome: Outcome,
    /// Path below the root of the site.
    pub file: Arc<str>,
    /// Where the words at fault begin.
    pub start: Position,
    /// One past where they end.
    pub end: Position,
    /// What is wrong.
    pub message: String,
    /// On which page it was seen, where that is not said by the file.
    pub seen_on: Option<String>,
    /// In how many other files the same is wrong from one cause, after what is wrong.
    pub elsewhere: String,
    /// What to write instead.
    pub hint: Option<String>,
    /// The line on which it begins.
    pub line_text: String,
    /// What else is wrong from the same cause.
    cause: Cause,
}

impl Finding {
    /// Whether it is more than advice.
    pub fn counts(&self) -> bool {
        self.severity > Severity::Advice
    }

    /// The name of its manual page: `plainsite explain CODE`.
    pub fn code(&self) -> &'static str {
        self.rule.code
    }

    /// What is wrong, and where: on which page, and in how many other files.
    pub fn said(&self) -> String {
        match &self.seen_on {
            Some(page) => format!("on the page {page}: {}{}", self.message, self.elsewhere),
            None => format!("{}{}", self.message, self.elsewhere),
        }
    }

    /// Whether it is an error that nobody can switch off, allow or leave out.
    pub fn is_promised(&self) -> bool {
        self.severity == Severity::Error && self.rule.promise.is_some()
    }

    /// The line on which it begins, in three parts: what is before the words at fault, they,
    /// and what is after them.
    pub fn words(&self) -> [String; 3] {
        let line: Vec<char> = self.line_text.chars().collect();
        let first = (self.start.column - 1).min(line.len());
        let last = if self.end.line == self.start.line { self.end.column - 1 } else { line.len() };
        let last = last.clamp(first, line.len());
        [&line[..first], &line[first..last], &line[last..]].map(|part| part.iter().collect())
    }

    /// Where it stands in a report.
    fn order(&self) -> (&str, Position, &str, &str) {
        (&self.file, self.start, self.rule.code, &self.message)
    }
}

/// Everything found in one run, in an order that does not depend on timing.
#[derive(Debug, Clone, Default)]
pub struct Report {
    policy: Policy,
    findings: Vec<Finding>,
}

impl Report {
    /// An empty one, in which what the policy silences will not stand.
    pub fn new(policy: Policy) -> Self {
        Self { policy, findings: Vec::new() }
    }

    /// One in which nothing was found, with the same policy.
    pub fn without_findings(&self) -> Self {
        Self { policy: self.policy.clone(), findings: Vec::new() }
    }

    /// Adds what a file allows; before what is found in it is added.
    pub fn allow(&mut self, source: &Source, allowances: Vec<Allowance>) {
        self.policy.allow(source, allowances);
    }

    /// Adds what was found in `source`: the first [`MOST_FINDINGS`] in full, and how
    /// many more there are, so that one strange file cannot drown the rest. What a promise
    /// rests on is told of in any case, and so is the first of what each rule says.
    pub fn add(&mut self, source: &Source, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        let mut diagnostics = diagnostics.into_iter().peekable();
        // A list of records is one file, and most of them have nothing.
        if diagnostics.peek().is_none() {
            return;
        }
        let lines = source.lines();
        let before = self.findings.len();
        let (mut more, mut severest, mut last) = (0, Severity::Advice, Span::default());
        let mut told = HashSet::new();
        for diagnostic in diagnostics {
            let span = diagnostic.span;
            let Some(found) = self.policy.judge(locate(source, &lines, diagnostic)) else {
                continue;
            };
            severest = severest.max(found.severity);
            let is_first = told.insert((found.code(), found.outcome == Outcome::Failed));
            let is_full = self.findings.len() - before >= MOST_FINDINGS;
            if is_full && !is_first && !found.is_promised() {
                more += 1;
                continue;
            }
            last = span;
            self.findings.push(found);
        }
        if more > 0 {
            let message = format!("{more} more were found in this file and are not shown");
            let rest = Diagnostic::error(&rule::TOO_MANY, last, message)
                .hint("mend the ones above and run this again");
            let rest = Diagnostic { severity: severest, ..rest };
            self.findings.push(locate(source, &lines, rest));
        }
    }

    /// Says which files are a part of the site. In others nothing was looked for, so that
    /// nothing can be said of what they allow.
    pub fn looked_at(&mut self, files: &HashSet<Arc<str>>) {
        self.policy.looked_at(files);
    }

    /// What was found, by file, then by place, each by itself; see [`join`]. Equal findings
    /// appear once.
    pub fn findings(mut self) -> Vec<Finding> {
        for (source, problem) in self.policy.problems() {
            self.findings.push(locate(&source, &source.lines(), problem));
        }
        sort(&mut self.findings);
        self.findings
    }

    /// The lines on which something with a code was found so far, by file, in order.
    pub fn lines(&self, code: &str) -> BTreeMap<Arc<str>, Vec<usize>> {
        let mut lines: BTreeMap<Arc<str>, Vec<usize>> = BTreeMap::new();
        for found in self.findings.iter().filter(|found| found.rule.code == code) {
            lines.entry(Arc::clone(&found.file)).or_default().push(found.start.line);
        }
        lines.values_mut().for_each(|lines| lines.sort_unstable());
        lines
    }

    /// The files in which an error was found so far that nobody can leave out, so that what is
    /// made of them is not published.
    pub fn files_held_back(&self) -> HashSet<Arc<str>> {
        let errors = self.findings.iter().filter(|found| found.is_promised());
        errors.map(|found| Arc::clone(&found.file)).collect()
    }

    /// The files in which an error was found so far.
    pub fn files_with_errors(&self) -> HashSet<Arc<str>> {
        let errors = self.findings.iter().filter(|found| found.severity == Severity::Error);
        errors.map(|found| Arc::clone(&found.file)).collect()
    }

    /// Whether an error was found that has this code.
    pub fn has_error(&self, code: &str) -> bool {
        let is_error = |found: &&Finding| found.severity == Severity::Error;
        self.findings.iter().filter(is_error).any(|finding| finding.rule.code == code)
    }

    /// Whether anything was found that has this code.
    pub fn has(&self, code: &str) -> bool {
        self.findings.iter().any(|finding| finding.rule.code == code)
    }
}

/// The most findings that one stage reports for one file.
pub const MOST_FINDINGS: usize = 500;

fn locate(source: &Source, lines: &Lines<'_>, diagnostic: Diagnostic) -> Finding {
    let Diagnostic { rule, severity, outcome, span, message, hint, seen_on, cause } = diagnostic;
    let line_text = lines.at(span.start).trim_start_matches('\u{feff}');
    Finding {
        rule,
        severity,
        outcome,
        file: source.path.clone(),
        start: lines.position(span.start),
        end: lines.position(span.end.max(span.start)),
        message,
        seen_on,
        elsewhere: String::new(),
        hint,
        line_text: line_text.chars().take(LONGEST_LINE).collect(),
        cause,
    }
}

/// Puts findings in order, by file, then by place. Equal findings appear once.
pub fn sort(findings: &mut Vec<Finding>) {
    findings.sort_by(|a, b| a.order().cmp(&b.order()));
    findings.dedup();
}

/// In how many files something that has one cause is told of file by file.
const MOST_FILES: usize = 2;

/// How many of the other files are named.
const NAMED_FILES: usize = 2;

/// Tells once, at its first place, of what has one cause in more than two files, and in how
/// many. The order stays.
pub fn join(findings: Vec<Finding>) -> Vec<Finding> {
    let cause = |found: &Finding| -> Option<(Severity, String, Option<String>)> {
        match &found.cause {
            Cause::Own => None,
            Cause::Same => Some((
                found.severity,
                format!("{} {}", found.code(), found.message),
                found.hint.clone(),
            )),
            Cause::Named(cause) => Some((found.severity, cause.0.clone(), Some(cause.1.clone()))),
        }
    };
    let mut files: HashMap<_, Vec<Arc<str>>> = HashMap::new();
    for (found, cause) in findings.iter().filter_map(|found| Some((found, cause(found)?))) {
        let files = files.entry(cause).or_default();
        if files.last() != Some(&found.file) {
            files.push(Arc::clone(&found.file));
        }
    }
    files.retain(|_, files| files.len() > MOST_FILES);
    let joined = |mut found: Finding| {
        let Some(others) = cause(&found).and_then(|cause| files.get_mut(&cause)) else {
            return Some(found);
        };
        // The first one tells of all, and the others find nothing left.
        let all = std::mem::take(others);
        let (_, others) = all.split_first()?;
        let named: Vec<String> = others.iter().take(NAMED_FILES).map(ToString::to_string).collect();
        let others = counted(others.len(), "more file", "more files");
        if let Cause::Named(cause) = &found.cause {
            (found.message, found.hint) = (cause.0.clone(), Some(cause.1.clone()));
        }
        found.elsewhere = format!(", here and in {others}, such as {}", listed(&named, " and "));
        Some(found)
    };
    findings.into_iter().filter_map(joined).collect()
}

/// How many there are, in words: `2 errors, 1 warning and 3 pieces of advice`.
pub fn count(findings: &[Finding]) -> String {
    let words = [
        (Severity::Error, "error", "errors"),
        (Severity::Warning, "warning", "warnings"),
        (Severity::Advice, "piece of advice", "pieces of advice"),
    ];
    let count = |severity| findings.iter().filter(|found| found.severity == severity).count();
    let all: Vec<String> = words
        .iter()
        .filter_map(|(severity, one, many)| match count(*severity) {
            0 => None,
            count => Some(counted(count, one, many)),
        })
        .collect();
    match all.is_empty() {
        true => counted(0, "warning", "warnings"),
        false => listed(&all, " and "),
    }
}

/// How much of a line is kept with a finding, in characters.
const LONGEST_LINE: usize = 2_000;

/// How findings are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// The finding, the line it is on with a mark under the words, and help.
    Human,
    /// One line a finding: `file:line:column: error: message [code]`.
    Plain,
    /// One JSON object a line.
    Json,
    /// Annotations for a pull request on GitHub.
    Github,
    /// One SARIF 2.1.0 document, for code scanners.
    Sarif,
}

/// Prints findings. Every format ends with a line end, unless it is empty.
pub fn print(findings: &[Finding], format: Format) -> String {
    let mut out = String::new();
    match format {
        Format::Human => findings.iter().for_each(|finding| human(&mut out, finding)),
        Format::Plain => findings.iter().for_each(|finding| plain(&mut out, finding)),
        Format::Json => findings.iter().for_each(|finding| json(&mut out, finding)),
        Format::Github => findings.iter().for_each(|finding| github(&mut out, finding)),
        Format::Sarif => sarif(&mut out, findings),
    }
    out
}

/// How wide the excerpt of a line may be, in characters.
const EXCERPT: usize = 100;

fn plain(out: &mut String, finding: &Finding) {
    let Finding { file, start, severity, rule, .. } = finding;
    // What a person should look at is not called a warning of something wrong.
    let severity = match finding.outcome {
        Outcome::CantTell => "look".to_owned(),
        Outcome::Passed | Outcome::Failed => severity.to_string(),
    };
    let (Position { line, column }, code, said) = (start, rule.code, finding.said());
    let _ = writeln!(out, "{file}:{line}:{column}: {severity}: {said} [{code}]");
}

fn human(out: &mut String, finding: &Finding) {
    plain(out, finding);
    let line: Vec<char> = finding.line_text.chars().collect();
    if !finding.line_text.trim().is_empty() {
        let first = (finding.start.column - 1).min(line.len());
        let last = if finding.end.line == finding.start.line {
            finding.end.column - 1
        } else {
            line.len()
        };
        let from = if first > EXCERPT / 2 { first - EXCERPT / 4 } else { 0 };
        let shown: String = line.iter().skip(from).take(EXCERPT).collect();
        let length = last.min(from + EXCERPT).saturating_sub(first).max(1);
        // A tab before the mark stays a tab, so that the mark stands where it should.
        let lead = line[from..first].iter().map(|&c| if c == '\t' { '\t' } else { ' ' });
        let lead: String = lead.collect();
        let _ = writeln!(out, "    {}\n    {lead}{}", shown.trim_end(), "^".repeat(length));
    }
    if let Some(hint) = &finding.hint {
        let mut lines = hint.lines();
        let _ = writeln!(out, "  help: {}", lines.next().unwrap_or_default());
        lines.for_each(|line| _ = writeln!(out, "        {line}"));
    }
    out.push('\n');
}

fn json(out: &mut String, finding: &Finding) {
    let mut object = serde_json::json!({
        "code": finding.code(),
        "severity": finding.severity.to_string(),
        "file": &*finding.file,
        "line": finding.start.line,
        "column": finding.start.column,
        "end_line": finding.end.line,
        "end_column": finding.end.column,
        "message": finding.said(),
        "hint": finding.hint,
    });
    if let Some(Guideline { level, wcag, act }) = finding.rule.guideline {
        object["wcag"] = wcag.into();
        object["act"] = act.into();
        object["level"] = level.name().into();
        object["outcome"] = finding.outcome.term().into();
    }
    let _ = writeln!(out, "{object}");
}

/// What SARIF calls it.
fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Advice => "note",
        Severity::Warning => "warning",
        Severity::Error => "error",
    }
}

fn github(out: &mut String, finding: &Finding) {
    let escape = |text: &str| text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| escape(text).replace(':', "%3A").replace(',', "%2C");
    let level = match finding.severity {
        Severity::Advice => "notice",
        severity => level(severity),
    };
    let file = property(&finding.file);
    let Position { line, column } = finding.start;
    let said = match &finding.hint {
        Some(hint) => format!("{}\n{hint}", finding.said()),
        None => finding.said(),
    };
    let title = property(finding.code());
    let said = escape(&said);
    let _ = writeln!(out, "::{level} file={file},line={line},col={column},title={title}::{said}");
}

fn sarif(out: &mut String, findings: &[Finding]) {
    let mut codes: Vec<&str> = findings.iter().map(Finding::code).collect();
    codes.sort_unstable();
    codes.dedup();
    let rules: Vec<_> = codes.iter().map(|code| serde_json::json!({ "id": code })).collect();
    let results: Vec<_> = findings
        .iter()
        .map(|finding| {
            let mut text = finding.said();
            if let Some(hint) = &finding.hint {
                let _ = write!(text, ". To mend it, {hint}.");
            }
            let is_unsure = finding.outcome == Outcome::CantTell;
            let tags = finding.rule.guideline.map(|Guideline { wcag, act, .. }| {
                let wcag = wcag.iter().map(|number| format!("WCAG {number}"));
                wcag.chain(act.iter().map(|id| format!("ACT {id}"))).collect::<Vec<_>>()
            });
            serde_json::json!({
                "ruleId": finding.code(),
                "kind": if is_unsure { "review" } else { "fail" },
                "level": if is_unsure {
                    "none"
                } else {
                    level(finding.severity)
                },
                "properties": { "tags": tags.unwrap_or_default() },
                "message": { "text": text },
                "locations": [{ "physicalLocation": {
                    "artifactLocation": { "uri": &*finding.file },
                    "region": {
                        "startLine": finding.start.line,
                        "startColumn": finding.start.column,
                        "endLine": finding.end.line,
                        "endColumn": finding.end.column,
                    },
                }}],
            })
        })
        .collect();
    let log = serde_json::json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "plainsite",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    let _ = writeln!(out, "{log:#}");
}

/// Trouble with the machine, after which nothing can be trusted.
#[derive(Debug)]
pub enum Error {
    /// A file or folder that could not be read.
    Read(PathBuf, std::io::Error),
    /// A file or folder that could not be written. What was published before
    /// is untouched.
    Write(PathBuf, std::io::Error),
    /// Wrong usage, in a sentence that says what to do.
    Usage(String),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Read(path, why) => write!(f, "could not read {}: {why}", path.display()),
            Self::Write(path, why) => write!(f, "could not write {}: {why}", path.display()),
            Self::Usage(what) => f.write_str(what),
        }
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str, span: Span) -> Finding {
        let source = Source::new("content/a, b.md", text);
        let mut report = Report::default();
        let found = Diagnostic::error(&rule::PHONE, span, "“0205” is not a phone number");
        report.add(&source, [found.hint("write all 11 digits")]);
        report.findings().remove(0)
    }

    #[test]
    fn the_mark_stands_under_the_words() {
        let shown = print(&[one("Ring\t0205 now", Span::new(5, 9))], Format::Human);
        assert_eq!(
            shown,
            "content/a, b.md:1:6: error: “0205” is not a phone number [phone]\n    \
             Ring\t0205 now\n        \t^^^^\n  help: write all 11 digits\n\n"
        );
    }

    #[test]
    fn a_place_beyond_the_text_is_still_shown() {
        let shown = print(&[one("x", Span::new(90, 99))], Format::Human);
        assert!(shown.contains(":1:2: error"), "{shown}");
    }

    #[test]
    fn json_is_one_object_a_line() {
        let finding = one("a\nb 0205", Span::new(4, 8));
        let value: serde_json::Value =
            serde_json::from_str(&print(&[finding], Format::Json)).expect("it is JSON");
        assert_eq!((value["line"].as_u64(), value["column"].as_u64()), (Some(2), Some(3)));
        assert_eq!(value["end_column"].as_u64(), Some(7));
    }

    #[test]
    fn github_properties_are_escaped() {
        let shown = print(&[one("0205", Span::new(0, 4))], Format::Github);
        assert!(shown.starts_with("::error file=content/a%2C b.md,line=1,col=1"), "{shown}");
        assert!(shown.contains("%0Awrite all 11 digits"));
    }
}
