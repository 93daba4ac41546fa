//! A language is a file of the theme and no Rust: what pages say, how dates and hours are
//! written and read, and what each language of a site has of its own.

use std::fmt::Write as _;

use crate::small_site::{HOME, site};
use plainsite::{
    Built, Date, Options, build,
    letter::{Template, answer, compare},
};

const SETTINGS: &str =
    "title = \"Guide\"\nbase = \"https://guide.example/\"\nlanguages = [\"en\", \"pl\"]\n";

/// Polish words; all others are English ones with “PL” before them.
const POLISH: &[(&str, &str)] = &[
    ("language_name", "\"Polski\""),
    (
        "months",
        "[stycznia, lutego, marca, kwietnia, maja, czerwca, lipca, sierpnia, września, października, listopada, grudnia]",
    ),
    ("days", "[poniedziałek, wtorek, środa, czwartek, piątek, sobota, niedziela]"),
    ("hours_clock", "\"24\""),
    ("hours_times", "\"{from}–{to}\""),
    ("hours_days", "\"{from} – {to}\""),
    ("hours_and", "\"i\""),
    ("hours_and_vowel", "\"i\""),
    ("yes", "\"tak\""),
    ("no", "\"nie\""),
    ("search", "\"Szukaj\""),
    ("a_to_z", "\"Od A do Z\""),
    ("made_a_to_z", "\"Wszystkie strony od A do Z\""),
    ("made_search", "\"Szukanie\""),
    ("made_not_found", "\"Nie ma takiej strony\""),
    ("made_write_on", "\"do druku\""),
    ("not_found_what", "\"Nie możemy znaleźć tej strony.\""),
    ("untranslated", "\"Tej strony nie ma jeszcze po polsku.\""),
    ("letterhead_reference", "\"Nasz numer\""),
    ("letterhead_end", "\"Koniec listu\""),
    ("frame_only_if", "\"Jeśli\""),
    ("frame_date", "\"Data listu\""),
];

/// `words/pl.yaml`, without the words that `lacks` names.
fn polish(lacks: &[&str]) -> String {
    let mut out = String::new();
    for line in include_str!("../themes/plain/words/en.yaml").lines() {
        let Some((name, words)) = line.split_once(": ").filter(|_| !line.starts_with('#')) else {
            continue;
        };
        let bare = name.trim_matches('"');
        let own = POLISH.iter().find(|(known, _)| *known == bare);
        let words =
            own.map_or_else(|| words.replacen('"', "\"PL ", 1), |(_, own)| (*own).to_owned());
        if !lacks.contains(&bare) {
            writeln!(out, "{name}: {words}").expect("text");
        }
    }
    out
}

const PAGES: &[(&str, &str)] = &[
    HOME,
    (
        "content/index.pl.md",
        "---\ntitle: Przewodnik\nkind: home\n---\n\nCześć. [Szukaj](/search/).\n",
    ),
    ("content/money.md", "---\ntitle: Money\n---\n\nHello.\n"),
    (
        "content/money.pl.md",
        "---\ntitle: Pieniądze\nchecked: 21 września 2026\ncheck again: 5 paź 2027\nchanges:\n  - {date: 3 Maja 2026, note: Nowa strona.}\n---\n\nCześć.\n",
    ),
    ("content/only.md", "---\ntitle: Only in English\n---\n\nHello.\n"),
    (
        "content/directory/index.md",
        "---\ntitle: Directory\nkind: directory\nkind of pages: service\ncategories:\n  - {id: advice, name: Advice}\n---\n\nChoose.\n",
    ),
    (
        "content/directory/rowan.pl.yaml",
        "name: Jarzębina\nchecked: 1 listopada 2026\non offer: Porady.\nwho for: Dla każdego.\nareas: [Whole county]\ncategory: [advice]\ncost: free\nhow to access: Proszę zadzwonić.\nhours: 9am to 5pm Monday to Wednesday and Friday\nclosed: [24 grudnia 2026 to 1 stycznia 2027]\nphones:\n  - number: 0306 999 0100\n",
    ),
    (
        "content/_data/contacts.yaml",
        "team:\n  name: Zespół\n  emails:\n    - {address: team@county.example}\n",
    ),
    (
        "content/letters/ask.pl.md",
        "---\ntitle: Prośba\nkind: decision letter\nfrom: team\nfields:\n  - {name: day, label: Dzień, type: date, example: 21 września 2026}\n  - {name: help, label: Pomoc, type: yes or no, example: tak}\n---\n\nOd ((day)).\n\n((help: tak??Pomożemy.))\n",
    ),
];

