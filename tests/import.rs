//! A spreadsheet or an Open Referral feed becomes records: what is read, what is kept for
//! people to mend, and what the directory exports and reads back.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use plainsite::{
    Date, Options, build, config,
    diagnostic::Diagnostic,
    examine,
    import::{Directory, Imported, import, import_feed},
    load,
    rule::Severity,
    text::{Languages, Source},
};
use proptest::prelude::*;
use tempfile::TempDir;

const TODAY: &str = "2026-11-29";

fn today() -> Date {
    Date::parse(TODAY).expect("a day")
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn write(root: &Path, path: &str, text: impl AsRef<[u8]>) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

/// A site with a directory, some places and nothing in it.
fn site() -> TempDir {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "content/index.md", "---\ntitle: Home\n---\n\nHello.\n");
    write(
        root.path(),
        "content/directory/index.md",
        "---\nkind: directory\ntitle: Find a service\nkind of pages: service\ncategories:\n  \
         - {id: advice, name: Information and advice}\n  - {id: travel, name: Travel}\n---\n",
    );
    write(
        root.path(),
        "content/_data/areas.yaml",
        "- Whole county\n- North Dale\n- South Dale\n- Tyne and Wear\n",
    );
    root
}

fn plainsite(arguments: &[&str], folder: &Path) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_plainsite"));
    command.args(arguments).current_dir(folder).output().expect("the program starts")
}

/// Imports a table, and gives back the status, what was printed and the last line.
#[track_caller]
fn run(root: &Path, table: impl AsRef<[u8]>, words: &[&str]) -> (i32, String, String) {
    write(root, "services.csv", table);
    let all = [&["import", "services.csv", "--today", TODAY, "--format", "plain"], words].concat();
    let output = plainsite(&all, root);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let last = text(&output.stderr).lines().last().unwrap_or_default().to_owned();
    (output.status.code().expect("it ended by itself"), text(&output.stdout), last)
}

fn record(root: &Path, id: &str) -> String {
    fs::read_to_string(root.join(format!("content/directory/{id}.yaml"))).expect("a record")
}

