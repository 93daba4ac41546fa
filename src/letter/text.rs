//! Letters as plain text, to paste into an email.
//!
//! Paragraphs are not broken into lines: the program that shows them does that.

use std::sync::LazyLock;

use super::{Part, Style, marks::Marks};

/// How plain text is written.
pub static MARKS: LazyLock<Marks> = LazyLock::new(|| Marks {
    newline: "\n",
    runs: ["{text}"; 4],
    answer: "{text}",
    blanks: [("other", "[{text}]")].into(),
    // Brackets, because nothing is slanted here: these are no words of the letter.
    tick: "☐ [{text}] ",
    lines: [
        (Style::Text, "{text}\n\n"),
        (Style::Subject, "{subject} {text}\n\n"),
        (Style::H1, "{text}\n\n"),
        (Style::H2, "{text}\n\n"),
        (Style::H3, "{text}\n\n"),
        (Style::Sender, "{text}\n\n"),
        (Style::Address, "{text}\n\n"),
        (Style::Close, "{text}\n\n"),
        (Style::Foot, "{text}\n\n"),
        (Style::Break, "* * *\n\n"),
        (Style::Row, "{text}\n\n"),
        (Style::Bullet, "- {text}\n"),
        (Style::Number, "{number}. {text}\n"),
    ]
    .into(),
    round: [(Style::Bullet, ["", "\n"]), (Style::Number, ["", "\n"])].into(),
    ..Marks::default()
});

/// A text has one part, and no name.
pub(super) fn parts() -> Vec<Part> {
    vec![(String::new(), "{body}".to_owned())]
}
