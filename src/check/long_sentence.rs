//! `long-sentence`: sentences that have to be read twice.

use super::{Check, Looks, Marks, Rule, Subject, prose::Voice};
use crate::{model::kind, parse::walk};

pub(super) const CHECK: Check =
    Rule::warning("long-sentence", Looks::Words, include_str!("long_sentence.md")).on_text(run);

/// So many more words than a letter should have are told of mildly. Source: GOV.UK content design
/// guidance takes 25 as the limit for any text.
const LITTLE: usize = 5;

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
        let count = sentence.words.len();
        if run.run != walk::Run::Paragraph || run.voice == Voice::Quoted || count <= longest {
            continue;
        }
        // In a letter a few more are worth a thought, and many more a change.
        let message = match subject.is_letter() && count <= longest + LITTLE {
            true => format!("this sentence has {count} words: aim for {longest} in a letter"),
            false => format!("this sentence has {count} words, and {longest} is a lot"),
        };
        let hint = "make two sentences of it, or a list";
        marks.push(prose.span(prose.stretch(sentence.words.clone())), message).hint(hint);
    }
}
