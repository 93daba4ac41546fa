//! Letters on their pages: the form, the sheet, the documents, and what the
//! script that fills them in needs to know.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Viewer, fields::*, lists};
use crate::{
    letter::{
        self, Format, Size, Template, Told, answer, documents, fill,
        html::{Shown, sheet},
        picture_addresses, sms,
    },
    model::{
        Page, PageId, kind,
        kind::{FieldType, Form, Letter},
    },
    parse::Placed,
};

/// What the script of a letter page is told.
#[derive(Serialize)]
struct Script<'a> {
    #[serde(flatten)]
    told: Told<'a>,
    /// What it says, from the words of the theme that begin with `letter_say_`.
    says: BTreeMap<&'a str, &'a str>,
    /// For an email that the public send, the address that it goes to.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'a str>,
}

/// Several lines on one: after a sentence nothing stands between, else a comma.
fn on_one_line(lines: &str) -> String {
    let mut out = String::new();
    for line in lines.lines() {
        let between = if out.ends_with(['.', '?', '!']) { " " } else { ", " };
        let between = if out.is_empty() { "" } else { between };
        out.push_str(between);
        out.push_str(line);
    }
    out
}

/// What the page of a letter shows.
pub(super) fn view(
    viewer: &Viewer<'_>,
    id: PageId,
    letter: &Letter,
    words: &BTreeMap<String, String>,
) -> Option<LetterView> {
    let (template, _) = viewer.letters.get(&id)?;
    let page = &viewer.site.pages[id];
    let find = |id: &Option<Placed<String>>| {
        let found = viewer.site.data.contacts.get_key_value(&id.as_ref()?.value);
        found.map(|(id, contact)| lists::contact(viewer, page, id, contact))
    };
    let pictures = picture_addresses(viewer.site, page, template);
    let blank = template.blank();
    let examples = template.examples();
    // What is said of a type of answer that the letter does not ask for is never said.
    let is_asked = |name: &str| {
        let kind = FieldType::named(&name.replace('_', " "));
        kind.is_none_or(|kind| template.fields.iter().any(|field| field.kind == kind))
    };
    let says = words
        .iter()
        .filter_map(|(name, words)| Some((name.strip_prefix("letter_say_")?, words.as_str())))
        .filter(|(name, _)| is_asked(name));
    let to = find(&letter.to);
    let address = to.as_ref().and_then(|to| to.emails.first()).map(|email| email.address.as_str());
    let script = Script {
        told: Told::new(template),
        says: says.collect(),
        to: address.filter(|_| template.form == Form::Email),
    };
    let data = serde_json::to_string(&script);
    Some(LetterView {
        decision: page.kind.is(&kind::DECISION_LETTER),
        staff: template.staff,
        to,
        from: find(&letter.from),
        fields: template.fields.iter().enumerate().map(|(at, _)| field(template, at)).collect(),
        sheet: sheet(template, &fill(template, &blank), Shown::Sheet, &pictures),
        example: sheet(template, &fill(template, &examples), Shown::Example, &pictures),
        documents: documents(template.form)
            .iter()
            .map(|&(format, size)| document(page, template, format, size))
            .collect(),
        print: match template.form {
            Form::Paper => page.url.join("print").to_string(),
            Form::Text | Form::Email => String::new(),
        },
        length: (template.form == Form::Text).then(|| {
            let sms::Length { characters, parts, .. } =
                sms::length(&sms::said(template, &examples));
            LengthView { characters, parts }
        }),
        // In a script element only `<` could mean something.
        data: data.unwrap_or_default().replace('<', "\\u003c"),
    })
}

/// The letter that a page to print and write on is made of.
pub(super) fn printed<'a>(viewer: &'a Viewer<'a>, page: &Page) -> Option<(&'a Page, &'a Template)> {
    let letter = viewer.site.at(page.url.as_str().strip_suffix("print/")?)?;
    let (template, _) = viewer.letters.get(viewer.site.by_url.get(&letter.url)?)?;
    Some((letter, template))
}

/// A letter with lines to write on, for its page to print.
pub(super) fn ruled(viewer: &Viewer<'_>, letter: &Page, template: &Template) -> String {
    let pictures = picture_addresses(viewer.site, letter, template);
    sheet(template, &fill(template, &template.blank()), Shown::Ruled, &pictures)
}

fn field(template: &Template, at: usize) -> FieldView {
    let field = &template.fields[at];
    let input = match field.kind {
        FieldType::LongText => "long",
        FieldType::Address => "address",
        FieldType::YesNo | FieldType::Choice => "choice",
        FieldType::Email => "email",
        FieldType::Phone => "tel",
        FieldType::Text
        | FieldType::Date
        | FieldType::Money
        | FieldType::Postcode
        | FieldType::Number => "text",
    };
    FieldView {
        number: at,
        name: field.name.clone(),
        label: field.label.clone(),
        kind: field.kind.name(),
        input,
        help: field.help.clone(),
        example: match answer::read(template, field, &field.example) {
            Ok(example) => on_one_line(&example),
            Err(_) => field.example.clone(),
        },
        choices: field.choices.clone(),
        autocomplete: field.autocomplete.clone(),
        required: field.required,
        frame: field.today,
    }
}

fn document(page: &Page, template: &Template, format: Format, size: Size) -> DocumentView {
    let name = letter::file_name(&template.name, format, size);
    DocumentView {
        url: format!("{}{name}", page.url),
        format: format.extension(),
        large: size == Size::Large,
    }
}
