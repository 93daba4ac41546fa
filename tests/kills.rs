//! Readers while a site is built again and again and some of the builds are killed: under nginx
//! and under Apache, what a page asks for up to half a minute later is there, whole, and of the
//! same build.
//!
//! `KILLS=150 cargo test --release --test all -- kills::` kills 150 of 300 builds of 1,000 pages
//! for each host. Without it there are few of a small site.

use std::{
    collections::{BTreeMap, BinaryHeap},
    fs,
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_plainsite");

/// How much is done.
struct Load {
    pages: usize,
    builds: usize,
    kills: usize,
    /// The longest that a reader waits before the page asks for the rest, in milliseconds.
    longest: u64,
}

fn load() -> Load {
    match std::env::var("KILLS").ok().and_then(|kills| kills.parse().ok()) {
        Some(kills) => Load { pages: 1000, builds: 2 * kills, kills, longest: 30_000 },
        None => Load { pages: 20, builds: 20, kills: 10, longest: 3_000 },
    }
}

/// Numbers without a pattern, the same each time (xorshift).
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end.max(1)
    }
}

/// One after the other: each takes all cores.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A host at work, ended in good order so that it ends its own.
pub(crate) struct Host {
    child: Child,
    pub(crate) port: u16,
}

impl Drop for Host {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}

pub(crate) fn free_port() -> u16 {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    free.local_addr().expect("an address").port()
}

fn begin(program: &str, arguments: &[&str], port: u16) -> Host {
    let child = Command::new(program)
        .args(arguments)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap_or_else(|why| panic!("{program}: {why}; tests/run installs it"));
    let host = Host { child, port };
    let start = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(start.elapsed() < Duration::from_secs(20), "{program} does not begin");
        std::thread::sleep(Duration::from_millis(20));
    }
    host
}

pub(crate) fn nginx(work: &Path, site: &Path) -> Host {
    let port = free_port();
    let (work, site) = (work.display(), site.display());
    let temporary: String = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
        .map(|kind| format!("{kind}_temp_path {work}/{kind};\n"))
        .concat();
    let settings = format!(
        "daemon off;\npid {work}/nginx.pid;\nerror_log {work}/nginx.log;\nevents {{}}\nhttp {{\n\
         access_log off;\n{temporary}server {{ listen 127.0.0.1:{port}; root {site}; }}\n}}\n"
    );
    let path = format!("{work}/nginx.conf");
    fs::write(&path, settings).expect("a file");
    let log = format!("{work}/nginx.log");
    let program = std::env::var("NGINX").unwrap_or_else(|_| "/usr/sbin/nginx".into());
    begin(&program, &["-e", &log, "-c", &path], port)
}

fn apache(work: &Path, site: &Path) -> Host {
    let port = free_port();
    let (work, site) = (work.display(), site.display());
    let modules: String = ["mpm_event", "authz_core", "dir", "mime"]
        .map(|name| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n"))
        .concat();
    let settings = format!(
        "ServerRoot {work}\nServerName localhost\nListen 127.0.0.1:{port}\nPidFile \
         {work}/apache.pid\nDefaultRuntimeDir {work}\nErrorLog {work}/apache.log\nUser www-data\n\
         Group www-data\n{modules}TypesConfig /etc/mime.types\nDocumentRoot {site}\n\
         DirectoryIndex index.html\n<Directory {site}>\nRequire all granted\n</Directory>\n"
    );
    let path = format!("{work}/apache.conf");
    fs::write(&path, settings).expect("a file");
    begin("/usr/sbin/apache2", &["-DFOREGROUND", "-f", &path], port)
}

/// What a host answers: the status and the bytes, of which there are as many as it said.
fn get(port: u16, path: &str) -> Result<(u16, Vec<u8>), String> {
    let ask = || -> std::io::Result<Vec<u8>> {
        let mut stream = TcpStream::connect(("127.0.0.1", port))?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        write!(stream, "GET /{path} HTTP/1.0\r\nHost: localhost\r\n\r\n")?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        Ok(answer)
    };
    let answer = ask().map_err(|why| format!("{path}: {why}"))?;
    let end = answer.windows(4).position(|bytes| bytes == b"\r\n\r\n");
    let end = end.ok_or_else(|| format!("{path}: half an answer"))?;
    let head = String::from_utf8_lossy(&answer[..end]).to_lowercase();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok());
    let length = head.split("content-length: ").nth(1).and_then(|rest| rest.lines().next());
    let body = answer[end + 4..].to_vec();
    if length.is_some_and(|length| length.parse() != Ok(body.len())) {
        return Err(format!("{path}: {} bytes, and it said {length:?}", body.len()));
    }
    Ok((status.ok_or_else(|| format!("{path}: no status"))?, body))
}

