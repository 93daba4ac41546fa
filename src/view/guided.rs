//! Makes what templates see of pages that lead people somewhere: steps, booklets, short links,
//! and what staff send.

use std::collections::BTreeMap;

use super::{
    Viewer,
    fields::*,
    html::{Writer, part_id, section},
    lists::{self, linked},
};
use crate::{
    model::{Page, PageId, Target, kind},
    text::{address::encoded_value, wording::one_line},
};

/// The steps that a page helps with.
pub(super) fn journeys(viewer: &Viewer<'_>, page: &Page) -> Vec<JourneyView> {
    let site = viewer.site;
    let journeys = page.relations.steps.iter().filter_map(|&(journey, at)| {
        let journey = &site.pages[journey];
        let own = journey.kind.own::<kind::StepByStep>()?;
        let steps = own.steps.iter().enumerate().map(|(number, step)| {
            let first = step.all().find_map(|link| linked(site, journey, link));
            let url = first.map_or_else(|| journey.url.to_string(), |link| link.url);
            LinkView {
                title: viewer.fill(&step.title, journey),
                url,
                current: number == at,
                ..LinkView::default()
            }
        });
        Some(JourneyView {
            title: journey.title.clone(),
            url: journey.url.to_string(),
            number: at + 1,
            all: own.steps.len(),
            step: viewer.fill(&own.steps.get(at)?.title, journey),
            steps: steps.collect(),
        })
    });
    journeys.collect()
}

/// The pages of a booklet, each a section with its own ids.
pub(super) fn booklet<'a>(
    viewer: &'a Viewer<'a>,
    page: &Page,
    words: &'a BTreeMap<String, String>,
) -> (Vec<LinkView>, Markup) {
    let Some(booklet) = page.kind.own::<kind::Booklet>() else { return Default::default() };
    let site = viewer.site;
    let pages = booklet.pages.iter();
    let pages = pages.filter_map(|link| match page.text.named.get(&link.span.start) {
        Some((_, Target::Page(id, _))) => Some(*id),
        _ => None,
    });
    // Two folders may have a page of the same name.
    let name = |(at, id): (usize, PageId)| (id, format!("{}-{}", part_id(&site.pages[id]), at + 1));
    let pages: Vec<(PageId, String)> = pages.enumerate().map(name).collect();
    // A page that is named twice is read where it stands first.
    let here = pages.iter().rev().cloned().collect();
    let (mut contents, mut out) = (Vec::new(), Markup::default());
    for (id, name) in pages {
        let part = &site.pages[id];
        let url = format!("#{name}");
        contents.push(LinkView { title: part.title.clone(), url, ..LinkView::default() });
        let inside = if let Some(service) = part.kind.service() {
            let service = Some(super::directory::service_view(viewer, part, service));
            let view = RecordView { service, ..RecordView::default() };
            let language = page.language.clone();
            let mut inside = Markup::default();
            inside.push_record(Record { template: "records/service.html", language, view });
            inside
        } else {
            let mut writer = Writer::new(viewer, part, words);
            writer.deeper = 1;
            writer.prefix = format!("{name}--");
            writer.here = &here;
            writer.body()
        };
        out.push(section(&name, &part.title, inside));
    }
    (contents, out)
}

/// Where people choose pages for a booklet: what is ready, and all pages by section.
pub(super) fn booklets(viewer: &Viewer<'_>, language: &str) -> BookletsView {
    let site = viewer.site;
    let listed = || {
        let pages = site.pages.iter().filter(move |page| page.language == language);
        pages.filter(|page| page.is_listed() && !page.made && (!page.for_staff() || viewer.staff))
    };
    let ready = listed().filter(|page| page.kind.is(&kind::BOOKLET)).map(lists::link);
    let mut groups: BTreeMap<(usize, PageId), Vec<LinkView>> = BTreeMap::new();
    for page in listed().filter(|page| page.kind.entry.fits_a_booklet) {
        let above = page.relations.above.last().copied().unwrap_or_default();
        let link = LinkView { description: String::new(), ..lists::link(page) };
        groups.entry((page.relations.above.len(), above)).or_default().push(link);
    }
    // In the order of the menu; what is in no section comes last.
    let home = site.of_kind(&kind::HOME, language).map(|id| &site.pages[id]);
    let menu = home.map_or(&[][..], |home| home.relations.children.as_slice());
    let place = |section: PageId| menu.iter().position(|&id| id == section).unwrap_or(menu.len());
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|((depth, section), _)| (place(*section), *depth, *section));
    let groups = groups.into_iter().map(|((_, section), mut pages)| {
        pages.sort_by_cached_key(|link| link.title.to_lowercase());
        ChoiceView { title: site.pages[section].title.clone(), pages }
    });
    BookletsView { ready: ready.collect(), groups: groups.collect() }
}

/// Every short link, by name.
pub(super) fn short_links(viewer: &Viewer<'_>) -> Vec<ShortLinkView> {
    let site = viewer.site;
    let mut links: Vec<(&str, &Page)> = site
        .pages
        .iter()
        .filter(|page| !page.short.is_empty())
        .map(|page| (page.short.as_str(), page))
        .collect();
    links.sort_unstable_by_key(|(name, page)| (*name, &page.url));
    let is_placed = !viewer.config.base.is_empty();
    links
        .into_iter()
        .map(|(name, page)| ShortLinkView {
            address: viewer.address(name),
            page: lists::link(page),
            code: is_placed.then(|| format!("{name}code.svg")),
        })
        .collect()
}

/// Where a day is to be written. The script of the page fills them in, in this order.
const BLANK: &str = "____________";

/// What staff send when they send a page: at most six lines.
pub(super) fn send(viewer: &Viewer<'_>, own: &Page, page: &PageView<'_>) -> Option<SendView> {
    // With `https://`, or no program for mail makes a link of it.
    let address = match own.short.as_str() {
        "" => page.address.clone(),
        short => viewer.address(short),
    };
    // The answer of a flow is in no list, and it is what people send.
    let is_answer = page.own.flow.as_ref().is_some_and(|flow| flow.outcome.is_some());
    if address.is_empty() || page.hidden && !page.staff && !is_answer {
        return None;
    }
    let words = viewer.words(page.language);
    let word = |name| words.get(name).map_or("", String::as_str);
    let mut lines = vec![one_line(&page.title), one_line(&page.description), address.clone()];
    if !page.checked.is_empty() {
        lines.push(format!("{} {}", word("checked"), page.checked));
    }
    if let Some(contact) = &page.contact
        && let Some(phone) = contact.phones.first()
    {
        let call = word("send_call").replace("{name}", &contact.name);
        lines.push(one_line(&call.replace("{number}", &phone.number)));
    }
    lines.retain(|line| !line.is_empty());
    let text = lines.join("\n");
    let body = encoded_value(&text.replace('\n', "\r\n"));
    let mail = format!("mailto:?subject={}&body={body}", encoded_value(&lines[0]));
    let follow_up = if viewer.staff {
        let note = word("send_follow_up").replace("{title}", &lines[0]);
        note.replace("{address}", &address).replace("{today}", BLANK).replace("{day}", BLANK)
    } else {
        String::new()
    };
    let booklet = viewer.site.of_kind(&kind::BOOKLET_MAKER, page.language);
    let booklet = booklet
        .filter(|_| own.kind.entry.fits_a_booklet)
        .map(|id| format!("{}#keep={}", viewer.site.pages[id].url, page.url.trim_matches('/')));
    Some(SendView { text, mail, booklet: booklet.unwrap_or_default(), follow_up })
}
