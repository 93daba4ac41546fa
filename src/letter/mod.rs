//! Letters: what an editor wrote as a value that can be filled in and written
//! out, without the site it came from.
//!
//! ```text
//! page ──► Template ──► fill with answers ──► lines ──► .docx .odt .txt .html
//! ```
//!
//! [`template`] makes a [`Template`] of a page: the letter and the frame that
//! the site puts around it (letterhead, date, reference, how to get it in other
//! formats), contacts and facts put in. [`answer::read`] reads what somebody
//! typed into a blank. [`fill`] gives the lines of one letter, and a [`Writer`]
//! writes them with the marks and parts of a format, which are in [`docx`],
//! [`odt`], [`text`] and [`html`]. [`merge`] does so for a table of [`people`].
//! [`compare`] says what a new version lost.
//!
//! A text message and an email are letters of plain text; [`sms`] says how long a text is.
//!
//! `letter.js` does the same on the reader's own device. The same template and
//! answers give the same bytes in both, which a test asserts for every format;
//! whoever changes one changes the other. What a person types is text from
//! beginning to end: it is never read as Markdown, HTML or a blank.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use self::marks::Marks;
pub use self::{
    fill::{Line, Mark, Piece, fill},
    template::{DATE, REFERENCE, TO, TemplateFault, name_of, picture_addresses, template},
};
use crate::{
    config::Config,
    html::escape,
    model::{
        PageId, Site,
        kind::{FieldType, Form},
    },
    text::{Date, Interval, brackets::plain_name, date::Months},
};
pub(crate) use template::condition;

pub mod answer;
pub mod compare;
pub mod docx;
mod fill;
pub mod html;
pub mod marks;
pub mod merge;
pub mod odt;
pub mod parts;
pub mod people;
mod picture;
pub mod sms;
mod template;
pub mod text;
mod zip;

/// The letters and worksheets of a site, by page: the template of each, and what of the page
/// could not be put into it.
pub type Letters = BTreeMap<PageId, (Template, Vec<TemplateFault>)>;

/// The templates of all letters and worksheets of a site.
pub fn letters(site: &Site, config: &Config) -> Letters {
    let made = site.pages.par_iter().enumerate().filter_map(|(id, page)| {
        let letter = page.kind.sheet()?;
        Some((id, template(site, config, page, letter)))
    });
    made.collect()
}

/// A letter that can be filled in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    /// What files made of it are called: `ask-for-records`.
    pub name: String,
    /// What its page is called, and a document without a main heading.
    pub title: String,
    /// `en`, `cy`
    pub language: String,
    /// Who sends it, for the facts about a document: the publisher, or nobody.
    pub author: String,
    /// What it becomes.
    #[serde(default, skip_serializing_if = "is_paper", with = "form")]
    pub form: Form,
    /// For an email, what stands before its subject in a file: `Subject:`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub subject: String,
    /// Whether staff send it. Then no device may remember what is typed.
    pub staff: bool,
    /// Whether it is in easy read: pictures and larger words.
    pub easy: bool,
    /// What stands before words that are there only after one answer:
    /// `If`, before the answer with which some words stand.
    pub only_if: String,
    /// The blanks, in the order in which people are asked.
    pub fields: Vec<Field>,
    /// What it says, in order.
    pub blocks: Vec<Block>,
    /// Its pictures.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pictures: Vec<Picture>,
    /// The same letter in another language, which stands below it. It has the same fields in
    /// the same order, in its own words, and its pictures are among those of this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<Box<Template>>,
    /// The names of the months in the languages in which dates are read, its own among
    /// them. [`Told`] hands them on.
    #[serde(default, skip_serializing)]
    pub months: Months,
}

/// A blank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// How the letter, a spreadsheet and a link name it: `reply by`.
    pub name: String,
    /// What people are asked.
    pub label: String,
    /// What can be written into it.
    #[serde(rename = "type", with = "field_type")]
    pub kind: FieldType,
    /// Help with the answer, or empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub help: String,
    /// An answer that someone might give.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub example: String,
    /// Whether it must be filled in.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub required: bool,
    /// The answers to choose from; for yes or no the two words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// The token for the person's own details, as HTML defines them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub autocomplete: String,
    /// The date that this one must come after: its place among the fields.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<usize>,
    /// How much later than the letter it must be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub least: Option<Interval>,
    /// Whether this is the date of the letter itself.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub today: bool,
}

