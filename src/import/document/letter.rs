//! A letter or a form with blanks as a letter template: each blank becomes a field with a
//! name, a label, what can be written into it, and an example.
//!
//! Blanks are fields of mail merge, content controls, lines of underscores or dots, and words
//! in brackets: `[Name]`, `<<Name>>`. Those that say what they ask for keep their words; of the
//! others the words before them do.

use std::collections::BTreeSet;

use super::block::{
    Blank, BlankSort, Block, Document, Inline, Look, Loss, Table, is_empty, plain, plain_blocks,
};
use crate::text::{shorten, wording::capital};

/// A field of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Field {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) sort: &'static str,
    pub(super) choices: Vec<String>,
    pub(super) is_required: bool,
    pub(super) example: String,
}

/// A template.
#[derive(Debug)]
pub(super) struct Template {
    /// Whether somebody is greeted: without that it is a sheet to fill in.
    pub(super) is_letter: bool,
    pub(super) heading: Option<Vec<Inline>>,
    pub(super) blocks: Vec<Block>,
    pub(super) fields: Vec<Field>,
    pub(super) lost: Vec<Loss>,
}

/// Makes a template of a document.
pub(super) fn template(document: &Document) -> Template {
    let mut lost = Vec::new();
    let mut blocks = flat(document, &document.blocks, &mut lost);
    for block in &mut blocks {
        if let Some(words) = words_of(block) {
            *words = with_blanks(std::mem::take(words));
        }
    }
    let greeting = blocks.iter().position(is_greeting);
    let mut heading = document.title.as_ref().map(|title| vec![Inline::text(title.clone())]);
    if let Some(at) = greeting {
        let above: Vec<Block> = blocks.drain(..at).collect();
        let above_heading = above.iter().find_map(|block| match block {
            Block::Heading { words, .. } => Some(words.clone()),
            _ => None,
        });
        let words = plain_blocks(&above);
        if !words.is_empty() {
            let message =
                format!("what stands above the greeting was left out: “{}”", shorten(&words));
            let hint = "nothing: the program adds the address, the date and the reference";
            lost.push(Loss::new(message, hint));
        }
        // What the letter is about stands below the greeting, in bold or as a heading.
        let own = match blocks.get(1) {
            Some(Block::Heading { words, .. }) => Some(words.clone()),
            _ => None,
        };
        if own.is_some() {
            blocks.remove(1);
        }
        heading = own.or(above_heading).or(heading);
    }
    let mut namer = Namer::default();
    let mut before = String::new();
    for block in &mut blocks {
        let Some(words) = words_of(block) else { continue };
        *words = namer.named(std::mem::take(words), &before);
        before = plain(words);
    }
    if let Some(words) = &mut heading {
        *words = namer.named(with_blanks(std::mem::take(words)), "");
    }
    Template { is_letter: greeting.is_some(), heading, blocks, fields: namer.fields, lost }
}

fn words_of(block: &mut Block) -> Option<&mut Vec<Inline>> {
    match block {
        Block::Heading { words, .. }
        | Block::Paragraph { words, .. }
        | Block::Item { words, .. } => Some(words),
        _ => None,
    }
}

fn is_greeting(block: &Block) -> bool {
    let Block::Paragraph { words, .. } = block else { return false };
    let text = plain(words).to_lowercase();
    let text = text.trim_start();
    ["dear ", "dear,", "annwyl ", "to whom it may concern"].iter().any(|it| text.starts_with(it))
        || text == "dear"
}

/// What a letter can hold: paragraphs, headings, and lists of one level.
fn flat(document: &Document, blocks: &[Block], lost: &mut Vec<Loss>) -> Vec<Block> {
    let mut out = Vec::new();
    for block in blocks {
        match block {
            Block::Item { level, mark, words } => {
                if *level > 0 {
                    say(
                        lost,
                        "a list in a list became one list",
                        "read it, and part it in two if it must be",
                    );
                }
                out.push(Block::Item {
                    level: 0,
                    mark: *mark,
                    words: simple(document, words, lost),
                });
            }
            Block::Within { block, .. } => {
                out.extend(flat(document, std::slice::from_ref(block), lost));
            }
            Block::Aside(inner) => {
                say(
                    lost,
                    "what stood in a box of its own is plain text now",
                    "look whether it stands where it should",
                );
                out.extend(flat(document, inner, lost));
            }
            Block::Table(table) => rows(document, table, &mut out, lost),
            Block::Heading { level, words } => {
                out.push(Block::Heading {
                    level: (*level).min(3),
                    words: simple(document, words, lost),
                });
            }
            Block::Paragraph { words, look } => {
                let words = simple(document, words, lost);
                if !is_empty(&words) {
                    out.push(Block::Paragraph { words, look: *look });
                }
            }
            Block::Lost(loss) => lost.push(loss.clone()),
        }
    }
    out
}

