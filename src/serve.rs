//! The preview: builds in memory, shows the site on this machine, and builds
//! again when a file is saved.
//!
//! Only this machine can ask for pages, and only by the names of this machine,
//! so that no other site can read a draft through the browser. A build with
//! errors does not take the place of the last good one: its pages stay, with
//! the problems on top. Nothing is written to disk. The only file that names
//! tiny_http, notify and notify-debouncer-full.

use std::{
    io::{self, Cursor, Write as _},
    net::{Ipv4Addr, TcpListener},
    path::{Path, PathBuf},
    sync::{
        Arc, Condvar, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
        mpsc::{self, Sender},
    },
    time::{Duration, SystemTime},
};

use notify::{EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, NoCache, new_debouncer_opt};
use tiny_http::{Header, Method, Request, Response, Server};

use self::{
    answer::{Answer, answer},
    shown::Shown,
};
use crate::{
    Options, build, config,
    diagnostic::{Error, Format, print},
    load::NOT_CONTENT,
    text::Date,
};

mod answer;
mod overview;
mod shown;

/// What to show, and where.
#[derive(Debug)]
pub struct Preview {
    /// The folder of the site.
    pub root: PathBuf,
    /// The port to begin with; the next free one is taken. 0: any.
    pub port: u16,
    /// Whether pages and notes for staff are shown.
    pub staff: bool,
    /// The day to build for, or today, whichever day that is by then.
    pub today: Option<Date>,
}

/// How many ports are tried.
const PORTS: u16 = 100;

/// How many requests are answered at the same time.
const WORKERS: usize = 8;

/// How many pages can wait for news. A browser opens six at most.
const LISTENERS: usize = 64;

/// After this long without news a listener gets an empty line, which shows
/// whether it is still there.
const PULSE: Duration = Duration::from_secs(10);

/// How long files must be quiet before the site is built again. Editors write
/// a file in several steps.
const QUIET: Duration = Duration::from_millis(60);

/// Shows the site until the program is ended.
///
/// What happens is said with `tell`, in whole lines for people.
///
/// # Errors
///
/// When the folder cannot be read to begin with, when no port is free, or when
/// the machine stops taking connections. A folder that cannot be watched is
/// not an error: that is said, and the site is shown as it was.
pub fn serve(preview: &Preview, tell: &dyn Fn(&str)) -> Result<(), Error> {
    let (happened, happens) = mpsc::channel();
    // Watching begins before the first build, so that no change falls between.
    let watcher = watch(&preview.root, happened.clone());
    let desk = Arc::new(Desk::new(first(preview)?));
    let (listener, port) = listen(preview.port)?;
    answer_requests(listener, port, &desk, &happened)?;

    let shown = desk.shown();
    tell_findings(&shown, tell);
    let address = format!("http://127.0.0.1:{port}/");
    let count =
        if shown.findings.is_empty() { String::new() } else { format!(" {}", shown.count()) };
    tell(&format!("{} pages are at {address}{count}", shown.pages));
    tell(&format!("All problems, and other ways to look at a page: {address}_plainsite/"));
    let mut watcher = match watcher {
        Ok(watcher) => {
            tell("Save a file, and open pages change by themselves. To end, press Ctrl and C.");
            Some(watcher)
        }
        Err(why) => {
            tell(&format!(
                "The folder cannot be watched ({why}). To see a change, press Ctrl and C, \
                 then start this again."
            ));
            None
        }
    };
    drop(happened);
    while let Ok(event) = happens.recv() {
        for event in std::iter::once(event).chain(happens.try_iter()) {
            match event {
                Event::Changed => {}
                Event::Folders => {
                    watcher.iter_mut().for_each(|watcher| watch_folders(watcher, &preview.root));
                }
                Event::Stopped(why) => {
                    return Err(Error::Usage(format!("the preview ended: {why}; start it again")));
                }
            }
        }
        rebuild(preview, &desk, tell);
    }
    Ok(())
}

/// Something that happened while the site is shown.
#[derive(Debug, PartialEq, Eq)]
enum Event {
    /// A file was saved, added or taken away.
    Changed,
    /// The same, and folders may have come or gone.
    Folders,
    /// No more connections are taken, and why.
    Stopped(String),
}

// Building.

fn options(preview: &Preview) -> Options {
    let today = preview.today.unwrap_or_else(Date::today);
    Options { today, staff: preview.staff, portable: false }
}

