//! `nation-law`: law of one nation of the United Kingdom on a page for another.
//!
//! A page that names the other nation beside it, in the sentence, the box, the table or the
//! heading, means it.

use super::{Check, Looks, Marks, Rule, Subject, prose::Voice};
use crate::{
    parse::{Block, Document, plain},
    text::{Nation, Span},
};

pub(super) const CHECK: Check =
    Rule::warning("nation-law", Looks::Words, include_str!("nation_law.md")).on_text(run);

use Nation::{England, NorthernIreland, Scotland, Wales};

/// A law about one thing, and where it holds.
struct Law {
    /// What it is about: each nation has one law for it.
    about: About,
    /// What it is called, without the year, in English and in Welsh.
    names: [&'static str; 2],
    /// Its year.
    year: &'static str,
    /// Where it holds.
    holds: &'static [Nation],
}

/// What nations have laws of their own about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum About {
    Care,
    Payments,
    Charges,
    Capacity,
    Mental,
    Discrimination,
}

use About::{Capacity, Care, Charges, Discrimination, Mental, Payments};

/// The laws. Source: legislation.gov.uk, the extent of each.
#[rustfmt::skip] // a table
const LAWS: &[Law] = &[
    law(Care, "Care Act", "Deddf Gofal", "2014", &[England]),
    law(Care, "Social Services and Well-being (Wales) Act", "Deddf Gwasanaethau Cymdeithasol a Llesiant (Cymru)", "2014", &[Wales]),
    law(Care, "Social Care (Self-directed Support) (Scotland) Act", "", "2013", &[Scotland]),
    law(Care, "Carers and Direct Payments Act (Northern Ireland)", "", "2002", &[NorthernIreland]),
    law(Payments, "Care and Support (Direct Payments) Regulations", "", "2014", &[England]),
    law(Payments, "Care and Support (Direct Payments) (Wales) Regulations", "Rheoliadau Gofal a Chymorth (Taliadau Uniongyrchol) (Cymru)", "2015", &[Wales]),
    law(Payments, "Self-directed Support (Direct Payments) (Scotland) Regulations", "", "2014", &[Scotland]),
    law(Charges, "Care and Support (Charging and Assessment of Resources) Regulations", "", "2014", &[England]),
    law(Charges, "Care and Support (Charging) (Wales) Regulations", "Rheoliadau Gofal a Chymorth (Gosod Ffioedd) (Cymru)", "2015", &[Wales]),
    law(Capacity, "Mental Capacity Act", "Deddf Galluedd Meddyliol", "2005", &[England, Wales]),
    law(Capacity, "Adults with Incapacity (Scotland) Act", "", "2000", &[Scotland]),
    law(Capacity, "Mental Capacity Act (Northern Ireland)", "", "2016", &[NorthernIreland]),
    law(Mental, "Mental Health Act", "Deddf Iechyd Meddwl", "1983", &[England, Wales]),
    law(Mental, "Mental Health (Care and Treatment) (Scotland) Act", "", "2003", &[Scotland]),
    law(Mental, "Mental Health (Northern Ireland) Order", "", "1986", &[NorthernIreland]),
    law(Discrimination, "Equality Act", "Deddf Cydraddoldeb", "2010", &[England, Wales, Scotland]),
    law(Discrimination, "Disability Discrimination Act", "", "1995", &[NorthernIreland]),
];

/// Each name of a law has one of these.
const SIGNS: &[&str] = &["Act", "Regulations", "Order", "Deddf", "Rheoliadau"];

const fn law(
    about: About,
    english: &'static str,
    welsh: &'static str,
    year: &'static str,
    holds: &'static [Nation],
) -> Law {
    Law { about, names: [english, welsh], year, holds }
}

