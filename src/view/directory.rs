//! Makes what templates see of the directory: its entries and its lists.

use super::{Viewer, fields::*, json_ld, lists};
use std::collections::{BTreeMap, BTreeSet};

use crate::{
    model::{
        District, Page, PageId, Site,
        kind::{self, Closed, Directory, Profile, Service},
        opening,
        services::{IN_A_LIST, ON_PAPER, Reach, parts},
    },
    parse::postcode,
    text::{
        Date,
        address::{bare, encoded_value, name_of},
        slug,
        wording::listed,
    },
};

/// Puts an entry, and what stands around it on its page, into the view of the page.
pub(super) fn entry<'a>(
    viewer: &'a Viewer<'a>,
    id: PageId,
    _: &'a BTreeMap<String, String>,
    view: &mut PageView<'a>,
) {
    let site = viewer.site;
    let page = &site.pages[id];
    let Some(service) = page.kind.service() else { return };
    let shown = service_view(viewer, page, service);
    if !shown.opening.is_empty() {
        open_now(viewer, page, view);
    }
    view.own.service = Some(shown);
    if page.is_exported() {
        view.json_ld = json_ld::service(viewer, page, service);
    }
    // Before and after it among the entries of its first category.
    let category = service.categories.first().map(|category| category.value.as_str());
    let list = site.services.list(category, None);
    if let Some(at) = list.iter().position(|&other| other == id) {
        let link = |id: &PageId| lists::link(&site.pages[*id]);
        view.previous = at.checked_sub(1).and_then(|at| list.get(at)).map(link);
        view.next = list.get(at + 1).map(link);
    }
}

/// Gives a page what says on the device of a reader what is open now.
pub(super) fn open_now(viewer: &Viewer<'_>, page: &Page, view: &mut PageView<'_>) {
    let language = viewer.site.languages.of(&page.language);
    view.own.calendar = opening::calendar(&viewer.holidays, language).to_string();
    view.scripts.extend(viewer.script("open-now"));
}

/// What an entry shows.
pub(super) fn service_view(viewer: &Viewer<'_>, page: &Page, service: &Service) -> ServiceView {
    let site = viewer.site;
    let fill = |text: &str| viewer.fill(text, page);
    let root = root(site, page);
    let in_directory = |title: String, folder: &str, part: &str| {
        let url = root.map(|(root, _)| root.url.join(folder).join(part));
        let url = url.filter(|url| site.at(url.as_str()).is_some());
        let url = url.map_or_else(String::new, |url| url.to_string());
        LinkView { title, url, ..LinkView::default() }
    };
    let categories = service.categories.iter().filter_map(|id| {
        let known = root?.1.categories.iter().find(|known| known.id.value == id.value)?;
        Some(in_directory(known.name.value.clone(), "category", &id.value))
    });
    let areas = service.areas.iter();
    let areas = areas.map(|area| in_directory(area.value.clone(), "area", &slug(&area.value)));
    let words = site.languages.of(&page.language);
    let ages = match (service.from_age, service.to_age) {
        (Some(_), Some(_)) => "ages_between",
        (Some(_), None) => "ages_from",
        (None, Some(_)) => "ages_to",
        (None, None) => "",
    };
    let age = |age: Option<i64>| age.map_or_else(String::new, |age| age.to_string());
    let ages = words.word(ages).replace("{from}", &age(service.from_age));
    let ages = ages.replace("{to}", &age(service.to_age));
    let ways: Vec<&str> = service.ways.iter().map(|way| way.words(words)).collect();
    let organisation = service.organisation.as_ref().map(|id| id.value.as_str());
    let known = organisation.and_then(|id| site.data.organisations.get(id));
    let report =
        site.contact_of(page, viewer.config).and_then(|(_, contact)| contact.emails.first());
    let report = report.map_or_else(String::new, |email| {
        let name = name_of(page.url.as_str());
        let subject = words.word("report_subject").replace("{name}", name);
        let subject = subject.replace("{title}", &page.title);
        format!("mailto:{}?subject={}", email.address.value, encoded_value(&subject))
    });
    let alert = service.alert.as_ref();
    let alert = alert.filter(|(_, until)| until.is_none_or(|until| until >= viewer.today));
    let has_card = page.is_exported() && site.by_kind.contains_key(&&kind::DIRECTORY);
    let card = if has_card { format!("{}card.vcf", page.url) } else { String::new() };
    ServiceView {
        name: page.title.clone(),
        also_called: service.also_called.clone(),
        organisation: known
            .map_or(organisation.unwrap_or_default(), |known| known.name.as_str())
            .to_owned(),
        organisation_about: known.map_or_else(String::new, |known| known.about.clone()),
        on_offer: fill(&service.on_offer),
        cannot_do: fill(&service.cannot_do),
        who_for: fill(&service.who_for),
        ages: words.sentence(&ages),
        cost: words.sentence(&fill(&service.cost)),
        how_to_access: fill(&service.how_to_access),
        contact: contact(site, page, service),
        hours_note: fill(&service.hours_note),
        closed: closed(viewer, &service.closed, &page.language),
        opening: opening::of(page)
            .map_or_else(String::new, |told| serde_json::Value::Object(told).to_string()),
        alert: alert.map_or_else(String::new, |(text, _)| fill(text)),
        paused: service.paused,
        status_note: page
            .front
            .status_note
            .as_ref()
            .map_or_else(String::new, |note| fill(&note.value)),
        profile: service.profile.map_or("", Profile::name),
        checked_by: match site.data.contacts.get(&service.checked_by) {
            Some(contact) => contact.name.clone(),
            None => service.checked_by.clone(),
        },
        card,
        places: service
            .places
            .iter()
            .map(|place| PlaceView {
                address: postcode::kept_together(&place.address.value),
                access: words.sentence(&place.access.value),
            })
            .collect(),
        ways: words.sentence(&ways.join(", ")),
        languages: words.sentence(&service.languages.join(", ")),
        areas: areas.collect(),
        categories: categories.collect(),
        staff_note: if viewer.staff { service.staff_note.value.clone() } else { String::new() },
        report,
    }
}

