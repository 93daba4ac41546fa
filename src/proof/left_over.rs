//! Double brackets that readers would see: the last look at what is to be published.
//!
//! No rule about HTML, and none for the pages of others: `((` is a mark of Plainsite alone.

use std::collections::HashSet;

use super::origin;
use crate::{
    audit::page::Page,
    diagnostic::{Diagnostic, Report},
    finish::Finished,
    load::Theme,
    model::Site,
    rule,
    text::{
        Source, Span,
        brackets::{left_over, literal_name},
    },
};

/// Attributes that readers see or hear.
const SEEN: &[&str] = &[
    "alt",
    "title",
    "content",
    "placeholder",
    "value",
    "label",
    "summary",
    "data-label",
    "aria-label",
    "aria-description",
    "aria-placeholder",
    "aria-roledescription",
    "aria-valuetext",
];

/// Elements in which brackets are code, or what someone types.
const CODE: &[&str] = &["code", "pre", "kbd", "samp", "textarea", "script", "style", "template"];

/// Files that programs and search engines read.
const READ: &[&str] = &[".csv", ".json", ".xml", ".txt", ".vcf"];

/// Says where double brackets would be published, on pages and in the files beside them,
/// which have their path below the published folder.
pub fn look<'a>(
    pages: &[Finished],
    files: impl Iterator<Item = (&'a str, &'a [u8])>,
    site: &Site,
    theme: &Theme,
    report: &mut Report,
) {
    let mut told = HashSet::new();
    let is_literal = |rest: &str| site.literal.contains(&literal_name(rest));
    let first = |text: &str| {
        let mut at = 0;
        while text[at..].contains("((") {
            let (rest, open) = left_over(&text[at..], is_literal)?;
            at += open;
            if text[at..].starts_with("((") {
                return Some(literal_name(rest));
            }
            at += text[at..].chars().next().map_or(1, char::len_utf8);
        }
        None
    };
    // What has no contact, or no settings, cannot say how to reach anybody.
    if ["data", "settings"].into_iter().any(|code| report.has(code)) {
        return;
    }
    let lacking = ["letter-contact", "owner"].map(|code| report.lines(code));
    let known = report.lines("unknown-value");
    let mut tell = |name: String, at_address: &str, whose: &str, (source, at): (Source, usize)| {
        let page = written_at(site, at_address);
        let is_lacking = page.is_some_and(|page| lacking.iter().any(|all| all.contains_key(page)));
        let line = source.position(at).line;
        let is_known = known.get(&source.path).is_some_and(|lines| lines.contains(&line));
        if is_lacking || is_known {
            return;
        }
        if told.insert((source.path.clone(), at, name.clone())) {
            let (line, start) = source.line_at(at);
            let end = start + line.len();
            let message = format!("{whose}: “(({name}” would be seen as typed");
            let found =
                Diagnostic::error(&rule::UNKNOWN_VALUE, Span::new(at, end.max(at)), message);
            let hint =
                format!("write the words themselves, or `\\(({name}))` to show the brackets");
            report.add(&source, [found.hint(hint)]);
        }
    };
    for finished in pages {
        let html = String::from_utf8_lossy(&finished.html);
        if !html.contains("((") {
            continue;
        }
        let page = Page::read(&html, |_| None);
        for element in page.elements().filter(|element| element.closest(CODE).is_none()) {
            let attrs = element.attrs().filter(|(name, _)| SEEN.contains(name));
            let words = attrs.map(|(_, value)| value).chain(element.own_text());
            for name in words.filter_map(first) {
                let own = finished.page.map(|id| &site.pages[id]);
                let own = own.filter(|page| !page.made).map(|page| page.source());
                let place = written(&name, own.into_iter())
                    .or_else(|| written(&name, site.sources()))
                    .unwrap_or_else(|| {
                        origin(finished, element.written(), element.span(), site, theme)
                    });
                let address = finished.url.as_str();
                tell(name, address, &format!("on the page {address}"), place);
            }
        }
    }
    for (path, bytes) in files {
        // The index of the search is made of the pages, code and all.
        let is_read = READ.iter().any(|end| path.ends_with(end)) && !path.starts_with("search/");
        if !is_read || site.file_by_url.contains_key(&format!("/{path}")) {
            continue;
        }
        let Ok(text) = std::str::from_utf8(bytes) else { continue };
        if let Some(name) = first(text) {
            let nowhere = || (Source::new(path, text), text.find("((").unwrap_or(0));
            let place = written(&name, site.sources()).unwrap_or_else(nowhere);
            tell(name, &format!("/{path}"), &format!("in {path}"), place);
        }
    }
}

/// The file of the page at an address, or of the page that what is there was made from.
fn written_at<'a>(site: &'a Site, address: &str) -> Option<&'a str> {
    let above = address.rmatch_indices('/').map(|(end, _)| &address[..=end]);
    let pages = above.filter(|above| above.len() > 1 || address == "/");
    let page = pages.filter_map(|address| site.at(address)).find(|page| !page.made)?;
    Some(&page.source().path)
}

/// Where double brackets with a name stand.
fn written<'a>(name: &str, sources: impl Iterator<Item = &'a Source>) -> Option<(Source, usize)> {
    for source in sources {
        let mut places = source.text.match_indices("((");
        if let Some((at, _)) = places.find(|(at, _)| literal_name(&source.text[at + 2..]) == name) {
            return Some((source.clone(), at));
        }
    }
    None
}
