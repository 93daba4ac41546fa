//! What the last version of a letter said and this one does not.
//!
//! Whoever makes a letter plainer leaves things out, and nobody notices which: the
//! help of a support service, a choice, what happens if nothing is done. A sentence
//! counts as kept when most of its telling words are anywhere in the new letter,
//! whatever the order. Numbers, days, addresses and values count on their own.

use std::collections::BTreeSet;

use super::{Run, Style, Template, parts::PARTS};
use crate::{
    html::{Token, tokens},
    text::{brackets::bracketed, sentences::sentences},
};

/// Something that was in a letter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lost {
    /// A part: what its reader learned.
    Part(&'static str),
    /// A number, a day, an address or a value, as it was written.
    Fact(String),
    /// A sentence.
    Sentence(String),
}

/// Everything that `old` said and `new` does not, in the order of `old`.
pub fn lost(old: &Template, new: &Template) -> Vec<Lost> {
    let (before, now) = (said(old), said(new));
    let parts = |template: &Template| -> BTreeSet<String> {
        template.blocks.iter().map(|block| block.part.clone()).collect()
    };
    let (old_parts, new_parts) = (parts(old), parts(new));
    let gone =
        PARTS.iter().filter(|part| old_parts.contains(part.name) && !new_parts.contains(part.name));
    let mut lost: Vec<Lost> = gone.map(|part| Lost::Part(part.what)).collect();
    let words: BTreeSet<String> = now.iter().flat_map(|sentence| telling(sentence)).collect();
    let facts_now: BTreeSet<String> = now.iter().flat_map(|sentence| facts(sentence)).collect();
    let mut known = BTreeSet::new();
    for sentence in &before {
        let telling = telling(sentence);
        let kept = telling.iter().filter(|word| words.contains(*word)).count();
        // One word is too little to know what a sentence is about.
        if telling.len() > 1 && kept * 2 < telling.len() {
            lost.push(Lost::Sentence(sentence.clone()));
            continue;
        }
        for fact in facts(sentence) {
            if !facts_now.contains(&fact) && known.insert(fact.clone()) {
                lost.push(Lost::Fact(fact));
            }
        }
    }
    lost
}

/// The sentences of the editor, without the frame of the site.
fn said(template: &Template) -> Vec<String> {
    let mut all = Vec::new();
    for block in &template.blocks {
        if matches!(block.style, Style::Sender | Style::Address | Style::Foot) {
            continue;
        }
        let mut text = String::new();
        write(template, &block.runs, &mut text);
        all.extend(sentences(&text).into_iter().map(|place| text[place].to_owned()));
    }
    all
}

fn write(template: &Template, runs: &[Run], out: &mut String) {
    for run in runs {
        match run {
            Run::Text(text) | Run::Dated { text, .. } => out.push_str(text),
            Run::Strong(inner) | Run::Em(inner) => write(template, inner, out),
            Run::When { runs, .. } => {
                write(template, runs, out);
                out.push(' ');
            }
            Run::Field(field) => {
                let name = template.fields.get(*field).map_or("", |field| field.name.as_str());
                out.push_str(&format!("(({name}))"));
            }
        }
    }
}

/// Words that every letter has, and that tell nothing (stop words).
#[rustfmt::skip] // a list of words
const COMMON: &[&str] = &[
    "about", "above", "after", "again", "also", "and", "another", "any", "are", "been", "before", "being", "both",
    "but", "can", "could", "dear", "direct", "does", "doing", "done", "each", "either", "for", "form", "from", "get",
    "give", "has", "have", "her", "here", "him", "his", "how", "into", "its", "letter", "like", "look", "make", "may",
    "more", "most", "must", "need", "not", "note", "now", "only", "other", "our", "out", "over", "payment", "payments",
    "please", "sincerely", "faithfully", "yours", "she", "should", "some", "still", "such", "take", "than", "that",
    "the", "their", "them", "then", "there", "these", "they", "this", "those", "through", "time", "until", "use",
    "used", "using", "very", "via", "was", "well", "were", "what", "when", "where", "which", "who", "will", "wish",
    "with", "within", "would", "you", "your",
];

/// How many letters of a word tell it from others: `returning` and `returns` are one.
const STEM: usize = 5;

/// The telling words of a sentence, by their beginnings.
pub(crate) fn telling(sentence: &str) -> BTreeSet<String> {
    let words = sentence.split(|c: char| !c.is_alphabetic()).map(str::to_lowercase);
    let words = words.filter(|word| word.chars().count() > 2 && !COMMON.contains(&word.as_str()));
    words.map(|word| word.chars().take(STEM).collect()).collect()
}

/// Numbers, amounts, days, addresses and values.
fn facts(sentence: &str) -> Vec<String> {
    let mut facts: Vec<String> =
        bracketed(sentence).map(|found| sentence[found.place].to_owned()).collect();
    for word in sentence.split_whitespace() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '£');
        if !word.contains("((")
            && (word.contains('@') || word.contains(|c: char| c.is_ascii_digit()))
        {
            facts.push(word.to_owned());
        }
    }
    facts
}

/// The template in a published page, if it is the page of a letter.
pub fn published(html: &str) -> Option<Template> {
    let mut tokens = tokens(html);
    tokens.find(|token| {
        matches!(token, Token::Open { name: "script", attributes, .. } if attributes.get("id") == Some("letter-data"))
    })?;
    let Some(Token::Text(data)) = tokens.next() else { return None };
    serde_json::from_str(data).ok()
}
