//! Words as they stand in a record file, so that the reader of such files gives back
//! exactly them.
//!
//! Editors read these files, so words stand plain where nothing can be mistaken, and in
//! quotes everywhere else. What is plain is listed; what is not in the list is quoted.

use crate::parse::has_reference;

/// Where words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum YamlPlace {
    /// After a name, alone on the line.
    Line,
    /// Between the brackets of `[a, b]` or `{a: b}`.
    Brackets,
}

/// The longest value that is read back, in bytes. Quotes can make six of one.
pub(super) const LONGEST: usize = 64 * 1024;

/// Signs that mean nothing in the middle of a line.
const PLAIN: &str = " .,-–—/@’‘“”&()+£€%;!?_'…=~^$*<>|\"";

/// Of these, the ones that mean something between brackets.
const IN_BRACKETS: &str = ",'\"";

/// Words as a value: `Rowan House`, `"Open: daily"`. Words of several lines are put in
/// one pair of quotes.
pub(crate) fn yaml(text: &str, place: YamlPlace) -> String {
    if is_plain(text, place) {
        return text.to_owned();
    }
    quoted(text, place)
}

/// Words as the value of a name at the start of a line: as [`yaml`] writes them, or as
/// lines of their own below the name where they can stand like that.
pub(crate) fn lines(text: &str) -> String {
    let stands = |line: &str| {
        line.is_empty()
            || is_printable(line)
                && !line.starts_with([' ', '#'])
                && !line.ends_with(' ')
                && line.chars().all(|c| c == ' ' || !c.is_whitespace())
    };
    let has_ends = text.starts_with('\n') || text.ends_with('\n');
    if !text.contains('\n') || has_ends || !text.split('\n').all(stands) {
        return yaml(text, YamlPlace::Line);
    }
    let indented =
        text.split('\n').map(|line| if line.is_empty() { "".into() } else { format!("  {line}") });
    format!("|-\n{}", indented.collect::<Vec<_>>().join("\n"))
}

/// Words in quotes, for values that would else be read as numbers or as nothing, and
/// for names.
pub(super) fn quoted(text: &str, place: YamlPlace) -> String {
    let simple = is_printable(text) && !text.contains(['\'', '\n']);
    if place == YamlPlace::Brackets && text.contains('"') && simple && !text.contains('\\') {
        return format!("'{text}'");
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\\' => out.push_str("\\\\"),
            // Between brackets a quote ends the words, whatever stands before it.
            '"' if place == YamlPlace::Brackets => out.push_str("\\x22"),
            '"' => out.push_str("\\\""),
            c if is_printable_letter(c) => out.push(c),
            c if u32::from(c) <= 0xff => out.push_str(&format!("\\x{:02x}", u32::from(c))),
            c if u32::from(c) <= 0xffff => out.push_str(&format!("\\u{:04x}", u32::from(c))),
            c => out.push_str(&format!("\\U{:08x}", u32::from(c))),
        }
    }
    out + "\""
}

/// Words in quotes under `extra:`, where nothing may look like a reference or like
/// brackets in brackets.
pub(super) fn for_extra(text: &str) -> String {
    let mut out = quoted(text, YamlPlace::Line);
    if has_reference(&out) {
        out = out.replace('&', "\\x26").replace('*', "\\x2a");
    }
    out.replace('[', "\\x5b").replace('{', "\\x7b").replace("- - ", "\\x2d\\x20- ")
}

fn is_plain(text: &str, place: YamlPlace) -> bool {
    let good = |c: char| {
        c.is_alphanumeric() && is_printable_letter(c)
            || PLAIN.contains(c) && !(place == YamlPlace::Brackets && IN_BRACKETS.contains(c))
            || c == ':'
    };
    // Between brackets a colon may begin a value; in an address it does not.
    let is_name = place == YamlPlace::Brackets && text.contains(':') && !text.contains("://");
    let looks_like_more = is_name || text.ends_with([' ', ':']) || text.contains(": ");
    text.starts_with(|c: char| c.is_alphanumeric() || c == '£' || c == '/')
        && !looks_like_more
        && text.chars().all(good)
        && text.len() < LONGEST
}

fn is_printable(text: &str) -> bool {
    text.chars().all(is_printable_letter)
}

