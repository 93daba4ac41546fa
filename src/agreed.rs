//! Whether somebody has agreed to the words that are to be published, where the settings ask
//! for it: `[publish] sign-off` in `site.toml`.
//!
//! What is agreed to are the files as they are written: pages, snippets, data files and
//! settings. So nothing can come up on a later day that nobody agreed to, and what changes by
//! itself on a day needs nobody. Pages for staff, drafts, and files of which readers see
//! nothing need no agreement. The list with a hash of each is `_data/agreed.yaml`, which is
//! kept in Git with the rest.

use std::collections::BTreeMap;

use crate::{
    config::SignOff,
    diagnostic::{Diagnostic, Finding, Report},
    ledger::quoted,
    manifest::Entry,
    model::{Site, Status},
    rule,
    text::{Date, Source, Span},
    world::World,
};

/// Data files of which readers see nothing.
const UNSEEN: &[&str] =
    &["agreed.yaml", "import.yaml", "outside-links.yaml", "search-tests.yaml", "words.yaml"];

/// The files whose words need somebody’s agreement, each with the hash of what it says.
pub type Words<'a> = BTreeMap<&'a str, String>;

/// The words of a site, as they are now.
pub fn words<'a>(site: &'a Site, settings: &'a Source) -> Words<'a> {
    sources(site, settings).into_iter().map(|(path, source)| (path, hash(source))).collect()
}

fn sources<'a>(site: &'a Site, settings: &'a Source) -> BTreeMap<&'a str, &'a Source> {
    let pages = site
        .pages
        .iter()
        .filter(|page| !page.made && !page.for_staff() && page.front.status != Status::Draft);
    let pages = pages.map(|page| page.source());
    let snippets = site.snippets.values().map(|text| &text.document.source);
    let data = site.data.sources.iter().filter(|(name, _)| !UNSEEN.contains(name));
    let all = pages.chain(snippets).chain(data.map(|(_, source)| source)).chain([settings]);
    all.map(|source| (&*source.path, source)).collect()
}

/// The SHA-256 of a text. The ends of lines are no words: Git writes them as each machine does.
fn hash(source: &Source) -> String {
    let text = source.text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    Entry::of(text.as_bytes()).hash.to_string()
}

/// So many digits tell one state of a site from all others that anybody will see.
const MARK: usize = 16;

/// A short name of all the words: who agrees can say which ones they saw.
pub fn mark(words: &Words<'_>) -> String {
    let all: String = words.iter().map(|(path, hash)| format!("{hash} {path}\n")).collect();
    let mut mark = Entry::of(all.as_bytes()).hash.to_string();
    mark.truncate(MARK);
    mark
}

/// The file that notes who agreed to which words.
pub fn text(words: &Words<'_>, by: &str, date: Date) -> String {
    let mut out = format!(
        "# Who agreed to which words. `plainsite agree` writes this file: change nothing in it by\n\
         # hand, and keep it with the site (in Git: commit it).\n\
         by: {}\ndate: {}\nwords:\n",
        quoted(by),
        date.in_english()
    );
    for (path, hash) in words {
        out.push_str(&format!("  {}: \"{hash}\"\n", quoted(path)));
    }
    out
}

/// The files of which the words are others than those that were agreed to, or are gone.
pub fn differ<'a>(words: &Words<'a>, site: &'a Site) -> Vec<&'a str> {
    let before = &site.data.agreed.words;
    let now = words
        .iter()
        .filter(|(path, hash)| before.get(**path).is_none_or(|before| before.value != **hash));
    let gone = before.keys().map(String::as_str).filter(|path| is_gone(path, words, site));
    now.map(|(path, _)| *path).chain(gone).collect()
}

/// A page of a later day or a draft is there, though no reader has it now.
fn is_gone(path: &str, words: &Words<'_>, site: &Site) -> bool {
    !words.contains_key(path) && !site.unpublished.contains_key(path)
}

/// What keeps the words of a site from being published, where somebody has to agree to them.
pub fn unsigned(world: &World<'_>) -> Vec<Finding> {
    let World { site, config, settings, .. } = *world;
    let may = &config.publish.sign_off;
    if *may == SignOff::Nobody {
        return Vec::new();
    }
    let mut report = Report::default();
    let place = config.places.of("publish.sign-off");
    let mut say = |source: &Source, span: Span, message: String, hint: &str| {
        report.add(source, [Diagnostic::error(&rule::SIGN_OFF, span, message).hint(hint)]);
    };
    let known = &site.data.contacts;
    for id in may.ids().iter().filter(|id| !known.contains_key(*id)) {
        let message = format!("“{id}” is not the id of a contact, and so can agree to nothing");
        say(settings, place, message, "write an id from contacts.yaml");
    }
    let agreed = &site.data.agreed;
    let Some(source) = site.data.sources.get("agreed.yaml") else {
        let message = "nobody has agreed to the words of this site yet".to_owned();
        say(settings, place, message, HINT);
        return report.findings();
    };
    let by = &agreed.by.value;
    if !may.allows(by) {
        let message = format!("“{by}” may not agree to what is published");
        let hint = format!("ask one of these to agree: {}", may.ids().join(", "));
        say(source, agreed.by.span, message, &hint);
    }
    let name = match known.get(by) {
        Some(contact) => &contact.name,
        None if by.is_empty() => "somebody",
        None => by,
    };
    let when = agreed.date.map(|day| format!(" on {}", day.in_english())).unwrap_or_default();
    for (path, source) in sources(site, settings) {
        let message = match agreed.words.get(path) {
            None => format!("nobody has agreed to this file: it is new since {name} agreed{when}"),
            Some(before) if before.value != hash(source) => {
                format!("the words here are not those that {name} agreed to{when}")
            }
            Some(_) => continue,
        };
        say(source, Span::default(), message, HINT);
    }
    let words = words(site, settings);
    for (path, place) in &agreed.words {
        if is_gone(path, &words, site) {
            let message = format!("{path} is gone, and {name} agreed{when} to a site that had it");
            say(source, place.span, message, HINT);
        }
    }
    report.findings()
}

/// What to do.
const HINT: &str = "let whoever agrees read what changed (`plainsite changes --since public`), \
                    and then run `plainsite agree \"NAME\"`";
