//! Question flows: a few questions that lead to an answer and someone to ask.
//!
//! Each question says where each of its answers leads. A flow whose questions are
//! all choices has a page for each question and each outcome, so it needs no script;
//! one that asks for a date, a number or a postcode is worked out on the reader’s
//! device. Both have one page with everything on it.

use super::{
    Kind, KindEntry, Own, Written,
    make::{make, print},
};
use std::collections::{BTreeMap, HashMap};

use crate::{
    model::{
        Page, PhoneLine, Url,
        data::number,
        front::{names, one_of},
    },
    parse::{Fields, Placed, postcode, walk::Run},
    rule,
    text::{Date, Interval, slug},
};

/// Questions that lead to an answer.
pub static FLOW: KindEntry = KindEntry::written(
    "flow",
    "Questions that lead to an answer (a `.yaml` file).",
    include_str!("starter.yaml"),
)
.names("see Question flows")
.shown_by("flow.html")
.record()
.read(|fields| Box::new(Flow::read(fields)));

/// A question or an outcome of a flow.
pub static FLOW_STEP: KindEntry =
    KindEntry::made("flow step", "A question or an outcome of a flow.", "flow.html").unlisted();

/// A flow on one page.
pub static FLOW_PRINT: KindEntry =
    KindEntry::made("flow print", "A flow on one page.", "flow-print.html").unlisted();

/// The front matter of a question flow.
#[derive(Debug, Default)]
pub struct Flow {
    /// What stands above the first question.
    pub before: Placed<String>,
    /// What could do harm to somebody who stops to answer, for a box above it; or empty.
    pub warning: Placed<String>,
    /// The questions; the first is asked first.
    pub questions: Vec<Question>,
    /// How it can end.
    pub outcomes: Vec<Outcome>,
}

names! {
    /// How a question is answered.
    QuestionType {
        /// One of several answers.
        Choice = "choice",
        /// Any of several answers, or none of them.
        Several = "several",
        /// A day.
        Date = "date",
        /// A number.
        Number = "number",
        /// A postcode.
        Postcode = "postcode",
    }
}

impl QuestionType {
    /// The names that say for which answers a turn is.
    fn rules(self) -> &'static [&'static str] {
        match self {
            Self::Choice => &["answer"],
            Self::Several => &["answer", "none"],
            Self::Date => &["older than", "before"],
            Self::Number => &["at least", "more than"],
            Self::Postcode => &["starts"],
        }
    }
}

/// A question.
#[derive(Debug)]
pub struct Question {
    /// What `go to` names, and a part of its address.
    pub id: Placed<String>,
    /// What is asked.
    pub ask: Placed<String>,
    /// Help with the answer, or empty.
    pub help: Placed<String>,
    /// How it is answered.
    pub kind: QuestionType,
    /// What a number counts, or empty: `weeks`. Without it, it may be an amount of money.
    pub unit: Placed<String>,
    /// Where the answers lead. The first that holds counts.
    pub turns: Vec<Turn>,
}

/// Where an answer leads.
#[derive(Debug)]
pub struct Turn {
    /// For which answers.
    pub rule: Rule,
    /// The id of a question or of an outcome.
    pub to: Placed<String>,
}

/// For which answers a turn is.
#[derive(Debug)]
pub enum Rule {
    /// This one.
    Answer(Placed<String>),
    /// None of the others, with the words for that.
    None(Placed<String>),
    /// This number or more.
    AtLeast(i64),
    /// More than this number.
    MoreThan(i64),
    /// A day that is at least so long ago.
    OlderThan(Interval),
    /// A day before this one.
    Before(Date),
    /// A postcode that begins like one of these, as written and as compared.
    Starts(Vec<(String, String)>),
    /// All that are left.
    Otherwise,
}

/// An end of a flow.
#[derive(Debug)]
pub struct Outcome {
    /// What `go to` names, and a part of its address.
    pub id: Placed<String>,
    /// The answer, in a sentence.
    pub title: Placed<String>,
    /// More about it.
    pub text: Placed<String>,
    /// Short points, one a line.
    pub points: Vec<Placed<String>>,
    /// What could do harm, for a box of its own; or empty.
    pub warning: Placed<String>,
    /// What to do next: the words and the link.
    pub next: Option<(Placed<String>, Placed<String>)>,
    /// Who to ask: an id of a contact.
    pub contact: Option<Placed<String>>,
    /// Numbers to call at once, before anything else: `999`.
    pub call: Vec<PhoneLine>,
    /// How soon it must be done, if it says so: it is a box then.
    pub urgency: Option<Urgency>,
}

