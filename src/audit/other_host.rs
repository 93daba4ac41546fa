//! `other-host`: something that a page loads from another host.

use super::{Around, Check, Marks, Page, Rule};

pub(super) const RULE: Check =
    Rule::html("other-host", include_str!("other_host.md")).on_page_among(run);

/// Attributes from which a browser loads something by itself, by element.
const LOADS: &[(&str, &str)] = &[
    ("audio", "src"),
    ("embed", "src"),
    ("iframe", "src"),
    ("img", "src"),
    ("input", "src"),
    ("link", "href"),
    ("object", "data"),
    ("script", "src"),
    ("source", "src"),
    ("track", "src"),
    ("video", "poster"),
    ("video", "src"),
];

/// What a `<link>` loads; others only say something of the page.
const LOADED: &[&str] = &["stylesheet", "icon", "preload", "modulepreload", "prefetch", "manifest"];

fn run(page: &Page<'_>, _around: &Around<'_>, marks: &mut Marks) {
    for (tag, name) in LOADS {
        for element in page.all(&[tag]) {
            let Some(address) = element.attr(name) else { continue };
            let rel = element.attr("rel").unwrap_or_default().to_ascii_lowercase();
            if *tag == "link" && !rel.split_ascii_whitespace().any(|word| LOADED.contains(&word)) {
                continue;
            }
            let is_elsewhere = address.starts_with("//")
                || address.split_once("://").is_some_and(|(scheme, _)| {
                    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
                });
            if is_elsewhere {
                let message = format!("{address} is loaded from another host");
                let hint = "save the file beside the page and use that";
                marks.fail(element, message).at(element.attr_span(name)).hint(hint);
            } else {
                marks.pass();
            }
        }
    }
}
