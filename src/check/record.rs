//! `record`: fences that show something that is not there.
//!
//! Slips inside a fence are found while the file is read.

use super::{Check, Marks, Subject, owner::lost_contact, rule};
use crate::{
    model::{CONSENT_ENDED, Page, RecordData, kind, record::Entries},
    text::{address::name_of, did_you_mean},
};

pub(super) const CHECK: Check = rule::RECORD.on_text(run);

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    let site = subject.world.site;
    for record in subject.text.records.values() {
        match record {
            RecordData::Contact(Some(id)) if !site.data.contacts.contains_key(&id.value) => {
                let message = format!("“{}” is not the id of a contact", id.value);
                let ids = site.data.contacts.keys().map(String::as_str);
                let hint = did_you_mean(&id.value, ids, "write an id from contacts.yaml");
                marks
                    .push(id.span, message)
                    .hint(hint)
                    .caused_by(lost_contact(&site.data, &id.value));
            }
            RecordData::Entries(Entries::Ids(ids)) => {
                let entries = || site.pages.iter().filter(|page| page.kind.service().is_some());
                let known = |id: &str| site.services.by_name.contains_key(id);
                for id in ids.iter().filter(|id| !known(&id.value)) {
                    let left = |path: &String, why: &&str| {
                        *why == CONSENT_ENDED
                            && path.trim_end_matches('/').ends_with(&format!("/{}", id.value))
                    };
                    if site.unpublished.iter().any(|(path, why)| left(path, why)) {
                        continue; // The check of consent says so.
                    }
                    let message = format!("“{}” is not an entry of the directory", id.value);
                    let otherwise = "write the name of its file, without `.yaml`";
                    let hint = did_you_mean(&id.value, entries().map(name), otherwise);
                    marks.push(id.span, message).hint(hint);
                }
            }
            RecordData::Entries(Entries::Category(category)) => {
                let known: Vec<&str> = site
                    .pages
                    .iter()
                    .filter_map(|page| page.kind.own::<kind::Directory>())
                    .flat_map(|directory| &directory.categories)
                    .map(|known| known.id.value.as_str())
                    .collect();
                if !known.contains(&category.value.as_str()) {
                    let message =
                        format!("“{}” is not a category of the directory", category.value);
                    let otherwise = "write an id from `categories:` of the directory";
                    let hint = did_you_mean(&category.value, known.iter().copied(), otherwise);
                    marks.push(category.span, message).hint(hint);
                }
            }
            _ => {}
        }
    }
}

/// What `entries` calls a page: the last part of its address.
fn name(page: &Page) -> &str {
    name_of(&page.key)
}
