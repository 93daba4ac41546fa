//! Pictures and attachments that nothing on the site leads to.
//!
//! A draft of a letter or a list of names that somebody saved beside the pages would be
//! on the web, where anyone who guesses its address reads it. So a file is published when
//! a finished page leads to it or shows it, when a file that is published names it, or
//! when `site.toml` says so.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    config::Config,
    diagnostic::{Diagnostic, Report},
    finish::Finished,
    load::Theme,
    model::{Attachment, Site, Target},
    rule,
    text::{Source, Span},
};

/// How many files of one folder are named one by one.
const NAMED: usize = 5;

/// Files of text that may name others.
const TEXT: &[&str] = &[".css", ".htm", ".html", ".js", ".json", ".mjs", ".svg", ".vtt", ".xml"];

/// The files that nothing leads to, by their place in [`Site::files`]; `report` is told of
/// each.
pub fn unused(
    site: &Site,
    config: &Config,
    theme: &Theme,
    pages: &[Finished],
    report: &mut Report,
) -> BTreeSet<usize> {
    let all = (0..site.files.len()).filter(|at| !site.withheld.contains(at));
    let mut left: BTreeSet<usize> = all.collect();
    // What only the words of the model say, such as where an outcome of a flow leads.
    for text in site.pages.iter().map(|page| &page.text) {
        let named = text.named.values().map(|(_, target)| target);
        for target in text.targets.iter().chain(&text.pictures).chain(named) {
            if let Target::File(at) = target {
                left.remove(at);
            }
        }
    }
    left.retain(|&at| !is_asked_for(site, config, &site.files[at]));
    if left.is_empty() {
        return left;
    }
    let shown: BTreeSet<&str> =
        pages.iter().flat_map(|page| &page.files).map(String::as_str).collect();
    left.retain(|&at| !shown.contains(site.files[at].url.as_str()));
    left.retain(|&at| !theme.files.values().any(|text| names(text, &site.files[at])));
    // A page of HTML that is an attachment brings its pictures.
    let mut new: Vec<usize> = (0..site.files.len()).filter(|at| !left.contains(at)).collect();
    while let Some(at) = new.pop() {
        let file = &site.files[at];
        if left.is_empty() || !TEXT.iter().any(|end| file.url.ends_with(end)) {
            continue;
        }
        let text = String::from_utf8_lossy(&file.file.bytes);
        let found: Vec<usize> =
            left.iter().copied().filter(|&other| names(&text, &site.files[other])).collect();
        for other in found {
            left.remove(&other);
            new.push(other);
        }
    }
    left.retain(|&at| {
        let was_published = site.old.files.contains(&site.files[at].url);
        if was_published {
            report.add(&Source::new(&*site.files[at].file.path, ""), [still_there()]);
        }
        !was_published
    });
    tell(site, &left, report);
    left
}

/// What is said of a file that was linked to once: people have its address.
fn still_there() -> Diagnostic {
    let message = "nothing on the site leads to this file any more, and it stays published, \
                   because people have its address";
    Diagnostic::warning(&rule::FILE, Span::default(), message).hint(
        "link to it again; or, to take it off the web, delete it and lead its readers on in \
         content/_data/redirects.yaml",
    )
}

/// Whether the settings ask for a file, or for a folder that it is in.
fn is_asked_for(site: &Site, config: &Config, file: &Attachment) -> bool {
    let inner = site.inner(&file.file.path);
    config.publish.files.iter().any(|asked| {
        let asked = asked.value.trim_matches('/');
        inner.strip_prefix(asked).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

/// Whether a text has the name of a file in it, as a whole.
fn names(text: &str, file: &Attachment) -> bool {
    [&*file.url, &*file.file.path].iter().any(|path| {
        let name = path.rsplit('/').next().unwrap_or_default();
        let is_whole = |at: usize| {
            let before = text[..at].chars().next_back();
            before.is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '-' | '_' | '.'))
        };
        text.match_indices(name).any(|(at, _)| is_whole(at))
    })
}

fn tell(site: &Site, left: &BTreeSet<usize>, report: &mut Report) {
    let mut folders: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for &at in left {
        let path = &*site.files[at].file.path;
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        folders.entry(folder).or_default().push(path);
    }
    for paths in folders.values() {
        let others = if paths.len() > NAMED { paths.len() - 1 } else { 0 };
        for path in paths.iter().take(paths.len() - others) {
            let message = match others {
                0 => "nothing on the site leads to this file, so it is not published".to_owned(),
                _ => format!(
                    "nothing on the site leads to this file and {others} others in its folder, \
                     so they are not published"
                ),
            };
            let inner = site.inner(path);
            let hint = format!(
                "link to it from a page, move it out of the folder, or, if it must be public \
                 without a link, write in site.toml: `[publish]` and below it \
                 `files = [\"{inner}\"]`"
            );
            let found = Diagnostic::warning(&rule::FILE, Span::default(), message).hint(hint);
            report.add(&Source::new(*path, ""), [found]);
        }
    }
}
