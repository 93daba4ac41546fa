//! What scripts on a page do to its elements, as far as that can be read from the words
//! near an id. It never makes a fault of anything; it keeps rules from calling one what
//! a script has put right by the time that somebody reads the page.

use super::Element;

/// How far after its id a script may say what is done to an element, in bytes.
const NEAR: usize = 120;

/// Whether a script puts words into `element`, or into something in it.
pub(super) fn fill(element: Element<'_>) -> bool {
    #[rustfmt::skip] // a list of words reads better in lines
    const WORDS: &[&str] = &[
        ".append", "attachShadow", ".innerHTML", ".innerText", "insertAdjacent", ".prepend",
        "replaceChildren", ".textContent",
    ];
    /// A thing without words has few others in it.
    const MOST_INSIDE: usize = 20;
    let inside = element.descendants().take(MOST_INSIDE);
    std::iter::once(element).chain(inside).any(|one| is_said(one, WORDS))
}

/// Whether a script gives another look to `element`, or to what it stands directly in.
pub(super) fn paint(element: Element<'_>) -> bool {
    const WORDS: &[&str] =
        &["attachShadow", ".classList", ".className", "cssText", "setAttribute", ".style"];
    // What a shadow tree holds is known.
    let all = std::iter::once(element).chain(element.parent());
    all.filter(|one| !one.has_shadow()).any(|one| is_said(one, WORDS))
}

/// Whether one of `words` stands near the id of `element` in a script.
fn is_said(element: Element<'_>, words: &[&str]) -> bool {
    let Some(id) = element.attr("id").filter(|id| !id.is_empty()) else { return false };
    let scripts = element.page().all(&["script"]);
    scripts.into_iter().flat_map(Element::own_text).any(|text| {
        text.match_indices(id).any(|(at, _)| {
            let (before, after) = (&text[..at], &text[at + id.len()..]);
            let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == '-';
            let is_named = before.ends_with(['"', '\'', '`', '#']) && !after.starts_with(is_part);
            let end = after.char_indices().map(|(at, _)| at).find(|at| *at >= NEAR);
            let near = &after[..end.unwrap_or(after.len())];
            is_named && words.iter().any(|word| near.contains(word))
        })
    })
}
