//! Starter files, made with the program as it is installed: each one builds
//! without a finding, also when warnings count as errors.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use plainsite::model::kind::{KINDS, KindName};

/// Runs the program in `folder`, with nothing of this repository in sight.
fn run(folder: &Path, words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plainsite"))
        .args(words)
        .current_dir(folder)
        .output()
        .expect("the program starts")
}

/// Results and words for people, as they stand below each other in a terminal.
fn said(output: &Output) -> String {
    let text = [&output.stdout[..], &output.stderr].concat();
    String::from_utf8_lossy(&text).into_owned()
}

#[track_caller]
fn works(folder: &Path, words: &[&str]) -> String {
    let output = run(folder, words);
    assert!(output.status.success(), "{words:?}: {}", said(&output));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[track_caller]
fn is_refused(folder: &Path, words: &[&str], because: &str) {
    let output = run(folder, words);
    assert_eq!(output.status.code(), Some(2), "{words:?}");
    assert!(said(&output).contains(because), "{}", said(&output));
}

/// A fresh starter site, in the folder that is given back.
fn site() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    works(root.path(), &["init", "."]);
    root
}

/// A starter site, and a page of each kind that a site can have many of.
pub(crate) fn of_all_kinds() -> tempfile::TempDir {
    const ONCE: [&str; 9] = [
        "home",
        "directory",
        "glossary",
        "updates",
        "search",
        "privacy",
        "accessibility",
        "complaints",
        "contact",
    ];
    let root = site();
    for kind in KINDS.iter().filter(|kind| !ONCE.contains(&kind.name)) {
        let name = kind.name.to_lowercase().replace(' ', "-");
        let path = match kind.name {
            "service" => "directory/new-service".to_owned(),
            _ => format!("new-part/new-{name}"),
        };
        works(root.path(), &["new", &name, &path]);
    }
    root
}

#[test]
fn a_starter_site_builds_without_a_finding() {
    let folder = tempfile::tempdir().expect("a folder");
    let made = works(folder.path(), &["init", "my-site"]);
    assert!(made.lines().any(|file| file == "site.toml"), "{made}");
    let output = run(folder.path(), &["build", "--root", "my-site", "--strict"]);
    assert!(output.status.success(), "{}", said(&output));
    // What is new, that its addresses are noted, and where it is.
    assert_eq!(said(&output).lines().count(), 3, "{}", said(&output));
    assert!(said(&output).starts_with("New: /, "), "{}", said(&output));
    assert!(folder.path().join("my-site/public/index.html").is_file());
}

#[test]
fn a_starter_site_is_about_whom_it_was_told_and_builds_without_a_finding() {
    let folder = tempfile::tempdir().expect("a folder");
    let answers: [(&str, &[&str]); 4] = [
        (
            "wyre",
            &[
                "--organisation",
                "Wyre & Dale Council: Adults",
                "--contact",
                "Adult care team, 0306 999 0142, care@wyre.example",
                "--address",
                "www.wyre.example/care",
                "--nation",
                "wales",
                "--languages",
                "en, cy",
            ],
        ),
        (
            "north",
            &[
                "--contact",
                "Helpdesk, ask@north.example",
                "--nation",
                "Northern Ireland",
                "--title",
                "Care at home",
            ],
        ),
        ("web", &["--contact", "Web team, 0306 999 0142"]),
        ("plain", &[]),
    ];
    let read = |path: &str| fs::read_to_string(folder.path().join(path)).expect("it is there");
    for (name, said_of_it) in answers {
        let made = works(folder.path(), &[&["init", name, "--yes"][..], said_of_it].concat());
        assert!(made.lines().any(|file| file == "START.md"), "{made}");
        let output = run(folder.path(), &["build", "--root", name, "--strict"]);
        assert!(output.status.success(), "{name}: {}", said(&output));
    }
    let settings = read("wyre/site.toml");
    for line in [
        "title = \"Help from Wyre & Dale Council: Adults\"",
        "base = \"https://www.wyre.example/care/\"",
        "languages = [\"en\", \"cy\"]",
        "contact = \"adult-care-team\"",
        "nation = \"Wales\"",
    ] {
        assert!(settings.lines().any(|known| known == line), "{line} is not in {settings}");
    }
    let contacts = read("wyre/content/_data/contacts.yaml");
    assert!(contacts.contains("\nadult-care-team:\n  name: \"Adult care team\"\n"), "{contacts}");
    assert!(
        contacts.contains("number: \"0306 999 0142\"") && contacts.contains("care@wyre.example")
    );
    let home = read("north/public/index.html");
    assert!(home.contains("Email us at ") && home.contains("mailto:ask@north.example"), "{home}");
    assert!(read("north/site.toml").contains("enforcement = \"Northern Ireland\""));
    is_refused(folder.path(), &["init", "x", "--nation", "Britain"], "write one of: England");
    assert!(!folder.path().join("x").exists(), "nothing is made of a wrong answer");
}

#[test]
fn every_starter_builds_without_a_finding() {
    std::thread::scope(|scope| {
        for kind in KINDS.iter().copied() {
            scope.spawn(move || builds(kind));
        }
    });
}

