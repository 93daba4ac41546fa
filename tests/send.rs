//! Sending a site: to a folder, with rsync, to S3; and whether what is there is what was sent.
//!
//! rsync is the real one, as a server of its own. What speaks like S3 here is a stand-in of a
//! hundred lines, which can break off in the middle; `send/s3.py` sends to another program.

use std::{
    collections::BTreeMap,
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Output, Stdio},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use md5::Digest as _;

use crate::kills::{free_port, nginx};

const PROGRAM: &str = env!("CARGO_BIN_EXE_plainsite");

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A small site with a style of its own.
fn site(root: &Path, ink: &str, pages: usize) {
    let content = root.join("content");
    let _ = fs::remove_dir_all(&content);
    fs::create_dir_all(&content).expect("a folder");
    let settings = format!("title = \"Guide\"\n[theme.light]\nink = \"{ink}\"\n");
    fs::write(root.join("site.toml"), settings).expect("a file");
    fs::write(content.join("index.md"), "# Home\n\nWelcome.\n").expect("a file");
    for page in 0..pages {
        fs::write(content.join(format!("page-{page}.md")), format!("# Page {page}\n\nWords.\n"))
            .expect("a file");
    }
    build(root);
}

fn build(root: &Path) {
    let output = plainsite(root, &["build", "--no-ledger", "--today", "2026-11-22"], &[]);
    assert!(output.status.success(), "{}", said(&output));
}

fn plainsite(root: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(PROGRAM);
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("AWS_")) {
        command.env_remove(name);
    }
    command.args(arguments).current_dir(root).envs(variables.iter().copied());
    command.output().expect("it runs")
}

/// The files of a folder of ours, by the manifest.
fn manifest(text: &str, sort: &str) -> Vec<String> {
    let lines = text.lines().filter_map(|line| line.strip_prefix(sort));
    lines.filter_map(|line| line.rsplit(' ').next()).map(str::to_owned).collect()
}

fn verified(root: &Path, what: &str) {
    let output = plainsite(root, &["verify", what], &[]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn a_folder_gets_what_differs_and_keeps_what_open_pages_ask_for() {
    let work = tempfile::tempdir().expect("a folder");
    let root = work.path().join("site");
    site(&root, "#111111", 4);
    let to = work.path().join("www/guide");
    let to = to.to_str().expect("text");
    let publish = |more: &[&str]| {
        let arguments = [&["publish", "--to", to][..], more].concat();
        plainsite(&root, &arguments, &[])
    };
    let dry = publish(&["--dry-run"]);
    assert!(said(&dry).contains("Nothing was sent."), "{}", said(&dry));
    assert!(!Path::new(to).exists());
    let first = publish(&[]);
    assert!(first.status.success(), "{}", said(&first));
    assert!(said(&first).contains("New: /, /404.html"), "{}", said(&first));
    let again = publish(&[]);
    assert!(said(&again).contains("is at") && said(&again).contains("already"), "{}", said(&again));
    verified(&root, to);
    let before = fs::read_to_string(Path::new(to).join(".plainsite")).expect("a manifest");
    site(&root, "#121212", 3);
    let changed = publish(&[]);
    assert!(said(&changed).contains("Gone: /page-3/."), "{}", said(&changed));
    verified(&root, to);
    for path in manifest(&before, "file ").iter().filter(|path| path.contains("style.")) {
        assert!(Path::new(to).join(path).is_file(), "{path}");
    }
    fs::write(Path::new(to).join("CNAME"), "a.example").expect("a file");
    let refused = publish(&[]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("--keep CNAME"), "{}", said(&refused));
    assert!(publish(&["--keep", "CNAME"]).status.success());
    assert!(Path::new(to).join("CNAME").is_file());
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_on_a_full_disk_keeps_the_site_that_it_has() {
    let root = tempfile::tempdir().expect("a folder");
    site(root.path(), "#111111", 2);
    let script = "mkdir disk && mount -t tmpfs -o size=1m none disk
        $1 publish --to disk/www 2> /dev/null
        cp -r disk/www before
        for number in $(seq 200); do cp content/page-0.md content/more-$number.md; done
        $1 build --today 2026-11-22 > /dev/null 2>&1
        if $1 publish --to disk/www; then exit 1; fi
        diff -r before disk/www
        ls -A disk";
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-euc", script, "sh", PROGRAM]);
    let output = command.current_dir(root.path()).output();
    let output = output.expect("unshare is there: it is part of util-linux");
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("No space left on device"), "{}", said(&output));
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "www");
}

#[test]
fn what_is_not_as_the_build_left_it_is_not_sent() {
    let work = tempfile::tempdir().expect("a folder");
    let root = work.path().join("site");
    site(&root, "#111111", 2);
    let public = root.join("public");
    let refused = |why: &str| {
        let output = plainsite(&root, &["publish", "--to", "../www"], &[]);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains(why), "{why}: {}", said(&output));
        assert!(!work.path().join("www").exists());
    };
    let page = public.join("page-0/index.html");
    let text = fs::read(&page).expect("a page");
    fs::write(&page, &text[1..]).expect("a file");
    refused("page-0/index.html has changed");
    fs::remove_file(&page).expect("it is there");
    refused("page-0/index.html is missing");
    fs::write(&page, &text).expect("a file");
    fs::write(public.join("notes.txt"), "mine").expect("a file");
    refused("notes.txt is extra");
    fs::remove_file(public.join("notes.txt")).expect("it is there");
    fs::write(public.join(".plainsite"), "This folder is ours.\n").expect("a file");
    refused("says nothing of the files beside it");
    fs::remove_file(public.join(".plainsite")).expect("it is there");
    refused("holds no site that plainsite made");
    for (to, why) in [
        ("public", "are one place"),
        ("public/deeper", "are one place"),
        ("..", "are one place"),
        ("content/www", "what the site is made of (content)"),
        ("ftp://host/www", "which is not known"),
        ("s3://", "names no bucket"),
    ] {
        let output = plainsite(&root, &["publish", "--to", to], &[]);
        assert_eq!(output.status.code(), Some(2), "{to}: {}", said(&output));
        assert!(said(&output).contains(why), "{to}: {}", said(&output));
    }
}

