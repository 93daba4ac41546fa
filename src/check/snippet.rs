//! `snippet`: snippets that no page uses, and those that put in too much.

use super::{Check, Looks, Marks, Rule, World};
use crate::{
    load::LONGEST_TEXT,
    model::{DEEPEST, Why},
    parse::Inline,
    rule::Severity,
    text::Span,
};

pub(super) const CHECK: Check =
    Rule::warning("snippet", Looks::Words, include_str!("snippet.md")).on_world(run);

fn run(world: &World<'_>, marks: &mut Marks) {
    grown(world, marks);
    unused(world, marks);
}

fn grown(world: &World<'_>, marks: &mut Marks) {
    let site = world.site;
    let texts = site.pages.iter().filter(|page| !page.made).map(|page| &page.text);
    for text in texts.chain(site.snippets.values()) {
        let source = &text.document.source;
        let Some(grown) = site.overgrown.get(&*source.path) else { continue };
        let name = &grown.name;
        let (message, hint) = match &grown.why {
            Why::Circle(circle) if circle.len() == 1 => {
                (format!("the snippet {name} puts itself in"), format!("take `(({name}))` out"))
            }
            Why::Circle(circle) => (
                format!(
                    "these snippets put each other in without end: {}, {}",
                    circle.join(", "),
                    circle[0]
                ),
                format!("take `(({name}))` out of this one, or break the circle in another"),
            ),
            Why::Deep => (
                format!("more than {DEEPEST} snippets are inside each other here"),
                format!("write what `(({name}))` says instead of putting it in"),
            ),
            Why::Long => (
                format!(
                    "with the snippets in it, this is longer than {} MB",
                    LONGEST_TEXT / 1024 / 1024
                ),
                format!("put `(({name}))` in less often, here and in the snippets that it puts in"),
            ),
        };
        marks.push_in(source, grown.span, message).severity(Severity::Error).hint(hint);
    }
}

fn unused(world: &World<'_>, marks: &mut Marks) {
    let snippets = &world.site.snippets;
    let mut unused: Vec<&str> = snippets.keys().map(String::as_str).collect();
    let pages = world.site.pages.iter().filter(|page| !page.made).map(|page| &page.text);
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
        let hint = format!("write `(({id}))` where it belongs, or delete the file");
        marks.push_in(source, Span::default(), "no page uses this snippet").hint(hint);
    }
}
