//! `vague-time`: words that promise or ask for something without a day. They are in
//! `model/data/words.yaml`, under the kind of that name.

use std::ops::Range;

use super::{
    Check, Looks, Marks, Rule, Subject, hard_words,
    prose::{GAP, Prose},
};
use crate::text::date::is_day_or_month;

pub(super) const CHECK: Check =
    Rule::warning("vague-time", Looks::Words, include_str!("vague_time.md")).on_text(run);

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    if !subject.is_english() {
        return;
    }
    let prose = subject.prose;
    let words = subject.world.site.data.hard_words().words();
    let mut last = (usize::MAX, false);
    let mut for_readers = None;
    for hit in subject.hard_words() {
        let word = &words[hit.word];
        if hit.is_right || word.kind != hard_words::VAGUE_TIME {
            continue;
        }
        // Each sentence is looked at once, however many of these words it has.
        let sentence = prose.said_at(hit.place.start).map(|said| said.words.clone());
        if let Some(words) = sentence.filter(|words| words.start != last.0) {
            let is_left = says_when(prose, words.clone())
                || is_for_help(prose, words.clone())
                || is_told_when(prose, words.clone())
                || is_risk(prose, words.clone())
                || is_chosen(prose, words.clone());
            last = (words.start, is_left);
            for_readers = None;
        }
        if last.1 {
            continue;
        }
        let phrase = prose.small_at(hit.place.clone());
        let is_own = match phrase {
            "in good time" | "in plenty of time" => is_on_the_way(prose, &hit.place),
            "from time to time" => is_seldom(prose, &hit.place),
            _ => {
                phrase.ends_with("possible")
                    && *for_readers.get_or_insert_with(|| is_for_readers(subject, hit.place.start))
            }
        };
        if is_own {
            continue;
        }
        let message = format!("“{}” does not say when", &prose.text[hit.place.clone()]);
        let hint = hard_words::written(prose, &hit.place, &word.forms[hit.form].1);
        marks.push(prose.span(hit.place.clone()), message).hint(hint);
    }
}

/// Whether a sentence of a page tells readers what to do soon for themselves: `treat it as soon as
/// possible`. That is no promise, and nothing that is asked of them for the office.
fn is_for_readers(subject: &Subject<'_>, at: usize) -> bool {
    const OURS: &[&str] = &["we", "us", "our"];
    #[rustfmt::skip] // a list of words
    const DO: &[&str] = &[
        "apply", "ask", "book", "cancel", "change", "check", "clean", "find", "get", "go", "leave", "look", "move", "rest", "see", "seek",
        "speak", "start", "stop", "take", "talk", "treat", "try", "use", "visit", "wash",
    ];
    let prose = subject.prose;
    let Some(said) = prose.said_at(at).filter(|_| !subject.is_letter()) else { return false };
    let mut words = said.words.clone();
    let first = prose.small(words.start);
    let is_told = words.clone().any(|word| {
        prose.small(word) == "you"
            && words.contains(&(word + 1))
            && matches!(prose.small(word + 1), "must" | "should" | "need")
    });
    // `small towns are encouraged to apply as soon as possible`
    let is_invited = words.clone().any(|word| {
        matches!(prose.small(word), "encouraged" | "advised" | "invited")
            && words.contains(&(word + 2))
            && prose.small(word + 1) == "to"
            && DO.contains(&prose.small(word + 2))
    });
    let is_invited = is_invited && !words.clone().any(|word| prose.small(word) == "will");
    (is_told || is_invited || DO.contains(&first))
        && !words.any(|word| OURS.contains(&prose.small(word)))
}

/// Whether somebody comes or goes in good time, which needs no number of days: `get there in
/// plenty of time`. What is asked for or promised does: `your card will arrive in good time`.
fn is_on_the_way(prose: &Prose<'_>, place: &Range<usize>) -> bool {
    const GO: &[&str] = &["arrive", "be", "come", "get", "go", "leave", "travel"];
    const ASKED: &[&str] = &["will", "should", "must", "shall", "to"];
    let here = prose.words.partition_point(|word| word.end <= place.start);
    let near = here.saturating_sub(3)..here;
    let is_there = prose.has(here.saturating_sub(1), &["there"]);
    is_there
        || near.into_iter().any(|at| {
            let is_asked = at > 0 && ASKED.contains(&prose.small(at - 1));
            GO.contains(&prose.small(at)) && !is_asked
        })
}

/// Whether somebody may only ask or need something now and again: `we may ask you from time to
/// time`. Nobody can say how often.
fn is_seldom(prose: &Prose<'_>, place: &Range<usize>) -> bool {
    const ASK: &[&str] = &["ask", "hear", "need", "see", "want"];
    let here = prose.words.partition_point(|word| word.end <= place.start);
    (here.saturating_sub(5)..here).any(|at| {
        prose.word(at) == "may" && ASK.contains(&prose.small(at + 1)) && prose.after(at) == " "
    })
}

