//! Plain language, tried on sentences, paragraphs and letters that were written for it: what is
//! in `language/`, and the list of hard words.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path, process::Command};

use plainsite::{
    Date, Options, config,
    diagnostic::Finding,
    load::{Loaded, Theme},
    rule::Severity,
    text::{Source, sentences::sentences},
};
use proptest::prelude::*;
use serde::Deserialize;

fn read<T: for<'d> Deserialize<'d>>(path: &str) -> T {
    let text = fs::read_to_string(path).expect("the file");
    serde_yaml::from_str(&text).expect("what is written in it")
}

/// What is found on a site that has a page for each text, by the number of the page.
fn found<'t>(texts: impl IntoIterator<Item = &'t str>) -> Vec<(usize, Finding)> {
    found_for(texts.into_iter().map(|text| (text, false)))
}

/// The same, where some pages are for staff.
fn found_for<'t>(texts: impl IntoIterator<Item = (&'t str, bool)>) -> Vec<(usize, Finding)> {
    found_with("", texts)
}

/// The same, with settings.
fn found_with<'t>(
    settings: &str,
    texts: impl IntoIterator<Item = (&'t str, bool)>,
) -> Vec<(usize, Finding)> {
    let page = |(number, (text, is_staff))| {
        let audience = if is_staff { "staff" } else { "public" };
        let text = format!("---\ntitle: Example\naudience: {audience}\n---\n{text}\n");
        Source::new(format!("content/p{number:04}.md"), text)
    };
    let sources = texts.into_iter().enumerate().map(page).collect();
    let mut loaded = Loaded { theme: Theme::embedded(), sources, ..Loaded::default() };
    let today = Date::parse("21 November 2026").expect("a day");
    let options = Options { today, staff: true, portable: false };
    let all = plainsite::examine(&mut loaded, &config::parse(settings), options).report.findings();
    let number = |finding: &Finding| finding.file.strip_prefix("content/p")?.get(..4)?.parse().ok();
    all.into_iter().filter_map(|finding| Some((number(&finding)?, finding))).collect()
}

/// The rules of prose: what they find is worth a look, and never stops a site.
const PROSE: &[&str] = &[
    "above-below",
    "acronym",
    "capitals",
    "double-negative",
    "duty-source",
    "heading-words",
    "hidden-actor",
    "list-items",
    "long-paragraph",
    "long-sentence",
    "number-forms",
    "numeric-date",
    "one-name",
    "plain-words",
    "repeated-paragraph",
    "typed-list",
    "vague-time",
];

#[test]
fn no_rule_of_prose_stops_a_site() {
    let rules = plainsite::check::rules();
    for code in PROSE {
        let rule = rules.iter().find(|rule| rule.code == *code).expect("the rule is there");
        let is_advice = ["hidden-actor", "list-items", "one-name"].contains(code);
        let severity = if is_advice { Severity::Advice } else { Severity::Warning };
        assert_eq!(rule.severity, severity, "{code}");
    }
}

/// What is said of a home page with a text and of the words of its site: each code, place and
/// message.
fn said_with_words(text: &str, words: &str) -> Vec<String> {
    let home = format!("---\ntitle: Home\n---\n{text}\n");
    let sources =
        vec![Source::new("content/_data/words.yaml", words), Source::new("content/index.md", home)];
    let mut loaded = Loaded { theme: Theme::embedded(), sources, ..Loaded::default() };
    let today = Date::parse("21 November 2026").expect("a day");
    let options = Options { today, staff: false, portable: false };
    let all = plainsite::examine(&mut loaded, &config::parse(""), options).report.findings();
    let is_own = |one: &&Finding| matches!(one.code(), "plain-words" | "data" | "unknown-name");
    let line = |one: &Finding| {
        let hint = one.hint.as_deref().unwrap_or_default();
        format!("{}:{}: {}; {hint}", one.file, one.start.line, one.message)
    };
    all.iter().filter(is_own).map(line).collect()
}

/// The word that `plain-words` quotes, in small letters.
fn quoted(finding: &Finding) -> String {
    let rest = finding.message.split_once('“').map_or("", |(_, rest)| rest);
    rest.split_once('”').map_or("", |(word, _)| word).to_lowercase().replace('’', "'")
}

