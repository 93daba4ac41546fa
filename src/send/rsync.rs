//! A place that the program `rsync` reaches: over ssh, or one of its own servers.
//!
//! Each call names the files, so nothing is touched that is not ours. A file takes its place
//! when all of it is there, and the files of one call when all of them are (`--delay-updates`).

use std::{
    collections::BTreeMap,
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

    /// Runs it, with a list of files to look at where there is one.
    fn run(&self, arguments: &[&str], ends: [&str; 2], list: &[&str]) -> Result<Done, Error> {
        let mut command = Command::new(PROGRAM);
        command.args(["--protect-args", "--timeout=60"]).args(arguments);
        if !list.is_empty() {
            command.args(["--from0", "--files-from=-"]);
        }
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
        let arguments =
            ["--times", "--checksum", "--delay-updates", "--mkpath", "--chmod=D755,F644", "-p"];
        self.done(&arguments, [&here, &self.place], paths).map(|_| ())
    }

    fn different(&self, from: &Path, paths: &[&str]) -> Result<Vec<String>, Error> {
        let here = format!("{}/", from.display());
        let arguments = ["--checksum", "-n", "-8", "--out-format=%n"];
        let out = self.done(&arguments, [&here, &self.place], paths)?;
        let lines = String::from_utf8_lossy(&out).lines().map(str::to_owned).collect::<Vec<_>>();
        Ok(lines.into_iter().filter(|line| !line.is_empty() && !line.ends_with('/')).collect())
    }

    fn remove(&self, paths: &[&str]) -> Result<(), Error> {
        // What is named and is not in this folder goes there: it has folders and no files.
        let empty = Scratch::new()?;
        for above in paths.iter().filter_map(|path| Path::new(path).parent()) {
            let above = empty.0.join(above);
            fs::create_dir_all(&above).map_err(|why| Error::Write(above, why))?;
        }
        let here = format!("{}/", empty.0.display());
        self.done(&["--delete-missing-args"], [&here, &self.place], paths).map(|_| ())
    }
}
