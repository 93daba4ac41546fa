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
        assert!(said.ends_with("1 page is different.\n"), "{said}");
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
