//! The program from outside: what it prints, what it leaves, how it ends.

use crate::small_site::{HOME, site};
use std::{
    fs,
    path::Path,
    process::{Command, Output, Stdio},
    time::Duration,
};

fn plainsite(arguments: &[&str], folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plainsite"));
    command.args(arguments).current_dir(folder).output().expect("the program starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn status(output: &Output) -> i32 {
    output.status.code().expect("it ended by itself")
}

const FAULTS: (&str, &str) = (
    "content/records.md",
    "---\ntitle: Records\nchecked: 1.10.2026\n---\n\n## Keep\n\n#### Receipts\n\n[click here](nowhere.md)\n\n[mark](index.md#nothing)\n",
);

#[test]
fn a_good_site_is_published() {
    let root = site(&[HOME]);
    let output = plainsite(&["build", "--today", "2026-11-21"], root.path());
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    assert!(root.path().join("public/index.html").is_file());
    assert!(root.path().join("public/404.html").is_file());
    let last = text(&output.stderr).lines().last().unwrap_or_default().to_owned();
    assert!(last.contains("pages") && last.contains("public"), "{last}");
}

#[test]
fn a_site_with_faults_is_not_published_and_says_all_of_them() {
    let root = site(&[HOME]);
    assert_eq!(status(&plainsite(&["build"], root.path())), 0);
    let before = fs::read(root.path().join("public/index.html")).expect("published");
    fs::write(root.path().join(FAULTS.0), FAULTS.1).expect("a file");
    let output = plainsite(&["build"], root.path());
    assert_eq!(status(&output), 1);
    assert_eq!(fs::read(root.path().join("public/index.html")).expect("still there"), before);
    assert!(!root.path().join("public/records/index.html").exists());
    let said = text(&output.stdout) + &text(&output.stderr);
    for place in ["records.md:3:10:", "records.md:8:1:", "records.md:10:1:", "records.md:12:1:"] {
        assert!(said.contains(place), "{place} in {said}");
    }
    assert!(said.trim_end().ends_with("Nothing was published."), "{said}");
}

#[test]
fn json_is_one_finding_a_line_and_nothing_else() {
    let root = site(&[HOME, FAULTS]);
    let output = plainsite(&["check", "--format", "json"], root.path());
    assert_eq!(status(&output), 1);
    assert!(!root.path().join("public").exists(), "check writes nothing");
    let lines: Vec<serde_json::Value> = text(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|why| panic!("{line}: {why}")))
        .collect();
    let codes: Vec<&str> = lines.iter().filter_map(|line| line["code"].as_str()).collect();
    for code in ["front-matter", "heading-order", "link-text", "dead-link"] {
        assert!(codes.contains(&code), "{code} in {codes:?}");
    }
    for line in &lines {
        for key in [
            "code",
            "severity",
            "file",
            "line",
            "column",
            "end_line",
            "end_column",
            "message",
            "hint",
        ] {
            assert!(line.get(key).is_some(), "{key} in {line}");
        }
        assert!(line["file"].as_str().is_some_and(|file| file.starts_with("content/")), "{line}");
    }
}

#[test]
fn every_format_can_be_read() {
    let root = site(&[HOME, FAULTS]);
    let shown = |format| text(&plainsite(&["check", "--format", format], root.path()).stdout);
    assert!(shown("plain").lines().all(|line| line.starts_with("content/records.md:")));
    assert!(
        shown("github")
            .lines()
            .all(|line| line.starts_with("::error file=") || line.starts_with("::warning file="))
    );
    let sarif: serde_json::Value = serde_json::from_str(&shown("sarif")).expect("SARIF is JSON");
    assert_eq!(sarif["version"], "2.1.0");
    assert!(sarif["runs"][0]["results"].as_array().is_some_and(|results| results.len() >= 4));
}

#[test]
fn warnings_stop_only_a_strict_build() {
    let root = site(&[("content/index.md", "---\ntitle: Home\nweather: fine\n---\n")]);
    let output = plainsite(&["build"], root.path());
    assert_eq!(status(&output), 0);
    assert!(text(&output.stderr).contains("1 warning."), "{}", text(&output.stderr));
    assert_eq!(status(&plainsite(&["build", "--strict"], root.path())), 1);
}

