//! `aria-deprecated`: roles and states that are going out of use.

use super::{
    Check, Marks, Page, Rule,
    aria_permitted::{is_open, supports},
    page::aria,
};

pub(super) const RULE: Check =
    Rule::html("aria-deprecated", include_str!("aria_deprecated.md")).on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for element in page.elements() {
        if let Some(role) = element.explicit_role().and_then(aria::role) {
            if role.deprecated {
                let hint = match role.name {
                    "directory" => "write `role=\"list\"`, or use `<ul>`",
                    _ => "use `<li>` in a list, without a role",
                };
                let message = format!("the role “{}” is going out of use", role.name);
                marks.fail(element, message).at(element.attr_span("role")).hint(hint);
            } else {
                marks.pass();
            }
        }
        for attribute in element.attrs().filter_map(|(name, _)| aria::attribute(name)) {
            let name = attribute.name;
            if attribute.deprecated {
                let message = format!("“{name}” is going out of use");
                let hint = format!("remove `{name}` and say in words what people can do");
                marks.fail(element, message).at(element.attr_span(name)).hint(hint);
            } else if attribute.global_deprecated
                && element.is_exposed()
                && !is_open(element)
                && !supports(element, name)
            {
                let what = match element.role() {
                    Some(role) if !matches!(role, "generic" | "none") => {
                        format!("the role “{role}”")
                    }
                    _ => format!("<{}> without a role", element.tag()),
                };
                let message = format!("“{name}” on {what} is going out of use");
                let hint = format!("remove `{name}`, or write it on the thing that people use");
                marks.fail(element, message).at(element.attr_span(name)).hint(hint);
            } else {
                marks.pass();
            }
        }
    }
}
