//! What was meant by a word that is on no page.
//!
//! `search.js` does the same in `meaning()`.

use super::numbers;

/// How many beginnings of a word are tried when it may be two run together.
pub(super) const MOST_SPLITS: usize = 3;

/// The fewest letters of each of two words that were run together.
const SHORTEST_PART: usize = 3;

/// A word that is only heard alike may have so many slips.
const HEARD: usize = 3;

/// Endings that English words take.
const ENDINGS: &[&str] = &["d", "ed", "er", "ers", "es", "ing", "ly", "s"];

/// The fewest letters of a word that is corrected in a language whose words are
/// not known.
const SHORTEST_FOREIGN: usize = 6;

/// Letters that begin words which sound as if they began with another.
const ALIKE: &[(char, char)] = &[
    ('c', 'k'),
    ('e', 'i'),
    ('f', 'p'),
    ('g', 'j'),
    ('i', 'e'),
    ('j', 'g'),
    ('k', 'c'),
    ('n', 'k'),
    ('r', 'w'),
    ('s', 'c'),
];

/// The letter that a word may begin with when it sounds as if it began with
/// `letter`: "kare" for "care".
pub(super) fn alike(letter: char) -> Option<char> {
    ALIKE.iter().find(|(heard, _)| *heard == letter).map(|&(_, written)| written)
}

/// How near a word is to what was typed: the fewer slips the better, then a letter left out,
/// then how many pages have it.
type Rank = (std::cmp::Reverse<usize>, bool, u32);

/// A `spelling` file: words, how many pages have them, and their other forms.
#[derive(Default)]
pub(super) struct Spelling {
    words: String,
    uses: Vec<u32>,
    forms: String,
}

impl Spelling {
    pub(super) fn new(words: String, uses: &str, forms: String) -> Self {
        Self { words, uses: numbers::read(uses), forms }
    }

    /// The word that what was typed, a proper word, is another form of: "payroll" for
    /// "payrolls".
    pub(super) fn inflected(&self, typed: &str, letter: char) -> Option<&str> {
        let is_form = |word: &str, form: &str| {
            let mut letters = form.chars();
            let cut = letters.next().and_then(|digit| digit.to_digit(10));
            let kept = cut.and_then(|cut| word.get(..word.len().checked_sub(cut as usize)?));
            kept.is_some_and(|kept| typed.strip_prefix(kept) == Some(letters.as_str()))
        };
        let words = self.words.split(' ').zip(self.forms.split(' '));
        let mut words = words.filter(|(word, _)| word.starts_with(letter));
        let found = words.find(|(word, forms)| {
            without_s(word) == without_s(typed) || forms.split(',').any(|form| is_form(word, form))
        });
        found.map(|(word, _)| word)
    }

    fn beginning_with(&self, letter: char) -> impl Iterator<Item = (&str, u32)> {
        let words = self.words.split(' ').zip(self.uses.iter().copied());
        words.filter(move |(word, _)| word.starts_with(letter))
    }

    /// The word with the fewest slips: one in a word of seven letters or fewer,
    /// two in a longer one. Of several, one with a letter more, since letters are left out
    /// most, and then the one that most pages have.
    ///
    /// Where nobody knows whether what was typed is a word, it is one slip in a
    /// word that is not short.
    pub(super) fn nearest(&self, typed: &str, letter: char, is_english: bool) -> Option<&str> {
        let typed = units(typed);
        if !is_english && typed.len() < SHORTEST_FOREIGN {
            return None;
        }
        let most = if typed.len() < 8 || !is_english { 1 } else { 2 };
        self.least(&typed, most, letter, |_| true)
    }

    /// The longest word that what was typed is an ending away from: "pay" for
    /// "paying", where no page says "paying".
    pub(super) fn without_ending(&self, typed: &str, letter: char) -> Option<&str> {
        let is_ended = |word: &&str| {
            let rest = typed.strip_prefix(*word);
            units(word).len() >= SHORTEST_PART && rest.is_some_and(|rest| ENDINGS.contains(&rest))
        };
        let words = self.beginning_with(letter).map(|(word, _)| word).filter(is_ended);
        words.max_by_key(|word| word.len())
    }

    /// The word that sounds as what was typed.
    pub(super) fn heard(&self, typed: &str, letter: char) -> Option<&str> {
        let heard = sound(typed);
        self.least(&units(typed), HEARD, letter, |word| sound(word) == heard)
    }

    fn least(
        &self,
        typed: &[u16],
        most: usize,
        letter: char,
        may_be: impl Fn(&str) -> bool,
    ) -> Option<&str> {
        let mut best: Option<(Rank, &str)> = None;
        for (word, uses) in self.beginning_with(letter) {
            let word_units = units(word);
            if typed.len().abs_diff(word_units.len()) > most || !may_be(word) {
                continue;
            }
            // The first of several that are as good stays.
            let slips = slips(typed, &word_units, most);
            if slips > most {
                continue;
            }
            let is_likely = word_units.len() > typed.len() || is_exchanged(typed, &word_units);
            let key = (std::cmp::Reverse(slips), is_likely, uses);
            if best.is_none_or(|(than, _)| key > than) {
                best = Some((key, word));
            }
        }
        best.map(|(_, word)| word)
    }

