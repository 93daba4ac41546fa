//! Publishing from outside: two runs at once, folders that cannot be moved, and output that
//! nobody takes.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
    process::{Command, Output, Stdio},
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_plainsite");

/// A small site whose every page says `word`, with `pages` of them.
fn site(root: &Path, word: &str, pages: usize) {
    let content = root.join("content");
    fs::create_dir_all(&content).expect("a folder");
    fs::write(root.join("site.toml"), "title = \"Guide\"\n").expect("a file");
    let page = |title: &str| format!("---\ntitle: {title}\n---\n\nThis page says {word}.\n");
    fs::write(content.join("index.md"), page("Home")).expect("a file");
    for number in 0..pages {
        let text = page(&format!("Page {word} {number}"));
        fs::write(content.join(format!("{word}-{number}.md")), text).expect("a file");
    }
}

fn build(root: &Path, out: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .args(["build", "--no-ledger", "--today", "2026-11-22", "--root"])
        .arg(root)
        .arg("--out")
        .arg(out);
    command
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// Every file below a folder, with its bytes.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).expect("a folder") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
                files.insert(name, fs::read(&path).expect("readable"));
            }
        }
    }
    files
}

/// The files of a published site, without what stays of earlier builds.
fn whole(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = tree(folder);
    let manifest = files.remove(".plainsite").expect("a published folder has its manifest");
    let manifest = String::from_utf8(manifest).expect("text");
    let lines = |sort: &str| -> BTreeSet<String> {
        let lines = manifest.lines().filter_map(|line| line.strip_prefix(sort));
        lines.filter_map(|line| line.rsplit(' ').next()).map(str::to_owned).collect()
    };
    let (own, earlier) = (lines("file "), lines("earlier "));
    let all: BTreeSet<String> = files.keys().cloned().collect();
    assert_eq!(all, own.union(&earlier).cloned().collect(), "what is there, and what is listed");
    files.retain(|path, _| own.contains(path));
    files
}

/// Nothing of earlier builds stays.
fn without_earlier(root: &Path) {
    let settings = "title = \"Guide\"\n\n[publish]\nearlier-builds = 0\n";
    fs::write(root.join("site.toml"), settings).expect("a file");
}

