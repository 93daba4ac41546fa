//! Phone numbers in the United Kingdom. The only file that names phonenumber,
//! which carries the numbering plan.
//!
//! A wrong number on a page is worse than none: someone rings it in a crisis.

use phonenumber::{Mode, country};

use crate::text::unseen::bare;

/// Short numbers that are right as they are, in groups. Source: Ofcom, National Telephone
/// Numbering Plan, part on access codes (101, 105, 111, 112, 116xxx, 119, 159, 999),
/// and 18000 to 18002, the prefixes of Relay UK.
const SHORT: &[&str] = &[
    "101", "105", "111", "112", "116 000", "116 006", "116 111", "116 117", "116 123", "119",
    "159", "999", "18000", "18001", "18002",
];

/// The most digits of a number with the prefix of Relay UK: `18001 +44 (0)306 999 0100`.
const LONGEST_WITH_RELAY: usize = 18;

/// Numbers for an emergency: nobody answers questions there.
const EMERGENCY: &[&str] = &["112", "999", "18000"];

/// What Relay UK is reached with, before the number itself: by those who type, and by those
/// who call them.
pub const RELAY: &[&str] = &["18001", "18002"];

/// Whether digits are a whole number that everyone knows, of which words must say that it is to
/// be called: “call 999”, and not “999 people”.
pub fn is_short(digits: &str) -> bool {
    matches!(digits.len(), 3 | 5) && SHORT.contains(&digits) && !RELAY.contains(&digits)
}

/// Whether a number is for an emergency, and nobody to ask.
pub fn is_emergency(number: &Phone) -> bool {
    EMERGENCY.contains(&number.link.as_str())
}

/// Ranges that Ofcom keeps for drama and examples. They never ring, and the
/// numbering plan does not list all of them. Source: Ofcom, Telephone numbers
/// for use in TV and radio drama programmes.
const EXAMPLES: &[&str] = &["01632960", "07700900", "03069990", "08081570"];

/// The other ranges that Ofcom keeps for that, which the numbering plan has.
#[rustfmt::skip] // a list of numbers
const DRAMA: &[&str] = &[
    "0113496", "0114496", "0115496", "0116496", "0117496", "0118496", "0121496", "0131496",
    "0141496", "0151496", "0161496", "02079460", "0191498", "02896496", "02920180", "09098790",
];

/// Whether a number is one that nobody has, or one that is no person’s: a short one.
pub fn is_nobodys(number: &Phone) -> bool {
    let national = number.link.replacen("+44", "0", 1);
    !national.starts_with('0')
        || EXAMPLES.iter().chain(DRAMA).any(|range| national.starts_with(range))
}

/// A number that can be called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phone {
    /// In groups, for reading aloud: `0306 999 0100`.
    pub grouped: String,
    /// For a `tel:` link: `+443069990100`.
    pub link: String,
}

