//! Folders of HTML that any program made: audited, and given a search.

pub mod audit;
pub mod earl;
mod encoding;
pub mod report;
pub mod search;