fn say(lost: &mut Vec<Loss>, message: &str, hint: &'static str) {
    if !lost.iter().any(|it| it.message == message) {
        lost.push(Loss::new(message, hint));
    }
}

/// Words without pictures, notes and links to nowhere, which a letter cannot hold.
fn simple(document: &Document, words: &[Inline], lost: &mut Vec<Loss>) -> Vec<Inline> {
    let mut out = Vec::new();
    for inline in words {
        match inline {
            Inline::Picture { description, .. } => {
                let what = if description.is_empty() {
                    String::new()
                } else {
                    format!(" (“{}”)", shorten(description))
                };
                lost.push(Loss::new(
                    format!("a picture{what} was left out, which a letter cannot hold"),
                    "nothing, if it was the logo: the letterhead is added",
                ));
            }
            Inline::Note(note) => {
                let words =
                    document.notes.get(*note).map(|note| plain_blocks(note)).unwrap_or_default();
                say(
                    lost,
                    "notes of the letter stand in brackets now",
                    "read them where they stand",
                );
                out.push(Inline::text(format!(" ({words})")));
            }
            Inline::Lost(loss) => lost.push(loss.clone()),
            Inline::Anchor(_) => {}
            other => out.push(other.clone()),
        }
    }
    out
}

/// A table as lines: what it is, a colon, and the rest.
fn rows(document: &Document, table: &Table, out: &mut Vec<Block>, lost: &mut Vec<Loss>) {
    say(lost, "a table became lines, because a letter cannot hold one", "read each line");
    for row in &table.rows {
        let mut words: Vec<Inline> = Vec::new();
        let mut is_asked = false;
        for cell in &row.cells {
            let inner = flat(document, &cell.blocks, lost);
            let mut own: Vec<Inline> = Vec::new();
            for block in inner {
                if let Some(more) = block.words() {
                    if !own.is_empty() {
                        own.push(Inline::text(" "));
                    }
                    own.extend(more.iter().cloned());
                }
            }
            if is_empty(&own) {
                is_asked |= !words.is_empty();
                continue;
            }
            if !words.is_empty() {
                let is_end = plain(&words).trim_end().ends_with([':', '?']);
                words.push(Inline::text(if is_end { " " } else { ": " }));
            }
            words.extend(own);
        }
        let has_blank = words.iter().any(|it| matches!(it, Inline::Blank(_)));
        if is_asked && !has_blank && !words.is_empty() {
            let is_end = plain(&words).trim_end().ends_with([':', '?']);
            words.push(Inline::text(if is_end { " " } else { ": " }));
            words.push(Inline::Blank(Blank::default()));
        }
        if !words.is_empty() {
            out.push(Block::Paragraph { words, look: Look::default() });
        }
    }
}

/// Words in which lines to write on and words in brackets are blanks.
fn with_blanks(words: Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::new();
    for inline in words {
        let Inline::Text { words, style } = inline else {
            out.push(inline);
            continue;
        };
        let mut rest = words.as_str();
        let mut plain = String::new();
        while !rest.is_empty() {
            let Some((blank, length)) = blank_at(rest) else {
                let next = rest.chars().next().map_or(1, char::len_utf8);
                plain.push_str(&rest[..next]);
                rest = &rest[next..];
                continue;
            };
            if !plain.is_empty() {
                out.push(Inline::Text { words: std::mem::take(&mut plain), style });
            }
            out.push(Inline::Blank(blank));
            rest = &rest[length..];
        }
        if !plain.is_empty() {
            out.push(Inline::Text { words: plain, style });
        }
    }
    out
}

