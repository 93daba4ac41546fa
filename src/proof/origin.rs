//! Where something on a finished page was written.

use crate::{
    finish::{Finished, SourcePlace},
    load::Theme,
    model::Site,
    text::{Source, Span},
};

/// The file in which something on a page was written, and where in it. `written` says from
/// which start tag on, counted from 0, and `tag` where that tag stands in the finished page.
pub(super) fn origin(
    page: &Finished,
    written: Option<u32>,
    tag: Span,
    site: &Site,
    theme: &Theme,
) -> (Source, usize) {
    let written = written.unwrap_or(0);
    let after = page.places.partition_point(|(first, _)| *first <= written);
    let content = page.page.map(|id| &site.pages[id]).filter(|page| !page.made);
    let place = after.checked_sub(1).map(|at| &page.places[at].1);
    match (place, content) {
        (Some(SourcePlace::Text(offset)), Some(content)) => (content.source().clone(), *offset),
        (Some(SourcePlace::File(path, offset)), _) => {
            let snippets = site.snippets.values().map(|text| &text.document.source);
            let source = snippets.into_iter().find(|source| *source.path == **path).cloned();
            (source.unwrap_or_else(|| Source::new(path.as_str(), "")), *offset)
        }
        _ => in_theme(page, tag, theme),
    }
}

/// The template that writes a start tag, and where: the one that has most of it word for
/// word, and the template of the page when several do.
fn in_theme(page: &Finished, tag: Span, theme: &Theme) -> (Source, usize) {
    let own = format!("templates/{}", page.template);
    let html = std::str::from_utf8(&page.html).unwrap_or_default();
    let tag = html.get(tag.start..tag.end).unwrap_or_default();
    let mut best: Option<(usize, &str, usize)> = None;
    let templates = theme.files.iter().filter(|(path, _)| path.ends_with(".html"));
    for (path, text) in templates {
        let mut part = tag;
        // From the whole tag to its name alone.
        while part.len() > 2 {
            let is_better = best.is_none_or(|(length, found, _)| {
                part.len() > length || (part.len() == length && found != own && *path == own)
            });
            if !is_better {
                break;
            }
            if let Some(at) = text.find(part) {
                best = Some((part.len(), path, at));
                break;
            }
            part = part.rfind([' ', '"']).map_or("", |end| &part[..end]);
        }
    }
    let (path, at) = best.map_or((own.as_str(), 0), |(_, path, at)| (path, at));
    let text = theme.files.get(path).map_or("", String::as_str);
    (Source::new(theme.name_of(path), text), at)
}
