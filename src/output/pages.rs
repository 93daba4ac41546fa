//! The pages.

use super::{Bytes, Done, Files};

/// Every page and every redirect.
pub(super) fn files(done: &Done<'_>) -> Files {
    done.pages.iter().map(|page| (page.url.output(), Bytes::from(page.html.clone()))).collect()
}