fn first(preview: &Preview) -> Result<Shown, Error> {
    let built = build(&preview.root, options(preview))?;
    // Only tells this run from others, so that a page that was open before the
    // preview was started again is loaded again.
    let run = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    let base_path = config::read(&preview.root)?.config.base_path().to_owned();
    Ok(Shown::new(run.as_millis(), built, base_path))
}

fn rebuild(preview: &Preview, desk: &Desk, tell: &dyn Fn(&str)) {
    let before = desk.shown();
    let now = match build(&preview.root, options(preview)) {
        Ok(built) => before.then(built),
        Err(error) => before.then_failed(&error),
    };
    if now.findings != before.findings {
        tell_findings(&now, tell);
    }
    tell(&now.sentence());
    desk.show(now);
}

fn tell_findings(shown: &Shown, tell: &dyn Fn(&str)) {
    let text = print(&shown.findings, Format::Human);
    if let Some(text) = text.strip_suffix('\n') {
        tell(text);
    }
}

/// What is shown, and who waits for it to change.
#[derive(Debug)]
struct Desk {
    shown: Mutex<Arc<Shown>>,
    changed: Condvar,
    listeners: AtomicUsize,
}

impl Desk {
    fn new(shown: Shown) -> Self {
        Self {
            shown: Mutex::new(Arc::new(shown)),
            changed: Condvar::new(),
            listeners: AtomicUsize::new(0),
        }
    }

    fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn show(&self, shown: Shown) {
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(shown);
        self.changed.notify_all();
    }

    /// What is shown once it is no longer `seen`, or after [`PULSE`].
    fn next(&self, seen: u64) -> Arc<Shown> {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |shown: &mut Arc<Shown>| shown.number == seen;
        let waited = self.changed.wait_timeout_while(shown, PULSE, same);
        Arc::clone(&waited.unwrap_or_else(PoisonError::into_inner).0)
    }
}

// Watching.

type Watcher = Debouncer<RecommendedWatcher, NoCache>;

/// Watches what a site is made from. Links are not followed: they may lead out
/// of the site, to the whole disk.
fn watch(root: &Path, happened: Sender<Event>) -> notify::Result<Watcher> {
    let root = root.canonicalize()?;
    let own = root.clone();
    let on_events = move |events: DebounceEventResult| {
        // What the watcher itself has to complain about stops nothing.
        let Ok(events) = events else { return };
        let happens = events.iter().filter(|event| !matches!(event.kind, EventKind::Access(_)));
        let paths = || happens.clone().flat_map(|event| &event.paths);
        if events.iter().any(|event| event.need_rescan())
            || paths().any(|path| path.parent() == Some(&own) && is_source(&own, path))
        {
            _ = happened.send(Event::Folders);
        } else if paths().any(|path| is_source(&own, path)) {
            _ = happened.send(Event::Changed);
        }
    };
    let settings = notify::Config::default().with_follow_symlinks(false);
    let mut watcher = new_debouncer_opt(QUIET, None, on_events, NoCache::new(), settings)?;
    watcher.watch(&root, RecursiveMode::NonRecursive)?;
    watch_folders(&mut watcher, &root);
    Ok(watcher)
}

/// Watches the folders of a site, those too that were not there before.
fn watch_folders(watcher: &mut Watcher, root: &Path) {
    let Ok(root) = root.canonicalize() else { return };
    let Ok(inside) = std::fs::read_dir(&root) else { return };
    for folder in inside.flatten().map(|entry| entry.path()) {
        if folder.is_dir() && is_source(&root, &folder) {
            // It may be watched already, or gone again: both are fine.
            _ = watcher.unwatch(&folder);
            _ = watcher.watch(&folder, RecursiveMode::Recursive);
        }
    }
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

// Answering.

/// Takes the first free port from `port` on.
fn listen(port: u16) -> Result<(TcpListener, u16), Error> {
    let last = port.saturating_add(PORTS);
    for port in port..=last {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)) {
            Ok(listener) => {
                let port = listener.local_addr().map_or(port, |address| address.port());
                return Ok((listener, port));
            }
            Err(why) if why.kind() == io::ErrorKind::AddrInUse => {}
            Err(why) => {
                let message = format!("port {port} cannot be used ({why}); try --port 8000");
                return Err(Error::Usage(message));
            }
        }
    }
    Err(Error::Usage(format!(
        "every port from {port} to {last} is taken; give another with --port"
    )))
}

