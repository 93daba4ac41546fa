//! What looks like a heading or a list, and is none: bold paragraphs, numbers typed by hand.
//!
//! Whoever reads a page on paper takes a short bold line for a heading. A screen reader reads
//! it as a sentence. So what looks like one becomes one, and it is said which. The levels of
//! headings are made to go down one by one from the title, as a page has them.

use super::block::{Block, Document, Inline, Look, Loss, Mark, Row, Style, is_empty, plain};
use crate::text::shorten;

/// The longest heading, in letters. Source: longer ones are sentences; in the documents of
/// councils that were tried the longest heading had 94.
const LONGEST_HEADING: usize = 110;

/// How deep headings are written below the title.
const DEEPEST_HEADING: u8 = 6;

/// Gives a document the shape of a page: a title, headings from level 2, lists.
pub(super) fn shape(document: &mut Document) {
    let mut blocks = std::mem::take(&mut document.blocks);
    blocks = tidied(blocks);
    captions(&mut blocks);
    let usual = document.usual_size;
    let faked = fake_headings(&mut blocks, usual);
    if !faked.is_empty() {
        let first: Vec<String> =
            faked.iter().take(3).map(|it| format!("“{}”", shorten(it))).collect();
        let more = if faked.len() > 3 { ", and more" } else { "" };
        let message = match faked.len() {
            1 => format!("a bold paragraph became a heading: {}", first[0]),
            number => {
                format!("{number} bold paragraphs became headings: {}{more}", first.join(", "))
            }
        };
        let hint = "look whether each is one, and whether its level is right";
        document.lost.push(Loss::new(message, hint));
    }
    let mut typed = Vec::new();
    blocks = by_hand(blocks, &mut typed);
    if let Some((number, first)) = Some((typed.len(), typed.first())).filter(|it| it.0 > 0) {
        let message = format!(
            "{} became a list; the first began with “{}”",
            match number {
                1 => "one line whose bullet or number was typed by hand".to_owned(),
                number => format!("{number} lines whose bullets or numbers were typed by hand"),
            },
            shorten(first.map_or("", String::as_str))
        );
        document
            .lost
            .push(Loss::new(message, "look whether the lists begin and end where they should"));
    }
    heading_numbers(&mut blocks, &mut document.lost);
    document.blocks = blocks;
    title(document);
    levels(&mut document.blocks);
    for note in &mut document.notes {
        *note = tidied(std::mem::take(note));
    }
}

/// Blocks without what nobody sees; anchors of empty paragraphs go to the next block.
fn tidied(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut anchors: Vec<Inline> = Vec::new();
    for mut block in blocks {
        let words = match &mut block {
            Block::Heading { words, .. }
            | Block::Paragraph { words, .. }
            | Block::Item { words, .. } => Some(words),
            Block::Within { block, .. } => match &mut **block {
                Block::Paragraph { words, .. } => Some(words),
                _ => None,
            },
            Block::Aside(inner) => {
                *inner = tidied(std::mem::take(inner));
                if inner.is_empty() {
                    continue;
                }
                None
            }
            Block::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|row| &mut row.cells) {
                    cell.blocks = tidied(std::mem::take(&mut cell.blocks));
                }
                None
            }
            Block::Lost(_) => None,
        };
        if let Some(words) = words {
            if is_empty(words) {
                anchors.extend(words.drain(..).filter(|it| matches!(it, Inline::Anchor(_))));
                continue;
            }
            words.splice(0..0, anchors.drain(..));
            trim(words);
        }
        out.push(block);
    }
    out
}

