//! What somebody meant to keep back, or wrote and would lose: nothing of it is published
//! and nothing of it is passed over without a word.

use crate::small_site::{HOME, site};
use plainsite::{Built, Date, Options, build, rule::Severity};

fn options(staff: bool) -> Options {
    Options { today: Date::parse("2026-11-21").expect("a day"), staff, portable: false }
}

/// A site with a home page and the given files, as the public gets it.
fn built(files: &[(&str, &str)]) -> Built {
    let mut all = vec![HOME, SETTINGS];
    all.extend(files);
    build(site(&all).path(), options(false)).expect("it can be read")
}

const SETTINGS: (&str, &str) =
    ("site.toml", "title = \"Guide\"\nbase = \"https://guide.example/\"\n");

/// What was said of a file, worst first, as `severity: message | hint`.
fn said(built: &Built, path: &str) -> Vec<String> {
    let of = |severity: Severity| {
        built
            .findings
            .iter()
            .filter(move |found| &*found.file == path && found.severity == severity)
    };
    let both = of(Severity::Error).chain(of(Severity::Warning));
    both.map(|found| {
        let hint = found.hint.as_deref().unwrap_or_default();
        format!("{}: {} | {hint}", found.severity, found.said())
    })
    .collect()
}

/// The published files in which some words stand.
fn with_words<'a>(built: &'a Built, words: &str) -> Vec<&'a str> {
    let has = |bytes: &[u8]| bytes.windows(words.len()).any(|part| part == words.as_bytes());
    let files = built.files.iter().filter(|(_, bytes)| has(bytes.as_slice()));
    files.map(|(path, _)| path.as_str()).collect()
}

fn page(front: &str) -> String {
    format!("---\ntitle: Secret plans\n{front}\n---\n\nZanzibar is where we meet.\n")
}

#[test]
fn a_page_that_another_program_hides_is_not_published() {
    for front in [
        "published: false",
        "Published: no",
        "publish: \"false\"",
        "hidden: true",
        "is_hidden: yes",
        "unlisted: true",
        "private: yes",
        "Draft: true",
        "status: pending",
        "status: Private",
        "status: future",
        "status: archived",
        "status: auto-draft",
        "post_status: trash",
        "visibility: private",
        "publishDate: 2026-12-01",
        "publish_date: 2026-12-01T09:00:00Z",
        "publish date: 1 December 2026",
        "pubDate: 2026-11-21T23:30:00-05:00",
        "publishedAt: 2026-12-01 09:00:00 +0000",
        "published: 2026-12-01",
        "date: 2026-12-01T09:00:00Z",
        "date: 22 November 2026",
        "kind: publication\npublished: 1 December 2026",
        "expiryDate: 2026-11-01",
        "expires on: 20 November 2026",
        "expiry: 2026-11-21",
        "unpublish-date: 2026-11-01",
        "valid until: 20 November 2026",
        "build: {render: never}",
        "build:\n  render: never",
        "_build:\n  list: never\n  render: false",
        "render: false",
        "permalink: false",
        "eleventyExcludeFromCollections: true",
        "robots: noindex",
        "noindex: true",
    ] {
        let built = built(&[("content/secret.md", &page(front))]);
        assert!(!built.has_errors(), "{front}: {:#?}", built.findings);
        let said = said(&built, "content/secret.md");
        assert_eq!(said.len(), 1, "{front}: {said:?}");
        assert!(said[0].starts_with("warning:") && said[0].contains("published"), "{said:?}");
        for words in ["Zanzibar", "Secret plans", "/secret/"] {
            assert_eq!(with_words(&built, words), [""; 0], "{front}: {words}");
        }
    }
}

#[test]
fn a_page_that_nothing_hides_is_published() {
    for (front, warnings) in [
        ("published: true", 1),
        ("draft: no", 0),
        ("date: 21 November 2026", 0),
        ("date: 2026-11-21T09:00:00Z", 0),
        ("status: published", 0),
        ("kind: publication\npublished: 2 November 2026", 0),
        ("publishDate: 2026-11-01", 1),
        ("expires: 2026-11-22", 1),
        ("visible until: 21 November 2026", 1),
        ("visibility: public", 1),
        ("permalink: /plans/", 1),
        ("hidden:", 1),
    ] {
        let built = built(&[("content/secret.md", &page(front))]);
        assert!(!built.has_errors(), "{front}: {:#?}", built.findings);
        assert!(built.files.contains_key("secret/index.html"), "{front}");
        assert_eq!(said(&built, "content/secret.md").len(), warnings, "{front}");
    }
}

