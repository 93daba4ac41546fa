//! `words/*.yaml` of a theme to [`Languages`]: what pages say in each language.

use std::{collections::BTreeMap, sync::Arc};

use super::Fields;
use crate::{
    config::Config,
    diagnostic::{Diagnostic, Report},
    kept::{Kept, Key},
    load::{Theme, built_in},
    rule,
    text::{
        Languages, Source, Span,
        language::{ENGLISH, LISTS, Said},
        speech::{Speech, Speeches},
    },
};

/// The most words that are named when a file lacks them.
const NAMED: usize = 5;

/// Reads what a theme says in each language.
///
/// A file of the site lies over the one in the program word by word, so it need not have
/// those that it leaves as they are. Of what a language of the site lacks one finding
/// tells, in its file, or in the `settings` when it has none.
pub fn languages(
    theme: &Theme,
    config: &Config,
    settings: &Source,
    known: &Kept<Read>,
    report: &mut Report,
) -> Languages {
    let mut files = BTreeMap::new();
    let mut sources = BTreeMap::new();
    for (path, text) in &theme.files {
        let name = path.strip_prefix("words/").and_then(|name| name.strip_suffix(".yaml"));
        let Some(tag) = name else { continue };
        let below = built_in(path).filter(|_| theme.own.contains_key(path));
        let mut said = below
            .map(|text| read(&Source::new(&**path, text), known).0.clone())
            .unwrap_or_default();
        let source = Source::new(theme.name_of(path), text.as_str());
        let own = read(&source, known);
        said.extend(&own.0);
        report.add(&source, own.1.iter().cloned());
        files.insert(tag.to_owned(), said);
        sources.insert(tag, source);
    }
    for tag in &config.languages {
        let known = [tag.as_str(), tag.split('-').next().unwrap_or(tag)];
        let known = known.into_iter().find_map(|tag| Some((files.get(tag)?, &sources[tag])));
        let Some((said, source)) = known else {
            let message = format!("the theme has no words in “{tag}”, so its pages borrow them");
            let hint = format!(
                "translate a copy of `words/en.yaml` of the theme, and save it as \
                 `themes/{}/words/{tag}.yaml`",
                config.theme.name
            );
            let place = config.places.of("languages");
            report.add(settings, [Diagnostic::warning(&rule::THEME, place, message).hint(hint)]);
            continue;
        };
        let lacks = files.get(ENGLISH).map(|whole| said.lacks(whole)).unwrap_or_default();
        if !lacks.is_empty() {
            let names: Vec<String> = lacks.iter().map(|name| format!("`{name}`")).collect();
            let more = if names.len() > NAMED { ", and more" } else { "" };
            let named = names[..names.len().min(NAMED)].join(", ");
            let message = format!("words are not here, so pages borrow them: {named}{more}");
            let hint = "translate them: `words/en.yaml` of the theme has them in English";
            report.add(
                source,
                [Diagnostic::warning(&rule::THEME, Span::default(), message).hint(hint)],
            );
        }
    }
    let mut languages = Languages::new(&config.languages, files);
    languages.speech = speeches(theme, report);
    languages
}

/// Reads what a theme knows of how people ask in each language.
pub fn speeches(theme: &Theme, report: &mut Report) -> Speeches {
    let files = theme.files.iter().filter_map(|(path, text)| {
        let tag = path.strip_prefix("search/")?.strip_suffix(".yaml")?;
        let source = Source::new(theme.name_of(path), text.as_str());
        let (speech, problems) = read_speech(&source);
        report.add(&source, problems);
        Some((tag.to_ascii_lowercase(), speech))
    });
    files.collect()
}

fn read_speech(source: &Source) -> (Speech, Vec<Diagnostic>) {
    let mut fields = Fields::read(source, Span::new(0, source.text.len()));
    let mut speech = Speech {
        shape: fields.all_words_of("shape"),
        frame: fields.all_words_of("frame"),
        ..Speech::default()
    };
    if let Some(mut words) = fields.map("words") {
        for (term, others) in words.every_list() {
            let others = others.into_iter().map(|other| other.value);
            speech.words.entry(term.value).or_default().extend(others);
        }
        fields.absorb(words);
    }
    (speech, fields.finish())
}

/// What a file says, and what is wrong in it.
pub type Read = (Said, Vec<Diagnostic>);

fn read(source: &Source, known: &Kept<Read>) -> Arc<Read> {
    known.get(Key::of([source.text.as_bytes()]), |_| true, || read_words(source))
}

fn read_words(source: &Source) -> Read {
    let mut said = Said::default();
    let mut fields = Fields::read(source, Span::new(0, source.text.len()));
    for (name, values) in fields.every_list() {
        let mut values = values.into_iter().map(|value| value.value);
        let Some((_, length)) = LISTS.iter().find(|(list, _)| *list == name.value) else {
            said.words.extend(values.next().map(|words| (name.value, words)));
            continue;
        };
        let list: Vec<String> = values.collect();
        if list.len() != *length {
            let message = format!("`{}` has {} words, and needs {length}", name.value, list.len());
            let hint = "write them between brackets, with commas, as `words/en.yaml` does";
            fields.wrong(&rule::THEME, name.span, message, hint);
        }
        said.lists.insert(name.value, list);
    }
    (said, fields.finish())
}

/// What the theme in the program says, for tests.
#[cfg(test)]
pub(crate) fn built_in_languages() -> Languages {
    let none = Source::new("site.toml", "");
    languages(
        &Theme::embedded(),
        &Config::default(),
        &none,
        &Kept::nothing(),
        &mut Report::default(),
    )
}
