//! `duplicate-address`: two things at one address.
//!
//! Addresses come from the names of files, from `short`, `also at` and
//! `redirects.yaml`. If two claim the same one, readers get either. Two that differ by
//! capitals, or by how an accent is stored, are one on some disks.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Looks, Marks, Rule, World};
use crate::{
    config::Host,
    model::{ATTACHMENTS, KindName, PAGES, Url, can_lead_on, kind, normal},
    parse::Placed,
    text::{
        Source, Span,
        address::{bad_name, decoded},
        name::folded,
        slug,
    },
};

pub(super) const CHECK: Check =
    Rule::error("duplicate-address", Looks::Pages, include_str!("duplicate_address.md"))
        .promise("one of the pages would be missing")
        .on_world(run);

/// Someone who claims an address.
#[derive(Clone, Copy)]
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
                claims.entry(page.short.clone()).or_default().push(claim);
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
            if let Some(address) = from_root(world, source, old, marks) {
                let claim = Claim { source, span: old.span, what: "an old address" };
                claims.entry(address).or_default().push(claim);
            }
        }
    }
    if let Some(source) = site.data.sources.get("redirects.yaml") {
        for (from, _) in &site.data.redirects {
            if let Some(address) = from_root(world, source, from, marks) {
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
        let path = page.url.output();
        taken(world, &path, PAGES, &claim, marks);
        unsafe_name(&path, &claim, marks);
    }
    for (address, claim) in claims.iter().filter_map(|(address, all)| Some((address, all.first()?)))
    {
        if claim.what != "a page" {
            taken(world, &Url::from_root(&decoded(address)).output(), PAGES, claim, marks);
        }
    }
    files(world, &claims, marks);
    one_on_some_disks(world, &claims, marks);
}

/// What is one path on some disks and two on others: a file, or a folder above it.
fn one_on_some_disks(
    world: &World<'_>,
    claims: &BTreeMap<String, Vec<Claim<'_>>>,
    marks: &mut Marks,
) {
    let site = world.site;
    let sources: Vec<Source> =
        site.files.iter().map(|file| Source::new(file.file.path.clone(), "")).collect();
    let files = site.files.iter().zip(&sources).map(|(file, source)| {
        (file.url[1..].to_owned(), Claim { source, span: Span::default(), what: "a file" })
    });
    let first = claims.iter().filter_map(|(address, all)| Some((address, *all.first()?)));
    let old = first.filter(|(address, claim)| claim.what != "a page" && !address.contains('?'));
    let old = old.map(|(address, claim)| (Url::from_root(&decoded(address)).output(), claim));
    let claimed: Vec<(String, Claim<'_>)> = files.chain(old).collect();
    // The addresses of pages are in small letters.
    let own: Vec<&(String, Claim<'_>)> =
        claimed.iter().filter(|(path, _)| folded(path) != *path).collect();
    if own.is_empty() {
        return;
    }
    fn folders(path: &str) -> impl Iterator<Item = &str> {
        let ends = path.match_indices('/').map(|(end, _)| end).chain([path.len()]);
        ends.map(|end| &path[..end])
    }
    let mut spelt: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
    for path in world.paths.files().chain(own.iter().map(|(path, _)| path.as_str())) {
        for part in folders(path) {
            spelt.entry(folded(part)).or_default().insert(part);
        }
    }
    for (path, claim) in own.iter().copied() {
        let twin = folders(path).find_map(|part| {
            let other = spelt[&folded(part)].iter().find(|other| **other != part)?;
            Some((part, *other))
        });
        let Some((part, other)) = twin else { continue };
        let is_there = |path: &str| {
            path.strip_prefix(other).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        let claimed = claimed.iter().find(|(path, _)| is_there(path));
        let page = || site.pages.iter().find(|page| is_there(&page.url.output()));
        let place = claimed
            .map(|(_, claim)| &*claim.source.path)
            .or_else(|| page().map(|page| &*page.source().path));
        let place = place.map_or_else(String::new, |place| format!(", in {place},"));
        let message = format!(
            "“/{part}” and “/{other}”{place} differ only in capitals or accents, and are one on \
             some machines"
        );
        let hint = match claim.what {
            "a file" => "rename the file, in small letters",
            _ => "take it out",
        };
        marks.push_in(claim.source, claim.span, message).hint(hint);
    }
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

/// Hosts that read a list of old addresses in which anything may stand.
const READ_ALL: [Host; 5] = [Host::Nginx, Host::Apache, Host::Netlify, Host::Caddy, Host::Iis];

/// An old address with a `/` at both ends.
fn from_root(
    world: &World<'_>,
    source: &Source,
    old: &Placed<String>,
    marks: &mut Marks,
) -> Option<String> {
    let address = old.value.trim();
    if let Some((first, rest)) = address.split_once(" /") {
        let message = format!("“{address}” is more than one address");
        let hint = format!("write a list: `[{}, /{}]`", first.trim_end_matches(','), rest);
        marks.push_in(source, old.span, message).hint(hint);
        return None;
    }
    if address.starts_with('/') && !address.contains('#') {
        let path = Url::from_root(&decoded(address)).output();
        let why = match address.contains('?') {
            true => Some("what stands behind `?` is not in the name of a file".to_owned()),
            false => bad_name(&path),
        };
        let is_read = world.config.hosts.iter().any(|host| READ_ALL.contains(host));
        if let Some(why) = why.filter(|_| !is_read) {
            let message = format!("no file can lead on from the old address “{address}”: {why}");
            let hint = "take it out, or name the web host that is to lead on: `hosts = [\"nginx\"]` \
                        in site.toml";
            marks.push_in(source, old.span, message).hint(hint);
            return None;
        }
    }
    if !address.starts_with('/') || address.contains('#') {
        let bare = address
            .split_once("://")
            .map_or(address, |(_, rest)| rest.find('/').map_or("", |at| &rest[at..]));
        let bare = bare.split('#').next().unwrap_or_default();
        let message = format!("the old address “{address}” does not begin at the top of the site");
        let hint = format!("write it with a / at the start: `/{}`", bare.trim_start_matches('/'));
        marks.push_in(source, old.span, message).hint(hint);
        return None;
    }
    let plain = normal(address);
    let is_document = !Url::from_root(&plain).can_be_page();
    let leads_on = world.config.hosts.iter().any(|host| READ_ALL.contains(host));
    let is_taken = world.paths.taken(plain.trim_start_matches('/'), PAGES).is_some();
    if is_document && !leads_on && !is_taken {
        let message = format!(
            "no file can lead on from “{address}”: whoever opens it would get a broken document"
        );
        let hint = "put the document back, or name the web host that is to lead on: \
                    `hosts = [\"nginx\"]` in site.toml";
        marks.push_in(source, old.span, message).hint(hint);
        return None;
    }
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
        unsafe_name(&file.url[1..], &claim, marks);
        if let Some(other) = seen.insert(&file.url, &file.file.path) {
            let message = format!("this file and {other} are both at {}", file.url);
            marks.push_in(&source, Span::default(), message).hint("rename one of the files");
        }
    }
}

/// Says when some machine or web host has no file of that name.
fn unsafe_name(path: &str, claim: &Claim<'_>, marks: &mut Marks) {
    if let Some(why) = bad_name(path) {
        let message = format!("some machines and web hosts cannot have the file {path}: {why}");
        marks.push_in(claim.source, claim.span, message).hint("rename the file");
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
