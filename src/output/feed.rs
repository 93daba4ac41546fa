//! `feed.xml`: what changed, as an Atom feed (RFC 4287). It needs the address at which the
//! site will be published.

use std::fmt::Write as _;

use super::{Bytes, Done, Files, Output, Plan};
use crate::{html::escape, model::Page};

/// The most entries that the feed holds.
const MOST_ENTRIES: usize = 50;

pub(super) const OUTPUT: Output = Output { name: "the feed", paths, files };

fn paths(plan: &Plan<'_>) -> Vec<String> {
    if plan.config.base.is_empty() { Vec::new() } else { vec!["feed.xml".to_owned()] }
}

/// Text or an attribute.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(&mut out, text);
    out
}

/// The feed.
fn files(done: &Done<'_>) -> Files {
    let config = done.world.config;
    let base = &config.base;
    if base.is_empty() {
        return Files::new();
    }
    let is_public = |page: &&Page| page.is_listed() && !page.made && !page.for_staff();
    let pages = done.world.site.pages.iter().filter(is_public);
    let mut all: Vec<_> = pages
        .flat_map(|page| page.front.changes.iter().map(move |change| (change, page)))
        .collect();
    all.retain(|(change, _)| !change.minor);
    all.sort_by(|a, b| (b.0.date, &a.1.url, &a.0.note).cmp(&(a.0.date, &b.1.url, &b.0.note)));
    let newest = all.first().map_or(done.world.today, |(change, _)| change.date);
    // Somebody must have written it; a site that does not say who is known by its name.
    let author = Some(&config.publisher).filter(|name| !name.trim().is_empty());
    let mut xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{language}\">\n\
         <title>{title}</title>\n<id>{base}</id>\n<updated>{newest}T00:00:00Z</updated>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{base}feed.xml\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{base}\"/>\n\
         <author><name>{author}</name>\n</author>\n",
        language = escaped(config.language()),
        title = escaped(&config.title),
        author = escaped(author.unwrap_or(&config.title)),
        base = escaped(base),
    );
    for (number, (change, page)) in all.iter().take(MOST_ENTRIES).enumerate() {
        let same_day = all[..number]
            .iter()
            .filter(|(other, of)| other.date == change.date && of.url == page.url);
        let twin = match same_day.count() {
            0 => String::new(),
            count => format!("-{}", count + 1),
        };
        let language = match page.language == config.language() {
            true => String::new(),
            false => format!(" xml:lang=\"{}\"", escaped(&page.language)),
        };
        let url = escaped(&format!("{base}{}", page.url.as_str().trim_start_matches('/')));
        let _ = write!(
            xml,
            "<entry{language}>\n<title>{title}</title>\n<id>{url}#changed-{date}{twin}</id>\n\
             <updated>{date}T00:00:00Z</updated>\n<link href=\"{url}\"/>\n\
             <summary>{note}</summary>\n</entry>\n",
            title = escaped(&page.title),
            date = change.date,
            note = escaped(&change.note),
        );
    }
    xml.push_str("</feed>\n");
    Files::from([("feed.xml".to_owned(), Bytes::from(xml))])
}
