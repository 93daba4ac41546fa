//! A new page in five questions, and pages of a document.

use std::fmt::Write as _;

use super::{Notice, fields::Choices, framed, hidden, text};
use crate::model::kind::{KINDS, KindName};

/// What was answered so far.
#[derive(Debug, Default, Clone)]
pub struct Answers {
    /// What it is called.
    pub title: String,
    /// What sort of page.
    pub kind: String,
    /// The folder that it goes into, below that of the pages; empty at the top.
    pub folder: String,
    /// Who looks after it.
    pub owner: String,
    /// How often it is checked.
    pub every: String,
}

/// How often a page can be checked, as the file says it.
pub const OFTEN: [&str; 4] =
    ["every 3 months", "every 6 months", "every 12 months", "every 24 months"];

/// The kinds that most pages are, first.
const USUAL: [&str; 6] = ["guidance", "easy read", "letter", "faq", "step by step", "service"];

/// The form for a new page. `folders` are those of the site, each with its title.
pub fn new(
    folders: &[(String, String)],
    choices: &Choices,
    answers: &Answers,
    notice: Option<&Notice>,
) -> String {
    let mut out = String::from(
        "<p>Five questions. It begins as a draft, which nobody else sees.</p>\n<form method=\"post\" action=\"new\" autocomplete=\"off\">\n",
    );
    _ = writeln!(
        out,
        "<div class=\"field\"><label for=\"title\">1. What is it called?</label>\
         <p class=\"hint\" id=\"title-hint\">As a reader would ask for it: <code>Money left over</code></p>\
         <input id=\"title\" name=\"title\" value=\"{}\" aria-describedby=\"title-hint\" required></div>",
        text(&answers.title)
    );
    out.push_str("<fieldset><legend>2. What sort of page is it?</legend>\n");
    let own = if answers.kind.is_empty() { "guidance" } else { answers.kind.as_str() };
    let written = KINDS.iter().filter(|kind| kind.starter.is_some());
    let (usual, rest): (Vec<KindName>, Vec<KindName>) =
        written.copied().partition(|kind| USUAL.contains(&kind.name));
    let radio = |out: &mut String, name: &str, about: &str| {
        let id = format!("kind-{}", name.replace(' ', "-"));
        let checked = if name == own { " checked" } else { "" };
        _ = writeln!(
            out,
            "<p class=\"choice\"><input type=\"radio\" id=\"{id}\" name=\"kind\" value=\"{0}\"{checked}> \
             <label for=\"{id}\">{0}: <span class=\"note\">{1}</span></label></p>",
            text(name),
            text(about.split(" (a `").next().unwrap_or(about).trim_end_matches('.'))
        );
    };
    let place = |name: &str| USUAL.iter().position(|known| *known == name);
    let mut usual = usual;
    usual.sort_by_key(|kind| place(kind.name));
    usual.iter().for_each(|kind| radio(&mut out, kind.name, kind.about));
    let open = if rest.iter().any(|kind| kind.name == own) { " open" } else { "" };
    _ = writeln!(out, "<details class=\"more\"{open}><summary>Other sorts</summary>");
    rest.iter().for_each(|kind| radio(&mut out, kind.name, kind.about));
    out.push_str("</details></fieldset>\n");
    out.push_str("<div class=\"field\"><label for=\"folder\">3. Where does it go?</label>\n<select id=\"folder\" name=\"folder\">");
    for (folder, title) in folders {
        let selected = if *folder == answers.folder { " selected" } else { "" };
        _ = write!(
            out,
            "<option value=\"{}\"{selected}>{} (/{})</option>",
            text(folder),
            text(title),
            text(folder)
        );
    }
    out.push_str("</select></div>\n<div class=\"field\"><label for=\"owner\">4. Who looks after it?</label>\n<select id=\"owner\" name=\"owner\">");
    for (id, name) in &choices.contacts {
        let selected = if *id == answers.owner { " selected" } else { "" };
        _ = write!(out, "<option value=\"{}\"{selected}>{}</option>", text(id), text(name));
    }
    out.push_str("</select></div>\n<div class=\"field\"><label for=\"every\">5. How often will somebody read it again?</label>\n<select id=\"every\" name=\"every\">");
    for every in OFTEN {
        let own = if answers.every.is_empty() { OFTEN[1] } else { &answers.every };
        let selected = if every == own { " selected" } else { "" };
        _ = write!(out, "<option{selected}>{every}</option>");
    }
    out.push_str(
        "</select></div>\n<p class=\"buttons\"><button>Make the page</button></p>\n</form>\n",
    );
    framed("New page", notice, &out)
}

