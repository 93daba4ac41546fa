//! What the cascade makes of stylesheets: the look of each element, as far as it can be
//! known without laying the page out.

use std::{collections::HashMap, sync::Arc};

use super::{
    Map,
    cascade::{Cascade, Match},
    colour::Colour,
    css::{self, Declaration, Sheet},
    media::{ALWAYS, HIGH, Mask, SCENES, ZOOMED},
    selector::Pseudo,
    value::{
        Cell, Display, Float, Inner, Move, Overflow, Paint, Pictures, Position, Property, Scheme,
        Set, Size, Weight, read,
    },
};
use crate::html::tree::{Family, NONE, Node, Tree, value_of};

/// In light and in dark colours.
pub const SCHEMES: usize = 2;

/// The look of an element.
#[derive(Debug, Clone)]
pub struct Style {
    /// How it is laid out.
    pub display: Display,
    /// How what is in it is laid out.
    pub inner: Inner,
    /// To which side it floats.
    pub float: Float,
    /// Whether it goes below what floats at the left.
    pub clears: bool,
    /// Whether `visibility` lets it be seen.
    pub visible: bool,
    /// Of its words, in light and in dark; none when it cannot be known.
    pub colour: [Option<Colour>; SCHEMES],
    /// Behind it, without what is behind its parents; none when it cannot be known.
    pub background: [Option<Colour>; SCHEMES],
    /// The pictures behind it, in light and in dark.
    pub(in crate::audit) pictures: [Pictures; SCHEMES],
    /// Whether its pictures fill it all.
    pub is_filled: bool,
    /// For which colours of the screen it is made.
    pub scheme: Scheme,
    /// Whether a style says the colour of its words, or of those around it.
    pub is_coloured: bool,
    /// Whether its colour, and what is behind it, stay as they are said whatever a stylesheet
    /// says that is not there.
    pub is_held: (bool, bool),
    /// Of all of it, 1 for solid.
    pub opacity: f32,
    /// In pixels; none when it cannot be known.
    pub font_size: Option<f32>,
    /// Whether its size, or the one that it is measured in, is said in pixels. Browsers draw
    /// monospace letters smaller where it is not.
    is_size_said: bool,
    /// From 1 to 1000.
    pub font_weight: f32,
    /// The list of fonts in lower case.
    pub font_family: Option<Arc<str>>,
    /// How it is placed.
    pub position: Position,
    /// What happens to what does not fit: in a line, and downwards.
    pub overflow: (Overflow, Overflow),
    /// Whether it is cut to nothing.
    pub is_clipped: bool,
    /// Whether dots say that there are more words in it than fit.
    pub is_shortened: bool,
    /// What is higher than it, where everything is twice as large.
    pub zoomed: Frame,
    /// Its size, where it is said.
    pub width: Size,
    /// Its height.
    pub height: Size,
    /// The least of both, width first.
    pub least: (Size, Size),
    /// The most of both, width first.
    pub most: (Size, Size),
    /// The room inside its edges: top, right, bottom, left.
    pub padding: [Size; 4],
    /// Top, right, bottom, left.
    pub inset: [Size; 4],
    /// The same around it.
    pub margin: [Size; 4],
    /// By `transform`, `translate` and `scale`.
    pub moved: [Move; 3],
    /// Where it is put in the grid around it.
    pub cell: Option<Arc<Cell>>,
    /// Whether the grid that it is has areas with names.
    pub has_areas: bool,
    /// Whether it is drawn above what lies flat, by `transform`, `isolation` and others.
    pub is_raised: bool,
    /// Whether it lies below the others, with them or above them: the sign of `z-index`,
    /// where it is said.
    pub level: Option<i8>,
    /// What stands before and after its content as boxes of their own.
    pub boxes: [Drawn; 2],
    /// `letter-spacing`, `word-spacing` and `line-height`, where they are said for this
    /// element.
    pub spacing: [Option<Size>; 3],
    /// Whether lines break only where it is written.
    pub is_unbroken: bool,
    /// How far the first line is moved.
    pub text_indent: Size,
    /// Degrees by which `transform` and `rotate` turn it, each on a wide screen and on a
    /// high one.
    pub turned: [[Option<f32>; 2]; 2],
    /// Whether lines are stretched to the same length.
    pub is_justified: bool,
    /// Whether words are made capitals.
    pub is_uppercase: bool,
    /// Whether letters are slanted.
    pub is_slanted: bool,
    /// Whether a line is drawn at its words: under them, as under a link, or through them.
    pub is_underlined: bool,
    /// Whether a line below it, or all round it, has a style, and whether it has a width.
    pub edge: (bool, bool),
    /// Whether an outline shows the focus, unless a style takes it away.
    pub has_outline: bool,
    /// Whether filters, shadows of words or blending change its colours.
    pub has_effect: bool,
    /// What stands before and after its content, from the stylesheet.
    pub content: [Option<Arc<str>>; 2],
}

