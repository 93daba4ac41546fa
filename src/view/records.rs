//! Records inside a page, for the templates in `records/`.

use super::{Viewer, fields::*, flows, lists};
use crate::{
    model::{
        Page, RecordData, Site, Target, Text, kind,
        record::{Entries, Symbol},
    },
    parse::Placed,
};

/// How many contacts a page of contacts shows whole. Of more, readers choose one.
const MOST_OPEN: usize = 3;

/// A record, for its template; none where there is nothing to show, and for a table, which
/// needs no template.
pub(super) fn view(
    viewer: &Viewer<'_>,
    page: &Page,
    text: &Text,
    data: &RecordData,
) -> Option<Record> {
    let site = viewer.site;
    let mut view = RecordView::default();
    let template = match data {
        RecordData::Contact(id) => {
            let contact = id.as_ref().and_then(|id| site.data.contacts.get_key_value(&id.value));
            let (id, contact) = contact?;
            view.contact = Some(lists::contact(viewer, page, id, contact));
            let is_contact = |data: &&RecordData| matches!(data, RecordData::Contact(Some(_)));
            view.is_short = !page.kind.is(&kind::CONTACT);
            view.is_folded =
                !view.is_short && text.records.values().filter(is_contact).count() > MOST_OPEN;
            "records/contact.html"
        }
        RecordData::Entries(entries) => {
            view.entries = match entries {
                Entries::Ids(ids) => {
                    let page_of = |id: &str| site.services.by_name.get(id);
                    let pages = ids.iter().filter_map(|id| page_of(&id.value));
                    pages.map(|&id| lists::entry(viewer, &site.pages[id])).collect()
                }
                Entries::Category(category) => lists::entries(viewer, &category.value),
            };
            "records/entries.html"
        }
        RecordData::Buy(items) => {
            view.buy = items.iter().map(|item| lists::buy(viewer, page, item)).collect();
            "records/buy.html"
        }
        RecordData::Checklist(list) => {
            view.checklist = list.items.iter().map(|item| viewer.fill(&item.value, page)).collect();
            view.tally = list.tally.as_ref().map(|tally| TallyView {
                at_least: tally.at_least,
                then: viewer.fill(&tally.then, page),
                otherwise: viewer.fill(&tally.otherwise, page),
            });
            "records/checklist.html"
        }
        RecordData::Symbols(rows) => {
            view.symbols = rows.iter().map(|row| symbol(viewer, page, text, row)).collect();
            "records/symbols.html"
        }
        RecordData::Video { title, link, transcript } => {
            view.video = Some(VideoView {
                title: title.clone(),
                link: address(site, text, link),
                transcript: address(site, text, transcript),
            });
            "records/video.html"
        }
        RecordData::Flow(flow) => {
            let before = text.records.values().filter_map(RecordData::flow);
            let number = before.take_while(|other| !std::ptr::eq(*other, flow)).count() + 1;
            view.flow = Some(flows::flow_inside(viewer, page, flow, number));
            "records/flow.html"
        }
        RecordData::Table(_) => return None,
    };
    Some(Record { template, language: page.language.clone(), view })
}

/// A row of a page in easy read.
fn symbol(viewer: &Viewer<'_>, page: &Page, text: &Text, row: &Symbol) -> SymbolView {
    let shown = match text.named.get(&row.picture.span.start) {
        Some((_, Target::File(at))) => lists::picture(viewer, *at),
        _ => lists::Shown::plain(&row.picture.value),
    };
    let (width, height) = shown.size.unwrap_or((0, 0));
    SymbolView {
        picture: shown.url,
        lighter: shown.lighter,
        alt: row.alt.clone(),
        width,
        height,
        words: viewer.fill(&row.words.value, page),
    }
}

/// A page in easy read as a list of such pages shows it: its title beside its first picture,
/// which says nothing that the title does not say.
pub(super) fn easy_page(viewer: &Viewer<'_>, page: &Page) -> Option<EasyPageView> {
    let row = page.text.records.values().find_map(|data| match data {
        RecordData::Symbols(rows) => rows.first(),
        _ => None,
    })?;
    let first = symbol(viewer, page, &page.text, row);
    let symbol = SymbolView { words: page.title.clone(), alt: String::new(), ..first };
    Some(EasyPageView { url: page.url.to_string(), symbol })
}

/// Where a link in a record leads, as it is written on a page.
fn address(site: &Site, text: &Text, link: &Option<Placed<String>>) -> String {
    let Some((link, target)) = link.as_ref().and_then(|link| text.named.get(&link.span.start))
    else {
        return String::new();
    };
    match target {
        Target::Page(id, fragment) => {
            let url = &site.pages[*id].url;
            fragment.as_ref().map_or(url.to_string(), |fragment| format!("{url}#{fragment}"))
        }
        Target::File(at) => site.files[*at].url.clone(),
        Target::Made(address) => address.clone(),
        Target::External => link.value.clone(),
        Target::Missing(_) => String::new(),
    }
}
