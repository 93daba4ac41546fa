//! What was said once of a spreadsheet that comes again: which of its columns is which, what
//! its values mean, and what stands where it says nothing. It is put on the table before
//! anything else looks at it.

use super::{
    columns,
    yaml::{YamlPlace, yaml},
};
use crate::{
    model::data::Habits,
    parse::sheet::{Cell, Sheet},
    text::{Date, Span},
};

/// Puts habits on a table.
pub(super) fn apply(sheet: &mut Sheet, habits: &Habits) {
    for cell in &mut sheet.columns {
        let known = habits.map.iter().find(|(from, _)| columns::is_same(from, &cell.text));
        if let Some((_, to)) = known {
            cell.text.clone_from(to);
        }
    }
    // A column that is mapped to nothing is left out.
    for at in (0..sheet.columns.len())
        .rev()
        .filter(|at| is_out(&sheet.columns[*at].text))
        .collect::<Vec<_>>()
    {
        sheet.columns.remove(at);
        for row in &mut sheet.rows {
            if at < row.cells.len() {
                row.cells.remove(at);
            }
        }
    }
    for (name, value) in &habits.defaults {
        let at = sheet.columns.iter().position(|cell| columns::is_same_column(&cell.text, name));
        let at = at.unwrap_or_else(|| {
            let end = sheet.columns.last().map_or(Span::default(), |cell| cell.span);
            sheet.columns.push(Cell { text: name.clone(), span: Span::new(end.end, end.end) });
            let at = sheet.columns.len() - 1;
            for row in &mut sheet.rows {
                let span = Span::new(row.span.end, row.span.end);
                row.cells.insert(at.min(row.cells.len()), Cell { text: String::new(), span });
            }
            at
        });
        for row in &mut sheet.rows {
            if let Some(cell) = row.cells.get_mut(at).filter(|cell| cell.text.trim().is_empty()) {
                cell.text.clone_from(value);
            }
        }
    }
    let days: Vec<bool> = sheet.columns.iter().map(|cell| columns::is_day(&cell.text)).collect();
    for row in &mut sheet.rows {
        for (at, cell) in row.cells.iter_mut().enumerate() {
            if let Some(meant) = meant(&cell.text, &habits.values) {
                cell.text = meant;
            }
            if habits.day_first
                && days.get(at) == Some(&true)
                && let Some(day) = Date::day_first(&cell.text)
            {
                cell.text = day.to_string();
            }
        }
    }
}

fn is_out(name: &str) -> bool {
    matches!(name.trim(), "-" | "leave out" | "nothing")
}

/// What a value means, as a whole or item by item.
fn meant(text: &str, values: &[(String, String)]) -> Option<String> {
    let same = |part: &str| {
        let known = values.iter().find(|(from, _)| from.trim().eq_ignore_ascii_case(part.trim()));
        known.map(|(_, to)| to.clone())
    };
    if values.is_empty() || text.len() > 5_000 {
        return None;
    }
    if let Some(whole) = same(text) {
        return Some(whole);
    }
    let mark = [';', '\n', ','].into_iter().find(|mark| text.contains(*mark))?;
    let parts: Vec<&str> = text.split(mark).collect();
    if !parts.iter().any(|part| same(part).is_some()) {
        return None;
    }
    let parts = parts.iter().map(|part| same(part).unwrap_or_else(|| part.trim().to_owned()));
    Some(parts.collect::<Vec<_>>().join("; "))
}

/// The file in which habits are kept.
pub fn written(habits: &Habits) -> String {
    let mut out = String::from(
        "# How services are read from a spreadsheet. `plainsite import` wrote this, and reads it\n\
         # next time, so that the next sheet needs nothing.\n",
    );
    if !habits.sheet.is_empty() {
        out.push_str(&format!("sheet: {}\n", yaml(&habits.sheet, YamlPlace::Line)));
    }
    if habits.day_first {
        out.push_str("day first: yes\n");
    }
    for (name, pairs) in
        [("map", &habits.map), ("defaults", &habits.defaults), ("values", &habits.values)]
    {
        if !pairs.is_empty() {
            out.push_str(&format!("{name}:\n"));
        }
        for (from, to) in pairs {
            let from = super::yaml::quoted(from, YamlPlace::Line);
            out.push_str(&format!("  {from}: {}\n", super::yaml::quoted(to, YamlPlace::Line)));
        }
    }
    out
}

/// Adds what was said now to what was said before; what is said now counts. What is said twice
/// in the same words is said once.
pub fn joined(before: &Habits, now: Habits) -> Habits {
    let join = |before: &[(String, String)], now: Vec<(String, String)>| {
        let old = before
            .iter()
            .filter(|(from, _)| !now.iter().any(|(new, _)| columns::is_same(new, from)));
        let mut all: Vec<(String, String)> = Vec::new();
        for pair in old.chain(&now) {
            let is_known = |(from, to): &(String, String)| {
                columns::is_same(from, &pair.0) && to.trim() == pair.1.trim()
            };
            if !all.iter().any(is_known) {
                all.push(pair.clone());
            }
        }
        all
    };
    Habits {
        sheet: if now.sheet.is_empty() { before.sheet.clone() } else { now.sheet },
        day_first: before.day_first || now.day_first,
        map: join(&before.map, now.map),
        defaults: join(&before.defaults, now.defaults),
        values: join(&before.values, now.values),
    }
}

/// What is said of one thing in two ways, so that nobody knows which is meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidTwice {
    /// The option that says it: `--value`.
    pub option: &'static str,
    /// Of what it is said.
    pub from: String,
    /// The first way, and the second.
    pub ways: [String; 2],
}

/// The first thing of which habits say two.
pub fn said_twice(habits: &Habits) -> Option<SaidTwice> {
    let all =
        [("--map", &habits.map), ("--default", &habits.defaults), ("--value", &habits.values)];
    all.into_iter().find_map(|(option, pairs)| {
        let is_same = match option {
            "--value" => columns::is_same,
            _ => columns::is_same_column,
        };
        pairs.iter().enumerate().find_map(|(at, (from, to))| {
            let (_, other) = pairs[at + 1..]
                .iter()
                .find(|(again, other)| is_same(again, from) && other.trim() != to.trim())?;
            Some(SaidTwice { option, from: from.clone(), ways: [to.clone(), other.clone()] })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_put_right_as_a_whole_and_one_by_one() {
        let values = [("Countywide".to_owned(), "Whole county".to_owned())];
        assert_eq!(meant("countywide ", &values).as_deref(), Some("Whole county"));
        assert_eq!(
            meant("North Dale, Countywide", &values).as_deref(),
            Some("North Dale; Whole county")
        );
        assert_eq!(meant("North Dale, South Dale", &values), None);
        assert_eq!(
            Date::day_first("01/02/2026").map(|day| day.to_string()).as_deref(),
            Some("2026-02-01")
        );
        assert_eq!(Date::day_first("31/13/2026"), None);
    }
}
