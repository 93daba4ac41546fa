//! A build that remembers makes what a build makes that does not: after each of many edits
//! every file and every finding is the same.
//!
//! `EDITS=2000 cargo test --test all again::` makes more of them, and `SEED=7` others.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::Mutex,
};

use plainsite::{Built, Clock, Date, Options, build, load::Shelf, make, memory::Memory, open};

use crate::{
    small_site::{HOME, site},
    starters,
};

/// Numbers that look random, the same for a seed.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        // A step of SplitMix64 by Sebastiano Vigna, which is in the public domain.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, most: usize) -> usize {
        usize::try_from(self.next() % most as u64).expect("it is small")
    }

    fn one<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.below(of.len())]
    }
}

/// A site that is edited.
struct Edited {
    root: PathBuf,
    dice: Dice,
    options: Options,
    /// What was taken away, and can come back.
    away: Vec<(PathBuf, Vec<u8>)>,
}

impl Edited {
    fn files(&self, end: &str) -> Vec<PathBuf> {
        fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
            for entry in fs::read_dir(folder).expect("a folder").flatten() {
                let path = entry.path();
                if path.is_dir() { walk(&path, found) } else { found.push(path) }
            }
        }
        let mut found = Vec::new();
        walk(&self.root.join("content"), &mut found);
        found.retain(|path| path.to_string_lossy().ends_with(end));
        found.sort();
        found
    }

    fn change(&self, path: &Path, edit: impl FnOnce(String) -> String) {
        let text = fs::read_to_string(path).unwrap_or_default();
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, edit(text)).expect("it is written");
    }

    /// Makes an edit, and says which.
    fn edit(&mut self) -> String {
        let number = self.dice.below(1_000_000);
        let pages = self.files(".md");
        let page = self.dice.one(&pages).clone();
        let data = |name: &str| self.root.join("content/_data").join(name);
        let said = |what: &str, path: &Path| format!("{what} {} ({number})", path.display());
        match self.dice.below(26) {
            0..=3 => {
                self.change(&page, |text| format!("{text}\n\nSentence {number} was added.\n"));
                said("words", &page)
            }
            4 => {
                self.change(&page, |text| {
                    text.replacen("title: ", &format!("title: N{number} "), 1)
                });
                said("title", &page)
            }
            5 => {
                self.change(&page, |text| match text.contains("status: draft\n") {
                    true => text.replacen("status: draft\n", "", 1),
                    false => text.replacen("---\n", "---\nstatus: draft\n", 1),
                });
                said("draft", &page)
            }
            6 => {
                let to = page.with_file_name(format!("moved-{number}.md"));
                fs::rename(&page, &to).expect("it is moved");
                said("moved", &page)
            }
            7 => {
                let bytes = fs::read(&page).expect("a file");
                fs::remove_file(&page).expect("it goes");
                self.away.push((page.clone(), bytes));
                said("gone", &page)
            }
            8 | 9 => match self.away.pop() {
                Some((path, bytes)) => {
                    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
                    fs::write(&path, bytes).expect("it is back");
                    said("back", &path)
                }
                None => "nothing to bring back".to_owned(),
            },
            10 => {
                let path = data("contacts.yaml");
                let phone = format!("0306 999 {:04}", number % 10_000);
                self.change(&path, |_| format!("team:\n  name: Team {number}\n  phone: {phone}\n"));
                said("contact", &path)
            }
            11 => {
                let path = data("facts.yaml");
                self.change(&path, |_| format!("rate:\n  value: £{number}\n  from: 2026-01-01\n"));
                self.change(&page, |text| format!("{text}\n\nIt is ((rate)).\n"));
                said("fact", &path)
            }
            12 => {
                let path = data("glossary.yaml");
                self.change(&path, |_| {
                    format!("- term: Payroll\n  meaning: It pays wages, {number}.\n")
                });
                said("glossary", &path)
            }
            13 => {
                let path = self.root.join("content/_snippets/note.md");
                self.change(&path, |_| format!("Note {number} is for all.\n"));
                self.change(&page, |text| format!("{text}\n\n((note))\n"));
                said("snippet", &path)
            }
            14 => {
                let path = self.root.join("site.toml");
                let colour = format!("[theme.light]\nlink = \"#0{:05x}\"\n", number % 0x8_0000);
                self.change(&path, |text| {
                    let kept = text.split("[theme.light]").next().unwrap_or_default();
                    format!("{kept}{colour}")
                });
                said("colour", &path)
            }
            15 => {
                let path = self.root.join("site.toml");
                self.change(&path, |text| match text.contains("languages = ") {
                    true => text
                        .lines()
                        .filter(|line| !line.starts_with("languages"))
                        .fold(String::new(), |all, line| all + line + "\n"),
                    false => format!("languages = [\"en\", \"cy\"]\n{text}"),
                });
                said("languages", &path)
            }
            16 => {
                let path = self.root.join("themes/plain/templates/note.html");
                self.change(&path, |_| format!("<p>{number}</p>"));
                let path = self.root.join("themes/plain/style.css");
                let own = plainsite::load::built_in("style.css").expect("a style");
                self.change(&path, |_| format!("{own}\n.n{number} {{ color: red; }}\n"));
                said("style", &path)
            }
            17 => {
                let path = self.root.join("themes/plain/templates/guidance.html");
                let own = plainsite::load::built_in("templates/guidance.html").expect("a template");
                let broken = if number.is_multiple_of(3) { "{% if %}" } else { "" };
                self.change(&path, |_| format!("{own}{broken}<!-- {number} -->\n"));
                said("template", &path)
            }
            18 => {
                let day = format!("202{}-0{}-1{}", 6 + number % 3, 1 + number % 9, number % 10);
                self.options.today = Date::parse(&day).expect("a day");
                format!("the day {day}")
            }
            19 | 23 | 24 => {
                self.options.staff = !self.options.staff;
                "staff".to_owned()
            }
            20 => {
                let path = self.root.join("content/picture.svg");
                self.change(&path, |_| {
                    format!("<svg xmlns='http://www.w3.org/2000/svg' width='{number}' height='9'/>")
                });
                self.change(&page, |text| format!("{text}\n\n![A map](/picture.svg)\n"));
                said("picture", &page)
            }
            21 => {
                let note = format!("> [!STAFF]\n> Ask for {number} first.\n");
                self.change(&page, |text| format!("{text}\n\n{note}"));
                said("a box for staff", &page)
            }
            22 => {
                let path = self.root.join("content/picture.svg");
                _ = fs::remove_file(&path);
                said("no picture", &path)
            }
            _ => {
                let path = data("redirects.yaml");
                let to = page.strip_prefix(self.root.join("content")).expect("inside");
                self.change(&path, |_| format!("- from: /old-{number}/\n  to: {}\n", to.display()));
                said("redirect", &path)
            }
        }
    }
}

