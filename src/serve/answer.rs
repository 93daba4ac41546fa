//! The answer to each request.
//!
//! Everything here is made from memory: no disk, no network, no clock.

use std::cmp::Reverse;

use super::{moved::Moved, overview, shown::Shown};
use crate::{
    check,
    desk::page::DESK,
    diagnostic::Finding,
    output::Bytes,
    text::{
        address::{decoded, encoded_path, encoded_value},
        media::media_type,
    },
};

/// What goes back to the browser.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    pub(super) fn new(status: u16, kind: &str, body: impl Into<Vec<u8>>) -> Self {
        let headers = vec![
            ("Content-Type", kind.to_owned()),
            ("Cache-Control", "no-store".to_owned()),
            ("X-Content-Type-Options", "nosniff".to_owned()),
            ("Cross-Origin-Resource-Policy", "same-origin".to_owned()),
        ];
        Self { status, headers, body: body.into() }
    }

    /// No, and why, in a sentence.
    pub(super) fn refusal(status: u16, sentence: &str) -> Self {
        let mut answer = Self::new(status, "text/plain; charset=utf-8", format!("{sentence}\n"));
        if status == 405 {
            answer.headers.push(("Allow", "GET, HEAD".into()));
        }
        answer
    }

    pub(super) fn html(status: u16, html: String) -> Self {
        Self::new(status, "text/html; charset=utf-8", html)
    }

    pub(super) fn elsewhere(status: u16, address: String) -> Self {
        let mut answer = Self::refusal(status, &format!("This page is at {address}"));
        answer.headers.push(("Location", address));
        answer
    }

    /// What its status means. Source: RFC 9110.
    pub(super) fn reason(&self) -> &'static str {
        match self.status {
            200 => "OK",
            303 => "See Other",
            308 => "Permanent Redirect",
            400 => "Bad Request",
            401 => "Unauthorized",
            404 => "Not Found",
            403 => "Forbidden",
            405 => "Method Not Allowed",
            409 => "Conflict",
            413 => "Content Too Large",
            421 => "Misdirected Request",
            429 => "Too Many Requests",
            _ => "Service Unavailable",
        }
    }

    pub(super) fn with(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }
}

/// A way to look at a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    /// As published.
    Plain,
    /// As on paper.
    Print,
    /// As in a browser that runs no scripts.
    NoScripts,
    /// As words alone, in the order in which they are read aloud.
    NoStyles,
    /// As with few colours that the reader chose: the contrast themes of Windows.
    Contrast,
}

impl View {
    /// The view that an address below `/_plainsite/` asks for, and the path of the page.
    fn of(own: &str) -> Option<(Self, &str)> {
        let all = [
            ("print", Self::Print),
            ("no-scripts", Self::NoScripts),
            ("no-styles", Self::NoStyles),
            ("contrast", Self::Contrast),
        ];
        all.into_iter().find_map(|(name, view)| Some((view, own.strip_prefix(name)?)))
    }
}

/// For whom a page is shown, beside the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Edition {
    pub(super) is_staff: bool,
}

impl Edition {
    /// The edition that an address asks for, and the path of the page.
    pub(super) fn of(path: &str) -> Option<(Self, &str)> {
        let own = path.strip_prefix("/_plainsite/for-")?;
        let all = [("staff", true), ("everyone", false)];
        let mut all = all.into_iter();
        let (is_staff, path) =
            all.find_map(|(name, is_staff)| Some((is_staff, own.strip_prefix(name)?)))?;
        path.starts_with('/').then_some((Self { is_staff }, path))
    }
}

/// Whether a path is that of a page, and not of what a page uses.
pub(super) fn is_page(path: &str) -> bool {
    path.ends_with('/') || !path.rsplit('/').next().unwrap_or_default().contains('.')
}

/// A page as it is published.
pub(super) fn answer_as_published(shown: &Shown, path: &str) -> Answer {
    page(shown, path, "", View::Plain)
}

/// What is said where an edition has no such page.
pub(super) fn not_in(edition: Edition) -> Answer {
    let who = if edition.is_staff { "Staff" } else { "The public" };
    Answer::html(
        404,
        overview::sentence(&format!(
            "{who} would find no page here, or it cannot be made as it is now."
        )),
    )
    .with("Content-Security-Policy", overview::POLICY)
}

