//! Makes what templates see of flows: questions that lead to an answer, on pages of their own
//! and inside others.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{
    Viewer,
    fields::*,
    lists::{self, linked},
};
use crate::{
    model::{
        Page,
        kind::{Flow, Outcome, Question, Rule, Turn, Urgency},
        reach::{for_script, pieces},
    },
    text::Interval,
};

/// A flow on the page of one of its questions or outcomes; `here` is its id. The page
/// of the flow itself and the page to print are given no id.
pub(super) fn flow(
    viewer: &Viewer<'_>,
    page: &Page,
    flow: &Flow,
    here: Option<&str>,
    words: &BTreeMap<String, String>,
) -> FlowView {
    let device = flow.needs_device();
    let look = FlowLook { viewer, page, flow, words, device };
    let first = flow.questions.first().map(|question| question.id.value.as_str());
    let shown = here.or(first);
    let question = shown.and_then(|id| flow.question(id));
    let outcome = here.and_then(|id| flow.outcome(id));
    let way = here.map(|id| flow.only_way(id)).unwrap_or_default();
    let data = if here.is_none() { for_script(&look.data()) } else { String::new() };
    let left = question.map_or(0, |question| flow.most_left(&question.id.value));
    let is_first = here.is_none() || here == first;
    let step = if is_first || !way.is_empty() { way.len() + 1 } else { 0 };
    // The page of one question or outcome shows no other.
    fn all<T, V>(parts: &[T], view: &dyn Fn(&T) -> V, here: Option<&str>) -> Vec<V> {
        if here.is_some() { Vec::new() } else { parts.iter().map(view).collect() }
    }
    FlowView {
        title: page.title.clone(),
        url: page.url.to_string(),
        before: viewer.fill(&flow.before, page),
        warning: viewer.fill(&flow.warning, page),
        device,
        left,
        step,
        most: way.len() + left,
        question: question.map(|question| look.question(question)),
        outcome: outcome.map(|outcome| look.outcome(outcome)),
        way: way
            .iter()
            .enumerate()
            .map(|(at, &(question, answer))| AnsweredView {
                ask: viewer.fill(&question.ask, page),
                answer: look.rule(&question.turns[answer].rule),
                url: look.url(&question.id.value),
                trail: trail_of(&way[..at]),
            })
            .collect(),
        leading: here.map(|id| look.leading(id)).unwrap_or_default(),
        print: page.url.join("print").to_string(),
        questions: all(&flow.questions, &|question| look.question(question), here),
        outcomes: all(&flow.outcomes, &|outcome| look.outcome(outcome), here),
        trail: question.map(|question| look.trail(&question.id.value)).unwrap_or_default(),
        data,
    }
}

/// A flow inside a page, with all of its questions and outcomes: nothing has an address of its
/// own, so nobody learns which answers were given. `number` sets its ids apart from others.
pub(super) fn flow_inside(
    viewer: &Viewer<'_>,
    page: &Page,
    flow: &Flow,
    number: usize,
) -> FlowView {
    let words = viewer.words(&page.language);
    let look = FlowLook { viewer, page, flow, words, device: true };
    let own = |id: &str| format!("flow-{number}-{id}");
    let question = |question: &Question| {
        let mut view = look.question(question);
        view.id = own(&view.id);
        view.answers.iter_mut().for_each(|answer| answer.to = own(&answer.to));
        view
    };
    let outcome = |outcome: &Outcome| {
        let view = look.outcome(outcome);
        OutcomeView { id: own(&view.id), ..view }
    };
    FlowView {
        title: page.title.clone(),
        url: page.url.to_string(),
        before: viewer.fill(&flow.before, page),
        warning: viewer.fill(&flow.warning, page),
        device: true,
        questions: flow.questions.iter().map(question).collect(),
        outcomes: flow.outcomes.iter().map(outcome).collect(),
        ..FlowView::default()
    }
}

/// What a link to the page of a flow writes after `#` to begin at a question that several ways
/// lead to. No question is called so: it would be an address of its own.
const FROM: &str = "from";

