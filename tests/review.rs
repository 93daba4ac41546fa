//! Whose turn it is: what is overdue, what is due soon, and who is asked.

use std::process::Command;

use crate::small_site::{HOME, site};

fn review(words: &[&str]) -> (i32, String, String) {
    let root = site(&[
        HOME,
        (
            "content/_data/contacts.yaml",
            "money-team:\n  name: Money team\n  emails:\n    - {address: money@county.example}\nweb-team:\n  name: Web team\n",
        ),
        (
            "content/old.md",
            "---\ntitle: \"Old, and long\"\nowner: money-team\nchecked: 1 November 2025\ncheck again: 1 November 2026\n---\n\nWords.\n",
        ),
        (
            "content/soon.md",
            "---\ntitle: Soon\nowner: web-team\nchecked: 1 November 2026\ncheck again: 10 December 2026\n---\n\nWords.\n",
        ),
        (
            "content/later.md",
            "---\ntitle: Later\nowner: web-team\nchecked: 1 November 2026\ncheck again: 10 June 2027\n---\n\nWords.\n",
        ),
        (
            "content/draft.md",
            "---\ntitle: Draft\nstatus: draft\nchecked: 1 November 2025\ncheck again: 1 November 2026\n---\n\nWords.\n",
        ),
    ]);
    let mut command = Command::new(env!("CARGO_BIN_EXE_plainsite"));
    command.args(["review", "--today", "2026-11-29"]).args(words);
    let output = command.current_dir(root.path()).output().expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().expect("it ended by itself"), text(&output.stdout), text(&output.stderr))
}

#[test]
fn pages_that_are_due_stand_below_their_owners() {
    let (status, out, last) = review(&[]);
    assert_eq!(status, 0, "{last}");
    assert_eq!(
        out,
        "Nobody looks after these: 1 page\n  content/index.md:1: Home: no day is set\n\
         Money team (money-team): 1 page\n  content/old.md:5: Old, and long: overdue since 1 November 2026\n\
         Web team (web-team): 1 page\n  content/soon.md:5: Soon: due on 10 December 2026\n"
    );
    assert!(last.starts_with("1 page is overdue, 1 due in the next 30 days"), "{last}");
    let (_, out, _) = review(&["--owner", "web-team", "--days", "365"]);
    assert!(out.contains("Later") && !out.contains("Old"), "{out}");
    let (status, _, last) = review(&["--owner", "nobody"]);
    assert!(status == 2 && last.contains("money-team, web-team"), "{last}");
}

