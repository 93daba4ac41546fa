//! `plainsite changes`: the words of a site before and now, for whoever agrees to them.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

use clap::{Args, ValueEnum};

use super::{
    agree::written,
    compare::{last, pages},
    site::for_staff,
    speak::{result, tell},
};
use crate::{
    Options, agreed, changed,
    diagnostic::Error,
    text::{Date, wording::counted},
};

/// Show the words of each page before and now
#[derive(Debug, Args)]
#[command(after_help = "The last that was published:\n  plainsite changes --since public\n\
                        A state in Git:\n  plainsite changes --since HEAD --format html > changes.html")]
pub(super) struct ChangesArgs {
    /// What to compare with: a published site, the folder of a site as it was, or a state in Git
    #[arg(long, value_name = "DIR or REVISION")]
    since: String,
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// How to show it
    #[arg(long, value_enum, default_value = "text")]
    format: ChangesFormat,
    /// With pages and notes for staff
    #[arg(long)]
    staff: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ChangesFormat {
    /// Lines with - and +.
    Text,
    /// A page for whoever agrees to it, to be read in a browser or printed.
    Html,
}

pub(super) fn run(args: &ChangesArgs) -> Result<ExitCode, Error> {
    let options = Options { staff: args.staff, ..for_staff(Date::today()) };
    let folder = Path::new(&args.since);
    let before = match folder.is_dir() {
        true => last(folder, options)?,
        false => of_revision(&args.root, &args.since, options)?,
    };
    let all = changed::changed(&before, &pages(&args.root, options)?);
    let written = written(&args.root, options.today)?;
    let mark = agreed::mark(&agreed::words(&written.examined.site, &written.settings.source));
    match args.format {
        ChangesFormat::Text => result(&changed::as_text(&all))?,
        ChangesFormat::Html => result(&changed::as_page(&all, &args.since, &mark))?,
    }
    tell!(
        "{}. Whoever agrees to these words: plainsite agree \"NAME\" --words {mark}",
        counted(all.len(), "page is different", "pages are different")
    );
    Ok(ExitCode::SUCCESS)
}

/// The pages of the site as it was in a state that Git has.
fn of_revision(
    root: &Path,
    revision: &str,
    options: Options,
) -> Result<BTreeMap<String, String>, Error> {
    let not_there = |why: &str| {
        Error::Usage(format!(
            "{revision} is no folder, and Git knows no such state ({why}); give a folder, or a \
             state such as HEAD, main or 3c9f1e2"
        ))
    };
    let git = |arguments: &[&str]| {
        let output = Command::new("git").arg("-C").arg(root).args(arguments).output();
        let output = output.map_err(|why| not_there(&why.to_string()))?;
        let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        match output.status.success() {
            true => Ok(said),
            false => {
                let why = String::from_utf8_lossy(&output.stderr);
                Err(not_there(why.lines().next().unwrap_or_default()))
            }
        }
    };
    let commit =
        git(&["rev-parse", "--verify", "--end-of-options", &format!("{revision}^{{commit}}")])?;
    let inner = git(&["rev-parse", "--show-prefix"])?;
    let name = format!("plainsite-{}-{}", &commit[..commit.len().min(12)], std::process::id());
    let copy = std::env::temp_dir().join(name);
    let place = copy.display().to_string();
    git(&["worktree", "add", "--quiet", "--detach", &place, &commit])?;
    let before = pages(&copy.join(inner), options);
    git(&["worktree", "remove", "--force", &place])?;
    before
}
