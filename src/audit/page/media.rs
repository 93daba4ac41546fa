//! Conditions of media: `screen and (min-width: 40em)`.
//!
//! They are decided for four scenes: a wide screen in light colours, the
//! same in dark colours, a screen that is higher than wide, and the first with everything
//! twice as large. What is not known does not hold.

/// The circumstances that are looked at: as most people see a page, in dark colours, with a
/// screen that is higher than wide, and zoomed to twice the size.
pub(super) const SCENES: usize = 4;

/// The scene that is higher than wide.
pub(super) const HIGH: usize = 2;

/// The scene in which all is twice as large.
pub(super) const ZOOMED: usize = 3;

/// Which of the scenes a declaration belongs to, a bit each.
pub(super) type Mask = u8;

/// All of them.
pub(super) const ALWAYS: Mask = (1 << SCENES) - 1;

/// In which scenes a condition holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Holds {
    pub(super) mask: Mask,
    /// Whether it asks for dark colours.
    pub(super) is_dark: bool,
}

/// One way of looking at a page.
#[derive(Debug, Clone, Copy)]
struct Scene {
    is_dark: bool,
    /// In pixels of CSS.
    width: f32,
    height: f32,
}

const SCENE: [Scene; SCENES] = [
    Scene { is_dark: false, width: 1280.0, height: 900.0 },
    Scene { is_dark: true, width: 1280.0, height: 900.0 },
    Scene { is_dark: false, width: 900.0, height: 1280.0 },
    Scene { is_dark: false, width: 640.0, height: 450.0 },
];

/// In which scenes a list of conditions holds.
pub(super) fn holds(list: &str) -> Holds {
    let list = list.to_ascii_lowercase();
    let mut mask = 0;
    for (bit, scene) in SCENE.iter().enumerate() {
        let any = list.trim().is_empty() || split(&list, ",").iter().any(|one| query(one, *scene));
        mask |= Mask::from(any) << bit;
    }
    Holds { mask, is_dark: list.contains("prefers-color-scheme") && list.contains("dark") }
}

fn query(text: &str, scene: Scene) -> bool {
    let text = text.trim();
    let text = text.strip_prefix("only ").unwrap_or(text).trim();
    if let Some(rest) = text.strip_prefix("not ") {
        // What is not known does not hold, with `not` before it neither.
        return condition(rest, scene) == Some(false);
    }
    condition(text, scene) == Some(true)
}

/// Whether a condition holds; none when that cannot be known.
fn condition(text: &str, scene: Scene) -> Option<bool> {
    let text = text.trim();
    for (between, decides) in [(" or ", true), (" and ", false)] {
        let parts = split(text, between);
        if parts.len() > 1 {
            let each: Vec<_> = parts.iter().map(|part| condition(part, scene)).collect();
            let is_decided = each.contains(&Some(decides));
            let is_known = is_decided || !each.contains(&None);
            return is_known.then_some(is_decided == decides);
        }
    }
    if let Some(rest) = text.strip_prefix("not ") {
        return condition(rest, scene).map(|holds| !holds);
    }
    match text {
        "all" | "screen" => return Some(true),
        "print" | "speech" | "tty" | "tv" | "handheld" | "projection" | "aural" | "braille" => {
            return Some(false);
        }
        _ => {}
    }
    let inner = text.strip_prefix('(')?.strip_suffix(')')?.trim();
    if inner.starts_with('(') || inner.starts_with("not ") {
        return condition(inner, scene);
    }
    feature(inner, scene)
}

fn feature(text: &str, scene: Scene) -> Option<bool> {
    if let Some((name, value)) = text.split_once(':') {
        let (name, value) = (name.trim(), value.trim());
        let at_least = |size: f32| pixels(value).map(|value| size >= value);
        let at_most = |size: f32| pixels(value).map(|value| size <= value);
        return match name {
            "min-width" | "min-device-width" => at_least(scene.width),
            "max-width" | "max-device-width" => at_most(scene.width),
            "min-height" | "min-device-height" => at_least(scene.height),
            "max-height" | "max-device-height" => at_most(scene.height),
            "orientation" => Some((value == "portrait") == (scene.height >= scene.width)),
            "prefers-color-scheme" => Some((value == "dark") == scene.is_dark),
            "prefers-reduced-motion"
            | "prefers-contrast"
            | "prefers-reduced-transparency"
            | "prefers-reduced-data" => Some(value == "no-preference"),
            "forced-colors" | "inverted-colors" => Some(value == "none"),
            "hover" | "any-hover" => Some(value == "hover"),
            "pointer" | "any-pointer" => Some(value == "fine"),
            "scripting" => Some(value == "enabled"),
            "display-mode" => Some(value == "browser"),
            "update" => Some(value == "fast"),
            _ => None,
        };
    }
    for sign in ["<=", ">=", "<", ">"] {
        let parts: Vec<&str> = text.split(sign).map(str::trim).collect();
        let is_less = sign.starts_with('<');
        let size = |name: &str| match name {
            "width" => Some(scene.width),
            "height" => Some(scene.height),
            _ => pixels(name),
        };
        if parts.len() > 1 {
            let sizes = parts.iter().map(|part| size(part)).collect::<Option<Vec<_>>>()?;
            let is_strict = sign.len() == 1;
            return Some(sizes.windows(2).all(|pair| {
                let (a, b) = if is_less { (pair[0], pair[1]) } else { (pair[1], pair[0]) };
                a < b || (!is_strict && a <= b)
            }));
        }
    }
    match text {
        "color" | "hover" | "any-hover" | "pointer" | "any-pointer" | "width" | "height"
        | "scripting" => Some(true),
        "monochrome" | "grid" | "forced-colors" | "prefers-reduced-motion" => Some(false),
        _ => None,
    }
}

fn pixels(text: &str) -> Option<f32> {
    if text == "0" {
        return Some(0.0);
    }
    let (number, scale) = [("px", 1.0), ("rem", 16.0), ("em", 16.0)]
        .into_iter()
        .find_map(|(unit, scale)| Some((text.strip_suffix(unit)?, scale)))?;
    number.trim().parse::<f32>().ok().map(|number| number * scale)
}

/// The parts between `mark`, where it stands outside brackets.
fn split<'a>(text: &'a str, mark: &str) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0_i32, 0);
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 && at >= start && text[at..].starts_with(mark) {
            parts.push(&text[start..at]);
            start = at + mark.len();
        }
    }
    parts.push(&text[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_hold_in_scenes() {
        for (text, mask) in [
            ("", 0b1111),
            ("all", 0b1111),
            ("print", 0),
            ("only screen and (min-width: 40em)", 0b1111),
            ("(max-width: 600px)", 0),
            ("(prefers-color-scheme: dark)", 0b010),
            ("(orientation: portrait)", 0b100),
            ("(orientation: landscape) and (prefers-color-scheme: light)", 0b1001),
            ("not print", 0b1111),
            ("not (orientation: portrait)", 0b1011),
            ("(600px <= width <= 1000px)", 0b1100),
            ("(width > 1000px)", 0b011),
            ("print, (width > 1000px)", 0b011),
            ("(something: new)", 0),
            ("not (something: new)", 0),
            ("((orientation: portrait) or (prefers-color-scheme: dark))", 0b110),
        ] {
            assert_eq!(holds(text).mask, mask, "{text}");
        }
    }
}