/// What time is measured in.
#[rustfmt::skip] // a list of words
const UNITS: &[&str] = &[
    "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months", "year", "years", "working", "calendar",
    "term", "quarter", "am", "pm",
];

/// Words that are a time.
#[rustfmt::skip] // a list of words
const TIMES: &[&str] = &[
    "today", "tomorrow", "tonight", "midday", "midnight", "christmas", "easter",
];

/// Numbers in words, and what counts one.
#[rustfmt::skip] // a list of words
const NUMBERS: &[&str] = &[
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "a", "an", "each", "every", "next", "same",
    "this", "few",
];

/// What makes a number of days a limit.
#[rustfmt::skip] // a list of words
const LIMITS: &[&str] = &[
    "within", "in", "by", "after", "before", "than", "least", "most", "to", "next", "every", "each", "about", "the", "first", "until", "for",
    "takes", "take", "of",
];

/// What stands before a day that is filled in.
const BEFORE_A_DAY: &[&str] = &["by", "before", "within", "on", "until", "than", "from", "for"];

/// Whether a sentence says a day, or how long.
fn says_when(prose: &Prose<'_>, words: Range<usize>) -> bool {
    let stretch = prose.stretch(words.clone());
    let text = &prose.text[stretch];
    let is_number = |at: usize| {
        prose.small(at).starts_with(|c: char| c.is_ascii_digit())
            || NUMBERS.contains(&prose.small(at))
    };
    // `within 3 days`, and `within 3 working days`; `three months’ bills` are no time.
    let is_limit = |number: usize| {
        is_number(number)
            && number > words.start
            && (LIMITS.contains(&prose.small(number - 1))
                || !prose.small(number).starts_with(|c: char| c.is_ascii_digit())
                    && NUMBERS[13..].contains(&prose.small(number)))
    };
    words.clone().any(|at| {
        let word = prose.small(at);
        TIMES.contains(&word)
            || is_day_or_month(word) && word != "may"
            || UNITS.contains(&word) && at > words.start && is_limit(at - 1)
            || at > words.start + 1 && UNITS.contains(&word) && is_limit(at - 2)
            || word.starts_with(|c: char| c.is_ascii_digit())
                && (word.contains(['/', '.']) || ["am", "pm"].iter().any(|end| word.ends_with(end)))
            || BEFORE_A_DAY.contains(&word) && prose.after(at).contains(GAP)
    }) || BEFORE_A_DAY.iter().any(|word| text.contains(&format!("{word} {GAP}")))
}

/// Whether readers are told what to do as soon as something has happened: `tell us as soon as
/// possible if you move`. Sooner cannot be asked of anybody.
fn is_told_when(prose: &Prose<'_>, words: Range<usize>) -> bool {
    const WHEN: &[&str] = &["if", "when", "once", "after"];
    const OFFICE: &[&str] = &["we", "will", "shall", "our", "is", "are", "be"];
    let all = || words.clone().map(|at| prose.small(at));
    let Some(soon) = words.clone().find(|at| prose.has(*at, &["as", "soon", "as", "possible"]))
    else {
        return false;
    };
    all().any(|word| WHEN.contains(&word))
        && !(soon.saturating_sub(6).max(words.start)..soon)
            .any(|at| OFFICE.contains(&prose.small(at)))
}

/// Whether something is said that may happen of itself: `you may have another in the near
/// future`. A risk has no day.
fn is_risk(prose: &Prose<'_>, mut words: Range<usize>) -> bool {
    const HAPPENS: &[&str] = &["have", "get", "need", "become", "happen"];
    let end = words.end;
    words.any(|at| {
        matches!(prose.small(at), "may" | "might" | "could")
            && at + 1 < end
            && HAPPENS.contains(&prose.small(at + 1))
    })
}

/// Whether readers choose the day themselves: `you can send it at a later date`.
fn is_chosen(prose: &Prose<'_>, mut words: Range<usize>) -> bool {
    let Some(later) = words.clone().find(|at| prose.has(*at, &["later", "date"])) else {
        return false;
    };
    words.any(|at| {
        at < later && prose.small(at) == "possible"
            || at < later && prose.small(at) == "you" && {
                let next = prose.small(at + 1);
                matches!(next, "can" | "may" | "could" | "want" | "wish" | "choose" | "decide")
                    || prose.has(at + 1, &["will", "not", "be", "able"])
            }
    })
}

/// Whom people call when they cannot wait: no day can be said.
#[rustfmt::skip] // a list of words
const HELP: &[&str] = &[
    "999", "111", "112", "ambulance", "doctor", "gp", "pharmacist", "midwife", "medical", "police", "urgent",
    "emergency", "surgery", "a&e",
];

fn is_for_help(prose: &Prose<'_>, mut words: Range<usize>) -> bool {
    words.any(|at| HELP.contains(&prose.small(at)))
}
