//! The colours of words and of what is behind them, for the two rules about contrast.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{
    Element, Marks, Page,
    inside::Inside,
    page::{
        Cell, Colour, Display, Drawn, Line, Move, Position, Range, SCHEMES, Scheme, Shown, Size,
        Style,
    },
    room::{self, PICTURES, Painted, Side, is_painted, takes_room},
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
                if is_short(ratio) && !page.has_unknown_style() && is_held(element) =>
            {
                let without = match page.missing_styles() {
                    [] => String::new(),
                    [one] => format!(", as far as the styles here say ({one} is missing)"),
                    [one, ..] => {
                        format!(", as far as the styles here say ({one} and others are missing)")
                    }
                };
                let message = format!(
                    "“{}” is {} on {}{}, a contrast of {ratio:.2} to 1{without}",
                    beginning(element),
                    words.hex(),
                    behind.hex(),
                    SCHEME[scheme],
                );
                // Words that nobody can see may not be meant to be seen.
                let is_unseen = ratio < 1.005;
                if is_unseen || looks_off(element) || scripts::paint(element) {
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
                    let hint = format!("take colours with a contrast of at least {needed} to 1");
                    marks.fail(element, message).hint(hint);
                }
            }
            _ if colours.iter().take(schemes).all(is_enough)
                && !page.has_unknown_style()
                && is_held(element) =>
            {
                marks.pass();
            }
            // Once a page: the rest of what lies on the same picture is found with it.
            _ if !has_asked => {
                has_asked = true;
                let message = format!("the colours behind “{}” cannot be told", beginning(element));
                let hint = format!("look whether words stand out enough, {needed} to 1 or more");
                marks.ask(element, message).hint(hint);
            }
            _ => {}
        }
    }
}

/// Whether something is called `disabled` as scripts do it until a form is filled in: nobody can
/// tell whether it can be used.
fn looks_off(element: Element<'_>) -> bool {
    let is_called = |one: &str| one.eq_ignore_ascii_case("disabled");
    let control = element.closest(&["a", "button"]);
    let class = control.and_then(|one| one.attr("class")).unwrap_or_default();
    class.split_ascii_whitespace().any(is_called)
}

/// Whether the colours of an element are known, also where a stylesheet is missing: what is there
/// says both of them.
fn is_held(element: Element<'_>) -> bool {
    if element.page().lacks_code_style() && element.closest(&["pre"]).is_some() {
        return false;
    }
    if element.page().missing_styles().is_empty() {
        return true;
    }
    let is_painted = |one: &Element<'_>| {
        one.style().background[0].is_none_or(|colour| colour.alpha > 0.0)
            || one.style().has_picture()
    };
    let ground = element.and_around().find(is_painted);
    element.style().is_held.0 && ground.is_some_and(|ground| ground.style().is_held.1)
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
pub(super) const SCHEME: [&str; SCHEMES] = ["", " in dark colours"];

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

/// Whether there is a word: a letter or digit, and something beside it. One letter alone is
/// mostly a sign: a cross that closes, an arrow of an icon font.
fn is_language(words: &str) -> bool {
    words.trim().chars().nth(1).is_some() && words.contains(char::is_alphanumeric)
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
        element.and_around().any(|one| one.attr("id").is_some_and(|id| self.names.contains(id)))
    }
}

