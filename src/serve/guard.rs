//! Who may look at a preview that other machines can reach: those with its code words.
//!
//! The only file that names getrandom.
//!
//! This machine needs none, as long as it is asked by a name of this machine: any other name
//! was made to lead here by somebody else.

use std::{
    net::{IpAddr, UdpSocket},
    sync::Mutex,
    time::Duration,
};

use super::{
    answer::Answer,
    overview::{self, ENTER, STYLE},
    request::Request,
};
use crate::{desk::page::DESK, text::address::decoded};

/// Words that are told apart on a telephone, one a line.
const WORDS: &str = include_str!("words.txt");

/// How many of them a code has: one of 256 to the power of this.
const CODE_WORDS: usize = 4;

/// How long a wrong code costs. One is tried at a time, by whomever: who comes meanwhile is
/// sent away.
const WRONG: Duration = Duration::from_secs(1);

/// Tells who may look.
#[derive(Debug)]
pub(super) struct Guard {
    port: u16,
    /// What other machines must know; none when they cannot ask at all.
    code: Option<Code>,
    /// What is in the addresses of the desk; none when nobody may write.
    key: Option<String>,
    turn: Mutex<()>,
}

/// What other machines must know, and what their browsers keep after that: it is not the
/// words, which could be guessed.
#[derive(Debug, Clone)]
pub(super) struct Code {
    pub(super) words: String,
    token: String,
}

/// Whether a request is answered.
#[derive(Debug)]
pub(super) enum May {
    /// It is. Whoever is on this machine may see more than others.
    Look {
        is_here: bool,
    },
    Hear(Answer),
}

impl Guard {
    /// For this machine, and with a `code` for others too.
    pub(super) fn new(port: u16, code: Option<Code>) -> Self {
        Self { port, code, key: None, turn: Mutex::new(()) }
    }

    /// For whoever has the `key` to write, too.
    pub(super) fn with_key(self, key: Option<String>) -> Self {
        Self { key, ..self }
    }

    /// What somebody who may look, on this machine, asks of the desk: its address behind the key.
    /// An error is what they hear instead, who may not write.
    ///
    /// The key is a part of each address of the desk, and in no cookie: browsers send those to
    /// every server of a machine, whatever its port. What is sent must come from a page of the
    /// desk, by its origin.
    pub(super) fn may_write(&self, request: &Request) -> Result<String, Answer> {
        let Some(key) = &self.key else {
            let words = "Nothing can be written here: start it with plainsite desk.";
            return Err(Answer::refusal(404, words));
        };
        let path = request.address.split('?').next().unwrap_or_default();
        let asked = path.strip_prefix(DESK).unwrap_or_default();
        let (sent, own) = asked.split_once('/').unwrap_or((asked, ""));
        if !same(sent, key) {
            let words = "The desk is open for its own addresses alone. Go to the window in which \
                         it is open, or open the address that was said when it was started: \
                         there is a key in it.";
            let answer = Answer::html(403, overview::sentence(words));
            return Err(answer.with("Content-Security-Policy", overview::POLICY));
        }
        if !asked.contains('/') {
            return Err(Answer::elsewhere(303, format!("{DESK}{key}/")));
        }
        let host = request.hosts.first().map(|host| format!("http://{}", host.trim()));
        let is_own = match request.origin.as_str() {
            "" | "null" => request.fetch_site == "same-origin",
            origin => host.is_some_and(|host| host.eq_ignore_ascii_case(origin)),
        };
        if request.method == "POST" && !is_own {
            let words = "This was sent from another site, and nothing was done.";
            return Err(Answer::refusal(403, words));
        }
        Ok(own.to_owned())
    }

