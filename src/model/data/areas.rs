//! `areas.yaml`: the places that services cover, and which lies within which.

use std::collections::HashMap;

use crate::{
    parse::{Fields, Placed},
    rule,
    text::{Span, did_you_mean},
};

/// A place.
#[derive(Debug, Clone)]
pub struct Area {
    /// What it is called.
    pub name: Placed<String>,
    /// The wider place that it is a part of.
    pub within: Option<Placed<String>>,
    /// What it is called within a sentence, where that is not its name: `the county`.
    pub in_a_sentence: String,
}

impl Area {
    /// What it is called within a sentence.
    pub fn said(&self) -> &str {
        Some(self.in_a_sentence.as_str()).filter(|own| !own.is_empty()).unwrap_or(&self.name.value)
    }
}

/// Reads every place: `- Exampleton`, or its `name` and what it is `within`. What comes
/// out goes in no circle.
pub(super) fn read(fields: &mut Fields<'_>, all: Span) -> Vec<Area> {
    let mut areas: Vec<Area> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for (name, item) in fields.named_in(all) {
        let area = match item {
            None => name.map(|name| Area { name, within: None, in_a_sentence: String::new() }),
            Some(mut item) => {
                let area = one(&mut item);
                fields.absorb(item);
                area
            }
        };
        let Some(area) = area else { continue };
        let Placed { value, span } = &area.name;
        if places.contains_key(value) {
            let message = format!("the place “{value}” appears twice");
            fields.wrong(&rule::DATA, *span, message, "keep one of them");
        } else {
            places.insert(value.clone(), areas.len());
            areas.push(area);
        }
    }
    for at in 0..areas.len() {
        let Some(within) = areas[at].within.clone() else { continue };
        let names = || areas.iter().map(|area| area.name.value.as_str());
        if !places.contains_key(&within.value) {
            let message = format!("“{}” is not a place in areas.yaml", within.value);
            let otherwise = format!("add `- {}`, or write a place that is there", within.value);
            let hint = did_you_mean(&within.value, names(), otherwise);
            fields.wrong(&rule::DATA, within.span, message, hint);
            areas[at].within = None;
        }
    }
    // Each place is gone through once, on one way outwards.
    let mut is_done = vec![false; areas.len()];
    for start in 0..areas.len() {
        let (mut way, mut steps) = (Vec::new(), HashMap::new());
        let mut next = Some(start);
        while let Some(here) = next.filter(|here| !is_done[*here]) {
            if let Some(&from) = steps.get(&here) {
                circle(fields, &mut areas, &way[from..]);
                break;
            }
            steps.insert(here, way.len());
            way.push(here);
            next = areas[here].within.as_ref().map(|within| places[&within.value]);
        }
        way.into_iter().for_each(|place| is_done[place] = true);
    }
    areas
}

/// Reads a place that is written as names with values.
pub(super) fn one(item: &mut Fields<'_>) -> Option<Area> {
    let name = item.needed("name", "Exampleton");
    let within = item.text("within");
    let in_a_sentence = item.words_of("in a sentence");
    name.map(|name| Area { name, within, in_a_sentence })
}

/// Says that places are within each other, and takes the first of them out of the others.
fn circle(fields: &mut Fields<'_>, areas: &mut [Area], round: &[usize]) {
    let Some(begin) = (0..round.len()).min_by_key(|&at| round[at]) else { return };
    let first = round[begin];
    let others = round[begin + 1..].iter().chain(&round[..=begin]);
    let others: Vec<String> = others.map(|&at| format!("“{}”", areas[at].name.value)).collect();
    let own = &areas[first];
    let span = own.within.as_ref().map_or(own.name.span, |to| to.span);
    let own = &own.name.value;
    let message = match others.len() {
        1 => format!("“{own}” is within itself"),
        _ => format!("“{own}” is within {}, which is a circle", others.join(" within ")),
    };
    let hint = "take out one `within`, so that the widest place has none";
    fields.wrong(&rule::DATA, span, message, hint);
    areas[first].within = None;
}
