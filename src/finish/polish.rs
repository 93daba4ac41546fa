//! The last pass over a page: HTML in, HTML out.
//!
//! One pass over each page makes its addresses relative, so that a site works
//! at any path, makes links of the phone numbers and email addresses in its words,
//! so that whatever field they come from they can be tapped, lets addresses turn to the next
//! line only at their signs, and takes down where what stands on the page was
//! written, and which files it leads to.
//!
//! The only file that names lol_html, which goes over HTML once, without a tree.

use std::{cell::RefCell, ops::Range, rc::Rc};

use super::{Polished, SourcePlace};
use crate::{
    html::{Token, decode, escape, outline::INLINE, tokens},
    kept::Key,
    model::reach,
    text::address::{folder_of, follow},
};
use lol_html::{
    HtmlRewriter, Settings, comments, doc_text, element, end_tag,
    html_content::{ContentType, Element, TextChunk, TextType},
};

/// Reads a mark of a place; see [`crate::html::END_OF_TEXT`].
fn place(comment: &str) -> Option<SourcePlace> {
    let inside = comment.strip_prefix('@')?;
    if inside.is_empty() {
        return Some(SourcePlace::Theme);
    }
    let (number, path) = inside.split_once(' ')?;
    let offset = number.parse().ok()?;
    Some(match path {
        "" => SourcePlace::Text(offset),
        path => SourcePlace::File(path.to_owned(), offset),
    })
}

/// Finishes the HTML of a page.
pub(super) fn polish(html: &str, way: &Way<'_>) -> Polished {
    let (html, notes) = pass(html, way);
    Polished { html: html.into_bytes().into(), ..notes }
}

/// How addresses are written on a page.
pub(super) struct Way<'a> {
    /// The address of the page.
    pub(super) from: &'a str,
    /// What addresses begin with on a page that is shown anywhere, like 404.
    pub(super) root: Option<&'a str>,
    /// Where the site is published, or empty.
    pub(super) base: &'a str,
    /// Whether addresses name files.
    pub(super) portable: bool,
}

impl Way<'_> {
    /// The hash of all that the last form of some HTML depends on.
    pub(super) fn key(&self, html: &str) -> Key {
        let Self { from, root, base, portable } = self;
        let root = root.map_or_else(Vec::new, |root| [b"/", root.as_bytes()].concat());
        Key::of([html.as_bytes(), from.as_bytes(), &root, base.as_bytes(), &[u8::from(*portable)]])
    }

    /// An address that begins with `/`, as it is written on this page.
    fn to(&self, address: &str) -> String {
        let (path, rest) = match address.find(['#', '?']) {
            Some(at) => address.split_at(at),
            None => (address, ""),
        };
        if let Some(root) = self.root {
            return format!("{root}{}{rest}", path.trim_start_matches('/'));
        }
        if path == self.from && rest.starts_with('#') {
            return rest.to_owned();
        }
        let here: Vec<&str> = self.from.split('/').skip(1).collect();
        let there: Vec<&str> = path.split('/').skip(1).collect();
        let folders = |parts: &[&str]| parts.len().saturating_sub(1);
        let most = folders(&here).min(folders(&there));
        let same = (0..most).take_while(|&at| here[at] == there[at]).count();
        let mut out = "../".repeat(folders(&here) - same);
        out.push_str(&there[same..].join("/"));
        if out.is_empty() {
            out.push_str("./");
        }
        if self.portable && out.ends_with('/') {
            out.push_str("index.html");
        }
        out.push_str(rest);
        out
    }
}

/// Elements whose words are never made links: they are links, they are pressed, or they
/// are to be taken as they are.
const AS_IS: &[&str] =
    &["a", "button", "code", "kbd", "option", "pre", "samp", "summary", "svg", "textarea"];

/// Attributes that may name a picture or an attachment.
const NAMES_FILES: &[&str] = &[
    "action",
    "background",
    "content",
    "data",
    "href",
    "poster",
    "src",
    "srcset",
    "style",
    "xlink:href",
];

/// How pictures end that are made of others.
const PICTURES: &[&str] = &["jpg", "png", "webp"];

