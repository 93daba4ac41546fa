//! Addresses and paths: percent codes, and where a path leads. The only file that names
//! percent_encoding.

use std::borrow::Cow;

use percent_encoding::{
    AsciiSet, CONTROLS, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode,
};

use super::Span;

/// What a value after `?` cannot hold as it is. Source: RFC 3986, section 2.3.
const NOT_IN_VALUES: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What a path cannot hold as it is. Source: RFC 3986, section 3.3.
const NOT_IN_PATHS: &AsciiSet = &NOT_IN_VALUES
    .remove(b'/')
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// What no address is written with, and what settings of some web host would take for
/// something of their own. Source: RFC 3986, section 2.
const NEVER_WRITTEN: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'$')
    .add(b'\'')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// An address with `%20` and the like as the characters they stand for. A `%` that begins
/// no code is itself, and codes that are not UTF-8 stay as they are.
pub fn decoded(address: &str) -> Cow<'_, str> {
    percent_decode_str(address).decode_utf8().unwrap_or(Cow::Borrowed(address))
}

/// A path as it is written in an address: `c%23.html`.
pub fn encoded_path(path: &str) -> String {
    utf8_percent_encode(path, NOT_IN_PATHS).to_string()
}

/// What browsers do not send behind `?` as it is. Source: URL Standard, "special-query
/// percent-encode set".
const NOT_IN_QUERIES: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'\'');

/// What stands behind `?`, as browsers ask for it.
pub fn asked(query: &str) -> String {
    utf8_percent_encode(query, NOT_IN_QUERIES).to_string()
}

/// An address as it can be sent: what it cannot hold in percent codes, those that it has as
/// they are, and a `%` that begins none as `%25`.
pub fn written(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for (number, part) in address.split('%').enumerate() {
        let is_code = part.len() > 1 && part.bytes().take(2).all(|b| b.is_ascii_hexdigit());
        if number > 0 {
            out.push_str(if is_code { "%" } else { "%25" });
        }
        out.extend(utf8_percent_encode(part, NEVER_WRITTEN));
    }
    out
}

/// Text for one value after `?`, or for one part of a path.
pub fn encoded_value(text: &str) -> String {
    utf8_percent_encode(text, NOT_IN_VALUES).to_string()
}

/// The longest path below the published folder. Windows takes 260 characters with the folder
/// before it; S3 takes 1024 bytes.
const LONGEST_PATH: usize = 240;

/// Why some machine or web host has no file at `path`, for a sentence: `“:” cannot be in it`.
/// Source: Microsoft, "Naming Files, Paths, and Namespaces"; Amazon S3, "Naming objects".
pub fn bad_name(path: &str) -> Option<String> {
    let bad =
        |c: char| c.is_control() || matches!(c, '<' | '>' | ':' | '"' | '\\' | '|' | '?' | '*');
    if let Some(c) = path.chars().find(|&c| bad(c)) {
        return Some(match c.is_control() {
            true => "a character that cannot be seen is in it".to_owned(),
            false => format!("“{c}” is in it"),
        });
    }
    for part in path.split('/') {
        let stem = part.split('.').next().unwrap_or_default().trim_end().to_uppercase();
        let numbered = |name: &str| {
            let digit = stem.strip_prefix(name).and_then(|rest| rest.parse::<u8>().ok());
            digit.is_some_and(|digit| digit > 0)
        };
        let is_device = matches!(&*stem, "CON" | "PRN" | "AUX" | "NUL")
            || stem.len() == 4 && (numbered("COM") || numbered("LPT"));
        if is_device {
            return Some(format!("“{part}” is the name of a device there"));
        }
        if part.ends_with(['.', ' ']) {
            return Some(format!("“{part}” ends with a full stop or a space"));
        }
    }
    let length = path.chars().count();
    (length > LONGEST_PATH).then(|| format!("it has {length} characters, and {LONGEST_PATH} fit"))
}

