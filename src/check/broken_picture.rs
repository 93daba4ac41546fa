//! `broken-picture`: pictures that no browser can show, because their file is damaged or is
//! something else.

use super::{Check, Looks, Marks, Rule, Subject};
use crate::{
    model::{Attachment, RecordData, Target},
    picture::{Look, MOST_DOTS},
    text::Span,
};

pub(super) const CHECK: Check =
    Rule::error("broken-picture", Looks::Words, include_str!("broken_picture.md")).on_text(run);

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    for (span, name, at) in pictures(subject) {
        let file = &subject.world.site.files[at];
        let is_moving = file.extension() == "gif";
        match subject.world.pictures.look(at, file) {
            Some(Look::Good(_)) => {}
            Some(Look::CutOff) => {
                let message = format!("the end of the picture “{name}” is missing");
                let hint = "copy it again from where it came from: only a part of the file arrived";
                marks.push(span, message).hint(hint);
            }
            Some(Look::Broken) => broken(span, name, file, marks),
            Some(Look::Huge(dots)) => {
                let message = format!(
                    "the picture “{name}” has {} million dots, and {} are the most",
                    dots / 1_000_000,
                    MOST_DOTS / 1_000_000
                );
                let widest = subject.world.config.pictures.widest;
                let hint = format!("make it {widest} dots wide in a program for pictures");
                marks.push(span, message).hint(hint);
            }
            None if is_moving && file.size.is_none() => broken(span, name, file, marks),
            None => {}
        }
    }
}

fn broken(span: Span, name: &str, file: &Attachment, marks: &mut Marks) {
    let message = match file.file.bytes.is_empty() {
        true => format!("the picture “{name}” is an empty file"),
        false => format!("the picture “{name}” cannot be opened"),
    };
    let hint = "open it in a program for pictures and save it as a .jpg, if it is a photo, or else \
                as a .png. Where it does not open there either, get the file again. A new name \
                alone does not make a picture of another sort";
    marks.push(span, message).hint(hint);
}

/// The pictures of a text that are files of the site: where each is named, how, and its place
/// among the files.
pub(super) fn pictures<'a>(
    subject: &'a Subject<'_>,
) -> impl Iterator<Item = (Span, &'a str, usize)> {
    let text = subject.text;
    let images = text.document.images.iter().map(|image| (image.span, &*image.destination));
    let images = images.zip(&text.pictures);
    let rows = text.records.values().filter_map(|record| match record {
        RecordData::Symbols(rows) => Some(rows),
        _ => None,
    });
    let symbols = rows.flatten().filter_map(|row| {
        let (link, target) = text.named.get(&row.picture.span.start)?;
        Some(((link.span, &*link.value), target))
    });
    images.chain(symbols).filter_map(|((span, name), target)| match target {
        Target::File(at) => Some((span, name, *at)),
        _ => None,
    })
}
