//! `access-key`: shortcuts of a page's own.

use std::collections::HashSet;

use super::{Level, Marks, Page, Rule, Run, words::short};

pub(super) const RULE: Rule = Rule {
    code: "access-key",
    level: Level::Practice,
    wcag: &[],
    act: &[],
    manual: include_str!("access_key.md"),
    run: Run::Page(run),
};

fn run(page: &Page<'_>, marks: &mut Marks) {
    let mut taken = HashSet::new();
    for element in page.elements() {
        let Some(written) = element.attr("accesskey").filter(|keys| !keys.trim().is_empty()) else {
            continue;
        };
        if !element.is_rendered() {
            continue;
        }
        let keys = written.split_whitespace().map(str::to_lowercase);
        let twice = keys.filter(|key| !taken.insert(key.clone())).next();
        let mark = match twice {
            Some(key) => {
                marks.fail(element, format!("the shortcut “{}” is there twice", short(&key)))
            }
            None => marks.ask(
                element,
                format!(
                    "the shortcut “{}” may be one that a screen reader needs",
                    short(written.trim())
                ),
            ),
        };
        mark.hint("take out `accesskey`").at(element.attr_span("accesskey"));
    }
}
