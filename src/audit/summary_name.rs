//! `summary-name`: expanders that do not say what they open.

use super::{Check, Level, Marks, Page, Rule};

pub(super) const RULE: Check = Rule::html("summary-name", include_str!("summary_name.md"))
    .wcag(Level::A, &["4.1.2"])
    .act(&["2t702h"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for details in page.all(&["details"]) {
        // Only the first opens it; the others are plain words.
        let Some(summary) = details.children().find(|child| child.is("summary")) else { continue };
        // No role takes away what it does; another role gives it another rule.
        let is_other =
            |role: Option<&str>| role.is_some_and(|role| !matches!(role, "none" | "presentation"));
        if !summary.is_exposed() || is_other(summary.explicit_role()) {
            continue;
        }
        if !marks.passes(summary.has_name()) {
            let hint = "write what it opens: `<summary>Opening times</summary>`";
            marks.wordless(summary, "the expander has no words").hint(hint);
        }
    }
}
