//! Addresses that were published: they go on leading somewhere, or the build says which line to
//! add. From outside, with the real program and real Git.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

use tempfile::TempDir;

use crate::small_site::{HOME, site};

const SETTINGS: &str =
    "title = \"A\"\nlanguages = [\"en\", \"cy\"]\n[rules]\nowner = false\nreview-dates = false\n";

const RECORDS: &str = "---
title: Records
short: records
also at: /finance/records/
---

## What to keep

Keep bills.

## How long

For years.

## Who to ask

Us.
";

fn run(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_plainsite"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("it runs")
}

/// Runs the program and gives all that it says.
fn said(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let output = run(folder, arguments);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let status = output.status.code().expect("a status");
    (status, text + &String::from_utf8_lossy(&output.stderr))
}

fn builds(folder: &Path) -> String {
    let (status, text) = said(folder, &["build", "--today", "2026-11-29"]);
    assert_eq!(status, 0, "{text}");
    text
}

/// Whether a build is refused, with what it says.
fn is_refused(folder: &Path) -> String {
    let before = ledger(folder);
    let (status, text) = said(folder, &["build", "--today", "2026-11-30"]);
    assert_eq!(status, 1, "{text}");
    assert!(text.contains("[lost-address]"), "{text}");
    assert_eq!(ledger(folder), before, "a build that failed changes nothing");
    text
}

fn ledger(folder: &Path) -> String {
    fs::read_to_string(folder.join("content/_ledger.yaml")).unwrap_or_default()
}

fn page(folder: &Path, path: &str) -> String {
    fs::read_to_string(folder.join("public").join(path)).unwrap_or_default()
}

fn change(folder: &Path, path: &str, edit: impl Fn(String) -> String) {
    let path = folder.join(path);
    let text = fs::read_to_string(&path).expect("a file");
    let new = edit(text.clone());
    assert_ne!(new, text, "{}", path.display());
    fs::write(path, new).expect("a file");
}

/// A site that was published once.
fn published() -> TempDir {
    let site = site(&[
        ("site.toml", SETTINGS),
        ("content/index.md", "---\ntitle: Home\n---\n\nSee [records](manage/records.md).\n"),
        ("content/manage/index.md", "---\ntitle: Manage\n---\n\nAll of it.\n"),
        ("content/manage/records.md", RECORDS),
        ("content/manage/records.cy.md", "---\ntitle: Cofnodion\n---\n\n## Beth\n\nHyn.\n"),
    ]);
    builds(site.path());
    site
}

#[test]
fn every_address_of_a_published_site_is_noted_and_nothing_is_written_twice() {
    let site = published();
    let noted = ledger(site.path());
    for line in [
        "/: {first: 2026-11-29, file: index.md}",
        "/manage/records/: {first: 2026-11-29, file: manage/records.md, ids: [what-to-keep, \
         how-long, who-to-ask]}",
        "/cy/manage/records/: {first: 2026-11-29, file: manage/records.cy.md, ids: [beth]}",
        "/go/records/: {first: 2026-11-29, to: /manage/records/}",
        "/finance/records/: {first: 2026-11-29, to: /manage/records/}",
        "/a-z/: {first: 2026-11-29}",
    ] {
        assert!(noted.lines().any(|other| other == line), "{line} in {noted}");
    }
    let lines: Vec<&str> = noted.lines().filter(|line| line.starts_with('/')).collect();
    assert!(lines.is_sorted());
    let written =
        |path: &str| fs::metadata(site.path().join(path)).and_then(|data| data.modified());
    let before = written("content/_ledger.yaml").expect("a time");
    builds(site.path());
    let (_, text) = said(site.path(), &["build", "--today", "2026-12-24", "--no-cache"]);
    assert_eq!(ledger(site.path()), noted, "{text}");
    assert_eq!(written("content/_ledger.yaml").expect("a time"), before);
}

#[test]
fn what_is_not_published_is_not_noted() {
    let site = site(&[("site.toml", SETTINGS), HOME, ("content/bad.md", "[x](nothing.md)\n")]);
    for arguments in [&["build"][..], &["check"], &["build", "--portable"]] {
        run(site.path(), arguments);
        assert_eq!(ledger(site.path()), "", "{arguments:?}");
    }
    fs::remove_file(site.path().join("content/bad.md")).expect("removed");
    for arguments in [&["check"][..], &["build", "--portable"], &["build", "--no-ledger"]] {
        assert_eq!(said(site.path(), arguments).0, 0);
        assert_eq!(ledger(site.path()), "", "{arguments:?}");
    }
    let (status, text) = said(site.path(), &["build", "--locked"]);
    assert_eq!(status, 2, "{text}");
    assert!(text.contains("is not up to date"), "{text}");
    builds(site.path());
    assert_eq!(said(site.path(), &["build", "--locked"]).0, 0);
}

