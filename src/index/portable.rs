//! The index for a site that is opened from a folder, without a server.
//!
//! Browsers do not let a page there fetch files or import modules, but it may
//! add scripts to itself. So each part becomes a script that hands over what is
//! in it, and so does the engine.

use std::collections::BTreeMap;

use super::files::ENGINE;
use crate::text::script::shrunk;

/// What the engine is wrapped in. Parts call `plainsiteSearch.part`.
const BEFORE: &str = "globalThis.plainsiteSearch = (() => {\n";
const AFTER: &str = include_str!("portable.js");

/// Turns the files of an index into scripts.
pub fn portable(files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    files.into_iter().map(|(name, bytes)| script(name, &bytes)).collect()
}

fn script(name: String, bytes: &[u8]) -> (String, Vec<u8>) {
    if let Some(stem) = name.strip_suffix(".json") {
        let own = name.rsplit('/').next().unwrap_or_default();
        let head = format!("plainsiteSearch.part(\"{own}\",");
        let script = format!("{stem}.js");
        return (script, [head.as_bytes(), bytes, b");\n"].concat());
    }
    let engine = ENGINE.replace("export async function", "async function");
    (name, shrunk(&[BEFORE, &engine, AFTER].concat()).into_bytes())
}
