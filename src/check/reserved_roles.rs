//! `reserved-roles`: pages that every site must have and this one lacks.

use super::{Check, Findings, Run, Scene};
use crate::{diagnostic::Severity, model::KindName};

pub(super) const CHECK: Check = Check {
    code: "reserved-roles",
    severity: Severity::Error,
    manual: include_str!("reserved_roles.md"),
    run: Run::Site(run),
};

/// The pages, and what each tells people.
const ROLES: &[(KindName, &str)] = &[
    (KindName::Privacy, "what is known about people and who sees it"),
    (KindName::Accessibility, "how well disabled people can use the site"),
    (KindName::Complaints, "how to complain"),
    (KindName::Contact, "who to contact"),
];

fn run(scene: &Scene<'_>, findings: &mut Findings<'_>) {
    if !scene.config.rules.reserved_roles {
        return;
    }
    for (kind, what) in ROLES {
        if scene.site.of_kind(*kind, scene.config.language()).is_none() {
            let name = kind.name();
            let hint = format!("make content/{name}.md with a line at the top: `kind: {name}`");
            findings
                .push(
                    scene.config.places.of("rules.reserved-roles"),
                    format!("no page says {what}"),
                )
                .hint(hint);
        }
    }
}
