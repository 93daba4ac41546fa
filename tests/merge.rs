//! Mail merge from outside: what is written, what is refused, what is left behind.

use std::{
    collections::BTreeSet,
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

fn letter(arguments: &[&str], folder: &Path) -> Output {
    let root = env!("CARGO_MANIFEST_DIR");
    let mut command = Command::new(env!("CARGO_BIN_EXE_plainsite"));
    let command = command.arg("letter").args(arguments).args(["--today", "2026-11-22"]);
    command.args(["--root", root]).current_dir(folder).output().expect("the program starts")
}

/// Results and words for people, as they stand below each other in a terminal.
fn said(output: &Output) -> String {
    let text = [&output.stdout[..], &output.stderr].concat();
    String::from_utf8_lossy(&text).into_owned()
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("it ended by itself")
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries
        .map(|entry| entry.expect("readable").file_name().to_string_lossy().into_owned())
        .collect()
}

const HEAD: &str =
    "reference,first name,last name,period start,period end,reply by,support service,signed by\n";

fn row(reference: &str, name: &str) -> String {
    format!("{reference},{name},Example,1/10/2026,31/12/2026,31/1/2027,no,Alex Sample\n")
}

#[test]
fn letters_are_named_one_a_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = letter(&["--list"], folder.path());
    assert_eq!(status(&output), 0);
    let list = String::from_utf8(output.stdout).expect("text");
    let lines: Vec<&str> = list.lines().collect();
    assert!(lines.len() >= 15 && lines.contains(&"ask-for-records") && lines.is_sorted());
    assert!(lines.contains(&"ask-for-a-review.cy"), "{list}");

    let output = letter(&["ask-for-record"], folder.path());
    assert_eq!(status(&output), 2);
    assert!(said(&output).contains("did you mean ask-for-records?"), "{}", said(&output));
}

/// A message is plain text, with one file each; no other format can be asked for.
#[test]
fn messages_are_written_as_text() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, first) in [
        ("text-visit-tomorrow", "Hello Sam. This is Example County Council. Robin will visit"),
        (
            "email-missing-receipt",
            "Subject: Please send us a receipt by 20 February 2027\n\nDear Sam",
        ),
    ] {
        let output = letter(&[name, "--example"], folder.path());
        fs::write(folder.path().join("people.csv"), &output.stdout).expect("a file");
        let output = letter(&[name, "--csv", "people.csv", "--out", name], folder.path());
        assert_eq!(status(&output), 0, "{}", said(&output));
        let out = folder.path().join(name);
        assert_eq!(names(&out), ["index.html", "row-0002.txt"].map(str::to_owned).into());
        let text = fs::read_to_string(out.join("row-0002.txt")).expect("a text");
        assert!(text.starts_with(first), "{text}");
    }
    let words = ["text-visit-tomorrow", "--csv", "people.csv", "--out", "no", "--formats", "docx"];
    let output = letter(&words, folder.path());
    assert_eq!(status(&output), 2);
    assert!(said(&output).contains("a text message is plain text: --formats txt"));
    assert!(!folder.path().join("no").exists());
}

#[test]
fn a_table_to_start_from_merges_as_it_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = letter(&["ask-for-records", "--example"], folder.path());
    fs::write(folder.path().join("people.csv"), &output.stdout).expect("a file");
    let output = letter(
        &[
            "ask-for-records",
            "--csv",
            "people.csv",
            "--out",
            "out",
            "--formats",
            "docx,odt,html,txt",
        ],
        folder.path(),
    );
    assert_eq!(status(&output), 0, "{}", said(&output));
    let expected = [
        "index.html",
        "row-0002-dp-1234.docx",
        "row-0002-dp-1234.html",
        "row-0002-dp-1234.odt",
        "row-0002-dp-1234.txt",
    ];
    assert_eq!(names(&folder.path().join("out")), expected.map(str::to_owned).into());
    let text =
        fs::read_to_string(folder.path().join("out/row-0002-dp-1234.txt")).expect("a letter");
    assert!(
        text.contains("Dear Sam Example\n") && text.contains("Our reference: DP 1234"),
        "{text}"
    );
}

