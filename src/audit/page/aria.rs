//! What WAI-ARIA says of roles and attributes: two tables and their lookups.
//!
//! The tables follow WAI-ARIA 1.2, with what browsers know of the draft of 1.3
//! (`comment`, `mark`, `suggestion`, `image`, the braille attributes…), DPUB-ARIA 1.1
//! and the graphics module. They were made from the npm package aria-query 5.3.2 and
//! then read against the standards. Names are in lower case and sorted.
//!
//! What HTML adds (which element has which role to begin with) is in `role`.

use crate::text::name::slips;
use std::sync::LazyLock;

use super::Map;

/// What is known of a role.
#[derive(Debug, PartialEq, Eq)]
pub struct Role {
    /// As written in `role="…"`.
    pub name: &'static str,
    /// Where its name may come from.
    pub naming: Naming,
    /// Whether it must have a name.
    pub name_required: bool,
    /// Whether what is inside is read as plain words: a link in a button is no link.
    pub presentational_children: bool,
    /// The attributes that it supports, its own and inherited, without the global ones.
    pub supported: &'static [&'static str],
    /// The attributes that it needs. [`default`] says which of them need not be written.
    pub required: &'static [&'static str],
    /// The roles of which one must be its parent. Empty if any will do.
    pub context: &'static [&'static str],
    /// The roles that may be its children, each with what may be between: `rowgroup row`
    /// is a path of two. Empty if any will do.
    pub owned: &'static [&'static [&'static str]],
    /// The global attributes that it may not have.
    pub prohibited: &'static [&'static str],
    /// Whether people work with it: a button, a field, a tab.
    pub widget: bool,
    /// Whether it is going out of use.
    pub deprecated: bool,
    /// Whether it only sorts the others and may not be written.
    pub r#abstract: bool,
}

/// Where the name of a role may come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// From attributes.
    Author,
    /// From attributes, and from the words inside.
    Content,
    /// It has no name of its own.
    Prohibited,
}

/// What is known of an attribute.
#[derive(Debug, PartialEq, Eq)]
pub struct Attribute {
    /// With `aria-`.
    pub name: &'static str,
    /// What it may say.
    pub value: Value,
    /// Whether every role supports it, unless it is prohibited there.
    pub global: bool,
    /// Whether it is going out of use.
    pub deprecated: bool,
    /// Whether it is going out of use on the roles that do not list it as their own.
    pub global_deprecated: bool,
}

/// What an attribute may say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Value {
    /// `true` or `false`.
    TrueFalse,
    /// `true`, `false` or `undefined`.
    TrueFalseUndefined,
    /// `true`, `false`, `mixed` or `undefined`.
    Tristate,
    /// One id.
    Id,
    /// Ids with spaces between.
    Ids,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// Any words.
    Text,
    /// One of these.
    Token(&'static [&'static str]),
    /// Some of these with spaces between.
    Tokens(&'static [&'static str]),
}

/// The role of that name, in lower case; abstract ones too.
pub fn role(name: &str) -> Option<&'static Role> {
    static BY_NAME: LazyLock<Map<&str, &Role>> =
        LazyLock::new(|| ROLES.iter().map(|role| (role.name, role)).collect());
    BY_NAME.get(name).copied()
}

/// The attribute of that name, in lower case and with `aria-`.
pub fn attribute(name: &str) -> Option<&'static Attribute> {
    if !name.starts_with("aria-") {
        return None;
    }
    ATTRIBUTES.binary_search_by(|attribute| attribute.name.cmp(name)).ok().map(|at| &ATTRIBUTES[at])
}

/// All attributes, by name.
pub fn attributes() -> &'static [Attribute] {
    ATTRIBUTES
}

/// All roles, by name.
pub fn roles() -> &'static [Role] {
    ROLES
}

/// What a required attribute says when it is not written, if the role has an answer:
/// a heading is of level 2, an option is not chosen.
pub fn default(role: &str, attribute: &str) -> Option<&'static str> {
    match (role, attribute) {
        ("heading", "aria-level") => Some("2"),
        ("option" | "treeitem", "aria-selected") => Some("false"),
        _ => None,
    }
}

/// The one of `names` that somebody probably meant by `word`: one or two letters away.
pub fn meant(word: &str, names: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let far = if word.len() < 6 { 1 } else { 2 };
    names
        .map(|name| (slips(word, name), name))
        .filter(|(distance, _)| *distance <= far)
        .min()
        .map(|(_, name)| name)
}

