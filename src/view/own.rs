//! Makes what templates see of one kind of page alone, beside what all show: what its template
//! needs to know of its own front matter and of other pages.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;

use super::{
    Viewer, directory,
    fields::*,
    flows, guided,
    html::{Writer, part_id, section},
    letters, lists, records,
};
use crate::{
    model::{
        Page, PageId, RecordData, Site, Target, Url,
        kind::{self, KindName},
        services::first_letter,
    },
    parse::Placed,
    text::Date,
};

type Words = BTreeMap<String, String>;

/// Puts what a kind has of its own into the view of a page.
type Fill = for<'a> fn(&'a Viewer<'a>, PageId, &'a Words, &mut PageView<'a>);

/// The kinds that show more than what all pages show and what follows from their front
/// matter.
static FILLS: &[(KindName, Fill)] = &[
    (&kind::HOME, home),
    (&kind::LETTER, letter),
    (&kind::DECISION_LETTER, letter),
    (&kind::TEXT_MESSAGE, letter),
    (&kind::EMAIL, letter),
    (&kind::WORKSHEET, letter),
    (&kind::LETTER_PRINT, |viewer, id, _, view| {
        let Some((letter, template)) = letters::printed(viewer, &viewer.site.pages[id]) else {
            return;
        };
        view.body = letters::ruled(viewer, letter, template).into();
        view.own.from_staff = template.staff;
    }),
    (&kind::SERVICE, directory::entry),
    (&kind::DIRECTORY, directory_lists),
    (&kind::DIRECTORY_LIST, directory_lists),
    (&kind::DIRECTORY_PRINT, |viewer, id, _, view| {
        view.own.directory = Some(directory::view(viewer, &viewer.site.pages[id]));
    }),
    (&kind::CAN_I_BUY, |viewer, id, _, view| {
        view.own.buy = buy_groups(viewer, &viewer.site.pages[id]);
        let items = view.own.buy.iter().map(|group| group.items.len()).sum();
        view.own.is_long = lists::is_long(items);
        if view.own.is_long {
            view.scripts.extend(viewer.script("buy-page"));
        }
    }),
    (&kind::FLOW, flow),
    (&kind::FLOW_STEP, |viewer, id, words, view| {
        let Some(step) = viewer.site.pages[id].kind.own::<kind::FlowStep>() else { return };
        flow_step(viewer, &step.flow, Some(&step.id), words, view);
    }),
    (&kind::FLOW_PRINT, |viewer, id, words, view| {
        let flow = viewer.site.pages[id].url.as_str().trim_end_matches("print/");
        flow_step(viewer, &Url::from_root(flow), None, words, view);
    }),
    (&kind::BOOKLET, |viewer, id, words, view| {
        (view.contents, view.body) = guided::booklet(viewer, &viewer.site.pages[id], words);
    }),
    (&kind::BOOKLET_MAKER, |viewer, id, _, view| {
        let language = &viewer.site.pages[id].language;
        let booklets = guided::booklets(viewer, language);
        view.own.is_long =
            lists::is_long(booklets.groups.iter().map(|group| group.pages.len()).sum());
        view.own.booklets = Some(booklets);
    }),
    (&kind::SHORT_LINKS, |viewer, _, _, view| {
        view.own.short_links = guided::short_links(viewer);
    }),
    (&kind::UPDATES, |viewer, id, _, view| {
        let page = &viewer.site.pages[id];
        view.own.updates = viewer.updates(&page.language);
    }),
    (&kind::GLOSSARY, |viewer, id, _, view| {
        view.own.glossary = glossary(viewer.site, &viewer.site.pages[id].language);
        let first = view.own.glossary.iter().filter(|term| !term.first.is_empty());
        let letter =
            |term: &TermView| GroupView { name: term.first.clone(), ..GroupView::default() };
        view.own.letters = first.map(letter).collect();
    }),
    (&kind::SEARCH, |viewer, _, _, view| {
        view.own.search_index = "/search/";
        view.own.search_engine.clone_from(&viewer.assets.search_engine);
        view.scripts.clone_from(&viewer.assets.search_scripts);
    }),
    (&kind::SECTION, |viewer, id, words, view| {
        let page = &viewer.site.pages[id];
        view.own.groups = letter_groups(viewer.site, page, words);
        if view.own.groups.is_empty() {
            view.own.groups = topic_groups(viewer.site, page, words);
        }
        if view.easy && view.own.groups.is_empty() {
            let children = page.relations.children.iter().map(|&id| &viewer.site.pages[id]);
            let pages = children.map(|child| records::easy_page(viewer, child));
            view.own.easy_pages = pages.collect::<Option<Vec<_>>>().unwrap_or_default();
        }
    }),
    (&kind::A_TO_Z, |viewer, id, words, view| {
        view.own.letters = a_to_z(viewer.site, &viewer.site.pages[id], words);
    }),
    (&kind::A_TO_Z_LETTER, |viewer, id, words, view| {
        let page = &viewer.site.pages[id];
        view.own.letters = a_to_z(viewer.site, page, words);
        let list = viewer.site.of_kind(&kind::A_TO_Z, &page.language);
        view.breadcrumb.extend(list.map(|id| lists::link(&viewer.site.pages[id])));
    }),
    (&kind::GUIDE_PRINT, |viewer, id, words, view| {
        view.body = whole_guide(viewer, &viewer.site.pages[id], words);
    }),
];