names! {
    /// How soon the reader must do what an outcome says, as the boxes of pages say it.
    Urgency {
        /// Someone may be in danger.
        Urgent = "urgent",
        /// It cannot wait until tomorrow.
        Today = "today",
        /// It can wait, and should not be forgotten.
        Ask = "ask",
    }
}

/// A page of a flow: one question or one outcome. Made, not written.
#[derive(Debug)]
pub struct FlowStep {
    /// The address of the flow.
    pub flow: Url,
    /// The id of the question or outcome.
    pub id: String,
}

impl Own for FlowStep {}

impl Own for Flow {
    fn links(&self) -> Vec<&Placed<String>> {
        let next = self.outcomes.iter().filter_map(|outcome| outcome.next.as_ref());
        next.map(|(_, link)| link).collect()
    }

    fn words(&self) -> Vec<(Run, &Placed<String>)> {
        let mut words = vec![(Run::Paragraph, &self.warning), (Run::Paragraph, &self.before)];
        for question in &self.questions {
            words.extend([(Run::Heading, &question.ask), (Run::Paragraph, &question.help)]);
            words.push((Run::Paragraph, &question.unit));
            words.extend(question.turns.iter().filter_map(|turn| match &turn.rule {
                Rule::Answer(text) | Rule::None(text) => Some((Run::Paragraph, text)),
                _ => None,
            }));
        }
        for outcome in &self.outcomes {
            words.extend([(Run::Heading, &outcome.title), (Run::Paragraph, &outcome.text)]);
            let more = outcome.points.iter().chain(std::iter::once(&outcome.warning));
            words.extend(more.map(|said| (Run::Paragraph, said)));
            words.extend(outcome.next.iter().map(|(text, _)| (Run::Paragraph, text)));
        }
        words
    }

    fn contacts(&self) -> Vec<(&Placed<String>, &'static str)> {
        let contacts = self.outcomes.iter().filter_map(|outcome| outcome.contact.as_ref());
        contacts.map(|contact| (contact, "is who to ask in an outcome")).collect()
    }

    fn made(&self, page: &Page, written: &Written<'_>) -> Vec<Page> {
        let mut made = vec![print(page, written.words, "made_print", Kind::plain(&FLOW_PRINT))];
        // A flow that the reader’s device works out has its outcomes on its own page.
        if self.needs_device() {
            return made;
        }
        let questions = self.questions.iter().skip(1).map(|one| (&one.id.value, &*one.ask));
        let outcomes = self.outcomes.iter().map(|one| (&one.id.value, &*one.title));
        for (id, title) in questions.chain(outcomes) {
            let step = FlowStep { flow: page.url.clone(), id: id.clone() };
            let title = format!("{title} – {}", page.title);
            made.push(make(page, page.url.join(id), title, Kind::of(&FLOW_STEP, step)));
        }
        made
    }
}

impl Flow {
    /// Reads a flow: a file of its own, or a fence in a page.
    pub(in crate::model) fn read(fields: &mut Fields<'_>) -> Self {
        let before = fields.said("before");
        let warning = fields.said("warning");
        let questions = fields.each_of("questions", |_, item| {
            let id = item.needed("id", "adult");
            let ask = item.needed("ask", "Are you 18 or over?");
            let help = item.said("help");
            let kind = one_of(item, "type", QuestionType::ALL, QuestionType::name);
            let kind = kind.unwrap_or_default();
            let unit = match kind {
                QuestionType::Number => item.said("unit"),
                _ => Placed::default(),
            };
            let turns = turns(item, kind);
            Some(Question { id: id?, ask: ask?, help, kind, unit, turns })
        });
        let outcomes = fields.each_of("outcomes", |_, item| {
            let id = item.needed("id", "yes");
            let title = item.needed("title", "You can ask for a direct payment");
            let text = item.said("text");
            let points = item.list("points");
            let warning = item.said("warning");
            let next = item.map("next").and_then(|mut next| {
                let link = next.needed("link", "ask-for-a-direct-payment.md");
                let text = next.said("text");
                item.absorb(next);
                link.map(|link| (text, link))
            });
            let contact = item.text("contact");
            let urgency = urgency(item);
            let mut call = Vec::new();
            for Placed { value, span } in item.list("call") {
                call.extend(number(item, &value, span));
            }
            Some(Outcome {
                id: id?,
                title: title?,
                text,
                points,
                warning,
                next,
                contact,
                call,
                urgency,
            })
        });
        let flow = Self { before, warning, questions, outcomes };
        for (name, is_empty, example) in [
            ("questions", flow.questions.is_empty(), "- id: adult"),
            ("outcomes", flow.outcomes.is_empty(), "- id: yes"),
        ] {
            if is_empty && !fields.has(name) {
                let hint = format!("add `{name}:` and below it `{example}`");
                fields.wrong(&rule::FLOW, fields.start(), format!("`{name}` is missing"), hint);
            }
        }
        flow.names(fields);
        flow
    }

