//! Rules about the code, each with its reason.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// From the ground up. A module may use the ones before it, and itself.
#[rustfmt::skip] // an order is easier to see on two lines
const LAYERS: &[&str] = &[
    "text", "clock", "kept", "rule", "diagnostic", "wcag", "html", "config", "load", "parse", "audit", "model", "ledger", "import", "link", "letter", "picture", "world", "check",
    "view", "finish", "index", "output", "lost", "changed", "proof", "memory", "folder", "manifest", "agreed", "write", "send", "uses", "rename", "outside", "report", "starters", "desk", "serve", "cli",
];

/// What `lib.rs` itself holds, and the modules that may name it: those that run the whole.
const RUN: &[&str] = &[
    "Built",
    "Examined",
    "Opened",
    "Options",
    "build",
    "examine",
    "examine_again",
    "make",
    "open",
    "open_drafts",
];
const RUNNERS: &[&str] = &["rename", "starters", "serve", "cli"];

/// A library and the files that may name it, of which there is one unless a reason says
/// otherwise, so that replacing it changes one file. `src/cli/` is any file in that folder. `finish::Finished` and its like are
/// ours and go everywhere.
const LIBRARIES: &[(&str, &str)] = &[
    ("aho_corasick", "src/text/hard_words.rs"),
    ("base64", "src/letter/picture.rs src/import/document/html.rs"), // one packs pictures, the other unpacks them
    ("brotli", "src/write/compress.rs"),
    ("clap", "src/cli.rs src/cli/ src/diagnostic.rs src/rule/mod.rs"), // an argument that is an enum of ours
    ("crc32fast", "src/letter/zip.rs"),
    ("cssparser", "src/audit/page/css.rs src/audit/page/colour.rs src/audit/page/selector.rs"),
    ("csv", "src/model/record.rs src/text/rows.rs"),
    ("ctrlc", "src/cli/letter.rs"),
    ("encoding_rs", "src/folder/encoding.rs"),
    ("flate2", "src/write/compress.rs"),
    ("foldhash", "src/audit/page/mod.rs"),
    ("getrandom", "src/serve/guard.rs"),
    ("glob", "src/diagnostic/policy.rs"),
    ("htmlize", "src/html.rs"),
    ("httparse", "src/serve/request.rs"),
    ("image", "src/picture.rs"),
    ("imagesize", "src/model/mod.rs"),
    ("include_dir", "src/load.rs"),
    ("jiff", "src/text/date.rs"),
    ("lol_html", "src/finish/polish.rs"),
    ("md5", "src/send/there.rs"),
    ("moxcms", "src/picture.rs"),
    ("notify", "src/serve/watch.rs"),
    ("open", "src/serve.rs"),
    ("oxc", "src/text/script.rs"),
    ("oxc_compat", "src/text/script.rs"),
    ("percent_encoding", "src/text/address.rs"),
    ("phonenumber", "src/parse/phone.rs"),
    ("png", "src/letter/picture.rs"),
    ("postcard", "src/memory/disk.rs"),
    ("precomputed_hash", "src/audit/page/selector.rs"),
    ("pulldown_cmark", "src/parse/markdown.rs"),
    ("qrcode", "src/output/codes.rs"),
    ("quick_xml", "src/import/document/xml.rs"),
    ("rayon", EVERYWHERE), // whatever is done for each page may be done on all cores
    ("resvg", "src/letter/picture.rs"),
    ("roxmltree", "src/ledger/take_over.rs"),
    ("rust_stemmers", "src/index/words.rs"),
    ("rustix", "src/write/exchange.rs"),
    ("rusty_s3", "src/send/s3.rs"),
    (
        "selectors",
        "src/audit/page/cascade.rs src/audit/page/css.rs src/audit/page/filed.rs src/audit/page/selector.rs",
    ),
    ("serde", EVERYWHERE), // what is read or written says so where its type is
    ("serde_json", EVERYWHERE), // as serde; and no page of data needs a type of its own
    ("serde_yaml", "src/parse/front_matter.rs"),
    ("sha2", "src/manifest.rs"),
    ("similar", "src/changed.rs src/cli/fix.rs"),
    ("strsim", "src/text/name.rs"),
    ("syntect", "src/view/code.rs"),
    ("tera", "src/finish/templates.rs"),
    ("toml", "src/config.rs src/config/places.rs src/config/rules.rs"),
    ("unicode_normalization", "src/text/name.rs src/index/words.rs src/index/excerpt.rs"), // ids are no words of an index
    ("unicode_segmentation", "src/text/sentences.rs"),
    ("unzip", "src/import/document/archive.rs"), // its own name is that of the file that writes archives
    ("ureq", "src/outside/ask.rs src/send/http.rs"),
    ("uuid", "src/output/services/open_referral.rs"),
    ("walkdir", "src/load.rs"),
    ("webp", "src/picture.rs"),
    ("xxhash_rust", "src/kept.rs src/output/assets.rs src/index/read.rs src/index/files.rs"), // names of files, and the names that a reader checks
];

