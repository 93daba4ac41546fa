//! What changes on a day: the same folder is another site on another day, letters take what
//! holds on their own date, and what no day answers is told before that day comes.

use std::{fs, process::Command};

use plainsite::{Built, Date, Options, build, letter, rule::Severity};

use crate::small_site::{HOME, site};

const SITE: &str =
    "languages = [\"en\", \"cy\"]\ntitle = \"A\"\n[rules]\nowner = false\nreview-dates = false\n";

const FACTS: &str = "
receipt limit:
  value: {en: £10, cy: deg punt}
  from: 1 April 2026
  source: Policy
  later:
    - from: 1 April 2027
      value: {en: £12, cy: deuddeg punt}
    - {from: 1 April 2028, value: £15, source: Policy of 2028}
";

const CONTACTS: &str = "
money-team:
  name: Money team
  hours: 9am to 5pm Monday to Friday
  phones: [{label: Money team, number: 0306 999 0110}]
  later:
    - from: 1 January 2027
      phones: [{label: Money team, number: 0306 999 0220}]
";

const PAGE: &str = "---
title: Receipts
until: 31 December 2027
later:
  - from: 1 April 2027
    title: Receipts from April
---

Keep those over ((receipt limit)). Call ((money-team phone)).

> [!UNTIL 31 March 2027]
> ## Old way
>
> Send them by post to [us](us.md).

> [!FROM 1 April 2027]
> Send them online.
>
> - Take a picture.

> [!FROM 1 June 2027 UNTIL 30 June 2027] In June
> only call.
";

const LETTER: &str = "---
kind: letter
title: Ask for records
from: money-team
fields:
  - {name: first name, type: text, example: Sam}
example: {first name: Sam}
---
Dear ((first name))

# Please send your receipts

Send those over ((receipt limit)). Call ((money-team phone)).

Yours sincerely

Money team
";

const FILES: &[(&str, &str)] = &[
    ("site.toml", SITE),
    HOME,
    ("content/_data/facts.yaml", FACTS),
    ("content/_data/contacts.yaml", CONTACTS),
    ("content/receipts.md", PAGE),
    ("content/us.md", "---\ntitle: Us\n---\n\nHere.\n"),
    ("content/receipts.cy.md", "---\ntitle: Derbynebau\n---\n\nDros ((receipt limit)).\n"),
    ("content/later.md", "---\ntitle: Later\ndate: 1 May 2027\n---\n\nNew.\n"),
    ("content/ask.md", LETTER),
];

fn on(files: &[(&str, &str)], day: &str) -> Built {
    let today = Date::parse(day).expect("a day");
    let options = Options { today, staff: false, portable: false };
    build(site(files).path(), options).expect("it builds")
}

fn text<'a>(built: &'a Built, path: &str) -> &'a str {
    std::str::from_utf8(built.files.get(path).map_or(&[], |bytes| bytes.as_slice())).expect("text")
}

/// The lines on which errors are, and what they say.
fn errors(built: &Built) -> Vec<String> {
    let errors = built.findings.iter().filter(|finding| finding.severity == Severity::Error);
    let said = errors.map(|finding| {
        let hint = finding.hint.as_deref().unwrap_or_default();
        format!("{}:{}: {} | {hint}", finding.file, finding.start.line, finding.said())
    });
    said.collect()
}

#[test]
fn the_same_folder_is_another_site_on_another_day() {
    for (day, has, has_not) in [
        ("2026-12-31", "£10|0306 999 0110|Old way|by post|>Receipts</h1>", "£12|online|June"),
        ("2027-01-01", "£10|0306 999 0220|Old way", "£12|0306 999 0110"),
        ("2027-03-31", "£10|Old way", "£12|online"),
        (
            "2027-04-01",
            "£12|online|Take a picture|>Receipts from April</h1>",
            "£10|Old way|by post|June",
        ),
        ("2027-06-30", "only call", "Old way|This has ended"),
        ("2027-07-01", "online", "only call"),
        ("2027-12-31", "online", "This has ended"),
        ("2028-01-01", "This has ended", ""),
        ("2028-04-01", "£15", "£12"),
    ] {
        let built = on(FILES, day);
        assert_eq!(errors(&built), [] as [&str; 0], "{day}");
        let page = text(&built, "receipts/index.html");
        for words in has.split('|') {
            assert!(page.contains(words), "{day}: {words} is not in {page}");
        }
        for words in has_not.split('|').filter(|words| !words.is_empty()) {
            assert!(!page.contains(words), "{day}: {words} is in {page}");
        }
        assert!(!page.contains("[!"), "{day}");
    }
    let welsh = |day| text(&on(FILES, day), "cy/receipts/index.html").to_owned();
    assert!(welsh("2027-03-31").contains("deg punt"));
    assert!(welsh("2027-04-01").contains("deuddeg punt"));
    assert_eq!(text(&on(FILES, "2027-04-30"), "later/index.html"), "");
    assert!(text(&on(FILES, "2027-05-01"), "later/index.html").contains("New."));
}

