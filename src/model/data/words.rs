//! Hard words and what to write for them: those of the program, in `words.yaml` beside this
//! file, and what a site adds, changes and takes out in its own `_data/words.yaml`.

use std::sync::LazyLock;

use crate::{
    parse::{Fields, Placed},
    rule,
    text::{
        Source, Span,
        hard_words::{Beside, HardWord, HardWords},
        nearest,
    },
};

/// The name under which a site lists the words of the program that it takes out.
const REMOVE: &str = "remove";

/// The name under which a site lists the names that it keeps to, each for one thing.
const ONE_NAME: &str = "one name";

/// The kind of a word that a site added.
pub(crate) const OWN: &str = "own";

/// The longest that a word may be, in letters: longer ones are sentences.
const LONGEST: usize = 80;

static BUILT_IN: LazyLock<HardWords> =
    LazyLock::new(|| HardWords::new(entries(&Source::new("words.yaml", TEXT))));

const TEXT: &str = include_str!("words.yaml");

/// The words of the program.
pub(crate) fn built_in() -> &'static HardWords {
    &BUILT_IN
}

fn entries(source: &Source) -> Vec<HardWord> {
    let mut all = Fields::read(source, Span::default());
    let maps = all.maps_in(Span::new(0, source.text.len()));
    maps.into_iter().map(|(_, mut fields)| entry(&mut fields)).collect()
}

fn entry(fields: &mut Fields<'_>) -> HardWord {
    let words = |choices: Vec<Placed<String>>| choices.into_iter().map(|choice| choice.value);
    let instead = fields.map("instead").map(|mut forms| forms.every_list()).unwrap_or_default();
    let forms = instead.into_iter().map(|(form, choices)| (form.value, words(choices).collect()));
    let mut beside = |name| {
        let Some(mut sides) = fields.map(name) else { return Beside::default() };
        let (before, after) = (sides.all_words_of("before"), sides.all_words_of("after"));
        Beside { before, after }
    };
    HardWord {
        forms: forms.collect(),
        only: beside("only"),
        unless: beside("unless"),
        kind: fields.words_of("kind"),
        capitals: fields.all_words_of("capitals"),
        explained: fields.yes_no("explained").unwrap_or(false),
        anywhere: fields.all_words_of("anywhere"),
        is_mild: fields.words_of("level") == "mild",
    }
}

/// Reads what a site says of words: the list of the program with that put in, and the names
/// that the site keeps to.
pub(super) fn read(all: &mut Fields<'_>) -> (HardWords, Vec<Placed<String>>) {
    let mut words = BUILT_IN.words().to_vec();
    let mut names = Vec::new();
    let every = all.every();
    let named: Vec<String> = every.iter().map(|(name, _)| name.value.to_lowercase()).collect();
    let mut own = Vec::new();
    for (name, value) in every {
        if name.value == REMOVE {
            for taken in all.list_in(value) {
                take_out(&taken, &mut words, all);
            }
            continue;
        }
        if name.value == ONE_NAME {
            names.extend(all.list_in(value));
            continue;
        }
        let mut word = HardWord { kind: OWN.to_owned(), ..HardWord::default() };
        let mut forms = vec![name.clone()];
        let choices = if all.is_list(value) {
            all.list_in(value)
        } else {
            let mut fields = all.part(value);
            fields.needs("write", "person");
            forms.extend(fields.list("forms"));
            let choices = fields.list("write");
            let mut side = |name| {
                let words = fields.all_words_of(name).into_iter();
                words.map(|word| word.to_lowercase()).collect()
            };
            word.only = Beside { before: side("only before"), after: side("only after") };
            word.unless = Beside { before: side("unless before"), after: side("unless after") };
            all.absorb(fields);
            choices
        };
        let choices: Vec<String> = choices.into_iter().map(|choice| choice.value).collect();
        for form in &forms {
            if let Some((message, hint)) = fault(&form.value, &choices) {
                all.wrong(&rule::DATA, form.span, message, hint);
                continue;
            }
            word.forms.push((form.value.to_lowercase(), choices.clone()));
        }
        // Whoever adds `service user` means `service users` as well.
        let several = format!("{}s", name.value.to_lowercase());
        let is_one = name.value.ends_with(|c: char| c.is_alphabetic() && c != 's');
        let is_known =
            named.contains(&several) || word.forms.iter().any(|(form, _)| *form == several);
        if is_one && !is_known && !word.forms.is_empty() {
            word.forms.push((several, choices));
        }
        add_other_forms(&name.value.to_lowercase(), &mut word, &words);
        own.push(word);
    }
    // What a site says of a word goes before what the program says of it.
    let is_own =
        |form: &str| own.iter().any(|word| word.forms.iter().any(|(known, _)| known == form));
    for word in &mut words {
        word.forms.retain(|(form, _)| !is_own(form));
    }
    words.extend(own);
    words.retain(|word| !word.forms.is_empty());
    (HardWords::new(words), names)
}

