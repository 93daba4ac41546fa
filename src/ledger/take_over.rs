//! Addresses of a site before this one: from a table of old and new ones, or from the
//! `sitemap.xml` that any program makes.

use std::collections::{BTreeMap, HashMap};

use roxmltree::{Document, Node};

use super::{Entry, Ledger, OLD_SITE};
use crate::{
    diagnostic::Diagnostic,
    model::{Site, can_lead_on, normal, redirects},
    parse::{Placed, sheet},
    rule,
    rule::Severity,
    text::{Date, Source, Span, address::decoded},
};

/// What becomes of old addresses.
#[derive(Debug, Default)]
pub struct TakenOver {
    /// How many are addresses of this site.
    pub here: usize,
    /// Those that shall lead on, each with where to.
    pub lead: BTreeMap<String, String>,
    /// Those that shall lead elsewhere than `redirects.yaml` says: where it says so, and what is
    /// to stand there.
    pub changed: Vec<(Span, String)>,
    /// Those for which nobody knows yet where they lead.
    pub open: Vec<String>,
    /// Rows that are no address.
    pub problems: Vec<Diagnostic>,
}

/// Reads old addresses. Where the table says nothing, a page with the same name is taken, if
/// there is one alone.
pub fn take_over(site: &Site, base: &str, source: &Source) -> TakenOver {
    let mut taken = TakenOver::default();
    let is_map = source.text.trim_start().starts_with('<');
    let rows = match is_map {
        true => of_map(source).unwrap_or_else(|found| {
            taken.problems.push(found);
            Vec::new()
        }),
        false => of_table(source, &mut taken.problems),
    };
    let mut by_name: HashMap<String, Vec<&str>> = HashMap::new();
    for page in site.pages.iter().filter(|page| !page.made) {
        by_name.entry(name_of(page.url.as_str())).or_default().push(page.url.as_str());
    }
    let leads = redirects(site);
    let leads: HashMap<&str, &str> =
        leads.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
    let written = site.data.redirects.iter().map(|(from, to)| (normal(&from.value), to));
    let written: HashMap<String, &Placed<String>> = written.collect();
    if taken.problems.iter().any(|found| found.severity == Severity::Error) {
        return taken;
    }
    let is_page = |address: &str| site.by_url.contains_key(address) || leads.contains_key(address);
    for (old, new) in rows {
        // The path under which this site is published is no part of its addresses.
        let own = |address: &str| match address.strip_prefix(base).filter(|_| !base.is_empty()) {
            Some(rest) => format!("/{rest}"),
            None => address.to_owned(),
        };
        let is_away = new.contains("://") && (base.is_empty() || !new.starts_with(base));
        let (old, new) = (normal(&path_of(&own(&old))), normal(&path_of(&own(&new))));
        if !can_lead_on(&old) || old.contains("//") || old.contains("/.") {
            let message = format!("{old} cannot be the address of a page here, and was left out");
            let found = Diagnostic::warning(&rule::LOST_ADDRESS, Span::default(), message);
            let hint = "lead it on in the settings of your web host, if people still come to it";
            taken.problems.push(found.hint(hint));
            continue;
        }
        // No two addresses differ by capitals alone: some disks hold one of them.
        let lower = old.to_lowercase();
        if lower != old && is_page(&lower) {
            taken.here += 1;
            continue;
        }
        let place = new.split('#').next().unwrap_or_default();
        let is_there = |place: &str| {
            site.by_url.contains_key(place)
                || leads.contains_key(place)
                || site.file_by_url.contains_key(place)
        };
        let is_given = new != "/" || new == old;
        if is_given && (is_away || !is_there(place) || place == old) && !is_there(&old) {
            let message = format!("{old} cannot lead to “{new}”: this site has nothing there");
            let found = Diagnostic::warning(&rule::LOST_ADDRESS, Span::default(), message);
            let hint = "write the address of a page of this site in the second column";
            taken.problems.push(found.hint(hint));
            taken.open.push(old);
            continue;
        }
        let new = if is_given { new } else { String::new() };
        let is_here = site.by_url.contains_key(old.as_str())
            || leads.contains_key(old.as_str())
            || site.file_by_url.contains_key(&old);
        // Of translations the shortest is that in the main language.
        let named = || {
            let all = by_name.get(&name_of(&old))?;
            let key = |url: &&str| site.at(url).map(|page| &page.key);
            let is_one = all.iter().all(|url| key(url) == key(&all[0]));
            let first = all.iter().min_by_key(|url| url.len());
            first.filter(|_| is_one).map(|url| (*url).to_owned())
        };
        // A table that somebody has corrected is taken over again.
        let before = written.get(&old).filter(|to| is_given && normal(&to.value) != new);
        if let Some(to) = before {
            taken.changed.push((to.span, new));
        } else if is_here {
            taken.here += 1;
        } else if let Some(new) = Some(new).filter(|new| !new.is_empty()).or_else(named) {
            taken.lead.insert(old, path_of(&new));
        } else if !taken.open.contains(&old) {
            taken.open.push(old);
        }
    }
    taken.open.sort();
    taken
}

impl Ledger {
    /// Notes old addresses that lead nowhere yet, so that no build forgets them.
    pub fn note_old(&mut self, addresses: &[String], today: Date) {
        for address in addresses {
            let new = Entry { first: Some(today), file: OLD_SITE.to_owned(), ..Entry::default() };
            self.entries.entry(address.clone()).or_insert(new);
        }
    }
}

/// The last part of an address in small letters, without how files end: `records` of
/// `/a/Records.aspx`.
fn name_of(address: &str) -> String {
    let name = address.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    name.split_once('.').map_or(name, |(name, _)| name).to_lowercase()
}

