//! How much room there certainly is between things, without laying the page out: what styles say
//! in fixed sizes counts, and what they leave open counts for nothing.

use std::cell::OnceCell;

use super::{
    Element, Page, fit,
    page::{
        Colour, Display, Drawn, Float, Inner, Move, Overflow, Position, Size, Spacing, is_small,
    },
};

/// How many elements are looked at in the content beside a bar. One with more is taken to be full.
const MOST_INSIDE: usize = 20_000;

/// How many are looked at to find how high a part of a page is.
const MOST_ABOVE: usize = 2_000;

/// How deep they may stand in each other.
const DEEPEST: usize = 128;

/// How many are looked at beside one.
const MOST_BESIDE: usize = 64;

/// How wide a bar at the side may be that is known to stand beside others, in pixels.
const WIDEST_BAR: f32 = 480.0;

/// Elements that show pictures.
pub(super) const PICTURES: &[&str] =
    &["canvas", "embed", "iframe", "img", "object", "svg", "video"];

/// Whether it hides what is behind it, and is more than a sign.
pub(super) fn is_painted(element: Element<'_>) -> bool {
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
        || style.has_picture()
        || style.background.iter().any(is_filled)
        || style.boxes.iter().any(Drawn::covers);
    is_painted && !is_small(size(style.width, "width"), size(style.height, "height"))
}

/// What is painted on a page, looked for when it is first asked about.
pub(super) struct Painted<'p> {
    page: &'p Page<'p>,
    /// In the order of the page.
    all: OnceCell<Vec<Element<'p>>>,
}

impl<'p> Painted<'p> {
    pub(super) fn on(page: &'p Page<'p>) -> Self {
        Self { page, all: OnceCell::new() }
    }

    /// Whether anything is painted in an element, or behind it.
    pub(super) fn is_in(&self, element: Element<'p>) -> bool {
        let find = || self.page.elements().filter(|one| is_painted(*one)).collect();
        let all = self.all.get_or_init(find);
        let first = all.get(all.partition_point(|one| *one < element));
        first.is_some_and(|first| element.contains(*first))
    }
}

/// What may still be looked at: so many elements, and so deep.
struct Left {
    elements: usize,
    depth: usize,
}

impl Left {
    fn of(elements: usize) -> Self {
        Self { elements, depth: DEEPEST }
    }

    /// What a step into an element gives; nothing when there is no more to be looked at.
    fn step<T>(&mut self, into: impl FnOnce(&mut Self) -> T) -> Option<T> {
        self.elements = self.elements.checked_sub(1)?;
        self.depth = self.depth.checked_sub(1)?;
        let found = into(self);
        self.depth += 1;
        Some(found)
    }
}

/// To which side of an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Above,
    Below,
}

impl Side {
    /// Its place among the four sides of a style.
    fn place(self) -> usize {
        match self {
            Self::Above => 0,
            Self::Below => 2,
        }
    }

    fn next<'p>(self, element: Element<'p>) -> Option<Element<'p>> {
        match self {
            Self::Above => element.previous(),
            Self::Below => element.next(),
        }
    }
}

/// Whether it takes up room where it stands.
pub(super) fn takes_room(element: Element<'_>) -> bool {
    element.is_rendered()
        && !matches!(element.style().position, Position::Absolute | Position::Fixed)
}

/// Whether nothing is painted near an element, on that side, so that words which come to stand
/// there by so many pixels stand on what is behind them in any case.
pub(super) fn is_bare<'p>(
    element: Element<'p>,
    side: Side,
    pixels: f32,
    painted: &Painted<'p>,
) -> bool {
    let mut room = 0.0;
    let mut left = MOST_BESIDE;
    for inner in element.and_around() {
        let Some(outer) = inner.parent() else { return true };
        let style = outer.style();
        // Others are not above and below, or it is not known where it stands itself.
        if style.inner == Inner::Items
            || style.display == Display::Table
            || style.float != Float::Not
            || !matches!(style.position, Position::Flow | Position::Relative)
            || style.moved != [Move::Nowhere; 3]
        {
            return false;
        }
        let others = std::iter::successors(side.next(inner), |one| side.next(*one));
        for other in others.filter(|one| takes_room(*one)) {
            left = left.saturating_sub(1);
            if left == 0 || painted.is_in(other) {
                return false;
            }
            let Some(pulled) = pulls(other) else { return false };
            room += least_height(other, &mut Left::of(MOST_ABOVE)) + pulled;
            if room >= pixels {
                return true;
            }
        }
        room += inside(outer, side.place());
        if room >= pixels {
            return true;
        }
        // What is pulled out of a box stands on what is behind that.
        if has_paint(outer) && !is_canvas(outer) {
            return false;
        }
    }
    true
}

