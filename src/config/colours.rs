//! Colours, and whether words in them can be read.
//!
//! A council changes a few values in `site.toml`; the rest follow. Contrast is
//! the ratio of WCAG 2.2 (success criteria 1.4.3, 1.4.6 and 1.4.11): 4.5 to 1 for words,
//! better 7 to 1, and 3 to 1 for the edges of controls.

use std::{collections::BTreeMap, fmt::Write as _};

use super::Config;
use crate::diagnostic::Diagnostic;
use crate::rule;

/// A name, the default for a light screen, and for a dark one.
const TOKENS: &[(&str, &str, &str)] = &[
    ("paper", "#fdfcf9", "#141a18"),
    ("wash", "#f1f3ee", "#1e2623"),
    ("ink", "#1c2420", "#f3f1ea"),
    ("quiet", "#46524c", "#c3cbc5"),
    ("link", "#0b4a57", "#9fdbe6"),
    ("visited", "#4d2f66", "#d9c3ee"),
    ("accent", "#0f5c4d", "#8fd9c2"),
    ("warn", "#7a2e0e", "#ffc4a3"),
    ("line", "#7a857f", "#7f8b85"),
];

/// The contrast that words need at least, for level AA. Source: WCAG 2.2, success criterion
/// 1.4.3.
const LEAST: f64 = 4.5;

/// Which colour stands on which, and the contrast that is good between them.
const PAIRS: &[(&str, &str, f64)] = &[
    ("ink", "paper", 7.0),
    ("ink", "wash", 7.0),
    ("quiet", "paper", 7.0),
    ("quiet", "wash", 7.0),
    ("link", "paper", 7.0),
    ("link", "wash", 7.0),
    ("visited", "paper", 7.0),
    ("visited", "wash", 7.0),
    ("accent", "paper", 7.0),
    ("accent", "wash", 4.5),
    ("warn", "paper", 7.0),
    ("warn", "wash", 7.0),
    ("line", "paper", 3.0),
    ("line", "wash", 3.0),
];

/// Colours by token, each as `#rrggbb`.
pub type Scheme = BTreeMap<&'static str, String>;

/// The colours of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Palette {
    /// For a light screen.
    pub light: Scheme,
    /// For a dark screen.
    pub dark: Scheme,
}

impl Palette {
    pub(super) fn new(light: &BTreeMap<String, String>, dark: &BTreeMap<String, String>) -> Self {
        let pick = |own: &BTreeMap<String, String>, name: &'static str, default: &str| {
            let colour = own.get(name).filter(|colour| luminance(colour).is_some());
            (name, colour.map_or(default, String::as_str).to_ascii_lowercase())
        };
        Self {
            light: TOKENS.iter().map(|(name, colour, _)| pick(light, name, colour)).collect(),
            dark: TOKENS.iter().map(|(name, _, colour)| pick(dark, name, colour)).collect(),
        }
    }

    /// The style sheet rules that give the tokens their values, in the cascade
    /// layer `tokens`.
    pub fn css(&self) -> String {
        let list = |scheme: &Scheme| {
            scheme.iter().fold(String::new(), |mut css, (name, colour)| {
                let _ = write!(css, "--{name}:{colour};");
                css
            })
        };
        let (light, dark) = (list(&self.light), list(&self.dark));
        format!(
            "@layer tokens{{:root{{color-scheme:light dark;{light}}}\
             @media (prefers-color-scheme:dark){{:root{{{dark}}}}}}}\n"
        )
    }
}

/// What is wrong with the colours in `site.toml`.
pub(super) fn problems(config: &Config) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let palette = config.palette();
    let schemes = [
        ("light", &config.theme.light, &palette.light),
        ("dark", &config.theme.dark, &palette.dark),
    ];
    for (scheme, own, all) in schemes {
        for (name, colour) in own {
            let span = config.places.of(&format!("theme.{scheme}.{name}"));
            if !TOKENS.iter().any(|(token, ..)| token == name) {
                let names: Vec<&str> = TOKENS.iter().map(|(token, ..)| *token).collect();
                let message = format!("“{name}” is not a colour of the theme");
                let hint = format!("write one of {}", names.join(", "));
                problems.push(Diagnostic::error(&rule::COLOURS, span, message).hint(hint));
            } else if luminance(colour).is_none() {
                let message = format!("“{colour}” is not a colour");
                let hint = "write # and six digits from 0 to f: `#0f5c4d`";
                problems.push(Diagnostic::error(&rule::COLOURS, span, message).hint(hint));
            }
        }
        for (fore, back, good) in PAIRS {
            let (ratio, least) = (contrast(&all[fore], &all[back]), good.min(LEAST));
            if ratio >= *good || !(own.contains_key(*fore) || own.contains_key(*back)) {
                continue;
            }
            let changed = if own.contains_key(*fore) { fore } else { back };
            let what =
                format!("{fore} {} on {back} {} in the {scheme} colours", all[fore], all[back]);
            let span = config.places.of(&format!("theme.{scheme}.{changed}"));
            let found = if ratio < least {
                let message = format!(
                    "{what} is hard to see: {ratio:.1} to 1, and {least} to 1 is the least"
                );
                Diagnostic::error(&rule::COLOURS, span, message)
            } else {
                let message = format!("{what} is {ratio:.1} to 1, and {good} to 1 is for everyone");
                Diagnostic::warning(&rule::COLOURS, span, message)
            };
            problems.push(found.hint(format!("make {fore} or {back} darker or lighter")));
        }
    }
    problems
}

/// The contrast of two colours, from 1 to 21; 1 when either is not a colour.
fn contrast(a: &str, b: &str) -> f64 {
    let (Some(a), Some(b)) = (luminance(a), luminance(b)) else { return 1.0 };
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The relative luminance of `#rrggbb`, as WCAG 2.2 defines it.
fn luminance(colour: &str) -> Option<f64> {
    let digits = colour.strip_prefix('#').filter(|digits| {
        digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    })?;
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&digits[at..at + 2], 16).unwrap_or(0)) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    Some(0.2126 * channel(0) + 0.7152 * channel(2) + 0.0722 * channel(4))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_colours_can_be_read() {
        let palette = Palette::new(&BTreeMap::new(), &BTreeMap::new());
        for (fore, back, least) in PAIRS {
            for scheme in [&palette.light, &palette.dark] {
                let ratio = contrast(&scheme[fore], &scheme[back]);
                assert!(ratio >= *least, "{fore} on {back}: {ratio}");
            }
        }
    }

    #[test]
    fn pale_words_are_refused() {
        let read = super::super::parse("[theme.light]\nlink = \"#88bbcc\"\n");
        assert_eq!(read.problems.len(), 2, "on paper and on wash");
        assert_eq!(read.source.at(read.problems[0].span), "#88bbcc");
    }

    #[test]
    fn black_on_white_is_21() {
        assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
    }
}
