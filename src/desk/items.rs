//! Things in a row, each with the same fields: the answers of “Can I buy…?”, places, old
//! addresses. They are read for a form and put back where they stand, as in [`super::record`].

use super::record::{
    Sent, Value, alone, are_as_shown, change, change_items, holds_only, in_brackets_of, item_lines,
    items, named, parted, replaced, sent_value, trimmed, value, way_in, with_changes, with_days,
    without,
};
use crate::{
    import::yaml::{YamlPlace, yaml},
    model::schema::{DATA, DataFields, of_data, of_list, part_of_list},
    parse::{
        Fence, Fields, Placed,
        asked::{Asked, Shape},
    },
    text::{Source, Span},
};

/// What each of the things says, and how they are written.
#[derive(Debug)]
pub struct Items {
    /// The fields of each.
    pub asked: Vec<Asked>,
    /// Whether the first field of each is a name before a colon, and the others its value.
    pub is_named: bool,
    /// What one of them is called: `answer`.
    pub noun: &'static str,
    /// The heading of the manual below which they are explained.
    pub part: &'static str,
}

/// One of them.
#[derive(Debug)]
pub struct Item {
    /// Where it stands.
    pub place: Span,
    /// Its fields.
    pub values: Vec<(String, Value)>,
}

impl Item {
    /// What it is called: the first words that it says.
    pub fn title(&self) -> Option<&str> {
        self.values.iter().find_map(|(_, value)| match value {
            Value::Words(words) => Some(words.as_str()),
            _ => None,
        })
    }
}

impl Items {
    /// Those of a data file; none where it is no row of things.
    pub fn of_data(file: &str) -> Option<Self> {
        let noun = match file {
            "areas.yaml" => "place",
            "redirects.yaml" => "old address",
            "search-tests.yaml" => "search",
            "postcodes.yaml" => "postcode",
            "bank-holidays.yaml" => "bank holiday",
            _ => "word",
        };
        let (asked, is_named) = match of_data(file)? {
            DataFields::List(asked) => (asked, false),
            DataFields::Names(asked) => (asked, true),
            DataFields::Records(_) | DataFields::Once(_) => return None,
        };
        Some(Self { asked, is_named, noun, part: DATA })
    }

    /// Those of a fence in the text of a page.
    pub fn of_list(fence: Fence) -> Self {
        let noun = if fence == Fence::Buy { "answer" } else { "row" };
        Self { asked: of_list(fence), is_named: false, noun, part: part_of_list(fence) }
    }

    /// Whether the text in `span` is such a row, on lines of its own, and each of it is read.
    pub fn fits(&self, source: &Source, span: Span) -> bool {
        let place = trimmed(source, span);
        let text = source.at(place);
        let is_list = text.starts_with("- ") || text.starts_with("-\n");
        let is_row = is_list != self.is_named && !text.starts_with(['[', '{']);
        let is_read = || is_row && items(&nothing(source, place), place, &self.asked).is_some();
        text.is_empty() || if self.is_named { is_row } else { is_read() }
    }

    /// Reads them.
    pub fn read(&self, source: &Source, span: Span) -> Vec<Item> {
        let item = |(place, values)| Item { place, values };
        if self.is_named {
            let mut fields = Fields::read(source, span);
            let all = fields.every().into_iter();
            let one = |(name, value): (Placed<String>, Span)| {
                let place = Span::new(name.span.start, value.end);
                (place, self.of_value(name.value, self.value(&fields, value)))
            };
            return all.map(one).map(item).collect();
        }
        let place = trimmed(source, span);
        let items = items(&nothing(source, place), place, &self.asked);
        items.into_iter().flatten().map(item).collect()
    }

    /// What stands behind a name: names with values, or what the second field can be.
    fn value(&self, fields: &Fields<'_>, place: Span) -> Value {
        let rest = &self.asked[1..];
        let mut shapes = rest[0].shapes.clone();
        if rest.len() > 1 {
            shapes.push(Shape::Map(rest.to_vec()));
        }
        value(fields, place, &Asked { shapes, ..rest[0].clone() })
    }

