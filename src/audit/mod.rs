//! Rules about finished HTML: what keeps people out of a page as it is sent.
//!
//! They work on anybody's HTML, and each gives one of three answers about each thing
//! that it looks at: it passes, it fails, or a person has to look ([`Outcome`]). None
//! of them guesses: what cannot be known from HTML and stylesheets alone is never
//! called a fault. How much was looked at is counted ([`Tally`]), so that silence is
//! not taken for success.
//!
//! Shaped like `check`: one file a rule with its manual page, which is also its test,
//! and a list. Rules know no site, no theme and no disk. To add one, write
//! `src/audit/your_rule.rs` and `your_rule.md`, and name it in [`RULES`]. What a rule may
//! ask is what [`page::Element`] answers. `fields`, `ground`, `inside`, `links`, `scripts`,
//! `shared`, `spacing` and `words` are what several rules ask, `sheets` the stylesheets around a
//! page; `summary` is the sum.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
};

use serde::{Deserialize, Serialize};

use crate::{
    html::outline::Outline,
    kept::Key,
    rule::{self, Level, Mark, Marks, Outcome, Rule},
    text::{Span, address::decoded},
};

use self::{
    page::{Element, Page},
    sheets::Sheets,
};

pub use self::{dead_address::unplaced, shared::Shared};

mod access_key;
mod all_capitals;
mod ambiguous_reference;
mod aria_attribute;
mod aria_deprecated;
mod aria_hidden_focus;
mod aria_permitted;
mod aria_prohibited;
mod aria_reference;
mod aria_required;
mod aria_value;
mod attribute_value;
mod audio_transcript;
mod autocomplete;
mod autoplay;
mod button_name;
mod charset;
mod clipped_text;
mod content_outside_landmarks;
mod contrast;
mod contrast_enhanced;
mod dead_address;
mod dead_fragment;
mod decorative_exposed;
mod definition_list;
mod doctype;
mod empty_list;
mod field_name;
mod fields;
mod fieldset_legend;
mod fit;
mod focus_outline;
mod frame_title;
mod ground;
mod header_cells;
mod header_words;
mod headers_attribute;
mod heading_levels;
mod heading_name;
mod help_place;
mod html_nesting;
mod iframe_focus;
mod iframe_name;
mod iframe_same_name;
mod image_alt_text;
mod image_button_name;
mod image_map;
mod image_name;
mod inside;
mod justified_text;
mod label_in_name;
mod label_title_only;
mod landmark_names;
mod landmarks;
mod layout_table;
mod letter_spacing;
mod line_spacing;
mod link_colour;
mod link_name;
pub(crate) mod links;
mod list_structure;
mod lone_page;
mod menu_item_name;
mod menu_order;
mod moving_text;
mod nested_controls;
mod new_window;
mod object_name;
mod obsolete_element;
mod orientation;
mod other_host;
mod other_name;
pub mod page;
mod page_heading;
mod page_language;
mod page_language_tag;
mod page_title;
mod part_language;
mod presentational_children;
mod refresh;
mod refresh_delay;
mod repeated_attribute;
mod repeated_id;
mod required_children;
mod required_parent;
mod role_allowed;
mod role_valid;
mod room;
mod same_name;
mod same_title;
mod scripts;
mod scrollable;
mod several_labels;
mod shared;
pub(crate) mod sheets;
mod skip_link;
mod spacing;
pub mod summary;
mod summary_name;
mod svg_name;
mod tabindex;
mod table_headers;
mod target_size;
mod title_only;
mod title_order;
mod vague_link;
mod video_captions;
mod viewport_zoom;
mod widget_name;
mod word_spacing;
mod words;
mod xml_language;

/// One rule about finished HTML, and how it works.
pub type Check = rule::Check<Run>;

