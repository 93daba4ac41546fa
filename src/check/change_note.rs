//! `change-note`: notes of what changed that name no part of the page, a day that is still to
//! come, or a number or a name that the page does not have.

use super::{Check, Looks, Marks, Rule, Subject};
use crate::{
    model::{Page, RecordData, value::Value},
    rule::Severity,
    text::{Date, date::Months, nearest},
};

pub(super) const CHECK: Check =
    Rule::error("change-note", Looks::Pages, include_str!("change_note.md")).on_written(run);

/// Numbers and names in the newest note that stand nowhere on the page: the note tells of
/// something that the page does not say.
fn unsaid(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    let world = subject.world;
    let Some(change) = page.front.changes.first().filter(|change| !change.note.is_empty()) else {
        return;
    };
    let mut said = subject.prose.text.clone();
    for used in &subject.prose.values {
        match world.site.value(used.name, page, world.config) {
            Some(Value::Fact(fact)) => said.extend([" ", &fact.value]),
            Some(Value::Phone(phone)) => said.extend([" ", &phone.number]),
            Some(Value::Email(words) | Value::Words(words)) => said.extend([" ", words]),
            Some(Value::Snippet(snippet)) => said.extend([" ", &snippet.document.source.text]),
            _ => {}
        }
    }
    let contacts = world.site.data.contacts.values().map(|contact| contact.name.as_str());
    let small = format!("{said} {}", page.title).to_lowercase();
    let months = world.site.languages.months();
    let numbers = numbers(&change.note, months);
    let on_page = self::numbers(&said, months);
    let names = names(&change.note);
    let is_said = |name: &&str| {
        small.contains(&name.to_lowercase())
            || contacts.clone().any(|contact| contact.contains(*name))
    };
    // One that was changed from, or renamed, is not there any more.
    let has_number = numbers.is_empty() || numbers.iter().any(|one| on_page.contains(one));
    let has_name = names.is_empty() || names.iter().any(is_said);
    let lost = numbers.first().filter(|_| !has_number);
    let lost = lost.or(names.first().filter(|_| !has_name));
    if let Some(lost) = lost {
        let message = format!("the newest note says “{lost}”, which stands nowhere on this page");
        let hint = "put it on the page, or say in the note what the page says now";
        let found = marks.push(subject.front("changes"), message);
        found.hint(hint).severity(Severity::Warning);
    }
}

/// The numbers in a text, but for those of dates and years: `£10`, `21`.
fn numbers<'a>(text: &'a str, months: &Months) -> Vec<&'a str> {
    let is_end = |c: char| !(c.is_alphanumeric() || matches!(c, '£' | '.' | ',' | '%' | ':'));
    let words: Vec<&str> = text
        .split(is_end)
        .map(|word| word.trim_matches(['.', ',', ':']))
        .filter(|word| !word.is_empty())
        .collect();
    let is_month = |word: &str| Date::read(&format!("1 {word} 2000"), months).is_some();
    let is_of_date = |at: usize| {
        let is_year =
            words[at].len() == 4 && (words[at].starts_with("19") || words[at].starts_with("20"));
        is_year || words.get(at + 1).is_some_and(|next| is_month(next))
    };
    let is_number =
        |word: &str| word.trim_start_matches('£').starts_with(|c: char| c.is_ascii_digit());
    let all = words.iter().enumerate().filter(|(at, word)| is_number(word) && !is_of_date(*at));
    all.map(|(_, word)| *word).collect()
}

/// Two or more words with capitals, one after the other: `Memory Support Service`.
fn names(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut open: Option<(usize, usize, usize)> = None;
    let mut at = 0;
    let mut close = |open: &mut Option<(usize, usize, usize)>| {
        if let Some((start, end, words)) = open.take()
            && words > 1
        {
            all.push(&text[start..end]);
        }
    };
    for word in text.split_inclusive(' ') {
        let bare = word.trim_end().trim_end_matches(['.', ',', ';', ':', ')', '”']);
        let is_capital = bare.starts_with(char::is_uppercase) && bare.len() > 1;
        if is_capital {
            let (start, _, words) = open.unwrap_or((at, at, 0));
            open = Some((start, at + bare.len(), words + 1));
        }
        if !is_capital || bare.len() < word.trim_end().len() {
            close(&mut open);
        }
        at += word.len();
    }
    close(&mut open);
    all
}

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    unsaid(subject, page, marks);
    let today = subject.world.today;
    for change in &page.front.changes {
        if change.date > today {
            let day = change.date.in_english();
            let message =
                format!("the note “{}” is from {day}, which is still to come", change.note);
            let hint = format!("write the day of the change: `date: {}`", today.in_english());
            marks.push(subject.front("changes"), message).hint(hint);
        }
        let Some(section) = &change.section else { continue };
        let is_it = |name: &str| name.trim().eq_ignore_ascii_case(section.value.trim());
        let headings =
            || subject.text.document.headings.iter().map(|heading| heading.text.as_str());
        let items = subject.text.records.values().flat_map(|record| match record {
            RecordData::Buy(items) => &items[..],
            _ => &[],
        });
        let mut items = items.map(|item| item.item.value.as_str());
        if !headings().any(is_it) && !items.any(is_it) {
            let message = format!("“{}” is not a heading on this page", section.value);
            let hint = match nearest(&section.value, headings()) {
                Some(meant) => format!("did you mean `section: {meant}`?"),
                None => "copy the words of a heading, or take the line out".to_owned(),
            };
            marks.push(section.span, message).hint(hint);
        }
    }
}