/// Gives tables the lines over or under them that say what they show.
fn captions(blocks: &mut Vec<Block>) {
    let is_caption = |block: Option<&Block>| match block {
        Some(Block::Paragraph { words, look }) => {
            let text = plain(words);
            let numbered = text.strip_prefix("Table ").is_some_and(|rest| {
                rest.starts_with(|c: char| c.is_ascii_digit()) && text.chars().count() < 160
            });
            let is_figure = text.starts_with("Figure") || text.starts_with("Picture");
            (look.is_caption || numbered) && !is_figure
        }
        _ => false,
    };
    let mut at = 0;
    while at < blocks.len() {
        if matches!(blocks[at], Block::Table(_)) {
            let above = at.checked_sub(1).filter(|above| is_caption(blocks.get(*above)));
            let place = above.or(Some(at + 1).filter(|below| is_caption(blocks.get(*below))));
            if let Some(place) = place
                && let Block::Paragraph { words, .. } = blocks.remove(place)
            {
                at -= usize::from(place < at);
                if let Block::Table(table) = &mut blocks[at] {
                    table.caption = Some(without_number(words));
                }
            }
        }
        at += 1;
    }
}

/// A caption without `Table 3:`, which the site does not need.
fn without_number(mut words: Vec<Inline>) -> Vec<Inline> {
    let text = plain(&words);
    let Some(rest) = text.strip_prefix("Table ") else { return words };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit() || " .:–-\t".contains(c));
    if rest.is_empty() {
        return words;
    }
    let mut left = text.len() - rest.len();
    for inline in &mut words {
        if let Inline::Text { words, .. } = inline {
            let cut = left.min(words.len());
            if words.is_char_boundary(cut) {
                words.drain(..cut);
                left -= cut;
            }
        }
    }
    words
}

/// Takes spaces and line ends off both ends.
fn trim(words: &mut Vec<Inline>) {
    while let Some(Inline::Break) = words.last() {
        words.pop();
    }
    if let Some(Inline::Text { words, .. }) = words.last_mut() {
        words.truncate(words.trim_end().len());
    }
    let first = words.iter().position(|it| !matches!(it, Inline::Anchor(_) | Inline::Break));
    let Some(first) = first else { return };
    let before: Vec<Inline> =
        words.drain(..first).filter(|it| !matches!(it, Inline::Break)).collect();
    if let Some(Inline::Text { words, .. }) = words.first_mut() {
        *words = words.trim_start().to_owned();
    }
    words.splice(0..0, before);
}

/// Whether every word is bold.
fn is_bold(words: &[Inline]) -> bool {
    let mut any = false;
    let all = words.iter().all(|inline| match inline {
        Inline::Text { words, style } => {
            any |= !words.trim().is_empty();
            style.is_bold || words.trim().is_empty()
        }
        Inline::Anchor(_) => true,
        Inline::Link { words, .. } => is_bold(words),
        _ => false,
    });
    all && any
}

/// How much a paragraph looks like a heading: its size in half points, and more for a line
/// under it; nothing when it does not.
fn heading_size(words: &[Inline], look: Look, usual: u16) -> Option<u16> {
    let text = plain(words);
    let text = text.trim();
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let is_short = text.chars().count() <= LONGEST_HEADING && letters >= 2;
    let is_sentence =
        text.ends_with(['.', ';', ',', '!']) || text.contains(". ") && text.len() > 60;
    let only_words = words
        .iter()
        .all(|it| matches!(it, Inline::Text { .. } | Inline::Anchor(_) | Inline::Link { .. }));
    if !is_short || is_sentence || !only_words || look.is_caption || by_hand_bullet(text) {
        return None;
    }
    let size = if look.size == 0 { usual } else { look.size };
    let is_large = usual > 0 && u32::from(size) * 10 >= u32::from(usual) * 12;
    let is_bold = is_bold(words);
    if !is_bold && !is_large && !look.is_underlined {
        return None;
    }
    // A greeting, a signature or a number is no heading.
    let small = text.to_lowercase();
    if small.starts_with("dear ") || small.starts_with("yours ") || small.contains('@') {
        return None;
    }
    Some(size * 4 + u16::from(is_bold) * 2 + u16::from(look.is_underlined))
}

