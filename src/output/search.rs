//! The search index, beside the search page.

use super::{Bytes, Done, Files};
use crate::{
    index,
    model::{Kind, Page},
    polish::Finished,
};

/// Where the index is, wherever the search pages are.
pub const FOLDER: &str = "search/";

/// The files of the index.
pub(super) fn files(done: &Done<'_>) -> Files {
    let site = done.site;
    let pages: Vec<index::Page> = done.pages.iter().filter_map(|page| found(done, page)).collect();
    let files = index::build(
        &pages,
        &index::Vocabulary { words: site.data.vocabulary.clone(), ..Default::default() },
    );
    files.into_iter().map(|(name, bytes)| (format!("{FOLDER}{name}"), Bytes::Own(bytes))).collect()
}

/// A page as search sees it, if readers are to find it.
fn found(done: &Done<'_>, finished: &Finished) -> Option<index::Page> {
    let page = &done.site.pages[finished.page?];
    let is_list = matches!(
        page.kind,
        Kind::DirectoryList(_)
            | Kind::AToZ
            | Kind::Search
            | Kind::NotFound
            | Kind::GuidePrint
            | Kind::DirectoryPrint
    );
    if is_list || !page.is_listed() {
        return None;
    }
    let sections = finished.sections.iter().map(|section| index::Section {
        id: section.id.clone(),
        heading: section.heading.clone(),
        text: section.text.clone(),
    });
    Some(index::Page {
        url: page.url.to_string(),
        title: page.title.clone(),
        description: page
            .front
            .description
            .as_ref()
            .map_or_else(String::new, |text| text.value.clone()),
        language: page.language.clone(),
        kind: page.kind.name().name().to_owned(),
        stage: page.front.stage.map_or_else(String::new, |stage| stage.name().to_owned()),
        words: words(page),
        sections: sections.collect(),
    })
}

/// Other words that people use for what is on a page.
fn words(page: &Page) -> Vec<String> {
    let own = page.front.words.iter().map(|word| word.value.clone());
    let service =
        page.kind.service().map(|service| service.also_called.clone()).unwrap_or_default();
    let bought = page.text.records.values().filter_map(|record| match record {
        crate::model::RecordData::Buy(items) => {
            Some(items.iter().flat_map(|item| item.words.clone()))
        }
        _ => None,
    });
    own.chain(service).chain(bought.flatten()).collect()
}
