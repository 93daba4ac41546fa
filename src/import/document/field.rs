//! Fields: words that a program puts into a document, by an instruction such as
//! `HYPERLINK "https://…"` or `MERGEFIELD Name`. What each of them means here.

use super::block::{Blank, BlankSort, Inline, Loss, plain};
use crate::text::shorten;

/// What kind of field an instruction makes, in capitals, and the words after it.
pub(super) fn parts(instruction: &str) -> (String, Vec<String>) {
    let mut words = Vec::new();
    let mut rest = instruction.trim();
    while !rest.is_empty() {
        let (word, after) = match rest.strip_prefix(['"', '“']) {
            Some(quoted) => {
                let end = quoted.find(['"', '”']).unwrap_or(quoted.len());
                let after = &quoted[end..];
                (&quoted[..end], after.strip_prefix(['"', '”']).unwrap_or(after))
            }
            None => rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len())),
        };
        words.push(word.to_owned());
        rest = after.trim_start();
    }
    let kind = if words.is_empty() { String::new() } else { words.remove(0).to_uppercase() };
    (kind, words)
}

/// Whether a field is the list of contents.
pub(super) fn is_contents(instruction: &str) -> bool {
    matches!(&*parts(instruction).0, "TOC" | "INDEX" | "TOA")
}

/// What a field becomes: its instruction, what it says of itself as a field of a form, and
/// what it shows.
pub(super) fn field(instruction: &str, form: Option<Blank>, shown: Vec<Inline>) -> Vec<Inline> {
    let (kind, words) = parts(instruction);
    let first = || words.iter().find(|word| !word.starts_with('\\')).cloned().unwrap_or_default();
    let after = |switch: &str| {
        let at = words.iter().position(|word| word.eq_ignore_ascii_case(switch))?;
        words.get(at + 1).cloned()
    };
    let blank = |label: String, sort| vec![Inline::Blank(Blank { label, sort })];
    match &*kind {
        "HYPERLINK" => {
            let place = after("\\l");
            let to = words.first().filter(|word| !word.starts_with('\\'));
            let to = match (to, place) {
                (Some(to), Some(place)) => format!("{to}#{place}"),
                (Some(to), None) => to.clone(),
                (None, Some(place)) => format!("#{place}"),
                (None, None) => return shown,
            };
            vec![Inline::Link { words: shown, to }]
        }
        "MERGEFIELD" | "DOCVARIABLE" => blank(first().replace('_', " "), BlankSort::Words),
        "ASK" => Vec::new(),
        "FILLIN" => blank(first(), BlankSort::Words),
        "FORMTEXT" | "FORMCHECKBOX" | "FORMDROPDOWN" => {
            vec![Inline::Blank(form.unwrap_or_default())]
        }
        "PAGE" | "NUMPAGES" | "SECTIONPAGES" | "SECTION" | "PAGEREF" => {
            let message = format!("the number of a page stood here: “{}”", plain(&shown).trim());
            vec![Inline::Lost(Loss::new(
                message,
                "a web page has no such numbers; write the name of the part that is meant",
            ))]
        }
        "DATE" | "TIME" | "CREATEDATE" | "SAVEDATE" | "PRINTDATE" => {
            let message = format!(
                "“{}” is a day that the program put in by itself",
                shorten(plain(&shown).trim())
            );
            let mut out = shown;
            out.push(Inline::Lost(Loss::new(
                message,
                "write the day that is meant, or take it out",
            )));
            out
        }
        "INCLUDEPICTURE" => vec![Inline::Lost(remote_picture(&first()))],
        "IF" | "NEXT" | "NEXTIF" | "SKIPIF" | "COMPARE" => {
            let message = format!(
                "“{}” is what a condition of the document showed",
                shorten(plain(&shown).trim())
            );
            let mut out = shown;
            out.push(Inline::Lost(Loss::new(
                message,
                "in a letter write `((name??words))`; on a page say for whom it holds",
            )));
            out
        }
        "ADVANCE" | "TC" | "XE" | "RD" | "TA" | "SET" | "PRIVATE" | "MACROBUTTON"
        | "GOTOBUTTON" => Vec::new(),
        _ => shown,
    }
}

/// A picture that is on another computer, and is not fetched.
pub(super) fn remote_picture(address: &str) -> Loss {
    Loss::new(
        format!("a picture stood here that is not in the file but at {}", shorten(address)),
        "it was not fetched; save it beside the page and put it in, if you may use it",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_become_links_and_blanks() {
        let shown = || vec![Inline::text("our page")];
        let link = |to: &str| vec![Inline::Link { words: shown(), to: to.to_owned() }];
        assert_eq!(
            field(" HYPERLINK \"https://a.example/\" \\l \"b\" ", None, shown()),
            link("https://a.example/#b")
        );
        assert_eq!(field("HYPERLINK \\l \"_Toc1\"", None, shown()), link("#_Toc1"));
        assert_eq!(
            field(" MERGEFIELD  First_Name \\* MERGEFORMAT", None, shown()),
            [Inline::Blank(Blank { label: "First Name".into(), sort: BlankSort::Words })]
        );
        assert!(is_contents(" toc \\o \"1-3\""));
        assert_eq!(field("REF x", None, shown()), shown());
        assert_eq!(field("\"", None, shown()), shown());
    }
}
