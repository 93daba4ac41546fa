//! What stands in a cell: numbers, dates, addresses and lists as people type them.
//!
//! What can be read in two ways is refused, with something to write instead. What is
//! refused stays in the record as a note, so nothing is lost and nothing is guessed.

use std::{cell::RefCell, collections::BTreeSet};

use crate::{
    model::{
        data::{is_email, is_web_address},
        kind::{Way, language},
        spoken::SPOKEN_LANGUAGES,
        table::split,
    },
    parse::{YesNo, phone, postcode},
    text::{
        Date,
        date::{HOW_TO_WRITE, Months},
        degrees::degrees,
        nearest, shorten,
    },
};

/// Why a cell cannot be read, and what to write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct CellFault {
    /// `“0205 820892” is not a UK phone number: …`
    pub(super) message: String,
    /// What to do about it.
    pub(super) hint: String,
}

/// A fault of `text`: the second half of a sentence that begins with it, and a hint.
pub(super) fn fault(text: &str, message: &str, hint: impl Into<String>) -> CellFault {
    CellFault { message: format!("“{}” {message}", shorten(text)), hint: hint.into() }
}

/// What people write where there is nothing.
const NOTHING: &[&str] = &["n/a", "na", "none", "nil", "-", "–", "—", "not applicable"];

/// Whether a cell says that there is nothing.
pub(super) fn is_nothing(text: &str) -> bool {
    text.len() < 20 && NOTHING.contains(&text.trim().to_lowercase().as_str())
}

/// The longest words that are compared with all that is known, in bytes.
const COMPARED: usize = 60;

/// The known one that is nearly `text`, for hints.
pub(super) fn like<'a>(text: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    if text.len() > COMPARED { None } else { nearest(text, known) }
}

/// The longest cell in which numbers or addresses are looked for, in bytes.
const LONGEST_CELL: usize = 500;

/// The longest list of things that must be known, in bytes.
const LONGEST_LIST: usize = 20_000;

/// A phone number in groups, and what is said about it.
pub(super) type Phone = (String, String);

/// Reads `01522 300206`, `Tel: 01522 300206 (office)`, and several with `/`, `;` or “or”
/// between them.
pub(super) fn phones(text: &str) -> Result<Vec<Phone>, CellFault> {
    let why = match one_phone(text) {
        Ok(phone) => return Ok(vec![phone]),
        Err(why) => why,
    };
    if text.len() <= LONGEST_CELL {
        let marked = text.replace(" or ", ";").replace(" and ", ";").replace(" & ", ";");
        let parts = marked.split([';', '\n', '/', '|', ',']).map(str::trim);
        let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        let read: Result<Vec<Phone>, String> = parts.iter().map(|part| one_phone(part)).collect();
        if let Ok(phones) = read
            && phones.len() > 1
        {
            return Ok(phones);
        }
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let with_nought = format!("0{digits}");
    let hint = match phone::parse(&with_nought) {
        _ if text.contains(['E', 'e']) && text.contains('+') => {
            "the spreadsheet has lost digits of it: make the column text, and type the number"
                .into()
        }
        Ok(phone) if digits.len() < text.len() + 1 && !text.starts_with('0') => format!(
            "if the spreadsheet took its first 0 away, write `{}`, and make the column text",
            phone.grouped
        ),
        _ => "ring it, or look it up, and write all its digits".to_owned(),
    };
    Err(fault(text, &format!("is not a UK phone number: {why}"), hint))
}

/// What people write before a number.
const BEFORE_PHONES: &[&str] =
    &["telephone:", "telephone", "phone:", "phone", "tel:", "tel.", "tel", "t:", "call"];

fn one_phone(text: &str) -> Result<Phone, String> {
    let text = text.trim().trim_start_matches('\'').trim_end_matches(['.', ',', ';']);
    let small = text.to_lowercase();
    let before = BEFORE_PHONES.iter().find(|before| small.starts_with(**before));
    let text = before.and_then(|before| text.get(before.len()..)).unwrap_or(text).trim();
    let note = text.rfind(" (").filter(|_| text.ends_with(')')).or_else(|| text.find(" ext"));
    let (number, note) = note.map_or((text, ""), |at| text.split_at(at));
    let note = note.trim();
    let inner = note.strip_prefix('(').and_then(|note| note.strip_suffix(')')).unwrap_or(note);
    // Digits alone in brackets are a part of the number.
    if !note.is_empty() && !inner.contains(char::is_alphabetic) {
        return phone::parse(text).map(|phone| (phone.grouped, String::new()));
    }
    phone::parse(number).map(|phone| (phone.grouped, inner.trim().to_owned()))
}

/// Reads an email address, or several.
pub(super) fn emails(text: &str) -> Result<Vec<String>, CellFault> {
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | '|'));
    let words = words.filter(|word| !matches!(*word, "" | "or" | "and" | "&" | "/"));
    let bare = words.map(|word| word.strip_prefix("mailto:").unwrap_or(word));
    let found: Vec<String> = bare.map(str::to_owned).collect();
    if !found.is_empty() && found.iter().all(|address| is_email(address)) {
        return Ok(found);
    }
    Err(fault(text, "is not an email address", "write it like this: team@county.example"))
}

