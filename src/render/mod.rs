//! Pages to HTML, through the templates of a theme. The only file that names
//! Tera.
//!
//! A template sees what [`view`] shows it and nothing else. A fault in a
//! template is reported like a fault in content, with the file and the line.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Mutex, PoisonError},
};

use rayon::prelude::*;
use serde::Serialize;
use tera::{Context, ErrorKind, Tera};

use self::view::{LinkView, SiteView, UpdateView, View};
use crate::{
    audit::summary::Summary,
    config::Config,
    diagnostic::{Diagnostic, Report},
    html::permitted,
    letter::Letters,
    load::Theme,
    model::{Page, PageId, Site, Url, kind},
    rule,
    text::{Date, Source, Span, nearest},
    world::World,
};

mod code;
mod directory;
mod guided;
mod html;
mod json_ld;
mod letters;
mod lists;
mod own;
mod page;
mod records;
mod statement;
pub mod view;

/// A page as its template made it.
#[derive(Debug)]
pub struct Rendered {
    /// The page; none for a redirect.
    pub page: Option<PageId>,
    /// Its address.
    pub url: Url,
    /// The HTML.
    pub html: String,
    /// The template it came from, for complaints about what is not content.
    pub template: &'static str,
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

/// What is needed to make pages.
#[derive(Debug)]
pub struct Maker<'a> {
    site: &'a Site,
    letters: &'a Letters,
    config: &'a Config,
    theme: &'a Theme,
    tera: Tera,
    nowhere: HashMap<PageId, String>,
    spoken: BTreeMap<String, Spoken>,
    scripts: Vec<String>,
    letter_script: String,
    own_scripts: BTreeMap<&'static str, String>,
    search_engine: Option<String>,
    has_search: bool,
    staff: bool,
    today: Date,
    faults: Mutex<Vec<tera::Error>>,
}

/// What all pages in a language have in common, made once.
#[derive(Debug)]
struct Spoken {
    site: tera::Value,
    words: tera::Value,
    /// The words on worksheets.
    sheet: BTreeMap<String, String>,
    sheet_words: tera::Value,
    sections: Vec<LinkView>,
    feet: Vec<LinkView>,
}

/// Whether a page is the one that is published at its address.
fn owns_address(site: &Site, id: PageId) -> bool {
    site.by_url.get(&site.pages[id].url) == Some(&id)
}

/// The templates of a theme: those of the site's own lie over the default ones.
fn templates(theme: &Theme) -> Result<Tera, tera::Error> {
    let mut tera = Tera::new();
    tera.set_escape_fn(|text, out| tera::escape_html(&permitted(text), out));
    let all = theme
        .files
        .iter()
        .filter_map(|(path, text)| Some((path.strip_prefix("templates/")?, text)));
    tera.add_raw_templates(all)?;
    Ok(tera)
}

/// The theme's words on worksheets: those that begin with `sheet_` stand for those that
/// begin with `letter_`.
fn words_of_sheets(words: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let mut all = words.clone();
    for (name, words) in words {
        if let Some(rest) = name.strip_prefix("sheet_") {
            all.insert(format!("letter_{rest}"), words.clone());
        }
    }
    all
}

impl<'a> Maker<'a> {
    /// Reads the theme. Faults in it go into `report`; with templates that cannot be used
    /// there is nothing to make pages with.
    pub fn new(world: World<'a>, assets: &Assets, report: &mut Report) -> Option<Self> {
        let World { site, letters, config, theme, staff, today, .. } = world;
        let tera = match templates(theme) {
            Ok(tera) => tera,
            Err(fault) => {
                explain(vec![fault], theme, report);
                return None;
            }
        };
        let mut maker = Self {
            site,
            letters,
            config,
            theme,
            tera,
            nowhere: HashMap::new(),
            spoken: BTreeMap::new(),
            scripts: assets.search_scripts.clone(),
            letter_script: assets.letter_script.clone(),
            own_scripts: assets.scripts.clone(),
            search_engine: assets.search_engine.clone(),
            has_search: site.by_kind.contains_key(&&kind::SEARCH),
            staff,
            today,
            faults: Mutex::new(Vec::new()),
        };
        let main = config.language();
        for tag in config.languages.iter().map(String::as_str).chain([main]) {
            let spoken = maker.speak(tag, assets);
            maker.spoken.insert(tag.to_owned(), spoken);
        }
        Some(maker)
    }

