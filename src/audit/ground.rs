//! The colours of words and of what is behind them, for the two rules about contrast.

use std::collections::{HashMap, HashSet};

use super::{
    Element, Marks, Page,
    inside::Inside,
    page::{
        Cell, Colour, Display, Drawn, Line, Move, Position, Range, SCHEMES, Scheme, Shown, Size,
        Style, is_small,
    },
    scripts,
};

/// Looks at the contrast of all words, which is at least so much for ordinary and for
/// large ones.
pub(super) fn look(page: &Page<'_>, least: (f32, f32), marks: &mut Marks) {
    let schemes = if page.has_dark() { SCHEMES } else { 1 };
    let mut has_asked = false;
    for Shown { element, colours, is_large } in page.shown.get_or_init(|| shown(page)) {
        let (element, is_large) = (page.element(*element), *is_large);
        let mut worst: Option<(usize, f32, Colour, Colour)> = None;
        for (scheme, colours) in colours.iter().enumerate().take(schemes) {
            let Some(Range { most: (words, behind), most_ratio: ratio, .. }) = *colours else {
                continue;
            };
            if worst.is_none_or(|(_, lowest, ..)| ratio < lowest) {
                worst = Some((scheme, ratio, words, behind));
            }
        }
        let needed = if is_large == Some(true) { least.1 } else { least.0 };
        // 4.499 is 4.5 for nobody, but sums of floating numbers end a hair short.
        let is_short = |ratio: f32| ratio + 0.005 < needed;
        let is_enough =
            |range: &Option<Range>| range.is_some_and(|range| !is_short(range.least_ratio));
        match worst {
            Some((scheme, ratio, words, behind))
                if is_short(ratio) && !page.has_unknown_style() =>
            {
                let message = format!(
                    "“{}” is {} on {}{}, a contrast of {ratio:.2} to 1",
                    beginning(element),
                    words.hex(),
                    behind.hex(),
                    SCHEME[scheme],
                );
                // Words that nobody can see may not be meant to be seen.
                let is_unseen = ratio < 1.005;
                if is_unseen || scripts::paint(element) {
                    marks.ask(element, message).hint(
                        "look whether these words are to be seen, and in which colours a script \
                         shows them",
                    );
                } else if is_large.is_none() && ratio >= least.1 {
                    marks.ask(element, message).hint(format!(
                        "look how large it is: ordinary words need {needed} to 1, large ones {}",
                        least.1
                    ));
                } else {
                    marks
                        .fail(element, message)
                        .hint(format!("take colours with a contrast of at least {needed} to 1"));
                }
            }
            _ if colours.iter().take(schemes).all(is_enough) && !page.has_unknown_style() => {
                marks.pass();
            }
            // Once a page: the rest of what lies on the same picture is found with it.
            _ if !has_asked => {
                has_asked = true;
                marks
                    .ask(
                        element,
                        format!("the colours behind “{}” cannot be told", beginning(element)),
                    )
                    .hint(format!("look whether words stand out enough, {needed} to 1 or more"));
            }
            _ => {}
        }
    }
}

/// Its first words.
fn beginning(element: Element<'_>) -> String {
    let text = element.visible_text();
    match text.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text,
    }
}

/// The name of each scheme of colours.
const SCHEME: [&str; SCHEMES] = ["", " in dark colours"];

/// All words of a page that contrast matters for, by the element that they stand in.
///
/// Left out is what success criterion 1.4.3 leaves out: what is switched off, and what is
/// no text in a language.
fn shown(page: &Page<'_>) -> Vec<Shown> {
    let schemes = if page.has_dark() { SCHEMES } else { 1 };
    let mut found = Vec::new();
    let layers = Layers::of(page);
    let mut off = SwitchedOff::on(page);
    let mut last = None;
    let mut known = HashMap::new();
    let mut grounds = Grounds::default();
    for (element, words) in page.root().seen_words() {
        if last == Some(element) || !is_language(words) || element.is_svg() {
            continue;
        }
        last = Some(element);
        let is_clear = |colour: &Option<Colour>| colour.is_some_and(|colour| colour.alpha == 0.0);
        if element.is_any(&["option", "optgroup"])
            || element.style().colour.iter().take(schemes).all(is_clear)
            || off.has(element)
        {
            continue;
        }
        let mut look = || {
            let ground = if layers.is_flat { grounds.of(element, schemes) } else { None };
            std::array::from_fn(|scheme| {
                let is_asked = scheme < schemes;
                let plain = ground.and_then(|ground| on(element, scheme, ground[scheme]));
                plain.or_else(|| is_asked.then(|| range(element, scheme, &layers)).flatten())
            })
        };
        // Where nothing lies over anything, the same look is the same colours.
        let colours: [Option<Range>; SCHEMES] = match layers.is_flat {
            true => *known.entry(element.look()).or_insert_with(look),
            false => look(),
        };
        let style = element.style();
        // 18 and 14 point, in pixels of CSS.
        let large = if style.font_weight >= 700.0 { 18.66 } else { 24.0 };
        let is_large = style.font_size.map(|size| size + 0.01 >= large);
        found.push(Shown { element: element.id(), colours, is_large });
    }
    found
}

