//! A page, or a folder of them, under another name: it moves with its translations, the links
//! to it and on it are mended, and its old address stays with it.
//!
//! Links are found as readers of a file find them: whatever looks like a path or an address
//! and leads to what moves, wherever it stands, is written anew, and nothing else is touched.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    config::Config,
    ledger::Ledger,
    model::{Site, Url, url_of},
    output::{Bytes, Files},
    text::{
        Source,
        address::{folder_of, follow, name_of, stem_of},
    },
};

/// What is to be done so that something has another name.
#[derive(Debug, Default)]
pub struct Renamed {
    /// Files with what they hold from then on, by path below the root.
    pub files: Files,
    /// Files that are gone then.
    pub gone: Vec<String>,
    /// The pages that move, each with its old address and its new one.
    pub pages: Vec<(Url, Url)>,
    /// How many links were mended, and in how many files.
    pub links: usize,
    /// In how many files links were mended.
    pub mended: usize,
}

/// All that may have to change.
#[derive(Debug, Clone, Copy)]
pub struct Before<'a> {
    /// The site, with drafts and pages for staff.
    pub site: &'a Site,
    /// Its settings.
    pub config: &'a Config,
    /// The file of the settings.
    pub settings: &'a Source,
    /// What was published.
    pub ledger: &'a Ledger,
    /// Every file of text.
    pub sources: &'a [Source],
    /// Every other file.
    pub files: &'a BTreeMap<String, Bytes>,
}

/// Gives `old` the name `new`. Both are paths, of a page or a folder, or addresses.
///
/// # Errors
///
/// Why that cannot be, and what to write.
pub fn rename(before: &Before<'_>, old: &str, new: &str) -> Result<Renamed, String> {
    let moves = moves(before, old, new)?;
    let known: BTreeSet<&str> = before
        .sources
        .iter()
        .map(|source| &*source.path)
        .chain(before.files.keys().map(String::as_str))
        .collect();
    for to in moves.values() {
        if known.contains(to.as_str()) && !moves.contains_key(to) {
            return Err(format!("{to} is there already; give another name"));
        }
    }
    let mut renamed = Renamed::default();
    let addresses = addresses(before, &moves, &mut renamed);
    let way = Way { folder: before.site.folder, known: &known, moves: &moves, addresses };
    for source in before.sources.iter().chain([before.settings]) {
        let to = moves.get(&*source.path);
        let (mut text, count) = way.mend(source, to.map_or(&*source.path, String::as_str));
        let page = to.and_then(|_| before.site.by_path.get(&*source.path));
        if let Some(page) = page.map(|&id| &before.site.pages[id]) {
            let new = to.map(|to| url_of(before.site.inner(to), before.config));
            if let Some(new) = new {
                text = without_old_address(&text, new.as_str());
            }
            // What was never published nobody has a link to.
            if before.ledger.entries.contains_key(page.url.as_str()) {
                text = with_old_address(&text, page.url.as_str(), source.path.ends_with(".md"));
            }
        }
        if count > 0 {
            renamed.links += count;
            renamed.mended += 1;
        }
        if let Some(to) = to {
            renamed.gone.push(source.path.to_string());
            renamed.files.insert(to.clone(), Bytes::from(text));
        } else if count > 0 {
            renamed.files.insert(source.path.to_string(), Bytes::from(text));
        }
    }
    for (path, bytes) in before.files {
        if let Some(to) = moves.get(path) {
            renamed.gone.push(path.clone());
            renamed.files.insert(to.clone(), bytes.clone());
        }
    }
    Ok(renamed)
}

