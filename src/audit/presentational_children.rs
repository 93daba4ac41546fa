//! `presentational-children`: a link in a button, a field in a picture.

use super::{Check, Element, Level, Marks, Page, Rule, page::aria};

pub(super) const RULE: Check =
    Rule::html("presentational-children", include_str!("presentational_children.md"))
        .wcag(Level::A, &["4.1.2"])
        .act(&["307n5z"])
        .on_page(run);

/// An element whose parts are read as plain words, and the first one that is reached
/// with the Tab key all the same.
struct Flat<'p> {
    element: Element<'p>,
    role: &'static str,
    reached: Option<Element<'p>>,
}

fn run(page: &Page<'_>, marks: &mut Marks) {
    let mut open: Vec<Flat<'_>> = Vec::new();
    for element in page.elements() {
        while open.last().is_some_and(|flat| !flat.element.contains(element)) {
            close(&mut open, marks);
        }
        if let Some(flat) = open.last_mut()
            && flat.reached.is_none()
            && element.is_tabbable()
            && !element.is("iframe")
        {
            flat.reached = Some(element);
        }
        // What is inside these is only there for browsers that do not know them, and what
        // opens a part of the page is a button only where it says so.
        let is_other = element.is_any(&["meter", "progress"])
            || element.is("summary") && element.explicit_role().is_none();
        if !is_other
            && let Some(role) = element.role().and_then(aria::role)
            && role.presentational_children
            && element.is_exposed()
        {
            open.push(Flat { element, role: role.name, reached: None });
        }
    }
    while !open.is_empty() {
        close(&mut open, marks);
    }
}

/// Says what was found in the last one, and tells the one around it.
fn close(open: &mut Vec<Flat<'_>>, marks: &mut Marks) {
    let Some(flat) = open.pop() else { return };
    let Some(reached) = flat.reached else { return marks.pass() };
    if let Some(around) = open.last_mut() {
        around.reached = around.reached.or(Some(reached));
    }
    let message =
        format!("<{}> is inside the role “{}”, and is not read there", reached.tag(), flat.role);
    let hint = "put it beside, not inside, or make one of the two plain text";
    marks.fail(flat.element, message).at(reached.span()).hint(hint);
}
