//! What people take along: files that say what they are, and tables as files.

use crate::small_site::{HOME, built};
use plainsite::Built;

fn page(built: &Built, path: &str) -> String {
    let bytes = built.files.get(path).unwrap_or_else(|| panic!("{path} is not there"));
    String::from_utf8(bytes.as_slice().to_vec()).expect("letters")
}

fn said(built: &Built) -> String {
    let line = |found: &plainsite::diagnostic::Finding| {
        format!("{}:{}:{}: {}\n", found.file, found.start.line, found.start.column, found.message)
    };
    built.findings.iter().map(line).collect()
}

/// Two pages, with nothing packed.
const PDF: &str = "%PDF-1.4\n1 0 obj <</Type/Catalog /Pages 2 0 R>> endobj\n\
    2 0 obj <</Type /Pages /Count 2 /Kids [3 0 R 4 0 R]>> endobj\n\
    3 0 obj <</Type /Page /Parent 2 0 R>> endobj\n4 0 obj <</Type /Page /Parent 2 0 R>> endobj\n";

const SETTINGS: (&str, &str) = ("site.toml", "title = \"Guide\"\nlanguages = [\"en\", \"cy\"]\n");

#[test]
fn a_link_to_a_file_says_what_it_is_and_leads_to_the_page_that_says_the_same() {
    let records = "---\ntitle: Keep records\nfiles: [{file: records.pdf, date: March 2026}]\n---\n\n\
        Keep receipts, and [print this](records.pdf).\n";
    let welsh = "---\ntitle: Cadw cofnodion\nfiles: cofnodion.odt\n---\n\nCadwch dderbynebau.\n";
    let built = built(&[
        SETTINGS,
        HOME,
        ("content/records.md", records),
        ("content/records.cy.md", welsh),
        (
            "content/other.md",
            "---\ntitle: Other\n---\n\nTake [the leaflet](records.pdf) or [the Welsh one](cofnodion.odt).\n",
        ),
        ("content/records.pdf", PDF),
        ("content/cofnodion.odt", "x"),
    ]);
    let other = page(&built, "other/index.html");
    let label = format!("PDF, {} bytes, 2 pages, March 2026", PDF.len());
    let link = format!(
        "the leaflet ({label})</a> (<a href=\"../records/\">read “Keep records” as a web page</a>)"
    );
    assert!(other.contains(&link), "{other}");
    assert!(other.contains("the Welsh one (ODT, 1 bytes, Cymraeg)</a>"), "{other}");
    let own = page(&built, "records/index.html");
    assert!(own.contains(&format!("This page as a file ({label})")), "{own}");
    assert!(own.contains(&format!("print this ({label})</a>.")), "no link to itself: {own}");
    assert!(
        page(&built, "cy/records/index.html").contains("Y dudalen hon fel ffeil (ODT, 1 bytes)")
    );
    assert_eq!(said(&built), "", "each file has a page");
}

#[test]
fn a_page_shows_its_other_forms_at_its_top() {
    let records = "---\ntitle: Keep records\nlarge print: large.pdf\naudio: records.mp3\n\
        sign language: https://films.example/records\nfiles: [{file: pl.docx, language: Polski}]\n---\n\nKeep receipts.\n";
    let built = built(&[
        HOME,
        ("content/records.md", records),
        ("content/large.pdf", PDF),
        ("content/records.mp3", "sound"),
        ("content/pl.docx", "x"),
    ]);
    let own = page(&built, "records/index.html");
    let (head, _) =
        own.split_once("<div class=body>").or(own.split_once("class=\"body\"")).expect("a head");
    for form in [
        "href=\"../pl.docx\">This page as a file (DOCX, 1 bytes, Polski)<",
        &format!("href=\"../large.pdf\">Large print (PDF, {} bytes, 2 pages)<", PDF.len()),
        "href=\"../records.mp3\">Listen to a recording (MP3, 5 bytes)<",
        "href=\"https://films.example/records\">Watch this in sign language<",
    ] {
        assert!(head.contains(form), "{form}: {head}");
    }
    for file in ["large.pdf", "records.mp3", "pl.docx"] {
        assert!(built.files.contains_key(file), "{file} is published");
    }
}

#[test]
fn a_document_without_a_page_is_told_of_once() {
    let built = built(&[
        (
            "content/index.md",
            "---\ntitle: Home\n---\n\nRead [this](a.pdf), [that](b.csv) or [this](a.pdf).\n",
        ),
        ("content/other.md", "---\ntitle: Other\n---\n\nRead [the leaflet](a.pdf).\n"),
        ("content/a.pdf", PDF),
        ("content/b.csv", "a,b\n"),
    ]);
    let said = said(&built);
    assert_eq!(said.matches("no page says the same").count(), 1, "{said}");
    assert!(said.contains("content/index.md:5:6"), "{said}");
}

#[test]
fn a_table_of_numbers_is_a_file_with_the_same_words() {
    let page_with = "---\ntitle: Who was helped\n---\n\n```table Who was helped, by year\nWho,People,Change\n\
        =HYPERLINK(1),239,-3\n\"A, B\",((limit)),–4\nTotal,\"1,239\",0\n```\n\n\
        Table: Small\n\n| A | B |\n| --- | --- |\n| x | 1 |\n| y | 2 |\n\n\
        Table: Only words\n\n| A | B |\n| --- | --- |\n| x | a |\n| y | b |\n| z | c |\n";
    let built = built(&[
        HOME,
        ("content/helped.md", page_with),
        (
            "content/_data/facts.yaml",
            "limit: {value: \"1000\", means: x, from: 1 April 2026, source: y}\n",
        ),
    ]);
    let file = page(&built, "helped/who-was-helped-by-year.csv");
    let same =
        "\u{feff}Who,People,Change\n'=HYPERLINK(1),239,-3\n\"A, B\",1000,-4\nTotal,\"1,239\",0\n";
    assert_eq!(file, same, "no formula, and numbers stay numbers");
    let html = page(&built, "helped/index.html");
    assert!(
        html.contains("<a href=\"who-was-helped-by-year.csv\">This table as a file for spreadsheets (CSV)<span class=\"off\">: Who was helped, by year</span>"),
        "{html}"
    );
    assert_eq!(built.files.keys().filter(|path| path.ends_with(".csv")).count(), 1);
}

#[test]
fn a_chart_is_drawn_of_the_table_below_it() {
    let chart = "---\ntitle: Helped\n---\n\n```table Who was helped\nchart: bar\nWho,People\nI do it,50\nMy family,200\nTotal,250\n```\n";
    let built = built(&[HOME, ("content/helped.md", chart)]);
    let html = page(&built, "helped/index.html");
    let (before, table) = html.split_once("<table>").expect("a table");
    let (_, drawn) = before
        .split_once("aria-hidden=\"true\" data-unsearched>")
        .or(before.split_once("class=\"chart\""))
        .expect("a chart");
    assert!(
        drawn.contains("I do it: <strong>50</strong>") && drawn.contains("width=\"250\""),
        "{drawn}"
    );
    assert!(
        drawn.contains("My family: <strong>200</strong>") && drawn.contains("width=\"1000\""),
        "{drawn}"
    );
    assert_eq!(drawn.matches("<rect").count(), 2, "a total is no bar: {drawn}");
    assert!(drawn.contains("fill=\"currentColor\""), "it keeps to the colours of the reader");
    for words in ["I do it", "50", "My family", "200", "Total", "250"] {
        assert!(table.contains(words), "{words}");
    }
    assert!(!drawn.contains("script") && !drawn.contains("style="));
}
