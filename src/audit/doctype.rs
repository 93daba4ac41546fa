//! `doctype`: pages that browsers lay out as if they were from the last century.

use super::{Check, Marks, Page, Rule};

pub(super) const RULE: Check = Rule::html("doctype", include_str!("doctype.md")).on_page(run);

const HINT: &str = "write `<!doctype html>` in the first line";

fn run(page: &Page<'_>, marks: &mut Marks) {
    if page.is_fragment() {
        return;
    }
    match page.doctype() {
        None => {
            marks.fail(page.root(), "the page does not begin with a doctype").hint(HINT);
        }
        Some(doctype) if is_old(doctype) => {
            let message = "the doctype is one that makes browsers imitate very old ones";
            marks.fail(page.root(), message).hint(HINT);
        }
        Some(_) => marks.pass(),
    }
}

/// How the public names of old versions of HTML begin, in lower case (the list
/// of the HTML standard, in which one name often begins others).
const OLD: &[&str] = &[
    "+//silmaril//dtd html pro v0r11 19970101//",
    "-//as//dtd html 3.0 aswedit + extensions//",
    "-//advasoft ltd//dtd html 3.0 aswedit + extensions//",
    "-//ietf//dtd html",
    "-//metrius//dtd metrius presentational//",
    "-//microsoft//dtd internet explorer 2.0 ",
    "-//microsoft//dtd internet explorer 3.0 ",
    "-//netscape comm. corp.//dtd ",
    "-//o'reilly and associates//dtd html 2.0//",
    "-//o'reilly and associates//dtd html extended ",
    "-//spyglass//dtd html 2.0 extended//",
    "-//sq//dtd html 2.0 hotmetal + extensions//",
    "-//softquad software//dtd hotmetal pro ",
    "-//softquad//dtd hotmetal pro ",
    "-//sun microsystems corp.//dtd hotjava ",
    "-//w3c//dtd html 3",
    "-//w3c//dtd html 4.0 frameset//",
    "-//w3c//dtd html 4.0 transitional//",
    "-//w3c//dtd html experimental ",
    "-//w3c//dtd w3 html//",
    "-//w3o//dtd w3 html 3.0//",
    "-//webtechs//dtd mozilla html",
];

/// Old only when no address follows.
const OLD_ALONE: &[&str] =
    &["-//w3c//dtd html 4.01 frameset//", "-//w3c//dtd html 4.01 transitional//"];

const OLD_ADDRESS: &str = "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd";

/// Whether browsers go into their old ways: `html`, or `html PUBLIC "name" "address"`.
fn is_old(doctype: &str) -> bool {
    let doctype = doctype.trim().to_ascii_lowercase();
    let end = doctype.find(|c: char| c.is_ascii_whitespace()).unwrap_or(doctype.len());
    let (name, rest) = doctype.split_at(end);
    if name != "html" {
        return true;
    }
    let rest = rest.trim_start();
    let (public, address) = if let Some(rest) = rest.strip_prefix("public") {
        let Some((public, rest)) = quoted(rest) else { return true };
        (public, quoted(rest).map(|(address, _)| address))
    } else if let Some(rest) = rest.strip_prefix("system") {
        let Some((address, _)) = quoted(rest) else { return true };
        ("", Some(address))
    } else {
        return !rest.is_empty();
    };
    let begins = |names: &[&str]| names.iter().any(|name| public.starts_with(name));
    begins(OLD)
        || matches!(
            public,
            "-//w3o//dtd w3 html strict 3.0//en//" | "-/w3c/dtd html 4.0 transitional/en" | "html"
        )
        || address.is_none() && begins(OLD_ALONE)
        || address == Some(OLD_ADDRESS)
}

/// What is between the first quotes, and what follows.
fn quoted(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let quote = text.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    text[1..].split_once(quote)
}