/// What only this kind of page has.
pub(super) fn fill<'a>(
    viewer: &'a Viewer<'a>,
    id: PageId,
    words: &'a Words,
    view: &mut PageView<'a>,
) {
    let page = &viewer.site.pages[id];
    let kind = &page.kind;
    view.shown = kind.part().shown(&Seeing { viewer, page, words });
    view.scripts.extend(viewer.script(kind.entry.script));
    if let Some((_, fill)) = FILLS.iter().find(|(known, _)| kind.is(known)) {
        fill(viewer, id, words, view);
    }
}

/// What the front matter of a page may ask about the site.
struct Seeing<'a> {
    viewer: &'a Viewer<'a>,
    page: &'a Page,
    words: &'a Words,
}

impl kind::Seen for Seeing<'_> {
    fn filled(&self, words: &str) -> String {
        self.viewer.fill(words, self.page)
    }

    fn day(&self, day: Date) -> String {
        self.viewer.day(day, &self.page.language)
    }

    fn link(&self, link: &Placed<String>) -> Option<Value> {
        serde_json::to_value(lists::linked(self.viewer.site, self.page, link)?).ok()
    }

    fn contact(&self, id: &str) -> Option<Value> {
        let (id, contact) = self.viewer.site.data.contacts.get_key_value(id)?;
        let contact = lists::contact(self.viewer, self.page, id, contact);
        serde_json::to_value(contact).ok()
    }

    fn word(&self, name: &str) -> &str {
        self.words.get(name).map_or("", String::as_str)
    }
}

fn home<'a>(viewer: &'a Viewer<'a>, id: PageId, _: &'a Words, view: &mut PageView<'a>) {
    let site = viewer.site;
    let page = &site.pages[id];
    let Some(home) = page.kind.own::<kind::Home>() else { return };
    let links = home.start_here.iter().zip(&page.relations.start_here);
    let links = links.filter_map(|(start, target)| {
        let mut link = match target {
            Target::Page(id, fragment) => {
                let mut link = lists::link(&site.pages[*id]);
                if let Some(fragment) = fragment {
                    link.url = format!("{}#{fragment}", link.url);
                }
                link
            }
            Target::External => LinkView { url: start.link.value.clone(), ..LinkView::default() },
            Target::File(at) => {
                LinkView { url: site.files[*at].url.clone(), ..LinkView::default() }
            }
            Target::Made(url) => LinkView { url: url.clone(), ..LinkView::default() },
            Target::Missing(_) => return None,
        };
        if !start.title.is_empty() {
            link.title.clone_from(&start.title);
        }
        if !start.about.is_empty() {
            link.description.clone_from(&start.about);
        }
        Some(link)
    });
    view.own.start_here = links.collect();
}

