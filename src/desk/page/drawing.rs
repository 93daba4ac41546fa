//! A question flow as a drawing: each question, and where its answers lead; the same as a list.

use std::{collections::BTreeMap, fmt::Write as _};

use super::text;
use crate::desk::record::Value;

/// A question, or an end.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    id: String,
    words: String,
    is_end: bool,
    /// The words of each answer, and the id that it leads to.
    turns: Vec<(String, String)>,
}

/// The drawing of a flow and the list that says the same; nothing for a record that is none.
pub(super) fn drawing(values: &[(String, Value)]) -> String {
    let steps = steps(values);
    if !steps.iter().any(|step| !step.turns.is_empty()) {
        return String::new();
    }
    let mut out = String::from(
        "<section class=\"flow\" aria-labelledby=\"flow-name\"><h2 id=\"flow-name\">Where each answer leads</h2>\n",
    );
    let places = places(&steps);
    svg(&mut out, &steps, &places);
    list(&mut out, &steps, &places);
    out.push_str("</section>\n");
    out
}

fn words_of<'a>(map: &'a [(String, Value)], name: &str) -> &'a str {
    let value = map.iter().find(|(known, _)| known == name);
    match value {
        Some((_, Value::Words(words))) => words,
        _ => "",
    }
}

fn maps_of<'a>(map: &'a [(String, Value)], name: &str) -> &'a [Vec<(String, Value)>] {
    match map.iter().find(|(known, _)| known == name) {
        Some((_, Value::Maps(all))) => all,
        _ => &[],
    }
}

fn steps(values: &[(String, Value)]) -> Vec<Step> {
    let question = |map: &Vec<(String, Value)>| Step {
        id: words_of(map, "id").to_owned(),
        words: words_of(map, "ask").to_owned(),
        is_end: false,
        turns: maps_of(map, "answers").iter().map(|turn| turn_of(turn)).collect(),
    };
    let end = |map: &Vec<(String, Value)>| Step {
        id: words_of(map, "id").to_owned(),
        words: words_of(map, "title").to_owned(),
        is_end: true,
        turns: Vec::new(),
    };
    let questions = maps_of(values, "questions").iter().map(question);
    questions.chain(maps_of(values, "outcomes").iter().map(end)).collect()
}

/// `{more than: 4, go to: why}` as `more than 4`, and `why`.
fn turn_of(turn: &[(String, Value)]) -> (String, String) {
    let mut held = turn.iter().filter(|(name, _)| name != "go to");
    let words = held.find_map(|(name, value)| match value {
        Value::Words(words) if name == "answer" => Some(words.clone()),
        Value::Words(words) => Some(format!("{name} {words}")),
        Value::List(all) => Some(format!("{name} {}", all.join(", "))),
        _ => None,
    });
    (words.unwrap_or_else(|| "otherwise".to_owned()), words_of(turn, "go to").to_owned())
}

/// How many answers each step is from the first, and how many before it in its row; steps that
/// nothing leads to have no place.
fn places(steps: &[Step]) -> BTreeMap<usize, (usize, usize)> {
    let by_id = |id: &str| steps.iter().position(|step| step.id == id);
    let mut rows: BTreeMap<usize, usize> = BTreeMap::new();
    let mut places = BTreeMap::new();
    let mut next = vec![(0, 0)];
    let mut at = 0;
    while let Some(&(step, row)) = next.get(at) {
        at += 1;
        if places.contains_key(&step) {
            continue;
        }
        let column = rows.entry(row).or_default();
        places.insert(step, (row, *column));
        *column += 1;
        let turns = steps.get(step).into_iter().flat_map(|step| &step.turns);
        next.extend(turns.filter_map(|(_, to)| by_id(to)).map(|to| (to, row + 1)));
    }
    places
}

/// The size of a box, and the room around it.
const WIDE: usize = 170;
const HIGH: usize = 64;
const ROOM: (usize, usize) = (24, 56);