/// A module in which serde finds a set of names by the names that authors write.
macro_rules! by_name {
    ($module:ident, $Type:ident) => {
        mod $module {
            use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

            use crate::model::kind::$Type;

            pub(super) fn serialize<S: Serializer>(kind: &$Type, to: S) -> Result<S::Ok, S::Error> {
                to.serialize_str(kind.name())
            }

            pub(super) fn deserialize<'de, D: Deserializer<'de>>(
                from: D,
            ) -> Result<$Type, D::Error> {
                let name = String::deserialize(from)?;
                $Type::named(&name).ok_or_else(|| D::Error::custom("no such name"))
            }
        }
    };
}

by_name!(field_type, FieldType);
by_name!(form, Form);

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes by reference")]
fn is_paper(form: &Form) -> bool {
    *form == Form::Paper
}

/// A paragraph, heading or item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub style: Style,
    /// What it says.
    pub runs: Vec<Run>,
    /// For a heading, what links to it name.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// The picture beside it: its place in [`Template::pictures`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub picture: Option<usize>,
    /// The part of the letter that it begins: `reason`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub part: String,
    /// Its language, where that is not the one of the letter.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
}

/// What a line of a letter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Style {
    /// Who sends it, at the top.
    Sender,
    /// What an email is about.
    Subject,
    /// Who gets it.
    Address,
    /// The main heading.
    H1,
    /// A heading.
    H2,
    /// A heading below that.
    H3,
    /// A paragraph.
    Text,
    /// An item of a list.
    Bullet,
    /// An item of a numbered list.
    Number,
    /// The words before the name of whoever signs: `Yours sincerely`. There is room below them
    /// to sign by hand.
    Close,
    /// A picture with words beside it.
    Row,
    /// What every letter ends with.
    Foot,
    /// Where the letter in another language begins.
    Break,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Run {
    /// Words. A line end in them is one in the letter.
    Text(String),
    /// Words that are others from a later day on. The date of the letter decides.
    Dated {
        /// The words before that.
        text: String,
        /// Each later day, such as `2027-04-01`, with the words from then on, in order.
        later: Vec<(String, String)>,
    },
    /// The answer to a field: its place in [`Template::fields`].
    Field(usize),
    /// Words that stand out.
    Strong(Vec<Run>),
    /// Words said with stress.
    Em(Vec<Run>),
    /// Words that are there only after one answer.
    When {
        /// The field.
        field: usize,
        /// The answer: its place in [`Field::choices`]. Any answer, where there are none.
        is: usize,
        /// The words.
        runs: Vec<Run>,
    },
}

/// A picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// `png` or `jpeg`
    pub format: String,
    /// What it shows; empty when the words say it all.
    pub alt: String,
    /// Its width in pixels.
    pub width: usize,
    /// Its height in pixels.
    pub height: usize,
    /// The file in Base64, as the page and the HTML letter carry it.
    pub data: String,
}

/// How large the words of a document are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Size {
    /// 12 points, and 16 in easy read. Source: NHS accessible communication
    /// guidance, at least 12 points; easy-read guidance asks for 16.
    #[default]
    Normal,
    /// 18 points. Source: RNIB and UKAAF, large print is 16 to 18 points.
    Large,
}

impl Size {
    /// The size of words and of headings, by the names that parts have for them:
    /// in half points for Word, in points for the others. And the room for a signature, three
    /// lines: in twentieths of a point for Word.
    pub fn of(self, easy: bool, format: Format) -> [(&'static str, String); 5] {
        let points: [usize; 4] = match self {
            Self::Normal if !easy => [12, 16, 13, 12],
            Self::Normal => [16, 20, 18, 16],
            Self::Large => [18, 22, 20, 18],
        };
        let (each, room) = if format == Format::Docx { (2, 20) } else { (1, 1) };
        let sign = (points[0] * 3 * room).to_string();
        let [text, h1, h2, h3] = points.map(|size| (size * each).to_string());
        [("text", text), ("h1", h1), ("h2", h2), ("h3", h3), ("sign", sign)]
    }
}

/// The formats that a letter can be written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// A Word document.
    Docx,
    /// An OpenDocument text.
    Odt,
    /// A web page.
    Html,
    /// Plain text.
    Txt,
}

