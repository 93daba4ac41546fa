//! `site.toml`, typed, with every default in one place.
//!
//! A folder without `site.toml` is a site too: it gets [`Config::default`].
//! What is wrong in the file is reported like anything else an author wrote,
//! and the default stands in for it, so that the rest is still checked.
//!
//! `toml` reads it, here and in `config/`.

use std::{collections::BTreeMap, path::Path};

use serde::Deserialize;

pub use self::{
    accessibility::{
        Accessibility, Assessor, Day, Problem, Regulator, Standard, Status, Why, Words,
    },
    colours::{Palette, Scheme},
    hosts::Host,
    limits::{Limit, Limits, Longest, Reader},
    places::Places,
    rules::{ASKED, OVERDUE, Rules},
    sign_off::SignOff,
};
use crate::{
    diagnostic::{Diagnostic, Error},
    rule,
    text::{Nation, Source, Span, name::slips},
};

mod accessibility;
mod colours;
pub mod hosts;
mod limits;
mod places;
mod rules;
mod sign_off;

/// Who publishes the site and what they ask of it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Config {
    /// The name of the site: `Direct payments guide`.
    pub title: String,
    /// What the site is for, in a sentence.
    pub description: String,
    /// Who publishes it: `Example County Council`.
    pub publisher: String,
    /// The picture that it is known by, from the folder of the pages: `pictures/council.svg`.
    /// Empty when there is none.
    pub logo: String,
    /// Where it will be published, with the scheme and a `/` at the end:
    /// `https://directpayments.example.gov.uk/`. Empty when not known; then
    /// there is no sitemap and no feed, which need whole addresses.
    pub base: String,
    /// The languages of the site, the main one first: `["en", "cy"]`.
    pub languages: Vec<String>,
    /// Whose bank holidays apply: `England`, `Wales`, `Scotland` or `Northern Ireland`.
    pub nation: Nation,
    /// The contact shown on pages that name none, from `contacts.yaml`.
    pub contact: String,
    /// Addresses shown at the foot of each page, from the root: `/privacy/`.
    /// Empty: the reserved pages that exist.
    pub footer: Vec<String>,
    /// The web hosts to write settings for: `["nginx", "netlify"]`. Empty: pages alone, which
    /// any host can send.
    pub hosts: Vec<Host>,
    /// Whether a copy in Markdown is published beside each page, for programs that read.
    pub markdown: bool,
    /// Whether HTML in Markdown is passed on. Otherwise it is an error.
    pub raw_html: bool,
    /// How the site looks.
    pub theme: Theme,
    /// What is published beside what pages lead to.
    pub publish: Publish,
    /// How large the directory may grow.
    pub directory: Directory,
    /// How pictures are sent.
    pub pictures: Pictures,
    /// What is asked of every page.
    pub rules: Rules,
    /// How long sentences and paragraphs may be.
    pub limits: Limits,
    /// What the accessibility statement says. Absent: only what is on its page.
    pub accessibility: Option<Accessibility>,
    /// Where each setting stands in `site.toml`.
    #[serde(skip)]
    pub places: Places,
}

/// What is published beside what pages lead to.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Publish {
    /// Files and folders below the folder of the pages that nothing leads to and that must
    /// be there: what a search engine asks for to see whose site it is.
    pub files: Vec<Setting<String>>,
    /// Files and folders in the published folder that others put there and that stay, by
    /// path below it: `.git`, `CNAME`, `.well-known`.
    pub keep: Vec<Setting<String>>,
    /// The most days that a file of an earlier build stays for readers of older pages, 30
    /// when left out.
    pub earlier_days: Option<u32>,
    /// The most builds that it stays, 20 when left out; but a day, however many there are.
    pub earlier_builds: Option<u32>,
    /// The compressed forms that are made of each text: `["gz", "br"]`. None when left out:
    /// most hosts compress what they send, and others have no use for them.
    pub compress: Vec<Encoding>,
    /// Whether somebody must have agreed to the words, and who may.
    pub sign_off: SignOff,
}

