//! Letters: templates that people fill in, print and send.
//!
//! A letter is read by two people who were not in the room: the one who sends
//! it and the one who opens it. Blanks are therefore named in front matter,
//! with a label each, and the same list gives the sheet on the page, the
//! printed form and the example. Text messages and emails are letters without paper.

use super::{Kind, KindEntry, Own, Written, make::print};
use std::collections::BTreeMap;

use crate::{
    model::{
        Page,
        front::{names, one_of},
    },
    parse::{Fields, Placed},
    rule,
    text::{brackets::plain_name, wording::capital},
};

names! {
    /// What can be written into a blank; in code a blank is a field.
    FieldType {
        /// A few words.
        Text = "text",
        /// Sentences.
        LongText = "long text",
        /// A day.
        Date = "date",
        /// An amount of money.
        Money = "money",
        /// A phone number.
        Phone = "phone",
        /// An email address.
        Email = "email",
        /// A postcode.
        Postcode = "postcode",
        /// A number.
        Number = "number",
        /// Yes or no.
        YesNo = "yes or no",
        /// One of several answers.
        Choice = "choice",
        /// A postal address.
        Address = "address",
    }
}

names! {
    /// What a letter becomes. Only paper has a frame: letterhead, date, reference.
    Form {
        /// Paper, or a document to print.
        Paper = "letter",
        /// A text message.
        Text = "text message",
        /// An email of plain text.
        Email = "email",
    }
}

/// A letter to fill in.
pub static LETTER: KindEntry =
    KindEntry::written("letter", "A letter to fill in.", include_str!("starter.md"))
        .names("see Letters")
        .shown_by("letter.html")
        .read(|fields| Box::new(Letter::read(fields)));

/// A letter that tells someone a decision.
pub static DECISION_LETTER: KindEntry = KindEntry::written(
    "decision letter",
    "A letter that tells someone a decision.",
    include_str!("starter_decision.md"),
)
.names("see Letters")
.shown_by("letter.html")
.read(|fields| Box::new(Letter::read(fields)));

/// Something to fill in and keep.
pub static WORKSHEET: KindEntry = KindEntry::written(
    "worksheet",
    "A sheet to fill in that is sent to nobody.",
    include_str!("starter_worksheet.md"),
)
.names("see Worksheets")
.shown_by("letter.html")
.worded("sheet_")
.read(|fields| Box::new(Letter::read(fields)));

/// A text message to fill in.
pub static TEXT_MESSAGE: KindEntry = KindEntry::written(
    "text message",
    "A text message to fill in.",
    include_str!("starter_text_message.md"),
)
.names("see Text messages and emails")
.shown_by("message.html")
.worded("sms_")
.read(|fields| Box::new(Letter::read(fields)));

/// An email to fill in.
pub static EMAIL: KindEntry =
    KindEntry::written("email", "An email to fill in.", include_str!("starter_email.md"))
        .names("see Text messages and emails")
        .shown_by("message.html")
        .worded("email_")
        .read(|fields| Box::new(Letter::read(fields)));

/// A letter to print and write on.
pub static LETTER_PRINT: KindEntry =
    KindEntry::made("letter print", "A letter to print and write on.", "letter-print.html")
        .unsearched()
        .unlisted();

/// The front matter of a letter, beyond what every page has.
#[derive(Debug, Default)]
pub struct Letter {
    /// Who opens it, for letters that the public send: an id of a contact, or
    /// words.
    pub to: Option<Placed<String>>,
    /// Who sends it, for letters that staff send: an id of a contact.
    pub from: Option<Placed<String>>,
    /// What it is about, in one line.
    pub subject: Option<Placed<String>>,
    /// The language of the version of it that stands below it in one document: `cy`.
    pub also_in: Option<Placed<String>>,
    /// The blanks, in the order in which people are asked.
    pub fields: Vec<Field>,
}

/// A blank.
#[derive(Debug)]
pub struct Field {
    /// How the letter refers to it: `((start date))`.
    pub name: Placed<String>,
    /// What people are asked: `When did your care start?`.
    pub label: Placed<String>,
    /// What can be written into it.
    pub kind: FieldType,
    /// Help with the answer.
    pub help: Placed<String>,
    /// Whether it must be filled in.
    pub required: bool,
    /// For a choice: the answers.
    pub choices: Vec<String>,
    /// An answer that someone might give, never a real one.
    pub example: String,
    /// The token for the person's own details, as HTML defines them.
    pub autocomplete: String,
    /// The date field that this date must come after.
    pub after: String,
    /// How much later than the letter: `21 days`.
    pub at_least: String,
}

