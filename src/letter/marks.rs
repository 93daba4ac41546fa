//! How a format writes a letter, as data: strings with `{names}` for what
//! differs. One writer serves all formats here, and one in `letter.js`, which is
//! given the same strings.

use std::{collections::BTreeMap, fmt::Write as _};

use serde::Serialize;

use super::{Line, Mark, Picture, Piece, Style, Template, country};
use crate::html::escape;

/// The strings of one format.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Marks {
    /// Whether `&`, `<`, `>` and `"` in words are written as entities.
    pub escape: bool,
    /// What each space is that the format would fold: one of several, or one at
    /// an end. Empty where it folds none.
    pub space: &'static str,
    /// Between two lines of one paragraph.
    pub newline: &'static str,
    /// Round words: plain, strong, stressed, both. `{text} {turn} {back}`
    pub runs: [&'static str; 4],
    /// `{turn}` and `{back}` round words that are read from the right, such as Arabic.
    pub turn: [&'static str; 2],
    /// What `{turn}` and `{back}` are round words in another language than the letter, besides.
    /// `{language}`
    pub other: [&'static str; 2],
    /// Round the answer to a field. `{text}`
    pub answer: &'static str,
    /// For a blank of a type, or of `other` types. `{label} {name} {id} {choices}`
    pub blanks: BTreeMap<&'static str, &'static str>,
    /// For each answer of a choice. `{choice}`
    pub choice: &'static str,
    /// A box to tick, and when to tick it. `{text} {label} {name} {id}`
    pub tick: &'static str,
    /// A picture. `{alt} {id} {number} {format} {data} {height}`
    pub picture: &'static str,
    /// How wide pictures are, in the unit of `{height}`.
    pub width: usize,
    /// Each line. `{text} {picture} {list} {number} {subject} {id}`
    pub lines: BTreeMap<Style, &'static str>,
    /// The lines round [`Style::Close`], where they stay with what follows: whoever signs on
    /// the second page signs below something that the letter says, and their address is there.
    pub kept: BTreeMap<Style, &'static str>,
    /// What stands before and after lines of a style that follow each other.
    pub round: BTreeMap<Style, [&'static str; 2]>,
}

impl Marks {
    /// Writes the lines of a letter.
    pub fn write<'a>(&'a self, template: &'a Template, lines: &'a [Line<'_>]) -> String {
        let mut out = String::with_capacity(lines.len() * 240);
        let mut writer =
            Writer { marks: self, pictures: &template.pictures, template, other: "", id: 0 };
        let mut open = None;
        let mut lists = 0;
        for (at, line) in lines.iter().enumerate() {
            writer.template = template.of_block(line.block);
            writer.other = &line.block.language;
            if open != Some(line.style) {
                let round = |style| self.round.get(&style).copied().unwrap_or_default();
                out.push_str(open.map_or("", |open| round(open)[1]));
                out.push_str(round(line.style)[0]);
                lists += usize::from(line.style == Style::Number);
                open = Some(line.style);
            }
            let style = |at: usize| lines.get(at).map(|line| line.style);
            let is_signed = at > 0 && style(at - 1) == Some(Style::Close);
            let is_kept = match style(at + 1) {
                Some(Style::Close) => true,
                next => is_signed && next == Some(Style::Text),
            };
            let kept = self.kept.get(&line.style).filter(|_| is_kept);
            let pattern = kept.or(self.lines.get(&line.style)).copied().unwrap_or("{text}");
            put(pattern, &mut out, |name, out| match name {
                "text" => line.pieces.iter().for_each(|piece| writer.piece(piece, out)),
                "picture" => writer.picture(line.block.picture, out),
                "list" => _ = write!(out, "{}", lists + 1),
                "number" => _ = write!(out, "{}", line.number),
                "subject" => writer.words(&template.subject, out),
                _ => writer.words(&line.block.id, out),
            });
        }
        out.push_str(open.and_then(|open| self.round.get(&open)).map_or("", |round| round[1]));
        out
    }
}

/// Writes `pattern`, with what `value` writes in the place of each `{name}`.
fn put(pattern: &str, out: &mut String, mut value: impl FnMut(&str, &mut String)) {
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        value(name, out);
        rest = after;
    }
    out.push_str(rest);
}

/// Whether a letter is read from the right: Hebrew, Arabic and their neighbours. Source: the
/// blocks of Unicode whose letters have the classes R and AL.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

struct Writer<'a> {
    marks: &'a Marks,
    /// All pictures, those of the version below among them.
    pictures: &'a [Picture],
    template: &'a Template,
    /// The language of the line, where that is not the one of the letter.
    other: &'a str,
    /// Word wants a number for each control and each picture, all different.
    id: usize,
}

impl Writer<'_> {
    fn words(&self, words: &str, out: &mut String) {
        if self.marks.escape { escape(out, words) } else { out.push_str(words) }
    }

    /// Words whose spaces and line ends count.
    fn lines(&self, words: &str, out: &mut String) {
        for (at, line) in words.split('\n').enumerate() {
            if at > 0 {
                out.push_str(self.marks.newline);
            }
            if self.marks.space.is_empty() {
                self.words(line, out);
                continue;
            }
            let mut rest = line;
            while let Some(start) = rest.find(' ') {
                self.words(&rest[..start], out);
                let after = rest[start..].trim_start_matches(' ');
                let spaces = rest.len() - start - after.len();
                if spaces == 1 && !after.is_empty() && rest.len() - start != line.len() {
                    out.push(' ');
                } else {
                    (0..spaces).for_each(|_| out.push_str(self.marks.space));
                }
                rest = after;
            }
            self.words(rest, out);
        }
    }

    fn piece(&mut self, piece: &Piece<'_>, out: &mut String) {
        let (pattern, field) = match piece.mark {
            Mark::Plain | Mark::Answer(_) => {
                let run = usize::from(piece.strong) + 2 * usize::from(piece.em);
                let is_answer = matches!(piece.mark, Mark::Answer(_));
                let answer = if is_answer { self.marks.answer } else { "{text}" };
                let is_turned = piece.text.contains(is_right_to_left);
                let [turn, back] = if is_turned { self.marks.turn } else { ["", ""] };
                let [other, end] = if self.other.is_empty() { ["", ""] } else { self.marks.other };
                put(self.marks.runs[run], out, |name, out| match name {
                    "turn" => {
                        out.push_str(turn);
                        put(other, out, |_, out| out.push_str(&country(self.other)));
                    }
                    "back" => {
                        out.push_str(end);
                        out.push_str(back);
                    }
                    _ => put(answer, out, |_, out| self.lines(&piece.text, out)),
                });
                return;
            }
            Mark::Tick(field) => (self.marks.tick, field),
            Mark::Blank(field) => {
                let blanks = &self.marks.blanks;
                let kind = self.template.fields[field].kind.name();
                (
                    blanks.get(kind).or_else(|| blanks.get("other")).copied().unwrap_or("[{text}]"),
                    field,
                )
            }
        };
        self.id += 1;
        let about = &self.template.fields[field];
        put(pattern, out, |name, out| match name {
            "text" => self.words(&piece.text, out),
            "label" => self.words(&about.label, out),
            "name" => self.words(&about.name, out),
            "language" => out.push_str(&country(&self.template.language)),
            "choices" => {
                for choice in &about.choices {
                    put(self.marks.choice, out, |_, out| self.words(choice, out));
                }
            }
            _ => _ = write!(out, "{}", self.id),
        });
    }

    fn picture(&mut self, at: Option<usize>, out: &mut String) {
        let Some((at, picture)) = at.and_then(|at| Some((at, self.pictures.get(at)?))) else {
            return;
        };
        self.id += 1;
        put(self.marks.picture, out, |name, out| match name {
            "alt" => self.words(&picture.alt, out),
            "format" => out.push_str(&picture.format),
            "data" => out.push_str(&picture.data),
            "number" => _ = write!(out, "{}", at + 1),
            "height" => {
                let height = self.marks.width * picture.height / picture.width.max(1);
                let _ = write!(out, "{height}");
            }
            _ => _ = write!(out, "{}", self.id),
        });
    }
}