#[test]
fn what_might_hide_a_page_and_cannot_be_read_stops_the_site() {
    for front in [
        "publishDate: soonish",
        "expires: 1/12/2026",
        "hidden: perhaps",
        "published: maybe",
        "date: next week",
        "status: sort of",
        "Status: pending",
        "cascade: {draft: true}",
    ] {
        let built = built(&[("content/secret.md", &page(front))]);
        let found: Vec<_> =
            built.findings.iter().filter(|found| found.severity == Severity::Error).collect();
        assert_eq!(found.len(), 1, "{front}: {:#?}", built.findings);
        assert_eq!(found[0].start.line, 3, "{front}: {:#?}", found[0]);
    }
    for text in [
        "+++\ntitle = \"a\"\ndraft = true\n+++\n\n# Zanzibar\n",
        "---json\n{\"draft\": true}\n---\n# A\n",
    ] {
        let built = built(&[("content/secret.md", text)]);
        assert!(built.has_errors(), "{text}");
    }
}

#[test]
fn links_to_a_page_of_another_day_are_told_apart() {
    let date = page("publishDate: 2026-12-01");
    let built = built(&[
        ("content/secret.md", &date),
        ("content/a.md", "---\ntitle: A\n---\n\nRead [our plans](secret.md).\n"),
    ]);
    let said = said(&built, "content/a.md");
    assert!(said.len() == 1 && said[0].contains("“secret.md” is not published yet"), "{said:?}");
}

#[test]
fn a_record_that_is_hidden_is_in_no_export() {
    let directory = "---\ntitle: Directory\nkind: directory\nkind of pages: service\n\
                     categories:\n  - {id: advice, name: Advice}\n---\n\nChoose.\n";
    let record = |name: &str, more: &str| {
        format!(
            "name: {name}\non offer: Help.\nwho for: Anyone.\ncost: free\nhow to access: Call.\n\
             web: https://www.service.example/\nareas: [County]\ncategory: [advice]\n\
             checked: 20 November 2026\n{more}"
        )
    };
    let built = built(&[
        ("content/directory/index.md", directory),
        ("content/directory/one.yaml", &record("Rowan House", "")),
        ("content/directory/two.yaml", &record("Zanzibar House", "published: no\n")),
        ("content/directory/three.yaml", &record("Zanzibar Help", "status: private\n")),
        ("content/directory/four.yaml", &record("Zanzibar Line", "go live: 1 May 2027\n")),
    ]);
    assert!(!built.has_errors(), "{:#?}", built.findings);
    assert!(!with_words(&built, "Rowan House").is_empty());
    assert_eq!(with_words(&built, "Zanzibar"), [""; 0]);
}

#[test]
fn a_page_in_a_language_of_its_own_is_not_published_as_english() {
    let welsh = "---\ntitle: Arian\n---\n\nZanzibar.\n";
    for path in ["content/a.cy.md", "content/index.cy.md", "content/a-cy.md", "content/a.wel.md"] {
        let english = ("content/a.md", "---\ntitle: Money\n---\n\nHello.\n");
        let built = built(&[english, (path, welsh)]);
        let said = said(&built, path);
        assert_eq!(said.len(), 1, "{path}: {said:?}");
        assert!(said[0].starts_with("error") && said[0].contains("\"cy\"]"), "{said:?}");
    }
}

#[test]
fn what_swallows_the_rest_of_a_page_is_named_where_it_begins() {
    let page = "---\ntitle: A\n---\n\nHello.\n\n<!-- ask in April\n\nCall 999.\n\nBye.\n";
    let one = built(&[("content/a.md", page)]);
    let found: Vec<_> =
        one.findings.iter().filter(|found| &*found.file == "content/a.md").collect();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!((found[0].start.line, found[0].severity), (7, Severity::Error));
    assert!(found[0].message.contains("lines 7 to 11"), "{found:#?}");
    // In a snippet, and where HTML is let through, as well.
    let snippet = "Call us.\n\n<script>\n\nBye.\n";
    let built = build(
        site(&[
            HOME,
            ("site.toml", "raw-html = true\n"),
            ("content/_snippets/tell-us.md", snippet),
            ("content/a.md", "---\ntitle: A\n---\n\n((tell-us))\n"),
        ])
        .path(),
        options(false),
    );
    let said = said(&built.expect("it can be read"), "content/_snippets/tell-us.md");
    assert!(said.len() == 1 && said[0].starts_with("error: “<script”"), "{said:?}");
}

