//! Links and where they lead. Several rules ask about them.

use std::{borrow::Cow, collections::HashSet};

use super::{Around, Element, Page};
use crate::text::address::{decoded, follow};

/// The role of a link, and those that are links of a special kind.
const ROLES: &[&str] = &["doc-backlink", "doc-biblioref", "doc-glossref", "doc-noteref", "link"];

/// The links that are read aloud, in document order.
pub(super) fn links<'p>(page: &'p Page<'_>) -> impl Iterator<Item = Element<'p>> {
    // A map is only there with the picture that shows it.
    let shown: HashSet<&str> = page
        .all(&["img", "object"])
        .into_iter()
        .filter(|picture| picture.is_exposed())
        .filter_map(|picture| picture.attr("usemap"))
        .map(|map| map.trim().trim_start_matches('#'))
        .collect();
    page.elements().filter(move |link| {
        let is_shown = || {
            let map = link.closest(&["map"]);
            map.and_then(|map| map.attr("name")).is_some_and(|name| shown.contains(name))
        };
        link.role().is_some_and(|role| ROLES.contains(&role))
            && link.is_exposed()
            && (!link.is("area") || is_shown())
    })
}

/// Where a link leads, such that two links to one place give the same: without
/// what browsers add or leave out by themselves. Nothing when it cannot be
/// known: a script decides, or there is no address.
pub(super) fn place(link: Element<'_>) -> Option<String> {
    let address = address(link)?;
    let (path, fragment) = address.split_once('#').unwrap_or((&address, ""));
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    // The host is the same in capitals; the path is not.
    let after_scheme =
        path.find("//").filter(|at| path[..*at].is_empty() || path[..*at].ends_with(':'));
    let (host, path) = match after_scheme {
        Some(at) => {
            let end = path[at + 2..].find('/').map_or(path.len(), |found| at + 2 + found);
            (path[..end].to_ascii_lowercase(), &path[end..])
        }
        None => (String::new(), path),
    };
    let host = host.replacen("http:", "https:", 1);
    let path = path.trim_start_matches("./");
    let path = ["index.html", "index.htm", "index.php"]
        .iter()
        .find_map(|index| {
            path.strip_suffix(index).filter(|rest| rest.is_empty() || rest.ends_with('/'))
        })
        .unwrap_or(path);
    let path = path.trim_end_matches('/');
    // Without its index a path may be empty: the folder that the page is in.
    Some(format!("{host}{path}?{query}#{fragment}"))
}

/// Whether it is known where a link leads.
pub(super) fn has_place(link: Element<'_>) -> bool {
    address(link).is_some()
}

/// Where a link leads, as it is written.
fn address(link: Element<'_>) -> Option<Cow<'_, str>> {
    let href = link.attr("href").or_else(|| link.attr("xlink:href"));
    let written = href.or_else(|| link.attr("onclick").and_then(place_in_script))?.trim();
    let address: Cow<'_, str> = match written.contains(|c: char| c.is_ascii_control()) {
        true => written.chars().filter(|c| !c.is_ascii_control()).collect(),
        false => written.into(),
    };
    let scheme = address.split_once(':').map_or("", |(scheme, _)| scheme);
    let leads = !address.is_empty() && address != "#" && !scheme.eq_ignore_ascii_case("javascript");
    leads.then_some(address)
}

/// What `location="…"` in a script says, when that is all it is.
fn place_in_script(script: &str) -> Option<&str> {
    let script = script.trim().trim_end_matches(';');
    let script =
        script.strip_prefix("window.").or(script.strip_prefix("document.")).unwrap_or(script);
    let value = script.strip_prefix("location")?;
    let value = value.strip_prefix(".href").unwrap_or(value).trim_start().strip_prefix('=')?.trim();
    let quote = value.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
    let value = value.strip_prefix(quote)?.strip_suffix(quote)?;
    (!value.contains(quote)).then_some(value)
}

