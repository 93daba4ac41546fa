//! `obsolete-element`: tags that say how something looks, and others that HTML has given up.

use super::{Check, Marks, Page, Rule};

pub(super) const RULE: Check =
    Rule::html("obsolete-element", include_str!("obsolete_element.md")).on_page(run);

/// Tags and what to do instead. What moves or blinks is the matter of a rule of its own.
const OBSOLETE: &[(&str, &str)] = &[
    ("acronym", "write `<abbr>`"),
    ("applet", "put the same information on the page in words"),
    ("basefont", "choose letters and colours in the style sheet"),
    ("bgsound", "take it out: nobody can turn it off"),
    ("big", "choose the size in the style sheet, or write `<strong>`"),
    ("center", "write `text-align: center` in the style sheet"),
    ("dir", "write `<ul>`"),
    ("font", "choose letters and colours in the style sheet"),
    ("frame", "put the parts on one page"),
    ("frameset", "put the parts on one page"),
    ("isindex", "write a form with `<input type=\"search\">`"),
    ("keygen", "take it out: browsers ignore it"),
    ("listing", "write `<pre>`"),
    ("multicol", "write `columns` in the style sheet"),
    ("nextid", "take it out: browsers ignore it"),
    ("nobr", "write `white-space: nowrap` in the style sheet"),
    ("noembed", "write the words beside what they stand for"),
    ("noframes", "put the parts on one page"),
    ("plaintext", "write `<pre>`"),
    ("rb", "write the words in `<ruby>` without a tag"),
    ("rtc", "write `<rt>`"),
    ("spacer", "write `margin` in the style sheet"),
    ("strike", "write `<del>` for what was taken out, or `<s>` for what is no longer true"),
    ("tt", "write `<code>`, or choose the letters in the style sheet"),
    ("xmp", "write `<pre>`"),
];

fn run(page: &Page<'_>, marks: &mut Marks) {
    let tags: Vec<&str> = OBSOLETE.iter().map(|(tag, _)| *tag).collect();
    let mut is_sound = true;
    for element in page.all(&tags).into_iter().filter(|element| element.is_html()) {
        let hint = OBSOLETE.iter().find(|(tag, _)| element.is(tag)).map_or("", |(_, hint)| *hint);
        is_sound = false;
        marks.fail(element, format!("<{}> is no longer part of HTML", element.tag())).hint(hint);
    }
    if is_sound {
        marks.pass();
    }
}