/// Each file that moves, with where to.
fn moves(before: &Before<'_>, old: &str, new: &str) -> Result<BTreeMap<String, String>, String> {
    let site = before.site;
    let own = |name: &str| {
        let name = name.trim().trim_start_matches("./").replace('\\', "/");
        let name = name.strip_prefix(site.folder).unwrap_or(&name).to_owned();
        name.trim_start_matches('/').to_owned()
    };
    let all = || {
        let sources = before.sources.iter().map(|source| &*source.path);
        sources.chain(before.files.keys().map(String::as_str))
    };
    let at_address = || {
        let address = format!("/{}/", own(old).trim_end_matches('/')).replace("//", "/");
        site.by_url.get(address.as_str()).map(|&id| &site.pages[id]).filter(|page| !page.made)
    };
    let path = format!("{}{}", site.folder, own(old));
    let path = path.trim_end_matches('/').to_owned();
    let inside = format!("{path}/");
    let found = [path.clone(), format!("{path}.md"), format!("{path}.yaml")]
        .into_iter()
        .find(|path| all().any(|known| known == path));
    let found = found.or_else(|| {
        let is_folder = all().any(|known| known.starts_with(&inside));
        at_address().filter(|_| !is_folder).map(|page| page.path())
    });
    let wanted = own(new);
    let parts = wanted.trim_end_matches('/').split('/');
    let is_odd = |part: &str| part.is_empty() || part.starts_with(['_', '.']);
    if wanted.is_empty() || parts.clone().any(is_odd) {
        return Err(format!(
            "{new} cannot be the name of a page; write it like this: `{}manage/records.md`",
            site.folder
        ));
    }
    let Some(found) = found else {
        // A folder, with all that is in it.
        let all: Vec<&str> = all().filter(|known| known.starts_with(&inside)).collect();
        if all.is_empty() || own(old).is_empty() || own(old).starts_with('_') {
            return Err(format!(
                "there is no page or folder {old}; give its path, such as `{}manage/records.md`, \
                 or its address",
                site.folder
            ));
        }
        let to = format!("{}{}", site.folder, wanted.trim_end_matches('/'));
        if format!("{to}/").starts_with(&inside) {
            return Err(format!("{new} is inside {old}; give a name beside it"));
        }
        let below = |path: &str| format!("{to}/{}", &path[inside.len()..]);
        return Ok(all.into_iter().map(|path| (path.to_owned(), below(path))).collect());
    };
    let Some(&id) = site.by_path.get(&found) else {
        return Err(match before.files.contains_key(&found) {
            true => format!(
                "{found} is a picture or a document; move it with your own program, and lead its \
                 readers on in {}_data/redirects.yaml",
                site.folder
            ),
            false => format!("{found} is no page; only pages and folders of pages have addresses"),
        });
    };
    let page = &site.pages[id];
    if page.text.document.one_of_many {
        return Err(format!(
            "the page {} is one of several in {}; change its `id` there, and add `also at: {}`",
            page.url,
            page.source().path,
            page.url
        ));
    }
    let end = found.rsplit_once('.').map_or("md", |(_, end)| end);
    let name = name_of(&found);
    let main = stem_without(stem_of(name), &page.language);
    let target = match wanted.strip_suffix('/') {
        // A folder that is there takes the page as it is called.
        Some(folder) if !new.starts_with('/') => format!("{folder}/{main}"),
        Some(folder) => folder.to_owned(),
        None => [".md", ".yaml", ".yml", ".markdown"]
            .iter()
            .find_map(|end| wanted.strip_suffix(end))
            .unwrap_or(&wanted)
            .to_owned(),
    };
    let target = stem_without(&target, &page.language).to_owned();
    let mut moves = BTreeMap::new();
    let versions = site.pages.iter().filter(|other| other.key == page.key && !other.made);
    for version in versions.filter(|other| !other.text.document.one_of_many) {
        let path = version.path();
        let end = path.rsplit_once('.').map_or(end, |(_, end)| end).to_owned();
        let stem = stem_of(name_of(&path));
        let tag = &stem[stem_without(stem, &version.language).len()..];
        moves.insert(path.clone(), format!("{}{target}{tag}.{end}", site.folder));
    }
    if moves.iter().all(|(from, to)| from == to) {
        return Err(format!("{found} has that name already"));
    }
    Ok(moves)
}

/// The name of a file without its end that says its language.
fn stem_without<'a>(stem: &'a str, language: &str) -> &'a str {
    stem.strip_suffix(language).and_then(|stem| stem.strip_suffix('.')).unwrap_or(stem)
}

/// The addresses that change, and those that they change to.
fn addresses(
    before: &Before<'_>,
    moves: &BTreeMap<String, String>,
    renamed: &mut Renamed,
) -> BTreeMap<String, String> {
    let site = before.site;
    let mut all = BTreeMap::new();
    for page in site.pages.iter().filter(|page| !page.made) {
        let Some(to) = moves.get(&page.path()) else { continue };
        let new = url_of(site.inner(to), before.config);
        if new != page.url {
            all.insert(page.url.to_string(), new.to_string());
            renamed.pages.push((page.url.clone(), new));
        }
    }
    for file in &site.files {
        let Some(to) = moves.get(&*file.file.path) else { continue };
        let folder = |path: &str| url_of(&format!("{}/index.md", folder_of(path)), before.config);
        let name = file.url.rsplit('/').next().unwrap_or_default();
        all.insert(file.url.clone(), format!("{}{name}", folder(site.inner(to))));
    }
    all
}

/// How links are mended.
struct Way<'a> {
    folder: &'a str,
    known: &'a BTreeSet<&'a str>,
    moves: &'a BTreeMap<String, String>,
    addresses: BTreeMap<String, String>,
}

