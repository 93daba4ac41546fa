//! `stage-page`: stages that have pages and no list of them.

use super::{Check, Looks, Marks, Rule, World};
use crate::{
    model::{
        Stage,
        kind::{Kind, Section},
    },
    text::Span,
};

pub(super) const CHECK: Check =
    Rule::warning("stage-page", Looks::Pages, include_str!("stage_page.md")).on_world(run);

fn run(world: &World<'_>, marks: &mut Marks) {
    let pages = || world.site.pages.iter().filter(|page| !page.made);
    for stage in Stage::ALL.iter().copied() {
        let lists = |kind: &Kind| kind.own::<Section>().is_some_and(|own| own.lists == Some(stage));
        let first = pages().find(|page| page.front.stage == Some(stage) && page.is_listed());
        let Some(first) = first.filter(|_| !pages().any(|page| lists(&page.kind))) else {
            continue;
        };
        let count = pages().filter(|page| page.front.stage == Some(stage)).count();
        let name = stage.name();
        let message = match count {
            1 => format!("no page lists the stage “{name}”, to which this page belongs"),
            2 => format!("no page lists the stage “{name}”, to which this page and another belong"),
            _ => format!(
                "no page lists the stage “{name}”, to which this page and {} others belong",
                count - 1
            ),
        };
        let folder = name.replace(' ', "-");
        let place: Option<Span> = first.text.document.fields().place("stage");
        let hint = format!("make {folder}/index.md with a line at the top: `lists: {name}`");
        marks.push_in(first.source(), place.unwrap_or_default(), message).hint(hint);
    }
}
