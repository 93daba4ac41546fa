//! Slips that editors make: each changes one thing in the site `slips/site`, and what is said
//! of it is known, line by line, and nothing else is said.
//!
//! A slip in `slips/*.txt` begins with `# ` and what was done. Then come the files that it
//! changes: the path, the words that were there, each line after `- `, and the words that were
//! written, after `+ `. A file without words of before is a new one. What is said stands after
//! `= `: the line and the code, with the file where it is not the first one; or `nothing`, for
//! what is taken as it was meant. `! ` says why a slip is not answered rightly yet.
//!
//! `UPDATE=1 cargo test --test all slips::` writes down what is said now: read what changed.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

use plainsite::{Date, Options, build, config, load};
use rayon::prelude::*;

/// How many slips may be answered wrongly.
const MOST_WRONG: usize = 4;

/// One slip, as it is written down.
struct Slip {
    /// What was done.
    name: String,
    /// Its lines without what is said.
    lines: Vec<String>,
    /// What is said.
    said: Vec<String>,
}

impl Slip {
    fn read(text: &str) -> Self {
        let mut lines = text.lines();
        let name = lines.next().unwrap_or_default().to_owned();
        let (said, lines): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.starts_with("= "));
        let said = said.iter().map(|line| line[2..].to_owned()).collect();
        Self { name, lines: lines.into_iter().map(str::to_owned).collect(), said }
    }

    /// The files it changes, with what they hold then, the first one first.
    fn files(&self, site: &BTreeMap<String, String>) -> Vec<(String, String)> {
        let mut files: Vec<(String, String)> = Vec::new();
        let (mut old, mut new) = (String::new(), String::new());
        let put = |files: &mut Vec<(String, String)>, old: &mut String, new: &mut String| {
            let Some((path, text)) = files.last_mut() else { return };
            let (old, new) = (std::mem::take(old), std::mem::take(new));
            if old.is_empty() {
                text.push_str(&new);
                return;
            }
            let old = old.trim_end_matches('\n');
            assert!(text.contains(old), "“{}”: {path} has no “{old}”", self.name);
            *text = text.replacen(old, new.trim_end_matches('\n'), 1);
        };
        for line in &self.lines {
            if let Some(words) = line.strip_prefix("- ") {
                if !new.is_empty() {
                    put(&mut files, &mut old, &mut new);
                }
                _ = writeln!(old, "{}", plain(words));
            } else if let Some(words) = line.strip_prefix('+') {
                _ = writeln!(new, "{}", plain(words.strip_prefix(' ').unwrap_or(words)));
            } else if !line.is_empty() && !line.starts_with("! ") {
                put(&mut files, &mut old, &mut new);
                files.push((line.clone(), site.get(line).cloned().unwrap_or_default()));
            }
        }
        put(&mut files, &mut old, &mut new);
        files
    }

    /// What is said when it is made in a site.
    fn answer(&self, site: &BTreeMap<String, String>) -> Vec<String> {
        let root = tempfile::tempdir().expect("a folder");
        let files = self.files(site);
        let write = |path: &str, text: &str| {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("a file");
        };
        site.iter().for_each(|(path, text)| write(path, text));
        files.iter().for_each(|(path, text)| write(path, text));
        let today = Date::parse("28 November 2026").expect("a day");
        let options = Options { today, staff: false, portable: false };
        let first = files.first().map_or("", |(path, _)| path.as_str());
        // Only what is said of other files needs the finished pages.
        let is_text = |path: &str| [".md", ".yaml", ".toml"].iter().any(|end| path.ends_with(end));
        let findings = if !files.is_empty() && files.iter().all(|(path, _)| is_text(path)) {
            let settings = config::read(root.path()).expect("settings");
            let mut loaded = load::load(root.path(), "plain").expect("a site");
            plainsite::examine(&mut loaded, &settings, options).report.findings()
        } else {
            build(root.path(), options).expect("it builds").findings
        };
        let said = plainsite::diagnostic::join(findings).into_iter().map(|found| {
            let place =
                if *found.file == *first { String::new() } else { format!("{}:", found.file) };
            format!("{place}{} {}", found.start.line, found.code())
        });
        let said: Vec<String> = said.collect();
        if said.is_empty() { vec!["nothing".to_owned()] } else { said }
    }

    fn is_wrong(&self) -> bool {
        self.lines.iter().any(|line| line.starts_with("! "))
    }
}

/// Words in which `\t` and `\u{ad}` stand for what cannot be seen.
fn plain(words: &str) -> String {
    let mut parts = words.split("\\u{");
    let mut out = parts.next().unwrap_or_default().replace("\\t", "\t");
    for part in parts {
        let (code, rest) = part.split_once('}').expect("a closing bracket");
        let code = u32::from_str_radix(code, 16).expect("a number");
        out.push(char::from_u32(code).expect("a character"));
        out += &rest.replace("\\t", "\t");
    }
    out
}

fn read_site(folder: &Path, below: &str, site: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        let name = entry.file_name().into_string().expect("a name");
        if entry.path().is_dir() {
            read_site(&entry.path(), &format!("{below}{name}/"), site);
        } else {
            site.insert(format!("{below}{name}"), fs::read_to_string(entry.path()).expect("text"));
        }
    }
}

#[test]
fn every_slip_is_answered_once_at_its_line() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/slips");
    let mut site = BTreeMap::new();
    read_site(&folder.join("site"), "", &mut site);
    let untouched = Slip { name: String::new(), lines: Vec::new(), said: Vec::new() };
    assert_eq!(untouched.answer(&site), ["nothing"]);
    let (mut wrong, mut differ) = (0, String::new());
    for entry in fs::read_dir(&folder).expect("a folder").flatten() {
        if entry.path().extension().is_none_or(|end| end != "txt") {
            continue;
        }
        let text = fs::read_to_string(entry.path()).expect("text");
        let (header, rest) = text.split_once("# ").expect("a slip");
        let slips: Vec<Slip> = rest.split("\n# ").map(Slip::read).collect();
        let answers: Vec<Vec<String>> = slips.par_iter().map(|slip| slip.answer(&site)).collect();
        let mut now = header.to_owned();
        for (slip, answer) in slips.iter().zip(&answers) {
            wrong += usize::from(slip.is_wrong());
            if slip.said != *answer {
                _ = writeln!(differ, "{}:\n  wanted {:?}\n  said {answer:?}", slip.name, slip.said);
            }
            _ = writeln!(now, "# {}\n{}", slip.name, slip.lines.join("\n").trim_end());
            answer.iter().for_each(|line| _ = writeln!(now, "= {line}"));
        }
        if std::env::var_os("UPDATE").is_some() {
            fs::write(entry.path(), now).expect("a file");
            differ.clear();
        }
    }
    assert!(differ.is_empty(), "{differ}");
    assert!(wrong <= MOST_WRONG, "{wrong} slips are answered wrongly");
}
