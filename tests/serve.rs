//! The preview from outside: what a browser would ask for, and what it gets.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, ChildStderr, Command, Stdio},
    time::{Duration, Instant},
};

const PAGE: &str = "---\ntitle: Records\n---\n\nKeep your bank statements.\n";

/// A preview that ends with the test.
struct Preview {
    process: Child,
    port: u16,
    /// Kept open, so that the preview can always speak.
    _said: BufReader<ChildStderr>,
}

impl Drop for Preview {
    fn drop(&mut self) {
        self.process.kill().expect("it is running");
        self.process.wait().expect("it ends");
    }
}

impl Preview {
    fn start(root: &Path) -> Self {
        Self::start_with(root, &[]).0
    }

    /// The preview, and what it said up to its address.
    fn start_with(root: &Path, more: &[&str]) -> (Self, String) {
        let mut process = Command::new(env!("CARGO_BIN_EXE_plainsite"))
            .args(["serve", "--port", "0", "--root"])
            .arg(root)
            .args(more)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut said = BufReader::new(process.stderr.take().expect("it is piped"));
        let mut all = String::new();
        while !all.contains("All pages are checked.") {
            let read = said.read_line(&mut all).expect("it is text");
            assert_ne!(read, 0, "it ended early: {all}");
        }
        let (_, rest) = all.split_once("http://127.0.0.1:").expect("its address");
        let port = rest.split('/').next().expect("a port").parse().expect("a number");
        (Self { process, port, _said: said }, all)
    }

