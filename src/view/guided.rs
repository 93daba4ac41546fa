//! Makes what templates see of pages that lead people somewhere: flows, look-ups, steps,
//! booklets, and what staff send.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{
    Viewer,
    fields::*,
    html::{Writer, part_id, section},
    lists,
};
use crate::{
    model::{
        Page, PageId, Site, Target,
        kind::{self, Flow, Outcome, Question, Rule, Turn, Urgency},
        reach::{for_script, pieces},
    },
    parse::Placed,
    text::{Interval, address::encoded_value, wording::one_line},
};

/// The page that a link at a place leads to.
pub(super) fn linked(site: &Site, page: &Page, link: &Placed<String>) -> Option<LinkView> {
    match page.text.named.get(&link.span.start) {
        Some((_, Target::Page(id, fragment))) => {
            let mut view = lists::link(&site.pages[*id]);
            if let Some(fragment) = fragment {
                view.url = format!("{}#{fragment}", view.url);
            }
            Some(view)
        }
        Some((link, Target::External)) => {
            let title = link.value.clone();
            Some(LinkView { url: title.clone(), title, ..LinkView::default() })
        }
        _ => None,
    }
}

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
    let trail = match here.filter(|_| way.is_empty() && outcome.is_none()) {
        Some(id) => format!("{FROM}={id}&"),
        None => trail_of(&way),
    };
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
        print: page.url.join("print").to_string(),
        questions: all(&flow.questions, &|question| look.question(question), here),
        outcomes: all(&flow.outcomes, &|outcome| look.outcome(outcome), here),
        trail,
        data,
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

/// The steps that a page helps with.
pub(super) fn journeys(viewer: &Viewer<'_>, page: &Page) -> Vec<JourneyView> {
    let site = viewer.site;
    let journeys = page.relations.steps.iter().filter_map(|&(journey, at)| {
        let journey = &site.pages[journey];
        let own = journey.kind.own::<kind::StepByStep>()?;
        let steps = own.steps.iter().enumerate().map(|(number, step)| {
            let first = step.all().find_map(|link| linked(site, journey, link));
            let url = first.map_or_else(|| journey.url.to_string(), |link| link.url);
            LinkView {
                title: viewer.fill(&step.title, journey),
                url,
                current: number == at,
                ..LinkView::default()
            }
        });
        Some(JourneyView {
            title: journey.title.clone(),
            url: journey.url.to_string(),
            number: at + 1,
            all: own.steps.len(),
            step: viewer.fill(&own.steps.get(at)?.title, journey),
            steps: steps.collect(),
        })
    });
    journeys.collect()
}

/// The pages of a booklet, each a section with its own ids.
pub(super) fn booklet<'a>(
    viewer: &'a Viewer<'a>,
    page: &Page,
    words: &'a BTreeMap<String, String>,
) -> (Vec<LinkView>, Markup) {
    let Some(booklet) = page.kind.own::<kind::Booklet>() else { return Default::default() };
    let site = viewer.site;
    let pages = booklet.pages.iter();
    let pages = pages.filter_map(|link| match page.text.named.get(&link.span.start) {
        Some((_, Target::Page(id, _))) => Some(*id),
        _ => None,
    });
    // Two folders may have a page of the same name.
    let name = |(at, id): (usize, PageId)| (id, format!("{}-{}", part_id(&site.pages[id]), at + 1));
    let pages: Vec<(PageId, String)> = pages.enumerate().map(name).collect();
    // A page that is named twice is read where it stands first.
    let here = pages.iter().rev().cloned().collect();
    let (mut contents, mut out) = (Vec::new(), Markup::default());
    for (id, name) in pages {
        let part = &site.pages[id];
        let url = format!("#{name}");
        contents.push(LinkView { title: part.title.clone(), url, ..LinkView::default() });
        let inside = if let Some(service) = part.kind.service() {
            let service = Some(super::directory::service_view(viewer, part, service));
            let view = RecordView { service, ..RecordView::default() };
            let language = page.language.clone();
            let mut inside = Markup::default();
            inside.push_record(Record { template: "records/service.html", language, view });
            inside
        } else {
            let mut writer = Writer::new(viewer, part, words);
            writer.deeper = 1;
            writer.prefix = format!("{name}--");
            writer.here = &here;
            writer.body()
        };
        out.push(section(&name, &part.title, inside));
    }
    (contents, out)
}