    /// Says which ids cannot be part of an address, or are there twice.
    fn names(&self, fields: &mut Fields<'_>) {
        let mut seen = BTreeMap::new();
        for id in self.ids() {
            if slug(&id.value) != id.value || id.value == "print" {
                let message = format!("“{}” cannot be part of an address", id.value);
                let instead = slug(&id.value);
                let hint = match instead.as_str() {
                    "" | "print" => "use small letters, digits and hyphens".to_owned(),
                    instead => format!("write `id: {instead}`"),
                };
                fields.wrong(&rule::FLOW, id.span, message, hint);
            } else if seen.insert(id.value.as_str(), ()).is_some() {
                let message = format!("“{}” is the id of another question or outcome", id.value);
                fields.wrong(&rule::FLOW, id.span, message, "give each an id of its own");
            }
        }
    }

    /// The ids of its questions and outcomes, in order.
    pub fn ids(&self) -> impl Iterator<Item = &Placed<String>> {
        let questions = self.questions.iter().map(|question| &question.id);
        questions.chain(self.outcomes.iter().map(|outcome| &outcome.id))
    }

    /// The question with an id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.questions.iter().find(|question| question.id.value == id)
    }

    /// The outcome with an id.
    pub fn outcome(&self, id: &str) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.id.value == id)
    }

    /// Whether the reader’s device must work it out: an answer is not a choice.
    pub fn needs_device(&self) -> bool {
        self.questions.iter().any(|question| question.kind != QuestionType::Choice)
    }

    /// Whether it asks for a postcode.
    pub fn asks_for_postcode(&self) -> bool {
        self.questions.iter().any(|question| question.kind == QuestionType::Postcode)
    }

    /// The answers that lead to a place, as questions and the number of the answer,
    /// when there is only one way to get there.
    pub fn only_way(&self, id: &str) -> Vec<(&Question, usize)> {
        let mut leading: BTreeMap<&str, Vec<(&Question, usize)>> = BTreeMap::new();
        for question in &self.questions {
            for (at, turn) in question.turns.iter().enumerate() {
                leading.entry(&turn.to.value).or_default().push((question, at));
            }
        }
        let mut way = Vec::new();
        let mut to = id;
        // A loop, which a check reports, has no only way.
        while way.len() <= self.questions.len() {
            if way.len() > LONGEST_WAY {
                return Vec::new();
            }
            match leading.get(to).map(Vec::as_slice) {
                Some(&[(question, at)]) => {
                    way.push((question, at));
                    to = &question.id.value;
                }
                Some(_) => return Vec::new(),
                None => break,
            }
        }
        way.reverse();
        way
    }

    /// How many questions can be left at a question, that one included. A loop, which a check
    /// reports, counts once.
    pub fn most_left(&self, id: &str) -> usize {
        let at: HashMap<&str, usize> = self
            .questions
            .iter()
            .enumerate()
            .map(|(at, one)| (one.id.value.as_str(), at))
            .collect();
        let Some(&start) = at.get(id) else { return 0 };
        let mut left: Vec<Option<usize>> = vec![None; self.questions.len()];
        // Each question stands here once to look ahead, and once to add up.
        let mut open = vec![(start, false)];
        while let Some((question, is_ready)) = open.pop() {
            let next = self.questions[question].turns.iter();
            let next = next.filter_map(|turn| at.get(turn.to.value.as_str()).copied());
            if is_ready {
                left[question] = Some(1 + next.filter_map(|to| left[to]).max().unwrap_or(0));
            } else if left[question].is_none() {
                left[question] = Some(0);
                open.push((question, true));
                open.extend(next.filter(|&to| left[to].is_none()).map(|to| (to, false)));
            }
        }
        left[start].unwrap_or(0)
    }
}

