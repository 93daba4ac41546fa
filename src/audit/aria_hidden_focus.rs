//! `aria-hidden-focus`: things that the keyboard reaches and nothing reads.

use std::collections::HashSet;

use super::{Check, Element, Level, Marks, Page, Rule};

pub(super) const RULE: Check =
    Rule::html("aria-hidden-focus", include_str!("aria_hidden_focus.md"))
        .wcag(Level::A, &["4.1.2"])
        .act(&["6cfa84"])
        .on_page(run);

/// An element with `aria-hidden="true"`, and what the Tab key reaches in it.
struct Hidden<'p> {
    element: Element<'p>,
    /// The first that stays there.
    reached: Option<Element<'p>>,
    /// The first of which that is not sure.
    unsure: Option<Element<'p>>,
}

fn run(page: &Page<'_>, marks: &mut Marks) {
    let mut scripts = None;
    let mut open: Vec<Hidden<'_>> = Vec::new();
    for element in page.elements() {
        while open.last().is_some_and(|hidden| !hidden.element.contains(element)) {
            close(&mut open, marks);
        }
        if element.says("aria-hidden", "true") {
            open.push(Hidden { element, reached: None, unsure: None });
        }
        if let Some(hidden) = open.last_mut()
            && hidden.reached.is_none()
            && element.is_tabbable()
        {
            let words = scripts.get_or_insert_with(|| words_of_scripts(page));
            if is_frame(element)
                || element.has("onfocus")
                || element.attr("id").is_some_and(|id| words.contains(id))
            {
                hidden.unsure = hidden.unsure.or(Some(element));
            } else {
                hidden.reached = Some(element);
            }
        }
    }
    while !open.is_empty() {
        close(&mut open, marks);
    }
}

/// Says what was found in the last one, and tells the one around it.
fn close(open: &mut Vec<Hidden<'_>>, marks: &mut Marks) {
    let Some(hidden) = open.pop() else { return };
    if let Some(around) = open.last_mut() {
        around.reached = around.reached.or(hidden.reached);
        around.unsure = around.unsure.or(hidden.unsure);
    }
    if let Some(reached) = hidden.reached {
        let message = if reached == hidden.element {
            format!("<{}> is reached with the Tab key, and is never read", reached.tag())
        } else {
            format!("<{}> in here is reached with the Tab key, and is never read", reached.tag())
        };
        let hint = "remove `aria-hidden=\"true\"`, or hide it from everybody with `hidden`";
        // What hides a dialog until it opens may be in a stylesheet that is missing.
        if let [missing, ..] = hidden.element.page().missing_styles() {
            let message = format!("{message}, unless a style hides it ({missing} is missing)");
            marks.ask(hidden.element, message).at(reached.span()).hint(hint);
        } else {
            marks.fail(hidden.element, message).at(reached.span()).hint(hint);
        }
    } else if let Some(unsure) = hidden.unsure {
        let (message, hint) = if is_frame(unsure) {
            (
                "does the Tab key reach anything in this <iframe>, which is never read?".into(),
                "add `tabindex=\"-1\"`, or hide it from everybody with `hidden`",
            )
        } else {
            (
                format!("does a script send people on from this <{}>?", unsure.tag()),
                "go there with the Tab key, and see that you are moved on at once",
            )
        };
        marks.ask(hidden.element, message).at(unsure.span()).hint(hint);
    } else {
        marks.pass();
    }
}

/// Whether it is a window to another page, whose contents are not known.
fn is_frame(element: Element<'_>) -> bool {
    element.is("iframe") && element.tabindex().is_none()
}

/// The words of all scripts on the page: an id among them has something done to it.
fn words_of_scripts<'p>(page: &'p Page<'_>) -> HashSet<&'p str> {
    let apart = |c: char| !(c.is_alphanumeric() || c == '_' || c == '-');
    let scripts = page.all(&["script"]);
    scripts.into_iter().flat_map(Element::own_text).flat_map(|text| text.split(apart)).collect()
}

#[cfg(test)]
mod tests {
    use super::{super::Outcome, *};

    #[test]
    fn what_a_missing_stylesheet_may_hide_is_asked_about() {
        let said = |head: &str| {
            let html =
                format!("{head}<div class=modal aria-hidden=true><button>Close</button></div>");
            let page = Page::read(&html, |_| None);
            let mut marks = Marks::default();
            run(&page, &mut marks);
            marks.marks.iter().map(|mark| mark.outcome).collect::<Vec<_>>()
        };
        assert_eq!(said(""), [Outcome::Failed]);
        assert_eq!(said("<link rel=stylesheet href=no.css>"), [Outcome::CantTell]);
    }
}
