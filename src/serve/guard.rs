//! Who may look at a preview that other machines can reach: those with its code words.
//!
//! The only file that names getrandom.
//!
//! This machine needs none, as long as it is asked by a name of this machine: any other name
//! was made to lead here by somebody else.

use std::{
    net::{IpAddr, UdpSocket},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use super::{
    answer::Answer,
    overview::{self, ENTER},
    request::Request,
};
use crate::text::address::decoded;

/// Words that are told apart on a telephone, one a line.
const WORDS: &str = include_str!("words.txt");

/// How many of them a code has: one of 256 to the power of this.
const CODE_WORDS: usize = 4;

/// How long a wrong code costs. One is tried at a time, by whomever.
const WRONG: Duration = Duration::from_secs(1);

/// The name under which a browser keeps the code.
const COOKIE: &str = "plainsite-code";

/// Tells who may look.
#[derive(Debug)]
pub(super) struct Guard {
    port: u16,
    /// What other machines must know; none when they cannot ask at all.
    code: Option<String>,
    wrong: Mutex<()>,
}

/// Whether a request is answered.
#[derive(Debug)]
pub(super) enum May {
    Look,
    Hear(Answer),
}

impl Guard {
    /// For this machine, and with a `code` for others too.
    pub(super) fn new(port: u16, code: Option<String>) -> Self {
        Self { port, code, wrong: Mutex::new(()) }
    }

    /// Whether somebody at `from` may have what they ask for of this machine `at` an address.
    pub(super) fn may(&self, request: &Request, from: IpAddr, at: IpAddr) -> May {
        let is_own = from.to_canonical().is_loopback() || from == at;
        if is_own && self.is_asked_by_name(request, at) {
            return May::Look;
        }
        let Some(code) = &self.code else {
            let port = self.port;
            let sentence =
                format!("This preview is only at http://127.0.0.1:{port}/ on this machine.");
            return May::Hear(Answer::refusal(421, &sentence));
        };
        let kept = request.cookies.iter().flat_map(|line| line.split(';'));
        let mut kept = kept.filter_map(|pair| pair.trim().split_once('='));
        if kept.any(|(name, value)| name == COOKIE && same(value, code)) {
            return May::Look;
        }
        let (path, query) = request.address.split_once('?').unwrap_or((&request.address, ""));
        let typed = query.split('&').find_map(|part| part.strip_prefix("code="));
        let typed = typed
            .filter(|_| path == ENTER)
            .map(|typed| decoded(&typed.replace('+', " ")).into_owned());
        match typed {
            None => May::Hear(ask(false)),
            Some(typed) if same(&plain(&typed), code) => {
                let kept = format!("{COOKIE}={code}; Path=/; HttpOnly; SameSite=Strict");
                May::Hear(Answer::elsewhere(303, "/".into()).with("Set-Cookie", &kept))
            }
            Some(_) => {
                let _one_at_a_time = self.wrong.lock().unwrap_or_else(PoisonError::into_inner);
                std::thread::sleep(WRONG);
                May::Hear(ask(true))
            }
        }
    }

    fn is_asked_by_name(&self, request: &Request, at: IpAddr) -> bool {
        let [host] = &request.hosts[..] else { return false };
        let host = host.trim().to_ascii_lowercase();
        let name = match host.strip_suffix(&format!(":{}", self.port)) {
            Some(name) => name,
            None if self.port == 80 => &host,
            None => return false,
        };
        matches!(name, "localhost" | "127.0.0.1" | "[::1]") || name.parse() == Ok(at)
    }
}

fn ask(is_wrong: bool) -> Answer {
    let policy = overview::POLICY.replace("form-action 'none'", "form-action 'self'");
    let answer = Answer::html(401, overview::ask_for_code(is_wrong));
    answer.with("Content-Security-Policy", &policy)
}

/// New code words: `maple-otter-river-stone`. None where the system has no chance to give.
pub(super) fn new_code() -> Option<String> {
    let mut chance = [0; CODE_WORDS];
    getrandom::fill(&mut chance).ok()?;
    let words: Vec<&str> = WORDS.lines().collect();
    let words = chance.map(|one| words[usize::from(one) % words.len()]);
    Some(words.join("-"))
}

/// A code as it is compared, however somebody typed it.
fn plain(typed: &str) -> String {
    let typed = typed.to_lowercase();
    let words = typed.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-")
}

/// Whether two texts are the same, in a time that does not tell where they differ.
fn same(one: &str, other: &str) -> bool {
    let pairs = one.bytes().zip(other.bytes());
    one.len() == other.len() && pairs.fold(0, |all, (a, b)| all | (a ^ b)) == 0
}

/// The address of this machine in its network. Nothing is sent to find it.
pub(super) fn own_address() -> Option<IpAddr> {
    let socket = UdpSocket::bind(("0.0.0.0", 0)).ok()?;
    // An address that is kept for examples: RFC 5737.
    socket.connect(("192.0.2.1", 9)).ok()?;
    Some(socket.local_addr().ok()?.ip()).filter(|address| !address.is_unspecified())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(address: &str, host: &str, cookie: &str) -> Request {
        Request {
            method: "GET".into(),
            address: address.into(),
            hosts: vec![host.into()],
            cookies: vec![cookie.into()],
        }
    }

    #[test]
    fn words_are_enough_for_each_byte_and_differ() {
        let words: std::collections::BTreeSet<&str> = WORDS.lines().collect();
        assert_eq!((words.len(), WORDS.lines().count()), (256, 256));
        assert!(words.iter().all(|word| word.bytes().all(|c| c.is_ascii_lowercase())));
        assert_ne!(new_code(), new_code());
    }

    #[test]
    fn other_machines_need_the_code() {
        let guard = Guard::new(8000, Some("maple-otter".into()));
        let (here, there) = (IpAddr::from([127, 0, 0, 1]), IpAddr::from([192, 168, 1, 7]));
        let at = IpAddr::from([192, 168, 1, 5]);
        let looks = |request: &Request, from| matches!(guard.may(request, from, at), May::Look);
        let own = "192.168.1.5:8000";
        assert!(looks(&request("/", "localhost:8000", ""), here));
        assert!(looks(&request("/", own, ""), at), "this machine, by its address");
        assert!(!looks(&request("/", "elsewhere.example:8000", ""), here));
        assert!(!looks(&request("/", "localhost:8000", ""), there));
        assert!(!looks(&request("/", own, "plainsite-code=maple"), there));
        assert!(looks(&request("/", own, "a=b; plainsite-code=maple-otter"), there));
        let enter = |typed: &str| match guard.may(&request(typed, own, ""), there, at) {
            May::Look => panic!("it asks first"),
            May::Hear(answer) => answer.headers.iter().any(|(name, _)| *name == "Set-Cookie"),
        };
        assert!(enter("/_plainsite/enter?code=Maple+Otter"));
        assert!(!enter("/_plainsite/enter?code=maple-oat"));
        assert!(!enter("/?code=maple-otter"), "an address that is sent on has no code in it");
    }

    #[test]
    fn without_a_code_nobody_else_may_look() {
        let guard = Guard::new(8000, None);
        let there = IpAddr::from([192, 168, 1, 7]);
        let asked = request("/", "192.168.1.5:8000", "plainsite-code=");
        assert!(
            matches!(guard.may(&asked, there, IpAddr::from([192, 168, 1, 5])), May::Hear(answer) if answer.status == 421)
        );
    }
}
