//! What a site is made of, one file or folder each: pages, assets, pictures and
//! attachments, the search index, the site map, the feed, blank letters, the
//! directory for other programs, tables as files, codes of short links, settings for web hosts,
//! copies in Markdown, lighter pictures. `unused` says which files
//! stay at home.
//!
//! Each output says which paths it will make, before anything is made, and is a function
//! from a finished site to named bytes. None needs a disk. To add one, write
//! `src/output/your_output.rs` and two lines here: the module, and one in [`OUTPUTS`].

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    config::Config,
    finish::Finished,
    html::outline::Outline,
    index,
    load::Theme,
    model::{Paths, Site},
    view::Assets,
    world::World,
};

mod assets;
mod attachments;
mod codes;
mod copies;
mod feed;
mod hosts;
mod letters;
mod pages;
mod pictures;
pub mod search;
pub mod services;
mod sitemap;
mod tables;
mod unused;

/// The bytes of one file.
#[derive(Debug, Clone)]
pub enum Bytes {
    /// Made for this output.
    Own(Vec<u8>),
    /// As loaded.
    Shared(Arc<[u8]>),
}

impl Bytes {
    /// The bytes.
    pub fn as_slice(&self) -> &[u8] {
        match self {
            Self::Own(bytes) => bytes,
            Self::Shared(bytes) => bytes,
        }
    }
}

impl From<String> for Bytes {
    fn from(text: String) -> Self {
        Self::Own(text.into_bytes())
    }
}

/// Files by path below the published folder: `manage/records/index.html`.
pub type Files = BTreeMap<String, Bytes>;

/// A finished site.
#[derive(Debug)]
pub struct Done<'a> {
    /// What it is made of.
    pub world: World<'a>,
    /// Its pages, and those that only lead on from old and short addresses.
    pub pages: &'a [Finished],
    /// The words of each.
    pub outlines: &'a [&'a Outline],
    /// Pictures and attachments that nothing in it leads to, by their place in
    /// [`Site::files`]: they stay at home.
    pub unused: &'a BTreeSet<usize>,
}

/// What is known of a site before its pages are made.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// The site; its links need not be joined yet.
    pub site: &'a Site,
    /// Its settings.
    pub config: &'a Config,
    /// Its theme.
    pub theme: &'a Theme,
    /// Whether it must work from a folder, without a server.
    pub portable: bool,
}

/// A sort of file that is published.
#[derive(Debug)]
pub struct Output {
    /// What it is called before “is published there”.
    pub name: &'static str,
    /// The paths that it may make, as [`Paths::add`] reads them.
    pub paths: fn(&Plan<'_>) -> Vec<String>,
    /// Makes its files: bytes by path below the published folder.
    pub files: fn(&Done<'_>) -> Files,
}

/// All outputs. Where two claim one path, which a check reports, the later one
/// has it: no picture takes the place of a page.
pub const OUTPUTS: &[&Output] = &[
    &attachments::OUTPUT,
    &sitemap::OUTPUT,
    &feed::OUTPUT,
    &search::OUTPUT,
    &letters::OUTPUT,
    &services::OUTPUT,
    &codes::OUTPUT,
    &hosts::OUTPUT,
    &copies::OUTPUT,
    &tables::OUTPUT,
    &pictures::OUTPUT,
    &assets::OUTPUT,
    &pages::OUTPUT,
];

/// A file whose name changes when what is in it does, so that it can be kept for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NamedByContent {
    /// A style sheet, a script or an icon.
    Asset,
    /// A part of a search index: words of pages.
    IndexPart,
}

/// Whether the file at a path is named by its content. One that is compressed is named as the
/// one beside which it is.
pub fn named_by_content(path: &str) -> Option<NamedByContent> {
    let path = path.strip_suffix(".gz").or_else(|| path.strip_suffix(".br")).unwrap_or(path);
    if assets::is_asset(path) {
        Some(NamedByContent::Asset)
    } else {
        let is_part = path.starts_with(search::FOLDER) && index::is_part(path);
        is_part.then_some(NamedByContent::IndexPart)
    }
}

/// The paths of all outputs.
pub fn paths(plan: &Plan<'_>) -> Paths {
    let mut paths = Paths::default();
    for output in OUTPUTS {
        (output.paths)(plan).into_iter().for_each(|path| paths.add(path, output.name));
    }
    paths
}

/// Every file of a site.
pub fn files(done: &Done<'_>) -> Files {
    let mut files: Files = OUTPUTS.iter().flat_map(|output| (output.files)(done)).collect();
    // What was made beside a page that has moved is where it was, too.
    let copies = done.world.site.old.copies.iter();
    let copies = copies.filter_map(|(old, now)| Some((old.clone(), files.get(now)?.clone())));
    let copies: Vec<_> = copies.collect();
    for (old, bytes) in copies {
        files.entry(old).or_insert(bytes);
    }
    files
}

/// What pages of a site use, before any page is made: the files of the theme, pictures and
/// attachments.
pub fn beside_pages(world: &World<'_>) -> Files {
    let own = world.site.files.iter().enumerate();
    let own = own.filter(|(at, _)| !world.site.withheld.contains(at));
    let own = own.map(|(_, file)| {
        let path = file.url.trim_start_matches('/').to_owned();
        (path, Bytes::Shared(Arc::clone(&file.file.bytes)))
    });
    own.chain(assets::of_theme(world)).collect()
}

/// The pictures and attachments that nothing on the site leads to, by their place in
/// [`Site::files`], with what to say of them.
pub use unused::unused;

/// Says where a web host takes less than there is.
pub(crate) use hosts::limits;

/// The stylesheets that will be published, with their paths: that of the theme, and those
/// among the attachments.
pub fn styles<'a>(plan: &Plan<'a>) -> Vec<(String, Cow<'a, str>)> {
    let (path, text) = assets::style(plan.config, plan.theme);
    let own = plan.site.files.iter().filter(|file| file.url.ends_with(".css")).map(|file| {
        (file.url.trim_start_matches('/').to_owned(), String::from_utf8_lossy(&file.file.bytes))
    });
    std::iter::once((path, Cow::Owned(text))).chain(own).collect()
}

/// Where the style sheet and scripts will be.
pub fn assets(config: &Config, theme: &Theme, portable: bool) -> Assets {
    assets::places(config, theme, portable)
}