/// A compressed form of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Encoding {
    /// gzip, in `.gz`.
    Gz,
    /// brotli, in `.br`.
    Br,
}

impl Encoding {
    /// What the name of the file ends with.
    pub fn end(self) -> &'static str {
        match self {
            Self::Gz => "gz",
            Self::Br => "br",
        }
    }
}

/// How large the directory may grow.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Directory {
    /// The most pages for a category in an area. Those with the most entries
    /// come first; what is in the others is in the lists of their category.
    pub pairs: usize,
}

impl Default for Directory {
    fn default() -> Self {
        Self { pairs: 1000 }
    }
}

/// How pictures are sent.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Pictures {
    /// Whether lighter ones are made of them.
    pub lighter: bool,
    /// How heavy one may be as it is sent, in thousands of bytes.
    pub most_kb: u32,
    /// How wide the widest is that is made, in dots.
    pub widest: u32,
}

impl Pictures {
    /// The bytes that a picture may have as it is sent.
    pub fn most(&self) -> usize {
        usize::try_from(self.most_kb).unwrap_or(usize::MAX).saturating_mul(1_000)
    }
}

impl Default for Pictures {
    /// 200 kB take four seconds on a slow phone connection (400 kbit/s), and no page shows more
    /// than 1,200 dots on a screen with two for one.
    fn default() -> Self {
        Self { lighter: true, most_kb: 200, widest: 1_200 }
    }
}

/// How the site looks.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct Theme {
    /// A folder in `themes/`; `plain` is also in the program.
    pub name: String,
    /// Colours for a light screen.
    pub light: BTreeMap<String, String>,
    /// Colours for a dark screen.
    pub dark: BTreeMap<String, String>,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            title: "Information".into(),
            description: String::new(),
            publisher: String::new(),
            logo: String::new(),
            base: String::new(),
            languages: vec!["en".into()],
            nation: Nation::default(),
            contact: String::new(),
            footer: Vec::new(),
            hosts: Vec::new(),
            markdown: false,
            raw_html: false,
            theme: Theme::default(),
            directory: Directory::default(),
            pictures: Pictures::default(),
            rules: Rules::default(),
            limits: Limits::default(),
            publish: Publish::default(),
            accessibility: None,
            places: Places::default(),
        }
    }
}

impl Default for Theme {
    fn default() -> Self {
        Self { name: "plain".into(), light: BTreeMap::new(), dark: BTreeMap::new() }
    }
}

impl Config {
    /// The language of pages whose name does not say one.
    pub fn language(&self) -> &str {
        self.languages.first().map_or("en", String::as_str)
    }

    /// The colours of the theme, with the site's own in place of the defaults.
    pub fn palette(&self) -> Palette {
        Palette::new(&self.theme.light, &self.theme.dark)
    }

    /// The path part of [`Config::base`], with a `/` at both ends: `/` or `/guide/`.
    pub fn base_path(&self) -> &str {
        let rest = self.base.split_once("://").map_or("", |(_, rest)| rest);
        rest.find('/').map_or("/", |at| &rest[at..])
    }
}

/// A setting with its place in `site.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(from = "toml::Spanned<T>")]
pub struct Setting<T> {
    /// What it is.
    pub value: T,
    /// Where it stands, quotes included.
    pub span: Span,
}

impl<T> From<toml::Spanned<T>> for Setting<T> {
    fn from(setting: toml::Spanned<T>) -> Self {
        let span = setting.span().into();
        Self { value: setting.into_inner(), span }
    }
}

/// `site.toml` as read, and what is wrong with it.
#[derive(Debug)]
pub struct Read {
    /// The settings, with defaults for what is missing or wrong.
    pub config: Config,
    /// The file; empty when there is none.
    pub source: Source,
    /// What is wrong.
    pub problems: Vec<Diagnostic>,
}

