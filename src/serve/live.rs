//! What is shown, what it is made from, and who waits for it to change.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc, Condvar, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, SystemTime},
};

use rayon::ThreadPool;

use super::{
    Preview,
    answer::{Answer, Edition, answer_as_published, draft, is_page, not_in, plain},
    front::{Front, Held},
    moved::Written,
    shown::{Made, Shown, lock},
    tell_findings,
    watch::Changes,
};
use crate::{
    Built, Opened, Options,
    clock::Clock,
    desk::reads::{Reads, reads},
    diagnostic::{Error, Finding},
    kept::Key,
    load::{Again, Shelf},
    make,
    memory::Memory,
    model::{Page, Site},
    open, open_drafts,
    output::Bytes,
    parse,
    rule::Severity,
    text::{Date, Source, address::decoded},
};

/// After this long without news a listener gets an empty line, which shows
/// whether it is still there.
const PULSE: Duration = Duration::from_secs(10);

fn options(preview: &Preview) -> Options {
    let today = preview.today.unwrap_or_else(Date::today);
    Options { today, staff: preview.staff, portable: false }
}

/// A build, and what its site says of it.
fn made_of(built: Built, site: &Site, saves: u64) -> Made {
    let errors = built.findings.iter().filter(|found| found.severity == Severity::Error);
    let held = Held::of(errors.map(|found| &*found.file), |file| site.by_path.contains_key(file));
    let pages = held.files.iter().filter_map(|file| site.by_path.get(file));
    let held_paths = pages.map(|&id| site.pages[id].url.output()).collect();
    let written = |page: &Page| {
        let source = page.source();
        let text = Key::of([source.text.as_bytes()]);
        let (file, title) = (source.path.to_string(), page.title.clone());
        (page.url.to_string(), Written { file, title, text, is_made: page.made })
    };
    let sources = site.pages.iter().map(written).collect();
    Made { built, saves, sources, held, held_paths }
}

/// What a thread has for its calls, in bytes, for what is nested deeply.
const STACK: usize = 8 * 1024 * 1024;

/// An edition of the site beside the one that is shown.
#[derive(Debug, Clone, Copy)]
enum Other {
    /// With drafts and pages of a later day.
    Drafts,
    /// For staff, where the public one is shown; for the public, where that for staff is.
    Readers,
}

/// What is shown, what it is made from, and who waits for it to change.
#[derive(Debug)]
pub(super) struct Live {
    preview: Preview,
    shown: Mutex<Arc<Shown>>,
    changed: Condvar,
    pub(super) listeners: AtomicUsize,
    /// How many connections there are.
    pub(super) open: AtomicUsize,
    /// How many more there are from other machines.
    pub(super) guests: AtomicUsize,
    /// Whose turn it is to change what is shown: that of a save, or of the build after one.
    turn: Mutex<()>,
    /// How often files were saved.
    saves: AtomicU64,
    shelf: Mutex<Shelf>,
    memory: Memory,
    front: Arc<Mutex<Front>>,
    /// How many pages there were at first.
    pub(super) pages: usize,
    /// For the work on the whole site, from whichever thread.
    pool: Option<ThreadPool>,
    /// The site as [`Other`]s see it, and after how many saves it was read.
    others: Mutex<[Option<(u64, Front)>; 2]>,
    /// The site with drafts as the public and as staff see it, with words that nobody has
    /// saved yet.
    trials: Mutex<[Option<Trial>; 2]>,
}

/// The site with words that nobody has saved yet.
#[derive(Debug)]
struct Trial {
    /// After how many saves it was read.
    saves: u64,
    front: Front,
    /// The file whose words were tried out, and what stands at its top.
    path: String,
    top: String,
    /// What was found there.
    of_top: Vec<Finding>,
}

/// Words that nobody has saved yet, as the site would have them.
#[derive(Debug)]
pub(super) struct Tried {
    /// What is found in their file.
    pub(super) findings: Vec<Finding>,
    /// How its page reads.
    pub(super) reads: Option<Reads>,
    /// The address of its page, if it is one.
    pub(super) address: Option<String>,
    /// Whether only staff would see it.
    pub(super) is_for_staff: bool,
}

