//! The answers of the desk: what is asked of it, and what is sent to it.
//!
//! `desk` knows files and pages; the site as it is written comes from [`Live`]. Who may ask has
//! been looked at before.

use std::{
    collections::BTreeMap,
    sync::atomic::{AtomicU64, Ordering},
};

use serde_json::json;

use super::{
    answer::{Answer, answer_for_desk, safe},
    live::Live,
    request::Request,
    shown::Shown,
};
use crate::{
    changed,
    desk::{
        files::{DeskFiles, Refusal, Saved, Sheet},
        found::{Found, found, with_change},
        items::Items,
        join::{Keep, joined, parts},
        page::{
            DESK, Notice, POLICY,
            edit::{
                Editing, FieldPlaces, FieldsOfFile, FormOf, Parts, View, edit, is_record, lists,
                says,
            },
            edit_address,
            fields::{ADDRESSES, Choices, FILES, PLACES},
            framed,
            list::{Entry, list, nothing},
            new::{self, Answers},
            sentence,
            states::{conflict, gone, states},
            text, value,
        },
        picture::{self, add_picture},
        reads::Reads,
        record::Sent,
        sent::{SentFile, SentForm, form, query},
    },
    diagnostic::Finding,
    import::document::{self, Wanted},
    index, load,
    model::{
        Page,
        kind::{CAN_I_BUY, EASY_READ, KINDS, KindEntry},
        schema::LISTS,
        spoken::SPOKEN_LANGUAGES,
    },
    output::{Bytes, Files},
    parse::Fence,
    rename,
    starters::{
        self,
        drawings::{self, drawings},
    },
    text::{
        Date, Source,
        address::{folder_of, name_of, stem_of},
        date::moment,
        media::media_type,
        slug,
        wording::counted,
    },
    write,
};

/// Tells one trial from the next, so that a frame loads its page again.
static TRIALS: AtomicU64 = AtomicU64::new(0);

/// What comes of words that are tried out.
#[derive(Debug, Default)]
struct Tried {
    /// What is found in what is shown.
    found: Vec<Found>,
    /// How much is found in what is not.
    elsewhere: usize,
    /// How they read.
    reads: Option<Reads>,
    /// The address of the page that they make.
    seen: Option<String>,
}

/// What is asked of the desk.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    pub(super) live: &'a Live,
    pub(super) request: &'a Request,
    /// Its address behind the key: `edit`.
    pub(super) own: &'a str,
    /// What was sent along; none for a page that is asked for.
    pub(super) body: Option<Vec<u8>>,
}

/// Whether an address is one of the desk.
pub(super) fn is_desk(path: &str) -> bool {
    path.starts_with(DESK) || path == DESK.trim_end_matches('/')
}

