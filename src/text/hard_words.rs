//! Hard words: where a text has a word that most readers find hard, and what to write for it.
//!
//! What is looked for is a list of [`HardWord`]s, each in all its forms. All forms are found in
//! one pass over the text, whatever their number, by the Aho-Corasick automaton of the library
//! `aho_corasick`. The longest form wins and uses up its words, even where what stands beside
//! it makes it right: `need assessment` in `needs assessment team` is no finding.

use std::{collections::BTreeMap, ops::Range};

use aho_corasick::{AhoCorasick, MatchKind};

/// Where a value is, whose words nobody knows yet: it may be a number.
const VALUE: char = '\u{fffc}';

/// A word that has a plainer one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HardWord {
    /// What is wrong with it: `jargon`.
    pub kind: String,
    /// Each form that is meant, in small letters, with what fits in its place. In round
    /// brackets is advice, and not words to put there.
    pub forms: Vec<(String, Vec<String>)>,
    /// It is wrong only beside one of these.
    pub only: Beside,
    /// It is right beside one of these.
    pub unless: Beside,
    /// Forms that must be written in these capitals to be meant.
    pub capitals: Vec<String>,
    /// Whether it is right where its meaning follows.
    pub explained: bool,
    /// The forms of which the first choice fits whatever the sentence is.
    pub anywhere: Vec<String>,
    /// Whether it is hard only in a sentence with another hard word.
    pub is_mild: bool,
}

/// What stands right before or right after a word, over a space or a hyphen, in small letters,
/// whole words. `#` is a number, `^` a word that begins with a capital, `$` the end of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// Before it.
    pub before: Vec<String>,
    /// After it.
    pub after: Vec<String>,
}

/// A word that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// Where, in bytes of the text.
    pub place: Range<usize>,
    /// Which of the words.
    pub word: usize,
    /// Which of its forms.
    pub form: usize,
    /// Whether what stands beside it makes it right.
    pub is_right: bool,
    /// Whether its meaning stands beside it, so that here and after it is right.
    pub is_explained: bool,
}

/// Words that are looked for together.
#[derive(Debug)]
pub struct HardWords {
    words: Vec<HardWord>,
    /// The word and the form that each pattern of the automaton is.
    patterns: Vec<(usize, usize)>,
    automaton: AhoCorasick,
}

impl HardWords {
    /// A list that is ready to look for its words.
    pub fn new(words: Vec<HardWord>) -> Self {
        let forms = words.iter().enumerate().flat_map(|(word, entry)| {
            let forms = entry.forms.iter().enumerate();
            forms.map(move |(form, (text, _))| ((word, form), Folded::new(text).text))
        });
        let (patterns, texts): (Vec<_>, Vec<_>) =
            forms.filter(|(_, text)| !text.is_empty()).unzip();
        let automaton = AhoCorasick::new(texts).expect("a list of words is small");
        Self { words, patterns, automaton }
    }

    /// The words, in the order in which [`Hit::word`] counts them.
    pub fn words(&self) -> &[HardWord] {
        &self.words
    }

    /// Every word of the list in one run of text, in order. What `is_left` says of a place is
    /// no word of this list there, such as a quotation.
    pub fn find(&self, text: &str, is_left: impl Fn(&Range<usize>) -> bool) -> Vec<Hit> {
        let folded = Folded::new(text);
        let low = folded.text.as_str();
        let patterns = self.automaton.find_overlapping_iter(low);
        let mut found: Vec<_> = patterns
            .map(|found| (found.range(), self.patterns[found.pattern().as_usize()]))
            .filter(|(place, _)| is_whole(low, place))
            .collect();
        found.sort_by_key(|(place, _)| (std::cmp::Reverse(place.len()), place.start));
        let mut taken: BTreeMap<usize, usize> = BTreeMap::new();
        let mut hits = Vec::new();
        for (place, (word, form)) in found {
            let near = taken.range(..place.end).next_back();
            if near.is_some_and(|(_, end)| *end > place.start) {
                continue;
            }
            let entry = &self.words[word];
            let own = folded.place(place.start)..folded.place(place.end);
            let is_name = match entry.is_said_as_name() && low[place.clone()].contains(' ') {
                true => is_in_name(text, &own),
                false => is_name(text, &own),
            };
            let is_left = is_left(&own);
            // `this is called ‘self-directed support’` says what the word means.
            let is_introduced = is_left && entry.explained && is_introduced(&low[..place.start]);
            if is_left && !is_introduced || is_name || !entry.is_in_capitals(&text[own.clone()]) {
                continue;
            }
            taken.insert(place.start, place.end);
            if is_introduced {
                hits.push(Hit { place: own, word, form, is_right: true, is_explained: true });
                continue;
            }
            let sides = Sides {
                before: &low[..place.start],
                after: &low[place.end..],
                rest: &text[own.end..],
            };
            let is_right = !entry.is_wrong_beside(&sides);
            let is_explained = entry.explained && !is_right && sides.explain();
            hits.push(Hit { place: own, word, form, is_right, is_explained });
        }
        hits.sort_by_key(|hit| hit.place.start);
        hits
    }
}

