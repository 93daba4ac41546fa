//! `aria-attribute`: `aria-…` attributes that do not exist.

use super::{Check, Level, Marks, Page, Rule, page::aria};

pub(super) const RULE: Check = Rule::html("aria-attribute", include_str!("aria_attribute.md"))
    .wcag(Level::A, &["1.3.1", "4.1.2"])
    .act(&["5f99a7"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for element in page.elements() {
        for (name, span) in element.attr_spans().filter(|(name, _)| name.starts_with("aria-")) {
            if marks.passes(aria::attribute(name).is_some()) {
                continue;
            }
            let hint = match aria::meant(name, aria::attributes().iter().map(|known| known.name)) {
                Some(meant) => format!("write `{meant}=\"…\"`"),
                None => {
                    format!("remove `{name}`, or write it as `data-{}`", &name["aria-".len()..])
                }
            };
            marks.fail(element, format!("there is no attribute “{name}”")).at(span).hint(hint);
        }
    }
}