/// The files of the site that the value of an attribute names: what has the name of a file
/// in its last part.
fn files_in<'a>(value: &'a str, way: &'a Way<'_>) -> impl Iterator<Item = String> + 'a {
    let words =
        value.split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | '"' | '\''));
    words.filter_map(move |word| {
        let path = word.split(['#', '?']).next().unwrap_or_default();
        let (_, end) = path.rsplit('/').next().unwrap_or_default().rsplit_once('.')?;
        if end.is_empty() || !end.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            return None;
        }
        if let Some(inner) = path.strip_prefix(way.base).filter(|_| !way.base.is_empty()) {
            return Some(format!("/{inner}"));
        }
        let is_of_theme = path.starts_with("/assets/") && !PICTURES.contains(&end);
        if path.contains(':') || path.starts_with("//") || is_of_theme {
            return None;
        }
        if path.starts_with('/') {
            return Some(path.to_owned());
        }
        // As a browser reads it.
        let mut parts = Vec::new();
        follow(&mut parts, folder_of(way.from), 0);
        follow(&mut parts, path, 0);
        Some(format!("/{}", parts.join("/")))
    })
}

#[derive(Default)]
struct Notes {
    polished: Polished,
    /// How many start tags there were.
    written: u32,
    /// How many links to a phone number are open whose words are not only the number.
    tel: usize,
    /// How many `<noscript>` are open.
    noscript: usize,
    /// How many elements are open whose words stay as they are.
    as_is: usize,
    /// How many of them are links.
    links: usize,
    /// The words of the piece of text that is being read, which may come in parts.
    words: String,
    /// The words before it on the same line.
    before: String,
}

impl Notes {
    /// Keeps the last words of the line, which may begin a number.
    fn push(&mut self, words: &str) {
        self.before.push_str(reach::last_words(words));
        let far = self.before.len() - reach::last_words(&self.before).len();
        self.before.drain(..far);
    }
}

fn pass(html: &str, way: &Way<'_>) -> (String, Polished) {
    let notes = Rc::new(RefCell::new(Notes::default()));
    let mut out = Vec::with_capacity(html.len());
    let on_element = |element: &mut Element<'_, '_>| {
        look(element, way, &notes);
        Ok(())
    };
    let on_text = doc_text!(|chunk| {
        read_words(chunk, &mut notes.borrow_mut());
        Ok(())
    });
    let on_comment = comments!("*", |comment| {
        if let Some(place) = place(&comment.text()) {
            let mut notes = notes.borrow_mut();
            let written = notes.written;
            notes.polished.places.push((written, place));
            comment.remove();
        }
        Ok(())
    });
    let settings = Settings::new()
        .append_element_content_handler(element!("*", on_element))
        .append_element_content_handler(on_comment)
        .append_document_content_handler(on_text);
    let mut rewriter = HtmlRewriter::new(settings, |chunk: &[u8]| out.extend_from_slice(chunk));
    // HTML that cannot be read is published as the template made it; the
    // rules about finished HTML then find nothing in it that is needed.
    let done = rewriter.write(html.as_bytes()).and_then(|()| rewriter.end());
    let out = if done.is_ok() { out } else { html.as_bytes().to_vec() };
    let notes = std::mem::take(&mut *notes.borrow_mut());
    let html = String::from_utf8(out)
        .unwrap_or_else(|why| String::from_utf8_lossy(why.as_bytes()).into_owned());
    (html, notes.polished)
}

/// Makes links of the phone numbers and email addresses in words, wherever they come from:
/// text, data files or the theme.
fn read_words(chunk: &mut TextChunk<'_>, notes: &mut Notes) {
    // What is in <noscript> comes as text here; whoever reads the page counts its tags.
    if notes.noscript > 0 {
        notes.words.push_str(chunk.as_str());
        if chunk.last_in_text_node() {
            let text = std::mem::take(&mut notes.words);
            let opens = tokens(&text).filter(|token| matches!(token, Token::Open { .. }));
            notes.written += u32::try_from(opens.count()).unwrap_or(0);
        }
        return;
    }
    let is_plain =
        |text: &str| !text.contains(|c: char| c.is_ascii_digit() || matches!(c, '@' | '/'));
    let is_as_is =
        notes.as_is > notes.links && notes.tel == 0 || chunk.text_type() != TextType::Data;
    if is_as_is || notes.words.is_empty() && is_plain(chunk.as_str()) {
        notes.push(chunk.as_str());
        return;
    }
    // A piece of text may come in parts.
    notes.words.push_str(chunk.as_str());
    if !chunk.last_in_text_node() {
        chunk.remove();
        return;
    }
    let words = std::mem::take(&mut notes.words);
    let mut html = String::with_capacity(words.len() + 64);
    let mut done = 0;
    for place in addresses(&words) {
        with_links(&words[done..place.start], notes, &mut html);
        done = place.end;
        let whole = &words[place];
        let host = whole.find("://").map_or(0, |at| at + 3);
        let (host, path) = whole.split_at(host + whole[host..].find('/').map_or(0, |at| at + 1));
        let parts = before_dots(host).chain(path.split_inclusive('/'));
        push_address(parts, &mut notes.written, &mut html);
    }
    with_links(&words[done..], notes, &mut html);
    chunk.replace(&html, ContentType::Html);
}