/// What a page will ask for: when, and what.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Later(std::cmp::Reverse<Duration>, String);

/// What readers saw.
#[derive(Default)]
struct Seen {
    pages: usize,
    asked: usize,
    wrong: Vec<String>,
}

/// Reads pages until it is told to end, and then asks for what they still need.
fn read(port: u16, pages: usize, longest: u64, seed: u64, end: &AtomicBool) -> Seen {
    let (mut random, mut seen, mut later) = (Random(seed), Seen::default(), BinaryHeap::new());
    let start = Instant::now();
    loop {
        let is_over = end.load(Ordering::Relaxed);
        while later.peek().is_some_and(|Later(due, _)| due.0 <= start.elapsed()) {
            let Later(_, path) = later.pop().expect("it was there");
            seen.asked += 1;
            std::thread::sleep(Duration::from_millis(2));
            match get(port, &path) {
                Ok((200, bytes)) if has_its_name(&path, &bytes) => {}
                Ok((200, _)) => {
                    seen.wrong.push(format!("{path} has other bytes than its name says"))
                }
                Ok((status, _)) => seen.wrong.push(format!("{path} is answered with {status}")),
                Err(why) => seen.wrong.push(why),
            }
        }
        if is_over && later.is_empty() || seen.wrong.len() > 20 {
            return seen;
        }
        if is_over {
            std::thread::sleep(Duration::from_millis(10));
            continue;
        }
        let path = match random.below(8) {
            0 => "search/index.json".to_owned(),
            _ => format!("page-{}/", random.below(pages as u64)),
        };
        seen.pages += 1;
        match get(port, &path) {
            Ok((200, bytes)) => match asks_for(&path, &bytes) {
                Ok(names) => {
                    for name in names {
                        let due = start.elapsed() + Duration::from_millis(random.below(longest));
                        later.push(Later(std::cmp::Reverse(due), name));
                    }
                }
                Err(why) => seen.wrong.push(why),
            },
            Ok((status, _)) => seen.wrong.push(format!("{path} is answered with {status}")),
            Err(why) => seen.wrong.push(why),
        }
        // Somebody reads a page before the next.
        std::thread::sleep(Duration::from_millis(25));
    }
}

/// What a page or an index names, or why it is not a whole one of one build.
fn asks_for(path: &str, bytes: &[u8]) -> Result<Vec<String>, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| format!("{path} is no text"))?;
    if path.ends_with(".json") {
        let hash = text.split("\"hash\":\"").nth(1).and_then(|rest| rest.split('"').next());
        let hash = hash.filter(|_| text.ends_with('}')).ok_or_else(|| format!("{path} is cut"))?;
        return Ok(["pages", "words"]
            .map(|part| format!("search/parts/{part}-0.{hash}.json"))
            .into());
    }
    if !text.trim_end().ends_with("</html>") {
        return Err(format!("{path} is cut: it has {} bytes", bytes.len()));
    }
    // Each build says its number at the start and at the end of a page, and in its colour.
    let numbers: Vec<&str> = text
        .split("build-")
        .skip(1)
        .filter_map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next())
        .collect();
    if numbers.len() < 2 || numbers.iter().any(|number| *number != numbers[0]) {
        return Err(format!("{path} is mixed: {numbers:?}"));
    }
    let named = text.split('"').filter_map(|word| word.split("assets/").nth(1));
    Ok(named.map(|name| format!("assets/{name}")).collect())
}

/// Whether a style sheet or a script has the hash that is in its name.
fn has_its_name(path: &str, bytes: &[u8]) -> bool {
    let Some(name) = path.strip_prefix("assets/") else { return !bytes.is_empty() };
    let hash = xxhash_rust::xxh3::xxh3_64(bytes) & 0xffff_ffff;
    name.split('.').rev().nth(1) == Some(&format!("{hash:08x}"))
}

