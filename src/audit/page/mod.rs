//! A finished page, and everything that a rule may ask of it.
//!
//! [`Page::read`] goes over the HTML once, from tags to a `tree` to the looks that
//! stylesheets give it (`css`, `style`), and takes down what rules ask again and
//! again: what is shown, what is read aloud, which role counts (`role`). Accessible
//! names (`name`) are made when they are asked for, once each. Rules then only ask
//! an [`Element`], and none goes over the text again.
//!
//! The only file that names foldhash, which makes it quick to look things up.

use std::{
    cell::{Cell as Counter, OnceCell, RefCell},
    collections::{HashMap, HashSet},
    sync::Arc,
};

pub use self::{
    colour::Colour,
    css::{Found, Sheet},
    name::From,
    style::{Drawn, Frame, SCHEMES, Style, is_small},
    value::{Cell, Display, Float, Inner, Line, Move, Overflow, Position, Scheme, Size, Spacing},
};
use self::{
    css::Declaration,
    missing::{is_of_code, is_of_fonts},
    style::Styles,
    value::{Property, Set},
};
pub use crate::html::tree::Slip;
use crate::{
    html::outline::{self, Outline},
    html::tree::{Attribute, Family, NONE, Node, Tree, is_same, sign, tree, value_of},
    text::Span,
};

pub mod aria;
mod cascade;
mod colour;
mod css;
mod filed;
mod media;
mod missing;
mod name;
mod role;
mod selector;
mod style;
pub mod table;
mod value;

/// How many stylesheets of a page are asked one after the other; more are made one.
const MOST_SHEETS: usize = 32;

/// How many letters and steps the names of a page may take, and how many more for each byte of
/// it. Pages that people write take less than one for each.
const NAMES: usize = 4_000_000;
const NAMES_A_BYTE: usize = 8;

/// A map for what is looked up at every element.
type Map<K, V> = HashMap<K, V, foldhash::fast::RandomState>;

/// A page.
#[derive(Debug)]
pub struct Page<'a> {
    html: &'a str,
    tree: Tree<'a>,
    styles: Styles,
    /// By node.
    facts: Vec<Facts>,
    roles: Vec<Option<&'static aria::Role>>,
    names: Vec<OnceCell<(Box<str>, From)>>,
    /// The words of elements that name others.
    naming: RefCell<Map<u32, Box<str>>>,
    /// How much may still be done for names before they are cut short.
    names_left: Counter<usize>,
    /// The elements by the sum of their name, then by place.
    by_tag: Vec<(u64, u32)>,
    /// The elements that have an id, by id, then by place.
    by_id: Vec<u32>,
    /// Who owns whom by `aria-owns`: child to owner.
    owners: HashMap<u32, u32>,
    labels: OnceCell<HashMap<u32, Vec<u32>>>,
    switched_off: OnceCell<Vec<u32>>,
    /// The colours of words, for the rules that ask for them.
    pub(super) shown: OnceCell<Vec<Shown>>,
    /// The rows that have a cell with data, by node.
    with_data: OnceCell<HashSet<u32>>,
    /// The first `<summary>` in each element that has one.
    summaries: OnceCell<HashMap<u32, u32>>,
    by_role: OnceCell<HashMap<&'static str, Vec<u32>>>,
    /// Whether a stylesheet has parts that were not understood.
    has_unknown_style: bool,
    /// Whether the stylesheets ask for too much, and were not tried to the end.
    is_given_up: bool,
    /// The addresses of stylesheets that are not there, and may colour words.
    missing: Vec<String>,
    /// Whether one is missing that colours only the code in `<pre>`.
    lacks_code: bool,
    /// Whether nothing is judged by the stylesheets that are there while one is missing.
    is_strict: bool,
    has_dark: bool,
}

/// The colours of words and of what they are drawn on, where they stand out most and
/// where they stand out least.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Range {
    pub(super) most: (Colour, Colour),
    /// The contrast of these.
    pub(super) most_ratio: f32,
    pub(super) least_ratio: f32,
}

/// Words that can be seen, with their colours.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown {
    /// The element that they stand in.
    pub(super) element: u32,
    /// Their colours; none when they cannot be known.
    pub(super) colours: [Option<Range>; SCHEMES],
    /// Whether they are large: from 18 point, or from 14 point in bold; none when the size
    /// cannot be known.
    pub(super) is_large: Option<bool>,
}

/// What is known of a node.
#[derive(Debug, Clone, Copy, Default)]
struct Facts {
    is_rendered: bool,
    /// Not clipped away, moved off the screen or made transparent.
    is_in_view: bool,
    is_hidden_from_aria: bool,
    is_inert: bool,
    is_disabled: bool,
    is_aria_disabled: bool,
}