/// Reads `site.toml` in `root`, if it is there.
///
/// # Errors
///
/// [`Error::Read`] when it is there and cannot be read.
pub fn read(root: &Path) -> Result<Read, Error> {
    let path = root.join("site.toml");
    match std::fs::read(&path) {
        Ok(bytes) => Ok(parse(&String::from_utf8_lossy(&bytes))),
        Err(why) if why.kind() == std::io::ErrorKind::NotFound => Ok(parse("")),
        Err(why) => Err(Error::Read(path, why)),
    }
}

/// Reads the text of a `site.toml`.
pub fn parse(text: &str) -> Read {
    let source = Source::new("site.toml", text);
    let mut problems = Vec::new();
    // Spaces in the place of a byte-order mark, so that places stay what they are.
    let text = text.replacen('\u{feff}', "   ", usize::from(text.starts_with('\u{feff}')));
    let mut config = toml::from_str::<Config>(&text).unwrap_or_else(|error| {
        let span = error.span().map_or_else(Span::default, Span::from);
        let (message, hint) = explain(error.message(), source.at(span));
        problems.push(Diagnostic::error(&rule::SETTINGS, span, message).hint(hint));
        Config::default()
    });
    config.places = Places::read(&text);
    // The name of a host or a folder may lack its `/`; that of a file is no address of a site.
    let last = config.base.split("//").nth(1).and_then(|rest| rest.split('/').skip(1).last());
    if config.base.starts_with("http") && !last.is_some_and(|last| last.contains('.')) {
        config.base = format!("{}/", config.base.trim_end_matches('/'));
    }
    problems.extend(config.rules.problems(&config.places, &text));
    let wrong = addresses(&config);
    if !wrong.is_empty() {
        // What would be made of it is not told of as well.
        config.base.clear();
    }
    problems.extend(wrong);
    problems.extend(kept(&config));
    problems.extend(too_small(&mut config));
    problems.extend(colours::problems(&config));
    Read { config, source, problems }
}

/// A message of the TOML library in our words, and what to do.
fn explain(message: &str, words: &str) -> (String, String) {
    if message.contains("unknown field") {
        let known = message.split('`').skip(3).step_by(2);
        let hint = match known.min_by_key(|name| slips(name, words)) {
            Some(nearest) => format!("did you mean `{nearest}`?"),
            None => "take it out".into(),
        };
        return (format!("“{words}” is not a setting"), hint);
    }
    if message.contains("unknown variant") {
        let mut named = message.split('`').skip(1).step_by(2);
        let written = named.next().unwrap_or_default();
        let known: Vec<String> = named.map(|name| format!("`\"{name}\"`")).collect();
        let hint = format!("write {}", known.join(" or "));
        return (format!("“{written}” cannot stand here"), hint);
    }
    let first = message.lines().next().unwrap_or(message);
    if let Some((_, wanted)) =
        first.split_once(", expected ").filter(|_| first.starts_with("invalid"))
    {
        let hint = match wanted {
            "u32" | "usize" => "write a whole number, without quotes: `5`",
            "a boolean" => "write `true` or `false`, without quotes",
            "a sequence" => "write a list: `[\"one\", \"two\"]`",
            "a string" | "words in quotes" => "write words in quotes: `\"Direct payments\"`",
            sign_off::EXPECTED => {
                "write `true`, or a list of ids from contacts.yaml: `[\"web-team\"]`"
            }
            "a date in quotes" => "write a date in quotes: `\"21 November 2026\"`",
            _ => "put it under a heading of its own, as `[theme]` is",
        };
        let written = words.trim_matches('"');
        return (format!("“{written}” cannot stand here"), hint.into());
    }
    let hint = "write `name = \"value\"`, with quotes round words: `title = \"Direct payments\"`";
    (format!("this line cannot be read: {first}"), hint.into())
}