#[test]
fn a_page_that_is_renamed_or_deleted_stops_the_build_with_the_line_to_add() {
    let site = published();
    let (old, new) = ("content/manage/records.md", "content/manage/paperwork.md");
    fs::rename(site.path().join(old), site.path().join(new)).expect("renamed");
    change(site.path(), "content/index.md", |text| text.replace("records.md", "paperwork.md"));
    let text = is_refused(site.path());
    assert!(text.contains("content/manage/paperwork.md:2:"), "at the page: {text}");
    assert!(text.contains("write `also at: /manage/records/`"), "{text}");
    // The short link and the old address hang on the page, and are no faults of their own.
    assert_eq!(text.matches("[lost-address]").count(), 1, "{text}");
    change(site.path(), new, |text| {
        text.replace("also at: /finance/records/", "also at: [/finance/records/, /manage/records/]")
    });
    builds(site.path());
    assert!(page(site.path(), "manage/records/index.html").contains("../paperwork/"));
    assert!(page(site.path(), "go/records/index.html").contains("../../manage/paperwork/"));

    fs::remove_file(site.path().join(new)).expect("removed");
    change(site.path(), "content/index.md", |_| HOME.1.to_owned());
    let text = is_refused(site.path());
    assert!(text.contains("content/_ledger.yaml:"), "{text}");
    assert!(text.contains("its file manage/paperwork.md is gone"), "{text}");
    assert_eq!(text.matches("[lost-address]").count(), 1, "{text}");
    // Each of the ways out that it names.
    let redirects = site.path().join("content/_data/redirects.yaml");
    fs::create_dir_all(redirects.parent().expect("a folder")).expect("a folder");
    fs::write(&redirects, "/manage/paperwork/: /manage/\n").expect("a file");
    builds(site.path());
    assert!(page(site.path(), "manage/paperwork/index.html").contains("href=\"../\""));
    assert!(page(site.path(), "go/records/index.html").contains("../../manage/"));
    fs::remove_file(&redirects).expect("removed");
    builds(site.path());
    fs::write(
        site.path().join(new),
        "---\ntitle: Paperwork\nstatus: withdrawn\nstatus note: It is over.\n---\n\nIt was.\n",
    )
    .expect("a file");
    builds(site.path());
    assert!(page(site.path(), "manage/paperwork/index.html").contains("It is over."));
}

#[test]
fn a_withdrawn_page_keeps_its_address_and_stands_in_no_list() {
    let site = published();
    fs::write(site.path().join("site.toml"), format!("base = \"https://a.example/\"\n{SETTINGS}"))
        .expect("a file");
    change(site.path(), "content/manage/records.md", |text| {
        text.replace(
            "title: Records",
            "title: Records\nstatus: withdrawn\nstatus note: There are new rules.",
        )
    });
    change(site.path(), "content/index.md", |_| HOME.1.to_owned());
    builds(site.path());
    let html = page(site.path(), "manage/records/index.html");
    let (notice, heading) = (html.find("There are new rules."), html.find("id=\"what-to-keep\""));
    assert!(notice.expect("a notice") < heading.expect("the words"), "the notice is first");
    assert!(html.contains("noindex"));
    for list in ["sitemap.xml", "a-z/index.html", "manage/index.html", "search/index.html"] {
        assert!(!page(site.path(), list).contains("example/manage/records/"), "{list}");
        assert!(!page(site.path(), list).contains(">Records<"), "{list}");
    }
    let (_, found) = said(site.path(), &["search", "records"]);
    assert!(!found.contains("\n/manage/records/"), "{found}");
}

#[test]
fn a_page_that_goes_back_to_drafts_or_to_staff_is_told_of_at_its_file() {
    for (line, why) in [("status: draft", "a draft"), ("audience: staff", "for staff")] {
        let site = published();
        change(site.path(), "content/manage/records.md", |text| {
            text.replace("title: Records", &format!("title: Records\n{line}"))
        });
        change(site.path(), "content/index.md", |_| HOME.1.to_owned());
        let text = is_refused(site.path());
        assert!(text.contains("content/manage/records.md:1:1"), "{text}");
        assert!(text.contains(why) && text.contains("status: withdrawn"), "{text}");
    }
}