fn svg(out: &mut String, steps: &[Step], places: &BTreeMap<usize, (usize, usize)>) {
    let columns = places.values().map(|(_, column)| column + 1).max().unwrap_or(1);
    let rows = places.values().map(|(row, _)| row + 1).max().unwrap_or(1);
    let (wide, high) = (columns * (WIDE + ROOM.0) + ROOM.0, rows * (HIGH + ROOM.1));
    _ = writeln!(
        out,
        "<div class=\"drawn\" tabindex=\"0\" role=\"group\" aria-label=\"The drawing\">\
         <svg viewBox=\"0 0 {wide} {high}\" width=\"{wide}\" height=\"{high}\" role=\"img\" \
         aria-label=\"A drawing of the questions and where they lead. The list below says the same.\">"
    );
    let corner = |step: usize| {
        let (row, column) = places[&step];
        (ROOM.0 + column * (WIDE + ROOM.0), 8 + row * (HIGH + ROOM.1))
    };
    for (at, step) in steps.iter().enumerate().filter(|(at, _)| places.contains_key(at)) {
        let (x, y) = corner(at);
        let count = step.turns.len();
        for (number, (_, to)) in step.turns.iter().enumerate() {
            let other = steps.iter().position(|step| step.id == *to);
            let Some(other) = other.filter(|other| places.contains_key(other)) else { continue };
            let (to_x, to_y) = corner(other);
            let from_x = x + (number + 1) * WIDE / (count + 1);
            let (from_y, to_x) = (y + HIGH, to_x + WIDE / 2);
            let bend = ROOM.1 / 2;
            _ = writeln!(
                out,
                "<path d=\"M{from_x} {from_y}C{from_x} {} {to_x} {} {to_x} {to_y}\"/><circle cx=\"{to_x}\" cy=\"{to_y}\" r=\"4\"/>",
                from_y + bend,
                to_y.saturating_sub(bend)
            );
        }
    }
    for (at, step) in steps.iter().enumerate().filter(|(at, _)| places.contains_key(at)) {
        let (x, y) = corner(at);
        let class = if step.is_end { "end" } else { "ask" };
        _ = writeln!(
            out,
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{WIDE}\" height=\"{HIGH}\" rx=\"{}\"/>",
            if step.is_end { 28 } else { 4 }
        );
        for (number, line) in wrapped(&step.words).iter().enumerate() {
            _ = writeln!(
                out,
                "<text x=\"{}\" y=\"{}\">{}</text>",
                x + WIDE / 2,
                y + 20 + number * 17,
                text(line)
            );
        }
    }
    out.push_str("</svg></div>\n");
}

/// Words in three short lines at most.
fn wrapped(words: &str) -> Vec<String> {
    const LONGEST: usize = 22;
    let mut lines: Vec<String> = vec![String::new()];
    for word in words.split_whitespace() {
        let count = lines.len();
        let last = lines.last_mut().expect("there is one");
        if last.is_empty() {
            last.push_str(word);
        } else if last.chars().count() + word.chars().count() < LONGEST {
            _ = write!(last, " {word}");
        } else if count == 3 {
            last.push('…');
            break;
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

fn list(out: &mut String, steps: &[Step], places: &BTreeMap<usize, (usize, usize)>) {
    out.push_str("<ol>\n");
    let by_id = |id: &str| steps.iter().find(|step| step.id == id);
    for (at, step) in steps.iter().enumerate().filter(|(_, step)| !step.is_end) {
        let lost =
            if places.contains_key(&at) { "" } else { " <strong>No answer leads here.</strong>" };
        _ = writeln!(out, "<li>{}{lost}", text(&step.words));
        if !step.turns.is_empty() {
            out.push_str("<ul>\n");
        }
        for (words, to) in &step.turns {
            let to = match by_id(to) {
                Some(step) => text(&step.words),
                None => format!("<strong>nowhere: there is no “{}”</strong>", text(to)),
            };
            _ = writeln!(out, "<li>{}: {to}</li>", text(words));
        }
        if !step.turns.is_empty() {
            out.push_str("</ul>\n");
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        desk::record,
        model::{kind, schema},
        text::{Source, Span},
    };

    #[test]
    fn a_flow_is_drawn_and_said_with_what_leads_nowhere() {
        let flow = "questions:\n  - id: adult\n    ask: Are you 18 or over?\n    answers:\n      - {answer: \"Yes\", go to: fit}\n      - {answer: \"No\", go to: nobody}\n  - id: lonely\n    ask: Who asks this?\n    answers:\n      - {answer: Me, go to: adult}\noutcomes:\n  - {id: fit, title: You can ask}\n";
        let source = Source::new("content/a.yaml", flow);
        let asked = schema::of_kind(&kind::FLOW).own;
        let values = record::read(&source, Span::new(0, flow.len()), &asked);
        let out = drawing(&values);
        assert!(out.contains("<li>Yes: You can ask</li>"), "{out}");
        assert!(out.contains("nowhere: there is no “nobody”"), "{out}");
        assert!(out.contains("Who asks this? <strong>No answer leads here.</strong>"), "{out}");
        assert_eq!(out.matches("<rect").count(), 2, "what nothing leads to has no box");
        assert_eq!(drawing(&record::read(&source, Span::default(), &asked)), "");
    }

    #[test]
    fn a_flow_that_goes_in_a_circle_ends() {
        let steps = vec![
            Step {
                id: "a".into(),
                words: "A".into(),
                is_end: false,
                turns: vec![("x".into(), "b".into())],
            },
            Step {
                id: "b".into(),
                words: "B".into(),
                is_end: false,
                turns: vec![("y".into(), "a".into())],
            },
        ];
        assert_eq!(places(&steps).len(), 2);
    }
}
