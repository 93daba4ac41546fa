//! `image-alt-text`: words of a picture that do not say what it shows.

use crate::text::address::stem_of;
use std::collections::HashMap;

use super::{
    Check, Element, Marks, Page, Rule,
    words::{file_name, short, spoken},
};

pub(super) const RULE: Check =
    Rule::html("image-alt-text", include_str!("image_alt_text.md")).act(&["qt1vmo"]).on_page(run);

/// Ends of the names of picture files.
const ENDS: &[&str] =
    &[".avif", ".bmp", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".tif", ".tiff", ".webp"];

/// Beginnings that a screen reader says by itself.
const SAID_ANYWAY: &[&str] =
    &["graphic of ", "image of ", "picture of ", "an image of ", "a picture of "];

/// Words that fit every picture.
#[rustfmt::skip] // a list of words reads better in lines
const EMPTY: &[&str] = &[
    "alt", "alt text", "banner", "bild", "blank", "graphic", "icon", "image", "img", "photo",
    "picture", "placeholder", "spacer", "thumbnail", "untitled",
];

fn run(page: &Page<'_>, marks: &mut Marks) {
    // The words around pictures, so that each place is read once.
    let mut around: HashMap<Element<'_>, String> = HashMap::new();
    for image in page.all(&["img"]) {
        let Some(alt) = image.filled("alt") else {
            continue;
        };
        // Whatever else names it is what is read.
        if image.role() != Some("img") || !image.is_exposed() || image.name().trim() != alt {
            continue;
        }
        let (said, shown) = (spoken(alt), short(alt));
        let (message, hint) = if is_file_name(alt, image.attr("src")) {
            (format!("“{shown}” is the name of a file"), "write what the picture shows")
        } else if EMPTY.contains(&said.as_str()) {
            (
                format!("“{shown}” does not say what the picture shows"),
                "write what the picture shows, or `alt=\"\"`",
            )
        } else if SAID_ANYWAY.iter().any(|start| alt.to_lowercase().starts_with(start)) {
            (
                format!("“{shown}” says that it is a picture, which a screen reader says too"),
                "begin with what the picture shows",
            )
        } else if places(image).any(|place| {
            *around.entry(place).or_insert_with(|| spoken(&place.visible_text())) == said
        }) {
            (
                format!("“{shown}” is also beside the picture, and is read out twice"),
                "write `alt=\"\"` when the picture adds nothing to the words",
            )
        } else {
            marks.pass();
            continue;
        };
        marks.ask(image, message).hint(hint).at(image.attr_span("alt"));
    }
}

/// A link, a caption or the like has no more elements in it than these.
const MOST_INSIDE: usize = 50;

/// Where words may say the same: what holds the picture, its link, its caption.
fn places(image: Element<'_>) -> impl Iterator<Item = Element<'_>> {
    // What holds much more than a picture and its words says something else.
    let is_small = |place: &Element<'_>| place.descendants().nth(MOST_INSIDE).is_none();
    let figure = image.closest(&["figure"]).filter(is_small);
    let caption = figure.and_then(|figure| figure.children().find(|one| one.is("figcaption")));
    let places = [image.parent(), image.closest(&["a", "button"]), caption];
    places.into_iter().flatten().filter(is_small)
}

fn is_file_name(alt: &str, src: Option<&str>) -> bool {
    if alt.contains(char::is_whitespace) {
        return false;
    }
    let lower = alt.to_lowercase();
    let has_end = ENDS.iter().any(|end| lower.ends_with(end));
    // “bus” may well be what `bus.png` shows; “img_0042” is not.
    let stem = src.and_then(file_name).map(stem_of);
    let is_made_up = alt.contains(['_', '-']) || alt.contains(|c: char| c.is_ascii_digit());
    let is_stem = stem.is_some_and(|stem| stem.eq_ignore_ascii_case(alt));
    has_end || is_stem && is_made_up
}