/// An entry of the list of hard words, as far as it is about this.
#[derive(Deserialize)]
struct Entry {
    find: String,
    instead: BTreeMap<String, Vec<String>>,
    level: String,
    finds: String,
    leaves: String,
}

#[test]
fn each_word_is_found_in_its_sentence_and_left_where_it_is_right() {
    let entries: Vec<Entry> = read("src/model/data/words.yaml");
    assert!(entries.len() > 340, "{} entries", entries.len());
    let found = found(entries.iter().flat_map(|entry| [&*entry.finds, &*entry.leaves]));
    let mut words = vec![Vec::new(); entries.len() * 2];
    for (number, finding) in &found {
        if matches!(finding.code(), "plain-words" | "vague-time") {
            words[*number].push(quoted(finding));
        }
    }
    let mut wrong = Vec::new();
    for (entry, words) in entries.iter().zip(words.chunks(2)) {
        let level = entry.level.as_str();
        if !matches!(level, "warning" | "advice" | "mild") {
            wrong.push(format!("{}: “{level}” is no level", entry.find));
        }
        let has = |words: &[String]| words.iter().any(|word| entry.instead.contains_key(word));
        if !has(&words[0]) {
            wrong.push(format!("{}: not found in “{}”: {:?}", entry.find, entry.finds, words[0]));
        }
        if has(&words[1]) {
            wrong.push(format!("{}: not left alone in “{}”", entry.find, entry.leaves));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_site_adds_changes_and_removes_words() {
    let text = "Two service users utilise the hub, and notify us. The hub club helps a customer.";
    let words = "service user: person\ncustomer: [person, you]\nnotify: ring\nremove: [utilise]\n\
                 hub:\n  write: (say which building)\n  unless after: club\n";
    assert_eq!(
        said_with_words(text, words),
        [
            "content/index.md:4: “service users” is a phrase that this site does not use; write `person`",
            "content/index.md:4: “hub” is a word that this site does not use; say which building",
            "content/index.md:4: “notify” is a word that this site does not use; write `ring`",
            "content/index.md:4: “customer” is a word that this site does not use; write `person`, or: write `you` for “a customer”",
        ]
    );
}

#[test]
fn what_is_wrong_with_the_words_of_a_site_is_told_at_its_line() {
    let words =
        "remove:\n  - utilse\n  - zebra crossing\nplan: Plan\n\"!\": no\nhub:\n  rite: house\n";
    let said = said_with_words("We utilise it.", words);
    for wanted in [
        "content/_data/words.yaml:2: “utilse” is not one of the words that are called hard; did you mean `utilise`?",
        "content/_data/words.yaml:3: “zebra crossing” is not one of the words that are called hard; take it out of the list: pages may have it",
        "content/_data/words.yaml:4: “plan” is to be replaced by itself; write another word, or to allow this one `remove: [plan]`",
        "content/_data/words.yaml:5: “!” has no letters to look for; write the word that is hard before the colon: `service user: person`",
        "content/index.md:4: “utilise” has a plainer word; write `use`",
    ] {
        assert!(said.iter().any(|line| line == wanted), "{wanted}\nis not in\n{}", said.join("\n"));
    }
    assert!(said.iter().any(|line| line.contains("words.yaml:7: “rite”")), "{}", said.join("\n"));
}

#[test]
fn a_word_that_stands_often_is_told_of_once_and_an_allowed_place_is_left_out() {
    let text = "We utilise it.\n\n<!-- allow plain-words: the name of a scheme -->\nYou utilise it.\n\n\
                Utilise it.\n\nThey utilised and utilise it.";
    let found: Vec<String> = found([text])
        .into_iter()
        .filter(|(_, one)| matches!(one.code(), "plain-words" | "allow"))
        .map(|(_, one)| format!("{}: {}", one.start.line, one.hint.unwrap_or_default()))
        .collect();
    assert_eq!(found, ["5: write `use`; it stands here 4 times, also on lines 10 and 12"]);
}

/// However many words there are: each is looked up once.
#[test]
fn a_page_that_is_full_of_hard_words_has_one_finding_for_each() {
    let text = "We utilise it with the nurse/therapist. ".repeat(10_000);
    let found = found([&*text]);
    let told = found.iter().filter(|(_, one)| one.code() == "plain-words").map(|(_, one)| one);
    let said: Vec<String> = told
        .map(|one| format!("{}: {}", quoted(one), one.hint.as_deref().unwrap_or_default()))
        .collect();
    assert_eq!(
        said,
        [
            "utilise: write `use`; it stands here 10000 times, all on this line",
            "nurse/therapist: write `nurse or therapist`, or `nurse and therapist`; it stands here 10000 times, all on this line",
        ]
    );
}

/// However a page grows, each rule of prose goes over it once; places stay inside the text.
#[test]
fn strange_pages_are_read_in_time() {
    let units = [
        "It may not be unless the authority is told as soon as possible, no. ",
        "a, b, c, d; etc: 1) 2) 3) £1000 £1,000 6/12 ",
        "## Aa Bb\n\n",
        "- \u{200b}the a\u{202e}\n- you b\n\nyou can:\n\n",
        "“א \u{200d}😀 below ",
        "will be been being be suspended by by ",
        "DP (DP) PA ",
        "see above below overleaf ",
        "submit a form and ",
        "“12 34 56 78” ",
        "**Where to:** “12 The Hall Of It” ",
    ];
    let start = std::time::Instant::now();
    let texts: Vec<String> = units.iter().map(|unit| unit.repeat(200_000 / unit.len())).collect();
    let found = found(texts.iter().map(String::as_str));
    assert!(found.len() > units.len());
    // A quadratic one takes many minutes.
    assert!(start.elapsed().as_secs() < 60, "{:?}", start.elapsed());
}

/// From outside, so that other texts can be tried.
#[test]
fn explain_shows_how_a_text_is_cut() {
    let folder = tempfile::tempdir().expect("a folder");
    let show = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).expect("written");
        let mut command = Command::new(env!("CARGO_BIN_EXE_plainsite"));
        let arguments = ["explain", "--sentences", name];
        let output = command.args(arguments).current_dir(&folder).output().expect("it starts");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert_eq!(show("a.txt", "Call Dr. Lee. She\nwill help."), "Call Dr. Lee.\nShe\nwill help.\n");
    assert_eq!(
        show("a.md", "---\ntitle: A\n---\n# Call\n\nAsk **Mrs. Bell**. She\nwill help.\n"),
        "Call\nAsk Mrs. Bell.\nShe will help.\n"
    );
    assert_eq!(show("b.txt", ""), "");
}

#[derive(Deserialize)]
struct Paragraph {
    kind: String,
    text: String,
    sentences: Vec<String>,
}

/// All 577 of them, which is more than the 99% that were asked for.
#[test]
fn hard_paragraphs_are_cut_where_people_cut_them() {
    let all: Vec<Paragraph> = read("tests/language/sentences.yaml");
    assert_eq!(all.len(), 577);
    let mut wrong = String::new();
    for Paragraph { kind, text, sentences: wanted } in &all {
        let cut: Vec<&str> = sentences(text).into_iter().map(|place| &text[place]).collect();
        if cut != *wanted {
            _ = writeln!(wrong, "{kind}: {cut:?}\n  instead of {wanted:?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Sentences come one after the other and leave out nothing but spaces.
fn are_whole(text: &str) {
    let mut end = 0;
    for place in sentences(text) {
        assert!(text[end..place.start].trim().is_empty() && place.start < place.end, "{text:?}");
        let sentence = &text[place.clone()];
        assert_eq!(sentence, sentence.trim(), "{text:?}");
        end = place.end;
    }
    assert!(text[end..].trim().is_empty(), "{text:?}");
}

#[test]
fn a_paragraph_of_two_million_letters_is_cut_as_any_other() {
    let units = [
        "a.b",
        "? ",
        "\n",
        "“",
        "…",
        "A.",
        "1. ",
        "😀",
        "\u{200b}",
        ". \u{202e}",
        "א. ",
        "(",
        "x.1 ",
        "• ",
        "e.g. ",
        "\"",
        "!”",
        " ",
        "   a. ",
        ". 😀",
        "[1]",
        "。",
    ];
    for unit in units {
        are_whole(&unit.repeat(100_000 / unit.len()));
        are_whole(&format!("{}a. A", " .".repeat(50_000)));
    }
    let text = "Call Dr. Lee at 9 a.m. on Monday. She will help. ".repeat(2_000_000 / 49);
    assert_eq!(sentences(&text).len(), 2 * (2_000_000 / 49));
}

proptest! {
    #![proptest_config(crate::random::inputs(512))]

    #[test]
    fn any_text_is_cut_into_whole_sentences(text in "\\PC{0,200}") {
        are_whole(&text);
    }

    #[test]
    fn any_marks_are_cut_into_whole_sentences(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                ".", "!", "?", "…", " ", "\n", "\r\n", "“", "”", "(", ")", "[", "]", "1", "a", "A", "I",
                "Mr", "e.g", "p.m", "😀", "\u{fe0f}", "\u{200d}", "\u{200b}", "\u{202e}", "\u{fffc}", "א",
                "é", "e\u{301}", "•", "¹", "\u{2028}", "ß", "。", "’", "*", "£",
            ]),
            0..60,
        ),
    ) {
        are_whole(&parts.concat());
    }
}

#[derive(Deserialize)]
struct Texts {
    bad: Vec<Bad>,
    good: Vec<Good>,
}

#[derive(Deserialize)]
struct Bad {
    text: String,
    #[serde(default)]
    staff: Option<String>,
    marks: Vec<Place>,
}

#[derive(Deserialize)]
struct Good {
    text: String,
    traps: Vec<Place>,
}

/// A fault that is marked, or a place that looks like one.
#[derive(Deserialize)]
struct Place {
    #[serde(alias = "trap")]
    kind: String,
    quote: String,
    #[serde(default)]
    serious: Option<String>,
    at: usize,
}

/// The rules that find faults of a kind.
fn rules_of(kind: &str) -> &'static [&'static str] {
    match kind {
        "above or below" => &["above-below"],
        "acronym unexplained" => &["acronym"],
        "double negative" => &["double-negative"],
        "heading fault" => &["heading-words", "heading-order", "capitals", "plain-words"],
        "list items that do not match" => &["list-items"],
        "list typed as text" => &["typed-list"],
        "long paragraph" => &["long-paragraph"],
        "long sentence" => &["long-sentence"],
        "must without a source" => &["duty-source"],
        "numbers written several ways" => &["numeric-date", "number-forms"],
        "one thing with several names" => &["one-name"],
        "passive that hides who acts" => &["hidden-actor"],
        "vague time" => &["vague-time", "plain-words"],
        "office words" | "jargon" | "latin" | "nouns from verbs" | "padding"
        | "threat or blame" | "slash" => &["plain-words", "vague-time"],
        _ => &[],
    }
}

/// Whether a finding of a rule stands at a place of a text, or names its words or its line: a word,
/// a pair of forms, two names and a habit of headings are told of once on a page.
fn is_told(finding: &Finding, rules: &[&str], text: &str, place: &Place) -> bool {
    // Four lines stand above the text.
    let position = |at: usize| {
        let before: String = text.chars().take(at).collect();
        let line = 5 + before.matches('\n').count();
        (line, before.rsplit('\n').next().map_or(0, |last| last.chars().count()) + 1)
    };
    let (start, end) = (position(place.at), position(place.at + place.quote.chars().count()));
    let own = ((finding.start.line, finding.start.column), (finding.end.line, finding.end.column));
    let quote = place.quote.to_lowercase().replace('’', "'");
    // Words that a finding names besides the one where it stands: the other form, the other name.
    let names = || {
        let said = format!("{}{}", finding.message, finding.hint.as_deref().unwrap_or_default());
        let named = said.split('“').skip(1).filter_map(|rest| rest.split('”').next());
        named.map(|name| name.to_lowercase()).collect::<Vec<_>>()
    };
    let is_named = || match finding.code() {
        "plain-words" => quote.contains(&quoted(finding)),
        "number-forms" | "one-name" => names().iter().any(|name| has_words(&quote, name)),
        "heading-words" => {
            let hint = finding.hint.as_deref().unwrap_or_default();
            let named = hint.rsplit_once(" on line").map_or("", |(_, lines)| lines);
            let mut lines = named.split(|c: char| !c.is_ascii_digit());
            lines.any(|line| line.parse() == Ok(start.0))
        }
        _ => false,
    };
    rules.contains(&finding.code()) && (own.0 < end && start < own.1 || is_named())
}

/// Whether words stand in others, whole, or as several of them.
fn has_words(all: &str, words: &str) -> bool {
    let is_end = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    words != "you"
        && all.match_indices(words).any(|(at, _)| {
            let rest = &all[at + words.len()..];
            !all[..at].ends_with(char::is_alphanumeric)
                && (is_end(rest) || rest.strip_prefix('s').is_some_and(is_end))
        })
}

/// How many faults of the kinds that have a rule are found, and how many traps are stepped
/// into, is in `language/marks.txt`. After a change on purpose: `UPDATE=1 cargo test --test all
/// language::`, then read what changed.
#[test]
fn faults_in_old_letters_are_found_and_good_pages_are_left_alone() {
    let Texts { bad, good } = read("tests/language/marks.yaml");
    let pages = bad.iter().map(|one| (&*one.text, one.staff.is_some()));
    let all = found_for(pages.chain(good.iter().map(|one| (&*one.text, false))));
    let on =
        |page: usize| all.iter().filter(move |(number, _)| *number == page).map(|(_, one)| one);
    // Of each kind: how many are found, of how many; and the same of the serious ones.
    let mut counts: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    let mut missed = String::new();
    for (page, Bad { text, marks, .. }) in bad.iter().enumerate() {
        for mark in marks {
            let rules = rules_of(&mark.kind);
            let is_found = on(page).any(|one| is_told(one, rules, text, mark));
            let is_serious = mark.serious.as_deref() == Some("yes");
            let count = counts.entry(&mark.kind).or_default();
            count[0] += usize::from(is_found);
            count[1] += 1;
            count[2] += usize::from(is_found && is_serious);
            count[3] += usize::from(is_serious);
            if !is_found {
                _ = writeln!(missed, "{}: {}", mark.kind, mark.quote.replace('\n', " "));
            }
        }
    }
    let mut sum = [0; 4];
    let mut out = String::from("Faults that are found, of those that were marked; serious ones:\n");
    for (kind, count) in &counts {
        let [found, marked, serious, of] = count;
        _ = writeln!(out, "{kind}: {found} of {marked}; {serious} of {of}");
        sum.iter_mut().zip(count).for_each(|(sum, count)| *sum += count);
    }
    let [found, marked, serious, of] = sum;
    _ = writeln!(out, "all: {found} of {marked}; {serious} of {of}");
    let words: usize = bad.iter().map(|one| one.text.split_whitespace().count()).sum();
    let told = all.iter().filter(|(page, one)| *page < bad.len() && PROSE.contains(&one.code()));
    _ = writeln!(
        out,
        "findings in 100 words there: {:.1}",
        told.count() as f64 * 100.0 / words as f64
    );
    let traps: Vec<_> = (bad.len()..)
        .zip(&good)
        .flat_map(|(page, one)| one.traps.iter().map(move |trap| (page, &one.text, trap)))
        .collect();
    let stepped: Vec<_> = traps
        .iter()
        .filter(|(page, text, trap)| {
            on(*page).any(|one| is_told(one, rules_of(&trap.kind), text, trap))
        })
        .collect();
    _ = writeln!(out, "\nTraps that are stepped into: {} of {}", stepped.len(), traps.len());
    for (.., trap) in stepped {
        _ = writeln!(out, "{}: {}", trap.kind, trap.quote);
    }
    _ = writeln!(out, "\nWhat is found on the {} good pages:", good.len());
    for (page, _) in good.iter().enumerate() {
        for one in on(bad.len() + page).filter(|one| PROSE.contains(&one.code())) {
            _ = writeln!(out, "{}: {}", one.code(), one.message);
        }
    }
    if let Some(path) = std::env::var_os("MISSED") {
        fs::write(path, missed).expect("written");
    }
    let path = "tests/language/marks.txt";
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, &out).expect("written");
    }
    assert_eq!(out, fs::read_to_string(path).unwrap_or_default());
}

