//! Documents of Word, LibreOffice and the web become pages: what is kept, and that no file of
//! any bytes does harm. What other programs write is tried in `documents/documents.py`.

use std::{
    io::{Cursor, Write as _},
    time::{Duration, Instant},
};

use plainsite::import::document::{FileKind, Made, Refusal, Wanted, kind_of, make, read};
use proptest::prelude::*;
use unzip::{ZipWriter, write::SimpleFileOptions};

const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a part");
        archive.write_all(text.as_bytes()).expect("its bytes");
    }
    archive.finish().expect("an archive").into_inner()
}

fn docx(body: &str) -> Vec<u8> {
    let text = format!("<w:document xmlns:w=\"{W}\"><w:body>{body}</w:body></w:document>");
    packed(&[("word/document.xml", &text)])
}

fn odt(body: &str) -> Vec<u8> {
    let urn = "urn:oasis:names:tc:opendocument:xmlns";
    let text = format!(
        "<office:document-content xmlns:office=\"{urn}:office:1.0\" xmlns:text=\"{urn}:text:1.0\" \
         xmlns:table=\"{urn}:table:1.0\"><office:body><office:text>{body}</office:text></office:body>\
         </office:document-content>"
    );
    packed(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &text)])
}

fn wanted(file: &str) -> Wanted<'_> {
    Wanted {
        file,
        folder: "content/".to_owned(),
        name: Some("page".to_owned()),
        split_at: None,
        is_letter: false,
        language: None,
    }
}

fn made(bytes: &[u8], file: &str) -> Result<Made, Refusal> {
    Ok(make(read(bytes, file, &|_| None)?, &wanted(file)))
}

/// The Markdown of a document, without what stands at its top.
fn page(bytes: &[u8], file: &str) -> String {
    let made = made(bytes, file).expect("it is read");
    let text = &made.pages[0].text;
    text.splitn(3, "---\n").nth(2).expect("a page").trim().to_owned()
}

#[test]
fn what_a_file_is_does_not_depend_on_its_name() {
    let word = docx("<w:p><w:r><w:t>Hello</w:t></w:r></w:p>");
    assert_eq!(kind_of(&word, "services.csv"), FileKind::Document);
    assert_eq!(page(&word, "services.csv"), "Hello");
    assert_eq!(kind_of(&packed(&[("xl/workbook.xml", "<x/>")]), "a.docx"), FileKind::Workbook);
    assert_eq!(kind_of(b"Name,Telephone\n", "services.csv"), FileKind::Text);
    assert_eq!(kind_of(b"<!DOCTYPE html><p>x", "saved"), FileKind::Document);
}

#[test]
fn words_that_would_mean_something_are_words() {
    let text = "1. one *star* ((value)) [link](x) <b> `code` & more";
    let body = format!(
        "<w:p><w:r><w:t>{}</w:t></w:r></w:p>",
        text.replace('<', "&lt;").replace("& ", "&amp; ")
    );
    assert_eq!(
        page(&docx(&body), "a.docx"),
        "1\\. one \\*star\\* \\((value)) \\[link\\](x) \\<b> \\`code\\` & more"
    );
}

#[test]
fn a_page_of_the_web_is_its_text() {
    let html = "<html><title>Old</title><body><nav><ul><li>Menu</ul></nav><main><h1>Money</h1>\
        <p>Ask <a href='https://www.example.org/'>us</a>.<ol start=3><li>Ring<li>Wait</ol>\
        <p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>one\
        <iframe title='Map' src='https://maps.example/'></iframe></main></body></html>";
    let made = made(html.as_bytes(), "a.html").expect("it is read");
    assert!(made.pages[0].text.contains("title: Money\n"), "{}", made.pages[0].text);
    assert!(!made.pages[0].text.contains("Menu"));
    assert_eq!(
        page(html.as_bytes(), "a.html"),
        "Ask [us](https://www.example.org/).\n\n3. Ring\n4. Wait\n\n- one"
    );
    let lost: Vec<&str> =
        made.pages[0].lost.iter().map(|(_, loss)| loss.message.as_str()).collect();
    assert!(lost.contains(&"a part of another website stood here (“Map”)"), "{lost:?}");
}

