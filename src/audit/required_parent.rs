//! `required-parent`: parts of a whole that are outside it.

use super::{Check, Element, Level, Marks, Page, Rule, page::aria};

pub(super) const RULE: Check = Rule::html("required-parent", include_str!("required_parent.md"))
    .wcag(Level::A, &["1.3.1"])
    .act(&["ff89c9"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for element in page.elements() {
        let Some(role) = element.given_role() else { continue };
        if role.context.is_empty() {
            continue;
        }
        let owner = element.owner();
        let found = owner.and_then(Element::role);
        if marks.passes(found.is_some_and(|found| role.context.contains(&found))) {
            continue;
        }
        let hint = format!("put it inside an element with `role=\"{}\"`", usual(&role.context));
        if is_in_component(element, owner) {
            let message = format!("does the component around this “{}” hold it?", role.name);
            marks.ask(element, message).hint(hint);
            continue;
        }
        let place = match found {
            Some(found) if !matches!(found, "document" | "generic" | "none") => {
                format!("in the role “{found}”")
            }
            _ => "on its own".into(),
        };
        let message = format!(
            "this “{}” stands {place}, and means something only in “{}”",
            role.name,
            parents(&role.context).join("” or “")
        );
        marks.fail(element, message).at(element.attr_span("role")).hint(hint);
    }
}

/// The parents to name: those that are not going out of use.
fn parents(context: &'static [&'static str]) -> Vec<&'static str> {
    let is_kept = |name: &&&str| aria::role(name).is_some_and(|role| !role.deprecated);
    context.iter().filter(is_kept).copied().collect()
}

/// The parent to name as an example.
fn usual(context: &'static [&'static str]) -> &'static str {
    let parents = parents(context);
    let is_plain = |role: &&&str| !matches!(**role, "figure" | "grid" | "group");
    parents.iter().find(is_plain).unwrap_or(&parents[0])
}

/// Whether a component, which may bring the right parent, is between the two.
fn is_in_component(element: Element<'_>, owner: Option<Element<'_>>) -> bool {
    element
        .ancestors()
        .take_while(|above| Some(*above) != owner)
        .chain(owner)
        .any(|above| above.tag().contains('-'))
}
