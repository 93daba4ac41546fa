//! Links to other sites, asked after at a server of this test: every kind of answer. Nothing
//! else is asked.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead as _, BufReader, Write as _},
    net::{TcpListener, TcpStream},
    path::Path,
    process::Command,
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use crate::small_site::site;

const SETTINGS: &str = "title = \"A\"\n[rules]\nowner = false\nreview-dates = false\n";

/// The questions that came, in order.
type Log = Arc<Mutex<Vec<String>>>;

/// A server that answers each path in its own way, and its port.
fn serve() -> (u16, Log) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let log = Log::default();
    let own = Arc::clone(&log);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let log = Arc::clone(&own);
            thread::spawn(move || answer(stream, port, &log));
        }
    });
    (port, log)
}

fn answer(mut stream: TcpStream, port: u16, log: &Log) {
    let mut lines = BufReader::new(stream.try_clone().expect("a stream")).lines();
    let first = lines.next().and_then(Result::ok).unwrap_or_default();
    let headers: Vec<String> = lines.map_while(Result::ok).take_while(|l| !l.is_empty()).collect();
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    log.lock().expect("a log").push(format!("{path} {}", headers.join(" ")));
    let other = format!("http://localhost:{port}");
    let (status, to, body) = match path.as_str() {
        "/good" | "/new" | "/sign-in" | "/" | "/good?q=a" => (200, String::new(), "Words."),
        "/moved" => (301, "/new".into(), ""),
        "/moved-twice" => (308, format!("http://127.0.0.1:{port}/moved"), ""),
        "/for-now" => (302, "/sign-in".into(), ""),
        "/for-now-away" => (302, format!("{other}/new"), ""),
        "/taken-away" => (301, format!("{other}/"), ""),
        "/to-front" => (301, "/".into(), ""),
        "/round" => (302, "/round-again".into(), ""),
        "/round-again" => (302, "/round".into(), ""),
        "/trick" => (302, "javascript:alert(1)".into(), ""),
        "/file" => (302, "file:///etc/passwd".into(), ""),
        "/gone" => (410, String::new(), ""),
        "/closed" => (403, String::new(), ""),
        "/busy" => (429, String::new(), ""),
        "/fault" => (500, String::new(), ""),
        "/for-sale" => (200, String::new(), "<h1>This domain is for sale</h1>"),
        "/slow" => {
            thread::sleep(Duration::from_secs(30));
            return;
        }
        "/cut" => return,
        "/endless" => {
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
            while stream.write_all(&[b'x'; 65536]).is_ok() {}
            return;
        }
        _ => (404, String::new(), ""),
    };
    let place = if to.is_empty() { String::new() } else { format!("location: {to}\r\n") };
    let length = body.len();
    let head = format!("HTTP/1.1 {status} X\r\n{place}content-length: {length}\r\n");
    let _ = stream.write_all(format!("{head}connection: close\r\n\r\n{body}").as_bytes());
}

fn said(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_plainsite"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("it runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    (output.status.code().expect("a status"), text + &String::from_utf8_lossy(&output.stderr))
}

const ASK: [&str; 6] = ["links", "--check-external", "--pause", "0", "--wait", "2"];

#[test]
fn every_kind_of_answer_is_noted_and_said_of_the_line_at_fault() {
    let (port, log) = serve();
    let wanted: BTreeMap<&str, &str> = [
        ("/good", "ok"),
        ("/good?q=a", "ok"),
        ("/moved", "moved"),
        ("/moved-twice", "moved"),
        ("/for-now", "ok"),
        ("/for-now-away", "caution"),
        ("/taken-away", "danger"),
        ("/to-front", "broken"),
        ("/round", "broken"),
        ("/trick", "danger"),
        ("/file", "danger"),
        ("/gone", "broken"),
        ("/nothing", "broken"),
        ("/closed", "caution"),
        ("/fault", "caution"),
        ("/for-sale", "danger"),
        ("/slow", "caution"),
        ("/cut", "caution"),
        ("/endless", "ok"),
    ]
    .into();
    let links: String = wanted
        .keys()
        .map(|path| format!("- [The page {}](http://127.0.0.1:{port}{path})\n", path.len()))
        .collect();
    let home =
        format!("---\ntitle: Home\n---\n\nLinks:\n\n{links}\nSee also https://www.example.org/.\n");
    let site = site(&[("site.toml", SETTINGS), ("content/index.md", &home)]);
    let (status, text) = said(site.path(), &ASK);
    assert_eq!(status, 0, "{text}");
    let path = site.path().join("content/_data/outside-links.yaml");
    let noted = fs::read_to_string(&path).expect("a file");
    for (link, state) in &wanted {
        let begins = format!("\"http://127.0.0.1:{port}{link}\": {{state: {state},");
        let plain = begins.replace('"', "");
        let is_there =
            noted.lines().any(|line| line.starts_with(&begins) || line.starts_with(&plain));
        assert!(is_there, "{link} is {state}: {noted}");
    }
    assert!(!noted.contains("example.org"), "what stands in examples is not asked: {noted}");
    assert!(noted.contains(&format!("now: \"http://127.0.0.1:{port}/new\"")), "{noted}");
    let asked = log.lock().expect("a log").clone();
    assert!(asked.iter().all(|line| line.contains("plainsite links")), "{asked:?}");
    // Builds say it without asking anybody.
    let before = asked.len();
    let (_, text) = said(site.path(), &["check"]);
    let bad = wanted.values().filter(|state| **state != "ok").count();
    assert_eq!(text.matches("[outside-link]").count(), bad, "{text}");
    assert!(text.contains(&format!("write `http://127.0.0.1:{port}/new`")), "{text}");
    assert!(text.contains("content/index.md:"), "{text}");
    assert_eq!(log.lock().expect("a log").len(), before);
    // Good ones are not asked after again so soon.
    said(site.path(), &ASK);
    let again = log.lock().expect("a log")[before..].to_vec();
    assert!(!again.iter().any(|line| line.starts_with("/good ")), "{again:?}");
    assert!(again.iter().any(|line| line.starts_with("/gone ")), "{again:?}");
}

#[test]
fn a_site_that_asks_for_peace_has_it() {
    let (port, log) = serve();
    let link = |path: &str| format!("[Page {path}](http://127.0.0.1:{port}/{path})");
    let home =
        format!("---\ntitle: Home\n---\n\n{} {} {}\n", link("busy"), link("good"), link("new"));
    let site = site(&[("site.toml", SETTINGS), ("content/index.md", &home)]);
    let (status, text) = said(site.path(), &ASK);
    assert_eq!(status, 0, "{text}");
    assert_eq!(log.lock().expect("a log").len(), 1, "{text}");
    assert_eq!(text.matches("fewer questions").count(), 3, "{text}");
}

#[test]
fn without_a_network_nothing_is_noted() {
    // A port that nobody listens on.
    let port =
        TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a port").port();
    let link = |name: &str| format!("[Page {name}](http://127.0.0.1:{port}/{name})");
    let home = format!("---\ntitle: Home\n---\n\n{} {} {}\n", link("a"), link("b"), link("c"));
    let site = site(&[("site.toml", SETTINGS), ("content/index.md", &home)]);
    let (status, text) = said(site.path(), &ASK);
    assert_eq!(status, 2, "{text}");
    assert!(text.contains("no site answered"), "{text}");
    assert!(!site.path().join("content/_data/outside-links.yaml").exists());
}
