//! `review-dates`: pages that do not say when they were checked, and when they
//! will be checked again.

use super::{Check, Looks, Marks, Rule, Subject};
use crate::model::Page;

pub(super) const CHECK: Check =
    Rule::error("review-dates", Looks::Pages, include_str!("review_dates.md"))
        .asked_by("review-dates")
        .on_written(run);

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    let world = subject.world;
    let front = &page.front;
    if world.config.rules.review_dates {
        // A date that cannot be read, and one that an entry needs in any case,
        // are reported where they are read.
        let is_entry = page.kind.service().is_some();
        let is_missing = |name| !subject.text.document.fields().has(name);
        if front.checked.is_none()
            && !is_entry
            && front.source_date.is_none()
            && is_missing("checked")
        {
            let today = world.today.in_english();
            marks
                .push(subject.front("checked"), "nothing says when this page was checked")
                .hint(format!("read all of it, and add a line: `checked: {today}`"));
        }
        let is_told = is_entry && is_missing("checked") || front.source_date.is_some();
        if front.check_again.is_none() && is_missing("check again") && !is_told {
            marks
                .push(subject.front("check again"), "nothing says when to check this page again")
                .hint("add a line: `check again: every 12 months`");
        }
    }
    if let Some(checked) = front.checked.as_ref().filter(|day| day.value > world.today) {
        let day = checked.value.in_english();
        let hint = "write the day on which someone last read the whole page";
        marks.push(checked.span, format!("{day} is still to come")).hint(hint);
    }
}
