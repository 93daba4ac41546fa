//! What must work, and the test that shows it: `features.md` has every row, and each test that
//! it names is there.
//!
//! Whether that test would fail without the feature, only people can say, who take the feature
//! out. What is held here is that a test which is renamed or removed leaves no row without one,
//! and that a gap is opened or closed on purpose.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// How many rows there are of features, and of products and systems.
const ROWS: &[(char, usize)] = &[('F', 68), ('S', 23)];

/// What a reference begins with.
const FORMS: &[&str] =
    &["all", "lib", "manual", "browser", "documents", "content", "bench", "none"];

/// The rows of which a part is shown by no test.
const WITH_A_GAP: &[&str] = &[];

/// Rules whose manual pages `manual.rs` does not try.
const TRIED_ELSEWHERE: &[&str] = &[
    "document",
    "file",
    "import",
    "letter-data",
    "letter-lost",
    "page-lost",
    "sign-off",
    "too-many",
    "unnoted-change",
];

/// One line of the tables.
struct Row {
    number: String,
    what: String,
    references: Vec<Reference>,
}

/// One test, as a row names it: its form, and what stands after the first colon.
struct Reference {
    form: &'static str,
    name: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
}

fn rows() -> Vec<Row> {
    let table = text("tests/features.md");
    let rows = table.lines().filter_map(|line| {
        let cells = line.strip_prefix("| ")?.strip_suffix(" |")?;
        let cells: Vec<&str> = cells.split(" | ").collect();
        let [number, what, tests] = cells[..] else { panic!("three cells, not “{line}”") };
        let is_row = number.ends_with(|last: char| last.is_ascii_digit());
        is_row.then(|| Row {
            number: number.to_owned(),
            what: what.to_owned(),
            references: references(number, tests),
        })
    });
    rows.collect()
}

/// The tests in a cell. A title may have a semicolon of its own, so one that no form follows
/// belongs to the title.
fn references(number: &str, cell: &str) -> Vec<Reference> {
    let mut found: Vec<Reference> = Vec::new();
    for part in cell.split("; ") {
        let known = part.split_once(": ").and_then(|(form, name)| {
            let form = FORMS.iter().copied().find(|known| *known == form)?;
            Some(Reference { form, name: name.to_owned() })
        });
        if let Some(reference) = known {
            found.push(reference);
        } else if let Some(last) = found.last_mut() {
            last.name += &format!("; {part}");
        } else {
            panic!("{number}: “{part}” begins with none of {FORMS:?}");
        }
    }
    found
}

/// The functions that are marked as tests.
fn tests_in(code: &str) -> BTreeSet<&str> {
    let mut lines = code.lines().map(str::trim);
    let mut found = BTreeSet::new();
    while lines.any(|line| line == "#[test]") {
        // Other attributes and comments may stand between the mark and the function.
        if let Some(function) = lines.find_map(|line| line.strip_prefix("fn ")) {
            found.extend(function.split('(').next());
        }
    }
    found
}

/// The files below a folder whose names end like this.
fn files(folder: &Path, end: &str, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            files(&path, end, found);
        } else if path.to_string_lossy().ends_with(end) {
            found.push(path);
        }
    }
}

/// What references are looked up in.
struct Known {
    /// The modules of `all.rs`.
    modules: String,
    /// The names of the tests beside the code.
    beside_the_code: BTreeSet<String>,
    /// The rules that have a manual page with a bad example.
    manuals: BTreeSet<String>,
    /// The programs that read documents and exports.
    documents: String,
    /// What people type.
    searches: String,
}

impl Known {
    fn read() -> Self {
        let (mut code, mut pages) = (Vec::new(), Vec::new());
        files(&root().join("src"), ".rs", &mut code);
        files(&root().join("src"), ".md", &mut pages);
        let mut beside_the_code = BTreeSet::new();
        for path in code {
            let code = fs::read_to_string(path).expect("readable");
            beside_the_code.extend(tests_in(&code).into_iter().map(str::to_owned));
        }
        let manuals = pages.into_iter().filter_map(|path| {
            let page = fs::read_to_string(&path).expect("readable");
            let rule = path.file_stem()?.to_str()?.replace('_', "-");
            let is_tried = !TRIED_ELSEWHERE.contains(&rule.as_str());
            (is_tried && page.contains(" bad\n")).then_some(rule)
        });
        Self {
            modules: text("tests/all.rs"),
            beside_the_code,
            manuals: manuals.collect(),
            documents: text("tests/letters/documents.py") + &text("tests/exports/exports.py"),
            searches: text("content/_data/search-tests.yaml"),
        }
    }

    /// Whether what a reference names is there.
    fn has(&self, Reference { form, name }: &Reference) -> bool {
        match *form {
            "all" => name.split_once("::").is_some_and(|(module, function)| {
                self.modules.contains(&format!("mod {module};"))
                    && tests_in(&text(&format!("tests/{module}.rs"))).contains(function)
            }),
            "lib" => self.beside_the_code.contains(name),
            "manual" => self.manuals.contains(name),
            "browser" => name.split_once(": ").is_some_and(|(file, title)| {
                let script = text(&format!("tests/browser/{file}"));
                let written = [
                    format!("test(\"{title}\""),
                    format!("test(`{title}`"),
                    // Looks at each page are named by their keys.
                    format!("\"{title}\": "),
                ];
                written.iter().any(|written| script.contains(written))
            }),
            "documents" => self.documents.contains(&format!("def {name}(")),
            "content" => {
                let starts = [format!("{name}: "), format!("\"{name}\": ")];
                let is_it = |line: &str| starts.iter().any(|start| line.starts_with(start));
                self.searches.lines().any(is_it)
            }
            "bench" => root().join("tests/bench").join(name).is_file(),
            _ => !name.trim().is_empty(),
        }
    }
}

#[test]
fn every_feature_and_system_has_a_row_in_order() {
    let wanted = ROWS
        .iter()
        .flat_map(|(letter, most)| (1..=*most).map(move |number| format!("{letter}{number}")));
    let found = rows();
    let numbers: Vec<&str> = found.iter().map(|row| row.number.as_str()).collect();
    assert_eq!(numbers, wanted.collect::<Vec<_>>());
    for row in &found {
        assert!(!row.what.trim().is_empty(), "{} does not say what must work", row.number);
    }
}

#[test]
fn every_test_that_a_row_names_is_there() {
    let known = Known::read();
    let mut lost = Vec::new();
    for row in rows() {
        for reference in row.references.iter().filter(|reference| !known.has(reference)) {
            lost.push(format!("{}: {}: {}", row.number, reference.form, reference.name));
        }
    }
    assert!(lost.is_empty(), "tests/features.md names what is not there: {lost:#?}");
}

#[test]
fn no_gap_is_opened_or_closed_in_silence() {
    let found = rows();
    let has_gap = |row: &&Row| row.references.iter().any(|reference| reference.form == "none");
    let numbers: Vec<&str> = found.iter().filter(has_gap).map(|row| row.number.as_str()).collect();
    assert_eq!(numbers, WITH_A_GAP, "what no test shows has changed: say so in WITH_A_GAP too");
}
