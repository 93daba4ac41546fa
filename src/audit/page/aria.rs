//! What WAI-ARIA says of roles and attributes: two tables and their lookups. That of the
//! roles is `roles.txt`.
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
    /// Whether what is inside is read as plain words: a link in a button is no link.
    pub presentational_children: bool,
    /// The attributes that it supports, its own and inherited, without the global ones.
    pub supported: Vec<&'static str>,
    /// The attributes that it needs. [`default`] says which of them need not be written.
    pub required: Vec<&'static str>,
    /// The roles of which one must be its parent. Empty if any will do.
    pub context: Vec<&'static str>,
    /// The roles that may be its children, each with what may be between: `rowgroup row`
    /// is a path of two. Empty if any will do.
    pub owned: Vec<Vec<&'static str>>,
    /// The global attributes that it may not have.
    pub prohibited: Vec<&'static str>,
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
        LazyLock::new(|| roles().iter().map(|role| (role.name, role)).collect());
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
    static ROLES: LazyLock<Vec<Role>> = LazyLock::new(|| read(include_str!("roles.txt")));
    &ROLES
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

/// Reads the table of roles.
fn read(table: &'static str) -> Vec<Role> {
    let mut roles: Vec<Role> = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_ascii_whitespace();
        let first = words.next().unwrap_or_default();
        match roles.last_mut().filter(|_| line.starts_with(' ')) {
            None => roles.push(Role::new(first, &words.collect::<Vec<_>>())),
            Some(role) => match first {
                "supports" => role.supported.extend(words),
                "requires" => role.required.extend(words),
                "inside" => role.context.extend(words),
                "prohibits" => role.prohibited.extend(words),
                _ => role.owned.extend(words.map(|path| path.split('>').collect::<Vec<_>>())),
            },
        }
    }
    roles
}

impl Role {
    fn new(name: &'static str, facts: &[&str]) -> Self {
        let is = |fact: &str| facts.contains(&fact);
        let naming = match (is("content"), is("nameless")) {
            (true, _) => Naming::Content,
            (_, true) => Naming::Prohibited,
            _ => Naming::Author,
        };
        Self {
            name,
            naming,
            presentational_children: is("flat"),
            supported: Vec::new(),
            required: Vec::new(),
            context: Vec::new(),
            owned: Vec::new(),
            prohibited: if is("nameless") { NAMES.to_vec() } else { Vec::new() },
            widget: is("widget"),
            deprecated: is("deprecated"),
            r#abstract: is("abstract"),
        }
    }
}

/// The attributes that name, which a role without a name may not have.
const NAMES: &[&str] = &["aria-braillelabel", "aria-label", "aria-labelledby"];

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

const TRUE_FALSE: Value = Value::Token(&["true", "false"]);
const TRUE_FALSE_UNDEFINED: Value = Value::Token(&["true", "false", "undefined"]);
const TRISTATE: Value = Value::Token(&["true", "false", "mixed", "undefined"]);

#[rustfmt::skip] // a table: a row an attribute
const ATTRIBUTES: &[Attribute] = &[
    own("aria-activedescendant", Value::Id),
    global("aria-atomic", TRUE_FALSE),
    own("aria-autocomplete", Value::Token(&["inline", "list", "both", "none"])),
    global("aria-braillelabel", Value::Text),
    global("aria-brailleroledescription", Value::Text),
    global("aria-busy", TRUE_FALSE),
    own("aria-checked", TRISTATE),
    own("aria-colcount", Value::Integer),
    own("aria-colindex", Value::Integer),
    own("aria-colindextext", Value::Text),
    own("aria-colspan", Value::Integer),
    global("aria-controls", Value::Ids),
    global("aria-current", Value::Token(&["page", "step", "location", "date", "time", "true", "false"])),
    global("aria-describedby", Value::Ids),
    global("aria-description", Value::Text),
    global("aria-details", Value::Ids),
    global("aria-disabled", TRUE_FALSE).fading(),
    global("aria-dropeffect", Value::Tokens(&["copy", "execute", "link", "move", "none", "popup"])).deprecated(),
    global("aria-errormessage", Value::Ids).fading(),
    own("aria-expanded", TRUE_FALSE_UNDEFINED),
    global("aria-flowto", Value::Ids),
    global("aria-grabbed", TRUE_FALSE_UNDEFINED).deprecated(),
    global("aria-haspopup", Value::Token(&["false", "true", "menu", "listbox", "tree", "grid", "dialog"])).fading(),
    global("aria-hidden", TRUE_FALSE_UNDEFINED),
    global("aria-invalid", Value::Token(&["grammar", "false", "spelling", "true"])).fading(),
    global("aria-keyshortcuts", Value::Text),
    global("aria-label", Value::Text),
    global("aria-labelledby", Value::Ids),
    own("aria-level", Value::Integer),
    global("aria-live", Value::Token(&["assertive", "off", "polite"])),
    own("aria-modal", TRUE_FALSE),
    own("aria-multiline", TRUE_FALSE),
    own("aria-multiselectable", TRUE_FALSE),
    own("aria-orientation", Value::Token(&["horizontal", "undefined", "vertical"])),
    global("aria-owns", Value::Ids),
    own("aria-placeholder", Value::Text),
    own("aria-posinset", Value::Integer),
    own("aria-pressed", TRISTATE),
    own("aria-readonly", TRUE_FALSE),
    global("aria-relevant", Value::Tokens(&["additions", "all", "removals", "text"])),
    own("aria-required", TRUE_FALSE),
    global("aria-roledescription", Value::Text),
    own("aria-rowcount", Value::Integer),
    own("aria-rowindex", Value::Integer),
    own("aria-rowindextext", Value::Text),
    own("aria-rowspan", Value::Integer),
    own("aria-selected", TRUE_FALSE_UNDEFINED),
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
        assert!(roles().is_sorted_by(|one, next| one.name < next.name));
        assert!(ATTRIBUTES.is_sorted_by(|one, next| one.name < next.name));
    }

    #[test]
    fn the_tables_name_only_what_they_have() {
        for role_ in roles() {
            let attributes = [&*role_.supported, &role_.required, &role_.prohibited].concat();
            for name in attributes {
                assert!(attribute(name).is_some(), "{name} of {}", role_.name);
            }
            for name in role_.context.iter().chain(role_.owned.iter().flatten()) {
                assert!(role(name).is_some(), "{name} of {}", role_.name);
            }
            for name in &role_.required {
                assert!(role_.supported.contains(name), "{name} of {}", role_.name);
            }
        }
    }

    #[test]
    fn what_owns_a_role_is_among_its_parents() {
        for parent in roles() {
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
