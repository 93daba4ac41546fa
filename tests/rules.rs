//! What is said of a site can be switched off, allowed at its place, or told once of many
//! files, but what the site promises is always said.

use std::collections::BTreeSet;

use plainsite::{
    check,
    diagnostic::{Finding, join},
};

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
    let findings = join(built(&files).findings);
    assert_eq!(places(&findings), ["content/page-00.md:3 unknown-name"]);
    assert_eq!(
        findings[0].said(),
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

#[test]
fn no_error_is_lost_among_many_warnings() {
    let page = |n: usize| format!("---\ntitle: Page {n}\nfieds: x\n---\nWords.\n");
    let letter = "---\ntitle: A letter\nkind: letter\nfieds:\n  - {name: a, type: text}\n---\n\
                  Dear ((a))\n\nYours sincerely\n";
    let pages: Vec<(String, String)> =
        (0..4).map(|n| (format!("content/a{n}.md"), page(n))).collect();
    let mut files = vec![HOME, ("content/z.md", letter)];
    files.extend(pages.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let of = |found: Vec<Finding>| -> Vec<String> {
        found
            .into_iter()
            .filter(|found| found.code() == "unknown-name")
            .map(|found| format!("{} {}", found.file, found.severity))
            .collect()
    };
    assert_eq!(of(join(built(&files).findings)), ["content/a0.md warning", "content/z.md error"]);
    // Nor among many of one file.
    let dates = "Come on 3/4/2026.\n\n".repeat(520);
    let page = format!("---\ntitle: Pay\n---\n{dates}Mine is AB 12 34 56 C.\n");
    let found = built(&[HOME, ("content/pay.md", &page)]);
    assert!(found.findings.iter().any(|found| found.code() == "personal-data"));
    assert!(found.findings.iter().any(|found| found.code() == "too-many"));
}

#[test]
fn what_is_left_out_cannot_be_switched_off() {
    let settings = "[rules]\nphone = \"off\"\nallow = \"off\"\n\"news\" = { owner = \"error\" }\n\
                    \"[\" = { acronym = \"off\" }\n";
    let page = "---\ntitle: News\n---\n<!-- allow acronym: known --> Ask the DWP.\n";
    let files = [("site.toml", settings), HOME, ("content/news/a.md", page)];
    let found: Vec<String> = places(&built(&files).findings);
    assert_eq!(
        found,
        [
            "content/news/a.md:4 raw-html",
            "content/news/a.md:4 allow",
            "site.toml:2 settings",
            "site.toml:3 settings",
            "site.toml:4 settings",
            "site.toml:5 settings"
        ]
    );
}

#[test]
fn what_is_asked_of_a_site_can_be_left_out_in_part() {
    let settings = "[rules]\nowner = true\n\"news\" = { owner = \"off\" }\n";
    let allowed = "---\n# allow owner: it ends in March\ntitle: B\n---\nWords.\n";
    let files = [
        ("site.toml", settings),
        ("content/index.md", "---\ntitle: Home\n---\nWords.\n"),
        ("content/news/a.md", "---\ntitle: A\n---\nWords.\n"),
        ("content/b.md", allowed),
    ];
    let mut found: Vec<String> = places(&built(&files).findings);
    found.retain(|one| !one.contains("templates/"));
    assert_eq!(found, ["content/index.md:2 owner"]);
}

#[test]
fn a_box_for_staff_keeps_what_is_allowed_in_it() {
    let page = "---\ntitle: Pay\n---\n<!-- allow link-text: staff know it -->\n\n\
                > [!STAFF]\n> Read [here](index.md).\n\nRead [more](index.md).\n";
    let files = [HOME, ("content/pay.md", page)];
    let found = places(&built(&files).findings);
    assert_eq!(found, ["content/pay.md:9 link-text"]);
}

#[test]
fn what_a_baseline_may_hold_hides_no_fault_of_a_template() {
    let template = "{% extends \"base.html\" %}\n{% block body %}<img src=\"/icon.svg\">\
                    {{ page.body | safe }}{% endblock body %}\n";
    let faults = |page: &str| {
        let files = [
            HOME,
            ("site.toml", "[theme]\nname = \"own\"\n"),
            ("themes/own/templates/guidance.html", template),
            ("content/a.md", page),
        ];
        let mut found = places(&built(&files).findings);
        found.retain(|one| one.ends_with("link-text") || one.ends_with("image-name"));
        found
    };
    let image = "themes/own/templates/guidance.html:2 image-name";
    let page = "---\ntitle: Pay\n---\nRead [more](index.md).\n";
    assert_eq!(faults(page), ["content/a.md:4 link-text", image]);
    // What nobody can leave out holds the site back, and is mended first.
    let dead = "---\ntitle: Pay\n---\nRead [about pay](pay.md).\n";
    assert_eq!(faults(dead), [""; 0]);
}
