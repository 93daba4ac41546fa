//! Selectors: the names in them, and elements as they see them.
//!
//! `selectors` reads and matches them, `cssparser` gives it the words of CSS, and
//! `precomputed_hash`, which only this file names, is how it asks for the number of a name.

use std::{cell::Cell, fmt};

use cssparser::{CowRcStr, ParseError, Parser as CssParser, ToCss};
use precomputed_hash::PrecomputedHash;
use selectors::{
    OpaqueElement,
    attr::{AttrSelectorOperation, CaseSensitivity, NamespaceConstraint},
    bloom::{BLOOM_HASH_MASK, BloomFilter},
    context::MatchingContext,
    matching::ElementSelectorFlags,
    parser::{NonTSPseudoClass, PseudoElement, SelectorImpl, SelectorParseErrorKind},
};

use super::DISABLED;
use crate::html::tree::{Attribute, NONE, Node, Tree, value_of};

/// Reads names in selectors.
pub(super) struct Names;

impl<'i> selectors::parser::Parser<'i> for Names {
    type Impl = Simple;
    type Error = SelectorParseErrorKind<'i>;

    fn parse_is_and_where(&self) -> bool {
        true
    }

    fn parse_has(&self) -> bool {
        true
    }

    fn parse_nth_child_of(&self) -> bool {
        true
    }

    fn parse_parent_selector(&self) -> bool {
        true
    }

    fn parse_non_ts_pseudo_class(
        &self,
        _location: cssparser::SourceLocation,
        name: CowRcStr<'i>,
    ) -> Result<State, ParseError<'i, Self::Error>> {
        Ok(match &*name.to_ascii_lowercase() {
            "link" | "any-link" => State::Link,
            "checked" => State::Checked,
            "disabled" => State::Disabled,
            "enabled" => State::Enabled,
            "required" => State::Required,
            "optional" => State::Optional,
            "open" => State::Open,
            "placeholder-shown" => State::PlaceholderShown,
            _ => State::Never,
        })
    }

    fn parse_non_ts_functional_pseudo_class<'t>(
        &self,
        _name: CowRcStr<'i>,
        parser: &mut CssParser<'i, 't>,
        _after_part: bool,
    ) -> Result<State, ParseError<'i, Self::Error>> {
        while parser.next().is_ok() {}
        Ok(State::Never)
    }

    fn parse_pseudo_element(
        &self,
        _location: cssparser::SourceLocation,
        name: CowRcStr<'i>,
    ) -> Result<Pseudo, ParseError<'i, Self::Error>> {
        Ok(match &*name.to_ascii_lowercase() {
            "before" => Pseudo::Before,
            "after" => Pseudo::After,
            _ => Pseudo::Other,
        })
    }

    fn parse_functional_pseudo_element<'t>(
        &self,
        _name: CowRcStr<'i>,
        arguments: &mut CssParser<'i, 't>,
    ) -> Result<Pseudo, ParseError<'i, Self::Error>> {
        while arguments.next().is_ok() {}
        Ok(Pseudo::Other)
    }

    fn namespace_for_prefix(&self, _prefix: &Name) -> Option<Name> {
        Some(Name("".into()))
    }
}

/// The kinds of names in selectors.
#[derive(Debug, Clone)]
pub(super) struct Simple;

impl SelectorImpl for Simple {
    type ExtraMatchingData<'a> = ();
    type AttrValue = Name;
    type Identifier = Name;
    type LocalName = Name;
    type NamespaceUrl = Name;
    type NamespacePrefix = Name;
    type BorrowedNamespaceUrl = Name;
    type BorrowedLocalName = Name;
    type NonTSPseudoClass = State;
    type PseudoElement = Pseudo;
}

/// A name in a selector.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Name(pub(super) Box<str>);

impl From<&str> for Name {
    fn from(name: &str) -> Self {
        Self(name.into())
    }
}

impl AsRef<str> for Name {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl ToCss for Name {
    fn to_css<W: fmt::Write>(&self, out: &mut W) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl PrecomputedHash for Name {
    fn precomputed_hash(&self) -> u32 {
        hash(&self.0)
    }
}

/// A name as a number; names that are alike have the same.
fn hash(name: &str) -> u32 {
    let number = name.bytes().fold(5381, |hash: u32, byte| hash.wrapping_mul(33) ^ u32::from(byte));
    number & BLOOM_HASH_MASK
}

/// `:hover` and the like. What depends on the moment never holds: rules look at a page
/// that nobody touches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum State {
    Link,
    Checked,
    Disabled,
    Enabled,
    Required,
    Optional,
    Open,
    PlaceholderShown,
    Never,
}

impl ToCss for State {
    fn to_css<W: fmt::Write>(&self, out: &mut W) -> fmt::Result {
        out.write_str(":state")
    }
}

impl NonTSPseudoClass for State {
    type Impl = Simple;

    fn is_active_or_hover(&self) -> bool {
        false
    }

    fn is_user_action_state(&self) -> bool {
        false
    }
}

/// `::before` and the like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Pseudo {
    Before,
    After,
    Other,
}

impl ToCss for Pseudo {
    fn to_css<W: fmt::Write>(&self, out: &mut W) -> fmt::Result {
        out.write_str("::part")
    }
}

impl PseudoElement for Pseudo {
    type Impl = Simple;

    fn accepts_state_pseudo_classes(&self) -> bool {
        true
    }
}

/// Takes steps off those that are left; false when there are none.
pub(super) fn spend(left: &Cell<usize>, steps: usize) -> bool {
    left.set(left.get().saturating_sub(steps));
    left.get() > 0
}

