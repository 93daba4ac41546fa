//! A place that the program `rsync` reaches: over ssh, or one of its own servers.
//!
//! Each call names the files, so nothing is touched that is not ours. A file takes its place
//! when all of it is there, and the files of one call when all of them are (`--delay-updates`).

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{self, Write as _},
    path::Path,
    process::{Command, Stdio},
};

use super::{
    place::{Place, There},
    there::Scratch,
};
use crate::diagnostic::Error;

/// A place as rsync names it, with `/` at the end.
pub(super) struct Rsync {
    place: String,
}

impl Rsync {
    /// Refuses when there is no rsync here.
    pub(super) fn new(place: &str) -> Result<Self, Error> {
        match Command::new(PROGRAM).arg("--version").output() {
            Ok(_) => {}
            Err(why) if why.kind() == io::ErrorKind::NotFound => {
                return Err(Error::Usage(
                    "rsync is not installed on this machine; install it (apt-get install rsync, \
                     or brew install rsync), or publish to a folder or to s3://"
                        .into(),
                ));
            }
            Err(why) => return Err(Error::Usage(format!("rsync could not be started: {why}"))),
        }
        Ok(Self { place: format!("{}/", place.trim_end_matches('/')) })
    }

    /// Runs it, with a list to read where an argument asks for one.
    fn run(&self, arguments: &[&str], ends: [&str; 2], list: &[&str]) -> Result<Done, Error> {
        let mut command = Command::new(PROGRAM);
        // A list of rules is read where its argument stands, so how it is written goes first.
        command.args(["--protect-args", "--timeout=60", "--from0"]).args(arguments);
        command.arg("--").args(ends);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let failed = |why: io::Error| Error::Usage(format!("rsync could not be run: {why}"));
        let mut run = command.spawn().map_err(failed)?;
        let names = list.iter().fold(Vec::new(), |mut names, name| {
            names.extend_from_slice(name.as_bytes());
            names.push(0);
            names
        });
        let input = run.stdin.take();
        // Both at once: it may speak before it has read all of the list.
        let output = std::thread::scope(|scope| {
            let write = || {
                let mut input = input;
                // That it reads no more, its exit status says.
                let _ = input.as_mut().map(|input| input.write_all(&names));
            };
            let begun = std::thread::Builder::new().spawn_scoped(scope, write);
            begun.map_err(failed)?;
            run.wait_with_output().map_err(failed)
        })?;
        Ok(Done {
            code: output.status.code(),
            out: output.stdout,
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        })
    }

    /// The same, and says what went wrong.
    fn done(&self, arguments: &[&str], ends: [&str; 2], list: &[&str]) -> Result<Vec<u8>, Error> {
        let done = self.run(arguments, ends, list)?;
        if done.code == Some(0) { Ok(done.out) } else { Err(self.failed(&done)) }
    }

    fn failed(&self, done: &Done) -> Error {
        let what = match done.code {
            Some(5 | 10 | 12 | 30 | 35 | 255) => {
                "could not be reached, or the connection broke off"
            }
            Some(11) => "could not be written to",
            Some(23) => "took not all of it",
            _ => "could not be written to with rsync",
        };
        // The first lines say why, and the last where in rsync that was noticed.
        let said: Vec<&str> =
            done.err.lines().map(str::trim).filter(|line| !line.is_empty()).take(2).collect();
        Error::Usage(format!(
            "{} {what} ({}); what has arrived is there: publish again and the rest is sent",
            self.place,
            said.join(" ")
        ))
    }
}

const PROGRAM: &str = "rsync";

/// What came of a run.
struct Done {
    code: Option<i32>,
    out: Vec<u8>,
    err: String,
}

impl Place for Rsync {
    fn name(&self) -> String {
        self.place.clone()
    }

