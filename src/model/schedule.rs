//! What will be different by itself: each thing that an editor wrote with a day, when that
//! day comes. A site must be built again on such a day, or readers see what no longer holds.

use super::{Page, Site, Status};
use crate::{
    parse::turn::{Change, Turn},
    text::{Date, Interval, Source, Span, shorten},
};

/// Something that will be different from a day on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Upcoming {
    /// The first day on which it is.
    pub day: Date,
    /// The file in which that was written.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What will be different, in a few words.
    pub what: String,
}

/// The day after one that is the last.
const AFTER: Interval = Interval::Days(1);

impl Site {
    /// What will be different after `today`, by day and place.
    pub fn schedule(&self, today: Date) -> Vec<Upcoming> {
        let mut all: Vec<Upcoming> = Vec::new();
        let mut add = |source: &Source, span: Span, day: Date, what: String| {
            if day > today {
                let (file, line) = (source.path.to_string(), source.position(span.start).line);
                all.push(Upcoming { day, file, line, what });
            }
        };
        for (name, turns) in &self.data.turns {
            let Some(source) = self.data.sources.get(name) else { continue };
            turns.iter().for_each(|turn| add(source, turn.span, turn.day, said(turn)));
        }
        if let Some(source) = self.data.sources.get("facts.yaml") {
            for (name, fact) in &self.data.facts {
                let Some(until) = &fact.until else { continue };
                let is_followed = self.data.turns.get("facts.yaml").is_some_and(|turns| {
                    turns.iter().any(|turn| turn.of == *name && turn.day > until.value)
                });
                if !is_followed {
                    let what = format!("“{name}” has ended, and pages that use it stop the build");
                    add(source, until.span, until.value.plus(AFTER), what);
                }
            }
        }
        if let Some(source) = self.data.sources.get("notices.yaml") {
            for notice in &self.data.notices {
                let title = shorten(&notice.title);
                if let Some(from) = &notice.from {
                    add(source, from.span, from.value, format!("the notice “{title}” is shown"));
                }
                if let Some(until) = &notice.until {
                    let what = format!("the notice “{title}” goes");
                    add(source, until.span, until.value.plus(AFTER), what);
                }
            }
        }
        let texts = self.pages.iter().filter(|page| !page.made).map(|page| &page.text);
        for text in texts.chain(self.snippets.values()) {
            let source = &text.document.source;
            text.turns.iter().for_each(|turn| add(source, turn.span, turn.day, said(turn)));
        }
        for page in self.pages.iter().filter(|page| !page.made) {
            page.ends(&mut |span, day, what| add(page.source(), span, day, what));
        }
        for left in &self.left_out {
            let Some((day, line)) = left.from.filter(|(day, _)| *day > today) else { continue };
            let (file, what) = (left.file.clone(), "this page is published".to_owned());
            all.push(Upcoming { day, file, line, what });
        }
        all.sort_unstable();
        // A page in two languages, or a list of records, is one file.
        all.dedup();
        all
    }
}

impl Page {
    /// What of it ends on a day.
    fn ends(&self, add: &mut dyn FnMut(Span, Date, String)) {
        let front = &self.front;
        if let Some(until) = front.until.as_ref().filter(|_| front.status == Status::Published) {
            add(until.span, until.value.plus(AFTER), "this page says that it has ended".to_owned());
        }
        if let Some(again) = &front.check_again {
            let what = "this page says that its check is overdue".to_owned();
            add(again.span, again.value.plus(AFTER), what);
        }
        let Some(service) = self.kind.service() else { return };
        if let Some(last) = &service.consent {
            let what = "consent ends, and this entry is not published any more".to_owned();
            add(last.span, last.value.plus(AFTER), what);
        }
        if let Some((text, Some(until))) = &service.alert {
            add(text.span, until.plus(AFTER), "the alert of this entry goes".to_owned());
        }
    }
}

/// What a turn brings, in a few words.
fn said(turn: &Turn) -> String {
    let of = match turn.of.as_str() {
        "" => String::new(),
        name => format!(" of “{name}”"),
    };
    match &turn.what {
        Change::Values(values) => {
            let new = |(name, value): &(String, String)| {
                let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
                format!("`{name}`{of} becomes “{}”", shorten(&value))
            };
            values.iter().map(new).collect::<Vec<_>>().join(", ")
        }
        Change::Comes(words) => format!("words come: “{}”", shorten(words)),
        Change::Goes(words) => format!("words go: “{}”", shorten(words)),
    }
}