/// What decides whether words are cut off below.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Frame {
    /// How high it is.
    pub height: Size,
    /// How high it can become.
    pub most_height: Size,
    /// What happens to what does not fit: in a line, and downwards.
    pub overflow: (Overflow, Overflow),
}

impl Frame {
    fn apply(&mut self, set: &Set) {
        match set {
            Set::Overflow(x, y) => {
                self.overflow = (x.unwrap_or(self.overflow.0), y.unwrap_or(self.overflow.1));
            }
            Set::Length(Property::Height, size) => self.height = *size,
            Set::Length(Property::MaxHeight, size) => self.most_height = *size,
            _ => {}
        }
    }
}

/// A box that a stylesheet makes: `::before`, `::after`.
#[derive(Debug, Clone, Copy, Default)]
pub struct Drawn {
    is_there: bool,
    is_hidden: bool,
    is_painted: bool,
    has_picture: bool,
    is_lifted: bool,
    is_block: bool,
    clears: bool,
    width: Size,
    height: Size,
}

impl Style {
    /// The frame that it is, at the usual size.
    pub fn frame(&self) -> Frame {
        Frame { height: self.height, most_height: self.most.1, overflow: self.overflow }
    }

    /// Whether there is a picture behind it, in any colours.
    pub fn has_picture(&self) -> bool {
        self.pictures.iter().any(|pictures| !pictures.is_empty())
    }
}

impl Drawn {
    /// Whether it may lie behind the words of its element, or over them.
    pub fn covers(&self) -> bool {
        self.is_there
            && !self.is_hidden
            && self.is_lifted
            && (self.is_painted || self.has_picture)
            && !is_small(self.width, self.height)
    }

    /// Whether what floats before it at the left ends above it.
    pub fn clears(&self) -> bool {
        self.is_there && self.is_block && !self.is_hidden && !self.is_lifted && self.clears
    }
}

/// Whether a box is no larger than a sign or a line.
pub fn is_small(width: Size, height: Size) -> bool {
    let is = |size: Size, most: f32| size.pixels(Some(16.0)).is_some_and(|size| size <= most);
    is(width, 64.0) || is(height, 8.0)
}

impl Default for Style {
    fn default() -> Self {
        Self {
            display: Display::Inline,
            inner: Inner::Flow,
            float: Float::Not,
            clears: false,
            visible: true,
            colour: [Some(Colour::BLACK); SCHEMES],
            background: [Some(Colour::CLEAR); SCHEMES],
            pictures: Default::default(),
            is_filled: true,
            scheme: Scheme::Light,
            is_coloured: false,
            is_held: (false, false),
            opacity: 1.0,
            font_size: Some(16.0),
            is_size_said: false,
            font_weight: 400.0,
            font_family: None,
            position: Position::Flow,
            overflow: (Overflow::Visible, Overflow::Visible),
            is_clipped: false,
            is_shortened: false,
            zoomed: Frame::default(),
            width: Size::Auto,
            height: Size::Auto,
            least: (Size::Auto, Size::Auto),
            most: (Size::Auto, Size::Auto),
            padding: [Size::Auto; 4],
            inset: [Size::Auto; 4],
            margin: [Size::Auto; 4],
            moved: [Move::Nowhere; 3],
            cell: None,
            has_areas: false,
            is_raised: false,
            level: None,
            boxes: [Drawn::default(); 2],
            spacing: [None; 3],
            is_unbroken: false,
            text_indent: Size::Auto,
            turned: [[Some(0.0); 2]; 2],
            is_justified: false,
            is_uppercase: false,
            is_slanted: false,
            is_underlined: false,
            edge: (false, true),
            has_outline: true,
            has_effect: false,
            content: [None, None],
        }
    }
}

/// Values of custom properties, in each scheme.
type Variables = [Arc<Known>; SCENES];

/// Custom properties that an element sets, and those that are set around it.
#[derive(Debug, Default)]
struct Known {
    own: HashMap<Box<str>, Arc<str>>,
    around: Option<Arc<Known>>,
}

impl Known {
    fn get(&self, name: &str) -> Option<&str> {
        let mut known = Some(self);
        while let Some(here) = known {
            if let Some(value) = here.own.get(name) {
                return Some(value);
            }
            known = here.around.as_deref();
        }
        None
    }
}

/// The looks of all elements, by node; words have that of their parent.
#[derive(Debug)]
pub(super) struct Styles {
    looks: Vec<Style>,
    of: Vec<u32>,
    /// Whether they are those of all the stylesheets.
    pub(super) is_whole: bool,
}

impl Styles {
    pub(super) fn of(&self, node: u32) -> &Style {
        &self.looks[self.look(node) as usize]
    }