    /// The word that has the longest beginning in common with what was typed.
    pub(super) fn begun(&self, typed: &str, letter: char) -> Option<&str> {
        let typed = units(typed);
        let shortest = typed.len().saturating_sub(4).max(5);
        let mut best = None;
        for (word, uses) in self.beginning_with(letter) {
            let word_units = units(word);
            let same = typed.iter().zip(&word_units).take_while(|(a, b)| a == b).count();
            if same >= shortest && best.is_none_or(|(than, _)| (same, uses) > than) {
                best = Some(((same, uses), word));
            }
        }
        best.map(|(_, word)| word)
    }

    /// Two words that may have been run together, the longest first ones first.
    pub(super) fn splits(&self, typed: &str, letter: char) -> Vec<(String, String)> {
        let mut splits: Vec<(String, String)> = self
            .beginning_with(letter)
            .filter_map(|(word, _)| Some((word, typed.strip_prefix(word)?)))
            .filter(|(word, rest)| {
                [word, rest].iter().all(|part| units(part).len() >= SHORTEST_PART)
            })
            .map(|(word, rest)| (word.to_owned(), rest.to_owned()))
            .collect();
        splits.reverse();
        splits.truncate(MOST_SPLITS);
        splits
    }
}

/// "husband" for "husbands".
pub(super) fn without_s(word: &str) -> &str {
    word.strip_suffix('s').unwrap_or(word)
}

fn units(word: &str) -> Vec<u16> {
    word.encode_utf16().collect()
}

/// What is left of a word after its first letter when only the sound of its
/// consonants counts.
fn sound(word: &str) -> String {
    let mut sound = String::new();
    for letter in word.chars().skip(1) {
        let class = match letter {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'w' => continue,
            'b' | 'f' | 'p' | 'v' => '1',
            'c' | 'g' | 'j' | 'k' | 'q' | 's' | 'x' | 'z' => '2',
            'd' | 't' => '3',
            'm' | 'n' => '5',
            other => other,
        };
        if !sound.ends_with(class) {
            sound.push(class);
        }
    }
    sound
}

/// How many letters must be added, dropped, changed or swapped with the next
/// to turn one word into the other; more than `most` when it is more than that.
fn slips(typed: &[u16], word: &[u16], most: usize) -> usize {
    let mut last = Vec::new();
    let mut row: Vec<usize> = (0..=word.len()).collect();
    for i in 1..=typed.len() {
        let mut next = vec![i];
        for j in 1..=word.len() {
            let changed = usize::from(typed[i - 1] != word[j - 1]);
            let mut least = (row[j] + 1).min(next[j - 1] + 1).min(row[j - 1] + changed);
            if i > 1 && j > 1 && typed[i - 1] == word[j - 2] && typed[i - 2] == word[j - 1] {
                let before: &Vec<usize> = &last;
                least = least.min(before[j - 2] + 1);
            }
            next.push(least);
        }
        if next.iter().all(|&least| least > most) {
            return most + 1;
        }
        last = std::mem::replace(&mut row, next);
    }
    row[word.len()]
}

/// Whether both words have the same letters: two of them were exchanged.
fn is_exchanged(typed: &[u16], word: &[u16]) -> bool {
    let sorted = |units: &[u16]| {
        let mut units = units.to_vec();
        units.sort_unstable();
        units
    };
    typed.len() == word.len() && sorted(typed) == sorted(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(typed: &str, words: &str) -> String {
        let uses = " ".repeat(words.split(' ').count());
        let spelling = Spelling::new(words.to_owned(), &uses, String::new());
        let letter = typed.chars().next().expect("a letter");
        let found = spelling.nearest(typed, letter, true).or_else(|| spelling.heard(typed, letter));
        found.unwrap_or("nothing").to_owned()
    }

    #[test]
    fn slips_are_few_and_swaps_count_one() {
        for (typed, word) in [
            ("recipt", "receipt"),
            ("respit", "respite"),
            ("dauhgter", "daughter"),
            ("insurence", "insurance"),
            ("assesment", "assessment"),
        ] {
            assert_eq!(meant(typed, &format!("aardvark {word} zebra")), word);
        }
        assert_eq!(meant("care", "core"), "core");
        assert_eq!(meant("cat", "dog"), "nothing");
    }

    #[test]
    fn words_are_found_by_their_sound() {
        assert_eq!(meant("penshun", "pencil pension pensive"), "pension");
        assert_eq!(meant("recievd", "received record"), "received");
    }

    #[test]
    fn other_forms_of_a_word_are_the_word() {
        let words = "apply derek payroll princess".to_owned();
        let forms = "1ied,1ies,0ing   0es".to_owned();
        let spelling = Spelling::new(words, "    ", forms);
        for (typed, word) in [
            ("applies", Some("apply")),
            ("applying", Some("apply")),
            ("payrolls", Some("payroll")),
            ("dereks", Some("derek")),
            ("princesses", Some("princess")),
            ("princes", None),
            ("appl", None),
        ] {
            assert_eq!(spelling.inflected(typed, typed.chars().next().expect("a letter")), word);
        }
    }

    #[test]
    fn words_run_together_come_apart() {
        let words = "dire direct directpay".to_owned();
        let spelling = Spelling::new(words, "   ", String::new());
        let splits = spelling.splits("directpayment", 'd');
        assert_eq!(splits[0].1, "ment");
        assert_eq!(splits[1], ("direct".to_owned(), "payment".to_owned()));
    }
}
