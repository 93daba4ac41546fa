//! `--baseline` and `--write-baseline`: what is known is left out.

use std::path::{Path, PathBuf};

use clap::Args;

use super::speak::tell;
use crate::{
    diagnostic::{
        Error, Finding,
        baseline::{Compared, compare, write},
    },
    output::Bytes,
    text::wording::counted,
    write::change,
};

#[derive(Debug, Args)]
pub(super) struct BaselineArgs {
    /// Leave out the faults that this file lists
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write the faults of today into a file, so that later only new ones count
    #[arg(long, value_name = "FILE")]
    write_baseline: Option<PathBuf>,
}

impl BaselineArgs {
    /// Whether nothing is asked for.
    pub(super) fn is_none(&self) -> bool {
        self.baseline.is_none() && self.write_baseline.is_none()
    }

    /// What is known; read before the work is done.
    pub(super) fn known(&self) -> Result<Option<String>, Error> {
        let read = |file: &PathBuf| {
            std::fs::read_to_string(file).map_err(|why| Error::Read(file.clone(), why))
        };
        self.baseline.as_ref().map(read).transpose()
    }

    /// Writes the faults into the file that was asked for, and says so; false when none was.
    /// What `counts` will count all the same.
    pub(super) fn write(
        &self,
        findings: &[Finding],
        counts: fn(&Finding) -> bool,
    ) -> Result<bool, Error> {
        let Some(file) = &self.write_baseline else { return Ok(false) };
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let folder = file.parent().unwrap_or(Path::new(""));
        change(&[(name, Bytes::from(write(findings)))].into(), folder)?;
        let kept = findings.iter().filter(|finding| counts(finding)).count();
        let kept = match kept {
            0 => String::new(),
            kept => format!(
                " {} all the same, since the site promises that there are none.",
                counted(kept, "of them counts", "of them count")
            ),
        };
        tell!(
            "{} in {}. Give it with --baseline, and only new ones count.{kept}",
            counted(findings.len(), "finding is", "findings are"),
            file.display()
        );
        Ok(true)
    }
}

/// Leaves out what is known, and says what is new, what was mended and what is still there.
pub(super) fn since(findings: &mut Vec<Finding>, file: &Path) -> Result<String, Error> {
    /// How many of what was mended are named.
    const MOST_NAMED: usize = 20;
    let known = std::fs::read_to_string(file).map_err(|why| Error::Read(file.into(), why))?;
    let Compared { new, known, gone, mended } =
        compare(std::mem::take(findings), &known, |_| false)?;
    let said = format!(
        " Since then {}, {} and {}.",
        counted(new.len(), "is new", "are new"),
        counted(gone, "is mended", "are mended"),
        counted(known, "is still there", "are still there")
    );
    for (file, code, message, times) in mended.iter().take(MOST_NAMED) {
        let times = if *times == 1 { String::new() } else { format!(", {times} times") };
        tell!("{file}: mended: {message}{times} [{code}]");
    }
    if let Some(more) = mended.len().checked_sub(MOST_NAMED).filter(|more| *more > 0) {
        tell!("{} mended.", counted(more, "other is", "others are"));
    }
    *findings = new;
    Ok(said)
}

/// Leaves out what is known, but nothing that `counts` all the same, and says what came of
/// it.
pub(super) fn leave_out(
    findings: &mut Vec<Finding>,
    known: Option<&str>,
    counts: fn(&Finding) -> bool,
) -> Result<String, Error> {
    let Some(known) = known else { return Ok(String::new()) };
    let compared = compare(std::mem::take(findings), known, counts)?;
    *findings = compared.new;
    let known = counted(compared.known, "of the baseline is", "of the baseline are");
    let gone = match compared.gone {
        0 => String::new(),
        1 => " 1 is gone: write the baseline again, so that it stays so.".to_owned(),
        gone => format!(" {gone} are gone: write the baseline again, so that they stay so."),
    };
    Ok(format!(" {known} still there.{gone}"))
}
