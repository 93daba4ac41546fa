//! Plain language, tried on sentences, paragraphs and letters that were written for it: what is
//! in `language/`.

use std::{fmt::Write as _, fs, process::Command};

use plainsite::text::sentences::sentences;
use proptest::prelude::*;
use serde::Deserialize;

fn read<T: for<'d> Deserialize<'d>>(path: &str) -> T {
    let text = fs::read_to_string(path).expect("the file");
    serde_yaml::from_str(&text).expect("what is written in it")
}

/// From outside, so that other texts can be tried.
#[test]
fn explain_shows_how_a_text_is_cut() {
    let folder = tempfile::tempdir().expect("a folder");
    let show = |name: &str, text: &str| {
        fs::write(folder.path().join(name), text).expect("written");
        let mut command = Command::new(env!("CARGO_BIN_EXE_plainsite"));
        let arguments = ["explain", "--sentences", name];
        let output = command.args(arguments).current_dir(&folder).output().expect("it starts");
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    assert_eq!(show("a.txt", "Call Dr. Lee. She\nwill help."), "Call Dr. Lee.\nShe\nwill help.\n");
    assert_eq!(
        show("a.md", "---\ntitle: A\n---\n# Call\n\nAsk **Mrs. Bell**. She\nwill help.\n"),
        "Call\nAsk Mrs. Bell.\nShe will help.\n"
    );
    assert_eq!(show("b.txt", ""), "");
}

#[derive(Deserialize)]
struct Paragraph {
    kind: String,
    text: String,
    sentences: Vec<String>,
}

/// All 577 of them, which is more than the 99% that were asked for.
#[test]
fn hard_paragraphs_are_cut_where_people_cut_them() {
    let all: Vec<Paragraph> = read("tests/language/sentences.yaml");
    assert_eq!(all.len(), 577);
    let mut wrong = String::new();
    for Paragraph { kind, text, sentences: wanted } in &all {
        let cut: Vec<&str> = sentences(text).into_iter().map(|place| &text[place]).collect();
        if cut != *wanted {
            _ = writeln!(wrong, "{kind}: {cut:?}\n  instead of {wanted:?}");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Sentences come one after the other and leave out nothing but spaces.
fn are_whole(text: &str) {
    let mut end = 0;
    for place in sentences(text) {
        assert!(text[end..place.start].trim().is_empty() && place.start < place.end, "{text:?}");
        let sentence = &text[place.clone()];
        assert_eq!(sentence, sentence.trim(), "{text:?}");
        end = place.end;
    }
    assert!(text[end..].trim().is_empty(), "{text:?}");
}

#[test]
fn a_paragraph_of_two_million_letters_is_cut_as_any_other() {
    let units = [
        "a.b",
        "? ",
        "\n",
        "“",
        "…",
        "A.",
        "1. ",
        "😀",
        "\u{200b}",
        ". \u{202e}",
        "א. ",
        "(",
        "x.1 ",
        "• ",
        "e.g. ",
        "\"",
        "!”",
        " ",
        "   a. ",
        ". 😀",
        "[1]",
        "。",
    ];
    for unit in units {
        are_whole(&unit.repeat(100_000 / unit.len()));
        are_whole(&format!("{}a. A", " .".repeat(50_000)));
    }
    let text = "Call Dr. Lee at 9 a.m. on Monday. She will help. ".repeat(2_000_000 / 49);
    assert_eq!(sentences(&text).len(), 2 * (2_000_000 / 49));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_text_is_cut_into_whole_sentences(text in "\\PC{0,200}") {
        are_whole(&text);
    }

    #[test]
    fn any_marks_are_cut_into_whole_sentences(
        parts in prop::collection::vec(
            prop::sample::select(vec![
                ".", "!", "?", "…", " ", "\n", "\r\n", "“", "”", "(", ")", "[", "]", "1", "a", "A", "I",
                "Mr", "e.g", "p.m", "😀", "\u{fe0f}", "\u{200d}", "\u{200b}", "\u{202e}", "\u{fffc}", "א",
                "é", "e\u{301}", "•", "¹", "\u{2028}", "ß", "。", "’", "*", "£",
            ]),
            0..60,
        ),
    ) {
        are_whole(&parts.concat());
    }
}
