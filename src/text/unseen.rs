//! Characters that nobody sees (zero-width characters, soft hyphens), which come with words
//! that are pasted from elsewhere.
//!
//! A soft hyphen in the middle of a word keeps search from finding it, and a mark of
//! direction round a phone number makes another number of it.

use std::borrow::Cow;

/// The characters that nobody misses in running text: soft hyphens, spaces without width,
/// joiners, marks of the order of bytes.
const UNSEEN: [&str; 4] = ["\u{ad}", "\u{200b}", "\u{2060}", "\u{feff}"];

fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')
}

/// Whether a text holds one of them. Searching for a text is many times as quick as asking of
/// each character.
fn holds_unseen(text: &str) -> bool {
    UNSEEN.iter().any(|unseen| text.contains(unseen))
}

/// Whether a space without width may stand after a letter: in Thai, Lao, Burmese and Khmer
/// it parts words.
pub fn parts_words(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

/// The first character that nobody sees, and where it is. The mark at the beginning of a
/// file is meant.
pub fn first_unseen(text: &str) -> Option<(usize, char)> {
    if !holds_unseen(text) {
        return None;
    }
    let mut before = ' ';
    let is_found = |(at, c): &(usize, char)| {
        let parts = *c == '\u{200b}' && parts_words(std::mem::replace(&mut before, *c));
        is_unseen(*c) && !parts && (*at > 0 || *c != '\u{feff}')
    };
    text.char_indices().find(is_found)
}

/// Text without what nobody sees in it.
pub fn seen(text: &str) -> Cow<'_, str> {
    if text.is_ascii() || !holds_unseen(text) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if !is_unseen(c) || c == '\u{200b}' && out.ends_with(parts_words) {
            out.push(c);
        }
    }
    out.into()
}

/// A name, a number or an address without what nobody sees in it: marks of direction mean
/// nothing there, and every space is one.
pub fn bare(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return text.into();
    }
    let is_mark = |c: char| {
        is_unseen(c)
            || matches!(c, '\u{200c}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let bare = text.chars().filter(|c| !is_mark(*c));
    bare.map(|c| if c.is_whitespace() && !c.is_control() { ' ' } else { c })
        .collect::<String>()
        .into()
}

/// Markdown as it is meant where a space that does not break, or a character that nobody sees,
/// keeps a line from being a heading, an item or an empty line. As long as before, so that
/// places stay right.
pub fn plain_marks(text: &str) -> Cow<'_, str> {
    let is_kept = |c: char| c == '\u{a0}' || is_unseen(c);
    if text.is_ascii() || !(text.contains('\u{a0}') || holds_unseen(text)) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let is_blank = |c: char| is_kept(c) || c.is_whitespace() || matches!(c, '|' | '-' | ':');
        // The run of characters before the mark, the mark, and one after it.
        let begin = line.len() - line.trim_start_matches(['>', ' ', '\t']).len();
        let inner = line[begin..].trim_start_matches(is_kept);
        let start = line.len() - inner.len();
        let mark = if line.chars().all(is_blank) { line.len() } else { mark(inner) };
        let is_marked = mark > 0 && start - begin <= 3;
        let end = match line[start..].get(mark..).and_then(|rest| rest.chars().next()) {
            Some(c) if is_kept(c) => start + mark + c.len_utf8(),
            _ => (start + mark).min(line.len()),
        };
        if !is_marked && mark < line.len() {
            out.push_str(line);
            continue;
        }
        for c in line[..end].chars() {
            let spaces = if is_kept(c) { c.len_utf8() } else { 0 };
            out.extend(std::iter::repeat_n(' ', spaces));
            out.extend((spaces == 0).then_some(c));
        }
        out.push_str(&line[end..]);
    }
    out.into()
}

/// How long the mark of a heading or an item is at the start of a line, if a space that does
/// not break stands after it or it is one already.
fn mark(line: &str) -> usize {
    let signs = line.bytes().take_while(|b| *b == b'#').count();
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let length = match line.as_bytes().get(digits) {
        _ if (1..=6).contains(&signs) => signs,
        Some(b'-' | b'*' | b'+') if digits == 0 => 1,
        Some(b'.' | b')') if digits > 0 => digits + 1,
        _ => return 0,
    };
    if line[length..].starts_with([' ', '\u{a0}']) { length } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_sees_is_left_out() {
        assert_eq!(seen("direct pay\u{ad}ment\u{200b}s\u{a0}a"), "direct payments\u{a0}a");
        assert_eq!(seen("ก\u{200b}ข"), "ก\u{200b}ข");
        assert_eq!(bare("\u{202a}0306\u{a0}999\u{202c}"), "0306 999");
        assert_eq!(first_unseen("\u{feff}a\u{ad}"), Some((4, '\u{ad}')));
    }

    #[test]
    fn marks_are_marks_with_any_space() {
        for (typed, meant) in [
            ("##\u{a0}What\n", "##  What\n"),
            ("\u{200b}## What", "   ## What"),
            ("-\u{a0}a\n1.\u{a0}b", "-  a\n1.  b"),
            ("> *\u{a0}a\u{a0}b", "> *  a\u{a0}b"),
            ("a\n\u{a0}\nb", "a\n  \nb"),
            ("|\u{a0}---\u{a0}|\n", "|  ---  |\n"),
            ("\u{a0}\u{a0}\u{a0}\u{a0}a", "\u{a0}\u{a0}\u{a0}\u{a0}a"),
            ("10\u{a0}miles - 3\u{a0}", "10\u{a0}miles - 3\u{a0}"),
        ] {
            assert_eq!(plain_marks(typed), meant);
        }
    }
}