#[test]
fn numbers_above_and_below_the_line_stay_there() {
    let html = "<p>Pay 10<sup>6</sup> and 5<sup>1</sup>, H<sub>2</sub>O, on the 1<sup>st</sup>.";
    assert_eq!(page(html.as_bytes(), "a.html"), "Pay 10⁶ and 5¹, H₂O, on the 1st.");
    let run = |align: &str, words: &str| {
        format!("<w:r><w:rPr><w:vertAlign w:val=\"{align}\"/></w:rPr><w:t>{words}</w:t></w:r>")
    };
    let body = format!("<w:p><w:r><w:t>£10</w:t></w:r>{}</w:p>", run("superscript", "6"));
    assert_eq!(page(&docx(&body), "a.docx"), "£10⁶");
    let body = format!("<w:p><w:r><w:t>H</w:t></w:r>{}</w:p>", run("subscript", "2"));
    assert_eq!(page(&docx(&body), "a.docx"), "H₂");
}

#[test]
fn words_in_braces_or_double_brackets_are_words_in_headings_too() {
    let html = "<h1>Call ((office phone))</h1><p>Us.</p><h2>End {#contact}</h2><p>Now.</p>";
    let made = made(html.as_bytes(), "a.html").expect("it is read");
    let text = &made.pages[0].text;
    assert!(text.contains("title: Call ( (office phone))\n"), "{text}");
    assert!(text.contains("## End {#contact\\}\n"), "{text}");
}

#[test]
fn what_a_table_is_too_wide_for_is_told() {
    let cells: String = (0..70).map(|at| format!("<td>c{at}")).collect();
    let wide = format!("<table><tr>{cells}<tr>{cells}</table>");
    let spanned = "<table><tr><td colspan=100000000>x<td>y<tr><td>1<td>2</table>".to_owned();
    for html in [wide, spanned] {
        let made = made(html.as_bytes(), "a.html").expect("it is read");
        let lost = made.pages[0].lost.iter().any(|(_, loss)| loss.message.contains("60 columns"));
        assert!(lost, "{:?}", made.pages[0].lost);
    }
}

#[test]
fn what_was_lost_is_told_where_it_stood() {
    let body = "<w:p><w:r><w:t>First.</w:t></w:r></w:p><w:p><w:r><w:t>Second</w:t><w:sym w:font=\"Wingdings\" w:char=\"F07B\"/></w:r></w:p>";
    let made = made(&docx(body), "a.docx").expect("it is read");
    let page = &made.pages[0];
    let (span, loss) = page.lost.last().expect("something was lost");
    assert_eq!(loss.message, "the symbol Wingdings 123 stood here");
    assert!(page.text[span.start..].starts_with("Second"), "{:?}", &page.text[span.start..]);
}

#[test]
fn what_cannot_be_read_is_refused_with_what_to_do() {
    let old = [&[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1][..], &[0; 64]].concat();
    let locked: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
    let encrypted = packed(&[
        ("content.xml", "<x/>"),
        (
            "META-INF/manifest.xml",
            "<m:manifest xmlns:m=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><m:encryption-data/></m:manifest>",
        ),
    ]);
    for (bytes, refusal) in [
        (b"%PDF-1.7".to_vec(), Refusal::Pdf),
        (b"{\\rtf1 x}".to_vec(), Refusal::RichText),
        ([&old[..], &locked].concat(), Refusal::Locked),
        (old, Refusal::OldWord),
        (encrypted, Refusal::Locked),
        (b"MIME-Version: 1.0\nx".to_vec(), Refusal::WebArchive),
        (packed(&[("ppt/presentation.xml", "<x/>")]), Refusal::Slides),
        (docx(""), Refusal::Empty),
        (packed(&[("word/document.xml", "<w:document")]), Refusal::Damaged),
    ] {
        assert_eq!(made(&bytes, "a.docx").err(), Some(refusal));
        assert!(refusal.words().contains(' '), "{refusal:?}");
    }
}