/// Whether there is a word: two letters or digits, at least.
fn is_language(words: &str) -> bool {
    words.chars().filter(|c| c.is_alphanumeric()).nth(1).is_some()
}

/// The controls of a page that cannot be used, and what names one.
struct SwitchedOff<'p> {
    /// The ids of what names one.
    names: HashSet<&'p str>,
    /// Whether a label is that of one; each is looked at once.
    labels: HashMap<Element<'p>, bool>,
    has_labels: bool,
    /// Whether there is any.
    is_there: bool,
}

impl<'p> SwitchedOff<'p> {
    fn on(page: &'p Page<'p>) -> Self {
        let ids = page.switched_off().filter_map(|one| one.attr("aria-labelledby"));
        let names = ids.flat_map(str::split_ascii_whitespace).collect();
        Self {
            names,
            labels: HashMap::new(),
            has_labels: !page.all(&["label"]).is_empty(),
            is_there: page.elements().any(Element::is_in_switched_off),
        }
    }

    /// Whether an element is one, stands in one, or names one.
    fn has(&mut self, element: Element<'p>) -> bool {
        if !self.is_there {
            return false;
        }
        // A legend names its group, though what stands in it can be used.
        let legend = element.closest(&["a", "button", "label", "legend"]);
        let group = legend.filter(|one| one.is("legend")).and_then(Element::parent);
        if element.is_in_switched_off() || group.is_some_and(Element::is_disabled) {
            return true;
        }
        if !self.has_labels && self.names.is_empty() {
            return false;
        }
        let label = element.closest(&["label"]);
        if label.is_some_and(|label| *self.labels.entry(label).or_insert_with(|| is_of_off(label)))
        {
            return true;
        }
        std::iter::once(element)
            .chain(element.ancestors())
            .any(|one| one.attr("id").is_some_and(|id| self.names.contains(id)))
    }
}

/// Whether the field of a label is switched off.
fn is_of_off(label: Element<'_>) -> bool {
    let field = match label.attr("for") {
        Some(id) => label.page().by_id(id),
        None => label.descendants().find(|one| {
            one.is_any(&["button", "input", "meter", "output", "progress", "select", "textarea"])
        }),
    };
    field.is_some_and(Element::is_in_switched_off)
}

/// The colours behind elements that have nothing but colours behind them, by look: most
/// of them, and known from those of what they stand in.
#[derive(Default)]
struct Grounds(HashMap<u32, Option<[Colour; SCHEMES]>>);

impl Grounds {
    fn of(&mut self, element: Element<'_>, schemes: usize) -> Option<[Colour; SCHEMES]> {
        if let Some(known) = self.0.get(&element.look()) {
            return *known;
        }
        let around = match element.parent() {
            Some(parent) => self.of(parent, schemes),
            None => Some([Colour::CLEAR; SCHEMES]),
        };
        let found = around.and_then(|around| {
            let style = element.style();
            let is_plain = !style.has_effect
                && style.opacity >= 1.0
                && style.gradient.is_none()
                && !style.has_picture
                && style.position != Position::Fixed
                && !is_moved(style)
                && !style.boxes.iter().any(Drawn::covers)
                && !element.is_svg();
            let mut ground = [Colour::WHITE; SCHEMES];
            for (scheme, colour) in ground.iter_mut().enumerate().take(schemes) {
                let own = match style.display {
                    Display::Contents => Colour::CLEAR,
                    _ => style.background[scheme].filter(|_| is_plain)?,
                };
                *colour = own.over(around[scheme]);
                // In dark colours browsers choose what is behind a page.
                if element.parent().is_none() && !is_dark(style.scheme, scheme) {
                    *colour = colour.over(Colour::WHITE);
                }
            }
            Some(ground)
        });
        self.0.insert(element.look(), found);
        found
    }
}

