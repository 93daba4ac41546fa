//! A template and answers to the lines of one letter.

use super::{Block, Run, Style, Template, answer};
use crate::model::kind::FieldType;

/// A line of a letter as it will be printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line<'a> {
    /// What it is.
    pub style: Style,
    /// What it says.
    pub pieces: Vec<Piece<'a>>,
    /// For an item of a numbered list, its number; 0 for others.
    pub number: usize,
    /// What it was made from.
    pub block: &'a Block,
}

/// Words of one kind in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece<'a> {
    /// The words. A line end in them is one in the letter.
    pub text: std::borrow::Cow<'a, str>,
    /// Whether they stand out.
    pub strong: bool,
    /// Whether they are stressed.
    pub em: bool,
    /// What sort of words they are.
    pub mark: Mark,
}

/// What sort of words a piece of a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Words of the editor.
    Plain,
    /// The answer to a field.
    Answer(usize),
    /// A blank for a field; the words are its label.
    Blank(usize),
    /// A box to tick before words that depend on a field; the words say when.
    Tick(usize),
}

/// The lines of a letter with `answers`, one for each field.
///
/// Answers are as [`super::answer::read`] gives them. An empty answer leaves
/// nothing behind; where there is none, a labelled blank is shown, and words
/// that depend on it are shown with a box to tick. A line in which nothing is
/// left to say is not there.
///
/// The version in another language follows, where there is one, with the same answers.
pub fn fill<'a>(template: &'a Template, answers: &'a [Option<String>]) -> Vec<Line<'a>> {
    let mut lines = in_one_language(template, answers);
    let Some(below) = template.below.as_deref() else { return lines };
    let said = answer::as_below(template, below, answers);
    lines.extend(in_one_language(below, &said).into_iter().filter_map(|line| {
        let Line { style, pieces, number, block } = line;
        let block = below.blocks.iter().find(|own| std::ptr::eq(*own, block))?;
        let own = |piece: Piece<'_>| {
            let Piece { text, strong, em, mark } = piece;
            Piece { text: text.into_owned().into(), strong, em, mark }
        };
        Some(Line { style, pieces: pieces.into_iter().map(own).collect(), number, block })
    }));
    lines
}

fn in_one_language<'a>(template: &'a Template, answers: &'a [Option<String>]) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::with_capacity(template.blocks.len());
    let written = answer::written(template, answers).map(|day| day.to_string());
    for block in &template.blocks {
        if block.style == Style::Break {
            lines.push(Line { style: block.style, pieces: Vec::new(), number: 0, block });
        }
        if let [Run::Field(field)] = block.runs[..]
            && let Some(Some(answer)) = answers.get(field)
            && let Some(parts) = parts(template, block.style, field, answer)
        {
            for text in parts {
                let mark = Mark::Answer(field);
                let pieces = vec![Piece { text: text.into(), strong: false, em: false, mark }];
                lines.push(Line { style: block.style, pieces, number: 0, block });
            }
            continue;
        }
        let pieces = Vec::new();
        let mut filler =
            Filler { template, answers, written: written.clone(), pieces, fell: false };
        filler.runs(&block.runs, false, false);
        // A reference that is not there leaves no “Our reference:”.
        if filler.fell && block.style == Style::Address {
            continue;
        }
        filler.close();
        let says = |piece: &Piece<'_>| {
            !matches!(piece.mark, Mark::Tick(_)) && !piece.text.trim_matches(BLANK).is_empty()
        };
        if filler.pieces.iter().any(says) {
            lines.push(Line { style: block.style, pieces: filler.pieces, number: 0, block });
        }
    }
    number(&mut lines);
    lines
}

/// Spaces and line ends, as they are after answers were read.
const BLANK: [char; 2] = [' ', '\n'];

/// A line that is nothing but the answer to a field of several lines becomes
/// several: each line of a long text is a paragraph or an item of its own. An
/// address stays one paragraph; when it was typed on one line, it is split at
/// the commas, as on an envelope.
fn parts(template: &Template, style: Style, field: usize, answer: &str) -> Option<Vec<String>> {
    match template.fields[field].kind {
        FieldType::LongText if !matches!(style, Style::H1 | Style::H2 | Style::H3 | Style::Row) => {
            let lines = answer.split('\n').filter(|line| !line.is_empty());
            Some(lines.map(str::to_owned).collect())
        }
        FieldType::Address if answer.contains('\n') => Some(vec![answer.to_owned()]),
        FieldType::Address if !answer.is_empty() => Some(vec![answer.replace(", ", "\n")]),
        _ => None,
    }
}

