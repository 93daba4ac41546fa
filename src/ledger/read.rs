//! The ledger as it stands in its file, whoever wrote it last.

use super::{Entry, Ledger, line};
use crate::{
    diagnostic::{Diagnostic, Report},
    model::can_lead_on,
    rule,
    text::{Source, Span, wording::counted},
};

/// How the lines begin that Git leaves in a file when two people changed it.
const MARKS: [&str; 4] = ["<<<<<<<", "|||||||", "=======", ">>>>>>>"];

impl Ledger {
    /// Reads the ledger. Lines that stand twice are joined, and of two people’s changes both
    /// are kept. A line that cannot be read is an error: an address might be lost with it.
    pub fn read(source: Source, report: &mut Report) -> Self {
        let mut ledger = Self { source, ..Self::default() };
        let (mut doubles, mut marks) = (0, 0);
        let mut unread: Vec<(Span, &'static str)> = Vec::new();
        let text = ledger.source.clone();
        let mut at = 0;
        for whole in text.text.split_inclusive('\n') {
            let start = at;
            at += whole.len();
            let line = whole.trim().trim_start_matches('\u{feff}');
            if line.is_empty() || line.starts_with('#') || line == "---" {
                continue;
            }
            if MARKS.iter().any(|mark| line.starts_with(mark)) {
                marks += 1;
                continue;
            }
            match line::read(line) {
                Ok((address, _)) if !can_lead_on(&address) || address.contains("//") => {
                    let span = Span::new(start, start + whole.trim_end().len());
                    unread.push((span, "no page can be at that address"));
                }
                Ok((address, entry)) => {
                    let entry = Entry { at: start, ..entry };
                    match ledger.entries.get_mut(&address) {
                        Some(first) => {
                            doubles += 1;
                            first.join(entry);
                        }
                        None => _ = ledger.entries.insert(address, entry),
                    }
                }
                Err(why) => unread.push((Span::new(start, start + whole.trim_end().len()), why)),
            }
        }
        ledger.before = ledger.entries.len();
        if let Some((span, why)) = unread.first() {
            let more = match unread.len() - 1 {
                0 => String::new(),
                more => format!(" ({} too)", counted(more, "more line", "more lines")),
            };
            let message = format!("this line of the ledger cannot be read: {why}{more}");
            let hint = "take back what was changed in this file: `git checkout content/_ledger.yaml` \
                        does, if nobody else’s changes are in it";
            let found = Diagnostic::error(&rule::LEDGER, *span, message).hint(hint);
            report.add(&ledger.source, [found]);
        }
        if marks > 0 {
            ledger.notes.push(format!(
                "{} has marks of Git where two people changed it. Both changes count, and the \
                 marks go when the site is published.",
                ledger.source.path
            ));
        } else if doubles > 0 {
            ledger.notes.push(format!(
                "{} in {} stood twice, and are joined when the site is published.",
                counted(doubles, "address", "addresses"),
                ledger.source.path
            ));
        }
        ledger
    }

    /// Whether its file says what it should: nothing of it must be written again.
    pub fn is_as_written(&self) -> bool {
        let text = &*self.source.text;
        match text.is_empty() {
            true => self.entries.is_empty(),
            // Git may end lines as Windows does.
            false => text.trim_start_matches('\u{feff}').replace("\r\n", "\n") == self.text(),
        }
    }

    /// Whether nothing was ever published from here.
    pub fn is_new(&self) -> bool {
        self.entries.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::{super::HEAD, *};

    fn read(text: &str) -> (Ledger, Vec<String>) {
        let mut report = Report::default();
        let ledger = Ledger::read(Source::new("content/_ledger.yaml", text), &mut report);
        let found = report.findings().iter().map(|found| found.message.clone()).collect();
        (ledger, found)
    }

    #[test]
    fn two_people_may_change_it_at_once() {
        let (ledger, found) = read(
            "/a/: {first: 2026-11-29, file: a.md, ids: [one]}\n\
             <<<<<<< HEAD\n\
             /b/: {first: 2026-11-29, file: b.md, ids: [keep, send]}\n\
             ||||||| base\n\
             /b/: {first: 2026-10-01, file: b.md, ids: [keep]}\n\
             =======\n\
             /b/: {first: 2026-10-01, file: b.md, ids: [new], was: {keep: new}}\n\
             /c/: {first: 2026-11-28}\n\
             >>>>>>> theirs\n",
        );
        assert_eq!(found, [""; 0]);
        assert_eq!(ledger.entries.len(), 3);
        let joined = &ledger.entries["/b/"];
        assert_eq!(joined.ids, ["send", "new"]);
        assert_eq!(joined.was["keep"], "new");
        assert_eq!(joined.first.map(|day| day.to_string()).as_deref(), Some("2026-10-01"));
        assert_eq!(ledger.notes.len(), 1);
        let (again, found) = read(&ledger.text());
        assert_eq!((again.text(), found.len()), (ledger.text(), 0));
        assert!(again.is_as_written() && !ledger.is_as_written());
    }

    #[test]
    fn a_line_that_cannot_be_read_is_told_of_once() {
        let (ledger, found) = read("/a/: {first: 2026-11-29}\n/b/\n/c/\n\n# ours\n");
        assert_eq!(ledger.entries.len(), 1);
        assert_eq!(found.len(), 1);
        assert!(found[0].contains("(1 more line too)"), "{found:?}");
    }

    #[test]
    fn two_hundred_thousand_lines_are_read() {
        let mut text = HEAD.to_owned();
        for number in 0..200_000 {
            let id = number % 7;
            text.push_str(&format!("/page-{number}/: {{first: 2026-11-29, ids: [a-{id}]}}\n"));
        }
        let (ledger, found) = read(&text);
        assert_eq!((ledger.entries.len(), found.len()), (200_000, 0));
    }
}
