//! `plainsite explain`: the manual page of a rule, or the list of all; and how a text is cut
//! into sentences.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;

use super::speak::result;
use crate::{
    check,
    diagnostic::Error,
    parse::{parse, plain},
    rule::Looks,
    text::{Date, Source, nearest, sentences::sentences, wording::one_line},
};

/// Say more about one check
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// Its name, as in [link-text]; leave it out for a list
    check: Option<String>,
    /// Show how the words of a file are cut into sentences, one a line
    #[arg(long, value_name = "FILE", conflicts_with = "check")]
    sentences: Option<PathBuf>,
}

pub(super) fn run(args: &ExplainArgs) -> Result<ExitCode, Error> {
    if let Some(file) = &args.sentences {
        return show_sentences(file);
    }
    let rules = check::rules();
    let Some(code) = &args.check else {
        let mut looks: Vec<Looks> = rules.iter().map(|rule| rule.looks).collect();
        looks.sort_unstable();
        looks.dedup();
        for looks in looks {
            result(&format!("# {}\n", looks.heading()))?;
            for rule in rules.iter().filter(|rule| rule.looks == looks) {
                result(&format!("{:<26} {}\n", rule.code, rule.sentence()))?;
            }
            result("\n")?;
        }
        return Ok(ExitCode::SUCCESS);
    };
    let code = code.trim_matches(['[', ']']);
    if let Some(rule) = rules.iter().find(|rule| rule.code == code) {
        result(&format!("{}\n\n{}\n", rule.manual.trim_end(), rule.about()))?;
        return Ok(ExitCode::SUCCESS);
    }
    let hint = match nearest(code, rules.iter().map(|rule| rule.code)) {
        Some(meant) => format!("did you mean {meant}?"),
        None => "`plainsite explain` lists them all".into(),
    };
    Err(Error::Usage(format!("there is no rule “{code}”; {hint}")))
}

/// Writes each sentence of a file on a line of its own: of Markdown those that readers see, of
/// any other text all of it.
fn show_sentences(file: &Path) -> Result<ExitCode, Error> {
    let bytes = fs::read(file).map_err(|why| Error::Read(file.to_owned(), why))?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let runs = if file.extension().is_some_and(|end| end == "md") {
        let document = parse(Source::new(file.to_string_lossy(), text), true, Date::today());
        document.runs().into_iter().map(|(_, run)| plain(run)).collect()
    } else {
        vec![text]
    };
    for run in runs {
        for place in sentences(&run) {
            result(&format!("{}\n", one_line(&run[place])))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
