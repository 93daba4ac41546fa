//! What people type into a blank: read, checked, and written as letters write it.

use super::{Field, Template};
use crate::{
    model::{data::is_email, kind::FieldType},
    text::{Date, date::Months},
};

/// Why an answer cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerFault {
    /// Nothing was typed, and something is needed.
    Missing,
    /// It is not of the type of the field.
    Not(FieldType),
    /// It does not come after the date in the field with this place.
    NotAfter(usize),
    /// It is sooner than this day, which is as long after the letter as the
    /// field asks for.
    TooSoon(Date),
}

/// Reads an answer. An empty answer to a field that may be left out is empty.
///
/// Text keeps every letter, on one line; long text and addresses keep their
/// lines. Control characters, which no document can hold, fall away, and every
/// sort of space becomes a space. The rest is written as letters write it:
///
/// | type | typed | written |
/// | --- | --- | --- |
/// | date | `1/10/2026`, `1st Oct 2026`, `2026-10-01` | `1 October 2026` |
/// | money | `1234.5`, `£1,234.50` | `£1,234.50` |
/// | postcode | `le11aa` | `LE1 1AA` |
/// | yes or no | `Y`, `true`, `1` | `yes` |
///
/// Dates in digits are read as people in the United Kingdom write them: the
/// day, the month, the year with four digits.
///
/// # Errors
///
/// [`AnswerFault::Missing`] and [`AnswerFault::Not`]. Rules between fields are looked at by
/// [`rules`].
pub fn read(template: &Template, field: &Field, typed: &str) -> Result<String, AnswerFault> {
    let clean = clean(typed);
    let one_line =
        || clean.split([' ', '\n']).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let answer = match field.kind {
        FieldType::LongText | FieldType::Address => {
            let lines = clean.split('\n').map(|line| line.trim_matches(' '));
            lines.collect::<Vec<_>>().join("\n").trim_matches('\n').to_owned()
        }
        _ => one_line(),
    };
    if answer.is_empty() {
        return if field.required { Err(AnswerFault::Missing) } else { Ok(answer) };
    }
    let read = match field.kind {
        FieldType::Text | FieldType::LongText | FieldType::Address => Some(answer),
        FieldType::Date => date(&answer, &template.months).map(|day| template.day(day)),
        FieldType::Money => money(&answer),
        FieldType::Phone => is_phone(&answer).then_some(answer),
        FieldType::Email => is_email(&answer).then_some(answer),
        FieldType::Postcode => postcode(&answer),
        FieldType::Number => is_number(&answer).then_some(answer),
        FieldType::YesNo => yes_no(field, &answer),
        FieldType::Choice => {
            let small = answer.to_lowercase();
            field.choices.iter().find(|choice| choice.to_lowercase() == small).cloned()
        }
    };
    read.ok_or(AnswerFault::Not(field.kind))
}

/// The answers that break a rule between fields, by the place of their field.
///
/// `answers` are as [`read`] gives them. A date that is missing or empty breaks
/// no rule. `today` is the date of a letter that does not give one.
pub fn rules(
    template: &Template,
    answers: &[Option<String>],
    today: Date,
) -> Vec<(usize, AnswerFault)> {
    let day = |at: usize| answers.get(at)?.as_deref().and_then(|text| date(text, &template.months));
    let written = written(template, answers);
    let mut faults = Vec::new();
    for (at, field) in template.fields.iter().enumerate() {
        let Some(own) = day(at) else { continue };
        if let Some(other) = field.after
            && day(other).is_some_and(|other| own <= other)
        {
            faults.push((at, AnswerFault::NotAfter(other)));
            continue;
        }
        if let Some(least) = field.least {
            let first = written.unwrap_or(today).plus(least);
            if own < first {
                faults.push((at, AnswerFault::TooSoon(first)));
            }
        }
    }
    faults
}

/// The answers to a letter as the version of it in another language says them: months and
/// choices have other names there.
pub(super) fn as_below(
    template: &Template,
    below: &Template,
    answers: &[Option<String>],
) -> Vec<Option<String>> {
    let fields = template.fields.iter().zip(&below.fields);
    let each = fields.zip(answers).map(|((field, other), answer)| {
        let answer = answer.as_deref()?;
        let said = match field.kind {
            FieldType::Date => date(answer, &template.months).map(|day| below.day(day)),
            FieldType::YesNo | FieldType::Choice => {
                let at = field.choices.iter().position(|choice| choice == answer);
                at.and_then(|at| other.choices.get(at).cloned())
            }
            _ => None,
        };
        Some(said.unwrap_or_else(|| answer.to_owned()))
    });
    each.collect()
}

/// The date that a letter with these answers gives itself.
pub fn written(template: &Template, answers: &[Option<String>]) -> Option<Date> {
    let at = template.fields.iter().position(|field| field.today)?;
    answers.get(at)?.as_deref().and_then(|text| date(text, &template.months))
}

