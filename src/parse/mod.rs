//! A source file to a [`Document`]: the parser. Never fails.
//!
//! Any text gives a document, with a list of what is wrong with it. What the
//! words mean for the site (kinds, addresses, links) is left to `model` and
//! `link`; here there is only what stands in the one file, each part with its
//! place.

use std::fmt::Write as _;

pub use self::front_matter::{Fields, Names, Placed, YesNo};
use self::turn::Turn;
pub(crate) use self::{
    front_matter::has_reference,
    markdown::{table, values},
};
use crate::{
    diagnostic::Diagnostic,
    rule::{self, Severity},
    text::{Date, Source, Span},
};

pub mod allow;
pub mod asked;
mod dated;
mod front_matter;
pub mod hours;
pub mod language;
pub mod learn;
mod markdown;
pub mod phone;
pub mod postcode;
pub mod sheet;
pub mod turn;
pub mod values;
pub mod walk;
pub mod words;

/// A file as its author wrote it, taken apart.
#[derive(Debug, Clone)]
pub struct Document {
    /// The file.
    pub source: Source,
    /// The lines between the `---` lines, the whole of a record file, or one
    /// record of a file that holds many.
    pub front: Span,
    /// The names and values that stand there.
    pub names: Names,
    /// Whether the file holds other records too.
    pub one_of_many: bool,
    /// The text of the page, in order.
    pub blocks: Vec<Block>,
    /// All headings, in order; [`Block::Heading`] points here.
    pub headings: Vec<Heading>,
    /// All links, in order; [`Inline::Link`] points here.
    pub links: Vec<Link>,
    /// Where the links in boxes for staff lead, when those were left out.
    pub hidden_links: Vec<String>,
    /// The ids of headings in boxes that are not published.
    pub hidden_ids: Vec<String>,
    /// The ids of headings in boxes for staff, also where these are not published.
    pub staff_ids: Vec<String>,
    /// All pictures, in order; [`Inline::Image`] points here.
    pub images: Vec<Image>,
    /// Words of it that come or go on a day.
    pub turns: Vec<Turn>,
    /// What could not be read.
    pub problems: Vec<Diagnostic>,
}

/// A part of the text that stands on its own lines.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>, Span),
    /// A heading: its place in [`Document::headings`].
    Heading(usize),
    /// A list; numbered from `start` when that is given.
    List {
        /// The first number of a numbered list.
        start: Option<u64>,
        /// What is in it.
        items: Vec<Item>,
        /// The whole list.
        span: Span,
    },
    /// A quote, or a box when it has a label.
    Quote {
        /// The box it is.
        label: Option<Label>,
        /// The words after the label.
        title: Vec<Inline>,
        /// What is in it.
        blocks: Vec<Block>,
        /// The whole quote.
        span: Span,
    },
    /// Computer code.
    Code {
        /// The first word after the fence, in lower case.
        language: String,
        /// The code.
        text: String,
        /// The whole block.
        span: Span,
    },
    /// A record in a named fence.
    Record(Record),
    /// A table.
    Table(Table),
    /// Terms, each with its meanings.
    Definitions(Vec<(Vec<Inline>, Vec<Vec<Block>>)>),
    /// What a footnote says.
    Footnote {
        /// The name in `[^name]`.
        name: String,
        /// What it says.
        blocks: Vec<Block>,
    },
    /// A line across the page.
    Rule,
    /// HTML as typed.
    Html(String, Span),
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// For a task list, whether it is ticked.
    pub task: Option<bool>,
    /// Whether its paragraphs are set apart.
    pub loose: bool,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Words.
    Text(String, Span),
    /// `*words*`
    Emphasis(Vec<Inline>),
    /// `**words**`
    Strong(Vec<Inline>),
    /// `~~words~~`
    Struck(Vec<Inline>),
    /// `` `words` ``
    Code(String),
    /// A link: its place in [`Document::links`], and the words of it.
    Link(usize, Vec<Inline>),
    /// A picture: its place in [`Document::images`].
    Image(usize),
    /// A reference to a footnote, by name.
    FootnoteMark(String),
    /// A line end that means nothing.
    SoftBreak,
    /// A line end that the author wants.
    Break,
    /// HTML as typed.
    Html(String, Span),
    /// `((name))`
    Value(String, Span),
    /// `((name??words when yes))`
    When(String, Vec<Inline>, Span),
}

