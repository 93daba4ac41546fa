//! `plainsite init`: a small site to start from, and six questions about whose it is.

use std::{
    io::{self, BufRead, IsTerminal as _},
    path::PathBuf,
    process::ExitCode,
};

use clap::Args;

use super::{new::say, speak::tell};
use crate::{
    diagnostic::Error,
    starters::{Answers, answers, init, may_begin},
    text::Date,
};

/// Make a starter site
#[derive(Debug, Args)]
#[command(after_help = "It asks six questions; Enter takes what stands in brackets. Without \
                        questions:\n  plainsite init my-site --yes --organisation \"Example \
                        Council\" --contact \"Adult care team, 0306 999 0142\"")]
pub(super) struct InitArgs {
    /// A new or an empty folder
    dir: PathBuf,
    /// Ask nothing: what is not said here is as in the example
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    said: Said,
}

/// What was said on the command line.
#[derive(Debug, Default, Args)]
struct Said {
    /// The name of your organisation
    #[arg(long, value_name = "NAME")]
    organisation: Option<String>,
    /// The title of the site
    #[arg(long, value_name = "WORDS")]
    title: Option<String>,
    /// Where it will be published, such as www.example.org
    #[arg(long, value_name = "ADDRESS")]
    address: Option<String>,
    /// Its languages, such as en,cy
    #[arg(long, value_name = "TAGS")]
    languages: Option<String>,
    /// Who people can ask: a name, and a phone number, an email address or both, with commas
    /// between
    #[arg(long, value_name = "NAME, PHONE, EMAIL")]
    contact: Option<String>,
    /// England, Wales, Scotland or Northern Ireland
    #[arg(long)]
    nation: Option<String>,
}

pub(super) fn run(args: &InitArgs) -> Result<ExitCode, Error> {
    // Nobody answers questions for a folder that cannot be used.
    may_begin(&args.dir)?;
    let input = io::stdin();
    let is_asked = !args.yes && input.is_terminal();
    let answers = if is_asked {
        tell!("Six questions about your site. Press Enter to take what stands in brackets.");
        answers(&args.said, &mut Some(input.lock()))?
    } else {
        answers(&args.said, &mut None::<io::Empty>)?
    };
    say(&init(&args.dir, &answers, Date::today())?)
}

/// What was said on the command line, with what is answered to the rest where somebody is asked.
fn answers(said: &Said, input: &mut Option<impl BufRead>) -> Result<Answers, Error> {
    let usual = Answers::default();
    let organisation = answer(
        "1. What is your organisation called?",
        &usual.organisation,
        said.organisation.as_deref(),
        input,
        answers::name,
    )?
    .unwrap_or(usual.organisation);
    let title = answers::title_for(&organisation);
    Ok(Answers {
        title: answer(
            "2. What is the site called?",
            &title,
            said.title.as_deref(),
            input,
            answers::name,
        )?
        .unwrap_or(title),
        organisation,
        address: answer(
            "3. What will its address on the web be, if you know it?",
            "not known yet",
            said.address.as_deref(),
            input,
            answers::address,
        )?
        .unwrap_or_default(),
        languages: answer(
            "4. Which languages will it have? Write en, or en, cy for English and Welsh.",
            "en",
            said.languages.as_deref(),
            input,
            answers::languages,
        )?
        .unwrap_or(usual.languages),
        contact: answer(
            "5. Who can people ask? Write a team, and its phone number, its email address or \
             both, with commas between.",
            &format!("{}, {}", usual.contact.name, usual.contact.phone),
            said.contact.as_deref(),
            input,
            answers::contact,
        )?
        .unwrap_or(usual.contact),
        nation: answer(
            "6. Which nation is it for: England, Wales, Scotland or Northern Ireland?",
            usual.nation.name(),
            said.nation.as_deref(),
            input,
            answers::nation,
        )?
        .unwrap_or(usual.nation),
    })
}

/// What was said, or what is answered; nothing when the usual is right.
fn answer<T>(
    question: &str,
    usual: &str,
    said: Option<&str>,
    input: &mut Option<impl BufRead>,
    read: impl Fn(&str) -> Result<T, String>,
) -> Result<Option<T>, Error> {
    if let Some(said) = said {
        return read(said).map(Some).map_err(Error::Usage);
    }
    let Some(input) = input else { return Ok(None) };
    loop {
        tell!("\n{question} [{usual}]");
        let mut line = String::new();
        let length = input.read_line(&mut line);
        let length = length.map_err(|why| Error::Read("the keyboard".into(), why))?;
        if length == 0 || line.trim().is_empty() {
            return Ok(None);
        }
        match read(line.trim()) {
            Ok(answer) => return Ok(Some(answer)),
            Err(why) => tell!("{why}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Nation;

    fn typed(lines: &str, said: &Said) -> Answers {
        answers(said, &mut Some(lines.as_bytes())).expect("it is answered")
    }

    #[test]
    fn enter_takes_what_stands_in_brackets() {
        assert_eq!(typed("\n\n\n\n\n\n", &Said::default()), Answers::default());
        assert_eq!(typed("", &Said::default()), Answers::default());
    }

    #[test]
    fn a_wrong_answer_is_asked_for_again_and_what_was_said_is_not() {
        let said = Said { title: Some("Care in Wyre".into()), ..Said::default() };
        let answers =
            typed("Wyre Council\n\nen\nTeam\nCare team, care@wyre.example\nWels\nwales\n", &said);
        assert_eq!((&*answers.organisation, &*answers.title), ("Wyre Council", "Care in Wyre"));
        assert_eq!((&*answers.contact.name, &*answers.contact.phone), ("Care team", ""));
        assert_eq!(answers.nation, Nation::Wales);
        let wrong = Said { nation: Some("Britain".into()), ..Said::default() };
        assert!(super::answers(&wrong, &mut None::<io::Empty>).is_err());
    }
}
