//! `aria-required`: roles without the state that makes them useful.

use super::{Check, Element, Level, Marks, Page, Rule, page::aria};

pub(super) const RULE: Check = Rule::html("aria-required", include_str!("aria_required.md"))
    .wcag(Level::A, &["1.3.1", "4.1.2"])
    .act(&["4e8ab6"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for element in page.elements() {
        let Some(role) = element.given_role().map(|role| role.name) else { continue };
        let required = required(element, role);
        if required.is_empty() {
            continue;
        }
        let is_missing = |name: &&&str| {
            element.attr(name).is_none_or(|value| value.trim_ascii().is_empty())
                && !is_native(element, name)
                && !may_be_left_out(element, role, name)
        };
        let missing: Vec<&str> = required.iter().filter(is_missing).copied().collect();
        let Some(first) = missing.first() else {
            marks.pass();
            continue;
        };
        if role == "heading" {
            marks
                .ask(element, "this heading does not say its level, and is read as one of level 2")
                .hint("write `<h2>`, or add `aria-level=\"2\"` if that is its level");
            continue;
        }
        let message = format!("role “{role}” needs “{}”", missing.join("” and “"));
        let hint = format!("add `{first}=\"{}\"`, and let a script keep it right", example(first));
        marks.fail(element, message).at(element.attr_span("role")).hint(hint);
    }
}

/// What the role needs here.
fn required(element: Element<'_>, role: &str) -> &'static [&'static str] {
    match role {
        // Only a line that people can move has a place to tell.
        "separator" if element.is_focusable() => &["aria-valuenow"],
        _ => aria::role(role).map_or(&[], |role| &role.required),
    }
}

/// Whether the browser tells the state itself, from the element.
fn is_native(element: Element<'_>, attribute: &str) -> bool {
    let kind = element.attr("type").unwrap_or("").to_ascii_lowercase();
    match (element.tag(), attribute) {
        ("input", "aria-checked") => matches!(kind.as_str(), "checkbox" | "radio"),
        ("input", "aria-valuenow") => matches!(kind.as_str(), "range" | "number"),
        ("meter" | "progress", "aria-valuenow") => true,
        ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", "aria-level") => true,
        ("option", "aria-selected") => true,
        ("select", _) => true,
        _ => false,
    }
}

/// Whether the role can do without `attribute` as things are.
fn may_be_left_out(element: Element<'_>, role: &str, attribute: &str) -> bool {
    let open = || element.says("aria-expanded", "true");
    match (role, attribute) {
        // A closed list need not be on the page.
        ("combobox", "aria-controls") => !open(),
        ("heading", _) => false,
        _ => aria::default(role, attribute).is_some(),
    }
}

fn example(attribute: &str) -> &'static str {
    match attribute {
        "aria-controls" => "…",
        "aria-valuenow" => "0",
        _ => "false",
    }
}
