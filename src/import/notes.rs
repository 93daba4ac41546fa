//! What an import wrote at the top of a file, for people to mend: what it could not read, what
//! is missing, and where all of it is from. `record` and `document` write it; this reads it.

use crate::text::Span;

/// The notes at the top of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notes {
    /// What it was made from: `services.csv, row 5`.
    pub from: String,
    /// What is said, one a thing.
    pub all: Vec<Note>,
    /// Their lines.
    pub place: Span,
}

/// One of them.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Note {
    /// What it is about: `phone 1 number`. Empty for what is about the whole.
    pub what: String,
    /// What stood there.
    pub had: String,
    /// What is wrong with it, and what to do.
    pub said: String,
}

impl Notes {
    /// The notes of a file, or of the names and values at its top.
    pub fn of(text: &str) -> Option<Self> {
        let mut at = 0;
        let mut found: Option<Self> = None;
        for line in text.split_inclusive('\n') {
            let own = line.trim_end();
            let (start, end) = (at, at + line.len());
            at = end;
            match &mut found {
                None => {
                    let from = own.strip_prefix("# From ").filter(|own| is_ours(own));
                    let from = from.and_then(|own| own.split_once(". "));
                    found = from.map(|(from, _)| Self {
                        from: from.to_owned(),
                        all: Vec::new(),
                        place: Span::new(start, end),
                    });
                    // Below the names nothing is a note.
                    if found.is_none() && !(own.is_empty() || own == "---" || own.starts_with('#'))
                    {
                        return None;
                    }
                }
                Some(notes) => {
                    let Some(own) = own.strip_prefix('#') else { break };
                    // What an editor may write in is no note.
                    if own.trim_start().starts_with("Write one sentence") {
                        break;
                    }
                    notes.read(own.strip_prefix(' ').unwrap_or(own));
                    notes.place.end = end;
                }
            }
        }
        found
    }

    fn read(&mut self, line: &str) {
        if let (true, Some(last)) = (line.starts_with("  "), self.all.last_mut()) {
            last.had.push_str(&format!("\n{}", line.trim_start()));
            return;
        }
        if let Some(said) = line.strip_prefix("- ") {
            self.all.push(Note { said: said.to_owned(), ..Note::default() });
            return;
        }
        let is_open = self.all.last().is_some_and(|last| last.said.is_empty());
        let named = line.split_once(": ").or_else(|| Some((line.strip_suffix(':')?, "")));
        let named = named.filter(|(name, _)| !name.contains(['“', '.']));
        match (named, self.all.last_mut()) {
            (Some((what, had)), _) => {
                self.all.push(Note {
                    what: what.to_owned(),
                    had: had.to_owned(),
                    said: String::new(),
                });
            }
            (None, Some(last)) if is_open => line.clone_into(&mut last.said),
            (None, _) => self.all.push(Note { said: line.to_owned(), ..Note::default() }),
        }
    }

    /// Whether they are of a table or a feed, and not of a document.
    pub fn is_of_table(&self) -> bool {
        self.from.contains(", row ") || self.from.contains(", service ")
    }
}

/// Whether a line says what people have to do before a file is published.
fn is_ours(line: &str) -> bool {
    line.to_lowercase().contains("mend what is said here")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_told_from_what_people_wrote() {
        let top = "# From a.csv, row 2. Mend what is said here, then take “status: draft” out.\n";
        let text = format!(
            "# Mine.\n{top}# phone 1 number: 1\n#   2\n# “1” is short; ring it\n# cost:\n# “cost” is missing.\n# cell 9: x\nname: A\n# cost: no\n"
        );
        let notes = Notes::of(&text).expect("notes");
        assert_eq!(notes.from, "a.csv, row 2");
        assert!(text[notes.place.end..].starts_with("name: A"));
        let all: Vec<(&str, &str, &str)> = notes
            .all
            .iter()
            .map(|one| (one.what.as_str(), one.had.as_str(), one.said.as_str()))
            .collect();
        assert_eq!(
            all,
            [
                ("phone 1 number", "1\n2", "“1” is short; ring it"),
                ("cost", "", "“cost” is missing."),
                ("cell 9", "x", ""),
            ]
        );
        assert_eq!(Notes::of("# From my head.\nname: A\n"), None);
        assert_eq!(Notes::of(&format!("name: A\n{top}")), None);
    }
}
