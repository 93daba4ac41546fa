//! The same page in another form: a file of it, large print, sound, a film in sign language.
//!
//! A page names its own forms at its top, so a file that some people cannot open has a page
//! that says the same, and both are kept by whoever keeps the page. A link to the file, from
//! any page, says what is known of it.

use crate::{
    parse::{Fields, Placed, names},
    rule,
    text::date::is_source_date,
};

names! {
    /// What a form is for. The names are those that stand at the top of a page.
    Purpose {
        /// To take along, or to fill in.
        File = "files",
        /// For people who do not see well.
        LargePrint = "large print",
        /// For people who would rather listen.
        Audio = "audio",
        /// For people who sign.
        SignLanguage = "sign language",
    }
}

/// A page in another form.
#[derive(Debug, Clone)]
pub struct Form {
    /// What it is for.
    pub purpose: Purpose,
    /// Where it is: a file of the site, or an address elsewhere.
    pub link: Placed<String>,
    /// How many pages it has.
    pub pages: Option<usize>,
    /// The day, month or year that it is from, or empty.
    pub date: String,
    /// Its language, where it is not that of the page: a tag, or what people call it.
    pub language: Option<Placed<String>>,
}

/// Reads the forms of a page, in the order of [`Purpose::ALL`].
pub(super) fn read(fields: &mut Fields<'_>) -> Vec<Form> {
    let mut all = Vec::new();
    for &purpose in Purpose::ALL {
        // What a map says more is said of that one file.
        if !fields.is_map(purpose.name()) && !has_maps(fields, purpose.name()) {
            all.extend(fields.list(purpose.name()).into_iter().map(|link| Form {
                purpose,
                link,
                pages: None,
                date: String::new(),
                language: None,
            }));
            continue;
        }
        all.extend(fields.each_of(purpose.name(), |_, own| {
            let link = own.needed("file", "records.pdf");
            let pages = own.convert("pages", count, "a number of pages", "write a number: 4");
            let (date, language) = (date(own), own.text("language"));
            Some(Form { purpose, link: link?, pages: pages.map(|own| own.value), date, language })
        }));
    }
    all
}

fn has_maps(fields: &Fields<'_>, name: &str) -> bool {
    fields.place(name).is_some_and(|span| fields.at(span).contains("file:"))
}

fn count(text: &str) -> Option<usize> {
    text.trim().parse().ok().filter(|count| *count > 0)
}

fn date(fields: &mut Fields<'_>) -> String {
    let Some(date) = fields.text("date") else { return String::new() };
    if !is_source_date(&date.value, |text| fields.values().day(text)) {
        let message = format!("“{}” is not a day, a month or a year", date.value);
        let hint = "write when the file was made: `date: March 2026`";
        fields.wrong(&rule::FRONT_MATTER, date.span, message, hint);
    }
    date.value
}

/// The number of pages of a PDF, where its bytes leave no doubt: the list of pages says how
/// many there are, and as many are there. Where they are packed, nobody can tell without
/// unpacking them, and nothing is said. Source: ISO 32000-1, 7.7.3, the page tree.
pub(super) fn pages_of_pdf(bytes: &[u8]) -> Option<usize> {
    if !bytes.starts_with(b"%PDF-") {
        return None;
    }
    let (mut leaves, mut lists, mut most) = (0, 0, None);
    for start in places(bytes, b"/Type") {
        let rest = trim(&bytes[start + b"/Type".len()..]);
        let Some(rest) = rest.strip_prefix(b"/Page") else { continue };
        match rest.first() {
            Some(b's') if lists == MOST_LISTS => return None,
            Some(b's') => {
                lists += 1;
                most = most.max(number_in_object(bytes, start, b"/Count"));
            }
            Some(next) if !next.is_ascii_alphanumeric() => leaves += 1,
            _ => {}
        }
    }
    most.filter(|&count| count > 0 && count == leaves)
}

/// The most lists of pages that are looked at. Programs put about ten pages into one.
const MOST_LISTS: usize = 200;

/// The most bytes that are looked at before and behind a place: a list of thousands of pages
/// fits, and a file of any bytes takes no longer than reading it.
const LONGEST_OBJECT: usize = 64 * 1024;

/// A number of the object that a place is in.
fn number_in_object(bytes: &[u8], at: usize, name: &[u8]) -> Option<usize> {
    let before = &bytes[at.saturating_sub(LONGEST_OBJECT)..at];
    let start = before.windows(4).rposition(|part| part == b" obj")? + at - before.len();
    let object = &bytes[start..bytes.len().min(at + LONGEST_OBJECT)];
    let object = &object[..object.windows(6).position(|part| part == b"endobj")?];
    let place = places(object, name).next()?;
    let digits = trim(&object[place + name.len()..]);
    let end = digits.iter().position(|byte| !byte.is_ascii_digit()).unwrap_or(digits.len());
    std::str::from_utf8(&digits[..end]).ok()?.parse().ok()
}

fn places<'a>(bytes: &'a [u8], name: &'a [u8]) -> impl Iterator<Item = usize> + 'a {
    let starts = bytes.windows(name.len()).enumerate();
    starts.filter(move |(_, part)| *part == name).map(|(at, _)| at)
}

fn trim(bytes: &[u8]) -> &[u8] {
    bytes.trim_ascii_start()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_counted_where_the_bytes_leave_no_doubt() {
        let tree = "%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n";
        let two = "2 0 obj <</Type/Pages /Count 2 /Kids [3 0 R 4 0 R]>> endobj\n";
        let leaf = "3 0 obj << /Type /Page /Parent 2 0 R >> endobj\n";
        let of = |parts: &[&str]| pages_of_pdf(parts.concat().as_bytes());
        assert_eq!(of(&[tree, two, leaf, leaf]), Some(2));
        // A page is packed, or an old one was left in the file.
        assert_eq!(of(&[tree, two, leaf]), None);
        assert_eq!(of(&[tree, two, leaf, leaf, leaf]), None);
        let packed = "2 0 obj << /Type /ObjStm /N 4 >> stream endobj\n";
        assert_eq!(of(&[tree, packed]), None);
        assert_eq!(of(&["GIF89a", two, leaf, leaf]), None);
        for odd in ["%PDF-", "%PDF-/Type/Pages", "%PDF- obj/Type/Pages/Count endobj"] {
            assert_eq!(of(&[odd]), None, "{odd}");
        }
    }
}
