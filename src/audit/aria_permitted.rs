//! `aria-permitted`: states that the thing they are written on does not have.

use super::{Check, Element, Level, Marks, Page, Rule, page::aria};

pub(super) const RULE: Check = Rule::html("aria-permitted", include_str!("aria_permitted.md"))
    .wcag(Level::A, &["1.3.1", "4.1.2"])
    .act(&["5c01ea"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for element in page.elements() {
        let mut known = element.attrs().filter_map(|(name, _)| aria::attribute(name)).peekable();
        if known.peek().is_none() || !element.is_exposed() || is_open(element) {
            continue;
        }
        let role = element.role();
        if role == Some("none") {
            continue;
        }
        for attribute in known {
            if marks.passes(attribute.global || supports(element, attribute.name)) {
                continue;
            }
            let what = match role {
                Some(role) if role != "generic" => format!("is read as “{role}”"),
                _ => "has no role".into(),
            };
            let message =
                format!("“{}” means nothing on <{}>, which {what}", attribute.name, element.tag());
            let hint = match owner_of(attribute.name) {
                Some(role) => format!(
                    "remove `{}`, or give the element a role that has it, such as `role=\"{role}\"`",
                    attribute.name
                ),
                None => format!("remove `{}`", attribute.name),
            };
            marks.fail(element, message).at(element.attr_span(attribute.name)).hint(hint);
        }
    }
}

/// Whether nothing here says what the element is: a component decides for itself, and
/// so does what people type into.
pub(super) fn is_open(element: Element<'_>) -> bool {
    element.explicit_role().is_none()
        && (element.tag().contains('-')
            || element.attr("contenteditable").is_some_and(|on| !on.eq_ignore_ascii_case("false")))
}

/// Whether `attribute` is the element's own: of its role, or given to it by HTML.
pub(super) fn supports(element: Element<'_>, attribute: &str) -> bool {
    let has = |role: &str| aria::role(role).is_some_and(|role| role.supported.contains(&attribute));
    if element.role().is_some_and(has) {
        return true;
    }
    if element.explicit_role().is_some_and(|role| element.role() == Some(role)) {
        return false;
    }
    if element.is_svg() {
        return has("graphics-object");
    }
    match element.tag() {
        // Which of these a cell is depends on the table around it.
        "td" => has("cell") || has("gridcell"),
        "th" => has("columnheader") || has("rowheader") || has("gridcell"),
        "tr" => has("row"),
        "table" => has("table"),
        "select" => has("combobox") || has("listbox"),
        "summary" => has("button"),
        "input" => match element.attr("type").unwrap_or("").to_ascii_lowercase().as_str() {
            "password" | "date" | "datetime-local" | "month" | "time" | "week" => has("textbox"),
            "color" | "file" => matches!(attribute, "aria-required" | "aria-readonly"),
            _ => false,
        },
        _ => false,
    }
}

/// A role that has `attribute`, to name as an example.
fn owner_of(attribute: &str) -> Option<&'static str> {
    #[rustfmt::skip] // a list of words reads better in lines
    const USUAL: &[&str] = &[
        "button", "checkbox", "link", "textbox", "option", "tab", "heading", "columnheader",
        "slider", "dialog", "listitem", "listbox", "combobox", "table", "cell",
    ];
    let has =
        |role: &&&str| aria::role(role).is_some_and(|role| role.supported.contains(&attribute));
    USUAL.iter().find(has).copied()
}
