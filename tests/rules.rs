//! What is said of a site can be switched off, allowed at its place, or told once of many
//! files, but what the site promises is always said.

use std::collections::BTreeSet;

use plainsite::{check, diagnostic::Finding};

use crate::small_site::{HOME, built};

/// Each finding as `file:line code`.
fn places(findings: &[Finding]) -> Vec<String> {
    findings
        .iter()
        .map(|found| format!("{}:{} {}", found.file, found.start.line, found.code()))
        .collect()
}

const VAGUE: &str = "---\ntitle: Pay\n---\nRead [more](index.md). Ask us about DWP letters.\n";

#[test]
fn every_rule_is_named_once_and_explains_rules_that_are_there() {
    let rules = check::rules();
    let codes: BTreeSet<&str> = rules.iter().map(|rule| rule.code).collect();
    assert_eq!(codes.len(), rules.len());
    for rule in rules {
        for code in rule.explains {
            assert!(codes.contains(code), "{} explains {code}", rule.code);
        }
        assert!(!rule.sentence().is_empty(), "{}", rule.code);
    }
}

#[test]
fn a_rule_is_switched_off_for_the_site_or_for_some_files() {
    let found = |settings: &str| {
        let files = [
            ("site.toml", settings),
            HOME,
            ("content/pay.md", VAGUE),
            ("content/news/pay.md", &VAGUE.replace("index.md", "../index.md")),
        ];
        places(&built(&files).findings)
    };
    let all = ["content/news/pay.md:4 acronym", "content/news/pay.md:4 link-text"];
    let top = ["content/pay.md:4 acronym", "content/pay.md:4 link-text"];
    let of = |found: Vec<String>| -> Vec<String> {
        let is_one = |one: &String| {
            one.ends_with("acronym") || one.ends_with("link-text") || one.ends_with("vague-link")
        };
        found.into_iter().filter(is_one).collect()
    };
    let mut said = of(found(""));
    said.sort_unstable();
    assert_eq!(said, [all, top].concat());
    assert_eq!(
        of(found("[rules]\nacronym = \"off\"\n\"news\" = { link-text = \"off\" }\n")),
        [top[1]]
    );
    assert_eq!(
        of(found("[rules]\nlink-text = \"off\"\nacronym = false\nnews = { acronym = true }\n")),
        [all[0]]
    );
}

#[test]
fn a_warning_becomes_an_error_and_an_error_a_warning() {
    let settings = "[rules]\nacronym = \"error\"\nlink-text = \"warning\"\n";
    let files = [("site.toml", settings), HOME, ("content/pay.md", VAGUE)];
    let built = built(&files);
    let of = |code: &str| {
        let found = built.findings.iter().find(|found| found.code() == code);
        found.expect("it is found").severity.to_string()
    };
    assert_eq!((of("acronym").as_str(), of("link-text").as_str()), ("error", "warning"));
}

#[test]
fn what_is_promised_is_said_all_the_same() {
    let settings = "[rules]\ndead-link = \"off\"\n\"pay.md\" = { dead-link = \"warning\" }\n";
    let page = "---\ntitle: Pay\n---\n<!-- allow dead-link: it comes later -->\n\nRead [about records](records.md).\n";
    let files = [("site.toml", settings), HOME, ("content/pay.md", page)];
    let built = built(&files);
    assert_eq!(
        places(&built.findings),
        [
            "content/pay.md:4 allow",
            "content/pay.md:6 dead-link",
            "site.toml:2 settings",
            "site.toml:3 settings"
        ]
    );
    assert!(built.has_errors());
}

#[test]
fn a_comment_allows_what_is_found_in_the_finished_page_too() {
    let page = |comment: &str| {
        format!("---\ntitle: Pay\n---\n{comment}\n\n<p><img src=\"/a.png\"></p>\n\nWords.\n")
    };
    let found = |comment: &str| {
        let page = page(comment);
        let files = [("site.toml", "raw-html = true\n"), HOME, ("content/pay.md", &page)];
        let mut found = places(&built(&files).findings);
        found.retain(|one| one.ends_with("image-name") || one.ends_with(" allow"));
        found
    };
    assert_eq!(found(""), ["content/pay.md:6 image-name"]);
    assert_eq!(found("<!-- allow image-name: it is drawn by a script -->"), [""; 0]);
    assert_eq!(
        found("<!-- allow image-name, acronym: it is drawn by a script -->"),
        ["content/pay.md:4 allow"]
    );
}

#[test]
fn nobody_reads_what_is_allowed_and_why() {
    let page = "---\ntitle: Pay\n---\n<!-- allow acronym: known here -->\n\nDWP <!-- a secret --> letters.\n";
    for settings in ["", "raw-html = true\n"] {
        let files = [("site.toml", settings), HOME, ("content/pay.md", page)];
        let built = built(&files);
        let html = String::from_utf8_lossy(built.files["pay/index.html"].as_slice()).into_owned();
        assert!(!html.contains("known here"), "{settings}");
        assert_eq!(built.findings, [], "{settings}");
    }
}

#[test]
fn one_cause_in_many_files_is_told_of_once() {
    let page = |n: usize| format!("---\ntitle: Page {n}\nlayout_of_old: two\n---\nWords.\n");
    let pages: Vec<(String, String)> =
        (0..40).map(|n| (format!("content/page-{n:02}.md"), page(n))).collect();
    let mut files = vec![HOME];
    files.extend(pages.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let few = built(&files[..3]);
    let built = built(&files);
    assert_eq!(places(&built.findings), ["content/page-00.md:3 unknown-name"]);
    assert_eq!(
        built.findings[0].said(),
        "“layout_of_old” is not a name that is known here, here and in 39 more files, such as \
         content/page-01.md and content/page-02.md"
    );
    assert_eq!(few.findings.len(), 2);
}

#[test]
fn a_fault_of_a_template_is_one_however_deep_the_page() {
    let template = "{% extends \"base.html\" %}\n{% block body %}<img src=\"/no-such.png\">\
                    {{ page.body | safe }}{% endblock body %}\n";
    let page = |title: &str| format!("---\ntitle: {title}\n---\nWords.\n");
    let (first, deep, more) = (page("A"), page("B"), page("C"));
    let files = [
        HOME,
        ("site.toml", "[theme]\nname = \"own\"\n"),
        ("themes/own/templates/guidance.html", template),
        ("content/a.md", &first),
        ("content/b/c/d.md", &deep),
    ];
    let of = |files: &[(&str, &str)]| {
        let findings = built(files).findings;
        let own = findings.into_iter().filter(|found| found.file.contains("templates/"));
        own.map(|found| (found.code(), found.message)).collect::<Vec<_>>()
    };
    let found = of(&files);
    assert_eq!(
        found.iter().map(|(code, _)| *code).collect::<Vec<_>>(),
        ["image-name", "dead-address"]
    );
    // What a baseline knows does not change with a page that comes first.
    let more = [&files[..], &[("content/0.md", &more)]].concat();
    assert_eq!(of(&more), found);
}
