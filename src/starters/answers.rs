//! What a new site is told about its organisation, and what is wrong with an answer.

use super::quoted;
use crate::{
    config,
    load::built_in,
    model::data::is_email,
    parse::phone,
    text::{Nation, slug},
};

/// What a new site says of itself. By default it is that of a council that does not exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// Who publishes it.
    pub organisation: String,
    /// What the site is called.
    pub title: String,
    /// Where it will be, or empty.
    pub address: String,
    /// Its languages.
    pub languages: Vec<String>,
    /// Who people can ask.
    pub contact: Reachable,
    /// Whose bank holidays and regulator it has.
    pub nation: Nation,
}

/// A team with what it is reached by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reachable {
    /// What it is called.
    pub name: String,
    /// Its phone number, or empty.
    pub phone: String,
    /// Its email address, or empty.
    pub email: String,
}

/// The team of a site for which nobody named one.
const TEAM: &str = "customer-services";

impl Default for Answers {
    fn default() -> Self {
        let organisation = "Exampleton Council".to_owned();
        Self {
            title: title_for(&organisation),
            organisation,
            address: String::new(),
            languages: vec!["en".into()],
            contact: Reachable::default(),
            nation: Nation::default(),
        }
    }
}

impl Default for Reachable {
    fn default() -> Self {
        Self {
            name: "Customer services".into(),
            phone: "0306 999 0100".into(),
            email: "hello@exampleton.example".into(),
        }
    }
}

/// What the site of an organisation is called.
pub fn title_for(organisation: &str) -> String {
    format!("Help from {organisation}")
}

/// A name, as it can stand in every file.
///
/// # Errors
///
/// What is wrong with it.
pub fn name(text: &str) -> Result<String, String> {
    let strange = text.chars().find(|c| c.is_control() || "<>[]{}*_`|\\\"#".contains(*c));
    match strange {
        Some(c) => Err(format!("“{text}” has a “{}” in it; leave that out", c.escape_debug())),
        None if text.trim().is_empty() => Err("nothing is written here; write a name".into()),
        None => Ok(text.trim().to_owned()),
    }
}

/// The address of a site, or nothing where it is not known.
///
/// # Errors
///
/// What is wrong with it.
pub fn address(text: &str) -> Result<String, String> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(String::new());
    }
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let read = config::parse(&format!("base = {}\n", toml_text(&whole)));
    let is_host = whole.split("://").nth(1).is_some_and(|host| host.contains('.'));
    if read.problems.is_empty() && is_host {
        return Ok(read.config.base);
    }
    Err(format!("“{text}” is not the address of a site; write it like this: www.example.org"))
}

/// The languages of a site. The starter site is in English, so that is the first.
///
/// # Errors
///
/// Which of them is not known.
pub fn languages(text: &str) -> Result<Vec<String>, String> {
    let mut all = vec!["en".to_owned()];
    for tag in text.split([',', ' ', ';']).filter(|tag| !tag.is_empty()) {
        let tag = tag.to_lowercase();
        if built_in(&format!("words/{tag}.yaml")).is_none() {
            let message = format!("“{tag}” is not a language that the pages have words for");
            return Err(format!("{message}; write en, or en, cy for English and Welsh"));
        }
        if !all.contains(&tag) {
            all.push(tag);
        }
    }
    Ok(all)
}

/// Who people can ask: a name, and a phone number or an email address or both, with commas
/// between.
///
/// # Errors
///
/// What is wrong with it.
pub fn contact(text: &str) -> Result<Reachable, String> {
    let mut found = Reachable { name: String::new(), phone: String::new(), email: String::new() };
    for part in text.split([',', ';']).map(str::trim).filter(|part| !part.is_empty()) {
        if part.contains('@') {
            if !is_email(part) {
                return Err(format!("“{part}” is not an email address"));
            }
            found.email = part.to_owned();
        } else if part.starts_with(|c: char| c.is_ascii_digit() || c == '+' || c == '(') {
            phone::parse(part).map_err(|why| format!("“{part}” {why}"))?;
            found.phone = part.to_owned();
        } else if found.name.is_empty() {
            found.name = name(part)?;
        } else {
            return Err(format!("“{part}” is a second name; write one name"));
        }
    }
    if found.name.is_empty() || found.phone.is_empty() && found.email.is_empty() {
        return Err("write a name, and a phone number or an email address, with commas between: \
                    Adult care team, 0306 999 0100"
            .into());
    }
    Ok(found)
}

