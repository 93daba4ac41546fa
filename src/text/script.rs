//! Scripts made smaller (minified): without comments, with short names for what only the
//! script itself can see.
//!
//! The only file that names `oxc` and `oxc_compat`. What it writes needs no newer browser than
//! what it read: nothing beyond `TARGET` is put in its place. A script that it cannot read
//! stays as it is.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
};

use oxc::{
    allocator::Allocator,
    codegen::{Codegen, CodegenOptions},
    minifier::{CompressOptions, MangleOptions, Minifier, MinifierOptions},
    parser::Parser,
    span::SourceType,
};
use oxc_compat::EngineTargets;

/// What minifying may write: what browsers of 2020 read.
const TARGET: &str = "es2020";

/// Scripts that are kept, so that each is minified once however often a site is built.
const MOST_KEPT: usize = 64;

/// Takes away what means nothing in a script.
pub fn shrunk(script: &str) -> String {
    static KEPT: Mutex<BTreeMap<String, String>> = Mutex::new(BTreeMap::new());
    if let Some(short) = KEPT.lock().unwrap_or_else(PoisonError::into_inner).get(script) {
        return short.clone();
    }
    let short = minified(script);
    let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
    if kept.len() >= MOST_KEPT {
        kept.clear();
    }
    kept.insert(script.to_owned(), short.clone());
    short
}

fn minified(script: &str) -> String {
    let allocator = Allocator::default();
    let read = Parser::new(&allocator, script, SourceType::unambiguous()).parse();
    let Some(target) = EngineTargets::from_target(TARGET).ok().filter(|_| read.errors.is_empty())
    else {
        return script.to_owned();
    };
    let mut program = read.program;
    let options = MinifierOptions {
        mangle: Some(MangleOptions::default()),
        compress: Some(CompressOptions { target, ..CompressOptions::smallest() }),
    };
    let made = Minifier::new(options).minify(&allocator, &mut program);
    let codegen = Codegen::new().with_options(CodegenOptions::minify());
    codegen.with_scoping(made.scoping).build(&program).code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_nobody_else_sees_are_short() {
        let short =
            shrunk("(() => {\n  const telling = f(1); // one\n  g(telling, telling);\n})();");
        assert!(!short.contains("telling") && !short.contains("one"), "{short}");
        assert_eq!(shrunk("let seen = f(); // global\n"), "let seen=f();");
        let module = shrunk("export function open(address) { return address + address; }");
        assert!(module.contains("open") && !module.contains("address"), "{module}");
    }

    #[test]
    fn nothing_newer_is_put_in_its_place() {
        assert!(!shrunk("if (!a.b) a.b = c();").contains("||="));
    }

    #[test]
    fn what_cannot_be_read_stays() {
        for script in ["a  (", "'a  \n'", "`a  ${", "/*  a", "  /a", "a  )", "(  ]", "{  )", "}  "]
        {
            assert_eq!(shrunk(script), script);
        }
    }
}
