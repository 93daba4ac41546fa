//! `attribute-value`: values that mean nothing, or not what they seem to.

use super::{Check, Element, Marks, Page, Rule};
use crate::text::shorten;

pub(super) const RULE: Check =
    Rule::html("attribute-value", include_str!("attribute_value.md")).on_page(run);

/// What may be written as a value.
#[derive(Clone, Copy)]
enum Value {
    /// One of these words, in small or large letters, or nothing.
    Word(&'static [&'static str]),
    /// The same, in just these letters.
    Exact(&'static [&'static str]),
    /// A whole number from … to ….
    Number(i64, i64),
    /// Whatever is written means yes.
    Yes,
    /// One id.
    Id,
    /// The name of a window.
    Window,
}

/// The largest number that browsers keep.
const LARGEST: i64 = 2_147_483_647;

const METHODS: Value = Value::Word(&["get", "post", "dialog"]);
const ENCODINGS: Value =
    Value::Word(&["application/x-www-form-urlencoded", "multipart/form-data", "text/plain"]);
const TRUE_FALSE: Value = Value::Word(&["true", "false"]);

/// Attributes, the tags on which they mean this (all when there are none), and
/// their values. Those that people rightly use in more ways are not here.
#[rustfmt::skip] // one line each is easier to look through
const ATTRIBUTES: &[(&str, &[&str], Value)] = &[
    ("async", &["script"], Value::Yes),
    ("autofocus", &[], Value::Yes),
    ("autoplay", &["audio", "video"], Value::Yes),
    ("checked", &["input"], Value::Yes),
    ("colspan", &["td", "th"], Value::Number(1, 1000)),
    ("cols", &["textarea"], Value::Number(1, LARGEST)),
    ("contenteditable", &[], Value::Word(&["true", "false", "plaintext-only"])),
    ("controls", &["audio", "video"], Value::Yes),
    ("crossorigin", &["audio", "img", "link", "script", "video"], Value::Word(&["anonymous", "use-credentials"])),
    ("decoding", &["img"], Value::Word(&["sync", "async", "auto"])),
    ("default", &["track"], Value::Yes),
    ("defer", &["script"], Value::Yes),
    ("dir", &[], Value::Word(&["ltr", "rtl", "auto"])),
    ("disabled", &["button", "fieldset", "input", "optgroup", "option", "select", "textarea"], Value::Yes),
    ("draggable", &[], TRUE_FALSE),
    ("enctype", &["form"], ENCODINGS),
    ("enterkeyhint", &[], Value::Word(&["enter", "done", "go", "next", "previous", "search", "send"])),
    ("fetchpriority", &["img", "link", "script"], Value::Word(&["high", "low", "auto"])),
    ("formenctype", &["button", "input"], ENCODINGS),
    ("formmethod", &["button", "input"], METHODS),
    ("formnovalidate", &["button", "input"], Value::Yes),
    ("formtarget", &["button", "input"], Value::Window),
    ("hidden", &[], Value::Yes),
    ("id", &[], Value::Id),
    ("inert", &[], Value::Yes),
    ("inputmode", &[], Value::Word(&["none", "text", "tel", "url", "email", "numeric", "decimal", "search"])),
    ("ismap", &["img"], Value::Yes),
    ("itemscope", &[], Value::Yes),
    ("kind", &["track"], Value::Word(&["subtitles", "captions", "descriptions", "chapters", "metadata"])),
    ("loading", &["iframe", "img"], Value::Word(&["lazy", "eager"])),
    ("loop", &["audio", "video"], Value::Yes),
    ("maxlength", &["input", "textarea"], Value::Number(0, LARGEST)),
    ("method", &["form"], METHODS),
    ("minlength", &["input", "textarea"], Value::Number(0, LARGEST)),
    ("multiple", &["input", "select"], Value::Yes),
    ("muted", &["audio", "video"], Value::Yes),
    ("novalidate", &["form"], Value::Yes),
    ("open", &["details", "dialog"], Value::Yes),
    ("popover", &[], Value::Word(&["auto", "manual", "hint"])),
    ("preload", &["audio", "video"], Value::Word(&["none", "metadata", "auto"])),
    ("readonly", &["input", "textarea"], Value::Yes),
    ("required", &["input", "select", "textarea"], Value::Yes),
    ("reversed", &["ol"], Value::Yes),
    ("rows", &["textarea"], Value::Number(1, LARGEST)),
    ("rowspan", &["td", "th"], Value::Number(0, 65_534)),
    ("scope", &["th"], Value::Word(&["col", "row", "colgroup", "rowgroup"])),
    ("selected", &["option"], Value::Yes),
    ("shape", &["area"], Value::Word(&["circ", "circle", "default", "poly", "polygon", "rect", "rectangle"])),
    ("size", &["input", "select"], Value::Number(1, LARGEST)),
    ("span", &["col", "colgroup"], Value::Number(1, 1000)),
    ("spellcheck", &[], TRUE_FALSE),
    ("start", &["ol"], Value::Number(-LARGEST, LARGEST)),
    ("tabindex", &[], Value::Number(-LARGEST, LARGEST)),
    ("target", &["a", "area", "base", "form"], Value::Window),
    ("translate", &[], Value::Word(&["yes", "no"])),
    ("type", &["button"], Value::Word(&["button", "reset", "submit"])),
    ("type", &["input"], Value::Word(&[
        "button", "checkbox", "color", "date", "datetime-local", "email", "file", "hidden",
        "image", "month", "number", "password", "radio", "range", "reset", "search", "submit",
        "tel", "text", "time", "url", "week",
    ])),
    ("type", &["ol"], Value::Exact(&["1", "a", "A", "i", "I"])),
    ("value", &["li"], Value::Number(-LARGEST, LARGEST)),
    ("wrap", &["textarea"], Value::Word(&["soft", "hard"])),
];

