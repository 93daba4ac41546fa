//! Starter files: what `plainsite new` and `plainsite init` put into a folder.
//!
//! Each starter builds without a finding, so that an editor begins with a page
//! that is right and changes one thing at a time. The files are in
//! `src/model/kind/`, one for each kind of page, and a whole small site in
//! `src/starters/site/`; words in braces, such as `{title}`, are filled in here.
//! Nothing that is there already is ever written over.

use std::{path::Path, sync::Mutex};

use crate::{
    Examined, Opened, Options,
    diagnostic::Error,
    load::no_site,
    memory::Memory,
    model::{Contact, KindName, Page, Site, kind},
    open,
    output::{Bytes, Files},
    text::{
        Date, Interval,
        address::{folder_of, name_of},
        nearest, slug,
        wording::{capital, counted},
    },
    write,
};

pub use self::answers::{Answers, Reachable};

pub mod answers;
pub mod drawings;

/// What was made.
#[derive(Debug)]
pub struct Made {
    /// The files, by path below the folder of the site, the one that was asked
    /// for first.
    pub files: Vec<String>,
    /// What to do next, in sentences.
    pub next: String,
}

macro_rules! site {
    ($($path:literal)*) => {
        &[$(($path, include_str!(concat!("starters/site/", $path)))),*]
    };
}

/// A small site with every page that a site must have.
const SITE: &[(&str, &str)] = site! {
    "content/_data/areas.yaml"
    "content/_data/contacts.yaml"
    "content/_data/facts.yaml"
    "content/_data/glossary.yaml"
    "content/accessibility.md"
    "content/complaints.md"
    "content/contact.md"
    "content/directory/index.md"
    "content/directory/rowan-house-advice.yaml"
    "content/glossary.md"
    "content/help-at-home/ask-for-help.md"
    "content/help-at-home/index.md"
    "content/help-at-home/what-it-costs.md"
    "content/index.md"
    "content/privacy.md"
    "content/search.md"
    "content/updates.md"
    "site.toml"
};

/// How pages are written, for the people who write them.
const WRITING: &str = include_str!("../content/README.md");

/// What to do first, for the people who look after the site.
const START: &str = include_str!("starters/START.md");

/// What Git needs to know: both of two people’s new addresses are kept, and what is made is no
/// part of the site.
const GIT: [(&str, &str); 2] = [
    (".gitattributes", "content/_ledger.yaml merge=union eol=lf\n"),
    (".gitignore", "/public/\n/.plainsite/\n"),
];

/// The picture of the easy-read starter.
const PICTURE: &str = include_str!("starters/pictures/speech-bubble.svg");

/// Makes a starter site in `folder`, which is made too when it is not there, with what was
/// answered about whose it is.
///
/// # Errors
///
/// [`Error::Usage`] when there is anything in the folder that can be seen;
/// [`Error::Write`] when the disk is full or may not be written to.
pub fn init(folder: &Path, answers: &Answers, today: Date) -> Result<Made, Error> {
    may_begin(folder)?;
    let mut values = dates(today);
    values.extend(answers.values());
    let site = SITE
        .iter()
        .map(|(path, text)| ((*path).to_owned(), answers.with_team(&fill(text, &values))));
    let others = [("content/README.md", WRITING), ("START.md", START)];
    let others = others.map(|(path, text)| (path.to_owned(), text.to_owned()));
    // Somebody may have begun with Git.
    let for_git = GIT.iter().filter(|(name, _)| !folder.join(name).exists());
    let for_git = for_git.map(|(name, text)| ((*name).to_owned(), (*text).to_owned()));
    let drawings = drawings::drawings().iter();
    let drawings = drawings.map(|own| (format!("{PICTURES}{}", own.file), own.svg.to_owned()));
    let list = (format!("{PICTURES}README.md"), drawings::list());
    let files = site.chain(drawings).chain([list]).chain(others).chain(for_git);
    let files: Files = files.map(|(path, text)| (path, text.into())).collect();
    write::add(&files, folder)?;
    // The drawings are one thing to whoever reads what was made.
    let mut files: Vec<String> = files.into_keys().collect();
    files.retain(|path| !path.starts_with(PICTURES));
    files.push(PICTURES.to_owned());
    let root = as_argument(folder);
    let next = format!(
        "“{}” is in {}, in {}, and builds as it is. The next three commands:\n\
         \x20 plainsite desk{root}\n\
         \x20     opens it in your browser, where you can write\n\
         \x20 plainsite check{root}\n\
         \x20     says what is wrong, and what to do\n\
         \x20 plainsite build{root}\n\
         \x20     makes the folder public, which you can copy to any web server\n\
         START.md there says what to do in the first ten minutes.",
        answers.title,
        folder.display(),
        counted(files.len(), "file", "files"),
    );
    Ok(Made { files, next })
}

