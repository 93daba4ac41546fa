//! Where each setting stands in `site.toml`, for messages about it.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use crate::text::Span;

/// The places of all settings, by name: `base`, `footer.0`, `theme.light.link`,
/// `accessibility.problem.1`.
#[derive(Debug, Clone, Default)]
pub struct Places {
    values: BTreeMap<String, Span>,
    names: BTreeMap<String, Span>,
}

impl Places {
    /// The places in a text that is TOML; none in another.
    pub(super) fn read(text: &str) -> Self {
        let mut places = Self::default();
        if let Ok(table) = DeTable::parse(text) {
            places.table("", table.get_ref(), text);
        }
        places
    }

    /// Where a setting stands: the words between quotes, the heading of a table, and all of
    /// `name = true`. The start of the file when it was not written.
    pub fn of(&self, name: &str) -> Span {
        self.values.get(name).copied().unwrap_or_default()
    }

    /// Where the name of a setting stands, the last part of it.
    pub fn of_name(&self, name: &str) -> Span {
        self.names.get(name).copied().unwrap_or_default()
    }

    fn table(&mut self, above: &str, table: &DeTable<'_>, text: &str) {
        for (key, value) in table {
            let name = format!("{above}{}", key.get_ref());
            let start = key.span().start;
            self.names.insert(name.clone(), key.span().into());
            self.value(name, start, value.get_ref(), value.span().into(), text);
        }
    }

    fn value(&mut self, name: String, start: usize, value: &DeValue<'_>, span: Span, text: &str) {
        let own = match value {
            DeValue::String(words) => {
                // Not where it was written with a code: `\u002F`.
                let own = text.get(span.start..span.end).and_then(|own| own.find(&**words));
                own.map_or(span, |at| Span::new(span.start + at, span.start + at + words.len()))
            }
            DeValue::Table(_) | DeValue::Array(_) => span,
            _ => Span::new(start, span.end),
        };
        match value {
            DeValue::Table(table) => self.table(&format!("{name}."), table, text),
            DeValue::Array(all) => {
                for (number, one) in all.iter().enumerate() {
                    let span: Span = one.span().into();
                    let name = format!("{name}.{number}");
                    self.value(name, span.start, one.get_ref(), span, text);
                }
            }
            _ => {}
        }
        self.values.insert(name, own);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_setting_has_its_place() {
        let text = "# base = \"b\"\nbase = \"b\"\nfooter = [\"b\", 'c', \"\\u002F\"]\n[rules]\nowner = true\n\
                    [theme.light]\nlink = \"b\"\n[[accessibility.problem]]\nwhat = \"b\"\n\
                    [[accessibility.problem]]\nwhat = \"c\"\n";
        let places = Places::read(text);
        for (name, words, after) in [
            ("base", "b", "\nbase = \""),
            ("footer.1", "c", ", '"),
            ("footer.2", "\"\\u002F\"", "'c', "),
            ("rules.owner", "owner = true", "[rules]\n"),
            ("theme.light.link", "b", "\nlink = \""),
            ("accessibility.problem.1", "[[accessibility.problem]]", "what = \"b\"\n"),
            ("accessibility.problem.1.what", "c", "what = \""),
        ] {
            let span = places.of(name);
            assert_eq!(&text[span.start..span.end], words, "{name}");
            assert!(text[..span.start].ends_with(after), "{name}: {:?}", &text[..span.start]);
        }
        let span = places.of_name("theme.light.link");
        assert!(text[span.start..].starts_with("link = \"b\"") && span.end - span.start == 4);
        assert_eq!(places.of("title"), Span::default());
        assert_eq!(Places::read("a = [").of("a"), Span::default());
    }
}