/// The endings of a verb, which go on a word without its last `e`.
const ENDINGS: &[&str] = &["ed", "es", "ing"];

/// Adds the other forms of a word: those that the program knows of it, `signposting you to`, and
/// where it knows any, the regular ones of a verb. What a site writes instead stands there in a form that only people know.
fn add_other_forms(name: &str, word: &mut HardWord, known: &[HardWord]) {
    let is_plain = |choice: &&String| !choice.starts_with('(');
    let choice = word.forms.first().and_then(|(_, choices)| choices.iter().find(is_plain));
    let Some(choice) = choice.cloned() else { return };
    let of_it = known.iter().filter(|word| word.forms.iter().any(|(form, _)| form == name));
    let of_it: Vec<&String> = of_it.flat_map(|word| &word.forms).map(|(form, _)| form).collect();
    for form in &of_it {
        let Some(owns) = form.strip_prefix(name) else { continue };
        if matches!(owns, "'s" | "’s" | "s'" | "s’") {
            word.forms.push(((*form).clone(), vec![format!("{choice}{owns}")]));
        }
    }
    if name.contains(' ') || name.len() < 4 {
        return;
    }
    let stem = name.strip_suffix('e').unwrap_or(name);
    let is_form = |form: &str| {
        let rest = form.strip_prefix(stem).map(|rest| rest.split(' ').next().unwrap_or_default());
        rest.is_some_and(|rest| ENDINGS.contains(&rest) || matches!(rest, "s" | "d" | "e"))
    };
    let mut all: Vec<String> = of_it.into_iter().filter(|form| is_form(form)).cloned().collect();
    // Of a word that the program knows no form of nobody knows whether it is a verb: `building`.
    if !all.is_empty() {
        all.extend(["ed", "ing"].map(|end| format!("{stem}{end}")));
    }
    for form in all {
        if !word.forms.iter().any(|(own, _)| *own == form) {
            word.forms.push((form, vec![format!("(write a form of `{choice}`)")]));
        }
    }
}

/// What is wrong with a word of a site, and what to write.
fn fault(form: &str, choices: &[String]) -> Option<(String, String)> {
    if !form.chars().any(char::is_alphanumeric) {
        let hint = "write the word that is hard before the colon: `service user: person`";
        return Some((format!("“{form}” has no letters to look for"), hint.to_owned()));
    }
    if form.chars().count() > LONGEST {
        let message = format!(
            "this is longer than {LONGEST} letters, and no page will have it word for word"
        );
        return Some((message, "write the few words of it that are hard".to_owned()));
    }
    let is_same = |choice: &&String| choice.to_lowercase() == form.to_lowercase();
    choices.iter().find(is_same).map(|_| {
        let hint = format!("write another word, or to allow this one `remove: [{form}]`");
        (format!("“{form}” is to be replaced by itself"), hint)
    })
}