fn addresses(config: &Config) -> Vec<Diagnostic> {
    let base = &config.base;
    let good = base.is_empty()
        || (base.starts_with("https://") || base.starts_with("http://"))
            && base.ends_with('/')
            && base.len() > "https:///".len()
            && !base.contains([' ', '"', '<', '>', '?', '#']);
    if good {
        return Vec::new();
    }
    let message = format!("“{base}” is not the address of a site");
    let hint = "write it with https://: `base = \"https://www.example.org/\"`";
    vec![Diagnostic::error(&rule::SETTINGS, config.places.of("base"), message).hint(hint)]
}

/// The narrowest that a picture may be made: the screen of a small phone.
const NARROWEST: u32 = 320;

/// Limits that no picture could keep.
fn too_small(config: &mut Config) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut say = |name: &str, message: String, hint: String| {
        let place = config.places.of(name);
        problems.push(Diagnostic::error(&rule::SETTINGS, place, message).hint(hint));
    };
    let Pictures { most_kb, widest, .. } = config.pictures;
    let usual = Pictures::default();
    if most_kb == 0 {
        let message = "no picture weighs 0 kB".to_owned();
        say("pictures.most-kb", message, format!("write `most-kb = {}`", usual.most_kb));
        config.pictures.most_kb = usual.most_kb;
    }
    if widest < NARROWEST {
        let message = format!("pictures {widest} dots wide are narrower than a small phone");
        say("pictures.widest", message, format!("write `widest = {}`", usual.widest));
        config.pictures.widest = usual.widest;
    }
    problems
}

/// Names to keep in the published folder that name nothing in it.
fn kept(config: &Config) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for keep in &config.publish.keep {
        if let Some(hint) = no_name(&keep.value) {
            let message = format!("“{}” names nothing in the published folder", keep.value);
            problems.push(Diagnostic::error(&rule::SETTINGS, keep.span, message).hint(hint));
        }
    }
    problems
}

