//! The parts of an accessibility statement that the law asks for, as sentences.

use std::collections::BTreeMap;

use super::{Viewer, fields::*, lists};
use crate::{
    audit::summary::{Count, Summary},
    config::{Accessibility, Assessor, Day, Problem, Regulator, Setting, Status, Why, Words},
    model::{
        Page, kind,
        statement::{IDS, day},
    },
    wcag,
};

/// The reasons, and the words of the theme for each.
const REASONS: [(Why, &str); 3] = [
    (Why::NonCompliance, "statement_faults"),
    (Why::DisproportionateBurden, "statement_burdens"),
    (Why::NotWithinScope, "statement_outside"),
];

/// Who sees to it that the law is followed, what the theme says of them, and where they are.
fn regulator(who: Regulator) -> (&'static str, &'static str, &'static str) {
    match who {
        Regulator::GreatBritain => {
            ("statement_ehrc", "statement_eass", "https://www.equalityadvisoryservice.com/")
        }
        Regulator::NorthernIreland => {
            ("statement_ecni", "statement_ecni_name", "https://www.equalityni.org/")
        }
    }
}

/// What is needed to write one.
struct Writer<'a> {
    viewer: &'a Viewer<'a>,
    page: &'a Page,
    settings: &'a Accessibility,
    words: &'a BTreeMap<String, String>,
}

/// The statement on a page, if it is the page of one, with what the audit found.
pub(super) fn view(
    viewer: &Viewer<'_>,
    page: &Page,
    words: &BTreeMap<String, String>,
    found: Option<&Summary>,
) -> Option<StatementView> {
    let settings = viewer.config.accessibility.as_ref().filter(|_| page.statement)?;
    Some(Writer { viewer, page, settings, words }.view(found))
}

/// The headings of the statement on a page; none when it is not the page of one.
pub(super) fn heads(
    viewer: &Viewer<'_>,
    page: &Page,
    words: &BTreeMap<String, String>,
) -> Vec<HeadView> {
    let Some(settings) = viewer.config.accessibility.as_ref().filter(|_| page.statement) else {
        return Vec::new();
    };
    let writer = Writer { viewer, page, settings, words };
    let parts = IDS.into_iter().filter(|id| *id != "enforcement" || settings.law);
    let head = |id: &'static str| {
        let title = writer.word(&format!("statement_{}", id.replace('-', "_")));
        let link = words.get("send_link_to").map_or_else(String::new, |words| {
            if page.is_listed() { words.replace("{heading}", &title) } else { String::new() }
        });
        HeadView { id, title, link }
    };
    parts.map(head).collect()
}

