//! The entries of the directory, sorted and grouped once for all that lists them.

use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

use super::Service;
use crate::{
    model::{Area, District, Email, Page, PageId, PhoneLine, Site, Status},
    text::{address::name_of, slug},
};

/// The published entries, by name, as a whole and in groups. What is in a group
/// is its entries in order, each the place of a page.
#[derive(Debug, Default)]
pub struct Services {
    /// All of them.
    pub all: Vec<PageId>,
    /// By the id of a category.
    pub by_category: BTreeMap<String, Vec<PageId>>,
    /// By the name of an area.
    pub by_area: BTreeMap<String, Vec<PageId>>,
    /// By both.
    pub by_pair: BTreeMap<(String, String), Vec<PageId>>,
    /// The wider places around an area, the nearest first. An area that lies in none is
    /// not here.
    pub wider: BTreeMap<String, Vec<String>>,
    /// How many entries of a category, or of all, cover an area and no wider place
    /// around it.
    only: BTreeMap<(Option<String>, String), usize>,
    /// Where each entry is, by the last part of its address.
    pub by_name: BTreeMap<String, PageId>,
}

/// The most entries in a list. More take several pages, so that each is there soon on
/// a slow line.
pub const IN_A_LIST: usize = 50;

/// The most entries on a page to print.
pub const ON_PAPER: usize = 500;

impl Services {
    /// The entries among some pages.
    pub(in crate::model) fn of(pages: &[Page], areas: &[Area]) -> Self {
        let is_listed = |page: &Page| page.front.status == Status::Published;
        let entries = pages.iter().enumerate();
        let entries = entries.filter(|(_, page)| page.kind.service().is_some());
        let mut services = Self { wider: wider(areas), ..Self::default() };
        for (id, page) in entries.clone() {
            services.by_name.entry(name_of(page.url.as_str()).to_owned()).or_insert(id);
        }
        services.all = entries.filter(|(_, page)| is_listed(page)).map(|(id, _)| id).collect();
        services.all.sort_by_cached_key(|&id| {
            let title = &pages[id].title;
            (first_letter(title), title.to_lowercase(), id)
        });
        for &id in &services.all {
            let Some(service) = pages[id].kind.service() else { continue };
            for category in &service.categories {
                let category = &category.value;
                services.by_category.entry(category.clone()).or_default().push(id);
                for area in &service.areas {
                    let pair = (category.clone(), area.value.clone());
                    services.by_pair.entry(pair).or_default().push(id);
                }
            }
            for area in &service.areas {
                services.by_area.entry(area.value.clone()).or_default().push(id);
            }
            let categories = service.categories.iter().map(|id| Some(id.value.clone()));
            let covered: BTreeSet<&str> =
                service.areas.iter().map(|area| area.value.as_str()).collect();
            for area in covered {
                if services.is_wider(service, area) {
                    continue;
                }
                for category in categories.clone().chain([None]) {
                    *services.only.entry((category, area.to_owned())).or_default() += 1;
                }
            }
        }
        services
    }

    /// The entries of a category, of an area, of both, or all.
    pub fn list(&self, category: Option<&str>, area: Option<&str>) -> &[PageId] {
        let found = match (category, area) {
            (None, None) => return &self.all,
            (Some(category), None) => self.by_category.get(category),
            (None, Some(area)) => self.by_area.get(area),
            (Some(category), Some(area)) => {
                self.by_pair.get(&(category.to_owned(), area.to_owned()))
            }
        };
        found.map_or(&[], Vec::as_slice)
    }
}

impl Services {
    /// The wider places around an area, the nearest first.
    pub fn wider(&self, area: &str) -> &[String] {
        self.wider.get(area).map_or(&[], Vec::as_slice)
    }

    /// Whether a service also covers a wider place around an area.
    fn is_wider(&self, service: &Service, area: &str) -> bool {
        let wider = self.wider(area);
        !wider.is_empty() && service.areas.iter().any(|own| wider.contains(&own.value))
    }

