//! `image-alt`: pictures whose words do not say what they show.

use super::{Check, Marks, Subject, rule};
use crate::{
    model::RecordData,
    rule::Severity,
    text::{Span, address::stem_of},
};

pub(super) const CHECK: Check = rule::IMAGE_ALT.on_text(run);

/// The longest description that is heard in one breath, in characters.
const LONGEST_ALT: usize = 150;

const PICTURES: &[&str] = &[".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"];

/// What a screen reader says by itself, in small letters.
const OPENINGS: &[&str] =
    &["image of ", "an image of ", "picture of ", "a picture of ", "llun o ", "delwedd o "];

/// What says that there is a picture, and not what is in it, in small letters.
#[rustfmt::skip] // a list of words
const EMPTY: &[&str] = &[
    "image", "images", "picture", "photo", "photograph", "photos", "pic", "img", "graphic",
    "icon", "logo", "illustration", "drawing", "screenshot", "screen shot", "banner", "thumbnail",
    "untitled", "alt", "alt text", "placeholder", "spacer", "n/a", "none",
    "llun", "delwedd", "ffotograff", "eicon", "sgrinlun",
];

/// How cameras, phones and programs begin the names that they give to pictures.
const CAMERAS: &[&str] =
    &["img", "dsc", "dscn", "dscf", "pict", "pxl", "mvi", "p", "scan", "image"];

/// Whether words are no more than that a picture is there, or which: `Photo 2`, `IMG_2034`.
fn says_nothing(small: &str) -> bool {
    let bare = small.trim_end_matches(|c: char| c.is_ascii_digit() || " .:,()#-_".contains(c));
    let is_numbered = bare.len() < small.len();
    let from_camera = is_numbered
        && small.len() - bare.len() > 3
        && CAMERAS.contains(&bare.trim_end_matches(['-', '_', ' ']));
    EMPTY.contains(&bare) || from_camera || !small.contains(char::is_alphabetic)
}

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    for image in &subject.text.document.images {
        let alt = image.alt.trim();
        if alt.is_empty() {
            let message = format!("nothing says what the picture “{}” shows", image.destination);
            let hint = format!(
                "describe it: `![A person counting coins]({0})`; or, if it only decorates, write \
                 `![decorative]({0})`; or take it out",
                image.destination
            );
            marks.push(image.span, message).hint(hint);
        } else {
            words(image.span, alt, &image.destination, marks);
        }
    }
    for record in subject.text.records.values() {
        let RecordData::Symbols(rows) = record else { continue };
        for row in rows.iter().filter(|row| !row.alt.is_empty()) {
            words(row.picture.span, row.alt.trim(), &row.picture.value, marks);
        }
    }
}

fn words(span: Span, alt: &str, destination: &str, marks: &mut Marks) {
    let file = destination.rsplit('/').next().unwrap_or_default();
    let stem = stem_of(file);
    let small = alt.to_lowercase();
    let is_name = PICTURES.iter().any(|end| small.ends_with(end))
        || small == stem.to_lowercase() && stem.contains(['_', '-', '0', '1', '2', '3']);
    let length = alt.chars().count();
    if is_name {
        let message = format!("“{alt}” is the name of a file, and not what the picture shows");
        let hint = "say what someone would see: `A person counting coins`";
        marks.push(span, message).hint(hint).severity(Severity::Warning);
    } else if says_nothing(&small) {
        let message = format!("“{alt}” says that there is a picture, and not what it shows");
        let hint = "say what someone would see: `A person counting coins`; or, if it only \
                    decorates, write `decorative`";
        marks.push(span, message).hint(hint).severity(Severity::Warning);
    } else if let Some(opening) = OPENINGS.iter().find(|opening| small.starts_with(**opening)) {
        let rest = alt.get(opening.len()..).unwrap_or_default();
        let message = format!("“{}” is said by screen readers already", opening.trim_end());
        let hint = format!("write what comes after it: `{rest}`");
        marks.push(span, message).hint(hint).severity(Severity::Warning);
    } else if length > LONGEST_ALT {
        let message =
            format!("the words for this picture have {length} letters, and {LONGEST_ALT} is a lot");
        let hint = "say the main thing here, and the rest in the text beside it";
        marks.push(span, message).hint(hint).severity(Severity::Warning);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_that_only_say_that_a_picture_is_there() {
        for empty in
            ["image", "photo 2", "picture (3)", "img_2034", "dsc-00123", "pxl 20260101", "12"]
        {
            assert!(says_nothing(empty), "{empty}");
        }
        for said in [
            "a photo of a card",
            "p 12",
            "icon of a phone",
            "the council’s logo",
            "3 people",
            "imagine",
        ] {
            assert!(!says_nothing(said), "{said}");
        }
    }
}
