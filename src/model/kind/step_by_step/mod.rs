//! Step by step: a long task as numbered steps, with the pages that help with each.
//!
//! Where one of several ways is enough, or several things are needed, they stand
//! inside their step: they are not steps of their own.

use serde_json::{Value, json};

use super::{KindEntry, Own, Seen, Shown};
use crate::{
    parse::{Fields, Placed, walk::Run},
    rule,
};

/// Steps in order.
pub static STEP_BY_STEP: KindEntry = KindEntry::written(
    "step by step",
    "Steps in order, with links to pages.",
    include_str!("starter.md"),
)
.names("see Step by step")
.shown_by("step-by-step.html")
.prose()
.read(|fields| Box::new(StepByStep::read(fields)));

/// The front matter of a step by step.
#[derive(Debug, Default)]
pub struct StepByStep {
    /// The steps, in order.
    pub steps: Vec<Step>,
}

/// A step, or one of several things to do in a step.
#[derive(Debug)]
pub struct Step {
    /// What to do.
    pub title: Placed<String>,
    /// A sentence about it, or empty.
    pub about: Placed<String>,
    /// Pages that help.
    pub pages: Vec<Placed<String>>,
    /// What it is made of, if it is made of several things.
    pub inside: Option<(Join, Vec<Step>)>,
}

/// How the things in a step go together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Join {
    /// One of them is enough.
    OneOf,
    /// Each is needed.
    AllOf,
}

impl Own for StepByStep {
    fn links(&self) -> Vec<&Placed<String>> {
        self.pages().map(|(_, page)| page).collect()
    }

    fn words(&self) -> Vec<(Run, &Placed<String>)> {
        let all = self.steps.iter().flat_map(|step| {
            let inside = step.inside.iter().flat_map(|(_, steps)| steps);
            std::iter::once(step).chain(inside)
        });
        all.flat_map(|step| [(Run::Heading, &step.title), (Run::Paragraph, &step.about)]).collect()
    }

    /// `steps`: each with its `number` from 1, `title`, `about`, `pages`, and where it is made
    /// of several things, `join` (`one of`, `all of`) and those things `inside`.
    fn shown(&self, seen: &dyn Seen) -> Shown {
        Shown::from_iter([("steps".to_owned(), shown(&self.steps, seen))])
    }
}

fn shown(steps: &[Step], seen: &dyn Seen) -> Value {
    let one = |(at, step): (usize, &Step)| {
        let (join, inside) = match &step.inside {
            Some((Join::OneOf, inside)) => ("one of", inside.as_slice()),
            Some((Join::AllOf, inside)) => ("all of", inside.as_slice()),
            None => ("", &[][..]),
        };
        let pages: Vec<Value> = step.pages.iter().filter_map(|page| seen.link(page)).collect();
        json!({
            "number": at + 1,
            "title": seen.filled(&step.title),
            "about": seen.filled(&step.about),
            "pages": pages,
            "join": join,
            "inside": shown(inside, seen),
        })
    };
    steps.iter().enumerate().map(one).collect()
}

impl StepByStep {
    fn read(fields: &mut Fields<'_>) -> Self {
        Self { steps: steps(fields, "steps", true) }
    }

    /// The pages of each step, with the number of the step from 0.
    pub fn pages(&self) -> impl Iterator<Item = (usize, &Placed<String>)> {
        self.steps.iter().enumerate().flat_map(|(at, step)| step.all().map(move |page| (at, page)))
    }
}

impl Step {
    /// Its pages, those of the things inside it included.
    pub fn all(&self) -> impl Iterator<Item = &Placed<String>> {
        let inside = self.inside.iter().flat_map(|(_, steps)| steps);
        self.pages.iter().chain(inside.flat_map(|step| &step.pages))
    }
}

fn steps(fields: &mut Fields<'_>, name: &'static str, may_have_more: bool) -> Vec<Step> {
    fields.each_of(name, |place, item| {
        let title = item.needed("title", "Write a contract");
        let about = item.said("about");
        let pages = item.list("pages");
        let mut inside = None;
        if may_have_more {
            for (join, name) in [(Join::OneOf, "one of"), (Join::AllOf, "all of")] {
                let own = self::steps(item, name, false);
                if own.len() == 1 {
                    let message = format!("`{name}` has one thing in it");
                    let hint = "add another, or make it the step itself";
                    item.wrong(&rule::STEP_BY_STEP, place, message, hint);
                }
                if !own.is_empty() {
                    inside = Some((join, own));
                }
            }
            if item.has("one of") && item.has("all of") {
                let message = "this step has both `one of` and `all of`";
                item.wrong(&rule::STEP_BY_STEP, place, message, "make two steps of it");
            }
        }
        Some(Step { title: title?, about, pages, inside })
    })
}
