//! `hidden-actor`: sentences in which something is done to people or their money, and nobody
//! does it. Only verbs of what offices do are looked for (`hidden_actor.txt`), and only where
//! nothing near says who.

use std::{collections::HashMap, ops::Range, sync::LazyLock};

use super::{
    Check, Looks, Marks, Rule, Subject, hard_words, not_prose,
    prose::{GAP, Prose},
};
use crate::{model::Page, parse::walk::Run, text::date::is_day_or_month};

pub(super) const CHECK: Check =
    Rule::advice("hidden-actor", Looks::Words, include_str!("hidden_actor.md")).on_text(run);

/// What is done, with the verb that says who does it.
static VERBS: LazyLock<HashMap<&str, String>> = LazyLock::new(|| {
    let lines = include_str!("hidden_actor.txt").lines().filter(|line| !line.starts_with('#'));
    let pair = |line: &'static str| {
        let (participle, verb) = line.split_once(' ')?;
        Some((participle, verb.replace('_', " ")))
    };
    lines.filter_map(pair).collect()
});

/// Verbs that hide who acts also where they tell what is so now, or what was: who decided, and
/// who did it.
#[rustfmt::skip] // a list of words
const STRONG: &[&str] = &[
    "undertaken", "declined", "refused", "rejected", "agreed", "decided", "approved", "suspended", "terminated", "withdrawn", "utilised",
    "allocated", "prioritised", "informed", "monitored", "investigated", "assessed", "invoiced", "levied", "felt", "actioned", "reviewed",
    "obtained", "supplied", "issued", "conducted", "authorised", "awarded",
];

/// What a till or a bank turns down, and no office.
const CARDS: &[&str] = &["card", "cards", "purchase", "spend", "transaction", "transactions"];

/// What is done with a few verbs that also mean other things.
#[rustfmt::skip] // a list of words
const THINGS: &[(&str, &[&str])] = &[
    ("made", &[
        "payment", "payments", "decision", "decisions", "referral", "referrals", "application", "applications", "overpayment", "request",
        "requests", "complaint", "contribution", "arrangements", "deduction", "deductions", "assessment", "offer",
        "recommendation", "contact",
    ]),
    ("taken", &["action", "decision", "decisions", "steps", "measures"]),
    ("found", &["it"]),
    ("felt", &["it"]),
    ("deemed", &["it"]),
    ("heard", &["appeal", "case", "complaint"]),
    ("passed", &["case", "matter", "details", "file", "information"]),
    ("drawn", &["plan", "plans", "quotes", "contract", "agreement"]),
    ("used", &["letter", "form", "template", "money", "payment", "funds"]),
    ("required", &["consent", "evidence", "proof", "signature", "approval"]),
];

/// Words after which something may, will or must be done.
const MODALS: &[&str] =
    &["will", "must", "should", "may", "can", "shall", "cannot", "could", "might", "would", "to"];

/// Before `to be done`, where that is a duty or a plan.
const BEFORE_TO: &[&str] = &["needs", "need", "has", "have", "is", "are", "ought", "required"];

/// So far back somebody may have been named who does the same.
const PARAGRAPH: usize = 120;

/// So far it is looked for whom something is done to.
const FAR: usize = 30;

/// So many words behind what is done may still say who does it.
const NEAR: usize = 10;

/// What may stand between `be` and the verb.
#[rustfmt::skip] // a list of words
const BETWEEN: &[&str] = &[
    "not", "also", "then", "normally", "usually", "always", "never", "only", "first", "promptly", "immediately", "automatically",
    "formally", "fully", "clearly", "safely", "regularly", "carefully", "subsequently", "currently", "jointly", "routinely", "generally",
    "securely", "independently", "previously", "already", "now",
];

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    if !subject.is_english() {
        return;
    }
    let prose = subject.prose;
    let said = prose.said();
    for paragraph in said.chunk_by(|one, other| one.run == other.run) {
        let run = &prose.runs[paragraph[0].run];
        if run.run != Run::Paragraph || !not_prose::is_own(run) || says_we(prose, run.words.clone())
        {
            continue;
        }
        for sentence in paragraph {
            for Passive { place, verb, is_readers } in passives(subject, sentence.words.clone()) {
                if subject.not_prose().holds(&place)
                    || is_fact(subject, sentence.words.clone(), &place)
                    || !matters(prose, run.words.clone(), &place)
                    || is_said_before(prose, run.words.start, &place)
                {
                    continue;
                }
                let message = format!("“{}” does not say who does it", &prose.text[place.clone()]);
                // A letter is from those who act; on a page it may be a court or a bank. And nobody
                // asks himself: `we ask you to report`.
                let hint = if is_readers && !verb.contains(" you ") {
                    format!("say who: `you {verb} …`, `we {verb} …`, or somebody else by name")
                } else if subject.is_letter() {
                    format!("say who: `we {verb} …`, or the name of the team")
                } else {
                    format!("say who does it by name, or `we {verb} …` if you do")
                };
                marks.push(prose.span(place), message).hint(hint);
            }
        }
    }
}