/// Phrases that are looked for together, in a text that is in small letters already.
#[derive(Debug)]
pub struct Phrases {
    automaton: AhoCorasick,
}

impl Phrases {
    /// Phrases in small letters that are ready to be looked for.
    pub fn new(phrases: &[String]) -> Self {
        let builder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(phrases);
        Self { automaton: builder.expect("a list of phrases is small") }
    }

    /// Where each is, whole, with its number, in order. The longest wins.
    pub fn find<'t>(&'t self, low: &'t str) -> impl Iterator<Item = (Range<usize>, usize)> + 't {
        let found = self.automaton.find_iter(low);
        found
            .map(|found| (found.range(), found.pattern().as_usize()))
            .filter(|(place, _)| is_whole(low, place))
    }
}

impl HardWord {
    /// Whether offices write it as a name, in several words: `Service Users`.
    fn is_said_as_name(&self) -> bool {
        matches!(self.kind.as_str(), "jargon" | "about people" | "money")
    }

    fn is_in_capitals(&self, typed: &str) -> bool {
        let same = |known: &&String| known.eq_ignore_ascii_case(typed);
        self.capitals.iter().find(same).is_none_or(|known| known == typed)
    }

    fn is_wrong_beside(&self, sides: &Sides<'_>) -> bool {
        let before = |all: &[String]| all.iter().any(|wanted| sides.ends(wanted));
        let after = |all: &[String]| all.iter().any(|wanted| sides.begins(wanted));
        let Self { only, unless, .. } = self;
        (only.before.is_empty() || before(&only.before))
            && (only.after.is_empty() || after(&only.after))
            && !before(&unless.before)
            && !after(&unless.after)
    }
}

/// What stands on both sides of a word, in small letters.
struct Sides<'t> {
    before: &'t str,
    after: &'t str,
    /// After it as typed.
    rest: &'t str,
}

/// How the meaning of a word begins right after it.
#[rustfmt::skip] // a list of words
const MEANING_AFTER: &[&str] = &[
    " (", " means", " – this means", " - this means", " is when ", " is where ", " is care ", " is support ", " is help ", " is short-term ", " is money ", " is equipment ",
    " is the person ", " is someone ", ", which means", ", which is", ", that is,", ", or ",
];

/// How a word is introduced.
#[rustfmt::skip] // a list of words
const MEANING_BEFORE: &[&str] = &["called ", "called an ", "called a ", "known as ", "known as a ", "word ", "term "];

impl Sides<'_> {
    /// Whether the meaning of the word is here.
    fn explain(&self) -> bool {
        MEANING_AFTER.iter().any(|sign| self.after.starts_with(sign))
            || MEANING_BEFORE.iter().any(|sign| self.before.ends_with(sign))
            || self.before.ends_with(" (") && self.after.starts_with(')')
    }

    fn begins(&self, wanted: &str) -> bool {
        match wanted {
            "$" => self.rest.trim().is_empty(),
            "^" => {
                let mut next = self.rest.strip_prefix(' ').unwrap_or_default().chars();
                next.next().is_some_and(char::is_uppercase)
                    && next.next().is_some_and(char::is_lowercase)
            }
            "#" => {
                let rest = self.after.trim_start().trim_start_matches('£');
                rest.starts_with(|c: char| c.is_ascii_digit() || c == VALUE)
            }
            wanted if !wanted.starts_with(is_of_word) => {
                let rest = self.after.strip_prefix(' ').unwrap_or(self.after);
                self.after.starts_with(wanted) || rest.starts_with(wanted)
            }
            wanted => {
                let rest = self.after.trim_start_matches([' ', '-']);
                rest.strip_prefix(wanted).is_some_and(|rest| !rest.starts_with(is_of_word))
            }
        }
    }

    fn ends(&self, wanted: &str) -> bool {
        if wanted == "#" {
            let rest = self.before.trim_end();
            let rest = rest.strip_suffix(['p', 'k']).unwrap_or(rest).trim_end_matches([',', '.']);
            return rest.ends_with(|c: char| c.is_ascii_digit() || c == VALUE);
        }
        if !wanted.ends_with(is_of_word) {
            return self.before.trim_end_matches(' ').ends_with(wanted)
                || self.before.ends_with(wanted);
        }
        let rest = self.before.trim_end_matches([' ', '-']);
        rest.strip_suffix(wanted).is_some_and(|rest| !rest.ends_with(is_of_word))
    }
}