/// Whether a site can begin in a folder: nothing is in it that can be seen.
///
/// # Errors
///
/// [`Error::Usage`] when there is something.
pub fn may_begin(folder: &Path) -> Result<(), Error> {
    match std::fs::read_dir(folder) {
        Ok(inside) => {
            let mut names = inside.flatten().map(|entry| entry.file_name());
            if names.any(|name| !name.to_string_lossy().starts_with('.')) {
                let folder = folder.display();
                let message = format!("there are files in {folder}; give a new or an empty folder");
                return Err(Error::Usage(message));
            }
        }
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => {}
        Err(why) => return Err(Error::Read(folder.to_owned(), why)),
    }
    Ok(())
}

/// Where a new site has its drawings.
const PICTURES: &str = "pictures/";

/// Adds a starter of `kind` at `path` to the site in `root`.
///
/// `path` is below `content/`, with or without that and with or without `.md`.
/// What the starter needs and the site lacks (someone to contact, a picture)
/// is added with it.
///
/// # Errors
///
/// [`Error::Usage`] when the kind is not known, when there is a page already,
/// or when the site lacks something that nobody can make up.
pub fn new_page(root: &Path, kind: &str, path: &str, today: Date) -> Result<Made, Error> {
    let kind = kind_named(kind)?;
    let content = content_folder(root)?;
    let options = Options { today, staff: true, portable: false };
    let opened = open(root, options, &Mutex::default(), &Memory::none())?;
    let Opened { settings, examined: Examined { site, .. }, .. } = opened;

    let place = StarterPlace::of(kind, path, &settings.config.languages)?;
    let file = format!("{content}{}", place.file());
    if let Some(taken) = place.taken(&root.join(&content)) {
        let message = format!("{content}{taken} is there already; give another path, or change it");
        return Err(Error::Usage(message));
    }

    let mut files = Files::new();
    let (id, contact) = contact(&site, &content, &mut files)?;
    let mut values = dates(today);
    let title = if *kind == kind::HOME { settings.config.title.clone() } else { place.title() };
    values.push(("title", quoted(&title)));
    values.push(("plain title", title));
    values.push(("reach", reach(&id, &contact)));
    values.push(("owner name", contact.name));
    values.push(("owner", id));
    let stage = if settings.config.rules.stages { "stage: manage\n" } else { "" };
    values.push(("stage", stage.to_owned()));
    if *kind == kind::EASY_READ {
        values.push(("full page", full_page(&site, &place.name)?));
        let folder = folder_of(&file);
        let picture = format!("{folder}/pictures/speech-bubble.svg");
        add_missing(&mut files, root, &picture, PICTURE);
    }
    if *kind == kind::SERVICE {
        values.push(("category", category(&site)?));
        let areas = format!("{content}_data/areas.yaml");
        let area = site.data.areas.first().map(|area| area.name.value.clone());
        values.push(("area", quoted(&area.unwrap_or_else(|| "Exampleton".into()))));
        add_missing(&mut files, root, &areas, &data("areas.yaml"));
    }
    if *kind == kind::GLOSSARY {
        let words = format!("{content}_data/glossary.yaml");
        add_missing(&mut files, root, &words, &data("glossary.yaml"));
    }
    let text = kind.starter.expect("editors can ask for this kind");
    let also: Vec<String> = files.keys().cloned().collect();
    files.insert(file.clone(), Bytes::from(fill(text, &values)));
    write::add(&files, root)?;

    let next = next_steps(root, kind, &file, &place, &also);
    Ok(Made { files: std::iter::once(file).chain(also).collect(), next })
}

