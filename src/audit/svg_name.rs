//! `svg-name`: drawings that say they are a picture and have no words.

use super::{
    Check, Level, Marks, Page, Rule,
    inside::{Inside, is_one_thing},
};

pub(super) const RULE: Check = Rule::html("svg-name", include_str!("svg_name.md"))
    .wcag(Level::A, &["1.1.1"])
    .act(&["7d6734"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    let mut around = Inside::default();
    for drawing in page.elements() {
        let whole = around.nearest(drawing);
        if is_one_thing(drawing) {
            around.push(drawing);
        }
        let is_picture = drawing.is_svg()
            && drawing.explicit_role().is_some()
            && matches!(
                drawing.role(),
                Some("img" | "image" | "graphics-document" | "graphics-symbol")
            );
        // Browsers do not agree on `hidden` in a drawing.
        if !is_picture || !drawing.is_exposed() || drawing.has("hidden") {
            continue;
        }
        if drawing.has_name() {
            marks.pass();
        } else if whole.is_none_or(|whole| !whole.has_name()) {
            let hint = "write `<title>…</title>` as the first thing in it, or `aria-label=\"…\"`";
            marks.fail(drawing, "the drawing has no words to read aloud").hint(hint);
        }
    }
}
