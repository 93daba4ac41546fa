//! What a browser asks for, read from its connection. The only file that names httparse.

use std::{
    io::{Read as _, Write as _},
    net::TcpStream,
    time::Instant,
};

use super::PATIENCE;
use crate::import::document;

/// The longest head of a request, in bytes.
const LONGEST_REQUEST: usize = 64 * 1024;

/// The most that can be sent along, in bytes: a document with its pictures, and what is around
/// it in a form.
pub(super) const LARGEST_BODY: usize = document::LARGEST as usize + 10 * 1024 * 1024;

/// What a browser asks for.
#[derive(Debug, Default)]
pub(super) struct Request {
    pub(super) method: String,
    /// `/records/?q=1`
    pub(super) address: String,
    /// What it says in `Host`, each time.
    pub(super) hosts: Vec<String>,
    /// The same of `Cookie`.
    pub(super) cookies: Vec<String>,
    /// Which site sends it, in the words of `Origin`; empty when it does not say.
    pub(super) origin: String,
    /// The same as `Sec-Fetch-Site` tells it: `same-origin`.
    pub(super) fetch_site: String,
    /// What is sent along: its media type.
    pub(super) media_type: String,
    /// What may come back: `application/json`.
    pub(super) accepts: String,
    /// How many bytes are sent along.
    pub(super) length: usize,
    /// Whether the browser waits to be asked for them.
    pub(super) waits: bool,
    /// Those that came with the head.
    pub(super) begun: Vec<u8>,
}

impl Request {
    /// Reads what is sent along. None when it is too large, or does not come.
    pub(super) fn body(&mut self, stream: &mut TcpStream) -> Option<Vec<u8>> {
        if self.length > LARGEST_BODY {
            return None;
        }
        if self.waits {
            stream.write_all(b"HTTP/1.1 100 Continue\r\n\r\n").ok()?;
        }
        let mut body = std::mem::take(&mut self.begun);
        let began = Instant::now();
        let mut piece = [0; 64 * 1024];
        while body.len() < self.length {
            let count = stream.read(&mut piece).ok().filter(|&count| count > 0)?;
            body.extend_from_slice(&piece[..count]);
            if began.elapsed() > PATIENCE * 6 {
                return None;
            }
        }
        body.truncate(self.length);
        Some(body)
    }
}

/// Reads the head of a request; none when nobody asks anything, or what is no HTTP.
pub(super) fn read_request(stream: &mut TcpStream) -> Option<Request> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    let began = Instant::now();
    while began.elapsed() < PATIENCE {
        let length = stream.read(&mut piece).ok().filter(|&length| length > 0)?;
        bytes.extend_from_slice(&piece[..length]);
        let mut headers = [httparse::EMPTY_HEADER; 100];
        let mut request = httparse::Request::new(&mut headers);
        let parsed = request.parse(&bytes).ok()?;
        if let httparse::Status::Complete(head) = parsed {
            let headers = &*request.headers;
            let all = |name: &'static str| -> Vec<String> {
                let same = headers.iter().filter(move |one| one.name.eq_ignore_ascii_case(name));
                same.map(|one| String::from_utf8_lossy(one.value).into_owned()).collect()
            };
            let first = |name| all(name).into_iter().next().unwrap_or_default();
            let length = first("content-length");
            return Some(Request {
                method: request.method?.to_owned(),
                address: request.path?.to_owned(),
                hosts: all("host"),
                cookies: all("cookie"),
                origin: first("origin"),
                fetch_site: first("sec-fetch-site"),
                media_type: first("content-type"),
                accepts: first("accept"),
                length: length.trim().parse().unwrap_or(0),
                waits: first("expect").eq_ignore_ascii_case("100-continue"),
                begun: bytes[head..].to_vec(),
            });
        }
        if bytes.len() > LONGEST_REQUEST {
            return None;
        }
    }
    None
}
