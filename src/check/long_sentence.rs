//! `long-sentence`: sentences that have to be read twice.

use std::ops::Range;

use super::{
    Check, Looks, Marks, Rule, Subject, hard_words,
    prose::{Prose, Voice},
};
use crate::{model::kind, parse::walk, rule::Severity};

pub(super) const CHECK: Check =
    Rule::warning("long-sentence", Looks::Words, include_str!("long_sentence.md")).on_text(run);

/// So many more words than there should be are told of as advice in a letter, where 25 is the limit
/// that GOV.UK content design guidance has for any text. On a page it is this part more: with 26
/// to 30 words editors change about three sentences of five, with more nearly all.
const LITTLE: usize = 5;

/// Up to this part more makes no sentence of a page harder. Nor do a few more, unless a word in it
/// is hard: of the sentences with 26 to 30 words and none of those, editors leave two in five as
/// they are.
const ALIKE: usize = 12;

/// So many words with a capital in a row are a name or an address.
const NAME: usize = 4;

/// The longest title, in words.
const LONGEST_TITLE: usize = 25;

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    if subject.page.is_some_and(|page| page.kind.is(&kind::EASY_READ)) {
        return; // `easy-read` asks for shorter ones.
    }
    let longest = subject.limits().sentence;
    let prose = subject.prose;
    if let Some(title) = subject.page.and_then(|page| page.front.title.as_ref()) {
        let count = title.value.split_whitespace().count();
        if count > LONGEST_TITLE {
            let message = format!("this title has {count} words, and {LONGEST_TITLE} is a lot");
            let hint = "write what the page is about in a few words, and the rest in its text";
            marks.push(title.span, message).hint(hint);
        }
    }
    for sentence in prose.said() {
        let run = &prose.runs[sentence.run];
        if run.run != walk::Run::Paragraph
            || run.voice == Voice::Quoted
            || sentence.words.len() <= longest
        {
            continue;
        }
        let words = behind_label(prose, sentence.words.clone());
        let count = words.len() - in_numbers(prose, words.clone()) - in_titles(subject, words);
        if count <= longest {
            continue;
        }
        // A few more are worth a thought, and many more a change.
        let little = if subject.is_letter() { LITTLE } else { longest / LITTLE };
        let is_little = count <= longest + little;
        let is_plain = !subject.is_letter()
            && is_little
            && (count <= longest + longest / ALIKE
                || !hard_words::are_in(subject, &prose.stretch(sentence.words.clone())));
        if is_plain || count - in_names(prose, sentence.words.clone()) <= longest {
            continue;
        }
        let severity = if is_little { Severity::Advice } else { Severity::Warning };
        let message = match is_little && subject.is_letter() {
            true => format!("this sentence has {count} words: aim for {longest} in a letter"),
            false => format!("this sentence has {count} words, and {longest} is a lot"),
        };
        let hint = "make two sentences of it, or a list";
        let place = prose.span(prose.stretch(sentence.words.clone()));
        marks.push(place, message).hint(hint).severity(severity);
    }
}

/// How many words are more than the first of a title or a quotation in a sentence, which is read as
/// one thing.
fn in_titles(subject: &Subject<'_>, words: Range<usize>) -> usize {
    let is_in = |at: &usize| subject.not_prose().holds(&subject.prose.words[*at]);
    words.clone().skip(1).filter(|at| is_in(at) && is_in(&(at - 1))).count()
}

/// The words of a sentence behind a bold label that names what it is about: `**Where to go:** …`.
fn behind_label(prose: &Prose<'_>, words: Range<usize>) -> Range<usize> {
    let bold = words.clone().take_while(|at| prose.is_bold(*at)).last();
    let is_label = |at: &usize| {
        matches!(prose.after(*at).trim(), ":" | "-" | "–" | "—") && *at + 1 < words.end
    };
    bold.filter(is_label).map_or(words.clone(), |last| last + 1..words.end)
}

/// How many words are more than the first of a long name or an address: `St Mary’s Church Hall, 5
/// Mill Lane` is read as one thing. Names with commas between them are several.
fn in_names(prose: &Prose<'_>, words: Range<usize>) -> usize {
    let is_number = |at: usize| prose.word(at).contains(|c: char| c.is_ascii_digit());
    let is_name =
        |at: usize| !prose.word(at).starts_with(char::is_lowercase) && prose.word(at) != "I";
    let is_small = |at: usize| matches!(prose.word(at), "and" | "of" | "the" | "for" | "in");
    let row = |start: usize, between: &[&str]| {
        let mut end = start;
        while end < words.end
            && (is_name(end) || end > start && is_small(end))
            && (end == start || between.contains(&prose.after(end - 1)))
        {
            end += 1;
        }
        (start..end).rev().find(|at| is_name(*at)).map_or(start..start, |last| start..last + 1)
    };
    let (mut more, mut at) = (0, words.start + 1);
    while at < words.end {
        let all = row(at, &[" ", ", "]);
        let name = if all.clone().any(is_number) { all } else { row(at, &[" "]) };
        if name.len() >= NAME {
            more += name.len() - 1;
        }
        at = name.end.max(at + 1);
    }
    more
}

/// How many words are more than the first of a number that is written in groups: `0300 123 5025`
/// is read as one.
fn in_numbers(prose: &Prose<'_>, words: Range<usize>) -> usize {
    let is_digits = |at: usize| prose.word(at).bytes().all(|byte| byte.is_ascii_digit());
    let is_group = |at: &usize| is_digits(*at) && is_digits(at - 1) && prose.after(at - 1) == " ";
    words.skip(1).filter(is_group).count()
}
