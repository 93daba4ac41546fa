//! `plainsite new`: one starter page more.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use super::starters;
use crate::{diagnostic::Error, text::Date};

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
    starters::new_page(&args.root, &args.kind, &args.path, Date::today())?.say()
}
