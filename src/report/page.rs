//! A report as a page for people: figures as tables with a drawing of each, then lists of what
//! there is to do, then a table of all pages that can be sorted.

use std::{collections::BTreeMap, fmt::Write as _};

use super::{PageReport, SiteReport, Turn, Version};
use crate::{
    html::paper::{Paper, text},
    text::{Date, wording::counted},
};

/// What the page has of its own: room for wide tables, drawings, headings that can be pressed.
const STYLE: &str = "\
main,header{max-width:80rem}.num{text-align:right}\
figure{margin:1.5rem 0;display:flex;flex-wrap:wrap;gap:1rem 2rem;align-items:end}\
figure table{width:auto;min-width:18rem}svg{max-width:100%;height:auto}\
rect{fill:var(--bar)}svg text{fill:var(--words);font:14px system-ui,sans-serif}\
th button{font:inherit;color:inherit;background:none;border:0;padding:0;min-height:2.75rem;min-width:2.75rem;text-align:left;text-decoration:underline;cursor:pointer}\
th[aria-sort=ascending] button::after{content:' \\2191'}th[aria-sort=descending] button::after{content:' \\2193'}\
#pages td,#pages th{font-size:.95rem;overflow-wrap:normal}#pages tbody :is(td,th){overflow-wrap:anywhere}\
#pages td:not(.num){min-width:5.5rem}#pages tbody th{min-width:14rem}\
@media(forced-colors:active){rect{fill:CanvasText}svg text{fill:CanvasText}}\
@media print{@page{size:A4 landscape}#pages td,#pages th{font-size:8pt;padding:.2rem}th button{text-decoration:none;min-height:0;min-width:0}thead{display:table-header-group}}";

const SCRIPT: &str = include_str!("sort.js");

/// The report as a page.
pub fn page(report: &SiteReport) -> String {
    let pages = &report.pages;
    let parts: Vec<(&str, &str, String)> = vec![
        ("dates", "What is due", dates(pages)),
        ("owners", "By owner", owners(pages)),
        ("found", "What the checks found", found(report)),
        ("reading", "How it reads", reading(pages)),
        ("versions", "Other languages", versions(report)),
        ("orphans", "Pages that no page leads to", orphans(pages)),
        ("drafts", "Not published", left_out(report)),
        ("outside", "Links to other sites that need a look", dead(report)),
        ("all", "All pages", all(report)),
    ];
    let title = format!("How the site is: {}", report.title);
    let mut lead = format!(
        "<p>{}: {}.</p>\n<nav aria-label=\"On this page\"><ul>\n",
        report.today.in_english(),
        counted(pages.len(), "page", "pages")
    );
    let mut body = String::new();
    for (id, heading, part) in parts.iter().filter(|(.., part)| !part.is_empty()) {
        let _ = writeln!(lead, "<li><a href=\"#{id}\">{heading}</a></li>");
        let _ = write!(body, "<h2 id=\"{id}\">{heading}</h2>\n{part}");
    }
    lead.push_str("</ul></nav>\n");
    Paper { title: &title, lead: &lead, body: &body, style: STYLE, script: SCRIPT }.html()
}

/// How wide a bar is at most, and how much room its words take, in dots.
const BAR: usize = 200;
const WORDS: usize = 150;
const LINE: usize = 28;

/// A table of figures, and a drawing of the same, which says nothing more.
fn chart(caption: &str, what: &str, rows: &[(&str, usize)]) -> String {
    let mut out = format!(
        "<figure><table><caption>{}</caption>\n<thead><tr><th scope=\"col\">{what}</th>\
         <th scope=\"col\" class=\"num\">Pages</th></tr></thead>\n<tbody>\n",
        text(caption)
    );
    for (name, count) in rows {
        let _ = writeln!(
            out,
            "<tr><th scope=\"row\">{}</th><td class=\"num\">{count}</td></tr>",
            text(name)
        );
    }
    let most = rows.iter().map(|(_, count)| *count).max().unwrap_or_default().max(1);
    let (width, height) = (WORDS + BAR + 50, rows.len() * LINE);
    let _ = write!(
        out,
        "</tbody></table>\n<svg aria-hidden=\"true\" focusable=\"false\" width=\"{width}\" \
         height=\"{height}\" viewBox=\"0 0 {width} {height}\">\n"
    );
    for (at, (name, count)) in rows.iter().enumerate() {
        let bar = (count * BAR).div_ceil(most);
        let (top, base) = (at * LINE + 4, at * LINE + 19);
        let _ = writeln!(
            out,
            "<text x=\"0\" y=\"{base}\">{}</text><rect x=\"{WORDS}\" y=\"{top}\" width=\"{bar}\" \
             height=\"20\"/><text x=\"{}\" y=\"{base}\">{count}</text>",
            text(name),
            WORDS + bar + 6
        );
    }
    out.push_str("</svg></figure>\n");
    out
}

