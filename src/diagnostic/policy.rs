//! What is said of a site and what is not: `[rules]` in its settings, and comments in its
//! files that allow something at one place. The only file that names glob, which reads the
//! patterns of paths.
//!
//! Nothing here silences an error that a [promise](Rule::promise) rests on.

use std::{
    collections::{BTreeMap, HashSet},
    ops::RangeInclusive,
    sync::Arc,
};

use glob::{MatchOptions, Pattern};

use super::{Diagnostic, Finding};
use crate::{
    rule::{self, Rule, Severity},
    text::{Source, Span, nearest},
};

/// What the settings say of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Nothing is said.
    Off,
    /// It is said as the rule says it.
    On,
    /// It is said as a thought, which nothing counts.
    Advice,
    /// It is said, and nothing is held back.
    Warning,
    /// It is said, and the site is not published.
    Error,
}

impl Level {
    /// The level with a name: `off`, `advice`, `warning`, `error`; also what other tools call them.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "off" | "ignore" | "no" => Self::Off,
            "on" | "yes" => Self::On,
            "advice" | "info" | "note" | "suggestion" => Self::Advice,
            "warning" | "warn" => Self::Warning,
            "error" => Self::Error,
            _ => return None,
        })
    }
}

/// What the settings say of a rule, for the site or for some of its files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleSetting {
    /// The code of the rule, as written.
    pub code: String,
    /// The files it is about, as written; all when it is empty.
    pub files: String,
    /// What is said of it.
    pub level: Level,
    /// Its name among the settings, which has a place: `rules.acronym`.
    pub name: String,
}

impl RuleSetting {
    /// How much of the path of a file it says.
    fn exactness(&self) -> usize {
        let asked = self.files.replace('\\', "/");
        let inner = asked.trim_matches('/').trim_start_matches("content/");
        inner.chars().filter(|c| !matches!(c, '*' | '?' | '/')).count()
    }

    /// Whether the pattern of its files can be read.
    pub fn is_readable(&self) -> bool {
        Pattern::new(self.files.trim_matches('/')).is_ok()
    }

    /// Whether it is about a file, by path below the root of the site. A pattern may begin
    /// at the root or in the folder of the pages; that of a folder holds for all that is in
    /// it.
    pub fn is_about(&self, path: &str) -> bool {
        const OPTIONS: MatchOptions = MatchOptions {
            case_sensitive: true,
            require_literal_separator: true,
            require_literal_leading_dot: false,
        };
        let asked = self.files.replace('\\', "/");
        let asked = asked.trim_matches('/');
        let is_in = |path: &str| {
            let inside = path.strip_prefix(asked).is_some_and(|rest| rest.starts_with('/'));
            let is_like = |pattern: Pattern| {
                let ends = path.match_indices('/').map(|(at, _)| at).chain([path.len()]);
                ends.into_iter().any(|end| pattern.matches_with(&path[..end], OPTIONS))
            };
            inside || Pattern::new(asked).is_ok_and(is_like)
        };
        let inner = path.split_once('/').filter(|(folder, _)| *folder == "content");
        asked.is_empty() || is_in(path) || inner.is_some_and(|(_, inner)| is_in(inner))
    }
}

/// A comment that allows something where it stands:
/// `<!-- allow acronym: everybody here knows it -->`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowance {
    /// The codes of the rules, as written, each with its place.
    pub codes: Vec<(String, Span)>,
    /// Whether it says why.
    pub has_reason: bool,
    /// Whether a colon or a dash says that a reason follows, so that it is certainly meant.
    pub is_certain: bool,
    /// The lines on which it allows something, from 1.
    pub lines: RangeInclusive<usize>,
    /// Whether what it is about is only in the copy for staff.
    pub is_for_staff: bool,
}

/// What a file allows.
#[derive(Debug, Clone)]
struct Allowed {
    source: Source,
    /// Each comment, and which of its codes something needed.
    comments: Vec<(Allowance, Vec<bool>)>,
    /// Whether the file was looked at: not when it is a draft, or for staff.
    is_looked_at: bool,
}

/// What is said and what is not.
#[derive(Debug, Clone, Default)]
pub struct Policy {
    rules: Vec<&'static Rule>,
    settings: Vec<RuleSetting>,
    allowed: BTreeMap<Arc<str>, Allowed>,
}

impl Policy {
    /// `rules` are all there are.
    pub fn new(rules: Vec<&'static Rule>, settings: &[RuleSetting]) -> Self {
        let mut settings = settings.to_vec();
        // What says more of the path of a file has the last word.
        settings.sort_by_key(RuleSetting::exactness);
        Self { rules, settings, allowed: BTreeMap::new() }
    }

    /// Adds what a file allows.
    pub fn allow(&mut self, source: &Source, allowances: Vec<Allowance>) {
        let unused = |one: Allowance| {
            let used = vec![false; one.codes.len()];
            (one, used)
        };
        let all = allowances.into_iter().map(unused);
        let empty = || Allowed { source: source.clone(), comments: Vec::new(), is_looked_at: true };
        let allowed = self.allowed.entry(Arc::clone(&source.path)).or_insert_with(empty);
        allowed.comments.extend(all);
    }

