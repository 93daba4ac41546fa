//! How a plainer word goes in among its neighbours: for `a care package` it is `care`, and for
//! `an initial visit` it is `a first visit`. A list of words knows each word alone; here its
//! choices meet the sentence.

/// A plainer word for a place in a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fitted {
    /// What to write.
    pub words: String,
    /// Whether it takes the place of the word before as well: `a`, `the`, `are`.
    pub takes_before: bool,
}

/// Things that are not counted, so that no `a` stands before them.
#[rustfmt::skip] // a list of words
const UNCOUNTED: &[&str] = &[
    "advice", "agreement", "care", "cover", "food", "furniture", "help", "housing", "information", "money", "pay", "planning", "support",
    "thought", "training", "trouble", "work",
];

/// What describes a thing only behind it: `a team from several organisations`.
#[rustfmt::skip] // a list of words
const BEHIND: &[&str] = &[
    "about", "as", "between", "built", "by", "can", "cannot", "does", "for", "from", "has", "in", "kept", "made", "not", "of", "that", "to", "who",
    "with",
];

/// What a thing is spoken of with, beside `a`.
#[rustfmt::skip] // a list of words
const DETERMINERS: &[&str] = &[
    "the", "your", "our", "their", "his", "her", "its", "my", "this", "that", "any", "each", "every", "another", "some", "other", "no",
];

/// Those that stand alone too: `do this in order to`.
const ALONE: &[&str] = &["this", "that", "her", "his", "some", "other", "each", "another", "any"];

/// How often something is: it describes no thing, and goes in as it is.
const RATES: &[&str] = &["a day", "a month", "a week", "a year", "an hour", "every year"];

/// What several things are spoken of with.
const SEVERAL: &[&str] =
    &["two", "three", "four", "five", "six", "several", "many", "few", "these", "those", "both"];

/// What ends the thing itself and begins what is said of it: `money | that we do not count`.
#[rustfmt::skip] // a list of words
const SAID_OF_IT: &[&str] = &[
    "because", "between", "for", "from", "in", "it", "left", "of", "that", "to", "we", "who", "with", "you", "waiting", "at",
];

/// A choice as it goes between what stands before and after it; none where it would be bad
/// English, and the sentence has to be put in another way.
pub fn fitted(choice: &str, before: &str, after: &str) -> Option<Fitted> {
    let beside = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let has_space = |side: bool| if side { before.ends_with(' ') } else { after.starts_with(' ') };
    let last = before.split_whitespace().next_back().filter(|_| has_space(true));
    let before =
        last.filter(|word| word.ends_with(char::is_alphanumeric)).map_or_else(String::new, beside);
    let next = after.split_whitespace().next().filter(|_| has_space(false));
    let after = next
        .filter(|word| word.starts_with(char::is_alphanumeric))
        .map_or_else(String::new, beside);
    let (before, after) = (&*before, &*after);
    if RATES.contains(&choice) && !matches!(before, "a" | "an" | "the") {
        return Some(Fitted { words: choice.to_owned(), takes_before: false });
    }
    let mut words: Vec<&str> = choice.split(' ').collect();
    // `as we say in` goes before `in this guide` as `as we say`.
    const ENDS: &[&str] =
        &["about", "at", "by", "for", "from", "in", "of", "on", "that", "to", "with"];
    if words.len() > 1 && words.last() == Some(&after) && ENDS.contains(&after) {
        words.pop();
    }
    if words.len() > 1 && words[0] == before {
        words.remove(0);
    }
    // `You are unable to` is `You cannot`.
    if matches!(words[0], "can" | "cannot" | "could" | "must" | "may" | "will" | "do" | "does") {
        match before {
            "am" | "are" | "is" | "was" | "were" => {
                return Some(Fitted { words: words.join(" "), takes_before: true });
            }
            "be" | "been" | "being" | "a" | "an" | "the" => return None,
            _ => {}
        }
    }
    let is_article = matches!(before, "a" | "an");
    let is_thing = is_article || DETERMINERS.contains(&before) || SEVERAL.contains(&before);
    if is_thing && BEHIND.contains(&words[0]) {
        let is_alone = ALONE.contains(&before) && words.len() == 1;
        return is_alone.then(|| Fitted { words: words.join(" "), takes_before: false });
    }
    let has_article = matches!(words[0], "a" | "an" | "the");
    let has_own = has_article || DETERMINERS.contains(&words[0]);
    let own = words.iter().take_while(|word| !SAID_OF_IT.contains(word));
    let head = own.last().copied().unwrap_or(words[0]);
    let is_many = is_several(head);
    let is_uncounted = UNCOUNTED.contains(&head);
    let in_place = |words: &[&str]| Some(Fitted { words: words.join(" "), takes_before: false });
    if SEVERAL.contains(&before) {
        return if has_article || is_uncounted { None } else { in_place(&words) };
    }
    if DETERMINERS.contains(&before) && words.len() > 1 && has_article {
        words.remove(0);
    } else if DETERMINERS.contains(&before) && has_own {
        return Some(Fitted { words: words.join(" "), takes_before: true });
    }
    if !is_article {
        return in_place(&words);
    }
    let is_somebody = matches!(words[0], "I" | "we" | "you" | "they" | "them");
    if is_somebody && words.len() == 1 {
        return Some(Fitted { words: words.join(" "), takes_before: true });
    }
    if is_somebody || matches!(words[0], "more" | "most" | "many") {
        return None;
    }
    if has_own || is_many || is_uncounted {
        return Some(Fitted { words: words.join(" "), takes_before: true });
    }
    let article = if begins_with_vowel(words[0]) { "an" } else { "a" };
    if article == before {
        return in_place(&words);
    }
    Some(Fitted { words: format!("{article} {}", words.join(" ")), takes_before: true })
}

