//! An audit of a folder of HTML, whichever program made it: `plainsite audit`.
//!

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    path::Path,
};

use super::encoding::decode;
use crate::{
    audit::{
        Around, Audit, Check, RULES, Seen, Tally, across, audit, page::Page, sheets::Sheets,
        unplaced,
    },
    diagnostic::{Diagnostic, Error, Finding, Report, sort},
    load::{self, Folder, Html},
    rule::{self, Level, Mark, Outcome, Rule},
    text::{Source, Span},
};

/// What is asked of an audit.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The rules to run, in order.
    pub rules: Vec<&'static Check>,
    /// The folder at which the pages are published, with `/` at both ends; none when that
    /// is not known.
    pub base: Option<String>,
    /// Whether no colour is judged on a page of which a stylesheet is missing. Otherwise what
    /// the others say counts, where it is likely to hold.
    pub strict_styles: bool,
}

impl Default for Asked {
    /// All rules.
    fn default() -> Self {
        Self { rules: RULES.to_vec(), base: None, strict_styles: false }
    }
}

impl Asked {
    /// The rules that are in `only` (all, when it is empty), not in `without`, and not
    /// asked for by higher levels than `level`. Good practice is beyond every level; links
    /// that lead nowhere are asked about at each.
    ///
    /// # Errors
    ///
    /// [`Error::Usage`] with a name that no rule has.
    pub fn choose(
        only: &[String],
        without: &[String],
        level: Option<Level>,
    ) -> Result<Vec<&'static Check>, Error> {
        for name in only.iter().chain(without) {
            if !RULES.iter().any(|rule| rule.rule.code == name) {
                let known = RULES.iter().map(|rule| rule.rule.code);
                let hint = match crate::text::nearest(name, known) {
                    Some(meant) => format!("did you mean {meant}?"),
                    None => "`plainsite explain` lists them".into(),
                };
                return Err(Error::Usage(format!("there is no rule “{name}”; {hint}")));
            }
        }
        let is_wanted = |check: &&&'static Check| {
            let rule = &check.rule;
            let asked = rule.guideline.map_or(Level::A, |said| said.level);
            (only.is_empty() || only.iter().any(|name| name == rule.code))
                && !without.iter().any(|name| name == rule.code)
                && level.is_none_or(|level| asked <= level || rule.promise.is_some())
        };
        Ok(RULES.iter().filter(is_wanted).copied().collect())
    }
}

/// What an audit found.
#[derive(Debug)]
pub struct Audited {
    /// What fails and what a person should look at, by file and place.
    pub findings: Vec<Finding>,
    /// How much each rule looked at, in the order asked.
    pub tallies: Vec<Tally>,
    /// The same for each page, by path.
    pub pages: Vec<(String, Vec<Tally>)>,
    /// The rules, in the order asked.
    pub rules: Vec<&'static Check>,
    /// Stylesheets that are not there, each with the number of pages that ask for it.
    pub missing: BTreeMap<String, usize>,
    /// An address from the top at which nothing is, and how many pages have such. None when it
    /// is known where the pages are published.
    pub unplaced: Option<(String, usize)>,
}

/// Looks at all pages of a folder, or at one page, whose links are looked up in its folder.
///
/// # Errors
///
/// When the folder is not there, or has no pages.
pub fn audit_folder(place: &Path, asked: &Asked) -> Result<Audited, Error> {
    let (folder, file) = match (place.is_file(), place.file_name()) {
        (true, Some(name)) => {
            let folder = place.parent().filter(|folder| *folder != Path::new(""));
            (folder.unwrap_or(Path::new(".")), Some(name.to_string_lossy().into_owned()))
        }
        _ => (place, None),
    };
    let listed = Folder::list(folder)?;
    let files = &listed.files;
    let base = asked.base.as_deref().unwrap_or("/");
    let sheets = Sheets::new(base, |path| listed.read(path).map(|bytes| decode(&bytes).0));
    let look = |(path, bytes): Html| match bytes {
        Ok(bytes) => look(path, &bytes, files, &sheets, asked),
        Err(problem) => {
            let mut report = Report::default();
            report.add(&Source::new(path.clone(), ""), [problem]);
            (path, report.findings(), None)
        }
    };
    let mut read = match file {
        Some(file) => vec![look(load::html_file(folder, file))],
        None => load::html(folder, look)?,
    };
    read.sort_by(|a, b| a.0.cmp(&b.0));
    if read.iter().all(|(_, _, audit)| audit.is_none()) && read.iter().all(|one| one.1.is_empty()) {
        return Err(Error::Usage(format!("there is no page of HTML in {}", folder.display())));
    }
    let mut findings = Vec::new();
    let mut seen: Vec<Seen> = Vec::new();
    let mut pages = Vec::new();
    let mut missing: BTreeMap<String, usize> = BTreeMap::new();
    let mut unplaced: Option<(String, usize)> = None;
    for (path, found, audit) in read {
        findings.extend(found);
        if let Some(looked) = audit {
            seen.push(looked.seen);
            pages.push((path, looked.tallies));
            looked.missing.into_iter().for_each(|sheet| *missing.entry(sheet).or_default() += 1);
            if let Some(address) = looked.unplaced {
                unplaced.get_or_insert((address, 0)).1 += 1;
            }
        }
    }
    let mut found: BTreeMap<usize, Vec<Diagnostic>> = BTreeMap::new();
    for (page, rule, marks, tally) in across(&seen.iter().collect::<Vec<_>>(), &asked.rules) {
        pages[page].1[rule] = tally;
        for mark in marks {
            let rule = &asked.rules[rule].rule;
            found.entry(page).or_default().push(Diagnostic::of(rule, mark));
        }
    }
    for (page, told) in found {
        // The page is no longer in memory: its lines are counted again.
        let path = seen[page].path.as_str();
        let text = listed.read(path).map(|bytes| decode(&bytes).0).unwrap_or_default();
        let mut report = Report::default();
        report.add(&Source::new(path, text), told);
        findings.extend(report.findings());
    }
    let mut tallies = vec![Tally::default(); asked.rules.len()];
    for (_, page) in &pages {
        tallies.iter_mut().zip(page).for_each(|(all, one)| all.add(*one));
    }
    sort(&mut findings);
    Ok(Audited { findings, tallies, pages, rules: asked.rules.clone(), missing, unplaced })
}