/// So many words before what is done to it, a thing may be called yours: `your claim for help is`.
const OWNED: usize = 5;

/// Whether a page says what is so, and not what will, may or must be done: `seats are allocated each
/// May`. An easy sentence with that is let pass; one with another hard word hides who acts as well.
fn is_fact(subject: &Subject<'_>, sentence: Range<usize>, place: &Range<usize>) -> bool {
    let prose = subject.prose;
    let first = prose.words.partition_point(|word| word.end <= place.start);
    let last = prose.words.partition_point(|word| word.start < place.end) - 1;
    let is_staff = subject.page.is_some_and(Page::for_staff);
    let is_now = matches!(prose.small(first), "is" | "are")
        && !(first..last).any(|at| prose.small(at) == "being");
    // `It is agreed that …` is somebody’s judgement, and `your claim is refused` a decision, as what
    // is handed out is not.
    let participle = prose.small(last);
    let near = sentence.start.max(first.saturating_sub(OWNED))..first;
    let is_yours = || near.clone().any(|at| prose.small(at) == "your");
    let is_judged = matches!(participle, "agreed" | "decided" | "deemed" | "felt" | "found")
        || !matches!(participle, "issued" | "supplied") && is_yours();
    let is_hard = |part: Range<usize>| hard_words::are_in(subject, &part);
    let sentence = prose.stretch(sentence);
    !subject.is_letter()
        && !is_staff
        && is_now
        && !is_judged
        && !is_hard(sentence.start..place.start)
        && !is_hard(place.end..sentence.end)
}

/// Whom it matters to who acts: people whom an office deals with.
#[rustfmt::skip] // a list of words
const PEOPLE: &[&str] = &[
    "you", "your", "yours", "adult", "adults", "applicant", "applicants", "carer", "carers", "child", "children", "claimant", "claimants",
    "client", "clients", "customer", "customers", "family", "families", "individual", "individuals", "parent", "parents", "patient", "patients",
    "people", "person", "recipient", "recipients", "resident", "residents", "tenant", "tenants", "user", "users", "their", "employee", "employees", "need", "needs",
];

/// What rules, sums and votes do as well as offices: `seats are allocated after each count`.
#[rustfmt::skip] // a list of words
const BY_RULE: &[&str] = &[
    "added", "allocated", "awarded", "calculated", "counted", "created", "defined", "determined", "raised", "recorded", "reduced", "updated",
];

/// Whether it matters who acts: an office does it, or something of people’s is at stake near.
fn matters(prose: &Prose<'_>, paragraph: Range<usize>, place: &Range<usize>) -> bool {
    let last = prose.words.partition_point(|word| word.start < place.end) - 1;
    let mut near = paragraph.start.max(last.saturating_sub(FAR))..paragraph.end.min(last + FAR);
    let first = prose.words.partition_point(|word| word.end <= place.start);
    !BY_RULE.contains(&prose.small(last))
        || MODALS.contains(&prose.small(first))
        || near.any(|at| PEOPLE.contains(&prose.small(at)) || PAPERS.contains(&prose.small(at)))
}

/// How an office speaks of itself.
const WE: &[&str] = &["we", "we’ll", "we'll", "we’ve", "we've", "we’re", "we're", "us"];

