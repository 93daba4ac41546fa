//! Pages that another program would not publish, or not now.
//!
//! Many sites come from another generator, and their pages say in its words that they
//! are not public: `published: false`, `publishDate` and a day to come. Here that is
//! decided, before a name that is not known becomes a warning. Only names that no kind
//! of page has asked for are looked at, so Plainsite's own always count first.
//!
//! Source of the names: the documentation of Jekyll, Hugo, Zola, Eleventy, Gatsby,
//! Docusaurus, Astro, WordPress and Ghost.

use crate::{
    diagnostic::Diagnostic,
    parse::{Fields, Placed, YesNo, values::Values},
    rule,
    text::{Date, Span, date::HOW_TO_WRITE, shorten},
};

/// What keeps a page from being published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hold {
    /// A word or a yes or no: whatever the day.
    Always,
    /// It is not published before this day.
    From(Date),
    /// It is not published on this day, nor on any after it.
    Until(Date),
}

/// Why a page is not published whose day is over.
pub(super) const OVER: &str = "not published any more";

/// Why a page is not published whose day has not come.
pub(super) const NOT_YET: &str = "not published yet";

impl Hold {
    /// What a page is that is not published because of it; nothing when it is.
    pub fn reason(self, today: Date) -> Option<&'static str> {
        match self {
            Self::Always => Some("not published"),
            Self::From(day) => (today < day).then_some(NOT_YET),
            Self::Until(day) => (today >= day).then_some(OVER),
        }
    }
}

/// What a name says of its page.
#[derive(Clone, Copy)]
enum Says {
    /// `hidden: yes`
    NotPublic,
    /// `published: no`; a day means that it is published from then on.
    Public,
    /// `permalink: false`, where other values are something else.
    PublicUnlessNo,
    /// `visibility: private`
    Who,
    /// `robots: noindex`
    Robots,
    /// `publishDate: 2026-12-01`
    From,
    /// `expires: 2026-12-01`; the day itself is after the end.
    Expires,
    /// `visible until: 2026-12-01`; the day itself is the last.
    Until,
    /// Anything at all.
    Secret,
}

/// The names, in small letters and without anything between words.
#[rustfmt::skip] // a list of words reads better in lines
const NAMES: &[(Says, &[&str])] = &[
    (Says::NotPublic, &[
        "draft", "isdraft", "hidden", "hide", "ishidden", "hidepage", "private", "isprivate",
        "unlisted", "unpublished", "notpublic", "notpublished", "donotpublish", "dontpublish",
        "nopublish", "internal", "internalonly", "staffonly", "confidential", "secret", "protected",
        "membersonly", "loginrequired", "requireslogin", "archived", "isarchived", "archive",
        "deleted", "trashed", "disabled", "inactive", "exclude", "excluded", "excludefrombuild",
        "excludefromsite", "eleventyexcludefromcollections", "ignore", "ignored", "headless", "wip",
        "workinprogress", "embargoed", "noindex",
    ]),
    (Says::Public, &[
        "published", "ispublished", "publish", "public", "ispublic", "visible", "isvisible", "live",
        "islive", "listed", "online",
    ]),
    (Says::PublicUnlessNo, &[
        "permalink", "render", "output", "enabled", "active", "show", "index", "ready",
    ]),
    (Says::Who, &[
        "visibility", "poststatus", "pagestatus", "publishstatus", "publishedstatus",
        "publishingstatus", "publicationstatus", "publicationstate", "reviewstatus",
        "workflowstate", "workflowstatus",
    ]),
    (Says::Robots, &["robots", "metarobots", "googlebot"]),
    (Says::From, &[
        "publishdate", "publisheddate", "publishingdate", "publicationdate", "datepublished",
        "publisheddatetime", "publishdatetime", "publishtime", "publishedtime", "publishat",
        "publishedat", "publishon", "publishedon", "publishfrom", "publishedfrom", "publishafter",
        "pubdate", "postdate", "postdategmt", "golive", "golivedate", "goliveat", "goliveon",
        "livedate", "livefrom", "visiblefrom", "showfrom", "availablefrom", "validfrom", "embargo",
        "embargodate", "embargountil", "embargoeduntil", "hideuntil", "hiddenuntil", "draftuntil",
        "releasedate", "releaseon", "scheduled", "scheduleddate", "scheduledat", "scheduledfor",
    ]),
    (Says::Expires, &[
        "expires", "expire", "expired", "expireson", "expiresat", "expireon", "expireat", "expiry",
        "expirydate", "expiredate", "expiration", "expirationdate", "unpublish", "unpublishdate",
        "unpublishon", "unpublishat", "unpublishedat", "unpublishedon", "archiveon", "archiveat",
        "archivedate", "archivedat", "archivedon", "removeon", "removedate", "deleteon", "hideon",
        "hidefrom", "hideafter", "offlinedate", "sunset", "sunsetdate",
    ]),
    (Says::Until, &[
        "publishuntil", "publisheduntil", "visibleuntil", "showuntil", "liveuntil",
        "availableuntil", "validuntil", "validto", "until",
    ]),
    (Says::Secret, &["password", "postpassword"]),
];

