//! `image-size`: pictures that are too heavy for a phone, or that no browser
//! shows.

use super::{Check, Looks, Marks, Rule, Subject, broken_picture::pictures};
use crate::{
    config::Pictures,
    model::Attachment,
    picture::{Look, Versions},
    rule::Severity,
};

pub(super) const CHECK: Check =
    Rule::error("image-size", Looks::Words, include_str!("image_size.md")).on_text(run);

/// How many times what is allowed stops the build: twenty seconds for what may take four.
const TOO_HEAVY: usize = 5;

const SHOWN: &[&str] = &["svg", "png", "jpg", "jpeg", "gif", "webp", "avif"];

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    let world = subject.world;
    let terms = &world.config.pictures;
    for (span, name, at) in pictures(subject) {
        let file = &world.site.files[at];
        if !SHOWN.contains(&file.extension()) {
            let message = format!("“{name}” is not a picture that every browser shows");
            marks.push(span, message).hint("save it as a .jpg if it is a photo, or else as a .png");
            continue;
        }
        let own = file.file.bytes.len();
        let sent = match world.pictures.look(at, file) {
            Some(Look::Good(versions)) => Versions::heaviest(versions, own),
            // That is told of by `broken-picture`.
            Some(Look::Broken | Look::CutOff | Look::Huge(_)) => continue,
            None => own,
        };
        if sent > terms.most() {
            let message =
                format!("the picture “{name}” is heavy for a phone: {}", file.label_of(sent));
            let is_too_heavy = sent > terms.most().saturating_mul(TOO_HEAVY);
            let severity = if is_too_heavy { Severity::Error } else { Severity::Warning };
            marks.push(span, message).hint(what_to_do(file, terms)).severity(severity);
        }
    }
}

/// How to make a picture light: smaller where it is wider than any page shows it, and saved as
/// what holds it in fewer bytes.
fn what_to_do(file: &Attachment, terms: &Pictures) -> String {
    let widest = usize::try_from(terms.widest).unwrap_or(usize::MAX);
    let shrink = file.size.filter(|(width, _)| *width > widest).map(|(width, height)| {
        let tall = (height * widest).div_ceil(width);
        format!("it is {width} pixels wide: make it {widest} wide and {tall} high, and ")
    });
    let save = match file.extension() {
        "jpg" | "jpeg" => "save it with a quality of 75",
        "webp" | "avif" => "save it with a quality of 60",
        "png" => "save it as a .jpg if it is a photo, or with 256 colours if it is a drawing",
        "gif" => "save it as a .webp, or as a film if it moves",
        "svg" => "take out the pictures and fonts that are inside it",
        _ => "save it as a .jpg",
    };
    format!("{}{save}, until it is below {} kB", shrink.unwrap_or_default(), terms.most_kb)
}
