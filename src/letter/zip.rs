//! Files in a ZIP archive, stored as they are.
//!
//! Nothing is compressed: a letter is small, and a browser on an old phone can
//! do the same. The names and sizes of the parts are all that differs between
//! two letters, so the same letter gives the same bytes. Source: PKWARE,
//! APPNOTE.TXT 6.3.10, sections 4.3 and 4.4.

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
        for long in [crc32(bytes), short(bytes.len()), short(bytes.len())] {
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

/// Eight tables, so that eight bytes are taken at a time.
const TABLES: [[u32; 256]; 8] = tables();

const fn tables() -> [[u32; 256]; 8] {
    let mut tables = [[0; 256]; 8];
    let mut n = 0;
    while n < 256 {
        let mut c = n as u32;
        let mut bit = 0;
        while bit < 8 {
            c = if c & 1 == 1 { 0xedb8_8320 ^ (c >> 1) } else { c >> 1 };
            bit += 1;
        }
        tables[0][n] = c;
        n += 1;
    }
    let mut table = 1;
    while table < 8 {
        let mut n = 0;
        while n < 256 {
            let before = tables[table - 1][n];
            tables[table][n] = tables[0][(before & 0xff) as usize] ^ (before >> 8);
            n += 1;
        }
        table += 1;
    }
    tables
}

/// The checksum of the format: CRC-32 of ISO 3309.
fn crc32(bytes: &[u8]) -> u32 {
    let mut crc = !0_u32;
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let low = crc ^ u32::from_le_bytes([chunk[0], chunk[1], chunk[2], chunk[3]]);
        crc = 0;
        for (at, byte) in
            low.to_le_bytes().into_iter().chain(chunk[4..].iter().copied()).enumerate()
        {
            crc ^= TABLES[7 - at][usize::from(byte)];
        }
    }
    for &byte in chunks.remainder() {
        crc = TABLES[0][usize::from(crc as u8 ^ byte)] ^ (crc >> 8);
    }
    !crc
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checksum_is_the_one_that_everybody_uses() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
        assert_eq!(crc32(b""), 0);
        assert_eq!(crc32(b"The quick brown fox jumps over the lazy dog"), 0x414f_a339);
    }

    #[test]
    fn an_archive_ends_with_its_list() {
        let bytes = write(&[("a.txt", b"hello".to_vec()), ("b/c", Vec::new())]);
        assert!(bytes.starts_with(b"PK\x03\x04"));
        let end = &bytes[bytes.len() - 22..];
        assert_eq!((&end[..4], end[8], end[10]), (&b"PK\x05\x06"[..], 2, 2));
    }
}
