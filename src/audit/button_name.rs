//! `button-name`: buttons that do not say what they do.

use super::{Check, Level, Marks, Page, Rule, fields::input_type, words::is_silent};

pub(super) const RULE: Check = Rule::html("button-name", include_str!("button_name.md"))
    .wcag(Level::A, &["4.1.2"])
    .act(&["97a4e1"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for button in page.with_role("button") {
        // `image-button-name` and `summary-name` are about those.
        let is_other = button.is("input") && input_type(button) == "image"
            || button.is("summary") && button.explicit_role() != Some("button");
        if is_other || !button.is_exposed() {
            continue;
        }
        if is_silent(button.name()) {
            let message = "the button shows a sign from a font of pictures, and has no name";
            marks.wordless(button, message).hint("write `aria-label=\"…\"` with what it does");
            continue;
        }
        if marks.passes(button.has_name()) {
            continue;
        }
        let hint = if button.is("input") {
            "write `value=\"…\"` with what it does: `value=\"Send\"`"
        } else if button.descendants().any(|inside| inside.is("img")) {
            "write `alt=\"…\"` with what it does: `alt=\"Search\"`"
        } else {
            "write what it does: `<button>Send</button>`"
        };
        marks.wordless(button, "the button has no name").hint(hint);
    }
}
