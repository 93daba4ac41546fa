//! Properties that rules ask about, and reading their values.

use std::sync::Arc;

use super::colour::{self, Colour};

/// A property.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Property {
    All,
    Background,
    BackgroundColour,
    BackgroundImage,
    BackgroundSize,
    /// Lines around it: all that is said of them, their style, or their width.
    Border(Edge),
    BoxShadow,
    /// Whether it goes below what floats.
    Clear,
    Clip,
    ClipPath,
    Colour,
    ColourScheme,
    Content,
    Display,
    Filter,
    Float,
    Font,
    FontFamily,
    FontSize,
    FontStyle,
    FontWeight,
    GridAreas,
    /// Lines of the grid around it, by their places in [`Cell`].
    GridLines(&'static [usize]),
    Height,
    /// How far it is moved from some sides, from the top round to the left.
    Inset(&'static [usize]),
    /// The room at some sides, from the top round to the left.
    Margin(&'static [usize]),
    MaxHeight,
    MaxWidth,
    MinHeight,
    MinWidth,
    Opacity,
    Outline,
    Overflow,
    OverflowX,
    OverflowY,
    /// The room inside some sides, from the top round to the left.
    Padding(&'static [usize]),
    Position,
    Raising,
    Rotate,
    Scale,
    Spacing(Spacing),
    TextAlign,
    TextDecoration,
    TextIndent,
    TextOverflow,
    TextShadow,
    TextTransform,
    Transform,
    Translate,
    Visibility,
    WhiteSpace,
    Width,
    ZIndex,
}

/// What a property says of the lines around an element.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    All,
    Style,
    Width,
}

/// The four sides, from the top round to the left.
const ALL: &[usize] = &[0, 1, 2, 3];

impl Property {
    /// The property of that name, if rules ask about it.
    pub(super) fn named(name: &str) -> Option<Self> {
        let name = name.to_ascii_lowercase();
        Some(match name.strip_prefix("-webkit-").unwrap_or(&name) {
            "all" => Self::All,
            "background" => Self::Background,
            "background-color" => Self::BackgroundColour,
            "background-image" => Self::BackgroundImage,
            "background-size" => Self::BackgroundSize,
            "border" | "border-bottom" | "border-block-end" | "border-block" => {
                Self::Border(Edge::All)
            }
            "border-style" | "border-bottom-style" => Self::Border(Edge::Style),
            "border-width" | "border-bottom-width" => Self::Border(Edge::Width),
            "bottom" => Self::Inset(&[2]),
            "box-shadow" => Self::BoxShadow,
            "clear" => Self::Clear,
            "clip" => Self::Clip,
            "clip-path" => Self::ClipPath,
            "color" => Self::Colour,
            "color-scheme" => Self::ColourScheme,
            "content" => Self::Content,
            "display" => Self::Display,
            "filter" | "mix-blend-mode" | "backdrop-filter" | "mask" | "mask-image"
            | "background-clip" | "text-fill-color" | "text-stroke" | "text-stroke-width" => {
                Self::Filter
            }
            "float" => Self::Float,
            "font" => Self::Font,
            "font-family" => Self::FontFamily,
            "font-size" => Self::FontSize,
            "font-style" => Self::FontStyle,
            "font-weight" => Self::FontWeight,
            "grid" | "grid-template" | "grid-template-areas" => Self::GridAreas,
            "grid-area" => Self::GridLines(ALL),
            "grid-column" => Self::GridLines(&[1, 3]),
            "grid-column-end" => Self::GridLines(&[3]),
            "grid-column-start" => Self::GridLines(&[1]),
            "grid-row" => Self::GridLines(&[0, 2]),
            "grid-row-end" => Self::GridLines(&[2]),
            "grid-row-start" => Self::GridLines(&[0]),
            "height" | "block-size" => Self::Height,
            "inset" => Self::Inset(ALL),
            "inset-block" => Self::Inset(&[0, 2]),
            "inset-inline" => Self::Inset(&[3, 1]),
            "left" | "inset-inline-start" => Self::Inset(&[3]),
            "letter-spacing" => Self::Spacing(Spacing::Letters),
            "line-height" => Self::Spacing(Spacing::Lines),
            "margin" => Self::Margin(ALL),
            "margin-block" => Self::Margin(&[0, 2]),
            "margin-inline" => Self::Margin(&[3, 1]),
            "margin-bottom" | "margin-block-end" => Self::Margin(&[2]),
            "margin-left" | "margin-inline-start" => Self::Margin(&[3]),
            "margin-right" | "margin-inline-end" => Self::Margin(&[1]),
            "margin-top" | "margin-block-start" => Self::Margin(&[0]),
            "max-height" | "max-block-size" => Self::MaxHeight,
            "max-width" | "max-inline-size" => Self::MaxWidth,
            "min-height" | "min-block-size" => Self::MinHeight,
            "min-width" | "min-inline-size" => Self::MinWidth,
            "opacity" => Self::Opacity,
            "outline" | "outline-style" | "outline-width" => Self::Outline,
            "overflow" => Self::Overflow,
            "overflow-x" => Self::OverflowX,
            "overflow-y" => Self::OverflowY,
            "padding" => Self::Padding(ALL),
            "padding-block" => Self::Padding(&[0, 2]),
            "padding-inline" => Self::Padding(&[3, 1]),
            "padding-bottom" | "padding-block-end" => Self::Padding(&[2]),
            "padding-left" | "padding-inline-start" => Self::Padding(&[3]),
            "padding-right" | "padding-inline-end" => Self::Padding(&[1]),
            "padding-top" | "padding-block-start" => Self::Padding(&[0]),
            "position" => Self::Position,
            "contain"
            | "container"
            | "container-type"
            | "content-visibility"
            | "isolation"
            | "perspective"
            | "transform-style"
            | "view-transition-name"
            | "will-change" => Self::Raising,
            "right" | "inset-inline-end" => Self::Inset(&[1]),
            "rotate" => Self::Rotate,
            "scale" => Self::Scale,
            "text-align" => Self::TextAlign,
            "text-decoration" | "text-decoration-line" => Self::TextDecoration,
            "text-indent" => Self::TextIndent,
            "text-overflow" => Self::TextOverflow,
            "text-shadow" => Self::TextShadow,
            "text-transform" => Self::TextTransform,
            "top" | "inset-block-start" => Self::Inset(&[0]),
            "transform" => Self::Transform,
            "translate" => Self::Translate,
            "visibility" => Self::Visibility,
            "width" | "inline-size" => Self::Width,
            "white-space" | "text-wrap" | "text-wrap-mode" => Self::WhiteSpace,
            "word-spacing" => Self::Spacing(Spacing::Words),
            "z-index" => Self::ZIndex,
            _ => return None,
        })
    }
}

/// A length.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Size {
    /// `auto`, `normal`, `none`.
    #[default]
    Auto,
    /// Pixels of CSS.
    Pixels(f32),
    /// Times the size of the font.
    Em(f32),
    /// Times the size of the font of the page.
    Rem(f32),
    /// Hundredths of something.
    Percent(f32),
    /// A bare number.
    Number(f32),
    /// Something that depends on what is not known here.
    Unknown,
}

impl Size {
    /// Reads a length.
    pub fn read(text: &str) -> Self {
        let text = text.trim().to_ascii_lowercase();
        if matches!(text.as_str(), "auto" | "normal" | "none" | "initial" | "unset" | "revert") {
            return Self::Auto;
        }
        if let Some(sum) = text.strip_prefix("calc(").and_then(|rest| rest.strip_suffix(')')) {
            return Self::sum(sum, 0).unwrap_or(Self::Unknown);
        }
        let split = text
            .find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+')))
            .unwrap_or(text.len());
        let Ok(number) = text[..split].parse::<f32>() else { return Self::Unknown };
        match &text[split..] {
            "" => Self::Number(number),
            "px" => Self::Pixels(number),
            "pt" => Self::Pixels(number * 96.0 / 72.0),
            "pc" => Self::Pixels(number * 16.0),
            "in" => Self::Pixels(number * 96.0),
            "cm" => Self::Pixels(number * 96.0 / 2.54),
            "mm" => Self::Pixels(number * 96.0 / 25.4),
            "q" => Self::Pixels(number * 96.0 / 101.6),
            "em" => Self::Em(number),
            "rem" => Self::Rem(number),
            "%" => Self::Percent(number),
            // Half an em is what browsers take where the font does not say.
            "ex" | "ch" => Self::Em(number / 2.0),
            _ => Self::Unknown,
        }
    }

    /// `-1 * (1.5rem + 1px)`, where it is known: in pixels, or all in one unit.
    fn sum(text: &str, depth: usize) -> Option<Self> {
        let mut total: Option<Self> = None;
        let (mut term, mut sign) = (Vec::new(), 1.0);
        // One more sign ends the last term.
        for part in apart(text, |c| c.is_ascii_whitespace()).into_iter().chain(["+"]) {
            if !matches!(part, "+" | "-") {
                term.push(part);
                continue;
            }
            let value = Self::product(&term.join(" "), depth)?.times(sign)?;
            total = Some(total.map_or(Some(value), |total| total.plus(value))?);
            term.clear();
            sign = if part == "-" { -1.0 } else { 1.0 };
        }
        total
    }

    /// `-1 * 1.5rem`.
    fn product(text: &str, depth: usize) -> Option<Self> {
        let factor = |text: &str| {
            let text = text.trim();
            let inner = text.strip_prefix("calc").unwrap_or(text);
            match inner.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
                Some(_) if depth > DEEPEST_SUM => None,
                Some(inner) => Self::sum(inner, depth + 1),
                None => Some(Self::read(text)),
            }
        };
        if text.is_empty() {
            return None;
        }
        let mut product = Self::Number(1.0);
        for part in apart(text, |c| c == '*') {
            let mut shares = apart(part, |c| c == '/').into_iter();
            let mut value = factor(shares.next()?)?;
            for share in shares {
                let Self::Number(share) = factor(share)? else { return None };
                value = value.times(share.recip())?;
            }
            product = match (product, value) {
                (Self::Number(times), size) | (size, Self::Number(times)) => size.times(times)?,
                _ => return None,
            };
        }
        Some(product)
    }

    /// So many times as much; none of what is no length and no number.
    fn times(self, times: f32) -> Option<Self> {
        Some(match self {
            Self::Pixels(size) => Self::Pixels(size * times),
            Self::Em(size) => Self::Em(size * times),
            Self::Rem(size) => Self::Rem(size * times),
            Self::Percent(share) => Self::Percent(share * times),
            Self::Number(number) => Self::Number(number * times),
            Self::Auto | Self::Unknown => return None,
        })
        .filter(|_| times.is_finite())
    }

    /// Both together, where that does not depend on what is not known here.
    fn plus(self, other: Self) -> Option<Self> {
        let pixels = |size: Self| match size {
            Self::Pixels(size) => Some(size),
            Self::Rem(times) => Some(times * 16.0),
            _ => None,
        };
        Some(match (self, other) {
            (Self::Em(one), Self::Em(other)) => Self::Em(one + other),
            (Self::Rem(one), Self::Rem(other)) => Self::Rem(one + other),
            (Self::Percent(one), Self::Percent(other)) => Self::Percent(one + other),
            (Self::Number(one), Self::Number(other)) => Self::Number(one + other),
            (one, other) => Self::Pixels(pixels(one)? + pixels(other)?),
        })
    }

    /// Reads a margin. What is not known and has no minus in it pulls nothing over
    /// anything.
    fn margin(text: &str) -> Self {
        match Self::read(text) {
            Self::Unknown if !text.contains('-') => Self::Auto,
            size => size,
        }
    }

    /// Pixels, when the font is so large; none when that cannot be known.
    pub fn pixels(self, font: Option<f32>) -> Option<f32> {
        match self {
            Self::Pixels(size) => Some(size),
            Self::Em(times) => font.map(|font| font * times),
            Self::Rem(times) => Some(16.0 * times),
            Self::Number(0.0) => Some(0.0),
            _ => None,
        }
    }
}

