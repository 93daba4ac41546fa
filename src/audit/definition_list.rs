//! `definition-list`: terms and what they mean, in an order that nobody can follow.

use super::{Check, Element, Level, Marks, Page, Rule};
use crate::text::shorten;

pub(super) const RULE: Check = Rule::html("definition-list", include_str!("definition_list.md"))
    .wcag(Level::A, &["1.3.1"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for list in page.all(&["dl"]) {
        if !list.is_exposed() || list.explicit_role().is_some() {
            continue;
        }
        match fault(list) {
            None => marks.pass(),
            Some((element, message)) => {
                let hint = "write each term and then what it means: `<dt>…</dt><dd>…</dd>`";
                // Tables of contents and indexes have terms with others below them, and terms
                // without: what is heard is still in order.
                let has_others = element.is("dt") && list.children().any(|one| one.is("dd"));
                if has_others {
                    marks.ask(element, message).hint(hint);
                } else {
                    marks.fail(element, message).hint(hint);
                }
            }
        }
    }
    for entry in page.all(&["dd", "dt"]) {
        let Some(parent) = entry.parent().filter(|_| entry.is_exposed()) else { continue };
        let is_loose = page.is_fragment() && parent.is_any(&["body", "html"]);
        if is_loose || parent.tag().contains('-') || entry.explicit_role().is_some() {
            continue;
        }
        let around = if parent.is("div") { parent.parent() } else { Some(parent) };
        if !marks.passes(around.is_some_and(|around| around.is("dl"))) {
            let words = shorten(&entry.text());
            let hint = "put terms and what they mean into `<dl>…</dl>`";
            marks.fail(entry, format!("“{words}” is in no list of terms")).hint(hint);
        }
    }
}

/// The first thing wrong in a list of terms, in groups or not.
fn fault(list: Element<'_>) -> Option<(Element<'_>, String)> {
    let is_group = |child: &Element<'_>| child.is("div") && child.explicit_role().is_none();
    let groups: Vec<Element<'_>> = list.children().filter(is_group).collect();
    let mut each = groups.into_iter().map(|group| (group, fault_in(group, false)));
    let in_group = |(_, fault): (Element<'_>, Option<_>)| fault;
    fault_in(list, true).or_else(|| each.find_map(in_group))
}

fn fault_in(group: Element<'_>, may_have_groups: bool) -> Option<(Element<'_>, String)> {
    if let Some(words) = group.own_text().map(str::trim).find(|words| !words.is_empty()) {
        return Some((group, format!("“{}” is neither a term nor what it means", shorten(words))));
    }
    let mut before: Option<Element<'_>> = None;
    for child in group.children() {
        match child.tag() {
            "dt" => before = Some(child),
            // Some programs begin with one that only holds places to link to.
            "dd" if before.is_none() && !child.has_text() => {}
            "dd" if before.is_none() => {
                let words = shorten(&child.text());
                return Some((child, format!("no term stands before “{words}”")));
            }
            "dd" => before = Some(child),
            "div" if may_have_groups => {}
            "script" | "template" | "style" => {}
            name if name.contains('-') || !child.is_exposed() => {}
            name => {
                let message = format!("<{name}> is neither a term nor what it means");
                return Some((child, message));
            }
        }
    }
    let term = before.filter(|last| last.is("dt"))?;
    Some((term, format!("nothing says what “{}” means", shorten(&term.text()))))
}