/// Reads a number as people write it, or says in words why it cannot exist.
///
/// # Errors
///
/// What is wrong with the number, as the second half of a sentence that begins
/// with it: `“0205 820892” is not a UK phone number: it has 10 digits …`.
pub fn parse(text: &str) -> Result<Phone, String> {
    let text = &*bare(text);
    let text = text.trim();
    let strange = text.chars().find(|c| !c.is_ascii_digit() && !" +()-–\u{a0}".contains(*c));
    if let Some(c) = strange {
        return Err(format!("it has “{c}” in it"));
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let is_it = |short: &&&str| short.bytes().filter(|byte| *byte != b' ').eq(digits.bytes());
    if let Some(short) = SHORT.iter().find(is_it) {
        return Ok(Phone { grouped: (*short).to_owned(), link: digits });
    }
    // By Relay UK: its prefix is dialled, and then the number as people in this country do.
    if let Some((prefix, rest)) = RELAY.iter().find_map(|prefix| {
        let rest = text.strip_prefix(prefix)?;
        let is_one = rest.starts_with([' ', '-', '0']) && digits.len() <= LONGEST_WITH_RELAY;
        is_one.then_some((prefix, rest))
    }) {
        let own = parse(rest.trim_start_matches([' ', '-']))?;
        if !own.link.starts_with("+44") {
            return Err("Relay UK is dialled before a whole number".into());
        }
        let (grouped, link) = (own.grouped, own.link.replacen("+44", "0", 1));
        return Ok(Phone {
            grouped: format!("{prefix} {grouped}"),
            link: format!("{prefix}{link}"),
        });
    }
    let national = if let Some(rest) = digits.strip_prefix("44").filter(|_| text.starts_with('+')) {
        format!("0{}", rest.strip_prefix('0').unwrap_or(rest))
    } else if text.starts_with('+') {
        return Err("it is in another country".into());
    } else {
        digits
    };
    if !national.starts_with('0') {
        return Err("it does not start with 0".into());
    }
    let link = format!("+44{}", &national[1..]);
    let (area, middle) =
        if national.starts_with("01632") || national.starts_with("07") { (5, 3) } else { (4, 3) };
    if national.len() == 11 && EXAMPLES.iter().any(|range| national.starts_with(range)) {
        let (a, rest) = national.split_at(area);
        let (b, c) = rest.split_at(middle);
        let grouped = if area == 5 { format!("{a} {rest}") } else { format!("{a} {b} {c}") };
        return Ok(Phone { grouped, link });
    }
    let number = phonenumber::parse(Some(country::GB), &national).ok();
    let number = number.filter(phonenumber::is_valid);
    match number {
        Some(number) => {
            Ok(Phone { grouped: number.format().mode(Mode::National).to_string(), link })
        }
        None => Err(why(&national)),
    }
}

fn why(national: &str) -> String {
    let length = national.len();
    let start = &national[..national.len().min(2)];
    match start {
        "02" | "03" | "07" if length != 11 => {
            format!("it has {length} digits, and numbers that start {start} have 11")
        }
        _ if !(10..=11).contains(&length) => {
            format!("it has {length} digits, and UK numbers have 11, or a few 10")
        }
        _ => "no number in the UK starts like that".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_numbers_pass_and_are_grouped() {
        for (text, grouped) in [
            ("03003038789", "0300 303 8789"),
            ("01926 413908", "01926 413908"),
            ("+441522300206", "01522 300206"),
            ("+44 (0)1522 705162", "01522 705162"),
            ("0116 454 1010", "0116 454 1010"),
            ("08000014331", "0800 001 4331"),
            ("999", "999"),
            ("159", "159"),
            ("116123", "116 123"),
            ("116 123", "116 123"),
            ("18001 03069990100", "18001 0306 999 0100"),
            ("0306 999 0100", "0306 999 0100"),
            ("07700 900100", "07700 900100"),
        ] {
            assert_eq!(parse(text).map(|phone| phone.grouped).as_deref(), Ok(grouped), "{text}");
        }
        for (text, link) in [
            ("01522 300206", "+441522300206"),
            ("116 123", "116123"),
            ("105", "105"),
            // A phone that dials +44 after the prefix reaches nobody.
            ("18001 0306 999 0100", "1800103069990100"),
            ("18001 +44 306 999 0100", "1800103069990100"),
        ] {
            assert_eq!(parse(text).map(|phone| phone.link).as_deref(), Ok(link), "{text}");
        }
    }

    #[test]
    fn a_number_that_cannot_exist_is_told_why() {
        let why = parse("0205 820892").expect_err("it cannot exist");
        assert_eq!(why, "it has 10 digits, and numbers that start 02 have 11");
        for text in [
            "",
            "12",
            "116 124",
            "18001 12",
            "18001 18001",
            "0300 303 878",
            "+1 202 555 0143",
            "0123 four",
            "09",
            "0999 999 9999",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