impl Asked<'_> {
    /// The answer.
    pub(super) fn answer(&self) -> Answer {
        let asked = self.request.address.split_once('?').map_or("", |(_, asked)| asked);
        let Some(body) = &self.body else {
            let answer = match self.own.strip_prefix("site/") {
                Some(path) => self.site(path, asked),
                None => self.page(self.own, &query(asked)),
            };
            return answer;
        };
        let Some(sent) = form(&self.request.media_type, body) else {
            return html(400, sentence("Not understood", "What was sent is no form."));
        };
        match self.own {
            "save" => self.save(&sent.words),
            "look" => self.look(&sent.words),
            "join" => self.join(&sent.words),
            "try" => self.try_out(&sent.words),
            "forget" => self.forget(&sent.words),
            "restore" => self.restore(&sent.words),
            "remove" => self.remove(&sent.words),
            "translate" => self.translate(&sent.words),
            "rename" => self.rename(&sent.words),
            "new" => self.make(&sent.words),
            "picture" => self.picture(&sent),
            "paste" => paste(&sent.words, &self.files()),
            "import" => self.import(&sent),
            _ => not_there(),
        }
    }

    fn files(&self) -> DeskFiles {
        DeskFiles::new(self.live.root())
    }

    /// A page of the site as it is, that leads to where it is written.
    fn site(&self, path: &str, asked: &str) -> Answer {
        let shown = self.live.built();
        let address = format!("/{path}{}{asked}", if asked.is_empty() { "" } else { "?" });
        let other = self.live.other_edition(&shown, &address);
        other.unwrap_or_else(|| {
            let whole = self.request.address.split('?').next().unwrap_or_default();
            let desk = whole.strip_suffix(path).and_then(|desk| desk.strip_suffix("site/"));
            answer_for_desk(&shown, &address, desk.unwrap_or(DESK))
        })
    }

    fn page(&self, own: &str, asked: &Sent) -> Answer {
        if let Some(path) = own.strip_prefix("seen/") {
            return self.seen(path, false);
        }
        if let Some(name) = own.strip_prefix("drawing/") {
            let found = drawings().iter().find(|drawing| drawing.file == name);
            return found.map_or_else(not_there, |drawing| file(name, drawing.svg));
        }
        if let Some(path) = own.strip_prefix("seen-staff/") {
            return self.seen(path, true);
        }
        match own {
            "" => self.list(asked),
            "edit" => self.edit(asked),
            "new" => {
                let answers = Answers {
                    folder: asked.get("folder").unwrap_or_default().to_owned(),
                    ..Answers::default()
                };
                html(200, new::new(&self.folders(), &self.choices(), &answers, None))
            }
            "import" => html(200, new::import(&self.folders(), None)),
            "states" => {
                let notice = asked.get("done").map(|words| Notice::Done(words.to_owned()));
                self.states(asked, notice.as_ref())
            }
            "changes" => self.changes(),
            "find" => {
                self.find(asked.get("q").unwrap_or_default(), asked.get("from").unwrap_or_default())
            }
            "parts" => self.parts(),
            "drawings" => {
                let found = drawings::find(asked.get("q").unwrap_or_default());
                let all: Vec<_> = found
                    .iter()
                    .map(|drawing| json!({ "file": drawing.file, "about": drawing.about }))
                    .collect();
                json(&json!(all))
            }
            "desk.js" => file(own, include_str!("../desk/desk.js")),
            "desk.css" => file(own, include_str!("../desk/desk.css")),
            _ => not_there(),
        }
    }

    /// All pages and records.
    fn list(&self, asked: &Sent) -> Answer {
        let files = self.files();
        let shown = self.live.shown();
        let mut problems: BTreeMap<&str, usize> = BTreeMap::new();
        for found in &shown.findings {
            *problems.entry(&*found.file).or_default() += 1;
        }
        let held: BTreeMap<&str, String> =
            shown.left_out.iter().map(|page| (page.file.as_str(), page.why.to_string())).collect();
        let entry = |file: &str, title: &str, kind: &str| Entry {
            file: file.to_owned(),
            title: if title.is_empty() { name_of(file).to_owned() } else { title.to_owned() },
            kind: kind.to_owned(),
            held: held.get(file).cloned().unwrap_or_default(),
            problems: problems.get(file).copied().unwrap_or(0),
            is_unsaved: files.unsaved(file).is_some(),
        };
        let all = self.live.of_everything(|front| {
            let site = front.site();
            let pages = site.pages.iter().filter(|page| !page.made);
            let main = front.languages().first();
            let of_page = |page: &Page| {
                // Two versions of a page may have one title.
                let title = match main {
                    Some(main) if page.language != *main => {
                        format!("{} ({})", page.title, site.languages.of(&page.language).name())
                    }
                    _ => page.title.clone(),
                };
                entry(&page.source().path, &title, page.kind.entry.name)
            };
            let mut all: Vec<Entry> = pages.map(of_page).collect();
            let others = site.sources().filter(|source| source.path.contains('/'));
            let others = others.filter(|source| {
                ["/_data/", "/_snippets/"].iter().any(|part| source.path.contains(part))
            });
            all.extend(others.map(|source| entry(&source.path, "", "")));
            all.push(entry("site.toml", "Settings of the site", ""));
            all
        });
        let mut all = all.unwrap_or_default();
        all.sort_by(|a, b| a.file.cmp(&b.file).then_with(|| a.title.cmp(&b.title)));
        // A list of records is one file, and many pages.
        all.dedup_by(|later, first| {
            let is_same = later.file == first.file;
            if is_same {
                name_of(&first.file).clone_into(&mut first.title);
            }
            is_same
        });
        if all.is_empty() {
            return html(200, nothing());
        }
        let notice = asked.get("done").map(|words| Notice::Done(words.to_owned()));
        html(200, list(&all, &files.taken_away(), files.content(), notice.as_ref()))
    }

    /// A file to work on: by its path, or by the address of its page.
    fn edit(&self, asked: &Sent) -> Answer {
        let path = match (asked.get("file"), asked.get("page")) {
            (Some(file), _) => file.to_owned(),
            (None, Some(page)) => {
                let shown = self.live.built();
                let base = shown.base_path.trim_end_matches('/');
                let page = page.strip_prefix(base).unwrap_or(page);
                match shown.source_of(page) {
                    Some(file) => return Answer::elsewhere(303, edit_address(file)),
                    None => {
                        let words = "This page is made by the program, of others.";
                        return html(404, sentence("Nothing to edit", words));
                    }
                }
            }
            (None, None) => return Answer::elsewhere(303, "./".to_owned()),
        };
        let files = self.files();
        let sheet = match files.read(&path) {
            Ok(Some(sheet)) => {
                files.begin(&sheet);
                sheet
            }
            Ok(None) => match files.unsaved(&path) {
                // What somebody typed is there, also when the file is not.
                Some(unsaved) => {
                    let sheet = Sheet { path, words: String::new(), version: unsaved.version };
                    let words = "This file was taken away, and you typed words that are not \
                                 saved: here they are.";
                    let notice = Some(Notice::Not(words.into()));
                    return self.editing(&sheet, &unsaved.words, &View::Fields, notice, true);
                }
                None => return self.gone(&path),
            },
            Err(why) => return html(404, sentence("This cannot be edited here", &why)),
        };
        let view = View::of(asked);
        let unsaved = files.unsaved(&path).filter(|unsaved| unsaved.words != sheet.words);
        let notice = match (asked.get("done"), &unsaved) {
            (Some(words), _) => Some(Notice::Done(words.to_owned())),
            (None, Some(unsaved)) if unsaved.version != sheet.version => Some(Notice::Not(
                "You typed words that are not saved, and the file has changed since then. Both \
                 are kept: saving shows them beside each other."
                    .into(),
            )),
            (None, Some(_)) => Some(Notice::Done(
                "These are the words that you typed last. They are not saved yet.".into(),
            )),
            (None, None) => None,
        };
        match unsaved {
            Some(unsaved) => {
                let sheet = Sheet { version: unsaved.version, ..sheet };
                self.editing(&sheet, &unsaved.words, &view, notice, true)
            }
            None => {
                let words = sheet.words.clone();
                self.editing(&sheet, &words, &view, notice, false)
            }
        }
    }

    /// What is said of a file that is not there.
    fn gone(&self, path: &str) -> Answer {
        let files = self.files();
        if !files.states(path).is_empty() {
            let words = format!(
                "<p><code>{}</code> is not there any more. \
                 <a href=\"states?file={}\">Its earlier states</a> are kept.</p>\n",
                text(path),
                value(path)
            );
            return html(404, framed("Taken away", None, &words));
        }
        html(404, sentence("Nothing there", &format!("There is no file {path}.")))
    }

    /// The page on which `words` are worked on in the place of those of `sheet`.
    fn editing(
        &self,
        sheet: &Sheet,
        words: &str,
        view: &View,
        notice: Option<Notice>,
        is_unsaved: bool,
    ) -> Answer {
        let path = &sheet.path;
        let parts = Parts::of(path, words, view);
        let (form, title) = self.form_for(path, &parts);
        let is_text = *view == View::Text || matches!(form, FormOf::Text);
        let begins = if is_text { 0 } else { parts.begins(words) };
        let Tried { found, elsewhere, reads, seen } =
            self.tried(path, words, begins, &form, &parts);
        let choices = self.choices();
        // What was asked for is here, whatever there is to say about it.
        let is_refused = self.body.is_some() && matches!(notice, Some(Notice::Not(_)));
        let status = if is_refused { 409 } else { 200 };
        html(
            status,
            edit(&Editing {
                title: &title,
                sheet,
                parts: &parts,
                form: &form,
                view,
                found: &found,
                elsewhere,
                reads: reads.map(|reads| (reads, words, begins)),
                seen,
                choices: &choices,
                notice,
                states: self.files().states(path).len(),
                is_unsaved,
                languages: self.other_languages(path),
                new_lists: self.new_lists(path, words),
            }),
        )
    }

    /// The lists that a page may have and has not yet.
    fn new_lists(&self, path: &str, words: &str) -> Vec<Fence> {
        let known = self.live.of_everything(|front| {
            let pages = &front.site().pages;
            let page = pages.iter().find(|page| !page.made && &*page.source().path == path)?;
            let is = |page: &Page, kind: &KindEntry| page.kind.entry.name == kind.name;
            let mut all = Vec::new();
            let above = page.relations.above.last().map(|&id| &pages[id]);
            if [Some(page), above].into_iter().flatten().any(|page| is(page, &CAN_I_BUY)) {
                all.push(Fence::Buy);
            }
            if is(page, &EASY_READ) {
                all.push(Fence::Symbols);
            }
            Some(all)
        });
        let mut all = known.flatten().unwrap_or_default();
        let own = lists(&Source::new(path, words));
        all.retain(|fence| path.ends_with(".md") && own.iter().all(|(known, _)| known != fence));
        all
    }

    /// The form of what is shown of a file, and what the file is called.
    fn form_for(&self, path: &str, parts: &Parts) -> (FormOf, String) {
        let (mut form, title) = self.form_of(path);
        if let Some(fence) = parts.list {
            form = FormOf::Items(Items::of_list(fence));
        }
        if !form.fits(path, &parts.facts) {
            form = FormOf::Text;
        }
        (form, title)
    }

    /// The form of a file, and what it is called.
    fn form_of(&self, path: &str) -> (FormOf, String) {
        let known = self.live.of_everything(|front| {
            let pages = front.site().pages.iter().filter(|page| !page.made);
            let mut own = pages.filter(|page| &*page.source().path == path);
            let page = own.next()?;
            // A list of many records has no form of one.
            let is_one = own.next().is_none();
            Some((is_one.then_some(page.kind.entry), page.title.clone()))
        });
        match known.flatten() {
            Some((Some(kind), title)) => (FormOf::of(path, Some(kind)), title),
            Some((None, _)) => (FormOf::Text, name_of(path).to_owned()),
            None => (FormOf::of(path, None), name_of(path).to_owned()),
        }
    }

    /// What is found in words of which `parts` are shown.
    fn tried(&self, path: &str, words: &str, begins: usize, form: &FormOf, parts: &Parts) -> Tried {
        let Some(mut tried) = self.live.try_out(path, words) else { return Tried::default() };
        let is_data = matches!(form, FormOf::Items(_)) && parts.list.is_none();
        if is_data && self.is_saved(path, words) {
            self.add_built(path, words, &mut tried.findings);
        }
        let places = FieldPlaces::of(form, path, &parts.facts);
        let is_form = begins > 0 && !matches!(form, FormOf::Text);
        let fields = FieldsOfFile { places, begins: parts.around.0.len(), is_form };
        // Of a page of which a list is shown, what is in the list.
        let (own, others): (Vec<_>, Vec<_>) = tried.findings.into_iter().partition(|finding| {
            let before = parts.around.0.matches('\n').count();
            let own = before..=before + parts.facts.matches('\n').count() + 1;
            parts.list.is_none() || !is_form || own.contains(&finding.start.line)
        });
        let all = found(&own, words, begins, &fields);
        let folder = if tried.is_for_staff { "seen-staff" } else { "seen" };
        let number = TRIALS.fetch_add(1, Ordering::Relaxed);
        let seen = tried.address.map(|address| {
            format!("{folder}{}?n={number}", crate::text::address::encoded_path(&address))
        });
        let reads = tried.reads.filter(|_| parts.list.is_none());
        Tried { found: all, elsewhere: others.len(), reads, seen }
    }

    /// Whether a file has just these words.
    fn is_saved(&self, path: &str, words: &str) -> bool {
        matches!(self.files().read(path), Ok(Some(saved)) if saved.words == words)
    }

    /// What only the finished site tells of a file: a search that finds another page, an address
    /// that leads nowhere.
    fn add_built(&self, path: &str, words: &str, findings: &mut Vec<Finding>) {
        let lines: Vec<&str> = words.lines().collect();
        for found in &self.live.settled().findings {
            // An older build may have seen other lines.
            let line = found.start.line.checked_sub(1).and_then(|line| lines.get(line));
            let is_there = line.is_some_and(|line| line.trim() == found.line_text.trim());
            let is_same = |one: &Finding| (one.code(), one.start) == (found.code(), found.start);
            if *found.file == *path && is_there && !findings.iter().any(is_same) {
                findings.push(found.clone());
            }
        }
    }

    /// A page with the words that were tried out last, or what it uses.
    fn seen(&self, path: &str, is_for_staff: bool) -> Answer {
        let path = crate::text::address::decoded(path);
        let file = match path.is_empty() || path.ends_with('/') {
            true => format!("{path}index.html"),
            false => path.clone().into_owned(),
        };
        if file.ends_with(".html")
            && let Some(page) = self.live.tried_page(&file, is_for_staff)
        {
            return Answer::html(200, String::from_utf8_lossy(&page).into_owned());
        }
        let shown: std::sync::Arc<Shown> = self.live.built();
        let bytes = shown.file(&file).or_else(|| self.live.tried_file(&file, is_for_staff));
        match bytes {
            Some(bytes) => safe(&file, Answer::new(200, media_type(&file), bytes.as_slice())),
            None if !path.ends_with('/') && !name_of(&path).contains('.') => {
                Answer::elsewhere(308, format!("{}/", value(name_of(&path))))
            }
            None => Answer::refusal(404, "There is no such page."),
        }
    }

    /// The path and the words of a file as a form sent them, and whether a list that the form
    /// has would be no list in them.
    fn whole(&self, sent: &Sent) -> (String, String, bool) {
        let path = sent.get("file").unwrap_or_default().to_owned();
        let words = sent.get("words").map(|words| words.replace("\r\n", "\n"));
        let view = View::of(sent);
        if view == View::Text {
            return (path, words.unwrap_or_default(), false);
        }
        let around = |name| sent.get(name).unwrap_or_default().replace("\r\n", "\n");
        let facts = around("facts");
        let list = sent.get("fence").and_then(Fence::named).filter(|one| LISTS.contains(one));
        let kind = sent.get("kind").and_then(|name| KINDS.iter().find(|kind| kind.name == name));
        let form = match (list, kind) {
            (Some(fence), _) => FormOf::Items(Items::of_list(fence)),
            (None, Some(kind)) => FormOf::of(&path, Some(kind)),
            (None, None) => self.form_of(&path).0,
        };
        let is_bare = list.is_some() || is_record(&path);
        let words = if is_bare { None } else { Some(words.unwrap_or_default()) };
        let parts = Parts {
            facts: form.edited(&path, &facts, sent),
            words,
            around: (around("open"), around("close")),
            list,
        };
        let whole = parts.whole();
        let is_lost = list.is_some() && !parts.is_list_in(&path, &whole, &view);
        (path, whole, is_lost)
    }

    /// Shows a file as text, with a list in it that would be no list.
    fn not_a_list(&self, sheet: &Sheet) -> Answer {
        let why = "Nothing was saved: where this list stands, it would not be read as one. The \
                   words above it may end in code that is never closed, and in the list no line \
                   may begin with ```. Here is all of it as text.";
        let notice = Some(Notice::Not(why.to_owned()));
        _ = self.files().keep_unsaved(&sheet.path, &sheet.version, &sheet.words);
        self.editing(sheet, &sheet.words, &View::Text, notice, true)
    }

    fn sheet_of(&self, sent: &Sent, path: &str, words: &str) -> Sheet {
        let version = sent.get("version").unwrap_or_default().to_owned();
        Sheet { path: path.to_owned(), words: words.to_owned(), version }
    }

    fn save(&self, sent: &Sent) -> Answer {
        let (path, words, is_lost) = self.whole(sent);
        let files = self.files();
        let sheet = self.sheet_of(sent, &path, &words);
        if is_lost {
            return self.not_a_list(&sheet);
        }
        let view = View::of(sent);
        let (seen, is_new) = (self.live.shown().number, !self.is_saved(&path, &words));
        match files.save(&path, &sheet.version, &words) {
            Ok(Saved::Done(_)) => {
                // What the next page says of a data file is of the site with this in it.
                if is_new && path.contains("_data/") {
                    self.live.next(seen);
                }
                let to = format!(
                    "{}{}&done={}",
                    edit_address(&path),
                    view.in_address(),
                    value("Saved.")
                );
                Answer::elsewhere(303, to)
            }
            Ok(Saved::Changed(theirs)) => {
                _ = files.keep_unsaved(&path, &sheet.version, &words);
                self.conflict(&sheet, &theirs, sent, None)
            }
            Ok(Saved::Gone) => {
                _ = files.keep_unsaved(&path, &sheet.version, &words);
                html(409, gone(&sheet))
            }
            Err(why) => self.editing(&sheet, &words, &view, Some(Notice::Not(why)), true),
        }
    }

    /// Two versions, with a choice at each place that is another in each.
    fn conflict(&self, mine: &Sheet, theirs: &Sheet, sent: &Sent, why: Option<&str>) -> Answer {
        let begun = self.files().begun(&mine.version);
        let places = parts(begun.as_deref(), &mine.words, &theirs.words);
        let kept = |number| sent.get(&format!("place {number}")).and_then(Keep::named);
        let notice = why.map(|why| Notice::Not(why.to_owned()));
        html(409, conflict(mine, theirs, &places, kept, notice.as_ref()))
    }

    /// Makes one text of two, of what was chosen at each place, and shows it before it is saved.
    fn join(&self, sent: &Sent) -> Answer {
        let path = sent.get("file").unwrap_or_default();
        let files = self.files();
        let words = sent.get("words").unwrap_or_default().replace("\r\n", "\n");
        let mine = self.sheet_of(sent, path, &words);
        let theirs = match files.read(path) {
            Ok(Some(theirs)) => theirs,
            Ok(None) => return html(409, gone(&mine)),
            Err(why) => return html(409, sentence("Not joined", &why)),
        };
        if sent.get("theirs") != Some(theirs.version.as_str()) {
            let why = "The file has changed once more: here it is as it is now.";
            return self.conflict(&mine, &theirs, &Sent::default(), Some(why));
        }
        let begun = files.begun(&mine.version);
        let places = parts(begun.as_deref(), &mine.words, &theirs.words);
        let kept = |number| sent.get(&format!("place {number}")).and_then(Keep::named);
        let Some(joined) = joined(&places, kept) else {
            let why = "Choose what is kept at each place.";
            return self.conflict(&mine, &theirs, sent, Some(why));
        };
        if let Err(why) = files.keep_words(path, &mine.words) {
            return self.conflict(&mine, &theirs, sent, Some(&why));
        }
        let words = match joined == theirs.words {
            true => {
                files.forget_unsaved(path);
                "It is as they have it."
            }
            false => match files.keep_unsaved(path, &theirs.version, &joined) {
                Ok(()) => "The two are one now. Look at it, and save it.",
                Err(why) => return self.conflict(&mine, &theirs, sent, Some(&why)),
            },
        };
        Answer::elsewhere(303, format!("{}&done={}", edit_address(path), value(words)))
    }

    /// Shows words that are not saved, with a change made in them if one was asked for, or
    /// another part of their file.
    fn look(&self, sent: &Sent) -> Answer {
        let mut sent = sent.clone();
        let mut notice = None;
        let change = sent.get("use").unwrap_or_default().to_owned();
        let in_file = change.strip_prefix('@');
        if in_file.is_none() && !change.is_empty() {
            let words = sent.get("words").unwrap_or_default().replace("\r\n", "\n");
            let (words, said) = put_in(words, &change);
            sent.put("words", words);
            notice = said;
        }
        let (path, mut words, is_lost) = self.whole(&sent);
        if let Some(change) = in_file {
            (words, notice) = put_in(words, change);
        }
        let sheet = self.sheet_of(&sent, &path, &words);
        if is_lost {
            return self.not_a_list(&sheet);
        }
        let files = self.files();
        let is_saved = self.is_saved(&path, &words);
        let kept = match is_saved {
            true => {
                files.forget_unsaved(&path);
                Ok(())
            }
            false => files.keep_unsaved(&path, &sheet.version, &words),
        };
        if let (Some(to), Ok(())) = (sent.get("to"), &kept) {
            let view = match to {
                "" => View::Fields,
                list => View::List(list.to_owned()),
            };
            return Answer::elsewhere(303, edit_address(&path) + &view.in_address());
        }
        if let Err(why) = kept {
            notice = Some(Notice::Not(why));
        }
        self.editing(&sheet, &words, &View::of(&sent), notice, !is_saved)
    }

    /// The same for the script of the desk: what is found, and where the page is.
    fn try_out(&self, sent: &Sent) -> Answer {
        let (path, words, _) = self.whole(sent);
        let files = self.files();
        let version = sent.get("version").unwrap_or_default();
        let saved = files.read(&path).ok().flatten();
        let is_unsaved = saved.as_ref().is_none_or(|saved| saved.words != words);
        let kept = match is_unsaved {
            true => files.keep_unsaved(&path, version, &words),
            false => {
                files.forget_unsaved(&path);
                Ok(())
            }
        };
        let view = View::of(sent);
        let parts = Parts::of(&path, &words, &view);
        let (form, _) = self.form_for(&path, &parts);
        let is_text = view == View::Text || matches!(form, FormOf::Text);
        let begins = if is_text { 0 } else { parts.begins(&words) };
        let Tried { found: all, elsewhere, reads, seen } =
            self.tried(&path, &words, begins, &form, &parts);
        let found: Vec<_> = all.iter().map(Found::json).collect();
        json(&json!({
            "says": says(&all, elsewhere),
            "found": found,
            "reads": reads.map(|reads| reads.json(&words, begins)),
            "seen": seen,
            "unsaved": is_unsaved,
            "fault": kept.err(),
            "changed": saved.is_some_and(|saved| saved.version != version),
        }))
    }

    fn forget(&self, sent: &Sent) -> Answer {
        let path = sent.get("file").unwrap_or_default();
        let files = self.files();
        if let Some(unsaved) = files.unsaved(path)
            && let Err(why) = files.keep_words(path, &unsaved.words)
        {
            return html(409, sentence("Not forgotten", &why));
        }
        files.forget_unsaved(path);
        let words = "Forgotten. It is kept with the earlier states.";
        Answer::elsewhere(303, format!("{}&done={}", edit_address(path), value(words)))
    }

    fn states(&self, asked: &Sent, notice: Option<&Notice>) -> Answer {
        let path = asked.get("file").unwrap_or_default();
        let files = self.files();
        let now = match files.read(path) {
            Ok(now) => now,
            Err(why) => return html(404, sentence("No such file", &why)),
        };
        let now = now.unwrap_or_else(|| Sheet {
            path: path.to_owned(),
            words: String::new(),
            version: String::new(),
        });
        html(200, states(&now, &files.states(path), moment, notice))
    }

    fn restore(&self, sent: &Sent) -> Answer {
        let path = sent.get("file").unwrap_or_default();
        let files = self.files();
        let until: Option<u64> = sent.get("until").and_then(|until| until.parse().ok());
        let state = files.states(path).into_iter().find(|state| Some(state.until) == until);
        let Some(state) = state else {
            let notice = Notice::Not("That state is not kept any more.".into());
            return self.states(sent, Some(&notice));
        };
        let why = match files.save(path, sent.get("version").unwrap_or_default(), &state.words) {
            Ok(Saved::Done(_)) => {
                let words = format!("This is how it was until {}.", moment(until.unwrap_or(0)));
                return Answer::elsewhere(
                    303,
                    format!("{}&done={}", edit_address(path), value(&words)),
                );
            }
            Ok(Saved::Changed(_) | Saved::Gone) => {
                "The file has changed meanwhile: look at what is different now.".to_owned()
            }
            Err(why) => why,
        };
        self.states(sent, Some(&Notice::Not(why)))
    }

    fn remove(&self, sent: &Sent) -> Answer {
        let path = sent.get("file").unwrap_or_default();
        match self.files().take_away(path, sent.get("version").unwrap_or_default()) {
            Ok(Saved::Done(_)) => {
                let words =
                    format!("{path} was taken away. To bring it back, ask for its earlier states.");
                Answer::elsewhere(
                    303,
                    format!("states?file={}&done={}", value(path), value(&words)),
                )
            }
            Ok(Saved::Gone) => self.gone(path),
            Ok(Saved::Changed(_)) => html(
                409,
                sentence(
                    "Not taken away",
                    "Somebody else has changed this file meanwhile. Look at it first.",
                ),
            ),
            Err(why) => html(409, sentence("Not taken away", &why)),
        }
    }

    /// The languages of the site in which a page is not written yet, with their names.
    fn other_languages(&self, path: &str) -> Vec<(String, String)> {
        let languages = self.live.of_everything(|front| {
            let page =
                front.site().pages.iter().find(|page| {
                    !page.made && &*page.source().path == path && path.ends_with(".md")
                })?;
            let site = front.site();
            // Versions lead from the page in the first language of the site.
            let main = front.languages().first()?;
            if page.language != *main {
                return None;
            }
            let has = |tag: &str| {
                page.relations.translations.iter().any(|&id| site.pages[id].language == tag)
            };
            let others = front.languages().iter().skip(1).filter(|tag| !has(tag));
            let name = |tag: &String| {
                let english = SPOKEN_LANGUAGES.iter().find(|(_, code)| code == tag);
                let own = || site.languages.of(tag).name().to_owned();
                (tag.clone(), english.map_or_else(own, |(name, _)| (*name).to_owned()))
            };
            Some(others.map(name).collect())
        });
        languages.flatten().unwrap_or_default()
    }

    /// Begins a page in another language with the words that it has.
    fn translate(&self, sent: &Sent) -> Answer {
        let path = sent.get("file").unwrap_or_default();
        let language = sent.get("language").unwrap_or_default();
        let files = self.files();
        let Ok(Some(sheet)) = files.read(path) else { return self.gone(path) };
        let is_known = self.other_languages(path).iter().any(|(tag, _)| tag == language);
        if !is_known {
            return html(409, sentence("Not made", "It is written in this language already."));
        }
        let new = format!("{}.{language}.md", path.trim_end_matches(".md"));
        let (form, _) = self.form_of(path);
        let mut parts = Parts::of(path, &sheet.words, &View::Fields);
        let draft = Sent::from_iter([("facts/status".into(), "draft".into())]);
        parts.facts = form.edited(path, &parts.facts, &draft);
        match files.save(&new, "", &parts.whole()) {
            Ok(Saved::Done(_)) => {
                let words =
                    "It begins as a draft with the words of the other: put yours in their place.";
                Answer::elsewhere(303, format!("{}&done={}", edit_address(&new), value(words)))
            }
            Ok(Saved::Changed(_) | Saved::Gone) => Answer::elsewhere(303, edit_address(&new)),
            Err(why) => html(409, sentence("Not made", &why)),
        }
    }

    fn rename(&self, sent: &Sent) -> Answer {
        let (path, to) = (sent.get("file").unwrap_or_default(), sent.get("to").unwrap_or_default());
        let root = self.live.root();
        let files = self.files();
        let no = |why: &str| html(409, sentence("Not moved", why));
        if files.unsaved(path).is_some() {
            return no(
                "There are words in it that are not saved. Save them, or forget them, first.",
            );
        }
        if let Err(why) = files.place(to.trim()) {
            return no(&why);
        }
        let renamed = rename::plan(root, path, to.trim(), Date::today())
            .and_then(|renamed| rename::carry_out(&renamed, root).map(|()| renamed));
        match renamed {
            Ok(renamed) => {
                let new = renamed.files.keys().find(|file| stem_of(file) == stem_of(to.trim()));
                let new = new.map_or_else(|| to.trim().to_owned(), Clone::clone);
                let words = format!(
                    "Moved. {} mended, and the old address leads here.",
                    counted(renamed.links, "link was", "links were")
                );
                Answer::elsewhere(303, format!("{}&done={}", edit_address(&new), value(&words)))
            }
            Err(why) => html(409, sentence("Not moved", &format!("{why}."))),
        }
    }

    fn make(&self, sent: &Sent) -> Answer {
        let own = |name: &str| sent.get(name).unwrap_or_default().trim().to_owned();
        let answers = Answers {
            title: own("title"),
            kind: own("kind"),
            folder: own("folder"),
            owner: own("owner"),
            every: own("every"),
        };
        let again = |why: String| {
            let notice = Notice::Not(why);
            html(409, new::new(&self.folders(), &self.choices(), &answers, Some(&notice)))
        };
        let name = slug(&answers.title);
        if name.is_empty() {
            return again("Say what the page is called.".into());
        }
        let folder = answers.folder.trim_matches('/');
        let is_index = KINDS.iter().any(|kind| kind.name == answers.kind && kind.is_index);
        let path = match (folder, is_index) {
            ("", false) => name,
            ("", true) => format!("{name}/index"),
            (folder, false) => format!("{folder}/{name}"),
            (folder, true) => format!("{folder}/{name}/index"),
        };
        let files = self.files();
        if let Err(why) = files.place(&format!("{}{path}.md", files.content())) {
            return again(why);
        }
        let root = self.live.root();
        match starters::new_page(root, &answers.kind, &path, Date::today()) {
            Ok(made) => {
                let file = made.files.first().cloned().unwrap_or_default();
                if let Err(why) = self.as_draft(&file, &answers) {
                    return again(why);
                }
                let words = "The page is there, as a draft. Put your own words in place of ours.";
                Answer::elsewhere(303, format!("{}&done={}", edit_address(&file), value(words)))
            }
            Err(why) => again(format!("{why}.")),
        }
    }

    /// Puts the answers to the questions into a new page, which begins as a draft.
    fn as_draft(&self, file: &str, answers: &Answers) -> Result<(), Refusal> {
        let files = self.files();
        let Some(sheet) = files.read(file)? else { return Ok(()) };
        let kind = KINDS.iter().copied().find(|kind| kind.name == answers.kind);
        let form = FormOf::of(file, kind);
        let mut parts = Parts::of(file, &sheet.words, &View::Fields);
        let has_name = matches!(&form, FormOf::Page(fields, _)
            if fields.own.iter().any(|asked| asked.name == "name"));
        let title = if has_name { "facts/name" } else { "facts/title" };
        let mut all = vec![
            (title, answers.title.as_str()),
            ("facts/owner", answers.owner.as_str()),
            ("facts/check again", answers.every.as_str()),
            ("facts/status", "draft"),
        ];
        all.retain(|(_, value)| !value.is_empty());
        let sent = all.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned()));
        parts.facts = form.edited(file, &parts.facts, &sent.collect());
        match files.save(file, &sheet.version, &parts.whole())? {
            Saved::Done(_) => Ok(()),
            Saved::Changed(_) | Saved::Gone => Err("The new page was changed meanwhile.".into()),
        }
    }

    /// A picture for a page: it is put beside the page, and into its words.
    fn picture(&self, sent: &SentForm) -> Answer {
        let path = sent.words.get("file").unwrap_or_default();
        let alt = sent.words.get("alt").unwrap_or_default().trim();
        let files = self.files();
        let drawing = sent.words.get("drawing").and_then(|name| {
            let drawing = drawings().iter().find(|drawing| drawing.file == name)?;
            let bytes = drawing.svg.as_bytes().to_vec();
            Some(SentFile { field: String::new(), name: drawing.file.clone(), bytes })
        });
        let added = match sent.files.first().or(drawing.as_ref()) {
            Some(picture) if !picture.bytes.is_empty() => add_picture(&files, path, picture),
            _ => Err("No picture was chosen.".into()),
        };
        let link = added.map(|name| {
            let words = alt.replace(['[', ']'], "").replace('\n', " ");
            format!("![{words}](pictures/{})", name_of(&name))
        });
        if self.request.accepts.contains("json") {
            return json(&match link {
                Ok(link) => json!({ "text": link }),
                Err(why) => json!({ "fault": why }),
            });
        }
        let sheet = match files.read(path) {
            Ok(Some(sheet)) => sheet,
            _ => return self.gone(path),
        };
        let unsaved = files.unsaved(path);
        let words = unsaved.map_or_else(|| sheet.words.clone(), |unsaved| unsaved.words);
        match link {
            Ok(link) => {
                let words = format!("{}\n\n{link}\n", words.trim_end());
                let kept = files.keep_unsaved(path, &sheet.version, &words);
                let notice = match kept {
                    Ok(()) => Notice::Done(
                        "The picture is at the end of the text. It is not saved yet.".into(),
                    ),
                    Err(why) => Notice::Not(why),
                };
                self.editing(&sheet, &words, &View::Fields, Some(notice), true)
            }
            Err(why) => self.editing(&sheet, &words, &View::Fields, Some(Notice::Not(why)), true),
        }
    }

    /// Pages of a document.
    fn import(&self, sent: &SentForm) -> Answer {
        let again = |why: String| html(409, new::import(&self.folders(), Some(&Notice::Not(why))));
        let files = self.files();
        let words = |name: &str| sent.words.get(name).unwrap_or_default();
        // Who was asked what to do with a page that is there need not send the document again.
        let kept = files.document(words("kept")).map(|bytes| SentFile {
            field: String::new(),
            name: words("called").to_owned(),
            bytes,
        });
        let own = sent.files.first().filter(|own| !own.bytes.is_empty()).or(kept.as_ref());
        let Some(own) = own else {
            let is_late = !words("kept").is_empty();
            return again(match is_late {
                true => "The document is not here any more: choose it again.".into(),
                false => "No document was chosen.".into(),
            });
        };
        let document = match document::read(&own.bytes, &own.name, &|_| None) {
            Ok(document) => document,
            Err(refusal) => return again(format!("{} {}.", own.name, refusal.words())),
        };
        let folder = words("folder").trim_matches('/');
        let folder = match folder {
            "" => files.content().to_owned(),
            folder => format!("{}{folder}/", files.content()),
        };
        let kind = words("as");
        let name = slug(words("name"));
        let wanted = Wanted {
            file: &own.name,
            folder,
            name: Some(name).filter(|name| !name.is_empty()),
            split_at: (kind == "parts").then_some(2),
            is_letter: kind == "letter",
            language: None,
        };
        let mut made = document::make(document, &wanted);
        // Another page beside the one that is there is called something else.
        let is_beside = words("then") == "beside";
        let first = made.pages.first().map(|page| page.path.clone()).filter(|_| is_beside);
        if let Some(first) = first {
            let other = document::other_name(&first, &wanted.folder, |path| {
                files.root().join(path).exists()
            });
            let wanted = Wanted { name: Some(other), folder: wanted.folder.clone(), ..wanted };
            let read = document::read(&own.bytes, &own.name, &|_| None);
            made = match read {
                Ok(document) => document::make(document, &wanted),
                Err(refusal) => return again(format!("{} {}.", own.name, refusal.words())),
            };
        }
        let refused = picture::refuse(&mut made.pictures);
        if let Some(page) = made.pages.iter().find(|page| files.place(&page.path).is_err()) {
            return again(format!("{} is no place for a page.", page.path));
        }
        let is_there = |path: &str| files.root().join(path).exists();
        let there: Vec<&str> = made
            .pages
            .iter()
            .map(|page| page.path.as_str())
            .filter(|path| is_there(path))
            .collect();
        if let Some(first) = there.first() {
            let other = document::other_name(first, &wanted.folder, is_there);
            match words("then") {
                "replace" => {}
                _ => {
                    let kept = match files.keep_document(&own.bytes) {
                        Ok(kept) => kept,
                        Err(why) => return again(why),
                    };
                    let choice = new::Again {
                        there: &there,
                        other: &other,
                        sent: [
                            ("kept", kept.as_str()),
                            ("called", &own.name),
                            ("folder", words("folder")),
                            ("name", words("name")),
                            ("as", kind),
                        ],
                    };
                    return html(409, new::import_again(&choice));
                }
            }
        }
        if let Err(why) = self.put(&made, !there.is_empty()) {
            return again(why);
        }
        let replaced = there.len();
        let title = |text: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix("title: "));
            line.unwrap_or_default().trim_matches('"').to_owned()
        };
        let pages: Vec<(String, String)> =
            made.pages.iter().map(|page| (page.path.clone(), title(&page.text))).collect();
        let lost: Vec<(String, String)> = made
            .pages
            .iter()
            .flat_map(|page| &page.lost)
            .map(|(_, loss)| (loss.message.clone(), loss.hint.to_owned()))
            .chain(refused.into_iter().map(|why| ("A picture".to_owned(), why)))
            .collect();
        html(200, new::imported(&pages, &lost, replaced))
    }

    /// Writes the pages of a document: new ones, or in the place of those that are there, whose
    /// words are kept as a state.
    fn put(&self, made: &document::Made, is_again: bool) -> Result<(), Refusal> {
        let files = self.files();
        let pages = made.pages.iter().map(|page| (page.path.clone(), page.text.clone().into()));
        let pictures =
            made.pictures.iter().map(|(path, bytes)| (path.clone(), Bytes::Own(bytes.clone())));
        if !is_again {
            let all: Files = pages.chain(pictures).collect();
            return write::add(&all, files.root()).map_err(|why| format!("{why}."));
        }
        if let Some(page) = made.pages.iter().find(|page| files.unsaved(&page.path).is_some()) {
            return Err(format!(
                "There are words in {} that are not saved. Save them, or forget them, first.",
                page.path
            ));
        }
        for page in &made.pages {
            files.keep(&page.path)?;
        }
        let all: Files = pages.chain(pictures).collect();
        write::change(&all, files.root()).map_err(|why| format!("{why}."))
    }

    /// What will be different once this is published.
    fn changes(&self) -> Answer {
        let shown = self.live.built();
        let folder = self.live.published();
        let before =
            load::html(&folder, |(path, bytes)| Some((path, String::from_utf8(bytes.ok()?).ok()?)));
        let before: BTreeMap<String, String> =
            before.unwrap_or_default().into_iter().flatten().collect();
        if before.is_empty() {
            let words = format!(
                "Nothing is published in {} yet, so there is nothing to compare with. \
                 plainsite build publishes there.",
                folder.display()
            );
            return html(200, sentence("Before and now", &words));
        }
        let now: BTreeMap<String, String> = shown
            .pages()
            .map(|(path, bytes)| {
                (path.to_owned(), String::from_utf8_lossy(bytes.as_slice()).into_owned())
            })
            .collect();
        let all = changed::changed(&before, &now);
        let mut out = format!(
            "<p>{} since the site was published in <code>{}</code>. Struck out: what stood there. \
             Underlined: what will stand there.</p>\n",
            counted(all.len(), "page is different", "pages are different"),
            text(&folder.display().to_string())
        );
        out.push_str(&changed::as_parts(&all));
        html(200, framed("Before and now", None, &out))
    }

    /// Pages that a link may lead to, found in a reader's words.
    fn find(&self, words: &str, from: &str) -> Answer {
        let shown = self.live.built();
        let made = shown.search_index();
        let options = index::Options { limit: 8, ..Default::default() };
        let hits = index::search(made, words, &options).hits;
        let drafts = self.live.of_everything(|front| {
            let wanted = words.to_lowercase();
            let pages = front.site().pages.iter().filter(|page| !page.made);
            let mut all: Vec<(String, String)> = pages
                .filter(|page| page.title.to_lowercase().contains(&wanted))
                .map(|page| (page.title.clone(), page.source().path.to_string()))
                .collect();
            all.truncate(8);
            all
        });
        let hits = hits.into_iter().filter_map(|hit| {
            let address = format!("/{}", hit.url.trim_start_matches('/'));
            let file = shown.source_of(&address)?.to_owned();
            Some((hit.title, file))
        });
        let mut all: Vec<(String, String)> = Vec::new();
        for (title, file) in hits.chain(drafts.unwrap_or_default()) {
            if !all.iter().any(|(_, known)| *known == file) {
                all.push((title, file));
            }
        }
        let all: Vec<_> = all
            .into_iter()
            .map(|(title, file)| json!({ "title": title, "link": rename::relative(folder_of(from), &file), "file": file }))
            .collect();
        json(&json!(all))
    }

    /// What can be put into a text: contacts, facts, snippets.
    fn parts(&self) -> Answer {
        let parts = self.live.of_everything(|front| {
            let data = &front.site().data;
            let contacts: Vec<_> = data
                .contacts
                .iter()
                .map(|(id, contact)| json!({ "id": id, "name": contact.name }))
                .collect();
            let facts: Vec<_> = data
                .facts
                .iter()
                .map(|(name, fact)| json!({ "id": name, "name": fact.value }))
                .collect();
            let snippets: Vec<_> = front.site().snippets.keys().collect();
            json!({ "contacts": contacts, "facts": facts, "snippets": snippets })
        });
        json(&parts.unwrap_or_default())
    }

    /// What fields can be filled with.
    fn choices(&self) -> Choices {
        let content = self.files().content();
        let choices = self.live.of_everything(|front| {
            let site = front.site();
            let pages = || site.pages.iter().filter(|page| !page.made);
            let file = |page: &Page| page.source().path.strip_prefix(content).map(str::to_owned);
            let files = pages().filter_map(|page| Some((file(page)?, page.title.clone())));
            let addresses = pages().map(|page| (page.url.to_string(), page.title.clone()));
            let areas = site.data.areas.iter();
            let places = areas.map(|area| (area.name.value.clone(), String::new()));
            let contacts = site.data.contacts.iter();
            Choices {
                contacts: contacts.map(|(id, one)| (id.clone(), one.name.clone())).collect(),
                listed: vec![
                    (FILES, files.collect()),
                    (ADDRESSES, addresses.collect()),
                    (PLACES, places.collect()),
                ],
            }
        });
        choices.unwrap_or_default()
    }

    /// The folders of the site, each with the title of its page.
    fn folders(&self) -> Vec<(String, String)> {
        let content = self.files().content();
        let folders = self.live.of_everything(|front| {
            let pages = front.site().pages.iter().filter(|page| !page.made);
            let mut all: Vec<(String, String)> = pages
                .filter_map(|page| {
                    let path = page.source().path.strip_prefix(content)?.to_owned();
                    let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
                    matches!(name, "index.md" | "_index.md")
                        .then(|| (folder.to_owned(), page.title.clone()))
                })
                .collect();
            all.sort();
            all
        });
        folders.unwrap_or_default()
    }
}

