//! `help-place` on sites as WordPress, a generator of documentation and a council's content
//! management write them: help that stands in one place on each page, and help that has moved
//! on some.

use std::{fs, path::Path, process::Command};

use serde_json::Value;

/// A site: the name of each page, and its text.
type Site = Vec<(String, String)>;

const TOPICS: [&str; 8] =
    ["Carers", "Direct payments", "Equipment", "Hiring", "Insurance", "Pay", "Pensions", "Reviews"];

/// A page on each topic, and the start page.
fn site(page: impl Fn(usize, &str) -> String) -> Site {
    let name = |at: usize| if at == 0 { "index.html".into() } else { format!("page-{at}.html") };
    let topics = ["Start"].into_iter().chain(TOPICS);
    topics.enumerate().map(|(at, topic)| (name(at), page(at, topic))).collect()
}

/// As themes of WordPress write it: a menu above, widgets below.
fn wordpress(in_menu: impl Fn(usize) -> bool, in_widgets: impl Fn(usize) -> bool) -> Site {
    site(|at, topic| {
        let item = |is_there: bool| {
            if is_there {
                "<li id=\"menu-item-31\" class=\"menu-item\"><a href=\"contact.html\">Contact us</a></li>"
            } else {
                ""
            }
        };
        format!(
            "<!DOCTYPE html><html lang=\"en-GB\"><head><meta charset=\"UTF-8\"><title>{topic} &#8211; Rowan House</title>\
             </head><body class=\"page-template-default wp-singular\"><a class=\"skip-link screen-reader-text\" \
             href=\"#content\">Skip to content</a><header id=\"masthead\" class=\"site-header\"><nav \
             id=\"site-navigation\" class=\"main-navigation\" aria-label=\"Primary menu\"><ul id=\"primary-menu\">\
             <li class=\"menu-item\"><a href=\"index.html\">Home</a></li>{}</ul></nav></header><main id=\"content\" \
             class=\"site-main\"><article><h1 class=\"entry-title\">{topic}</h1><div class=\"entry-content\"><p>All \
             about {topic}. <a href=\"contact.html\">Contact us</a> to ask.</p></div></article></main><footer \
             id=\"colophon\" class=\"site-footer\"><aside class=\"widget-area\"><section class=\"widget\"><ul>{}\
             </ul></section></aside></footer></body></html>",
            item(in_menu(at)),
            item(in_widgets(at)),
        )
    })
}

/// As generators of documentation write it: a list of all pages at the side, which has the one
/// that is read without a link, and links to the pages before and after.
fn documentation(help_below: impl Fn(usize) -> bool) -> Site {
    site(|at, topic| {
        let items = TOPICS.iter().enumerate().map(|(place, other)| {
            let place = place + 1;
            if place == at {
                format!("<li class=\"current\"><a class=\"current\" href=\"#\">{other}</a></li>")
            } else {
                format!("<li><a class=\"reference internal\" href=\"page-{place}.html\">{other}</a></li>")
            }
        });
        let help = "<a href=\"support.html\">Support</a>";
        let (above, below) = if help_below(at) { ("", help) } else { (help, "") };
        format!(
            "<!DOCTYPE html><html class=\"writer-html5\" lang=\"en\"><head><meta charset=\"utf-8\"/><title>{topic} \
             &mdash; Rowan documentation</title></head><body class=\"wy-body-for-nav\"><div class=\"wy-grid-for-nav\">\
             <nav data-toggle=\"wy-nav-shift\" class=\"wy-nav-side\" aria-label=\"Pages\"><ul>{}</ul>{above}</nav>\
             <section class=\"wy-nav-content-wrap\"><div role=\"main\" class=\"document\"><h1>{topic}<a class=\"headerlink\" \
             href=\"#{at}\" title=\"Link to this heading\">#</a></h1><p>Words.</p></div><footer><a href=\"page-{}.html\" \
             rel=\"prev\">Previous</a> <a href=\"page-{}.html\" rel=\"next\">Next</a> {below}</footer></section></div></body></html>",
            items.collect::<String>(),
            at.saturating_sub(1),
            at + 1,
        )
    })
}

