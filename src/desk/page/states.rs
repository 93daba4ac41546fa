//! How a file was before, and two versions of it beside each other.

use std::fmt::Write as _;

use super::{Notice, edit_address, framed, hidden, text};
use crate::{
    changed::{LineOf, lines_of_both},
    desk::{
        files::{Sheet, State},
        join::{By, Keep, Part},
    },
    text::{shorten, wording::counted},
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

/// What somebody wanted to save in a file that was taken away meanwhile.
pub fn gone(mine: &Sheet) -> String {
    let mut out = String::from(
        "<p>This file was taken away by another program, or in another window, since you \
         opened it. What you wrote is here.</p>\n",
    );
    by_hand(&mut out, mine, "");
    framed("Two versions", None, &out)
}

/// The words that somebody wanted to save, to be changed as text and saved over a version.
fn by_hand(out: &mut String, mine: &Sheet, version: &str) {
    _ = writeln!(out, "<form method=\"post\" action=\"save\">");
    hidden(out, "file", &mine.path);
    hidden(out, "version", version);
    hidden(out, "as text", "yes");
    _ = writeln!(
        out,
        "<div class=\"field words\"><label for=\"words\">Your text</label>\n\
         <textarea id=\"words\" name=\"words\" rows=\"24\">\n{}</textarea></div>\n\
         <p class=\"buttons\"><button class=\"second\">Save this text</button></p></form>",
        text(&mine.words)
    );
}

/// Two versions: `mine`, that somebody wanted to save, and what somebody else saved meanwhile,
/// in parts of which each that is another in each is a choice. `kept` is what was chosen.
pub fn conflict(
    mine: &Sheet,
    theirs: &Sheet,
    parts: &[Part<'_>],
    kept: impl Fn(usize) -> Option<Keep>,
    notice: Option<&Notice>,
) -> String {
    let mut out = String::from(
        "<p>Another program, or another window, has changed this file since you opened it. \
         Nothing was saved, and nothing is lost. Choose what is kept at each place. You see the \
         whole before it is saved.</p>\n",
    );
    _ = writeln!(out, "<form method=\"post\" action=\"join\">");
    hidden(&mut out, "file", &mine.path);
    hidden(&mut out, "version", &mine.version);
    hidden(&mut out, "theirs", &theirs.version);
    hidden(&mut out, "words", &mine.words);
    let mut above = "";
    let mut number = 0;
    for part in parts {
        match part {
            Part::Same(lines) => above = last_words(lines).unwrap_or(above),
            Part::Other { mine, theirs, by } => {
                place(&mut out, number, above, (mine, theirs, *by), kept(number));
                above = last_words(mine).or_else(|| last_words(theirs)).unwrap_or(above);
                number += 1;
            }
        }
    }
    if number == 0 {
        out.push_str("<p>Both say the same.</p>\n");
    }
    out.push_str(
        "<p class=\"buttons\"><button>Make one of both</button></p></form>\n\
         <details class=\"more\"><summary>Your text, to change by hand</summary>\n",
    );
    by_hand(&mut out, mine, &theirs.version);
    out.push_str("</details>\n<form method=\"post\" action=\"forget\">");
    hidden(&mut out, "file", &mine.path);
    out.push_str(
        "<p class=\"buttons\"><button class=\"second\">Take theirs, and forget mine</button></p></form>\n",
    );
    framed("Two versions", notice, &out)
}

/// The last line that has words, and is no line of marks such as `---`.
fn last_words<'a>(lines: &[&'a str]) -> Option<&'a str> {
    lines.iter().rfind(|line| line.contains(char::is_alphanumeric)).copied()
}

/// A place that is another in each version, as a choice.
fn place(
    out: &mut String,
    number: usize,
    above: &str,
    (mine, theirs, by): (&[&str], &[&str], By),
    kept: Option<Keep>,
) {
    let after = match above {
        "" => String::new(),
        above => format!(", after “{}”", text(&shorten(above))),
    };
    let (who, own, other, suggested) = match by {
        By::Me => ("Only you changed this.", "Yours", "As it was", Some(Keep::Mine)),
        By::Them => ("Only they changed this.", "As it was", "Theirs", Some(Keep::Theirs)),
        By::Both => ("Both of you changed this.", "Yours", "Theirs", None),
    };
    _ = writeln!(
        out,
        "<fieldset class=\"item\"><legend>Place {}{after}</legend><p class=\"hint\">{who}</p>",
        number + 1
    );
    let all = [
        (Keep::Mine, own, mine),
        (Keep::Theirs, other, theirs),
        (Keep::Both, "Both, yours first", &[]),
    ];
    for (keep, label, lines) in all {
        if keep == Keep::Both && (by != By::Both || mine.is_empty() || theirs.is_empty()) {
            continue;
        }
        let checked = if kept.or(suggested) == Some(keep) { " checked" } else { "" };
        let id = format!("place-{number}-{}", keep.name());
        let described = match keep {
            Keep::Both => String::new(),
            _ => format!(" aria-describedby=\"{id}-lines\""),
        };
        _ = writeln!(
            out,
            "<p class=\"choice\"><input type=\"radio\" id=\"{id}\" name=\"place {number}\"{described} value=\"{}\"{checked} required> \
             <label for=\"{id}\">{label}</label></p>",
            keep.name()
        );
        if keep == Keep::Both {
            continue;
        }
        let is_empty = lines.iter().all(|line| line.trim().is_empty());
        let words = match lines.len() {
            0 => "Nothing stands here.".to_owned(),
            count => counted(count, "empty line", "empty lines"),
        };
        _ = match is_empty {
            true => writeln!(out, "<p class=\"note\" id=\"{id}-lines\">{words}</p>"),
            false => writeln!(out, "<pre id=\"{id}-lines\">{}</pre>", text(&lines.join("\n"))),
        };
    }
    out.push_str("</fieldset>\n");
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
