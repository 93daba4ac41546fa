//! The words of a page of HTML, whoever made it, by heading.
//!
//! The words are those of `<main>`, or where there is none of `<body>` without
//! its navigation, headers, footers and asides. Left out are elements with
//! `data-plainsite-ignore` (or `data-unsearched`, which our own theme uses), and
//! those that are `hidden` or `aria-hidden`.

use crate::html::{Attributes, Token, VOID, decode, tokens};

/// What search needs to know of a page.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Outline {
    /// Its first main heading, or its title where it has none.
    pub title: String,
    /// What it says of itself in `<meta name="description">`.
    pub description: String,
    /// Its language: `en-GB`.
    pub language: String,
    /// Its words. The first part has no heading.
    pub sections: Vec<Section>,
    /// Whether it leads elsewhere at once, or asks not to be found.
    pub is_hidden: bool,
}

/// A heading and the words below it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Section {
    /// What links to it name, or empty.
    pub id: String,
    /// The heading, or empty.
    pub heading: String,
    /// The words below it, with single spaces; a line for each paragraph.
    pub text: String,
}

/// Elements that hold no words to be read.
const SILENT: &[&str] = &[
    "button", "iframe", "math", "nav", "noscript", "object", "script", "select", "style", "svg",
    "template", "textarea",
];

/// Elements around the page itself, where it has no `<main>`.
const AROUND: &[&str] = &["aside", "footer", "header"];

/// Elements whose words run on from the words before them.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup",
    "time", "tt", "u", "var",
];

/// Elements whose words belong to the same line as those before them.
const IN_LINE: &[&str] = &["br", "dd", "img", "td", "th", "wbr"];

/// How many open elements an end tag is held against.
const DEEPEST: usize = 100;

/// A page that leads elsewhere after so many seconds is not there to be read.
const AT_ONCE: u32 = 10;

/// Elements that end where the next of their kind begins, or the one around
/// them ends.
const ENDED_BY_NEXT: &[&str] = &["dd", "dt", "li", "option", "p", "td", "th", "tr"];

/// Reads a page.
pub fn outline(html: &str) -> Outline {
    let has_main = has_main(html);
    let outline = Outline { sections: vec![Section::default()], ..Outline::default() };
    let mut state = State { outline, has_main, inside: !has_main, ..State::default() };
    for token in tokens(html) {
        match token {
            Token::Open { name, attributes, .. } => state.open(name, attributes),
            Token::Close { name, .. } => state.close(name),
            Token::Text(text) => state.read(text),
            Token::Aside(_) => {}
        }
    }
    state.finish()
}

/// Whether a page has a `<main>`, and not only in what is not read.
fn has_main(html: &str) -> bool {
    let may_have = html
        .match_indices('<')
        .filter_map(|(at, _)| html.as_bytes().get(at + 1..at + 5))
        .any(|name| name.eq_ignore_ascii_case(b"main"));
    let mut silent: Vec<&str> = Vec::new();
    may_have
        && tokens(html).any(|token| match token {
            Token::Open { name, .. } if is_in(SILENT, name) => {
                silent.push(name);
                false
            }
            Token::Open { name, .. } => silent.is_empty() && name.eq_ignore_ascii_case("main"),
            Token::Close { name, .. } => {
                if let Some(at) = last_open(&silent, name) {
                    silent.truncate(at);
                }
                false
            }
            Token::Text(_) | Token::Aside(_) => false,
        })
}

/// The place of the last open element with a name, among those nearest.
fn last_open(open: &[&str], name: &str) -> Option<usize> {
    let from = open.len().saturating_sub(DEEPEST);
    let near = open[from..].iter().rposition(|open| open.eq_ignore_ascii_case(name));
    near.map(|at| from + at)
}

fn is_in(list: &[&str], name: &str) -> bool {
    list.iter().any(|one| one.eq_ignore_ascii_case(name))
}

/// Where words go.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Into {
    #[default]
    Text,
    Heading,
    /// The first heading of the page.
    MainHeading,
    /// `<title>`
    Title,
}

#[derive(Debug, Default)]
struct State<'a> {
    outline: Outline,
    title: String,
    into: Into,
    /// Whether words count only inside `<main>`.
    has_main: bool,
    /// Whether this is a part of the page itself.
    inside: bool,
    /// The elements that are open from one whose words are left out.
    quiet: Vec<&'a str>,
}

