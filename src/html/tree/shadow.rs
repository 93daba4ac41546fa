//! Shadow trees that a script on the page writes from words of its own: the element that gets
//! one, and the words, which stand in the page and so have a place.
//!
//! Only what can be read without running anything is: an element that is named by its id, and
//! words in quotation marks. Others are left alone, as all is that scripts make.

use std::collections::{BTreeMap, HashMap};

/// What a shadow tree holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Shadow<'a> {
    pub(super) text: &'a str,
    /// Whether it is HTML, or words alone.
    pub(super) is_html: bool,
}

/// The shadow trees that the scripts of a page write, by the id of their element.
pub(super) fn shadows(html: &str) -> HashMap<&str, Shadow<'_>> {
    let mut found = HashMap::new();
    // Most pages have none.
    if !html.contains("attachShadow") {
        return found;
    }
    let mut elements: HashMap<&str, &str> = HashMap::new();
    let mut roots: BTreeMap<&str, &str> = BTreeMap::new();
    for line in html.split(['\n', ';']) {
        let own = line.trim_start();
        if let Some((name, rest)) = own.split_once('.')
            && let Some(&id) = roots.get(name)
        {
            // Its words may have line ends and semicolons in them.
            let at = rest.as_ptr() as usize - html.as_ptr() as usize;
            for (property, is_html) in [("innerHTML", true), ("textContent", false)] {
                let after = html[at..].strip_prefix(property).map(str::trim_start);
                let text = after.and_then(|after| literal(after.strip_prefix('=')?));
                found.extend(text.map(|text| (id, Shadow { text, is_html })));
            }
            continue;
        }
        let Some((name, value)) = assignment(line) else { continue };
        let (of, is_root) = match value.split_once(".attachShadow(") {
            Some((of, _)) => (of.trim(), true),
            None => (value, false),
        };
        let id = by_id(of).or_else(|| elements.get(of).copied());
        let Some(id) = id else { continue };
        if is_root {
            roots.insert(name, id)
        } else {
            elements.insert(name, id)
        };
    }
    // What has styles of its own, or takes in what stands in its element, is more than words.
    let is_plain = |shadow: &Shadow<'_>| {
        ["<link", "<script", "<slot", "<style"].iter().all(|tag| !shadow.text.contains(tag))
    };
    found.retain(|_, shadow| is_plain(shadow));
    found
}

/// `const name = value`.
fn assignment(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once('=')?;
    let name = name.trim().rsplit(char::is_whitespace).next()?;
    let is_name =
        !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '$');
    is_name.then(|| (name, value.trim()))
}

/// The id in `document.getElementById('id')` or `document.querySelector('#id')`.
fn by_id(value: &str) -> Option<&str> {
    let value = value.strip_prefix("document.")?.strip_suffix(')')?;
    let quoted = |text: &'_ str| -> Option<(usize, usize)> {
        let quote = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
        (text.len() > 2 && text.ends_with(quote)).then_some((1, text.len() - 1))
    };
    let inside = value.strip_prefix("getElementById(").or(value.strip_prefix("querySelector("))?;
    let (from, to) = quoted(inside)?;
    let id = match value.starts_with("query") {
        true => inside[from..to].strip_prefix('#')?,
        false => &inside[from..to],
    };
    id.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_').then_some(id)
}

/// The words in quotation marks at the beginning, where nothing in them stands for something else.
fn literal(text: &str) -> Option<&str> {
    let text = text.trim_start();
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let (inside, _) = text[1..].split_once(quote)?;
    (!inside.contains('\\') && !inside.contains("${")).then_some(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_script_writes_into_a_shadow_is_found() {
        let of = |script: &str| {
            let found = shadows(script);
            let mut found: Vec<_> = found
                .into_iter()
                .map(|(id, it)| (id.to_owned(), it.text.to_owned(), it.is_html))
                .collect();
            found.sort();
            found
        };
        let is = |id: &str, text: &str, is_html| vec![(id.to_owned(), text.to_owned(), is_html)];
        assert_eq!(
            of(
                "const host = document.querySelector('#a')\nlet root = host.attachShadow({ mode: 'open' });\nroot.innerHTML = '<p>One'"
            ),
            is("a", "<p>One", true)
        );
        assert_eq!(
            of(
                "var r=document.getElementById(\"a-b\").attachShadow({mode:'open'});r.textContent=`One`"
            ),
            is("a-b", "One", false)
        );
        for script in [
            "const r = host.attachShadow({}); r.innerHTML = '<p>'",
            "const r = document.querySelector('.a').attachShadow({}); r.innerHTML = '<p>'",
            "const r = document.querySelector('#a').attachShadow({}); r.innerHTML = words",
            "const r = document.querySelector('#a').attachShadow({}); r.innerHTML = `${words}`",
            "const r = document.querySelector('#a').attachShadow({}); r.innerHTML = '<slot></slot>'",
        ] {
            assert_eq!(of(script), [], "{script}");
        }
    }
}
