//! Blank letters, ready to be filled in with another program: for readers
//! without scripts, and for staff who write in Word.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::{Bytes, Done, Files, Output, Plan};
use crate::letter::{Writer, documents, file_name, fill, name_of};

pub(super) const OUTPUT: Output = Output { name: "a letter to download", paths, files };

fn paths(plan: &Plan<'_>) -> Vec<String> {
    let pages = plan.site.pages.iter().filter(|page| page.kind.sheet().is_some());
    let all = pages.flat_map(|page| {
        let folder = page.url.as_str().trim_start_matches('/');
        let name = name_of(page, plan.config);
        let documents = documents(page.kind.form()).iter();
        documents
            .map(|&(format, size)| format!("{folder}{}", file_name(&name, format, size)))
            .collect::<Vec<_>>()
    });
    all.collect()
}

/// The documents of every letter, beside its page.
fn files(done: &Done<'_>) -> Files {
    let letters: Vec<_> = done.world.letters.iter().collect();
    let files = letters.par_iter().flat_map_iter(|(id, (template, _))| {
        let page = &done.world.site.pages[**id];
        let blank = template.blank();
        let lines = fill(template, &blank);
        let folder = page.url.as_str().trim_start_matches('/');
        let made = documents(template.form).iter().map(|&(format, size)| {
            let name = format!("{folder}{}", file_name(&template.name, format, size));
            (name, Bytes::Own(Writer::new(template, format, size).write(&lines)))
        });
        made.collect::<Vec<_>>()
    });
    files.collect::<BTreeMap<_, _>>()
}
