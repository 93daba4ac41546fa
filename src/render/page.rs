//! What a template sees of one page.

use std::collections::{BTreeMap, HashMap};

use super::{
    Maker, directory, guided,
    html::{Writer, part_id},
    letters, lists, statement,
    view::*,
};
use crate::{
    audit::summary::Summary,
    model::{
        Kind, KindName, Page, PageId, RecordData, Site, Stage, Status, Target, Url, front::Change,
    },
};

/// The view of a page. A statement says what the audit `found`.
pub(super) fn view<'a>(maker: &'a Maker<'a>, id: PageId, found: Option<&Summary>) -> PageView<'a> {
    let site = maker.site;
    let page = &site.pages[id];
    let words = maker.words_on(page);
    let relations = &page.relations;
    let front = &page.front;
    let link_to = |id: PageId| lists::link(&site.pages[id]);
    let text = |found: &Option<crate::parse::Placed<String>>| {
        found.as_ref().map_or_else(String::new, |found| found.value.clone())
    };
    let date = |found: &Option<crate::parse::Placed<crate::text::Date>>| {
        found.as_ref().map_or_else(String::new, |found| maker.day(found.value, &page.language))
    };
    let owner = front.owner.as_ref().and_then(|id| site.data.contacts.get_key_value(&id.value));
    let owner = owner.map(|(id, contact)| {
        let view = lists::contact(maker, id, contact);
        LinkView { title: view.name, url: view.page, ..LinkView::default() }
    });
    let contact =
        site.contact_of(page, maker.config).map(|(id, contact)| lists::contact(maker, id, contact));
    let guide = relations.guide.or_else(|| matches!(page.kind, Kind::Guide).then_some(id));
    let (previous, next) = neighbours(site, id, guide);
    let state = (front.status != Status::Published).then(|| StateView {
        name: front.status.name(),
        note: maker.fill(&text(&front.status_note), page),
        replaced_by: relations.replaced_by.map(link_to),
    });
    let is_letter = page.kind.sheet().is_some();
    let mut view = PageView {
        title: page.title.clone(),
        description: maker.fill(&text(&front.description), page),
        kind: page.kind.name().name(),
        url: page.url.to_string(),
        address: maker.address(page.url.as_str()),
        short: front
            .short
            .as_ref()
            .map_or_else(String::new, |short| maker.address(&format!("/go/{}/", short.value))),
        language: &page.language,
        direction: site.languages.of(&page.language).direction(),
        home: maker.home(&page.language),
        navigation: maker.navigation(page),
        footer: maker.footer(page),
        breadcrumb: relations.above.iter().map(|&id| link_to(id)).collect(),
        stage: front.stage.map(|stage| StageView {
            name: stage.name(),
            number: Stage::ALL
                .iter()
                .position(|known| *known == stage)
                .map_or(0, |at| at as u8 + 1),
            url: relations.stage_page.map_or_else(String::new, |id| site.pages[id].url.to_string()),
        }),
        body: String::new(),
        contents: contents(maker, page, words),
        notices: notices(maker, page),
        state,
        staff: page.for_staff(),
        hidden: !page.is_listed() || page.for_staff(),
        owner,
        checked: date(&front.checked),
        check_again: date(&front.check_again),
        overdue: front.check_again.as_ref().is_some_and(|again| again.value < maker.today),
        changes: front
            .changes
            .iter()
            .map(|change| change_view(maker, page, change, &page.language))
            .collect(),
        contact,
        easy_read: relations.easy_read.map(link_to),
        full_version: relations.full_version.map(link_to),
        translations: Vec::new(),
        untranslated: Vec::new(),
        related: relations.related.iter().map(|&id| link_to(id)).collect(),
        children: relations.children.iter().map(|&id| link_to(id)).collect(),
        previous,
        next,
        guide: guide.map(|guide| guide_view(site, guide, id)),
        source: text(&front.source),
        licence: text(&front.licence),
        extra: front.extra.clone().unwrap_or(serde_json::Value::Null),
        ..PageView::default()
    };
    translations(maker, page, id, &mut view);
    if !is_letter {
        (view.lead, view.body, view.after) = Writer::new(maker, page, words).parts();
    }
    own(maker, id, words, &mut view);
    view.statement = statement::view(maker, page, words, found);
    let tallies = page.text.records.values();
    let has_tally =
        |data: &RecordData| matches!(data, RecordData::Checklist(list) if list.tally.is_some());
    if tallies.into_iter().any(has_tally) {
        view.scripts.extend(maker.script("flow-page"));
    }
    view.journeys = guided::journeys(maker, page);
    view.send = guided::send(maker, page, &view);
    // What the other scripts of the theme have in common comes before them. It also takes
    // over the search box, whose words would be in the log of the web host otherwise.
    let own = view.scripts.iter().any(|script| maker.is_own_script(script));
    let is_search = matches!(page.kind, Kind::Search);
    let has_search_box = maker.has_search && !is_letter && !is_search;
    if view.send.is_some() || own || has_search_box {
        view.scripts.splice(0..0, maker.script("share"));
    }
    view
}

