//! `dead-address`: an address in finished HTML at which nothing is published.

use super::{Around, Check, Element, Marks, Page, Rule, links};

pub(super) const RULE: Check = Rule::html("dead-address", include_str!("dead_address.md"))
    .stops()
    .promise("a link would lead nowhere")
    .on_page_among(run);

/// Attributes that name a file, by element.
const NAMES: &[(&str, &str)] = &[
    ("a", "href"),
    ("area", "href"),
    ("audio", "src"),
    ("embed", "src"),
    ("form", "action"),
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

fn run(page: &Page<'_>, around: &Around<'_>, marks: &mut Marks) {
    if around.files.is_empty() {
        return;
    }
    for meta in page.all(&["meta"]) {
        let is_refresh = meta.says("http-equiv", "refresh");
        let content = meta.attr("content").filter(|_| is_refresh).unwrap_or_default();
        let Some((_, address)) = content.split_once("url=") else { continue };
        look(meta, "content", address, around, marks);
    }
    for (tag, name) in NAMES {
        for element in page.all(&[tag]) {
            let Some(address) = element.attr(name) else { continue };
            look(element, name, address, around, marks);
        }
    }
}

fn look(element: Element<'_>, name: &str, address: &str, around: &Around<'_>, marks: &mut Marks) {
    let Some(file) = links::target(address, around) else { return };
    if !marks.passes(around.has(&file)) {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let message = format!("nothing is published at {path}");
        let hint = "mend the link, or take it out";
        marks.fail(element, message).at(element.attr_span(name)).hint(hint);
    }
}
