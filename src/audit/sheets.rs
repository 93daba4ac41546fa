//! The stylesheets around pages, each read once with what it takes in.

use std::{
    collections::HashMap,
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::{
    links::target_from,
    page::{Found, Sheet},
};

/// How deep stylesheets may take in each other. Nobody writes more.
const DEEPEST: usize = 64;

/// How many rules may be put into others, on the whole. Nobody writes more, and files that take
/// in each other many times are made to break programs.
const MOST: usize = 2_000_000;

/// What gives the text of the file at a path.
type Text<'a> = dyn Fn(&str) -> Option<String> + Send + Sync + 'a;

/// The stylesheets of a folder or of a site.
pub(crate) struct Sheets<'a> {
    /// The folder at which the root is published, with `/` at both ends.
    base: &'a str,
    /// The text of the file at a path.
    text: Box<Text<'a>>,
    known: Mutex<HashMap<String, Option<Arc<Sheet>>>>,
    /// How many rules were put into others.
    taken: AtomicUsize,
}

impl<'a> Sheets<'a> {
    pub(crate) fn new(
        base: &'a str,
        text: impl Fn(&str) -> Option<String> + Send + Sync + 'a,
    ) -> Self {
        Self { base, text: Box::new(text), known: Mutex::default(), taken: AtomicUsize::new(0) }
    }

    /// The one at an address that the page at `from` writes.
    pub(crate) fn at(&self, address: &str, from: &str) -> Option<Arc<Sheet>> {
        self.whole(&target_from(address, from, self.base)?, &mut Vec::new())
    }

    /// `open` are those that take in this one.
    fn whole(&self, path: &str, open: &mut Vec<String>) -> Option<Arc<Sheet>> {
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(sheet) = known().get(path) {
            return sheet.clone();
        }
        let sheet = (self.text)(path).map(|text| {
            let sheet = Sheet::read(&text);
            open.push(path.to_owned());
            let found = sheet.imports().iter().map(|import| {
                match target_from(&import.address, path, self.base) {
                    None => Found::Missing,
                    // What goes round in a circle is read in another order on each page.
                    Some(file) if open.contains(&file) => Found::Unread,
                    Some(_) if open.len() >= DEEPEST => Found::Unread,
                    Some(_) if self.taken.load(Ordering::Relaxed) > MOST => Found::Unread,
                    Some(file) => match self.whole(&file, open) {
                        Some(sheet) => {
                            self.taken.fetch_add(sheet.size(), Ordering::Relaxed);
                            Found::Sheet(sheet)
                        }
                        None => Found::Missing,
                    },
                }
            });
            let found = found.collect();
            open.pop();
            Arc::new(sheet.with(found))
        });
        known().entry(path.to_owned()).or_insert(sheet).clone()
    }
}

impl fmt::Debug for Sheets<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sheets").field("base", &self.base).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::{super::page::Page, *};

    /// The colour of the first words of a page with the stylesheet `a.css`, and what is missing.
    fn colour(files: &[(&str, &str)], html: &str) -> (String, Vec<String>) {
        let files: HashMap<&str, &str> = files.iter().copied().collect();
        let sheets = Sheets::new("/", |path| files.get(path).map(|text| (*text).to_owned()));
        let page = Page::read(html, |address| sheets.at(address, "x/index.html"));
        let words = page.root().seen_words().next().expect("words").0;
        let colour = words.style().colour[0].map_or("?".into(), |colour| colour.hex());
        (colour, page.missing_styles().to_vec())
    }

    fn of(files: &[(&str, &str)]) -> String {
        let (colour, missing) = colour(files, "<link rel=stylesheet href=/a.css><p>Words");
        assert_eq!(missing, [""; 0]);
        colour
    }

    #[test]
    fn a_stylesheet_takes_in_others_in_their_order() {
        let (red, green) = ("p { color: #f00 }", "p { color: #0f0 }");
        let with = |own: &str| of(&[("a.css", own), ("b/c.css", red), ("b/d.css", green)]);
        assert_eq!(with("@import 'b/c.css';"), "#ff0000");
        assert_eq!(with("@charset 'utf-8'; @import url(b/c.css); p { color: #00f }"), "#0000ff");
        assert_eq!(with("@import \"b/c.css\"; @import \"/b/d.css\";"), "#00ff00");
        assert_eq!(with("p { color: #00f } @import 'b/c.css';"), "#0000ff", "below a rule");
        assert_eq!(with("@import 'b/c.css' print;"), "#000000");
        assert_eq!(with("@import 'b/c.css' screen and (min-width: 10px);"), "#ff0000");
        assert_eq!(with("@import 'b/c.css' supports(not (display: grid));"), "#000000");
        assert_eq!(with("@import 'b/d.css'; @import 'b/c.css' layer(x);"), "#00ff00");
        assert_eq!(
            with("@layer y, x; @import 'b/d.css' layer(x); @layer y { p { color: #00f } }"),
            "#00ff00"
        );
        assert_eq!(with("@import 'b/c.css' layer; p { color: #00f }"), "#0000ff");
        // From where it lies, and round in a circle.
        let far =
            [("a.css", "@import 'b/e.css';"), ("b/e.css", "@import 'c.css';"), ("b/c.css", red)];
        assert_eq!(of(&far), "#ff0000");
        let round =
            [("a.css", "@import 'b.css'; p { color: #f00 }"), ("b.css", "@import 'a.css';")];
        assert_eq!(of(&round), "#ff0000");
        // Nothing is judged by what goes round, on whichever page it begins.
        let sheets = Sheets::new("/", |path| {
            let found = round.iter().find(|(name, _)| *name == path);
            found.map(|(_, text)| (*text).to_owned())
        });
        for own in ["/a.css", "/b.css"] {
            let html = format!("<link rel=stylesheet href={own}><p>Words");
            let page = Page::read(&html, |address| sheets.at(address, "x/index.html"));
            assert!(page.has_unknown_style(), "{own}");
        }
    }

    #[test]
    fn what_is_missing_is_named_unless_it_brings_fonts() {
        let of =
            |own: &str| colour(&[("a.css", own)], "<link rel=stylesheet href=/a.css><p>Words").1;
        assert_eq!(of("@import 'b.css'; @import 'c.css' print;"), ["b.css"]);
        assert_eq!(of("@import url(https://fonts.googleapis.com/css?family=Lato);"), [""; 0]);
        let page = "<style>@import '/a.css'; @import 'b.css';</style><p>Words";
        assert_eq!(
            colour(&[("a.css", "p { color: #f00 }")], page),
            ("#ff0000".into(), vec!["b.css".into()])
        );
    }

    #[test]
    fn stylesheets_that_take_in_each_other_many_times_end() {
        let mut files: Vec<(String, String)> = (0..40)
            .map(|at| {
                (
                    format!("s{at}.css"),
                    format!(
                        "@import 's{}.css'; @import 's{}.css'; p {{ color: #f00 }}",
                        at + 1,
                        at + 2
                    ),
                )
            })
            .collect();
        files.push(("a.css".into(), "@import 's0.css';".repeat(100)));
        // Without a rule in any, and with what is missing.
        files.extend((0..30).map(|at| {
            let next = format!("@import 't{}.css'; @import 'no{at}.css';", at + 1);
            (format!("t{at}.css"), next.repeat(4))
        }));
        files.push(("b.css".into(), "@import 't0.css';".into()));
        let files: Vec<(&str, &str)> =
            files.iter().map(|(path, text)| (&**path, &**text)).collect();
        for own in ["a", "b"] {
            colour(&files, &format!("<link rel=stylesheet href=/{own}.css><p>Words"));
        }
    }
}
