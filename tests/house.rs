//! What the shape of the house rules out: faults that came from two places knowing one thing.

use std::{collections::BTreeSet, fs};

use crate::small_site::{HOME, site};
use plainsite::{Built, Date, Options, build, index, output::search, rule::Severity, text::Source};

fn built(files: &[(&str, &str)], portable: bool) -> Built {
    built_on("2026-11-21", files, portable)
}

fn built_on(day: &str, files: &[(&str, &str)], portable: bool) -> Built {
    let today = Date::parse(day).expect("a day");
    build(site(files).path(), Options { today, staff: false, portable }).expect("it can be read")
}

fn file<'a>(built: &'a Built, path: &str) -> &'a str {
    let bytes = built.files.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    std::str::from_utf8(bytes.as_slice()).expect("text")
}

/// What was said, as `path: message | hint`.
fn said(built: &Built) -> Vec<String> {
    let errors = built.findings.iter().filter(|found| found.severity == Severity::Error);
    let line = |hint: Option<&str>| hint.unwrap_or_default().to_owned();
    errors
        .map(|found| format!("{}: {} | {}", found.file, found.said(), line(found.hint.as_deref())))
        .collect()
}

const STATEMENT: (&str, &str) =
    ("content/accessibility.md", "---\ntitle: Accessibility\nkind: accessibility\n---\n\nHello.\n");
const SETTINGS: &str = "title = \"Guide\"\nbase = \"https://guide.example/\"\n";

#[test]
fn the_search_finds_each_word_of_the_statement_that_is_published() {
    let settings = format!("{SETTINGS}[accessibility]\nlaw = false\nprepared = \"1 May 2026\"\n");
    let built = built(&[HOME, STATEMENT, ("site.toml", &settings)], false);
    let page = file(&built, "accessibility/index.html");
    let told =
        page.split_once("On 21 November 2026</span> a program looked").expect("the result").1;
    let told = told.split_once("tell us").expect("it ends").0;
    let text = told.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    let text: String = text.collect();
    let words: BTreeSet<&str> =
        text.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 4).collect();
    assert!(words.contains("website") && words.len() > 5, "{words:?}");
    let index = search::index(&built.files);
    for word in words {
        let found = index::search(&index, word, &index::Options { limit: 3, ..Default::default() });
        let urls: Vec<&str> = found.hits.iter().map(|hit| hit.url.as_str()).collect();
        assert!(urls.contains(&"/accessibility/"), "“{word}” finds {urls:?}");
    }
}

#[test]
fn another_day_alone_changes_nothing_in_the_search() {
    let settings = format!("{SETTINGS}[accessibility]\nlaw = false\nprepared = \"1 May 2026\"\n");
    let files = [HOME, STATEMENT, ("site.toml", settings.as_str())];
    let index = |day| search::index(&built_on(day, &files, false).files);
    assert_eq!(index("2026-11-21"), index("2026-11-22"));
}

#[test]
fn the_statement_claims_less_when_the_audit_finds_a_fault_in_any_language() {
    let settings = format!(
        "{SETTINGS}languages = [\"en\", \"cy\"]\nraw-html = true\n\
         [accessibility]\nlaw = false\nprepared = \"1 May 2026\"\ntested = \"1 May 2026\"\n"
    );
    let bad = ("content/bad.md", "---\ntitle: Bad\n---\n\n<p><img src=\"/x.png\"></p>\n");
    let welsh = (
        "content/accessibility.cy.md",
        "---\ntitle: Hygyrchedd\nkind: accessibility\n---\n\nHelo.\n",
    );
    let built = built(&[HOME, STATEMENT, welsh, bad, ("site.toml", &settings)], false);
    let page = file(&built, "accessibility/index.html");
    assert!(page.contains("<li>1.1.1 Non-text Content (image-name), on 1 page</li>"), "{page}");
    assert!(page.contains("is partially compliant"), "{page}");
    assert!(page.contains("It found these faults:"), "{page}");
    let page = file(&built, "cy/accessibility/index.html");
    let name =
        "<li>1.1.1 <span lang=\"en\">Non-text Content</span> (image-name), ar 1 dudalen</li>";
    assert!(page.contains(name) && page.contains("Ar 21 Tachwedd 2026"), "{page}");
}

