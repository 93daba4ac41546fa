//! Views of what appears in several places: contacts, entries, links, items.

use super::{Viewer, fields::*};
use crate::{
    model::{Answer, Buy, Contact, Email, Form, Page, PhoneLine, Purpose, Site, Status, Target},
    parse::Placed,
    text::Language,
};

/// The entries from which a list has a box to look through it: fewer are read sooner.
const LONG: usize = 8;

/// Whether a list of so many entries has a box to look through it.
pub(super) const fn is_long(entries: usize) -> bool {
    entries >= LONG
}

/// A link to a page.
pub(super) fn link(page: &Page) -> LinkView {
    let description = page.relations.summary.clone();
    LinkView {
        title: page.title.clone(),
        url: page.url.to_string(),
        description,
        ..LinkView::default()
    }
}

/// The page that a link at a place leads to.
pub(super) fn linked(site: &Site, page: &Page, link: &Placed<String>) -> Option<LinkView> {
    match page.text.named.get(&link.span.start) {
        Some((_, Target::Page(id, fragment))) => {
            let mut view = self::link(&site.pages[*id]);
            if let Some(fragment) = fragment {
                view.url = format!("{}#{fragment}", view.url);
            }
            Some(view)
        }
        Some((link, Target::External)) => {
            let title = link.value.clone();
            Some(LinkView { url: title.clone(), title, ..LinkView::default() })
        }
        _ => None,
    }
}

/// A picture, as a page shows it.
#[derive(Debug)]
pub(super) struct Shown {
    /// Its address, for every browser.
    pub(super) url: String,
    /// Width and height, where they are known.
    pub(super) size: Option<(usize, usize)>,
    /// Lighter ones in WebP with their widths, as `srcset` has them; empty where there are none.
    pub(super) lighter: String,
}

impl Shown {
    /// One of which nothing is known but its address.
    pub(super) fn plain(address: &str) -> Self {
        Self { url: address.to_owned(), size: None, lighter: String::new() }
    }
}

/// The picture at a place among the files of the site.
pub(super) fn picture(viewer: &Viewer<'_>, at: usize) -> Shown {
    let file = &viewer.site.files[at];
    let plain = Shown { size: file.size, ..Shown::plain(&file.url) };
    let Some(versions) = viewer.pictures.versions(at, file) else { return plain };
    let (width, height) = versions.size;
    let lighter = versions.webp.iter().map(|one| format!("/{} {}w", one.path(file), one.width));
    Shown {
        url: versions.plain.as_ref().map_or(plain.url, |one| format!("/{}", one.path(file))),
        size: usize::try_from(width).ok().zip(usize::try_from(height).ok()),
        lighter: lighter.collect::<Vec<_>>().join(", "),
    }
}

/// What is known of a file, as links to it say: `PDF, 120 kB, 4 pages, March 2026`.
pub(super) fn file(viewer: &Viewer<'_>, at: usize, language: &str) -> String {
    let file = &viewer.site.files[at];
    let form = viewer.site.form_of(at, language);
    let pages = form.and_then(|(_, form)| form.pages).or(file.pages);
    let words = viewer.words(language);
    let said = |name: &str| words.get(name).map_or("", String::as_str);
    let mut known = vec![file.label()];
    known.extend(pages.map(|count| match count {
        1 => said("file_page").to_owned(),
        _ => said("file_pages").replace("{n}", &count.to_string()),
    }));
    if let Some((id, form)) = form {
        known.extend(Some(form.date.clone()).filter(|date| !date.is_empty()));
        let own = &viewer.site.pages[id].language;
        let own = form.language.as_ref().map_or(own, |own| &own.value);
        let name = viewer.site.languages.known(own).map_or(own.as_str(), Language::name);
        known.extend(Some(name.to_owned()).filter(|_| own != language));
    }
    known.join(", ")
}

/// The forms of a page, each with what is known of it.
pub(super) fn forms(viewer: &Viewer<'_>, page: &Page) -> Vec<FormView> {
    let words = viewer.words(&page.language);
    let form = |form: &Form| {
        let name = match form.purpose {
            Purpose::File => "form_file",
            Purpose::LargePrint => "form_large_print",
            Purpose::Audio => "form_audio",
            Purpose::SignLanguage => "form_sign_language",
        };
        let name = words.get(name).map_or(name, String::as_str);
        let (url, known) = match &page.text.named.get(&form.link.span.start)?.1 {
            Target::File(at) => {
                let known = file(viewer, *at, &page.language);
                (viewer.site.files[*at].url.clone(), known)
            }
            Target::Page(id, _) => (viewer.site.pages[*id].url.to_string(), String::new()),
            Target::Made(url) => (url.clone(), String::new()),
            Target::External => (form.link.value.clone(), String::new()),
            Target::Missing(_) => return None,
        };
        let title = if known.is_empty() { name.to_owned() } else { format!("{name} ({known})") };
        let own = form.language.as_ref().map(|own| own.value.as_str());
        let language =
            own.filter(|own| viewer.site.languages.known(own).is_some()).unwrap_or_default();
        Some(FormView { title, url, language: language.to_owned() })
    };
    page.front.forms.iter().filter_map(form).collect()
}

