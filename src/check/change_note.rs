//! `change-note`: notes of what changed that name no part of the page, or a day
//! that is still to come.

use super::{Check, Looks, Marks, Rule, Subject};
use crate::{
    model::{Page, RecordData},
    text::nearest,
};

pub(super) const CHECK: Check =
    Rule::error("change-note", Looks::Pages, include_str!("change_note.md")).on_written(run);

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
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