/// What only this kind of page has.
fn own<'a>(
    maker: &'a Maker<'a>,
    id: PageId,
    words: &'a BTreeMap<String, String>,
    view: &mut PageView<'a>,
) {
    let site = maker.site;
    let page = &site.pages[id];
    match &page.kind {
        Kind::Home(home) => {
            let links = home.start_here.iter().zip(&page.relations.start_here);
            view.start_here = links
                .filter_map(|(start, target)| {
                    let mut link = match target {
                        Target::Page(id, fragment) => {
                            let mut link = lists::link(&site.pages[*id]);
                            if let Some(fragment) = fragment {
                                link.url = format!("{}#{fragment}", link.url);
                            }
                            link
                        }
                        Target::External => {
                            LinkView { url: start.link.value.clone(), ..LinkView::default() }
                        }
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
                })
                .collect();
        }
        Kind::Letter(letter) | Kind::DecisionLetter(letter) | Kind::Worksheet(letter) => {
            view.letter = letters::view(maker, id, letter, words);
            view.scripts = vec![maker.letter_script.clone()];
        }
        Kind::Service(service) => directory::entry(maker, id, service, view),
        Kind::Directory(_) | Kind::DirectoryList(_) => {
            let directory = directory::view(maker, page);
            if matches!(page.kind, Kind::DirectoryList(_)) {
                view.context = directory::title(site, page);
            }
            if !directory.data.is_empty() {
                view.scripts.extend(maker.script("directory-page"));
            }
            view.directory = Some(directory);
        }
        Kind::DirectoryPrint(_) => view.directory = Some(directory::view(maker, page)),
        Kind::CanIBuy => {
            view.buy = buy_groups(maker, page);
            view.scripts.extend(maker.script("buy-page"));
        }
        Kind::Flow(flow) => {
            view.flow = Some(guided::flow(maker, page, flow, None, words));
            if flow.asks_for_postcode() {
                view.scripts.extend(maker.script("look-up-page"));
            }
            view.scripts.extend(maker.script("flow-page"));
        }
        Kind::FlowStep(step) => flow_step(maker, &step.flow, Some(&step.id), words, view),
        Kind::FlowPrint => {
            let flow = page.url.as_str().trim_end_matches("print/");
            flow_step(maker, &Url::from_root(flow), None, words, view);
        }
        Kind::LookUp(look_up) => {
            view.look_up = Some(guided::look_up(maker, page, look_up, words));
            view.scripts.extend(maker.script("look-up-page"));
        }
        Kind::StepByStep(journey) => view.steps = guided::steps(maker, page, journey),
        Kind::Booklet(_) => (view.contents, view.body) = guided::booklet(maker, page, words),
        Kind::BookletMaker => {
            view.booklets = Some(guided::booklets(maker, &page.language));
            view.scripts.extend(maker.script("booklet-page"));
        }
        Kind::ShortLinks => view.short_links = guided::short_links(maker),
        Kind::Publication(publication) => {
            let published = publication.published.as_ref();
            view.published =
                published.map_or_else(String::new, |date| maker.day(date.value, &page.language));
        }
        Kind::Updates(updates) => {
            view.updates = maker.updates(&page.language);
            view.next_update =
                updates.next.map_or_else(String::new, |date| maker.day(date, &page.language));
        }
        Kind::Glossary => {
            let terms = site.data.glossary.iter();
            view.glossary = terms
                .map(|term| TermView {
                    term: term.term.clone(),
                    short: term
                        .short
                        .as_ref()
                        .map_or_else(String::new, |short| short.value.clone()),
                    id: term.id.clone(),
                    means: term.means.clone(),
                    also_called: term.also_called.clone(),
                })
                .collect();
        }
        Kind::Search => {
            view.search_index = "/search/".into();
            view.scripts = maker.scripts.clone();
            view.search_engine.clone_from(&maker.search_engine);
        }
        Kind::AToZ => view.letters = a_to_z(site, &page.language),
        Kind::LetterPrint => view.body = letters::ruled(maker, page),
        Kind::GuidePrint => view.body = whole_guide(maker, page, words),
        _ => {}
    }
}

/// What the page of a question or an outcome shows, or the whole flow to print.
fn flow_step<'a>(
    maker: &'a Maker<'a>,
    flow: &Url,
    id: Option<&str>,
    words: &'a BTreeMap<String, String>,
    view: &mut PageView<'a>,
) {
    let Some(page) = maker.site.at(flow.as_str()) else { return };
    let Kind::Flow(flow) = &page.kind else { return };
    let flow = guided::flow(maker, page, flow, id, words);
    let title = flow.outcome.as_ref().map(|outcome| &outcome.title);
    let title = title.or_else(|| flow.question.as_ref().map(|question| &question.ask));
    if let Some(title) = title.filter(|_| id.is_some()) {
        view.title.clone_from(title);
    }
    view.flow = Some(flow);
    if id.is_some() {
        view.context.clone_from(&page.title);
        view.scripts.extend(maker.script("flow-page"));
    }
}

