//! `label-in-name`: buttons and links that cannot be called by the words they show.

use super::{
    Check, Element, Level, Marks, Page, Rule,
    fields::input_type,
    page::{From, Size},
    words::{contains, short, words},
};

pub(super) const RULE: Check = Rule::html("label-in-name", include_str!("label_in_name.md"))
    .wcag(Level::A, &["2.5.3"])
    .act(&["2ee8b8"])
    .on_page(run);

/// Roles of things to use that are called by what is in them.
#[rustfmt::skip] // a list of words reads better in lines
const ROLES: &[&str] = &[
    "button", "checkbox", "doc-backlink", "doc-biblioref", "doc-glossref", "doc-noteref",
    "gridcell", "link", "menuitem", "menuitemcheckbox", "menuitemradio", "option", "radio",
    "switch", "tab", "treeitem",
];

/// Parts of the names of fonts whose letters are pictures.
const PICTURE_FONTS: &[&str] = &["awesome", "glyph", "icon", "symbol", "wingdings"];

/// How what is shown fits into what it is called.
#[derive(Debug, PartialEq, Eq)]
enum Fit {
    Fits,
    Unsure,
    Differs,
}

fn run(page: &Page<'_>, marks: &mut Marks) {
    let is_renamed = |element: Element<'_>| {
        matches!(element.name_from(), From::Label | From::Labelledby) && element.has_name()
    };
    for element in page.elements() {
        if !(element.has("aria-label") || element.has("aria-labelledby"))
            || !element.role().is_some_and(|role| ROLES.contains(&role))
            || !element.is_exposed()
            || !is_renamed(element)
        {
            continue;
        }
        if element.is("input") {
            // What such a button shows is an attribute, which may be changed as it is used.
            let value = element.attr("value").unwrap_or_default();
            let is_button = matches!(input_type(element).as_str(), "button" | "reset" | "submit");
            if is_button && fit(value, element.name()) == Fit::Differs {
                ask(element, value, marks);
            }
            continue;
        }
        let shown = element.visible_text();
        if words(&shown).is_empty() || is_picture_font(element) {
            continue;
        }
        match fit_of(element, &shown) {
            Fit::Fits => marks.pass(),
            Fit::Unsure => ask(element, &shown, marks),
            Fit::Differs => {
                marks.fail(element, message(element, &shown)).hint(hint(&shown));
            }
        }
    }
    for field in page.all(&["input", "meter", "output", "progress", "select", "textarea"]) {
        if !field.is_exposed() || !is_renamed(field) {
            continue;
        }
        for label in field.labels() {
            // The words in a list to choose from are not its label.
            let holds_words =
                label.descendants().any(|inside| inside.is_any(&["button", "select", "textarea"]));
            let shown = if holds_words { String::new() } else { label.visible_text() };
            if fit(&shown, field.name()) == Fit::Differs {
                ask(field, &shown, marks);
                break;
            }
        }
    }
}

fn ask(element: Element<'_>, shown: &str, marks: &mut Marks) {
    marks.ask(element, message(element, shown)).hint(hint(shown));
}

fn message(element: Element<'_>, shown: &str) -> String {
    let name = short(element.name().trim());
    format!("it shows “{}” and is called “{name}”", short(shown.trim()))
}

fn hint(shown: &str) -> String {
    format!("begin its name with the words it shows: `aria-label=\"{} …\"`", short(shown.trim()))
}

/// Whether an element is called by the words it shows. What cannot be known of
/// them from here leaves it open.
fn fit_of(element: Element<'_>, shown: &str) -> Fit {
    let fit = fit(shown, element.name());
    if fit != Fit::Differs {
        return fit;
    }
    if is_indented(element) {
        return Fit::Unsure;
    }
    let mut without = shown.to_owned();
    for inside in element.descendants() {
        if is_picture_font(inside) {
            without = without.replacen(&inside.visible_text(), " ", 1);
        }
        let style = inside.style();
        let is_unclear = style.font_size == Some(0.0) || is_indented(inside);
        // What holds other things to use shows their words too.
        let is_other = inside.is_focusable()
            || inside
                .role()
                .is_some_and(|role| ROLES.contains(&role) || role == "group" || role == "menu");
        if is_unclear || is_other {
            return Fit::Unsure;
        }
    }
    if without.len() < shown.len() { self::fit(&without, element.name()) } else { fit }
}

