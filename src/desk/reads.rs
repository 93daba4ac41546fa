//! How the words of a page read, in numbers, and the sentences that cost a reader most. It is
//! advice, and never a fault: a number knows nothing of what is said.

use serde_json::{Value, json};

use crate::{
    model::Page,
    parse::{self, Inline, walk::Run, walk::each_in},
    text::{
        reading::Reading,
        wording::{counted, one_line},
    },
};

/// How the words of a page read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reads {
    /// `14 words in a sentence, and 93 of 100 words are familiar`.
    pub says: String,
    /// The sentences that cost most, the first most.
    pub costly: Vec<Costly>,
}

/// A sentence that costs a reader much.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Costly {
    /// The byte of the file at which it begins, or its paragraph.
    at: usize,
    /// `31 words, 4 hard words`.
    pub cost: String,
    /// The sentence.
    pub sentence: String,
}

/// So long is a sentence that nobody has to read twice, in words with those that hard ones cost
/// more; a shorter one is not named. Source: the 15 words that easy read allows, and one hard
/// word.
const EASY: usize = 18;

/// How a page reads, where its words are English: those of other languages nobody here knows.
pub fn reads(page: &Page) -> Option<Reads> {
    if !page.language.starts_with("en") {
        return None;
    }
    let runs: Vec<&[Inline]> = page
        .text
        .document
        .runs()
        .into_iter()
        .filter_map(|(run, words)| (run == Run::Paragraph).then_some(words))
        .collect();
    let texts: Vec<String> = runs.iter().map(|run| parse::plain(run)).collect();
    let reading = Reading::of(texts.iter().map(String::as_str));
    if reading.words == 0 {
        return None;
    }
    let costly = reading.costly.iter().filter(|(.., words, hard)| words + 3 * hard > EASY);
    let costly = costly.filter_map(|(run, place, words, hard)| {
        let sentence = &texts[*run][place.clone()];
        let words = counted(*words, "word", "words");
        let cost = match hard {
            0 => words,
            hard => format!("{words}, {}", counted(*hard, "hard word", "hard words")),
        };
        Some(Costly {
            at: place_of(runs[*run], &texts[*run], place.start)?,
            cost,
            sentence: one_line(sentence),
        })
    });
    Some(Reads {
        says: format!(
            "{:.0} words in a sentence, and {} of 100 words are familiar",
            reading.mean(),
            reading.familiar_share()
        ),
        costly: costly.collect(),
    })
}

/// The byte of the file at which letter `at` of the plain words of a paragraph stands; of words
/// that are not typed as they stand, where the last ones before them begin.
fn place_of(run: &[Inline], plain: &str, at: usize) -> Option<usize> {
    let (mut from, mut found) = (0, None);
    each_in(run, &mut |inline| {
        if let Inline::Text(text, span) = inline
            && let Some(start) = plain[from..].find(text.as_str()).map(|start| from + start)
        {
            if start <= at || found.is_none() {
                let inside = at.saturating_sub(start).min(text.len());
                found = Some((span.start + inside).min(span.end));
            }
            from = start + text.len();
        }
    });
    found
}

impl Costly {
    /// The line in the words that begin at byte `begins` of `file`, from 1; none where it stands
    /// before them.
    pub fn line(&self, file: &str, begins: usize) -> Option<usize> {
        Some(file.get(begins..self.at)?.matches('\n').count() + 1)
    }
}

impl Reads {
    /// As the script of the desk reads it; see [`Costly::line`].
    pub fn json(&self, file: &str, begins: usize) -> Value {
        let costly = self.costly.iter().map(|one| {
            json!({ "line": one.line(file, begins), "cost": one.cost, "sentence": one.sentence })
        });
        json!({ "says": self.says, "costly": costly.collect::<Vec<_>>() })
    }
}

#[cfg(test)]
mod tests {
    use crate::{parse, text::Source};

    use super::*;

    #[test]
    fn a_sentence_stands_where_it_was_typed() {
        let words = "If you have a card, call.\nYou *may* stop.\nIf you have no card, wait.\n";
        let document = parse::parse(Source::new("a.md", words), false, crate::Date::today());
        let (_, run) = document.runs().remove(0);
        let plain = parse::plain(run);
        for sentence in ["If you have no card", "You", "may", "If you have a card"] {
            let at = plain.find(sentence).expect("it is there");
            assert_eq!(place_of(run, &plain, at), words.find(sentence), "{sentence}");
        }
    }
}