/// A link to a page as menus and the way to a page call it.
pub(super) fn short_link(page: &Page) -> LinkView {
    let title = page.front.menu.as_ref().map_or(&page.title, |menu| &menu.value);
    LinkView { title: title.clone(), ..link(page) }
}

/// A contact, in the words of the page where it has them. Where that page is the one that says
/// more about it, nothing leads there.
pub(super) fn contact(
    viewer: &Viewer<'_>,
    page: &Page,
    id: &str,
    contact: &Contact,
) -> ContactView {
    let language = &page.language;
    let contact = viewer.site.data_in(language).contacts.get(id).unwrap_or(contact);
    let more = contact.page.as_ref().and_then(|url| viewer.site.at(&url.value));
    let more = more.filter(|more| more.key != page.key).map(|more| {
        let others = more.relations.translations.iter().map(|&id| &viewer.site.pages[id]);
        let mut same = others.filter(|other| other.language == *language);
        same.next().unwrap_or(more)
    });
    ContactView {
        id: id.to_owned(),
        language: other_language(viewer, language, &contact.language),
        name: contact.name.clone(),
        what_for: contact.what_for.clone(),
        what_for_language: other_language(viewer, language, &contact.what_for_language),
        phones: contact.phones.iter().map(phone).collect(),
        emails: contact.emails.iter().map(email).collect(),
        address: contact.address.clone(),
        address_language: other_language(viewer, language, &contact.address_language),
        hours: contact.hours.clone(),
        hours_language: other_language(viewer, language, &contact.hours_language),
        text: contact.text.as_ref().map(phone),
        relay: contact.relay && !contact.phones.is_empty(),
        bsl: contact.bsl.clone(),
        web: String::new(),
        web_name: String::new(),
        page: more.map_or_else(String::new, |more| more.url.to_string()),
        when_closed: contact.when_closed.as_ref().and_then(|other| {
            let contacts = &viewer.site.data_in(language).contacts;
            Some(phone(contacts.get(&other.value)?.phones.first()?))
        }),
    }
}

/// The language of words that stand on a page in another one; or empty.
pub(super) fn other_language(viewer: &Viewer<'_>, page: &str, own: &Option<String>) -> String {
    let is_read_in = viewer.site.translated.contains_key(page);
    let main = Some(viewer.config.language()).filter(|_| !is_read_in);
    let own = own.as_deref().or(main).filter(|own| *own != page);
    own.unwrap_or_default().to_owned()
}

pub(super) fn phone(line: &PhoneLine) -> PhoneView {
    PhoneView {
        label: line.label.clone(),
        number: line.number.clone(),
        link: format!("tel:{}", line.link),
        hours: line.hours.clone(),
        note: line.note.clone(),
    }
}

pub(super) fn email(email: &Email) -> EmailView {
    EmailView { label: email.label.clone(), address: email.address.value.clone() }
}

/// A directory entry in a list.
pub(super) fn entry(viewer: &Viewer<'_>, page: &Page) -> EntryView {
    let service = page.kind.service();
    let mut link = link(page);
    if let Some(service) = service {
        link.description = viewer.fill(&service.on_offer, page);
    }
    let paused = service.is_some_and(|service| service.paused);
    let state = match page.front.status {
        Status::Published if paused => "closed for now",
        Status::Published => "",
        status => status.name(),
    };
    let phone = service.and_then(|service| viewer.site.reach(service).phones.first()).map(phone);
    EntryView { link, phone, state: state.to_owned() }
}

/// The published entries of a category, by name.
pub(super) fn entries(viewer: &Viewer<'_>, category: &str) -> Vec<EntryView> {
    let all = viewer.site.services.list(Some(category), None);
    all.iter().map(|&id| entry(viewer, &viewer.site.pages[id])).collect()
}

/// A thing that people ask whether they may buy.
pub(super) fn buy(viewer: &Viewer<'_>, page: &Page, buy: &Buy) -> BuyView {
    BuyView {
        item: buy.item.value.clone(),
        id: buy.id.clone(),
        answer: Answer::name(buy.answer),
        why: viewer.fill(&buy.why, page),
        example: viewer.fill(&buy.example, page),
        words: buy.words.join(" "),
        url: format!("{}#{}", page.url, buy.id),
    }
}