#[test]
fn a_heading_in_new_words_keeps_its_old_id_however_often() {
    let site = published();
    let path = "content/manage/records.md";
    change(site.path(), path, |text| text.replace("## How long", "## For how many years"));
    let text = builds(site.path());
    assert!(text.contains("/manage/records/#how-long lead to “For how many years”"), "{text}");
    change(site.path(), path, |text| text.replace("## For how many years", "## Until when"));
    builds(site.path());
    // Another page may link to the oldest of them.
    change(site.path(), "content/index.md", |text| {
        text.replace("records.md", "records.md#how-long")
    });
    let text = builds(site.path());
    assert!(!text.contains("lead to “"), "it is said once: {text}");
    let html = page(site.path(), "manage/records/index.html");
    for id in ["how-long", "for-how-many-years", "until-when", "what-to-keep"] {
        assert_eq!(html.matches(&format!("id=\"{id}\"")).count(), 1, "{id}");
    }
    let heading = html.find("id=\"until-when\"").expect("a heading");
    assert!(html[heading..].starts_with("id=\"until-when\"><span id="), "{html}");
    assert!(
        ledger(site.path()).contains("was: {for-how-many-years: until-when, how-long: until-when}")
    );
    // Back to its first words.
    change(site.path(), path, |text| text.replace("## Until when", "## How long"));
    builds(site.path());
    let html = page(site.path(), "manage/records/index.html");
    assert_eq!(html.matches("id=\"how-long\"").count(), 1);
    assert_eq!(html.matches("id=\"until-when\"").count(), 1);
}

#[test]
fn a_heading_that_is_gone_stops_the_build_and_its_id_may_be_given_to_another() {
    let site = published();
    let path = "content/manage/records.md";
    change(site.path(), path, |text| text.replace("## How long\n\nFor years.\n\n", ""));
    let text = is_refused(site.path());
    assert!(text.contains("/manage/records/#how-long"), "{text}");
    change(site.path(), path, |text| {
        text.replace("## What to keep", "## What to keep {#what-to-keep #how-long}")
    });
    builds(site.path());
    let html = page(site.path(), "manage/records/index.html");
    assert!(html.contains("<h2 id=\"what-to-keep\"><span id=\"how-long\"></span>"), "{html}");
}

#[test]
fn boxes_for_some_days_and_for_staff_lose_nothing() {
    let with_boxes = "---\ntitle: Home\n---\n\n## Now\n\nYes.\n\n> [!UNTIL 31 March 2027]\n> ## Old\n>\n> Way.\n\n\
                      > [!STAFF]\n> ## Inside\n>\n> Words.\n\n## Then\n\nNo.\n";
    let site = site(&[("site.toml", SETTINGS), ("content/index.md", with_boxes)]);
    builds(site.path());
    let staff = ["build", "--staff", "--today", "2026-11-29", "--out", "staff"];
    assert_eq!(said(site.path(), &staff).0, 0);
    assert!(ledger(site.path()).contains("inside"), "{}", ledger(site.path()));
    let both = ledger(site.path());
    builds(site.path());
    assert_eq!(ledger(site.path()), both, "the editions do not take from each other");
    let (status, text) = said(site.path(), &["build", "--today", "2027-04-01"]);
    assert_eq!(status, 0, "what ends on a day ends: {text}");
    change(site.path(), "content/index.md", |text| {
        text.replace("> [!UNTIL 31 March 2027]\n> ## Old\n>\n> Way.\n", "")
    });
    let (status, text) = said(site.path(), &["build", "--today", "2027-04-02"]);
    assert_eq!(status, 0, "{text}");
}

#[test]
fn a_heading_that_only_staff_had_is_missed_by_staff_alone() {
    let text = "---\ntitle: Home\n---\n\n## Now\n\nYes.\n\n> [!STAFF]\n> ## Inside\n>\n> Words.\n\n\
                ## Then\n\nNo.\n";
    let site = site(&[("site.toml", SETTINGS), ("content/index.md", text)]);
    let staff = ["build", "--staff", "--today", "2026-11-29", "--out", "staff"];
    builds(site.path());
    assert_eq!(said(site.path(), &staff).0, 0);
    assert!(ledger(site.path()).contains("staff ids: [inside]"), "{}", ledger(site.path()));
    let inside = "> [!STAFF]\n> ## Inside\n>\n> Words.\n\n";
    change(site.path(), "content/index.md", |text| text.replace(inside, ""));
    builds(site.path());
    let (status, text) = said(site.path(), &staff);
    assert_eq!(status, 1);
    assert!(text.contains("links lead to /#inside, and no heading has that id"), "{text}");
    change(site.path(), "content/index.md", |text| {
        text.replace("## Then", "## Inside\n\nAll.\n\n## Then")
    });
    builds(site.path());
    // What everyone had is lost to them in a box for staff.
    change(site.path(), "content/index.md", |text| {
        text.replace("## Inside\n\nAll.\n", "> [!STAFF]\n> ## Inside\n>\n> All.\n")
    });
    assert_eq!(said(site.path(), &staff).0, 0, "staff have it still");
    let text = is_refused(site.path());
    assert!(
        text.contains("links lead to /#inside, and its heading is in a box for staff now"),
        "{text}"
    );
    change(site.path(), "content/index.md", |text| text.replace("## Now", "## Now {#now #inside}"));
    builds(site.path());
}

