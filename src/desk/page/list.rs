//! The list of all pages and records.

use std::fmt::Write as _;

use super::{Notice, edit_address, framed, text};

/// A file of the site, in the list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its path below the root.
    pub file: String,
    /// What it is called.
    pub title: String,
    /// What sort of page it is: `guidance`; or empty.
    pub kind: String,
    /// Why it is not published: `a draft`; or empty.
    pub held: String,
    /// How many problems it has.
    pub problems: usize,
    /// Whether it has words that were typed and not saved.
    pub is_unsaved: bool,
}

/// The list. `content` is the folder of the pages.
pub fn list(
    all: &[Entry],
    taken_away: &[String],
    content: &str,
    notice: Option<&Notice>,
) -> String {
    let mut out = String::from(
        "<p id=\"sieve\" hidden><label for=\"filter\">Show only what has these words</label>\n\
         <input id=\"filter\" type=\"search\" autocomplete=\"off\" spellcheck=\"false\"></p>\n",
    );
    let unsaved: Vec<&Entry> = all.iter().filter(|entry| entry.is_unsaved).collect();
    group(&mut out, "Not saved yet", "What you typed last is kept.", &unsaved, true);
    let drafts: Vec<&Entry> = all.iter().filter(|entry| !entry.held.is_empty()).collect();
    group(&mut out, "Not published", "", &drafts, true);
    let folder = |entry: &Entry| {
        let inner = entry.file.strip_prefix(content).unwrap_or(&entry.file);
        inner.split_once('/').map_or(String::new(), |(folder, _)| folder.to_owned())
    };
    let mut folders: Vec<String> = all.iter().map(folder).collect();
    folders.sort();
    folders.dedup();
    // Facts that pages share come after the pages.
    folders.sort_by_key(|folder| (folder.starts_with('_'), folder.clone()));
    for name in folders {
        let own: Vec<&Entry> = all.iter().filter(|entry| folder(entry) == name).collect();
        let (heading, about) = match name.as_str() {
            "" => ("At the top".to_owned(), ""),
            "_data" => (
                "What pages share".to_owned(),
                "Contacts, facts, words and the like: change them here, and every page has them.",
            ),
            "_snippets" => ("Text used on several pages".to_owned(), ""),
            other => (format!("/{other}/"), ""),
        };
        group(&mut out, &heading, about, &own, own.len() <= FEW);
    }
    if !taken_away.is_empty() {
        out.push_str(
            "<details class=\"folder\" data-group><summary><h2>Taken away</h2></summary>\n\
             <p>Each can be brought back from its earlier states.</p>\n<ul>\n",
        );
        for file in taken_away {
            _ = writeln!(
                out,
                "<li data-item><a href=\"states?file={}\">{}</a></li>",
                super::value(file),
                text(file)
            );
        }
        out.push_str("</ul></details>\n");
    }
    framed("All pages", notice, &out)
}

/// How many entries of a folder are listed without being folded away.
const FEW: usize = 12;

fn group(out: &mut String, heading: &str, about: &str, entries: &[&Entry], is_open: bool) {
    if entries.is_empty() {
        return;
    }
    let open = if is_open { " open" } else { "" };
    _ = writeln!(
        out,
        "<details class=\"folder\" data-group{open}><summary><h2>{}</h2> <span>{}</span></summary>",
        text(heading),
        entries.len()
    );
    if !about.is_empty() {
        _ = writeln!(out, "<p>{}</p>", text(about));
    }
    out.push_str("<ul>\n");
    for entry in entries {
        let mut notes = Vec::new();
        if !entry.kind.is_empty() && entry.kind != "guidance" {
            notes.push(entry.kind.clone());
        }
        if !entry.held.is_empty() {
            notes.push(entry.held.clone());
        }
        match entry.problems {
            0 => {}
            1 => notes.push("1 problem".into()),
            count => notes.push(format!("{count} problems")),
        }
        let notes = if notes.is_empty() {
            String::new()
        } else {
            format!(" <span class=\"note\">{}</span>", text(&notes.join(" · ")))
        };
        _ = writeln!(
            out,
            "<li data-item><a href=\"{}\">{} <span class=\"file\">{}</span></a>{notes}</li>",
            text(&edit_address(&entry.file)),
            text(&entry.title),
            text(&entry.file)
        );
    }
    out.push_str("</ul></details>\n");
}

/// The first page of a site without one.
pub fn nothing() -> String {
    let words = "<p>There is no page yet. <a href=\"new\">Write the first one</a>.</p>\n";
    framed("All pages", None, words)
}