impl Role {
    const fn supports(mut self, attributes: &'static [&'static str]) -> Self {
        self.supported = attributes;
        self
    }

    const fn requires(mut self, attributes: &'static [&'static str]) -> Self {
        self.required = attributes;
        self
    }

    const fn inside(mut self, roles: &'static [&'static str]) -> Self {
        self.context = roles;
        self
    }

    const fn owns(mut self, roles: &'static [&'static [&'static str]]) -> Self {
        self.owned = roles;
        self
    }

    /// It must have a name.
    const fn named(mut self) -> Self {
        self.name_required = true;
        self
    }

    /// What is inside is read as plain words.
    const fn flat(mut self) -> Self {
        self.presentational_children = true;
        self
    }

    const fn widget(mut self) -> Self {
        self.widget = true;
        self
    }

    const fn deprecated(mut self) -> Self {
        self.deprecated = true;
        self
    }
}

/// A role that authors may name.
const fn author(name: &'static str) -> Role {
    Role {
        name,
        naming: Naming::Author,
        name_required: false,
        presentational_children: false,
        supported: &[],
        required: &[],
        context: &[],
        owned: &[],
        prohibited: &[],
        widget: false,
        deprecated: false,
        r#abstract: false,
    }
}

/// A role that is named by the words inside, or by its author.
const fn content(name: &'static str) -> Role {
    Role { naming: Naming::Content, ..author(name) }
}

/// A role that has no name.
const fn nameless(name: &'static str) -> Role {
    Role { naming: Naming::Prohibited, prohibited: NAMES, ..author(name) }
}

/// A role that only sorts the others.
const fn r#abstract(name: &'static str) -> Role {
    Role { r#abstract: true, ..author(name) }
}

const NAMES: &[&str] = &["aria-braillelabel", "aria-label", "aria-labelledby"];

/// What a cell may say of its place in the table.
const CELL: &[&str] = &[
    "aria-colindex",
    "aria-colindextext",
    "aria-colspan",
    "aria-rowindex",
    "aria-rowindextext",
    "aria-rowspan",
];

const GRIDCELL: &[&str] = &[
    "aria-colindex",
    "aria-colindextext",
    "aria-colspan",
    "aria-disabled",
    "aria-errormessage",
    "aria-expanded",
    "aria-haspopup",
    "aria-invalid",
    "aria-readonly",
    "aria-required",
    "aria-rowindex",
    "aria-rowindextext",
    "aria-rowspan",
    "aria-selected",
];

const HEADER_CELL: &[&str] = &[
    "aria-colindex",
    "aria-colindextext",
    "aria-colspan",
    "aria-disabled",
    "aria-errormessage",
    "aria-expanded",
    "aria-haspopup",
    "aria-invalid",
    "aria-readonly",
    "aria-required",
    "aria-rowindex",
    "aria-rowindextext",
    "aria-rowspan",
    "aria-selected",
    "aria-sort",
];

const GRID: &[&str] = &[
    "aria-activedescendant",
    "aria-colcount",
    "aria-disabled",
    "aria-multiselectable",
    "aria-readonly",
    "aria-rowcount",
];

const TREEGRID: &[&str] = &[
    "aria-activedescendant",
    "aria-colcount",
    "aria-disabled",
    "aria-errormessage",
    "aria-invalid",
    "aria-multiselectable",
    "aria-orientation",
    "aria-readonly",
    "aria-required",
    "aria-rowcount",
];

const LISTBOX: &[&str] = &[
    "aria-activedescendant",
    "aria-disabled",
    "aria-errormessage",
    "aria-expanded",
    "aria-invalid",
    "aria-multiselectable",
    "aria-orientation",
    "aria-readonly",
    "aria-required",
];

const CHECKBOX: &[&str] = &[
    "aria-checked",
    "aria-disabled",
    "aria-errormessage",
    "aria-expanded",
    "aria-invalid",
    "aria-readonly",
    "aria-required",
];

const COMBOBOX: &[&str] = &[
    "aria-activedescendant",
    "aria-autocomplete",
    "aria-controls",
    "aria-disabled",
    "aria-errormessage",
    "aria-expanded",
    "aria-haspopup",
    "aria-invalid",
    "aria-placeholder",
    "aria-readonly",
    "aria-required",
];

