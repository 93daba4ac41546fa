//! `heading-words`: headings that do not work as headings. `heading-order` looks at their
//! levels, and for two that are the same; `capitals` at three words in capitals and more.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Check, Looks, Marks, Rule, Subject,
    once::{self, Place},
};
use crate::{
    model::Page,
    parse::{Block, Heading},
    text::shorten,
};

pub(super) const CHECK: Check =
    Rule::warning(CODE, Looks::Words, include_str!("heading_words.md")).on_written(run);

const CODE: &str = "heading-words";

/// The most letters. Source: GOV.UK content design guidance asks for titles of up to 65.
const MOST_LETTERS: usize = 65;

/// Short words may be so many in that: of headings with 13, editors leave nearly all.
const MOST_WORDS: usize = 15;

/// For so many headings the text is searched for their words.
const MOST_LOOKED: usize = 100;

/// Headings that stand over anything, in small letters.
#[rustfmt::skip] // a list of words
const EMPTY: &[&str] = &[
    "introduction", "intro", "background", "general", "general information", "further information", "more information", "other information",
    "additional information", "further guidance", "further details", "more details", "information", "miscellaneous", "other", "process",
    "procedure", "the process", "purpose", "scope", "preamble", "notes", "context", "introduction and background", "policy", "general notes",
    "background information", "important information", "useful information", "monitoring", "guidance", "details", "closure", "summary",
    "executive summary", "aims", "objectives", "aims and objectives", "definitions", "your responsibilities",
    "roles and responsibilities", "eligibility criteria", "the assessment", "other issues", "issues", "conclusion", "principles", "key principles", "actions",
    "next steps and actions", "actions and next steps",
];

/// Words that are said on with what follows them.
const OPEN: &[&str] = &[
    "and",
    "are",
    "as",
    "by",
    "can",
    "for",
    "from",
    "have",
    "if",
    "include",
    "includes",
    "including",
    "is",
    "must",
    "need",
    "of",
    "on",
    "or",
    "should",
    "that",
    "the",
    "to",
    "when",
    "where",
    "who",
    "will",
    "with",
    "you",
];

/// Words that have a capital inside a heading only where all words have one.
#[rustfmt::skip] // a list of words
const SMALL: &[&str] = &[
    "A", "An", "And", "As", "At", "Be", "By", "Can", "Do", "Does", "For", "From", "Have", "How", "If", "In", "Is", "It", "My", "Of", "On",
    "Or", "Our", "Out", "Should", "That", "The", "Their", "This", "To", "What", "When", "Where", "Who", "Will", "With", "You", "Your",
];

/// What the names of benefits, laws, bodies and places end with: `Cold Weather Payment`.
#[rustfmt::skip] // a list of words
const NAMES_END: &[&str] = &[
    "Act", "Agency", "Allowance", "Authority", "Benefit", "Commission", "Council", "County", "Court", "Credit", "Discount", "District", "Duty", "Foundation",
    "Fund", "Grant", "Institute", "Payment", "Pension", "Scheme", "Society", "Tax", "Team", "Tribunal", "Trust", "University",
];

/// Whom a condition is about: `if your child:`.
const SAID_OF: &[&str] = &[
    "a", "an", "anyone", "he", "it", "my", "our", "she", "someone", "the", "they", "we", "you",
    "your",
];

/// Two words that are a name.
const NAMES: &[&str] = &[
    "Channel Islands",
    "Council Tax",
    "Income Tax",
    "Inheritance Tax",
    "Stamp Duty",
    "State Pension",
];

/// What is wrong with a heading.
enum Fault {
    /// How it is written, which several of a page may have, after its words: `ends with a mark`;
    /// whether it is no heading at all; and what to write.
    Habit(&'static str, bool, String),
    /// What it says or does not say, and what to do.
    Words(String, String),
}

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    if page.kind.sheet().is_some() || !subject.is_english() {
        return;
    }
    let title = page.title.to_lowercase();
    let mut habits: BTreeMap<(&str, bool), Vec<Place>> = BTreeMap::new();
    let prose = &subject.prose.text;
    let pairs = subject.text.document.blocks.windows(2);
    let leading: BTreeSet<usize> = pairs
        .filter_map(|pair| match pair {
            [Block::Heading(number), Block::List { .. }] => Some(*number),
            _ => None,
        })
        .collect();
    for (number, heading) in subject.text.document.headings.iter().enumerate() {
        // A line of `=` or `-` under a sentence: `stray-marks` says so.
        if heading.text.ends_with('.')
            && subject.text.document.source.at(heading.span).trim_end().contains('\n')
        {
            continue;
        }
        let searched = (number < MOST_LOOKED).then_some(prose.as_str());
        let found = fault(heading, &title, leading.contains(&number), searched).or_else(|| {
            searched.and_then(|prose| capitals(heading, prose, &subject.text.document.headings))
        });
        match found {
            Some(Fault::Habit(what, is_lead, hint)) => {
                let said = shorten(heading.text.trim());
                let message = format!("the heading “{said}” {what}");
                habits.entry((what, is_lead)).or_default().push(Place {
                    span: heading.span,
                    message,
                    hint,
                });
            }
            Some(Fault::Words(message, hint)) => _ = marks.push(heading.span, message).hint(hint),
            None => {}
        }
    }
    let more = |count: usize, lines: &str| match count {
        1 => format!("one more heading is like it, {lines}"),
        _ => format!("{count} more are like it, {lines}"),
    };
    once::tell(&subject.text.document, CODE, habits.into_values(), more, marks);
}

