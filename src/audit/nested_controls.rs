//! `nested-controls`: links, buttons and fields inside one another.

use super::{Check, Element, Level, Marks, Page, Rule};
use crate::text::shorten;

pub(super) const RULE: Check = Rule::html("nested-controls", include_str!("nested_controls.md"))
    .wcag(Level::A, &["4.1.2"])
    .on_page(run);

/// What people work with, by tag; where a word follows, only with that attribute.
const CONTROLS: &[(&str, &str)] = &[
    ("a", "href"),
    ("audio", "controls"),
    ("button", ""),
    ("input", ""),
    ("select", ""),
    ("summary", ""),
    ("textarea", ""),
    ("video", "controls"),
];

fn run(page: &Page<'_>, marks: &mut Marks) {
    let mut has_asked = false;
    for (outer, inner) in outers(page) {
        let Some(inner) = inner else {
            marks.pass();
            continue;
        };
        let (tag, around) = (inner.tag(), outer.tag());
        let message = format!("<{tag}> is inside <{around}>, and both can be used");
        let hint = format!("close `<{around}>` before it, so that they stand beside each other");
        // HTML lets a summary hold a link: once a page is enough to ask.
        if !outer.is("summary") {
            marks.fail(inner, message).hint(hint);
        } else if !has_asked {
            has_asked = true;
            marks.ask(inner, message).hint(hint);
        }
    }
    several_in_labels(page, marks);
}

/// What can be used, and the first thing in it that can be used by itself. Of
/// several inside one another the outermost counts.
fn outers<'p>(page: &'p Page<'_>) -> Vec<(Element<'p>, Option<Element<'p>>)> {
    let mut found: Vec<(Element<'p>, Option<Element<'p>>)> = Vec::new();
    for element in page.elements().filter(|element| element.is_html()) {
        if let Some((outer, inner)) = found.last_mut()
            && outer.contains(element)
        {
            let is_used = is_control(element) && element.is_exposed() && element.is_tabbable();
            *inner = inner.or(is_used.then_some(element));
        } else if is_outer(element) {
            found.push((element, None));
        }
    }
    found
}

/// What is one thing to work with, from edge to edge.
fn is_outer(element: Element<'_>) -> bool {
    let is_link = element.is("a") && element.has("href");
    (is_link || element.is_any(&["button", "summary"])) && element.is_exposed()
}

fn is_control(element: Element<'_>) -> bool {
    let known = CONTROLS.iter().find(|(tag, _)| element.is(tag));
    known.is_some_and(|(_, attribute)| attribute.is_empty() || element.has(attribute))
        || element.tabindex().is_some()
}

/// A label with several fields inside belongs to the first of them only.
fn several_in_labels(page: &Page<'_>, marks: &mut Marks) {
    let mut label: Option<Element<'_>> = None;
    let mut fields = 0;
    for element in page.elements().filter(|element| element.is_exposed()) {
        if !label.is_some_and(|label| label.contains(element)) {
            label = Some(element).filter(|element| element.is("label"));
            fields = 0;
        }
        let Some(label) = label.filter(|_| element.can_have_label()) else { continue };
        fields += 1;
        if fields == 2 {
            let message = format!(
                "<{}> is another field inside the label “{}”, which belongs to the first only",
                element.tag(),
                shorten(&label.text()),
            );
            marks.ask(element, message).hint("give it a label of its own: `<label>…</label>`");
        }
    }
}
