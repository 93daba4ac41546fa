//! `all-capitals`: sentences in capital letters.

use super::{Check, Marks, Page, Rule};

pub(super) const RULE: Check =
    Rule::html("all-capitals", include_str!("all_capitals.md")).on_page(run);

/// From how many words on it is no longer a short label or a name.
const WORDS: usize = 4;

fn run(page: &Page<'_>, marks: &mut Marks) {
    for element in page.all(&[
        "a", "button", "dd", "div", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "label", "legend",
        "li", "p", "span", "strong", "td", "th",
    ]) {
        let mut words = 0;
        let mut has_small = false;
        for text in element.own_text() {
            words += text
                .split_whitespace()
                .filter(|word| word.chars().any(char::is_alphabetic))
                .count();
            has_small |= text.chars().any(char::is_lowercase);
        }
        if words < WORDS || !element.is_visible() {
            continue;
        }
        if !element.own_text().any(|text| text.chars().any(char::is_uppercase)) && !has_small {
            // A script without capitals.
            continue;
        }
        let is_styled = element.style().is_uppercase;
        if is_styled || !has_small {
            marks.fail(element, "all of it is in capitals").hint(if is_styled {
                "take `text-transform: uppercase` out"
            } else {
                "write it in small letters, and make it bold where it matters"
            });
        } else {
            marks.pass();
        }
    }
}
