//! The desk: pages and records worked on in a browser, on the editor's own machine.
//!
//! Here is what the desk knows and shows; `serve` has the requests, and who may make them.
//!
//! - `files` reads and writes files of words, and keeps how they were before;
//! - `record` reads the names at the top of a page, or a record, for a form, and puts what the
//!   form sent back in its place;
//! - `items` does the same for things in a row: answers of “Can I buy…?”, places, old addresses;
//! - `sent` reads what a browser sends;
//! - `join` makes one text of two versions;
//! - `picture` refuses pictures in which a program runs, and puts others beside their page;
//! - `found` is what was found in words, at the lines of the box that they are in;
//! - `page` and its parts are the pages of the desk as HTML. They work without a script; with
//!   one, words are tried out while they are typed.

pub mod files;
pub mod found;
pub mod items;
pub mod join;
pub mod page;
pub mod picture;
pub mod reads;
pub mod record;
pub mod sent;
