//! `web-address`: addresses of other sites that do not work as they are
//! written.
//!
//! The addresses in directory entries are found while the file is read.

use super::{Check, Findings, Run, Subject};
use crate::{diagnostic::Severity, model::Missing, model::Target, parse::Placed, source::Span};

pub(super) const CHECK: Check = Check {
    code: "web-address",
    severity: Severity::Error,
    manual: include_str!("web_address.md"),
    run: Run::Text(run),
};

fn run(subject: &Subject<'_>, findings: &mut Findings<'_>) {
    let text = subject.text;
    for (link, target) in text.document.links.iter().zip(&text.targets) {
        address(link.span, &link.destination, target, findings);
    }
    for (Placed { value, span }, target) in text.named.values() {
        address(*span, value, target, findings);
    }
    if let Some(service) = subject.page.and_then(|page| page.kind.service()) {
        address(subject.front("web"), &service.web, &Target::External, findings);
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
            findings
                .push(prose.span(place.clone()), message)
                .hint(format!("write `[the name of the site]({whole})`"))
                .severity(Severity::Warning);
        }
    }
}

fn address(span: Span, destination: &str, target: &Target, findings: &mut Findings<'_>) {
    if is_without_scheme(destination, target) {
        let message = format!("“{destination}” is taken for a file of this site");
        findings.push(span, message).hint(format!("write `https://{destination}`"));
    } else if let Some(rest) = destination.strip_prefix("http://") {
        let message =
            format!("“{destination}” is not private: others can see what people read there");
        findings
            .push(span, message)
            .hint(format!("see if `https://{rest}` works, and write that"))
            .severity(Severity::Warning);
    }
}

/// The ends of names of sites that people link to without `https://`.
const ENDS: &[&str] =
    &[".uk", ".org", ".com", ".net", ".info", ".wales", ".cymru", ".scot", ".london", ".eu"];

/// Whether a link that leads nowhere is the address of another site.
pub(super) fn is_without_scheme(destination: &str, target: &Target) -> bool {
    let Target::Missing(Missing::Unknown(_)) = target else { return false };
    let host = destination.split(['/', '?', '#']).next().unwrap_or_default();
    starts(host, "www.") || ENDS.iter().any(|end| host.len() > end.len() && host.ends_with(end))
}

fn starts(word: &str, start: &str) -> bool {
    word.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start))
}