/// Makes headings of paragraphs that look like some, and gives their words.
fn fake_headings(blocks: &mut [Block], usual: u16) -> Vec<String> {
    let mut sizes: Vec<(usize, u16)> = Vec::new();
    for (at, block) in blocks.iter().enumerate() {
        let Block::Paragraph { words, look } = block else { continue };
        let Some(size) = heading_size(words, *look, usual) else { continue };
        sizes.push((at, size));
    }
    // Something must stand below it: a line of bold at the end is emphasis, and of several in a
    // row, as in an address, none is one unless they grow smaller.
    let of = |at: usize| sizes.iter().find(|(own, _)| *own == at).map(|(_, size)| *size);
    let kept: Vec<(usize, u16)> = sizes
        .iter()
        .copied()
        .filter(|(at, size)| match blocks.get(at + 1) {
            None => false,
            Some(Block::Heading { .. }) => *at == 0,
            Some(_) => {
                let after = of(at + 1);
                let before = at.checked_sub(1).and_then(of);
                after.is_none_or(|after| after < *size)
                    && before.is_none_or(|before| before > *size)
            }
        })
        .collect();
    let mut all: Vec<u16> = kept.iter().map(|(_, size)| *size).collect();
    all.sort_unstable_by(|a, b| b.cmp(a));
    all.dedup();
    // Below the headings that are there, which somebody made on purpose.
    let deepest = blocks.iter().filter_map(|block| match block {
        Block::Heading { level, .. } => Some(*level),
        _ => None,
    });
    let above = deepest.max().unwrap_or(0).min(4);
    let mut faked = Vec::new();
    for (at, size) in kept {
        let deep = all.iter().position(|own| *own == size).unwrap_or(0).min(3) as u8;
        if let Block::Paragraph { words, .. } = &mut blocks[at] {
            let mut words = std::mem::take(words);
            if let Some(Inline::Text { words, .. }) = words.last_mut()
                && let Some(rest) = words.strip_suffix(':')
            {
                *words = rest.trim_end().to_owned();
            }
            faked.push(plain(&words).trim().to_owned());
            blocks[at] = Block::Heading { level: above + 1 + deep, words };
        }
    }
    faked
}

/// Takes the numbers off headings that somebody typed: `4.2 Who can apply`.
fn heading_numbers(blocks: &mut [Block], lost: &mut Vec<Loss>) {
    let mut taken = Vec::new();
    for block in blocks {
        let Block::Heading { words, .. } = block else { continue };
        let Some(Inline::Text { words, .. }) =
            words.iter_mut().find(|it| !matches!(it, Inline::Anchor(_)))
        else {
            continue;
        };
        let end = words.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ')').unwrap_or(0);
        let (number, rest) = words.split_at(end);
        let is_number = number.len() <= 8
            && number.starts_with(|c: char| c.is_ascii_digit())
            && (number.contains(['.', ')']) || rest.starts_with('\t'))
            && rest.starts_with(char::is_whitespace)
            && rest.trim().starts_with(|c: char| c.is_alphabetic());
        if is_number {
            taken.push(number.trim_end_matches(['.', ')']).to_owned());
            *words = rest.trim_start().to_owned();
        }
    }
    if let Some(first) = taken.first() {
        let message = format!(
            "numbers that were typed before headings were left out, from {first} to {}",
            taken.last().unwrap_or(first)
        );
        let hint = "where the text says “section 4”, write the name of that part and link to it";
        lost.push(Loss::new(message, hint));
    }
}

/// Signs that people type for a bullet. The second says whether one alone is enough.
const BULLETS: &[(char, bool)] = &[
    ('•', true),
    ('·', true),
    ('▪', true),
    ('●', true),
    ('○', true),
    ('◦', true),
    ('■', true),
    ('□', false),
    ('➢', true),
    ('❖', true),
    ('►', true),
    ('‣', true),
    ('\u{f0b7}', true),
    ('-', false),
    ('–', false),
    ('—', false),
    ('*', false),
    ('o', false),
];

fn by_hand_bullet(text: &str) -> bool {
    let mut letters = text.chars();
    let first = letters.next();
    let is_sign = BULLETS.iter().any(|(sign, _)| Some(*sign) == first);
    is_sign && letters.next().is_some_and(char::is_whitespace)
}

/// A mark that somebody typed before a line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Typed {
    sort: Sort,
    value: u32,
    /// How long it is in bytes, with the space after it.
    length: usize,
    is_enough_alone: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Bullet(char),
    /// `2.` or `2)`, with what stands round it.
    Number(char),
    Letter,
    Roman,
    /// `2.1`, with how many parts.
    Parts(usize),
}

