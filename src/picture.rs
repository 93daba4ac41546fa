//! Pictures, made lighter for phones.
//!
//! A photo as a phone takes it weighs 4 MB and is 4,000 dots wide; no page shows that many. So
//! a picture of dots (JPEG, PNG or WebP) is sent in WebP, in a few widths of which a browser
//! takes the one that it needs. Browsers that do not know WebP get the picture itself, or,
//! where that is heavier than the site allows, a lighter one of the old sorts. None is made that
//! is not lighter than the picture itself. Drawings (SVG) and pictures that move stay as they are.
//!
//! A picture is looked at when somebody first asks for it, since that takes a while, and what
//! comes of it is kept ([`Kept`]) by its bytes and by what the site allows. It depends on
//! nothing else.
//!
//! The only file that names image, which opens, turns and resizes pictures, moxcms, which knows
//! the colours of cameras, and webp, which is the program that Google gives away for WebP.

use std::{
    io::Cursor,
    ops::Range,
    sync::{Arc, OnceLock},
};

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{
    DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Rgb,
    RgbImage, codecs::jpeg::JpegEncoder, imageops, metadata::Orientation,
};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use serde::{Deserialize, Serialize};

use crate::{
    config,
    kept::{Kept, Key},
    model::Attachment,
};

/// The most dots of a picture that is opened: 8,000 by 6,000 and a little more, the largest that
/// phones take. It takes 150 MB while it is open.
pub const MOST_DOTS: u64 = 50_000_000;

/// How many narrower pictures there are of a wide one, with itself.
const STEPS: u32 = 3;

/// How much lighter than the next wider one a narrower picture must be, in hundredths of it.
const WORTH: usize = 90;

/// How well WebP keeps a photo: the first of these with which it is light enough.
const QUALITIES: [f32; 3] = [75.0, 60.0, 45.0];

/// The same for JPEG, each with how wide it is, in thirds.
const PLAIN: [(u32, u8); 5] = [(3, 78), (3, 60), (2, 70), (2, 50), (1, 60)];

/// How many colours a drawing has at most; photos have many more.
const COLOURS_OF_A_DRAWING: usize = 4_096;

/// What became of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Look {
    /// It can be shown.
    Good(Versions),
    /// It cannot be opened, so no browser shows it.
    Broken,
    /// Its end is missing.
    CutOff,
    /// It has so many dots, more than [`MOST_DOTS`], and was not opened.
    Huge(u64),
}

/// A picture, in other forms.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Versions {
    /// Its width and height as it is seen: a camera may have been held upright.
    pub size: (u32, u32),
    /// In its place for browsers that do not know WebP, when it is heavier than is allowed.
    pub plain: Option<Version>,
    /// In WebP, the narrowest first.
    pub webp: Vec<Version>,
    /// How many lines of words there seem to be in it.
    pub lines: usize,
}

/// One form of a picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// How many dots wide it is.
    pub width: u32,
    /// What its name ends with.
    pub end: String,
    /// The file.
    pub bytes: Vec<u8>,
}

impl Version {
    /// Where it is published, below the root. The name changes when the picture does.
    pub fn path(&self, of: &Attachment) -> String {
        let name = of.url.rsplit('/').next().unwrap_or_default();
        let stem = name.split('.').next().unwrap_or_default();
        let hash = Key::of([self.bytes.as_slice()]).0 & 0xffff_ffff;
        format!("assets/{stem}-{}.{hash:08x}.{}", self.width, self.end)
    }
}

impl Versions {
    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Version> {
        self.webp.iter().chain(&self.plain)
    }

    /// The bytes that are sent to whom most is sent, of a picture of so many.
    pub fn heaviest(&self, own: usize) -> usize {
        let plain = self.plain.as_ref().map_or(own, |plain| plain.bytes.len());
        self.webp.iter().map(|version| version.bytes.len()).chain([plain]).max().unwrap_or(own)
    }
}