#[test]
fn two_builds_at_once_into_one_folder_leave_one_whole_site() {
    let root = tempfile::tempdir().expect("a folder");
    let [one, two, out] = ["one", "two", "out"].map(|name| root.path().join(name));
    site(&one, "one", 30);
    site(&two, "two", 45);
    let wholes: Vec<_> = [&one, &two]
        .iter()
        .map(|site| {
            let alone = site.join("alone");
            assert!(build(site, &alone).output().expect("it runs").status.success());
            whole(&alone)
        })
        .collect();
    let rounds = std::env::var("ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(12);
    for round in 0..rounds {
        let run = |site| build(site, &out).stderr(Stdio::piped()).spawn().expect("it starts");
        let runs = [run(&one), run(&two), run(&one)];
        for run in runs {
            let output = run.wait_with_output().expect("it ends");
            assert!(output.status.success(), "round {round}: {}", said(&output));
        }
        assert!(wholes.contains(&whole(&out)), "round {round}: a site with files of another");
    }
    let mut left: Vec<_> =
        fs::read_dir(root.path()).expect("a folder").map(|e| e.expect("e").file_name()).collect();
    left.sort();
    assert_eq!(left, ["one", "out", "two"], "nothing is left beside it");
}

/// Runs a script in a namespace of its own, where it may mount what it likes.
#[cfg(target_os = "linux")]
fn mounted(script: &str, root: &Path) -> Output {
    let mut command = Command::new("unshare");
    if fs::metadata("/proc/self").is_ok_and(|data| {
        use std::os::unix::fs::MetadataExt as _;
        data.uid() != 0
    }) {
        command.arg("--map-root-user");
    }
    command.args(["--mount", "sh", "-euc", script, "sh", PROGRAM]).current_dir(root);
    command.output().expect("unshare is there: it is part of util-linux")
}

#[cfg(target_os = "linux")]
#[test]
fn a_mount_point_is_written_in_place() {
    let root = tempfile::tempdir().expect("a folder");
    site(root.path(), "one", 5);
    without_earlier(root.path());
    let script = "mkdir public
        mount -t tmpfs none public
        $1 build --no-ledger --today 2026-11-22
        test -f public/one-4/index.html
        echo theirs > public/CNAME
        rm content/one-4.md
        $1 build --no-ledger --today 2026-11-22 --keep CNAME
        test ! -e public/one-4 -a -f public/one-3/index.html -a -f public/CNAME
        cp -r public plain
        $1 build --no-ledger --today 2026-11-22 --keep CNAME
        diff -r plain public
        rm public/CNAME plain/CNAME
        $1 build --no-ledger --today 2026-11-22
        $1 build --no-ledger --today 2026-11-22 --out fresh 2> /dev/null
        diff -r fresh public
        ls -A";
    let output = mounted(script, root.path());
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("it is a mount point"), "{}", said(&output));
    assert_eq!(
        String::from_utf8_lossy(&output.stdout).split_whitespace().collect::<Vec<_>>(),
        [".plainsite", "content", "fresh", "plain", "public", "site.toml"]
    );
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_from_the_lower_layer_of_a_container_is_written_in_place() {
    let root = tempfile::tempdir().expect("a folder");
    site(root.path(), "one", 5);
    without_earlier(root.path());
    let script = "mkdir disk && mount -t tmpfs none disk && cd disk
        mkdir lower upper work top
        $1 build --root .. --today 2026-11-22 --out lower/public 2> /dev/null
        mount -t overlay overlay -o lowerdir=lower,upperdir=upper,workdir=work,redirect_dir=off top
        echo '\nMore.' >> ../content/index.md
        $1 build --root .. --today 2026-11-22 --out top/public
        $1 build --root .. --today 2026-11-22 --out fresh 2> /dev/null
        diff -r fresh top/public
        ls -A top";
    let output = mounted(script, root.path());
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("one by one, pages last"), "{}", said(&output));
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "public");
}

#[test]
fn what_others_put_into_the_published_folder_is_named_or_kept() {
    let root = tempfile::tempdir().expect("a folder");
    site(root.path(), "one", 2);
    let public = root.path().join("public");
    assert!(build(root.path(), &public).output().expect("it runs").status.success());
    fs::write(public.join("CNAME"), "guide.example").expect("a file");
    fs::create_dir(public.join(".git")).expect("a folder");
    let output = build(root.path(), &public).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("would delete: .git, CNAME;"), "{}", said(&output));
    assert!(said(&output).contains("keep = [\".git\", \"CNAME\"]"), "{}", said(&output));
    let output = build(root.path(), &public).args(["--keep", ".git", "--keep", "CNAME/"]).output();
    let output = output.expect("it runs");
    assert!(output.status.success(), "{}", said(&output));
    let output = build(root.path(), &public).args(["--keep", "../x"]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("--keep ../x names nothing"), "{}", said(&output));
    let settings = "title = \"Guide\"\n[publish]\nkeep = [\".git\", \"CNAME\"]\n";
    fs::write(root.path().join("site.toml"), settings).expect("a file");
    let output = build(root.path(), &public).output().expect("it runs");
    assert!(output.status.success(), "{}", said(&output));
    assert!(public.join(".git").is_dir() && public.join("CNAME").is_file());
    for bad in ["/CNAME", "../x", "*.html", "a//b", ""] {
        let settings = format!("[publish]\nkeep = [\"{bad}\"]\n");
        fs::write(root.path().join("site.toml"), settings).expect("a file");
        let output = build(root.path(), &public).output().expect("it runs");
        assert_eq!(output.status.code(), Some(1), "{bad}: {}", said(&output));
        let found = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(found.contains("site.toml:2:9: error: "), "{bad}: {found}");
    }
}

