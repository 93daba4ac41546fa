//! `web-address`: addresses of other sites that do not work as they are
//! written.
//!
//! The addresses in directory entries are found while the file is read.

use std::net::Ipv4Addr;

use super::{Check, Marks, Subject, rule};
use crate::{
    link::{as_browsers_read, is_drive, scheme},
    model::{Missing, Target, data::is_email},
    parse::Placed,
    rule::Severity,
    text::{Span, address::decoded, shorten},
};

pub(super) const CHECK: Check = rule::WEB_ADDRESS.on_text(run);

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    let text = subject.text;
    for (link, target) in text.document.links.iter().zip(&text.targets) {
        address(link.span, &link.destination, target, marks);
    }
    for (image, target) in text.document.images.iter().zip(&text.pictures) {
        if *target == Target::Missing(Missing::Refused) {
            address(image.span, &image.destination, target, marks);
        }
    }
    for (Placed { value, span }, target) in text.named.values() {
        address(*span, value, target, marks);
    }
    if let Some(service) = subject.page.and_then(|page| page.kind.service()) {
        address(subject.front("web"), &service.web, &Target::External, marks);
    }
    let prose = subject.prose;
    for &index in &prose.odd {
        let (word, place) = (prose.word(index), &prose.words[index]);
        let is_address =
            starts(word, "www.") || starts(word, "http://") || starts(word, "https://");
        let is_link = || prose.links.iter().any(|link| link.contains(&place.start));
        if is_address && word.len() > 8 && !is_link() {
            let whole = if starts(word, "www.") { format!("https://{word}") } else { word.into() };
            let message = format!("“{word}” is not a link, so people would have to type it");
            let hint = format!("write `[the name of the site]({whole})`");
            marks.push(prose.span(place.clone()), message).hint(hint).severity(Severity::Warning);
        }
    }
}

fn address(span: Span, destination: &str, target: &Target, marks: &mut Marks) {
    if *target == Target::Missing(Missing::Refused) {
        let (message, hint) = refused(destination);
        marks.push(span, message).hint(hint);
    } else if let Some(names) = without(destination.trim(), "mailto:")
        .map(|rest| rest.split('?').next().unwrap_or_default())
        .filter(|names| !names.is_empty())
        .filter(|names| !decoded(names).split(',').all(|name| is_email(name.trim())))
    {
        let message = format!("“{names}” is not an email address");
        marks.push(span, message).hint("write it like this: `mailto:team@county.example`");
    } else if is_email_alone(destination, target) {
        let message = format!("“{destination}” is taken for a file of this site");
        marks.push(span, message).hint(format!("write `mailto:{destination}`"));
    } else if is_without_scheme(destination, target) {
        let message = format!("“{destination}” is taken for a file of this site");
        marks.push(span, message).hint(format!("write `https://{destination}`"));
    } else if let Some(rest) = without(destination, "http://").filter(|rest| !is_at_home(rest)) {
        let message =
            format!("“{destination}” is not private: others can see what people read there");
        let hint = format!("see if `https://{rest}` works, and write that");
        marks.push(span, message).hint(hint).severity(Severity::Warning);
    }
}

/// Whether an address leads to a machine in the same house, such as `192.168.1.1` to a router: it
/// has no certificate, and nobody between could read along.
fn is_at_home(rest: &str) -> bool {
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    let is_inside = |address: Ipv4Addr| {
        address.is_private() || address.is_loopback() || address.is_link_local()
    };
    host.parse().is_ok_and(is_inside) || host.eq_ignore_ascii_case("localhost")
}

/// What is wrong with an address that does not open for everyone, and what to write.
pub(super) fn refused(destination: &str) -> (String, String) {
    let plain = as_browsers_read(destination);
    let shown = shorten(&plain);
    let scheme = scheme(destination);
    let after = plain.split_once(':').filter(|_| scheme.is_some());
    let rest = after.map_or(&*plain, |(_, rest)| rest).trim_start_matches(['/', '\\']);
    let is_path = destination.trim().starts_with('\\') || is_drive(destination);
    match scheme.as_deref() {
        None if is_path => (
            format!("“{shown}” is on one computer, and nobody else can open it"),
            "save the file beside the page and write its name: `form.pdf`".to_owned(),
        ),
        None => (
            format!("“{shown}” does not say how to reach the other site"),
            format!("write `https://{rest}`"),
        ),
        Some("file") => (
            format!("“{shown}” is on one computer, and nobody else can open it"),
            "save the file beside the page and write its name: `form.pdf`".to_owned(),
        ),
        Some("javascript" | "vbscript" | "data" | "blob") => (
            format!("“{shown}” is a program or data, and no address"),
            "write an address that begins with https://".to_owned(),
        ),
        Some("http" | "https") if !rest.is_empty() => {
            (format!("“{shown}” is not a whole address"), format!("write `https://{rest}`"))
        }
        Some("http" | "https" | "mailto" | "tel") => (
            format!("“{shown}” is not a whole address"),
            "write `https://www.example.org`, `mailto:team@county.example` or `tel:03069990110`"
                .to_owned(),
        ),
        Some(scheme) => (
            format!("“{shown}” does not open for everyone: not every device knows “{scheme}:”"),
            "write an address that begins with https://, mailto: or tel:".to_owned(),
        ),
    }
}

/// Whether a link is an email address and nothing else.
pub(super) fn is_email_alone(destination: &str, target: &Target) -> bool {
    matches!(target, Target::Missing(Missing::Unknown(_))) && is_email(destination)
}

/// The ends of names of sites that people link to without `https://`.
const ENDS: &[&str] = &[
    ".uk", ".org", ".com", ".net", ".info", ".wales", ".cymru", ".scot", ".london", ".eu", ".ie",
    ".gov", ".edu", ".io", ".example",
];

/// Whether a link that leads nowhere is the address of another site.
pub(super) fn is_without_scheme(destination: &str, target: &Target) -> bool {
    let Target::Missing(Missing::Unknown(_)) = target else { return false };
    let host = destination.split(['/', '?', '#']).next().unwrap_or_default();
    starts(host, "www.") || ENDS.iter().any(|end| host.len() > end.len() && host.ends_with(end))
}

fn without<'a>(word: &'a str, start: &str) -> Option<&'a str> {
    starts(word, start).then(|| &word[start.len()..])
}

fn starts(word: &str, start: &str) -> bool {
    word.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start))
}
