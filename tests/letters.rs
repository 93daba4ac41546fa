//! Letters: what a browser makes of one is, byte for byte, what the program makes
//! of it, and nothing that people type can break it.
//!
//! `letter.js` runs in Node, which must be installed.

use std::{fs, path::Path, process::Command, sync::LazyLock};

use plainsite::{
    Date, Examined, Options, config,
    diagnostic::Finding,
    examine,
    letter::{
        Format, Letters, SCRIPT, Size, Style, Template, Told, Writer, answer,
        compare::{self, Lost},
        fill, merge, people, sms,
    },
    load,
    model::kind::Form,
    rule,
    text::{Source, script::shrunk},
};
use proptest::prelude::*;
use serde_json::{Value, json};

const TODAY: &str = "2026-11-22";

fn today() -> Date {
    Date::parse(TODAY).expect("a day")
}

/// The letters of a site.
fn letters(root: &Path) -> Examined {
    let settings = config::read(root).expect("settings");
    let mut loaded = load::load(root, &settings.config.theme.name).expect("a site");
    let options = Options { today: today(), staff: true, portable: false };
    examine(&mut loaded, &settings, options)
}

/// The site in `tests/letters/site` with another letter, and what was found in it.
fn with(letter: &str) -> (Letters, Vec<Finding>) {
    let folder = tempfile::tempdir().expect("a folder");
    copy(Path::new("tests/letters/site"), folder.path());
    fs::write(folder.path().join("content/everything.md"), letter).expect("a file");
    let Examined { letters, report, .. } = letters(folder.path());
    let mut found = report.findings();
    found.retain(|finding| finding.file.ends_with("everything.md"));
    (letters, found)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("readable");
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() { copy(&path, &to) } else { _ = fs::copy(&path, to).expect("a copy") }
    }
}

fn fixture(name: &str) -> String {
    fs::read_to_string(format!("tests/letters/{name}.md")).expect("the fixture")
}

/// The letter `everything` with a version in Welsh below it, which has other words for choices.
fn in_two_languages() -> Template {
    let folder = tempfile::tempdir().expect("a folder");
    copy(Path::new("tests/letters/site"), folder.path());
    let content = folder.path().join("content");
    let settings = fs::read_to_string(folder.path().join("site.toml")).expect("settings");
    let both = format!("languages = [\"en\", \"cy\"]\n{settings}");
    fs::write(folder.path().join("site.toml"), both).expect("settings");
    let english = fixture("site/content/everything");
    let letter = english.replacen("kind: letter\n", "kind: letter\nalso in: cy\n", 1);
    fs::write(content.join("everything.md"), letter).expect("a file");
    let words = [
        ("Bank account", "Cyfrif banc"),
        ("bank account", "cyfrif banc"),
        ("Card & \"pin\"", "Cerdyn & \"pin\""),
        ("card & \"pin\"", "cerdyn & \"pin\""),
        ("Cash", "Arian"),
        ("cash", "arian"),
        ("Dear ((full name))", "Annwyl ((full name))"),
        ("## What to send", "## Beth i’w anfon"),
    ];
    let welsh = words.iter().fold(english, |text, (one, other)| text.replace(one, other));
    fs::write(content.join("everything.cy.md"), welsh).expect("a file");
    let Examined { letters, site, .. } = letters(folder.path());
    let own = letters.into_iter().find(|(id, _)| site.pages[*id].language == "en");
    let (_, (template, faults)) = own.expect("the letter");
    assert_eq!(faults, []);
    template
}

