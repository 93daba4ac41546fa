//! Pictures and attachments, as they are.

use super::{Bytes, Done, Files};

/// Every file of the content that is not a page.
pub(super) fn files(done: &Done<'_>) -> Files {
    let files = done.site.files.iter();
    files
        .map(|file| {
            (file.url.trim_start_matches('/').to_owned(), Bytes::Shared(file.file.bytes.clone()))
        })
        .collect()
}