fn next_steps(
    root: &Path,
    kind: KindName,
    file: &str,
    place: &StarterPlace,
    also: &[String],
) -> String {
    let site = as_argument(root);
    let mut next = format!("{} is ready.", root.join(file).display());
    if !also.is_empty() {
        next += &format!(" It needs {}, so that is there now too.", also.join(" and "));
    }
    next += " Open it in a text editor, and put your own words in place of ours.\n";
    if *kind == kind::GUIDE {
        let folder = &place.folder;
        next += &format!("Add its parts: plainsite new guidance {folder}/first-part{site}\n");
    }
    next + &format!("To see it: plainsite serve{site}")
}

/// The kind with a name, however it is capitalised, with spaces or hyphens.
fn kind_named(name: &str) -> Result<KindName, Error> {
    let wanted = name.trim().to_lowercase().replace(['-', '_'], " ");
    let written = || kind::KINDS.iter().copied();
    if let Some(kind) = written().find(|kind| argument(kind).replace('-', " ") == wanted) {
        return Ok(kind);
    }
    let names: Vec<String> = written().map(argument).collect();
    let meant = nearest(&wanted.replace(' ', "-"), names.iter().map(String::as_str));
    let hint = meant.map_or_else(
        || "write one of those above".to_owned(),
        |meant| format!("did you mean {meant}?"),
    );
    let line = |kind| format!("\n  {:<16} {}", argument(kind), kind.about);
    let all: String = written().map(line).collect();
    Err(Error::Usage(format!(
        "these are the kinds of page:{all}\nthere is no kind of page “{name}”; {hint}"
    )))
}

/// A kind as it is written on the command line: `easy-read`.
fn argument(kind: KindName) -> String {
    kind.name.to_lowercase().replace(' ', "-")
}

/// The folder of the pages, below the root: `content/`, or nothing when they
/// are in the root itself.
fn content_folder(root: &Path) -> Result<String, Error> {
    if root.join("content").is_dir() {
        return Ok("content/".into());
    }
    if root.join("site.toml").is_file() {
        let has_pages = ["index.md", "_index.md"].iter().any(|name| root.join(name).is_file());
        return Ok(if has_pages { String::new() } else { "content/".into() });
    }
    Err(no_site(root))
}

/// Where a new page goes.
#[derive(Debug, PartialEq, Eq)]
struct StarterPlace {
    /// Below the folder of the pages, without `/` at the end; empty at the top.
    folder: String,
    /// The name of the file without its endings: `records`, `index`.
    name: String,
    /// `.md`, `.cy.md` or `.yaml`.
    ending: String,
}

impl StarterPlace {
    fn of(kind: KindName, path: &str, languages: &[String]) -> Result<Self, Error> {
        let wrong = |why: &str| {
            let kind = argument(kind);
            Error::Usage(format!("“{path}” {why}, such as: plainsite new {kind} manage/records"))
        };
        let slashes = path.replace('\\', "/");
        let inner = slashes.strip_prefix("./").unwrap_or(&slashes);
        let inner = inner.strip_prefix("content/").unwrap_or(inner);
        if inner.starts_with('/')
            || inner.contains(':')
            || inner.split('/').any(|part| part == "..")
        {
            return Err(wrong("leads out of the site; give a path below content/"));
        }
        let is_yaml = kind.is_record;
        let inner = inner.trim_end_matches('/');
        let (inner, extension) = match inner.rsplit_once('.') {
            Some((inner, extension @ ("md" | "markdown" | "yaml" | "yml"))) => (inner, extension),
            _ => (inner, if is_yaml { "yaml" } else { "md" }),
        };
        if is_yaml != extension.starts_with('y') {
            return Err(wrong(if is_yaml {
                "cannot hold a service, which is a .yaml file; leave out the ending"
            } else {
                "cannot hold a page of this kind, which is a .md file; leave out the ending"
            }));
        }
        let (inner, language) = match inner.rsplit_once('.') {
            Some((inner, last)) if languages.iter().any(|known| known == last) => {
                (inner, format!(".{last}"))
            }
            _ => (inner, String::new()),
        };
        let mut parts: Vec<String> = inner.split('/').map(slug).collect();
        if parts.iter().any(String::is_empty) || inner.split('/').any(|part| part.starts_with('_'))
        {
            return Err(wrong("is not the path of a page; write folders and a name"));
        }
        if kind.is_index && parts.last().is_some_and(|last| last != "index") {
            parts.push("index".into());
        }
        if *kind == kind::HOME && parts.len() > 1 {
            let message = "there is one home page; write `plainsite new home index`";
            return Err(Error::Usage(message.into()));
        }
        let name = parts.pop().expect("a path has a last part");
        Ok(Self { folder: parts.join("/"), name, ending: format!("{language}.{extension}") })
    }