impl<'a> State<'a> {
    fn open(&mut self, name: &'a str, attributes: Attributes<'a>) {
        let is = |list: &[&str]| is_in(list, name);
        if let Some(&first) = self.quiet.first() {
            let is_next = self.quiet.len() == 1
                && first.eq_ignore_ascii_case(name)
                && is_in(ENDED_BY_NEXT, name);
            if !is_next {
                if !is(VOID) {
                    self.quiet.push(name);
                }
                return;
            }
            self.quiet.clear();
        }
        let is_left_out = (!self.has_main && is(AROUND))
            || is(SILENT)
            || ["data-plainsite-ignore", "data-unsearched", "hidden"]
                .iter()
                .any(|name| attributes.get(name).is_some())
            || attributes.get("aria-hidden") == Some("true");
        if is_left_out {
            if !is(VOID) {
                self.quiet.push(name);
            }
            return;
        }
        let level = match name.as_bytes() {
            [b'h' | b'H', level @ b'1'..=b'6'] => Some(level - b'0'),
            _ => None,
        };
        match name.len() {
            4 if is(&["html"]) => {
                self.outline.language = attributes.get("lang").unwrap_or_default().to_owned();
            }
            4 if is(&["main"]) => self.inside = true,
            4 if is(&["meta"]) => self.look_at_meta(attributes),
            5 if is(&["title"]) && self.title.is_empty() => self.into = Into::Title,
            _ if level == Some(1) && self.inside && self.outline.title.is_empty() => {
                self.into = Into::MainHeading;
            }
            _ if level.is_some() && self.inside => {
                let id = decode(attributes.get("id").unwrap_or_default());
                self.outline.sections.push(Section { id: id.into_owned(), ..Section::default() });
                self.into = Into::Heading;
            }
            _ if !is(INLINE) => self.end_words(if is(IN_LINE) { ' ' } else { '\n' }),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if let Some(&first) = self.quiet.first() {
            match last_open(&self.quiet, name) {
                Some(at) => self.quiet.truncate(at),
                // The end of a list is the end of its last item. Other ends
                // that nothing began are slips.
                None if is_in(ENDED_BY_NEXT, first) && !is_in(INLINE, name) => self.quiet.clear(),
                None => {}
            }
            return;
        }
        let is_heading = matches!(name.as_bytes(), [b'h' | b'H', b'1'..=b'6']);
        if is_heading || name.eq_ignore_ascii_case("title") {
            self.into = Into::Text;
        } else if self.has_main && name.eq_ignore_ascii_case("main") {
            self.inside = false;
        } else if !is_in(INLINE, name) {
            self.end_words(if is_in(IN_LINE, name) { ' ' } else { '\n' });
        }
    }

    /// What words are added to now, if to anything.
    fn out(&mut self) -> Option<&mut String> {
        if !self.quiet.is_empty() {
            return None;
        }
        let inside = self.inside;
        let section = self.outline.sections.last_mut().filter(|_| inside);
        match self.into {
            Into::Title => Some(&mut self.title),
            Into::MainHeading => Some(&mut self.outline.title),
            Into::Heading => section.map(|section| &mut section.heading),
            Into::Text => section.map(|section| &mut section.text),
        }
    }

    fn read(&mut self, raw: &str) {
        if let Some(out) = self.out() {
            push_words(out, raw);
        }
    }

    fn end_words(&mut self, with: char) {
        let with = if self.into == Into::Text { with } else { ' ' };
        if let Some(out) = self.out() {
            end_words(out, with);
        }
    }

    fn look_at_meta(&mut self, attributes: Attributes<'_>) {
        let is = |name: &str, value: &str| {
            attributes.get(name).is_some_and(|found| found.trim().eq_ignore_ascii_case(value))
        };
        let content = attributes.get("content").unwrap_or_default();
        if is("name", "description") && self.outline.description.is_empty() {
            push_words(&mut self.outline.description, content);
            trim_end(&mut self.outline.description);
        }
        let content = content.to_ascii_lowercase();
        let leads_on = is("http-equiv", "refresh") && content.contains("url=") && {
            let seconds = content.trim_start().split(|c: char| !c.is_ascii_digit()).next();
            seconds.and_then(|seconds| seconds.parse::<u32>().ok()).is_none_or(|n| n <= AT_ONCE)
        };
        let mut wishes = content.split([',', ' ']);
        let hides = is("name", "robots") && wishes.any(|wish| matches!(wish, "noindex" | "none"));
        self.outline.is_hidden |= leads_on || hides;
    }

    fn finish(mut self) -> Outline {
        if self.outline.title.trim().is_empty() {
            self.outline.title = self.title;
        }
        trim_end(&mut self.outline.title);
        for section in &mut self.outline.sections {
            trim_end(&mut section.heading);
            trim_end(&mut section.text);
        }
        self.outline
    }
}

/// Adds words as they are read: entities decoded, white space made single.
pub(crate) fn push_words(out: &mut String, raw: &str) {
    let raw = decode(raw);
    let mut space = out.is_empty() || out.ends_with([' ', '\n']);
    for c in raw.chars() {
        if c.is_whitespace() {
            if !space {
                out.push(' ');
            }
            space = true;
        } else {
            out.push(c);
            space = false;
        }
    }
}

/// Ends the word, or the line, that was being read.
pub(crate) fn end_words(out: &mut String, with: char) {
    if out.ends_with(' ') {
        out.pop();
    }
    if !out.is_empty() && !out.ends_with('\n') {
        out.push(with);
    }
}

pub(crate) fn trim_end(text: &mut String) {
    text.truncate(text.trim_end().len());
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(html: &str) -> Vec<String> {
        let outline = outline(html);
        let sections = outline.sections.iter();
        sections.map(|s| format!("{}|{}|{}", s.id, s.heading, s.text)).collect()
    }

    #[test]
    fn words_are_those_of_the_page_itself() {
        let html = "<title>T &amp; C</title><body><header>Top</header><nav>Menu</nav>\
                    <h1>Pa<i>y</i><br>me</h1>\
                    <p>One <b>two</b>three<h2 id=a>Caf&eacute;<br>au lait</h2><ul><li>x<li>y</ul>\
                    <div data-plainsite-ignore>Not</span> <p>this</p></p></div><p hidden>Nor this</p>\
                    <ul><li hidden>Nor</ul><p>z<script>var x</script><aside>Aside</aside><footer>End</footer>";
        assert_eq!(parts(html), ["||One twothree", "a|Café au lait|x\ny\nz"]);
        assert_eq!(outline(html).title, "Pay me");
    }

    #[test]
    fn main_is_all_there_is_where_there_is_one() {
        let html =
            "<html lang=cy><body>Out<h1>Site</h1><MAIN><header><h1>A</h1>In</header>z</MAIN>Out";
        let outline = outline(html);
        assert_eq!(outline.sections[0].text, "In\nz");
        assert_eq!((outline.title.as_str(), outline.language.as_str()), ("A", "cy"));
        for html in [
            "<!-- <main> --><p>Here",
            "<script>'<main>'</script><p>Here",
            "<p>Here<template><main></main></template>",
            "<main-menu></main-menu><p>Here",
        ] {
            assert_eq!(parts(html), ["||Here"], "{html}");
        }
        assert_eq!(parts("<main>In</main><template><main></template>Out"), ["||In"]);
    }

    #[test]
    fn what_is_left_out_is_in_no_title() {
        for html in [
            "<title>T</title><div data-plainsite-ignore><h1>No</h1></div><p>x",
            "<title>T</title><h1 hidden>No</h1><p>x",
            "<title>T</title><template><h1>No</h1></template><p>x",
            "<svg><title>No</title></svg><title>T</title><p>x",
            "<h1>T<script>no</script></h1><p>x",
        ] {
            assert_eq!(outline(html).title, "T", "{html}");
        }
    }

    #[test]
    fn a_page_may_ask_not_to_be_found() {
        for html in [
            "<meta name=robots content='NOINDEX, follow'>",
            "<meta name=robots content=none>",
            "<meta http-equiv=Refresh content='0; URL=/b/'>",
        ] {
            assert!(outline(html).is_hidden, "{html}");
        }
        for html in [
            "<meta name=description content=x>",
            "<meta http-equiv=refresh content=300>",
            "<meta http-equiv=refresh content='300; url=/b/'>",
            "<noscript><meta http-equiv=refresh content='0; url=/b/'></noscript>",
        ] {
            assert!(!outline(html).is_hidden, "{html}");
        }
    }

    #[test]
    fn large_pages_of_slips_are_read_once() {
        for slip in
            ["<!-- -->", "<", "<a b=\"", "</", "<h2>", "&", "<main><nav>", "<div hidden>", "<svg>"]
        {
            outline(&slip.repeat(1_000_000 / slip.len()));
        }
    }
}