    /// The number of its look.
    pub(super) fn look(&self, node: u32) -> u32 {
        self.of[node as usize]
    }
}

/// Computes the look of each element. `scheme` is what the page says of its colours. `after` is
/// how many of the stylesheets come before the last one that is missing, where one is.
pub(super) fn styles(
    tree: &Tree<'_>,
    sheets: &[Arc<Sheet>],
    scheme: Scheme,
    after: Option<usize>,
) -> Styles {
    let mut cascade = Cascade::new(sheets, tree.nodes.len());
    let mut computing =
        Computing { looks: Vec::new(), variables: Vec::new(), read: Map::default(), scheme, after };
    let mut of = Vec::with_capacity(tree.nodes.len());
    let mut families: Map<Kin<'_>, u32> = Map::default();
    let mut found = Vec::new();
    for (id, node) in tree.nodes.iter().enumerate() {
        if node.tag.is_empty() {
            of.push(of[node.parent as usize]);
            continue;
        }
        let id = u32::try_from(id).unwrap_or(0);
        found.clear();
        // The page's styles do not reach into a shadow tree.
        if !node.is_shadow {
            cascade.matches(tree, id, &mut found);
        }
        // From what counts least to what counts most.
        found.sort_by_key(|one| (one.layer, one.specificity, one.order));
        let parent = (node.parent != NONE).then(|| of[node.parent as usize]);
        let kin = Kin::of(tree, node, parent, &found);
        if let Some(look) = kin.as_ref().and_then(|kin| families.get(kin)) {
            of.push(*look);
            continue;
        }
        computing.add(tree, node, parent.map(|look| look as usize), &mut found);
        let look = u32::try_from(computing.looks.len() - 1).unwrap_or(0);
        families.extend(kin.map(|kin| (kin, look)));
        of.push(look);
    }
    Styles { looks: computing.looks, of, is_whole: !cascade.is_given_up() }
}

/// What the look of an element comes from: elements with the same look the same.
#[derive(Debug, PartialEq, Eq, Hash)]
struct Kin<'t> {
    /// The look of what it stands in.
    around: Option<u32>,
    tag: &'t str,
    family: Family,
    is_link: bool,
    /// What applies to it: the places of declarations in memory, which stay as they are
    /// while a page is read.
    found: Vec<(*const Declaration, Mask, Option<Pseudo>)>,
}

/// Attributes that change the look of an element by themselves.
#[rustfmt::skip] // a list of words reads better in lines
const CHANGING: &[&str] = &[
    "align", "background", "bgcolor", "color", "controls", "data", "hidden", "link", "open",
    "popover", "style", "text", "type",
];

impl<'t> Kin<'t> {
    /// None for one that has no kin, since it says itself how it looks.
    fn of(
        tree: &'t Tree<'_>,
        node: &'t Node<'_>,
        around: Option<u32>,
        found: &[Match<'_>],
    ) -> Option<Self> {
        let attributes = tree.attributes_of(node);
        if attributes.iter().any(|one| CHANGING.contains(&&*one.name)) {
            return None;
        }
        let found = found.iter().map(|one| (one.declarations.as_ptr(), one.mask, one.pseudo));
        Some(Self {
            around,
            tag: &node.tag,
            family: node.family,
            is_link: attributes.iter().any(|one| one.name == "href"),
            found: found.collect(),
        })
    }
}

/// A value with variables, and what it came to.
type Resolved = (Arc<str>, Arc<[Set]>);

struct Computing {
    looks: Vec<Style>,
    variables: Vec<Variables>,
    /// What values with variables came to, by the places of both in memory. Each value is
    /// kept, so that no other one comes to stand in its place.
    read: Map<(usize, usize), Resolved>,
    /// What the page as a whole says of its colours.
    scheme: Scheme,
    /// How many stylesheets come before the last one that is missing.
    after: Option<usize>,
}

/// What a class counts in a selector. Source: the crate `selectors`, which counts in tens of bits.
const CLASS: u32 = 1 << 10;

impl Computing {
    fn add(
        &mut self,
        tree: &Tree<'_>,
        node: &Node<'_>,
        parent: Option<usize>,
        found: &mut Vec<Match<'_>>,
    ) {
        let mut style = Style::default();
        let mut variables = match parent {
            Some(place) => {
                let parent = &self.looks[place];
                style.visible = parent.visible;
                style.colour = parent.colour;
                style.scheme = parent.scheme;
                style.is_coloured = parent.is_coloured;
                style.is_held.0 = parent.is_held.0;
                style.font_size = parent.font_size;
                style.is_size_said = parent.is_size_said;
                style.font_weight = parent.font_weight;
                style.font_family.clone_from(&parent.font_family);
                style.is_justified = parent.is_justified;
                style.is_uppercase = parent.is_uppercase;
                style.is_slanted = parent.is_slanted;
                style.text_indent = parent.text_indent;
                style.is_unbroken = parent.is_unbroken;
                self.variables[place].clone()
            }
            None => {
                style.scheme = self.scheme;
                {
                    let none: Arc<Known> = Arc::default();
                    std::array::from_fn(|_| Arc::clone(&none))
                }
            }
        };
        usual(&mut style, tree, node);
        let inline = value_of(tree.attributes_of(node), "style").map(css::inline);
        let inline: Vec<Declaration> = inline.unwrap_or_default();
        let mut sets: Vec<(&Set, Mask, Option<Pseudo>, bool)> = Vec::new();
        // One that came before may well have it otherwise; few have a class and are not meant.
        let after = self.after.and_then(|after| u32::try_from(after).ok());
        let is_held = |one: &Match<'_>| {
            after.is_none_or(|after| one.order.0 >= after || one.specificity >= CLASS)
        };
        for one in found.iter() {
            let plain = one.declarations.iter().filter(|set| !set.is_important);
            sets.extend(plain.map(|set| (&set.set, one.mask, one.pseudo, is_held(one))));
        }
        let plain = inline.iter().filter(|set| !set.is_important);
        sets.extend(plain.map(|set| (&set.set, ALWAYS, None, true)));
        if found.iter().any(|one| one.declarations.iter().any(|set| set.is_important)) {
            // Among important ones, outer layers count less than inner ones.
            found.sort_by_key(|one| (std::cmp::Reverse(one.layer), one.specificity, one.order));
            for one in found.iter() {
                let important = one.declarations.iter().filter(|set| set.is_important);
                sets.extend(important.map(|set| (&set.set, one.mask, one.pseudo, true)));
            }
        }
        let important = inline.iter().filter(|set| set.is_important);
        sets.extend(important.map(|set| (&set.set, ALWAYS, None, true)));