fn answer_requests(
    listener: TcpListener,
    port: u16,
    desk: &Arc<Desk>,
    happened: &Sender<Event>,
) -> Result<(), Error> {
    let failed = |why: String| Error::Usage(format!("the preview could not start: {why}"));
    let server = Server::from_listener(listener, None).map_err(|why| failed(why.to_string()))?;
    let server = Arc::new(server);
    for _ in 0..WORKERS {
        let (server, desk, happened) = (Arc::clone(&server), Arc::clone(desk), happened.clone());
        let work = move || {
            loop {
                match server.recv() {
                    Ok(request) => respond(request, port, &desk),
                    Err(why) => {
                        _ = happened.send(Event::Stopped(why.to_string()));
                        return;
                    }
                }
            }
        };
        std::thread::Builder::new().spawn(work).map_err(|why| failed(why.to_string()))?;
    }
    Ok(())
}

fn respond(request: Request, port: u16, desk: &Arc<Desk>) {
    let answer = if !matches!(request.method(), Method::Get | Method::Head) {
        Answer::refusal(405, "This preview only shows pages: nothing can be sent to it.")
    } else if !is_asked_by_name(&request, port) {
        let sentence = format!("This preview is only at http://127.0.0.1:{port}/ on this machine.");
        Answer::refusal(421, &sentence)
    } else if path_of(&request) == "/_plainsite/events" && *request.method() == Method::Get {
        if desk.listeners.fetch_add(1, Ordering::Relaxed) < LISTENERS {
            let listening = Listening(Arc::clone(desk));
            // Without a thread the request is dropped, which answers it with an error.
            _ = std::thread::Builder::new().spawn(move || send_events(request, &listening));
            return;
        }
        desk.listeners.fetch_sub(1, Ordering::Relaxed);
        Answer::refusal(503, "Too many pages are open: close some, then load this one again.")
    } else {
        answer(&desk.shown(), request.url())
    };
    let headers = answer
        .headers
        .iter()
        .filter_map(|(name, value)| Header::from_bytes(name.as_bytes(), value.as_bytes()).ok());
    let length = answer.body.len();
    let body = Cursor::new(answer.body);
    let response = Response::new(answer.status.into(), headers.collect(), body, Some(length), None);
    // Nobody waits for it any more: that is their choice.
    _ = request.respond(response.with_chunked_threshold(usize::MAX));
}

fn path_of(request: &Request) -> &str {
    request.url().split('?').next().unwrap_or_default()
}

/// Whether the browser was sent here by a name of this machine. Any other name
/// was made to lead here by somebody else.
fn is_asked_by_name(request: &Request, port: u16) -> bool {
    let mut hosts = request.headers().iter().filter(|header| header.field.equiv("Host"));
    let is_own = |header: &Header| {
        let host = header.value.as_str().to_ascii_lowercase();
        let name = match host.strip_suffix(&format!(":{port}")) {
            Some(name) => name,
            None if port == 80 => &host,
            None => return false,
        };
        matches!(name, "localhost" | "127.0.0.1" | "[::1]")
    };
    hosts.next().is_some_and(is_own) && hosts.next().is_none()
}

/// A page that waits for news; it is counted as long as this lives.
struct Listening(Arc<Desk>);

impl Drop for Listening {
    fn drop(&mut self) {
        self.0.listeners.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Sends the number of what is shown now, and each time it changes, until
/// nobody listens.
fn send_events(request: Request, listening: &Listening) {
    let mut to = request.into_writer();
    let mut send = |text: &str| to.write_all(text.as_bytes()).and_then(|()| to.flush());
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
                X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n";
    let mut seen = listening.0.shown().number;
    if send(&format!("{head}data: {seen}\n\n")).is_err() {
        return;
    }
    loop {
        let number = listening.0.next(seen).number;
        let text = if number == seen { ":\n\n".to_owned() } else { format!("data: {number}\n\n") };
        if send(&text).is_err() {
            return;
        }
        seen = number;
    }
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

    #[test]
    fn a_port_that_is_taken_is_passed_over() {
        let (_first, port) = listen(0).expect("some port is free");
        let (_second, next) = listen(port).expect("another port is free");
        assert!(next > port);
    }
}