fn letter<'a>(viewer: &'a Viewer<'a>, id: PageId, words: &'a Words, view: &mut PageView<'a>) {
    let Some(letter) = viewer.site.pages[id].kind.sheet() else { return };
    view.own.letter = letters::view(viewer, id, letter, words);
    view.own.from_staff = view.own.letter.as_ref().is_some_and(|letter| letter.staff);
    view.scripts = vec![viewer.assets.letter_script.clone()];
}

fn directory_lists<'a>(viewer: &'a Viewer<'a>, id: PageId, _: &'a Words, view: &mut PageView<'a>) {
    let page = &viewer.site.pages[id];
    let directory = directory::view(viewer, page);
    if page.kind.is(&kind::DIRECTORY_LIST) {
        view.context = directory::title(viewer.site, page);
    }
    if !directory.data.is_empty() {
        if !directory.near.is_empty() {
            view.scripts.extend(viewer.script("look-up-page"));
        }
        directory::open_now(viewer, page, view);
        view.scripts.extend(viewer.script("directory-page"));
    }
    view.own.directory = Some(directory);
}

fn flow<'a>(viewer: &'a Viewer<'a>, id: PageId, words: &'a Words, view: &mut PageView<'a>) {
    let page = &viewer.site.pages[id];
    let Some(flow) = page.kind.own::<kind::Flow>() else { return };
    view.own.flow = Some(flows::flow(viewer, page, flow, None, words));
    if flow.asks_for_postcode() {
        view.scripts.extend(viewer.script("look-up-page"));
    }
    view.scripts.extend(viewer.script("flow-page"));
}

/// What the page of a question or an outcome shows, or the whole flow to print.
fn flow_step<'a>(
    viewer: &'a Viewer<'a>,
    flow: &Url,
    id: Option<&str>,
    words: &'a Words,
    view: &mut PageView<'a>,
) {
    let Some(page) = viewer.site.at(flow.as_str()) else { return };
    let Some(flow) = page.kind.own::<kind::Flow>() else { return };
    let flow = flows::flow(viewer, page, flow, id, words);
    let title = flow.outcome.as_ref().map(|outcome| &outcome.title);
    let title = title.or_else(|| flow.question.as_ref().map(|question| &question.ask));
    if let Some(title) = title.filter(|_| id.is_some()) {
        view.title.clone_from(title);
    }
    view.own.flow = Some(flow);
    if id.is_some() {
        view.context.clone_from(&page.title);
        view.scripts.extend(viewer.script("flow-page"));
    }
}

fn glossary(site: &Site, language: &str) -> Vec<TermView> {
    let listed = site.data_in(language).glossary.iter().filter(|term| term.listed);
    let mut letters = BTreeSet::new();
    let mut first = |term: &str| Some(first_letter(term)).filter(|own| letters.insert(own.clone()));
    let terms = listed.map(|term| TermView {
        first: first(&term.term).unwrap_or_default(),
        term: term.term.clone(),
        short: term.short.as_ref().map_or_else(String::new, |short| short.value.clone()),
        id: term.id.clone(),
        means: term.means.clone(),
        also_called: term.also_called.clone(),
    });
    terms.collect()
}

/// All parts of a guide, each a section with its own ids.
fn whole_guide<'a>(viewer: &'a Viewer<'a>, page: &Page, words: &'a Words) -> Markup {
    let site = viewer.site;
    let Some(guide) = page.relations.guide else { return Markup::default() };
    let parts = &site.pages[guide].relations.parts;
    let mut here: HashMap<PageId, String> =
        parts.iter().map(|&part| (part, part_id(&site.pages[part]))).collect();
    // A part may have that name too.
    let is_taken = here.values().any(|name| name == "guide");
    let own = if is_taken { "whole-guide" } else { "guide" };
    here.insert(guide, own.to_owned());
    let mut first = Writer::new(viewer, &site.pages[guide], words);
    (first.here, first.first) = (&here, Some(guide));
    first.prefix = format!("{own}--");
    let mut out = first.body();
    for &part in parts {
        let part = &site.pages[part];
        let name = part_id(part);
        let mut writer = Writer::new(viewer, part, words);
        writer.deeper = 1;
        (writer.here, writer.first) = (&here, Some(guide));
        writer.prefix = format!("{name}--");
        out.push(section(&name, &part.title, writer.body()));
    }
    out
}

