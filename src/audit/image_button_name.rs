//! `image-button-name`: buttons that are a picture and say nothing.

use super::{
    Check, Level, Marks, Page, Rule,
    fields::input_type,
    words::{file_name, short},
};

pub(super) const RULE: Check =
    Rule::html("image-button-name", include_str!("image_button_name.md"))
        .wcag(Level::A, &["1.1.1", "4.1.2"])
        .act(&["59796f"])
        .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for button in page.all(&["input"]) {
        if input_type(button) != "image" || !button.is_exposed() || button.role() == Some("none") {
            continue;
        }
        if marks.passes(button.has_name()) {
            continue;
        }
        let message = match button.attr("src").and_then(file_name) {
            Some(file) => format!("the button with the picture “{}” has no name", short(file)),
            None => "the button with a picture has no name".to_owned(),
        };
        marks.fail(button, message).hint("write `alt=\"…\"` with what it does: `alt=\"Search\"`");
    }
}
