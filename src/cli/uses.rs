//! `plainsite uses`: where something is used. The places go to standard output, what that
//! touches to people.

use std::{collections::BTreeSet, path::PathBuf, process::ExitCode};

use clap::Args;

use super::{
    site::{for_staff, read},
    speak::{result, tell},
};
use crate::{
    Examined,
    diagnostic::Error,
    text::{Date, nearest},
    uses,
};

/// List where a contact, fact, snippet, organisation or entry is used
#[derive(Debug, Args)]
pub(super) struct UsesArgs {
    /// Its id, such as money-team, “receipt limit” or tell-us
    name: String,
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
}

pub(super) fn run(args: &UsesArgs) -> Result<ExitCode, Error> {
    let (settings, Examined { site, .. }) = read(&args.root, for_staff(Date::today()))?;
    let name = args.name.trim().trim_matches(['(', ')']);
    let Some(found) = uses::uses(&site, &settings, name) else {
        let hint = match nearest(name, uses::known(&site)) {
            Some(meant) => format!("did you mean {meant}?"),
            None => "give an id from _data, the name of a snippet or of an entry".into(),
        };
        return Err(Error::Usage(format!("nothing is called “{name}”; {hint}")));
    };
    for place in &found.places {
        let through = match place.through.as_str() {
            "" => String::new(),
            snippet => format!(" ({snippet})"),
        };
        let line = place.place.line;
        result(&format!("{}:{line}: {}{through}\n", place.path, place.how))?;
    }
    let files: BTreeSet<&str> = found.places.iter().map(|place| place.path.as_str()).collect();
    let what = found.thing.name();
    match files.len() {
        0 => tell!("The {what} {name} is used nowhere."),
        1 => tell!("The {what} {name} is used in 1 file. One edit changes it there."),
        files => {
            tell!("The {what} {name} is used in {files} files. One edit changes them all.")
        }
    }
    if found.by_default > 0 {
        tell!("{} more pages show it because site.toml says so.", found.by_default);
    }
    Ok(ExitCode::SUCCESS)
}
