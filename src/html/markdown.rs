//! HTML as Markdown (CommonMark, with tables as GitHub has them): the words of a part of a
//! tree, for programs that read.
//!
//! What is not there to be read is left out: scripts, menus, forms and buttons, and what is
//! hidden. Characters that would mean something are escaped, so that what is read out of the
//! Markdown are the words of the page.

use super::tree::{Node, Tree, value_of};

/// Elements that hold no words to be read.
const SILENT: &[&str] = &[
    "button", "form", "iframe", "math", "nav", "noscript", "object", "script", "select", "style",
    "svg", "template", "textarea",
];

/// The Markdown of what is inside the nodes from `start` to `end`. `address` says how a link is
/// written; headings begin at the level after `above`.
pub(crate) fn markdown(
    tree: &Tree<'_>,
    start: usize,
    end: usize,
    above: usize,
    address: &dyn Fn(&str) -> String,
) -> String {
    let writer = Writer { tree, above, address };
    writer.blocks(start, end).join("\n\n")
}

struct Writer<'t, 'a> {
    tree: &'t Tree<'a>,
    above: usize,
    address: &'t dyn Fn(&str) -> String,
}

impl<'a> Writer<'_, 'a> {
    fn value(&self, node: &Node<'a>, name: &str) -> Option<&str> {
        value_of(self.tree.attributes_of(node), name)
    }

    fn is_silent(&self, node: &Node<'a>) -> bool {
        if node.tag.is_empty() {
            return false;
        }
        let is_blank = self.value(node, "data-unsearched") == Some("blank");
        SILENT.contains(&&*node.tag)
            || self.value(node, "hidden").is_some()
            || self.value(node, "aria-hidden") == Some("true")
            || !is_blank && self.value(node, "data-unsearched").is_some()
    }

    /// The nodes directly in a stretch of them, without what is silent.
    fn inside(&self, start: usize, end: usize) -> Vec<usize> {
        let (mut at, mut all) = (start, Vec::new());
        while at < end {
            let node = &self.tree.nodes[at];
            if !self.is_silent(node) {
                all.push(at);
            }
            at = (node.end as usize).max(at + 1);
        }
        all
    }

    fn has_blocks(&self, at: usize) -> bool {
        let end = self.tree.nodes[at].end as usize;
        self.inside(at + 1, end).into_iter().any(|inner| self.is_block(inner))
    }

    fn is_block(&self, at: usize) -> bool {
        let node = &self.tree.nodes[at];
        match &*node.tag {
            "" | "br" | "img" | "source" | "wbr" | "input" => false,
            tag if super::outline::INLINE.contains(&tag) => self.has_blocks(at),
            _ => true,
        }
    }

    /// The blocks of a stretch of nodes. Words that stand beside blocks are a paragraph.
    fn blocks(&self, start: usize, end: usize) -> Vec<String> {
        let mut blocks = Vec::new();
        let mut line = Vec::new();
        for at in self.inside(start, end) {
            if self.is_block(at) {
                self.paragraph(&mut line, &mut blocks);
                self.block(at, &mut blocks);
            } else {
                line.push(at);
            }
        }
        self.paragraph(&mut line, &mut blocks);
        blocks
    }

    fn paragraph(&self, line: &mut Vec<usize>, blocks: &mut Vec<String>) {
        let words = self.line(line);
        line.clear();
        if !words.is_empty() {
            blocks.push(words);
        }
    }

    /// Nodes that stand in one line, as it is written.
    fn line(&self, nodes: &[usize]) -> String {
        let mut out = String::new();
        for &at in nodes {
            self.inline(at, &mut out);
        }
        begun(out.trim())
    }

    /// What is in a node, in one line.
    fn words(&self, at: usize) -> String {
        let end = self.tree.nodes[at].end as usize;
        let mut out = String::new();
        for inner in self.inside(at + 1, end) {
            self.inline(inner, &mut out);
        }
        out.trim().replace("\\\n", " ")
    }

    fn block(&self, at: usize, blocks: &mut Vec<String>) {
        let node = &self.tree.nodes[at];
        let end = node.end as usize;
        match &*node.tag {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                let level = usize::from(node.tag.as_bytes()[1] - b'0').max(self.above + 1);
                let words = self.words(at);
                if !words.is_empty() {
                    // A `#` at its end would be taken for a part of the mark.
                    let words = match words.strip_suffix('#') {
                        Some(rest) => format!("{rest}\\#"),
                        None => words,
                    };
                    blocks.push(format!("{} {words}", "#".repeat(level.min(6))));
                }
            }
            "ul" | "ol" | "menu" => self.list(at, blocks),
            "blockquote" => {
                let inner = self.blocks(at + 1, end).join("\n\n");
                blocks.push(indented(&inner, "> ", "> "));
            }
            "pre" => blocks.push(self.code(at)),
            "table" => self.table(at, blocks),
            "hr" => blocks.push("---".into()),
            "dt" | "summary" | "caption" | "legend" => {
                let words = self.words(at);
                if !words.is_empty() {
                    blocks.push(format!("**{words}**"));
                }
            }
            _ => blocks.extend(self.blocks(at + 1, end)),
        }
    }

    fn list(&self, at: usize, blocks: &mut Vec<String>) {
        let node = &self.tree.nodes[at];
        let first = self.value(node, "start").and_then(|start| start.parse::<u32>().ok());
        let mut number = first.unwrap_or(1);
        let mut items = Vec::new();
        let mut is_loose = false;
        for item in self.inside(at + 1, node.end as usize) {
            let inner = self.blocks(item + 1, self.tree.nodes[item].end as usize);
            if inner.is_empty() {
                continue;
            }
            let mark = match node.tag == "ol" {
                true => format!("{number}. "),
                false => "- ".to_owned(),
            };
            number += 1;
            is_loose |= inner.len() > 1;
            items.push(indented(&inner.join("\n\n"), &mark, &" ".repeat(mark.len())));
        }
        if !items.is_empty() {
            // A list straight after another would go on with it.
            if blocks.last().is_some_and(|last| last.starts_with(['-', '1'])) {
                blocks.push("<!-- -->".into());
            }
            blocks.push(items.join(if is_loose { "\n\n" } else { "\n" }));
        }
    }

    fn code(&self, at: usize) -> String {
        let node = &self.tree.nodes[at];
        let text: String =
            self.tree.nodes[at + 1..node.end as usize].iter().map(|node| &*node.text).collect();
        let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        let fence = "`".repeat(3.max(longest + 1));
        format!("{fence}\n{}\n{fence}", text.trim_end_matches('\n'))
    }

    fn table(&self, at: usize, blocks: &mut Vec<String>) {
        let end = self.tree.nodes[at].end as usize;
        let mut rows: Vec<Vec<String>> = Vec::new();
        let mut inner = at + 1;
        while inner < end {
            let node = &self.tree.nodes[inner];
            if self.is_silent(node) {
                inner = node.end as usize;
                continue;
            }
            match &*node.tag {
                "caption" => self.block(inner, blocks),
                "tr" => {
                    let cells = self.inside(inner + 1, node.end as usize).into_iter();
                    let is_cell = |at: &usize| matches!(&*self.tree.nodes[*at].tag, "td" | "th");
                    let cells = cells.filter(is_cell);
                    rows.push(cells.map(|at| self.words(at).replace('|', "\\|")).collect());
                }
                _ => {}
            }
            inner += 1;
        }
        rows.retain(|row| !row.is_empty());
        let Some(width) = rows.iter().map(Vec::len).max() else { return };
        let mut lines = Vec::new();
        for (number, mut row) in rows.into_iter().enumerate() {
            row.resize(width, String::new());
            lines.push(format!("| {} |", row.join(" | ")));
            if number == 0 {
                lines.push(format!("|{}", " --- |".repeat(width)));
            }
        }
        blocks.push(lines.join("\n"));
    }

    fn inline(&self, at: usize, out: &mut String) {
        let node = &self.tree.nodes[at];
        if self.is_silent(node) {
            return;
        }
        match &*node.tag {
            "" => push_text(out, &node.text),
            "br" => {
                out.truncate(out.trim_end_matches(' ').len());
                out.push_str(if out.is_empty() { "" } else { "\\\n" });
            }
            "img" => {
                let source = self.value(node, "src").unwrap_or_default();
                let alt = self.value(node, "alt").unwrap_or_default();
                if !alt.is_empty() {
                    out.push_str("![");
                    push_text(out, alt);
                    out.push_str(&format!("]({})", destination(&(self.address)(source))));
                }
            }
            "code" | "kbd" | "samp" => {
                let nodes = &self.tree.nodes[at + 1..node.end as usize];
                let text: String = nodes.iter().map(|node| &*node.text).collect();
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
                let fence = "`".repeat(longest + 1);
                let pad = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
                if !text.is_empty() {
                    out.push_str(&format!("{fence}{pad}{text}{pad}{fence}"));
                }
            }
            "a" => {
                let words = self.words(at);
                match self.value(node, "href") {
                    Some(to) if !words.is_empty() => {
                        let to = destination(&(self.address)(to));
                        self.marked(out, at, |words| format!("[{words}]({to})"));
                    }
                    _ => out.push_str(&words),
                }
            }
            "strong" | "b" => self.marked(out, at, |words| format!("**{words}**")),
            "em" | "i" => self.marked(out, at, |words| format!("*{words}*")),
            _ => {
                let is_apart = !super::outline::INLINE.contains(&&*node.tag);
                if is_apart {
                    space(out);
                }
                for inner in self.inside(at + 1, node.end as usize) {
                    self.inline(inner, out);
                }
                if is_apart {
                    space(out);
                }
            }
        }
    }

    /// Adds what is in a node between marks, which must stand at words and not at spaces.
    fn marked(&self, out: &mut String, at: usize, mark: impl Fn(&str) -> String) {
        let mut inner = String::new();
        for node in self.inside(at + 1, self.tree.nodes[at].end as usize) {
            self.inline(node, &mut inner);
        }
        let words = inner.trim();
        if inner.starts_with([' ', '\n']) {
            space(out);
        }
        if !words.is_empty() {
            out.push_str(&mark(words));
        }
        if inner.ends_with([' ', '\n']) {
            space(out);
        }
    }
}