/// An address below the top of its site, as people read it.
fn path_of(address: &str) -> String {
    let address = address.trim();
    let path = match address.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("/", |at| &rest[at..]),
        None => address,
    };
    let path = decoded(path);
    if path.starts_with('/') { path.into_owned() } else { format!("/{path}") }
}

/// The addresses in a site map; `roxmltree` reads it.
fn of_map(source: &Source) -> Result<Vec<(String, String)>, Diagnostic> {
    let text = source.text.trim_start();
    let map = Document::parse(text).map_err(|why| {
        let start = source.text.len() - text.len();
        let line = text.split_inclusive('\n').take(why.pos().row as usize - 1);
        let at = start + line.map(str::len).sum::<usize>();
        let message = format!("this site map cannot be read: {why}");
        let found = Diagnostic::error(&rule::LOST_ADDRESS, Span::new(at, at), message);
        found.hint("mend that line; or give a table with the old addresses, one in each row")
    })?;
    if map.root_element().tag_name().name() == "sitemapindex" {
        let message = "this is a list of site maps, and no site map itself";
        let found = Diagnostic::error(&rule::LOST_ADDRESS, Span::default(), message);
        return Err(found.hint("take over each of the files that it names"));
    }
    // An address stands in `url`; those of pictures on its page are none of pages.
    let urls = map.descendants().filter(|node| node.tag_name().name() == "url");
    let places = urls.filter_map(|url| url.children().find(|node| node.tag_name().name() == "loc"));
    let words = |place: Node<'_, '_>| {
        place.descendants().filter_map(|node| node.text().filter(|_| node.is_text())).collect()
    };
    let places = places.map(|place| (words(place), String::new()));
    Ok(places.map(|(place, to): (String, _)| (place.trim().to_owned(), to)).collect())
}

/// The rows of a table: the old address, and the new one where somebody has written it.
fn of_table(source: &Source, problems: &mut Vec<Diagnostic>) -> Vec<(String, String)> {
    let sheet = sheet::read(source, &rule::LOST_ADDRESS, problems);
    let names = sheet.columns.iter().map(|cell| (cell.text.as_str(), cell));
    let has_names = !sheet.columns.iter().any(|cell| cell.text.contains('/'));
    let column = |known: &[&str]| {
        let names: Vec<String> = names.clone().map(|(name, _)| name.to_lowercase()).collect();
        known.iter().find_map(|known| names.iter().position(|name| name.contains(known)))
    };
    let old = column(&["old", "from", "address", "url", "page"]).filter(|_| has_names);
    let new = column(&["new", "to", "target"]).filter(|new| has_names && old != Some(*new));
    let (old, new) = (old.unwrap_or(0), new.unwrap_or(1));
    let first = (!has_names).then(|| sheet.columns.clone());
    let rows = first.into_iter().chain(sheet.rows.into_iter().map(|row| row.cells));
    let text = |cells: &[sheet::Cell], at: usize| {
        cells.get(at).map_or_else(String::new, |cell| cell.text.trim().to_owned())
    };
    let mut all = Vec::new();
    for cells in rows {
        let (from, to) = (text(&cells, old), text(&cells, new));
        if from.contains('/') {
            all.push((from, to));
        } else if !from.is_empty() {
            let span = cells.get(old).map(|cell| cell.span).unwrap_or_default();
            let message = format!("“{from}” is no address of a page");
            let found = Diagnostic::warning(&rule::LOST_ADDRESS, span, message);
            problems.push(found.hint("write it as people type it: `/services/records/`"));
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_and_maps_are_read() {
        let rows = |text: &str| {
            let mut problems = Vec::new();
            let source = Source::new("old.csv", text);
            let found = of_table(&source, &mut problems);
            let found = found.iter().map(|(old, new)| format!("{old}>{new}")).collect::<Vec<_>>();
            (found.join(" "), problems.len())
        };
        let of = |text: &str| rows(text).0;
        assert_eq!(of("old,new\n/a/,/b/\n/c/,\n"), "/a/>/b/ /c/>");
        assert_eq!(of("New address;Old address\n/b/;/a/\n"), "/a/>/b/");
        assert_eq!(of("/a/,/b/\n/c/,/d/\n"), "/a/>/b/ /c/>/d/");
        assert_eq!(of("https://a.example/x\nhttps://a.example/y\n").split(' ').count(), 2);
        assert_eq!(rows("old,new\nrecords,/b/\n"), (String::new(), 1));
        let map = |text: &str| {
            let found = of_map(&Source::new("sitemap.xml", text)).map_err(|found| found.message);
            found.map(|all| all.into_iter().map(|(old, _)| old).collect::<Vec<_>>().join(" "))
        };
        let some = "<?xml version=\"1.0\"?><urlset xmlns:image=\"i\"><!-- <loc>/no/</loc> -->\
                    <url><loc>https://a.example/a?b&amp;c</loc></url><url>\n\
                    <image:image><image:loc>https://a.example/x.png</image:loc></image:image>\
                    <loc><![CDATA[ https://a.example/ ]]></loc></url></urlset>";
        let both = "https://a.example/a?b&c https://a.example/";
        assert_eq!(map(some).as_deref(), Ok(both));
        assert!(map("<urlset>\n<url><loc>/a?b&c</loc></url></urlset>").is_err());
        assert!(map("<sitemapindex><sitemap/></sitemapindex>").is_err());
        assert_eq!(path_of("https://a.example"), "/");
        assert_eq!(path_of("a%20b/"), "/a b/");
        assert_eq!(name_of("/x/Records.aspx"), "records");
    }
}