fn built(words: &str, settings: &str) -> Built {
    let own = [("site.toml", settings), ("themes/plain/words/pl.yaml", words)];
    let files: Vec<_> =
        PAGES.iter().copied().chain(own).filter(|(_, text)| !text.is_empty()).collect();
    let today = Date::parse("2026-11-21").expect("a day");
    build(site(&files).path(), Options { today, staff: false, portable: false }).expect("a site")
}

fn file<'a>(built: &'a Built, path: &str) -> &'a str {
    let bytes = built.files.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    std::str::from_utf8(bytes.as_slice()).expect("text")
}

fn said(built: &Built, code: &str) -> Vec<String> {
    let found = built.findings.iter().filter(|found| found.code() == code);
    found.map(|found| format!("{}: {}", found.file, found.said())).collect()
}

#[track_caller]
fn has(page: &str, all: &[&str]) {
    for words in all {
        assert!(page.contains(words), "“{words}” is not in {page}");
    }
}

#[test]
fn a_third_language_is_a_file_of_the_theme() {
    let built = built(&polish(&[]), SETTINGS);
    for code in ["theme", "front-matter", "hours", "letter-field", "dead-link"] {
        assert_eq!(said(&built, code), Vec::<String>::new(), "{code}");
    }
    let money = file(&built, "pl/money/index.html");
    has(
        money,
        &["21 września 2026", "5 października 2027", "3 maja 2026", "PL Skip to the main text"],
    );
    let english = file(&built, "money/index.html");
    has(english, &["hreflang=\"pl\">Polski</a>"]);
    has(file(&built, "only/index.html"), &["Tej strony nie ma jeszcze po polsku."]);
    let service = file(&built, "pl/directory/rowan/index.html");
    has(
        service,
        &["09:00–17:00 poniedziałek – środa i piątek", "1 listopada 2026", "24 grudnia 2026"],
    );
    let card = file(&built, "pl/directory/rowan/card.vcf").replace("\r\n ", "");
    has(&card, &["PL Checked 1 listopada 2026"]);

    let page = file(&built, "pl/letters/ask/index.html");
    has(page, &["Koniec listu", "Nasz numer", "Data listu", "Jeśli", "Pomożemy"]);
    has(file(&built, "pl/letters/ask/print/index.html"), &["<h1>Prośba – do druku</h1>"]);
    let template: Template = compare::published(page).expect("a letter");
    let field = template.field("day").map(|at| &template.fields[at]).expect("a field");
    for typed in ["21 wrz 2026", "21 WRZEŚNIA 2026", "21 September 2026", "21/9/2026"] {
        let read = answer::read(&template, field, typed);
        assert_eq!(read.as_deref(), Ok("21 września 2026"), "{typed}");
    }
}

#[test]
fn a_link_at_the_foot_says_that_it_leads_to_another_language() {
    let foot = |built: &Built, path: &str| {
        let (_, foot) = file(built, path).split_once("<footer").expect("a foot");
        foot.to_owned()
    };
    let settings = format!("{SETTINGS}footer = [\"/only/\", \"/pl/money/\"]\n");
    let here = built(&polish(&[]), &settings);
    has(
        &foot(&here, "pl/index.html"),
        &[
            "hreflang=\"en\"><span lang=\"en\">Only in English</span> (PL in\u{a0}English)</a>",
            "<a href=\"money/\">Pieniądze</a>",
        ],
    );
    // Of a language for which there is no such word, its own name is said.
    has(
        &foot(&here, "index.html"),
        &[
            "<a href=\"only/\">Only in English</a>",
            "hreflang=\"pl\"><span lang=\"pl\">Pieniądze</span> (Polski)</a>",
        ],
    );
}