/// Follows `path` from a folder, which is there in its parts. The first `fixed` of them
/// stay, as browsers stay at the root; gives whether it never led above those.
pub fn follow<'a>(folder: &mut Vec<&'a str>, path: &'a str, fixed: usize) -> bool {
    let mut is_inside = true;
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if folder.len() <= fixed => is_inside = false,
            ".." => _ = folder.pop(),
            part => folder.push(part),
        }
    }
    is_inside
}

/// The host in a whole address, with its port: `www.example.org` of `https://www.example.org/a`.
pub fn host_of(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.rsplit_once('@').map_or(host, |(_, host)| host)
}

/// What stands after the host in a whole address: `/a` of `https://www.example.org/a`.
pub fn path_after_host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.find(['/', '?', '#']).map_or("", |at| &rest[at..])
}

/// Where an address leads that stands on the page at `base`, a whole address.
pub fn joined(base: &str, to: &str) -> String {
    let has_scheme = to.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty() && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+.-".contains(c))
    });
    let (scheme, _) = base.split_once("://").unwrap_or(("https", ""));
    let start = format!("{scheme}://{}", host_of(base));
    if has_scheme {
        return to.to_owned();
    }
    if to.starts_with("//") {
        return format!("{scheme}:{to}");
    }
    let path = path_after_host(base).split(['?', '#']).next().unwrap_or_default();
    if to.starts_with('?') {
        return format!("{start}{path}{to}");
    }
    let (place, rest) = to.find(['?', '#']).map_or((to, ""), |at| to.split_at(at));
    let whole = match place.strip_prefix('/') {
        Some(place) => format!("/{place}"),
        None => format!("{}/{place}", path.rsplit_once('/').map_or("", |(folder, _)| folder)),
    };
    let mut parts = Vec::new();
    follow(&mut parts, &whole, 0);
    let end = if whole.ends_with('/') && !parts.is_empty() { "/" } else { "" };
    format!("{start}/{}{end}{rest}", parts.join("/"))
}

/// The whole addresses of the web in a text, each with its place, wherever they stand.
pub fn outside_addresses(text: &str) -> Vec<(Span, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find("http").map(|start| at + start) {
        let rest = &text[start..];
        at = start + "http".len();
        let Some(scheme) = ["https://", "http://"].iter().find(|known| rest.starts_with(**known))
        else {
            continue;
        };
        let is_end = |c: char| c.is_whitespace() || c.is_control() || "<>\"`|\\^{}".contains(c);
        let mut end = rest.find(is_end).unwrap_or(rest.len());
        // What closes the link or ends the sentence is no part of it; a bracket that was opened
        // in it is.
        loop {
            let word = &rest[..end];
            let Some(last) = word.chars().next_back() else { break };
            let count = |c: char| word.matches(c).count();
            let is_open = |open: char, close: char| last == close && count(close) > count(open);
            let ends = ".,;:!?'’”*_".contains(last) || is_open('(', ')') || is_open('[', ']');
            if !ends {
                break;
            }
            end -= last.len_utf8();
        }
        // A link ends where its bracket closes, whatever follows without a space.
        let mut depth = 0;
        let closes = rest[..end].char_indices().find(|(_, c)| {
            depth += i32::from(*c == '(') - i32::from(*c == ')');
            depth < 0
        });
        let end = closes.map_or(end, |(at, _)| at);
        if end > scheme.len() {
            found.push((Span::new(start, start + end), &rest[..end]));
            at = start + end;
        }
    }
    found
}

/// The folder of a file: `a/b` of `a/b/c.md`; nothing at the top.
pub fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// An address as people say it: without what every address begins with, and the last slash.
pub fn bare(address: &str) -> &str {
    let start = ["https://", "http://"].iter().find_map(|start| address.strip_prefix(start));
    start.unwrap_or(address).trim_end_matches('/')
}

/// The last part of a path or an address: `c` of `/b/c/`.
pub fn name_of(path: &str) -> &str {
    path.trim_end_matches('/').rsplit('/').next().unwrap_or_default()
}

