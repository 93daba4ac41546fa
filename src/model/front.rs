//! What every page can say about itself.

use super::{
    elsewhere::{self, Hold},
    forms::{self, Form},
};
use crate::{
    parse::{Fields, Placed, YesNo},
    rule,
    text::{Date, Interval, Nation, Span, date::is_source_date, did_you_mean, unseen::bare},
};

pub(super) use crate::parse::names;

names! {
    /// The stages of having a direct payment.
    Stage {
        /// Whether to have one.
        Decide = "decide",
        /// How to begin.
        SetUp = "set up",
        /// How to go on.
        Manage = "manage",
    }
}

names! {
    /// Who a page is for.
    Audience {
        /// Everyone.
        Public = "public",
        /// Council staff. Only in a staff build.
        Staff = "staff",
    }
}

names! {
    /// Whether a page counts.
    Status {
        /// It counts.
        Published = "published",
        /// Not yet. It is in no build.
        Draft = "draft",
        /// Not any more. The page stays, with a notice, and cannot be found.
        Withdrawn = "withdrawn",
        /// What it is about has ended. As withdrawn.
        Ended = "ended",
    }
}

/// The front matter that all kinds of page share. Documented for editors in
/// `content/README.md`.
#[derive(Debug, Default)]
pub struct Front {
    /// What the page is called.
    pub title: Option<Placed<String>>,
    /// What it is called in the menu, when its title is long.
    pub menu: Option<Placed<String>>,
    /// What it is about, in a sentence.
    pub description: Option<Placed<String>>,
    /// The stage it belongs to.
    pub stage: Option<Stage>,
    /// Who it is for, when it says so.
    pub audience: Option<Audience>,
    /// The nation whose law it is about, where that is not the one of the site.
    pub nation: Option<Placed<Nation>>,
    /// Who looks after it: an id of a contact.
    pub owner: Option<Placed<String>>,
    /// Who else can.
    pub deputy: Option<Placed<String>>,
    /// Who a reader should ask.
    pub contact: Option<Placed<String>>,
    /// When someone last read the whole page.
    pub checked: Option<Placed<Date>>,
    /// When someone will again, worked out from `checked` where it was written
    /// as an interval.
    pub check_again: Option<Placed<Date>>,
    /// What changed, the newest first.
    pub changes: Vec<Change>,
    /// The last day on which it counts.
    pub until: Option<Placed<Date>>,
    /// When it was first published.
    pub date: Option<Placed<Date>>,
    /// Its place in lists.
    pub order: Option<i64>,
    /// What it is about among the pages of its section: `Money and cards`.
    pub topic: Option<Placed<String>>,
    /// Its short link.
    pub short: Option<Placed<String>>,
    /// Old addresses that lead to it.
    pub also_at: Vec<Placed<String>>,
    /// Pages to read next.
    pub related: Vec<Placed<String>>,
    /// Its easy-read version.
    pub easy_read: Option<Placed<String>>,
    /// The same page as files, in large print, as sound, in sign language.
    pub forms: Vec<Form>,
    /// Whether it counts.
    pub status: Status,
    /// Why it does not.
    pub status_note: Option<Placed<String>>,
    /// What to read instead.
    pub replaced_by: Option<Placed<String>>,
    /// Where the facts come from.
    pub source: Option<Placed<String>>,
    /// When the facts were as they are here, where nobody has checked them since: `August 2024`.
    pub source_date: Option<Placed<String>>,
    /// How others may use the text.
    pub licence: Option<Placed<String>>,
    /// Its language, when the name of the file does not say it.
    pub language: Option<Placed<String>>,
    /// Other words that people use for it.
    pub words: Vec<Placed<String>>,
    /// A theme's own data.
    pub extra: Option<serde_json::Value>,
    /// What keeps it from being published, by the words of another program or until a day.
    pub holds: Vec<Placed<Hold>>,
}

/// A note of what changed on a page.
#[derive(Debug, Clone)]
pub struct Change {
    /// When.
    pub date: Date,
    /// What.
    pub note: String,
    /// In which section.
    pub section: Option<Placed<String>>,
    /// Whether it is too small for the updates page.
    pub minor: bool,
}

impl Front {
    pub(super) fn read(fields: &mut Fields<'_>) -> Self {
        let mut front = Self {
            title: fields.text("title"),
            menu: fields.text("menu"),
            description: fields.text("description"),
            stage: one_of(fields, "stage", Stage::ALL, Stage::name),
            audience: audience(fields),
            nation: nation(fields),
            owner: fields.text("owner"),
            deputy: fields.text("deputy"),
            contact: fields.text("contact"),
            checked: fields.date("checked"),
            check_again: None,
            changes: changes(fields),
            date: fields.date("date"),
            until: fields.date("until"),
            order: fields.number("order"),
            topic: fields.text("topic"),
            short: fields.text("short"),
            also_at: fields.list("also at"),
            related: fields.list("related"),
            easy_read: fields.text("easy read"),
            forms: forms::read(fields),
            status: Status::Published,
            status_note: fields.text("status note"),
            replaced_by: fields.text("replaced by"),
            source: fields.text("source"),
            source_date: source_date(fields),
            licence: fields.text("licence"),
            language: fields.text("language"),
            words: fields.list("words"),
            extra: fields.data("extra"),
            holds: Vec::new(),
        };
        front.read_status(fields);
        if fields.has("draft") {
            let draft = fields.convert("draft", YesNo::parse, "yes or no", "write `yes` or `no`");
            if draft.is_some_and(|draft| draft.value.0) {
                front.status = Status::Draft;
            }
        }
        front.check_again = check_again(fields, front.checked.as_ref());
        front
    }

