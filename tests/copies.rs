//! Copies of pages in Markdown: they say what the page says, and nothing else.

use std::{collections::BTreeSet, fs, path::Path};

use plainsite::{Built, Date, Options, build, html::outline::outline};
use pulldown_cmark::{Event, Options as Reading, Parser, Tag, TagEnd};
use tempfile::TempDir;

use crate::small_site::{HOME, site};

/// The site with each kind of page, with copies.
fn kinds() -> TempDir {
    fn copy(from: &Path, to: &Path) {
        fs::create_dir_all(to).expect("a folder");
        for entry in fs::read_dir(from).expect("a folder") {
            let entry = entry.expect("an entry");
            let to = to.join(entry.file_name());
            match entry.path().is_dir() {
                true => copy(&entry.path(), &to),
                false => _ = fs::copy(entry.path(), to).expect("a copy"),
            }
        }
    }
    let root = tempfile::tempdir().expect("a folder");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/kinds"), root.path());
    let settings = root.path().join("site.toml");
    let text = fs::read_to_string(&settings).expect("the settings");
    let text = text.replace("name = \"bare\"", "name = \"plain\"");
    fs::write(settings, format!("markdown = true\n{text}")).expect("a file");
    root
}

fn made(root: &Path, staff: bool) -> Built {
    let today = Date::parse("21 November 2026").expect("a day");
    build(root, Options { today, staff, portable: false }).expect("it builds")
}

fn text<'a>(built: &'a Built, path: &str) -> &'a str {
    let bytes = built.files.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    std::str::from_utf8(bytes.as_slice()).expect("text")
}

/// The words of a text, without the marks between them.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}

/// What a reader of Markdown makes of a copy.
#[derive(Default)]
struct Read {
    /// Its words, as they run on.
    text: String,
    /// The same with a space wherever something begins or ends.
    apart: String,
    links: Vec<String>,
}

fn read(markdown: &str) -> Read {
    let mut read = Read::default();
    let is_inline = |end: &TagEnd| {
        matches!(end, TagEnd::Link | TagEnd::Strong | TagEnd::Emphasis | TagEnd::Image)
    };
    for event in Parser::new_ext(markdown, Reading::ENABLE_TABLES) {
        let (joined, apart) = match event {
            Event::Text(words) | Event::Code(words) => (words.to_string(), words.to_string()),
            Event::Start(Tag::Link { dest_url, .. }) => {
                read.links.push(dest_url.to_string());
                (String::new(), " ".into())
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                assert_eq!(html.trim(), "<!-- -->", "no HTML in a copy");
                continue;
            }
            Event::End(end) if is_inline(&end) => (String::new(), " ".into()),
            Event::Start(_) => (String::new(), " ".into()),
            _ => (" ".into(), " ".into()),
        };
        read.text += &joined;
        read.apart += &apart;
    }
    read
}

#[test]
fn a_copy_says_what_its_page_says_and_nothing_else() {
    let built = made(kinds().path(), false);
    assert!(!built.has_errors(), "{:#?}", built.findings);
    let copies: Vec<&String> =
        built.files.keys().filter(|path| path.ends_with("index.md")).collect();
    assert!(copies.len() > 15, "{copies:?}");
    for path in copies {
        let page = text(&built, &path.replace(".md", ".html"));
        assert!(page.contains("type=\"text/markdown\""), "{path} is not told of");
        let own = text(&built, path);
        let said = read(own);
        // All words that anybody can read in the page, wherever they stand in it.
        let shown = page
            .split("<script")
            .map(|part| part.split_once("</script>").map_or(part, |(_, rest)| rest));
        let shown: String = shown.collect::<Vec<_>>().join(" ");
        let shown = plainsite::html::decode(&shown).into_owned();
        let shown: BTreeSet<String> = words(&shown).into_iter().collect();
        for word in words(&said.apart) {
            assert!(shown.contains(&word), "{path} says “{word}”, and its page does not:\n{own}");
        }
        let outline = outline(page);
        assert!(
            own.starts_with(&format!("# {}", outline.title.split(' ').next().unwrap_or_default())),
            "{own}"
        );
        let has = words(&said.text).into_iter().chain(words(&said.apart));
        let has: BTreeSet<String> = has.collect();
        for section in &outline.sections {
            for word in words(&format!("{} {}", section.heading, section.text)) {
                assert!(has.contains(&word), "{path} lacks “{word}”:\n{own}");
            }
        }
        let address = format!("https://kinds.example/{}", path.trim_end_matches("index.md"));
        assert!(own.contains(&format!("<{address}>")), "{own}");
        for link in said.links {
            assert!(link.contains(':'), "{path}: “{link}” leads nowhere from elsewhere");
            if let Some(inner) = link.strip_prefix("https://kinds.example/") {
                let file = inner.split('#').next().unwrap_or_default();
                let file = if file.is_empty() || file.ends_with('/') {
                    format!("{file}index.html")
                } else {
                    file.to_owned()
                };
                assert!(built.files.contains_key(&file), "{path}: {link}");
            }
        }
    }
}

#[test]
fn what_staff_read_and_what_is_not_published_has_no_copy() {
    let note = "---\ntitle: Records\n---\n\nKeep them.\n\n> [!STAFF]\n> A note about keys.\n";
    let files = [
        ("site.toml", "markdown = true\n"),
        HOME,
        ("content/records.md", note),
        ("content/draft.md", "---\ntitle: Draft\nstatus: draft\n---\n\nNot yet.\n"),
        ("content/ours.md", "---\ntitle: Ours\naudience: staff\n---\n\nFor us.\n"),
        (
            "content/gone.md",
            "---\ntitle: Gone\nstatus: withdrawn\nstatus note: It moved.\n---\n\nOld.\n",
        ),
    ];
    let root = site(&files);
    let built = made(root.path(), false);
    let copies: Vec<&str> =
        built.files.keys().map(String::as_str).filter(|path| path.ends_with(".md")).collect();
    assert_eq!(copies, ["index.md", "records/index.md"]);
    assert_eq!(text(&built, "records/index.md"), "# Records\n\nKeep them.\n");
    let staff = made(root.path(), true);
    assert!(staff.files.keys().all(|path| !path.ends_with(".md")), "notes are for staff alone");
    let without = site(&files[1..]);
    assert!(made(without.path(), false).files.keys().all(|path| !path.ends_with(".md")));
}