/// What people say for a nation, in small letters.
const SAID: &[(&str, Nation)] = &[
    ("england", England),
    ("english", England),
    ("lloegr", England),
    ("wales", Wales),
    ("welsh", Wales),
    ("cymru", Wales),
    ("nghymru", Wales),
    ("scotland", Scotland),
    ("scottish", Scotland),
    ("yr alban", Scotland),
    ("northern ireland", NorthernIreland),
    ("northern irish", NorthernIreland),
    ("gogledd iwerddon", NorthernIreland),
];

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    let own_page = subject.page.and_then(|page| page.front.nation.as_ref());
    let own = own_page.map_or(subject.world.config.nation, |own| own.value);
    let document = &*subject.text.document;
    let prose = subject.prose;
    let meant = meant(document);
    let title = subject.page.map_or_else(Vec::new, |page| nations(&page.title));
    let mut told: Vec<&str> = Vec::new();
    for stretch in prose.runs.iter().filter(|stretch| stretch.voice != Voice::Quoted) {
        let text = &prose.text[stretch.text.clone()];
        let found = named(text);
        if found.is_empty() {
            continue;
        }
        let beside = nations(text);
        for (law, place) in &found {
            let is_own = |law: &Law| law.holds.contains(&own);
            // Where ours is named too, both are set side by side.
            let both = found.iter().any(|(other, _)| other.about == law.about && is_own(other));
            let span = prose.span(stretch.text.start + place.0..stretch.text.start + place.1);
            let holds = |nations: &[Nation]| nations.iter().any(|one| law.holds.contains(one));
            let is_in = |(part, nations): &(Span, Vec<Nation>)| {
                part.start <= span.start && span.end <= part.end && holds(nations)
            };
            let is_meant = holds(&title) || holds(&beside) || meant.iter().any(is_in);
            if is_own(law) || both || is_meant || told.contains(&law.names[0]) {
                continue;
            }
            told.push(law.names[0]);
            let words = &text[place.0..place.1];
            let (message, hint) = said(law, words, own, own_page.is_some());
            marks.push(span, message).hint(hint);
        }
    }
}

/// What is wrong with a law that is named in these words, and what to write.
fn said(law: &Law, words: &str, own: Nation, by_page: bool) -> (String, String) {
    let holds: Vec<&str> = law.holds.iter().map(|nation| nation.name()).collect();
    let what = if by_page { "page" } else { "site" };
    let (theirs, here) = (list(&holds), own.name());
    let message = format!("“{words}” is the law of {theirs}, and this {what} is for {here}");
    let ours = LAWS.iter().find(|other| other.about == law.about && other.holds.contains(&own));
    let is_welsh = words.starts_with(law.names[1]) && !law.names[1].is_empty();
    let ours = ours.map_or_else(String::new, |ours| {
        let name = ours.names[usize::from(is_welsh && !ours.names[1].is_empty())];
        format!("write “{name} {}”, if that is what you mean; or ", ours.year)
    });
    let first = holds[0];
    let hint = format!(
        "{ours}say whose law it is, as in “In {first}, …”. For a page about another nation write \
         `nation: {first}` at its top"
    );
    (message, hint)
}

fn list(names: &[&str]) -> String {
    match names {
        [all @ .., last] if !all.is_empty() => format!("{} and {last}", all.join(", ")),
        names => names.concat(),
    }
}

/// The laws that are named in some words, each with where it begins and ends. Of two at one
/// place the longer one is meant.
fn named(text: &str) -> Vec<(&'static Law, (usize, usize))> {
    if !SIGNS.iter().any(|sign| text.contains(sign)) {
        return Vec::new(); // Most words.
    }
    let mut found: Vec<(&Law, (usize, usize))> = Vec::new();
    for law in LAWS {
        for name in law.names.iter().filter(|name| !name.is_empty()) {
            for (at, _) in text.match_indices(name) {
                let end = at + name.len();
                if is_whole(text, at, end, name) {
                    let year = format!(" {}", law.year);
                    let end = if text[end..].starts_with(&year) { end + year.len() } else { end };
                    found.push((law, (at, end)));
                }
            }
        }
    }
    let all = found.clone();
    found.retain(|(_, (start, end))| {
        !all.iter().any(|(_, (from, to))| from <= start && end <= to && to - from > end - start)
    });
    found.sort_by_key(|(_, place)| *place);
    found
}