/// Reads a web address, and says whether `https://` had to be put before it.
pub(super) fn web(text: &str) -> Result<(String, bool), CellFault> {
    let example = "write one address, like this: https://www.rowanhouse.example/";
    if text.contains(|c: char| c.is_whitespace() || c == ';') {
        return Err(fault(text, "is not one web address", example));
    }
    let scheme = text.find("://").map_or(0, |at| at + 3);
    let whole = format!("{}{}", text[..scheme].to_lowercase(), &text[scheme..]);
    if is_web_address(&whole) {
        return Ok((whole, false));
    }
    let added = format!("https://{}", text.trim_start_matches('/'));
    let host = text.trim_start_matches('/').split(['/', '?', '#']).next().unwrap_or_default();
    let end = host.rsplit('.').next().unwrap_or_default();
    let is_host = end.len() > 1 && end.chars().all(|c| c.is_ascii_alphabetic());
    if scheme == 0 && is_host && !text.contains('@') && is_web_address(&added) {
        return Ok((added, true));
    }
    Err(fault(text, "is not a web address", example))
}

/// Reads a day, with its month in any of the languages of the site. Of days in digits,
/// `25/02/2026` is clear, and `01/02/2026` is not.
pub(super) fn date(text: &str, months: &Months) -> Result<Date, CellFault> {
    let text = text.trim();
    // Spreadsheets add the time of day.
    let day = match text.rsplit_once(' ') {
        Some((day, time)) if time.contains(':') => day.trim(),
        _ => text,
    };
    let spaced = day.replace(['-', '/'], " ");
    if let Some(date) = Date::read(day, months).or_else(|| Date::read(&spaced, months)) {
        return Ok(date);
    }
    let numbers: Vec<&str> = day.split(['/', '-', '.']).map(str::trim).collect();
    let is_number =
        |part: &&str| (1..=2).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if let [one, other, year] = numbers[..]
        && is_number(&one)
        && is_number(&other)
        && year.bytes().all(|byte| byte.is_ascii_digit())
    {
        return in_digits(text, one, other, year);
    }
    if let [day, month, year] = spaced.split(' ').collect::<Vec<_>>()[..]
        && year.len() == 2
        && let Some(date) = Date::read(&format!("{day} {month} 20{year}"), months)
    {
        let hint = format!("write the whole year: {}", date.in_english());
        return Err(fault(text, "does not say which century", hint));
    }
    if day.len() == 5 && day.bytes().all(|byte| byte.is_ascii_digit()) {
        // Excel counts from the last day but one of 1899.
        let start = Date::parse("1899-12-30");
        let meant = day.parse().ok().and_then(|days| Some(start?.plus_days(days)));
        let hint = match meant {
            Some(meant) => format!(
                "if Excel made it, it is {0}: write `{0}`, or make the column a date",
                meant.in_english()
            ),
            None => format!("make the column a date in the spreadsheet, or {HOW_TO_WRITE}"),
        };
        return Err(fault(text, "is how a spreadsheet numbers a day", hint));
    }
    Err(fault(text, "is not a date", HOW_TO_WRITE))
}

