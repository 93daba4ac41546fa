//! `redirect`: old addresses that lead to nothing, or round in circles.

use std::collections::{BTreeMap, HashMap};

use super::{Check, Looks, Marks, Rule, World, web_address::refused};
use crate::{
    link::{is_external, is_refused},
    model::normal,
    text::nearest,
};

pub(super) const CHECK: Check =
    Rule::error("redirect", Looks::Records, include_str!("redirect.md")).on_world(run);

fn run(world: &World<'_>, marks: &mut Marks) {
    let site = world.site;
    let Some(source) = site.data.sources.get("redirects.yaml") else { return };
    let mut leads: BTreeMap<String, &str> =
        site.data.redirects.iter().map(|(from, to)| (normal(&from.value), &*to.value)).collect();
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
        let end = loop {
            if is_refused(&at) {
                break End::Refused(at);
            }
            if is_external(&at) {
                break End::Good;
            }
            let place = normal(at.split('#').next().unwrap_or_default());
            if site.by_url.contains_key(place.as_str())
                || site.file_by_url.contains_key(place.as_str())
            {
                break End::Good;
            }
            match (ends.get(&place), leads.get(&place)) {
                (Some(end), _) => break end.clone(),
                (None, None) => break End::Lost(at, place),
                (None, Some(next)) => {
                    // Whoever comes here again before the end has gone round in a circle.
                    ends.insert(place.clone(), End::Circle);
                    way.push(place);
                    at = (*next).to_owned();
                }
            }
        };
        let problem = match &end {
            End::Good => None,
            End::Refused(at) => Some(refused(at)),
            End::Circle => {
                let message = format!("“{}” leads back to itself", from.value);
                Some((message, "write the address of a page".to_owned()))
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
    /// To nothing: the address as written, and as compared.
    Lost(String, String),
    /// Round and round.
    Circle,
}