/// As councils' content management writes it: a phone number in a bar above, and related links at
/// the side of some pages.
fn council(phone_below: impl Fn(usize) -> bool) -> Site {
    site(|at, topic| {
        let phone = "<a href=\"tel:+441632960000\">01632 960000</a>";
        let (above, below) = if phone_below(at) { ("", phone) } else { (phone, "") };
        let aside = if at % 2 == 0 {
            "<aside class=\"sidebar\" aria-label=\"Related\"><a href=\"tel:+441632960001\">Benefits team: 01632 \
             960001</a></aside>"
        } else {
            ""
        };
        format!(
            "<!DOCTYPE html><html lang=\"en\" dir=\"ltr\"><head><meta charset=\"utf-8\"/><title>{topic} | Rowan District \
             Council</title></head><body class=\"path-node\"><header class=\"lgd-header\" role=\"banner\"><a href=\"index.html\" \
             rel=\"home\">Rowan District Council</a><div class=\"region-header\">{above}</div></header><div \
             class=\"layout\"><main class=\"main\" id=\"main-content\"><h1 class=\"page-title\">{topic}</h1><div \
             class=\"field\"><p>Call <a href=\"tel:+441632960009\">01632 960009</a> about {topic}.</p></div></main>{aside}</div>\
             <footer class=\"lgd-footer\" role=\"contentinfo\"><div class=\"region-footer\">{below}<a href=\"about.html\">About \
             us</a></div></footer></body></html>"
        )
    })
}

/// Where `help-place` says something of a site, and what.
fn said(site: &Site) -> Vec<(String, String)> {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("a file");
    for (name, text) in site {
        write(name, text);
    }
    for name in ["about.html", "contact.html", "support.html"] {
        write(
            name,
            "<!DOCTYPE html><html lang=\"cy\"><title>Help</title><main><h1>Help</h1></main></html>",
        );
    }
    found(folder.path())
}

fn found(folder: &Path) -> Vec<(String, String)> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plainsite"));
    command.arg("audit").arg(folder).args(["--format", "json", "--rule", "help-place"]);
    let output = command.output().expect("the program starts");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).expect("JSON"));
    let of = |one: &Value, name: &str| one[name].as_str().unwrap_or_default().to_owned();
    lines.map(|one| (of(&one, "file"), of(&one, "message"))).collect()
}

#[test]
fn help_in_one_place_is_left_alone() {
    for (name, site) in [
        ("in the menu", wordpress(|_| true, |_| false)),
        ("in the menu and in widgets", wordpress(|_| true, |_| true)),
        ("in the menu, and below on some", wordpress(|_| true, |at| at % 3 == 0)),
        ("in the menu, but on some pages", wordpress(|at| at % 4 != 1, |_| false)),
        ("nowhere but in the words", wordpress(|_| false, |_| false)),
        ("at the side of a manual", documentation(|_| false)),
        ("below a manual", documentation(|_| true)),
        ("above on a council's pages", council(|_| false)),
        ("below on a council's pages", council(|_| true)),
        // Two designs, half of the pages each: nobody can say which is the usual one.
        ("half and half", council(|at| at % 2 == 0)),
    ] {
        assert_eq!(said(&site), [], "{name}");
    }
}

#[test]
fn help_that_has_moved_on_some_pages_is_told_once() {
    let is = |site: &Site, page: &str, name: &str, side: &str| {
        let said = said(site);
        assert_eq!(said.len(), 1, "{said:?}");
        assert_eq!(said[0].0, page);
        let begins = format!("“{name}” stands {side} the content here");
        assert!(said[0].1.starts_with(&begins), "{}", said[0].1);
    };
    is(&wordpress(|at| at != 3, |at| at == 3), "page-3.html", "Contact us", "below");
    is(
        &wordpress(|at| at == 2 || at == 5, |at| at != 2 && at != 5),
        "page-2.html",
        "Contact us",
        "above",
    );
    is(&documentation(|at| at == 4), "page-4.html", "Support", "below");
    is(&documentation(|at| at != 6), "page-6.html", "Support", "above");
    is(&council(|at| at == 1 || at == 7), "page-1.html", "01632 960000", "below");
}