#[test]
fn advice_is_for_those_who_write_and_stops_nothing() {
    let home = "---\ntitle: Home\ndescription: All about it.\n---\nYour form must be completed.\n";
    let root = site(&[("content/index.md", home)]);
    let run = |arguments: &[&str]| plainsite(arguments, root.path());
    let checked = run(&["check", "--strict", "--format", "plain"]);
    let said = text(&checked.stdout);
    assert_eq!(said.lines().count(), 1, "{said}");
    assert!(said.contains(": advice: ") && said.contains("[hidden-actor]"), "{said}");
    assert_eq!(status(&checked), 0);
    assert!(text(&checked.stderr).contains("1 piece of advice. The site can be published."));
    let built = run(&["build", "--strict", "--format", "plain"]);
    assert_eq!((status(&built), text(&built.stdout).as_str()), (0, ""));
    assert!(text(&built.stderr).contains("1 piece of advice."), "{}", text(&built.stderr));
    // Again, from what is remembered.
    assert_eq!(text(&run(&["build", "--strict"]).stdout), "");
    for (level, shown) in [("warning", "warning"), ("advice", "advice"), ("error", "error")] {
        let settings = format!("[rules]\nhidden-actor = \"{level}\"\n");
        let root = site(&[("content/index.md", home), ("site.toml", &settings)]);
        let said = text(&plainsite(&["check", "--format", "plain"], root.path()).stdout);
        assert!(said.contains(&format!(": {shown}: ")), "{level}: {said}");
    }
    let sarif = text(&run(&["check", "--format", "sarif"]).stdout);
    assert!(sarif.contains("\"level\": \"note\""), "{sarif}");
    assert!(text(&run(&["check", "--format", "github"]).stdout).starts_with("::notice file="));
}

#[test]
fn wrong_usage_is_2() {
    let root = site(&[HOME]);
    for arguments in [
        &["build", "--root", "no-such-folder"][..],
        &["biuld"],
        &["build", "--today", "tomorrow"],
        &["explain", "link-txt"],
        &["build", "--out", "."],
        &["build", "--out", "content/public"],
    ] {
        let output = plainsite(arguments, root.path());
        assert_eq!(status(&output), 2, "{arguments:?}: {}", text(&output.stderr));
        assert!(!text(&output.stderr).trim().is_empty());
    }
    let said = text(&plainsite(&["explain", "link-txt"], root.path()).stderr);
    assert!(said.contains("did you mean link-text?"), "{said}");
}

#[test]
fn checks_explain_themselves() {
    let root = site(&[]);
    let page = text(&plainsite(&["explain", "link-text"], root.path()).stdout);
    assert!(page.starts_with("# link-text"));
    let list = text(&plainsite(&["explain"], root.path()).stdout);
    assert!(list.lines().any(|line| line.starts_with("dead-link ")), "{list}");
}

#[test]
fn a_template_with_a_fault_is_named() {
    let broken =
        "{% extends \"base.html\" %}\n{% block body %}{{ page.titel }}{% endblock body %}\n";
    let root = site(&[
        HOME,
        ("site.toml", "[theme]\nname = \"own\"\n"),
        ("themes/own/templates/home.html", broken),
    ]);
    let output = plainsite(&["check", "--format", "plain"], root.path());
    assert_eq!(status(&output), 1);
    let said = text(&output.stdout);
    assert!(said.contains("themes/own/templates/home.html:2:"), "{said}");
}

