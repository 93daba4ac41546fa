//! `plainsite init`: a small site to start from.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use super::new::say;
use crate::{diagnostic::Error, starters::init, text::Date};

/// Make a starter site
#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// A new or an empty folder
    dir: PathBuf,
}

pub(super) fn run(args: &InitArgs) -> Result<ExitCode, Error> {
    say(&init(&args.dir, Date::today())?)
}
