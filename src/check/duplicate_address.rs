//! `duplicate-address`: two things at one address.
//!
//! Addresses come from the names of files, from `short`, `also at` and
//! `redirects.yaml`. If two claim the same one, readers get either.

use std::collections::BTreeMap;

use super::{Check, Looks, Marks, Rule, World};
use crate::{
    model::{ATTACHMENTS, KindName, PAGES, Url, can_lead_on, kind, normal},
    parse::Placed,
    text::{Source, Span, slug},
};

pub(super) const CHECK: Check =
    Rule::error("duplicate-address", Looks::Pages, include_str!("duplicate_address.md"))
        .promise("one of the pages would be missing")
        .on_world(run);

/// Someone who claims an address.
struct Claim<'a> {
    source: &'a Source,
    span: Span,
    /// `the page`, `a short link`, `a redirect`.
    what: &'static str,
}

/// Kinds of which a site has one page in each language: what leads there leads to the first.
const ONCE: [KindName; 7] = [
    &kind::HOME,
    &kind::SEARCH,
    &kind::GLOSSARY,
    &kind::UPDATES,
    &kind::PRIVACY,
    &kind::ACCESSIBILITY,
    &kind::COMPLAINTS,
];

/// Second pages of a kind of which there is one.
fn second_pages(world: &World<'_>, marks: &mut Marks) {
    let site = world.site;
    let pages = site.pages.iter().enumerate();
    for (id, page) in pages.filter(|(_, page)| !page.made && ONCE.contains(&page.kind.entry)) {
        let first = site.by_kind.get(&page.kind.entry).and_then(|all| all.get(&page.language));
        let Some(first) = first.filter(|first| **first != id).map(|&first| &site.pages[first])
        else {
            continue;
        };
        if first.url == page.url {
            continue;
        }
        let message = format!(
            "this is a second page of the kind “{}”, and links lead to {}",
            page.kind.entry.name,
            first.source().path
        );
        let fields = page.text.document.fields();
        let place = fields.place("kind").unwrap_or_else(|| fields.start());
        marks.push_in(page.source(), place, message).hint("join them, or take its `kind:` out");
    }
}

fn run(world: &World<'_>, marks: &mut Marks) {
    let site = world.site;
    let mut claims: BTreeMap<String, Vec<Claim<'_>>> = BTreeMap::new();
    // A page needs a line of its own only when another has its address.
    let twins = site.pages.chunk_by(|a, b| a.url == b.url).filter(|same| same.len() > 1);
    for page in twins.flatten().filter(|page| !page.made) {
        let document = &page.text.document;
        let start = if document.one_of_many { document.front.start } else { 0 };
        let claim = Claim { source: page.source(), span: Span::new(start, start), what: "a page" };
        claims.entry(page.url.to_string()).or_default().push(claim);
    }
    for page in site.pages.iter().filter(|page| !page.made) {
        let source = page.source();
        if let Some(short) = &page.front.short {
            if slug(&short.value) == short.value && !short.value.is_empty() {
                let claim = Claim { source, span: short.span, what: "a short link" };
                claims.entry(format!("/go/{}/", short.value)).or_default().push(claim);
            } else {
                let message = format!("“{}” cannot be a short link", short.value);
                let hint = format!(
                    "write one word, or several with hyphens: `short: {}`",
                    slug(&short.value)
                );
                marks.push_in(source, short.span, message).hint(hint);
            }
        }
        for old in &page.front.also_at {
            if let Some(address) = from_root(source, old, marks) {
                let claim = Claim { source, span: old.span, what: "an old address" };
                claims.entry(address).or_default().push(claim);
            }
        }
    }
    if let Some(source) = site.data.sources.get("redirects.yaml") {
        for (from, _) in &site.data.redirects {
            if let Some(address) = from_root(source, from, marks) {
                let claim = Claim { source, span: from.span, what: "a redirect" };
                claims.entry(address).or_default().push(claim);
            }
        }
    }
    second_pages(world, marks);
    for (address, claims) in &claims {
        report(world, address, claims, marks);
    }
    for page in world.site.pages.iter().filter(|page| !page.made) {
        let claim = Claim { source: page.source(), span: Span::default(), what: "a page" };
        taken(world, &page.url.output(), PAGES, &claim, marks);
    }
    for (address, claim) in claims.iter().filter_map(|(address, all)| Some((address, all.first()?)))
    {
        if claim.what != "a page" {
            taken(world, &Url::from_root(address).output(), PAGES, claim, marks);
        }
    }
    files(world, &claims, marks);
}