/// The pictures of a site.
#[derive(Debug)]
pub struct Pictures {
    /// By the place of the file among those of the site.
    looks: Vec<OnceLock<Option<Arc<Look>>>>,
    known: Arc<Kept<Look>>,
    terms: config::Pictures,
}

impl Pictures {
    /// Those of a site with so many files.
    pub fn new(files: usize, terms: &config::Pictures, known: &Arc<Kept<Look>>) -> Self {
        let looks = (0..files).map(|_| OnceLock::new()).collect();
        Self { looks, known: Arc::clone(known), terms: terms.clone() }
    }

    /// What became of the picture at a place among the files of the site. None for what is no
    /// picture of dots, and where the site sends pictures as they are.
    pub fn look(&self, at: usize, file: &Attachment) -> Option<&Look> {
        let slot = self.looks.get(at)?;
        slot.get_or_init(|| {
            let is_opened = matches!(file.extension(), "jpg" | "jpeg" | "png" | "webp");
            if !self.terms.lighter || !is_opened {
                return None;
            }
            let bytes = &file.file.bytes;
            let limits = [self.terms.most_kb.to_le_bytes(), self.terms.widest.to_le_bytes()];
            let key = Key::of([&**bytes, limits.as_flattened()]);
            Some(self.known.get(key, |_| true, || look_at(bytes, &self.terms)))
        })
        .as_deref()
    }

    /// The other forms of a picture.
    pub fn versions(&self, at: usize, file: &Attachment) -> Option<&Versions> {
        match self.look(at, file)? {
            Look::Good(versions) => Some(versions),
            Look::Broken | Look::CutOff | Look::Huge(_) => None,
        }
    }

    /// What was made up to now, with the paths below the root.
    pub fn made<'a>(
        &'a self,
        files: &'a [Attachment],
    ) -> impl Iterator<Item = (String, &'a Version)> {
        let known = files.iter().zip(&self.looks);
        let good = known.filter_map(|(file, look)| match look.get()?.as_deref()? {
            Look::Good(versions) => Some((file, versions)),
            Look::Broken | Look::CutOff | Look::Huge(_) => None,
        });
        good.flat_map(|(file, versions)| {
            versions.all().map(|version| (version.path(file), version))
        })
    }
}

/// Whether a picture moves: an animated WebP or PNG says so near its beginning. One lighter
/// picture of it would stand still.
fn moves(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    let has = |mark: &[u8; 4]| head.windows(4).any(|four| four == mark);
    head.starts_with(b"RIFF") && has(b"ANIM") || head.starts_with(b"\x89PNG") && has(b"acTL")
}

/// A photo (JPEG) without the place at which it was taken, which cameras and phones write into it.
/// None where it says none. Nothing else of it changes.
///
/// Source: JEITA CP-3451 (Exif), 4.6.6 and 4.7; ISO/IEC 10918-1, annex B, for the segments.
pub fn without_place(bytes: &[u8]) -> Option<Vec<u8>> {
    if !bytes.starts_with(&[0xff, 0xd8]) {
        return None;
    }
    let mut out = bytes.to_vec();
    let (mut at, mut is_other) = (2, false);
    let mut left_out: Vec<Range<usize>> = Vec::new();
    while let [0xff, marker, high, low] = *bytes.get(at..at + 4)? {
        let end = at + 2 + usize::from(u16::from_be_bytes([high, low]));
        let Some(segment) = bytes.get(at + 4..end) else { break };
        if marker == 0xda {
            break;
        }
        if marker == 0xe1 && segment.starts_with(b"Exif\0\0") {
            is_other |= blank_place(&mut out[at + 10..end]).unwrap_or(false);
        }
        // The same in words, as programs for pictures add it.
        let is_xmp = marker == 0xe1 && segment.starts_with(b"http://ns.adobe.com/");
        if is_xmp && segment.windows(6).any(|word| word == b":GPSLa" || word == b":GPSLo") {
            left_out.push(at..end);
        }
        at = end;
    }
    for range in left_out.iter().rev() {
        out.drain(range.clone());
    }
    (is_other || !left_out.is_empty()).then_some(out)
}