/// The addresses of the style sheet and the script of the search that a page names, and of a
/// part of the search index.
fn asked_for(public: &Path) -> Vec<String> {
    let page = fs::read_to_string(public.join("index.html")).expect("a page");
    let index = fs::read_to_string(public.join("search/index.json")).expect("an index");
    let hash = index.split("\"hash\":\"").nth(1).and_then(|rest| rest.split('"').next());
    let named = page.split('"').filter(|word| word.starts_with("assets/"));
    let part = format!("search/parts/pages-0.{}.json", hash.expect("a hash"));
    named.map(str::to_owned).chain([part]).collect()
}

#[test]
fn what_an_open_page_asks_for_stays_when_the_site_changes() {
    let root = tempfile::tempdir().expect("a folder");
    site(root.path(), "one", 2);
    let public = root.path().join("public");
    let publish = |ink: &str, more: &str| {
        let settings = format!("title = \"Guide\"\n[theme.light]\nink = \"{ink}\"\n{more}");
        fs::write(root.path().join("site.toml"), settings).expect("a file");
        fs::write(root.path().join("content/ink.md"), format!("# Ink {ink}\n")).expect("a file");
        let output = build(root.path(), &public).output().expect("it runs");
        assert!(output.status.success(), "{}", said(&output));
    };
    let mut all = Vec::new();
    for ink in ["#111111", "#121212", "#131313"] {
        publish(ink, "");
        let asked = asked_for(&public);
        let is_style = |path: &&String| path.contains("style");
        assert!(asked.len() >= 3 && !all.contains(asked.iter().find(is_style).expect("a style")));
        all.extend(asked);
        for path in &all {
            assert!(public.join(path).is_file(), "{path} is gone after {ink}");
        }
    }
    // In a manifest that says that they left long ago.
    let manifest = public.join(".plainsite");
    let text = fs::read_to_string(&manifest).expect("a manifest");
    let old = text.lines().map(|line| match line.split(' ').collect::<Vec<_>>()[..] {
        ["earlier", hash, size, _, builds, path] => {
            format!("earlier {hash} {size} 5 {builds} {path}\n")
        }
        _ => format!("{line}\n"),
    });
    fs::write(&manifest, old.collect::<String>()).expect("a file");
    publish("#141414", "");
    let is_own = |path: &&String| path.contains("style") || path.contains("pages-0");
    for path in all.iter().filter(is_own).take(2) {
        assert!(!public.join(path).exists(), "{path}");
    }
    for path in asked_for(&public) {
        assert!(public.join(&path).is_file(), "{path}");
    }
    publish("#151515", "[publish]\nearlier-days = 0\n");
    whole(&public);
    let text = fs::read_to_string(&manifest).expect("a manifest");
    assert!(!text.contains("\nearlier "), "{text}");
}

#[test]
fn a_build_says_which_addresses_came_changed_and_went() {
    let root = tempfile::tempdir().expect("a folder");
    site(root.path(), "one", 7);
    let public = root.path().join("public");
    let run = || {
        let output = build(root.path(), &public).output().expect("it runs");
        assert!(output.status.success(), "{}", said(&output));
        said(&output)
    };
    let first = run();
    assert!(first.contains("New: /, ") && first.contains(" others."), "{first}");
    let state = || {
        let time = |path: &str| fs::metadata(public.join(path)).and_then(|data| data.modified());
        tree(&public).keys().map(|path| (path.clone(), time(path).expect("a time"))).collect()
    };
    let before: Vec<_> = state();
    for arguments in [&[][..], &["--no-cache"]] {
        let output = build(root.path(), &public).args(arguments).output().expect("it runs");
        assert!(said(&output).starts_with("Nothing changed.\n"), "{}", said(&output));
        assert_eq!(before, state(), "nothing is written");
    }
    fs::write(root.path().join("content/two.md"), "# Two\n\nWords.\n").expect("a file");
    fs::remove_file(root.path().join("content/one-3.md")).expect("it is there");
    let page = root.path().join("content/one-1.md");
    let text = fs::read_to_string(&page).expect("a page") + "\nMore words.\n";
    fs::write(&page, text).expect("a file");
    let changes = run();
    let line = |start: &str| {
        let line = changes.lines().find(|line| line.starts_with(start));
        line.unwrap_or_else(|| panic!("{changes}")).to_owned()
    };
    assert_eq!(line("New"), "New: /two/.");
    assert!(line("Changed").contains("/one-1/"), "{changes}");
    assert!(!changes.contains("assets/") && !changes.contains("search/index"), "{changes}");
    assert_eq!(line("Gone"), "Gone: /one-3/.");
}

