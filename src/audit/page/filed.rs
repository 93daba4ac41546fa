//! The rules of a stylesheet, filed by what an element must have for them to apply (a rule
//! hash, as browsers keep one). `selectors` has the parts of a selector.

use std::collections::HashSet;

use selectors::parser::{Combinator, Component, Selector, SelectorIter};

use super::{
    Map,
    selector::{Simple, TreePlace},
};

/// The rules of a stylesheet, by what there must be for them to apply: one look at an
/// element leaves a few of hundreds.
#[derive(Debug, Default)]
pub(super) struct Filed {
    /// By the element itself.
    pub(super) own: Index,
    /// By what it stands in directly: `.body > * + *`.
    pub(super) below: Index,
    pub(super) anywhere: Vec<u32>,
}

impl Filed {
    /// Files the selectors of all rules.
    pub(super) fn new<'a>(selectors: impl Iterator<Item = &'a Selector<Simple>>) -> Self {
        let mut filed = Self::default();
        for (at, selector) in (0..).zip(selectors) {
            let mut keys = Vec::new();
            if keys_of(selector, &mut keys) {
                filed.own.add(keys, at);
            } else if keys_of_parent(selector, &mut keys) {
                filed.below.add(keys, at);
            } else {
                filed.anywhere.push(at);
            }
        }
        filed
    }
}

/// Rules by the id, the class or the name that an element must have.
#[derive(Debug, Default)]
pub(super) struct Index {
    by_id: Map<Box<str>, Vec<u32>>,
    by_class: Map<Box<str>, Vec<u32>>,
    by_tag: Map<Box<str>, Vec<u32>>,
}

impl Index {
    fn add(&mut self, mut keys: Vec<Key<'_>>, rule: u32) {
        keys.sort();
        keys.dedup();
        for key in keys {
            let (map, name) = match key {
                Key::Id(name) => (&mut self.by_id, name),
                Key::Class(name) => (&mut self.by_class, name),
                Key::Tag(name) => (&mut self.by_tag, name),
            };
            map.entry(name.into()).or_default().push(rule);
        }
    }

    /// Gives the rules that may apply to an element.
    pub(super) fn each<'s>(&'s self, place: TreePlace<'_, '_>, mut take: impl FnMut(&'s [u32])) {
        if !self.by_tag.is_empty()
            && let Some(rules) = self.by_tag.get(&*place.node().tag)
        {
            take(rules);
        }
        if let Some(classes) = place.attr("class").filter(|_| !self.by_class.is_empty()) {
            // Nobody writes many, and a list of one class a thousand times is made to
            // keep programs busy.
            let is_long = classes.len() > 500;
            let mut tried = HashSet::new();
            for class in classes.split_ascii_whitespace() {
                if let Some(rules) = self.by_class.get(class)
                    && (!is_long || tried.insert(class))
                {
                    take(rules);
                }
            }
        }
        if let Some(id) = place.attr("id").filter(|_| !self.by_id.is_empty())
            && let Some(rules) = self.by_id.get(id)
        {
            take(rules);
        }
    }
}

/// What the last part of a selector must have.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Key<'a> {
    Id(&'a str),
    Class(&'a str),
    Tag(&'a str),
}

/// The keys one of which an element must have; false when there are none.
fn keys_of<'a>(selector: &'a Selector<Simple>, keys: &mut Vec<Key<'a>>) -> bool {
    keys_of_part(&mut selector.iter(), keys)
}

/// The keys one of which the parent of an element must have; false when there are none.
fn keys_of_parent<'a>(selector: &'a Selector<Simple>, keys: &mut Vec<Key<'a>>) -> bool {
    let mut parts = selector.iter();
    loop {
        parts.by_ref().for_each(drop);
        match parts.next_sequence() {
            Some(Combinator::Child) => return keys_of_part(&mut parts, keys),
            Some(
                Combinator::NextSibling | Combinator::LaterSibling | Combinator::PseudoElement,
            ) => {}
            _ => return false,
        }
    }
}

/// The same for the part of a selector that is read next.
fn keys_of_part<'a>(parts: &mut SelectorIter<'a, Simple>, keys: &mut Vec<Key<'a>>) -> bool {
    let mut best: Option<Key<'a>> = None;
    let mut lists: Vec<&[Selector<Simple>]> = Vec::new();
    loop {
        for part in parts.by_ref() {
            let key = match part {
                Component::ID(name) => Key::Id(&name.0),
                Component::Class(name) => Key::Class(&name.0),
                Component::LocalName(name) => Key::Tag(&name.lower_name.0),
                Component::Root => Key::Tag("html"),
                Component::Is(list) | Component::Where(list) => {
                    lists.push(list.slice());
                    continue;
                }
                _ => continue,
            };
            if best.as_ref().is_none_or(|best| key < *best) {
                best = Some(key);
            }
        }
        // A pseudo-element stands after its element as after a combinator.
        match parts.next_sequence() {
            Some(combinator) if combinator.is_pseudo_element() => {}
            _ => break,
        }
    }
    if let Some(key) = best {
        keys.push(key);
        return true;
    }
    for list in lists {
        let before = keys.len();
        if list.iter().all(|inner| keys_of(inner, keys)) {
            return true;
        }
        keys.truncate(before);
    }
    false
}