#[test]
fn a_letter_takes_what_holds_on_its_own_date() {
    let root = site(FILES);
    let today = Date::parse("2026-12-01").expect("a day");
    let options = Options { today, staff: true, portable: false };
    let opened = plainsite::open(
        root.path(),
        options,
        &Default::default(),
        &plainsite::memory::Memory::none(),
    );
    let opened = opened.expect("it opens");
    let (template, faults) = opened.examined.letters.values().next().expect("a letter");
    assert!(faults.is_empty());
    let said = |date: Option<&str>| {
        let mut answers = template.examples();
        let at = template.fields.iter().position(|field| field.today).expect("a date");
        answers[at] = date.map(str::to_owned);
        let lines = letter::fill(template, &answers);
        let words = lines.iter().flat_map(|line| line.pieces.iter().map(|piece| &*piece.text));
        words.collect::<String>()
    };
    for (date, words) in [
        (None, "over £10. Call 0306 999 0110."),
        (Some("31 December 2026"), "over £10. Call 0306 999 0110."),
        (Some("1 January 2027"), "over £10. Call 0306 999 0220."),
        (Some("1 April 2027"), "over £12. Call 0306 999 0220."),
        (Some("5 May 2030"), "over £15. Call 0306 999 0220."),
    ] {
        assert!(said(date).contains(words), "{date:?}: {}", said(date));
    }
}

#[test]
fn what_no_day_answers_is_told_today() {
    let fact = |later: &str| {
        let facts =
            format!("limit:\n  value: £10\n  from: 1 April 2026\n  source: Policy\n{later}");
        let page = ("content/a.md", "---\ntitle: A\n---\n\nUp to ((limit)).\n");
        errors(&on(
            &[("site.toml", SITE), HOME, ("content/_data/facts.yaml", &facts), page],
            "2026-11-28",
        ))
    };
    for (later, said) in [
        (
            "  until: 28 February 2027\n  later: [{from: 1 April 2027, value: £12}]\n",
            "from 1 March 2027 to 31 March 2027 no value holds | write `until: 31 March 2027`",
        ),
        (
            "  until: 30 April 2027\n  later: [{from: 1 April 2027, value: £12}]\n",
            "from 1 April 2027 to 30 April 2027 two values hold",
        ),
        (
            "  until: 1 April 2027\n  later: [{from: 1 April 2027, value: £12}]\n",
            "on 1 April 2027 two values hold",
        ),
        (
            "  later:\n    - {from: 1 April 2027, value: £12, until: 1 May 2027}\n    - {from: 1 June 2027, value: £13}\n",
            "from 2 May 2027 to 31 May 2027 no value holds",
        ),
        (
            "  later: [{from: 1 April 2027, value: £12}, {from: 1 April 2027, value: £13}]\n",
            "this is not after 1 April 2027",
        ),
        ("  later: [{from: 1 April 2026, value: £12}]\n", "this is not after 1 April 2026"),
        ("  later: [{from: 31 April 2027, value: £12}]\n", "“31 April 2027” is not a date"),
        (
            "  later: [{value: £12}]\n",
            "nothing says from which day this holds | add a line: `from: 1 April 2027`",
        ),
        ("  later: [{from: 1 April 2027}]\n", "nothing is different from this day on"),
        (
            "  later: [{from: 1 April 2027, valu: £12}]\n",
            "“valu” is not a name that is known here | did you mean `value`?",
        ),
        (
            "  later: [{from: 1 April 2027, later: [{from: 1 May 2027}]}]\n",
            "`later` stands inside `later`",
        ),
    ] {
        let found = fact(later);
        assert_eq!(found.len(), 1, "{later}: {found:#?}");
        assert!(found[0].contains(said), "{later}: {found:?}");
    }
    assert_eq!(
        fact("  until: 31 March 2027\n  later: [{from: 1 April 2027, value: £12}]\n"),
        [] as [&str; 0]
    );

    let boxed = |label: &str| {
        let page = format!("---\ntitle: A\n---\n\nHello.\n\n> [!{label}]\n> Words.\n");
        errors(&on(&[("site.toml", SITE), HOME, ("content/a.md", &page)], "2026-11-28"))
    };
    for (label, said) in [
        ("FROM 31 June 2027", "a.md:7: “31 June 2027” is not a date"),
        ("FROM 1 June 2027 UNTIL 1 May 2027", "this ends before it begins"),
        ("UNTIL tomorrow", "“tomorrow” is not a date"),
    ] {
        let found = boxed(label);
        assert_eq!(found.len(), 1, "{label}: {found:#?}");
        assert!(found[0].contains(said), "{label}: {found:?}");
    }
    assert_eq!(boxed("from 1 june 2027"), [] as [&str; 0]);

    let letter = LETTER.replace("Yours", "> [!UNTIL 31 March 2027]\n> Send them by post.\n\nYours");
    let files = [("site.toml", SITE), HOME, FILES[2], FILES[3], ("content/ask.md", &letter)];
    let found = errors(&on(&files, "2026-11-28"));
    assert!(found.iter().any(|one| one.contains("words for some days only")), "{found:?}");
}