impl Form {
    /// What to call one: `an email`.
    pub const fn one(self) -> &'static str {
        match self {
            Self::Paper => "a letter",
            Self::Text => "a text message",
            Self::Email => "an email",
        }
    }
}

impl Own for Letter {
    fn contacts(&self) -> Vec<(&Placed<String>, &'static str)> {
        let from = self.from.iter().map(|contact| (contact, "sends it"));
        from.chain(self.to.iter().map(|contact| (contact, "opens it"))).collect()
    }

    fn made(&self, page: &Page, written: &Written<'_>) -> Vec<Page> {
        if page.kind.form() != Form::Paper {
            return Vec::new();
        }
        vec![print(page, written.words, "made_write_on", Kind::plain(&LETTER_PRINT))]
    }
}

impl Letter {
    fn read(fields: &mut Fields<'_>) -> Self {
        let mut letter = Self {
            to: fields.text("to"),
            from: fields.text("from"),
            subject: fields.text("subject"),
            also_in: fields.text("also in"),
            fields: Vec::new(),
        };
        let mut examples = BTreeMap::new();
        if let Some(mut example) = fields.map("example") {
            for (name, mut words) in example.every_list() {
                let place = name.span;
                let value = if words.is_empty() { String::new() } else { words.remove(0).value };
                examples.insert(name.value, (place, value));
            }
            fields.absorb(example);
        }
        for (span, mut item) in fields.maps("fields") {
            let name = item.needed("name", "full name");
            let label = item.text("label");
            let kind = one_of(&mut item, "type", FieldType::ALL, FieldType::name)
                .unwrap_or(FieldType::Text);
            let help = item.said("help");
            let required = item.yes_no("required").unwrap_or(true);
            let choices: Vec<String> = item.all_words_of("choices");
            let own_example = item.words_of("example");
            let autocomplete = item.words_of("autocomplete");
            let after = item.words_of("after");
            let at_least = item.words_of("at least");
            if kind == FieldType::Choice && choices.is_empty() {
                let message = "this choice has no answers to choose from";
                let hint = "add `choices: [the first answer, the second answer]`";
                item.wrong(&rule::FRONT_MATTER, span, message, hint);
            }
            let mut seen: Vec<String> = Vec::new();
            for choice in &choices {
                if seen.contains(&choice.to_lowercase()) {
                    let message =
                        format!("“{choice}” is there twice, so nobody could choose the second");
                    item.wrong(&rule::LETTER_FIELD, span, message, "take one of them out");
                }
                seen.push(choice.to_lowercase());
            }
            let other = name.as_ref().and_then(|name| letter.field(&name.value));
            let is_twice = other.is_some();
            if let Some(other) = other {
                let message = format!("there is a field “{}” already", other.name.value);
                let hint = "give this one another name; capitals, spaces and hyphens do not count";
                item.wrong(&rule::LETTER_FIELD, span, message, hint);
            }
            if let Some(name) = name {
                let from_list = examples.remove(&name.value).map(|(_, value)| value);
                let example = if own_example.is_empty() {
                    from_list.unwrap_or_default()
                } else {
                    own_example
                };
                if example.is_empty() && !is_twice {
                    let message = format!("the field “{}” has no example", name.value);
                    let hint = format!(
                        "under `example:` add `{}: ` and an answer that belongs to nobody",
                        name.value
                    );
                    item.wrong(&rule::LETTER_FIELD, name.span, message, hint);
                }
                let from_name = || Placed { value: capital(&name.value), span: name.span };
                let label = label.filter(|label| !label.is_empty()).unwrap_or_else(from_name);
                letter.fields.push(Field {
                    name,
                    label,
                    kind,
                    help,
                    required,
                    choices,
                    example,
                    autocomplete,
                    after,
                    at_least,
                });
            }
            fields.absorb(item);
        }
        for (name, (span, _)) in examples {
            let message = format!("there is no field “{name}” for this example");
            let hint = "take it out, or add the field under `fields:`";
            fields.wrong(&rule::LETTER_FIELD, span, message, hint);
        }
        letter
    }

    /// The field with a name, however it is written: `Reply_By`.
    pub fn field(&self, name: &str) -> Option<&Field> {
        let name = plain_name(name);
        self.fields.iter().find(|field| plain_name(&field.name.value) == name)
    }
}