/// A path without its last ending: `a/b.cy` of `a/b.cy.md`.
pub fn stem_of(path: &str) -> &str {
    path.rsplit_once('.').map_or(path, |(stem, _)| stem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_and_written() {
        for (address, text) in [
            ("a%20b%2f%C3%A9", "a b/é"),
            ("100%", "100%"),
            ("100%+5%zz%2", "100%+5%zz%2"),
            ("%ff", "%ff"),
        ] {
            assert_eq!(decoded(address), text);
        }
        assert_eq!(encoded_path("c#/50% ü (a):b.html"), "c%23/50%25%20%C3%BC%20(a):b.html");
        assert_eq!(encoded_value("a:b/c d~"), "a%3Ab%2Fc%20d~");
        assert_eq!(asked("q=a b%20\"é\"$"), "q=a%20b%20%22%C3%A9%22$");
        assert_eq!(
            written("https://a.example/é $1%20%/?a=1&b=\"#c"),
            "https://a.example/%C3%A9%20%241%20%25/?a=1&b=%22#c"
        );
    }

    #[test]
    fn names_that_not_every_machine_takes() {
        for path in [
            "con/index.html",
            "a/NUL.txt",
            "a/com1.b/index.html",
            "lpt9",
            "a./b",
            "a /b",
            "a:b",
            "a*",
            "a?b",
            "\"a\"",
            "<a>",
            "a|b",
            "a\\b",
            "a\nb",
        ] {
            assert!(bad_name(path).is_some(), "{path:?}");
        }
        assert!(bad_name(&"a/".repeat(121)).is_some());
        for path in ["console/index.html", "com10", "comet", "a.b/c d", "é/(1)&$'.html", "com0"] {
            assert_eq!(bad_name(path), None, "{path}");
        }
    }

    #[test]
    fn whole_addresses_are_found_wherever_they_stand() {
        let found = |text| {
            outside_addresses(text)
                .into_iter()
                .map(|(_, found)| found)
                .collect::<Vec<_>>()
                .join(" ")
        };
        for (text, wanted) in [
            ("See [a](https://a.org/x), and https://b.org.", "https://a.org/x https://b.org"),
            ("[a](https://a.org/x_(y)) b", "https://a.org/x_(y)"),
            ("web: \"https://a.org/?q=1&b=2\"", "https://a.org/?q=1&b=2"),
            ("<https://a.org/#x>", "https://a.org/#x"),
            ("web: https://a.org/ # ours", "https://a.org/"),
            ("(https://a.org/x)(https://b.org/y)", "https://a.org/x https://b.org/y"),
            ("https:// http is not httpx://a.org", ""),
            ("[r]: http://a.org/é", "http://a.org/é"),
        ] {
            assert_eq!(found(text), wanted, "{text}");
        }
    }

    #[test]
    fn addresses_are_joined_as_browsers_do() {
        let base = "https://a.org/b/c?d";
        for (to, wanted) in [
            ("/x", "https://a.org/x"),
            ("x", "https://a.org/b/x"),
            ("../x/", "https://a.org/x/"),
            ("?q", "https://a.org/b/c?q"),
            ("//b.org/x", "https://b.org/x"),
            ("http://b.org", "http://b.org"),
            ("javascript:x", "javascript:x"),
            ("/", "https://a.org/"),
            ("/x?a=../b", "https://a.org/x?a=../b"),
        ] {
            assert_eq!(joined(base, to), wanted, "{to}");
        }
        assert_eq!(host_of("https://u:p@a.org:80/x"), "a.org:80");
        assert_eq!(path_after_host("https://a.org?x"), "?x");
    }

    #[test]
    fn paths_are_followed() {
        let follow = |path, fixed| {
            let mut parts = vec!["content", "a"];
            let is_inside = follow(&mut parts, path, fixed);
            (parts.join("/"), is_inside)
        };
        assert_eq!(follow("../b//./c.md", 1), ("content/b/c.md".into(), true));
        assert_eq!(follow("../../../d.md", 1), ("content/d.md".into(), false));
        assert_eq!(follow("../../d.md", 0), ("d.md".into(), true));
    }
}
