//! `plainsite build`: the whole site, published when nothing stops it.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;

use super::{
    baseline::{BaselineArgs, leave_out},
    site::{SiteArgs, say, stops},
    speak::{count, megabytes, tell},
};
use crate::{
    build,
    diagnostic::{Error, Finding, join},
    write::{self, Way},
};

/// Check everything, then publish it
#[derive(Debug, Args)]
pub(super) struct BuildArgs {
    #[command(flatten)]
    site: SiteArgs,
    /// Where to publish; `public` in the folder of the site when left out
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Make links name files, so that the site opens without a server
    #[arg(long)]
    portable: bool,
    #[command(flatten)]
    baseline: BaselineArgs,
}

pub(super) fn run(args: &BuildArgs) -> Result<ExitCode, Error> {
    let site = &args.site;
    let out = args.out.clone().unwrap_or_else(|| site.root.join("public"));
    may_publish_to(&site.root, &out)?;
    let known = args.baseline.known()?;
    let mut built = build(&site.root, site.options(args.portable))?;
    if args.baseline.write(&built.findings, Finding::is_promised)? {
        tell!("Nothing was published.");
        return Ok(ExitCode::SUCCESS);
    }
    let about_known = leave_out(&mut built.findings, known.as_deref(), Finding::is_promised)?;
    built.findings = join(built.findings);
    say(&built, site)?;
    if stops(&built, site.strict) {
        tell!("{}{about_known} Nothing was published.", count(&built.findings, site.strict));
        return Ok(ExitCode::from(1));
    }
    let keep: Vec<String> = built.publish.keep.iter().map(|keep| keep.value.clone()).collect();
    let published = write::publish(&built.files, &out, &keep)?;
    if let Way::InPlace(why) = &published.way {
        tell!(
            "{} could not be exchanged as a whole ({why}), so its files were exchanged one by \
             one, pages last. A reader may have met new pages beside old ones for a moment.",
            out.display()
        );
    }
    tell!(
        "{} pages ({}) are in {}.{}{about_known}",
        built.pages,
        megabytes(published.size),
        out.display(),
        if built.findings.is_empty() {
            String::new()
        } else {
            format!(" {}", count(&built.findings, false))
        },
    );
    Ok(ExitCode::SUCCESS)
}

/// Refuses to publish into the content, or over it.
fn may_publish_to(root: &Path, out: &Path) -> Result<(), Error> {
    let (root, out) = (real(root), real(out));
    let content = root.join("content");
    if root.starts_with(&out) || out.starts_with(&content) && content.is_dir() {
        let message =
            format!("{} holds the site itself; give another folder with --out", out.display());
        return Err(Error::Usage(message));
    }
    Ok(())
}

/// A path without links and `..`, also when its last parts are not there yet.
fn real(path: &Path) -> PathBuf {
    if let Ok(real) = path.canonicalize() {
        return real;
    }
    match (path.parent(), path.file_name()) {
        (Some(parent), Some(name)) if parent.as_os_str().is_empty() => {
            real(Path::new(".")).join(name)
        }
        (Some(parent), Some(name)) => real(parent).join(name),
        _ => path.to_owned(),
    }
}
