//! Settings for web hosts, one file each: old addresses that lead on, headers, types of
//! files, and the page for what is not there.
//!
//! All hosts are told the same, which is [`Told`]. A host is a function from that to its own
//! files, in its own grammar. To add one, write a file here, a line in [`SETTINGS`] and a name
//! in [`Host`]. What a host reads from the top of the site is published there; what somebody
//! has to give it is in the folder `_hosts/`, which no host is to send.
//!
//! Pages at old addresses lead on by themselves, on any host. With these files the host
//! answers in their place, which is quicker and is what search engines follow:
//!
//! - An old address has moved for good (301). Browsers keep such an answer for as long as they
//!   like, so it is sent with `no-cache`: a wrong one can be put right.
//! - A short link (`/go/…`) leads somewhere for now (302): what is printed on a poster stays,
//!   and where it leads may change.
//!
//! What a page may load stands in the page itself, and pages differ. A header holds for all
//! of them, so it allows what any page needs and each page narrows it: browsers obey both.
//! Only a header can say who may put a page in a frame. That a site is on HTTPS alone (HSTS)
//! is advice in a comment: once said, browsers refuse anything else for as long as it says,
//! other sites below the same name too. That is for whoever runs the host to decide.

use std::{collections::BTreeSet, fmt::Write as _};

use super::{Bytes, Done, Files, Output, Plan};
use crate::{
    config::hosts::{AT_TOP, FOLDER, Host},
    diagnostic::{Diagnostic, Report},
    finish::Finished,
    html::{Token, tokens},
    model::{kind, redirects},
    rule,
    text::address::{asked, decoded, written},
};

mod apache;
mod azure;
mod caddy;
mod cloudflare;
mod iis;
mod netlify;
mod nginx;
mod s3;

pub(super) const OUTPUT: Output = Output { name: "a file for the web host", paths, files };

/// The folders of files that are never the same again under one name.
const KEPT_FOLDERS: [&str; 2] = ["assets/", "search/parts/"];
const KEPT: &str = "public, max-age=31536000, immutable";

/// Everything else is asked for again, and is only sent when it has changed.
const ASKED_AGAIN: &str = "no-cache";

/// The folder that other programs read, also those in somebody’s browser.
const DATA_FOLDER: &str = "data/";

/// What no page uses. Source: W3C, Permissions Policy, and the features that browsers list.
const NOT_USED: &[&str] = &[
    "accelerometer",
    "browsing-topics",
    "camera",
    "display-capture",
    "geolocation",
    "gyroscope",
    "hid",
    "idle-detection",
    "local-fonts",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "publickey-credentials-get",
    "screen-wake-lock",
    "serial",
    "usb",
    "window-management",
    "xr-spatial-tracking",
];

/// Why HSTS is not sent, and how to send it.
const ADVICE: &str = "Once the whole host is on HTTPS for good, tell browsers so: \
                      Strict-Transport-Security: max-age=31536000";