impl Way<'_> {
    /// The words of a file that will be at `to`, with its links mended, and how many were.
    fn mend(&self, source: &Source, to: &str) -> (String, usize) {
        let text = &*source.text;
        let (mut out, mut last, mut count) = (String::with_capacity(text.len()), 0, 0);
        let is_word = |c: char| c.is_alphanumeric() || "/._~%+-".contains(c);
        let mut at = 0;
        while let Some(start) = text[at..].find(is_word).map(|start| at + start) {
            let end = text[start..].find(|c| !is_word(c)).map_or(text.len(), |end| start + end);
            at = end;
            // Of another site, or an address of an email.
            let before = text[..start].chars().next_back();
            if before == Some('@')
                || text[..start].ends_with(':') && text[start..].starts_with("//")
            {
                continue;
            }
            // A full stop ends a sentence.
            let word = text[start..end].trim_end_matches('.');
            if let Some(new) = self.new_word(word, &source.path, to) {
                out.push_str(&text[last..start]);
                out.push_str(&new);
                last = start + word.len();
                count += 1;
            }
        }
        out.push_str(&text[last..]);
        (out, count)
    }

    /// What a path or an address must be in a file that was at `from` and will be at `to`.
    fn new_word(&self, word: &str, from: &str, to: &str) -> Option<String> {
        if word.starts_with('/') {
            let address = format!("{}/", word.trim_end_matches('/'));
            let new = self.addresses.get(word).or_else(|| self.addresses.get(&address))?;
            let is_file = !new.ends_with('/');
            return Some(match word.ends_with('/') || is_file {
                true => new.clone(),
                false => new.trim_end_matches('/').to_owned(),
            });
        }
        if !word.contains(['/', '.']) {
            return None;
        }
        // From the file, or from the top of the pages.
        let here = |folder: &str| self.find(folder, word).map(|found| (found, folder.to_owned()));
        let own = folder_of(from);
        let top = self.folder.trim_end_matches('/');
        let in_data = own.starts_with(&format!("{top}/_")) || own.starts_with('_');
        let found = if in_data { here(top) } else { here(own).or_else(|| here(top)) };
        let ((path, added), base) = found?;
        let moved = self.moves.get(&path);
        if moved.is_none() && (from == to || base != own) {
            return None;
        }
        let path = moved.unwrap_or(&path);
        // What was left out at its end stays left out.
        let path = path.strip_suffix(&added).unwrap_or(path);
        let new = if base == own && !in_data {
            relative(folder_of(to), path)
        } else {
            path.strip_prefix(self.folder).unwrap_or(path).to_owned()
        };
        let slash = if word.ends_with('/') && !new.ends_with('/') { "/" } else { "" };
        let dot = if word.starts_with("./") && !new.starts_with('.') { "./" } else { "" };
        let new = format!("{dot}{new}{slash}");
        (new != word).then_some(new)
    }

    /// The file that a path leads to from a folder, and what it leaves out at its end.
    fn find(&self, folder: &str, word: &str) -> Option<(String, String)> {
        let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
        if !follow(&mut parts, word, 0) {
            return None;
        }
        let path = parts.join("/");
        let ends = ["", ".md", ".yaml", "/index.md", "/_index.md", "/index.yaml"];
        let ends = ends.iter().filter(|end| end.is_empty() || word.contains('/'));
        ends.map(|end| (format!("{path}{end}"), (*end).to_owned()))
            .find(|(path, _)| self.known.contains(path.as_str()))
    }
}

/// The way from a folder to a file: `../manage/records.md`.
fn relative(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let most = from.len().min(to.len().saturating_sub(1));
    let same = (0..most).take_while(|&at| from[at] == to[at]).count();
    let up = std::iter::repeat_n("..", from.len() - same);
    up.chain(to[same..].iter().copied()).collect::<Vec<_>>().join("/")
}

