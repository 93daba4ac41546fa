//! What the words of a site were and what they are now, page by page, for whoever agrees to
//! what is published. The library `similar` sets the lines beside each other.
//!
//! The words are those of the finished pages, so a contact that changed is seen on each page
//! that shows it. What only leads on to another page has none.

use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use rayon::prelude::*;
use similar::{Algorithm, DiffTag, capture_diff_slices};

use crate::{
    html::{
        Token, decode,
        outline::outline,
        paper::{Paper, text},
        tokens,
    },
    text::wording::{counted, one_line},
};

/// What became of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Became {
    /// It is new.
    New,
    /// It is gone, or only leads on.
    Gone,
    /// It says something else.
    Other,
}

/// A page with what is different on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// Its address below the root.
    pub address: String,
    /// Its title, as it is now where it is there.
    pub title: String,
    /// What became of it.
    pub became: Became,
    /// Each place: the lines that stood there, and those that stand there now.
    pub places: Vec<(Vec<String>, Vec<String>)>,
}

/// A line of two versions of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LineOf<'a> {
    /// In both.
    Both(&'a str),
    /// In the old one alone.
    Old(&'a str),
    /// In the new one alone.
    New(&'a str),
}

/// Lines that others took the place of, by their numbers from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Those that stood there.
    pub old: Range<usize>,
    /// Those that stand there now.
    pub new: Range<usize>,
}

/// What is different between the lines of two versions of a text, in order.
pub fn changes(old: &[&str], new: &[&str]) -> Vec<Change> {
    let all = capture_diff_slices(Algorithm::Myers, old, new).into_iter();
    let other = all.filter(|op| op.tag() != DiffTag::Equal);
    other.map(|op| Change { old: op.old_range(), new: op.new_range() }).collect()
}

/// The lines of two versions of a text, in order.
pub fn lines_of_both<'a>(old: &'a str, new: &'a str) -> Vec<LineOf<'a>> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.lines().collect(), new.lines().collect());
    let mut all = Vec::new();
    let mut at = 0;
    for change in changes(&old, &new) {
        all.extend(old[at..change.old.start].iter().map(|line| LineOf::Both(line)));
        at = change.old.end;
        all.extend(old[change.old].iter().map(|line| LineOf::Old(line)));
        all.extend(new[change.new].iter().map(|line| LineOf::New(line)));
    }
    all.extend(old[at..].iter().map(|line| LineOf::Both(line)));
    all
}

/// The pages of which the words are others: HTML before and now, by path.
pub fn changed(before: &BTreeMap<String, String>, now: &BTreeMap<String, String>) -> Vec<Changed> {
    let paths: BTreeSet<&String> = before.keys().chain(now.keys()).collect();
    let paths: Vec<&String> = paths.into_iter().collect();
    let read = |html: Option<&String>| html.filter(|html| !leads_on(html)).map(|html| lines(html));
    let each = paths.par_iter().filter_map(|path| {
        let (old, new) = (before.get(*path), now.get(*path));
        if old == new {
            return None;
        }
        let (old_lines, new_lines) = (read(old), read(new));
        let (became, places) = match (old_lines, new_lines) {
            (None, None) => return None,
            (None, Some(new)) => (Became::New, vec![(Vec::new(), new)]),
            (Some(old), None) => (Became::Gone, vec![(old, Vec::new())]),
            (Some(old), Some(new)) => (Became::Other, places(&old, &new)),
        };
        let html = if became == Became::Gone { old } else { new };
        let title = html.map(|html| outline(html).title).unwrap_or_default();
        let address = format!("/{}", path.strip_suffix("index.html").unwrap_or(path));
        (!places.is_empty()).then_some(Changed { address, title, became, places })
    });
    each.collect()
}

fn leads_on(html: &str) -> bool {
    html.get(..2048.min(html.len())).unwrap_or(html).contains("http-equiv=\"refresh\"")
}

/// Elements that stand within a line.
const WITHIN: &[&str] = &[
    "a", "abbr", "b", "bdi", "cite", "code", "em", "i", "kbd", "mark", "q", "s", "small", "span",
    "strong", "sub", "sup", "time", "u", "wbr",
];

/// The words of the main part of a page: each paragraph, heading, item or cell is a line.
fn lines(html: &str) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    let (mut is_inside, mut unseen) = (false, 0_usize);
    let mut end = |line: &mut String| {
        let words = one_line(line);
        line.clear();
        if !words.is_empty() {
            lines.push(words);
        }
    };
    for token in tokens(html) {
        match token {
            Token::Open { name: "main", .. } => is_inside = true,
            Token::Close { name: "main", .. } => {
                is_inside = false;
                end(&mut line);
            }
            _ if !is_inside => {}
            Token::Open { name: "script" | "style" | "template", .. } => unseen += 1,
            Token::Close { name: "script" | "style" | "template", .. } => {
                unseen = unseen.saturating_sub(1);
            }
            Token::Open { name: "img", attributes, .. } => {
                let words = attributes.get("alt").map(decode).unwrap_or_default();
                if !words.is_empty() {
                    end(&mut line);
                    line.push_str(&format!("[picture: {words}]"));
                    end(&mut line);
                }
            }
            Token::Open { name, .. } | Token::Close { name, .. } if !WITHIN.contains(&name) => {
                end(&mut line);
            }
            Token::Text(words) if unseen == 0 => line.push_str(&decode(words)),
            _ => {}
        }
    }
    lines
}

