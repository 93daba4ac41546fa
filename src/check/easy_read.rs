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

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    if !page.kind.is(&kind::EASY_READ) {
        return;
    }
    let prose = subject.prose;
    let longest = subject.limits().sentence;
    for run in prose.runs.iter().filter(|run| run.run == walk::Run::Paragraph) {
        prose.sentences(run, |words| {
            let count = words.len();
            if count > longest {
                let message = format!(
                    "this sentence has {count} words, and {longest} is the most in easy read"
                );
                let hint = "say one thing in each sentence";
                marks.push(prose.span(prose.stretch(words)), message).hint(hint);
            }
        });
    }
    hard_signs(subject, marks);
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

/// Shares in percent, which are hard to picture. `acronym` finds letters that stand for words.
fn hard_signs(subject: &Subject<'_>, marks: &mut Marks) {
    let prose = subject.prose;
    for &word in &prose.odd {
        let place = prose.words[word].clone();
        let letters = prose.word(word);
        if prose.after(word).starts_with('%') {
            let message = format!("“{letters}%” is hard to picture");
            let hint = "write how many out of how many: `1 out of 10 people`";
            marks.push(prose.span(place.start..place.end + 1), message).hint(hint);
        }
    }
}