    /// The fields of a thing by its name, and what stands behind it.
    fn of_value(&self, name: String, value: Value) -> Vec<(String, Value)> {
        let mut value = Some(value);
        let mut all = vec![(self.asked[0].name.clone(), Value::Words(name))];
        if let Some(Value::Map(inner)) = &mut value {
            all.append(inner);
            return all;
        }
        let rest = self.asked[1..].iter();
        all.extend(rest.map(|asked| (asked.name.clone(), value.take().unwrap_or(Value::None))));
        all
    }

    /// The names that lead to the field in which byte `at` of the text stands, in the thing
    /// in `place`.
    pub fn way_to(&self, source: &Source, place: Span, at: usize) -> Option<Vec<String>> {
        let first = || vec![self.asked[0].name.clone()];
        let mut fields = Fields::read(source, place);
        if !self.is_named {
            let is_alone = alone(&fields, place, &self.asked).is_some();
            return if is_alone { Some(first()) } else { way_in(&mut fields, &self.asked, at) };
        }
        let (name, value) = fields.every().into_iter().next()?;
        if at < name.span.end {
            return Some(first());
        }
        Some(match self.value(&fields, value) {
            Value::Map(_) => way_in(&mut fields.part(value), &self.asked[1..], at)?,
            _ => vec![self.asked[1].name.clone()],
        })
    }

    /// The text in `span` with what a form sent put in. The names of its fields begin with
    /// `prefix`: `facts/0/item`.
    pub fn edited(&self, source: &Source, span: Span, sent: &Sent, prefix: &str) -> String {
        let changes = if self.is_named {
            self.changed_names(source, span, sent, prefix)
        } else {
            self.changed_list(source, span, sent, prefix)
        };
        with_changes(source, span, changes)
    }

    fn changed_list(
        &self,
        source: &Source,
        span: Span,
        sent: &Sent,
        prefix: &str,
    ) -> Vec<(Span, String)> {
        let place = trimmed(source, span);
        if source.at(place).is_empty() {
            let new = sent_value(sent, prefix, &Shape::Maps(self.asked.clone()));
            let Some(Value::Maps(all)) = new else { return Vec::new() };
            let lines: String = all.iter().map(|item| item_lines(item, 0) + "\n").collect();
            return vec![at_end(source, span, &lines)];
        }
        change_items(source, place, &nothing(source, place), &self.asked, sent, prefix).0
    }

    fn changed_names(
        &self,
        source: &Source,
        span: Span,
        sent: &Sent,
        prefix: &str,
    ) -> Vec<(Span, String)> {
        let mut changes = Vec::new();
        let mut fields = Fields::read(source, span);
        let entries = fields.every();
        let rest = &self.asked[1..];
        for (at, (name, place)) in entries.iter().enumerate() {
            let key = format!("{prefix}/{at}");
            let is_asked = sent.get(&format!("{key}/remove")).is_some();
            let old = self.value(&fields, *place);
            let shown = self.of_value(name.value.clone(), old.clone());
            let is_same_name = are_as_shown(sent, &key, &self.asked[..1], &shown);
            let is_same_value = are_as_shown(sent, &key, rest, &shown[1..]);
            let Some(new) = self.sent(sent, &key, &old) else { continue };
            if is_same_name && is_same_value && !is_asked {
                continue;
            }
            let is_emptied = new.0.is_empty() && new.1 == Value::None && {
                !matches!(old, Value::Map(_)) || holds_only(&mut fields.part(*place), rest)
            };
            if is_asked || is_emptied && !matches!(old, Value::Typed(_)) {
                changes.push(without(source, &entries, at, span));
                continue;
            }
            // A name cannot be nothing: who means to take it out says so.
            if !is_same_name && !new.0.is_empty() {
                changes.push((name.span, written_name(&new.0)));
            }
            match (&old, new.1) {
                (Value::Typed(_), _) => {}
                (Value::Map(_), _) => {
                    let place = trimmed(source, *place);
                    let mut part = fields.part(place);
                    change(source, place, &mut part, rest, sent, &key, &mut changes);
                }
                _ if is_same_value => {}
                (_, new) => {
                    let is_list = source.at(trimmed(source, *place)).starts_with(['[', '-']);
                    let is_list = is_list && matches!(new, Value::List(_));
                    let new = if is_list { new } else { short(new) };
                    changes.push(replaced(source, *place, &new, 0));
                }
            }
        }
        let key = format!("{prefix}/{}", entries.len());
        let new = self.sent(sent, &key, &Value::None).filter(|(name, value)| {
            sent.get(&format!("{key}/remove")).is_none()
                && !(name.is_empty() && *value == Value::None)
        });
        if let Some((name, value)) = new {
            let line = named(&written_name(&name), &short(value), 0);
            changes.push(at_end(source, span, &format!("{line}\n")));
        }
        changes
    }

