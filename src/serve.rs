//! The preview: shows the site on this machine, as it is written, and what is wrong in it.
//!
//! A save is answered twice. At once the file is read again in its place (`front`), and a
//! page is made when somebody asks for it. After that the whole site is checked and made, of
//! what is remembered, on a thread of its own, and what was found follows.
//!
//! Only this machine can ask for pages, and only by the names of this machine,
//! so that no other site can read a draft through the browser. A page with errors keeps its
//! last good form, with the problems on top; where the error is in what all pages are made
//! from, all do. Nothing is written to disk. The only file that names httparse and notify.

use std::{
    collections::BTreeSet,
    io::{self, Read as _, Write as _},
    net::{Ipv4Addr, Shutdown, TcpListener, TcpStream},
    path::{Path, PathBuf},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
        mpsc::{self, Receiver, Sender},
    },
    time::{Duration, Instant, SystemTime},
};

use notify::{
    EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher,
    event::{AccessKind, AccessMode, ModifyKind, RenameMode},
};
use rayon::ThreadPool;

use self::{
    answer::{Answer, answer, draft},
    front::{Front, Held},
    shown::{Made, Shown, lock},
};
use crate::{
    Built, Clock, Opened, Options,
    diagnostic::{Error, Format, print},
    load::{Again, NOT_CONTENT, Shelf},
    make,
    memory::Memory,
    model::{Page, Site},
    open, open_drafts,
    rule::Severity,
    text::{Date, Source, address::decoded},
};

mod answer;
mod front;
mod overview;
mod shown;

/// What to show, and where.
#[derive(Debug, Clone)]
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

/// How many connections there may be.
const CONNECTIONS: usize = 500;

/// The longest head of a request, in bytes.
const LONGEST_REQUEST: usize = 64 * 1024;

/// How long a browser may take to say what it wants, and to take the answer.
const PATIENCE: Duration = Duration::from_secs(20);

/// How many pages can wait for news. A browser opens six at most.
const LISTENERS: usize = 64;

/// After this long without news a listener gets an empty line, which shows
/// whether it is still there.
const PULSE: Duration = Duration::from_secs(10);

/// How long a file must be quiet that nobody is known to have closed. Editors write a file in
/// several steps; on Linux the last of them is told.
const QUIET: Duration = Duration::from_millis(if cfg!(target_os = "linux") { 10 } else { 50 });

/// How long the folder must be quiet before the whole site is made again: who saves every
/// moment wants to see one page.
const PAUSE: Duration = Duration::from_millis(80);

/// Shows the site until the program is ended.
///
/// What happens is said with `tell`, in whole lines for people.
///
/// # Errors
///
/// When the folder cannot be read to begin with, when no port is free, or when
/// the machine stops taking connections. A folder that cannot be watched is
/// not an error: that is said, and the site is shown as it was.
pub fn serve(preview: &Preview, tell: &(dyn Fn(&str) + Sync)) -> Result<(), Error> {
    let (happened, happens) = mpsc::channel();
    // Watching begins before the first build, so that no change falls between.
    let mut watcher = watch(&preview.root, &happened);
    let desk = Arc::new(Desk::new(preview)?);
    let (listener, port) = listen(preview.port)?;
    answer_requests(listener, port, &desk, &happened)?;

    let shown = desk.shown();
    tell_findings(&shown, tell);
    let address = format!("http://127.0.0.1:{port}/");
    let count =
        if shown.findings.is_empty() { String::new() } else { format!(" {}", shown.count()) };
    tell(&format!("{} pages are at {address}{count}", shown.pages));
    tell(&format!("All problems, and other ways to look at a page: {address}_plainsite/"));
    if let Err(why) = &watcher {
        let why = why.to_string();
        watcher = look_by_itself(&preview.root, &happened);
        tell(&format!(
            "The system does not say when files change ({why}), so they are looked at every second."
        ));
    }
    match &watcher {
        Ok(_) => {
            tell("Save a file, and open pages change by themselves. To end, press Ctrl and C.")
        }
        Err(why) => tell(&format!(
            "The folder cannot be watched ({why}). To see a change, press Ctrl and C, then \
             start this again."
        )),
    }
    drop(happened);
    std::thread::scope(|scope| {
        let (saved, saves) = mpsc::channel();
        scope.spawn(|| build_after(saves, &desk, tell));
        while let Some(changes) = next_changes(&happens) {
            let changes = changes?;
            if changes.has_folders {
                let watcher = watcher.as_deref_mut();
                watcher.into_iter().for_each(|watcher| watch_folders(watcher, &preview.root));
            }
            desk.save(&changes);
            _ = saved.send(());
        }
        Ok(())
    })
}

