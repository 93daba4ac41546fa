//! What a build costs, stage by stage, on pages of guidance made up here.
//!
//! `cargo bench` prints times. For the cost of a whole run on a real corpus,
//! use `/usr/bin/time` on the program and count CPU seconds.

use std::fs;

use plainsite::{Date, Options, build, parse, text::Source};

fn main() {
    divan::main();
}

const SENTENCES: &[&str] = &[
    "Keep your bank statements and receipts for anything over ten pounds.",
    "Read [how to employ someone](/section-1/page-2/) before you agree a start date.",
    "Your **support plan** says what the money is for, and you can ask to change it.",
    "Call us if you are not sure, or ask someone you trust to call for you.",
];

/// A page of about 600 words.
fn page(number: usize) -> String {
    let mut text = format!(
        "---\ntitle: Page {number}\ndescription: What to know about part {number}.\ndate: 2026-11-21\n---\n\n"
    );
    for part in 0..8 {
        text += &format!("## Part {part} of {number}\n\n");
        for line in 0..5 {
            text += SENTENCES[(number + part + line) % SENTENCES.len()];
            text.push(' ');
        }
        text += "\n\n- one thing to keep\n- another thing to keep\n\n";
    }
    text + "| What | How much |\n| --- | ---: |\n| An hour | £12.50 |\n| A day | £90.00 |\n"
}

#[divan::bench]
fn parse_a_page(bencher: divan::Bencher<'_, '_>) {
    let source = Source::new("content/page.md", page(1));
    bencher.bench(|| parse::parse(source.clone(), false, Date::today()));
}

#[divan::bench(args = [100, 1000], sample_count = 5)]
fn build_a_site(bencher: divan::Bencher<'_, '_>, pages: usize) {
    let root = tempfile::tempdir().expect("a folder");
    for number in 0..pages {
        let folder = root.path().join(format!("content/section-{}", number % 10));
        fs::create_dir_all(&folder).expect("a folder");
        fs::write(folder.join(format!("page-{number}.md")), page(number)).expect("a file");
    }
    fs::write(root.path().join("content/section-1/page-2.md"), page(2)).expect("a file");
    let today = Date::parse("2026-11-21").expect("a day");
    let options = Options { today, staff: false, portable: false };
    bencher.bench(|| build(root.path(), options).expect("the folder is there"));
}
