//! Where the list of hard words has a word on a page. Not a check: `plain-words` and
//! `vague-time` say what is wrong with it.

use std::{collections::BTreeSet, ops::Range};

use super::{
    Subject, not_prose,
    prose::{Prose, Stretch},
};
use crate::{
    model::{Page, data::Term},
    text::{fitted::fitted, hard_words::HardWord},
};

/// The kind of the words that leave the time open.
pub(super) const VAGUE_TIME: &str = "vague time";

/// A word of the list that stands on a page.
#[derive(Debug)]
pub(super) struct Found {
    /// Where.
    pub(super) place: Range<usize>,
    /// Which of the words of the list.
    pub(super) word: usize,
    /// Which of its forms.
    pub(super) form: usize,
    /// Whether it is right there: for what stands beside it, or because its meaning was said.
    pub(super) is_right: bool,
    /// Whether it is right only because nothing else in its sentence is hard.
    pub(super) is_alone: bool,
}

/// All of a page, in order.
pub(super) fn of(subject: &Subject<'_>) -> Vec<Found> {
    let prose = subject.prose;
    let list = subject.world.site.data.hard_words();
    let mut explained = BTreeSet::new();
    let mut all = Vec::new();
    for run in prose.runs.iter().filter(|run| is_read(subject, run)) {
        let (text, at) = (&prose.text[run.text.clone()], run.text.start);
        let on_page = |place: &Range<usize>| at + place.start..at + place.end;
        for hit in list.find(text, |place| is_left(subject, &on_page(place))) {
            if hit.is_explained {
                explained.insert(hit.word);
            }
            // Staff know the words of their work.
            let is_known =
                subject.page.is_some_and(Page::for_staff) && is_of_work(&list.words()[hit.word]);
            let place = on_page(&hit.place);
            let is_right = hit.is_right
                || is_known
                || explained.contains(&hit.word)
                || list.words()[hit.word].kind == "threat" && is_only_named(prose, &place);
            all.push(Found { place, word: hit.word, form: hit.form, is_right, is_alone: false });
        }
    }
    pass_alone(subject, &mut all);
    all
}

/// So many words before and behind it are looked through for what comes of something not done.
const NEAR: usize = 40;

/// Whether something not done is only named, and nothing comes of it in its sentence: `Failure to
/// pay the rent` among the reasons for which somebody may be put out.
fn is_only_named(prose: &Prose<'_>, place: &Range<usize>) -> bool {
    #[rustfmt::skip] // a list of words
    const COMES: &[&str] = &[
        "are", "be", "can", "cannot", "carries", "constitutes", "costs", "could", "delays", "ends", "is", "lead", "leads", "leaves", "makes", "may", "mean", "means", "might",
        "must", "result", "results", "shall", "stops", "was", "will", "would",
    ];
    let low = prose.small_at(place.clone());
    if !low.starts_with("failure") && !low.starts_with("non-") {
        return false;
    }
    let Some(said) = prose.said_at(place.start) else { return false };
    let here = prose.words.partition_point(|word| word.end <= place.start);
    let near = said.words.start.max(here.saturating_sub(NEAR))..said.words.end.min(here + NEAR);
    !near.into_iter().any(|word| COMES.contains(&prose.small(word)))
}

/// Whether a word is of the work of an office: who works there knows it.
fn is_of_work(word: &HardWord) -> bool {
    matches!(word.kind.as_str(), "jargon" | "money" | "legal")
}

/// Lets the mild words be right that stand in a sentence without any other hard word: one such word
/// makes little hard, and two make a sentence of an office. A letter has no other page to ask, and
/// what it decides may hang on one word: those of the work are told of there.
fn pass_alone(subject: &Subject<'_>, all: &mut [Found]) {
    let (prose, words) = (subject.prose, subject.world.site.data.hard_words().words());
    let is_letter = subject.is_letter();
    let passes = |word: &HardWord| word.is_mild && !(is_letter && is_of_work(word));
    let mut from = 0;
    while let Some(first) = all.get(from) {
        let said = prose.said_at(first.place.start);
        let end = said.map(|said| prose.stretch(said.words.clone()).end);
        // They stand in order.
        let rest = &mut all[from..];
        let is_in = |found: &&Found| end.is_some_and(|end| found.place.start < end);
        let count = rest.iter().take_while(is_in).count().max(1);
        let mut told = rest[..count].iter().filter(|found| !found.is_right).map(|found| found.word);
        let is_alone =
            told.next().is_some_and(|word| passes(&words[word]) && told.all(|other| other == word));
        if is_alone {
            for found in &mut rest[..count] {
                found.is_alone = !found.is_right;
                found.is_right = true;
            }
        }
        from += count;
    }
}

