//! `plainsite fix`: safe repairs, shown as a diff first, written with `--write`, and taken back
//! with `--undo`, run by run. The library `similar` makes the diff.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use similar::TextDiff;

use super::{
    site::{for_staff, read_all},
    speak::{result, tell},
};
use crate::{
    check::{Repair, repairs},
    diagnostic::Error,
    text::{Date, wording::counted},
};

/// Show safe repairs: dates, spaces, quotation marks; with --write, make them
#[derive(Debug, Args)]
pub(super) struct FixArgs {
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Put in plainer words, too, for the few hard ones of which the plainer fits anywhere
    #[arg(long)]
    words: bool,
    /// Write the repairs; a copy of each file stays, for --undo
    #[arg(long)]
    write: bool,
    /// Take back the last run that wrote something, and again the one before: files that nobody
    /// has changed since
    #[arg(long, conflicts_with_all = ["write", "words"])]
    undo: bool,
}

/// Where each run has a folder, by its number, with the files as they were and as they became.
const RUNS: &str = ".plainsite/fix";
const BEFORE: &str = "before";
const AFTER: &str = "after";

pub(super) fn run(args: &FixArgs) -> Result<ExitCode, Error> {
    if args.undo {
        return undo(&args.root);
    }
    let options = for_staff(Date::today());
    let (settings, examined, loaded) = read_all(&args.root, options)?;
    let world = examined.world(&loaded, &settings, options);
    let all = repairs(&world, args.words);
    let mut files: BTreeMap<&str, Vec<&Repair>> = BTreeMap::new();
    for repair in &all {
        files.entry(&repair.source.path).or_default().push(repair);
    }
    let mended: Vec<(&str, &str, String)> = files
        .iter()
        .map(|(path, repairs)| (*path, &*repairs[0].source.text, applied(repairs)))
        .collect();
    if mended.is_empty() {
        tell!("Nothing can be mended without asking somebody.");
        return Ok(ExitCode::SUCCESS);
    }
    let count = counted(all.len(), "repair", "repairs");
    let count = format!("{count} in {}", counted(mended.len(), "file", "files"));
    if !args.write {
        for (path, before, after) in &mended {
            let diff = TextDiff::from_lines(*before, after.as_str());
            let diff = diff.unified_diff().context_radius(1).header(path, path).to_string();
            result(&diff)?;
        }
        tell!("{count}. Nothing is written yet: add --write to make them.");
        return Ok(ExitCode::SUCCESS);
    }
    let root = &args.root;
    let number = runs(root).last().map_or(1, |last| last + 1);
    let copies = root.join(RUNS).join(number.to_string());
    for (path, before, after) in &mended {
        // The file must be what was read: somebody may write in it now.
        let now = fs::read_to_string(root.join(path)).unwrap_or_default();
        if now != *before {
            tell!("{path} has changed, and is left as it is.");
            continue;
        }
        put(&copies.join(BEFORE).join(path), before)?;
        put(&copies.join(AFTER).join(path), after)?;
        put(&root.join(path), after)?;
    }
    tell!("{count}, written. `plainsite fix --undo` takes them back.");
    Ok(ExitCode::SUCCESS)
}

/// A text with its repairs.
fn applied(repairs: &[&Repair]) -> String {
    let mut out = repairs[0].source.text.to_string();
    for repair in repairs.iter().rev() {
        out.replace_range(repair.span.start..repair.span.end, &repair.with);
    }
    out
}

fn put(path: &Path, text: &str) -> Result<(), Error> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder).map_err(|why| Error::Write(folder.to_owned(), why))?;
    fs::write(path, text).map_err(|why| Error::Write(path.to_owned(), why))
}

/// The numbers of the runs that can be taken back, from the first to the last.
fn runs(root: &Path) -> Vec<u32> {
    let entries = fs::read_dir(root.join(RUNS)).into_iter().flatten().flatten();
    let mut numbers: Vec<u32> =
        entries.filter_map(|entry| entry.file_name().to_str()?.parse().ok()).collect();
    numbers.sort_unstable();
    numbers
}

/// Takes back the last run of which something can be taken back.
fn undo(root: &Path) -> Result<ExitCode, Error> {
    for number in runs(root).into_iter().rev() {
        let back = take_back(root, &Path::new(RUNS).join(number.to_string()))?;
        if back > 0 {
            tell!("{} as before.", counted(back, "file is", "files are"));
            return Ok(ExitCode::SUCCESS);
        }
    }
    tell!("There is nothing to take back.");
    Ok(ExitCode::SUCCESS)
}

/// Puts the files of a run back that nobody changed since: how many.
fn take_back(root: &Path, run: &Path) -> Result<usize, Error> {
    let copies = root.join(run);
    let before = copies.join(BEFORE);
    let mut back = 0;
    let mut left = 0;
    for path in files_in(&before) {
        let Ok(inner) = path.strip_prefix(&before) else { continue };
        let text = fs::read_to_string(&path).map_err(|why| Error::Read(path.clone(), why))?;
        let after = fs::read_to_string(copies.join(AFTER).join(inner)).unwrap_or_default();
        match fs::read_to_string(root.join(inner)) {
            Ok(now) if now == after => {}
            now => {
                let what = if now.is_ok() { "was changed since" } else { "is not there any more" };
                let inner = inner.display();
                let copy = run.join(BEFORE);
                tell!(
                    "{inner} {what}, and is left as it is; as it was, it is in {}.",
                    copy.display()
                );
                left += 1;
                continue;
            }
        }
        put(&root.join(inner), &text)?;
        // Those that are left keep their copies.
        for copy in [path.clone(), copies.join(AFTER).join(inner)] {
            fs::remove_file(&copy).map_err(|why| Error::Write(copy.clone(), why))?;
        }
        back += 1;
    }
    if left == 0 {
        fs::remove_dir_all(&copies).map_err(|why| Error::Write(copies.clone(), why))?;
    }
    Ok(back)
}

/// Every file in a folder and its folders, in order.
fn files_in(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}
