//! How a file was before, and two versions of it beside each other.

use std::fmt::Write as _;

use super::{Notice, edit_address, framed, hidden, text};
use crate::{
    changed::{LineOf, lines_of_both},
    desk::files::{Sheet, State},
};

/// The earlier states of a file, the newest first, each with the words that it had.
pub fn states(
    now: &Sheet,
    all: &[State],
    when: impl Fn(u64) -> String,
    notice: Option<&Notice>,
) -> String {
    let mut out = format!(
        "<p>The last {} of <a href=\"{}\"><code>{}</code></a>. Going back to one is a change \
         like any other: what is there now becomes a state too.</p>\n",
        match all.len() {
            1 => "state".to_owned(),
            count => format!("{count} states"),
        },
        text(&edit_address(&now.path)),
        text(&now.path)
    );
    let mut newer = now.words.as_str();
    for state in all {
        _ = writeln!(out, "<section class=\"state\"><h2>Until {}</h2>", text(&when(state.until)));
        difference(&mut out, &state.words, newer);
        _ = writeln!(out, "<form method=\"post\" action=\"restore\">");
        hidden(&mut out, "file", &now.path);
        hidden(&mut out, "version", &now.version);
        hidden(&mut out, "until", &state.until.to_string());
        _ = writeln!(
            out,
            "<p class=\"buttons\"><button class=\"second\">Go back to this<span class=\"quiet\">: until {}</span></button></p></form></section>",
            text(&when(state.until))
        );
        newer = &state.words;
    }
    if all.is_empty() {
        out.push_str("<p>It has none yet: each time it is saved, what was there is kept.</p>\n");
    }
    framed("Earlier states", notice, &out)
}

/// Two versions: `mine`, that somebody wanted to save, and what somebody else saved meanwhile;
/// none when they took the file away.
pub fn conflict(mine: &Sheet, theirs: Option<&Sheet>) -> String {
    let mut out = String::new();
    let (version, words) = match theirs {
        Some(theirs) => {
            out.push_str(
                "<p>Another program, or another window, has changed this file since you opened it. \
                 Nothing was saved, and nothing is lost: here are both.</p>\n",
            );
            (theirs.version.as_str(), theirs.words.as_str())
        }
        None => {
            out.push_str(
                "<p>This file was taken away by another program, or in another window, since you \
                 opened it. What you wrote is here.</p>\n",
            );
            ("", "")
        }
    };
    if theirs.is_some() {
        out.push_str(
            "<h2>What is different</h2>\n<p>Struck out: what they have and you do not. \
             Underlined: what you have and they do not.</p>\n",
        );
        difference(&mut out, words, &mine.words);
    }
    _ = writeln!(out, "<form method=\"post\" action=\"save\">");
    hidden(&mut out, "file", &mine.path);
    hidden(&mut out, "version", version);
    hidden(&mut out, "as text", "yes");
    _ = writeln!(
        out,
        "<div class=\"field words\"><label for=\"words\">Yours: put in what you want of theirs</label>\n\
         <textarea id=\"words\" name=\"words\" rows=\"24\">\n{}</textarea></div>\n\
         <p class=\"buttons\"><button>Save this</button></p></form>",
        text(&mine.words)
    );
    if theirs.is_some() {
        _ = writeln!(
            out,
            "<div class=\"field words\"><label for=\"theirs\">Theirs</label>\n\
             <textarea id=\"theirs\" rows=\"24\" readonly>\n{}</textarea></div>\n\
             <form method=\"post\" action=\"forget\">",
            text(words)
        );
        hidden(&mut out, "file", &mine.path);
        out.push_str(
            "<p class=\"buttons\"><button class=\"second\">Take theirs, and forget mine</button></p></form>\n",
        );
    }
    framed("Two versions", None, &out)
}

/// What is different between two versions, line by line, with a line around it.
pub(super) fn difference(out: &mut String, old: &str, new: &str) {
    let lines = lines_of_both(old, new);
    if lines.iter().all(|line| matches!(line, LineOf::Both(_))) {
        out.push_str("<p>Nothing in the words.</p>\n");
        return;
    }
    out.push_str("<div class=\"difference\">\n");
    let near = |at: usize| {
        let from = at.saturating_sub(1);
        lines[from..lines.len().min(at + 2)].iter().any(|line| !matches!(line, LineOf::Both(_)))
    };
    let mut was_left_out = false;
    for (at, line) in lines.iter().enumerate() {
        match line {
            LineOf::Both(words) if near(at) => _ = writeln!(out, "<p>{}</p>", text(words)),
            LineOf::Both(_) => {
                if !was_left_out {
                    out.push_str("<p aria-hidden=\"true\">…</p>\n");
                }
                was_left_out = true;
                continue;
            }
            LineOf::Old(words) => _ = writeln!(out, "<p><del>{}</del></p>", text(words)),
            LineOf::New(words) => _ = writeln!(out, "<p><ins>{}</ins></p>", text(words)),
        }
        was_left_out = false;
    }
    out.push_str("</div>\n");
}
