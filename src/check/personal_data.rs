//! `personal-data`: numbers and addresses that belong to one person.
//!
//! Numbers that nobody has are not reported: National Insurance numbers that
//! begin with QQ and NHS numbers that begin with 999 are kept for examples.

use super::{Check, Looks, Marks, Rule, Run, Subject, World};
use crate::{model::Email, rule::Severity, text::Span};

pub(super) const CHECK: Check = Check {
    rule: Rule::error("personal-data", Looks::Words, include_str!("personal_data.md"))
        .promise("somebody’s own details would be public"),
    run: Run::TextAndData(run, data),
};

/// Hosts at which people, and not organisations, have addresses.
#[rustfmt::skip] // a list of words
const PERSONAL: &[&str] = &[
    "gmail.com", "googlemail.com", "hotmail.com", "hotmail.co.uk", "outlook.com", "live.com",
    "live.co.uk", "msn.com", "yahoo.com", "yahoo.co.uk", "ymail.com", "aol.com", "aol.co.uk",
    "btinternet.com", "btopenworld.com", "icloud.com", "me.com", "mac.com", "sky.com",
    "talktalk.net", "ntlworld.com", "virginmedia.com", "blueyonder.co.uk", "tiscali.co.uk",
    "plusnet.com", "proton.me", "protonmail.com", "gmx.com", "gmx.co.uk", "mail.com",
];

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    let prose = subject.prose;
    for &index in &prose.odd {
        let (word, place) = (prose.word(index), &prose.words[index]);
        let bytes = word.as_bytes();
        let rest = &prose.text[place.start..];
        if word.contains('@') {
            email(word, prose.span(place.clone()), marks);
        } else if bytes.len() >= 2 && bytes[..2].iter().all(u8::is_ascii_uppercase) {
            let Some(length) = insurance(rest) else { continue };
            let message = "this looks like a National Insurance number, which is someone’s own";
            marks
                .push(prose.span(place.start..place.start + length), message)
                .hint("take it out; in an example write QQ 12 34 56 C");
        } else if bytes.len() == 3 && bytes[0].is_ascii_digit() && is_nhs(rest) {
            let end = place.start + "485 777 3456".len();
            let message = "this looks like an NHS number, which is someone’s own";
            marks
                .push(prose.span(place.start..end), message)
                .hint("take it out; in an example write 999 000 0000");
        }
    }
    for link in &subject.text.document.links {
        if let Some(address) = link.destination.strip_prefix("mailto:")
            && !link.text.contains('@')
        {
            email(address.split('?').next().unwrap_or(address), link.span, marks);
        }
    }
    if let Some(service) = subject.page.and_then(|page| page.kind.service()) {
        for Email { address, .. } in &service.emails {
            email(&address.value, address.span, marks);
        }
    }
}

/// The contacts.
fn data(world: &World<'_>, marks: &mut Marks) {
    let Some(source) = world.site.data.sources.get("contacts.yaml") else { return };
    for contact in world.site.data.contacts.values() {
        for Email { address, .. } in &contact.emails {
            let Some(host) = personal(&address.value) else { continue };
            marks
                .push_in(source, address.span, message(&address.value, host))
                .hint(HINT)
                .severity(Severity::Warning);
        }
    }
}

const HINT: &str = "use an address of the organisation, which stays when people go";

fn message(address: &str, host: &str) -> String {
    format!("“{address}” is at {host}, where people have their own addresses")
}

fn email(address: &str, span: Span, marks: &mut Marks) {
    if let Some(host) = personal(address) {
        marks.push(span, message(address, host)).hint(HINT).severity(Severity::Warning);
    }
}

/// The personal provider that an address is at.
fn personal(address: &str) -> Option<&'static str> {
    let (_, host) = address.rsplit_once('@')?;
    PERSONAL.iter().copied().find(|known| known.eq_ignore_ascii_case(host))
}

/// The length of the National Insurance number that `text` begins with: two
/// letters, six digits and a letter from A to D, with or without spaces.
/// Source: HMRC, National Insurance Manual NIM39110, which also says which
/// prefixes there are.
fn insurance(text: &str) -> Option<usize> {
    let mut number = [0_u8; 9];
    let mut found = 0;
    let mut end = 0;
    for (at, byte) in text.bytes().enumerate().take("AB 12 34 56 C".len()) {
        if byte.is_ascii_alphanumeric() && found < number.len() {
            number[found] = byte;
            (found, end) = (found + 1, at + 1);
        } else if byte != b' ' || found == number.len() {
            break;
        }
    }
    let [a, b, digits @ .., last] = number;
    let prefix = [a, b];
    let goes_on = text.as_bytes().get(end).is_some_and(u8::is_ascii_alphanumeric);
    let fits = found == number.len()
        && !goes_on
        && prefix.iter().all(u8::is_ascii_uppercase)
        && !b"DFIQUV".contains(&a)
        && !b"DFIOQUV".contains(&b)
        && ![b"BG", b"GB", b"KN", b"NK", b"NT", b"TN", b"ZZ"].contains(&&prefix)
        && digits.iter().all(u8::is_ascii_digit)
        && (b'A'..=b'D').contains(&last);
    fits.then_some(end)
}

/// Whether `text` begins with an NHS number in its groups: 3, 3 and 4 digits,
/// the last of which follows from the others. Source: NHS Data Dictionary, NHS
/// NUMBER, modulus 11.
fn is_nhs(text: &str) -> bool {
    let bytes = text.as_bytes();
    let Some(number) = bytes.get(..12) else { return false };
    let ends = bytes.get(12).is_none_or(|next| !next.is_ascii_alphanumeric());
    let spaces = matches!(number[3], b' ' | b'-') && matches!(number[7], b' ' | b'-');
    if !ends || !spaces || number.starts_with(b"0") || number.starts_with(b"999") {
        return false;
    }
    let mut sum = 0;
    let mut place = 10;
    for (at, byte) in number.iter().enumerate().filter(|(at, _)| *at != 3 && *at != 7) {
        if !byte.is_ascii_digit() {
            return false;
        }
        let digit = u32::from(byte - b'0');
        if at == 11 {
            return matches!((11 - sum % 11) % 11, check if check == digit);
        }
        sum += digit * place;
        place -= 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_people_have_a_shape() {
        for own in ["AB 12 34 56 C", "AB123456C.", "AB 123456 C and"] {
            assert!(insurance(own).is_some(), "{own}");
        }
        for other in ["QQ 12 34 56 C", "AB 12 34 56", "GB 12 34 56 C", "AB123456CD", "ABC 12", "AB"]
        {
            assert!(insurance(other).is_none(), "{other}");
        }
        assert!(is_nhs("943 476 5919"));
        for other in ["943 476 5918", "999 000 0000", "020 794 6000", "943 476 59190", "943 47"] {
            assert!(!is_nhs(other), "{other}");
        }
    }
}
