//! Blank letters, ready to be filled in with another program: for readers
//! without scripts, and for staff who write in Word.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Bytes, Done, Files};
use crate::letter::{DOCUMENTS, Writer, fill};

/// The documents of every letter, beside its page.
pub(super) fn files(done: &Done<'_>) -> Files {
    let letters: Vec<_> = done.letters.iter().collect();
    let files = letters.par_iter().flat_map_iter(|(id, (template, _))| {
        let page = &done.site.pages[**id];
        let blank = template.blank();
        let lines = fill(template, &blank);
        let folder = page.url.as_str().trim_start_matches('/');
        let made = DOCUMENTS.iter().map(|&(format, size)| {
            let name = format!("{folder}{}", template.document(format, size));
            (name, Bytes::Own(Writer::new(template, format, size).write(&lines)))
        });
        made.collect::<Vec<_>>()
    });
    files.collect::<BTreeMap<_, _>>()
}
