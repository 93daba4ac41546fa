//! Addresses: what leads on by itself, and what would be lost is told of where it belongs.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use super::{
    super::{Entry, Ledger, OLD_SITE},
    Kept, SAME_PAGE, page_ids,
};
use crate::{
    diagnostic::{Diagnostic, Report},
    model::{
        ATTACHMENTS, Edition, Old, PAGES, Page, PageId, Paths, Site, Url, ends_by_itself, is_file,
        normal,
    },
    rule,
    text::{Source, Span, address::name_of, wording::counted},
};

/// Leads old addresses on, and reports those that would be lost.
pub(super) fn keep(
    site: &mut Site,
    ledger: &Ledger,
    moved: &[(Url, String)],
    (paths, edition): (&mut Paths, Edition),
    has_hosts: bool,
    report: &mut Report,
    kept: &mut Kept,
) {
    let leads = moved.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
    let now = Now { site, ledger, paths, leads };
    let guesses = Guesses::new(site, ledger);
    let mut told: BTreeMap<Arc<str>, (Source, Vec<Diagnostic>)> = BTreeMap::new();
    let mut old = Old::default();
    let (mut old_site, mut dead) = (Vec::new(), Vec::new());
    let wanted = |entry: &Entry| entry.gone.is_none() && (edition.staff || !entry.staff);
    for (address, entry) in ledger.entries.iter().filter(|(_, entry)| wanted(entry)) {
        match now.fate(address, entry) {
            Fate::Same => {}
            Fate::File => _ = old.files.insert(address.clone()),
            Fate::Copy(now) => {
                old.copies.insert(address.trim_start_matches('/').to_owned(), now);
            }
            Fate::On(to) => {
                if is_file(address) && entry.to.is_empty() && !has_hosts {
                    dead.push((address, to.clone()));
                }
                old.addresses.insert(address.clone(), to);
            }
            Fate::Lost(why) => {
                kept.lost.push(address.clone());
                let guess = guesses.of(address, entry);
                if entry.file == OLD_SITE && guess.is_none() {
                    old_site.push((address, entry));
                    continue;
                }
                let (source, found) = lost(site, ledger, address, entry, why, guess);
                // One file may be told of thousands.
                let (_, all) = told.entry(Arc::clone(&source.path)).or_insert((source, Vec::new()));
                all.push(found);
            }
        }
    }
    for (source, found) in told.into_values() {
        report.add(&source, found);
    }
    report.add(&ledger.source, lost_of_old_site(ledger, &old_site));
    kept.sentences.extend(dead_files(&dead));
    let pages = old.addresses.keys().map(|from| Url::from_root(from)).filter(Url::can_be_page);
    pages.for_each(|from| paths.add(from.output(), PAGES));
    for from in old.copies.keys() {
        paths.add(from.clone(), ATTACHMENTS);
    }
    site.old = old;
}

/// What is at an address that was published.
enum Fate {
    /// What was there, or something else that is told of elsewhere.
    Same,
    /// A file that stays, because people have its address.
    File,
    /// A copy of this file.
    Copy(String),
    /// It leads on.
    On(String),
    /// Nothing; and why the page that was there is not published, when it still is written.
    Lost(Option<&'static str>),
}

/// The site as it is now.
struct Now<'a> {
    site: &'a Site,
    ledger: &'a Ledger,
    paths: &'a Paths,
    /// What leads on because somebody has written so.
    leads: HashMap<&'a str, &'a str>,
}

