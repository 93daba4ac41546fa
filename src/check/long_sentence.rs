//! `long-sentence`: sentences that have to be read twice.

use super::{Check, Looks, Marks, Rule, Subject, prose::Voice};
use crate::{model::kind, parse::walk};

pub(super) const CHECK: Check =
    Rule::warning("long-sentence", Looks::Words, include_str!("long_sentence.md")).on_text(run);

/// The longest sentence, in words. Source: GOV.UK content design guidance,
/// “Writing for GOV.UK”, on short sentences.
const LONGEST_SENTENCE: usize = 25;

/// The longest in a letter. Source: NHS service manual, on how to write: “sentences
/// of up to 20 words”.
const LONGEST_IN_LETTER: usize = 20;

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    if subject.page.is_some_and(|page| page.kind.is(&kind::EASY_READ)) {
        return; // `easy-read` asks for shorter ones.
    }
    let is_letter = subject.page.is_some_and(|page| page.kind.letter().is_some());
    let longest = if is_letter { LONGEST_IN_LETTER } else { LONGEST_SENTENCE };
    let prose = subject.prose;
    if let Some(title) = subject.page.and_then(|page| page.front.title.as_ref()) {
        let count = title.value.split_whitespace().count();
        if count > LONGEST_SENTENCE {
            let message = format!("this title has {count} words, and {LONGEST_SENTENCE} is a lot");
            let hint = "write what the page is about in a few words, and the rest in its text";
            marks.push(title.span, message).hint(hint);
        }
    }
    for run in &prose.runs {
        if run.run != walk::Run::Paragraph
            || run.voice == Voice::Quoted
            || run.words.len() <= longest
        {
            continue;
        }
        prose.sentences(run, |words| {
            let count = words.len();
            if count > longest {
                let message = format!("this sentence has {count} words, and {longest} is a lot");
                let hint = "make two sentences of it, or a list";
                marks.push(prose.span(prose.stretch(words)), message).hint(hint);
            }
        });
    }
}
