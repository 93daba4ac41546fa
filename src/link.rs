//! The whole site joined: where each link leads, and how pages stand to each
//! other. It also says what each page is about, and which files only unpublished
//! pages lead to.
//!
//! Nothing is complained about here. A link that leads nowhere becomes a
//! [`Target::Missing`] with its reason, and a check says so.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::OnceLock,
};

use rayon::prelude::*;

use crate::{
    config::Config,
    model::{
        Choice, Missing, Page, PageId, Paths, RecordData, Relations, Reread, Site, Stage, Status,
        Target, Text,
        asks::Ask,
        kind::{
            EasyRead, GLOSSARY, GUIDE, GUIDE_PRINT, Home, Own, SECTION, Section, Start, StepByStep,
        },
    },
    parse::Placed,
    text::{
        address::{decoded, folder_of, follow, stem_of},
        nearest,
    },
};

/// Joins a site. Links may lead to what outputs make at `paths`.
pub fn resolve(mut site: Site, config: &Config, paths: &Paths) -> Site {
    let book = Book::new(&site, config, paths);
    let join = |page: &Page| {
        let named = named(&site, &book, page);
        let relations = relations(&site, &book, page, &named);
        let relations = Relations { summary: summary(&site, page, config), ..relations };
        (targets(&site, &book, &page.text, &page.language), named, relations)
    };
    let pages: Vec<_> = site.pages.par_iter().map(join).collect();
    let language = config.language();
    let in_snippet = |text: &Text| {
        let named = find_all(&site, &book, text, language, in_records(text));
        (targets(&site, &book, text, language), named)
    };
    let snippets: Vec<_> = site.snippets.values().map(in_snippet).collect();
    for (page, (targets, named, relations)) in site.pages.iter_mut().zip(pages) {
        (page.text.targets, page.text.pictures) = targets;
        page.text.named = named;
        page.relations = relations;
    }
    for (text, (targets, named)) in site.snippets.values_mut().zip(snippets) {
        (text.targets, text.pictures) = targets;
        text.named = named;
    }
    families(&mut site);
    site.same_as = same_as(&site);
    site.withheld = withheld(&site, &book, language);
    site
}

/// Joins what was read again in its place.
pub fn rejoin(site: &mut Site, read: &Reread, config: &Config, paths: &Paths) {
    let book = Book::new(site, config, paths);
    match read {
        Reread::Page(id, _) => {
            let page = &site.pages[*id];
            let (named, targets) =
                (named(site, &book, page), targets(site, &book, &page.text, &page.language));
            let text = &mut site.pages[*id].text;
            ((text.targets, text.pictures), text.named) = (targets, named);
        }
        Reread::Snippet(id) => {
            let Some(text) = site.snippets.get(id) else { return };
            let language = config.language();
            let named = find_all(site, &book, text, language, in_records(text));
            let targets = targets(site, &book, text, language);
            let Some(text) = site.snippets.get_mut(id) else { return };
            ((text.targets, text.pictures), text.named) = (targets, named);
        }
    }
}

/// The pages that name a file as a form of theirs.
fn same_as(site: &Site) -> BTreeMap<usize, Vec<(PageId, usize)>> {
    let mut all: BTreeMap<usize, Vec<(PageId, usize)>> = BTreeMap::new();
    let listed = site.pages.iter().enumerate().filter(|(_, page)| page.is_listed());
    for (id, page) in listed {
        for (at, form) in page.front.forms.iter().enumerate() {
            if let Some((_, Target::File(file))) = page.text.named.get(&form.link.span.start) {
                all.entry(*file).or_default().push((id, at));
            }
        }
    }
    all
}

/// What a page is about, with its own values: lists on other pages show it too.
fn summary(site: &Site, page: &Page, config: &Config) -> String {
    let own = page.front.description.as_ref().map(|text| text.value.as_str());
    let offer = || page.kind.service().map(|service| service.on_offer.as_str());
    own.or_else(offer).map_or_else(String::new, |text| site.fill(text, page, config))
}