const TEXTBOX: &[&str] = &[
    "aria-activedescendant",
    "aria-autocomplete",
    "aria-disabled",
    "aria-errormessage",
    "aria-haspopup",
    "aria-invalid",
    "aria-multiline",
    "aria-placeholder",
    "aria-readonly",
    "aria-required",
];

const CHECKED_MENUITEM: &[&str] = &[
    "aria-checked",
    "aria-disabled",
    "aria-errormessage",
    "aria-expanded",
    "aria-haspopup",
    "aria-invalid",
    "aria-posinset",
    "aria-readonly",
    "aria-required",
    "aria-setsize",
];

const RADIOGROUP: &[&str] = &[
    "aria-activedescendant",
    "aria-disabled",
    "aria-errormessage",
    "aria-invalid",
    "aria-orientation",
    "aria-readonly",
    "aria-required",
];

const ROW: &[&str] = &[
    "aria-activedescendant",
    "aria-colindex",
    "aria-disabled",
    "aria-expanded",
    "aria-level",
    "aria-posinset",
    "aria-rowindex",
    "aria-rowindextext",
    "aria-selected",
    "aria-setsize",
];

const TREE: &[&str] = &[
    "aria-activedescendant",
    "aria-disabled",
    "aria-errormessage",
    "aria-invalid",
    "aria-multiselectable",
    "aria-orientation",
    "aria-required",
];

const TREEITEM: &[&str] = &[
    "aria-checked",
    "aria-disabled",
    "aria-expanded",
    "aria-haspopup",
    "aria-level",
    "aria-posinset",
    "aria-selected",
    "aria-setsize",
];

const SCROLLBAR: &[&str] = &[
    "aria-controls",
    "aria-disabled",
    "aria-orientation",
    "aria-valuemax",
    "aria-valuemin",
    "aria-valuenow",
    "aria-valuetext",
];

const SEPARATOR: &[&str] = &[
    "aria-disabled",
    "aria-orientation",
    "aria-valuemax",
    "aria-valuemin",
    "aria-valuenow",
    "aria-valuetext",
];

const SLIDER: &[&str] = &[
    "aria-disabled",
    "aria-errormessage",
    "aria-haspopup",
    "aria-invalid",
    "aria-orientation",
    "aria-readonly",
    "aria-valuemax",
    "aria-valuemin",
    "aria-valuenow",
    "aria-valuetext",
];

const SPINBUTTON: &[&str] = &[
    "aria-activedescendant",
    "aria-disabled",
    "aria-errormessage",
    "aria-invalid",
    "aria-readonly",
    "aria-required",
    "aria-valuemax",
    "aria-valuemin",
    "aria-valuenow",
    "aria-valuetext",
];

const RANGE: &[&str] = &["aria-valuemax", "aria-valuemin", "aria-valuenow", "aria-valuetext"];
const MENU: &[&str] = &["aria-activedescendant", "aria-disabled", "aria-orientation"];
const ITEM: &[&str] = &["aria-level", "aria-posinset", "aria-setsize"];
const LINK: &[&str] = &["aria-disabled", "aria-expanded", "aria-haspopup"];
const DRAWING: &[&str] =
    &["aria-disabled", "aria-errormessage", "aria-expanded", "aria-haspopup", "aria-invalid"];

/// What a menu may own.
const MENU_ITEMS: &[&[&str]] = &[
    &["menuitem"],
    &["menuitemcheckbox"],
    &["menuitemradio"],
    &["group", "menuitem"],
    &["group", "menuitemcheckbox"],
    &["group", "menuitemradio"],
];

/// What a table may own.
const ROWS: &[&[&str]] = &[&["row"], &["rowgroup", "row"]];