fn space(out: &mut String) {
    if !out.is_empty() && !out.ends_with([' ', '\n']) {
        out.push(' ');
    }
}

/// Adds words with single spaces, and a backslash before what would be a mark.
fn push_text(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            c if c.is_whitespace() && c != '\u{a0}' => {
                if !out.ends_with([' ', '\n']) && !out.is_empty() {
                    out.push(' ');
                }
            }
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '~' | '&' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
}

/// A paragraph whose first words would begin something else.
fn begun(line: &str) -> String {
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let after = &line[digits..];
    if digits > 0 && after.starts_with(['.', ')']) {
        return format!("{}\\{after}", &line[..digits]);
    }
    match line.starts_with(['#', '-', '+', '=', '|']) {
        true => format!("\\{line}"),
        false => line.to_owned(),
    }
}

/// An address between the brackets of a link.
fn destination(address: &str) -> String {
    let is_plain = !address.contains(|c: char| c.is_whitespace() || "()<>\\".contains(c));
    match is_plain {
        true => address.to_owned(),
        false => format!("<{}>", address.replace(['<', '>', '\n', '\\'], "")),
    }
}

/// Lines below a mark.
fn indented(text: &str, first: &str, others: &str) -> String {
    let lines = text.lines().enumerate().map(|(number, line)| {
        let before = if number == 0 { first } else { others };
        format!("{before}{line}").trim_end().to_owned()
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::{super::tree::tree, *};

    fn of(html: &str) -> String {
        let tree = tree(html);
        markdown(&tree, 0, tree.nodes.len(), 0, &|to| to.to_owned())
    }

    #[test]
    fn html_becomes_markdown() {
        for (html, wanted) in [
            (
                "<h2>Keep #</h2><p>One <b>two</b> <a href='/a b'>three</a>.</p>",
                "## Keep \\#\n\nOne **two** [three](</a b>).",
            ),
            ("<ul><li>a<li><p>b</p><ul><li>c</ul></ul>", "- a\n\n- b\n\n  - c"),
            ("<ol start=3><li>a<li>b</ol>", "3. a\n4. b"),
            (
                "<p>1. no list, *no* _mark_ [x] &lt;y&gt; a`b</p>",
                "1\\. no list, \\*no\\* \\_mark\\_ \\[x\\] \\<y\\> a\\`b",
            ),
            (
                "<table><caption>C</caption><tr><th>a|b<th>c<tr><td>d</table>",
                "**C**\n\n| a\\|b | c |\n| --- | --- |\n| d |  |",
            ),
            ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
            ("<pre><code>a\n ``` b\n</code></pre>", "````\na\n ``` b\n````"),
            ("<p>a<br>b <code>c`d</code></p>", "a\\\nb ``c`d``"),
            ("<p hidden>a</p><nav>b</nav><form>c</form><script>d</script><p>e</p>", "e"),
            ("<p><strong> a </strong>b<em></em></p>", "**a** b"),
            ("<dl><dt>a<dd>b</dl>", "**a**\n\nb"),
            ("<p>Caf\u{e9} <img alt='A cat' src=cat.png></p>", "Caf\u{e9} ![A cat](cat.png)"),
            ("<ul><li>a</ul><ul><li>b</ul>", "- a\n\n<!-- -->\n\n- b"),
        ] {
            assert_eq!(of(html), wanted, "{html}");
        }
    }
}
