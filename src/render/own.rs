//! What only pages of one kind show, beside what all show: what its template needs to know
//! of its own front matter and of other pages.

use std::collections::{BTreeMap, HashMap};

use super::{
    Maker, directory, guided,
    html::{Writer, part_id},
    letters, lists,
    view::*,
};
use crate::model::{
    Page, PageId, RecordData, Site, Target, Url,
    kind::{self, KindName},
};

type Words = BTreeMap<String, String>;

/// Puts what a kind has of its own into the view of a page.
type Fill = for<'a> fn(&'a Maker<'a>, PageId, &'a Words, &mut PageView<'a>);

/// The kinds that show more than what all pages show.
static FILLS: &[(KindName, Fill)] = &[
    (&kind::HOME, home),
    (&kind::LETTER, letter),
    (&kind::DECISION_LETTER, letter),
    (&kind::WORKSHEET, letter),
    (&kind::LETTER_PRINT, |maker, id, _, view| {
        view.body = letters::ruled(maker, &maker.site.pages[id]);
    }),
    (&kind::SERVICE, directory::entry),
    (&kind::DIRECTORY, directory_lists),
    (&kind::DIRECTORY_LIST, directory_lists),
    (&kind::DIRECTORY_PRINT, |maker, id, _, view| {
        view.own = OwnView::directory(directory::view(maker, &maker.site.pages[id]));
    }),
    (&kind::CAN_I_BUY, |maker, id, _, view| {
        view.own = OwnView::CanIBuy { buy: buy_groups(maker, &maker.site.pages[id]) };
        view.scripts.extend(maker.script("buy-page"));
    }),
    (&kind::FLOW, flow),
    (&kind::FLOW_STEP, |maker, id, words, view| {
        let Some(step) = maker.site.pages[id].kind.own::<kind::FlowStep>() else { return };
        flow_step(maker, &step.flow, Some(&step.id), words, view);
    }),
    (&kind::FLOW_PRINT, |maker, id, words, view| {
        let flow = maker.site.pages[id].url.as_str().trim_end_matches("print/");
        flow_step(maker, &Url::from_root(flow), None, words, view);
    }),
    (&kind::LOOK_UP, |maker, id, words, view| {
        let page = &maker.site.pages[id];
        let Some(own) = page.kind.own() else { return };
        view.own = OwnView::LookUp { look_up: guided::look_up(maker, page, own, words) };
        view.scripts.extend(maker.script("look-up-page"));
    }),
    (&kind::STEP_BY_STEP, |maker, id, _, view| {
        let page = &maker.site.pages[id];
        let Some(own) = page.kind.own() else { return };
        view.own = OwnView::StepByStep { steps: guided::steps(maker, page, own) };
    }),
    (&kind::BOOKLET, |maker, id, words, view| {
        (view.contents, view.body) = guided::booklet(maker, &maker.site.pages[id], words);
    }),
    (&kind::BOOKLET_MAKER, |maker, id, _, view| {
        let language = &maker.site.pages[id].language;
        view.own = OwnView::Booklets { booklets: guided::booklets(maker, language) };
        view.scripts.extend(maker.script("booklet-page"));
    }),
    (&kind::SHORT_LINKS, |maker, _, _, view| {
        view.own = OwnView::ShortLinks { short_links: guided::short_links(maker) };
    }),
    (&kind::PUBLICATION, |maker, id, _, view| {
        let page = &maker.site.pages[id];
        let published = page.kind.part().published();
        let published = published.map(|date| maker.day(date.value, &page.language));
        view.own = OwnView::Publication { published: published.unwrap_or_default() };
    }),
    (&kind::UPDATES, |maker, id, _, view| {
        let page = &maker.site.pages[id];
        let next = page.kind.own::<kind::Updates>().and_then(|own| own.next);
        let next_update = next.map_or_else(String::new, |day| maker.day(day, &page.language));
        view.own = OwnView::Updates { updates: maker.updates(&page.language), next_update };
    }),
    (&kind::GLOSSARY, |maker, id, _, view| {
        let language = &maker.site.pages[id].language;
        view.own = OwnView::Glossary { glossary: glossary(maker.site, language) };
    }),
    (&kind::SEARCH, |maker, _, _, view| {
        let search_engine = maker.search_engine.clone();
        view.own = OwnView::Search { search_index: "/search/".into(), search_engine };
        view.scripts = maker.scripts.clone();
    }),
    (&kind::A_TO_Z, |maker, id, _, view| {
        let letters = a_to_z(maker.site, &maker.site.pages[id].language);
        view.own = OwnView::AToZ { letters };
    }),
    (&kind::GUIDE_PRINT, |maker, id, words, view| {
        view.body = whole_guide(maker, &maker.site.pages[id], words);
    }),
];

