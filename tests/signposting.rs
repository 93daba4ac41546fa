//! Finding help: the directory and its exports, flows, look-ups, booklets, short links.
//!
//! Most of it is asked of the real site in `content/`, as its readers get it, and the
//! rest of small sites made up here. What scripts do is tested in `browser/`.

use std::{
    collections::{BTreeMap, BTreeSet, VecDeque},
    fs,
    path::Path,
    sync::OnceLock,
};

use crate::small_site::{HOME, site};
use plainsite::{Built, Date, Options, build, html::Token};
use serde_json::{Value, json};
use tempfile::TempDir;

fn day(text: &str) -> Date {
    Date::parse(text).expect("a day")
}

fn options(today: &str) -> Options {
    Options { today: day(today), staff: false, portable: false }
}

/// The real site, built once.
fn real() -> &'static Built {
    static SITE: OnceLock<Built> = OnceLock::new();
    SITE.get_or_init(|| {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let built = build(root, options("2026-11-29")).expect("the site can be read");
        assert!(!built.has_errors(), "{:#?}", built.findings.iter().take(3).collect::<Vec<_>>());
        built
    })
}

fn file<'a>(built: &'a Built, path: &str) -> &'a str {
    let bytes = built.files.get(path).unwrap_or_else(|| panic!("there is no {path}"));
    std::str::from_utf8(bytes.as_slice()).expect("text")
}

fn pages(built: &Built) -> impl Iterator<Item = (&str, &str)> {
    let html = built.files.iter().filter(|(path, _)| path.ends_with(".html"));
    html.map(|(path, bytes)| (path.as_str(), std::str::from_utf8(bytes.as_slice()).expect("text")))
}

const DIRECTORY: (&str, &str) = (
    "content/directory/index.md",
    "---\ntitle: Directory\nkind: directory\nkind of pages: service\ncategories:\n  - {id: advice, name: Advice}\n---\n\nChoose.\n",
);
const SETTINGS: (&str, &str) =
    ("site.toml", "title = \"Guide\"\nbase = \"https://guide.example/\"\n");

/// A record with what each needs, and more lines.
fn record(name: &str, more: &str) -> String {
    format!(
        "name: {name}\non offer: Help with forms.\nwho for: Anyone.\ncost: free\n\
         how to access: Call them.\nweb: https://www.service.example/\nareas: [County]\n\
         category: [advice]\nchecked: 20 November 2026\n{more}"
    )
}

/// The addresses that a page leads to by itself, without a script, from the root.
fn links(path: &str, html: &str) -> Vec<String> {
    let mut found = Vec::new();
    for token in plainsite::html::tokens(html) {
        let Token::Open { name: "a", attributes, .. } = token else { continue };
        let Some(href) = attributes.get("href") else { continue };
        let place = href.split(['#', '?']).next().unwrap_or_default();
        if place.is_empty() || place.contains(':') {
            continue;
        }
        let mut parts: Vec<&str> = path.split('/').collect();
        parts.pop();
        for part in place.split('/') {
            match part {
                "." | "" => {}
                ".." => _ = parts.pop(),
                part => parts.push(part),
            }
        }
        let mut to = parts.join("/");
        if place.ends_with('/') || place == "." || place == ".." {
            to = format!("{to}/index.html").trim_start_matches('/').to_owned();
        }
        found.push(to);
    }
    found
}

#[test]
fn every_service_is_three_links_from_the_home_page() {
    let built = real();
    let mut steps = BTreeMap::from([("index.html".to_owned(), 0_usize)]);
    let mut next = VecDeque::from(["index.html".to_owned()]);
    while let Some(path) = next.pop_front() {
        let Some(bytes) = built.files.get(&path) else { continue };
        let Ok(html) = std::str::from_utf8(bytes.as_slice()) else { continue };
        let so_far = steps[&path];
        for to in links(&path, html) {
            if to.ends_with(".html") && !steps.contains_key(&to) {
                steps.insert(to.clone(), so_far + 1);
                next.push_back(to);
            }
        }
    }
    let entries: Vec<&str> =
        pages(built).filter(|(_, html)| html.contains("ld+json")).map(|(path, _)| path).collect();
    assert!(entries.len() >= 30, "there are {} entries", entries.len());
    for entry in entries {
        let far = steps.get(entry);
        // What has ended keeps its address, and is in no list.
        if file(built, entry).contains("class=\"state\"") {
            continue;
        }
        assert!(far.is_some_and(|far| *far <= 3), "{entry} is {far:?} links away");
    }
    // Every public page can be reached by links at all, redirects and a few aside.
    for (path, html) in pages(built) {
        let is_aside = html.contains("http-equiv=\"refresh\"") || html.contains("class=\"state\"");
        assert!(
            is_aside || path.ends_with("404.html") || steps.contains_key(path),
            "{path} is cut off"
        );
    }
}

/// The entries that a page of the directory lists.
fn listed(html: &str) -> usize {
    let list = html.split("id=\"list\"").nth(1).unwrap_or_default();
    let groups = list.split("<ul class=\"links\">").skip(1);
    groups
        .map(|group| group.split("</ul>").next().unwrap_or_default().matches("<li>").count())
        .sum()
}

#[test]
fn lists_have_as_many_entries_as_they_say() {
    let built = real();
    let mut lists: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (path, html) in pages(built) {
        let Some(rest) = path.strip_prefix("directory/") else { continue };
        if !["a-z/", "category/", "area/"].iter().any(|start| rest.starts_with(start)) {
            continue;
        }
        // An old address leads on, and lists nothing.
        if html.contains("http-equiv=\"refresh\"") {
            continue;
        }
        let name = path.trim_end_matches("index.html").trim_end_matches('/');
        let (list, last) = name.rsplit_once('/').unwrap_or_default();
        let list = if last.parse::<u32>().is_ok() { list } else { name };
        let said = html.split("id=\"list\">\n<p>").nth(1).unwrap_or_default();
        let said: usize = said.split(' ').next().and_then(|n| n.parse().ok()).unwrap_or(1);
        let here = listed(html);
        // At most fifty of its own, and fifty of the wider places round it.
        assert!((1..=100).contains(&here), "{path} lists {here}");
        let list = lists.entry(list.to_owned()).or_insert((said, 0));
        list.1 += here;
    }
    assert!(lists.len() > 50, "{} lists", lists.len());
    for (name, (said, there)) in &lists {
        assert_eq!(said, there, "{name}");
    }
    // The page of the directory has the same numbers.
    let home = file(built, "directory/index.html");
    for part in home.split("<li><a href=\"").skip(1) {
        let Some((to, rest)) = part.split_once('"') else { continue };
        let count = rest.split("<span class=\"count\">(").nth(1).unwrap_or_default();
        let count = count.split(')').next().unwrap_or_default().parse::<usize>();
        if let (Some((said, _)), Ok(count)) =
            (lists.get(&format!("directory/{}", to.trim_end_matches('/'))), count)
            && !rest.split("</li>").next().unwrap_or_default().contains("<li>")
        {
            assert_eq!(*said, count, "{to}");
        }
    }
}

#[test]
fn entries_answer_three_questions_in_order() {
    for (path, html) in pages(real()).filter(|(_, html)| html.contains("ld+json")) {
        let at = ["What is on offer", "Who is it for", "How to access"]
            .map(|heading| html.find(&format!("<h2>{heading}</h2>")));
        assert!(at[0].is_some() && at[0] < at[1] && at[1] < at[2], "{path}: {at:?}");
    }
}

