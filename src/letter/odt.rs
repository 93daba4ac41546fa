//! Letters as OpenDocument texts (ISO/IEC 26300, version 1.2).
//!
//! Headings have outline levels, lists are lists, the document has a title and
//! a language. Blanks are input fields with a description.
//!
//! The fixed parts are in the folder `odt`.

use std::{fmt::Write as _, sync::LazyLock};

use super::{Part, Style, Template, country, marks::Marks, part};

/// How OpenDocument texts are written.
pub static MARKS: LazyLock<Marks> = LazyLock::new(|| {
    Marks {
    escape: true,
    space: "<text:s/>",
    newline: "<text:line-break/>",
    runs: [
        "{turn}{text}{back}",
        "<text:span text:style-name=\"Strong\">{turn}{text}{back}</text:span>",
        "<text:span text:style-name=\"Emphasis\">{turn}{text}{back}</text:span>",
        "<text:span text:style-name=\"Both\">{turn}{text}{back}</text:span>",
    ],
    // OpenDocument has no mark for a stretch of words: Unicode isolates it.
    turn: ["\u{2067}", "\u{2069}"],
    other: ["<text:span text:style-name=\"Other\">", "</text:span>"],
    answer: "{text}",
    blanks: [("other", "<text:span text:style-name=\"Placeholder\"><text:text-input text:description=\"{label}\">[{text}]</text:text-input></text:span>")].into(),
    choice: "",
    tick: "☐ <text:span text:style-name=\"Emphasis\">{text}</text:span><text:s/>",
    picture: "<draw:frame draw:name=\"Picture {id}\" text:anchor-type=\"as-char\" svg:width=\"32mm\" svg:height=\"{height}mm\"><draw:image xlink:href=\"Pictures/{number}.{format}\" xlink:type=\"simple\" xlink:show=\"embed\" xlink:actuate=\"onLoad\"/><svg:desc>{alt}</svg:desc></draw:frame>",
    width: 32,
    lines: [
        (Style::Text, "<text:p text:style-name=\"Text_20_body\">{text}</text:p>"),
        (Style::H1, "<text:h text:style-name=\"Heading_20_1\" text:outline-level=\"1\">{text}</text:h>"),
        (Style::H2, "<text:h text:style-name=\"Heading_20_2\" text:outline-level=\"2\">{text}</text:h>"),
        (Style::H3, "<text:h text:style-name=\"Heading_20_3\" text:outline-level=\"3\">{text}</text:h>"),
        (Style::Bullet, "<text:list-item><text:p text:style-name=\"List_20_Bullet\">{text}</text:p></text:list-item>"),
        (Style::Number, "<text:list-item><text:p text:style-name=\"List_20_Number\">{text}</text:p></text:list-item>"),
        (Style::Sender, "<text:p text:style-name=\"Sender\">{text}</text:p>"),
        (Style::Address, "<text:p text:style-name=\"Address\">{text}</text:p>"),
        (Style::Close, "<text:p text:style-name=\"Closing\">{text}</text:p>"),
        (Style::Foot, "<text:p text:style-name=\"Foot\">{text}</text:p>"),
        (Style::Break, "<text:p text:style-name=\"Break\"/>"),
        (Style::Row, "<table:table-row table:style-name=\"Rows.1\"><table:table-cell><text:p text:style-name=\"Text_20_body\">{picture}</text:p></table:table-cell><table:table-cell table:style-name=\"Cell\"><text:p text:style-name=\"Text_20_body\">{text}</text:p></table:table-cell></table:table-row>"),
    ]
    .into(),
    kept: [
        (Style::Text, "<text:p text:style-name=\"Kept\">{text}</text:p>"),
        (Style::Bullet, "<text:list-item><text:p text:style-name=\"Kept_20_Bullet\">{text}</text:p></text:list-item>"),
    ]
    .into(),
    round: [
        (Style::Bullet, ["<text:list text:style-name=\"Bullets\">", "</text:list>"]),
        (Style::Number, ["<text:list text:style-name=\"Numbers\">", "</text:list>"]),
        (Style::Row, [
            "<table:table table:style-name=\"Rows\"><table:table-column table:style-name=\"Rows.A\"/><table:table-column table:style-name=\"Rows.B\"/>",
            "</table:table>",
        ]),
    ]
    .into(),
}
});

/// The parts of the document of a letter, but for its pictures, as in
/// [`super::docx::parts`]. `mimetype` comes first: by it such a file is known.
pub(super) fn parts(template: &Template) -> Vec<Part> {
    let mut pictures = String::new();
    for (at, picture) in template.pictures.iter().enumerate() {
        let _ = write!(
            pictures,
            "<manifest:file-entry manifest:full-path=\"Pictures/{}.{}\" manifest:media-type=\"image/{}\"/>",
            at + 1,
            picture.format,
            picture.format,
        );
    }
    let language = country(&template.language);
    let (lang, land) = language.split_once('-').unwrap_or((&language, ""));
    let other = template.below.as_ref().map_or(&template.language, |below| &below.language);
    let other = country(other);
    let (other, other_land) = other.split_once('-').unwrap_or((&other, ""));
    let values = [
        ("pictures", pictures.as_str()),
        ("lang", lang),
        ("country", land),
        ("other", other),
        ("other-country", other_land),
    ];
    [
        ("mimetype", include_str!("odt/mimetype")),
        ("META-INF/manifest.xml", include_str!("odt/manifest.xml")),
        ("meta.xml", include_str!("odt/meta.xml")),
        ("styles.xml", include_str!("odt/styles.xml")),
        ("content.xml", include_str!("odt/content.xml")),
    ]
    .map(|(name, text)| part(name, text, template, &values))
    .into()
}
