//! What is told of once on a page, where it stands first, with where else it stands. Not a check:
//! a word or a habit that a page has in many places is one thing to decide.

use std::collections::BTreeSet;

use super::Marks;
use crate::{
    parse::{Document, allow::allowances},
    text::Span,
};

/// The most further lines that are named.
const MOST_LINES: usize = 5;

/// One place of a word or a habit, with what is said where it is the one that is told of.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) span: Span,
    pub(super) message: String,
    pub(super) hint: String,
}

/// Tells of each once, at the first of its places. `more` says of so many further places, on lines
/// such as `on lines 4 and 9`, what goes behind the hint.
///
/// What a comment allows is told of at each place, or the comment would seem to be idle.
pub(super) fn tell(
    document: &Document,
    code: &str,
    all: impl IntoIterator<Item = Vec<Place>>,
    more: impl Fn(usize, &str) -> String,
    marks: &mut Marks,
) {
    let mut all = all.into_iter().peekable();
    if all.peek().is_none() {
        return;
    }
    let source = &document.source;
    let lines = source.lines();
    let line = |place: &Place| lines.position(place.span.start).line;
    let allowed = allowances(document);
    let allowed: Vec<_> =
        allowed.iter().filter(|one| one.codes.iter().any(|(own, _)| own == code)).collect();
    let is_allowed = |place: &Place| allowed.iter().any(|one| one.lines.contains(&line(place)));
    for places in all {
        let (known, told): (Vec<Place>, Vec<Place>) = places.into_iter().partition(is_allowed);
        for Place { span, message, hint } in known {
            marks.push_in(source, span, message).hint(hint);
        }
        let mut told = told.into_iter();
        let Some(first) = told.next() else { continue };
        let others: Vec<usize> = told.map(|place| line(&place)).collect();
        let named = on_lines(&others.iter().copied().collect(), line(&first));
        let Place { span, message, hint } = first;
        let hint = match others.len() {
            0 => hint,
            count => format!("{hint}; {}", more(count, &named)),
        };
        marks.push_in(source, span, message).hint(hint);
    }
}

/// `on lines 4, 7 and 9`, without the line that is told of.
fn on_lines(lines: &BTreeSet<usize>, first: usize) -> String {
    let others: Vec<String> =
        lines.iter().filter(|line| **line != first).map(ToString::to_string).collect();
    let named = &others[..others.len().min(MOST_LINES)];
    match named {
        [] => "on this line".to_owned(),
        [one] => format!("on line {one}"),
        _ if others.len() > MOST_LINES => format!("on lines {} and more", named.join(", ")),
        [all @ .., last] => format!("on lines {} and {last}", all.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn further_lines_are_named_up_to_five() {
        let lines = |all: &[usize]| on_lines(&all.iter().copied().collect(), 3);
        assert_eq!(lines(&[3]), "on this line");
        assert_eq!(lines(&[3, 5]), "on line 5");
        assert_eq!(lines(&[5, 9, 7]), "on lines 5, 7 and 9");
        assert_eq!(lines(&[4, 5, 6, 7, 8, 9]), "on lines 4, 5, 6, 7, 8 and more");
    }
}
