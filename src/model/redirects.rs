//! Short links and old addresses, each with where it leads now.

use std::collections::{BTreeMap, HashMap};

use super::{Site, Url};
use crate::text::{
    address::{bad_name, decoded},
    composed,
};

/// Every address that leads on, with the address it leads to. Chains are
/// followed to their end; what goes round in circles, and what a page has
/// already, is left out.
pub fn redirects(site: &Site) -> Vec<(Url, String)> {
    let mut all: BTreeMap<String, String> = site.old.addresses.clone();
    for (from, to) in &site.data.redirects {
        all.insert(normal(&from.value), to.value.clone());
    }
    for page in site.pages.iter().filter(|page| !page.made) {
        for old in &page.front.also_at {
            all.insert(normal(&old.value), page.url.to_string());
        }
        if !page.short.is_empty() {
            all.insert(page.short.clone(), page.url.to_string());
        }
    }
    // Each step is taken once, however many addresses lead to it.
    let mut ends: HashMap<String, Option<String>> = HashMap::new();
    let mut end = |start: &str| {
        let (mut at, mut way) = (start.to_owned(), Vec::new());
        let end = loop {
            let here = normal(&at);
            match (ends.get(&here), all.get(&here)) {
                (Some(known), _) => break known.clone(),
                (None, None) => break Some(at),
                (None, Some(next)) => {
                    // Going round in a circle ends here again, and leads nowhere.
                    ends.insert(here.clone(), None);
                    way.push(here);
                    at.clone_from(next);
                }
            }
        };
        ends.extend(way.into_iter().map(|step| (step, end.clone())));
        end
    };
    let is_free = |from: &str| !site.by_url.contains_key(from);
    let kept = all.iter().filter(|(from, _)| is_free(from) && can_lead_on(from));
    // A browser takes `//host/` for another site; a check says so.
    let kept = kept.filter(|(_, to)| !to.starts_with("//"));
    kept.filter_map(|(from, to)| Some((Url::from_root(from), end(to)?))).collect()
}

/// Whether an old address can lead on at all, on whatever host.
pub fn can_lead_on(from: &str) -> bool {
    from.starts_with('/')
        && !from.split(['/', '\\']).any(|part| part == "..")
        && !from.contains(char::is_control)
}

/// Those of [`redirects`] that a page can stand at: a web host is asked for nothing else than
/// a file. Its address is as it is read, without percent codes.
pub fn redirect_pages(site: &Site) -> Vec<(Url, String)> {
    let all = redirects(site).into_iter();
    let read = all.map(|(from, to)| (Url::from_root(&decoded(from.as_str())), from, to));
    let is_free = |url: &Url| !site.by_url.contains_key(url);
    read.filter(|(url, from, _)| {
        !from.as_str().contains('?')
            && is_free(url)
            && url.can_be_page()
            && bad_name(&url.output()).is_none()
    })
    .map(|(url, _, to)| (url, to))
    .collect()
}

/// Whether an address is that of a file, and not of a page.
pub fn is_file(address: &str) -> bool {
    let name = address.rsplit('/').next().unwrap_or_default();
    name.contains('.') && !name.ends_with(".html")
}

/// An address as it is compared: with its `/` at both ends, unless it names a file, with the
/// characters that percent codes stand for, accents joined to their letters. What a program was
/// asked, behind `?`, stays as it is.
pub fn normal(address: &str) -> String {
    let address = address.trim();
    if address.contains("://") {
        return address.to_owned();
    }
    let plain = composed(&decoded(address));
    let is_asked = address.contains('?') || !address.contains('#') && plain.contains(['?', '#']);
    let address = if is_asked { address } else { &plain };
    let address = match address.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => folder,
        _ => address,
    };
    let is_file = address.rsplit('/').next().is_some_and(|name| name.contains('.'));
    let start = if address.starts_with('/') { "" } else { "/" };
    let is_whole = is_file || address.ends_with('/') || address.contains(['#', '?']);
    format!("{start}{address}{}", if is_whole { "" } else { "/" })
}