impl<'a> Page<'a> {
    /// Reads a page. `linked` gives the stylesheet at an address as the page writes it,
    /// if it is known.
    pub fn read(html: &'a str, mut linked: impl FnMut(&str) -> Option<Arc<Sheet>>) -> Self {
        let mut tree = tree(html);
        with_scripts(&mut tree);
        let mut sheets: Vec<Arc<Sheet>> = Vec::new();
        let mut missing = Vec::new();
        // How many there are before the last that is missing.
        let mut before_missing = 0;
        let mut lacks_code = false;
        let mut is_missing = |address: &str, before: usize| {
            if is_of_code(address) {
                lacks_code = true;
            } else if !is_of_fonts(address) {
                missing.push(address.to_owned());
                before_missing = before;
            }
        };
        let mut scheme = Scheme::Light;
        for (id, node) in tree.nodes.iter().enumerate() {
            let attributes = tree.attributes_of(node);
            let attr = |name: &str| value_of(attributes, name);
            match &*node.tag {
                // It is for browsers without scripts.
                "style" | "link" if stands_in(&tree, node, "noscript") => {}
                "meta" if attr("name").is_some_and(|n| n.eq_ignore_ascii_case("color-scheme")) => {
                    scheme = Scheme::read(attr("content").unwrap_or_default());
                }
                "style" if is_for_screens(attr("media")) => {
                    let text: String =
                        tree.nodes[id + 1..node.end as usize].iter().map(|n| &*n.text).collect();
                    let sheet = Sheet::read(&text);
                    let found =
                        sheet.imports().iter().map(|import| match linked(&import.address) {
                            Some(sheet) => Found::Sheet(sheet),
                            None => Found::Missing,
                        });
                    let found = found.collect();
                    let sheet = sheet.with(found);
                    sheet.missing.iter().for_each(|address| is_missing(address, sheets.len()));
                    sheets.push(Arc::new(sheet));
                }
                "link" => {
                    let rel = attr("rel").unwrap_or_default().to_ascii_lowercase();
                    let is_sheet = rel.split_ascii_whitespace().any(|word| word == "stylesheet");
                    let is_off = rel.contains("alternate") || attr("disabled").is_some();
                    if !is_sheet || is_off || !is_for_screens(attr("media")) {
                        continue;
                    }
                    match attr("href").and_then(&mut linked) {
                        Some(sheet) => {
                            let before = sheets.len();
                            sheet.missing.iter().for_each(|address| is_missing(address, before));
                            sheets.push(sheet);
                        }
                        None => is_missing(attr("href").unwrap_or_default(), sheets.len()),
                    }
                }
                _ => {}
            }
        }
        if sheets.len() > MOST_SHEETS {
            let (before, after) = sheets.split_at(before_missing);
            let parts = [before, after].into_iter().filter(|part| !part.is_empty());
            before_missing = usize::from(!before.is_empty());
            sheets = parts.map(|part| Arc::new(Sheet::joined(part))).collect();
        }
        let has_dark = sheets.iter().any(|sheet| sheet.has_dark);
        let after = (!missing.is_empty()).then_some(before_missing);
        let styles = style::styles(&tree, &sheets, scheme, after);
        let is_given_up = !styles.is_whole;
        let has_unknown_style = sheets.iter().any(|sheet| !sheet.is_whole) || is_given_up;
        let facts = facts(&tree, &styles);
        let elements = || (0..number(tree.nodes.len())).filter(|&id| is_element(&tree, id));
        let mut by_tag: Vec<(u64, u32)> =
            elements().map(|id| (sum(tag_of(&tree, id)), id)).collect();
        by_tag.sort_unstable();
        let id_of = |id: u32| value_of(tree.attributes_of(&tree.nodes[id as usize]), "id");
        let mut by_id: Vec<u32> = elements().filter(|&id| id_of(id).is_some()).collect();
        by_id.sort_by(|&a, &b| id_of(a).cmp(&id_of(b)));
        let count = tree.nodes.len();
        let mut page = Self {
            html,
            styles,
            facts,
            roles: Vec::new(),
            names: (0..count).map(|_| OnceCell::new()).collect(),
            naming: RefCell::default(),
            names_left: Counter::new(NAMES + NAMES_A_BYTE * html.len()),
            by_tag,
            by_id,
            owners: HashMap::new(),
            labels: OnceCell::new(),
            switched_off: OnceCell::new(),
            shown: OnceCell::new(),
            with_data: OnceCell::new(),
            summaries: OnceCell::new(),
            by_role: OnceCell::new(),
            has_unknown_style,
            is_given_up,
            missing,
            lacks_code,
            is_strict: false,
            has_dark,
            tree,
        };
        let role = |id| {
            let name = role::role(page.element(id))?;
            let role = aria::role(name);
            debug_assert!(role.is_some(), "{name} is in no table");
            role
        };
        let roles = (0..number(count)).map(|id| is_element(&page.tree, id).then(|| role(id)));
        page.roles = roles.map(Option::flatten).collect();
        let owns = page.elements().filter(|element| element.has("aria-owns"));
        let pairs: Vec<(u32, u32)> = owns
            .flat_map(|owner| {
                owner.references("aria-owns").into_iter().map(move |child| (child.id, owner.id))
            })
            .collect();
        for (child, owner) in pairs {
            // Nobody owns what they stand in, and the first owner is the owner.
            if !page.element(child).contains(page.element(owner)) {
                page.owners.entry(child).or_insert(owner);
            }
        }
        page
    }

