//! The ids of headings: what was called otherwise keeps its old id, and what would be lost is
//! told of at its page.

use std::collections::{BTreeMap, HashMap, HashSet};

use rayon::prelude::*;

use super::{super::Ledger, Kept, SAME_PAGE};
use crate::{
    diagnostic::{Diagnostic, Report},
    model::{DEEPEST, Edition, Page, PageId, Site, Status, Url, kind::GLOSSARY},
    parse::{Block, Heading, Inline},
    rule,
    text::{Span, nearest, wording::counted},
};

/// How alike two ids are at least that stand far from each other, from 0 to 1.
const ALIKE: f64 = 0.5;

/// The fewest ids by which a page is known again.
const LEAST_IDS: usize = 2;

/// The most pairs of ids that are compared word by word. More are taken in their order.
const MOST_PAIRS: usize = 10_000;

/// The ids on a page that links can name, from top to bottom.
pub fn page_ids<'a>(site: &'a Site, page: &'a Page) -> Vec<&'a str> {
    // The first is the title, which is above all links.
    let is_title = |(place, heading): &(usize, &Heading)| *place == 0 && heading.level == 1;
    let headings = page.text.document.headings.iter().enumerate();
    let headings = headings.filter(|heading| !is_title(heading)).flat_map(|(_, heading)| {
        let own = std::iter::once(&heading.id).chain(&heading.more_ids);
        own.map(|id| (heading.span.start, id.as_str()))
    });
    let records = page.text.records.iter();
    let records = records.flat_map(|(at, record)| record.anchors().map(|id| (*at, id)));
    let mut ids: Vec<(usize, &str)> = headings.chain(records).collect();
    if site.may_grow(&page.text) {
        of_snippets(site, &page.text.document.blocks, None, 0, &mut ids);
    }
    ids.sort_by_key(|(at, _)| *at);
    let terms = site.data.glossary.iter().filter(|term| term.listed);
    let terms = terms.filter(|_| page.kind.is(&GLOSSARY)).map(|term| term.id.as_str());
    ids.into_iter().map(|(_, id)| id).filter(|id| !id.is_empty()).chain(terms).collect()
}

/// Adds the ids of headings in snippets that are put into a text, at the place `at` or at their
/// own.
fn of_snippets<'a>(
    site: &'a Site,
    blocks: &'a [Block],
    at: Option<usize>,
    depth: usize,
    ids: &mut Vec<(usize, &'a str)>,
) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines, span) => {
                let [Inline::Value(name, _)] = inlines.as_slice() else { continue };
                let Some(snippet) = site.snippet_named(name).filter(|_| depth < DEEPEST) else {
                    continue;
                };
                let at = at.unwrap_or(span.start);
                let headings = snippet.document.headings.iter();
                let all = headings.flat_map(|own| std::iter::once(&own.id).chain(&own.more_ids));
                ids.extend(all.map(|id| (at, id.as_str())));
                of_snippets(site, &snippet.document.blocks, Some(at), depth + 1, ids);
            }
            Block::Quote { blocks, .. } => of_snippets(site, blocks, at, depth, ids),
            Block::List { items, .. } => {
                for item in items {
                    of_snippets(site, &item.blocks, at, depth, ids);
                }
            }
            _ => {}
        }
    }
}

/// What a page should have: the ids that it had, and those it had under another name.
#[derive(Default)]
struct Wanted<'a> {
    ids: Vec<&'a str>,
    was: BTreeMap<&'a str, &'a str>,
    /// Those of a page that leads here now.
    moved: Vec<&'a str>,
}