/// Words with a change made in them, and what is said of it.
fn put_in(words: String, change: &str) -> (String, Option<Notice>) {
    match with_change(&words, change) {
        Some(new) => (new, Some(Notice::Done("Put in. It is not saved yet.".into()))),
        None => (words, Some(Notice::Not("The words have changed meanwhile.".into()))),
    }
}

/// What somebody copied from a document, as Markdown.
fn paste(sent: &Sent, files: &DeskFiles) -> Answer {
    let page = sent.get("file").unwrap_or_default();
    if let Err(why) = files.place(page) {
        return json(&json!({ "fault": why }));
    }
    let html = sent.get("html").unwrap_or_default();
    let whole = format!("<!doctype html><html><body>{html}</body></html>");
    let document = match document::read(whole.as_bytes(), "pasted.html", &|_| None) {
        Ok(document) => document,
        Err(_) => return json(&json!({ "text": "" })),
    };
    let pasted = document::pasted(document);
    let mut lost: Vec<String> =
        pasted.lost.iter().map(|loss| format!("{}: {}", loss.message, loss.hint)).collect();
    let mut words = pasted.text;
    for (name, bytes) in pasted.pictures {
        let picture = SentFile { field: String::new(), name: name.clone(), bytes };
        match add_picture(files, page, &picture) {
            Ok(path) => words = words.replace(&name, &format!("pictures/{}", name_of(&path))),
            Err(why) => lost.push(why),
        }
    }
    json(&json!({ "text": words, "lost": lost }))
}

fn html(status: u16, page: String) -> Answer {
    Answer::html(status, page).with("Content-Security-Policy", POLICY)
}

fn json(value: &serde_json::Value) -> Answer {
    Answer::new(200, media_type("a.json"), value.to_string())
}

fn file(name: &str, text: &'static str) -> Answer {
    Answer::new(200, media_type(name), text)
}

fn not_there() -> Answer {
    html(404, sentence("Nothing there", "The desk has no such page."))
}