#[test]
fn every_fault_is_told_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = HEAD.replace("first name", "frist name")
        + &row("DP 1", "Sam")
        + &row("DP 2", "Robin").replace("31/1/2027", "soon")
        + &row("dp 1", "Jo").replace("31/12/2026", "1/9/2026").replace(",no,", ",maybe,");
    fs::write(folder.path().join("people.csv"), table).expect("a file");
    let output = letter(&["ask-for-records", "--csv", "people.csv", "--out", "out"], folder.path());
    assert_eq!(status(&output), 1);
    let said = said(&output);
    for fault in [
        "people.csv:1:11: error: there is no field “frist name” in this letter",
        "did you mean “first name”?",
        "there is no column “first name”",
        "people.csv:3:41: error: row 3, column “reply by”: “soon” is not a date",
        "row 4, column “period end”: 1 September 2026 does not come after “period start”",
        "row 4, column “support service”: “maybe” is not yes or no",
        "row 4: the reference “dp 1” is in row 2 as well",
        "No letter was written.",
    ] {
        assert!(said.contains(fault), "no “{fault}” in\n{said}");
    }
    assert_eq!(names(folder.path()), ["people.csv".to_owned()].into());

    let output = letter(
        &["ask-for-records", "--csv", "people.csv", "--out", "out", "--format", "json"],
        folder.path(),
    );
    let lines = String::from_utf8(output.stdout).expect("text");
    for line in lines.lines() {
        let found: serde_json::Value = serde_json::from_str(line).expect("JSON");
        assert_eq!(found["code"], "letter-data");
        assert!(found["line"].as_u64().is_some_and(|line| line > 0));
    }
}

#[test]
fn people_are_in_no_name_and_redacted_in_the_summary() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = format!("{HEAD}{}{}", row("DP 7/8", "Secretname"), row("", "Othername"));
    fs::write(folder.path().join("people.csv"), table).expect("a file");
    let output = letter(
        &["ask-for-records", "--csv", "people.csv", "--out", "out", "--redact"],
        folder.path(),
    );
    assert_eq!(status(&output), 0, "{}", said(&output));
    let out = folder.path().join("out");
    let expected = ["index.html", "row-0002-dp-7-8.docx", "row-0003.docx"];
    assert_eq!(names(&out), expected.map(str::to_owned).into());
    let summary = fs::read_to_string(out.join("index.html")).expect("the summary");
    assert!(!summary.contains("Secretname") && summary.contains("Row 2, DP 7/8"), "{summary}");
    let open = letter(&["ask-for-records", "--csv", "people.csv", "--out", "open"], folder.path());
    assert_eq!(status(&open), 0);
    let summary = fs::read_to_string(folder.path().join("open/index.html")).expect("the summary");
    assert!(summary.contains("Secretname") && summary.contains("Othername"));
}

#[test]
fn any_spreadsheet_will_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let table = format!("{HEAD}{}", row("DP 1", "Zoë"));
    let utf_16: Vec<u8> =
        [0xff, 0xfe].into_iter().chain(table.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let json = r#"[{"reference": "DP 1", "First Name": "Zoë", "last_name": "Example", "period start": "1/10/2026", "period end": "31/12/2026", "reply by": "31/1/2027", "support service": false, "signed by": "Alex Sample"}]"#;
    let tables: [(&str, Vec<u8>, &str); 5] = [
        ("commas", table.clone().into_bytes(), "--csv"),
        ("semicolons", table.replace(',', ";").replace('\n', "\r\n").into_bytes(), "--csv"),
        ("tabs without end", table.replace(',', "\t").trim_end().as_bytes().to_vec(), "--csv"),
        ("UTF-16", utf_16, "--csv"),
        ("JSON", json.as_bytes().to_vec(), "--json"),
    ];
    for (what, bytes, option) in tables {
        fs::write(folder.path().join("people"), bytes).expect("a file");
        let output = letter(
            &["ask-for-records", option, "people", "--out", what, "--formats", "txt"],
            folder.path(),
        );
        assert_eq!(status(&output), 0, "{what}: {}", said(&output));
        let out = folder.path().join(what);
        let file = names(&out).into_iter().find(|name| name.ends_with(".txt")).expect("a letter");
        let text = fs::read_to_string(out.join(file)).expect("a letter");
        assert!(text.contains("Dear Zoë Example"), "{what}: {text}");
    }
}

#[test]
fn nothing_of_anybodys_is_written_over() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("people.csv"), format!("{HEAD}{}", row("1", "Sam")))
        .expect("a file");
    fs::create_dir(folder.path().join("out")).expect("a folder");
    fs::write(folder.path().join("out/mine.txt"), "mine").expect("a file");
    let output = letter(&["ask-for-records", "--csv", "people.csv", "--out", "out"], folder.path());
    assert_eq!(status(&output), 2);
    assert!(said(&output).contains("is not empty; name a new folder"), "{}", said(&output));
    assert_eq!(names(&folder.path().join("out")), ["mine.txt".to_owned()].into());
    let output = letter(&["ask-for-records", "--csv", "people.csv"], folder.path());
    assert_eq!((status(&output), said(&output).contains("--out")), (2, true));
}