#[test]
fn what_the_site_is_made_of_is_never_published_over() {
    let above = tempfile::tempdir().expect("a folder");
    let root = above.path().join("site");
    site(&root, "one", 1);
    for folder in ["themes/plain", ".git/objects", "content/money"] {
        fs::create_dir_all(root.join(folder)).expect("a folder");
    }
    fs::write(root.join("content/money/index.md"), "# Money\n").expect("a file");
    #[cfg(unix)]
    for (leads_to, link) in [("content", "pages"), (".git", "hidden"), (".", "here"), ("..", "up")]
    {
        std::os::unix::fs::symlink(leads_to, root.join(link)).expect("a link");
    }
    let before = tree(&root.join("content"));
    #[rustfmt::skip] // a list of words reads better in lines
    let refused = [
        "content", "content/money", "content/new/er", "themes", "themes/plain", ".git",
        ".git/objects/public", ".plainsite", "site.toml", ".", "..", "../..", "new/../content",
        "pages", "pages/money", "pages/new", "hidden/public", "here", "up",
    ];
    for out in refused {
        if cfg!(not(unix)) && ["pages", "hidden", "here", "up"].iter().any(|l| out.starts_with(l)) {
            continue;
        }
        let output = build(&root, &root.join(out)).output().expect("it runs");
        assert_eq!(output.status.code(), Some(2), "{out}: {}", said(&output));
        assert!(said(&output).contains(" holds "), "{out}: {}", said(&output));
        assert!(said(&output).contains("give another folder with --out"), "{}", said(&output));
    }
    assert_eq!(tree(&root.join("content")), before);
    assert!(build(&root, &root.join("new/public")).output().expect("it runs").status.success());
}

#[test]
fn a_compressed_form_stands_beside_each_text_when_asked_for() {
    let root = tempfile::tempdir().expect("a folder");
    site(root.path(), "one", 2);
    let settings = "title = \"Guide\"\n[publish]\ncompress = [\"gz\", \"br\"]\n";
    fs::write(root.path().join("site.toml"), settings).expect("a file");
    let public = root.path().join("public");
    let output = build(root.path(), &public).output().expect("it runs");
    assert!(output.status.success(), "{}", said(&output));
    assert!(!said(&output).contains(".gz"), "{}", said(&output));
    let files = whole(&public);
    let unpacked = Command::new("gzip")
        .args(["-dc"])
        .arg(public.join("index.html.gz"))
        .output()
        .expect("gzip is everywhere");
    assert_eq!(unpacked.stdout, files["index.html"]);
    for end in ["html", "css", "js", "json"] {
        let with = |more: &str| {
            files.keys().filter(|path| path.ends_with(&format!(".{end}{more}"))).count()
        };
        assert!(with(".br") > 0 && with(".gz") > 0, "{end}");
    }
    let other = root.path().join("other");
    assert!(build(root.path(), &other).output().expect("it runs").status.success());
    assert!(tree(&public) == tree(&other), "the same bytes each time");
    // Nobody looks into them.
    let audit = Command::new(PROGRAM).arg("audit").arg(&public).output().expect("it runs");
    assert!(audit.status.success() && !said(&audit).contains(".gz"), "{}", said(&audit));
    let settings = "title = \"Guide\"\n[publish]\ncompress = [\"zip\"]\n";
    fs::write(root.path().join("site.toml"), settings).expect("a file");
    let output = build(root.path(), &public).output().expect("it runs");
    let found = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(found.contains("“zip” cannot stand here"), "{found}");
    assert!(found.contains("write `\"gz\"` or `\"br\"`"), "{found}");
}