#[test]
fn a_letter_holds_its_version_in_another_language_with_the_same_answers() {
    let template = in_two_languages();
    let mut answers = template.examples();
    let at = template.field("how paid").expect("a field");
    answers[at] = Some("Cash".into());
    let lines = fill(&template, &answers);
    let written = |format| {
        String::from_utf8(Writer::new(&template, format, Size::Normal).write(&lines)).expect("text")
    };
    let text = written(Format::Txt);
    let (english, welsh) = text.split_once("* * *").expect("both");
    assert!(english.contains("Dear Sam Example") && english.contains("the cash, the rest"));
    assert!(english.contains("From 1 October 2026 to 31 December 2026"), "{english}");
    assert!(welsh.contains("Annwyl Sam Example") && welsh.contains("the arian, the rest"));
    assert!(welsh.contains("From 1 Hydref 2026 to 31 Rhagfyr 2026"), "{welsh}");
    assert!(!welsh.contains("Example & County"), "who sends it stands above both: {welsh}");
    let html = written(Format::Html);
    assert!(html.contains("<h2><span lang=\"cy-GB\">Beth i’w anfon</span></h2>"), "{html}");
    assert!(html.contains("<h2>What to send</h2>"), "{html}");
    for (format, name, marks) in [
        (
            Format::Docx,
            "word/document.xml",
            ["<w:lang w:val=\"cy-GB\"/>", "<w:br w:type=\"page\"/>"],
        ),
        (
            Format::Odt,
            "content.xml",
            ["fo:language=\"cy\"", "<text:span text:style-name=\"Other\">"],
        ),
    ] {
        let bytes = Writer::new(&template, format, Size::Normal).write(&lines);
        let parts = archive(&bytes);
        let (_, part) = parts.iter().find(|(part, _)| part == name).expect("its words");
        let part = String::from_utf8_lossy(part);
        assert!(marks.iter().all(|mark| part.contains(mark)), "{part}");
    }
    // Each list of both counts for itself, by a number that the document knows.
    let parts = archive(&Writer::new(&template, Format::Docx, Size::Normal).write(&lines));
    let part = |name: &str| {
        let (_, bytes) = parts.iter().find(|(part, _)| part == name).expect("a part");
        String::from_utf8_lossy(bytes).into_owned()
    };
    let (document, numbering) = (part("word/document.xml"), part("word/numbering.xml"));
    let used =
        document.split("<w:numId w:val=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let mut used: Vec<&str> = used.collect();
    used.dedup();
    assert_eq!(used.len(), 4, "{used:?}");
    for number in used {
        assert!(numbering.contains(&format!("<w:num w:numId=\"{number}\"")), "{number}");
    }
    look_at(&template, &answers);
    look_at(&template, &template.blank());
}

#[test]
fn a_version_that_asks_for_other_things_cannot_stand_below_a_letter() {
    let top = "from: money-team\nalso in: cy\n";
    let (_, found) = message("letter", top, "Dear Sam\n\nCall us.\n\nYours sincerely\n");
    let is_told = |found: &String| found.contains("cannot hold a version in a language in which");
    assert!(found.iter().any(is_told), "{found:?}");
}

/// The letter `everything`.
fn everything() -> Template {
    let (letters, _) = with(&fixture("site/content/everything"));
    let (template, faults) = letters.into_values().next().expect("one letter");
    assert_eq!(faults, [], "all of it fits into a letter");
    template
}

#[test]
fn the_faults_of_an_old_letter_are_found() {
    let (_, found) = with(&fixture("old-letter"));
    let said: Vec<String> = found
        .iter()
        .map(|found| format!("{}: {} [{}]", found.start.line, found.message, found.code()))
        .collect();
    let all = said.join("\n");
    let expect = |code: &str, words: &str| {
        let is_it = |line: &&String| line.contains(&format!("[{code}]")) && line.contains(words);
        assert!(said.iter().any(|line| is_it(&line)), "no {code} with “{words}” in\n{all}");
    };
    expect("letter-contact", "“mentioned above” points at a phone number");
    expect("letter-parts", "no phone number");
    expect("letter-parts", "“Sincerely” should have a small letter");
    expect("numeric-date", "31.12.20");
    expect("numeric-date", "31.01.21");
    expect("letter-deadline", "31.01.21");
    expect("capitals", "DIRECT PAYMENTS RETURN");
    expect("capitals", "NOT");
    expect("capitals", "PREPAYMENT");
    expect("letter-ask", "second thing");
    expect("letter-ask", "“please” 10 times");
    expect("letter-threat", "we will refer");
    expect("letter-pointer", "above");
    expect("plain-words", "P.S");
    let count = |code: &str| found.iter().filter(|found| found.code() == code).count();
    assert_eq!(count("numeric-date"), 2, "{all}");
    assert!(count("plain-words") >= 12, "{} stock phrases:\n{all}", count("plain-words"));
    assert!(count("long-sentence") >= 5, "{all}");
}

#[test]
fn nothing_is_found_in_plain_letters() {
    for name in ["records", "decision"] {
        let (_, found) = with(&fixture(name));
        assert_eq!(found, [], "{name}");
    }
}

/// It is better to name a number, which `typed-phone` says; but it can be rung.
#[test]
fn a_number_that_is_typed_out_can_be_rung() {
    let letter = |ask: &str| {
        let top = "---\ntitle: Ask for records\nkind: letter\nfrom: money-team\ndescription: Or call 0306 999 0110.\n---";
        let text = format!(
            "{top}\nDear Sir or Madam\n\nPlease send your records.\n\n{ask}\n\nYours faithfully\n"
        );
        let (_, found) = with(&text);
        let found = found.into_iter().filter(|found| found.code().ends_with("-parts"));
        found.map(|found| found.message).collect::<Vec<_>>()
    };
    for ask in [
        "Call 0306 999 0110.",
        "Call +44 306 999 0110.",
        "[Call us](tel:03069990110).",
        "Call ((contact phone)).",
    ] {
        assert_eq!(letter(ask), [""; 0], "{ask}");
    }
    for ask in ["Call us.", "Call 0306 999."] {
        assert_eq!(letter(ask).len(), 1, "{ask}");
    }
}

fn template(letter: &str) -> Template {
    with(letter).0.into_values().next().expect("one letter").0
}

#[test]
fn what_a_letter_lost_is_named() {
    let lost = compare::lost(&template(&fixture("old-letter")), &template(&fixture("new-letter")));
    let all = format!("{lost:#?}");
    for topic in ["tick the box", "Support Service", "commissioned care", "AllPay"] {
        let is_it = |lost: &Lost| matches!(lost, Lost::Sentence(said) if said.contains(topic));
        assert!(lost.iter().any(is_it), "{topic} is not among what was lost:\n{all}");
    }
    for kept in ["Bank Statements", "Receipts"] {
        let is_it = |lost: &Lost| matches!(lost, Lost::Sentence(said) if said.contains(kept));
        assert!(!lost.iter().any(is_it), "{kept} is still there:\n{all}");
    }
    let fact = Lost::Fact("31.01.21".into());
    assert!(lost.contains(&fact) || all.contains("31.01.21"), "{all}");
    let same = template(&fixture("records"));
    assert_eq!(compare::lost(&same, &same), []);
}

/// The blocks of a manual page that are marked so.
fn examples(manual: &str, mark: &str) -> Vec<String> {
    let fence = format!("```{mark}\n");
    let parts = manual.split(&fence).skip(1);
    parts.map(|part| part.split("```").next().unwrap_or_default().to_owned()).collect()
}

#[test]
fn the_manual_pages_hold() {
    let page = rule::LETTER_LOST.manual;
    let [before, after] =
        ["before", "after"].map(|mark| template(&examples(page, &format!("markdown {mark}"))[0]));
    let lost = format!("{:?}", compare::lost(&before, &after));
    assert!(lost.contains("£10") && lost.contains("support service"), "{lost}");

    let letter = "---\ntitle: Records\nkind: letter\nfields:\n  - {name: full name, type: text, example: Sam}\n  - {name: reply by, type: date, at least: 7 days, example: 31 January 2027}\n---\nDear ((full name))\n\nReply by ((reply by)).\n\nYours sincerely\n";
    let letter = template(letter);
    let page = rule::LETTER_DATA.manual;
    let problems = |table: &str| {
        let mut problems = Vec::new();
        let people = people::csv(&Source::new("people.csv", table), &mut problems);
        let letters = merge::letters(&letter, &people, today(), &mut problems);
        (letters.len(), problems)
    };
    for good in examples(page, "csv good") {
        assert_eq!(problems(&good), (2, vec![]));
    }
    let bad = examples(page, "csv bad");
    assert_eq!(bad.len(), 3);
    for bad in bad {
        assert_ne!(problems(&bad).1, [], "{bad}");
    }
}

#[test]
fn there_is_room_to_sign_between_the_closing_words_and_the_name() {
    let letter = |words: &str, kind: &str| {
        let top =
            "fields:\n  - {name: full name, label: Your name, type: text, example: Sam Example}\n";
        let (template, _) =
            message(kind, top, &format!("Dear Sir or Madam\n\nHelp me.\n\n{words}"));
        template.expect("a letter")
    };
    let signed = |template: &Template| -> Vec<String> {
        let (answers, mut said) = (template.examples(), Vec::new());
        let lines = fill(template, &answers);
        for (line, next) in lines.iter().zip(lines.iter().skip(1)) {
            if line.style == Style::Close {
                said.extend([&line.pieces[0].text, &next.pieces[0].text].map(ToString::to_string));
            }
        }
        said
    };
    let name = "((full name))";
    for (words, expected) in [
        (format!("Yours faithfully\n\n{name}"), &["Yours faithfully", "Sam Example"][..]),
        // A name on the next line is below the closing words, as it was typed.
        (format!("Yours faithfully\n{name}"), &["Yours faithfully", "Sam Example"]),
        (format!("Yr eiddoch yn gywir\n\n{name}"), &["Yr eiddoch yn gywir", "Sam Example"]),
        (format!("Thank you for the help that you gave me.\n\n{name}"), &[]),
        ("Yours faithfully".to_owned(), &[]),
    ] {
        assert_eq!(signed(&letter(&words, "letter")), expected, "{words}");
    }
    assert!(signed(&letter(&format!("Yours faithfully\n\n{name}"), "email")).is_empty());

    let template = letter(&format!("Yours faithfully\n\n{name}"), "letter");
    let answers = template.examples();
    let lines = fill(&template, &answers);
    let part = |format, size, name: &str| {
        let bytes = Writer::new(&template, format, size).write(&lines);
        let part = archive(&bytes).into_iter().find(|(own, _)| own == name).expect("a part");
        String::from_utf8(part.1).expect("text")
    };
    // Three lines of 12 and of 18 points, and the next paragraph on the same page.
    for (size, word, points) in [(Size::Normal, 720, 36), (Size::Large, 1080, 54)] {
        let styles = part(Format::Docx, size, "word/styles.xml");
        assert!(styles.contains(&format!("<w:keepNext/><w:spacing w:after=\"{word}\"/>")));
        let styles = part(Format::Odt, size, "styles.xml");
        let room = format!("fo:margin-bottom=\"{points}pt\" fo:keep-with-next=\"always\"");
        assert!(styles.contains(&room), "{styles}");
    }
    let body = part(Format::Docx, Size::Normal, "word/document.xml");
    assert!(body.contains("<w:pStyle w:val=\"Closing\"/></w:pPr><w:r>"), "{body}");
}

#[test]
fn nobody_signs_alone_on_the_second_page() {
    let top = "fields:\n  - {name: full name, label: Your name, type: text, example: Sam Example}\n  \
               - {name: address, label: Your address, type: address, example: \"1 Sample Street, Exampleton\"}\n";
    let kept = |words: &str| {
        let words = format!("Dear Sir or Madam\n\n{words}");
        let template = message("letter", top, &words).0.expect("a letter");
        let answers = template.examples();
        let lines = fill(&template, &answers);
        let part = |format, name: &str| {
            let bytes = Writer::new(&template, format, Size::Normal).write(&lines);
            let part = archive(&bytes).into_iter().find(|(own, _)| own == name).expect("a part");
            String::from_utf8(part.1).expect("text")
        };
        let docx = part(Format::Docx, "word/document.xml");
        let odt = part(Format::Odt, "content.xml");
        let said = |body: &str, paragraphs: &str, mark: &str| -> Vec<String> {
            let all = body.split(paragraphs).filter(|one| one.contains(mark));
            all.map(|one| one.replace('>', "<").split('<').step_by(2).collect::<String>())
                .map(|words| words.trim().to_owned())
                .collect()
        };
        let docx = said(&docx, "</w:p>", "<w:keepNext/>");
        let odt = said(&odt, "</text:p>", "text:style-name=\"Kept");
        (docx, odt)
    };
    let both = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(ToString::to_string).collect();
        (words.clone(), words)
    };
    let end = "Yours faithfully\n\n((full name))";
    assert_eq!(kept(&format!("First.\n\nLast.\n\n{end}")), both(&["Last."]));
    assert_eq!(kept(&format!("Two things:\n\n- One.\n- Two.\n\n{end}")), both(&["Two."]));
    // The address below the name stays with it.
    let words = format!("First.\n\nLast.\n\n{end}\n\n((address))");
    assert_eq!(kept(&words), both(&["Last.", "Sam Example"]));
    // Where nobody signs, nothing is held.
    assert_eq!(kept("First.\n\nLast.\n\nThank you for that."), both(&[]));
}

