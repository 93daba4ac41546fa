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
    for (element, name, address) in addresses(page) {
        look(element, name, address, around, marks);
    }
}

/// Every address that a page asks for or leads to, with the attribute in which it stands.
fn addresses<'p>(page: &'p Page<'_>) -> impl Iterator<Item = (Element<'p>, &'static str, &'p str)> {
    let refresh = page.all(&["meta"]).into_iter().filter_map(|meta| {
        let content = meta.attr("content").filter(|_| meta.says("http-equiv", "refresh"))?;
        Some((meta, "content", content.split_once("url=")?.1))
    });
    let named = NAMES.iter().flat_map(|(tag, name)| {
        let all = page.all(&[tag]).into_iter();
        all.filter_map(move |element| Some((element, *name, element.attr(name)?)))
    });
    refresh.chain(named)
}

/// The first address from the top of a page at which nothing is, where nobody has said what the
/// top is.
pub fn unplaced(page: &Page<'_>, around: &Around<'_>) -> Option<String> {
    let mut addresses = addresses(page).map(|(.., address)| address.trim());
    let is_unplaced = |address: &&str| {
        address.starts_with('/')
            && links::target(address, around).is_none()
            && links::target_from(address, around.path, around.base).is_some()
    };
    addresses.find(|address| is_unplaced(address)).map(str::to_owned)
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