/// A page of another edition.
pub(super) fn plain(html: &[u8], site: &str) -> Answer {
    Answer::html(200, String::from_utf8_lossy(&with_script(html, site)).into_owned())
}

/// A page of the site with a link to where it is written, at the desk whose address with its key
/// is `desk`. Other pages do not have the key: whoever can read them is not asked for it.
pub(super) fn answer_for_desk(shown: &Shown, address: &str, desk: &str) -> Answer {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    page_at(shown, &decoded(path), query, View::Plain, desk)
}

/// The answer to a request for an address, which begins with `/`.
pub(super) fn answer(shown: &Shown, address: &str) -> Answer {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let path = decoded(path);
    let own = match path.strip_prefix("/_plainsite/") {
        None => return page(shown, &path, query, View::Plain),
        Some(own) => own,
    };
    if let Some((view, path)) = View::of(own) {
        return page(shown, path, query, view);
    }
    if let Some(path) = own.strip_prefix("beside/") {
        let html = overview::beside(&format!("/{path}"));
        return Answer::html(200, html).with("Content-Security-Policy", overview::POLICY);
    }
    if let Some(path) = own.strip_prefix("narrow/") {
        let html = overview::narrow(&format!("/{path}"));
        return Answer::html(200, html).with("Content-Security-Policy", overview::POLICY);
    }
    match own {
        "" => {
            let html = overview::overview(shown);
            Answer::html(200, html).with("Content-Security-Policy", overview::POLICY)
        }
        "reload.js" => Answer::new(200, media_type(own), include_str!("reload.js")),
        "overview.js" => Answer::new(200, media_type(own), include_str!("overview.js")),
        "preview.css" => Answer::new(200, media_type(own), include_str!("preview.css")),
        "problems.json" => Answer::new(200, media_type(own), problems(shown, query)),
        _ if own.starts_with("explain/") => match manual(&own["explain/".len()..]) {
            Some(text) => Answer::new(200, media_type("a.txt"), text),
            None => Answer::refusal(404, "There is no manual page of this name."),
        },
        _ => Answer::refusal(404, "There is nothing here. Everything is listed at /_plainsite/"),
    }
}

fn page(shown: &Shown, path: &str, query: &str, view: View) -> Answer {
    page_at(shown, path, query, view, DESK)
}

fn page_at(shown: &Shown, path: &str, query: &str, view: View, desk: &str) -> Answer {
    let Some(inner) = path.strip_prefix('/') else {
        return Answer::refusal(404, "There is nothing here. Everything is listed at /_plainsite/");
    };
    // The 404 page is shown anywhere, so its links begin with the path under
    // which the site will be published.
    let base = shown.base_path.trim_start_matches('/');
    let inner = match inner.strip_prefix(base) {
        Some(rest) if !base.is_empty() && shown.file(inner).is_none() => rest,
        _ => inner,
    };
    let name = if inner.is_empty() || inner.ends_with('/') {
        format!("{inner}index.html")
    } else {
        inner.to_owned()
    };
    let (status, name, bytes) = match shown.file(&name) {
        Some(bytes) => (200, name.as_str(), bytes),
        None if shown.file(&format!("{inner}/index.html")).is_some() => {
            let last = inner.rsplit('/').next().unwrap_or_default();
            let query = if query.is_empty() { String::new() } else { format!("?{query}") };
            return Answer::elsewhere(308, format!("{}/{query}", encoded_value(last)));
        }
        None => {
            let own = shown.file("404.html");
            if let Some(moved) = shown.moved(&format!("/{inner}")) {
                let nothing = || Bytes::from(overview::sentence("There is no page here."));
                return renamed(own.unwrap_or_else(nothing).as_slice(), moved, shown);
            }
            match own {
                Some(bytes) => (404, "404.html", bytes),
                None => {
                    let html = with_script(overview::overview(shown).as_bytes(), &shown.site);
                    return Answer::html(404, String::from_utf8_lossy(&html).into_owned())
                        .with("Content-Security-Policy", overview::POLICY);
                }
            }
        }
    };
    let kind = media_type(name);
    let answer = match (kind, view) {
        (
            "text/html; charset=utf-8",
            View::Plain | View::Print | View::NoStyles | View::Contrast,
        ) if !(name.ends_with("/index.html") || matches!(name, "index.html" | "404.html")) => {
            safe(name, Answer::new(status, kind, bytes.as_slice()))
        }
        ("text/html; charset=utf-8", view) if view != View::NoScripts => {
            let html = with_script(bytes.as_slice(), &shown.site);
            let address = format!("/{}", name.strip_suffix("index.html").unwrap_or(name));
            // Before the first build it is not known which pages are made of others.
            let is_known = !shown.is_built || shown.source_of(&address).is_some();
            let is_written = shown.is_written && is_known;
            Answer::new(
                status,
                kind,
                if is_written { with_edit(&html, &address, desk) } else { html },
            )
        }
        ("text/css; charset=utf-8", View::Print) => {
            Answer::new(status, kind, as_on_paper(&String::from_utf8_lossy(bytes.as_slice())))
        }
        ("text/css; charset=utf-8", View::Contrast) => {
            Answer::new(status, kind, with_few_colours(&String::from_utf8_lossy(bytes.as_slice())))
        }
        _ => safe(name, Answer::new(status, kind, bytes.as_slice())),
    };
    match view {
        View::NoStyles => answer.with("Content-Security-Policy", "style-src 'none'"),
        View::NoScripts => answer.with(
            "Content-Security-Policy",
            "sandbox allow-same-origin allow-forms allow-popups allow-top-navigation allow-downloads",
        ),
        _ => answer,
    }
}

