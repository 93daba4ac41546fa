//! The manual page of each rule is its test, and has its name:
//! `cargo test --test manual -- acronym`.
//!
//! A block is marked with what it is and what must come of it: `bad` must be reported by that
//! rule, of `good` nothing may be said, and `look` must be left to a person.
//!
//! - `markdown` is one page of a site.
//! - `site` is a whole small site: each line `=== path` begins a file, and
//!   `=== path (300 kB)` one of that size, `=== path (a picture)` a small PNG, and
//!   `=== path (a picture of words)` one of words.
//! - `html` is one finished page, or a part of one.
//! - `pages` are several of them, each after a line `=== path`.
//!
//! What is said about the bad ones is kept in `tests/snapshots/`. After a change on purpose:
//! `INSTA_UPDATE=always cargo test --test manual`, then read what changed.

use libtest_mimic::{Arguments, Failed, Trial};
use plainsite::{
    Date, Options,
    audit::{Check, RULES},
    check, config,
    diagnostic::{Finding, Format, print},
    folder,
    load::{File, Loaded, Theme},
    rule::{Looks, Outcome, Rule},
    text::Source,
};

fn main() {
    let arguments = Arguments::from_args();
    let html = RULES.iter().map(|check| Trial::test(check.rule.code, || holds_in_html(check)));
    let content = rules().map(|rule| Trial::test(rule.code, || holds_in_content(rule)));
    libtest_mimic::run(&arguments, html.chain(content).collect()).exit();
}

/// The rules of a site whose manual pages show it: those about tables and letters that people
/// fill in are tried in `import` and `letters`.
fn rules() -> impl Iterator<Item = &'static Rule> {
    let is_tried_elsewhere = |code| {
        matches!(
            code,
            "document"
                | "import"
                | "letter-data"
                | "letter-lost"
                | "page-lost"
                | "sign-off"
                | "unnoted-change"
        )
    };
    let all = check::rules().into_iter();
    all.filter(move |rule| rule.looks != Looks::Html && !is_tried_elsewhere(rule.code))
}

/// Whether a rule finds only what a block of text cannot show: bytes that are not text,
/// hundreds of slips. Those have tests of their own in `load` and `diagnostic`.
fn cannot_be_shown(rule: &Rule) -> bool {
    matches!(rule.code, "file" | "too-many")
}

struct Example {
    kind: String,
    verdict: String,
    text: String,
    /// Whether it is made for staff, too: `site bad staff`.
    staff: bool,
}

impl Example {
    /// The files that it holds: each with its path, and what stands after that in brackets.
    fn files(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.text.split("=== ").skip(1).map(|file| {
            let (path, text) = file.split_once('\n').expect("a path on a line of its own");
            let (path, note) = path.split_once(" (").unwrap_or((path, ""));
            (path.trim(), note, text)
        })
    }
}

/// The examples of a manual page, in order. A fence of four backticks may hold
/// fences of three.
fn examples(rule: &Rule) -> Vec<Example> {
    let mut examples = Vec::new();
    let mut lines = rule.manual.lines();
    while let Some(line) = lines.next() {
        let marks = line.len() - line.trim_start_matches('`').len();
        if marks < 3 {
            continue;
        }
        let words: Vec<&str> = line[marks..].split_whitespace().collect();
        let end = "`".repeat(marks);
        let body: Vec<&str> = lines.by_ref().take_while(|line| *line != end).collect();
        let staff = words.get(2) == Some(&"staff");
        let words = &words[..words.len() - usize::from(staff)];
        if let [kind @ ("markdown" | "site" | "html" | "pages"), verdict] = *words {
            assert!(["bad", "look", "good"].contains(&verdict), "no example is {verdict}");
            let text = body.join("\n") + "\n";
            examples.push(Example { kind: kind.into(), verdict: verdict.into(), text, staff });
        }
    }
    examples
}

/// Pictures that examples can have.
const PICTURES: [(&str, &[u8]); 2] = [
    ("a picture", include_bytes!("letters/site/content/dots.png")),
    ("a picture of words", include_bytes!("pictures/words.png")),
];

