//! Accessible names: what an element is called when it is read aloud.
//!
//! The computation of “Accessible Name and Description Computation 1.2”, with what
//! HTML-AAM 1.0 says of each element; its steps are named in brackets. What depends on
//! scripts or on a browser's own words is left out, except the words on buttons that
//! every browser has in some language.

use super::{Display, Element, aria, collapsed};

/// Where a name comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From {
    /// `aria-labelledby`
    Labelledby,
    /// `aria-label`
    Label,
    /// What HTML has for it: `alt`, `<label>`, `<legend>`, `<caption>`, `value`, …
    Native,
    /// The words in it.
    Content,
    /// `title`
    Title,
    /// `placeholder`
    Placeholder,
    /// It has none.
    Nothing,
}

/// How deep names may be made of names.
const DEEPEST_NAME: usize = 64;

/// How long a name may grow, in bytes, and how many elements may be asked for it: more come from
/// pages made to be slow.
const LONGEST_NAME: usize = 20_000;

/// The same when the names of the page have taken all that they may.
const SHORTENED_NAME: usize = 400;

/// The name of an element, and where it comes from.
pub(super) fn name(element: Element<'_>) -> (Box<str>, From) {
    let left = &element.page.names_left;
    let most = if left.get() == 0 { SHORTENED_NAME } else { LONGEST_NAME };
    let mut making = Making { path: Vec::new(), steps: 0, most, is_cut: false };
    let (name, from) = making.name(element, Way::default());
    let mut name = collapsed(&name);
    name.truncate(beginning(&name, most).len());
    left.set(left.get().saturating_sub(making.steps + name.len()));
    let from = if name.is_empty() { From::Nothing } else { from };
    (name.into(), from)
}

/// The beginning of a text, of so many bytes or hardly more.
fn beginning(text: &str, most: usize) -> &str {
    let end = (most..text.len()).find(|at| text.is_char_boundary(*at));
    &text[..end.unwrap_or(text.len())]
}

/// How an element was come to.
#[derive(Debug, Clone, Copy, Default)]
struct Way {
    /// Through `aria-labelledby`, which is followed once.
    is_labelledby: bool,
    /// In the words of another element.
    is_inside: bool,
    /// In the words of a label.
    is_label: bool,
    /// What was named directly is hidden, so what is hidden in it counts.
    takes_hidden: bool,
}

#[derive(Debug)]
struct Making<'p> {
    path: Vec<Element<'p>>,
    steps: usize,
    /// How long the name may grow, and how many steps it may take.
    most: usize,
    /// Whether something was left out: it names itself, stands too deep, or is too much.
    is_cut: bool,
}

/// Roles that are named by the words in them.
fn is_named_by_content(role: Option<&str>) -> bool {
    role.and_then(aria::role).is_some_and(|role| role.naming == aria::Naming::Content)
}

/// Whether it is not read where it stands.
fn is_hidden(element: Element<'_>) -> bool {
    !element.is_rendered() || !element.style().visible || element.is_hidden_from_aria()
}

impl<'p> Making<'p> {
    fn name(&mut self, element: Element<'p>, way: Way) -> (String, From) {
        self.steps += 1;
        if self.path.contains(&element) || self.path.len() >= DEEPEST_NAME || self.steps > self.most
        {
            self.is_cut = true;
            return (String::new(), From::Nothing);
        }
        self.path.push(element);
        let found = self.steps_of(element, way);
        self.path.pop();
        found
    }