/// A page that is not published, as it would be, with words on top that say so.
pub(super) fn draft(html: &[u8], why: &str, site: &str) -> Answer {
    let note =
        format!("<strong>Not published: this page is {why}.</strong> Only this preview shows it.");
    with_note(200, html, &note, site)
}

/// The page that says that there is none, with words on top that say where it went.
fn renamed(html: &[u8], moved: &Moved, shown: &Shown) -> Answer {
    let [to, file, line] =
        [&encoded_path(&moved.to), &moved.file, &moved.line()].map(|text| overview::escaped(text));
    let note = format!(
        "<strong>This page is now at <a href=\"{to}\">{to}</a>.</strong> Links that people have \
         kept lead to nothing. To keep them alive, add this line at the top of \
         <code>{file}</code>: <code>{line}</code>"
    );
    with_note(404, html, &note, &shown.site)
}

/// A file of the site that is no finished page: it runs nothing by itself, whatever is in it,
/// since the desk is on the same origin.
pub(super) fn safe(path: &str, answer: Answer) -> Answer {
    let is_page = path.ends_with("/index.html") || matches!(path, "index.html" | "404.html");
    match is_page {
        true => answer,
        false => {
            answer.with("Content-Security-Policy", "sandbox; script-src 'none'; object-src 'none'")
        }
    }
}

/// A page with a note of the preview on top.
fn with_note(status: u16, html: &[u8], note: &str, site: &str) -> Answer {
    let html = String::from_utf8_lossy(html);
    let body = html.find("<body").and_then(|at| Some(at + html[at..].find('>')? + 1));
    let (before, after) = html.split_at(body.unwrap_or(0));
    let note = format!("<p class=\"plainsite-draft\" lang=\"en\" dir=\"ltr\">{note}</p>");
    let html = with_script([before, &note, after].concat().as_bytes(), site);
    Answer::html(status, String::from_utf8_lossy(&html).into_owned())
}

/// The page with a link to where it is written. It is there without a script too.
fn with_edit(html: &[u8], address: &str, desk: &str) -> Vec<u8> {
    let find = |part: &[u8]| html.windows(part.len()).position(|found| found == part);
    let Some(head) = find(b"</head>") else { return html.to_vec() };
    let body = find(b"<body").filter(|body| *body > head);
    let end = body.and_then(|body| Some(body + html[body..].iter().position(|c| *c == b'>')? + 1));
    let Some(at) = end else { return html.to_vec() };
    let link = format!(
        "\n<nav class=\"plainsite-edit\" lang=\"en\" dir=\"ltr\" aria-label=\"Desk\">\
         <a href=\"{desk}edit?page={}\">Edit this page</a></nav>",
        encoded_value(address)
    );
    let style = format!("<link rel=\"stylesheet\" href=\"{}\">\n", overview::STYLE);
    [&html[..head], style.as_bytes(), &html[head..at], link.as_bytes(), &html[at..]].concat()
}

