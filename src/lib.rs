//! x
#![allow(missing_docs, dead_code, reason = "being built")]
pub mod source; pub mod diagnostic; pub mod config; pub mod parse;