#[test]
fn verify_names_each_file_of_a_folder_that_is_not_as_it_was_made() {
    let root = tempfile::tempdir().expect("a folder");
    site(root.path(), "#111111", 3);
    let public = root.path().join("public");
    verified(root.path(), "public");
    fs::write(public.join("page-0/index.html"), "x").expect("a file");
    fs::remove_file(public.join("page-1/index.html")).expect("it is there");
    fs::create_dir(public.join("mine")).expect("a folder");
    fs::write(public.join("mine/a"), "x").expect("a file");
    let output = plainsite(root.path(), &["verify", "public"], &[]);
    assert_eq!(output.status.code(), Some(1));
    let found = String::from_utf8_lossy(&output.stdout).into_owned();
    let lines: Vec<&str> = found.lines().collect();
    assert_eq!(lines.len(), 3, "{found}");
    assert_eq!(lines[0], "mine is extra: no build made it");
    assert!(lines[1].starts_with("page-0/index.html has changed: it has 1 of its "), "{found}");
    assert_eq!(lines[2], "page-1/index.html is missing: nothing is there");
    assert!(said(&output).starts_with("3 files are not as the build made it"), "{}", said(&output));
}

#[cfg(target_os = "linux")]
#[test]
fn verify_asks_a_host_for_each_file() {
    let work = tempfile::tempdir().expect("a folder");
    {
        use std::os::unix::fs::PermissionsExt as _;
        fs::set_permissions(work.path(), fs::Permissions::from_mode(0o755)).expect("set");
    }
    let (root, host) = (work.path().join("site"), work.path().join("host"));
    fs::create_dir(&host).expect("a folder");
    site(&root, "#111111", 3);
    let public = root.join("public");
    let host = nginx(&host, &public);
    let address = format!("http://127.0.0.1:{}", host.port);
    verified(&root, &address);
    let arguments = ["verify", &address, "--from", "public"];
    fs::write(public.join("page-0/index.html"), "x").expect("a file");
    fs::rename(public.join("page-1"), public.join("page-one")).expect("moved");
    for arguments in [&arguments[..2], &arguments] {
        let output = plainsite(&root, arguments, &[]);
        let found = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        assert!(found.starts_with("page-0/index.html has changed"), "{found}");
        assert!(found.ends_with("page-1/index.html is missing: the host answers 404\n"), "{found}");
    }
    fs::rename(public.join(".plainsite"), root.join("list")).expect("moved");
    let output = plainsite(&root, &["verify", &address], &[]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("--from public"), "{}", said(&output));
    drop(host);
    let output = plainsite(&root, &["verify", &address], &[]);
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("could not be reached"), "{}", said(&output));
}