/// The files that only links lead to which are not published.
fn withheld(site: &Site, book: &Book<'_>, language: &str) -> BTreeSet<usize> {
    let to_file = |target: Target| if let Target::File(at) = target { Some(at) } else { None };
    let hidden = site.hidden_links.iter();
    let hidden = hidden.map(|(path, link)| target(site, book, path, language, link));
    let mut files: BTreeSet<usize> = hidden.filter_map(to_file).collect();
    if files.is_empty() {
        return files;
    }
    let texts = site.pages.iter().map(|page| &page.text).chain(site.snippets.values());
    for text in texts {
        let named = text.named.values().map(|(_, target)| target);
        for target in text.targets.iter().chain(&text.pictures).chain(named) {
            if let Target::File(at) = target {
                files.remove(at);
            }
        }
    }
    files
}

/// What is looked up again and again; what one page alone may not need is made when it is.
struct Book<'a> {
    by_key: OnceLock<HashMap<String, Vec<PageId>>>,
    by_name: OnceLock<HashMap<String, PageId>>,
    /// The languages of the site, the main one first.
    languages: Vec<String>,
    /// The landing page of each stage, by language.
    stages: HashMap<(Stage, String), PageId>,
    /// What outputs make.
    paths: &'a Paths,
}

impl<'a> Book<'a> {
    fn new(site: &Site, config: &Config, paths: &'a Paths) -> Self {
        let mut book = Self {
            by_key: OnceLock::new(),
            by_name: OnceLock::new(),
            languages: config.languages.clone(),
            stages: HashMap::new(),
            paths,
        };
        for (id, page) in site.pages.iter().enumerate() {
            if let Some(section) = page.kind.own::<Section>()
                && let Some(stage) = section.lists
            {
                book.stages.entry((stage, page.language.clone())).or_insert(id);
            }
        }
        book
    }

    /// The pages with a key, by language in the order of the site.
    fn by_key(&self, site: &Site, key: &str) -> &[PageId] {
        let all = self.by_key.get_or_init(|| {
            let mut all: HashMap<String, Vec<PageId>> = HashMap::new();
            for (id, page) in site.pages.iter().enumerate() {
                all.entry(page.key.clone()).or_default().push(id);
            }
            let place = |language: &String| self.languages.iter().position(|own| own == language);
            all.values_mut().for_each(|ids| ids.sort_by_key(|&id| place(&site.pages[id].language)));
            all
        });
        all.get(key).map_or(&[], Vec::as_slice)
    }

    /// The first page with a name at the end of its address.
    fn by_name(&self, site: &Site, name: &str) -> Option<PageId> {
        let all = self.by_name.get_or_init(|| {
            let mut all = HashMap::new();
            for (id, page) in site.pages.iter().enumerate() {
                all.entry(last_part(page.url.as_str()).to_owned()).or_insert(id);
            }
            all
        });
        all.get(name).copied()
    }

    /// The file that an output makes at an address.
    fn made(&self, address: &str) -> Option<Target> {
        // Pages are found by their own addresses, and old ones lead nowhere for sure.
        let path = address.strip_prefix('/').filter(|path| !path.ends_with(".html"))?;
        self.paths.has(path).then(|| Target::Made(address.to_owned()))
    }

    /// The same page in another language, or the page itself.
    fn in_language(&self, site: &Site, id: PageId, language: &str) -> PageId {
        let page = &site.pages[id];
        if page.language == language {
            return id;
        }
        let others = self.by_key(site, &page.key).iter();
        others.copied().find(|&other| site.pages[other].language == language).unwrap_or(id)
    }
}

