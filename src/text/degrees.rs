//! A place on a map, in degrees north and degrees east.

use std::ops::RangeInclusive;

/// Degrees north and east between which the United Kingdom lies. Source: Ordnance Survey, extent
/// of the National Grid and of Northern Ireland.
const UNITED_KINGDOM: (RangeInclusive<f64>, RangeInclusive<f64>) = (49.8..=61.0, -8.7..=1.8);

/// Reads degrees north and degrees east, as maps give them: `53.2307, -0.5406`.
///
/// # Errors
///
/// The second half of a sentence that begins with the text, and what to write instead.
pub fn degrees(text: &str) -> Result<(f64, f64), (&'static str, String)> {
    let read = |text: &str| text.trim().parse::<f64>().ok();
    let both = text.split_once(',').and_then(|(north, east)| Some((read(north)?, read(east)?)));
    let Some((north, east)) = both else {
        let hint = "write degrees north and degrees east: `53.2307, -0.5406`";
        return Err(("is not a place on a map", hint.to_owned()));
    };
    let is_here = |north: f64, east: f64| {
        UNITED_KINGDOM.0.contains(&north) && UNITED_KINGDOM.1.contains(&east)
    };
    if is_here(north, east) {
        return Ok((north, east));
    }
    let hint = match is_here(east, north) {
        true => format!("degrees north come first: `{east}, {north}`"),
        false => "copy it again from a map, degrees north first".to_owned(),
    };
    Err(("is not in the United Kingdom", hint))
}
