//! Roles: what an element is to a screen reader.
//!
//! Implicit roles are those of HTML-AAM 1.0; a role of `none` that would hide something
//! that can be used is passed over, as WAI-ARIA 1.2 says.

use super::{Element, aria};

/// The role that HTML gives an element: none for `<div>`, `<span>` and others that mean
/// nothing by themselves.
pub(super) fn implicit(element: Element<'_>) -> Option<&'static str> {
    if element.is_svg() {
        return match element.tag() {
            "svg" => Some("graphics-document"),
            "a" if element.has("href") || element.has("xlink:href") => Some("link"),
            "image" => Some("image"),
            _ => None,
        };
    }
    Some(match element.tag() {
        "a" | "area" if element.has("href") => "link",
        "address" | "details" | "fieldset" | "hgroup" | "optgroup" => "group",
        "article" => "article",
        "aside" => {
            let inside = element.ancestors().any(|one| one.is_any(SECTIONING));
            if inside && !has_own_name(element) {
                return None;
            }
            "complementary"
        }
        "b" | "i" | "u" | "span" | "div" | "body" | "data" | "samp" | "small" => return None,
        "blockquote" => "blockquote",
        "button" => "button",
        "summary" => "button",
        "caption" => "caption",
        "code" => "code",
        "datalist" => "listbox",
        "dd" => "definition",
        "dt" | "dfn" => "term",
        "del" | "s" => "deletion",
        "dialog" => "dialog",
        "em" => "emphasis",
        "figure" => "figure",
        "footer" | "header" => {
            if element.ancestors().any(|one| is_apart(one)) {
                return None;
            }
            if element.is("header") { "banner" } else { "contentinfo" }
        }
        "form" if has_own_name(element) => "form",
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => "heading",
        "hr" => "separator",
        "html" => "document",
        "img" => {
            // A title does not make a picture speak that was said to be decoration.
            let is_empty = element.attr("alt").is_some_and(str::is_empty);
            if is_empty { "none" } else { "img" }
        }
        "input" => return input(element),
        "ins" => "insertion",
        "li" => {
            let parent = element.parent()?;
            let is_list = |role: &str| {
                matches!(role.trim(), "" | "directory" | "list" | "none" | "presentation")
            };
            // A list that is a row of tabs has no items: they mean nothing by themselves.
            if !parent.is_any(&["ul", "ol", "menu", "dir"])
                || !parent.attr("role").is_none_or(is_list)
            {
                return None;
            }
            "listitem"
        }
        "main" => "main",
        "mark" => "mark",
        "math" => "math",
        "menu" | "ol" | "ul" | "dir" => "list",
        "meter" => "meter",
        "nav" => "navigation",
        "option" => "option",
        "output" => "status",
        "p" => "paragraph",
        "progress" => "progressbar",
        "search" => "search",
        "section" if has_own_name(element) => "region",
        "select" => {
            let is_long = element.has("multiple")
                || element.attr("size").and_then(|size| size.trim().parse().ok()).unwrap_or(0) > 1;
            if is_long { "listbox" } else { "combobox" }
        }
        "strong" => "strong",
        "sub" => "subscript",
        "sup" => "superscript",
        "table" => "table",
        "tbody" | "tfoot" | "thead" => "rowgroup",
        "td" => {
            if is_in_grid(element) {
                "gridcell"
            } else {
                "cell"
            }
        }
        "textarea" => "textbox",
        "th" => heading_cell(element),
        "time" => "time",
        "tr" => "row",
        _ => return None,
    })
}

/// Elements in which a header is not that of the page.
const SECTIONING: &[&str] = &["article", "aside", "main", "nav", "section"];

fn is_apart(element: Element<'_>) -> bool {
    element.is_any(SECTIONING)
        || element.attr("role").is_some_and(|role| {
            matches!(role.trim(), "article" | "complementary" | "main" | "navigation" | "region")
        })
}

/// Whether the author gave it a name that does not come from its content.
fn has_own_name(element: Element<'_>) -> bool {
    ["aria-label", "title"]
        .iter()
        .any(|name| element.attr(name).is_some_and(|v| !v.trim().is_empty()))
        || !element.references("aria-labelledby").is_empty()
}

fn is_in_grid(element: Element<'_>) -> bool {
    element
        .closest(&["table"])
        .and_then(|table| table.explicit_role())
        .is_some_and(|role| matches!(role, "grid" | "treegrid"))
}

/// Of a `<th>`: by `scope`, else by where it stands.
fn heading_cell(element: Element<'_>) -> &'static str {
    match element.attr("scope").unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "row" | "rowgroup" => return "rowheader",
        "col" | "colgroup" => return "columnheader",
        _ => {}
    }
    let Some(row) = element.parent() else { return "columnheader" };
    if row.parent().is_some_and(|parent| parent.is("thead")) {
        return "columnheader";
    }
    if element.page().has_data(row) { "rowheader" } else { "columnheader" }
}

fn input(element: Element<'_>) -> Option<&'static str> {
    let kind = element.attr("type").unwrap_or_default().trim().to_ascii_lowercase();
    let has_list = element.has("list");
    Some(match kind.as_str() {
        "button" | "image" | "reset" | "submit" => "button",
        "checkbox" => "checkbox",
        "radio" => "radio",
        "range" => "slider",
        "number" => "spinbutton",
        "search" if !has_list => "searchbox",
        "hidden" | "color" | "date" | "datetime-local" | "file" | "month" | "time" | "week" => {
            return None;
        }
        "password" => return None,
        _ if has_list => "combobox",
        _ => "textbox",
    })
}

/// The role that counts.
pub(super) fn role(element: Element<'_>) -> Option<&'static str> {
    let explicit = element.explicit_role();
    let is_none = |role: Option<&str>| matches!(role, Some("none" | "presentation"));
    if is_none(explicit) {
        if !must_be_heard(element) {
            return Some("none");
        }
        // The next role that the author gave, else that of the element.
        let implicit = match element.tag() {
            "img" => Some("img"),
            _ => implicit(element),
        };
        return implicit;
    }
    if explicit.is_some() {
        return explicit.map(|role| if role == "image" { "img" } else { role });
    }
    let own = implicit(element);
    if own == Some("none") {
        return if must_be_heard(element) { Some("img") } else { own };
    }
    if belongs_to_decoration(element) && !must_be_heard(element) {
        return Some("none");
    }
    own
}

/// Whether a role of `none` is passed over: it can have the focus, or says something of
/// itself with an attribute that every element may have.
fn must_be_heard(element: Element<'_>) -> bool {
    if element.can_have_focus() {
        return true;
    }
    element.attrs().any(|(name, value)| {
        name.starts_with("aria-")
            && name != "aria-hidden"
            && !value.trim().is_empty()
            && aria::attribute(name).is_some_and(|attribute| attribute.global)
    })
}

/// Whether it is a part of something that was made decoration: an item of a list, a row
/// or cell of a table.
fn belongs_to_decoration(element: Element<'_>) -> bool {
    let whole: &[&str] = match element.tag() {
        "li" => &["ul", "ol", "menu", "dir"],
        "tr" | "td" | "th" | "tbody" | "thead" | "tfoot" | "caption" => &["table"],
        "dt" | "dd" => &["dl"],
        _ => return false,
    };
    let whole = match element.tag() {
        "li" => element.parent().filter(|parent| parent.is_any(whole)),
        _ => element.parent().and_then(|parent| parent.closest(whole)),
    };
    whole.is_some_and(|whole| {
        matches!(whole.explicit_role(), Some("none" | "presentation")) && !must_be_heard(whole)
    })
}