impl Format {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Docx, Self::Odt, Self::Html, Self::Txt];

    /// Those that a letter can be written in. What is no paper is plain text.
    pub const fn of(form: Form) -> &'static [Self] {
        match form {
            Form::Paper => &Self::ALL,
            Form::Text | Form::Email => &[Self::Txt],
        }
    }

    /// How names of such files end.
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Odt => "odt",
            Self::Html => "html",
            Self::Txt => "txt",
        }
    }

    /// Its media type.
    pub const fn mime(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Html => "text/html;charset=utf-8",
            Self::Txt => "text/plain;charset=utf-8",
        }
    }

    /// How it is written.
    pub fn marks(self) -> &'static Marks {
        match self {
            Self::Docx => &docx::MARKS,
            Self::Odt => &odt::MARKS,
            Self::Html => &html::MARKS,
            Self::Txt => &text::MARKS,
        }
    }

    /// What is round the letter.
    pub fn parts(self, template: &Template) -> Vec<Part> {
        match self {
            Self::Docx => docx::parts(template),
            Self::Odt => odt::parts(template),
            Self::Html => html::parts(template),
            Self::Txt => text::parts(),
        }
    }

    /// The folder of its pictures.
    pub const fn pictures(self) -> &'static str {
        match self {
            Self::Docx => "word/media/",
            _ => "Pictures/",
        }
    }
}

/// The documents that each letter comes as, blank, beside its page.
pub const fn documents(form: Form) -> &'static [(Format, Size)] {
    match form {
        Form::Paper => &[
            (Format::Docx, Size::Normal),
            (Format::Odt, Size::Normal),
            (Format::Txt, Size::Normal),
            (Format::Docx, Size::Large),
            (Format::Odt, Size::Large),
        ],
        Form::Text | Form::Email => &[(Format::Txt, Size::Normal)],
    }
}

/// A part of a document: its name in the archive, and what is in it, with
/// `{names}` for what differs from letter to letter.
pub type Part = (String, String);

/// A part in which everything is put in that the template knows. Indents fall away.
fn part(name: &str, text: &str, template: &Template, own: &[(&str, &str)]) -> Part {
    // Braces of an editor are no names.
    let words = |text: &str| {
        let mut out = String::new();
        escape(&mut out, text);
        out.replace('{', "&#123;")
    };
    let text: String = text.lines().map(str::trim).collect();
    let (author, language) = (words(&template.author), country(&template.language));
    let all = [("author", author.as_str()), ("language", &language)];
    (name.to_owned(), put_in(&text, &[&all, own].concat()))
}

/// Writes letters of one template in one format and size: what is the same in all
/// of them is made once.
#[derive(Debug)]
pub struct Writer<'a> {
    template: &'a Template,
    marks: &'static Marks,
    parts: Vec<Part>,
    pictures: Vec<(String, Vec<u8>)>,
    is_archive: bool,
}

impl<'a> Writer<'a> {
    /// A writer.
    pub fn new(template: &'a Template, format: Format, size: Size) -> Self {
        let sizes = size.of(template.easy, format);
        let sizes: Vec<(&str, &str)> =
            sizes.iter().map(|(name, size)| (*name, size.as_str())).collect();
        let parts = format.parts(template);
        let is_archive = matches!(format, Format::Docx | Format::Odt);
        let pictures = template.pictures.iter().enumerate().filter(|_| is_archive);
        let pictures = pictures.map(|(at, picture)| {
            (format!("{}{}.{}", format.pictures(), at + 1, picture.format), picture.bytes())
        });
        Self {
            template,
            marks: format.marks(),
            parts: parts.into_iter().map(|(name, text)| (name, put_in(&text, &sizes))).collect(),
            pictures: pictures.collect(),
            is_archive,
        }
    }