/// The form for a document that becomes pages.
pub fn import(folders: &[(String, String)], notice: Option<&Notice>) -> String {
    let mut out = String::from(
        "<p>A document from Word (.docx), LibreOffice (.odt) or a web page (.html) becomes a page, \
         or several. It begins as a draft. A PDF cannot be read: use the document that it was \
         made from.</p>\n\
         <form method=\"post\" enctype=\"multipart/form-data\" action=\"import\">\n\
         <div class=\"field\"><label for=\"document\">The document</label>\n\
         <input type=\"file\" id=\"document\" name=\"document\" accept=\".docx,.odt,.html,.htm\" required></div>\n\
         <div class=\"field\"><label for=\"folder\">Where does it go?</label>\n<select id=\"folder\" name=\"folder\">",
    );
    for (folder, title) in folders {
        _ = write!(out, "<option value=\"{0}\">{1} (/{0})</option>", text(folder), text(title));
    }
    out.push_str(
        "</select></div>\n\
         <div class=\"field\"><label for=\"name\">What is its file called?</label>\
         <p class=\"hint\" id=\"name-hint\">A short name that stays in its address: \
         <code>holiday-pay</code>. Left empty, it is called as its title.</p>\
         <input id=\"name\" name=\"name\" aria-describedby=\"name-hint\" autocomplete=\"off\"></div>\n\
         <fieldset><legend>What does it become?</legend>\n\
         <p class=\"choice\"><input type=\"radio\" id=\"one\" name=\"as\" value=\"page\" checked> <label for=\"one\">One page</label></p>\n\
         <p class=\"choice\"><input type=\"radio\" id=\"parts\" name=\"as\" value=\"parts\"> <label for=\"parts\">A guide with a page for each main heading</label></p>\n\
         <p class=\"choice\"><input type=\"radio\" id=\"letter\" name=\"as\" value=\"letter\"> <label for=\"letter\">A letter to fill in: its blanks become fields</label></p>\n\
         </fieldset>\n<p class=\"buttons\"><button>Read the document</button></p>\n</form>\n",
    );
    framed("From Word", notice, &out)
}

/// A document whose page is there already.
#[derive(Debug)]
pub struct Again<'a> {
    /// The pages that are there.
    pub there: &'a [&'a str],
    /// What another page of it would be called.
    pub other: &'a str,
    /// What was sent, to be sent again.
    pub sent: [(&'a str, &'a str); 5],
}

/// The choice that somebody has whose document comes again.
pub fn import_again(again: &Again<'_>) -> String {
    let Again { there, other, sent } = again;
    let first = there.first().copied().unwrap_or_default();
    let more = match there.len() {
        0 | 1 => String::new(),
        all => format!(", and {} of its other pages", all - 1),
    };
    let mut out = String::from("<form method=\"post\" action=\"import\">\n");
    sent.iter().for_each(|(name, value)| hidden(&mut out, name, value));
    _ = writeln!(
        out,
        "<p>What shall become of the document?</p>\n\
         <ul><li>The new text takes the place of the old. The address stays. The old text is kept \
         among the earlier states of the page, and the page is a draft until you have read it.</li>\n\
         <li>Or both are kept: the new one is a page of its own, called {0}.</li></ul>\n\
         <p class=\"buttons\"><button name=\"then\" value=\"replace\">Put the new text in its place</button>\n\
         <button class=\"second\" name=\"then\" value=\"beside\">Make another page, {0}</button></p>\n\
         </form>\n\
         <p><a href=\"{1}\">Look at the page that is there</a></p>",
        text(other),
        text(&super::edit_address(first))
    );
    let notice = Notice::Not(format!("{first} is there already{more}. Nothing was written."));
    framed("From Word", Some(&notice), &out)
}

/// What came of a document: its pages, what did not come along, and how many pages were there
/// before.
pub fn imported(pages: &[(String, String)], lost: &[(String, String)], replaced: usize) -> String {
    let mut out = String::from("<h2>Pages</h2>\n<ul>\n");
    for (file, title) in pages {
        _ = writeln!(
            out,
            "<li><a href=\"{}\">{}</a> <span class=\"file\">{}</span></li>",
            text(&super::edit_address(file)),
            text(title),
            text(file)
        );
    }
    out.push_str("</ul>\n<h2>What did not come along</h2>\n");
    if lost.is_empty() {
        out.push_str("<p>Nothing was lost. Fonts, colours and sizes are those of the site.</p>\n");
    } else {
        out.push_str("<ul>\n");
        for (what, hint) in lost {
            _ = writeln!(out, "<li>{}: {}</li>", text(what), text(hint));
        }
        out.push_str("</ul>\n");
    }
    let mut words = String::from(
        "The document was read. Its pages are drafts until you take “draft” out of their status.",
    );
    if replaced > 0 {
        words += " What was there before is among the earlier states of each page.";
    }
    framed("From Word", Some(&Notice::Done(words)), &out)
}