/// Gives pages the old ids of their headings, and reports those that would be lost.
pub(super) fn keep(
    site: &mut Site,
    ledger: &Ledger,
    moved: &[(Url, String)],
    edition: Edition,
    report: &mut Report,
    kept: &mut Kept,
) {
    let mut wanted: HashMap<PageId, Wanted<'_>> = HashMap::new();
    let pages = site.pages.iter().enumerate().filter(|(_, page)| !page.made);
    for (id, page) in pages {
        if let Some(entry) = ledger.entries.get(page.url.as_str()) {
            let wanted = wanted.entry(id).or_default();
            // What only staff see stands between others in their edition alone.
            let is_wanted = |id: &&String| edition.staff || !entry.staff_ids.contains(*id);
            let ids = entry.ids.iter().filter(is_wanted);
            wanted.ids = ids.map(String::as_str).collect();
            wanted.was = entry.was.iter().map(|(old, now)| (&**old, &**now)).collect();
        }
    }
    for (from, to) in moved {
        let here = site.by_url.get(to.as_str()).filter(|&&id| !site.pages[id].made);
        if let (Some(&id), Some(entry)) = (here, ledger.entries.get(from.as_str())) {
            let wanted = wanted.entry(id).or_default();
            wanted.moved.extend(entry.ids.iter().map(String::as_str));
            wanted.was.extend(entry.was.iter().map(|(old, now)| (&**old, &**now)));
        }
    }
    let mut all: Vec<(PageId, Wanted<'_>)> = wanted.into_iter().collect();
    all.sort_by_key(|(id, _)| *id);
    let elsewhere = Elsewhere::new(site);
    let joined: Vec<(PageId, Joined)> = all
        .into_par_iter()
        .map(|(id, wanted)| {
            let page = &site.pages[id];
            let headings = page.text.document.headings.iter();
            let headings: HashSet<&str> = headings.map(|heading| heading.id.as_str()).collect();
            let ids = page_ids(site, page);
            if let Some(other) = elsewhere.holds(site, id, &ids, &wanted.ids) {
                return (id, Joined { moved_to: Some(other), ..Joined::default() });
            }
            let mut joined = join(&ids, &headings, &wanted);
            // What stands in a box for other days is not lost.
            let hidden = &page.text.document.hidden_ids;
            joined.lost.retain(|(lost, _)| !hidden.contains(lost));
            // Who comes to a page that is over must read that it is, wherever they land.
            if page.front.status != Status::Published {
                joined.lost.clear();
            }
            (id, joined)
        })
        .collect();
    for (id, joined) in joined {
        let page = &site.pages[id];
        if let Some(other) = joined.moved_to {
            let other = &site.pages[other];
            report.add(page.source(), [exchanged(page, other)]);
            kept.lost.push(page.url.to_string());
            continue;
        }
        if joined.left > 0 {
            kept.sentences.push(format!(
                "{} of pages that are at {} now lead to its top: it does not have them.",
                counted(joined.left, "old heading", "old headings"),
                page.url
            ));
        }
        report.add(page.source(), joined.lost.iter().map(|lost| lost_id(page, lost)));
        report.add(page.source(), joined.shifted.iter().map(|ids| shifted_id(page, ids)));
        for (old, now) in &joined.new {
            let heading = page.text.document.headings.iter().find(|heading| heading.id == *now);
            let words = heading.map_or(now.as_str(), |heading| heading.text.as_str());
            let sentence = format!("Links to {}#{old} lead to “{words}” now.", page.url);
            kept.sentences.push(sentence);
        }
        kept.lost.extend(joined.lost.iter().map(|(id, _)| format!("{}#{id}", page.url)));
        site.pages[id].old_ids = joined.old_ids;
    }
}

/// The ids that a page had, beside those that it has.
#[derive(Debug, Default, PartialEq, Eq)]
struct Joined {
    /// Each old one with the one that is there now.
    old_ids: BTreeMap<String, String>,
    /// Those of them that the ledger does not know yet.
    new: Vec<(String, String)>,
    /// Those that are lost, each with the one that is likely to be meant, if any is.
    lost: Vec<(String, Option<String>)>,
    /// Those that another heading of the same words has now, each with what its own has.
    shifted: Vec<(String, String)>,
    /// How many of a page that was put into this one are not on it.
    left: usize,
    /// The page that has the headings that this one had.
    moved_to: Option<PageId>,
}

/// Which written pages have which ids.
struct Elsewhere<'a> {
    by_id: HashMap<&'a str, Vec<PageId>>,
}

impl<'a> Elsewhere<'a> {
    fn new(site: &'a Site) -> Self {
        let mut by_id: HashMap<&str, Vec<PageId>> = HashMap::new();
        for (id, page) in site.pages.iter().enumerate().filter(|(_, page)| !page.made) {
            page_ids(site, page).into_iter().for_each(|own| by_id.entry(own).or_default().push(id));
        }
        Self { by_id }
    }

    /// The page that has most of what another had, of which that one has hardly anything: they
    /// were exchanged, or one was put in the place of the other.
    fn holds(&self, site: &Site, id: PageId, now: &[&str], had: &[&str]) -> Option<PageId> {
        let kept = had.iter().filter(|own| now.contains(*own)).count();
        if had.len() < LEAST_IDS || kept * 2 >= had.len() {
            return None;
        }
        let mut votes: BTreeMap<PageId, usize> = BTreeMap::new();
        for own in had {
            // A heading that many pages have says nothing of any.
            let pages = self.by_id.get(own).filter(|pages| pages.len() < 50);
            pages.into_iter().flatten().for_each(|&page| *votes.entry(page).or_default() += 1);
        }
        let language = &site.pages[id].language;
        votes.retain(|&page, _| page != id && site.pages[page].language == *language);
        let (page, most) =
            votes.into_iter().max_by_key(|(page, votes)| (*votes, usize::MAX - page))?;
        (most as f64 > SAME_PAGE * had.len() as f64).then_some(page)
    }
}

