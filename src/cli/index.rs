//! `plainsite index`: a search for a folder of HTML that any program made.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use super::speak::{megabytes, print_findings, tell};
use crate::{
    diagnostic::{Error, Format},
    folder::search::search,
    output::search::FOLDER,
    write,
};

/// Make a search for any folder of HTML, in its folder `search`
#[derive(Debug, Args)]
pub(super) struct IndexArgs {
    /// The folder, as any program made it
    dir: PathBuf,
    /// Make a search that works from a folder, without a server
    #[arg(long)]
    portable: bool,
    /// How to print what was found
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

pub(super) fn run(args: &IndexArgs) -> Result<ExitCode, Error> {
    let made = search(&args.dir, args.portable)?;
    print_findings(&made.findings, args.format)?;
    let size = write::refresh(&made.files, &args.dir, FOLDER)?;
    let place = args.dir.join(FOLDER);
    tell!(
        "{} pages can be found. The search ({}) is in {}.",
        made.pages,
        megabytes(size),
        place.display()
    );
    Ok(ExitCode::SUCCESS)
}