#[test]
fn every_letter_has_a_table_to_start_from() {
    let own = letters(Path::new(".")).letters;
    assert!(own.len() >= 15, "{} letters", own.len());
    for (template, _) in own.values() {
        let table = merge::example(template);
        let mut problems = Vec::new();
        let people = people::csv(&Source::new("people.csv", table.as_str()), &mut problems);
        let letters = merge::letters(template, &people, today(), &mut problems);
        assert_eq!(problems, [], "{}:\n{table}", template.name);
        assert_eq!(letters.len(), 1);
    }
}

/// A message of the kind, with lines at its top and words below them, and what was found.
fn message(kind: &str, top: &str, words: &str) -> (Option<Template>, Vec<String>) {
    let (letters, found) =
        with(&format!("---\ntitle: Your visit\nkind: {kind}\n{top}---\n{words}\n"));
    let said = found.into_iter().map(|found| format!("{} [{}]", found.message, found.code()));
    (letters.into_values().next().map(|(template, _)| template), said.collect())
}

#[test]
fn a_text_message_is_only_what_was_written() {
    let top = "from: money-team\nfields:\n  - {name: day, type: date, example: 20 January 2027}\n";
    let words = "This is the money team. We will visit you on ((day)).\n\nCall ((contact phone)).";
    let (template, found) = message("text message", top, words);
    let template = template.expect("a text");
    assert_eq!(found, [""; 0]);
    let names: Vec<&str> = template.fields.iter().map(|field| field.name.as_str()).collect();
    assert_eq!(names, ["day"], "no date of its own, no address and no reference");
    let said = sms::said(&template, &template.examples());
    assert_eq!(
        said,
        "This is the money team. We will visit you on 20 January 2027.\n\nCall 0306 999 0110."
    );
    assert_eq!(sms::length(&said).characters, said.len());
}

