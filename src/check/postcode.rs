//! `postcode`: addresses whose postcode is missing or cannot be right.

use super::{Check, Looks, Marks, Rule, World};
use crate::{
    parse::postcode::{PostcodeFault, fault},
    rule::Severity,
    text::{Source, Span},
};

pub(super) const CHECK: Check =
    Rule::error("postcode", Looks::Records, include_str!("postcode.md")).on_world(run);

fn run(world: &World<'_>, marks: &mut Marks) {
    if let Some(source) = world.site.data.sources.get("contacts.yaml") {
        for contact in world.site.data.contacts.values() {
            if contact.address.is_empty() {
                continue;
            }
            let address = contact.address.join(", ");
            // The postcode belongs on the last line.
            let Span { start, .. } = contact.address_span;
            let written = source.at(contact.address_span).trim_end();
            let last = written.rfind('\n').map_or(0, |at| at + 1);
            let last = last + written[last..].len() - written[last..].trim_start().len();
            look(&address, source, Span::new(start + last, start + written.len()), marks);
        }
    }
    for page in &world.site.pages {
        let Some(service) = page.kind.service().filter(|_| !page.made) else { continue };
        for place in &service.places {
            look(&place.address.value, page.source(), place.address.span, marks);
        }
    }
}

fn look(address: &str, source: &Source, span: Span, marks: &mut Marks) {
    let Some(fault) = fault(address) else { return };
    match fault {
        PostcodeFault::Wrong { like, hint } => {
            let message = format!("“{like}” is not a UK postcode");
            marks.push_in(source, span, message).hint(hint);
        }
        PostcodeFault::Missing => {
            let message = "this address has no postcode";
            let hint = "add it at the end: `EX1 1AA`";
            marks.push_in(source, span, message).hint(hint).severity(Severity::Warning);
        }
    }
}
