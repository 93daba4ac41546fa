//! `object-name`: pictures, sounds and films in an `<object>` without words.

use super::{
    Check, Element, Level, Marks, Page, Rule,
    inside::Inside,
    words::{file_name, short},
};

pub(super) const RULE: Check = Rule::html("object-name", include_str!("object_name.md"))
    .wcag(Level::A, &["1.1.1"])
    .act(&["8fc3b6"])
    .on_page(run);

/// Ends of file names that are pictures, sounds and films.
const MEDIA: &[&str] = &[
    "aac", "apng", "avif", "bmp", "flac", "gif", "ico", "jfif", "jpeg", "jpg", "m4a", "m4v", "mov",
    "mp3", "mp4", "mpeg", "mpg", "oga", "ogg", "ogv", "opus", "png", "svg", "tif", "tiff", "wav",
    "weba", "webm", "webp",
];

fn run(page: &Page<'_>, marks: &mut Marks) {
    let mut around = Inside::default();
    for object in page.all(&["object"]) {
        // What is in an object stands in for it and is seldom shown.
        let is_outermost = around.nearest(object).is_none();
        around.push(object);
        let Some(data) = object.filled("data") else {
            continue;
        };
        if !is_outermost || !object.is_exposed() || object.role() == Some("none") {
            continue;
        }
        let is_media = is_media(object, data);
        // Another page, or a document, is read as that.
        if is_media == Some(false) || marks.passes(object.has_name()) {
            continue;
        }
        let what =
            file_name(data).map_or("this object".to_owned(), |file| format!("“{}”", short(file)));
        let message = format!("{what} has no words to read aloud");
        let stands_in = object.has_text()
            || object.descendants().any(|inside| {
                inside.is_any(&["audio", "embed", "img", "input", "object", "svg", "video"])
            });
        // Browsers show what is inside when the file cannot be loaded.
        let is_sure = is_media.is_some() && !stands_in;
        let mark = if is_sure { marks.fail(object, message) } else { marks.ask(object, message) };
        mark.hint("write `title=\"…\"` or `aria-label=\"…\"` with what it shows or says");
    }
}

/// Whether it shows a picture or plays something; none when neither its name nor its type says
/// anything.
fn is_media(object: Element<'_>, data: &str) -> Option<bool> {
    let is_type = |kind: &str| {
        let kind = kind.trim().to_ascii_lowercase();
        ["image/", "audio/", "video/"].iter().any(|start| kind.starts_with(start))
    };
    if let Some(written) = data.strip_prefix("data:") {
        return Some(is_type(written));
    }
    let end = file_name(data).and_then(|file| file.rsplit_once('.')).map(|(_, end)| end);
    let by_end = end.map(|end| MEDIA.contains(&end.to_ascii_lowercase().as_str()));
    let by_type = object.attr("type").filter(|kind| !kind.trim().is_empty()).map(is_type);
    // Where the two disagree, nobody can tell.
    let is_either = by_end.or(by_type)?;
    Some(is_either && by_type != Some(false))
}
