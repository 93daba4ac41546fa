//! Rules: everything that can be said of a site, each named once.
//!
//! A [`Rule`] is what people know of one: its code, how much it matters, where it looks, its
//! manual page. It knows nothing of how it is carried out. What is reported by other
//! rooms than `check` and `audit` is named in [`read`]; every other rule stands in the one
//! file that carries it out, which holds its [`Rule`] and its function, a [`Check`].
//! `check::rules` lists them all.
//!
//! What a rule says of one thing is a [`Mark`]; `diagnostic` makes of it what a person is
//! told.

use serde::{Deserialize, Serialize};

use std::{fmt, fmt::Write as _};

use crate::text::{Source, Span};

pub mod read;

pub use read::*;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Severity {
    /// A thought that may make a page better; somebody may well leave it. `--strict` does not
    /// count it.
    Advice,
    /// Worth a look. Nothing is held back.
    Warning,
    /// The site is not published until it is mended.
    Error,
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Advice => "advice",
            Self::Warning => "warning",
            Self::Error => "error",
        })
    }
}

/// What a rule says of one thing that it looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Outcome {
    /// It is as it should be.
    Passed,
    /// A program cannot tell; a person should look.
    CantTell,
    /// It is not as it should be.
    Failed,
}

impl Outcome {
    /// The term of EARL, the language in which test results are exchanged.
    pub fn term(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::CantTell => "cantTell",
            Self::Failed => "failed",
        }
    }
}

/// How far the Web Content Accessibility Guidelines (WCAG) ask for something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Level {
    /// Level A, which the law asks of public bodies
    #[value(name = "A", alias = "a")]
    A,
    /// Level AA, which the law asks of public bodies as well
    #[value(name = "AA", alias = "aa")]
    AA,
    /// Level AAA
    #[value(name = "AAA", alias = "aaa")]
    AAA,
    /// Not in the guidelines, but good practice
    #[value(name = "practice", alias = "best-practice")]
    Practice,
}

impl Level {
    /// As people write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::AA => "AA",
            Self::AAA => "AAA",
            Self::Practice => "good practice",
        }
    }
}

/// What a rule looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Looks {
    /// At files, while they are read.
    Files,
    /// At the settings, `site.toml`.
    Settings,
    /// At the words of a page.
    Words,
    /// At records: contacts, services, look-ups, question flows.
    Records,
    /// At letters.
    Letters,
    /// At tables of services and of people, which are no part of a site.
    Tables,
    /// At how pages stand among the others.
    Pages,
    /// At the HTML of finished pages, whoever made them.
    Html,
}

impl Looks {
    /// As a heading over the rules that look there.
    pub fn heading(self) -> &'static str {
        match self {
            Self::Files => "Files, as they are read",
            Self::Settings => "Settings",
            Self::Words => "Words",
            Self::Records => "Records: contacts, services, look-ups, flows",
            Self::Letters => "Letters",
            Self::Tables => "Tables of services and of people",
            Self::Pages => "Pages among others",
            Self::Html => "Finished pages of HTML",
        }
    }
}

/// What the accessibility guidelines say of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Guideline {
    /// How far they ask for it.
    pub level: Level,
    /// The success criteria of WCAG 2.2 that fail with it: `1.1.1`.
    pub wcag: &'static [&'static str],
    /// The rules of the ACT community that it carries out: `23a2a8`.
    pub act: &'static [&'static str],
}

/// What people know of a rule.
#[derive(Clone, Copy)]
pub struct Rule {
    /// What it is called; reads well after “this page has a problem with”.
    pub code: &'static str,
    /// How much its findings matter, unless one says otherwise.
    pub severity: Severity,
    /// What it looks at.
    pub looks: Looks,
    /// Its manual page, in Markdown.
    pub manual: &'static str,
    /// What the accessibility guidelines say of it, for a rule about finished HTML.
    pub guideline: Option<Guideline>,
    /// Why its errors count whatever the settings, a comment or a baseline say: what the
    /// site promises its readers would not be true, or not all of it would be there.
    pub promise: Option<&'static str>,
    /// The setting that asks for it, where it is off until then: `stages`.
    pub asked_by: Option<&'static str>,
    /// The rules whose findings at the same place follow from its own and are not told again.
    pub explains: &'static [&'static str],
}

impl fmt::Debug for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code)
    }
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Rule {}