/// Where addresses of pages stand in words: `county.example/letters`. Each has a slash in it:
/// a name alone has nowhere to turn.
fn addresses(words: &str) -> impl Iterator<Item = Range<usize>> {
    let ends = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '“' | '”' | '"' | '<' | '>');
    let mut at = 0;
    words.split_inclusive(ends).filter_map(move |word| {
        let start = at;
        at += word.len();
        let word = word
            .trim_end_matches(|c: char| ends(c) || matches!(c, '.' | ',' | ';' | ':' | '!' | '?'));
        let bare = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://"));
        let (host, path) = bare.unwrap_or(word).split_once('/')?;
        let (name, end) = host.rsplit_once('.')?;
        let is_host = !name.is_empty()
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.'))
            && end.len() > 1
            && end.bytes().all(|b| b.is_ascii_alphabetic());
        (is_host && !path.is_empty()).then(|| start..start + word.len())
    })
}

/// The parts of the name of a host, each but the first with its dot before it. Browsers put a space
/// between parts into the name of a link: `county .example` is heard with its dot, and `county.
/// example` as the end of a sentence.
fn before_dots(host: &str) -> impl Iterator<Item = &str> {
    let dots = host.match_indices('.').map(|(at, _)| at);
    let ends = dots.clone().chain([host.len()]);
    std::iter::once(0).chain(dots).zip(ends).map(|(start, end)| &host[start..end])
}

/// Writes an address that turns to the next line only between its parts.
fn push_address<'a>(parts: impl Iterator<Item = &'a str>, written: &mut u32, html: &mut String) {
    html.push_str("<span class=\"url\">");
    for part in parts {
        html.extend(["<span>", part, "</span>"]);
        *written += 1;
    }
    html.push_str("</span>");
    *written += 1;
}

/// Writes words with links of what is in them, and keeps them for what follows.
fn with_links(words: &str, notes: &mut Notes, html: &mut String) {
    let mut done = 0;
    let found =
        if notes.links > notes.tel { Vec::new() } else { reach::find(words, &notes.before) };
    for found in found {
        html.push_str(&words[done..found.place.start]);
        done = found.place.end;
        let has_prefix = found.number > found.place.start;
        if notes.tel > 0 {
            html.push_str("<span class=\"phone\">");
            html.push_str(&words[found.place]);
            html.push_str("</span>");
            notes.written += 1;
            continue;
        }
        html.push_str("<a ");
        if found.is_phone && !has_prefix {
            html.push_str("class=\"phone\" ");
        }
        html.push_str("href=\"");
        escape(html, &found.link);
        html.push_str("\">");
        notes.written += 1;
        if has_prefix {
            // Only the number itself must stay on one line.
            html.push_str(&words[found.place.start..found.number]);
            html.push_str("<span class=\"phone\">");
            html.push_str(&words[found.number..done]);
            html.push_str("</span>");
            notes.written += 1;
        } else if found.is_phone {
            html.push_str(&words[found.place]);
        } else {
            let whole = &words[found.place];
            let (name, host) = whole.split_at(whole.find('@').map_or(0, |at| at + 1));
            push_address([name, host].into_iter(), &mut notes.written, html);
        }
        html.push_str("</a>");
    }
    html.push_str(&words[done..]);
    notes.push(words);
}

/// Counts an element as open until its end.
fn count_until_end(
    element: &mut Element<'_, '_>,
    notes: &mut Notes,
    shared: &Rc<RefCell<Notes>>,
    open: fn(&mut Notes) -> &mut usize,
) {
    *open(notes) += 1;
    let shared = Rc::clone(shared);
    let _ = element.on_end_tag(end_tag!(move |_| {
        let mut notes = shared.borrow_mut();
        let open = open(&mut notes);
        *open = open.saturating_sub(1);
        Ok(())
    }));
}

