//! The pages of the preview itself: everything that was found, and every page with other ways
//! to look at it. Without scripts they are whole; with them they follow changes.

use std::fmt::Write as _;

use super::shown::Shown;
use crate::{
    diagnostic::Finding, html::escape, model::LeftOut, rule::Severity, text::address::encoded_path,
};

/// What these pages may load.
pub(super) const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; \
     frame-src 'self'; base-uri 'none'; form-action 'none'";

const HEAD: &str = "<meta charset=\"utf-8\">\n\
    <meta name=\"referrer\" content=\"no-referrer\">\n\
    <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
    <meta name=\"color-scheme\" content=\"light dark\">\n\
    <link rel=\"stylesheet\" href=\"/_plainsite/preview.css\">\n";

/// How many problems are listed. Who has more mends these first.
const MOST: usize = 500;

/// All problems and all pages.
pub(super) fn overview(shown: &Shown) -> String {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n{HEAD}<title>Preview</title>\n\
         <script type=\"module\" src=\"/_plainsite/overview.js\"></script>\n</head>\n\
         <body class=\"preview\">\n<main>\n<h1>Preview</h1>\n<p><a href=\"/\">Go to the site</a></p>\n\
         <p hidden><label for=\"filter\">Show only what has these words</label>\
         <input id=\"filter\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\"></p>\n\
         <div id=\"found\" data-number=\"{}\">\n<h2 id=\"problems\">Problems</h2>\n",
        shown.number
    );
    match &shown.failure {
        Some(why) => {
            let why = escaped(why);
            _ = writeln!(out, "<p><strong>The site could not be built:</strong> {why}.</p>");
        }
        None => _ = writeln!(out, "<p role=\"status\"><strong>{}</strong></p>", shown.count()),
    }
    if shown.is_old() {
        out.push_str("<p>Pages with errors are shown as they were before.</p>\n");
    }
    let listed = &shown.findings[..shown.findings.len().min(MOST)];
    for same in listed.chunk_by(|a, b| a.file == b.file) {
        let file = escaped(&same[0].file);
        _ = writeln!(out, "<section data-group><h3>{file}</h3>\n<ul>");
        same.iter().for_each(|found| finding(&mut out, found));
        out.push_str("</ul></section>\n");
    }
    if shown.findings.len() > MOST {
        let rest = shown.findings.len() - MOST;
        _ = writeln!(out, "<p>{rest} more are not listed: mend these first.</p>");
    }
    if !shown.left_out.is_empty() {
        out.push_str("<section data-group><h2 id=\"drafts\">Not published</h2>\n<ul>\n");
        for LeftOut { file, url, why, .. } in shown.left_out.iter() {
            let (to, file) = (escaped(&encoded_path(url)), escaped(file));
            _ = writeln!(out, "<li data-item><a href=\"{to}\">{file}</a>, {why}</li>");
        }
        out.push_str("</ul></section>\n");
    }
    if !shown.moved.is_empty() {
        out.push_str("<section data-group><h2 id=\"moved\">At another address now</h2>\n<ul>\n");
        for moved in shown.moved.iter() {
            _ = writeln!(out, "<li data-item>{}</li>", escaped(&moved.sentence()));
        }
        out.push_str("</ul></section>\n");
    }
    out.push_str("<h2 id=\"pages\">Pages</h2>\n");
    out.push_str(
        "<p>Look at a page on a small phone, on paper, without scripts, as words alone, in the few \
         colours that some people choose, or as staff and the public see it. \
         What you see on paper is close to what a printer makes; your browser’s print \
         preview shows where each sheet ends.</p>\n",
    );
    // A folder at a time, so that a large site can be gone through.
    let titles = shown.titles();
    let folder = |address: &str| address.split('/').nth(1).unwrap_or_default().to_owned();
    for same in titles.chunk_by(|(a, _), (b, _)| folder(a) == folder(b)) {
        let folder = folder(&same[0].0);
        if same.len() > FEW {
            let (name, count) = (escaped(&folder), same.len());
            _ = writeln!(
                out,
                "<details data-group id=\"in-{name}\"><summary>/{name}/: {count} pages</summary>"
            );
        }
        out.push_str("<ul class=\"pages\">\n");
        same.iter().for_each(|(address, title)| page(&mut out, address, title));
        out.push_str("</ul>\n");
        if same.len() > FEW {
            out.push_str("</details>\n");
        }
    }
    out.push_str("</div>\n</main>\n</body>\n</html>\n");
    out
}

/// How many pages of a folder are listed at once.
const FEW: usize = 20;

