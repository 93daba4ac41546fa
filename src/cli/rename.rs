//! `plainsite rename`: a page under another name, with everything that leads to it.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use super::speak::{result, tell};
use crate::{
    diagnostic::Error,
    rename::{carry_out, plan},
    text::{Date, wording::counted},
};

/// Move a page or a folder, mend the links to it, and keep its address
#[derive(Debug, Args)]
pub(super) struct RenameArgs {
    /// The page or folder as it is called now: content/manage/records.md, or its address
    old: String,
    /// As it shall be called: content/manage/record-keeping.md
    new: String,
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Say what would be done, and do nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: &RenameArgs) -> Result<ExitCode, Error> {
    let renamed = plan(&args.root, &args.old, &args.new, Date::today())?;
    for (old, new) in &renamed.pages {
        result(&format!("{old}\t{new}\n"))?;
    }
    for (old, file) in &renamed.unkept {
        tell!("{old} is a record in {file}: write `also at: {old}` in it there.");
    }
    let links = match renamed.links {
        0 => "No link had to be mended.".to_owned(),
        links => format!(
            "{} in {}.",
            counted(links, "link was mended", "links were mended"),
            counted(renamed.mended, "file", "files")
        ),
    };
    let moved = counted(renamed.gone.len(), "file has moved", "files have moved");
    if args.dry_run {
        tell!("Nothing was done. Without --dry-run: {moved}. {links}");
        return Ok(ExitCode::SUCCESS);
    }
    carry_out(&renamed, &args.root)?;
    let root = match args.root.to_str() {
        Some(".") | None => String::new(),
        Some(root) => format!(" --root {}", typed(root)),
    };
    // A name with spaces may be there already, but no command gives it.
    let back = match args.old.contains([' ', '(', ')', '<', '>', '[', ']']) {
        true => String::new(),
        false => format!(
            " To take it back: `plainsite rename {} {}{root}`.",
            typed(&args.new),
            typed(&args.old)
        ),
    };
    tell!("{moved}. {links}{back}");
    Ok(ExitCode::SUCCESS)
}

/// A word as it is typed after the name of a program: in quotation marks where it must be, which
/// Windows knows as well.
fn typed(word: &str) -> String {
    let is_plain = word.chars().all(|c| c.is_alphanumeric() || "/\\._~+-:".contains(c));
    if is_plain { word.to_owned() } else { format!("\"{word}\"") }
}
