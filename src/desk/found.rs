//! What is found in words that somebody is typing: at which line of the box that they are in,
//! and what can be put there with one press.

use std::cmp::Reverse;

use serde_json::{Value, json};

use crate::{diagnostic::Finding, rule::Severity};

/// A field of a form, as its page names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldName {
    /// Its id on the page.
    pub id: String,
    /// What it is called, in quotation marks.
    pub label: String,
}

/// A finding, as it is shown beside the words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// How much it matters: a page cannot be published with an error.
    pub severity: Severity,
    /// The line in the box of words, from 1; none for what stands at the top of the page, which
    /// has fields of its own.
    pub line: Option<usize>,
    /// The field in which it is; none where it is in the words, or in no field.
    pub field: Option<FieldName>,
    /// Where it is when it is in no line and in no field.
    pub place: &'static str,
    /// The first and one past the last letter, in letters from 0 from the start of the box;
    /// none as of the line.
    pub at: Option<(usize, usize)>,
    /// The same from the start of the file.
    pub in_file: Option<(usize, usize)>,
    /// The line, in three parts: before the words at fault, they, and after them.
    pub words: [String; 3],
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub hint: String,
    /// The rule.
    pub code: &'static str,
    /// What can be put in the place of the words at fault.
    pub with: Option<String>,
}

/// The fields around words, as a form has them.
pub trait FormFields {
    /// The field in which a byte before the words stands.
    fn at(&self, byte: usize) -> Option<FieldName>;

    /// The field for a name, in the record in which a byte stands.
    fn named(&self, name: &str, byte: usize) -> Option<FieldName>;

    /// Where they are, for what is in none of them.
    fn place(&self) -> &'static str;
}

/// What is shown beside words, which begin at byte `begins` of `file`.
pub fn found(
    findings: &[Finding],
    file: &str,
    begins: usize,
    fields: &dyn FormFields,
) -> Vec<Found> {
    let (above, words) = file.split_at_checked(begins).unwrap_or((file, ""));
    let before = above.matches('\n').count();
    let starts: Vec<usize> = std::iter::once(0)
        .chain(words.chars().enumerate().filter(|(_, c)| *c == '\n').map(|(at, _)| at + 1))
        .collect();
    let place = |line: usize, column: usize| {
        if words.is_empty() {
            return None;
        }
        let line = line.checked_sub(before + 1)?;
        Some(starts.get(line)? + column - 1)
    };
    // Where each line begins, in bytes and in letters.
    let letters = file.char_indices().zip(1..).filter(|((_, c), _)| *c == '\n');
    let lines: Vec<(usize, usize)> =
        std::iter::once((0, 0)).chain(letters.map(|((at, _), count)| (at + 1, count))).collect();
    let place_in_file = |line: usize, column: usize| {
        let (start, letters) = *lines.get(line.checked_sub(1)?)?;
        let before = file[start..].char_indices().take(column.checked_sub(1)?);
        let (count, end) =
            before.fold((0, start), |(count, _), (at, c)| (count + 1, start + at + c.len_utf8()));
        Some((end, letters + count))
    };
    let one = |finding: &Finding| {
        let start = place(finding.start.line, finding.start.column);
        let end = place(finding.end.line, finding.end.column);
        let own = finding.words();
        let is_one_line = finding.start.line == finding.end.line;
        let hint = finding.hint.clone().unwrap_or_default();
        let with = is_one_line.then(|| swap(&own[1], &finding.message, &hint)).flatten();
        let first = place_in_file(finding.start.line, finding.start.column);
        let last = place_in_file(finding.end.line, finding.end.column);
        let in_file = first.zip(last).map(|((_, first), (_, last))| (first, last));
        let first = first.map(|(byte, _)| byte);
        let at_byte = first.unwrap_or(0);
        let (hint, meant) = in_form(&hint, &|name| fields.named(name, at_byte));
        // What is missing stands nowhere: the line beside it would lead astray.
        let own = if meant.is_some() && start.is_none() { Default::default() } else { own };
        Found {
            severity: finding.severity,
            line: start.map(|_| finding.start.line - before),
            field: match start {
                Some(_) => None,
                None => meant.or_else(|| first.and_then(|byte| fields.at(byte))),
            },
            place: fields.place(),
            at: start.zip(end),
            in_file,
            words: own,
            message: finding.said(),
            hint,
            code: finding.code(),
            with,
        }
    };
    let mut all: Vec<Found> = findings.iter().map(one).collect();
    all.sort_by_key(|found| (Reverse(found.severity), found.at));
    all
}