/// Where people choose pages for a booklet: what is ready, and all pages by section.
pub(super) fn booklets(viewer: &Viewer<'_>, language: &str) -> BookletsView {
    let site = viewer.site;
    let listed = || {
        let pages = site.pages.iter().filter(move |page| page.language == language);
        pages.filter(|page| page.is_listed() && !page.made && (!page.for_staff() || viewer.staff))
    };
    let ready = listed().filter(|page| page.kind.is(&kind::BOOKLET)).map(lists::link);
    let mut groups: BTreeMap<(usize, PageId), Vec<LinkView>> = BTreeMap::new();
    for page in listed().filter(|page| page.kind.entry.fits_a_booklet) {
        let above = page.relations.above.last().copied().unwrap_or_default();
        let link = LinkView { description: String::new(), ..lists::link(page) };
        groups.entry((page.relations.above.len(), above)).or_default().push(link);
    }
    // In the order of the menu; what is in no section comes last.
    let home = site.of_kind(&kind::HOME, language).map(|id| &site.pages[id]);
    let menu = home.map_or(&[][..], |home| home.relations.children.as_slice());
    let place = |section: PageId| menu.iter().position(|&id| id == section).unwrap_or(menu.len());
    let mut groups: Vec<_> = groups.into_iter().collect();
    groups.sort_by_key(|((depth, section), _)| (place(*section), *depth, *section));
    let groups = groups.into_iter().map(|((_, section), mut pages)| {
        pages.sort_by_cached_key(|link| link.title.to_lowercase());
        ChoiceView { title: site.pages[section].title.clone(), pages }
    });
    BookletsView { ready: ready.collect(), groups: groups.collect() }
}

/// Every short link, by name.
pub(super) fn short_links(viewer: &Viewer<'_>) -> Vec<ShortLinkView> {
    let site = viewer.site;
    let mut links: Vec<(&str, &Page)> = site
        .pages
        .iter()
        .filter(|page| !page.short.is_empty())
        .map(|page| (page.short.as_str(), page))
        .collect();
    links.sort_unstable_by_key(|(name, page)| (*name, &page.url));
    links
        .into_iter()
        .map(|(name, page)| ShortLinkView {
            address: viewer.address(name),
            page: lists::link(page),
            code: format!("{name}code.svg"),
        })
        .collect()
}

/// Where a day is to be written. The script of the page fills them in, in this order.
const BLANK: &str = "____________";

/// What staff send when they send a page: at most six lines.
pub(super) fn send(viewer: &Viewer<'_>, own: &Page, page: &PageView<'_>) -> Option<SendView> {
    let address = if page.short.is_empty() { &page.address } else { &page.short };
    // The answer of a flow is in no list, and it is what people send.
    let is_answer = page.own.flow.as_ref().is_some_and(|flow| flow.outcome.is_some());
    if address.is_empty() || page.hidden && !page.staff && !is_answer {
        return None;
    }
    let words = viewer.words(page.language);
    let word = |name| words.get(name).map_or("", String::as_str);
    let mut lines = vec![one_line(&page.title), one_line(&page.description), address.clone()];
    if !page.checked.is_empty() {
        lines.push(format!("{} {}", word("checked"), page.checked));
    }
    if let Some(contact) = &page.contact
        && let Some(phone) = contact.phones.first()
    {
        let call = word("send_call").replace("{name}", &contact.name);
        lines.push(one_line(&call.replace("{number}", &phone.number)));
    }
    lines.retain(|line| !line.is_empty());
    let text = lines.join("\n");
    let body = encoded_value(&text.replace('\n', "\r\n"));
    let mail = format!("mailto:?subject={}&body={body}", encoded_value(&lines[0]));
    let follow_up = if viewer.staff {
        let note = word("send_follow_up").replace("{title}", &lines[0]);
        note.replace("{address}", address).replace("{today}", BLANK).replace("{day}", BLANK)
    } else {
        String::new()
    };
    let booklet = viewer.site.of_kind(&kind::BOOKLET_MAKER, page.language);
    let booklet = booklet
        .filter(|_| own.kind.entry.fits_a_booklet)
        .map(|id| format!("{}#keep={}", viewer.site.pages[id].url, page.url.trim_matches('/')));
    Some(SendView { text, mail, booklet: booklet.unwrap_or_default(), follow_up })
}
