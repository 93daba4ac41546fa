//! The pages of the desk, as HTML. They are read on the editor's own machine alone, in English,
//! and pass what published pages pass.

use std::fmt::Write as _;

use crate::html::escape;

mod drawing;
pub mod edit;
pub mod fields;
pub mod list;
pub mod new;
pub mod states;

/// Where the desk is, before its key. Its pages lead to each other from where they are, so that
/// the key is in no page.
pub const DESK: &str = "/_plainsite/desk/";

/// What its pages may load: from here alone, and nothing in another site's frame.
pub const POLICY: &str = "default-src 'none'; script-src 'self'; connect-src 'self'; \
    style-src 'self'; img-src 'self'; frame-src 'self'; frame-ancestors 'self'; \
    base-uri 'none'; form-action 'self'";

/// Words as text of HTML, or as the value of an attribute in double quotes.
pub fn text(words: &str) -> String {
    let mut out = String::new();
    escape(&mut out, words);
    out
}

/// What stands on top of a page of the desk, once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// It was done.
    Done(String),
    /// It was not done, and why.
    Not(String),
}

/// A page of the desk around what it shows.
pub fn framed(title: &str, notice: Option<&Notice>, inside: &str) -> String {
    let notice = match notice {
        Some(Notice::Done(words)) => {
            format!("<p class=\"done\" role=\"status\">{}</p>\n", text(words))
        }
        Some(Notice::Not(words)) => {
            format!(
                "<p class=\"not\" role=\"alert\"><strong>Not done.</strong> {}</p>\n",
                text(words)
            )
        }
        None => String::new(),
    };
    let title = text(title);
    format!(
        "<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"referrer\" content=\"same-origin\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <link rel=\"stylesheet\" href=\"desk.css\">\n\
         <script type=\"module\" src=\"desk.js\"></script>\n\
         <title>{title} - Desk</title>\n</head>\n<body>\n\
         <a class=\"skip\" href=\"#main\">Skip to the page</a>\n\
         <header><nav aria-label=\"Desk\"><ul>\n\
         <li><a href=\"./\">All pages</a></li>\n\
         <li><a href=\"new\">New page</a></li>\n\
         <li><a href=\"import\">From Word</a></li>\n\
         <li><a href=\"changes\">Before and now</a></li>\n\
         <li><a href=\"/_plainsite/\">Problems</a></li>\n\
         <li><a href=\"site/\">The site</a></li>\n\
         </ul></nav></header>\n\
         <main id=\"main\" tabindex=\"-1\">\n<h1>{title}</h1>\n{notice}{inside}</main>\n</body>\n</html>\n"
    )
}

/// A page that says one thing.
pub fn sentence(title: &str, words: &str) -> String {
    framed(title, None, &format!("<p>{}</p>\n", text(words)))
}

/// The address of the page on which a file is worked on, from other pages of the desk.
pub fn edit_address(file: &str) -> String {
    format!("edit?file={}", value(file))
}

/// A value in an address.
pub fn value(words: &str) -> String {
    crate::text::address::encoded_value(words)
}

/// A field that is sent along and not shown.
fn hidden(out: &mut String, name: &str, words: &str) {
    _ = writeln!(out, "<input type=\"hidden\" name=\"{}\" value=\"{}\">", text(name), text(words));
}
