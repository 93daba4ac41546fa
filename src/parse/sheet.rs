//! A table as spreadsheet programs save it, with the place of every cell, so that
//! what is wrong can be shown where it is.
//!
//! The csv library is for well-formed tables: it takes any quotes. Here a quote that
//! is never closed would make one cell of a hundred rows.

use std::borrow::Cow;

use crate::{
    diagnostic::Diagnostic,
    rule::Rule,
    text::{Source, Span},
};

/// The most rows that are read. Each of them stands in memory.
pub const MOST_ROWS: usize = 100_000;

/// The most columns that are read: more names than any record has.
pub const MOST_COLUMNS: usize = 500;

/// A table.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sheet {
    /// The names of the columns.
    pub columns: Vec<Cell>,
    /// The rows below them, in order.
    pub rows: Vec<Row>,
}

/// A row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// As a spreadsheet numbers it: the line with the names is row 1.
    pub number: usize,
    /// One cell for each column. Where there are more, which is a fault, they are here too.
    pub cells: Vec<Cell>,
    /// All of it.
    pub span: Span,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cell {
    /// What is in it, without the quotes round it.
    pub text: String,
    /// Where it is.
    pub span: Span,
}

/// The text of a file: UTF-8, UTF-16, or else what Windows programs in Western Europe
/// write. The second value is true for the last, which any bytes could be. What
/// cannot be read is U+FFFD.
pub fn decode(bytes: &[u8]) -> (String, bool) {
    let utf_16 = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => (String::from_utf8_lossy(rest).into_owned(), false),
        [0xff, 0xfe, rest @ ..] => (utf_16(rest, u16::from_le_bytes), false),
        [0xfe, 0xff, rest @ ..] => (utf_16(rest, u16::from_be_bytes), false),
        _ => match std::str::from_utf8(bytes) {
            // Every second byte is nothing: UTF-16 that does not say so.
            Err(_) | Ok(_) if looks_wide(bytes) => (utf_16(bytes, u16::from_le_bytes), false),
            Ok(text) => (text.to_owned(), false),
            // Letters that are right before one that is not: somebody joined two files.
            Err(why) if !bytes[..why.valid_up_to()].is_ascii() => {
                (String::from_utf8_lossy(bytes).into_owned(), false)
            }
            Err(_) => (bytes.iter().map(|&byte| windows(byte)).collect(), true),
        },
    }
}

fn looks_wide(bytes: &[u8]) -> bool {
    let start = &bytes[..bytes.len().min(64)];
    start.len() > 3 && start.chunks_exact(2).all(|pair| pair[0] != 0 && pair[1] == 0)
}

/// A byte of Windows-1252. Source: WHATWG, Encoding Standard, index windows-1252.
fn windows(byte: u8) -> char {
    #[rustfmt::skip] // a table
    const MIDDLE: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => MIDDLE[usize::from(byte - 0x80)],
        byte => char::from(byte),
    }
}