#[rustfmt::skip] // a table: a row a role
const ROLES: &[Role] = &[
    author("alert"),
    author("alertdialog").named().supports(&["aria-modal"]),
    author("application").named().supports(&["aria-activedescendant", "aria-disabled", "aria-errormessage", "aria-expanded", "aria-haspopup", "aria-invalid"]),
    author("article").supports(&["aria-posinset", "aria-setsize"]),
    author("banner"),
    author("blockquote"),
    content("button").named().widget().flat().supports(&["aria-disabled", "aria-expanded", "aria-haspopup", "aria-pressed"]),
    nameless("caption").inside(&["figure", "grid", "table", "treegrid"]),
    content("cell").inside(&["row"]).supports(CELL),
    content("checkbox").named().widget().flat().supports(CHECKBOX).requires(&["aria-checked"]),
    nameless("code"),
    content("columnheader").named().inside(&["row"]).supports(HEADER_CELL),
    author("combobox").named().widget().supports(COMBOBOX).requires(&["aria-controls", "aria-expanded"]),
    r#abstract("command"),
    content("comment").supports(ITEM),
    author("complementary"),
    r#abstract("composite"),
    author("contentinfo"),
    author("definition"),
    nameless("deletion"),
    author("dialog").named().supports(&["aria-modal"]),
    author("directory").deprecated(),
    author("doc-abstract"),
    author("doc-acknowledgments"),
    author("doc-afterword"),
    author("doc-appendix"),
    content("doc-backlink").named().widget().supports(LINK),
    author("doc-biblioentry").deprecated().supports(ITEM),
    author("doc-bibliography"),
    content("doc-biblioref").named().widget().supports(LINK),
    author("doc-chapter"),
    author("doc-colophon"),
    author("doc-conclusion"),
    author("doc-cover"),
    author("doc-credit"),
    author("doc-credits"),
    author("doc-dedication"),
    author("doc-endnote").deprecated().supports(ITEM),
    author("doc-endnotes"),
    author("doc-epigraph"),
    author("doc-epilogue"),
    author("doc-errata"),
    author("doc-example"),
    author("doc-footnote"),
    author("doc-foreword"),
    author("doc-glossary"),
    content("doc-glossref").named().widget().supports(LINK),
    author("doc-index"),
    author("doc-introduction"),
    content("doc-noteref").named().widget().supports(LINK),
    author("doc-notice"),
    author("doc-pagebreak").named().flat().supports(SEPARATOR),
    nameless("doc-pagefooter"),
    nameless("doc-pageheader"),
    author("doc-pagelist"),
    author("doc-part").named(),
    author("doc-preface"),
    author("doc-prologue"),
    author("doc-pullquote"),
    author("doc-qna"),
    author("doc-subtitle"),
    author("doc-tip"),
    author("doc-toc"),
    author("document"),
    nameless("emphasis"),
    author("feed").owns(&[&["article"]]),
    author("figure"),
    author("form"),
    Role { prohibited: &["aria-braillelabel", "aria-brailleroledescription", "aria-label", "aria-labelledby", "aria-roledescription"], ..nameless("generic") },
    author("graphics-document").named().supports(DRAWING),
    content("graphics-object").supports(&["aria-activedescendant", "aria-disabled", "aria-errormessage", "aria-expanded", "aria-haspopup", "aria-invalid"]),
    author("graphics-symbol").named().flat().supports(DRAWING),
    author("grid").named().widget().owns(ROWS).supports(GRID),
    content("gridcell").widget().inside(&["row"]).supports(GRIDCELL),
    author("group").supports(&["aria-activedescendant", "aria-disabled"]),
    content("heading").named().supports(&["aria-level"]).requires(&["aria-level"]),
    author("image").named().flat(),
    author("img").named().flat(),
    r#abstract("input"),
    nameless("insertion"),
    r#abstract("landmark"),
    content("link").named().widget().supports(LINK),
    author("list").owns(&[&["listitem"]]),
    author("listbox").named().widget().owns(&[&["option"], &["group", "option"]]).supports(LISTBOX),
    author("listitem").inside(&["directory", "list"]).supports(ITEM),
    author("log"),
    author("main"),
    nameless("mark"),
    author("marquee").named(),
    author("math"),
    author("menu").widget().owns(MENU_ITEMS).supports(MENU),
    author("menubar").widget().owns(MENU_ITEMS).supports(MENU),
    content("menuitem").named().widget().inside(&["group", "menu", "menubar"]).supports(&["aria-disabled", "aria-expanded", "aria-haspopup", "aria-posinset", "aria-setsize"]),
    content("menuitemcheckbox").named().widget().flat().inside(&["group", "menu", "menubar"]).supports(CHECKED_MENUITEM).requires(&["aria-checked"]),
    content("menuitemradio").named().widget().flat().inside(&["group", "menu", "menubar"]).supports(CHECKED_MENUITEM).requires(&["aria-checked"]),
    author("meter").named().flat().supports(RANGE).requires(&["aria-valuenow"]),
    author("navigation"),
    nameless("none"),
    author("note"),
    content("option").named().widget().flat().inside(&["group", "listbox"]).supports(&["aria-checked", "aria-disabled", "aria-posinset", "aria-selected", "aria-setsize"]).requires(&["aria-selected"]),
    nameless("paragraph"),
    nameless("presentation"),
    author("progressbar").named().widget().flat().supports(RANGE),
    content("radio").named().widget().flat().supports(&["aria-checked", "aria-disabled", "aria-posinset", "aria-setsize"]).requires(&["aria-checked"]),
    author("radiogroup").named().widget().owns(&[&["radio"]]).supports(RADIOGROUP),
    r#abstract("range"),
    author("region").named(),
    r#abstract("roletype"),
    content("row").inside(&["grid", "rowgroup", "table", "treegrid"]).owns(&[&["cell"], &["columnheader"], &["gridcell"], &["rowheader"]]).supports(ROW),
    author("rowgroup").inside(&["grid", "table", "treegrid"]).owns(&[&["row"]]),
    content("rowheader").named().inside(&["row"]).supports(HEADER_CELL),
    author("scrollbar").widget().flat().supports(SCROLLBAR).requires(&["aria-controls", "aria-valuenow"]),
    author("search"),
    author("searchbox").named().widget().supports(TEXTBOX),
    r#abstract("section"),
    author("sectionfooter"),
    r#abstract("sectionhead"),
    author("sectionheader"),
    r#abstract("select"),
    author("separator").flat().supports(SEPARATOR),
    author("slider").named().widget().flat().supports(SLIDER).requires(&["aria-valuenow"]),
    author("spinbutton").named().widget().supports(SPINBUTTON),
    author("status"),
    nameless("strong"),
    r#abstract("structure"),
    nameless("subscript"),
    nameless("suggestion"),
    nameless("superscript"),
    content("switch").named().widget().flat().supports(CHECKBOX).requires(&["aria-checked"]),
    content("tab").widget().flat().inside(&["tablist"]).supports(&["aria-disabled", "aria-expanded", "aria-haspopup", "aria-posinset", "aria-selected", "aria-setsize"]),
    author("table").named().owns(ROWS).supports(&["aria-colcount", "aria-rowcount"]),
    author("tablist").widget().owns(&[&["tab"]]).supports(&["aria-activedescendant", "aria-disabled", "aria-level", "aria-multiselectable", "aria-orientation"]),
    author("tabpanel").named(),
    author("term"),
    author("textbox").named().widget().supports(TEXTBOX),
    author("time"),
    author("timer"),
    author("toolbar").supports(MENU),
    content("tooltip").named(),
    author("tree").named().widget().owns(&[&["treeitem"], &["group", "treeitem"]]).supports(TREE),
    author("treegrid").named().widget().owns(ROWS).supports(TREEGRID),
    content("treeitem").named().widget().inside(&["group", "tree"]).supports(TREEITEM).requires(&["aria-selected"]),
    r#abstract("widget"),
    r#abstract("window"),
];