impl Now<'_> {
    fn fate(&self, address: &str, entry: &Entry) -> Fate {
        let Self { site, ledger, paths, leads } = self;
        if site.by_url.contains_key(address) || leads.contains_key(address) {
            return Fate::Same;
        }
        if is_file(address) {
            if site.file_by_url.contains_key(address) {
                return Fate::File;
            }
            if paths.claims(address.trim_start_matches('/')).next().is_some() {
                return Fate::Same;
            }
            if let Some(now) = self.beside(address) {
                return Fate::Copy(now);
            }
        }
        let why = site.unpublished.get(address).copied();
        if !entry.to.is_empty() {
            // A link that was printed leads on although nobody says so any more.
            let (place, id) = entry.to.split_once('#').unwrap_or((&entry.to, ""));
            let place = normal(place);
            let has_id = |page: &Page| id.is_empty() || page.anchors().any(|own| own == id);
            let is_there = site.by_url.contains_key(place.as_str())
                || leads.contains_key(place.as_str())
                || site.file_by_url.contains_key(&place)
                || paths.has(place.trim_start_matches('/'));
            if is_there {
                // A heading that is gone is the fault of its page, and told of there.
                let whole = site.at(&place).is_none_or(|page| page.made || has_id(page));
                return Fate::On(if whole { entry.to.clone() } else { place });
            }
            // It is told of where it led to.
            if ledger.entries.contains_key(&place) {
                return Fate::On(above(site, &place));
            }
        }
        let nobody_wrote = entry.file.is_empty() && entry.to.is_empty();
        match nobody_wrote || why.is_some_and(ends_by_itself) {
            true => Fate::On(moved_along(site, leads, address)),
            false => Fate::Lost(why),
        }
    }

    /// Where a file is that was made beside a page, and went with it.
    fn beside(&self, address: &str) -> Option<String> {
        let (folder, name) = address.rsplit_once('/').unwrap_or_default();
        let now = self.leads.get(&*format!("{folder}/"))?;
        // Blank letters are called as their page is.
        let renamed = name.replacen(name_of(folder), name_of(now), 1);
        let there = [name.to_owned(), renamed].map(|name| format!("{now}{name}"));
        let mut there = there.iter().map(|now| now.trim_start_matches('/'));
        there.find(|now| self.paths.has(now)).map(str::to_owned)
    }
}

/// What to say of files that are made no more, on a site that knows no web host. Only a host
/// can lead on from a file.
fn dead_files(dead: &[(&String, String)]) -> Option<String> {
    let (address, to) = dead.first()?;
    let more = match dead.len() - 1 {
        0 => String::new(),
        more => format!(", and {}", counted(more, "more file", "more files")),
    };
    Some(format!(
        "{address} is made no more{more}, and links to it find nothing. Name your web host \
         (`hosts` in site.toml), and it leads them on, here to {to}."
    ))
}

/// What to say of the addresses of a site before this one that lead to nothing.
fn lost_of_old_site(ledger: &Ledger, lost: &[(&String, &Entry)]) -> Option<Diagnostic> {
    let (address, entry) = lost.first()?;
    let line = ledger.source.line_at(entry.at).0.len();
    let more = match lost.len() - 1 {
        0 => String::new(),
        more => format!(", nor do {}", counted(more, "other", "others")),
    };
    let message = format!("{address} of the site before this one leads nowhere yet{more}");
    let hint = "`plainsite links --lost` lists them all as a table: write where each leads into \
                its second column, and give it back with `plainsite links --take-over FILE`; \
                those that may die go with `plainsite links --accept`";
    let span = Span::new(entry.at, entry.at + line);
    Some(Diagnostic::error(&rule::LOST_ADDRESS, span, message).hint(hint))
}

/// Where what was made below a page goes with it; or the nearest page above.
fn moved_along(site: &Site, leads: &HashMap<&str, &str>, address: &str) -> String {
    let ends = address.trim_end_matches('/').match_indices('/').map(|(at, _)| at + 1);
    for end in ends.collect::<Vec<_>>().into_iter().rev() {
        let (folder, rest) = address.split_at(end);
        let Some(now) = leads.get(folder) else { continue };
        let whole = format!("{now}{rest}");
        return if site.by_url.contains_key(whole.as_str()) { whole } else { (*now).to_owned() };
    }
    above(site, address)
}

/// The address of the nearest page above an address, or of the same page in the main language.
fn above(site: &Site, address: &str) -> String {
    let language = address.trim_start_matches('/').split('/').next().unwrap_or_default();
    let is_language = site.pages.iter().any(|page| page.language == language);
    let own = address.strip_prefix(&format!("/{language}")).filter(|_| is_language);
    if let Some(own) = own.filter(|own| site.by_url.contains_key(*own)) {
        return own.to_owned();
    }
    let mut rest = address.trim_end_matches('/');
    while let Some((folder, _)) = rest.rsplit_once('/') {
        let place = format!("{folder}/");
        if site.by_url.contains_key(place.as_str()) {
            return place;
        }
        rest = folder;
    }
    "/".to_owned()
}

/// Where pages may have gone whose address is lost.
struct Guesses<'a> {
    site: &'a Site,
    /// Pages that were never published, by the end of their address and by their ids.
    by_name: HashMap<&'a str, Vec<PageId>>,
    by_id: HashMap<&'a str, Vec<PageId>>,
}

impl<'a> Guesses<'a> {
    fn new(site: &'a Site, ledger: &Ledger) -> Self {
        let mut guesses = Self { site, by_name: HashMap::new(), by_id: HashMap::new() };
        for (id, page) in site.pages.iter().enumerate() {
            if page.made || ledger.entries.contains_key(page.url.as_str()) {
                continue;
            }
            guesses.by_name.entry(last_part(page.url.as_str())).or_default().push(id);
            for anchor in page_ids(site, page) {
                guesses.by_id.entry(anchor).or_default().push(id);
            }
        }
        guesses
    }