    fn ask(&self, request: &str) -> BufReader<TcpStream> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time");
        stream.write_all(request.as_bytes()).expect("it reads");
        BufReader::new(stream)
    }

    /// The status and the whole answer to a request.
    fn answer(&self, method: &str, path: &str, host: &str) -> (u16, String) {
        let request =
            format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        let mut text = String::new();
        self.ask(&request).read_to_string(&mut text).expect("it is text");
        let status = text.split(' ').nth(1).expect("a status").parse().expect("a number");
        (status, text)
    }

    fn get(&self, path: &str) -> (u16, String) {
        self.answer("GET", path, &format!("127.0.0.1:{}", self.port))
    }

    /// Asks for `path` until the answer has `words`.
    fn wait_for(&self, path: &str, words: &str) -> String {
        let start = Instant::now();
        loop {
            let (_, text) = self.get(path);
            if text.contains(words) {
                return text;
            }
            assert!(start.elapsed() < Duration::from_secs(20), "no “{words}” in {text}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// A page that waits for news. It has heard the first.
    fn listener(&self) -> BufReader<TcpStream> {
        let request =
            format!("GET /_plainsite/events HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port);
        let mut events = self.ask(&request);
        assert_eq!(next_event(&mut events), "2", "the first build");
        events
    }
}

fn next_event(events: &mut BufReader<TcpStream>) -> String {
    let mut line = String::new();
    loop {
        line.clear();
        assert_ne!(events.read_line(&mut line).expect("an event in time"), 0, "it ended");
        if let Some(data) = line.strip_prefix("data: ") {
            return data.trim().to_owned();
        }
    }
}

fn site() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    fs::create_dir(root.path().join("content")).expect("a folder");
    fs::write(root.path().join("content/index.md"), "---\ntitle: Home\n---\n\nHello.\n")
        .expect("a file");
    fs::write(root.path().join("content/records.md"), PAGE).expect("a file");
    root
}

#[test]
fn a_saved_file_is_shown_and_a_broken_one_is_not() {
    let root = site();
    let page = root.path().join("content/records.md");
    let preview = Preview::start(root.path());

    let (status, text) = preview.get("/records/");
    assert_eq!(status, 200);
    assert!(text.contains("Keep your bank statements."), "{text}");
    assert!(text.contains("<script type=\"module\" src=\"/_plainsite/reload.js?"), "{text}");
    assert!(text.contains("connect-src 'self'"), "that script may not ask what was found: {text}");
    let (_, own) = preview.get("/_plainsite/");
    for page in [&text, &own] {
        assert!(page.contains("<meta name=\"referrer\" content=\"no-referrer\">"), "{page}");
    }
    assert_eq!(preview.get("/records").0, 308);
    assert_eq!(preview.get("/nowhere/").0, 404);

    let mut events = preview.listener();
    fs::write(&page, PAGE.replace("statements", "letters")).expect("a file");
    assert_ne!(next_event(&mut events), "2");
    preview.wait_for("/records/", "Keep your bank letters.");

    fs::write(&page, PAGE.replace("title: Records", "title: Records\nstatus: gone"))
        .expect("a file");
    let problems = preview.wait_for("/_plainsite/problems.json", "“gone” is not a status");
    assert!(problems.contains("content/records.md"), "{problems}");
    let overview = preview.get("/_plainsite/").1;
    assert!(overview.contains("status: <mark>gone</mark>"), "{overview}");
    // The last good page.
    preview.wait_for("/records/", "Keep your bank letters.");

    fs::write(&page, PAGE.replace("statements", "papers")).expect("a file");
    preview.wait_for("/records/", "Keep your bank papers.");
    preview.wait_for("/_plainsite/problems.json", "\"findings\":[]");
}

#[test]
fn new_folders_and_settings_are_noticed() {
    let root = site();
    let preview = Preview::start(root.path());
    let folder = root.path().join("content/manage/letters");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("ask.md"), PAGE).expect("a file");
    preview.wait_for("/manage/letters/ask/", "Keep your bank statements.");
    fs::write(root.path().join("site.toml"), "title = \"The guide\"\n").expect("a file");
    preview.wait_for("/", "The guide");
    fs::create_dir_all(root.path().join("themes/plain")).expect("a folder");
    fs::write(root.path().join("themes/plain/style.css"), "p { color: #010203 }").expect("a file");
    let text = preview.wait_for("/_plainsite/problems.json", "\"findings\"");
    assert!(text.contains("\"failed\":false"), "{text}");
    // A whole folder that is taken away and put back, as version control does.
    fs::rename(root.path().join("content"), root.path().join("away")).expect("renamed");
    fs::rename(root.path().join("away"), root.path().join("content")).expect("renamed");
    fs::write(folder.join("ask.md"), PAGE.replace("statements", "cards")).expect("a file");
    preview.wait_for("/manage/letters/ask/", "Keep your bank cards.");
}

#[test]
fn other_sites_cannot_read_it() {
    let root = site();
    let preview = Preview::start(root.path());
    let port = preview.port;
    for host in ["localhost", "127.0.0.1", "[::1]"] {
        assert_eq!(preview.answer("GET", "/", &format!("{host}:{port}")).0, 200, "{host}");
    }
    for host in ["elsewhere.example", "127.0.0.1.elsewhere.example", "localhost.example", ""] {
        let (status, text) = preview.answer("GET", "/", &format!("{host}:{port}"));
        assert_eq!(status, 421, "{host}");
        assert!(!text.contains("Hello."), "{text}");
    }
    assert_eq!(preview.answer("GET", "/", "localhost").0, 421, "the port is part of the name");
    assert_eq!(preview.answer("POST", "/", &format!("localhost:{port}")).0, 405);
    assert_eq!(preview.answer("HEAD", "/", &format!("localhost:{port}")).0, 200);
}

#[test]
fn pages_that_wait_do_not_hold_up_others() {
    let root = site();
    let preview = Preview::start(root.path());
    let mut listeners: Vec<_> = (0..64).map(|_| preview.listener()).collect();
    assert_eq!(preview.get("/records/").0, 200);
    assert_eq!(preview.get("/_plainsite/events").0, 503);
    fs::write(root.path().join("content/records.md"), PAGE.replace("bank", "old")).expect("a file");
    for events in &mut listeners {
        assert_ne!(next_event(events), "2");
    }
}

#[test]
fn a_page_can_be_looked_at_in_other_ways() {
    let root = site();
    let preview = Preview::start(root.path());
    assert!(preview.get("/_plainsite/narrow/records/").1.contains("<iframe src=\"/records/\""));
    let (_, page) = preview.get("/_plainsite/no-scripts/records/");
    assert!(page.contains("Content-Security-Policy: sandbox"), "{page}");
    let (_, page) = preview.get("/_plainsite/print/records/");
    let (_, rest) = page.split_once("rel=\"stylesheet\" href=\"../").expect("a style");
    let style = rest.split('"').next().expect("an address");
    let (status, css) = preview.get(&format!("/_plainsite/print/{style}"));
    assert_eq!(status, 200);
    assert!(css.contains("@media all") && !css.contains("@media screen"), "{css}");
}

#[test]
fn a_page_can_be_read_as_words_alone_and_in_few_colours() {
    let root = site();
    let preview = Preview::start(root.path());
    let (_, page) = preview.get("/_plainsite/no-styles/records/");
    assert!(page.contains("Content-Security-Policy: style-src 'none'"), "{page}");
    let (_, page) = preview.get("/_plainsite/contrast/records/");
    let (_, rest) = page.split_once("rel=\"stylesheet\" href=\"../").expect("a style");
    let style = rest.split('"').next().expect("an address");
    let (status, css) = preview.get(&format!("/_plainsite/contrast/{style}"));
    assert_eq!(status, 200);
    assert!(!css.contains("forced-colors") && css.contains("background-color: #000"), "{css}");
}

#[test]
fn what_staff_see_stands_beside_what_everyone_sees() {
    let root = site();
    let words = format!("{PAGE}\n> [!STAFF]\n> Ask for the form.\n");
    fs::write(root.path().join("content/records.md"), words).expect("a file");
    let only = "---\ntitle: Notes\naudience: staff\n---\n\nOurs.\n";
    fs::write(root.path().join("content/notes.md"), only).expect("a file");
    for more in [&[][..], &["--staff"]] {
        let (preview, _) = Preview::start_with(root.path(), more);
        let both = preview.get("/_plainsite/beside/records/").1;
        for (edition, note, notes) in [("for-everyone", false, 404), ("for-staff", true, 200)] {
            assert!(both.contains(&format!("/_plainsite/{edition}/records/")), "{both}");
            let (status, page) = preview.get(&format!("/_plainsite/{edition}/records/"));
            assert_eq!(status, 200);
            assert!(page.contains("Keep your bank statements."), "{page}");
            assert_eq!(page.contains("Ask for the form."), note, "{more:?} {edition}: {page}");
            let (status, page) = preview.get(&format!("/_plainsite/{edition}/notes/"));
            assert_eq!((status, page.contains("Ours.")), (notes, note), "{more:?} {edition}");
        }
    }
}

#[test]
fn a_renamed_page_says_where_it_went() {
    let root = site();
    let preview = Preview::start(root.path());
    let content = root.path().join("content");
    fs::rename(content.join("records.md"), content.join("money.md")).expect("it is renamed");
    let gone = preview.wait_for("/records/", "This page is now at");
    assert!(gone.contains("<a href=\"/money/\">/money/</a>"), "{gone}");
    assert!(
        gone.contains("<code>content/money.md</code>: <code>also at: /records/</code>"),
        "{gone}"
    );
    assert_eq!(preview.get("/records/").0, 404);
    preview.wait_for("/_plainsite/", "/records/ is now at /money/");
    let line = PAGE.replace("title: Records", "title: Records\nalso at: /records/");
    fs::write(content.join("money.md"), line).expect("a file");
    preview.wait_for("/records/", "http-equiv=\"refresh\"");
    assert!(!preview.get("/_plainsite/").1.contains("is now at"));
}

#[test]
fn other_machines_are_let_in_by_the_code_words_alone() {
    let root = site();
    // Where this machine has no other address, there is no other machine.
    let (preview, said) = Preview::start_with(root.path(), &["--host"]);
    let (_, rest) = said.split_once("type the code words: ").expect("the code words");
    let code = rest.lines().next().expect("a line");
    assert_eq!(code.split('-').count(), 4, "{said}");
    assert!(said.contains("change nothing"), "{said}");
    let (_, rest) = said.split_once("They open http://").expect("an address");
    let (own, _) = rest.split_once('/').expect("its end");
    let (own, _) = own.split_once(':').expect("a port");
    // From itself to its own address, by a name that is not its own: as somebody else would.
    let ask = |path: &str, cookie: &str| {
        let mut stream = TcpStream::connect((own, preview.port)).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a time");
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: office.example:{}\r\nCookie: {cookie}\r\n\r\n",
            preview.port
        );
        stream.write_all(request.as_bytes()).expect("it reads");
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("it is text");
        text
    };
    for path in ["/records/", "/_plainsite/", "/_plainsite/events", "/style.css"] {
        let answer = ask(path, "");
        assert!(answer.starts_with("HTTP/1.1 401"), "{path}: {answer}");
        assert!(answer.contains("Code words") && !answer.contains("statements"), "{answer}");
    }
    assert!(ask("/_plainsite/enter?code=maple", "").contains("Those are not the code words"));
    let entered = ask(&format!("/_plainsite/enter?code={}", code.replace('-', "+")), "");
    assert!(entered.starts_with("HTTP/1.1 303"), "{entered}");
    let (_, rest) = entered.split_once("Set-Cookie: ").expect("a cookie");
    let cookie = rest.split(';').next().expect("a pair");
    assert!(!cookie.contains(code), "the words are kept nowhere: {cookie}");
    assert!(ask("/records/", cookie).contains("Keep your bank statements."));
    for path in [
        "/_plainsite/for-staff/records/",
        "/_plainsite/beside/records/",
        "/_plainsite/%66or-staff/",
    ] {
        assert!(ask(path, cookie).starts_with("HTTP/1.1 403"), "{path}");
    }
    assert!(ask("/_plainsite/preview.css", "").starts_with("HTTP/1.1 200"));
    assert_eq!(preview.get("/records/").0, 200, "this machine needs no code");
}