    /// Whether somebody at `from` may have what they ask for of this machine `at` an address.
    pub(super) fn may(&self, request: &Request, from: IpAddr, at: IpAddr) -> May {
        let (from, at) = (from.to_canonical(), at.to_canonical());
        if (from.is_loopback() || from == at) && self.is_asked_by_name(request, at) {
            return May::Look { is_here: true };
        }
        let Some(code) = &self.code else {
            let port = self.port;
            let sentence =
                format!("This preview is only at http://127.0.0.1:{port}/ on this machine.");
            return May::Hear(Answer::refusal(421, &sentence));
        };
        let kept = request.cookies.iter().flat_map(|line| line.split(';'));
        let mut kept = kept.filter_map(|pair| pair.trim().split_once('='));
        let cookie = self.cookie();
        if kept.any(|(name, value)| name == cookie && same(value, &code.token)) {
            return May::Look { is_here: false };
        }
        let (path, query) = request.address.split_once('?').unwrap_or((&request.address, ""));
        if path == STYLE {
            return May::Look { is_here: false };
        }
        let value = |name: &str| {
            let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
            let (_, value) = pairs.find(|(known, _)| *known == name)?;
            Some(decoded(&value.replace('+', " ")).into_owned())
        };
        let Some(typed) = value("code").filter(|_| path == ENTER) else {
            return May::Hear(ask(false, &request.address));
        };
        let Ok(_one_at_a_time) = self.turn.try_lock() else {
            return May::Hear(Answer::refusal(
                429,
                "Somebody else is trying. Wait, and try again.",
            ));
        };
        let to = value("to").filter(|to| is_own_path(to)).unwrap_or_else(|| "/".to_owned());
        if !same(&plain(&typed), &code.words) {
            std::thread::sleep(WRONG);
            return May::Hear(ask(true, &to));
        }
        // Nothing can be changed here, so a link from elsewhere may bring it along.
        let kept = format!("{cookie}={}; Path=/; HttpOnly; SameSite=Lax", code.token);
        May::Hear(Answer::elsewhere(303, to).with("Set-Cookie", &kept))
    }

    /// The name under which a browser keeps the token. It does not tell ports apart.
    fn cookie(&self) -> String {
        format!("plainsite-{}", self.port)
    }

    fn is_asked_by_name(&self, request: &Request, at: IpAddr) -> bool {
        let [host] = &request.hosts[..] else { return false };
        let host = host.trim().to_ascii_lowercase();
        let name = match host.strip_suffix(&format!(":{}", self.port)) {
            Some(name) => name,
            None if self.port == 80 => &host,
            None => return false,
        };
        matches!(name, "localhost" | "127.0.0.1" | "[::1]")
            || name.trim_matches(['[', ']']).parse() == Ok(at)
    }
}

/// Whether something is a path of this preview, and leads nowhere else.
fn is_own_path(to: &str) -> bool {
    to.starts_with('/') && !to.starts_with("//") && !to.contains(['\\', '\r', '\n'])
}

fn ask(is_wrong: bool, to: &str) -> Answer {
    let policy = overview::POLICY.replace("form-action 'none'", "form-action 'self'");
    let to = if is_own_path(to) && !to.starts_with("/_plainsite/") { to } else { "/" };
    let answer = Answer::html(401, overview::ask_for_code(is_wrong, to));
    answer.with("Content-Security-Policy", &policy)
}

/// A new key to the desk. None where the system has no chance to give.
pub(super) fn new_key() -> Option<String> {
    Some(new_code()?.token)
}

/// New code words, such as `maple-otter-river-stone`. None where the system has no chance to
/// give.
pub(super) fn new_code() -> Option<Code> {
    let mut chance = [0; CODE_WORDS + TOKEN];
    getrandom::fill(&mut chance).ok()?;
    let (words, token) = chance.split_at(CODE_WORDS);
    let known: Vec<&str> = WORDS.lines().collect();
    let words: Vec<&str> = words.iter().map(|&one| known[usize::from(one) % known.len()]).collect();
    let token = token.iter().map(|byte| format!("{byte:02x}")).collect();
    Some(Code { words: words.join("-"), token })
}