/// The colours of words on a ground, when that is solid.
fn on(element: Element<'_>, scheme: usize, ground: Colour) -> Option<Range> {
    let style = element.style();
    if ground.alpha < 0.999 || is_dark(style.scheme, scheme) && !style.is_coloured {
        return None;
    }
    let words = style.colour[scheme]?.over(ground);
    let ratio = words.contrast(ground);
    Some(Range { most: (words, ground), most_ratio: ratio, least_ratio: ratio })
}

/// Whether browsers choose dark colours where a page does not say any.
fn is_dark(of: Scheme, scheme: usize) -> bool {
    of == Scheme::Dark || of == Scheme::Both && scheme > 0
}

/// How many places of a gradient are looked at.
const PLACES: u8 = 16;

/// The colours of words and those behind them, as they are seen; none when they cannot be
/// known from styles alone.
fn range(element: Element<'_>, scheme: usize, layers: &Layers<'_>) -> Option<Range> {
    let chain = || std::iter::once(element).chain(element.ancestors());
    let places = if chain().any(|one| one.style().gradient.is_some()) { PLACES } else { 0 };
    let mut found: Option<Range> = None;
    for place in 0..=places {
        let share = f32::from(place) / f32::from(places.max(1));
        let (words, behind) = ground(element, scheme, layers, share)?;
        let ratio = words.contrast(behind);
        let range = found.get_or_insert(Range {
            most: (words, behind),
            most_ratio: ratio,
            least_ratio: ratio,
        });
        if ratio > range.most_ratio {
            (range.most, range.most_ratio) = ((words, behind), ratio);
        }
        range.least_ratio = range.least_ratio.min(ratio);
    }
    found
}

/// The colour of words and that behind them, `share` of the way along a gradient.
fn ground(
    element: Element<'_>,
    scheme: usize,
    layers: &Layers<'_>,
    share: f32,
) -> Option<(Colour, Colour)> {
    let style = element.style();
    // In dark colours browsers choose what the page does not say.
    if is_dark(style.scheme, scheme) && !style.is_coloured {
        return None;
    }
    let mut words = style.colour[scheme]?;
    let mut behind = Colour::CLEAR;
    let mut canvas = Scheme::Light;
    let mut raised = None;
    for around in std::iter::once(element).chain(element.ancestors()) {
        let style = around.style();
        canvas = style.scheme;
        let is_covered = behind.alpha >= 0.999;
        if style.has_effect {
            return None;
        }
        if !is_covered {
            if around.is_svg() || layers.lie_in(around, element, raised) {
                return None;
            }
            let own = match &style.gradient {
                _ if style.display == Display::Contents => Colour::CLEAR,
                Some(colours) => along(colours, share),
                None if style.has_picture => return None,
                None => style.background[scheme]?,
            };
            words = words.over(own);
            behind = behind.over(own);
        }
        if style.opacity < 1.0 {
            words = words.faded(style.opacity);
            behind = behind.faded(style.opacity);
        }
        // What is lifted out of its place may lie over anything.
        let is_lifted = style.position == Position::Fixed || is_moved(style) || is_pulled(around);
        if is_lifted && behind.alpha < 0.999 {
            return None;
        }
        raised = Height::of(around).or(raised);
    }
    if is_dark(canvas, scheme) && behind.alpha < 0.999 {
        return None;
    }
    Some((words.over(Colour::WHITE), behind.over(Colour::WHITE)))
}

/// The colour `share` of the way along a gradient.
fn along(colours: &[Colour], share: f32) -> Colour {
    let last = colours.len() - 1;
    let place = share * last as f32;
    let at = (place as usize).min(last);
    let (from, to) = (colours[at], colours[(at + 1).min(last)]);
    to.faded(place - at as f32).over(from)
}

/// How far above its surroundings an element is drawn that does not lie flat in them,
/// and with it all that stands in it: by its level, then by its place in the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Height {
    level: i32,
    place: u32,
}

