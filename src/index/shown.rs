//! The sentences of a page that results can show.
//!
//! A reader fetches the texts of the pages that are shown, and most of a page
//! is never shown. So only some sentences are kept: those with the words that
//! the page can be found by, each word once.

use std::{cmp::Reverse, collections::BinaryHeap, ops::Range};

use super::{
    Page,
    excerpt::{LEFT_OUT, is_whole},
    read::{Counted, GAP, Sentence},
    terms::{Family, Numbers},
};
use crate::text::wording::is_unended;

/// How many bytes of text are kept for a page, and how many more for each of
/// its sections; of a long page at least this part; and never more than so many.
const PAGE: usize = 400;
const SECTION: usize = 40;
const PART: usize = 8;
pub(super) const MOST_SHOWN: usize = 6_000;

/// So many bytes a line has at most that is kept for each thing of the list below it, and so many
/// things are looked back over for it.
const LEAD: usize = 80;
const LISTED: usize = 20;

/// What a sentence costs besides its length.
const EACH: usize = 40;

/// A word that is in the title is worth so many times less in a sentence.
const IN_TITLE: u64 = 4;

/// What the words of a page are worth, by family; kept from page to page.
pub(super) struct Worth {
    by_family: Vec<u64>,
}

impl Worth {
    pub(super) fn new(families: usize) -> Self {
        Self { by_family: vec![0; families] }
    }

    /// The text that is kept of each section.
    pub(super) fn keep(
        &mut self,
        page: &Page,
        counted: &Counted,
        numbers: &Numbers,
        families: &[Family],
    ) -> Vec<String> {
        let family = |word: u32| numbers[word as usize] as usize;
        for &(word, count) in &counted.counts {
            let family = family(word);
            if !families[family].is_common {
                let often = u64::from(count.prominent + count.body);
                let worth = &mut self.by_family[family];
                *worth = (*worth).max(u64::from(families[family].rarity) * often.min(4096));
            }
        }
        for &word in &counted.text[..counted.title] {
            if word != GAP {
                self.by_family[family(word)] /= IN_TITLE;
            }
        }
        let chosen = self.choose(page, counted, &family);
        counted.counts.iter().for_each(|&(word, _)| self.by_family[family(word)] = 0);
        join(page, counted, &chosen)
    }

    /// The numbers of the sentences that are worth most for their length, in
    /// order. What a word is worth counts once.
    fn choose(
        &mut self,
        page: &Page,
        counted: &Counted,
        family: &impl Fn(u32) -> usize,
    ) -> Vec<usize> {
        let length: usize = page.sections.iter().map(|section| section.text.len()).sum();
        let mut left = (PAGE + SECTION * page.sections.len()).max(length / PART).min(MOST_SHOWN);
        let words = |at: usize| &counted.text[counted.sentences[at].words.clone()];
        let worth = |by_family: &[u64], at: usize| {
            let sum: u64 = words(at).iter().map(|&word| by_family[family(word)]).sum();
            let sentence = &counted.sentences[at];
            let whole = 1 + u64::from(is_whole(
                &page.sections[sentence.section].text[sentence.bytes.clone()],
            ));
            sum * whole * 1000 / (sentence.bytes.len() + EACH) as u64
        };
        let all = 0..counted.sentences.len();
        // What a sentence is worth only falls, so that the best of those that
        // are up to date is the best of all.
        let mut queue: BinaryHeap<_> =
            all.map(|at| (worth(&self.by_family, at), Reverse(at))).collect();
        let mut chosen = Vec::new();
        while let Some((before, Reverse(at))) = queue.pop() {
            let now = worth(&self.by_family, at);
            let length = counted.sentences[at].bytes.len();
            if now < before {
                queue.push((now, Reverse(at)));
            } else if now == 0 || left < EACH {
                break;
            } else if length <= left {
                left -= length;
                chosen.push(at);
                words(at).iter().for_each(|&word| self.by_family[family(word)] = 0);
            }
        }
        chosen.sort_unstable();
        chosen
    }
}

fn join(page: &Page, counted: &Counted, chosen: &[usize]) -> Vec<String> {
    let mut kept = vec![String::new(); page.sections.len()];
    let mut before = None;
    for &at in chosen {
        let sentence = &counted.sentences[at];
        let text = &mut kept[sentence.section];
        let words =
            |sentence: &Sentence| &page.sections[sentence.section].text[sentence.bytes.clone()];
        let lead = lead(page, counted, at).map(words);
        if !text.is_empty() {
            let is_next = before == at.checked_sub(1) && lead.is_none();
            let last = at.checked_sub(1).map_or(0, |last| counted.sentences[last].bytes.end);
            let whole = &page.sections[sentence.section].text;
            // Nothing runs on from a line without an end; a long sentence was cut.
            let is_line = whole[last..sentence.bytes.start].contains('\n') && is_unended(text);
            let is_next = is_next && !is_line;
            text.push_str(if is_next { " " } else { LEFT_OUT });
        }
        text.extend(lead.into_iter().flat_map(|lead| [lead, " "]));
        text.push_str(words(sentence));
        text.extend(lead.filter(|_| is_unended(text)).map(|_| '.'));
        before = Some(at);
    }
    kept
}

/// The line that the things of a list go on, if a sentence is one of them: without it `you have
/// asbestosis` may say the opposite.
fn lead<'c>(page: &Page, counted: &'c Counted, at: usize) -> Option<&'c Sentence> {
    let section = &page.sections[counted.sentences[at].section].text;
    let is_line = |sentence: &Sentence| {
        let Range { start, end } = sentence.bytes;
        let is_first = start == 0 || section[..start].ends_with('\n');
        is_first && matches!(section.as_bytes().get(end), None | Some(b'\n'))
    };
    let own = counted.sentences[..at].iter().rev().take(LISTED);
    let mut above = own.take_while(|one| one.section == counted.sentences[at].section);
    if !is_line(&counted.sentences[at]) {
        return None;
    }
    let lead = above.find(|one| !is_line(one) || !is_unended(&section[one.bytes.clone()]))?;
    let said = &section[lead.bytes.clone()];
    (said.ends_with(':') && said.len() <= LEAD).then_some(lead)
}
