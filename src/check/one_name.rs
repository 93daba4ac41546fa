//! `one-name`: one thing that has several names. The names are in `one_name.txt`.

use std::{collections::BTreeMap, ops::Range, sync::LazyLock};

use super::{Check, Looks, Marks, Rule, Subject, not_prose, prose::Prose};
use crate::{
    model::Page,
    parse::plain,
    rule::Severity,
    text::{hard_words::Phrases, nearest, wording::listed},
    world::World,
};

pub(super) const CHECK: Check = Rule::advice("one-name", Looks::Words, include_str!("one_name.md"))
    .on_text_and_data(on_page, on_site);

/// A thing, and its names.
#[derive(Debug)]
struct Thing {
    /// `card`
    what: &'static str,
    /// Whether it is looked for on the whole site.
    on_site: bool,
    /// Each name, in small letters.
    names: Vec<&'static str>,
    /// Which of them also mean other things, and are told of only beside one that does not.
    loose: Vec<usize>,
}

/// Names that may be one of several people's: `the other applicant`.
const SOMEBODY: &[&str] = &["applicant", "client", "the individual", "claimant"];

/// So many names for people, each once beside “you”, are somebody else's.
const FEW: usize = 2;

/// A name, and where it stands.
type Named = (usize, Vec<Range<usize>>);

/// All things, and what finds their names.
struct Things {
    things: Vec<Thing>,
    /// Which thing and which name each phrase is.
    phrases: Vec<(usize, usize)>,
    finder: Phrases,
}

static THINGS: LazyLock<Things> = LazyLock::new(|| {
    let lines = include_str!("one_name.txt").lines().filter(|line| !line.starts_with('#'));
    let (mut things, mut phrases, mut texts) = (Vec::new(), Vec::new(), Vec::new());
    for (number, line) in lines.enumerate() {
        let mut parts = line.splitn(3, "; ");
        let what = parts.next().unwrap_or_default();
        let on_site = parts.next() == Some("site");
        let (mut names, mut loose) = (Vec::new(), Vec::new());
        for (name, forms) in parts.next().unwrap_or_default().split(", ").enumerate() {
            if forms.starts_with('~') {
                loose.push(name);
            }
            let mut forms = forms.trim_start_matches('~').split('/');
            let one = forms.next().unwrap_or_default();
            names.push(one);
            phrases.push((number, name));
            texts.push(one.to_lowercase());
            let many = forms.next().map_or_else(|| format!("{one}s"), str::to_owned);
            if !one.ends_with('s') {
                phrases.push((number, name));
                texts.push(many.to_lowercase());
            }
        }
        things.push(Thing { what, on_site, names, loose });
    }
    Things { things, phrases, finder: Phrases::new(&texts) }
});

/// After these, the words name something else: `the Department for Work and Pensions`, `customer
/// service centre`, `client account`.
#[rustfmt::skip] // a list of words
const OTHERS: &[&str] = &[
    "for", "of", "service", "services", "account", "tax", "care", "transport", "safety", "act", "house", "housing", "finance", "record",
    "records", "choice", "group", "feedback", "centre", "line", "'s",
];

/// Each name on a page, as its thing and its number there, with its places.
fn names_on(
    prose: &Prose<'_>,
    subject: &Subject<'_>,
) -> BTreeMap<(usize, usize), Vec<Range<usize>>> {
    let mut all: BTreeMap<(usize, usize), Vec<Range<usize>>> = BTreeMap::new();
    let names = ["Department of ", "Department for "];
    let department = names.iter().filter_map(|name| prose.text.find(name)).min();
    for run in prose.runs.iter().filter(|run| not_prose::is_own(run)) {
        let low = prose.small_at(run.text.clone());
        for (place, phrase) in THINGS.finder.find(low) {
            let own = run.text.start + place.start..run.text.start + place.end;
            // `the Department of Housing`, and `the Department` after that, is another office.
            let is_named = prose.text[own.clone()].ends_with(" Department")
                && department.is_some_and(|named| named < own.start);
            if is_named || is_other(&prose.text, &own) || subject.not_prose().holds(&own) {
                continue;
            }
            all.entry(THINGS.phrases[phrase]).or_default().push(own);
        }
    }
    all
}