/// Whether a name is not a part of another: “Health and Care Act”, “Care Act (Wales)”.
fn is_whole(text: &str, start: usize, end: usize, name: &str) -> bool {
    let before = &text[..start];
    let longer = ["Health and ", "Community ", "Social "];
    let after = &text[end..];
    let is_in_word =
        before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric);
    let goes_on =
        Nation::ALL.iter().any(|nation| after.starts_with(&format!(" ({})", nation.name())));
    let begins_before = name == "Care Act" && longer.iter().any(|more| before.ends_with(more));
    !(is_in_word || goes_on || begins_before)
}

/// The nations that some words name, otherwise than in the name of a law.
fn nations(text: &str) -> Vec<Nation> {
    let mut rest = String::new();
    let mut done = 0;
    for (_, (start, end)) in named(text) {
        rest.push_str(text.get(done..start).unwrap_or_default());
        done = done.max(end);
    }
    rest.push_str(&text[done..]);
    let rest = rest.to_lowercase();
    let is_said = |(said, _): &&(&str, Nation)| {
        rest.match_indices(said).any(|(at, _)| {
            !rest[..at].ends_with(char::is_alphanumeric)
                && !rest[at + said.len()..].starts_with(char::is_alphanumeric)
        })
    };
    SAID.iter().filter(is_said).map(|(_, nation)| *nation).collect()
}

/// The parts of a page that say whose law they are about: boxes, tables, and what stands below a
/// heading.
fn meant(document: &Document) -> Vec<(Span, Vec<Nation>)> {
    let mut parts = Vec::new();
    let headings = &document.headings;
    for (at, heading) in headings.iter().enumerate() {
        let next = headings[at + 1..].iter().find(|next| next.level <= heading.level);
        let end = next.map_or(document.source.text.len(), |next| next.span.start);
        parts.push((Span::new(heading.span.start, end), nations(&heading.text)));
    }
    of_blocks(&document.blocks, &mut parts);
    parts.retain(|(_, nations)| !nations.is_empty());
    parts
}

fn of_blocks(blocks: &[Block], parts: &mut Vec<(Span, Vec<Nation>)>) {
    for block in blocks {
        match block {
            Block::Quote { label: Some(crate::parse::Label::Elsewhere), span, .. } => {
                parts.push((*span, Nation::ALL.to_vec()));
            }
            Block::Quote { title, blocks, span, .. } => {
                parts.push((*span, nations(&plain(title))));
                of_blocks(blocks, parts);
            }
            Block::Table(table) => {
                let cells = table.cells().map(plain);
                let words = cells.chain([plain(&table.caption)]).collect::<Vec<_>>().join("\n");
                parts.push((table.span, nations(&words)));
            }
            Block::List { items, .. } => {
                items.iter().for_each(|item| of_blocks(&item.blocks, parts));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_name_has_a_sign() {
        let mut names = LAWS.iter().flat_map(|law| law.names).filter(|name| !name.is_empty());
        assert!(names.all(|name| SIGNS.iter().any(|sign| name.contains(sign))));
    }

    #[test]
    fn laws_are_known_by_their_whole_names() {
        let of = |text: &str| -> Vec<&str> {
            named(text).into_iter().map(|(law, _)| law.names[0]).collect()
        };
        assert_eq!(of("the Care Act (CA), section 9"), ["Care Act"]);
        assert_eq!(
            of("Mental Capacity Act (Northern Ireland) 2016"),
            ["Mental Capacity Act (Northern Ireland)"]
        );
        for other in [
            "the Health and Care Act 2022",
            "NHS and Community Care Act 1990",
            "the Mental Health Act (Scotland) 1984",
            "Aftercare Act",
            "care acts",
        ] {
            assert!(of(other).is_empty(), "{other}: {:?}", of(other));
        }
        assert_eq!(
            nations("In Wales it is the Carers and Direct Payments Act (Northern Ireland)"),
            [Wales]
        );
    }
}
