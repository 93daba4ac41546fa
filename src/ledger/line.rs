//! One line of the ledger: `/manage/records/: {first: 2026-11-29, ids: [keep, send]}`. Any
//! program that knows YAML reads it; this reads no more of YAML than such lines.

use std::{fmt::Write as _, iter::Peekable, str::CharIndices};

use super::Entry;
use crate::text::Date;

/// Adds a line to `text`.
pub(super) fn write(address: &str, entry: &Entry, text: &mut String) {
    text.push_str(&quoted(address));
    text.push_str(": {");
    let mut named = Named { text, is_first: true };
    if let Some(first) = entry.first {
        let _ = write!(named.begin("first"), "{first}");
    }
    for (name, value) in [("file", &entry.file), ("to", &entry.to)] {
        if !value.is_empty() {
            named.begin(name).push_str(&quoted(value));
        }
    }
    if entry.staff {
        named.begin("staff").push_str("yes");
    }
    if let Some(gone) = entry.gone {
        let _ = write!(named.begin("gone"), "{gone}");
    }
    named.list("ids", entry.ids.iter());
    named.list("staff ids", entry.staff_ids.iter());
    if !entry.was.is_empty() {
        let text = named.begin("was");
        for (place, (old, now)) in entry.was.iter().enumerate() {
            text.push_str(if place == 0 { "{" } else { ", " });
            text.push_str(&format!("{}: {}", quoted(old), quoted(now)));
        }
        text.push('}');
    }
    text.push_str("}\n");
}

struct Named<'a> {
    text: &'a mut String,
    is_first: bool,
}

impl Named<'_> {
    fn begin(&mut self, name: &str) -> &mut String {
        if !std::mem::replace(&mut self.is_first, false) {
            self.text.push_str(", ");
        }
        self.text.push_str(name);
        self.text.push_str(": ");
        self.text
    }

    fn list<'b>(&mut self, name: &str, words: impl Iterator<Item = &'b String>) {
        let mut words = words.peekable();
        if words.peek().is_none() {
            return;
        }
        let text = self.begin(name);
        for (place, word) in words.enumerate() {
            text.push_str(if place == 0 { "[" } else { ", " });
            text.push_str(&quoted(word));
        }
        text.push(']');
    }
}

/// Whether a word needs no quotation marks.
fn is_plain(word: &str) -> bool {
    let starts = word.starts_with(|c: char| c.is_alphanumeric() || c == '/');
    starts && word.chars().all(|c| c.is_alphanumeric() || "/._~%+#-".contains(c))
}

/// A word as YAML reads it back, in quotation marks where it needs them.
pub fn quoted(word: &str) -> String {
    if is_plain(word) {
        return word.to_owned();
    }
    let mut text = String::from('"');
    for c in word.chars() {
        match c {
            '"' | '\\' => text.extend(['\\', c]),
            c if c.is_control() => _ = write!(text, "\\u{:04x}", u32::from(c)),
            c => text.push(c),
        }
    }
    text.push('"');
    text
}

/// Reads a line; or says what is wrong with it.
pub(super) fn read(line: &str) -> Result<(String, Entry), &'static str> {
    let mut reader = Reader { line, chars: line.char_indices().peekable() };
    let address = reader.word().ok_or("it does not begin with an address")?;
    if !address.starts_with('/') {
        return Err("its address does not begin with /");
    }
    reader.expect(':').ok_or("it has no colon after the address")?;
    let mut entry = Entry::default();
    reader.expect('{').ok_or("what follows the address is not in curly brackets")?;
    while reader.expect('}').is_none() {
        let unread = "what is in its curly brackets cannot be read";
        let name = reader.word().ok_or(unread)?;
        reader.expect(':').ok_or(unread)?;
        match &*name {
            "first" => entry.first = Some(reader.date()?),
            "gone" => entry.gone = Some(reader.date()?),
            "file" => entry.file = reader.word().ok_or(unread)?,
            "to" => entry.to = reader.word().ok_or(unread)?,
            "staff" => entry.staff = reader.word().ok_or(unread)? == "yes",
            "ids" => entry.ids = reader.list().ok_or(unread)?,
            "staff ids" => entry.staff_ids = reader.list().ok_or(unread)?.into_iter().collect(),
            "was" => {
                reader.expect('{').ok_or(unread)?;
                while reader.expect('}').is_none() {
                    let old = reader.word().ok_or(unread)?;
                    reader.expect(':').ok_or(unread)?;
                    entry.was.insert(old, reader.word().ok_or(unread)?);
                    reader.expect(',');
                }
            }
            _ => return Err("it has a name that the ledger does not have"),
        }
        reader.expect(',');
    }
    reader.spaces();
    match reader.chars.next() {
        None | Some((_, '#')) => Ok((address, entry)),
        Some(_) => Err("something stands after its curly brackets"),
    }
}