#[test]
fn the_table_of_kinds_in_the_manual_is_what_the_kinds_say() {
    let row = |kind: &KindName| format!("| `{}` | {} | {} |\n", kind.name, kind.about, kind.names);
    let rows: String = KINDS.iter().map(row).collect();
    let head = "| `kind` | What it is | Names of its own |\n| --- | --- | --- |\n";
    let manual = fs::read_to_string("content/README.md").expect("it is there");
    let (before, rest) = manual.split_once(head).expect("the table of kinds");
    let end = rest.find("\n\n").expect("the end of the table") + 1;
    if std::env::var_os("UPDATE").is_some() {
        let whole = format!("{before}{head}{rows}{}", &rest[end..]);
        fs::write("content/README.md", whole).expect("it can be written");
    } else {
        assert_eq!(&rest[..end], rows, "run this test with UPDATE=1, and read what changed");
    }
}

fn builds(kind: KindName) {
    let root = site();
    let name = kind.name.to_lowercase().replace(' ', "-");
    // Some pages a site has once: the starter takes the place of what is there.
    let (path, once) = match kind.name {
        "home" => ("index", Some("index.md")),
        "directory" => ("directory", Some("directory/index.md")),
        "glossary" => ("glossary", Some("glossary.md")),
        "updates" => ("updates", Some("updates.md")),
        "search" => ("search", Some("search.md")),
        "privacy" => ("privacy", Some("privacy.md")),
        "accessibility" => ("accessibility", Some("accessibility.md")),
        "complaints" => ("complaints", Some("complaints.md")),
        "contact" => ("contact", Some("contact.md")),
        "service" => ("directory/new-service", None),
        _ => ("new-part/new-page", None),
    };
    if let Some(file) = once {
        fs::remove_file(root.path().join("content").join(file)).expect("it was made");
    }
    let made = works(root.path(), &["new", &name, path]);
    let text = fs::read_to_string(root.path().join(made.lines().next().expect("a file")));
    let text = text.expect("it is there");
    assert!(text.contains(&format!("kind: {}\n", kind.name)), "{name}: {text}");
    assert!(text.contains("\n# "), "{name}: the comments say what each line is for");
    let output = run(root.path(), &["check", "--strict"]);
    assert!(output.status.success(), "{name}: {}", said(&output));
}

#[test]
fn a_folder_of_plain_pages_gets_what_a_starter_needs() {
    let root = tempfile::tempdir().expect("a folder");
    fs::write(root.path().join("index.md"), "# Home\n\nHello.\n").expect("a file");
    is_refused(root.path(), &["new", "guidance", "records"], "no site is in this folder");
    fs::write(root.path().join("site.toml"), "").expect("a file");
    let made = works(root.path(), &["new", "guidance", "records"]);
    assert_eq!(made, "records.md\n_data/contacts.yaml\n");
    works(root.path(), &["check", "--strict"]);
    is_refused(root.path(), &["new", "service", "rowan"], "plainsite new directory directory");
    works(root.path(), &["new", "directory", "directory"]);
    works(root.path(), &["new", "service", "directory/rowan"]);
    works(root.path(), &["new", "glossary", "words"]);
    let made = works(root.path(), &["new", "easy-read", "easy/records"]);
    assert_eq!(made, "easy/records.md\neasy/pictures/speech-bubble.svg\n");
    let text = fs::read_to_string(root.path().join("easy/records.md")).expect("it is there");
    assert!(text.contains("easy read of: /records/"), "{text}");
    works(root.path(), &["check", "--strict"]);
}

#[test]
fn a_starter_is_filled_in() {
    let root = site();
    works(root.path(), &["new", "Step By Step", "help-at-home/get equipment"]);
    let path = root.path().join("content/help-at-home/get-equipment.md");
    let text = fs::read_to_string(path).expect("it is there");
    assert!(text.contains("\ntitle: Get equipment\n"), "{text}");
    assert!(text.contains("\nowner: customer-services\n"), "{text}");
    assert!(text.contains(&format!("\nchecked: {}\n", plainsite::Date::today().in_english())));
    assert!(!text.contains("stage:"), "{text}");

    let settings = root.path().join("site.toml");
    let rules = fs::read_to_string(&settings).expect("it is there") + "stages = true\n";
    fs::write(settings, rules).expect("a file");
    works(root.path(), &["new", "guidance", "more"]);
    let text = fs::read_to_string(root.path().join("content/more.md")).expect("it is there");
    assert!(text.contains("\nstage: manage\n"), "{text}");
}

#[test]
fn nothing_is_written_over() {
    let root = site();
    let page = root.path().join("content/help-at-home/ask-for-help.md");
    let before = fs::read(&page).expect("it is there");
    let taken = "content/help-at-home/ask-for-help.md is there already";
    is_refused(root.path(), &["new", "guidance", "help-at-home/ask-for-help"], taken);
    is_refused(root.path(), &["new", "section", "help-at-home/ask-for-help"], taken);
    assert_eq!(fs::read(&page).expect("it is there"), before);
    is_refused(root.path(), &["new", "home", "index"], "content/index.md is there already");
    is_refused(root.path(), &["init", "."], "give a new or an empty folder");
    fs::write(root.path().join("file"), "mine").expect("a file");
    is_refused(root.path(), &["init", "file"], "file");
    assert_eq!(fs::read_to_string(root.path().join("file")).expect("it is there"), "mine");
}

#[test]
fn a_slip_is_named_with_what_was_meant() {
    let root = site();
    is_refused(root.path(), &["new", "easyread", "a"], "did you mean easy-read?");
    is_refused(root.path(), &["new", "poem", "a"], "easy-read        Short words beside pictures.");
    is_refused(root.path(), &["new", "guidance", "../a"], "leads out of the site");
    is_refused(root.path(), &["new", "guidance", "a", "--root", "none"], "there is no folder none");
}