/// A site with every output.
const WHOLE: &[(&str, &str)] = &[
    HOME,
    ("site.toml", SETTINGS),
    (
        "content/directory/index.md",
        "---\ntitle: Directory\nkind: directory\nkind of pages: service\ncategories:\n  - {id: advice, name: Advice}\n---\n\nChoose.\n",
    ),
    (
        "content/directory/rowan.yaml",
        "title: Rowan House\nchecked: 2026-11-01\non offer: Advice.\nwho for: Anyone who lives in the county.\nareas: [Whole county]\ncategory: [advice]\ncost: free\nhow to access: Contact them yourself.\nphones:\n  - number: 0306 999 0100\n",
    ),
    (
        "content/letters/ask.md",
        "---\ntitle: Ask for a review\nkind: letter\nshort: ask\nto: The team\nfields:\n  - {name: name, label: Your name, type: text, example: Sam}\n---\n\nDear team\n\nI am ((name)). Please look at my plan.\n",
    ),
];

#[test]
fn nothing_takes_the_place_of_what_an_output_makes() {
    for portable in [false, true] {
        let built = built(WHOLE, portable);
        let made: Vec<&String> =
            built.files.keys().filter(|path| !path.ends_with(".html")).collect();
        assert!(made.len() > 20, "{made:?}");
        for path in made {
            assert!(built.paths.taken(path, "").is_some(), "{path} was not declared");
        }
    }
    let whole = built(WHOLE, false);
    let made = whole.files.keys().filter(|path| !path.ends_with(".html"));
    let own: Vec<String> = made.map(|path| format!("content/{path}")).collect();
    let mut files = WHOLE.to_vec();
    files.extend(own.iter().map(|path| (path.as_str(), "{}")));
    let found = said(&built(&files, false));
    for own in own {
        let told = found.iter().any(|said| said.starts_with(&own) && said.contains("is taken"));
        assert!(told, "{own}: {found:#?}");
    }
}

#[test]
fn an_old_address_takes_the_place_of_nothing() {
    for (old, whose) in [("/robots.txt", "the site map"), ("/search/index.json", "the search")] {
        let page = format!("---\ntitle: A\nalso at: [{old}]\n---\n\nHello.\n");
        let mut files = WHOLE.to_vec();
        files.push(("content/a.md", &page));
        let found = said(&built(&files, false));
        let wanted = format!("the address {old} is taken: {whose} is published there");
        assert!(found.iter().any(|said| said.contains(&wanted)), "{old}: {found:#?}");
    }
}

#[test]
fn links_lead_to_what_outputs_make() {
    let page = "---\ntitle: A\n---\n\nTake [the table](/data/services.csv), [the letter](letters/ask/ask.docx) or [the feed](/feed.xml).\n\n![The address of the letter](/go/ask/code.svg)\n";
    let mut files = WHOLE.to_vec();
    files.push(("content/a.md", page));
    let built = built(&files, false);
    assert_eq!(said(&built), Vec::<String>::new());
    let page = file(&built, "a/index.html");
    for link in ["../data/services.csv", "../letters/ask/ask.docx", "../feed.xml"] {
        assert!(page.contains(&format!("<a href=\"{link}\"")), "{link}: {page}");
    }
    assert!(page.contains("src=\"../go/ask/code.svg\""), "{page}");
    let mut files = WHOLE.to_vec();
    files.push(("content/a.md", "---\ntitle: A\n---\n\n[The table](/data/service.csv).\n"));
    let found = said(&self::built(&files, false));
    assert!(found.iter().any(|said| said.contains("no page or file “/data/service.csv”")));
}

#[test]
fn the_search_of_a_build_and_that_of_its_folder_find_the_same_parts() {
    let files = [
        HOME,
        ("site.toml", SETTINGS),
        ("content/glossary.md", "---\ntitle: Glossary\nkind: glossary\n---\n\nWords we use.\n"),
        (
            "content/_data/glossary.yaml",
            "quango:\n  means: A body paid for by the state.\ntribunal:\n  means: A sort of court.\n",
        ),
        ("content/pay.md", "---\ntitle: Pay\n---\n\nFirst.\n\n## Payslips\n\nEach month.\n"),
    ];
    let built = built(&files, false);
    let folder = tempfile::tempdir().expect("a folder");
    for (path, bytes) in built.files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes.as_slice()).expect("a file");
    }
    let made = plainsite::folder::search::search(folder.path(), false).expect("there are pages");
    let (own, other) = (search::index(&built.files), search::index(&made.files));
    for (word, part) in [
        ("quango", "/glossary/#quango"),
        ("tribunal", "/glossary/#tribunal"),
        ("payslips", "/pay/#payslips"),
    ] {
        let first = |index| {
            let options = index::Options { limit: 1, ..Default::default() };
            let hit = index::search(index, word, &options).hits.into_iter().next()?;
            Some(hit.url + &hit.section.map_or_else(String::new, |(id, _)| format!("#{id}")))
        };
        assert_eq!(first(&own).as_deref(), Some(part), "of the build");
        assert_eq!(first(&other).as_deref(), Some(part), "of the folder");
    }
}