/// Whether a word is of several things: `charities`, `people`.
fn is_several(word: &str) -> bool {
    let ends_alone = ["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    matches!(word, "people" | "children") || word.len() > 3 && word.ends_with('s') && !ends_alone
}

/// Whether `an` stands before a word: by its sound, where letters mislead.
fn begins_with_vowel(word: &str) -> bool {
    let sounds_otherwise = ["one", "us", "uni", "eu"].iter().any(|begin| word.starts_with(begin))
        && !["unin", "unim"].iter().any(|begin| word.starts_with(begin));
    let is_silent = ["hour", "honest", "honour"].iter().any(|begin| word.starts_with(begin));
    is_silent || word.starts_with(['a', 'e', 'i', 'o', 'u']) && !sounds_otherwise
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(choice: &str, before: &str, after: &str) -> String {
        match fitted(choice, before, after) {
            Some(Fitted { words, takes_before: true }) => format!("-{words}"),
            Some(Fitted { words, .. }) => words,
            None => "none".to_owned(),
        }
    }

    #[test]
    fn a_choice_goes_in_as_its_neighbours_ask() {
        for (choice, before, after, wanted) in [
            ("care", "You have a ", " in place.", "-care"),
            ("care", "You have your ", ".", "care"),
            ("a year", "We pay her ", ".", "a year"),
            ("a year", "We review this ", ".", "a year"),
            ("to", "We do this ", " help you.", "to"),
            ("uninsured driver", "You are a ", ".", "-an uninsured driver"),
            ("care", "You have two ", ".", "none"),
            ("a short break", "You can have a ", ".", "short break"),
            ("a short break", "You can have an ", ".", "-a short break"),
            ("a short break", "Your ", " is free.", "short break"),
            ("a short break", "You can pay for ", ".", "a short break"),
            ("first visit", "After an ", ", we write.", "-a first visit"),
            ("extra form", "It is a ", ".", "-an extra form"),
            ("more", "You need an ", " form.", "none"),
            ("your worker", "This is the ", ".", "-your worker"),
            ("cannot", "You are ", " come.", "-cannot"),
            ("you", "It helps a ", ".", "-you"),
            ("about", "An ", " equal part.", "none"),
            ("cannot", "If you will be ", " come.", "none"),
            (
                "needs that we saw when we met you",
                "Tell us of ",
                " you have.",
                "needs that we saw when we met you",
            ),
            ("as we say in", "Do it ", " in this guide.", "as we say"),
            ("from several organisations", "A ", " team visits.", "none"),
            ("money that we do not count", "It is an ", ".", "-money that we do not count"),
            ("person who helps", "Bring a ", " with you.", "person who helps"),
            ("use", "It is of no ", " here", "use"),
            ("useful thing", "It is an ", " here", "-a useful thing"),
        ] {
            assert_eq!(said(choice, before, after), wanted, "{before}[{choice}]{after}");
        }
    }
}