/// An element, as selectors see it.
#[derive(Clone, Copy)]
pub(super) struct TreePlace<'t, 'a> {
    pub(super) tree: &'t Tree<'a>,
    pub(super) id: u32,
    /// How many steps may still be taken.
    pub(super) left: &'t Cell<usize>,
}

impl fmt::Debug for TreePlace<'_, '_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<{}>", self.tree.nodes[self.id as usize].tag)
    }
}

impl<'t, 'a> TreePlace<'t, 'a> {
    /// The element a step away, while steps are left.
    fn at(self, id: u32) -> Option<Self> {
        (id != NONE && spend(self.left, 1)).then_some(Self { id, ..self })
    }

    pub(super) fn node(self) -> &'t Node<'a> {
        &self.tree.nodes[self.id as usize]
    }

    fn attributes(self) -> &'t [Attribute<'a>] {
        self.tree.attributes_of(self.node())
    }

    /// Its name, id and classes as numbers.
    pub(super) fn hashes(self) -> Vec<u32> {
        let mut hashes = vec![hash(&self.node().tag)];
        for attribute in self.attributes() {
            match &*attribute.name {
                "id" => hashes.push(hash(&attribute.value)),
                "class" => hashes.extend(attribute.value.split_ascii_whitespace().map(hash)),
                _ => {}
            }
        }
        hashes
    }

    pub(super) fn attr(self, name: &str) -> Option<&'t str> {
        value_of(self.attributes(), name)
    }

    fn is_one_of(self, tags: &[&str]) -> bool {
        tags.contains(&&*self.node().tag)
    }
}

impl selectors::Element for TreePlace<'_, '_> {
    type Impl = Simple;

    fn opaque(&self) -> OpaqueElement {
        OpaqueElement::new(self.node())
    }

    fn parent_element(&self) -> Option<Self> {
        self.at(self.node().parent)
    }

    fn parent_node_is_shadow_root(&self) -> bool {
        false
    }

    fn containing_shadow_host(&self) -> Option<Self> {
        None
    }

    fn pseudo_element_originating_element(&self) -> Option<Self> {
        // Asked where a selector goes on after `::before`, of which nothing is an element.
        None
    }

    fn is_pseudo_element(&self) -> bool {
        false
    }

    fn prev_sibling_element(&self) -> Option<Self> {
        self.at(self.node().previous)
    }

    fn next_sibling_element(&self) -> Option<Self> {
        self.at(self.node().next)
    }

    fn first_element_child(&self) -> Option<Self> {
        self.at(self.node().first)
    }

    fn is_html_element_in_html_document(&self) -> bool {
        true
    }

    fn has_local_name(&self, name: &Name) -> bool {
        *self.node().tag == *name.0
    }

    fn has_namespace(&self, _namespace: &Name) -> bool {
        true
    }

    fn is_same_type(&self, other: &Self) -> bool {
        self.node().tag == other.node().tag
    }

    fn attr_matches(
        &self,
        _namespace: &NamespaceConstraint<&Name>,
        name: &Name,
        operation: &AttrSelectorOperation<&Name>,
    ) -> bool {
        self.attr(&name.0).is_some_and(|value| match operation {
            AttrSelectorOperation::Exists => true,
            AttrSelectorOperation::WithValue { operator, case_sensitivity, value: wanted } => {
                operator.eval_str(value, &wanted.0, *case_sensitivity)
            }
        })
    }

    fn match_non_ts_pseudo_class(
        &self,
        state: &State,
        _context: &mut MatchingContext<'_, Simple>,
    ) -> bool {
        match state {
            State::Link => self.is_link(),
            State::Checked => self.attr("checked").is_some() || self.attr("selected").is_some(),
            State::Disabled => self.is_one_of(DISABLED) && self.attr("disabled").is_some(),
            State::Enabled => self.is_one_of(DISABLED) && self.attr("disabled").is_none(),
            State::Required => self.attr("required").is_some(),
            State::Optional => {
                self.is_one_of(&["input", "select", "textarea"]) && self.attr("required").is_none()
            }
            State::Open => self.attr("open").is_some(),
            State::PlaceholderShown => {
                self.attr("placeholder").is_some() && self.attr("value").is_none()
            }
            State::Never => false,
        }
    }

    fn match_pseudo_element(
        &self,
        _pseudo: &Pseudo,
        _context: &mut MatchingContext<'_, Simple>,
    ) -> bool {
        true
    }

    fn apply_selector_flags(&self, _flags: ElementSelectorFlags) {}

    fn is_link(&self) -> bool {
        self.is_one_of(&["a", "area"]) && self.attr("href").is_some()
    }

    fn is_html_slot_element(&self) -> bool {
        false
    }

    fn has_id(&self, id: &Name, case: CaseSensitivity) -> bool {
        self.attr("id").is_some_and(|own| case.eq(own.as_bytes(), id.0.as_bytes()))
    }

    fn has_class(&self, name: &Name, case: CaseSensitivity) -> bool {
        self.attr("class").is_some_and(|classes| {
            spend(self.left, classes.len() / 64);
            classes
                .split_ascii_whitespace()
                .any(|class| case.eq(class.as_bytes(), name.0.as_bytes()))
        })
    }

    fn has_custom_state(&self, _name: &Name) -> bool {
        false
    }

    fn imported_part(&self, _name: &Name) -> Option<Name> {
        None
    }

    fn is_part(&self, _name: &Name) -> bool {
        false
    }

    fn is_empty(&self) -> bool {
        let node = self.node();
        let inside = &self.tree.nodes[self.id as usize + 1..node.end as usize];
        inside.iter().all(|node| node.tag.is_empty() && node.text.is_empty())
    }

    fn is_root(&self) -> bool {
        self.id == 0
    }

    fn add_element_unique_hashes(&self, _filter: &mut BloomFilter) -> bool {
        false
    }
}
