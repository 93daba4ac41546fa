//! Folders of HTML that any program made: audited, and given a search.

pub mod audit;
pub mod earl;
pub mod search;
