//! Workbooks of Excel (.xlsx) and LibreOffice (.ods) as tables of text.
//!
//! The parts are unpacked and read by the rooms for documents, whose limits hold here too: a
//! small file that unpacks to a large one is refused, and a cell that asks to be there a
//! million times is there a few times. Only cells that hold something take room. Formulas are
//! what they last showed. Hidden rows and columns are read, since a filter that somebody left
//! on hides rows, and are counted.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    columns,
    document::{Refusal, archive::Archive, part, refused, xml::Element},
};
use crate::text::Date;

/// The most rows and columns of a sheet that are read, and how often a cell is repeated.
const MOST_ROWS: usize = 110_000;
const MOST_COLUMNS: usize = 600;
const MOST_REPEATED: usize = 200;

/// How far down the names of the columns may stand.
const DEEPEST_HEADER: usize = 40;

/// A sheet of a workbook.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct WorkbookSheet {
    /// Its name.
    pub name: String,
    /// Whether it is hidden.
    pub is_hidden: bool,
    /// Its rows by number, from 0, each with its cells by column.
    pub rows: BTreeMap<usize, BTreeMap<usize, String>>,
    /// How many rows are hidden.
    pub hidden: usize,
    /// How many columns are hidden. They are not read: what is hidden may be nobody's to publish.
    pub hidden_columns: usize,
    /// How many cells have an error in the place of a value, such as `#N/A`.
    pub errors: usize,
}

/// Reads a workbook.
///
/// # Errors
///
/// A [`Refusal`] says why it is not read.
pub fn read(bytes: &[u8]) -> Result<Vec<WorkbookSheet>, Refusal> {
    if !bytes.starts_with(b"PK") {
        return Err(Refusal::OldWorkbook);
    }
    let archive = Archive::open(bytes).map_err(refused)?;
    if archive.has("xl/workbook.xml") {
        excel(&archive)
    } else if archive.has("content.xml") {
        open_document(&archive)
    } else {
        Err(Refusal::OldWorkbook)
    }
}

impl WorkbookSheet {
    /// The row that names the columns: of the first ones the row with most names that are known.
    /// The second value is how many of them are.
    fn header(&self, map: &[(String, String)]) -> Option<(usize, usize)> {
        let known = |row: &BTreeMap<usize, String>| {
            let is_mapped = |cell: &str| map.iter().any(|(from, _)| columns::is_same(from, cell));
            row.values().filter(|cell| columns::is_known(cell) || is_mapped(cell)).count()
        };
        let rows = self.rows.range(..DEEPEST_HEADER).map(|(at, row)| (*at, known(row)));
        let best = rows.max_by_key(|(at, known)| (*known, std::cmp::Reverse(*at)))?;
        (best.1 > 0).then_some(best)
    }

    /// The sheet as a table with commas, as if its names stood first. The rows keep their
    /// numbers: what stands above the names are empty lines.
    pub fn table(&self, map: &[(String, String)]) -> String {
        let first = self.header(map).map_or(0, |(at, _)| at);
        let last = self.rows.keys().next_back().copied().unwrap_or(0);
        let mut out = String::new();
        for at in 0..=last {
            if let Some(row) = self.rows.get(&at).filter(|_| at >= first) {
                let width = row.keys().next_back().map_or(0, |at| at + 1);
                let cells = (0..width).map(|at| row.get(&at).map_or("", String::as_str));
                let cells: Vec<String> =
                    cells.map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
                out.push_str(&cells.join(","));
            }
            out.push('\n');
        }
        out
    }
}

/// The sheet of a name, or the one that looks most like a list of services.
pub fn chosen<'a>(
    sheets: &'a [WorkbookSheet],
    name: &str,
    map: &[(String, String)],
) -> Option<&'a WorkbookSheet> {
    if !name.is_empty() {
        return sheets.iter().find(|sheet| sheet.name.trim().eq_ignore_ascii_case(name.trim()));
    }
    let shown = sheets.iter().filter(|sheet| !sheet.is_hidden && !sheet.rows.is_empty());
    let known = |sheet: &WorkbookSheet| sheet.header(map).map_or(0, |(_, known)| known);
    let ranked = shown.enumerate().max_by_key(|(at, sheet)| (known(sheet), std::cmp::Reverse(*at)));
    ranked.map(|(_, sheet)| sheet)
}