        let customs = sets.iter().filter_map(|(set, mask, pseudo, _)| match (set, pseudo) {
            (Set::Custom(name, value), None) => Some((name, value, *mask)),
            _ => None,
        });
        let customs: Vec<_> = customs.collect();
        if !customs.is_empty() {
            let around = variables.clone();
            for scene in 0..SCENES {
                // Most scenes have the variables of the first.
                let is_in = |mask: Mask, scene: usize| mask & (1 << scene) != 0;
                let is_alike = Arc::ptr_eq(&around[scene], &around[0])
                    && customs.iter().all(|(.., mask)| is_in(*mask, scene) == is_in(*mask, 0));
                variables[scene] = if scene > 0 && is_alike {
                    Arc::clone(&variables[0])
                } else {
                    let own = customs.iter().filter(|(.., mask)| is_in(*mask, scene));
                    let own = own.map(|(name, value, _)| ((*name).clone(), Arc::clone(value)));
                    Arc::new(Known { own: own.collect(), around: Some(Arc::clone(&around[scene])) })
                };
            }
        }
        let nothing = Style::default();
        let around = parent.map_or(&nothing, |parent| &self.looks[parent]);
        let context = Inherited {
            font: around.font_size,
            weight: around.font_weight,
            colours: around.colour,
            backgrounds: around.background,
            is_coloured: around.is_coloured,
            root: self.looks.first().and_then(|style| style.font_size),
        };
        let was_monospace = is_monospace(around);
        // The size of the font first, since others are measured in it.
        for is_font in [true, false] {
            for (set, mask, pseudo, is_held) in &sets {
                if mask & 1 != 0 && pseudo.is_none() {
                    match set {
                        Set::Colour(_) => style.is_held.0 = *is_held,
                        Set::Background(_) => style.is_held.1 = *is_held,
                        // A variable may be set where nobody can look.
                        Set::Pending(property, value) if self.after.is_some() => {
                            let known = &variables[0];
                            let is_held = *is_held
                                && substituted(value, known, 0, &mut { MOST_VARIABLES }).is_some();
                            match property {
                                Property::Colour => style.is_held.0 = is_held,
                                Property::Background | Property::BackgroundColour => {
                                    style.is_held.1 = is_held;
                                }
                                _ => {}
                            }
                        }
                        _ => {}
                    }
                }
                match set {
                    Set::Custom(..) => {}
                    Set::Pending(property, value) => {
                        let is_of_font = matches!(
                            property,
                            Property::Font | Property::FontFamily | Property::FontSize
                        );
                        if is_of_font != is_font {
                            continue;
                        }
                        for (scene, known) in variables.iter().enumerate() {
                            let bit = 1 << scene;
                            if mask & bit == 0 {
                                continue;
                            }
                            let sets = self.resolve(*property, value, known);
                            for set in sets.iter() {
                                context.apply(&mut style, set, bit, *pseudo);
                            }
                        }
                    }
                    set => {
                        if matches!(set, Set::FontFamily(_) | Set::FontSize(_)) == is_font {
                            context.apply(&mut style, set, *mask, *pseudo);
                        }
                    }
                }
            }
            if is_font && !style.is_size_said {
                let times = match (was_monospace, is_monospace(&style)) {
                    (false, true) => MONOSPACE,
                    (true, false) => MONOSPACE.recip(),
                    _ => 1.0,
                };
                style.font_size = style.font_size.map(|size| size * times);
            }
        }
        self.looks.push(style);
        self.variables.push(variables);
    }

