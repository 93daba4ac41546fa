//! The words of a page, whoever made it, by heading.
//!
//! The words are those of `<main>`, or where there is none of `<body>` without
//! its navigation, headers, footers and asides. Left out are elements with
//! `data-plainsite-ignore` (or `data-unsearched`, which our own theme uses; for
//! `data-unsearched="blank"`, what is to be filled in, stands “[…]”), and those that are `hidden` or `aria-hidden`. A term (`<dt>`) that links can name
//! stands above its words as a heading does.
//!
//! What stands apart on the page stands apart in the words: a dash between cells, a colon
//! behind a term, a comma where a line ends, unless what was before has an end of its own.

use serde::{Deserialize, Serialize};

use super::tree::{Family, NONE, Node, Tree, value_of};
use crate::text::wording::is_unended;

/// What search needs to know of a page.
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Default, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// What links to it name, or empty.
    pub id: String,
    /// The heading, or empty.
    pub heading: String,
    /// The words below it, with single spaces; a line for each paragraph.
    pub text: String,
}

/// Elements that hold no words to be read. A form does where the whole page is one.
const SILENT: &[&str] = &[
    "button", "form", "iframe", "math", "nav", "noscript", "object", "script", "select", "style",
    "svg", "template", "textarea",
];

/// Elements around the page itself, where it has no `<main>`.
const AROUND: &[&str] = &["aside", "footer", "header"];

/// Elements whose words run on from the words before them.
pub(crate) const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "picture", "q", "s", "samp", "small", "source", "span",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
];

/// Elements whose words belong to the same line as those before them.
const IN_LINE: &[&str] = &["br", "dd", "img", "td", "th"];

/// Stands for what is to be filled in.
const BLANK: &str = "[…]";

/// A page that leads elsewhere after so many seconds is not there to be read.
const AT_ONCE: u32 = 10;

/// Reads a page of HTML.
pub fn outline(html: &str) -> Outline {
    of_tree(&super::tree::tree(html))
}

/// The same of a page that has been read.
pub(crate) fn of_tree(tree: &Tree<'_>) -> Outline {
    let mut reader = Reader {
        tree,
        outline: Outline { sections: vec![Section::default()], ..Outline::default() },
        title: String::new(),
        into: Into::Text,
        mark: "",
        main: has_main(tree).then_some(0),
        open: Vec::new(),
    };
    let mut at = 0;
    while let Some(node) = tree.nodes.get(at) {
        reader.end(at);
        if reader.is_left_out(at, node) {
            if reader.value_of(node, "data-unsearched") == Some("blank") {
                reader.read(BLANK);
            }
            at = node.end as usize;
            continue;
        }
        if node.tag.is_empty() {
            reader.read(&node.text);
        } else {
            reader.begin(node);
        }
        at += 1;
    }
    reader.end(usize::MAX);
    reader.finish()
}

/// Whether a page has a `<main>`, and not only in what is not read.
fn has_main(tree: &Tree<'_>) -> bool {
    tree.nodes.iter().filter(|node| node.tag == "main").any(|main| {
        let parent =
            |node: &Node<'_>| (node.parent != NONE).then(|| &tree.nodes[node.parent as usize]);
        let mut around = std::iter::successors(parent(main), |&node| parent(node));
        around.all(|node| node.tag == "form" || !is_in(SILENT, &node.tag))
    })
}

fn is_in(list: &[&str], name: &str) -> bool {
    list.contains(&name)
}

/// Where words go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Into {
    Text,
    Heading,
    /// The first heading of the page.
    MainHeading,
    /// `<title>`
    Title,
}

/// What the end of an element does.
#[derive(Debug, Clone, Copy)]
enum End {
    /// The words after it are no longer those of a heading.
    Heading,
    Main,
    /// It ends a word or a line, and sets what follows on that line apart with a mark.
    Words(char, &'static str),
}

/// What stands between the words of an element and those behind it on the same line.
fn mark_behind(tag: &str) -> &'static str {
    match tag {
        "br" => ",",
        "dd" | "td" | "th" => " –",
        "dt" => ":",
        _ => "",
    }
}

