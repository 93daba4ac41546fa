//! Workbooks of Excel and LibreOffice become records: which sheet, where the names of the
//! columns stand, what is kept for next month, and that no workbook does harm.

use std::{
    fs,
    io::{Cursor, Write as _},
    path::Path,
    process::Command,
};

use plainsite::import::{document::Refusal, workbook};
use tempfile::TempDir;
use unzip::{ZipWriter, write::SimpleFileOptions};

fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).expect("a part");
        archive.write_all(text.as_bytes()).expect("its bytes");
    }
    archive.finish().expect("an archive").into_inner()
}

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// A workbook of these sheets; cells beginning with `#` are days by number.
fn xlsx(sheets: &[(&str, &[&[&str]])]) -> Vec<u8> {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let (mut list, mut rels, mut parts) = (String::new(), String::new(), Vec::new());
    for (at, (name, rows)) in sheets.iter().enumerate() {
        list += &format!("<sheet name=\"{name}\" sheetId=\"{at}\" r:id=\"r{at}\"/>");
        rels += &format!(
            "<Relationship Id=\"r{at}\" Type=\"{kind}/worksheet\" Target=\"worksheets/s{at}.xml\"/>"
        );
        let rows: String = rows
            .iter()
            .map(|row| {
                let cells = row.iter().map(|cell| match cell.strip_prefix('#') {
                    Some(number) => format!("<c s=\"1\"><v>{number}</v></c>"),
                    None => format!("<c t=\"inlineStr\"><is><t>{cell}</t></is></c>"),
                });
                format!("<row>{}</row>", cells.collect::<String>())
            })
            .collect();
        parts.push((
            format!("xl/worksheets/s{at}.xml"),
            format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData></worksheet>"),
        ));
    }
    let book =
        format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{kind}\"><sheets>{list}</sheets></workbook>");
    let rels = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{rels}</Relationships>"
    );
    let styles = format!(
        "<styleSheet xmlns=\"{MAIN}\"><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
    );
    let mut all: Vec<(&str, &str)> = vec![
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &rels),
        ("xl/styles.xml", &styles),
    ];
    all.extend(parts.iter().map(|(name, text)| (name.as_str(), text.as_str())));
    packed(&all)
}

fn site() -> TempDir {
    let root = tempfile::tempdir().expect("a folder");
    let write = |path: &str, text: &str| {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    };
    write("content/index.md", "---\ntitle: Home\n---\n\nHello.\n");
    write("content/_data/areas.yaml", "- Whole county\n- North Dale\n");
    write(
        "content/directory/index.md",
        "---\nkind: directory\ntitle: Find a service\nkind of pages: service\ncategories:\n  - {id: advice, name: Advice}\n---\n",
    );
    root
}

