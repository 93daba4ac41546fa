//! Makes what templates see of one page.

use std::collections::BTreeMap;

use super::{Viewer, fields::*, guided, html::Writer, lists, own, statement};
use crate::{
    audit::summary::Summary,
    model::{Page, PageId, RecordData, Site, Stage, Status, front::Change, kind},
    text::{
        address::{bare, encoded_value},
        wording::one_line,
    },
};

/// Whether a page is in easy read: one of that kind, a letter with pictures beside its words, or
/// a section of nothing else.
fn is_easy(site: &Site, page: &Page) -> bool {
    let is_row = |data: &RecordData| matches!(data, RecordData::Symbols(_));
    if page.kind.is(&kind::EASY_READ) || page.text.records.values().any(is_row) {
        return true;
    }
    let children = &page.relations.children;
    let is_easy = |&id: &PageId| site.pages[id].kind.is(&kind::EASY_READ);
    page.kind.is(&kind::SECTION) && !children.is_empty() && children.iter().all(is_easy)
}

/// The view of a page. A statement says what the audit `found`.
pub(super) fn view<'a>(
    viewer: &'a Viewer<'a>,
    id: PageId,
    found: Option<&Summary>,
) -> PageView<'a> {
    let site = viewer.site;
    let page = &site.pages[id];
    let words = viewer.words_on(page);
    let relations = &page.relations;
    let front = &page.front;
    let link_to = |id: PageId| lists::link(&site.pages[id]);
    let text = |found: &Option<crate::parse::Placed<String>>| {
        found.as_ref().map_or_else(String::new, |found| found.value.clone())
    };
    let date = |found: &Option<crate::parse::Placed<crate::text::Date>>| {
        found.as_ref().map_or_else(String::new, |found| viewer.day(found.value, &page.language))
    };
    let owner = front.owner.as_ref().and_then(|id| site.data.contacts.get_key_value(&id.value));
    let owner = owner.map(|(id, contact)| {
        let view = lists::contact(viewer, page, id, contact);
        LinkView {
            title: view.name,
            url: view.page,
            language: view.language,
            ..LinkView::default()
        }
    });
    let contact = site
        .contact_of(page, viewer.config)
        .map(|(id, contact)| lists::contact(viewer, page, id, contact));
    let guide = relations.guide.or_else(|| page.kind.is(&kind::GUIDE).then_some(id));
    let (previous, next) = neighbours(site, id, guide);
    let state = (front.status != Status::Published).then(|| StateView {
        name: front.status.name(),
        note: viewer.fill(&text(&front.status_note), page),
        replaced_by: relations.replaced_by.map(link_to),
    });
    let is_letter = page.kind.sheet().is_some();
    let mut view = PageView {
        title: page.title.clone(),
        description: viewer.fill(&text(&front.description), page),
        kind: page.kind.entry.name,
        url: page.url.to_string(),
        address: viewer.address(page.url.as_str()),
        short: Some(page.short.as_str())
            .filter(|short| !short.is_empty())
            .map_or_else(String::new, |short| bare(&viewer.address(short)).to_owned()),
        language: &page.language,
        direction: site.languages.of(&page.language).direction(),
        home: viewer.home(&page.language),
        navigation: viewer.navigation(page),
        footer: viewer.footer(page),
        breadcrumb: relations.above.iter().map(|&id| lists::short_link(&site.pages[id])).collect(),
        // Elsewhere than in its section it says nothing that a reader can use.
        stage: front.stage.filter(|_| is_in_stage(site, page)).map(|stage| StageView {
            name: stage.name(),
            number: Stage::ALL
                .iter()
                .position(|known| *known == stage)
                .map_or(0, |at| at as u8 + 1),
            url: relations.stage_page.map_or_else(String::new, |id| site.pages[id].url.to_string()),
        }),
        contents: contents(viewer, page, words),
        notices: notices(viewer, page),
        state,
        staff: page.for_staff(),
        hidden: !page.is_listed() || page.for_staff(),
        copy: match viewer.config.markdown && !viewer.staff && page.is_copied() {
            true => format!("{}index.md", page.url),
            false => String::new(),
        },
        owner,
        published: date(&page.kind.part().published().cloned()),
        checked: date(&front.checked),
        check_again: date(&front.check_again),
        overdue: front.check_again.as_ref().is_some_and(|again| again.value < viewer.today),
        changes: front
            .changes
            .iter()
            .map(|change| change_view(viewer, page, change, &page.language))
            .collect(),
        contact,
        easy: is_easy(site, page),
        easy_read: relations.easy_read.map(link_to),
        forms: lists::forms(viewer, page),
        full_version: relations.full_version.map(link_to),
        translations: Vec::new(),
        untranslated: Vec::new(),
        related: relations.related.iter().map(|&id| link_to(id)).collect(),
        children: relations.children.iter().map(|&id| link_to(id)).collect(),
        previous,
        next,
        guide: guide.map(|guide| guide_view(site, guide, id)),
        source: text(&front.source),
        source_date: text(&front.source_date),
        licence: text(&front.licence),
        extra: front.extra.clone().unwrap_or(serde_json::Value::Null),
        ..PageView::default()
    };
    translations(viewer, page, id, &mut view);
    if !is_letter {
        (view.lead, view.body, view.own.after) = Writer::new(viewer, page, words).parts();
    }
    own::fill(viewer, id, words, &mut view);
    view.own.statement = statement::view(viewer, page, words, found);
    let tallies = page.text.records.values();
    let has_tally =
        |data: &RecordData| matches!(data, RecordData::Checklist(list) if list.tally.is_some());
    if tallies.into_iter().any(has_tally) {
        view.scripts.extend(viewer.script("flow-page"));
    }
    let answer = view.own.flow.as_ref().and_then(|flow| flow.outcome.as_ref());
    let there = answer.and_then(|outcome| outcome.contact.as_ref()).map(|contact| &contact.id);
    view.asks_there = there.is_some() && there == view.contact.as_ref().map(|contact| &contact.id);
    // A section with headings of its own is more than the list that it is there for.
    let is_told = page.kind.is(&kind::SECTION) && !view.contents.is_empty();
    let voice = viewer.script("listen").filter(|_| page.kind.entry.is_prose || is_told);
    view.listens = voice.is_some();
    view.scripts.extend(voice);
    view.feedback = feedback(viewer, page, &view);
    view.journeys = guided::journeys(viewer, page);
    view.send = guided::send(viewer, page, &view);
    // Whom the words of a list of contacts name is not named beside them again.
    let is_listed = |data: &RecordData| match data {
        RecordData::Contact(Some(id)) => {
            view.contact.as_ref().is_some_and(|contact| contact.id == id.value)
        }
        _ => false,
    };
    if page.kind.is(&kind::CONTACT) && page.text.records.values().any(is_listed) {
        view.contact = None;
    }
    // What the other scripts of the theme have in common comes before them. It also takes
    // over the search box, whose words would be in the log of the web host otherwise.
    let own = view.scripts.iter().any(|script| viewer.is_own_script(script));
    let is_search = page.kind.is(&kind::SEARCH);
    let has_search_box = viewer.has_search && !is_letter && !is_search;
    if view.send.is_some() || own || has_search_box {
        view.scripts.splice(0..0, viewer.script("share"));
    }
    view
}