/// A blank at the beginning of a text, and how long it is.
fn blank_at(text: &str) -> Option<(Blank, usize)> {
    let run = |c: char| text.len() - text.trim_start_matches(c).len();
    let first = text.chars().next()?;
    let empty = |sort, length| Some((Blank { label: String::new(), sort }, length));
    match first {
        '_' if run('_') >= 3 => empty(BlankSort::Words, run('_')),
        '.' if run('.') >= 5 => empty(BlankSort::Words, run('.')),
        '…' if run('…') >= 2 => empty(BlankSort::Words, run('…')),
        '☐' | '□' | '❑' | '❒' => empty(BlankSort::Tick, first.len_utf8()),
        'd' | 'D' | 'x' | 'X' => {
            let small: String = text.chars().take(10).collect::<String>().to_lowercase();
            let is_day = small == "dd/mm/yyyy" || small == "xx/xx/xxxx";
            is_day.then(|| (Blank { label: String::new(), sort: BlankSort::Day }, 10))
        }
        '[' | '<' | '«' | '{' => {
            const PAIRS: &[(&str, &str)] = &[
                ("[[", "]]"),
                ("<<", ">>"),
                ("{{", "}}"),
                ("[", "]"),
                ("<", ">"),
                ("«", "»"),
                ("{", "}"),
            ];
            let (open, close) = PAIRS.iter().find(|(open, _)| text.starts_with(open))?;
            let inner = &text[open.len()..];
            let end = inner.find(close)?;
            let label = inner[..end].trim();
            let length = open.len() + end + close.len();
            if label.is_empty() && *open == "[" && end <= 3 {
                return empty(BlankSort::Tick, length);
            }
            let is_asked = label.chars().count() <= 60
                && label.starts_with(char::is_alphabetic)
                && label.chars().filter(|c| c.is_alphabetic()).count() >= 2
                && !label.contains(['@', '[', '<', '{', '\n'])
                && !label.contains("://");
            let label = label.replace('_', " ");
            let strip = |label: &str| {
                let small = label.to_lowercase();
                let start = ["insert the ", "insert ", "enter the ", "enter ", "add ", "type "];
                let start = start.iter().find(|start| small.starts_with(**start));
                label[start.map_or(0, |it| it.len())..].trim().to_owned()
            };
            is_asked.then(|| (Blank { label: strip(&label), sort: BlankSort::Words }, length))
        }
        _ => None,
    }
}

/// Gives blanks their names.
#[derive(Default)]
struct Namer {
    fields: Vec<Field>,
    used: BTreeSet<String>,
}

impl Namer {
    /// Words in which each blank is written as the template has it. `before` are the words of
    /// the block before.
    fn named(&mut self, words: Vec<Inline>, before: &str) -> Vec<Inline> {
        let is_tick =
            |it: &Inline| matches!(it, Inline::Blank(Blank { sort: BlankSort::Tick, .. }));
        if words.iter().any(is_tick) {
            return self.ticks(words, before);
        }
        let mut out: Vec<Inline> = Vec::new();
        for inline in words {
            let Inline::Blank(blank) = inline else {
                out.push(inline);
                continue;
            };
            let start = out.iter().rposition(|it| matches!(it, Inline::Blank(_) | Inline::Break));
            let said = plain(&out[start.map_or(0, |at| at + 1)..]);
            let is_money = said.trim_end().ends_with('£');
            let label = match blank.label.trim() {
                "" => asked(said.trim_end().trim_end_matches('£'), before),
                label => label.to_owned(),
            };
            let is_own = !blank.label.trim().is_empty();
            let name = self.field(&label, blank.sort, is_money, is_own);
            if is_money && let Some(Inline::Text { words, .. }) = out.last_mut() {
                let end = words.trim_end().trim_end_matches('£').len();
                words.truncate(end);
            }
            out.push(Inline::Blank(Blank { label: name, sort: BlankSort::Words }));
        }
        out
    }