/// Empties the list of what is known of the place, in the part of a photo that begins with how its
/// numbers are written. Whether there was one.
fn blank_place(exif: &mut [u8]) -> Option<bool> {
    let is_little = exif.starts_with(b"II");
    let short = |exif: &[u8], at: usize| -> Option<usize> {
        let two = exif.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(usize::from(if is_little { u16::from_le_bytes(two) } else { u16::from_be_bytes(two) }))
    };
    let long = |exif: &[u8], at: usize| -> Option<usize> {
        let four = exif.get(at..at.checked_add(4)?)?.try_into().ok()?;
        usize::try_from(if is_little { u32::from_le_bytes(four) } else { u32::from_be_bytes(four) })
            .ok()
    };
    let first = long(exif, 4)?;
    let entries = (0..short(exif, first)?).map(|number| first + 2 + number * 12);
    let mut place = None;
    for entry in entries {
        if short(exif, entry)? == 0x8825 {
            place = Some(long(exif, entry + 8)?);
        }
    }
    let Some(place) = place else { return Some(false) };
    let count = short(exif, place)?;
    for number in 0..count {
        let entry = place + 2 + number * 12;
        let size = match short(exif, entry + 2)? {
            3 => 2,
            4 | 9 => 4,
            5 | 10 => 8,
            _ => 1,
        };
        let length = long(exif, entry + 4)?.checked_mul(size)?;
        if length > 4 {
            let start = long(exif, entry + 8)?;
            exif.get_mut(start..start.checked_add(length)?)?.fill(0);
        }
        exif.get_mut(entry..entry + 12)?.fill(0);
    }
    exif.get_mut(place..place + 2)?.fill(0);
    Some(count > 0)
}

/// Opens a picture and makes lighter ones of it.
fn look_at(bytes: &[u8], terms: &config::Pictures) -> Look {
    let Ok(reader) = ImageReader::new(Cursor::new(bytes)).with_guessed_format() else {
        return Look::Broken;
    };
    let format = reader.format();
    if moves(bytes) {
        return Look::Good(Versions {
            size: reader.into_dimensions().unwrap_or_default(),
            ..Versions::default()
        });
    }
    let Ok(mut decoder) = reader.into_decoder() else { return Look::Broken };
    let (width, height) = decoder.dimensions();
    let dots = u64::from(width) * u64::from(height);
    if dots > MOST_DOTS {
        return Look::Huge(dots);
    }
    if format == Some(ImageFormat::Jpeg) && is_cut_off(bytes) {
        return Look::CutOff;
    }
    let turned = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let colours = decoder.icc_profile().ok().flatten();
    let is_for_print = matches!(decoder.original_color_type(), ExtendedColorType::Cmyk8);
    let Ok(mut picture) = DynamicImage::from_decoder(decoder) else { return Look::Broken };
    picture.apply_orientation(turned);
    let size = (picture.width(), picture.height());
    // What its colours are on a screen is for whoever shows it to say.
    let lines = lines_of_words(&picture);
    let as_it_is = Look::Good(Versions { size, lines, ..Versions::default() });
    if is_for_print {
        return as_it_is;
    }
    let is_drawing = format == Some(ImageFormat::Png) && has_few_colours(&picture);
    let widest = resized(&flat(picture), terms.widest.min(size.0));
    let Some(widest) = for_screens(widest, colours.as_deref()) else { return as_it_is };
    let most = terms.most();
    let plain = (bytes.len() > most).then(|| plain(&widest, most)).flatten();
    let plain = plain.filter(|version| version.bytes.len() < bytes.len());
    let webp = all_widths(&widest, is_drawing, bytes.len(), most);
    Look::Good(Versions { size, plain, webp, lines })
}

