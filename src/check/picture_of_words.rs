//! `picture-of-words`: pictures that are words.

use super::{Check, Looks, Marks, Rule, Subject, broken_picture::pictures};

pub(super) const CHECK: Check =
    Rule::warning("picture-of-words", Looks::Words, include_str!("picture_of_words.md"))
        .on_text(run);

/// How many lines of words a picture may have: a chart or a map needs a few.
const MOST_LINES: usize = 7;

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    for (span, name, at) in pictures(subject) {
        let file = &subject.world.site.files[at];
        let lines = subject.world.pictures.versions(at, file).map_or(0, |versions| versions.lines);
        if lines > MOST_LINES {
            let message =
                format!("the picture “{name}” seems to have {lines} lines of words in it");
            let hint = "write them on the page: in a picture nobody can hear them, make them larger \
                        or find them. Where it is a chart or a map, or the page says all of it, \
                        write above it `<!-- allow picture-of-words: the table says the same -->`";
            marks.push(span, message).hint(hint);
        }
    }
}
