//! What was published and is gone: amounts, phone numbers, email addresses, links and parts of
//! pages, what letters said, and letters.
//!
//! Whoever rewrites a site leaves things out, and nobody notices which. A loss is one,
//! however many pages it is gone from: a number that changed is told of once, and not forty
//! times. Pages that are gone are for the ledger; a letter that is gone is told of here too,
//! since a page that leads on has no letter on it.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use crate::{
    html::{
        Token, decode,
        outline::{Outline, outline},
        tokens,
    },
    letter::{
        Template,
        compare::{Lost, lost, published, telling},
    },
};

/// Something that pages had, and have no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loss {
    /// What it is.
    pub what: What,
    /// The pages that had it, by path below the published folder, in order.
    pub pages: Vec<String>,
}

/// What can be lost.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A letter, with its title.
    Letter(String),
    /// Of letters: a part, what its reader learned.
    Part(&'static str),
    /// A number, a day, an amount or an address, as it was written.
    Fact(String),
    /// Of letters: a sentence.
    Sentence(String),
    /// A heading, and what stood below it.
    Heading(String),
    /// A link to another site.
    Link(String),
}

/// Pages beside their last versions.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Compared {
    /// How many letters there were.
    pub letters: usize,
    /// How many other pages there were.
    pub pages: usize,
    /// What is gone, each thing once.
    pub losses: Vec<Loss>,
    /// The pages of which many words are others, by path.
    pub rewritten: Vec<String>,
}

/// How many of the telling words of a page must be others, in hundredths of all that it has and
/// had, for its readers to be told.
const REWRITTEN: usize = 30;

/// Compares pages with those before: HTML, by path below the published folder.
pub fn compare(before: &BTreeMap<String, String>, now: &BTreeMap<&str, &str>) -> Compared {
    let old: BTreeMap<&str, Read> =
        before.par_iter().map(|(path, html)| (path.as_str(), Read::of(html))).collect();
    let new: BTreeMap<&str, Read> =
        now.par_iter().map(|(path, html)| (*path, Read::of(html))).collect();
    let names: BTreeSet<&str> =
        new.values().filter_map(|page| Some(page.letter.as_ref()?.name.as_str())).collect();
    let mut compared = Compared::default();
    let mut all: BTreeMap<What, Vec<String>> = BTreeMap::new();
    for (path, old) in &old {
        let gone = match (&old.letter, new.get(path).map(|page| (page, &page.letter))) {
            (Some(before), Some((_, Some(now)))) => {
                compared.letters += 1;
                let gone = lost(before, now).into_iter().map(|lost| match lost {
                    Lost::Part(what) => What::Part(what),
                    Lost::Fact(fact) => What::Fact(fact),
                    Lost::Sentence(words) => What::Sentence(words),
                });
                gone.collect()
            }
            // One that has another address now has its name still.
            (Some(before), _) if !names.contains(before.name.as_str()) => {
                vec![What::Letter(before.title.clone())]
            }
            (None, Some((now, None))) if !now.is_elsewhere && !old.is_elsewhere => {
                compared.pages += 1;
                if old.is_rewritten(now) {
                    compared.rewritten.push((*path).to_owned());
                }
                old.lost(now)
            }
            _ => Vec::new(),
        };
        for what in gone {
            all.entry(what).or_default().push((*path).to_owned());
        }
    }
    compared.losses = all.into_iter().map(|(what, pages)| Loss { what, pages }).collect();
    compared
}

/// What of a page can be lost.
struct Read {
    letter: Option<Template>,
    /// Amounts, phone numbers and email addresses.
    facts: BTreeSet<String>,
    /// Links to other sites.
    links: BTreeSet<String>,
    headings: Vec<String>,
    /// The beginnings of its telling words.
    words: BTreeSet<String>,
    /// Whether it only leads on.
    is_elsewhere: bool,
}

impl Read {
    fn of(html: &str) -> Self {
        let Outline { title, sections, is_hidden, .. } = outline(html);
        let (mut facts, mut links) = (BTreeSet::new(), BTreeSet::new());
        let mut words = telling(&title);
        for section in &sections {
            let text = [section.heading.as_str(), section.text.as_str()].join("\n");
            words.extend(telling(&text));
            facts.extend(amounts(&text));
        }
        let mut is_inside = false;
        for token in tokens(html) {
            match token {
                Token::Open { name: "main", .. } => is_inside = true,
                Token::Close { name: "main", .. } => is_inside = false,
                Token::Open { name: "a", attributes, .. } if is_inside => {
                    let address = attributes.get("href").map(decode).unwrap_or_default();
                    if let Some(number) = address.strip_prefix("tel:") {
                        facts.insert(number.to_owned());
                    } else if let Some(email) = address.strip_prefix("mailto:") {
                        let email = email.split('?').next().unwrap_or_default();
                        facts.extend(Some(email.to_owned()).filter(|email| email.contains('@')));
                    } else if address.starts_with("http") {
                        links.insert(address.trim_end_matches('/').to_owned());
                    }
                }
                _ => {}
            }
        }
        let headings = sections.into_iter().map(|section| section.heading);
        let headings = headings.filter(|heading| !heading.is_empty()).collect();
        let letter = published(html);
        Self { letter, facts, links, headings, words, is_elsewhere: is_hidden }
    }

