//! Each check's manual page is its test.
//!
//! Blocks marked `markdown bad` or `site bad` must be reported by that check,
//! blocks marked `good` must not, and what is said about the bad ones is kept
//! in `tests/snapshots/`. After a change on purpose:
//! `INSTA_UPDATE=always cargo test --test all checks::`, then read what changed.
//!
//! A `markdown` block is one page. A `site` block is a whole small site: each
//! line `=== path` begins a file, and `=== path (300 kB)` one of that size.

use plainsite::{
    Date, Options, check, config,
    diagnostic::{Finding, Format, print},
    load::{File, Loaded, Theme},
    rule::{Looks, Rule},
    text::Source,
};

struct Example {
    good: bool,
    text: String,
    is_site: bool,
}

/// The examples of a manual page, in order. A fence of four backticks may hold
/// fences of three.
fn examples(manual: &str) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut lines = manual.lines();
    while let Some(line) = lines.next() {
        let marks = line.len() - line.trim_start_matches('`').len();
        if marks < 3 {
            continue;
        }
        let words: Vec<&str> = line[marks..].split_whitespace().collect();
        let end = "`".repeat(marks);
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != end).collect();
        if let [kind @ ("markdown" | "site"), verdict @ ("good" | "bad")] = words[..] {
            let text = body.join("\n") + "\n";
            examples.push(Example { good: verdict == "good", text, is_site: kind == "site" });
        }
    }
    examples
}

/// What is found in an example.
fn found(example: &Example) -> Vec<Finding> {
    let mut loaded = Loaded { theme: Theme::embedded(), ..Loaded::default() };
    let mut settings = String::new();
    let mut add = |path: &str, text: String| match path {
        "site.toml" => settings = text,
        path if path.ends_with(".md") || path.ends_with(".yaml") => {
            loaded.sources.push(Source::new(path, text));
        }
        path => loaded.files.push(File { path: path.into(), bytes: text.into_bytes().into() }),
    };
    if example.is_site {
        for file in example.text.split("=== ").skip(1) {
            let (path, text) = file.split_once('\n').expect("a path on a line of its own");
            let (path, size) = path.split_once(" (").unwrap_or((path, ""));
            let size = size.trim_end_matches(" kB)").parse().unwrap_or(0) * 1000;
            add(path.trim(), format!("{text}{}", " ".repeat(size)));
        }
    } else {
        let has_title = example.text.starts_with("---") || example.text.starts_with("# ");
        let title = if has_title { "" } else { "---\ntitle: Example\n---\n" };
        add("content/example.md", format!("{title}{}", example.text));
    }
    loaded.sources.sort_by(|a, b| a.path.cmp(&b.path));
    let today = Date::parse("21 November 2026").expect("a day");
    let options = Options { today, staff: false, portable: false };
    plainsite::examine(&mut loaded, &config::parse(&settings), options).report.findings()
}

/// Whether a check finds only what a block of text cannot show: bytes that are
/// not text, hundreds of slips. Those have tests of their own
/// in `load` and `diagnostic`.
fn cannot_be_shown(rule: &Rule) -> bool {
    matches!(rule.code, "file" | "too-many")
}

/// The rules of a site whose manual pages show it: those about finished HTML are tried in
/// `audit`, those about tables and letters that people fill in `import` and `letters`.
fn rules() -> impl Iterator<Item = &'static Rule> {
    let is_tried_elsewhere = |code| matches!(code, "import" | "letter-data" | "letter-lost");
    let all = check::rules().into_iter();
    all.filter(move |rule| rule.looks != Looks::Html && !is_tried_elsewhere(rule.code))
}

#[test]
fn manual_pages_hold() {
    let mut wrong = String::new();
    for rule in rules() {
        let mut said = String::new();
        for (number, example) in examples(rule.manual).into_iter().enumerate() {
            let all = found(&example);
            let own: Vec<Finding> =
                all.iter().filter(|finding| finding.code() == rule.code).cloned().collect();
            let place = format!("example {} of {}", number + 1, rule.code);
            let printed = print(&all, Format::Human);
            if own.is_empty() && !example.good {
                wrong += &format!("{place} is bad, and was not found to be. Found:\n{printed}\n");
            } else if example.good && !all.is_empty() {
                wrong += &format!("{place} is good but for\n{printed}\n");
            }
            if !own.is_empty() {
                said += &format!("example {}\n{}", number + 1, print(&own, Format::Human));
            }
        }
        if cannot_be_shown(rule) {
            continue;
        }
        if said.is_empty() {
            wrong += &format!("{} has no bad example in its manual page\n", rule.code);
            continue;
        }
        insta::assert_snapshot!(rule.code, said.trim_end());
    }
    assert!(wrong.is_empty(), "{wrong}");
}

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

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    /// However strange the words, a check says something or nothing, and goes on.
    #[test]
    fn any_text_can_be_checked(
        kind in "(guidance|letter|decision letter|team|easy read|service)",
        words in "([#>*_`|\\[\\]()!<&; \n-]|Dear |Yours |www\\.|0[0-9 ]{9,13}|[0-9./@+]{1,10}|[A-Z]{1,7} |\\(\\(|\\)\\)|\\?\\?|[a-zé£’]{1,9} |in order to |\\PC){0,60}",
    ) {
        let text = format!("---\ntitle: Example\nkind: {kind}\n---\n{words}\n");
        found(&Example { good: true, text, is_site: false });
    }
}