#[test]
fn a_calendar_has_a_day_for_each_page() {
    let (_, out, _) = review(&["--format", "ics"]);
    assert!(out.starts_with("BEGIN:VCALENDAR\r\n") && out.ends_with("END:VCALENDAR\r\n"), "{out}");
    assert_eq!(out.matches("BEGIN:VEVENT").count(), 2);
    for line in [
        "DTSTART;VALUE=DATE:20261101\r\n",
        "DTEND;VALUE=DATE:20261102\r\n",
        "SUMMARY:Read again: Old\\, and long\r\n",
    ] {
        assert!(out.contains(line), "{line} is not in {out}");
    }
    assert!(out.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{out}");
}

#[test]
fn each_owner_gets_an_email_and_programs_a_table() {
    let (_, out, _) = review(&["--format", "email"]);
    assert!(out.contains("To: money@county.example\nSubject: 1 page to read again\n"), "{out}");
    assert!(out.contains("mailto:money@county.example?subject=1%20page"), "{out}");
    assert!(out.contains("To: (no email address in contacts.yaml)"), "{out}");
    let (_, out, _) = review(&["--format", "csv"]);
    assert_eq!(
        out.lines().nth(1),
        Some(
            "\"Old, and long\",\"/old/\",\"content/old.md\",\"money-team\",\"Money team\",\"2026-11-01\",\"overdue\""
        )
    );
}

#[test]
fn whoever_agrees_sees_the_words_before_and_now() {
    let records = "---\ntitle: Records\n---\n\nKeep bills for six years.\n\n## How\n\nIn a box.\n";
    let settings = ("site.toml", "title = \"Guide\"\n");
    let root = site(&[settings, HOME, ("content/records.md", records)]);
    let plainsite = |words: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plainsite"));
        let output = command.args(words).current_dir(root.path()).output().expect("it starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let git = |words: &[&str]| {
        let own = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org"];
        let mut command = Command::new("git");
        let output = command.args(own).args(words).current_dir(root.path()).output().expect("git");
        assert!(output.status.success(), "{words:?}: {output:?}");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert_eq!(plainsite(&["build"]).0, Some(0));
    git(&["init", "-q", "-b", "main"]);
    git(&["add", "site.toml", "content"]);
    git(&["commit", "-qm", "as it was"]);
    let path = root.path().join("content/records.md");
    std::fs::write(&path, records.replace("six", "seven") + "\nOr a bag.\n").expect("a file");
    for since in ["public", "HEAD", "main"] {
        let (status, out, said) = plainsite(&["changes", "--since", since]);
        assert_eq!(status, Some(0), "{said}");
        assert!(out.starts_with("/records/ Records – Guide\n"), "{since}: {out}");
        assert!(out.contains("  - Keep bills for six years.\n  + Keep bills for seven years.\n"));
        assert!(out.contains("  + Or a bag.\n") && !out.contains("In a box"), "{out}");
        assert!(said.contains("1 page is different. Whoever agrees"), "{said}");
    }
    // What Git had is taken away again.
    assert_eq!(git(&["worktree", "list"]).lines().count(), 1);
    let (_, html, _) = plainsite(&["changes", "--since", "HEAD", "--format", "html"]);
    assert!(html.contains("<del>Keep bills for six years.</del>"), "{html}");
    for since in ["nowhere", "--upload-pack=x", "content"] {
        let (status, _, said) = plainsite(&["changes", &format!("--since={since}")]);
        assert_eq!(status, Some(2), "{since}: {said}");
    }
}

#[test]
fn publishing_waits_until_somebody_agreed_to_the_words() {
    let page = |words: &str| format!("---\ntitle: Records\n---\n\n{words}\n");
    let settings = "title = \"Guide\"\n\n[publish]\nsign-off = true\n";
    let root = site(&[
        ("site.toml", settings),
        HOME,
        ("content/records.md", &page("Keep bills for six years.")),
        ("content/later.md", "---\ntitle: Later\ndate: 1 June 2099\n---\n\nSoon.\n"),
        ("content/draft.md", "---\ntitle: Draft\nstatus: draft\n---\n\nNot yet.\n"),
        ("content/note.md", "---\ntitle: Note\naudience: staff\n---\n\nFor us.\n"),
    ]);
    let path = |name: &str| root.path().join(name);
    let write = |name: &str, text: &str| std::fs::write(path(name), text).expect("a file");
    let plainsite = |words: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plainsite"));
        let output = command.args(words).current_dir(root.path()).output().expect("it starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let refused = |because: &str| {
        for command in [&["build"][..], &["publish", "--to", "sent"]] {
            let (status, out, said) = plainsite(command);
            assert_eq!(status, Some(1), "{command:?}: {out}{said}");
            assert!(out.contains(because), "{command:?}: {because} is not in {out}");
            assert!(out.contains("plainsite agree"), "{out}");
        }
        assert!(!path("sent").exists());
    };
    refused("site.toml:4:1: error: nobody has agreed to the words of this site yet [sign-off]");
    assert!(!path("public").exists());
    // Those who write are not asked.
    assert_eq!(plainsite(&["check"]).0, Some(0));

    let (status, out, said) = plainsite(&["agree", "Ann Example", "--today", "2026-11-03"]);
    assert_eq!(
        (status, &*out),
        (Some(0), "content/index.md\ncontent/later.md\ncontent/records.md\nsite.toml\n"),
        "{said}"
    );
    assert!(said.starts_with("Ann Example agrees to the words of 4 files"), "{said}");
    assert_eq!(plainsite(&["build"]).0, Some(0));
    assert_eq!(plainsite(&["publish", "--to", "sent"]).0, Some(0));
    std::fs::remove_dir_all(path("sent")).expect("it was sent");
    // What nobody reads, the ends of lines, and a day on which a page comes by itself.
    write("content/draft.md", "---\ntitle: Draft\nstatus: draft\n---\n\nNearly.\n");
    write("content/records.md", &page("Keep bills for six years.").replace('\n', "\r\n"));
    for day in ["2026-12-01", "2099-07-01"] {
        let (status, out, said) = plainsite(&["build", "--no-ledger", "--today", day]);
        assert_eq!(status, Some(0), "{day}: {out}{said}");
    }

    write("content/records.md", &page("Keep bills for seven years."));
    refused(
        "content/records.md:1:1: error: the words here are not those that Ann Example agreed to on 3 November 2026 [sign-off]",
    );
    // Only the words that were read.
    let (_, html, said) = plainsite(&["changes", "--since", "public", "--format", "html"]);
    let mark = said.trim().rsplit(' ').next().expect("a mark").to_owned();
    assert!(html.contains(&format!("--words {mark}</code>")), "{html}");
    write("content/records.md", &page("Keep bills for eight years."));
    let (status, _, said) = plainsite(&["agree", "Ann Example", "--words", &mark]);
    assert!(status == Some(2) && said.contains("the words have changed"), "{said}");
    write("content/records.md", &page("Keep bills for seven years."));
    let (status, out, said) = plainsite(&["agree", "Ann Example", "--words", &mark]);
    assert_eq!((status, &*out), (Some(0), "content/records.md\n"), "{said}");
    assert_eq!(plainsite(&["build"]).0, Some(0));

    write("content/new.md", &page("More."));
    refused("content/new.md:1:1: error: nobody has agreed to this file");
    std::fs::remove_file(path("content/new.md")).expect("it is there");
    std::fs::remove_file(path("content/later.md")).expect("it is there");
    refused("content/later.md is gone");
    write("content/later.md", "---\ntitle: Later\ndate: 1 June 2099\n---\n\nSoon.\n");

    // Only some may.
    write("site.toml", &settings.replace("true", "[\"money-team\"]"));
    write("content/_data/contacts.yaml", "money-team:\n  name: Money team\n");
    refused("“Ann Example” may not agree to what is published");
    let (status, _, said) = plainsite(&["agree", "Ann Example"]);
    assert!(status == Some(2) && said.contains("site.toml names: money-team"), "{said}");
    let (status, _, said) = plainsite(&["agree", "money-team"]);
    assert!(status == Some(0) && said.starts_with("Money team agrees"), "{said}");
    assert_eq!(plainsite(&["build"]).0, Some(0));
    write("site.toml", &settings.replace("true", "\"yes\""));
    let (_, out, _) = plainsite(&["check"]);
    assert!(out.contains("write `true`, or a list of ids"), "{out}");
}

#[test]
fn the_report_says_how_each_page_is() {
    let page = |top: &str, words: &str| format!("---\n{top}\n---\n\n{words}\n");
    let root = site(&[
        ("site.toml", "title = \"Guide & more\"\nlanguages = [\"en\", \"cy\"]\n"),
        (
            "content/index.md",
            &page("title: Home", "Read [old](old.md). Ask [others](https://gone.county.uk/a)."),
        ),
        ("content/_data/contacts.yaml", "money-team:\n  name: Money team\n"),
        (
            "content/_data/outside-links.yaml",
            "https://gone.county.uk/a: {state: broken, checked: 2026-11-01, why: no such page}\n",
        ),
        (
            "content/old.md",
            &page(
                "title: \"=Old\"\nowner: money-team\nchecked: 1 November 2025\ncheck again: 1 November 2026",
                "We pay you each month. Tell us if you move.",
            ),
        ),
        ("content/old.cy.md", &page("title: Hen\nchecked: 1 October 2025", "Geiriau.")),
        ("content/alone.md", &page("title: Alone", "[click here](index.md)")),
        ("content/draft.md", &page("title: Draft\nstatus: draft", "Words.")),
    ]);
    let plainsite = |words: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plainsite"));
        let output = command.args(words).current_dir(root.path()).output().expect("it starts");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (output.status.code(), text(&output.stdout), text(&output.stderr))
    };
    let report =
        |words: &[&str]| plainsite(&[&["report", "--today", "2026-11-29"][..], words].concat());
    let (status, table, said) = report(&["--format", "csv"]);
    assert_eq!(status, Some(0), "{said}");
    assert!(
        said.starts_with("4 pages: 1 overdue, 1 with errors, 1 that no page leads to, 3 with"),
        "{said}"
    );
    let row = |start: &str| {
        let row = table.lines().find(|line| line.contains(start));
        row.unwrap_or_else(|| panic!("{start} is not in {table}")).to_owned()
    };
    assert_eq!(
        row("content/old.md"),
        "'=Old,/old/,content/old.md,en,Money team,overdue,2025-11-01,2026-11-01,0,1,5.0,100,1,0,,0,older"
    );
    assert!(row("content/alone.md").contains(",yes,0,none"), "{table}");
    assert!(row("content/alone.md").contains(",no day,,,1,"), "{table}");
    assert!(row("content/index.md").contains(",1,2,,0,none"), "{table}");
    assert!(row("content/draft.md").contains(",a draft,"), "{table}");

    let file = root.path().join("out/report.html");
    let (status, out, said) = report(&["--out", "out/report.html"]);
    assert!(status == Some(0) && out.is_empty(), "{said}");
    let html = std::fs::read_to_string(&file).expect("it is there");
    for words in [
        "<td class=\"bad\">overdue</td>",
        "Guide &amp; more",
        "no such page",
        "content/draft.md",
        "content/index.md, line 5",
    ] {
        assert!(html.contains(words), "{words} is not in {html}");
    }
    assert!(!html.contains("http-equiv") && !html.contains("src="), "it asks for nothing");
    // What it writes is as good as what it asks of others.
    let (status, found, said) = plainsite(&["audit", "out", "--strict", "--format", "json"]);
    assert_eq!((status, &*found), (Some(0), ""), "{said}");
    assert_eq!(std::fs::read_dir(root.path().join("out")).expect("a folder").count(), 1);
}