/// A heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// From 1 to 6, as written.
    pub level: u8,
    /// What links to it name. Unique on the page.
    pub id: String,
    /// Whether the author chose the id.
    pub explicit: bool,
    /// Other ids that lead to it, as it was called before: `{#keep #what-to-keep}`.
    pub more_ids: Vec<String>,
    /// The part of a letter that it begins: `{part=reason}`.
    pub part: Option<String>,
    /// The words.
    pub content: Vec<Inline>,
    /// The words without emphasis or links.
    pub text: String,
    /// The whole line.
    pub span: Span,
}

/// A link as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it leads: `../manage/records.md#keep`.
    pub destination: String,
    /// Its words, without emphasis.
    pub text: String,
    /// All of it.
    pub span: Span,
}

/// A picture as written.
#[derive(Debug, Clone, PartialEq)]
pub struct Image {
    /// The file.
    pub destination: String,
    /// What it shows. Empty when it was not said.
    pub alt: String,
    /// The same, with the values in it.
    pub content: Vec<Inline>,
    /// All of it.
    pub span: Span,
}

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What it shows, from the line above it that begins with `Table:`.
    pub caption: Vec<Inline>,
    /// The heads of the columns.
    pub head: Vec<Vec<Inline>>,
    /// The rows below.
    pub rows: Vec<Vec<Vec<Inline>>>,
    /// Columns that hold numbers and are set to the right.
    pub numbers: Vec<bool>,
    /// Whether the first cell of each row names the row.
    pub row_heads: bool,
    /// The chart that is drawn of it.
    pub chart: Option<Chart>,
    /// The whole table.
    pub span: Span,
}

/// A record in a named fence: ```` ```contact ````.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Which sort of record.
    pub fence: Fence,
    /// The words after the name of the fence.
    pub info: String,
    /// The lines inside.
    pub body: Span,
    /// The whole fence.
    pub span: Span,
}

macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$each])* $variant,)* }

        impl Default for $name {
            /// The first.
            fn default() -> Self {
                Self::ALL[0]
            }
        }

        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// What authors write.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }

            /// The one that authors write as `name`.
            pub fn named(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|known| known.name() == name)
            }
        }
    };
}
pub(crate) use names;

names! {
    /// What can be drawn of a table.
    Chart {
        /// A bar for each row.
        Bar = "bar",
    }
}

names! {
    /// The sorts of record that a page can hold.
    Fence {
        /// Phone, email and hours of a team.
        Contact = "contact",
        /// Directory entries.
        Entries = "entries",
        /// Things people ask whether they may buy.
        Buy = "buy",
        /// Rows of a table, with commas between the cells.
        Table = "table",
        /// Things to tick.
        Checklist = "checklist",
        /// Easy-read rows: a picture and its words.
        Symbols = "symbols",
        /// A film, with its transcript.
        Video = "video",
        /// Questions that lead to an answer.
        Flow = "flow",
    }
}

names! {
    /// The boxes that a quote can be.
    Label {
        /// Danger.
        Urgent = "URGENT",
        /// What cannot wait until tomorrow.
        Today = "TODAY",
        /// What can wait, and should not be forgotten.
        Ask = "ASK",
        /// What goes wrong and costs someone.
        Warning = "WARNING",
        /// Something easily missed.
        Note = "NOTE",
        /// An example.
        Example = "EXAMPLE",
        /// More, folded away.
        Details = "DETAILS",
        /// What the law says.
        Law = "LAW",
        /// What is otherwise in other parts of the United Kingdom.
        Elsewhere = "ELSEWHERE",
        /// What is possible.
        Can = "CAN",
        /// What is not possible.
        Cannot = "CANNOT",
        /// Steps in order.
        Steps = "STEPS",
        /// For staff only.
        Staff = "STAFF",
    }
}

/// Where the names at the top of a page stand, without the lines around them, and where its
/// text begins.
pub fn parts(source: &Source) -> (Span, Span) {
    front_matter::find(source, &mut Vec::new())
}

