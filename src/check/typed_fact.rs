//! `typed-fact`: amounts and limits that are typed into a page although they are facts, so that
//! nobody finds them when they change.

use super::{Check, Looks, Marks, Rule, Subject, prose::Voice};
use crate::{
    model::Fact,
    parse::walk::Run,
    text::{slug, wording::one_line},
};

pub(super) const CHECK: Check =
    Rule::warning("typed-fact", Looks::Words, include_str!("typed_fact.md")).on_text(run);

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    let prose = subject.prose;
    let facts = &subject.world.site.data_in(subject.language()).facts;
    if facts.is_empty() {
        return;
    }
    for stretch in prose.runs.iter().filter(|run| run.voice != Voice::Quoted) {
        let text = &prose.text[stretch.text.clone()];
        if matches!(stretch.run, Run::Heading) || !text.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let said = stems(text);
        for (name, fact) in facts {
            let own = stems(name);
            if own.is_empty() || !own.iter().all(|word| said.contains(word)) {
                continue;
            }
            let Some((value, is_old)) = typed(text, fact) else { continue };
            let at = stretch.text.start + text.find(value).unwrap_or(0);
            let message = match is_old {
                true => format!("“{value}” was “{name}”, which is now {}", fact.value),
                false => {
                    format!("“{value}” is “{name}”, and a change would have to be made here too")
                }
            };
            let hint = format!("write `(({name}))`");
            marks.push(prose.span(at..at + value.len()), message).hint(hint);
        }
    }
}

/// The value of a fact that stands in a text as typed, and whether it is one that held before.
fn typed<'a>(text: &str, fact: &'a Fact) -> Option<(&'a str, bool)> {
    let old = fact.before.iter().map(|value| (value.as_str(), true));
    let all = old.chain([(fact.value.as_str(), false)]);
    all.into_iter().find(|(value, _)| {
        let has_digit = value.contains(|c: char| c.is_ascii_digit());
        has_digit && text.match_indices(value).any(|(at, _)| is_whole(text, at, at + value.len()))
    })
}

/// Whether a number at a place goes on neither before nor behind it: `£10` is not in `£100`.
fn is_whole(text: &str, start: usize, end: usize) -> bool {
    let goes_on = |c: char| c.is_alphanumeric() || c == '£';
    let after = text[end..].strip_prefix([',', '.']).unwrap_or(&text[end..]);
    !text[..start].ends_with(goes_on) && !after.starts_with(|c: char| c.is_alphanumeric())
        || !text[..start].ends_with(goes_on)
            && text[end..].starts_with([' ', '.', ',', '\n'])
            && !after.starts_with(|c: char| c.is_ascii_digit())
}

/// The words of a text that say what it is about, without their ends.
fn stems(text: &str) -> Vec<String> {
    let words = one_line(text).to_lowercase();
    let words = words.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 3);
    words.map(|word| slug(word.strip_suffix('s').unwrap_or(word))).collect()
}
