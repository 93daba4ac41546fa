//! Tells when files of a site change. The only file that names notify.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::mpsc::{Receiver, Sender},
    time::{Duration, Instant},
};

use notify::{
    EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher,
    event::{AccessKind, AccessMode, ModifyKind, RenameMode},
};

use super::PAUSE;
use crate::{diagnostic::Error, load::NOT_CONTENT};

/// How long a file must be quiet that nobody is known to have closed. Editors write a file in
/// several steps; on Linux the last of them is told.
const QUIET: Duration = Duration::from_millis(if cfg!(target_os = "linux") { 10 } else { 50 });

/// Something that happened while the site is shown.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Event {
    /// Files were saved, added or taken away, by path below the root.
    Changed {
        /// Which; none when that is not known.
        paths: Option<Vec<String>>,
        /// Whether whoever did it is done with them.
        is_done: bool,
        /// Whether folders may have come or gone.
        has_folders: bool,
    },
    /// No more connections are taken, and why.
    Stopped(String),
}

/// What changed at one time.
#[derive(Debug, Default)]
pub(super) struct Changes {
    /// The files and folders, by path below the root; none when that is not known.
    pub(super) paths: Option<BTreeSet<String>>,
    pub(super) has_folders: bool,
}

/// Waits for changes, until they are done. `None` when nobody watches any more.
pub(super) fn next_changes(happens: &Receiver<Event>) -> Option<Result<Changes, Error>> {
    let mut event = happens.recv().ok()?;
    let mut changes = Changes { paths: Some(BTreeSet::new()), has_folders: false };
    // Files that somebody may still write to.
    let mut open = BTreeSet::new();
    let began = Instant::now();
    loop {
        match event {
            Event::Stopped(why) => {
                let message = format!("the preview ended: {why}; start it again");
                return Some(Err(Error::Usage(message)));
            }
            Event::Changed { paths, is_done, has_folders } => {
                changes.has_folders |= has_folders;
                for path in paths.iter().flatten() {
                    if is_done {
                        open.remove(path);
                    } else {
                        open.insert(path.clone());
                    }
                }
                match (paths, &mut changes.paths) {
                    (Some(paths), Some(all)) => all.extend(paths),
                    _ => changes.paths = None,
                }
            }
        }
        // Who never stops writing is shown what there is.
        let next = match open.is_empty() || began.elapsed() > QUIET * 20 {
            _ if began.elapsed() > PAUSE * 10 => None,
            true => happens.try_recv().ok(),
            false => happens.recv_timeout(QUIET).ok(),
        };
        match next {
            Some(next) => event = next,
            None => return Some(Ok(changes)),
        }
    }
}

/// Watches what a site is made from. Links are not followed: they may lead out
/// of the site, to the whole disk.
pub(super) fn watch(root: &Path, happened: &Sender<Event>) -> notify::Result<Box<dyn Watcher>> {
    let root = root.canonicalize()?;
    let settings = notify::Config::default().with_follow_symlinks(false);
    let mut watcher = RecommendedWatcher::new(on_event(&root, happened), settings)?;
    watcher.watch(&root, RecursiveMode::NonRecursive)?;
    for folder in folders(&root) {
        watcher.watch(&folder, RecursiveMode::Recursive)?;
    }
    Ok(Box::new(watcher))
}

/// Looks at all files every second, where the system watches no more of them.
pub(super) fn look_by_itself(
    root: &Path,
    happened: &Sender<Event>,
) -> notify::Result<Box<dyn Watcher>> {
    let root = root.canonicalize()?;
    let settings = notify::Config::default().with_poll_interval(Duration::from_secs(1));
    let settings = settings.with_follow_symlinks(false);
    let mut watcher = PollWatcher::new(on_event(&root, happened), settings)?;
    for folder in folders(&root) {
        watcher.watch(&folder, RecursiveMode::Recursive)?;
    }
    watcher.watch(&root.join("site.toml"), RecursiveMode::NonRecursive).unwrap_or_default();
    Ok(Box::new(watcher))
}

/// Passes on what a watcher tells of the site in `root`.
fn on_event(
    root: &Path,
    happened: &Sender<Event>,
) -> impl Fn(notify::Result<notify::Event>) + Send + 'static {
    let (root, happened) = (root.to_owned(), happened.clone());
    // What the watcher itself has to complain about stops nothing.
    move |event| {
        let event = event.ok().and_then(|event| change(&root, &event));
        event.into_iter().for_each(|event| _ = happened.send(event));
    }
}

/// What an event of the watcher says of the site in `root`.
fn change(root: &Path, event: &notify::Event) -> Option<Event> {
    if event.need_rescan() {
        return Some(Event::Changed { paths: None, is_done: true, has_folders: true });
    }
    let is_done = match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => true,
        EventKind::Access(_) => return None,
        EventKind::Modify(ModifyKind::Name(mode)) => mode != RenameMode::From,
        EventKind::Remove(_) => true,
        _ => false,
    };
    let sources = event.paths.iter().filter(|path| is_source(root, path));
    let below = |path: &PathBuf| {
        let path = path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned();
        if cfg!(windows) { path.replace('\\', "/") } else { path }
    };
    let has_folders = sources.clone().any(|path| path.parent() == Some(root));
    let paths: Vec<String> = sources.map(below).collect();
    (!paths.is_empty()).then_some(Event::Changed { paths: Some(paths), is_done, has_folders })
}

/// Watches the folders of a site, those too that were not there before.
pub(super) fn watch_folders(watcher: &mut dyn Watcher, root: &Path) {
    let Ok(root) = root.canonicalize() else { return };
    for folder in folders(&root) {
        // It may be watched already, or gone again: both are fine.
        _ = watcher.unwatch(&folder);
        _ = watcher.watch(&folder, RecursiveMode::Recursive);
    }
}

/// The folders that a site is made from.
fn folders(root: &Path) -> Vec<PathBuf> {
    let inside = std::fs::read_dir(root).into_iter().flatten().flatten();
    let paths = inside.map(|entry| entry.path());
    paths.filter(|path| path.is_dir() && is_source(root, path)).collect()
}

/// Whether a site in `root` can be made from the file or folder at `path`.
fn is_source(root: &Path, path: &Path) -> bool {
    let Ok(below) = path.strip_prefix(root) else { return false };
    let mut parts = below.iter().map(|part| part.to_string_lossy());
    let hidden = |part: &str| part.starts_with('.') || part.ends_with('~');
    let Some(first) = parts.next().filter(|first| !hidden(first)) else { return false };
    let in_place = matches!(&*first, "content" | "themes" | "site.toml")
        || !root.join("content").is_dir() && !NOT_CONTENT.contains(&&*first);
    in_place && !parts.any(|part| hidden(&part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_a_site_is_made_from_is_watched() {
        let root = tempfile::tempdir().expect("a folder");
        let root = root.path();
        std::fs::create_dir(root.join("content")).expect("a folder");
        for path in ["content/index.md", "themes/plain/style.css", "site.toml"] {
            assert!(is_source(root, &root.join(path)), "{path}");
        }
        for path in ["public/index.html", ".git/index", "content/.a.md.swp", "content/a.md~", ""] {
            assert!(!is_source(root, &root.join(path)), "{path}");
        }
    }
}
