//! `areas.yaml`: the places that services cover, and which lies within which.

use std::collections::BTreeMap;

use crate::{
    parse::{Fields, Placed},
    rule,
    text::{Span, nearest},
};

/// A place.
#[derive(Debug, Clone)]
pub struct Area {
    /// What it is called.
    pub name: Placed<String>,
    /// The wider place that it is a part of.
    pub within: Option<Placed<String>>,
}

/// Reads every place: `- Exampleton`, or its `name` and what it is `within`. What comes
/// out goes in no circle.
pub(super) fn read(fields: &mut Fields<'_>, all: Span) -> Vec<Area> {
    let mut areas: Vec<Area> = Vec::new();
    for (name, item) in fields.named_in(all) {
        let area = match item {
            None => name.map(|name| Area { name, within: None }),
            Some(mut item) => {
                let name = item.needed("name", "Exampleton");
                let within = item.text("within");
                fields.absorb(item);
                name.map(|name| Area { name, within })
            }
        };
        let Some(area) = area else { continue };
        let Placed { value, span } = &area.name;
        if areas.iter().any(|other| other.name.value == *value) {
            let message = format!("the place “{value}” appears twice");
            fields.wrong(&rule::DATA, *span, message, "keep one of them");
        } else {
            areas.push(area);
        }
    }
    for at in 0..areas.len() {
        let Some(within) = areas[at].within.clone() else { continue };
        let names = || areas.iter().map(|area| area.name.value.as_str());
        if !names().any(|name| name == within.value) {
            let message = format!("“{}” is not a place in areas.yaml", within.value);
            let hint = match nearest(&within.value, names()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => format!("add `- {}`, or write a place that is there", within.value),
            };
            fields.wrong(&rule::DATA, within.span, message, hint);
            areas[at].within = None;
        }
    }
    let places: BTreeMap<String, usize> =
        areas.iter().enumerate().map(|(at, area)| (area.name.value.clone(), at)).collect();
    for at in 0..areas.len() {
        let mut way = vec![at];
        while let Some(within) = &areas[way[way.len() - 1]].within {
            let next = places[&within.value];
            if next == at {
                let span = areas[at].within.as_ref().map_or(areas[at].name.span, |to| to.span);
                let all = way.iter().skip(1).chain([&at]);
                let all: Vec<String> =
                    all.map(|&at| format!("“{}”", areas[at].name.value)).collect();
                let own = &areas[at].name.value;
                let message = match all.len() {
                    1 => format!("“{own}” is within itself"),
                    _ => format!("“{own}” is within {}, which is a circle", all.join(" within ")),
                };
                let hint = "take out one `within`, so that the widest place has none";
                fields.wrong(&rule::DATA, span, message, hint);
                areas[at].within = None;
                break;
            }
            // A circle further on is told where it is.
            if way.contains(&next) {
                break;
            }
            way.push(next);
        }
    }
    areas
}
