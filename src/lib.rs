//! Plainsite: a compiler for public information.
//!
//! It turns a folder of Markdown and YAML into a static site that everyone can
//! read, find things in, and trust, and it refuses to publish what is broken,
//! in words that an editor understands.
//!
//! Data flows one way. Each stage takes a value and gives a value, and
//! [`build`] names them in order:
//!
//! ```text
//! load ──► parse ──► model ──► link ──► check ──► render ──► polish ──► audit ──► output ──► write
//! files    words     typed     whole    what is   pages      finished   what is   pages,     all at
//!          and       pages     site     hard to   of HTML    HTML       wrong in  search,    once
//!          places              joined   use                             the HTML  letters…
//! ```
#![allow(missing_docs, dead_code, reason = "being built")]

pub mod check;
pub mod config;
pub mod diagnostic;
pub mod link;
pub mod load;
pub mod model;
pub mod parse;
pub mod source;

use rayon::prelude::*;

pub use crate::parse::Date;
use crate::{check::Scene, diagnostic::Report, load::Loaded, model::Site};

/// What a run depends on beside the folder.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The day.
    pub today: Date,
    /// Whether pages and notes for staff are part of the site.
    pub staff: bool,
    /// Whether links name files, so that the site opens without a server.
    pub portable: bool,
}

/// Reads and joins a site and checks its content, in memory.
pub fn examine(
    loaded: &mut Loaded,
    settings: &config::Read,
    options: Options,
    report: &mut Report,
) -> Site {
    report.add(&settings.source, settings.problems.iter().cloned());
    for (source, problem) in loaded.problems.drain(..) {
        report.add(&source, [problem]);
    }
    let sources = std::mem::take(&mut loaded.sources);
    let documents =
        sources.into_par_iter().map(|source| parse::parse(source, options.staff)).collect();
    let files = std::mem::take(&mut loaded.files);
    let site = model::assemble(documents, files, &settings.config, options.staff, report);
    let site = link::resolve(site, &settings.config);
    let scene = Scene {
        site: &site,
        config: &settings.config,
        settings: &settings.source,
        today: options.today,
    };
    check::run(&scene, report);
    site
}
