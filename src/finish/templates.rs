//! The templates of a theme. The only file that names Tera.
//!
//! A template sees what [`fields`](crate::view::fields) shows it and nothing else. A fault
//! in a template is reported like a fault in content, with the file and the line.

use std::collections::{BTreeMap, BTreeSet};

use tera::{Context, ErrorKind, Tera, Value};

use crate::{
    diagnostic::{Diagnostic, Report},
    html::permitted,
    load::Theme,
    rule,
    text::{Source, Span, nearest},
    view::{Shared, View, fields::Record},
};

/// What is wrong in a template.
#[derive(Debug)]
pub struct Fault(tera::Error);

/// The templates, and what all pages share.
#[derive(Debug)]
pub(super) struct Templates {
    tera: Tera,
    /// Made once, by language.
    shared: BTreeMap<String, Values>,
    main: String,
}

/// What all pages in a language share, as templates take it.
#[derive(Debug)]
struct Values {
    site: Value,
    words: Value,
    own_words: BTreeMap<&'static str, Value>,
}

impl Templates {
    /// Those of the site's own lie over the default ones.
    pub(super) fn new(
        theme: &Theme,
        shared: BTreeMap<&str, &Shared>,
        main: &str,
    ) -> Result<Self, Fault> {
        let mut tera = Tera::new();
        tera.set_escape_fn(|text, out| tera::escape_html(&permitted(text), out));
        let all = theme
            .files
            .iter()
            .filter_map(|(path, text)| Some((path.strip_prefix("templates/")?, text)));
        tera.add_raw_templates(all).map_err(Fault)?;
        let values = |shared: &Shared| Values {
            site: Value::from_serializable(&shared.site),
            words: Value::from_serializable(&shared.words),
            own_words: shared
                .own_words
                .iter()
                .map(|(own, words)| (*own, Value::from_serializable(words)))
                .collect(),
        };
        let shared = shared.into_iter().map(|(tag, shared)| (tag.to_owned(), values(shared)));
        Ok(Self { tera, shared: shared.collect(), main: main.to_owned() })
    }

    /// The HTML of a page.
    pub(super) fn page(&self, view: &View<'_>) -> Result<String, Fault> {
        let mut context = Context::new();
        context.insert("page", &view.page);
        self.render(view.template, view.page.language, view.own_words, context)
    }

    /// The HTML of a record.
    pub(super) fn record(&self, record: &Record) -> Result<String, Fault> {
        let context = Context::from_serialize(&record.view).map_err(Fault)?;
        self.render(record.template, &record.language, "", context)
    }

    fn render(
        &self,
        template: &str,
        language: &str,
        own_words: &str,
        mut context: Context,
    ) -> Result<String, Fault> {
        let values = self.shared.get(language).unwrap_or_else(|| &self.shared[&self.main]);
        let words = values.own_words.get(own_words).unwrap_or(&values.words);
        context.insert_value("site", values.site.clone());
        context.insert_value("words", words.clone());
        self.tera.render(template, &context).map_err(Fault)
    }
}

/// Reports faults in templates, each once.
pub fn explain(faults: Vec<Fault>, theme: &Theme, report: &mut Report) {
    let mut seen = BTreeSet::new();
    for Fault(fault) in faults {
        let (file, line, column, message) = match fault.kind() {
            ErrorKind::SyntaxError(error) | ErrorKind::RenderingError(error) => {
                let span = error.span();
                (
                    error.filename().to_owned(),
                    span.start_line,
                    span.start_col,
                    error.message().to_owned(),
                )
            }
            ErrorKind::TemplateNotFound(name) => {
                (name.clone(), 1, 0, "this template is missing".to_owned())
            }
            other => {
                (first_own(theme), 1, 0, other.to_string().trim_start_matches("error: ").to_owned())
            }
        };
        if !seen.insert((file.clone(), line, column, message.clone())) {
            continue;
        }
        let path = format!("templates/{file}");
        let text = theme.files.get(&path).map_or("", String::as_str);
        let start: usize =
            text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
        let rest = text[start..].lines().next().unwrap_or_default();
        let offset: usize = rest.chars().take(column).map(char::len_utf8).sum();
        let span = Span::new(start + offset, start + rest.len());
        let source = Source::new(theme.name_of(&path), text);
        let message = message.lines().next().unwrap_or_default().to_lowercase_first();
        let said = format!("the template cannot be used: {message}");
        let found = Diagnostic::error(&rule::THEME, span, said);
        let names = theme.files.keys().filter_map(|path| path.strip_prefix("templates/"));
        report.add(
            &source,
            [match nearest(&file, names).filter(|near| *near != file) {
                Some(near) => found.hint(format!("did you mean {near}?")),
                None if message.starts_with("block ") => found.hint(
                    "the default templates need every block of the default base.html: add it",
                ),
                None => found.hint("use only what themes/README.md says a template may use"),
            }],
        );
    }
}

/// The first template that the site has of its own, for faults that Tera does
/// not place.
fn first_own(theme: &Theme) -> String {
    let mut own = theme.own.keys().filter_map(|path| path.strip_prefix("templates/"));
    own.next().unwrap_or_default().to_owned()
}

trait LowercaseFirst {
    fn to_lowercase_first(&self) -> String;
}

impl LowercaseFirst for str {
    fn to_lowercase_first(&self) -> String {
        let mut letters = self.chars();
        letters
            .next()
            .map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
    }
}
