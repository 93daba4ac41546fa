//! `autocomplete`: fields that browsers cannot fill in.

use super::{Check, Element, Level, Marks, Page, Rule, page::aria};

pub(super) const RULE: Check = Rule::html("autocomplete", include_str!("autocomplete.md"))
    .wcag(Level::AA, &["1.3.5"])
    .act(&["73f2c2"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for field in page.all(&["input", "select", "textarea"]) {
        let Some(written) = field.attr("autocomplete").map(str::trim_ascii) else { continue };
        let lower = written.to_ascii_lowercase();
        if matches!(lower.as_str(), "" | "on" | "off") || !is_filled_in(field) {
            continue;
        }
        let words: Vec<&str> = lower.split_ascii_whitespace().collect();
        let Some(wrong) = wrong(&words) else {
            marks.pass();
            continue;
        };
        let known = || CONTACT.iter().chain(NAMES).copied();
        let (message, hint) = match wrong {
            Wrong::Missing => (
                format!("“{written}” does not say what to write in the field"),
                "add what it is: `autocomplete=\"shipping street-address\"`".into(),
            ),
            Wrong::Word(word) => (
                format!("“{word}” cannot stand here in “{written}”"),
                match aria::meant(word, known()) {
                    Some(meant) => format!("write `autocomplete=\"{meant}\"`"),
                    None => "write a name of the HTML standard: `autocomplete=\"email\"`, or `off`"
                        .into(),
                },
            ),
        };
        marks.fail(field, message).at(field.attr_span("autocomplete")).hint(hint);
    }
}

/// Whether people write into the field, so that a browser may do it for them.
fn is_filled_in(field: Element<'_>) -> bool {
    const OTHER: &[&str] =
        &["button", "checkbox", "file", "hidden", "image", "radio", "range", "reset", "submit"];
    let kind = field.attr("type").unwrap_or("").to_ascii_lowercase();
    let off = |name: &str| field.says(name, "true");
    let is_widget = || field.role().and_then(aria::role).is_none_or(|role| role.widget);
    let is_off = field.is_disabled() || field.has("readonly") || off("aria-disabled");
    let is_other = field.is("input") && OTHER.contains(&kind.as_str());
    !is_off
        && !is_other
        && (field.is_visible() || field.is_exposed())
        // A field that is neither reached with the keyboard nor called one is for a script.
        && (field.is_tabbable() || is_widget())
}

enum Wrong<'w> {
    /// There is no word for what the field is.
    Missing,
    /// This word is unknown, or in the wrong place.
    Word(&'w str),
}

/// What is wrong with the words: they may be a section, an address, a place to reach
/// somebody, what the field is, and `webauthn`, in this order.
fn wrong<'w>(words: &[&'w str]) -> Option<Wrong<'w>> {
    let mut left = words.iter().copied().peekable();
    left.next_if(|word| word.starts_with("section-"));
    left.next_if(|word| matches!(*word, "billing" | "shipping"));
    let place = left.next_if(|word| matches!(*word, "fax" | "home" | "mobile" | "pager" | "work"));
    match left.next() {
        None => return Some(Wrong::Missing),
        Some(word) if CONTACT.contains(&word) || (place.is_none() && NAMES.contains(&word)) => {}
        Some(word) => return Some(Wrong::Word(word)),
    }
    left.next_if(|word| *word == "webauthn");
    left.next().map(Wrong::Word)
}

/// What reaches a person, and may have a place before it.
#[rustfmt::skip] // a list of words reads better in lines
const CONTACT: &[&str] = &[
    "email", "impp", "tel", "tel-area-code", "tel-country-code", "tel-extension", "tel-local",
    "tel-local-prefix", "tel-local-suffix", "tel-national",
];

/// All other things that browsers fill in.
#[rustfmt::skip] // a list of words reads better in lines
const NAMES: &[&str] = &[
    "additional-name", "address-level1", "address-level2", "address-level3", "address-level4",
    "address-line1", "address-line2", "address-line3", "bday", "bday-day", "bday-month",
    "bday-year", "cc-additional-name", "cc-csc", "cc-exp", "cc-exp-month", "cc-exp-year",
    "cc-family-name", "cc-given-name", "cc-name", "cc-number", "cc-type", "country", "country-name",
    "current-password", "family-name", "given-name", "honorific-prefix", "honorific-suffix",
    "language", "name", "new-password", "nickname", "one-time-code", "organization",
    "organization-title", "photo", "postal-code", "sex", "street-address", "transaction-amount",
    "transaction-currency", "url", "username",
];
