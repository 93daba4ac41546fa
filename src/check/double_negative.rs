//! `double-negative`: two noes, which readers have to turn round to understand.

use std::ops::Range;

use super::{Check, Looks, Marks, Rule, Subject, not_prose, prose::Prose};
use crate::text::shorten;

pub(super) const CHECK: Check =
    Rule::warning("double-negative", Looks::Words, include_str!("double_negative.md")).on_text(run);

/// After `not`, a plain yes.
#[rustfmt::skip] // a list of words
const NOT_UN: &[(&str, &str)] = &[
    ("uncommon", "common"), ("unusual", "common"), ("impossible", "possible"), ("unlikely", "likely"), ("unreasonable", "reasonable"),
    ("unknown", "known"), ("unable", "able"), ("insignificant", "large"), ("inappropriate", "right"), ("unhelpful", "helpful"),
    ("unimportant", "important"), ("unwelcome", "welcome"), ("unaware", "aware"), ("infrequently", "often"), ("infrequent", "common"),
    ("unnecessary", "needed"), ("ineligible", "able to get it"), ("unavailable", "there"), ("disallowed", "allowed"),
    ("unaffected", "changed"), ("dissimilar", "like"), ("inconsiderable", "large"),
];

/// Verbs that say no: after another no, a plain yes.
#[rustfmt::skip] // a list of words
const NO_VERBS: &[&str] = &[
    "excluded", "disregarded", "ignored", "prevented", "precluded", "denied", "withheld", "overlooked", "neglected", "prohibited",
    "disqualified", "discouraged", "avoided", "barred", "refused", "disadvantaged", "unbanded", "unallocated", "omitted", "forgotten",
];

const NOES: &[&str] = &[
    "not", "no", "never", "nobody", "none", "neither", "nor", "cannot", "unable", "without",
    "nothing",
];

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    if !subject.is_english() {
        return;
    }
    let prose = subject.prose;
    for sentence in prose.said() {
        if !not_prose::is_own(&prose.runs[sentence.run]) {
            continue;
        }
        let Some((words, hint)) = twice(prose, sentence.words.clone()) else { continue };
        let place = prose.stretch(words);
        // `My attorneys must not sell my home unless …` is what somebody else is to write.
        let is_mine = sentence.words.clone().any(|at| matches!(prose.small(at), "my" | "i"));
        if is_mine || subject.not_prose().holds(&place) {
            continue;
        }
        let message = format!("“{}” says no twice", shorten(&prose.text[place.clone()]));
        marks.push(prose.span(place), message).hint(hint);
    }
}

fn is_no(word: &str) -> bool {
    NOES.contains(&word) || word.ends_with("n't") || word.ends_with("n’t")
}

/// The words of a sentence that say no twice, and what to write.
fn twice(prose: &Prose<'_>, words: Range<usize>) -> Option<(Range<usize>, String)> {
    let positive = "say what is so, or what will happen: `we do it when …`".to_owned();
    let mut first = None;
    for at in words.clone() {
        let word = prose.small(at);
        if !is_no(word) {
            continue;
        }
        first.get_or_insert(at);
        let next = |offset: usize| {
            let at = at + offset;
            if at < words.end { prose.small(at) } else { "" }
        };
        let is_not = matches!(word, "not" | "never" | "cannot")
            || word.ends_with("n’t")
            || word.ends_with("n't");
        if is_not {
            // `not uncommon`, `not always unable`.
            for offset in 1..3 {
                if let Some((_, plain)) = NOT_UN.iter().find(|(un, _)| *un == next(offset))
                    && (offset == 1 || matches!(next(1), "always" | "be" | "entirely" | "at"))
                {
                    return Some((at..at + offset + 1, format!("write `{plain}`")));
                }
            }
            // `must not be less than`.
            let offset = usize::from(next(1) == "be") + 1;
            if matches!(next(offset), "less" | "fewer") && next(offset + 1) == "than" {
                return Some((at..at + offset + 2, "write `at least`".to_owned()));
            }
        }
        // `will not be excluded`, `will not disregard`.
        let offset = usize::from(next(1) == "be") + 1;
        let is_verb = NO_VERBS.contains(&next(offset)) && offset == 2
            || is_not
                && at > words.start
                && matches!(prose.small(at - 1), "will" | "would" | "shall")
                && matches!(next(1), "disregard" | "exclude" | "overlook" | "preclude");
        if is_verb {
            return Some((at..at + offset + 1, positive));
        }
        // `no case will be left unbanded`.
        if word == "no"
            && (2..6).any(|offset| {
                NO_VERBS.contains(&next(offset)) && matches!(next(offset - 1), "be" | "left")
            })
        {
            let end = (2..6).find(|offset| NO_VERBS.contains(&next(*offset)))?;
            return Some((at..at + end + 1, positive));
        }
        if word == "not" && prose.has(at, &["not", "the", "case", "that"]) {
            let rest = at + 4..words.end;
            if rest.clone().any(|at| is_no(prose.small(at))) {
                return Some((words, positive));
            }
        }
    }
    let unless = first.and_then(|first| (first..words.end).find(|at| prose.small(*at) == "unless"));
    unless.filter(|unless| is_turned_round(prose, &words, *unless)).map(|_| {
        (words, "say when it happens: `we do it when …`, and what to do if you cannot".to_owned())
    })
}

/// Whether a sentence with a no and `unless` has to be turned round: it has a further no, or says
/// that nothing is done. `You do not pay unless you earn more` is said in one breath.
fn is_turned_round(prose: &Prose<'_>, words: &Range<usize>, unless: usize) -> bool {
    // `without` and `nothing` say what a thing is like: `a place without one`.
    let has_no = |mut part: Range<usize>| {
        part.any(|at| {
            let word = prose.small(at);
            is_no(word) && !matches!(word, "without" | "nothing" | "nobody" | "none" | "never")
                || word.starts_with("non-")
                || word.starts_with("insufficient")
                || word.starts_with("incomplete")
        })
    };
    let mut noes = (words.start..unless).filter(|at| is_no(prose.small(*at)));
    let Some(first) = noes.next() else { return false };
    // `no further payment will be made`; of people it is said plainly: `no child is sent home`.
    let is_nothing_done = |no: usize| {
        prose.small(no) == "no"
            && no + 1 < unless
            && !PEOPLE.contains(&prose.small(no + 1))
            && (no + 2..unless.min(no + 7)).any(|at| {
                prose.small(at) == "be" && matches!(prose.small(at - 1), "will" | "shall" | "can")
            })
    };
    has_no(unless + 1..words.end)
        || prose.small(first) == "unable"
        || is_nothing_done(first)
        || noes.any(is_nothing_done)
        || has_no(words.start..first)
}

/// Who is spoken of after `no` where nothing is kept back.
#[rustfmt::skip] // a list of words
const PEOPLE: &[&str] = &[
    "one", "child", "children", "person", "people", "pupil", "pupils", "patient", "patients", "member", "members", "tenant", "tenants",
    "carer", "carers", "dog", "dogs", "animal", "healthy",
];