#[test]
fn facts_of_an_entry_begin_with_a_large_letter() {
    let mut facts = 0;
    for (path, html) in pages(real()) {
        for list in html.split("<dl class=\"facts\">").skip(1) {
            let list = list.split("</dl>").next().expect("a list");
            for fact in list.split("<dd>").skip(1) {
                assert!(!fact.starts_with(char::is_lowercase), "{path}: {fact}");
                facts += 1;
            }
        }
    }
    assert!(facts > 200, "{facts} facts");
}

#[test]
fn all_exports_have_the_same_services() {
    let built = real();
    let json: serde_json::Value =
        serde_json::from_str(file(built, "data/services.json")).expect("JSON");
    let services = json["contents"].as_array().expect("a list");
    assert_eq!(json["total_items"], services.len());
    let names: BTreeSet<&str> =
        services.iter().map(|service| service["name"].as_str().expect("a name")).collect();
    let mut table = csv::Reader::from_reader(file(built, "data/services.csv").as_bytes());
    let rows: BTreeSet<String> =
        table.records().map(|row| row.expect("a row")[1].to_owned()).collect();
    let on_pages = pages(built).filter(|(_, html)| html.contains("ld+json"));
    let on_pages: BTreeSet<String> = on_pages
        .map(|(_, html)| {
            let data = html.split("ld+json\">").nth(1).expect("there").split("</script>").next();
            let data: serde_json::Value = serde_json::from_str(data.expect("there")).expect("JSON");
            data["name"].as_str().expect("a name").to_owned()
        })
        .collect();
    let cards = file(built, "data/services.vcf").replace("\r\n ", "");
    let on_cards = cards.lines().filter_map(|line| line.strip_prefix("FN:"));
    let on_cards: BTreeSet<String> =
        on_cards.map(|name| name.trim_end().replace("\\,", ",").replace("\\;", ";")).collect();
    let owned: BTreeSet<String> = names.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(rows, owned);
    assert_eq!(on_pages, owned);
    assert_eq!(on_cards, owned);
    for service in services {
        let id = service["id"].as_str().expect("an id");
        let own: serde_json::Value =
            serde_json::from_str(file(built, &format!("data/services/{id}.json"))).expect("JSON");
        assert_eq!(&own, service);
    }
}

const PERSON: &str = "name: Zebediah\nprofile: personal assistant\nconsent until: 30 November 2026\n\
    on offer: Zithering lessons at home.\nareas: [County]\ncategory: [advice]\n\
    emails:\n  - {address: zz@register.example}\nchecked: 20 November 2026\n";

#[test]
fn a_person_is_gone_the_day_after_consent_ends() {
    let other = record("Rowan", "");
    let list = format!("- {}", PERSON.trim_end().replace('\n', "\n  "));
    for (path, text) in
        [("content/directory/z.yaml", PERSON), ("content/directory/all.yaml", &list)]
    {
        let name = if path.ends_with("z.yaml") { "z" } else { "zebediah" };
        let link = format!(
            "---\ntitle: Home\n---\n\nAsk [someone](directory/{name}.yaml).\n\n```entries\n- {name}\n- rowan\n```\n"
        );
        let booklet = format!(
            "kind: booklet\ntitle: Both\npages:\n  - directory/{name}.yaml\n  - directory/rowan.yaml\n"
        );
        let search = format!("lessons: directory/{name}.yaml\n");
        let root = site(&[
            SETTINGS,
            ("content/index.md", &link),
            ("content/both.yaml", &booklet),
            ("content/_data/search-tests.yaml", &search),
            DIRECTORY,
            (path, text),
            ("content/directory/rowan.yaml", &other),
            ("content/_data/areas.yaml", "- County\n"),
        ]);
        let last = build(root.path(), options("2026-11-30")).expect("read");
        assert!(!last.has_errors(), "{:?}", last.findings);
        let found = |built: &Built| {
            let words = ["Zebediah", "Zither", "zz@register", "zebediah", "/z/"];
            // The numbers of English words are the same on every site.
            let own =
                built.files.iter().filter(|(path, _)| !path.starts_with("search/parts/english-"));
            let all = own.filter(|(path, bytes)| {
                let text = String::from_utf8_lossy(bytes.as_slice()).into_owned();
                words.iter().any(|word| text.contains(word) || path.contains(word))
            });
            all.map(|(path, _)| path.clone()).collect::<Vec<_>>()
        };
        let before = found(&last);
        for place in ["a-z", "print", "data/services.csv", "services.vcf", "entries.js", "card.vcf"]
        {
            assert!(before.iter().any(|path| path.contains(place)), "{place} in {before:?}");
        }
        let after = build(root.path(), options("2026-12-01")).expect("read");
        assert!(!after.has_errors(), "{:?}", after.findings);
        assert_eq!(found(&after), Vec::<String>::new(), "{path}");
        assert!(after.findings.iter().any(|finding| finding.code() == "consent"));
        assert!(file(&after, "index.html").contains("Ask someone."));
        assert!(file(&after, "both/index.html").contains("Rowan"));
    }
}

#[test]
fn what_is_for_staff_is_in_no_public_file() {
    let staff = record("Rowan", "staff note: Quokka\n");
    let hidden = record("Wombat House", "show to: staff\n");
    let root = site(&[
        SETTINGS,
        HOME,
        DIRECTORY,
        ("content/directory/rowan.yaml", &staff),
        ("content/directory/hidden.yaml", &hidden),
        ("content/_data/areas.yaml", "- County\n"),
    ]);
    let public = build(root.path(), options("2026-11-29")).expect("read");
    assert!(!public.has_errors(), "{:?}", public.findings);
    for (path, bytes) in &public.files {
        let text = String::from_utf8_lossy(bytes.as_slice());
        assert!(!text.contains("Quokka") && !text.contains("Wombat"), "{path}");
    }
    let options = Options { staff: true, ..options("2026-11-29") };
    let own = build(root.path(), options).expect("read");
    assert!(file(&own, "directory/rowan/index.html").contains("Quokka"));
    assert!(own.files.contains_key("directory/hidden/index.html"));
}

