//! Lighter pictures beside those that somebody put on a page.

use std::collections::BTreeSet;

use super::{Bytes, Done, Files, Output, Plan};

pub(super) const OUTPUT: Output = Output { name: "a lighter picture", paths, files };

/// Their names have the hash of what is in them, which is known when they are made.
fn paths(plan: &Plan<'_>) -> Vec<String> {
    let is_made =
        plan.config.pictures.lighter && plan.site.files.iter().any(|file| file.is_picture());
    let ends = ["jpg", "png", "webp"].into_iter().filter(|_| is_made);
    ends.map(|end| format!("assets/*.{end}")).collect()
}

/// Those that a finished page shows: what is only on a page that is not published stays at home.
fn files(done: &Done<'_>) -> Files {
    let shown: BTreeSet<&str> =
        done.pages.iter().flat_map(|page| &page.files).map(String::as_str).collect();
    let made = done.world.pictures.made(&done.world.site.files);
    let made = made.filter(|(path, _)| shown.contains(format!("/{path}").as_str()));
    made.map(|(path, version)| (path, Bytes::Own(version.bytes.clone()))).collect()
}
