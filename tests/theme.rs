//! Every kind of page in every state, and every list with nothing in it: whatever an editor
//! may write, the theme makes a page of it. A slip in content is named in the content.

use std::fs;

use plainsite::{Built, Date, Options, build, model::kind::KINDS};

/// How a site is built: for the public, for staff, to open from a folder.
const WAYS: [(bool, bool); 3] = [(false, false), (true, false), (false, true)];

const STATUSES: [&str; 5] = [
    "",
    "status: published\n",
    "status: withdrawn\n",
    "status: ended\n",
    "status: closed for now\n",
];

/// Pages with as little on them as there can be, beside one of each kind: the name of the file, what is at the top
/// beside the title, and the words.
const LEAST: &[(&str, &str, &str)] = &[
    ("guidance.md", "", ""),
    ("stage/index.md", "kind: section\nlists: decide\n", ""),
    ("start/index.md", "kind: home\nstart here: []\n", ""),
    ("no-steps.md", "kind: step by step\nsteps: []\n", ""),
    ("buy-nothing.md", "", "```buy\n```\n"),
    ("no-flow.yaml", "kind: flow\nquestions: []\noutcomes: []\n", ""),
    ("no-booklet.yaml", "kind: booklet\npages: []\n", ""),
    ("glossary.md", "kind: glossary\n", ""),
    ("updates.md", "kind: updates\n", ""),
    ("no-contact.md", "", "```contact\n```\n"),
    ("no-entries.md", "", "```entries\n```\n\n```entries\ncategory: advice\n```\n"),
    ("no-table.md", "", "```table\n```\n"),
    ("no-checklist.md", "", "```checklist\n```\n"),
    ("no-symbols.md", "kind: easy read\n", "```symbols\n```\n"),
    ("no-video.md", "", "```video\n```\n"),
];

/// Data files with nothing in them.
const DATA: [&str; 10] = [
    "areas",
    "contacts",
    "facts",
    "glossary",
    "letterhead",
    "notices",
    "organisations",
    "redirects",
    "search-tests",
    "vocabulary",
];

const SETTINGS: &str =
    "title = \"Guide\"\nbase = \"https://guide.example/\"\nlanguages = [\"en\", \"cy\"]\n";

type Files = Vec<(String, String)>;

fn built(files: &[(String, String)], (staff, portable): (bool, bool)) -> Built {
    let root = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    let today = Date::parse("2026-11-21").expect("a day");
    build(root.path(), Options { today, staff, portable }).expect("it can be read")
}

/// A home page and settings, and for each of some pages one in English and one in Welsh.
fn site(pages: &[(&str, &str, &str)], more: &str) -> Files {
    let mut files = vec![
        ("site.toml".to_owned(), SETTINGS.to_owned()),
        ("content/index.md".to_owned(), "---\ntitle: Home\n---\n\nHello.\n".to_owned()),
        ("content/index.cy.md".to_owned(), "---\ntitle: Hafan\n---\n\nHelo.\n".to_owned()),
    ];
    for (path, front, words) in pages {
        let (stem, end) = path.rsplit_once('.').expect("a name");
        for (name, title) in [(format!("{stem}.{end}"), "A"), (format!("{stem}.cy.{end}"), "B")] {
            let front = format!("title: {title} {stem}\n{front}{more}");
            let text = match end {
                "md" => format!("---\n{front}---\n\n{words}"),
                _ => front,
            };
            files.push((format!("content/{name}"), text));
        }
    }
    files
}

/// Nothing is said of the theme, and all pages are there.
#[track_caller]
fn holds(files: &[(String, String)], pages: &[&str], what: &str) {
    for way in WAYS {
        let built = built(files, way);
        let of_theme: Vec<_> = built
            .findings
            .iter()
            .filter(|found| found.code() == "theme" || found.file.starts_with("templates/"))
            .map(|found| format!("{}: {}", found.file, found.said()))
            .collect();
        assert!(of_theme.is_empty(), "{what}, {way:?}: {of_theme:#?}");
        for path in pages {
            assert!(built.files.contains_key(*path), "{what}, {way:?}: there is no {path}");
        }
    }
}

fn outputs(pages: &[(&str, &str, &str)]) -> Vec<String> {
    let output = |path: &str| {
        let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
        match stem.strip_suffix("index") {
            Some(folder) => format!("{folder}index.html"),
            None => format!("{stem}/index.html"),
        }
    };
    let english = pages.iter().map(|(path, _, _)| output(path));
    english.flat_map(|path| [path.clone(), format!("cy/{path}")]).collect()
}