/// The mark before a line.
fn typed(text: &str) -> Vec<Typed> {
    let Some(first) = text.chars().next() else { return Vec::new() };
    let spaces = |from: usize| text[from..].len() - text[from..].trim_start().len();
    if let Some((_, alone)) = BULLETS.iter().find(|(sign, _)| *sign == first) {
        let after = spaces(first.len_utf8());
        let is_letter = first == 'o';
        let is_wide = text[first.len_utf8()..].starts_with(['\t', '\u{a0}']) || after > 1;
        if after == 0 && !(*alone) || is_letter && !is_wide {
            return Vec::new();
        }
        let length = first.len_utf8() + after;
        let sort = Sort::Bullet(first);
        return vec![Typed { sort, value: 0, length, is_enough_alone: *alone || is_wide }];
    }
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    let word = &text[..end];
    let length = end + spaces(end);
    if length == end || length == text.len() || word.len() > 10 {
        return Vec::new();
    }
    let inner = word.strip_prefix('(').unwrap_or(word);
    let bare = inner.trim_end_matches([')', '.', ':']);
    let has_sign = bare.len() < word.len();
    let mut found = Vec::new();
    let mut put = |sort, value| {
        found.push(Typed { sort, value, length, is_enough_alone: false });
    };
    let parts: Vec<&str> = bare.split('.').collect();
    let is_digits = |part: &&str| {
        !part.is_empty() && part.len() <= 3 && part.bytes().all(|b| b.is_ascii_digit())
    };
    if parts.iter().all(is_digits) {
        let value = parts.last().and_then(|part| part.parse().ok()).unwrap_or(0);
        match parts.len() {
            1 if has_sign => put(Sort::Number(word.chars().last().unwrap_or('.')), value),
            1 => {}
            many @ 2..=5 => put(Sort::Parts(many), value),
            _ => {}
        }
    } else if has_sign && !bare.is_empty() {
        let small = bare.to_ascii_lowercase();
        if let Some(value) = roman(&small) {
            put(Sort::Roman, value);
        }
        if let [letter @ b'a'..=b'z'] = small.as_bytes() {
            put(Sort::Letter, u32::from(letter - b'a') + 1);
        }
    }
    found
}

/// A small Roman number, up to 39.
fn roman(text: &str) -> Option<u32> {
    let ones = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let tens = ["", "x", "xx", "xxx"];
    (1..40).find(|&number: &u32| {
        let (ten, one) = ((number / 10) as usize, (number % 10) as usize);
        format!("{}{}", tens[ten], ones[one]) == text
    })
}

/// Makes lists of lines that have bullets or numbers typed before them.
fn by_hand(blocks: Vec<Block>, all: &mut Vec<String>) -> Vec<Block> {
    let blocks: Vec<Block> = blocks.into_iter().flat_map(lines_apart).collect();
    let marks: Vec<Vec<Typed>> = blocks
        .iter()
        .map(|block| match block {
            Block::Paragraph { words, .. } => {
                match words.iter().find(|it| !matches!(it, Inline::Anchor(_))) {
                    Some(Inline::Text { words, .. }) => typed(words),
                    _ => Vec::new(),
                }
            }
            _ => Vec::new(),
        })
        .collect();
    let mut out = Vec::with_capacity(blocks.len());
    // What marks are open, from the highest level, and how far each has counted.
    let mut open: Vec<(Sort, u32)> = Vec::new();
    for (at, block) in blocks.into_iter().enumerate() {
        let next = marks.get(at + 1).map_or(&[][..], Vec::as_slice);
        let chosen = choose(&marks[at], &open, next);
        let Some(mark) = chosen else {
            open.clear();
            out.push(block);
            continue;
        };
        let Block::Paragraph { mut words, .. } = block else { continue };
        let level = match mark.sort {
            Sort::Parts(many) => {
                // `2.1` after `2.` stands below it, and alone it is the highest.
                let above = open.iter().filter(|(sort, _)| !matches!(sort, Sort::Parts(_))).count();
                let least = open.iter().find_map(|(sort, _)| match sort {
                    Sort::Parts(least) => Some(*least),
                    _ => None,
                });
                above + many - least.unwrap_or(many).min(many)
            }
            sort => open.iter().position(|(own, _)| *own == sort).unwrap_or(open.len()),
        };
        open.truncate(level);
        while open.len() < level {
            open.push((mark.sort, 0));
        }
        open.push((mark.sort, mark.value));
        if let Some(Inline::Text { words, .. }) =
            words.iter_mut().find(|it| !matches!(it, Inline::Anchor(_)))
        {
            all.push(words[..mark.length].trim().to_owned());
            *words = words[mark.length..].to_owned();
        }
        let shown = match mark.sort {
            Sort::Bullet(_) => Mark::Bullet,
            sort => Mark::Number { value: mark.value, is_plain: matches!(sort, Sort::Number(_)) },
        };
        out.push(Block::Item { level: level.min(8) as u8, mark: shown, words });
    }
    out
}