    fn steps_of(&mut self, element: Element<'p>, way: Way) -> (String, From) {
        // [2A] What is hidden is not read, unless it was named.
        if is_hidden(element) && (way.is_inside || way.is_label) && !way.takes_hidden {
            return (String::new(), From::Nothing);
        }
        // [2B]
        if !way.is_labelledby {
            let named = element.references("aria-labelledby");
            if !named.is_empty() {
                let mut words = String::new();
                for one in named {
                    if words.len() >= self.most {
                        break;
                    }
                    words.push_str(&self.named(one, element));
                    words.push(' ');
                }
                if !words.trim().is_empty() {
                    return (words, From::Labelledby);
                }
            }
        }
        let role = element.role();
        // [2C] A field in a label says what is in it.
        if (way.is_inside || way.is_labelledby)
            && let Some(value) = self.value_in_words(element, role, way)
        {
            return (value, From::Native);
        }
        // [2D]
        if let Some(label) = element.attr("aria-label").filter(|label| !label.trim().is_empty()) {
            return (label.to_owned(), From::Label);
        }
        // [2E]
        let is_decoration = role == Some("none");
        if !is_decoration && let Some(native) = self.native(element, role, way) {
            return native;
        }
        // [2F]
        let by_content = is_named_by_content(role)
            || way.is_inside
            || way.is_labelledby
            || way.is_label
            || (element.is("summary") && role == Some("button"));
        if by_content && !element.is_any(NO_WORDS) {
            let words = self.content(element, way);
            if !words.trim().is_empty() {
                return (words, From::Content);
            }
        }
        // [2I] An empty `alt` is an answer, and nothing else is asked for.
        let is_silent = element.is("img") && element.attr("alt") == Some("");
        if (!is_decoration || way.is_inside) && !is_silent {
            if let Some(title) = element.attr("title").filter(|title| !title.trim().is_empty()) {
                return (title.to_owned(), From::Title);
            }
            let has_placeholder = element.is_any(&["input", "textarea"]);
            let placeholder =
                element.attr("placeholder").or_else(|| element.attr("aria-placeholder"));
            if let Some(words) = placeholder.filter(|words| {
                !words.trim().is_empty()
                    && (has_placeholder || matches!(role, Some("textbox" | "searchbox")))
            }) {
                return (words.to_owned(), From::Placeholder);
            }
        }
        (String::new(), From::Nothing)
    }

    /// The words of an element that names another with `aria-labelledby`.
    fn named(&mut self, one: Element<'p>, whole: Element<'p>) -> String {
        let way = Way { is_labelledby: true, takes_hidden: is_hidden(one), ..Way::default() };
        // An element may name itself as a part of its name.
        if one == whole {
            let outer = std::mem::take(&mut self.path);
            let found = self.name(one, way).0;
            self.path = outer;
            return found;
        }
        let known = &one.page.naming;
        // What is being named now is not read again in its own name.
        let is_apart = !self.path.iter().any(|on| one.contains(*on));
        if let Some(words) = known.borrow().get(&one.id).filter(|_| is_apart) {
            return beginning(words, self.most).to_owned();
        }
        let was_cut = std::mem::replace(&mut self.is_cut, false);
        let words = self.name(one, way).0;
        // Many cells may be named by one heading, which is read once.
        if !self.is_cut {
            known.borrow_mut().insert(one.id, words.as_str().into());
        }
        self.is_cut |= was_cut;
        words
    }

    /// What a field in the middle of other words says: its value.
    fn value_in_words(
        &mut self,
        element: Element<'p>,
        role: Option<&str>,
        way: Way,
    ) -> Option<String> {
        if self.path.len() < 2 {
            return None;
        }
        match role? {
            "textbox" | "searchbox" => Some(match element.tag() {
                "input" => element.attr("value").unwrap_or_default().to_owned(),
                _ => element.text(),
            }),
            "combobox" | "listbox" => {
                if element.is("select") {
                    let options: Vec<_> =
                        element.descendants().filter(|one| one.is("option")).collect();
                    let chosen: Vec<_> =
                        options.iter().copied().filter(|one| one.has("selected")).collect();
                    let shown = if chosen.is_empty() && !element.has("multiple") {
                        options.into_iter().take(1).collect()
                    } else {
                        chosen
                    };
                    let words: Vec<String> = shown.into_iter().map(Element::text).collect();
                    return Some(words.join(" "));
                }
                if element.is("input") {
                    return Some(element.attr("value").unwrap_or_default().to_owned());
                }
                let chosen: Vec<_> = element
                    .descendants()
                    .filter(|one| one.attr("aria-selected") == Some("true"))
                    .collect();
                let words: Vec<String> = chosen
                    .into_iter()
                    .map(|one| self.name(one, Way { is_inside: true, ..way }).0)
                    .collect();
                Some(words.join(" "))
            }
            "slider" | "spinbutton" | "scrollbar" | "progressbar" | "meter" => {
                let said = ["aria-valuetext", "aria-valuenow", "value"];
                said.iter().find_map(|name| element.attr(name)).map(str::to_owned)
            }
            _ => None,
        }
    }