    /// Says which files were looked at.
    pub fn looked_at(&mut self, files: &HashSet<Arc<str>>) {
        for (path, allowed) in &mut self.allowed {
            allowed.is_looked_at = files.contains(path);
        }
    }

    /// The finding as it is to be said, if it is.
    pub fn judge(&mut self, mut finding: Finding) -> Option<Finding> {
        let is_promised = finding.is_promised() && finding.rule.asked_by.is_none();
        let said = |setting: &&RuleSetting| {
            self.covers(&setting.code, finding.rule) && setting.is_about(&finding.file)
        };
        match self.settings.iter().rfind(said).map(|setting| setting.level) {
            Some(Level::Off) if !is_promised => return None,
            Some(Level::Advice) if !is_promised => finding.severity = Severity::Advice,
            Some(Level::Warning) if !is_promised => finding.severity = Severity::Warning,
            Some(Level::Error) => finding.severity = Severity::Error,
            _ => {}
        }
        let is_allowed = !is_promised && self.is_allowed(&finding);
        (!is_allowed).then_some(finding)
    }

    /// Whether a code is that of a rule, or of one of whose findings its own are a
    /// consequence: who switches the cause off does not want to hear of it in other words.
    fn covers(&self, code: &str, rule: &Rule) -> bool {
        let cause = || self.rules.iter().find(|cause| cause.code == code);
        code == rule.code || cause().is_some_and(|cause| cause.explains.contains(&rule.code))
    }

    fn is_allowed(&mut self, finding: &Finding) -> bool {
        let rules = &self.rules;
        let Some(allowed) = self.allowed.get_mut(&finding.file) else { return false };
        let mut is_allowed = false;
        for (allowance, used) in &mut allowed.comments {
            if !allowance.lines.contains(&finding.start.line) {
                continue;
            }
            for ((code, _), used) in allowance.codes.iter().zip(used) {
                let cause = || rules.iter().find(|cause| cause.code == *code);
                let explains = |cause: &&Rule| cause.explains.contains(&finding.code());
                if *code == finding.code() || cause().is_some_and(explains) {
                    *used = true;
                    is_allowed = true;
                }
            }
        }
        is_allowed
    }

    /// What is wrong with what files allow, once everything was judged.
    pub fn problems(&mut self) -> Vec<(Source, Diagnostic)> {
        let allowed = std::mem::take(&mut self.allowed);
        let mut found = Vec::new();
        for Allowed { source, comments, is_looked_at } in allowed.into_values() {
            for (allowance, used) in &comments {
                let known = |code: &str| self.rules.iter().find(|rule| rule.code == code);
                if !allowance.is_certain
                    && allowance.codes.iter().all(|(code, _)| known(code).is_none())
                {
                    continue; // Words to a colleague.
                }
                for ((code, span), used) in allowance.codes.iter().zip(used) {
                    let problem = match known(code) {
                        None => unknown(code, *span, &self.rules),
                        Some(_) if !used && (allowance.is_for_staff || !is_looked_at) => continue,
                        Some(Rule {
                            promise: Some(why),
                            severity: Severity::Error,
                            asked_by: None,
                            ..
                        }) if !used => {
                            let message = format!("nobody can allow `{code}`, since {why}");
                            Diagnostic::error(&rule::ALLOW, *span, message)
                                .hint("mend what it is about, and take the comment out")
                        }
                        Some(_) if !allowance.has_reason => {
                            let message = format!("nothing says why `{code}` is allowed here");
                            let hint = format!("write the reason: `allow {code}: …`");
                            Diagnostic::error(&rule::ALLOW, *span, message).hint(hint)
                        }
                        Some(_) if !used => {
                            let message = format!("nothing here needs `{code}` to be allowed");
                            Diagnostic::warning(&rule::ALLOW, *span, message)
                                .hint("take the comment out")
                        }
                        Some(_) => continue,
                    };
                    found.push((source.clone(), problem));
                }
            }
        }
        found
    }
}

fn unknown(code: &str, span: Span, rules: &[&'static Rule]) -> Diagnostic {
    let found = Diagnostic::error(&rule::ALLOW, span, format!("“{code}” is not a rule"));
    match nearest(code, rules.iter().map(|rule| rule.code)) {
        Some(meant) => found.hint(format!("did you mean `{meant}`?")),
        None => found.hint("write the name in square brackets at the end of what was found"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_is_a_file_a_folder_or_stars() {
        let is_about = |files: &str, path: &str| {
            let name = String::new();
            let code = "acronym".to_owned();
            RuleSetting { code, files: files.into(), level: Level::Off, name }.is_about(path)
        };
        for (files, path, holds) in [
            ("", "content/a.md", true),
            ("news", "content/news/a.md", true),
            ("/news/", "content/news/2026/a.md", true),
            ("content/news", "content/news/a.md", true),
            ("news/*", "content/news/a.md", true),
            ("news/*", "content/news/2026/a.md", true),
            ("news/*.md", "content/news/2026/a.md", false),
            ("**/old-*.md", "content/pay/old-rates.md", true),
            ("new", "content/news/a.md", false),
            ("_data/contacts.yaml", "content/_data/contacts.yaml", true),
            ("templates", "themes/plain/templates/page.html", false),
        ] {
            assert_eq!(is_about(files, path), holds, "{files} {path}");
        }
    }
}
