//! Colours: reading them, laying one over another, and how far two stand apart.
//!
//! Formulas: relative luminance and contrast ratio of WCAG 2.2, compositing of CSS.
//! `cssparser` knows colours by their names and by `#`.

use cssparser::color::{parse_hash_color, parse_named_color};

/// A colour of sRGB; each part from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Colour {
    /// Red, green and blue.
    pub rgb: [f32; 3],
    /// 1 is solid, 0 is nothing.
    pub alpha: f32,
}

impl Colour {
    /// What words are drawn in when nothing is said.
    pub const BLACK: Self = Self { rgb: [0.0; 3], alpha: 1.0 };
    /// What they are drawn on.
    pub const WHITE: Self = Self { rgb: [1.0; 3], alpha: 1.0 };
    /// Nothing.
    pub const CLEAR: Self = Self { rgb: [0.0; 3], alpha: 0.0 };

    /// A solid colour from three bytes.
    pub const fn bytes(red: u8, green: u8, blue: u8) -> Self {
        Self { rgb: [red as f32 / 255.0, green as f32 / 255.0, blue as f32 / 255.0], alpha: 1.0 }
    }

    /// This colour, laid over another one.
    #[must_use]
    pub fn over(self, under: Self) -> Self {
        let alpha = self.alpha + under.alpha * (1.0 - self.alpha);
        if alpha == 0.0 {
            return Self::CLEAR;
        }
        let part = |at: usize| {
            (self.rgb[at] * self.alpha + under.rgb[at] * under.alpha * (1.0 - self.alpha)) / alpha
        };
        Self { rgb: [part(0), part(1), part(2)], alpha }
    }

    /// The same with its alpha made less.
    #[must_use]
    pub fn faded(self, opacity: f32) -> Self {
        Self { alpha: self.alpha * opacity, ..self }
    }

    /// The colour `share` of the way to another one, as gradients go there: clear ones give
    /// no colour of their own (premultiplied alpha).
    #[must_use]
    pub fn towards(self, other: Self, share: f32) -> Self {
        let alpha = self.alpha * (1.0 - share) + other.alpha * share;
        if alpha == 0.0 {
            return Self::CLEAR;
        }
        let part = |at: usize| {
            (self.rgb[at] * self.alpha * (1.0 - share) + other.rgb[at] * other.alpha * share)
                / alpha
        };
        Self { rgb: [part(0), part(1), part(2)], alpha }
    }

    /// A number that colours share which nobody can tell apart.
    pub fn bits(self) -> u32 {
        let byte = |part: f32| (part.clamp(0.0, 1.0) * 255.0).round() as u8;
        let [red, green, blue] = self.rgb.map(byte);
        u32::from_be_bytes([red, green, blue, byte(self.alpha)])
    }