/// Names whose own names count as the page's: `build: {render: never}`.
const MAPS: &[&str] = &["build", "params", "seo", "meta", "sitemap"];

/// Words that say of a page that anyone may see it.
#[rustfmt::skip] // a list of words reads better in lines
const FOR_ALL: &[&str] = &[
    "public", "publish", "published", "visible", "live", "active", "listed", "everyone", "anyone",
    "all", "open", "free", "approved", "final", "ready", "done", "complete", "reviewed",
];

/// What `status` is called elsewhere when a page is not public.
#[rustfmt::skip] // a list of words reads better in lines
const NOT_PUBLIC: &[&str] = &[
    "pending", "pending review", "private", "future", "scheduled", "archived", "archive", "hidden",
    "unlisted", "unpublished", "not published", "internal", "inactive", "disabled", "trash",
    "trashed", "deleted", "auto draft", "in review", "in progress", "review", "wip", "expired",
    "embargoed", "password", "protected", "to do", "todo",
];

/// Whether a `status` is what other programs call that of a page that is not public.
pub(super) fn is_not_public(status: &str) -> bool {
    let words: Vec<&str> = status.split([' ', '_', '-']).filter(|part| !part.is_empty()).collect();
    NOT_PUBLIC.contains(&words.join(" ").to_lowercase().as_str())
}

/// What a day is called that cannot be read.
const A_DATE: &str = "a date";

/// What Plainsite calls it.
const OWN_WORDS: &str = "write `status: draft` in its place, or take it out to publish the page";

/// Reads what other programs would keep the page back for, and says what of it cannot be
/// read.
pub(super) fn holds(fields: &mut Fields<'_>) -> (Vec<Placed<Hold>>, Vec<Diagnostic>) {
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    for (name, value) in fields.others() {
        let plain = plain(&name.value);
        if plain == "cascade" || MAPS.contains(&plain.as_str()) && value.value.contains(':') {
            let (inner, unread) = holds(&mut fields.part(value.span));
            if inner.is_empty() && unread.is_empty() {
                continue;
            }
            fields.know(&name);
            if plain != "cascade" {
                found.extend(inner);
                problems.extend(unread);
                continue;
            }
            let message = format!(
                "“{}” would keep the pages of this folder back, and here each page says so itself",
                name.value
            );
            let found = Diagnostic::error(&rule::FRONT_MATTER, name.span, message);
            let hint = "write `status: draft` in each of them, and take this out";
            problems.push(found.hint(hint));
            continue;
        }
        let says = NAMES.iter().find(|(_, names)| names.contains(&plain.as_str()));
        let Some((says, _)) = says else { continue };
        match read(*says, &value.value, fields.values()) {
            Ok(Some(hold)) => {
                fields.know(&name);
                let span = Span::new(name.span.start, value.span.end.max(name.span.end));
                found.push(Placed { value: hold, span });
            }
            Ok(None) => {}
            Err(wanted) => {
                fields.know(&name);
                let message = format!("“{}” is not {wanted}", shorten(&value.value));
                let hint = match wanted {
                    A_DATE => format!("{HOW_TO_WRITE}, or take the line out"),
                    _ => OWN_WORDS.to_owned(),
                };
                problems
                    .push(Diagnostic::error(&rule::FRONT_MATTER, value.span, message).hint(hint));
            }
        }
    }
    (found, problems)
}

