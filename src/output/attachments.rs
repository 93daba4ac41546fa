//! Pictures and attachments, as they are; but a photo does not say where it was taken.

use super::{Bytes, Done, Files, Output, Plan};
use crate::{model::ATTACHMENTS, picture::without_place};

pub(super) const OUTPUT: Output = Output { name: ATTACHMENTS, paths, files };

fn paths(plan: &Plan<'_>) -> Vec<String> {
    plan.site.files.iter().map(|file| file.url.trim_start_matches('/').to_owned()).collect()
}

/// Every file of the content that is not a page, unless only staff see a link to it or
/// nothing leads to it.
fn files(done: &Done<'_>) -> Files {
    let files = done.world.site.files.iter().enumerate();
    let shown =
        files.filter(|(at, _)| !done.world.site.withheld.contains(at) && !done.unused.contains(at));
    shown
        .map(|(_, file)| {
            let bytes = match without_place(&file.file.bytes) {
                Some(bytes) => Bytes::Own(bytes),
                None => Bytes::Shared(file.file.bytes.clone()),
            };
            (file.url.trim_start_matches('/').to_owned(), bytes)
        })
        .collect()
}
