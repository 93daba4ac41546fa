//! The pages.

use std::sync::Arc;

use super::{Bytes, Done, Files, Output, Plan};
use crate::model::{PAGES, redirects};

pub(super) const OUTPUT: Output = Output { name: PAGES, paths, files };

fn paths(plan: &Plan<'_>) -> Vec<String> {
    let pages = plan.site.pages.iter().map(|page| page.url.output());
    let redirects = redirects(plan.site).into_iter().filter(|(from, _)| from.can_be_page());
    pages.chain(redirects.map(|(from, _)| from.output())).collect()
}

/// Every page and every redirect.
fn files(done: &Done<'_>) -> Files {
    done.pages
        .iter()
        .map(|page| (page.url.output(), Bytes::Shared(Arc::clone(&page.html))))
        .collect()
}