#[test]
fn the_schedule_names_what_changes_and_the_days_to_build_again() {
    let root = site(FILES);
    let run = |more: &[&str]| {
        let run = Command::new(env!("CARGO_BIN_EXE_plainsite"))
            .args(["schedule", "--today", "2026-11-28", "--root"])
            .arg(root.path())
            .args(more)
            .output()
            .expect("it runs");
        (String::from_utf8(run.stdout).expect("text"), String::from_utf8(run.stderr).expect("text"))
    };
    let (said, end) = run(&["--days", "1000"]);
    for line in [
        "1 January 2027\n  content/_data/contacts.yaml:7: `phones` of “money-team” becomes",
        "content/_data/facts.yaml:7: `value` of “receipt limit” becomes “{en: £12, cy: deuddeg punt}”",
        "content/receipts.md:11: words go: “Old way”\n",
        "  content/receipts.md:5: `title` becomes “Receipts from April”\n",
        "words come: “Send them online.”",
        "1 May 2027\n  content/later.md:3: this page is published\n",
        "1 July 2027\n  content/receipts.md:21: words go: “In June only call.”",
        "1 January 2028\n  content/receipts.md:3: this page says that it has ended\n",
    ] {
        assert!(said.contains(line), "{line} is not in {said}");
    }
    assert_eq!(end, "Build the site again on each of these 7 days.\n");
    let (cron, _) = run(&["--format", "cron"]);
    let root = root.path().canonicalize().expect("a folder");
    let first = format!("5 0 1 1 * cd '{}' && plainsite build # 1 January 2027\n", root.display());
    assert!(cron.starts_with(&first), "{cron}");
    let (json, _) = run(&["--format", "json"]);
    for line in json.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("JSON");
        assert!(line["day"].is_string() && line["line"].is_u64() && line["what"].is_string());
    }
    let (none, end) = run(&["--days", "5"]);
    assert_eq!(
        (none.as_str(), end.as_str()),
        ("", "Nothing changes by itself in the next 5 days.\n")
    );

    // A build says it of the next 30 days.
    let build = Command::new(env!("CARGO_BIN_EXE_plainsite"))
        .args(["build", "--today", "2026-12-20", "--root"])
        .arg(&root)
        .output()
        .expect("it runs");
    let said = String::from_utf8(build.stderr).expect("text");
    assert!(said.contains("1 thing changes by itself: build again on 1 January 2027"), "{said}");
    fs::remove_dir_all(root.join("public")).expect("it was published");
}