/// What leads to a line to be written, and what is said of a field in its place.
const LEADS: [(&str, &str); 4] = [
    ("add a line: ", "fill in the field "),
    ("add a line such as ", "fill in the field "),
    ("rite a line such as ", "fill in the field "),
    ("write ", "fill in the field "),
];

/// A hint for people who fill in a form: a line that the file lacks is a field of theirs, where
/// it has one. Gives the first field that is said to lack a line as well.
pub fn in_form(
    hint: &str,
    named: &dyn Fn(&str) -> Option<FieldName>,
) -> (String, Option<FieldName>) {
    let parts: Vec<&str> = hint.split('`').collect();
    let mut out = String::new();
    let mut first: Option<(FieldName, String)> = None;
    for (at, part) in parts.iter().enumerate() {
        if at % 2 == 0 {
            out.push_str(part);
            continue;
        }
        let pair =
            part.split_once(':').filter(|(_, value)| value.is_empty() || value.starts_with(' '));
        let field = pair.and_then(|(name, value)| Some((named(name)?, name, value.trim())));
        let lead = LEADS.iter().find(|(lead, _)| out.ends_with(lead));
        // `write x` may say where, in words that mean lines of the file.
        let after = parts.get(at + 1).copied().unwrap_or_default();
        let is_whole = after.is_empty() || after.starts_with([',', ';', '.']);
        let is_again = |name: &str| {
            out.ends_with("or ") && first.as_ref().is_some_and(|(_, known)| known == name)
        };
        match (field, lead) {
            (Some((field, name, value)), Some((lead, say)))
                if is_whole || lead.contains("line") =>
            {
                out.truncate(out.len() - lead.len());
                let is_capital = lead.starts_with("rite") && out.ends_with('W');
                if lead.starts_with("rite") {
                    out.pop();
                }
                out.push_str(if is_capital { "Fill in the field " } else { say });
                out.push_str(&field.label);
                let value = value.trim_matches('"');
                if lead.ends_with("such as ") {
                    out.push_str(&format!(", for example: {value}"));
                } else if !value.is_empty() && value != "…" {
                    out.push_str(&format!(": “{value}”"));
                }
                if lead.contains("line") {
                    first.get_or_insert_with(|| (field, name.to_owned()));
                }
            }
            (Some((_, name, value)), None) if is_again(name) => {
                out.push_str(&format!("“{value}”"));
            }
            _ => out.push_str(&format!("“{part}”")),
        }
    }
    (out, first.map(|(field, _)| field))
}

/// What a hint says to write in the place of the words at fault, where it is meant for just
/// these words: ``write `use` ``. Where it says `did you mean` of a part of them, which the
/// message has in quotation marks, the part is exchanged.
fn swap(words: &str, message: &str, hint: &str) -> Option<String> {
    if let Some(meant) = hint.strip_prefix("did you mean ") {
        let meant = meant.split('?').next()?.trim_matches('`');
        let (_, rest) = message.split_once('“')?;
        let (part, _) = rest.split_once('”')?;
        let is_one = words.matches(part).count() == 1 && !meant.contains(['`', '\n']);
        return (is_one && !part.is_empty()).then(|| words.replacen(part, meant, 1));
    }
    let rest = ["write `", "write the month as a word: `"]
        .iter()
        .find_map(|say| hint.strip_prefix(say))?;
    let (with, after) = rest.split_once('`')?;
    // It takes the place of more than the words: ``write `cannot` for “are unable to”``.
    if after.starts_with(" for “") {
        return None;
    }
    // A whole line, or a pattern that somebody has to fill in, is more than the words.
    let is_more = with.contains(['…', '\n'])
        || with.contains(": ") && !words.contains(": ")
        || words.trim().is_empty()
        || with.starts_with(['#', '>', '!']) && !words.starts_with(['#', '>', '!'])
        || with.starts_with("---");
    if is_more || with == words {
        return None;
    }
    // It begins as the words that it takes the place of.
    let is_capital = words.chars().next().is_some_and(char::is_uppercase);
    let mut letters = with.chars();
    let first = letters.next()?;
    match is_capital && words.chars().skip(1).any(char::is_lowercase) && first.is_lowercase() {
        true => Some(first.to_uppercase().chain(letters).collect()),
        false => Some(with.to_owned()),
    }
}

