//! English and other words round what is counted, listed and begun.

use std::fmt::Display;

/// So many, with the word for one or for many: `1 page`, `0 pages`, `2 letters are`.
pub fn counted<T: Display + PartialEq + From<u8>>(number: T, one: &str, many: &str) -> String {
    let words = if number == T::from(1) { one } else { many };
    format!("{number} {words}")
}

/// `a, b and c`, where `and` is ` and `.
pub fn listed(items: &[String], and: &str) -> String {
    match items {
        [most @ .., last] if !most.is_empty() => format!("{}{and}{last}", most.join(", ")),
        _ => items.concat(),
    }
}

/// Words as they begin a sentence.
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Whether words end without a mark, so that others would run on from them: not behind a full
/// stop, also one in quotation marks or brackets, and not behind nothing.
pub fn is_unended(words: &str) -> bool {
    // What is to be filled in ends nothing.
    if words.trim_end().ends_with("[…]") {
        return true;
    }
    let closing = |c: char| c.is_whitespace() || matches!(c, ')' | ']' | '”' | '’' | '"' | '»');
    let last = words.trim_end_matches(closing).chars().next_back();
    last.is_some_and(|last| last.is_alphanumeric() || matches!(last, '%' | '°' | '+'))
}

/// Words with one space between them.
pub fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_agree_with_what_they_stand_by() {
        assert_eq!([0, 1, 2].map(|n| counted(n, "is", "are")), ["0 are", "1 is", "2 are"]);
        let items = ["a", "b", "c"].map(str::to_owned);
        let lists = [0, 1, 2, 3].map(|n| listed(&items[..n], " or "));
        assert_eq!(lists, ["", "a", "a or b", "a, b or c"]);
        assert_eq!(["", "élan vital"].map(capital), ["", "Élan vital"]);
        assert_eq!(one_line(" a \n b"), "a b");
        assert!(["a", "a ", "(a)", "“a”", "5%", "a: […]"].into_iter().all(is_unended));
        assert!(!["", " ", "a.", "“a?” ", "(a.)", "a:", "a –"].into_iter().any(is_unended));
    }
}