/// Whether a paragraph says who acts in it: a reader knows then who does the rest.
fn says_we(prose: &Prose<'_>, mut words: Range<usize>) -> bool {
    words.any(|at| WE.contains(&prose.small(at)) || prose.small(at) == "i")
}

/// Whether the same verb stands before in the paragraph with somebody who does it: `the team
/// will return your call` says who returns calls.
fn is_said_before(prose: &Prose<'_>, start: usize, place: &Range<usize>) -> bool {
    const DOES: &[&str] = &["will", "can", "may", "must", "should", "to", "who"];
    let end = prose.words.partition_point(|word| word.end <= place.end);
    let Some(last) = end.checked_sub(1) else { return false };
    let Some(stem) = prose.small(last).strip_suffix("ed") else { return false };
    let is_verb = |at: usize| {
        let rest = prose.small(at).strip_prefix(stem);
        rest.is_some_and(|rest| matches!(rest, "" | "e"))
            && at > start + 1
            && DOES.contains(&prose.small(at - 1))
    };
    stem.len() > 3 && (start.max(last.saturating_sub(PARAGRAPH))..last).any(is_verb)
}

/// What is counted where somebody's money is worked out.
#[rustfmt::skip] // a list of words
const MONEY: &[&str] = &[
    "allowance", "assets", "benefit", "benefits", "capital", "costs", "earnings", "expenses", "income", "money", "payment", "payments", "pension", "pensions",
    "rent", "savings", "wages",
];

/// What is done by nobody.
struct Passive<'v> {
    place: Range<usize>,
    /// What somebody does there.
    verb: &'v str,
    /// Whether it is asked for, and readers may be meant: `must be sent`.
    is_readers: bool,
}

/// What is done in a sentence by nobody.
fn passives<'v>(subject: &Subject<'_>, words: Range<usize>) -> Vec<Passive<'v>> {
    let prose = subject.prose;
    let mut found = Vec::new();
    for at in words.clone() {
        let participle = prose.small(at);
        let own = if participle == "carried" && prose.has(at, &["carried", "out"]) {
            "carry out"
        } else if prose.has(at, &["taken", "into", "account"]) {
            let is_money = |word: usize| MONEY.contains(&prose.small(word));
            match (words.start.max(at.saturating_sub(FAR))..at).any(is_money) {
                true => "count",
                false => "think about",
            }
        } else if participle == "taken" {
            let is_legal =
                |word| matches!(prose.small(word), "action" | "steps") && word > words.start;
            match (words.start.max(at.saturating_sub(FAR))..at).any(is_legal) {
                true => "take",
                false => "do",
            }
        } else if prose.has(at, &["paid", "back"]) {
            "pay back"
        } else {
            let Some(verb) = VERBS.get(participle) else { continue };
            verb.as_str()
        };
        let Some(first) = auxiliary(prose, words.start, at) else { continue };
        let is_modal = MODALS.contains(&prose.small(first));
        if !is_modal && !STRONG.contains(&participle) && own != "carry out" {
            let things = THINGS.iter().any(|(verb, _)| *verb == participle);
            if !things {
                continue;
            }
        }
        // `It was found that …` hides who found it; `it can be found in …` hides nobody.
        if participle == "found" && !(at + 1 < words.end && prose.small(at + 1) == "that") {
            continue;
        }
        let things = THINGS
            .iter()
            .find(|(verb, _)| *verb == participle && !matches!(own, "count" | "think about"));
        if let Some((_, things)) = things {
            let before = words.start.max(first.saturating_sub(6))..first;
            if !before.into_iter().any(|word| things.contains(&prose.small(word))) {
                continue;
            }
        }
        // `Your savings are not taken into account`; `it is made up of two parts`; `it needs to be
        // paid back`, which is the reader's to do.
        let is_not_counted =
            matches!(own, "count" | "think about") && at > 0 && prose.small(at - 1) == "not";
        let is_declined = participle == "declined"
            && !(words.start..first).any(|word| {
                matches!(prose.small(word), "application" | "applications" | "request")
            })
            && (words.start.max(first.saturating_sub(NEAR))..first)
                .any(|word| CARDS.contains(&prose.small(word)));
        let modal = prose.small(first);
        // `If they cannot agree, it cannot be made`: whoever wanted to make it.
        let is_open = participle == "made" && matches!(modal, "can" | "cannot" | "could" | "to");
        // `Your request was refused`: the reader tells of it, unless a letter does.
        let is_past = matches!(modal, "was" | "were" | "has" | "have" | "had")
            && matches!(participle, "refused" | "rejected")
            && !subject.page.is_some_and(Page::for_staff);
        // `The criteria must be met` is about whoever asks.
        let is_rule =
            participle == "met" && first > words.start && RULES.contains(&prose.small(first - 1));
        let is_other = is_not_counted
            || is_rule
            || is_declined
            || !subject.is_letter() && (is_open || is_past)
            || prose.has(at, &["made", "up"])
            || prose.has(at, &["presented", "with"])
            || prose.has(at, &["paid", "back"]) && prose.small(first) == "to";
        if is_other
            || is_told(prose, words.start, first)
            || is_in_relative(prose, words.start, first)
            || is_sent_to_you(prose, first, at)
            || is_for_reader(prose, words.start, first, participle)
            || is_by_hand(prose, words.start, first, participle)
            || has_actor(prose, at + 1..words.end.min(at + 1 + NEAR))
        {
            continue;
        }
        let end = if own == "carry out" { at + 1 } else { at };
        found.push(Passive {
            place: prose.words[first].start..prose.words[end].end,
            verb: own,
            is_readers: matches!(prose.small(first), "must" | "should" | "to")
                && (!DECIDED.contains(&participle)
                    || participle == "provided"
                        && (words.start.max(first.saturating_sub(FAR))..first)
                            .any(|word| SHOWN.contains(&prose.small(word)))),
        });
    }
    found
}

