//! What builds remember of those before them: the files taken apart, the pages as they were
//! finished, and what was found in their HTML.
//!
//! Each is kept by all that it depends on ([`Kept`]), so a build with a memory makes the same
//! bytes as one without. What depends on many pages (lists, menus, checks of duplicates, the
//! common files of the index) is made again each time.

pub mod disk;

use std::sync::Arc;

use crate::{
    finish::{Finisher, Polished},
    kept::Kept,
    parse::{Document, words},
    picture,
    proof::Looked,
};

/// What is remembered.
#[derive(Debug)]
pub struct Memory {
    /// What was made of a file.
    pub documents: Kept<Vec<Arc<Document>>>,
    /// What a file of words says.
    pub words: Kept<words::Read>,
    /// Templates, and what all pages share.
    pub finishers: Kept<Finisher>,
    /// Pages in their last form, by what the templates made.
    pub polished: Kept<Polished>,
    /// What the audit found on a page, and its words.
    pub looked: Kept<Looked>,
    /// What was made of pictures.
    pub pictures: Arc<Kept<picture::Look>>,
}

impl Memory {
    /// Nothing yet.
    pub fn new() -> Self {
        Self {
            documents: Kept::new(),
            words: Kept::new(),
            finishers: Kept::new(),
            polished: Kept::new(),
            looked: Kept::new(),
            pictures: Arc::default(),
        }
    }

    /// For a program that builds once.
    pub fn none() -> Self {
        Self {
            documents: Kept::nothing(),
            words: Kept::nothing(),
            finishers: Kept::nothing(),
            polished: Kept::nothing(),
            looked: Kept::nothing(),
            pictures: Arc::new(Kept::nothing()),
        }
    }

    /// Whether what is kept on disk is all that the last build needed.
    pub fn is_as_before(&self) -> bool {
        self.polished.is_as_before() && self.looked.is_as_before() && self.pictures.is_as_before()
    }

    /// Lets go of what the last build did not need.
    pub fn sweep(&self) {
        self.documents.sweep();
        self.words.sweep();
        self.finishers.sweep();
        self.polished.sweep();
        self.looked.sweep();
        self.pictures.sweep();
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self::new()
    }
}