#[test]
fn no_cell_is_a_formula_and_no_name_is_markup() {
    let evil = "\"=HYPERLINK(1)</script><script>alert(1)</script><b>\"";
    let more = "also called: [\"+1\", \"-2\", \"@x\"]\nwords: [\"</script>\"]\n";
    let root = site(&[
        SETTINGS,
        HOME,
        DIRECTORY,
        ("content/directory/evil.yaml", &record(evil, more)),
        ("content/_data/areas.yaml", "- County\n"),
    ]);
    let built = build(root.path(), options("2026-11-29")).expect("read");
    assert!(!built.has_errors(), "{:#?}", built.findings.iter().take(3).collect::<Vec<_>>());
    let mut table = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(&file(&built, "data/services.csv").as_bytes()[3..]);
    for row in table.records() {
        for cell in &row.expect("a row") {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
    }
    for (path, html) in pages(&built) {
        assert!(!html.contains("<script>alert"), "{path}");
        assert!(!html.contains("<b>"), "{path}");
    }
    let data = entries(&built);
    assert!(data["list"][0]["n"].as_str().expect("a name").starts_with("=HYPERLINK"));
}

#[test]
fn one_file_can_hold_ten_thousand_records() {
    let mut list = String::new();
    for number in 0..10_000 {
        let own = record(&format!("Service {number}"), "");
        list += &format!("- {}\n", own.trim_end().replace('\n', "\n  "));
    }
    let root = site(&[
        HOME,
        DIRECTORY,
        ("content/directory/all.yaml", &list),
        ("content/_data/areas.yaml", "- County\n"),
    ]);
    let built = build(root.path(), options("2026-11-29")).expect("read");
    assert!(!built.has_errors(), "{:?}", &built.findings[..3.min(built.findings.len())]);
    assert!(built.files.contains_key("directory/service-9999/index.html"));
    assert!(built.files.contains_key("directory/category/advice/200/index.html"));
    assert!(built.files.contains_key("directory/print/20/index.html"));
}

#[test]
fn a_slip_in_one_of_many_records_is_told_at_its_line() {
    let own = record("Service 1", "");
    let good = format!("- {}\n", own.trim_end().replace('\n', "\n  "));
    let mut list = String::from("# Our services\n");
    for number in 0..200 {
        list += &good.replace("Service 1", &format!("Service {number}"));
    }
    let slip = good.replace("cost: free", "cots: free").replace("Service 1", "Service 200");
    let root = site(&[
        HOME,
        DIRECTORY,
        ("content/directory/all.yaml", &format!("{list}{slip}")),
        ("content/_data/areas.yaml", "- County\n"),
    ]);
    let built = build(root.path(), options("2026-11-29")).expect("read");
    let lines: BTreeSet<usize> = built.findings.iter().map(|finding| finding.start.line).collect();
    // 200 records of nine lines and a comment come before it; `cost` is its fourth line. It is
    // misspelt, and not missing.
    assert_eq!(lines, BTreeSet::from([1805]), "{:#?}", built.findings);
}

#[test]
fn two_records_of_one_name_are_told_apart_by_their_lines() {
    let one = record("Rowan House", "");
    let list = format!(
        "- {}\n- {}\n",
        one.trim_end().replace('\n', "\n  "),
        one.trim_end().replace('\n', "\n  ")
    );
    let root = site(&[
        HOME,
        DIRECTORY,
        ("content/directory/all.yaml", &list),
        ("content/_data/areas.yaml", "- County\n"),
    ]);
    let built = build(root.path(), options("2026-11-29")).expect("read");
    let twins: Vec<usize> = built
        .findings
        .iter()
        .filter(|finding| finding.code() == "duplicate-address")
        .map(|finding| finding.start.line)
        .collect();
    assert_eq!(twins, [1, 10]);
}

#[test]
fn every_question_and_outcome_has_a_page_that_leads_on() {
    let built = real();
    for flow in ["decide/can-i-have-one", "set-up/which-agreement", "is-this-urgent"] {
        let paper = file(built, &format!("{flow}/print/index.html"));
        let start = format!("{flow}/");
        let nodes = pages(built)
            .filter(|(path, _)| path.starts_with(&start) && !path.ends_with("print/index.html"));
        let mut ends = 0;
        for (path, html) in nodes {
            let is_start = path == format!("{flow}/index.html");
            assert_eq!(html.contains("id=\"flow-data\""), is_start, "{path}");
            let choices = html.split("<ul class=\"choices\">").nth(1);
            if let Some(choices) = choices {
                let choices = choices.split("</ul>").next().unwrap_or_default();
                let answers = choices.matches("data-trail=").count();
                assert!(answers >= 2, "{path}");
                for to in links(path, html).iter().filter(|to| to.starts_with(&start)) {
                    assert!(built.files.contains_key(to), "{path} leads to {to}");
                }
            } else {
                ends += 1;
                assert!(html.contains("class=\"contact\""), "{path} says nobody to ask");
            }
            let cards: Vec<&str> = html.split("class=\"contact\"").collect();
            let names = cards[1..].iter().map(|card| card.split("</p>").next());
            let own = html.split("<template").next().unwrap_or_default();
            let shown = own.matches("class=\"contact\"").count();
            let names: BTreeSet<_> = names.take(shown).collect();
            assert_eq!(names.len(), shown, "{path} says twice whom to ask");
            // One question leads there, or each that does is named with its answers.
            if !is_start {
                let leading = html.split("id=\"flow-answers\"").nth(1).unwrap_or_default();
                let leading = leading.split("</section>").next().unwrap_or_default();
                let questions = leading.matches("<dt>").count();
                let answers = leading.matches("<dd>").count();
                assert!(questions > 0 && answers >= questions, "{path}: {leading}");
                let is_one = html.contains(">Back to the question before</a>");
                let many = html.contains(">Answers that lead here</h2>") && questions > 1;
                assert!(is_one != many, "{path}: {leading}");
            }
            let h1 = html.split("<h1>").nth(1).unwrap_or_default().split("</h1>").next();
            if path != format!("{flow}/index.html") {
                assert!(paper.contains(h1.unwrap_or_default()), "{path} is not on paper");
            }
        }
        assert!(ends >= 3, "{flow} has {ends} outcomes");
    }
}

#[test]
fn a_corner_of_a_district_has_its_own_team() {
    let html = file(real(), "set-up/find-your-team/index.html");
    let data = html.split("id=\"look-up-data\">").nth(1).expect("there").split("</script>").next();
    let data: serde_json::Value = serde_json::from_str(data.expect("there")).expect("JSON");
    let (one, other) = (&data["teams"]["NG|23 5"], &data["teams"]["NG|23 7"]);
    assert!(one.is_string() && other.is_string() && one != other, "{one} {other}");
    for (id, team) in [("ng23-5", one), ("ng23-7", other)] {
        let row = html.split(&format!("<tr id=\"{id}\">")).nth(1).expect("a row");
        let row = row.split("</tr>").next().expect("its end");
        assert!(row.contains(&format!("#team-{}", team.as_str().expect("an id"))), "{row}");
        assert!(html.contains(&format!("id=\"team-{}\"", team.as_str().expect("an id"))));
    }
}

#[test]
fn booklets_hold_each_page_once_with_its_own_ids() {
    for booklet in ["new-to-direct-payments", "employing-someone", "for-carers"] {
        let html = file(real(), &format!("booklets/{booklet}/index.html"));
        let parts = html.matches("<section class=\"part\">").count();
        assert!(parts >= 4, "{booklet} has {parts} parts");
        let ids: Vec<&str> = html
            .split(" id=\"")
            .skip(1)
            .map(|rest| rest.split('"').next().unwrap_or_default())
            .collect();
        assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{booklet}");
        assert_eq!(html.matches("<h1>").count(), 1);
    }
}

#[test]
fn short_links_have_codes_and_only_staff_have_the_list() {
    let built = real();
    assert!(
        file(built, "go/buy/code.svg")
            .contains("<title>https://directpayments.county.example/go/buy/")
    );
    assert!(!built.files.contains_key("short-links/index.html"));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let staff = build(root, Options { staff: true, ..options("2026-11-29") }).expect("read");
    let list = file(&staff, "short-links/index.html");
    let shorts = built.files.keys().filter(|path| path.ends_with("/code.svg")).count();
    assert!(shorts > 10 && list.matches("code.svg").count() >= 2 * shorts);
}

#[test]
fn what_staff_send_is_six_lines_at_most() {
    let mut seen = 0;
    for (path, html) in pages(real()) {
        let Some(text) = html.split("<pre id=\"send-text\">").nth(1) else { continue };
        let text = text.split("</pre>").next().unwrap_or_default();
        assert!(text.lines().count() <= 6, "{path}: {text}");
        assert!(text.contains("https://directpayments.county.example/"), "{path}");
        assert!(!html.contains("id=\"follow-text\""), "{path}");
        seen += 1;
    }
    assert!(seen > 100, "{seen} pages");
}

#[test]
fn headings_have_links_that_name_them() {
    let html = file(real(), "manage/records-and-returns/index.html");
    let html = html.split("<div class=\"body\">").nth(1).expect("a body");
    let html = html.split("<div class=\"side\"").next().expect("its end");
    let headings = html.matches("<h2 id=").count() + html.matches("<h3 id=").count();
    assert!(headings > 2);
    assert_eq!(html.matches("class=\"to-here\"").count(), headings);
    for rest in html.split("class=\"to-here\"").skip(1) {
        let words = rest.split('>').nth(1).unwrap_or_default();
        assert!(words.starts_with("Link to “"), "{words}");
    }
}

#[test]
fn what_people_ask_to_buy_is_found_first() {
    let built = real();
    let index = plainsite::output::search::index(&built.files);
    let first = |words: &str| {
        let options = plainsite::index::Options { limit: 1, ..Default::default() };
        let answer = plainsite::index::search(&index, words, &options);
        answer.hits.first().map(|hit| {
            let section = hit.section.as_ref().map_or("", |(id, _)| id.as_str());
            format!("{}#{section}", hit.url)
        })
    };
    let html = file(built, "can-i-buy/index.html");
    let (mut items, mut wrong) = (0, Vec::new());
    for rest in html.split("<li data-words=\"").skip(1) {
        let to = rest.split("<a href=\"").nth(1).unwrap_or_default().split('"').next();
        let name = rest.split("<a href=\"").nth(1).unwrap_or_default();
        let name = name.split('>').nth(1).unwrap_or_default().split('<').next();
        let (to, name) = (to.unwrap_or_default(), name.unwrap_or_default());
        items += 1;
        let found = first(name).unwrap_or_default();
        if found != format!("/can-i-buy/{to}") {
            wrong.push(format!("{name}: {found}"));
        }
    }
    assert!(items >= 40, "{items} items");
    assert!(wrong.is_empty(), "{wrong:#?}");
    // Other words can mean several things; nine in ten lead to the item too.
    let (mut asked, mut found) = (0, 0);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("content/can-i-buy");
    for path in fs::read_dir(folder).expect("a folder") {
        let text = fs::read_to_string(path.expect("a file").path()).expect("text");
        for item in text.split("- item: ").skip(1) {
            let name = item.lines().next().unwrap_or_default().trim_matches('"');
            let words = item.split("words: [").nth(1).unwrap_or_default();
            let words = words.split(']').next().unwrap_or_default().split(',').map(str::trim);
            for word in words.filter(|word| !word.is_empty()) {
                asked += 1;
                let first = first(word).unwrap_or_default();
                found += usize::from(first.ends_with(&format!("#{}", slug(name))));
            }
        }
    }
    assert!(asked > 200 && found * 10 >= asked * 9, "{found} of {asked}");
}

/// A name as it stands in an address.
fn slug(name: &str) -> String {
    let name = name.to_lowercase().replace(['’', '\''], "");
    let parts = name.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join("-")
}

/// The words of a page that are not in a link, in code or meant to stay as they are.
fn words_outside_links(html: &str) -> String {
    let own = ["a", "code", "pre", "script", "style", "title", "textarea", "button"];
    let (mut depth, mut sheet, mut words) = (0_usize, 0_usize, String::new());
    for token in plainsite::html::tokens(html) {
        match token {
            Token::Open { name, .. } if own.contains(&name) => depth += 1,
            Token::Close { name, .. } if own.contains(&name) => depth -= 1,
            // Letters have no boxes in boxes.
            Token::Open { name: "div", attributes, .. } => {
                let is_sheet = attributes.get("class") == Some("sheet");
                sheet += usize::from(sheet > 0 || is_sheet);
            }
            Token::Close { name: "div", .. } => sheet = sheet.saturating_sub(1),
            Token::Text(text) if depth == 0 && sheet == 0 => words.push_str(text),
            _ => {}
        }
    }
    words
}

#[test]
fn a_number_or_an_address_is_a_link_wherever_it_is_written() {
    let call = "((team phone)), ((team text)), ((team email)) or 0306 999 0111";
    let flow = |device: &str| {
        format!(
            "kind: flow\ntitle: Ask\ndescription: Call {call}.\nowner: team\ncontact: team\n\
             checked: 20 November 2026\nbefore: Before {call}.\nquestions:\n  - id: one\n    ask: Did you ring {call}?\n    \
             help: Help {call}.\n{device}\n    answers:\n      - {{answer: \"Yes\", go to: end}}\n      \
             - {{answer: \"No\", go to: end}}\noutcomes:\n  - id: end\n    title: Call {call}\n    call: [999]\n    \
             text: Text {call}. Call 999 or 111.\n    points:\n      - Point {call}.\n    contact: team\n    urgent: yes\n"
        )
    };
    let service = record(
        "Rowan House",
        &format!(
            "hours note: Or {call}.\ncannot do: Not {call}.\nstatus: closed for now\nstatus note: Until {call}.\n\
             alert: {{text: \"Ring {call}.\", until: 31 January 2027}}\n"
        ),
    )
    .replace("Help with forms.", &format!("Forms {call}."))
    .replace("Call them.", &format!("Access {call}."))
    .replace("Anyone.", &format!("Anyone {call}."));
    let page = format!(
        "---\ntitle: Page\ndescription: Sum {call}.\nowner: team\nchecked: 20 November 2026\nchanges:\n  \
         - {{date: 20 November 2026, note: \"Note {call}.\"}}\n---\n\nText {call}, **call** 999, `0306 999 0111`.\n\n\
         ## Head {call}\n\n| One | Two |\n| --- | --- |\n| Cell {call} | 0306 999\n\n- Item {call}\n\n\
         > [!URGENT]\n> Box {call}\n\n[Ring 0306 999 0111 now](tel:03069990111) [on 0306 999 0111](index.md)\n\n\
         ```checklist\nat least: 1\nthen: Then {call}.\notherwise: Else {call}.\nitems:\n  - Tick {call}.\n```\n\n\
         ```can I buy\n- item: A thing\n  answer: yes\n  why: Why {call}.\n  example: Ex {call}.\n```\n\nDial 18001 then 0306 999 0111.\n"
    );
    let notice = format!(
        "line:\n  title: News {call}\n  text: More {call}.\n  from: 1 November 2026\n  until: 30 November 2026\n"
    );
    let glossary = format!("thing:\n  means: Means {call}.\n");
    let several =
        flow("    type: number").replace("{answer: \"Yes\", go to", "{at least: 5, go to");
    let several = several.replace("{answer: \"No\", go to", "{go to");
    let root = site(&[
        SETTINGS,
        HOME,
        DIRECTORY,
        ("content/page.md", &page),
        ("content/ask.yaml", &flow("")),
        ("content/device.yaml", &several),
        ("content/directory/rowan-house.yaml", &service),
        ("content/glossary.md", "---\ntitle: Glossary\nkind: glossary\n---\n"),
        ("content/updates.md", "---\ntitle: Updates\nkind: updates\n---\n"),
        ("content/_data/notices.yaml", &notice),
        ("content/_data/glossary.yaml", &glossary),
        (
            "content/_data/contacts.yaml",
            "team:\n  name: Team\n  what for: For (01632) 960111.\n  phones: [{number: 0306 999 0110, note: \"Or 07700 900111\"}]\n  \
             text: 07700 900110\n  relay: yes\n  emails: [{address: team@county.example}]\n  hours: 9am to 5pm, or 0306 999 0112\n",
        ),
    ]);
    let built = build(root.path(), options("2026-11-29")).expect("readable");
    let errors: Vec<_> = built
        .findings
        .iter()
        .filter(|one| one.severity == plainsite::rule::Severity::Error)
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    for (path, html) in pages(&built) {
        let words = words_outside_links(html);
        for plain in
            ["0306 999 01", "07700 9001", "960111", "county.example", "((", "call 999", "or 111"]
        {
            let at = words
                .find(plain)
                .map(|at| words[at.saturating_sub(40)..].chars().take(80).collect::<String>());
            assert!(at.is_none(), "{path}: {at:?}");
        }
        let head = html.split("</head>").next().unwrap_or_default();
        assert!(!head.contains("tel:"), "{path}");
    }
    let text = |path: &str| file(&built, path);
    let end = text("ask/end/index.html");
    assert!(
        end.contains("Text <a class=\"phone\" href=\"tel:+443069990110\">0306 999 0110</a>, "),
        "{end}"
    );
    assert!(
        end.contains("<a href=\"mailto:team@county.example\"><span class=\"url\"><span>team@</span><span>county.example</span></span></a>"),
        "{end}"
    );
    assert!(
        end.contains("href=\"tel:999\">999</a> or <a class=\"phone\" href=\"tel:111\">111</a>.")
    );
    assert!(
        end.contains(
            "<a class=\"call\" href=\"tel:999\">Call <span class=\"phone\">999</span></a>"
        ) || end.contains(">Call 999</a>"),
        "{end}"
    );
    let page = text("page/index.html");
    assert!(page.contains("<code>0306 999 0111</code>"));
    assert!(page.contains(">Ring <span class=\"phone\">0306 999 0111</span> now</a>"), "{page}");
    assert!(page.contains(">on 0306 999 0111</a>"));
    assert!(page.contains(
        "<a href=\"tel:1800103069990111\">18001 then <span class=\"phone\">0306 999 0111</span></a>"
    ));
    assert!(page.contains("<meta name=\"description\" content=\"Sum 0306 999 0110, 07700 900110, team@county.example or 0306 999 0111.\">"));
    // What scripts write is written with links too.
    let data = text("device/index.html").split("id=\"flow-data\">").nth(1).unwrap_or_default();
    assert!(data.contains("[\"0306 999 0110\",\"tel:+443069990110\"]"), "{data}");
    assert!(text("directory/entries.js").contains("[\"0306 999 0111\",\"tel:+443069990111\"]"));
}

#[test]
fn a_letter_that_staff_send_says_so_and_no_other_does() {
    let built = real();
    let strip = |path| {
        let html = file(built, path);
        let (_, strip) = html.split_once("<aside class=\"staff")?;
        strip.split_once("</aside>").map(|(strip, _)| strip)
    };
    for (path, like, is_letter) in [
        ("letters/our-decision/index.html", "a letter like this", true),
        ("letters/our-decision/print/index.html", "a letter like this", true),
        ("letters/text-visit-tomorrow/index.html", "a text like this", false),
        ("letters/email-missing-receipt/index.html", "an email like this", false),
    ] {
        let strip = strip(path).unwrap_or_else(|| panic!("{path} does not say so"));
        assert!(strip.contains("For staff to fill in.") && strip.contains(like), "{strip}");
        // The paper of a letter is the letter alone.
        assert_eq!(strip.contains("off-paper"), is_letter, "{path}");
    }
    assert_eq!(strip("letters/ask-for-a-direct-payment/index.html"), None);
    assert_eq!(strip("worksheets/keeping-safe/index.html"), None);
}

#[test]
fn a_page_can_be_heard_where_it_is_prose_and_written_about_wherever_it_is() {
    let built = real();
    for page in ["complaints", "employ/step-by-step", "contact", "carers", "cy/complaints"] {
        let html = file(built, &format!("{page}/index.html"));
        assert!(html.contains("id=\"listen-form\""), "{page}");
    }
    for page in ["manage", "search", "directory", "letters/our-decision", "is-this-urgent"] {
        let html = file(built, &format!("{page}/index.html"));
        assert!(!html.contains("id=\"listen-form\""), "{page}");
    }
    for path in ["404.html", "cy/404.html", "is-this-urgent/today/index.html"] {
        assert!(file(built, path).contains("class=\"feedback\""), "{path}");
    }
}

#[test]
fn what_is_folded_of_a_contact_is_named_and_open_on_pages_of_contacts() {
    let built = real();
    let home = file(built, "index.html");
    let named = "get in touch: text message, Relay UK, BSL, email, post</summary>";
    assert!(home.contains(named));
    for path in ["contact/index.html", "cy/contact/index.html"] {
        assert!(!file(built, path).contains("<details class=\"others\">"), "{path}");
    }
}

#[test]
fn a_number_in_a_letter_is_a_link_on_its_page_and_words_in_the_letter() {
    let built = real();
    let sheets = |path| {
        let html = file(built, path);
        assert!(!html.contains("data-as-is"), "{path}");
        let sheets: Vec<&str> = html.split("class=\"sheet\"").skip(1).collect();
        let sheets = sheets.iter().filter_map(|sheet| sheet.split("</div>").next());
        sheets.collect::<Vec<_>>()
    };
    let shown = sheets("letters/ask-for-records/index.html");
    assert_eq!(shown.len(), 2);
    for sheet in shown {
        assert!(sheet.contains("<a class=\"phone\" href=\"tel:+44"), "{sheet}");
    }
    let printed = sheets("letters/ask-for-records/print/index.html");
    assert!(printed.len() == 1 && !printed[0].contains("tel:"), "{printed:?}");
    let letter = file(built, "letters/ask-for-records/index.html");
    let script = letter.split("id=\"letter-data\"").nth(1).unwrap_or_default();
    let script = script.split("</script>").next().unwrap_or_default();
    assert!(script.contains("0306 999") && !script.contains("tel:"), "{script}");
}

const AREAS: (&str, &str) = (
    "content/_data/areas.yaml",
    "- {name: Country, in a sentence: the country}\n- name: County\n  within: Country\n- {name: Town, within: County}\n- {name: Dale, within: County}\n- Elsewhere\n",
);

/// A site with services in a town, in its county and in the country.
fn nested() -> TempDir {
    let in_area = |name: &str, areas: &str, category: &str| {
        let text = record(name, "").replace("[County]", areas).replace("[advice]", category);
        (format!("content/directory/{}.yaml", slug(name)), text)
    };
    let records = [
        in_area("Town Advice", "[Town]", "[advice]"),
        in_area("County Pay", "[County]", "[pay]"),
        in_area("Both Pay", "[Town, County]", "[pay]"),
        in_area("Country Line", "[Country]", "[advice, pay]"),
    ];
    let directory =
        DIRECTORY.1.replace("name: Advice}", "name: Advice}\n  - {id: pay, name: Payroll}");
    let mut files = vec![SETTINGS, HOME, ("content/directory/index.md", directory.as_str()), AREAS];
    files.extend(records.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    site(&files)
}

#[test]
fn who_chooses_a_town_gets_what_is_for_all_of_its_county_and_country() {
    let root = nested();
    let built = build(root.path(), options("2026-11-29")).expect("readable");
    assert!(!built.has_errors(), "{:#?}", built.findings);
    // The headings of a list and its entries, in order.
    let told = |path: &str| -> Vec<String> {
        let list = file(&built, path).split("id=\"list\">").nth(1).unwrap_or_default();
        let list = list.split("Only one kind").next().unwrap_or_default();
        let list = list.split("directory-page").next().unwrap_or_default();
        let parts = list.split(['<', '>']).collect::<Vec<_>>();
        let names = parts
            .windows(2)
            .filter(|two| two[0] == "p" || two[0] == "h2" || two[0].starts_with("a href"));
        names
            .map(|two| two[1].to_owned())
            .filter(|name| !name.contains("Print") && !name.contains("Help with"))
            .collect()
    };
    let first = |path: &str, most: usize| told(path).into_iter().take(most).collect::<Vec<_>>();
    let county = "For everyone in County";
    let country = "For everyone in the country";
    assert_eq!(
        first("directory/area/town/index.html", 7),
        ["4 services", "Both Pay", "Town Advice", county, "County Pay", country, "Country Line"]
    );
    assert_eq!(
        first("directory/category/pay/town/index.html", 6),
        ["3 services", "Both Pay", county, "County Pay", country, "Country Line"]
    );
    // A place with nothing of its own still leads to what there is for it.
    assert_eq!(
        first("directory/area/dale/index.html", 6),
        ["3 services", county, "Both Pay", "County Pay", country, "Country Line"]
    );
    assert_eq!(first("directory/area/country/index.html", 2), ["1 service", "Country Line"]);
    assert!(!built.files.contains_key("directory/area/elsewhere/index.html"), "it has nothing");
    // Numbers beside links are those of the lists.
    let home = file(&built, "directory/index.html");
    for (place, count) in [("town", 4), ("county", 3), ("dale", 3), ("country", 1)] {
        let link = format!("<a href=\"area/{place}/\">");
        let after = home.split(&link).nth(1).unwrap_or_default();
        assert!(
            after.split("</li>").next().unwrap_or_default().contains(&format!("({count})")),
            "{place}: {home}"
        );
    }
    let data = file(&built, "directory/entries.js");
    assert!(data.contains("\"areas\":[\"Country\",\"County\",\"Town\",\"Dale\"]"), "{data}");
    assert!(data.contains("\"within\":[null,0,1,1]"), "{data}");
    assert!(data.contains("\"said\":[\"the country\",\"County\",\"Town\",\"Dale\"]"), "{data}");
    let title = "<h1>Services in the country</h1>";
    assert!(file(&built, "directory/area/country/index.html").contains(title));
}

/// What the filter of the directory looks through.
fn entries(built: &Built) -> Value {
    let data = file(built, "directory/entries.js");
    let data = data.trim().strip_prefix("entries(").and_then(|rest| rest.strip_suffix(')'));
    serde_json::from_str(data.expect("a call")).expect("JSON")
}

#[test]
fn a_directory_asks_for_a_postcode_only_where_it_can_say_how_far_things_are() {
    let place = "places:\n  - address: 1 High Street, Town, LN1 1AA\n    position: 53.2307, -0.5406\n  \
                 - address: 2 High Street, Town, LN1 1AA\n";
    // As many as take a box to look through them.
    let more: Vec<(String, String)> = (3..9)
        .map(|at| (format!("content/directory/help-{at}.yaml"), record(&format!("Help {at}"), "")))
        .collect();
    let made = |places: &str, postcodes: &str| {
        let (town, other) = (record("Town Advice", places), record("Help (other)", ""));
        let mut files = vec![
            SETTINGS,
            HOME,
            DIRECTORY,
            ("content/_data/areas.yaml", "- County\n"),
            ("content/_data/postcodes.yaml", postcodes),
            ("content/directory/town-advice.yaml", &town),
            ("content/directory/other-help.yaml", &other),
        ];
        files.extend(more.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        let root = site(&files);
        let built = build(root.path(), options("2026-11-22")).expect("readable");
        assert!(!built.has_errors(), "{:#?}", built.findings);
        built
    };
    let known = "PE21: 52.98, -0.03\nng31 6: 52.911, -0.638\nLN1: 53.24, -0.56\n";
    let built = made(place, known);
    let data = entries(&built);
    let near =
        json!([["PE21", [52.98, -0.03]], ["NG31 6", [52.91, -0.64]], ["LN1", [53.24, -0.56]]]);
    assert_eq!(data["near"], near, "as readers see them, and no nearer than it is known");
    let entry = |name: &str| {
        let list = data["list"].as_array().expect("a list");
        list.iter().find(|one| one["n"] == name).cloned().expect(name)
    };
    assert_eq!(entry("Town Advice")["g"], json!([[53.23, -0.54]]));
    assert!(entry("Help (other)").get("g").is_none());
    // What the script makes of a name by itself is left out.
    assert!(entry("Town Advice").get("u").is_none());
    assert_eq!(entry("Help (other)")["u"], "other-help/");
    let page = file(&built, "directory/index.html");
    assert!(page.contains("which begin LN, NG and PE."), "{page}");
    assert!(page.contains("<div class=\"question\"><label for=\"filter-near\">"), "{page}");
    assert!(page.contains("look-up-page."));
    let card = file(&built, "directory/town-advice/card.vcf").replace("\r\n ", "");
    assert!(
        card.contains("ADR;GEO=\"geo:53.2307,-0.5406\":;;1 High Street;Town;;LN1 1AA;"),
        "{card}"
    );
    assert!(card.contains("ADR:;;2 High Street;"), "{card}");
    let own = file(&built, "directory/town-advice/index.html");
    assert!(own.contains("\"latitude\":53.2307,\"longitude\":-0.5406"), "{own}");

    for built in [made(place, ""), made("", known)] {
        assert_eq!(entries(&built)["near"], json!([]));
        let page = file(&built, "directory/index.html");
        assert!(
            page.contains("<div class=\"question\" hidden><label for=\"filter-near\">"),
            "{page}"
        );
        assert!(!page.contains("look-up-page."));
    }
}

#[test]
fn the_postcodes_of_the_look_up_are_known_to_the_directory() {
    let built = real();
    let near = &entries(built)["near"];
    let known: Vec<&str> =
        near.as_array().expect("a list").iter().filter_map(|one| one[0].as_str()).collect();
    let page = file(built, "set-up/find-your-team/index.html");
    let data =
        page.split("id=\"look-up-data\">").nth(1).and_then(|rest| rest.split("</script>").next());
    let data: Value = serde_json::from_str(data.expect("data")).expect("JSON");
    for team in data["teams"].as_object().expect("teams").keys() {
        let shown = team.replace('|', "");
        let is_known = known
            .iter()
            .any(|one| format!("{shown} ").starts_with(&format!("{one} ")) || *one == shown.trim());
        assert!(is_known, "{shown} is not in {known:?}");
    }
}

#[test]
fn a_word_that_finds_an_entry_is_not_said_to_its_filter_twice() {
    let more = "words: [Forms, \"help, quickly\", wheel-chair, chair]\n";
    let root = site(&[
        SETTINGS,
        HOME,
        DIRECTORY,
        ("content/_data/areas.yaml", "- County\n"),
        ("content/directory/town-advice.yaml", &record("Town Advice", more)),
    ]);
    let built = build(root.path(), options("2026-11-22")).expect("readable");
    assert_eq!(entries(&built)["list"][0]["x"], "quickly wheel-chair Anyone.");
}

#[test]
fn a_list_of_a_place_shows_only_the_first_of_many_for_everyone() {
    let mut many = String::new();
    for number in 0..120 {
        let own = record(&format!("Entry {number:03}"), "").replace("[County]", "[Country]");
        many += &format!("- {}\n", own.trim_end().replace('\n', "\n  "));
    }
    let one = record("Town Advice", "").replace("[County]", "[Town]");
    let root = site(&[
        SETTINGS,
        HOME,
        DIRECTORY,
        AREAS,
        ("content/directory/many.yaml", &many),
        ("content/directory/town-advice.yaml", &one),
    ]);
    let built = build(root.path(), options("2026-11-29")).expect("readable");
    assert!(!built.has_errors(), "{:#?}", built.findings.first());
    let town = file(&built, "directory/area/town/index.html");
    assert!(town.contains("<p>121 services</p>"));
    assert_eq!(town.matches("<p>Help with forms.</p>").count(), 51);
    assert!(town.contains("<a class=\"solo\" href=\"../country/\">All services for people in the country</a>&nbsp;<span class=\"count\">(120)</span>"), "{town}");
}

#[test]
fn the_a_to_z_says_where_to_see_what_people_call_things() {
    let words = "money:\n  words: [cash, cash in hand, pay]\n  best: money.md\n";
    let page = "---\ntitle: Money\ndescription: What to do.\n---\n\nText.\n";
    let files = [HOME, ("content/money.md", page), ("content/_data/vocabulary.yaml", words)];
    let built = crate::small_site::built(&files);
    let list = file(&built, "a-z/index.html");
    for entry in [
        "<li class=\"called\">cash, cash in hand: see <a href=\"../money/\">Money</a></li>",
        "<li class=\"called\">pay: see <a href=\"../money/\">Money</a></li>",
    ] {
        assert!(list.contains(entry), "{entry}: {list}");
    }
    // Where a word is what the page is called, the page stands there itself.
    let own = "<li><a href=\"../money/\">Money</a><p>What to do.</p></li>";
    assert!(list.contains(own) && !list.contains(">money: see"), "{list}");
}

#[test]
fn a_long_a_to_z_has_a_page_for_each_letter() {
    let page =
        |title: &str| format!("---\ntitle: \"{title}\"\ndescription: A page.\n---\n\nText.\n");
    let mut names: Vec<(String, String)> = (0..201)
        .map(|number| {
            (format!("content/p{number}.md"), page(&format!("Money and more, part {number:03}")))
        })
        .collect();
    for (file, title) in
        [("nine", "999 and when to ring it"), ("lodz", "Łódź"), ("eire", "Éire"), ("rhyl", "Ринок")]
    {
        names.push((format!("content/{file}.md"), page(title)));
    }
    let files: Vec<(&str, &str)> = std::iter::once(HOME)
        .chain(names.iter().map(|(path, text)| (path.as_str(), text.as_str())))
        .collect();
    let built = crate::small_site::built(&files);
    let text = |path: &str| String::from_utf8_lossy(built.files[path].as_slice()).into_owned();
    let list = text("a-z/index.html");
    assert!(!list.contains("Money and more"), "the list has letters alone");
    for (place, letter, title) in [
        ("m", "M", "Money and more, part 000"),
        ("0-9", "0 to 9", "999 and when to ring it"),
        ("e", "E", "Éire"),
    ] {
        assert!(list.contains(&format!("href=\"{place}/\">{letter}</a>")), "{letter}: {list}");
        let own = text(&format!("a-z/{place}/index.html"));
        assert!(own.contains(&format!(">{title}</a>")), "{title}: {own}");
        assert!(own.contains(&format!("href=\"./\" aria-current=\"page\">{letter}</a>")), "{own}");
    }
    let entries = |count: usize| {
        let few: Vec<(&str, &str)> = files[..=count].to_vec();
        let built = crate::small_site::built(&few);
        let list = String::from_utf8_lossy(built.files["a-z/index.html"].as_slice()).into_owned();
        let main = list.split("<main").nth(1).expect("the main part");
        let shown = main.split("<div class=\"side\"").next().expect("the list");
        (shown.matches("<li><a href=\"../").count(), built.files.contains_key("a-z/m/index.html"))
    };
    let (made, _) = entries(100);
    let pages = 200 - (made - 100);
    assert_eq!(entries(pages), (200, false), "two hundred are on one page");
    assert!(entries(pages + 1).1, "one more, and each letter has a page");
    // What somebody wrote below the list takes no letter away.
    let mut more = files.clone();
    more.push(("content/a-z/m.md", "---\ntitle: Mine\n---\n\nText.\n"));
    let built = crate::small_site::built(&more);
    let list = String::from_utf8_lossy(built.files["a-z/index.html"].as_slice()).into_owned();
    assert!(list.contains(">Money and more, part 000</a>"), "{list}");
}

#[test]
fn a_section_lists_its_pages_by_topic_and_a_logo_stands_on_the_home_page() {
    let page = |title: &str, more: &str| {
        format!("---\ntitle: {title}\ndescription: A page.\n{more}---\n\nText.\n")
    };
    let index = "---\ntitle: Money\nkind: section\ntopics:\n  Spending: What you may buy.\n---\n\nAll about it.\n";
    let pages =
        [page("Cards", "topic: Paying\n"), page("Shops", "topic: Spending\n"), page("Start", "")];
    let logo = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 4 4\"><path d=\"M0 0h4v4z\"/></svg>";
    let files = |settings: &'static str| {
        crate::small_site::built(&[
            ("site.toml", settings),
            HOME,
            ("content/logo.svg", logo),
            ("content/money/index.md", index),
            ("content/money/cards.md", &pages[0]),
            ("content/money/shops.md", &pages[1]),
            ("content/money/start.md", &pages[2]),
        ])
    };
    let built = files("publisher = \"Example Council\"\nlogo = \"logo.svg\"\n");
    let text = |path: &str| String::from_utf8_lossy(built.files[path].as_slice()).into_owned();
    let section = text("money/index.html");
    let places = [
        ">Start</a>",
        "<h2>Spending</h2>",
        "What you may buy.",
        ">Shops</a>",
        "<h2>Paying</h2>",
        ">Cards</a>",
    ];
    let found: Vec<_> = places.iter().map(|place| section.find(place)).collect();
    assert!(found.iter().all(Option::is_some) && found.is_sorted(), "{found:?} {section}");
    assert!(text("index.html").contains("<img src=\"logo.svg\" alt=\"\""), "no logo");
    let told = files("publisher = \"Example Council\"\nlogo = \"lgo.svg\"\n").findings;
    let told = told.iter().find(|finding| finding.message.contains("lgo.svg")).expect("a finding");
    assert_eq!((&*told.file, told.start.line), ("site.toml", 2));
    assert!(
        told.hint.as_ref().is_some_and(|hint| hint.contains("logo = \"logo.svg\"")),
        "{told:?}"
    );
}

/// A site of a nation with one service that is closed on bank holidays, built on a day.
fn closing(today: &str, settings: &str, more: &[(&str, &str)]) -> Built {
    let office = record("Office", "hours: 9am to 5pm Monday to Friday\nclosed: [bank holidays]\n");
    let mut files = vec![HOME, DIRECTORY, ("site.toml", settings)];
    files.push(("content/directory/office.yaml", &office));
    files.extend(more);
    build(site(&files).path(), options(today)).expect("it can be read")
}

#[test]
fn an_entry_names_the_next_bank_holiday_of_its_nation() {
    for (settings, today, says) in [
        ("", "2026-11-21", "The next is Friday 25 December 2026."),
        ("nation = \"Scotland\"\n", "2026-11-21", "The next is Monday 30 November 2026."),
        ("nation = \"Scotland\"\n", "2027-01-02", "The next is Monday 4 January 2027."),
        ("nation = \"Northern Ireland\"\n", "2027-01-02", "The next is Wednesday 17 March 2027."),
        ("", "2028-12-26", "The next is Tuesday 26 December 2028."),
    ] {
        let built = closing(today, settings, &[]);
        let page = file(&built, "directory/office/index.html");
        assert!(page.contains(&format!("<dd>Closed on bank holidays. {says}</dd>")), "{page}");
    }
    let built = closing("2028-12-27", "", &[]);
    let page = file(&built, "directory/office/index.html");
    assert!(page.contains("<dd>Closed on bank holidays</dd>"), "{page}");
}

#[test]
fn a_day_that_a_site_adds_is_a_bank_holiday_of_its_nation() {
    let days = "30 November 2026: A day of thanks\nWales:\n  27 November 2026: Theirs\n";
    let own = [("content/_data/bank-holidays.yaml", days)];
    for (nation, day) in
        [("England", "Monday 30 November 2026"), ("Wales", "Friday 27 November 2026")]
    {
        let built = closing("2026-11-21", &format!("nation = \"{nation}\"\n"), &own);
        assert!(!built.has_errors(), "{:#?}", built.findings);
        let page = file(&built, "directory/office/index.html");
        assert!(page.contains(&format!("The next is {day}.")), "{page}");
        assert_eq!(page.contains("2026-11-27"), nation == "Wales", "{page}");
        assert!(page.contains("2026-11-30"), "{page}");
    }
}

#[test]
fn an_editor_is_told_once_and_in_time_that_bank_holidays_end() {
    let told = |built: &Built| -> Vec<String> {
        let about = built.findings.iter().filter(|found| found.said().contains("bank holidays of"));
        about
            .map(|found| format!("{}:{}: {}", found.file, found.start.line, found.said()))
            .collect()
    };
    let settings = "title = \"Guide\"\nnation = \"Wales\"\n";
    assert_eq!(told(&closing("2028-11-01", settings, &[])), Vec::<String>::new());
    for today in ["2028-11-02", "2028-12-31", "2029-06-01"] {
        let said = ["site.toml:2: the bank holidays of Wales in 2029 are not known"];
        assert_eq!(told(&closing(today, settings, &[])), said, "{today}");
    }
    let months = ["January", "April", "May", "June", "July", "August", "October", "December"];
    let whole: String = months.iter().map(|month| format!("2 {month} 2029: A day\n")).collect();
    let own = [("content/_data/bank-holidays.yaml", whole.as_str())];
    assert_eq!(told(&closing("2028-12-31", settings, &own)), Vec::<String>::new());
    let none = build(site(&[HOME, ("site.toml", settings)]).path(), options("2029-06-01"));
    assert_eq!(told(&none.expect("it can be read")), Vec::<String>::new());
}

#[test]
fn what_is_open_is_told_to_the_script_and_not_of_a_service_that_is_closed_for_now() {
    let built = closing("2026-11-21", "", &[]);
    let page = file(&built, "directory/office/index.html");
    assert!(page.contains("hidden"), "{page}");
    assert!(page.contains("{&quot;b&quot;:1,&quot;h&quot;:[[31,540,1020]]}"), "{page}");
    assert!(page.contains("/open-now."), "{page}");
    let list = file(&built, "directory/entries.js");
    assert!(list.contains("\"b\":1") && list.contains("\"h\":[[31,540,1020]]"), "{list}");
    let paused = record("Shop", "hours: 24 hours every day\nstatus: closed for now\n");
    let ended = record("Past", "hours: 24 hours every day\nstatus: ended\n");
    let more =
        [("content/directory/shop.yaml", paused.as_str()), ("content/directory/past.yaml", &ended)];
    let built = closing("2026-11-21", "", &more);
    for entry in ["shop", "past"] {
        let page = file(&built, &format!("directory/{entry}/index.html"));
        assert!(!page.contains("open-now"), "{page}");
    }
}

#[test]
fn a_place_that_lies_wrong_is_told_at_its_line() {
    for (areas, line, what) in [
        ("- County\n- {name: Town, within: Conty}\n", 2, "“Conty” is not a place in areas.yaml"),
        ("- name: A\n  within: B\n- name: B\n  within: A\n", 2, "which is a circle"),
        ("- County\n- name: A\n  within: A\n", 3, "“A” is within itself"),
        ("- B\n- C\n- name: A\n  within: [B, C]\n", 4, "a list stands where words should be"),
        ("- B\n- C\n- name: A\n  within: B\n  within: C\n", 5, "“within” appears twice"),
    ] {
        let root = site(&[SETTINGS, DIRECTORY, ("content/_data/areas.yaml", areas)]);
        let built = build(root.path(), options("2026-11-22")).expect("a site");
        let found = built.findings.iter().filter(|found| found.file.ends_with("areas.yaml"));
        let found: Vec<_> = found.map(|found| (found.start.line, &found.message)).collect();
        assert!(
            matches!(&found[..], [(at, said)] if *at == line && said.contains(what)),
            "{areas}{found:#?}"
        );
    }
}

#[test]
fn each_duty_in_the_table_of_teams_leads_to_one_contact() {
    let contacts = fs::read_to_string("content/_data/contacts.yaml").expect("the contacts");
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let known = digits(&contacts);
    let html = file(real(), "contact/index.html");
    let (_, table) = html.split_once("Who can answer your question").expect("the table");
    let (table, _) = table.split_once("</table>").expect("its end");
    let rows: Vec<&str> = table.split("<tr").skip(2).collect();
    assert!(rows.len() > 8, "{table}");
    for row in rows {
        let numbers: Vec<&str> = row.split("href=\"tel:+44").skip(1).collect();
        let [number] = numbers[..] else { panic!("one number, not {}: {row}", numbers.len()) };
        let number = number.split('"').next().unwrap_or_default();
        assert!(known.contains(&format!("0{number}")), "{number} is nobody’s: {row}");
    }
}

#[test]
fn a_page_of_many_contacts_shows_their_names_to_choose_from() {
    let html = file(real(), "contact/index.html");
    let (_, below) = html.split_once("</table>").expect("the table");
    let (_, teams) = below.split_once("id=\"direct-payments\"").expect("their part");
    assert!(teams.contains("<summary>Payroll support</summary>"), "{teams}");
    for fold in below.split("<details class=\"more\">").take(9) {
        assert!(fold.matches("class=\"contact\"").count() < 2, "{fold}");
        assert!(!fold.contains("class=\"contact-name\""), "said twice: {fold}");
    }
}

#[test]
fn every_page_is_asked_for_its_stage() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let settings = plainsite::config::read(root).expect("settings");
    assert!(settings.config.rules.stages, "site.toml asks for it");
    // And none lacks it, or the site could not be built.
    assert!(!real().has_errors());
}
