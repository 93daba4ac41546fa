//! What the audit found, as the accessibility statement says it.
//!
//! A statement is part of the site that it is about. So it is made with an empty
//! place, `data-audit-result`; when every page has been audited the result goes there, and
//! the page is audited once more. What is put in has no ids, links or headings, so
//! nothing that other pages need changes. The empty place is in no published page.

use std::{collections::BTreeMap, fmt::Write as _};

use super::{Audit, RULES, Tally};
use crate::{
    config::Config,
    diagnostic::Level,
    html::escape,
    load::Theme,
    model::Site,
    polish::{self, Finished, Place},
    render,
    text::Date,
    wcag,
};

/// What the audit of a whole site found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// The day.
    pub date: Date,
    /// How many pages it looked at.
    pub pages: usize,
    /// How many rules it has.
    pub rules: usize,
    /// How many elements it looked at.
    pub elements: u64,
    /// What is wrong.
    pub failed: Vec<Count>,
    /// What only a person can judge.
    pub unsure: Vec<Count>,
}

/// On how many pages a rule found something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// What it is about: the number of a criterion, `1.1.1`, or the name of a practice.
    pub about: String,
    /// The code of the rule.
    pub rule: String,
    /// How many pages.
    pub pages: usize,
}

/// Puts what the audit found into each accessibility statement among `pages`. Without a
/// summary, only takes away the place for it. Returns which pages those are.
pub fn tell(
    pages: &mut [Finished],
    site: &Site,
    config: &Config,
    theme: &Theme,
    summary: Option<&Summary>,
) -> Vec<usize> {
    let mut changed = Vec::new();
    let statements = pages.iter_mut().enumerate().filter_map(|(number, page)| {
        let language = &page.page.map(|id| &site.pages[id]).filter(|page| page.statement)?.language;
        Some((number, page, language))
    });
    for (number, page, language) in statements {
        let html = String::from_utf8_lossy(&page.html);
        let words = render::words_in(theme, language, config.language());
        let html = told(&html, &mut page.places, summary, &words, language);
        page.html = html.into_bytes().into();
        changed.push(number);
    }
    changed
}

/// A finished statement with what the audit found in it. `places` are those of the page.
pub fn told(
    html: &str,
    places: &mut [(u32, Place)],
    summary: Option<&Summary>,
    words: &BTreeMap<String, String>,
    language: &str,
) -> String {
    let result = summary.map_or_else(String::new, |summary| summary.html(words, language));
    polish::with_result(html, &result, summary.is_some_and(Summary::has_failed), places)
}

impl Summary {
    /// What the rules found on the pages of a site.
    pub(super) fn of(audits: &[Audit], date: Date) -> Self {
        let count = |has: fn(&Tally) -> bool| -> Vec<Count> {
            let of_rule = RULES.iter().enumerate().filter_map(|(number, rule)| {
                let pages = audits.iter().filter(|audit| has(&audit.tallies[number])).count();
                let about = rule.wcag.first().unwrap_or(&rule.code);
                (pages > 0).then(|| Count {
                    about: (*about).to_owned(),
                    rule: rule.code.to_owned(),
                    pages,
                })
            });
            of_rule.collect()
        };
        let elements: usize = audits.iter().flat_map(|audit| &audit.tallies).map(Tally::all).sum();
        Self {
            date,
            pages: audits.len(),
            rules: RULES.len(),
            elements: elements as u64,
            failed: count(|tally| tally.failed > 0),
            unsure: count(|tally| tally.unsure > 0),
        }
    }

    /// Whether a fault was found that the law asks to be mended: one in a criterion of
    /// level A or AA.
    pub fn has_failed(&self) -> bool {
        let criteria = self.failed.iter().filter_map(|count| wcag::criterion(&count.about));
        criteria.into_iter().any(|criterion| criterion.level <= Level::AA)
    }

    /// The result in sentences, as HTML.
    fn html(&self, words: &BTreeMap<String, String>, language: &str) -> String {
        let word = |name: &str| words.get(name).map_or("", String::as_str);
        let looked = word("audit_looked")
            .replace("{date}", &self.date.words(language))
            .replace("{pages}", &grouped(self.pages as u64))
            .replace("{rules}", &grouped(self.rules as u64))
            .replace("{elements}", &grouped(self.elements));
        let mut out = format!("<p>{} ", escaped(&looked));
        let is_criterion = |count: &&Count| wcag::criterion(&count.about).is_some();
        let failed: Vec<&Count> = self.failed.iter().filter(is_criterion).collect();
        if failed.is_empty() {
            let _ = writeln!(out, "{}</p>", escaped(word("audit_clean")));
        } else {
            let _ = writeln!(out, "{}</p>\n<ul>", escaped(word("audit_found")));
            for count in failed {
                let pages = match count.pages {
                    1 => word("audit_on_one").to_owned(),
                    many => word("audit_on_many").replace("{n}", &grouped(many as u64)),
                };
                let (about, rule) = (named(&count.about, language), escaped(&count.rule));
                let _ = writeln!(out, "<li>{about} ({rule}), {}</li>", escaped(&pages));
            }
            out.push_str("</ul>\n");
        }
        // Practices have names that only people who make pages know.
        let unsure = self.unsure.iter().map(|count| count.about.as_str());
        let mut unsure: Vec<&str> =
            unsure.filter(|about| wcag::criterion(about).is_some()).collect();
        unsure.sort_by_cached_key(|about| place(about));
        unsure.dedup();
        if !unsure.is_empty() {
            let (said, fold) = (escaped(word("audit_person")), escaped(word("audit_unsure")));
            let _ = writeln!(out, "<p>{said}</p>");
            let _ = writeln!(out, "<details class=\"more\"><summary>{fold}</summary>\n<ul>");
            for about in unsure {
                let _ = writeln!(out, "<li>{}</li>", named(about, language));
            }
            out.push_str("</ul></details>\n");
        }
        let _ = write!(out, "<p>{}</p>", escaped(word("audit_ask")));
        out
    }
}

