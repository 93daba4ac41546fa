//! `letter-pointer`: “above” and “below” in letters, which send people looking.

use super::{Check, Looks, Marks, Rule, Subject, letters};
use crate::model::{Page, kind::FieldType};

pub(super) const CHECK: Check =
    Rule::warning("letter-pointer", Looks::Letters, include_str!("letter_pointer.md"))
        .on_written(run);

/// Words that point somewhere in the letter.
const POINTING: &[&str] = &["above", "below", "overleaf", "aforementioned", "aforesaid"];

/// Other ways to say so.
const PLACES: &[&str] =
    &["the bottom of this letter", "the top of this letter", "the end of this letter"];

/// Words before or after “above” that say what is meant, if there is one so far.
const DATES: &[&str] = &["date", "day"];

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    if page.kind.letter().is_none() || !subject.is_english() {
        return;
    }
    let prose = subject.prose;
    for sentence in letters::sentences(subject) {
        let words: Vec<&str> = sentence
            .small
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let found = words.iter().position(|word| POINTING.contains(word));
        let place = PLACES.iter().find(|place| sentence.small.contains(*place));
        let Some(said) = found.map(|at| words[at]).or(place.copied()) else { continue };
        // “The date above” is clear when a date stands above.
        if let Some(at) = found {
            let near = [at.checked_sub(1), Some(at + 1)];
            let is_date = near
                .into_iter()
                .flatten()
                .any(|at| words.get(at).is_some_and(|word| DATES.contains(word)));
            let here = prose.span(sentence.place.clone());
            let dates = prose.values.iter().filter(|used| used.span.start < here.start);
            let mut dates = dates.filter_map(|used| page.field(used.name));
            if is_date && dates.any(|field| field.kind == FieldType::Date) {
                continue;
            }
        }
        let message = format!("“{said}” sends the reader looking");
        let hint = "say it again here, in the words that were used before";
        marks.push(prose.span(sentence.place.clone()), message).hint(hint);
    }
}