    pub(super) fn element(&self, id: u32) -> Element<'_> {
        Element { page: self, id }
    }

    /// The elements, in the order of the page.
    pub fn elements(&self) -> impl Iterator<Item = Element<'_>> {
        (0..number(self.tree.nodes.len()))
            .filter(|&id| is_element(&self.tree, id))
            .map(|id| self.element(id))
    }

    /// The elements with one of these names, in the order of the page.
    pub fn all(&self, tags: &[&str]) -> Vec<Element<'_>> {
        let mut found = Vec::new();
        for tag in tags {
            let wanted = sum(tag);
            let from = self.by_tag.partition_point(|(sum, _)| *sum < wanted);
            let same = self.by_tag[from..].iter().take_while(|(sum, _)| *sum == wanted);
            found.extend(same.map(|(_, id)| *id).filter(|&id| tag_of(&self.tree, id) == *tag));
        }
        if tags.len() > 1 {
            found.sort_unstable();
        }
        found.into_iter().map(|id| self.element(id)).collect()
    }

    /// The elements whose role is this, in the order of the page.
    pub fn with_role(&self, role: &str) -> Vec<Element<'_>> {
        let by_role = self.by_role.get_or_init(|| {
            let mut by_role: HashMap<&'static str, Vec<u32>> = HashMap::new();
            for (id, role) in self.roles.iter().enumerate() {
                if let Some(role) = role {
                    by_role.entry(role.name).or_default().push(number(id));
                }
            }
            by_role
        });
        by_role.get(role).into_iter().flatten().map(|&id| self.element(id)).collect()
    }

    /// The first element with this id.
    pub fn by_id(&self, wanted: &str) -> Option<Element<'_>> {
        self.named(wanted, false)
    }

    /// The first element with this id, in shadow trees or outside of them.
    fn named(&self, wanted: &str, is_shadow: bool) -> Option<Element<'_>> {
        if wanted.is_empty() {
            return None;
        }
        let id_of = |id: u32| self.element(id).attr("id").unwrap_or_default();
        let at = self.by_id.partition_point(|&id| id_of(id) < wanted);
        let all = self.by_id[at..].iter().map(|&id| self.element(id));
        all.take_while(|one| one.attr("id") == Some(wanted))
            .find(|one| one.node().is_shadow == is_shadow)
    }

    /// The elements that have an id, by id, then in the order of the page.
    pub fn with_ids(&self) -> impl Iterator<Item = Element<'_>> {
        self.by_id.iter().map(|&id| self.element(id))
    }

    /// `<html>`, made up when it was not written.
    pub fn root(&self) -> Element<'_> {
        self.element(0)
    }

    /// `<html>`, if it was written.
    pub fn html(&self) -> Option<Element<'_>> {
        self.tree.has_html.then(|| self.root())
    }

    /// `<body>`, written or not.
    pub fn body(&self) -> Option<Element<'_>> {
        (self.tree.body != NONE).then(|| self.element(self.tree.body))
    }

    /// What is wrong with the tags.
    pub fn slips(&self) -> &[(Slip<'a>, Span)] {
        &self.tree.slips
    }

    /// Whether elements stand at several places that were written once.
    pub(super) fn has_repeats(&self) -> bool {
        self.tree.has_repeats
    }

    /// Whether neither a doctype nor `<html>`, `<head>` or `<body>` was written.
    pub fn is_fragment(&self) -> bool {
        let was_written = |id: u32| id != NONE && self.tree.nodes[id as usize].written != NONE;
        self.tree.doctype.is_none()
            && !self.tree.has_html
            && !was_written(self.tree.head)
            && !was_written(self.tree.body)
    }

    /// Its words, by heading.
    pub fn outline(&self) -> Outline {
        outline::of_tree(&self.tree)
    }

    /// What is written after `<!doctype`.
    pub fn doctype(&self) -> Option<&str> {
        self.tree.doctype
    }

    /// The page as it was written.
    pub fn source(&self) -> &'a str {
        self.html
    }

    /// Whether there is a stylesheet of which not all could be read, or one is missing and
    /// nothing shall be judged without it.
    pub fn has_unknown_style(&self) -> bool {
        self.has_unknown_style || self.is_strict && (self.lacks_code || !self.missing.is_empty())
    }

    /// What was not done to the end, because the page asks for far more than people write.
    pub fn left_out(&self) -> impl Iterator<Item = &'static str> {
        let styles = "its stylesheets ask for too much to be tried out, so that colours and sizes \
                      are not judged";
        let names = "its labels name so much that only the beginning of each name was read";
        let said = [(self.is_given_up, styles), (self.names_left.get() == 0, names)];
        said.into_iter().filter_map(|(is_so, what)| is_so.then_some(what))
    }

    /// The addresses of stylesheets that are not there and may colour words.
    pub fn missing_styles(&self) -> &[String] {
        &self.missing
    }

    /// Whether a stylesheet is not there that colours only the code in `<pre>`.
    pub fn lacks_code_style(&self) -> bool {
        self.lacks_code
    }

    /// The same page, of which nothing is judged by the stylesheets that are there while
    /// another is missing.
    #[must_use]
    pub fn strict(self, is_strict: bool) -> Self {
        Self { is_strict, ..self }
    }

    /// Whether a stylesheet says anything for dark colours.
    pub fn has_dark(&self) -> bool {
        self.has_dark
    }

    /// The controls that cannot be used and that other words name.
    pub(super) fn switched_off(&self) -> impl Iterator<Item = Element<'_>> {
        let off = self.switched_off.get_or_init(|| {
            let is_off = |one: &Element<'_>| {
                one.has("aria-labelledby")
                    && (one.is_disabled()
                        || one
                            .attr("aria-disabled")
                            .is_some_and(|v| v.eq_ignore_ascii_case("true")))
            };
            self.elements().filter(is_off).map(|one| one.id).collect()
        });
        off.iter().map(|&id| self.element(id))
    }

    /// Whether a row has a cell with data.
    fn has_data(&self, row: Element<'_>) -> bool {
        let rows = self
            .with_data
            .get_or_init(|| self.all(&["td"]).into_iter().map(|cell| cell.node().parent).collect());
        rows.contains(&row.id)
    }

    /// The first `<summary>` in an element.
    fn first_summary(&self, around: Element<'_>) -> Option<u32> {
        let first = self.summaries.get_or_init(|| {
            let mut first = HashMap::new();
            for summary in self.all(&["summary"]) {
                first.entry(summary.node().parent).or_insert(summary.id);
            }
            first
        });
        first.get(&around.id).copied()
    }

    /// The labels of each field, by node.
    fn labels(&self) -> &HashMap<u32, Vec<u32>> {
        self.labels.get_or_init(|| {
            let mut labels: HashMap<u32, Vec<u32>> = HashMap::new();
            for label in self.all(&["label"]) {
                let field = match label.attr("for") {
                    Some(id) => self.by_id(id).filter(|field| field.can_have_label()),
                    None => label.descendants().find(|field| {
                        field.can_have_label() && field.attr("type") != Some("hidden")
                    }),
                };
                if let Some(field) = field {
                    labels.entry(field.id).or_default().push(label.id);
                }
            }
            labels
        })
    }
}

/// Elements that a `<label>` can name.
const LABELLED: &[&str] = &["button", "input", "meter", "output", "progress", "select", "textarea"];

/// Says `js` where a page says `no-js`: its first script does, and styles depend on it.
fn with_scripts(tree: &mut Tree<'_>) {
    if !tree.nodes.iter().any(|node| node.tag == "script") {
        return;
    }
    for id in [0, tree.body].into_iter().filter(|&id| id != NONE) {
        let (from, to) = tree.nodes[id as usize].attributes;
        for one in &mut tree.attributes[from as usize..to as usize] {
            let has = |word: &str| one.value.split_ascii_whitespace().any(|own| own == word);
            if one.name == "class" && has("no-js") {
                let words = one.value.split_ascii_whitespace();
                let words: Vec<&str> =
                    words.map(|word| if word == "no-js" { "js" } else { word }).collect();
                one.value = words.join(" ").into();
            }
        }
    }
}

