//! Files in a ZIP archive, stored as they are.
//!
//! Nothing is compressed: a letter is small, and a browser on an old phone can
//! do the same. The names and sizes of the parts are all that differs between
//! two letters, so the same letter gives the same bytes. Source: PKWARE,
//! APPNOTE.TXT 6.3.10, sections 4.3 and 4.4. The only file that names crc32fast, which
//! makes the checksums.

/// The first day that the format can name: 1 January 1980. Documents made
/// from one letter are alike, whatever the day.
const DAY: u16 = 0x21;

/// Names and bytes in UTF-8: bit 11 of the flags.
const FLAGS: u16 = 0x800;

/// An archive of files, in order.
pub(super) fn write(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let size: usize = files.iter().map(|(name, bytes)| 76 + 2 * name.len() + bytes.len()).sum();
    let mut out = Vec::with_capacity(size + 22);
    let mut list = Vec::new();
    for (name, bytes) in files {
        let start = out.len();
        let mut about = Vec::with_capacity(26);
        for short in [20, FLAGS, 0, 0, DAY] {
            about.extend(short.to_le_bytes());
        }
        for long in [crc32fast::hash(bytes), short(bytes.len()), short(bytes.len())] {
            about.extend(long.to_le_bytes());
        }
        about.extend((name.len() as u16).to_le_bytes());
        about.extend([0, 0]);
        out.extend(b"PK\x03\x04");
        out.extend(&about);
        out.extend(name.as_bytes());
        out.extend(bytes);
        list.extend(b"PK\x01\x02\x14\x00");
        list.extend(&about);
        list.extend([0; 10]);
        list.extend(short(start).to_le_bytes());
        list.extend(name.as_bytes());
    }
    let start = out.len();
    out.extend(&list);
    out.extend(b"PK\x05\x06\0\0\0\0");
    out.extend((files.len() as u16).to_le_bytes());
    out.extend((files.len() as u16).to_le_bytes());
    out.extend(short(list.len()).to_le_bytes());
    out.extend(short(start).to_le_bytes());
    out.extend([0, 0]);
    out
}

/// A length as the format writes it. Letters are far below its 4 GiB.
fn short(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_ends_with_its_list() {
        let bytes = write(&[("a.txt", b"hello".to_vec()), ("b/c", Vec::new())]);
        assert!(bytes.starts_with(b"PK\x03\x04"));
        // Of `hello`, by any other program.
        assert_eq!(bytes[14..18], 0x3610_a686_u32.to_le_bytes());
        let end = &bytes[bytes.len() - 22..];
        assert_eq!((&end[..4], end[8], end[10]), (&b"PK\x05\x06"[..], 2, 2));
    }
}