    fn list(&self) -> Result<BTreeMap<String, There>, Error> {
        let empty = Scratch::new()?;
        let here = format!("{}/", empty.0.display());
        // As if it were fetched: names without any dressing, one a line.
        let done =
            self.run(&["-r", "-l", "-n", "-8", "--out-format=%l %n"], [&self.place, &here], &[])?;
        match done.code {
            Some(0) => {}
            // It will be made. Only that: a folder inside that may not be read is a fault.
            Some(23) if done.err.contains("change_dir") && done.err.contains("No such file") => {
                return Ok(BTreeMap::new());
            }
            _ => return Err(self.failed(&done)),
        }
        let mut files = BTreeMap::new();
        for line in String::from_utf8_lossy(&done.out).lines() {
            let Some((size, name)) = line.trim_start().split_once(' ') else { continue };
            let Ok(size) = size.replace(',', "").parse() else { continue };
            if !name.ends_with('/') {
                files.insert(name.to_owned(), There { size, md5: None });
            }
        }
        Ok(files)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Error> {
        let folder = Scratch::new()?;
        let here = folder.0.join("file");
        let from = format!("{}{path}", self.place);
        self.done(&["--inplace"], [&from, &here.to_string_lossy()], &[])?;
        fs::read(&here).map_err(|why| Error::Read(here, why))
    }

    fn put(&self, from: &Path, paths: &[&str]) -> Result<(), Error> {
        let here = format!("{}/", from.display());
        let how =
            ["--times", "--checksum", "--delay-updates", "--mkpath", "--chmod=D755,F644", "-p"];
        self.done(&[&how[..], &[NAMED]].concat(), [&here, &self.place], paths).map(|_| ())
    }

    fn different(&self, from: &Path, paths: &[&str]) -> Result<Vec<String>, Error> {
        let here = format!("{}/", from.display());
        let arguments = ["--checksum", "-n", "-8", "--out-format=%n", NAMED];
        let out = self.done(&arguments, [&here, &self.place], paths)?;
        let lines = String::from_utf8_lossy(&out).lines().map(str::to_owned).collect::<Vec<_>>();
        Ok(lines.into_iter().filter(|line| !line.is_empty() && !line.ends_with('/')).collect())
    }

    fn remove(&self, paths: &[&str]) -> Result<(), Error> {
        // An empty folder takes the place of what is there, of which all but these is left alone. It
        // could be told by name what is missing, but servers that were mended in 2026 refuse that.
        for paths in paths.chunks(MOST_REMOVED) {
            let empty = Scratch::new()?;
            let mut rules = BTreeSet::new();
            for path in paths {
                rules.insert(rule(path));
                for above in Path::new(path).ancestors().skip(1).filter_map(Path::to_str) {
                    if !above.is_empty() && rules.insert(rule(&format!("{above}/"))) {
                        let above = empty.0.join(above);
                        fs::create_dir_all(&above).map_err(|why| Error::Write(above, why))?;
                    }
                }
            }
            let rules: Vec<&str> = rules.iter().map(String::as_str).collect();
            let here = format!("{}/", empty.0.display());
            let arguments = ["-r", "--delete", "--include-from=-", "--exclude=*"];
            self.done(&arguments, [&here, &self.place], &rules)?;
        }
        Ok(())
    }
}

/// The list holds the names of files.
const NAMED: &str = "--files-from=-";

/// So many files are removed at once: each is held against the rules of all of them.
const MOST_REMOVED: usize = 1_000;

/// A path as a rule of rsync that means it alone.
fn rule(path: &str) -> String {
    let mut rule = String::from("/");
    // A backslash is itself where nothing in the rule is a sign.
    let has_signs = path.contains(['*', '?', '[']);
    for letter in path.chars() {
        if has_signs && matches!(letter, '*' | '?' | '[' | '\\') {
            rule.push('\\');
        }
        rule.push(letter);
    }
    rule
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_is_named_is_removed_and_nothing_else() {
        let there = tempfile::tempdir().expect("a folder");
        let write = |name: &str| {
            let path = there.path().join(name);
            fs::create_dir_all(path.parent().expect("a folder above")).expect("a folder");
            fs::write(path, name).expect("a file");
        };
        let gone = ["a[1].pdf", r"b\c.txt", "deep/er/x*.txt", r"deep/y?\z.txt", "# not a remark"];
        gone.iter().copied().for_each(write);
        for stays in ["a1.pdf", "c.txt", "deep/er/xy.txt", r"deep/yz\z.txt", "er/x*.txt"] {
            write(stays);
        }
        let place = Rsync::new(&there.path().to_string_lossy()).expect("rsync is there");
        place.remove(&gone).expect("they are removed");
        let left: Vec<_> = place.list().expect("a list").into_keys().collect();
        assert_eq!(left, ["a1.pdf", "c.txt", "deep/er/xy.txt", r"deep/yz\z.txt", "er/x*.txt"]);
    }
}
