//! `charset`: pages that do not say how their letters are written (character encoding).

use super::{Check, Element, Marks, Page, Rule};
use crate::text::shorten;

pub(super) const RULE: Check = Rule::html("charset", include_str!("charset.md")).on_page(run);

const HINT: &str = "write `<meta charset=\"utf-8\">` first in the head";

fn run(page: &Page<'_>, marks: &mut Marks) {
    if page.is_fragment() {
        return;
    }
    let metas = page.all(&["meta"]).into_iter();
    let said: Vec<(Element<'_>, &str)> =
        metas.filter_map(|meta| Some((meta, charset(meta)?))).collect();
    match said[..] {
        // Bytes before the first letter can say it too.
        [] if page.source().starts_with('\u{feff}') => marks.pass(),
        [] => {
            marks.fail(page.root(), "the page does not say how its letters are written").hint(HINT);
        }
        [(meta, name), ..] if !matches!(name.to_ascii_lowercase().as_str(), "utf-8" | "utf8") => {
            let message = format!("the letters are said to be written as “{}”", shorten(name));
            let hint = "save the page as UTF-8 and write `<meta charset=\"utf-8\">`";
            marks.fail(meta, message).hint(hint);
        }
        [_] => marks.pass(),
        [_, (second, _), ..] => {
            let hint = "keep the first";
            marks.fail(second, "the page says twice how its letters are written").hint(hint);
        }
    }
}

/// `utf-8` in `<meta charset="utf-8">` and in the older, longer way to say it.
fn charset(meta: Element<'_>) -> Option<&str> {
    if let Some(name) = meta.attr("charset") {
        return Some(name.trim());
    }
    let says = |directive: &str| directive.eq_ignore_ascii_case("content-type");
    let content = meta.attr("content").filter(|_| meta.attr("http-equiv").is_some_and(says))?;
    let at = content.to_ascii_lowercase().find("charset")? + "charset".len();
    let name = content[at..].trim_start().strip_prefix('=')?.trim_start();
    let name = name.trim_start_matches(['"', '\'']);
    let ends = |c: char| c.is_ascii_whitespace() || matches!(c, ';' | '"' | '\'');
    Some(&name[..name.find(ends).unwrap_or(name.len())])
}
