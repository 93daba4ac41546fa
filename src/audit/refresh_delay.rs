//! `refresh-delay`: pages that load again, or another page, after a while.

use super::{Check, Element, Level, Marks, Page, Rule};
use crate::text::wording::counted;

pub(super) const RULE: Check = Rule::html("refresh-delay", include_str!("refresh_delay.md"))
    .wcag(Level::A, &["2.2.1"])
    .act(&["bc659a"])
    .on_page(run);

/// 20 hours in seconds: a limit that is longer takes nobody's time away (WCAG 2.2.1).
const LONG: u64 = 20 * 60 * 60;

fn run(page: &Page<'_>, marks: &mut Marks) {
    let Some((meta, delay)) = refresh(page) else { return };
    if !marks.passes(delay == 0 || delay > LONG) {
        let message = format!("the page goes away or loads again after {}", seconds(delay));
        marks.fail(meta, message).hint(
            "take the `<meta http-equiv=\"refresh\">` out, or let the server redirect at once",
        );
    }
}

/// The one element that makes browsers load another page, or this one again,
/// and after how many seconds. Only the first with a time that can be read counts.
pub(super) fn refresh<'p>(page: &'p Page<'_>) -> Option<(Element<'p>, u64)> {
    page.all(&["meta"]).into_iter().find_map(|meta| {
        let refreshes = meta.says("http-equiv", "refresh");
        // What is in `noscript` is read by those few whose browser runs no scripts.
        if !refreshes || meta.closest(&["noscript"]).is_some() {
            return None;
        }
        Some((meta, delay(meta.attr("content")?)?))
    })
}

/// Whether people are sent on before they can read anything.
pub(super) fn sends_on(page: &Page<'_>) -> bool {
    refresh(page).is_some_and(|(meta, delay)| {
        let content = meta.attr("content").unwrap_or_default();
        delay == 0 && content.contains([';', ',', ' '])
    })
}

/// The time at the start of `5; url=/new/`, read as browsers read it.
fn delay(content: &str) -> Option<u64> {
    let content = content.trim_start_matches(is_space);
    let end = content.find(|c: char| !c.is_ascii_digit()).unwrap_or(content.len());
    let (digits, rest) = content.split_at(end);
    if digits.is_empty() && !rest.starts_with('.') {
        return None;
    }
    // Parts of a second are dropped, not rounded.
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    if !rest.is_empty() && !rest.starts_with(|c| matches!(c, ';' | ',') || is_space(c)) {
        return None;
    }
    let digit = |digit: u8| u64::from(digit - b'0');
    Some(
        digits
            .bytes()
            .map(digit)
            .fold(0, |time: u64, digit| time.saturating_mul(10).saturating_add(digit)),
    )
}

fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

/// `1 second`, `30 seconds`.
pub(super) fn seconds(count: u64) -> String {
    counted(count, "second", "seconds")
}
