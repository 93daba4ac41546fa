//! Which rules of the stylesheets of a page apply to each of its elements.
//!
//! `selectors` decides; what is here sees to it that few have to be tried, and that a
//! page made to take for ever is given up.

use std::{cell::Cell, collections::HashMap, rc::Rc, sync::Arc};

use selectors::{
    bloom::BloomFilter,
    context::{
        MatchingContext, MatchingForInvalidation, MatchingMode, NeedsSelectorFlags, QuirksMode,
        SelectorCaches,
    },
    matching::matches_selector,
};

use super::{
    css::{Declaration, Sheet},
    media::Mask,
    selector::{Pseudo, TreePlace, spend},
};
use crate::html::tree::{NONE, Tree};

/// A declaration that applies to an element, and what decides between several.
#[derive(Debug)]
pub(super) struct Match<'s> {
    pub(super) declarations: &'s [Declaration],
    pub(super) mask: Mask,
    pub(super) pseudo: Option<Pseudo>,
    /// Layers of the page: what stands in none comes last.
    pub(super) layer: u32,
    /// As Selectors 4 counts it.
    pub(super) specificity: u32,
    pub(super) order: (u32, u32),
}

/// All stylesheets of a page.
pub(super) struct Cascade<'s> {
    sheets: &'s [Arc<Sheet>],
    /// For each sheet, where its layers stand among those of the page.
    layers: Vec<Vec<u32>>,
    caches: SelectorCaches,
    /// What stands around the element that is looked at: a quick no to most selectors.
    filter: BloomFilter,
    /// Those that elements such as `::before` are part of, which are looked at apart.
    caches_of_parts: SelectorCaches,
    /// The elements in the filter, from the outside in.
    around: Vec<Around<'s>>,
    /// How many steps from element to element, and how many rules, may still be tried.
    left: Rc<Cell<usize>>,
}

/// An element that has others in it.
struct Around<'s> {
    id: u32,
    /// What it added to the filter.
    hashes: Vec<u32>,
    /// The rules that may apply to its children since they are its children, each with
    /// the place of its sheet.
    below: Vec<(u32, &'s [u32])>,
}

/// Steps that any page may take, and how many more for each of its elements. With styles
/// that people write, a large page takes a hundred for each.
const STEPS: usize = 5_000_000;
const STEPS_AN_ELEMENT: usize = 500;

impl<'s> Cascade<'s> {
    pub(super) fn new(sheets: &'s [Arc<Sheet>], nodes: usize) -> Self {
        let mut names: HashMap<&str, usize> = HashMap::new();
        for name in sheets.iter().flat_map(|sheet| &sheet.layers) {
            let next = names.len();
            names.entry(name).or_insert(next);
        }
        // By first mention; what stands in a layer's inner layers loses to what stands
        // in it directly.
        let key = |name: &str| {
            let ends = name.match_indices('.').map(|(at, _)| at).chain([name.len()]);
            let mut key: Vec<usize> =
                ends.map(|end| names.get(&name[..end]).copied().unwrap_or(0)).collect();
            key.push(usize::MAX);
            key
        };
        let mut ranked: Vec<&str> = names.keys().copied().collect();
        ranked.sort_by_cached_key(|name| key(name));
        let places: HashMap<&str, u32> = ranked.into_iter().zip(0..).collect();
        let layers = sheets
            .iter()
            .map(|sheet| sheet.layers.iter().map(|name| places[name.as_str()]).collect())
            .collect();
        Self {
            sheets,
            layers,
            caches: SelectorCaches::default(),
            caches_of_parts: SelectorCaches::default(),
            left: Rc::new(Cell::new(STEPS + STEPS_AN_ELEMENT * nodes)),
            filter: BloomFilter::new(),
            around: Vec::new(),
        }
    }

    /// Whether the styles were made to take for ever, and were given up.
    pub(super) fn is_given_up(&self) -> bool {
        self.left.get() == 0
    }

    /// What applies to an element, in no order. Elements are asked for in the order of
    /// the page.
    pub(super) fn matches(&mut self, tree: &Tree<'_>, id: u32, found: &mut Vec<Match<'s>>) {
        if self.sheets.is_empty() || self.is_given_up() {
            return;
        }
        let node = &tree.nodes[id as usize];
        let left = Rc::clone(&self.left);
        let place = TreePlace { tree, id, left: &left };
        while let Some(last) = self.around.pop_if(|last| last.id != node.parent) {
            last.hashes.into_iter().for_each(|hash| self.filter.remove_hash(hash));
        }
        self.find(place, found);
        if node.first == NONE {
            return;
        }
        let hashes = place.hashes();
        hashes.iter().for_each(|&hash| self.filter.insert_hash(hash));
        let mut below = Vec::new();
        for (number, sheet) in (0..).zip(self.sheets) {
            sheet.filed.below.each(place, |rules| below.push((number, rules)));
        }
        self.around.push(Around { id, hashes, below });
    }

