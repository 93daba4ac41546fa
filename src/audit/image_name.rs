//! `image-name`: pictures with nothing to read aloud.

use super::{
    Check, Element, Level, Marks, Page, Rule,
    inside::{Inside, is_one_thing},
    words::{file_name, short},
};

pub(super) const RULE: Check = Rule::html("image-name", include_str!("image_name.md"))
    .wcag(Level::A, &["1.1.1"])
    .act(&["23a2a8"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    let mut around = Inside::default();
    for image in page.elements() {
        let whole = around.nearest(image);
        if is_one_thing(image) {
            around.push(image);
        }
        let is_image = matches!(image.role(), Some("img" | "image"));
        // Drawings and buttons that are pictures have rules of their own.
        if !(is_image || image.is("img")) || image.is_svg() || image.is("input") {
            continue;
        }
        if !image.is_exposed() {
            continue;
        }
        if is_decoration(image) || is_image && image.has_name() {
            marks.pass();
        } else if is_image {
            fault(image, whole, marks);
        }
    }
}

/// Whether it only decorates, and so is not read. One that the Tab key reaches is read
/// whatever its author says.
fn is_decoration(image: Element<'_>) -> bool {
    image.is("img") && image.role() == Some("none")
}

fn fault(image: Element<'_>, whole: Option<Element<'_>>, marks: &mut Marks) {
    let what = match image.attr("src").and_then(file_name) {
        Some(file) => format!("the picture “{}”", short(file)),
        None => "the picture".to_owned(),
    };
    let hint = if image.is("img") {
        "write `alt=\"…\"` with what it shows, or `alt=\"\"` when it only decorates"
    } else {
        "write `aria-label=\"…\"` with what it shows"
    };
    match whole.filter(|whole| whole.has_name()) {
        // A picture made of pictures is one picture.
        Some(whole) if matches!(whole.role(), Some("img" | "image")) => {}
        Some(whole) => {
            let name = short(whole.name());
            let message = format!("{what} inside “{name}” has no words to read aloud");
            // Where `alt` is missing browsers tell of a picture (failure F65 of WCAG). Other
            // pictures may add nothing to the name.
            if image.is("img") && !image.has("alt") {
                marks.fail(image, message).hint(hint);
            } else {
                marks.ask(image, message).hint(hint);
            }
        }
        None => {
            marks.fail(image, format!("{what} has no words to read aloud")).hint(hint);
        }
    }
}
