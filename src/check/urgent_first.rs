//! `urgent-first`: danger that a reader meets only after other words.

use super::{Check, Looks, Marks, Rule, Subject};
use crate::{
    model::Page,
    parse::{Block, Label},
};

pub(super) const CHECK: Check =
    Rule::warning("urgent-first", Looks::Words, include_str!("urgent_first.md")).on_written(run);

fn run(subject: &Subject<'_>, _: &Page, marks: &mut Marks) {
    let document = &subject.text.document;
    // The title of the page, and a way to see it in other forms, may stand above.
    let is_title = |block: &Block| {
        matches!(block, Block::Heading(at) if document.headings[*at].level == 1)
            || matches!(block, Block::Html(html, _) if html.starts_with("<!--"))
    };
    let blocks = document.blocks.iter().skip_while(|block| is_title(block));
    let below = blocks.skip_while(|block| is_urgent(block));
    for block in below {
        let Block::Quote { span, .. } = block else { continue };
        if is_urgent(block) {
            let hint = "move it to the top, or write `[!TODAY]` if nobody is in danger";
            marks.push(*span, "this urgent box is not the first thing on its page").hint(hint);
        }
    }
}

fn is_urgent(block: &Block) -> bool {
    matches!(block, Block::Quote { label: Some(Label::Urgent), .. })
}