/// Whether a JPEG ends before its dots do: after the header of the picture itself no mark of
/// an end follows, which no dots look like.
fn is_cut_off(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some(&[0xff, mark, high, low]) = bytes.get(at..at + 4) {
        match mark {
            // Marks may be filled up with more of their first byte.
            0xff => at += 1,
            // The dots begin.
            0xda => return !bytes[at..].windows(2).any(|two| two == [0xff, 0xd9]),
            _ => at += 2 + usize::from(u16::from_be_bytes([high, low])),
        }
    }
    true
}

/// How wide a picture is in which lines of words are looked for, in dots.
const READ: u32 = 1_000;

/// How much lighter or darker than the paper ink is, of 255 levels.
const INK: u8 = 60;

/// How near to the paper a dot is that is paper, in levels.
const PAPER: u8 = 4;

/// How often a row of dots goes from paper to ink or back in a line of words at least, and in
/// its busiest row: one that goes through the middle of some words.
const BUSY: (usize, usize) = (10, 24);

/// How high a line of words is, in dots.
const HIGH: std::ops::RangeInclusive<usize> = 5..=60;

/// How many lines of words a picture seems to have: stretches of rows with much going on, all
/// about as high, with quiet rows between them, on paper that fills half of the picture. Photos,
/// maps and drawings have next to none.
fn lines_of_words(picture: &DynamicImage) -> usize {
    let grey = resized(picture, READ.min(picture.width())).into_luma8();
    let mut levels = [0_usize; 256];
    grey.pixels().for_each(|dot| levels[usize::from(dot.0[0])] += 1);
    let near = |level: u8| {
        let range = level.saturating_sub(PAPER)..=level.saturating_add(PAPER);
        levels[usize::from(*range.start())..=usize::from(*range.end())].iter().sum::<usize>()
    };
    let Some(paper) = (0..=u8::MAX).max_by_key(|level| near(*level)) else { return 0 };
    if near(paper) * 2 < grey.pixels().len() {
        return 0;
    }
    let width = usize::try_from(grey.width()).unwrap_or(1).max(1);
    let changes = grey.as_raw().chunks(width).map(|row| {
        let is_ink = |dot: &u8| dot.abs_diff(paper) > INK;
        row.windows(2).filter(|two| is_ink(&two[0]) != is_ink(&two[1])).count()
    });
    let changes: Vec<usize> = changes.collect();
    let bands = changes.split(|busy| *busy < BUSY.0);
    let lines =
        bands.filter(|band| HIGH.contains(&band.len()) && band.iter().any(|busy| *busy >= BUSY.1));
    let mut heights: Vec<usize> = lines.map(<[usize]>::len).collect();
    heights.sort_unstable();
    let Some(&usual) = heights.get(heights.len() / 2) else { return 0 };
    heights.iter().filter(|high| **high * 2 >= usual && **high <= usual * 2).count()
}

/// Whether a picture has the colours of a drawing.
fn has_few_colours(picture: &DynamicImage) -> bool {
    let dots = picture.to_rgba8();
    let mut colours: Vec<[u8; 4]> = dots.pixels().map(|dot| dot.0).collect();
    colours.sort_unstable();
    colours.dedup();
    colours.len() <= COLOURS_OF_A_DRAWING
}

/// The same in eight bits, and with transparency only where there is some.
fn flat(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return picture.into_rgb8().into();
    }
    let dots = picture.into_rgba8();
    if dots.pixels().all(|dot| dot.0[3] == u8::MAX) {
        DynamicImage::from(dots).into_rgb8().into()
    } else {
        dots.into()
    }
}

