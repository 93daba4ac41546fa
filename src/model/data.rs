//! The data files in `content/_data/`: one fact in one place.

use std::collections::{BTreeMap, HashMap};

pub use self::{
    agreed::Agreed,
    areas::Area,
    bank_holidays::Own as OwnBankHoliday,
    contacts::{Contact, Email, PhoneLine},
    facts::Fact,
    glossary::Term,
    habits::Habits,
    letterhead::Letterhead,
    notices::Notice,
    organisations::Organisation,
    outside_links::{OutsideLink, OutsideState},
    postcodes::District,
    vocabulary::{Preferred, SearchTest},
};
use crate::{
    diagnostic::{Diagnostic, Report},
    parse::{
        Fields, Placed,
        turn::Turn,
        values::{Filled, Values},
    },
    rule,
    text::{Language, Source, Span, hard_words::HardWords, nearest},
};

mod agreed;
mod areas;
mod bank_holidays;
mod contacts;
mod facts;
mod glossary;
mod habits;
mod letterhead;
mod notices;
mod organisations;
mod outside_links;
mod postcodes;
mod vocabulary;
pub(crate) mod words;

pub(super) use contacts::{emails, number, phones, web};
pub(crate) use contacts::{is_email, is_web_address};
pub(super) use postcodes::position;

/// What the data files say.
#[derive(Debug, Default)]
pub struct Data {
    /// Contacts by id.
    pub contacts: BTreeMap<String, Contact>,
    /// Who runs services, by id.
    pub organisations: BTreeMap<String, Organisation>,
    /// Facts by name.
    pub facts: BTreeMap<String, Fact>,
    /// The glossary, by term.
    pub glossary: Vec<Term>,
    /// The place in [`Data::glossary`] of each abbreviation.
    pub abbreviations: HashMap<String, usize>,
    /// For each of our words, what people type instead.
    pub vocabulary: Vec<Preferred>,
    /// What a site says of hard words, put into the list of the program. See
    /// [`Data::hard_words`].
    pub words: Option<HardWords>,
    /// The names that a site keeps to, each for one thing, as it wrote them.
    pub names: Vec<Placed<String>>,
    /// What people type, and what they must find.
    pub search_tests: Vec<SearchTest>,
    /// The places that services cover, in the order of the file.
    pub areas: Vec<Area>,
    /// Where postcodes lie by their beginnings, in the order of the file.
    pub postcodes: Vec<District>,
    /// Bank holidays that the program does not have.
    pub bank_holidays: Vec<OwnBankHoliday>,
    /// What stands around letters, by language. See [`Data::letterhead`].
    pub letterheads: BTreeMap<String, letterhead::Own>,
    /// Alerts and service news.
    pub notices: Vec<Notice>,
    /// Old addresses and where they lead, with their places.
    pub redirects: Vec<(Placed<String>, Placed<String>)>,
    /// What is known of links to other sites, by address.
    pub outside_links: HashMap<String, OutsideLink>,
    /// Who agreed to which words.
    pub agreed: Agreed,
    /// How spreadsheets of services are read.
    pub habits: Habits,
    /// The data files, for complaints about what is in them.
    pub sources: BTreeMap<&'static str, Source>,
    /// The words with double brackets in each of them.
    pub filled: BTreeMap<&'static str, Vec<Filled>>,
    /// What changes on a day in each of them.
    pub turns: BTreeMap<&'static str, Vec<Turn>>,
}

impl Data {
    /// What stands around letters in a language.
    pub fn letterhead(&self, language: &Language) -> Letterhead {
        Letterhead::new(self.letterheads.get(&language.tag), language)
    }

    /// The words that readers find hard, and what to write for them.
    pub fn hard_words(&self) -> &HardWords {
        self.words.as_ref().unwrap_or_else(|| words::built_in())
    }
}

/// The data files that are known.
#[rustfmt::skip] // a list of words reads better in lines
pub const FILES: &[&str] = &[
    "contacts.yaml", "organisations.yaml", "facts.yaml", "glossary.yaml", "vocabulary.yaml",
    "areas.yaml", "postcodes.yaml", "bank-holidays.yaml", "letterhead.yaml", "notices.yaml",
    "redirects.yaml", "search-tests.yaml", "outside-links.yaml", "words.yaml", "import.yaml",
    "agreed.yaml",
];

