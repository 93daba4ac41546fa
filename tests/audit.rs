//! Each rule's manual page is its test.
//!
//! Blocks marked `html bad` must fail that rule, `html look` must leave it to a person,
//! and of `html good` it must have nothing to say. A block is one page, or a part of one;
//! a block of `pages` holds several, each after a line `=== path`. What is said is kept in
//! `tests/snapshots/`. After a change on purpose:
//! `INSTA_UPDATE=always cargo test --test all audit::`, then read what changed.

use plainsite::{
    audit::{Check, RULES},
    diagnostic::{Format, print},
    folder,
    rule::Outcome,
};

#[derive(Debug)]
struct Example {
    verdict: String,
    pages: Vec<(String, String)>,
}

/// The examples of a manual page, in order.
fn examples(manual: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut lines = manual.lines();
    while let Some(line) = lines.next() {
        let Some(words) = line.strip_prefix("```") else { continue };
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let text = body.join("\n") + "\n";
        match words.split_whitespace().collect::<Vec<_>>()[..] {
            ["html", verdict] => examples.push(Example {
                verdict: verdict.to_owned(),
                pages: vec![("index.html".to_owned(), text)],
            }),
            ["pages", verdict] => {
                let files = text.split("=== ").skip(1).map(|file| {
                    let (path, text) = file.split_once('\n').expect("a path on a line of its own");
                    (path.trim().to_owned(), text.to_owned())
                });
                examples.push(Example { verdict: verdict.to_owned(), pages: files.collect() });
            }
            _ => {}
        }
    }
    examples
}

#[test]
fn manual_pages_hold() {
    let mut wrong = Vec::new();
    for check in RULES {
        let rule = &check.rule;
        let mut said = String::new();
        let mut verdicts = Vec::new();
        for (number, example) in examples(rule.manual).into_iter().enumerate() {
            let pages: Vec<(&str, &str)> =
                example.pages.iter().map(|(path, html)| (&**path, &**html)).collect();
            let found = folder::audit::pages(&pages, &[check]).0;
            let has = |outcome: Outcome| found.iter().any(|one| one.outcome == outcome);
            let (fails, asks) = (has(Outcome::Failed), has(Outcome::CantTell));
            let holds = match example.verdict.as_str() {
                "bad" => fails,
                "look" => asks && !fails,
                "good" => !asks && !fails,
                other => panic!("{}: an example is bad, look or good, not {other}", rule.code),
            };
            if !holds {
                wrong.push(format!(
                    "example {} of {} is {}, and this was said:\n{}",
                    number + 1,
                    rule.code,
                    example.verdict,
                    print(&found, Format::Plain)
                ));
            }
            said += &print(&found, Format::Human);
            verdicts.push(example.verdict);
        }
        if !verdicts.iter().any(|verdict| verdict == "good") {
            wrong.push(format!("{} has no good example", rule.code));
        }
        if !verdicts.iter().any(|verdict| verdict != "good") {
            wrong.push(format!("{} has no example of what it finds", rule.code));
        }
        insta::assert_snapshot!(format!("audit-{}", rule.code), said);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rules_are_in_order_and_told_apart() {
    let codes: Vec<&str> = RULES.iter().map(|check| check.rule.code).collect();
    let mut sorted = codes.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(codes, sorted, "the list of rules is sorted by code, and names each once");
    for Check { rule, .. } in RULES {
        for number in rule.guideline.expect("it is about HTML").wcag {
            assert!(number.split('.').count() == 3, "{} names {number}", rule.code);
        }
    }
}
