//! `reserved-roles`: pages that every site must have and this one lacks.

use super::{Check, Looks, Marks, Rule, Run, Scene};
use crate::model::{KindName, kind};

pub(super) const CHECK: Check = Check {
    rule: Rule::error("reserved-roles", Looks::Pages, include_str!("reserved_roles.md")),
    run: Run::Site(run),
};

/// The pages, and what each tells people.
const ROLES: &[(KindName, &str)] = &[
    (&kind::PRIVACY, "what is known about people and who sees it"),
    (&kind::ACCESSIBILITY, "how well disabled people can use the site"),
    (&kind::COMPLAINTS, "how to complain"),
    (&kind::CONTACT, "who to contact"),
];

fn run(scene: &Scene<'_>, marks: &mut Marks) {
    if !scene.config.rules.reserved_roles {
        return;
    }
    for (kind, what) in ROLES {
        if scene.site.of_kind(kind, scene.config.language()).is_none() {
            let name = kind.name;
            let hint = format!("make content/{name}.md with a line at the top: `kind: {name}`");
            marks
                .push(
                    scene.config.places.of("rules.reserved-roles"),
                    format!("no page says {what}"),
                )
                .hint(hint);
        }
    }
}