/// The records inside the text of a page, in order.
pub fn records(source: &Source, today: Date) -> Vec<Record> {
    let blocks = markdown::read(source, parts(source).1, true, today).blocks;
    let record = |block| if let Block::Record(record) = block { Some(record) } else { None };
    blocks.into_iter().filter_map(record).collect()
}

/// Takes a file apart. A name that ends in `.yaml` or `.yml` makes a record
/// page: the whole file is front matter.
///
/// Without `staff`, boxes for staff are dropped here, so that nothing later can
/// let one slip into a public page, its index or its feed. So are boxes that are for other
/// days than `today`.
pub fn parse(source: Source, staff: bool, today: Date) -> Document {
    let mut problems = Vec::new();
    let (front, body) = if is_record(&source) {
        (Span::new(0, source.text.len()), Span::new(source.text.len(), source.text.len()))
    } else {
        front_matter::find(&source, &mut problems)
    };
    let is_error = |found: &Diagnostic| found.severity == Severity::Error;
    let is_top_lost = problems.iter().any(is_error) || !is_text(&source);
    let read = markdown::read(&source, body, staff, today);
    problems.extend(read.problems);
    let is_list = is_record(&source) && !front_matter::records(&source, front).is_empty();
    // Those of a list are read record by record.
    let mut names = if is_list { Names::default() } else { Names::read(&source, front) };
    names.is_broken |= is_top_lost;
    let mut document = Document {
        source,
        front,
        names,
        one_of_many: false,
        blocks: read.blocks,
        headings: read.headings,
        links: read.links,
        hidden_links: read.hidden_links,
        hidden_ids: read.hidden_ids,
        staff_ids: read.staff_ids,
        images: read.images,
        turns: read.turns,
        problems,
    };
    let lost = lost_labels(&document);
    document.problems.extend(lost);
    let open = open_comments(&document);
    document.problems.extend(open);
    document
}

/// Takes a file apart, into a document for each record when it is a list of
/// records:
///
/// ```yaml
/// - name: Rowan House Advice
///   cost: free
/// - name: Dale Breaks
///   cost: £40 a day
/// ```
pub fn parse_all(source: Source, staff: bool, today: Date) -> Vec<Document> {
    let document = parse(source, staff, today);
    let records = front_matter::records(&document.source, document.front);
    if records.is_empty() || !is_record(&document.source) || is_data(&document.source) {
        return vec![document];
    }
    let empty = Document {
        front: Span::default(),
        names: Names::default(),
        one_of_many: true,
        blocks: Vec::new(),
        headings: Vec::new(),
        links: Vec::new(),
        hidden_links: Vec::new(),
        hidden_ids: Vec::new(),
        staff_ids: Vec::new(),
        images: Vec::new(),
        turns: Vec::new(),
        problems: Vec::new(),
        source: document.source,
    };
    let one = |front| {
        let names = Names::read(&empty.source, front);
        Document { front, names, ..empty.clone() }
    };
    records.into_iter().map(one).collect()
}

/// Whether the beginning of a file is made of letters: not so when it was saved in an encoding
/// that is not UTF-8.
fn is_text(source: &Source) -> bool {
    let first = source.text.lines().next().unwrap_or_default();
    !first.contains('\0') && !first.starts_with("\u{fffd}\u{fffd}")
}

/// Whether a file is one of those that many pages use, such as `_data/areas.yaml`: a list in it
/// is read whole.
fn is_data(source: &Source) -> bool {
    source.path.starts_with("_data/") || source.path.contains("/_data/")
}

/// Whether a file is a record, or a list of records, and has no text.
fn is_record(source: &Source) -> bool {
    source.path.ends_with(".yaml") || source.path.ends_with(".yml")
}

/// Labels of boxes that begin no box. A box for staff that is not one would be
/// published.
fn lost_labels(document: &Document) -> Vec<Diagnostic> {
    let mut lost = Vec::new();
    document.each_inline(&mut |inline| {
        let Inline::Text(text, span) = inline else { return };
        for (at, _) in text.match_indices("[!") {
            let name = text[at + 2..].split(']').next().unwrap_or_default();
            if Label::named(&name.trim().to_uppercase()).is_some() {
                let start = (span.start + at).min(span.end);
                let place = Span::new(start, (start + name.len() + 3).min(span.end));
                let message = format!("“[!{name}]” does not begin a box here");
                let hint = format!(
                    "leave a line empty above it, and write `> [!{}]`",
                    name.trim().to_uppercase()
                );
                lost.push(Diagnostic::error(&rule::MARKDOWN, place, message).hint(hint));
            }
        }
    });
    lost
}