/// The line of the first finding with these words.
fn line(built: &Built, words: &str) -> (String, usize) {
    let found = built.findings.iter().find(|found| found.said().contains(words));
    let found = found.unwrap_or_else(|| panic!("nothing says “{words}”: {:#?}", built.findings));
    (found.file.to_string(), found.start.line)
}

#[test]
fn a_finding_stands_at_the_value_and_not_at_a_comment_that_says_the_same() {
    let service = "# before: sam@gmail.com\ntitle: Rowan House\nchecked: 2026-11-01\non offer: Advice.\nwho for: Anyone.\nareas: [Whole county]\ncategory: [advice]\ncost: free\nhow to access: Write.\nemails:\n  - address: sam@gmail.com\n";
    let contacts = "# sam@gmail.com\nteam:\n  name: Team\n  # EX1 2ZZ\n  address: |\n    1 High Street\n    EX1 2ZZZ\n  # sam@gmail.com\n  emails:\n    - {address: sam@gmail.com}\n";
    let settings = "# base = \"guide\"\nbase = \"guide\"\nfooter = [\"/a/\", \"/b/\"]\n# reserved-roles \"#fefefe\"\n[rules]\nreserved-roles = true\n[theme.light]\nlink = \"#fefefe\"\n";
    let files = [
        HOME,
        WHOLE[2],
        ("content/directory/rowan.yaml", service),
        ("content/_data/contacts.yaml", contacts),
        ("site.toml", settings),
    ];
    let built = built(&files, false);
    for (words, file, at) in [
        ("“guide” is not the address", "site.toml", 2),
        ("no page at “/b/”", "site.toml", 3),
        ("no page says", "site.toml", 6),
        ("is not a UK postcode", "content/_data/contacts.yaml", 7),
        ("is hard to see", "site.toml", 8),
    ] {
        assert_eq!(line(&built, words), (file.to_owned(), at), "{words}");
    }
    let personal: Vec<(&str, usize)> = built
        .findings
        .iter()
        .filter(|found| found.code() == "personal-data")
        .map(|found| (&*found.file, found.start.line))
        .collect();
    let wanted = [("content/_data/contacts.yaml", 10), ("content/directory/rowan.yaml", 11)];
    assert_eq!(personal, wanted);
}

#[test]
fn one_slip_is_told_of_once_at_its_cause() {
    let page = "---\ntitle: A\n---\n\nHello [click here](/) and [gone](gone.md).\n\n#### Deep\n\n![](x.svg)\n\nMore.\n\n[](/)\n";
    let settings = format!("{SETTINGS}[theme.light]\nlink = \"#fefefe\"\n");
    let home = ("content/index.md", page);
    let built = built(&[home, ("content/x.svg", "<svg/>"), ("site.toml", &settings)], false);
    let found: Vec<String> = built
        .findings
        .iter()
        .map(|found| format!("{}:{} {}", found.file, found.start.line, found.code()))
        .collect();
    let wanted = [
        "content/index.md:5 link-text",
        "content/index.md:5 dead-link",
        "content/index.md:7 heading-order",
        "content/index.md:9 image-alt",
        "content/index.md:13 link-text",
        "site.toml:4 colours",
        "site.toml:4 colours",
    ];
    assert_eq!(found, wanted);
}