#[test]
fn documents_stay_where_they_were() {
    let site = published();
    fs::write(site.path().join("content/form.pdf"), "%PDF-1.4").expect("a file");
    change(site.path(), "content/index.md", |text| text + "\nThe [form](form.pdf).\n");
    builds(site.path());
    change(site.path(), "content/index.md", |text| text.replace("The [form](form.pdf).", ""));
    let text = builds(site.path());
    assert!(text.contains("stays published, because people have its address"), "{text}");
    assert_eq!(page(site.path(), "form.pdf"), "%PDF-1.4");
    fs::remove_file(site.path().join("content/form.pdf")).expect("removed");
    let text = is_refused(site.path());
    assert!(text.contains("the file form.pdf is gone"), "{text}");
}

#[test]
fn what_nobody_wrote_leads_to_the_page_above() {
    let site = published();
    let path = site.path().join("content/_ledger.yaml");
    // As a build wrote it in which the directory had such a list.
    let line =
        "/manage/payroll-in-retford/: {first: 2026-10-01}\n/x/y/card.vcf: {first: 2026-10-01}\n";
    fs::write(&path, ledger(site.path()) + line).expect("a file");
    let text = builds(site.path());
    assert!(!text.contains("lost-address"), "{text}");
    let html = page(site.path(), "manage/payroll-in-retford/index.html");
    assert!(html.contains("http-equiv=\"refresh\"") && html.contains("href=\"../\""), "{html}");
    // Where a file was only a host can lead on: no page is put in its place. It is said once.
    assert!(text.contains("/x/y/card.vcf is made no more, and links to it find nothing"), "{text}");
    let again = builds(site.path());
    assert!(!again.contains("card.vcf"), "{again}");
    assert!(!site.path().join("public/x/y/card.vcf").exists());
}

#[test]
fn pages_that_were_exchanged_or_put_in_the_place_of_others_are_told_of() {
    let other = "---\ntitle: Money\n---\n\n## Open an account\n\nYes.\n\n## Pay people\n\nNo.\n\n## Ask\n\nUs.\n";
    let new = || {
        let site = published();
        fs::write(site.path().join("content/manage/money.md"), other).expect("a file");
        builds(site.path());
        site
    };
    // Exchanged.
    let site = new();
    let plain = RECORDS.replace("short: records\nalso at: /finance/records/\n", "");
    fs::write(site.path().join("content/manage/money.md"), plain).expect("a file");
    fs::write(site.path().join("content/manage/records.md"), other).expect("a file");
    let text = is_refused(site.path());
    assert!(text.contains("what they lead to is at /manage/records/ now"), "{text}");
    assert!(text.contains("what they lead to is at /manage/money/ now"), "{text}");
    // Moved, and another page in its place.
    let site = new();
    let (from, to) = ("content/manage/money.md", "content/manage/accounts.md");
    fs::rename(site.path().join(from), site.path().join(to)).expect("renamed");
    let gift = "---\ntitle: Gifts\n---\n\n## Who may give\n\nAll.\n\n## How much\n\nAny.\n";
    fs::write(site.path().join(from), gift).expect("a file");
    let text = is_refused(site.path());
    assert!(
        text.contains("write `also at: /manage/money/` in content/manage/accounts.md"),
        "{text}"
    );
    // Put into another page, whose headings stay its own.
    let site = new();
    fs::remove_file(site.path().join(from)).expect("removed");
    change(site.path(), "content/manage/records.md", |text| {
        text.replace("also at: /finance/records/", "also at: [/finance/records/, /manage/money/]")
    });
    let text = builds(site.path());
    assert!(text.contains("3 old headings of pages that are at /manage/records/ now"), "{text}");
    assert!(!page(site.path(), "manage/records/index.html").contains("open-an-account"));
}

#[test]
fn a_page_that_everyone_could_read_stays_one_whatever_staff_build() {
    let site = published();
    change(site.path(), "content/manage/records.md", |text| {
        text.replace("title: Records", "title: Records\naudience: staff")
    });
    change(site.path(), "content/index.md", |_| HOME.1.to_owned());
    is_refused(site.path());
    said(site.path(), &["build", "--staff", "--out", "staff", "--today", "2026-11-30"]);
    is_refused(site.path());
}

