//! `redirect`: old addresses that lead to nothing, or round in circles.

use std::collections::BTreeMap;

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
    for (from, to) in &site.data.redirects {
        let start = normal(&from.value);
        let mut at = to.value.trim().to_owned();
        let mut steps = 0;
        let problem = loop {
            if is_refused(&at) {
                break Some(refused(&at));
            }
            if is_external(&at) {
                break None;
            }
            let place = normal(at.split('#').next().unwrap_or_default());
            if site.by_url.contains_key(place.as_str())
                || site.file_by_url.contains_key(place.as_str())
            {
                break None;
            }
            steps += 1;
            match leads.get(&place) {
                _ if place == start || steps > leads.len() => {
                    let message = format!("“{}” leads back to itself", from.value);
                    break Some((message, "write the address of a page".to_owned()));
                }
                Some(next) => at = (*next).to_owned(),
                None => {
                    let why = site.unpublished.get(&place);
                    let what = why.map_or("not there".to_owned(), |why| (*why).to_owned());
                    let message = format!("“{}” leads to “{at}”, which is {what}", from.value);
                    let known = site.pages.iter().map(|page| page.url.as_str());
                    let hint = match nearest(&place, known) {
                        Some(close) => format!("did you mean {close}?"),
                        None => "write the address of a page: `/manage/records/`".to_owned(),
                    };
                    break Some((message, hint));
                }
            }
        };
        if let Some((message, hint)) = problem {
            marks.push_in(source, to.span, message).hint(hint);
        }
    }
}
