//! The pages.

use std::sync::Arc;

use super::{Bytes, Done, Files, Output, Plan};
use crate::model::{PAGES, redirect_pages};

pub(super) const OUTPUT: Output = Output { name: PAGES, paths, files };

fn paths(plan: &Plan<'_>) -> Vec<String> {
    let pages = plan.site.pages.iter().map(|page| page.url.output());
    pages.chain(redirect_pages(plan.site).into_iter().map(|(from, _)| from.output())).collect()
}

/// Every page and every redirect.
fn files(done: &Done<'_>) -> Files {
    done.pages
        .iter()
        .map(|page| (page.url.output(), Bytes::Shared(Arc::clone(&page.html))))
        .collect()
}
