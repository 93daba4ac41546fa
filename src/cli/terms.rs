//! What commands that publish share: on what terms, and what they say has changed.

use std::time::{SystemTime, UNIX_EPOCH};

use super::speak::tell;
use crate::{
    config::{self, Publish},
    diagnostic::Error,
    manifest::Stay,
    text::wording::counted,
    write::{Changes, Terms},
};

/// How many addresses of each sort are named.
const MOST_NAMED: usize = 5;

/// Refuses names to keep that name nothing in a published folder.
pub(super) fn refuse_no_names(keep: &[String]) -> Result<(), Error> {
    match keep.iter().find_map(|name| Some((name, config::no_name(name)?))) {
        Some((name, hint)) => Err(Error::Usage(format!(
            "--keep {name} names nothing in the published folder; {hint}"
        ))),
        None => Ok(()),
    }
}

/// What stays of what others put into the published folder: by the settings, and by the
/// command.
pub(super) fn kept(settings: &Publish, named: &[String]) -> Vec<String> {
    let settings = settings.keep.iter().map(|keep| keep.value.clone());
    settings.chain(named.iter().cloned()).collect()
}

/// The terms that the settings state.
pub(super) fn terms<'a>(settings: &'a Publish, keep: &'a [String]) -> Terms<'a> {
    let usual = Stay::USUAL;
    let stay = Stay {
        days: settings.earlier_days.unwrap_or(usual.days),
        builds: settings.earlier_builds.unwrap_or(usual.builds),
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    Terms { keep, stay, compress: &settings.compress, now }
}

/// Says which addresses came, changed and went.
pub(super) fn tell_changes(changes: &Changes) {
    let Changes { came, changed, went, any } = changes;
    if !any {
        tell!("Nothing changed.");
    }
    for (what, addresses) in [("New", came), ("Changed", changed), ("Gone", went)] {
        if !addresses.is_empty() {
            let first = &addresses[..addresses.len().min(MOST_NAMED)];
            let more = match addresses.len() - first.len() {
                0 => String::new(),
                more => format!(" and {}", counted(more, "other", "others")),
            };
            tell!("{what}: {}{more}.", first.join(", "));
        }
    }
}
