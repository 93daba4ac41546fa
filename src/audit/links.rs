//! Links and where they lead. Several rules ask about them.

use std::{borrow::Cow, collections::HashSet};

use super::{Element, Page};

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