/// The words of a page with an old address of it at its top.
fn with_old_address(text: &str, old: &str, is_markdown: bool) -> String {
    let line_end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let (mark, body) = match text.strip_prefix('\u{feff}') {
        Some(rest) => ("\u{feff}", rest),
        None => ("", text),
    };
    let has_front = body.starts_with("---") || !is_markdown;
    if !has_front {
        return format!("{mark}---{line_end}also at: {old}{line_end}---{line_end}{line_end}{body}");
    }
    let mut lines: Vec<String> = body.split_inclusive('\n').map(str::to_owned).collect();
    let first = usize::from(body.starts_with("---"));
    let is_end = |line: &String| matches!(line.trim_end(), "---" | "...");
    let end = lines.iter().skip(first).position(is_end).map_or(lines.len(), |at| at + first);
    let there = lines[first..end].iter().position(|line| line.starts_with("also at:"));
    match there.map(|at| at + first) {
        Some(at) => {
            let value = lines[at]["also at:".len()..].trim().to_owned();
            if value.is_empty() {
                // A list below it, as deep as its first item is.
                let next = lines.get(at + 1).filter(|line| line.trim_start().starts_with('-'));
                let deep = next.map_or(2, |line| line.len() - line.trim_start().len());
                lines.insert(at + 1, format!("{}- {old}{line_end}", " ".repeat(deep)));
            } else {
                let inner = value.strip_prefix('[').and_then(|list| list.strip_suffix(']'));
                let inner = inner.map_or(value.as_str(), str::trim);
                lines[at] = format!("also at: [{inner}, {old}]{line_end}");
            }
        }
        None => {
            if end == lines.len() && !lines.last().is_none_or(|line| line.ends_with('\n')) {
                lines.push(line_end.to_owned());
            }
            lines.insert(end.min(lines.len()), format!("also at: {old}{line_end}"));
        }
    }
    format!("{mark}{}", lines.concat())
}

/// The words of a page that has its old address back.
fn without_old_address(text: &str, old: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let (mut is_inside, mut open) = (false, None);
    for line in text.split_inclusive('\n') {
        let plain = line.trim().trim_matches(['"', '\'']);
        let item = plain.strip_prefix('-').map(|item| item.trim().trim_matches(['"', '\'']));
        if let Some(value) = line.strip_prefix("also at:") {
            let inner = value.trim().trim_start_matches('[').trim_end_matches(']');
            let items = inner.split(',').map(str::trim).filter(|item| !item.is_empty());
            let kept: Vec<&str> =
                items.clone().filter(|item| item.trim_matches(['"', '\'']) != old).collect();
            is_inside = value.trim().is_empty();
            open = is_inside.then_some(lines.len());
            if kept.len() == items.count() {
                lines.push(line.to_owned());
            } else if !kept.is_empty() {
                let end = if line.ends_with("\r\n") { "\r\n" } else { "\n" };
                lines.push(format!("also at: [{}]{end}", kept.join(", ")));
            }
            continue;
        }
        is_inside &= item.is_some();
        if is_inside && item == Some(old) {
            continue;
        }
        if is_inside {
            open = None;
        } else if let Some(at) = open.take() {
            // Nothing is left below it.
            lines.remove(at);
        }
        lines.push(line.to_owned());
    }
    lines.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_comes_back_has_its_address_once() {
        let take = |text: &str| without_old_address(text, "/a/");
        assert_eq!(take("---\ntitle: A\nalso at: /a/\n---\n"), "---\ntitle: A\n---\n");
        assert_eq!(take("---\nalso at: [/b/, /a/]\n---\n"), "---\nalso at: [/b/]\n---\n");
        assert_eq!(take("---\nalso at:\n  - /a/\n---\n"), "---\n---\n");
        assert_eq!(
            take("---\nalso at:\n  - /a/\n  - /b/\n---\n- /a/\n"),
            "---\nalso at:\n  - /b/\n---\n- /a/\n"
        );
        assert_eq!(take("---\nalso at: /b/\n---\n"), "---\nalso at: /b/\n---\n");
    }

    #[test]
    fn an_old_address_joins_those_that_are_there() {
        let add = |text: &str| with_old_address(text, "/a/", true);
        assert_eq!(add("# Words\n"), "---\nalso at: /a/\n---\n\n# Words\n");
        assert_eq!(add("---\ntitle: A\n---\nx"), "---\ntitle: A\nalso at: /a/\n---\nx");
        assert_eq!(
            add("---\r\ntitle: A\r\n---\r\nx"),
            "---\r\ntitle: A\r\nalso at: /a/\r\n---\r\nx"
        );
        assert_eq!(add("---\nalso at: /b/\n---\n"), "---\nalso at: [/b/, /a/]\n---\n");
        assert_eq!(add("---\nalso at: [/b/, /c/]\n---\n"), "---\nalso at: [/b/, /c/, /a/]\n---\n");
        assert_eq!(add("---\nalso at:\n  - /b/\n---\n"), "---\nalso at:\n  - /a/\n  - /b/\n---\n");
        assert_eq!(with_old_address("title: A", "/a/", false), "title: A\nalso at: /a/\n");
    }

    #[test]
    fn paths_lead_from_folder_to_folder() {
        assert_eq!(relative("content/a", "content/a/x.md"), "x.md");
        assert_eq!(relative("content/a", "content/b/x.md"), "../b/x.md");
        assert_eq!(relative("content", "content/b/x.md"), "b/x.md");
        assert_eq!(relative("content/a/b", "content/x.md"), "../../x.md");
    }
}
