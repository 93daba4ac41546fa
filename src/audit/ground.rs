//! The colours of words and of what is behind them, for the two rules about contrast.

use std::collections::{HashMap, HashSet};

use super::{
    Element, Marks, Page,
    page::{Colour, Position, SCHEMES, Shown},
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
            let Some((words, behind, ratio)) = *colours else { continue };
            if worst.is_none_or(|(_, lowest, ..)| ratio < lowest) {
                worst = Some((scheme, ratio, words, behind));
            }
        }
        let needed = if is_large == Some(true) { least.1 } else { least.0 };
        // 4.499 is 4.5 for nobody, but sums of floating numbers end a hair short.
        let is_short = |ratio: f32| ratio + 0.005 < needed;
        let is_known =
            colours.iter().take(schemes).all(Option::is_some) && !page.has_unknown_style();
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
                if is_large.is_none() && ratio >= least.1 {
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
            _ if is_known => marks.pass(),
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
    let mut last = None;
    let mut off = SwitchedOff::on(page);
    // Most words have the colours of those before them.
    let mut before: Option<(Colour, Colour, f32)> = None;
    for (element, words) in page.root().seen_words() {
        if last == Some(element) || !is_language(words) || element.is_svg() {
            continue;
        }
        last = Some(element);
        if element.is_any(&["option", "optgroup"]) || off.has(element) {
            continue;
        }
        let mut colours = [None; SCHEMES];
        for (scheme, colour) in colours.iter_mut().enumerate().take(schemes) {
            *colour = ground(element, scheme).map(|(words, behind)| match before {
                Some(same) if (same.0, same.1) == (words, behind) => same,
                _ => (words, behind, words.contrast(behind)),
            });
            before = *colour;
        }
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
}

impl<'p> SwitchedOff<'p> {
    fn on(page: &'p Page<'p>) -> Self {
        let ids = page.switched_off().filter_map(|one| one.attr("aria-labelledby"));
        let names = ids.flat_map(str::split_ascii_whitespace).collect();
        Self { names, labels: HashMap::new(), has_labels: !page.all(&["label"]).is_empty() }
    }

    /// Whether an element is one, stands in one, or names one.
    fn has(&mut self, element: Element<'p>) -> bool {
        if element.is_in_switched_off() {
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
            .chain(element.ancestors().take(2))
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

/// The colour of words and that behind them, as they are seen; none when it cannot be
/// known from styles alone.
fn ground(element: Element<'_>, scheme: usize) -> Option<(Colour, Colour)> {
    let mut words = element.style().colour[scheme]?;
    let mut behind = Colour::CLEAR;
    for around in std::iter::once(element).chain(element.ancestors()) {
        let style = around.style();
        let is_covered = behind.alpha >= 0.999;
        if style.has_effect || (style.has_picture && !is_covered) {
            return None;
        }
        if !is_covered {
            let own = style.background[scheme]?;
            words = words.over(own);
            behind = behind.over(own);
        }
        if style.opacity < 1.0 {
            words = words.faded(style.opacity);
            behind = behind.faded(style.opacity);
        }
        // What is lifted out of its place may lie over anything.
        let is_lifted = matches!(style.position, Position::Absolute | Position::Fixed)
            || style.inset.iter().any(|side| !matches!(side.pixels(Some(16.0)), None | Some(0.0)));
        if is_lifted && behind.alpha < 0.999 && style.position != Position::Flow {
            return None;
        }
    }
    let canvas = Colour::WHITE;
    Some((words.over(canvas), behind.over(canvas)))
}