/// How deep sums may stand in sums.
const DEEPEST_SUM: usize = 16;

/// Which space a style sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Spacing {
    /// Between letters.
    Letters,
    /// Between words.
    Words,
    /// From line to line.
    Lines,
}

/// A colour, as it was said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Paint {
    Is(Colour),
    /// `light-dark(a, b)`.
    Either(Colour, Colour),
    Current,
    Inherit,
    Initial,
    /// One that cannot be known here.
    Unknown,
}

/// How an element is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Display {
    /// In a line with words.
    #[default]
    Inline,
    /// In a line, as a box.
    InlineBlock,
    /// As a block of its own.
    Block,
    /// As part of a table.
    Table,
    /// Only what is in it.
    Contents,
    /// Not at all.
    None,
}

/// How what is in an element is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Inner {
    /// In the flow around it.
    #[default]
    Flow,
    /// In a flow of its own, which holds what floats in it.
    Root,
    /// As items of a flexible box or of a grid.
    Items,
}

/// To which side an element floats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Float {
    /// To none.
    #[default]
    Not,
    /// To the left.
    Left,
    /// To the right.
    Right,
}

/// What happens to what does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Overflow {
    /// It is shown.
    #[default]
    Visible,
    /// It is cut off.
    Hidden,
    /// It can be scrolled to.
    Scroll,
}

