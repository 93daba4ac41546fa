//! Files of an Open Referral feed, taken apart into its services, each with its place.
//!
//! Only where each service begins and ends is looked for here; what it says is read one
//! service at a time, so that no more of a long feed than its text is ever in memory as JSON.
//! A file that ends too early or is no JSON is not used at all: what is missing from half a
//! feed would look like services that are gone.

use serde_json::Value;

use crate::{
    diagnostic::Diagnostic,
    parse::sheet::MOST_ROWS,
    rule,
    text::{Source, Span, wording::counted},
};

/// A service of a feed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Place {
    /// Which service of its file, from 1.
    pub(super) number: usize,
    /// The file, from 0.
    pub(super) file: usize,
    /// Where it is in its file.
    pub(super) span: Span,
}

/// The names under which the services of a page stand: of Open Referral UK 3.0 and 1.0.
const LISTS: &[&str] = &["contents", "content", "services"];

/// The names that say how many services there are on all pages.
const TOTALS: &[&str] = &["total_items", "totalElements"];

/// Where the places of each file begin, among those of all.
pub(super) fn starts(files: &[Source]) -> Vec<usize> {
    let ends = files.iter().scan(0, |end, file| {
        let start = *end;
        *end += file.text.len() + 1;
        Some(start)
    });
    ends.collect()
}

/// What was found, file by file, with the places of each.
pub fn by_file(files: &[Source], problems: Vec<Diagnostic>) -> Vec<Vec<Diagnostic>> {
    let starts = starts(files);
    let mut all = vec![Vec::new(); files.len()];
    for mut found in problems {
        let file = starts.partition_point(|start| *start <= found.span.start).saturating_sub(1);
        let start = starts.get(file).copied().unwrap_or_default();
        found.span = Span::new(found.span.start - start, found.span.end - start);
        if let Some(own) = all.get_mut(file) {
            own.push(found);
        }
    }
    all
}

/// The services of all files, in order; nothing when one of the files cannot be used.
pub(super) fn services(files: &[Source], problems: &mut Vec<Diagnostic>) -> Option<Vec<Place>> {
    let before = problems.len();
    let (mut all, mut total) = (Vec::new(), 0);
    for (file, (source, start)) in files.iter().zip(starts(files)).enumerate() {
        let mut reader = Reader { text: &source.text, at: 0, spans: Vec::new(), total: 0 };
        if let Err(broken) = reader.file() {
            problems.push(said(&reader, broken, start));
        }
        total = total.max(reader.total);
        let places = reader.spans.into_iter().enumerate();
        all.extend(places.map(|(at, span)| Place { number: at + 1, file, span }));
    }
    if problems.len() > before {
        return None;
    }
    let about = |message: String, hint: &str| {
        Diagnostic::error(&rule::IMPORT, Span::default(), message).hint(hint)
    };
    if all.is_empty() {
        let hint = "save the page of the feed that ends in /services";
        problems.push(about("there are no services in this feed".into(), hint));
        return None;
    }
    if all.len() > MOST_ROWS {
        let message = format!("there are over {MOST_ROWS} services in this feed");
        problems.push(about(message, "read it in parts, each in a folder of its own"));
        return None;
    }
    if total > all.len() {
        let message = format!(
            "the feed says that it has {total} services, and {} here",
            counted(all.len(), "is", "are")
        );
        let found = Diagnostic::warning(&rule::IMPORT, Span::default(), message);
        problems.push(found.hint("save its other pages into the same folder, and give the folder"));
    }
    Some(all)
}

/// Why a file cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Broken {
    /// It ends too early.
    Ends,
    /// What stands here cannot stand here.
    Wrong,
}

fn said(reader: &Reader<'_>, broken: Broken, start: usize) -> Diagnostic {
    let at = start + reader.at;
    let whole = reader.spans.len();
    let (message, hint) = match broken {
        _ if reader.text.trim().is_empty() => {
            ("nothing is in this file".to_owned(), "save it again")
        }
        Broken::Ends => (
            format!(
                "this file ends in the middle, after {}",
                counted(whole, "whole service", "whole services")
            ),
            "save it again, all of it; nothing is taken from half a feed",
        ),
        Broken::Wrong => (
            format!(
                "this is not JSON from here on, after {}",
                counted(whole, "whole service", "whole services")
            ),
            "save the answer of the feed as it is; a page of HTML is not it",
        ),
    };
    Diagnostic::error(&rule::IMPORT, Span::new(at, at), message).hint(hint)
}

/// Goes through JSON, without reading what it says.
struct Reader<'a> {
    text: &'a str,
    at: usize,
    /// The services.
    spans: Vec<Span>,
    /// How many there are on all pages, if the file says so.
    total: usize,
}

impl<'a> Reader<'a> {
    /// A list of services, a page with one, or a service.
    fn file(&mut self) -> Result<(), Broken> {
        self.at = self.text.len() - self.text.trim_start_matches('\u{feff}').len();
        let first = self.next()?;
        let start = self.at;
        match first {
            b'[' => self.list()?,
            b'{' => {
                let (mut is_page, mut has_name) = (false, false);
                self.at += 1;
                while self.next()? != b'}' {
                    let name = self.string()?;
                    self.expect(b':')?;
                    let is_list = self.next()? == b'[';
                    if is_list && LISTS.contains(&name) {
                        is_page = true;
                        self.list()?;
                    } else {
                        let value = self.value()?;
                        has_name |= name == "name";
                        if TOTALS.contains(&name) {
                            self.total = self.text[value.start..value.end].parse().unwrap_or(0);
                        }
                    }
                    self.comma(b'}')?;
                }
                self.at += 1;
                if !is_page && has_name {
                    self.spans.push(Span::new(start, self.at));
                }
            }
            _ => return Err(Broken::Wrong),
        }
        // Nothing may follow.
        if self.next().is_ok() { Err(Broken::Wrong) } else { Ok(()) }
    }