/// A day from two numbers, in either order, and the year.
fn in_digits(text: &str, one: &str, other: &str, year: &str) -> Result<Date, CellFault> {
    if year.len() != 4 {
        let hint = "write the day, the month in words and the whole year: 21 November 2026";
        return Err(fault(text, "does not say which century", hint));
    }
    match (Date::from_numbers(one, other, year), Date::from_numbers(other, one, year)) {
        (Some(date), Some(same)) if date == same => Ok(date),
        (Some(first), Some(second)) => {
            let hint = format!("write `{}` or `{}`", first.in_english(), second.in_english());
            Err(fault(text, "is one day in Britain and another in America", hint))
        }
        (Some(date), None) | (None, Some(date)) => Ok(date),
        (None, None) => Err(fault(text, "is not a day of any month", "look it up")),
    }
}

/// Reads a whole number.
pub(super) fn number(text: &str) -> Result<i64, CellFault> {
    let number = text.trim().parse();
    number.map_err(|_| fault(text, "is not a whole number", "write a number, such as 18"))
}

/// The youngest and the oldest of an age group: `18+`, `16 to 25`, `all ages`.
pub(super) fn ages(text: &str) -> Result<(Option<i64>, Option<i64>), CellFault> {
    let refused = || {
        let hint =
            "write `18+`, `16 to 25`, `under 18` or `all ages`; in words it goes under `who for`";
        fault(text, "does not say from which age to which", hint)
    };
    if text.len() > LONGEST_CELL {
        return Err(refused());
    }
    let small = text.to_lowercase().replace(['-', '–'], " to ").replace('+', " and over");
    let idle = ["aged", "ages", "age", "years", "year", "yrs", "old", "from", "of"];
    let words: Vec<&str> = small.split_whitespace().filter(|word| !idle.contains(word)).collect();
    let age = |word: &str| word.parse::<i64>().ok().filter(|age| (0..=130).contains(age));
    match words[..] {
        ["all" | "any"] => Ok((None, None)),
        [from, "and" | "or", "over" | "above" | "older" | "up"] | [from, "plus" | "upwards"] => {
            age(from).map(|from| (Some(from), None)).ok_or_else(refused)
        }
        ["under", to] => {
            age(to).filter(|to| *to > 0).map(|to| (None, Some(to - 1))).ok_or_else(refused)
        }
        [from, "to", to] => match (age(from), age(to)) {
            (Some(from), Some(to)) if from <= to => Ok((Some(from), Some(to))),
            _ => Err(refused()),
        },
        _ => Err(refused()),
    }
}

/// Reads yes or no.
pub(super) fn yes_no(text: &str) -> Result<bool, CellFault> {
    let read = YesNo::parse(text).map(|read| read.0);
    read.ok_or_else(|| fault(text, "is not yes or no", "write `yes` or `no`"))
}

/// Reads a postcode: `EX1 1AA`.
pub(super) fn whole_postcode(text: &str) -> Result<String, CellFault> {
    let refused =
        || fault(text, "is not a UK postcode", "look it up, and write it like this: EX1 1AA");
    let letters: String = text.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if letters.len() > 8 {
        return Err(refused());
    }
    let letters = letters.to_uppercase();
    let (out, inward) = letters
        .len()
        .checked_sub(3)
        .and_then(|at| letters.split_at_checked(at))
        .ok_or_else(refused)?;
    if !postcode::is_postcode(out, inward) {
        return Err(refused());
    }
    Ok(format!("{out} {inward}"))
}