    /// What a value with variables sets.
    fn resolve(&mut self, property: Property, value: &Arc<str>, known: &Arc<Known>) -> Arc<[Set]> {
        let key = (value.as_ptr() as usize, Arc::as_ptr(known) as usize);
        if let Some((_, sets)) = self.read.get(&key) {
            return Arc::clone(sets);
        }
        let mut sets = Vec::new();
        if let Some(text) = substituted(value, known, 0, &mut { MOST_VARIABLES }) {
            read(property, &text, &mut |set| sets.push(set));
        } else if property == Property::Colour {
            sets.push(Set::Colour(Paint::Inherit));
        }
        let sets: Arc<[Set]> = sets.into();
        self.read.insert(key, (Arc::clone(value), Arc::clone(&sets)));
        sets
    }
}

/// The longest value that variables may make.
const LONGEST_VALUE: usize = 4_096;

/// How many variables a value may be made of, with those that they are made of.
const MOST_VARIABLES: usize = 1_000;

/// A value with its variables put in; none when one is missing, or goes in circles.
fn substituted(value: &str, known: &Known, depth: usize, left: &mut usize) -> Option<String> {
    let mut out = String::new();
    let mut rest = value;
    while let Some(at) = rest.find("var(") {
        out.push_str(&rest[..at]);
        let inside = &rest[at + 4..];
        let mut open = 1;
        let end = inside.find(|c| {
            match c {
                '(' => open += 1,
                ')' => open -= 1,
                _ => {}
            }
            open == 0
        })?;
        let (name, fallback) = match inside[..end].split_once(',') {
            Some((name, fallback)) => (name.trim(), Some(fallback.trim())),
            None => (inside[..end].trim(), None),
        };
        let found = known.get(name).or(fallback)?;
        *left = left.checked_sub(1)?;
        if depth > 16 || out.len() + found.len() > LONGEST_VALUE {
            return None;
        }
        out.push_str(&substituted(found, known, depth + 1, left)?);
        rest = &inside[end + 1..];
    }
    out.push_str(rest);
    (out.len() <= LONGEST_VALUE).then_some(out)
}

/// What a declaration may ask of the element around.
struct Inherited {
    font: Option<f32>,
    weight: f32,
    colours: [Option<Colour>; SCHEMES],
    backgrounds: [Option<Colour>; SCHEMES],
    is_coloured: bool,
    /// The size of the font of the page; none before it is known.
    root: Option<f32>,
}