    /// Whether many words of this page are others in `now`.
    fn is_rewritten(&self, now: &Self) -> bool {
        let others = self.words.symmetric_difference(&now.words).count();
        others * 100 > self.words.union(&now.words).count() * REWRITTEN
    }

    /// What this page had and `now` has not.
    fn lost(&self, now: &Self) -> Vec<What> {
        let facts = self.facts.difference(&now.facts).cloned().map(What::Fact);
        let links = self.links.difference(&now.links).cloned().map(What::Link);
        // A heading in other words is kept, when the page still has most of what it tells.
        let is_lost = |heading: &&String| {
            let own = telling(heading);
            let kept = own.iter().filter(|word| now.words.contains(*word)).count();
            !own.is_empty() && kept * 2 < own.len() && !now.headings.contains(heading)
        };
        let headings = self.headings.iter().filter(is_lost).cloned().map(What::Heading);
        facts.chain(headings).chain(links).collect()
    }
}

/// The amounts of money in a text: `£10`, `£1,234.50`.
fn amounts(text: &str) -> impl Iterator<Item = String> + '_ {
    text.match_indices('£').filter_map(|(at, sign)| {
        let rest = &text[at + sign.len()..];
        let is_part = |c: char| c.is_ascii_digit() || matches!(c, ',' | '.');
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        let amount = rest[..end].trim_end_matches([',', '.']);
        (!amount.is_empty()).then(|| format!("£{amount}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(words: &str) -> String {
        format!("<html><body><main><h1>Money</h1>{words}</main></body></html>")
    }

    #[test]
    fn a_number_that_changed_on_many_pages_is_one_loss() {
        let paths = ["a.html", "b.html", "c.html"];
        let call = |number: &str| page(&format!("<p><a href=\"tel:{number}\">Call</a></p>"));
        let before: BTreeMap<String, String> =
            paths.iter().map(|path| ((*path).to_owned(), call("+441"))).collect();
        let new = call("+442");
        let now = paths.iter().map(|path| (*path, new.as_str())).collect();
        let Compared { letters, pages, losses: found, .. } = compare(&before, &now);
        assert_eq!((letters, pages), (0, 3));
        let what = What::Fact("+441".into());
        assert_eq!(found, [Loss { what, pages: paths.map(str::to_owned).into() }]);
    }

    #[test]
    fn amounts_headings_and_links_are_seen_and_what_is_only_said_otherwise_is_not() {
        let before = page(
            "<p>Keep receipts over £1,000.50.</p><h2>Pooling with neighbours</h2><p>Share.</p>\
             <h2>Ask us anything</h2><p>Do <a href=\"https://law.example/act/\">ask</a>.</p>",
        );
        let now = page("<p>Keep receipts. It is £5.</p><h2>Anything to ask us</h2><p>Do.</p>");
        let before = BTreeMap::from([("a.html".to_owned(), before)]);
        let found = compare(&before, &BTreeMap::from([("a.html", now.as_str())]));
        let found: Vec<What> = found.losses.into_iter().map(|loss| loss.what).collect();
        let heading = What::Heading("Pooling with neighbours".into());
        let link = What::Link("https://law.example/act".into());
        assert_eq!(found, [What::Fact("£1,000.50".into()), heading, link]);
    }

    #[test]
    fn a_page_that_leads_on_lost_nothing_that_the_ledger_does_not_know() {
        let before = BTreeMap::from([("a.html".to_owned(), page("<p>£5</p>"))]);
        let moved = "<html><head><meta http-equiv=\"refresh\" content=\"0; url=b/\"></head></html>";
        assert_eq!(compare(&before, &BTreeMap::from([("a.html", moved)])), Compared::default());
        assert_eq!(compare(&before, &BTreeMap::new()), Compared::default());
    }

    #[test]
    fn few_words_are_no_rewriting() {
        let long = "<p>Keep receipts, bank statements, invoices, timesheets, payslips.</p>";
        let before = BTreeMap::from([("a.html".to_owned(), page(long))]);
        let is_rewritten = |words: &str| {
            let now = page(words);
            !compare(&before, &BTreeMap::from([("a.html", now.as_str())])).rewritten.is_empty()
        };
        assert!(!is_rewritten(&long.replace("payslips", "contracts")));
        assert!(is_rewritten("<p>Photograph receipts with our telephone application.</p>"));
    }
}