/// How far a margin pulls, where it does: less than nothing. None where that cannot be known.
fn pull(margin: Size, element: Element<'_>) -> Option<f32> {
    match margin {
        Size::Percent(share) if share >= 0.0 => Some(0.0),
        margin => length(margin, element).map(|size| size.min(0.0)),
    }
}

/// Pixels; none when it cannot be known.
fn length(size: Size, element: Element<'_>) -> Option<f32> {
    match size {
        Size::Auto => Some(0.0),
        size => size.pixels(element.style().font_size),
    }
}

/// Whether something is painted behind it.
fn has_paint(element: Element<'_>) -> bool {
    let style = element.style();
    style.has_picture() || style.background.iter().any(|one| one.is_none_or(|one| one.alpha > 0.0))
}

/// Whether what is painted behind it is behind all of the page, or no other than what is.
fn is_canvas(element: Element<'_>) -> bool {
    let html = element.page().root();
    let (own, around) = (element.style(), html.style());
    let is_same = || {
        !has_paint(html)
            || !own.has_picture() && !around.has_picture() && own.background == around.background
    };
    element == html || element.is("body") && is_same()
}

/// How high it is at the least, with the room inside its edges.
fn least_height(element: Element<'_>, left: &mut Left) -> f32 {
    let style = element.style();
    let is_block = style.display == Display::Block
        && style.float == Float::Not
        && style.most.1 == Size::Auto
        && takes_room(element);
    if !is_block {
        return 0.0;
    }
    match style.height {
        Size::Auto => {}
        height => return length(height, element).unwrap_or(0.0).max(0.0),
    }
    let line = if has_line(element, 0) { fit::line_height(element).unwrap_or(0.0) } else { 0.0 };
    let mut blocks = 0.0;
    // Items may stand beside each other.
    for one in element.children().filter(|one| style.inner != Inner::Items && takes_room(*one)) {
        let Some(pulled) = pulls(one) else { return 0.0 };
        blocks += left.step(|left| least_height(one, left)).unwrap_or(0.0) + pulled;
    }
    inside(element, 0) + line.max(blocks).max(0.0) + inside(element, 2)
}

/// The room inside one of its edges, at the least.
fn inside(element: Element<'_>, side: usize) -> f32 {
    length(element.style().padding[side], element).unwrap_or(0.0).max(0.0)
}

/// How far its margins above and below pull, where they do.
fn pulls(element: Element<'_>) -> Option<f32> {
    let [above, _, below, _] = element.style().margin;
    Some(pull(above, element)? + pull(below, element)?)
}

/// How high words stand in a line at the most, in sizes of the font, and how wide a letter is.
const HIGHEST: f32 = 2.0;
const WIDEST: f32 = 1.0;

/// How much room is left for a line, wherever in a window it begins: half of 1,280 pixels.
const LEAST_LINE: f32 = 640.0;

/// Whether something that is placed near the top of the page ends above all that is painted, so
/// that only what is behind the whole page is behind it.
pub(super) fn is_on_top<'p>(element: Element<'p>, painted: &Painted<'p>) -> bool {
    let is_plain = |one: Element<'p>| {
        let style = one.style();
        style.position == Position::Flow && style.moved == [Move::Nowhere; 3] && !has_paint(one)
    };
    let style = element.style();
    style.moved == [Move::Nowhere; 3]
        && style.inset[2] == Size::Auto
        && element.ancestors().all(|one| is_canvas(one) || is_plain(one))
        && lowest(element).is_some_and(|lowest| {
            let root = element.page().root();
            lowest <= first_paint(root, painted, &mut Left::of(MOST_ABOVE))
        })
}