/// How a rule works.
#[derive(Debug, Clone, Copy)]
pub enum Run {
    /// On each page by itself.
    Page(fn(&Page<'_>, &mut Marks)),
    /// On each page, and what is published around it.
    Around(fn(&Page<'_>, &Around<'_>, &mut Marks)),
    /// Once, on what all pages say of themselves; each is given its marks, in their order.
    Site(fn(&[&Seen], &mut [Marks])),
}

impl Rule {
    /// Carried out on each page by itself.
    const fn on_page(self, run: fn(&Page<'_>, &mut Marks)) -> Check {
        Check { rule: self, run: Run::Page(run) }
    }

    /// Carried out on each page, and what is published around it.
    const fn on_page_among(self, run: fn(&Page<'_>, &Around<'_>, &mut Marks)) -> Check {
        Check { rule: self, run: Run::Around(run) }
    }

    /// Carried out once, on what all pages say of themselves.
    const fn on_site(self, run: fn(&[&Seen], &mut [Marks])) -> Check {
        Check { rule: self, run: Run::Site(run) }
    }
}

/// All rules, by code.
pub const RULES: &[&Check] = &[
    &access_key::RULE,
    &all_capitals::RULE,
    &ambiguous_reference::RULE,
    &aria_attribute::RULE,
    &aria_deprecated::RULE,
    &aria_hidden_focus::RULE,
    &aria_permitted::RULE,
    &aria_prohibited::RULE,
    &aria_reference::RULE,
    &aria_required::RULE,
    &aria_value::RULE,
    &attribute_value::RULE,
    &audio_transcript::RULE,
    &autocomplete::RULE,
    &autoplay::RULE,
    &button_name::RULE,
    &charset::RULE,
    &clipped_text::RULE,
    &content_outside_landmarks::RULE,
    &contrast::RULE,
    &contrast_enhanced::RULE,
    &dead_address::RULE,
    &dead_fragment::RULE,
    &decorative_exposed::RULE,
    &definition_list::RULE,
    &doctype::RULE,
    &empty_list::RULE,
    &field_name::RULE,
    &fieldset_legend::RULE,
    &focus_outline::RULE,
    &frame_title::RULE,
    &header_cells::RULE,
    &header_words::RULE,
    &headers_attribute::RULE,
    &heading_levels::RULE,
    &heading_name::RULE,
    &help_place::RULE,
    &html_nesting::RULE,
    &iframe_focus::RULE,
    &iframe_name::RULE,
    &iframe_same_name::RULE,
    &image_alt_text::RULE,
    &image_button_name::RULE,
    &image_map::RULE,
    &image_name::RULE,
    &justified_text::RULE,
    &label_in_name::RULE,
    &label_title_only::RULE,
    &landmark_names::RULE,
    &landmarks::RULE,
    &layout_table::RULE,
    &letter_spacing::RULE,
    &line_spacing::RULE,
    &link_colour::RULE,
    &link_name::RULE,
    &list_structure::RULE,
    &lone_page::RULE,
    &menu_item_name::RULE,
    &menu_order::RULE,
    &moving_text::RULE,
    &nested_controls::RULE,
    &new_window::RULE,
    &object_name::RULE,
    &obsolete_element::RULE,
    &orientation::RULE,
    &other_host::RULE,
    &other_name::RULE,
    &page_heading::RULE,
    &page_language::RULE,
    &page_language_tag::RULE,
    &page_title::RULE,
    &part_language::RULE,
    &presentational_children::RULE,
    &refresh::RULE,
    &refresh_delay::RULE,
    &repeated_attribute::RULE,
    &repeated_id::RULE,
    &required_children::RULE,
    &required_parent::RULE,
    &role_allowed::RULE,
    &role_valid::RULE,
    &same_name::RULE,
    &same_title::RULE,
    &scrollable::RULE,
    &several_labels::RULE,
    &skip_link::RULE,
    &summary_name::RULE,
    &svg_name::RULE,
    &tabindex::RULE,
    &table_headers::RULE,
    &target_size::RULE,
    &title_only::RULE,
    &title_order::RULE,
    &vague_link::RULE,
    &video_captions::RULE,
    &viewport_zoom::RULE,
    &widget_name::RULE,
    &word_spacing::RULE,
    &xml_language::RULE,
];

/// Which files a page asked for, and whether they are published: with its HTML all that its
/// audit depends on.
#[derive(Debug, Default)]
pub struct Asked(RefCell<BTreeMap<String, bool>>);

/// What is published around a page.
#[derive(Debug, Clone, Copy)]
pub struct Around<'a> {
    /// Where its file is below the root: `pay/index.html`.
    pub path: &'a str,
    /// Every file that is published, below the root.
    pub files: &'a HashSet<String>,
    /// The folder at which the root is published, with `/` at both ends.
    pub base: &'a str,
    /// Whether that is known, so that an address which begins with `/` can be looked up.
    pub is_base_known: bool,
    /// Takes down what was looked up, and whether it was there.
    pub asked: Option<&'a Asked>,
}

impl Around<'_> {
    /// Whether a file is published, by its name or by the name that servers find it by.
    fn has(&self, file: &str) -> bool {
        let has = links::is_published(file, self.files);
        if let Some(Asked(asked)) = self.asked {
            asked.borrow_mut().insert(file.to_owned(), has);
        }
        has
    }
}

/// What the rules about several pages know of one.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Seen {
    /// Where its file is below the root.
    pub path: String,
    /// What stands in `<title>`, and where; empty when it has none.
    pub title: (String, Span),
    /// The language it says that it is in.
    pub language: String,
    /// Whether it says that it is another page once more: one to print, one to share.
    pub is_copy: bool,
    /// Its ids.
    pub ids: HashSet<String>,
    /// The places on pages that it links to: the file, the id, and where it says so.
    pub places: Vec<(String, String, Span)>,
    /// Whether it only says where something is now.
    pub is_redirect: bool,
    /// The links and fields in the parts of it that other pages may have too.
    pub shared: Vec<Shared>,
    /// The pages that it leads to, each as a number.
    pub leads_to: BTreeSet<u64>,
    /// How many pages it leads to that are not there.
    pub dead: usize,
    /// Whether it has a search.
    pub has_search: bool,
}

