//! `personal-data`: numbers and addresses that belong to one person.
//!
//! Numbers that nobody has are not reported: National Insurance numbers that
//! begin with QQ and NHS numbers that begin with 999 are kept for examples.

use super::{Check, Looks, Marks, Rule, Subject, World, prose::Prose};
use crate::{
    model::{
        Email,
        kind::{Field, FieldType, Service},
    },
    parse::phone,
    rule::Severity,
    text::{Span, date::WEEKDAYS},
};

pub(super) const CHECK: Check =
    Rule::error("personal-data", Looks::Words, include_str!("personal_data.md"))
        .promise("somebody’s own details would be public")
        .on_text_and_data(run, data);

/// Hosts at which people, and not organisations, have addresses.
#[rustfmt::skip] // a list of words
const PERSONAL: &[&str] = &[
    "gmail.com", "googlemail.com", "hotmail.com", "hotmail.co.uk", "outlook.com", "live.com",
    "live.co.uk", "msn.com", "yahoo.com", "yahoo.co.uk", "ymail.com", "aol.com", "aol.co.uk",
    "btinternet.com", "btopenworld.com", "icloud.com", "me.com", "mac.com", "sky.com",
    "talktalk.net", "ntlworld.com", "virginmedia.com", "blueyonder.co.uk", "tiscali.co.uk",
    "plusnet.com", "proton.me", "protonmail.com", "gmx.com", "gmx.co.uk", "mail.com",
];

/// What stands before a surname.
const TITLES: &[&str] = &["Dr", "Miss", "Mr", "Mrs", "Ms", "Mx"];

/// What may stand there and is nobody’s name: judges in what the law says, days after a verb,
/// and names that are made up.
#[rustfmt::skip] // a list of words
const NO_SURNAMES: &[&str] = &[
    "Justice", "Example", "Sample", "Surname",
];

/// First names with which addresses at work begin, in small letters, of those that mean nothing
/// else: `jean.sample@` is a person, and `grace.hospice@` is none. Source: the most frequent names
/// in England and Wales by decade, Office for National Statistics, without those that are words.
#[rustfmt::skip] // a list of names
const FIRST_NAMES: &[&str] = &[
    "adam", "aisha", "alan", "alex", "alice", "alison", "amanda", "amy", "andrea", "andrew", "angela",
    "ann", "anna", "anne", "anthony", "barbara", "ben", "benjamin", "brian", "carol", "caroline",
    "catherine", "charlotte", "chris", "christine", "christopher", "claire", "clare", "colin", "craig",
    "daniel", "darren", "david", "debbie", "deborah", "diane", "donna", "elizabeth", "emily", "emma",
    "fatima", "fiona", "gareth", "gary", "geoff", "george", "gillian", "graham", "hannah", "helen",
    "ian", "imran", "jackie", "jacqueline", "james", "jane", "janet", "jason", "jean", "jennifer",
    "jenny", "jessica", "joanne", "john", "jonathan", "joseph", "joshua", "judith", "julie", "karen",
    "kate", "katherine", "kathryn", "keith", "kelly", "kevin", "laura", "lauren", "leanne", "lesley",
    "linda", "lisa", "louise", "lucy", "margaret", "maria", "marie", "martin", "mary", "matthew",
    "maureen", "michael", "michelle", "mohammed", "muhammad", "natalie", "neil", "nicholas", "nicola",
    "nigel", "olivia", "pamela", "patricia", "paul", "peter", "philip", "rachel", "rebecca", "richard",
    "robert", "ruth", "samantha", "sandra", "sarah", "sharon", "sheila", "shirley", "simon", "sophie",
    "stephanie", "stephen", "steven", "stuart", "susan", "suzanne", "thomas", "tracey", "tracy",
    "valerie", "vanessa", "victoria", "wendy", "william", "yvonne", "zoe",
];

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    let prose = subject.prose;
    names(prose, marks);
    for &index in &prose.odd {
        let (word, place) = (prose.word(index), &prose.words[index]);
        let bytes = word.as_bytes();
        let rest = &prose.text[place.start..];
        if word.contains('@') {
            email(word, prose.span(place.clone()), marks);
        } else if bytes.len() >= 2 && bytes[..2].iter().all(u8::is_ascii_uppercase) {
            let Some(length) = insurance(rest) else { continue };
            let message = "this looks like a National Insurance number, which is someone’s own";
            let hint = "take it out; in an example write QQ 12 34 56 C";
            marks.push(prose.span(place.start..place.start + length), message).hint(hint);
        } else if bytes[0].is_ascii_digit()
            && let Some(length) = nhs(rest)
            && !prose.text[..place.start].trim_end().ends_with("ISBN")
        {
            let end = place.start + length;
            let message = "this looks like an NHS number, which is someone’s own";
            let hint = "take it out; in an example write 999 000 0000";
            marks.push(prose.span(place.start..end), message).hint(hint);
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
        if service.profile.is_some() {
            of_register(subject, service, marks);
        }
    }
    if let Some(letter) = subject.page.and_then(|page| page.kind.sheet()) {
        letter.fields.iter().for_each(|field| example(field, marks));
    }
}