fn resized(picture: &DynamicImage, width: u32) -> DynamicImage {
    if width >= picture.width() {
        return picture.clone();
    }
    let height = u64::from(picture.height()) * u64::from(width);
    let height = (height / u64::from(picture.width())).max(1);
    let height = u32::try_from(height).unwrap_or(1);
    picture.resize_exact(width, height, imageops::FilterType::CatmullRom)
}

/// The colours of a camera as those that every screen knows. None where they cannot be told.
fn for_screens(picture: DynamicImage, colours: Option<&[u8]>) -> Option<DynamicImage> {
    let Some(colours) = colours else { return Some(picture) };
    let own = ColorProfile::new_from_slice(colours).ok()?;
    if own.color_space != DataColorSpace::Rgb {
        // Of greys there is one scale, as near as anybody sees.
        return (own.color_space == DataColorSpace::Gray).then_some(picture);
    }
    let layout = if picture.color().has_alpha() { Layout::Rgba } else { Layout::Rgb };
    let screen = ColorProfile::new_srgb();
    let change =
        own.create_transform_8bit(layout, &screen, layout, TransformOptions::default()).ok()?;
    let mut changed = picture.clone();
    let dots = match &mut changed {
        DynamicImage::ImageRgb8(dots) => &mut **dots,
        DynamicImage::ImageRgba8(dots) => &mut **dots,
        _ => return None,
    };
    change.transform(picture.as_bytes(), dots).ok()?;
    Some(changed)
}

/// The widths that screens ask for, in WebP, each lighter than the next and than the picture
/// itself, the narrowest first.
fn all_widths(widest: &DynamicImage, is_drawing: bool, own: usize, most: usize) -> Vec<Version> {
    let mut all: Vec<Version> = Vec::new();
    let mut picture = widest.clone();
    for step in (1..=STEPS).rev() {
        picture = resized(&picture, (widest.width() * step).div_ceil(STEPS));
        let Some(bytes) = webp(&picture, is_drawing, most) else { continue };
        let next = all.last().map_or(own, |next| next.bytes.len());
        if bytes.len() * 100 <= next * WORTH {
            all.push(Version { width: picture.width(), end: "webp".into(), bytes });
        }
    }
    all.reverse();
    all
}

/// A picture in WebP. A drawing keeps its edges where that does not make it heavy.
fn webp(picture: &DynamicImage, is_drawing: bool, most: usize) -> Option<Vec<u8>> {
    let encoder = match picture {
        DynamicImage::ImageRgb8(dots) => webp::Encoder::from_rgb(dots, dots.width(), dots.height()),
        DynamicImage::ImageRgba8(dots) => {
            webp::Encoder::from_rgba(dots, dots.width(), dots.height())
        }
        _ => return None,
    };
    let encode = |is_exact, quality| encoder.encode_simple(is_exact, quality).ok();
    let mut best = encode(false, QUALITIES[0])?.to_vec();
    if is_drawing {
        let exact = encode(true, QUALITIES[0])?.to_vec();
        if exact.len() <= most && exact.len() <= best.len() * 3 / 2 {
            return Some(exact);
        }
    }
    for quality in &QUALITIES[1..] {
        if best.len() > most {
            best = encode(false, *quality)?.to_vec();
        }
    }
    Some(best)
}

/// A lighter picture for browsers that do not know WebP: a PNG where it is transparent and that
/// is light enough, or else a JPEG.
fn plain(widest: &DynamicImage, most: usize) -> Option<Version> {
    let narrower = |thirds: u32| resized(widest, (widest.width() * thirds).div_ceil(STEPS));
    if widest.color().has_alpha() {
        let pngs = (1..=STEPS).rev().filter_map(|thirds| png(&narrower(thirds)));
        if let Some(light) = pngs.into_iter().find(|version| version.bytes.len() <= most) {
            return Some(light);
        }
    }
    let opaque = DynamicImage::from(on_white(widest));
    let mut lightest: Option<Version> = None;
    for (thirds, quality) in PLAIN {
        let picture = resized(&opaque, (opaque.width() * thirds).div_ceil(STEPS));
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(&picture).ok()?;
        if lightest.as_ref().is_none_or(|known| bytes.len() < known.bytes.len()) {
            lightest = Some(Version { width: picture.width(), end: "jpg".into(), bytes });
        }
        if lightest.as_ref().is_some_and(|known| known.bytes.len() <= most) {
            break;
        }
    }
    lightest
}

