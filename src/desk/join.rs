//! Two versions of a text that began from one, joined place by place.

use std::ops::Range;

use crate::changed::{Change, changes};

/// A part of two versions of a text, in lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part<'a> {
    /// The same in both.
    Same(Vec<&'a str>),
    /// Another in each.
    Other {
        /// The lines of the one who is asked.
        mine: Vec<&'a str>,
        /// Those of the other.
        theirs: Vec<&'a str>,
        /// Who has changed it.
        by: By,
    },
}

/// Who has changed a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The one who is asked: the other has it as it was.
    Me,
    /// The other.
    Them,
    /// Both, or it is not known who.
    Both,
}

/// What is kept of a part that is another in each version.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Keep {
    /// The lines of the one who is asked.
    Mine,
    /// Those of the other.
    Theirs,
    /// Both, the other’s last.
    Both,
}

impl Keep {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Mine, Self::Theirs, Self::Both];

    /// How a form sends it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Theirs => "theirs",
            Self::Both => "both",
        }
    }

    /// The one that a form sent.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }
}

/// The parts of two versions of `base`, which is what both began from. Where that is not known,
/// all that is different counts as changed by both.
pub fn parts<'a>(base: Option<&'a str>, mine: &'a str, theirs: &'a str) -> Vec<Part<'a>> {
    let lines = |text: &'a str| text.lines().collect::<Vec<_>>();
    let is_known = base.is_some();
    let (base, mine, theirs) = (lines(base.unwrap_or(theirs)), lines(mine), lines(theirs));
    let (own, others) = (changes(&base, &mine), changes(&base, &theirs));
    let (mut own, mut others) = (own.as_slice(), others.as_slice());
    let mut all = Vec::new();
    let mut at = 0;
    while let Some(start) = own.iter().chain(others).map(|change| change.old.start).min() {
        if at < start {
            all.push(Part::Same(base[at..start].to_vec()));
        }
        // What overlaps is one place, and so is what begins at one line.
        let mut end = start;
        let (mut by_me, mut by_them) = (0, 0);
        loop {
            let is_in = |change: &&Change| change.old.start < end || change.old.start == start;
            if let Some(change) = own.get(by_me).filter(is_in) {
                (end, by_me) = (end.max(change.old.end), by_me + 1);
            } else if let Some(change) = others.get(by_them).filter(is_in) {
                (end, by_them) = (end.max(change.old.end), by_them + 1);
            } else {
                break;
            }
        }
        let (here, rest) = own.split_at(by_me);
        let (there, others_rest) = others.split_at(by_them);
        (own, others) = (rest, others_rest);
        let mine = now(&base, &mine, here, start..end);
        let theirs = now(&base, &theirs, there, start..end);
        let by = match (here.is_empty(), there.is_empty()) {
            (false, true) if is_known => By::Me,
            (true, false) => By::Them,
            _ => By::Both,
        };
        all.push(match mine == theirs {
            true => Part::Same(mine),
            false => Part::Other { mine, theirs, by },
        });
        at = end;
    }
    if at < base.len() {
        all.push(Part::Same(base[at..].to_vec()));
    }
    all
}

/// What a version has in the place of some lines of its base, among which it has `changes`.
fn now<'a>(
    base: &[&'a str],
    version: &[&'a str],
    changes: &[Change],
    place: Range<usize>,
) -> Vec<&'a str> {
    let (Some(first), Some(last)) = (changes.first(), changes.last()) else {
        return base[place].to_vec();
    };
    let start = first.new.start - (first.old.start - place.start);
    version[start..last.new.end + (place.end - last.old.end)].to_vec()
}

/// The text that is made of parts, with what `keep` says of each that is another in each
/// version, by its number; none where that is not said.
pub fn joined(parts: &[Part<'_>], keep: impl Fn(usize) -> Option<Keep>) -> Option<String> {
    let mut lines: Vec<&str> = Vec::new();
    let mut number = 0;
    for part in parts {
        match part {
            Part::Same(all) => lines.extend(all),
            Part::Other { mine, theirs, .. } => {
                let keep = keep(number)?;
                number += 1;
                if keep != Keep::Theirs {
                    lines.extend(mine);
                }
                if keep != Keep::Mine {
                    lines.extend(theirs);
                }
            }
        }
    }
    Some(lines.iter().map(|line| format!("{line}\n")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "one\ntwo\nthree\nfour\n";

    fn by(base: Option<&str>, mine: &str, theirs: &str) -> Vec<By> {
        let all = parts(base, mine, theirs);
        let by = |part: &Part<'_>| match part {
            Part::Other { by, .. } => Some(*by),
            Part::Same(_) => None,
        };
        for (keep, text) in [(Keep::Mine, mine), (Keep::Theirs, theirs)] {
            assert_eq!(joined(&all, |_| Some(keep)).as_deref(), Some(text));
        }
        all.iter().filter_map(by).collect()
    }

    #[test]
    fn who_changed_a_place_is_known_from_what_both_began_with() {
        let places = |mine: &str, theirs: &str| by(Some(BASE), mine, theirs);
        assert_eq!(places(BASE, BASE), []);
        assert_eq!(places(&BASE.replace("one", "1"), BASE), [By::Me]);
        assert_eq!(places(BASE, &BASE.replace("four\n", "")), [By::Them]);
        let both = places(&BASE.replace("one", "1"), &BASE.replace("four", "4"));
        assert_eq!(both, [By::Me, By::Them]);
        assert_eq!(places(&BASE.replace("two", "2"), &BASE.replace("two", "zwei")), [By::Both]);
        assert_eq!(places(&BASE.replace("two", "2"), &BASE.replace("two", "2")), []);
        let mine = BASE.replace("two\nthree", "2\n3");
        assert_eq!(places(&mine, &BASE.replace("three\nfour", "drei\nvier")), [By::Both]);
        assert_eq!(places(&format!("{BASE}mine\n"), &format!("{BASE}theirs\n")), [By::Both]);
        assert_eq!(places("", &BASE.replace("one", "1")), [By::Both]);
        assert_eq!(by(None, &BASE.replace("two", "2"), BASE), [By::Both]);
    }

    #[test]
    fn what_is_kept_is_one_text() {
        let (mine, theirs) = (BASE.replace("one", "1"), BASE.replace("four", "4"));
        let all = parts(Some(BASE), &mine, &theirs);
        let of_each = |number| Some(if number == 0 { Keep::Mine } else { Keep::Theirs });
        assert_eq!(joined(&all, of_each).as_deref(), Some("1\ntwo\nthree\n4\n"));
        let both = joined(&all, |number| Some(if number == 0 { Keep::Both } else { Keep::Mine }));
        assert_eq!(both.as_deref(), Some("1\none\ntwo\nthree\nfour\n"));
        assert_eq!(joined(&all, |_| None), None);
    }
}