/// How to reach a service.
fn contact(site: &Site, page: &Page, service: &Service) -> ContactView {
    let Reach { phones, emails, web } = site.reach(service);
    ContactView {
        name: page.title.clone(),
        phones: phones.iter().map(lists::phone).collect(),
        emails: emails.iter().map(lists::email).collect(),
        hours: service
            .hours
            .as_ref()
            .map_or_else(String::new, |hours| hours.words(site.languages.of(&page.language))),
        text: service.text.as_ref().map(lists::phone),
        relay: service.relay && !phones.is_empty(),
        bsl: service.bsl.clone(),
        web: web.to_owned(),
        web_name: said(web),
        ..ContactView::default()
    }
}

/// The most services of a list that people look through, where they can choose a part of it.
const SEEN: usize = 20;

/// The longest address with a path that anybody reads out.
const LONGEST_SAID: usize = 40;

/// An address as people say it: without what every address begins with, and only the
/// host where the rest is long.
fn said(address: &str) -> String {
    let bare = bare(address).trim_start_matches("www.");
    let host = bare.split(['/', '?', '#']).next().unwrap_or_default();
    if bare.len() > LONGEST_SAID { host } else { bare }.to_owned()
}

/// Days on which it is closed, without those that have passed: `Closed on bank holidays. The
/// next is Friday 25 December 2026. Closed 24 December 2026 to 1 January 2027.`
fn closed(viewer: &Viewer<'_>, closed: &Closed, language: &str) -> String {
    let words = viewer.words(language);
    let word = |name| words.get(name).cloned().unwrap_or_default();
    let day = |day: &Date| viewer.day(*day, language);
    let mut parts = Vec::new();
    if closed.bank_holidays {
        parts.push(word("bank_holidays"));
        let next = viewer.holidays.next(viewer.today);
        parts.extend(next.map(|next| {
            let weekday = &viewer.site.languages.of(language).days[next.weekday()];
            word("bank_holiday_next").replace("{day}", &format!("{weekday} {}", day(&next)))
        }));
    }
    let closed_on = word("closed_on");
    for (first, last) in closed.days.iter().filter(|(_, last)| *last >= viewer.today) {
        parts.push(match first == last {
            true => format!("{closed_on} {}", day(first)),
            false => format!("{closed_on} {} {} {}", day(first), word("to"), day(last)),
        });
    }
    match parts.len() {
        0 | 1 => parts.concat(),
        _ => parts.join(". ") + ".",
    }
}

