//! `text-length`: text messages that are longer than they need be.

use super::{Check, Looks, Marks, Rule, Subject};
use crate::{
    letter::sms,
    model::{Page, kind::Form},
    text::wording::counted,
};

pub(super) const CHECK: Check =
    Rule::warning("text-length", Looks::Letters, include_str!("text_length.md")).on_written(run);

/// The most parts of a text message. What is longer is an email or a letter.
const MOST_PARTS: usize = 3;

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    let Some(letter) = page.kind.letter().filter(|_| page.kind.form() == Form::Text) else {
        return;
    };
    let prose = subject.prose;
    let text = subject.text.document.front.end;
    for (at, c) in prose.text.char_indices() {
        let Some(plain) = sms::instead(c) else { continue };
        let span = prose.span(at..at + c.len_utf8());
        if span.start >= text {
            let message = format!("the character {c} leaves less than half the room in this text");
            marks.push(span, message).hint(hint(plain));
        }
    }
    for field in &letter.fields {
        let mut letters = field.choices.iter().flat_map(|choice| choice.chars());
        if let Some((c, plain)) = letters.find_map(|c| Some((c, sms::instead(c)?))) {
            let message = format!(
                "the character {c} in the answers to “{}” leaves less than half the room in this text",
                field.name.value
            );
            marks.push(field.name.span, message).hint(hint(plain));
        }
    }
    let id = subject.world.site.by_url.get(&page.url);
    let Some((template, _)) = id.and_then(|id| subject.world.letters.get(id)) else { return };
    let length = sms::length(&sms::said(template, &template.examples()));
    if length.parts > MOST_PARTS {
        let message = format!(
            "with its examples this text has {} and is sent as {} parts",
            counted(length.characters, "character", "characters"),
            length.parts
        );
        let hint = format!("say it in {MOST_PARTS} parts or fewer, or write an email or a letter");
        marks.push(subject.front("kind"), message).hint(hint);
    }
}

fn hint(plain: &str) -> String {
    match plain {
        " " => "write an ordinary space".to_owned(),
        plain => format!("write `{plain}`"),
    }
}
