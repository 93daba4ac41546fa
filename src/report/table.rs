//! A report as a table for spreadsheets: one row a page, those that are not published last.

use super::{PageReport, SiteReport};
use crate::{
    model::table::safe,
    text::{Date, rows},
};

/// The report as a table.
pub fn table(report: &SiteReport) -> String {
    let mut head = [
        "title",
        "address",
        "file",
        "language",
        "owner",
        "state",
        "checked",
        "check again",
        "errors",
        "warnings",
        "words in a sentence",
        "familiar words in 100",
        "links in",
        "links out",
        "orphan",
        "advice",
    ]
    .map(str::to_owned)
    .to_vec();
    let others = || report.languages.iter().skip(1);
    head.extend(others().map(|language| format!("version: {language}")));
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let row = |page: &PageReport| {
        let reading = page.reading;
        let mut row = vec![
            page.title.clone(),
            if page.link.is_empty() { page.address.clone() } else { page.link.clone() },
            page.file.clone(),
            page.language.clone(),
            page.owner.clone(),
            page.turn.name().to_owned(),
            day(page.checked),
            day(page.turn.day()),
            page.found.errors.to_string(),
            page.found.warnings.to_string(),
            reading.map(|reading| format!("{:.1}", reading.mean)).unwrap_or_default(),
            reading.map(|reading| reading.familiar.to_string()).unwrap_or_default(),
            page.links_in.to_string(),
            page.links_out.to_string(),
            if page.is_orphan { "yes" } else { "" }.to_owned(),
            page.found.advice.to_string(),
        ];
        row.extend(others().map(|language| {
            let version = page.versions.iter().find(|(known, _)| known == language);
            version.map_or_else(String::new, |(_, version)| version.name().to_owned())
        }));
        row
    };
    let width = head.len();
    let left_out = report.left_out.iter().map(|left| {
        let mut row = vec![String::new(); width];
        (row[1], row[2], row[5]) = (left.url.clone(), left.file.clone(), left.why.to_owned());
        row
    });
    let all = report.pages.iter().map(row).chain(left_out);
    let all = all.map(|row| row.iter().map(|cell| safe(cell)).collect());
    rows::write(std::iter::once(head).chain(all))
}