/// What only this kind of page has.
pub(super) fn fill<'a>(
    maker: &'a Maker<'a>,
    id: PageId,
    words: &'a Words,
    view: &mut PageView<'a>,
) {
    let kind = &maker.site.pages[id].kind;
    if let Some((_, fill)) = FILLS.iter().find(|(known, _)| kind.is(known)) {
        fill(maker, id, words, view);
    }
}

fn home<'a>(maker: &'a Maker<'a>, id: PageId, _: &'a Words, view: &mut PageView<'a>) {
    let site = maker.site;
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
    view.own = OwnView::Home { start_here: links.collect() };
}

fn letter<'a>(maker: &'a Maker<'a>, id: PageId, words: &'a Words, view: &mut PageView<'a>) {
    let Some(letter) = maker.site.pages[id].kind.sheet() else { return };
    let letter = letters::view(maker, id, letter, words).map(Box::new);
    view.own = OwnView::Letter { letter };
    view.scripts = vec![maker.letter_script.clone()];
}

fn directory_lists<'a>(maker: &'a Maker<'a>, id: PageId, _: &'a Words, view: &mut PageView<'a>) {
    let page = &maker.site.pages[id];
    let directory = directory::view(maker, page);
    if page.kind.is(&kind::DIRECTORY_LIST) {
        view.context = directory::title(maker.site, page);
    }
    if !directory.data.is_empty() {
        view.scripts.extend(maker.script("directory-page"));
    }
    view.own = OwnView::directory(directory);
}

fn flow<'a>(maker: &'a Maker<'a>, id: PageId, words: &'a Words, view: &mut PageView<'a>) {
    let page = &maker.site.pages[id];
    let Some(flow) = page.kind.own::<kind::Flow>() else { return };
    view.own = OwnView::flow(guided::flow(maker, page, flow, None, words));
    if flow.asks_for_postcode() {
        view.scripts.extend(maker.script("look-up-page"));
    }
    view.scripts.extend(maker.script("flow-page"));
}

/// What the page of a question or an outcome shows, or the whole flow to print.
fn flow_step<'a>(
    maker: &'a Maker<'a>,
    flow: &Url,
    id: Option<&str>,
    words: &'a Words,
    view: &mut PageView<'a>,
) {
    let Some(page) = maker.site.at(flow.as_str()) else { return };
    let Some(flow) = page.kind.own::<kind::Flow>() else { return };
    let flow = guided::flow(maker, page, flow, id, words);
    let title = flow.outcome.as_ref().map(|outcome| &outcome.title);
    let title = title.or_else(|| flow.question.as_ref().map(|question| &question.ask));
    if let Some(title) = title.filter(|_| id.is_some()) {
        view.title.clone_from(title);
    }
    view.own = OwnView::flow(flow);
    if id.is_some() {
        view.context.clone_from(&page.title);
        view.scripts.extend(maker.script("flow-page"));
    }
}

