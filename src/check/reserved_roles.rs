//! `reserved-roles`: pages that every site must have and this one lacks.

use super::{Check, Looks, Marks, Rule, World};
use crate::model::{KindName, kind};

pub(super) const CHECK: Check =
    Rule::error("reserved-roles", Looks::Pages, include_str!("reserved_roles.md"))
        .asked_by("reserved-roles")
        .on_world(run);

/// The pages, and what each tells people.
const ROLES: &[(KindName, &str)] = &[
    (&kind::PRIVACY, "what is known about people and who sees it"),
    (&kind::ACCESSIBILITY, "how well disabled people can use the site"),
    (&kind::COMPLAINTS, "how to complain"),
    (&kind::CONTACT, "who to contact"),
];

fn run(world: &World<'_>, marks: &mut Marks) {
    if !world.config.rules.reserved_roles {
        return;
    }
    for (kind, what) in ROLES {
        if world.site.of_kind(kind, world.config.language()).is_none() {
            let name = kind.name;
            let hint = format!("make content/{name}.md with a line at the top: `kind: {name}`");
            let message = format!("no page says {what}");
            marks.push(world.config.places.of("rules.reserved-roles"), message).hint(hint);
        }
    }
}
