//! `((name))` is filled in wherever words are read, and never published as typed.

use std::{fs, path::Path};

use plainsite::{Built, Date, Options, build, rule::Severity};

const FACTS: &str = "
receipt limit:
  value: £10
  means: You keep receipts over ((receipt limit)).
  source: Policy, ((section))
section: {value: section 4, source: Policy}
each month: {value: ((receipt limit)) a month, source: Policy}
";

const CONTACTS: &str = "
money-team:
  name: Money team
  what for: receipts over ((receipt limit))
  hours: open for ((section))
  phones: [{number: 0306 999 0110, note: about ((receipt limit))}]
";

fn built(files: &[(&str, &str)]) -> Built {
    let root = tempfile::tempdir().expect("a folder");
    let data = [("content/_data/facts.yaml", FACTS), ("content/_data/contacts.yaml", CONTACTS)];
    let own = |path: &str| files.iter().any(|(own, _)| *own == path);
    let data = data.iter().filter(|(path, _)| !own(path));
    for (path, text) in data.chain(files) {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let today = Date::parse("2026-11-21").expect("a day");
    build(Path::new(root.path()), Options { today, staff: false, portable: false })
        .expect("it is built")
}

fn errors(built: &Built) -> Vec<String> {
    let errors = built.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let shown = errors.map(|finding| {
        let hint = finding.hint.as_deref().unwrap_or_default();
        let (file, line) = (&finding.file, finding.start.line);
        format!("{file}:{line}: [{}] {} | {hint}", finding.code(), finding.said())
    });
    shown.collect()
}

fn text<'a>(built: &'a Built, path: &str) -> &'a str {
    std::str::from_utf8(built.files[path].as_slice()).expect("text")
}

/// The published files in which somebody could read double brackets.
fn with_brackets(built: &Built) -> Vec<&str> {
    // In the lists of words and of places, brackets are digits.
    let is_read = |path: &str| {
        let has_digits = ["english-", "places-", "words-"].map(|it| format!("search/parts/{it}"));
        !path.ends_with(".js")
            && !path.ends_with(".css")
            && !has_digits.iter().any(|start| path.starts_with(start))
    };
    let files = built.files.iter().filter(|(path, _)| is_read(path));
    let has = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("((");
    files.filter(|(_, bytes)| has(bytes.as_slice())).map(|(path, _)| path.as_str()).collect()
}

const EVERYWHERE: &str = r#"---
title: Receipts over ((receipt limit))
menu: Over ((Receipt  limit))
description: Call ((money-team phone)) about more than ((receipt limit)).
contact: money-team
status: withdrawn
status note: It is ((each month)) now.
source: Policy, ((section))
licence: Like ((section))
words: [more than ((receipt limit))]
changes:
  - {date: 20 November 2026, note: "It is ((receipt limit)), see ((section)).", section: Over ((receipt limit))}
---
Over ((receipt limit)), **((receipt limit))** and ((receipt
limit)), call ((contact phone)).

## Over ((receipt limit))

![A receipt for ((receipt limit))](a.svg)

[More than ((receipt limit))](index.md)

Table: What ((receipt limit)) buys

| A | Over ((receipt limit)) |
|---|---|
| b | ((receipt limit)) |

```table From ((section)) on
What,Limit
"Receipts, all",((receipt limit))
```

```checklist
- Keep receipts over ((receipt limit))
```

```symbols
- picture: a.svg
  alt: A coin of ((receipt limit))
  words: It is ((receipt limit)).
```

```video
title: A film about ((receipt limit))
link: https://www.example.org/film
transcript: index.md
```

> [!NOTE] Over ((receipt limit))
> ((inner))

Term ((receipt limit))
: Meaning ((receipt limit))

Note[^a].

[^a]: It is ((receipt limit)).
"#;

