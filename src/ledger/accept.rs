//! Addresses that may go.

use super::{Entry, Ledger};
use crate::text::Date;

impl Ledger {
    /// Lets an address go, or the id after `#` on its page. False when it is not here.
    pub fn accept(&mut self, address: &str, today: Date) -> bool {
        let Some((page, id)) = address.split_once('#') else {
            let entry = self.entries.get_mut(address);
            return entry.map(|entry| entry.gone = Some(today)).is_some();
        };
        let mut found = false;
        // A page that has moved had its ids at its old address.
        let on_page =
            |(address, entry): &(&String, &mut Entry)| *address == page || entry.to == page;
        for (_, entry) in self.entries.iter_mut().filter(on_page) {
            let before = entry.ids.len() + entry.was.len();
            entry.ids.retain(|other| other != id);
            entry.staff_ids.remove(id);
            entry.was.retain(|old, now| old != id && now != id);
            found |= entry.ids.len() + entry.was.len() < before;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{diagnostic::Report, text::Source};

    #[test]
    fn an_address_or_a_heading_may_go() {
        let text = "/a/: {ids: [one, two], was: {old: two}}\n/b/: {to: /a/, ids: [two]}\n";
        let mut ledger = Ledger::read(Source::new("x", text), &mut Report::default());
        let today = Date::parse("2026-11-29").expect("a day");
        assert!(!ledger.accept("/c/", today) && !ledger.accept("/a/#three", today));
        assert!(ledger.accept("/a/#two", today));
        assert_eq!(ledger.entries["/a/"].ids, ["one"]);
        assert!(ledger.entries["/a/"].was.is_empty() && ledger.entries["/b/"].ids.is_empty());
        assert!(ledger.accept("/b/", today));
        assert_eq!(ledger.entries["/b/"].gone, Some(today));
    }
}