/// The content of a build: every page says its number and is of another length, and the style
/// sheet has another colour.
fn write_site(root: &Path, pages: usize, build: usize) {
    let content = root.join("content");
    fs::create_dir_all(&content).expect("a folder");
    let ink = format!("#{:02x}{:02x}1{:x}", build / 24 % 24, build % 24, build / 576);
    let settings = format!("title = \"Guide\"\n[theme.light]\nink = \"{ink}\"\n");
    fs::write(root.join("site.toml"), settings).expect("a file");
    let more = "More words. ".repeat(build % 37);
    for page in 0..pages {
        let text = format!("# Page {page}\n\nThis is build-{build}.\n\n{more}\n\nbuild-{build}\n");
        fs::write(content.join(format!("page-{page}.md")), text).expect("a file");
    }
    fs::write(content.join("index.md"), "# Home\n\nWelcome.\n").expect("a file");
}

fn build(root: &Path, out: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .args(["build", "--no-ledger", "--today", "2026-11-22", "--root"])
        .arg(root)
        .arg("--out")
        .arg(out);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

fn readers_find_all_of_it(begin: fn(&Path, &Path) -> Host) {
    let _alone = alone();
    let Load { pages, builds, kills, longest } = load();
    let work = tempfile::tempdir().expect("a folder");
    // Hosts are somebody else on the machine.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(work.path(), fs::Permissions::from_mode(0o755)).expect("set");
    }
    let (root, www, out) =
        (work.path().join("site"), work.path().join("host"), work.path().join("www/public"));
    fs::create_dir(&www).expect("a folder");
    write_site(&root, pages, 0);
    let first = Instant::now();
    let output = build(&root, &out).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let took = first.elapsed();
    let host = begin(&www, &out);
    let end = AtomicBool::new(false);
    let (mut killed, mut random) = (0, Random(0x9e37_79b9_7f4a_7c15));
    let seen: Vec<Seen> = std::thread::scope(|scope| {
        let readers: Vec<_> = (1..=3)
            .map(|seed| {
                scope.spawn({
                    let (port, end) = (host.port, &end);
                    move || read(port, pages, longest, seed * 7919, end)
                })
            })
            .collect();
        for number in 1..=builds {
            write_site(&root, pages, number);
            let mut run = build(&root, &out).spawn().expect("it starts");
            // As many are killed as there are to be, spread over all.
            if number * kills / builds > (number - 1) * kills / builds {
                let most = took.as_millis() as u64 * 11 / 10;
                std::thread::sleep(Duration::from_millis(random.below(most)));
                if run.try_wait().expect("it can be asked").is_none() {
                    run.kill().expect("it can be killed");
                    killed += 1;
                }
                let _ = run.wait();
            } else {
                let output = run.wait_with_output().expect("it ends");
                let said = String::from_utf8_lossy(&output.stderr).into_owned();
                assert!(output.status.success(), "build {number}: {said}");
            }
        }
        end.store(true, Ordering::Relaxed);
        readers.into_iter().map(|reader| reader.join().expect("it ends")).collect()
    });
    let all = seen.iter().fold((0, 0), |all, seen| (all.0 + seen.pages, all.1 + seen.asked));
    let wrong: Vec<&String> = seen.iter().flat_map(|seen| &seen.wrong).collect();
    if pages >= 1000 {
        let (pages, later) = all;
        let line = format!("{builds} builds, {killed} killed: {pages} pages, {later} asked later");
        writeln!(std::io::stdout(), "{line}").expect("somebody reads");
    }
    assert!(wrong.is_empty(), "{} of {all:?}: {wrong:#?}", wrong.len());
    assert!(all.0 > builds && all.1 > builds, "hardly anybody read: {all:?}");
    assert!(killed > 0, "none was killed");
    let output = build(&root, &out).output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let left: BTreeMap<_, _> = fs::read_dir(work.path().join("www"))
        .expect("a folder")
        .map(|entry| (entry.expect("readable").file_name(), ()))
        .collect();
    assert_eq!(left.len(), 1, "nothing is left beside it: {left:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn readers_of_nginx_find_all_of_it_whatever_is_killed() {
    readers_find_all_of_it(nginx);
}

#[cfg(target_os = "linux")]
#[test]
fn readers_of_apache_find_all_of_it_whatever_is_killed() {
    readers_find_all_of_it(apache);
}