fn put(sheet: &mut WorkbookSheet, row: usize, column: usize, text: &str) {
    let text = text.trim();
    if !text.is_empty() && row < MOST_ROWS && column < MOST_COLUMNS {
        sheet.rows.entry(row).or_default().insert(column, text.to_owned());
    }
}

fn excel(archive: &Archive<'_>) -> Result<Vec<WorkbookSheet>, Refusal> {
    let book = part(archive, "xl/workbook.xml")?;
    let rels = part(archive, "xl/_rels/workbook.xml.rels")?;
    let shared = part(archive, "xl/sharedStrings.xml").ok();
    let shared: Vec<String> = shared
        .map(|root| {
            let items = root.elements().filter(|it| it.name.ends_with(":si"));
            items.map(words_of).collect()
        })
        .unwrap_or_default();
    let styles = part(archive, "xl/styles.xml").map(|root| shown_styles(&root)).unwrap_or_default();
    let about = book.elements().find(|it| it.name.ends_with(":workbookPr"));
    let is_1904 =
        about.and_then(|it| it.get("date1904")).is_some_and(|it| it == "1" || it == "true");
    let mut sheets = Vec::new();
    let list = book.elements().find(|it| it.name.ends_with(":sheets"));
    for element in list.iter().flat_map(|list| list.elements()) {
        let id = element.get("r:id").unwrap_or_default();
        let target = rels.elements().find(|it| it.get("Id") == Some(id));
        let target = target.and_then(|it| it.get("Target")).unwrap_or_default();
        let path = super::document::joined("xl", target);
        let Ok(root) = part(archive, &path) else { continue };
        let mut sheet = WorkbookSheet {
            name: element.get("name").unwrap_or_default().to_owned(),
            is_hidden: element.get("state").is_some_and(|state| state != "visible"),
            ..WorkbookSheet::default()
        };
        let mut next = 0;
        let columns = root.elements().find(|it| it.name.ends_with(":cols"));
        let number = |element: &Element, name: &str| {
            element.get(name).and_then(|number| number.parse::<usize>().ok())
        };
        let is_hidden = |it: &Element| it.get("hidden").is_some_and(|it| it == "1" || it == "true");
        let hidden: Vec<(usize, usize)> = columns
            .iter()
            .flat_map(|list| list.elements())
            .filter(|it| is_hidden(it))
            .filter_map(|it| Some((number(it, "min")?, number(it, "max")?)))
            .collect();
        let mut unread = BTreeSet::new();
        let data = root.elements().find(|it| it.name.ends_with(":sheetData"));
        for row in data.iter().flat_map(|data| data.elements()) {
            let at = row.get("r").and_then(|it| it.parse::<usize>().ok());
            let at = at.and_then(|at| at.checked_sub(1)).unwrap_or(next);
            next = at.saturating_add(1);
            sheet.hidden += usize::from(is_hidden(row));
            let mut column = 0;
            for cell in row.elements().filter(|it| it.name.ends_with(":c")) {
                column = cell.get("r").and_then(column_of).unwrap_or(column);
                let text = excel_cell(cell, &shared, &styles, is_1904);
                sheet.errors += usize::from(cell.get("t") == Some("e"));
                if hidden.iter().any(|(from, to)| (*from..=*to).contains(&(column + 1))) {
                    unread.extend(Some(column).filter(|_| !text.trim().is_empty()));
                } else {
                    put(&mut sheet, at, column, &text);
                }
                column = column.saturating_add(1);
            }
        }
        sheet.hidden_columns = unread.len();
        sheets.push(sheet);
    }
    Ok(sheets)
}