impl Audited {
    /// The findings without those that follow from another one at the same place: what fails AA
    /// fails AAA.
    pub fn told_once(&self) -> Vec<Finding> {
        let failed = self.findings.iter().filter(|found| found.outcome == Outcome::Failed);
        let explained: HashSet<(&str, &str, usize, usize)> = failed
            .flat_map(|one| {
                one.rule
                    .explains
                    .iter()
                    .map(|code| (*code, &*one.file, one.start.line, one.start.column))
            })
            .collect();
        let is_told = |one: &&Finding| {
            !explained.contains(&(one.code(), &*one.file, one.start.line, one.start.column))
        };
        self.findings.iter().filter(is_told).cloned().collect()
    }
}

/// What was seen on a page, beside what was found.
struct Looked {
    seen: Seen,
    tallies: Vec<Tally>,
    /// Stylesheets that are not there.
    missing: BTreeSet<String>,
    /// The first address from the top at which nothing is.
    unplaced: Option<String>,
}

fn look(
    path: String,
    bytes: &[u8],
    files: &HashSet<String>,
    sheets: &Sheets<'_>,
    asked: &Asked,
) -> (String, Vec<Finding>, Option<Looked>) {
    let (text, encoding) = decode(bytes);
    let base = asked.base.as_deref().unwrap_or("/");
    let around =
        Around { path: &path, files, base, is_base_known: asked.base.is_some(), asked: None };
    let page = Page::read(&text, |address| sheets.at(address, &path));
    let page = page.strict(asked.strict_styles);
    let Audit { marks, tallies, seen } = audit(&page, &around, &asked.rules);
    let mut report = Report::default();
    let source = Source::new(path.as_str(), text.as_str());
    if encoding != "UTF-8" {
        let message = format!("this page is written in {encoding}, and was read as that");
        let problem = Diagnostic::warning(&rule::FILE, Span::default(), message);
        report.add(&source, [problem.hint("save it as UTF-8, and say so with `<meta charset>`")]);
    }
    for what in page.left_out() {
        let hint = "people and browsers have the same trouble with it: make it smaller";
        report.add(&source, [Diagnostic::warning(&rule::FILE, Span::default(), what).hint(hint)]);
    }
    // Only so many are shown of one page: the worst first, and something of each rule.
    let mut shown: HashMap<&str, usize> = HashMap::new();
    let number = |(rule, mark): (&'static Rule, Mark)| {
        let shown = shown.entry(rule.code).or_default();
        *shown += 1;
        (*shown, Diagnostic::of(rule, mark))
    };
    let mut told: Vec<(usize, Diagnostic)> = marks.into_iter().map(number).collect();
    told.sort_by_key(|(number, told)| (std::cmp::Reverse(told.severity), *number));
    report.add(&source, told.into_iter().map(|(_, told)| told));
    let missing = page.missing_styles().iter().cloned().collect();
    let unplaced = unplaced(&page, &around);
    let looked = Looked { seen, tallies, missing, unplaced };
    (path, report.findings(), Some(looked))
}

/// Looks at pages in memory: path and HTML of each. Stylesheets are not followed out of
/// them.
pub fn pages(pages: &[(&str, &str)], rules: &[&'static Check]) -> (Vec<Finding>, Vec<Tally>) {
    let files: HashSet<String> = pages.iter().map(|(path, _)| (*path).to_owned()).collect();
    let mut tallies = vec![Tally::default(); rules.len()];
    let mut found: Vec<(usize, &'static Rule, Mark)> = Vec::new();
    let mut seen = Vec::new();
    for (number, (path, html)) in pages.iter().enumerate() {
        let page = Page::read(html, |_| None);
        let audit = audit(
            &page,
            &Around { path, files: &files, base: "/", is_base_known: true, asked: None },
            rules,
        );
        tallies.iter_mut().zip(&audit.tallies).for_each(|(all, one)| all.add(*one));
        found.extend(audit.marks.into_iter().map(|(rule, mark)| (number, rule, mark)));
        seen.push(audit.seen);
    }
    for (page, rule, marks, tally) in across(&seen.iter().collect::<Vec<_>>(), rules) {
        tallies[rule].add(tally);
        found.extend(marks.into_iter().map(|mark| (page, &rules[rule].rule, mark)));
    }
    let mut report = Report::default();
    for (page, rule, mark) in found {
        let (path, html) = pages[page];
        report.add(&Source::new(path, html), [Diagnostic::of(rule, mark)]);
    }
    (report.findings(), tallies)
}
