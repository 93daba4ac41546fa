//! Pictures of a document: which of them pages can show, and what is said of the others.

use super::block::{Loss, Picture};
use crate::text::{address::name_of, shorten};

/// The largest picture that is taken over, in bytes.
const LARGEST: usize = 24 * 1024 * 1024;

/// A picture that pages can show, by its first bytes and not by its name.
pub(super) fn picture(bytes: Option<Vec<u8>>, path: &str) -> Result<Picture, Loss> {
    let name = shorten(name_of(path));
    let Some(bytes) = bytes else {
        let message = format!("the picture {name} stood here, and is damaged or missing");
        return Err(Loss::new(message, "save it beside the page and put it in"));
    };
    if bytes.len() > LARGEST {
        let message = format!("the picture {name} stood here, and is larger than 24 MB");
        return Err(Loss::new(message, "make it smaller, and put it in"));
    }
    let start = &bytes[..bytes.len().min(1024)];
    let is_svg = String::from_utf8_lossy(start).contains("<svg");
    let extension = match start {
        [0x89, b'P', b'N', b'G', ..] => "png",
        [0xff, 0xd8, 0xff, ..] => "jpg",
        [b'G', b'I', b'F', b'8', ..] => "gif",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "webp",
        _ if is_svg => "svg",
        _ => {
            let message = format!("the picture {name} stood here, in a form that no browser shows");
            return Err(Loss::new(
                message,
                "save it as PNG in a program for pictures, and put it in",
            ));
        }
    };
    Ok(Picture { bytes, extension })
}

/// A loss of a picture, with what it showed.
pub(super) fn with_description(loss: Loss, description: &str) -> Loss {
    if description.is_empty() {
        return loss;
    }
    Loss { message: format!("{}; it shows: {}", loss.message, shorten(description)), ..loss }
}

/// What a picture shows, in the words of the document; empty where these say nothing: the name
/// of a file, or that there is a picture. The second value is true for words that a program
/// made up.
pub(super) fn described(description: &str) -> (String, bool) {
    const MADE: &[&str] = &[
        "Description automatically generated with high confidence",
        "Description automatically generated with medium confidence",
        "Description automatically generated with low confidence",
        "Description automatically generated",
        "AI-generated content may be incorrect.",
        "AI-generated content may be incorrect",
    ];
    let mut words = description.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut is_made = false;
    for made in MADE {
        if let Some(rest) = words.strip_suffix(made) {
            is_made = true;
            words = rest.trim().to_owned();
        }
    }
    let small = words.to_lowercase();
    let is_file = [".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tif", ".svg"]
        .iter()
        .any(|end| small.ends_with(end));
    let plain = small.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ' || c == '.');
    let says_nothing = matches!(
        plain,
        "" | "picture" | "image" | "img" | "photo" | "logo" | "graphic" | "a picture" | "an image"
    ) || small.starts_with("a picture containing")
        || small.starts_with("http");
    if is_file || says_nothing { (String::new(), is_made) } else { (words, is_made) }
}
