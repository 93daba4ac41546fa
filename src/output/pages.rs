//! The pages.

use std::sync::Arc;

use super::{Bytes, Done, Files};

/// Every page and every redirect.
pub(super) fn files(done: &Done<'_>) -> Files {
    done.pages
        .iter()
        .map(|page| (page.url.output(), Bytes::Shared(Arc::clone(&page.html))))
        .collect()
}
