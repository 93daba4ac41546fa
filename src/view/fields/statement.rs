//! What the template of the accessibility statement sees.

use serde::Serialize;

use super::{ContactView, LinkView};

/// The parts of an accessibility statement that the law asks for. Sentences are in the
/// language of the page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct StatementView {
    /// Its headings, in order.
    pub heads: Vec<HeadView>,
    /// What it is about and who runs it, the promise, and how much of the standard is met.
    pub scope: String,
    /// See [`StatementView::scope`].
    pub promise: String,
    /// See [`StatementView::scope`].
    pub status: String,
    /// What is said when no problem is known, or empty.
    pub none: String,
    /// The problems, by reason.
    pub groups: Vec<ProblemsView>,
    /// How long an answer takes, or empty.
    pub answer: String,
    /// Who to tell.
    pub contact: Option<ContactView>,
    /// The page that says how to complain.
    pub complaints: Option<LinkView>,
    /// Who sees to it that the law is followed.
    pub enforcement: Option<EnforcementView>,
    /// Who tested the website and when, or empty.
    pub tested: String,
    /// How.
    pub method: SaidView,
    /// What the audit of the site found; none while it is still to be audited.
    pub audit: Option<AuditView>,
    /// When the statement was prepared, reviewed and will be reviewed again.
    pub dates: String,
}

/// What the audit found.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AuditView {
    /// When it looked. A search leaves that out: its index would change every day.
    pub when: String,
    /// How much was looked at.
    pub looked: String,
    /// The criteria that fail.
    pub failed: Vec<FailedView>,
    /// The criteria that only a person can judge.
    pub unsure: Vec<CriterionView>,
}

/// A criterion that fails.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FailedView {
    /// The criterion.
    pub criterion: CriterionView,
    /// The code of the rule that says so.
    pub rule: String,
    /// `on 3 pages`
    pub pages: String,
}

/// A heading of the statement.
#[derive(Debug, Clone, Default, Serialize)]
pub struct HeadView {
    /// Its id.
    pub id: &'static str,
    /// Its words.
    pub title: String,
    /// What a link to it is called.
    pub link: String,
}

/// Problems that have one reason.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ProblemsView {
    /// The reason, as a heading.
    pub title: String,
    /// The problems, in order.
    pub problems: Vec<ProblemView>,
}

/// Something that does not work for everyone.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ProblemView {
    /// What does not work.
    pub what: SaidView,
    /// What people can do instead, or empty.
    pub alternative: SaidView,
    /// When it will be mended, or empty.
    pub until: String,
    /// The criteria that it fails.
    pub criteria: Vec<CriterionView>,
}

/// Words from the settings.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SaidView {
    /// The words.
    pub text: String,
    /// Their language, if it is not that of the page.
    pub language: String,
}

/// A criterion of the standard.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CriterionView {
    /// `1.4.3`
    pub number: String,
    /// `Contrast (Minimum)`, in the English of the standard.
    pub name: SaidView,
    /// `AA`
    pub level: &'static str,
}

/// Who sees to it that the law is followed: a sentence with a link in it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EnforcementView {
    /// The words before the link.
    pub before: String,
    /// The words of the link.
    pub name: String,
    /// Where it leads.
    pub url: &'static str,
    /// The words after it.
    pub after: String,
}