/// Whether the field of a label is switched off.
fn is_of_off(label: Element<'_>) -> bool {
    let field = match label.attr("for") {
        Some(id) => label.page().by_id(id),
        None => label.descendants().find(|one| one.can_have_label()),
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
                && !style.has_picture()
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

/// How many places are looked at between two colours of a gradient.
const PLACES: u8 = 16;

/// How many colours may lie behind words before nobody can tell.
const MOST_COLOURS: usize = 1_024;

/// The colours of words and those behind them, as they are seen; none when they cannot be
/// known from styles alone.
fn range(element: Element<'_>, scheme: usize, layers: &Layers<'_>) -> Option<Range> {
    let mut found: Option<Range> = None;
    for (words, behind) in grounds(element, scheme, layers)? {
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

/// The colours that words may have and those that may be behind them, each pair as it can be
/// seen somewhere: over one colour there is one, over gradients there are many.
fn grounds(
    element: Element<'_>,
    scheme: usize,
    layers: &Layers<'_>,
) -> Option<Vec<(Colour, Colour)>> {
    let style = element.style();
    // In dark colours browsers choose what the page does not say.
    if is_dark(style.scheme, scheme) && !style.is_coloured {
        return None;
    }
    let mut pairs = vec![(style.colour[scheme]?, Colour::CLEAR)];
    let is_covered = |pairs: &[(Colour, Colour)]| pairs.iter().all(|(_, it)| it.alpha >= 0.999);
    let mut canvas = Scheme::Light;
    let mut is_flat = true;
    for around in element.and_around() {
        let style = around.style();
        canvas = style.scheme;
        if style.has_effect {
            return None;
        }
        if !is_covered(&pairs) {
            if around.is_svg() || layers.lie_in(around, element, is_flat) {
                return None;
            }
            if style.display != Display::Contents {
                for picture in style.pictures[scheme].iter() {
                    if is_covered(&pairs) {
                        break;
                    }
                    pairs = over(&pairs, picture.as_deref()?, !style.is_filled)?;
                }
                let own = style.background[scheme];
                if own.is_none() && !is_covered(&pairs) {
                    return None;
                }
                lay_over(&mut pairs, own.unwrap_or(Colour::CLEAR));
            }
        }
        if style.opacity < 1.0 {
            for (words, behind) in &mut pairs {
                *words = words.faded(style.opacity);
                *behind = behind.faded(style.opacity);
            }
        }
        // What is lifted out of its place may lie over anything.
        let is_lifted = style.position == Position::Fixed
            || is_moved(style) && !layers.free.contains(&around)
            || layers.pulled.contains_key(&around);
        if is_lifted && !is_covered(&pairs) {
            return None;
        }
        is_flat &= lies_flat(around);
    }
    if is_dark(canvas, scheme) && !is_covered(&pairs) {
        return None;
    }
    lay_over(&mut pairs, Colour::WHITE);
    Some(pairs)
}

/// Lays all over a colour.
fn lay_over(pairs: &mut [(Colour, Colour)], under: Colour) {
    for (words, behind) in pairs {
        *words = words.over(under);
        *behind = behind.over(under);
    }
}

/// Lays all over each colour of a gradient, and over nothing where it may not reach; none
/// when there are too many of them.
fn over(
    pairs: &[(Colour, Colour)],
    gradient: &[Colour],
    may_be_missing: bool,
) -> Option<Vec<(Colour, Colour)>> {
    let mut under: Vec<Colour> = may_be_missing.then_some(Colour::CLEAR).into_iter().collect();
    under.extend(gradient.first());
    for pair in gradient.windows(2).filter(|pair| pair[0] != pair[1]) {
        let places = (1..=PLACES).map(|place| f32::from(place) / f32::from(PLACES));
        under.extend(places.map(|share| pair[0].towards(pair[1], share)));
    }
    let mut found = Vec::new();
    let mut seen = HashSet::new();
    for &(words, behind) in pairs {
        for &colour in &under {
            let pair = (words.over(colour), behind.over(colour));
            if seen.insert((pair.0.bits(), pair.1.bits())) {
                found.push(pair);
            }
            if behind.alpha >= 0.999 {
                break;
            }
        }
        if found.len() > MOST_COLOURS {
            return None;
        }
    }
    Some(found)
}

/// Whether it is drawn with what lies flat around it, below all that is placed.
fn lies_flat(element: Element<'_>) -> bool {
    let style = element.style();
    style.position == Position::Flow
        && style.level.is_none()
        && style.opacity >= 1.0
        && style.moved == [Move::Nowhere; 3]
        && !style.is_raised
        && style.cell.is_none()
}

/// What lies where it does not stand, and so perhaps behind the words of others: a
/// picture that fills its frame, a box that is drawn below.
struct Layers<'p> {
    /// By the element over which they lie.
    all: HashMap<Element<'p>, Frame<'p>>,
    /// What is pulled over others, or others over it.
    pulled: HashMap<Element<'p>, Pull>,
    /// What is placed where nothing is painted, on what is behind all of the page.
    free: HashSet<Element<'p>>,
    /// Whether there are none, so that the look of an element says what is behind it.
    is_flat: bool,
}

/// What lies over an element.
#[derive(Default)]
struct Frame<'p> {
    all: Vec<Element<'p>>,
    /// Those that may lie behind words that lie flat. The others hide such words, and
    /// nobody reads them there.
    under: Vec<Element<'p>>,
}

impl<'p> Layers<'p> {
    fn of(page: &'p Page<'p>) -> Self {
        let mut layers = Self {
            all: HashMap::new(),
            pulled: HashMap::new(),
            free: HashSet::new(),
            is_flat: true,
        };
        let painted = Painted::on(page);
        let mut around = Inside::default();
        // Those with something painted in them, and whether nothing is seen through it: what is
        // in a solid box has that behind it.
        let mut found: BTreeMap<Element<'p>, bool> = BTreeMap::new();
        let mut outer: HashMap<Element<'p>, Element<'p>> = HashMap::new();
        for element in page.elements() {
            let mut moved = around.nearest(element);
            if let Some(pull) = pull(element, &painted) {
                layers.pulled.insert(element, pull);
                layers.is_flat = false;
            }
            if element.style().position == Position::Absolute
                && !painted.is_in(element)
                && room::is_on_top(element, &painted)
            {
                layers.free.insert(element);
            }
            if layers.is_layer(element) {
                outer.extend(moved.map(|around| (element, around)));
                around.push(element);
                moved = Some(element);
            }
            let Some(innermost) = moved.filter(|_| is_painted(element)) else { continue };
            *found.entry(innermost).or_insert(true) &= is_solid(element) || is_solid(innermost);
        }
        // What is painted in a layer is painted in those around it.
        while let Some((layer, is_solid)) = found.pop_last() {
            if let Some(outer) = outer.get(&layer) {
                *found.entry(*outer).or_insert(true) &= is_solid || self::is_solid(*outer);
            }
            let within = layers.frame(layer);
            let on_path = layer.and_around();
            let mut path = on_path.take_while(|one| *one != within);
            let is_over = is_solid
                && matches!(layer.style().position, Position::Absolute | Position::Fixed)
                && layer.style().opacity >= 1.0
                && path.all(|one| one.style().level.is_none_or(|level| level >= 0));
            let frame = layers.all.entry(within).or_default();
            frame.all.push(layer);
            frame.under.extend((!is_over).then_some(layer));
        }
        layers.is_flat &= layers.all.is_empty();
        // Nor does anything else lie there.
        let is_over = |around: Element<'p>, line: Element<'p>| {
            let others = layers.all.get(&around).map(|frame| &frame.all);
            others.is_some_and(|others| others.iter().any(|layer| !layer.contains(line)))
        };
        layers.free.retain(|line| !line.ancestors().any(|around| is_over(around, *line)));
        layers
    }

    /// Whether others may lie over it. What waits behind an edge, such as a link that comes
    /// into sight with the focus, lies behind nothing.
    fn is_layer(&self, element: Element<'p>) -> bool {
        let style = element.style();
        let is_beyond = |side: Size| match side {
            Size::Percent(share) => share <= -100.0,
            side => side.pixels(Some(16.0)).is_some_and(|size| size <= -20.0),
        };
        let is_out = matches!(style.position, Position::Absolute | Position::Fixed)
            && ((is_beyond(style.inset[0]) && style.inset[2] == Size::Auto)
                || (is_beyond(style.inset[3]) && style.inset[1] == Size::Auto))
            && style.height == Size::Auto
            && !element.is_any(PICTURES);
        !is_out
            && !style.moved.iter().any(|to| matches!(to, Move::Off))
            && (is_stacked(element) || is_moved(style) || self.pulled.contains_key(&element))
    }

    /// The element over which it may lie.
    fn frame(&self, layer: Element<'p>) -> Element<'p> {
        let is_frame = |one: &Element<'p>| {
            one.style().position != Position::Flow || one.style().moved != [Move::Nowhere; 3]
        };
        let found = match layer.style().position {
            Position::Absolute => layer.ancestors().find(is_frame),
            Position::Fixed => None,
            // The margin of a first child is that of what it stands in, and so of a last one.
            Position::Flow | Position::Relative
                if self.pulled.get(&layer) == Some(&Pull::Along) =>
            {
                let is_edge = |one: &Element<'p>| before(*one).is_none() || after(*one).is_none();
                let mut path = layer.and_around();
                path.find(|one| !is_edge(one)).and_then(Element::parent)
            }
            Position::Flow | Position::Relative => layer.parent(),
        };
        found.unwrap_or_else(|| layer.page().root())
    }

    /// Whether some lie over the ground of `around` and behind the words of `element`,
    /// which lie flat in it or do not.
    fn lie_in(&self, around: Element<'_>, element: Element<'_>, is_flat: bool) -> bool {
        around.style().boxes.iter().any(Drawn::covers)
            || self.all.get(&around).is_some_and(|frame| {
                let layers = if is_flat { &frame.under } else { &frame.all };
                layers.iter().any(|layer| !layer.contains(element))
            })
    }
}

/// Whether nothing is seen through what it is painted with.
fn is_solid(element: Element<'_>) -> bool {
    let style = element.style();
    let is_opaque = |colour: &Option<Colour>| colour.is_some_and(|colour| colour.alpha >= 0.999);
    style.background.iter().all(is_opaque) && style.opacity >= 1.0 && !style.has_effect
}

/// Up to how many cells of a grid are compared with each other.
const MOST_CELLS: usize = 64;

/// Whether another may stand in the same cell of its grid. Those that do not say both
/// their row and their column are put where there is room.
fn is_stacked(element: Element<'_>) -> bool {
    let Some(cell) = element.style().cell.as_deref() else { return false };
    if (0..2).any(|axis| stretch(cell, axis) == Stretch::Anywhere) {
        return false;
    }
    let has_areas = element.parent().is_some_and(|parent| parent.style().has_areas);
    let all = element.parent().map(Element::children).into_iter().flatten();
    let others = all.filter(|one| *one != element);
    for (count, other) in others.enumerate() {
        let other = other.style().cell.as_deref();
        let is_over = other.is_some_and(|other| may_meet(cell, other, has_areas));
        if is_over || count > MOST_CELLS {
            return true;
        }
    }
    false
}

/// Where something stands in the rows or in the columns of a grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stretch {
    /// Where there is room.
    Anywhere,
    /// From a line up to another.
    Between(i32, i32),
    Unknown,
}

fn stretch(cell: &Cell, axis: usize) -> Stretch {
    let up_to = |from: i32, to: i32| match from.cmp(&to) {
        std::cmp::Ordering::Less => Stretch::Between(from, to),
        std::cmp::Ordering::Equal => Stretch::Between(from, from.saturating_add(1)),
        std::cmp::Ordering::Greater => Stretch::Between(to, from),
    };
    match (&cell[axis], &cell[axis + 2]) {
        (Line::Auto | Line::Span(_), Line::Auto | Line::Span(_)) => Stretch::Anywhere,
        (Line::At(from), Line::At(-1)) if *from > 0 => up_to(*from, i32::MAX),
        (Line::At(from), Line::At(to)) if *from > 0 && *to > 0 => up_to(*from, *to),
        (Line::At(from), Line::Auto) if *from > 0 => up_to(*from, from.saturating_add(1)),
        (Line::Auto, Line::At(to)) if *to > 1 => up_to(to - 1, *to),
        (Line::At(from), Line::Span(rows)) if *from > 0 => up_to(*from, from.saturating_add(*rows)),
        (Line::Span(rows), Line::At(to)) if *to > *rows => up_to(to - rows, *to),
        _ => Stretch::Unknown,
    }
}

/// Whether two places in a grid may have a cell in common.
fn may_meet(one: &Cell, other: &Cell, has_areas: bool) -> bool {
    // `grid-area: menu` is that area of the grid, and areas do not meet.
    let area = |cell: &Cell| match &cell[0] {
        Line::Named(name) if cell.iter().all(|line| line == &cell[0]) => Some(name.clone()),
        _ => None,
    };
    if let (true, Some(one), Some(other)) = (has_areas, area(one), area(other)) {
        return one == other;
    }
    (0..2).all(|axis| match (stretch(one, axis), stretch(other, axis)) {
        (Stretch::Anywhere, _) | (_, Stretch::Anywhere) => false,
        (Stretch::Between(from, to), Stretch::Between(start, end)) => from < end && start < to,
        _ => true,
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

/// Where something is pulled over others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pull {
    /// Over what stands above it or below it, which the margins of what it stands in may do too.
    Along,
    /// Over what stands beside it.
    Aside,
}

/// Whether it is pulled over what stands before it or after it. What only closes a gap,
/// or comes a small step nearer, lies over nothing.
fn pull<'p>(element: Element<'p>, painted: &Painted<'p>) -> Option<Pull> {
    let margin = &element.style().margin;
    // Most have none that pulls.
    let may_pull = |size: &Size| match size {
        Size::Auto => false,
        Size::Unknown => true,
        Size::Pixels(by) | Size::Em(by) | Size::Rem(by) | Size::Percent(by) | Size::Number(by) => {
            *by < 0.0
        }
    };
    if !margin.iter().any(may_pull) {
        return None;
    }
    let gap = |one: Option<Element<'_>>, side: usize| {
        let margin = one.map(|one| one.style().margin[side].pixels(Some(16.0)).unwrap_or(0.0));
        margin.unwrap_or(0.0).max(0.0)
    };
    let is_over = |size: Size, gap: f32| {
        may_pull(&size) && size.pixels(Some(16.0)).is_none_or(|by| by + gap <= -8.0)
    };
    // Words stand beside each other in many ways; only a long way is over others.
    let is_aside = |size: Size| match size {
        Size::Percent(share) => share <= -50.0,
        size => size.pixels(Some(16.0)).is_some_and(|by| by <= -100.0),
    };
    // Words that stand nearer to others lie on the same, where nothing is painted there.
    let may_cover = |side: Side, size: Size| {
        let pixels = size.pixels(element.style().font_size);
        painted.is_in(element)
            || pixels.is_none_or(|by| !room::is_bare(element, side, -by, painted))
    };
    if is_over(margin[0], gap(before(element), 2)) && may_cover(Side::Above, margin[0])
        || is_over(margin[2], gap(after(element), 0)) && may_cover(Side::Below, margin[2])
    {
        return Some(Pull::Along);
    }
    let is_beside =
        || is_aside(margin[1]) || is_aside(margin[3]) && !room::stands_in_gap(element, painted);
    is_beside().then_some(Pull::Aside)
}

/// How far one that takes up room is looked for.
const FARTHEST: usize = 32;

/// The one before it that takes up room.
fn before(element: Element<'_>) -> Option<Element<'_>> {
    let all = std::iter::successors(element.previous(), |one| one.previous());
    all.take(FARTHEST).find(|one| takes_room(*one))
}

/// The one after it that takes up room.
fn after(element: Element<'_>) -> Option<Element<'_>> {
    let all = std::iter::successors(element.next(), |one| one.next());
    all.take(FARTHEST).find(|one| takes_room(*one))
}

#[cfg(test)]
mod tests {
    use super::{super::Outcome, *};

    /// What is said of the words `W…`: that they fail, that somebody should look, or nothing.
    fn said(html: &str) -> Option<Outcome> {
        let page = Page::read(html, |_| None);
        let mut marks = Marks::default();
        look(&page, (4.5, 3.0), &mut marks);
        marks.marks.first().map(|mark| mark.outcome)
    }

    #[test]
    fn words_on_what_may_lie_behind_them_are_looked_at() {
        let over = |style: &str| {
            format!(
                "<div style='position: relative; display: flex'><div style='position: absolute; \
                 inset: 0; z-index: 0; background: #222'></div><p style='color: #eee; {style}'>Words</p></div>"
            )
        };
        for style in [
            "position: relative",
            "z-index: 1",
            "position: relative; z-index: 9999999999",
            "position: relative; z-index: calc(1 + 1)",
            "isolation: isolate",
            "will-change: transform",
            "contain: paint",
            "transform: translateZ(0)",
            "rotate: -2deg",
            "opacity: .99",
        ] {
            assert_eq!(said(&over(style)), Some(Outcome::CantTell), "{style}");
        }
        for html in [
            "<div style='opacity: .99'><div style='position: absolute; inset: 0; z-index: 10; \
             background: #222'></div></div><p style='position: relative; z-index: 1; color: #eee'>Words</p>",
            "<div style='position: relative; z-index: 0'><div style='position: absolute; inset: -2rem; \
             background: #222; z-index: -1'></div><p style='color: #eee'>Words</p></div>",
            "<div style='position: relative'><p style='color: #111'>Words</p><div style='position: \
             absolute; inset: 0; background: rgb(0 0 0 / 90%)'></div></div>",
        ] {
            assert_eq!(said(html), Some(Outcome::CantTell), "{html}");
        }
        // What lies over words is read in their place.
        assert_eq!(said(&over("color: #222")), None);
    }

    #[test]
    fn cells_of_a_grid_that_meet_lie_over_each_other() {
        let grid = |one: &str, other: &str, around: &str| {
            said(&format!(
                "<div style='display: grid; {around}'><div style='{one}; background: #222; \
                 height: 9em'></div><p style='{other}; color: #eee'>Words</p></div>"
            ))
        };
        for (one, other) in [
            ("grid-area: 1 / 1", "grid-area: 1 / 1"),
            ("grid-area: 1 / 1 / 1 / 1", "grid-area: 1 / 1 / 1 / 1"),
            ("grid-row: 1; grid-column: full", "grid-row: 1; grid-column: content"),
            ("grid-area: 99999 / 99999", "grid-area: 99999 / 99999"),
            ("grid-row: 1; grid-row: 1 / span 0; grid-column: 1", "grid-row: 1; grid-column: 1"),
            ("grid-row-end: 2; grid-column-end: 2", "grid-area: 1 / 1"),
            ("grid-row: 1 / -1; grid-column: 1", "grid-row: 3; grid-column: 1"),
        ] {
            assert_eq!(grid(one, other, ""), Some(Outcome::CantTell), "{one} {other}");
        }
        let areas = "grid-template-areas: \"a b\"; background: #333";
        for (one, other) in [
            ("grid-row: 1; grid-column: 1", "grid-row: 1; grid-column: 2"),
            ("grid-area: a", "grid-area: b"),
            ("grid-row: 2", "grid-row: 2"),
        ] {
            assert_eq!(grid(one, other, areas), None, "{one} {other}");
        }
    }

    #[test]
    fn of_gradients_every_colour_that_can_lie_behind_words_counts() {
        let on = |words: &str, behind: &str| {
            said(&format!("<p style='color: {words}; {behind}'>Words</p>"))
        };
        let failed = Some(Outcome::Failed);
        let unsure = Some(Outcome::CantTell);
        for (words, behind, expected) in [
            // One over the other, and a colour below.
            (
                "#999",
                "background: linear-gradient(#fff, #eee), linear-gradient(#000, #111), #000",
                failed,
            ),
            (
                "#999",
                "background: linear-gradient(rgb(255 255 255 / 90%), #fff), linear-gradient(#eee, #fff), #fff",
                failed,
            ),
            (
                "#222",
                "background: linear-gradient(rgb(0 0 0 / 5%), transparent), linear-gradient(#fff, #eee), #fff",
                None,
            ),
            (
                "#999",
                "background-color: #000; background-image: linear-gradient(#fff, #fff), url(a.png)",
                failed,
            ),
            // Clear in part: what is below is seen through it.
            (
                "rgb(90 90 90 / 80%)",
                "background-image: linear-gradient(90deg, transparent, transparent 3em, #000 3em, #000)",
                failed,
            ),
            ("#fff", "background: linear-gradient(transparent, rgb(0 0 0 / 80%)), #111", None),
            ("#fff", "background: linear-gradient(transparent, rgb(0 0 0 / 80%))", unsure),
            // It does not reach everywhere.
            (
                "#999",
                "background: linear-gradient(#000, #000) no-repeat 0 100% / 100% 2px, #fff",
                unsure,
            ),
            (
                "#aaa",
                "background: linear-gradient(#eee, #eee) no-repeat 0 100% / 100% 2px, #fff",
                failed,
            ),
            (
                "#222",
                "background: linear-gradient(#eee, #eee) no-repeat 0 100% / 100% 2px, #fff",
                None,
            ),
            // Nobody knows what a picture shows.
            (
                "#999",
                "background: linear-gradient(rgb(255 255 255 / 90%), #fff), url(a.png), #fff",
                unsure,
            ),
            ("#999", "background: linear-gradient(#fff, nonsense), #fff", unsure),
            ("#999", "background: -webkit-linear-gradient(#fff, #fff), #fff", unsure),
        ] {
            assert_eq!(on(words, behind), expected, "{words} {behind}");
        }
    }

    #[test]
    fn one_letter_alone_is_a_sign_and_with_more_beside_it_is_a_word() {
        let said = |words: &str| said(&format!("<p style='color: #999'>{words}</p>"));
        for words in ["x", " 1 ", "×", "----", "\u{f00d}"] {
            assert_eq!(said(words), None, "{words}");
        }
        for words in ["\"a\"", "1.", "No"] {
            assert_eq!(said(words), Some(Outcome::Failed), "{words}");
        }
    }

    #[test]
    fn a_gradient_is_that_of_its_own_scheme() {
        let dark = "@media (prefers-color-scheme: dark) { body { background: #000; color: #fff } ";
        for (light, own, expected) in [
            ("linear-gradient(#fff, #eee)", "p { background: none }", None),
            ("linear-gradient(#fff, #eee)", "p { background: linear-gradient(#111, #222) }", None),
            ("#eee", "p { background: linear-gradient(#ddd, #eee) }", Some(Outcome::Failed)),
            ("linear-gradient(#fff, #eee)", "", Some(Outcome::Failed)),
        ] {
            let html = format!(
                "<style>body {{ background: #fff; color: #111 }} p {{ background: {light} }} {dark} {own} }}</style><p>Words</p>"
            );
            assert_eq!(said(&html), expected, "{light} {own}");
        }
    }

    #[test]
    fn what_is_pulled_up_lies_behind_what_is_above() {
        let pulled = |between: &str, margin: &str| {
            said(&format!(
                "<p style='color: #eee; margin: 0 0 1rem'>Words</p>{between}<div style='{margin}; \
                 background: #222; height: 9em'></div>"
            ))
        };
        for (between, margin) in [
            ("", "margin-top: -60px"),
            ("", "margin: -10vw 0 0"),
            ("", "margin-block: calc(-1 * 60px) 0"),
            ("<div hidden style='margin-bottom: 80px'></div>", "margin-top: -60px"),
            ("<i style='position: absolute; margin-bottom: 80px'></i>", "margin-top: -60px"),
        ] {
            assert_eq!(pulled(between, margin), Some(Outcome::CantTell), "{between} {margin}");
        }
        // A pull no longer than the gap lies over nothing.
        for margin in
            ["margin-top: -1rem", "margin-top: calc(-1rem - 1px)", "margin: clamp(1rem, 2vw, 2rem)"]
        {
            assert_eq!(pulled("", margin), Some(Outcome::Failed), "{margin}");
        }
    }

    #[test]
    fn words_pulled_over_words_alone_lie_on_what_they_stood_on() {
        let pulled = |before: &str, style: &str| {
            said(&format!(
                "<body style='background: #fff'><div style='background: #eee'>{before}\
                 <p style='color: #999; {style}'>Words</p></div>"
            ))
        };
        let line = "<h1 style='line-height: 30px'>Title</h1>";
        for (before, style) in [
            (line, "margin-top: -27px"),
            (line, "margin-top: calc(-1 * 27px)"),
            (
                "<div><h1 style='line-height: 30px'><a href=x>Title</a></h1></div>",
                "margin-top: -27px",
            ),
            ("<div style='height: 40px'></div>", "margin-top: -2em"),
        ] {
            assert_eq!(pulled(before, style), Some(Outcome::Failed), "{before} {style}");
        }
        for (before, style) in [
            // Out of the box, or as far as nobody knows.
            ("", "margin-top: -27px"),
            (line, "margin-top: -31px"),
            (line, "margin-top: -5vw"),
            ("<h1 style='line-height: 30px; float: left'>Title</h1>", "margin-top: -27px"),
            ("<h1 style='line-height: 30px; display: none'>Title</h1>", "margin-top: -27px"),
            ("<h1 style='line-height: 30px; margin-bottom: -9px'>Title</h1>", "margin-top: -27px"),
            // Over what is painted.
            (
                "<h1 style='line-height: 30px; background: #222; color: #fff'>Title</h1>",
                "margin-top: -27px",
            ),
            ("<h1 style='line-height: 30px'>Title <img src=a.png></h1>", "margin-top: -27px"),
            // And with what is painted.
            (line, "margin-top: -27px; background: rgb(0 0 0 / 1%)"),
        ] {
            assert_eq!(pulled(before, style), Some(Outcome::CantTell), "{before} {style}");
        }
        let items = "<div style='display: flex; background: #eee'><p style='height: 50px'></p>\
                     <p style='color: #999; margin-top: -40px'>Words</p></div>";
        assert_eq!(said(items), Some(Outcome::CantTell));
    }

    #[test]
    fn a_bar_in_room_that_was_left_for_it_lies_on_what_is_around() {
        let beside = |around: &str, content: &str, inner: &str, bar: &str, after: &str| {
            said(&format!(
                "<div style='background: #eee; {around}'><div style='float: left; width: 100%; \
                 {content}'><p style='background: #fff; {inner}'>Hm</p></div><div style='float: left; \
                 width: 230px; margin-left: -100%; color: #999; {bar}'>Words</div>{after}</div>"
            ))
        };
        let clear = "<p style='clear: both'></p>";
        let gap = "margin-left: 230px";
        for (around, content, inner, bar, after) in [
            ("", "", gap, "", clear),
            ("", "", "margin: 0 0 0 20em", "", clear),
            ("", "", "margin-left: 250px", "padding: 0 10px", clear),
            ("overflow: hidden", "", gap, "", ""),
            ("display: flow-root", "", gap, "", ""),
            ("", "position: static", gap, "width: 10em", clear),
        ] {
            let case = format!("{around}|{content}|{inner}|{bar}|{after}");
            assert_eq!(beside(around, content, inner, bar, after), Some(Outcome::Failed), "{case}");
        }
        for (around, content, inner, bar, after) in [
            ("", "", "margin-left: 200px", "", clear),
            ("", "", gap, "padding: 0 10px", clear),
            ("", "", gap, "width: 20%", clear),
            ("", "", gap, "margin-left: -90%", clear),
            ("", "background: #222", gap, "", clear),
            ("", "margin-left: -9px", gap, "", clear),
            ("", "width: 90%", gap, "", clear),
            ("", "", "margin-left: 230px; position: relative; left: -50px", "", clear),
            ("", "", "margin-left: 230px; transform: translateX(-50px)", "", clear),
            ("display: flex", "", gap, "", clear),
            ("direction: ltr", "", gap, "", ""),
            ("", "", gap, "", "<p style='background: #222'>Hm</p>"),
        ] {
            let case = format!("{around}|{content}|{inner}|{bar}|{after}");
            assert_eq!(
                beside(around, content, inner, bar, after),
                Some(Outcome::CantTell),
                "{case}"
            );
        }
    }

    #[test]
    fn a_line_that_is_placed_above_all_that_is_painted_lies_on_the_page() {
        let placed = |style: &str, words: &str, after: &str| {
            said(&format!(
                "<body style='background: #092e20; color: #fff'><div><p style='position: absolute; \
                 color: #487858; {style}'>{words}</p><h1 style='padding-top: 40px'>Title</h1></div>{after}"
            ))
        };
        let box_ = "<div style='background: #fff; color: #000'>Hm</div>";
        for (style, words) in [
            ("top: 5px", "Words"),
            (
                "top: 0; padding: 4px",
                "<a href=x style='color: inherit; padding: 0 4px'>Words</a> and others",
            ),
            ("top: -1px; left: 2em", "Words"),
        ] {
            assert_eq!(placed(style, words, box_), Some(Outcome::Failed), "{style} {words}");
        }
        let long = "Words and others ".repeat(9);
        for (style, words, after) in [
            ("top: 30px", "Words", box_),
            ("", "Words", box_),
            ("top: 10%", "Words", box_),
            ("top: 5px; bottom: 0", "Words", box_),
            ("top: 5px; width: 4em", "Words and others", box_),
            ("top: 5px", "Words<br>and others", box_),
            ("top: 5px", &long, box_),
            ("top: 5px", "Words", "<div style='background: #fff; margin-top: -90px'>Hm</div>"),
            (
                "top: 5px",
                "Words",
                "<div style='background: #fff; position: absolute; inset: 0'>Hm</div>",
            ),
        ] {
            assert_eq!(
                placed(style, words, after),
                Some(Outcome::CantTell),
                "{style} {words} {after}"
            );
        }
    }

    #[test]
    fn what_lies_in_a_solid_bar_lets_nothing_through() {
        let bar = |style: &str| {
            said(&format!(
                "<div style='position: relative; background: #eee'><div style='position: absolute; top: 0; {style}'>\
                 <img src=a.png></div><p style='color: #999'>Words</p></div>"
            ))
        };
        assert_eq!(bar("background: #222"), Some(Outcome::Failed));
        assert_eq!(bar(""), Some(Outcome::CantTell));
        assert_eq!(bar("background: rgb(0 0 0 / 50%)"), Some(Outcome::CantTell));
    }

    #[test]
    fn content_of_any_depth_beside_a_bar_is_looked_at_no_further_than_needed() {
        let deep = "<div style='margin-left: 9px'>".repeat(30_000);
        let html = format!(
            "<div style='background: #eee'><div style='float: left; width: 100%'>{deep}Hm{}</div>\
             <div style='float: left; width: 230px; margin-left: -100%; color: #999'>Words</div>\
             <p style='clear: both'></p></div>",
            "</div>".repeat(30_000),
        );
        assert_eq!(said(&html), Some(Outcome::CantTell));
    }
}