/// People who are named in the text: `Mrs Patel`.
fn names(prose: &Prose<'_>, marks: &mut Marks) {
    for index in 0..prose.words.len().saturating_sub(1) {
        if !TITLES.contains(&prose.word(index)) || !matches!(prose.after(index), " " | ". ") {
            continue;
        }
        let name = prose.word(index + 1);
        let is_surname = name.chars().count() > 1
            && name.starts_with(char::is_uppercase)
            && name.chars().any(char::is_lowercase)
            && !NO_SURNAMES.contains(&name.trim_end_matches("’s"))
            && !WEEKDAYS.contains(&name.trim_end_matches("’s"));
        let is_made_up = prose.run_of(index).is_some_and(|run| run.is_example);
        if is_surname && !is_made_up {
            let place = prose.words[index].start..prose.words[index + 1].end;
            let message = format!("“{}” is the name of a person", &prose.text[place.clone()]);
            let hint = "name the job or the team, which stay when people go. A person who is made \
                        up stands in a box that begins with `> [!EXAMPLE]`";
            marks.push(prose.span(place), message).hint(hint).severity(Severity::Warning);
        }
    }
}

/// What an entry about a person says that leads to them past the register.
fn of_register(subject: &Subject<'_>, service: &Service, marks: &mut Marks) {
    let mut names = service.name.split_whitespace();
    let first = names.next().unwrap_or_default();
    let is_surname = |name: &str| {
        name.chars().filter(|c| c.is_alphabetic()).count() > 1
            && name.starts_with(char::is_uppercase)
    };
    if names.any(is_surname) {
        let message =
            format!("“{}” has a surname in it, and this entry is about a person", service.name);
        let hint = format!("write the first name alone: `name: {first}`");
        marks.push(subject.front("name"), message).hint(hint);
    }
    for line in &service.phones {
        let is_own = phone::parse(&line.number)
            .is_ok_and(|number| number.link.starts_with("+447") && !phone::is_nobodys(&number));
        if is_own {
            let message = format!("“{}” is a mobile number, which is someone’s own", line.number);
            let hint = "write the number of the register, which passes on messages";
            marks.push(subject.front("phones"), message).hint(hint);
        }
    }
}

/// An example that somebody could have, on a letter that everybody reads.
fn example(field: &Field, marks: &mut Marks) {
    let typed = field.example.trim();
    let starts = typed
        .char_indices()
        .filter(|(at, _)| !typed[..*at].ends_with(|c: char| c.is_ascii_alphanumeric()));
    let has = |find: fn(&str) -> Option<usize>| {
        starts.clone().any(|(at, _)| find(&typed[at..]).is_some())
    };
    let is_somebodys = match field.kind {
        FieldType::Phone => phone::parse(typed).is_ok_and(|number| !phone::is_nobodys(&number)),
        FieldType::Email => personal(typed).is_some(),
        _ => false,
    };
    let instead = match field.kind {
        _ if has(insurance) => "QQ 12 34 56 C",
        _ if has(nhs) => "999 000 0000",
        FieldType::Phone if is_somebodys => "07700 900123",
        FieldType::Email if is_somebodys => "sam@home.example",
        _ => return,
    };
    let message = format!("the example “{typed}” can be somebody’s own");
    let hint = format!("write one that nobody has: `{instead}`");
    marks.push(field.name.span, message).hint(hint);
}