/// The pictures behind an element (`background-image`), the topmost first.
///
/// Of one that only goes from colour to colour (a gradient), those colours; nothing of others.
pub(super) type Pictures = Arc<[Option<Arc<[Colour]>>]>;

/// What a declaration sets.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Set {
    Background(Paint),
    BackgroundImage(Pictures),
    /// Whether pictures fill all of the element.
    BackgroundFills(bool),
    /// Whether lines around it have a style, and a width.
    Border(Option<bool>, Option<bool>),
    /// Whether it goes below what floats at the left.
    Clear(bool),
    Clip(bool),
    Colour(Paint),
    ColourScheme(Scheme),
    Content(Option<Arc<str>>),
    Display(Display, Inner),
    Effect(bool),
    Float(Float),
    FontFamily(Arc<str>),
    FontSize(Size),
    /// Whether letters are slanted.
    FontStyle(bool),
    FontWeight(Weight),
    /// Whether its grid has areas with names.
    GridAreas(bool),
    /// One of the lines of the grid around it, by its place in [`Cell`].
    Line(usize, Line),
    /// By `transform`, or by the properties of its own for each.
    Move(Property, Move),
    Outline(bool),
    Overflow(Option<Overflow>, Option<Overflow>),
    Opacity(f32),
    Position(Position),
    Rotate(Option<f32>),
    /// How far it is moved from one of the sides.
    Inset(usize, Size),
    /// One of the other lengths.
    Length(Property, Size),
    /// The room at one of the sides.
    Margin(usize, Size),
    /// The room inside one of the sides.
    Padding(usize, Size),
    Spacing(Spacing, Size),
    /// Whether dots say that there are more words than fit.
    Shortened(bool),
    TextAlign(bool),
    /// Whether there is a line at the words.
    TextDecoration(bool),
    TextTransform(bool),
    TextWrap(bool),
    Transform(Option<f32>),
    /// It is drawn above what lies flat.
    Raised,
    /// Whether it lies below the others, with them or above them: the sign of `z-index`;
    /// none for `auto`.
    Level(Option<i8>),
    Visible(Option<bool>),
    Custom(Box<str>, Arc<str>),
    /// A value with `var()`, read when it is known what that is.
    Pending(Property, Arc<str>),
}

/// For which colours of the screen an element is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scheme {
    /// Light ones, or it does not say.
    #[default]
    Light,
    /// Light and dark ones.
    Both,
    /// Dark ones only.
    Dark,
}

impl Scheme {
    /// Reads what `color-scheme` says.
    pub(super) fn read(text: &str) -> Self {
        let says =
            |wanted: &str| text.split_ascii_whitespace().any(|w| w.eq_ignore_ascii_case(wanted));
        match (says("light"), says("dark")) {
            (_, false) => Self::Light,
            (true, true) => Self::Both,
            (false, true) => Self::Dark,
        }
    }
}

/// Where a style moves an element, other than with `position`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Move {
    /// Nowhere.
    #[default]
    Nowhere,
    /// To another place, where it may lie over something.
    Aside,
    /// By all of its own size, as what is hidden behind an edge.
    Off,
    /// Out of sight.
    Away,
}

/// How an element is placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Position {
    /// In the flow.
    #[default]
    Flow,
    /// `relative`.
    Relative,
    /// `absolute`.
    Absolute,
    /// `fixed` or `sticky`.
    Fixed,
}

/// How heavy words are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Weight {
    Is(f32),
    Bolder,
    Lighter,
    Inherit,
}

/// What lines around an element look like.
const BORDERS: &[&str] =
    &["dashed", "dotted", "double", "groove", "inset", "outset", "ridge", "solid"];

