//! `look-up`: postcodes that lead to the wrong team, or to none.

use std::collections::BTreeMap;

use super::{Check, Marks, Subject, rule};
use crate::{
    model::{Page, kind},
    parse::{Placed, postcode},
    text::did_you_mean,
};

pub(super) const CHECK: Check = rule::LOOK_UP.on_written(run);

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    let Some(look_up) = page.kind.own::<kind::LookUp>() else { return };
    let contacts = &subject.world.site.data.contacts;
    let unknown = |team: &Placed<String>, marks: &mut Marks| {
        if contacts.contains_key(&team.value) {
            return;
        }
        let message = format!("“{}” is not the id of a contact", team.value);
        let otherwise = "write an id from contacts.yaml";
        let hint = did_you_mean(&team.value, contacts.keys().map(String::as_str), otherwise);
        marks.push(team.span, message).hint(hint);
    };
    let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
    for row in &look_up.rows {
        unknown(&row.team, marks);
        if let Some(first) = seen.insert(&row.prefix, &row.written.value) {
            let message = format!("“{}” is the same as “{first}” above", row.written.value);
            let hint = "keep one of them; spaces, capitals, O for 0 and I for 1 do not count";
            marks.push(row.written.span, message).hint(hint);
        }
    }
    for (example, team) in &look_up.examples {
        match (postcode::read(&example.value), look_up.find(&example.value)) {
            (Err(why), _) => {
                let message = format!("“{}” is not a postcode: {why}", example.value);
                marks.push(example.span, message).hint("write it like this: NG23 5AA");
            }
            (Ok(_), None) => {
                let message =
                    format!("“{}” leads to no team, not to “{}”", example.value, team.value);
                let hint = format!("add its beginning under `teams:` with `{}`", team.value);
                marks.push(example.span, message).hint(hint);
            }
            (Ok(_), Some(row)) if row.team.value != team.value => {
                let message = format!(
                    "“{}” leads to “{}” because of “{}”, not to “{}”",
                    example.value, row.team.value, row.written.value, team.value
                );
                let hint = "add a longer beginning under `teams:`, or mend the example";
                marks.push(example.span, message).hint(hint);
            }
            (Ok(_), Some(_)) => {}
        }
    }
}