fn exchanged(page: &Page, other: &Page) -> Diagnostic {
    let message = format!(
        "links lead to {}, and what they lead to is at {} now: it looks as if another page had \
         been put in its place",
        page.url, other.url
    );
    let hint = format!(
        "give this page another name, and write `also at: {}` in {}; or put both back where they \
         were",
        page.url,
        other.source().path
    );
    Diagnostic::error(&rule::LOST_ADDRESS, page.text.document.fields().start(), message).hint(hint)
}

/// `headings` are those of `now` that an old id can stand at.
fn join(now: &[&str], headings: &HashSet<&str>, wanted: &Wanted<'_>) -> Joined {
    let has: HashSet<&str> = now.iter().copied().collect();
    let mut joined = Joined::default();
    let mut now_called: HashMap<&str, &str> = HashMap::new();
    let mut lost = Vec::new();
    for (ids, is_own) in [(&wanted.ids, true), (&wanted.moved, false)] {
        // A page that was put into another need not have its headings there.
        let there = ids.iter().filter(|id| has.contains(*id)).count();
        let is_whole = is_own || there as f64 >= SAME_PAGE * ids.len() as f64;
        for (old, found) in align(ids, now) {
            // What a page had before another was put into it stands for its own.
            let is_free = |id: &&str| headings.contains(id) && (is_own || !wanted.ids.contains(id));
            match found.filter(is_free) {
                Some(id) => {
                    now_called.insert(old, id);
                    joined.new.push((old.to_owned(), id.to_owned()));
                }
                None if is_whole => lost.push(old),
                None => joined.left += 1,
            }
        }
    }
    for (old, new) in wanted.was.iter().filter(|(old, _)| !has.contains(**old)) {
        // What it led to may have another name by now.
        let end = if has.contains(new) { Some(*new) } else { now_called.get(new).copied() };
        match end {
            Some(end) => _ = joined.old_ids.insert((*old).to_owned(), end.to_owned()),
            // Told of where the one that it led to is.
            None => lost.retain(|other| other != old),
        }
    }
    let all = now_called.into_iter().map(|(old, new)| (old.to_owned(), new.to_owned()));
    joined.old_ids.extend(all);
    lost.retain(|old| !joined.old_ids.contains_key(*old));
    joined.shifted = shifted(&wanted.ids, now);
    let hint = |old: &str| likely(old, now).map(str::to_owned);
    joined.lost = lost.into_iter().map(|old| (old.to_owned(), hint(old))).collect();
    joined
}

/// The ids `before` that are not there `now`, each with the new one that stands in its place:
/// between the same neighbours, or made of much the same words.
fn align<'a>(before: &[&'a str], now: &[&'a str]) -> Vec<(&'a str, Option<&'a str>)> {
    let place: HashMap<&str, usize> = now.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let had: HashSet<&str> = before.iter().copied().collect();
    let mut found: HashMap<&str, &str> = HashMap::new();
    let mut taken: HashSet<&str> = HashSet::new();
    let mut start = 0;
    // Between two that stayed, those that went and those that came.
    for gap in before.split_inclusive(|id| place.contains_key(id)) {
        let end = gap.last().and_then(|id| place.get(id)).copied();
        let gone: Vec<&str> = gap.iter().copied().filter(|id| !place.contains_key(id)).collect();
        let between = now.get(start..end.unwrap_or(now.len())).unwrap_or_default();
        let came: Vec<&str> = between.iter().copied().filter(|id| !had.contains(id)).collect();
        pair(&gone, &came, &mut found, &mut taken);
        start = end.map_or(start, |end| end + 1);
    }
    let gone = before.iter().copied().filter(|id| !place.contains_key(id));
    let gone: Vec<&str> = gone.filter(|id| !found.contains_key(id)).collect();
    let came = now.iter().copied().filter(|id| !had.contains(id) && !taken.contains(id));
    for (old, new) in by_words(&gone, &came.collect::<Vec<_>>(), ALIKE) {
        found.insert(old, new);
    }
    let gone = before.iter().copied().filter(|id| !place.contains_key(id));
    gone.map(|old| (old, found.get(old).copied())).collect()
}