impl Live {
    pub(super) fn new(preview: &Preview) -> Result<Self, Error> {
        let (shelf, memory) = (Mutex::default(), Memory::new());
        let opened = open(&preview.root, options(preview), &shelf, &memory)?;
        // Only tells this run from others, so that a page that was open before the
        // preview was started again is loaded again.
        let run = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
        let base_path = opened.settings.config.base_path().to_owned();
        let pages = opened.examined.site.pages.len();
        let front = Arc::new(Mutex::new(Front::new(opened, &memory)));
        let shown = Shown::opening(run.as_millis(), &front, base_path, preview.write);
        Ok(Self {
            preview: preview.clone(),
            shown: Mutex::new(Arc::new(shown)),
            changed: Condvar::new(),
            listeners: AtomicUsize::new(0),
            open: AtomicUsize::new(0),
            guests: AtomicUsize::new(0),
            turn: Mutex::default(),
            saves: AtomicU64::new(0),
            shelf,
            memory,
            front,
            pages,
            pool: rayon::ThreadPoolBuilder::new().stack_size(STACK).build().ok(),
            others: Mutex::default(),
            trials: Mutex::default(),
        })
    }

    /// Tries words out in the place of a file's, or as a new file. None when the site cannot be
    /// read.
    pub(super) fn try_out(&self, path: &str, words: &str) -> Option<Tried> {
        let source = Source::new(path, words);
        let top = match path.ends_with(".md") {
            true => &words[..parse::parts(&source).1.start],
            false => words,
        };
        let lines = top.matches('\n').count();
        let mut trials = self.trials.lock().unwrap_or_else(PoisonError::into_inner);
        let mut last = None;
        // A page that the public does not see is one for staff.
        for is_for_staff in [self.preview.staff, true] {
            let saves = self.saves.load(Ordering::SeqCst);
            let kept = &mut trials[usize::from(is_for_staff)];
            // Only the text is read again in its place: what stands at the top of a page may
            // change more than the page.
            let known = kept
                .as_mut()
                .filter(|trial| trial.saves == saves && trial.path == path && trial.top == top);
            let in_place = known.and_then(|trial| {
                let mut found = trial.front.try_in_place(&source)?;
                found.retain(|one| one.start.line > lines);
                found.extend(trial.of_top.iter().cloned());
                Some(found)
            });
            let findings = match in_place {
                Some(findings) => findings,
                None => {
                    let front = self.with(&source, is_for_staff)?;
                    let findings = front.found_in(path);
                    let of_top = findings.iter().filter(|one| one.start.line <= lines);
                    *kept = Some(Trial {
                        saves,
                        of_top: of_top.cloned().collect(),
                        front,
                        path: path.to_owned(),
                        top: top.to_owned(),
                    });
                    findings
                }
            };
            let front = &kept.as_ref()?.front;
            let address = front.address_of(path);
            let is_shown = address.is_some();
            let mut pages = front.site().pages.iter().filter(|page| !page.made);
            let page = pages.find(|page| &*page.source().path == path);
            let reads = page.and_then(reads);
            last = Some(Tried { findings, reads, address, is_for_staff });
            if is_shown || is_for_staff {
                break;
            }
        }
        last
    }

