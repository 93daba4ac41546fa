//! A document of Word, LibreOffice or the web to pages in Markdown.
//!
//! A document goes one way, and nothing touches the disk: `docx`, `odt` and `html` read what
//! it says into one value ([`block`]), `shape` finds the headings and lists that only look
//! like some, `pages` parts it and writes what stands at the top of each page, `markdown`
//! writes the rest. With `letter` its blanks become the fields of a letter. `archive`, `xml`,
//! `field`, `symbol` and `media` are what the readers share.
//!
//! Three promises: what is lost is said where it stood; nothing outside the file is fetched;
//! every page is a draft until somebody has looked at it.

pub use self::pages::{LONG_PAGE, Made, MadePage, Pasted, Wanted, make, other_name, pasted, words};
use self::{archive::Archive, block::Document, xml::Element};
use crate::parse::sheet;

pub(super) mod archive;
pub mod block;
mod docx;
mod field;
mod html;
mod letter;
mod markdown;
mod media;
mod odt;
mod pages;
mod shape;
mod symbol;
pub(super) mod xml;

/// The largest document that is read, in bytes.
pub const LARGEST: u64 = 200 * 1024 * 1024;

/// Why a document is not read. Each is a sentence, with what to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// It takes a password.
    Locked,
    /// It is of Word before 2007, whatever its name says.
    OldWord,
    /// It is a PDF.
    Pdf,
    /// It is Rich Text.
    RichText,
    /// It is a web page in one file of an email program.
    WebArchive,
    /// It is a presentation.
    Slides,
    /// It is a document of Pages on a Mac.
    MacPages,
    /// It is an OpenDocument file without text.
    NotText,
    /// It is damaged, or ends in the middle.
    Damaged,
    /// It unpacks to more than any document is.
    TooLarge,
    /// There is nothing in it.
    Empty,
    /// It is a workbook of Excel before 2007, one in Excel’s own binary form, or one with a
    /// password.
    OldWorkbook,
    /// It is nothing that is known.
    Unknown,
}

impl Refusal {
    /// Why, and what to do: the rest of a sentence that begins with the name of the file.
    pub fn words(self) -> &'static str {
        match self {
            Self::Locked => {
                "is protected by a password; open it, take the password out (File, Info, Protect Document), and save it again"
            }
            Self::OldWord => {
                "is a document of Word before 2007, or is protected by a password; open it in Word or LibreOffice, and save it as .docx without a password"
            }
            Self::Pdf => {
                "is a PDF, which holds where letters stand on paper and not what is a heading, a list or a table; ask for the document that it was made from (.docx or .odt), or open it in Word, save it as .docx, and read it line by line"
            }
            Self::RichText => "is Rich Text; open it in Word or LibreOffice, and save it as .docx",
            Self::WebArchive => {
                "is a web page packed for one program; open it there, and save it as .docx or as “web page, complete”"
            }
            Self::Slides => {
                "is a presentation; what is said beside slides is not in it, so write the page from what you would say"
            }
            Self::MacPages => "is a document of Pages; export it as Word (.docx)",
            Self::NotText => "is no text document; save the text as .docx or .odt",
            Self::Damaged => {
                "is damaged or ends in the middle; open it in Word or LibreOffice, save it under another name, and try that"
            }
            Self::TooLarge => {
                "unpacks to more than any document has, so it was not read; if you know who made it, save it again without its pictures, or in parts"
            }
            Self::Empty => "has no words in it",
            Self::OldWorkbook => {
                "is a workbook of Excel before 2007, or is protected by a password; open it, and save it as .xlsx without a password"
            }
            Self::Unknown => {
                "is no document that is known; save it as .docx, .odt or .html (for services: .csv, .xlsx, .ods or .json)"
            }
        }
    }
}

/// What a file is, by its first bytes, whatever its name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileKind {
    /// A document that [`read`] reads, or refuses with a reason.
    Document,
    /// A spreadsheet of Excel or LibreOffice.
    Workbook,
    /// Text: a table, a feed.
    Text,
}

