//! Look-ups: the team for a postcode.
//!
//! The longest beginning that fits decides. What decides whether the reader lives
//! in the area at all is not the postcode but the council they pay, so that is asked
//! first.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{KindEntry, Own, Seen, Shown};
use crate::{
    model::reach::{for_script, pieces},
    parse::{Fields, Placed, postcode, walk::Run},
    rule,
    text::slug,
};

/// The team for a postcode.
pub static LOOK_UP: KindEntry = KindEntry::written(
    "look-up",
    "From a postcode to a team (a `.yaml` file).",
    include_str!("starter.yaml"),
)
.names("see Postcode look-up")
.shown_by("look-up.html")
.record()
.script("look-up-page")
.read(|fields| Box::new(LookUp::read(fields)));

/// The front matter of a look-up.
#[derive(Debug, Default)]
pub struct LookUp {
    /// What is asked first, or empty.
    pub ask: Placed<String>,
    /// The answers that lead on.
    pub councils: Vec<String>,
    /// What everybody else is told.
    pub elsewhere: Placed<String>,
    /// The beginnings of postcodes and who answers for them, in the order of the file.
    pub rows: Vec<Row>,
    /// Postcodes and the teams they must lead to.
    pub examples: Vec<(Placed<String>, Placed<String>)>,
}

/// The beginning of a postcode and its team.
#[derive(Debug)]
pub struct Row {
    /// As written: `NG23 5`.
    pub written: Placed<String>,
    /// As compared: `NG235`.
    pub prefix: String,
    /// The id of a contact.
    pub team: Placed<String>,
}

impl Own for LookUp {
    fn contacts(&self) -> Vec<(&Placed<String>, &'static str)> {
        self.rows.iter().map(|row| (&row.team, "answers for a postcode")).collect()
    }

    fn words(&self) -> Vec<(Run, &Placed<String>)> {
        vec![(Run::Paragraph, &self.ask), (Run::Paragraph, &self.elsewhere)]
    }

    /// `look_up`: what to `ask` first, the `councils` that lead on and what is said `elsewhere`,
    /// or empty; the `rows` of the table with `prefix`, `id`, `team` and `name`; the `teams` as
    /// contacts; `data` for the script.
    fn shown(&self, seen: &dyn Seen) -> Shown {
        let teams = self.rows.iter().map(|row| row.team.value.as_str());
        let teams: BTreeMap<&str, Value> =
            teams.filter_map(|team| Some((team, seen.contact(team)?))).collect();
        let name = |team: &str| teams.get(team).and_then(|team| team["name"].as_str());
        let mut done = BTreeSet::new();
        // A check says which are there twice.
        let mut rows: Vec<&Row> =
            self.rows.iter().filter(|row| done.insert(row.prefix.as_str())).collect();
        rows.sort_by_cached_key(|row| in_reading_order(&row.shown()));
        let rows = rows.iter().map(|row| {
            let (prefix, team) = (row.shown(), row.team.value.as_str());
            let name = name(team).unwrap_or_default();
            json!({"id": slug(&prefix), "prefix": prefix, "team": team, "name": name})
        });
        let known: Shown =
            self.rows.iter().map(|row| (row.prefix.clone(), json!(row.team.value))).collect();
        let ask = seen.filled(&self.ask);
        let data = json!({
            "ask": pieces(&ask),
            "councils": self.councils,
            "none": seen.word("look_up_none"),
            "teams": known,
        });
        let rows: Vec<Value> = rows.collect();
        let mut teams: Vec<Value> = teams.into_values().collect();
        teams.sort_by_cached_key(|team| team["name"].as_str().map(str::to_lowercase));
        let look_up = json!({
            "ask": ask,
            "councils": self.councils,
            "elsewhere": seen.filled(&self.elsewhere),
            "rows": rows,
            "teams": teams,
            "data": for_script(&data),
        });
        Shown::from_iter([("look_up".to_owned(), look_up)])
    }
}

impl LookUp {
    fn read(fields: &mut Fields<'_>) -> Self {
        let mut look_up = Self {
            ask: fields.said("ask first"),
            councils: fields.all_words_of("if none of"),
            elsewhere: fields.said("then"),
            ..Self::default()
        };
        let needed = [
            ("if none of", look_up.councils.is_empty(), "[Boston, East Lindsey]"),
            (
                "then",
                look_up.elsewhere.is_empty(),
                "Call us and we will help you find your council.",
            ),
        ];
        for (name, is_empty, example) in needed {
            if is_empty && !look_up.ask.is_empty() && !fields.has(name) {
                let message = format!("there is a question to ask first, and `{name}` is missing");
                let hint = format!("add a line: `{name}: {example}`");
                fields.wrong(&rule::LOOK_UP, fields.start(), message, hint);
            }
        }
        let teams = fields.map("teams");
        if teams.is_none() {
            let hint = "add `teams:` and below it `NG23 5: grantham`";
            fields.wrong(&rule::LOOK_UP, fields.start(), "`teams` is missing", hint);
        }
        for (written, team) in pairs(fields, teams) {
            match postcode::read(&written.value) {
                Ok(prefix) => look_up.rows.push(Row { written, prefix, team }),
                Err(why) => {
                    let message =
                        format!("“{}” is not the beginning of a postcode: {why}", written.value);
                    let hint = "write it like this: NG23 5";
                    fields.wrong(&rule::LOOK_UP, written.span, message, hint);
                }
            }
        }
        let examples = fields.map("examples");
        look_up.examples = pairs(fields, examples);
        look_up
    }

    /// The row for a postcode: the one whose beginning is the longest that fits.
    pub fn find(&self, postcode: &str) -> Option<&Row> {
        let postcode = postcode::read(postcode).ok()?;
        let fits = self.rows.iter().filter(|row| postcode.starts_with(&row.prefix));
        fits.max_by_key(|row| row.prefix.len())
    }
}

impl Row {
    /// As readers see it: `NG23 5`.
    fn shown(&self) -> String {
        self.written.value.trim().to_uppercase()
    }
}

/// Letters and numbers as people look them up: NG2 before NG10.
fn in_reading_order(prefix: &str) -> Vec<(String, u32)> {
    let mut parts: Vec<(String, u32)> = Vec::new();
    for c in prefix.chars() {
        match (c.to_digit(10), parts.last_mut()) {
            (Some(digit), Some((_, number))) => *number = number.saturating_mul(10) + digit,
            (Some(digit), None) => parts.push((String::new(), digit)),
            (None, Some((letters, 0))) => letters.push(c),
            (None, _) => parts.push((c.to_string(), 0)),
        }
    }
    parts
}

/// Each name of a map with its one value.
fn pairs<'a>(
    fields: &mut Fields<'a>,
    map: Option<Fields<'a>>,
) -> Vec<(Placed<String>, Placed<String>)> {
    let Some(mut map) = map else { return Vec::new() };
    let all = map.every_list();
    fields.absorb(map);
    all.into_iter().filter_map(|(name, value)| Some((name, value.into_iter().next()?))).collect()
}
