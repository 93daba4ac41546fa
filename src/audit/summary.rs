//! What the audit of a whole site found, in numbers.

use super::{Audit, Check, RULES, Tally};
use crate::{rule::Level, wcag};

/// What the audit of a whole site found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// How many pages it looked at.
    pub pages: usize,
    /// How many rules it has.
    pub rules: usize,
    /// How many elements it looked at.
    pub elements: u64,
    /// What is wrong.
    pub failed: Vec<Count>,
    /// What only a person can judge.
    pub unsure: Vec<Count>,
}

/// On how many pages a rule found something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// What it is about: the number of a criterion, `1.1.1`, or the name of a practice.
    pub about: String,
    /// The code of the rule.
    pub rule: String,
    /// How many pages.
    pub pages: usize,
}

impl Summary {
    /// What the rules found on the pages of a site.
    pub fn of(audits: &[&Audit]) -> Self {
        let count = |has: fn(&Tally) -> bool| -> Vec<Count> {
            let of_rule = RULES.iter().enumerate().filter_map(|(number, Check { rule, .. })| {
                let pages = audits.iter().filter(|audit| has(&audit.tallies[number])).count();
                let about = rule.guideline.and_then(|said| said.wcag.first()).unwrap_or(&rule.code);
                (pages > 0).then(|| Count {
                    about: (*about).to_owned(),
                    rule: rule.code.to_owned(),
                    pages,
                })
            });
            of_rule.collect()
        };
        let elements: usize = audits.iter().flat_map(|audit| &audit.tallies).map(Tally::all).sum();
        Self {
            pages: audits.len(),
            rules: RULES.len(),
            elements: elements as u64,
            failed: count(|tally| tally.failed > 0),
            unsure: count(|tally| tally.unsure > 0),
        }
    }

    /// Whether a fault was found that the law asks to be mended: one in a criterion of
    /// level A or AA.
    pub fn has_failed(&self) -> bool {
        let criteria = self.failed.iter().filter_map(|count| wcag::criterion(&count.about));
        criteria.into_iter().any(|criterion| criterion.level <= Level::AA)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_name_criteria_that_the_standard_has() {
        for Check { rule, .. } in crate::audit::RULES {
            for number in rule.guideline.expect("it is about HTML").wcag {
                assert!(wcag::criterion(number).is_some(), "{}: {number}", rule.code);
            }
        }
    }
}