#[test]
fn what_only_staff_have_is_named_to_nobody_else() {
    let inside = "---\ntitle: Inside\naudience: staff\n---\n\n## Steps\n\nSee [a sheet](sheet.pdf) and [a letter](ask.md).\n";
    let letter = "---\nkind: letter\ntitle: Ask\naudience: staff\n---\n\nDear colleague\n\nPlease call.\n\nYours faithfully\n";
    let site = published();
    fs::create_dir_all(site.path().join("content/inside")).expect("a folder");
    for (path, text) in [("index.md", inside), ("sheet.pdf", "%PDF-1.4"), ("ask.md", letter)] {
        fs::write(site.path().join("content/inside").join(path), text).expect("a file");
    }
    fs::write(
        site.path().join("site.toml"),
        format!("base = \"https://a.example/\"\nhosts = [\"nginx\"]\n{SETTINGS}"),
    )
    .expect("a file");
    let (_, text) =
        said(site.path(), &["build", "--staff", "--out", "staff", "--today", "2026-11-29"]);
    let noted = ledger(site.path());
    let of_staff = noted.lines().filter(|line| line.starts_with("/inside/"));
    assert!(of_staff.clone().count() >= 2, "{text}");
    assert!(of_staff.clone().all(|line| line.contains("staff: yes")), "{noted}");
    builds(site.path());
    assert!(!page(site.path(), "_hosts/nginx/http.conf").contains("inside"));
    assert!(!site.path().join("public/inside").exists());
    let still = ledger(site.path());
    assert!(of_staff.into_iter().all(|line| still.contains(line)), "{still}");
}

#[test]
fn a_ledger_that_is_gone_or_broken_is_told_of_before_anything_is_lost() {
    let site = published();
    let path = site.path().join("content/_ledger.yaml");
    let noted = ledger(site.path());
    fs::remove_file(&path).expect("removed");
    fs::remove_file(site.path().join("content/manage/records.cy.md")).expect("removed");
    let (status, text) = said(site.path(), &["build"]);
    assert_eq!(status, 2, "{text}");
    assert!(
        text.contains("there is no content/_ledger.yaml") && text.contains(" /cy/a-z/ first"),
        "{text}"
    );
    fs::write(&path, noted.replace("ids: [beth]", "ids: [beth")).expect("a file");
    for arguments in [&["links"][..], &["links", "--accept"], &["links", "records"]] {
        let (status, text) = said(site.path(), arguments);
        assert_eq!(status, 2, "{text}");
        assert!(text.contains("[ledger]"), "{text}");
    }
    assert!(ledger(site.path()).contains("ids: [beth"), "nothing of it is taken away");
    // As Windows ends lines.
    fs::write(&path, noted.replace('\n', "\r\n")).expect("a file");
    fs::write(
        site.path().join("content/manage/records.cy.md"),
        "---\ntitle: Cofnodion\n---\n\n## Beth\n\nHyn.\n",
    )
    .expect("a file");
    assert_eq!(said(site.path(), &["build", "--locked"]).0, 0);
}

#[test]
fn a_heading_that_one_reworded_while_another_added_one_is_no_fault() {
    let site = published();
    let path = site.path().join("content/_ledger.yaml");
    change(site.path(), "content/manage/records.md", |text| {
        text.replace("## How long", "## For years")
            .replace("## Who to ask", "## New\n\nWords.\n\n## Who to ask")
    });
    // As Git joins what two branches made of one line.
    let line =
        "/manage/records/: {first: 2026-11-29, file: manage/records.md, ids: [what-to-keep, ";
    let (one, two) =
        ("for-years, who-to-ask], was: {how-long: for-years}}\n", "how-long, new, who-to-ask]}\n");
    fs::write(&path, format!("{line}{one}{line}{two}")).expect("a file");
    let text = builds(site.path());
    assert!(!text.contains("lost-address"), "{text}");
    assert!(
        page(site.path(), "manage/records/index.html").contains("<span id=\"how-long\"></span>")
    );
}

#[test]
fn an_old_id_that_has_no_heading_to_stand_at_is_lost_and_said_to_be() {
    let site = published();
    fs::write(site.path().join("content/buy.md"), "---\ntitle: Buy\n---\n\n## Things {#things #stuff}\n\n```buy\n- item: A gym\n  answer: yes\n  why: It helps.\n```\n").expect("a file");
    builds(site.path());
    change(site.path(), "content/buy.md", |text| {
        text.replace("A gym", "A club").replace(" #stuff", " #odds")
    });
    let text = is_refused(site.path());
    assert!(text.contains("/buy/#stuff") && text.contains("/buy/#a-gym"), "{text}");
}