/// Reads a place on the map, north first: `53.2307, -0.5406`.
pub(super) fn position(text: &str) -> Result<String, CellFault> {
    match degrees(text) {
        Ok((north, east)) => Ok(format!("{north}, {east}")),
        Err((message, hint)) => Err(fault(text, message, hint)),
    }
}

/// Looks for a postcode in an address, if there is any.
pub(super) fn address(text: &str) -> Result<(), CellFault> {
    match postcode::fault(text) {
        Some(postcode::PostcodeFault::Wrong { like, hint }) => {
            Err(fault(&like, "is not a UK postcode", hint))
        }
        Some(postcode::PostcodeFault::Missing) | None => Ok(()),
    }
}

/// The items of a cell, as they are known. Items have `;` or lines between them, or, when
/// all of them are known, commas and the like. The fault is an item that is not known.
pub(super) fn items(
    text: &str,
    known: impl Fn(&str) -> Option<String>,
) -> Result<Vec<String>, String> {
    if text.len() > LONGEST_LIST {
        return Err(text.to_owned());
    }
    let mut found: Vec<String> = Vec::new();
    for item in split(text) {
        if let Some(item) = known(&item) {
            found.push(item);
            continue;
        }
        // Dates have slashes in them, so commas come first.
        let marked = item.replace(" and ", ",").replace(" & ", ",");
        let parts = |marks: &'static [char]| {
            let parts = marked.split(marks).map(str::trim).filter(|part| !part.is_empty());
            parts.map(|part| (part, known(part))).collect::<Vec<_>>()
        };
        let (commas, all) = (parts(&[',']), parts(&[',', '/', '|']));
        let is_known = |(_, known): &(&str, Option<String>)| known.is_some();
        let whole = [&commas, &all].into_iter().find(|parts| parts.iter().all(is_known));
        if let Some(parts) = whole.filter(|parts| !parts.is_empty()) {
            found.extend(parts.iter().filter_map(|(_, item)| item.clone()));
            continue;
        }
        let odd = commas.iter().find(|part| !is_known(part));
        return Err(match odd.filter(|_| commas.iter().any(is_known)) {
            Some((part, _)) => (*part).to_owned(),
            None => item,
        });
    }
    Ok(found)
}

/// Other words for the ways to reach a service.
const WAYS: &[(&str, Way)] = &[
    ("telephone", Way::Phone),
    ("sms", Way::Text),
    ("text message", Way::Text),
    ("e-mail", Way::Email),
    ("website", Way::Online),
    ("video", Way::Online),
    ("video call", Way::Online),
    ("face to face", Way::InPerson),
    ("face-to-face", Way::InPerson),
    ("in-person", Way::InPerson),
    ("home visits", Way::HomeVisit),
    ("letter", Way::Post),
];

/// Reads the ways to reach a service.
pub(super) fn ways(text: &str) -> Result<Vec<String>, CellFault> {
    let known = |item: &str| {
        let item = item.to_lowercase();
        let other = || WAYS.iter().find(|(word, _)| *word == item).map(|(_, way)| *way);
        Way::named(&item).or_else(other).map(|way| way.name().to_owned())
    };
    items(text, known).map_err(|item| {
        let names: Vec<&str> = Way::ALL.iter().map(|way| way.name()).collect();
        let hint = match like(&item, names.iter().copied()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("write one of: {}", names.join(", ")),
        };
        fault(&item, "is not a way to reach a service", hint)
    })
}

/// Reads languages. One that nobody knows is kept when it stands alone, as it is in a
/// record; the second value is such a one.
pub(super) fn languages(text: &str) -> Result<(Vec<String>, Option<String>), CellFault> {
    let odd = RefCell::new(None);
    let alone: BTreeSet<String> = split(text).into_iter().collect();
    let known = |item: &str| {
        let found = language(item).map(str::to_owned);
        let is_list =
            item.contains([',', '/', '|']) || item.contains(" and ") || item.contains(" & ");
        if found.is_none() && !is_list && alone.contains(item) {
            odd.replace(Some(item.to_owned()));
            return Some(item.to_owned());
        }
        found
    };
    let read = items(text, known);
    read.map(|found| (found, odd.into_inner())).map_err(|item| {
        let hint = match like(&item, SPOKEN_LANGUAGES.iter().map(|(name, _)| *name)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "write its English name, such as Polish, and `;` before the next one".into(),
        };
        fault(&item, "is not a language that is known", hint)
    })
}

