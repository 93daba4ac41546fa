//! Words as people hear them: what is left of a text when capitals, signs and
//! white space no longer count.

use std::borrow::Cow;

/// The words of a text, in small letters. What stands in brackets is left out:
/// `Search by date (day, month)` is `search`, `by`, `date`.
pub(super) fn words(text: &str) -> Vec<String> {
    spoken(text).split_ascii_whitespace().map(str::to_owned).collect()
}

/// The words of a text with one space between them: what two texts have in
/// common that sound alike.
pub(super) fn spoken(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut is_apart = false;
    let mut add = |c: char, is_apart: &mut bool| {
        if std::mem::take(is_apart) && !out.is_empty() {
            out.push(' ');
        }
        out.push(c);
    };
    for c in outside_brackets(text).chars() {
        match c {
            'a'..='z' | '0'..='9' => add(c, &mut is_apart),
            // An apostrophe is inside a word: “what’s” is read as one. The others take no room.
            '\'' | '’' | 'ʼ' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => {}
            '&' => {
                is_apart = true;
                "and".chars().for_each(|c| add(c, &mut is_apart));
                is_apart = true;
            }
            c if c.is_alphanumeric() => c.to_lowercase().for_each(|c| add(c, &mut is_apart)),
            _ => is_apart = true,
        }
    }
    out
}

/// Whether `part` occurs in `whole`, word after word.
pub(super) fn contains(whole: &[String], part: &[String]) -> bool {
    let whole = format!(" {} ", whole.join(" "));
    part.is_empty() || whole.contains(&format!(" {} ", part.join(" ")))
}

/// Whether nothing of a name is read aloud although it is not empty: letters of a font
/// of pictures, spaces that take no room.
pub(super) fn is_silent(name: &str) -> bool {
    let is_silent = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
            || matches!(c, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
    };
    !name.trim().is_empty() && name.chars().all(is_silent)
}

/// A text as a message quotes it: the start of a long one.
pub(super) fn short(text: &str) -> String {
    const MOST_CHARACTERS: usize = 60;
    match text.char_indices().nth(MOST_CHARACTERS) {
        Some((at, _)) => format!("{}…", text[..at].trim_end()),
        None => text.to_owned(),
    }
}

/// The file that an address names, as people know it: `bus.png`. Nothing when
/// the picture is written into the page.
pub(super) fn file_name(address: &str) -> Option<&str> {
    if address.trim_start().starts_with("data:") {
        return None;
    }
    let path = address.split(['?', '#']).next().unwrap_or_default().trim();
    let name = path.rsplit('/').next().unwrap_or_default();
    (!name.is_empty()).then_some(name)
}

fn outside_brackets(text: &str) -> Cow<'_, str> {
    if !text.contains(['(', '[']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut open = Vec::new();
    for c in text.chars() {
        match c {
            '(' | '[' => {
                open.push(out.len());
                out.push(' ');
            }
            ')' | ']' => {
                if let Some(at) = open.pop() {
                    out.truncate(at);
                }
                out.push(' ');
            }
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_and_capitals_do_not_count() {
        assert_eq!(
            spoken("  What’s new?  (PDF, 2 MB) – Read & print…"),
            "whats new read and print"
        );
    }

    #[test]
    fn a_bracket_that_is_never_closed_hides_nothing() {
        assert_eq!(spoken("Dates (from [May) to June"), "dates from to june");
    }

    #[test]
    fn words_stand_next_to_each_other() {
        let whole = words("Download the form");
        assert!(contains(&whole, &words("the form")));
        assert!(!contains(&whole, &words("Download form")));
        assert!(!contains(&whole, &words("the for")));
    }
}
