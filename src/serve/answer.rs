//! What the preview shows, and the answer to each request.
//!
//! Everything here is made from memory: no disk, no network, no clock.

use std::sync::Arc;

use super::overview;
use crate::{
    Built,
    diagnostic::{self, Error, Finding},
    output::{Bytes, Files},
    text::address::{decoded, encoded_value},
};

/// The site as it is shown now. Each build makes a new one.
#[derive(Debug)]
pub(super) struct Shown {
    /// Which build this is, counted from 1.
    pub(super) number: u64,
    /// Which site the files are; another one is loaded by open pages.
    pub(super) site: String,
    /// The files of the last build without errors.
    good: Arc<Files>,
    /// The files of the last build. Pages that `good` does not have yet come
    /// from here.
    last: Arc<Files>,
    /// What was found by the last build.
    pub(super) findings: Vec<Finding>,
    /// Why the last build could not be made at all.
    pub(super) failure: Option<String>,
    /// How many pages the last build has.
    pub(super) pages: usize,
    /// The path under which the site is published, which its 404 page names.
    base_path: String,
}

impl Shown {
    /// The first build of a run of the preview. With errors or without, it is
    /// the best there is.
    pub(super) fn new(run: u128, built: Built, base_path: String) -> Self {
        let files = Arc::new(built.files);
        Self {
            number: 1,
            site: format!("{run}-1"),
            good: Arc::clone(&files),
            last: files,
            findings: built.findings,
            failure: None,
            pages: built.pages,
            base_path,
        }
    }

    /// What is shown after another build.
    pub(super) fn then(&self, built: Built) -> Self {
        let is_good = !built.has_errors();
        let last = Arc::new(built.files);
        let good = if is_good { Arc::clone(&last) } else { Arc::clone(&self.good) };
        let same = same(&self.good, &good) && same(&self.last, &last);
        Self {
            good,
            last,
            findings: built.findings,
            failure: None,
            pages: built.pages,
            ..self.next(!same)
        }
    }

    /// What is shown after a build that could not be made.
    pub(super) fn then_failed(&self, error: &Error) -> Self {
        Self { findings: Vec::new(), failure: Some(error.to_string()), ..self.next(false) }
    }

    fn next(&self, is_new: bool) -> Self {
        let number = self.number + 1;
        let run = self.site.split('-').next().unwrap_or_default();
        Self {
            number,
            site: if is_new { format!("{run}-{number}") } else { self.site.clone() },
            good: Arc::clone(&self.good),
            last: Arc::clone(&self.last),
            findings: Vec::new(),
            failure: None,
            pages: self.pages,
            base_path: self.base_path.clone(),
        }
    }

    /// Whether what is shown is older than what is written.
    pub(super) fn is_old(&self) -> bool {
        self.failure.is_some() || !Arc::ptr_eq(&self.good, &self.last)
    }

    /// `2 errors and 1 warning.`
    pub(super) fn count(&self) -> String {
        if self.findings.is_empty() {
            return "Nothing to mend.".into();
        }
        format!("{}.", diagnostic::count(&self.findings))
    }

    /// How the last build went, in words.
    pub(super) fn sentence(&self) -> String {
        let old = if self.is_old() { " The pages shown are from before." } else { "" };
        match &self.failure {
            Some(why) => format!("The site could not be built: {why}.{old}"),
            None => format!("Built again. {}{old}", self.count()),
        }
    }

    /// The file at a path below the root of the site.
    fn file(&self, path: &str) -> Option<&Bytes> {
        self.good.get(path).or_else(|| self.last.get(path))
    }

    /// The address and title of every page, by address.
    pub(super) fn titles(&self) -> Vec<(String, String)> {
        let mut titles: Vec<(String, String)> = Vec::new();
        let paths = self.good.keys().chain(self.last.keys());
        let mut folders: Vec<&str> =
            paths.filter_map(|path| path.strip_suffix("index.html")).collect();
        folders.sort_unstable();
        folders.dedup();
        for folder in folders {
            let Some(bytes) = self.file(&format!("{folder}index.html")) else { continue };
            let html = String::from_utf8_lossy(bytes.as_slice());
            if html.contains("http-equiv=\"refresh\"") {
                continue; // It only leads elsewhere.
            }
            let title =
                html.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
            let title = title.map_or(folder, |(title, _)| title);
            titles.push((format!("/{folder}"), title.to_owned()));
        }
        titles
    }
}

fn same(one: &Arc<Files>, other: &Arc<Files>) -> bool {
    let same_bytes = |(a, b): ((&String, &Bytes), (&String, &Bytes))| {
        a.0 == b.0 && a.1.as_slice() == b.1.as_slice()
    };
    Arc::ptr_eq(one, other)
        || one.len() == other.len() && one.iter().zip(other.iter()).all(same_bytes)
}

/// What goes back to the browser.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    fn new(status: u16, kind: &str, body: impl Into<Vec<u8>>) -> Self {
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

    fn html(status: u16, html: String) -> Self {
        Self::new(status, "text/html; charset=utf-8", html)
    }

    fn elsewhere(address: String) -> Self {
        let mut answer = Self::refusal(308, &format!("This page is at {address}"));
        answer.headers.push(("Location", address));
        answer
    }

    fn with(mut self, name: &'static str, value: &str) -> Self {
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
}

