//! `plainsite audit` from outside, on three pages of another generator in
//! `tests/audit/site/`: what it prints in each format, and how it ends.
//!
//! What is printed is kept in `tests/snapshots/`. After a change on purpose:
//! `INSTA_UPDATE=always cargo test --test all audit_cli::`, then read what changed.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use serde_json::Value;

/// The rules that the longer formats are kept for.
const FEW: &[&str] = &["--rule", "image-name", "--rule", "label-title-only", "--rule", "same-name"];

fn site() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/audit/site")
}

fn audit(folder: &Path, more: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plainsite"));
    command.arg("audit").arg(folder).args(more).output().expect("the program starts")
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("it ended by itself")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What is printed, and after a line what is said beside it.
fn shown(output: &Output) -> String {
    format!("{}----\n{}", text(&output.stdout), text(&output.stderr))
}

fn json(output: &Output) -> Vec<Value> {
    let line = |line: &str| serde_json::from_str(line).expect("each line is JSON");
    text(&output.stdout).lines().map(line).collect()
}

/// The rules that are named in what is printed.
fn codes(output: &Output) -> BTreeSet<String> {
    json(output).iter().map(|one| one["code"].as_str().expect("a rule").to_owned()).collect()
}

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (path, text) in files {
        let path = folder.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    folder
}

const GOOD: (&str, &str) = (
    "index.html",
    "<!doctype html><html lang=en><meta charset=utf-8><title>Tea</title><main><h1>Tea</h1></main></html>",
);

#[test]
fn faults_are_shown_to_people() {
    let output = audit(&site(), &[]);
    assert_eq!(status(&output), 1);
    insta::assert_snapshot!("audit-human", shown(&output));
}

#[test]
fn faults_are_shown_to_programs() {
    for format in ["plain", "json", "github"] {
        let output = audit(&site(), &["--format", format]);
        assert_eq!(status(&output), 1, "{format}");
        insta::assert_snapshot!(format!("audit-{format}"), text(&output.stdout));
    }
    for format in ["sarif", "earl"] {
        let mut few = vec!["--format", format];
        few.extend(FEW);
        insta::assert_snapshot!(format!("audit-{format}"), text(&audit(&site(), &few).stdout));
    }
}

#[test]
fn what_was_looked_at_is_counted() {
    let output = audit(&site(), &["--format", "json", "--table"]);
    insta::assert_snapshot!("audit-table", text(&output.stderr));
    let findings = json(&output);
    for line in text(&output.stderr).lines().skip(1) {
        let words: Vec<&str> = line.split_whitespace().collect();
        let [rule, pages, looked, passed, failed, unsure] = words[..] else { continue };
        let Ok(looked) = looked.parse::<usize>() else { continue };
        let number = |word: &str| word.parse::<usize>().expect("a number");
        assert_eq!(looked, number(passed) + number(failed) + number(unsure), "{line}");
        assert!(number(pages) <= 3 && (looked == 0) == (number(pages) == 0), "{line}");
        let said = |outcome: &str| {
            findings.iter().filter(|one| one["code"] == rule && one["outcome"] == outcome).count()
        };
        assert_eq!(said("failed"), number(failed), "{line}");
        assert_eq!(said("cantTell"), number(unsure), "{line}");
    }
}

#[test]
fn sarif_has_what_scanners_ask_for() {
    let output = audit(&site(), &["--format", "sarif"]);
    let log: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(log["version"], "2.1.0");
    assert!(log["$schema"].as_str().is_some_and(|schema| schema.contains("sarif-2.1.0")));
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let results = run["results"].as_array().expect("results");
    assert_eq!(run["tool"]["driver"]["name"], "plainsite");
    assert_eq!(results.len(), json(&audit(&site(), &["--format", "json"])).len());
    for result in results {
        assert!(rules.iter().any(|rule| rule["id"] == result["ruleId"]), "{result}");
        assert!(result["message"]["text"].as_str().is_some_and(|text| !text.is_empty()));
        let is_unsure = result["kind"] == "review";
        assert!(is_unsure || result["kind"] == "fail", "{result}");
        // A level says how bad a failure is, and of what is unsure the standard asks for none.
        assert_eq!(is_unsure, result["level"] == "none", "{result}");
        let place = &result["locations"][0]["physicalLocation"];
        let file = place["artifactLocation"]["uri"].as_str().expect("an address");
        assert!(site().join(file).is_file(), "{file}");
        let at = |key: &str| place["region"][key].as_u64().expect("a number");
        let (start, end) = (("startLine", "startColumn"), ("endLine", "endColumn"));
        assert!(at(start.0) >= 1 && at(start.1) >= 1);
        assert!((at(start.0), at(start.1)) <= (at(end.0), at(end.1)), "{result}");
    }
}

#[test]
fn earl_says_of_each_page_what_each_rule_says() {
    let output = audit(&site(), &["--format", "earl"]);
    let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(report["@context"].is_string());
    assert_eq!(report["assertedBy"]["@type"], "Software");
    let findings = json(&audit(&site(), &["--format", "json"]));
    let rules: Vec<&str> = plainsite::audit::RULES.iter().map(|check| check.rule.code).collect();
    let subjects = report["@graph"].as_array().expect("subjects");
    let pages: Vec<&str> = subjects.iter().filter_map(|page| page["source"].as_str()).collect();
    assert_eq!(pages, ["contact.html", "index.html", "news/index.html"]);
    for (subject, page) in subjects.iter().zip(pages) {
        assert_eq!(subject["@type"], "TestSubject");
        let assertions = subject["assertions"].as_array().expect("assertions");
        let titles: Vec<&str> =
            assertions.iter().filter_map(|one| one["test"]["title"].as_str()).collect();
        assert_eq!(titles, rules, "{page}");
        for (assertion, rule) in assertions.iter().zip(titles) {
            assert_eq!(assertion["@type"], "Assertion");
            assert_eq!(assertion["mode"], "earl:automatic");
            assert_eq!(assertion["test"]["@type"], "TestCase");
            assert_eq!(assertion["result"]["@type"], "TestResult");
            let has = |outcome: &str| {
                findings.iter().any(|one| {
                    one["file"] == page && one["code"] == rule && one["outcome"] == outcome
                })
            };
            let outcome = assertion["result"]["outcome"].as_str().expect("an outcome");
            let expected = match (has("failed"), has("cantTell")) {
                (true, _) => &["earl:failed"][..],
                (false, true) => &["earl:cantTell"],
                (false, false) => &["earl:passed", "earl:inapplicable"],
            };
            assert!(expected.contains(&outcome), "{page}, {rule}: {outcome}");
        }
    }
}

#[test]
fn places_are_in_the_files() {
    for finding in json(&audit(&site(), &["--format", "json"])) {
        let file = site().join(finding["file"].as_str().expect("a file"));
        let page = fs::read_to_string(file).expect("it is there");
        let number = |key: &str| usize::try_from(finding[key].as_u64().expect("a number"));
        let line = page.lines().nth(number("line").expect("small") - 1).expect("the line");
        assert!(number("column").expect("small") <= line.chars().count(), "{finding}");
    }
}

#[test]
fn the_guidelines_are_asked_up_to_a_level() {
    let codes = |level: &str| codes(&audit(&site(), &["--format", "json", "--level", level]));
    let (a, aa, aaa) = (codes("A"), codes("aa"), codes("AAA"));
    assert!(a.contains("image-name") && !a.contains("contrast"), "{a:?}");
    assert!(aa.is_superset(&a) && aa.contains("contrast"), "{aa:?}");
    assert!(!aa.contains("contrast-enhanced") && !aa.contains("heading-levels"), "{aa:?}");
    assert!(aaa.is_superset(&aa) && aaa.contains("contrast-enhanced"), "{aaa:?}");
    assert!(!aaa.contains("heading-levels"), "{aaa:?}");
    assert_eq!(status(&audit(&site(), &["--level", "AAAA"])), 2);
}

#[test]
fn rules_are_chosen_and_left_out() {
    let one = audit(&site(), &["--format", "json", "--rule", "contrast"]);
    assert_eq!(codes(&one), BTreeSet::from(["contrast".to_owned()]));
    let all = codes(&audit(&site(), &["--format", "json"]));
    let less = codes(&audit(
        &site(),
        &["--format", "json", "--without", "contrast", "--without", "image-name"],
    ));
    let gone: Vec<&String> = all.difference(&less).collect();
    assert_eq!(gone, ["contrast", "image-name"]);
    for wrong in ["--rule", "--without"] {
        let output = audit(&site(), &[wrong, "imgae-name"]);
        assert_eq!(status(&output), 2);
        assert!(text(&output.stderr).contains("did you mean image-name?"), "{}", shown(&output));
        assert!(output.stdout.is_empty());
    }
    let output = audit(&site(), &["--rule", "zebra"]);
    assert!(text(&output.stderr).contains("plainsite explain"), "{}", shown(&output));
}

#[test]
fn what_is_known_is_left_out() {
    let outside = tempfile::tempdir().expect("a folder");
    let known = outside.path().join("known.json");
    let name = known.to_str().expect("text");
    let site = folder(&[
        ("index.html", &fs::read_to_string(site().join("index.html")).expect("it is there")),
        ("style.css", &fs::read_to_string(site().join("style.css")).expect("it is there")),
    ]);
    let written = audit(site.path(), &["--write-baseline", name]);
    assert_eq!((status(&written), text(&written.stdout)), (0, String::new()));
    let before = fs::read_to_string(&known).expect("it was written");
    let again = audit(site.path(), &["--baseline", name]);
    assert_eq!((status(&again), text(&again.stdout)), (0, String::new()), "{}", shown(&again));
    assert!(text(&again.stderr).contains("of the baseline are still there"), "{}", shown(&again));

    let page = site.path().join("index.html");
    let html = fs::read_to_string(&page).expect("it is there");
    let changed = html
        .replace("</main>", "<p><input name=\"song\"></p></main>")
        .replace("<h3>Next evening</h3>", "<h2>Next evening</h2>");
    fs::write(&page, format!("\n{changed}")).expect("a file");
    let new = audit(site.path(), &["--baseline", name, "--format", "json"]);
    assert_eq!(codes(&new), BTreeSet::from(["field-name".to_owned()]), "{}", shown(&new));
    assert_eq!(status(&new), 1);
    assert!(text(&new.stderr).contains("1 is gone"), "{}", shown(&new));
    let since = audit(site.path(), &["--since", name, "--format", "json"]);
    assert_eq!((codes(&since), status(&since)), (codes(&new), 1));
    let said = text(&since.stderr);
    assert!(said.contains("1 is new, 1 is mended and "), "{said}");
    assert!(said.contains("index.html: mended: ") && said.contains(" [heading-levels]"), "{said}");
    assert_eq!(status(&audit(site.path(), &["--since", name, "--baseline", name])), 2);

    fs::write(&page, html).expect("a file");
    assert_eq!(status(&audit(site.path(), &["--write-baseline", name])), 0);
    assert_eq!(fs::read_to_string(&known).expect("it was written"), before);
    fs::write(&known, "[]").expect("a file");
    assert_eq!(status(&audit(site.path(), &["--baseline", name])), 2);
    let missing = outside.path().join("none.json");
    let output = audit(site.path(), &["--baseline", missing.to_str().expect("text")]);
    assert_eq!(status(&output), 2, "{}", shown(&output));
}

#[test]
fn it_ends_as_scripts_expect() {
    let good = folder(&[GOOD]);
    let output = audit(good.path(), &[]);
    assert_eq!((status(&output), text(&output.stdout)), (0, String::new()), "{}", shown(&output));
    // A good habit stops only those who ask for it, and so does what a person must see.
    let habit = folder(&[(GOOD.0, &GOOD.1.replace("<meta charset=utf-8>", ""))]);
    assert_eq!(status(&audit(habit.path(), &[])), 0);
    assert_eq!(status(&audit(habit.path(), &["--strict"])), 1);
    let look = folder(&[(GOOD.0, &GOOD.1.replace("</h1>", "</h1><input title=Name>"))]);
    let output = audit(look.path(), &["--strict"]);
    assert_eq!(status(&output), 0, "{}", shown(&output));
    assert!(text(&output.stdout).contains("look:"), "{}", shown(&output));
}

#[test]
fn a_folder_without_pages_is_refused() {
    let empty = folder(&[]);
    for (folder, word) in
        [(empty.path().to_owned(), "no page"), (empty.path().join("nowhere"), "no folder")]
    {
        let output = audit(&folder, &[]);
        assert_eq!(status(&output), 2, "{}", shown(&output));
        assert!(text(&output.stderr).contains(word), "{}", shown(&output));
    }
}

#[test]
fn addresses_from_the_top_need_the_place_of_the_site() {
    let page = GOOD.1.replace("</main>", "<p><a href=/docs/tea/>Tea</a></p></main>");
    let site = folder(&[(GOOD.0, &page)]);
    let dead = |more: &[&str]| {
        let mut all = vec!["--format", "json"];
        all.extend(more);
        codes(&audit(site.path(), &all)).contains("dead-address")
    };
    assert!(!dead(&[]));
    assert!(dead(&["--base", "/docs/"]) && dead(&["--base", "docs"]) && dead(&["--base", "/"]));
    assert!(!dead(&["--base", "/other/"]));
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/audit/pages");
    let shown = |threads: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plainsite"));
        command.env("RAYON_NUM_THREADS", threads).arg("audit").arg(&pages);
        text(&command.args(["--format", "json"]).output().expect("the program starts").stdout)
    };
    let one = shown("1");
    assert!(one.lines().count() > 100);
    assert_eq!(one, shown("4"));
}