/// Says what a declaration sets; nothing where its value is not valid.
pub(super) fn read(property: Property, value: &str, set: &mut dyn FnMut(Set)) {
    if value.contains("var(") {
        set(Set::Pending(property, value.into()));
        return;
    }
    let lower = value.to_ascii_lowercase();
    let word = lower.as_str();
    let is_inherit = word == "inherit";
    match property {
        Property::All if matches!(word, "unset" | "initial") => {
            set(Set::Colour(if word == "unset" { Paint::Inherit } else { Paint::Initial }));
            set(Set::Background(Paint::Is(Colour::CLEAR)));
            set(Set::BackgroundImage(Pictures::default()));
            if word == "unset" {
                set(Set::FontSize(Size::Em(1.0)));
                set(Set::FontWeight(Weight::Inherit));
            }
        }
        Property::All => set(Set::Effect(true)),
        Property::Background => background(value, set),
        Property::BackgroundColour => {
            if let Some(paint) = paint(value) {
                set(Set::Background(paint));
            }
        }
        Property::BackgroundImage => {
            let is_none = matches!(word, "initial" | "unset");
            set(Set::BackgroundImage(if is_none { Pictures::default() } else { pictures(word) }));
        }
        Property::BackgroundSize => {
            let fills = matches!(word, "auto" | "cover" | "100%" | "100% 100%" | "initial");
            set(Set::BackgroundFills(fills));
        }
        Property::Border(edge) => {
            let has =
                |parts: &[&str]| word.split_ascii_whitespace().any(|one| parts.contains(&one));
            let has_style = !has(&["none", "hidden"]) && (edge != Edge::All || has(BORDERS));
            let has_width = !has(&["0", "0px", "0em", "0rem"]);
            set(Set::Border(
                (edge != Edge::Width).then_some(has_style),
                (edge != Edge::Style).then_some(has_width),
            ));
        }
        // A shadow inside may be as large as the element.
        Property::BoxShadow => set(Set::Effect(
            word.contains("inset")
                && word.split_ascii_whitespace().any(|part| {
                    !matches!(Size::read(part).pixels(Some(16.0)), Some(size) if size < 10.0)
                        && part.starts_with(|c: char| c.is_ascii_digit())
                }),
        )),
        Property::Clear => set(Set::Clear(matches!(word, "both" | "left" | "inline-start"))),
        Property::Clip => {
            let numbers: String = word.chars().filter(|c| c.is_ascii_digit()).collect();
            let is_nothing =
                word.starts_with("rect(") && numbers.chars().all(|c| matches!(c, '0' | '1'));
            set(Set::Clip(is_nothing));
        }
        Property::ClipPath => set(Set::Clip(clips_all(word))),
        Property::Colour if word == "unset" => set(Set::Colour(Paint::Inherit)),
        Property::Colour if word.starts_with("revert") => set(Set::Colour(Paint::Unknown)),
        Property::ColourScheme => set(Set::ColourScheme(Scheme::read(word))),
        Property::Colour => {
            if let Some(paint) = paint(value) {
                set(Set::Colour(paint));
            }
        }
        Property::Content => {
            let quoted = quoted(value);
            let is_none = matches!(word, "none" | "normal");
            set(Set::Content((!is_none).then(|| quoted.into())));
        }
        Property::Display => {
            let display = match word.split_ascii_whitespace().next().unwrap_or_default() {
                "none" => Display::None,
                "inline" | "ruby" => Display::Inline,
                "inline-block" | "inline-flex" | "inline-grid" | "inline-table" => {
                    Display::InlineBlock
                }
                "contents" => Display::Contents,
                "block" | "flex" | "grid" | "flow-root" | "list-item" | "run-in" | "flow"
                | "-webkit-box" | "-webkit-flex" => Display::Block,
                word if word.starts_with("table") => Display::Table,
                "initial" | "unset" => Display::Inline,
                _ => return,
            };
            let inner = match word.split_ascii_whitespace().next_back().unwrap_or_default() {
                "flow-root" | "inline-block" => Inner::Root,
                word if word.ends_with("flex") || word.ends_with("grid") => Inner::Items,
                word if word.ends_with("box") => Inner::Items,
                word if word.contains("table") => Inner::Root,
                _ => Inner::Flow,
            };
            set(Set::Display(display, inner));
        }
        Property::Filter => {
            let is_none = matches!(
                word,
                "none"
                    | "normal"
                    | "initial"
                    | "unset"
                    | "border-box"
                    | "padding-box"
                    | "content-box"
                    | "0"
                    | "0px"
            );
            set(Set::Effect(!is_none));
        }
        Property::Float => set(Set::Float(match word {
            "left" | "inline-start" => Float::Left,
            "right" | "inline-end" => Float::Right,
            _ => Float::Not,
        })),
        Property::Font => font(word, set),
        Property::FontFamily if is_inherit => {}
        Property::FontFamily => set(Set::FontFamily(word.into())),
        Property::FontSize if is_inherit => set(Set::FontSize(Size::Em(1.0))),
        Property::FontSize => set(Set::FontSize(font_size(word))),
        Property::FontWeight => {
            let weight = match word {
                "normal" | "initial" => Weight::Is(400.0),
                "bold" => Weight::Is(700.0),
                "bolder" => Weight::Bolder,
                "lighter" => Weight::Lighter,
                "inherit" | "unset" => Weight::Inherit,
                number => match number.parse() {
                    Ok(number) => Weight::Is(number),
                    Err(_) => return,
                },
            };
            set(Set::FontWeight(weight));
        }
        Property::Inset(sides) => {
            four(word, sides, &mut |side, text| set(Set::Inset(side, Size::read(text))));
        }
        Property::GridLines(places) => grid_lines(word, places, set),
        Property::Margin(sides) => {
            four(word, sides, &mut |side, text| set(Set::Margin(side, Size::margin(text))));
        }
        Property::ZIndex => match word {
            "auto" | "initial" | "unset" => set(Set::Level(None)),
            number => match number.parse::<i64>() {
                Ok(level) => set(Set::Level(Some(level.signum() as i8))),
                Err(_) if number.trim_start_matches('-').bytes().all(|b| b.is_ascii_digit()) => {
                    set(Set::Level(Some(if number.starts_with('-') { -1 } else { 1 })));
                }
                // It may lie anywhere.
                Err(_) => set(Set::Level(Some(-1))),
            },
        },
        Property::GridAreas => set(Set::GridAreas(word.contains(['"', '\'']))),
        Property::Raising => {
            if !matches!(word, "none" | "auto" | "normal" | "flat" | "visible" | "initial") {
                set(Set::Raised);
            }
        }
        Property::Spacing(spacing) => {
            // What is taken from elsewhere is not said here.
            let is_elsewhere = matches!(word, "inherit" | "unset" | "revert" | "revert-layer");
            let size = if is_elsewhere { Size::Unknown } else { Size::read(word) };
            let is_word = word.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
            if is_elsewhere || size != Size::Unknown || !is_word {
                set(Set::Spacing(spacing, size));
            }
        }
        Property::Opacity => {
            let number = match word.strip_suffix('%') {
                Some(share) => share.parse::<f32>().map(|share| share / 100.0),
                None => word.parse(),
            };
            if let Ok(number) = number {
                set(Set::Opacity(number.clamp(0.0, 1.0)));
            }
        }
        Property::Outline => {
            let is_none = word
                .split_ascii_whitespace()
                .any(|part| matches!(part, "none" | "0" | "0px" | "hidden"));
            set(Set::Outline(!is_none));
        }
        Property::Overflow => {
            let mut parts = word.split_ascii_whitespace().map(overflow);
            let x = parts.next().flatten();
            set(Set::Overflow(x, parts.next().flatten().or(x)));
        }
        Property::OverflowX => set(Set::Overflow(overflow(word), None)),
        Property::OverflowY => set(Set::Overflow(None, overflow(word))),
        Property::Padding(sides) => {
            four(word, sides, &mut |side, text| set(Set::Padding(side, Size::read(text))));
        }
        Property::Position => {
            let position = match word {
                "static" | "initial" | "unset" => Position::Flow,
                "relative" => Position::Relative,
                "absolute" => Position::Absolute,
                "fixed" | "sticky" => Position::Fixed,
                _ => return,
            };
            set(Set::Position(position));
        }
        Property::Rotate => {
            raise(word, set);
            set(Set::Rotate(degrees(word)));
        }
        Property::Scale | Property::Translate => {
            raise(word, set);
            let name = if property == Property::Scale { "scale" } else { "translate" };
            set(Set::Move(property, movement(&format!("{name}({word})"))));
        }
        Property::Transform => {
            raise(word, set);
            set(Set::Transform(rotation(word)));
            set(Set::Move(property, movement(word)));
        }
        Property::Height
        | Property::MaxHeight
        | Property::MaxWidth
        | Property::MinHeight
        | Property::MinWidth
        | Property::TextIndent
        | Property::Width => set(Set::Length(property, Size::read(word))),
        Property::FontStyle => set(Set::FontStyle(word != "normal" && word != "initial")),
        Property::TextAlign => set(Set::TextAlign(word == "justify")),
        Property::TextDecoration => {
            set(Set::TextDecoration(!word.split_ascii_whitespace().any(|part| part == "none")));
        }
        Property::TextOverflow => {
            set(Set::Shortened(!matches!(word, "clip" | "initial" | "unset")))
        }
        Property::TextShadow => set(Set::Effect(word != "none")),
        Property::TextTransform => set(Set::TextTransform(word == "uppercase")),
        Property::WhiteSpace => {
            let is_kept =
                word.split_ascii_whitespace().any(|part| matches!(part, "nowrap" | "pre"));
            set(Set::TextWrap(!is_kept));
        }
        Property::Visibility => set(Set::Visible(match word {
            "visible" | "initial" => Some(true),
            "hidden" | "collapse" => Some(false),
            "inherit" | "unset" => None,
            _ => return,
        })),
    }
}