/// Whether a node stands in an element of that name.
fn stands_in(tree: &Tree<'_>, node: &Node<'_>, tag: &str) -> bool {
    let parent = |node: &Node<'_>| (node.parent != NONE).then(|| &tree.nodes[node.parent as usize]);
    std::iter::successors(parent(node), |node| parent(node)).any(|around| around.tag == tag)
}

/// Whether a stylesheet for such media counts on a screen.
fn is_for_screens(media: Option<&str>) -> bool {
    media.is_none_or(|media| media::holds(media).mask & 1 != 0)
}

fn number(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

fn is_element(tree: &Tree<'_>, id: u32) -> bool {
    !tree.nodes[id as usize].tag.is_empty()
}

fn tag_of<'t>(tree: &'t Tree<'_>, id: u32) -> &'t str {
    &tree.nodes[id as usize].tag
}

/// A number for a name, which few others share.
fn sum(name: &str) -> u64 {
    name.bytes().fold(number(name.len()).into(), |sum: u64, byte| {
        (sum.rotate_left(5) ^ u64::from(byte)).wrapping_mul(0x517c_c1b7_2722_0a95)
    })
}

/// What is known of each node from those it stands in, from the outside in.
fn facts(tree: &Tree<'_>, styles: &Styles) -> Vec<Facts> {
    let mut facts: Vec<Facts> = Vec::with_capacity(tree.nodes.len());
    for (id, node) in tree.nodes.iter().enumerate() {
        let mut own = match node.parent {
            NONE => Facts { is_rendered: true, is_in_view: true, ..Facts::default() },
            parent => facts[parent as usize],
        };
        if node.tag.is_empty() {
            facts.push(own);
            continue;
        }
        let attributes = tree.attributes_of(node);
        let style = styles.of(number(id));
        own.is_rendered &= style.display != Display::None && !is_replaced(tree, node);
        // What stands in a canvas is read aloud, and never drawn.
        own.is_in_view &= !is_out_of_view(style)
            && (node.parent == NONE || tree.nodes[node.parent as usize].tag != "canvas");
        for attribute in attributes {
            match &*attribute.name {
                "aria-hidden" => {
                    own.is_hidden_from_aria |= attribute.value.trim().eq_ignore_ascii_case("true");
                }
                "inert" => own.is_inert = true,
                "aria-disabled" => {
                    own.is_aria_disabled |= attribute.value.eq_ignore_ascii_case("true");
                }
                "disabled" if DISABLED.contains(&&*node.tag) => own.is_disabled = true,
                _ => {}
            }
        }
        // What stands in the legend of a group can be used when the group cannot.
        if node.tag == "legend"
            && node.parent != NONE
            && tree.nodes[node.parent as usize].tag == "fieldset"
        {
            let above = tree.nodes[node.parent as usize].parent;
            own.is_disabled = above != NONE && facts[above as usize].is_disabled;
        }
        facts.push(own);
    }
    facts
}

/// Elements that can be disabled.
const DISABLED: &[&str] =
    &["button", "fieldset", "input", "optgroup", "option", "select", "textarea"];

/// Whether something else is shown in its place: what stands in a video is for browsers
/// that have none.
fn is_replaced(tree: &Tree<'_>, node: &Node<'_>) -> bool {
    if node.parent == NONE {
        return false;
    }
    let parent = &tree.nodes[node.parent as usize];
    match &*parent.tag {
        "video" | "audio" | "iframe" | "meter" | "progress" => true,
        "object" => {
            value_of(tree.attributes_of(parent), "data").is_some_and(|data| !data.is_empty())
        }
        _ => false,
    }
}

/// Whether it is made not to be seen: cut to nothing, moved off the screen, transparent.
fn is_out_of_view(style: &Style) -> bool {
    let font = style.font_size;
    let is_far = |size: Size| size.pixels(font).is_some_and(|size| size <= -999.0);
    let is_tiny = |size: Size, most: Size| {
        [size, most].iter().any(|size| size.pixels(font).is_some_and(|size| size <= 1.0))
    };
    let is_placed = matches!(style.position, Position::Absolute | Position::Fixed);
    let is_cut = style.overflow.0 == Overflow::Hidden || style.overflow.1 == Overflow::Hidden;
    style.opacity == 0.0
        || style.is_clipped
        || style.moved.contains(&Move::Away)
        // As much room on the inside brings the words back.
        || (is_far(style.margin[3]) && style.padding[3].pixels(font).is_none_or(|size| size < 999.0))
        || (style.position != Position::Flow && style.inset.iter().any(|side| is_far(*side)))
        || (is_placed
            && is_cut
            && is_tiny(style.width, style.most.0)
            && is_tiny(style.height, style.most.1))
        || (is_cut && [style.height, style.width].iter().any(|size| size.pixels(font) == Some(0.0)))
}

/// An element of a page.
#[derive(Clone, Copy)]
pub struct Element<'p> {
    page: &'p Page<'p>,
    id: u32,
}

impl PartialEq for Element<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Element<'_> {}

impl std::hash::Hash for Element<'_> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl PartialOrd for Element<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// By their place on the page.
impl Ord for Element<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.id.cmp(&other.id)
    }
}

impl std::fmt::Debug for Element<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{}>", self.tag())
    }
}

impl<'p> Element<'p> {
    fn node(self) -> &'p Node<'p> {
        &self.page.tree.nodes[self.id as usize]
    }

    fn at(self, id: u32) -> Option<Self> {
        (id != NONE).then_some(Self { id, ..self })
    }

    fn facts(self) -> Facts {
        self.page.facts[self.id as usize]
    }