/// The page with the script that shows problems and loads it again. The policy
/// of a page allows scripts of its own site; this one also asks for what was found.
fn with_script(html: &[u8], site: &str) -> Vec<u8> {
    let find = |part: &[u8]| html.windows(part.len()).position(|found| found == part);
    let Some(at) = find(b"</head>") else { return html.to_vec() };
    let none = b"connect-src 'none'";
    let (start, policy, from) = match find(none).filter(|&found| found < at) {
        Some(found) => (found, "connect-src 'self'", found + none.len()),
        None => (0, "", 0),
    };
    let script =
        format!("<script type=\"module\" src=\"/_plainsite/reload.js?{site}\"></script>\n");
    let parts =
        [&html[..start], policy.as_bytes(), &html[from..at], script.as_bytes(), &html[at..]];
    parts.concat()
}

/// The style for paper, on the screen.
fn as_on_paper(css: &str) -> String {
    let css = css.replace("@media print", "@media all").replace("@media screen", "@media print");
    css + "\n:root { background: #fff; }\nbody { max-inline-size: 21cm; margin: 0 auto; padding: 18mm 20mm; }\n"
}

/// The style as it looks in a contrast theme of Windows: white on black, links yellow.
fn with_few_colours(css: &str) -> String {
    // As a theme writes it, and as it is when it was made small.
    let all = |css: &str, said: &str| css.replace(said, "@media all");
    let css = all(css, "@media (forced-colors: active)");
    all(&css, "@media (forced-colors:active)") + include_str!("contrast.css")
}

/// The manual page of a rule.
fn manual(code: &str) -> Option<String> {
    let rule = check::rules().into_iter().find(|rule| rule.code == code)?;
    Some(format!("{}\n\n{}\n", rule.manual.trim_end(), rule.about()))
}

/// How many problems the strip has at most. All of them are on a page of their own.
const MOST: usize = 50;

