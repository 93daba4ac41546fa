//! `bank-holidays.yaml`: bank holidays that the program does not have.

use crate::{
    parse::Fields,
    rule,
    text::{Date, Nation, Span, date::HOW_TO_WRITE, did_you_mean},
};

/// A bank holiday.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own {
    /// The day.
    pub day: Date,
    /// Whose it is; none for the nation of the site.
    pub nation: Option<Nation>,
}

/// Reads every day, `5 June 2029: A day for the King`, and those below a nation.
pub(super) fn read(all: &mut Fields<'_>) -> Vec<Own> {
    let mut found = Vec::new();
    for (name, value) in all.every() {
        if let Some(nation) = Nation::ALL.into_iter().find(|nation| nation.name() == name.value) {
            let mut days = all.part(value);
            for (day, name) in days.every() {
                found.extend(own(&mut days, &day.value, day.span, name, Some(nation)));
            }
            all.absorb(days);
            continue;
        }
        found.extend(own(all, &name.value, name.span, value, None));
    }
    found
}

/// A day with its name, which is for those who look after the file.
fn own(
    fields: &mut Fields<'_>,
    day: &str,
    span: Span,
    name: Span,
    nation: Option<Nation>,
) -> Option<Own> {
    let Some(read) = fields.values().day(day) else {
        let nations = Nation::ALL.map(Nation::name);
        let message = format!("“{day}” is not a day");
        let hint = did_you_mean(day, nations, HOW_TO_WRITE);
        fields.wrong(&rule::DATA, span, message, hint);
        return None;
    };
    if fields.at(name).trim().is_empty() {
        let message = format!("nothing says what {day} is");
        fields.wrong(&rule::DATA, span, message, format!("write `{day}: Christmas Day`"));
    }
    Some(Own { day: read, nation })
}