/// Whether the words are a part of a longer name.
fn is_other(text: &str, place: &Range<usize>) -> bool {
    let after = &text[place.end..];
    let next = after.strip_prefix(' ').unwrap_or_default();
    let next = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let is_named = next.starts_with(char::is_uppercase);
    // `attorney-client talks` are neither client nor attorney.
    let is_joined = after.starts_with('-') || text[..place.start].ends_with('-');
    // Explained: the names stand side by side on purpose.
    let aside = after.starts_with(" (") || text[..place.start].ends_with('(');
    let before = text[..place.start].trim_end();
    // One of several: `the main applicant`.
    let name = text[place.clone()].to_lowercase();
    let is_somebody = SOMEBODY.iter().any(|somebody| name.starts_with(somebody));
    const SOME: &[&str] = &["another", "each", "joint", "lead", "main", "no", "other", "two"];
    let last = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    const NAMING: &[&str] =
        &["called", "called a", "called an", "called the", "known as", "known as a", "or"];
    aside
        || is_named
        || is_joined
        || is_somebody && SOME.contains(&last.to_lowercase().as_str())
        || OTHERS.contains(&next.to_lowercase().as_str())
        || NAMING.iter().any(|words| {
            let rest = before.strip_suffix(words);
            rest.is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        })
}

fn on_page(subject: &Subject<'_>, marks: &mut Marks) {
    if !subject.is_english() {
        return;
    }
    let prose = subject.prose;
    let mut by_thing: BTreeMap<usize, Vec<Named>> = BTreeMap::new();
    for ((thing, name), places) in names_on(prose, subject) {
        by_thing.entry(thing).or_default().push((name, places));
    }
    for (thing, mut names) in by_thing {
        let Thing { what, names: known, loose, .. } = &THINGS.things[thing];
        if let Some(kept) = kept(subject.world, thing) {
            for (name, places) in names.iter().filter(|(name, _)| *name != kept) {
                if loose.contains(name) || known[*name] == "you" {
                    continue;
                }
                let place = places[0].clone();
                let said = &prose.text[place.clone()];
                let message = format!("“{said}” is “{}” on this site", known[kept]);
                let hint = format!("write `{}`", known[kept]);
                marks.push(prose.span(place), message).hint(hint);
            }
            continue;
        }
        let is_sure = |name: usize| !loose.contains(&name) && known[name] != "you";
        if !names.iter().any(|(name, _)| is_sure(*name)) {
            names.retain(|(name, _)| !loose.contains(name));
        }
        let is_term = |name: usize| {
            let glossary = &subject.world.site.data.glossary;
            glossary.iter().any(|term| term.term.eq_ignore_ascii_case(known[name]))
        };
        // The term of the glossary stays, else `you`, else of two spellings the first of the list,
        // else what is said most, else what is said first.
        let letters = |name: &str| name.replace([' ', '-'], "");
        let are_spellings = known.iter().all(|name| letters(name) == letters(known[0]));
        names.sort_by_key(|(name, places)| {
            let is_you = known[*name] == "you";
            let spelling = if are_spellings { *name } else { 0 };
            let most = std::cmp::Reverse(places.len());
            (!is_term(*name), !is_you, spelling, most, places[0].start)
        });
        let Some(((main, _), others)) = names.split_first() else { continue };
        // Whoever says “the client” once to readers that are “you” may mean somebody else.
        let is_once = |(name, places): &Named| places.len() == 1 && known[*name] != "service user";
        let are_somebody = known[*main] == "you"
            && others.len() <= FEW
            && others.iter().all(is_once)
            && !subject.is_letter();
        if are_somebody {
            continue;
        }
        for (name, places) in others {
            if is_term(*name) {
                continue;
            }
            let place = places[0].clone();
            let message = format!(
                "“{}” and “{}” are two names for {what} on this page",
                &prose.text[place.clone()],
                known[*main]
            );
            let hint = format!("write `{}` each time, or say how they differ", known[*main]);
            marks.push(prose.span(place), message).hint(hint);
        }
    }
}