#[test]
fn what_the_site_puts_into_a_text_message_is_turned_back() {
    let top = "from: money-team\n";
    let (template, found) = message(
        "text message",
        top,
        "Money team here. ((curly)) Call ((contact phone)).\n\n((curly-snippet))",
    );
    assert_eq!(found, [""; 0]);
    let template = template.expect("a text");
    let said = sms::said(&template, &template.blank());
    assert!(said.contains("It's \"10am - noon\"."), "{said}");
    assert!(said.contains("Don't worry - we're here."), "{said}");
    let (template, found) =
        message("text message", top, "Money team: it’s us. Call ((contact phone)).");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("the character ’ leaves less"), "{found:?}");
    let typed = sms::said(&template.expect("a text"), &[]);
    assert_eq!(sms::length(&typed).odd, ['’'], "what an editor types is told and stays");
}

#[test]
fn an_email_has_a_subject_that_stands_apart() {
    let top = "from: money-team\nsubject: We come on ((day))\nfields:\n  - {name: day, type: date, example: 20 January 2027}\n";
    let words = "Dear Sam\n\nSee you on ((day)). Call us on ((contact phone)).\n\nYours sincerely\n\nMoney team";
    let (template, found) = message("email", top, words);
    assert_eq!(found, [""; 0]);
    let template = template.expect("an email");
    let said = sms::said(&template, &template.examples());
    assert!(said.starts_with("Subject: We come on 20 January 2027\n\nDear Sam\n\n"), "{said}");
}

