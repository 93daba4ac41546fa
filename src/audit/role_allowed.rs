//! `role-allowed`: a role on an element that means something else.

use super::{Check, Element, Marks, Page, Rule};

pub(super) const RULE: Check =
    Rule::html("role-allowed", include_str!("role_allowed.md")).on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for element in page.elements() {
        let Some(role) = element.explicit_role() else { continue };
        if !element.is_html() || !element.is_exposed() {
            continue;
        }
        let Some(allowed) = allowed(element) else {
            marks.pass();
            continue;
        };
        let plain = match role {
            "image" => "img",
            "presentation" => "none",
            _ => role,
        };
        if marks.passes(allowed.contains(&plain) || element.implicit_role() == Some(role)) {
            continue;
        }
        let hint = match native(role) {
            Some(native) => format!("use `{native}` in its place, or inside it, without the role"),
            None => "remove the role, or write it on a `<div>`".into(),
        };
        let message = format!("<{}> may not have the role “{role}”", element.tag());
        marks.fail(element, message).at(element.attr_span("role")).hint(hint);
    }
}

/// The element that has the role anyway.
fn native(role: &str) -> Option<&'static str> {
    Some(match role {
        "button" => "<button>",
        "checkbox" => "<input type=\"checkbox\">",
        "heading" => "<h2>",
        "img" | "image" => "<img>",
        "link" | "menuitem" => "<a href=\"…\">",
        "list" | "menu" => "<ul>",
        "listitem" => "<li>",
        "navigation" => "<nav>",
        "radio" => "<input type=\"radio\">",
        "separator" => "<hr>",
        "spinbutton" => "<input type=\"number\">",
        "table" => "<table>",
        "textbox" => "<input>",
        _ => return None,
    })
}

#[rustfmt::skip] // a list of words reads better in lines
const ASIDE: &[&str] = &[
    "feed", "none", "note", "region", "search", "doc-dedication", "doc-example", "doc-footnote",
    "doc-glossary", "doc-pullquote", "doc-tip",
];

#[rustfmt::skip] // a list of words reads better in lines
const ITEM: &[&str] = &[
    "menuitem", "menuitemcheckbox", "menuitemradio", "option", "none", "radio", "separator", "tab",
    "treeitem", "doc-biblioentry", "doc-endnote",
];

#[rustfmt::skip] // a list of words reads better in lines
const LINK: &[&str] = &[
    "button", "checkbox", "menuitem", "menuitemcheckbox", "menuitemradio", "option", "radio",
    "switch", "tab", "treeitem", "doc-backlink", "doc-biblioref", "doc-glossref", "doc-noteref",
];

#[rustfmt::skip] // a list of words reads better in lines
const BUTTON: &[&str] = &[
    "checkbox", "combobox", "gridcell", "link", "menuitem", "menuitemcheckbox", "menuitemradio",
    "option", "radio", "separator", "slider", "switch", "tab", "treeitem",
];

#[rustfmt::skip] // a list of words reads better in lines
const PICTURE: &[&str] = &[
    "button", "checkbox", "link", "math", "menuitem", "menuitemcheckbox", "menuitemradio", "meter",
    "option", "progressbar", "radio", "scrollbar", "separator", "slider", "switch", "tab",
    "treeitem", "doc-cover",
];

#[rustfmt::skip] // a list of words reads better in lines
const LIST: &[&str] = &[
    "group", "listbox", "menu", "menubar", "none", "radiogroup", "tablist", "toolbar", "tree",
    "directory",
];

#[rustfmt::skip] // a list of words reads better in lines
const SECTION: &[&str] = &[
    "region", "alert", "alertdialog", "application", "banner", "complementary", "contentinfo",
    "dialog", "document", "feed", "group", "log", "main", "marquee", "navigation", "none", "note",
    "search", "status", "tabpanel", "doc-abstract", "doc-acknowledgments", "doc-afterword",
    "doc-appendix", "doc-bibliography", "doc-chapter", "doc-colophon", "doc-conclusion",
    "doc-credit", "doc-credits", "doc-dedication", "doc-endnotes", "doc-epigraph", "doc-epilogue",
    "doc-errata", "doc-example", "doc-foreword", "doc-glossary", "doc-index", "doc-introduction",
    "doc-notice", "doc-pagelist", "doc-part", "doc-preface", "doc-prologue", "doc-pullquote",
    "doc-qna", "doc-toc",
];

/// The roles that HTML lets authors write on the element, in place of its own. `none`
/// stands for `presentation` too. Nothing if all are, or if it is not sure.
fn allowed(element: Element<'_>) -> Option<&'static [&'static str]> {
    Some(match element.tag() {
        "a" if element.has("href") => LINK,
        "area" if element.has("href") => &[],
        "article" => &["application", "document", "feed", "main", "none", "region"],
        "aside" => ASIDE,
        "audio" | "video" => &["application"],
        "br" | "wbr" => &["none"],
        "button" => BUTTON,
        "caption" | "col" | "colgroup" | "datalist" | "dd" | "legend" | "main" | "map" | "math"
        | "meter" | "optgroup" | "option" | "progress" => &[],
        "label" if element.has("for") => &[],
        "details" => &["group"],
        "dialog" => &["alertdialog"],
        "dl" => &["group", "list", "none"],
        "dt" => &["listitem"],
        "embed" | "iframe" | "object" => &["application", "document", "img", "none"],
        "fieldset" => &["none", "radiogroup"],
        "figcaption" => &["group", "none"],
        "footer" => &["group", "none", "contentinfo", "doc-footnote", "doc-pagefooter"],
        "header" => &["group", "none", "banner", "doc-pageheader"],
        "form" => &["form", "none", "search"],
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => &["none", "tab", "doc-subtitle"],
        "hr" => &["none", "doc-pagebreak"],
        "img" => match element.attr("alt") {
            Some("") => &["none", "img"],
            Some(_) => PICTURE,
            None => return None,
        },
        "input" => return input(element),
        "li" if element.parent().is_some_and(|list| list.role() == Some("list")) => ITEM,
        "menu" | "ol" | "ul" => LIST,
        "nav" => &["menu", "menubar", "none", "tablist", "doc-index", "doc-pagelist", "doc-toc"],
        "search" => &["form", "group", "none", "region"],
        "section" => SECTION,
        "select" if element.implicit_role() == Some("listbox") => &["listbox"],
        "select" => &["combobox", "menu"],
        "textarea" => &["textbox"],
        _ => return None,
    })
}

/// The same for fields.
fn input(element: Element<'_>) -> Option<&'static [&'static str]> {
    let listed = element.has("list");
    Some(match element.attr("type").unwrap_or("").to_ascii_lowercase().as_str() {
        "button" | "image" | "reset" | "submit" => BUTTON,
        "checkbox" if element.has("aria-pressed") => {
            &["button", "menuitemcheckbox", "option", "switch"]
        }
        "checkbox" => &["menuitemcheckbox", "option", "switch"],
        "radio" => &["menuitemradio"],
        "range" => &["slider"],
        "number" => &["spinbutton"],
        "search" if !listed => &["searchbox"],
        "email" | "tel" | "url" if !listed => &["textbox"],
        "email" | "tel" | "url" | "search" | "text" | "" if listed => &["combobox"],
        "text" | "" => &["combobox", "searchbox", "spinbutton", "textbox"],
        "color" | "date" | "datetime-local" | "file" | "month" | "password" | "time" | "week" => {
            &[]
        }
        _ => return None,
    })
}