    /// Reads `status`. What other programs call a page that is not public is one that is
    /// not public here.
    fn read_status(&mut self, fields: &mut Fields<'_>) {
        let typed = fields.others().into_iter().find(|(name, _)| name.value == "status");
        let hold = typed.filter(|(_, value)| elsewhere::is_not_public(&value.value));
        if let Some((name, value)) = hold {
            fields.know(&name);
            let span = Span::new(name.span.start, value.span.end);
            self.holds.push(Placed { value: Hold::Always, span });
            return;
        }
        let read = one_of(fields, "status", STATUSES, |(name, _)| name);
        self.status = read.map_or_else(Status::default, |(_, status)| status);
    }
}

/// Who a page is for: `audience`, or `show to` as entries of a directory say.
fn audience(fields: &mut Fields<'_>) -> Option<Audience> {
    let mut read = |name| one_of(fields, name, AUDIENCES, |(name, _)| name).map(|(_, who)| who);
    let shown = read("show to");
    read("audience").or(shown)
}

fn nation(fields: &mut Fields<'_>) -> Option<Placed<Nation>> {
    let span = fields.place("nation")?;
    let value = one_of(fields, "nation", &Nation::ALL, Nation::name)?;
    Some(Placed { value, span })
}

/// The words for whether a page counts. Those of services say the same in the
/// words of Open Referral UK.
const STATUSES: &[(&str, Status)] = &[
    ("published", Status::Published),
    ("draft", Status::Draft),
    ("withdrawn", Status::Withdrawn),
    ("ended", Status::Ended),
    ("active", Status::Published),
    ("closed for now", Status::Published),
];

/// The words for who a page is for. Some councils say customers.
const AUDIENCES: &[(&str, Audience)] =
    &[("public", Audience::Public), ("staff", Audience::Staff), ("customer", Audience::Public)];

/// Reads one of a set of words.
pub(super) fn one_of<T: Copy>(
    fields: &mut Fields<'_>,
    name: &'static str,
    all: &[T],
    name_of: impl Fn(T) -> &'static str,
) -> Option<T> {
    let typed = fields.text(name);
    fields.choices(name, || all.iter().map(|&one| name_of(one)).collect());
    let Placed { value, span } = typed?;
    let wanted = bare(&value).trim().to_lowercase();
    let found = all.iter().copied().find(|&one| name_of(one).to_lowercase() == wanted);
    if found.is_none() {
        let names: Vec<&str> = all.iter().map(|&one| name_of(one)).collect();
        let otherwise = format!("write one of: {}", names.join(", "));
        let hint = did_you_mean(&wanted, names.iter().copied(), otherwise);
        let article = if name.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
        let message = format!("“{value}” is not {article} {name} that is known");
        fields.wrong(&rule::FRONT_MATTER, span, message, hint);
    }
    found
}

fn check_again(fields: &mut Fields<'_>, checked: Option<&Placed<Date>>) -> Option<Placed<Date>> {
    let Placed { value, span } = fields.text("check again")?;
    if let Some(date) = fields.values().day(&value) {
        return Some(Placed { value: date, span });
    }
    let Some(interval) = Interval::parse(&bare(&value)) else {
        let message = format!("“{value}” is not a date or an interval");
        let hint = "write `every 6 months`, or a date: 21 May 2027";
        fields.wrong(&rule::FRONT_MATTER, span, message, hint);
        return None;
    };
    if checked.is_none() && !fields.has("checked") {
        let hint = "add a line: `checked: 21 November 2026`";
        fields.wrong(&rule::FRONT_MATTER, span, "nothing says since when to count", hint);
    }
    checked.map(|checked| Placed { value: checked.value.plus(interval), span })
}

/// Reads `source date`: a day, a month or a year.
fn source_date(fields: &mut Fields<'_>) -> Option<Placed<String>> {
    let date = fields.text("source date")?;
    if !is_source_date(&date.value, |text| fields.values().day(text)) {
        let message = format!("“{}” is not a day, a month or a year", date.value);
        let hint = "write when the facts were so: `source date: August 2024`";
        fields.wrong(&rule::FRONT_MATTER, date.span, message, hint);
    } else if !fields.has("source") {
        let hint = "add a line: `source: The guide that it is from`";
        fields.wrong(&rule::FRONT_MATTER, date.span, "nothing says what the source is", hint);
    }
    Some(date)
}

fn changes(fields: &mut Fields<'_>) -> Vec<Change> {
    let mut changes = fields.each_of("changes", |_, item| {
        let date = item.date("date");
        let note = item.needed("note", "The limit for receipts is now £10.");
        let section = item.text("section");
        let minor = item.yes_no("minor").unwrap_or(false);
        if date.is_none() && !item.has("date") {
            item.needed("date", "21 November 2026");
        }
        Some(Change { date: date?.value, note: note?.value, section, minor })
    });
    changes.sort_by_key(|change| std::cmp::Reverse(change.date));
    changes
}
