//! Scripts made smaller (minified): without comments, and without the spaces and line ends
//! that mean nothing.
//!
//! A script is read token by token, so what stands in a string, a template literal or a
//! regular expression stays as it was written, and a line end goes only where no statement
//! can end. A script that cannot be read so far stays as it is.

/// Takes away what means nothing in a script.
pub fn shrunk(script: &str) -> String {
    read(script).unwrap_or_else(|| script.to_owned())
}

/// What is open and has to be closed.
#[derive(PartialEq, Eq)]
enum Open {
    Round,
    /// The brackets of `if`, `while` and `for`, after which a statement begins.
    Condition,
    Square,
    Curly,
    /// `${` in a template literal.
    Template,
}

/// What stands between two tokens.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Space,
    Line,
}

const LINE_ENDS: [char; 4] = ['\n', '\r', '\u{2028}', '\u{2029}'];

/// Words that a value follows, so that `/` begins a regular expression.
#[rustfmt::skip] // a list is easier to see on two lines
const BEFORE_VALUES: [&str; 16] = [
    "await", "case", "default", "delete", "do", "else", "extends", "in",
    "instanceof", "new", "of", "return", "throw", "typeof", "void", "yield",
];

/// The script without what means nothing; none when it cannot be read.
fn read(script: &str) -> Option<String> {
    let mut out = String::with_capacity(script.len());
    let mut open = Vec::new();
    let (mut rest, mut gap) = (script, Gap::None);
    // The token before, and whether it ends a value, which `/` then divides.
    let (mut last, mut is_value) = ("", false);
    while let Some(first) = rest.chars().next() {
        if is_blank(first) {
            gap = gap.max(if LINE_ENDS.contains(&first) { Gap::Line } else { Gap::Space });
            rest = &rest[first.len_utf8()..];
            continue;
        }
        if rest.starts_with("//") {
            gap = gap.max(Gap::Space);
            rest = &rest[rest.find(LINE_ENDS).unwrap_or(rest.len())..];
            continue;
        }
        if let Some(comment) = rest.strip_prefix("/*") {
            let (comment, after) = comment.split_once("*/")?;
            gap = gap.max(if comment.contains(LINE_ENDS) { Gap::Line } else { Gap::Space });
            rest = after;
            continue;
        }
        let goes_on = first == '}' && open.pop_if(|open| *open == Open::Template).is_some();
        let length = match first {
            '`' => literal(rest, &["`", "${"])?,
            '}' if goes_on => literal(rest, &["`", "${"])?,
            '"' => literal(rest, &["\""])?,
            '\'' => literal(rest, &["'"])?,
            '/' if !is_value => literal(rest, &["/"])?,
            _ if is_word(first) => rest.find(|c| !is_word(c)).unwrap_or(rest.len()),
            _ if ["++", "--", "=>"].iter().any(|sign| rest.starts_with(sign)) => 2,
            _ => first.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        match gap {
            Gap::Line if needs_line(last, token, after) => out.push('\n'),
            Gap::Space if needs_space(last, token) => out.push(' '),
            _ => {}
        }
        out.push_str(token);
        let mut opens = |what| {
            open.push(what);
            false
        };
        is_value = match token {
            "(" if ["if", "while", "for"].contains(&last) => opens(Open::Condition),
            "(" => opens(Open::Round),
            "[" => opens(Open::Square),
            "{" => opens(Open::Curly),
            ")" | "]" | "}" => match (token, open.pop()?) {
                (")", Open::Round) | ("]", Open::Square) => true,
                // Nobody divides what ends so.
                (")", Open::Condition) | ("}", Open::Curly) => false,
                _ => return None,
            },
            "++" | "--" => is_value,
            _ if (first == '`' || goes_on) && !token.ends_with('`') => opens(Open::Template),
            _ if is_word(first) => last == "." || !BEFORE_VALUES.contains(&token),
            _ => token.len() > 1 && token != "=>",
        };
        (last, rest, gap) = (token, after, Gap::None);
    }
    open.is_empty().then(|| out + "\n")
}

/// Whether a line may have to end between two tokens.
fn needs_line(last: &str, token: &str, after: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    // `.5` begins a value, and `1.` is a number.
    let is_number = token == "." && (after.starts_with(is_digit) || last.starts_with(is_digit));
    let goes_on = matches!(token, "}" | ")" | "]" | "." | "?" | ":") && !is_number;
    !goes_on && !matches!(last, "" | "{" | "(" | "[" | "," | ";")
}

/// Whether two tokens would be others without a space between them.
fn needs_space(last: &str, token: &str) -> bool {
    let (end, start) = (last.chars().next_back(), token.chars().next());
    let is_word = |c: Option<char>| c.is_some_and(is_word);
    let is_sign = |c: Option<char>| {
        c.is_some_and(|c| c.is_ascii_punctuation() && !"_$#\\(){}[],;'\"`".contains(c))
    };
    // What follows a regular expression would be its flags.
    let is_pattern = last.len() > 1 && last.starts_with('/');
    (is_word(end) || is_pattern) && (is_word(start) || start == Some('.'))
        || is_sign(end) && is_sign(start)
}

fn is_blank(c: char) -> bool {
    c.is_whitespace() || c == '\u{feff}'
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c, '_' | '$' | '#' | '\\')
        || !c.is_ascii() && !is_blank(c)
}

