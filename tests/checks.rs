//! All checks and rules are in their lists, and go on whatever they meet. What each finds is
//! in `manual.rs`.

use plainsite::{
    Date, Options,
    audit::{Check, RULES},
    check, config,
    load::{Loaded, Theme},
    text::Source,
};

#[test]
fn manual_pages_can_be_found() {
    let codes: Vec<&str> = check::CHECKS.iter().map(|check| check.rule.code).collect();
    assert!(codes.is_sorted(), "CHECKS is in the order of the alphabet");
    for rule in check::rules() {
        let title = rule.manual.lines().next().unwrap_or_default();
        assert_eq!(
            title,
            format!("# {}", rule.code),
            "the manual page begins with the name of the check"
        );
    }
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

proptest::proptest! {
    #![proptest_config(crate::random::inputs(64))]

    /// However strange the words, a check says something or nothing, and goes on.
    #[test]
    fn any_text_can_be_checked(
        kind in "(guidance|letter|decision letter|team|easy read|service)",
        words in "([#>*_`|\\[\\]()!<&; \n-]|Dear |Yours |www\\.|0[0-9 ]{9,13}|[0-9./@+]{1,10}|[A-Z]{1,7} |\\(\\(|\\)\\)|\\?\\?|[a-zé£’]{1,9} |in order to |\\PC){0,60}",
    ) {
        let text = format!("---\ntitle: Example\nkind: {kind}\n---\n{words}\n");
        let sources = vec![Source::new("content/example.md", text)];
        let mut loaded = Loaded { theme: Theme::embedded(), sources, ..Loaded::default() };
        let today = Date::parse("21 November 2026").expect("a day");
        let options = Options { today, staff: false, portable: false };
        plainsite::examine(&mut loaded, &config::parse(""), options);
    }
}
