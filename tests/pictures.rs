//! Pictures of dots are sent light: in WebP, in the widths of screens, and never heavier than
//! they are; and a picture that cannot be opened is told of at its line.

use std::{fs, path::Path};

use image::{Rgb, RgbImage, codecs::jpeg::JpegEncoder};
use plainsite::{Built, Date, Options, build, build_again, memory::Memory};
use tempfile::TempDir;

use crate::small_site::{HOME, site};

const SETTINGS: (&str, &str) =
    ("site.toml", "title = \"Guide\"\nbase = \"https://guide.example/help/\"\nmarkdown = true\n");

const PAGE: (&str, &str) = (
    "content/money/coins.md",
    "---\ntitle: Coins\n---\n\nLook at ![A person counting coins](Big%20coins.jpg) here.\n",
);

fn options() -> Options {
    let today = Date::parse("2026-11-28").expect("a day");
    Options { today, staff: false, portable: false }
}

/// A photo with the grain of a camera, so that it is heavy.
fn photo(width: u32, height: u32) -> Vec<u8> {
    let mut seed = 11_u32;
    let dots = RgbImage::from_fn(width, height, |x, y| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = u8::try_from(seed >> 28).unwrap_or(0);
        let wave = |at: u32| u8::try_from(at / 12 % 200).unwrap_or(0) + grain;
        Rgb([wave(x), wave(y), wave(x + y)])
    });
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 95).encode_image(&dots).expect("a JPEG");
    bytes
}

/// A site with a page that shows a heavy photo.
fn with_photo(files: &[(&str, &str)]) -> TempDir {
    let root = site(files);
    fs::create_dir_all(root.path().join("content/money")).expect("a folder");
    fs::write(root.path().join("content/money/Big coins.jpg"), photo(1_500, 1_000))
        .expect("a file");
    root
}

fn text<'a>(built: &'a Built, path: &str) -> &'a str {
    let bytes = built.files.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    std::str::from_utf8(bytes.as_slice()).expect("text")
}

/// What stands between two strings.
fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("no {start} in {text}"));
    rest.split_once(end).map_or(rest, |(inner, _)| inner)
}

fn lighter(built: &Built) -> Vec<&String> {
    let assets = built.files.keys().filter(|path| path.starts_with("assets/"));
    assets.filter(|path| path.ends_with(".webp") || path.ends_with(".jpg")).collect()
}

#[test]
fn a_photo_on_a_page_is_sent_in_the_widths_of_screens() {
    let root = with_photo(&[HOME, SETTINGS, PAGE]);
    let built = build(root.path(), options()).expect("it builds");
    let said: Vec<&str> = built.findings.iter().map(|found| found.message.as_str()).collect();
    assert!(!said.iter().any(|said| said.contains("picture")), "{said:?}");
    assert!(!built.has_errors(), "{said:?}");
    let html = text(&built, "money/coins/index.html");
    let shown = between(html, "<picture>", "</picture>");
    let own = built.files["money/big-coins.jpg"].as_slice().len();
    let srcset = between(shown, "srcset=\"", "\"");
    let mut before = 0;
    for (one, width) in srcset.split(", ").zip([400, 800, 1_200]) {
        let (address, said) = one.split_once(' ').expect("an address and a width");
        assert_eq!(said, format!("{width}w"));
        let path = address.strip_prefix("../../").expect("it works at any path");
        let bytes = built.files.get(path).unwrap_or_else(|| panic!("no {path}")).as_slice();
        assert!(before < bytes.len() && bytes.len() < own, "{path}: {} bytes", bytes.len());
        before = bytes.len();
    }
    let plain = between(shown, "<img src=\"../../", "\"");
    assert!(plain.starts_with("assets/big-coins-") && plain.ends_with(".jpg"), "{plain}");
    assert!(built.files[plain].as_slice().len() <= 200_000);
    assert!(shown.contains(" width=\"1500\" height=\"1000\""), "{shown}");
    assert!(shown.contains(" alt=\"A person counting coins\""), "{shown}");
    assert_eq!(lighter(&built).len(), 4, "{:?}", lighter(&built));
    // Programs that read get one line, with the picture in its sentence.
    let copy = text(&built, "money/coins/index.md");
    let line =
        format!("Look at ![A person counting coins](https://guide.example/help/{plain}) here.");
    assert!(copy.contains(&line), "{copy}");
}

