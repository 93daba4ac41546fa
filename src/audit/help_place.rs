//! `help-place`: ways to get help that stand above the content on some pages and below it on
//! others.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Check, Level, Marks, Rule, Seen,
    shared::{Odd, Shared, by_language, usual},
    words::short,
};
use crate::rule::Outcome;

pub(super) const RULE: Check =
    Rule::html("help-place", include_str!("help_place.md")).wcag(Level::A, &["3.2.6"]).on_site(run);

fn run(seen: &[&Seen], marks: &mut [Marks]) {
    for pages in by_language(seen).into_values() {
        let mut places: BTreeMap<u64, Vec<(usize, &Shared, bool)>> = BTreeMap::new();
        for &at in &pages {
            let page: &Seen = seen[at];
            for one in page.shared.iter().filter(|one| one.is_help) {
                let Some(is_below) = one.is_below else { continue };
                places.entry(one.place).or_default().push((at, one, is_below));
            }
        }
        for things in places.values() {
            let mut sides: BTreeMap<bool, BTreeSet<usize>> = BTreeMap::new();
            for (page, _, is_below) in things {
                sides.entry(*is_below).or_default().insert(*page);
            }
            let Some((usual, count)) = usual(&sides, pages.len()) else { continue };
            let right = &sides[&usual];
            right.iter().for_each(|page| marks[*page].pass());
            let mut odd = Odd { pages: BTreeMap::new(), outcome: Outcome::Failed };
            let wrong = || things.iter().filter(|(page, ..)| !right.contains(page));
            for (page, one, _) in wrong() {
                odd.pages.entry(*page).or_insert(one.span);
            }
            let name = wrong().next().map_or("", |(_, one, _)| &one.name);
            let side = |is_below: bool| if is_below { "below" } else { "above" };
            let says = |others: &str| {
                format!(
                    "“{}” stands {} the content here{others}, and {} it on {count} others",
                    short(name),
                    side(!usual),
                    side(usual)
                )
            };
            odd.tell(
                seen,
                marks,
                says,
                "put what people get help by in the same place on each page",
            );
        }
    }
}