    /// The path of the file, below the folder of the pages.
    fn file(&self) -> String {
        format!("{}{}", self.stem(), self.ending)
    }

    fn stem(&self) -> String {
        if self.folder.is_empty() {
            self.name.clone()
        } else {
            format!("{}/{}", self.folder, self.name)
        }
    }

    /// A file that makes the same page, if there is one.
    fn taken(&self, content: &Path) -> Option<String> {
        let language = self.ending.rsplit_once('.').map_or("", |(language, _)| language);
        let stem = self.stem();
        let stems = match stem.strip_suffix("index") {
            Some(folder) if self.name == "index" => {
                let beside = folder.trim_end_matches('/').to_owned();
                vec![stem.clone(), format!("{folder}_index"), beside]
            }
            _ => vec![stem.clone(), format!("{stem}/index"), format!("{stem}/_index")],
        };
        let endings = ["md", "markdown", "yaml", "yml"];
        stems
            .iter()
            .filter(|stem| !stem.is_empty())
            .flat_map(|stem| endings.map(|ending| format!("{stem}{language}.{ending}")))
            .find(|path| content.join(path).exists())
    }

    /// A title made from the path: `manage/keep-records` gives “Keep records”.
    fn title(&self) -> String {
        let last = if self.name == "index" { name_of(&self.folder) } else { &self.name };
        let words = last.replace(['-', '_'], " ");
        if words.is_empty() { "Home".into() } else { capital(&words) }
    }
}

/// The first contact of the file that can be called, or else the first. When
/// there is no such file it is added.
fn contact(site: &Site, content: &str, files: &mut Files) -> Result<(String, Contact), Error> {
    let mut contacts: Vec<_> = site.data.contacts.iter().collect();
    contacts.sort_by_key(|(_, contact)| (contact.phones.is_empty(), contact.span));
    if let Some((id, contact)) = contacts.first() {
        return Ok(((*id).clone(), (*contact).clone()));
    }
    let path = format!("{content}_data/contacts.yaml");
    if site.data.sources.contains_key("contacts.yaml") {
        let message =
            format!("{path} has nobody in it who can look after a page; add a team first");
        return Err(Error::Usage(message));
    }
    files.insert(path, Bytes::from(data("contacts.yaml")));
    let (id, name) = ("customer-services".to_owned(), "Customer services".to_owned());
    let phones = vec![crate::model::PhoneLine::default()];
    Ok((id, Contact { name, phones, ..Contact::default() }))
}

/// A sentence that says how to reach someone.
fn reach(id: &str, contact: &Contact) -> String {
    if !contact.phones.is_empty() {
        format!("Call us on (({id} phone)).")
    } else if !contact.emails.is_empty() {
        format!("Email us at (({id} email)).")
    } else {
        format!("Ask the (({id} name)).")
    }
}

/// The address of the page that an easy-read page is probably about: the one
/// with the same name, or the home page.
fn full_page(site: &Site, name: &str) -> Result<String, Error> {
    let is_full = |page: &&Page| !page.made && !page.kind.is(&kind::EASY_READ);
    let pages = || site.pages.iter().filter(is_full);
    let same = |page: &&Page| page.key.rsplit('/').next() == Some(name);
    let home = |page: &&Page| page.kind.is(&kind::HOME);
    let page = pages().find(same).or_else(|| pages().find(home)).or_else(|| pages().next());
    page.map(|page| page.url.to_string()).ok_or_else(|| {
        let message = "an easy-read page is the easy version of another page; make that one first";
        Error::Usage(message.into())
    })
}

/// The first sort of service in the directory.
fn category(site: &Site) -> Result<String, Error> {
    let directories = site.pages.iter().filter_map(|page| page.kind.own::<kind::Directory>());
    let mut categories = directories.filter_map(|directory| directory.categories.first());
    let first = categories.next().map(|category| category.id.value.clone());
    first.ok_or_else(|| {
        let message = "a service is part of a directory, and there is none with categories; \
                       make it first: plainsite new directory directory";
        Error::Usage(message.into())
    })
}

