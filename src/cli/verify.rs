//! `plainsite verify`: whether what readers find is what a build made.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;

use super::speak::{megabytes, result, tell};
use crate::{diagnostic::Error, send::verify, text::wording::counted};

/// Say whether a published site is as the build made it, file by file
#[derive(Debug, Args)]
pub(super) struct VerifyArgs {
    /// The folder, or the address at which readers find the site
    #[arg(value_name = "DIR or ADDRESS")]
    what: String,
    /// For an address: compare with this folder, instead of the list of files that is there
    #[arg(long, value_name = "DIR")]
    from: Option<PathBuf>,
}

pub(super) fn run(args: &VerifyArgs) -> Result<ExitCode, Error> {
    let what = &args.what;
    let is_address = what.starts_with("https://") || what.starts_with("http://");
    let found = if is_address {
        verify::address(what, args.from.as_deref())?
    } else if args.from.is_some() {
        return Err(Error::Usage(format!(
            "--from is for an address, and {what} is none; write it with https://"
        )));
    } else {
        verify::folder(Path::new(what))?
    };
    let lines = found.different.iter().map(|(path, how)| format!("{path} {how}\n"));
    result(&lines.collect::<String>())?;
    let all = format!("{} ({})", counted(found.files, "file", "files"), megabytes(found.bytes));
    if found.different.is_empty() {
        tell!("All is as the build made it: {all} at {what}.");
        return Ok(ExitCode::SUCCESS);
    }
    let different = counted(found.different.len(), "file is", "files are");
    tell!(
        "{different} not as the build made it, of {all} at {what}. Publish again, and if it stays \
         so, something there changes files."
    );
    Ok(ExitCode::from(1))
}
