//! An audit as a page for people, and as a table for spreadsheets.
//!
//! The page has the worst first. What has one cause, such as a fault of a template that stands
//! on 500 pages, is one entry with its count and three places.

use std::{cmp::Reverse, collections::BTreeMap, fmt::Write as _};

use super::audit::Audited;
use crate::{
    diagnostic::Finding,
    html::paper::{Paper, text},
    model::table::safe,
    rule::{Level, Outcome, Rule, Severity},
    text::{
        rows,
        wording::{counted, one_line},
    },
};

/// How many places of one cause are shown.
const MOST_PLACES: usize = 3;

/// How many causes of one rule are shown.
const MOST_CAUSES: usize = 30;

/// How much of a line is shown, in characters.
const LONGEST_LINE: usize = 160;

/// All findings that have one cause.
struct Cause<'a> {
    message: String,
    hint: &'a str,
    found: Vec<&'a Finding>,
    /// On how many pages.
    pages: usize,
}

/// All findings of a rule that fail, or that a person is to look at.
struct Group<'a> {
    rule: &'a Rule,
    is_failed: bool,
    causes: Vec<Cause<'a>>,
    count: usize,
    pages: usize,
}

/// The report as a page. `name` is what was audited, `summary` the last sentences of the run.
pub fn page(audited: &Audited, name: &str, summary: &str) -> String {
    let findings = audited.told_once();
    let groups = groups(&findings);
    let title = format!("What keeps people out of {name}");
    let mut out = String::new();
    if groups.is_empty() {
        out.push_str(
            "<p>Nothing was found. What no program can see is left: look at the pages \
                      with a keyboard alone, at 400% and with a screen reader.</p>\n",
        );
    } else {
        overview(&groups, &mut out);
    }
    for group in &groups {
        section(group, &mut out);
    }
    let lead = format!("<p>{}</p>\n", text(summary));
    Paper { title: &title, lead: &lead, body: &out, ..Paper::default() }.html()
}

/// The report as a table: one row a finding.
pub fn table(audited: &Audited) -> String {
    let head = ["outcome", "level", "criteria", "rule", "page", "line", "what", "help"];
    let rows = audited.findings.iter().map(|found| {
        let said = found.rule.guideline;
        let criteria = said.map_or(String::new(), |said| said.wcag.join(" "));
        let level = said.map_or("", |said| level(said.level));
        let outcome = if found.outcome == Outcome::Failed { "fails" } else { "look" };
        let help = found.hint.clone().unwrap_or_default();
        let line = found.start.line.to_string();
        let cells = [
            outcome.to_owned(),
            level.to_owned(),
            criteria,
            found.code().to_owned(),
            found.file.to_string(),
            line,
            found.message.clone(),
            help,
        ];
        cells.map(|cell| safe(&cell)).to_vec()
    });
    rows::write(std::iter::once(head.map(str::to_owned).to_vec()).chain(rows))
}

/// Findings by what they say, without the words that differ, and by what they advise.
type Causes<'a> = BTreeMap<(String, &'a str), Vec<&'a Finding>>;

fn groups(findings: &[Finding]) -> Vec<Group<'_>> {
    let mut by_rule: BTreeMap<(bool, &str), Causes<'_>> = BTreeMap::new();
    for found in findings {
        let is_failed = found.outcome == Outcome::Failed;
        let hint = found.hint.as_deref().unwrap_or_default();
        let causes = by_rule.entry((is_failed, found.code())).or_default();
        causes.entry((alike(&found.message), hint)).or_default().push(found);
    }
    let mut groups: Vec<Group<'_>> = by_rule
        .into_iter()
        .filter_map(|((is_failed, _), causes)| {
            let rule = causes.values().next()?.first()?.rule;
            let all = || causes.values().flatten();
            let (count, pages) = (all().count(), pages(all().copied()));
            let each = causes.iter().map(|((message, hint), found)| {
                let pages = pages_of(found);
                Cause { message: message.clone(), hint, found: found.clone(), pages }
            });
            let mut each: Vec<Cause<'_>> = each.collect();
            each.sort_by_key(|cause| (Reverse(cause.pages), Reverse(cause.found.len())));
            Some(Group { rule, is_failed, causes: each, count, pages })
        })
        .collect();
    groups.sort_by_key(|group| {
        let said = group.rule.guideline.map_or(Level::Practice, |said| said.level);
        let is_law = matches!(said, Level::A | Level::AA);
        let stops = group.rule.severity == Severity::Error;
        (Reverse(group.is_failed), !is_law, !stops, said, Reverse(group.pages), group.rule.code)
    });
    groups
}

fn pages<'a>(found: impl Iterator<Item = &'a Finding>) -> usize {
    found.map(|found| &*found.file).collect::<std::collections::BTreeSet<_>>().len()
}