#[test]
fn a_document_that_is_gone_leads_on_only_where_the_host_can() {
    let site = published();
    fs::write(site.path().join("content/form.pdf"), "%PDF-1.4").expect("a file");
    change(site.path(), "content/index.md", |text| text + "\nThe [form](form.pdf).\n");
    builds(site.path());
    fs::remove_file(site.path().join("content/form.pdf")).expect("removed");
    change(site.path(), "content/index.md", |text| text.replace("The [form](form.pdf).", ""));
    fs::create_dir_all(site.path().join("content/_data")).expect("a folder");
    let redirects = "/form.pdf: /manage/\n";
    fs::write(site.path().join("content/_data/redirects.yaml"), redirects).expect("a file");
    let (status, text) = said(site.path(), &["build"]);
    assert_eq!(status, 1, "{text}");
    assert!(
        text.contains("content/_data/redirects.yaml:1:1") && text.contains("hosts ="),
        "{text}"
    );
    fs::write(site.path().join("site.toml"), format!("hosts = [\"nginx\"]\n{SETTINGS}"))
        .expect("a file");
    builds(site.path());
    assert!(page(site.path(), "_hosts/nginx/http.conf").contains("/form.pdf"));
}

#[test]
fn a_heading_may_stand_in_a_snippet() {
    let snippet = "## Tell us\n\nCall.\n";
    let site = site(&[
        ("site.toml", SETTINGS),
        ("content/index.md", "---\ntitle: Home\n---\n\n## Own\n\nYes.\n\n((tell))\n"),
        ("content/_snippets/tell.md", snippet),
    ]);
    builds(site.path());
    assert!(ledger(site.path()).contains("ids: [own, tell-us]"), "{}", ledger(site.path()));
    change(site.path(), "content/_snippets/tell.md", |_| "Call.\n".into());
    assert!(is_refused(site.path()).contains("/#tell-us"));
    // From the snippet to the page, and back: the link leads there all the time.
    change(site.path(), "content/index.md", |text| {
        text.replace("((tell))", "## Tell us\n\n((tell))")
    });
    builds(site.path());
    change(site.path(), "content/index.md", |text| text.replace("## Tell us\n\n", ""));
    change(site.path(), "content/_snippets/tell.md", |_| snippet.into());
    builds(site.path());
}

#[test]
fn what_may_go_is_said_once() {
    let site = published();
    fs::remove_file(site.path().join("content/manage/records.cy.md")).expect("removed");
    is_refused(site.path());
    let (status, lost) = said(site.path(), &["links", "--lost"]);
    assert_eq!(status, 1);
    assert!(lost.contains("old,new\n/cy/manage/records/,\n"), "{lost}");
    let (status, text) = said(site.path(), &["links", "--accept", "/cy/manage/record/"]);
    assert_eq!(status, 2);
    assert!(text.contains("did you mean /cy/manage/records/?"), "{text}");
    let (status, text) = said(site.path(), &["links", "--accept", "/manage/records/"]);
    assert_eq!(status, 2);
    assert!(text.contains("is not lost"), "{text}");
    assert_eq!(said(site.path(), &["links", "--accept"]).0, 0);
    builds(site.path());
    assert!(ledger(site.path()).contains("gone: 20"));
    let (status, list) = said(site.path(), &["links", "cofnodion"]);
    assert_eq!(status, 0);
    assert!(list.contains("No address"), "{list}");
    assert!(
        said(site.path(), &["links", "go", "records"])
            .1
            .contains("/go/records/\t2026-11-29\tleads to /manage/records/")
    );
}