#[test]
fn each_language_has_its_own_list_search_and_page_for_what_is_not_there() {
    let built = built(&polish(&[]), SETTINGS);
    let list = file(&built, "pl/a-z/index.html");
    has(
        list,
        &[
            "<h1>Wszystkie strony od A do Z</h1>",
            "Pieniądze",
            "lang=\"pl\"",
            "hreflang=\"en\">English</a>",
        ],
    );
    assert!(!list.contains(">Money<"), "{list}");
    let english = file(&built, "a-z/index.html");
    has(english, &["<h1>A to Z of all pages</h1>", ">Money<", "href=\"../pl/a-z/\" lang=\"pl\""]);
    assert!(!english.contains("Pieniądze"), "{english}");

    let search = file(&built, "pl/search/index.html");
    has(
        search,
        &[
            "<h1>Szukanie</h1>",
            "data-language=\"pl\"",
            "data-index=\"../../search/\"",
            "href=\"../../search/\" lang=\"en\"",
        ],
    );
    let lost = file(&built, "pl/404.html");
    has(
        lost,
        &[
            "<h1>Nie ma takiej strony</h1>",
            "Nie możemy znaleźć tej strony.",
            "href=\"/pl/search/\"",
            "href=\"/pl/a-z/\"",
            "href=\"/404.html\" lang=\"en\"",
        ],
    );
    has(
        file(&built, "404.html"),
        &[
            "<h1>This page is not here</h1>",
            "href=\"/search/\"",
            "href=\"/pl/404.html\" lang=\"pl\"",
        ],
    );

    // The tools at the top and links of editors stay in the language of the page.
    let home = file(&built, "pl/index.html");
    has(home, &["<a href=\"search/\">Szukaj</a>", "<a href=\"a-z/\">Od A do Z</a>"]);
    assert!(!home.contains("\"../search/\"") && !home.contains("\"../a-z/\""), "{home}");
    has(file(&built, "money/index.html"), &["<a href=\"../search/\">Search</a>"]);
    let map = file(&built, "sitemap.xml");
    has(map, &["https://guide.example/pl/a-z/", "https://guide.example/a-z/"]);
    // One folder of the index serves all of them.
    assert!(
        !built.files.keys().any(|path| path.starts_with("pl/search/") && path.ends_with(".json"))
    );
}

#[test]
fn a_search_page_that_an_editor_wrote_has_its_place_in_each_language() {
    let own = ("content/help/find.md", "---\ntitle: Find\nkind: search\n---\n\nHello.\n");
    let words = polish(&[]);
    let files = [("site.toml", SETTINGS), ("themes/plain/words/pl.yaml", words.as_str()), own];
    let files: Vec<_> = PAGES.iter().copied().chain(files).collect();
    let today = Date::parse("2026-11-21").expect("a day");
    let built = build(site(&files).path(), Options { today, staff: false, portable: false });
    let built = built.expect("a site");
    has(
        file(&built, "pl/help/find/index.html"),
        &["<h1>Szukanie</h1>", "href=\"../../../help/find/\" lang=\"en\""],
    );
    has(file(&built, "help/find/index.html"), &["href=\"../../pl/help/find/\" lang=\"pl\""]);
    assert!(!built.files.contains_key("search/index.html"));
}

#[test]
fn what_is_made_of_a_page_leads_to_the_same_in_another_language() {
    let words = polish(&[]);
    let own = [
        ("site.toml", SETTINGS),
        ("themes/plain/words/pl.yaml", &words),
        ("content/plan/index.md", "---\ntitle: Plan\nkind: guide\n---\n\nHello.\n"),
        ("content/plan/first.md", "---\ntitle: First\n---\n\nThe first part.\n"),
        ("content/plan/index.pl.md", "---\ntitle: Plan\nkind: guide\n---\n\nCześć.\n"),
        ("content/plan/first.pl.md", "---\ntitle: Pierwsza\n---\n\nPierwsza część.\n"),
    ];
    let files: Vec<_> = PAGES.iter().copied().chain(own).collect();
    let today = Date::parse("2026-11-21").expect("a day");
    let built = build(site(&files).path(), Options { today, staff: false, portable: false });
    let built = built.expect("a site");
    let print = file(&built, "pl/plan/print/index.html");
    has(print, &["Pierwsza część.", "href=\"../../../plan/print/\" lang=\"en\"", "href=\"../\""]);
    has(file(&built, "plan/print/index.html"), &["href=\"../../pl/plan/print/\" lang=\"pl\""]);
}

