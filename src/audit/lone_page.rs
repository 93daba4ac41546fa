//! `lone-page`: pages that no other page leads to.

use std::collections::HashSet;

use super::{
    Check, Level, Marks, Rule, Seen,
    shared::{FEWEST, Odd, number},
};
use crate::{rule::Outcome, text::Span};

pub(super) const RULE: Check =
    Rule::html("lone-page", include_str!("lone_page.md")).wcag(Level::AA, &["2.4.5"]).on_site(run);

/// One in so many links may lead to a page that is not there. With more the folder is a part of
/// a site, and what leads to its pages is not in it.
const DEAD: usize = 50;

/// One in so many pages may be without a link. With more a script makes the menu.
const LONE: usize = 5;

fn run(seen: &[&Seen], marks: &mut [Marks]) {
    let links: usize = seen.iter().map(|page| page.leads_to.len()).sum();
    let dead: usize = seen.iter().map(|page| page.dead).sum();
    let has_start = seen.iter().any(|page| matches!(&*page.path, "index.html" | "index.htm"));
    if seen.len() < FEWEST || !has_start || dead * DEAD > links + dead {
        return;
    }
    let mut reached: HashSet<u64> = HashSet::new();
    for page in seen {
        let own = number(&page.path);
        reached.extend(page.leads_to.iter().filter(|place| **place != own));
    }
    let mut odd = Odd { pages: Default::default(), outcome: Outcome::CantTell };
    for (at, page) in seen.iter().enumerate().filter(|(_, page)| is_asked_for(page)) {
        if !marks[at].passes(reached.contains(&number(&page.path))) {
            odd.pages.insert(at, Span::default());
        }
    }
    if odd.pages.len() * LONE > seen.len() {
        return;
    }
    let has_search = seen.iter().any(|page| page.has_search);
    let says = |others: &str| match has_search {
        true => format!("no page leads here{others}, and only a search can find it"),
        false => format!("no page leads here{others}, so that nobody can find it"),
    };
    let hint = "link to it from a list of pages, unless it is a step that others lead to";
    odd.tell(seen, marks, says, hint);
}

/// Whether people would look for a page: none that a host shows in place of another one.
fn is_asked_for(page: &Seen) -> bool {
    let file = page.path.rsplit('/').next().unwrap_or_default();
    let is_start = matches!(&*page.path, "index.html" | "index.htm");
    let is_error = file.len() > 3
        && file.as_bytes()[..3].iter().all(u8::is_ascii_digit)
        && file[3..].starts_with('.');
    let is_status = matches!(page.path.split('/').next(), Some("404" | "500"));
    !(is_start || is_error || is_status || page.is_copy || page.is_redirect)
}