#[test]
fn what_plain_text_cannot_hold_is_told() {
    for (kind, words) in [
        ("text message", "## Heading"),
        ("text message", "Some **bold** words."),
        ("text message", "Some *odd* words."),
        ("text message", "| a |\n| --- |\n| b |"),
        ("text message", "![A clock](clock.svg)"),
        ("text message", "> [!NOTE] Box\n> Words."),
        ("text message", "```symbols\n- picture: clock.svg\n  alt: A clock\n  words: Words.\n```"),
        ("email", "# Heading"),
        ("email", "Some **bold** words."),
    ] {
        let (_, found) = message(kind, "subject: Words\n", words);
        let one =
            if kind == "email" { "an email cannot hold" } else { "a text message cannot hold" };
        assert!(found.iter().any(|found| found.starts_with(one)), "{words}: {found:?}");
    }
    let (_, found) = message(
        "email",
        "subject: Words\n",
        "Dear Sam\n\n## Small heading\n\nWords.\n\nYours sincerely",
    );
    assert!(!found.iter().any(|found| found.contains("cannot hold")), "{found:?}");
}

/// What people type, one line for each field, in many ways: nothing, the
/// examples, and what could break a document.
fn typed(template: &Template) -> Vec<Vec<String>> {
    let hostile = [
        "**bold** <b>x</b> ((full name)) {{ x }} {body} {text} &amp; &lt; ]]> --> \\",
        "=cmd|' /C calc'!A0",
        "+441632960001",
        "\u{202e}abc\u{202c} שלום عالم",
        "a\u{0}b\u{b}c\u{c}d\u{1f}e\u{7f}f\u{85}g\u{feff}h\u{fffe}i",
        "  two  spaces   and\u{a0}more  ",
        "one.\r\n\r\n  two!\rthree\n",
        "\u{1f600} e\u{301} \u{10ffff} ﷽",
        "1/2/2027",
        "29/02/2027",
        "Monday, 1st February 2027",
        "1 Chwef 2027",
        "1 jui 2027",
        "1 juil. 2027",
        "1 MAR 2027",
        "1er FÉVRIER 2027",
        "1 FÉV 2027",
        "£1,234.50",
        "00012",
        "le1 1aa",
        "YES",
        "card & \"PIN\"",
        "- item\n1. item\n# heading\n> quote",
        "end.",
        "",
    ];
    let fields = template.fields.len();
    let mut all = vec![
        vec![String::new(); fields],
        template.fields.iter().map(|field| field.example.clone()).collect::<Vec<_>>(),
    ];
    for shift in 0..hostile.len() {
        // Where the words fit no type, the example stands, so that much is filled.
        let one = |(at, field): (usize, &plainsite::letter::Field)| {
            let words = hostile[(at + shift) % hostile.len()];
            let fits = answer::read(template, field, words).is_ok();
            if fits || at % 3 == 0 { words.to_owned() } else { field.example.clone() }
        };
        all.push(template.fields.iter().enumerate().map(one).collect());
    }
    if template.name == "everything" && template.below.is_none() {
        all.push(vec!["x".repeat(100_000); fields]);
    }
    all
}

