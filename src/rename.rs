//! A page, or a folder of them, under another name: it moves with its translations, the links
//! to it and on it are mended, and its old address stays with it.
//!
//! Links are found as readers of a file find them: whatever looks like a path or an address
//! and leads to what moves, wherever it stands, is written anew, and nothing else is touched.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::Mutex,
};

use crate::{
    Options,
    config::Config,
    diagnostic::Error,
    ledger::Ledger,
    load::load,
    memory::Memory,
    model::{Page, Site, Url, normal, redirects, url_of},
    open_drafts,
    output::{Bytes, Files},
    text::{
        Date, Source,
        address::{decoded, folder_of, follow, name_of, stem_of},
    },
    write,
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
    /// Addresses of records in lists, each with its file: a person must say there where they
    /// were.
    pub unkept: Vec<(Url, String)>,
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

/// What changes in the site in `root` when `old` is called `new`. Nothing is written yet.
///
/// # Errors
///
/// [`Error::Usage`] with why that cannot be; others when the folder cannot be read.
pub fn plan(root: &Path, old: &str, new: &str, today: Date) -> Result<Renamed, Error> {
    let options = Options { today, staff: true, portable: false };
    let opened = open_drafts(root, options, &Mutex::default(), &Memory::none())?;
    let config = &opened.settings.config;
    let loaded = load(root, &config.theme.name)?;
    let files: BTreeMap<String, Bytes> = loaded
        .files
        .iter()
        .map(|file| (file.path.to_string(), Bytes::Shared(file.bytes.clone())))
        .collect();
    let before = Before {
        site: &opened.examined.site,
        config,
        settings: &opened.settings.source,
        ledger: &opened.examined.ledger,
        sources: &loaded.sources,
        files: &files,
    };
    rename(&before, old, new).map_err(Error::Usage)
}

/// Does what was planned: first all that is new is written, then what is gone is taken away.
///
/// # Errors
///
/// [`Error::Write`] with the path at fault.
pub fn carry_out(renamed: &Renamed, root: &Path) -> Result<(), Error> {
    write::change(&renamed.files, root)?;
    let gone = renamed.gone.iter().filter(|path| !renamed.files.contains_key(*path));
    write::take_away(gone.map(String::as_str), root)
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
    let leads: BTreeMap<Url, String> = redirects(before.site).into_iter().collect();
    let addresses = addresses(before, &moves, &mut renamed);
    for (old, new) in &renamed.pages {
        let own = before.site.at(old.as_str());
        let is_own =
            |page: &Page| page.front.also_at.iter().any(|at| normal(&at.value) == new.as_str());
        if let Some(to) = leads.get(new).filter(|_| !own.is_some_and(is_own)) {
            return Err(format!(
                "{new} is an old address that leads to {to}: nothing can be there before \
                 that line, `also at` or in redirects.yaml, is taken out"
            ));
        }
    }
    let in_lists = before.site.pages.iter().filter(|page| page.text.document.one_of_many);
    let in_lists = in_lists.filter(|page| moves.contains_key(&*page.source().path));
    let in_lists = in_lists.filter(|page| before.ledger.entries.contains_key(page.url.as_str()));
    renamed.unkept =
        in_lists.map(|page| (page.url.clone(), moves[&*page.source().path].clone())).collect();
    let way = Way { folder: before.site.folder, known: &known, moves: &moves, addresses };
    for source in before.sources.iter().chain([before.settings]) {
        let to = moves.get(&*source.path);
        // How pages are written is said there with examples.
        if name_of(&source.path).eq_ignore_ascii_case("README.md") && to.is_none() {
            continue;
        }
        let (mut text, count) = way.mend(source, to.map_or(&*source.path, String::as_str));
        let page = to.and_then(|_| before.site.by_path.get(&*source.path));
        let page = page.map(|&id| &before.site.pages[id]);
        let new = to.map(|to| url_of(before.site.inner(to), before.config));
        if let Some((page, new)) = page.zip(new).filter(|(page, new)| page.url != *new) {
            // What was never published nobody has a link to.
            let is_known = before.ledger.entries.contains_key(page.url.as_str());
            let add = is_known.then(|| page.url.as_str());
            let is_markdown = !source.path.ends_with(".yaml") && !source.path.ends_with(".yml");
            text = with_old_address(&text, add, new.as_str(), is_markdown).ok_or_else(|| {
                format!(
                    "nothing was done: `also at` in {} is written in a way that only a person \
                     should change; write it as a list in one line, `also at: [/a/, /b/]`, and \
                     rename again",
                    source.path
                )
            })?;
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
    let mut wanted = own(new);
    if let Some(page) = at_address().filter(|page| page.language != before.config.language())
        && let Some(rest) = wanted.strip_prefix(&format!("{}/", page.language))
    {
        // An address in another language begins with it, and its file does not.
        wanted = rest.to_owned();
    }
    if wanted.contains([' ', '(', ')', '<', '>', '[', ']']) {
        return Err(format!(
            "{new} has signs in it that links cannot hold; write it with small letters and hyphens"
        ));
    }
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
    let known = before.config.languages.iter();
    let target = known.fold(target, |target, tag| stem_without(&target, tag).to_owned());
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
            let line = text[..start].rsplit('\n').next().unwrap_or_default();
            let is_remark = !source.path.ends_with(".md") && line.trim_start().starts_with('#');
            if is_remark {
                continue;
            }
            // Of another site, or an address of an email.
            let before = text[..start].chars().next_back();
            if before == Some('@')
                || text[..start].ends_with(':') && text[start..].starts_with("//")
            {
                continue;
            }
            // Between angle brackets a path may have spaces. A full stop ends a sentence.
            let whole = text[start..].split(['>', '\n']).next().unwrap_or_default();
            let in_angles = text[..start].ends_with('<') && whole.len() > end - start;
            let word = text[start..end].trim_end_matches('.');
            let words = in_angles.then_some(whole).into_iter().chain([word]);
            let found =
                words.filter_map(|word| Some((word, self.new_word(word, &source.path, to)?)));
            if let Some((word, new)) = { found }.next() {
                out.push_str(&text[last..start]);
                out.push_str(&new);
                last = start + word.len();
                at = at.max(last);
                count += 1;
            }
        }
        out.push_str(&text[last..]);
        (out, count)
    }

    /// What a path or an address must be in a file that was at `from` and will be at `to`. One
    /// in percent codes stays in them.
    fn new_word(&self, written: &str, from: &str, to: &str) -> Option<String> {
        let plain = decoded(written);
        let new = self.new_path(&plain, from, to)?;
        Some(if plain == written { new } else { new.replace(' ', "%20") })
    }

    fn new_path(&self, word: &str, from: &str, to: &str) -> Option<String> {
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
pub fn relative(folder: &str, path: &str) -> String {
    let from: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    let to: Vec<&str> = path.split('/').collect();
    let most = from.len().min(to.len().saturating_sub(1));
    let same = (0..most).take_while(|&at| from[at] == to[at]).count();
    let up = std::iter::repeat_n("..", from.len() - same);
    up.chain(to[same..].iter().copied()).collect::<Vec<_>>().join("/")
}

/// The words of a page with an old address of it at its top, and without another that it has
/// back. None where its old addresses are written in a way that only a person should change.
fn with_old_address(
    text: &str,
    add: Option<&str>,
    drop: &str,
    is_markdown: bool,
) -> Option<String> {
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let (mark, body) = match text.strip_prefix('\u{feff}') {
        Some(rest) => ("\u{feff}", rest),
        None => ("", text),
    };
    if is_markdown && !body.starts_with("---") {
        let Some(add) = add else { return Some(text.to_owned()) };
        return Some(format!("{mark}---{end}also at: {add}{end}---{end}{end}{body}"));
    }
    let mut lines: Vec<String> = body.split_inclusive('\n').map(str::to_owned).collect();
    let first = usize::from(body.starts_with("---"));
    let is_end = |line: &String| matches!(line.trim_end(), "---" | "...");
    let last = lines.iter().skip(first).position(is_end).map_or(lines.len(), |at| at + first);
    let names = |line: &String| {
        let name = line.split(':').next().unwrap_or_default().trim_matches(['"', '\'', ' ']);
        !line.starts_with([' ', '#', '-']) && ["also at", "also_at", "also-at"].contains(&name)
    };
    let found: Vec<usize> = (first..last).filter(|&at| names(&lines[at])).collect();
    let mut all: Vec<String> = Vec::new();
    let mut range = last..last;
    if let Some(&at) = found.first() {
        let value = lines[at].strip_prefix("also at:")?.trim();
        let item = |text: &str| text.trim().trim_matches(['"', '\'']).to_owned();
        // A remark, or a list over several lines, is somebody’s own.
        if found.len() > 1 || value.contains('#') || value.starts_with(['{', '|', '>', '&', '*']) {
            return None;
        }
        let mut next = at + 1;
        if value.is_empty() {
            while let Some(line) = lines[next..last].first().filter(|line| line.trim() != "") {
                let Some(text) = line.trim().strip_prefix('-') else { break };
                if text.contains('#') {
                    return None;
                }
                all.push(item(text));
                next += 1;
            }
            if all.is_empty() {
                return None;
            }
        } else if let Some(list) = value.strip_prefix('[') {
            all.extend(list.strip_suffix(']')?.split(',').map(item));
        } else {
            all.push(item(value));
        }
        // What goes on below it, indented, belongs to it.
        if lines[next..last].first().is_some_and(|line| line.starts_with([' ', '\t'])) {
            return None;
        }
        range = at..next;
    } else if last > first && !lines[last - 1].ends_with('\n') {
        lines[last - 1].push_str(end);
    }
    let before = all.clone();
    all.retain(|old| old != drop && !old.is_empty());
    all.extend(add.map(str::to_owned).filter(|add| !before.contains(add)));
    if all == before {
        return Some(format!("{mark}{}", lines.concat()));
    }
    let plain = |old: &String| {
        let is_plain = old.chars().all(|c| c.is_alphanumeric() || "/._~%+-".contains(c));
        if is_plain { old.clone() } else { format!("\"{old}\"") }
    };
    let line = match all.as_slice() {
        [] => None,
        [one] => Some(format!("also at: {}{end}", plain(one))),
        all => {
            let all: Vec<String> = all.iter().map(plain).collect();
            Some(format!("also at: [{}]{end}", all.join(", ")))
        }
    };
    lines.splice(range, line);
    Some(format!("{mark}{}", lines.concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_old_address_joins_those_that_are_there() {
        let add = |text: &str| with_old_address(text, Some("/a/"), "/own/", true);
        let is =
            |text: &str, wanted: &str| assert_eq!(add(text).as_deref(), Some(wanted), "{text}");
        is("# Words\n", "---\nalso at: /a/\n---\n\n# Words\n");
        is("---\ntitle: A\n---\nx", "---\ntitle: A\nalso at: /a/\n---\nx");
        is("---\r\ntitle: A\r\n---\r\nx", "---\r\ntitle: A\r\nalso at: /a/\r\n---\r\nx");
        is("---\nalso at: /b/\n---\n", "---\nalso at: [/b/, /a/]\n---\n");
        is("---\nalso at: \"/b c/\"\n---\n", "---\nalso at: [\"/b c/\", /a/]\n---\n");
        is("---\nalso at: [/b/, /c/]\n---\n", "---\nalso at: [/b/, /c/, /a/]\n---\n");
        is("---\nalso at:\n  - /b/\ntitle: A\n---\n", "---\nalso at: [/b/, /a/]\ntitle: A\n---\n");
        is("---\nalso at: /a/\n---\n", "---\nalso at: /a/\n---\n");
        let yaml = with_old_address("title: A", Some("/a/"), "", false);
        assert_eq!(yaml.as_deref(), Some("title: A\nalso at: /a/\n"));
        for text in [
            "---\nalso at: /b/ # why\n---\n",
            "---\nalso at: [/b/, # one\n  /c/]\n---\n",
            "---\nalso at: # none\n  - /b/\n---\n",
            "---\nalso at:\n\n  # old\n  - /b/\n---\n",
            "---\n\"also at\": /b/\n---\n",
            "---\nalso at : /b/\n---\n",
            "---\nalso at: /b/\nalso at: /c/\n---\n",
        ] {
            assert_eq!(add(text), None, "{text}");
        }
    }

    #[test]
    fn a_page_that_comes_back_has_its_address_once() {
        let take = |text: &str| with_old_address(text, None, "/a/", true).expect("it can");
        assert_eq!(take("---\ntitle: A\nalso at: /a/\n---\n"), "---\ntitle: A\n---\n");
        assert_eq!(take("---\nalso at: [/b/, /a/]\n---\n"), "---\nalso at: /b/\n---\n");
        assert_eq!(take("---\nalso at:\n  - /a/\n---\n"), "---\n---\n");
        assert_eq!(take("---\nalso at: /b/\n---\n- /a/\n"), "---\nalso at: /b/\n---\n- /a/\n");
        assert_eq!(take("# A\n"), "# A\n");
    }

    #[test]
    fn paths_lead_from_folder_to_folder() {
        assert_eq!(relative("content/a", "content/a/x.md"), "x.md");
        assert_eq!(relative("content/a", "content/b/x.md"), "../b/x.md");
        assert_eq!(relative("content", "content/b/x.md"), "b/x.md");
        assert_eq!(relative("content/a/b", "content/x.md"), "../../x.md");
    }
}
