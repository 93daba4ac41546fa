//! Whole sites, byte for byte.
//!
//! Each folder in `tests/sites/` is a site; what it must publish is in
//! `tests/expected/` under the same name. After a change on purpose:
//! `UPDATE=1 cargo test --test all sites::`, then read what changed, because that is
//! what a reader will get.
//!
//! Only the pages are kept whole. The style sheet and the search index have
//! names that change with every change in them, so their names are made the
//! same and their bytes are left out.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use plainsite::{Date, Options, build};

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(name)
}

fn options() -> Options {
    Options {
        today: Date::parse("21 November 2026").expect("a day"),
        staff: false,
        portable: false,
    }
}

/// The pages, feed and lists of a site, by path.
fn published(site: &Path, options: Options) -> BTreeMap<String, String> {
    let built = build(site, options).expect("the folder is there");
    let errors = built.has_errors();
    assert!(!errors, "{}: {:#?}", site.display(), built.findings);
    let kept = |path: &String| {
        [".html", ".xml", ".txt", ".csv", ".vcf", "services.json", "entries.js"]
            .iter()
            .any(|end| path.ends_with(end))
    };
    let files = built.files.iter().filter(|(path, _)| kept(path));
    files
        .map(|(path, bytes)| {
            (path.clone(), without_hashes(&String::from_utf8_lossy(bytes.as_slice())))
        })
        .collect()
}

/// `style.0123abcd.css` as `style.css`.
fn without_hashes(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("assets/") {
        let (before, name) = rest.split_at(at);
        out.push_str(before);
        let end = name.find(['"', '\'', ' ', ')']).unwrap_or(name.len());
        let parts: Vec<&str> = name[..end].split('.').collect();
        match parts[..] {
            [stem, hash, extension] if hash.len() == 8 => {
                out.push_str(&format!("{stem}.{extension}"))
            }
            _ => out.push_str(&name[..end]),
        }
        rest = &name[end..];
    }
    out + rest
}

fn compare(name: &str) {
    let expected = folder("expected").join(name);
    let found = published(&folder("sites").join(name), options());
    if std::env::var_os("UPDATE").is_some() {
        let _ = fs::remove_dir_all(&expected);
        for (path, text) in &found {
            let file = expected.join(path);
            fs::create_dir_all(file.parent().expect("a folder")).expect("a folder can be made");
            fs::write(file, text).expect("a file can be written");
        }
    }
    let mut wanted = BTreeMap::new();
    read(&expected, &expected, &mut wanted);
    let names =
        |files: &BTreeMap<String, String>| files.keys().cloned().collect::<Vec<_>>().join("\n");
    assert_eq!(names(&found), names(&wanted), "{name} publishes other files than expected");
    for (path, text) in &wanted {
        assert_eq!(found[path], *text, "{name}: {path}");
    }
}

fn read(root: &Path, folder: &Path, files: &mut BTreeMap<String, String>) {
    for entry in
        fs::read_dir(folder).unwrap_or_else(|_| panic!("{} is there: UPDATE=1", folder.display()))
    {
        let path = entry.expect("readable").path();
        if path.is_dir() {
            read(root, &path, files);
        } else {
            let name = path.strip_prefix(root).expect("below").to_string_lossy().into_owned();
            files.insert(name, fs::read_to_string(&path).expect("text"));
        }
    }
}

#[test]
fn a_site_with_each_kind_of_page() {
    compare("kinds");
}

#[test]
fn a_folder_of_plain_markdown() {
    let found = published(&folder("sites/plain"), options());
    let page = &found["guides/contracts/index.html"];
    assert!(page.contains("<h1>Contracts</h1>"));
    assert!(
        page.contains("<a href=\"../\">all guides</a> and <a href=\"../../\">the home page</a>"),
        "{page}"
    );
    assert!(page.contains("<td class=\"number\" data-label=\"How much\">£12.50</td>"));
    assert!(page.contains("<span class=\"s-constant\">12.5</span>"));
    let home = &found["index.html"];
    assert!(home.contains("<a href=\"guides/contracts/\">contracts</a>"));
    assert_eq!(
        found.keys().filter(|path| path.ends_with("index.html")).count(),
        5,
        "{:?}",
        found.keys()
    );
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let site = folder("sites/kinds");
    let bytes = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let built = pool.install(|| build(&site, options())).expect("the folder is there");
        let files =
            built.files.iter().map(|(path, bytes)| (path.clone(), bytes.as_slice().to_vec()));
        files.collect::<BTreeMap<_, _>>()
    };
    assert!(bytes(1) == bytes(2), "one thread and two publish the same bytes");
}

#[test]
fn nothing_for_staff_is_in_a_public_site() {
    let site = folder("sites/kinds");
    for staff in [false, true] {
        let built = build(&site, Options { staff, ..options() }).expect("the folder is there");
        // All digits in order are the alphabet of text messages, and no code.
        let has_code = built.files.iter().filter(|(_, bytes)| {
            String::from_utf8_lossy(bytes.as_slice()).replace("0123456789", "").contains("1234")
        });
        let paths: Vec<&String> = has_code.map(|(path, _)| path).collect();
        assert_eq!(!paths.is_empty(), staff, "{paths:?}");
    }
}

#[test]
fn links_of_a_portable_site_name_files() {
    let found = published(&folder("sites/kinds"), Options { portable: true, ..options() });
    assert!(found["guide/one/index.html"].contains("href=\"../two/index.html#same\""));
}
