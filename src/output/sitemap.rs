//! `sitemap.xml` and `robots.txt`, for search engines. Both need the address
//! at which the site will be published.

use std::fmt::Write as _;

use super::{Bytes, Done, Files, Output, Plan};
use crate::{html::escape, model::Page};

/// The most addresses in one file, and the most bytes. Source: sitemaps.org, protocol.
const MOST_ADDRESSES: usize = 50_000;
const MOST_BYTES: usize = 50 * 1024 * 1024;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const SCHEMA: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// For links to the same page in other languages. Source: Google, "Localized versions of your
/// pages".
const LINKS: &str = "http://www.w3.org/1999/xhtml";

pub(super) const OUTPUT: Output = Output { name: "the site map", paths, files };

fn paths(plan: &Plan<'_>) -> Vec<String> {
    let maps: &[&str] =
        if plan.config.base.is_empty() { &[] } else { &["sitemap.xml", "sitemap-*.xml"] };
    ["robots.txt"].iter().chain(maps).map(|path| (*path).to_owned()).collect()
}

/// The site map, and where it is.
fn files(done: &Done<'_>) -> Files {
    let base = &done.world.config.base;
    let mut files = Files::new();
    let mut robots = "User-agent: *\nDisallow:\n".to_owned();
    if !base.is_empty() {
        let site = done.world.site;
        let is_in = |page: &&Page| page.is_listed() && !page.for_staff();
        let address = |page: &Page| {
            let mut address = String::new();
            escape(&mut address, &format!("{base}{}", page.url.as_str().trim_start_matches('/')));
            address
        };
        let entries = site.pages.iter().filter(is_in).map(|page| {
            let newest = page.front.changes.first().map(|change| change.date);
            let checked = page.front.checked.as_ref().map(|checked| checked.value);
            let mut entry = "<url><loc>".to_owned();
            entry.push_str(&address(page));
            entry.push_str("</loc>");
            if let Some(date) = newest.max(checked) {
                let _ = write!(entry, "<lastmod>{date}</lastmod>");
            }
            let same = page.relations.translations.iter().map(|&id| &site.pages[id]);
            let same: Vec<&Page> = same.filter(is_in).collect();
            // Each language is in the list of each, its own too.
            for other in same.iter().filter(|_| same.len() > 1) {
                let _ = write!(
                    entry,
                    "<xhtml:link rel=\"alternate\" hreflang=\"{}\" href=\"{}\"/>",
                    other.language,
                    address(other)
                );
            }
            entry.push_str("</url>\n");
            entry
        });
        files = maps(entries, base, MOST_ADDRESSES, MOST_BYTES);
        let _ = writeln!(robots, "Sitemap: {base}sitemap.xml");
    }
    files.insert("robots.txt".into(), Bytes::from(robots));
    files
}

/// One site map, or as many as are needed with an index of them in its place.
fn maps(
    entries: impl Iterator<Item = String>,
    base: &str,
    most_addresses: usize,
    most_bytes: usize,
) -> Files {
    let begin = format!("{HEAD}<urlset xmlns=\"{SCHEMA}\" xmlns:xhtml=\"{LINKS}\">\n");
    let end = "</urlset>\n";
    let mut maps = vec![begin.clone()];
    let mut addresses = 0;
    for entry in entries {
        let last = maps.last().map_or(0, String::len);
        if addresses == most_addresses || last + entry.len() + end.len() > most_bytes {
            maps.push(begin.clone());
            addresses = 0;
        }
        addresses += 1;
        maps.last_mut().expect("there is one from the start").push_str(&entry);
    }
    maps.iter_mut().for_each(|map| map.push_str(end));
    if maps.len() == 1 {
        return maps.into_iter().map(|map| ("sitemap.xml".to_owned(), Bytes::from(map))).collect();
    }
    let mut index = format!("{HEAD}<sitemapindex xmlns=\"{SCHEMA}\">\n");
    let mut files = Files::new();
    for (number, map) in (1..).zip(maps) {
        let name = format!("sitemap-{number}.xml");
        index.push_str("<sitemap><loc>");
        escape(&mut index, &format!("{base}{name}"));
        index.push_str("</loc></sitemap>\n");
        files.insert(name, Bytes::from(map));
    }
    index.push_str("</sitemapindex>\n");
    files.insert("sitemap.xml".into(), Bytes::from(index));
    files
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(count: usize, most_addresses: usize, most_bytes: usize) -> Vec<(String, usize)> {
        let entries = (0..count).map(|n| format!("<url><loc>https://a.example/{n}</loc></url>\n"));
        let files = maps(entries, "https://a.example/", most_addresses, most_bytes);
        let text = |bytes: &Bytes| String::from_utf8(bytes.as_slice().to_vec()).expect("text");
        let each = files.iter().map(|(name, bytes)| {
            let text = text(bytes);
            roxmltree::Document::parse(&text).expect("XML");
            assert!(text.len() <= most_bytes.max(400));
            (name.clone(), text.matches("<loc>").count())
        });
        each.collect()
    }

    #[test]
    fn a_large_site_has_several_maps_and_an_index() {
        let one = |name: &str, count| (name.to_owned(), count);
        assert_eq!(made(50_000, MOST_ADDRESSES, MOST_BYTES), [one("sitemap.xml", 50_000)]);
        assert_eq!(
            made(50_503, MOST_ADDRESSES, MOST_BYTES),
            [one("sitemap-1.xml", 50_000), one("sitemap-2.xml", 503), one("sitemap.xml", 2)]
        );
        assert_eq!(made(0, 10, 1000), [one("sitemap.xml", 0)]);
        assert!(made(30, 50_000, 1000).len() > 2, "bytes count too");
    }
}