/// How long a literal is that begins `text` and ends with one of `ends`.
fn literal(text: &str, ends: &[&str]) -> Option<usize> {
    let (is_pattern, is_template) = (ends == ["/"], ends.len() > 1);
    let (mut is_escaped, mut is_class) = (false, false);
    for (at, c) in text.char_indices().skip(1) {
        match c {
            // With the other half of a line end.
            _ if is_escaped => is_escaped = c == '\r',
            '\\' => is_escaped = true,
            '\n' | '\r' if !is_template => return None,
            '[' if is_pattern => is_class = true,
            ']' if is_pattern => is_class = false,
            _ if is_class => {}
            _ => {
                let Some(end) = ends.iter().find(|end| text[at..].starts_with(**end)) else {
                    continue;
                };
                let after = &text[at + end.len()..];
                let flags = after.find(|c| !is_word(c)).unwrap_or(after.len());
                return Some(at + end.len() + if is_pattern { flags } else { 0 });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_means_something_stays() {
        for (script, short) in [
            ("let a = 1; // one\nlet b = a / 2 / a;\n", "let a=1;let b=a/2/a;\n"),
            ("a\n(b)\n[c]\n`d`", "a\n(b)\n[c]\n`d`\n"),
            ("return\nx + +y - -z", "return\nx+ +y- -z\n"),
            ("f(\n  'a // b',\n  \"/* c */\"\n)", "f('a // b',\"/* c */\")\n"),
            ("`a  ${ b + `c  ${ { d : 1 } }` }  // e`", "`a  ${b+`c  ${{d:1}}`}  // e`\n"),
            ("if (a) /[/'] \"/g.test(b)", "if(a)/[/'] \"/g.test(b)\n"),
            ("a = b /c/ d; e = (f) / 'g' / h", "a=b/c/d;e=(f)/'g'/h\n"),
            ("a /* b\n */ c /**/ d", "a\nc d\n"),
            ("1\n.a; b\n.5; c\n.d", "1\n.a;b\n.5;c.d\n"),
            ("/a/ in b; a in /b/", "/a/ in b;a in/b/\n"),
            ("a++ / 2 / b; 1 .c; 'd' in e", "a++ /2/b;1 .c;'d'in e\n"),
            ("x = a.return / 2; // '\n", "x=a.return/2;\n"),
        ] {
            assert_eq!(shrunk(script), short);
            assert_eq!(shrunk(short), short);
        }
    }

    #[test]
    fn what_cannot_be_read_stays() {
        for script in ["a  (", "'a  \n'", "`a  ${", "/*  a", "  /a", "a  )", "(  ]", "{  )", "}  "]
        {
            assert_eq!(shrunk(script), script);
        }
    }
}
