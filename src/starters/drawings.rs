//! The library of easy-read drawings: what each shows, and the words to find it by.
//!
//! The drawings are ours, in one style: dark lines, two greens and white, one idea each. They
//! and the list of them are in `src/starters/pictures/`.

use std::sync::LazyLock;

use crate::{
    load,
    parse::Fields,
    text::{Source, Span},
};

/// A drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// The name of its file: `wheelchair-user.svg`.
    pub file: String,
    /// What it shows, as an alternative text: `A person who uses a wheelchair`.
    pub about: String,
    /// Words to find it by.
    pub words: Vec<String>,
    /// The drawing itself.
    pub svg: &'static str,
}

/// The name of the list.
const LIST: &str = "pictures.yaml";

/// All drawings, by name.
pub fn drawings() -> &'static [Drawing] {
    static ALL: LazyLock<Vec<Drawing>> = LazyLock::new(read);
    &ALL
}

fn read() -> Vec<Drawing> {
    let files: Vec<(&str, &str)> = load::drawings().collect();
    let list = files.iter().find(|(name, _)| *name == LIST).map_or("", |(_, text)| text);
    let source = Source::new(LIST, list);
    let mut all = Fields::read(&source, Span::new(0, list.len()));
    all.each_named(|name, fields| {
        let file = format!("{}.svg", name.value);
        let svg = files.iter().find(|(known, _)| *known == file)?.1;
        let about = fields.words_of("name");
        Some(Drawing { file, about, words: fields.all_words_of("words"), svg })
    })
}

/// The drawings that have all the words somebody looks for, at the start of a word; those that
/// are called so come first.
pub fn find(wanted: &str) -> Vec<&'static Drawing> {
    let wanted: Vec<String> = wanted.split_whitespace().map(str::to_lowercase).collect();
    let begins = |text: &str, word: &str| {
        text.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|own| own.starts_with(word))
    };
    let has = |drawing: &&'static Drawing| {
        wanted.iter().all(|word| {
            begins(&drawing.file, word)
                || begins(&drawing.about, word)
                || drawing.words.iter().any(|own| begins(own, word))
        })
    };
    let mut found: Vec<&Drawing> = drawings().iter().filter(has).collect();
    found.sort_by_key(|drawing| !wanted.iter().all(|word| begins(&drawing.file, word)));
    found
}

/// The page that lists the drawings of a new site, for people who look for one.
pub fn list() -> String {
    let mut out = String::from(
        "# Drawings\n\nEasy-read drawings for your pages. Copy one into the folder of your page and write \
         `![A bus](bus.svg)`, or find it by its words in the desk, which does both.\n\n| File | What it shows | Words to find it by |\n| --- | --- | --- |\n",
    );
    for drawing in drawings() {
        let words = drawing.words.join(", ");
        out.push_str(&format!("| `{}` | {} | {words} |\n", drawing.file, drawing.about));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_drawing_is_small_named_and_safe() {
        let all = drawings();
        let files = load::drawings().filter(|(name, _)| *name != LIST).count();
        assert_eq!(all.len(), files, "each file is in the list, and each of the list is a file");
        assert!(all.len() >= 60);
        for Drawing { file, about, words, svg } in all {
            assert!(about.len() > 3 && !about.ends_with('.'), "{file}");
            assert!((3..=8).contains(&words.len()), "{file}: {words:?}");
            assert!(svg.len() < 2048, "{file} has {} bytes", svg.len());
            assert!(
                svg.starts_with(
                    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 200 200\""
                )
            );
            for no in ["<script", "<style", "href", " id=", " on", "url("] {
                assert!(!svg.contains(no), "{file} has {no}");
            }
        }
    }

    #[test]
    fn a_drawing_is_found_by_its_words() {
        let first = |words: &str| find(words).first().map(|drawing| drawing.file.clone());
        assert_eq!(first("bus").as_deref(), Some("bus.svg"));
        assert_eq!(first("pendant").as_deref(), Some("alarm-button.svg"));
        assert_eq!(first("wheelchair").as_deref(), Some("wheelchair-user.svg"));
        assert!(find("xyzzy").is_empty());
        assert_eq!(find("").len(), drawings().len());
    }
}
