//! `[limits]`: how long sentences and paragraphs may be, by who reads them.

use serde::Deserialize;

/// The most words of sentences and paragraphs, for each sort of reader. The numbers that are
/// not given are those of the sources that the manual page of `long-sentence` names.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Limits {
    /// The most words of a sentence on pages for everyone.
    pub sentence: usize,
    /// The most words of a paragraph there.
    pub paragraph: usize,
    /// Pages for staff.
    pub staff: Limit,
    /// Letters, emails and texts.
    pub letter: Limit,
    /// Easy-read pages.
    pub easy_read: Limit,
    /// Pages that the law writes: notices, policies.
    pub legal: Legal,
}

/// The limits of one sort of page, where they are others.
#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Limit {
    /// The most words of a sentence.
    pub sentence: Option<usize>,
    /// The most words of a paragraph.
    pub paragraph: Option<usize>,
}

/// The limits of pages that the law writes, and which they are.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Legal {
    /// Files and folders below the folder of the pages: `["privacy.md", "policies"]`.
    pub files: Vec<String>,
    /// The most words of a sentence.
    pub sentence: Option<usize>,
    /// The most words of a paragraph.
    pub paragraph: Option<usize>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            sentence: 25,
            paragraph: 80,
            staff: Limit::default(),
            letter: Limit::default(),
            easy_read: Limit::default(),
            legal: Legal::default(),
        }
    }
}

/// How long things may be on one page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Longest {
    /// A sentence, in words.
    pub sentence: usize,
    /// A paragraph, in words.
    pub paragraph: usize,
}

/// Who reads a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// Everyone.
    Public,
    /// Staff.
    Staff,
    /// Whoever gets a letter.
    Letter,
    /// People who need easy read.
    EasyRead,
}

impl Limits {
    /// The limits of a page: what was set for it, else what its sources say.
    pub fn of(&self, file: &str, reader: Reader) -> Longest {
        let is_legal = |known: &String| {
            let inner = file.strip_prefix("content/").unwrap_or(file);
            let known = known.trim_matches('/');
            inner == known || inner.strip_prefix(known).is_some_and(|rest| rest.starts_with('/'))
        };
        let (own, sentence, paragraph) = match reader {
            Reader::EasyRead => (self.easy_read, 15, 40),
            Reader::Letter => (self.letter, 20, self.paragraph),
            _ if self.legal.files.iter().any(is_legal) => {
                let Legal { sentence, paragraph, .. } = self.legal;
                (Limit { sentence, paragraph }, 35, 120)
            }
            Reader::Staff => (self.staff, self.sentence, self.paragraph + 20),
            Reader::Public => (Limit::default(), self.sentence, self.paragraph),
        };
        Longest {
            sentence: own.sentence.unwrap_or(sentence),
            paragraph: own.paragraph.unwrap_or(paragraph),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_sort_of_page_has_its_limits() {
        let text =
            "sentence = 22\n[letter]\nsentence = 18\n[legal]\nfiles = [\"privacy.md\", \"law/\"]";
        let limits: Limits = toml::from_str(text).expect("settings");
        let longest = |file, reader| {
            let Longest { sentence, paragraph } = limits.of(file, reader);
            [sentence, paragraph]
        };
        assert_eq!(longest("content/a.md", Reader::Public), [22, 80]);
        assert_eq!(longest("content/staff/a.md", Reader::Staff), [22, 100]);
        assert_eq!(longest("content/a.md", Reader::Letter), [18, 80]);
        assert_eq!(longest("content/a.md", Reader::EasyRead), [15, 40]);
        assert_eq!(longest("content/privacy.md", Reader::Public), [35, 120]);
        assert_eq!(longest("content/law/a.md", Reader::Staff), [35, 120]);
        assert_eq!(longest("content/lawn.md", Reader::Public), [22, 80]);
    }
}
