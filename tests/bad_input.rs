//! Any bytes in any file give findings or a page: never a panic, never a hang,
//! never a file outside the published folder.

use std::{fs, path::Path, time::Duration};

use plainsite::{Built, Date, Options, build};

fn options() -> Options {
    Options { today: Date::parse("2026-11-21").expect("a day"), staff: true, portable: false }
}

/// Builds a site of the given files, or fails after a minute.
fn built(files: &[(&str, &[u8])]) -> Built {
    let root = tempfile::tempdir().expect("a folder");
    for (path, bytes) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    build_in_time(root.path())
}

fn build_in_time(root: &Path) -> Built {
    let (send, receive) = std::sync::mpsc::channel();
    let folder = root.to_owned();
    std::thread::spawn(move || send.send(build(&folder, options())));
    let done = receive.recv_timeout(Duration::from_secs(60)).expect("it ends, and without a panic");
    done.expect("the folder is there")
}

fn codes(built: &Built) -> Vec<&str> {
    built.findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn bytes_that_are_not_text() {
    let found =
        built(&[("content/index.md", b"---\ntitle: Caf\xe9 \xff\xfe\n---\n\x00\x01text\xc3")]);
    assert!(codes(&found).contains(&"file"), "{:?}", found.findings);
}

#[test]
fn a_byte_order_mark_and_windows_line_ends() {
    let found = built(&[(
        "content/index.md",
        "\u{feff}---\r\ntitle: Home\r\n---\r\n\r\n## A\r\n\r\n- b\r\n".as_bytes(),
    )]);
    assert_eq!(codes(&found), [""; 0], "{:?}", found.findings);
    let page = String::from_utf8_lossy(found.files["index.html"].as_slice()).into_owned();
    assert!(page.contains("<h1>Home</h1>") && page.contains("<h2 id=\"a\">A</h2>"));
}

#[test]
fn a_file_that_is_too_long() {
    let long = "words ".repeat(50 * 1024 * 1024 / 6);
    let found = built(&[("content/index.md", b"# Home\n"), ("content/long.md", long.as_bytes())]);
    assert!(codes(&found).contains(&"file"), "{:?}", found.findings);
}

#[test]
fn nesting_without_end() {
    let quotes = format!("# Home\n\n{}x\n", "> ".repeat(10_000));
    let lists = format!("# Lists\n\n{}x\n", "- ".repeat(10_000));
    let stars = format!("# Stars\n\n{}x{}\n", "*".repeat(20_000), "*".repeat(20_000));
    let brackets = format!("# Brackets\n\n{}x{}\n", "[".repeat(50_000), "](a)".repeat(50_000));
    let values = format!("# Values\n\n{}x{}\n", "((a??".repeat(20_000), "))".repeat(20_000));
    let found = built(&[
        ("content/index.md", quotes.as_bytes()),
        ("content/lists.md", lists.as_bytes()),
        ("content/stars.md", stars.as_bytes()),
        ("content/brackets.md", brackets.as_bytes()),
        ("content/values.md", values.as_bytes()),
    ]);
    assert!(codes(&found).contains(&"markdown"));
}

#[test]
fn front_matter_without_end() {
    let brackets = format!("---\ntitle: {}\nwords: {0}\nextra: {0}\n---\n", "[".repeat(100_000));
    let maps = format!("---\ntitle: a\nextra: {}\n---\n", "{a: ".repeat(100_000));
    let bombs = "---\ntitle: a\na: &a [x, x]\nb: &b [*a, *a]\nextra: [*b, *b, *b]\n---\n";
    let dashes =
        format!("---\ntitle: a\nwords:\n  {}x\nextra:\n  {0}x\n---\n", "- ".repeat(50_000));
    let names: String = (0..20_000).map(|number| format!("name{number}: x\n")).collect();
    let names = format!("---\ntitle: a\n{names}---\n");
    let found = built(&[
        ("content/index.md", brackets.as_bytes()),
        ("content/maps.md", maps.as_bytes()),
        ("content/bombs.md", bombs.as_bytes()),
        ("content/dashes.md", dashes.as_bytes()),
        ("content/names.md", names.as_bytes()),
        ("content/_data/contacts.yaml", brackets.as_bytes()),
        ("content/record.yaml", maps.as_bytes()),
    ]);
    assert!(found.has_errors());
}

#[test]
fn names_of_every_sort() {
    let names = [
        "content/a b.md",
        "content/“quoted” & 'so'.md",
        "content/😀.md",
        "content/..md",
        "content/...md",
        "content/-.md",
        "content/CON.md",
        "content/%2e%2e.md",
        "content/<script>.md",
        "content/a?b#c.md",
        "content/new\nline.md",
        "content/pic ture “1”.svg",
        "content/.hidden.md",
        "content/noextension",
    ];
    let page = b"---\ntitle: T\n---\n";
    let mut files: Vec<(&str, &[u8])> = names.iter().map(|name| (*name, &page[..])).collect();
    files.push(("content/index.md", b"# Home\n"));
    let found = built(&files);
    for path in found.files.keys() {
        let good = |c: char| c.is_ascii_alphanumeric() || "-_./".contains(c);
        assert!(
            path.chars().all(good) && !path.split('/').any(|part| part == ".." || part.is_empty()),
            "{path:?}"
        );
    }
}

#[test]
fn two_names_that_differ_by_case() {
    let found = built(&[
        ("content/index.md", b"# Home\n"),
        ("content/Records.md", b"# One\n"),
        ("content/records.md", b"# Two\n"),
        ("content/records/index.md", b"# Three\n"),
    ]);
    assert!(codes(&found).contains(&"duplicate-address"), "{:?}", found.findings);
}

#[test]
fn addresses_that_lead_out() {
    let found = built(&[
        ("content/index.md", b"---\ntitle: Home\nalso at:\n  - ../../etc/passwd\n  - /a/../../b/\n  - \"/<script>/\"\nshort: ../../x\n---\n[a](../../../etc/passwd)\n"),
        ("content/_data/redirects.yaml", b"/round/: /about/\n/about/: /round/\n../up/: /\n"),
    ]);
    assert!(found.has_errors());
    for path in found.files.keys() {
        assert!(!path.contains("..") && !path.contains('<') && !path.starts_with('/'), "{path}");
    }
}

#[test]
fn nothing_at_all() {
    let root = tempfile::tempdir().expect("a folder");
    let found = build_in_time(root.path());
    assert!(found.files.contains_key("404.html"), "{:?}", found.findings);
    fs::create_dir(root.path().join("content")).expect("a folder");
    build_in_time(root.path());
}

#[cfg(unix)]
#[test]
fn links_between_folders() {
    let root = tempfile::tempdir().expect("a folder");
    let content = root.path().join("content");
    fs::create_dir(&content).expect("a folder");
    fs::write(content.join("index.md"), "# Home\n").expect("a file");
    std::os::unix::fs::symlink(&content, content.join("loop")).expect("a link");
    std::os::unix::fs::symlink("/", content.join("all")).expect("a link");
    std::os::unix::fs::symlink("gone", content.join("gone.md")).expect("a link");
    let found = build_in_time(root.path());
    assert_eq!(codes(&found), ["file"; 3], "{:?}", found.findings);
}

#[test]
fn pictures_that_are_not() {
    let page = b"# Home\n\n![a](a.png)\n![b](b.svg)\n![c](c.jpg)\n";
    let found = built(&[
        ("content/index.md", page),
        ("content/a.png", b"\x89PNG\r\n\x1a\n\x00"),
        ("content/b.svg", b"<svg viewBox=\"0 0 1e9999 nan\" width=\"-\">"),
        ("content/c.jpg", b"\xff\xd8\xff\xe0"),
    ]);
    assert!(found.files.contains_key("a.png"));
}

#[test]
fn what_is_typed_is_text() {
    let page = "---\ntitle: \"<script>alert(1)</script> & {{ 1 + 1 }}\"\ndescription: '\"><img src=x>'\n---\n\n<script>x</script>\n\n{{ page.title }} {% raw %}\n\n[a](javascript:alert(1))\n";
    let found = built(&[("content/index.md", page.as_bytes())]);
    let html = String::from_utf8_lossy(found.files["index.html"].as_slice()).into_owned();
    assert!(!html.contains("<script>") && !html.contains("<img src=x"), "{html}");
    assert!(html.contains("{{ page.title }} {% raw %}"), "templates are not for content");
    assert!(found.has_errors(), "HTML and addresses that run are reported: {:?}", found.findings);
}
