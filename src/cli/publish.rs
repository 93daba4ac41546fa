//! `plainsite publish`: what a build made, sent to where readers find it.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use super::{
    agree::written,
    own,
    speak::{count, megabytes, print_findings, tell},
    terms::{kept, refuse_no_names, tell_changes, terms},
};
use crate::{
    agreed,
    config::{self, SignOff},
    diagnostic::{Error, Format},
    send::{self, Destination, Sent},
    text::{Date, wording::counted},
};

/// Send what a build made to where readers find it
#[derive(Debug, Args)]
pub(super) struct PublishArgs {
    /// Where to: a folder, user@host:path or rsync://host/path, or s3://bucket/folder
    #[arg(long, value_name = "WHERE")]
    to: String,
    /// The folder that a build made; `public` in the folder of the site when left out
    #[arg(long, value_name = "DIR")]
    from: Option<PathBuf>,
    /// The folder of the site, whose settings say what stays where the site goes
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Leave this file or folder, which others put there, as it is; may be given more than once
    #[arg(long, value_name = "NAME")]
    keep: Vec<String>,
    /// Say what would happen, and send nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: &PublishArgs) -> Result<ExitCode, Error> {
    let to = Destination::parse(&args.to)?;
    refuse_no_names(&args.keep)?;
    let from = args.from.clone().unwrap_or_else(|| args.root.join("public"));
    if let Destination::Folder(folder) = &to {
        let (here, there) = (own::real(&from), own::real(folder));
        if here.starts_with(&there) || there.starts_with(&here) {
            let message =
                format!("{} and {} are one place; name another with --to", args.to, from.display());
            return Err(Error::Usage(message));
        }
        own::refuse(&args.root, folder, "--to")?;
    }
    let settings = config::read(&args.root)?;
    if let Some(problem) = settings.problems.first() {
        return Err(Error::Usage(format!(
            "site.toml has a fault, so that it cannot say what stays at {}: {}; run plainsite \
             check, which names each",
            args.to, problem.message
        )));
    }
    let publish = &settings.config.publish;
    if publish.sign_off != SignOff::Nobody {
        let unsigned = agreed::unsigned(&written(&args.root, Date::today())?.world());
        if !unsigned.is_empty() {
            print_findings(&unsigned, Format::Human)?;
            tell!("{} Nothing was sent.", count(&unsigned, false));
            return Ok(ExitCode::from(1));
        }
    }
    let keep = kept(publish, &args.keep);
    let sent = send::send(&from, &to, terms(publish, &keep), args.dry_run)?;
    if let Some(why) = &sent.in_place {
        tell!(
            "{} could not be exchanged as a whole ({why}), so its files were exchanged one by \
             one, pages last.",
            args.to
        );
    }
    tell_changes(&sent.changes);
    let Sent { files, bytes, removed, .. } = sent;
    let files = format!("{} ({})", counted(files, "file", "files"), megabytes(bytes));
    if args.dry_run {
        let removed = counted(removed, "file", "files");
        tell!("{files} would be sent to {}, and {removed} removed. Nothing was sent.", args.to);
    } else if sent.changes.any {
        let removed = counted(removed, "was", "were");
        tell!("{files} were sent to {}, {removed} removed, and all is there as sent.", args.to);
    } else {
        tell!("All of {} is at {} already.", from.display(), args.to);
    }
    Ok(ExitCode::SUCCESS)
}
