//! `table-total`: totals that are not the sum of the numbers above them, and shares that do not
//! make up the whole.

use super::{Check, Looks, Marks, Rule, Subject};
use crate::{
    parse::{Inline, Table, plain},
    rule::Severity,
};

pub(super) const CHECK: Check =
    Rule::error("table-total", Looks::Words, include_str!("table_total.md")).on_text(run);

/// How the first cell of a row begins that adds up those above it.
const TOTAL: &[&str] = &["total", "grand total", "sum", "altogether", "in all", "cyfanswm"];

/// What says that numbers were rounded, so that they may miss their sum by a little.
const ROUNDED: &[&str] = &["rounded", "talgrynnu", "dalgrynnu"];

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    for table in &subject.prose.tables {
        let is_rounded =
            says(&table.caption, ROUNDED) || table.cells().any(|cell| says(cell, ROUNDED));
        for column in 1..table.head.len() {
            look(table, column, is_rounded, marks);
        }
    }
}

fn look(table: &Table, column: usize, is_rounded: bool, marks: &mut Marks) {
    let head = table.head.get(column).map_or_else(String::new, |head| plain(head));
    let (mut since, mut all, mut rows, mut finest) = (0, 0, 0, 0);
    let mut is_percent = true;
    for row in &table.rows {
        let label = row.first().map_or_else(String::new, |cell| plain(cell)).to_lowercase();
        let cell = row.get(column).map_or_else(String::new, |cell| plain(cell));
        let is_total = TOTAL.iter().any(|word| {
            label.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic))
        });
        let Some(number) = Number::read(&cell) else {
            // What is not there adds nothing; words are no column of numbers.
            if cell.trim().is_empty() || matches!(cell.trim(), "–" | "-" | "—" | "n/a") {
                continue;
            }
            return;
        };
        if !is_total {
            is_percent &= cell.contains('%');
            (since, all, rows) = (since + number.value, all + number.value, rows + 1);
            finest = finest.max(number.decimals);
            continue;
        }
        let least = i128::from(is_rounded) * (rows + 1) * 10_i128.pow(PLACES - finest) / 2;
        let misses = |sum: i128| (sum - number.value).abs() > least;
        // A ratio has no sum; shares of a whole have one of 100%.
        let is_whole = !cell.contains('%') || (number.value - WHOLE).abs() <= NEARLY;
        if rows > 1 && is_whole && misses(since) && misses(all) {
            let sum = Number { value: since, decimals: finest }.words(&cell);
            let message =
                format!("the column “{head}” adds up to {sum}, and its total says {}", cell.trim());
            let hint = "mend a number, or write “rounded” in the caption if they are rounded";
            marks.push(table.span, message).hint(hint);
        }
        since = 0;
        is_percent = false;
    }
    let misses = (all - WHOLE).abs();
    if is_percent && rows > 2 && misses != 0 && misses <= NEARLY && !is_rounded {
        let sum = Number { value: all, decimals: finest }.words("%");
        let message = format!("the shares in the column “{head}” add up to {sum}");
        let hint = "mend a number, or write “rounded” in the caption if they are rounded";
        marks.push(table.span, message).hint(hint).severity(Severity::Warning);
    }
}

fn says(cell: &[Inline], words: &[&str]) -> bool {
    let text = plain(cell).to_lowercase();
    words.iter().any(|word| text.contains(word))
}

/// How many places behind the point are counted.
const PLACES: u32 = 6;

/// All of it in per cent, and how much may be missing before a column is of something else.
const WHOLE: i128 = 100 * 10_i128.pow(PLACES);
const NEARLY: i128 = 3 * 10_i128.pow(PLACES);

/// A number as a cell shows it: `£1,234.50`, `–3%`, `(12)`, `£3.3m`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Number {
    /// In millionths.
    value: i128,
    /// How many places behind the point are shown.
    decimals: u32,
}

impl Number {
    fn read(cell: &str) -> Option<Self> {
        let cell = cell.trim();
        let in_brackets = cell.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        let is_below = in_brackets.is_some() || cell.starts_with(['-', '–', '−']);
        let marks = ['-', '–', '−', '+', '£', '%', 'm', 'k', ' ', '\u{a0}'];
        let text = in_brackets.unwrap_or(cell).trim_matches(marks).replace(',', "");
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let is_number = |text: &str| text.len() < 16 && text.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !is_number(whole) || !is_number(part) || part.len() > 6 {
            return None;
        }
        let decimals = u32::try_from(part.len()).ok()?;
        let value: i128 = format!("{whole}{part}").parse().ok()?;
        let value = value * 10_i128.pow(PLACES - decimals);
        Some(Self { value: if is_below { -value } else { value }, decimals })
    }

    /// In the manner of a cell that is there.
    fn words(self, like: &str) -> String {
        let unit = 10_i128.pow(PLACES - self.decimals);
        let (sign, shown) = (if self.value < 0 { "–" } else { "" }, self.value.abs() / unit);
        let (whole, part) =
            (shown / 10_i128.pow(self.decimals), shown % 10_i128.pow(self.decimals));
        let pound = if like.contains('£') { "£" } else { "" };
        let end: String =
            like.trim_end().chars().rev().take_while(|c| "%mk".contains(*c)).collect();
        let digits = whole.to_string();
        let mut grouped = String::new();
        for (at, digit) in digits.chars().enumerate() {
            if at > 0 && (digits.len() - at) % 3 == 0 && digits.len() > 3 {
                grouped.push(',');
            }
            grouped.push(digit);
        }
        match self.decimals as usize {
            0 => format!("{sign}{pound}{grouped}{end}"),
            places => format!("{sign}{pound}{grouped}.{part:0places$}{end}"),
        }
    }
}