impl Attribute {
    /// It is going out of use.
    const fn deprecated(mut self) -> Self {
        self.deprecated = true;
        self
    }

    /// It is going out of use where it is not the role's own.
    const fn fading(mut self) -> Self {
        self.global_deprecated = true;
        self
    }
}

/// An attribute of every role.
const fn global(name: &'static str, value: Value) -> Attribute {
    Attribute { global: true, ..own(name, value) }
}

/// An attribute of some roles.
const fn own(name: &'static str, value: Value) -> Attribute {
    Attribute { name, value, global: false, deprecated: false, global_deprecated: false }
}

#[rustfmt::skip] // a table: a row an attribute
const ATTRIBUTES: &[Attribute] = &[
    own("aria-activedescendant", Value::Id),
    global("aria-atomic", Value::TrueFalse),
    own("aria-autocomplete", Value::Token(&["inline", "list", "both", "none"])),
    global("aria-braillelabel", Value::Text),
    global("aria-brailleroledescription", Value::Text),
    global("aria-busy", Value::TrueFalse),
    own("aria-checked", Value::Tristate),
    own("aria-colcount", Value::Integer),
    own("aria-colindex", Value::Integer),
    own("aria-colindextext", Value::Text),
    own("aria-colspan", Value::Integer),
    global("aria-controls", Value::Ids),
    global("aria-current", Value::Token(&["page", "step", "location", "date", "time", "true", "false"])),
    global("aria-describedby", Value::Ids),
    global("aria-description", Value::Text),
    global("aria-details", Value::Ids),
    global("aria-disabled", Value::TrueFalse).fading(),
    global("aria-dropeffect", Value::Tokens(&["copy", "execute", "link", "move", "none", "popup"])).deprecated(),
    global("aria-errormessage", Value::Ids).fading(),
    own("aria-expanded", Value::TrueFalseUndefined),
    global("aria-flowto", Value::Ids),
    global("aria-grabbed", Value::TrueFalseUndefined).deprecated(),
    global("aria-haspopup", Value::Token(&["false", "true", "menu", "listbox", "tree", "grid", "dialog"])).fading(),
    global("aria-hidden", Value::TrueFalseUndefined),
    global("aria-invalid", Value::Token(&["grammar", "false", "spelling", "true"])).fading(),
    global("aria-keyshortcuts", Value::Text),
    global("aria-label", Value::Text),
    global("aria-labelledby", Value::Ids),
    own("aria-level", Value::Integer),
    global("aria-live", Value::Token(&["assertive", "off", "polite"])),
    own("aria-modal", Value::TrueFalse),
    own("aria-multiline", Value::TrueFalse),
    own("aria-multiselectable", Value::TrueFalse),
    own("aria-orientation", Value::Token(&["horizontal", "undefined", "vertical"])),
    global("aria-owns", Value::Ids),
    own("aria-placeholder", Value::Text),
    own("aria-posinset", Value::Integer),
    own("aria-pressed", Value::Tristate),
    own("aria-readonly", Value::TrueFalse),
    global("aria-relevant", Value::Tokens(&["additions", "all", "removals", "text"])),
    own("aria-required", Value::TrueFalse),
    global("aria-roledescription", Value::Text),
    own("aria-rowcount", Value::Integer),
    own("aria-rowindex", Value::Integer),
    own("aria-rowindextext", Value::Text),
    own("aria-rowspan", Value::Integer),
    own("aria-selected", Value::TrueFalseUndefined),
    own("aria-setsize", Value::Integer),
    own("aria-sort", Value::Token(&["ascending", "descending", "none", "other"])),
    own("aria-valuemax", Value::Number),
    own("aria-valuemin", Value::Number),
    own("aria-valuenow", Value::Number),
    own("aria-valuetext", Value::Text),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_so_that_lookups_work() {
        assert!(ROLES.is_sorted_by(|one, next| one.name < next.name));
        assert!(ATTRIBUTES.is_sorted_by(|one, next| one.name < next.name));
    }

    #[test]
    fn the_tables_name_only_what_they_have() {
        for role_ in ROLES {
            let attributes = [role_.supported, role_.required, role_.prohibited].concat();
            for name in attributes {
                assert!(attribute(name).is_some(), "{name} of {}", role_.name);
            }
            for name in role_.context.iter().chain(role_.owned.iter().copied().flatten()) {
                assert!(role(name).is_some(), "{name} of {}", role_.name);
            }
            for name in role_.required {
                assert!(role_.supported.contains(name), "{name} of {}", role_.name);
            }
        }
    }

    #[test]
    fn what_owns_a_role_is_among_its_parents() {
        for parent in ROLES {
            for child in parent.owned.iter().map(|path| role(path[0]).expect("it is in the table"))
            {
                let free = child.context.is_empty();
                assert!(free || child.context.contains(&parent.name), "{}", child.name);
            }
        }
    }

    #[test]
    fn roles_are_found() {
        assert_eq!(role("button").map(|role| role.naming), Some(Naming::Content));
        assert_eq!(role("generic").map(|role| role.prohibited.len()), Some(5));
        assert!(role("widget").is_some_and(|role| role.r#abstract));
        assert_eq!(role("lnik"), None);
    }

    #[test]
    fn slips_of_the_pen_are_understood() {
        let meant = |word| meant(word, ATTRIBUTES.iter().map(|attribute| attribute.name));
        assert_eq!(meant("aria-labeledby"), Some("aria-labelledby"));
        assert_eq!(meant("aria-not-checked"), None);
    }

    #[test]
    fn attributes_are_found() {
        assert!(attribute("aria-label").is_some_and(|label| label.global));
        assert!(attribute("aria-checked").is_some_and(|checked| !checked.global));
        assert_eq!(attribute("aria-labeledby"), None);
    }
}
