//! What a site is made of, one file each: pages, style, pictures, the search
//! index, the site map, the feed.
//!
//! Each output is a function from a finished site to named bytes, and none
//! needs a disk. To add one, write `src/output/your_output.rs` and a line in
//! [`OUTPUTS`].

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    config::Config, letter::Letters, load::Theme, model::Site, polish::Finished, render::Assets,
    text::Date,
};

mod assets;
mod attachments;
mod codes;
mod feed;
mod letters;
mod pages;
pub mod search;
pub mod services;
mod sitemap;
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
    /// The site.
    pub site: &'a Site,
    /// The templates of its letters.
    pub letters: &'a Letters,
    /// Its settings.
    pub config: &'a Config,
    /// Its theme.
    pub theme: &'a Theme,
    /// Its pages.
    pub pages: &'a [Finished],
    /// The day.
    pub today: Date,
    /// Whether it must work from a folder, without a server.
    pub portable: bool,
    /// Whether it is for staff.
    pub staff: bool,
    /// Pictures and attachments that nothing in it leads to, by their place in
    /// [`Site::files`]: they stay at home.
    pub unused: &'a BTreeSet<usize>,
}

/// All outputs. Where two claim one path, which a check reports, the later one
/// has it: no picture takes the place of a page.
pub const OUTPUTS: &[fn(&Done<'_>) -> Files] = &[
    attachments::files,
    sitemap::files,
    feed::files,
    search::files,
    letters::files,
    services::files,
    codes::files,
    assets::files,
    pages::files,
];

/// Every file of a site. Pages are checked against it before it is published.
pub fn files(done: &Done<'_>) -> Files {
    OUTPUTS.iter().flat_map(|output| output(done)).collect()
}

/// The pictures and attachments that nothing on the site leads to, by their place in
/// [`Site::files`], with what to say of them.
pub use unused::unused;

/// Where the style sheet and scripts will be.
pub fn assets(config: &Config, theme: &Theme, portable: bool) -> Assets {
    assets::places(config, theme, portable)
}
