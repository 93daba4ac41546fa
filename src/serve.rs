//! The preview: shows the site on this machine, as it is written, and what is wrong in it.
//!
//! The first pages are there as soon as the files are read. A save is answered twice. At once the file is read again in its place (`front`), and a
//! page is made when somebody asks for it. After that the whole site is checked and made, of
//! what is remembered, on a thread of its own, and what was found follows.
//!
//! Only this machine can ask for pages, and only by the names of this machine, so that no
//! other site can read a draft through the browser. With a `host`, others can who know the code
//! words. A page with errors keeps its
//! last good form, with the problems on top; where the error is in what all pages are made
//! from, all do. Nothing is written to disk, unless it is the desk as well: then whoever has its
//! key, on this machine, writes in the files of the site. The only file that names open, which
//! opens a browser.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
    sync::{
        Arc,
        mpsc::{self, Receiver},
    },
    time::{Duration, Instant},
};

use self::{
    guard::{Guard, new_code, new_key, own_address},
    http::{answer_requests, listen},
    live::Live,
    shown::Shown,
    watch::{look_by_itself, next_changes, watch, watch_folders},
};
use crate::{
    desk::page::DESK,
    diagnostic::{Error, Format, print},
    text::Date,
};

mod answer;
mod desk;
mod front;
mod guard;
mod http;
mod live;
mod moved;
mod overview;
mod request;
mod shown;
mod watch;

/// What to show, and where.
#[derive(Debug, Clone)]
pub struct Preview {
    /// The folder of the site.
    pub root: PathBuf,
    /// The address of this machine to take requests at; only those of this machine when none
    /// is given. Others need the code words that are said.
    pub host: Option<IpAddr>,
    /// Whether pages can be written too, on this machine: whether there is a desk.
    pub write: bool,
    /// Whether a browser is opened.
    pub open: bool,
    /// The port to begin with; the next free one is taken. 0: any.
    pub port: u16,
    /// Whether pages and notes for staff are shown.
    pub staff: bool,
    /// The day to build for, or today, whichever day that is by then.
    pub today: Option<Date>,
}

/// How long a browser may take to say what it wants, and to take the answer.
const PATIENCE: Duration = Duration::from_secs(20);

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
    let live = Arc::new(Live::new(preview)?);
    let (listener, port) = listen(preview.host.unwrap_or(HERE), preview.port)?;
    let code = match preview.host {
        Some(_) => Some(new_code().ok_or_else(|| {
            let message = "the system gives no random numbers, so others cannot be let in safely; \
                           leave out --host";
            Error::Usage(message.into())
        })?),
        None => None,
    };
    let key = match preview.write {
        true => Some(new_key().ok_or_else(|| {
            let message = "the system gives no random numbers, so the desk cannot be kept for you";
            Error::Usage(message.into())
        })?),
        false => None,
    };
    let guard = Guard::new(port, code.clone()).with_key(key.clone());
    answer_requests(listener, guard, &live, &happened)?;

    // A host of its own does not answer at that of this machine.
    let here = preview.host.filter(|host| !host.is_unspecified()).unwrap_or(HERE);
    let address = format!("http://{}/", SocketAddr::new(here, port));
    tell(&format!("{} pages are at {address}", live.pages));
    tell(&format!("All problems, and other ways to look at a page: {address}_plainsite/"));
    if let (Some(host), Some(code)) = (preview.host, &code) {
        tell(&for_others(host, port, &code.words, preview.staff));
    }
    let desk = key.map(|key| format!("http://{}{DESK}{key}/", SocketAddr::new(here, port)));
    if let Some(desk) = &desk {
        tell(&format!("The desk, to write in, is at {desk}\nThe key in it is for you alone."));
    }
    let first = desk.as_ref().unwrap_or(&address);
    if preview.open && open::that_detached(first).is_err() {
        tell(&format!("No browser could be opened. Open one yourself, and go to {first}"));
    }
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
        scope.spawn(|| build_after(saves, &live, tell));
        while let Some(changes) = next_changes(&happens) {
            let changes = changes?;
            if changes.has_folders {
                let watcher = watcher.as_deref_mut();
                watcher.into_iter().for_each(|watcher| watch_folders(watcher, &preview.root));
            }
            live.save(&changes);
            _ = saved.send(());
        }
        Ok(())
    })
}

/// What others in the network need to know.
fn for_others(host: IpAddr, port: u16, code: &str, staff: bool) -> String {
    let what = if staff { "drafts and what is for staff too" } else { "drafts too" };
    let host = if host.is_unspecified() { own_address() } else { Some(host) };
    let address = host.map_or_else(
        || format!("the address of this machine, with :{port} after it"),
        |host| format!("http://{}/", SocketAddr::new(host, port)),
    );
    format!(
        "Others in your network can read it, {what}, and change nothing. They open {address} \
         and type the code words: {code}\nWhat they read is sent as it is: do not use this in a \
         network that you do not trust. Whatever passes requests on to this machine counts as \
         this machine."
    )
}

/// This machine, for itself.
const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

/// Makes the whole site at once, and then after each save, when saving pauses.
fn build_after(saves: Receiver<()>, live: &Live, tell: &dyn Fn(&str)) {
    live.rebuild(tell);
    while let Ok(()) = saves.recv() {
        let began = Instant::now();
        while began.elapsed() < PAUSE * 10 && saves.recv_timeout(PAUSE).is_ok() {}
        live.rebuild(tell);
    }
}

fn tell_findings(shown: &Shown, tell: &dyn Fn(&str)) {
    let text = print(&shown.findings, Format::Human);
    if let Some(text) = text.strip_suffix('\n') {
        tell(text);
    }
}