/// `1.1.1 Non-text Content`; a name of the standard is in English on any page. What is not a
/// criterion is itself.
fn named(about: &str, language: &str) -> String {
    let Some(criterion) = wcag::criterion(about) else { return escaped(about) };
    let name = escaped(criterion.name);
    if language.starts_with("en") {
        return format!("{} {name}", criterion.number);
    }
    format!("{} <span lang=\"en\">{name}</span>", criterion.number)
}

/// Where something stands in a list: criteria in the order of the standard, then the rest.
fn place(about: &str) -> (usize, String) {
    let place = wcag::CRITERIA.iter().position(|criterion| criterion.number == about);
    (place.unwrap_or(wcag::CRITERIA.len()), about.to_owned())
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(&mut out, text);
    out
}

/// `12,345`
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "<main><p data-audit-failed=\"Partly &amp; below.\">Fully.</p>\
                        <p>a</p><div data-audit-result></div><p>b</p></main>";

    fn summary(failed: &[(&str, &str, usize)], unsure: &[(&str, &str, usize)]) -> Summary {
        let counts = |all: &[(&str, &str, usize)]| {
            all.iter()
                .map(|&(about, rule, pages)| Count {
                    about: about.to_owned(),
                    rule: rule.to_owned(),
                    pages,
                })
                .collect()
        };
        Summary {
            date: Date::parse("22 November 2026").expect("a day"),
            pages: 403,
            rules: 90,
            elements: 1_234_567,
            failed: counts(failed),
            unsure: counts(unsure),
        }
    }

    fn in_language(summary: &Summary, language: &str) -> String {
        let words = render::words_in(&Theme::embedded(), language, "en");
        told(PAGE, &mut [], Some(summary), &words, language)
    }

    #[test]
    fn a_clean_site_says_so_and_what_a_person_must_judge() {
        let unsure = [("2.4.4", "a", 3), ("1.1.1", "b", 9), ("2.4.4", "c", 1)];
        assert_eq!(
            in_language(&summary(&[], &unsure), "en"),
            "<main><p>Fully.</p><p>a</p>\
             <p>On 22 November 2026 a program looked at all 403 pages of this website. It has 90 \
             rules, and looked at 1,234,567 parts of the pages. It found no fault.</p>\n\
             <p>No program can judge everything.</p>\n\
             <details class=\"more\"><summary>What only a person can judge</summary>\n\
             <ul>\n<li>1.1.1 Non-text Content</li>\n<li>2.4.4 Link Purpose (In Context)</li>\n\
             </ul></details>\n<p>If you find something that is wrong, tell us.</p><p>b</p></main>"
        );
    }

    #[test]
    fn faults_are_listed_and_change_what_is_claimed() {
        let failed = [("1.1.1", "image-alt", 1), ("1.4.6", "a<b", 1200), ("plain", "plain", 2)];
        let html = in_language(&summary(&failed, &[]), "en");
        assert!(html.contains("<p>Partly &amp; below.</p>"), "{html}");
        assert!(html.contains("<li>1.1.1 Non-text Content (image-alt), on 1 page</li>"), "{html}");
        let beyond = "(a&lt;b), on 1,200 pages</li>";
        assert!(html.contains(beyond) && !html.contains("data-audit"), "{html}");
        // Good practice has names that only people who make pages know.
        assert!(!html.contains("plain"), "{html}");
        // A practice, or more than the law asks for, does not make a site less compliant.
        for about in ["landmarks", "1.4.6"] {
            assert!(in_language(&summary(&[(about, "x", 2)], &[]), "en").contains("<p>Fully.</p>"));
        }
    }

    #[test]
    fn rules_name_criteria_that_the_standard_has() {
        for rule in crate::audit::RULES {
            for number in rule.wcag {
                assert!(wcag::criterion(number).is_some(), "{}: {number}", rule.code);
            }
        }
    }

    #[test]
    fn names_of_the_standard_are_english_on_a_welsh_page() {
        let html = in_language(&summary(&[], &[("1.1.1", "b", 9)]), "cy");
        assert!(html.contains("Ar 22 Tachwedd 2026, edrychodd rhaglen ar bob un o 403"), "{html}");
        assert!(html.contains("<li>1.1.1 <span lang=\"en\">Non-text Content</span></li>"));
    }

    #[test]
    fn nothing_of_the_place_stays_without_an_audit() {
        let html = told(PAGE, &mut [], None, &BTreeMap::new(), "en");
        assert_eq!(html, "<main><p>Fully.</p><p>a</p><p>b</p></main>");
    }
}
