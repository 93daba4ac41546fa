//! Computer code in colours. The only file that names syntect.
//!
//! The library is loaded when the first page with code is shown; sites
//! without code never pay for it. Colours are classes, `s-comment` and the
//! like, whose palette is the theme's.

use std::sync::LazyLock;

use syntect::{
    parsing::{ParseState, ScopeStack, ScopeStackOp, SyntaxSet},
    util::LinesWithEndings,
};

use crate::html::escape;

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// The longest code that is coloured, in bytes; longer code is left plain.
const LONGEST_CODE: usize = 64 * 1024;

/// What begins the name of a scope, and the class it gets.
const CLASSES: &[(&str, &str)] = &[
    ("comment", "s-comment"),
    ("string", "s-string"),
    ("keyword", "s-keyword"),
    ("storage", "s-storage"),
    ("constant", "s-constant"),
    ("entity", "s-entity"),
    ("variable", "s-variable"),
];

/// Adds `text` as HTML, coloured by `language` when that is known.
pub(super) fn highlight(out: &mut String, language: &str, text: &str) {
    if language.is_empty()
        || matches!(language, "text" | "txt" | "csv" | "plain")
        || text.len() > LONGEST_CODE
    {
        escape(out, text);
        return;
    }
    let Some(syntax) = SYNTAXES.find_syntax_by_token(language) else {
        escape(out, text);
        return;
    };
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    for line in LinesWithEndings::from(text) {
        let ops = state.parse_line(line, &SYNTAXES).unwrap_or_default();
        let mut done = 0;
        for (at, op) in ops {
            piece(out, &line[done..at], class(&stack));
            done = at;
            if matches!(op, ScopeStackOp::Noop) {
                continue;
            }
            let _ = stack.apply(&op);
        }
        piece(out, &line[done..], class(&stack));
    }
}

fn piece(out: &mut String, text: &str, class: Option<&str>) {
    match class.filter(|_| !text.trim().is_empty()) {
        Some(class) => {
            out.push_str("<span class=\"");
            out.push_str(class);
            out.push_str("\">");
            escape(out, text);
            out.push_str("</span>");
        }
        None => escape(out, text),
    }
}

/// The class of the innermost scope that has one.
fn class(stack: &ScopeStack) -> Option<&'static str> {
    stack.as_slice().iter().rev().find_map(|scope| {
        let name = scope.build_string();
        CLASSES.iter().find(|(start, _)| name.starts_with(start)).map(|(_, class)| *class)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_is_coloured_and_escaped() {
        let mut out = String::new();
        highlight(&mut out, "json", "{\"a\": 1}\n");
        assert!(out.contains("<span class=\"s-constant\">1</span>"), "{out}");
        let mut out = String::new();
        highlight(&mut out, "no-such-language", "<b>");
        assert_eq!(out, "&lt;b&gt;");
    }
}