/// Whether a hard word is told of in a part of the text.
pub(super) fn are_in(subject: &Subject<'_>, part: &Range<usize>) -> bool {
    let all = subject.hard_words();
    let first = all.partition_point(|found| found.place.start < part.start);
    let mut own = all[first..].iter().take_while(|found| found.place.start < part.end);
    own.any(|found| !found.is_right)
}

/// Whether the words of a run are looked at: what the page says to its readers, who may be staff.
pub(super) fn is_read(subject: &Subject<'_>, run: &Stretch) -> bool {
    let is_for_staff = subject.page.is_some_and(Page::for_staff);
    not_prose::is_prose(run) || is_for_staff && not_prose::is_own(run)
}

/// Whether words are none of the page itself, or a part of a term of the glossary.
pub(super) fn is_left(subject: &Subject<'_>, place: &Range<usize>) -> bool {
    let glossary = &subject.world.site.data.glossary;
    subject.not_prose().holds(place)
        || glossary.iter().any(|term| is_inside(subject.prose, place, term))
}

/// Whether words are a part of a term of the glossary that stands here.
fn is_inside(prose: &Prose<'_>, place: &Range<usize>, term: &Term) -> bool {
    let words = &prose.text[place.clone()];
    let names = std::iter::once(&term.term).chain(&term.also_called);
    names.into_iter().any(|name| {
        let small = name.to_lowercase();
        let Some(at) = small.find(&words.to_lowercase()) else { return false };
        let Some(start) = place.start.checked_sub(at) else { return false };
        let here = prose.text.get(start..start + name.len());
        here.is_some_and(|here| here.eq_ignore_ascii_case(name))
    })
}

/// What stands before and after a place in its paragraph.
pub(super) fn beside<'p>(prose: &'p Prose<'_>, place: &Range<usize>) -> (&'p str, &'p str) {
    let next = prose.runs.partition_point(|run| run.text.end < place.end);
    match prose.runs.get(next).filter(|run| run.text.start <= place.start) {
        Some(run) => {
            (&prose.text[run.text.start..place.start], &prose.text[place.end..run.text.end])
        }
        None => ("", ""),
    }
}

/// Where the last word begins of what stands before a place.
pub(super) fn word_before(before: &str, start: usize) -> usize {
    let trimmed = before.trim_end();
    let word = trimmed.rsplit(char::is_whitespace).next().unwrap_or_default();
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    start - (before.len() - trimmed.len()) - word.len()
}

/// What to write for a word that stands at a place, from choices of which those in round
/// brackets are advice. Each goes in as its neighbours ask: `a care package` becomes `care`.
pub(super) fn written(prose: &Prose<'_>, place: &Range<usize>, choices: &[String]) -> String {
    let is_advice = |choice: &&String| choice.starts_with('(') && choice.ends_with(')');
    let (advice, words): (Vec<_>, Vec<_>) = choices.iter().partition(is_advice);
    let (before, after) = beside(prose, place);
    let fits: Vec<_> = words.iter().filter_map(|word| fitted(word, before, after)).collect();
    let mut parts = Vec::new();
    for takes_before in [false, true] {
        let fits = fits.iter().filter(|fit| fit.takes_before == takes_before);
        let named: Vec<String> = fits.map(|fit| format!("`{}`", fit.words)).collect();
        if !named.is_empty() {
            let of = match takes_before {
                true => {
                    format!(" for “{}”", &prose.text[word_before(before, place.start)..place.end])
                }
                false => String::new(),
            };
            parts.push(format!("write {}{of}", named.join(" or ")));
        }
    }
    if let (true, Some(word)) = (fits.is_empty(), words.first()) {
        parts.push(format!("say it in another way: `{word}`"));
    }
    parts.extend(advice.iter().map(|advice| advice[1..advice.len() - 1].to_owned()));
    parts.join(", or: ")
}