impl Marks {
    /// Something fails.
    pub fn fail(&mut self, element: Element<'_>, message: impl Into<String>) -> &mut Mark {
        self.element(Outcome::Failed, element, message.into())
    }

    /// Something cannot be told by a program; a person should look.
    pub fn ask(&mut self, element: Element<'_>, message: impl Into<String>) -> &mut Mark {
        self.element(Outcome::CantTell, element, message.into())
    }

    /// Something that should have words has none. That fails, unless a script is seen to
    /// put them there.
    pub fn wordless(&mut self, element: Element<'_>, message: impl Into<String>) -> &mut Mark {
        let filled = scripts::fill(element);
        let outcome = if filled { Outcome::CantTell } else { Outcome::Failed };
        self.element(outcome, element, message.into())
    }

    fn element(&mut self, outcome: Outcome, element: Element<'_>, message: String) -> &mut Mark {
        // An element that was not written stands where the one around it does.
        let shown = element.and_around();
        let shown = shown.into_iter().find(|one| one.written().is_some());
        let span = shown.map_or(Span::default(), Element::span);
        let written = shown.and_then(Element::written);
        self.add(Mark { outcome, written, ..Mark::failed(span, message) })
    }
}

/// How much one rule looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Pages on which there was something to look at.
    pub pages: usize,
    /// Things that pass.
    pub passed: usize,
    /// Things that fail.
    pub failed: usize,
    /// Things that a person has to look at.
    pub unsure: usize,
}

impl Tally {
    /// Adds what was looked at elsewhere.
    pub fn add(&mut self, other: Self) {
        self.pages += other.pages;
        self.passed += other.passed;
        self.failed += other.failed;
        self.unsure += other.unsure;
    }

    /// How many things there were.
    pub fn all(&self) -> usize {
        self.passed + self.failed + self.unsure
    }
}

