//! What templates may see: plain values, made of the whole site.
//!
//! The words of a page become HTML here, and records in them stay values: it is
//! [`finish`](crate::finish) that knows templates.

use std::collections::{BTreeMap, HashMap};

use self::fields::{LinkView, PageView, SiteView, UpdateView};
use crate::{
    audit::summary::Summary,
    config::Config,
    letter::Letters,
    model::{Page, PageId, Site, Status, Url, is_file, kind},
    picture::Pictures,
    text::{BankHolidays, Date},
    world::World,
};

mod code;
mod directory;
pub mod fields;
mod flows;
mod guided;
mod html;
mod json_ld;
mod letters;
mod lists;
mod own;
mod page;
mod records;
mod statement;

/// A page before it is finished: what only it is made of.
#[derive(Debug)]
pub struct View<'a> {
    /// The page; none for a redirect.
    pub id: Option<PageId>,
    /// Where it will be published.
    pub url: Url,
    /// What makes it HTML.
    pub template: &'static str,
    /// What begins the words that its kind has in the place of others: `sheet_`; or empty.
    pub own_words: &'static str,
    /// What its template sees as `page`.
    pub page: PageView<'a>,
}

/// Where the files are that every page needs.
#[derive(Debug, Clone, Default)]
pub struct Assets {
    /// The address of the style sheet.
    pub style: String,
    /// The address of the icon.
    pub icon: String,
    /// The addresses of the scripts of the search page.
    pub search_scripts: Vec<String>,
    /// The address of the search engine, where the page imports it.
    pub search_engine: Option<String>,
    /// The address of the script that fills in letters.
    pub letter_script: String,
    /// The addresses of the other scripts of the theme, by name: `flow-page`.
    pub scripts: BTreeMap<&'static str, String>,
}

/// Makes views of pages.
#[derive(Debug)]
pub struct Viewer<'a> {
    site: &'a Site,
    letters: &'a Letters,
    pictures: &'a Pictures,
    config: &'a Config,
    assets: &'a Assets,
    nowhere: HashMap<PageId, String>,
    spoken: BTreeMap<String, Spoken>,
    holidays: BankHolidays,
    has_search: bool,
    staff: bool,
    today: Date,
}

/// What all pages in a language share.
#[derive(Debug)]
pub struct Shared {
    /// What templates see as `site`.
    pub site: SiteView,
    /// The theme's words.
    pub words: BTreeMap<String, String>,
    /// The same on worksheets, in text messages and in emails: words that begin with
    /// `sheet_`, for one, stand for those that begin with `letter_`.
    pub own_words: BTreeMap<&'static str, BTreeMap<String, String>>,
}

/// What pages in a language have in common, made once.
#[derive(Debug)]
struct Spoken {
    shared: Shared,
    sections: Vec<LinkView>,
    feet: Vec<LinkView>,
}

/// Whether a page is the one that is published at its address.
fn owns_address(site: &Site, id: PageId) -> bool {
    site.by_url.get(&site.pages[id].url) == Some(&id)
}

/// The theme's words on pages whose kind has some of its own: those that begin with `own`
/// stand for those that begin with `letter_`.
fn words_with(own: &str, words: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut all = words.clone();
    for (name, words) in words {
        if let Some(rest) = name.strip_prefix(own) {
            all.insert(format!("letter_{rest}"), words.clone());
        }
    }
    all
}

impl<'a> Viewer<'a> {
    /// Makes what pages share.
    pub fn new(world: World<'a>, assets: &'a Assets) -> Self {
        let World { site, letters, pictures, config, staff, today, .. } = world;
        let mut viewer = Self {
            site,
            letters,
            pictures,
            config,
            assets,
            nowhere: HashMap::new(),
            spoken: BTreeMap::new(),
            holidays: site.bank_holidays(config),
            has_search: site.by_kind.contains_key(&&kind::SEARCH),
            staff,
            today,
        };
        let main = config.language();
        for tag in config.languages.iter().map(String::as_str).chain([main]) {
            let spoken = viewer.speak(tag);
            viewer.spoken.insert(tag.to_owned(), spoken);
        }
        viewer
    }