/// Reads, fills and writes each case, as the page of a letter does.
const ENGINE: &str = r#"
import { readFileSync, writeFileSync } from "node:fs";
const [folder] = process.argv.slice(1);
const letter = new Function(`${readFileSync(`${folder}/letter.js`, "utf8")}; return letter`)();
const cases = JSON.parse(readFileSync(`${folder}/cases`, "utf8"));
const told = JSON.parse(readFileSync(`${folder}/told`, "utf8"));
const said = cases.map(({ template: at, typed, today }, number) => {
    const template = told[at];
    const { read, rules, fill, length, write, save } = letter(template);
    const reads = template.fields.map((field, at) => read(field, typed[at]));
    const answers = reads.map(({ answer }) => answer);
    const lines = fill(answers);
    for (const format of Object.keys(template.formats)) {
        for (const large of [false, true]) {
            writeFileSync(`${folder}/${number}.${large}.${format}`, save(format, lines, large));
        }
    }
    const said = template.sms && length(write(template.formats.txt.marks, lines).replace(/\n+$/, ""));
    return { reads, rules: rules(answers, today), said };
});
console.log(JSON.stringify(said));
"#;

/// What the engine says of each case, and its documents in `folder`.
fn engine(folder: &Path, templates: &[Template], cases: &Value) -> Vec<Value> {
    let told: Vec<_> = templates.iter().map(Told::new).collect();
    fs::write(folder.join("told"), serde_json::to_vec(&told).expect("JSON")).expect("a file");
    fs::write(folder.join("cases"), cases.to_string()).expect("a file");
    fs::write(folder.join("letter.js"), shrunk(SCRIPT)).expect("a file");
    let output = Command::new("node")
        .args(["--input-type=module", "--eval", ENGINE, "--"])
        .arg(folder)
        .output()
        .expect("node is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("answers")
}

fn fault_name(fault: &answer::AnswerFault) -> &'static str {
    match fault {
        answer::AnswerFault::Missing => "missing",
        answer::AnswerFault::Not(_) => "not",
        answer::AnswerFault::NotAfter(_) => "after",
        answer::AnswerFault::TooSoon(_) => "soon",
    }
}