    fn speak(&self, tag: &str, assets: &Assets) -> Spoken {
        let (site, config) = (self.site, self.config);
        let url_of = |kind| site.of_kind(kind, tag).map(|id| site.pages[id].url.to_string());
        let shown = SiteView {
            title: config.title.clone(),
            publisher: config.publisher.clone(),
            style: assets.style.clone(),
            icon: assets.icon.clone(),
            search: url_of(&kind::SEARCH),
            a_to_z: url_of(&kind::A_TO_Z).unwrap_or_else(|| "/a-z/".into()),
            feed: (!config.base.is_empty()).then(|| "/feed.xml".into()),
            staff: self.staff,
        };
        let words = self.words(tag);
        let sheet = words_of_sheets(words);
        Spoken {
            site: tera::Value::from_serializable(&shown),
            words: tera::Value::from_serializable(words),
            sheet_words: tera::Value::from_serializable(&sheet),
            sheet,
            sections: self.main_sections(tag),
            feet: self.feet(tag),
        }
    }

    fn spoken(&self, tag: &str) -> &Spoken {
        self.spoken.get(tag).unwrap_or_else(|| &self.spoken[self.config.language()])
    }

    /// Every page of the site, and the pages that lead on from old and short addresses.
    ///
    /// Each page is finished as soon as it is there, so that only the finished ones take
    /// room. Pages that faults in templates spoil are left out; [`Maker::explain`] tells.
    pub fn pages<T: Send>(&self, finish: impl Fn(Rendered) -> T + Sync) -> Vec<T> {
        let site = self.site;
        let ids: Vec<PageId> = (0..site.pages.len()).filter(|&id| owns_address(site, id)).collect();
        let mut pages: Vec<T> =
            ids.par_iter().filter_map(|&id| self.page(id, None)).map(&finish).collect();
        pages.extend(redirects(self).into_iter().map(finish));
        pages
    }

    /// The accessibility statements once more, with what the audit of all pages found.
    pub fn statements(&self, found: &Summary) -> impl Iterator<Item = Rendered> {
        let ids = (0..self.site.pages.len()).filter(|&id| self.site.pages[id].statement);
        let ids = ids.filter(|&id| owns_address(self.site, id));
        ids.filter_map(move |id| self.page(id, Some(found)))
    }

    /// Says what is wrong in the templates.
    pub fn explain(self, report: &mut Report) {
        let faults = self.faults.into_inner().unwrap_or_else(PoisonError::into_inner);
        explain(faults, self.theme, report);
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
            page.kind.entry.is_in_menu && page.front.status == crate::model::Status::Published
        };
        let in_menu = |page: &Page| {
            let title = page.front.menu.as_ref().map_or(&page.title, |menu| &menu.value);
            LinkView { title: title.clone(), ..lists::link(page) }
        };
        children.map(|&id| &self.site.pages[id]).filter(is_section).map(in_menu).collect()
    }

    /// The links at the foot of pages in a language.
    fn feet(&self, language: &str) -> Vec<LinkView> {
        let own = self.config.footer.iter().filter_map(|url| self.site.at(url)).map(lists::link);
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
        ids.map(|id| lists::link(&self.site.pages[id])).collect()
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
        self.own_scripts.get(name).cloned()
    }

    /// Whether an address is that of a script of the theme that builds on `share`.
    fn is_own_script(&self, address: &str) -> bool {
        self.own_scripts.values().any(|own| own == address)
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
        if page.kind.is(&kind::WORKSHEET) {
            &self.spoken(&page.language).sheet
        } else {
            self.words(&page.language)
        }
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

    fn page(&self, id: PageId, found: Option<&Summary>) -> Option<Rendered> {
        let page = &self.site.pages[id];
        let template = page.kind.entry.template;
        let is_sheet = page.kind.is(&kind::WORKSHEET);
        let view = View { page: page::view(self, id, found) };
        let mut html = String::with_capacity(view.page.body.len() + 8 * 1024);
        self.render(template, &page.language, is_sheet, &view, &mut html).then_some(Rendered {
            page: Some(id),
            url: page.url.clone(),
            html,
            template,
        })
    }

    /// Renders a template; false when there is a fault in it.
    fn render<T: Serialize>(
        &self,
        template: &str,
        language: &str,
        is_sheet: bool,
        view: &T,
        out: &mut String,
    ) -> bool {
        let rendered = Context::from_serialize(view).and_then(|mut context| {
            // The same for many pages, so made once and shared.
            let spoken = self.spoken(language);
            let words = if is_sheet { &spoken.sheet_words } else { &spoken.words };
            context.insert_value("site", spoken.site.clone());
            context.insert_value("words", words.clone());
            self.tera.render(template, &context)
        });
        match rendered {
            Ok(html) => {
                if out.is_empty() {
                    *out = html;
                } else {
                    out.push_str(&html);
                }
                true
            }
            Err(error) => {
                self.faults.lock().unwrap_or_else(PoisonError::into_inner).push(error);
                false
            }
        }
    }
}