/// A type in words: `a date`.
pub fn kind(kind: FieldType) -> &'static str {
    match kind {
        FieldType::Date => "a date",
        FieldType::Money => "an amount of money",
        FieldType::Phone => "a phone number",
        FieldType::Email => "an email address",
        FieldType::Postcode => "a postcode",
        FieldType::Number => "a number",
        FieldType::YesNo => "yes or no",
        FieldType::Choice => "one of the answers",
        FieldType::Text | FieldType::LongText => "text",
        FieldType::Address => "an address",
    }
}

/// Text that every document can hold: lines end in `\n`, every space is a
/// space, and there are no control characters.
fn clean(typed: &str) -> String {
    let mut out = String::with_capacity(typed.len());
    let mut letters = typed.chars().peekable();
    while let Some(c) = letters.next() {
        match c {
            '\r' => {
                if letters.peek() != Some(&'\n') {
                    out.push('\n');
                }
            }
            '\n' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\t'
            | '\u{a0}'
            | '\u{1680}'
            | '\u{2000}'..='\u{200a}'
            | '\u{202f}'
            | '\u{205f}'
            | '\u{3000}' => {
                out.push(' ');
            }
            '\u{0}'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
    out
}

/// A day as people write it in a letter, in any language of the site. The year has four
/// digits, and no letter is about the first thousand.
pub fn date(text: &str, months: &Months) -> Option<Date> {
    let text = text.trim().to_lowercase();
    let year = if text.get(4..5) == Some("-") {
        text.get(..4)
    } else {
        text.get(text.len().saturating_sub(4)..)
    };
    if text.contains('+') || year.is_some_and(|year| year.starts_with('0')) {
        return None;
    }
    if let Some(day) = Date::read(&text, months) {
        return Some(day);
    }
    // `the 4th of January 2027`
    let said = |part: &&str| !matches!(*part, "" | "of" | "the");
    let mut parts: Vec<&str> = text.split([' ', ',', '.', '/', '-']).filter(said).collect();
    // `Monday 1 October 2026`
    if parts.len() == 4 && parts[0].chars().all(char::is_alphabetic) {
        parts.remove(0);
    }
    let [day, month, year] = parts[..] else { return None };
    Date::from_numbers(day, month, year)
        .or_else(|| Date::read(&format!("{day} {month} {year}"), months))
}

/// `£1,234.50`; pence only where there are some.
fn money(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|&c| c != ' ').collect();
    let digits = text.strip_prefix('£').unwrap_or(&text);
    let (pounds, pence) = digits.split_once('.').unwrap_or((digits, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let mut groups = pounds.split(',');
    let first = groups.next()?;
    let grouped = groups.clone().next().is_some();
    if first.is_empty() || grouped && first.len() > 3 || !is_digits(first) {
        return None;
    }
    if !groups.all(|group| group.len() == 3 && is_digits(group)) {
        return None;
    }
    if !is_digits(pence) || pence.len() > 2 || pence.is_empty() && digits.contains('.') {
        return None;
    }
    let pounds = pounds.replace(',', "");
    let pounds = pounds.trim_start_matches('0');
    let pounds = if pounds.is_empty() { "0" } else { pounds };
    let mut out = String::from("£");
    for (at, digit) in pounds.char_indices() {
        if at > 0 && (pounds.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if pence.bytes().any(|byte| byte != b'0') {
        out.push('.');
        out.push_str(pence);
        if pence.len() == 1 {
            out.push('0');
        }
    }
    Some(out)
}

/// Whether a phone number has as many digits as it must: 11 after 02, 03 and
/// 07, 10 or 11 after others that begin with 0. Numbers of other countries begin
/// with `+`. Source: Ofcom, National Telephone Numbering Plan.
fn is_phone(text: &str) -> bool {
    let written = text.replace([' ', '(', ')', '-'], "");
    let (abroad, digits) = match written.strip_prefix('+') {
        Some(rest) => match rest.strip_prefix("44") {
            Some(rest) => (false, format!("0{}", rest.strip_prefix('0').unwrap_or(rest))),
            None => (true, rest.to_owned()),
        },
        None => (false, written),
    };
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    match digits.as_bytes() {
        _ if abroad => (8..=15).contains(&digits.len()),
        [b'0', b'2' | b'3' | b'7', ..] => digits.len() == 11,
        [b'0', b'1'..=b'9', ..] => (10..=11).contains(&digits.len()),
        _ => false,
    }
}

/// `LE1 1AA`
fn postcode(text: &str) -> Option<String> {
    let all: String = text.chars().filter(|&c| c != ' ').collect::<String>().to_ascii_uppercase();
    if !all.is_ascii() || !(5..=7).contains(&all.len()) {
        return None;
    }
    let (outward, inward) = all.split_at(all.len() - 3);
    let kinds = |text: &str| -> String {
        let kind = |c: char| match c {
            'A'..='Z' => 'a',
            '0'..='9' => '9',
            _ => '?',
        };
        text.chars().map(kind).collect()
    };
    let is_known =
        matches!(kinds(outward).as_str(), "a9" | "a99" | "a9a" | "aa9" | "aa99" | "aa9a");
    (is_known && kinds(inward) == "9aa").then(|| format!("{outward} {inward}"))
}

fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text).replace(',', "");
    let (whole, part) = digits.split_once('.').unwrap_or((&digits, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_digits(whole) && is_digits(part)
}

/// The words that spreadsheets and people use for yes and for no.
const YES: &[&str] = &["yes", "y", "true", "1"];
const NO: &[&str] = &["no", "n", "false", "0"];

fn yes_no(field: &Field, answer: &str) -> Option<String> {
    let small = answer.to_lowercase();
    let is = |at: usize, words: &[&str]| {
        words.contains(&small.as_str())
            || field.choices.get(at).is_some_and(|choice| choice.to_lowercase() == small)
    };
    let at = if is(0, YES) { 0 } else { is(1, NO).then_some(1)? };
    field.choices.get(at).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::kind::Form;

    fn typed(kind: FieldType, typed: &str) -> Option<String> {
        let template = Template {
            name: String::new(),
            title: String::new(),
            language: "en".into(),
            form: Form::Paper,
            subject: String::new(),
            author: String::new(),
            staff: false,
            easy: false,
            only_if: String::new(),
            fields: Vec::new(),
            blocks: Vec::new(),
            below: None,
            pictures: Vec::new(),
            months: crate::parse::words::built_in_languages().months().clone(),
        };
        let field = Field {
            name: "it".into(),
            label: "It".into(),
            kind,
            help: String::new(),
            example: String::new(),
            required: true,
            choices: match kind {
                FieldType::YesNo => vec!["ydw".into(), "nac ydw".into()],
                _ => vec!["Bank account".into(), "Card".into()],
            },
            autocomplete: String::new(),
            after: None,
            least: None,
            today: false,
        };
        read(&template, &field, typed).ok()
    }

    fn each(kind: FieldType, good: &[(&str, &str)], bad: &[&str]) {
        for (from, to) in good {
            assert_eq!(typed(kind, from).as_deref(), Some(*to), "{from}");
        }
        for from in bad {
            assert_eq!(typed(kind, from), None, "{from}");
        }
    }

    #[test]
    fn dates_come_out_in_words() {
        let good = [
            "1 October 2026",
            "1st oct 2026",
            "1/10/2026",
            "01.10.2026",
            "1-10-2026",
            "2026-10-01",
            "Thursday, 1 October 2026",
            "the 1st of October 2026",
            "1 Hydref 2026",
            " 1  OCTOBER\u{a0}2026 ",
        ];
        let good = good.map(|text| (text, "1 October 2026"));
        let bad = [
            "1/10/26",
            "31/2/2026",
            "13/13/2026",
            "October 2026",
            "tomorrow",
            "1 2 3 4",
            "١/١/2026",
            "1/1/0026",
            "0026-01-01",
        ];
        each(FieldType::Date, &good, &bad);
    }

    #[test]
    fn money_comes_out_with_commas() {
        let good = [
            ("420", "£420"),
            ("£ 420.00", "£420"),
            ("1234.5", "£1,234.50"),
            ("1,234,567", "£1,234,567"),
            ("£007", "£7"),
            ("0.5", "£0.50"),
            ("0", "£0"),
        ];
        each(
            FieldType::Money,
            &good,
            &["", "-5", "12,34", "1,2345", "£", "5.", "5.123", "five", "1.2.3"],
        );
    }

    #[test]
    fn the_rest_is_checked_for_its_shape() {
        each(
            FieldType::Phone,
            &[("07700 900123", "07700 900123"), ("+44 (0)1632 960001", "+44 (0)1632 960001")],
            &["0205 820892", "12345", "999", "0770090012x"],
        );
        each(
            FieldType::Postcode,
            &[("ng235aa", "NG23 5AA"), ("e1 6an", "E1 6AN")],
            &["NG23", "12345", "EÉ1 1AA"],
        );
        each(
            FieldType::Number,
            &[("7.5", "7.5"), ("1,000", "1,000"), ("-3", "-3")],
            &["x", "1.", ".", "1e5"],
        );
        each(
            FieldType::YesNo,
            &[("YES", "ydw"), ("0", "nac ydw"), ("Nac Ydw", "nac ydw")],
            &["maybe"],
        );
        each(FieldType::Choice, &[("bank ACCOUNT", "Bank account")], &["Cash"]);
        each(
            FieldType::Email,
            &[("sam@mail.example", "sam@mail.example")],
            &["sam", "a b@c.example"],
        );
        each(FieldType::Text, &[(" **a**\n<b>\u{0}((x)) ", "**a** <b>((x))")], &[" \u{a0}\n"]);
        each(FieldType::LongText, &[("\r\na \rb\u{7}\t\n\nc\n", "a\nb\n\nc")], &["\n \n"]);
    }
}