#[test]
fn old_addresses_are_taken_over_from_a_map_or_a_table() {
    let site = published();
    let map = "<?xml version=\"1.0\"?><urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\
        <url><loc>https://old.example/services/records.aspx</loc></url>\
        <url><loc>https://old.example/manage/records/</loc></url>\
        <url><loc>https://old.example/care%20homes/</loc></url></urlset>";
    fs::write(site.path().join("old.xml"), map).expect("a file");
    let (status, text) = said(site.path(), &["links", "--take-over", "old.xml"]);
    assert_eq!(status, 0, "{text}");
    assert!(text.contains("/services/records.aspx,/manage/records/\n/care homes/,\n"), "{text}");
    let text = is_refused(site.path());
    assert!(text.contains("/care homes/ of the site before this one leads nowhere yet"), "{text}");
    let table = "Old address;New address\nhttps://old.example/care%20homes/;/manage/\n";
    fs::write(site.path().join("old.csv"), table).expect("a file");
    let (status, text) = said(site.path(), &["links", "--take-over", "old.csv"]);
    assert_eq!(status, 0, "{text}");
    builds(site.path());
    assert!(page(site.path(), "care homes/index.html").contains("../manage/"));
    assert!(page(site.path(), "services/records.aspx").contains("../manage/records/"));
    // Somebody has seen that one was wrong, and has corrected the table.
    let table = "old,new\n/services/records.aspx,/manage/\n/care homes/,/manage/\n";
    fs::write(site.path().join("old.csv"), table).expect("a file");
    let (_, text) = said(site.path(), &["links", "--take-over", "old.csv"]);
    assert!(text.contains("0 lead on, and 1 leads elsewhere than before"), "{text}");
    builds(site.path());
    let html = page(site.path(), "services/records.aspx");
    assert!(html.contains("../manage/") && !html.contains("../manage/records/"), "{html}");
    // What can be no address here is left out, and the ledger can be read after it.
    let odd =
        "old\nhttps://old.example/a//b\n/../x\n/%2e%2e/y\n/x%0Ay\n/.htaccess\n/Manage/Records\n";
    fs::write(site.path().join("odd.csv"), odd).expect("a file");
    let (_, text) = said(site.path(), &["links", "--take-over", "odd.csv"]);
    assert_eq!(text.matches("cannot be the address of a page here").count(), 5, "{text}");
    assert!(text.contains("1 address is here already. 0 lead on:"), "{text}");
    builds(site.path());
    fs::write(site.path().join("x.csv"), "name\nA\n").expect("a file");
    assert_eq!(said(site.path(), &["links", "--take-over", "x.csv"]).0, 2);
    fs::write(site.path().join("x.xml"), "<urlset><url><loc>/a?b&c</loc></url></urlset>")
        .expect("a file");
    let (status, text) = said(site.path(), &["links", "--take-over", "x.xml"]);
    assert_eq!(status, 2);
    assert!(text.contains("x.xml:1:") && text.contains("this site map cannot be read"), "{text}");
}

#[test]
fn a_ledger_that_cannot_be_written_stops_a_build_with_new_addresses() {
    let site = published();
    let path = site.path().join("content/_ledger.yaml");
    let noted = ledger(site.path());
    fs::remove_file(&path).expect("removed");
    // A folder in its place: nobody can write a file there, whoever they are.
    fs::create_dir_all(path.join("x")).expect("a folder");
    fs::write(site.path().join("content/more.md"), "---\ntitle: More\n---\n\nWords.\n")
        .expect("a file");
    let (status, text) = said(site.path(), &["build"]);
    assert_eq!(status, 2, "{text}");
    fs::remove_dir_all(&path).expect("removed");
    fs::write(&path, noted).expect("a file");
    builds(site.path());
}

fn git(folder: &Path, arguments: &[&str]) -> bool {
    let own = ["-c", "user.name=Editor", "-c", "user.email=editor@example.org"];
    let output =
        Command::new("git").args(own).args(arguments).current_dir(folder).output().expect("git");
    output.status.success()
}

#[test]
fn two_people_add_pages_at_the_same_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let root: PathBuf = folder.path().join("site");
    assert_eq!(said(folder.path(), &["init", "site"]).0, 0);
    assert!(git(&root, &["init", "-q", "-b", "main"]));
    // The starter has the day on which it was made.
    let publish = || {
        let (status, text) = said(&root, &["build"]);
        assert_eq!(status, 0, "{text}");
    };
    publish();
    let commit = |words: &str| git(&root, &["add", "-A"]) && git(&root, &["commit", "-qm", words]);
    assert!(commit("start"));
    let add = |name: &str| {
        let (status, text) = said(&root, &["new", "guidance", &format!("help-at-home/{name}")]);
        assert_eq!(status, 0, "{text}");
    };
    assert!(git(&root, &["checkout", "-qb", "one"]));
    add("new-apples");
    publish();
    assert!(commit("apples"));
    assert!(git(&root, &["checkout", "-q", "main"]));
    add("new-pears");
    publish();
    assert!(commit("pears"));
    assert!(git(&root, &["merge", "-q", "--no-edit", "one"]), "no conflict");
    let merged = ledger(&root);
    assert!(
        merged.contains("/help-at-home/new-apples/") && merged.contains("/help-at-home/new-pears/"),
        "{merged}"
    );
    publish();
    let lines: Vec<String> = ledger(&root).lines().map(str::to_owned).collect();
    assert!(lines.iter().filter(|line| line.starts_with('/')).is_sorted());
}