#[test]
fn a_browser_makes_the_same_documents() {
    // A third language, with months that begin alike: `jui` is none of them.
    let french: Vec<&str> = "janvier février mars avril mai juin juillet août septembre octobre \
                             novembre décembre"
        .split_whitespace()
        .collect();
    let mut third = everything();
    let mut months = serde_json::to_value(&third.months).expect("JSON");
    months["fr"] = json!(french);
    third.months = serde_json::from_value(months).expect("months");
    third.language = "fr".into();
    let mut templates = vec![everything(), third, in_two_languages()];
    let own = letters(Path::new(".")).letters;
    templates.extend(own.into_values().map(|(template, _)| template));
    assert!(templates.len() > 12);
    let epoch = Date::parse("1970-01-01").expect("a day");
    let days = (0..).find(|&days| epoch.plus_days(days) == today()).expect("a number of days");

    let all: Vec<(usize, Vec<String>)> = templates
        .iter()
        .enumerate()
        .flat_map(|(at, template)| typed(template).into_iter().map(move |typed| (at, typed)))
        .collect();
    let cases: Vec<Value> = all
        .iter()
        .map(|(template, typed)| json!({ "template": template, "typed": typed, "today": days }))
        .collect();
    let folder = tempfile::tempdir().expect("a folder");
    let said = engine(folder.path(), &templates, &Value::from(cases));

    for (number, ((at, typed), said)) in all.iter().zip(said).enumerate() {
        let template = &templates[*at];
        let reads = template.fields.iter().zip(typed);
        let reads: Vec<_> =
            reads.map(|(field, typed)| answer::read(template, field, typed)).collect();
        let told: Vec<Value> = reads
            .iter()
            .map(|read| match read {
                Ok(answer) => json!({ "answer": answer }),
                Err(fault) => json!({ "fault": fault_name(fault) }),
            })
            .collect();
        assert_eq!(said["reads"], Value::from(told), "{} as {typed:?}", template.name);
        let answers: Vec<_> = reads.into_iter().map(Result::ok).collect();
        let rules = answer::rules(template, &answers, today());
        let rules: Vec<Value> = rules
            .iter()
            .map(|(at, fault)| match fault {
                answer::AnswerFault::NotAfter(other) => json!([at, "after", other]),
                answer::AnswerFault::TooSoon(day) => {
                    json!([at, "soon", template.day(*day)])
                }
                other => panic!("{other:?} is not about two fields"),
            })
            .collect();
        assert_eq!(said["rules"], Value::from(rules), "{} as {typed:?}", template.name);
        let lines = fill(template, &answers);
        if template.form == Form::Text {
            let own = sms::length(&sms::said(template, &answers));
            for name in ["characters", "parts", "odd"] {
                let own = &json!(own)[name];
                assert_eq!(&said["said"][name], own, "{} as {typed:?}", template.name);
            }
        }
        for &format in Format::of(template.form) {
            for size in [Size::Normal, Size::Large] {
                let name = format!("{number}.{}.{}", size == Size::Large, format.extension());
                let theirs = fs::read(folder.path().join(&name)).expect("a document");
                let ours = Writer::new(template, format, size).write(&lines);
                if theirs != ours {
                    let at = ours.iter().zip(&theirs).take_while(|(a, b)| a == b).count();
                    let near = |bytes: &[u8]| {
                        let end = (at + 80).min(bytes.len());
                        String::from_utf8_lossy(&bytes[at.saturating_sub(80).min(end)..end])
                            .into_owned()
                    };
                    panic!(
                        "{} as {name} differs at byte {at}:\n  ours   {}\n  theirs {}",
                        template.name,
                        near(&ours),
                        near(&theirs),
                    );
                }
            }
        }
    }
}

/// The parts of an archive whose files are stored as they are.
fn archive(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let number = |at: usize, size: usize| {
        bytes[at..at + size].iter().rev().fold(0, |sum, &byte| sum << 8 | usize::from(byte))
    };
    let mut parts = Vec::new();
    let mut at = 0;
    while bytes[at..].starts_with(b"PK\x03\x04") {
        let (size, name) = (number(at + 18, 4), number(at + 26, 2));
        let start = at + 30 + name;
        let name = String::from_utf8(bytes[at + 30..start].to_vec()).expect("a name");
        parts.push((name, bytes[start..start + size].to_vec()));
        at = start + size;
    }
    parts
}

