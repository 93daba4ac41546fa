//! Findings as they are kept from one run to the next.

use serde::{Deserialize, Serialize};

use super::Finding;
use crate::{
    rule::{Cause, Outcome, Rule, Severity},
    text::source::Position,
};

/// A finding without its rule, which is known by its code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    code: String,
    severity: Severity,
    outcome: Outcome,
    file: String,
    start: Position,
    end: Position,
    message: String,
    seen_on: Option<String>,
    elsewhere: String,
    hint: Option<String>,
    line_text: String,
    cause: Cause,
}

impl From<&Finding> for Saved {
    fn from(found: &Finding) -> Self {
        Self {
            code: found.rule.code.to_owned(),
            severity: found.severity,
            outcome: found.outcome,
            file: found.file.to_string(),
            start: found.start,
            end: found.end,
            message: found.message.clone(),
            seen_on: found.seen_on.clone(),
            elsewhere: found.elsewhere.clone(),
            hint: found.hint.clone(),
            line_text: found.line_text.clone(),
            cause: found.cause.clone(),
        }
    }
}

impl Saved {
    /// The finding; none when no rule has its code.
    pub fn finding(self, rules: &[&'static Rule]) -> Option<Finding> {
        let rule = rules.iter().copied().find(|rule| rule.code == self.code)?;
        let Self { severity, outcome, file, start, end, message, seen_on, .. } = self;
        let Self { elsewhere, hint, line_text, cause, .. } = self;
        let file = file.into();
        Some(Finding {
            rule,
            severity,
            outcome,
            file,
            start,
            end,
            message,
            seen_on,
            elsewhere,
            hint,
            line_text,
            cause,
        })
    }
}