impl Writer<'_> {
    fn view(&self, found: Option<&Summary>) -> StatementView {
        let Self { viewer, page, settings, .. } = *self;
        let status = settings.status();
        let problems = |why| settings.problems(why).map(|problem| self.problem(problem)).collect();
        let groups = REASONS
            .into_iter()
            .map(|(why, title)| ProblemsView { title: self.word(title), problems: problems(why) });
        let groups: Vec<_> = groups.filter(|group| !group.problems.is_empty()).collect();
        let has_failed = found.is_some_and(Summary::has_failed);
        let contacts = &viewer.site.data.contacts;
        let contact = settings.contact.as_ref();
        let contact = contact.and_then(|id| contacts.get_key_value(&id.value));
        let complaints = viewer.site.of_kind(&kind::COMPLAINTS, &page.language);
        StatementView {
            heads: heads(viewer, page, self.words),
            scope: self.scope(),
            promise: self.word(if settings.law { "statement_promise" } else { "statement_wish" }),
            status: if has_failed {
                self.status(status.min(Status::Partially), "statement_because_audit")
            } else {
                self.status(status, self.reason(status))
            },
            none: match (groups.is_empty(), has_failed) {
                (true, true) => self.word("statement_see_audit"),
                (true, false) => self.word("statement_none"),
                (false, _) => String::new(),
            },
            groups,
            answer: match settings.answer_days {
                Some(1) => self.word("statement_answer_one"),
                Some(days) => self.word("statement_answer").replace("{n}", &days.to_string()),
                None => String::new(),
            },
            contact: contact.map(|(id, contact)| lists::contact(viewer, page, id, contact)),
            complaints: complaints.map(|id| lists::link(&viewer.site.pages[id])),
            enforcement: settings.enforcement.filter(|_| settings.law).map(|who| {
                let (sentence, name, url) = regulator(who);
                let sentence = self.word(sentence);
                let (before, after) = sentence.split_once("{link}").unwrap_or((&sentence, ""));
                EnforcementView {
                    before: before.to_owned(),
                    name: self.word(name),
                    url,
                    after: after.to_owned(),
                }
            }),
            tested: self.tested(),
            method: self.said(settings.method.as_ref()),
            audit: found.map(|found| self.audit(found)),
            dates: self.dates(),
        }
    }

    /// The theme's words, with what is the same everywhere put in.
    fn word(&self, name: &str) -> String {
        let config = self.viewer.config;
        let (version, level) = self.settings.standard.parts();
        let words = self.words.get(name).map_or("", String::as_str);
        words
            .replace("{site}", &config.title)
            .replace("{publisher}", &config.publisher)
            .replace("{address}", &config.base)
            .replace("{version}", version)
            .replace("{level}", level)
    }

    fn date(&self, setting: Option<&Setting<Day>>) -> Option<String> {
        let day = day(setting, &self.viewer.site.languages)?;
        Some(self.viewer.day(day, &self.page.language))
    }

    fn dated(&self, name: &str, setting: Option<&Setting<Day>>) -> Option<String> {
        Some(self.word(name).replace("{date}", &self.date(setting)?))
    }

    fn scope(&self) -> String {
        let config = self.viewer.config;
        let unless_empty =
            |setting: &str, name: &str| (!setting.is_empty()).then(|| self.word(name));
        join([
            Some(self.word("statement_about")),
            unless_empty(&config.publisher, "statement_run_by"),
            unless_empty(&config.base, "statement_at"),
        ])
    }

    /// Why the status is what it is, as words of the theme; empty when it needs no reason.
    fn reason(&self, status: Status) -> &'static str {
        let has = |why| self.settings.problems(why).next().is_some();
        let has_exemption = has(Why::DisproportionateBurden) || has(Why::NotWithinScope);
        match (status, has(Why::NonCompliance), has_exemption) {
            (Status::Fully, ..) => "",
            (_, true, true) => "statement_because_both",
            (_, true, false) => "statement_because_faults",
            (_, false, true) => "statement_because_exemptions",
            (_, false, false) => "statement_because_unknown",
        }
    }

    fn status(&self, status: Status, reason: &str) -> String {
        let name = match status {
            Status::Fully => "statement_fully",
            Status::Partially => "statement_partially",
            Status::Not => "statement_not",
        };
        join([Some(self.word(name)), Some(self.word(reason))])
    }

    /// Only criteria are told of: practices have names that only people who make pages know.
    fn audit(&self, found: &Summary) -> AuditView {
        let named = |count: &Count| wcag::criterion(&count.about);
        let failed = found.failed.iter().filter_map(|count| {
            Some(FailedView {
                criterion: self.criterion(named(count)?),
                rule: count.rule.clone(),
                pages: match count.pages {
                    1 => self.word("audit_on_one"),
                    many => self.word("audit_on_many").replace("{n}", &grouped(many as u64)),
                },
            })
        });
        let is_unsure = |criterion: &&wcag::Criterion| {
            found.unsure.iter().any(|count| count.about == criterion.number)
        };
        AuditView {
            when: self
                .word("audit_when")
                .replace("{date}", &self.viewer.day(self.viewer.today, &self.page.language)),
            looked: self
                .word("audit_looked")
                .replace("{pages}", &grouped(found.pages as u64))
                .replace("{rules}", &grouped(found.rules as u64))
                .replace("{elements}", &grouped(found.elements)),
            failed: failed.collect(),
            unsure: wcag::CRITERIA
                .iter()
                .filter(is_unsure)
                .map(|criterion| self.criterion(criterion))
                .collect(),
        }
    }

    /// The name of a criterion is in English on any page: that of the standard.
    fn criterion(&self, criterion: &wcag::Criterion) -> CriterionView {
        let is_english = self.page.language.starts_with("en");
        CriterionView {
            number: criterion.number.to_owned(),
            name: SaidView {
                text: criterion.name.to_owned(),
                language: if is_english { String::new() } else { "en".into() },
            },
            level: criterion.level.name(),
        }
    }

    fn problem(&self, problem: &Problem) -> ProblemView {
        ProblemView {
            what: self.said(problem.what.as_ref()),
            alternative: self.said(problem.alternative.as_ref()),
            until: self.dated("statement_until_day", problem.until.as_ref()).unwrap_or_default(),
            criteria: problem
                .criteria
                .iter()
                .filter_map(|number| wcag::criterion(&number.value))
                .map(|criterion| self.criterion(criterion))
                .collect(),
        }
    }

    fn said(&self, words: Option<&Setting<Words>>) -> SaidView {
        let Some(words) = words else { return SaidView::default() };
        let own = &self.page.language;
        let (text, language) = words.value.in_language(own, self.viewer.config.language());
        let other = if language == own { String::new() } else { language.to_owned() };
        SaidView { text: text.to_owned(), language: other }
    }

    fn tested(&self) -> String {
        let who = self.settings.assessed_by.map(|who| match who {
            Assessor::Own => self.word("statement_by_own"),
            Assessor::ThirdParty => self.word("statement_by_others"),
        });
        join([who, self.dated("statement_tested_on", self.settings.tested.as_ref())])
    }

    fn dates(&self) -> String {
        join([
            self.dated("statement_prepared_on", self.settings.prepared.as_ref()),
            self.dated("statement_reviewed_on", self.settings.reviewed.as_ref()),
            Some(self.word("statement_review_again")),
        ])
    }
}

/// `12,345`
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// Sentences, one after the other.
fn join<const N: usize>(sentences: [Option<String>; N]) -> String {
    let mut sentences = sentences.into_iter().flatten().collect::<Vec<_>>();
    sentences.retain(|sentence| !sentence.is_empty());
    sentences.join(" ")
}
