//! Cloudflare Pages: the files that Netlify reads, with other limits. A rule goes before the
//! page that is there, what stands behind `?` is not looked at, and the nearest `404.html`
//! above an address is found without being told.

use super::{Told, Written, netlify};
use crate::config::Host;

/// The most redirects. Source: Cloudflare Pages, Redirects, limits.
const MOST_REDIRECTS: usize = 2000;

/// The longest line. Source: the same.
const LONGEST_LINE: usize = 1000;

fn lines(told: &Told) -> Vec<String> {
    netlify::lines(told, "").filter(|line| line.len() <= LONGEST_LINE).collect()
}

pub(super) fn files(told: &Told, hosts: &[Host]) -> Written {
    let mut redirects =
        String::from("# Written by Plainsite with the site, for Cloudflare Pages.\n");
    if hosts.contains(&Host::Netlify) {
        redirects.push_str(
            "# Netlify reads it too, and sends the page that is at an old address, which leads\n\
             # on by itself. With `netlify` alone in `hosts` it answers 301.\n",
        );
    }
    redirects.extend(lines(told).into_iter().take(MOST_REDIRECTS));
    let headers = netlify::headers(told, "Cloudflare Pages");
    vec![(netlify::PATHS[0], headers), (netlify::PATHS[1], redirects)]
}

/// What it does not take.
pub(super) fn limit(told: &Told) -> Option<String> {
    let kept = lines(told).len().min(MOST_REDIRECTS);
    let all = told.moved.len();
    (kept < all).then(|| {
        format!(
            "Cloudflare Pages takes {MOST_REDIRECTS} redirects in lines of {LONGEST_LINE} \
             characters, without `?`: {kept} of {all} are in `_redirects`"
        )
    })
}