struct Reader<'a> {
    line: &'a str,
    chars: Peekable<CharIndices<'a>>,
}

impl Reader<'_> {
    fn spaces(&mut self) {
        while self.chars.next_if(|(_, c)| c.is_whitespace()).is_some() {}
    }

    fn expect(&mut self, wanted: char) -> Option<()> {
        self.spaces();
        self.chars.next_if(|(_, c)| *c == wanted).map(|_| ())
    }

    fn list(&mut self) -> Option<Vec<String>> {
        let mut words = Vec::new();
        self.expect('[')?;
        while self.expect(']').is_none() {
            words.push(self.word()?);
            self.expect(',');
        }
        Some(words)
    }

    fn date(&mut self) -> Result<Date, &'static str> {
        let word = self.word();
        word.and_then(|day| Date::parse(&day)).ok_or("its date is none: write it like 2026-11-21")
    }

    /// A word, in quotation marks or without. A colon ends it when a space follows.
    fn word(&mut self) -> Option<String> {
        self.spaces();
        if self.expect('"').is_some() {
            return self.in_marks();
        }
        let start = self.chars.peek()?.0;
        let mut end = start;
        while let Some(&(at, c)) = self.chars.peek() {
            let rest = &self.line[at + c.len_utf8()..];
            let is_colon = c == ':' && (rest.is_empty() || rest.starts_with([' ', '\t']));
            if is_colon || ",[]{}".contains(c) || c == '#' && self.line[..at].ends_with(' ') {
                break;
            }
            end = at + c.len_utf8();
            self.chars.next();
        }
        let word = self.line[start..end].trim_end();
        (!word.is_empty()).then(|| word.to_owned())
    }

    fn in_marks(&mut self) -> Option<String> {
        let mut word = String::new();
        loop {
            match self.chars.next()?.1 {
                '"' => return Some(word),
                '\\' => match self.chars.next()?.1 {
                    'u' => {
                        let code: String = self.chars.by_ref().take(4).map(|(_, c)| c).collect();
                        word.push(char::from_u32(u32::from_str_radix(&code, 16).ok()?)?);
                    }
                    c => word.push(c),
                },
                c => word.push(c),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        let day = Date::parse("2026-11-29");
        let strange = ["a: b", "x, y", "“q”", "\"", "\\", "]", "{", "#", "a #b", "\n", "été", "-"];
        let entry = Entry {
            first: day,
            file: "my page.md".into(),
            ids: strange.iter().map(|id| (*id).to_owned()).collect(),
            was: strange.iter().map(|id| (format!("old {id}"), (*id).to_owned())).collect(),
            staff_ids: strange[..3].iter().map(|id| (*id).to_owned()).collect(),
            to: "/a/#b: c".into(),
            staff: true,
            gone: day,
            at: 0,
        };
        for address in ["/", "/a/b/", "/a b:c/", "/é/", "/x.pdf", "/%20/", "/a\"b/"] {
            let mut line = String::new();
            write(address, &entry, &mut line);
            assert_eq!(line.matches('\n').count(), 1);
            assert_eq!(read(line.trim_end()), Ok((address.to_owned(), entry.clone())), "{line}");
        }
        let plain = "/manage/: {first: 2026-11-29, file: manage/index.md, ids: [a, b-2]}\n";
        let (address, entry) = read(plain.trim_end()).expect("a line");
        let mut line = String::new();
        write(&address, &entry, &mut line);
        assert_eq!(line, plain);
    }

    #[test]
    fn lines_that_somebody_changed_by_hand() {
        assert!(read("/a/:   { first: 2026-11-29 , ids: [ a,b ], }  # ours").is_ok());
        for line in [
            "a/: {first: 2026-11-29}",
            "/a/ {first: 2026-11-29}",
            "/a/: 2026-11-29",
            "/a/: {first: yesterday}",
            "/a/: {first: 2026-02-30}",
            "/a/: {since: 2026-11-29}",
            "/a/: {ids: [a, b}",
            "/a/: {ids: [a",
            "/a/: {file: \"a}",
            "/a/: {was: {a}}",
            "/a/: {} x",
            "- /a/",
            "{",
            ":",
        ] {
            assert!(read(line).is_err(), "{line}");
        }
    }
}
