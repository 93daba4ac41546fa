//! `easy-read`: easy-read pages that are not easy to read.
//!
//! The limits are those that people who make easy read in the UK work to: one
//! idea to a sentence, up to 15 words, and a picture beside it.

use super::{Check, Looks, Marks, Rule, Subject};
use crate::{
    model::{Page, RecordData, kind},
    parse::walk,
};

pub(super) const CHECK: Check =
    Rule::warning("easy-read", Looks::Words, include_str!("easy_read.md")).on_written(run);

/// The longest sentence, in words.
const LONGEST_SENTENCE: usize = 15;

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    if !page.kind.is(&kind::EASY_READ) {
        return;
    }
    let prose = subject.prose;
    for run in prose.runs.iter().filter(|run| run.run == walk::Run::Paragraph) {
        prose.sentences(run, |words| {
            let count = words.len();
            if count > LONGEST_SENTENCE {
                let message = format!(
                    "this sentence has {count} words, and {LONGEST_SENTENCE} is the most in easy read"
                );
                let hint = "say one thing in each sentence";
                marks.push(prose.span(prose.stretch(words)), message).hint(hint);
            }
        });
    }
    let is_row = |data: &RecordData| matches!(data, RecordData::Symbols(_));
    if !subject.text.records.values().any(is_row) {
        let hint = "put a picture beside each sentence, in a fence that begins with ```symbols";
        marks.push(subject.front("kind"), "this easy-read page has no pictures").hint(hint);
    }
    if page.relations.full_version.is_none() && !subject.text.document.fields().has("easy read of")
    {
        marks
            .push(subject.front("kind"), "nothing says which page this is the easy-read version of")
            .hint("add a line at the top: `easy read of: ../manage/records.md`");
    }
}
