//! What a document says, whoever wrote it: the one value that every reader gives (an
//! intermediate representation) and that `shape`, `letter` and `markdown` take.
//!
//! Lists are flat here, as Word has them: each paragraph says how deep it stands. What was not
//! taken over stands where it was, as a [`Loss`], so that it can be told of at its place.

/// A document as it was read.
#[derive(Debug, Default)]
pub struct Document {
    /// What it calls itself: a paragraph in the style for titles, or the title of a web page.
    pub title: Option<String>,
    /// What its program says that it is called. Often that of another document.
    pub property: Option<String>,
    /// The language that it says it is in: `cy-GB`.
    pub language: Option<String>,
    /// What it says, in order.
    pub blocks: Vec<Block>,
    /// Footnotes and endnotes, in order of their numbers.
    pub notes: Vec<Vec<Block>>,
    /// Its pictures, each once.
    pub pictures: Vec<Picture>,
    /// What was lost of the whole, and not at one place.
    pub lost: Vec<Loss>,
    /// The size of most of its letters, in half points; 0 when nothing says so.
    pub usual_size: u16,
}

/// A picture that pages can show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The end of its name: `png`.
    pub extension: &'static str,
}

/// A part of a document.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// A heading. The highest is 1.
    Heading {
        /// How deep, from 1.
        level: u8,
        /// Its words.
        words: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        words: Vec<Inline>,
        /// How it looks.
        look: Look,
    },
    /// The first paragraph of an item of a list.
    Item {
        /// How deep, from 0.
        level: u8,
        /// What stands before it.
        mark: Mark,
        /// Its words.
        words: Vec<Inline>,
    },
    /// More of the item before it.
    Within {
        /// How deep that item stands.
        level: u8,
        /// What more there is.
        block: Box<Block>,
    },
    /// A table.
    Table(Table),
    /// What stood in a box of its own.
    Aside(Vec<Block>),
    /// Something that was not taken over.
    Lost(Loss),
}

/// How a paragraph looks, where that may mean something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Look {
    /// The size of its letters, in half points; 0 when nothing says so.
    pub size: u16,
    /// Whether its style is one for what stands over or under a table or a picture.
    pub is_caption: bool,
    /// Whether all of it is underlined.
    pub is_underlined: bool,
}

/// What stands before an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// A bullet.
    Bullet,
    /// A number.
    Number {
        /// The number.
        value: u32,
        /// Whether readers saw it as a plain number, and not as `(b)`, `iv.` or `2.1`.
        is_plain: bool,
    },
}

/// A table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Table {
    /// What it shows, where a line over or under it says so.
    pub caption: Option<Vec<Inline>>,
    /// Its rows, as wide as they are.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// Whether it names the columns.
    pub is_head: bool,
    /// Its cells.
    pub cells: Vec<Cell>,
}

/// A cell of a table.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Cell {
    /// What is in it.
    pub blocks: Vec<Block>,
    /// How many columns it takes; 0 counts as 1.
    pub wide: usize,
    /// Whether it goes on with the cell above.
    pub goes_on: bool,
}

/// Words in a line.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Plain words.
    Text {
        /// The words.
        words: String,
        /// Whether they are bold or in italics.
        style: Style,
    },
    /// A link.
    Link {
        /// Its words.
        words: Vec<Inline>,
        /// Where it leads: an address, or `#` and the name of an [`Inline::Anchor`].
        to: String,
    },
    /// A place that links lead to.
    Anchor(String),
    /// A picture: which of [`Document::pictures`], and what it shows.
    Picture {
        /// Its number.
        number: usize,
        /// What it shows; empty where nothing says so.
        description: String,
        /// Whether it is said to be decoration.
        is_decoration: bool,
    },
    /// A note: which of [`Document::notes`].
    Note(usize),
    /// The end of a line within a paragraph.
    Break,
    /// Something to fill in.
    Blank(Blank),
    /// Something that was not taken over.
    Lost(Loss),
}

/// How words look, as far as it means something.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    /// Bold.
    pub is_bold: bool,
    /// In italics.
    pub is_italic: bool,
    /// Crossed out.
    pub is_struck: bool,
    /// Above the line, as in 10⁶, or below it, as in H₂O.
    pub raised: Option<Raised>,
}

/// Where words stand that are above or below the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Raised {
    /// Above.
    Above,
    /// Below.
    Below,
}