#[test]
fn no_site_here_is_said_and_where_it_is() {
    let root = tempfile::tempdir().expect("a folder");
    site(root.path(), "one", 1);
    let inside = root.path().join("content");
    fs::create_dir(inside.join("money")).expect("a folder");
    for (folder, above) in [(inside.clone(), ".."), (inside.join("money"), "../..")] {
        for command in [
            &["build"][..],
            &["check"],
            &["serve", "--port", "0"],
            &["search", "word"],
            &["letter", "--list"],
            &["uses", "x"],
            &["new", "guidance", "help"],
        ] {
            let run = Command::new(PROGRAM).args(command).current_dir(&folder).output();
            let output = run.expect("it runs");
            assert_eq!(output.status.code(), Some(2), "{command:?}: {}", said(&output));
            let hint = format!("it is above this folder: add --root {above}");
            assert!(said(&output).contains("no site is in this folder"), "{}", said(&output));
            assert!(said(&output).trim_end().ends_with(&hint), "{}", said(&output));
        }
        assert!(!folder.join("public").exists());
    }
    let empty = tempfile::tempdir().expect("a folder");
    fs::write(empty.path().join("notes.md"), "# Notes\n").expect("a file");
    let output = build(empty.path(), &empty.path().join("public")).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("no site is in"), "{}", said(&output));
    assert!(said(&output).contains("plainsite init"), "{}", said(&output));
}

/// Every command that prints results, in a folder with a site and a folder of HTML.
const SPEAKING: &[&[&str]] = &[
    &["explain"],
    &["explain", "link-text"],
    &["check"],
    &["check", "--format", "json"],
    &["build"],
    &["search", "page"],
    &["audit", "html"],
    &["audit", "html", "--format", "earl"],
    &["index", "html"],
    &["--help"],
    &["build", "--help"],
];

fn speaking_site() -> tempfile::TempDir {
    let root = tempfile::tempdir().expect("a folder");
    site(root.path(), "one", 2);
    // Something to say: a warning, and a page that fails.
    fs::write(root.path().join("content/a.md"), "# One\n\nSee [this page](b.md#x).\n")
        .expect("a file");
    fs::write(root.path().join("content/b.md"), "# Two\n\nClick [here](a.md).\n").expect("a file");
    fs::create_dir(root.path().join("html")).expect("a folder");
    fs::write(root.path().join("html/a.html"), "<p><img src=x>").expect("a file");
    root
}