impl Height {
    /// None when it lies flat, or when what stands in it is not held together by it and
    /// has heights of its own.
    fn of(element: Element<'_>) -> Option<Self> {
        let style = element.style();
        let is_placed = style.position != Position::Flow;
        let is_alone = style.opacity < 1.0 || style.moved != [Move::Nowhere; 3];
        let level = style.level.filter(|_| is_placed || style.cell.is_some());
        (is_placed || is_alone || level.is_some())
            .then(|| Self { level: level.unwrap_or(0), place: element.id() })
    }
}

/// What lies where it does not stand, and so perhaps behind the words of others: a
/// picture that fills its frame, a box that is drawn below.
struct Layers<'p> {
    /// By the element over which they lie.
    all: HashMap<Element<'p>, Vec<Layer<'p>>>,
    /// Whether there are none, so that the look of an element says what is behind it.
    is_flat: bool,
}

/// One of them.
struct Layer<'p> {
    element: Element<'p>,
    /// None when it does not only lie over what is drawn below it: one that is pulled
    /// over others in the flow, or that can be seen through.
    height: Option<Height>,
}

impl<'p> Layers<'p> {
    fn of(page: &'p Page<'p>) -> Self {
        let mut layers = Self { all: HashMap::new(), is_flat: true };
        let mut around = Inside::default();
        let mut seen = HashSet::new();
        for element in page.elements() {
            let mut moved = around.nearest(element);
            if is_layer(element) {
                around.push(element);
                moved = Some(element);
                layers.is_flat &= !is_pulled(element);
            }
            if moved.is_none() || !is_painted(element) {
                continue;
            }
            while let Some(layer) = moved.filter(|layer| seen.insert(*layer)) {
                let is_solid = element.style().background.iter().all(is_opaque)
                    && layer.style().opacity >= 1.0;
                let is_lifted = layer.style().position != Position::Flow;
                let height = Height::of(layer).filter(|_| is_solid && is_lifted);
                layers.all.entry(frame(layer)).or_default().push(Layer { element: layer, height });
                moved = layer.ancestors().find(|one| is_layer(*one));
            }
        }
        layers.is_flat &= layers.all.is_empty();
        layers
    }

    /// Whether some lie over the ground of `around` and behind the words of `element`,
    /// which stand so high in it.
    fn lie_in(&self, around: Element<'_>, element: Element<'_>, words: Option<Height>) -> bool {
        around.style().boxes.iter().any(Drawn::covers)
            || self.all.get(&around).is_some_and(|layers| {
                layers.iter().any(|layer| {
                    // What lies over words hides them: nobody reads them on it.
                    let is_over = layer.height.is_some_and(|height| match words {
                        Some(words) => height > words,
                        None => height.level >= 0,
                    });
                    !is_over && !layer.element.contains(element)
                })
            })
    }
}

/// Elements that show pictures.
const PICTURES: &[&str] = &["canvas", "embed", "iframe", "img", "object", "svg", "video"];

/// Whether others may lie over it. What waits behind an edge, such as a link that comes
/// into sight with the focus, lies behind nothing.
fn is_layer(element: Element<'_>) -> bool {
    let style = element.style();
    let is_beyond = |side: Size| match side {
        Size::Percent(share) => share <= -100.0,
        side => side.pixels(Some(16.0)).is_some_and(|size| size <= -20.0),
    };
    let is_out = matches!(style.position, Position::Absolute | Position::Fixed)
        && (is_beyond(style.inset[0]) || is_beyond(style.inset[3]))
        && style.height == Size::Auto
        && !element.is_any(PICTURES);
    !is_out
        && !style.moved.iter().any(|to| matches!(to, Move::Off))
        && (is_stacked(element) || is_moved(style) || is_pulled(element))
}

/// Up to how many cells of a grid are compared with each other.
const MOST_CELLS: usize = 64;

/// Whether another may stand in the same cell of its grid. Those that do not say both
/// their row and their column are put where there is room.
fn is_stacked(element: Element<'_>) -> bool {
    let Some(cell) = element.style().cell.as_deref() else { return false };
    if (0..2).any(|axis| cell[axis] == Line::Auto) {
        return false;
    }
    let all = element.parent().map(Element::children).into_iter().flatten();
    let others = all.filter(|one| *one != element);
    for (count, other) in others.enumerate() {
        let is_over = other.style().cell.as_deref().is_some_and(|it| may_meet(cell, it));
        if is_over || count > MOST_CELLS {
            return true;
        }
    }
    false
}