    fn attributes(self) -> &'p [Attribute<'p>] {
        self.page.tree.attributes_of(self.node())
    }

    /// Its place on the page, which [`Page::element`] takes.
    pub(super) fn id(self) -> u32 {
        self.id
    }

    /// The page it is on.
    pub fn page(self) -> &'p Page<'p> {
        self.page
    }

    /// Its name in lower case.
    pub fn tag(self) -> &'p str {
        &self.node().tag
    }

    /// Whether that is its name.
    pub fn is(self, tag: &str) -> bool {
        is_same(&self.node().tag, tag)
    }

    /// Whether its name is one of these.
    pub fn is_any(self, tags: &[&str]) -> bool {
        let own = self.tag();
        tags.iter().any(|tag| is_same(own, tag))
    }

    /// Whether it is a drawing or a part of one.
    pub fn is_svg(self) -> bool {
        self.node().family == Family::Svg
    }

    /// Whether it is neither of a drawing nor of a formula.
    pub fn is_html(self) -> bool {
        self.node().family == Family::Html
    }

    /// The value of an attribute, entities decoded; empty when it has none.
    #[inline]
    pub fn attr(self, name: &str) -> Option<&'p str> {
        if self.may_have(name) { value_of(self.attributes(), name) } else { None }
    }

    /// Whether it has that attribute.
    #[inline]
    pub fn has(self, name: &str) -> bool {
        self.may_have(name) && self.attributes().iter().any(|one| is_same(&one.name, name))
    }

    /// Whether it has that attribute with that value, in capitals or small letters.
    pub fn says(self, name: &str, value: &str) -> bool {
        self.attr(name).is_some_and(|own| own.eq_ignore_ascii_case(value))
    }

    /// The value of an attribute without the space around it, if there is any.
    pub fn filled(self, name: &str) -> Option<&'p str> {
        self.attr(name).map(str::trim).filter(|value| !value.is_empty())
    }

    #[inline(always)]
    fn may_have(self, attribute: &str) -> bool {
        self.node().signs & sign(attribute) != 0
    }

    /// Names, in lower case, and values of its attributes.
    pub fn attrs(self) -> impl Iterator<Item = (&'p str, &'p str)> {
        self.attributes().iter().map(|one| (&*one.name, &*one.value))
    }

    /// Its attributes with where each stands.
    pub fn attr_spans(self) -> impl Iterator<Item = (&'p str, Span)> {
        self.attributes().iter().map(|one| (&*one.name, one.span))
    }

    /// Where its start tag stands.
    pub fn span(self) -> Span {
        self.node().span
    }

    /// Where an attribute stands; its start tag when it has none.
    pub fn attr_span(self, name: &str) -> Span {
        let found = self.attributes().iter().find(|one| one.name == name);
        found.map_or(self.span(), |one| one.span)
    }

    /// Which of the written start tags it is, from 0; none when it was not written.
    pub fn written(self) -> Option<u32> {
        let written = self.node().written;
        (written != NONE).then_some(written)
    }

    /// The element it stands in.
    pub fn parent(self) -> Option<Self> {
        self.at(self.node().parent)
    }

    /// The elements it stands in, nearest first.
    pub fn ancestors(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.parent(), |element| element.parent())
    }

    /// Itself, and then the elements it stands in, nearest first.
    pub fn and_around(self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |element| element.parent())
    }

    /// The elements directly in it.
    pub fn children(self) -> impl Iterator<Item = Self> {
        std::iter::successors(self.at(self.node().first), |element| element.next())
    }

    /// The elements in it, in the order of the page.
    pub fn descendants(self) -> impl Iterator<Item = Self> {
        (self.id + 1..self.node().end)
            .filter(move |&id| is_element(&self.page.tree, id))
            .map(move |id| Self { id, ..self })
    }

    /// The element before it in the same one.
    pub fn previous(self) -> Option<Self> {
        self.at(self.node().previous)
    }

    /// The element after it in the same one.
    pub fn next(self) -> Option<Self> {
        self.at(self.node().next)
    }

    /// Itself or the nearest element around it with one of these names.
    pub fn closest(self, tags: &[&str]) -> Option<Self> {
        self.and_around().find(|element| element.is_any(tags))
    }

    /// Whether the other one is itself or stands in it.
    pub fn contains(self, other: Element<'_>) -> bool {
        (self.id..self.node().end).contains(&other.id)
    }

    /// The words in it, as written, in order, with the element that each stands in.
    fn words(self) -> impl Iterator<Item = (Self, &'p str)> {
        let nodes = &self.page.tree.nodes;
        (self.id + 1..self.node().end).filter_map(move |id| {
            let node = &nodes[id as usize];
            node.tag.is_empty().then(|| (Self { id: node.parent, ..self }, &*node.text))
        })
    }

    /// The words in it that are seen, as written, with the element that each stands in.
    pub fn seen_words(self) -> impl Iterator<Item = (Self, &'p str)> {
        self.words().filter(|(element, words)| element.shows_words() && !words.trim().is_empty())
    }

    /// Whether any words in it are seen.
    pub fn shows_any(self) -> bool {
        self.seen_words().next().is_some()
    }

    /// Whether words directly in it are seen.
    fn shows_words(self) -> bool {
        let style = self.style();
        let is_far = style.text_indent.pixels(style.font_size).is_some_and(|far| far <= -999.0);
        self.is_visible() && style.font_size != Some(0.0) && !is_far
    }

    /// All words in it, shown or not, white space made single.
    pub fn text(self) -> String {
        let mut out = String::new();
        self.words().for_each(|(_, words)| out.push_str(words));
        collapsed(&out)
    }

    /// Whether there are words in it, shown or not.
    pub fn has_text(self) -> bool {
        self.words().any(|(_, words)| !words.trim().is_empty())
    }

    /// The words in it that are seen on the screen, white space made single.
    pub fn visible_text(self) -> String {
        let mut out = String::new();
        let nodes = &self.page.tree.nodes;
        // Blocks stand apart from each other: a space where one begins and ends.
        let mut ends: Vec<u32> = Vec::new();
        for id in self.id + 1..self.node().end {
            while ends.last().is_some_and(|&end| end <= id) {
                ends.pop();
                out.push(' ');
            }
            let node = &nodes[id as usize];
            if node.tag.is_empty() {
                if (Self { id: node.parent, ..self }).shows_words() {
                    out.push_str(&node.text);
                }
            } else {
                let element = Self { id, ..self };
                if node.tag == "br" {
                    out.push(' ');
                } else if !matches!(element.style().display, Display::Inline | Display::Contents) {
                    out.push(' ');
                    ends.push(node.end);
                }
            }
        }
        collapsed(&out)
    }

    /// The words directly in it, as written.
    pub fn own_text(self) -> impl Iterator<Item = &'p str> {
        let nodes = &self.page.tree.nodes;
        let end = self.node().end;
        let inside = move |id: u32| (id < end).then_some(id);
        std::iter::successors(inside(self.id + 1), move |&id| inside(nodes[id as usize].end))
            .map(move |id| &nodes[id as usize])
            .filter(|node| node.tag.is_empty())
            .map(|node| &*node.text)
    }

    /// Whether anything of it is laid out: not `display: none` here or around it.
    pub fn is_rendered(self) -> bool {
        self.facts().is_rendered
    }

    /// Whether it is seen: laid out, `visibility: visible`, not clipped away, not moved
    /// off the screen, not transparent.
    pub fn is_visible(self) -> bool {
        let facts = self.facts();
        facts.is_rendered && facts.is_in_view && self.style().visible
    }

    /// Whether it or something around it has `aria-hidden="true"`.
    pub fn is_hidden_from_aria(self) -> bool {
        self.facts().is_hidden_from_aria
    }

    /// Whether it is in the accessibility tree.
    pub fn is_exposed(self) -> bool {
        let facts = self.facts();
        facts.is_rendered && !facts.is_hidden_from_aria && !facts.is_inert && self.style().visible
    }

    /// Whether it or something around it is `inert`.
    pub fn is_inert(self) -> bool {
        self.facts().is_inert
    }

    /// Whether a `<label>` can name it.
    pub fn can_have_label(self) -> bool {
        self.is_any(LABELLED)
    }

    /// Whether it cannot be used, by its own `disabled` or that of its group.
    pub fn is_disabled(self) -> bool {
        let can_be = self.is_any(DISABLED);
        can_be && self.facts().is_disabled
    }

    /// Whether it or something around it cannot be used, by `disabled` or by
    /// `aria-disabled`.
    pub(super) fn is_in_switched_off(self) -> bool {
        self.facts().is_disabled || self.facts().is_aria_disabled
    }

    /// `tabindex`, where it is a number.
    pub fn tabindex(self) -> Option<i32> {
        integer(self.attr("tabindex")?)
    }

    /// Whether it is made to have the focus, shown or not.
    fn can_have_focus(self) -> bool {
        if self.is_disabled() {
            return false;
        }
        if self.tabindex().is_some() {
            return true;
        }
        if self.is_svg() {
            return self.is("a") && (self.has("href") || self.has("xlink:href"));
        }
        let is_editable =
            self.attr("contenteditable").is_some_and(|v| !v.trim().eq_ignore_ascii_case("false"));
        is_editable
            || match self.tag() {
                "a" | "area" => self.has("href"),
                "button" | "select" | "textarea" | "iframe" => true,
                "input" => {
                    !self.attr("type").is_some_and(|kind| kind.eq_ignore_ascii_case("hidden"))
                }
                "summary" => self.parent().is_some_and(|parent| {
                    parent.is("details") && self.page.first_summary(parent) == Some(self.id)
                }),
                // Browsers give it words of their own to open it by.
                "details" => !self.children().any(|child| child.is("summary")),
                "audio" | "video" => self.has("controls"),
                _ => false,
            }
    }

    /// Whether it can have the focus.
    pub fn is_focusable(self) -> bool {
        self.can_have_focus() && self.is_rendered() && self.style().visible && !self.is_inert()
    }

    /// Whether the Tab key gets to it.
    pub fn is_tabbable(self) -> bool {
        self.is_focusable() && self.tabindex().is_none_or(|index| index >= 0)
    }

    /// The first word of `role` that is a role, `image` as it is written.
    pub fn explicit_role(self) -> Option<&'static str> {
        let words = self.attr("role")?.split_ascii_whitespace();
        words
            .filter_map(|word| aria::role(&word.to_ascii_lowercase()))
            .find(|role| !role.r#abstract)
            .map(|role| role.name)
    }

    /// The role written on it, when it counts, HTML gives it another, and it is read aloud.
    pub fn given_role(self) -> Option<&'static aria::Role> {
        let role = self.kind().filter(|role| self.explicit_role() == Some(role.name))?;
        (self.implicit_role() != Some(role.name) && self.is_exposed()).then_some(role)
    }

    /// The role that HTML gives it; none for a `<div>` and the like.
    pub fn implicit_role(self) -> Option<&'static str> {
        role::implicit(self)
    }

    /// The role that counts; `none` when it is decoration, nothing when it means nothing.
    pub fn role(self) -> Option<&'static str> {
        self.kind().map(|role| role.name)
    }

    /// What is known of that role.
    pub fn kind(self) -> Option<&'static aria::Role> {
        self.page.roles[self.id as usize]
    }

    fn named(self) -> &'p (Box<str>, From) {
        self.page.names[self.id as usize].get_or_init(|| name::name(self))
    }

    /// What it is called when it is read aloud; empty when it has no name.
    pub fn name(self) -> &'p str {
        &self.named().0
    }

    /// Whether it is called anything.
    pub fn has_name(self) -> bool {
        !self.name().trim().is_empty()
    }

    /// Where its name comes from.
    pub fn name_from(self) -> From {
        self.named().1
    }

    /// The labels that name it as a field.
    pub fn labels(self) -> Vec<Self> {
        let labels = self.page.labels().get(&self.id);
        labels.into_iter().flatten().map(|&id| Self { id, ..self }).collect()
    }

    /// What it stands in, in the accessibility tree: past what means nothing by itself.
    pub fn owner(self) -> Option<Self> {
        let mut element = self;
        // Two elements can name each other as owners.
        for _ in 0..512 {
            element = match self.page.owners.get(&element.id) {
                Some(&owner) => Self { id: owner, ..self },
                None => element.parent()?,
            };
            if !matches!(element.role(), None | Some("none" | "presentation" | "generic")) {
                return Some(element);
            }
        }
        None
    }

    /// What stands in it, in the accessibility tree: through what means nothing by
    /// itself, and with what it owns.
    pub fn owned(self) -> Vec<Self> {
        let mut found = Vec::new();
        let mut left: Vec<Self> = self.own_and_named().collect();
        left.reverse();
        let mut steps = 0;
        while let Some(element) = left.pop() {
            steps += 1;
            if !element.is_exposed() || steps > 100_000 {
                continue;
            }
            if matches!(element.role(), None | Some("none" | "presentation" | "generic")) {
                let inner: Vec<Self> = element.own_and_named().collect();
                left.extend(inner.into_iter().rev());
            } else {
                found.push(element);
            }
        }
        found
    }

    /// Its children without those that others own, then those it owns.
    fn own_and_named(self) -> impl Iterator<Item = Self> {
        let owners = &self.page.owners;
        let own = self.children().filter(move |child| !owners.contains_key(&child.id));
        let named = if owners.is_empty() { Vec::new() } else { self.references("aria-owns") };
        own.chain(named.into_iter().filter(move |child| owners.get(&child.id) == Some(&self.id)))
    }

    /// The elements whose ids an attribute lists, in its order.
    pub fn references(self, attribute: &str) -> Vec<Self> {
        let ids = self.attr(attribute).unwrap_or_default().split_ascii_whitespace();
        ids.filter_map(|id| self.page.named(id, self.node().is_shadow)).collect()
    }

    /// Whether a script gives it a shadow tree, whose words stand in it here.
    pub(super) fn has_shadow(self) -> bool {
        let nodes = &self.page.tree.nodes;
        !self.node().is_shadow && nodes.get(self.id as usize + 1).is_some_and(|node| node.is_shadow)
    }

    /// Whether it was written before: it is a link, or the like, that a block ended and that
    /// went on after it.
    pub(super) fn is_repeat(self) -> bool {
        self.node().is_repeat
    }

    /// Whether it stands in a shadow tree.
    pub(super) fn is_in_shadow(self) -> bool {
        self.node().is_shadow
    }

    /// The language that it, or the nearest element around it that says one, is in.
    pub fn language(self) -> Option<&'p str> {
        self.and_around()
            .find_map(|element| element.attr("lang").or_else(|| element.attr("xml:lang")))
    }

    /// How it looks.
    pub fn style(self) -> &'p Style {
        self.page.styles.of(self.id)
    }

    /// A number of how it looks: the same for another element only if that one looks the
    /// same, and so does all that it stands in.
    pub(super) fn look(self) -> u32 {
        self.page.styles.look(self.id)
    }

    /// The space of that kind, if its own `style` holds it fast with `!important`.
    pub fn important_spacing(self, of: Spacing) -> Option<Size> {
        let all: Vec<Declaration> = css::inline(self.attr("style")?);
        let is_held = all.iter().filter(|one| one.is_important).any(|one| match &one.set {
            Set::Spacing(found, _) => *found == of,
            Set::Pending(found, _) => *found == Property::Spacing(of),
            _ => false,
        });
        // Nothing counts more, so it is what the cascade ends with.
        self.style().spacing[of as usize].filter(|_| is_held)
    }
}