/// How many bytes the token has.
const TOKEN: usize = 16;

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
            ..Request::default()
        }
    }

    #[test]
    fn words_are_enough_for_each_byte_and_differ() {
        let words: std::collections::BTreeSet<&str> = WORDS.lines().collect();
        assert_eq!((words.len(), WORDS.lines().count()), (256, 256));
        assert!(words.iter().all(|word| word.bytes().all(|c| c.is_ascii_lowercase())));
        let (one, other) = (new_code().expect("chance"), new_code().expect("chance"));
        assert_ne!(one.words, other.words);
        assert_eq!(one.token.len(), 32);
    }

    #[test]
    fn other_machines_need_the_code() {
        let code = Code { words: "maple-otter".into(), token: "0f".into() };
        let guard = Guard::new(8000, Some(code));
        let (here, there) = (IpAddr::from([127, 0, 0, 1]), IpAddr::from([192, 168, 1, 7]));
        let at = IpAddr::from([192, 168, 1, 5]);
        let looks =
            |request: &Request, from| matches!(guard.may(request, from, at), May::Look { .. });
        let own = "192.168.1.5:8000";
        assert!(looks(&request("/", "localhost:8000", ""), here));
        assert!(looks(&request("/", own, ""), at), "this machine, by its address");
        assert!(!looks(&request("/", "elsewhere.example:8000", ""), here));
        assert!(!looks(&request("/", "localhost:8000", ""), there));
        for cookie in ["plainsite-8000=maple-otter", "plainsite-8001=0f", "plainsite-8000=0"] {
            assert!(!looks(&request("/", own, cookie), there), "{cookie}");
        }
        let entered = guard.may(&request("/", own, "a=b; plainsite-8000=0f"), there, at);
        assert!(matches!(entered, May::Look { is_here: false }));
        let enter = |typed: &str| match guard.may(&request(typed, own, ""), there, at) {
            May::Look { .. } => panic!("it asks first"),
            May::Hear(answer) => answer.headers.iter().any(|(name, _)| *name == "Set-Cookie"),
        };
        assert!(enter("/_plainsite/enter?code=Maple+Otter"));
        assert!(!enter("/_plainsite/enter?code=maple-oat"));
        let busy = guard.turn.lock().expect("nobody panicked");
        assert!(!enter("/_plainsite/enter?code=maple-otter"), "one at a time");
        drop(busy);
        let to = |to: &str| match guard.may(
            &request(&format!("/_plainsite/enter?to={to}&code=maple-otter"), own, ""),
            there,
            at,
        ) {
            May::Look { .. } => panic!("it asks first"),
            May::Hear(answer) => answer.headers.into_iter().find(|(name, _)| *name == "Location"),
        };
        assert_eq!(to("%2Frecords%2F"), Some(("Location", "/records/".into())));
        assert_eq!(to("//elsewhere.example/"), Some(("Location", "/".into())));
        assert!(!enter("/?code=maple-otter"), "an address that is sent on has no code in it");
    }

    #[test]
    fn only_who_knows_the_key_may_write_and_only_from_the_desk() {
        let guard = Guard::new(8000, None).with_key(Some("0f0f".into()));
        let here = "127.0.0.1:8000";
        let says = |request: &Request| guard.may_write(request).map_err(|answer| answer.status);
        let get = |address: &str, cookie: &str| says(&request(address, here, cookie));
        assert_eq!(get("/_plainsite/desk/0f0f/", ""), Ok(String::new()));
        assert_eq!(get("/_plainsite/desk/0f0f/edit?file=a", ""), Ok("edit".into()));
        assert_eq!(get("/_plainsite/desk/0f0f/site/a%20b/", ""), Ok("site/a%20b/".into()));
        assert_eq!(get("/_plainsite/desk/0f0f", ""), Err(303));
        for address in ["", "0f0e/", "0f0/", "edit?page=/", "?key=0f0f", "edit/0f0f/"] {
            let address = format!("/_plainsite/desk/{address}");
            assert_eq!(get(&address, "plainsite-desk-8000=0f0f"), Err(403), "{address}");
        }
        assert_eq!(get("/_plainsite/desk", ""), Err(403));
        let post = |origin: &str, fetch_site: &str| {
            says(&Request {
                method: "POST".into(),
                origin: origin.into(),
                fetch_site: fetch_site.into(),
                ..request("/_plainsite/desk/0f0f/save", here, "")
            })
        };
        assert_eq!(post("http://127.0.0.1:8000", ""), Ok("save".into()));
        assert_eq!(post("null", "same-origin"), Ok("save".into()));
        for (origin, fetch_site) in [
            ("http://127.0.0.1:8001", "same-site"),
            ("https://elsewhere.example", "cross-site"),
            ("null", "cross-site"),
            ("null", ""),
            ("", ""),
        ] {
            assert_eq!(post(origin, fetch_site), Err(403), "{origin} {fetch_site}");
        }
        let asked = request("/_plainsite/desk/0f0f/", here, "");
        let closed = Guard::new(8000, None).may_write(&asked);
        assert_eq!(closed.map_err(|answer| answer.status), Err(404));
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
