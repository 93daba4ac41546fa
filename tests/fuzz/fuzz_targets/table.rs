//! Any bytes are a table of people: rows, or faults at places that are there.
#![no_main]

use libfuzzer_sys::fuzz_target;
use plainsite::{letter::people, text::Source};

fuzz_target!(|bytes: &[u8]| {
    let (text, _) = people::decode(bytes);
    let source = Source::new("people.csv", text.as_str());
    for read in [people::csv, people::json] {
        let mut problems = Vec::new();
        let people = read(&source, &mut problems);
        for row in &people.rows {
            assert_eq!(row.cells.len(), people.columns.len());
        }
        for problem in problems {
            text.get(problem.span.start..problem.span.end).expect("a place in the text");
        }
    }
});