/// Something that happened while the site is shown.
#[derive(Debug, PartialEq, Eq)]
enum Event {
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
struct Changes {
    /// The files and folders, by path below the root; none when that is not known.
    paths: Option<BTreeSet<String>>,
    has_folders: bool,
}

/// Waits for changes, until they are done. `None` when nobody watches any more.
fn next_changes(happens: &Receiver<Event>) -> Option<Result<Changes, Error>> {
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

// Building.

fn options(preview: &Preview) -> Options {
    let today = preview.today.unwrap_or_else(Date::today);
    Options { today, staff: preview.staff, portable: false }
}

/// Makes the whole site after each save, when saving pauses.
fn build_after(saves: Receiver<()>, desk: &Desk, tell: &dyn Fn(&str)) {
    while let Ok(()) = saves.recv() {
        let began = Instant::now();
        while began.elapsed() < PAUSE * 10 && saves.recv_timeout(PAUSE).is_ok() {}
        desk.rebuild(tell);
    }
}

/// A build, and what its site says of it.
fn made_of(built: Built, site: &Site) -> Made {
    let errors = built.findings.iter().filter(|found| found.severity == Severity::Error);
    let held = Held::of(errors.map(|found| &*found.file), |file| site.by_path.contains_key(file));
    let pages = held.files.iter().filter_map(|file| site.by_path.get(file));
    let held_paths = pages.map(|&id| site.pages[id].url.output()).collect();
    let source = |page: &Page| (page.url.to_string(), page.source().path.to_string());
    Made { sources: site.pages.iter().map(source).collect(), held, held_paths, built }
}

fn tell_findings(shown: &Shown, tell: &dyn Fn(&str)) {
    let text = print(&shown.findings, Format::Human);
    if let Some(text) = text.strip_suffix('\n') {
        tell(text);
    }
}

/// What a thread has for its calls, in bytes, for what is nested deeply.
const STACK: usize = 8 * 1024 * 1024;

/// What is shown, what it is made from, and who waits for it to change.
#[derive(Debug)]
struct Desk {
    preview: Preview,
    shown: Mutex<Arc<Shown>>,
    changed: Condvar,
    listeners: AtomicUsize,
    /// How many connections there are.
    open: AtomicUsize,
    /// Whose turn it is to change what is shown: that of a save, or of the build after one.
    turn: Mutex<()>,
    /// How often files were saved.
    saves: AtomicU64,
    shelf: Mutex<Shelf>,
    memory: Memory,
    front: Arc<Mutex<Front>>,
    /// For the work on the whole site, from whichever thread.
    pool: Option<ThreadPool>,
    /// The site with drafts in it, and after how many saves it was read.
    drafts: Mutex<Option<(u64, Front)>>,
}

impl Desk {
    fn new(preview: &Preview) -> Result<Self, Error> {
        let (shelf, memory) = (Mutex::default(), Memory::new());
        let opened = open(&preview.root, options(preview), &shelf, &memory)?;
        let built = make(&opened, &memory, Clock::start());
        memory.sweep();
        // Only tells this run from others, so that a page that was open before the
        // preview was started again is loaded again.
        let run = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let base_path = opened.settings.config.base_path().to_owned();
        let shown = Shown::new(run.as_millis(), made_of(built, &opened.examined.site), base_path);
        let front = Front::new(opened, &memory);
        Ok(Self {
            preview: preview.clone(),
            shown: Mutex::new(Arc::new(shown)),
            changed: Condvar::new(),
            listeners: AtomicUsize::new(0),
            open: AtomicUsize::new(0),
            turn: Mutex::default(),
            saves: AtomicU64::new(0),
            shelf,
            memory,
            front: Arc::new(Mutex::new(front)),
            pool: rayon::ThreadPoolBuilder::new().stack_size(STACK).build().ok(),
            drafts: Mutex::new(None),
        })
    }

    fn open(&self) -> Result<Opened, Error> {
        let Self { preview, shelf, memory, .. } = self;
        self.work(|| open(&preview.root, options(preview), shelf, memory))
    }

    fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Works with the threads that are there for it.
    fn work<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        match &self.pool {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }

    /// The answer for a page that is not published: a draft, or one of a later day.
    fn draft(&self, shown: &Shown, address: &str) -> Option<Answer> {
        let path = decoded(address.split(['?', '#']).next()?);
        let base = shown.base_path.trim_end_matches('/');
        let path = path.strip_prefix(base).unwrap_or(&path);
        let page = shown.left_out.iter().find(|page| page.url == path)?;
        let saves = self.saves.load(Ordering::SeqCst);
        let mut drafts = self.drafts.lock().unwrap_or_else(PoisonError::into_inner);
        if drafts.as_ref().is_none_or(|(read, _)| *read != saves) {
            let Self { preview, shelf, memory, .. } = self;
            let open = || open_drafts(&preview.root, options(preview), shelf, memory);
            let opened = self.work(open).ok()?;
            let mut front = Front::new(opened, &self.memory);
            front.hold(Held::default());
            *drafts = Some((saves, front));
        }
        let (_, front) = drafts.as_mut()?;
        let name = format!("{}index.html", path.trim_start_matches('/'));
        Some(draft(&front.page(&name)?, page.why, &shown.site))
    }

    /// Shows what was saved, before anything is said of it.
    fn save(&self, changes: &Changes) {
        let _turn = self.turn();
        self.saves.fetch_add(1, Ordering::SeqCst);
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        let again = |path: &String| shelf.again(&self.preview.root, path);
        let read: Vec<Again> = changes.paths.iter().flatten().map(again).collect();
        if changes.paths.is_none() {
            shelf.forget_all();
        }
        drop(shelf);
        let is_known = changes.paths.is_some() && !read.contains(&Again::More);
        let words = |again| if let Again::Words(source) = again { Some(source) } else { None };
        let sources: Vec<Source> = read.into_iter().filter_map(words).collect();
        if is_known && sources.is_empty() {
            return; // Somebody saved what was there.
        }
        let made = lock(&self.front).take_made();
        if !is_known || !lock(&self.front).reread(&sources) {
            match self.open() {
                Ok(opened) => *lock(&self.front) = Front::new(opened, &self.memory),
                // The build says why.
                Err(_) => return,
            }
        }
        let held = lock(&self.front).held().clone();
        self.show(self.shown().at_once(&self.front, &held, made));
    }

    /// Checks and makes the whole site.
    fn rebuild(&self, tell: &dyn Fn(&str)) {
        let saves = self.saves.load(Ordering::SeqCst);
        let opened = match self.open() {
            Ok(opened) => opened,
            Err(error) => {
                let _turn = self.turn();
                let now = self.show(self.shown().then_failed(&error));
                return tell(&now.sentence());
            }
        };
        let built = self.work(|| make(&opened, &self.memory, Clock::start()));
        self.memory.sweep();
        let made = made_of(built, &opened.examined.site);
        let mut new = Front::new(opened, &self.memory);
        new.hold(made.held.clone());
        // What is saved from here on waits for its turn, or it would be lost below this.
        let turn = self.turn();
        let before = self.shown();
        let is_newest = self.saves.load(Ordering::SeqCst) == saves;
        let now = before.then(made, (!is_newest).then_some(&self.front));
        if is_newest {
            *lock(&self.front) = new;
        }
        let is_news = now.findings != before.findings || before.failure.is_some();
        let now = self.show(now);
        drop(turn);
        if is_news {
            tell_findings(&now, tell);
        }
        tell(&now.sentence());
    }

    fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn show(&self, shown: Shown) -> Arc<Shown> {
        let shown = Arc::new(shown);
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&shown);
        self.changed.notify_all();
        shown
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

/// Watches what a site is made from. Links are not followed: they may lead out
/// of the site, to the whole disk.
fn watch(root: &Path, happened: &Sender<Event>) -> notify::Result<Box<dyn Watcher>> {
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
fn look_by_itself(root: &Path, happened: &Sender<Event>) -> notify::Result<Box<dyn Watcher>> {
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
fn watch_folders(watcher: &mut dyn Watcher, root: &Path) {
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

/// Takes connections, each on a thread of its own, so that none waits for another: a browser
/// opens some before it knows what for, and says nothing on them.
fn answer_requests(
    listener: TcpListener,
    port: u16,
    desk: &Arc<Desk>,
    happened: &Sender<Event>,
) -> Result<(), Error> {
    let (desk, happened) = (Arc::clone(desk), happened.clone());
    let take = move || {
        let mut failed = 0;
        loop {
            match listener.accept() {
                Ok((stream, _)) => {
                    failed = 0;
                    let Some(open) = Counted::below(CONNECTIONS, &desk, |desk| &desk.open) else {
                        continue; // It is closed again.
                    };
                    // Without a thread it is closed as well.
                    let answer = move || _ = respond(stream, port, &open);
                    _ = std::thread::Builder::new().spawn(answer);
                }
                Err(_) if failed < PORTS => {
                    failed += 1;
                    std::thread::sleep(QUIET);
                }
                Err(why) => {
                    _ = happened.send(Event::Stopped(why.to_string()));
                    return;
                }
            }
        }
    };
    let started = std::thread::Builder::new().spawn(take);
    started.map_err(|why| Error::Usage(format!("the preview could not start: {why}")))?;
    Ok(())
}

/// What a browser asks for.
#[derive(Debug, Default)]
struct Request {
    method: String,
    /// `/records/?q=1`
    address: String,
    /// What it says in `Host`, each time.
    hosts: Vec<String>,
}

/// Reads the head of a request; none when nobody asks anything, or what is no HTTP.
fn read_request(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    loop {
        let length = stream.read(&mut piece).ok().filter(|&length| length > 0)?;
        bytes.extend_from_slice(&piece[..length]);
        let mut headers = [httparse::EMPTY_HEADER; 100];
        let mut request = httparse::Request::new(&mut headers);
        if request.parse(&bytes).ok()?.is_complete() {
            let hosts = request.headers.iter().filter(|one| one.name.eq_ignore_ascii_case("host"));
            let hosts = hosts.map(|host| String::from_utf8_lossy(host.value).into_owned());
            return Some(Request {
                method: request.method?.to_owned(),
                address: request.path?.to_owned(),
                hosts: hosts.collect(),
            });
        }
        if bytes.len() > LONGEST_REQUEST {
            return None;
        }
    }
}

/// Answers what is asked on a connection, which then ends.
fn respond(mut stream: TcpStream, port: u16, open: &Counted) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let Some(request) = read_request(&mut stream) else { return Ok(()) };
    let is_head = request.method == "HEAD";
    let desk = &open.desk;
    let path = request.address.split('?').next().unwrap_or_default();
    let answer = if request.method != "GET" && !is_head {
        Answer::refusal(405, "This preview only shows pages: nothing can be sent to it.")
    } else if !is_asked_by_name(&request, port) {
        let sentence = format!("This preview is only at http://127.0.0.1:{port}/ on this machine.");
        Answer::refusal(421, &sentence)
    } else if path == "/_plainsite/events" && !is_head {
        match Counted::below(LISTENERS, desk, |desk| &desk.listeners) {
            Some(listening) => return send_events(&mut stream, &listening.desk),
            None => {
                let why = "Too many pages are open: close some, then load this one again.";
                Answer::refusal(503, why)
            }
        }
    } else {
        let shown = desk.shown();
        let draft = desk.draft(&shown, &request.address);
        draft.unwrap_or_else(|| answer(&shown, &request.address))
    };
    let mut whole = format!("HTTP/1.1 {} {}\r\n", answer.status, answer.reason());
    for (name, value) in &answer.headers {
        whole += &format!("{name}: {}\r\n", value.replace(['\r', '\n'], " "));
    }
    whole += &format!("Content-Length: {}\r\nConnection: close\r\n\r\n", answer.body.len());
    let mut whole = whole.into_bytes();
    if !is_head {
        whole.extend_from_slice(&answer.body);
    }
    stream.write_all(&whole)?;
    stream.flush()?;
    // What was sent along is heard to its end, or the answer would be lost with it.
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(QUIET * 10))?;
    io::copy(&mut stream.take(1 << 20), &mut io::sink()).map(|_| ())
}

/// Whether the browser was sent here by a name of this machine. Any other name
/// was made to lead here by somebody else.
fn is_asked_by_name(request: &Request, port: u16) -> bool {
    let [host] = &request.hosts[..] else { return false };
    let host = host.trim().to_ascii_lowercase();
    let name = match host.strip_suffix(&format!(":{port}")) {
        Some(name) => name,
        None if port == 80 => &host,
        None => return false,
    };
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

/// One of a number of things that may not be too many; it is counted as long as this lives.
struct Counted {
    desk: Arc<Desk>,
    count: fn(&Desk) -> &AtomicUsize,
}

impl Counted {
    /// One more, if there are fewer than `most`.
    fn below(most: usize, desk: &Arc<Desk>, count: fn(&Desk) -> &AtomicUsize) -> Option<Self> {
        let before = count(desk).fetch_add(1, Ordering::SeqCst);
        let one = Self { desk: Arc::clone(desk), count };
        (before < most).then_some(one)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        (self.count)(&self.desk).fetch_sub(1, Ordering::SeqCst);
    }
}

/// Sends the number of what is shown now, and each time it changes, until nobody listens.
fn send_events(to: &mut TcpStream, desk: &Desk) -> io::Result<()> {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
                X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n";
    let mut seen = desk.shown().number;
    to.write_all(format!("{head}data: {seen}\n\n").as_bytes())?;
    loop {
        let number = desk.next(seen).number;
        // An empty line shows whether somebody is still there.
        let text = if number == seen { ":\n\n".to_owned() } else { format!("data: {number}\n\n") };
        to.write_all(text.as_bytes())?;
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