#[test]
fn every_kind_of_page_is_a_page_in_every_state() {
    let kinds: Vec<(String, String)> = KINDS
        .iter()
        .map(|kind| {
            let name = kind.name.to_lowercase().replace(' ', "-");
            let file = match (kind.is_index, kind.is_record) {
                (true, _) => format!("a-{name}/index.md"),
                (_, true) => format!("a-{name}.yaml"),
                _ => format!("a-{name}.md"),
            };
            (file, format!("kind: {}\n", kind.name))
        })
        .collect();
    let kinds = kinds.iter().map(|(file, line)| (file.as_str(), line.as_str(), ""));
    let all: Vec<_> = kinds.chain(LEAST.iter().copied()).collect();
    let outputs = outputs(&all);
    let pages: Vec<&str> = outputs.iter().map(String::as_str).collect();
    for status in STATUSES {
        holds(&site(&all, status), &pages, status);
    }
}

#[test]
fn data_files_may_be_empty() {
    let mut files = site(LEAST, "");
    files.extend(DATA.map(|name| (format!("content/_data/{name}.yaml"), String::new())));
    holds(&files, &["glossary/index.html", "updates/index.html"], "empty data");
}

#[test]
fn one_page_is_a_site() {
    holds(
        &[("content/index.md".into(), "---\ntitle: Home\n---\n".into())],
        &["index.html"],
        "home",
    );
    holds(
        &[("index.md".into(), "# Home\n".into()), ("site.toml".into(), String::new())],
        &["index.html"],
        "no folder",
    );
}

const DIRECTORY: (&str, &str, &str) =
    ("directory/index.md", "kind: directory\nkind of pages: service\n", "");
const CATEGORIES: (&str, &str, &str) = (
    "directory/index.md",
    "kind: directory\nkind of pages: service\ncategories:\n  - {id: advice, name: Advice}\n",
    "",
);

#[test]
fn a_directory_may_have_nothing_in_it() {
    for directory in [DIRECTORY, CATEGORIES] {
        let pages = ["directory/index.html", "cy/directory/index.html", "directory/a-z/index.html"];
        holds(&site(&[directory], ""), &pages, "an empty directory");
        let built = built(&site(&[directory], ""), WAYS[0]);
        assert!(!built.files.keys().any(|path| path.starts_with("data/")));
    }
}

#[test]
fn a_service_may_be_in_any_state() {
    let whole = "on offer: Help.\nwho for: Anyone.\ncost: free\nhow to access: Call.\n\
                 web: https://www.service.example/\nareas: [County]\ncategory: [advice]\n\
                 checked: 20 November 2026\n";
    let least = "how to access: Call.\n";
    let person = "profile: personal assistant\nconsent until: 1 May 2027\n";
    for status in STATUSES {
        for directory in [DIRECTORY, CATEGORIES] {
            for record in [
                whole.to_owned(),
                least.to_owned(),
                format!("{whole}{person}"),
                format!("{whole}audience: staff\n"),
            ] {
                let mut files = site(&[directory], "");
                let text = format!("name: Rowan House\n{record}{status}");
                files.push(("content/directory/rowan.yaml".into(), text));
                let pages: &[&str] = match record.contains("staff") {
                    true => &["directory/index.html"],
                    false => &["directory/index.html", "directory/rowan/index.html"],
                };
                holds(&files, pages, &format!("{record}{status}"));
            }
        }
    }
    // A service without a directory around it.
    for status in STATUSES {
        let text = format!("kind: service\nname: Rowan House\n{whole}{status}");
        let mut files = site(&[], "");
        files.push(("content/rowan.yaml".into(), text));
        holds(&files, &["rowan/index.html"], status);
    }
}

#[test]
fn each_language_has_what_its_filter_looks_through() {
    let mut files = site(&[CATEGORIES], "");
    let record = "name: Rowan House\non offer: Help.\ncategory: [advice]\n";
    files.push(("content/directory/rowan.yaml".into(), record.into()));
    let built = built(&files, WAYS[0]);
    for path in ["directory/entries.js", "cy/directory/entries.js"] {
        assert!(built.files.contains_key(path), "{path}");
    }
    let text = |path: &str| String::from_utf8_lossy(built.files[path].as_slice()).into_owned();
    assert!(text("directory/entries.js").contains("\"u\":\"rowan/\""));
    assert!(text("cy/directory/entries.js").contains("\"u\":\"../../directory/rowan/\""));
}
