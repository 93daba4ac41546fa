//! What pages show by themselves: who to ask and how, which step it is, what changed, where
//! complaints and privacy are.

use crate::small_site::{HOME, built, site};
use plainsite::{Built, Date, Options, build};

const SETTINGS: (&str, &str) =
    ("site.toml", "title = \"Guide\"\nbase = \"https://guide.example/\"\ncontact = \"team\"\n");

const TEAM: (&str, &str) = (
    "content/_data/contacts.yaml",
    "team:\n  name: Money team\n  phones: [{number: 0306 999 0110}]\n  relay: yes\n  \
     bsl: https://bsl.example/team\n  hours: 9am to 5pm, Monday to Friday\n",
);

fn page(built: &Built, path: &str) -> String {
    let bytes = built.files.get(path).unwrap_or_else(|| panic!("{path} is not there"));
    String::from_utf8_lossy(bytes.as_slice()).into_owned()
}

#[test]
fn a_contact_is_shown_with_text_relay_sign_language_and_hours() {
    let built = built(&[
        SETTINGS,
        HOME,
        TEAM,
        ("content/records.md", "---\ntitle: Records\n---\n\nKeep them.\n"),
    ]);
    let html = page(&built, "records/index.html");
    let (_, help) =
        html.split_once("id=\"to-ask\"").or(html.split_once("id=to-ask")).expect("who to ask");
    for said in [
        "Money team",
        "tel:+443069990110",
        "tel:1800103069990110",
        "https://bsl.example/team",
        "9am to 5pm, Monday to Friday",
    ] {
        assert!(help.contains(said), "{said}: {help}");
    }
}