fn report(world: &World<'_>, address: &str, claims: &[Claim<'_>], marks: &mut Marks) {
    let page = world.site.at(address).filter(|page| !page.made);
    for (place, claim) in claims.iter().enumerate() {
        let other = match (page, claims.iter().enumerate().find(|(other, _)| *other != place)) {
            (Some(page), _) if claim.what != "a page" => Some((&*page.source().path, "a page")),
            (_, Some((_, other))) => Some((&*other.source.path, other.what)),
            _ => None,
        };
        let Some((path, what)) = other else { continue };
        let is_same_file = path == &*claim.source.path;
        let message = if claim.what == "a page" && is_same_file {
            format!("another record in this file has the address {address} too")
        } else if claim.what == "a page" {
            format!("this page and {path} are both at {address}")
        } else {
            format!("{address} is {} here, and {what} in {path}", claim.what)
        };
        let hint = match claim.what {
            "a page" if is_same_file => "give one of them an `id` of its own, or take it out",
            "a page" => "rename one of the files, or join them",
            _ => "take one of them out",
        };
        marks.push_in(claim.source, claim.span, message).hint(hint);
    }
}

/// An old address with a `/` at both ends.
fn from_root(source: &Source, old: &Placed<String>, marks: &mut Marks) -> Option<String> {
    let address = old.value.trim();
    if let Some((first, rest)) = address.split_once(" /") {
        let message = format!("“{address}” is more than one address");
        let hint = format!("write a list: `[{}, /{}]`", first.trim_end_matches(','), rest);
        marks.push_in(source, old.span, message).hint(hint);
        return None;
    }
    if !address.starts_with('/') || address.contains(['?', '#']) {
        let bare = address
            .split_once("://")
            .map_or(address, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
        let bare = bare.split(['?', '#']).next().unwrap_or_default();
        let message = format!("the old address “{address}” does not begin at the top of the site");
        let hint = format!("write it with a / at the start: `/{}`", bare.trim_start_matches('/'));
        marks.push_in(source, old.span, message).hint(hint);
        return None;
    }
    let plain = normal(address);
    if !can_lead_on(&plain) {
        let message = format!("no page can be at the old address “{address}”");
        let hint = "take it out, or write the address as people have it: `/services/records/`";
        marks.push_in(source, old.span, message).hint(hint);
        return None;
    }
    Some(plain)
}

/// Pictures and attachments, whose names may differ by capitals only.
fn files(world: &World<'_>, claims: &BTreeMap<String, Vec<Claim<'_>>>, marks: &mut Marks) {
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for file in &world.site.files {
        let source = Source::new(file.file.path.clone(), "");
        let claim = Claim { source: &source, span: Span::default(), what: "a file" };
        if claims.contains_key(&file.url) && !Url::from_root(&file.url).can_be_page() {
            let message = format!("the address {} is taken: {PAGES} is published there", file.url);
            marks.push_in(&source, Span::default(), message).hint("rename the file");
        }
        taken(world, &file.url[1..], ATTACHMENTS, &claim, marks);
        if let Some(other) = seen.insert(&file.url, &file.file.path) {
            let message = format!("this file and {other} are both at {}", file.url);
            marks.push_in(&source, Span::default(), message).hint("rename one of the files");
        }
    }
}

/// Says when another output makes what would be at `path`, or something in its way.
fn taken(world: &World<'_>, path: &str, own: &'static str, claim: &Claim<'_>, marks: &mut Marks) {
    // A file says so itself when a page or an old address is in its way.
    let other = world.paths.taken(path, own);
    if let Some(whose) = other.filter(|whose| own != PAGES || *whose != ATTACHMENTS) {
        let address = path.strip_suffix("index.html").unwrap_or(path);
        let message = format!("the address /{address} is taken: {whose} is published there");
        let hint = match claim.what {
            "a page" | "a file" => "rename the file",
            _ => "take it out",
        };
        marks.push_in(claim.source, claim.span, message).hint(hint);
    }
}
