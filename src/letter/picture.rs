//! Pictures as documents can hold them. The only file that names resvg, and
//! png and base64 with it.
//!
//! Word and many other programs show no drawings in SVG, so those become PNG,
//! sharp enough for paper. PNG and JPEG stay as they are.

use std::collections::BTreeMap;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use resvg::{tiny_skia, usvg};

use super::Picture;

/// The width of a drawing in pixels: 3.2 cm at about 190 dots an inch.
const WIDTH: f32 = 240.0;

/// The most that a drawing may be higher than it is wide.
const TALLEST: f32 = 4.0;

impl Picture {
    /// A picture of a file, or nothing when documents cannot hold its format.
    pub(super) fn new(
        path: &str,
        bytes: &[u8],
        size: Option<(usize, usize)>,
        alt: &str,
    ) -> Option<Self> {
        let ending = path.rsplit('.').next().unwrap_or_default().to_lowercase();
        let picture = |format: &str, (width, height): (usize, usize), bytes: &[u8]| Self {
            format: format.to_owned(),
            alt: alt.to_owned(),
            width,
            height,
            data: STANDARD.encode(bytes),
        };
        match ending.as_str() {
            "png" => Some(picture("png", size?, bytes)),
            "jpg" | "jpeg" => Some(picture("jpeg", size?, bytes)),
            "svg" => {
                let (size, bytes) = drawing(bytes)?;
                Some(picture("png", size, &bytes))
            }
            _ => None,
        }
    }

    /// The file itself.
    pub(super) fn bytes(&self) -> Vec<u8> {
        STANDARD.decode(&self.data).unwrap_or_default()
    }
}

/// A drawing as PNG, with its width and height.
fn drawing(svg: &[u8]) -> Option<((usize, usize), Vec<u8>)> {
    let tree = usvg::Tree::from_data(svg, &usvg::Options::default()).ok()?;
    let scale = WIDTH / tree.size().width();
    let height = (tree.size().height() * scale).round();
    if !(1.0..=WIDTH * TALLEST).contains(&height) {
        return None;
    }
    let mut map = tiny_skia::Pixmap::new(WIDTH as u32, height as u32)?;
    // Paper is white, and so are the documents.
    map.fill(tiny_skia::Color::WHITE);
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut map.as_mut());
    Some(((WIDTH as usize, height as usize), small(&map)?))
}

/// A picture of few colours as PNG with a list of its colours: a third of the
/// size, which everybody downloads with the page. Nobody sees 16 levels of a
/// colour from 256 in a drawing with two.
fn small(map: &tiny_skia::Pixmap) -> Option<Vec<u8>> {
    let mut colours: BTreeMap<[u8; 3], u8> = BTreeMap::new();
    let mut list = Vec::new();
    let mut dots = Vec::with_capacity(map.pixels().len());
    for dot in map.pixels() {
        let colour =
            [dot.red(), dot.green(), dot.blue()].map(|level| level.saturating_add(8) / 17 * 17);
        let next = u8::try_from(colours.len());
        dots.push(match (colours.get(&colour), next) {
            (Some(&at), _) => at,
            (None, Ok(next)) => {
                colours.insert(colour, next);
                list.extend(colour);
                next
            }
            // Not a drawing with few colours after all.
            (None, Err(_)) => return map.encode_png().ok(),
        });
    }
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, map.width(), map.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_palette(list);
    encoder.set_compression(png::Compression::High);
    encoder.write_header().ok()?.write_image_data(&dots).ok()?;
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawings_become_pictures_that_documents_can_hold() {
        let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><rect width="9" height="9"/></svg>"#;
        let picture = Picture::new("a/box.svg", svg, None, "A box").expect("a drawing");
        assert_eq!((picture.width, picture.height), (240, 120));
        assert!(picture.bytes().starts_with(b"\x89PNG"));
        for bad in
            [&b"<svg"[..], b"", b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 9999'/>"]
        {
            assert_eq!(Picture::new("bad.svg", bad, None, ""), None);
        }
        assert_eq!(Picture::new("a.webp", b"x", Some((1, 1)), ""), None);
    }
}