/// Reads a table with commas, semicolons or tabs between its cells: whichever is
/// most often in its first line. Rows in which nothing stands are left out, and so
/// are columns without a name and without anything in them. What is wrong goes into
/// `problems` as found by `rule`; a table over [`MOST_ROWS`] or [`MOST_COLUMNS`] has
/// no rows at all.
pub fn read(source: &Source, rule: &'static Rule, problems: &mut Vec<Diagnostic>) -> Sheet {
    let text = &*source.text;
    // Some spreadsheet programs say what stands between the cells.
    let first = text.strip_prefix("sep=").map(|rest| rest.chars().next());
    let said = first.flatten().filter(|c| !matches!(c, '\n' | '\r' | '"'));
    let skipped = first.map_or(0, |_| text.find('\n').map_or(text.len(), |end| end + 1));
    let text = &text[skipped..];
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    // What stands in quotes stands between nothing.
    let outside = first.split('"').step_by(2);
    let often = |c: &char| outside.clone().map(|part| part.matches(*c).count()).sum::<usize>();
    // The first of equals, so the comma.
    let often = [',', ';', '\t'].into_iter().rev().max_by_key(often).unwrap_or(',');
    let text = &*source.text;
    let mut reader = Reader { text, at: skipped, between: said.unwrap_or(often), rule };
    let mut sheet = Sheet::default();
    let mut number = usize::from(skipped > 0);
    while reader.at < text.len() {
        let start = reader.at;
        let mut cells = Vec::new();
        while reader.cell(&mut cells, problems) {}
        number += 1;
        if cells.iter().all(|cell| cell.text.trim().is_empty()) {
            continue;
        }
        let span = Span::new(start, reader.at);
        if sheet.columns.is_empty() {
            sheet.columns = cells;
        } else if sheet.rows.len() == MOST_ROWS {
            let message = format!("there are over {MOST_ROWS} rows in this file");
            let hint = "split it, with the names of the columns at the top of each part";
            problems.push(Diagnostic::error(rule, span, message).hint(hint));
            return Sheet { columns: sheet.columns, rows: Vec::new() };
        } else {
            sheet.rows.push(Row { number, cells, span });
        }
    }
    even(&mut sheet, rule, problems);
    sheet
}