/// For a library that is part of how everything is written.
const EVERYWHERE: &str = "everywhere";

/// Modules that may read or write files. Between `load` and `write` nothing
/// touches the disk.
const DISK: &[&str] =
    &["config", "load", "memory", "write", "send", "starters", "desk", "serve", "cli", "main"];

struct Module {
    name: String,
    path: String,
    text: String,
}

impl Module {
    /// Its place among the others: `audit::page::css`.
    fn at(&self) -> String {
        let place = self.path.trim_start_matches("src/").trim_end_matches(".rs");
        place.trim_end_matches("/mod").replace('/', "::")
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &Path, ends: &[&str], found: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            files(&path, ends, found);
        } else if ends.iter().any(|end| path.to_string_lossy().ends_with(end)) {
            found.push(path);
        }
    }
}

/// The code of every module, without comments, doc comments and tests.
fn modules() -> Vec<Module> {
    let mut paths = Vec::new();
    files(&root().join("src"), &[".rs"], &mut paths);
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).expect("readable");
        let path =
            path.strip_prefix(root()).expect("below the root").to_string_lossy().into_owned();
        let inner = path.trim_start_matches("src/");
        let name = inner.split(['/', '.']).next().unwrap_or_default().to_owned();
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        Module { name, path, text: lines.collect::<Vec<_>>().join("\n") }
    };
    paths.into_iter().map(read).collect()
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| *layer == module)
}

/// All paths of `text` that begin with `root`, without it and each whole, from lists too:
/// of `super::{a::{B, c}, d}` after `super` these are `a::B`, `a::c` and `d`.
fn paths_after(text: &str, root: &str) -> Vec<String> {
    let start = format!("{root}::");
    let mut paths = Vec::new();
    for (at, _) in text.match_indices(&start) {
        let before = text[..at].chars().next_back();
        if !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ':')) {
            read_path(&text[at + start.len()..], "", &mut paths);
        }
    }
    paths
}

/// Reads one path, or a list of them, and gives what stands after.
fn read_path<'a>(text: &'a str, before: &str, paths: &mut Vec<String>) -> &'a str {
    if let Some(mut list) = text.strip_prefix('{') {
        loop {
            list = read_path(list.trim_start(), before, paths);
            // What is between may be another name: `as read`.
            let end = list.find([',', '}']).expect("a list has an end");
            let is_last = list[end..].starts_with('}');
            list = &list[end + 1..];
            if is_last {
                return list;
            }
            // A comma may stand after the last of a list.
            if let Some(rest) = list.trim_start().strip_prefix('}') {
                return rest;
            }
        }
    }
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let (word, rest) = text.split_at(end);
    let path = if before.is_empty() { word.to_owned() } else { format!("{before}::{word}") };
    match rest.strip_prefix("::") {
        Some(rest) => read_path(rest, &path, paths),
        None => {
            paths.push(path);
            rest
        }
    }
}

