//! How far a build is, and how long its stages took.

use std::{
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

/// What a build does, in order, as people are told.
const STAGES: [&str; 6] = [
    "Reading the files",
    "Checking the words",
    "Making the pages",
    "Looking at the pages",
    "Making the search and the documents",
    "Writing the files",
];

/// A stage of a build.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Files are read, taken apart and joined.
    Read,
    /// Words and records are checked.
    Check,
    /// Pages become HTML.
    Pages,
    /// The HTML is audited.
    Audit,
    /// The search, letters and other files are made.
    Output,
    /// Files go to the disk.
    Write,
}

/// How far a build is. Whoever has it can ask at any time, on any thread.
#[derive(Debug, Default)]
pub struct Progress {
    stage: AtomicUsize,
    done: AtomicUsize,
    all: AtomicUsize,
}

impl Progress {
    /// Begins a stage in which so many things are done; 0 when that is not known.
    pub fn begin(&self, stage: Stage, all: usize) {
        self.done.store(0, Ordering::Relaxed);
        self.all.store(all, Ordering::Relaxed);
        self.stage.store(stage as usize, Ordering::Relaxed);
    }

    /// One more is done.
    pub fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }

    /// `Making the pages: 312 of 1000`
    pub fn sentence(&self) -> String {
        let stage = STAGES[self.stage.load(Ordering::Relaxed)];
        let all = self.all.load(Ordering::Relaxed);
        let done = self.done.load(Ordering::Relaxed).min(all);
        match all {
            0 => format!("{stage} …"),
            _ => format!("{stage}: {done} of {all}"),
        }
    }
}

/// Times the stages of a build, and says how far it is.
#[derive(Debug)]
pub struct Clock {
    /// How far it is.
    pub progress: Arc<Progress>,
    last: Instant,
    laps: Vec<(&'static str, Duration)>,
}

impl Clock {
    /// Now.
    pub fn start() -> Self {
        Self { progress: Arc::default(), last: Instant::now(), laps: Vec::new() }
    }

    /// Ends what is named for people who ask how long it took.
    pub fn lap(&mut self, name: &'static str) {
        let now = Instant::now();
        self.laps.push((name, now - self.last));
        self.last = now;
    }

    /// What ended, and how long it took.
    pub fn laps(self) -> Vec<(&'static str, Duration)> {
        self.laps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_how_far_it_is() {
        let progress = Progress::default();
        assert_eq!(progress.sentence(), "Reading the files …");
        progress.begin(Stage::Pages, 1000);
        progress.step();
        assert_eq!(progress.sentence(), "Making the pages: 1 of 1000");
        progress.begin(Stage::Write, 0);
        assert_eq!(progress.sentence(), "Writing the files …");
    }
}