    /// What HTML itself has to name an element with.
    fn native(
        &mut self,
        element: Element<'p>,
        role: Option<&str>,
        way: Way,
    ) -> Option<(String, From)> {
        let said =
            |words: &str| (!words.trim().is_empty()).then(|| (words.to_owned(), From::Native));
        if element.is_svg() {
            let title = element.children().find(|child| child.is("title"));
            return title
                .and_then(|title| said(&title.text()))
                .or_else(|| element.attr("xlink:title").and_then(said));
        }
        match element.tag() {
            "img" | "area" => element.attr("alt").and_then(said),
            "input" => {
                let kind = element.attr("type").unwrap_or_default().trim().to_ascii_lowercase();
                match kind.as_str() {
                    "button" | "submit" | "reset" => {
                        if let Some(labelled) = self.labelled(element, way) {
                            return Some(labelled);
                        }
                        match (element.attr("value"), kind.as_str()) {
                            (Some(value), _) => said(value),
                            (None, "submit") => said("Submit"),
                            (None, "reset") => said("Reset"),
                            _ => None,
                        }
                    }
                    "image" => {
                        if let Some(labelled) = self.labelled(element, way) {
                            return Some(labelled);
                        }
                        // Browsers say “Submit” for one with no words at all, which says
                        // nothing of this button, so it counts as none.
                        element.attr("alt").and_then(said)
                    }
                    _ => self.labelled(element, way),
                }
            }
            "button" | "select" | "textarea" | "meter" | "output" | "progress" => {
                self.labelled(element, way)
            }
            "fieldset" => self.first_child(element, "legend", way),
            "figure" => self.first_child(element, "figcaption", way),
            "table" => self.first_child(element, "caption", way),
            "optgroup" | "option" | "track" => element.attr("label").and_then(said),
            "details" if role == Some("group") => None,
            _ => None,
        }
    }

    fn labelled(&mut self, element: Element<'p>, way: Way) -> Option<(String, From)> {
        let labels = element.labels();
        if labels.is_empty() || (way.is_inside && way.is_label) {
            return None;
        }
        let words: Vec<String> = labels
            .into_iter()
            .map(|label| {
                // One that nobody sees still names its field.
                let takes_hidden = is_hidden(label);
                self.name(label, Way { is_label: true, takes_hidden, ..Way::default() }).0
            })
            .collect();
        let words = words.join(" ");
        (!words.trim().is_empty()).then_some((words, From::Native))
    }

    fn first_child(&mut self, element: Element<'p>, tag: &str, way: Way) -> Option<(String, From)> {
        let child = element.children().find(|child| child.is(tag))?;
        let words = self.name(child, Way { is_inside: true, ..way }).0;
        (!words.trim().is_empty()).then_some((words, From::Native))
    }

    /// The words in an element, with the names of what stands among them.
    fn content(&mut self, element: Element<'p>, way: Way) -> String {
        let mut out = String::new();
        let style = element.style();
        if let Some(before) = &style.content[0] {
            out.push_str(before);
        }
        let nodes = &element.page.tree.nodes;
        let mut at = element.id + 1;
        let end = element.node().end;
        while at < end && out.len() < self.most {
            let node = &nodes[at as usize];
            if node.tag.is_empty() {
                if element.is_read(way) {
                    out.push_str(beginning(&node.text, self.most));
                }
                at += 1;
                continue;
            }
            let child = Element { id: at, ..element };
            if child.is_any(NOT_DRAWN) && !child.is_html() {
                at = node.end.max(at + 1);
                continue;
            }
            let words = self.name(child, Way { is_inside: true, ..way }).0;
            let stands_apart = child.is("br")
                || !matches!(child.style().display, Display::Inline | Display::Contents);
            if stands_apart {
                out.push(' ');
            }
            out.push_str(&words);
            if stands_apart {
                out.push(' ');
            }
            at = node.end.max(at + 1);
        }
        for owned in element.own_and_named().filter(|one| !element.contains(*one)) {
            out.push(' ');
            out.push_str(&self.name(owned, Way { is_inside: true, ..way }).0);
        }
        if let Some(after) = &style.content[1] {
            out.push_str(after);
        }
        out
    }
}

