//! Letters as Word documents (Office Open XML, ISO/IEC 29500, transitional).
//!
//! Headings and lists have Word's own styles under Word's own names, so that a
//! screen reader finds them; the document has a title and a language; it is A4,
//! in a sans serif of at least 12 points. Blanks are content controls that say
//! what belongs in them: a date to pick, a list to choose from, a box to tick.
//!
//! The fixed parts are in the folder `docx`.

use std::{fmt::Write as _, sync::LazyLock};

use super::{Part, Style, Template, marks::Marks, part};
use crate::model::kind::FieldType;

/// How Word documents are written.
pub static MARKS: LazyLock<Marks> = LazyLock::new(|| {
    Marks {
    escape: true,
    space: "",
    newline: "</w:t><w:br/><w:t xml:space=\"preserve\">",
    runs: [
        "<w:r><w:rPr>{turn}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>",
        "<w:r><w:rPr><w:b/>{turn}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>",
        "<w:r><w:rPr><w:i/>{turn}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>",
        "<w:r><w:rPr><w:b/><w:i/>{turn}</w:rPr><w:t xml:space=\"preserve\">{text}</w:t></w:r>",
    ],
    turn: ["<w:rtl/>", ""],
    other: ["<w:lang w:val=\"{language}\"/>", ""],
    answer: "{text}",
    blanks: [
        (FieldType::Date.name(), concat!(control!(), "<w:showingPlcHdr/><w:date><w:dateFormat w:val=\"d MMMM yyyy\"/><w:lid w:val=\"{language}\"/></w:date>", shown!())),
        (FieldType::Choice.name(), concat!(control!(), "<w:showingPlcHdr/><w:dropDownList>{choices}</w:dropDownList>", shown!())),
        (FieldType::YesNo.name(), concat!(control!(), "<w:showingPlcHdr/><w:dropDownList>{choices}</w:dropDownList>", shown!())),
        (FieldType::LongText.name(), concat!(control!(), "<w:showingPlcHdr/><w:text w:multiLine=\"1\"/>", shown!())),
        (FieldType::Address.name(), concat!(control!(), "<w:showingPlcHdr/><w:text w:multiLine=\"1\"/>", shown!())),
        ("other", concat!(control!(), "<w:showingPlcHdr/><w:text/>", shown!())),
    ]
    .into(),
    choice: "<w:listItem w:displayText=\"{choice}\" w:value=\"{choice}\"/>",
    tick: concat!(
        control!(),
        "<w14:checkbox><w14:checked w14:val=\"0\"/><w14:checkedState w14:val=\"2612\" w14:font=\"MS Gothic\"/><w14:uncheckedState w14:val=\"2610\" w14:font=\"MS Gothic\"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt><w:r><w:rPr><w:i/></w:rPr><w:t xml:space=\"preserve\"> {text} </w:t></w:r>",
    ),
    picture: "<w:r><w:drawing><wp:inline><wp:extent cx=\"1152000\" cy=\"{height}\"/><wp:docPr id=\"{id}\" name=\"Picture {id}\" descr=\"{alt}\"/><a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr id=\"{id}\" name=\"Picture {id}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed=\"picture{number}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x=\"0\" y=\"0\"/><a:ext cx=\"1152000\" cy=\"{height}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>",
    // 3.2 cm, in the units of drawings.
    width: 1_152_000,
    lines: [
        (Style::Text, "<w:p>{text}</w:p>"),
        (Style::H1, "<w:p><w:pPr><w:pStyle w:val=\"Heading1\"/></w:pPr>{text}</w:p>"),
        (Style::H2, "<w:p><w:pPr><w:pStyle w:val=\"Heading2\"/></w:pPr>{text}</w:p>"),
        (Style::H3, "<w:p><w:pPr><w:pStyle w:val=\"Heading3\"/></w:pPr>{text}</w:p>"),
        (Style::Bullet, "<w:p><w:pPr><w:pStyle w:val=\"ListBullet\"/></w:pPr>{text}</w:p>"),
        (Style::Number, "<w:p><w:pPr><w:pStyle w:val=\"ListNumber\"/><w:numPr><w:ilvl w:val=\"0\"/><w:numId w:val=\"{list}\"/></w:numPr></w:pPr>{text}</w:p>"),
        (Style::Sender, "<w:p><w:pPr><w:pStyle w:val=\"Sender\"/></w:pPr>{text}</w:p>"),
        (Style::Address, "<w:p><w:pPr><w:pStyle w:val=\"Address\"/></w:pPr>{text}</w:p>"),
        (Style::Close, "<w:p><w:pPr><w:pStyle w:val=\"Closing\"/></w:pPr>{text}</w:p>"),
        (Style::Foot, "<w:p><w:pPr><w:pStyle w:val=\"Foot\"/></w:pPr>{text}</w:p>"),
        (Style::Break, "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>"),
        (Style::Row, "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w=\"2268\" w:type=\"dxa\"/></w:tcPr><w:p>{picture}</w:p></w:tc><w:tc><w:tcPr><w:tcW w:w=\"7370\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr><w:p>{text}</w:p></w:tc></w:tr>"),
    ]
    .into(),
    kept: [
        (Style::Text, "<w:p><w:pPr><w:keepNext/></w:pPr>{text}</w:p>"),
        (Style::Bullet, "<w:p><w:pPr><w:pStyle w:val=\"ListBullet\"/><w:keepNext/></w:pPr>{text}</w:p>"),
        (Style::Row, "<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w=\"2268\" w:type=\"dxa\"/></w:tcPr><w:p><w:pPr><w:keepNext/></w:pPr>{picture}</w:p></w:tc><w:tc><w:tcPr><w:tcW w:w=\"7370\" w:type=\"dxa\"/><w:vAlign w:val=\"center\"/></w:tcPr><w:p><w:pPr><w:keepNext/></w:pPr>{text}</w:p></w:tc></w:tr>"),
    ]
    .into(),
    // A document cannot end with a table, and two tables that touch are one.
    round: [(Style::Row, [
        "<w:tbl><w:tblPr><w:tblW w:w=\"9638\" w:type=\"dxa\"/><w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid><w:gridCol w:w=\"2268\"/><w:gridCol w:w=\"7370\"/></w:tblGrid>",
        "</w:tbl><w:p><w:pPr><w:keepNext/></w:pPr></w:p>",
    ])]
    .into(),
}
});