    fn speak(&self, tag: &str) -> Spoken {
        let (site, config) = (self.site, self.config);
        let url_of = |kind| site.of_kind(kind, tag).map(|id| site.pages[id].url.to_string());
        // In another language than the settings are in, the home page says what it is called.
        let home = site.of_kind(&kind::HOME, tag).map(|id| &site.pages[id]);
        let own = home.filter(|home| home.language == tag && tag != config.language());
        let shown = SiteView {
            title: own.map_or(&config.title, |home| &home.title).clone(),
            publisher: config.publisher.clone(),
            publisher_language: Some(config.language())
                .filter(|main| *main != tag)
                .unwrap_or_default()
                .to_owned(),
            logo: site.logo(config).map(|file| file.url.clone()),
            style: self.assets.style.clone(),
            icon: self.assets.icon.clone(),
            search: url_of(&kind::SEARCH),
            a_to_z: url_of(&kind::A_TO_Z).unwrap_or_else(|| "/a-z/".into()),
            feed: (!config.base.is_empty()).then(|| "/feed.xml".into()),
            staff: self.staff,
        };
        let words = self.words(tag).clone();
        let own = kind::KINDS.iter().map(|kind| kind.words).filter(|own| !own.is_empty());
        let own_words = own.map(|own| (own, words_with(own, &words))).collect();
        Spoken {
            shared: Shared { site: shown, words, own_words },
            sections: self.main_sections(tag),
            feet: self.feet(tag),
        }
    }

    /// What pages share, by language.
    pub fn shared(&self) -> BTreeMap<&str, &Shared> {
        self.spoken.iter().map(|(tag, spoken)| (tag.as_str(), &spoken.shared)).collect()
    }

    fn spoken(&self, tag: &str) -> &Spoken {
        self.spoken.get(tag).unwrap_or_else(|| &self.spoken[self.config.language()])
    }

    /// Every page that has an address of its own.
    pub fn pages(&self) -> Vec<PageId> {
        (0..self.site.pages.len()).filter(|&id| owns_address(self.site, id)).collect()
    }

    /// The accessibility statements, which are to say what the audit of all pages found.
    pub fn statements(&self) -> impl Iterator<Item = PageId> {
        self.pages().into_iter().filter(|&id| self.site.pages[id].statement)
    }