/// The first word of what makes a participle passive: `may` in `may be stopped`, `is` in `is
/// not agreed`.
fn auxiliary(prose: &Prose<'_>, start: usize, participle: usize) -> Option<usize> {
    let back = |at: usize| {
        let before = at.checked_sub(1).filter(|before| *before >= start)?;
        (prose.after(before) == " ").then_some(before)
    };
    let mut at = back(participle)?;
    for _ in 0..2 {
        if BETWEEN.contains(&prose.small(at)) {
            at = back(at)?;
        }
    }
    match prose.small(at) {
        "be" => {
            let mut first = back(at)?;
            for _ in 0..2 {
                if BETWEEN.contains(&prose.small(first)) {
                    first = back(first)?;
                }
            }
            let is_duty = || back(first).is_some_and(|at| BEFORE_TO.contains(&prose.small(at)));
            let modal = prose.small(first);
            (MODALS.contains(&modal) && (modal != "to" || is_duty())).then_some(first)
        }
        "been" => {
            let mut first = back(at)?;
            while BETWEEN.contains(&prose.small(first)) {
                first = back(first)?;
            }
            matches!(prose.small(first), "has" | "have" | "had").then_some(first)
        }
        "is" | "are" | "was" | "were" => Some(at),
        // `is being checked`; `within a week of the decision being made` tells of no act.
        "being" => {
            let first = back(at)?;
            matches!(prose.small(first), "is" | "are" | "was" | "were").then_some(first)
        }
        _ => None,
    }
}

/// Whether what is done is done by the reader, or is no act of anybody: `what can be used`,
/// `who should be told`.
fn is_told(prose: &Prose<'_>, start: usize, first: usize) -> bool {
    let Some(before) = first.checked_sub(1).filter(|before| *before >= start) else {
        return true; // `Will it be paid?` asks.
    };
    // `until it is agreed`, `ask if it can be paid`: when, and not who.
    const WHEN: &[&str] = &["until", "when", "once", "after", "before", "whether", "while", "if"];
    let is_modal = MODALS.contains(&prose.small(first));
    // `where your case has been rejected`; `where a fault is found` begins a rule.
    let is_where = |at: usize| !is_modal && at > start && prose.small(at) == "where";
    let near = if is_modal { 2 } else { 5 };
    let mut clause = (start.max(first.saturating_sub(near))..first).rev();
    if clause.any(|at| WHEN.contains(&prose.small(at)) || is_where(at)) {
        return true;
    }
    // `The plan says how your needs will be met`: it says by whom as well.
    const SAID: &[&str] = &["how", "what", "where", "when"];
    let mut clause = (start.max(first.saturating_sub(5))..first).rev();
    let has_comma = |at: &usize| prose.after(*at) == " ";
    if is_modal && clause.by_ref().take_while(has_comma).any(|at| SAID.contains(&prose.small(at))) {
        return true;
    }
    const ASKING: &[&str] = &["what", "who", "how", "if", "when", "where", "why", "whether"];
    // `if you think that it needs to be reviewed`: the reader wants it.
    const WANTED: &[&str] = &["ask", "think", "believe", "want"];
    let is_wanted = prose.small(first) == "to"
        && (start.max(first.saturating_sub(8))..first)
            .rev()
            .take_while(has_comma)
            .any(|at| WANTED.contains(&prose.small(at)));
    is_wanted
        || ASKING.contains(&prose.small(start)) && first - start < 4 && prose.small(before) != "it"
        || matches!(prose.small(before), "there" | "what" | "how")
}

