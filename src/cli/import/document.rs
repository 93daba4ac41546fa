//! A document of Word, LibreOffice or the web becomes pages: `plainsite import guide.docx`.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use super::{super::speak::tell, ImportArgs, print_findings};
use crate::{
    config,
    desk::{files::DeskFiles, picture},
    diagnostic::{Diagnostic, Error, Report},
    import::document::{self, LONG_PAGE, Made, Wanted, block::Document},
    output::{Bytes, Files},
    rule,
    text::{Source, Span, slug, wording::counted},
    write,
};

/// Makes pages of a document.
pub(super) fn run(args: &ImportArgs, bytes: &[u8]) -> Result<ExitCode, Error> {
    let file = args.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let settings = config::read(&args.root)?;
    let folder = args.file.parent().map(Path::to_owned).unwrap_or_default();
    let beside = |address: &str| beside(&folder, address);
    let read = document::read(bytes, &file, &beside);
    let document = match read {
        Ok(document) => document,
        Err(refusal) => {
            tell!("{file} {}. Nothing was written.", refusal.words());
            return Ok(ExitCode::from(1));
        }
    };
    let wanted = Wanted {
        file: &file,
        folder: {
            let folder = target(args.into.as_deref())?;
            stays_inside(&args.root, &folder)?;
            folder
        },
        name: args.name.as_deref().map(name_of_page).transpose()?,
        split_at: args.split_at,
        is_letter: args.letter,
        language: language(&document, &settings.config.languages),
    };
    let words = document::words(&document);
    let mut made = document::make(document, &wanted);
    for why in picture::refuse(&mut made.pictures) {
        tell!("{why}");
    }
    let is_there = |path: &&str| args.root.join(path).exists();
    let paths = made.pages.iter().map(|page| page.path.as_str());
    let there: Vec<&str> =
        paths.chain(made.pictures.keys().map(String::as_str)).filter(is_there).collect();
    if let Some(first) = there.first().filter(|_| !args.replace && !args.dry_run) {
        tell!(
            "{first} is there already. Nothing was written. Add --replace to put the new text in its place: its address stays, and the old text is kept; or --name {} to make another page.",
            document::other_name(first, &wanted.folder, |path| args.root.join(path).exists())
        );
        return Ok(ExitCode::from(1));
    }
    let mut report = Report::default();
    for page in &made.pages {
        let source = Source::new(page.path.as_str(), page.text.as_str());
        let found = page.lost.iter().map(|(span, loss)| {
            // A line that says something is a better place than the end of one.
            let span = Span::new(span.start, span.start);
            Diagnostic::warning(&rule::DOCUMENT, span, loss.message.as_str()).hint(loss.hint)
        });
        report.add(&source, found);
    }
    print_findings(&report.findings(), args.format)?;
    if !args.dry_run {
        let pages = made.pages.iter().map(|page| (page.path.clone(), page.text.clone().into()));
        let pictures =
            made.pictures.iter().map(|(path, bytes)| (path.clone(), Bytes::Own(bytes.clone())));
        let files: Files = pages.chain(pictures).collect();
        keep_copies(&args.root, &there)?;
        write::change(&files, &args.root)?;
    }
    tell!("{}", last_line(args, &made, words));
    Ok(ExitCode::SUCCESS)
}

/// Where files are as they were before an import wrote over them.
const BEFORE: &str = ".plainsite/import";

/// Keeps what is about to be written over: somebody may have worked on it.
fn keep_copies(root: &Path, paths: &[&str]) -> Result<(), Error> {
    for path in paths {
        let (from, to) = (root.join(path), root.join(BEFORE).join(path));
        let folder = to.parent().unwrap_or(root);
        std::fs::create_dir_all(folder).map_err(|why| Error::Write(folder.to_owned(), why))?;
        std::fs::copy(&from, &to).map_err(|why| Error::Write(to.clone(), why))?;
        // Of a file of words the desk can bring each state back.
        if let Err(why) = DeskFiles::new(root).keep(path) {
            tell!("{why}");
        }
    }
    match paths {
        [] => {}
        [one] => tell!(
            "{one} was there, and is kept as it was in {BEFORE}/{one}, and under “Earlier states” of `plainsite desk`."
        ),
        [one, ..] => tell!(
            "{one} and {} were there, and are kept as they were in {BEFORE}/, and pages under “Earlier states” of `plainsite desk`.",
            counted(paths.len() - 1, "more file", "more files")
        ),
    }
    Ok(())
}