#[test]
fn a_killed_run_leaves_the_old_site() {
    let pages: Vec<(String, String)> = (0..400)
        .map(|number| {
            (
                format!("content/p{number}.md"),
                format!("---\ntitle: Page {number}\n---\n\n{}\n", "Words. ".repeat(400)),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> =
        pages.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let root = site(&files);
    fs::write(root.path().join("content/index.md"), "---\ntitle: Old\n---\n").expect("a file");
    assert_eq!(status(&plainsite(&["build"], root.path())), 0);
    let count = || {
        let pages = fs::read_dir(root.path().join("public")).expect("the site is there");
        pages
            .filter(|entry| entry.as_ref().expect("readable").path().join("index.html").is_file())
            .count()
    };
    let complete = count();
    for (number, delay) in
        [1_u64, 5, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 240, 300].into_iter().enumerate()
    {
        let page = root.path().join(format!("content/p{number}.md"));
        fs::write(page, format!("---\ntitle: New {number}\n---\n\nNew words.\n")).expect("a file");
        let mut run = Command::new(env!("CARGO_BIN_EXE_plainsite"))
            .arg("build")
            .current_dir(root.path())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program starts");
        std::thread::sleep(Duration::from_millis(delay));
        let _ = run.kill();
        let _ = run.wait();
        assert_eq!(count(), complete, "killed after {delay} ms");
        assert!(root.path().join("public/index.html").is_file());
    }
    let output = plainsite(&["build"], root.path());
    assert_eq!(status(&output), 0, "the next run mends what a killed one left");
    assert!(!root.path().join("public.new").exists());
}

#[test]
fn a_search_that_misses_its_page_stops_the_site_and_says_why() {
    let wages = "---\ntitle: Wages\nwords: [money]\n---\n\nHow to pay.\n";
    let benefits = "---\ntitle: Money from the state\n---\n\nMoney, money and money.\n";
    let root = site(&[
        HOME,
        ("content/wages.md", wages),
        ("content/benefits.md", benefits),
        ("content/a.md", "---\ntitle: Money one\n---\n\nMoney.\n"),
        ("content/b.md", "---\ntitle: Money two\n---\n\nMoney.\n"),
        (
            "content/_data/search-tests.yaml",
            "wages: wages.md\n\"money\": [wages.md]\nzebra: wages.md\n",
        ),
    ]);
    let output = plainsite(&["build"], root.path());
    let said = text(&output.stdout) + &text(&output.stderr);
    assert_eq!(status(&output), 1, "{said}");
    for part in [
        "search-tests.yaml:2:1: error: “money” does not find wages.md among the first 3 results",
        "wages.md is number 4 (money ",
        "search-tests.yaml:3:1: error: “zebra” does not find wages.md",
        "what came was nothing; wages.md has none of these words",
        "Nothing was published.",
    ] {
        assert!(said.contains(part), "{part} in {said}");
    }
    assert!(!said.contains("“wages” does not"), "{said}");
    assert!(!root.path().join("public").exists());

    let best = "money:\n  words: [cash]\n  best: wages.md\n  test: wages.md\n";
    fs::write(root.path().join("content/_data/vocabulary.yaml"), best).expect("a file");
    let tests = "money: wages.md\ncash: wages.md\n";
    fs::write(root.path().join("content/_data/search-tests.yaml"), tests).expect("a file");
    let output = plainsite(&["build"], root.path());
    assert_eq!(status(&output), 0, "{}", text(&output.stderr));
    let output = plainsite(&["search", "cash", "--why"], root.path());
    let lines = text(&output.stdout);
    assert!(lines.lines().next().is_some_and(|line| line.ends_with("Wages  (/wages/)")), "{lines}");
    assert!(lines.contains("    cash"), "{lines}");
    let output = plainsite(&["search", "cash", "--format", "json"], root.path());
    let line = text(&output.stdout).lines().next().unwrap_or_default().to_owned();
    let hit: serde_json::Value = serde_json::from_str(&line).expect("it is JSON");
    assert_eq!((&hit["title"], &hit["url"]), (&"Wages".into(), &"/wages/".into()), "{line}");
}

#[test]
fn an_accessibility_statement_claims_no_more_than_is_known() {
    let page = |settings: &str| {
        let page = "---\ntitle: Accessibility\nkind: accessibility\n---\n\nHello.\n";
        let settings = format!("[accessibility]\n{settings}");
        let root = site(&[HOME, ("content/accessibility.md", page), ("site.toml", &settings)]);
        let output = plainsite(&["build", "--today", "21 November 2026"], root.path());
        assert_eq!(status(&output), 0, "{}", text(&output.stderr));
        let page = fs::read_to_string(root.path().join("public/accessibility/index.html"));
        let page = page.expect("it is published");
        assert!(!page.contains("data-audit"), "{page}");
        page
    };
    let own = "law = false\n";
    assert!(!page(own).contains("compliant"));
    let shown = format!("{own}prepared = \"1 May 2026\"\nreviewed = 2026-05-02\n");
    let untested = page(&shown);
    assert!(untested.contains("is partially compliant"), "{untested}");
    assert!(untested.contains("problems that we do not know of yet"), "{untested}");
    assert!(untested.contains("We last reviewed it on 2 May 2026."), "{untested}");
    // No law, so nobody enforces it.
    assert!(!untested.contains("Regulations") && !untested.contains("#enforcement"), "{untested}");
    let tested = format!("{shown}tested = \"1 May 2026\"\n");
    assert!(page(&tested).contains("is fully compliant"));
    let fault = "[[accessibility.problem]]\nwhat = \"No captions.\"\nwhy = \"non-compliance\"\n";
    let faulty = page(&format!("{tested}{fault}"));
    assert!(faulty.contains("because of the non-compliances listed below"), "{faulty}");
    let poor = page(&format!("{tested}status = \"not compliant\"\n{fault}"));
    assert!(poor.contains("This website is not compliant"), "{poor}");
}

#[test]
fn what_one_edit_changes_is_listed() {
    let root = site(&[
        (
            "content/index.md",
            "---\ntitle: Home\ncontact: team\n---\n\nCall ((team phone)). ((tell-us))\n\n((limit))\n",
        ),
        ("content/other.md", "---\ntitle: Other\n---\n\n((tell-us))\n"),
        (
            "content/how.md",
            "---\ntitle: How\n---\n\nWrite `((limit))`:\n\n```\n((limit)) ((tell-us))\n```\n",
        ),
        ("content/_snippets/tell-us.md", "Write to ((team email)).\n"),
        (
            "content/_data/contacts.yaml",
            "team:\n  name: Team\n  phones:\n    - {number: 0306 999 0100}\n  emails:\n    - {address: team@county.example}\n",
        ),
        ("content/_data/facts.yaml", "limit:\n  value: £10\n  source: Policy\n"),
        ("site.toml", "[accessibility]\nlaw = false\ncontact = \"team\"\n"),
    ]);
    let ask = |name: &str| plainsite(&["uses", name], root.path());
    let team = ask("team");
    assert_eq!(status(&team), 0, "{}", text(&team.stderr));
    let said = text(&team.stdout);
    for line in [
        "content/index.md:3: is who to ask",
        "content/index.md:6: its phone",
        "content/_snippets/tell-us.md:1: its email",
        "content/index.md:6: is in a snippet (tell-us)",
        "content/other.md:5: is in a snippet (tell-us)",
        "site.toml:3: is told about problems of accessibility",
    ] {
        assert!(said.lines().any(|found| found == line), "{line} in {said}");
    }
    assert!(text(&team.stderr).contains("4 files"), "{}", text(&team.stderr));
    assert_eq!(text(&ask("limit").stdout), "content/index.md:8: its value\n");
    assert_eq!(text(&ask("tell-us").stdout).lines().count(), 2);
    let slip = ask("taem");
    assert_eq!(status(&slip), 2);
    assert!(text(&slip.stderr).contains("did you mean team?"), "{}", text(&slip.stderr));
}

#[test]
fn a_baseline_leaves_out_what_is_known_and_never_a_dead_link() {
    let site = site(&[
        HOME,
        ("content/a.md", "---\ntitle: A\n---\n\n#### Too deep\n\nWords.\n"),
        ("content/b.md", "---\ntitle: B\n---\n\nSee [the form](gone.md).\n"),
    ]);
    let run = |args: &[&str]| plainsite(args, site.path());
    let written = run(&["check", "--write-baseline", "known.json"]);
    let said = text(&written.stderr);
    assert_eq!(status(&written), 0, "{said}");
    assert!(said.contains("2 findings are in known.json") && said.contains("1 of them counts"));
    let again = run(&["check", "--baseline", "known.json", "--format", "plain"]);
    let found = text(&again.stdout);
    assert_eq!(status(&again), 1, "{found}");
    assert!(found.contains("gone.md") && !found.contains("Too deep"), "{found}");
    fs::write(site.path().join("content/b.md"), "---\ntitle: B\n---\n\nCall us.\n")
        .expect("a file");
    let published = run(&["build", "--baseline", "known.json"]);
    assert_eq!(status(&published), 0, "{}", text(&published.stderr));
    assert!(text(&published.stderr).contains("1 of the baseline is still there."));
    let without = run(&["build"]);
    assert_eq!(status(&without), 1, "{}", text(&without.stderr));
    assert_eq!(status(&run(&["check", "--baseline", "missing.json"])), 2);
}

#[test]
fn no_baseline_publishes_a_site_whose_templates_or_settings_are_broken() {
    for (path, broken) in [
        ("themes/own/templates/base.html", "{% if %}"),
        ("site.toml", "ownr = true\n[theme]\nname = \"own\"\n"),
    ] {
        let theme = ("site.toml", "[theme]\nname = \"own\"\n");
        let style = ("themes/own/style.css", "p { margin: 0 }\n");
        let site = site(&[HOME, theme, style]);
        let run = |args: &[&str]| plainsite(args, site.path());
        assert_eq!(status(&run(&["build"])), 0);
        let path = site.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, broken).expect("a file");
        assert_eq!(status(&run(&["build", "--write-baseline", "known.json"])), 0);
        let again = run(&["build", "--baseline", "known.json"]);
        assert_eq!(status(&again), 1, "{}", text(&again.stderr));
        assert!(site.path().join("public/index.html").is_file(), "the page stays");
    }
}

#[test]
fn what_pages_lost_is_told_once_beside_the_published_site() {
    let page = |title: &str, words: &str| format!("---\ntitle: {title}\n---\n\n{words}\n");
    let letter = "---\ntitle: Ask for records\nkind: letter\n---\n\nDear Sir or Madam\n\nSend them.\n\nYours faithfully\n";
    let call =
        |number: &str| format!("Call {number} if it is over £1,000.\n\n## Ask a friend\n\nDo.");
    let root = site(&[HOME, ("content/records.md", letter)]);
    let write = |name: &str, words: &str| {
        fs::write(root.path().join("content").join(name), page(name, words)).expect("a file");
    };
    for name in ["a.md", "b.md", "c.md"] {
        write(name, &call("0306 999 0110"));
    }
    assert_eq!(status(&plainsite(&["build", "--no-ledger"], root.path())), 0);
    for name in ["a.md", "b.md"] {
        write(name, &call("0306 999 0111"));
    }
    write("c.md", "Call 0306 999 0111.\n\n## A friend to ask\n\nDo.");
    fs::remove_file(root.path().join("content/records.md")).expect("it goes");
    let output = plainsite(&["check", "--compare", "public"], root.path());
    let said = text(&output.stdout) + &text(&output.stderr);
    for wanted in [
        "content/a.md:2:1: warning: the last versions of 3 pages had “+443069990110”, and now they have not [page-lost]",
        "the others are content/b.md, content/c.md",
        "content/c.md:2:1: warning: the last version had “£1,000”, and this one has not",
        "the letter “Ask for records” was published, and there is no such letter [letter-lost]",
        "0 letters and 6 other pages compared with public: 3 things were lost.",
    ] {
        assert!(said.contains(wanted), "{wanted} is not in {said}");
    }
    assert!(!said.contains("Ask a friend"), "it is still there in other words: {said}");
    assert_eq!(status(&output), 0);
}

#[test]
fn a_page_in_other_words_is_asked_for_a_note() {
    let page =
        |changes: &str, words: &str| format!("---\ntitle: Records\n{changes}---\n\n{words}\n");
    let note = |note: &str| format!("changes:\n  - date: 20 November 2026\n    note: {note}\n");
    let old = "Keep receipts, bank statements, invoices, timesheets and payslips.";
    let new = "Photograph receipts with a telephone and send pictures monthly.";
    let root = site(&[HOME, ("content/a.md", &page(&note("We listed all papers."), old))]);
    let build = ["build", "--no-ledger", "--today", "2026-11-28"];
    assert_eq!(status(&plainsite(&build, root.path())), 0);
    let said = |text_of_page: &str| {
        fs::write(root.path().join("content/a.md"), text_of_page).expect("a file");
        let check = ["check", "--compare", "public", "--today", "2026-11-28"];
        text(&plainsite(&check, root.path()).stdout)
    };
    let asked = "content/a.md:2:1: warning: many words of this page are others than before";
    assert!(said(&page(&note("We listed all papers."), new)).contains(asked));
    assert!(said(&page("", new)).contains(asked));
    assert!(!said(&page(&note("Send pictures monthly."), new)).contains("[unnoted-change]"));
    let few = old.replace("payslips", "contracts");
    assert!(!said(&page(&note("We listed all papers."), &few)).contains("[unnoted-change]"));
}

#[test]
fn a_schema_says_how_a_file_or_a_list_is_written() {
    let root = site(&[]);
    let schema = |name: &str| -> serde_json::Value {
        let said = plainsite(&["schema", name], root.path());
        assert_eq!(status(&said), 0, "{}", text(&said.stderr));
        serde_json::from_slice(&said.stdout).expect("it is JSON")
    };
    let contact = schema("contacts.yaml");
    assert_eq!(contact["additionalProperties"]["properties"]["hours"]["type"][0], "string");
    let area = schema("areas.yaml");
    assert_eq!(area["items"]["anyOf"][0]["type"], "string");
    assert!(area["items"]["anyOf"][1]["properties"]["within"].is_object(), "{area}");
    let redirect = schema("redirects.yaml");
    assert_eq!(redirect["additionalProperties"]["type"][0], "string");
    let word = schema("vocabulary.yaml");
    assert!(word["additionalProperties"]["anyOf"][1]["properties"]["best"].is_object(), "{word}");
    let answers = schema("buy");
    let answer = &answers["items"]["properties"]["answer"];
    assert_eq!(answer["enum"], serde_json::json!(["yes", "no", "ask first"]));
    let names = plainsite(&["schema"], root.path());
    assert!(text(&names.stdout).lines().any(|name| name == "symbols"));
}