/// A server of rsync at work.
struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn rsync_takes_what_differs_and_leaves_what_is_not_ours() {
    let work = tempfile::tempdir().expect("a folder");
    let (root, www) = (work.path().join("site"), work.path().join("www"));
    fs::create_dir(&www).expect("a folder");
    site(&root, "#111111", 4);
    let settings = work.path().join("rsyncd.conf");
    let is_root = fs::metadata("/proc/self").is_ok_and(|data| {
        use std::os::unix::fs::MetadataExt as _;
        data.uid() == 0
    });
    let user = if is_root { "uid = 0\ngid = 0\n" } else { "" };
    let path = www.display();
    let text = format!(
        "use chroot = no\n{user}[site]\npath = {path}\nread only = no\n[closed]\npath = {path}\n"
    );
    fs::write(&settings, text).expect("a file");
    let port = free_port();
    let server = Command::new("rsync")
        .args(["--daemon", "--no-detach", "--address=127.0.0.1"])
        .args([format!("--port={port}"), format!("--config={}", settings.display())])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
    let server = Server(server.expect("rsync is there: tests/run installs it"));
    let start = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() {
        assert!(start.elapsed() < Duration::from_secs(20), "rsync does not begin");
        std::thread::sleep(Duration::from_millis(20));
    }
    let to = format!("rsync://127.0.0.1:{port}/site/deep/er");
    let there = www.join("deep/er");
    let there_text = there.to_str().expect("text");
    let publish =
        |more: &[&str]| plainsite(&root, &[&["publish", "--to", &to][..], more].concat(), &[]);
    let dry = publish(&["--dry-run"]);
    assert!(dry.status.success() && !there.exists(), "{}", said(&dry));
    let first = publish(&[]);
    assert!(first.status.success(), "{}", said(&first));
    verified(&root, there_text);
    assert!(said(&publish(&[])).contains("Nothing changed."));
    let before = fs::read_to_string(there.join(".plainsite")).expect("a manifest");
    site(&root, "#121212", 3);
    fs::write(there.join("CNAME"), "a.example").expect("a file");
    fs::create_dir(there.join("theirs")).expect("a folder");
    fs::write(there.join("theirs/a b"), "theirs").expect("a file");
    let refused = publish(&[]);
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    assert!(said(&refused).contains("--keep CNAME --keep theirs,"), "{}", said(&refused));
    let changed = publish(&["--keep", "CNAME", "--keep", "theirs"]);
    assert!(changed.status.success(), "{}", said(&changed));
    assert!(said(&changed).contains("Gone: /page-3/."), "{}", said(&changed));
    verified(&root, there_text);
    assert!(there.join("theirs/a b").is_file() && !there.join("page-3/index.html").exists());
    for path in manifest(&before, "file ").iter().filter(|path| path.contains("style.")) {
        assert!(there.join(path).is_file(), "{path}");
    }
    // What somebody changed there is sent again.
    fs::write(there.join("page-0/index.html"), "x").expect("a file");
    let mended = publish(&["--keep", "CNAME", "--keep", "theirs"]);
    assert!(said(&mended).starts_with("Changed: /page-0/."), "{}", said(&mended));
    for (to, why) in [
        (format!("rsync://127.0.0.1:{port}/closed/x"), "module is read only"),
        (format!("rsync://127.0.0.1:{port}/none"), "Unknown module"),
    ] {
        let output = plainsite(&root, &["publish", "--to", &to], &[]);
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains(why), "{}", said(&output));
    }
    drop(server);
    let gone = publish(&[]);
    assert_eq!(gone.status.code(), Some(2));
    assert!(said(&gone).contains("could not be reached"), "{}", said(&gone));
    let without = plainsite(&root, &["publish", "--to", "host:www"], &[("PATH", "/nowhere")]);
    assert_eq!(without.status.code(), Some(2));
    assert!(said(&without).contains("rsync is not installed"), "{}", said(&without));
}