    /// A page. A statement says what the audit `found`.
    pub fn view(&self, id: PageId, found: Option<&Summary>) -> View<'_> {
        let page = &self.site.pages[id];
        View {
            id: Some(id),
            url: page.url.clone(),
            template: page.kind.entry.template,
            own_words: page.kind.entry.words,
            page: page::view(self, id, found),
        }
    }

    /// A page for each short link and each old address.
    pub fn redirects(&self) -> Vec<View<'_>> {
        let all = crate::model::redirect_pages(self.site);
        let all = all.into_iter().filter_map(|(from, to)| Some((from, self.target(to)?)));
        all.map(|(from, to)| self.redirect(from, to)).collect()
    }

    /// Where an old address can lead. What is not there is told of where the address is written.
    fn target(&self, to: String) -> Option<String> {
        let (place, id) = to.split_once('#').unwrap_or((&to, ""));
        let Some(page) = self.site.at(place) else { return is_file(place).then_some(to) };
        let has_id = id.is_empty() || page.made || page.anchors().any(|own| own == id);
        Some(if has_id { to } else { place.to_owned() })
    }

    fn redirect(&self, from: Url, to: String) -> View<'_> {
        let site = self.site;
        let target = site.at(to.split('#').next().unwrap_or_default());
        let language = target.map_or(self.config.language(), |page| page.language.as_str());
        let page = PageView {
            title: target.map_or_else(|| to.clone(), |page| page.title.clone()),
            address: self.address(&to),
            url: to,
            kind: "redirect",
            language,
            direction: site.languages.of(language).direction(),
            hidden: true,
            home: self.home(language),
            ..PageView::default()
        };
        View { id: None, url: from, template: "redirect.html", own_words: "", page }
    }

    /// The sections directly below the home page.
    fn main_sections(&self, language: &str) -> Vec<LinkView> {
        let home = self
            .site
            .pages
            .iter()
            .find(|page| page.kind.is(&kind::HOME) && page.language == language);
        let children = home.map(|home| home.relations.children.iter()).into_iter().flatten();
        let is_section = |page: &&Page| {
            (page.kind.entry.is_in_menu || page.front.menu.is_some())
                && page.front.status == Status::Published
        };
        let sections = children.map(|&id| &self.site.pages[id]).filter(is_section);
        sections.map(lists::short_link).collect()
    }

    /// The links at the foot of pages in a language.
    fn feet(&self, language: &str) -> Vec<LinkView> {
        let link = |page: &Page| {
            let mut link = lists::link(page);
            if page.language != language {
                link.language.clone_from(&page.language);
                let languages = &self.site.languages;
                let said = languages.of(language).word(&format!("in_{}", page.language));
                let name = languages.of(&page.language).name();
                link.in_language = if said.is_empty() { name } else { said }.to_owned();
            }
            link
        };
        let own = self.config.footer.iter().filter_map(|url| self.site.at(url)).map(link);
        let own: Vec<LinkView> = own.collect();
        if !own.is_empty() {
            return own;
        }
        let roles = [
            &kind::CONTACT,
            &kind::COMPLAINTS,
            &kind::ACCESSIBILITY,
            &kind::PRIVACY,
            &kind::UPDATES,
            &kind::GLOSSARY,
            &kind::A_TO_Z,
        ];
        let ids = roles.iter().filter_map(|&role| self.site.of_kind(role, language));
        ids.map(|id| link(&self.site.pages[id])).collect()
    }

    fn navigation(&self, page: &Page) -> Vec<LinkView> {
        let mut links = self.spoken(&page.language).sections.clone();
        for link in &mut links {
            link.current = page.url.as_str().starts_with(link.url.as_str());
        }
        links
    }

    fn footer(&self, page: &Page) -> Vec<LinkView> {
        let mut links = self.spoken(&page.language).feet.clone();
        links.iter_mut().for_each(|link| link.current = link.url == page.url.as_str());
        links
    }

    /// The home page in a language, or in the main one.
    fn home(&self, language: &str) -> String {
        let home = self
            .site
            .of_kind(&kind::HOME, language)
            .filter(|&id| self.site.pages[id].language == language);
        home.map_or_else(|| "/".into(), |id| self.site.pages[id].url.to_string())
    }

    /// The address of a script of the theme, if the theme has it.
    fn script(&self, name: &str) -> Option<String> {
        self.assets.scripts.get(name).cloned()
    }

    /// Whether an address is that of a script of the theme that builds on `share`.
    fn is_own_script(&self, address: &str) -> bool {
        self.assets.scripts.values().any(|own| own == address)
    }

    /// A text that is not Markdown, with its values put in.
    fn fill(&self, text: &str, page: &Page) -> String {
        self.site.fill(text, page, self.config)
    }

    /// The whole address of a page, or nothing.
    fn address(&self, url: &str) -> String {
        if self.config.base.is_empty() {
            return String::new();
        }
        format!("{}{}", self.config.base, url.trim_start_matches('/'))
    }

    /// The theme's words in a language.
    fn words(&self, language: &str) -> &'a BTreeMap<String, String> {
        &self.site.languages.of(language).words
    }

    /// The theme's words on a page: on a worksheet, those for sheets.
    fn words_on(&self, page: &Page) -> &BTreeMap<String, String> {
        let own = self.spoken(&page.language).shared.own_words.get(page.kind.entry.words);
        own.unwrap_or_else(|| self.words(&page.language))
    }

    /// A day as a language writes it.
    fn day(&self, day: Date, language: &str) -> String {
        day.words(self.site.languages.of(language))
    }

    /// Every change on the site that is not minor, the newest first.
    fn updates(&self, language: &str) -> Vec<UpdateView> {
        let mut updates: Vec<_> = self
            .site
            .pages
            .iter()
            .filter(|page| page.is_listed() && !page.made && (!page.for_staff() || self.staff))
            .flat_map(|page| page.front.changes.iter().map(move |change| (change, page)))
            .filter(|(change, _)| !change.minor)
            .collect();
        updates.sort_by(|a, b| (b.0.date, &a.1.url).cmp(&(a.0.date, &b.1.url)));
        let view = |(change, page)| UpdateView {
            change: page::change_view(self, page, change, language),
            page: lists::link(page),
        };
        updates.into_iter().map(view).collect()
    }
}
