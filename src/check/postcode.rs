//! `postcode`: addresses whose postcode is missing or cannot be right.

use super::{Check, Looks, Marks, Rule, Run, World};
use crate::rule::Severity;
use crate::text::{Source, Span};

pub(super) const CHECK: Check = Check {
    rule: Rule::error("postcode", Looks::Records, include_str!("postcode.md")),
    run: Run::Site(run),
};

fn run(world: &World<'_>, marks: &mut Marks) {
    if let Some(source) = world.site.data.sources.get("contacts.yaml") {
        for contact in world.site.data.contacts.values() {
            if contact.address.is_empty() {
                continue;
            }
            let address = contact.address.join(", ");
            // The postcode belongs on the last line.
            let Span { start, .. } = contact.address_span;
            let written = source.at(contact.address_span).trim_end();
            let last = written.rfind('\n').map_or(0, |at| at + 1);
            let last = last + written[last..].len() - written[last..].trim_start().len();
            look(&address, source, Span::new(start + last, start + written.len()), marks);
        }
    }
    for page in &world.site.pages {
        let Some(service) = page.kind.service().filter(|_| !page.made) else { continue };
        for place in &service.places {
            look(&place.address.value, page.source(), place.address.span, marks);
        }
    }
}

fn look(address: &str, source: &Source, span: Span, marks: &mut Marks) {
    let Some(fault) = fault(address) else { return };
    match fault {
        PostcodeFault::Wrong { like, hint } => {
            let message = format!("“{like}” is not a UK postcode");
            marks.push_in(source, span, message).hint(hint);
        }
        PostcodeFault::Missing => {
            marks
                .push_in(source, span, "this address has no postcode")
                .hint("add it at the end: `EX1 1AA`")
                .severity(Severity::Warning);
        }
    }
}

/// What is wrong with the postcode of an address.
pub(crate) enum PostcodeFault {
    /// What looks like one is none.
    Wrong {
        /// What looks like one.
        like: String,
        /// What to do about it.
        hint: String,
    },
    /// There is none.
    Missing,
}

/// What is wrong with the postcode of an address that is not empty.
pub(crate) fn fault(address: &str) -> Option<PostcodeFault> {
    let words: Vec<&str> =
        address.split(|c: char| c.is_whitespace() || c == ',').filter(|w| !w.is_empty()).collect();
    let is_there = words.windows(2).any(|pair| is_postcode(pair[0], pair[1]));
    if is_there || words.is_empty() {
        return None;
    }
    let last = words[words.len() - 1].trim_end_matches('.');
    let before = words.len().checked_sub(2).map_or("", |at| words[at]);
    let like = if looks_like(last) && last.len() > 4 {
        last.to_owned()
    } else if looks_like(before) && before.len() < 5 && last.len() < 5 {
        format!("{before} {last}")
    } else {
        return Some(PostcodeFault::Missing);
    };
    let squeezed: String = like.chars().filter(|c| c.is_alphanumeric()).collect();
    let squeezed = squeezed.to_uppercase();
    let parts = squeezed.len().checked_sub(3).and_then(|at| squeezed.split_at_checked(at));
    let hint = match parts {
        Some((out, inward)) if is_postcode(out, inward) => format!("write `{out} {inward}`"),
        Some((_, inward)) if like.contains(' ') && inward.contains(NEVER) => {
            "look it up: the last two letters are never C, I, K, M, O or V".to_owned()
        }
        _ => "look it up, and write it like this: `EX1 1AA`".to_owned(),
    };
    Some(PostcodeFault::Wrong { like, hint })
}

/// Letters and digits together, and the letters large: `EX1`, `1AA`, `EX11AA`.
fn looks_like(word: &str) -> bool {
    (2..=8).contains(&word.len())
        && word.bytes().any(|byte| byte.is_ascii_digit())
        && word.starts_with(|c: char| c.is_ascii_alphabetic())
        && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// Letters that are not in the second half of a postcode, because they look like
/// others when they are written by hand.
const NEVER: [char; 6] = ['C', 'I', 'K', 'M', 'O', 'V'];

/// Whether two words are the halves of a postcode. Source: Royal Mail,
/// Programmer’s Guide to the Postcode Address File, on the formats.
pub(crate) fn is_postcode(outward: &str, inward: &str) -> bool {
    let shape = |word: &str| -> String {
        let kind = |byte: u8| match byte {
            b'A'..=b'Z' => 'A',
            b'0'..=b'9' => '9',
            _ => '?',
        };
        word.bytes().map(kind).collect()
    };
    let inward = inward.trim_end_matches('.');
    let outward = outward.trim_start_matches('(');
    matches!(shape(outward).as_str(), "A9" | "A99" | "AA9" | "AA99" | "A9A" | "AA9A")
        && shape(inward) == "9AA"
        && !inward.contains(NEVER)
        || (outward, inward) == ("GIR", "0AA")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn postcodes_have_six_shapes() {
        for good in ["M1 1AE", "B33 8TH", "CR2 6XH", "DN55 1PT", "W1A 0AX", "EC1A 1BB"] {
            let (outward, inward) = good.split_once(' ').expect("two halves");
            assert!(is_postcode(outward, inward), "{good}");
        }
        for bad in ["M1 AE1", "M 1AE", "EX1 1CA", "ex1 1aa", "EXX1 1AA"] {
            let (outward, inward) = bad.split_once(' ').expect("two halves");
            assert!(!is_postcode(outward, inward), "{bad}");
        }
    }
}
