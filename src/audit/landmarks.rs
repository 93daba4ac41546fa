//! `landmarks`: pages whose main part cannot be told from what is around it.

use super::{Check, Element, Marks, Page, Rule, content_outside_landmarks::PARTS, refresh_delay};

pub(super) const RULE: Check = Rule::html("landmarks", include_str!("landmarks.md")).on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    let is_read = !page.is_fragment() && !refresh_delay::sends_on(page);
    if !is_read || !page.all(&["frameset"]).is_empty() {
        return;
    }
    let exposed = |role| -> Vec<Element<'_>> {
        page.with_role(role).into_iter().filter(|element| element.is_exposed()).collect()
    };
    let main = exposed("main");
    if main.is_empty() {
        let hint = "put what the page is about into `<main>…</main>`";
        marks.fail(page.body().unwrap_or(page.root()), "the page has no main part").hint(hint);
    }
    let what = "main part";
    several(&main, what, "keep one `<main>`, and make the others `<div>`", marks);
    inside(&main, what, marks);
    for (role, tag, what) in [
        ("banner", "header", "header of the whole page"),
        ("contentinfo", "footer", "footer of the whole page"),
    ] {
        let found = exposed(role);
        let hint = format!("keep one `<{tag}>` for the whole page, and make the others `<div>`");
        several(&found, what, &hint, marks);
        inside(&found, what, marks);
    }
}

/// Of one another, and of whatever else screen readers list, these stand outside.
fn inside(found: &[Element<'_>], what: &str, marks: &mut Marks) {
    for element in found {
        let around = element.ancestors().find(|around| {
            let is_part = around.role().is_some_and(|role| PARTS.contains(&role));
            // A page that is one form from top to bottom is still a page.
            is_part && (!around.is("form") || around.explicit_role().is_some())
        });
        if let Some(around) = around {
            let message = format!("this {what} is inside another part, <{}>", around.tag());
            marks.fail(*element, message).hint("put the parts of a page beside each other");
        }
    }
}

fn several(found: &[Element<'_>], what: &str, hint: &str, marks: &mut Marks) {
    if let [_, rest @ ..] = found {
        marks.pass();
        for element in rest {
            marks.fail(*element, format!("the page has another {what} already")).hint(hint);
        }
    }
}