#[test]
fn words_that_a_language_lacks_are_borrowed_and_told_of_once() {
    let lacks = ["days", "skip", "made_write_on"];
    let here = built(&polish(&lacks), SETTINGS);
    let message = "words are not here, so pages borrow them: `made_write_on`, `skip`, `days`";
    assert_eq!(said(&here, "theme"), [format!("themes/plain/words/pl.yaml: {message}")]);
    let print = "pl/letters/ask/print/index.html";
    has(file(&here, print), &[" – to print and write on</h1>", ">Skip to the main text<"]);
    has(
        file(&here, "pl/directory/rowan/index.html"),
        &["Monday – Wednesday i Friday", "24 grudnia 2026"],
    );

    // The main language lends before English does.
    let settings = SETTINGS.replace("\"en\", \"pl\"", "\"cy\", \"pl\", \"en\"");
    let here = built(&polish(&lacks), &settings);
    has(file(&here, print), &[" – i’w argraffu ac ysgrifennu arno</h1>", ">Neidio i’r prif"]);

    // A language without a file has all words of another, and its tag for a name.
    let here = built("", SETTINGS);
    let message = "the theme has no words in “pl”, so its pages borrow them";
    assert_eq!(said(&here, "theme"), [format!("site.toml: {message}")]);
    has(file(&here, "money/index.html"), &["hreflang=\"pl\">pl</a>"]);
}

#[test]
fn a_list_of_the_wrong_length_is_an_error_at_its_place() {
    let words = polish(&[]).replace("[stycznia, ", "[");
    let built = built(&words, SETTINGS);
    let said = said(&built, "theme");
    assert_eq!(said[0], "themes/plain/words/pl.yaml: `months` has 11 words, and needs 12");
}

#[test]
fn words_of_a_site_lie_over_those_of_the_program_one_by_one() {
    let own = ("themes/plain/words/en.yaml", "skip: \"To the text\"\n");
    let files = [HOME, own];
    let today = Date::parse("2026-11-21").expect("a day");
    let built = build(site(&files).path(), Options { today, staff: false, portable: false });
    let built = built.expect("a site");
    has(file(&built, "index.html"), &[">To the text</a>", ">A to Z</a>"]);
    assert_eq!(said(&built, "theme"), Vec::<String>::new());
}

#[test]
fn a_translation_has_the_short_link_of_its_page_below_its_own_folder() {
    let english = "---\ntitle: Records\nshort: records\n---\n\nKeep records.\n";
    let welsh = "---\ntitle: Cofnodion\nshort: records\n---\n\nCadwch gofnodion.\n";
    let own = "---\ntitle: Dim ond yma\nshort: yma\n---\n\nDim ond yma.\n";
    let built = crate::small_site::built(&[
        (
            "site.toml",
            "title = \"Guide\"\nbase = \"https://guide.example/\"\nlanguages = [\"en\", \"cy\"]\n",
        ),
        HOME,
        ("content/records.md", english),
        ("content/records.cy.md", welsh),
        ("content/here.cy.md", own),
    ]);
    let page = |path: &str| String::from_utf8_lossy(built.files[path].as_slice()).into_owned();
    assert!(
        page("go/records/index.html").contains("/records/")
            && !page("go/records/index.html").contains("cy/")
    );
    assert!(
        page("cy/go/records/index.html").contains("/cy/records/")
            || page("cy/go/records/index.html").contains("../records/")
    );
    // A name that only the translation has stays where it was.
    assert!(page("go/yma/index.html").contains("cy/here/"));
    let said = page("cy/records/index.html").replace("<span>", "").replace("</span>", "");
    assert!(said.contains(">guide.example/cy/go/records"), "it says its own");
    assert!(built.files.contains_key("cy/go/records/code.svg"));
    assert!(built.findings.is_empty(), "{:?}", built.findings);
}

/// Pages in English and Welsh, and who looks after them.
fn two_languages(own: &[(&'static str, &'static str)]) -> Built {
    let settings = "title = \"Guide\"\npublisher = \"County\"\nbase = \"https://guide.example/\"\n\
                    languages = [\"en\", \"cy\"]\ncontact = \"team\"\n";
    let welsh_home = "---\ntitle: Canllaw\nkind: home\nowner: team\n---\n\nHelo.\n";
    let mut files = vec![("site.toml", settings), HOME, ("content/index.cy.md", welsh_home)];
    files.extend(own);
    crate::small_site::built(&files)
}

