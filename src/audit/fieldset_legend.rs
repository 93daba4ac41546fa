//! `fieldset-legend`: groups of fields that do not say what the question is.

use std::collections::{HashMap, HashSet};

use super::{
    Check, Element, Marks, Page, Rule,
    fields::{input_type, is_field},
    inside::Inside,
    words::short,
};

pub(super) const RULE: Check =
    Rule::html("fieldset-legend", include_str!("fieldset_legend.md")).on_page(run);

/// Buttons or boxes with one name: answers to one question.
struct Answers<'p> {
    first: Element<'p>,
    count: usize,
    /// Whether something around the first of them asks the question.
    is_asked: bool,
}

fn run(page: &Page<'_>, marks: &mut Marks) {
    let mut fieldsets = Inside::default();
    let mut groups = Inside::default();
    let mut forms = Inside::default();
    let mut filled: HashSet<Element<'_>> = HashSet::new();
    let mut questions: Vec<Answers<'_>> = Vec::new();
    let mut by_name: HashMap<(Option<Element<'_>>, String, &str), usize> = HashMap::new();

    for element in page.elements() {
        let (fieldset, group, form) =
            (fieldsets.nearest(element), groups.nearest(element), forms.nearest(element));
        if element.is("form") {
            forms.push(element);
        }
        if element.is("fieldset") {
            fieldsets.push(element);
        }
        if is_group(element) && element.has_name() {
            groups.push(element);
        }
        if !is_field(element) || !element.is_exposed() {
            continue;
        }
        filled.extend(fieldset);
        let kind = input_type(element);
        let Some(name) = element.attr("name").filter(|name| !name.trim().is_empty()) else {
            continue;
        };
        if !element.is("input") || !matches!(kind.as_str(), "checkbox" | "radio") {
            continue;
        }
        let at = *by_name.entry((form, kind, name)).or_insert(questions.len());
        match questions.get_mut(at) {
            Some(answers) => answers.count += 1,
            None => questions.push(Answers { first: element, count: 1, is_asked: group.is_some() }),
        }
    }

    for fieldset in page.all(&["fieldset"]) {
        if !fieldset.is_exposed() || !is_group(fieldset) || !filled.contains(&fieldset) {
            continue;
        }
        if !marks.passes(fieldset.has_name()) {
            let hint = "write `<legend>…</legend>` as the first thing in it";
            marks.fail(fieldset, "the group of fields does not say what it is about").hint(hint);
        }
    }
    for answers in questions.iter().filter(|answers| answers.count > 1) {
        if marks.passes(answers.is_asked) {
            continue;
        }
        let name = answers.first.name();
        let message = format!(
            "“{}” is one of {} answers, and no group asks the question",
            short(name),
            answers.count
        );
        let hint = "put the answers in a `<fieldset>` that begins with `<legend>` and the question";
        marks.ask(answers.first, message).hint(hint);
    }
}

fn is_group(element: Element<'_>) -> bool {
    matches!(element.role(), Some("group" | "radiogroup"))
}
