//! What a template sees of pages that lead people somewhere: flows, look-ups, steps,
//! booklets, and what staff send.

use serde::Serialize;

use super::{ContactView, Html, LinkView, PhoneView};

/// A question flow.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FlowView {
    /// What it is called.
    pub title: String,
    /// Its first page.
    pub url: String,
    /// What stands above the first question, or empty.
    pub before: String,
    /// What could do harm to somebody who stops to answer, or empty.
    pub warning: String,
    /// Whether the reader’s device works it out.
    pub device: bool,
    /// The question of this page.
    pub question: Option<QuestionView>,
    /// How many questions are left at most, that of this page included.
    pub left: usize,
    /// Which question this is, from 1, and of how many at most; 0 where there are several ways
    /// to get here.
    pub step: usize,
    /// Likewise.
    pub most: usize,
    /// The outcome of this page.
    pub outcome: Option<OutcomeView>,
    /// The answers that lead here, when there is one way to get here.
    pub way: Vec<AnsweredView>,
    /// The questions that lead here, each with those of its answers that do.
    pub leading: Vec<LeadView>,
    /// Everything on one page.
    pub print: String,
    /// All questions, but not on the page of one of them or of an outcome.
    pub questions: Vec<QuestionView>,
    /// All outcomes, likewise.
    pub outcomes: Vec<OutcomeView>,
    /// The answers that lead to this question, or the question itself, as a link to the page of
    /// the flow names them after `#`: `adult=0&`.
    pub trail: String,
    /// What the script needs to know, as JSON for a script element. Only on the page of the flow.
    pub data: Html,
}

/// A question.
#[derive(Debug, Clone, Serialize)]
pub struct QuestionView {
    /// Its number among the questions, from 1.
    pub number: usize,
    /// What links to it name.
    pub id: String,
    /// What is asked.
    pub ask: String,
    /// Help with the answer, or empty.
    pub help: String,
    /// `choice`, `several`, `date`, `number` or `postcode`.
    pub kind: &'static str,
    /// Where its answers lead.
    pub answers: Vec<AnswerView>,
}

/// Where an answer leads.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerView {
    /// The answer, or for which answers it is.
    pub text: String,
    /// The id of the question or outcome.
    pub to: String,
    /// That question or outcome, in its own words.
    pub leads_to: String,
    /// Whether that is an outcome.
    pub ends: bool,
    /// Its page, or empty.
    pub url: String,
}

/// A question that leads somewhere.
#[derive(Debug, Clone, Serialize)]
pub struct LeadView {
    /// The question.
    pub ask: String,
    /// Those of its answers that lead there.
    pub answers: Vec<String>,
    /// Its page.
    pub url: String,
    /// What leads to it, as a link to the page of the flow names it after `#`.
    pub trail: String,
}

/// A question that was answered.
#[derive(Debug, Clone, Serialize)]
pub struct AnsweredView {
    /// The question.
    pub ask: String,
    /// The answer.
    pub answer: String,
    /// The page of the question.
    pub url: String,
    /// The answers before it, as a link to the page of the flow names them after `#`.
    pub trail: String,
}

/// An end of a flow.
#[derive(Debug, Clone, Serialize)]
pub struct OutcomeView {
    /// What links to it name.
    pub id: String,
    /// The answer.
    pub title: String,
    /// More about it, in paragraphs.
    pub text: Vec<String>,
    /// Short points.
    pub points: Vec<String>,
    /// What could do harm, or empty.
    pub warning: String,
    /// What to do next.
    pub next: Option<LinkView>,
    /// Who to ask.
    pub contact: Option<ContactView>,
    /// Numbers to call at once.
    pub call: Vec<PhoneView>,
    /// The box that it is, as the label of one: `urgent`, `today`, `ask`, or empty.
    pub urgency: &'static str,
}

/// What it means to tick many things of a checklist.
#[derive(Debug, Clone, Serialize)]
pub struct TallyView {
    /// How many are many.
    pub at_least: usize,
    /// What to do then.
    pub then: String,
    /// What to do when there are fewer.
    pub otherwise: String,
}

/// A step by step that a page helps with.
#[derive(Debug, Clone, Serialize)]
pub struct JourneyView {
    /// What it is called.
    pub title: String,
    /// Its page.
    pub url: String,
    /// Which step this page helps with, from 1.
    pub number: usize,
    /// How many steps there are.
    pub all: usize,
    /// What the step is called.
    pub step: String,
    /// Every step, with the first page that helps with it; a step without one leads
    /// to the step by step itself.
    pub steps: Vec<LinkView>,
}

/// Where people choose pages for a booklet.
#[derive(Debug, Clone, Default, Serialize)]
pub struct BookletsView {
    /// Booklets that are ready.
    pub ready: Vec<LinkView>,
    /// Pages to choose from, by section.
    pub groups: Vec<ChoiceView>,
}

/// Pages to choose from.
#[derive(Debug, Clone, Serialize)]
pub struct ChoiceView {
    /// The section.
    pub title: String,
    /// Its pages.
    pub pages: Vec<LinkView>,
}

/// A short link.
#[derive(Debug, Clone, Serialize)]
pub struct ShortLinkView {
    /// The whole short address.
    pub address: String,
    /// The page it leads to.
    pub page: LinkView,
    /// The picture of a code that a phone reads. None where the site does not say where it is.
    pub code: Option<String>,
}

/// What staff send when they send a page.
#[derive(Debug, Clone, Serialize)]
pub struct SendView {
    /// At most six lines: what it is called, what it is about, its address, when it
    /// was checked, and who to ask.
    pub text: String,
    /// A link that opens an email with them.
    pub mail: String,
    /// A link that begins a booklet with this page, or empty.
    pub booklet: String,
    /// For the record of a case, in a staff build only: the page, its link, and two
    /// dates to fill in. Or empty.
    pub follow_up: String,
}