/// Whether two places in a grid may have a cell in common.
fn may_meet(one: &Cell, other: &Cell) -> bool {
    (0..2).all(|axis| {
        let ends = |cell: &Cell| match (&cell[axis], &cell[axis + 2]) {
            (Line::At(from), Line::At(-1)) if *from > 0 => Some((*from, i32::MAX)),
            (Line::At(from), Line::At(to)) if *from > 0 && *to > 0 => {
                Some((*from.min(to), *from.max(to)))
            }
            (Line::At(from), Line::Auto) if *from > 0 => Some((*from, from + 1)),
            (Line::At(from), Line::Span(rows)) if *from > 0 => {
                Some((*from, from.saturating_add(*rows)))
            }
            _ => None,
        };
        match (&one[axis], &other[axis]) {
            (Line::Auto, _) | (_, Line::Auto) => false,
            (Line::Named(a), Line::Named(b)) => a == b,
            _ => match (ends(one), ends(other)) {
                (Some((from, to)), Some((start, end))) => from < end && start < to,
                _ => true,
            },
        }
    })
}

/// Whether it may lie over others, or they over it.
fn is_moved(style: &Style) -> bool {
    let far = |size: &Size| !matches!(size.pixels(Some(16.0)), Some(size) if size.abs() < 8.0);
    let is_said = |size: &&Size| !matches!(size, Size::Auto | Size::Percent(0.0));
    let fills = |from: usize, to: usize, size: Size| {
        let is_edge =
            |side: Size| matches!(side, Size::Percent(0.0)) || side.pixels(Some(16.0)) == Some(0.0);
        is_edge(style.inset[from]) && is_edge(style.inset[to])
            || matches!(size, Size::Percent(share) if share >= 50.0)
            || size == Size::Unknown
    };
    let by_position = match style.position {
        Position::Absolute => true,
        // Bars that stay at an edge of the screen lie behind nothing.
        Position::Fixed => {
            style.level.is_some_and(|level| level < 0)
                || fills(0, 2, style.height) && fills(1, 3, style.width)
        }
        Position::Relative => style.inset.iter().filter(is_said).any(far),
        Position::Flow => false,
    };
    by_position || style.moved.iter().any(|to| matches!(to, Move::Aside | Move::Off))
}

/// Whether it is pulled over what stands before it or after it. What only closes a gap,
/// or comes a small step nearer, lies over nothing.
fn is_pulled(element: Element<'_>) -> bool {
    let pixels = |size: Size| size.pixels(Some(16.0)).unwrap_or(0.0);
    let gap = |one: Option<Element<'_>>, side: usize| {
        one.map_or(0.0, |one| pixels(one.style().margin[side]).max(0.0))
    };
    let style = element.style();
    let is_over = |size: Size, gap: f32| {
        let size = pixels(size);
        size < 0.0 && size + gap <= -8.0
    };
    is_over(style.margin[0], gap(element.previous(), 2))
        || is_over(style.margin[2], gap(element.next(), 0))
}

/// Whether nothing is seen through it, or nothing of it is seen.
fn is_opaque(colour: &Option<Colour>) -> bool {
    colour.is_some_and(|colour| colour.alpha >= 0.999 || colour.alpha == 0.0)
}

/// Whether it hides what is behind it, and is more than a sign.
fn is_painted(element: Element<'_>) -> bool {
    if !element.is_visible() || element.style().opacity == 0.0 {
        return false;
    }
    let style = element.style();
    let size = |size: Size, attribute: &str| match (size, element.attr(attribute).map(Size::read)) {
        (Size::Auto, Some(Size::Number(pixels))) => Size::Pixels(pixels),
        (size, _) => size,
    };
    let is_filled = |colour: &Option<Colour>| colour.is_none_or(|colour| colour.alpha > 0.0);
    let is_painted = element.is_any(PICTURES)
        || style.has_picture
        || style.background.iter().any(is_filled)
        || style.boxes.iter().any(Drawn::covers);
    is_painted && !is_small(size(style.width, "width"), size(style.height, "height"))
}

/// The element over which it may lie.
fn frame(layer: Element<'_>) -> Element<'_> {
    let is_frame = |one: &Element<'_>| {
        one.style().position != Position::Flow || one.style().moved != [Move::Nowhere; 3]
    };
    let found = match layer.style().position {
        Position::Absolute => layer.ancestors().find(is_frame),
        Position::Fixed => None,
        Position::Flow | Position::Relative => layer.parent(),
    };
    found.unwrap_or_else(|| layer.page().root())
}
