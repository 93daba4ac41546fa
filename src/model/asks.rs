//! What the search and the filters of a site can be asked, as it stands in an address:
//! `/directory/#kind=payroll`. It stands after `#`, because no browser sends that part.

use std::collections::BTreeSet;

use super::{
    Page, Site,
    kind::{CAN_I_BUY, DIRECTORY, DIRECTORY_LIST, SEARCH, Way},
};

/// Something that a page can be asked.
#[derive(Debug)]
pub struct Ask<'a> {
    /// Its name in the address: `kind`.
    pub name: &'static str,
    /// What it may be; none where readers type, or where the theme decides.
    pub values: Option<Vec<&'a str>>,
}

impl Site {
    /// What a page can be asked; nothing where there is no search and no filter.
    pub fn asks(&self, page: &Page) -> Vec<Ask<'_>> {
        let ask = |name, values| Ask { name, values };
        match page.kind.entry {
            kind if *kind == SEARCH => {
                ["q", "stage", "kind", "n", "as"].map(|name| ask(name, None)).into()
            }
            kind if *kind == CAN_I_BUY => {
                vec![ask("q", None), ask("answer", Some(vec!["yes", "no", "ask"]))]
            }
            kind if *kind == DIRECTORY || *kind == DIRECTORY_LIST => {
                let services = &self.services;
                let entries = services.all.iter().filter_map(|&id| self.pages[id].kind.service());
                let languages: BTreeSet<&str> =
                    entries.flat_map(|entry| &entry.languages).map(String::as_str).collect();
                let kinds = services.by_category.keys().map(String::as_str);
                let areas = services.by_area.keys().map(String::as_str);
                vec![
                    ask("q", None),
                    ask("kind", Some(kinds.collect())),
                    ask("area", Some(areas.collect())),
                    ask("way", Some(Way::ALL.iter().map(|way| way.name()).collect())),
                    ask("language", Some(languages.into_iter().collect())),
                    ask("cost", Some(vec!["free"])),
                    ask("open", Some(vec!["1"])),
                ]
            }
            _ => Vec::new(),
        }
    }
}