fn glossary(site: &Site, language: &str) -> Vec<TermView> {
    let terms = site.data_in(language).glossary.iter().map(|term| TermView {
        term: term.term.clone(),
        short: term.short.as_ref().map_or_else(String::new, |short| short.value.clone()),
        id: term.id.clone(),
        means: term.means.clone(),
        also_called: term.also_called.clone(),
    });
    terms.collect()
}

/// All parts of a guide, each a section with its own ids.
fn whole_guide<'a>(maker: &'a Maker<'a>, page: &Page, words: &'a Words) -> String {
    let site = maker.site;
    let Some(guide) = page.relations.guide else { return String::new() };
    let parts = &site.pages[guide].relations.parts;
    let mut here: HashMap<PageId, String> =
        parts.iter().map(|&part| (part, part_id(&site.pages[part]))).collect();
    // A part may have that name too.
    let is_taken = here.values().any(|name| name == "guide");
    let own = if is_taken { "whole-guide" } else { "guide" };
    here.insert(guide, own.to_owned());
    let mut first = Writer::new(maker, &site.pages[guide], words);
    (first.here, first.first) = (&here, Some(guide));
    first.prefix = format!("{own}--");
    let mut out = first.body();
    for &part in parts {
        let part = &site.pages[part];
        let name = part_id(part);
        let mut writer = Writer::new(maker, part, words);
        writer.deeper = 1;
        (writer.here, writer.first) = (&here, Some(guide));
        writer.prefix = format!("{name}--");
        out.push_str("<section class=\"part\"><h2 id=\"");
        crate::html::escape(&mut out, &name);
        out.push_str("\">");
        crate::html::escape(&mut out, &part.title);
        out.push_str("</h2>\n");
        out.push_str(&writer.body());
        out.push_str("</section>\n");
    }
    out
}

fn buy_groups(maker: &Maker<'_>, page: &Page) -> Vec<BuyGroupView> {
    let site = maker.site;
    let children = page.relations.children.iter().map(|&id| &site.pages[id]);
    let groups = children.map(|child| {
        let items = child.text.records.values().filter_map(|record| match record {
            RecordData::Buy(items) => Some(items.iter().map(|item| lists::buy(maker, child, item))),
            _ => None,
        });
        BuyGroupView { page: lists::link(child), items: items.flatten().collect() }
    });
    groups.filter(|group| !group.items.is_empty()).collect()
}

fn a_to_z(site: &Site, language: &str) -> Vec<GroupView> {
    let pages: Vec<&Page> = site
        .pages
        .iter()
        .filter(|page| page.is_listed() && page.language == language)
        .filter(|page| {
            let is_list = [&kind::DIRECTORY_LIST, &kind::A_TO_Z, &kind::HOME];
            !is_list.into_iter().any(|kind| page.kind.is(kind))
        })
        .collect();
    let mut entries: Vec<LinkView> = pages.into_iter().map(lists::link).collect();
    // What people call things leads to the page that is best for it.
    for preferred in &site.data.vocabulary {
        let best = preferred.best.as_ref().and_then(|best| site.page_named(&best.value));
        let Some(page) = best.map(|(page, _)| &site.pages[page]) else { continue };
        if !page.is_listed() || page.language != language {
            continue;
        }
        for word in preferred.all() {
            let link = lists::link(page);
            let description = link.title.clone();
            entries.push(LinkView { title: word.value.clone(), description, ..link });
        }
    }
    entries.sort_by_cached_key(|link| {
        (
            crate::model::services::first_letter(&link.title),
            link.title.to_lowercase(),
            link.url.clone(),
        )
    });
    entries.dedup_by(|a, b| a.url == b.url && a.title.to_lowercase() == b.title.to_lowercase());
    let mut groups: Vec<GroupView> = Vec::new();
    for link in entries {
        let name = crate::model::services::first_letter(&link.title);
        match groups.last_mut().filter(|group| group.name == name) {
            Some(group) => group.links.push(link),
            None => groups.push(GroupView { name, links: vec![link] }),
        }
    }
    groups
}
