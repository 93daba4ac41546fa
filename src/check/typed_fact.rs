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
    let facts = facts.iter().map(|(name, fact)| (name, fact, stems(name)));
    let facts: Vec<_> = facts.filter(|(_, _, own)| !own.is_empty()).collect();
    if facts.is_empty() {
        return;
    }
    for stretch in prose.runs.iter().filter(|run| run.voice != Voice::Quoted) {
        let text = &prose.text[stretch.text.clone()];
        if matches!(stretch.run, Run::Heading) || !text.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        let said = stems(text);
        for (name, fact, own) in &facts {
            if !own.iter().all(|word| said.contains(word)) {
                continue;
            }
            let Some((at, value, is_old)) = typed(text, fact) else { continue };
            let at = stretch.text.start + at;
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

/// Where the value of a fact stands in a text as typed, and whether it is one that held before.
fn typed<'a>(text: &str, fact: &'a Fact) -> Option<(usize, &'a str, bool)> {
    let old = fact.before.iter().map(|value| (value.as_str(), true));
    let all = old.chain([(fact.value.as_str(), false)]);
    let numbers = all.filter(|(value, _)| value.contains(|c: char| c.is_ascii_digit()));
    numbers.into_iter().find_map(|(value, is_old)| {
        let mut places = text.match_indices(value).map(|(at, _)| at);
        let at = places.find(|&at| is_whole(&text[..at], &text[at + value.len()..]))?;
        Some((at, value, is_old))
    })
}

/// Whether a number goes on neither in what stands before it nor behind it: `£10` is not in
/// `£100`, nor in `£10.50`.
fn is_whole(before: &str, after: &str) -> bool {
    let is_part = after.strip_prefix([',', '.']);
    !before.ends_with(|c: char| c.is_alphanumeric() || c == '£')
        && !after.starts_with(char::is_alphanumeric)
        && !is_part.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
}

/// The words of a text that say what it is about, without their ends.
fn stems(text: &str) -> Vec<String> {
    let words = one_line(text).to_lowercase();
    let words = words.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 3);
    words.map(|word| slug(word.strip_suffix('s').unwrap_or(word))).collect()
}