/// What was found on a page.
#[derive(Debug, Default)]
pub struct Audit {
    /// What each rule says.
    pub marks: Vec<(&'static Rule, Mark)>,
    /// How much each rule looked at.
    pub tallies: Vec<Tally>,
    /// What the rules about several pages need.
    pub seen: Seen,
}

/// Runs rules over one page.
pub fn audit(page: &Page<'_>, around: &Around<'_>, rules: &[&'static Check]) -> Audit {
    let mut found = Audit { seen: seen(page, around), ..Audit::default() };
    let all = rule::run(rules, |run, marks| match run {
        Run::Page(run) => run(page, marks),
        Run::Around(run) => run(page, around, marks),
        Run::Site(_) => {}
    });
    for (rule, Marks { passed, mut marks }) in all {
        // What a block ended and went on after it is written once, and said once.
        if page.has_repeats() {
            let mut said = HashSet::new();
            marks.retain(|mark| said.insert((mark.span, mark.message.clone())));
        }
        found.tallies.push(tally(&marks, passed));
        found.marks.extend(marks.into_iter().map(|mark| (rule, mark)));
    }
    found
}

fn tally(marks: &[Mark], passed: usize) -> Tally {
    let failed = marks.iter().filter(|mark| mark.outcome == Outcome::Failed).count();
    let pages = usize::from(passed > 0 || !marks.is_empty());
    Tally { pages, passed, failed, unsure: marks.len() - failed }
}

/// Runs the rules about several pages: which page, which rule, what it says, how much it
/// looked at.
pub fn across(seen: &[&Seen], rules: &[&'static Check]) -> Vec<(usize, usize, Vec<Mark>, Tally)> {
    let mut found = Vec::new();
    for (number, rule) in rules.iter().enumerate() {
        if let Run::Site(run) = rule.run {
            let mut all: Vec<Marks> = seen.iter().map(|_| Marks::default()).collect();
            run(seen, &mut all);
            found.extend(all.into_iter().enumerate().map(|(page, Marks { passed, marks })| {
                let tally = tally(&marks, passed);
                (page, number, marks, tally)
            }));
        }
    }
    found
}

/// What a page says of itself.
fn seen(page: &Page<'_>, around: &Around<'_>) -> Seen {
    let title = page.all(&["title"]).into_iter().find(|title| title.is_html());
    let mut places = Vec::new();
    let mut listed = HashSet::new();
    for link in page.all(&["a", "area"]) {
        let Some(href) = link.attr("href") else { continue };
        let Some((_, fragment)) = href.split_once('#') else { continue };
        let Some(file) = links::target(href, around) else { continue };
        // What a page is given to work with names no place on it: `#keep=manage/records`,
        // and what stands after `:~:` names words.
        let fragment = fragment.split(":~:").next().unwrap_or_default();
        if fragment.is_empty() || fragment == "top" || fragment.contains(['=', '/', '!']) {
            continue;
        }
        let fragment = decoded(fragment).into_owned();
        if listed.insert((file.clone(), fragment.clone())) {
            places.push((file, fragment, link.attr_span("href")));
        }
    }
    let named = page.all(&["a"]).into_iter().filter_map(|link| link.attr("name"));
    let ids = page.with_ids().filter_map(|element| element.attr("id"));
    let (leads_to, dead) = leads_to(page, around);
    Seen {
        path: around.path.to_owned(),
        title: title.map_or_else(Default::default, |title| (title.text(), title.span())),
        language: page.root().language().unwrap_or_default().to_ascii_lowercase(),
        is_copy: is_copy(page, around.path),
        ids: ids.chain(named).map(str::to_owned).collect(),
        places,
        is_redirect: page.all(&["meta"]).iter().any(|meta| meta.says("http-equiv", "refresh")),
        shared: shared::shared(page, around),
        leads_to,
        dead,
        has_search: !page.with_role("search").is_empty() || !page.with_role("searchbox").is_empty(),
    }
}

/// The pages that a page leads to, by whatever people can follow, and how many are not there.
fn leads_to(page: &Page<'_>, around: &Around<'_>) -> (BTreeSet<u64>, usize) {
    /// What leads somewhere, and the attributes that say where.
    const LEADING: &[&str] = &["a", "area", "button", "form", "frame", "iframe", "meta", "option"];
    const SAYING: &[&str] =
        &["action", "content", "data-href", "formaction", "href", "src", "value", "xlink:href"];
    let (mut found, mut dead) = (BTreeSet::new(), BTreeSet::new());
    for element in page.all(LEADING) {
        let is_meta = element.is("meta");
        if is_meta && !element.says("http-equiv", "refresh") {
            continue;
        }
        for address in SAYING.iter().filter_map(|name| element.attr(name)) {
            let address = match is_meta {
                true => address.rsplit('=').next().unwrap_or_default().trim_matches(['\'', '"']),
                false => address,
            };
            let Some(file) = links::target(address, around) else { continue };
            let is_there = around.has(&file);
            match links::published(&file, around.files).filter(|_| is_there) {
                Some(file) if links::is_page(&file) => _ = found.insert(shared::number(&file)),
                Some(_) => {}
                None if element.is("a") && links::is_page(&file) => _ = dead.insert(file),
                None => {}
            }
        }
    }
    (found, dead.len())
}

/// Whether a page names another as the one to find, or asks not to be found.
fn is_copy(page: &Page<'_>, path: &str) -> bool {
    let has = |element: &Element<'_>, name: &str, word: &str| {
        element.attr(name).is_some_and(|value| value.to_ascii_lowercase().contains(word))
    };
    let bare = |address: &str| {
        let address = address.split(['?', '#']).next().unwrap_or_default();
        address.trim_end_matches("index.html").trim_end_matches('/').to_owned()
    };
    let own = bare(path);
    let is_elsewhere = |link: &Element<'_>| {
        has(link, "rel", "canonical")
            && link.attr("href").is_some_and(|href| !bare(href).ends_with(&own))
    };
    let is_unlisted =
        |meta: &Element<'_>| has(meta, "name", "robots") && has(meta, "content", "noindex");
    page.all(&["link"]).iter().any(is_elsewhere) || page.all(&["meta"]).iter().any(is_unlisted)
}

/// What is published around pages that are in memory, and how they look.
#[derive(Debug)]
pub struct Published<'a> {
    files: &'a HashSet<String>,
    sheets: Sheets<'a>,
    base: &'a str,
    key: Key,
}