impl Rule {
    /// A rule whose findings stop a site.
    pub const fn error(code: &'static str, looks: Looks, manual: &'static str) -> Self {
        let (severity, guideline) = (Severity::Error, None);
        Self {
            code,
            severity,
            looks,
            manual,
            guideline,
            promise: None,
            asked_by: None,
            explains: &[],
        }
    }

    /// A rule whose findings are worth a look.
    pub const fn warning(code: &'static str, looks: Looks, manual: &'static str) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, looks, manual) }
    }

    /// A rule whose findings are a thought: somebody who reads them may well leave the words as
    /// they are.
    pub const fn advice(code: &'static str, looks: Looks, manual: &'static str) -> Self {
        Self { severity: Severity::Advice, ..Self::error(code, looks, manual) }
    }

    /// A rule about finished HTML: good practice, unless the guidelines ask for it.
    pub const fn html(code: &'static str, manual: &'static str) -> Self {
        let guideline = Some(Guideline { level: Level::Practice, wcag: &[], act: &[] });
        Self { guideline, ..Self::warning(code, Looks::Html, manual) }
    }

    /// The same, which the guidelines ask for, in some of their success criteria. What the law
    /// asks for stops a site.
    #[must_use]
    pub const fn wcag(self, level: Level, criteria: &'static [&'static str]) -> Self {
        let severity = match level {
            Level::A | Level::AA => Severity::Error,
            Level::AAA | Level::Practice => Severity::Warning,
        };
        let guideline = Some(Guideline { level, wcag: criteria, act: &[] });
        Self { severity, guideline, ..self }
    }

    /// The same, which carries out rules of the ACT community.
    #[must_use]
    pub const fn act(self, rules: &'static [&'static str]) -> Self {
        let Some(guideline) = self.guideline else { return self };
        Self { guideline: Some(Guideline { act: rules, ..guideline }), ..self }
    }

    /// The same, but nobody can switch its errors off, and why: reads well after “since”.
    #[must_use]
    pub const fn promise(self, why: &'static str) -> Self {
        Self { promise: Some(why), ..self }
    }

    /// The same, off until a setting asks for it.
    #[must_use]
    pub const fn asked_by(self, setting: &'static str) -> Self {
        Self { asked_by: Some(setting), ..self }
    }

    /// The same, of which the findings of other rules are a consequence.
    #[must_use]
    pub const fn explains(self, others: &'static [&'static str]) -> Self {
        Self { explains: others, ..self }
    }

    /// The same, as an error although no success criterion is named: what it finds works for
    /// nobody.
    #[must_use]
    pub const fn stops(self) -> Self {
        Self { severity: Severity::Error, ..self }
    }

    /// How much it matters and what it rests on, in words for the end of its manual page.
    pub fn about(&self) -> String {
        let mut text = String::from("## How much it matters\n\n");
        text += match self.severity {
            Severity::Error => "An error: the site is not published until it is mended.",
            Severity::Warning => "A warning: worth a look, and nothing is held back.",
            Severity::Advice => {
                "Advice: a thought that may make the words better, and that you may well leave. Only\n\
                 `plainsite check` and the desk show it, and `--strict` does not count it."
            }
        };
        if let Some(Guideline { level, wcag, act }) = self.guideline {
            text += &match level {
                Level::Practice => "\nGood practice, beyond the guidelines.".to_owned(),
                level => format!("\nThe guidelines ask for it at level {}.", level.name()),
            };
            for (name, all) in [("WCAG 2.2", wcag), ("ACT rules", act)] {
                if !all.is_empty() {
                    _ = write!(text, " {name}: {}.", all.join(", "));
                }
            }
        }
        if self.looks == Looks::Tables {
            return text;
        }
        if let Some(setting) = self.asked_by {
            let line = format!("`{setting} = true` below `[rules]` in `site.toml`");
            return text + &format!("\nIt is off until {line} asks for it.");
        }
        text += &match self.promise {
            Some(why) if self.severity < Severity::Error => format!(
                "\n`{} = \"off\"` below `[rules]` in `site.toml` switches its warnings off. Its\n\
                 errors stay, since {why}.",
                self.code
            ),
            Some(why) => format!("\nIts errors cannot be switched off, since {why}."),
            None => format!(
                "\n`{} = \"off\"` below `[rules]` in `site.toml` switches it off, and\n\
                 `<!-- allow {}: why -->` above a paragraph allows it there.",
                self.code, self.code
            ),
        };
        text
    }

    /// Its first sentence.
    pub fn sentence(&self) -> String {
        let first = self.manual.split("\n\n").nth(1).unwrap_or_default().replace('\n', " ");
        first.split_inclusive(". ").next().unwrap_or_default().trim().to_owned()
    }
}