/// An email about a page to whom readers ask, or else to whoever looks after it.
fn feedback(viewer: &Viewer<'_>, page: &Page, view: &PageView<'_>) -> String {
    let contacts = &viewer.site.data.contacts;
    let owner = page.front.owner.as_ref().and_then(|id| contacts.get(&id.value));
    let owner = owner.and_then(|owner| Some(owner.emails.first()?.address.value.as_str()));
    let asked = view.contact.as_ref().and_then(|contact| contact.emails.first());
    let Some(to) = asked.map(|email| email.address.as_str()).or(owner) else {
        return String::new();
    };
    if page.front.status != Status::Published {
        return String::new();
    }
    let body = if view.address.is_empty() { &view.title } else { &view.address };
    let [subject, body] = [&one_line(&view.title), body].map(|text| encoded_value(text));
    format!("mailto:{to}?subject={subject}&body={body}")
}

fn neighbours(
    site: &Site,
    id: PageId,
    guide: Option<PageId>,
) -> (Option<LinkView>, Option<LinkView>) {
    let Some(guide) = guide.filter(|_| !site.pages[id].kind.is(&kind::GUIDE_PRINT)) else {
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

fn contents(viewer: &Viewer<'_>, page: &Page, words: &BTreeMap<String, String>) -> Vec<LinkView> {
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
                title: viewer.fill(&heading.text, page),
                url: format!("#{}", heading.id),
                ..LinkView::default()
            })
            .collect()
    };
    let (before, after) = blocks.split_at(page.statement_place());
    let mut links = headings(before);
    links.extend(statement::heads(viewer, page, words).into_iter().map(|head| LinkView {
        title: head.title,
        url: format!("#{}", head.id),
        ..LinkView::default()
    }));
    links.extend(headings(after));
    if links.len() < 3 { Vec::new() } else { links }
}

fn notices(viewer: &Viewer<'_>, page: &Page) -> Vec<NoticeView> {
    let shown = viewer.site.data_in(&page.language).notices.iter();
    shown
        .filter(|notice| notice.is_shown(page.url.as_str(), viewer.today))
        .map(|notice| NoticeView {
            language: lists::other_language(viewer, &page.language, &notice.language),
            title: notice.title.clone(),
            text: notice.text.clone(),
            service: notice.service.clone(),
            state: notice.state.map_or_else(String::new, |state| state.name().to_owned()),
        })
        .collect()
}

pub(super) fn change_view(
    viewer: &Viewer<'_>,
    page: &Page,
    change: &Change,
    language: &str,
) -> ChangeView {
    ChangeView {
        date: viewer.day(change.date, language),
        iso: change.date.to_string(),
        note: viewer.fill(&change.note, page),
        section: change.section.as_ref().map_or_else(String::new, |section| section.value.clone()),
    }
}

fn translations(viewer: &Viewer<'_>, page: &Page, id: PageId, view: &mut PageView<'_>) {
    let site = viewer.site;
    let same = &page.relations.translations;
    if viewer.config.languages.len() < 2 || page.made && same.is_empty() {
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
    let missing = viewer.config.languages.iter().filter(|code| {
        **code != page.language && !same.iter().any(|&other| site.pages[other].language == **code)
    });
    view.untranslated = missing
        .map(|code| TranslationView {
            language: code.clone(),
            name: site.languages.of(code).name().to_owned(),
            url: viewer.home(code),
            current: false,
            sentence: viewer.words(code).get("untranslated").cloned().unwrap_or_default(),
        })
        .collect();
}

/// Whether a page is below the section of its stage.
fn is_in_stage(site: &Site, page: &Page) -> bool {
    let section = page.relations.stage_page.map(|id| site.pages[id].url.as_str());
    section.is_some_and(|section| {
        page.url.as_str() != section && page.url.as_str().starts_with(section)
    })
}