fn pages_of(found: &[&Finding]) -> usize {
    pages(found.iter().copied())
}

/// A message without the words that differ from place to place: those in quotation marks.
fn alike(message: &str) -> String {
    let mut out = String::new();
    let mut rest = message;
    while let Some((before, quoted)) = rest.split_once('“') {
        let Some((_, after)) = quoted.split_once('”') else { break };
        out.push_str(before);
        out.push_str("“…”");
        rest = after;
    }
    out.push_str(rest);
    out
}

fn overview(groups: &[Group<'_>], out: &mut String) {
    out.push_str(
        "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-labelledby=\"all\"><table>\n\
         <caption id=\"all\">All that was found, the worst first</caption>\n<thead><tr>\
         <th scope=\"col\">Rule</th><th scope=\"col\">What it is</th><th scope=\"col\">Level</th>\
         <th scope=\"col\">Places</th><th scope=\"col\">Pages</th></tr></thead>\n<tbody>\n",
    );
    for group in groups {
        let what = if group.is_failed { "fails" } else { "look at it" };
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\"><a href=\"#{}\">{}</a></th><td>{what}</td><td>{}</td>\
             <td>{}</td><td>{}</td></tr>",
            id(group),
            group.rule.code,
            group.rule.guideline.map_or("", |said| level(said.level)),
            group.count,
            group.pages
        );
    }
    out.push_str("</tbody></table></div>\n");
}

fn id(group: &Group<'_>) -> String {
    format!("{}{}", group.rule.code, if group.is_failed { "" } else { "-look" })
}

fn level(level: Level) -> &'static str {
    match level {
        Level::A => "A",
        Level::AA => "AA",
        Level::AAA => "AAA",
        Level::Practice => "good practice",
    }
}

fn section(group: &Group<'_>, out: &mut String) {
    let (what, class) = match group.is_failed {
        true => ("fails", "bad"),
        false => ("for a person to look at", "quiet"),
    };
    let said = group.rule.guideline;
    let criteria = said.filter(|said| !said.wcag.is_empty());
    let criteria = criteria.map_or(String::new(), |said| {
        format!(" WCAG {}, level {}.", said.wcag.join(" and "), level(said.level))
    });
    let _ = write!(
        out,
        "<h2 id=\"{}\">{}: {what}</h2>\n<p>{}</p>\n<p class=\"{class}\">{} on {}.{criteria}</p>\n",
        id(group),
        group.rule.code,
        marked(&why(group.rule)),
        counted(group.count, "place", "places"),
        counted(group.pages, "page", "pages"),
    );
    for cause in group.causes.iter().take(MOST_CAUSES) {
        let first = cause.found.first().map_or("", |found| found.message.as_str());
        let message = if cause.found.len() == 1 { first } else { &cause.message };
        let _ = write!(
            out,
            "<div class=\"cause\">\n<p><strong>{}</strong><br>{} on {}.</p>\n",
            text(message),
            counted(cause.found.len(), "place", "places"),
            counted(cause.pages, "page", "pages")
        );
        if !cause.hint.is_empty() {
            let _ = writeln!(out, "<p>What to do: {}.</p>", marked(cause.hint));
        }
        out.push_str("<ul>\n");
        let mut last = "";
        let places = cause.found.iter().filter(|found| {
            let is_new = &*found.file != last;
            last = &found.file;
            is_new || cause.pages < MOST_PLACES
        });
        for found in places.take(MOST_PLACES) {
            let line: String = one_line(&found.line_text).chars().take(LONGEST_LINE).collect();
            let _ = writeln!(
                out,
                "<li>{}, line {}: <code>{}</code></li>",
                text(&found.file),
                found.start.line,
                text(&line)
            );
        }
        out.push_str("</ul>\n</div>\n");
    }
    if let Some(more) = group.causes.len().checked_sub(MOST_CAUSES).filter(|more| *more > 0) {
        let _ = writeln!(
            out,
            "<p>{} not shown here: <code>--format csv</code> has all.</p>",
            counted(more, "more is", "more are")
        );
    }
}

/// Why a rule matters, and to whom: the first paragraph of its manual page.
fn why(rule: &Rule) -> String {
    let mut paragraphs = rule.manual.split("\n\n").map(str::trim);
    let first = paragraphs.find(|text| !text.starts_with('#') && !text.is_empty());
    one_line(first.unwrap_or_default())
}

/// Words with those between backticks as code.
fn marked(words: &str) -> String {
    let mut out = String::new();
    for (at, part) in words.split('`').enumerate() {
        let _ = match at % 2 {
            0 => write!(out, "{}", text(part)),
            _ => write!(out, "<code>{}</code>", text(part)),
        };
    }
    out
}
