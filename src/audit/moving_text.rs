//! `moving-text`: words that run or blink.

use super::{Check, Level, Marks, Page, Rule, words::short};

pub(super) const RULE: Check = Rule::html("moving-text", include_str!("moving_text.md"))
    .wcag(Level::A, &["2.2.2"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for text in page.all(&["blink", "marquee"]) {
        if !text.is_rendered() {
            continue;
        }
        let words = short(&text.text());
        // Browsers have stopped blinking; a script or a style may bring it back.
        let stops = text.is("blink")
            || text
                .attr("loop")
                .is_some_and(|times| times.trim().parse().is_ok_and(|times: i32| times > 0))
            || text.attr("behavior").is_some_and(|how| how.trim().eq_ignore_ascii_case("slide"))
            || text.attr("scrollamount").is_some_and(|step| step.trim() == "0");
        let mark = if stops {
            marks.ask(text, format!("“{words}” may move or blink"))
        } else {
            marks.fail(text, format!("“{words}” moves, and nobody can stop it"))
        };
        mark.hint(format!("let the words stand still: `<p>{words}</p>`"));
    }
}