    fn find(&mut self, place: TreePlace<'_, '_>, found: &mut Vec<Match<'s>>) {
        let mut context = MatchingContext::new(
            MatchingMode::Normal,
            Some(&self.filter),
            &mut self.caches,
            QuirksMode::NoQuirks,
            NeedsSelectorFlags::No,
            MatchingForInvalidation::No,
        );
        let mut try_one = |sheet: u32, at: u32| {
            let rule = &self.sheets[sheet as usize].rules[at as usize];
            if !spend(place.left, 1) {
                return;
            }
            let around = Some(&rule.around);
            let is_match = if rule.pseudo.is_some() {
                let mut context = MatchingContext::new(
                    MatchingMode::ForStatelessPseudoElement,
                    Some(&self.filter),
                    &mut self.caches_of_parts,
                    QuirksMode::NoQuirks,
                    NeedsSelectorFlags::No,
                    MatchingForInvalidation::No,
                );
                matches_selector(&rule.selector, 0, around, &place, &mut context)
            } else {
                matches_selector(&rule.selector, 0, around, &place, &mut context)
            };
            if is_match {
                spend(place.left, rule.declarations.len());
                let layers = &self.layers[sheet as usize];
                found.push(Match {
                    declarations: &rule.declarations,
                    mask: rule.mask,
                    pseudo: rule.pseudo,
                    layer: rule.layer.map_or(u32::MAX, |layer| layers[layer as usize]),
                    specificity: rule.specificity,
                    order: (sheet, at),
                });
            }
        };
        for (number, sheet) in (0..).zip(self.sheets) {
            spend(&self.left, 1);
            sheet.filed.own.each(place, |rules| {
                rules.iter().for_each(|&rule| try_one(number, rule));
            });
            sheet.filed.anywhere.iter().for_each(|&rule| try_one(number, rule));
        }
        let parent = self.around.last().map_or(&[][..], |parent| &parent.below);
        for (sheet, rules) in parent {
            rules.iter().for_each(|&rule| try_one(*sheet, rule));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::filed::Filed, *};
    use crate::html::tree::tree;

    /// For each element, the numbers of the rules that apply to it.
    fn found(sheet: Sheet, html: &str) -> Vec<Vec<u32>> {
        let (sheets, tree) = ([Arc::new(sheet)], tree(html));
        let mut cascade = Cascade::new(&sheets, tree.nodes.len());
        let elements = (0..).zip(&tree.nodes).filter(|(_, node)| !node.tag.is_empty());
        let rules = elements.map(|(id, _)| {
            let mut found = Vec::new();
            cascade.matches(&tree, id, &mut found);
            let mut rules: Vec<u32> = found.iter().map(|one| one.order.1).collect();
            rules.sort_unstable();
            rules.dedup();
            rules
        });
        rules.collect()
    }

    #[test]
    fn rules_that_are_filed_apply_as_if_all_were_tried() {
        let css = "
            p { color: #000 } .a { color: #001 } #b { color: #002 } * { color: #003 }
            .a > * { color: #004 } .a > * + * { color: #005 } #b > :first-child { color: #006 }
            .a ~ :not(.c) { color: #007 } ul > :is(li, .c) { color: #008 }
            :is(ul, ol) > * { color: #009 } :is(.a, p) { color: #00a } .a * { color: #00b }
            .a > *::before { content: 'x'; color: #00c } [lang] { color: #00d }
            .a > ul > * > * { color: #00e } :root { color: #00f } :root > * { color: #010 }
            .a > * ~ * > em { color: #011 } :is(.a > *, #b) { color: #012 }";
        let html = "<div class='a d'><p>1</p><p class=c>2<em>3</em></p><ul lang=cy><li>4<b>5</b>
            <li class=c>6<i>7</i></ul></div><div id=b><span>8</span></div><ol><li>9</ol><p class=a>0";
        let filed = Sheet::read(css);
        let mut tried = Sheet::read(css);
        let all = 0..u32::try_from(tried.rules.len()).unwrap_or(0);
        tried.filed = Filed { anywhere: all.collect(), ..Filed::default() };
        assert!(filed.filed.anywhere.len() < filed.rules.len() / 2);
        assert_eq!(found(filed, html), found(tried, html));
    }
}