    /// What the document is called: its main heading, which whoever opens it will
    /// understand.
    fn title(&self, lines: &[Line<'_>]) -> String {
        match lines.iter().find(|line| line.style == Style::H1) {
            Some(line) => line.pieces.iter().map(|piece| piece.text.replace('\n', " ")).collect(),
            None => self.template.title.clone(),
        }
    }

    /// The bytes of the document with these lines.
    pub fn write(&self, lines: &[Line<'_>]) -> Vec<u8> {
        let body = self.marks.write(self.template, lines);
        let mut title = String::new();
        escape(&mut title, &self.title(lines));
        let values = [("title", title.as_str()), ("body", body.trim_end_matches('\n'))];
        let parts = self
            .parts
            .iter()
            .map(|(name, text)| (name.as_str(), put_in(text, &values).into_bytes()));
        if !self.is_archive {
            return parts.flat_map(|(_, bytes)| bytes).chain(*b"\n").collect();
        }
        let pictures = self.pictures.iter().map(|(name, bytes)| (name.as_str(), bytes.clone()));
        zip::write(&parts.chain(pictures).collect::<Vec<_>>())
    }
}

/// What a document of the letter with a name is called.
pub fn file_name(name: &str, format: Format, size: Size) -> String {
    let large = if size == Size::Large { "-large-print" } else { "" };
    format!("{name}{large}.{}", format.extension())
}

impl Template {
    /// A day as the letter writes it.
    pub fn day(&self, day: Date) -> String {
        self.months.words(day, &self.language)
    }

    /// No answer to any field: the lines show labelled blanks.
    pub fn blank(&self) -> Vec<Option<String>> {
        vec![None; self.fields.len()]
    }

    /// An answer to each field that someone might give. They break no rule.
    pub fn examples(&self) -> Vec<Option<String>> {
        let read = |field: &Field| answer::read(self, field, &field.example).ok();
        self.fields.iter().map(read).collect()
    }

    /// How many numbered lists it can have.
    fn numbered_lists(&self) -> usize {
        let below = self.below.iter().flat_map(|below| &below.blocks);
        let styles = self.blocks.iter().chain(below).map(|block| block.style);
        let before = std::iter::once(None).chain(styles.clone().map(Some));
        let starts = |(style, before): &(Style, Option<Style>)| {
            *style == Style::Number && *before != Some(*style)
        };
        styles.zip(before).filter(starts).count()
    }

    /// The template whose words a block has: this one, or the one below it.
    fn of_block(&self, block: &Block) -> &Self {
        let below = self.below.as_deref().filter(|_| !block.language.is_empty());
        below.unwrap_or(self)
    }

    /// The place of the field with a name, however it is written: `Reply_By`.
    pub fn field(&self, name: &str) -> Option<usize> {
        let name = plain_name(name);
        self.fields.iter().position(|field| plain_name(&field.name) == name)
    }
}

/// Puts values in the place of `{names}`. The values are looked at no further.
fn put_in(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(text.len() + 64);
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let (before, after) = rest.split_at(open);
        out.push_str(before);
        let found = values.iter().find(|(name, _)| {
            after[1..].strip_prefix(name).is_some_and(|end| end.starts_with('}'))
        });
        match found {
            Some((name, value)) => {
                out.push_str(value);
                rest = &after[name.len() + 2..];
            }
            None => {
                out.push('{');
                rest = &after[1..];
            }
        }
    }
    out + rest
}

/// The language as documents name it: `en-GB`.
fn country(language: &str) -> String {
    if language.contains('-') { language.to_owned() } else { format!("{language}-GB") }
}

/// The script that fills in letters on a reader's device.
pub const SCRIPT: &str = include_str!("letter.js");

/// What that script needs to know of a template.
#[derive(Debug, Serialize)]
pub struct Told<'a> {
    /// The template.
    #[serde(flatten)]
    pub template: &'a Template,
    /// How the page shows it.
    pub sheet: Marks,
    /// Its language as documents name it: `en-GB`.
    pub country: String,
    /// The names of the months, by language.
    pub months: &'a Months,
    /// For a text message, how its length is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sms: Option<sms::Told>,
    /// The formats that it can be saved in, by the ending of their names.
    pub formats: BTreeMap<&'static str, ToldFormat>,
}

/// What the script needs to know of a format.
#[derive(Debug, Serialize)]
pub struct ToldFormat {
    /// How it is written.
    pub marks: Marks,
    /// What is round the letter.
    pub parts: Vec<Part>,
    /// The folder of its pictures.
    pub folder: &'static str,
    /// Its media type.
    pub mime: &'static str,
    /// The sizes of words: normal and large.
    pub sizes: [BTreeMap<&'static str, String>; 2],
}

impl<'a> Told<'a> {
    /// All of it.
    pub fn new(template: &'a Template) -> Self {
        // Where there are no pictures, nobody needs to know how one is written.
        let needed = |marks: &Marks| Marks {
            picture: if template.pictures.is_empty() { "" } else { marks.picture },
            ..marks.clone()
        };
        let told = |format: Format| ToldFormat {
            marks: needed(format.marks()),
            parts: format.parts(template),
            folder: format.pictures(),
            mime: format.mime(),
            sizes: [Size::Normal, Size::Large].map(|size| size.of(template.easy, format).into()),
        };
        let formats = Format::of(template.form).iter();
        let formats = formats.map(|&format| (format.extension(), told(format))).collect();
        let sms = (template.form == Form::Text).then(sms::Told::new);
        let months = &template.months;
        let country = country(&template.language);
        Self { template, sheet: needed(&html::SHEET), country, months, sms, formats }
    }
}