impl Found {
    /// How much it matters, in words.
    pub fn label(&self) -> &'static str {
        match self.severity {
            Severity::Error => "Must be mended",
            Severity::Warning => "Worth a look",
            Severity::Advice => "Advice",
        }
    }

    /// As the script of the desk reads it.
    pub fn json(&self) -> Value {
        json!({
            "severity": self.severity.to_string(),
            "label": self.label(),
            "line": self.line,
            "place": self.place,
            "field": self.field.as_ref().map(|field| json!([field.id, field.label])),
            "start": self.at.map(|(start, _)| start),
            "end": self.at.map(|(_, end)| end),
            "words": self.words,
            "message": self.message,
            "hint": self.hint,
            "code": self.code,
            "with": self.with,
            "change": self.change(),
        })
    }

    /// The change that a button without a script asks for: `12-18=use`; of a field it is in
    /// the file, `@12-18=use`.
    pub fn change(&self) -> Option<String> {
        let with = self.with.as_ref()?;
        match (self.at, self.in_file) {
            (Some((start, end)), _) => Some(format!("{start}-{end}={with}")),
            (None, Some((start, end))) if self.field.is_some() => {
                Some(format!("@{start}-{end}={with}"))
            }
            _ => None,
        }
    }
}

/// Words with a change made in them: `12-18=use` puts `use` in the place of the letters from 12
/// up to 18. None when there is no such place.
pub fn with_change(words: &str, change: &str) -> Option<String> {
    let (place, with) = change.split_once('=')?;
    let (start, end) = place.split_once('-')?;
    let (start, end): (usize, usize) = (start.parse().ok()?, end.parse().ok()?);
    let place = |letters: usize| match words.char_indices().nth(letters) {
        Some((at, _)) => Some(at),
        None => (words.chars().count() == letters).then_some(words.len()),
    };
    let (start, end) = (place(start)?, place(end)?);
    if start > end {
        return None;
    }
    Some(format!("{}{with}{}", &words[..start], &words[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_takes_the_place_of_the_words_is_offered() {
        let with = |words: &str, hint: &str| swap(words, "“recrods.md” is not there", hint);
        assert_eq!(with("utilise", "write `use`").as_deref(), Some("use"));
        assert_eq!(with("Utilise", "write `use`; it stands here twice").as_deref(), Some("Use"));
        assert_eq!(with("recrods.md", "did you mean `records.md`?").as_deref(), Some("records.md"));
        let link = with("[R](recrods.md)", "did you mean /manage/records/?");
        assert_eq!(link.as_deref(), Some("[R](/manage/records/)"));
        assert_eq!(with("[R](records.md)", "did you mean /manage/records/?"), None);
        assert_eq!(
            with("5/12/2026", "write the month as a word: `5 December 2026`").as_deref(),
            Some("5 December 2026")
        );
        assert_eq!(with("DP", "write `direct payment`").as_deref(), Some("direct payment"));
        for (words, hint) in [
            ("ti", "add a line: `title: Records`"),
            ("", "write `use`"),
            ("Records", "write `title: Records`"),
            ("next month", "give the day or how long"),
            ("Money", "write `## Money`"),
            ("x", "write `…`"),
        ] {
            assert_eq!(with(words, hint), None, "{words}: {hint}");
        }
    }

    #[test]
    fn a_line_that_is_missing_is_a_field_of_the_form() {
        let named = |name: &str| {
            let is_known = ["title", "until", "checked", "cost"].contains(&name);
            let label = format!("“{name}”");
            is_known.then(|| FieldName { id: name.to_owned(), label })
        };
        for (hint, said, field) in [
            ("add a line: `title: …`", "fill in the field “title”", Some("title")),
            (
                "read all of it, and add a line: `checked: 1 May 2026`",
                "read all of it, and fill in the field “checked”: “1 May 2026”",
                Some("checked"),
            ),
            (
                "add a line: `until: 1 May 2026`, or `until: further notice`",
                "fill in the field “until”: “1 May 2026”, or “further notice”",
                Some("until"),
            ),
            (
                "Write a line such as `cost: free`.",
                "Fill in the field “cost”, for example: free.",
                Some("cost"),
            ),
            ("add a line: `colour: red`", "add a line: “colour: red”", None),
            ("write `use`; or `say` it", "write “use”; or “say” it", None),
            ("write `title: A` in its place", "write “title: A” in its place", None),
        ] {
            let (words, first) = in_form(hint, &named);
            assert_eq!(words, said);
            assert_eq!(first.as_ref().map(|field| field.id.as_str()), field, "{hint}");
        }
    }

    #[test]
    fn a_change_is_made_where_the_letters_are() {
        assert_eq!(with_change("a é utilise b", "4-11=use").as_deref(), Some("a é use b"));
        assert_eq!(with_change("a", "1-1=b").as_deref(), Some("ab"));
        for change in ["5-6=x", "1-0=x", "x", "1=2", ""] {
            assert_eq!(with_change("ab", change), None, "{change}");
        }
    }
}
