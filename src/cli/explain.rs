//! `plainsite explain`: the manual page of a rule, or the list of all.

use std::process::ExitCode;

use clap::Args;

use super::speak::result;
use crate::{check, diagnostic::Error, rule::Looks, text::nearest};

/// Say more about one check
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// Its name, as in [link-text]; leave it out for a list
    check: Option<String>,
}

pub(super) fn run(args: &ExplainArgs) -> Result<ExitCode, Error> {
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