#[test]
fn letters_in_another_language_have_a_section_of_their_own() {
    let section = "---\ntitle: Letters you can fill in\nkind: section\n---\n\nChoose a letter.\n";
    let letter = "---\ntitle: Ask for a review\nkind: letter\nto: team\n---\nDear team\n\n# Review\n\nPlease review it.\n\nYours faithfully\n";
    let welsh = "---\ntitle: Gofyn am adolygiad\nkind: letter\nto: team\n---\nAnnwyl Dîm\n\n# Adolygiad\n\nAdolygwch ef.\n\nYr eiddoch yn gywir\n";
    let team = "team:\n  name: Team\n  phones: [{number: 0306 999 0110}]\n";
    let built = two_languages(&[
        ("content/_data/contacts.yaml", team),
        ("content/letters/index.md", section),
        ("content/letters/review.md", letter),
        ("content/letters/review.cy.md", welsh),
    ]);
    let list = file(&built, "cy/letters/index.html");
    has(list, &["<h1>Llythyrau</h1>", "<a href=\"review/\">Gofyn am adolygiad</a>"]);
    // It is the same page as the English one, stands in the menu and above its letters.
    has(list, &["href=\"../../letters/\" lang=\"en\" hreflang=\"en\""]);
    has(file(&built, "cy/index.html"), &["<ul><li><a href=\"letters/\">Llythyrau</a></li></ul>"]);
    let letter = file(&built, "cy/letters/review/index.html");
    has(letter, &["<li><a href=\"../\">Llythyrau</a></li></ol></nav>"]);
    // Nothing of the sort where there is no letter, and a page of an editor stays.
    let own = "---\ntitle: Ein llythyrau\nkind: section\n---\n\nDewiswch.\n";
    let built = two_languages(&[
        ("content/_data/contacts.yaml", team),
        ("content/letters/index.md", section),
        ("content/letters/index.cy.md", own),
        ("content/letters/review.cy.md", welsh),
        ("content/money/index.md", section),
        ("content/money/costs.cy.md", "---\ntitle: Costau\n---\n\nHelo.\n"),
    ]);
    has(file(&built, "cy/letters/index.html"), &["<h1>Ein llythyrau</h1>"]);
    assert!(!built.files.contains_key("cy/money/index.html"));
}

#[test]
fn each_value_of_a_record_in_another_language_is_marked() {
    let team = "team:\n  name: {en: Money team, cy: Tîm arian}\n  what for: Money.\n  \
                phones: [{number: 0306 999 0110}]\n  hours: Monday to Friday\n  \
                address: |\n    1 High Street\n    Exampleton\n  page: /records/\nold:\n  name: Old team\n  hours: Saturday\n  page: /records/\n";
    let built = two_languages(&[
        ("content/_data/contacts.yaml", team),
        ("content/records.md", "---\ntitle: Records\nowner: old\n---\n\nHello.\n"),
        ("content/records.cy.md", "---\ntitle: Cofnodion\nowner: old\n---\n\nHelo.\n"),
        ("content/other.cy.md", "---\ntitle: Arall\nowner: old\ncontact: old\n---\n\nHelo.\n"),
    ]);
    let home = file(&built, "cy/index.html");
    has(
        home,
        &[
            "<p class=\"contact-name\">Tîm arian</p>",
            "<p class=\"meta\" lang=\"en\">Money.</p>",
            "<dd lang=\"en\">Monday to Friday</dd>",
            "<dd class=\"lines\" lang=\"en\">1 High Street",
            "<dd><a class=\"solo\" href=\"records/\">Tîm arian</a></dd>",
        ],
    );
    // The page is called as its home page is, not as in the settings.
    has(home, &["<a href=\"./\">Canllaw</a></p>"]);
    has(home, &["<p class=\"publisher\"><span lang=\"en\">County</span></p>"]);
    has(file(&built, "cy/search/index.html"), &[", <span lang=\"en\">Monday to Friday</span>"]);
    let other = file(&built, "cy/other/index.html");
    has(
        other,
        &[
            "<p class=\"contact-name\" lang=\"en\">Old team</p>",
            "<dd><a class=\"solo\" href=\"../records/\"><span lang=\"en\">Old team</span></a></dd>",
            "Rhagor am: <span lang=\"en\">Old team</span>",
        ],
    );
    let english = file(&built, "records/index.html");
    assert!(!english.contains("lang=\"en\">Old"), "{english}");
}