/// Whether what stands before a quotation introduces the word in it: `known as ‘…’`.
fn is_introduced(before: &str) -> bool {
    let outside = before.strip_suffix(['‘', '“', '\'', '"']);
    outside.is_some_and(|outside| MEANING_BEFORE.iter().any(|sign| outside.ends_with(sign)))
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether what was found is not a part of a longer word, nor of several with slashes. A form
/// that begins with a bracket stands wherever it stands.
fn is_whole(text: &str, place: &Range<usize>) -> bool {
    let is_part = |c: char| is_of_word(c) || c == '/';
    !text[place.clone()].starts_with(is_of_word)
        || !text[..place.start].ends_with(is_part) && !text[place.end..].starts_with(is_part)
}

/// What a name ends with that begins a sentence: `Assessment Panel`.
#[rustfmt::skip] // a list of words
const NAMES_END: &[&str] = &[
    "Act", "Regulations", "Order", "Scheme", "Fund", "Grant", "Allowance", "Team", "Council", "Trust", "Board", "Centre", "Panel", "Committee",
    "Service", "Office", "House", "Form", "Road", "Street",
];

/// Whether words are a part of a longer name: another word with a capital stands beside them.
fn is_in_name(text: &str, place: &Range<usize>) -> bool {
    const SMALL: &[&str] =
        &["The", "A", "An", "Our", "Your", "All", "Each", "Some", "If", "For", "Any"];
    if !text[place.clone()].contains(' ') || !text[place.clone()].contains(char::is_lowercase) {
        return false;
    }
    let big = text[place.clone()].split(' ').filter(|word| word.starts_with(char::is_uppercase));
    if big.count() < 2 {
        return is_name(text, place);
    }
    let next = text[place.end..].strip_prefix(' ').unwrap_or_default();
    let before = text[..place.start].strip_suffix(' ').unwrap_or_default();
    let last = before.rsplit(' ').next().unwrap_or_default();
    next.starts_with(char::is_uppercase)
        || last.starts_with(char::is_uppercase)
            && last.ends_with(char::is_alphabetic)
            && !SMALL.contains(&last)
}

/// Whether words are a name: they have capitals inside a sentence, or several at its start.
fn is_name(text: &str, place: &Range<usize>) -> bool {
    let words = &text[place.clone()];
    let begins_big = |word: &str| word.starts_with(char::is_uppercase);
    let big = words
        .split(|c: char| !is_of_word(c) && c != '\'' && c != '’')
        .filter(|word| begins_big(word))
        .count();
    if big == 0 || !words.contains(char::is_lowercase) {
        return false;
    }
    let before = &text[..place.start];
    let last = before
        .char_indices()
        .rev()
        .find(|(_, c)| is_of_word(*c) || matches!(c, '.' | '!' | '?' | '\n'));
    let after_colon = before.trim_end().ends_with(':') && before.ends_with(char::is_whitespace);
    let is_first = after_colon || last.is_none_or(|(_, c)| !is_of_word(c));
    if !is_first || big > 1 {
        return true;
    }
    let mut follow =
        text[place.end..].split(' ').skip(1).take(4).take_while(|word| begins_big(word));
    text[place.end..].starts_with(' ')
        && follow
            .any(|word| NAMES_END.contains(&word.trim_end_matches(|c: char| !c.is_alphabetic())))
}

/// A text in small letters, with one kind of apostrophe, hyphen and space, that knows where each
/// letter was.
struct Folded {
    text: String,
    /// Where a place in the text is, with how many more bytes there are before it than here.
    moved: Vec<(usize, usize)>,
}

impl Folded {
    fn new(typed: &str) -> Self {
        let mut text = String::with_capacity(typed.len());
        let mut moved = Vec::new();
        let mut lost = 0;
        for c in typed.chars() {
            let plain = match c {
                '’' | 'ʼ' => '\'',
                '\u{2010}' | '\u{2011}' => '-',
                c if c.is_whitespace() && c != '\n' => ' ',
                c => c.to_ascii_lowercase(),
            };
            let doubled = plain == ' ' && text.ends_with(' ');
            if !doubled {
                text.push(plain);
            }
            let own = if doubled { 0 } else { plain.len_utf8() };
            if own < c.len_utf8() {
                lost += c.len_utf8() - own;
                moved.push((text.len(), lost));
            }
        }
        Self { text, moved }
    }

    /// Where a place of this text is in what was typed.
    fn place(&self, at: usize) -> usize {
        let before = self.moved.partition_point(|(place, _)| *place <= at);
        at + before.checked_sub(1).map_or(0, |before| self.moved[before].1)
    }
}