    /// The page that was at an address, where it is beyond much doubt.
    fn of(&self, address: &str, entry: &Entry) -> Option<&'a Page> {
        let mut votes: BTreeMap<PageId, usize> = BTreeMap::new();
        for id in &entry.ids {
            // An id that many new pages have says nothing of any.
            let pages = self.by_id.get(id.as_str()).filter(|pages| pages.len() < 50);
            pages.into_iter().flatten().for_each(|&page| *votes.entry(page).or_default() += 1);
        }
        let best = votes.into_iter().max_by_key(|(id, votes)| (*votes, usize::MAX - id));
        let best = best.filter(|(_, votes)| *votes as f64 >= SAME_PAGE * entry.ids.len() as f64);
        let named = || {
            let all = self.by_name.get(last_part(address))?;
            let same = |id: &&PageId| self.is_in_language(**id, address);
            let mut all = all.iter().filter(same);
            all.next().filter(|_| all.next().is_none()).copied()
        };
        best.map(|(id, _)| id).or_else(named).map(|id| &self.site.pages[id])
    }
}

impl Guesses<'_> {
    /// Whether a page is in the language of an address: `/cy/records/`.
    fn is_in_language(&self, id: PageId, address: &str) -> bool {
        let page = &self.site.pages[id];
        let begins = format!("/{}/", page.language);
        address.starts_with(&begins) == page.url.as_str().starts_with(&begins)
    }
}

fn last_part(address: &str) -> &str {
    address.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

/// What to say of an address that would be lost, and in which file.
fn lost(
    site: &Site,
    ledger: &Ledger,
    address: &str,
    entry: &Entry,
    why: Option<&'static str>,
    guess: Option<&Page>,
) -> (Source, Diagnostic) {
    let data = format!("{}_data/redirects.yaml", site.folder);
    let parent = above(site, address);
    let end = format!("if its readers need nothing there, `plainsite links --accept {address}`");
    if let Some(page) = guess.filter(|_| why.is_none()) {
        let message = format!(
            "links lead to {address}, and nothing is there now; this page looks like the one \
             that was"
        );
        let place = page.text.document.fields().start();
        let hint = format!(
            "write `also at: {address}` at the top of this page; if it is another, \
             `{address}: …` with the right address in {data}"
        );
        let found = Diagnostic::error(&rule::LOST_ADDRESS, place, message).hint(hint);
        return (page.source().clone(), found);
    }
    if let Some(why) = why {
        let file = format!("{}{}", site.folder, entry.file);
        let message = format!("links lead to {address}, and now this page is {why}");
        let hint = format!(
            "write `status: withdrawn` and say why with `status note:`, or lead its readers on \
             with `{address}: {parent}` in {data}; {end}"
        );
        let found = Diagnostic::error(&rule::LOST_ADDRESS, Span::default(), message).hint(hint);
        return (Source::new(file, ""), found);
    }
    let line = ledger.source.line_at(entry.at).0.len();
    let span = Span::new(entry.at, entry.at + line);
    let (message, hint) = if entry.file.is_empty() {
        (
            format!("{address} led to {}, where nothing is any more", entry.to),
            format!(
                "write `{address}: {parent}` in {data}, with the address that it shall lead to"
            ),
        )
    } else if site.pages.iter().any(|page| site.inner(&page.source().path) == entry.file) {
        (
            format!(
                "links lead to {address}, and no record in {} has that address now",
                entry.file
            ),
            format!(
                "write `also at: {address}` in the record that it has become; or write \
                 `{address}: {parent}` in {data}, with the page that helps now"
            ),
        )
    } else if is_file(address) {
        (
            format!("links lead to {address}, and the file {} is gone", entry.file),
            format!(
                "put the file back; or, where your web host leads on (`hosts` in site.toml), write \
                 `{address}: {parent}` in {data}, with the page or file that says it now"
            ),
        )
    } else {
        (
            format!("links lead to {address}, and its file {} is gone", entry.file),
            format!(
                "if the page has moved, write `also at: {address}` at the top of it. If it is \
                 over, put the file back with `status: withdrawn`, or write `{address}: {parent}` \
                 in {data}, with the page that helps now"
            ),
        )
    };
    let found = Diagnostic::error(&rule::LOST_ADDRESS, span, message);
    (ledger.source.clone(), found.hint(format!("{hint}; {end}")))
}
