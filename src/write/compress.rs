//! A compressed form beside each text file, for hosts that send what is there instead of
//! compressing it for each reader: `gzip_static` of nginx, `brotli_static`. The only file that
//! names brotli and flate2.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read as _, Write as _},
    path::Path,
};

use rayon::prelude::*;

use super::{All, failed};
use crate::{config::Encoding, diagnostic::Error};

/// What is text, by the ends of names. Pictures and documents are compressed already.
const TEXT: [&str; 11] =
    ["css", "csv", "html", "ics", "js", "json", "svg", "txt", "vcf", "webmanifest", "xml"];

/// How hard brotli tries, of 11. The last step takes twenty times as long for files that are
/// a twentieth smaller.
const EFFORT: i32 = 9;

/// The compressed forms of `files`, by path: `index.html.gz`. What an earlier run made of the
/// same bytes and is in `target` still is read, not made again.
pub(super) fn compressed(
    files: &All<'_>,
    encodings: &[Encoding],
    target: &Path,
) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    let wanted: Vec<(&str, &[u8], Encoding)> = files
        .iter()
        .filter(|(path, _)| path.rsplit_once('.').is_some_and(|(_, end)| TEXT.contains(&end)))
        .flat_map(|(path, bytes)| encodings.iter().map(move |encoding| (*path, *bytes, *encoding)))
        .collect();
    let made = wanted.into_par_iter().map(|(path, bytes, encoding)| {
        let path = format!("{path}.{}", encoding.end());
        if files.contains_key(path.as_str()) {
            return Ok(None);
        }
        let place = target.join(&path);
        let before = fs::read(&place).ok().filter(|before| is_of(before, bytes, encoding));
        let small = before.map_or_else(|| made(bytes, encoding), Ok).map_err(failed(&place))?;
        Ok((small.len() < bytes.len()).then_some((path, small)))
    });
    made.filter_map(Result::transpose).collect()
}

fn made(bytes: &[u8], encoding: Encoding) -> io::Result<Vec<u8>> {
    match encoding {
        Encoding::Gz => {
            // Without a name and a time: the same bytes each time.
            let level = flate2::Compression::best();
            let mut writer = flate2::write::GzEncoder::new(Vec::new(), level);
            writer.write_all(bytes)?;
            writer.finish()
        }
        Encoding::Br => {
            let mut made = Vec::new();
            let wish = brotli::enc::BrotliEncoderParams {
                quality: EFFORT,
                size_hint: bytes.len(),
                ..Default::default()
            };
            brotli::BrotliCompress(&mut &*bytes, &mut made, &wish)?;
            Ok(made)
        }
    }
}

/// Whether these are compressed bytes of those.
fn is_of(small: &[u8], bytes: &[u8], encoding: Encoding) -> bool {
    // No more than can be the same, whatever somebody put there.
    let most = bytes.len() as u64 + 1;
    let mut read = Vec::with_capacity(bytes.len());
    let done = match encoding {
        Encoding::Gz => flate2::read::GzDecoder::new(small).take(most).read_to_end(&mut read),
        Encoding::Br => brotli::Decompressor::new(small, 4096).take(most).read_to_end(&mut read),
    };
    done.is_ok() && read == bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    const BOTH: [Encoding; 2] = [Encoding::Gz, Encoding::Br];

    #[test]
    fn texts_are_made_small_and_read_back() {
        let root = tempfile::tempdir().expect("a folder");
        let text = "To hire someone, write down what they will do.\n".repeat(40);
        let files: All<'_> = [
            ("a.html", text.as_bytes()),
            ("b.png", text.as_bytes()),
            ("c.txt", b"ab".as_slice()),
            ("d.txt", text.as_bytes()),
            ("d.txt.gz", b"own".as_slice()),
        ]
        .into();
        let made = compressed(&files, &BOTH, root.path()).expect("made");
        assert_eq!(made.keys().collect::<Vec<_>>(), ["a.html.br", "a.html.gz", "d.txt.br"]);
        assert!(is_of(&made["a.html.gz"], text.as_bytes(), Encoding::Gz));
        assert!(is_of(&made["a.html.br"], text.as_bytes(), Encoding::Br));
        assert_eq!(made, compressed(&files, &BOTH, root.path()).expect("made"));
    }

    #[test]
    fn what_is_there_is_taken_when_it_is_of_the_same_bytes() {
        let root = tempfile::tempdir().expect("a folder");
        let text = "To hire someone, write down what they will do.\n".repeat(40);
        let files: All<'_> = [("a.html", text.as_bytes())].into();
        // As another program would make it: larger, and still of the same bytes.
        let mut fast = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::none());
        fast.write_all(&text.as_bytes()[..text.len() - 1]).expect("written");
        let other = fast.finish().expect("made");
        fs::write(root.path().join("a.html.gz"), &other).expect("a file");
        let made = |files| compressed(files, &[Encoding::Gz], root.path()).expect("made");
        assert_ne!(made(&files)["a.html.gz"], other, "of other bytes");
        let mut fast = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        fast.write_all(text.as_bytes()).expect("written");
        let same = fast.finish().expect("made");
        fs::write(root.path().join("a.html.gz"), &same).expect("a file");
        assert_eq!(made(&files)["a.html.gz"], same);
    }
}
