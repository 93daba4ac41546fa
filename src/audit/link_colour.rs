//! `link-colour`: links that their colour alone tells from the words around them.

use std::collections::BTreeMap;

use super::{
    Check, Element, Level, Marks, Page, Rule,
    ground::SCHEME,
    links,
    page::{Colour, Display, SCHEMES},
    words::short,
};

pub(super) const RULE: Check = Rule::html("link-colour", include_str!("link_colour.md"))
    .wcag(Level::A, &["1.4.1"])
    .on_page(run);

/// The contrast between a link and the words around it from which on a difference of colour is
/// one of brightness too. Source: technique G183 of WCAG 2.2.
const LEAST_CONTRAST: f32 = 3.0;

/// How many letters there must be around a link for it to stand in a text.
const FEWEST_LETTERS: usize = 20;

/// Links of one colour among words of one colour.
struct Alike<'p> {
    first: Element<'p>,
    count: usize,
    ratio: f32,
    /// Where they differ least.
    scheme: usize,
}

fn run(page: &Page<'_>, marks: &mut Marks) {
    // Another stylesheet may well draw a line.
    if page.has_unknown_style() || !page.missing_styles().is_empty() {
        return;
    }
    let mut texts: BTreeMap<Element<'_>, bool> = BTreeMap::new();
    let mut found: BTreeMap<(Option<String>, Option<String>), Alike<'_>> = BTreeMap::new();
    for link in links::links(page).filter(|link| link.is("a") && link.is_visible()) {
        let Some(text) = text_around(link) else { continue };
        if !*texts.entry(text).or_insert_with(|| is_text(text)) || !link.shows_any() {
            continue;
        }
        let ratio = match has_sign(link, text) {
            true => None,
            false => contrast(link, text),
        };
        match ratio.filter(|(ratio, _)| *ratio + 0.005 < LEAST_CONTRAST) {
            None => marks.pass(),
            Some((ratio, scheme)) => {
                let new = || Alike { first: link, count: 0, ratio, scheme };
                let key = [link, text].map(|one| one.style().colour[0].map(Colour::hex));
                let [link, text] = key;
                found.entry((link, text)).or_insert_with(new).count += 1;
            }
        }
    }
    let mut found: Vec<Alike<'_>> = found.into_values().collect();
    found.sort_by_key(|alike| alike.first);
    for Alike { first, count, ratio, scheme } in found {
        let more = match count {
            1 => String::new(),
            2 => ", and so does another link".to_owned(),
            count => format!(", and so do {} other links", count - 1),
        };
        let message = format!(
            "“{}” differs from the words around it by its colour alone{}, {ratio:.2} to 1{more}",
            short(&first.visible_text()),
            SCHEME[scheme]
        );
        let hint = "underline links in a text: `text-decoration: underline`";
        // One that looks as the words do is told by nothing, and may not be meant to be.
        match ratio < 1.05 {
            true => marks.ask(first, message).hint(hint),
            false => marks.fail(first, message).hint(hint),
        };
    }
}

/// The text that a link stands in: the nearest element around it that is no part of a line.
fn text_around(link: Element<'_>) -> Option<Element<'_>> {
    is_in_line(&link).then(|| link.ancestors().find(|one| !is_in_line(one)))?
}

fn is_in_line(one: &Element<'_>) -> bool {
    matches!(one.style().display, Display::Inline | Display::Contents) && one.is_html()
}

/// Whether it is a text with links in it, and no list of links.
fn is_text(text: Element<'_>) -> bool {
    let (mut around, mut linked) = (0, 0);
    for (element, words) in text.seen_words() {
        // The words of a block in it are another text.
        if element.and_around().find(|one| !is_in_line(one)) != Some(text) {
            continue;
        }
        let letters = words.chars().filter(|c| c.is_alphanumeric()).count();
        match element.closest(&["a", "button"]).is_some_and(|link| text.contains(link)) {
            true => linked += letters,
            false => around += letters,
        }
    }
    // With breaks in it, it may be a list of links below a heading.
    let has_breaks = text.descendants().any(|one| one.is("br"));
    around >= FEWEST_LETTERS && around > linked * if has_breaks { 4 } else { 1 }
}

/// Whether anything but colour tells a link from the text around it.
fn has_sign(link: Element<'_>, text: Element<'_>) -> bool {
    let plain = text.style();
    let is_sign = |one: Element<'_>| {
        let style = one.style();
        style.is_underlined
            || style.edge == (true, true)
            || style.is_slanted != plain.is_slanted
            || (style.font_weight - plain.font_weight).abs() >= 100.0
            || style.font_size != plain.font_size
            || style.font_family != plain.font_family
            || style.is_uppercase != plain.is_uppercase
            || style.has_picture()
            || style.has_effect
            || style.content.iter().flatten().any(|content| !content.trim().is_empty())
            || style.boxes.iter().any(|drawn| drawn.covers())
            || style.background[0].is_none_or(|behind| behind.alpha > 0.0)
            || !matches!(style.display, Display::Inline | Display::Contents)
            || one.is_any(&["img", "svg", "video", "input"])
    };
    let around = link.ancestors().take_while(|one| *one != text);
    // A link to another place on the page, by a number or a sign.
    let is_note = link.visible_text().chars().filter(|c| c.is_alphabetic()).nth(1).is_none();
    is_note || [link].into_iter().chain(around).chain(link.descendants()).any(is_sign)
}

/// The least contrast between the words of a link and those around it, and in which colours; none when it cannot be
/// known, or when some words of the link have a colour of their own.
fn contrast(link: Element<'_>, text: Element<'_>) -> Option<(f32, usize)> {
    let schemes = if link.page().has_dark() { SCHEMES } else { 1 };
    let mut least: Option<(f32, usize)> = None;
    for scheme in 0..schemes {
        let own = link.style().colour[scheme]?;
        let around = text.style().colour[scheme]?;
        let is_same = |one: Element<'_>| one.style().colour[scheme] == Some(own);
        let is_plain = link.style().opacity >= 1.0 && own.alpha >= 0.999 && around.alpha >= 0.999;
        if !is_plain || !link.seen_words().all(|(one, _)| is_same(one)) {
            return None;
        }
        let ratio = own.contrast(around);
        if least.is_none_or(|(least, _)| ratio < least) {
            least = Some((ratio, scheme));
        }
    }
    least
}