/// The name of a thing that the site keeps to, by its `one name` in `_data/words.yaml`.
fn kept(world: &World<'_>, thing: usize) -> Option<usize> {
    let names = &THINGS.things[thing].names;
    let kept = &world.site.data.names;
    kept.iter()
        .find_map(|kept| names.iter().position(|name| name.eq_ignore_ascii_case(&kept.value)))
}

/// Names that the site keeps to and that are those of no thing.
fn unknown_names(world: &World<'_>, marks: &mut Marks) {
    let data = &world.site.data;
    let Some(source) = data.sources.get("words.yaml") else { return };
    let all = || THINGS.things.iter().flat_map(|thing| thing.names.iter().copied());
    for kept in &data.names {
        if all().any(|name| name.eq_ignore_ascii_case(&kept.value)) {
            continue;
        }
        let message = format!("“{}” is not one of the names that are known", kept.value);
        let hint = match nearest(&kept.value, all()) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("write what is not to be said for it: `plastic card: {}`", kept.value),
        };
        marks.push_in(source, kept.span, message).hint(hint).severity(Severity::Warning);
    }
}

/// The names of things that are looked for on the whole site.
fn on_site(world: &World<'_>, marks: &mut Marks) {
    unknown_names(world, marks);
    let mut uses: BTreeMap<(usize, usize), Vec<&Page>> = BTreeMap::new();
    let pages = world.site.pages.iter().filter(|page| !page.made);
    for page in pages.filter(|page| page.language.starts_with("en")) {
        for (_, inlines) in page.text.document.runs() {
            let low = plain(inlines).to_ascii_lowercase();
            for (_, phrase) in THINGS.finder.find(&low) {
                let (thing, name) = THINGS.phrases[phrase];
                let pages = uses.entry((thing, name)).or_default();
                if THINGS.things[thing].on_site
                    && !pages.last().is_some_and(|last| std::ptr::eq(*last, page))
                {
                    pages.push(page);
                }
            }
        }
    }
    let on_site = THINGS.things.iter().enumerate().filter(|(_, thing)| thing.on_site);
    for (number, thing) in on_site.filter(|(number, _)| kept(world, *number).is_none()) {
        let used: Vec<_> = (0..thing.names.len())
            .filter_map(|name| Some((name, uses.get(&(number, name))?)))
            .collect();
        let Some((main, pages)) =
            used.iter().max_by_key(|(name, pages)| (pages.len(), std::cmp::Reverse(*name)))
        else {
            continue;
        };
        let names: Vec<String> =
            used.iter().map(|(name, _)| format!("“{}”", thing.names[*name])).collect();
        for (name, others) in used.iter().filter(|(name, _)| name != main) {
            for page in
                others.iter().filter(|page| !pages.iter().any(|known| std::ptr::eq(*known, **page)))
            {
                let Some((source, span)) = place_of(page, thing.names[*name]) else { continue };
                let message = format!(
                    "“{}” is “{}” on other pages: this site says {} for one thing",
                    thing.names[*name],
                    thing.names[*main],
                    listed(&names, " and ")
                );
                let hint = format!("write `{}` on each page", thing.names[*main]);
                marks.push_in(source, span, message).hint(hint);
            }
        }
    }
}

/// Where a name stands in the file of a page.
fn place_of<'p>(
    page: &'p Page,
    name: &str,
) -> Option<(&'p crate::text::Source, crate::text::Span)> {
    let source = &page.text.document.source;
    let low = source.text.to_ascii_lowercase();
    let at = page.text.document.front.end;
    let start = at + low.get(at..)?.find(&name.to_ascii_lowercase())?;
    Some((source, crate::text::Span::new(start, start + name.len())))
}