#[test]
fn a_file_that_only_staff_are_led_to_is_not_there_for_others() {
    let settings = format!("{SETTINGS}raw-html = true\n");
    let files = [
        HOME,
        ("site.toml", settings.as_str()),
        ("content/guide.pdf", "x"),
        ("content/own.md", "---\ntitle: Own\naudience: staff\n---\n\n[The guide](guide.pdf).\n"),
        ("content/a.md", "---\ntitle: A\n---\n\n<p><a href=\"/guide.pdf\">The guide</a></p>\n"),
    ];
    let built = built(&files, false);
    assert!(!built.files.contains_key("guide.pdf"), "{:?}", built.files.keys());
    assert_eq!(line(&built, "nothing is published at").0, "content/a.md");
}

#[test]
fn the_file_of_one_service_can_be_linked() {
    let made = built(WHOLE, false);
    let own = made.files.keys().find(|path| path.starts_with("data/services/")).expect("a file");
    let page = format!("---\ntitle: A\n---\n\n[One service](/{own}).\n");
    let mut files = WHOLE.to_vec();
    files.push(("content/a.md", &page));
    assert_eq!(said(&built(&files, false)), Vec::<String>::new());
}

#[test]
fn names_that_only_look_like_ours_are_free_and_one_clash_is_told_of_once() {
    let mut files = WHOLE.to_vec();
    files.extend([
        ("content/search/data.json", "{}"),
        ("content/form.pdf", "x"),
        ("content/a.md", "---\ntitle: A\n---\n\n[Data](/search/data.json), [form](form.pdf).\n"),
    ]);
    assert_eq!(said(&built(&files, false)), Vec::<String>::new());
    assert_eq!(said(&built(&files, true)), Vec::<String>::new());
    files.push((
        "content/_data/redirects.yaml",
        "/form.pdf: /a/\n/old.html: /a/\n/old.html/b: /a/\n",
    ));
    let found = said(&built(&files, false));
    let wanted = [
        "content/_data/redirects.yaml: the address /old.html/b/ is taken: a page is published there | take it out",
        "content/form.pdf: the address /form.pdf is taken: a page is published there | rename the file",
    ];
    assert_eq!(found, wanted);
}

#[test]
fn a_letter_without_its_contact_is_told_of_once() {
    let letter =
        "---\ntitle: Our decision\nkind: decision letter\nfrom: team\n---\n\nDear Sam\n\nWords.\n";
    let other = "---\ntitle: B\n---\n\nCall ((nobody phone)).\n";
    let files = [HOME, ("site.toml", SETTINGS), ("content/a.md", letter), ("content/b.md", other)];
    let built = built(&files, false);
    assert!(built.findings.iter().any(|found| found.code() == "owner"), "{:#?}", built.findings);
    let left: Vec<(&str, usize)> = built
        .findings
        .iter()
        .filter(|found| found.code() == "unknown-value")
        .map(|found| (&*found.file, found.start.line))
        .collect();
    assert_eq!(left, [("content/b.md", 5)]);
}

#[test]
fn the_words_that_a_kind_has_of_its_own_are_read_like_all_others() {
    let flow = "title: Can I have one?\nkind: flow\nbefore: Call before 1/2/2027.\nquestions:\n  - id: adult\n    ask: Are you 18?\n    answers:\n      - {answer: \"Yes\", go to: yes}\noutcomes:\n  - id: yes\n    title: You can\n    text: Write to sam.smith@gmail.com.\n";
    let steps = "---\ntitle: Steps\nkind: step by step\nsteps:\n  - title: Write to us\n    about: Write to kim.lee@gmail.com.\n---\n\nDo these.\n";
    let service = WHOLE[3].1.to_owned()
        + "cannot do: Ask jo.hill@gmail.com.\nplaces:\n  - address: \"1 High Street, Exampleton, EX1 1AA\"\n    access: Ring pat.wood@gmail.com.\n";
    let mut files = WHOLE.to_vec();
    files[3].1 = &service;
    files.extend([("content/can-i.yaml", flow), ("content/steps.md", steps)]);
    let built = built(&files, false);
    for (words, file, on) in [
        ("sam.smith@gmail.com", "content/can-i.yaml", 12),
        ("kim.lee@gmail.com", "content/steps.md", 6),
        ("jo.hill@gmail.com", "content/directory/rowan.yaml", 11),
        ("pat.wood@gmail.com", "content/directory/rowan.yaml", 14),
        ("1/2/2027", "content/can-i.yaml", 3),
    ] {
        assert_eq!(line(&built, words), (file.to_owned(), on), "{words}");
    }
}

fn repository(path: &str) -> String {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(root.join(path)).unwrap_or_else(|why| panic!("{path}: {why}"))
}

