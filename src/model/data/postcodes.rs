//! `postcodes.yaml`: where postcodes that begin alike lie, so that readers can ask what is near
//! them.

use crate::{
    parse::{Fields, Placed, postcode},
    rule::{self, Rule},
};

/// Postcodes that begin alike.
#[derive(Debug, Clone)]
pub struct District {
    /// How they begin, as written: `NG31 6`.
    pub written: Placed<String>,
    /// The middle of them: degrees north and degrees east.
    pub position: (f64, f64),
}

impl District {
    /// How they begin, as readers see it: `NG31 6`.
    pub fn shown(&self) -> String {
        self.written.value.trim().to_uppercase()
    }
}

/// Reads every beginning with its middle: `LN1: 53.24, -0.56`.
pub(super) fn read(fields: &mut Fields<'_>) -> Vec<District> {
    let mut districts = Vec::new();
    let mut known = Vec::new();
    for (written, middle) in fields.every_list() {
        let Placed { value, span } = &written;
        let beginning = match postcode::read(value) {
            Ok(area) if area.ends_with('|') => Err("it has no number"),
            read => read,
        };
        match (beginning, middle.into_iter().next()) {
            (Err(why), _) => {
                let message = format!("“{value}” is not the beginning of a postcode: {why}");
                let hint = "write a district or a sector: `LN1` or `NG31 6`";
                fields.wrong(&rule::DATA, *span, message, hint);
            }
            (Ok(beginning), _) if known.contains(&beginning) => {
                let message = format!("the postcode “{value}” appears twice");
                fields.wrong(&rule::DATA, *span, message, "keep one of them");
            }
            (_, None) => {
                let message = format!("nothing says where “{value}” is");
                let hint = format!("write degrees north and degrees east: `{value}: 53.24, -0.56`");
                fields.wrong(&rule::DATA, *span, message, hint);
            }
            (Ok(beginning), Some(middle)) => {
                known.push(beginning);
                let position = position(fields, &middle, &rule::DATA);
                districts.extend(position.map(|position| District { written, position }));
            }
        }
    }
    districts
}

/// Reads degrees north and degrees east, as maps give them: `53.2307, -0.5406`.
pub(in crate::model) fn position(
    fields: &mut Fields<'_>,
    Placed { value, span }: &Placed<String>,
    rule: &'static Rule,
) -> Option<(f64, f64)> {
    let read = |text: &str| text.trim().parse::<f64>().ok();
    let both = value.split_once(',').and_then(|(north, east)| Some((read(north)?, read(east)?)));
    let Some((north, east)) = both else {
        let message = format!("“{value}” is not a place on a map");
        let hint = "write degrees north and degrees east: `53.2307, -0.5406`";
        fields.wrong(rule, *span, message, hint);
        return None;
    };
    let is_here = |north: f64, east: f64| {
        UNITED_KINGDOM.0.contains(&north) && UNITED_KINGDOM.1.contains(&east)
    };
    if !is_here(north, east) {
        let hint = match is_here(east, north) {
            true => format!("degrees north come first: `{east}, {north}`"),
            false => "copy it again from a map, degrees north first".to_owned(),
        };
        let message = format!("“{value}” is not in the United Kingdom");
        fields.wrong(rule, *span, message, hint);
        return None;
    }
    Some((north, east))
}

/// Degrees north and east between which the United Kingdom lies. Source: Ordnance Survey, extent
/// of the National Grid and of Northern Ireland.
const UNITED_KINGDOM: (std::ops::RangeInclusive<f64>, std::ops::RangeInclusive<f64>) =
    (49.8..=61.0, -8.7..=1.8);