#[test]
fn a_file_that_nothing_leads_to_is_left_out() {
    let built = built(&[
        ("content/notes.docx", "Zanzibar"),
        ("content/list.xlsx", "Zanzibar"),
        ("content/manage/plan.txt", "Zanzibar"),
        ("content/form.pdf", "a form"),
        (
            "content/coins.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>",
        ),
        ("content/row.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>"),
        (
            "content/a.md",
            "---\ntitle: A\n---\n\nRead [the form](form.pdf).\n\n![Coins on a table](coins.svg)\n\n\
             ```symbols\n- picture: row.svg\n  decorative: yes\n  words: Money.\n```\n",
        ),
    ]);
    assert!(!built.has_errors(), "{:#?}", built.findings);
    assert_eq!(with_words(&built, "Zanzibar"), [""; 0]);
    for path in ["form.pdf", "coins.svg", "row.svg"] {
        assert!(built.files.contains_key(path), "{path}");
        assert_eq!(said(&built, &format!("content/{path}")), [""; 0]);
    }
    for path in ["content/notes.docx", "content/list.xlsx", "content/manage/plan.txt"] {
        let said = said(&built, path);
        assert!(said.len() == 1 && said[0].starts_with("warning"), "{path}: {said:?}");
    }
}

#[test]
fn what_the_theme_and_what_redirects_show_is_published() {
    let root = site(&[
        HOME,
        ("site.toml", "raw-html = true\n[theme]\nname = \"own\"\n"),
        ("themes/own/style.css", "body { background: url(/paper.png) }\n"),
        ("content/paper.png", "x"),
        ("content/old-form.pdf", "x"),
        ("content/by-hand.png", "x"),
        ("content/map.html", "<img src=\"pin.svg\">"),
        ("content/pin.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("content/spin.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("content/_data/redirects.yaml", "/finance/form/: /old-form.pdf\n"),
        (
            "content/a.md",
            "---\ntitle: A\n---\n\nSee <img src=\"../by-hand.png\" alt=\"A hand\">. Read [the map](map.html).\n",
        ),
    ]);
    let built = build(root.path(), options(false)).expect("it can be read");
    for path in ["paper.png", "old-form.pdf", "by-hand.png", "map.html", "pin.svg"] {
        assert!(built.files.contains_key(path), "{path}: {:#?}", built.findings);
    }
    assert!(!built.files.contains_key("spin.svg"));
}

#[test]
fn many_files_that_nothing_leads_to_are_one_finding() {
    let names: Vec<String> = (0..40).map(|at| format!("content/scans/page-{at:02}.png")).collect();
    let files: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "x")).collect();
    let built = built(&files);
    let found: Vec<_> =
        built.findings.iter().filter(|found| found.file.starts_with("content/scans/")).collect();
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].message.contains("39 others"), "{found:#?}");
    assert!(!built.files.keys().any(|path| path.starts_with("scans/")));
}

#[test]
fn a_file_that_the_settings_name_is_published() {
    let settings = "title = \"Guide\"\n[publish]\nfiles = [\"google123.html\", \"keys\"]\n";
    let files = [
        HOME,
        ("site.toml", settings),
        ("content/google123.html", "google-site-verification"),
        ("content/keys/one.txt", "1"),
        ("content/keys/deep/two.txt", "2"),
        ("content/other.txt", "3"),
    ];
    let one = build(site(&files).path(), options(false)).expect("it can be read");
    assert!(!one.has_errors(), "{:#?}", one.findings);
    let is_there = |path: &str| one.files.contains_key(path);
    assert!(
        is_there("google123.html") && is_there("keys/one.txt") && is_there("keys/deep/two.txt")
    );
    assert!(!is_there("other.txt"));
    let slip = "title = \"Guide\"\n[publish]\nfiles = [\"gogle123.html\"]\n";
    let files = [HOME, ("site.toml", slip), ("content/google123.html", "x")];
    let one = build(site(&files).path(), options(false)).expect("it can be read");
    let said = said(&one, "site.toml");
    assert!(said.len() == 1 && said[0].contains("did you mean `\"google123.html\"`?"), "{said:?}");
}

#[test]
fn what_no_column_knows_is_for_staff() {
    let directory = "---\ntitle: Directory\nkind: directory\nkind of pages: service\n\
                     categories:\n  - {id: advice, name: Advice}\n---\n\nChoose.\n";
    let record = "name: Rowan House\non offer: Help.\nwho for: Anyone.\ncost: free\n\
                  how to access: Call.\nweb: https://www.service.example/\nareas: [County]\n\
                  category: [advice]\nchecked: 20 November 2026\nextra:\n  \
                  Notes (internal): Zanzibar rang twice\n";
    let files = [
        HOME,
        SETTINGS,
        ("content/directory/index.md", directory),
        ("content/directory/one.yaml", record),
    ];
    let root = site(&files);
    let public = build(root.path(), options(false)).expect("it can be read");
    assert!(!public.has_errors(), "{:#?}", public.findings);
    assert!(public.files.contains_key("data/services.csv"));
    assert_eq!(with_words(&public, "Zanzibar"), [""; 0]);
    assert_eq!(with_words(&public, "internal"), [""; 0]);
    let staff = build(root.path(), options(true)).expect("it can be read");
    assert_eq!(with_words(&staff, "Zanzibar"), ["data/services.csv"]);
}
