//! How far work is, on a terminal: one line that is written over, from the first second on.
//! In logs and pipes nothing is said.

use std::{
    io::{self, IsTerminal as _, Write as _},
    sync::{
        Arc,
        mpsc::{self, RecvTimeoutError, Sender},
    },
    thread::JoinHandle,
    time::Duration,
};

use crate::clock::Progress;

/// Work that takes less is not spoken of.
const PATIENCE: Duration = Duration::from_secs(1);

/// How often the line is written anew.
const BEAT: Duration = Duration::from_millis(100);

/// Shows how far work is as long as it lives, and takes the line away after that.
pub(super) struct Shown(Option<(Sender<()>, JoinHandle<()>)>);

/// Shows `progress`, where somebody watches.
pub(super) fn show(progress: &Arc<Progress>) -> Shown {
    let term = std::env::var_os("TERM");
    let is_plain = term.map_or(!cfg!(windows), |term| term == "dumb");
    if is_plain || !io::stderr().is_terminal() {
        return Shown(None);
    }
    let (end, ended) = mpsc::channel();
    let progress = Arc::clone(progress);
    let watch = move || {
        let mut wait = PATIENCE;
        while let Err(RecvTimeoutError::Timeout) = ended.recv_timeout(wait) {
            wait = BEAT;
            _ = write!(io::stderr(), "\r\x1b[2K{}", progress.sentence());
        }
        if wait == BEAT {
            _ = write!(io::stderr(), "\r\x1b[2K");
        }
    };
    // Without a thread the work is done in silence.
    Shown(std::thread::Builder::new().spawn(watch).ok().map(|thread| (end, thread)))
}

impl Drop for Shown {
    fn drop(&mut self) {
        if let Some((end, thread)) = self.0.take() {
            drop(end);
            _ = thread.join();
        }
    }
}