/// What a file is. `name` only helps with text, of which pages of the web are one sort.
pub fn kind_of(bytes: &[u8], name: &str) -> FileKind {
    let name = name.to_ascii_lowercase();
    let ends = |all: &[&str]| all.iter().any(|end| name.ends_with(end));
    if bytes.starts_with(b"PK\x03\x04") {
        let archive = Archive::open(bytes).ok();
        let has = |part: &str| archive.as_ref().is_some_and(|archive| archive.has(part));
        let mimetype = archive.as_ref().and_then(|archive| archive.read("mimetype").ok());
        let is_ods = mimetype.is_some_and(|it| it.windows(11).any(|it| it == b"spreadsheet"));
        let is_sheet = has("xl/workbook.xml") || has("xl/workbook.bin") || is_ods;
        return if is_sheet { FileKind::Workbook } else { FileKind::Document };
    }
    if bytes.starts_with(&OLD) {
        return if ends(&[".xls", ".xlsx", ".xlsm"]) {
            FileKind::Workbook
        } else {
            FileKind::Document
        };
    }
    if ends(&[".json", ".csv", ".tsv"]) {
        return FileKind::Text;
    }
    let is_known = bytes.starts_with(b"%PDF") || bytes.starts_with(b"{\\rtf");
    let is_named = ends(&[
        ".docx", ".docm", ".dotx", ".odt", ".ott", ".html", ".htm", ".xhtml", ".doc", ".pdf",
        ".rtf", ".mht", ".mhtml", ".pages", ".pptx", ".ppt", ".odp",
    ]);
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).to_ascii_lowercase();
    let start = start.trim_start_matches('\u{feff}').trim_start().to_owned();
    let is_html = start.starts_with("<!doctype html") || start.starts_with("<html");
    if is_known || is_named || is_html { FileKind::Document } else { FileKind::Text }
}

/// How files of older programs of Microsoft begin (the Compound File Binary format).
const OLD: [u8; 8] = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Reads a document. `beside` gives files that stand beside a page of the web.
///
/// # Errors
///
/// A [`Refusal`] says why it is not read, and what to do.
pub fn read(
    bytes: &[u8],
    name: &str,
    beside: &dyn Fn(&str) -> Option<Vec<u8>>,
) -> Result<Document, Refusal> {
    let name = name.to_ascii_lowercase();
    let document = if bytes.starts_with(b"PK\x03\x04") {
        packed(bytes)?
    } else if bytes.starts_with(&OLD) {
        // A document with a password is packed into such a file; its name is in UTF-16.
        let locked: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
        let is_locked = bytes.windows(locked.len()).any(|it| it == locked);
        return Err(if is_locked { Refusal::Locked } else { Refusal::OldWord });
    } else if bytes.starts_with(b"%PDF") {
        return Err(Refusal::Pdf);
    } else if bytes.starts_with(b"{\\rtf") {
        return Err(Refusal::RichText);
    } else {
        let (text, _) = sheet::decode(bytes);
        let start = text.trim_start().get(..400).unwrap_or(text.trim_start()).to_ascii_lowercase();
        if start.starts_with("mime-version:") || start.starts_with("from:") {
            return Err(Refusal::WebArchive);
        }
        let is_page = [".html", ".htm", ".xhtml"].iter().any(|end| name.ends_with(end));
        if text.trim().is_empty() {
            return Err(Refusal::Empty);
        }
        if !is_page && !start.contains("<html") && !start.contains("<!doctype html") {
            return Err(
                if start.contains('\u{fffd}') || name.ends_with("docx") || name.ends_with("odt") {
                    Refusal::Damaged
                } else {
                    Refusal::Unknown
                },
            );
        }
        html::read(&text, beside)
    };
    let is_empty = block::plain_blocks(&document.blocks).is_empty()
        && document.title.is_none()
        && document.pictures.is_empty();
    if is_empty { Err(Refusal::Empty) } else { Ok(document) }
}

fn packed(bytes: &[u8]) -> Result<Document, Refusal> {
    let archive = Archive::open(bytes).map_err(refused)?;
    let has_part = |name: &str| archive.has(name);
    if has_part("word/document.xml") || has_part("_rels/.rels") && !has_part("ppt/presentation.xml")
    {
        docx::read(&archive)
    } else if has_part("content.xml") {
        odt::read(&archive)
    } else if has_part("ppt/presentation.xml") {
        Err(Refusal::Slides)
    } else if archive.names().any(|name| name.starts_with("Index/") || name == "index.xml") {
        Err(Refusal::MacPages)
    } else {
        Err(Refusal::Unknown)
    }
}

pub(super) fn refused(fault: archive::Fault) -> Refusal {
    match fault {
        archive::Fault::Missing | archive::Fault::Damaged => Refusal::Damaged,
        archive::Fault::TooLarge => Refusal::TooLarge,
        archive::Fault::Locked => Refusal::Locked,
    }
}

/// A part of an archive, as a tree.
pub(super) fn part(archive: &Archive<'_>, name: &str) -> Result<Element, Refusal> {
    let bytes = archive.read(name).map_err(refused)?;
    xml::read(&bytes).map_err(|fault| match fault {
        xml::Fault::Damaged => Refusal::Damaged,
        xml::Fault::TooLarge => Refusal::TooLarge,
    })
}

/// A path in an archive, as a part in `folder` has it.
pub(super) fn joined(folder: &str, target: &str) -> String {
    if let Some(whole) = target.strip_prefix('/') {
        return whole.to_owned();
    }
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in target.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}