/// Whether a letter may stand in YAML as it is. Source: YAML 1.1, section 5.1; the marks
/// that end lines or begin files are left to escapes.
fn is_printable_letter(c: char) -> bool {
    matches!(c, ' '..='~' | '\u{a0}'..='\u{2027}' | '\u{202a}'..='\u{d7ff}' | '\u{e000}'..='\u{fefe}'
        | '\u{ff00}'..='\u{fffd}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{
        parse::Fields,
        text::{Source, Span, unseen::seen},
    };

    /// What the reader of record files makes of `text`, in every place.
    fn read_back(text: &str) -> Vec<Option<String>> {
        let file = format!(
            "v: {}\nw: {}\nlist: [{1}, x, {1}]\nmap: {{a: {1}, b: x, c: {1}}}\nmaps:\n  - {{a: {1}}}\nblock: {}\nextra:\n  {}: {}\nend: x\n",
            yaml(text, YamlPlace::Line),
            yaml(text, YamlPlace::Brackets),
            lines(text),
            for_extra(text),
            for_extra(text),
        );
        let source = Source::new("content/a.yaml", file.as_str());
        let mut fields = Fields::read(&source, Span::new(0, source.text.len()));
        let mut found = vec![fields.text("v").map(|found| found.value)];
        found.push(fields.text("w").map(|found| found.value));
        let list: Vec<_> = fields.list("list").into_iter().map(|item| item.value).collect();
        assert!(list.len() == 3 && list[1] == "x", "{file}");
        found.extend([Some(list[0].clone()), Some(list[2].clone())]);
        let mut map = fields.map("map").expect("a map");
        found.extend(["a", "c"].map(|name| map.text(name).map(|found| found.value)));
        assert_eq!(map.text("b").map(|found| found.value).as_deref(), Some("x"), "{file}");
        fields.absorb(map);
        for (_, mut map) in fields.maps("maps") {
            found.push(map.text("a").map(|found| found.value));
            fields.absorb(map);
        }
        found.push(fields.text("block").map(|found| found.value));
        let extra = fields.data("extra");
        let extra = extra.as_ref().and_then(serde_json::Value::as_object);
        let (name, value) = extra.and_then(|extra| extra.iter().next()).expect("extra");
        found.push(Some(name.clone()));
        found.push(value.as_str().map(str::to_owned));
        assert!(fields.text("end").is_some(), "{file}");
        assert_eq!(fields.finish(), [], "{file}");
        found
    }

    #[test]
    fn plain_words_stay_plain() {
        for text in ["Rowan House", "01522 300206", "£5 a day, or £20", "10.00", "9am to 5pm"] {
            assert_eq!(yaml(text, YamlPlace::Line), text);
        }
        assert_eq!(yaml("https://a.example/b", YamlPlace::Brackets), "https://a.example/b");
        assert_eq!(
            yaml("1 High Street, EX1 1AA", YamlPlace::Brackets),
            "\"1 High Street, EX1 1AA\""
        );
        assert_eq!(
            yaml("the \"Hub\", Exampleton", YamlPlace::Brackets),
            "'the \"Hub\", Exampleton'"
        );
        assert_eq!(lines("One.\n\nTwo."), "|-\n  One.\n\n  Two.");
    }

    #[test]
    fn odd_words_are_read_back() {
        for text in [
            "#1 Club",
            "a #b",
            "a: b",
            "a:",
            "- a",
            "a\n# b",
            "a\n\n b",
            "“a”",
            "'",
            "\"",
            "a\\b",
            "\\",
            "~",
            "null",
            "yes",
            "{a}",
            "[b",
            "a, b",
            "&a *b",
            "M&S [[[[ & co",
            "a\tb",
            "a\u{a0}b",
            "\u{feff}a",
            "\u{85}",
            "a\u{2028}b",
            "\u{0}",
            "–",
            "— a",
            "• a",
            "a 'b, c' d",
            "it's, 'a",
            "!a",
            "%a",
            "@a",
            "`a`",
            "a=b",
            "|-",
            ">",
            "---",
            "- - - - -",
            "a \"b\", \"c",
            "a\"",
            "\u{10ffff}",
            "\u{fffe}",
            "x: \"y",
            "?",
            "a ",
            " a",
            "a\r\nb",
            "?a",
            "a\n- b\n- c",
            "a\n---\nb",
            "a\n  b",
            "a\n\u{3000}b",
            "http://a.b: c",
            "a:b",
            "a:b, c",
        ] {
            for found in read_back(text) {
                assert_eq!(found.as_deref().map(seen), Some(seen(text)));
            }
        }
    }

    proptest! {
        #[test]
        fn all_words_are_read_back(text in "(\\PC|[ -~]|[\\x00-\\x1f\u{85}\u{a0}\u{2028}\u{feff}]|[\\[\\]{}:#,'\"&*! |>\n\\\\-]|[: \n]{2}|[a-z£é]{1,6}){1,40}") {
            for found in read_back(&text) {
                prop_assert_eq!(found.as_deref().map(seen), Some(seen(&text)));
            }
        }
    }
}