/// The beginning of a content control.
macro_rules! control {
    () => {
        "<w:sdt><w:sdtPr><w:alias w:val=\"{label}\"/><w:tag w:val=\"{name}\"/><w:id w:val=\"{id}\"/>"
    };
}
/// What a content control shows while nothing is in it.
macro_rules! shown {
    () => {
        "</w:sdtPr><w:sdtContent><w:r><w:rPr><w:rStyle w:val=\"PlaceholderText\"/></w:rPr><w:t xml:space=\"preserve\">[{text}]</w:t></w:r></w:sdtContent></w:sdt>"
    };
}
use {control, shown};

/// The parts of the document of a letter, but for its pictures. What is in them
/// `{body}` and the sizes `{text}`, `{h1}`, `{h2}` and `{h3}` differ.
pub(super) fn parts(template: &Template) -> Vec<Part> {
    let mut pictures = String::new();
    for (at, picture) in template.pictures.iter().enumerate() {
        let number = at + 1;
        let _ = write!(
            pictures,
            "<Relationship Id=\"picture{number}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/image\" Target=\"media/{number}.{}\"/>",
            picture.format,
        );
    }
    // Each numbered list counts for itself. Lists that fall away leave a number.
    let number = |at: usize| {
        format!(
            "<w:num w:numId=\"{at}\"><w:abstractNumId w:val=\"1\"/><w:lvlOverride w:ilvl=\"0\"><w:startOverride w:val=\"1\"/></w:lvlOverride></w:num>"
        )
    };
    let lists: String = (2..template.numbered_lists() + 2).map(number).collect();
    [
        ("[Content_Types].xml", include_str!("docx/content-types.xml")),
        ("_rels/.rels", include_str!("docx/rels.xml")),
        ("docProps/core.xml", include_str!("docx/core.xml")),
        ("word/styles.xml", include_str!("docx/styles.xml")),
        ("word/settings.xml", include_str!("docx/settings.xml")),
        ("word/numbering.xml", include_str!("docx/numbering.xml")),
        ("word/_rels/document.xml.rels", include_str!("docx/document-rels.xml")),
        ("word/document.xml", include_str!("docx/document.xml")),
    ]
    .map(|(name, text)| part(name, text, template, &[("pictures", &pictures), ("lists", &lists)]))
    .into()
}