/// Reads the days on which a service is closed.
pub(super) fn closed(text: &str, months: &Months) -> Result<Vec<String>, CellFault> {
    match YesNo::parse(text) {
        Some(YesNo(false)) => return Ok(Vec::new()),
        Some(YesNo(true)) => {
            let hint = "write the days, or `closed for now` or `ended` under `status`";
            return Err(fault(text, "does not say when it is closed", hint));
        }
        None => {}
    }
    let one = |item: &str| {
        if matches!(item.to_lowercase().as_str(), "bank holidays" | "bank holiday") {
            return Some("bank holidays".to_owned());
        }
        let Some((first, last)) = item.split_once(" to ") else {
            return date(item, months).ok().map(|day| day.in_english());
        };
        let (first, last) = (date(first, months).ok()?, date(last, months).ok()?);
        (first <= last).then(|| format!("{} to {}", first.in_english(), last.in_english()))
    };
    items(text, one).map_err(|item| {
        let hint = "write `bank holidays`, a date, or two: 24 December 2026 to 1 January 2027";
        fault(&item, "is not a day, or days, on which it is closed", hint)
    })
}

/// What councils call the state of a service, and what records do.
const STATUSES: &[(&str, &str)] = &[
    ("active", "active"),
    ("published", "active"),
    ("live", "active"),
    ("open", "active"),
    ("current", "active"),
    ("draft", "draft"),
    ("pending", "draft"),
    ("closed for now", "closed for now"),
    ("temporarily closed", "closed for now"),
    ("ended", "ended"),
    ("closed permanently", "ended"),
    ("permanently closed", "ended"),
    ("withdrawn", "withdrawn"),
];

/// Reads the state of a service.
pub(super) fn status(text: &str) -> Result<&'static str, CellFault> {
    let wanted = text.trim().to_lowercase();
    let found = STATUSES.iter().find(|(word, _)| *word == wanted);
    found.map(|(_, status)| *status).ok_or_else(|| {
        let hint = "write `active`, `closed for now`, `ended`, `withdrawn` or `draft`";
        fault(text, "is not a status that is known", hint)
    })
}

