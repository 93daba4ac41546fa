//! Pictures that somebody puts beside a page: chosen, dropped, pasted or brought by a document.
//! What could do harm in the browsers of readers is refused in a sentence.

use std::collections::BTreeMap;

use super::{
    files::{DeskFiles, Refusal},
    sent::SentFile,
};
use crate::{
    check::raw_html::{text_of, what_runs},
    picture::without_place,
    text::{
        address::{folder_of, name_of},
        slug,
    },
};

/// How the names of pictures end that every browser shows.
const KNOWN: [&str; 6] = ["jpg", "jpeg", "png", "webp", "gif", "svg"];

/// Puts a picture beside a page, under a name of small letters; gives its path.
///
/// # Errors
///
/// When the page has no place for one, or when the picture is refused.
pub fn add_picture(files: &DeskFiles, page: &str, picture: &SentFile) -> Result<String, Refusal> {
    files.place(page)?;
    if let Some(why) = refusal(&picture.name, &picture.bytes) {
        return Err(why);
    }
    let (stem, end) = picture.name.rsplit_once('.').unwrap_or((&picture.name, ""));
    let end = end.to_ascii_lowercase();
    let stem = Some(slug(stem)).filter(|stem| !stem.is_empty());
    let stem = stem.unwrap_or_else(|| "picture".to_owned());
    let folder = folder_of(page);
    let path = format!("{folder}{}pictures/{stem}.{end}", if folder.is_empty() { "" } else { "/" });
    // Where a photo was taken is nobody's business.
    let bytes = without_place(&picture.bytes);
    files.add(&path, bytes.as_deref().unwrap_or(&picture.bytes))
}

/// Takes out of the pictures of a document, by path, those that are refused, and says why.
pub fn refuse(pictures: &mut BTreeMap<String, Vec<u8>>) -> Vec<Refusal> {
    let mut all = Vec::new();
    pictures.retain(|path, bytes| {
        let why = refusal(name_of(path), bytes);
        let is_good = why.is_none();
        all.extend(why);
        is_good
    });
    all
}

/// Why a file may not become a picture of the site; none when it may.
pub fn refusal(name: &str, bytes: &[u8]) -> Option<Refusal> {
    let end = name.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase();
    if !KNOWN.contains(&end.as_str()) {
        return Some(format!(
            "“{name}” is no picture that every browser shows: save it as .jpg, .png, .webp or .svg."
        ));
    }
    if !is_picture(&end, bytes) {
        return Some(format!("“{name}” is no picture, whatever its name says."));
    }
    if end == "svg" && what_runs(&text_of(bytes)).is_some() {
        return Some(format!(
            "“{name}” has a program in it, which could run in the browsers of readers. Save it \
             again as a plain drawing."
        ));
    }
    None
}

/// Whether a file begins as a picture of its name does.
fn is_picture(end: &str, bytes: &[u8]) -> bool {
    match end {
        "png" => bytes.starts_with(b"\x89PNG\r\n\x1a\n"),
        "gif" => bytes.starts_with(b"GIF8"),
        "webp" => bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP".as_slice()),
        "svg" => text_of(bytes).contains("<svg"),
        _ => bytes.starts_with(b"\xff\xd8\xff"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::starters::drawings::drawings;

    #[test]
    fn a_file_is_a_picture_by_what_is_in_it_and_nothing_runs_in_it() {
        let png = b"\x89PNG\r\n\x1a\n".as_slice();
        for (name, bytes, why) in [
            ("a.png", png, None),
            ("a.PNG", png, None),
            ("a.jpg", png, Some("is no picture, whatever")),
            ("a.exe", png, Some("save it as")),
            ("png", png, Some("save it as")),
            ("a.svg", b"<svg/>", None),
            ("a.svg", b"<svg onload='x()'/>", Some("has a program in it")),
            ("a.svg", b"words", Some("is no picture, whatever")),
        ] {
            let said = refusal(name, bytes);
            let is_as_said = match (&said, why) {
                (Some(said), Some(why)) => said.contains(why),
                (None, None) => true,
                _ => false,
            };
            assert!(is_as_said, "{name}: {said:?}");
        }
        for drawing in drawings() {
            assert_eq!(refusal(&drawing.file, drawing.svg.as_bytes()), None);
        }
    }

    #[test]
    fn what_a_document_brings_is_refused_by_name() {
        let mut pictures = BTreeMap::from([
            ("content/pictures/a.svg".to_owned(), b"<svg><script/></svg>".to_vec()),
            ("content/pictures/b.svg".to_owned(), b"<svg/>".to_vec()),
        ]);
        let said = refuse(&mut pictures);
        assert!(said.len() == 1 && said[0].contains("“a.svg” has a program in it"), "{said:?}");
        assert!(pictures.keys().eq(["content/pictures/b.svg"]));
    }
}