fn look(element: &mut Element<'_, '_>, way: &Way<'_>, shared: &Rc<RefCell<Notes>>) {
    let name = element.tag_name();
    let mut notes = shared.borrow_mut();
    notes.written += 1;
    let mut changes: Vec<(String, String)> = Vec::new();
    let mut element_content = None;
    let mut has_mark = false;
    if !INLINE.contains(&name.as_str()) {
        notes.before.clear();
    }
    let rel = if name == "link" {
        element.get_attribute("rel").unwrap_or_default()
    } else {
        String::new()
    };
    let is_refresh = name == "meta"
        && element
            .get_attribute("http-equiv")
            .is_some_and(|what| what.eq_ignore_ascii_case("refresh"));
    for attribute in element.attributes() {
        let key = attribute.name();
        if NAMES_FILES.contains(&key.as_str()) {
            let value = attribute.value();
            notes.polished.files.extend(files_in(&decode(&value), way));
        }
        match key.as_str() {
            "data-as-is" => has_mark = true,
            "data-leads-to" => {
                let link = attribute.value();
                let refresh =
                    format!("<meta http-equiv=\"refresh\" content=\"0; url={}\">", way.to(&link));
                element_content = Some(refresh);
                notes.written += 1;
            }
            "data-index" | "data-entries" => {
                let to = Way { portable: false, ..*way }.to(&attribute.value());
                changes.push((key, to));
            }
            "href" | "src" | "action" | "poster" => {
                let value = attribute.value();
                if let Some(link) =
                    decode(&value).strip_prefix('/').filter(|link| !link.starts_with('/'))
                {
                    let link = format!("/{link}");
                    let is_alternate = rel == "alternate" && !way.base.is_empty();
                    let address = if is_alternate {
                        format!("{}{}", way.base, &link[1..])
                    } else {
                        way.to(&link)
                    };
                    changes.push((key, address.replace('&', "&amp;").replace('"', "&quot;")));
                }
            }
            "srcset" | "imagesrcset" => {
                let value = attribute.value();
                let one = |one: &str| match decode(one.trim()).strip_prefix('/') {
                    Some(link) if !link.starts_with('/') => way.to(&format!("/{link}")),
                    _ => decode(one.trim()).into_owned(),
                };
                // An address may have a comma in it, and then no space after it.
                let all = value.split(", ").map(one).collect::<Vec<_>>().join(", ");
                changes.push((key, all.replace('&', "&amp;").replace('"', "&quot;")));
            }
            "content" if name == "meta" && is_refresh => {
                let value = attribute.value();
                if let Some((start, link)) = value.split_once("url=/") {
                    let link = format!("/{link}");
                    changes.push((key, format!("{start}url={}", way.to(&link))));
                }
            }
            _ => {}
        }
    }
    if let Some(content) = element_content {
        element.remove_attribute("data-leads-to");
        element.set_inner_content(&content, ContentType::Html);
    }
    for (key, value) in &changes {
        // The name comes from the page, so it is a name.
        let _ = element.set_attribute(key, value);
    }
    if name == "a" && !has_mark && element.end_tag_handlers().is_some() {
        count_until_end(element, &mut notes, shared, |notes| &mut notes.links);
    }
    let is_tel = name == "a"
        && element.get_attribute("href").is_some_and(|href| href.starts_with("tel:"))
        && element
            .get_attribute("class")
            .is_none_or(|class| class.split(' ').all(|name| name != "phone"));
    if is_tel && element.end_tag_handlers().is_some() {
        count_until_end(element, &mut notes, shared, |notes| &mut notes.tel);
    }
    if name == "noscript" && element.end_tag_handlers().is_some() {
        notes.noscript += 1;
        let shared = Rc::clone(shared);
        let _ = element.on_end_tag(end_tag!(move |_| {
            let mut notes = shared.borrow_mut();
            notes.noscript = notes.noscript.saturating_sub(1);
            Ok(())
        }));
    }
    if has_mark {
        element.remove_attribute("data-as-is");
    }
    let is_as_is = has_mark || AS_IS.contains(&name.as_str());
    if is_as_is && element.can_have_content() && element.end_tag_handlers().is_some() {
        notes.as_is += 1;
        let shared = Rc::clone(shared);
        let _ = element.on_end_tag(end_tag!(move |_| {
            let mut notes = shared.borrow_mut();
            notes.as_is = notes.as_is.saturating_sub(1);
            Ok(())
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn way(from: &'static str) -> Way<'static> {
        Way { from, root: None, base: "", portable: false }
    }

    #[test]
    fn addresses_are_relative() {
        let manage = way("/manage/records/");
        assert_eq!(manage.to("/"), "../../");
        assert_eq!(manage.to("/manage/"), "../");
        assert_eq!(manage.to("/manage/records/"), "./");
        assert_eq!(manage.to("/manage/records/#keep"), "#keep");
        assert_eq!(manage.to("/employ/contract/#pay"), "../../employ/contract/#pay");
        assert_eq!(manage.to("/assets/a.css"), "../../assets/a.css");
        assert_eq!(way("/").to("/a/"), "a/");
        let portable = Way { portable: true, ..way("/") };
        assert_eq!(portable.to("/"), "./index.html");
        assert_eq!(portable.to("/a/#b"), "a/index.html#b");
        let anywhere = Way { root: Some("/guide/"), ..way("/404.html") };
        assert_eq!(anywhere.to("/a/"), "/guide/a/");
    }

    #[test]
    fn addresses_in_attributes_are_made_relative() {
        let html =
            "<meta http-equiv=refresh content='0; url=/new/'><a href='/a/?x=1&amp;y=2'>a</a>";
        let (out, _) = pass(html, &way("/old/"));
        assert!(out.contains("content=\"0; url=../new/\""), "{out}");
        assert!(out.contains("href=\"../a/?x=1&amp;y=2\""), "{out}");
    }

    #[test]
    fn addresses_turn_at_their_slashes_and_the_dots_of_their_host_alone() {
        let told = |html: &str| pass(html, &way("/")).0;
        let made = "<span class=\"url\"><span>county</span><span>.example/</span><span>go/</span><span>day-care</span></span>";
        for (html, expected) in [
            ("<p>See county.example/go/day-care.</p>", format!("<p>See {made}.</p>")),
            ("<a href=x>county.example/go/day-care</a>", format!("<a href=x>{made}</a>")),
            (
                "<p>https://county.example/go/day-care</p>",
                format!("<p>{}</p>", made.replace("<span>county", "<span>https://county")),
            ),
        ] {
            assert_eq!(told(html), expected);
        }
        for html in [
            "<p>and/or, 24/7, county.example, e.g./no, 1.5/2 and county.example/</p>",
            "<p data-x>w/c 3.5/x</p><pre>county.example/go</pre>",
            "<p><a href=x>Page 1 of 0306 999 0100</a></p>",
        ] {
            assert_eq!(told(html), html);
        }
        let both = told("<p>county.example/go or 0306 999 0100</p>");
        assert!(
            both.ends_with(
                "or <a class=\"phone\" href=\"tel:+443069990100\">0306 999 0100</a></p>"
            ),
            "{both}"
        );
    }

    #[test]
    fn tags_without_scripts_are_counted_as_the_audit_does() {
        let html = "<main><noscript><!-- <i>x --><p title='a <b'>a <b>b</b></noscript><!--@7 --><p>c</p></main>";
        let (html, polished) = pass(html, &way("/"));
        let page = crate::audit::page::Page::read(&html, |_| None);
        let last = page.all(&["p"]).pop().and_then(crate::audit::page::Element::written);
        assert_eq!(polished.places, [(last.expect("it is written"), SourcePlace::Text(7))]);
    }

    #[test]
    fn marks_of_places_are_taken_down() {
        let html = "<main><h1>a</h1><!--@7 --><p>b</p><!--@3 content/_snippets/x.md--><p>c</p>\
                    <!--@--><p>d</p><!--other--></main>";
        let (out, polished) = pass(html, &way("/"));
        assert_eq!(out, "<main><h1>a</h1><p>b</p><p>c</p><p>d</p><!--other--></main>");
        let snippet = SourcePlace::File("content/_snippets/x.md".into(), 3);
        assert_eq!(
            polished.places,
            [(2, SourcePlace::Text(7)), (3, snippet), (4, SourcePlace::Theme)]
        );
    }
}
