//! One file of a site read again in its place, when nothing else depends on what changed in
//! it: an editor who saves a page sees it at once, however large the site is.

use std::{fmt::Debug, sync::Arc};

use super::{Data, Page, PageId, Report, Site, Text, data, language_of, literal_names, read_page};
use crate::{
    config::Config,
    diagnostic::Diagnostic,
    parse::{
        Document,
        values::{Tongue, Values},
    },
    text::Source,
};

/// What was read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reread {
    /// A page, and what is wrong in its file. Its links lead nowhere yet.
    Page(PageId, Vec<Diagnostic>),
    /// A snippet, by its id. The same.
    Snippet(String),
}

impl Site {
    /// Puts the words of a page or a snippet in the place of those before. `None` when more of
    /// the site depends on what changed: its title, its headings, a record in it.
    pub fn reread(&mut self, document: Arc<Document>, config: &Config) -> Option<Reread> {
        let inner = self.inner(&document.source.path).to_owned();
        if let Some(name) = inner.strip_prefix("_snippets/") {
            let id = name.trim_end_matches(".md").to_owned();
            let old = self.snippets.get(&id)?;
            let values = self.values(config, config.language());
            let values = Values { contact: None, ..values };
            let new = Text::new(Arc::clone(&document), values, &mut Vec::new());
            if !is_alike(old, &new) {
                return None;
            }
            self.snippets.insert(id.clone(), new);
            return Some(Reread::Snippet(id));
        }
        let id = *self.by_path.get(&*document.source.path)?;
        let old = &self.pages[id];
        if old.kind.sheet().is_some() {
            return None;
        }
        let language = language_of(&inner, &document, config);
        let known = config.languages.iter().find(|known| **known == language);
        let wanted = known.map_or(config.language(), |own| own);
        let values = self.values(config, wanted);
        let data = self.data_in(wanted);
        let (new, wrong) = read_page(&inner, document, values, data, config, &self.sections);
        let is_same_page = (&new.url, &new.language, &new.key, &new.title, new.statement)
            == (&old.url, &old.language, &old.key, &old.title, old.statement)
            && is_same(&new.front, &old.front)
            && is_same(&new.kind, &old.kind)
            && is_alike(&new.text, &old.text);
        if !is_same_page {
            return None;
        }
        let old = &mut self.pages[id];
        let relations = std::mem::take(&mut old.relations);
        let old_ids = std::mem::take(&mut old.old_ids);
        *old = Page { audience: old.audience, relations, old_ids, ..new };
        Some(Reread::Page(id, wrong))
    }

    /// Puts a data file in the place of the one before. False when there was none, or when
    /// something is wrong in it, so that the whole site must be read to say what it holds back.
    pub fn reread_data(&mut self, source: &Source, config: &Config) -> bool {
        let Some(name) = self.inner(&source.path).strip_prefix("_data/") else { return false };
        let mut sources = self.data.sources.clone();
        let Some(before) = sources.get_mut(name) else { return false };
        *before = source.clone();
        let files: Vec<&Source> = sources.values().collect();
        let tongue = Tongue { wanted: config.language(), all: &config.languages };
        let wrong = &mut Report::default();
        self.words = super::words(&files, self.folder, tongue, self.today, config, wrong);
        let mut data = Data::default();
        for (name, source) in &sources {
            let values = self.values(config, config.language());
            data::read(name, source, values, &mut data, wrong);
        }
        // What letters say from a later day on is read with all of the site.
        if !wrong.files_with_errors().is_empty()
            || !self.later.is_empty()
            || data.turns.values().any(|turns| !turns.is_empty())
        {
            return false;
        }
        self.data = data;
        let words = std::mem::take(&mut self.words);
        let languages = std::mem::take(&mut self.languages);
        let values = Values {
            words: Some(&words),
            contact: Some(&config.contact),
            tongue: Some(tongue),
            blanks: &[],
            months: Some(languages.months()),
            today: self.today,
        };
        self.translated.clear();
        self.translated_words = super::translated(&files, self, values, config);
        (self.words, self.languages) = (words, languages);
        true
    }

    /// What names stand for on pages in a language.
    fn values<'a>(&'a self, config: &'a Config, wanted: &'a str) -> Values<'a> {
        Values {
            words: Some(self.translated_words.get(wanted).unwrap_or(&self.words)),
            contact: Some(&config.contact),
            tongue: Some(Tongue { wanted, all: &config.languages }),
            blanks: &[],
            months: Some(self.languages.months()),
            today: self.today,
        }
    }
}

/// Whether all that others see of two texts is the same: their headings, their records.
fn is_alike(one: &Text, other: &Text) -> bool {
    let headings = |text: &Text| -> Vec<(u8, String, Vec<String>, String)> {
        let all = text.document.headings.iter().map(|heading| {
            let (ids, words) = (heading.more_ids.clone(), heading.text.clone());
            (heading.level, heading.id.clone(), ids, words)
        });
        all.collect()
    };
    let (old, new) = (&one.document, &other.document);
    !old.one_of_many
        && !new.one_of_many
        && headings(one) == headings(other)
        && old.hidden_links == new.hidden_links
        && literal_names(&old.source.text).eq(literal_names(&new.source.text))
        && one.records.len() == other.records.len()
        && one.records.values().zip(other.records.values()).all(|(a, b)| is_same(a, b))
}

/// Whether two things are the same but for the places of their words.
fn is_same(one: &impl Debug, other: &impl Debug) -> bool {
    let words = |thing: &dyn Debug| {
        let text = format!("{thing:?}");
        let mut parts = text.split("Span { start: ");
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            out.push_str(part.split_once('}').map_or(part, |(_, rest)| rest));
        }
        out
    };
    words(one) == words(other)
}