/// The words of a text with or without looks in it.
fn words_of(element: &Element) -> String {
    let mut out = String::new();
    for part in element.elements() {
        if part.name.ends_with(":t") {
            out.push_str(&part.text());
        } else if part.name.ends_with(":r") {
            let words = part.elements().filter(|it| it.name.ends_with(":t"));
            words.for_each(|words| out.push_str(&words.text()));
        }
    }
    out
}

/// The column of a place such as `AB12`, from 0.
fn column_of(place: &str) -> Option<usize> {
    let letters = place.bytes().take_while(u8::is_ascii_alphabetic);
    let number = letters.fold(0_usize, |number, letter| {
        number
            .saturating_mul(26)
            .saturating_add(usize::from(letter.to_ascii_uppercase() - b'A') + 1)
    });
    number.checked_sub(1)
}

/// How a style of cells shows a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Plain,
    Day,
    Pounds,
    Percent,
}

/// How styles of cells show a number. Source: ECMA-376 part 1, 18.8.30.
fn shown_styles(root: &Element) -> Vec<Shown> {
    let find = |name: &str| root.elements().find(|it| it.name.ends_with(name));
    let own: BTreeMap<&str, Shown> = find(":numFmts")
        .iter()
        .flat_map(|list| list.elements())
        .filter_map(|it| {
            let code = it.get("formatCode")?.to_ascii_lowercase();
            // What stands in quotes or in brackets is no part of a day.
            let mut outside = String::new();
            let (mut is_quoted, mut is_in_brackets) = (false, false);
            for c in code.chars() {
                match c {
                    '"' => is_quoted = !is_quoted,
                    '[' => is_in_brackets = true,
                    ']' => is_in_brackets = false,
                    c if !is_quoted && !is_in_brackets => outside.push(c),
                    _ => {}
                }
            }
            let shown = match () {
                () if code.contains('£') => Shown::Pounds,
                () if outside.contains('%') => Shown::Percent,
                () if outside.contains('d') || outside.contains("yy") => Shown::Day,
                () => Shown::Plain,
            };
            Some((it.get("numFmtId")?, shown))
        })
        .collect();
    let cells = find(":cellXfs");
    let each = cells.iter().flat_map(|list| list.elements()).map(|it| {
        let id = it.get("numFmtId").unwrap_or_default();
        let number = id.parse::<u32>().unwrap_or(0);
        let built_in = match number {
            5..=8 | 37..=44 => Shown::Pounds,
            9 | 10 => Shown::Percent,
            14..=17 | 22 | 27..=31 | 36 | 50..=58 => Shown::Day,
            _ => Shown::Plain,
        };
        own.get(id).copied().unwrap_or(built_in)
    });
    each.collect()
}

fn excel_cell(cell: &Element, shared: &[String], styles: &[Shown], is_1904: bool) -> String {
    let value = cell.elements().find(|it| it.name.ends_with(":v")).map(Element::text);
    match cell.get("t") {
        Some("s") => {
            let at = value.and_then(|value| value.trim().parse::<usize>().ok());
            at.and_then(|at| shared.get(at)).cloned().unwrap_or_default()
        }
        Some("inlineStr") => {
            let inner = cell.elements().find(|it| it.name.ends_with(":is"));
            inner.map(words_of).unwrap_or_default()
        }
        Some("b") => if value.as_deref() == Some("1") { "yes" } else { "no" }.to_owned(),
        Some("e") => String::new(),
        Some("str" | "d") => value.unwrap_or_default(),
        _ => {
            let value = value.unwrap_or_default();
            let style = cell.get("s").and_then(|style| style.parse::<usize>().ok()).unwrap_or(0);
            let shown = styles.get(style).copied().unwrap_or(Shown::Plain);
            let Ok(number) = value.trim().parse::<f64>() else { return value };
            match (shown, day(number, is_1904)) {
                (Shown::Day, Some(day)) => day.to_string(),
                (Shown::Pounds, _) if number.fract() == 0.0 => format!("£{}", plain_number(number)),
                (Shown::Pounds, _) => format!("£{number:.2}"),
                (Shown::Percent, _) => {
                    format!("{}%", plain_number((number * 10_000.0).round() / 100.0))
                }
                _ => plain_number(number),
            }
        }
    }
}