/// Words with white space made single and none at the ends.
pub fn collapsed(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| c.is_whitespace()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// A whole number, read as the HTML standard reads one: white space before it and other
/// signs after it do not matter.
pub fn integer(text: &str) -> Option<i32> {
    let text = text.trim_start_matches(|c: char| c.is_ascii_whitespace());
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let length = digits.bytes().take_while(u8::is_ascii_digit).count();
    let number: i64 = digits[..length].parse().ok()?;
    let number = if text.starts_with('-') { -number } else { number };
    i32::try_from(number).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn page(html: &str) -> Page<'_> {
        Page::read(html, |_| None)
    }

    /// The tree as one line: `html(head body(p))`.
    fn shape(html: &str) -> String {
        fn show(element: Element<'_>, out: &mut String) {
            out.push_str(element.tag());
            let inner: Vec<_> = element.children().collect();
            if !inner.is_empty() {
                out.push('(');
                for (at, child) in inner.into_iter().enumerate() {
                    if at > 0 {
                        out.push(' ');
                    }
                    show(child, out);
                }
                out.push(')');
            }
        }
        let page = page(html);
        let mut out = String::new();
        show(page.root(), &mut out);
        out
    }

    #[test]
    fn the_tree_is_the_one_of_a_browser() {
        for (html, tree) in [
            ("<p>a<p>b<div>c</div>", "html(body(p p div))"),
            ("<title>x</title><p>a", "html(head(title) body(p))"),
            ("<html><head></head><body><ul><li>a<li>b</ul>", "html(head body(ul(li li)))"),
            (
                "<table><tr><td>a<td>b<tr><td>c</table>",
                "html(body(table(tbody(tr(td td) tr(td)))))",
            ),
            ("<table><td>a</table>", "html(body(table(tbody(tr(td)))))"),
            ("<select><option>a<option>b</select><p>", "html(body(select(option option) p))"),
            ("<dl><dt>a<dd>b<dt>c</dl>", "html(body(dl(dt dd dt)))"),
            ("<img><br><p>", "html(body(img br p))"),
            ("<svg><title>a</title><path/></svg><p>", "html(body(svg(title path) p))"),
            ("<svg><p>a", "html(body(svg p))"),
            ("<template><p>a</p></template><p>", "html(head(template) body(p))"),
            ("<ul><li>a<ul><li>b</ul><li>c</ul>", "html(body(ul(li(ul(li)) li)))"),
            ("<h1>a<h2>b</h2>", "html(body(h1 h2))"),
            ("<div><span></div><p>", "html(body(div(span) p))"),
            ("", "html"),
            ("</p>x", "html(body)"),
        ] {
            assert_eq!(shape(html), tree, "{html}");
        }
    }

    #[test]
    fn deep_pages_stay_flat_enough() {
        let html = "<div>".repeat(5_000) + "<p>x</p>" + &"</div>".repeat(5_000) + "<h1>y</h1>";
        let page = page(&html);
        let heading = page.all(&["h1"])[0];
        assert!(heading.ancestors().count() < 515, "{}", heading.ancestors().count());
    }

    #[test]
    fn what_styles_hide_is_hidden() {
        let html = "<style>.a .b{display:none} #c{visibility:hidden} p>i{opacity:0}\
                    @media print{u{display:none}} @media (min-width:1px){s{display:none!important}}\
                    </style><div class=a><b class='x b'>1</b></div><em id=c>2<span \
                    style='visibility:visible'>3</span></em><p><i>4</i><u>5</u><s style='display:inline'>6</s>";
        let page = page(html);
        let is_shown = |tag: &str| {
            let element = page.all(&[tag])[0];
            (element.is_rendered(), element.is_visible())
        };
        assert_eq!(is_shown("b"), (false, false));
        assert_eq!(is_shown("em"), (true, false));
        assert_eq!(is_shown("span"), (true, true));
        assert_eq!(is_shown("i"), (true, false));
        assert_eq!(is_shown("u"), (true, true));
        assert_eq!(is_shown("s"), (false, false));
    }

    #[test]
    fn layers_variables_and_schemes_are_followed() {
        let html = "<style>@layer a, b; @layer b{p{color:var(--x)}} @layer a{p{color:red}}\
                    :root{--x:#111} @media (prefers-color-scheme:dark){:root{--x:#eee}}\
                    body{background:light-dark(white,black)}</style><p>x";
        let page = page(html);
        let style = page.all(&["p"])[0].style();
        let said = style.colour.map(|colour| colour.map(Colour::hex));
        assert_eq!(said, [Some("#111111".into()), Some("#eeeeee".into())]);
        let body = page.body().expect("a body").style();
        assert_eq!(body.background[1].map(Colour::hex), Some("#000000".into()));
    }

    #[test]
    fn pages_look_as_their_first_script_makes_them() {
        let colour = |script: &str| {
            let html = format!(
                "<html class='no-js light'><style>.no-js p{{color:#999}}.js.light p{{color:#111}}\
                 </style>{script}<p>x"
            );
            page(&html).all(&["p"])[0].style().colour[0].map(Colour::hex)
        };
        assert_eq!(colour("<script>begin()</script>"), Some("#111111".into()));
        assert_eq!(colour(""), Some("#999999".into()));
    }

    #[test]
    fn many_stylesheets_are_asked_as_one_in_their_order() {
        let many = "<style>i{color:#00f}</style>".repeat(MOST_SHEETS);
        let colour = |around: &str| {
            let html = format!("{around}<p class=a><i>x</i>");
            let page = page(&html);
            let said = page.all(&["p"])[0].style().colour[0].map(Colour::hex);
            (said.unwrap_or_default(), page.has_unknown_style(), page.left_out().count())
        };
        let (red, green) = ("<style>p{color:#f00}</style>", "<style>p{color:#0f0}</style>");
        let is = |colour: &str| (colour.to_owned(), false, 0);
        assert_eq!(colour(&format!("{red}{many}{green}")), is("#00ff00"));
        assert_eq!(colour(&format!("{green}{many}{red}")), is("#ff0000"));
        let layered =
            "<style>@layer b{p{color:#0f0}}</style><style>@layer a{p{color:#f00}}</style>";
        assert_eq!(colour(&format!("<style>@layer a,b;</style>{many}{layered}")), is("#00ff00"));
        // What comes before one that is missing holds less.
        let missing = "<link rel=stylesheet href=no.css>";
        for (html, is_held) in [
            (format!("{many}{missing}{red}"), true),
            (format!("{red}{many}{missing}"), false),
            (format!("{missing}{red}{many}"), true),
        ] {
            let html = format!("{html}<p>x");
            assert_eq!(page(&html).all(&["p"])[0].style().is_held.0, is_held, "{html}");
        }
    }

    #[test]
    fn names_that_grow_with_the_square_of_a_page_are_cut_and_said_to_be() {
        let html = |fields: usize| {
            let label = "word ".repeat(4_000);
            let fields = "<input aria-labelledby=l>".repeat(fields);
            format!("<p id=l>{label}</p>{fields}")
        };
        let (few, many) = (html(20), html(1_000));
        for (html, said, most) in [(few, 0, 20 * 20_000), (many, 1, 8_000_000)] {
            let page = page(&html);
            let all: usize = page.all(&["input"]).iter().map(|field| field.name().len()).sum();
            assert!(all <= most, "{all}");
            assert_eq!(page.left_out().count(), said);
            assert!(page.all(&["input"]).iter().all(|field| field.name().starts_with("word word")));
        }
    }

    #[test]
    fn selectors_that_go_through_all_siblings_are_given_up_and_said_to_be() {
        let html = |many: usize| {
            format!("<style>p:has(+ a + b){{color:red}}</style>{}", "<p>x</p>".repeat(many))
        };
        for (many, said) in [(500, 0), (6_000, 1)] {
            let html = html(many);
            let page = page(&html);
            assert_eq!((page.left_out().count(), page.has_unknown_style()), (said, said == 1));
        }
    }

    #[test]
    fn variables_in_attributes_are_told_apart() {
        let text: String = (0..50)
            .map(|at| format!("<p style='--a{at}: #0000{at:02}; color: var(--a{at})'>x</p>"))
            .collect();
        let all: String = (0..50).map(|at| format!("--b{at}: #0000{at:02};")).collect();
        let text = format!(
            "<style>:root{{{all}}}</style>{text}{}",
            (0..50).map(|at| format!("<p style='color: var(--b{at})'>y</p>")).collect::<String>()
        );
        let page = page(&text);
        for (number, paragraph) in page.all(&["p"]).into_iter().enumerate() {
            let colour = paragraph.style().colour[0].expect("it is known").hex();
            assert_eq!(colour, format!("#0000{:02}", number % 50));
        }
    }
}
