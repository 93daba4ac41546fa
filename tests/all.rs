//! The tests that look from outside, as one program: it is linked once, and all of them share
//! the cores. One file of them: `cargo test --test all -- checks::`.

mod again;
mod audit_bad_input;
mod audit_cli;
mod bad_input;
mod checks;
mod cli;
mod dated;
mod downloads;
mod features;
mod folder;
mod hosts;
mod house;
mod import;
mod index;
mod kills;
mod languages;
mod ledger;
mod letters;
mod merge;
mod outside;
mod publish;
mod rules;
mod scripts;
mod search_quality;
mod send;
mod serve;
mod signposting;
mod sites;
mod slips;
mod small_site;
mod starters;
mod theme;
mod tidy;
mod values;
mod withheld;