/// What to write where a name to keep names nothing in the published folder.
pub fn no_name(name: &str) -> Option<&'static str> {
    let path = name.trim_end_matches('/');
    if path.contains(['*', '?']) {
        Some("name each file, or the folder that they are in")
    } else if path.is_empty()
        || path.starts_with('/')
        || path.contains(['\\', '\0'])
        || path.split('/').any(|part| matches!(part, "" | "." | ".."))
    {
        Some("write a path as it is below the published folder: `.well-known`")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_file_is_a_site_without_rules() {
        let read = parse("");
        assert!(read.problems.is_empty());
        assert!(!read.config.rules.owner);
        assert_eq!(read.config.language(), "en");
    }

    #[test]
    fn a_slip_is_named_with_the_setting_that_was_meant() {
        let read = parse("titel = \"Guide\"\n");
        assert_eq!(read.problems[0].hint.as_deref(), Some("did you mean `title`?"));
        assert_eq!(read.source.at(read.problems[0].span), "titel");
    }

    #[test]
    fn a_value_of_the_wrong_sort_is_answered_with_the_right_one() {
        for (text, written, hint) in [
            ("[accessibility]\nanswer-days = \"five\"", "five", "a whole number"),
            ("[accessibility]\nlaw = \"no\"", "no", "`true` or `false`"),
            ("[accessibility]\nprepared = 2026", "2026", "a date in quotes"),
            ("[accessibility]\nmethod = 3", "3", "words in quotes"),
            ("languages = \"en\"", "en", "a list"),
            ("title = 5", "5", "words in quotes"),
            ("theme = \"plain\"", "plain", "heading"),
        ] {
            let problem = &parse(text).problems[0];
            assert_eq!(problem.message, format!("“{written}” cannot stand here"));
            assert!(problem.hint.as_ref().is_some_and(|said| said.contains(hint)), "{problem:?}");
        }
    }

    #[test]
    fn the_nation_is_one_of_four_and_england_when_left_out() {
        assert_eq!(parse("").config.nation, Nation::England);
        for nation in Nation::ALL {
            let read = parse(&format!("nation = \"{}\"\n", nation.name()));
            assert_eq!((read.problems.len(), read.config.nation), (0, nation));
        }
        let read = parse("nation = \"England and Wales\"\n");
        assert_eq!(read.problems[0].message, "“England and Wales” cannot stand here");
        let hint = "write `\"England\"` or `\"Wales\"` or `\"Scotland\"` or `\"Northern Ireland\"`";
        assert_eq!(read.problems[0].hint.as_deref(), Some(hint));
    }

    #[test]
    fn a_host_that_is_not_known_is_answered_with_the_list() {
        assert_eq!(parse("hosts = [\"nginx\", \"iis\"]\n").config.hosts, [Host::Nginx, Host::Iis]);
        let read = parse("hosts = [\"ngnix\"]\n");
        assert_eq!(read.problems[0].message, "“ngnix” cannot stand here");
        let hint = read.problems[0].hint.as_deref().expect("what to write");
        for known in ["nginx", "apache", "netlify", "cloudflare", "caddy", "s3", "azure", "plain"] {
            assert!(hint.contains(&format!("`\"{known}\"`")), "{hint}");
        }
    }

    #[test]
    fn limits_that_no_picture_could_keep_are_refused() {
        let read = parse("[pictures]\nmost-kb = 0\nwidest = 100\n");
        let said: Vec<&str> = read.problems.iter().map(|one| one.message.as_str()).collect();
        let narrow = "pictures 100 dots wide are narrower than a small phone";
        assert_eq!(said, ["no picture weighs 0 kB", narrow]);
        assert_eq!(read.source.at(read.problems[1].span), "widest = 100");
        assert_eq!((read.config.pictures.most(), read.config.pictures.widest), (200_000, 1_200));
    }

    #[test]
    fn a_setting_knows_its_place() {
        let read = parse("\u{feff}[accessibility]\nprepared = 2026-11-02\nreviewed = \"today\"\n");
        let statement = read.config.accessibility.expect("it is there");
        let prepared = statement.prepared.expect("it is there");
        assert_eq!(
            (&*prepared.value.0, read.source.at(prepared.span)),
            ("2026-11-02", "2026-11-02")
        );
        let reviewed = statement.reviewed.expect("it is there");
        assert_eq!((&*reviewed.value.0, read.source.at(reviewed.span)), ("today", "\"today\""));
    }

    #[test]
    fn words_in_another_language_stand_in_when_there_are_none() {
        let words = |text: &str| {
            let read = parse(&format!("[accessibility]\n{text}\n"));
            assert_eq!(read.problems, []);
            read.config.accessibility.and_then(|statement| statement.method).expect("words").value
        };
        let plain = words("method = \"By hand.\"");
        assert_eq!(plain.in_language("en", "en"), ("By hand.", "en"));
        assert_eq!(plain.in_language("cy", "en"), ("By hand.", "en"));
        let both = words("method.en = \"By hand.\"\nmethod.cy = \"Â llaw.\"");
        assert_eq!(both.in_language("cy", "en"), ("Â llaw.", "cy"));
        assert_eq!(both.in_language("fr", "en"), ("By hand.", "en"));
        assert_eq!(words("method.cy = \"Â llaw.\"").in_language("en", "en"), ("Â llaw.", "cy"));
    }

    #[test]
    fn an_address_needs_its_scheme() {
        let read = parse("base = \"www.example.org\"\n");
        assert_eq!(read.source.at(read.problems[0].span), "www.example.org");
        assert_eq!(parse("base = \"https://a.example/guide/\"").config.base_path(), "/guide/");
        assert_eq!(parse("base = \"https://a.example/\"").config.base_path(), "/");
    }
}