/// What is wrong with a heading, which may stand right above a list, and what to write. The text is
/// searched for names, if it is there.
fn fault(
    heading: &Heading,
    title: &str,
    is_above_list: bool,
    prose: Option<&str>,
) -> Option<Fault> {
    let text = heading.text.trim();
    let said = shorten(text);
    let low = text.to_lowercase();
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare = text.trim_end_matches(['.', ':', ';', ',', '-', '–']);
    let plain =
        low.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | ' '));
    let plain = plain.trim_end_matches(|c: char| !c.is_alphanumeric());
    if text.is_empty() {
        return None; // `heading-order` says so.
    }
    if heading.level > 1 && low == title {
        let message = format!("“{said}” is the title of the page again");
        return Some(Fault::Words(message, "say what is only in this part".into()));
    }
    // On a page about rights and responsibilities, `Your responsibilities` is one half.
    let is_half = || plain.strip_prefix("your ").is_some_and(|rest| title.contains(rest));
    if EMPTY.contains(&plain) && !is_half() {
        let message = format!("“{said}” could stand over anything");
        let hint = match plain.starts_with("eligib") {
            true => "say what a reader finds here: `Who can get it`",
            false => "say what a reader finds here, in the words that people look for",
        };
        return Some(Fault::Words(message, hint.into()));
    }
    // `in the U.S.`
    let is_short = |word: &str| {
        let letters = word.strip_suffix('.').map(|word| word.split('.'));
        letters.is_some_and(|mut letters| {
            word.matches('.').count() > 1
                && letters
                    .all(|one| one.chars().count() == 1 && one.chars().all(char::is_alphabetic))
        })
    };
    let is_cut = text.ends_with("etc.")
        || text.ends_with("...")
        || text.rsplit(' ').next().is_some_and(is_short);
    // `See a GP if:` and `Call 111 if your child:` are said on with each item of the list under it.
    let is_open = low.ends_with(" if:")
        || is_above_list
            && text.ends_with(':')
            && words.windows(2).rev().take(4).any(|pair| {
                let [first, then] = [pair[0], pair[1]].map(str::to_lowercase);
                matches!(&*first, "if" | "when") && SAID_OF.contains(&then.trim_end_matches(':'))
            });
    if bare.len() < text.len() && !is_cut && !is_open && !bare.is_empty() {
        let ends = if text.ends_with('.') { "ends with a full stop" } else { "ends with a mark" };
        // `Symptoms include:` is no heading without what follows.
        let last = bare.rsplit(' ').next().unwrap_or_default().to_lowercase();
        let is_open = OPEN.contains(&last.as_str());
        let hint = match text.ends_with(':') {
            true if is_open => {
                "make it a line of text above the list, or say what the list is".to_owned()
            }
            true if is_above_list => {
                format!("write `{bare}`, or make it a line of text above the list")
            }
            _ => format!("write `{bare}`"),
        };
        return Some(Fault::Habit(ends, is_open, hint));
    }
    let count = words.iter().filter(|word| word.contains(char::is_alphanumeric)).count();
    if count > MOST_WORDS && text.chars().count() > MOST_LETTERS {
        let message = format!("this heading has {count} words, and {MOST_WORDS} is a lot");
        return Some(Fault::Words(message, "keep the words that people look for".into()));
    }
    if is_loud(text) {
        return Some(Fault::Habit(
            "is in capitals",
            false,
            format!("write `{}`", as_a_sentence(&words)),
        ));
    }
    let is_small = |word: &&str| SMALL.contains(word);
    // Of a heading in capitals `capitals` says so.
    if text.contains(char::is_lowercase)
        && words.iter().skip(1).any(is_small)
        && has_many_capitals(&words)
        && !prose.is_some_and(|prose| is_name(&words, prose))
    {
        return Some(big_words(&words));
    }
    // A name may have it: Marks & Spencer.
    let is_capital =
        |word: Option<&&str>| word.is_some_and(|word| word.starts_with(char::is_uppercase));
    let mut signs = words.iter().enumerate().filter(|(_, word)| **word == "&");
    if signs.any(|(at, _)| !is_capital(words.get(at + 1))) {
        let hint = format!("write `{}`", text.replace(" & ", " and "));
        return Some(Fault::Habit("has a sign for a word", false, hint));
    }
    None
}