/// Gives every row one cell for each column.
fn even(sheet: &mut Sheet, rule: &'static Rule, problems: &mut Vec<Diagnostic>) {
    let named = sheet.columns.iter().rposition(|name| !name.text.trim().is_empty());
    let named = named.map_or(0, |at| at + 1);
    sheet.columns.truncate(named);
    if named > MOST_COLUMNS {
        let message = format!("there are over {MOST_COLUMNS} columns in this file");
        let span = sheet.columns[MOST_COLUMNS].span;
        problems.push(Diagnostic::error(rule, span, message).hint("take out those not needed"));
        sheet.rows.clear();
    }
    for row in &mut sheet.rows {
        let last = row.cells.iter().rposition(|cell| !cell.text.trim().is_empty());
        let count = last.map_or(0, |at| at + 1);
        if count > named {
            let message =
                format!("row {} has {count} cells, and there are names for {named}", row.number);
            let hint = "put quotes round a cell that has a comma in it, or name all columns in the first row";
            problems.push(Diagnostic::error(rule, row.cells[named].span, message).hint(hint));
        }
        let end = Span::new(row.span.end, row.span.end);
        row.cells.resize(named.max(count), Cell { text: String::new(), span: end });
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    between: char,
    rule: &'static Rule,
}

impl Reader<'_> {
    /// Reads a cell; false when it is the last of its row.
    fn cell(&mut self, cells: &mut Vec<Cell>, problems: &mut Vec<Diagnostic>) -> bool {
        let rest = &self.text[self.at..];
        let inner = rest.trim_start_matches(' ');
        let is_end = |c: char| c == self.between || c == '\n' || c == '\r';
        let mut text = Cow::Borrowed("");
        let start = self.at;
        if let Some(quoted) = inner.strip_prefix('"') {
            let open = self.text.len() - quoted.len() - 1;
            self.at = open + 1;
            loop {
                let rest = &self.text[self.at..];
                let Some(close) = rest.find('"') else {
                    let message = "the quote that begins here is never closed";
                    let hint =
                        "write `\"` at the end of the cell; for a quote in a cell write `\"\"`";
                    problems.push(
                        Diagnostic::error(self.rule, Span::new(open, open + 1), message).hint(hint),
                    );
                    self.at = self.text.len();
                    return false;
                };
                text += &rest[..close];
                self.at += close + 1;
                if !self.text[self.at..].starts_with('"') {
                    break;
                }
                text += "\"";
                self.at += 1;
            }
            let rest = &self.text[self.at..];
            let after = &rest[..rest.find(is_end).unwrap_or(rest.len())];
            if !after.trim().is_empty() {
                let span = Span::new(self.at, self.at + after.len());
                let message = format!("“{}” stands behind a closed quote", after.trim());
                let hint =
                    "for a quote in a cell write `\"\"`, and close the cell behind its last word";
                problems.push(Diagnostic::error(self.rule, span, message).hint(hint));
                text += after;
            }
            self.at += after.len();
        } else {
            let end = rest.find(is_end).unwrap_or(rest.len());
            text = Cow::Borrowed(&rest[..end]);
            self.at += end;
        }
        cells.push(Cell { text: text.into_owned(), span: Span::new(start, self.at) });
        let rest = &self.text[self.at..];
        if rest.starts_with(self.between) {
            self.at += self.between.len_utf8();
            return true;
        }
        self.at += if rest.starts_with("\r\n") { 2 } else { usize::from(!rest.is_empty()) };
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> (Vec<Vec<String>>, Vec<String>) {
        let mut problems = Vec::new();
        let sheet =
            read(&Source::new("people.csv", text), &crate::rule::LETTER_DATA, &mut problems);
        let words = |cells: &[Cell]| cells.iter().map(|cell| cell.text.clone()).collect();
        let rows = std::iter::once(words(&sheet.columns));
        let rows = rows.chain(sheet.rows.iter().map(|row| words(&row.cells)));
        (rows.collect(), problems.into_iter().map(|problem| problem.message).collect())
    }

    #[test]
    fn spreadsheets_write_tables_in_many_ways() {
        let plain = [vec!["name", "note"], vec!["Sam", "a, b\n\"c\""], vec!["Alex", ""]];
        for text in [
            "name,note\nSam,\"a, b\n\"\"c\"\"\"\nAlex,\n",
            "name;note\r\nSam;\"a, b\n\"\"c\"\"\"\r\n\r\n;\r\nAlex",
            "\nname\tnote\t\nSam\t \"a, b\n\"\"c\"\"\" \t\nAlex\t\t\n,\t\n"
                .replace(",\t\n", "")
                .as_str(),
        ] {
            assert_eq!(
                table(text),
                (
                    plain
                        .iter()
                        .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
                        .collect(),
                    vec![]
                ),
                "{text}"
            );
        }
        assert_eq!(table("").0, [Vec::<String>::new()]);
        for between in ['|', 'é', '€', '😀', ' '] {
            let text = format!("sep={between}\nname{between}note\nSam{between}x\n");
            let rows = vec![vec!["name".to_owned(), "note".into()], vec!["Sam".into(), "x".into()]];
            assert_eq!(table(&text), (rows, vec![]), "{text}");
        }
        for nothing in ["sep=", "sep=\n", "sep=\r\n", "sep=\"\n"] {
            let rows = vec![vec!["a".to_owned(), "b".into()], vec!["1".into(), "2".into()]];
            let text = format!("{nothing}a,b\n1,2\n");
            if nothing != "sep=" {
                assert_eq!(table(&text), (rows, vec![]), "{text}");
            }
        }
    }

    #[test]
    fn quotes_that_go_wrong_are_found() {
        assert_eq!(table("a,b\n\"x,y\nz,1\n").1, ["the quote that begins here is never closed"]);
        assert_eq!(table("a,b\n\"x\"y,1\n").1, ["“y” stands behind a closed quote"]);
        assert_eq!(table("a\nx,y\n").1, ["row 2 has 2 cells, and there are names for 1"]);
        assert_eq!(table("a\n6\" nails\n").0[1], ["6\" nails"]);
    }

    #[test]
    fn every_encoding_of_a_spreadsheet_is_read() {
        let text = "naïve £5 – “a”";
        let mut utf_16 = vec![0xff, 0xfe];
        utf_16.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
        let mut big = vec![0xfe, 0xff];
        big.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
        let marked = [&[0xef, 0xbb, 0xbf], text.as_bytes()].concat();
        for bytes in [text.as_bytes(), &utf_16, &big, &marked] {
            assert_eq!(decode(bytes), (text.to_owned(), false));
        }
        assert_eq!(decode(b"na\xefve \xa35 \x96 \x93a\x94"), (text.to_owned(), true));
        assert_eq!(decode(&[0xff, 0xfe, 0x00]).0, "");
    }
}