    /// How light it looks, from 0 to 1.
    fn luminance(self) -> f32 {
        let [red, green, blue] = self.rgb.map(|part| {
            if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// How far two solid colours stand apart, from 1 to 21.
    pub fn contrast(self, other: Self) -> f32 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// As people write it: `#1d70b8`.
    pub fn hex(self) -> String {
        let byte = |part: f32| (part.clamp(0.0, 1.0) * 255.0).round();
        let [red, green, blue] = self.rgb.map(byte);
        format!("#{:02x}{:02x}{:02x}", red as u8, green as u8, blue as u8)
    }
}

/// Reads a colour in one of the ways that have a fixed meaning in sRGB: a name, `#rrggbb`,
/// `rgb()`, `hsl()`, `hwb()`. None for anything else.
pub(super) fn read(text: &str) -> Option<Colour> {
    let text = text.trim();
    if let Some(hash) = text.strip_prefix('#') {
        let (red, green, blue, alpha) = parse_hash_color(hash.as_bytes()).ok()?;
        return Some(Colour::bytes(red, green, blue).faded(alpha));
    }
    if !text.contains('(') {
        if text.eq_ignore_ascii_case("transparent") {
            return Some(Colour::CLEAR);
        }
        let (red, green, blue) = parse_named_color(text).ok()?;
        return Some(Colour::bytes(red, green, blue));
    }
    let (name, rest) = text.split_once('(')?;
    let inside = rest.strip_suffix(')')?;
    let parts: Vec<&str> = inside
        .split(|c: char| c == ',' || c == '/' || c.is_ascii_whitespace())
        .filter(|part| !part.is_empty())
        .collect();
    let (&[a, b, c], alpha) = match parts.as_slice() {
        [first @ .., alpha] if parts.len() == 4 => {
            (<&[&str; 3]>::try_from(first).ok()?, share(alpha)?)
        }
        all => (<&[&str; 3]>::try_from(all).ok()?, 1.0),
    };
    let colour = match name.trim().to_ascii_lowercase().as_str() {
        "rgb" | "rgba" => {
            let part = |text: &str| match text.strip_suffix('%') {
                Some(share) => share.parse::<f32>().ok().map(|share| share / 100.0),
                None if text == "none" => Some(0.0),
                None => text.parse::<f32>().ok().map(|byte| byte / 255.0),
            };
            Colour { rgb: [part(a)?, part(b)?, part(c)?], alpha: 1.0 }
        }
        "hsl" | "hsla" => from_hsl(angle(a)?, share(b)?, share(c)?),
        "hwb" => {
            let (white, black) = (share(b)?, share(c)?);
            let pure = from_hsl(angle(a)?, 1.0, 0.5);
            let sum = white + black;
            if sum >= 1.0 {
                Colour { rgb: [white / sum; 3], alpha: 1.0 }
            } else {
                Colour { rgb: pure.rgb.map(|part| part * (1.0 - sum) + white), alpha: 1.0 }
            }
        }
        _ => return None,
    };
    let rgb = colour.rgb.map(|part| part.clamp(0.0, 1.0));
    Some(Colour { rgb, alpha: alpha.clamp(0.0, 1.0) })
}

/// `50%` or `0.5`; in `hsl(0 50 50)` a bare number above 1 is a percentage too.
fn share(text: &str) -> Option<f32> {
    match text.strip_suffix('%') {
        Some(number) => number.parse::<f32>().ok().map(|number| number / 100.0),
        None if text == "none" => Some(0.0),
        None => text.parse::<f32>().ok().map(|n| if n > 1.0 { n / 100.0 } else { n }),
    }
}

/// Degrees.
fn angle(text: &str) -> Option<f32> {
    let text = text.trim();
    for (unit, scale) in
        [("deg", 1.0), ("grad", 0.9), ("rad", 57.295_78), ("turn", 360.0), ("", 1.0)]
    {
        if let Some(number) = text.strip_suffix(unit)
            && let Ok(number) = number.trim().parse::<f32>()
        {
            return Some(number * scale);
        }
    }
    None
}

fn from_hsl(hue: f32, saturation: f32, lightness: f32) -> Colour {
    let hue = hue.rem_euclid(360.0);
    let part = |n: f32| {
        let k = (n + hue / 30.0) % 12.0;
        let a = saturation * lightness.min(1.0 - lightness);
        lightness - a * (k - 3.0).min(9.0 - k).clamp(-1.0, 1.0)
    };
    Colour { rgb: [part(0.0), part(8.0), part(4.0)], alpha: 1.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_are_read() {
        for (text, hex, alpha) in [
            ("#fff", "#ffffff", 1.0),
            ("#1d70b880", "#1d70b8", 0.502),
            ("RebeccaPurple", "#663399", 1.0),
            ("rgb(255 0 0 / 50%)", "#ff0000", 0.5),
            ("rgba(0,0,0,.5)", "#000000", 0.5),
            ("hsl(120, 100%, 25%)", "#008000", 1.0),
            ("hsl(240deg 100% 50%)", "#0000ff", 1.0),
            ("hwb(0 0% 0%)", "#ff0000", 1.0),
        ] {
            let colour = read(text).expect(text);
            assert_eq!(colour.hex(), hex, "{text}");
            assert!((colour.alpha - alpha).abs() < 0.01, "{text}: {}", colour.alpha);
        }
        for text in ["", "(", "rgb(", "oklch(0.5 0.1 20)", "rgb(1)", "canvas", "color-mix(a, b)"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let said = |a: &str, b: &str| {
            let ratio = read(a).expect(a).contrast(read(b).expect(b));
            format!("{ratio:.2}")
        };
        assert_eq!(said("black", "white"), "21.00");
        assert_eq!(said("#777", "white"), "4.48");
        assert_eq!(said("#767676", "white"), "4.54");
    }
}
