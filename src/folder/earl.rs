//! Test results in EARL, the W3C's Evaluation and Report Language, as JSON-LD: what each
//! rule says of each page. People who publish how a checker does on the ACT rules give
//! them in this shape.

use serde_json::{Value, json};

use super::audit::Audited;
use crate::{
    audit::Tally,
    rule::{Outcome, Rule},
};

/// Where the terms are explained.
const CONTEXT: &str = "https://act-rules.github.io/earl-context.json";

/// The report of an audit: one assertion for each page and rule.
pub fn report(audited: &Audited) -> String {
    let rules = &audited.rules;
    let subjects: Vec<Value> = audited
        .pages
        .iter()
        .map(|(path, tallies)| {
            let assertions: Vec<Value> = rules
                .iter()
                .zip(tallies)
                .map(|(check, tally)| assertion(&check.rule, *tally))
                .collect();
            json!({ "@type": "TestSubject", "source": path, "assertions": assertions })
        })
        .collect();
    let report = json!({
        "@context": CONTEXT,
        "assertedBy": {
            "@type": "Software",
            "@id": "plainsite",
            "name": "Plainsite",
            "release": { "@type": "Version", "revision": env!("CARGO_PKG_VERSION") },
        },
        "@graph": subjects,
    });
    format!("{report:#}\n")
}

fn assertion(rule: &Rule, tally: Tally) -> Value {
    let (wcag, act) = rule.guideline.map_or((&[][..], &[][..]), |said| (said.wcag, said.act));
    let criteria = wcag.iter().map(|number| format!("WCAG22:{number}"));
    let ids =
        act.iter().map(|id| format!("https://www.w3.org/WAI/standards-guidelines/act/rules/{id}/"));
    json!({
        "@type": "Assertion",
        "mode": "earl:automatic",
        "test": {
            "@type": "TestCase",
            "title": rule.code,
            "isPartOf": criteria.chain(ids).collect::<Vec<_>>(),
        },
        "result": {
            "@type": "TestResult",
            "outcome": format!("earl:{}", outcome(tally)),
            "info": format!(
                "{} passed, {} failed, {} for a person to look at",
                tally.passed, tally.failed, tally.unsure
            ),
        },
    })
}

/// The worst that was found; `inapplicable` when there was nothing to look at.
fn outcome(tally: Tally) -> &'static str {
    if tally.failed > 0 {
        Outcome::Failed.term()
    } else if tally.unsure > 0 {
        Outcome::CantTell.term()
    } else if tally.passed > 0 {
        Outcome::Passed.term()
    } else {
        "inapplicable"
    }
}