#[test]
fn the_copy_to_carry_about_has_them_too() {
    let root = with_photo(&[HOME, SETTINGS, PAGE]);
    let built = build(root.path(), Options { portable: true, ..options() }).expect("it builds");
    let html = text(&built, "money/coins/index.html");
    let srcset = between(html, "srcset=\"", "\"");
    for one in srcset.split(", ") {
        let path = one.split(' ').next().and_then(|one| one.strip_prefix("../../"));
        assert!(built.files.contains_key(path.expect("a relative address")), "{one}");
    }
}

#[test]
fn what_no_page_shows_is_not_made_public() {
    let draft = PAGE.1.replacen("title: Coins\n", "title: Coins\nstatus: draft\n", 1);
    let root = with_photo(&[HOME, SETTINGS, (PAGE.0, &draft)]);
    let built = build(root.path(), options()).expect("it builds");
    assert_eq!(lighter(&built), [""; 0]);
}

#[test]
fn a_site_may_send_pictures_as_they_are() {
    let settings = format!("{}\n[pictures]\nlighter = false\n", SETTINGS.1);
    let root = with_photo(&[HOME, (SETTINGS.0, &settings), PAGE]);
    let built = build(root.path(), options()).expect("it builds");
    let html = text(&built, "money/coins/index.html");
    assert!(html.contains("<img src=\"../big-coins.jpg\"") && !html.contains("<picture"), "{html}");
    assert_eq!(lighter(&built), [""; 0]);
}

#[test]
fn an_easy_read_page_has_lighter_pictures_beside_its_words() {
    let easy = "---\ntitle: \"Easy read: coins\"\nkind: easy read\neasy read of: coins.md\n---\n\n\
                ```symbols\n- picture: Big coins.jpg\n  alt: Coins\n  words: Keep your coins.\n```\n";
    let root = with_photo(&[HOME, SETTINGS, PAGE, ("content/money/easy.md", easy)]);
    let built = build(root.path(), options()).expect("it builds");
    let html = text(&built, "money/easy/index.html");
    let row = between(html, "<li><picture>", "</picture>");
    assert!(row.contains(".webp 400w, ") && row.contains("sizes=\"11em\""), "{row}");
}

#[test]
fn a_build_that_remembers_makes_them_once_and_the_same() {
    let root = with_photo(&[HOME, SETTINGS, PAGE]);
    let memory = Memory::new();
    let first = build_again(root.path(), options(), &memory).expect("it builds");
    assert!(!memory.pictures.is_as_before(), "it was made");
    memory.sweep();
    let again = build_again(root.path(), options(), &memory).expect("it builds");
    assert!(memory.pictures.is_as_before(), "nothing was made anew");
    let alone = build(root.path(), options()).expect("it builds");
    for path in lighter(&first) {
        let bytes = |built: &Built| built.files[path].as_slice().to_vec();
        assert!(bytes(&first) == bytes(&again) && bytes(&first) == bytes(&alone), "{path}");
    }
}

#[test]
fn a_picture_that_cannot_be_opened_is_told_of_at_its_line() {
    let photo = photo(300, 200);
    let cut = &photo[..photo.len() / 2];
    for (name, bytes, said) in [
        ("a.jpg", &b"ftypheic"[..], "the picture “a.jpg” cannot be opened"),
        ("a.jpg", cut, "the end of the picture “a.jpg” is missing"),
        ("a.png", b"", "the picture “a.png” is an empty file"),
        ("a.gif", b"GIF", "the picture “a.gif” cannot be opened"),
        ("a.webp", b"RIFF\x10\0\0\0WEBPVP8 ", "the picture “a.webp” cannot be opened"),
    ] {
        let page = format!("---\ntitle: A\n---\n\nWords.\n\n![A house]({name})\n");
        let root = site(&[HOME, ("content/a.md", &page)]);
        fs::write(root.path().join("content").join(name), bytes).expect("a file");
        let built = build(root.path(), options()).expect("it builds");
        let found = built.findings.iter().find(|found| found.code() == "broken-picture");
        let found = found.unwrap_or_else(|| panic!("{name}: nothing was said"));
        assert_eq!((found.message.as_str(), found.start.line), (said, 7), "{name}");
        assert!(built.has_errors());
        assert!(!Path::new(&*found.file).is_absolute());
    }
}