/// One of a few names, however it is capitalised.
pub(super) fn one_of(
    text: &str,
    what: &str,
    names: &[&'static str],
) -> Result<&'static str, CellFault> {
    let wanted = text.trim();
    let found = names.iter().copied().find(|name| name.eq_ignore_ascii_case(wanted));
    found.ok_or_else(|| {
        fault(
            text,
            &format!("is not a {what} that is known"),
            format!("write one of: {}", names.join(", ")),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_are_typed_in_many_ways() {
        let one = |text: &str| {
            phones(text).map(|all| {
                all.into_iter()
                    .map(|(n, note)| format!("{n}|{note}"))
                    .collect::<Vec<_>>()
                    .join(" + ")
            })
        };
        for (typed, read) in [
            ("01522300206", "01522 300206|"),
            ("Tel: (01522) 300206", "01522 300206|"),
            ("01522 300206 (office hours)", "01522 300206|office hours"),
            ("01522 300206 ext 22", "01522 300206|ext 22"),
            ("01522300206.", "01522 300206|"),
            ("01522 300206 / 07700 900100", "01522 300206| + 07700 900100|"),
            ("+44 (0)1522 300206", "01522 300206|"),
        ] {
            assert_eq!(one(typed).as_deref(), Ok(read), "{typed}");
        }
        let said = |text: &str| phones(text).map_err(|fault| fault.message + " | " + &fault.hint);
        assert_eq!(
            said("0205 820892"),
            Err("“0205 820892” is not a UK phone number: it has 10 digits, and numbers that start 02 have 11 | \
                 ring it, or look it up, and write all its digits".into())
        );
        assert!(said("1522300206").is_err_and(|said| said.contains("write `01522 300206`")));
        assert!(said("1.52E+09").is_err_and(|said| said.contains("lost digits")));
    }

    #[test]
    fn days_in_digits_are_read_when_they_are_clear() {
        let months = Months::default();
        let words = |text: &str| {
            date(text, &months).map(|date| date.in_english()).map_err(|fault| fault.message)
        };
        for text in [
            "25/02/2026",
            "2026-02-25 00:00:00",
            "25-Feb-2026",
            "25.2.2026",
            "02/25/2026",
            "25 Feb 2026",
        ] {
            assert_eq!(words(text).as_deref(), Ok("25 February 2026"), "{text}");
        }
        assert_eq!(words("05/05/2026").as_deref(), Ok("5 May 2026"));
        for (text, why) in [
            ("01/02/2026", "is one day in Britain and another in America"),
            ("25/02/26", "does not say which century"),
            ("25-Feb-26", "does not say which century"),
            ("31/31/2026", "is not a day of any month"),
            ("46078", "is how a spreadsheet numbers a day"),
            ("soon", "is not a date"),
            ("", "is not a date"),
            ("é/ü/1", "is not a date"),
        ] {
            assert_eq!(words(text), Err(format!("“{text}” {why}")), "{text}");
        }
    }

    #[test]
    fn addresses_are_made_whole_or_refused() {
        assert_eq!(
            web("www.rowanhouse.example"),
            Ok(("https://www.rowanhouse.example".into(), true))
        );
        assert_eq!(web("HTTPS://A.example/B"), Ok(("https://A.example/B".into(), false)));
        for text in [
            "none yet",
            "a@b.example",
            "Facebook",
            "ftp://a.example",
            "https://a.example https://b.example",
        ] {
            assert!(web(text).is_err(), "{text}");
        }
        assert_eq!(emails("a@b.example; mailto:c@d.example").map(|all| all.len()), Ok(2));
        assert!(emails("a@b").is_err() && emails("").is_err());
        assert_eq!(whole_postcode("ex11aa").as_deref(), Ok("EX1 1AA"));
        for text in ["LEIO 1AA", "EX1", "", "é1 1AA", "EX1 1AA EX1 1AA"] {
            assert!(whole_postcode(text).is_err(), "{text}");
        }
    }

    #[test]
    fn lists_are_split_where_it_is_clear() {
        assert_eq!(ways("Telephone, face to face"), Ok(vec!["phone".into(), "in person".into()]));
        assert_eq!(
            ways("phone, fax").map_err(|fault| fault.message),
            Err("“fax” is not a way to reach a service".into())
        );
        assert_eq!(languages("English, Polish and BSL").map(|(all, _)| all.len()), Ok(3));
        assert_eq!(
            languages("Klingon; en"),
            Ok((vec!["Klingon".into(), "English".into()], Some("Klingon".into())))
        );
        assert!(languages("English, Klingon").is_err());
        let closed = |text: &str| closed(text, &Months::default());
        assert_eq!(
            closed("Bank holidays, 25/12/2026").map(|all| all.join("; ")).as_deref(),
            Ok("bank holidays; 25 December 2026")
        );
        assert!(closed("August").is_err() && closed("yes").is_err() && closed("No").is_ok());
    }

    #[test]
    fn ages_are_read_when_they_are_clear() {
        for (text, read) in [
            ("18+", (Some(18), None)),
            ("Aged 16-25 years", (Some(16), Some(25))),
            ("65 and over", (Some(65), None)),
            ("Under 18", (None, Some(17))),
            ("All ages", (None, None)),
        ] {
            assert_eq!(ages(text), Ok(read), "{text}");
        }
        for text in ["Adults", "over 55", "25-16", "", "-5"] {
            assert!(ages(text).is_err(), "{text}");
        }
    }
}