    /// The site with drafts, with words in the place of a file's.
    fn with(&self, source: &Source, staff: bool) -> Option<Front> {
        let shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner).with(source.clone());
        let options = Options { staff, ..options(&self.preview) };
        let Self { preview, memory, .. } = self;
        let opened =
            self.work(|| open_drafts(&preview.root, options, &Mutex::new(shelf), memory)).ok()?;
        Some(Front::alone(opened, memory))
    }

    /// A page of the site with the words that were tried out last, at a path below the
    /// published folder.
    pub(super) fn tried_page(&self, path: &str, is_for_staff: bool) -> Option<Arc<[u8]>> {
        let mut trials = self.trials.lock().unwrap_or_else(PoisonError::into_inner);
        trials[usize::from(is_for_staff)].as_mut()?.front.page(path)
    }

    /// What a page uses of the site with the words that were tried out last.
    pub(super) fn tried_file(&self, path: &str, is_for_staff: bool) -> Option<Bytes> {
        let trials = self.trials.lock().unwrap_or_else(PoisonError::into_inner);
        trials[usize::from(is_for_staff)].as_ref()?.front.beside(path)
    }

    /// Asks something about the site with all that is in it, for staff and as drafts.
    pub(super) fn of_everything<T>(&self, ask: impl FnOnce(&Front) -> T) -> Option<T> {
        let mut trials = self.trials.lock().unwrap_or_else(PoisonError::into_inner);
        let saves = self.saves.load(Ordering::SeqCst);
        let kept = &mut trials[1];
        if kept.as_ref().is_none_or(|trial| trial.saves != saves) {
            let Self { preview, shelf, memory, .. } = self;
            let options = Options { staff: true, ..options(preview) };
            let opened = self.work(|| open_drafts(&preview.root, options, shelf, memory)).ok()?;
            *kept = Some(Trial {
                saves,
                front: Front::alone(opened, memory),
                path: String::new(),
                top: String::new(),
                of_top: Vec::new(),
            });
        }
        kept.as_ref().map(|trial| ask(&trial.front))
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

    /// The folder of the site.
    pub(super) fn root(&self) -> &Path {
        &self.preview.root
    }

    /// The folder that the site is published in, unless something else is said.
    pub(super) fn published(&self) -> PathBuf {
        self.preview.root.join("public")
    }

    /// Whether the edition for staff is shown.
    pub(super) fn shows_staff(&self) -> bool {
        self.preview.staff
    }

    /// The answer for a page that is not in the edition that is shown: a draft, one of a later
    /// day, or what others get than those that it is shown to.
    pub(super) fn other_edition(&self, shown: &Shown, address: &str) -> Option<Answer> {
        let path = decoded(address.split(['?', '#']).next()?);
        if let Some((edition, path)) = Edition::of(&path) {
            if edition.is_staff == self.preview.staff || !is_page(path) {
                return Some(answer_as_published(shown, path));
            }
            let base = shown.base_path.trim_end_matches('/');
            let path = path.strip_prefix(base).unwrap_or(path);
            let folder = if path.ends_with('/') { path.to_owned() } else { format!("{path}/") };
            let page = self.made(Other::Readers, &folder);
            return Some(page.map_or_else(|| not_in(edition), |html| plain(&html, &shown.site)));
        }
        let base = shown.base_path.trim_end_matches('/');
        let path = path.strip_prefix(base).unwrap_or(&path);
        let page = shown.left_out.iter().find(|page| page.url == path)?;
        Some(draft(&self.made(Other::Drafts, path)?, page.why, &shown.site))
    }

    /// A page of another edition.
    fn made(&self, other: Other, path: &str) -> Option<Arc<[u8]>> {
        let saves = self.saves.load(Ordering::SeqCst);
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = &mut others[other as usize];
        if kept.as_ref().is_none_or(|(read, _)| *read != saves) {
            let Self { preview, shelf, memory, .. } = self;
            let options = options(preview);
            let opened = self.work(|| match other {
                Other::Drafts => open_drafts(&preview.root, options, shelf, memory),
                Other::Readers => {
                    let options = Options { staff: !preview.staff, ..options };
                    open(&preview.root, options, shelf, memory)
                }
            });
            *kept = Some((saves, Front::alone(opened.ok()?, memory)));
        }
        let (_, front) = kept.as_mut()?;
        front.page(&format!("{}index.html", path.trim_start_matches('/')))
    }

    /// Shows what was saved, before anything is said of it.
    pub(super) fn save(&self, changes: &Changes) {
        let _turn = self.turn();
        let saves = self.saves.fetch_add(1, Ordering::SeqCst);
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        let again = |path: &String| shelf.again(&self.preview.root, path);
        let read: Vec<Again> = changes.paths.iter().flatten().map(again).collect();
        if changes.paths.is_none() {
            shelf.forget_all();
        }
        drop(shelf);
        let is_known = changes.paths.is_some() && !read.contains(&Again::More);
        let words = |again| if let Again::Words(source) = again { Some(source) } else { None };
        let mut sources: Vec<Source> = read.into_iter().filter_map(words).collect();
        // Nobody else makes a page of it between what it was and what it will be.
        let mut front = lock(&self.front);
        // It is asked what is shown: what was read may be newer, for a build that is under way.
        sources.retain(|source| !front.has(source));
        if is_known && sources.is_empty() {
            return; // Somebody saved what was there.
        }
        let seen = front.seen(saves);
        if !is_known || !front.reread(&sources) {
            drop(front);
            let new = self.open().map(|opened| Front::new(opened, &self.memory));
            front = lock(&self.front);
            // Where there is none, the build says why.
            if let Ok(new) = new {
                *front = new;
                // It may have read what nobody has told yet, and a build that is under way not.
                self.saves.fetch_add(1, Ordering::SeqCst);
            }
        }
        self.show(self.shown().at_once(&self.front, front.held(), seen));
    }

    /// Checks and makes the whole site. What cannot be made at all is told, and waited for by
    /// nobody.
    pub(super) fn rebuild(&self, tell: &dyn Fn(&str)) {
        let work = AssertUnwindSafe(|| self.make_all(tell));
        if catch_unwind(work).is_err() {
            let why = "the program has a fault, which the lines above are about";
            let before = self.shown();
            let now = self.show(before.then_failed(&Error::Usage(why.to_owned())));
            tell(&now.sentence(&before));
        }
    }

    fn make_all(&self, tell: &dyn Fn(&str)) {
        match self.make_it() {
            Ok((made, new)) => self.show_made(made, new, tell),
            Err(error) => {
                let _turn = self.turn();
                let before = self.shown();
                let now = self.show(before.then_failed(&error));
                tell(&now.sentence(&before));
            }
        }
    }

    /// Makes the whole site of the files as they are now.
    fn make_it(&self) -> Result<(Made, Front), Error> {
        let saves = self.saves.load(Ordering::SeqCst);
        let opened = self.open()?;
        let built = self.work(|| make(&opened, &self.memory, Clock::start()));
        self.memory.sweep();
        let made = made_of(built, &opened.examined.site, saves);
        let mut new = Front::new(opened, &self.memory);
        new.hold(made.held.clone());
        Ok((made, new))
    }

    /// Shows what was made of the whole site, with what was saved meanwhile before it.
    fn show_made(&self, made: Made, new: Front, tell: &dyn Fn(&str)) {
        // What is saved from here on waits for its turn, or it would be lost below this.
        let turn = self.turn();
        // So does who asks for a page, or it would be one of the site before and stay open.
        let mut front = lock(&self.front);
        let before = self.shown();
        let is_newest = self.saves.load(Ordering::SeqCst) == made.saves;
        let was_shown = before.has_front().then_some(&*front);
        let now = before.then(made, was_shown, (!is_newest).then(|| Arc::clone(&self.front)));
        if is_newest {
            *front = new;
        }
        let is_news = now.findings != before.findings || before.failure.is_some();
        let now = self.show(now);
        drop((front, turn));
        for moved in now.moved.iter().filter(|moved| !before.moved.contains(moved)) {
            tell(&moved.sentence());
        }
        if is_news {
            tell_findings(&now, tell);
        }
        tell(&now.sentence(&before));
    }

    pub(super) fn shown(&self) -> Arc<Shown> {
        Arc::clone(&self.shown.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn show(&self, shown: Shown) -> Arc<Shown> {
        let shown = Arc::new(shown);
        *self.shown.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&shown);
        self.changed.notify_all();
        shown
    }

    /// What is shown once there was a build.
    pub(super) fn built(&self) -> Arc<Shown> {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let is_early = |shown: &mut Arc<Shown>| !shown.is_built && shown.failure.is_none();
        let waited = self.changed.wait_while(shown, is_early);
        Arc::clone(&waited.unwrap_or_else(PoisonError::into_inner))
    }

    /// What is shown once a build is as new as the files, or after [`PULSE`].
    pub(super) fn settled(&self) -> Arc<Shown> {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let waited = self
            .changed
            .wait_timeout_while(shown, PULSE, |shown| !(shown.is_built && shown.is_new()));
        Arc::clone(&waited.unwrap_or_else(PoisonError::into_inner).0)
    }

    /// What is shown once it is no longer `seen`, or after [`PULSE`].
    pub(super) fn next(&self, seen: u64) -> Arc<Shown> {
        let shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        let same = |shown: &mut Arc<Shown>| shown.number == seen;
        let waited = self.changed.wait_timeout_while(shown, PULSE, same);
        Arc::clone(&waited.unwrap_or_else(PoisonError::into_inner).0)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{super::answer::answer, *};

    /// A site of two pages in the preview, and what an editor does there.
    struct Desk {
        root: tempfile::TempDir,
        live: Live,
    }

    impl Desk {
        fn new() -> Self {
            let root = tempfile::tempdir().expect("a folder");
            fs::create_dir(root.path().join("content")).expect("a folder");
            fs::write(root.path().join("site.toml"), "title = \"Guide\"\n").expect("a file");
            for (name, words) in [("index", "Hello."), ("records", "First.")] {
                let text = format!("---\ntitle: {name}\n---\n\n{words}\n");
                fs::write(root.path().join(format!("content/{name}.md")), text).expect("a file");
            }
            let preview = Preview {
                root: root.path().to_owned(),
                host: None,
                write: false,
                open: false,
                port: 0,
                staff: false,
                today: Date::parse("2026-11-30"),
            };
            let live = Live::new(&preview).expect("it is a site");
            live.rebuild(&|_| {});
            Self { root, live }
        }

        /// Writes a page; nobody has told the preview yet.
        fn write(&self, top: &str, words: &str) {
            let text = format!("---\ntitle: records\n{top}---\n\n{words}\n");
            fs::write(self.root.path().join("content/records.md"), text).expect("a file");
        }

        fn told(&self) {
            let paths = Some(["content/records.md".to_owned()].into());
            self.live.save(&Changes { paths, has_folders: false });
        }

        fn begin(&self) -> (Made, Front) {
            self.live.make_it().expect("it can be read")
        }

        fn end(&self, (made, new): (Made, Front)) {
            self.live.show_made(made, new, &|_| {});
        }

        /// Whether the page shows these words, and the site that an open tab takes them for.
        #[track_caller]
        fn shows(&self, words: &str) -> String {
            let shown = self.live.shown();
            let page = String::from_utf8(answer(&shown, "/records/").body).expect("it is text");
            let main = page.split("<main").last();
            assert!(page.contains(words), "not {words}: {main:?}");
            shown.site.clone()
        }
    }

    const WRONG: &str = "status: gone\n";

    #[test]
    fn a_save_is_shown_at_once_also_when_a_build_has_read_it_already() {
        let desk = Desk::new();
        desk.write("", "Second.");
        desk.told();
        let open = desk.shows("Second.");
        desk.write("", "Third.");
        let build = desk.begin();
        desk.told();
        assert_ne!(desk.shows("Third."), open, "an open tab is loaded again");
        let open = desk.shows("Third.");
        desk.told();
        assert_eq!(desk.live.shown().site, open, "what was there is no news");
        desk.end(build);
        desk.live.rebuild(&|_| {});
        assert_eq!(desk.shows("Third."), open, "nothing changed for an open tab");
    }

    #[test]
    fn a_page_keeps_its_last_good_form_while_an_older_build_ends() {
        let desk = Desk::new();
        let build = desk.begin();
        desk.write("", "Good.");
        desk.told();
        desk.shows("Good.");
        desk.write(WRONG, "Wrong.");
        desk.told();
        desk.shows("Good.");
        desk.end(build);
        desk.shows("Good.");
        desk.live.rebuild(&|_| {});
        desk.shows("Good.");
        desk.write("", "Mended.");
        desk.live.rebuild(&|_| {});
        desk.shows("Mended.");
    }

    #[test]
    fn a_page_keeps_its_last_good_form_when_a_build_is_first_to_see_an_error() {
        let desk = Desk::new();
        desk.write("", "Good.");
        desk.told();
        let open = desk.shows("Good.");
        desk.write(WRONG, "Wrong.");
        desk.live.rebuild(&|_| {});
        assert_eq!(desk.shows("Good."), open);
        desk.told();
        desk.shows("Good.");
    }

    #[test]
    fn a_tab_with_the_last_good_form_is_loaded_again_when_the_page_is_mended() {
        let desk = Desk::new();
        desk.write(WRONG, "Wrong.");
        desk.told();
        let open = desk.shows("First.");
        desk.write("", "Mended.");
        desk.live.rebuild(&|_| {});
        assert_ne!(desk.shows("Mended."), open);
    }
}
