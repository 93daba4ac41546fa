//! A baseline: what is wrong today, written down, so that later only new findings count.

use std::collections::BTreeMap;

use super::{Error, Finding};

/// Faults that are known: how often each occurs, by file, rule and message.
type Known = BTreeMap<(String, String, String), usize>;

/// What is wrong now, as a file that a later audit may be given.
///
/// It is JSON, and names no lines, so that it still holds when a page is changed elsewhere.
pub fn write(findings: &[Finding]) -> String {
    let mut known = Known::new();
    for finding in findings {
        *known.entry(key(finding)).or_default() += 1;
    }
    let list: Vec<_> = known
        .into_iter()
        .map(|((file, code, message), times)| {
            serde_json::json!({ "file": file, "code": code, "message": message, "times": times })
        })
        .collect();
    format!("{:#}\n", serde_json::json!({ "plainsite": "baseline 1", "known": list }))
}

fn key(finding: &Finding) -> (String, String, String) {
    (finding.file.to_string(), finding.code().to_owned(), finding.message.clone())
}

/// What a file of known faults did.
#[derive(Debug, PartialEq, Eq)]
pub struct Compared {
    /// What is not known.
    pub new: Vec<Finding>,
    /// How many are known.
    pub known: usize,
    /// How many of the known ones are gone.
    pub gone: usize,
    /// What those were: file, rule and message of each, and how often it occurred.
    pub mended: Vec<(String, String, String, usize)>,
}

/// Takes away what is known, but nothing that counts all the same.
///
/// # Errors
///
/// [`Error::Usage`] when the text is not a file that [`write()`] makes.
pub fn compare(
    findings: Vec<Finding>,
    baseline: &str,
    counts: impl Fn(&Finding) -> bool,
) -> Result<Compared, Error> {
    let not_one = || {
        let message = "the baseline cannot be read; make it again with --write-baseline";
        Error::Usage(message.into())
    };
    let read: serde_json::Value = serde_json::from_str(baseline).map_err(|_| not_one())?;
    let list = read["known"].as_array().ok_or_else(not_one)?;
    let mut known = Known::new();
    for one in list {
        let text = |name: &str| one[name].as_str().map(str::to_owned).ok_or_else(not_one);
        let times = one["times"].as_u64().ok_or_else(not_one)?;
        let times = usize::try_from(times).unwrap_or(usize::MAX);
        known.insert((text("file")?, text("code")?, text("message")?), times);
    }
    let count = findings.len();
    let mut new = Vec::new();
    for finding in findings {
        match known.get_mut(&key(&finding)) {
            Some(times) if *times > 0 && !counts(&finding) => *times -= 1,
            _ => new.push(finding),
        }
    }
    let known_now = count - new.len();
    let gone = known.values().sum();
    let left = known.into_iter().filter(|(_, times)| *times > 0);
    let mended = left.map(|((file, code, message), times)| (file, code, message, times)).collect();
    Ok(Compared { new, known: known_now, gone, mended })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diagnostic::{Diagnostic, Report},
        rule::{self, Rule},
        text::{Source, Span},
    };

    fn found(rule: &'static Rule, lines: &[usize]) -> Vec<Finding> {
        let mut report = Report::default();
        let one = |at: &usize| Diagnostic::error(rule, Span::new(*at, *at), "it is wrong");
        report.add(&Source::new("a.md", "a\nb\nc\nd\n"), lines.iter().map(one));
        report.findings()
    }

    #[test]
    fn what_is_known_is_left_out_so_many_times() {
        let before = found(&rule::PHONE, &[0]);
        let compared =
            compare(found(&rule::PHONE, &[2, 4]), &write(&before), |_| false).expect("it is one");
        assert_eq!((compared.new.len(), compared.known, compared.gone), (1, 1, 0));
        let compared = compare(Vec::new(), &write(&before), |_| false).expect("it is one");
        assert_eq!((compared.new.len(), compared.known, compared.gone), (0, 0, 1));
        let mended =
            compared.mended.iter().map(|(file, code, _, times)| (&**file, &**code, *times));
        assert_eq!(mended.collect::<Vec<_>>(), [("a.md", "phone", 1)]);
        assert!(compare(Vec::new(), "[]", |_| false).is_err());
    }

    #[test]
    fn what_promises_rest_on_counts_all_the_same() {
        let before = found(&rule::DATA, &[0]);
        let compared = compare(before.clone(), &write(&before), Finding::is_promised);
        assert_eq!(compared.expect("it is one").new.len(), 1);
    }
}