/// The file below the root that an address on a page names; none for what is elsewhere.
///
/// An address that begins with `/` is below the base. Where nobody has said which that is, and
/// nothing is there, the pages may be made for another place.
pub(super) fn target(address: &str, around: &Around<'_>) -> Option<String> {
    let file = target_from(address, around.path, around.base)?;
    let is_placed = !address.trim_start().starts_with('/') || around.is_base_known;
    (is_placed || is_published(&file, around.files)).then_some(file)
}

/// The file below the root that an address on the page in `from` names, where the root is
/// published at `base`.
pub(crate) fn target_from(address: &str, from: &str, base: &str) -> Option<String> {
    let address = address.trim();
    let path = address.split(['?', '#']).next().unwrap_or_default();
    if path.is_empty() {
        return (!address.is_empty()).then(|| from.to_owned());
    }
    let scheme = path.split(['/', '.']).next().unwrap_or_default();
    if scheme.contains(':') || path.starts_with("//") || path.contains('\\') {
        return None;
    }
    let path = decoded(path);
    let mut parts: Vec<&str> = Vec::new();
    let inner = match path.strip_prefix('/') {
        Some(_) => path.strip_prefix(base)?,
        None => {
            parts.extend(from.split('/'));
            parts.pop();
            &*path
        }
    };
    follow(&mut parts, inner, 0);
    let is_folder = inner.is_empty() || inner.ends_with('/') || inner.ends_with('.');
    if is_folder {
        parts.push("index.html");
    }
    Some(parts.join("/"))
}

/// Whether a file is there, by its name or by the name that servers find it by.
pub(super) fn is_published(file: &str, files: &HashSet<String>) -> bool {
    files.contains(file) || published(file, files).is_some()
}

/// The file that servers find by a name; none when there is none.
pub(super) fn published(file: &str, files: &HashSet<String>) -> Option<String> {
    let folder = file.strip_suffix("index.html");
    let ends = ["", "/index.html", ".html", "/index.htm"].iter().map(|end| format!("{file}{end}"));
    let mut all = ends.chain(folder.map(|folder| format!("{folder}index.htm")));
    all.find(|file| files.contains(file))
}

/// Whether a file is a page, by its name.
pub(super) fn is_page(file: &str) -> bool {
    let name = file.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').is_none_or(|(_, end)| {
        ["html", "htm", "xhtml"].iter().any(|page| end.eq_ignore_ascii_case(page))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_files() {
        let files: HashSet<String> = ["a/index.html", "a/b.html", "c.css", "d e.html"]
            .iter()
            .map(|f| (*f).to_owned())
            .collect();
        let around = Around {
            path: "a/index.html",
            files: &files,
            base: "/site/",
            is_base_known: true,
            asked: None,
        };
        for (address, file) in [
            ("b.html", Some("a/b.html")),
            ("../c.css?v=1", Some("c.css")),
            ("../../../c.css", Some("c.css")),
            ("#x", Some("a/index.html")),
            ("./", Some("a/index.html")),
            ("..", Some("index.html")),
            ("/site/a/", Some("a/index.html")),
            ("/site/a/x.html", Some("a/x.html")),
            ("/site/z/x.html", Some("z/x.html")),
            ("/other/a/", None),
            ("../d%20e.html", Some("d e.html")),
            ("https://a.example/", None),
            ("mailto:a@b.example", None),
            ("//a.example/", None),
            ("", None),
        ] {
            assert_eq!(target(address, &around).as_deref(), file, "{address}");
        }
        // Where nobody has said what the top is, nothing is known of what is not there.
        let around = Around { is_base_known: false, base: "/", ..around };
        for (address, file) in [
            ("/a/", Some("a/index.html")),
            ("/a/x.html", None),
            ("/contact", None),
            ("/", None),
            ("x.html", Some("a/x.html")),
        ] {
            assert_eq!(target(address, &around).as_deref(), file, "{address}");
        }
    }
}