/// Whether each word of a short heading has a capital, and is small where the page says it.
fn capitals(heading: &Heading, prose: &str, all: &[Heading]) -> Option<Fault> {
    let text = heading.text.trim();
    let words: Vec<&str> = text.split(' ').collect();
    let is_big = |word: &&str| {
        let mut letters = word.chars();
        letters.next().is_some_and(char::is_uppercase) && letters.all(char::is_lowercase)
    };
    // With an article it is said in a sentence without: `at the Preliminary Meeting`. One word may
    // stand beside the name: `Sample Closing Disclosure`.
    let name = text.strip_prefix("The ").unwrap_or(text);
    let is_said = |name: &str| prose.matches(name).count() > 1;
    // Headings that share it prove nothing.
    let is_said_below = |name: &str| {
        let in_headings: usize = all.iter().map(|one| one.text.matches(name).count()).sum();
        prose.matches(name).count() > in_headings
    };
    let is_name_in = words.len() > 2
        && [&words[1..], &words[..words.len() - 1]]
            .iter()
            .any(|part| is_said_below(&part.join(" ")));
    if words.len() < 2 || !words.iter().all(is_big) || is_said(name) || is_name_in {
        return None;
    }
    let last = *words.last()?;
    if NAMES_END.contains(&last) && (words.len() > 2 || matches!(last, "Allowance" | "Credit")) {
        return None;
    }
    if NAMES.contains(&text) {
        return None;
    }
    let small = last.to_lowercase();
    let is_whole = |at: usize| {
        let is_end = |c: Option<char>| !c.is_some_and(char::is_alphanumeric);
        is_end(prose[..at].chars().next_back()) && is_end(prose[at + small.len()..].chars().next())
    };
    prose.match_indices(small.as_str()).any(|(at, _)| is_whole(at)).then(|| big_words(&words))
}

fn big_words(words: &[&str]) -> Fault {
    let hint = format!("write `{}`, with capitals for names only", as_a_sentence(words));
    Fault::Habit("has a capital at each word", false, hint)
}

/// Whether one or two words are in capitals, and no abbreviation. `capitals` looks at more.
fn is_loud(text: &str) -> bool {
    let words = || text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    let is_loud = |word: &str| word.chars().all(char::is_uppercase);
    words().count() < 3 && words().all(is_loud) && words().any(|word| word.chars().count() > 4)
}

/// Whether the small words that have a capital stand in rows that are written so elsewhere on the
/// page as well, so that they are names: `Right To Know`.
fn is_name(words: &[&str], prose: &str) -> bool {
    let is_big = |word: &&str| word.starts_with(char::is_uppercase);
    let has_small = |row: &&[&str]| row.iter().any(|word| SMALL.contains(word));
    let mut rows = words[1..].split(|word| !is_big(word)).filter(has_small);
    rows.all(|row| {
        let name = row.join(" ");
        // `What The National Archives cannot do`: the article has a capital in some headings only.
        let name = name.strip_prefix("The ").unwrap_or(&name);
        row.len() > 1
            && prose.matches(name.trim_end_matches(|c: char| !c.is_alphanumeric())).count() > 1
    })
}

/// Whether most of the words have one, so that they are no names in a heading.
fn has_many_capitals(words: &[&str]) -> bool {
    let letters = words.iter().filter(|word| word.starts_with(char::is_alphabetic));
    let big = letters.clone().filter(|word| word.starts_with(char::is_uppercase)).count();
    big * 3 >= letters.count() * 2
}

fn as_a_sentence(words: &[&str]) -> String {
    // Of a heading that has small letters, words in capitals are abbreviations: `MOJ`.
    let has_small = words.iter().any(|word| word.contains(char::is_lowercase));
    let is_short_for =
        |word: &str| has_small && word.chars().count() > 1 && !word.contains(char::is_lowercase);
    let small = |word: &str| match is_short_for(word) {
        true => word.to_owned(),
        false => word.to_lowercase(),
    };
    let is_year = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let is_law =
        |pair: &[&str]| matches!(pair[0], "Act" | "Regulations" | "Order") && is_year(pair[1]);
    // `The Care Act 2014 and you`: the name goes back to its first small word.
    let law = words.windows(2).position(is_law).map(|end| {
        let is_name = |word: &&&str| word.starts_with(char::is_uppercase) && !SMALL.contains(*word);
        end - words[..end].iter().rev().take_while(is_name).count()..=end
    });
    let each = words.iter().enumerate().map(|(at, word)| match &law {
        Some(name) if name.contains(&at) => (*word).to_owned(),
        _ => small(word),
    });
    let mut out = each.collect::<Vec<_>>().join(" ");
    if let Some(first) = out.chars().next() {
        out.replace_range(..first.len_utf8(), &first.to_uppercase().to_string());
    }
    out.replace(" & ", " and ").trim_end_matches(':').replace(" i ", " I ")
}