#[test]
fn data_flows_one_way() {
    let modules = modules();
    for Module { name, path, text } in &modules {
        // They name the stages in order, and start them.
        if matches!(&**name, "lib" | "main") {
            continue;
        }
        let own = layer(name);
        assert!(own.is_some(), "{path}: `{name}` is on no layer: give it one in LAYERS");
        for path_used in paths_after(text, "crate") {
            let used = path_used.split("::").next().unwrap_or_default();
            if RUN.contains(&used) {
                let is_runner = RUNNERS.contains(&&**name);
                assert!(is_runner, "{path}: `{used}` runs the whole, and is not for `{name}`");
                continue;
            }
            let layer = layer(used);
            assert!(layer.is_some(), "{path} names `{used}`, which is on no layer");
            assert!(layer <= own, "{path}: `{name}` comes before `{used}` and may not use it");
        }
    }
    for known in LAYERS {
        assert!(modules.iter().any(|module| module.name == *known), "there is no `{known}`");
    }
}

/// Files of one room that use each other can only be understood together. What a name of
/// the room leads to counts, and the file of the room itself does not: it names the others.
#[test]
fn no_files_of_a_room_go_in_circles() {
    let modules: BTreeMap<String, Module> =
        modules().into_iter().map(|own| (own.at(), own)).collect();
    // In each room, which of its files and folders use which.
    let mut rooms: BTreeMap<String, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (own, module) in &modules {
        let room = own.rsplit_once("::").map_or("", |(room, _)| room);
        let inside = |root: &str, place: &str| -> Vec<String> {
            let paths = paths_after(&module.text, root);
            paths.into_iter().map(|path| format!("{place}{path}")).collect()
        };
        let mut used = inside("crate", "");
        used.extend(inside("self", &format!("{own}::")));
        used.extend(inside(
            "super",
            &if room.is_empty() { String::new() } else { format!("{room}::") },
        ));
        for used in used {
            let (own, used): (Vec<&str>, Vec<&str>) =
                (own.split("::").collect(), used.split("::").collect());
            let shared = own.iter().zip(&used).take_while(|(own, used)| own == used).count();
            if shared == 0 || shared == own.len() || shared == used.len() {
                continue;
            }
            let room = own[..shared].join("::");
            // A name of the room may lead into one of its files.
            let leads = |name: &str| {
                let names = paths_after(&modules[&room].text, "self");
                let file = names.iter().find(|path| path.ends_with(&format!("::{name}")));
                file.and_then(|path| Some(path.split_once("::")?.0.to_owned()))
            };
            let is_file = modules.contains_key(&format!("{room}::{}", used[shared]));
            let used = if is_file { Some(used[shared].to_owned()) } else { leads(used[shared]) };
            let all = rooms.entry(room).or_default().entry(own[shared].to_owned()).or_default();
            all.extend(used.filter(|used| used != own[shared]));
        }
    }
    for (room, mut uses) in rooms {
        // What uses nothing that is left, or is not used by it, is in no circle.
        loop {
            let left: BTreeSet<String> = uses.keys().cloned().collect();
            uses.values_mut().for_each(|used| used.retain(|used| left.contains(used)));
            let used: BTreeSet<String> = uses.values().flatten().cloned().collect();
            uses.retain(|own, uses| !uses.is_empty() && used.contains(own));
            if uses.len() == left.len() {
                break;
            }
        }
        assert!(uses.is_empty(), "in {room} files use each other, in a circle: {uses:#?}");
    }
}

fn names(text: &str, library: &str) -> bool {
    let is_path = |at: usize| {
        let before = text[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | ':'))
    };
    let path = format!("{library}::");
    let mut paths = text.match_indices(&path).map(|(at, _)| at);
    paths.any(is_path) || text.contains(&format!("use {library};"))
}

/// Whether a file is `place`, or in the folder that it names.
fn is_in(path: &str, place: &str) -> bool {
    path == place || place.ends_with('/') && path.starts_with(place)
}

