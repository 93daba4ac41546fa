//! The parts of a letter, and how the headings that begin them are worded.

use crate::parse::{Heading, Inline, plain};

/// A part that some letters must have.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// As in `{part=reason}`.
    pub name: &'static str,
    /// What its reader learns: `why`.
    pub what: &'static str,
    /// A heading for it.
    pub heading: &'static str,
    /// How headings that begin it are often worded, in small letters.
    pub wordings: &'static [&'static str],
    /// Whether a decision must have it.
    pub in_decision: bool,
}

/// All parts that are known. Source: the parts of letters that the Home Office,
/// the NHS and councils ask of their own.
pub const PARTS: &[Part] = &[
    Part {
        name: "decision",
        what: "what was decided",
        heading: "What we decided",
        wordings: &["what we decided", "our decision", "we have decided", "what we have decided"],
        in_decision: true,
    },
    Part {
        name: "reason",
        what: "why",
        heading: "Why",
        wordings: &["why", "reason", "how we decided"],
        in_decision: true,
    },
    Part {
        name: "advice",
        what: "where to get advice",
        heading: "Help you can get now",
        wordings: &["advice", "help you can", "who can help", "get help"],
        in_decision: true,
    },
    Part {
        name: "next",
        what: "what happens next",
        heading: "What happens next",
        wordings: &["happens next", "next steps", "what you need to do", "what to do next"],
        in_decision: true,
    },
    Part {
        name: "complain",
        what: "how to complain",
        heading: "If you do not agree",
        wordings: &["complain", "disagree", "not agree", "appeal", "not happy", "unhappy"],
        in_decision: true,
    },
    Part {
        name: "help",
        what: "who can help",
        heading: "If you need help or more time",
        wordings: &[
            "need help",
            "more time",
            "is hard",
            "questions",
            "help i would like",
            "need more",
        ],
        in_decision: false,
    },
    Part {
        name: "how",
        what: "how to do it",
        heading: "How to send it",
        wordings: &["how to"],
        in_decision: false,
    },
    Part {
        name: "what",
        what: "what to do",
        heading: "What to send",
        wordings: &["what to", "before you"],
        in_decision: false,
    },
];

/// Whether a heading begins a part: by its mark, or by common words for it.
pub fn is(heading: &Heading, part: &str, wordings: &[&str]) -> bool {
    let small = heading.text.to_lowercase();
    heading
        .part
        .as_deref()
        .map_or_else(|| wordings.iter().any(|wording| small.contains(wording)), |own| own == part)
}

/// The part that a heading begins: by its mark, or by common words for it.
pub fn of(heading: &Heading) -> Option<&str> {
    if let Some(own) = &heading.part {
        return Some(own);
    }
    PARTS.iter().find(|part| is(heading, part.name, part.wordings)).map(|part| part.name)
}

/// What the end of a letter begins with.
pub const ENDS: &[&str] = &[
    "yours",
    "kind regards",
    "regards",
    "warm",
    "best",
    "with thanks",
    "many thanks",
    "thank you",
    "yn gywir",
    "yr eiddoch",
    "cofion",
    "gyda diolch",
];

/// The most words in the first line of a greeting or of an end. A sentence has more, or a
/// full stop.
const LONGEST_END: usize = 5;

/// Whether a paragraph is the greeting, or the end, and no sentence.
pub fn is_one_of(inlines: &[Inline], openings: &[&str]) -> bool {
    let is_end = |inline: &Inline| matches!(inline, Inline::SoftBreak | Inline::Break);
    let first = inlines.split(is_end).next().map(plain).unwrap_or_default();
    let line = first.trim();
    openings.iter().any(|opening| begins(line, opening))
        && !line.ends_with(['.', '!', '?'])
        && line.split_whitespace().count() <= LONGEST_END
}

/// Whether words begin with these, in whatever letters.
pub fn begins(text: &str, opening: &str) -> bool {
    text.trim_start().get(..opening.len()).is_some_and(|start| start.eq_ignore_ascii_case(opening))
}
