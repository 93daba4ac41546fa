//! `letter-threat`: letters that threaten before they help.

use super::{Check, Looks, Marks, Rule, Subject, letters};
use crate::model::Page;

pub(super) const CHECK: Check =
    Rule::warning("letter-threat", Looks::Letters, include_str!("letter_threat.md"))
        .on_written(run);

/// What will be done to somebody, in small letters.
const THREATS: &[&str] = &[
    "failure to",
    "legal action",
    "to court",
    "may lead to",
    "will lead to",
    "could lead to",
    "will result in",
    "may result in",
    "could result in",
    "we will refer",
    "will be referred",
    "will be stopped",
    "may be stopped",
    "will be suspended",
    "may be suspended",
    "will stop your",
    "may stop your",
    "will be withdrawn",
    "may be withdrawn",
    "will be taken back",
    "take back the money",
    "debt collection",
    "bailiff",
    "evict",
    "prosecut",
    "you will lose",
    "debt collector",
    "we may refer",
    "we may report",
    "we will report",
];

/// What leaves the reader no way out, whatever stands elsewhere.
#[rustfmt::skip] // a list of words
const FINAL: &[&str] =
    &["final warning", "you are in breach of", "leaves us no choice", "leave us no choice", "no choice but to", "no option but to"];

/// What the reader is told to do or leave, in small letters: what follows from it is a threat where
/// it is one of [`FOLLOWS`].
#[rustfmt::skip] // a list of words
const CONDITIONS: &[&str] = &[
    "unless you", "unless we", "if you do not", "if you don't", "if we do not hear", "if we don't hear", "if we do not get", "if we do not receive",
    "if we have not", "or we will", "failure to",
];

/// What may follow from that.
#[rustfmt::skip] // a list of words
const FOLLOWS: &[&str] = &[
    "will stop", "may stop", "will end", "may end", "we will cancel", "we will close", "we will withdraw", "we will suspend", "we will refuse",
    "we will reduce", "we will charge", "we will take you", "we will take back", "we will take it back", "will lose", "may lose", "will assume",
    "have to pay", "be stopped", "be ended", "be cancelled", "be closed", "be withdrawn", "be suspended", "be refused", "be reduced", "be charged",
    "be taken back", "be taken away", "be turned down",
];

/// What is offered to the reader.
const HELP: &[&str] = &[
    "if you need help",
    "you need any help",
    "help you",
    "we can help",
    "more time",
    "call us",
    "ring us",
    "phone us",
    "contact us",
    "talk to us",
    "tell us",
    "ask us",
    "you can call",
    "you can ask",
    "someone to help",
    "email us",
];

/// Blame, in small letters: said of a reader who may have had a reason.
#[rustfmt::skip] // a list of words
const BLAME: &[&str] = &[
    "you have failed", "you failed to", "you have not complied", "your failure", "you have neglected", "you are reminded", "misspent", "misspend",
    "misuse", "it has come to our attention", "brought to our attention", "despite our previous", "despite previous letters",
    "you have ignored", "ignored our", "did not bother", "your own fault", "at fault", "did not co-operate", "did not cooperate", "you neglected",
    "you are refusing", "you refused to", "late again", "you have repeatedly", "do not pay your contribution", "without further notice", "no excuse", "will not be tolerated",
];

/// Why a reader wants it, or knows of it: then it is no threat.
#[rustfmt::skip] // a list of words
const ASKED_FOR: &[&str] = &[
    "because you asked", "as you asked", "as you wanted", "at your request", "when you asked", "because you told us", "as we agreed",
    "as agreed", "because you moved", "because you no longer need", "if you ask", "if you want us to", "will not be", "may not be stopped",
    "will never", "we will not", "we do not take", "never take", "so that you can",
];

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    // Who writes to an office may say what they will do.
    let from_office = page.kind.letter().is_some_and(|letter| letter.to.is_none());
    if !from_office || !subject.is_english() {
        return;
    }
    let mut is_helped = false;
    for sentence in letters::sentences(subject) {
        let small = &sentence.small;
        let place = || subject.prose.span(sentence.place.clone());
        let offers = HELP.iter().any(|help| small.contains(help));
        is_helped |= offers;
        let is_asked_for = ASKED_FOR.iter().any(|why| small.contains(why));
        let condition = CONDITIONS.iter().find(|condition| small.contains(*condition));
        let follows = condition.filter(|_| FOLLOWS.iter().any(|end| small.contains(end)));
        let last = FINAL.iter().find(|threat| small.contains(*threat));
        let threat = THREATS.iter().find(|threat| small.contains(*threat)).or(follows).or(last);
        let Some(threat) = threat.filter(|_| !is_asked_for) else {
            if let Some(blame) = BLAME.iter().find(|blame| small.contains(*blame)) {
                let message = format!("“{blame}” blames the person who reads it");
                let hint =
                    "say what you have and what you need: `We do not have your records for May`";
                marks.push(place(), message).hint(hint);
            }
            continue;
        };
        // Help before it is what makes it a fact; a condition on the reader stays a threat.
        if !is_helped || last.is_some() || condition.is_some() && !offers {
            let message = match is_helped {
                false => format!("“{threat}” comes before any help"),
                true => format!("“{threat}” is a threat, and help elsewhere does not undo that"),
            };
            let hint = "say first who can help and that there is more time, then what will happen";
            marks.push(place(), message).hint(hint);
        }
    }
}
