//! `other-name`: links and fields of headers, menus and footers that have another name than on
//! the other pages.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Check, Level, Marks, Rule, Seen,
    shared::{FEWEST, Odd, Shared, by_language, parts, usual},
    words::{contains, short, spoken, words},
};
use crate::rule::Outcome;

pub(super) const RULE: Check = Rule::html("other-name", include_str!("other_name.md"))
    .wcag(Level::AA, &["3.2.4"])
    .on_site(run);

fn run(seen: &[&Seen], marks: &mut [Marks]) {
    for pages in by_language(seen).into_values() {
        let parts: BTreeMap<_, _> = parts(seen, &pages).into_iter().collect();
        for on in parts.values().filter(|on| on.len() >= FEWEST) {
            compare(seen, on, pages.len(), marks);
        }
    }
}

fn compare(seen: &[&Seen], on: &[(usize, Vec<&Shared>)], all: usize, marks: &mut [Marks]) {
    let mut places: BTreeMap<u64, Vec<(usize, &Shared, String)>> = BTreeMap::new();
    // What leads to another place on each page, such as “Next”, is the name of none.
    let mut leads: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    for (page, things) in on {
        for one in things {
            let name = spoken(&one.name);
            leads.entry(name.clone()).or_default().insert(one.place);
            places.entry(one.place).or_default().push((*page, one, name));
        }
    }
    for things in places.values() {
        let mut names: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for (page, _, name) in things {
            names.entry(name).or_default().insert(*page);
        }
        let Some((usual, count)) = usual(&names, all) else { continue };
        let right = &names[usual];
        right.iter().for_each(|page| marks[*page].pass());
        let slots: BTreeSet<u64> = things
            .iter()
            .filter(|(_, _, name)| name == usual)
            .map(|(_, one, _)| one.slot)
            .collect();
        let mut odd: BTreeMap<&str, (Odd, &Shared)> = BTreeMap::new();
        for (page, one, name) in things.iter().filter(|(page, ..)| !right.contains(page)) {
            // In another place of the menu it is there for something else.
            if !slots.contains(&one.slot) || leads[name].len() > 1 {
                continue;
            }
            let new = || {
                let (own, other) = (words(name), words(usual));
                let is_part = contains(&own, &other) || contains(&other, &own);
                // “Contact” and “Contact us” may well be the same to everybody.
                let outcome = if is_part { Outcome::CantTell } else { Outcome::Failed };
                (Odd { pages: BTreeMap::new(), outcome }, *one)
            };
            odd.entry(name).or_insert_with(new).0.pages.entry(*page).or_insert(one.span);
        }
        let said = things.iter().find(|(_, _, name)| name == usual);
        let said = said.map_or("", |(_, one, _)| &one.name);
        for (odd, one) in odd.values() {
            let says = |others: &str| {
                format!(
                    "“{}” is what this is called here{others}, and “{}” on {count} others",
                    short(&one.name),
                    short(said)
                )
            };
            odd.tell(seen, marks, says, "call what does the same by the same name on each page");
        }
    }
}