/// Whether its words may be moved off the screen.
fn is_indented(element: Element<'_>) -> bool {
    let style = element.style();
    style.text_indent.pixels(style.font_size).is_none_or(|indent| indent < 0.0)
        && style.text_indent != Size::Auto
}

fn is_picture_font(element: Element<'_>) -> bool {
    let is_named = |family: &str| PICTURE_FONTS.iter().any(|part| family.contains(part));
    // The fonts themselves often come from elsewhere, with classes of their own.
    let classes = element.attr("class").unwrap_or_default();
    classes
        .split_whitespace()
        .any(|class| class.starts_with("material-icons") || class.starts_with("material-symbols"))
        || element.style().font_family.as_deref().is_some_and(is_named)
}

/// Whether the words of `shown` stand in `name`, one after the other.
fn fit(shown: &str, name: &str) -> Fit {
    /// A longer text than this is hardly what anybody would call a button.
    const MOST_WORDS: usize = 15;
    let all = |text: &str| words(&text.replace(['(', ')', '[', ']'], " "));

    let label = words(shown);
    if contains(&words(name), &label)
        || contains(&all(name), &label)
        || contains(&all(name), &all(shown))
    {
        return Fit::Fits;
    }
    // Some scripts have no space between words.
    if shown.chars().any(is_unspaced) {
        let is_inside = all(name).concat().contains(&label.concat());
        return if is_inside { Fit::Fits } else { Fit::Differs };
    }
    let is_letter = matches!(label.as_slice(), [one] if one.chars().count() == 1 && !one.chars().all(char::is_numeric));
    let is_unsure = is_letter
        || label.len() > MOST_WORDS
        || shown.chars().any(is_sign)
        || contains(&words(&joined(name)), &words(&joined(shown)));
    if is_unsure { Fit::Unsure } else { Fit::Differs }
}

/// A text without the signs between letters that some people leave out: “e-mail” is
/// “email”, and “U.S.” is “US”. Numbers stay as they are.
fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let is_sign = matches!(c, '-' | '‐' | '‑' | '–' | '.' | '/' | '·');
        if !is_sign || !out.ends_with(char::is_alphabetic) {
            out.push(c);
            continue;
        }
        let next = text[at + c.len_utf8()..].chars().next();
        if next.is_some_and(|next| !next.is_alphabetic() && !next.is_whitespace()) {
            out.push(c);
        }
    }
    out
}

/// Letters of Chinese, Japanese, Thai, Lao, Khmer and Burmese.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}'
        | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Signs that some people read out as a word: “+”, “€”, “♥”.
fn is_sign(c: char) -> bool {
    match c {
        '$' | '%' | '+' | '<' | '=' | '>' | '^' | '|' | '~' | '#' | '@' | '*' => true,
        c if c.is_ascii() || c.is_alphanumeric() || c.is_whitespace() => false,
        '\u{a1}'
        | '\u{ab}'
        | '\u{b7}'
        | '\u{bb}'
        | '\u{bf}'
        | '\u{300}'..='\u{36f}'
        | '\u{2000}'..='\u{206f}' => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_in_their_order() {
        for (shown, name) in [
            ("Next…", "next"),
            ("Search by date (YYYY-MM-DD)", "Search by date"),
            ("Send", "Send the form"),
            ("Terms & conditions", "Terms and conditions"),
            ("検索", "サイト検索"),
        ] {
            assert_eq!(fit(shown, name), Fit::Fits, "{shown}, {name}");
        }
        for (shown, name) in [
            ("Download specification", "Download the specification"),
            ("Discover It", "Discover Italy"),
            ("2021", "20 21"),
            ("2 0 2 3", "two zero two three"),
        ] {
            assert_eq!(fit(shown, name), Fit::Differs, "{shown}, {name}");
        }
    }

    #[test]
    fn what_people_might_say_otherwise_is_left_open() {
        for (shown, name) in [("X", "Close"), ("E-mail", "email us"), ("5 €", "five euros")] {
            assert_eq!(fit(shown, name), Fit::Unsure, "{shown}, {name}");
        }
    }
}
