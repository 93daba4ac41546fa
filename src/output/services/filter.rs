//! What the filter on the pages of the directory needs: every entry in a few words, as
//! a script, because a page that is opened from a folder can load nothing else.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Value, json};

use crate::model::{
    Area, Page, Site,
    kind::{self, Service, Way},
    opening, reach,
};

/// The script: a call of `entries` with all that there is to filter by.
pub(super) fn write(site: &Site, directory: &Page) -> String {
    let Some(own) = directory.kind.own::<kind::Directory>() else { return String::new() };
    let services = &site.services;
    let shown = |id: &str| services.by_category.contains_key(id);
    let categories: Vec<(&str, &str)> = own
        .categories
        .iter()
        .map(|known| (known.id.value.as_str(), known.name.as_str()))
        .filter(|(id, _)| shown(id))
        .collect();
    let known = site.data_in(&directory.language).areas.iter();
    let is_reached = |area: &&Area| services.reached(None, &area.name.value) > 0;
    let known: Vec<&Area> = known.filter(is_reached).collect();
    let areas: Vec<&str> = known.iter().map(|area| area.name.value.as_str()).collect();
    let said: Vec<&str> = known.iter().map(|area| area.said()).collect();
    let within: Vec<Option<usize>> = areas
        .iter()
        .map(|area| {
            let wider = services.wider(area).first()?;
            areas.iter().position(|known| known == wider)
        })
        .collect();
    let pages = services.all.iter().map(|&id| &site.pages[id]);
    let mut spoken: BTreeMap<&str, usize> = BTreeMap::new();
    for service in pages.clone().filter_map(|page| page.kind.service()) {
        for language in &service.languages {
            *spoken.entry(language).or_default() += 1;
        }
    }
    let mut languages: Vec<&str> = spoken.keys().copied().collect();
    languages.sort_by_key(|name| (std::cmp::Reverse(spoken[name]), *name));
    let words = site.languages.of(&directory.language);
    let ways: Vec<&str> = Way::ALL.iter().map(|way| way.name()).collect();
    let shown_ways = Way::ALL.iter().map(|way| (way.name(), words.sentence(way.words(words))));
    let shown_ways: Vec<(&str, String)> = shown_ways.collect();
    let places = |all: &[&str]| -> BTreeMap<String, usize> {
        all.iter().enumerate().map(|(at, name)| ((*name).to_owned(), at)).collect()
    };
    let category_ids: Vec<&str> = categories.iter().map(|(id, _)| *id).collect();
    let lists = [places(&category_ids), places(&areas), places(&ways), places(&languages)];
    let near = site.districts().iter().map(|one| json!([one.shown(), about(one.position)]));
    let near: Vec<Value> = near.collect();
    let list: Vec<Value> = pages
        .filter_map(|page| Some(entry(site, directory, page, page.kind.service()?, &lists)))
        .collect();
    let data = json!({
        "categories": categories,
        "areas": areas,
        // What each is called within a sentence.
        "said": said,
        // For each place, the wider one that it is a part of.
        "within": within,
        "ways": shown_ways,
        "languages": languages,
        // Where postcodes lie by their beginnings.
        "near": near,
        "list": list,
    });
    format!("entries({data})\n")
}

/// A position to about half a mile: nearer is of no use beside the middle of a district.
fn about((north, east): (f64, f64)) -> [f64; 2] {
    [north, east].map(|degrees| (degrees * 100.0).round() / 100.0)
}

/// The words of a text without capitals and signs.
fn bare_words(text: &str) -> impl Iterator<Item = String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '’' && c != '\'');
    words.filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// The longest of the words of an entry, in words, that its filter knows.
const MOST_WORDS: usize = 2;

fn entry(
    site: &Site,
    directory: &Page,
    page: &Page,
    service: &Service,
    [categories, areas, ways, languages]: &[BTreeMap<String, usize>; 4],
) -> Value {
    let address = page.url.as_str();
    // From the folder of the directory on, so that it holds at any path.
    let folder = directory.url.as_str();
    let address = address.strip_prefix(folder).map_or_else(
        || "../".repeat(folder.matches('/').count() - 1) + address.trim_start_matches('/'),
        str::to_owned,
    );
    let mut told = json!({"n": page.title, "o": reach::pieces(&service.on_offer)});
    // What the script makes of a name or a number by itself is left out.
    if address != page.title.to_lowercase().replace(' ', "-") + "/" {
        told["u"] = json!(address);
    }
    let places = |known: &BTreeMap<String, usize>, names: &mut dyn Iterator<Item = &str>| {
        names.filter_map(|name| known.get(name).copied()).collect::<Vec<usize>>()
    };
    let placed = |list: &[crate::parse::Placed<String>]| -> Vec<String> {
        list.iter().map(|item| item.value.clone()).collect()
    };
    let own_categories = placed(&service.categories);
    let own_areas = placed(&service.areas);
    let lists = [
        ("c", places(categories, &mut own_categories.iter().map(String::as_str))),
        ("a", places(areas, &mut own_areas.iter().map(String::as_str))),
        ("w", places(ways, &mut service.ways.iter().map(|way| way.name()))),
        ("l", places(languages, &mut service.languages.iter().map(String::as_str))),
    ];
    for (name, list) in lists {
        told[name] = json!(list);
    }
    if service.cost.trim().eq_ignore_ascii_case("free") {
        told["f"] = json!(1);
    }
    if let Some(phone) = site.reach(service).phones.first() {
        told["p"] = match phone.number.replace(' ', "").replacen('0', "+44", 1) == phone.link {
            true => json!([phone.number]),
            false => json!([phone.number, format!("tel:{}", phone.link)]),
        };
    }
    // Whole questions are for the search of the site.
    let words = page.front.words.iter().map(|word| word.value.as_str());
    let words = words.filter(|word| word.split_whitespace().count() <= MOST_WORDS);
    let words = words.chain(service.also_called.iter().map(String::as_str));
    let words = words.chain([service.who_for.as_str()]).flat_map(str::split_whitespace);
    // No word of it is said twice.
    let mut said: HashSet<String> = [&page.title, &service.on_offer.value]
        .into_iter()
        .flat_map(|text| bare_words(text))
        .collect();
    let words: Vec<&str> = words
        .filter(|word| bare_words(word).filter(|bare| said.insert(bare.clone())).count() > 0)
        .collect();
    if !words.is_empty() {
        told["x"] = json!(words.join(" "));
    }
    let places = service.places.iter().filter_map(|place| place.position);
    let places: Vec<[f64; 2]> = places.map(about).collect();
    if !places.is_empty() {
        told["g"] = json!(places);
    }
    if let (Some(opening), Some(told)) = (opening::of(page), told.as_object_mut()) {
        told.extend(opening);
        if !service.hours_note.value.is_empty() {
            told.insert("m".into(), json!(reach::pieces(&service.hours_note.value)));
        }
    }
    if service.paused {
        told["s"] = json!(1);
    }
    told
}
