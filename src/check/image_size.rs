//! `image-size`: pictures that are too heavy for a phone, or that no browser
//! shows.

use super::{Check, Looks, Marks, Rule, Subject};
use crate::{
    model::{Attachment, Target},
    rule::Severity,
    text::Span,
};

pub(super) const CHECK: Check =
    Rule::error("image-size", Looks::Words, include_str!("image_size.md")).on_text(run);

/// Bytes that take four seconds on a slow phone connection (400 kbit/s).
const HEAVY: usize = 200_000;

/// Bytes that take twenty seconds.
const TOO_HEAVY: usize = 1_000_000;

const SHOWN: &[&str] = &["svg", "png", "jpg", "jpeg", "gif", "webp", "avif"];

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    let text = subject.text;
    let images = text.document.images.iter().map(|image| (image.span, &image.destination));
    for ((span, name), target) in images.zip(&text.pictures) {
        picture(subject, span, name, target, marks);
    }
    for record in text.records.values() {
        let crate::model::RecordData::Symbols(rows) = record else { continue };
        for row in rows {
            if let Some((link, target)) = text.named.get(&row.picture.span.start) {
                picture(subject, link.span, &link.value, target, marks);
            }
        }
    }
}

fn picture(subject: &Subject<'_>, span: Span, name: &str, target: &Target, marks: &mut Marks) {
    let Target::File(at) = target else { return };
    let file = &subject.world.site.files[*at];
    let extension = file.url.rsplit_once('.').map_or("", |(_, extension)| extension);
    let bytes = file.file.bytes.len();
    if !SHOWN.contains(&extension) {
        let message = format!("“{name}” is not a picture that every browser shows");
        marks.push(span, message).hint("save it as a .jpg if it is a photo, or else as a .png");
    } else if bytes > HEAVY {
        let message = format!("the picture “{name}” is heavy for a phone: {}", file.label());
        let severity = if bytes > TOO_HEAVY { Severity::Error } else { Severity::Warning };
        marks.push(span, message).hint(what_to_do(file, extension)).severity(severity);
    }
}

/// The widest that a picture is shown, in pixels of a screen with two for one.
const WIDEST: usize = 1_200;

/// How to make a picture light: smaller where it is wider than any page shows it, and saved as
/// what holds it in fewer bytes.
fn what_to_do(file: &Attachment, extension: &str) -> String {
    let shrink = file.size.filter(|(width, _)| *width > WIDEST).map(|(width, height)| {
        let tall = (height * WIDEST).div_ceil(width);
        format!("it is {width} pixels wide: make it {WIDEST} wide and {tall} high, and ")
    });
    let save = match extension {
        "jpg" | "jpeg" => "save it with a quality of 75",
        "webp" | "avif" => "save it with a quality of 60",
        "png" => "save it as a .jpg if it is a photo, or with 256 colours if it is a drawing",
        "gif" => "save it as a .webp, or as a film if it moves",
        "svg" => "take out the pictures and fonts that are inside it",
        _ => "save it as a .jpg",
    };
    format!("{}{save}, until it is below {} kB", shrink.unwrap_or_default(), HEAVY / 1_000)
}