/// Where the links of a page of the manual lead, and the ids of its headings.
fn links_and_ids(path: &str) -> (Vec<String>, BTreeSet<String>) {
    let today = Date::parse("2026-11-21").expect("a day");
    let page = plainsite::parse::parse(Source::new(path, repository(path)), true, today);
    let links = page.links.iter().map(|link| link.destination.clone()).collect();
    (links, page.headings.iter().map(|heading| heading.id.clone()).collect())
}

#[test]
fn every_link_of_the_manual_leads_somewhere_and_no_sentence_needs_rust() {
    // It is put into each new site, where nothing of this repository is beside it.
    let (links, ids) = links_and_ids("content/README.md");
    assert!(links.len() > 10, "{links:?}");
    for link in links.iter().filter(|link| !link.starts_with("https://")) {
        let id = link.strip_prefix('#').unwrap_or_else(|| panic!("{link} is in no new site"));
        assert!(ids.contains(id), "there is no heading {link} in content/README.md");
    }
    for page in ["content/README.md", "src/starters/START.md"] {
        let text = repository(page);
        for word in ["cargo ", "Rust ", "Rust.", "rustup", ".rs`"] {
            assert!(!text.contains(word), "{page} says “{word}”");
        }
    }
    let (links, ids) = links_and_ids("README.md");
    for link in links.iter().filter(|link| !link.starts_with("https://")) {
        let (path, id) = link.split_once('#').unwrap_or((link, ""));
        let there = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        assert!(there.exists(), "README.md leads to {link}");
        let known = match path {
            "" => ids.clone(),
            path => links_and_ids(path).1,
        };
        assert!(id.is_empty() || known.contains(id), "README.md leads to {link}");
    }
}

#[test]
fn every_command_has_a_row_in_the_readme() {
    let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_plainsite"));
    let help = program.arg("--help").output().expect("the program starts").stdout;
    let help = String::from_utf8_lossy(&help).into_owned();
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands: Vec<&str> =
        commands.map_while(|line| line.strip_prefix("  ")?.split(' ').next()).collect();
    assert!(commands.len() > 20, "{help}");
    let readme = repository("README.md");
    for command in commands {
        // Those about addresses have a list of their own.
        let is_there = readme.contains(&format!("| `plainsite {command}"))
            || readme.contains(&format!("\nplainsite {command} "));
        assert!(is_there, "README.md has no row for `plainsite {command}`");
    }
}

#[test]
fn a_release_makes_the_files_that_the_readme_names() {
    let flow = repository(".github/workflows/release.yml");
    let flow: serde_json::Value = serde_yaml::from_str(&flow).expect("it is YAML");
    let all = flow["jobs"]["build"]["strategy"]["matrix"]["include"].as_array().expect("a list");
    let named = |what: &str| -> Vec<String> {
        all.iter().map(|one| one[what].as_str().expect(what).to_owned()).collect()
    };
    assert_eq!(
        named("target"),
        [
            "x86_64-pc-windows-msvc",
            "aarch64-apple-darwin",
            "x86_64-apple-darwin",
            "x86_64-unknown-linux-musl"
        ]
    );
    let readme = repository("README.md");
    for one in all {
        let text = |what: &str| one[what].as_str().expect(what);
        let (name, target) = (text("name"), text("target"));
        assert!(readme.contains(&format!("| `{name}` |")), "README.md does not name {name}");
        let is_windows = target.contains("windows");
        assert!(
            is_windows == text("made").ends_with(".exe") && is_windows == name.ends_with(".exe")
        );
        assert_eq!(target.starts_with("aarch64"), name.contains("arm64"), "{name}");
        let runs_on = ["windows", "darwin", "linux"].map(|system| target.contains(system));
        let machine = ["windows-", "macos-", "ubuntu-"].map(|on| text("on").starts_with(on));
        assert_eq!(runs_on, machine, "{name}");
    }
    // Each action by its major version, and nothing secret.
    let flow = repository(".github/workflows/release.yml");
    for used in flow.lines().filter_map(|line| line.trim().strip_prefix("- uses: ")) {
        let (_, version) = used.split_once("@v").unwrap_or_else(|| panic!("{used}"));
        assert!(version.parse::<u32>().is_ok(), "{used}");
    }
    assert!(!flow.contains("secrets."));
}