/// Whether it only says which people or things are meant: `people who are assessed as in need`,
/// `conditions that must be reported`.
fn is_in_relative(prose: &Prose<'_>, start: usize, first: usize) -> bool {
    let before = first.checked_sub(1).filter(|before| *before > start);
    before.is_some_and(|at| {
        matches!(prose.small(at), "who" | "that" | "which") && prose.after(at - 1) == " "
    })
}

/// Whether something comes to the reader, from the office that the page is about: `it will be
/// sent to you`. What will be sent and nobody is named comes to the reader as well.
fn is_sent_to_you(prose: &Prose<'_>, first: usize, participle: usize) -> bool {
    let is_to_you = prose.has(participle + 1, &["to", "you"]);
    let is_to_another = || {
        let mut next = participle + 1..(participle + 4).min(prose.words.len());
        next.any(|at| matches!(prose.small(at), "to" | "out" | "off"))
    };
    match prose.small(participle) {
        "sent" => is_to_you || prose.small(first) == "will" && !is_to_another(),
        "issued" | "provided" | "forwarded" => is_to_you,
        _ => false,
    }
}

/// What offices alone can do where it can be done at all: other things that can be done readers
/// do, or nobody: `it can be used in any shop`.
#[rustfmt::skip] // a list of words
const DECIDED: &[&str] = &[
    "met", "awarded", "guaranteed", "lodged", "sought", "provided", "considered", "accepted", "approved", "granted", "agreed", "authorised",
    "reviewed", "waived", "stopped", "suspended", "withdrawn", "made", "offered", "investigated",
];

/// What readers have to meet.
const RULES: &[&str] = &["conditions", "criteria", "requirements", "rules", "tests"];

/// What readers have to show.
#[rustfmt::skip] // a list of words
const SHOWN: &[&str] = &["details", "documents", "evidence", "income", "information", "invoices", "proof", "receipts", "records", "statements"];

/// What people do with things of their own, such as lids, bins and batteries, too.
#[rustfmt::skip] // a list of words
const BY_HAND: &[&str] = &[
    "blocked", "charged", "checked", "closed", "collected", "fitted", "inspected", "placed", "presented", "raised", "reduced", "released",
    "removed", "returned", "served", "shared", "stopped", "supplied", "transferred", "used", "withdrawn",
];

/// What readers are assured that nobody does: `your place will not be cancelled`.
#[rustfmt::skip] // a list of words
const ASSURED: &[&str] = &[
    "added", "cancelled", "changed", "closed", "delayed", "disclosed", "recorded", "reduced", "removed", "shared", "stopped", "updated",
    "withdrawn",
];

/// Whether what will not be done is not done for some time only: `will not be stopped until June`.
fn is_for_now(prose: &Prose<'_>, first: usize) -> bool {
    const NOW: &[&str] = &["before", "immediately", "straight", "unless", "until", "without"];
    (first..prose.words.len().min(first + NEAR)).any(|at| NOW.contains(&prose.small(at)))
}

