//! `plainsite review`: whose turn it is to read which page again.
//!
//! As a list by owner, a table, a calendar file (iCalendar, RFC 5545) for Outlook, Thunderbird
//! and the like, or emails that are ready to be sent.

use std::{collections::BTreeMap, fmt::Write as _, path::PathBuf, process::ExitCode};

use clap::{Args, ValueEnum};

use super::{
    site::{day, for_staff, read},
    speak::{result, tell},
};
use crate::{
    Examined,
    config::Config,
    diagnostic::Error,
    model::{Page, Site, Status},
    text::{Date, address::encoded_value, wording::counted},
};

/// List the pages that somebody should read again, by who looks after them
#[derive(Debug, Args)]
#[command(
    after_help = "A start:\n  plainsite review\n  plainsite review --owner money-team --days 90\n  plainsite review --format ics > reviews.ics\n  plainsite review --format email"
)]
pub(super) struct ReviewArgs {
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// How many days to look ahead
    #[arg(long, value_name = "N", default_value_t = 30)]
    days: u32,
    /// Only the pages of one owner: an id from contacts.yaml
    #[arg(long, value_name = "ID")]
    owner: Option<String>,
    /// text: a list by owner; csv: a table; ics: a calendar file; email: a letter to each owner
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// Take another day than today, for trying things out
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Date>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    Text,
    Csv,
    Ics,
    Email,
}

/// A page that is due.
#[derive(Debug)]
struct Turn<'a> {
    /// When; nothing for a page that never says so.
    due: Option<Date>,
    page: &'a Page,
    /// The id of its owner, or empty.
    owner: &'a str,
    line: usize,
}

pub(super) fn run(args: &ReviewArgs) -> Result<ExitCode, Error> {
    let today = args.today.unwrap_or_else(Date::today);
    let (settings, Examined { site, .. }) = read(&args.root, for_staff(today))?;
    let contacts = &site.data.contacts;
    if let Some(owner) = args.owner.as_deref().filter(|id| !contacts.contains_key(*id)) {
        let known: Vec<&str> = contacts.keys().map(String::as_str).collect();
        let message =
            format!("“{owner}” is not the id of a contact; write one of: {}", known.join(", "));
        return Err(Error::Usage(message));
    }
    let last = today.plus_days(args.days);
    let mut all = turns(&site);
    all.retain(|turn| turn.due.is_none_or(|due| due <= last));
    all.retain(|turn| args.owner.as_deref().is_none_or(|owner| turn.owner == owner));
    all.sort_by(|a, b| {
        (a.due.is_none(), a.due, a.page.url.as_str()).cmp(&(
            b.due.is_none(),
            b.due,
            b.page.url.as_str(),
        ))
    });
    match args.format {
        Form::Text => result(&by_owner(&all, &site, today))?,
        Form::Csv => result(&table(&all, &site, &settings.config, today))?,
        Form::Ics => result(&calendar(&all, &site, &settings.config, today))?,
        Form::Email => result(&emails(&all, &site, &settings.config, today))?,
    }
    let overdue = all.iter().filter(|turn| turn.due.is_some_and(|due| due < today)).count();
    let soon = all.iter().filter(|turn| turn.due.is_some_and(|due| due >= today)).count();
    let never = all.len() - overdue - soon;
    tell!(
        "{} overdue, {} due in the next {} days, {} without a day. Whoever has read a page writes `checked: {}` at its top.",
        counted(overdue, "page is", "pages are"),
        soon,
        args.days,
        never,
        today.in_english()
    );
    Ok(ExitCode::SUCCESS)
}

