//! `plainsite agree`: somebody has read the words, and they may be published.

use std::{path::PathBuf, process::ExitCode, sync::Mutex};

use clap::Args;

use super::{
    site::day,
    speak::{result, tell},
};
use crate::{
    Opened, Options, agreed,
    config::SignOff,
    diagnostic::Error,
    memory::Memory,
    open_drafts,
    output::Bytes,
    text::{Date, wording::counted},
    write,
};

/// Note that somebody agrees to the words as they are, so that they may be published
#[derive(Debug, Args)]
#[command(after_help = "Read first what changed:\n  \
                        plainsite changes --since public --format html > changes.html\n  \
                        plainsite agree \"Ann Example\"")]
pub(super) struct AgreeArgs {
    /// Who agrees: a name, or an id from contacts.yaml where site.toml says who may
    name: String,
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Only to the words with this mark, which stands at the end of what changed
    #[arg(long, value_name = "MARK")]
    words: Option<String>,
    /// Take another day than today, for trying things out
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Date>,
}

pub(super) fn run(args: &AgreeArgs) -> Result<ExitCode, Error> {
    let today = args.today.unwrap_or_else(Date::today);
    let name = args.name.trim();
    if name.is_empty() {
        return Err(Error::Usage("nobody is named; write: plainsite agree \"Ann Example\"".into()));
    }
    let opened = written(&args.root, today)?;
    let (site, settings) = (&opened.examined.site, &opened.settings);
    let may = &settings.config.publish.sign_off;
    if !may.allows(name) {
        let message = format!(
            "“{name}” may not agree to what is published; site.toml names: {}",
            may.ids().join(", ")
        );
        return Err(Error::Usage(message));
    }
    let words = agreed::words(site, &settings.source);
    let mark = agreed::mark(&words);
    if let Some(seen) = args.words.as_deref().filter(|seen| *seen != mark) {
        let message = format!(
            "the words have changed since they had the mark {seen}; now it is {mark}. Nothing was \
             noted; read again what changed: plainsite changes --since public"
        );
        return Err(Error::Usage(message));
    }
    let differ = agreed::differ(&words, site);
    let path = format!("{}_data/agreed.yaml", site.folder);
    let text = agreed::text(&words, name, today);
    write::change(&[(path.clone(), Bytes::from(text))].into(), &args.root)?;
    differ.iter().try_for_each(|file| result(&format!("{file}\n")))?;
    let contact = site.data.contacts.get(name);
    let asked = match may {
        SignOff::Nobody => {
            " No build asks for it: for that, write `sign-off = true` below `[publish]` in \
             site.toml."
        }
        _ => "",
    };
    tell!(
        "{} agrees to the words of {}, of which {} not agreed to before. It is noted in {path}: \
         keep that file with the site.{asked}",
        contact.map_or(name, |contact| &contact.name),
        counted(words.len(), "file", "files"),
        counted(differ.len(), "was", "were"),
    );
    Ok(ExitCode::SUCCESS)
}

/// A site with all that will be published on some day.
pub(super) fn written(root: &std::path::Path, today: Date) -> Result<Opened, Error> {
    let options = Options { today, staff: false, portable: false };
    open_drafts(root, options, &Mutex::default(), &Memory::none())
}