    fn list(&mut self) -> Result<(), Broken> {
        self.at += 1;
        while self.next()? != b']' {
            let value = self.value()?;
            self.spans.push(value);
            self.comma(b']')?;
        }
        self.at += 1;
        Ok(())
    }

    /// The next byte that is no space.
    fn next(&mut self) -> Result<u8, Broken> {
        let rest = &self.text.as_bytes()[self.at..];
        let spaces = rest.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        self.at += spaces;
        rest.get(spaces).copied().ok_or(Broken::Ends)
    }

    fn expect(&mut self, byte: u8) -> Result<(), Broken> {
        if self.next()? != byte {
            return Err(Broken::Wrong);
        }
        self.at += 1;
        Ok(())
    }

    /// What stands between two items, or before the end.
    fn comma(&mut self, end: u8) -> Result<(), Broken> {
        match self.next()? {
            b',' => self.at += 1,
            byte if byte == end => return Ok(()),
            _ => return Err(Broken::Wrong),
        }
        if self.next()? == end { Err(Broken::Wrong) } else { Ok(()) }
    }

    /// A string, without its quotes and as it is written.
    fn string(&mut self) -> Result<&'a str, Broken> {
        self.expect(b'"')?;
        let start = self.at;
        let bytes = self.text.as_bytes();
        loop {
            match bytes.get(self.at).ok_or(Broken::Ends)? {
                b'"' => break,
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
        self.at += 1;
        Ok(&self.text[start..self.at - 1])
    }

    /// The place of a value, however deep it is.
    fn value(&mut self) -> Result<Span, Broken> {
        self.next()?;
        let start = self.at;
        let bytes = self.text.as_bytes();
        let mut open = 0_usize;
        loop {
            match bytes.get(self.at).ok_or(Broken::Ends)? {
                b'"' => _ = self.string()?,
                b'{' | b'[' => {
                    open += 1;
                    self.at += 1;
                }
                b'}' | b']' | b',' if open == 0 => break,
                b'}' | b']' => {
                    open -= 1;
                    self.at += 1;
                    if open == 0 {
                        break;
                    }
                }
                _ => self.at += 1,
            }
            if open == 0 && bytes.get(self.at).is_some_and(u8::is_ascii_whitespace) {
                break;
            }
        }
        if self.at == start { Err(Broken::Wrong) } else { Ok(Span::new(start, self.at)) }
    }
}

/// What a service says.
///
/// # Errors
///
/// What is between its brackets is no JSON, or is not a service.
pub(super) fn value(source: &Source, place: Place, start: usize) -> Result<Value, Diagnostic> {
    let text = source.at(place.span);
    let wrong = |at: usize, message: String| {
        let at = start + place.span.start + at;
        let found = Diagnostic::error(&rule::IMPORT, Span::new(at, at), message);
        found.hint("save the answer of the feed as it is, all of it")
    };
    match serde_json::from_str(text) {
        Ok(value @ Value::Object(_)) => Ok(value),
        Ok(_) => Err(wrong(0, format!("service {} is not a service", place.number))),
        Err(why) => {
            let lines = text.split_inclusive('\n').take(why.line().saturating_sub(1));
            let at = lines.map(str::len).sum::<usize>() + why.column().saturating_sub(1);
            Err(wrong(at, format!("service {} is not JSON from here on", place.number)))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Result<Vec<&str>, (usize, Broken)> {
        let mut reader = Reader { text, at: 0, spans: Vec::new(), total: 0 };
        reader.file().map_err(|broken| (reader.spans.len(), broken))?;
        Ok(reader.spans.iter().map(|span| &text[span.start..span.end]).collect())
    }

    #[test]
    fn services_are_found_in_every_shape_of_a_feed() {
        let one = r#"{"name": "a \" ] }", "phones": [{"number": "1"}]}"#;
        let two = r#"{"name":"b"}"#;
        for text in [
            format!("[{one}, {two}]"),
            format!("\u{feff} [ {one} ,\n{two} ] \n"),
            format!("{{\"total_items\": 2, \"contents\": [{one},{two}], \"empty\": false}}"),
            format!("{{\"content\":[{one},{two}],\"totalElements\":2}}"),
        ] {
            assert_eq!(found(&text), Ok(vec![one, two]), "{text}");
        }
        assert_eq!(found(one), Ok(vec![one]));
        assert_eq!(found("{\"contents\": []}"), Ok(vec![]));
        assert_eq!(found("{}"), Ok(vec![]));
    }

    #[test]
    fn half_a_feed_is_told_from_one_that_is_wrong() {
        let whole = r#"{"contents": [{"name": "a"}, {"name": "b\\"}], "size": 2}"#;
        for end in 0..whole.len() {
            let read = found(&whole[..end]);
            assert!(matches!(read, Err((_, Broken::Ends))), "{}", &whole[..end]);
        }
        for text in
            ["<!doctype html>", "[1,]", "{\"a\" 1}", "[] []", "[{} {}]", "x", "{1: 2}", "[,]"]
        {
            assert!(matches!(found(text), Err((_, Broken::Wrong))), "{text}: {:?}", found(text));
        }
    }
}