#[test]
fn a_reader_that_goes_away_is_no_panic() {
    let root = speaking_site();
    for arguments in SPEAKING {
        let mut run = Command::new(PROGRAM)
            .args(*arguments)
            .current_dir(root.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        drop(run.stdout.take());
        let output = run.wait_with_output().expect("it ends");
        assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {}", said(&output));
        assert!(!said(&output).contains("panicked"), "{arguments:?}: {}", said(&output));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_behind_the_output_is_an_error_in_words() {
    let root = speaking_site();
    let full = || fs::OpenOptions::new().write(true).open("/dev/full").expect("Linux has it");
    for arguments in SPEAKING {
        let run = |err: Stdio| {
            let mut run = Command::new(PROGRAM);
            run.args(*arguments).current_dir(root.path()).stdout(full()).stderr(err);
            run.spawn().expect("it starts").wait_with_output().expect("it ends")
        };
        let output = run(Stdio::piped());
        assert_ne!(output.status.code(), Some(101), "{arguments:?}: {}", said(&output));
        // It has nothing to say there.
        if !arguments.contains(&"index") {
            assert_eq!(output.status.code(), Some(2), "{arguments:?}: {}", said(&output));
            assert!(
                said(&output).contains("to standard output"),
                "{arguments:?}: {}",
                said(&output)
            );
        }
        // Nothing can be said at all: the exit status still tells.
        assert_eq!(run(full().into()).status.code(), output.status.code(), "{arguments:?}");
    }
}

#[test]
fn findings_go_to_standard_output_in_every_format() {
    let root = speaking_site();
    for command in [&["check"][..], &["build"], &["audit", "html"]] {
        for format in ["human", "plain", "json", "github", "sarif"] {
            let output = Command::new(PROGRAM)
                .args(command)
                .args(["--format", format])
                .current_dir(root.path())
                .output()
                .expect("it runs");
            assert_eq!(output.status.code(), Some(1), "{command:?} {format}: {}", said(&output));
            let found = String::from_utf8_lossy(&output.stdout);
            assert!(found.contains("a.md") || found.contains("a.html"), "{command:?} {format}");
            assert_eq!(said(&output).lines().count(), 1, "{command:?} {format}: {}", said(&output));
        }
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_machine_without_threads_to_give_still_builds() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let root = tempfile::tempdir().expect("a folder");
    site(root.path(), "one", 3);
    let speaking = speaking_site();
    // The limit does not hold for root, so somebody else runs a copy of the program.
    let is_root = fs::metadata("/proc/self").expect("Linux has it").uid() == 0;
    // Copied by another process: while this one has it open for writing, a test beside this
    // may start a program, which then has it open too, and nobody can run it.
    let copied = Command::new("cp").args([PROGRAM.as_ref(), root.path().as_os_str()]).status();
    assert!(copied.expect("cp is there").success());
    let folders = [root.path(), speaking.path(), &speaking.path().join("html")];
    for folder in folders {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o777)).expect("set");
    }
    let become_nobody = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    let program = root.path().join("plainsite");
    let alone = ["prlimit", "--nproc=1", program.to_str().expect("text")];
    let first = if is_root { become_nobody.as_slice() } else { &[] };
    let words: Vec<&str> = first.iter().chain(&alone).copied().collect();
    let run = |arguments: &[&str], folder: &Path| {
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).args(arguments).current_dir(folder);
        command.output().expect("setpriv and prlimit are there: they are part of util-linux")
    };
    let output =
        run(&["build", "--no-ledger", "--today", "2026-11-22", "--out", "out"], root.path());
    assert!(output.status.success(), "{:?} {}", output.status, said(&output));
    assert!(root.path().join("out/one-2/index.html").is_file());
    for arguments in SPEAKING {
        let output = run(arguments, speaking.path());
        let code = output.status.code();
        assert!(matches!(code, Some(0 | 1)), "{arguments:?} {code:?} {}", said(&output));
    }
    let output = run(&["serve", "--port", "0"], root.path());
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("no more threads"), "{}", said(&output));
}

#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_fills_up_leaves_the_site() {
    let root = tempfile::tempdir().expect("a folder");
    site(root.path(), "one", 1);
    without_earlier(root.path());
    let script = "mkdir disk && mount -t tmpfs -o size=1m none disk
        $1 build --today 2026-11-22 --out disk/public 2> /dev/null
        cp -r disk/public before
        for number in $(seq 200); do cp content/one-0.md content/two-$number.md; done
        if $1 build --today 2026-11-22 --out disk/public > /dev/null; then exit 1; fi
        diff -r before disk/public
        ls -A disk";
    let output = mounted(script, root.path());
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("No space left on device"), "{}", said(&output));
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "public");
}

#[cfg(target_os = "linux")]
#[test]
fn a_machine_with_few_files_to_open_leaves_the_site_or_replaces_it() {
    let root = tempfile::tempdir().expect("a folder");
    let [old, new, public] = ["old", "new", "public"].map(|name| root.path().join(name));
    site(&old, "old", 3);
    site(&new, "new", 3);
    for (site, out) in [(&old, &public), (&new, &new.join("out"))] {
        assert!(build(site, out).output().expect("it runs").status.success());
    }
    let (before, after) = (whole(&public), whole(&new.join("out")));
    let mut failed = 0;
    for most in [4, 5, 6, 7, 8, 10, 16, 64] {
        let mut command = Command::new("prlimit");
        command.args([
            &format!("--nofile={most}"),
            PROGRAM,
            "build",
            "--no-ledger",
            "--today",
            "2026-11-22",
        ]);
        command.arg("--no-cache").arg("--root").arg(&new).arg("--out").arg(&public);
        let output = command.output().expect("prlimit is there: it is part of util-linux");
        let right = if output.status.success() { &after } else { &before };
        assert!(whole(&public) == *right, "{most}: {}", said(&output));
        if !output.status.success() {
            failed += 1;
            assert_eq!(output.status.code(), Some(2), "{most}: {}", said(&output));
            assert!(said(&output).contains("Too many open files"), "{most}: {}", said(&output));
        }
        // What could not be removed without opening it, the next run removes.
        let next = build(&old, &public).arg("--no-cache").output().expect("it runs");
        assert!(next.status.success(), "{}", said(&next));
        assert_eq!(fs::read_dir(root.path()).expect("a folder").count(), 3, "nothing is left");
    }
    assert!(failed > 0, "each limit was wide enough");
}