/// Headings of the same words are told apart by a number. When one is put before another, it has
/// the id that the other had: each such id, with the one that its heading has now.
fn shifted(before: &[&str], now: &[&str]) -> Vec<(String, String)> {
    let place: HashMap<&str, usize> = now.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let had: HashSet<&str> = before.iter().copied().collect();
    let mut found = Vec::new();
    let mut last = None;
    for id in before {
        let Some(&here) = place.get(id) else { continue };
        let next = format!("{id}-2");
        let other = place.get(next.as_str()).filter(|_| !had.contains(next.as_str()));
        // It stood after a heading that it stands before now, and its twin after that.
        if let Some((&other, after)) = other.zip(last)
            && here < after
            && after < other
        {
            found.push(((*id).to_owned(), next));
            continue;
        }
        last = Some(here);
    }
    found
}

fn shifted_id(page: &Page, (old, now): &(String, String)) -> Diagnostic {
    let headings = &page.text.document.headings;
    let heading = headings.iter().find(|heading| heading.id == *now);
    let span = heading.map(|heading| heading.span).unwrap_or_default();
    let line = page.source().line_at(span.start).0.trim_end();
    let message =
        format!("links to {}#{old} led to this heading, and lead to one above it now", page.url);
    let hint = format!("write `{line} {{#{old}}}`, and another id after the one above");
    Diagnostic::error(&rule::LOST_ADDRESS, span, message).hint(hint)
}

/// Pairs what went with what came in the same place.
fn pair<'a>(
    gone: &[&'a str],
    came: &[&'a str],
    found: &mut HashMap<&'a str, &'a str>,
    taken: &mut HashSet<&'a str>,
) {
    let alike = by_words(gone, came, f64::MIN_POSITIVE);
    for (old, new) in alike {
        found.insert(old, new);
        taken.insert(new);
    }
    let gone = gone.iter().filter(|id| !found.contains_key(*id)).collect::<Vec<_>>();
    let came = came.iter().filter(|id| !taken.contains(*id)).collect::<Vec<_>>();
    // As many came as went: each is the other in new words.
    if gone.len() == came.len() {
        for (old, new) in gone.into_iter().zip(came) {
            found.insert(old, new);
            taken.insert(new);
        }
    }
}

/// Pairs of ids with words in common, the most alike first.
fn by_words<'a>(gone: &[&'a str], came: &[&'a str], least: f64) -> Vec<(&'a str, &'a str)> {
    if gone.len() * came.len() > MOST_PAIRS {
        return Vec::new();
    }
    let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
    for (at, old) in gone.iter().enumerate() {
        let others = came.iter().enumerate().map(|(other, new)| (likeness(old, new), at, other));
        pairs.extend(others.filter(|(likeness, ..)| *likeness >= least));
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut old, mut new) = (HashSet::new(), HashSet::new());
    pairs.retain(|&(_, at, other)| {
        !old.contains(&at) && !new.contains(&other) && old.insert(at) && new.insert(other)
    });
    pairs.into_iter().map(|(_, at, other)| (gone[at], came[other])).collect()
}

/// How many of their words two ids have in common, from 0 to 1.
fn likeness(one: &str, other: &str) -> f64 {
    let words = |id: &'_ str| id.split('-').map(str::to_owned).collect::<HashSet<_>>();
    let (one, other) = (words(one), words(other));
    one.intersection(&other).count() as f64 / one.union(&other).count().max(1) as f64
}

/// The id that a lost one is likely to be called now.
fn likely<'a>(old: &str, now: &[&'a str]) -> Option<&'a str> {
    let all = now.iter().take(MOST_PAIRS).map(|id| (likeness(old, id), *id));
    let best = all.filter(|(likeness, _)| *likeness > 0.0);
    let best = best.max_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, id)| id);
    best.or_else(|| nearest(old, now.iter().copied()))
}

