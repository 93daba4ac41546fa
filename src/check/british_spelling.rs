//! `british-spelling`: American spellings on a site that asks for British ones. The words are in
//! `british_spelling.txt`.

use std::{borrow::Cow, collections::HashMap, sync::LazyLock};

use super::{Check, Looks, Marks, Rule, Subject, not_prose};
use crate::text::wording::capital;

pub(super) const CHECK: Check =
    Rule::warning("british-spelling", Looks::Words, include_str!("british_spelling.md"))
        .asked_by("british-spelling")
        .on_text(run);

/// What is kept in the file, and the British spelling of the others.
static WORDS: LazyLock<HashMap<String, String>> = LazyLock::new(|| {
    let lines = include_str!("british_spelling.txt").lines().filter(|line| !line.starts_with('#'));
    let mut words = HashMap::new();
    let mut is_kept = false;
    for line in lines {
        let mut parts = line.split(' ');
        if is_kept {
            words.extend(parts.map(|word| (word.to_owned(), word.to_owned())));
        } else if line == "kept:" {
            is_kept = true;
        } else if let (Some(american), Some(british)) = (parts.next(), parts.next()) {
            let end = |end: &str| if end == "-" { String::new() } else { end.to_owned() };
            let both =
                parts.map(end).map(|end| (format!("{american}{end}"), format!("{british}{end}")));
            words.extend(both);
        }
    }
    words
});

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    let is_welcome = subject.world.config.rules.british_spelling && subject.is_english();
    if !is_welcome || subject.language() == "en-US" {
        return;
    }
    let prose = subject.prose;
    for sentence in prose.said() {
        if !not_prose::is_own(&prose.runs[sentence.run]) {
            continue;
        }
        for at in sentence.words.clone() {
            let Some(british) = british(prose.small(at)) else { continue };
            let place = prose.words[at].clone();
            let typed = prose.word(at);
            let is_big = typed.starts_with(char::is_uppercase);
            // A capital inside a sentence begins a name: `World Health Organization`.
            if is_big && at > sentence.words.start || subject.not_prose().holds(&place) {
                continue;
            }
            let british = if is_big { capital(&british) } else { british.into_owned() };
            let message = format!("“{typed}” is spelled as in America");
            marks.push(prose.span(place), message).hint(format!("write `{british}`"));
        }
    }
}

/// The British spelling of a word in small letters, where it is another.
fn british(word: &str) -> Option<Cow<'static, str>> {
    if let Some(known) = WORDS.get(word) {
        return (known != word).then_some(Cow::Borrowed(known));
    }
    const ENDS: &[(&str, &str)] = &[
        ("ize", "ise"),
        ("izes", "ises"),
        ("ized", "ised"),
        ("izing", "ising"),
        ("izer", "iser"),
        ("izers", "isers"),
        ("ization", "isation"),
        ("izations", "isations"),
        ("yze", "yse"),
        ("yzed", "ysed"),
        ("yzing", "ysing"),
    ];
    let own = |(american, british): &(&str, &str)| {
        let rest = word.strip_suffix(american)?;
        (rest.len() > 2).then(|| Cow::Owned(format!("{rest}{british}")))
    };
    // What is of a size is not made so: downsized, but emphasised.
    const OF_A_SIZE: &[&str] = &[
        "", "bite", "down", "family", "full", "good", "half", "king", "life", "mid", "out", "over",
        "plus", "pocket", "queen", "re", "right", "super", "under", "up",
    ];
    let of_a_size = ["size", "sizes", "sized", "sizing", "sizer", "sizers"];
    let mut rests = of_a_size.iter().filter_map(|end| word.strip_suffix(end));
    if rests.any(|rest| OF_A_SIZE.contains(&rest)) {
        return None;
    }
    if !word.contains('z') || !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return None;
    }
    ENDS.iter().find_map(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn american_words_have_a_british_form_and_others_none() {
        let all = |words: &str| -> Vec<String> {
            words.split(' ').map(|word| british(word).unwrap_or_default().into_owned()).collect()
        };
        assert_eq!(
            all("color organized behaviors apologize analyzing emphasized"),
            ["colour", "organised", "behaviours", "apologise", "analysing", "emphasised"]
        );
        assert_eq!(
            all("size prize seized colour organised program maize zone citizen upsize resizer"),
            [""; 11]
        );
    }
}