/// A page for each short link and each old address.
fn redirects(maker: &Maker<'_>) -> Vec<Rendered> {
    let site = maker.site;
    crate::model::redirects(site)
        .into_iter()
        .filter_map(|(from, to)| {
            let target = site.at(to.split('#').next().unwrap_or_default());
            let title = target.map_or_else(|| to.clone(), |page| page.title.clone());
            let language = target.map_or(maker.config.language(), |page| page.language.as_str());
            let view = View {
                page: view::PageView {
                    address: maker.address(&to),
                    url: to,
                    title,
                    kind: "redirect",
                    language,
                    direction: site.languages.of(language).direction(),
                    hidden: true,
                    home: maker.home(language),
                    ..view::PageView::default()
                },
            };
            let mut html = String::new();
            let template = "redirect.html";
            maker.render(template, language, false, &view, &mut html).then_some(Rendered {
                page: None,
                url: from,
                html,
                template,
            })
        })
        .collect()
}

/// Reports faults in templates, each once.
fn explain(faults: Vec<tera::Error>, theme: &Theme, report: &mut Report) {
    let mut seen = std::collections::BTreeSet::new();
    for fault in faults {
        let (file, line, column, message) = match fault.kind() {
            ErrorKind::SyntaxError(error) | ErrorKind::RenderingError(error) => {
                let span = error.span();
                (
                    error.filename().to_owned(),
                    span.start_line,
                    span.start_col,
                    error.message().to_owned(),
                )
            }
            ErrorKind::TemplateNotFound(name) => {
                (name.clone(), 1, 0, "this template is missing".to_owned())
            }
            other => {
                (first_own(theme), 1, 0, other.to_string().trim_start_matches("error: ").to_owned())
            }
        };
        if !seen.insert((file.clone(), line, column, message.clone())) {
            continue;
        }
        let path = format!("templates/{file}");
        let text = theme.files.get(&path).map_or("", String::as_str);
        let start: usize =
            text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = text[start..].lines().next().unwrap_or_default();
        let offset: usize = rest.chars().take(column).map(char::len_utf8).sum();
        let span = Span::new(start + offset, start + rest.len());
        let source = Source::new(theme.name_of(&path), text);
        let message = message.lines().next().unwrap_or_default().to_lowercase_first();
        let said = format!("the template cannot be used: {message}");
        let found = Diagnostic::error(&rule::THEME, span, said);
        let names = theme.files.keys().filter_map(|path| path.strip_prefix("templates/"));
        report.add(
            &source,
            [match nearest(&file, names).filter(|near| *near != file) {
                Some(near) => found.hint(format!("did you mean {near}?")),
                None if message.starts_with("block ") => found.hint(
                    "the default templates need every block of the default base.html: add it",
                ),
                None => found.hint("use only what themes/README.md says a template may use"),
            }],
        );
    }
}

/// The first template that the site has of its own, for faults that Tera does
/// not place.
fn first_own(theme: &Theme) -> String {
    let mut own = theme.own.keys().filter_map(|path| path.strip_prefix("templates/"));
    own.next().unwrap_or_default().to_owned()
}

trait LowercaseFirst {
    fn to_lowercase_first(&self) -> String;
}

impl LowercaseFirst for str {
    fn to_lowercase_first(&self) -> String {
        let mut letters = self.chars();
        letters
            .next()
            .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
    }
}