/// The files whose values others can name.
pub(super) const NAMED: &[&str] = &["contacts.yaml", "facts.yaml"];

/// Reads one data file into `data`, with `values` put in.
pub(super) fn read(
    name: &str,
    source: &Source,
    values: Values<'_>,
    data: &mut Data,
    report: &mut Report,
) {
    let mut problems = Vec::new();
    let all = Span::new(0, source.text.len());
    let Some(known) = FILES.iter().find(|known| **known == name) else {
        let message = format!("“{name}” is not a data file that is known");
        let found = Diagnostic::error(&rule::DATA, Span::default(), message);
        let found = match nearest(name, FILES.iter().copied()) {
            Some(meant) => found.hint(format!("rename it to {meant}")),
            None => found.hint(format!("name it one of: {}", FILES.join(", "))),
        };
        report.add(source, [found]);
        return;
    };
    data.sources.insert(known, source.clone());
    let span = if name == "areas.yaml" { Span::default() } else { all };
    let mut fields = Fields::with(source, span, values);
    problems.extend(read_into(name, &mut fields, all, data));
    data.filled.insert(known, fields.take_filled());
    data.turns.insert(known, fields.take_turns());
    problems.extend(fields.finish());
    report.add(source, problems);
}

/// Whether a data file of this name is known.
pub(super) fn is_known(name: &str) -> bool {
    FILES.contains(&name)
}

/// Reads a data file, or one thing of its list, of fields that tell what they were asked for.
pub(super) fn learn(name: &str, fields: &mut Fields<'_>) {
    match name {
        "areas.yaml" => _ = areas::one(fields),
        "vocabulary.yaml" => _ = vocabulary::one(Placed::default(), fields),
        _ => _ = read_into(name, fields, Span::default(), &mut Data::default()),
    }
}

/// Reads the names and values of a data file into `data`; gives what is wrong.
fn read_into(name: &str, fields: &mut Fields<'_>, all: Span, data: &mut Data) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    match name {
        "contacts.yaml" => data.contacts = contacts::read(fields),
        "organisations.yaml" => data.organisations = organisations::read(fields),
        "facts.yaml" => data.facts = facts::read(fields),
        "glossary.yaml" => {
            data.glossary = glossary::read(fields);
            let shorts = data.glossary.iter().enumerate();
            data.abbreviations = shorts
                .filter_map(|(at, term)| Some((term.short.as_ref()?.value.clone(), at)))
                .collect();
        }
        "notices.yaml" => data.notices = notices::read(fields),
        "letterhead.yaml" => data.letterheads = letterhead::read(fields),
        "bank-holidays.yaml" => data.bank_holidays = bank_holidays::read(fields),
        "areas.yaml" => data.areas = areas::read(fields, all),
        "postcodes.yaml" => data.postcodes = postcodes::read(fields),
        "vocabulary.yaml" => data.vocabulary = vocabulary::read(fields),
        "agreed.yaml" => data.agreed = agreed::read(fields),
        "import.yaml" => data.habits = habits::read(fields),
        "words.yaml" => {
            let (words, names) = words::read(fields);
            (data.words, data.names) = (Some(words), names);
        }
        "search-tests.yaml" => data.search_tests = vocabulary::read_tests(fields),
        "outside-links.yaml" => {
            data.outside_links = outside_links::read(fields).into_iter().collect();
        }
        "redirects.yaml" => {
            for (from, to) in fields.every_list() {
                match to.into_iter().next() {
                    Some(to) => data.redirects.push((from, to)),
                    None => problems.push(
                        Diagnostic::error(
                            &rule::DATA,
                            from.span,
                            "nothing says where this address leads",
                        )
                        .hint(format!("write `{}: /new/address/`", from.value)),
                    ),
                }
            }
        }
        _ => _ = fields.every_map(),
    }
    problems
}