fn lost_id(page: &Page, (old, now): &(String, Option<String>)) -> Diagnostic {
    let headings = &page.text.document.headings;
    let meant = headings.iter().find(|heading| now.as_ref() == Some(&heading.id));
    let why = match page.text.document.staff_ids.contains(old) {
        true => "its heading is in a box for staff now",
        false => "no heading has that id any more",
    };
    let message = format!("links lead to {}#{old}, and {why}", page.url);
    let (span, hint) = match meant {
        Some(heading) => {
            let line = page.source().line_at(heading.span.start).0.trim_end();
            let line = match line.strip_suffix('}') {
                Some(ids) if heading.explicit => format!("{ids} #{old}}}"),
                _ => format!("{line} {{#{old}}}"),
            };
            (heading.span, format!("if it says the same, write `{line}`"))
        }
        None => (Span::default(), format!("write `{{#{old}}}` after the heading that says it now")),
    };
    let away = format!("if nothing does, `plainsite links --accept {}#{old}`", page.url);
    Diagnostic::error(&rule::LOST_ADDRESS, span, message).hint(format!("{hint}; {away}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn aligned(before: &str, now: &str) -> String {
        let words = |text: &'static str| text.split_whitespace().collect::<Vec<_>>();
        let before: &'static str = before.to_owned().leak();
        let now: &'static str = now.to_owned().leak();
        let pairs = align(&words(before), &words(now));
        let said = pairs.iter().map(|(old, new)| format!("{old}>{}", new.unwrap_or("?")));
        said.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_heading_in_new_words_is_found_by_its_place() {
        assert_eq!(aligned("a b c", "a b c"), "");
        assert_eq!(aligned("a b c", "a x c"), "b>x");
        assert_eq!(aligned("a b c", "x b c"), "a>x");
        assert_eq!(aligned("a b c", "a b x"), "c>x");
        assert_eq!(aligned("a b c d", "a x y d"), "b>x c>y");
        assert_eq!(aligned("a b c", "a c"), "b>?");
        assert_eq!(aligned("a b c", "a c d"), "b>?");
        assert_eq!(aligned("a b c", "a new x c"), "b>?");
        assert_eq!(aligned("", "a"), "");
        assert_eq!(aligned("a", ""), "a>?");
    }

    #[test]
    fn a_heading_in_new_words_is_found_by_some_of_them() {
        assert_eq!(
            aligned("a what-to-keep c", "a new how-long-to-keep c"),
            "what-to-keep>how-long-to-keep"
        );
        assert_eq!(
            aligned("a pay-and-tax b c", "a b c new pay-and-holiday"),
            "pay-and-tax>pay-and-holiday"
        );
        assert_eq!(aligned("a b c when-to-pay", "when-to-pay c b a"), "");
    }

    fn joined(ids: &[&'static str], was: &[(&'static str, &'static str)], now: &[&str]) -> Joined {
        let wanted =
            Wanted { ids: ids.to_vec(), was: was.iter().copied().collect(), moved: Vec::new() };
        join(now, &now.iter().copied().collect(), &wanted)
    }

    #[test]
    fn an_old_id_goes_where_its_heading_goes() {
        let old = |joined: &Joined| -> Vec<String> {
            joined.old_ids.iter().map(|(old, now)| format!("{old}>{now}")).collect()
        };
        let once = joined(&["a", "b"], &[], &["a", "x"]);
        assert_eq!(old(&once), ["b>x"]);
        let twice = joined(&["a", "x"], &[("b", "x")], &["a", "y"]);
        assert_eq!(old(&twice), ["b>y", "x>y"]);
        let back = joined(&["a", "x"], &[("b", "x")], &["a", "b"]);
        assert_eq!((old(&back), back.lost.len()), (vec!["x>b".to_owned()], 0));
        let gone = joined(&["a", "x", "c"], &[("b", "x")], &["a", "c"]);
        assert_eq!(gone.lost.len(), 1, "one heading is one fault: {gone:?}");
    }

    #[test]
    fn a_heading_before_another_of_the_same_words_does_not_take_its_links() {
        let shifted = |before: &[&str], now: &[&str]| shifted(before, now).len();
        assert_eq!(shifted(&["open", "example"], &["first", "example", "open", "example-2"]), 1);
        assert_eq!(shifted(&["open", "example"], &["open", "example", "last", "example-2"]), 0);
        assert_eq!(shifted(&["example", "open"], &["example", "open", "example-2"]), 0);
        let all = ["a", "x", "b", "x-2"];
        assert_eq!(shifted(&all, &all), 0);
    }

    #[test]
    fn a_page_that_was_put_into_another_may_lose_its_headings() {
        let wanted = Wanted { moved: vec!["a", "b", "c"], ..Wanted::default() };
        let join = |now: &[&str]| join(now, &now.iter().copied().collect(), &wanted);
        assert_eq!(join(&["x", "y"]), Joined { left: 3, ..Joined::default() });
        let same = join(&["a", "b"]);
        assert_eq!(same.lost.len(), 1);
    }
}
