//! `vague-link`: links whose words mean nothing on their own.

use super::{
    Check, Level, Marks, Page, Rule,
    links::links,
    words::{short, spoken},
};

pub(super) const RULE: Check = Rule::html("vague-link", include_str!("vague_link.md"))
    .wcag(Level::AAA, &["2.4.9"])
    .act(&["aizyf1"])
    .on_page(run);

/// Words that could lead anywhere, in small letters and without signs.
#[rustfmt::skip] // a list of words reads better in lines
const VAGUE: &[&str] = &[
    "click", "click here", "clicio yma", "continue", "continue reading", "darllen mwy", "detail",
    "details", "download", "find out more", "follow this link", "further information", "go", "here",
    "info", "information", "learn more", "link", "mehr", "mehr erfahren", "mehr lesen", "more",
    "more details", "more info", "more information", "mwy", "mwy o wybodaeth", "next", "open",
    "page", "press here", "previous", "read more", "read this", "rhagor", "see more", "tap here",
    "that", "this", "this link", "this page", "this site", "this website", "url", "view",
    "view all", "view more", "visit", "web page", "webpage", "website", "weiterlesen", "yma",
];

fn run(page: &Page<'_>, marks: &mut Marks) {
    for link in links(page) {
        let name = link.name().trim();
        if name.is_empty() {
            continue; // `link-name` says so.
        }
        let (what, shown) = (spoken(name), short(name));
        let hint = "write where it leads: `<a href=\"/pay/\">How you are paid</a>`";
        if VAGUE.contains(&what.as_str()) {
            marks.ask(link, format!("“{shown}” does not say where the link leads")).hint(hint);
        } else if is_address(name) {
            let message = format!("“{shown}” is an address, which is read out letter by letter");
            marks.ask(link, message).hint(hint);
        } else {
            marks.pass();
        }
    }
}

/// Whether these are not words but the address of a page. An e-mail address or
/// a short `example.org` is something people say and remember.
fn is_address(name: &str) -> bool {
    const MOST_CHARACTERS: usize = 25;
    let name = name.to_lowercase();
    let is_whole = name.starts_with("http://") || name.starts_with("https://");
    let is_long = name.starts_with("www.") && name.chars().count() > MOST_CHARACTERS;
    !name.contains(char::is_whitespace) && (is_whole || is_long)
}