/// What offices have in hand: with one of these near it is they who do it.
#[rustfmt::skip] // a list of words
const PAPERS: &[&str] = &[
    "account", "accounts", "agreement", "application", "applications", "assessment", "badge", "badges", "balance", "benefit", "benefits",
    "budget", "budgets", "card", "care", "case", "cases", "charge", "charges", "claim", "claims", "complaint", "complaints", "concern", "concerns",
    "contact", "contacts", "contribution", "contributions", "data", "decision", "details", "document", "documents", "equipment", "evidence",
    "fee", "fees", "file", "files", "form", "forms", "funding", "funds", "grant", "grants", "hours", "information", "invoice", "issue", "issues", "letter", "matter",
    "money", "monies", "overpayment", "package", "payment", "payments", "plan", "record", "records", "referral", "referrals", "report",
    "request", "requests", "returns", "service", "services", "sum", "sums", "support", "template",
];

/// Whether a thing of the house has to be dealt with: `the lid must be closed`. Whoever has it
/// does that.
fn is_by_hand(prose: &Prose<'_>, start: usize, first: usize, participle: &str) -> bool {
    BY_HAND.contains(&participle)
        && matches!(prose.small(first), "must" | "should" | "may" | "can" | "to" | "shall")
        && !(first.saturating_sub(8).max(start)..first).any(|at| PAPERS.contains(&prose.small(at)))
}

/// Whether something is done that a reader may expect, or does without thinking who does it:
/// `you may be offered a test`, `you do not need to be assessed`, `a change that has to be
/// reported`, `a card can be used`.
fn is_for_reader(prose: &Prose<'_>, start: usize, first: usize, participle: &str) -> bool {
    let before = |offset: usize| {
        first.checked_sub(offset).filter(|at| *at >= start).map_or("", |at| prose.small(at))
    };
    match prose.small(first) {
        "can" | "could" | "cannot" if !DECIDED.contains(&participle) => true,
        "may" | "might" | "can" | "could" | "must" | "should" => {
            matches!(before(1), "you" | "he" | "she" | "they" | "he/she")
                || matches!(participle, "allowed" | "offered")
        }
        // What does not happen to a reader nobody does, and what is sent to one comes from the
        // office that the page is about.
        "will" => {
            let is_not =
                prose.words.get(first + 1).is_some_and(|_| prose.small(first + 1) == "not");
            let is_given = matches!(
                participle,
                "sent" | "offered" | "invited" | "paid" | "provided" | "transferred" | "returned"
            );
            before(1) == "you" && (is_not || is_given)
                || is_not && ASSURED.contains(&participle) && !is_for_now(prose, first)
        }
        "is" | "are" | "was" | "were" => matches!(before(1), "nothing" | "nobody" | "none"),
        "to" => {
            let is_not =
                |word: &str| word == "not" || word.ends_with("n’t") || word.ends_with("n't");
            is_not(before(2)) || matches!(before(2), "that" | "which" | "who" | "you")
        }
        _ => false,
    }
}

/// How a thing is done, by when, or where: none of these does it.
#[rustfmt::skip] // a list of words
const NO_ACTOR: &[&str] = &[
    "post", "phone", "telephone", "email", "e-mail", "letter", "cheque", "bacs", "card", "cash", "text", "fax", "hand", "direct", "bank",
    "no", "means", "way", "month", "reference", "appointment", "standing",
    "default", "return",
];

/// Whether what follows says who does it: `by the panel`, `by law`.
fn has_actor(prose: &Prose<'_>, mut words: Range<usize>) -> bool {
    words.any(|at| {
        if prose.small(at) == "by" && prose.after(at).starts_with(':') {
            return true; // A list says by whom.
        }
        if prose.small(at) != "by" || !prose.after(at).contains([' ', GAP]) {
            return false;
        }
        if prose.after(at).contains(GAP) {
            return true; // A name that is filled in, or a day.
        }
        let skip = usize::from(matches!(
            prose.words.get(at + 1).map(|_| prose.small(at + 1)),
            Some("the" | "a" | "an" | "our" | "your")
        ));
        let next = at + 1 + skip;
        if next >= prose.words.len() {
            return false;
        }
        let word = prose.small(next);
        let is_day = |word: &str| matches!(word, "end" | "date" | "deadline" | "time" | "day");
        !(word.starts_with(|c: char| c.is_ascii_digit())
            || NO_ACTOR.contains(&word)
            || is_day_or_month(word)
            || is_day(word)
            || word.len() > 5 && word.ends_with("ing"))
    })
}
