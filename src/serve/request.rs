//! What a browser asks for, read from its connection. The only file that names httparse.

use std::{io::Read as _, net::TcpStream, time::Instant};

use super::PATIENCE;

/// The longest head of a request, in bytes.
const LONGEST_REQUEST: usize = 64 * 1024;

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
        if request.parse(&bytes).ok()?.is_complete() {
            let headers = &*request.headers;
            let all = |name: &'static str| {
                let same = headers.iter().filter(move |one| one.name.eq_ignore_ascii_case(name));
                same.map(|one| String::from_utf8_lossy(one.value).into_owned()).collect()
            };
            return Some(Request {
                method: request.method?.to_owned(),
                address: request.path?.to_owned(),
                hosts: all("host"),
                cookies: all("cookie"),
            });
        }
        if bytes.len() > LONGEST_REQUEST {
            return None;
        }
    }
    None
}
