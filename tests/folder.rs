//! A search for a folder of HTML that another program made: `plainsite index`.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::{Command, Output},
};

use plainsite::index::{Options, search};

const PAGES: &[(&str, &str)] = &[
    (
        "index.html",
        "<!doctype html><html lang=en><title>Home</title><body><nav>Elephants</nav>\
         <main><h1>Welcome</h1><p>Ask about gardens.</main><footer>Giraffes</footer>",
    ),
    (
        "manual/pay/index.html",
        "<html lang='en-GB'><head><title>x</title><meta name=description content='All about pay &amp; tax'>\
         <body><header>Zebras</header><h1>Pay</h1><p>Caf&eacute; money.\
         <h2 id=monthly>Every month</h2><ul><li>wages<li>tax</ul>\
         <div data-plainsite-ignore>Hippos</div><aside>Lions</aside>",
    ),
    ("cy/tal.html", "<html lang=cy><title>Taliadau</title><body><main><p>Taliadau misol</main>"),
    ("old/index.html", "<meta http-equiv=refresh content='0; url=/'><p>Moved rhinos"),
    ("404.html", "<title>Not here</title><p>Not here penguins"),
];

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, html) in PAGES {
        put(folder.path(), path, html.as_bytes());
    }
    folder
}

fn put(folder: &Path, path: &str, bytes: &[u8]) {
    let path = folder.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, bytes).expect("a file");
}

fn index(folder: &Path, more: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_plainsite");
    Command::new(program).arg("index").arg(folder).args(more).output().expect("it runs")
}

/// Results and words for people, as they stand below each other in a terminal.
fn said(output: &Output) -> String {
    let text = [&output.stdout[..], &output.stderr].concat();
    String::from_utf8_lossy(&text).into_owned()
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let folder = folder.join("search");
    let entries = walkdir::WalkDir::new(&folder).into_iter().map(|entry| entry.expect("an entry"));
    let files = entries.filter(|entry| entry.file_type().is_file());
    let read = |entry: walkdir::DirEntry| {
        let name = entry.path().strip_prefix(&folder).expect("it is below");
        (name.to_string_lossy().into_owned(), fs::read(entry.path()).expect("a file"))
    };
    files.map(read).collect()
}

/// The addresses of what is found, with the section.
fn found(folder: &Path, query: &str) -> String {
    let options = Options { limit: 5, ..Options::default() };
    let hits = search(&files(folder), query, &options).hits;
    let place = |hit: plainsite::index::Hit| {
        hit.url + &hit.section.map_or_else(String::new, |(id, _)| format!("#{id}"))
    };
    hits.into_iter().map(place).collect::<Vec<_>>().join(" ")
}

#[test]
fn pages_of_any_generator_are_found_by_their_own_words() {
    let folder = folder();
    let output = index(folder.path(), &[]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("3 pages can be found"), "{}", said(&output));
    for (query, place) in [
        ("gardens", "/"),
        ("wages", "/manual/pay/#monthly"),
        ("cafe", "/manual/pay/"),
        ("tax", "/manual/pay/#monthly"),
        ("taliadau", "/cy/tal.html"),
        ("paying", "/manual/pay/"),
    ] {
        assert_eq!(found(folder.path(), query), place, "{query}");
    }
    for query in ["elephants", "giraffes", "zebras", "hippos", "lions", "rhinos", "penguins"] {
        assert_eq!(found(folder.path(), query), "", "{query}");
    }
    for (path, html) in PAGES {
        assert_eq!(fs::read(folder.path().join(path)).expect("a page"), html.as_bytes());
    }
    let page = String::from_utf8(files(folder.path())["index.html"].clone()).expect("a page");
    assert!(page.contains("role=\"status\"") && !page.contains("<!-- engine -->"));
}

#[test]
fn a_second_run_replaces_the_first_and_nothing_else() {
    let folder = folder();
    put(folder.path(), "search/index.html", b"<p>A search page of our own");
    put(folder.path(), "search/words-3.json", b"not ours");
    assert!(index(folder.path(), &[]).status.success());
    let first = files(folder.path());
    put(folder.path(), "new.html", b"<title>New</title><p>Otters");
    assert!(index(folder.path(), &[]).status.success());
    let second = files(folder.path());
    assert_eq!(found(folder.path(), "otters"), "/new.html");
    assert_eq!(second["index.html"], b"<p>A search page of our own");
    assert_eq!(second["words-3.json"], b"not ours");
    let stays = [
        ".plainsite",
        "index.html",
        "index.json",
        "search-page.js",
        "search.css",
        "search.js",
        "words-3.json",
    ];
    let both: Vec<&String> = second.keys().filter(|name| first.contains_key(*name)).collect();
    assert_eq!(both, stays);
    assert!(index(folder.path(), &[]).status.success());
    assert!(files(folder.path()) == second, "the same pages give other bytes");
}

#[test]
fn a_file_of_somebody_else_is_not_written_over() {
    for name in ["search.js", "index.json", "search.css"] {
        let folder = folder();
        put(folder.path(), &format!("search/{name}"), b"theirs");
        let output = index(folder.path(), &[]);
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains(name), "{}", said(&output));
        let all = files(folder.path());
        assert_eq!(all.len(), 1);
        assert_eq!(all[name], b"theirs");
    }
}