#[test]
fn deep_and_long_documents_end() {
    let start = Instant::now();
    let deep = "<w:smartTag>".repeat(20_000) + "x" + &"</w:smartTag>".repeat(20_000);
    assert_eq!(made(&docx(&deep), "a.docx").err(), Some(Refusal::TooLarge));
    let cells = "<w:tbl><w:tr><w:tc>".repeat(60) + &"</w:tc></w:tr></w:tbl>".repeat(60);
    assert_eq!(made(&docx(&cells), "a.docx").err(), Some(Refusal::Empty));
    let wide = "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val=\"4000000000\"/></w:tcPr><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl>".repeat(50);
    made(&docx(&wide), "a.docx").expect("it is read");
    let repeated = "<table:table><table:table-row><table:table-cell table:number-columns-repeated=\"1000000000\"><text:p>x</text:p></table:table-cell></table:table-row></table:table>";
    assert!(page(&odt(repeated), "a.odt").len() < 1000);
    let html = "<ul><li>".repeat(20_000) + "x";
    made(html.as_bytes(), "a.html").expect("it is read");
    let fields = "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r></w:p>".repeat(2_000);
    let _ = made(&docx(&fields), "a.docx");
    let many = "<w:p><w:r><w:t>Words of a long document that somebody wrote.</w:t></w:r></w:p>"
        .repeat(40_000);
    made(&docx(&many), "a.docx").expect("it is read");
    assert!(start.elapsed() < Duration::from_secs(60), "{:?}", start.elapsed());
}

/// An archive that unpacks to 200 MB of nothing is 200 kB.
#[test]
fn a_small_file_that_unpacks_to_a_large_one_is_refused() {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    archive.start_file("word/document.xml", SimpleFileOptions::default()).expect("a part");
    let spaces = vec![b' '; 1024 * 1024];
    for _ in 0..200 {
        archive.write_all(&spaces).expect("its bytes");
    }
    let bytes = archive.finish().expect("an archive").into_inner();
    assert!(bytes.len() < 1024 * 1024);
    assert_eq!(made(&bytes, "a.docx").err(), Some(Refusal::TooLarge));
}

#[test]
fn no_file_beside_or_outside_a_page_is_asked_for_but_its_own() {
    let asked = std::cell::RefCell::new(Vec::new());
    let beside = |address: &str| {
        asked.borrow_mut().push(address.to_owned());
        None
    };
    let html = "<p>x<img src='https://tracker.example/x.png'><img src='//tracker.example/y.png'><img src='own.png'>";
    let document = read(html.as_bytes(), "a.html", &beside).expect("it is read");
    make(document, &wanted("a.html"));
    assert_eq!(*asked.borrow(), ["own.png"]);
}

const PIECES: &[&str] = &[
    "<w:p>",
    "</w:p>",
    "<w:r>",
    "</w:r>",
    "<w:t>1. words</w:t>",
    "<w:t>*[x](y)|#</w:t>",
    "<w:br/>",
    "<w:tab/>",
    "<w:tbl>",
    "</w:tbl>",
    "<w:tr>",
    "</w:tr>",
    "<w:tc>",
    "</w:tc>",
    "<w:pPr><w:outlineLvl w:val=\"2\"/></w:pPr>",
    "<w:rPr><w:b/><w:sz w:val=\"65535\"/></w:rPr>",
    "<w:fldChar w:fldCharType=\"begin\"/>",
    "<w:instrText>HYPERLINK \"</w:instrText>",
    "<w:fldChar w:fldCharType=\"separate\"/>",
    "<w:fldChar w:fldCharType=\"end\"/>",
    "<w:footnoteReference w:id=\"1\"/>",
    "<w:hyperlink w:anchor=\"a\">",
    "</w:hyperlink>",
    "<w:bookmarkStart w:name=\"a\"/>",
    "<w:t>[Name] ____ ☐ Yes ☐ No £</w:t>",
    "<w:t>Dear é</w:t>",
    "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr></w:sdt>",
    "<w:drawing/>",
    "<w:t>a) one</w:t>",
    "&#1;",
    "&x;",
];

