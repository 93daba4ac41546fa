//! Any text is a letter, any words are answers, and every document opens.
#![no_main]

use std::sync::Arc;

use libfuzzer_sys::fuzz_target;
use plainsite::{
    config::Config,
    diagnostic::Report,
    letter::{Format, Size, Writer, answer, fill, letters},
    link,
    model::{Edition, Paths, assemble},
    parse::parse,
    text::{Date, Languages, Source},
};

const FRONT: &str = "---\ntitle: A\nkind: letter\nfields:\n  - {name: a, type: text, example: x}\n  - {name: b, type: long text, example: x}\n  - {name: c, type: yes or no, example: yes}\n  - {name: d, type: choice, choices: [e, f], example: e}\n  - {name: g, type: address, example: x}\n---\n";

fuzz_target!(|input: (&str, [&str; 6])| {
    let (body, typed) = input;
    let source = Source::new("content/a.md", format!("{FRONT}{body}"));
    let config = Config::default();
    let (languages, today) = (Languages::default(), Date::today());
    let documents = vec![Arc::new(parse(source, true, today))];
    let report = &mut Report::default();
    let edition = Edition { staff: true, drafts: false, today };
    let site = assemble(documents, Vec::new(), &config, languages, edition, report);
    let site = link::resolve(site, &config, &Paths::default());
    for (template, _) in letters(&site, &config).values() {
        let read = template.fields.iter().zip(typed);
        let answers: Vec<_> =
            read.map(|(field, typed)| answer::read(template, field, typed).ok()).collect();
        let lines = fill(template, &answers);
        for format in Format::ALL {
            let bytes = Writer::new(template, format, Size::Normal).write(&lines);
            if format == Format::Html || format == Format::Txt {
                String::from_utf8(bytes).expect("text");
            }
        }
        let body = Format::Docx.marks().write(template, &lines);
        let names =
            "xmlns:w='w' xmlns:w14='w14' xmlns:wp='wp' xmlns:a='a' xmlns:pic='pic' xmlns:r='r'";
        roxmltree::Document::parse(&format!("<b {names}>{body}</b>")).expect("well-formed");
    }
});