    /// The name and the value of a thing as a form sent them; none when it has no fields of it.
    fn sent(&self, sent: &Sent, key: &str, old: &Value) -> Option<(String, Value)> {
        let name = sent.get(&format!("{key}/{}", self.asked[0].name))?.trim().to_owned();
        let name = match with_days(Value::Words(name), &self.asked[0]) {
            Value::Words(name) => name,
            _ => String::new(),
        };
        let rest = &self.asked[1..];
        let value = |asked: &Asked| {
            let key = format!("{key}/{}", asked.name);
            let value = asked.shapes.iter().find_map(|shape| sent_value(sent, &key, shape));
            (asked.name.clone(), parted(value.unwrap_or(Value::None), old, asked))
        };
        let mut all: Vec<(String, Value)> = rest.iter().map(value).collect();
        let is_first = all[1..].iter().all(|(_, value)| *value == Value::None);
        Some((name, if is_first { all.swap_remove(0).1 } else { Value::Map(all) }))
    }
}

/// Lines below all that is there.
fn at_end(source: &Source, span: Span, lines: &str) -> (Span, String) {
    let text = source.at(span);
    if text.trim().is_empty() {
        return (span, lines.to_owned());
    }
    let begins = if text.ends_with('\n') { "" } else { "\n" };
    (Span::new(span.end, span.end), format!("{begins}{lines}"))
}

/// A value with its lists of words in one line.
fn short(value: Value) -> Value {
    match value {
        Value::List(mut all) if all.len() == 1 => Value::Words(all.swap_remove(0)),
        Value::List(_) => Value::Typed(in_brackets_of(&value)),
        Value::Map(all) => {
            Value::Map(all.into_iter().map(|(name, value)| (name, short(value))).collect())
        }
        other => other,
    }
}

/// A reader of a list that stands in no names.
fn nothing(source: &Source, place: Span) -> Fields<'_> {
    Fields::read(source, Span::new(place.start, place.start))
}