/// An object: its bytes, and what it is to be sent with.
type Object = (Vec<u8>, BTreeMap<String, String>);

/// What speaks like S3, as far as it is needed here: one bucket, `mine`, for the key `known`.
#[derive(Default)]
struct Bucket {
    objects: BTreeMap<String, Object>,
    /// What was asked, in order: `PUT site/index.html`.
    asked: Vec<String>,
    /// After so many puts, nothing is answered any more.
    puts_left: Option<usize>,
}

fn stand_in() -> (String, Arc<Mutex<Bucket>>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let bucket: Arc<Mutex<Bucket>> = Arc::default();
    let shared = Arc::clone(&bucket);
    // It ends with the tests.
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let bucket = Arc::clone(&shared);
            std::thread::spawn(move || while answer(&stream, &bucket).is_some() {});
        }
    });
    (address, bucket)
}

/// Answers one request. None when the connection is over.
fn answer(mut stream: &TcpStream, bucket: &Mutex<Bucket>) -> Option<()> {
    let mut reader = BufReader::new(stream);
    let mut first = String::new();
    reader.read_line(&mut first).ok().filter(|read| *read > 0)?;
    let mut headers = BTreeMap::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else { break };
        headers.insert(name.to_lowercase(), value.to_owned());
    }
    let length = headers.get("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let (method, rest) = first.split_once(' ')?;
    let (path, query) = rest.split(' ').next()?.split_once('?').unwrap_or((rest, ""));
    let query: BTreeMap<&str, String> = query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .map(|(name, value)| (name, decoded(value)))
        .collect();
    let path = decoded(path.trim_start_matches('/'));
    let (name, key) = path.split_once('/').unwrap_or((&path, ""));
    let mut bucket = bucket.lock().expect("nobody panics with it");
    let fault = |code: &str| format!("<Error><Code>{code}</Code></Error>").into_bytes();
    let key_known = query.get("X-Amz-Credential").is_some_and(|key| key.starts_with("known/"));
    let (status, bytes) = match method {
        _ if !key_known => (403, fault("InvalidAccessKeyId")),
        _ if name != "mine" => (404, fault("NoSuchBucket")),
        "GET" if key.is_empty() => (200, list(&bucket, &query)),
        "GET" => match bucket.objects.get(key) {
            Some((bytes, _)) => (200, bytes.clone()),
            None => (404, fault("NoSuchKey")),
        },
        "PUT" => {
            if bucket.puts_left == Some(0) {
                return None;
            }
            bucket.puts_left = bucket.puts_left.map(|left| left - 1);
            bucket.objects.insert(key.to_owned(), (body, headers));
            (200, Vec::new())
        }
        "DELETE" => {
            bucket.objects.remove(key);
            (204, Vec::new())
        }
        _ => (405, Vec::new()),
    };
    bucket.asked.push(format!("{method} {key}"));
    let head = format!("HTTP/1.1 {status} So\r\nContent-Length: {}\r\n\r\n", bytes.len());
    stream.write_all(&[head.into_bytes(), bytes].concat()).ok()
}