#[test]
fn values_are_filled_in_everywhere() {
    let files = [
        ("content/index.md", "---\ntitle: Home\n---\n[Over](over.md)\n"),
        ("content/over.md", EVERYWHERE),
        ("content/heading.md", "# Over ((receipt limit))\n\n## And ((section))\n"),
        ("content/can/index.md", "---\ntitle: Can I buy\nkind: can I buy\n---\n"),
        (
            "content/can/fun.md",
            "---\ntitle: Fun\n---\n```buy\n- item: Gym over ((receipt limit))\n  answer: yes\n  why: It is ((receipt limit)).\n  example: Like ((receipt limit)).\n  words: [sport for ((receipt limit))]\n```\n",
        ),
        ("content/updates.md", "---\ntitle: Updates\nkind: updates\n---\n"),
        ("content/glossary.md", "---\ntitle: Glossary\nkind: glossary\n---\n"),
        ("content/a.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>"),
        ("content/_snippets/inner.md", "See ((section)), ((innermost)).\n"),
        ("content/_snippets/innermost.md", "over ((receipt limit))\n"),
        (
            "content/_data/glossary.yaml",
            "receipt:\n  means: For more than ((receipt limit)).\n  also called: [bill over ((receipt limit))]\n",
        ),
        (
            "content/_data/notices.yaml",
            "a:\n  title: The limit is ((receipt limit))\n  text: Call ((money-team phone)).\n",
        ),
        (
            "content/_data/organisations.yaml",
            "rowan: {name: Rowan House, about: For more than ((receipt limit))., web: \"https://rowan.example/\"}\n",
        ),
        (
            "content/directory/index.md",
            "---\ntitle: Directory\nkind: directory\nkind of pages: service\n---\n",
        ),
        (
            "content/directory/all.yaml",
            "- name: Rowan over ((receipt limit))\n  organisation: rowan\n  on offer: Advice over ((receipt limit)).\n  who for: All over ((receipt limit)).\n  cost: ((receipt limit))\n  how to access: Call ((money-team phone)).\n  areas: [Whole county]\n  category: [advice]\n  checked: 20 November 2026\n  check again: every 12 months\n",
        ),
        ("content/_data/areas.yaml", "- Whole county\n"),
    ];
    let built = built(&files);
    assert_eq!(errors(&built), [""; 0]);
    assert_eq!(with_brackets(&built), [""; 0]);
    let page = text(&built, "over/index.html");
    for words in [
        "<title>Receipts over £10",
        "<h1>Receipts over £10</h1>",
        "alt=\"A receipt for £10\"",
        "alt=\"A coin of £10\"",
        "It is £10 a month now.",
        "id=\"over-receipt-limit\"",
        "From section 4 on",
        "<strong>£10</strong>",
    ] {
        assert!(page.contains(words), "{words}");
    }
    assert!(text(&built, "heading/index.html").contains("<h1>Over £10</h1>"));
    let table = text(&built, "data/services.csv");
    assert!(table.contains("Rowan over £10") && table.contains("Advice over £10."), "{table}");
}

#[test]
fn facts_that_stand_for_themselves_are_an_error() {
    let facts = "a: {value: x ((b)), source: P}\nb: {value: ((c)), source: P}\nc: {value: ((A)), source: P}\nd: {value: ((d)), source: P}\ne: {value: ((f)), source: P}\n";
    let page = "---\ntitle: ((a))\n---\n((e))\n";
    let found = errors(&built(&[
        ("content/index.md", page),
        ("content/_data/facts.yaml", facts),
        ("content/_data/contacts.yaml", "money-team: {name: Money team}\n"),
    ]));
    assert_eq!(
        found,
        [
            "content/_data/facts.yaml:1: [data] this stands for itself: ((a)), ((b)), ((c)), ((a)) | write the words themselves in one of them",
            "content/_data/facts.yaml:4: [data] this stands for itself: ((d)), ((d)) | write the words themselves in one of them",
            "content/_data/facts.yaml:5: [unknown-value] “((f))” stands for nothing | did you mean `((a))`?",
        ]
    );
}

#[test]
fn facts_that_grow_without_end_are_an_error() {
    let mut facts = "f0: {value: 0123456789, source: P}\n".to_owned();
    for n in 1..60 {
        let before = n - 1;
        facts.push_str(&format!("f{n}: {{value: ((f{before}))((f{before})), source: P}}\n"));
    }
    let found = errors(&built(&[
        ("content/index.md", "---\ntitle: Home\n---\n"),
        ("content/_data/facts.yaml", &facts),
    ]));
    assert!(found.iter().any(|found| found.contains("too many others")), "{found:?}");
}

/// Nothing that is not known to this test is published as typed: a theme, raw HTML.
#[test]
fn the_last_look_is_at_what_is_published() {
    let settings = "raw-html = true\n";
    let page = "---\ntitle: Home\n---\n<div>\n<code>((x))</code>\n<p title=\"((receipt limit))\">((section))</p>\n</div>\n\n`((y))`\n";
    let built = built(&[("content/index.md", page), ("site.toml", settings)]);
    let found = errors(&built);
    let seen = |name| {
        format!(
            "content/index.md:6: [unknown-value] on the page /: “(({name}” would be seen as typed | write the words themselves, or `\\(({name}))` to show the brackets"
        )
    };
    assert_eq!(found, [seen("receipt limit"), seen("section")]);
}

#[test]
fn brackets_after_a_backslash_are_shown() {
    let page = "---\ntitle: Write \\((receipt limit))\ndescription: Or \\((name)).\n---\nWrite \\((receipt limit)) for ((receipt limit)).\n\n## Or \\((name))\n";
    let built = built(&[("content/index.md", page)]);
    assert_eq!(errors(&built), [""; 0]);
    let page = text(&built, "index.html");
    assert!(page.contains("<h1>Write ((receipt limit))</h1>"), "{page}");
    assert!(page.contains("Write ((receipt limit)) for £10."), "{page}");
}
