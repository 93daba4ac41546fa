//! `decorative-exposed`: decoration that is read aloud all the same.

use super::{Check, Element, Marks, Page, Rule, page::aria};

pub(super) const RULE: Check =
    Rule::html("decorative-exposed", include_str!("decorative_exposed.md"))
        .act(&["46ca7f"])
        .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for element in page.elements() {
        let by_role = matches!(element.explicit_role(), Some("none" | "presentation"));
        let by_alt = || {
            element.is("img")
                && element.attr("alt") == Some("")
                && element.explicit_role().is_none()
        };
        if !by_role && !by_alt() {
            continue;
        }
        if marks.passes(
            !element.is_exposed() || matches!(element.role(), Some("none" | "presentation")),
        ) {
            continue;
        }
        let marked = if by_role { element.attr("role").unwrap_or("none") } else { "alt=\"\"" };
        let why = reason(element);
        let message = match why {
            Some(name) => {
                format!("“{marked}” says that this is decoration, and “{name}” that it is not")
            }
            None => format!(
                "“{marked}” says that this is decoration, and it is reached with the keyboard"
            ),
        };
        let finding = marks.fail(element, message).hint(match why {
            Some(name) => format!("remove `{name}`, or the mark that it is decoration"),
            None => "let nobody reach it, or remove the mark that it is decoration".into(),
        });
        if let Some(name) = why {
            finding.at(element.attr_span(name));
        }
    }
}

/// The attribute that makes browsers read the element, unless it is that it can be used.
fn reason(element: Element<'_>) -> Option<&str> {
    let is_global = |name: &&str| aria::attribute(name).is_some_and(|attribute| attribute.global);
    let mut names = element.attrs().map(|(name, _)| name);
    if element.is_focusable() {
        return names.find(|name| *name == "tabindex");
    }
    names.find(is_global)
}