/// The answer to a request for an address, which begins with `/`.
pub(super) fn answer(shown: &Shown, address: &str) -> Answer {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let path = decoded(path);
    let own = match path.strip_prefix("/_plainsite/") {
        None => return page(shown, &path, query, View::Plain),
        Some(own) => own,
    };
    if let Some(path) = own.strip_prefix("print") {
        return page(shown, path, query, View::Print);
    }
    if let Some(path) = own.strip_prefix("no-scripts") {
        return page(shown, path, query, View::NoScripts);
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
        "reload.js" => Answer::new(200, kind_of(own), include_str!("reload.js")),
        "preview.css" => Answer::new(200, kind_of(own), include_str!("preview.css")),
        "problems.json" => Answer::new(200, kind_of(own), problems(shown)),
        _ => Answer::refusal(404, "There is nothing here. Everything is listed at /_plainsite/"),
    }
}

fn page(shown: &Shown, path: &str, query: &str, view: View) -> Answer {
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
            return Answer::elsewhere(format!("{}/{query}", encoded_value(last)));
        }
        None => match shown.file("404.html") {
            Some(bytes) => (404, "404.html", bytes),
            None => {
                let html = overview::overview(shown);
                return Answer::html(404, html).with("Content-Security-Policy", overview::POLICY);
            }
        },
    };
    let kind = kind_of(name);
    let answer = match (kind, view) {
        ("text/html; charset=utf-8", View::Plain | View::Print) => {
            Answer::new(status, kind, with_script(bytes.as_slice(), &shown.site))
        }
        ("text/css; charset=utf-8", View::Print) => {
            Answer::new(status, kind, as_on_paper(&String::from_utf8_lossy(bytes.as_slice())))
        }
        _ => Answer::new(status, kind, bytes.as_slice()),
    };
    match view {
        View::NoScripts => answer.with(
            "Content-Security-Policy",
            "sandbox allow-same-origin allow-forms allow-popups allow-top-navigation allow-downloads",
        ),
        _ => answer,
    }
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

/// What the script shows on top of a page.
fn problems(shown: &Shown) -> String {
    let findings = shown.findings.iter().map(|finding| {
        serde_json::json!({
            "severity": finding.severity.to_string(),
            "file": &*finding.file,
            "line": finding.start.line,
            "message": finding.message,
            "hint": finding.hint,
        })
    });
    // Errors first; the script shows the first few.
    let mut findings: Vec<_> = findings.collect();
    findings.sort_by_key(|finding| finding["severity"] != "error");
    let says = match &shown.failure {
        Some(why) => format!("The site could not be built: {why}."),
        None => shown.count(),
    };
    let problems = serde_json::json!({
        "site": shown.site,
        "says": says,
        "old": shown.is_old(),
        "findings": findings,
        "failed": shown.failure.is_some(),
    });
    problems.to_string()
}

fn kind_of(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "xml" => "application/xml; charset=utf-8",
        "txt" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "ics" => "text/calendar; charset=utf-8",
        "vcf" => "text/vcard; charset=utf-8",
        "pdf" => "application/pdf",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "odt" => "application/vnd.oasis.opendocument.text",
        "mp3" => "audio/mpeg",
        "mp4" => "video/mp4",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diagnostic::{Diagnostic, Report},
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
            publish: crate::config::Publish::default(),
            files: files.collect(),
            findings: if is_good { Vec::new() } else { findings },
            pages: 1,
            paths: crate::model::Paths::default(),
            timings: Vec::new(),
        }
    }

    fn text(shown: &Shown, address: &str) -> (u16, String) {
        let answer = answer(shown, address);
        (answer.status, String::from_utf8(answer.body).expect("it is text"))
    }

    #[test]
    fn the_last_good_page_stays() {
        let first = Shown::new(7, built(&[("a/index.html", "one")], true), "/".into());
        let broken = first.then(built(&[("a/index.html", "two"), ("b/index.html", "new")], false));
        assert!(text(&broken, "/a/").1.ends_with("one"));
        assert!(text(&broken, "/b/").1.ends_with("new"), "a page that was never good is shown");
        assert!(broken.is_old());
        let mended = broken.then(built(&[("a/index.html", "three")], true));
        assert!(text(&mended, "/a/").1.ends_with("three"));
        assert_eq!(text(&mended, "/b/").0, 404);
        assert!(!mended.is_old());
    }

    #[test]
    fn an_open_page_is_loaded_again_only_when_something_changed() {
        let first = Shown::new(7, built(&[("index.html", "one")], true), "/".into());
        let same = first.then(built(&[("index.html", "one")], true));
        assert_eq!((same.site.as_str(), same.number), ("7-1", 2));
        assert_eq!(same.then(built(&[("index.html", "two")], true)).site, "7-3");
    }

    #[test]
    fn addresses_lead_to_files() {
        let site = built(&[("a/index.html", "A"), ("404.html", "no"), ("é.txt", "e")], true);
        let shown = Shown::new(7, site, "/guide/".into());
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
        let shown = Shown::new(7, built(&[("index.html", "x")], false), "/".into());
        let page = text(&shown, "/_plainsite/").1;
        assert!(page.contains("“&lt;b&gt;” is not a date"), "{page}");
        assert!(!page.contains("<b>"), "{page}");
    }
}