#[test]
fn a_search_can_become_portable_and_back() {
    let folder = folder();
    for (more, entry, other) in [
        (&[][..], "index.json", "index.js"),
        (&["--portable"], "index.js", "index.json"),
        (&[], "index.json", "index.js"),
    ] {
        assert!(index(folder.path(), more).status.success());
        let files = files(folder.path());
        assert!(files.contains_key(entry) && !files.contains_key(other));
        let page = String::from_utf8_lossy(&files["index.html"]).into_owned();
        assert_eq!(page.contains("src=\"search.js\""), !more.is_empty());
    }
}

#[test]
fn odd_names_and_headings_have_addresses_that_lead_there() {
    let folder = tempfile::tempdir().expect("a folder");
    put(folder.path(), "c#/50% ü.html", "<title>C</title><p>x<h2>No id</h2><p>otters".as_bytes());
    assert!(index(folder.path(), &[]).status.success());
    assert_eq!(found(folder.path(), "otters"), "/c%23/50%25%20%C3%BC.html");
}

#[test]
fn the_name_of_the_site_is_not_in_every_result() {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, title) in
        [("a.html", "Otters - My zoo"), ("b.html", "Cats - Dogs - My zoo"), ("c.html", "My zoo")]
    {
        put(folder.path(), path, format!("<title>{title}</title><p>Words").as_bytes());
    }
    assert!(index(folder.path(), &[]).status.success());
    let options = Options { limit: 5, ..Options::default() };
    let hits = search(&files(folder.path()), "words", &options).hits;
    let titles: Vec<&str> = hits.iter().map(|hit| hit.title.as_str()).collect();
    assert_eq!(titles, ["Otters", "Cats - Dogs", "My zoo"]);
}

#[test]
fn a_portable_search_is_scripts() {
    let folder = folder();
    assert!(index(folder.path(), &["--portable"]).status.success());
    let files = files(folder.path());
    assert!(files.keys().all(|name| !name.ends_with(".json")));
    assert!(files["index.js"].starts_with(b"plainsiteSearch.part(\"index.json\",{"));
    let page = String::from_utf8_lossy(&files["index.html"]);
    assert!(page.contains("<script src=\"search.js\" defer></script>"));
}

#[test]
fn odd_pages_are_named_and_the_rest_is_found() {
    let folder = folder();
    put(folder.path(), "latin.html", b"<title>Latin</title><p>caf\xe9 otters");
    put(folder.path(), "empty.html", b"");
    put(folder.path(), "open.html", b"<title>Open</title><main><h2 id='a>b<p>badgers");
    let output = index(folder.path(), &["--format", "json"]);
    assert!(output.status.success());
    let findings = String::from_utf8(output.stdout).expect("UTF-8");
    let named: Vec<serde_json::Value> =
        findings.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let files: Vec<&str> = named.iter().filter_map(|finding| finding["file"].as_str()).collect();
    assert_eq!(files, ["empty.html"]);
    assert_eq!(found(folder.path(), "otters"), "/latin.html");
}

#[test]
fn a_folder_without_pages_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let output = index(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("no page of HTML"), "{}", said(&output));
    assert!(!folder.path().join("search").exists());
    let output = index(&folder.path().join("nowhere"), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("there is no folder"), "{}", said(&output));
}

proptest::proptest! {
    #![proptest_config(crate::random::inputs(256))]

    /// However broken the HTML, reading ends and says something or nothing.
    #[test]
    fn any_html_can_be_read(html in "(<[/!]?(main|h[1-6]|p|nav|title|script|div|li|svg|é)?( (id|hidden|lang|class|=)?=?[\"']?[a-z<>]{0,3}[\"']?)?/?>?|<!--|-->|&[a-z#0-9]{0,6};?|[a-z ]{1,9}|\\PC){0,40}") {
        plainsite::html::outline::outline(&html);
        let pieces: usize = plainsite::html::tokens(&html).count();
        proptest::prop_assert!(pieces <= html.len() + 1);
    }
}

#[test]
fn pages_of_other_names_and_encodings_are_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let page = "<title>Café</title><p>Café zebra";
    let utf16: Vec<u8> =
        "\u{feff}".encode_utf16().chain(page.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    put(folder.path(), "OLD.HTM", b"<title>Caf\xe9</title><p>Caf\xe9 walrus");
    put(folder.path(), "b.xhtml", page.replace("zebra", "panda").as_bytes());
    put(folder.path(), "c.html", &utf16);
    let output = index(folder.path(), &[]);
    assert!(output.status.success(), "{}", said(&output));
    assert!(!said(&output).contains("cannot be read"), "{}", said(&output));
    for (word, url) in [("walrus", "/OLD.HTM"), ("panda", "/b.xhtml"), ("zebra", "/c.html")] {
        assert_eq!(found(folder.path(), word), url);
    }
    assert_eq!(found(folder.path(), "café").split(' ').count(), 3);
}