impl Raised {
    /// Words with the digits and signs of mathematics that stand there: `10⁶` is not 106. Letters
    /// stay as they are, since `1st` says the same.
    pub fn of(self, words: &str) -> String {
        let signs = match self {
            Self::Above => "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻",
            Self::Below => "₀₁₂₃₄₅₆₇₈₉₊₋",
        };
        let sign = |c: char| {
            let at = "0123456789+-".find(c)?;
            signs.chars().nth(at)
        };
        words.chars().map(|c| sign(c).unwrap_or(c)).collect()
    }
}

/// Something to fill in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Blank {
    /// What it asks for; empty where only the words before it say so.
    pub label: String,
    /// What can be written into it, as the document says.
    pub sort: BlankSort,
}

/// What a document says of a blank.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum BlankSort {
    /// Nothing.
    #[default]
    Words,
    /// A day.
    Day,
    /// To tick or not.
    Tick,
    /// One of several.
    Choice(Vec<String>),
}

/// Something that was not taken over as it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// What: the beginning of a sentence.
    pub message: String,
    /// What to do about it.
    pub hint: &'static str,
}

impl Loss {
    /// What was lost, and what to do about it.
    pub fn new(message: impl Into<String>, hint: &'static str) -> Self {
        Self { message: message.into(), hint }
    }
}

impl Inline {
    /// Words without a look.
    pub fn text(words: impl Into<String>) -> Self {
        Self::Text { words: words.into(), style: Style::default() }
    }
}

impl Block {
    /// A paragraph without a look.
    pub fn paragraph(words: Vec<Inline>) -> Self {
        Self::Paragraph { words, look: Look::default() }
    }

    /// The words of a block that is words alone.
    pub fn words(&self) -> Option<&[Inline]> {
        match self {
            Self::Heading { words, .. }
            | Self::Paragraph { words, .. }
            | Self::Item { words, .. } => Some(words),
            Self::Within { block, .. } => block.words(),
            Self::Table(_) | Self::Aside(_) | Self::Lost(_) => None,
        }
    }
}

/// Words without their looks. A blank is the words that it asks with.
pub fn plain(words: &[Inline]) -> String {
    let mut out = String::new();
    for inline in words {
        match inline {
            Inline::Text { words, .. } => out.push_str(words),
            Inline::Link { words, .. } => out.push_str(&plain(words)),
            Inline::Blank(blank) => out.push_str(&blank.label),
            Inline::Break => out.push(' '),
            Inline::Anchor(_) | Inline::Picture { .. } | Inline::Note(_) | Inline::Lost(_) => {}
        }
    }
    out
}

/// All words of some blocks, with a space between two blocks.
pub fn plain_blocks(blocks: &[Block]) -> String {
    let mut out = String::new();
    for block in blocks {
        let words = match block {
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                cells.map(|cell| plain_blocks(&cell.blocks)).collect::<Vec<_>>().join(" ")
            }
            Block::Aside(inner) => plain_blocks(inner),
            Block::Within { block, .. } => plain_blocks(std::slice::from_ref(block)),
            other => other.words().map(plain).unwrap_or_default(),
        };
        let words = words.trim();
        if !words.is_empty() {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(words);
        }
    }
    out
}

/// Whether nobody would see anything of these words.
pub fn is_empty(words: &[Inline]) -> bool {
    words.iter().all(|inline| match inline {
        Inline::Text { words, .. } => words.trim().is_empty(),
        Inline::Link { words, .. } => is_empty(words),
        Inline::Break | Inline::Anchor(_) => true,
        Inline::Picture { .. } | Inline::Note(_) | Inline::Blank(_) | Inline::Lost(_) => false,
    })
}

/// Adds words to a line, to those before them where these look the same.
pub fn add(line: &mut Vec<Inline>, text: &str, style: Style) {
    match line.last_mut() {
        Some(Inline::Text { words, style: own }) if *own == style => words.push_str(text),
        _ if text.is_empty() => {}
        _ => line.push(Inline::Text { words: text.to_owned(), style }),
    }
}

/// Begins something in a line whose words must not run together with those before it, and gives
/// the place where they begin.
pub fn begin(line: &mut Vec<Inline>) -> usize {
    line.push(Inline::Anchor(String::new()));
    line.len()
}