/// Answers as a link to the page of the flow writes them after `#`.
fn trail_of(way: &[(&Question, usize)]) -> String {
    way.iter().map(|(question, answer)| format!("{}={answer}&", question.id.value)).collect()
}

/// What all parts of a flow are shown with.
struct FlowLook<'a> {
    viewer: &'a Viewer<'a>,
    page: &'a Page,
    flow: &'a Flow,
    words: &'a BTreeMap<String, String>,
    /// Whether the reader’s device works it out.
    device: bool,
}

impl FlowLook<'_> {
    fn word(&self, name: &str) -> String {
        self.words.get(name).cloned().unwrap_or_default()
    }

    /// The page of a question or outcome; for a device, its place on the page.
    fn url(&self, id: &str) -> String {
        let is_first = self.flow.questions.first().is_some_and(|first| first.id.value == id);
        match (self.device, is_first) {
            (true, _) => format!("{}#{id}", self.page.url),
            (false, true) => self.page.url.to_string(),
            (false, false) => self.page.url.join(id).to_string(),
        }
    }

    /// What leads to a question, as a link to the page of the flow names it after `#`.
    fn trail(&self, id: &str) -> String {
        let is_first = self.flow.questions.first().is_some_and(|first| first.id.value == id);
        let way = self.flow.only_way(id);
        if way.is_empty() && !is_first { format!("{FROM}={id}&") } else { trail_of(&way) }
    }

    /// The questions with an answer that leads to a question or outcome.
    fn leading(&self, id: &str) -> Vec<LeadView> {
        let of = |question: &Question| {
            let turns = question.turns.iter().filter(|turn| turn.to.value == id);
            LeadView {
                ask: self.viewer.fill(&question.ask, self.page),
                answers: turns.map(|turn| self.rule(&turn.rule)).collect(),
                url: self.url(&question.id.value),
                trail: self.trail(&question.id.value),
            }
        };
        let all = self.flow.questions.iter().map(of);
        all.filter(|leading| !leading.answers.is_empty()).collect()
    }

    fn question(&self, question: &Question) -> QuestionView {
        let number = self.flow.questions.iter().position(|other| std::ptr::eq(other, question));
        QuestionView {
            number: number.map_or(0, |at| at + 1),
            id: question.id.value.clone(),
            ask: self.viewer.fill(&question.ask, self.page),
            help: self.viewer.fill(&question.help, self.page),
            kind: question.kind.name(),
            answers: question.turns.iter().map(|turn| self.answer(turn)).collect(),
        }
    }

    fn answer(&self, turn: &Turn) -> AnswerView {
        let to = turn.to.value.as_str();
        let outcome = self.flow.outcome(to);
        let leads_to = outcome.map(|outcome| outcome.title.as_str());
        let leads_to = leads_to.or_else(|| Some(self.flow.question(to)?.ask.as_str()));
        AnswerView {
            text: self.rule(&turn.rule),
            to: to.to_owned(),
            leads_to: self.viewer.fill(leads_to.unwrap_or_default(), self.page),
            ends: outcome.is_some(),
            url: self.url(to),
        }
    }

    /// For which answers a turn is, in words.
    fn rule(&self, rule: &Rule) -> String {
        let put = |name: &str, value: &str| self.word(name).replace("{n}", value);
        match rule {
            Rule::Answer(text) | Rule::None(text) => self.viewer.fill(text, self.page),
            Rule::AtLeast(number) => put("flow_at_least", &number.to_string()),
            Rule::MoreThan(number) => put("flow_more_than", &number.to_string()),
            Rule::OlderThan(interval) => {
                let (number, one, many) = match *interval {
                    Interval::Months(months) if months % 12 == 0 => {
                        (months / 12, "flow_year_ago", "flow_years_ago")
                    }
                    Interval::Months(months) => (months, "flow_month_ago", "flow_months_ago"),
                    Interval::Days(days) => (days, "flow_day_ago", "flow_days_ago"),
                };
                put(if number == 1 { one } else { many }, &number.to_string())
            }
            Rule::Before(day) => put("flow_before", &self.viewer.day(*day, &self.page.language)),
            Rule::Starts(prefixes) => {
                let all: Vec<&str> = prefixes.iter().map(|(written, _)| written.as_str()).collect();
                put("flow_starts", &all.join(", "))
            }
            Rule::Otherwise => self.word("flow_otherwise"),
        }
    }

    fn outcome(&self, outcome: &Outcome) -> OutcomeView {
        let site = self.viewer.site;
        let fill = |text: &str| self.viewer.fill(text, self.page);
        let contact = outcome.contact.as_ref();
        let contact = contact.and_then(|id| site.data.contacts.get_key_value(&id.value));
        let next = outcome.next.as_ref().and_then(|(text, link)| {
            let link = linked(site, self.page, link)?;
            let title = if text.is_empty() { link.title } else { fill(text) };
            Some(LinkView { title, ..link })
        });
        let text = fill(&outcome.text);
        OutcomeView {
            id: outcome.id.value.clone(),
            title: fill(&outcome.title),
            text: text
                .split("\n")
                .map(str::trim)
                .filter(|p| !p.is_empty())
                .map(str::to_owned)
                .collect(),
            points: outcome.points.iter().map(|point| fill(point)).collect(),
            warning: fill(&outcome.warning),
            next,
            contact: contact
                .map(|(id, contact)| lists::contact(self.viewer, self.page, id, contact)),
            call: outcome.call.iter().map(lists::phone).collect(),
            urgency: outcome.urgency.map_or("", Urgency::name),
        }
    }

    /// What the script needs to know.
    fn data(&self) -> Value {
        let device = self.device;
        let mut questions = Map::new();
        for question in &self.flow.questions {
            let answers: Vec<Value> = question.turns.iter().map(|turn| self.turn(turn)).collect();
            let mut told = json!({
                "ask": pieces(&self.viewer.fill(&question.ask, self.page)),
                "help": pieces(&self.viewer.fill(&question.help, self.page)),
                "answers": answers,
            });
            if device {
                told["type"] = json!(question.kind.name());
                if !question.unit.is_empty() {
                    told["unit"] = json!(*question.unit);
                }
            } else {
                told["left"] = json!(self.flow.most_left(&question.id.value));
            }
            questions.insert(question.id.value.clone(), told);
        }
        let start = self.flow.questions.first().map_or("", |first| first.id.value.as_str());
        let outcomes: Vec<&str> =
            self.flow.outcomes.iter().map(|outcome| outcome.id.value.as_str()).collect();
        let mut data = json!({
            "start": start,
            "questions": questions,
            "outcomes": outcomes,
            "say": {"change": self.word("flow_change"), "step": self.word("flow_step")},
        });
        if device {
            data["device"] = json!(true);
        }
        data
    }

    fn turn(&self, turn: &Turn) -> Value {
        let to = &turn.to.value;
        match &turn.rule {
            Rule::Answer(_) => json!({"text": pieces(&self.rule(&turn.rule)), "to": to}),
            Rule::None(_) => {
                json!({"none": true, "text": pieces(&self.rule(&turn.rule)), "to": to})
            }
            Rule::AtLeast(number) => json!({"atLeast": number, "to": to}),
            Rule::MoreThan(number) => json!({"moreThan": number, "to": to}),
            Rule::OlderThan(Interval::Months(months)) => {
                json!({"olderThan": {"months": months}, "to": to})
            }
            Rule::OlderThan(Interval::Days(days)) => json!({"olderThan": {"days": days}, "to": to}),
            Rule::Before(day) => json!({"before": day.to_string(), "to": to}),
            Rule::Starts(prefixes) => {
                let compared: Vec<&str> = prefixes.iter().map(|(_, own)| own.as_str()).collect();
                json!({"starts": compared, "to": to})
            }
            Rule::Otherwise => json!({"to": to}),
        }
    }
}