/// Where a line that is placed ends at the most, in pixels below what it is placed in.
fn lowest(line: Element<'_>) -> Option<f32> {
    let style = line.style();
    let is_in_line = |one: Element<'_>| {
        let style = one.style();
        style.display == Display::None
            || style.display == Display::Inline
                && style.position == Position::Flow
                && style.content.iter().flatten().all(|words| words.is_empty())
                && one.is_html()
                && !one.is("br")
    };
    if style.inset[0] == Size::Auto
        || style.width != Size::Auto
        || style.least != (Size::Auto, Size::Auto)
        || style.most.0 != Size::Auto
        || style.content.iter().flatten().any(|words| !words.is_empty())
        || !line.descendants().all(is_in_line)
    {
        return None;
    }
    let tallest = |one: Element<'_>| {
        let font = one.style().font_size? * HIGHEST;
        let said =
            one.and_around().any(|one| one.style().spacing[Spacing::Lines as usize].is_some());
        Some(if said { fit::line_height(one)?.max(font) } else { font })
    };
    let (mut width, mut height) = (0.0, tallest(line)?);
    for (one, words) in line.seen_words() {
        let style = one.style();
        let [letters, between, _] = style.spacing;
        if letters.is_some() || between.is_some() || style.is_unbroken && words.contains('\n') {
            return None;
        }
        // With a space before it and one after each.
        let letters = words.split_ascii_whitespace().map(|word| word.chars().count() + 1);
        width += (1 + letters.sum::<usize>()) as f32 * style.font_size? * WIDEST;
        height = height.max(tallest(one)?);
    }
    for one in line.descendants().filter(|one| takes_room(*one)) {
        for size in
            [1, 3].iter().flat_map(|side| [one.style().margin[*side], one.style().padding[*side]])
        {
            width += length(size, one)?.max(0.0);
        }
    }
    let height = match style.height {
        Size::Auto => height,
        said => length(said, line)?.max(height),
    };
    // Browsers give some elements room of their own: as high as a letter, mostly.
    let margin = match style.margin[0] {
        Size::Auto if line.is_any(PLAIN) => 0.0,
        Size::Auto => style.font_size? * HIGHEST,
        said => length(said, line)?,
    };
    let room = |size: Size| length(size, line);
    if width > LEAST_LINE {
        return None;
    }
    Some(
        room(style.inset[0])? + margin + room(style.padding[0])? + height + room(style.padding[2])?,
    )
}

/// Where the first thing is painted that is not behind all of the page, in pixels below the top
/// of an element, at the least.
fn first_paint<'p>(element: Element<'p>, painted: &Painted<'p>, left: &mut Left) -> f32 {
    let style = element.style();
    if !is_canvas(element) && has_paint(element)
        || style.inner == Inner::Items
        || style.display != Display::Block
    {
        return 0.0;
    }
    let mut room = inside(element, 0);
    for one in element.children().filter(|one| takes_room(*one)) {
        let above = pull(one.style().margin[0], one);
        let (Some(above), Some(pulled)) = (above, pulls(one)) else { return 0.0 };
        if painted.is_in(one) {
            let inner = match one.style().float {
                Float::Not => left.step(|left| first_paint(one, painted, left)),
                Float::Left | Float::Right => None,
            };
            return room + above + inner.unwrap_or(0.0);
        }
        room += left.step(|left| least_height(one, left)).unwrap_or(0.0) + pulled;
    }
    f32::INFINITY
}

/// How deep words of a line are looked for, and in how many elements of each.
const DEEPEST_IN_LINE: usize = 3;
const MOST_IN_LINE: usize = 8;

/// Whether words stand in a line of it: directly, or in something that is part of the line.
fn has_line(element: Element<'_>, depth: usize) -> bool {
    let is_seen = element.style().font_size.is_some_and(|size| size > 0.0);
    let has_words = element.own_text().any(|text| !text.trim().is_empty());
    let is_in_line = |one: &Element<'_>| {
        let style = one.style();
        style.display == Display::Inline && style.float == Float::Not && takes_room(*one)
    };
    is_seen && has_words
        || depth < DEEPEST_IN_LINE
            && element
                .children()
                .take(MOST_IN_LINE)
                .any(|one| is_in_line(&one) && has_line(one, depth + 1))
}

