//! What checks, pages and outputs are made of: the whole of what was read.

use crate::{
    config::Config,
    letter::Letters,
    load::Theme,
    model::{Paths, Site},
    picture::Pictures,
    text::{Date, Source},
};

/// A site that was read and joined, and what it is to be.
#[derive(Debug, Clone, Copy)]
pub struct World<'a> {
    /// The whole site.
    pub site: &'a Site,
    /// The templates of its letters.
    pub letters: &'a Letters,
    /// Its pictures, and what is made of them.
    pub pictures: &'a Pictures,
    /// What will be published where.
    pub paths: &'a Paths,
    /// What is asked of it.
    pub config: &'a Config,
    /// The file that says so.
    pub settings: &'a Source,
    /// How it looks.
    pub theme: &'a Theme,
    /// The day.
    pub today: Date,
    /// Whether pages and notes for staff are part of it.
    pub staff: bool,
    /// Whether links name files, so that it opens without a server.
    pub portable: bool,
}