/// The first thing that differs, in words.
fn difference(one: &Built, other: &Built) -> Option<String> {
    let paths = one.files.keys().chain(other.files.keys());
    let bytes = |built: &Built, path: &str| built.files.get(path).map(|b| b.as_slice().to_vec());
    for path in paths {
        let (a, b) = (bytes(one, path), bytes(other, path));
        if a != b {
            let text = |bytes: Option<Vec<u8>>| {
                bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default()
            };
            let (a, b) = (text(a), text(b));
            let at = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
            let near = |text: &str| text.chars().skip(at.saturating_sub(80)).take(200).collect();
            let (a, b): (String, String) = (near(&a), near(&b));
            return Some(format!("{path} differs:\n{a}\n--- and ---\n{b}"));
        }
    }
    let said = |built: &Built| format!("{:#?}", built.findings);
    (said(one) != said(other)).then(|| {
        let (a, b) = (said(one), said(other));
        let at = a.lines().zip(b.lines()).take_while(|(a, b)| a == b).count();
        let near = |text: &str| {
            text.lines().skip(at.saturating_sub(12)).take(30).collect::<Vec<_>>().join("\n")
        };
        format!("findings differ:\n{}\n--- and ---\n{}", near(&a), near(&b))
    })
}

#[test]
fn a_build_that_remembers_makes_the_same() {
    let number =
        |name: &str, or: u64| env::var(name).map_or(or, |text| text.parse().expect("a number"));
    let edits = number("EDITS", 40);
    let seed = number("SEED", 1);
    let folder = starters::of_all_kinds();
    let today = Date::parse("2026-11-28").expect("a day");
    let mut site = Edited {
        root: folder.path().to_owned(),
        dice: Dice(seed),
        options: Options { today, staff: false, portable: false },
        away: Vec::new(),
    };
    let (shelf, memory) = (Mutex::new(Shelf::default()), Memory::new());
    let mut made = Vec::new();
    for _ in 0..edits {
        made.push(site.edit());
        let clean = build(&site.root, site.options);
        let opened = open(&site.root, site.options, &shelf, &memory);
        match (clean, opened) {
            (Ok(clean), Ok(opened)) => {
                let again = make(&opened, &memory, Clock::start());
                memory.sweep();
                if let Some(difference) = difference(&clean, &again) {
                    panic!("seed {seed}, after {:#?}\n{difference}", made);
                }
            }
            (Err(_), Err(_)) => {}
            (clean, opened) => panic!("after {made:#?}: {:?}, {:?}", clean.err(), opened.err()),
        }
    }
}

