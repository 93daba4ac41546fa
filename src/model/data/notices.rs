//! `notices.yaml`: alerts and service news that begin and end by themselves.

use crate::{
    diagnostic::Diagnostic,
    model::front::{names, one_of},
    parse::{Fields, Placed},
    rule,
    text::Date,
};

names! {
    /// How well a service works.
    State {
        /// Some of it does not work.
        Limited = "limited",
        /// It works in another way.
        Changed = "changed",
        /// It works as usual again.
        Normal = "normal",
    }
}

/// What stands for a day in the notices that somebody will take away.
const OPEN_END: &str = "further notice";

/// An alert, or news of a service.
#[derive(Debug, Clone)]
pub struct Notice {
    /// In a few words.
    pub title: String,
    /// The language of its words, where it is not the one that was asked for.
    pub language: Option<String>,
    /// In a sentence or two.
    pub text: String,
    /// The first day on which it is shown.
    pub from: Option<Placed<Date>>,
    /// The last day on which it is shown.
    pub until: Option<Placed<Date>>,
    /// The service it is about.
    pub service: String,
    /// How well that works.
    pub state: Option<State>,
    /// The parts of the site where it is shown: `/employ/`. Empty: everywhere.
    pub places: Vec<Placed<String>>,
}

impl Notice {
    /// Whether it is shown on a page on a day.
    pub fn is_shown(&self, url: &str, today: Date) -> bool {
        self.from.as_ref().is_none_or(|from| from.value <= today)
            && self.until.as_ref().is_none_or(|until| today <= until.value)
            && (self.places.is_empty()
                || self
                    .places
                    .iter()
                    .any(|place| url.starts_with(place.value.trim_end_matches("**"))))
    }
}

/// Reads every notice.
pub(super) fn read(all: &mut Fields<'_>) -> Vec<Notice> {
    all.each_named(|id, fields| {
        let language = fields.other_language("title");
        let title = fields.needed("title", "The payroll line is closed on 25 December");
        let text = fields.words_of("text");
        let from = fields.date("from");
        let until = if fields.value_is("until", OPEN_END) {
            _ = fields.text("until");
            None
        } else {
            fields.date("until")
        };
        let service = fields.words_of("service");
        let state = one_of(fields, "state", State::ALL, State::name);
        let places = fields.list("where");
        if let (Some(from), Some(until)) = (&from, &until)
            && until.value < from.value
        {
            let hint = "write a later day";
            fields.wrong(&rule::DATA, until.span, "this ends before it begins", hint);
        }
        if !fields.has("until") {
            let message = "nothing says when this notice ends, so it stays for ever";
            let hint = "add a line: `until: 27 December 2026`, or `until: further notice`";
            fields.report(Diagnostic::warning(&rule::DATA, id.span, message).hint(hint));
        }
        Some(Notice { title: title?.value, language, text, from, until, service, state, places })
    })
}
