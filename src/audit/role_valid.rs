//! `role-valid`: roles that nobody knows.

use super::{Check, Level, Marks, Page, Rule, page::aria};

pub(super) const RULE: Check = Rule::html("role-valid", include_str!("role_valid.md"))
    .wcag(Level::A, &["1.3.1", "4.1.2"])
    .act(&["674b10"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for element in page.elements() {
        let Some(written) = element.attr("role").map(str::trim_ascii) else { continue };
        if written.is_empty() || !element.is_exposed() {
            continue;
        }
        if marks.passes(element.explicit_role().is_some()) {
            continue;
        }
        let role = written.to_ascii_lowercase();
        let hint = if aria::role(&role).is_some_and(|role| role.r#abstract) {
            format!(
                "write a role that stands for a thing on the page; {role} only sorts the others"
            )
        } else {
            match aria::meant(&role, names()) {
                Some(meant) => format!("write `role=\"{meant}\"`"),
                None => {
                    "write a role of WAI-ARIA, such as `role=\"group\"`, or leave it out".into()
                }
            }
        };
        let message = format!("there is no role “{written}”");
        marks.fail(element, message).at(element.attr_span("role")).hint(hint);
    }
}

/// The roles that may be written.
fn names() -> impl Iterator<Item = &'static str> {
    aria::roles().iter().filter(|role| !role.r#abstract).map(|role| role.name)
}
