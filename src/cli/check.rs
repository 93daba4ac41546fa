//! `plainsite check`: what a build would find, and what letters lost.

use std::{path::PathBuf, process::ExitCode, sync::Mutex};

use clap::Args;

use super::{
    baseline::{BaselineArgs, leave_out},
    compare::{Compared, compare},
    site::{SiteArgs, read, say, stops},
    speak::{count, left_out, result, tell, worth_mending},
};
use crate::{
    diagnostic::{Error, Finding, join},
    import::notes::Notes,
    model::{DRAFT, LeftOut},
    text::wording::{counted, listed},
};

/// Check everything and publish nothing
#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    site: SiteArgs,
    #[command(flatten)]
    baseline: BaselineArgs,
    /// Say what letters and pages lost since their last version: a published site, or the
    /// folder of a site as it was
    #[arg(long, value_name = "DIR")]
    compare: Option<PathBuf>,
    /// List the pages that are not published: drafts, and those of another day
    #[arg(long)]
    drafts: bool,
}

/// What a draft that an import made is from, and what it waits for.
fn waits_for(notes: &Notes) -> String {
    let mut names: Vec<String> = Vec::new();
    let mut others = 0;
    for note in &notes.all {
        let name = format!("“{}”", note.what);
        match note.what.is_empty() {
            true => others += 1,
            false if names.contains(&name) => {}
            false => names.push(name),
        }
    }
    if others > 0 {
        names.push(counted(others, "thing that stands at its top", "things that stand at its top"));
    }
    let waits = match names.is_empty() {
        true => "somebody to read it".to_owned(),
        false => listed(&names, " and "),
    };
    format!(", made from {}; it waits for {waits}", notes.from)
}

pub(super) fn run(args: &CheckArgs) -> Result<ExitCode, Error> {
    let site = &args.site;
    let known = args.baseline.known()?;
    if args.drafts {
        // Nothing has to be made for that.
        let (_, examined) = read(&site.root, site.options(false))?;
        for LeftOut { file, why, .. } in &examined.site.left_out {
            let made = std::fs::read_to_string(site.root.join(file)).ok();
            let made = made.and_then(|text| Notes::of(&text)).filter(|_| *why == DRAFT);
            let made = made.as_ref().map(waits_for).unwrap_or_default();
            result(&format!("{file}: {why}{made}\n"))?;
        }
        if examined.site.left_out.iter().any(|page| page.why == DRAFT) {
            tell!("A draft is published once its line `status: draft` is taken out.");
        }
        if examined.site.left_out.is_empty() {
            tell!("No page is left out.");
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut built = site.build(&Mutex::default(), false)?;
    if let Some(before) = &args.compare {
        let Compared { letters, pages, mut lost } =
            compare(&site.root, &built.files, before, site.options(false))?;
        tell!(
            "{} and {} compared with {}: {} lost.",
            counted(letters, "letter", "letters"),
            counted(pages, "other page", "other pages"),
            before.display(),
            match lost.len() {
                0 => "nothing was".to_owned(),
                lost => counted(lost, "thing was", "things were"),
            }
        );
        built.findings.append(&mut lost);
    }
    if args.baseline.write(&built.findings, Finding::is_promised)? {
        return Ok(ExitCode::SUCCESS);
    }
    let about_known = leave_out(&mut built.findings, known.as_deref(), Finding::is_promised)?;
    built.findings = join(built.findings);
    say(&built.findings, &built.timings, site)?;
    if let Some(pages) = worth_mending(&built.findings) {
        tell!("{pages}");
    }
    if stops(&built, site.strict) {
        let count = count(&built.findings, site.strict);
        tell!("{count}{about_known} Mend the errors, then check again.");
        return Ok(ExitCode::from(1));
    }
    let left_out = left_out(built.left_out.len());
    match built.findings.is_empty() {
        true => tell!("{} pages, and nothing to mend.{about_known}{left_out}", built.pages),
        false => {
            let count = count(&built.findings, false);
            tell!("{count}{about_known} The site can be published.{left_out}");
        }
    }
    Ok(ExitCode::SUCCESS)
}
