//! `plainsite explain`: the manual page of a rule, or the list of all; how a text is cut into
//! sentences, and how hard it is to read.

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
    parse::{parse, plain, walk::Run},
    rule::Looks,
    text::{
        Date, Source, nearest,
        reading::Reading,
        sentences::sentences,
        wording::{counted, one_line},
    },
};

/// Say more about one check
#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// Its name, as in [link-text]; leave it out for a list
    check: Option<String>,
    /// Show how the words of a file are cut into sentences, one a line
    #[arg(long, value_name = "FILE", conflicts_with = "check")]
    sentences: Option<PathBuf>,
    /// Show how hard a file is to read, and the sentences that cost readers most
    #[arg(long, value_name = "FILE", conflicts_with_all = ["check", "sentences"])]
    reading: Option<PathBuf>,
}

pub(super) fn run(args: &ExplainArgs) -> Result<ExitCode, Error> {
    if let Some(file) = &args.sentences {
        return show_sentences(file);
    }
    if let Some(file) = &args.reading {
        return show_reading(file);
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

/// The words of a file, paragraph by paragraph: of Markdown those that readers see, of any other
/// text all of it.
fn paragraphs(file: &Path) -> Result<Vec<(Run, String)>, Error> {
    let bytes = fs::read(file).map_err(|why| Error::Read(file.to_owned(), why))?;
    let text = String::from_utf8_lossy(&bytes).into_owned();
    if file.extension().is_none_or(|end| end != "md") {
        return Ok(vec![(Run::Paragraph, text)]);
    }
    let document = parse(Source::new(file.to_string_lossy(), text), true, Date::today());
    Ok(document.runs().into_iter().map(|(run, words)| (run, plain(words))).collect())
}

/// Writes each sentence of a file on a line of its own.
fn show_sentences(file: &Path) -> Result<ExitCode, Error> {
    for (_, text) in paragraphs(file)? {
        for place in sentences(&text) {
            result(&format!("{}\n", one_line(&text[place])))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Writes how hard a file is to read. It is advice: nothing is ever wrong because of it.
fn show_reading(file: &Path) -> Result<ExitCode, Error> {
    let all = paragraphs(file)?;
    let texts: Vec<&str> =
        all.iter().filter(|(run, _)| *run == Run::Paragraph).map(|(_, text)| &**text).collect();
    let reading = Reading::of(texts.iter().copied());
    if reading.words == 0 {
        result("There are no sentences to read.\n")?;
        return Ok(ExitCode::SUCCESS);
    }
    result(&format!(
        "Words in a sentence: {:.0} on average, in {}.\n\
         Familiar words: {} in 100. A word is familiar when it is short or used each day.\n\
         The formula of Flesch and Kincaid says school grade {:.0}. It counts syllables, and \
         knows nothing of what is said.\n\n\
         What costs readers most:\n",
        reading.mean(),
        counted(reading.sentences, "sentence", "sentences"),
        reading.familiar_share(),
        reading.grade(),
    ))?;
    for (number, place, words, hard) in &reading.costly {
        let said = one_line(&texts[*number][place.clone()]);
        let hard = counted(*hard, "hard word", "hard words");
        result(&format!("- {words} words, {hard}: {said}\n"))?;
    }
    Ok(ExitCode::SUCCESS)
}
