//! Rules about finished HTML: what is wrong with a page as it will be sent.
//!
//! They catch what no reading of the content can: a link in a template, an id
//! that the theme and a heading share, a picture from another host. A fault in
//! the content names the content file, a fault in the theme its template.
//!
//! Shaped like `check`: one file a rule with its manual page, and a list.

use std::collections::{HashMap, HashSet};

use rayon::prelude::*;

use crate::{
    diagnostic::{Diagnostic, Report},
    load::Theme,
    model::Site,
    polish::Finished,
    source::{Source, Span},
};

mod dead_address;
mod other_host;
mod page_heading;
mod repeated_id;

/// One rule.
#[derive(Debug)]
pub struct Rule {
    /// What it is called.
    pub code: &'static str,
    /// Its manual page, in Markdown.
    pub manual: &'static str,
    /// What it finds on one page.
    run: fn(&Finished, &Book<'_>) -> Vec<Fault>,
}

/// All rules, by code.
pub const RULES: &[&Rule] =
    &[&dead_address::RULE, &other_host::RULE, &page_heading::RULE, &repeated_id::RULE];

/// What rules look up.
#[derive(Debug)]
struct Book<'a> {
    /// Every file that will be published, below the root.
    files: &'a HashSet<String>,
    /// The ids of each page, by address.
    ids: HashMap<&'a str, HashSet<&'a str>>,
}

/// Something wrong on a page.
#[derive(Debug)]
struct Fault {
    message: String,
    hint: String,
}

/// Runs all rules over all pages. `files` are the paths that will be published.
pub fn run(
    pages: &[Finished],
    files: &HashSet<String>,
    site: &Site,
    theme: &Theme,
    report: &mut Report,
) {
    let ids = pages
        .par_iter()
        .map(|page| (page.url.as_str(), page.ids.iter().map(String::as_str).collect()));
    let book = Book { files, ids: ids.collect() };
    let found: Vec<Vec<(&Rule, Fault)>> = pages
        .par_iter()
        .map(|page| {
            let on_page = |rule: &&'static Rule| {
                (rule.run)(page, &book).into_iter().map(|fault| (*rule, fault)).collect::<Vec<_>>()
            };
            RULES.iter().flat_map(on_page).collect()
        })
        .collect();
    let mut seen = HashSet::new();
    for (page, faults) in pages.iter().zip(found) {
        for (rule, fault) in faults {
            let content = page.page.map(|id| &site.pages[id]).filter(|page| !page.made);
            // A template repeats its fault on every page: once is enough.
            let place = if content.is_some() { page.url.as_str() } else { page.template };
            if !seen.insert((place, rule.code, fault.message.clone())) {
                continue;
            }
            let source = match content {
                Some(page) => page.source().clone(),
                None => {
                    let path = format!("templates/{}", page.template);
                    let text = theme.files.get(&path).map_or("", String::as_str);
                    Source::new(theme.name_of(&path), text)
                }
            };
            let message = format!("on the page {}: {}", page.url, fault.message);
            report.add(
                &source,
                [Diagnostic::error(rule.code, Span::default(), message).hint(fault.hint)],
            );
        }
    }
}