    /// Boxes to tick: one of several, yes or no, or a sentence that is there or not.
    fn ticks(&mut self, words: Vec<Inline>, before: &str) -> Vec<Inline> {
        let mut lead: Vec<Inline> = Vec::new();
        let mut options: Vec<(String, String)> = Vec::new();
        for inline in words {
            match inline {
                Inline::Blank(Blank { sort: BlankSort::Tick, label }) => {
                    options.push((label, String::new()));
                }
                other => match options.last_mut() {
                    Some((_, said)) => said.push_str(&plain(std::slice::from_ref(&other))),
                    None => lead.push(other),
                },
            }
        }
        let tidy = |(label, said): &(String, String)| {
            let said = said.trim().trim_end_matches(['/', ',', ';', '|']).trim();
            if said.is_empty() { label.trim().to_owned() } else { said.to_owned() }
        };
        let mut said: Vec<String> = options.iter().map(tidy).collect();
        // The words may stand before their boxes: `Yes ☐ No ☐`.
        if options.len() > 1 && said.last().is_some_and(String::is_empty) {
            let text = plain(&lead);
            let (head, first) =
                text.rsplit_once([':', '?', '.', '\t']).map_or(("", &*text), |it| it);
            said.pop();
            said.insert(0, first.trim().to_owned());
            let keep = text[..(head.len() + 1).min(text.len())].to_owned();
            lead = if head.is_empty() { Vec::new() } else { vec![Inline::text(keep)] };
        }
        said.retain(|it| !it.is_empty());
        let asks = plain(&lead);
        if let [one] = said.as_slice() {
            let name = self.field(one, BlankSort::Tick, false, false);
            let one = one.replace("((", "(").replace("))", ")");
            let mut out = lead;
            out.push(Inline::Blank(Blank {
                label: format!("{name}??{one}"),
                sort: BlankSort::Tick,
            }));
            return out;
        }
        let label = asked(&asks, before);
        let small: Vec<String> = said.iter().map(|it| it.to_lowercase()).collect();
        let is_yes_no =
            small.len() == 2 && small.contains(&"yes".into()) && small.contains(&"no".into());
        let sort =
            if is_yes_no || said.is_empty() { BlankSort::Tick } else { BlankSort::Choice(said) };
        let name = self.field(&label, sort, false, false);
        // It stands in a sentence, which would have a hole without it.
        if let Some(field) = self.fields.last_mut() {
            field.is_required = true;
        }
        let mut out = lead;
        if let Some(Inline::Text { words, .. }) = out.last_mut()
            && !words.ends_with(' ')
        {
            words.push(' ');
        }
        out.push(Inline::Blank(Blank { label: name, sort: BlankSort::Words }));
        out
    }

    /// The name of the field that asks for something: of the one that is there, where the
    /// document itself names it so.
    fn field(&mut self, label: &str, sort: BlankSort, is_money: bool, is_own: bool) -> String {
        let label = label.split_whitespace().collect::<Vec<_>>().join(" ");
        let label = label.trim_end_matches([':', '.', '-', '–', ' ']).to_owned();
        let name = name_of(&label);
        let same = self.fields.iter().find(|field| field.name == name);
        if is_own && let Some(same) = same {
            return same.name.clone();
        }
        let mut own = name.clone();
        let mut number = 2;
        while !self.used.insert(own.clone()) {
            own = format!("{name} {number}");
            number += 1;
        }
        let (kind, choices) = match sort {
            BlankSort::Tick => ("yes or no", Vec::new()),
            BlankSort::Choice(all) if all.len() > 1 => {
                let all = all.iter().map(|it| it.replace([',', '[', ']'], " ").trim().to_owned());
                ("choice", all.collect())
            }
            BlankSort::Day => ("date", Vec::new()),
            _ if is_money => ("money", Vec::new()),
            _ => (guessed(&label), Vec::new()),
        };
        let example = example(kind, &label, &choices);
        let label = if label.is_empty() { capital(&own) } else { capital(&label) };
        let is_required = kind != "yes or no";
        self.fields.push(Field {
            name: own.clone(),
            label,
            sort: kind,
            choices,
            is_required,
            example,
        });
        own
    }
}

/// What the words before a blank ask for.
fn asked(said: &str, before: &str) -> String {
    let last = |text: &str| {
        let text = text.trim().trim_end_matches([':', '-', '–', '?', '.']).trim();
        let sentence = text.rsplit(['.', ';', '!', '\t']).next().unwrap_or_default().trim();
        let words: Vec<&str> = sentence.split_whitespace().collect();
        words[words.len().saturating_sub(8)..].join(" ")
    };
    let own = last(said);
    if own.chars().any(char::is_alphabetic) { own } else { last(before) }
}

