//! `aria-prohibited`: names for things that have no name.

use super::{Check, Element, Level, Marks, Page, Rule, aria_permitted::is_open, page::aria};

pub(super) const RULE: Check = Rule::html("aria-prohibited", include_str!("aria_prohibited.md"))
    .wcag(Level::A, &["1.3.1", "4.1.2"])
    .act(&["kb1m8s", "5c01ea"])
    .on_page(run);

/// The attributes that some role may not have.
#[rustfmt::skip] // a list of words reads better in lines
const SOMEWHERE: &[&str] = &[
    "aria-braillelabel", "aria-brailleroledescription", "aria-label", "aria-labelledby",
    "aria-roledescription",
];

/// Elements that are surely nothing but a box around words, or that “ARIA in HTML” lets nobody name.
#[rustfmt::skip] // a list of words reads better in lines
const BOXES: &[&str] = &[
    "abbr", "b", "bdi", "bdo", "cite", "data", "div", "figcaption", "i", "kbd", "label", "legend",
    "mark", "pre", "q", "samp", "small", "span", "u", "var",
];

fn run(page: &Page<'_>, marks: &mut Marks) {
    for element in page.elements() {
        let mut written = element
            .attrs()
            .filter(|(name, value)| SOMEWHERE.contains(name) && !value.trim_ascii().is_empty())
            .peekable();
        if written.peek().is_none() || !element.is_exposed() || is_open(element) {
            continue;
        }
        let prohibited = prohibited(element);
        for (name, _) in written {
            if marks.passes(!prohibited.contains(&name)) {
                continue;
            }
            let what = match element.role() {
                Some(role) if !matches!(role, "generic" | "none") => {
                    format!("the role “{role}” may not have it")
                }
                _ => format!("<{}> has no role", element.tag()),
            };
            let hint = if name.ends_with("roledescription") {
                format!("remove `{name}`, or give the element a role: `role=\"group\"`")
            } else {
                format!(
                    "write the words on the page, or give the element a role: `role=\"group\" {name}=\"…\"`"
                )
            };
            let message = format!("“{name}” is not read here, since {what}");
            marks.fail(element, message).at(element.attr_span(name)).hint(hint);
        }
    }
}

/// The attributes that `element` may not have, as far as that is sure.
fn prohibited(element: Element<'_>) -> &'static [&'static str] {
    let of = |role: &str| aria::role(role).map_or(&[][..], |role| &role.prohibited);
    if !element.is_html() {
        // A drawing with a name is no longer decoration, whatever its role says.
        let role = element.role().filter(|role| *role != "none" && *role != "generic");
        return role.map_or(&[], of);
    }
    match element.role() {
        Some(role) if role != "generic" => of(role),
        _ if element.has("popover") => &[], // a box that opens is a group
        _ if element.is_any(BOXES) || element.is("a") => of("generic"),
        _ if element.explicit_role() == Some("generic") => of("generic"),
        _ => &[],
    }
}