/// The reading of a mark that fits those before it and after it.
fn choose(marks: &[Typed], open: &[(Sort, u32)], next: &[Typed]) -> Option<Typed> {
    let goes_on = |mark: &&Typed| {
        open.iter().any(|(sort, value)| {
            *sort == mark.sort && (matches!(sort, Sort::Bullet(_)) || value + 1 == mark.value)
        })
    };
    if let Some(mark) = marks.iter().find(goes_on) {
        return Some(mark.clone());
    }
    let begins = |mark: &&Typed| {
        let is_followed = next.iter().any(|after| {
            after.sort == mark.sort
                && (matches!(mark.sort, Sort::Bullet(_)) || after.value == mark.value + 1)
        });
        // A list begins with the first, or in a list of numbers with any that is followed.
        let is_first = mark.value == 1 && !open.is_empty();
        let deeper = !next.is_empty()
            && mark.value == 1
            && matches!(mark.sort, Sort::Number(_) | Sort::Letter | Sort::Parts(_))
            && next.iter().any(|after| after.sort != mark.sort && after.value <= 1);
        mark.is_enough_alone || is_followed || is_first || deeper
    };
    marks.iter().find(begins).cloned()
}

/// A paragraph of several lines, each with a mark before it, as so many paragraphs.
fn lines_apart(block: Block) -> Vec<Block> {
    let Block::Paragraph { words, look } = block else { return vec![block] };
    if !words.contains(&Inline::Break) {
        return vec![Block::Paragraph { words, look }];
    }
    let lines: Vec<Vec<Inline>> =
        words.split(|inline| *inline == Inline::Break).map(<[Inline]>::to_vec).collect();
    let has_mark = |line: &Vec<Inline>| matches!(line.first(), Some(Inline::Text { words, .. }) if !typed(words.trim_start()).is_empty());
    // The first may lead up to the list.
    if lines.len() < 2 || !lines[1..].iter().all(has_mark) {
        return vec![Block::Paragraph { words, look }];
    }
    let lines = lines.into_iter().map(|mut line| {
        trim(&mut line);
        Block::Paragraph { words: line, look }
    });
    lines.collect()
}

/// The title: what the document says, or its only highest heading.
fn title(document: &mut Document) {
    let highest = document.blocks.iter().filter_map(|block| match block {
        Block::Heading { level, .. } => Some(*level),
        _ => None,
    });
    let Some(highest) = highest.min() else { return };
    let mut at = document.blocks.iter().enumerate().filter_map(|(at, block)| match block {
        Block::Heading { level, .. } if *level == highest => Some(at),
        _ => None,
    });
    let (first, second) = (at.next(), at.next());
    let Some(first) = first.filter(|first| *first <= 3 && second.is_none()) else { return };
    let Block::Heading { words, .. } = &document.blocks[first] else { return };
    if document.title.is_some() {
        return;
    }
    let anchors: Vec<Inline> =
        words.iter().filter(|it| matches!(it, Inline::Anchor(_))).cloned().collect();
    document.title = Some(plain(words).split_whitespace().collect::<Vec<_>>().join(" "));
    document.blocks[first] = Block::paragraph(anchors);
}