fn neighbours(
    site: &Site,
    id: PageId,
    guide: Option<PageId>,
) -> (Option<LinkView>, Option<LinkView>) {
    let Some(guide) = guide.filter(|_| !matches!(site.pages[id].kind, Kind::GuidePrint)) else {
        return (None, None);
    };
    let parts = &site.pages[guide].relations.parts;
    let link = |id: &PageId| lists::link(&site.pages[*id]);
    match parts.iter().position(|&part| part == id) {
        Some(0) => (Some(lists::link(&site.pages[guide])), parts.get(1).map(link)),
        Some(at) => (parts.get(at - 1).map(link), parts.get(at + 1).map(link)),
        None => (None, parts.first().map(link)),
    }
}

fn guide_view(site: &Site, guide: PageId, current: PageId) -> GuideView {
    let page = &site.pages[guide];
    let parts = &page.relations.parts;
    GuideView {
        title: page.title.clone(),
        url: page.url.to_string(),
        number: parts.iter().position(|&part| part == current).map_or(0, |at| at + 1),
        parts: parts
            .iter()
            .map(|&part| LinkView { current: part == current, ..lists::link(&site.pages[part]) })
            .collect(),
        print: page.url.join("print").to_string(),
    }
}

/// All parts of a guide, each a section with its own ids.
fn whole_guide<'a>(
    maker: &'a Maker<'a>,
    page: &Page,
    words: &'a BTreeMap<String, String>,
) -> String {
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

fn contents(maker: &Maker<'_>, page: &Page, words: &BTreeMap<String, String>) -> Vec<LinkView> {
    if page.kind.sheet().is_some() {
        return Vec::new();
    }
    let blocks = &page.text.document.blocks;
    let headings = |blocks: &[crate::parse::Block]| -> Vec<LinkView> {
        let headings = blocks.iter().filter_map(|block| match block {
            crate::parse::Block::Heading(index) => page.text.document.headings.get(*index),
            _ => None,
        });
        headings
            .filter(|heading| heading.level == 2)
            .map(|heading| LinkView {
                title: maker.fill(&heading.text, page),
                url: format!("#{}", heading.id),
                ..LinkView::default()
            })
            .collect()
    };
    let (before, after) = blocks.split_at(page.statement_place());
    let mut links = headings(before);
    links.extend(statement::heads(maker, page, words).into_iter().map(|head| LinkView {
        title: head.title,
        url: format!("#{}", head.id),
        ..LinkView::default()
    }));
    links.extend(headings(after));
    if links.len() < 3 { Vec::new() } else { links }
}

fn notices(maker: &Maker<'_>, page: &Page) -> Vec<NoticeView> {
    let shown = maker.site.data.notices.iter();
    shown
        .filter(|notice| notice.is_shown(page.url.as_str(), maker.today))
        .map(|notice| NoticeView {
            title: notice.title.clone(),
            text: notice.text.clone(),
            service: notice.service.clone(),
            state: notice.state.map_or_else(String::new, |state| state.name().to_owned()),
        })
        .collect()
}

pub(super) fn change_view(
    maker: &Maker<'_>,
    page: &Page,
    change: &Change,
    language: &str,
) -> ChangeView {
    ChangeView {
        date: maker.day(change.date, language),
        iso: change.date.to_string(),
        note: maker.fill(&change.note, page),
        section: change.section.as_ref().map_or_else(String::new, |section| section.value.clone()),
    }
}

fn translations(maker: &Maker<'_>, page: &Page, id: PageId, view: &mut PageView<'_>) {
    let site = maker.site;
    let same = &page.relations.translations;
    if maker.config.languages.len() < 2 || page.made && same.is_empty() {
        return;
    }
    view.translations = same
        .iter()
        .map(|&other| {
            let other_page = &site.pages[other];
            TranslationView {
                language: other_page.language.clone(),
                name: site.languages.of(&other_page.language).name().to_owned(),
                url: other_page.url.to_string(),
                current: other == id,
                sentence: String::new(),
            }
        })
        .collect();
    let missing = maker.config.languages.iter().filter(|code| {
        **code != page.language && !same.iter().any(|&other| site.pages[other].language == **code)
    });
    view.untranslated = missing
        .map(|code| TranslationView {
            language: code.clone(),
            name: site.languages.of(code).name().to_owned(),
            url: maker.home(code),
            current: false,
            sentence: maker.words(code).get("untranslated").cloned().unwrap_or_default(),
        })
        .collect();
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
            !matches!(page.kind.name(), KindName::DirectoryList | KindName::AToZ | KindName::Home)
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
