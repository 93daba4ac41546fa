//! The style sheet, the icon and the scripts, under names that change when they do (a
//! hash of the content, by `xxhash_rust`), so that they can be kept for ever.

use xxhash_rust::xxh3::xxh3_64;

use super::{Bytes, Done, Files, Output, Plan};
use crate::{
    config::Config, letter, load::Theme, text::script::shrunk, view::Assets, world::World,
};

pub(super) const OUTPUT: Output = Output { name: "a file of the theme", paths, files };

/// The folder is theirs alone: what is in it is kept for ever.
fn paths(plan: &Plan<'_>) -> Vec<String> {
    let places = places(plan.config, plan.theme, plan.portable);
    let scripts = places.scripts.values().chain(&places.search_scripts);
    let all = [&places.style, &places.icon, &places.letter_script].into_iter().chain(scripts);
    let files = all.map(|address| address[1..].to_owned());
    files.filter(|path| path.starts_with(FOLDER)).chain([FOLDER.to_owned()]).collect()
}

/// Where they are.
const FOLDER: &str = "assets/";

/// The files of the theme that pages use.
fn files(done: &Done<'_>) -> Files {
    of_theme(&done.world)
}

/// The same before any page is made.
pub(super) fn of_theme(world: &World<'_>) -> Files {
    let World { config, theme, letters, .. } = world;
    let mut all = vec![style(config, theme), icon(theme), search_page(theme)];
    if !letters.is_empty() {
        all.push(letter_page(theme));
    }
    all.extend(SCRIPTS.iter().filter_map(|name| script(theme, name)));
    all.into_iter().map(|(name, text)| (name, Bytes::from(text))).collect()
}

/// Where they are, from the root.
pub(super) fn places(config: &Config, theme: &Theme, portable: bool) -> Assets {
    let from_root = |(name, _): (String, String)| format!("/{name}");
    let engine = Some(format!("/{}search.js", super::search::FOLDER));
    let page = from_root(search_page(theme));
    let letter_script = from_root(letter_page(theme));
    let known = SCRIPTS.iter().filter_map(|&name| Some((name, from_root(script(theme, name)?))));
    Assets {
        scripts: known.collect(),
        style: from_root(style(config, theme)),
        icon: from_root(icon(theme)),
        search_scripts: engine.clone().filter(|_| portable).into_iter().chain([page]).collect(),
        search_engine: engine.filter(|_| !portable),
        letter_script,
    }
}

pub(super) fn style(config: &Config, theme: &Theme) -> (String, String) {
    let own = theme.files.get("style.css").map_or("", String::as_str);
    named("style", "css", config.palette().css() + &packed(own))
}

fn icon(theme: &Theme) -> (String, String) {
    named("icon", "svg", theme.files.get("icon.svg").cloned().unwrap_or_default())
}

fn search_page(theme: &Theme) -> (String, String) {
    let own = theme.files.get("search-page.js").map_or("", String::as_str);
    named("search-page", "js", shrunk(own))
}

/// The script that fills in letters and the one of the theme that asks for what
/// belongs in them, in one file: nothing is fetched once the page is there.
fn letter_page(theme: &Theme) -> (String, String) {
    let own = theme.files.get("letter-page.js").map_or("", String::as_str);
    named("letter-page", "js", shrunk(&[letter::SCRIPT, own].concat()))
}

/// The scripts of the theme for pages that are more with a script than without: one
/// file each, so that a page has only what it uses.
#[rustfmt::skip] // a list of words reads better in lines
const SCRIPTS: &[&str] = &[
    "booklet-page", "buy-page", "directory-page", "flow-page", "listen", "look-up-page", "open-now",
    "share",
];

fn script(theme: &Theme, name: &str) -> Option<(String, String)> {
    let own = theme.files.get(format!("{name}.js").as_str())?;
    Some(named(name, "js", shrunk(own)))
}

fn named(name: &str, extension: &str, text: String) -> (String, String) {
    let hash = xxh3_64(text.as_bytes()) & 0xffff_ffff;
    (format!("{FOLDER}{name}.{hash:08x}.{extension}"), text)
}

/// Whether a path is of a file that [`named`] made.
pub(super) fn is_asset(path: &str) -> bool {
    let Some(name) = path.strip_prefix(FOLDER) else { return false };
    let mut parts = name.rsplit('.');
    let (end, hash, rest) = (parts.next(), parts.next(), parts.next());
    end.is_some()
        && hash.is_some_and(|hash| hash.len() == 8 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
        && rest.is_some()
}

/// A style sheet without its comments, and without the space that only people need: around
/// braces and semicolons, and after commas and colons. Strings and escapes are left alone.
fn packed(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let (mut is_apart, mut is_cut) = (false, false);
    // What stands before, where it means itself: `;` and not `\;`.
    let mut before = Some('{');
    let mut rest = css;
    while let Some(c) = rest.chars().next() {
        let length = match c {
            _ if rest.starts_with("/*") => {
                // It ends a word, and is no space: `a/**/.b` is `a.b`.
                is_cut = true;
                rest = rest[2..].find("*/").map_or("", |end| &rest[2 + end + 2..]);
                continue;
            }
            c if c.is_ascii_whitespace() => {
                is_apart = true;
                rest = &rest[1..];
                continue;
            }
            '"' | '\'' => string(rest, c),
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            c => c.len_utf8(),
        };
        let is_in_word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_');
        let is_tight = |c: char| matches!(c, '{' | '}' | ';');
        if is_apart
            && !is_tight(c)
            && before.is_none_or(|c| !is_tight(c) && !matches!(c, ',' | ':'))
        {
            out.push(' ');
        } else if is_cut && is_in_word(c) && out.ends_with(is_in_word) {
            out.push_str("/**/");
        }
        if c == '}' && before == Some(';') {
            out.pop();
        }
        out.push_str(&rest[..length]);
        rest = &rest[length..];
        (is_apart, is_cut) = (false, false);
        before = (length == c.len_utf8()).then_some(c);
    }
    out.push('\n');
    out
}

/// How long the string is that begins here; without its end, the line that it spoils.
fn string(css: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, c) in css.char_indices().skip(1) {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '\n' => return at + 1,
            c if c == quote => return at + 1,
            _ => {}
        }
    }
    css.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_is_packed_and_says_the_same() {
        for (css, wanted) in [
            ("a , b {\n  color: red;\n  margin: 0 1px;\n}\n", "a ,b{color:red;margin:0 1px}\n"),
            ("@media (a: b) { a :hover { c: d } }", "@media (a:b){a :hover{c:d}}\n"),
            ("a{b:\"x ; } /* y */\";c:'\\' ,'}", "a{b:\"x ; } /* y */\";c:'\\' ,'}\n"),
            ("/* a */ b/* c */d { e: calc(1px + 2px) }", "b/**/d{e:calc(1px + 2px)}\n"),
            ("a/* b */.c /* d */ e{}", "a.c e{}\n"),
            (".a\\ { b: c }.a\\;  d{e:f;}", ".a\\ {b:c}.a\\; d{e:f}\n"),
            ("a{--b: ;}c::after{content:\"é\"}", "a{--b:}c::after{content:\"é\"}\n"),
            ("a{b:\"open\n}", "a{b:\"open\n}\n"),
            ("/* open", "\n"),
        ] {
            assert_eq!(packed(css), wanted);
        }
    }
}