/// Everything that the site in a folder exports as a table, for staff: the columns that
/// nothing knows are for nobody else.
fn export(root: &Path) -> String {
    let options = Options { today: today(), staff: true, portable: false };
    let built = build(root, options).expect("a site");
    let errors: Vec<_> =
        built.findings.iter().filter(|found| found.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let bytes = built.files.get("data/services.csv").expect("an export");
    String::from_utf8(bytes.as_slice().to_vec()).expect("text")
}

/// Imports in memory, into the site in a folder.
fn in_memory(root: &Path, table: &str) -> Imported {
    into_site(root, |into| import(&Source::new("services.csv", table), into))
}

fn into_site(root: &Path, import: impl FnOnce(&Directory<'_>) -> Imported) -> Imported {
    let settings = config::read(root).expect("settings");
    let mut loaded = load::load(root, "plain").expect("a site");
    let sources =
        loaded.sources.iter().map(|source| (source.path.to_string(), source.clone())).collect();
    let options = Options { today: today(), staff: true, portable: false };
    let site = examine(&mut loaded, &settings, options).site;
    let into = Directory {
        site: &site,
        config: &settings.config,
        sources: &sources,
        folder: "content/directory/".into(),
        today: today(),
        replace: true,
        habits: Default::default(),
    };
    import(&into)
}

const GOOD: &str = "\
Service Name,Description,Eligibility,Price,How to apply,Telephone,E-mail,Website,Address 1,Address 2,Town,Post code,Opening times,District,Type,Last checked,UPRN,Provider
Dale Wheels,Lifts to the shops.,Anyone,£4,Call them.,01632 960401,wheels@dale.example,www.dale.example,Old Station,Mill Lane,North Dale,ex32ad,9am to 5pm Monday to Friday,\"North Dale, South Dale\",Travel,20/11/2026,100012345,Dale Community Trust
";

#[test]
fn a_spreadsheet_of_a_council_is_read() {
    let root = site();
    let (status, said, last) = run(root.path(), GOOD, &[]);
    assert_eq!(status, 0, "{said}{last}");
    assert_eq!(
        record(root.path(), "dale-wheels"),
        "name: Dale Wheels
organisation: dale-community-trust
on offer: Lifts to the shops.
who for: Anyone
cost: £4
how to access: Call them.
phones:
  - {number: 01632 960401}
emails:
  - {address: wheels@dale.example}
web: https://www.dale.example
places:
  - {address: \"Old Station, Mill Lane, North Dale, EX3 2AD\"}
hours: 9am to 5pm Monday to Friday
areas: [North Dale, South Dale]
category: [travel]
checked: 20 November 2026
extra:
  \"UPRN\": \"100012345\"
"
    );
    let organisations = fs::read_to_string(root.path().join("content/_data/organisations.yaml"));
    assert!(
        organisations
            .expect("a file")
            .ends_with("dale-community-trust:\n  name: Dale Community Trust\n")
    );
    assert!(said.contains("“UPRN” is not a column that is known"), "{said}");
    assert!(said.contains("`https://` was put before 1 address in the column “Website”"), "{said}");
    assert!(last.starts_with("1 record was made in content/directory/."), "{last}");
    assert!(export(root.path()).contains("100012345"));
    let (status, said, last) = run(root.path(), GOOD, &[]);
    assert_eq!(status, 0, "{said}{last}");
    assert!(last.contains("1 file said the same already"), "{last}");
}

#[test]
fn what_cannot_be_read_is_kept_and_not_published() {
    let root = site();
    let table = "name,on offer,who for,cost,how to access,phone 1 number,areas,category,checked,hours\n\
        Rowan House,Advice.,All,free,Call.,0205 820892,North Dle,advice,01/02/2026,9-5 Mon\n\
        ,Nobody,x,x,x,01632 960401,North Dale,advice,20 November 2026,\n\
        Good,Advice.,All,free,Call.,01632 960401,North Dale,advice,20 November 2026,\n\
        good,Advice.,All,free,Call.,01632 960401,North Dale,advice,20 November 2026,\n";
    let (status, said, last) = run(root.path(), table, &[]);
    assert_eq!(status, 1, "{said}");
    let text = record(root.path(), "rowan-house");
    for part in [
        "# From services.csv, row 2. ",
        "# phone 1 number: 0205 820892\n# “0205 820892” is not a UK phone number: it has 10 digits",
        "# areas: North Dle\n# “North Dle” is not a place in areas.yaml; did you mean `North Dale`?\n",
        "# checked: 01/02/2026\n# “01/02/2026” is one day in Britain and another in America",
        "# hours: 9-5 Mon\n# “9-5” does not say am or pm",
        "\nstatus: draft\n",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    for part in [
        "services.csv:2:36: error: row 2, column “phone 1 number”: “0205 820892” is not",
        "services.csv:3:1: error: row 3, column “name”: there is no name, so no record was made",
        "services.csv:5:1: error: row 5: the name “good” is in row 4 as well",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    assert!(!record(root.path(), "good").contains("draft"));
    assert!(last.starts_with("2 records were made in content/directory/, 1 of them a draft. 4 cells could not be read. 2 rows made no record."), "{last}");
    let table = export(root.path());
    assert!(table.contains("Good") && !table.contains("Rowan"), "{table}");
}

#[test]
fn a_record_without_what_it_needs_is_a_draft() {
    let root = site();
    let (status, said, last) = run(root.path(), "Title,Summary\nRowan House,\nDale,Lifts.\n", &[]);
    assert_eq!(status, 0, "{said}{last}");
    let text = record(root.path(), "dale");
    assert!(text.contains("# who for:\n# “who for” is missing. Write a line such as"), "{text}");
    assert!(text.contains("# phones:\n# Nothing says how to reach it."), "{text}");
    assert!(
        said.contains(
            "there is no column “who for”, which a record needs, so 2 records are drafts"
        ),
        "{said}"
    );
    assert!(said.contains("row 2, column “Summary”: nothing is there"), "{said}");
    assert!(last.contains("2 of them drafts"), "{last}");
}

#[test]
fn a_record_says_when_it_is_checked_again_where_the_site_asks() {
    let root = site();
    write(root.path(), "site.toml", "title = \"Example\"\n\n[rules]\nreview-dates = true\n");
    let (status, said, last) = run(root.path(), GOOD, &[]);
    assert_eq!(status, 0, "{said}{last}");
    let text = record(root.path(), "dale-wheels");
    assert!(text.contains("checked: 20 November 2026\ncheck again: every 12 months\n"), "{text}");
    assert!(
        said.contains(
            "nothing says when a service is checked again, so 1 record says every 12 months"
        ),
        "{said}"
    );
    let check = plainsite(&["check", "--today", TODAY, "--format", "plain"], root.path());
    let found = String::from_utf8_lossy(&check.stdout).into_owned();
    assert!(!found.contains("dale-wheels.yaml"), "{found}");
    // What somebody says counts, and what an editor wrote stays.
    write(
        root.path(),
        "content/directory/dale-wheels.yaml",
        text.replace("every 12 months", "every 3 months"),
    );
    let (_, said, last) = run(root.path(), GOOD, &["--replace"]);
    assert!(last.contains("1 file said the same already"), "{said}{last}");
    let words = ["--replace", "--default", "check again=every 6 months"];
    let (status, said, _) = run(root.path(), GOOD, &words);
    assert_eq!(status, 0, "{said}");
    assert!(!said.contains("checked again"), "{said}");
    assert!(record(root.path(), "dale-wheels").contains("check again: every 6 months"));
}

#[test]
fn a_draft_of_a_spreadsheet_says_what_it_waits_for() {
    let root = site();
    let table = "Title,Summary,Telephone\nRowan House,Advice.,0205 820892\n";
    let (_, said, _) = run(root.path(), table, &["--default", "cost=free"]);
    assert!(said.contains("Telephone"), "{said}");
    write(root.path(), "content/new.md", "---\ntitle: New\nstatus: draft\n---\n\nWords.\n");
    let listed = plainsite(&["check", "--drafts", "--today", TODAY], root.path());
    let said = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert_eq!(
        said,
        "content/directory/rowan-house.yaml: a draft, made from services.csv, row 2; it waits for \
         “phone 1 number”, “who for”, “how to access”, “areas”, “category” and “checked”\n\
         content/new.md: a draft\n"
    );
    let last = String::from_utf8_lossy(&listed.stderr).into_owned();
    assert!(
        last.contains("A draft is published once its line `status: draft` is taken out."),
        "{last}"
    );
}

#[test]
fn tables_that_cannot_be_used_write_nothing() {
    let root = site();
    for (table, why) in [
        ("name,Telephone,Phone 1\nA,,\n", "“Telephone” and “Phone 1” both mean “phone 1 number”"),
        ("Library name,Phone\nA,\n", "there is no column with the names of the services"),
        ("name,cost\n\"A,free\nB,free\n", "the quote that begins here is never closed"),
        ("-,\n,North Dale\n", "there is no column with the names of the services"),
        ("name,cost\n", "there are no services in this table"),
        ("", "there are no services in this table"),
    ] {
        let (status, said, last) = run(root.path(), table, &[]);
        assert_eq!(status, 1, "{table}");
        assert!(said.contains(why), "{said}");
        assert!(last.contains("Nothing was written"), "{last}");
    }
    assert_eq!(fs::read_dir(root.path().join("content/directory")).expect("a folder").count(), 1);
    for words in [&["--into", "content/nowhere"][..], &["--into", "../x"], &["--root", "nowhere"]] {
        let (status, said, last) = run(root.path(), GOOD, words);
        assert_eq!(status, 2, "{said}{last}");
    }
    assert_eq!(plainsite(&["import", "nothing.csv"], root.path()).status.code(), Some(2));
}

#[test]
fn two_meanings_of_one_value_are_refused_before_anything_is_written() {
    let root = site();
    let kept = root.path().join("content/_data/import.yaml");
    let (status, _, last) = run(
        root.path(),
        GOOD,
        &["--value", "Countywide=Whole county", "--value", "countywide=North Dale"],
    );
    assert_eq!(status, 2, "{last}");
    assert!(
        last.contains("--value says two things of “Countywide”: “Whole county” and “North Dale”"),
        "{last}"
    );
    assert!(!kept.exists() && !root.path().join("content/directory/dale-wheels.yaml").exists());
    // A file of somebody that says two is named, and what is said now settles it.
    write(
        root.path(),
        "content/_data/import.yaml",
        "values:\n  Countywide: Whole county\n  countywide: North Dale\n",
    );
    let (status, _, last) = run(root.path(), GOOD, &[]);
    assert_eq!(status, 2, "{last}");
    assert!(last.contains("content/_data/import.yaml says two things of “Countywide”"), "{last}");
    // The same twice is one.
    let same = ["--value", "Countywide=Whole county", "--value", "Countywide=Whole county"];
    let (status, found, last) = run(root.path(), GOOD, &same);
    assert_eq!(status, 0, "{found}{last}");
    let text = fs::read_to_string(&kept).expect("the habits");
    assert_eq!(text.matches("ountywide").count(), 1, "{text}");
    let check = plainsite(&["check", "--today", TODAY, "--format", "plain"], root.path());
    let said = String::from_utf8_lossy(&check.stdout).into_owned();
    assert!(!said.contains("import.yaml"), "{said}");
}

#[test]
fn a_file_that_is_there_is_left_unless_asked() {
    let root = site();
    let old = "name: Dale Wheels\nstaff note: |\n  Ask for Sam.\n  Not on Fridays.\ncost: free\nstatus: active\nextra:\n  colour: blue\n  \"UPRN\": 1\n";
    write(root.path(), "content/directory/dale-wheels.yaml", old);
    let (status, said, last) = run(root.path(), GOOD, &[]);
    assert_eq!(status, 0, "{said}");
    assert_eq!(record(root.path(), "dale-wheels"), old);
    assert!(
        said.contains("warning: row 2: content/directory/dale-wheels.yaml is there already"),
        "{said}"
    );
    assert!(last.contains("1 file stayed as before"), "{last}");
    let (_, _, last) = run(root.path(), GOOD, &["--replace", "--dry-run"]);
    assert!(last.contains("Nothing was written"), "{last}");
    assert_eq!(record(root.path(), "dale-wheels"), old);
    let (status, said, _) = run(root.path(), GOOD, &["--replace"]);
    assert_eq!(status, 0, "{said}");
    let new = record(root.path(), "dale-wheels");
    assert!(new.contains("cost: £4\n") && !new.contains("cost: free"), "{new}");
    assert!(
        new.contains("staff note: |\n  Ask for Sam.\n  Not on Fridays.\nstatus: active\n"),
        "{new}"
    );
    assert!(new.contains("\"UPRN\": \"100012345\"\n  \"colour\": \"blue\"\n"), "{new}");
}

#[test]
fn what_people_wrote_beside_a_record_stays() {
    let root = site();
    let first = "name,on offer,who for,cost,how to access,web,areas,category,checked,phone 1 number\n\
        Night Owl,Sitting at night,Anyone,free,Call,https://owl.example/,Whole county,advice,20 November 2026,0163 960004\n";
    let (status, _, _) = run(root.path(), first, &[]);
    assert_eq!(status, 1, "the number cannot exist");
    let made = record(root.path(), "night-owl");
    assert!(made.contains("# phone 1 number: 0163 960004\n"), "{made}");
    write(
        root.path(),
        "content/directory/night-owl.yaml",
        format!("{made}# Agreed with the charity in May.\n"),
    );
    // A table without that column cannot mend it.
    let (_, said, _) =
        run(root.path(), "name,on offer,status\nNight Owl,New words,active\n", &["--replace"]);
    let new = record(root.path(), "night-owl");
    assert!(new.contains("on offer: New words\n"), "{said}{new}");
    for kept in [
        "# phone 1 number: 0163 960004\n",
        "# Agreed with the charity in May.\n",
        "status: draft\n",
    ] {
        assert!(new.contains(kept), "{kept} in {new}");
    }
    // One with it can.
    let mended = first.replace("0163 960004", "01632 960004");
    let (status, said, _) = run(root.path(), mended, &["--replace"]);
    assert_eq!(status, 0, "{said}");
    let new = record(root.path(), "night-owl");
    assert!(!new.contains("0163 960004") && !new.contains("draft"), "{new}");
    assert!(new.contains("# Agreed with the charity in May.\n"), "{new}");
}

#[test]
fn every_encoding_and_separator_is_read() {
    let table = "name;cost;UPRN\r\nCafé; £5; 1\r\n";
    let mut wide = vec![0xff, 0xfe];
    wide.extend(table.encode_utf16().flat_map(u16::to_le_bytes));
    let windows = table.replace('é', "\u{1}").replace('£', "\u{2}").into_bytes();
    let windows: Vec<u8> = windows
        .into_iter()
        .map(|byte| match byte {
            1 => 0xe9,
            2 => 0xa3,
            byte => byte,
        })
        .collect();
    for bytes in [table.as_bytes(), &wide, &windows, table.replace(';', "\t").as_bytes()] {
        let root = site();
        let (_, said, last) = run(root.path(), bytes, &[]);
        let text = record(root.path(), "cafe");
        assert!(text.contains("name: Café\ncost: £5\n"), "{text}{said}{last}");
    }
}

#[test]
fn findings_can_be_read_by_programs() {
    let root = site();
    write(root.path(), "services.csv", "name,phone\nA,1\n");
    let output = plainsite(&["import", "services.csv", "--format", "json"], root.path());
    assert_eq!(output.status.code(), Some(1));
    let text = String::from_utf8_lossy(&output.stdout);
    let found: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert!(found.iter().all(|found| found["code"] == "import" && found["file"] == "services.csv"));
    assert!(found.iter().any(|found| found["line"] == 2 && found["column"] == 3), "{text}");
    let page = plainsite(&["explain", "import"], root.path());
    assert!(String::from_utf8_lossy(&page.stdout).starts_with("# import"));
}

/// Empties a directory but for its own page.
fn empty(folder: &Path) {
    for entry in fs::read_dir(folder).expect("a folder").flatten() {
        if entry.path().extension().is_some_and(|end| end == "yaml") {
            fs::remove_file(entry.path()).expect("a record");
        }
    }
}

#[test]
fn what_the_directory_exports_comes_back() {
    let table = export(root());
    let root_of = site();
    let root = root_of.path();
    fs::copy(
        self::root().join("content/directory/index.md"),
        root.join("content/directory/index.md"),
    )
    .expect("a page");
    let index = record_page(root);
    write(root, "content/directory/index.md", index);
    fs::copy(self::root().join("content/_data/areas.yaml"), root.join("content/_data/areas.yaml"))
        .expect("areas");
    let (status, said, last) = run(root, &table, &[]);
    assert_eq!((status, said.as_str()), (0, ""), "{last}");
    assert!(last.contains("records were made") && !last.contains("draft"), "{last}");
    assert_eq!(export(root), table);
    let (status, said, last) = run(root, &table, &[]);
    assert_eq!((status, said.as_str()), (0, ""), "{last}");
    assert!(last.starts_with("0 records were made"), "{last}");
    empty(&root.join("content/directory"));
}

/// The page of the directory of our own site, without links to pages that are not here.
fn record_page(root: &Path) -> String {
    let text = fs::read_to_string(root.join("content/directory/index.md")).expect("a page");
    let front = text.split("---\n").nth(1).expect("front matter");
    let kept = front.lines().filter(|line| {
        !["owner:", "contact:", "related:", "  - ../"].iter().any(|start| line.starts_with(start))
    });
    format!("---\n{}\n---\n\nChoose a kind of help.\n", kept.collect::<Vec<_>>().join("\n"))
}

#[test]
fn nothing_changes_in_a_site_that_reads_its_own_export() {
    let table = export(root());
    let done = in_memory(root(), table.trim_start_matches('\u{feff}'));
    let said: Vec<_> = done.problems.iter().map(|found| &found.message).collect();
    assert_eq!((done.records, done.left, done.unread, done.without), (0, 0, 0, 0), "{said:#?}");
    assert!(done.same > 40 && done.files.is_empty());
}

/// A table of made-up services, half of them hard to read.
fn many(rows: usize) -> String {
    let mut table = String::from(
        "Service name,Summary,Eligibility,Cost,How to apply,Tel,Email,Website,Address,Postcode,Monday,Tuesday,Area,Type,Last checked,Provider,UPRN\n",
    );
    for row in 0..rows {
        let good = row % 2 == 0;
        let (phone, day) =
            if good { ("01632 960401", "20/11/2026") } else { ("1632 96040", "01/02/2026") };
        table += &format!(
            "Service {row},\"Lunch, tea and company for people who live near by.\",Anyone who likes company,£4 a day,Call them first,{phone},team{row}@dale.example,www.dale{row}.example,\"{row} High Street, North Dale\",EX3 2AD,9am to 5pm,9am to 12pm,North Dale,Travel,{day},Trust {row},{row}\n"
        );
    }
    table
}

#[test]
fn a_long_table_is_read_whole() {
    let root = site();
    let done = in_memory(root.path(), &many(1_000));
    assert_eq!((done.records, done.drafts, done.organisations), (1_000, 500, 1_000));
    assert_eq!(done.unread, 1_000, "two cells in every second row");
    assert_eq!(done.problems.len(), 4, "the same in many rows is told once, and twice of columns");
}

proptest! {
    #![proptest_config(crate::random::inputs(24))]

    /// Any bytes are read or refused, and every file that comes of them can be read.
    #[test]
    fn any_table_is_read_or_refused(
        head in prop::collection::vec(prop::sample::select(vec![
            "name", "id", "phone 1 number", "Tel 2", "hours", "Monday", "Sunday", "checked", "areas", "category", "web",
            "email", "ages", "age from", "age to", "status", "alert", "alert until", "closed", "ways", "languages", "postcode", "Address",
            "place 2 access", "organisation", "organisation name", "Mobile", "x", "", "profile", "relay", "text", "stage", "owner",
        ]), 1..12),
        cells in prop::collection::vec("(\\PC{0,12}|[0-9/: -]{0,12}|[,;\"\n\r]{1,3}|North Dale|9am|Mon|[a-z@.]{1,9}|[{}\\[\\]&*#:>|'-]{1,4}|\u{fffd}|\u{0})", 0..60),
        bytes in prop::collection::vec(any::<u8>(), 0..200),
    ) {
        let root = site();
        let all = ["name"].into_iter().chain(head.iter().copied().filter(|name| *name != "name"));
        let head: Vec<&str> = all.collect::<std::collections::BTreeSet<_>>().into_iter().collect();
        let mut table = head.join(",") + "\n";
        for (at, cell) in cells.iter().enumerate() {
            table += &format!("\"{}\"{}", cell.replace('"', "\"\""), if (at + 1) % head.len() == 0 { "\n" } else { "," });
        }
        let (odd, _) = plainsite::parse::sheet::decode(&bytes);
        for table in [table, cells.join(","), format!("name,x\n{odd}")] {
            let done = in_memory(root.path(), &table);
            for (path, text) in &done.files {
                if path.contains("_data") {
                    continue;
                }
                let config = config::read(root.path()).expect("settings").config;
                let (page, found) = plainsite::model::record(Source::new(path.as_str(), text.as_str()), &config, &Languages::default());
                let odd = found.iter().filter(|found| found.severity == Severity::Error);
                prop_assert!(!page.title.is_empty());
                prop_assert_eq!(odd.collect::<Vec<_>>(), Vec::<&Diagnostic>::new(), "{}", text);
            }
        }
    }
}

/// Words as people and programs write them, some of which YAML or a spreadsheet takes
/// for something else.
fn words() -> impl Strategy<Value = String> {
    let odd = prop::sample::select(vec![
        "=1+1",
        "'quoted'",
        "+44 is a code",
        "@home",
        "-",
        "yes",
        "null",
        "1.50",
        "#1 club",
        "a: b",
        "a #b",
        "a; b;; c",
        "a, \"b\"",
        "{x}",
        "[y]",
        "“curly”",
        "Bed & breakfast",
        "*star",
        "&co",
        "n/a",
        "None",
        "two\nlines",
        "two\n\n# paragraphs",
        "- a\n- b",
        "Café £5",
        "\\",
        "a\\nb",
        ";",
        "'=1",
    ]);
    prop_oneof![odd.prop_map(str::to_owned), "[A-Za-z][a-z ,;:'&-]{0,30}[a-z.]"]
}

/// A made-up record, as an editor or a program might write it.
fn made_up() -> impl Strategy<Value = String> {
    let quoted = |text: &String| serde_json::to_string(text).expect("a string");
    let texts = prop::collection::vec(words(), 10);
    let lists = prop::collection::vec(prop::collection::vec(words(), 0..3), 2);
    let number =
        prop::sample::select(vec!["01632 960401", "+447700900123", "0306 999 0100", "999"]);
    let phones =
        prop::collection::vec((number, prop::option::of(words()), prop::option::of(words())), 0..3);
    let hours = prop::sample::select(vec![
        "",
        "9am-5pm Mon-Fri",
        "24/7",
        "10:00-12:00, 13:00-15:30 Tuesday (phone only); 6pm to 2am Sat",
    ]);
    let status = prop::sample::select(vec!["active", "published", "closed for now", "ended"]);
    let flags = prop::collection::vec(any::<bool>(), 10);
    (texts, lists, phones, hours, status, flags).prop_map(move |(texts, lists, phones, hours, status, flags)| {
        let [name, offer, who, cost, how, note, access, alert, extra, label] = texts.each_quoted(quoted);
        let mut out = format!("name: {name}\non offer: {offer}\nwho for: {who}\ncost: {cost}\nhow to access: {how}\nstatus: {status}\nstatus note: {note}\n");
        let list = |items: &[String]| items.iter().map(|item| format!("\n  - {}", serde_json::to_string(item).expect("a string"))).collect::<String>();
        let one_line = |items: &[String]| items.iter().map(|item| item.replace('\n', " ").trim().to_owned()).collect::<Vec<_>>();
        for (name, items) in ["also called", "words"].iter().zip(&lists) {
            if !items.is_empty() {
                out += &format!("{name}:{}\n", list(&one_line(items)));
            }
        }
        if !phones.is_empty() {
            out += "phones:\n";
        }
        for (number, label, note) in &phones {
            out += &format!("  - number: {number}\n");
            for (name, value) in [("label", label), ("note", note)] {
                if let Some(value) = value {
                    out += &format!("    {name}: {}\n", quoted(value));
                }
            }
        }
        let maybe = [
            ("ages: {from: 18, to: 25}", 0), ("relay: yes", 1), ("web: https://a.example/b?c=d#e", 2),
            ("languages: [English, Klingon, pl]", 3), ("ways: [phone, in person]", 4), ("check again: every 6 months", 5),
            ("closed: [bank holidays, 2026-12-25, 24 December 2026 to 1 January 2027]", 6),
        ];
        maybe.iter().filter(|(_, at)| flags[*at]).for_each(|(line, _)| out += &format!("{line}\n"));
        if !hours.is_empty() {
            out += &format!("hours: {hours}\nhours note: {note}\n");
        }
        if flags[7] {
            out += &format!("alert:\n  text: {alert}\n  until: 1 December 2026\n");
        }
        out += &format!("places:\n  - address: \"1 High Street, EX1 1AA\"\n    access: {access}\n");
        out += &format!("emails:\n  - address: a@b.example\n    label: {label}\n");
        out += "areas: [North Dale, Tyne and Wear]\ncategory: [travel]\nchecked: 2026-11-20\norganisation: Dale Trust\n";
        if flags[8] && !extra.contains(['&', '*', '[', '{']) {
            out += &format!("extra:\n  Odd name: {extra}\n  number: 1.50\n");
        }
        out
    })
}

/// Words in quotes, all of them.
trait Quoted {
    fn each_quoted<const N: usize>(&self, quoted: impl Fn(&String) -> String) -> [String; N];
}

impl Quoted for Vec<String> {
    fn each_quoted<const N: usize>(&self, quoted: impl Fn(&String) -> String) -> [String; N] {
        std::array::from_fn(|at| quoted(&self[at]))
    }
}

proptest! {
    #![proptest_config(crate::random::inputs(12))]

    #[test]
    fn made_up_records_come_back(records in prop::collection::vec(made_up(), 8)) {
        let from = site();
        for (number, record) in records.iter().enumerate() {
            write(from.path(), &format!("content/directory/r{number}.yaml"), record);
        }
        let table = export(from.path());
        let to = site();
        let done = in_memory(to.path(), table.trim_start_matches('\u{feff}'));
        let said: Vec<_> = done.problems.iter().map(|found| &found.message).collect();
        prop_assert!((done.records, done.drafts, done.unread) == (8, 0, 0), "{:#?}\n{}", said, table);
        for (path, text) in &done.files {
            write(to.path(), path, text.as_bytes());
        }
        prop_assert_eq!(export(to.path()), table);
    }
}

/// Everything that the site in a folder exports as Open Referral, as its readers get it.
fn feed_of(root: &Path) -> String {
    let options = Options { today: today(), staff: false, portable: false };
    let built = build(root, options).expect("a site");
    let bytes = built.files.get("data/services.json").expect("an export");
    String::from_utf8(bytes.as_slice().to_vec()).expect("text")
}

/// Imports a feed, and gives back the status, what was printed and the last line.
#[track_caller]
fn run_feed(root: &Path, feed: impl AsRef<[u8]>, words: &[&str]) -> (i32, String, String) {
    write(root, "services.json", feed);
    let all = [&["import", "services.json", "--today", TODAY, "--format", "plain"], words].concat();
    let output = plainsite(&all, root);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let last = text(&output.stderr).lines().last().unwrap_or_default().to_owned();
    (output.status.code().expect("it ended by itself"), text(&output.stdout), last)
}

#[test]
fn what_the_directory_publishes_as_open_referral_comes_back() {
    let (feed, table) = (feed_of(root()), export(root()));
    let root_of = site();
    let root = root_of.path();
    write(root, "content/directory/index.md", record_page(self::root()));
    let areas = "content/_data/areas.yaml";
    fs::copy(self::root().join(areas), root.join(areas)).expect("areas");
    let (status, said, last) = run_feed(root, &feed, &[]);
    assert_eq!((status, said.as_str()), (0, ""), "{last}");
    assert!(last.contains("records were made") && !last.contains("draft"), "{last}");
    // The contacts of the council are not here, so two columns that name them are aside.
    let rows = |table: &str| {
        let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
        let names = reader.headers().expect("names").clone();
        let rows: Vec<Vec<(String, String)>> = reader
            .records()
            .map(|row| {
                let row = row.expect("a row");
                let cells = names.iter().map(str::to_owned).zip(row.iter().map(str::to_owned));
                cells.filter(|(name, _)| !["owner", "contact"].contains(&name.as_str())).collect()
            })
            .collect();
        rows
    };
    for (before, after) in rows(&table).into_iter().zip(rows(&export(root))) {
        assert_eq!(before, after);
    }
    let (status, said, last) = run_feed(root, &feed, &[]);
    assert_eq!((status, said.as_str()), (0, ""), "{last}");
    assert!(last.starts_with("0 records were made"), "{last}");
}

#[test]
fn a_site_that_reads_its_own_feed_stays_as_it_is() {
    let feed = feed_of(root());
    let done = feed_in_memory(root(), &[&feed]);
    let said: Vec<_> = done.problems.iter().map(|found| &found.message).collect();
    assert_eq!((done.records, done.left, done.unread, done.without), (0, 0, 0, 0), "{said:#?}");
    assert!(done.same > 40 && done.files.is_empty(), "{said:#?}");
}

/// Imports a feed in memory, into the site in a folder.
fn feed_in_memory(root: &Path, feed: &[&str]) -> Imported {
    let files: Vec<Source> = feed
        .iter()
        .enumerate()
        .map(|(at, text)| Source::new(format!("page-{at}.json"), *text))
        .collect();
    into_site(root, |into| import_feed(&files, into))
}

/// A feed of another council, as Open Referral UK 3.0 has it.
const FEED: &str = r#"{"total_items": 3, "contents": [
  {"id": "0b3a2c1e-0000-4000-8000-000000000001", "name": "Dale Wheels", "status": "active",
   "description": "<p>Lifts to the shops &amp; the surgery.</p><ul><li>Door to door.</li><li>A friendly driver.</li></ul>",
   "url": "www.dalewheels.example", "email": "wheels@dale.example", "assured_date": "2026-11-01T00:00:00Z",
   "eligibility_description": "Anyone who finds buses hard.", "application_process": "Ring a day before.",
   "minimum_age": 18, "cost_options": [{"option": "Each way", "amount": 4}, {"amount": 2.5, "amount_description": "for a carer"}],
   "organization": {"id": "x", "name": "Dale Community Trust", "description": "A charity.", "website": "https://trust.example", "phones": [{"number": "01632960400"}]},
   "contacts": [{"name": "Sam Example", "title": "Booking line", "phones": [{"number": "01632 960401", "description": "Booking line"}]}],
   "schedules": [
     {"freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00:00", "closes_at": "12:00:00", "attending_type": "in_venue"},
     {"freq": "WEEKLY", "byday": "MO", "opens_at": "13:00", "closes_at": "17:00"},
     {"freq": "WEEKLY", "byday": "FR", "opens_at": "13:00", "closes_at": "17:00", "valid_to": "2020-01-01"}],
   "languages": [{"code": "en"}, {"name": "Polish"}],
   "service_areas": [{"name": "North Dale"}, {"name": "Little Dale"}],
   "service_at_locations": [{"location": {"name": "Old Station", "latitude": 53.2, "longitude": -0.5,
     "addresses": [{"address_1": "Old Station", "address_2": "Mill Lane", "city": "North Dale", "postal_code": "ex32ad"}],
     "accessibility": [{"description": "A ramp", "details": "at the side"}]}}],
   "attributes": [{"taxonomy_term": {"name": "Community transport", "code": "813", "taxonomy": "Example List"}},
     {"taxonomy_term": {"name": "Older people", "code": "7", "taxonomy": "Groups"}}],
   "accreditations": "Community Transport Mark"},
  {"id": "2", "name": "Lunch club", "status": "active", "service_areas": [{"name": "Little Dale"}]},
  {"id": "3", "name": "Lunch club", "status": "defunct", "service_areas": [{"name": "Little Dale"}],
   "phones": [{"number": "0163 960"}]}
]}"#;

/// The page of a directory whose category is a term of a public list.
const WITH_TERMS: &str = "---\nkind: directory\ntitle: Find a service\nkind of pages: service\ncategories:\n  \
    - {id: advice, name: Information and advice}\n  - id: travel\n    name: Travel\n    taxonomy: {name: Example List, id: \"813\"}\n---\n";

#[test]
fn a_feed_of_another_council_becomes_records() {
    let root = site();
    write(root.path(), "content/directory/index.md", WITH_TERMS);
    let (status, said, last) = run_feed(root.path(), FEED, &[]);
    assert_eq!(status, 1, "{said}{last}");
    assert_eq!(
        record(root.path(), "dale-wheels"),
        "name: Dale Wheels
organisation: dale-community-trust
on offer: Lifts to the shops & the surgery. Door to door. A friendly driver.
who for: Anyone who finds buses hard.
ages: {from: 18}
cost: Each way £4, £2.50 for a carer
how to access: Ring a day before.
phones:
  - {label: Booking line, number: 01632 960401}
emails:
  - {address: wheels@dale.example}
web: https://www.dalewheels.example
places:
  - {address: \"Old Station, Mill Lane, North Dale, EX3 2AD\", access: \"A ramp\\nat the side\", position: \"53.2, -0.5\"}
hours: 1pm to 5pm Monday; 9am to 12pm Monday and Tuesday
ways: [in person]
languages: [English, Polish]
areas: [North Dale]
category: [travel]
status: active
checked: 1 November 2026
extra:
  \"accreditations\": \"Community Transport Mark\"
  \"attributes\": \"Older people\"
  \"contacts\": \"Sam Example, Booking line\"
  \"open referral id\": \"0b3a2c1e-0000-4000-8000-000000000001\"
  \"service_areas\": \"Little Dale\"
"
    );
    for id in ["lunch-club-2", "lunch-club-3"] {
        assert!(record(root.path(), id).contains("status: draft"), "{id}");
    }
    let organisations = fs::read_to_string(root.path().join("content/_data/organisations.yaml"));
    assert!(organisations.expect("a file").ends_with(
        "dale-community-trust:\n  name: Dale Community Trust\n  about: A charity.\n  web: https://trust.example\n  phones:\n    - {number: 01632 960400}\n"
    ));
    for part in [
        "error: “Little Dale” is not a place in areas.yaml (3 services; the first is service 1)",
        "warning: “Older people” is not a category of the directory (service 1)",
        "warning: “accreditations” has no place in a record; it is kept under `extra:` (1 service)",
        "“phones”: “0163 960” is not a UK phone number",
        "nothing here says “",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    assert_eq!(said.matches("Little Dale” is not").count(), 1, "{said}");
    let hints = feed_in_memory(root.path(), &[FEED]).problems;
    let hint = "write `taxonomy: {name: Groups, id: \"7\"}` for the category that it is";
    assert!(hints.iter().any(|one| one.hint.as_ref().is_some_and(|one| one.ends_with(hint))));
    // Nothing is made twice, under whatever name the feed has it by now.
    let renamed = FEED.replace("\"name\": \"Dale Wheels\"", "\"name\": \"Dale Wheels and More\"");
    let (_, said, last) = run_feed(root.path(), renamed, &["--replace"]);
    assert!(record(root.path(), "dale-wheels").contains("name: Dale Wheels and More\n"), "{said}");
    assert!(last.starts_with("1 record was made"), "{last}");
}

#[test]
fn a_feed_of_the_older_standard_is_read() {
    let root = site();
    let feed = r#"{"totalElements": 1, "content": [{"id": "1", "name": "Tea and Talk", "description": "Company.", "fees": "Free",
      "assured_date": "2026-10-05", "email": "tea@dale.example",
      "eligibilitys": [{"eligibility": "Older people", "minimum_age": 60}],
      "organization": {"name": "Tea Trust", "url": "https://tea.example"},
      "contacts": [{"phones": [{"number": "01632960402"}]}],
      "regular_schedules": [{"byday": "Monday", "opens_at": "10:00", "closes_at": "12:00"}],
      "holiday_schedules": [{"closed": true, "start_date": "2026-12-25", "end_date": "2026-12-26"}],
      "languages": [{"language": "English"}], "service_areas": [{"service_area": "North Dale"}],
      "service_taxonomys": [{"taxonomy": {"id": "x:1", "name": "Information and advice", "vocabulary": "X"}}],
      "service_at_locations": [{"location": {"physical_addresses": [{"address_1": "The Hall", "city": "North Dale", "postal_code": "EX3 2AD"}],
        "accessibility_for_disabilities": [{"accessibility": "Ramp"}]}}]}]}"#;
    let (status, said, last) = run_feed(root.path(), feed, &[]);
    assert_eq!(status, 0, "{said}{last}");
    let text = record(root.path(), "tea-and-talk");
    for line in [
        "who for: Older people\nages: {from: 60}\ncost: Free\n",
        "organisation: tea-trust\n",
        "phones:\n  - {number: 01632 960402}\n",
        "  - {address: \"The Hall, North Dale, EX3 2AD\", access: Ramp}\n",
        "hours: 10am to 12pm Monday\n",
        "closed: [25 December 2026 to 26 December 2026]\n",
        "areas: [North Dale]\ncategory: [advice]\n",
        "checked: 5 October 2026\n",
        "# how to access:\n# “how to access” is missing.",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn feeds_that_cannot_be_used_write_nothing() {
    let root = site();
    let half = &FEED[..FEED.find("\"Lunch club\"").expect("it is there")];
    for (feed, why) in [
        (half, "services.json:21:23: error: this file ends in the middle, after 1 whole service"),
        ("{\"contents\": []}", "there are no services in this feed"),
        ("{}", "there are no services in this feed"),
        ("", "nothing is in this file"),
        ("<html>Please log in</html>", "this is not JSON from here on, after 0 whole services"),
        ("[{\"name\": \"a\"}, 2]", "service 2 is not a service"),
        ("[{\"name\": 01}]", "services.json:1:12: error: service 1 is not JSON from here on"),
        (&"[".repeat(100_000), "this file ends in the middle"),
        (&format!("[{}1{}]", "[".repeat(1_000), "]".repeat(1_000)), "service 1 is not JSON"),
    ] {
        let (status, said, last) = run_feed(root.path(), feed, &[]);
        assert_eq!(status, 1, "{feed:.60}");
        assert!(said.contains(why), "{why}\n{said}");
        assert!(last.contains("Nothing was written. Save it again"), "{last}");
    }
    assert_eq!(fs::read_dir(root.path().join("content/directory")).expect("a folder").count(), 1);
    fs::create_dir(root.path().join("empty")).expect("a folder");
    assert_eq!(plainsite(&["import", "empty"], root.path()).status.code(), Some(2));
}

#[test]
fn strange_services_are_kept_for_people_to_mend() {
    let root = site();
    let feed = r#"[{"name": "A", "phones": "ring us", "schedules": [{"freq": "MONTHLY", "byday": "2MO", "opens_at": "10:00", "closes_at": "12:00"}],
       "service_at_locations": [{"location": {"latitude": 999, "longitude": 1, "addresses": [{"address_1": "1 High Street", "postal_code": "EX1 1AA"}]}}],
       "minimum_age": "old", "organization": [], "languages": {"name": "Polish"}, "status": "open?"},
      {"name": ""}, {"name": "A", "id": "9"}, {"name": "A", "id": "9"}, {"id": null, "name": "=cmd", "description": "'x"}]"#;
    let (status, said, last) = run_feed(root.path(), feed, &[]);
    assert_eq!(status, 1, "{said}{last}");
    for part in [
        "“latitude, longitude”: “999, 1” is not in the United Kingdom",
        "“schedules”: “MONTHLY",
        "“minimum_age”: “old” is not a whole number",
        "“status”: “open?” is not a status that is known",
        "“name”: there is no name, so no record was made (service 2)",
        "“a-9” is there twice",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
    assert!(record(root.path(), "cmd").contains("name: \"=cmd\"\non offer: \"'x\"\n"));
}

#[test]
fn a_feed_without_a_single_name_makes_no_record() {
    let root = site();
    let feed = r#"[{"id": "1", "description": "Lifts."}, {"id": "2", "name": null}]"#;
    let (status, said, last) = run_feed(root.path(), feed, &[]);
    assert_eq!(status, 1, "{said}{last}");
    let why = "services.json:1:2: error: “name”: there is no name, so no record was made";
    assert!(said.contains(why), "{said}");
    assert_eq!(fs::read_dir(root.path().join("content/directory")).expect("a folder").count(), 1);
}

#[test]
fn a_folder_of_pages_is_one_feed() {
    let root = site();
    for page in 1..4 {
        let text = format!(
            "{{\"total_items\": 4, \"contents\": [{{\"id\": \"{page}\", \"name\": \"Service {page}\", \"phones\": [{{\"number\": \"1\"}}]}}]}}"
        );
        write(root.path(), &format!("feed/page-{page}.json"), text);
    }
    write(root.path(), "feed/README.txt", "not a page");
    let output = plainsite(&["import", "feed", "--format", "plain"], root.path());
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("the feed says that it has 4 services, and 3 are here"), "{said}");
    assert!(said.contains("(3 services; the first is service 1)"), "{said}");
    assert!(record(root.path(), "service-3").starts_with("# From page-3.json, service 1. "));
}

#[test]
fn a_big_feed_is_read_whole() {
    let root = site();
    let service = |at: usize| {
        let area = if at.is_multiple_of(2) { "North Dale" } else { "Elsewhere" };
        format!(
            "{{\"id\": \"{at}\", \"name\": \"Service {at}\", \"description\": \"<p>Lunch &amp; tea.</p>\", \"status\": \"active\",\
             \"organization\": {{\"name\": \"Trust {}\"}}, \"phones\": [{{\"number\": \"01632 960401\"}}],\
             \"service_areas\": [{{\"name\": \"{area}\"}}], \"schedules\": [{{\"byday\": \"MO,TU\", \"opens_at\": \"09:00\", \"closes_at\": \"17:00\"}}]}}",
            at % 50
        )
    };
    let services: Vec<String> = (0..BIG).map(service).collect();
    let pages: Vec<String> = services
        .chunks(BIG / 4)
        .map(|page| format!("{{\"contents\": [{}]}}", page.join(",")))
        .collect();
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    let done = feed_in_memory(root.path(), &pages);
    assert_eq!((done.records, done.unread, done.organisations), (BIG, BIG / 2, 50));
    let said: Vec<_> = done.problems.iter().map(|found| &found.message).collect();
    assert!(said.len() < 20, "{said:#?}");
    assert!(
        said.iter()
            .any(|said| said.contains(&format!("({} services; the first is service 2)", BIG / 2))),
        "{said:#?}"
    );
}

/// As many services as a whole region has.
const BIG: usize = 20_000;

proptest! {
    #![proptest_config(crate::random::inputs(24))]

    /// Any JSON in the place of any value is read or refused, and every file that comes of it
    /// can be read.
    #[test]
    fn any_feed_is_read_or_refused(
        changes in prop::collection::vec((any::<prop::sample::Index>(), prop::sample::select(vec![
            "null", "1", "-1.5e300", "true", "\"\"", "\"<p>\"", "[]", "{}", "[[{}]]", "\"((x))\"", "\"a: [b\"", "{\"name\": 3}", "\"2026-13-45\"", "\"\\u0000\"", "\"é\u{2028}\"",
        ])), 1..12),
        end in any::<prop::sample::Index>(),
    ) {
        let root = site();
        let mut feed = FEED.to_owned();
        for (place, value) in changes {
            let colons: Vec<usize> = feed.match_indices("\": ").map(|(at, _)| at + 3).collect();
            if colons.is_empty() {
                break;
            }
            let at = colons[place.index(colons.len())];
            let rest = &feed[at..];
            let length = serde_json::Deserializer::from_str(rest).into_iter::<serde_json::Value>().next().map_or(0, |_| {
                let mut all = serde_json::Deserializer::from_str(rest).into_iter::<serde_json::Value>();
                all.next();
                all.byte_offset()
            });
            feed.replace_range(at..at + length, value);
        }
        let mut end = end.index(feed.len() * 4).min(feed.len());
        while !feed.is_char_boundary(end) {
            end -= 1;
        }
        let done = feed_in_memory(root.path(), &[&feed[..end]]);
        for (path, text) in done.files.iter().filter(|(path, _)| !path.contains("_data")) {
            let config = config::read(root.path()).expect("settings").config;
            let (page, found) = plainsite::model::record(Source::new(path.as_str(), text.as_str()), &config, &Languages::default());
            let odd: Vec<_> = found.iter().filter(|found| found.severity == Severity::Error).collect();
            prop_assert!(!page.title.is_empty());
            prop_assert!(odd.is_empty(), "{:?}\n{}", odd, text);
        }
    }
}