/// Takes a word out: with all its forms when it is the first of them, else that form alone.
fn take_out(taken: &Placed<String>, words: &mut Vec<HardWord>, all: &mut Fields<'_>) {
    let form = taken.value.to_lowercase();
    let has = |word: &HardWord| word.forms.iter().any(|(known, _)| *known == form);
    let Some(at) = words.iter().position(has) else {
        let known = words.iter().flat_map(|word| &word.forms).map(|(form, _)| form.as_str());
        let hint = match nearest(&form, known) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => "take it out of the list: pages may have it".to_owned(),
        };
        let message = format!("“{}” is not one of the words that are called hard", taken.value);
        return all.wrong(&rule::DATA, taken.span, message, hint);
    };
    if words[at].forms[0].0 == form {
        words.remove(at);
    } else {
        words[at].forms.retain(|(known, _)| *known != form);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fitted::{Fitted, fitted};

    /// Each entry has the sentences that prove it; `check` tries them on pages.
    #[test]
    fn every_entry_is_read_whole_and_no_form_stands_twice() {
        let words = built_in().words();
        assert_eq!(words.len(), TEXT.matches("\n- find: ").count());
        let mut forms: Vec<&str> = Vec::new();
        for word in words {
            assert!(!word.kind.is_empty() && !word.forms.is_empty(), "{word:?}");
            for (form, choices) in &word.forms {
                assert!(!choices.is_empty(), "nothing to write for {form}");
                forms.push(form);
            }
            for form in &word.anywhere {
                let known = word.forms.iter().find(|(known, _)| known == form);
                let (_, choices) = known.unwrap_or_else(|| panic!("{form} is no form of it"));
                assert!(!choices[0].starts_with('('), "advice on {form} is no word to put there");
            }
        }
        forms.sort_unstable();
        let twice: Vec<_> = forms.windows(2).filter(|two| two[0] == two[1]).collect();
        assert!(twice.is_empty(), "{twice:?} stand twice");
        assert!(forms.len() > 1000);
    }

    /// `determining` does not become `decide`.
    #[test]
    fn each_form_has_words_of_the_same_form() {
        // Words that are the same in all forms, or that do not go with the form.
        #[rustfmt::skip] // a list of words
        const SAME: &[&str] = &[
            "let", "help", "care", "support", "apply", "hospital", "more", "put together", "what you need", "what you pay", "what you want",
            "who decides", "money for emergencies", "check of income and savings", "behaviour that is hard to cope with",
        ];
        let mut wrong = Vec::new();
        for word in built_in().words() {
            let choices_of = |form: &str| {
                let known = word.forms.iter().find(|(known, _)| known == form);
                known.map(|(_, choices)| choices)
            };
            for (form, choices) in &word.forms {
                let ends = ["ing", "ed", "d", "s", "es"];
                for stem in ends.iter().filter_map(|end| form.strip_suffix(end)) {
                    let bare = [stem.to_owned(), format!("{stem}e")];
                    for base in bare.iter().filter_map(|base| choices_of(base)) {
                        let same = choices.iter().zip(base).find(|(one, other)| one == other);
                        if let Some((same, _)) = same
                            && !same.starts_with('(')
                            && !SAME.contains(&same.as_str())
                        {
                            wrong.push(format!("{form}: {same}"));
                        }
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    /// Every choice of every word, between made neighbours, makes no English that nobody writes.
    #[test]
    fn each_choice_fits_between_its_neighbours() {
        let before = [
            "",
            "You have a ",
            "It is an ",
            "This is the ",
            "Ask for your ",
            "We see two ",
            "We ",
            "You are ",
            "It will be ",
        ];
        let after = ["", ".", " of it", " in it", " to it", " for it", " that you need", " chair"];
        let mut wrong = Vec::new();
        for (form, choices) in built_in().words().iter().flat_map(|word| &word.forms) {
            // `demonstrate a` has its neighbour with it.
            let has_next = [" a", " an", " the", " your"].iter().any(|end| form.ends_with(end));
            for choice in choices.iter().filter(|choice| !choice.starts_with('(') && !has_next) {
                for (before, after) in
                    before.iter().flat_map(|one| after.iter().map(move |two| (one, two)))
                {
                    let Some(Fitted { words, takes_before }) = fitted(choice, before, after) else {
                        continue;
                    };
                    let kept = match takes_before {
                        true => before.trim_end().rsplit_once(' ').map_or("", |(rest, _)| rest),
                        false => before.trim_end(),
                    };
                    let said = format!("{kept} {words}{after}").to_lowercase();
                    let said: Vec<&str> =
                        said.split([' ', '.', ',']).filter(|word| !word.is_empty()).collect();
                    let own = said.len() - after.split_whitespace().count();
                    let is_bad = said.windows(2).enumerate().any(|(at, two)| {
                        // What follows is made up: only what meets the choice counts.
                        let is_double =
                            two[0] == two[1] && at < own && !takes_before && words.contains(' ');
                        let is_article = |word: &str| matches!(word, "a" | "an" | "the");
                        let two_articles = is_article(two[0])
                            && (is_article(two[1])
                                || matches!(two[1], "your" | "our")
                                || two[0] != "the" && matches!(two[1], "more" | "most"));
                        let is_of_many = two[0] == "a"
                            && matches!(&*words, "people" | "care" | "money" | "support");
                        let has_wrong_article = two[0] == "a"
                            && two[1].starts_with(['a', 'e', 'i', 'o'])
                            && !two[1].starts_with("one")
                            || two[0] == "an"
                                && !two[1].starts_with(['a', 'e', 'i', 'o', 'u', 'h']);
                        let is_be = matches!(two[0], "is" | "are" | "be")
                            && matches!(two[1], "can" | "cannot" | "must" | "may" | "will");
                        is_double || is_be || two_articles || is_of_many || has_wrong_article
                    });
                    if is_bad {
                        wrong.push(format!("{form}: {}", said.join(" ")));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}