proptest! {
    #![proptest_config(crate::random::inputs(400))]
    #[test]
    fn any_document_gives_a_page_or_a_sentence(
        pieces in prop::collection::vec(prop::sample::select(PIECES), 0..60),
        is_letter: bool,
        split in prop::option::of(2..5_u8),
    ) {
        let bytes = docx(&pieces.concat());
        if let Ok(document) = read(&bytes, "a.docx", &|_| None) {
            let wanted = Wanted { is_letter, split_at: split, ..wanted("a.docx") };
            for page in make(document, &wanted).pages {
                for (span, _) in page.lost {
                    prop_assert!(page.text.is_char_boundary(span.start));
                }
            }
        }
    }

    #[test]
    fn any_bytes_give_a_page_or_a_sentence(bytes in prop::collection::vec(any::<u8>(), 0..400), at in 0..600_usize, byte: u8) {
        let _ = made(&bytes, "a.docx");
        let _ = made(&bytes, "a.html");
        let _ = made(&[b"PK\x03\x04", &bytes[..]].concat(), "a.odt");
        for mut whole in [docx("<w:p><w:r><w:t>Hello</w:t></w:r></w:p>"), odt("<text:p>Hello</text:p>")] {
            let end = at.min(whole.len());
            let _ = made(&whole[..end], "a.docx");
            if let Some(slot) = whole.get_mut(at) {
                *slot = byte;
            }
            let _ = made(&whole, "a.docx");
        }
    }

    #[test]
    fn any_page_of_the_web_gives_a_page_or_a_sentence(html in "(<(ul|li|ol|table|tr|td|p|b|h1|h3|a href='#x'|img src=x|br|div id=ftn1|input|blockquote)>|</(ul|table|td|p|b|a|div)>|[a-z1.*|#é -]{1,6}){0,60}") {
        let _ = made(html.as_bytes(), "a.html");
    }
}

/// What the program says, and how it ends.
fn plainsite(root: &std::path::Path, words: &[&str]) -> (i32, String, String) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_plainsite"));
    let output = command.args(words).current_dir(root).output().expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().expect("it ended"), text(&output.stdout), text(&output.stderr))
}

#[test]
fn a_document_that_comes_again_takes_the_place_of_the_first_when_asked() {
    let root = tempfile::tempdir().expect("a folder");
    let root = root.path();
    std::fs::create_dir(root.join("content")).expect("a folder");
    std::fs::write(root.join("content/index.md"), "---\ntitle: Home\n---\n\nHello.\n").expect("it");
    let guide = |words: &str| {
        let html = format!("<!doctype html><html><body><h1>Guide</h1><p>{words}");
        std::fs::write(root.join("guide.html"), html).expect("a file");
    };
    guide("Old words.");
    let (status, _, said) = plainsite(root, &["import", "guide.html"]);
    assert_eq!(status, 0, "{said}");
    let old = std::fs::read_to_string(root.join("content/guide.md")).expect("a page");
    guide("New words.");
    let (status, _, said) = plainsite(root, &["import", "guide.html"]);
    assert_eq!(status, 1, "{said}");
    for part in [
        "content/guide.md is there already. Nothing was written.",
        "Add --replace to put the new text in its place: its address stays, and the old text is kept",
        "or --name guide-2 to make another page",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    let (status, _, said) = plainsite(root, &["import", "guide.html", "--replace"]);
    assert_eq!(status, 0, "{said}");
    assert!(said.contains("“Earlier states” of `plainsite desk`"), "{said}");
    let new = std::fs::read_to_string(root.join("content/guide.md")).expect("a page");
    assert!(new.contains("New words."), "{new}");
    let states = plainsite::desk::files::DeskFiles::new(root).states("content/guide.md");
    assert_eq!(states.iter().map(|state| state.words.as_str()).collect::<Vec<_>>(), [old]);
}

#[test]
fn a_letter_that_is_a_draft_is_named_as_one() {
    let root = tempfile::tempdir().expect("a folder");
    let root = root.path();
    std::fs::create_dir(root.join("content")).expect("a folder");
    std::fs::write(root.join("content/index.md"), "---\ntitle: Home\n---\n\nHello.\n").expect("it");
    let letter = "<!doctype html><html><body><p>Dear Sir</p><h1>Ask for a review</h1>\
        <p>My name is ______.</p><p>Yours</p>";
    std::fs::write(root.join("review.html"), letter).expect("a file");
    let (status, _, said) = plainsite(root, &["import", "review.html", "--letter"]);
    assert_eq!(status, 0, "{said}");
    let (status, list, said) = plainsite(root, &["letter", "--list"]);
    assert_eq!(status, 0, "{said}");
    assert_eq!(list, "ask-for-a-review (a draft)\n");
    assert!(said.contains("1 letter, a draft."), "{said}");
    let (status, _, said) = plainsite(root, &["letter", "ask-for-a-review", "--example"]);
    assert_eq!(status, 2);
    assert!(
        said.contains("is a draft: it can be filled in once its line `status: draft` is taken out"),
        "{said}"
    );
}