/// Writes a letter in every format and looks at it: the XML is well-formed, and the
/// words of every answer that the letter shows are in it.
fn look_at(template: &Template, answers: &[Option<String>]) {
    let lines = fill(template, answers);
    for format in Format::ALL {
        let bytes = Writer::new(template, format, Size::Normal).write(&lines);
        if !matches!(format, Format::Docx | Format::Odt) {
            assert!(String::from_utf8(bytes).is_ok());
            continue;
        }
        let mut said = String::new();
        for (name, part) in archive(&bytes) {
            if !name.ends_with(".xml") && !name.ends_with(".rels") {
                continue;
            }
            let text = String::from_utf8(part).expect("text");
            let tree =
                roxmltree::Document::parse(&text).unwrap_or_else(|why| panic!("{name}: {why}"));
            if name == "word/document.xml" {
                said = tree.descendants().filter_map(|node| node.text()).collect();
            }
        }
        if format == Format::Docx {
            for line in &lines {
                for words in line.pieces.iter().flat_map(|piece| piece.text.split('\n')) {
                    assert!(said.contains(words), "{words:?} is not in the document");
                }
            }
        }
    }
}

/// Words of the sort that break programs.
fn words() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "((",
        "))",
        "((full name))",
        "((full name??",
        "((has card: no??",
        "((how paid: cash??",
        "((a??((b??c))))",
        "**",
        "_",
        "<b>",
        "</w:t>",
        "]]>",
        "&",
        "&amp;",
        "{body}",
        "{text}",
        "{{",
        "\u{0}",
        "\u{b}",
        "\u{202e}",
        "\u{fffe}",
        "\u{feff}",
        "שלום",
        "=cmd()",
        "\"",
        "\n",
        "\n\n",
        "\r\n",
        "- ",
        "1. ",
        "# ",
        "> ",
        "| a |\n|---|\n",
        "```symbols\n- words: x\n```\n",
        "[a](b.md)",
        "![x](clock.svg)",
        "[^1]",
        "a",
        " ",
        "Dear",
        ".",
        "\u{10ffff}",
    ]);
    prop::collection::vec(
        prop_oneof![3 => odd.prop_map(str::to_owned), 1 => any::<String>()],
        0..24,
    )
    .prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(crate::random::inputs(96))]

    /// Any text is a letter, any words are answers, and every document opens.
    #[test]
    fn any_letter_with_any_answers_opens(body in words(), typed in prop::collection::vec(words(), 16)) {
        let whole = fixture("site/content/everything");
        let (front, _) = whole.split_once("\n---\n").expect("front matter");
        let (letters, _) = with(&format!("{front}\n---\n{body}"));
        for (template, _) in letters.values() {
            let read = |(field, typed): (_, &String)| answer::read(template, field, typed).ok();
            let answers: Vec<_> = template.fields.iter().zip(typed.iter().cycle()).map(read).collect();
            let _ = answer::rules(template, &answers, today());
            look_at(template, &answers);
            look_at(template, &template.blank());
        }
    }

    /// Any bytes are a table: letters, or faults with their places, and never both.
    #[test]
    fn any_table_is_letters_or_faults(bytes in prop::collection::vec(any::<u8>(), 0..400), text in words(), quote in any::<bool>()) {
        static LETTER: LazyLock<Template> = LazyLock::new(everything);
        let table = merge::example(&LETTER);
        let tail = if quote { format!("\"{}\"\n", text.replace('"', "\"\"")) } else { text };
        for bytes in [bytes.clone(), [table.as_bytes(), &bytes].concat(), [table.as_bytes(), tail.as_bytes()].concat()] {
            let (text, _) = people::decode(&bytes);
            let source = Source::new("people.csv", text.as_str());
            for read in [people::csv, people::json] {
                let mut problems = Vec::new();
                let people = read(&source, &mut problems);
                let letters = merge::letters(&LETTER, &people, today(), &mut problems);
                prop_assert!(!letters.is_empty() || !problems.is_empty());
                for problem in &problems {
                    prop_assert!(text.get(problem.span.start..problem.span.end).is_some(), "{problem:?}");
                }
                if problems.is_empty() {
                    letters.iter().for_each(|letter| look_at(&LETTER, &letter.answers));
                }
            }
        }
    }
}

#[test]
fn a_very_long_answer_is_still_a_letter() {
    let template = everything();
    let mut answers = template.examples();
    let long = "word & <b> ".repeat(100_000);
    for (at, field) in template.fields.iter().enumerate() {
        if let Ok(answer) = answer::read(&template, field, &long) {
            answers[at] = Some(answer);
        }
    }
    look_at(&template, &answers);
}