/// The places at which lines differ.
fn places(old: &[String], new: &[String]) -> Vec<(Vec<String>, Vec<String>)> {
    let changes = capture_diff_slices(Algorithm::Patience, old, new);
    let changes = changes.iter().filter(|change| change.tag() != DiffTag::Equal);
    changes
        .map(|change| (old[change.old_range()].to_vec(), new[change.new_range()].to_vec()))
        .collect()
}

/// What changed, for a terminal.
pub fn as_text(all: &[Changed]) -> String {
    let mut out = String::new();
    for page in all {
        let what = match page.became {
            Became::New => " (new)",
            Became::Gone => " (gone)",
            Became::Other => "",
        };
        out.push_str(&format!("{} {}{what}\n", page.address, page.title));
        for (old, new) in &page.places {
            old.iter().for_each(|line| out.push_str(&format!("  - {line}\n")));
            new.iter().for_each(|line| out.push_str(&format!("  + {line}\n")));
            out.push('\n');
        }
    }
    out
}

/// What changed, as parts of a page, each with a heading.
pub fn as_parts(all: &[Changed]) -> String {
    let mut out = String::new();
    for page in all {
        let what = match page.became {
            Became::New => "This page is new.",
            Became::Gone => "This page is gone.",
            Became::Other => "",
        };
        let heading = if page.title.is_empty() { &page.address } else { &page.title };
        out.push_str(&format!(
            "<h2>{}</h2>\n<p>{} {what}</p>\n",
            text(heading),
            text(&page.address)
        ));
        for (old, new) in &page.places {
            out.push_str("<div class=\"place\">\n");
            for (lines, name, mark) in [(old, "Before", "del"), (new, "Now", "ins")] {
                for (at, line) in lines.iter().enumerate() {
                    let name =
                        if at == 0 { format!("<strong>{name}:</strong> ") } else { String::new() };
                    out.push_str(&format!("<p>{name}<{mark}>{}</{mark}></p>\n", text(line)));
                }
            }
            out.push_str("</div>\n");
        }
    }
    out
}

/// What changed, as a page for whoever agrees to it. By the `mark` the words are known that
/// they read.
pub fn as_page(all: &[Changed], since: &str, mark: &str) -> String {
    let lead = format!(
        "<p>{}. What stood there is struck out, and what stands there now is underlined.</p>\n",
        counted(all.len(), "page is different", "pages are different")
    );
    let body = as_parts(all)
        + &format!(
            "<h2>Agreed</h2>\n<p>Name: ______________________ Day: ______________________</p>\n\
             <p>To note it: <code>plainsite agree \"NAME\" --words {}</code></p>\n",
            text(mark)
        );
    let title = format!("What changed since {since}");
    Paper { title: &title, lead: &lead, body: &body, ..Paper::default() }.html()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(words: &str) -> String {
        format!(
            "<html><head><title>Money</title></head><body><nav>x</nav><main><h1>Money</h1>{words}</main></body></html>"
        )
    }

    fn said(before: &[(&str, String)], now: &[(&str, String)]) -> String {
        let map = |pages: &[(&str, String)]| {
            pages.iter().map(|(path, html)| ((*path).to_owned(), html.clone())).collect()
        };
        as_text(&changed(&map(before), &map(now)))
    }

    #[test]
    fn words_are_shown_as_they_were_and_as_they_are() {
        let old = page("<p>Keep bills for <b>six</b> years.</p><ul><li>One</li><li>Two</li></ul>");
        let new = page(
            "<p>Keep bills for <b>seven</b> years.</p><ul><li>One</li><li>Two</li><li>Three</li></ul>",
        );
        assert_eq!(
            said(&[("a/index.html", old.clone())], &[("a/index.html", new)]),
            "/a/ Money\n  - Keep bills for six years.\n  + Keep bills for seven years.\n\n  + Three\n\n"
        );
        let same = old.replace("<nav>x</nav>", "<nav>y</nav>").replace("<b>", "<strong>");
        assert_eq!(said(&[("a.html", old)], &[("a.html", same)]), "");
    }

    #[test]
    fn pages_come_and_go() {
        let moved = "<html><head><meta http-equiv=\"refresh\" content=\"0; url=b/\"></head></html>";
        let gone = said(&[("a.html", page("<p>Yes</p>"))], &[("a.html", moved.to_owned())]);
        assert_eq!(gone, "/a.html Money (gone)\n  - Money\n  - Yes\n\n");
        let new = said(&[], &[("a.html", page("<img alt='A red door'>"))]);
        assert_eq!(new, "/a.html Money (new)\n  + Money\n  + [picture: A red door]\n\n");
        assert_eq!(said(&[], &[("a.html", moved.to_owned())]), "");
    }

    #[test]
    fn nothing_of_a_page_is_taken_for_html() {
        let new = page("<p>&lt;script>alert(1)&lt;/script></p>");
        let now = BTreeMap::from([("a.html".to_owned(), new)]);
        let html = as_page(&changed(&BTreeMap::new(), &now), "<b>", "0123");
        assert!(!html.contains("<script") && html.contains("since &lt;b&gt;"), "{html}");
    }
}