/// Manual pages, and what rules say of their examples, keep to the rules of prose themselves.
#[test]
fn the_manual_pages_and_the_messages_keep_to_the_rules() {
    let mut pages = Vec::new();
    for rule in plainsite::check::rules() {
        pages.push((rule.code.to_owned(), without_examples(rule.manual)));
    }
    let mut snapshots: Vec<_> = fs::read_dir("tests/snapshots")
        .expect("the folder")
        .map(|entry| entry.expect("readable").path())
        .collect();
    snapshots.sort();
    for path in snapshots {
        let text = fs::read_to_string(&path).expect("readable");
        pages.push((path.display().to_string(), messages(&text)));
    }
    assert!(pages.len() > 200);
    let mut wrong = Vec::new();
    let settings = "[limits]\nsentence = 30";
    for (number, finding) in found_with(settings, pages.iter().map(|(_, text)| (&**text, false))) {
        let (name, code) = (&*pages[number].0, finding.code());
        // Codes are names in them, sources are named by the same sentence, and messages are
        // read one by one. A page may name what it warns of.
        let left_out = ["repeated-paragraph", "acronym", "number-forms"].contains(&code)
            || name.ends_with(".snap") && code == "long-paragraph"
            || name.ends_with("colours.snap") && code == "typed-list"
            || matches!(
                (name, code),
                ("numeric-date" | "front-matter", "numeric-date")
                    | ("import", "one-name")
                    | ("letter-contact", "above-below")
                    | ("letter-format" | "unknown-value" | "change-note", "typed-list")
            );
        let is_asked = PROSE.contains(&code) && !left_out;
        if is_asked {
            wrong.push(format!("{}: {} [{}]", pages[number].0, finding.message, finding.code()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What is said in a snapshot of findings: a paragraph for each message and each hint.
fn messages(snapshot: &str) -> String {
    let mut out = String::new();
    for line in snapshot.lines() {
        let line = line.trim();
        let said = line.strip_prefix("help: ").or_else(|| {
            let (_, rest) =
                line.split_once(": error: ").or_else(|| line.split_once(": warning: "))?;
            Some(rest.rsplit_once(" [").map_or(rest, |(said, _)| said))
        });
        if let Some(said) = said {
            // What is quoted is the author's.
            let mut said = said.to_owned();
            while let Some(from) = said.find('“')
                && let Some(to) = said[from..].find('”')
            {
                said.replace_range(from..from + to + '”'.len_utf8(), "it");
            }
            // Marks of Markdown in them are no Markdown.
            let said = said
                .replace("/>", "")
                .replace("</", "")
                .replace(['*', '_', '#', '<', '>', '[', ']', '\\', '|'], "");
            _ = writeln!(out, "{said}.\n");
        }
    }
    out
}

/// What the program says with some arguments, in a folder.
fn plainsite(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plainsite"));
    let output = command.args(arguments).current_dir(folder).output().expect("it starts");
    String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned()
}

#[test]
fn a_site_sets_how_long_its_sentences_may_be() {
    let text = "We pay you each month so that you can pay the people who help you.";
    let count = |settings: &str| {
        let found = found_with(settings, [(text, false)]);
        found.iter().filter(|(_, one)| one.code() == "long-sentence").count()
    };
    assert_eq!([count(""), count("[limits]\nsentence = 12")], [0, 1]);
    assert_eq!(count("[limits]\nsentence = 12\n[limits.legal]\nfiles = [\"p0000.md\"]"), 0);
}

#[test]
fn how_hard_a_file_is_to_read_is_advice() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "---\ntitle: A\n---\nCall us.\n\nEligibility determinations necessitate \
                comprehensive documentation.\n";
    fs::write(folder.path().join("a.md"), text).expect("written");
    let said = plainsite(folder.path(), &["explain", "--reading", "a.md"]);
    for wanted in [
        "Words in a sentence: 4 on average, in 2 sentences.",
        "The formula of Flesch and Kincaid",
        "- 5 words, 5 hard words: Eligibility determinations",
    ] {
        assert!(said.contains(wanted), "{wanted}\nis not in\n{said}");
    }
}

/// Shown, written and taken back; what somebody may have meant otherwise stays.
#[test]
fn safe_repairs_are_shown_written_and_taken_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("content/index.md");
    fs::create_dir(folder.path().join("content")).expect("a folder");
    let text = "---\ntitle: \"Home\"\n---\nSend  it by 31/12/2026 , and say \"yes please\".\n\n\
                It is 5/6/2026, 6\" long. We utilise it.\n\n    code  \"here\"\n\n\
                > He said \"no  way\".\n";
    fs::write(&file, text).expect("written");
    let now = || fs::read_to_string(&file).expect("the file");
    let said = plainsite(folder.path(), &["fix"]);
    assert!(said.contains("+Send it by 31 December 2026, and say “yes please”."), "{said}");
    assert!(said.contains("5 repairs in 1 file. Nothing is written yet"), "{said}");
    assert_eq!(now(), text);
    plainsite(folder.path(), &["fix", "--write", "--words"]);
    let mended = text
        .replace(
            "Send  it by 31/12/2026 , and say \"yes please\".",
            "Send it by 31 December 2026, and say “yes please”.",
        )
        .replace("utilise", "use");
    assert_eq!(now(), mended);
    let said = plainsite(folder.path(), &["fix", "--undo"]);
    assert_eq!((now().as_str(), said.trim()), (text, "1 file is as before."));
    assert!(plainsite(folder.path(), &["fix", "--undo"]).contains("nothing to take back"));
    // What was changed since stays.
    plainsite(folder.path(), &["fix", "--write"]);
    fs::write(&file, "# Mine\n").expect("written");
    assert!(plainsite(folder.path(), &["fix", "--undo"]).contains("changed since"));
    assert_eq!(now(), "# Mine\n");
    // Its copy stays, for whoever puts the file back as the repair left it.
    let mended = mended.replace("use it", "utilise it");
    fs::write(&file, mended).expect("written");
    assert!(plainsite(folder.path(), &["fix", "--undo"]).contains("1 file is as before"));
    assert_eq!(now(), text);
}

#[test]
fn each_run_of_repairs_is_taken_back_by_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("content/index.md");
    fs::create_dir(folder.path().join("content")).expect("a folder");
    let first =
        "---\ntitle: \"Home\"\n---\nSend  it. We utilise it. An approximately equal part.\n";
    fs::write(&file, first).expect("written");
    let now = || fs::read_to_string(&file).expect("the file");
    plainsite(folder.path(), &["fix", "--write"]);
    let second = now();
    plainsite(folder.path(), &["fix", "--write", "--words"]);
    let third = now();
    assert!(second.contains("Send it. We utilise it."), "{second}");
    assert!(third.contains("Send it. We use it. An approximately equal part."), "{third}");
    // What cannot be taken back stands in the way of nothing else.
    let other = folder.path().join("content/other.md");
    fs::write(&other, "---\ntitle: \"Other\"\n---\nSend  it.\n").expect("written");
    plainsite(folder.path(), &["fix", "--write"]);
    fs::remove_file(&other).expect("taken away");
    plainsite(folder.path(), &["fix", "--undo"]);
    assert_eq!(now(), second);
    plainsite(folder.path(), &["fix", "--undo"]);
    assert_eq!(now(), first);
    assert!(plainsite(folder.path(), &["fix", "--undo"]).contains("nothing to take back"));
}

#[test]
fn what_would_say_something_else_is_not_repaired() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("content")).expect("a folder");
    let settings = "title = \"Guide\"\nlanguages = [\"en\", \"de\"]\n";
    fs::write(folder.path().join("site.toml"), settings).expect("written");
    let home = "---\ntitle: Home\n---\n\n## A heading with 14/05/2026  spaces\n\n\
                Read [the \"Care Act\" guide] first.\n\nSay \\\"hello\" and \"bye\".\n\n\
                The &quot;old&quot; \"new\" way.\n\n\
                If she lacks capacity, the form must be completed. A carer must not administer it.\n\n\
                [the \"Care Act\" guide]: https://www.example.org/\n";
    let german = "---\ntitle: Start\n---\n\nEr sagte \"hallo\" am 14/05/2026.\n";
    for (path, text) in [("content/index.md", home), ("content/index.de.md", german)] {
        fs::write(folder.path().join(path), text).expect("written");
    }
    let said = plainsite(folder.path(), &["fix", "--words"]);
    assert!(said.contains("Nothing can be mended"), "{said}");
}

/// A manual page without what is fenced in.
fn without_examples(manual: &str) -> String {
    let mut out = String::new();
    let mut fence = None;
    for line in manual.lines() {
        let marks = line.len() - line.trim_start_matches('`').len();
        match fence {
            Some(open) if marks >= open && line.trim_matches('`').is_empty() => fence = None,
            Some(_) => {}
            None if marks > 2 => fence = Some(marks),
            None => _ = writeln!(out, "{line}"),
        }
    }
    out
}
