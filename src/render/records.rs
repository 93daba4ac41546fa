//! Records inside a page, through the templates in `records/`.

use super::{Maker, lists, view::*};
use crate::{
    model::{Page, RecordData, Site, Target, Text, record::Entries},
    parse::Placed,
};

/// Adds a record to `out`.
pub(super) fn write(
    maker: &Maker<'_>,
    page: &Page,
    text: &Text,
    data: &RecordData,
    out: &mut String,
) {
    let site = maker.site;
    let mut view = RecordView::default();
    let template = match data {
        RecordData::Contact(id) => {
            let contact = id.as_ref().and_then(|id| site.data.contacts.get_key_value(&id.value));
            let Some((id, contact)) = contact else { return };
            view.contact = Some(lists::contact(maker, &page.language, id, contact));
            "records/contact.html"
        }
        RecordData::Entries(entries) => {
            view.entries = match entries {
                Entries::Ids(ids) => {
                    let page_of = |id: &str| site.services.by_name.get(id);
                    let pages = ids.iter().filter_map(|id| page_of(&id.value));
                    pages.map(|&id| lists::entry(maker, &site.pages[id])).collect()
                }
                Entries::Category(category) => lists::entries(maker, &category.value),
            };
            "records/entries.html"
        }
        RecordData::Buy(items) => {
            view.buy = items.iter().map(|item| lists::buy(maker, page, item)).collect();
            "records/buy.html"
        }
        RecordData::Checklist(list) => {
            view.checklist = list.items.iter().map(|item| maker.fill(&item.value, page)).collect();
            view.tally = list.tally.as_ref().map(|tally| TallyView {
                at_least: tally.at_least,
                then: maker.fill(&tally.then, page),
                otherwise: maker.fill(&tally.otherwise, page),
            });
            "records/checklist.html"
        }
        RecordData::Symbols(rows) => {
            view.symbols = rows
                .iter()
                .map(|row| {
                    let file = match text.named.get(&row.picture.span.start) {
                        Some((_, Target::File(at))) => site.files.get(*at),
                        _ => None,
                    };
                    let (width, height) = file.and_then(|file| file.size).unwrap_or((0, 0));
                    let picture =
                        file.map_or_else(|| row.picture.value.clone(), |file| file.url.clone());
                    SymbolView {
                        picture,
                        alt: row.alt.clone(),
                        width,
                        height,
                        words: maker.fill(&row.words.value, page),
                    }
                })
                .collect();
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
        RecordData::Table(_) => return,
    };
    maker.render(template, &page.language, false, &view, out);
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