impl<'a> Published<'a> {
    /// `files` are the paths of all that is published below the root, `styles` the path and
    /// the text of each stylesheet, `base` the folder at which the root is published, with
    /// `/` at both ends.
    pub fn new<'t>(
        files: &'a HashSet<String>,
        styles: impl IntoIterator<Item = (&'t str, &'t str)>,
        base: &'a str,
    ) -> Self {
        let styles: Vec<(&str, &str)> = styles.into_iter().collect();
        let all = styles.iter().flat_map(|(path, text)| [path.as_bytes(), text.as_bytes()]);
        let key = Key::of(all.chain([base.as_bytes()]));
        let own = |(path, text): (&str, &str)| (path.to_owned(), text.to_owned());
        let styles: HashMap<String, String> = styles.into_iter().map(own).collect();
        let sheets = Sheets::new(base, move |path| styles.get(path).cloned());
        Self { files, sheets, base, key }
    }

    /// The hash of what the audit of a page depends on, apart from the page and from the files
    /// that it leads to.
    pub fn key(&self) -> Key {
        self.key
    }

    /// Whether a file is there that a page asks for.
    pub fn has(&self, file: &str) -> bool {
        links::is_published(file, self.files)
    }

    /// Runs all rules over the page that is published at `path`, and reads its words. Says
    /// also which files it asked for, and whether they are there.
    pub fn audit(&self, path: &str, html: &str) -> (Audit, Outline, BTreeMap<String, bool>) {
        let page = Page::read(html, |address| self.sheets.at(address, path));
        let asked = Asked::default();
        let (files, base) = (self.files, self.base);
        let around = Around { path, files, base, is_base_known: true, asked: Some(&asked) };
        let audit = audit(&page, &around, RULES);
        (audit, page.outline(), asked.0.into_inner())
    }
}
