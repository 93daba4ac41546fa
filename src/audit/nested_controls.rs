//! `nested-controls`: links, buttons and fields inside one another.

use super::{Level, Marks, Page, Rule, Run, page::Element};
use crate::parse::shorten;

pub(super) const RULE: Rule = Rule {
    code: "nested-controls",
    level: Level::A,
    wcag: &["4.1.2"],
    act: &[],
    manual: include_str!("nested_controls.md"),
    run: Run::Page(run),
};

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

/// What a label can belong to.
const LABELLED: &[&str] = &["button", "input", "meter", "output", "progress", "select", "textarea"];

fn run(page: &Page<'_>, marks: &mut Marks) {
    let (mut around, mut inner): (Option<Element<'_>>, Option<Element<'_>>) = (None, None);
    for element in page.elements().filter(|element| element.is_html()) {
        // The outermost counts: what is inside it is looked at once.
        if let Some(outer) = around.filter(|outer| outer.contains(element)) {
            if inner.is_none()
                && is_control(element)
                && element.is_exposed()
                && element.is_tabbable()
            {
                inner = Some(element);
                report(outer, element, marks);
            }
            continue;
        }
        if around.is_some() && inner.is_none() {
            marks.pass();
        }
        (around, inner) = (is_outer(element).then_some(element), None);
    }
    if around.is_some() && inner.is_none() {
        marks.pass();
    }
    several_in_labels(page, marks);
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

fn report(outer: Element<'_>, element: Element<'_>, marks: &mut Marks) {
    let (tag, around) = (element.tag(), outer.tag());
    let message = format!("<{tag}> is inside <{around}>, and both can be used");
    let hint = format!("close `<{around}>` before it, so that they stand beside each other");
    // What a summary holds is one matter for HTML and another for screen readers.
    if outer.is("summary") {
        marks.ask(element, message).hint(hint);
    } else {
        marks.fail(element, message).hint(hint);
    }
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
        let Some(label) = label.filter(|_| element.is_any(LABELLED)) else { continue };
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
