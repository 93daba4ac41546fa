//! `aria-value`: states with a value that they cannot have.

use super::{
    Check, Element, Level, Marks, Page, Rule,
    page::aria::{self, Attribute, Value},
};

pub(super) const RULE: Check = Rule::html("aria-value", include_str!("aria_value.md"))
    .wcag(Level::A, &["1.3.1", "4.1.2"])
    .act(&["6a7281"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for element in page.elements() {
        for (name, value) in element.attrs() {
            let Some(attribute) = aria::attribute(name) else { continue };
            let value = value.trim_ascii();
            if value.is_empty() {
                continue;
            }
            match wrong(element, attribute, value) {
                None => marks.pass(),
                Some(hint) => {
                    let message = match attribute.value {
                        Value::Id | Value::Ids => format!("“{name}” points to nothing: “{value}”"),
                        _ => format!("“{value}” is no value of “{name}”"),
                    };
                    marks.fail(element, message).at(element.attr_span(name)).hint(hint);
                }
            }
        }
    }
}

/// What to write in place of `value`, if that cannot be.
fn wrong(element: Element<'_>, attribute: &Attribute, value: &str) -> Option<String> {
    let is = |word: &str, of: &[&str]| of.iter().any(|known| known.eq_ignore_ascii_case(word));
    let one_of = |of: &[&str]| (!is(value, of)).then(|| format!("write one of: {}", of.join(", ")));
    let name = attribute.name;
    match attribute.value {
        Value::Text => None,
        Value::Token(of) => one_of(of),
        Value::Tokens(of) => {
            let known = value.split_ascii_whitespace().all(|word| is(word, of));
            (!known).then(|| format!("write some of these, with spaces between: {}", of.join(", ")))
        }
        Value::Integer => {
            let digits = value.strip_prefix(['-', '+']).unwrap_or(value);
            let whole = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
            (!whole).then(|| format!("write a whole number: `{name}=\"2\"`"))
        }
        Value::Number => {
            let number = value.bytes().all(|b| b.is_ascii_digit() || b"+-.eE".contains(&b))
                && value.parse::<f64>().is_ok();
            (!number).then(|| format!("write a number, without its unit: `{name}=\"2.5\"`"))
        }
        Value::Id if value.contains(|c: char| c.is_ascii_whitespace()) => {
            Some("write the id of one element, without spaces".into())
        }
        Value::Id | Value::Ids => (is_needed(element, name) && element.references(name).is_empty())
            .then(|| format!("write the id of an element that is on the page: `{name}=\"…\"`")),
    }
}

/// Whether the element cannot be used without what the attribute points to.
fn is_needed(element: Element<'_>, attribute: &str) -> bool {
    let Some(role) = element.role().and_then(aria::role) else { return false };
    // What a closed list will show need not be there before it opens.
    let closed = role.name == "combobox" && !element.says("aria-expanded", "true");
    role.required.contains(&attribute) && !closed
}