/// Whether something that is pulled back to the left edge of what it stands in stands there
/// beside the content, in room that was left for it: a side bar with `margin-left: -100%` after a
/// float of all the width, whose content begins right of the bar.
pub(super) fn stands_in_gap<'p>(bar: Element<'p>, painted: &Painted<'p>) -> bool {
    let style = bar.style();
    let (Some(around), Some(width)) = (bar.parent(), length(style.width, bar)) else {
        return false;
    };
    let inside = [style.padding[1], style.padding[3]].map(|size| length(size, bar));
    let [Some(right), Some(left)] = inside else { return false };
    let width = width + right.max(0.0) + left.max(0.0);
    let is_bar = style.float == Float::Left
        && style.margin[3] == Size::Percent(-100.0)
        && style.width != Size::Auto
        && width <= WIDEST_BAR
        && around.style().inner != Inner::Items;
    if !is_bar || !bar.and_around().all(is_from_left) || !is_behind(around, bar, painted) {
        return false;
    }
    let before = std::iter::successors(bar.previous(), |one| one.previous());
    let mut before = before.take(MOST_BESIDE).filter(|one| takes_room(*one));
    let (Some(content), None) = (before.next(), before.next()) else { return false };
    let style = content.style();
    let is_nothing = |size: &Size| {
        matches!(size, Size::Auto | Size::Percent(0.0)) || size.pixels(None) == Some(0.0)
    };
    style.float == Float::Left
        && style.width == Size::Percent(100.0)
        && [1, 3]
            .iter()
            .all(|side| is_nothing(&style.margin[*side]) && is_nothing(&style.padding[*side]))
        && leftmost(content, &mut Left::of(MOST_INSIDE)) >= width
}

/// Whether it runs from the left to the right.
fn is_from_left(element: Element<'_>) -> bool {
    !element.says("dir", "rtl") && !element.says("dir", "auto")
}

/// Whether what is painted behind `around`, or around that, is behind what floats in it, which
/// takes up no room there: something after it goes below, or a flow of its own holds it.
fn is_behind<'p>(around: Element<'p>, bar: Element<'p>, painted: &Painted<'p>) -> bool {
    let mut inner = bar;
    for outer in std::iter::once(around).chain(around.ancestors()) {
        let after = std::iter::successors(inner.next(), |one| one.next());
        if let Some(next) = after.take(MOST_BESIDE).find(|one| takes_room(*one)) {
            if next.style().clears && next.style().float == Float::Not {
                return true;
            }
            if painted.is_in(next) {
                return false;
            }
        }
        let style = outer.style();
        let is_cut = |overflow: Overflow| overflow != Overflow::Visible;
        let holds = style.inner != Inner::Flow
            || is_cut(style.overflow.0)
            || is_cut(style.overflow.1)
            || style.float != Float::Not
            || !matches!(style.position, Position::Flow | Position::Relative)
            || style.boxes[1].clears();
        if holds {
            return true;
        }
        if has_paint(outer) {
            return is_canvas(outer);
        }
        inner = outer;
    }
    true
}

/// Where the first thing that is seen of it begins at the earliest, in pixels right of the edge
/// of what it stands in.
fn leftmost(element: Element<'_>, left: &mut Left) -> f32 {
    let style = element.style();
    if !element.is_rendered() {
        return f32::INFINITY;
    }
    let is_still = style.position == Position::Flow
        && style.moved == [Move::Nowhere; 3]
        && !style.boxes.iter().any(Drawn::covers)
        && is_from_left(element);
    let may_be_wide = style.float == Float::Right
        && !matches!(style.width, Size::Auto | Size::Percent(..=100.0))
        && length(style.width, element).is_none_or(|width| width > WIDEST_BAR);
    let indent =
        if style.text_indent == Size::Auto { Some(0.0) } else { pull(style.text_indent, element) };
    let (Some(indent), false) = (indent, !is_still || may_be_wide) else {
        return f32::NEG_INFINITY;
    };
    let is_box = !matches!(style.display, Display::Inline | Display::Contents);
    // Where a line breaks, it begins at the edge of what is around it.
    let Some(pulled) = pull(style.margin[3], element) else { return f32::NEG_INFINITY };
    let margin = match length(style.margin[3], element) {
        Some(margin) if is_box => margin,
        _ => pulled,
    };
    let padding =
        if is_box { length(style.padding[3], element).unwrap_or(0.0).max(0.0) } else { 0.0 };
    let has_words = element.own_text().any(|text| !text.trim().is_empty());
    let is_plain = element.is_any(PLAIN) || element.is_any(SPACED);
    let is_seen = has_words || has_paint(element) || !is_plain;
    let own = if is_seen { indent } else { f32::INFINITY };
    let mut into = |one| left.step(|left| leftmost(one, left)).unwrap_or(f32::NEG_INFINITY);
    let inside = element.children().map(&mut into).fold(f32::INFINITY, f32::min);
    margin + own.min(padding + inside)
}

/// Elements that show nothing but what is in them, with room around it.
const SPACED: &[&str] = &["ol", "p", "ul"];

/// The same with none.
const PLAIN: &[&str] = &[
    "a", "article", "aside", "body", "code", "div", "em", "footer", "form", "header", "i", "li",
    "main", "nav", "section", "span", "strong",
];
