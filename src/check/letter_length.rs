//! `letter-length`: letters that do not fit on one side of paper.

use super::{Check, Looks, Marks, Rule, Subject};
use crate::{
    letter::{Line, Style, fill},
    model::{Page, kind::Form},
};

pub(super) const CHECK: Check =
    Rule::warning("letter-length", Looks::Letters, include_str!("letter_length.md"))
        .on_written(run);

/// How long a side is, and how long a letter may be, in points: A4 with margins of
/// 1.5 cm at the top and at the bottom.
const SIDE: f64 = (29.7 - 3.0) / 2.54 * 72.0;

/// The width of the lines, in points.
const WIDTH: f64 = (21.0 - 4.0) / 2.54 * 72.0;

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    let id = subject.world.site.by_url.get(&page.url);
    let Some((template, _)) = id.and_then(|id| subject.world.letters.get(id)) else { return };
    // Pictures and large words take the room that they need, and what is no paper has no side.
    if template.easy || template.form != Form::Paper {
        return;
    }
    let answers = template.examples();
    let lines = fill(template, &answers);
    // What follows is the same in another language, on a side of its own.
    let own = lines.iter().take_while(|line| line.style != Style::Break);
    let height: f64 = own.map(height).sum();
    if height > SIDE {
        let over = (height - SIDE) / (SIZE * LINE);
        let lines =
            if over.ceil() > 1.0 { format!("{} lines", over.ceil()) } else { "1 line".to_owned() };
        let message =
            format!("with its examples this letter is {lines} longer than one side of A4");
        let hint = "say less, or move facts to a page and name it";
        marks.push(subject.front("kind"), message).hint(hint);
    }
}

/// The size of words, in points.
const SIZE: f64 = 12.0;

/// The height of a line: that of Arial, and the distance in the style of documents.
const LINE: f64 = 1.149 * 1.08;

fn height(line: &Line<'_>) -> f64 {
    let text: String = line.pieces.iter().map(|piece| &*piece.text).collect();
    // Sizes and distances before and after, as in `letter/docx/styles.xml`.
    let (size, around) = match line.style {
        Style::H1 => (16.0, 18.0),
        Style::H2 => (13.0, 11.0),
        Style::H3 => (12.0, 9.0),
        Style::Bullet | Style::Number => (12.0, 1.0),
        Style::Foot => (12.0, 4.0),
        Style::Sender | Style::Address => (12.0, 8.0),
        Style::Text | Style::Subject | Style::Row | Style::Break => (12.0, 6.0),
        // Three lines below it are for the signature.
        Style::Close => (12.0, 36.0),
    };
    let is_bold = matches!(line.style, Style::H1 | Style::H2 | Style::H3);
    let indent = if matches!(line.style, Style::Bullet | Style::Number) { 21.0 } else { 0.0 };
    let lines: usize =
        text.split('\n').map(|line| lines(line, size, is_bold, WIDTH - indent)).sum();
    lines as f64 * size * LINE + around
}

/// How many lines words take.
fn lines(text: &str, size: f64, is_bold: bool, width: f64) -> usize {
    let scale = size / 1000.0 * if is_bold { 1.07 } else { 1.0 };
    let (mut lines, mut used) = (1, 0.0);
    for word in text.split(' ') {
        let own: f64 = word.chars().map(wide).sum::<f64>() * scale;
        if used > 0.0 && used + own > width {
            lines += 1;
            used = 0.0;
        }
        used += own + wide(' ') * scale;
    }
    lines
}

/// How wide a letter is, in thousandths of its size. Source: the metrics of
/// Helvetica, which Arial shares.
fn wide(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | '\'' | '‘' | '’' => 222.0,
        ' ' | 't' | 'f' | 'I' | '.' | ',' | ':' | ';' | '/' | '!' | '[' | ']' => 278.0,
        'r' | '(' | ')' | '-' | '“' | '”' => 333.0,
        'c' | 'k' | 's' | 'v' | 'x' | 'y' | 'z' | 'J' => 500.0,
        'F' | 'T' | 'Z' => 611.0,
        'A' | 'B' | 'E' | 'K' | 'P' | 'S' | 'V' | 'X' | 'Y' | '&' => 667.0,
        'C' | 'D' | 'H' | 'N' | 'R' | 'U' | 'w' => 722.0,
        'G' | 'O' | 'Q' => 778.0,
        'm' | 'M' => 833.0,
        'W' => 944.0,
        '@' | '–' | '—' => 1000.0,
        _ => 556.0,
    }
}
