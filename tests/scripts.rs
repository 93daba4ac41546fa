//! Scripts that are made smaller do what they did as they were written.
//!
//! They run in Node, which must be installed.

use std::{fs, path::Path, process::Command};

use plainsite::text::script::shrunk;
use proptest::{prelude::*, sample::select};

/// What programs that replace signs and not tokens break, a value a line or two.
const HARD: &str = r#"
'use strict'
const said = []
const say = (...all) => { said.push(...all) } // a note with ' in it
const [six, two] = [6, 2]
let count = 3
say("// no comment, ' = ' stays", '/* nor this */', 'a \
    b', "\"  ;  ", '\\')
say(`  two   spaces // and ${`one ${six  /  two} in ${ { a : '}' }.a }`} /* in */ it \` \${ `)
say(six / two / 1, six /two/ 1, (six) / two, [six][0] / two, count++ / two, count)
say(/[/\]'"`]/.test('/'), 'a/b'.replace(/\//g, ' / '), /  =  /.source, / /g.flags)
if (six) /'/.exec("'") ; else /"/.exec('"')
for (const part of /a b/.source.split(/ /)) say(part)
say(six + +two, six - -two, six - - -two, - -six, +
  +two, !(six < !two))
const f = () => {
  return
  say('never')
}
say(f() === undefined)
let x = 1
let y = x
++x
say(x, y)
const object = { return: 4, of: 8, 'in': 2, get a() { return this.return / this.of / 1 } }
say(object.return / two, object.a, 'of' in object, 'a'in object)
say(1.5.toFixed(1), 1 .toFixed(2), 2
.toFixed(3), [1, 2, .5]
  .map((n) => n * 2)
  .join(' , '))
say(six > two
  ? 'more'
  : 'less', object
  ?.of, null
  ?? 'none', six ?.5 : 1)
class A { static b = 1;
  ['c'] = 2
  #d = 3
  static
  e() { return `e` }
  has(one) { return #d in one } }
say(A.b, new A().c, A.e(), new A().has(new A()))
/* over
   lines */ say('after') /**/
var z = six /* where a line
ends */ ++count
say(count, z)
label: for (;;) { for (;;) { break label } }
do say('do'); while (false)
say(typeof /x/ === 'object', void 0, two in /x/, six
  ** two, 'é  ü'.length, ((ä) => ä  +  1)(1), '\u{2028}')
switch (six) { case 6: { say('case') } /}/.test('}') ; break
  default: say('default') }
say(function () { return 7 }(), (() => ({}))())
console.log(JSON.stringify(said.map(String)))
"#;

fn run(script: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("script.cjs");
    fs::write(&file, script).expect("a file");
    let done = Command::new("node").arg(&file).output().expect("node is installed");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("text")
}

#[test]
fn a_shrunk_script_does_what_it_did() {
    let short = shrunk(HARD);
    assert!(short.len() < HARD.len() && !short.contains("a note"), "{short}");
    assert_eq!(run(&short), run(HARD), "{short}");
    assert_eq!(shrunk(&short), short);
}

#[test]
fn every_script_of_ours_is_shrunk_whole() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for folder in ["themes/plain", "src/letter", "src/index"] {
        let files = fs::read_dir(root.join(folder)).expect("a folder");
        for file in files.map(|file| file.expect("readable").path()) {
            // The end of one that is put together.
            if file.extension().is_none_or(|end| end != "js") || file.ends_with("portable.js") {
                continue;
            }
            let short = shrunk(&fs::read_to_string(&file).expect("readable"));
            assert!(!short.contains("\n//") && !short.contains("  "), "{}", file.display());
            assert_eq!(shrunk(&short), short, "{}", file.display());
        }
    }
}

proptest! {
    #![proptest_config(crate::random::inputs(256))]

    #[test]
    fn no_text_is_too_strange(parts in proptest::collection::vec(select(vec![
        "a", "1", ".", "/", "\\", "'", "\"", "`", "${", "{", "}", "(", ")", "[", "]", "\n", "\r",
        "/*", "*/", "//", "+", "=>", ";", " ", "é", "\u{2028}", "if", "return",
    ]), 0..40)) {
        let text = parts.concat();
        let short = shrunk(&text);
        prop_assert!(short == text || shrunk(&short) == short, "{text:?} {short:?}");
    }
}
