//! `redirect`: old addresses that lead to nothing, or round in circles.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{Check, Looks, Marks, Rule, World, web_address::refused};
use crate::{
    link::{is_external, is_refused},
    model::normal,
    parse::Placed,
    text::{Source, nearest, wording::listed},
};

pub(super) const CHECK: Check =
    Rule::error("redirect", Looks::Records, include_str!("redirect.md")).on_world(run);

fn run(world: &World<'_>, marks: &mut Marks) {
    let site = world.site;
    let Some(source) = site.data.sources.get("redirects.yaml") else { return };
    let mut leads: BTreeMap<String, &str> =
        site.data.redirects.iter().map(|(from, to)| (normal(&from.value), &*to.value)).collect();
    let written: HashMap<String, (&Placed<String>, &Placed<String>)> =
        site.data.redirects.iter().map(|(from, to)| (normal(&from.value), (from, to))).collect();
    // An old address of a page is a fine place to end.
    let also = site.pages.iter().flat_map(|page| {
        let url = page.url.as_str();
        page.front.also_at.iter().map(move |old| (normal(&old.value), url))
    });
    leads.extend(also);
    // Each step is taken once, however many addresses lead to it.
    let mut ends: HashMap<String, End> = HashMap::new();
    for (from, to) in &site.data.redirects {
        let (mut at, mut way) = (to.value.trim().to_owned(), vec![normal(&from.value)]);
        let mut seen: HashSet<String> = way.iter().cloned().collect();
        let end = loop {
            if is_refused(&at) {
                break End::Refused(at);
            }
            if is_external(&at) {
                break match at.strip_prefix(world.config.base.as_str()) {
                    Some(rest) if !world.config.base.is_empty() => End::Own(format!("/{rest}")),
                    _ => End::Away(at),
                };
            }
            let (place, id) = at.split_once('#').unwrap_or((&at, ""));
            let place = normal(place);
            if let Some(page) = site.at(&place) {
                let ids = || page.anchors();
                let has_id = id.is_empty() || page.made || ids().any(|known| known == id);
                break match has_id {
                    true => End::Good,
                    false => End::NoHeading(at.clone(), nearest(id, ids()).map(str::to_owned)),
                };
            }
            let path = place.trim_start_matches('/');
            if site.file_by_url.contains_key(&place) || world.paths.has(path) {
                break End::Good;
            }
            // Whoever comes by a place again has gone round in a circle.
            if seen.contains(&place) {
                let circle = way.iter().skip_while(|step| **step != place);
                break End::Circle(circle.cloned().collect());
            }
            match (ends.get(&place), leads.get(&place)) {
                (Some(End::Circle(_)), _) => break End::IntoCircle,
                (Some(end), _) => break end.clone(),
                (None, None) => break End::Lost(at, place),
                (None, Some(next)) => {
                    seen.insert(place.clone());
                    way.push(place);
                    at = (*next).to_owned();
                }
            }
        };
        let problem = match &end {
            End::Good => None,
            End::Refused(at) => Some(refused(at)),
            End::Circle(steps) => {
                told_circle(source, &written, steps, marks);
                None
            }
            // It is told of where it goes round.
            End::IntoCircle => None,
            End::Away(at) => {
                let message = format!("“{}” leads away from this site, to “{at}”", from.value);
                let hint = format!(
                    "write a page at {} that says where to go now, with a link: people who come \
                     must know that they leave",
                    from.value
                );
                Some((message, hint))
            }
            End::Own(path) => {
                let message = format!("“{}” leads to a whole address of this site", from.value);
                Some((message, format!("write it without the name of the site: `{path}`")))
            }
            End::NoHeading(at, close) => {
                let message =
                    format!("“{}” leads to “{at}”, and no heading has that id", from.value);
                let page = at.split('#').next().unwrap_or_default();
                let hint = match close {
                    Some(close) => format!("did you mean {page}#{close}?"),
                    None => format!("write the address of the page alone: `{page}`"),
                };
                Some((message, hint))
            }
            End::Lost(at, place) => {
                let why = site.unpublished.get(place);
                let what = why.map_or("not there".to_owned(), |why| (*why).to_owned());
                let message = format!("“{}” leads to “{at}”, which is {what}", from.value);
                let known = site.pages.iter().map(|page| page.url.as_str());
                let hint = match nearest(place, known) {
                    Some(close) => format!("did you mean {close}?"),
                    None => "write the address of a page: `/manage/records/`".to_owned(),
                };
                Some((message, hint))
            }
        };
        if let Some((message, hint)) = problem {
            marks.push_in(source, to.span, message).hint(hint);
        }
        ends.extend(way.into_iter().map(|step| (step, end.clone())));
    }
}

/// Where an address leads in the end.
#[derive(Debug, Clone)]
enum End {
    /// To what is there.
    Good,
    /// To an address that opens for nobody.
    Refused(String),
    /// To another site.
    Away(String),
    /// To this site, named in full.
    Own(String),
    /// To a page without that heading; the nearest that it has.
    NoHeading(String, Option<String>),
    /// To nothing: the address as written, and as compared.
    Lost(String, String),
    /// Round and round over these.
    Circle(Vec<String>),
    /// To one of those that go round and round.
    IntoCircle,
}

/// Says of addresses that lead round to each other, once and at the first that is written here.
fn told_circle(
    source: &Source,
    written: &HashMap<String, (&Placed<String>, &Placed<String>)>,
    steps: &[String],
    marks: &mut Marks,
) {
    let mut here: Vec<_> = steps.iter().filter_map(|step| written.get(step)).collect();
    here.sort_by_key(|(from, _)| from.span.start);
    let Some((from, to)) = here.first() else { return };
    let first = normal(&from.value);
    let start = steps.iter().position(|step| *step == first).unwrap_or_default();
    let others = steps[start + 1..].iter().chain(&steps[..start]);
    let lines = source.lines();
    let others: Vec<String> = others
        .map(|step| match written.get(step) {
            Some((from, _)) => format!("{step} (line {})", lines.position(from.span.start).line),
            None => step.clone(),
        })
        .collect();
    let over = match others.as_slice() {
        [] => String::new(),
        others => format!(", over {}", listed(others, " and ")),
    };
    let message = format!("“{}” leads back to itself{over}", from.value);
    marks.push_in(source, to.span, message).hint("write the address of a page");
}
