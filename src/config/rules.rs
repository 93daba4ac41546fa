//! `[rules]`: what is asked of every page, and which rules are switched off, are only
//! warnings, or are errors, for the site or for some of its files. What has no fixed names
//! is read from a table of `toml`.

use serde::Deserialize;

use super::Places;
use crate::{
    diagnostic::{
        Diagnostic,
        policy::{Level, RuleSetting},
    },
    rule,
};

/// What is asked of every page. All are off for a folder of plain Markdown.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(from = "toml::Table")]
pub struct Rules {
    /// Each page names an owner.
    pub owner: bool,
    /// Each page says when it was checked and when it will be checked again.
    pub review_dates: bool,
    /// The pages `privacy`, `accessibility`, `complaints` and `contact` exist.
    pub reserved_roles: bool,
    /// Each page belongs to one of the stages decide, set up, manage.
    pub stages: bool,
    /// Words are spelled as in Britain.
    pub british_spelling: bool,
    /// Days after its date for which a page that was due to be checked is only
    /// a warning. After that it is an error. Absent: always a warning.
    pub overdue_days: Option<u32>,
    /// What is said of rules: `acronym = "off"`, `"news/*" = { acronym = "off" }`.
    pub settings: Vec<RuleSetting>,
    /// What cannot stand where it does: its name among the settings, and what to write.
    wrong: Vec<(String, &'static str)>,
}

/// What is off until it is asked for, and the code of its rule.
pub const ASKED: [(&str, &str); 5] = [
    ("owner", "owner"),
    ("review-dates", "review-dates"),
    ("reserved-roles", "reserved-roles"),
    ("stages", "stage"),
    ("british-spelling", "british-spelling"),
];

/// The name of [`Rules::overdue_days`].
pub const OVERDUE: &str = "overdue-days";

const LEVELS: &str = "write `\"off\"`, `\"advice\"`, `\"warning\"` or `\"error\"`";

impl From<toml::Table> for Rules {
    fn from(table: toml::Table) -> Self {
        let mut rules = Self::default();
        for (key, value) in table {
            let name = format!("rules.{key}");
            match (key.as_str(), &value) {
                (OVERDUE, value) => match value.as_integer().map(u32::try_from) {
                    Some(Ok(days)) => rules.overdue_days = Some(days),
                    _ => rules.wrong.push((name, "write a whole number, without quotes: `5`")),
                },
                (_, toml::Value::Table(inner)) => {
                    for (code, value) in inner {
                        let name = format!("{name}.{code}");
                        rules.set(code, &key, value, name, LEVELS);
                    }
                }
                (key, value) => {
                    let asked = ASKED.iter().find(|(name, _)| *name == key);
                    let hint = asked.map_or(LEVELS, |_| "write `true` or `false`, without quotes");
                    let code = asked.map_or(key, |(_, code)| code);
                    let Some(level) = rules.set(code, "", value, name, hint) else { continue };
                    let is_on = level != Level::Off;
                    match key {
                        "owner" => rules.owner = is_on,
                        "review-dates" => rules.review_dates = is_on,
                        "reserved-roles" => rules.reserved_roles = is_on,
                        "stages" => rules.stages = is_on,
                        "british-spelling" => rules.british_spelling = is_on,
                        _ => {}
                    }
                }
            }
        }
        rules
    }
}

impl Rules {
    fn set(
        &mut self,
        code: &str,
        files: &str,
        value: &toml::Value,
        name: String,
        hint: &'static str,
    ) -> Option<Level> {
        let level = match value {
            toml::Value::Boolean(true) => Some(Level::On),
            toml::Value::Boolean(false) => Some(Level::Off),
            toml::Value::String(word) => Level::named(word),
            _ => None,
        };
        match level {
            Some(level) => {
                let (code, files) = (code.to_owned(), files.to_owned());
                self.settings.push(RuleSetting { code, files, level, name });
            }
            None => self.wrong.push((name, hint)),
        }
        level
    }

    /// What cannot stand where it does.
    pub(super) fn problems(&self, places: &Places, text: &str) -> Vec<Diagnostic> {
        let problem = |(name, hint): &(String, &'static str)| {
            let span = places.of(name);
            let words = text.get(span.start..span.end).unwrap_or_default();
            let words = words.rsplit_once('=').map_or(words, |(_, value)| value);
            let message = format!("“{}” cannot stand here", words.trim().trim_matches('"'));
            Diagnostic::error(&rule::SETTINGS, span, message).hint(*hint)
        };
        self.wrong.iter().map(problem).collect()
    }
}