fn buy_groups(viewer: &Viewer<'_>, page: &Page) -> Vec<BuyGroupView> {
    let site = viewer.site;
    let children = page.relations.children.iter().map(|&id| &site.pages[id]);
    let groups = children.map(|child| {
        let items = child.text.records.values().filter_map(|record| match record {
            RecordData::Buy(items) => {
                Some(items.iter().map(|item| lists::buy(viewer, child, item)))
            }
            _ => None,
        });
        BuyGroupView { page: lists::link(child), items: items.flatten().collect() }
    });
    groups.filter(|group| !group.items.is_empty()).collect()
}

/// The pages of a section by who sends the letters: readers, those who publish the site, and
/// what is no letter. Nothing where all are of one sort.
fn letter_groups(site: &Site, page: &Page, words: &Words) -> Vec<GroupView> {
    let children = || page.relations.children.iter().map(|&id| &site.pages[id]);
    let sort = |page: &Page| page.kind.letter().map(|letter| letter.from.is_some());
    let sorts =
        [(Some(false), "letters_to_us"), (Some(true), "letters_from_us"), (None, "letters_none")];
    let groups = sorts.into_iter().map(|(wanted, name)| GroupView {
        name: words.get(name).cloned().unwrap_or_default(),
        links: children().filter(|page| sort(page) == wanted).map(lists::link).collect(),
        ..GroupView::default()
    });
    let groups: Vec<GroupView> = groups.collect();
    if groups[0].links.is_empty() || groups[1].links.is_empty() {
        return Vec::new();
    }
    groups.into_iter().filter(|group| !group.links.is_empty()).collect()
}

/// The pages of a section by topic: first those below it that have none, then as the section
/// has the topics, and then as they come; at the end what is elsewhere and has none. Nothing
/// where no page has one.
fn topic_groups(site: &Site, page: &Page, words: &Words) -> Vec<GroupView> {
    let told = page.kind.part().topics().iter();
    let mut groups: Vec<GroupView> = std::iter::once(GroupView::default())
        .chain(told.map(|(name, about)| GroupView {
            name: name.value.clone(),
            about: about.clone(),
            ..GroupView::default()
        }))
        .collect();
    let mut elsewhere = Vec::new();
    for child in page.relations.children.iter().map(|&id| &site.pages[id]) {
        let topic = child.front.topic.as_ref().map_or("", |topic| topic.value.as_str());
        let link = lists::link(child);
        if topic.is_empty() && !child.url.as_str().starts_with(page.url.as_str()) {
            elsewhere.push(link);
            continue;
        }
        match groups.iter_mut().find(|group| group.name.to_lowercase() == topic.to_lowercase()) {
            Some(group) => group.links.push(link),
            None => groups.push(GroupView {
                name: topic.to_owned(),
                links: vec![link],
                ..GroupView::default()
            }),
        }
    }
    groups.retain(|group| !group.links.is_empty());
    if groups.iter().all(|group| group.name.is_empty()) {
        return Vec::new();
    }
    let name = words.get("section_elsewhere").cloned().unwrap_or_default();
    let elsewhere = GroupView { name, links: elsewhere, ..GroupView::default() };
    groups.extend(Some(elsewhere).filter(|group| !group.links.is_empty()));
    groups
}