/// The name of a field: small letters, digits and spaces.
fn name_of(label: &str) -> String {
    let plain: String = label
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .flat_map(char::to_lowercase)
        .collect();
    let words: Vec<&str> = plain.split_whitespace().take(6).collect();
    let mut name = words.join(" ");
    while name.chars().count() > 40 {
        name.pop();
    }
    let name = name.trim().to_owned();
    if name.is_empty() || !name.starts_with(char::is_alphabetic) {
        format!("blank {name}").trim().to_owned()
    } else {
        name
    }
}

/// What can be written into a field, by what it asks for.
fn guessed(label: &str) -> &'static str {
    let small = format!(" {} ", label.to_lowercase().replace(['-', '/', '(', ')'], " "));
    let has = |words: &[&str]| words.iter().any(|word| small.contains(&format!(" {word} ")));
    if has(&["date", "dob", "birth", "deadline"]) {
        "date"
    } else if has(&["phone", "telephone", "tel", "mobile", "phone number", "contact number"]) {
        "phone"
    } else if has(&["email", "e mail"]) {
        "email"
    } else if has(&["postcode", "post code"]) {
        "postcode"
    } else if has(&["address"]) {
        "address"
    } else if has(&["amount", "cost", "costs", "payment", "sum", "contribution", "£"]) {
        "money"
    } else if has(&["reason", "reasons", "details", "describe", "comments", "explain", "why"]) {
        "long text"
    } else {
        "text"
    }
}

/// An answer that belongs to nobody. The numbers are those that Ofcom keeps for drama.
fn example(kind: &str, label: &str, choices: &[String]) -> String {
    let small = label.to_lowercase();
    match kind {
        "date" if small.contains("birth") => "1 February 1960".to_owned(),
        "date" => "31 January 2027".to_owned(),
        "phone" => "07700 900123".to_owned(),
        "email" => "sam@example.org".to_owned(),
        "postcode" => "LN1 9AB".to_owned(),
        "address" => "1 Sample Street, Exampleton, LN1 9AB".to_owned(),
        "money" => "£120.00".to_owned(),
        "yes or no" => "yes".to_owned(),
        "choice" => choices.first().cloned().unwrap_or_default(),
        "long text" => "This is an example of what somebody may write.".to_owned(),
        _ if small.contains("name") || small.contains("signed") => "Sam Example".to_owned(),
        _ => "An example".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(lines: &[&str]) -> (String, Vec<(String, &'static str)>) {
        let blocks = lines.iter().map(|line| Block::paragraph(vec![Inline::text(*line)])).collect();
        let template = template(&Document { blocks, ..Document::default() });
        let body: Vec<String> = template
            .blocks
            .iter()
            .filter_map(|it| it.words())
            .map(|words| {
                words
                    .iter()
                    .map(|it| match it {
                        Inline::Blank(blank) => format!("(({}))", blank.label),
                        other => plain(std::slice::from_ref(other)),
                    })
                    .collect()
            })
            .collect();
        (body.join("\n"), template.fields.into_iter().map(|it| (it.name, it.sort)).collect())
    }

    #[test]
    fn blanks_become_fields() {
        let (body, fields) = made(&[
            "Our ref: 12",
            "Dear [Name]",
            "Your review is on <<review date>>. Please pay £______ to us.",
            "Telephone: ..........",
            "Do you need an interpreter? ☐ Yes ☐ No",
            "☐ I agree to this",
            "Yours sincerely, [Name]",
        ]);
        assert_eq!(
            body,
            "Dear ((name))\nYour review is on ((review date)). Please pay ((please pay)) to us.\n\
             Telephone: ((telephone))\nDo you need an interpreter? ((do you need an interpreter))\n\
             ((i agree to this??I agree to this))\nYours sincerely, ((name))"
        );
        let expected = [
            ("name", "text"),
            ("review date", "date"),
            ("please pay", "money"),
            ("telephone", "phone"),
            ("do you need an interpreter", "yes or no"),
            ("i agree to this", "yes or no"),
        ];
        assert_eq!(fields, expected.map(|(name, sort)| (name.to_owned(), sort)));
    }
}