fn number(lines: &mut [Line<'_>]) {
    let mut last = 0;
    for line in lines {
        match line.style {
            Style::Number => {
                last += 1;
                line.number = last;
            }
            _ => last = 0,
        }
    }
}

struct Filler<'a> {
    template: &'a Template,
    answers: &'a [Option<String>],
    /// The date of the letter.
    written: Option<String>,
    pieces: Vec<Piece<'a>>,
    /// Whether an answer was empty.
    fell: bool,
}

impl<'a> Filler<'a> {
    fn runs(&mut self, runs: &'a [Run], strong: bool, em: bool) {
        for run in runs {
            match run {
                Run::Text(text) => self.words(text, strong, em),
                Run::Dated { text, later } => {
                    let holds = |from: &str| self.written.as_deref().is_some_and(|day| from <= day);
                    let last = later.iter().take_while(|(from, _)| holds(from)).last();
                    self.words(last.map_or(text, |(_, words)| words), strong, em);
                }
                Run::Strong(inner) => self.runs(inner, true, em),
                Run::Em(inner) => self.runs(inner, strong, true),
                Run::Field(field) => self.answer(*field, strong, em),
                Run::When { field, is, runs } => self.when(*field, *is, runs, strong, em),
            }
        }
    }

    fn push(&mut self, text: std::borrow::Cow<'a, str>, strong: bool, em: bool, mark: Mark) {
        if !text.is_empty() {
            self.pieces.push(Piece { text, strong, em, mark });
        }
    }

    /// Words of the editor. After words that fell away no second space is left,
    /// and after an answer that ends its sentence no second full stop.
    fn words(&mut self, text: &'a str, strong: bool, em: bool) {
        let mut text = text;
        let last = self.pieces.last().map(|piece| (&piece.text, piece.mark));
        let is_open = last.as_ref().is_none_or(|(words, _)| words.ends_with(BLANK));
        if is_open {
            text = text.trim_start_matches(' ');
        }
        if let Some((words, Mark::Answer(_))) = last
            && words.ends_with(['.', '!', '?'])
            && text.starts_with('.')
        {
            text = &text[1..];
        }
        self.push(text.into(), strong, em, Mark::Plain);
    }

    fn answer(&mut self, field: usize, strong: bool, em: bool) {
        let about = &self.template.fields[field];
        match self.answers.get(field).and_then(Option::as_deref) {
            Some(answer) => {
                self.fell |= answer.is_empty();
                let between = if about.kind == FieldType::Address { ", " } else { "\n" };
                let text = if between == "\n" || !answer.contains('\n') {
                    answer.into()
                } else {
                    answer.replace('\n', between).into()
                };
                self.push(text, strong, em, Mark::Answer(field));
            }
            None => self.push(about.label.as_str().into(), strong, em, Mark::Blank(field)),
        }
    }

    fn when(&mut self, field: usize, is: usize, runs: &'a [Run], strong: bool, em: bool) {
        let about = &self.template.fields[field];
        let choice = about.choices.get(is).map_or("", String::as_str);
        match self.answers.get(field).and_then(Option::as_deref) {
            // Any answer at all, to what has none to choose from.
            Some(answer) if about.choices.is_empty() => {
                if !answer.is_empty() {
                    self.runs(runs, strong, em);
                }
            }
            None if about.choices.is_empty() => self.runs(runs, strong, em),
            Some(answer) => {
                if answer == choice {
                    self.runs(runs, strong, em);
                }
            }
            None => {
                let end = if about.label.ends_with(char::is_alphanumeric) { "." } else { "" };
                let text = format!("{}{end} {} {choice}:", about.label, self.template.only_if);
                self.push(text.into(), false, false, Mark::Tick(field));
                self.runs(runs, strong, em);
            }
        }
    }

    /// Takes away the space at the end that words left behind when what came
    /// after them fell away.
    fn close(&mut self) {
        while let Some(last) = self.pieces.last_mut() {
            if last.mark != Mark::Plain || !last.text.ends_with(' ') {
                break;
            }
            let text = last.text.trim_end_matches(' ').to_owned();
            last.text = text.into();
            if last.text.is_empty() {
                self.pieces.pop();
            }
        }
    }
}