/// All pages of the language of a list by their first letters. Where letters have pages of
/// their own, only the one of the page that shows them has links.
fn a_to_z(site: &Site, list: &Page, words: &Words) -> Vec<GroupView> {
    let language = &list.language;
    let is_letter = |page: &&Page| page.kind.is(&kind::A_TO_Z_LETTER) && page.language == *language;
    let letters: Vec<&Page> = site.pages.iter().filter(is_letter).collect();
    let letter = |page: &Page| {
        let place = page.url.as_str().trim_matches('/').rsplit('/').next().unwrap_or_default();
        kind::letter(place)
    };
    let group = |name: String, url: String, links| GroupView {
        current: url == list.url.as_str(),
        name,
        url,
        links,
        about: String::new(),
    };
    if letters.is_empty() {
        let entries = entries(site, language, |_| true);
        let each = entries.chunk_by(|a, b| a.0 == b.0).map(|same| {
            let links = same.iter().map(|(_, link)| link.clone()).collect();
            group(same[0].0.clone(), String::new(), links)
        });
        return each.collect();
    }
    let own = list.kind.is(&kind::A_TO_Z_LETTER).then(|| letter(list));
    let mut groups: Vec<GroupView> = letters
        .into_iter()
        .map(|page| {
            let name = letter(page);
            let is_own = own.as_ref() == Some(&name);
            let links =
                if is_own { entries(site, language, |first| first == name) } else { Vec::new() };
            let links = links.into_iter().map(|(_, link)| link).collect();
            group(name, page.url.to_string(), links)
        })
        .collect();
    groups.sort_by(|a, b| a.name.cmp(&b.name));
    for group in groups.iter_mut().filter(|group| group.name == "#") {
        group.name = words.get("made_a_to_z_digits").cloned().unwrap_or_default();
    }
    groups
}

/// Whether two titles are the same but for an “s”, or one is a word with which the other begins,
/// in another form: “complaining” and “Complaints: how to tell us”.
fn begin_alike(one: &str, other: &str) -> bool {
    let (one, other) = (one.to_lowercase(), other.to_lowercase());
    let first = |title: &str| title.split(' ').next().unwrap_or_default().len();
    let is_word = first(&one) == one.len() || first(&other) == other.len();
    let same = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    one.trim_end_matches('s') == other.trim_end_matches('s') || is_word && same >= 6
}

/// What the list of all pages has under the letters that are wanted, in order.
fn entries(
    site: &Site,
    language: &str,
    is_wanted: impl Fn(&str) -> bool,
) -> Vec<(String, LinkView)> {
    let mut entries: Vec<(String, LinkView)> = Vec::new();
    let mut add = |title: &str, link: &dyn Fn() -> LinkView| {
        let first = first_letter(title);
        if is_wanted(&first) {
            entries.push((first, link()));
        }
    };
    for page in site.pages.iter().filter(|page| kind::is_entry(page, language)) {
        add(&page.title, &|| lists::link(page));
    }
    // What people call things leads to the page that is best for it.
    for preferred in &site.data.vocabulary {
        let best = preferred.best.as_ref().and_then(|best| site.page_named(&best.value));
        let Some(page) = best.map(|(page, _)| &site.pages[page]) else { continue };
        if !page.is_listed() || page.language != *language {
            continue;
        }
        for word in preferred.all() {
            let called = word.value.clone();
            add(&word.value, &|| LinkView { called: called.clone(), ..lists::link(page) });
        }
    }
    entries.sort_by_cached_key(|(first, link)| {
        (first.clone(), name(link).to_lowercase(), link.url.clone())
    });
    // Forms of one word that lead to one page are one entry: the page's own, if it is there. Other
    // words in a row that lead to one page are one too.
    entries.dedup_by(|(letter, next), (before, last)| {
        if letter != before || next.url != last.url {
            return false;
        }
        let word = name(last).rsplit(BETWEEN).next().unwrap_or_default();
        let is_alike = begin_alike(name(next), word);
        let are_called = !next.called.is_empty() && !last.called.is_empty();
        if is_alike && next.called.is_empty() {
            std::mem::swap(next, last);
        } else if !is_alike && are_called {
            last.called.extend([BETWEEN, &next.called]);
        }
        is_alike || are_called
    });
    entries
}

/// What stands between words that lead to one page.
const BETWEEN: &str = ", ";

/// What something goes by in the list of all pages.
fn name(link: &LinkView) -> &str {
    if link.called.is_empty() { &link.title } else { &link.called }
}
