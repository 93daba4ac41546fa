//! `widget-name`: windows, bars, tabs and the like that do not say what they are.

use super::{Check, Element, Level, Marks, Page, Rule};

pub(super) const RULE: Check = Rule::html("widget-name", include_str!("widget_name.md"))
    .wcag(Level::A, &["4.1.2"])
    .on_page(run);

/// Roles that say nothing without a name, and what people would call them.
const NEEDS_NAME: &[(&str, &str)] = &[
    ("alertdialog", "window"),
    ("dialog", "window"),
    ("meter", "meter"),
    ("option", "choice"),
    ("progressbar", "progress bar"),
    ("tab", "tab"),
    ("tooltip", "tip"),
    ("treeitem", "entry of the tree"),
];

/// Roles that often do well without one.
const SHOULD_HAVE_NAME: &[(&str, &str)] = &[
    ("application", "application"),
    ("grid", "grid"),
    ("tabpanel", "panel"),
    ("tree", "tree"),
    ("treegrid", "grid"),
];

fn run(page: &Page<'_>, marks: &mut Marks) {
    for element in page.elements() {
        // An empty choice of a list is how nothing is chosen.
        if element.is_any(&["html", "body", "option", "optgroup"]) || !element.is_exposed() {
            continue;
        }
        let called = |list: &[(&str, &'static str)]| {
            let role = element.role()?;
            list.iter().find(|(name, _)| *name == role).map(|(_, called)| *called)
        };
        if let Some(what) = called(NEEDS_NAME) {
            if !marks.passes(element.has_name()) {
                marks.fail(element, format!("the {what} has no name")).hint(HINT);
            }
        } else if element.is_svg() && element.role() == Some("link") {
            if !marks.passes(element.has_name()) {
                let hint = "write `aria-label=\"…\"` with where it leads";
                marks.fail(element, "the link in the drawing has no words").hint(hint);
            }
        } else if let Some(what) = called(SHOULD_HAVE_NAME) {
            if !marks.passes(element.has_name()) {
                marks.ask(element, format!("the {what} has no name")).hint(HINT);
            }
        } else if is_empty_stop(element) && !element.has_name() {
            let hint = "write what it is, or take out `tabindex`";
            marks.ask(element, "the Tab key stops here, and there is nothing to read").hint(hint);
        }
    }
}

const HINT: &str =
    "write `aria-label=\"…\"` with what it is, or name its heading: `aria-labelledby=\"…\"`";

/// Whether the Tab key stops at something that no other rule knows and that has
/// nothing in it.
fn is_empty_stop(element: Element<'_>) -> bool {
    element.is_tabbable()
        && element.role().is_none()
        && !element.is_any(&["audio", "embed", "iframe", "input", "object", "summary", "video"])
        && element.children().next().is_none()
        && !element.has_text()
}