fn run(page: &Page<'_>, marks: &mut Marks) {
    for element in page.elements().filter(|element| element.is_html()) {
        for (name, value) in element.attrs() {
            let means = |(attribute, tags, _): &&(&str, &[&str], Value)| {
                *attribute == name && (tags.is_empty() || element.is_any(tags))
            };
            // By name, so that one step finds the place.
            let start = ATTRIBUTES.partition_point(|(attribute, ..)| *attribute < name);
            let same = ATTRIBUTES[start..].iter().take_while(|(attribute, ..)| *attribute == name);
            let Some((.., allowed)) = same.into_iter().find(means) else { continue };
            match fault(*allowed, value) {
                None => marks.pass(),
                Some(hint) => report(element, name, value, hint, marks),
            }
        }
    }
}

fn report(element: Element<'_>, name: &str, value: &str, hint: String, marks: &mut Marks) {
    let message = if value.trim().is_empty() {
        format!("“{name}” has no value")
    } else if hint.starts_with("take") {
        format!("{name}=\"{value}\" means the same as “{name}” alone")
    } else {
        format!("“{}” is no value of “{name}”", shorten(value))
    };
    marks.fail(element, message).hint(hint.replace("NAME", name)).at(element.attr_span(name));
}

/// What to write instead of a value that is not allowed.
fn fault(allowed: Value, value: &str) -> Option<String> {
    let among = |words: &[&str]| {
        let words: Vec<String> = words.iter().map(|word| format!("`{word}`")).collect();
        format!("write {}", words.join(" or "))
    };
    match allowed {
        // No value at all is as good as no attribute.
        Value::Word(words) => {
            let known = words.iter().any(|word| word.eq_ignore_ascii_case(value));
            (!value.is_empty() && !known).then(|| among(words))
        }
        Value::Exact(words) => (!value.is_empty() && !words.contains(&value)).then(|| among(words)),
        Value::Number(from, to) => {
            let whole = value.bytes().enumerate().all(|(at, byte)| {
                byte.is_ascii_digit() || at == 0 && byte == b'-' && value.len() > 1
            });
            let fits = value.parse().is_ok_and(|number: i64| from <= number && number <= to);
            (!whole || !fits || value.is_empty()).then(|| match (from, to) {
                (from, LARGEST) if from < 0 => "write a whole number, such as `0`".into(),
                (from, LARGEST) => format!("write a whole number from {from}"),
                (from, to) => format!("write a whole number from {from} to {to}"),
            })
        }
        Value::Yes => value
            .eq_ignore_ascii_case("false")
            .then(|| "take the attribute out, if it is not meant".into()),
        Value::Id if value.is_empty() => Some("write an id, or take the attribute out".into()),
        Value::Id => value
            .contains(|c: char| c.is_ascii_whitespace())
            .then(|| format!("write it without spaces: `id=\"{}\"`", without_spaces(value))),
        Value::Window => {
            let known = ["_blank", "_parent", "_self", "_top", "_unfencedtop"];
            let is_wrong =
                value.starts_with('_') && !known.contains(&value.to_ascii_lowercase().as_str());
            is_wrong.then(|| "write `_blank` for a new window, or take the attribute out".into())
        }
    }
}

fn without_spaces(id: &str) -> String {
    id.split_ascii_whitespace().collect::<Vec<_>>().join("-")
}