/// What the script shows with a page: `page=/records/` asks for what is wrong on it first.
fn problems(shown: &Shown, query: &str) -> String {
    let page = query.split('&').find_map(|part| part.strip_prefix("page="));
    let page = decoded(page.unwrap_or_default());
    let base = shown.base_path.trim_end_matches('/');
    let address = page.strip_prefix(base).unwrap_or(&page);
    let source = shown.source_of(address);
    let is_here = |finding: &Finding| {
        source == Some(&*finding.file) || finding.seen_on.as_deref() == Some(address)
    };
    let mut all: Vec<&Finding> = shown.findings.iter().collect();
    // Those of the page first, and of them the errors, then the warnings.
    all.sort_by_key(|finding| (!is_here(finding), Reverse(finding.severity)));
    let json = |finding: &&Finding| {
        let [before, at, after] = finding.words();
        serde_json::json!({
            "severity": finding.severity.to_string(),
            "file": &*finding.file,
            "line": finding.start.line,
            "message": finding.said(),
            "hint": finding.hint,
            "code": finding.code(),
            "words": [before, at, after],
            "here": is_here(finding),
        })
    };
    let findings: Vec<_> = all.iter().take(MOST).map(json).collect();
    let says = match &shown.failure {
        Some(why) => format!("The site could not be built: {why}."),
        None => shown.count(),
    };
    let problems = serde_json::json!({
        "site": shown.site,
        "says": says,
        "old": shown.is_old(),
        "source": source,
        "address": source.map(|_| address),
        "count": shown.findings.len(),
        "here": all.iter().filter(|finding| is_here(finding)).count(),
        "findings": findings,
        "failed": shown.failure.is_some(),
    });
    problems.to_string()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::{
        super::{front::Held, moved::Written, shown::Made},
        *,
    };
    use crate::{
        Built,
        diagnostic::{Diagnostic, Report},
        kept::Key,
        output::Bytes,
        rule,
        text::{Source, Span},
    };

    fn built(files: &[(&str, &str)], is_good: bool) -> Built {
        let source = Source::new("content/a.md", "checked: <b>");
        let mut report = Report::default();
        let message = "“<b>” is not a date";
        report.add(&source, [Diagnostic::error(&rule::FRONT_MATTER, Span::new(9, 12), message)]);
        let findings = report.findings();
        let files = files.iter().map(|(path, text)| {
            ((*path).to_owned(), Bytes::from(format!("<head><title>{text}</title></head>{text}")))
        });
        Built {
            unsigned: Vec::new(),
            ledger: crate::ledger::Ledger::default(),
            kept: Default::default(),
            schedule: Default::default(),
            publish: crate::config::Publish::default(),
            files: files.collect(),
            findings: if is_good { Vec::new() } else { findings },
            pages: 1,
            left_out: Vec::new(),
            paths: crate::model::Paths::default(),
            timings: Vec::new(),
        }
    }

    fn first(built: Built, base: String) -> Shown {
        let (file, title, text) = ("content/a.md".into(), "A".into(), Key::of([&[][..]]));
        let written = Written { file, title, text, is_made: false };
        let sources = BTreeMap::from([("/".to_owned(), written)]);
        let (held, held_paths) = Default::default();
        let made = Made { built, saves: 0, sources, held, held_paths };
        Shown::nothing(7, base).then(made, None, None)
    }

    /// After a build in which the page of `a.md` has an error, or none has.
    fn then(shown: &Shown, built: Built) -> Shown {
        let files = built.has_errors().then(|| "content/a.md".to_owned());
        let held = Held { files: files.into_iter().collect(), all: false };
        let held_paths = held.files.iter().map(|_| "a/index.html".to_owned()).collect();
        let sources = BTreeMap::new();
        shown.then(Made { built, saves: 0, held, held_paths, sources }, None, None)
    }

    fn text(shown: &Shown, address: &str) -> (u16, String) {
        let answer = answer(shown, address);
        (answer.status, String::from_utf8(answer.body).expect("it is text"))
    }

    #[test]
    fn the_last_good_page_stays() {
        let first = first(built(&[("a/index.html", "one")], true), "/".into());
        let broken =
            then(&first, built(&[("a/index.html", "two"), ("b/index.html", "new")], false));
        assert!(text(&broken, "/a/").1.ends_with("one"));
        assert!(text(&broken, "/b/").1.ends_with("new"), "a page that was never good is shown");
        assert!(broken.is_old());
        let mended = then(&broken, built(&[("a/index.html", "three")], true));
        assert!(text(&mended, "/a/").1.ends_with("three"));
        assert_eq!(text(&mended, "/b/").0, 404);
        assert!(!mended.is_old());
    }

    #[test]
    fn an_open_page_is_loaded_again_only_when_something_changed() {
        let first = first(built(&[("index.html", "one")], true), "/".into());
        let same = then(&first, built(&[("index.html", "one")], true));
        assert_eq!((same.site.as_str(), same.number), ("7-2", 3));
        assert_eq!(then(&same, built(&[("index.html", "two")], true)).site, "7-4");
    }

    #[test]
    fn addresses_lead_to_files() {
        let site = built(&[("a/index.html", "A"), ("404.html", "no"), ("é.txt", "e")], true);
        let shown = first(site, "/guide/".into());
        assert_eq!(text(&shown, "/a/?q=1").0, 200);
        assert_eq!(text(&shown, "/guide/a/").0, 200);
        assert_eq!(text(&shown, "/%C3%A9.txt").0, 200);
        assert_eq!(text(&shown, "/b/").0, 404);
        assert_eq!(text(&shown, "/%zz").0, 404);
        assert_eq!(text(&shown, "http://elsewhere.example/").0, 404);
        let moved = answer(&shown, "/a?q=1");
        assert_eq!(moved.status, 308);
        assert!(moved.headers.contains(&("Location", "a/?q=1".into())));
    }

    #[test]
    fn what_an_author_wrote_is_shown_as_words() {
        let shown = first(built(&[("index.html", "x")], false), "/".into());
        let page = text(&shown, "/_plainsite/").1;
        assert!(page.contains("“&lt;b&gt;” is not a date"), "{page}");
        assert!(!page.contains("<b>"), "{page}");
    }
}