struct Reader<'t, 'a> {
    tree: &'t Tree<'a>,
    outline: Outline,
    title: String,
    into: Into,
    /// What the next words of this line are set apart with, or empty.
    mark: &'static str,
    /// How many `<main>` are open, where words count only in one.
    main: Option<usize>,
    /// Where the elements that are open end.
    open: Vec<(u32, End)>,
}

impl<'a> Reader<'_, 'a> {
    fn is_left_out(&self, at: usize, node: &Node<'a>) -> bool {
        let holds_all = || {
            let inside = &self.tree.nodes[at + 1..node.end as usize];
            inside.iter().any(|inner| matches!(&*inner.tag, "main" | "h1"))
        };
        is_in(SILENT, &node.tag) && !(node.tag == "form" && holds_all())
            || self.main.is_none() && is_in(AROUND, &node.tag)
            || !node.tag.is_empty()
                && (self.is_unsearched(node)
                    || self.value_of(node, "hidden").is_some()
                    || self.value_of(node, "aria-hidden") == Some("true"))
    }

    fn is_unsearched(&self, node: &Node<'a>) -> bool {
        ["data-plainsite-ignore", "data-unsearched"]
            .into_iter()
            .any(|name| self.value_of(node, name).is_some())
    }

    fn value_of(&self, node: &Node<'a>, name: &str) -> Option<&str> {
        value_of(self.tree.attributes_of(node), name)
    }

    fn is_inside(&self) -> bool {
        self.main != Some(0)
    }

    fn begin(&mut self, node: &Node<'a>) {
        let tag = &*node.tag;
        let id = self.value_of(node, "id").unwrap_or_default();
        let level = match tag.as_bytes() {
            [b'h', level @ b'1'..=b'6'] => Some(level - b'0'),
            _ => None,
        };
        match tag {
            "html" => {
                let language = self.value_of(node, "lang");
                self.outline.language = language.unwrap_or_default().to_owned();
            }
            "main" => {
                if let Some(open) = &mut self.main {
                    *open += 1;
                    self.open.push((node.end, End::Main));
                }
            }
            "meta" => self.look_at_meta(node),
            "title" if self.title.is_empty() && node.family == Family::Html => {
                self.into = Into::Title;
                self.open.push((node.end, End::Heading));
            }
            _ if level == Some(1) && self.is_inside() && self.outline.title.is_empty() => {
                self.into = Into::MainHeading;
                self.open.push((node.end, End::Heading));
            }
            _ if self.is_inside() && (level.is_some() || tag == "dt" && !id.is_empty()) => {
                self.outline.sections.push(Section { id: id.to_owned(), ..Section::default() });
                self.into = Into::Heading;
                self.open.push((node.end, End::Heading));
            }
            _ if !is_in(INLINE, tag) => {
                let with = if is_in(IN_LINE, tag) { ' ' } else { '\n' };
                self.end_words(with);
                // What a term means stands beside it.
                let behind = if tag == "dt" { ' ' } else { with };
                self.open.push((node.end, End::Words(behind, mark_behind(tag))));
            }
            _ => {}
        }
    }

    /// Ends what ends before a node.
    fn end(&mut self, at: usize) {
        while let Some((_, what)) = self.open.pop_if(|(end, _)| *end as usize <= at) {
            match what {
                End::Heading => self.into = Into::Text,
                End::Main => self.main = self.main.map(|open| open.saturating_sub(1)),
                End::Words(with, mark) => {
                    self.end_words(with);
                    self.mark = if mark.is_empty() { self.mark } else { mark };
                }
            }
        }
    }

    /// What words are added to now, if to anything.
    fn out(&mut self) -> Option<&mut String> {
        let inside = self.is_inside();
        let section = self.outline.sections.last_mut().filter(|_| inside);
        match self.into {
            Into::Title => Some(&mut self.title),
            Into::MainHeading => Some(&mut self.outline.title),
            Into::Heading => section.map(|section| &mut section.heading),
            Into::Text => section.map(|section| &mut section.text),
        }
    }

    fn read(&mut self, text: &str) {
        let Some(first) = text.trim_start().chars().next() else {
            return self.out().into_iter().for_each(|out| push_words(out, text));
        };
        let mark = std::mem::take(&mut self.mark);
        // A sentence may go on in the next line.
        let goes_on = mark == "," && first.is_lowercase();
        let is_text = self.into == Into::Text;
        let Some(out) = self.out() else { return };
        if !mark.is_empty() && is_text && !goes_on && out.ends_with(' ') && is_unended(out) {
            out.truncate(out.len() - 1);
            out.push_str(mark);
            out.push(' ');
        }
        push_words(out, text);
    }

    fn end_words(&mut self, with: char) {
        let with = if self.into == Into::Text { with } else { ' ' };
        if with == '\n' {
            self.mark = "";
        }
        if let Some(out) = self.out() {
            end_words(out, with);
        }
    }

    fn look_at_meta(&mut self, node: &Node<'a>) {
        let tree = self.tree;
        let value = |name| value_of(tree.attributes_of(node), name);
        let is = |name, wanted: &str| {
            value(name).is_some_and(|found| found.trim().eq_ignore_ascii_case(wanted))
        };
        let content = value("content").unwrap_or_default();
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
            section.text.shrink_to_fit();
        }
        self.outline
    }
}

