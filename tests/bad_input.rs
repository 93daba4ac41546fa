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
    std::thread::spawn(move || drop(send.send(build(&folder, options()))));
    let done = receive.recv_timeout(Duration::from_secs(60)).expect("it ends, and without a panic");
    done.expect("the folder is there")
}

fn codes(built: &Built) -> Vec<&str> {
    built.findings.iter().map(|finding| finding.code()).collect()
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

/// Whatever slip an editor makes, words for staff are reported or left out.
#[test]
fn words_for_staff_do_not_slip_out() {
    let home = b"# Home\n";
    let staff = b"---\ntitle: Codes\naudience: staff\n---\nThe code is 1234. [Keys](keys.txt)\n";
    let in_box = b"# Box\n\n> [!STAFF]\n> The code is 1234. [Keys](keys.txt)\n";
    let cases: &[&[(&str, &[u8])]] = &[
        &[("content/codes.MD", staff)],
        &[("content/codes.md.orig", staff), ("content/codes.md.bak", staff)],
        &[("content/a.md", b"# A\n\n> [!NOTE]\n> x\n> [!STAFF]\n> The code is 1234.\n")],
        &[("content/a.md", b"# A\n\n> **[!STAFF]**\n> The code is 1234.\n")],
        &[("content/a.md", b"# A\n\n[!staff] The code is 1234.\n")],
        &[("content/s/Index.md", staff), ("content/s/more.md", b"# More\n\nThe code is 1234.\n")],
        &[("content/_snippets/a.md", staff), ("content/a.md", b"# A\n\n((a))\n")],
        &[("content/codes.md", staff), ("content/keys.txt", b"1234")],
        &[("content/a.md", in_box), ("content/keys.txt", b"1234")],
    ];
    for case in cases {
        let root = tempfile::tempdir().expect("a folder");
        for (path, bytes) in std::iter::once(&("content/index.md", &home[..])).chain(*case) {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, bytes).expect("a file");
        }
        let found =
            build(root.path(), Options { staff: false, ..options() }).expect("the folder is there");
        let leak = found
            .files
            .iter()
            .find(|(_, bytes)| String::from_utf8_lossy(bytes.as_slice()).contains("1234"));
        let names: Vec<&str> = case.iter().map(|(path, _)| *path).collect();
        assert!(
            found.has_errors() || leak.is_none(),
            "{names:?}: {:?}",
            leak.map(|(path, _)| path)
        );
    }
}

#[test]
fn what_grows_grows_evenly() {
    let list = format!("---\ntitle: a\nwords: [{}]\n---\n", "a,".repeat(60_000));
    let headings = "## a\n".repeat(60_000);
    let brackets = format!("# b\n\n{}\n", "((".repeat(200_000));
    built(&[
        ("content/index.md", list.as_bytes()),
        ("content/headings.md", format!("# h\n\n{headings}").as_bytes()),
        ("content/brackets.md", brackets.as_bytes()),
    ]);
}

#[test]
fn intervals_without_end() {
    let page =
        b"---\ntitle: a\nchecked: 1 January 2026\ncheck again: every 4000000000 months\n---\n";
    let settings = b"[rules]\noverdue-days = 4000000000\n";
    let old = b"---\ntitle: b\nchecked: 1 January 2020\ncheck again: every year\n---\n";
    built(&[("content/index.md", page), ("content/b.md", old), ("site.toml", settings)]);
}

#[test]
fn two_things_at_one_path() {
    for files in [
        &[("content/index.md", &b"# A\n"[..]), ("content/index.html", b"<p>")][..],
        &[
            ("content/index.md", b"---\ntitle: A\nalso at: [/docs/form.pdf]\n---\n"),
            ("content/docs/form.pdf", b"x"),
        ],
        &[("content/index.md", b"# A\n"), ("content/v1.2.md", b"# B\n"), ("content/v1.2", b"x")],
        &[("content/index.md", b"# A\n"), ("content/robots.txt", b"x")],
    ] {
        let found = built(files);
        assert!(codes(&found).contains(&"duplicate-address"), "{:?}", found.findings);
    }
}

#[test]
fn nothing_at_all() {
    let root = tempfile::tempdir().expect("a folder");
    fs::write(root.path().join("site.toml"), "").expect("a file");
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
