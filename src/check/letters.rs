//! The words of a letter as its reader meets them: sentence by sentence, each in
//! its part. Not a check: the checks of letters read it.

use std::ops::Range;

use super::{Subject, phone::to_ask, prose::Use};
use crate::{
    letter::parts,
    model::{Page, kind::FieldType, value::Value},
    parse::walk::Run,
};

/// A sentence, a heading or an item of a list.
#[derive(Debug)]
pub(super) struct Sentence<'a> {
    /// Its letters, without the mark at the end.
    pub(super) text: &'a str,
    /// The same in small letters.
    pub(super) small: String,
    /// Where it is in the words of the page.
    pub(super) place: Range<usize>,
    /// The part of the letter that it is in, or nothing.
    pub(super) part: &'a str,
    /// Whether it is there only after one answer.
    pub(super) is_when: bool,
    /// Whether it is a heading.
    pub(super) is_heading: bool,
}

/// Every sentence of a letter, in order, without what stands at its top.
pub(super) fn sentences<'a>(subject: &Subject<'a>) -> Vec<Sentence<'a>> {
    let prose = subject.prose;
    let document = &subject.text.document;
    let mut headings = document.headings.iter();
    let mut part = "";
    let mut sentences = Vec::new();
    for run in &prose.runs {
        let span = prose.span(run.text.clone());
        if run.words.is_empty() || span.start < document.front.end {
            continue;
        }
        if run.run == Run::Heading {
            part = headings.next().and_then(parts::of).unwrap_or_default();
        }
        prose.sentences(run, |words| {
            let place = prose.stretch(words);
            let text = &prose.text[place.clone()];
            let at = prose.span(place.clone());
            let inside = |used: &&Use<'_>| {
                used.is_when && used.span.start <= at.start && at.end <= used.span.end
            };
            sentences.push(Sentence {
                text,
                small: text.to_lowercase().replace('’', "'"),
                place,
                part,
                is_when: prose.values.iter().any(|used| inside(&used)),
                is_heading: run.run == Run::Heading,
            });
        });
    }
    sentences
}

/// The ways to answer that a letter gives in its own words.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Ways {
    /// A number to ring.
    pub(super) phone: bool,
    /// An address to write to.
    pub(super) post: bool,
    /// An email address, or a page on the web.
    pub(super) online: bool,
}

impl Ways {
    /// Those in the text of a page.
    pub(super) fn of(subject: &Subject<'_>, page: &Page) -> Self {
        let mut ways = Self::default();
        let document = &subject.text.document;
        let values = subject.prose.values.iter().filter(|used| used.is_in_text());
        let mut values: Vec<&str> = values.map(|used| used.name).collect();
        let snippets = values.clone();
        for name in snippets {
            if let Some(Value::Snippet(text)) =
                subject.world.site.value(name, page, subject.world.config)
            {
                text.document.each_inline(&mut |inline| {
                    if let crate::parse::Inline::Value(name, _) = inline {
                        values.push(name);
                    }
                });
            }
        }
        for name in values {
            match subject.world.site.value(name, page, subject.world.config) {
                Some(Value::Phone(_)) => ways.phone = true,
                Some(Value::Address(_)) => ways.post = true,
                Some(Value::Email(_)) => ways.online = true,
                _ => {}
            }
            match page.field(name).map(|field| field.kind) {
                Some(FieldType::Phone) => ways.phone = true,
                Some(FieldType::Address | FieldType::Postcode) => ways.post = true,
                Some(FieldType::Email) => ways.online = true,
                _ => {}
            }
        }
        ways.online |= document.links.iter().any(|link| !link.destination.starts_with("tel:"));
        let prose = subject.prose;
        for &word in &prose.odd {
            let word = prose.word(word);
            ways.online |=
                word.contains('@') || word.starts_with("www.") || word.starts_with("http");
        }
        // Typed out, which `typed-phone` complains about; still a number to ring.
        ways.phone |= !to_ask(prose).is_empty();
        ways
    }
}