#[test]
fn a_rename_takes_its_links_its_translations_and_its_address_along() {
    let site = published();
    fs::write(
        site.path().join("content/more.md"),
        "---\ntitle: More\nrelated: [manage/records.md]\n---\n\nSee [a](manage/records.md#how-long), [b](/manage/records/), [c](manage/records.cy.md) and records.md.\n\n[d]: manage/records.md\n\n[Last][d].\n",
    )
    .expect("a file");
    builds(site.path());
    let (status, text) =
        said(site.path(), &["rename", "content/manage/records.md", "content/money/paperwork.md"]);
    assert_eq!(status, 0, "{text}");
    let back = "`plainsite rename content/money/paperwork.md content/manage/records.md`";
    assert!(text.contains(back), "{text}");
    assert!(text.contains("/cy/manage/records/\t/cy/money/paperwork/"), "{text}");
    let read = |path: &str| fs::read_to_string(site.path().join(path)).unwrap_or_default();
    assert_eq!(read("content/manage/records.md"), "");
    assert!(read("content/money/paperwork.cy.md").contains("also at: /cy/manage/records/"));
    assert!(
        read("content/money/paperwork.md")
            .contains("also at: [/finance/records/, /manage/records/]")
    );
    assert!(read("content/index.md").contains("(money/paperwork.md)"));
    let more = read("content/more.md");
    for part in [
        "[money/paperwork.md]",
        "(money/paperwork.md#how-long)",
        "(/money/paperwork/)",
        "(money/paperwork.cy.md)",
        "[d]: money/paperwork.md",
        "and records.md.",
    ] {
        assert!(more.contains(part), "{part}: {more}");
    }
    builds(site.path());
    assert!(page(site.path(), "manage/records/index.html").contains("../../money/paperwork/"));
    // And back.
    let (status, _) = said(site.path(), &["rename", "/money/paperwork/", "/manage/records/"]);
    assert_eq!(status, 0);
    assert!(
        read("content/manage/records.md")
            .contains("also at: [/finance/records/, /money/paperwork/]")
    );
    assert_eq!(
        read("content/index.md"),
        "---\ntitle: Home\n---\n\nSee [records](manage/records.md).\n"
    );
    builds(site.path());
}

#[test]
fn a_folder_is_renamed_with_all_that_is_in_it() {
    let site = published();
    fs::write(
        site.path().join("content/manage/more.md"),
        "---\ntitle: More\n---\n\n[Up](../index.md), [records](records.md), ![A red dot](dot.svg)\n",
    )
    .expect("a file");
    let dot = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"10\" height=\"10\"/>";
    fs::write(site.path().join("content/manage/dot.svg"), dot).expect("a file");
    fs::write(site.path().join("content/manage/a dot.svg"), dot).expect("a file");
    let spaces = "---\ntitle: Dots\n---\n\n![A red dot](<manage/a dot.svg>), \
                  ![A dot of red](manage/a%20dot.svg), 1 < 2 and [records](<manage/records.md>)\n";
    fs::write(site.path().join("content/dots.md"), spaces).expect("a file");
    builds(site.path());
    let (status, text) = said(site.path(), &["rename", "content/manage", "content/help/managing"]);
    assert_eq!(status, 0, "{text}");
    let dots = fs::read_to_string(site.path().join("content/dots.md")).expect("a file");
    let mended = spaces.replace("manage/", "help/managing/");
    assert_eq!(dots, mended);
    assert!(!site.path().join("content/manage").exists());
    let more =
        fs::read_to_string(site.path().join("content/help/managing/more.md")).expect("a file");
    assert!(
        more.contains("[Up](../../index.md), [records](records.md), ![A red dot](dot.svg)"),
        "{more}"
    );
    fs::write(site.path().join("content/help/index.md"), "---\ntitle: Help\n---\n\nAll.\n")
        .expect("a file");
    builds(site.path());
    for (arguments, why) in [
        (["content/help", "content/help/x"], "is inside"),
        (["content/nothing.md", "content/x.md"], "no page or folder"),
        (["content/index.md", "content/help/index.md"], "is there already"),
        (["content/index.md", "content/_x.md"], "cannot be the name"),
        (["content/help/managing/dot.svg", "content/dot.svg"], "is a picture"),
    ] {
        let (status, text) = said(site.path(), &["rename", arguments[0], arguments[1]]);
        assert_eq!(status, 2, "{text}");
        assert!(text.contains(why), "{text}");
    }
}

#[test]
fn the_ledger_of_this_site_is_up_to_date() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let out = out.to_str().expect("a path");
    let (status, text) = said(root, &["build", "--locked", "--no-cache", "--out", out]);
    assert_eq!(status, 0, "run `plainsite build`, and commit content/_ledger.yaml: {text}");
}
