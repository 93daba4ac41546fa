//! `table-total`: totals that are not the sum of the numbers above them, and shares that do not
//! make up the whole.

use super::{Check, Looks, Marks, Rule, Subject};
use crate::{
    parse::{Inline, Table, plain},
    rule::Severity,
    text::amount::{Amount, PLACES, is_total},
};

pub(super) const CHECK: Check =
    Rule::error("table-total", Looks::Words, include_str!("table_total.md")).on_text(run);

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
        let is_total = is_total(&label);
        let Some(number) = Amount::read(&cell) else {
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
            let sum = Amount { value: since, decimals: finest }.words(&cell);
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
        let sum = Amount { value: all, decimals: finest }.words("%");
        let message = format!("the shares in the column “{head}” add up to {sum}");
        let hint = "mend a number, or write “rounded” in the caption if they are rounded";
        marks.push(table.span, message).hint(hint).severity(Severity::Warning);
    }
}

fn says(cell: &[Inline], words: &[&str]) -> bool {
    let text = plain(cell).to_lowercase();
    words.iter().any(|word| text.contains(word))
}

/// All of it in per cent, and how much may be missing before a column is of something else.
const WHOLE: i128 = 100 * 10_i128.pow(PLACES);
const NEARLY: i128 = 3 * 10_i128.pow(PLACES);
