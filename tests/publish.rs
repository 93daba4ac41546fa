//! Publishing from outside: two runs at once, folders that cannot be moved, and output that
//! nobody takes.

use std::{
    collections::BTreeMap,
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
    command.args(["build", "--today", "2026-11-22", "--root"]).arg(root).arg("--out").arg(out);
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

#[test]
fn two_builds_at_once_into_one_folder_leave_one_whole_site() {
    let root = tempfile::tempdir().expect("a folder");
    let [one, two, out] = ["one", "two", "out"].map(|name| root.path().join(name));
    site(&one, "one", 30);
    site(&two, "two", 45);
    let whole: Vec<_> = [&one, &two]
        .iter()
        .map(|site| {
            let alone = site.join("alone");
            assert!(build(site, &alone).output().expect("it runs").status.success());
            tree(&alone)
        })
        .collect();
    for round in 0..12 {
        let run = |site| build(site, &out).stderr(Stdio::piped()).spawn().expect("it starts");
        let runs = [run(&one), run(&two), run(&one)];
        for run in runs {
            let output = run.wait_with_output().expect("it ends");
            assert!(output.status.success(), "round {round}: {}", said(&output));
        }
        assert!(whole.contains(&tree(&out)), "round {round}: a site with files of another");
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
    let script = "mkdir public
        mount -t tmpfs none public
        $1 build --today 2026-11-22
        test -f public/one-4/index.html
        echo theirs > public/CNAME
        printf '\n[publish]\nkeep = [\"CNAME\"]\n' >> site.toml
        rm content/one-4.md
        $1 build --today 2026-11-22
        test ! -e public/one-4 -a -f public/one-3/index.html -a -f public/CNAME
        cp -r public plain
        $1 build --today 2026-11-22
        diff -r plain public
        rm public/CNAME plain/CNAME
        $1 build --today 2026-11-22 --out fresh 2> /dev/null
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
    let output = run(&["build", "--today", "2026-11-22", "--out", "out"], root.path());
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
    let (before, after) = (tree(&public), tree(&new.join("out")));
    for megabytes in [40, 80, 120, 160, 200, 300, 400, 600] {
        let mut command = Command::new("prlimit");
        let limit = format!("--as={}", megabytes * 1_000_000);
        command.args([&limit, PROGRAM, "build", "--today", "2026-11-22", "--root"]);
        command.arg(&new).arg("--out").arg(&public);
        let output = command.output().expect("prlimit is there: it is part of util-linux");
        let whole = if output.status.success() { &after } else { &before };
        assert!(tree(&public) == *whole, "{megabytes} MB: {}", said(&output));
        assert_ne!(output.status.code(), Some(101), "{megabytes} MB: {}", said(&output));
        assert!(build(&old, &public).output().expect("it runs").status.success());
        assert_eq!(fs::read_dir(root.path()).expect("a folder").count(), 3, "nothing is left");
    }
}
