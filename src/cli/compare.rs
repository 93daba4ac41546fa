//! What a site lost since it was published, for `plainsite check --compare`.

use std::{collections::BTreeMap, path::Path};

use super::site;
use crate::{
    Examined, Options, build,
    diagnostic::{Diagnostic, Error, Finding, Report},
    html::decode,
    load,
    lost::{self, Loss, What},
    model::{Page, Site},
    output::Files,
    rule,
    text::{Source, Span, shorten},
};

/// What was compared, and what is gone.
pub(super) struct Compared {
    /// How many letters.
    pub(super) letters: usize,
    /// How many other pages.
    pub(super) pages: usize,
    /// What was found.
    pub(super) lost: Vec<Finding>,
}

/// The pages of a site as it was, by path: of a published site, or of the folder of a site.
pub(super) fn last(before: &Path, options: Options) -> Result<BTreeMap<String, String>, Error> {
    let old = if before.join("site.toml").is_file() {
        pages(before, options)?
    } else {
        let pages =
            load::html(before, |(path, bytes)| Some((path, String::from_utf8(bytes.ok()?).ok()?)))?;
        pages.into_iter().flatten().collect::<BTreeMap<_, _>>()
    };
    if old.is_empty() {
        let message = format!(
            "{} holds no pages; give a published site, or the folder of a site as it was",
            before.display()
        );
        return Err(Error::Usage(message));
    }
    Ok(old)
}

/// The pages that a site makes, by path.
pub(super) fn pages(root: &Path, options: Options) -> Result<BTreeMap<String, String>, Error> {
    let pages = build(root, options)?.files.into_iter();
    let pages = pages.filter(|(path, _)| path.ends_with(".html"));
    let read = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(pages.map(|(path, bytes)| (path, read(bytes.as_slice()))).collect())
}

/// How many pages are named of those that lost the same.
const NAMED: usize = 3;

/// What the site in `root`, of which `files` were made, lost since `before`: a published site,
/// or the folder of a site as it was.
pub(super) fn compare(
    root: &Path,
    files: &Files,
    before: &Path,
    options: Options,
) -> Result<Compared, Error> {
    let old = last(before, options)?;
    let now = files.iter().filter(|(path, _)| path.ends_with(".html"));
    let now = now.filter_map(|(path, bytes)| {
        Some((path.as_str(), std::str::from_utf8(bytes.as_slice()).ok()?))
    });
    let found = lost::compare(&old, &now.collect());
    let (_, Examined { site, .. }) = site::read(root, options)?;
    let mut report = Report::default();
    for loss in &found.losses {
        tell(loss, &site, before, &mut report);
    }
    let is_rewritten = |page: &&Page| {
        let path = page.url.output();
        // A note that the last version had tells of something else.
        let note = page.front.changes.first().map(|change| change.note.as_str());
        let old = old.get(&path).map_or("", String::as_str);
        !page.made
            && found.rewritten.contains(&path)
            && note.is_none_or(|note| decode(old).contains(note))
    };
    for page in site.pages.iter().filter(is_rewritten) {
        let message = "many words of this page are others than before, and no note says so";
        let hint = "add under `changes:` a `date` and a `note` of what is new for its readers; \
                    where it says the same in other words, there is nothing to tell";
        let place = page.text.document.fields().start();
        let asked = Diagnostic::warning(&rule::UNNOTED_CHANGE, place, message).hint(hint);
        report.add(page.source(), [asked]);
    }
    Ok(Compared { letters: found.letters, pages: found.pages, lost: report.findings() })
}

fn tell(loss: &Loss, site: &Site, before: &Path, report: &mut Report) {
    let page_at = |path: &&String| {
        let pages = site.pages.iter().filter(|page| !page.made);
        pages.into_iter().find(|page| page.url.output() == **path)
    };
    let written: Vec<_> = loss.pages.iter().filter_map(|path| page_at(&path)).collect();
    if let What::Letter(title) = &loss.what {
        for path in &loss.pages {
            let message =
                format!("the letter “{title}” was published, and there is no such letter");
            let hint = "bring it back, or write another that does the same: people were sent there";
            let found = Diagnostic::warning(&rule::LETTER_LOST, Span::default(), message);
            report
                .add(&Source::new(before.join(path).display().to_string(), ""), [found.hint(hint)]);
        }
        return;
    }
    // What lists of pages show is written elsewhere.
    let Some(first) = written.first() else { return };
    let fields = first.text.document.fields();
    let is_letter = first.kind.sheet().is_some();
    let rule = if is_letter { &rule::LETTER_LOST } else { &rule::PAGE_LOST };
    let place = match fields.place("kind").filter(|_| is_letter) {
        Some(place) => place,
        None => fields.start(),
    };
    let (had, has) = match written.len() {
        1 => ("the last version".to_owned(), "this one has not"),
        many => (format!("the last versions of {many} pages"), "now they have not"),
    };
    let message = match &loss.what {
        What::Part(what) => {
            format!("the last version had a part that said {what}, and this one has not")
        }
        What::Fact(fact) => format!("{had} had “{fact}”, and {has}"),
        What::Sentence(words) => {
            format!("the last version said “{}”, and nothing here is about it", shorten(words))
        }
        What::Heading(words) => {
            format!("{had} had a part “{}”, and nothing is about it now", shorten(words))
        }
        What::Link(address) => format!("{had} led to {address}, and {has}"),
        What::Letter(_) => return,
    };
    let hint = match written.len() {
        1 => "put it back if the reader needs it".to_owned(),
        many => {
            let named: Vec<&str> =
                written.iter().skip(1).take(NAMED).map(|page| &*page.source().path).collect();
            let more = many - 1 - named.len();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            format!("put it back if readers need it; the others are {}{more}", named.join(", "))
        }
    };
    report.add(first.source(), [Diagnostic::warning(rule, place, message).hint(hint)]);
}
