//! `outside-link`: links to other sites that led nowhere when somebody last looked.

use super::{Check, Looks, Marks, Rule, World};
use crate::{model::data::OutsideState, text::address::outside_addresses};

pub(super) const CHECK: Check =
    Rule::warning("outside-link", Looks::Pages, include_str!("outside_link.md")).on_world(run);

fn run(world: &World<'_>, marks: &mut Marks) {
    let known = &world.site.data.outside_links;
    if known.values().all(|link| link.state == OutsideState::Ok) {
        return;
    }
    let mut last = "";
    for source in world.site.sources() {
        // A list of records is one file, and the list of states is no place for links.
        let path = &*source.path;
        if std::mem::replace(&mut last, path) == path || path.ends_with("outside-links.yaml") {
            continue;
        }
        for (span, address) in outside_addresses(&source.text) {
            let Some(link) = known.get(address) else { continue };
            let (what, hint) = match link.state {
                OutsideState::Ok => continue,
                OutsideState::Moved => ("has moved", format!("write `{}`", link.now)),
                OutsideState::Caution => {
                    ("is in doubt", "open it, and see whether it helps".to_owned())
                }
                OutsideState::Broken => {
                    ("leads nowhere", "find the new address, or take the link out".to_owned())
                }
                OutsideState::Danger => {
                    ("leads to somebody else", "take the link out today".to_owned())
                }
            };
            let day = link.checked.in_english();
            let why = if link.why.is_empty() { String::new() } else { format!(": {}", link.why) };
            let message = format!("{address} {what} (looked at on {day}){why}");
            marks.push_in(source, span, message).hint(hint);
        }
    }
}