impl Inherited {
    fn apply(&self, style: &mut Style, set: &Set, mask: Mask, pseudo: Option<Pseudo>) {
        if let Some(pseudo) = pseudo {
            if mask & 1 != 0 {
                self.apply_to_box(style, set, usize::from(pseudo == Pseudo::After));
            }
            return;
        }
        let schemes = (0..SCHEMES).filter(|scheme| mask & (1 << scheme) != 0);
        match set {
            Set::Colour(paint) => {
                style.is_coloured |= match paint {
                    Paint::Inherit => self.is_coloured,
                    paint => !matches!(paint, Paint::Initial),
                };
                for scheme in schemes {
                    let around = self.colours[scheme];
                    style.colour[scheme] =
                        colour(*paint, scheme, around, around, Some(Colour::BLACK));
                }
                return;
            }
            Set::Background(paint) => {
                for scheme in schemes {
                    let (own, around) = (style.colour[scheme], self.backgrounds[scheme]);
                    style.background[scheme] =
                        colour(*paint, scheme, own, around, Some(Colour::CLEAR));
                }
                return;
            }
            Set::BackgroundImage(pictures) => {
                for scheme in schemes {
                    style.pictures[scheme] = Arc::clone(pictures);
                }
                return;
            }
            // On a wide screen and on a high one.
            Set::Transform(turned) | Set::Rotate(turned) => {
                let by = usize::from(matches!(set, Set::Rotate(_)));
                for (at, bit) in [(0, 1), (1, 1 << HIGH)] {
                    if mask & bit != 0 {
                        style.turned[by][at] = *turned;
                    }
                }
                return;
            }
            _ => {}
        }
        if mask & (1 << ZOOMED) != 0 {
            style.zoomed.apply(set);
        }
        if mask & 1 == 0 {
            return;
        }
        match set {
            Set::BackgroundFills(fills) => style.is_filled = *fills,
            Set::ColourScheme(scheme) => style.scheme = *scheme,
            Set::Line(place, line) => {
                let mut cell = style.cell.as_deref().cloned().unwrap_or_default();
                cell[*place] = line.clone();
                style.cell = Some(Arc::new(cell));
            }
            Set::Level(level) => style.level = *level,
            Set::GridAreas(are_there) => style.has_areas = *are_there,
            Set::Raised => style.is_raised = true,
            Set::Move(property, to) => {
                let by = match property {
                    Property::Transform => 0,
                    Property::Translate => 1,
                    _ => 2,
                };
                style.moved[by] = *to;
            }
            Set::Clip(clipped) => style.is_clipped = *clipped,
            Set::Clear(clears) => style.clears = *clears,
            Set::Display(display, inner) => {
                (style.display, style.inner) = (*display, *inner);
            }
            Set::Float(float) => style.float = *float,
            Set::Effect(has) => style.has_effect |= *has,
            Set::FontFamily(family) => style.font_family = Some(Arc::clone(family)),
            Set::FontSize(size) => {
                style.is_size_said |= matches!(size, Size::Pixels(_) | Size::Rem(_));
                style.font_size = match size {
                    Size::Rem(times) => self.root.map(|root| root * times).or(Some(16.0 * times)),
                    size => size.pixels(self.font),
                };
            }
            Set::FontWeight(weight) => {
                style.font_weight = match weight {
                    Weight::Is(weight) => *weight,
                    Weight::Bolder => {
                        if self.weight < 600.0 {
                            700.0
                        } else {
                            900.0
                        }
                    }
                    Weight::Lighter => {
                        if self.weight > 700.0 {
                            700.0
                        } else {
                            400.0
                        }
                    }
                    Weight::Inherit => self.weight,
                };
            }
            Set::Shortened(is) => style.is_shortened = *is,
            Set::Outline(has) => style.has_outline = *has,
            Set::Overflow(x, y) => {
                style.overflow.0 = x.unwrap_or(style.overflow.0);
                style.overflow.1 = y.unwrap_or(style.overflow.1);
            }
            Set::Opacity(opacity) => style.opacity = *opacity,
            Set::Position(position) => style.position = *position,
            Set::Inset(side, size) => style.inset[*side] = *size,
            Set::Margin(side, size) => style.margin[*side] = *size,
            Set::Padding(side, size) => style.padding[*side] = *size,
            Set::Length(property, size) => match property {
                Property::Width => style.width = *size,
                Property::Height => style.height = *size,
                Property::MinWidth => style.least.0 = *size,
                Property::MinHeight => style.least.1 = *size,
                Property::MaxWidth => style.most.0 = *size,
                Property::MaxHeight => style.most.1 = *size,
                Property::TextIndent => style.text_indent = *size,
                _ => {}
            },
            Set::Spacing(spacing, size) => style.spacing[*spacing as usize] = Some(*size),
            Set::TextWrap(wraps) => style.is_unbroken = !wraps,
            Set::TextAlign(justify) => style.is_justified = *justify,
            Set::TextTransform(upper) => style.is_uppercase = *upper,
            Set::FontStyle(slanted) => style.is_slanted = *slanted,
            Set::TextDecoration(is_there) => style.is_underlined = *is_there,
            Set::Border(has_style, has_width) => {
                style.edge.0 = has_style.unwrap_or(style.edge.0);
                style.edge.1 = has_width.unwrap_or(style.edge.1);
            }
            Set::Visible(visible) => style.visible = visible.unwrap_or(style.visible),
            Set::Content(_)
            | Set::Custom(..)
            | Set::Pending(..)
            | Set::Colour(_)
            | Set::Background(_)
            | Set::BackgroundImage(_)
            | Set::Transform(_)
            | Set::Rotate(_) => {}
        }
    }
}

/// The colour that a declaration gives, where words are in the colour `current`, the element
/// around says `around`, and nothing else is said `initial`.
fn colour(
    paint: Paint,
    scheme: usize,
    current: Option<Colour>,
    around: Option<Colour>,
    initial: Option<Colour>,
) -> Option<Colour> {
    match paint {
        Paint::Is(colour) => Some(colour),
        Paint::Either(light, dark) => Some(if scheme == 0 { light } else { dark }),
        Paint::Current => current,
        Paint::Inherit => around,
        Paint::Initial => initial,
        Paint::Unknown => None,
    }
}

