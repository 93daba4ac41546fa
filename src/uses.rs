//! Where a contact, a fact, a snippet, an organisation or an entry of the directory is
//! used, so that editors know what one edit changes.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    config,
    model::{Page, RecordData, Site, Target, Text, kind::Own, record::Entries, value::PARTS},
    parse::{Inline, Placed, values::Filled, walk::each_in},
    text::{
        Source, Span,
        brackets::{bracketed, plain_value},
        source::Position,
    },
};

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Thing {
    /// A contact.
    Contact,
    /// A fact.
    Fact,
    /// A snippet.
    Snippet,
    /// Who runs services.
    Organisation,
    /// An entry of the directory.
    Service,
}

impl Thing {
    /// What people call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Fact => "fact",
            Self::Snippet => "snippet",
            Self::Organisation => "organisation",
            Self::Service => "directory entry",
        }
    }
}

/// One place where something is used.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    /// The file, below the root.
    pub path: String,
    /// Where in it.
    pub place: Position,
    /// How: `looks after it`, `its phone`.
    pub how: String,
    /// The snippet through which the page has it, or empty.
    pub through: String,
}

/// Where things are used, and what that touches.
#[derive(Debug)]
pub struct Uses {
    /// What the name stands for.
    pub thing: Thing,
    /// The places, by file and line. A page that has it through a snippet has the place
    /// where it uses the snippet.
    pub places: Vec<Use>,
    /// How many pages name nobody to ask, so that they show the contact of the site.
    pub by_default: usize,
}

/// What `name` stands for and where it is used; nothing when it stands for nothing.
pub fn uses(site: &Site, settings: &config::Read, name: &str) -> Option<Uses> {
    let config = &settings.config;
    let thing = thing(site, name)?;
    let mut found = Finder { site, name, thing, places: BTreeSet::new() };
    // Snippets first: a page has what its snippets have.
    let mut carriers: BTreeMap<&str, String> = BTreeMap::new();
    if thing == Thing::Snippet {
        carriers.insert(name, String::new());
    }
    for _ in 0..site.snippets.len() {
        let before = carriers.len();
        for (id, text) in &site.snippets {
            if carriers.contains_key(id.as_str()) {
                continue;
            }
            let names = names(text);
            let through = names.iter().any(|(used, _)| carries(&carriers, used));
            if found.values(&text.document.source, &names) || through {
                carriers.insert(id, id.clone());
            }
        }
        if carriers.len() == before {
            break;
        }
    }
    let data = &site.data;
    for (name, source) in &data.sources {
        let filled = data.filled.get(name).map(|filled| in_filled(source, filled));
        found.values(source, &filled.unwrap_or_default());
    }
    if let Some(source) = data.sources.get("search-tests.yaml").filter(|_| thing == Thing::Service)
    {
        for page in data.search_tests.iter().flat_map(|test| &test.pages) {
            let place = page.value.split('#').next().unwrap_or_default().trim_end_matches(".yaml");
            if place.rsplit('/').next() == Some(name) {
                found.add(source, page.span, "must be found", "");
            }
        }
    }
    for page in site.pages.iter().filter(|page| !page.made) {
        let names = names(&page.text);
        found.page(page, &names);
        for (used, span) in names {
            let carrier = carriers.iter().find(|(id, _)| plain_value(id) == used);
            if let Some((_, snippet)) = carrier {
                let how = if snippet.is_empty() { "is put in" } else { "is in a snippet" };
                found.add(page.source(), span, how, snippet);
            }
        }
    }
    let told = config.accessibility.as_ref().and_then(|statement| statement.contact.as_ref());
    if let Some(id) = told.filter(|id| thing == Thing::Contact && id.value == name) {
        found.add(&settings.source, id.span, "is told about problems of accessibility", "");
    }
    let by_default = if thing == Thing::Contact && config.contact == name {
        let named = |page: &&Page| {
            let own =
                page.kind.sheet().is_some_and(|sheet| sheet.from.is_some() || sheet.to.is_some());
            !own && page.front.contact.is_none() && !page.made
        };
        site.pages.iter().filter(named).count()
    } else {
        0
    };
    Some(Uses { thing, places: found.places.into_iter().collect(), by_default })
}

/// Everything that [`uses`] knows, for saying what was meant.
pub fn known(site: &Site) -> impl Iterator<Item = &str> {
    let data = &site.data;
    let contacts = data.contacts.keys().chain(data.facts.keys()).chain(site.snippets.keys());
    let others = data.organisations.keys().chain(site.services.by_name.keys());
    contacts.chain(others).map(String::as_str)
}