/// Where an element stands in the grid around it: the lines at which its row and its
/// column begin, and those at which they end.
pub type Cell = [Line; 4];

/// A line of a grid.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Line {
    /// Wherever there is room.
    #[default]
    Auto,
    /// Counted from the start of the grid, or with a minus from its end.
    At(i32),
    /// So many rows or columns from the other line.
    Span(i32),
    /// That of an area with a name.
    Named(Arc<str>),
    /// Something else.
    Unknown,
}

/// Sets the lines at `places` of a cell. What is not said is the same area when that has
/// a name, or else any line. Nothing is set when one of them is not valid.
fn grid_lines(word: &str, places: &[usize], set: &mut dyn FnMut(Set)) {
    let Some(mut lines) = word.split('/').map(grid_line).collect::<Option<Vec<Line>>>() else {
        return;
    };
    for at in lines.len()..places.len() {
        // The column is that of the row, and each end is that of its start.
        let same = if at > 1 && lines.len() > at - 2 && places.len() == 4 { at - 2 } else { 0 };
        lines.push(match &lines[same] {
            Line::Named(name) => Line::Named(Arc::clone(name)),
            _ => Line::Auto,
        });
    }
    for (place, line) in places.iter().zip(lines) {
        set(Set::Line(*place, line));
    }
}

/// None where it is no line.
fn grid_line(text: &str) -> Option<Line> {
    let words: Vec<&str> = text.split_ascii_whitespace().collect();
    Some(match words[..] {
        ["auto" | "initial" | "unset"] => Line::Auto,
        ["span", number] | [number, "span"] => match number.parse::<i32>() {
            Ok(rows) => Line::Span((rows > 0).then_some(rows.min(10_000))?),
            Err(_) => Line::Unknown,
        },
        [one] => match one.parse::<i32>() {
            // Browsers know that many.
            Ok(number) => Line::At((number != 0).then_some(number.clamp(-10_000, 10_000))?),
            Err(_) if one.contains(|c: char| c == '(' || c.is_ascii_digit()) => Line::Unknown,
            Err(_) => Line::Named(one.into()),
        },
        _ => Line::Unknown,
    })
}

/// One to four values in the order of sides: those that are not written are those across.
fn four(word: &str, sides: &[usize], set: &mut dyn FnMut(usize, &str)) {
    if let [side] = sides {
        return set(*side, word);
    }
    let parts = apart(word, |c| c.is_ascii_whitespace());
    let across = [None, Some(0), Some(0), Some(1)];
    for (place, side) in sides.iter().enumerate() {
        let mut from = place;
        while from >= parts.len() {
            let Some(other) = across[from] else { return };
            from = other;
        }
        if parts.len() <= 4 {
            set(*side, parts[from]);
        }
    }
}

/// What is turned, moved or made larger is drawn above what lies flat.
fn raise(word: &str, set: &mut dyn FnMut(Set)) {
    if !matches!(word, "none" | "initial" | "unset") {
        set(Set::Raised);
    }
}

