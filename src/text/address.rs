//! Addresses and paths: percent codes, and where a path leads. The only file that names
//! percent_encoding.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

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

/// An address with `%20` and the like as the characters they stand for. A `%` that begins
/// no code is itself, and codes that are not UTF-8 stay as they are.
pub fn decoded(address: &str) -> Cow<'_, str> {
    percent_decode_str(address).decode_utf8().unwrap_or(Cow::Borrowed(address))
}

/// A path as it is written in an address: `c%23.html`.
pub fn encoded_path(path: &str) -> String {
    utf8_percent_encode(path, NOT_IN_PATHS).to_string()
}

/// Text for one value after `?`, or for one part of a path.
pub fn encoded_value(text: &str) -> String {
    utf8_percent_encode(text, NOT_IN_VALUES).to_string()
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

/// The folder of a file: `a/b` of `a/b/c.md`; nothing at the top.
pub fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
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