/// Comments that begin in a line of words and do not end in its paragraph: readers would
/// see them.
fn open_comments(document: &Document) -> Vec<Diagnostic> {
    let mut open = Vec::new();
    document.each_inline(&mut |inline| {
        let Inline::Text(text, span) = inline else { return };
        if !text.contains("<!--") {
            return;
        }
        let typed = document.source.at(*span);
        for (at, mark) in
            typed.match_indices("<!--").filter(|(at, _)| !typed[..*at].ends_with('\\'))
        {
            let place = Span::new(span.start + at, span.start + at + mark.len());
            let message = format!("“{mark}” is never closed in this paragraph, so readers see it");
            let hint = "write `-->` where the comment ends, or begin it on a line of its own";
            open.push(Diagnostic::error(&rule::MARKDOWN, place, message).hint(hint));
        }
    });
    open
}

impl Document {
    /// All of the file.
    pub fn all(&self) -> Span {
        Span::new(0, self.source.text.len())
    }

    /// The names and values at the top of the file.
    pub fn fields(&self) -> Fields<'_> {
        self.names.fields(&self.source, values::Values::default())
    }

    /// The same, with the values in double brackets put in.
    pub fn fields_with<'a>(&'a self, values: values::Values<'a>) -> Fields<'a> {
        self.names.fields(&self.source, values)
    }
}

/// The words of `inlines`, without emphasis, links or line ends. Values are
/// shown as typed, `((name))`.
pub fn plain(inlines: &[Inline]) -> String {
    plain_with(inlines, &|_| None)
}

/// The same, with `words` in the place of the values that stand for words.
fn plain_with<'a>(inlines: &[Inline], words: &dyn Fn(&str) -> Option<&'a str>) -> String {
    let mut out = String::new();
    push_plain(inlines, words, &mut out);
    out
}

fn push_plain<'a>(inlines: &[Inline], words: &dyn Fn(&str) -> Option<&'a str>, out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text(text, _) | Inline::Code(text) => out.push_str(text),
            Inline::Emphasis(inner)
            | Inline::Strong(inner)
            | Inline::Struck(inner)
            | Inline::Link(_, inner) => push_plain(inner, words, out),
            Inline::When(_, inner, _) => push_plain(inner, words, out),
            Inline::SoftBreak | Inline::Break => out.push(' '),
            Inline::Value(name, _) => match words(name) {
                Some(words) => out.push_str(words),
                None => _ = write!(out, "(({name}))"),
            },
            Inline::Image(_) | Inline::FootnoteMark(_) | Inline::Html(..) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn any_text_gives_a_document(text in "\\PC{0,200}") {
            parse(Source::new("content/a.md", text.as_str()), true, Date::today());
            parse(Source::new("content/a.yaml", text), true, Date::today());
        }

        #[test]
        fn any_front_matter_gives_a_document(lines in "(---\n)?([ \t\u{a0}–-]{0,3}[a-z\"'{}\\[\\]:#|>&*!%@]{0,9}[: ]?.{0,9}\r?\n){0,9}(---)?") {
            let document = parse(Source::new("content/a.md", lines), true, Date::today());
            let mut fields = document.fields();
            fields.text("title");
            fields.list("list");
            for (_, mut nested) in fields.maps("map") { nested.text("a"); }
            fields.finish();
        }

        #[test]
        fn spans_lie_in_the_text(text in "([#>*_`|\\[\\]()! \n-]|\\(\\(|\\)\\)|[a-zé£]){0,120}") {
            let document = parse(Source::new("content/a.md", text), false, Date::today());
            let spans = document.links.iter().map(|link| link.span)
                .chain(document.headings.iter().map(|heading| heading.span))
                .chain(document.problems.iter().map(|problem| problem.span));
            for span in spans {
                prop_assert!(document.source.text.get(span.start..span.end).is_some());
            }
        }
    }
}