fn overflow(word: &str) -> Option<Overflow> {
    Some(match word {
        "visible" => Overflow::Visible,
        "hidden" | "clip" => Overflow::Hidden,
        "auto" | "scroll" | "overlay" => Overflow::Scroll,
        _ => return None,
    })
}

/// Whether a clip path leaves nothing to see: `inset(50%)` and more, `circle(0)`.
fn clips_all(word: &str) -> bool {
    let Some((shape, inside)) = word.split_once('(') else { return false };
    let first = inside.split([')', ' ']).next().unwrap_or_default();
    match (shape, Size::read(first)) {
        ("inset", Size::Percent(share)) => share >= 50.0,
        ("circle" | "ellipse", size) => {
            matches!(size, Size::Number(0.0) | Size::Pixels(0.0) | Size::Percent(0.0))
        }
        ("polygon", _) => {
            let numbers: String = inside.chars().filter(char::is_ascii_digit).collect();
            numbers.chars().all(|c| c == '0')
        }
        _ => false,
    }
}

/// A colour; none where the value is not valid.
fn paint(value: &str) -> Option<Paint> {
    let value = value.trim();
    if let Some(colour) = colour::read(value) {
        return Some(Paint::Is(colour));
    }
    let lower = value.to_ascii_lowercase();
    Some(match lower.as_str() {
        "currentcolor" => Paint::Current,
        "inherit" => Paint::Inherit,
        "initial" | "unset" | "revert" => Paint::Initial,
        "canvas" => Paint::Either(Colour::WHITE, Colour::bytes(18, 18, 18)),
        "canvastext" => Paint::Either(Colour::BLACK, Colour::WHITE),
        "linktext" | "visitedtext" | "activetext" | "buttonface" | "buttontext" | "field"
        | "fieldtext" | "highlight" | "highlighttext" | "graytext" | "mark" | "marktext"
        | "accentcolor" | "accentcolortext" | "selecteditem" | "selecteditemtext"
        | "buttonborder" => Paint::Unknown,
        _ => {
            let (name, rest) = lower.split_once('(')?;
            match name.trim() {
                "light-dark" => {
                    let inside = rest.strip_suffix(')')?;
                    let mut depth = 0;
                    let comma = inside.find(|c| {
                        match c {
                            '(' => depth += 1,
                            ')' => depth -= 1,
                            _ => {}
                        }
                        c == ',' && depth == 0
                    })?;
                    match (colour::read(&inside[..comma]), colour::read(&inside[comma + 1..])) {
                        (Some(light), Some(dark)) => Paint::Either(light, dark),
                        _ => Paint::Unknown,
                    }
                }
                "rgb" | "rgba" | "hsl" | "hsla" | "hwb" | "lab" | "lch" | "oklab" | "oklch"
                | "color" | "color-mix" | "device-cmyk" | "contrast-color" => Paint::Unknown,
                _ => return None,
            }
        }
    })
}

/// `background`: what of it is a colour, and whether there is a picture. Nothing of it
/// counts when there is a word in it that nobody knows.
fn background(value: &str, set: &mut dyn FnMut(Set)) {
    #[rustfmt::skip] // a list of words reads better in lines
    const KNOWN: &[&str] = &[
        "auto", "border-box", "bottom", "center", "contain", "content-box", "cover", "fixed",
        "inherit", "initial", "left", "local", "no-repeat", "none", "padding-box", "repeat",
        "repeat-x", "repeat-y", "revert", "right", "round", "scroll", "space", "text", "top",
        "unset",
    ];
    let lower = value.to_ascii_lowercase();
    let mut colour = Paint::Is(Colour::CLEAR);
    if lower == "inherit" {
        colour = Paint::Inherit;
    }
    for part in outside_brackets(&lower) {
        if let Some(found) = paint(part) {
            if found != Paint::Initial {
                colour = found;
            }
        } else if part.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-')
            && !KNOWN.contains(&part)
        {
            return;
        }
    }
    set(Set::Background(colour));
    set(Set::BackgroundImage(pictures(&lower)));
    if outside_brackets(&lower).contains(&"text") {
        set(Set::Effect(true));
    }
    // What stands after a slash is the size, and one that is not repeated may be moved aside.
    let has_size =
        lower.contains(") ") && lower.rsplit_once(')').is_some_and(|(_, s)| s.contains('/'));
    set(Set::BackgroundFills(
        !has_size && !lower.contains("repeat-") && !lower.contains("no-repeat"),
    ));
}

/// The pictures of `background` or `background-image`.
fn pictures(value: &str) -> Pictures {
    const NAMES: &[&str] =
        &["url(", "gradient(", "image(", "image-set(", "cross-fade(", "element("];
    let is_picture = |part: &&str| NAMES.iter().any(|name| part.contains(name));
    let layers = at_commas(value).into_iter().filter_map(|layer| {
        let mut parts = outside_brackets(layer).into_iter();
        parts.find(is_picture)
    });
    layers.map(gradient).collect()
}

/// The colours of one gradient, in their order; none when it is not known what lies between.
fn gradient(value: &str) -> Option<Arc<[Colour]>> {
    let (name, rest) = value.trim().split_once('(')?;
    let inside = rest.strip_suffix(')')?;
    if !name.ends_with("gradient") || name.starts_with('-') || inside.contains(" in ") {
        return None;
    }
    let mut colours = Vec::new();
    for (number, part) in at_commas(inside).into_iter().enumerate() {
        let part = part.trim();
        let first = outside_brackets(part).into_iter().next()?;
        let is_place = |text: &str| !matches!(Size::read(text), Size::Unknown | Size::Auto);
        match colour::read(first) {
            Some(colour) => colours.push(colour),
            // The direction, or a place between two colours.
            None if number == 0 || is_place(part) => {}
            None => return None,
        }
    }
    (!colours.is_empty()).then(|| colours.into())
}

/// The parts of a value, at commas that stand outside brackets.
fn at_commas(value: &str) -> Vec<&str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0_i32, 0);
    for (at, c) in value.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' if depth == 0 => {
                parts.push(&value[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&value[start..]);
    parts
}

