//! `menu-order`: links of a menu that stand in another order than on the other pages.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{
    Check, Level, Marks, Rule, Seen,
    shared::{FEWEST, Odd, Shared, by_language, parts},
    words::{short, spoken},
};
use crate::rule::Outcome;

pub(super) const RULE: Check = Rule::html("menu-order", include_str!("menu_order.md"))
    .wcag(Level::AA, &["3.2.3"])
    .on_site(run);

/// A link: where it leads and what it is called.
type Link = (u64, String);

/// The links of one part on a page that most pages have, in their order.
type Order<'s> = Vec<(usize, &'s Shared)>;

fn run(seen: &[&Seen], marks: &mut [Marks]) {
    for pages in by_language(seen).into_values() {
        let parts: BTreeMap<_, _> = parts(seen, &pages).into_iter().collect();
        for on in parts.values().filter(|on| on.len() >= FEWEST) {
            compare(seen, on, marks);
        }
    }
}

fn compare(seen: &[&Seen], on: &[(usize, Vec<&Shared>)], marks: &mut [Marks]) {
    let link = |one: &Shared| (one.place, spoken(&one.name));
    // What stands twice on a page has no one place in the order.
    let mut counts: BTreeMap<Link, (usize, bool)> = BTreeMap::new();
    for (_, things) in on {
        let mut own: BTreeMap<Link, usize> = BTreeMap::new();
        things.iter().for_each(|one| *own.entry(link(one)).or_default() += 1);
        for (link, times) in own {
            let count = counts.entry(link).or_default();
            *count = (count.0 + 1, count.1 || times > 1);
        }
    }
    let mut numbers: HashMap<Link, usize> = HashMap::new();
    for (link, (pages, is_twice)) in counts {
        if !is_twice && pages >= FEWEST && pages * 2 >= on.len() {
            let next = numbers.len();
            numbers.insert(link, next);
        }
    }
    let orders: Vec<(usize, Order<'_>)> = on
        .iter()
        .map(|(page, things)| {
            let known = things.iter().filter_map(|one| Some((*numbers.get(&link(one))?, *one)));
            (*page, known.collect::<Order<'_>>())
        })
        .filter(|(_, order)| order.len() > 1)
        .collect();
    // The order that most pages have, and of those the one with most in it.
    let mut same: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    for (_, order) in &orders {
        *same.entry(order.iter().map(|(number, _)| *number).collect()).or_default() += 1;
    }
    let Some((usual, _)) = same.iter().max_by_key(|(order, count)| (**count, order.len())) else {
        return;
    };
    let rank: HashMap<usize, usize> = usual.iter().copied().zip(0..).collect();
    let mut odd: BTreeMap<(usize, usize), (Odd, String, String)> = BTreeMap::new();
    let mut even: Vec<BTreeSet<usize>> = Vec::new();
    for (page, order) in &orders {
        let ranked: Vec<(usize, &Shared)> =
            order.iter().filter_map(|(number, one)| Some((*rank.get(number)?, *one))).collect();
        match ranked.windows(2).find(|pair| pair[0].0 > pair[1].0) {
            None => even.push(ranked.iter().map(|(rank, _)| *rank).collect()),
            Some(pair) => {
                let [(first, one), (second, other)] = [pair[0], pair[1]];
                let new = || {
                    let odd = Odd { pages: BTreeMap::new(), outcome: Outcome::Failed };
                    (odd, one.name.clone(), other.name.clone())
                };
                let of = odd.entry((first, second)).or_insert_with(new);
                of.0.pages.insert(*page, one.span);
            }
        }
        marks[*page].passes(ranked.windows(2).all(|pair| pair[0].0 < pair[1].0));
    }
    for ((first, second), (odd, one, other)) in odd {
        let even = even.iter().filter(|on| on.contains(&first) && on.contains(&second)).count();
        if even + 1 < FEWEST || even < odd.pages.len() * 2 {
            continue;
        }
        let says = |others: &str| {
            format!(
                "“{}” stands before “{}” here{others}, and after it on {even} others",
                short(&one),
                short(&other)
            )
        };
        odd.tell(seen, marks, says, "put the links in the same order on each page");
    }
}