/// Every page that somebody wrote and that readers have, with when it is due.
fn turns(site: &Site) -> Vec<Turn<'_>> {
    let written = site.pages.iter().filter(|page| {
        !page.made && page.front.status == Status::Published && page.kind.service().is_none()
            || page.kind.service().is_some() && !page.made
    });
    let turn = |page: &'_ Page| {
        let due = page.front.check_again.as_ref();
        let place = due.map_or(0, |due| due.span.start);
        let line = page.source().position(place).line;
        (due.map(|due| due.value), line)
    };
    let turns = written.map(|page| {
        let (due, line) = turn(page);
        let owner = site.owner_of(page);
        Turn { due, page, owner: owner.map_or("", |owner| owner.value.as_str()), line }
    });
    // Pages such as the search have no words of their own, and nobody misses their day.
    let has_words = |page: &Page| !page.text.document.blocks.is_empty();
    let is_asked = |turn: &Turn<'_>| {
        turn.due.is_some() || turn.page.front.checked.is_some() || has_words(turn.page)
    };
    turns.filter(is_asked).collect()
}

/// What an owner is called.
fn called(site: &Site, owner: &str) -> String {
    if owner.is_empty() {
        return "Nobody looks after these".to_owned();
    }
    site.data.contacts.get(owner).map_or_else(|| owner.to_owned(), |contact| contact.name.clone())
}

fn when(due: Option<Date>, today: Date) -> String {
    match due {
        None => "no day is set".to_owned(),
        Some(due) if due < today => format!("overdue since {}", due.in_english()),
        Some(due) => format!("due on {}", due.in_english()),
    }
}

fn grouped<'t, 'a>(all: &'t [Turn<'a>]) -> BTreeMap<&'a str, Vec<&'t Turn<'a>>> {
    let mut owners: BTreeMap<&str, Vec<&Turn<'_>>> = BTreeMap::new();
    for turn in all {
        owners.entry(turn.owner).or_default().push(turn);
    }
    owners
}