    /// How many entries there are for somebody in an area, of a category or of all: those
    /// that cover it, and those of the wider places around it. Each is counted where it
    /// covers the widest, so nothing needs to be listed for that.
    pub fn reached(&self, category: Option<&str>, area: &str) -> usize {
        let only = |area: &str| {
            let key = (category.map(str::to_owned), area.to_owned());
            self.only.get(&key).copied().unwrap_or_default()
        };
        only(area) + self.wider(area).iter().map(|area| only(area)).sum::<usize>()
    }

    /// The pairs of a category and an area that have entries for somebody there, at most
    /// so many: those with the most entries of their own, then those with the most in all.
    pub fn largest_pairs(&self, areas: &[Area], most: usize) -> BTreeSet<(&str, String)> {
        let mut pairs = Vec::new();
        for category in self.by_category.keys() {
            for area in areas.iter().map(|area| area.name.value.as_str()) {
                let all = self.reached(Some(category), area);
                if all > 0 {
                    let own = self.list(Some(category), Some(area)).len();
                    pairs.push((Reverse(own), Reverse(all), category.as_str(), area.to_owned()));
                }
            }
        }
        pairs.sort_unstable();
        pairs.into_iter().take(most).map(|(.., category, area)| (category, area)).collect()
    }
}

/// The wider places around each area. None of them goes in a circle.
fn wider(areas: &[Area]) -> BTreeMap<String, Vec<String>> {
    let within = areas
        .iter()
        .filter_map(|area| Some((area.name.value.as_str(), area.within.as_ref()?.value.as_str())));
    let within: BTreeMap<&str, &str> = within.collect();
    let around = |area: &str| {
        let next = |area: &&str| within.get(*area).copied();
        let all = std::iter::successors(within.get(area).copied(), next);
        all.map(str::to_owned).collect()
    };
    within.keys().map(|area| ((*area).to_owned(), around(area))).collect()
}

/// The letter under which a title is found; `#` for what begins with no letter.
pub fn first_letter(title: &str) -> String {
    let first = title.chars().find(|c| c.is_alphanumeric()).filter(|c| c.is_alphabetic());
    let slug = first.map(|c| slug(&c.to_string()));
    // “ß” and “ﬁ” have two letters in capitals.
    let letter = slug.and_then(|slug| slug.to_uppercase().chars().next());
    letter.map_or_else(|| "#".into(), String::from)
}

/// How to reach a service.
#[derive(Debug, Clone, Copy)]
pub struct Reach<'a> {
    /// Phone numbers, the most useful first.
    pub phones: &'a [PhoneLine],
    /// Email addresses, the most useful first.
    pub emails: &'a [Email],
    /// A website, or empty.
    pub web: &'a str,
}

impl Site {
    /// How to reach a service: as its entry says, or else as its organisation does.
    pub fn reach<'a>(&'a self, service: &'a Service) -> Reach<'a> {
        let organisation = service.organisation.as_ref();
        let lender = organisation.and_then(|id| self.data.organisations.get(&id.value));
        match lender.filter(|_| !service.has_own_contact()) {
            Some(lender) => {
                Reach { phones: &lender.phones, emails: &lender.emails, web: &lender.web }
            }
            None => Reach { phones: &service.phones, emails: &service.emails, web: &service.web },
        }
    }

    /// Where postcodes lie, in the order of the file; nothing if no listed entry says where it
    /// is, so that nobody is asked for a postcode in vain.
    pub fn districts(&self) -> &[District] {
        let services = self.services.all.iter().filter_map(|&id| self.pages[id].kind.service());
        let is_placed = services.flat_map(|one| &one.places).any(|place| place.position.is_some());
        if is_placed { &self.data.postcodes } else { &[] }
    }
}

/// How many pages it takes to show so many entries; never none.
pub fn parts(entries: usize, most: usize) -> usize {
    entries.div_ceil(most).max(1)
}