/// Where a `transform` moves things.
fn movement(word: &str) -> Move {
    let mut found = Move::Nowhere;
    let mut rest = word;
    while let Some((name, after)) = rest.split_once('(') {
        let (inside, next) = after.split_once(')').unwrap_or((after, ""));
        let sizes: Vec<Size> =
            inside.split([',', ' ']).filter(|part| !part.is_empty()).map(Size::read).collect();
        let pixels = |size: &Size| size.pixels(Some(16.0));
        let name = name.trim().trim_start_matches(',').trim();
        if name.starts_with("scale") && sizes.contains(&Size::Number(0.0)) {
            return Move::Away;
        }
        if name.starts_with("translate") {
            if sizes.iter().any(|size| pixels(size).is_some_and(|size| size <= -999.0)) {
                return Move::Away;
            }
            let is_whole =
                |size: &Size| matches!(size, Size::Percent(share) if share.abs() >= 100.0);
            if sizes.iter().any(is_whole) {
                found = Move::Off;
            } else if sizes.iter().any(|size| {
                !matches!(pixels(size), Some(size) if size.abs() < 8.0)
                    && *size != Size::Percent(0.0)
                    && *size != Size::Auto
            }) {
                found = Move::Aside;
            }
        }
        if name.starts_with("matrix") {
            found = Move::Aside;
        }
        rest = next;
    }
    found
}

/// The words of a value, with what stands in brackets as part of one.
fn outside_brackets(value: &str) -> Vec<&str> {
    apart(value, |c| c.is_ascii_whitespace() || c == ',' || c == '/')
}

/// What stands between some letters, where those are not in brackets.
fn apart(value: &str, is_between: impl Fn(char) -> bool) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_i32, 0);
    for (at, c) in value.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            c if depth <= 0 && is_between(c) => {
                parts.push(&value[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(&value[start..]);
    parts.retain(|part| !part.is_empty());
    parts
}

fn font_size(word: &str) -> Size {
    match word {
        "xx-small" => Size::Pixels(9.0),
        "x-small" => Size::Pixels(10.0),
        "small" => Size::Pixels(13.0),
        "medium" | "initial" => Size::Pixels(16.0),
        "large" => Size::Pixels(18.0),
        "x-large" => Size::Pixels(24.0),
        "xx-large" => Size::Pixels(32.0),
        "xxx-large" => Size::Pixels(48.0),
        "smaller" => Size::Em(5.0 / 6.0),
        "larger" => Size::Em(1.2),
        word => match Size::read(word) {
            Size::Percent(share) => Size::Em(share / 100.0),
            Size::Number(0.0) => Size::Pixels(0.0),
            Size::Auto | Size::Number(_) => Size::Unknown,
            size => size,
        },
    }
}

/// `font`: weight, size, line height and family.
fn font(word: &str, set: &mut dyn FnMut(Set)) {
    if word == "inherit" {
        return;
    }
    set(Set::FontWeight(Weight::Is(400.0)));
    let lines = word.split_once('/').and_then(|(_, after)| after.split_ascii_whitespace().next());
    set(Set::Spacing(Spacing::Lines, lines.map_or(Size::Auto, Size::read)));
    for part in word.split_ascii_whitespace() {
        let size = part.split('/').next().unwrap_or_default();
        match part {
            "bold" => set(Set::FontWeight(Weight::Is(700.0))),
            "bolder" => set(Set::FontWeight(Weight::Bolder)),
            _ if part.len() == 3 && part.ends_with("00") => {
                if let Ok(weight) = part.parse() {
                    set(Set::FontWeight(Weight::Is(weight)));
                }
            }
            _ => {
                let size = font_size(size);
                if !matches!(size, Size::Unknown | Size::Auto) {
                    set(Set::FontSize(size));
                    let family = word.split_once(part).map_or("", |(_, family)| family.trim());
                    set(Set::FontFamily(family.into()));
                    return;
                }
            }
        }
    }
}

/// The words of `content: "…"`, without what is no words.
fn quoted(value: &str) -> String {
    let value = outside_slash(value);
    let mut out = String::new();
    let mut quote = None;
    let mut chars = value.chars().peekable();
    while let Some(c) = chars.next() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (None, _) => {}
            (Some(open), c) if c == open => quote = None,
            (Some(_), '\\') => {
                let mut code = String::new();
                while code.len() < 6 && chars.peek().is_some_and(char::is_ascii_hexdigit) {
                    code.extend(chars.next());
                }
                if code.is_empty() {
                    out.extend(chars.next());
                } else {
                    let read = u32::from_str_radix(&code, 16).ok();
                    out.extend(read.and_then(char::from_u32));
                    chars.next_if(|c| c.is_ascii_whitespace());
                }
            }
            (Some(_), c) => out.push(c),
        }
    }
    out
}

/// `content: "★" / "star"`: what is read aloud stands after the slash.
fn outside_slash(value: &str) -> &str {
    let mut quote = None;
    for (at, c) in value.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (None, '/') => return &value[at + 1..],
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    value
}

/// `90deg`, `0.25turn`; none when it cannot be known.
fn degrees(word: &str) -> Option<f32> {
    if matches!(word, "none" | "0" | "initial" | "unset") {
        return Some(0.0);
    }
    // The axis may be said: `z`, or three numbers.
    let word = match word.trim().rsplit_once(' ').map(|(axis, angle)| (axis.trim(), angle)) {
        None => word.trim(),
        Some(("z", angle)) => angle,
        Some(("x" | "y", _)) => return Some(0.0),
        Some((axis, angle)) => {
            let axis: Vec<f32> =
                axis.split_ascii_whitespace().filter_map(|part| part.parse().ok()).collect();
            return match axis[..] {
                [0.0, 0.0, z] if z != 0.0 => degrees(angle).map(|angle| angle * z.signum()),
                _ => None,
            };
        }
    };
    let units = [("deg", 1.0), ("grad", 0.9), ("rad", 57.295_78), ("turn", 360.0)];
    units.into_iter().find_map(|(unit, scale)| {
        word.strip_suffix(unit)?.trim().parse::<f32>().ok().map(|number| number * scale)
    })
}

