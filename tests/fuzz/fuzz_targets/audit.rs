//! Any bytes are a page and its stylesheet: whatever is said of it stands somewhere in it.
#![no_main]

use std::collections::HashSet;

use libfuzzer_sys::fuzz_target;
use plainsite::audit::{self, Around, RULES, page::{Page, Sheet}};

fuzz_target!(|bytes: &[u8]| {
    let text = String::from_utf8_lossy(bytes);
    let (html, style) = text.split_once("<!-- style.css -->").unwrap_or((&text, ""));
    let sheet = std::sync::Arc::new(Sheet::read(style));
    let page = Page::read(html, |_| Some(sheet.clone()));
    let files = HashSet::from(["index.html".to_owned()]);
    let around = Around { path: "index.html", files: &files, base: "/", is_base_known: true, asked: None };
    for (_, mark) in audit::audit(&page, &around, RULES).marks {
        html.get(mark.span.start..mark.span.end).expect("a place in the page");
    }
});
