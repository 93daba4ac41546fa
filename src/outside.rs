//! Links to other sites: whether they still lead where they should. Beside this only
//! `send` uses a network, for the host of the site itself; both only when somebody says so.
//!
//! It is polite: one question at a time to each host, with a pause between two, no more than
//! the beginning of a page is read, and a host that asks to be left alone is. What was found out
//! is written down, so that builds can say it without a network.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Mutex,
    time::Duration,
};

use rayon::prelude::*;

pub use self::ask::Asker;
use self::judge::{Answer, judge};
pub use self::judge::{NO_HOST, SILENT};
use crate::{
    model::data::{OutsideLink, OutsideState},
    text::{
        Date, Source,
        address::{host_of, outside_addresses},
    },
};

mod ask;
mod judge;

/// How long a good link is taken for good.
pub const GOOD_FOR: u32 = 30;

/// How long between two questions to one host.
pub const PAUSE: Duration = Duration::from_secs(1);

/// How many hosts are asked at the same time.
const AT_ONCE: usize = 8;

/// Where a link stands: its file and line.
pub type Place = (String, usize);

/// Every link to another site, with where it stands.
pub fn all<'a>(
    sources: impl IntoIterator<Item = &'a Source>,
    base: &str,
) -> BTreeMap<String, BTreeSet<Place>> {
    let mut all: BTreeMap<String, BTreeSet<Place>> = BTreeMap::new();
    for source in sources {
        let lines = source.lines();
        for (span, address) in outside_addresses(&source.text) {
            if (base.is_empty() || !address.starts_with(base)) && !is_made_up(host_of(address)) {
                let place = (source.path.to_string(), lines.position(span.start).line);
                all.entry(address.to_owned()).or_default().insert(place);
            }
        }
    }
    all
}

/// Whether a host is one of those that stand in examples. Source: RFC 2606 and RFC 6761.
fn is_made_up(host: &str) -> bool {
    let name = host.split(':').next().unwrap_or_default();
    let ends = [".example", ".test", ".invalid"];
    let known = ["example", "example.com", "example.org", "example.net", "example.gov.uk"];
    let is_below = |known: &&str| name == *known || name.ends_with(&format!(".{known}"));
    ends.iter().any(|end| name.ends_with(end)) || known.iter().any(is_below)
}

/// Asks after each of `wanted`, and tells `each` as soon as one is known. Of the hosts some are
/// asked at the same time, each its own links one after the other.
pub fn check(
    wanted: &[String],
    asker: &Asker,
    pause: Duration,
    today: Date,
    each: impl Fn(&str, &OutsideLink) + Sync,
) -> BTreeMap<String, OutsideLink> {
    let mut hosts: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for address in wanted {
        hosts.entry(host_of(address)).or_default().push(address);
    }
    let hosts: Vec<Vec<&str>> = hosts.into_values().collect();
    let found = Mutex::new(BTreeMap::new());
    let of_host = |addresses: &Vec<&str>| {
        let mut wants_peace = false;
        for (place, address) in addresses.iter().enumerate() {
            if place > 0 && !wants_peace {
                std::thread::sleep(pause);
            }
            let answer = if wants_peace { Answer::left_alone() } else { asker.ask(address) };
            wants_peace |= answer.wants_peace();
            let (state, why, now) = judge(address, &answer);
            let link = OutsideLink { state, checked: today, why, now };
            each(address, &link);
            if let Ok(mut found) = found.lock() {
                found.insert((*address).to_owned(), link);
            }
        }
    };
    // Waiting for others takes no processor: there are more of these than cores.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(AT_ONCE).build();
    match pool {
        Ok(pool) => pool.install(|| hosts.par_iter().for_each(of_host)),
        Err(_) => hosts.iter().for_each(of_host),
    }
    found.into_inner().unwrap_or_default()
}

/// Whether a link need not be asked after: it was good not long ago.
pub fn is_known(link: &OutsideLink, today: Date) -> bool {
    link.state == OutsideState::Ok && link.checked.plus_days(GOOD_FOR) > today
}