fn png(picture: &DynamicImage) -> Option<Version> {
    let mut bytes = Vec::new();
    let encoder =
        PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive);
    let (width, height) = (picture.width(), picture.height());
    encoder.write_image(picture.as_bytes(), width, height, picture.color().into()).ok()?;
    Some(Version { width, end: "png".into(), bytes })
}

/// What is seen of a picture on white paper.
fn on_white(picture: &DynamicImage) -> RgbImage {
    let DynamicImage::ImageRgba8(dots) = picture else { return picture.to_rgb8() };
    RgbImage::from_fn(dots.width(), dots.height(), |x, y| {
        let [red, green, blue, cover] = dots.get_pixel(x, y).0.map(u32::from);
        let mixed = |level: u32| (level * cover + 255 * (255 - cover)) / 255;
        let level = |level: u32| u8::try_from(mixed(level)).unwrap_or(u8::MAX);
        Rgb([level(red), level(green), level(blue)])
    })
}

#[cfg(test)]
mod tests {
    use image::{ImageBuffer, Rgba, RgbaImage};

    use super::*;

    const TERMS: config::Pictures = config::Pictures { lighter: true, most_kb: 200, widest: 1200 };

    /// Something like a photo: soft light with grain, the same each time.
    fn photo(width: u32, height: u32) -> RgbImage {
        let mut seed = 7_u32;
        ImageBuffer::from_fn(width, height, |x, y| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let grain = u8::try_from(seed >> 27).unwrap_or(0);
            let wave = |at: u32| u8::try_from(at * 200 / 4_000 % 200).unwrap_or(0);
            Rgb([wave(x) + grain, wave(y) + grain, wave(x + y) / 2 + grain])
        })
    }

    fn jpeg(picture: &RgbImage, quality: u8) -> Vec<u8> {
        let mut bytes = Vec::new();
        JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture).expect("a JPEG");
        bytes
    }

    fn good(bytes: &[u8]) -> Versions {
        match look_at(bytes, &TERMS) {
            Look::Good(versions) => versions,
            other => panic!("{other:?}"),
        }
    }

    /// A photo of nothing, with the place at which it was taken.
    fn with_place(is_little: bool) -> Vec<u8> {
        let short = |n: u16| if is_little { n.to_le_bytes() } else { n.to_be_bytes() };
        let long = |n: u32| if is_little { n.to_le_bytes() } else { n.to_be_bytes() };
        let mut exif: Vec<u8> = if is_little { b"II*\0".to_vec() } else { b"MM\0*".to_vec() };
        exif.extend(long(8));
        // The first list: how it is turned, and where the list of places is.
        exif.extend(short(2));
        for (tag, sort, value) in [(0x0112, 3, 6), (0x8825, 4, 38)] {
            exif.extend(short(tag));
            exif.extend(short(sort));
            exif.extend(long(1));
            exif.extend(long(value));
        }
        exif.extend(long(0));
        // The list of places: 51 degrees, 30 minutes.
        exif.extend(short(1));
        exif.extend(short(2));
        exif.extend(short(5));
        exif.extend(long(3));
        exif.extend(long(56));
        exif.extend(long(0));
        [51, 1, 30, 1, 7, 1].into_iter().for_each(|n| exif.extend(long(n)));
        let length = u16::try_from(exif.len() + 8).expect("short").to_be_bytes();
        [b"\xff\xd8\xff\xe1", &length[..], b"Exif\0\0", &exif, b"\xff\xda\0\x02words\xff\xd9"]
            .concat()
    }

    #[test]
    fn a_photo_does_not_say_where_it_was_taken() {
        for is_little in [true, false] {
            let photo = with_place(is_little);
            let clean = without_place(&photo).expect("it said where");
            assert_eq!(clean.len(), photo.len());
            let changed = (0..photo.len()).filter(|&at| clean[at] != photo[at]).collect::<Vec<_>>();
            // The list begins at 38 of what follows the 12 bytes before it, and is at the end.
            assert!(changed.iter().all(|at| (50..92).contains(at)), "{changed:?}");
            assert!(clean[50..92].iter().all(|byte| *byte == 0), "{:?}", &clean[50..92]);
            assert_eq!(without_place(&clean), None, "once is enough");
            for end in 0..photo.len() {
                let _ = without_place(&photo[..end]);
            }
        }
        let xmp = b"http://ns.adobe.com/xap/1.0/\0 exif:GPSLatitude=\"51,30N\"";
        let length = u16::try_from(xmp.len() + 2).expect("short").to_be_bytes();
        let photo = [b"\xff\xd8\xff\xe1", &length[..], xmp, b"\xff\xda\0\x02x\xff\xd9"].concat();
        assert_eq!(without_place(&photo).as_deref(), Some(&b"\xff\xd8\xff\xda\0\x02x\xff\xd9"[..]));
        assert_eq!(without_place(b"\x89PNG"), None);
    }

    #[test]
    fn pictures_that_move_are_known() {
        assert!(moves(b"RIFF\x24\0\0\0WEBPVP8X\x0a\0\0\0\x02\0\0\0ANIM"));
        assert!(moves(b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\0\x08acTL"));
        assert!(!moves(b"RIFF\x24\0\0\0WEBPVP8 ANI") && !moves(b"ANIM acTL"));
    }

    #[test]
    fn a_photo_is_sent_in_three_widths_and_none_is_heavier() {
        let bytes = jpeg(&photo(2_400, 1_600), 92);
        assert!(bytes.len() > TERMS.most(), "{}", bytes.len());
        let made = good(&bytes);
        assert_eq!(made.size, (2_400, 1_600));
        let widths: Vec<u32> = made.webp.iter().map(|version| version.width).collect();
        assert_eq!(widths, [400, 800, 1_200]);
        let plain = made.plain.clone().expect("the picture is heavy");
        assert_eq!(plain.end, "jpg");
        for version in made.all() {
            assert!(version.bytes.len() <= TERMS.most(), "{} is heavy", version.width);
            let opened = image::load_from_memory(&version.bytes).expect("it can be opened");
            assert_eq!((opened.width(), opened.height()), (version.width, version.width * 2 / 3));
        }
        assert_eq!(made, good(&bytes), "it is the same each time");
    }

    #[test]
    fn what_is_light_already_is_left_as_it_is() {
        // Of noise in a JPEG of next to no quality a good WebP is heavier.
        let mut seed = 3_u32;
        let noise = RgbImage::from_fn(600, 400, |_, _| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let [_, _, green, red] = seed.to_le_bytes();
            Rgb([red, green, red ^ green])
        });
        let bytes = jpeg(&noise, 5);
        let made = good(&bytes);
        assert!(made.plain.is_none());
        let weights: Vec<usize> = made.webp.iter().map(|version| version.bytes.len()).collect();
        assert!(weights.iter().all(|weight| *weight < bytes.len()), "{weights:?} {}", bytes.len());
        assert!(made.webp.iter().all(|version| version.width < 600), "{weights:?} {}", bytes.len());
    }

    #[test]
    fn a_drawing_keeps_its_edges_and_what_shows_through() {
        let mut drawing = RgbaImage::from_pixel(900, 600, Rgba([0, 0, 0, 0]));
        for (x, y, dot) in drawing.enumerate_pixels_mut() {
            if (x / 30 + y / 30) % 3 == 0 {
                *dot = Rgba([120, 10, 80, 255]);
            }
        }
        let mut bytes = Vec::new();
        PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::NoFilter)
            .write_image(&drawing, 900, 600, ExtendedColorType::Rgba8)
            .expect("a PNG");
        let made = good(&bytes);
        let widest = made.webp.last().expect("it is lighter");
        let opened = image::load_from_memory(&widest.bytes).expect("it can be opened").to_rgba8();
        assert_eq!(opened.get_pixel(5, 5).0, [120, 10, 80, 255]);
        assert_eq!(opened.get_pixel(45, 5).0[3], 0);
    }

    #[test]
    fn a_photo_taken_upright_stands_upright() {
        let mut bytes = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 90);
        // The shortest note of a camera that says: turn it to the right.
        let note = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".to_vec();
        encoder.set_exif_metadata(note).expect("JPEG can hold it");
        encoder.encode_image(&photo(600, 400)).expect("a JPEG");
        let made = good(&bytes);
        assert_eq!(made.size, (400, 600));
        let widest = made.webp.last().expect("it is lighter");
        let opened = image::load_from_memory(&widest.bytes).expect("it can be opened");
        assert_eq!((opened.width(), opened.height()), (400, 600));
    }

    /// Lines of something like letters: strokes of ink with gaps, the same each time.
    fn letters(lines: u32) -> DynamicImage {
        let mut page = RgbImage::from_pixel(600, 20 + lines * 24, Rgb([250, 250, 245]));
        for line in 0..lines {
            for stroke in 0..90 {
                // Words have gaps between them.
                if stroke % 7 != 0 {
                    let (x, y) = (20 + stroke * 6, 12 + line * 24);
                    (0..12).for_each(|down| page.put_pixel(x, y + down, Rgb([20, 20, 30])));
                }
            }
        }
        page.into()
    }

    #[test]
    fn lines_of_words_are_counted_and_a_photo_has_none() {
        for lines in [1, 8, 20] {
            assert_eq!(lines_of_words(&letters(lines)), usize::try_from(lines).expect("few"));
        }
        assert_eq!(lines_of_words(&photo(900, 600).into()), 0);
        assert_eq!(lines_of_words(&RgbImage::from_pixel(40, 40, Rgb([0, 0, 0])).into()), 0);
        // A drawing with a few strokes.
        let mut drawing = RgbImage::from_pixel(400, 400, Rgb([255, 255, 255]));
        for at in 0..400 {
            drawing.put_pixel(at, at, Rgb([0, 0, 0]));
            drawing.put_pixel(at, 200, Rgb([0, 0, 0]));
        }
        assert_eq!(lines_of_words(&drawing.into()), 0);
    }

    #[test]
    fn what_cannot_be_opened_is_told() {
        let whole = jpeg(&photo(300, 200), 80);
        for bad in [&b""[..], b"x", b"\x89PNG\r\n\x1a\n\x00", b"\xff\xd8\xff\xe0", b"<html></html>"]
        {
            assert_eq!(look_at(bad, &TERMS), Look::Broken, "{bad:?}");
        }
        for end in [whole.len() / 2, whole.len() - 10, whole.len() - 1] {
            assert_eq!(look_at(&whole[..end], &TERMS), Look::CutOff, "{end}");
        }
        // Some phones put more behind the end.
        assert!(matches!(look_at(&[&whole[..], b"more"].concat(), &TERMS), Look::Good(_)));
        let mut png = Vec::new();
        photo(300, 200).write_to(&mut Cursor::new(&mut png), ImageFormat::Png).expect("a PNG");
        assert_eq!(look_at(&png[..png.len() / 2], &TERMS), Look::Broken);
        // A header that promises more dots than there is room for.
        png[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
        assert!(matches!(look_at(&png, &TERMS), Look::Broken | Look::Huge(_)));
    }
}
