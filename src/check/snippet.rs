//! `snippet`: snippets that no page uses.

use super::{Check, Findings, Run, Scene};
use crate::{diagnostic::Severity, parse::Inline, source::Span};

pub(super) const CHECK: Check = Check {
    code: "snippet",
    severity: Severity::Warning,
    manual: include_str!("snippet.md"),
    run: Run::Site(run),
};

fn run(scene: &Scene<'_>, findings: &mut Findings<'_>) {
    let snippets = &scene.site.snippets;
    let mut unused: Vec<&str> = snippets.keys().map(String::as_str).collect();
    let pages = scene.site.pages.iter().filter(|page| !page.made).map(|page| &page.text);
    for text in pages.chain(snippets.values()) {
        if unused.is_empty() {
            return;
        }
        text.document.each_inline(&mut |inline| {
            if let Inline::Value(name, _) = inline {
                unused.retain(|id| !id.eq_ignore_ascii_case(name));
            }
        });
    }
    for id in unused {
        let source = &snippets[id].document.source;
        findings
            .push_in(source, Span::default(), "no page uses this snippet")
            .hint(format!("write `(({id}))` where it belongs, or delete the file"));
    }
}