fn last_part(url: &str) -> &str {
    url.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

fn targets(
    site: &Site,
    book: &Book<'_>,
    text: &Text,
    language: &str,
) -> (Vec<Target>, Vec<Target>) {
    let path = &*text.document.source.path;
    let find = |destination: &str| target(site, book, path, language, destination);
    let links = text.document.links.iter().map(|link| find(&link.destination)).collect();
    let pictures = text.document.images.iter().map(|image| find(&image.destination)).collect();
    (links, pictures)
}

fn target(site: &Site, book: &Book<'_>, path: &str, language: &str, destination: &str) -> Target {
    let destination = destination.trim();
    if matches!(destination, "" | "#") {
        return Target::Missing(Missing::Empty);
    }
    if is_refused(destination) {
        return Target::Missing(Missing::Refused);
    }
    if is_external(destination) {
        return Target::External;
    }
    let (place, fragment) = match destination.split_once('#') {
        Some((place, fragment)) => (place, Some(fragment).filter(|fragment| !fragment.is_empty())),
        None => (destination, None),
    };
    let (place, query) = place.split_once('?').unwrap_or((place, ""));
    let place = decoded(place);
    let found = if place.is_empty() {
        site.by_path
            .get(path)
            .map(|&id| Target::Page(id, None))
            .unwrap_or(Target::Missing(Missing::Empty))
    } else if place.starts_with('/') {
        from_root(site, book, &place)
    } else {
        from_file(site, book, path, &place)
    };
    let Target::Page(id, _) = found else { return found };
    let id = if place.is_empty() { id } else { book.in_language(site, id, language) };
    let page = &site.pages[id];
    // What stood after `?` in old addresses stands after `#`, which no browser sends.
    let asked = fragment.into_iter().chain([query]).find(|part| part.contains('='));
    let asks = if asked.is_some() { site.asks(page) } else { Vec::new() };
    if let Some(asked) = asked.filter(|_| !asks.is_empty()) {
        return match wrong_choice(&asks, asked) {
            Some(choice) => Target::Missing(Missing::Choice(choice)),
            None => Target::Page(id, Some(asked.replace(' ', "%20"))),
        };
    }
    let Some(fragment) = fragment else { return Target::Page(id, None) };
    let fragment = decoded(fragment).into_owned();
    let listed = site.data.glossary.iter().filter(|term| term.listed);
    let terms = || listed.clone().map(|term| term.id.as_str());
    let is_glossary = page.kind.is(&GLOSSARY);
    if page.anchors().any(|known| known == fragment)
        || is_glossary && terms().any(|known| known == fragment)
    {
        return Target::Page(id, Some(fragment));
    }
    let known = page.anchors().chain(terms().filter(|_| is_glossary));
    let close = nearest(&fragment, known).map(|near| format!("{}#{near}", place));
    Target::Missing(Missing::Heading(close))
}

/// The first thing that an address asks of a search or a filter in vain.
fn wrong_choice(asks: &[Ask<'_>], asked: &str) -> Option<Choice> {
    let plain = |text: &str| decoded(&text.replace('+', " ")).into_owned();
    let choice = |wrong: String, known: Vec<&str>| Choice {
        close: nearest(&wrong, known.iter().copied()).map(str::to_owned),
        known: known.into_iter().map(str::to_owned).collect(),
        wrong,
    };
    asked.split('&').filter(|part| !part.is_empty()).find_map(|part| {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let (name, value) = (plain(name), plain(value));
        let Some(ask) = asks.iter().find(|ask| ask.name == name) else {
            return Some(choice(name, asks.iter().map(|ask| ask.name).collect()));
        };
        let known = ask.values.clone()?;
        let is_known = value.is_empty() || known.contains(&value.as_str());
        (!is_known).then(|| choice(value, known))
    })
}

/// The schemes that open for everyone and run nothing. All others are refused.
const OPENED: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Whether an address leads to another site, an email address or a phone number.
pub(crate) fn is_external(destination: &str) -> bool {
    scheme(destination).is_some() && !is_refused(destination)
}

/// Whether an address opens for nobody, or runs a program.
pub(crate) fn is_refused(destination: &str) -> bool {
    let plain = as_browsers_read(destination);
    let Some((scheme, rest)) = scheme(destination).zip(plain.split_once(':')) else {
        // A browser takes both for another site: `//host/path`, `/\host`.
        return plain.starts_with(['/', '\\']) && plain[1..].starts_with(['/', '\\'])
            || is_drive(&plain);
    };
    let rest = rest.1;
    match scheme.as_str() {
        "http" | "https" => {
            let host = rest.strip_prefix("//").unwrap_or_default();
            host.starts_with(['/', '?', '#', '\\', ':']) || host.is_empty()
        }
        scheme => !OPENED.contains(&scheme) || rest.is_empty() || rest.contains("(("),
    }
}

/// The scheme that a browser finds in an address, in small letters. Source: WHATWG URL
/// Standard, the basic URL parser.
pub(crate) fn scheme(destination: &str) -> Option<String> {
    let plain = as_browsers_read(destination);
    let (scheme, _) = plain.split_once(':')?;
    let is_scheme = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_scheme.then(|| scheme.to_ascii_lowercase())
}

/// An address without what browsers pass over: control characters and spaces at its ends,
/// and tabs and line ends anywhere.
pub(crate) fn as_browsers_read(destination: &str) -> String {
    let is_end = |c: char| c <= ' ' || c.is_whitespace();
    let inner = destination.trim_matches(is_end);
    inner.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect()
}

/// `C:\Users\…`
pub(crate) fn is_drive(destination: &str) -> bool {
    let mut letters = destination.trim().chars();
    letters.next().is_some_and(|c| c.is_ascii_alphabetic()) && letters.next() == Some(':')
}

fn from_root(site: &Site, book: &Book<'_>, place: &str) -> Target {
    if let Some(path) = place.strip_prefix('/').filter(|path| is_page_file(path)) {
        return by_path(site, book, &format!("{}{path}", site.folder));
    }
    let has_extension = last_part(place).contains('.') && !place.ends_with('/');
    let address =
        if has_extension { place.to_owned() } else { format!("{}/", place.trim_end_matches('/')) };
    let address =
        address.strip_suffix("/index.html").map_or(address.clone(), |start| format!("{start}/"));
    if let Some(&id) = site.by_url.get(address.as_str()) {
        return Target::Page(id, None);
    }
    if let Some(at) = site.file_by_url.get(place).copied() {
        return Target::File(at);
    }
    let path = format!("{}{}", site.folder, place.trim_start_matches('/'));
    if let Some(&at) = site.file_by_path.get(&path) {
        return Target::File(at);
    }
    if let Some(made) = book.made(place) {
        return made;
    }
    if let Some(why) = site.unpublished.get(&address) {
        return Target::Missing(Missing::Unpublished(why));
    }
    Target::Missing(Missing::Unknown(suggest(site, book, &address)))
}

fn is_page_file(path: &str) -> bool {
    [".md", ".markdown", ".yaml", ".yml"].iter().any(|end| path.ends_with(end))
}

fn from_file(site: &Site, book: &Book<'_>, path: &str, place: &str) -> Target {
    let folder = folder_of(path);
    // Snippets are used on many pages: their links are from the top.
    let folder =
        if folder.ends_with("_snippets") { site.folder.trim_end_matches('/') } else { folder };
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let least = usize::from(!site.folder.is_empty());
    if !follow(&mut parts, place, least) {
        return Target::Missing(Missing::Outside);
    }
    let joined = parts.join("/");
    if is_page_file(&joined) {
        return by_path(site, book, &joined);
    }
    if let Some(&at) = site.file_by_path.get(&joined) {
        return Target::File(at);
    }
    if let Some(made) = book.made(&format!("/{}", site.inner(&joined))) {
        return made;
    }
    let tries = ["index.md", "_index.md"].map(|name| format!("{joined}/{name}"));
    let tries = tries.into_iter().chain([format!("{joined}.md"), format!("{joined}.yaml")]);
    for path in tries {
        if let Some(&id) = site.by_path.get(&path) {
            return Target::Page(id, None);
        }
        if let Some(why) = site.unpublished.get(&path) {
            return Target::Missing(Missing::Unpublished(why));
        }
    }
    Target::Missing(Missing::Unknown(suggest(site, book, &format!("/{joined}/"))))
}

fn by_path(site: &Site, book: &Book<'_>, path: &str) -> Target {
    if let Some(&id) = site.by_path.get(path) {
        return Target::Page(id, None);
    }
    if let Some(why) = site.unpublished.get(path) {
        return Target::Missing(Missing::Unpublished(why));
    }
    let stem = stem_of(path);
    Target::Missing(Missing::Unknown(suggest(site, book, &format!("/{stem}/"))))
}

/// The most pages whose names are compared with a name that is not there.
const COMPARED: usize = 2_000;

/// The address of a page that may have been meant.
fn suggest(site: &Site, book: &Book<'_>, address: &str) -> Option<String> {
    // Other programs write the name of the page they make, or the sign of Windows.
    let address = address.replace('\\', "/");
    let name = last_part(&address);
    let name = [".html", ".htm", ".php", ".aspx"]
        .iter()
        .find_map(|end| name.strip_suffix(end))
        .unwrap_or_else(|| name.strip_suffix(".md").unwrap_or(name));
    if let Some(id) = book.by_name(site, name) {
        return Some(site.pages[id].url.to_string());
    }
    let names = site.pages.iter().take(COMPARED).filter(|page| !page.made);
    let near = nearest(name, names.map(|page| last_part(page.url.as_str())))?;
    book.by_name(site, near).map(|id| site.pages[id].url.to_string())
}

type Named = BTreeMap<usize, (Placed<String>, Target)>;

/// The links of a page that are not in its text.
fn named(site: &Site, book: &Book<'_>, page: &Page) -> Named {
    if page.made {
        return Named::new();
    }
    let front = &page.front;
    let mut links: Vec<&Placed<String>> =
        front.related.iter().chain(&front.easy_read).chain(&front.replaced_by).collect();
    links.extend(front.forms.iter().map(|form| &form.link));
    links.extend(page.kind.part().links());
    links.extend(in_records(&page.text));
    find_all(site, book, &page.text, &page.language, links)
}

/// The links of the records in a text.
fn in_records(text: &Text) -> impl Iterator<Item = &Placed<String>> {
    text.records.values().flat_map(|record| match record {
        RecordData::Symbols(rows) => rows.iter().map(|row| &row.picture).collect(),
        RecordData::Video { link, transcript, .. } => link.iter().chain(transcript).collect(),
        RecordData::Flow(flow) => flow.links(),
        _ => Vec::new(),
    })
}

fn find_all<'a>(
    site: &Site,
    book: &Book<'_>,
    text: &Text,
    language: &str,
    links: impl IntoIterator<Item = &'a Placed<String>>,
) -> Named {
    let path = &*text.document.source.path;
    let find = |link: &Placed<String>| target(site, book, path, language, &link.value);
    links.into_iter().map(|link| (link.span.start, (link.clone(), find(link)))).collect()
}

fn relations(site: &Site, book: &Book<'_>, page: &Page, named: &Named) -> Relations {
    let one = |link: &Placed<String>| match named.get(&link.span.start) {
        Some((_, Target::Page(id, _))) => Some(*id),
        _ => None,
    };
    let mut relations = Relations {
        above: above(site, book, page),
        related: page.front.related.iter().filter_map(one).collect(),
        replaced_by: page.front.replaced_by.as_ref().and_then(one),
        easy_read: page.front.easy_read.as_ref().and_then(one),
        ..Relations::default()
    };
    if let Some(easy) = page.kind.own::<EasyRead>() {
        relations.full_version = easy.of.as_ref().and_then(one);
    }
    if let Some(home) = page.kind.own::<Home>() {
        let target =
            |start: &Start| named.get(&start.link.span.start).map(|(_, target)| target.clone());
        relations.start_here = home.start_here.iter().filter_map(target).collect();
    }
    let same = book.by_key(site, &page.key).to_vec();
    relations.translations = if same.len() > 1 { same } else { Vec::new() };
    if let Some(stage) = page.front.stage {
        let own = book.stages.get(&(stage, page.language.clone()));
        let main = || book.stages.get(&(stage, book.languages.first()?.clone()));
        relations.stage_page = own.or_else(main).copied();
    }
    relations
}

/// The pages above a page, from the home page down.
fn above(site: &Site, book: &Book<'_>, page: &Page) -> Vec<PageId> {
    let mut found = Vec::new();
    let mut key = page.key.as_str();
    while !key.is_empty() {
        key = folder_of(key);
        let ids = book.by_key(site, key).iter();
        let own = ids.clone().find(|&&id| site.pages[id].language == page.language);
        let own = own.filter(|&&id| !page.made || site.pages[id].kind.entry.starter.is_some());
        found.extend(own.copied());
    }
    found.reverse();
    found
}

/// What needs the relations of all pages: lists, guides and pairs.
fn families(site: &mut Site) {
    let mut below: BTreeMap<PageId, Vec<PageId>> = BTreeMap::new();
    let mut by_stage: BTreeMap<(Stage, &str), Vec<PageId>> = BTreeMap::new();
    for (id, page) in site.pages.iter().enumerate() {
        // Of what nobody wrote, lists of other pages stand where written ones would.
        if page.made && !page.kind.entry.is_index || page.front.status != Status::Published {
            continue;
        }
        if let Some(&parent) = page.relations.above.last() {
            below.entry(parent).or_default().push(id);
        }
        if let Some(stage) = page.front.stage {
            by_stage.entry((stage, &page.language)).or_default().push(id);
        }
    }
    let order = |id: &PageId| {
        let page = &site.pages[*id];
        (page.front.order.unwrap_or(i64::MAX), page.title.to_lowercase())
    };
    let mut lists: Vec<(PageId, Vec<PageId>, bool)> = Vec::new();
    for (id, page) in site.pages.iter().enumerate() {
        let mut children = below.remove(&id).unwrap_or_default();
        children.sort_by_key(order);
        match page.kind.entry {
            kind if *kind == SECTION => {
                if let Some(stage) = page.kind.own::<Section>().and_then(|own| own.lists) {
                    let own_folder = |child: &PageId| {
                        let above = &site.pages[*child].relations.above;
                        (
                            above.last() != Some(&id),
                            above.last().map(|&above| site.pages[above].url.clone()),
                        )
                    };
                    let all =
                        by_stage.get(&(stage, page.language.as_str())).cloned().unwrap_or_default();
                    // What a section among them or the directory lists is found there.
                    let is_elsewhere = |child: &PageId| {
                        let above = &site.pages[*child].relations.above;
                        let is_below = |one: &PageId| *one != id && all.contains(one);
                        let is_own = above.last() == Some(&id);
                        above.iter().any(is_below)
                            || site.pages[*child].kind.service().is_some() && !is_own
                    };
                    children = all
                        .iter()
                        .copied()
                        .filter(|other| *other != id && !is_elsewhere(other))
                        .collect();
                    children.sort_by_cached_key(|child| (own_folder(child), order(child)));
                }
                lists.push((id, children, false));
            }
            kind if *kind == GUIDE => {
                // Tools are not read in order.
                children.retain(|&child| site.pages[child].kind.entry.fits_a_booklet);
                lists.push((id, children, true));
            }
            kind if kind.is_index => lists.push((id, children, false)),
            _ if !children.is_empty() => lists.push((id, children, false)),
            _ => {}
        }
    }
    drop(by_stage);
    for (id, children, is_guide) in lists {
        if is_guide {
            for &part in &children {
                site.pages[part].relations.guide = Some(id);
            }
            site.pages[id].relations.parts = children;
        } else {
            site.pages[id].relations.children = children;
        }
    }
    let steps: Vec<(PageId, PageId, usize)> = site
        .pages
        .iter()
        .enumerate()
        .filter(|(_, page)| page.is_listed())
        .flat_map(|(journey, page)| {
            let Some(steps) = page.kind.own::<StepByStep>() else { return Vec::new() };
            let found = steps.pages().filter_map(|(at, link)| {
                match page.text.named.get(&link.span.start) {
                    Some((_, Target::Page(member, _))) => Some((*member, journey, at)),
                    _ => None,
                }
            });
            found.collect()
        })
        .collect();
    for (member, journey, at) in steps {
        let own = &mut site.pages[member].relations.steps;
        // A page that helps with several steps is where it is needed first.
        if !own.iter().any(|(known, _)| *known == journey) {
            own.push((journey, at));
        }
    }
    for id in 0..site.pages.len() {
        if let Some(easy) = site.pages[id].relations.easy_read {
            site.pages[easy].relations.full_version.get_or_insert(id);
        }
        if let Some(full) = site.pages[id].relations.full_version {
            site.pages[full].relations.easy_read.get_or_insert(id);
        }
        if site.pages[id].kind.is(&GUIDE_PRINT) {
            site.pages[id].relations.guide = site.pages[id].relations.above.last().copied();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_open_for_everyone_pass() {
        for good in ["https://a.example", "HTTP://a.example/b", "mailto:a@b.example", "tel:0306"] {
            assert!(is_external(good) && !is_refused(good), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " \u{1}javascript:x",
            "java\tscript:x",
            "java\nscript:x",
            "vbscript:x",
            "data:text/html,x",
            "file:///c:/a.pdf",
            "blob:https://a.example/1",
            "ftp://a.example",
            "sms:0306",
            "whatsapp://send",
            "//a.example/b",
            "/\\a.example",
            "\\\\server\\share",
            "C:\\Users\\a.pdf",
            "c:/a.pdf",
            "https:a.example",
            "https://",
            "mailto:",
            "notes: a.md",
        ] {
            assert!(is_refused(bad) && !is_external(bad), "{bad}");
        }
        for path in ["a.md", "../b/#c", "/b/", "#c", "a b.md", "?q=a:b", "/go/a:b/"] {
            assert!(!is_refused(path) && !is_external(path), "{path}");
        }
    }
}
