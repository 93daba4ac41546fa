//! `letter-contact`: letters that point at a number, an email or an address that is not
//! there.

use super::{
    Check, Looks, Marks, Rule, Subject,
    letters::{self, Ways},
};
use crate::model::Page;

pub(super) const CHECK: Check =
    Rule::error("letter-contact", Looks::Letters, include_str!("letter_contact.md"))
        .promise("the person who gets the letter could not reach anybody")
        .on_written(run);

/// Words that point somewhere, in small letters.
const POINTING: &[&str] = &[
    "mentioned above",
    "given above",
    "shown above",
    "listed above",
    "stated above",
    "above mentioned",
    "above-mentioned",
    "at the top of this letter",
    "at the bottom of this letter",
    "on the bottom of this letter",
    "at the end of this letter",
    "mentioned below",
    "given below",
    "shown below",
    "overleaf",
    "number above",
    "number below",
    "email above",
    "address above",
    "details above",
    "details below",
    "address below",
    "email below",
    "above number",
    "above address",
    "above email",
];

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    if page.kind.letter().is_none() {
        return;
    }
    let ways = Ways::of(subject, page);
    for sentence in letters::sentences(subject) {
        let small = &sentence.small;
        let Some(pointing) = POINTING.iter().find(|words| small.contains(*words)) else { continue };
        let wants = [
            (["number", "phone", "telephone"], "phone number", "phone", ways.phone),
            (["email", "e-mail", "by mail"], "email address", "email", ways.online),
            (["address", "post", "write to"], "postal address", "address", ways.post),
            (
                ["details", "contact us", "contact the"],
                "way to reach you",
                "phone",
                ways.phone || ways.online || ways.post,
            ),
        ];
        let missing = wants.iter().find(|(words, _, _, is_there)| {
            // An email address is no address to write to.
            let small = small.replace("email address", "email").replace("e-mail address", "email");
            !is_there && words.iter().any(|word| small.contains(word))
        });
        if let Some((_, what, part, _)) = missing {
            let message =
                format!("“{pointing}” points at a {what}, and there is none in this letter");
            let hint = format!("write it here: `((contact {part}))`");
            marks.push(subject.prose.span(sentence.place.clone()), message).hint(hint);
        }
    }
}