/// A name as it stands before its colon: plain where that is read back, and in quotes else.
fn written_name(name: &str) -> String {
    let is_read = |written: &String| {
        let source = Source::new("", format!("{written}: x"));
        let mut all = Fields::read(&source, Span::new(0, source.text.len()));
        let all = all.every();
        all.len() == 1 && all[0].0.value == name
    };
    let begins = name.starts_with(|c: char| c.is_alphanumeric() || c == '/');
    let plain = Some(name.to_owned()).filter(|_| begins);
    let quoted = ['"', '\''].map(|mark| format!("{mark}{name}{mark}"));
    let written = plain.into_iter().chain(quoted).find(is_read);
    // With marks of both sorts in it, some are said otherwise.
    written.unwrap_or_else(|| yaml(&name.replace(['"', '\\'], "’"), YamlPlace::Line))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a form sends when nobody changes a thing.
    fn sent_back(items: &Items, source: &Source, span: Span) -> Vec<(String, String)> {
        let mut all = Vec::new();
        for (number, item) in items.read(source, span).into_iter().enumerate() {
            for (name, value) in item.values {
                let words = match value {
                    Value::Words(words) => words,
                    Value::List(all) => all.join("\r\n"),
                    Value::None | Value::Typed(_) => String::new(),
                    other => panic!("{name} of {number} is {other:?}"),
                };
                all.push((format!("f/{number}/{name}"), words));
            }
        }
        let number = items.read(source, span).len();
        all.extend(
            items.asked.iter().map(|asked| (format!("f/{number}/{}", asked.name), String::new())),
        );
        all
    }

    fn edited(items: &Items, text: &str, changed: &[(&str, &str)]) -> String {
        let source = Source::new("", text);
        let span = Span::new(0, text.len());
        let mut sent: Sent = sent_back(items, &source, span).into_iter().collect();
        for (name, words) in changed {
            sent.put(&format!("f/{name}"), (*words).to_owned());
        }
        items.edited(&source, span, &sent, "f")
    }

    const FILES: [(&str, &str); 5] = [
        ("areas.yaml", include_str!("../../content/_data/areas.yaml")),
        ("redirects.yaml", include_str!("../../content/_data/redirects.yaml")),
        ("search-tests.yaml", include_str!("../../content/_data/search-tests.yaml")),
        ("postcodes.yaml", include_str!("../../content/_data/postcodes.yaml")),
        ("vocabulary.yaml", include_str!("../../content/_data/vocabulary.yaml")),
    ];

    #[test]
    fn what_nobody_changed_stays_to_the_byte() {
        for (file, text) in FILES {
            let items = Items::of_data(file).expect("it is a row of things");
            let source = Source::new("", text);
            let whole = Span::new(0, text.len());
            assert!(items.fits(&source, whole), "{file}");
            assert!(items.read(&source, whole).len() > 20, "{file}");
            assert_eq!(edited(&items, text, &[]), text, "{file}");
        }
    }

    #[test]
    fn names_and_values_are_changed_added_and_taken_out() {
        let text = "# Old leaflets\n/finance/: /money/ # 2019\n\n\"/a: b/\": /c/\n";
        let items = Items::of_data("redirects.yaml").expect("it is known");
        let change = |changed: &[(&str, &str)]| edited(&items, text, changed);
        assert_eq!(change(&[("0/leads to", "/pay/")]), text.replace("/money/", "/pay/"));
        assert_eq!(change(&[("0/old address", "/fin/")]), text.replace("/finance/", "/fin/"));
        assert_eq!(change(&[("1/old address", "/b/")]), text.replace("\"/a: b/\"", "/b/"));
        let more = change(&[("2/old address", "/d/"), ("2/leads to", "/e/")]);
        assert_eq!(more, format!("{text}/d/: /e/\n"));
        assert_eq!(change(&[("0/remove", "yes")]), "# Old leaflets\n\n\"/a: b/\": /c/\n");
        let emptied = change(&[("1/old address", ""), ("1/leads to", "")]);
        assert_eq!(emptied, "# Old leaflets\n/finance/: /money/ # 2019\n\n");
        // What is half filled in is kept, and a check says what is missing.
        assert_eq!(change(&[("2/old address", "/d/")]), format!("{text}/d/:\n"));
        assert_eq!(change(&[("1/old address", "")]), text);
        assert_eq!(edited(&items, "# none yet", &[("0/old address", "/d/")]), "# none yet\n/d/:\n");

        let items = Items::of_data("search-tests.yaml").expect("it is known");
        let text = "recipts: a.md\npay: [a.md, b.md]\n";
        let change = |changed: &[(&str, &str)]| edited(&items, text, changed);
        assert_eq!(
            change(&[("0/must find", "a.md\nc.md")]),
            text.replacen("a.md", "[a.md, c.md]", 1)
        );
        assert_eq!(change(&[("1/must find", "b.md")]), text.replace("[a.md, b.md]", "[b.md]"));
        let more = change(&[("2/what people type", "can \"i\": pay"), ("2/must find", "a.md")]);
        assert_eq!(more, format!("{text}'can \"i\": pay': a.md\n"));

        let items = Items::of_data("vocabulary.yaml").expect("it is known");
        let text = "day centre: [day care]\npay:\n  words: [wages]\n  best: pay.md # first\n";
        let change = |changed: &[(&str, &str)]| edited(&items, text, changed);
        let words = change(&[("0/words", "day care\nday club")]);
        assert_eq!(words, text.replace("[day care]", "[day care, day club]"));
        let best = change(&[("0/words", "day care\nclub"), ("0/best", "day.md")]);
        let now = "day centre:\n  words: [day care, club]\n  best: day.md\npay:";
        assert_eq!(best, text.replace("day centre: [day care]\npay:", now));
        let commas = change(&[("1/words", "wages, payslip\r\npay day")]);
        assert_eq!(commas, text.replace("[wages]", "[wages, payslip, pay day]"));
        let own = "pay: [\"a, b\"]\n";
        assert_eq!(edited(&items, own, &[]), own);
        assert_eq!(change(&[("1/best", "wage.md")]), text.replace("pay.md", "wage.md"));
    }

    #[test]
    fn places_are_changed_added_and_taken_out() {
        let text = "# Places\n- United Kingdom # all of it\n- name: England\n  within: United Kingdom\n  odd: kept\n";
        let items = Items::of_data("areas.yaml").expect("it is known");
        let change = |changed: &[(&str, &str)]| edited(&items, text, changed);
        let more = change(&[("2/name", "Exampleton"), ("2/within", "England")]);
        assert_eq!(more, format!("{text}- name: Exampleton\n  within: England\n"));
        assert_eq!(change(&[("0/name", "The UK")]), text.replacen("United Kingdom", "The UK", 1));
        assert_eq!(change(&[("1/name", "Wales")]), text.replace("England", "Wales"));
        assert_eq!(
            change(&[("0/within", "Europe")]),
            text.replace(
                "United Kingdom # all of it",
                "name: United Kingdom # all of it\n  within: Europe"
            )
        );
        assert_eq!(
            change(&[("0/remove", "yes")]),
            text.replace("- United Kingdom # all of it\n", "")
        );
        let none = edited(&items, "# Places\n", &[("0/name", "England")]);
        assert_eq!(none, "# Places\n- name: England\n");
    }

    #[test]
    fn what_stands_there_in_another_way_stays_too() {
        let data = |file| Items::of_data(file).expect("it is known");
        let unchanged = "/f/: \"\"\n/g/:\n\"\": \"\"\n";
        assert_eq!(edited(&data("redirects.yaml"), unchanged, &[]), unchanged);
        let emptied = [("0/leads to", ""), ("1/leads to", "")];
        let text = "/f/:\u{a0}/x/\n/g/: /x/ # r\n";
        assert_eq!(edited(&data("redirects.yaml"), text, &emptied), "/f/:\n/g/: # r\n");
        let unchanged = "pay:\n  words: [ a,b , \"\" , c]\nday: [ x,  y ]\n";
        assert_eq!(edited(&data("vocabulary.yaml"), unchanged, &[]), unchanged);
        let symbols = Items::of_list(Fence::Symbols);
        let text = "- picture: a.svg\n  decorative: true\n  words: \" A \u{a0}\"\n\
                    - picture: b.svg\n  decorative: on # r\n  words: |2\n      deep\n    less\n";
        let yes = [("0/decorative", "yes"), ("1/decorative", "yes")];
        assert_eq!(edited(&symbols, text, &yes), text);
        let no = [("0/decorative", "yes"), ("1/decorative", "no")];
        assert_eq!(edited(&symbols, text, &no), text.replace("on # r", "no # r"));
    }

    #[test]
    fn remarks_stay_whatever_else_is_changed() {
        let data = |file| Items::of_data(file).expect("it is known");
        let text = "# Places\n- England # the big one\n# Below: the small ones\n- name: Wales\n  \
                    within: England\n\n# Islands, ask us\n- Jersey\n# end\n";
        let wales = "- name: Wales\n  within: England\n";
        let change = |changed: &[(&str, &str)]| edited(&data("areas.yaml"), text, changed);
        assert_eq!(change(&[("0/name", "UK")]), text.replacen("England", "UK", 1));
        assert_eq!(change(&[("1/remove", "yes")]), text.replace(wales, ""));
        let none = change(&[("0/remove", "yes"), ("1/remove", "yes"), ("2/remove", "yes")]);
        assert_eq!(none, "# Places\n# Below: the small ones\n\n# Islands, ask us\n# end\n");
        let text = "-\n  name: Wales\n- name: Jersey\n";
        let gone = edited(&data("areas.yaml"), text, &[("0/remove", "yes")]);
        assert_eq!(gone, "- name: Jersey\n");

        let buy = "- item: B\n  answer: yes\n# about C\n- item: C\n  answer: no\n";
        let gone = edited(&Items::of_list(Fence::Buy), buy, &[("0/remove", "yes")]);
        assert_eq!(gone, "# about C\n- item: C\n  answer: no\n");

        let text = "pay: [a.md, b.md] # keep [b]\nhours:\n  - a.md\n  # second best\n  \
                    - b.md # r\nring: c.md # one\nbad: [x.md, *y]\n";
        let change = |changed: &[(&str, &str)]| edited(&data("search-tests.yaml"), text, changed);
        assert_eq!(change(&[("0/must find", "a.md")]), text.replacen(", b.md", "", 1));
        assert_eq!(change(&[("1/must find", "a.md\nc.md")]), text.replace("- b.md", "- c.md"));
        assert_eq!(change(&[("1/must find", "b.md")]), text.replace("  - a.md\n", ""));
        let more = change(&[("2/must find", "c.md\nd.md")]);
        assert_eq!(more, text.replace("c.md", "[c.md, d.md]"));
        assert_eq!(change(&[("3/must find", "z.md")]), text, "what cannot be read is not touched");

        let text = "day centre: [day care] # r\n";
        let change = |changed: &[(&str, &str)]| edited(&data("vocabulary.yaml"), text, changed);
        let best = change(&[("0/best", "day.md")]);
        assert_eq!(best, "day centre: # r\n  words: day care\n  best: day.md\n");
    }

    #[test]
    fn a_byte_leads_to_its_field() {
        let items = Items::of_data("areas.yaml").expect("it is known");
        let text = "- United Kingdom\n- name: England\n  within: Atlantis\n";
        let source = Source::new("", text);
        let way = |at: &str| {
            let at = text.find(at).expect("it is there");
            let all = items.read(&source, Span::new(0, text.len()));
            let item = all.iter().rfind(|item| item.place.start <= at).expect("it is there");
            items.way_to(&source, item.place, at)
        };
        assert_eq!(way("Kingdom"), Some(vec!["name".to_owned()]));
        assert_eq!(way("Atlantis"), Some(vec!["within".to_owned()]));
        let items = Items::of_data("redirects.yaml").expect("it is known");
        let source = Source::new("", "/a/: /b/\n/c/: /d/\n");
        let way = |at| items.way_to(&source, Span::new(9, 17), at);
        assert_eq!(way(10), Some(vec!["old address".to_owned()]));
        assert_eq!(way(15), Some(vec!["leads to".to_owned()]));
    }
}
