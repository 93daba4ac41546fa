//! `link-text`: links whose words mean nothing on their own.

use super::{Check, Looks, Marks, Rule, Subject};
use crate::rule::Severity;

pub(super) const CHECK: Check =
    Rule::error("link-text", Looks::Words, include_str!("link_text.md"))
        .explains(&["link-name", "vague-link"])
        .on_text(run);

/// Link texts that could lead anywhere, in small letters.
const VAGUE: &[&str] = &[
    "click here",
    "click",
    "here",
    "this",
    "this link",
    "this page",
    "link",
    "more",
    "more info",
    "more information",
    "read more",
    "find out more",
    "learn more",
    "see more",
    "continue",
    "details",
    "go",
    "download",
    "website",
    "clicio yma",
    "yma",
    "mwy",
    "rhagor",
    "darllen mwy",
];

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    for link in &subject.text.document.links {
        let text = link.text.trim();
        let bare = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if text.is_empty() {
            let hint = "write where it leads: `[how to keep records](records.md)`";
            marks.push(link.span, "this link has no words").hint(hint);
        } else if VAGUE.contains(&bare.as_str()) && !is_name(text, &link.destination) {
            let message = format!("the link text “{text}” does not say where it goes");
            let hint = "use the title of the page or the name of the service";
            marks.push(link.span, message).hint(hint);
        } else if bare.starts_with("http") && bare.contains("//") || bare.starts_with("www.") {
            let message =
                format!("the link text “{text}” is an address, which is read out letter by letter");
            let hint = "use the title of the page or the name of the service";
            marks.push(link.span, message).hint(hint).severity(Severity::Warning);
        }
    }
}

/// Whether words are the name of the site whose front page a link leads to: “Click” on
/// `click.example`. What says no more on its own is no name however the host is called.
fn is_name(words: &str, address: &str) -> bool {
    const NEVER: &[&str] = &["Here", "Link", "More", "Read more", "This"];
    let host = address.split_once("://").map_or("", |(_, rest)| rest);
    let (host, path) = host.split_once('/').unwrap_or((host, ""));
    let main = host.trim_start_matches("www.").split('.').next().unwrap_or_default();
    path.is_empty()
        && words.starts_with(char::is_uppercase)
        && !NEVER.contains(&words)
        && words.replace(' ', "").eq_ignore_ascii_case(main)
}
