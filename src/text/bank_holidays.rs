//! Bank holidays: `bank_holidays.txt`, and what a site adds to it.
//!
//! Nobody can work out those of a year to come: a government moves some and adds others. So
//! a year that nobody wrote down is not known, and nothing is guessed about it.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::Date;

/// The days, by nation.
const TEXT: &str = include_str!("bank_holidays.txt");

/// The fewest bank holidays that a nation has in a year: those of England.
const IN_A_YEAR: usize = 8;

/// Whose bank holidays apply.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum Nation {
    /// England.
    #[default]
    England,
    /// Wales, which has those of England.
    Wales,
    /// Scotland.
    Scotland,
    /// Northern Ireland.
    #[serde(rename = "Northern Ireland")]
    NorthernIreland,
}

impl Nation {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::England, Self::Wales, Self::Scotland, Self::NorthernIreland];

    /// What it is called in English.
    pub fn name(self) -> &'static str {
        match self {
            Self::England => "England",
            Self::Wales => "Wales",
            Self::Scotland => "Scotland",
            Self::NorthernIreland => "Northern Ireland",
        }
    }

    /// The heading above its days.
    fn heading(self) -> &'static str {
        match self {
            Self::England | Self::Wales => "England and Wales",
            Self::Scotland | Self::NorthernIreland => self.name(),
        }
    }
}

/// The bank holidays of a nation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BankHolidays {
    /// The days.
    pub days: BTreeSet<Date>,
    /// Days for which another stands, because they fall on a weekend: 26 December 2026.
    pub doubtful: BTreeSet<Date>,
}

impl BankHolidays {
    /// Those in the program, and others.
    pub fn new(nation: Nation, others: impl IntoIterator<Item = Date>) -> Self {
        let lines = TEXT.lines().skip_while(|line| *line != nation.heading()).skip(1);
        let mut all = Self::default();
        for (day, name) in lines.map_while(|line| line.split_once(": ")) {
            all.days.extend(Date::parse(day));
            all.doubtful.extend(name.split_once(", for ").and_then(|(_, day)| Date::parse(day)));
        }
        all.days.extend(others);
        all
    }

    /// The years of which all are known.
    pub fn years(&self) -> BTreeSet<i16> {
        let in_year = |year| self.days.iter().filter(|day| day.year() == year).count();
        let years: BTreeSet<i16> = self.days.iter().map(|day| day.year()).collect();
        years.into_iter().filter(|&year| in_year(year) >= IN_A_YEAR).collect()
    }

    /// The first from a day on; none where nobody knows which it is.
    pub fn next(&self, today: Date) -> Option<Date> {
        let next = *self.days.range(today..).next()?;
        let years = self.years();
        (today.year()..=next.year()).all(|year| years.contains(&year)).then_some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(nation: Nation) -> BankHolidays {
        BankHolidays::new(nation, [])
    }

    fn day(text: &str) -> Date {
        Date::parse(text).expect("a day")
    }

    #[test]
    fn each_line_is_read_and_is_a_weekday_of_a_year_in_order() {
        let mut last = None;
        for line in TEXT.lines().filter(|line| !line.starts_with('#')) {
            let Some((text, name)) = line.split_once(": ") else {
                last = None;
                continue;
            };
            let day = day(text);
            assert!(day.weekday() < 5, "{line}");
            assert!(last.is_none_or(|last| last < day), "{line}");
            if let Some((_, other)) = name.split_once(", for ") {
                let other = Date::parse(other).expect("a day");
                assert!(other.weekday() > 4 && other < day, "{line}");
            }
            last = Some(day);
        }
    }

    #[test]
    fn each_nation_has_its_own() {
        for (nation, in_years) in [
            (Nation::England, [8, 8, 8]),
            (Nation::Wales, [8, 8, 8]),
            (Nation::Scotland, [10, 9, 9]),
            (Nation::NorthernIreland, [10, 10, 10]),
        ] {
            let all = of(nation);
            assert_eq!(all.years(), [2026, 2027, 2028].into());
            let found = [2026, 2027, 2028]
                .map(|year| all.days.iter().filter(|day| day.year() == year).count());
            assert_eq!(found, in_years, "{nation:?}");
        }
        let only = |nation, text| {
            let has = |one: &Nation| of(*one).days.contains(&day(text));
            assert_eq!(Nation::ALL.into_iter().filter(has).collect::<Vec<_>>(), [nation], "{text}");
        };
        only(Nation::Scotland, "4 January 2027");
        only(Nation::Scotland, "30 November 2026");
        only(Nation::NorthernIreland, "17 March 2028");
    }

    #[test]
    fn a_site_adds_days_and_whole_years() {
        let own = ["2029-01-01", "2029-03-30", "2029-04-02", "2029-05-07", "2029-05-28"];
        let own = own.into_iter().chain(["2029-08-27", "2029-12-25", "2029-12-26"]).map(day);
        let few = BankHolidays::new(Nation::England, own.clone().take(7));
        assert!(!few.years().contains(&2029) && few.days.contains(&day("2029-05-07")));
        assert!(BankHolidays::new(Nation::England, own).years().contains(&2029));
    }

    #[test]
    fn the_next_is_not_guessed() {
        let next = |text| of(Nation::England).next(day(text)).map(|day| day.to_string());
        assert_eq!(next("2026-11-22").as_deref(), Some("2026-12-25"));
        assert_eq!(next("2026-12-25").as_deref(), Some("2026-12-25"));
        assert_eq!(next("2026-12-26").as_deref(), Some("2026-12-28"));
        assert_eq!(next("2028-12-26").as_deref(), Some("2028-12-26"));
        assert_eq!(next("2028-12-27"), None);
        let more = BankHolidays::new(Nation::England, [day("2029-06-05")]);
        assert_eq!(more.next(day("2028-12-27")), None);
    }
}