/// The directory that a page is in.
fn root<'a>(site: &'a Site, page: &Page) -> Option<(&'a Page, &'a Directory)> {
    let id = site.of_kind(&kind::DIRECTORY, &page.language)?;
    let directory = site.pages[id].kind.own::<kind::Directory>()?;
    Some((&site.pages[id], directory))
}

/// The title of the directory that a page is in.
pub(super) fn title(site: &Site, page: &Page) -> String {
    root(site, page).map_or_else(String::new, |(root, _)| root.title.clone())
}

/// What a page of the directory shows.
pub(super) fn view(viewer: &Viewer<'_>, page: &Page) -> DirectoryView {
    let site = viewer.site;
    let Some((root, directory)) = root(site, page) else { return DirectoryView::default() };
    let mut view = DirectoryView {
        home: root.url.to_string(),
        a_to_z: root.url.join("a-z").to_string(),
        print: root.url.join("print").to_string(),
        near: near(viewer, page),
        ..DirectoryView::default()
    };
    let services = &site.services;
    match (page.kind.own(), page.kind.own()) {
        (Some(list), _) => {
            let list: &kind::DirectoryList = list;
            let (category, area) = (list.category.as_deref(), list.area.as_deref());
            let all = services.list(category, area);
            view.count = match area {
                Some(area) => services.reached(category, area),
                None => all.len(),
            };
            let is_last = list.part + 1 == parts(all.len(), IN_A_LIST);
            view.wider = area.map_or_else(Vec::new, |area| {
                wider(viewer, root, category, area, if is_last { IN_A_LIST } else { 0 })
            });
            view.category = category.unwrap_or_default().to_owned();
            view.area = area.unwrap_or_default().to_owned();
            view.parts = part_links(site, all, &list_address(root, category, area), IN_A_LIST);
            for link in &mut view.parts {
                link.current = link.url == page.url.as_str();
            }
            view.narrower = narrower(site, root, directory, category, area);
            view.is_folded = list.part == 0 && view.count > SEEN && view.narrower.len() > 1;
            if view.is_folded && area.is_some() && all.len() <= SEEN {
                view.own = all.len();
            }
            let by_letter = category.is_none() && area.is_none();
            let shown = all.iter().skip(list.part * IN_A_LIST).take(IN_A_LIST);
            for entry in shown.map(|&id| &site.pages[id]) {
                let name = if by_letter {
                    crate::model::services::first_letter(&entry.title)
                } else {
                    String::new()
                };
                match view.groups.last_mut().filter(|group| group.name == name) {
                    Some(group) => group.entries.push(lists::entry(viewer, entry)),
                    None => view
                        .groups
                        .push(EntryGroupView { name, entries: vec![lists::entry(viewer, entry)] }),
                }
            }
        }
        (_, Some(kind::DirectoryPart(part))) => {
            view.count = services.all.len();
            view.parts =
                part_links(site, &services.all, &root.url.join("print").to_string(), ON_PAPER);
            for link in &mut view.parts {
                link.current = link.url == page.url.as_str();
            }
            let shown = services.all.iter().skip(part * ON_PAPER).take(ON_PAPER);
            view.entries = shown
                .filter_map(|&id| {
                    let page = &site.pages[id];
                    page.kind.service().map(|service| service_view(viewer, page, service))
                })
                .collect();
        }
        _ => {
            view.count = services.all.len();
            view.all_parts =
                part_links(site, &services.all, &root.url.join("a-z").to_string(), IN_A_LIST);
            if site.pages.iter().any(Page::is_exported) {
                view.exports = ["services.json", "services.csv", "services.vcf"]
                    .map(|name| format!("/data/{name}"))
                    .to_vec();
            }
            view.categories = counts(site, root, directory, None);
            view.areas = area_counts(site, root, None);
        }
    }
    if lists::is_long(view.count) {
        view.data = format!("{}entries.js", root.url);
    }
    view
}

/// The letters that begin the postcodes whose distance to entries is known: `LN, NG and PE`.
fn near(viewer: &Viewer<'_>, page: &Page) -> String {
    let site = viewer.site;
    let letters = |one: &District| {
        one.shown().chars().take_while(char::is_ascii_alphabetic).collect::<String>()
    };
    let areas: BTreeSet<String> = site.districts().iter().map(letters).collect();
    let and = site.languages.of(&page.language).word("hours_and");
    listed(&areas.into_iter().collect::<Vec<_>>(), &format!(" {and} "))
}