/// One of the four nations, by its name.
///
/// # Errors
///
/// Which there are.
pub fn nation(text: &str) -> Result<Nation, String> {
    let wanted = text.trim().to_lowercase();
    let found = Nation::ALL.into_iter().find(|nation| nation.name().to_lowercase() == wanted);
    found.ok_or_else(|| {
        let names: Vec<&str> = Nation::ALL.iter().map(|nation| nation.name()).collect();
        format!("“{text}” is not one of the four; write one of: {}", names.join(", "))
    })
}

/// Words in quotes, for TOML.
fn toml_text(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

impl Answers {
    /// What stands in the starter files in the place of names in braces.
    pub(super) fn values(&self) -> Vec<(&'static str, String)> {
        let Reachable { name, phone, email } = &self.contact;
        let mut reach = String::new();
        if !phone.is_empty() {
            reach +=
                &format!("  phones:\n    - {{label: {}, number: \"{phone}\"}}\n", quoted(name));
        }
        if !email.is_empty() {
            reach += &format!("  emails:\n    - {{address: \"{email}\"}}\n");
        }
        let languages: Vec<String> = self.languages.iter().map(|tag| toml_text(tag)).collect();
        let base = match self.address.as_str() {
            "" => "# Where the site will be published. Take out the # and put your address in.\n\
                   # base = \"https://help.exampleton.example/\"\n"
                .to_owned(),
            address => {
                format!("# Where the site will be published.\nbase = {}\n", toml_text(address))
            }
        };
        let regulator = match self.nation {
            Nation::NorthernIreland => "Northern Ireland",
            Nation::England | Nation::Wales | Nation::Scotland => "England, Wales, Scotland",
        };
        vec![
            ("organisation", self.organisation.clone()),
            ("site title", self.title.clone()),
            ("base", base),
            ("languages", languages.join(", ")),
            ("nation", self.nation.name().to_owned()),
            ("enforcement", regulator.to_owned()),
            ("contact", name.clone()),
            ("how to reach", reach),
        ]
    }

    /// A starter file with the team that people can ask, and how.
    pub(super) fn with_team(&self, text: &str) -> String {
        let mut id = slug(&self.contact.name);
        if matches!(id.as_str(), "" | "complaints-team" | "web-team") {
            id = TEAM.to_owned();
        }
        let text = match self.contact.phone.is_empty() {
            false => text.to_owned(),
            true => text
                .replace(
                    &format!("Call us on (({TEAM} phone))"),
                    &format!("Email us at (({TEAM} email))"),
                )
                .replace(
                    &format!("call us on (({TEAM} phone))"),
                    &format!("email us at (({TEAM} email))"),
                ),
        };
        text.replace(TEAM, &id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_read_as_people_type_it() {
        let team = contact(" Adult care team , 0306 999 0142, care@county.example ");
        let wanted = Reachable {
            name: "Adult care team".into(),
            phone: "0306 999 0142".into(),
            email: "care@county.example".into(),
        };
        assert_eq!(team, Ok(wanted));
        assert_eq!(address("www.county.example").as_deref(), Ok("https://www.county.example/"));
        assert_eq!(address("  ").as_deref(), Ok(""));
        assert_eq!(languages("EN"), Ok(vec!["en".to_owned()]));
        assert_eq!(nation("northern ireland"), Ok(Nation::NorthernIreland));
    }

    #[test]
    fn a_wrong_answer_is_told_with_what_to_write() {
        let said = |text: &str, what: Result<(), String>| {
            let why = what.expect_err("it is wrong");
            assert!(why.contains(text), "{why}");
        };
        said("a phone number or an email", contact("Adult care team").map(drop));
        said("0205 820892", contact("Team, 0205 820892").map(drop));
        said("not an email address", contact("Team, care@county").map(drop));
        said("second name", contact("Team, Others, 0306 999 0142").map(drop));
        said("www.example.org", address("our site").map(drop));
        said("www.example.org", address("county").map(drop));
        said("“xx” is not a language", languages("en, xx").map(drop));
        said("write one of: England, Wales", nation("Britain").map(drop));
        said("leave that out", name("A *bold* council").map(drop));
        said("write a name", name(" ").map(drop));
    }
}
