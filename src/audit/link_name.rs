//! `link-name`: links without words.

use super::{
    Check, Level, Marks, Page, Rule,
    links::links,
    words::{is_silent, short},
};

pub(super) const RULE: Check = Rule::html("link-name", include_str!("link_name.md"))
    .wcag(Level::A, &["2.4.4", "2.4.9", "4.1.2"])
    .act(&["c487ae"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    // Links in drawings are left to `widget-name`.
    for link in links(page).filter(|link| link.is_html()) {
        // One that was not ended goes on between blocks; that it was not is told elsewhere.
        if link.is_repeat() && !link.has_text() {
            continue;
        }
        if is_silent(link.name()) {
            let message = "the link shows a sign from a font of pictures, and has no words";
            marks.wordless(link, message).hint("write `aria-label=\"…\"` with where it leads");
            continue;
        }
        if marks.passes(link.has_name()) {
            continue;
        }
        let message = match link.filled("href") {
            Some(href) => format!("the link to “{}” has no words", short(href)),
            None => "the link has no words".to_owned(),
        };
        let has_picture = link.descendants().any(|inside| inside.is("img"));
        let hint = if link.is("area") || has_picture {
            "write `alt=\"…\"` with where it leads: `alt=\"Home\"`"
        } else {
            "write where it leads: `<a href=\"/pay/\">How you are paid</a>`"
        };
        marks.wordless(link, message).hint(hint);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(html: &str) -> usize {
        let page = Page::read(html, |_| None);
        let mut marks = Marks::default();
        run(&page, &mut marks);
        marks.marks.len()
    }

    #[test]
    fn a_link_that_was_not_ended_has_its_words_once() {
        assert_eq!(said("<ul><li><a href=x>Try it</li> <li> </li></ul>"), 0);
        assert_eq!(said("<ul><li><a href=x></li> <li> </li></ul>"), 1);
    }
}