#[cfg(unix)]
#[test]
fn a_killed_run_leaves_no_letters() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows: String = (0..20_000).map(|number| row(&format!("DP {number}"), "Sam")).collect();
    fs::write(folder.path().join("people.csv"), format!("{HEAD}{rows}")).expect("a file");
    let arguments = [
        "letter",
        "ask-for-records",
        "--csv",
        "people.csv",
        "--out",
        "out",
        "--root",
        env!("CARGO_MANIFEST_DIR"),
    ];
    let mut run = Command::new(env!("CARGO_BIN_EXE_plainsite"))
        .args(arguments)
        .current_dir(folder.path())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts");
    // `out.412.new`: a name that no other run has.
    let new = || names(folder.path()).iter().any(|name| name.ends_with(".new"));
    while !new() && run.try_wait().expect("it runs").is_none() {
        std::thread::yield_now();
    }
    run.kill().expect("killed");
    run.wait().expect("it ends");
    assert!(new() && !folder.path().join("out").exists(), "it was killed half way");
    // The next run does not trip over what the killed one left.
    fs::write(folder.path().join("people.csv"), format!("{HEAD}{}", row("1", "Sam")))
        .expect("a file");
    let output = letter(&["ask-for-records", "--csv", "people.csv", "--out", "out"], folder.path());
    assert_eq!(status(&output), 0, "{}", said(&output));
    assert_eq!(names(folder.path()), ["out".to_owned(), "people.csv".to_owned()].into());
}

#[test]
fn what_letters_lost_is_told_beside_the_published_site() {
    let folder = tempfile::tempdir().expect("a folder");
    let program = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plainsite"));
        let command = command.args(arguments).args(["--today", "2026-11-22"]);
        command.current_dir(folder.path()).output().expect("the program starts")
    };
    let write = |letter: &str| {
        fs::create_dir_all(folder.path().join("content")).expect("a folder");
        fs::write(folder.path().join("content/index.md"), "---\ntitle: Home\n---\n\nHello.\n")
            .expect("a file");
        fs::write(folder.path().join("content/records.md"), letter).expect("a file");
    };
    let start = "---\ntitle: Records\nkind: letter\n---\n\nDear Sir or Madam\n\nPlease send your receipts over £10.\n\n";
    write(&format!(
        "{start}The support service can fill in the forms for anyone.\n\nYours faithfully\n"
    ));
    assert_eq!(status(&program(&["build"])), 0);
    write(&format!("{}Yours faithfully\n", start.replace(" over £10", "")));
    let output = program(&["check", "--compare", "public"]);
    let said = said(&output);
    assert!(
        said.contains("records.md:3:7: warning: the last version had “£10”, and this one has not"),
        "{said}"
    );
    assert!(
        said.contains("said “The support service can fill in the forms for anyone.”"),
        "{said}"
    );
    assert_eq!(status(&output), 0);
    assert_eq!(status(&program(&["check", "--compare", "public", "--strict"])), 1);
    assert_eq!(status(&program(&["check", "--compare", "content"])), 2);
}

#[test]
fn names_that_are_read_from_the_right_are_marked_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let rows = format!("{HEAD}{}{}", row("one", "\u{645}\u{631}\u{64a}\u{645}"), row("two", "Sam"));
    fs::write(folder.path().join("people.csv"), rows).expect("a file");
    let words = ["ask-for-records", "--csv", "people.csv", "--out", "out", "--formats", "docx,odt"];
    let output = letter(&words, folder.path());
    assert_eq!(status(&output), 0, "{}", said(&output));
    for (name, mark) in [("docx", "<w:rtl/>"), ("odt", "\u{2067}")] {
        for (reference, is_marked) in [("one", true), ("two", false)] {
            let out = folder.path().join("out");
            let found = names(&out);
            let is_it = |file: &&String| file.contains(reference) && file.ends_with(name);
            let file = found.iter().find(is_it).expect("the letter is there");
            // Nothing in these documents is packed tighter.
            let bytes = fs::read(out.join(file)).expect("readable");
            let has = bytes.windows(mark.len()).any(|part| part == mark.as_bytes());
            assert_eq!(has, is_marked, "{file}");
        }
    }
}
