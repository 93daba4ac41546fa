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
/// that GOV.UK content design guidance has for any text.
const LITTLE_IN_LETTER: usize = 5;

/// This part more is told of as advice on a page: with 26 to 30 words editors change about three
/// sentences of five, with more nearly all.
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
        let is_joined = |at: &usize| is_in_number(prose, *at) || is_in_title(subject, *at);
        let count = words.len() - words.clone().skip(1).filter(is_joined).count();
        let read = count - in_names(prose, words, is_joined);
        // A few more are worth a thought, and many more a change.
        let little = if subject.is_letter() { LITTLE_IN_LETTER } else { longest / LITTLE };
        let is_little = read <= longest + little;
        let is_plain = !subject.is_letter()
            && is_little
            && (read <= longest + longest / ALIKE
                || !hard_words::are_in(subject, &prose.stretch(sentence.words.clone())));
        if read <= longest || is_plain {
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

/// Whether a word goes on with a title or a quotation, which is read as one thing.
fn is_in_title(subject: &Subject<'_>, word: usize) -> bool {
    let is_in = |at: usize| subject.not_prose().holds(&subject.prose.words[at]);
    is_in(word) && is_in(word - 1)
}

/// Whether a word goes on with a number that is written in groups: `0300 123 5025`.
fn is_in_number(prose: &Prose<'_>, word: usize) -> bool {
    let is_digits = |at: usize| prose.word(at).bytes().all(|byte| byte.is_ascii_digit());
    is_digits(word) && is_digits(word - 1) && prose.after(word - 1) == " "
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
/// Mill Lane` is read as one thing. Names with commas between them are several. Words that are
/// joined to the one before are counted already.
fn in_names(prose: &Prose<'_>, words: Range<usize>, is_joined: impl Fn(&usize) -> bool) -> usize {
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
            more += name.clone().skip(1).filter(|at| !is_joined(at)).count();
        }
        at = name.end.max(at + 1);
    }
    more
}