/// Other ways to look at a page: their names in addresses, and in words.
const VIEWS: [(&str, &str); 6] = [
    ("narrow", "small phone"),
    ("print", "on paper"),
    ("no-scripts", "without scripts"),
    ("no-styles", "words alone"),
    ("contrast", "few colours"),
    ("beside", "staff and public"),
];

fn page(out: &mut String, address: &str, title: &str) {
    let to = escaped(&encoded_path(address));
    let shown = escaped(address);
    // The title was escaped by the template it comes from.
    _ = write!(out, "<li data-item><a href=\"{to}\">{title}</a> <span>{shown}</span><br>");
    for (view, words) in VIEWS {
        _ = write!(
            out,
            "<a href=\"/_plainsite/{view}{to}\">{words}<span class=\"quiet\">: {title}</span></a> "
        );
    }
    out.push_str("</li>\n");
}

pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(&mut out, text);
    out
}

fn finding(out: &mut String, found: &Finding) {
    let Finding { severity, file, start, hint, line_text, .. } = found;
    let code = found.code();
    let _ = writeln!(
        out,
        "<li data-item><p><strong>{}</strong> in {}, line {}, column {}: {}</p>",
        match severity {
            Severity::Error => "Error",
            Severity::Warning => "Warning",
            Severity::Advice => "Advice",
        },
        escaped(file),
        start.line,
        start.column,
        escaped(&found.said()),
    );
    if !line_text.trim().is_empty() {
        let [before, at, after] = found.words().map(|part| escaped(&part));
        let _ = writeln!(out, "<pre>{before}<mark>{at}</mark>{after}</pre>");
    }
    if let Some(hint) = hint {
        let _ = writeln!(out, "<p>Help: {}</p>", escaped(hint).replace('\n', "<br>"));
    }
    let _ = writeln!(
        out,
        "<p><a href=\"/_plainsite/explain/{code}\">More about this: {code}</a></p></li>"
    );
}

/// The page at `path`, 320 pixels wide.
pub(super) fn narrow(path: &str) -> String {
    let to = escaped(&encoded_path(path));
    let inside = format!(
        "<p>{to} at 320 pixels, which is also what people see who make a wide screen four \
         times bigger. <a href=\"{to}\">See it as wide as your screen</a></p>\n\
         <iframe src=\"{to}\" title=\"The page, 320 pixels wide\" width=\"320\" height=\"640\"></iframe>"
    );
    framed("On a small phone", &inside)
}

/// The page at `path` as the public sees it, beside the same for staff.
pub(super) fn beside(path: &str) -> String {
    let to = escaped(&encoded_path(path));
    let inside = format!(
        "<p><a href=\"{to}\">Go to {to}</a></p>\n<div class=\"both\">\n\
         <section><h2>Everyone</h2>\n<iframe src=\"/_plainsite/for-everyone{to}\" title=\"The page for \
         everyone\"></iframe></section>\n\
         <section><h2>Staff</h2>\n<iframe src=\"/_plainsite/for-staff{to}\" title=\"The page for \
         staff\"></iframe></section>\n</div>"
    );
    framed("For everyone, and for staff", &inside)
}

/// A page that says one thing.
pub(super) fn sentence(words: &str) -> String {
    framed("Preview", &format!("<p>{}</p>", escaped(words)))
}

/// The style of these pages.
pub(super) const STYLE: &str = "/_plainsite/preview.css";

/// Where the form for the code words leads.
pub(super) const ENTER: &str = "/_plainsite/enter";

/// What others than this machine see first.
pub(super) fn ask_for_code(is_wrong: bool, to: &str) -> String {
    let to = escaped(to);
    let why = match is_wrong {
        true => {
            "<p role=\"alert\"><strong>Those are not the code words.</strong> Ask whoever started the preview.</p>\n"
        }
        false => "",
    };
    let told = if is_wrong { " aria-invalid=\"true\" aria-describedby=\"wrong\"" } else { "" };
    let inside = format!(
        "{why}<p>This is a page that somebody is still writing. Whoever started the preview can \
         tell you the code words. You can read here, and change nothing.</p>\n\
         <form action=\"{ENTER}\"><p><label for=\"code\">Code words</label>\
         <input type=\"hidden\" name=\"to\" value=\"{to}\"><input id=\"code\" name=\"code\"{told} autocomplete=\"off\" autocapitalize=\"none\" spellcheck=\"false\"></p>\n\
         <p><button>Look at the pages</button></p></form>"
    );
    framed(if is_wrong { "Not the code words" } else { "Preview" }, &inside)
}

/// A small page of the preview.
fn framed(title: &str, inside: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n{HEAD}<title>{title}</title>\n</head>\n\
         <body class=\"preview\">\n<main>\n<h1>{title}</h1>\n{inside}\n</main>\n</body>\n</html>\n"
    )
}
