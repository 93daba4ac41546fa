//! `postcodes.yaml`: where postcodes that begin alike lie, so that readers can ask what is near
//! them.

use crate::{
    parse::{Fields, Placed, postcode},
    rule::{self, Rule},
    text::degrees::degrees,
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
    match degrees(value) {
        Ok(found) => Some(found),
        Err((message, hint)) => {
            fields.wrong(rule, *span, format!("“{value}” {message}"), hint);
            None
        }
    }
}