/// The day that a spreadsheet means by a number. It counts 29 February 1900, which never was,
/// so days are right from 1 March 1900 on.
fn day(number: f64, is_1904: bool) -> Option<Date> {
    let start = Date::parse(if is_1904 { "1904-01-01" } else { "1899-12-30" })?;
    let is_day = (61.0..2_958_466.0).contains(&number);
    is_day.then(|| start.plus_days(number as u32))
}

/// A number as people type it: `1522300206` and not `1.522300206E9`.
fn plain_number(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        format!("{number:.0}")
    } else {
        number.to_string()
    }
}

fn open_document(archive: &Archive<'_>) -> Result<Vec<WorkbookSheet>, Refusal> {
    if let Ok(manifest) = part(archive, "META-INF/manifest.xml")
        && !manifest.every("manifest:encryption-data").is_empty()
    {
        return Err(Refusal::Locked);
    }
    let root = part(archive, "content.xml")?;
    let body = root.at(&["office:body", "office:spreadsheet"]).ok_or(Refusal::Unknown)?;
    let mut sheets = Vec::new();
    for table in body.elements().filter(|it| &*it.name == "table:table") {
        let name = table.get("table:name").unwrap_or_default().to_owned();
        let mut sheet = WorkbookSheet { name, ..WorkbookSheet::default() };
        let mut row = 0_usize;
        for element in table.every("table:table-row") {
            let again = repeated(element, "table:number-rows-repeated");
            let mut cells = Vec::new();
            let mut column = 0_usize;
            for cell in element.elements().filter(|it| it.name.ends_with("table-cell")) {
                let wide = repeated(cell, "table:number-columns-repeated");
                let text = open_cell(cell);
                if !text.is_empty() {
                    let all = column..column.saturating_add(wide.min(MOST_REPEATED));
                    cells.extend(all.map(|at| (at, text.clone())));
                }
                column = column.saturating_add(wide);
            }
            if !cells.is_empty() {
                for at in row..row.saturating_add(again.min(MOST_REPEATED)) {
                    cells.iter().for_each(|(column, text)| put(&mut sheet, at, *column, text));
                }
            }
            let is_hidden = element.get("table:visibility").is_some_and(|it| it != "visible");
            sheet.hidden += usize::from(is_hidden && !cells.is_empty());
            row = row.saturating_add(again);
        }
        sheets.push(sheet);
    }
    Ok(sheets)
}

fn repeated(element: &Element, name: &str) -> usize {
    element.get(name).and_then(|number| number.parse().ok()).unwrap_or(1)
}

fn open_cell(cell: &Element) -> String {
    match cell.get("office:value-type") {
        Some("date") => {
            let day = cell.get("office:date-value").unwrap_or_default();
            day.split('T').next().unwrap_or_default().to_owned()
        }
        Some("float") => {
            let value = cell.get("office:value").unwrap_or_default();
            value.parse().map_or_else(|_| value.to_owned(), plain_number)
        }
        Some("boolean") => {
            if cell.get("office:boolean-value") == Some("true") { "yes" } else { "no" }.to_owned()
        }
        _ => {
            let lines = cell.elements().filter(|it| &*it.name == "text:p").map(Element::text);
            lines.collect::<Vec<_>>().join("\n").trim().to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_days_where_they_are_shown_as_days() {
        let told = |number| day(number, false).map(|day| day.to_string());
        assert_eq!(told(46_351.0).as_deref(), Some("2026-11-25"));
        assert_eq!(told(46_351.75).as_deref(), Some("2026-11-25"));
        assert_eq!(told(1.0), None);
        assert_eq!(plain_number(1_522_300_206.0), "1522300206");
        assert_eq!(plain_number(2.5), "2.5");
        assert_eq!((column_of("A1"), column_of("AB12"), column_of("1")), (Some(0), Some(27), None));
    }
}
