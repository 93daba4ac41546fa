//! Netlify: `_redirects` and `_headers` at the top of the site.
//!
//! A line of `_redirects` is an old address, the new one and the answer, with spaces between.
//! An address is written in percent codes; `:name` at the start of a part and `*` would stand
//! for anything. A page that is there goes before a rule, unless its answer ends in `!`.

use std::fmt::Write as _;

use super::{
    ADVICE, DATA_FOLDER, FOLDER, KEPT, KEPT_FOLDERS, Moved, TYPES, Told, Written, is_text,
};
use crate::{config::Host, text::address::encoded_value};

pub(super) const PATHS: &[&str] = &["_headers", "_redirects"];

/// The redirects that both hosts are told, each in a line; those that look behind a `?` are
/// not among them.
pub(super) fn lines<'a>(told: &'a Told, force: &'a str) -> impl Iterator<Item = String> + 'a {
    let plain = told.moved.iter().filter(|moved| moved.query.is_none());
    plain.map(move |moved| format!("{} {} {}{force}\n", old(moved), new(&moved.to), moved.status()))
}

/// An old address, with nothing in it that stands for anything else.
fn old(moved: &Moved) -> String {
    let parts = moved.from.split('/').map(encoded_value).collect::<Vec<_>>();
    parts.join("/")
}

/// A new address. Only behind `:` and a letter would a name stand for something.
fn new(to: &str) -> String {
    let scheme = to.find("://").map_or(0, |at| at + 3);
    format!("{}{}", &to[..scheme], to[scheme..].replace(':', "%3A").replace('*', "%2A"))
}

pub(super) fn files(told: &Told, hosts: &[Host]) -> Written {
    if hosts.contains(&Host::Cloudflare) {
        // It reads the same files, and does not know `!`: the page that is at an old address
        // then leads on in its place.
        return Vec::new();
    }
    let mut redirects = format!(
        "# Written by Plainsite with the site, for Netlify.\n{}{FOLDER}* {} 404!\n",
        told.base,
        told.not_found()
    );
    for moved in told.moved.iter().filter(|moved| moved.query.is_some()) {
        // What is asked for stands behind the old address, and must be there.
        let query = moved.query.as_deref().unwrap_or_default();
        if let Some(pairs) = pairs(query) {
            let _ = writeln!(
                redirects,
                "{} {pairs} {} {}!",
                old(moved),
                new(&moved.to),
                moved.status()
            );
        }
    }
    redirects.extend(lines(told, "!"));
    for language in &told.others {
        let (folder, page) = told.not_found_in(language);
        let _ = writeln!(redirects, "{folder}* {page} 404");
    }
    vec![(PATHS[0], headers(told, "Netlify")), (PATHS[1], redirects)]
}

/// `id=3 page=2` of `id=3&page=2`; nothing where a value would stand for something else.
fn pairs(query: &str) -> Option<String> {
    let each: Option<Vec<&str>> = query
        .split('&')
        .map(|pair| pair.split_once('=').filter(|(_, value)| !value.starts_with(':')).map(|_| pair))
        .collect();
    Some(each?.join(" "))
}

/// What is sent with what, in the grammar that both hosts read. Where two rules give one
/// header they are joined, so what pages are sent by both is left out: to ask again.
pub(super) fn headers(told: &Told, host: &str) -> String {
    let base = &told.base;
    let mut out =
        format!("# Written by Plainsite with the site, for {host}.\n# {ADVICE}\n{base}*\n");
    for (header, value) in &told.headers {
        let _ = writeln!(out, "  {header}: {value}");
    }
    for folder in KEPT_FOLDERS {
        let _ = writeln!(out, "{base}{folder}*\n  Cache-Control: {KEPT}");
    }
    let _ = write!(out, "{base}{DATA_FOLDER}*\n  Access-Control-Allow-Origin: *\n");
    for language in &told.others {
        let _ = writeln!(out, "{}*\n  Content-Language: {language}", told.not_found_in(language).0);
    }
    for end in ["ics", "md", "mjs", "vcf", "webmanifest"] {
        if let Some((_, of)) = TYPES.iter().find(|(known, _)| *known == end) {
            let charset = if is_text(of) { "; charset=utf-8" } else { "" };
            let _ = writeln!(out, "{base}*.{end}\n  Content-Type: {of}{charset}");
        }
    }
    out
}
