//! Finished pages: what a template may see in, HTML as it will be published out.
//!
//! A pure function: a page depends on its view, and on what the [`Finisher`] is made of
//! (the templates, what all pages share, where the site will be), and on nothing else.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Deref,
    sync::Arc,
};

use serde::{Deserialize, Serialize};

use self::{
    polish::{Way, polish},
    templates::Templates,
};
use crate::{
    config::Config,
    kept::{Kept, Key},
    load::Theme,
    model::{PageId, Url},
    view::{Shared, View, fields::Markup},
};

mod polish;
mod templates;

pub use templates::{Fault, explain};

/// A page as it will be published.
#[derive(Debug)]
pub struct Finished {
    /// The page; none for a redirect.
    pub page: Option<PageId>,
    /// Its address.
    pub url: Url,
    /// The template it came from.
    pub template: &'static str,
    /// The hash of all that its last form depends on.
    pub key: Key,
    /// Its last form.
    pub polished: Arc<Polished>,
}

impl Deref for Finished {
    type Target = Polished;

    fn deref(&self) -> &Polished {
        &self.polished
    }
}

/// The HTML of a page in its last form.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Polished {
    /// The HTML.
    pub html: Arc<[u8]>,
    /// Where what stands in it was written: from which of its start tags on, counted
    /// from 0; in order.
    pub places: Vec<(u32, SourcePlace)>,
    /// The files that it leads to or shows, by address from the root.
    pub files: BTreeSet<String>,
}

/// Where something on a finished page was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum SourcePlace {
    /// In the theme.
    Theme,
    /// In the text of the page, so many bytes from its start.
    Text(usize),
    /// In another file, by its path below the root.
    File(String, usize),
}

/// Finishes pages.
#[derive(Debug)]
pub struct Finisher {
    templates: Templates,
    base: String,
    base_path: String,
    portable: bool,
}

impl Finisher {
    /// Reads the templates of a theme. `shared` is what pages share, by language.
    ///
    /// # Errors
    ///
    /// When the templates cannot be used.
    pub fn new(
        theme: &Theme,
        shared: BTreeMap<&str, &Shared>,
        config: &Config,
        portable: bool,
    ) -> Result<Self, Fault> {
        Ok(Self {
            templates: Templates::new(theme, shared, config.language())?,
            base: config.base.clone(),
            base_path: config.base_path().to_owned(),
            portable,
        })
    }

    /// The same, where none of the same is `known`.
    ///
    /// # Errors
    ///
    /// As of [`Finisher::new`].
    pub fn kept(
        theme: &Theme,
        shared: BTreeMap<&str, &Shared>,
        config: &Config,
        portable: bool,
        known: &Kept<Self>,
    ) -> Result<Arc<Self>, Fault> {
        let files = theme.files.iter().flat_map(|(path, text)| [path.as_bytes(), text.as_bytes()]);
        let of_pages: Vec<String> = shared.iter().map(|shared| format!("{shared:?}")).collect();
        let place =
            format!("{:?}", (config.language(), &config.base, config.base_path(), portable));
        let parts = files.chain(of_pages.iter().map(String::as_bytes)).chain([place.as_bytes()]);
        let key = Key::of(parts);
        if let Some(same) = known.find(key) {
            return Ok(same);
        }
        let new = Arc::new(Self::new(theme, shared, config, portable)?);
        known.put(key, Arc::clone(&new));
        Ok(new)
    }

    /// Finishes a page, and says what is wrong in its templates, all of it. A record whose
    /// template has a fault is left out, and so is a page. What the templates make is not gone
    /// over again where the same is `known`.
    pub fn finish(
        &self,
        mut view: View<'_>,
        known: &Kept<Polished>,
    ) -> (Option<Finished>, Vec<Fault>) {
        let mut faults = Vec::new();
        let page = &mut view.page;
        for words in [&mut page.lead, &mut page.body, &mut page.own.after] {
            faults.extend(self.records(words));
        }
        let html = match self.templates.page(&view) {
            Ok(html) => html,
            Err(fault) => {
                faults.push(fault);
                return (None, faults);
            }
        };
        // The page that is shown for any address that is not there.
        let is_anywhere = view.template == "not-found.html";
        let way = Way {
            from: view.url.as_str(),
            root: is_anywhere.then_some(&*self.base_path),
            base: &self.base,
            portable: self.portable,
        };
        let key = way.key(&html);
        let polished = known.get(key, |_| true, || polish(&html, &way));
        let View { id, url, template, .. } = view;
        (Some(Finished { page: id, url, template, key, polished }), faults)
    }

    /// Makes HTML of the records in an editor's words, and gives what is wrong in their templates.
    fn records(&self, words: &mut Markup) -> Vec<Fault> {
        let (mut faults, mut rest) = (Vec::new(), 0);
        let records = std::mem::take(&mut words.records);
        if records.is_empty() {
            return faults;
        }
        let mut html = String::with_capacity(words.html.len() + 1024 * records.len());
        for (at, record) in records {
            html.push_str(&words.html[rest..at]);
            rest = at;
            match self.templates.record(&record) {
                Ok(record) => html.push_str(&record),
                Err(fault) => faults.push(fault),
            }
        }
        html.push_str(&words.html[rest..]);
        words.html = html;
        faults
    }
}