/// By how many degrees a `transform` turns things in the plane of the screen; none when
/// it cannot be known.
fn rotation(word: &str) -> Option<f32> {
    if matches!(word, "none" | "initial" | "unset") {
        return Some(0.0);
    }
    let mut turned = 0.0;
    let mut rest = word;
    while let Some((name, after)) = rest.split_once('(') {
        let (inside, next) = after.split_once(')')?;
        let parts: Vec<f32> = inside
            .split([',', ' '])
            .filter(|part| !part.is_empty())
            .filter_map(|part| part.trim().parse().ok())
            .collect();
        match name.trim().trim_start_matches(',').trim() {
            "rotate" | "rotatez" => turned += degrees(inside)?,
            "rotate3d" => {
                let parts: Vec<&str> = inside.split(',').map(str::trim).collect();
                if let [x, y, z, angle] = parts[..] {
                    let is_zero = |text: &str| text.parse::<f32>().is_ok_and(|n| n == 0.0);
                    if is_zero(x) && is_zero(y) && !is_zero(z) {
                        let sign = z.parse::<f32>().ok()?.signum();
                        turned += degrees(angle)? * sign;
                    }
                }
            }
            "matrix" | "matrix3d" if parts.len() >= 6 => {
                turned += parts[1].atan2(parts[0]).to_degrees();
            }
            _ => {}
        }
        rest = next;
    }
    Some(turned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sets(name: &str, value: &str) -> Vec<Set> {
        let mut found = Vec::new();
        read(Property::named(name).expect(name), value, &mut |set| found.push(set));
        found
    }

    #[test]
    fn values_are_read() {
        assert_eq!(sets("DISPLAY", "none"), [Set::Display(Display::None, Inner::Flow)]);
        let transform =
            |angle, to| [Set::Raised, Set::Transform(angle), Set::Move(Property::Transform, to)];
        assert_eq!(sets("transform", "rotate(90deg)"), transform(Some(90.0), Move::Nowhere));
        assert_eq!(
            sets("transform", "matrix(0, 1, -1, 0, 0, 0)"),
            transform(Some(90.0), Move::Aside)
        );
        assert_eq!(sets("transform", "scale(0)"), transform(Some(0.0), Move::Away));
        assert_eq!(sets("transform", "translate(-50%, 0)"), transform(Some(0.0), Move::Aside));
        assert_eq!(sets("rotate", "z 0.25turn"), [Set::Raised, Set::Rotate(Some(90.0))]);
        assert_eq!(sets("rotate", "0 0 -1 90deg"), [Set::Raised, Set::Rotate(Some(-90.0))]);
        assert_eq!(sets("rotate", "x 90deg"), [Set::Raised, Set::Rotate(Some(0.0))]);
        let margins = |text| sets("margin", text).len();
        assert_eq!(
            (margins("1px"), margins("1px calc(2px + 1rem)"), margins("1px 2px 3px 4px 5px")),
            (4, 4, 0)
        );
        let side = |at: usize, text: &str| sets("margin", text)[at].clone();
        assert_eq!(side(0, "calc(-1rem - 1px) 0"), Set::Margin(0, Size::Pixels(-17.0)));
        assert_eq!(side(2, "calc(-1rem - 1px) 0"), Set::Margin(2, Size::Pixels(-17.0)));
        for (text, size) in [
            ("calc(-1 * 0)", Size::Number(0.0)),
            ("calc(-1*1.5rem)", Size::Rem(-1.5)),
            ("calc(-.5 * (1rem + 4px) / 2)", Size::Pixels(-5.0)),
            ("calc(2em - calc(1em * 3))", Size::Em(-1.0)),
            ("calc(100% - 4px)", Size::Unknown),
            ("calc(1px * 1px)", Size::Unknown),
            ("calc(1px / 0)", Size::Unknown),
            ("calc(1px +)", Size::Unknown),
            ("calc()", Size::Unknown),
        ] {
            assert_eq!(Size::read(text), size, "{text}");
        }
        assert_eq!(side(3, "1px 2px 3px"), Set::Margin(3, Size::Pixels(2.0)));
        assert_eq!(side(1, "0 min(-1px, 2vw)"), Set::Margin(1, Size::Unknown));
        assert_eq!(side(1, "0 max(1px, 2vw)"), Set::Margin(1, Size::Auto));
        assert_eq!(sets("z-index", "-99999999999999999999"), [Set::Level(Some(-1))]);
        assert_eq!(sets("z-index", "7"), [Set::Level(Some(1))]);
        assert_eq!(sets("grid-row", "1 / span 0"), []);
        assert_eq!(sets("clip-path", "inset(50%)"), [Set::Clip(true)]);
        assert_eq!(sets("clip", "rect(1px, 1px, 1px, 1px)"), [Set::Clip(true)]);
        assert_eq!(
            sets("background", "#fff url(a.png) no-repeat"),
            [
                Set::Background(Paint::Is(Colour::WHITE)),
                Set::BackgroundImage([None].into()),
                Set::BackgroundFills(false)
            ]
        );
        assert_eq!(sets("content", "\"a\\201c b\" attr(x)"), [Set::Content(Some("a“b".into()))]);
        assert_eq!(sets("display", "sideways"), []);
        assert_eq!(sets("background", "nonsense"), []);
        let two: Arc<[Colour]> = [Colour::BLACK, Colour::WHITE].into();
        let pictures = |value| match sets("background-image", value).remove(0) {
            Set::BackgroundImage(pictures) => pictures,
            other => panic!("{other:?}"),
        };
        assert_eq!(*pictures("linear-gradient(to right, #000 10%, white)"), [Some(two.clone())]);
        assert_eq!(*pictures("url(a.png), radial-gradient(#000, #fff)"), [None, Some(two)]);
        assert_eq!(*pictures("none"), []);
        assert_eq!(sets("letter-spacing", ".1em"), [Set::Spacing(Spacing::Letters, Size::Em(0.1))]);
        assert_eq!(sets("word-spacing", "wide"), []);
    }
}