/// The objects that begin with a prefix, a hundred at a time.
fn list(bucket: &Bucket, query: &BTreeMap<&str, String>) -> Vec<u8> {
    let prefix = query.get("prefix").cloned().unwrap_or_default();
    let after = query.get("continuation-token").cloned().unwrap_or_default();
    let all = bucket.objects.iter().filter(|(key, _)| key.starts_with(&prefix) && **key > after);
    let all: Vec<_> = all.collect();
    let mut text = String::new();
    for (key, (bytes, _)) in all.iter().take(100) {
        let md5: String =
            md5::Md5::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        text.push_str(&format!(
            "<Contents><Key>{key}</Key><Size>{}</Size><ETag>&quot;{md5}&quot;</ETag></Contents>",
            bytes.len()
        ));
    }
    let more = match all.get(99).filter(|_| all.len() > 100) {
        Some((key, _)) => format!("<NextContinuationToken>{key}</NextContinuationToken>"),
        None => String::new(),
    };
    let space = "http://s3.amazonaws.com/doc/2006-03-01/";
    let is_cut = all.len() > 100;
    format!(
        "<ListBucketResult xmlns=\"{space}\"><IsTruncated>{is_cut}</IsTruncated>{more}{text}\
         </ListBucketResult>"
    )
    .into_bytes()
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[test]
fn a_bucket_takes_assets_before_pages_and_removes_last() {
    let root = tempfile::tempdir().expect("a folder");
    let root = root.path();
    site(root, "#111111", 4);
    let (address, bucket) = stand_in();
    let variables = [
        ("AWS_ENDPOINT_URL", &*address),
        ("AWS_ACCESS_KEY_ID", "known"),
        ("AWS_SECRET_ACCESS_KEY", "secret words"),
    ];
    let publish = |more: &[&str], variables: &[(&str, &str)]| {
        plainsite(root, &[&["publish", "--to", "s3://mine/a/site"][..], more].concat(), variables)
    };
    let asked = || std::mem::take(&mut bucket.lock().expect("nobody panics with it").asked);
    let dry = publish(&["--dry-run"], &variables);
    assert!(dry.status.success(), "{}", said(&dry));
    assert!(asked().iter().all(|asked| asked.starts_with("GET ")));

    let first = publish(&[], &variables);
    assert!(first.status.success(), "{}", said(&first));
    let log = asked();
    let at = |what: &str| log.iter().position(|asked| asked.contains(what)).unwrap_or(usize::MAX);
    let last = |what: &str| log.iter().rposition(|asked| asked.contains(what)).unwrap_or(0);
    assert!(last("PUT a/site/assets/") < at("PUT a/site/page-0/"), "{log:#?}");
    assert!(last("PUT a/site/search/parts/words") < at("PUT a/site/search/index.json"), "{log:#?}");
    assert!(at("PUT a/site/.plainsite") < at("PUT a/site/assets/"), "{log:#?}");
    assert_eq!(last("PUT a/site/.plainsite"), log.len() - 1, "{log:#?}");
    {
        let bucket = bucket.lock().expect("nobody panics with it");
        let headers = |end: &str, name: &str| {
            let object = bucket.objects.iter().find(|(key, _)| key.ends_with(end));
            object.expect("it is there").1.1[name].clone()
        };
        assert_eq!(headers("page-0/index.html", "content-type"), "text/html; charset=utf-8");
        assert_eq!(headers("page-0/index.html", "cache-control"), "no-cache");
        assert_eq!(headers(".css", "content-type"), "text/css; charset=utf-8");
        assert!(headers(".css", "cache-control").contains("immutable"));
        assert_eq!(headers("search/index.json", "cache-control"), "no-cache");
        let part = bucket.objects.keys().find(|key| key.contains("/search/parts/words-0."));
        let part = part.expect("a part of the index");
        assert!(headers(part, "cache-control").contains("immutable"));
    }
    let again = publish(&[], &variables);
    assert!(said(&again).contains("Nothing changed."), "{}", said(&again));
    assert!(asked().iter().all(|asked| asked.starts_with("GET ")), "nothing is sent");

    let style = |bucket: &Bucket| -> Vec<String> {
        bucket.objects.keys().filter(|key| key.contains("/style.")).cloned().collect()
    };
    let before = style(&bucket.lock().expect("nobody panics with it"));
    site(root, "#121212", 3);
    let changed = publish(&[], &variables);
    assert!(said(&changed).contains("Gone: /page-3/."), "{}", said(&changed));
    let log = asked();
    let removed = log.iter().position(|asked| asked.starts_with("DELETE ")).expect("one is gone");
    let last = log.iter().rposition(|asked| asked.starts_with("PUT ") && asked.contains("html"));
    assert!(last.expect("pages were sent") < removed, "{log:#?}");
    let after = style(&bucket.lock().expect("nobody panics with it"));
    assert!(after.len() == 2 && after.contains(&before[0]), "{before:?} {after:?}");

    // What is of somebody else stays, or is named.
    let other = ("theirs".into(), BTreeMap::new());
    bucket.lock().expect("free").objects.insert("a/site/logs/1".into(), other.clone());
    bucket.lock().expect("free").objects.insert("a/other".into(), other);
    site(root, "#131313", 2);
    let refused = publish(&[], &variables);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("would delete: logs;"), "{}", said(&refused));
    assert!(publish(&["--keep", "logs"], &variables).status.success());
    let keys: Vec<String> = bucket.lock().expect("free").objects.keys().cloned().collect();
    assert!(["a/site/logs/1", "a/other"].iter().all(|key| keys.contains(&(*key).to_owned())));
}