impl Inherited {
    fn apply_to_box(&self, style: &mut Style, set: &Set, at: usize) {
        let words = style.colour[0];
        let drawn = &mut style.boxes[at];
        match set {
            Set::Content(content) => {
                drawn.is_there = content.is_some();
                style.content[at].clone_from(content);
            }
            Set::Clear(clears) => drawn.clears = *clears,
            Set::Display(display, _) => {
                drawn.is_hidden = *display == Display::None;
                drawn.is_block = matches!(display, Display::Block | Display::Table);
            }
            Set::Background(paint) => {
                drawn.is_painted = match paint {
                    Paint::Is(colour) => colour.alpha > 0.0,
                    Paint::Current => words.is_none_or(|colour| colour.alpha > 0.0),
                    Paint::Initial => false,
                    Paint::Either(..) | Paint::Inherit | Paint::Unknown => true,
                };
            }
            Set::BackgroundImage(pictures) => drawn.has_picture = !pictures.is_empty(),
            Set::Position(position) => {
                drawn.is_lifted = matches!(position, Position::Absolute | Position::Fixed);
            }
            Set::Length(Property::Width, size) => drawn.width = *size,
            Set::Length(Property::Height, size) => drawn.height = *size,
            _ => {}
        }
    }
}

/// Elements that no browser shows.
const UNSEEN: &[&str] = &[
    "base", "basefont", "datalist", "head", "link", "meta", "noembed", "noframes", "noscript",
    "param", "rp", "script", "style", "template", "title", "source", "track",
];

/// Parts of drawings that are not drawn where they stand.
#[rustfmt::skip] // a list of words reads better in lines
const UNDRAWN: &[&str] = &[
    "clippath", "defs", "desc", "filter", "lineargradient", "marker", "mask", "metadata", "pattern",
    "radialgradient", "symbol", "title",
];

/// Elements that stand as a block.
#[rustfmt::skip] // a list of words reads better in lines
const BLOCKS: &[&str] = &[
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "listing", "main",
    "menu", "nav", "ol", "optgroup", "option", "p", "plaintext", "pre", "search", "section",
    "summary", "ul", "xmp",
];

/// Elements that may say with an attribute what is behind their words.
const GROUNDS: &[&str] = &["body", "marquee", "table", "tbody", "td", "tfoot", "th", "thead", "tr"];

/// How much smaller browsers draw monospace letters: 13 pixels where others have 16. Source:
/// the settings of Chromium and Firefox.
const MONOSPACE: f32 = 13.0 / 16.0;

/// Whether an element has the font that browsers draw smaller: `monospace` and no other.
fn is_monospace(style: &Style) -> bool {
    style.font_family.as_deref().is_some_and(|family| family.eq_ignore_ascii_case("monospace"))
}