/// Elements whose words are never read as words.
const NO_WORDS: &[&str] = &[
    "audio", "embed", "iframe", "input", "meter", "object", "progress", "script", "select",
    "style", "textarea", "video",
];

/// Parts of a drawing or a formula that are not among its words: a title names what it
/// stands in, the others are for programs.
const NOT_DRAWN: &[&str] =
    &["annotation", "annotation-xml", "defs", "desc", "metadata", "symbol", "title"];

impl Element<'_> {
    /// Whether the words directly in it are read aloud.
    fn is_read(self, way: Way) -> bool {
        way.takes_hidden
            || (self.is_rendered() && self.style().visible && !self.is_hidden_from_aria())
    }
}

#[cfg(test)]
mod tests {
    use super::{super::Page, *};

    #[test]
    fn names_are_those_that_are_read_aloud() {
        for (html, tag, name) in [
            ("<img alt='A bus'>", "img", "A bus"),
            ("<img alt='' title=x>", "img", ""),
            ("<img title='A bus'>", "img", "A bus"),
            ("<a href=x>Pay <b>slips</b></a>", "a", "Pay slips"),
            ("<a href=x><img alt=Home> page</a>", "a", "Home page"),
            ("<a href=x><span hidden>no</span>yes</a>", "a", "yes"),
            ("<a href=x><span aria-hidden=true>no</span></a>", "a", ""),
            ("<button><div>a</div><div>b</div></button>", "button", "a b"),
            ("<label>Name <input></label>", "input", "Name"),
            ("<label for=a>Name</label><input id=a>", "input", "Name"),
            (
                "<input id=a aria-labelledby='b c'><i id=b hidden>Your</i><i id=c>name</i>",
                "input",
                "Your name",
            ),
            ("<label for=a hidden>Name</label><input id=a>", "input", "Name"),
            ("<label for=a>Name <i hidden>x</i></label><input id=a>", "input", "Name"),
            ("<a href=x><img alt='' title=Home></a>", "a", ""),
            ("<input type=submit>", "input", "Submit"),
            ("<input type=button value=Go>", "input", "Go"),
            ("<input placeholder=Name>", "input", "Name"),
            ("<fieldset><legend>Address</legend></fieldset>", "fieldset", "Address"),
            ("<table><caption>Rates</caption></table>", "table", "Rates"),
            ("<svg role=img><title>A chart</title></svg>", "svg", "A chart"),
            ("<p>words</p>", "p", ""),
            ("<div aria-label=x role=img></div>", "div", "x"),
            ("<h1>a<br>b</h1>", "h1", "a b"),
            ("<a href=x><svg><desc>no</desc><text>yes</text></svg></a>", "a", "yes"),
            ("<a href=x><svg><g><title>yes</title><text>no</text></g></svg></a>", "a", "yes"),
            ("<h1><math><mi>x</mi></math> is 1</h1>", "h1", "x is 1"),
            ("<button><canvas>yes</canvas></button>", "button", "yes"),
            ("<label for=a hidden>Name</label><input id=a>", "input", "Name"),
            ("<label for=a>Name <i hidden>no</i></label><input id=a>", "input", "Name"),
            (
                "<label>Flash <input value=3 id=z type=text> times <input id=y type=checkbox></label>",
                "label",
                "Flash 3 times",
            ),
            ("<style>a::before{content:'★ '}</style><a href=x>Star</a>", "a", "★ Star"),
            (
                "<button id=b aria-label=Delete aria-labelledby='b c'></button><i id=c>letter</i>",
                "button",
                "Delete letter",
            ),
            (
                "<a id=x href=y aria-labelledby=z></a><a id=z href=y aria-labelledby=x>in circles</a>",
                "a",
                "in circles",
            ),
        ] {
            let page = Page::read(html, |_| None);
            let element = page.all(&[tag])[0];
            let found = match tag {
                // A label has no name of its own; what it would give a field.
                "label" => {
                    Making { path: vec![], steps: 0, most: LONGEST_NAME, is_cut: false }
                        .name(element, Way { is_label: true, ..Way::default() })
                        .0
                }
                _ => element.name().to_owned(),
            };
            assert_eq!(collapsed(&found), name, "{html}");
        }
    }
}