#[test]
fn each_part_that_an_entry_lacks_is_named() {
    let built = built(&[
        HOME,
        (
            "content/directory/index.md",
            "---\ntitle: Directory\nkind: directory\nkind of pages: service\ncategories: [{id: money, name: Money}]\n---\n",
        ),
        ("content/directory/rowan.yaml", "name: Rowan House\n"),
    ]);
    let said: String = built
        .findings
        .iter()
        .map(|found| {
            found.message.clone() + "\n" + found.hint.as_deref().unwrap_or_default() + "\n"
        })
        .collect();
    for part in [
        "`on offer`",
        "`who for`",
        "`cost`",
        "`how to access`",
        "`areas`",
        "`category`",
        "`checked`",
        "how to reach this service",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
}

#[test]
fn the_page_of_a_stage_lists_all_of_its_pages_and_no_others() {
    let of =
        |title: &str, stage: &str| format!("---\ntitle: {title}\nstage: {stage}\n---\n\nWords.\n");
    let built = built(&[
        HOME,
        (
            "content/decide/index.md",
            "---\ntitle: Decide\nkind: section\nlists: decide\n---\n\nWords.\n",
        ),
        ("content/decide/one.md", &of("Page one", "decide")),
        ("content/money/two.md", &of("Page two", "decide")),
        ("content/money/three.md", &of("Page three", "manage")),
        ("content/money/four.md", "---\ntitle: Page four\n---\n\nWords.\n"),
        // What another page among them lists is found there.
        (
            "content/buy/index.md",
            "---\ntitle: Page five\nkind: section\nstage: decide\n---\n\nWords.\n",
        ),
        ("content/buy/six.md", &of("Page six", "decide")),
    ]);
    let html = page(&built, "decide/index.html");
    let (_, list) =
        html.split_once("class=\"links").or(html.split_once("class=links")).expect("a list");
    let listed: Vec<&str> = ["one", "two", "three", "four", "five", "six"]
        .into_iter()
        .filter(|name| list.contains(&format!("Page {name}</a>")))
        .collect();
    assert_eq!(listed, ["one", "two", "five"], "{list}");
}

#[test]
fn a_box_to_look_through_a_list_is_there_from_eight_entries() {
    let with = |entries: usize| {
        let items = "- {item: Thing, answer: no, why: It is not for this.}\n".repeat(entries);
        let buy = format!("---\ntitle: Travel\n---\n\n```buy\n{items}```\n");
        let service = "name: NAME\non offer: Help.\ncategory: money\n";
        let services: Vec<(String, String)> = (0..entries)
            .map(|at| {
                let name = format!("Service {at}");
                (format!("content/directory/{at}.yaml"), service.replace("NAME", &name))
            })
            .collect();
        let mut files = vec![
            HOME,
            (
                "content/directory/index.md",
                "---\ntitle: Directory\nkind: directory\nkind of pages: service\ncategories: [{id: money, name: Money}, {id: care, name: Care}]\n---\n",
            ),
            ("content/directory/care.yaml", "name: Other\non offer: Care.\ncategory: care\n"),
            ("content/buy/index.md", "---\ntitle: Can I buy…?\nkind: can I buy\n---\n\nWords.\n"),
            ("content/buy/travel.md", &buy),
        ];
        files.extend(services.iter().map(|(path, text)| (path.as_str(), text.as_str())));
        built(&files)
    };
    for (entries, is_there) in [(7, false), (8, true)] {
        let built = with(entries);
        for (path, mark, script) in [
            ("buy/index.html", "id=\"buy-form\"", "buy-page"),
            ("directory/category/money/index.html", "id=\"filter\"", "directory-page"),
        ] {
            let html = page(&built, path);
            assert_eq!(html.contains(mark), is_there, "{path}, {entries}: {html}");
            assert_eq!(html.contains(script), is_there, "{path}, {entries}: {html}");
        }
        let html = page(&built, "buy/index.html");
        let state = if is_there { "id=\"items-1\">" } else { "id=\"items-1\" open>" };
        assert!(html.contains(state), "what is short is open: {html}");
        let html = page(&built, "directory/category/care/index.html");
        assert!(!html.contains("id=\"filter\""), "one entry: {html}");
        let html = page(&built, "directory/index.html");
        assert!(html.contains("id=\"filter\""), "eight services or more: {html}");
    }
}

#[test]
fn a_long_list_of_a_place_begins_with_its_kinds() {
    let service = "on offer: Help.\nareas: [Town]\ncategory: ";
    let services: Vec<(String, String)> = (0..21)
        .map(|at| {
            let kind = if at % 2 == 0 { "money" } else { "care" };
            let text = format!("name: Service {at}\n{service}{kind}\n");
            (format!("content/directory/{at}.yaml"), text)
        })
        .collect();
    let mut files = vec![
        HOME,
        ("content/_data/areas.yaml", "- Town\n"),
        (
            "content/directory/index.md",
            "---\ntitle: Directory\nkind: directory\nkind of pages: service\ncategories: [{id: money, name: Money}, {id: care, name: Care}]\n---\n",
        ),
    ];
    files.extend(services.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let told = |built: &Built| {
        let html = page(built, "directory/area/town/index.html");
        let at = |words: &str| html.find(words).unwrap_or_else(|| panic!("{words}: {html}"));
        (at("Only one kind of help") < at("Service 0</a>"), html.contains("The whole list"))
    };
    assert_eq!(told(&built(&files)), (true, true));
    files.pop();
    assert_eq!(told(&built(&files)), (false, false), "twenty are looked through");
}

#[test]
fn what_a_town_has_itself_comes_before_all_that_is_for_its_county() {
    let services: Vec<(String, String)> = (0..24)
        .map(|at| {
            let (place, kind) = if at < 2 { ("Town", "money") } else { ("County", "care") };
            let text = format!(
                "name: Service {at}\non offer: Help.\nareas: [{place}]\ncategory: {kind}\n"
            );
            (format!("content/directory/{at}.yaml"), text)
        })
        .collect();
    let mut files = vec![
        HOME,
        ("content/_data/areas.yaml", "- County\n- {name: Town, within: County}\n"),
        (
            "content/directory/index.md",
            "---\ntitle: Directory\nkind: directory\nkind of pages: service\ncategories: [{id: money, name: Money}, {id: care, name: Care}]\n---\n",
        ),
    ];
    files.extend(services.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let built = built(&files);
    let html = page(&built, "directory/area/town/index.html");
    let at = |words: &str| html.find(words).unwrap_or_else(|| panic!("{words}: {html}"));
    let places = [
        at("Service 0</a>"),
        at("Only one kind of help"),
        at("For everyone in a wider area&nbsp;<span class=\"count\">(22)</span>"),
        at("Service 9</a>"),
    ];
    assert!(places.is_sorted(), "{places:?}: {html}");
    assert_eq!(html.matches("Service 0</a>").count(), 1);
}

#[test]
fn the_letters_of_a_long_glossary_lead_to_their_first_words() {
    let terms: String =
        ["Assessment", "Advocate", "Budget", "Carer", "Direct payment", "Eligible", "Funding"]
            .map(|term| format!("{term}:\n  means: A word.\n"))
            .concat();
    let built = built(&[
        HOME,
        ("content/glossary.md", "---\ntitle: Words\nkind: glossary\n---\n"),
        ("content/_data/glossary.yaml", &terms),
    ]);
    let html = page(&built, "glossary/index.html");
    for letter in ["a", "b", "f"] {
        assert!(html.contains(&format!("href=\"#letter-{letter}\"")), "{html}");
        assert_eq!(html.matches(&format!("id=\"letter-{letter}\"")).count(), 1, "{html}");
    }
}

#[test]
fn a_warning_of_an_outcome_is_in_the_box_of_warnings() {
    let flow = "kind: flow\ntitle: Can I wait?\nwarning: Stop if you smell gas.\nquestions:\n  - id: worse\n    ask: Is it worse?\n    answers:\n      - {answer: \"Yes\", go to: call}\n      - {answer: \"No\", go to: wait}\noutcomes:\n  - id: call\n    title: Call us today\n    text: Tell us.\n    warning: If it gets worse, call 999.\n    contact: team\n    today: yes\n  - id: wait\n    title: Call us when you can\n    text: Tell us.\n    contact: team\n";
    let built = built(&[HOME, TEAM, ("content/wait.yaml", flow)]);
    for path in ["wait/index.html", "wait/print/index.html"] {
        let html = page(&built, path);
        assert!(html.contains("Warning</p><p>Stop if you smell gas"), "{path}: {html}");
    }
    let label =
        "<div class=\"box box-warning\"><p class=\"box-label\">Warning</p><p>If it gets worse";
    for path in ["wait/call/index.html", "wait/print/index.html", "wait/index.html"] {
        let html = page(&built, path);
        assert_eq!(html.matches(label).count(), 1, "{path}: {html}");
    }
    assert!(!page(&built, "wait/wait/index.html").contains("box-warning"));
}

#[test]
fn a_short_address_is_shown_as_people_say_it() {
    let built = built(&[
        SETTINGS,
        HOME,
        TEAM,
        ("content/records.md", "---\ntitle: Records\nshort: records\n---\n\nKeep them.\n"),
    ]);
    let html = page(&built, "records/index.html");
    let said = "<span class=\"url\"><span>guide</span><span>.example/</span><span>go/</span><span>records</span></span></dd>";
    assert!(html.contains(said), "{html}");
}

#[test]
fn a_page_that_helps_with_a_step_says_which_it_is() {
    let built = built(&[
        HOME,
        (
            "content/start.md",
            "---\ntitle: Begin\nkind: step by step\nsteps:\n  - {title: Ask us, pages: [ask.md]}\n  - {title: Sign it, pages: [sign.md]}\n---\n\nTwo steps.\n",
        ),
        ("content/ask.md", "---\ntitle: How to ask\n---\n\nWords.\n"),
        ("content/sign.md", "---\ntitle: What you sign\n---\n\nWords.\n"),
    ]);
    for (path, step) in [("ask", "Step 1 of 2:"), ("sign", "Step 2 of 2:")] {
        let html = page(&built, &format!("{path}/index.html"));
        assert!(html.contains(step) && html.contains("Begin</a>"), "{path}: {html}");
    }
}

#[test]
fn the_page_of_updates_has_every_note_and_the_day_of_the_next_one() {
    let built = built(&[
        HOME,
        (
            "content/updates.md",
            "---\ntitle: Updates\nkind: updates\nnext update: 1 April 2027\n---\n\nWords.\n",
        ),
        (
            "content/records.md",
            "---\ntitle: Records\nchanges:\n  - {date: 3 November 2026, note: The limit is lower.}\n  - {date: 2 November 2026, note: A comma., minor: yes}\n---\n\nWords.\n",
        ),
    ]);
    let html = page(&built, "updates/index.html");
    assert!(html.contains("Next update:") && html.contains("1 April 2027"), "{html}");
    assert!(html.contains("The limit is lower.") && !html.contains("A comma."), "{html}");
}

#[test]
fn the_link_for_an_email_begins_one_with_the_lines_that_are_sent() {
    let built = built(&[
        SETTINGS,
        HOME,
        TEAM,
        (
            "content/records.md",
            "---\ntitle: Records & more\ndescription: What to keep.\n---\n\nWords.\n",
        ),
    ]);
    let html = page(&built, "records/index.html");
    let start = "mailto:?subject=Records%20%26%20more&amp;body=Records%20%26%20more%0D%0AWhat%20to%20keep.%0D%0Ahttps%3A%2F%2Fguide.example%2Frecords%2F";
    let html = html.replace("&body", "&amp;body");
    assert!(html.contains(start), "{html}");
    assert!(html.contains("Questions%3F%20Money%20team%3A%200306%20999%200110"), "{html}");
}

#[test]
fn a_page_in_a_language_read_from_the_right_is_turned_round() {
    let built = built(&[
        ("site.toml", "title = \"Guide\"\nlanguages = [\"en\", \"ur\"]\n"),
        HOME,
        ("content/records.ur.md", "---\ntitle: Records\n---\n\nWords.\n"),
    ]);
    let turned = page(&built, "ur/records/index.html");
    assert!(
        turned.contains("lang=\"ur\" dir=\"rtl\"") || turned.contains("lang=ur dir=rtl"),
        "{turned}"
    );
    // The style names no side of its own: it says where lines begin and end.
    let (path, style) =
        built.files.iter().find(|(path, _)| path.ends_with(".css")).expect("a style");
    let style = String::from_utf8_lossy(style.as_slice());
    for side in [
        "margin-left",
        "margin-right",
        "padding-left",
        "padding-right",
        "border-left",
        "border-right",
        "text-align:left",
        "text-align:right",
    ] {
        assert!(!style.contains(side), "{path} has {side}");
    }
}

#[test]
fn what_is_for_staff_is_marked_as_not_to_be_read_out() {
    let root = site(&[
        HOME,
        (
            "content/records.md",
            "---\ntitle: Records\n---\n\nWords.\n\n> [!STAFF]\n> Look it up first.\n",
        ),
        ("content/notes.md", "---\ntitle: Notes\naudience: staff\n---\n\nWords.\n"),
    ]);
    let today = Date::parse("2026-11-28").expect("a day");
    let staff =
        build(root.path(), Options { today, staff: true, portable: false }).expect("it builds");
    let html = page(&staff, "records/index.html");
    let label = html.find("For staff: do not read out").expect("a label");
    assert!(label < html.find("Look it up first.").expect("the note"), "the label comes first");
    assert!(html.contains("Staff copy. It holds notes that the public must not see."));
    assert!(page(&staff, "notes/index.html").contains("This page is for staff only."));
}

#[test]
fn news_stays_in_its_part_says_how_a_service_works_and_stands_before_the_text() {
    let notice = "line:\n  title: Calls take longer\n  text: Email us.\n  from: 1 November 2026\n  until: 30 November 2026\n  service: Payroll line\n  state: limited\n  where: [/employ/]\n";
    let built = built(&[
        HOME,
        ("content/employ/pay.md", "---\ntitle: Pay\n---\n\nWords.\n"),
        ("content/money.md", "---\ntitle: Money\n---\n\nWords.\n"),
        ("content/_data/notices.yaml", notice),
    ]);
    let html = page(&built, "employ/pay/index.html");
    let place = html.find("Calls take longer").expect("the news");
    assert!(html.contains("Limited service: ") && html.contains("Service: Payroll line"), "{html}");
    assert!(place > html.find("<h1").expect("a heading"), "it comes behind the title");
    assert!(place < html.find("<p>Words.</p>").expect("the text"), "and before the text");
    assert!(!page(&built, "money/index.html").contains("Calls take longer"));
}

#[test]
fn letters_and_answers_lead_to_privacy_complaints_and_who_to_ask() {
    let reserved = |kind: &str| format!("---\ntitle: About {kind}\nkind: {kind}\n---\n\nWords.\n");
    let letter = "---\nkind: letter\ntitle: Ask for time\nto: team\nfields: [{name: full name, label: Your name, type: text}]\nexample: {full name: Sam Example}\n---\n\nDear team\n\n# More time\n\nI need more time.\n\nYours faithfully\n\n((full name))\n";
    let from_us = letter
        .replace("to: team", "from: team")
        .replace("Ask for time", "Send your papers")
        .replace("Dear team", "Dear ((full name))")
        .replace(
            "Yours faithfully\n\n((full name))",
            "Yours sincerely\n\nMoney team, ((contact phone))",
        );
    let flow = "kind: flow\ntitle: Can I?\nquestions:\n  - id: adult\n    ask: Are you 18?\n    answers: [{answer: \"Yes\", go to: can}, {answer: \"No\", go to: wait}]\noutcomes:\n  - {id: can, title: You can, text: Ask us., contact: team}\n  - {id: wait, title: Wait, text: Ask us., contact: team}\n";
    let built = built(&[
        SETTINGS,
        HOME,
        TEAM,
        ("content/privacy.md", &reserved("privacy")),
        ("content/complaints.md", &reserved("complaints")),
        ("content/contact.md", &reserved("contact")),
        ("content/accessibility.md", &reserved("accessibility")),
        ("content/letters/time.md", letter),
        ("content/letters/papers.md", &from_us),
        ("content/can.yaml", flow),
    ]);
    for path in [
        "letters/time/index.html",
        "letters/papers/index.html",
        "can/index.html",
        "can/can/index.html",
        "can/wait/index.html",
    ] {
        let html = page(&built, path);
        for kind in ["privacy", "complaints", "contact", "accessibility"] {
            assert!(
                html.contains(&format!("About {kind}</a>")),
                "{path} leads to no {kind}: {html}"
            );
        }
    }
    // On paper, a letter from the council says where its notice about privacy is.
    let paper = built
        .files
        .iter()
        .find(|(path, _)| path.starts_with("letters/papers/") && path.ends_with(".txt"))
        .expect("a blank letter")
        .1;
    let paper = String::from_utf8_lossy(paper.as_slice());
    assert!(paper.contains("about you: guide.example/privacy"), "{paper}");
}

#[test]
fn a_flow_inside_a_page_is_questions_and_answers_that_lead_to_each_other() {
    let flow = |ask: &str| {
        format!(
            "```flow\nbefore: Two short questions.\nquestions:\n  - id: adult\n    ask: {ask}\n    \
             answers: [{{answer: \"Yes\", go to: can}}, {{answer: \"No\", go to: young}}]\noutcomes:\n  \
             - {{id: can, title: You can ask, text: Call ((team phone))., contact: team, today: yes}}\n  \
             - {{id: young, title: Ask later, next: {{link: later.md, text: When you are 18}}, contact: team}}\n```\n"
        )
    };
    let page_with = format!(
        "---\ntitle: Can I?\n---\n\nWords.\n\n{}\nMore.\n\n{}",
        flow("Are you 18 or over?"),
        flow("Is he 18 or over?")
    );
    let built = built(&[
        SETTINGS,
        HOME,
        TEAM,
        ("content/can.md", &page_with),
        ("content/later.md", "---\ntitle: Later\n---\n\nWords.\n"),
    ]);
    let html = page(&built, "can/index.html");
    for said in [
        "Two short questions.",
        "Are you 18 or over?",
        "id=\"flow-1-adult\"",
        "href=\"#outcome-flow-1-can\"",
        "id=\"outcome-flow-1-can\"",
        "id=\"outcome-flow-2-young\"",
        "box-today",
        "tel:+443069990110",
        "<a class=\"solo next\" href=\"../later/\">When you are 18</a>",
    ] {
        assert!(html.contains(said), "{said}: {html}");
    }
    assert!(
        built.findings.iter().all(|found| found.code() != "repeated-id"),
        "{:?}",
        built.findings
    );
    assert!(
        !built.files.keys().any(|path| path.starts_with("can/can")),
        "nothing has its own page"
    );
}

#[test]
fn codes_for_the_case_system_are_as_they_were_typed_and_for_staff_alone() {
    let page = "---\ntitle: Referral codes\naudience: staff\n---\n\nUse `DP-01  REV/0345 600 1234` \
                for a review and `a@b.example <new>` for a new case.\n\n```text\nDPREV 0345 600 1234\n  \
                -- \"two\" 'marks' & (c)\n```\n";
    let root = site(&[SETTINGS, HOME, TEAM, ("content/staff/codes.md", page)]);
    let today = Date::parse("2026-11-28").expect("a day");
    let built =
        |staff| build(root.path(), Options { today, staff, portable: false }).expect("it builds");
    let html = self::page(&built(true), "staff/codes/index.html");
    // No link, no other quotes, no space lost: what is copied is what was typed.
    for code in [
        "<code>DP-01  REV/0345 600 1234</code>",
        "<code>a@b.example &lt;new&gt;</code>",
        "DPREV 0345 600 1234\n  -- &quot;two&quot; 'marks' &amp; (c)",
    ] {
        let plain = html.replace("\"two\"", "&quot;two&quot;");
        assert!(plain.contains(code), "{code} is not in {html}");
    }
    let public = built(false);
    let holds = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains("DPREV");
    assert!(!public.files.values().any(|bytes| holds(bytes.as_slice())));
}

#[test]
fn all_that_is_in_easy_read_has_its_frame() {
    let picture = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"/>";
    let rows = "```symbols\n- picture: /easy/coin.svg\n  alt: A coin\n  words: It is money.\n```\n";
    let easy = format!(
        "---\ntitle: \"Easy read: money\"\nkind: easy read\neasy read of: ../records.md\n---\n\n{rows}"
    );
    let letter = format!(
        "---\ntitle: Ask us\nkind: letter\nto: team\n---\nDear team\n\n# Please help me\n\n{rows}\nYours faithfully\n"
    );
    let section = "---\ntitle: Easy read\nkind: section\n---\n\nChoose one.\n";
    let built = built(&[
        SETTINGS,
        HOME,
        TEAM,
        ("content/records.md", "---\ntitle: Records\n---\n\nKeep them.\n"),
        ("content/easy/coin.svg", picture),
        ("content/easy/index.md", section),
        ("content/easy/money.md", &easy),
        ("content/letters/index.md", "---\ntitle: Letters\nkind: section\n---\n\nChoose one.\n"),
        ("content/letters/ask.md", &letter),
    ]);
    let frame = |path: &str| {
        let html = page(&built, path);
        let class = html.split("<body").nth(1).and_then(|rest| rest.split('>').next());
        let class = class.unwrap_or_default().to_owned();
        let short = !html.contains("<nav class=\"menu\"") && !html.contains("class=\"tools\"");
        (class, short)
    };
    assert_eq!(frame("easy/money/index.html"), (" class=\"easy\"".to_owned(), true));
    assert_eq!(frame("easy/index.html"), (" class=\"easy\"".to_owned(), true));
    assert_eq!(frame("letters/ask/index.html"), (" class=\"letter easy\"".to_owned(), true));
    assert_eq!(frame("letters/index.html"), (String::new(), false));
    // A list of pages in easy read has a picture beside each.
    let list = page(&built, "easy/index.html");
    assert!(list.contains("<ul class=\"symbols\"><li><img src="), "{list}");
    assert!(
        list.contains("<p><a class=\"solo\" href=\"money/\">Easy read: money</a></p>"),
        "{list}"
    );
}

#[test]
fn the_way_to_a_page_says_what_the_menu_says() {
    let section = "---\ntitle: Decide if a direct payment is right for you\nmenu: Decide\nkind: section\n---\n\nRead on.\n";
    let built = built(&[
        SETTINGS,
        HOME,
        TEAM,
        ("content/decide/index.md", section),
        ("content/decide/who.md", "---\ntitle: Who can have one\n---\n\nYou.\n"),
    ]);
    let html = page(&built, "decide/who/index.html");
    assert!(html.contains("<li><a href=\"../\">Decide</a></li></ol></nav>"), "{html}");
}

#[test]
fn an_example_of_several_lines_stands_on_one() {
    let letter = "---\ntitle: My plan\nkind: worksheet\nfields:\n  - name: risks\n    label: What could go wrong\n    type: long text\n  - name: helpers\n    label: Who helps\n    type: long text\nexample:\n  risks: |\n    I could fall.\n    Who knows?\n    My card.\n  helpers: |\n    my sister\n    Alex next door\n---\n# Plan\n\n((risks))\n\n((helpers))\n";
    let built = built(&[SETTINGS, HOME, TEAM, ("content/plan.md", letter)]);
    let html = page(&built, "plan/index.html");
    assert!(html.contains(">I could fall. Who knows? My card.</span>"), "{html}");
    assert!(html.contains(">my sister, Alex next door</span>"), "{html}");
}
