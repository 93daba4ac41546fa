//! `viewport-zoom`: pages that cannot be enlarged on a telephone.

use super::{Check, Level, Marks, Page, Rule};

pub(super) const RULE: Check = Rule::html("viewport-zoom", include_str!("viewport_zoom.md"))
    .wcag(Level::AA, &["1.4.4"])
    .act(&["b4f0c3"])
    .on_page(run);

/// What people must at least be able to enlarge a page to (WCAG 1.4.4: 200 %).
const ENOUGH: f64 = 2.0;

/// What browsers enlarge to when the value names a width instead of a number.
const MOST_ZOOM: f64 = 10.0;

fn run(page: &Page<'_>, marks: &mut Marks) {
    for meta in page.all(&["meta"]) {
        let is_viewport = meta.says("name", "viewport");
        let Some(content) = meta.attr("content").filter(|_| is_viewport) else { continue };
        let properties = properties(content);
        let last = |name: &str| {
            properties
                .iter()
                .rfind(|(found, _)| found.eq_ignore_ascii_case(name))
                .map(|found| found.1)
        };
        let (scalable, most) = (last("user-scalable"), last("maximum-scale"));
        let hint = "write `<meta name=\"viewport\" content=\"width=device-width\">`";
        if let Some(value) = scalable.filter(|value| !allows(value)) {
            let message = format!("“user-scalable={value}” keeps people from enlarging the page");
            marks.fail(meta, message).hint(hint).at(meta.attr_span("content"));
        } else if let Some(value) =
            most.filter(|value| largest(value).is_some_and(|most| most < ENOUGH))
        {
            let message =
                format!("“maximum-scale={value}” keeps people from making the page twice as large");
            marks.fail(meta, message).hint(hint).at(meta.attr_span("content"));
        } else if scalable.is_some() || most.is_some() {
            marks.pass();
        }
    }
}

/// Whether people may enlarge the page, as browsers take `user-scalable`: a
/// number near zero means no, and so does a word that they do not know.
fn allows(value: &str) -> bool {
    match keyword(value) {
        Some(Keyword::Yes | Keyword::Width) => true,
        Some(Keyword::No) => false,
        None => number(value).unwrap_or(0.0).abs() >= 1.0,
    }
}

/// How large the page may be made, as browsers take `maximum-scale`; nothing
/// when they ignore the value.
fn largest(value: &str) -> Option<f64> {
    match keyword(value) {
        Some(Keyword::Yes) => Some(1.0),
        Some(Keyword::Width) => Some(MOST_ZOOM),
        Some(Keyword::No) => Some(0.0),
        None => Some(number(value).unwrap_or(0.0)).filter(|number| *number >= 0.0),
    }
}

enum Keyword {
    Yes,
    No,
    Width,
}

fn keyword(value: &str) -> Option<Keyword> {
    match value.to_ascii_lowercase().as_str() {
        "yes" => Some(Keyword::Yes),
        "no" => Some(Keyword::No),
        "device-width" | "device-height" => Some(Keyword::Width),
        _ => None,
    }
}

/// The number at the start of `value`, whatever comes after it.
fn number(value: &str) -> Option<f64> {
    let bytes = value.as_bytes();
    let digits = |from: usize| {
        bytes
            .get(from..)
            .unwrap_or_default()
            .iter()
            .take_while(|byte| byte.is_ascii_digit())
            .count()
    };
    let sign = usize::from(value.starts_with(['+', '-']));
    let whole = digits(sign);
    let mut end = sign + whole;
    let mut some = whole > 0;
    if bytes.get(end) == Some(&b'.') {
        let part = digits(end + 1);
        some |= part > 0;
        end += 1 + part;
    }
    if some && matches!(bytes.get(end), Some(b'e' | b'E')) {
        let sign = usize::from(matches!(bytes.get(end + 1), Some(b'+' | b'-')));
        let exponent = digits(end + 1 + sign);
        if exponent > 0 {
            end += 1 + sign + exponent;
        }
    }
    value[..end].parse().ok().filter(|_| some)
}

/// `width=device-width, user-scalable = no` in pieces: commas, semicolons and
/// white space part them, and a name without a value is left out.
fn properties(content: &str) -> Vec<(&str, &str)> {
    let parts = |c: char| matches!(c, ',' | ';');
    let space = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}');
    let ends = |c: char| parts(c) || space(c) || c == '=';
    let mut found = Vec::new();
    let mut rest = content.trim_start_matches(ends);
    while !rest.is_empty() {
        let (name, after) = rest.split_at(rest.find(ends).unwrap_or(rest.len()));
        // Up to the sign; words between the name and the sign say nothing.
        let after = after.trim_start_matches(|c| !parts(c) && c != '=');
        let after = after.trim_start_matches(|c| space(c) || c == '=');
        let (value, after) = after.split_at(after.find(ends).unwrap_or(after.len()));
        if !value.is_empty() {
            found.push((name, value));
        }
        rest = after.trim_start_matches(ends);
    }
    found
}