#[test]
fn each_library_is_named_where_it_belongs() {
    let modules = modules();
    for (library, places) in LIBRARIES.iter().filter(|(_, places)| *places != EVERYWHERE) {
        let named = modules.iter().filter(|module| names(&module.text, library));
        let place = |path: &str| places.split(' ').find(|place| is_in(path, place));
        for module in named.clone() {
            assert!(place(&module.path).is_some(), "{} may not name {library}", module.path);
        }
        for place in places.split(' ') {
            let is_used = named.clone().any(|module| is_in(&module.path, place));
            assert!(is_used, "{place} may name {library}, and does not");
        }
    }
}

#[test]
fn every_library_has_its_place() {
    let manifest = fs::read_to_string(root().join("Cargo.toml")).expect("readable");
    let (_, rest) = manifest.split_once("[dependencies]\n").expect("there are libraries");
    let list = rest.split("\n[").next().unwrap_or_default();
    let names = list.lines().filter_map(|line| line.split_once(" = "));
    let names: Vec<String> = names.map(|(name, _)| name.replace('-', "_")).collect();
    let listed: Vec<&str> = LIBRARIES.iter().map(|(library, _)| *library).collect();
    assert_eq!(names, listed, "the libraries in Cargo.toml, and in LIBRARIES");
}

#[test]
fn only_the_ends_touch_the_disk() {
    for Module { name, path, text } in modules() {
        let touches = ["std::fs", "fs::", "File::open", "SystemTime", "TcpStream"];
        for what in touches {
            assert!(
                !text.contains(what) || DISK.contains(&name.as_str()),
                "{path} uses {what}: no stage between load and write touches the disk or the clock",
            );
        }
    }
}

/// Files that may tell Welsh from other languages, and why they must.
const WELSH: &[&str] = &[
    "src/audit/page_language_tag.rs", // what people write for its tag
    "src/index/words.rs",             // the words that only shape a question
    "src/model/spoken.rs",            // what a service speaks, by its English name
];

#[test]
fn a_language_is_a_file_of_the_theme() {
    for Module { path, text, .. } in modules() {
        assert!(
            !text.contains("\"cy\"") || WELSH.contains(&path.as_str()),
            "{path} asks for a language: what it says belongs in themes/plain/words/",
        );
    }
}

#[test]
fn every_module_says_what_it_is_for() {
    let mut paths = Vec::new();
    files(&root().join("src"), &[".rs"], &mut paths);
    for path in paths {
        let text = fs::read_to_string(&path).expect("readable");
        assert!(text.starts_with("//! "), "{} has no header", path.display());
    }
}

#[test]
fn nothing_is_left_for_later() {
    let mut paths = Vec::new();
    files(&root().join("src"), &[".rs", ".js"], &mut paths);
    for path in paths {
        let text = fs::read_to_string(&path).expect("readable");
        for mark in ["TODO", "FIXME", "XXX", "unimplemented!", "todo!"] {
            assert!(!text.contains(mark), "{} has {mark}: do it, or take it out", path.display());
        }
    }
}

#[test]
fn folders_explain_themselves() {
    for folder in ["content", "themes", "src", "tests"] {
        let readme = root().join(folder).join("README.md");
        assert!(readme.is_file(), "{folder} has no README.md");
    }
}

#[test]
fn every_manual_page_has_its_check() {
    let mut manuals = Vec::new();
    files(&root().join("src"), &[".md"], &mut manuals);
    let code: BTreeMap<String, String> =
        modules().into_iter().map(|module| (module.path, module.text)).collect();
    for manual in manuals {
        let name = manual.file_name().expect("a file").to_string_lossy().into_owned();
        let folder =
            manual.parent().expect("a folder").file_name().expect("a name").to_string_lossy();
        if folder == "check" || folder == "audit" {
            let used = code.values().any(|text| text.contains(&format!("\"{name}\"")));
            assert!(used, "{} belongs to no check", manual.display());
        }
    }
}