/// A table in a box that can be moved sideways. Each column has a name, and whether it is of
/// numbers; the cells of a row are whole elements.
fn sorted(id: &str, caption: &str, columns: &[(String, bool)], rows: &[String]) -> String {
    let mut out = format!(
        "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-labelledby=\"{id}-caption\">\
         <table class=\"sort\" id=\"{id}\">\n<caption id=\"{id}-caption\">{}</caption>\n<thead><tr>",
        text(caption)
    );
    for (name, is_number) in columns {
        let class = if *is_number { " class=\"num\"" } else { "" };
        let _ = write!(out, "<th scope=\"col\"{class}>{}</th>", text(name));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for row in rows {
        let _ = writeln!(out, "<tr>{row}</tr>");
    }
    out.push_str("</tbody></table></div>\n");
    out
}

fn columns(names: &[(&str, bool)]) -> Vec<(String, bool)> {
    names.iter().map(|(name, is_number)| ((*name).to_owned(), *is_number)).collect()
}

/// The heading of a row: a page, with its address.
fn heading(page: &PageReport) -> String {
    let language = match page.language.as_str() {
        "en" => String::new(),
        other => format!(" lang=\"{}\"", text(other)),
    };
    let address = match page.link.as_str() {
        "" => text(&page.address),
        link => format!("<a href=\"{}\">{}</a>", text(link), text(&page.address)),
    };
    format!(
        "<th scope=\"row\" data-value=\"{}\"><span{language}>{}</span><br>{address}</th>",
        text(&page.title),
        text(&page.title)
    )
}

fn words(words: &str) -> String {
    format!("<td>{}</td>", text(words))
}

fn number(number: impl std::fmt::Display) -> String {
    format!("<td class=\"num\">{number}</td>")
}

/// A day, which is sorted as a number is.
fn day(day: Option<Date>) -> String {
    match day {
        Some(day) => format!("<td data-value=\"{day}\">{}</td>", day.in_english()),
        None => "<td></td>".to_owned(),
    }
}

fn dates(pages: &[PageReport]) -> String {
    let count = |name: &str| pages.iter().filter(|page| page.turn.name() == name).count();
    let names = ["overdue", "due in 30 days", "due later", "no day", "not in force"];
    let rows = names.map(|name| (name, count(name)));
    chart("Pages by when they are to be read again", "When", &rows)
}

fn owners(pages: &[PageReport]) -> String {
    let mut owners: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    for page in pages {
        let counts = owners.entry(&page.owner).or_default();
        counts[0] += 1;
        counts[1] += usize::from(matches!(page.turn, Turn::Overdue(_)));
        counts[2] += page.found.errors;
        counts[3] += page.found.warnings;
    }
    let row = |(owner, counts): (&&str, &[usize; 4])| {
        let owner = if owner.is_empty() { "Nobody" } else { owner };
        let counts: String = counts.iter().map(number).collect();
        format!("<th scope=\"row\">{}</th>{counts}", text(owner))
    };
    let rows: Vec<String> = owners.iter().map(row).collect();
    let names = [
        ("Owner", false),
        ("Pages", true),
        ("Overdue", true),
        ("Errors", true),
        ("Warnings", true),
    ];
    sorted("by-owner", "Who looks after how much", &columns(&names), &rows)
}

fn found(report: &SiteReport) -> String {
    let pages = &report.pages;
    let errors = pages.iter().filter(|page| page.found.errors > 0).count();
    let clean = pages.iter().filter(|page| page.found == super::Found::default()).count();
    let is_advised = |page: &&PageReport| {
        let super::Found { errors, warnings, advice } = page.found;
        errors == 0 && warnings == 0 && advice > 0
    };
    let advised = pages.iter().filter(is_advised).count();
    let rows = [
        ("with errors", errors),
        ("with warnings and no errors", pages.len() - errors - advised - clean),
        ("with advice only", advised),
        ("without findings", clean),
    ];
    let elsewhere = match report.elsewhere {
        found if found == super::Found::default() => String::new(),
        super::Found { errors, warnings, advice } => format!(
            "<p>In data files, settings and templates: {}, {} and {}.</p>\n",
            counted(errors, "error", "errors"),
            counted(warnings, "warning", "warnings"),
            counted(advice, "piece of advice", "pieces of advice")
        ),
    };
    chart("Pages by what was found in them", "What", &rows)
        + &elsewhere
        + "<p><code>plainsite check</code> shows each, with what to write instead.</p>\n"
}

fn reading(pages: &[PageReport]) -> String {
    let means: Vec<f64> =
        pages.iter().filter_map(|page| page.reading).map(|reading| reading.mean).collect();
    let count = |from: f64, to: f64| means.iter().filter(|at| **at > from && **at <= to).count();
    let rows = [
        ("up to 10 words", count(0.0, 10.0)),
        ("10 to 15 words", count(10.0, 15.0)),
        ("15 to 20 words", count(15.0, 20.0)),
        ("more than 20 words", count(20.0, f64::MAX)),
    ];
    chart("Pages by the average length of their sentences", "A sentence has", &rows)
        + "<p>These numbers say how long sentences and words are, and nothing of what is said. \
           They are for pages in English. <code>plainsite explain --reading FILE</code> shows \
           the sentences that cost readers most.</p>\n"
}

fn versions(report: &SiteReport) -> String {
    if report.languages.len() < 2 {
        return String::new();
    }
    let needs =
        |page: &&PageReport| page.versions.iter().any(|(_, version)| *version != Version::Good);
    let rows: Vec<String> = report
        .pages
        .iter()
        .filter(needs)
        .map(|page| {
            let versions = page.versions.iter().map(|(_, version)| words(version.name()));
            format!("{}{}", heading(page), versions.collect::<String>())
        })
        .collect();
    let about = "<p>A version is older when its page was checked or changed on a later day, by \
                 the dates at the top of both.</p>\n";
    if rows.is_empty() {
        return format!(
            "<p>Every page has a version in each language, and none is older.</p>\n{about}"
        );
    }
    let mut names = columns(&[("Page", false)]);
    names.extend(report.languages.iter().skip(1).map(|tag| (format!("Version: {tag}"), false)));
    about.to_owned()
        + &sorted("by-version", "Pages of which a version is missing or older", &names, &rows)
}

fn orphans(pages: &[PageReport]) -> String {
    let all: Vec<&PageReport> = pages.iter().filter(|page| page.is_orphan).collect();
    if all.is_empty() {
        return "<p>There is none: each is reached from another.</p>\n".to_owned();
    }
    let rows: Vec<String> = all.iter().map(|page| heading(page) + &words(&page.file)).collect();
    "<p>Only the search, the A to Z and the menu lead to these. Link to them where readers \
     would want them.</p>\n"
        .to_owned()
        + &sorted(
            "no-links",
            "Pages without a link to them",
            &columns(&[("Page", false), ("File", false)]),
            &rows,
        )
}

fn left_out(report: &SiteReport) -> String {
    if report.left_out.is_empty() {
        return "<p>Nothing is held back.</p>\n".to_owned();
    }
    let rows = report.left_out.iter().map(|left| {
        let from = left.from.map(|(day, _)| day);
        format!("<th scope=\"row\">{}</th>{}{}", text(&left.file), words(left.why), day(from))
    });
    let rows: Vec<String> = rows.collect();
    let names = [("File", false), ("What it is", false), ("Published from", false)];
    sorted("held-back", "Drafts, and pages of another day", &columns(&names), &rows)
}

fn dead(report: &SiteReport) -> String {
    if report.dead.is_empty() {
        return "<p>None is known. <code>plainsite links --check-external</code> asks after \
                them.</p>\n"
            .to_owned();
    }
    let rows = report.dead.iter().map(|link| {
        let places: Vec<String> =
            link.places.iter().map(|(file, line)| format!("{file}, line {line}")).collect();
        format!(
            "<th scope=\"row\">{}</th>{}{}{}{}{}",
            text(&link.address),
            words(link.state.name()),
            words(&link.why),
            words(&link.now),
            day(Some(link.checked)),
            words(&places.join("; "))
        )
    });
    let rows: Vec<String> = rows.collect();
    let names = ["Address", "State", "Why", "Write instead", "Looked at", "Where"]
        .map(|name| (name, false));
    sorted("outside-links", "Links to other sites, as they were found", &columns(&names), &rows)
}

fn all(report: &SiteReport) -> String {
    let mut names = columns(&[
        ("Page", false),
        ("Owner", false),
        ("Checked", false),
        ("Check again", false),
        ("State", false),
        ("Errors", true),
        ("Warnings", true),
        ("Advice", true),
        ("Words in a sentence", true),
        ("Familiar words in 100", true),
        ("Links in", true),
        ("Links out", true),
    ]);
    let others: Vec<&String> = report.languages.iter().skip(1).collect();
    names.extend(others.iter().map(|tag| (format!("Version: {tag}"), false)));
    let rows: Vec<String> = report
        .pages
        .iter()
        .map(|page| {
            let reading = page.reading;
            let state = match page.turn {
                Turn::Overdue(_) => "<td class=\"bad\">overdue</td>".to_owned(),
                turn => words(turn.name()),
            };
            let mut row = heading(page)
                + &words(&page.owner)
                + &day(page.checked)
                + &day(page.turn.day())
                + &state
                + &number(page.found.errors)
                + &number(page.found.warnings)
                + &number(page.found.advice)
                + &number(reading.map(|now| format!("{:.1}", now.mean)).unwrap_or_default())
                + &number(reading.map(|now| now.familiar.to_string()).unwrap_or_default())
                + &number(page.links_in)
                + &number(page.links_out);
            for language in &others {
                let version = page.versions.iter().find(|(known, _)| known == *language);
                row += &words(version.map_or("", |(_, version)| version.name()));
            }
            row
        })
        .collect();
    "<p id=\"said\" class=\"quiet\" role=\"status\">The pages are in the order of their \
     addresses.</p>\n"
        .to_owned()
        + &sorted("pages", "Each page of the site", &names, &rows)
}