fn thing(site: &Site, name: &str) -> Option<Thing> {
    let data = &site.data;
    let all = [
        (data.contacts.contains_key(name), Thing::Contact),
        (data.facts.contains_key(name), Thing::Fact),
        (site.snippets.contains_key(name), Thing::Snippet),
        (data.organisations.contains_key(name), Thing::Organisation),
        (site.services.by_name.contains_key(name), Thing::Service),
    ];
    all.into_iter().find(|(is_it, _)| *is_it).map(|(_, thing)| thing)
}

/// The names in words that are filled in, and so in no code, as they are compared, with
/// their places.
fn names(text: &Text) -> Vec<(String, Span)> {
    let mut names = in_filled(&text.document.source, &text.filled);
    let mut see = |inline: &Inline| {
        if let Inline::Value(name, span) | Inline::When(name, _, span) = inline {
            names.push((plain_value(name), *span));
        }
    };
    text.document.each_inline(&mut see);
    for data in text.records.values() {
        if let RecordData::Table(table) = data {
            table.cells().for_each(|cell| each_in(cell, &mut see));
        }
    }
    names
}

/// The same for words that are not Markdown.
fn in_filled(source: &Source, filled: &[Filled]) -> Vec<(String, Span)> {
    let all = filled.iter().flat_map(|filled| {
        let found = bracketed(&filled.typed);
        found.map(|found| (plain_value(found.name), filled.place(source, &found.place)))
    });
    all.collect()
}

fn carries(carriers: &BTreeMap<&str, String>, used: &str) -> bool {
    carriers.keys().any(|id| plain_value(id) == used)
}

struct Finder<'a> {
    site: &'a Site,
    name: &'a str,
    thing: Thing,
    places: BTreeSet<Use>,
}

impl Finder<'_> {
    fn add(&mut self, source: &Source, span: Span, how: &str, through: &str) {
        self.places.insert(Use {
            path: source.path.to_string(),
            place: source.position(span.start),
            how: how.to_owned(),
            through: through.to_owned(),
        });
    }

    /// Takes what it is asked for from the names in a file; whether it was there.
    fn values(&mut self, source: &Source, names: &[(String, Span)]) -> bool {
        let mut any = false;
        let own = plain_value(self.name);
        for (used, span) in names {
            let how = match self.thing {
                Thing::Contact => match used.rsplit_once(' ') {
                    Some((who, part)) if who == own && PARTS.contains(&part) => {
                        format!("its {part}")
                    }
                    _ => continue,
                },
                Thing::Fact if *used == own => "its value".to_owned(),
                _ => continue,
            };
            self.add(source, *span, &how, "");
            any = true;
        }
        any
    }

    fn placed<'p>(
        &mut self,
        source: &Source,
        found: impl IntoIterator<Item = &'p Placed<String>>,
        how: &str,
    ) {
        for id in found {
            if id.value == self.name {
                self.add(source, id.span, how, "");
            }
        }
    }

    fn page(&mut self, page: &Page, names: &[(String, Span)]) {
        let source = page.source().clone();
        self.values(&source, names);
        match self.thing {
            Thing::Contact => self.contact(page, &source),
            Thing::Organisation => {
                let own = page.kind.service().and_then(|service| service.organisation.as_ref());
                self.placed(&source, own, "runs it");
            }
            Thing::Service => self.service(page, &source),
            Thing::Fact | Thing::Snippet => {}
        }
    }

    fn contact(&mut self, page: &Page, source: &Source) {
        let front = &page.front;
        self.placed(source, &front.owner, "looks after it");
        self.placed(source, &front.deputy, "looks after it as deputy");
        self.placed(source, &front.contact, "is who to ask");
        for (contact, what) in page.kind.part().contacts() {
            self.placed(source, [contact], what);
        }
        for record in page.text.records.values() {
            match record {
                RecordData::Contact(id) => self.placed(source, id, "is shown"),
                RecordData::Flow(flow) => flow
                    .contacts()
                    .into_iter()
                    .for_each(|(contact, what)| self.placed(source, [contact], what)),
                _ => {}
            }
        }
    }

    fn service(&mut self, page: &Page, source: &Source) {
        for record in page.text.records.values() {
            if let RecordData::Entries(Entries::Ids(ids)) = record {
                self.placed(source, ids, "is shown");
            }
        }
        let Some(&own) = self.site.services.by_name.get(self.name) else { return };
        let links = &page.text.document.links;
        for (link, target) in links.iter().zip(&page.text.targets) {
            if matches!(target, Target::Page(id, _) if *id == own) {
                self.add(source, link.span, "is linked", "");
            }
        }
        for (link, target) in page.text.named.values() {
            if matches!(target, Target::Page(id, _) if *id == own) {
                self.add(source, link.span, "is linked", "");
            }
        }
    }
}
