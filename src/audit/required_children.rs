//! `required-children`: a whole with the wrong parts, or none.

use super::{
    Check, Element, Level, Marks, Page, Rule,
    page::aria::{self, Role},
};

pub(super) const RULE: Check =
    Rule::html("required-children", include_str!("required_children.md"))
        .wcag(Level::A, &["1.3.1"])
        .act(&["bc4a75"])
        .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    // Without one, nothing will ever fill what is empty.
    let has_scripts = !page.all(&["script"]).is_empty();
    for element in page.elements() {
        // Also one that HTML gives it already: who writes it says that it is a whole.
        let is_given = |role: &&Role| element.explicit_role() == Some(role.name);
        let Some(role) = element.kind().filter(is_given) else { continue };
        if !element.is_exposed() || role.owned.is_empty() || is_busy(element) {
            continue;
        }
        let owned = element.owned();
        let parts = parts(role);
        let hint = format!("put only elements with `role=\"{}\"` inside", role.owned[0][0]);
        if owned.iter().any(|child| fits(role, *child, &parts)) {
            match owned.iter().copied().find(|child| !is_welcome(role, *child, &parts)) {
                None => match owned_between(element) {
                    None => marks.pass(),
                    Some(between) => {
                        let message = format!(
                            "a box with an attribute of ARIA stands between this “{}” and its parts",
                            role.name
                        );
                        let hint = "take the attribute out, or put it on the whole";
                        marks.ask(between, message).hint(hint);
                    }
                },
                Some(child) => {
                    let message = format!(
                        "this “{}” may hold only “{}”, and has a “{}”",
                        role.name,
                        parts.join("” and “"),
                        child.role().unwrap_or(child.tag())
                    );
                    marks.fail(element, message).at(child.span()).hint(hint);
                }
            }
        } else if owned.is_empty() && (has_scripts && is_bare(element) || has_component(element)) {
            let message = format!("this “{}” is empty: will a script fill it?", role.name);
            marks.ask(element, message).hint("add `aria-busy=\"true\"` until it is filled");
        } else {
            let message = format!("this “{}” has no “{}” in it", role.name, parts.join("” or “"));
            marks.fail(element, message).at(element.attr_span("role")).hint(hint);
        }
    }
}

/// What every element may have, and what makes a box of nothing a part to some programs.
#[rustfmt::skip] // a list of words reads better in lines
const SAYING: &[&str] = &[
    "aria-atomic", "aria-busy", "aria-controls", "aria-current", "aria-describedby",
    "aria-description", "aria-details", "aria-flowto", "aria-keyshortcuts", "aria-live",
    "aria-owns", "aria-relevant",
];

/// The first box without a role directly in a whole, or in another such box, that has one.
fn owned_between(whole: Element<'_>) -> Option<Element<'_>> {
    let is_box = |one: &Element<'_>| {
        one.is_html() && matches!(one.role(), None | Some("generic")) && one.is_exposed()
    };
    let mut left: Vec<Element<'_>> = whole.children().filter(is_box).collect();
    while let Some(one) = left.pop() {
        let holds_parts = || one.children().any(|child| child.role().is_some());
        if SAYING.iter().any(|name| one.filled(name).is_some()) && holds_parts() {
            return Some(one);
        }
        left.extend(one.children().filter(is_box));
    }
    None
}

/// What the whole is made of, in groups or not.
fn parts(role: &Role) -> Vec<&'static str> {
    let mut parts: Vec<&str> = Vec::new();
    for part in role.owned.iter().map(|path| path[path.len() - 1]) {
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts
}

/// Whether `child` is one of the parts, or a group that holds only such.
fn fits(role: &Role, child: Element<'_>, parts: &[&str]) -> bool {
    let Some(own) = child.role() else { return false };
    if role.owned.iter().any(|path| path[0] == own && path.len() == 1) {
        return true;
    }
    if !role.owned.iter().any(|path| path[0] == own) {
        return false;
    }
    // A row group that says what it is, by its element or its role, answers for itself.
    own == "rowgroup" || holds(child, parts, 0)
}

/// Whether a group holds some of the parts, and none of another whole. It may have a
/// heading of its own.
fn holds(group: Element<'_>, parts: &[&str], depth: usize) -> bool {
    let inside = group.owned();
    let is_part = |part: &Element<'_>| part.role().is_some_and(|role| parts.contains(&role));
    let is_foreign = |part: &Element<'_>| {
        !is_part(part)
            && match part.role() {
                Some("group") => depth < 8 && !holds(*part, parts, depth + 1),
                other => other.and_then(aria::role).is_some_and(|role| !role.context.is_empty()),
            }
    };
    inside.is_empty() || (inside.iter().any(is_part) && !inside.iter().any(is_foreign))
}

/// Whether `child` may be inside, though it may be no part.
fn is_welcome(role: &Role, child: Element<'_>, parts: &[&str]) -> bool {
    fits(role, child, parts)
        || match (role.name, child.role()) {
            (_, None | Some("none" | "generic")) => true,
            ("menu" | "menubar", Some("separator")) => true,
            ("table" | "grid" | "treegrid", Some("caption")) => true,
            // Its question often stands inside.
            ("radiogroup", _) => true,
            _ => false,
        }
}

/// Whether the element, or something that holds it, is still being filled.
fn is_busy(element: Element<'_>) -> bool {
    let busy = |element: Element<'_>| {
        element.attr("aria-busy").is_some_and(|busy| busy.trim_ascii().eq_ignore_ascii_case("true"))
    };
    busy(element) || element.ancestors().any(busy)
}

/// Whether there is nothing to see.
fn is_bare(element: Element<'_>) -> bool {
    element.visible_text().is_empty()
}

/// Whether a component inside may bring the parts.
fn has_component(element: Element<'_>) -> bool {
    element.descendants().any(|inside| inside.tag().contains('-') || inside.is("template"))
}
