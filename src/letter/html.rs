//! Letters as HTML: on the page, and as a file that needs nothing beside it.

use std::sync::LazyLock;

use super::{Line, Part, Style, Template, marks::Marks, part};
use crate::model::kind::FieldType;

/// How the file is written.
pub static MARKS: LazyLock<Marks> = LazyLock::new(|| Marks {
    escape: true,
    newline: "<br>",
    runs: [
        "{turn}{text}{back}",
        "<strong>{turn}{text}{back}</strong>",
        "<em>{turn}{text}{back}</em>",
        "<strong><em>{turn}{text}{back}</em></strong>",
    ],
    other: ["<span lang=\"{language}\">", "</span>"],
    // What somebody typed in another script does not turn the sentence round.
    answer: "<bdi>{text}</bdi>",
    blanks: [("other", "<span class=\"blank\" data-unsearched=\"blank\">[{text}]</span>")].into(),
    tick: "<span class=\"when\">☐ {text}</span> ",
    picture: "<img src=\"data:image/{format};base64,{data}\" alt=\"{alt}\" width=\"160\" height=\"{height}\">",
    width: 160,
    lines: [
        (Style::Text, "<p>{text}</p>\n"),
        (Style::Subject, "<p class=\"subject\"><strong>{subject}</strong> {text}</p>\n"),
        (Style::H1, "<h1>{text}</h1>\n"),
        (Style::H2, "<h2>{text}</h2>\n"),
        (Style::H3, "<h3>{text}</h3>\n"),
        (Style::Sender, "<p class=\"sender\">{text}</p>\n"),
        (Style::Address, "<p class=\"address\">{text}</p>\n"),
        (Style::Close, "<p class=\"close\">{text}</p>\n"),
        (Style::Foot, "<p class=\"ending\">{text}</p>\n"),
        (Style::Break, "<hr>\n"),
        (Style::Row, "<li>{picture}<p>{text}</p></li>\n"),
        (Style::Bullet, "<li>{text}</li>\n"),
        (Style::Number, "<li>{text}</li>\n"),
    ]
    .into(),
    round: [
        (Style::Bullet, ["<ul>\n", "</ul>\n"]),
        (Style::Number, ["<ol>\n", "</ol>\n"]),
        (Style::Row, ["<ul class=\"symbols\">\n", "</ul>\n"]),
    ]
    .into(),
    ..Marks::default()
});

/// How the page of the letter shows it: its main heading stands below a heading
/// of the page, headings can be linked to, and the pictures are those of the
/// site, which [`sheet`] puts in, or the script.
pub static SHEET: LazyLock<Marks> = LazyLock::new(|| {
    let mut marks = MARKS.clone();
    marks.lines.extend([
        (Style::H1, "<h3 id=\"{id}\">{text}</h3>\n"),
        (Style::H2, "<h4 id=\"{id}\">{text}</h4>\n"),
        (Style::H3, "<h5 id=\"{id}\">{text}</h5>\n"),
    ]);
    marks.picture = PICTURE;
    // Printed, a blank is a line to write on, without its brackets.
    marks.blanks = [
        ("other", blank!("blank")),
        (FieldType::LongText.name(), blank!("blank long")),
        (FieldType::Address.name(), blank!("blank long")),
    ]
    .into();
    marks
});

/// A blank on a page.
macro_rules! blank {
    ($class:literal) => {
        concat!(
            "<span class=\"",
            $class,
            "\" data-unsearched=\"blank\"><span>[</span>{text}<span>]</span></span>"
        )
    };
}
use blank;

/// How the letter filled in with its examples is shown on its page.
static EXAMPLE: LazyLock<Marks> = LazyLock::new(|| {
    let mut marks = SHEET.clone();
    marks.lines.extend([
        (Style::H1, "<h3>{text}</h3>\n"),
        (Style::H2, "<h4>{text}</h4>\n"),
        (Style::H3, "<h5>{text}</h5>\n"),
    ]);
    marks
});

/// How a letter is shown that is to be printed and written on.
static RULED: LazyLock<Marks> = LazyLock::new(|| {
    let mut marks = MARKS.clone();
    marks.lines.extend([
        (Style::H1, "<h2>{text}</h2>\n"),
        (Style::H2, "<h3>{text}</h3>\n"),
        (Style::H3, "<h4>{text}</h4>\n"),
    ]);
    marks.picture = PICTURE;
    marks.choice = " {choice} ☐";
    marks.blanks = [
        ("other", "<span class=\"rule\"><span class=\"rule-label\">{label}</span></span>"),
        (FieldType::LongText.name(), "<span class=\"rules\"><span class=\"rule-label\">{label}</span><span class=\"rule\"></span><span class=\"rule\"></span><span class=\"rule\"></span><span class=\"rule\"></span></span>"),
        (FieldType::Address.name(), "<span class=\"rules\"><span class=\"rule-label\">{label}</span><span class=\"rule\"></span><span class=\"rule\"></span><span class=\"rule\"></span></span>"),
        (FieldType::Choice.name(), "<span class=\"rules\"><span class=\"rule-label\">{label}</span>{choices}</span>"),
        (FieldType::YesNo.name(), "<span class=\"rules\"><span class=\"rule-label\">{label}</span>{choices}</span>"),
    ]
    .into();
    marks
});

/// How the summary of a mail merge shows letters: with words in the place of
/// pictures, which would be there a thousand times.
pub(super) static SUMMARY: LazyLock<Marks> = LazyLock::new(|| {
    let mut marks = EXAMPLE.clone();
    marks.picture = "<span>[{alt}]</span>";
    marks
});

const PICTURE: &str = "<img src=\"{number}\" alt=\"{alt}\" width=\"160\" height=\"{height}\">";

/// How lines are shown on a page of the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// As the letter of the page.
    Sheet,
    /// As an example of it.
    Example,
    /// With lines to write on.
    Ruled,
}

/// The lines of a letter for a page of the site, with the addresses of its pictures.
pub fn sheet(template: &Template, lines: &[Line<'_>], shown: Shown, pictures: &[String]) -> String {
    let marks = match shown {
        Shown::Sheet => &SHEET,
        Shown::Example => &EXAMPLE,
        Shown::Ruled => &RULED,
    };
    let mut html = marks.write(template, lines);
    for (at, address) in pictures.iter().enumerate() {
        let mut own = String::from("<img src=\"");
        crate::html::escape(&mut own, address);
        html = html.replace(&format!("<img src=\"{}\"", at + 1), &(own + "\""));
    }
    html
}

/// The page around a letter that is a file of its own.
pub(super) fn parts(template: &Template) -> Vec<Part> {
    vec![part("", include_str!("html/page.html"), template, &[])]
}
