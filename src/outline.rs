//! The words of a page of HTML, whoever made it, by heading.
//!
//! The words are those of `<main>`, or where there is none of `<body>` without
//! its navigation, headers, footers and asides. An element with
//! `data-plainsite-ignore` is left out.

use html_escape::decode_html_entities;

use crate::html::{Attributes, Token, VOID, tokens};

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

/// Elements that end where the next of their kind begins, or the one around
/// them ends.
const ENDED_BY_NEXT: &[&str] = &["dd", "dt", "li", "option", "p", "td", "th", "tr"];

/// Reads a page.
pub fn outline(html: &str) -> Outline {
    let has_main = html.match_indices('<').any(|(at, _)| {
        html.as_bytes().get(at + 1..at + 5).is_some_and(|n| n.eq_ignore_ascii_case(b"main"))
    });
    let outline = Outline { sections: vec![Section::default()], ..Outline::default() };
    let mut state = State { outline, has_main, inside: !has_main, ..State::default() };
    for token in tokens(html) {
        match token {
            Token::Open { name, attributes } => state.open(name, attributes),
            Token::Close { name } => state.close(name),
            Token::Text(text) => state.read(text),
        }
    }
    state.finish()
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
    fn is_read(&self) -> bool {
        self.quiet.is_empty() && self.inside
    }

    fn open(&mut self, name: &'a str, attributes: Attributes<'a>) {
        let is = |list: &[&str]| list.iter().any(|one| one.eq_ignore_ascii_case(name));
        match name.len() {
            4 if is(&["html"]) => {
                self.outline.language = attributes.get("lang").unwrap_or_default().to_owned();
            }
            4 if is(&["main"]) => self.inside = true,
            4 if is(&["meta"]) => self.look_at_meta(attributes),
            5 if is(&["title"]) && self.title.is_empty() && self.quiet.is_empty() => {
                self.into = Into::Title;
                return;
            }
            _ => {}
        }
        let level = match name.as_bytes() {
            [b'h' | b'H', level @ b'1'..=b'6'] => Some(level - b'0'),
            _ => None,
        };
        if level == Some(1) && self.inside && self.outline.title.is_empty() {
            self.into = Into::MainHeading;
            return;
        }
        if let Some(&first) = self.quiet.first() {
            let is_next = self.quiet.len() == 1
                && first.eq_ignore_ascii_case(name)
                && ENDED_BY_NEXT.iter().any(|one| one.eq_ignore_ascii_case(name));
            if is_next {
                self.quiet.clear();
            } else if !is(VOID) {
                self.quiet.push(name);
                return;
            }
        }
        let is_left_out = (!self.has_main && is(AROUND))
            || is(SILENT)
            || ["data-plainsite-ignore", "data-unsearched", "hidden"]
                .iter()
                .any(|name| attributes.get(name).is_some())
            || attributes.get("aria-hidden") == Some("true");
        if is_left_out && !is(VOID) {
            self.quiet.push(name);
        } else if !self.is_read() {
        } else if level.is_some() {
            let id = decode_html_entities(attributes.get("id").unwrap_or_default()).into_owned();
            self.outline.sections.push(Section { id, ..Section::default() });
            self.into = Into::Heading;
        } else if self.into == Into::Text && !is(INLINE) {
            self.end_words(if is(IN_LINE) { ' ' } else { '\n' });
        }
    }

    fn close(&mut self, name: &str) {
        if self.into == Into::MainHeading && name.eq_ignore_ascii_case("h1") {
            self.into = Into::Text;
            return;
        }
        if !self.quiet.is_empty() {
            let open = self.quiet.iter().rposition(|open| open.eq_ignore_ascii_case(name));
            // The end of an element around it is its end too.
            self.quiet.truncate(open.unwrap_or(0));
            return;
        }
        let is_heading = matches!(name.as_bytes(), [b'h' | b'H', b'1'..=b'6']);
        if is_heading || name.eq_ignore_ascii_case("title") {
            self.into = Into::Text;
        } else if self.has_main && name.eq_ignore_ascii_case("main") {
            self.inside = false;
        } else if self.is_read() && !INLINE.iter().any(|one| one.eq_ignore_ascii_case(name)) {
            self.end_words(if IN_LINE.iter().any(|one| one.eq_ignore_ascii_case(name)) {
                ' '
            } else {
                '\n'
            });
        }
    }

    fn read(&mut self, raw: &str) {
        let is_read = self.is_read();
        let Some(section) = self.outline.sections.last_mut() else { return };
        let out = match self.into {
            Into::Title => &mut self.title,
            Into::MainHeading => &mut self.outline.title,
            Into::Heading if is_read => &mut section.heading,
            Into::Text if is_read => &mut section.text,
            _ => return,
        };
        push_words(out, raw);
    }

    fn end_words(&mut self, with: char) {
        if let Some(section) = self.outline.sections.last_mut() {
            end_words(&mut section.text, with);
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
        let has = |part: &str| content.to_ascii_lowercase().contains(part);
        if is("http-equiv", "refresh") && has("url=") || is("name", "robots") && has("noindex") {
            self.outline.is_hidden = true;
        }
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
    let raw = decode_html_entities(raw);
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
        let html = "<title>T &amp; C</title><body><header><h1>Pa<i>y</i></h1>Top</header><nav>Menu</nav><p>One <b>two</b>three<h2 id=a>Caf&eacute;</h2><ul><li>x<li>y</ul>\
                    <div data-plainsite-ignore>Not <p>this</p></div><p hidden>Nor this</p>\
                    <script>var x</script><aside>Aside</aside><footer>End</footer>";
        assert_eq!(parts(html), ["||One twothree", "a|Café|x\ny"]);
        assert_eq!(outline(html).title, "Pay");
    }

    #[test]
    fn main_is_all_there_is_where_there_is_one() {
        let html = "<html lang=cy><body>Out<MAIN><header><h1>A</h1>In</header>z</MAIN>Out";
        let outline = outline(html);
        assert_eq!(outline.sections[0].text, "In\nz");
        assert_eq!((outline.title.as_str(), outline.language.as_str()), ("A", "cy"));
    }

    #[test]
    fn a_page_may_ask_not_to_be_found() {
        assert!(outline("<meta name=robots content='NOINDEX, follow'>").is_hidden);
        assert!(outline("<meta http-equiv=Refresh content='0; URL=/b/'>").is_hidden);
        assert!(!outline("<meta name=description content=x>").is_hidden);
    }

    #[test]
    fn any_bytes_can_be_read() {
        for html in ["", "<", "<main", "</main></main>x", "<h2><h2><p></h2>x", "&#xFFFFFFFF;&nope;"]
        {
            outline(html);
        }
    }
}
