//! A page that is made of another.

use std::collections::BTreeMap;

use super::Kind;
use crate::{
    model::{Front, Page, Relations, Text, Url},
    parse::{Document, Names},
    text::{Language, Source, Span},
};

/// A page on one page, to print or to write on, in the words of the theme.
pub(in crate::model) fn print(page: &Page, words: &Language, word: &str, kind: Kind) -> Page {
    let title = format!("{} – {}", page.title, words.word(word));
    make(page, page.url.join("print"), title, kind)
}

/// A page in the place of `parent`, looked after and checked by the same people. Below it,
/// it has the same key as the one that is made of the same page in another language.
pub(in crate::model) fn make(parent: &Page, url: Url, title: String, kind: Kind) -> Page {
    let below = url.as_str().strip_prefix(parent.url.as_str());
    let key = below.map_or_else(|| url.to_string(), |below| format!("{}/{below}", parent.key));
    let key = key.trim_matches('/').to_owned();
    let front = Front {
        owner: parent.front.owner.clone(),
        contact: parent.front.contact.clone(),
        checked: parent.front.checked.clone(),
        check_again: parent.front.check_again.clone(),
        ..Front::default()
    };
    Page {
        text: Text::empty(parent.source().clone()),
        url,
        language: parent.language.clone(),
        key,
        front,
        audience: parent.audience,
        kind,
        title,
        made: true,
        statement: false,
        old_ids: Default::default(),
        short: String::new(),
        relations: Relations::default(),
    }
}

impl Text {
    /// No words, in the file of another page.
    pub(in crate::model) fn empty(source: Source) -> Self {
        let document = Document {
            turns: Vec::new(),
            source,
            front: Span::default(),
            names: Names::default(),
            blocks: Vec::new(),
            headings: Vec::new(),
            links: Vec::new(),
            hidden_links: Vec::new(),
            hidden_ids: Vec::new(),
            staff_ids: Vec::new(),
            images: Vec::new(),
            problems: Vec::new(),
            one_of_many: false,
        };
        Self {
            turns: Vec::new(),
            document: document.into(),
            records: BTreeMap::new(),
            filled: Vec::new(),
            targets: Vec::new(),
            pictures: Vec::new(),
            named: BTreeMap::new(),
        }
    }
}