fn run(root: &Path, book: &[u8], words: &[&str]) -> (i32, String, String) {
    fs::write(root.join("services.xlsx"), book).expect("a file");
    let all = [&["import", "services.xlsx", "--today", "2026-11-29", "--format", "plain"], words]
        .concat();
    let mut command = Command::new(env!("CARGO_BIN_EXE_plainsite"));
    let output = command.args(all).current_dir(root).output().expect("the program starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let last = text(&output.stderr).lines().last().unwrap_or_default().to_owned();
    (output.status.code().expect("it ended by itself"), text(&output.stdout), last)
}

const ROWS: &[&[&str]] = &[
    &["Example County Council"],
    &["Services for adults, November"],
    &["Organisation / Service Name", "Tel No(s)", "Description", "Last checked", "Area", "Fax"],
    &["Rowan House", "0306 999 0100 / 0306 999 0101", "Advice.", "#46339", "Countywide", "1"],
    &["Oak Hall", "0306 999 0102", "Lunch.", "01/02/2026", "North Dale", ""],
];

#[test]
fn next_months_sheet_needs_nothing() {
    let root = site();
    let book = xlsx(&[("Notes", &[&["Read me first"]]), ("Services", ROWS)]);
    let words = [
        "--value",
        "Countywide=Whole county",
        "--default",
        "cost=free",
        "--default",
        "who for=Anyone.",
        "--default",
        "how to access=Contact them yourself.",
        "--default",
        "category=advice",
        "--map",
        "Fax=leave out",
        "--day-first",
    ];
    let (status, found, last) = run(root.path(), &book, &words);
    assert_eq!(status, 0, "{found}{last}");
    assert!(found.contains("the sheet “Services” was read"), "{found}");
    let record = |id: &str| {
        fs::read_to_string(root.path().join(format!("content/directory/{id}.yaml")))
            .expect("a record")
    };
    let rowan = record("rowan-house");
    for line in ["cost: free", "Whole county", "0306 999 0101", "checked: 13 November 2026"] {
        assert!(rowan.contains(line), "{line} is not in\n{rowan}");
    }
    assert!(!rowan.contains("Fax") && !rowan.contains("draft"), "{rowan}");
    assert!(record("oak-hall").contains("checked: 1 February 2026"), "{}", record("oak-hall"));
    // The same again, without a word.
    let (status, found, last) = run(root.path(), &book, &[]);
    assert_eq!(status, 0, "{found}");
    assert!(last.contains("2 files said the same already"), "{last}");
}

#[test]
fn rows_keep_the_numbers_that_the_program_shows() {
    let root = site();
    let (_, found, _) = run(root.path(), &xlsx(&[("Services", ROWS)]), &[]);
    assert!(found.contains("row 4, column “Area”") || found.contains("row 4, column"), "{found}");
    assert!(
        found.contains("row 5, column “Last checked”: “01/02/2026” is one day in Britain"),
        "{found}"
    );
}

#[test]
fn the_same_fault_in_many_rows_is_told_once() {
    let root = site();
    let names: Vec<String> = (0..30).map(|number| format!("Service {number}")).collect();
    let mut rows: Vec<Vec<&str>> = vec![vec!["Service name", "Area"]];
    rows.extend(names.iter().map(|name| vec![name.as_str(), "Litle Dale"]));
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let (_, found, _) = run(root.path(), &xlsx(&[("S", &rows)]), &["--dry-run"]);
    assert_eq!(found.matches("Litle Dale").count(), 1, "{found}");
    assert!(found.contains("(30 rows; the first is row 2)"), "{found}");
}

#[test]
fn a_sheet_that_is_not_there_is_named_with_those_that_are() {
    let root = site();
    let book = xlsx(&[("Notes", &[&["x"]]), ("Services", ROWS)]);
    let (status, _, last) = run(root.path(), &book, &["--sheet", "Data"]);
    assert_eq!(status, 1);
    assert!(last.contains("has no sheet “Data”; it has “Notes” and “Services”"), "{last}");
}

#[test]
fn workbooks_that_ask_for_much_get_little() {
    let urn = "urn:oasis:names:tc:opendocument:xmlns";
    let ods = |rows: &str| {
        packed(&[(
            "content.xml",
            &format!(
                "<o:d xmlns:o=\"{urn}:office:1.0\" xmlns:table=\"{urn}:table:1.0\" xmlns:text=\"{urn}:text:1.0\"><o:body><o:spreadsheet><table:table table:name=\"A\">{rows}</table:table></o:spreadsheet></o:body></o:d>"
            ),
        )])
    };
    let cell = "<table:table-cell table:number-columns-repeated=\"999999999\"><text:p>x</text:p></table:table-cell>";
    let row = format!(
        "<table:table-row table:number-rows-repeated=\"999999999999\">{cell}</table:table-row>"
    );
    let sheets = workbook::read(&ods(&row.repeat(20))).expect("it is read");
    assert!(sheets[0].rows.len() < 1_000);
    // A million empty rows before the last one.
    let empty = "<table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell/></table:table-row>";
    assert!(workbook::read(&ods(empty)).expect("it is read")[0].rows.is_empty());
    assert_eq!(workbook::read(b"\xd0\xcf\x11\xe0").err(), Some(Refusal::OldWorkbook));
    assert_eq!(workbook::read(b"PK\x03\x04").err(), Some(Refusal::Damaged));
    let whole = xlsx(&[("A", ROWS)]);
    for end in 0..whole.len() {
        let _ = workbook::read(&whole[..end]);
    }
}

#[test]
fn money_errors_and_hidden_columns_are_what_the_sheet_shows() {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let book = format!(
        "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{kind}\"><sheets><sheet name=\"A\" sheetId=\"1\" r:id=\"r\"/></sheets></workbook>"
    );
    let rels = format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r\" Type=\"{kind}/worksheet\" Target=\"worksheets/s.xml\"/></Relationships>"
    );
    let styles = format!(
        "<styleSheet xmlns=\"{MAIN}\"><numFmts><numFmt numFmtId=\"164\" formatCode=\"&quot;£&quot;#,##0.00\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"9\"/></cellXfs></styleSheet>"
    );
    let sheet = format!(
        "<worksheet xmlns=\"{MAIN}\"><cols><col min=\"4\" max=\"5\" hidden=\"1\"/></cols><sheetData><row><c s=\"1\"><v>12.5</v></c><c s=\"2\"><v>0.5</v></c><c t=\"e\"><v>#N/A</v></c><c><v>7700900123</v></c></row></sheetData></worksheet>"
    );
    let parts: [(&str, &str); 4] = [
        ("xl/workbook.xml", &book),
        ("xl/_rels/workbook.xml.rels", &rels),
        ("xl/styles.xml", &styles),
        ("xl/worksheets/s.xml", &sheet),
    ];
    let sheets = workbook::read(&packed(&parts)).expect("it is read");
    let cells: Vec<&str> = sheets[0].rows[&0].values().map(String::as_str).collect();
    assert_eq!(cells, ["£12.50", "50%"]);
    assert_eq!((sheets[0].errors, sheets[0].hidden_columns), (1, 1));
}