/// The entries of the wider places around an area, of each at most so many: on a site with
/// many places and many services for all of them, not every list can hold them all.
fn wider(
    viewer: &Viewer<'_>,
    root: &Page,
    category: Option<&str>,
    area: &str,
    most: usize,
) -> Vec<WiderView> {
    let site = viewer.site;
    let services = &site.services;
    let mut nearer = vec![area];
    let mut groups = Vec::new();
    for name in services.wider(area) {
        let is_new = |id: &&PageId| {
            let service = site.pages[**id].kind.service();
            !service.is_some_and(|one| one.areas.iter().any(|own| nearer.contains(&&*own.value)))
        };
        let list = services.list(category, Some(name));
        let mut new = list.iter().filter(is_new);
        let entries = new.by_ref().take(most).map(|&id| lists::entry(viewer, &site.pages[id]));
        let entries: Vec<EntryView> = entries.collect();
        let is_all = new.next().is_none();
        nearer.push(name);
        if entries.is_empty() && is_all {
            continue;
        }
        let page = site.at(&list_address(root, category, Some(name)));
        let page = page.or_else(|| site.at(&list_address(root, category, None)));
        let count = services.reached(category, name);
        let all = page.filter(|_| !is_all).map(|page| CountView { link: lists::link(page), count });
        let known = site.data_in(&root.language).areas.iter();
        let said = known.filter(|area| area.name.value == *name).map(|area| area.said()).next();
        groups.push(WiderView { name: said.unwrap_or(name).to_owned(), entries, all });
    }
    groups
}

/// The address of the first page of a list.
fn list_address(root: &Page, category: Option<&str>, area: Option<&str>) -> String {
    let url = match (category, area) {
        (None, None) => root.url.join("a-z"),
        (Some(category), None) => root.url.join("category").join(category),
        (None, Some(area)) => root.url.join("area").join(&slug(area)),
        (Some(category), Some(area)) => root.url.join("category").join(category).join(&slug(area)),
    };
    url.to_string()
}

/// The pages that a list takes, each named by its first and its last entry.
fn part_links(site: &Site, all: &[PageId], address: &str, most: usize) -> Vec<LinkView> {
    if parts(all.len(), most) < 2 {
        return Vec::new();
    }
    let title = |id: &PageId| site.pages[*id].title.as_str();
    let part = |(at, entries): (usize, &[PageId])| {
        let (first, last) = (entries.first().map_or("", title), entries.last().map_or("", title));
        let url = match at {
            0 => address.to_owned(),
            at => format!("{address}{}/", at + 1),
        };
        LinkView { title: format!("{first} – {last}"), url, ..LinkView::default() }
    };
    all.chunks(most).enumerate().map(part).collect()
}

/// The categories that have entries, in an area or at all, with how many.
fn counts(site: &Site, root: &Page, directory: &Directory, area: Option<&str>) -> Vec<CountView> {
    let known = directory.categories.iter().filter_map(|category| {
        let id = category.id.value.as_str();
        let page = site.at(&list_address(root, Some(id), area))?;
        let link = LinkView {
            title: category.name.value.clone(),
            description: if area.is_none() { category.about.value.clone() } else { String::new() },
            ..lists::link(page)
        };
        let count = match area {
            Some(area) => site.services.reached(Some(id), area),
            None => site.services.list(Some(id), None).len(),
        };
        Some(CountView { link, count })
    });
    known.collect()
}

/// The areas that have entries, of a category or at all, with how many.
fn area_counts(site: &Site, root: &Page, category: Option<&str>) -> Vec<CountView> {
    let known = site.data.areas.iter().filter_map(|area| {
        let name = &area.name.value;
        let page = site.at(&list_address(root, category, Some(name)))?;
        let link = LinkView { title: name.clone(), ..lists::link(page) };
        Some(CountView { link, count: site.services.reached(category, name) })
    });
    known.collect()
}

/// From a category to its areas, and from an area to its categories.
fn narrower(
    site: &Site,
    root: &Page,
    directory: &Directory,
    category: Option<&str>,
    area: Option<&str>,
) -> Vec<CountView> {
    match (category, area) {
        (Some(category), None) => area_counts(site, root, Some(category)),
        (None, Some(area)) => counts(site, root, directory, Some(area)),
        _ => Vec::new(),
    }
}