/// Reads `urgent`, `today` and `ask`, of which an outcome has one at most.
fn urgency(outcome: &mut Fields<'_>) -> Option<Urgency> {
    let mut said = Vec::new();
    for &urgency in Urgency::ALL {
        if outcome.yes_no(urgency.name()).unwrap_or(false) {
            said.push(urgency);
        }
    }
    if let [first, second, ..] = said[..]
        && let Some(span) = outcome.place(second.name())
    {
        let message = format!("this outcome is both `{}` and `{}`", first.name(), second.name());
        outcome.wrong(&rule::FLOW, span, message, "keep the one that people must know first");
    }
    said.first().copied()
}

/// How many answers a page shows that led to it: nobody reads more, and every page has them.
const LONGEST_WAY: usize = 100;

/// Reads the `answers` of a question.
fn turns(question: &mut Fields<'_>, kind: QuestionType) -> Vec<Turn> {
    question.each_of("answers", |place, item| {
        let rule = rule(item, kind);
        let to = item.needed("go to", "yes")?;
        // What was there and could not be read has been told.
        if rule.is_none() && !kind.rules().iter().any(|name| item.has(name)) {
            let hint = match kind {
                QuestionType::Choice | QuestionType::Several => {
                    "write `answer`: {answer: \"Yes\", go to: needs}"
                }
                QuestionType::Date => "write `older than: 18 years` or `before: 1 April 2026`",
                QuestionType::Number => "write `at least: 3` or `more than: 3`",
                QuestionType::Postcode => "write `starts: [NG23 5, LN1]`",
            };
            item.wrong(&rule::FLOW, place, "nothing says which answer this is", hint);
        }
        Some(Turn { rule: rule?, to })
    })
}

fn rule(item: &mut Fields<'_>, kind: QuestionType) -> Option<Rule> {
    let answer = item.text("answer").map(Rule::Answer);
    let by_kind = match kind {
        QuestionType::Choice => None,
        QuestionType::Several => item.text("none").map(Rule::None),
        QuestionType::Number => {
            let least = item.number("at least").map(Rule::AtLeast);
            let more = item.number("more than").map(Rule::MoreThan);
            least.or(more)
        }
        QuestionType::Date => {
            let read = |text: &str| Interval::parse(&format!("every {}", text.trim()));
            let hint = "write a number and days, weeks, months or years: 18 years";
            let age = item.convert("older than", read, "a length of time", hint);
            let before = item.date("before");
            age.map(|age| Rule::OlderThan(age.value))
                .or_else(|| before.map(|day| Rule::Before(day.value)))
        }
        QuestionType::Postcode => {
            let mut prefixes = Vec::new();
            for Placed { value, span } in item.list("starts") {
                match postcode::read(&value) {
                    Ok(prefix) => prefixes.push((value.trim().to_uppercase(), prefix)),
                    Err(why) => {
                        let message =
                            format!("“{value}” is not the beginning of a postcode: {why}");
                        item.wrong(&rule::FLOW, span, message, "write it like this: NG23 5");
                    }
                }
            }
            (!prefixes.is_empty()).then_some(Rule::Starts(prefixes))
        }
    };
    let is_choice = matches!(kind, QuestionType::Choice | QuestionType::Several);
    // What stands alone is for the rest, where answers are not words.
    let rest = || (!is_choice && !item.has_more_than("go to")).then_some(Rule::Otherwise);
    answer.filter(|_| is_choice).or(by_kind).or_else(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flow(all: &[(&str, &[&str])]) -> Flow {
        let placed = |text: &str| Placed { value: text.to_owned(), ..Placed::default() };
        let turn = |to: &&str| Turn { rule: Rule::Otherwise, to: placed(to) };
        let question = |(id, to): &(&str, &[&str])| Question {
            id: placed(id),
            ask: Placed::default(),
            help: Placed::default(),
            kind: QuestionType::Choice,
            unit: Placed::default(),
            turns: to.iter().map(turn).collect(),
        };
        Flow { questions: all.iter().map(question).collect(), ..Flow::default() }
    }

    #[test]
    fn the_longest_way_is_what_can_be_left() {
        let flow = flow(&[
            ("a", &["b", "c", "end"]),
            ("b", &["c"]),
            ("c", &["d", "end"]),
            ("d", &["end"]),
        ]);
        assert_eq!(["a", "b", "c", "d", "end"].map(|id| flow.most_left(id)), [4, 3, 2, 1, 0]);
    }

    #[test]
    fn a_loop_ends() {
        let flow = flow(&[("a", &["b"]), ("b", &["a", "end"])]);
        assert_eq!(flow.most_left("a"), 2);
    }
}