/// The contacts.
fn data(world: &World<'_>, marks: &mut Marks) {
    let Some(source) = world.site.data.sources.get("contacts.yaml") else { return };
    for contact in world.site.data.contacts.values() {
        for Email { address, .. } in &contact.emails {
            let message = match (personal(&address.value), first_name(&address.value)) {
                (Some(host), _) => message(&address.value, host),
                (None, Some(first)) => {
                    format!("“{}” is the address of one person, {first}", address.value)
                }
                (None, None) => continue,
            };
            marks.push_in(source, address.span, message).hint(HINT).severity(Severity::Warning);
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
    } else if let Some(first) = first_name(address) {
        let message = format!("“{address}” is the address of one person, {first}");
        marks.push(span, message).hint(HINT).severity(Severity::Warning);
    }
}

/// The first name of the person whose address at work this is, as it begins there. Hosts that
/// are kept for examples are nobody’s.
fn first_name(address: &str) -> Option<&str> {
    let (own, host) = address.split_once('@')?;
    let (first, last) = own.split_once(['.', '_'])?;
    let is_name = last.len() > 1 && last.chars().all(|c| c.is_alphabetic() || c == '-');
    let known = FIRST_NAMES.binary_search(&first.to_lowercase().as_str()).is_ok();
    (is_name && known && !host.ends_with(".example")).then_some(first)
}

/// The personal provider that an address is at.
fn personal(address: &str) -> Option<&'static str> {
    let (_, host) = address.rsplit_once('@')?;
    PERSONAL.iter().copied().find(|known| known.eq_ignore_ascii_case(host))
}

/// The length of the National Insurance number that `text` begins with: two
/// letters, six digits and a letter from A to D, with or without spaces or hyphens.
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
        } else if !matches!(byte, b' ' | b'-') || found == number.len() {
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

/// The length of the NHS number that `text` begins with: 3, 3 and 4 digits with or without
/// spaces or hyphens, the last of which follows from the others. Source: NHS Data Dictionary,
/// NHS NUMBER, modulus 11.
fn nhs(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut digits = [0_u32; 10];
    let mut at = 0;
    for (place, digit) in digits.iter_mut().enumerate() {
        let is_gap = matches!(place, 3 | 6) && matches!(bytes.get(at)?, b' ' | b'-');
        at += usize::from(is_gap);
        *digit = (*bytes.get(at)? as char).to_digit(10)?;
        at += 1;
    }
    let ends = bytes.get(at).is_none_or(|next| !next.is_ascii_alphanumeric());
    if !ends || digits[0] == 0 || text.starts_with("999") {
        return None;
    }
    let weighted = digits.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight);
    let check = (11 - weighted.sum::<u32>() % 11) % 11;
    (check == digits[9]).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_people_begin_with_their_first_name() {
        assert!(FIRST_NAMES.is_sorted(), "they are looked for by halves");
        for own in ["jean.smith@county.gov.uk", "Sarah_Jones@trust.org.uk", "ian.o-neil@a.uk"] {
            assert!(first_name(own).is_some(), "{own}");
        }
        for other in [
            "grace.hospice@trust.org.uk",
            "direct.payments@county.gov.uk",
            "jean@county.gov.uk",
            "jean.2@county.gov.uk",
            "jean.smith@county.example",
        ] {
            assert!(first_name(other).is_none(), "{other}");
        }
    }

    #[test]
    fn numbers_of_people_have_a_shape() {
        for own in ["AB 12 34 56 C", "AB123456C.", "AB 123456 C and", "AB-12-34-56-C"] {
            assert!(insurance(own).is_some(), "{own}");
        }
        for other in ["QQ 12 34 56 C", "AB 12 34 56", "GB 12 34 56 C", "AB123456CD", "ABC 12", "AB"]
        {
            assert!(insurance(other).is_none(), "{other}");
        }
        for own in ["943 476 5919", "943-476-5919", "9434765919."] {
            assert!(nhs(own).is_some(), "{own}");
        }
        for other in ["943 476 5918", "999 000 0000", "020 794 6000", "943 476 59190", "943 47"] {
            assert!(nhs(other).is_none(), "{other}");
        }
    }
}