fn dates(today: Date) -> Vec<(&'static str, String)> {
    let next_month = today.plus(Interval::Months(1));
    vec![("today", today.in_english()), ("next month", next_month.in_english())]
}

/// Puts values in the place of their names in braces.
fn fill(text: &str, values: &[(&'static str, String)]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let value = after.split_once('}').and_then(|(name, after)| {
            Some((values.iter().find(|(known, _)| *known == name)?, after))
        });
        rest = match value {
            Some(((_, value), after)) => {
                out.push_str(value);
                after
            }
            None => {
                out.push('{');
                after
            }
        };
    }
    out + rest
}

/// A value for a line at the top of a page, in quotes when it needs them.
fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || c == ' ' || c == '-';
    if value.chars().all(plain) && value.starts_with(char::is_alphanumeric) {
        return value.to_owned();
    }
    format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A data file of the starter site, as it is where nobody was asked.
fn data(name: &str) -> String {
    let found = SITE.iter().find(|(path, _)| path.ends_with(&format!("/_data/{name}")));
    fill(found.expect("the starter site has this file").1, &Answers::default().values())
}

fn add_missing(files: &mut Files, root: &Path, path: &str, text: &str) {
    let path = path.trim_start_matches('/');
    if !root.join(path).exists() {
        files.insert(path.to_owned(), Bytes::from(text.to_owned()));
    }
}

/// ` --root my-site`, or nothing for the folder that the reader is in.
fn as_argument(root: &Path) -> String {
    let text = root.to_string_lossy();
    match &*text {
        "." | "" | "./" => String::new(),
        text if text.contains([' ', '\'', '"', '$']) => format!(" --root \"{text}\""),
        text => format!(" --root {text}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(kind: KindName, path: &str) -> Result<String, Error> {
        StarterPlace::of(kind, path, &["en".into(), "cy".into()]).map(|place| place.file())
    }

    #[test]
    fn a_path_can_be_written_in_many_ways() {
        let guidance = |path| file(&kind::GUIDANCE, path).expect("a place");
        for path in [
            "manage/records",
            "content/manage/records.md",
            "./manage/records.md",
            "Manage\\Records",
        ] {
            assert_eq!(guidance(path), "manage/records.md", "{path}");
        }
        assert_eq!(guidance("Keep my records"), "keep-my-records.md");
        assert_eq!(guidance("manage/records.cy"), "manage/records.cy.md");
        assert_eq!(file(&kind::SECTION, "manage").expect("a place"), "manage/index.md");
        assert_eq!(file(&kind::SECTION, "manage/index.md").expect("a place"), "manage/index.md");
        assert_eq!(file(&kind::HOME, "index").expect("a place"), "index.md");
        assert_eq!(
            file(&kind::SERVICE, "directory/rowan").expect("a place"),
            "directory/rowan.yaml"
        );
    }

    #[test]
    fn a_path_stays_in_the_site() {
        for path in ["../records", "/etc/records", "C:/records", "", "manage//records", "_data/a"] {
            assert!(file(&kind::GUIDANCE, path).is_err(), "{path}");
        }
        assert!(file(&kind::GUIDANCE, "a.yaml").is_err());
        assert!(file(&kind::SERVICE, "a.md").is_err());
        assert!(file(&kind::HOME, "manage").is_err());
    }

    #[test]
    fn a_title_is_made_from_the_path() {
        let title = |kind, path| StarterPlace::of(kind, path, &[]).expect("a place").title();
        assert_eq!(title(&kind::GUIDANCE, "manage/keep-records"), "Keep records");
        assert_eq!(title(&kind::SECTION, "set-up"), "Set up");
    }

    #[test]
    fn only_known_names_are_filled_in() {
        let values = [("title", "Records".to_owned())];
        let filled = fill("{title} {#id} {part=why} {not closed {title}", &values);
        assert_eq!(filled, "Records {#id} {part=why} {not closed Records");
    }

    #[test]
    fn every_kind_that_editors_write_has_a_starter() {
        assert!(kind::KINDS.iter().all(|kind| kind.starter.is_some()));
        assert!(kind::MADE.iter().all(|kind| kind.starter.is_none()));
    }
}
