//! `feed.xml`: what changed, as an Atom feed. It needs the address at which the
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

/// The feed.
fn files(done: &Done<'_>) -> Files {
    let base = &done.world.config.base;
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
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n".to_owned();
    let element = |xml: &mut String, name: &str, text: &str| {
        let _ = write!(xml, "<{name}>");
        escape(xml, text);
        let _ = writeln!(xml, "</{name}>");
    };
    element(&mut xml, "title", &done.world.config.title);
    element(&mut xml, "id", base);
    let _ = writeln!(xml, "<updated>{newest}T00:00:00Z</updated>");
    let _ = write!(xml, "<link rel=\"self\" href=\"");
    escape(&mut xml, &format!("{base}feed.xml"));
    xml.push_str("\"/>\n<author>");
    element(&mut xml, "name", &done.world.config.publisher);
    xml.push_str("</author>\n");
    for (number, (change, page)) in all.iter().take(MOST_ENTRIES).enumerate() {
        let url = format!("{base}{}", page.url.as_str().trim_start_matches('/'));
        xml.push_str("<entry>\n");
        element(&mut xml, "title", &page.title);
        let same_day = all[..number]
            .iter()
            .filter(|(other, of)| other.date == change.date && of.url == page.url);
        let twin = match same_day.count() {
            0 => String::new(),
            count => format!("-{}", count + 1),
        };
        element(&mut xml, "id", &format!("{url}#changed-{}{twin}", change.date));
        let _ = writeln!(xml, "<updated>{}T00:00:00Z</updated>", change.date);
        xml.push_str("<link href=\"");
        escape(&mut xml, &url);
        xml.push_str("\"/>\n");
        element(&mut xml, "summary", &change.note);
        xml.push_str("</entry>\n");
    }
    xml.push_str("</feed>\n");
    Files::from([("feed.xml".to_owned(), Bytes::from(xml))])
}