#[test]
fn a_report_for_people_is_itself_clean_and_says_each_cause_once() {
    let page = |name: &str| {
        format!(
            "<!doctype html><html lang=en><meta charset=utf-8><title>{name}</title><main>\
             <h1>{name}</h1><img src=/a.png><p style='color: #999; background: #fff'>{name} \
             &lt;script>alert(1)&lt;/script></p></main>"
        )
    };
    let names: Vec<String> = (0..40).map(|at| format!("page-{at:02}.html")).collect();
    let pages: Vec<String> = names.iter().map(|name| page(name)).collect();
    let files: Vec<(&str, &str)> =
        names.iter().map(String::as_str).zip(pages.iter().map(String::as_str)).collect();
    let site = folder(&files);
    let output = audit(site.path(), &["--format", "html"]);
    assert_eq!(status(&output), 1);
    let html = text(&output.stdout);
    assert!(html.contains("<strong>“…” is #999999 on #ffffff, a contrast of 2.85 to 1</strong><br>40 places on 40 pages."), "{html}");
    let causes = html.matches("class=\"cause\"").count();
    assert_eq!(html.matches("page-00.html, line 1").count(), causes, "{html}");
    assert!(!html.contains("page-03.html"), "three places of each cause: {html}");
    assert!(!html.contains("contrast-enhanced"), "what follows is said once: {html}");
    assert!(
        html.find("id=\"contrast\"") < html.find("id=\"landmarks")
            || !html.contains("id=\"landmarks")
    );
    let report = folder(&[("index.html", &html)]);
    let again = audit(report.path(), &["--format", "json", "--strict"]);
    assert_eq!(text(&again.stdout), "", "the report has no finding of its own");

    let table = text(&audit(site.path(), &["--format", "csv"]).stdout);
    assert!(table.contains("fails,AA,1.4.3,contrast,page-00.html,1,"), "{table}");
    let findings = json(&audit(site.path(), &["--format", "json"])).len();
    assert_eq!(table.lines().count(), findings + 1);
}

