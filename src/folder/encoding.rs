//! Text in whatever encoding it was saved in. The only file that names encoding_rs.

/// The text of a file, and the encoding it is in: by its byte-order mark, by what it says
/// of itself, or UTF-8 where it is that, or the one that browsers take.
pub(super) fn decode(bytes: &[u8]) -> (String, &'static str) {
    if let Some((encoding, length)) = encoding_rs::Encoding::for_bom(bytes) {
        let text = encoding.decode_without_bom_handling(&bytes[length..]).0;
        return (text.into_owned(), encoding.name());
    }
    let declared = declared(bytes);
    if declared.is_none_or(|encoding| encoding == encoding_rs::UTF_8)
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        return (text.to_owned(), encoding_rs::UTF_8.name());
    }
    let encoding = declared.unwrap_or(encoding_rs::WINDOWS_1252);
    (encoding.decode_without_bom_handling(bytes).0.into_owned(), encoding.name())
}

/// The encoding that a page names in its first 1024 bytes, as the HTML standard has it.
fn declared(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(1024)]).to_ascii_lowercase();
    let meta = head.match_indices("<meta").find_map(|(at, _)| {
        let tag = head[at..].split('>').next()?;
        let (_, rest) = tag.split_once("charset")?;
        let value = rest.trim_start().strip_prefix('=')?.trim_start();
        let value = value.trim_start_matches(['"', '\'']);
        let end = value.find(|c: char| c.is_whitespace() || matches!(c, '"' | '\'' | ';' | '/'));
        encoding_rs::Encoding::for_label(&value.as_bytes()[..end.unwrap_or(value.len())])
    })?;
    // A page that could say so in ASCII is not in UTF-16.
    Some(if meta == encoding_rs::UTF_16LE || meta == encoding_rs::UTF_16BE {
        encoding_rs::UTF_8
    } else {
        meta
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_read_in_its_encoding() {
        assert_eq!(decode("né".as_bytes()), ("né".into(), "UTF-8"));
        assert_eq!(decode(b"\xff\xfea\0b\0"), ("ab".into(), "UTF-16LE"));
        assert_eq!(decode(b"n\xe9"), ("né".into(), "windows-1252"));
        let said = b"<meta charset='iso-8859-5'>\xb0";
        assert_eq!(decode(said), ("<meta charset='iso-8859-5'>А".into(), "ISO-8859-5"));
    }
}
