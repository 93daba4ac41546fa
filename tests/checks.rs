//! Each check's manual page is its test.
//!
//! Blocks marked `markdown bad` or `site bad` must be reported by that check,
//! blocks marked `good` must not, and what is said about the bad ones is kept
//! in `tests/snapshots/`. After a change on purpose:
//! `INSTA_UPDATE=always cargo test --test checks`, then read what changed.
//!
//! A `markdown` block is one page. A `site` block is a whole small site: each
//! line `=== path` begins a file.

use plainsite::{
    Date, Options,
    check::CHECKS,
    config,
    diagnostic::{Finding, Format, Report, print},
    load::{File, Loaded, Theme},
    source::Source,
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
            add(path.trim(), text.to_owned());
        }
    } else {
        let has_title = example.text.starts_with("---") || example.text.starts_with("# ");
        let title = if has_title { "" } else { "---\ntitle: Example\n---\n" };
        add("content/example.md", format!("{title}{}", example.text));
    }
    loaded.sources.sort_by(|a, b| a.path.cmp(&b.path));
    let today = Date::parse("21 November 2026").expect("a day");
    let options = Options { today, staff: false, portable: false };
    let mut report = Report::default();
    plainsite::examine(&mut loaded, &config::parse(&settings), options, &mut report);
    report.findings()
}

#[test]
fn manual_pages_hold() {
    for check in CHECKS {
        let mut said = String::new();
        for (number, example) in examples(check.manual).into_iter().enumerate() {
            let all = found(&example);
            let own: Vec<Finding> =
                all.iter().filter(|finding| finding.code == check.code).cloned().collect();
            let place = format!("example {} of {}", number + 1, check.code);
            assert_eq!(own.is_empty(), example.good, "{place}: {all:#?}");
            assert!(!example.good || all.is_empty(), "{place} is good but for {all:#?}");
            if !own.is_empty() {
                said += &format!("example {}\n{}", number + 1, print(&own, Format::Human));
            }
        }
        assert!(!said.is_empty(), "{} has no bad example in its manual page", check.code);
        insta::assert_snapshot!(check.code, said.trim_end());
    }
}

#[test]
fn manual_pages_can_be_found() {
    let codes: Vec<&str> = CHECKS.iter().map(|check| check.code).collect();
    assert!(codes.is_sorted(), "CHECKS is in the order of the alphabet");
    for check in CHECKS {
        let title = check.manual.lines().next().unwrap_or_default();
        assert_eq!(
            title,
            format!("# {}", check.code),
            "the manual page begins with the name of the check"
        );
    }
}