/// A name in small letters, without what stands between its words.
fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// What a value says; nothing when the page is public whatever the day, and what it should
/// be when it cannot be read.
fn read(says: Says, value: &str, values: Values<'_>) -> Result<Option<Hold>, &'static str> {
    let word = value.to_lowercase();
    // Nothing was decided: that is how programs write a field that was left empty.
    let is_date = matches!(says, Says::From | Says::Expires | Says::Until);
    if matches!(&*word, "" | "null" | "~" | "[]" | "{}")
        || is_date && matches!(&*word, "none" | "never")
    {
        return Ok(None);
    }
    let yes_no = match &*word {
        "1" => Some(true),
        "0" | "never" => Some(false),
        _ => YesNo::parse(&word).map(|yes| yes.0),
    };
    let days = values.days(value);
    let hold = |held: bool| Ok(held.then_some(Hold::Always));
    match says {
        Says::NotPublic => match (yes_no, days) {
            (Some(yes), _) => hold(yes),
            (None, Some(_)) => hold(true),
            (None, None) => Err("yes or no"),
        },
        Says::Public => match (yes_no, days) {
            (Some(yes), _) => hold(!yes),
            (None, Some((_, day))) => Ok(Some(Hold::From(day))),
            (None, None) if FOR_ALL.contains(&&*word) => Ok(None),
            (None, None) => Err("yes or no"),
        },
        Says::PublicUnlessNo => hold(word != "0" && yes_no == Some(false)),
        Says::Who => hold(yes_no == Some(false) || yes_no.is_none() && !FOR_ALL.contains(&&*word)),
        Says::Robots => hold(word.contains("noindex") || word == "none" || yes_no == Some(false)),
        Says::Secret => hold(yes_no != Some(false)),
        Says::From => match (days, yes_no) {
            (Some((_, day)), _) => Ok(Some(Hold::From(day))),
            (None, Some(yes)) => hold(!yes),
            (None, None) => Err(A_DATE),
        },
        Says::Expires => match (days, yes_no) {
            (Some((day, _)), _) => Ok(Some(Hold::Until(day))),
            (None, Some(yes)) => hold(yes),
            (None, None) => Err(A_DATE),
        },
        Says::Until => match (days, yes_no) {
            (Some((day, _)), _) => Ok(Some(Hold::Until(day.plus_days(1)))),
            (None, Some(yes)) => hold(!yes),
            (None, None) => Err(A_DATE),
        },
    }
}

/// What an editor is told about what keeps a page from being published, or will.
pub(super) fn said(hold: &Placed<Hold>, typed: &str, today: Date) -> Diagnostic {
    let typed = shorten(typed);
    let (message, hint) = match (hold.value, hold.value.reason(today)) {
        (Hold::Always, _) => {
            (format!("“{typed}” keeps this page from being published"), OWN_WORDS.to_owned())
        }
        (Hold::From(day), Some(_)) => (
            format!("“{typed}”: this page is not published before {}", day.in_english()),
            format!(
                "build the site on {} or later, or take the line out to publish the page now",
                day.in_english()
            ),
        ),
        (Hold::From(day), None) => (
            format!("“{typed}” is over, and is not a name that is known here"),
            format!("take the line out, or write `date: {}` to show the day", day.in_english()),
        ),
        (Hold::Until(_), Some(_)) => (
            format!("“{typed}” is over, so this page is not published"),
            "write `status: withdrawn` to keep the page with a notice, `status: draft` to keep it \
             out, or take the line out to publish it"
                .to_owned(),
        ),
        (Hold::Until(day), None) => (
            format!("“{typed}”: this page is not published from {} on", day.in_english()),
            "build the site on that day, or write `status: withdrawn` then to keep the page with \
             a notice"
                .to_owned(),
        ),
    };
    Diagnostic::warning(&rule::FRONT_MATTER, hold.span, message).hint(hint)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Source;

    fn held(line: &str) -> Option<Hold> {
        let source = Source::new("content/a.yaml", line);
        let mut fields = Fields::read(&source, Span::new(0, line.len()));
        let (found, problems) = holds(&mut fields);
        assert_eq!(problems, [], "{line}");
        found.first().map(|hold| hold.value)
    }

    #[test]
    fn what_other_programs_write_is_understood() {
        let day = |text| Date::parse(text).expect("a day");
        for line in [
            "published: false",
            "Published: \"no\"",
            "publish: False # not yet",
            "hidden: true",
            "is-hidden: yes",
            "unlisted: 1",
            "visibility: Private",
            "permalink: false",
            "render: never",
            "build:\n  render: never",
            "_build: {render: false, list: never}",
            "eleventyExcludeFromCollections: true",
            "robots: noindex, nofollow",
            "seo: {noindex: true}",
            "post_status: pending",
            "archived: 2026-01-01",
        ] {
            assert_eq!(held(line), Some(Hold::Always), "{line}");
        }
        for line in [
            "published: true",
            "publish:",
            "draft: no",
            "hidden: ~",
            "visibility: public",
            "permalink: /old/address/",
            "expires: never",
            "robots: index, follow",
            "colour: false",
            "layout: hidden",
            "sitemap: {priority: 1}",
        ] {
            assert_eq!(held(line), None, "{line}");
        }
        assert_eq!(held("publishDate: 2026-12-01"), Some(Hold::From(day("1 December 2026"))));
        assert_eq!(held("published: 2026-12-01"), Some(Hold::From(day("1 December 2026"))));
        assert_eq!(
            held("go-live: 2026-11-30T23:00:00-05:00"),
            Some(Hold::From(day("1 December 2026")))
        );
        assert_eq!(held("expires on: 1 May 2026"), Some(Hold::Until(day("1 May 2026"))));
        assert_eq!(held("valid_until: 1 May 2026"), Some(Hold::Until(day("2 May 2026"))));
    }

    #[test]
    fn what_cannot_be_read_is_named() {
        for line in
            ["publishDate: soonish", "hidden: perhaps", "published: maybe", "expiry: 1/2/26"]
        {
            let source = Source::new("content/a.yaml", line);
            let mut fields = Fields::read(&source, Span::new(0, line.len()));
            let (found, problems) = holds(&mut fields);
            assert_eq!((found.len(), problems.len()), (0, 1), "{line}");
        }
    }
}
