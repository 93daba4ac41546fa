//! `landmarks`: pages whose main part cannot be told from what is around it.

use super::{Level, Marks, Page, Rule, Run, page::Element, refresh_delay};

pub(super) const RULE: Rule = Rule {
    code: "landmarks",
    level: Level::Practice,
    wcag: &[],
    act: &[],
    manual: include_str!("landmarks.md"),
    run: Run::Page(run),
};

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
        marks
            .fail(page.body().unwrap_or(page.root()), "the page has no main part")
            .hint("put what the page is about into `<main>…</main>`");
    }
    several(&main, "main part", "keep one `<main>`, and make the others `<div>`", marks);
    let hint = "keep one `<header>` for the whole page, and make the others `<div>`";
    several(&exposed("banner"), "header of the whole page", hint, marks);
    let hint = "keep one `<footer>` for the whole page, and make the others `<div>`";
    several(&exposed("contentinfo"), "footer of the whole page", hint, marks);
}

fn several(found: &[Element<'_>], what: &str, hint: &str, marks: &mut Marks) {
    if let [_, rest @ ..] = found {
        marks.pass();
        for element in rest {
            marks.fail(*element, format!("the page has another {what} already")).hint(hint);
        }
    }
}