/// What browsers do before any stylesheet: the rendering chapter of the HTML standard.
fn usual(style: &mut Style, tree: &Tree<'_>, node: &Node<'_>) {
    let attributes = tree.attributes_of(node);
    let attr = |name: &str| value_of(attributes, name);
    let tag = &*node.tag;
    if node.family != Family::Html {
        if UNDRAWN.contains(&tag) {
            style.display = Display::None;
        }
        return;
    }
    style.display = match tag {
        _ if UNSEEN.contains(&tag) => Display::None,
        _ if BLOCKS.contains(&tag) => Display::Block,
        "table" | "caption" | "colgroup" | "col" | "thead" | "tbody" | "tfoot" | "tr" | "td"
        | "th" => Display::Table,
        "button" | "input" | "select" | "textarea" | "meter" | "progress" | "marquee" => {
            Display::InlineBlock
        }
        _ => Display::Inline,
    };
    let times = |style: &mut Style, times: f32| {
        style.font_size = style.font_size.map(|size| size * times);
    };
    // In dark colours browsers choose for themselves.
    let own = |colour: Colour| {
        let is_known = [style.scheme != Scheme::Dark, style.scheme == Scheme::Light];
        is_known.map(|is_known| is_known.then_some(colour))
    };
    let quiet = own(Colour::BLACK);
    let (link, mark) = (own(Colour::bytes(0, 0, 238)), own(Colour::bytes(255, 255, 0)));
    let (page, face) = (own(Colour::WHITE), own(Colour::bytes(239, 239, 239)));
    if matches!(tag, "button" | "dialog" | "input" | "mark" | "select" | "textarea") {
        style.is_coloured = false;
    }
    match tag {
        "a" if attr("href").is_some() => {
            let body = tree.nodes.get(tree.body as usize);
            let said = body.and_then(|body| value_of(tree.attributes_of(body), "link"));
            style.colour = match said {
                Some(said) => [super::colour::read(said); SCHEMES],
                None => link,
            };
            style.is_coloured = said.is_some();
            style.is_underlined = true;
        }
        "address" | "cite" | "dfn" | "em" | "i" | "var" => style.is_slanted = true,
        "abbr" => style.is_underlined = attr("title").is_some(),
        "del" | "ins" | "s" | "strike" | "u" => style.is_underlined = true,
        "b" | "strong" | "th" => style.font_weight = 700.0,
        "big" => times(style, 1.2),
        "small" | "sub" | "sup" => times(style, 5.0 / 6.0),
        "code" | "kbd" | "samp" | "tt" | "pre" | "listing" | "plaintext" | "xmp" => {
            style.font_family = Some("monospace".into());
        }
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            style.font_weight = 700.0;
            let sizes = [2.0, 1.5, 1.17, 1.0, 0.83, 0.67];
            let level = usize::from(tag.as_bytes()[1] - b'1');
            times(style, sizes[level]);
        }
        "mark" => {
            style.colour = quiet;
            style.background = mark;
        }
        "button" => {
            style.spacing = [Some(Size::Auto); 3];
            style.colour = quiet;
            style.background = face;
            (style.font_size, style.font_weight) = (Some(13.333), 400.0);
            style.is_size_said = true;
        }
        "input" | "textarea" | "select" => {
            style.spacing = [Some(Size::Auto); 3];
            let is_button = matches!(
                attr("type").unwrap_or_default().to_ascii_lowercase().as_str(),
                "button" | "submit" | "reset"
            );
            style.colour = quiet;
            style.background = if is_button { face } else { page };
            (style.font_size, style.font_weight) = (Some(13.333), 400.0);
            style.is_size_said = true;
            if attr("type").is_some_and(|kind| kind.eq_ignore_ascii_case("hidden")) {
                style.display = Display::None;
            }
        }
        "dialog" => {
            style.colour = quiet;
            style.background = page;
            style.position = Position::Absolute;
            if attr("open").is_none() {
                style.display = Display::None;
            }
        }
        "audio" if attr("controls").is_none() => style.display = Display::None,
        _ => {}
    }
    if GROUNDS.contains(&tag) {
        if let Some(shade) = attr("bgcolor") {
            style.background = [super::colour::read(shade); SCHEMES];
        }
        if attr("background").is_some() {
            style.pictures = std::array::from_fn(|_| [None].into());
        }
    }
    if tag == "body"
        && let Some(shade) = attr("text")
    {
        style.colour = [super::colour::read(shade); SCHEMES];
        style.is_coloured = true;
    }
    if tag == "font"
        && let Some(shade) = attr("color")
    {
        style.colour = [super::colour::read(shade); SCHEMES];
        style.is_coloured = true;
    }
    if attr("align").is_some_and(|side| side.eq_ignore_ascii_case("justify")) {
        style.is_justified = true;
    }
    if attr("hidden").is_some() || attr("popover").is_some() {
        style.display = Display::None;
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Page, tests::page};

    /// The colours of all elements with words.
    fn colours(page: &Page<'_>) -> Vec<String> {
        let words = page.root().seen_words();
        words.map(|(one, _)| one.style().colour[0].map_or("?".into(), |it| it.hex())).collect()
    }

    #[test]
    fn monospace_letters_are_drawn_smaller_where_nobody_says_their_size() {
        let sizes = |html: &str| -> Vec<f32> {
            let page = page(html);
            let words = page.root().seen_words();
            words.filter_map(|(one, _)| one.style().font_size).collect()
        };
        // As Chromium says.
        assert_eq!(sizes("<p><code>1</code> <code style='font-size: .9em'>2"), [13.0, 11.7]);
        assert_eq!(sizes("<h1>1 <code>2 <i style='font-family: serif'>3"), [32.0, 26.0, 32.0]);
        assert_eq!(sizes("<body style='font-size: 16px'><code>1"), [16.0]);
        assert_eq!(sizes("<pre style='font-family: Menlo, monospace'>1"), [16.0]);
        assert_eq!(sizes("<pre>1 <code style='font-family: inherit'>2"), [13.0, 13.0]);
        assert_eq!(sizes("<code><kbd>1</kbd></code>"), [13.0]);
        assert_eq!(sizes("<p style='font-family: Monospace'>1"), [13.0]);
        assert_eq!(sizes("<p style='font-size: 125%'><code>1"), [16.25]);
    }

    #[test]
    fn only_kin_share_a_look() {
        let page = page(
            "<style>p { color: #111 } .a p { color: #222 } li { color: inherit }</style>
            <p>1</p><p style='color: #333'>2</p><p>3</p><div class=a><p>4</p><p>5</p></div>
            <a>6</a><a href=x>7</a><ul style='color: #444'><li>8</ul><ul><li>9</ul>",
        );
        let wanted = [
            "#111111", "#333333", "#111111", "#222222", "#222222", "#000000", "#0000ee", "#444444",
            "#000000",
        ];
        assert_eq!(colours(&page), wanted);
        let looks: Vec<u32> = page.all(&["p"]).into_iter().map(|one| one.look()).collect();
        assert_eq!((looks[0], looks[3]), (looks[2], looks[4]), "the same is worked out once");
    }
}