/// A rule, and the function that carries it out.
#[derive(Debug)]
pub struct Check<Run> {
    /// The rule.
    pub rule: Rule,
    /// How it works.
    pub run: Run,
}

/// What findings in many files have in common, so that they are told of once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Cause {
    /// Nothing.
    Own,
    /// What is said of them.
    Same,
    /// What made them wrong, and what to write about that where it is told of once.
    Named(Box<(String, String)>),
}

/// What a rule says of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Whether it fails or cannot be told.
    pub outcome: Outcome,
    /// How much it matters, where that is not what the rule says.
    pub severity: Option<Severity>,
    /// The file, where it is not the one that is being looked at.
    pub source: Option<Source>,
    /// Where it stands in the file.
    pub span: Span,
    /// Which of the written start tags it is, from 0, in HTML.
    pub written: Option<u32>,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub hint: Option<String>,
    /// What else is wrong from the same cause, and is told of once in many files.
    pub cause: Cause,
}

impl Mark {
    /// A failure at a place.
    pub fn failed(span: Span, message: impl Into<String>) -> Self {
        let message = message.into();
        let outcome = Outcome::Failed;
        Self {
            outcome,
            severity: None,
            source: None,
            span,
            written: None,
            message,
            hint: None,
            cause: Cause::Own,
        }
    }

    /// Says what to write instead.
    pub fn hint(&mut self, hint: impl Into<String>) -> &mut Self {
        self.hint = Some(hint.into());
        self
    }

    /// Says that the same in many files has one cause.
    pub fn one_cause(&mut self) -> &mut Self {
        self.cause = Cause::Same;
        self
    }

    /// Says that everything with this cause is wrong for it, whatever is said of each.
    pub fn caused_by(&mut self, cause: (String, String)) -> &mut Self {
        self.cause = Cause::Named(Box::new(cause));
        self
    }

    /// Says where exactly.
    pub fn at(&mut self, span: Span) -> &mut Self {
        self.span = span;
        self
    }

    /// Makes this one more or less severe than the others of its rule.
    pub fn severity(&mut self, severity: Severity) -> &mut Self {
        self.severity = Some(severity);
        self
    }
}

/// Where a rule says what it found.
#[derive(Debug, Default)]
pub struct Marks {
    /// How many things are as they should be.
    pub passed: usize,
    /// What is not, or cannot be told.
    pub marks: Vec<Mark>,
}

impl Marks {
    /// Something is as it should be.
    pub fn pass(&mut self) {
        self.passed += 1;
    }

    /// Counts something that may be as it should be; whether it is.
    pub fn passes(&mut self, is_good: bool) -> bool {
        self.passed += usize::from(is_good);
        is_good
    }

    /// Something wrong at a place in the file that is being looked at.
    pub fn push(&mut self, span: Span, message: impl Into<String>) -> &mut Mark {
        self.add(Mark::failed(span, message))
    }

    /// Something wrong in another file.
    pub fn push_in(
        &mut self,
        source: &Source,
        span: Span,
        message: impl Into<String>,
    ) -> &mut Mark {
        self.add(Mark { source: Some(source.clone()), ..Mark::failed(span, message) })
    }

    /// Adds a mark, to be completed.
    pub fn add(&mut self, mark: Mark) -> &mut Mark {
        self.marks.push(mark);
        self.marks.last_mut().expect("one was just added")
    }
}

/// Carries out checks, each by a call of `each` with how it works: what each says, in their
/// order.
pub fn run<'c, Run>(
    checks: impl IntoIterator<Item = &'c &'static Check<Run>>,
    mut each: impl FnMut(&Run, &mut Marks),
) -> Vec<(&'static Rule, Marks)>
where
    Run: 'static,
{
    let run = |check: &&'static Check<Run>| {
        let mut marks = Marks::default();
        each(&check.run, &mut marks);
        (&check.rule, marks)
    };
    checks.into_iter().map(run).collect()
}