/// What is found in an example of content.
fn found(example: &Example) -> Vec<Finding> {
    let mut loaded = Loaded { theme: Theme::embedded(), ..Loaded::default() };
    let mut settings = String::new();
    let mut add = |path: &str, text: String| match path {
        "site.toml" => settings = text,
        "content/_ledger.yaml" => loaded.ledger = Source::new(path, text),
        path if path.ends_with(".md") || path.ends_with(".yaml") => {
            loaded.sources.push(Source::new(path, text));
        }
        path => loaded.files.push(File { path: path.into(), bytes: text.into_bytes().into() }),
    };
    let mut pictures = Vec::new();
    if example.kind == "site" {
        for (path, size, text) in example.files() {
            let picture = PICTURES.iter().find(|(name, _)| size.strip_suffix(')') == Some(name));
            if let Some((_, bytes)) = picture {
                pictures.push(File { path: path.into(), bytes: (*bytes).into() });
                continue;
            }
            let size = size.trim_end_matches(" kB)").parse().unwrap_or(0) * 1000;
            add(path, format!("{text}{}", " ".repeat(size)));
        }
    } else {
        let has_title = example.text.starts_with("---") || example.text.starts_with("# ");
        let title = if has_title { "" } else { "---\ntitle: Example\n---\n" };
        add("content/example.md", format!("{title}{}", example.text));
    }
    loaded.files.extend(pictures);
    loaded.sources.sort_by(|a, b| a.path.cmp(&b.path));
    let today = Date::parse("21 November 2026").expect("a day");
    let options = Options { today, staff: example.staff, portable: false };
    plainsite::examine(&mut loaded, &config::parse(&settings), options).report.findings()
}

fn holds_in_content(rule: &Rule) -> Result<(), Failed> {
    let (mut wrong, mut said) = (String::new(), String::new());
    for (number, example) in (1..).zip(examples(rule)) {
        let mut all = found(&example);
        // Examples of other rules leave the words of their pages out.
        all.retain(|found| found.code() != "empty-page" || rule.code == "empty-page");
        let own: Vec<Finding> =
            all.iter().filter(|finding| finding.code() == rule.code).cloned().collect();
        let is_good = example.verdict == "good";
        if if is_good { !all.is_empty() } else { own.is_empty() } {
            let printed = print(&all, Format::Human);
            wrong += &format!("example {number} is {}. Found:\n{printed}\n", example.verdict);
        }
        if !own.is_empty() {
            said += &format!("example {number}\n{}", print(&own, Format::Human));
        }
    }
    if !cannot_be_shown(rule) {
        if said.is_empty() {
            wrong += "there is no bad example\n";
        }
        keep(&format!("all__checks__{}", rule.code), said.trim_end());
    }
    if wrong.is_empty() { Ok(()) } else { Err(wrong.into()) }
}

fn holds_in_html(check: &'static Check) -> Result<(), Failed> {
    let (mut wrong, mut said) = (String::new(), String::new());
    let examples = examples(&check.rule);
    for (number, example) in (1..).zip(&examples) {
        let pages: Vec<(&str, &str)> = match example.kind.as_str() {
            "html" => vec![("index.html", &example.text)],
            _ => example.files().map(|(path, _, text)| (path, text)).collect(),
        };
        let found = folder::audit::pages(&pages, &[check]).0;
        let has = |outcome: Outcome| found.iter().any(|one| one.outcome == outcome);
        let holds = match example.verdict.as_str() {
            "bad" => has(Outcome::Failed),
            "look" => has(Outcome::CantTell) && !has(Outcome::Failed),
            _ => !has(Outcome::CantTell) && !has(Outcome::Failed),
        };
        if !holds {
            let printed = print(&found, Format::Plain);
            wrong += &format!("example {number} is {}. Found:\n{printed}\n", example.verdict);
        }
        said += &print(&found, Format::Human);
    }
    for is_good in [true, false] {
        if !examples.iter().any(|example| (example.verdict == "good") == is_good) {
            wrong += &format!("there is no {} example\n", if is_good { "good" } else { "bad" });
        }
    }
    keep(&format!("all__audit__audit-{}", check.rule.code), &said);
    if wrong.is_empty() { Ok(()) } else { Err(wrong.into()) }
}

/// Compares what was said with what was said before.
fn keep(name: &str, said: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.bind(|| insta::assert_snapshot!(name, said));
}