/// Adds words as they are read: white space made single.
fn push_words(out: &mut String, words: &str) {
    let mut space = out.is_empty() || out.ends_with([' ', '\n']);
    for c in words.chars() {
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
fn end_words(out: &mut String, with: char) {
    if out.ends_with(' ') {
        out.pop();
    }
    if !out.is_empty() && !out.ends_with('\n') {
        out.push(with);
    }
}

fn trim_end(text: &mut String) {
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
        let html = "<p>Reply by <span data-unsearched=blank>[the date]</span>, please.";
        assert_eq!(parts(html), ["||Reply by […], please."]);
        let html = "<h1>Pay<a data-plainsite-ignore>#</a></h1><p>Two<i data-unsearched>!</i>";
        assert_eq!((&*outline(html).title, parts(html)[0].as_str()), ("Pay", "||Two"));
        let html = "<h2 id=a>One</h2><a data-unsearched href=#a>Link</a><p>Two";
        assert_eq!(parts(html)[1], "a|One|Two");
    }

    #[test]
    fn a_term_stands_before_what_it_means() {
        let html = "<dl><div><dt>Phone</dt><dd>999</dd></div><dt>Web<dd>none<dt id=a>Open<dd>now";
        assert_eq!(parts(html), ["||Phone: 999\nWeb: none", "a|Open|now"]);
    }

    #[test]
    fn what_stands_apart_on_the_page_stands_apart_in_the_words() {
        let html = "<table><tr><th>Ask<th>Phone<tr><td>Who pays?<td>Money team<td> <b>0306</b></table>\
                    <dl><dt>Where:<dd>1 High Street<br>LN9 9AH<br>Getting in: step-free<dd>The hall.\
                    <dd>(a lift)<dd>Parking</dl><p>Write to us<br>by post.<p>a@<wbr>b.example";
        let apart = "Ask – Phone\nWho pays? Money team – 0306\n\
                     Where: 1 High Street, LN9 9AH, Getting in: step-free – The hall. (a lift) – Parking\n\
                     Write to us by post.\na@b.example";
        assert_eq!(parts(html), [format!("||{apart}")]);
    }

    #[test]
    fn a_form_is_left_out_unless_it_is_the_page() {
        assert_eq!(parts("<main>a<form><p>b</form>c"), ["||ac"]);
        assert_eq!(parts("<form><main><h1>a</h1>b</main></form>c"), ["||b"]);
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