/// Somebody else made the folder, and this one may read it and no more.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_may_not_be_written_to_stays_as_it_is_and_is_named() {
    use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
    let root = tempfile::tempdir().expect("a folder");
    site(root.path(), "one", 1);
    let public = root.path().join("public");
    assert!(build(root.path(), &public).output().expect("it runs").status.success());
    let before = tree(&public);
    let is_root = fs::metadata("/proc/self").expect("Linux has it").uid() == 0;
    let copied = Command::new("cp").args([PROGRAM.as_ref(), root.path().as_os_str()]).status();
    assert!(copied.expect("cp is there").success());
    let program = root.path().join("plainsite");
    let mode = |folder: &Path, mode| {
        fs::set_permissions(folder, fs::Permissions::from_mode(mode)).expect("set");
    };
    mode(root.path(), 0o555);
    mode(&public, 0o555);
    fs::write(root.path().join("content/new.md"), "# New\n").expect("a file");
    let first = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"];
    let first = if is_root { first.as_slice() } else { &["env"] };
    for arguments in [&["build"][..], &["build", "--out", "other"]] {
        let mut command = Command::new(first[0]);
        command.args(&first[1..]).arg(&program).args(arguments).current_dir(root.path());
        let output = command.output().expect("setpriv is there: it is part of util-linux");
        assert_eq!(output.status.code(), Some(2), "{}", said(&output));
        assert!(said(&output).contains("could not write"), "{}", said(&output));
        assert!(said(&output).contains("Permission denied"), "{}", said(&output));
    }
    assert!(tree(&public) == before);
    mode(root.path(), 0o755);
    mode(&public, 0o755);
}

/// A program that asks for memory and gets none is ended, whatever it does: what it was about
/// to publish must not matter.
#[cfg(target_os = "linux")]
#[test]
fn a_machine_without_memory_to_give_leaves_the_site_or_replaces_it() {
    let root = tempfile::tempdir().expect("a folder");
    let [old, new, public] = ["old", "new", "public"].map(|name| root.path().join(name));
    site(&old, "old", 3);
    site(&new, "new", 3);
    for (site, out) in [(&old, &public), (&old, &old.join("out")), (&new, &new.join("out"))] {
        assert!(build(site, out).output().expect("it runs").status.success());
    }
    let (before, after) = (whole(&public), whole(&new.join("out")));
    for megabytes in [40, 80, 120, 160, 200, 300, 400, 600] {
        let mut command = Command::new("prlimit");
        let limit = format!("--as={}", megabytes * 1_000_000);
        command.args([&limit, PROGRAM, "build", "--no-ledger", "--today", "2026-11-22", "--root"]);
        command.arg(&new).arg("--out").arg(&public);
        let output = command.output().expect("prlimit is there: it is part of util-linux");
        let right = if output.status.success() { &after } else { &before };
        assert!(whole(&public) == *right, "{megabytes} MB: {}", said(&output));
        assert_ne!(output.status.code(), Some(101), "{megabytes} MB: {}", said(&output));
        assert!(build(&old, &public).output().expect("it runs").status.success());
        assert_eq!(fs::read_dir(root.path()).expect("a folder").count(), 3, "nothing is left");
    }
}