/// Runs the program in the folder of a site.
fn run(words: &[&str], root: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plainsite"));
    command.args(words).current_dir(root).output().expect("the program starts")
}

/// What it says to people.
fn last_words(words: &[&str], root: &Path) -> String {
    let output = run(words, root);
    assert!(output.status.success(), "{output:?}");
    String::from_utf8_lossy(&output.stderr).trim().to_owned()
}

#[test]
fn what_is_left_out_is_counted_and_listed() {
    let draft = "---\ntitle: New\nstatus: draft\n---\n\nWords.\n";
    let later = "---\ntitle: Later\npublished: 2099-01-01\n---\n\nWords.\n";
    let root = site(&[HOME, ("content/new.md", draft), ("content/later.md", later)]);
    let end = "2 pages are left out: `plainsite check --drafts` lists them.";
    for _ in 0..2 {
        let words = last_words(&["build"], root.path());
        assert!(words.ends_with(end), "{words}");
    }
    assert!(last_words(&["check"], root.path()).ends_with(end));
    let listed = run(&["check", "--drafts"], root.path());
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert_eq!(listed, "content/later.md: not published yet\ncontent/new.md: a draft\n");
}

#[test]
fn a_build_of_what_did_not_change_says_the_same_and_makes_what_is_gone() {
    let words = "---\ntitle: Words\n---\n\nPlease utilise this.\n";
    let root = site(&[HOME, ("content/words.md", words)]);
    let root = root.path();
    let build = || {
        let output = run(&["build"], root);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        // What has changed since is said above the last line.
        let said = text(&output.stderr).lines().last().unwrap_or_default().to_owned();
        (text(&output.stdout), said)
    };
    build();
    // What is said of new addresses is said once.
    let first = build();
    assert!(first.0.contains("utilise"), "{first:?}");
    let written = |path: &str| fs::metadata(root.join(path)).expect("a file").modified().ok();
    let before = written("public/words/index.html");
    assert_eq!(build(), first);
    assert_eq!(written("public/words/index.html"), before, "nothing is written again");
    // What is gone from the published folder, or is other than it was, is made again.
    fs::remove_file(root.join("public/words/index.html")).expect("it goes");
    assert_eq!(build(), first);
    assert!(root.join("public/words/index.html").is_file());
    fs::write(root.join("public/index.html"), "<p>Somebody was here.").expect("a file");
    assert_eq!(build(), first);
    assert!(
        !fs::read_to_string(root.join("public/index.html")).expect("text").contains("Somebody")
    );
    // A memory that is spoilt, or may not be written, is none.
    for file in ["pages", "last"] {
        fs::write(root.join(".plainsite/cache").join(file), "spoilt").expect("a file");
    }
    assert_eq!(build(), first);
    fs::remove_dir_all(root.join(".plainsite")).expect("it goes");
    fs::write(root.join(".plainsite"), "in the way").expect("a file");
    assert_eq!(build(), first);
    assert_eq!(run(&["build", "--strict"], root).status.code(), Some(1), "warnings count");
    fs::remove_file(root.join(".plainsite")).expect("it goes");
    run(&["build", "--no-cache"], root);
    assert!(!root.join(".plainsite").exists(), "nothing is remembered");
}