fn by_owner(all: &[Turn<'_>], site: &Site, today: Date) -> String {
    let mut out = String::new();
    for (owner, turns) in grouped(all) {
        let id = if owner.is_empty() { String::new() } else { format!(" ({owner})") };
        _ = writeln!(out, "{}{id}: {}", called(site, owner), counted(turns.len(), "page", "pages"));
        for turn in turns {
            let source = turn.page.source();
            _ = writeln!(
                out,
                "  {}:{}: {}: {}",
                source.path,
                turn.line,
                turn.page.title,
                when(turn.due, today)
            );
        }
    }
    out
}

/// A cell of a table. What a spreadsheet would take for a formula has `'` before it.
fn cell(text: &str) -> String {
    let start = if text.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
    format!("\"{start}{}\"", text.replace('"', "\"\""))
}

fn table(all: &[Turn<'_>], site: &Site, config: &Config, today: Date) -> String {
    let mut out = String::from("page,address,file,owner,owner name,due,state\r\n");
    for turn in all {
        let state = match turn.due {
            None => "no day",
            Some(due) if due < today => "overdue",
            Some(_) => "due",
        };
        let due = turn.due.map(|due| due.to_string()).unwrap_or_default();
        let cells = [
            turn.page.title.as_str(),
            &address(turn.page, config),
            &turn.page.source().path,
            turn.owner,
            &if turn.owner.is_empty() { String::new() } else { called(site, turn.owner) },
            &due,
            state,
        ];
        let cells: Vec<String> = cells.iter().map(|text| cell(text)).collect();
        out += &format!("{}\r\n", cells.join(","));
    }
    out
}

/// The address of a page on the web, or below the root where nobody said where that is.
fn address(page: &Page, config: &Config) -> String {
    let base = config.base.trim_end_matches('/');
    format!("{base}{}", page.url.as_str())
}

/// A calendar with a whole day for each page that has one. What is overdue stands on the day
/// on which it was due.
fn calendar(all: &[Turn<'_>], site: &Site, config: &Config, today: Date) -> String {
    let mut out = String::new();
    let mut line = |name: &str, value: &str| folded(&mut out, &format!("{name}:{value}"));
    line("BEGIN", "VCALENDAR");
    line("VERSION", "2.0");
    line("PRODID", "-//Plainsite//review//EN");
    line("CALSCALE", "GREGORIAN");
    line("METHOD", "PUBLISH");
    let host = config.base.split("://").nth(1).and_then(|rest| rest.split('/').next());
    let host = host.filter(|host| !host.is_empty()).unwrap_or("plainsite.invalid");
    let compact = |day: Date| day.to_string().replace('-', "");
    for turn in all {
        let Some(due) = turn.due else { continue };
        let address = address(turn.page, config);
        let owner = called(site, turn.owner);
        line("BEGIN", "VEVENT");
        // The same page has the same name next time, so that its entry moves and is not doubled.
        line("UID", &format!("review{}@{host}", turn.page.url.as_str().replace('/', "-")));
        line("DTSTAMP", &format!("{}T000000Z", compact(today)));
        line("DTSTART;VALUE=DATE", &compact(due));
        line("DTEND;VALUE=DATE", &compact(due.plus_days(1)));
        line("SUMMARY", &escaped(&format!("Read again: {}", turn.page.title)));
        let words = format!(
            "{owner}: read all of {address} and write “checked: (the day)” at the top of {}.",
            turn.page.source().path
        );
        line("DESCRIPTION", &escaped(&words));
        line("CATEGORIES", &escaped(&owner));
        if address.starts_with("http") {
            line("URL", &address);
        }
        line("TRANSP", "TRANSPARENT");
        line("END", "VEVENT");
    }
    line("END", "VCALENDAR");
    out
}

/// Text in which nothing ends the value. Source: RFC 5545, 3.3.11.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,");
    text.replace("\r\n", "\\n").replace(['\n', '\r'], "\\n")
}

/// Adds a line in pieces of at most 75 bytes. Source: RFC 5545, 3.1.
fn folded(out: &mut String, line: &str) {
    let mut length = 0;
    for c in line.chars().filter(|c| !c.is_control()) {
        if length + c.len_utf8() > 75 {
            out.push_str("\r\n ");
            length = 1;
        }
        out.push(c);
        length += c.len_utf8();
    }
    out.push_str("\r\n");
}

/// The longest address that every email program opens, in bytes. Source: the limit of Windows
/// for what one program hands to another, 2,048, less some.
const LONGEST_LINK: usize = 1_900;

/// An email to each owner, to copy, with a link that opens it in an email program.
fn emails(all: &[Turn<'_>], site: &Site, config: &Config, today: Date) -> String {
    let mut out = String::new();
    for (owner, turns) in grouped(all) {
        if owner.is_empty() {
            continue;
        }
        let contact = site.data.contacts.get(owner);
        let to = contact.and_then(|contact| contact.emails.first()).map(|email| &email.address);
        let to = to.map_or("", |to| to.value.as_str());
        let subject = format!("{} to read again", counted(turns.len(), "page", "pages"));
        let mut body = format!(
            "Dear {}\n\nPlease read these pages, all of each, and tell us what has changed:\n\n",
            called(site, owner)
        );
        for turn in turns {
            _ = writeln!(
                body,
                "- {} ({})\n  {}",
                turn.page.title,
                when(turn.due, today),
                address(turn.page, config)
            );
        }
        body.push_str(
            "\nIf a page is right as it is, tell us that too. Then its date is renewed.\n",
        );
        _ = writeln!(
            out,
            "To: {}",
            if to.is_empty() { "(no email address in contacts.yaml)" } else { to }
        );
        _ = writeln!(out, "Subject: {subject}\n\n{body}");
        let link = format!(
            "mailto:{to}?subject={}&body={}",
            encoded_value(&subject),
            encoded_value(&body.replace('\n', "\r\n"))
        );
        if !to.is_empty() && link.len() <= LONGEST_LINK {
            _ = writeln!(out, "{link}\n");
        }
        out.push_str("--\n");
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_of_a_calendar_are_folded_between_letters() {
        let mut out = String::new();
        folded(&mut out, &format!("SUMMARY:{}", "é".repeat(60)));
        assert!(out.lines().count() == 2 && out.lines().all(|line| line.len() <= 75), "{out}");
        assert_eq!(out.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", "é".repeat(60)));
        assert_eq!(escaped("a, b; c\\d\ne"), "a\\, b\\; c\\\\d\\ne");
    }
}