#[test]
fn a_bucket_gets_the_rest_after_the_network_went_away() {
    let root = tempfile::tempdir().expect("a folder");
    let root = root.path();
    site(root, "#111111", 4);
    let (address, bucket) = stand_in();
    let variables = [
        ("AWS_ENDPOINT_URL", &*address),
        ("AWS_ACCESS_KEY_ID", "known"),
        ("AWS_SECRET_ACCESS_KEY", "secret words"),
    ];
    bucket.lock().expect("free").puts_left = Some(40);
    let publish = || plainsite(root, &["publish", "--to", "s3://mine"], &variables);
    let broken = publish();
    assert_eq!(broken.status.code(), Some(2));
    assert!(said(&broken).contains("publish again and the rest is sent"), "{}", said(&broken));
    let files = {
        let mut bucket = bucket.lock().expect("free");
        assert_eq!(bucket.objects.len(), 40);
        bucket.puts_left = None;
        bucket.asked.clear();
        manifest(&fs::read_to_string(root.join("public/.plainsite")).expect("a file"), "file ")
    };
    let rest = publish();
    assert!(rest.status.success(), "{}", said(&rest));
    let bucket = bucket.lock().expect("free");
    let puts = bucket.asked.iter().filter(|asked| asked.starts_with("PUT ")).count();
    // One of the forty was the manifest, which is sent at the beginning and at the end.
    assert_eq!(puts, files.len() - 39 + 2);
    for path in files {
        let here = fs::read(root.join("public").join(&path)).expect("a file");
        assert!(bucket.objects[&path].0 == here, "{path}");
    }
}

#[test]
fn who_may_not_write_to_a_bucket_is_told_and_no_secret_is_printed() {
    let root = tempfile::tempdir().expect("a folder");
    let root = root.path();
    site(root, "#111111", 1);
    let (address, bucket) = stand_in();
    let home = root.join("home");
    fs::create_dir_all(home.join(".aws")).expect("a folder");
    let home_text = home.to_str().expect("text");
    let refused = |to: &str, variables: &[(&str, &str)], why: &str| {
        let all = [&[("AWS_ENDPOINT_URL", &*address), ("HOME", home_text)], variables].concat();
        let output = plainsite(root, &["publish", "--to", to], &all);
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains(why), "{why}: {}", said(&output));
        assert!(!said(&output).contains("secret"), "{}", said(&output));
        assert!(!said(&output).contains("X-Amz"), "{}", said(&output));
    };
    let key = |key| [("AWS_ACCESS_KEY_ID", key), ("AWS_SECRET_ACCESS_KEY", "secret words")];
    refused("s3://mine", &[], "nobody says who may write to S3");
    refused("s3://mine", &key("stranger"), "does not know these credentials (InvalidAccessKeyId)");
    refused("s3://other", &key("known"), "there is no bucket “other”");
    refused("s3://mine", &[&key("known")[..], &[("AWS_ENDPOINT_URL", "x")]].concat(), "no address");
    let nobody = format!("http://127.0.0.1:{}", free_port());
    let gone = [&key("known")[..], &[("AWS_ENDPOINT_URL", &nobody)]].concat();
    refused("s3://mine", &gone, "could not be reached");
    assert!(bucket.lock().expect("free").objects.is_empty());
    let profile = "[default]\naws_access_key_id = stranger\n[web]\naws_access_key_id = known\n\
                   aws_secret_access_key = secret words\n";
    fs::write(home.join(".aws/credentials"), profile).expect("a file");
    let variables = [("AWS_ENDPOINT_URL", &*address), ("HOME", home_text), ("AWS_PROFILE", "web")];
    let output = plainsite(root, &["publish", "--to", "s3://mine"], &variables);
    assert!(output.status.success(), "{}", said(&output));
}
