//! What a browser sends with a form: names with words, and files.

use super::record::Sent;
use crate::text::address::decoded;

/// A form, as it was sent.
#[derive(Debug, Default)]
pub struct SentForm {
    /// The words of its fields.
    pub words: Sent,
    /// Its files.
    pub files: Vec<SentFile>,
}

/// A file of a form.
#[derive(Debug, PartialEq, Eq)]
pub struct SentFile {
    /// The name of its field.
    pub field: String,
    /// What the file is called where it comes from, without folders; empty when none was chosen.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Reads a form, by its media type: `application/x-www-form-urlencoded` or
/// `multipart/form-data`. None when it is neither, or broken. Source: the URL standard, RFC 7578.
pub fn form(media_type: &str, body: &[u8]) -> Option<SentForm> {
    let kind = media_type.split(';').next()?.trim().to_ascii_lowercase();
    match kind.as_str() {
        "application/x-www-form-urlencoded" => {
            let text = std::str::from_utf8(body).ok()?;
            Some(SentForm { words: query(text), files: Vec::new() })
        }
        "multipart/form-data" => {
            let boundary = media_type.split(';').find_map(|part| {
                let (name, value) = part.trim().split_once('=')?;
                name.eq_ignore_ascii_case("boundary").then(|| value.trim_matches('"'))
            })?;
            multipart(boundary, body)
        }
        _ => None,
    }
}

/// Reads names and words as they stand in an address: `file=a.md&at=3`.
pub fn query(text: &str) -> Sent {
    let pairs = text.split('&').filter(|pair| !pair.is_empty());
    let own = |part: &str| decoded(&part.replace('+', " ")).into_owned();
    let pair = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (own(name), own(value))
    };
    pairs.map(pair).collect()
}

fn multipart(boundary: &str, body: &[u8]) -> Option<SentForm> {
    let line = format!("--{boundary}");
    let next = format!("\r\n{line}");
    let mut rest = body.strip_prefix(line.as_bytes())?;
    let mut form = SentForm::default();
    loop {
        if rest.starts_with(b"--") {
            return Some(form);
        }
        rest = rest.strip_prefix(b"\r\n")?;
        let end_of_head = find(rest, b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&rest[..end_of_head]).into_owned();
        rest = &rest[end_of_head + 4..];
        let end = find(rest, next.as_bytes())?;
        let content = &rest[..end];
        rest = &rest[end + next.len()..];
        let is_about = |line: &&str| {
            line.get(..20).is_some_and(|name| name.eq_ignore_ascii_case("content-disposition:"))
        };
        let about = head.lines().find(is_about)?;
        let field = parameter(about, "name")?;
        match parameter(about, "filename") {
            Some(name) => {
                let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
                form.files.push(SentFile { field, name, bytes: content.to_vec() });
            }
            None => form.words.extend([(field, String::from_utf8_lossy(content).into_owned())]),
        }
    }
}

/// A parameter of a header: what stands in quotes after `name=`. Browsers write a quotation
/// mark in it as `%22`.
fn parameter(header: &str, name: &str) -> Option<String> {
    let open = format!("{name}=\"");
    let at = header
        .match_indices(&open)
        .map(|(at, _)| at)
        .find(|at| header[..*at].ends_with([' ', ';', '\t']))?;
    let value = &header[at + open.len()..];
    let value = &value[..value.find('"')?];
    Some(value.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"))
}

fn find(text: &[u8], part: &[u8]) -> Option<usize> {
    text.windows(part.len()).position(|window| window == part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_sending_a_form_are_read() {
        let sent = form("application/x-www-form-urlencoded", b"file=a%2Fb.md&words=x+y%0D%0A%26&c")
            .expect("it is one");
        let words = ["file", "words", "c", "d"].map(|name| sent.words.get(name));
        assert_eq!(words, [Some("a/b.md"), Some("x y\r\n&"), Some(""), None]);

        let body = b"--XX\r\nContent-Disposition: form-data; name=\"alt\"\r\n\r\nA card\r\n\
            --XX\r\ncontent-disposition: form-data; name=\"picture\"; filename=\"C:\\my \
            card.png\"\r\nContent-Type: image/png\r\n\r\n\x89P\r\n--X\r\n--XX--\r\n";
        let sent = form("multipart/form-data; boundary=XX", body).expect("it is one");
        assert_eq!(sent.words.get("alt"), Some("A card"));
        let file = SentFile {
            field: "picture".into(),
            name: "my card.png".into(),
            bytes: b"\x89P\r\n--X".to_vec(),
        };
        assert_eq!(sent.files, [file]);
    }

    #[test]
    fn what_is_broken_is_no_form() {
        for body in ["", "--XX", "--XX\r\n", "--XX\r\n\r\n\r\n--XX--", "--YY\r\n"] {
            assert!(form("multipart/form-data; boundary=XX", body.as_bytes()).is_none(), "{body}");
        }
        assert!(form("text/plain", b"a=b").is_none());
        assert!(form("multipart/form-data", b"--\r\n").is_none());
    }
}