/// Levels that go down one by one, from 2.
fn levels(blocks: &mut [Block]) {
    let mut open: Vec<u8> = Vec::new();
    for block in blocks {
        let Block::Heading { level, .. } = block else { continue };
        while open.last().is_some_and(|last| *last >= *level) {
            open.pop();
        }
        open.push(*level);
        *level = (open.len() as u8 + 1).min(DEEPEST_HEADING);
    }
}

/// Whether every cell of a row that says something is bold.
pub(super) fn is_bold_row(row: &Row) -> bool {
    let mut any = false;
    let all = row.cells.iter().flat_map(|cell| &cell.blocks).all(|block| match block.words() {
        Some(words) => {
            any |= !is_empty(words);
            is_empty(words) || is_bold(words)
        }
        None => false,
    });
    all && any
}

/// Words without bold, for headings, whose look is the theme’s.
pub(super) fn not_bold(words: &[Inline]) -> Vec<Inline> {
    let each = words.iter().map(|inline| match inline {
        Inline::Text { words, style } => {
            Inline::Text { words: words.clone(), style: Style { is_bold: false, ..*style } }
        }
        Inline::Link { words, to } => Inline::Link { words: not_bold(words), to: to.clone() },
        other => other.clone(),
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bold(words: &str) -> Block {
        let style = Style { is_bold: true, ..Style::default() };
        Block::paragraph(vec![Inline::Text { words: words.into(), style }])
    }

    fn line(words: &str) -> Block {
        Block::paragraph(vec![Inline::text(words)])
    }

    /// What becomes of some paragraphs: `2 Heading`, `- item`, `  3. item`, words.
    fn shaped(blocks: Vec<Block>) -> Vec<String> {
        let mut document = Document { blocks, usual_size: 24, ..Document::default() };
        shape(&mut document);
        let each = document.blocks.iter().map(|block| {
            let words = block.words().map(plain).unwrap_or_default();
            match block {
                Block::Heading { level, .. } => format!("{level} {words}"),
                Block::Item { level, mark, .. } => {
                    let mark = match mark {
                        Mark::Bullet => "-".to_owned(),
                        Mark::Number { value, .. } => format!("{value}."),
                    };
                    format!("{}{mark} {words}", "  ".repeat(usize::from(*level)))
                }
                _ => words,
            }
        });
        each.collect()
    }

    #[test]
    fn bold_lines_are_headings_where_something_stands_below() {
        assert_eq!(
            shaped(vec![
                line("Hello."),
                bold("Who can apply:"),
                line("All."),
                bold("What next"),
                line("Go."),
                bold("Thanks")
            ]),
            ["Hello.", "2 Who can apply", "All.", "2 What next", "Go.", "Thanks"]
        );
        // A sentence in bold is a sentence.
        assert_eq!(
            shaped(vec![bold("Do not pay cash."), line("Go.")]),
            ["Do not pay cash.", "Go."]
        );
    }

    #[test]
    fn numbers_by_hand_become_lists() {
        assert_eq!(
            shaped(["1. One", "a) A", "b) B", "2. Two", "End."].map(line).into()),
            ["1. One", "  1. A", "  2. B", "2. Two", "End."]
        );
        assert_eq!(
            shaped(["i) One", "ii) Two", "iii) Three"].map(line).into()),
            ["1. One", "2. Two", "3. Three"]
        );
        assert_eq!(shaped(["h) One", "i) Two"].map(line).into()), ["8. One", "9. Two"]);
        assert_eq!(
            shaped(["2.1 One", "2.2 Two", "2.2.1 Three"].map(line).into()),
            ["1. One", "2. Two", "  1. Three"]
        );
        assert_eq!(shaped(["•\tOne", "End."].map(line).into()), ["- One", "End."]);
        // One number alone may be anything, and so may a dash.
        assert_eq!(shaped(["2. One", "End."].map(line).into()), ["2. One", "End."]);
        assert_eq!(shaped(["- One", "End."].map(line).into()), ["- One", "End."]);
        assert_eq!(
            shaped(["10 November", "11 November"].map(line).into()),
            ["10 November", "11 November"]
        );
    }
}
