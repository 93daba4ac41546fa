//! `plainsite new`: one starter page more.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use super::speak::{result, tell};
use crate::{
    diagnostic::Error,
    starters::{Made, new_page},
    text::Date,
};

/// Add a starter page to a site
#[derive(Debug, Args)]
pub(super) struct NewArgs {
    /// What sort of page: guidance, section, letter, easy-read…
    kind: String,
    /// Where it goes, below the folder `content`: manage/records
    path: String,
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
}

pub(super) fn run(args: &NewArgs) -> Result<ExitCode, Error> {
    say(&new_page(&args.root, &args.kind, &args.path, Date::today())?)
}

/// Results on standard output: the files. For people: what to do next.
pub(super) fn say(made: &Made) -> Result<ExitCode, Error> {
    made.files.iter().try_for_each(|file| result(&format!("{file}\n")))?;
    tell!("{}", made.next);
    Ok(ExitCode::SUCCESS)
}