/// How files end, and what they are. Source: IANA, Media Types.
const TYPES: &[(&str, &str)] = &[
    ("avif", "image/avif"),
    ("css", "text/css"),
    ("csv", "text/csv"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("epub", "application/epub+zip"),
    ("gif", "image/gif"),
    ("html", "text/html"),
    ("ico", "image/vnd.microsoft.icon"),
    ("ics", "text/calendar"),
    ("jpeg", "image/jpeg"),
    ("jpg", "image/jpeg"),
    ("js", "text/javascript"),
    ("json", "application/json"),
    ("md", "text/markdown"),
    ("mjs", "text/javascript"),
    ("mp3", "audio/mpeg"),
    ("mp4", "video/mp4"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("pdf", "application/pdf"),
    ("png", "image/png"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("rtf", "application/rtf"),
    ("svg", "image/svg+xml"),
    ("txt", "text/plain"),
    ("vcf", "text/vcard"),
    ("vtt", "text/vtt"),
    ("webm", "video/webm"),
    ("webmanifest", "application/manifest+json"),
    ("webp", "image/webp"),
    ("woff2", "font/woff2"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("xml", "application/xml"),
    ("zip", "application/zip"),
];

/// Whether files of a type are words, which are in UTF-8.
fn is_text(media_type: &str) -> bool {
    media_type.starts_with("text/") || media_type == "application/xml"
}

/// What hosts are told.
#[derive(Debug)]
struct Told {
    /// Where the site is on its host: `/`, or `/guide/`.
    base: String,
    /// A word for the site that no other has: `guide_example`.
    name: String,
    moved: Vec<Moved>,
    /// Headers for all that is sent.
    headers: Vec<(&'static str, String)>,
    /// The main language.
    language: String,
    /// The other languages, in whose folder there is a page for what is not there.
    others: Vec<String>,
    /// Every path of the site.
    paths: BTreeSet<String>,
}

/// An address that leads on.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Moved {
    /// Its path on the host, as read: `/guide/old records/`.
    from: String,
    /// What stands behind its `?`, as written.
    query: Option<String>,
    /// Where it leads, as written in an address: from the root of the host, or with its scheme.
    to: String,
    /// Whether it is a short link, which may lead elsewhere tomorrow.
    is_short: bool,
}

impl Moved {
    /// The answer of the host.
    fn status(&self) -> u16 {
        if self.is_short { 302 } else { 301 }
    }

    /// The same path without its last `/`, which people leave out.
    fn without_slash(&self) -> Option<&str> {
        self.from.strip_suffix('/').filter(|from| !from.is_empty() && self.query.is_none())
    }
}

impl Told {
    fn new(done: &Done<'_>) -> Self {
        let config = done.world.config;
        let base = config.base_path().to_owned();
        let not_found = done.world.site.by_kind.get(&&kind::NOT_FOUND);
        let languages = not_found.into_iter().flat_map(|pages| pages.keys());
        let others = languages.filter(|tag| *tag != config.language()).cloned().collect();
        let host = config.base.split_once("://").map_or("", |(_, rest)| rest);
        let name: String =
            host.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        Self {
            moved: moved(&redirects(done.world.site), &base),
            headers: headers(done.pages),
            language: config.language().to_owned(),
            others,
            name: format!("plainsite_{}", name.trim_end_matches('_').to_lowercase()),
            paths: done.world.paths.files().map(str::to_owned).collect(),
            base,
        }
    }

    fn not_found(&self) -> String {
        format!("{}404.html", self.base)
    }

    /// The folder of another language, and its page for what is not there.
    fn not_found_in(&self, language: &str) -> (String, String) {
        let folder = format!("{}{language}/", self.base);
        (folder.clone(), format!("{folder}404.html"))
    }
}

/// Text in a regular expression of Perl, where it stands for itself. Source: PCRE, “quoting”:
/// a backslash before what is no letter or digit, and a number for what ends a word in the
/// settings of some host.
fn in_regex(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            ' ' | '"' | '\'' | '{' | '}' => _ = write!(out, "\\x{:02x}", u32::from(c)),
            '/' | '_' | '-' => out.push(c),
            c if c.is_ascii_punctuation() => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// What leads on, as a host sees it; each address once.
fn moved(redirects: &[(crate::model::Url, String)], base: &str) -> Vec<Moved> {
    let mut seen = BTreeSet::new();
    let each = redirects.iter().map(|(from, to)| {
        let (path, query) = match from.as_str().split_once('?') {
            Some((path, query)) => (path, Some(asked(query))),
            None => (from.as_str(), None),
        };
        let to = match to.strip_prefix('/') {
            Some(inner) => written(&format!("{base}{inner}")),
            None => written(to),
        };
        let is_short = path.starts_with("/go/");
        Moved { from: format!("{base}{}", &decoded(path)[1..]), query, to, is_short }
    });
    let mut each: Vec<Moved> = each
        .filter(|moved| !moved.from.contains(char::is_control))
        .filter(|moved| seen.insert((moved.from.clone(), moved.query.clone())))
        .collect();
    // What names more comes first.
    each.sort_by(|a, b| (a.query.is_none(), &a.from).cmp(&(b.query.is_none(), &b.from)));
    each
}

/// What is sent with everything.
fn headers(pages: &[Finished]) -> Vec<(&'static str, String)> {
    let policies = pages.iter().filter_map(|page| policy_of(std::str::from_utf8(&page.html).ok()?));
    let mut policy = loosest(&policies.collect::<BTreeSet<_>>());
    if !policy.is_empty() {
        policy.push_str("; ");
    }
    policy.push_str("frame-ancestors 'none'");
    let not_used: Vec<String> = NOT_USED.iter().map(|name| format!("{name}=()")).collect();
    vec![
        ("Content-Security-Policy", policy),
        ("Permissions-Policy", not_used.join(", ")),
        ("Referrer-Policy", "no-referrer".into()),
        ("X-Content-Type-Options", "nosniff".into()),
    ]
}

/// What a page says of itself that it may load.
fn policy_of(html: &str) -> Option<String> {
    tokens(html).take_while(|token| !matches!(token, Token::Open { name: "body", .. })).find_map(
        |token| {
            let Token::Open { name: "meta", attributes, .. } = token else { return None };
            let kind = attributes.get("http-equiv")?;
            let is_policy = kind.eq_ignore_ascii_case("content-security-policy");
            is_policy
                .then(|| crate::html::decode(attributes.get("content")?).into_owned().into())?
        },
    )
}

/// The policy that allows what any of these does (their union). A directive that one of them
/// lacks is that of `default-src` where it is about loading, and no limit where it is not.
fn loosest(policies: &BTreeSet<String>) -> String {
    let read = |policy: &String| -> Vec<(String, BTreeSet<String>)> {
        let each = policy.split(';').filter_map(|directive| {
            let mut words = directive.split_whitespace().map(str::to_owned);
            Some((words.next()?.to_lowercase(), words.collect()))
        });
        each.collect()
    };
    let policies: Vec<_> = policies.iter().map(read).collect();
    let mut names: Vec<&String> = Vec::new();
    for (name, _) in policies.iter().flatten() {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let of = |policy: &Vec<(String, BTreeSet<String>)>, name: &str| {
        let find = |name: &str| policy.iter().find(|(own, _)| own == name);
        let default = || find("default-src").filter(|_| name.ends_with("-src"));
        find(name).or_else(default).map(|(_, sources)| sources.clone())
    };
    let all = names.into_iter().filter_map(|name| {
        let each: Option<Vec<_>> = policies.iter().map(|policy| of(policy, name)).collect();
        let mut sources: BTreeSet<String> = each?.into_iter().flatten().collect();
        if sources.len() > 1 {
            sources.remove("'none'");
        }
        let sources: Vec<String> = sources.into_iter().collect();
        Some(format!("{name} {}", sources.join(" ")).trim_end().to_owned())
    });
    all.collect::<Vec<_>>().join("; ")
}

/// The files of a host, by path below the published folder.
type Written = Vec<(&'static str, String)>;

/// Settings that a host is given.
struct Settings {
    host: Host,
    /// The files that there are.
    paths: &'static [&'static str],
    /// Makes them. Some depend on which other hosts read the same files.
    files: fn(&Told, &[Host]) -> Written,
    /// What the host does not take, in a sentence.
    limit: fn(&Told) -> Option<String>,
}

impl Settings {
    const fn of(
        host: Host,
        paths: &'static [&'static str],
        files: fn(&Told, &[Host]) -> Written,
    ) -> Self {
        Self { host, paths, files, limit: |_| None }
    }

    const fn limit(self, limit: fn(&Told) -> Option<String>) -> Self {
        Self { limit, ..self }
    }
}

/// What each host is given.
const SETTINGS: &[Settings] = &[
    Settings::of(Host::Nginx, nginx::PATHS, nginx::files),
    Settings::of(Host::Apache, apache::PATHS, apache::files),
    Settings::of(Host::Netlify, netlify::PATHS, netlify::files),
    Settings::of(Host::Cloudflare, netlify::PATHS, cloudflare::files).limit(cloudflare::limit),
    Settings::of(Host::Caddy, caddy::PATHS, caddy::files),
    Settings::of(Host::S3, s3::PATHS, s3::files).limit(s3::limit),
    Settings::of(Host::Azure, azure::PATHS, azure::files).limit(azure::limit),
    Settings::of(Host::Iis, iis::PATHS, iis::files),
];

/// Those of the hosts that the settings of the site name.
fn named(hosts: &[Host]) -> impl Iterator<Item = &'static Settings> {
    SETTINGS.iter().filter(|settings| hosts.contains(&settings.host))
}

fn paths(plan: &Plan<'_>) -> Vec<String> {
    let paths: BTreeSet<&str> =
        named(&plan.config.hosts).flat_map(|settings| settings.paths.iter().copied()).collect();
    paths.into_iter().map(str::to_owned).collect()
}

/// The files of the hosts that the settings name.
fn files(done: &Done<'_>) -> Files {
    let hosts = &done.world.config.hosts;
    if named(hosts).next().is_none() {
        return Files::new();
    }
    let told = Told::new(done);
    let files = named(hosts).flat_map(|settings| (settings.files)(&told, hosts));
    files.map(|(path, text)| (path.to_owned(), Bytes::from(text))).collect()
}

/// Says where a host takes less than there is.
pub(crate) fn limits(done: &Done<'_>, report: &mut Report) {
    let hosts = &done.world.config.hosts;
    if named(hosts).next().is_none() {
        return;
    }
    let told = Told::new(done);
    let span = done.world.config.places.of_name("hosts");
    let said = named(hosts).filter_map(|settings| (settings.limit)(&told)).map(|message| {
        Diagnostic::warning(&rule::SETTINGS, span, message)
            .hint("leave it so: pages lead on from the others, where they have no `?`")
    });
    report.add(done.world.settings, said.collect::<Vec<_>>());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_allows_what_any_page_needs() {
        let both = |a: &str, b: &str| loosest(&[a.to_owned(), b.to_owned()].into());
        assert_eq!(
            both(
                "default-src 'none'; connect-src 'self'",
                "default-src 'none'; connect-src 'none'"
            ),
            "default-src 'none'; connect-src 'self'"
        );
        // What one page does not say is what it says of the rest.
        assert_eq!(
            both("default-src 'none'; script-src 'self'", "default-src 'none'"),
            "default-src 'none'; script-src 'self'"
        );
        // And no limit where there is no rest.
        assert_eq!(
            both("default-src 'none'; form-action 'self'", "default-src 'none'"),
            "default-src 'none'"
        );
        assert_eq!(loosest(&BTreeSet::new()), "");
    }

    #[test]
    fn a_page_says_what_it_may_load() {
        let page = "<html><head><meta charset=utf-8><meta http-equiv=\"Content-Security-Policy\" \
                    content=\"default-src &#39;none&#39;\"></head><body><meta name=x></body>";
        assert_eq!(policy_of(page).as_deref(), Some("default-src 'none'"));
        assert_eq!(policy_of("<body><meta http-equiv=content-security-policy content=x>"), None);
    }
}
