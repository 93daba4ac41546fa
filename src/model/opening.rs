//! What a script needs to say whether a service is open now. It is worked out on the device of
//! a reader: a page that was made yesterday cannot know.

use serde_json::{Map, Value, json};

use super::{Page, Site};
use crate::{
    config::Config,
    model::front::Status,
    text::{BankHolidays, Language},
};

impl Site {
    /// The bank holidays of its nation, with those of its own.
    pub fn bank_holidays(&self, config: &Config) -> BankHolidays {
        let own = self.data.bank_holidays.iter();
        let own = own.filter(|own| own.nation.is_none_or(|nation| nation == config.nation));
        BankHolidays::new(config.nation, own.map(|own| own.day))
    }
}

/// The hours of an entry (`h`: days as bits, from, to, perhaps a note), the days on which it
/// is closed (`d`), and whether bank holidays are among them (`b`). None where it gives no
/// hours, or keeps none for now.
pub fn of(page: &Page) -> Option<Map<String, Value>> {
    let service = page.kind.service()?;
    let hours = service.hours.as_ref()?;
    if service.paused || page.front.status != Status::Published {
        return None;
    }
    let slots = hours.slots.iter().map(|slot| {
        let days = slot.days.iter().map(|day| 1_u8 << day).sum::<u8>();
        let note = (!slot.note.is_empty()).then(|| json!(slot.note));
        let all = [json!(days), json!(slot.from), json!(slot.to)].into_iter().chain(note);
        all.collect::<Value>()
    });
    let mut told = Map::new();
    told.insert("h".into(), slots.collect());
    if !service.closed.days.is_empty() {
        let days = service.closed.days.iter();
        let days = days.map(|(from, to)| json!([from.to_string(), to.to_string()]));
        told.insert("d".into(), days.collect());
    }
    if service.closed.bank_holidays {
        told.insert("b".into(), json!(1));
    }
    Some(told)
}

/// The bank holidays and the years that are known, and how a language says days and times.
pub fn calendar(holidays: &BankHolidays, language: &Language) -> Value {
    let days = |days: &mut dyn Iterator<Item = &crate::text::Date>| -> Vec<String> {
        days.map(ToString::to_string).collect()
    };
    let word = |name| language.word(name);
    let halves = (word("hours_clock") != "24").then(|| ["hours_am", "hours_pm"].map(word));
    json!({
        "years": holidays.years().iter().map(ToString::to_string).collect::<Vec<_>>(),
        "holidays": days(&mut holidays.days.iter()),
        "doubtful": days(&mut holidays.doubtful.iter()),
        "days": language.days,
        "months": language.months,
        "halves": halves,
        "midnight": word("hours_midnight"),
    })
}
