//! Any text is cut into sentences that lie end to end, and what the rules of prose say of it
//! stands in it.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use plainsite::{
    Options, check, config, examine,
    load::{Loaded, Theme},
    text::{Date, Source, sentences::sentences},
};

static THEME: LazyLock<Theme> = LazyLock::new(Theme::embedded);
static SETTINGS: LazyLock<config::Read> = LazyLock::new(|| config::parse(""));

const FRONT: &str = "---\ntitle: A\naudience: ";

fuzz_target!(|input: (bool, &str)| {
    let (is_for_staff, text) = input;
    let mut end = 0;
    for place in sentences(text) {
        assert!(place.start >= end && place.end > place.start, "in order, and none empty");
        assert!(text[end..place.start].chars().all(char::is_whitespace), "nothing is left out");
        end = place.end;
    }
    assert!(text[end..].chars().all(char::is_whitespace), "nothing is left out at the end");

    let audience = if is_for_staff { "staff" } else { "public" };
    let page = format!("{FRONT}{audience}\n---\n{text}\n");
    let sources = vec![Source::new("content/a.md", page.as_str())];
    let mut loaded = Loaded { theme: THEME.clone(), sources, ..Loaded::default() };
    let today = Date::parse("21 November 2026").expect("a day");
    let options = Options { today, staff: true, portable: false };
    let examined = examine(&mut loaded, &SETTINGS, options);
    for finding in examined.report.clone().findings() {
        assert!(
            (finding.start.line, finding.start.column) <= (finding.end.line, finding.end.column)
        );
        assert!(finding.end.line <= page.lines().count() + 1, "it stands on the page");
    }
    // What is mended is cut out of the file as it was read.
    let world = examined.world(&loaded, &SETTINGS, options);
    for repair in check::repairs(&world, true) {
        assert!(repair.source.text.get(repair.span.start..repair.span.end).is_some());
    }
});
