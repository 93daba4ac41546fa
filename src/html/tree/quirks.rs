//! Doctypes by which browsers show a page as those of the last century did.

/// The beginnings of what old doctypes call themselves. Source: the HTML standard, 13.2.6.4.1.
#[rustfmt::skip] // a list of words reads better in lines
const OLD: &[&str] = &[
    "+//silmaril//dtd html pro v0r11 19970101//", "-//as//dtd html 3.0 aswedit + extensions//",
    "-//advasoft ltd//dtd html 3.0 aswedit + extensions//", "-//ietf//dtd html",
    "-//metrius//dtd metrius presentational//", "-//microsoft//dtd internet explorer",
    "-//netscape comm. corp.//dtd", "-//o'reilly and associates//dtd html",
    "-//softquad software//dtd hotmetal pro 6.0::19990601::extensions to html 4.0//",
    "-//softquad//dtd hotmetal pro 4.0::19971010::extensions to html 4.0//",
    "-//spyglass//dtd html 2.0 extended//", "-//sq//dtd html 2.0 hotmetal + extensions//",
    "-//sun microsystems corp.//dtd hotjava", "-//w3c//dtd html 3 1995-03-24//",
    "-//w3c//dtd html 3.2 draft//", "-//w3c//dtd html 3.2 final//", "-//w3c//dtd html 3.2//",
    "-//w3c//dtd html 3.2s draft//", "-//w3c//dtd html 4.0 frameset//",
    "-//w3c//dtd html 4.0 transitional//", "-//w3c//dtd html experimental",
    "-//w3c//dtd w3 html 3.0//", "-//w3o//dtd w3 html 3.0//", "-//webtechs//dtd mozilla html",
];

/// Those that are old only where they do not say where they are.
const OLD_WITHOUT_PLACE: &[&str] =
    &["-//w3c//dtd html 4.01 frameset//", "-//w3c//dtd html 4.01 transitional//"];

/// Whether what stands after `<!doctype` is one of them.
pub(super) fn is_quirky(doctype: &str) -> bool {
    let doctype = doctype.to_ascii_lowercase();
    let doctype = doctype.trim();
    let end = doctype.find(|c: char| c.is_ascii_whitespace()).unwrap_or(doctype.len());
    let rest = doctype[end..].trim_start();
    if &doctype[..end] != "html" {
        return true;
    }
    if rest.is_empty() {
        return false;
    }
    let (is_public, rest) = match (rest.strip_prefix("public"), rest.strip_prefix("system")) {
        (Some(rest), _) => (true, rest),
        (_, Some(rest)) => (false, rest),
        _ => return true,
    };
    let Some((first, rest)) = quoted(rest) else {
        return true;
    };
    if !is_public {
        return first == "http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd";
    }
    let place = quoted(rest).map(|(place, _)| place);
    let begins = |list: &[&str]| list.iter().any(|one| first.starts_with(one));
    matches!(
        first,
        "-//w3o//dtd w3 html strict 3.0//en//" | "-/w3c/dtd html 4.0 transitional/en" | "html"
    ) || place == Some("http://www.ibm.com/data/dtd/v11/ibmxhtml1-transitional.dtd")
        || begins(OLD)
        || place.is_none() && begins(OLD_WITHOUT_PLACE)
}

fn quoted(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    text[1..].split_once(quote)
}
