//! Every page by its first letter; where there are many, each letter on a page of its own.

use std::collections::BTreeMap;

use super::{DIRECTORY_LIST, HOME, Kind, KindEntry, make::make};
use crate::{
    model::{Data, Page, services::first_letter},
    text::{Language, name::slug},
};

/// Every page by its first letter.
pub static A_TO_Z: KindEntry =
    KindEntry::made("a to z", "Every page by its first letter.", "a-to-z.html").unsearched();

/// The pages of one letter.
pub static A_TO_Z_LETTER: KindEntry =
    KindEntry::made("letter of the a to z", "The pages of one letter.", "a-to-z.html").unsearched();

/// With more entries than this each letter has a page of its own: on a phone two hundred are
/// twenty screens.
const MOST_ON_ONE_PAGE: usize = 200;

/// With more letters than this a list by letter helps nobody, and all stay on one page: Chinese
/// has as many as it has titles.
const MOST_LETTERS: usize = 40;

/// Whether the list of all pages has a page: not the list itself, nor parts of another.
pub fn is_entry(page: &Page, language: &str) -> bool {
    let others = [&DIRECTORY_LIST, &A_TO_Z, &A_TO_Z_LETTER, &HOME];
    page.is_listed()
        && page.language == language
        && !others.into_iter().any(|kind| page.kind.is(kind))
}

/// A page for each letter below the `list` of all `pages`, where there are many.
pub(in crate::model) fn letters<'a>(
    list: &Page,
    pages: impl Iterator<Item = &'a Page>,
    data: &Data,
    words: &Language,
) -> Vec<Page> {
    let pages: Vec<&Page> = pages.filter(|page| is_entry(page, &list.language)).collect();
    let mut letters: BTreeMap<String, usize> = BTreeMap::new();
    let mut count = |title: &str| *letters.entry(first_letter(title)).or_default() += 1;
    pages.iter().for_each(|page| count(&page.title));
    for preferred in &data.vocabulary {
        let Some(best) = &preferred.best else { continue };
        let file = best.value.split('#').next().unwrap_or_default().trim().trim_start_matches('/');
        let is_best = |page: &&&Page| {
            page.url.as_str() == best.value.trim()
                || page.source().path.strip_suffix(file).is_some_and(|before| before.ends_with('/'))
        };
        if pages.iter().find(is_best).is_some() {
            preferred.all().for_each(|word| count(&word.value));
        }
    }
    if letters.values().sum::<usize>() <= MOST_ON_ONE_PAGE || letters.len() > MOST_LETTERS {
        return Vec::new();
    }
    let page = |letter: &String| {
        let shown = if letter == "#" { words.word("made_a_to_z_digits") } else { letter };
        let title = words.word("made_a_to_z_letter").replace("{letter}", shown);
        make(list, list.url.join(&place(letter)), title, Kind::plain(&A_TO_Z_LETTER))
    };
    letters.keys().map(page).collect()
}

/// What the page of a letter is called in its address.
fn place(letter: &str) -> String {
    let place = slug(letter);
    if place.is_empty() { "0-9".to_owned() } else { place }
}

/// The letter of such a place.
pub fn letter(place: &str) -> String {
    if place == "0-9" { "#".to_owned() } else { place.to_uppercase() }
}