/// A file beside a page of the web, or in a folder beside it. Nothing else is read.
fn beside(folder: &Path, address: &str) -> Option<Vec<u8>> {
    let address =
        crate::text::address::decoded(address.split(['?', '#']).next()?).replace('\\', "/");
    let is_inside = !address.starts_with('/')
        && !address.contains(':')
        && address.split('/').all(|part| part != "..");
    if !is_inside || address.is_empty() {
        return None;
    }
    let path = folder.join(address);
    let about = std::fs::symlink_metadata(&path).ok()?;
    if !about.is_file() || about.len() > document::LARGEST {
        return None;
    }
    // A folder may be a link that leads elsewhere.
    let (real, own) = (path.canonicalize().ok()?, folder.canonicalize().ok()?);
    if !real.starts_with(own) {
        return None;
    }
    std::fs::read(path).ok()
}

/// The folder for pages, with `/` at its end.
fn target(into: Option<&str>) -> Result<String, Error> {
    let slashes = into.unwrap_or("content").replace('\\', "/");
    let wanted = slashes.trim_start_matches("./").trim_matches('/');
    let leads_out = slashes.starts_with('/')
        || wanted.contains(':')
        || wanted.split('/').any(|part| part == "..");
    // No page is read in folders that begin so.
    let is_unread = |part: &str| part.starts_with(['_', '.']);
    if wanted.split('/').any(is_unread) {
        let message = format!(
            "no page is read in “{}”; give a folder whose name begins with a letter, such as \
             content/manage",
            into.unwrap_or_default()
        );
        return Err(Error::Usage(message));
    }
    if leads_out || wanted != "content" && !wanted.starts_with("content/") {
        let message = format!(
            "“{}” leads out of the pages of the site; give a folder such as content/manage",
            into.unwrap_or_default()
        );
        return Err(Error::Usage(message));
    }
    Ok(format!("{wanted}/"))
}

/// Refuses a folder that is a link to a place outside of the site.
fn stays_inside(root: &Path, folder: &str) -> Result<(), Error> {
    let Ok(own) = root.canonicalize() else { return Ok(()) };
    let mut place = root.join(folder);
    while !place.exists() && place.pop() {}
    match place.canonicalize() {
        Ok(real) if !real.starts_with(&own) => Err(Error::Usage(format!(
            "{folder} leads to {}, outside of the site; give another folder",
            real.display()
        ))),
        _ => Ok(()),
    }
}

/// What a page is to be called, without the end of its name.
fn name_of_page(name: &str) -> Result<String, Error> {
    let stem = name.strip_suffix(".md").unwrap_or(name);
    if slug(stem) == stem && !stem.is_empty() {
        return Ok(stem.to_owned());
    }
    let message =
        format!("“{name}” is no name for a page; write small letters and hyphens: {}", slug(stem));
    Err(Error::Usage(message))
}

/// The language of a document, where it is one of the site’s others.
fn language(document: &Document, languages: &[String]) -> Option<String> {
    let own = document.language.as_deref()?;
    let primary = own.split(['-', '_']).next()?.to_ascii_lowercase();
    let others = languages.iter().skip(1);
    others.into_iter().find(|tag| tag.split('-').next() == Some(primary.as_str())).cloned()
}

/// What happened, and what to do next.
fn last_line(args: &ImportArgs, made: &Made, words: usize) -> String {
    let pages = counted(made.pages.len(), "page", "pages");
    let first = made.pages.first().map_or("", |page| page.path.as_str());
    let lost: usize = made.pages.iter().map(|page| page.lost.len()).sum();
    let mut line = match (args.dry_run, made.pages.len()) {
        (true, 1) => format!("{first} would be written."),
        (true, _) => format!("{pages} would be written, beginning with {first}."),
        (false, 1) => format!("{first} was written, as a draft."),
        (false, _) => format!("{pages} were written as drafts, beginning with {first}."),
    };
    if !made.pictures.is_empty() {
        line += &format!(" It has {}.", counted(made.pictures.len(), "picture", "pictures"));
    }
    line += &match lost {
        0 => " Nothing that is known of was lost.".to_owned(),
        1 => " One thing was lost or changed: see above.".to_owned(),
        lost => format!(" {lost} things were lost or changed: see above, and the top of the page."),
    };
    if made.pages.len() == 1 && words > LONG_PAGE && !args.letter {
        line += &format!(
            " It has {words} words, which is long for a page: add `--split-at 2` to make a guide with a page for each heading."
        );
    }
    if made.blanks > 2 && !args.letter {
        line += &format!(
            " It has {} blanks to fill in: add `--letter` to make a letter with fields of it.",
            made.blanks
        );
    }
    line + match args.dry_run {
        true => " Nothing was written. Leave out --dry-run to write it.",
        false => {
            " Read it beside the document with `plainsite serve`, then take `status: draft` out."
        }
    }
}

/// Where a file is too large for anything, the sentence that says so.
pub(super) fn too_large(file: &Path) -> Error {
    let file = PathBuf::from(file.file_name().unwrap_or_default());
    Error::Usage(format!(
        "{} is larger than {} MB; save it without its pictures, or in parts",
        file.display(),
        document::LARGEST / 1024 / 1024
    ))
}