#[test]
fn one_page_is_audited_with_what_lies_beside_it() {
    let page = |links: &str| {
        format!(
            "<!doctype html><html lang=en><meta charset=utf-8><title>A</title>\
             <link rel=stylesheet href=a.css><main><h1>A</h1><p>Words {links}</p></main>"
        )
    };
    let (one, other) =
        (page("<a href=other.htm>beside this</a>"), page("<a href=gone.html>gone</a>"));
    let site = folder(&[("one.html", &one), ("other.htm", &other), ("a.css", "p { color: #999 }")]);
    let output = audit(&site.path().join("one.html"), &["--format", "json", "--level", "AA"]);
    assert_eq!(codes(&output), ["contrast".to_owned()].into());
    assert!(shown(&output).contains("on 1 page."), "{}", shown(&output));
    let output = audit(&site.path().join("other.htm"), &["--format", "json", "--level", "AA"]);
    assert!(codes(&output).contains("dead-address"));
    let output = audit(&site.path().join("gone.html"), &[]);
    assert_eq!(status(&output), 2);
}

#[test]
fn what_is_not_in_the_folder_is_said_once() {
    let page = "<!doctype html><html lang=en><meta charset=utf-8><title>A</title>\
                <link rel=stylesheet href=https://cdn.example/x.css>\
                <style>.a { color: #999; background: #fff }</style>\
                <main><h1>A</h1><p class=a>Words <a href=/contact>of ours</a></p></main>";
    let site = folder(&[("a.html", page), ("b.html", page)]);
    let output = audit(site.path(), &["--format", "json", "--level", "AA"]);
    assert!(codes(&output).contains("contrast") && !codes(&output).contains("dead-address"));
    let said = text(&output.stderr);
    assert!(
        said.contains("colours are judged without: https://cdn.example/x.css (2 pages)."),
        "{said}"
    );
    assert!(said.contains("Links such as /contact, on 2 pages,"), "{said}");
    let strict = audit(site.path(), &["--format", "json", "--level", "AA", "--strict-styles"]);
    let is_failed = |one: &Value| one["code"] == "contrast" && one["outcome"] == "failed";
    assert!(!json(&strict).iter().any(is_failed));
    let placed = audit(site.path(), &["--format", "json", "--base", "/"]);
    assert!(codes(&placed).contains("dead-address"));
}
