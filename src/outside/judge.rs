//! What an answer says of a link: a function from one to the other.

use crate::{
    model::data::OutsideState,
    text::address::{host_of, path_after_host},
};

/// What came of asking after an address.
#[derive(Debug, Clone, Default)]
pub(super) struct Answer {
    /// Where it led on, each time with whether it was said to be for good.
    pub(super) hops: Vec<(bool, String)>,
    /// How it ended.
    pub(super) end: End,
}

/// How asking ended.
#[derive(Debug, Clone)]
pub(super) enum End {
    /// With an answer: its number, and the beginning of its page.
    Page(u16, String),
    /// There is no host of that name.
    NoHost,
    /// The host did not answer, or not in time.
    Silent,
    /// Nobody knows that the host is who it says it is.
    Unproven,
    /// It led on and on.
    Endless,
    /// It led to something that is no address of the web.
    Strange(String),
    /// The host asked to be left alone before.
    LeftAlone,
}

impl Default for End {
    fn default() -> Self {
        Self::Page(200, String::new())
    }
}

impl Answer {
    pub(super) fn left_alone() -> Self {
        Self { hops: Vec::new(), end: End::LeftAlone }
    }

    /// Whether the host asks for fewer questions.
    pub(super) fn wants_peace(&self) -> bool {
        matches!(self.end, End::Page(429, _) | End::LeftAlone)
    }
}

/// What is said where no host has the name.
pub const NO_HOST: &str = "there is no such site any more";

/// What is said where nothing came back.
pub const SILENT: &str = "the site did not answer";

/// Words on pages of people who sell names of sites.
const FOR_SALE: &[&str] = &[
    "domain is for sale",
    "domain name is for sale",
    "buy this domain",
    "domain may be for sale",
    "this domain is parked",
    "domain has expired",
    "domain name has expired",
];

/// How a link is, why, and what to write instead.
pub(super) fn judge(address: &str, answer: &Answer) -> (OutsideState, String, String) {
    use OutsideState::{Broken, Caution, Danger, Moved, Ok};
    let last = answer.hops.last().map_or(address, |(_, to)| to.as_str());
    let is_deep = !path_after_host(address).trim_matches('/').is_empty();
    let at_front = path_after_host(last).trim_matches('/').is_empty();
    let same_host = bare(host_of(address)) == bare(host_of(last));
    let goes_plain = address.starts_with("https://") && last.starts_with("http://");
    let none = String::new();
    match &answer.end {
        End::NoHost => (Broken, NO_HOST.into(), none),
        End::Silent => (Caution, SILENT.into(), none),
        End::LeftAlone => (Caution, "the site asks for fewer questions; try tomorrow".into(), none),
        End::Unproven => {
            (Danger, "its certificate is not good, so nobody knows whose site it is".into(), none)
        }
        End::Endless => (Broken, "it leads round in circles".into(), none),
        End::Strange(to) => (Danger, format!("it leads to “{to}”, which is no page"), none),
        End::Page(_, words) if is_for_sale(words) => {
            (Danger, "the name of the site is for sale".into(), none)
        }
        End::Page(404, _) => (Broken, "the page is not there (404)".into(), none),
        End::Page(410, _) => (Broken, "the page is gone for good (410)".into(), none),
        End::Page(429, _) => (Caution, "the site asks for fewer questions (429)".into(), none),
        End::Page(number @ (401 | 403 | 407), _) => {
            (Caution, format!("a program may not read it ({number}); see whether people can"), none)
        }
        End::Page(number @ 500.., _) => {
            (Caution, format!("the site had a fault of its own ({number})"), none)
        }
        End::Page(number @ 400.., _) => (Broken, format!("the site refuses it ({number})"), none),
        End::Page(..) if answer.hops.is_empty() => (Ok, none, String::new()),
        End::Page(..) if goes_plain => {
            (Danger, format!("it leads on to {last}, which others can read along"), none)
        }
        // Whoever bought the name of a site sends everyone to one page.
        End::Page(..) if is_deep && at_front && !same_host => {
            (Danger, format!("it leads to the front page of another site, {last}"), none)
        }
        End::Page(..) if is_deep && at_front => {
            (Broken, "it leads to the front page, as pages do that are gone".into(), none)
        }
        End::Page(..) if answer.hops.iter().all(|(for_good, _)| *for_good) => {
            (Moved, "it has moved".into(), last.to_owned())
        }
        End::Page(..) if same_host => (Ok, none, String::new()),
        End::Page(..) => (Caution, format!("it leads, for now, to another site: {last}"), none),
    }
}

/// A host without what most have in front.
fn bare(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

fn is_for_sale(page: &str) -> bool {
    let page = page.to_lowercase();
    FOR_SALE.iter().any(|words| page.contains(words))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(address: &str, hops: &[(bool, &str)], end: End) -> String {
        let hops = hops.iter().map(|(good, to)| (*good, (*to).to_owned())).collect();
        let (state, why, now) = judge(address, &Answer { hops, end });
        format!("{} {why} {now}", state.name())
    }

    #[test]
    fn every_kind_of_answer_has_its_state() {
        let page = |number| End::Page(number, String::new());
        let a = "https://a.org/x";
        for (hops, end, wanted) in [
            (&[][..], page(200), "ok"),
            (&[], page(204), "ok"),
            (&[], page(404), "broken"),
            (&[], page(410), "broken"),
            (&[], page(400), "broken"),
            (&[], page(403), "caution"),
            (&[], page(429), "caution"),
            (&[], page(503), "caution"),
            (&[], End::NoHost, "broken"),
            (&[], End::Silent, "caution"),
            (&[], End::Unproven, "danger"),
            (&[], End::Strange("javascript:x".into()), "danger"),
            (&[], End::Page(200, "This Domain is for sale!".into()), "danger"),
            (&[(true, "https://a.org/y")], page(200), "moved"),
            (&[(true, "https://b.org/y")], page(200), "moved"),
            (&[(true, "https://a.org/y"), (false, "https://a.org/z")], page(200), "ok"),
            (&[(false, "https://a.org/sign-in")], page(200), "ok"),
            (&[(false, "https://b.org/y")], page(200), "caution"),
            (&[(true, "https://a.org/y")], page(404), "broken"),
            (&[(true, "https://www.a.org/")], page(200), "broken"),
            (&[(true, "https://b.org/")], page(200), "danger"),
            (&[(true, "http://a.org/x")], page(200), "danger"),
        ] {
            let found = said(a, hops, end.clone());
            assert!(found.starts_with(wanted), "{hops:?} {end:?}: {found}");
        }
        let up = said("http://a.org/x", &[(true, "https://a.org/x")], page(200));
        assert_eq!(up, "moved it has moved https://a.org/x");
        assert!(
            said("https://a.org", &[(true, "https://www.a.org/")], page(200)).starts_with("moved")
        );
    }
}
