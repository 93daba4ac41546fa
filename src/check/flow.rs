//! `flow`: question flows that leave people standing.

use std::collections::{BTreeMap, BTreeSet};

use super::{Check, Marks, Subject, rule};
use crate::{
    model::{
        RecordData,
        kind::{self, Flow, Question, QuestionType, Rule},
    },
    text::{did_you_mean, nearest},
};

pub(super) const CHECK: Check = rule::FLOW.on_text(run);

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    let own = subject.page.and_then(|page| page.kind.own::<kind::Flow>());
    let inside = subject.text.records.values().filter_map(RecordData::flow);
    own.into_iter().chain(inside).for_each(|flow| one(subject, flow, marks));
}

fn one(subject: &Subject<'_>, flow: &Flow, marks: &mut Marks) {
    let ids = || flow.ids().map(|id| id.value.as_str());
    for question in &flow.questions {
        dead_ends(question, marks);
        covered(question, marks);
        for turn in &question.turns {
            let to = &turn.to;
            if !ids().any(|id| id == to.value) {
                let message =
                    format!("“{}” is not a question or an outcome of this flow", to.value);
                let otherwise = format!("write one of: {}", ids().collect::<Vec<_>>().join(", "));
                let hint = did_you_mean(&to.value, ids(), otherwise);
                marks.push(to.span, message).hint(hint);
            }
        }
    }
    unreached(flow, marks);
    loops(flow, marks);
    let contacts = &subject.world.site.data.contacts;
    for outcome in &flow.outcomes {
        match &outcome.contact {
            None => {
                let message = format!("the outcome “{}” says nobody to ask", outcome.id.value);
                let hint = "add `contact:` and an id from contacts.yaml";
                marks.push(outcome.id.span, message).hint(hint);
            }
            Some(id) if !contacts.contains_key(&id.value) => {
                let message = format!("“{}” is not the id of a contact", id.value);
                let otherwise = "write an id from contacts.yaml";
                let hint = did_you_mean(&id.value, contacts.keys().map(String::as_str), otherwise);
                marks.push(id.span, message).hint(hint);
            }
            Some(_) => {}
        }
        for said in std::iter::once(&outcome.text).chain(&outcome.points) {
            let small = said.value.to_lowercase();
            if small.contains("warning:") || small.contains("[!warning]") {
                let message = "this warning would stand among other words, and not in a box";
                let hint = "take it out here, and write it below the outcome as `warning:`";
                marks.push(said.span, message).hint(hint);
            }
        }
        if outcome.text.is_empty() && outcome.points.is_empty() && outcome.next.is_none() {
            let message = format!("the outcome “{}” does not say what to do", outcome.id.value);
            let hint = "add `text:` with a sentence or two, or `next:` with a link";
            marks.push(outcome.id.span, message).hint(hint);
        }
    }
}

/// Answers after which nothing comes.
fn dead_ends(question: &Question, marks: &mut Marks) {
    let has = |wanted: fn(&Rule) -> bool| question.turns.iter().any(|turn| wanted(&turn.rule));
    let (is_closed, hint) = match question.kind {
        QuestionType::Choice => {
            (question.turns.len() > 1, "add `answers:` with at least two answers")
        }
        QuestionType::Several => (
            has(|rule| matches!(rule, Rule::None(_))) && question.turns.len() > 1,
            "add an answer for people who tick nothing: `- {none: None of these, go to: …}`",
        ),
        QuestionType::Date | QuestionType::Number | QuestionType::Postcode => (
            has(|rule| matches!(rule, Rule::Otherwise)),
            "add a line for all other answers: `- {go to: …}`",
        ),
    };
    if !is_closed {
        let message = match question.kind {
            QuestionType::Choice => {
                format!("the question “{}” leaves nothing to choose", question.id.value)
            }
            _ => format!("some answers to “{}” lead nowhere", question.id.value),
        };
        marks.push(question.id.span, message).hint(hint);
    }
}

/// Answers for which an earlier line holds already, so that they never count.
fn covered(question: &Question, marks: &mut Marks) {
    let least = |rule: &Rule| match rule {
        Rule::AtLeast(number) => Some((*number, 0)),
        Rule::MoreThan(number) => Some((*number, 1)),
        _ => None,
    };
    let is_covered = |rule: &Rule, by: &Rule| match (rule, by) {
        (_, Rule::Otherwise) => true,
        (Rule::OlderThan(age), Rule::OlderThan(shorter)) => {
            let today = crate::text::Date::parse("1 January 2026").expect("a day");
            today.minus(*age) <= today.minus(*shorter)
        }
        (Rule::Before(day), Rule::Before(later)) => day <= later,
        (Rule::Starts(own), Rule::Starts(earlier)) => own.iter().all(|(_, prefix)| {
            earlier.iter().any(|(_, shorter)| prefix.starts_with(shorter.as_str()))
        }),
        (rule, by) => least(rule).zip(least(by)).is_some_and(|(own, by)| own >= by),
    };
    for (at, turn) in question.turns.iter().enumerate() {
        if question.turns[..at].iter().any(|earlier| is_covered(&turn.rule, &earlier.rule)) {
            let message = format!("no answer leads from here to “{}”", turn.to.value);
            let hint = "an earlier line has these answers already; put this one above it";
            marks.push(turn.to.span, message).hint(hint);
        }
    }
}

/// Questions and outcomes that no answer leads to.
fn unreached(flow: &Flow, marks: &mut Marks) {
    let Some(first) = flow.questions.first() else { return };
    let mut reached = BTreeSet::from([first.id.value.as_str()]);
    let mut next = vec![first];
    while let Some(question) = next.pop() {
        for turn in &question.turns {
            let to = turn.to.value.as_str();
            let ids = || flow.ids().map(|id| id.value.as_str());
            // A slip is told of where it is, and not as something that nothing leads to.
            let to = if ids().any(|id| id == to) { to } else { nearest(to, ids()).unwrap_or(to) };
            if reached.insert(to) {
                next.extend(flow.question(to));
            }
        }
    }
    for id in flow.ids().filter(|id| !reached.contains(id.value.as_str())) {
        let message = format!("no answer leads to “{}”", id.value);
        let hint = format!("add `go to: {}` to an answer, or take this out", id.value);
        marks.push(id.span, message).hint(hint);
    }
}

/// Answers that lead back to a question that was asked before.
fn loops(flow: &Flow, marks: &mut Marks) {
    let places: BTreeMap<&str, usize> = flow
        .questions
        .iter()
        .enumerate()
        .map(|(at, question)| (question.id.value.as_str(), at))
        .collect();
    // Not seen, on the way, done. Each question is left once, so this ends.
    let mut state = vec![0_u8; flow.questions.len()];
    for start in 0..flow.questions.len() {
        let mut way: Vec<(usize, usize)> = vec![(start, 0)];
        if state[start] != 0 {
            continue;
        }
        state[start] = 1;
        while let Some((question, turn)) = way.last_mut() {
            let own = &flow.questions[*question];
            let Some(found) = own.turns.get(*turn) else {
                state[*question] = 2;
                way.pop();
                continue;
            };
            *turn += 1;
            match places.get(found.to.value.as_str()) {
                Some(&to) if state[to] == 0 => {
                    state[to] = 1;
                    way.push((to, 0));
                }
                Some(&to) if state[to] == 1 => {
                    let message =
                        format!("this leads back to “{}”, so people go round", found.to.value);
                    let hint = "let it lead to a later question or to an outcome";
                    marks.push(found.to.span, message).hint(hint);
                }
                _ => {}
            }
        }
    }
}
