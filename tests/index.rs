//! The search index: what readers type finds what they need, and a browser
//! ranks as the builder does.
//!
//! The engine runs in Node, which must be installed.

use std::{collections::BTreeMap, fs, path::Path, process::Command};

use plainsite::{Date, output};
use plainsite::{
    diagnostic::Report,
    index::{Answer, Options, Page, Section, Vocabulary, build, search},
    load::Theme,
    parse::words::speeches,
};
use serde_json::{Value, json};

type Files = BTreeMap<String, Vec<u8>>;

/// Answers each of `queries` with the engine, from the files in `folder`.
const ENGINE: &str = r#"
import { readFileSync } from "node:fs";
const [folder, base, input] = process.argv.slice(1);
const { open } = await import(`file://${folder}/search.js`);
const fetch = async (url) => new Response(readFileSync(folder + url.slice(base.length - 1)));
const site = await open(base, { fetch });
const answers = [];
for (const { query, options } of JSON.parse(readFileSync(input, "utf8"))) {
    answers.push(await site.search(query, options));
}
console.log(JSON.stringify(answers));
"#;

const BASE: &str = "http://127.0.0.1/guide/search/";

/// What the engine says to each query with its options.
fn ask(files: &Files, queries: &Value) -> Vec<Value> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("parts")).expect("a folder");
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).expect("a file");
    }
    fs::write(folder.path().join("package.json"), r#"{"type":"module"}"#).expect("a file");
    let input = folder.path().join("queries");
    fs::write(&input, queries.to_string()).expect("a file");
    let output = Command::new("node")
        .args(["--input-type=module", "--eval", ENGINE, "--"])
        .args([folder.path(), Path::new(BASE), &input])
        .output()
        .expect("node is installed");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("answers")
}

/// A Rust answer as the engine would give it.
fn as_engine(answer: &Answer) -> Value {
    let results: Vec<Value> = answer
        .hits
        .iter()
        .map(|hit| {
            let section = hit.section.as_ref();
            json!({
                "url": format!("http://127.0.0.1/guide{}", hit.url),
                "title": hit.title,
                "excerpt": hit.excerpt,
                "section": section.map(|(id, heading)| json!({ "id": id, "heading": heading })),
                "kind": hit.kind,
                "stage": hit.stage,
                "language": hit.language,
                "score": hit.score,
            })
        })
        .collect();
    json!({ "results": results, "total": answer.total, "corrected": answer.corrected })
}

/// The guide in `content/`, as it is published.
fn guide() -> Files {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let options = plainsite::Options { today: Date::today(), staff: false, portable: false };
    let built = plainsite::build(root, options).expect("the content is there");
    output::search::index(&built.files)
}

/// The texts of the guide, near enough: as they are typed.
fn texts() -> Vec<String> {
    let content = Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let files = walkdir::WalkDir::new(content).sort_by_file_name().into_iter().flatten();
    let is_text = |file: &walkdir::DirEntry| {
        file.path().extension().is_some_and(|end| end == "md" || end == "yaml")
    };
    files.filter(is_text).filter_map(|file| fs::read_to_string(file.path()).ok()).collect()
}

/// Pages of the same texts, in two languages, with sections and other words.
fn pages() -> Vec<Page> {
    let page = |(number, text): (usize, String)| {
        let mut sections = text.split("\n## ").enumerate().map(|(at, text)| {
            let (heading, text) = text.split_once('\n').unwrap_or((text, ""));
            let id = if at > 0 { format!("part-{at}") } else { String::new() };
            let words = heading.split(' ').rev().take(at % 3).map(str::to_owned).collect();
            Section { id, heading: heading.to_owned(), text: text.to_owned(), words }
        });
        let first = sections.next().expect("a text has a beginning");
        Page {
            url: format!("/{number}/"),
            title: first.text.lines().next().unwrap_or_default().to_owned(),
            language: if number % 5 == 0 { "cy" } else { "en" }.to_owned(),
            kind: ["guidance", "letter", "faq"][number % 3].to_owned(),
            stage: ["", "decide", "manage"][number % 3].to_owned(),
            sections: std::iter::once(first).chain(sections).collect(),
            ..Page::default()
        }
    };
    texts().into_iter().enumerate().map(page).collect()
}

fn vocabulary() -> Vocabulary {
    let entry = |term: &str, others: &[&str]| {
        (term.to_owned(), others.iter().map(|&other| other.to_owned()).collect())
    };
    Vocabulary {
        words: BTreeMap::from([
            entry("direct payment", &["dp", "cash for care"]),
            entry("personal assistant", &["pa", "minder", "home help"]),
            entry("payroll", &["wages", "paye"]),
        ]),
        best: BTreeMap::from([
            entry("time off", &["/manage/holidays/"]),
            entry("the gym", &["/gym/", "/wages/"]),
        ]),
        ..spoken()
    }
}

/// How people ask, as the theme in the program has it.
fn spoken() -> Vocabulary {
    let speech = speeches(&Theme::embedded(), &mut Report::default());
    Vocabulary { speech, ..Vocabulary::default() }
}

/// A page with one section.
fn page(url: &str, title: &str, text: &str) -> Page {
    Page {
        url: url.to_owned(),
        title: title.to_owned(),
        language: "en".to_owned(),
        sections: vec![Section { text: text.to_owned(), ..Section::default() }],
        ..Page::default()
    }
}

fn found(files: &Files, query: &str, limit: usize) -> Answer {
    search(files, query, &Options { limit, ..Options::default() })
}

fn first(files: &Files, query: &str) -> String {
    let answer = found(files, query, 1);
    answer.hits.first().map_or_else(|| "nothing".to_owned(), |hit| hit.url.clone())
}

/// Words as people type them, and text that nobody would.
fn queries() -> Vec<String> {
    let mut queries: Vec<String> = [
        "",
        " ",
        "can i pay my dauhgter",
        "gym",
        "respit",
        "DP money left over",
        "taliadau",
        "wages",
        "minder",
        "self-employed",
        "selfemployed",
        "self employed",
        "£16,000",
        "16000",
        "01522 782060",
        "+44 1522 782060",
        "01522782060",
        "LN1 1YL",
        "ln11yl",
        "carer's",
        "carers’",
        "how do i",
        "what",
        "the",
        "Beth yw taliad uniongyrchol?",
        "café",
        "CAFE\u{301}",
        "ﬁnd",
        "🙂",
        "👩‍🦽 ramp",
        "<script>alert(1)</script>",
        "\"direct payment\"",
        "a-b-c-d-e-f",
        "\\",
        "\u{1}",
        "constructor",
        "__proto__ toString",
        "employrs insurence",
        "adughter",
        "xcarer",
        "ssesment",
        "assesment",
        "budgeting",
        "reablment",
        "ΟΔΟΣ οδός",
        "İstanbul",
        "中文 護理",
        "ਪੰਜਾਬੀ",
        "عربي",
        "co-op",
        "e-mail",
        "day‑to‑day",
        "2026-11-21",
        "12.50",
        "½",
        "nid yw",
        "tal",
        "d",
        "pa",
        "ca",
    ]
    .map(str::to_owned)
    .into();
    queries.push("pay ".repeat(2500));
    queries.push("x".repeat(10_000));
    queries.push("é🙂".repeat(600));
    for (number, text) in texts().iter().enumerate() {
        let words: Vec<&str> = text.split_whitespace().collect();
        for at in 0..14 {
            let from = number * 7 + at * 53;
            // Words far apart, or words that follow each other.
            let step = if at % 2 == 0 { 1 } else { 41 };
            let some = words.iter().skip(from).step_by(step).take(1 + at % 6);
            let some = some.copied().collect::<Vec<_>>().join(" ");
            queries.push(match at {
                // A slip near the end, a beginning, two words run together, a
                // phrase.
                3 | 7 => swapped(&some),
                5 | 9 => some.chars().take(some.chars().count().saturating_sub(2)).collect(),
                11 => some.replacen(' ', "", 1),
                10 | 12 => format!("“{some}”"),
                _ => some,
            });
        }
    }
    queries
}

fn swapped(text: &str) -> String {
    let mut letters: Vec<char> = text.chars().collect();
    let length = letters.len();
    if length > 3 {
        letters.swap(length - 3, length - 2);
    }
    letters.into_iter().collect()
}

/// Asks both, and compares all that they say.
fn compare(files: &Files, queries: &[String], options: &Options) {
    let given = json!({
        "limit": options.limit,
        "language": options.language,
        "filters": options.filters,
        "asTyped": options.as_typed,
    });
    let asked = queries.iter().map(|query| json!({ "query": query, "options": given }));
    let answers = ask(files, &asked.collect());
    assert_eq!(answers.len(), queries.len());
    for (query, said) in queries.iter().zip(answers) {
        assert_eq!(said, as_engine(&search(files, query, options)), "{query:?} with {given}");
    }
}

#[test]
fn the_browser_ranks_as_the_builder_does() {
    let queries = queries();
    assert!(queries.len() >= 2000, "{} queries are too few", queries.len());
    compare(&guide(), &queries, &Options { limit: 10, ..Options::default() });
}

#[test]
fn the_browser_ranks_as_the_builder_does_in_some_pages() {
    let files = build(&pages(), &vocabulary());
    let queries: Vec<String> = queries().into_iter().step_by(4).collect();
    let kinds = BTreeMap::from([("kind".to_owned(), vec!["letter".to_owned(), "faq".to_owned()])]);
    compare(
        &files,
        &queries,
        &Options { limit: 4, language: "cy".to_owned(), filters: kinds, as_typed: false },
    );
}

#[test]
fn names_and_words_are_found_however_they_are_written() {
    let pages = [
        page("/neill/", "O’Neill House", "A house for all, and for Straße and Łódź."),
        page("/it/", "IT support", "We mend computers. Is it broken? Bring it."),
        page("/support/", "Support", "Support that fits, and it is support."),
        page("/careful/", "Be careful", "Be careful with strangers."),
        page("/care/", "Care", "Care at home, care\u{ad}ers and care."),
        page("/money/", "Pаyroll", "With a letter of another script."),
        page("/bought/", "What people buy", "They buy a bed."),
    ];
    let files = build(&pages, &spoken());
    for (query, url) in [
        ("O'Neill", "/neill/"),
        ("O Neill", "/neill/"),
        ("oneill", "/neill/"),
        ("neill", "/neill/"),
        ("strasse lodz", "/neill/"),
        ("IT support", "/it/"),
        ("\"IT support\"", "/it/"),
        ("careful", "/careful/"),
        ("care", "/care/"),
        ("payroll", "/money/"),
        ("i have bought one", "/bought/"),
    ] {
        let answer = found(&files, query, 3);
        let first = answer.hits.first().map(|hit| hit.url.as_str());
        assert_eq!(first, Some(url), "{query}");
        assert_eq!(answer.corrected, None, "{query}");
    }
    assert_eq!(found(&files, "careful", 3).total, 1, "careful is no care");
    let all: Vec<String> =
        ["IT support", "IT", "it", "O’Neill", "d’arcy straße", "рayroll IT", "\"is it broken\""]
            .map(str::to_owned)
            .to_vec();
    compare(&files, &all, &Options { limit: 5, ..Options::default() });
}

#[test]
fn what_people_say_finds_what_pages_say_and_the_other_way() {
    let pages = [
        page("/family/", "Pay a family member", "You may pay them."),
        page("/other/", "Wheelchairs", "For hire."),
        page("/nan/", "When your nan is ill", "What to do."),
    ];
    let files = build(&pages, &spoken());
    assert_eq!(found(&files, "sister", 3).hits[0].url, "/family/");
    assert_eq!(found(&files, "grandparent", 3).hits[0].url, "/nan/");
}

#[test]
fn a_slip_can_be_looked_for_as_it_was_typed() {
    let files = build(&[page("/receipts/", "Receipts", "Keep your receipts.")], &spoken());
    let as_typed = Options { limit: 3, as_typed: true, ..Options::default() };
    assert_eq!(search(&files, "recipts", &as_typed).hits.len(), 0);
    assert_eq!(found(&files, "recipts", 3).corrected.as_deref(), Some("receipts"));
    compare(&files, &["recipts".to_owned(), "recipt book".to_owned()], &as_typed);
    // Proper words that are nowhere are never slips.
    for word in ["rollator", "tracheostomy", "netball", "ferret", "wonga", "hypnotherapy"] {
        assert_eq!(found(&files, word, 3).corrected, None, "{word}");
    }
}

#[test]
fn the_same_pages_give_the_same_bytes() {
    let mut pages = pages();
    let files = build(&pages, &vocabulary());
    pages.reverse();
    let alone = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    assert!(files == alone.install(|| build(&pages, &vocabulary())), "the order of pages shows");
    pages[0].title.push('!');
    let changed = build(&pages, &vocabulary());
    let shared: Vec<&String> = changed.keys().filter(|name| files.contains_key(*name)).collect();
    assert_eq!(shared, ["index.json", "search.js"], "parts of two builds could meet");
}

#[test]
fn people_find_things_in_their_own_words() {
    let wages = page("/wages/", "Payroll", "Payroll works out what your helper earns.");
    let insurance = page("/insurance/", "Insurance", "Your helper is insured. Ring 01522 782060.");
    let gym = page("/gym/", "Social activities", "A pass for the gym costs £1,250. LN1 1YL.");
    let family = page("/family/", "Paying your family", "You may pay your daughter to help.");
    let welsh = Page { language: "cy".to_owned(), ..page("/cy/", "Taliadau", "Taliadau.") };
    let files = build(&[wages, insurance, gym, family, welsh], &vocabulary());
    for (query, url) in [
        ("wages", "/wages/"),
        ("insurence", "/insurance/"),
        ("insuring", "/insurance/"),
        ("01522782060", "/insurance/"),
        ("+44 (0)1522 782 060", "/insurance/"),
        ("gym", "/gym/"),
        ("1250", "/gym/"),
        ("ln11yl", "/gym/"),
        ("can i pay my dauhgter", "/family/"),
        ("pay my adughter", "/family/"),
        ("daught", "/family/"),
        ("taliadau", "/cy/"),
        ("xylophone insurance zebra", "/insurance/"),
        ("", "nothing"),
    ] {
        assert_eq!(first(&files, query), url, "{query}");
    }
    let answer = found(&files, "Can I pay my dauhgter?", 1);
    assert_eq!(answer.corrected.as_deref(), Some("can i pay my daughter"));
    assert_eq!(answer.hits[0].excerpt, "You may \u{1}pay\u{2} your \u{1}daughter\u{2} to help.");
}

/// A row or a fact is no sentence: it stands alone, and only where no sentence says as much.
#[test]
fn results_show_whole_sentences() {
    let facts = "Open: 9am to 5pm – Closed on bank holidays.\nBring your card.\nCost: free\n\
        The lunch club meets in the hall. You need not book.\nA swim – Ask first\n\
        You cannot come if:\nyou have a fever\nyou want nursing care";
    let mut page = page("/club/", "Riverside", facts);
    page.description = "A day centre with lunch.".to_owned();
    let files = build(&[page], &vocabulary());
    for (query, excerpt) in [
        ("club", "The lunch *club* meets in the hall. You need not book."),
        ("lunch", "The *lunch* club meets in the hall. You need not book."),
        ("card hall", "Bring your *card*."),
        ("book hall", "The lunch club meets in the *hall*. You need not *book*."),
        ("swim", "A *swim* – Ask first"),
        ("centre", "A day *centre* with lunch."),
        ("fever", "You cannot come if: you have a *fever*."),
        ("riverside", "A day centre with lunch."),
    ] {
        let shown = found(&files, query, 1).hits[0].excerpt.replace(['\u{1}', '\u{2}'], "*");
        assert_eq!(shown, excerpt, "{query}");
    }
}

#[test]
fn words_that_stand_together_on_a_page_count_together_wherever_they_are_asked() {
    let about = |url: &str, words: [&str; 2]| Page {
        words: words.map(str::to_owned).to_vec(),
        ..page(url, "Help", "Ask us.")
    };
    let mut pages = vec![
        about("/apart/", ["carer home", "ticket desk"]),
        about("/near/", ["carer ticket", "a"]),
    ];
    // Words of a few pages only are told apart by being there.
    for number in 0..4 {
        let text = "A carer is here. A ticket is there.";
        pages.push(page(&format!("/other-{number}/"), "Other things", text));
    }
    let files = build(&pages, &spoken());
    let asked = ["ticket for the carer", "the ticket that a helpful carer shows"];
    for query in asked {
        assert_eq!(first(&files, query), "/near/", "{query}");
    }
    compare(&files, &asked.map(str::to_owned), &Options { limit: 5, ..Options::default() });
}

#[test]
fn a_long_list_of_other_words_takes_nothing_from_any() {
    let score = |more: usize| {
        let mut words = vec!["lost key".to_owned()];
        words.extend((0..more).map(|number| format!("another thing {number}")));
        let pages = [Page { words, ..page("/a/", "A", "Text.") }, page("/b/", "B", "More.")];
        found(&build(&pages, &spoken()), "lost key", 1).hits[0].score
    };
    assert_eq!(score(0), score(30));
}

#[test]
fn two_letters_that_were_exchanged_are_the_likeliest_slip() {
    let mut pages = vec![page("/niece/", "My niece", "A niece.")];
    pages.extend((0..4).map(|number| page(&format!("/{number}/"), "Nice", "Nice things.")));
    let files = build(&pages, &spoken());
    assert_eq!(found(&files, "neice", 3).corrected.as_deref(), Some("niece"));
    compare(&files, &["neice".to_owned()], &Options { limit: 3, ..Options::default() });
}

#[test]
fn a_little_of_everything_is_no_answer_to_a_story() {
    let mut pages = vec![
        page("/answer/", "When an agency cancelled", "We decide."),
        page(
            "/long/",
            "Many things",
            "An agency. A charge. A visit. Something cancelled. Poorly. A weekend. The rain. A bus.",
        ),
    ];
    let text = "At a weekend he was poorly, and there was a charge. A bus in the rain.";
    pages.extend((0..3).map(|number| page(&format!("/other-{number}/"), "Other things", text)));
    let files = build(&pages, &spoken());
    let story =
        "charge for a weekend visit by bus in the rain that the agency cancelled when I was poorly";
    let two = "agency visit";
    // Of many words, a page counts for those it has and loses nothing for others.
    let answer = found(&files, story, 1).hits.remove(0);
    assert_eq!(answer.url, "/answer/");
    assert_eq!(answer.score, answer.reasons.iter().map(|one| one.points).sum::<u64>());
    assert_eq!(first(&files, two), "/long/", "of two words a page should have both");
    let queries = [story, two].map(str::to_owned);
    compare(&files, &queries, &Options { limit: 5, ..Options::default() });
}

#[test]
fn a_rare_word_of_a_story_does_not_outweigh_what_it_is_about() {
    let mut pages = vec![page("/both/", "Home", "A cat. A ramp.")];
    let text = "A ramp at a landlord’s door in a wall.";
    pages.extend((0..8).map(|number| page(&format!("/ramp-{number}/"), "Other", text)));
    pages.extend((0..30).map(|number| page(&format!("/{number}/"), "Other", "Nothing.")));
    let files = build(&pages, &spoken());
    // How many times as much the rare word adds as the other one does.
    let times = |query: &str| {
        let hits = found(&files, query, 20).hits;
        let hit = hits.into_iter().find(|hit| hit.url == "/both/").expect("it is found");
        let points = |word: &str| {
            let reason = hit.reasons.iter().find(|reason| reason.word == word);
            reason.map_or(0.0, |reason| f64::from(u32::try_from(reason.points).unwrap_or(0)))
        };
        points("cat") / points("ramp")
    };
    let story = "a cat on the ramp at the landlord’s door by the wall";
    let two = "cat ramp";
    assert!(times(two) > 2.0, "{}", times(two));
    assert!((times(story) - times(two).sqrt()).abs() < 0.1, "{}", times(story));
    let queries = [story, two].map(str::to_owned);
    compare(&files, &queries, &Options { limit: 5, ..Options::default() });
}

#[test]
fn of_pages_that_answer_alike_one_part_with_all_of_it_comes_first() {
    let section = |heading: &str, text: &str| Section {
        heading: heading.to_owned(),
        text: text.to_owned(),
        ..Section::default()
    };
    let with = |url: &str, sections: Vec<Section>| Page { sections, ..page(url, "Help", "") };
    let pages = [
        with("/apart/", vec![section("A ramp", "It is steep."), section("Your landlord", "Ask.")]),
        with("/one/", vec![section("A ramp and your landlord", "Ask."), section("Else", "Steep.")]),
        page("/other/", "Other", "Words."),
        page("/another/", "Another", "Words."),
    ];
    let files = build(&pages, &spoken());
    assert_eq!(first(&files, "landlord ramp"), "/one/");
    compare(&files, &["landlord ramp".to_owned()], &Options { limit: 1, ..Options::default() });
}

#[test]
fn a_word_that_frames_a_question_is_never_more_than_its_subject() {
    let mut pages = vec![page("/lovely/", "Lovely", "Lovely people.")];
    let title = |number| if number < 6 { "Tax" } else { "Something" };
    pages.extend((0..20).map(|number| page(&format!("/{number:02}/"), title(number), "Text.")));
    let files = build(&pages, &spoken());
    assert_eq!(first(&files, "she is lovely but what of tax"), "/00/");
    assert_eq!(first(&files, "lovely"), "/lovely/");
}

#[test]
fn the_section_that_answers_is_named() {
    let mut page = page("/buy/", "What you can buy", "There are many things.");
    for (id, heading, text) in
        [("travel", "Travel", "A taxi or a bus."), ("fun", "Going out", "The cinema and the gym.")]
    {
        let [id, heading, text] = [id, heading, text].map(str::to_owned);
        page.sections.push(Section { id, heading, text, ..Section::default() });
    }
    let files = build(&[page], &spoken());
    let section = |query| found(&files, query, 1).hits.remove(0).section;
    assert_eq!(section("cinema"), Some(("fun".to_owned(), "Going out".to_owned())));
    assert_eq!(section("travel"), Some(("travel".to_owned(), "Travel".to_owned())));
    assert_eq!(section("what can I buy"), None);
}

/// Proper words that readers may type and that the guide does not say, or only
/// in other forms. For most of them it says a word that is like them.
const PROPER: &str = "diet prescription glasses cousin widow cancer stroke blanket shoes temple yoga halal horse
    tram ferry flight cruise visa homework strike bail physiotherapist chiropodist surgeon overtime
    bonus tips probate stamp letterhead printer charger fraud broken leaking electrician builder chef
    waiter tailor derek organization color center reapply payrolls budgeted sacked dismissal adoption
    nursery childminder frail walker stairs gloves mask boost landline texting emailing weekend easter
    diwali birthday wedding holiday wages rent court husband husband's untrained unpaid Leicester
    Yorkshire dog-friendly council's wouldn't paternity mattress toilet dentist tribunal racism";

/// What people type who have dyslexia or thick thumbs, and what they mean.
const SLIPS: &str = "
    recipts>receipts  reciepts>receipts  payrole>payroll  carrer>carer
    assesment>assessment  assessement>assessment  paymnet>payment  emploier>employer
    employe>employer  insurence>insurance  morgage>mortgage  penshun>pension
    benifits>benefits  beneffits>benefits  complant>complaint  compliants>complaints
    acount>account  accont>account  budjet>budget  bugdet>budget
    contrat>contract  agrement>agreement  agreemnt>agreement  respit>respite
    resipte>respite  hoilday>holiday  holliday>holiday  holydays>holidays
    redundency>redundancy  cownsil>council  counsil>council  councel>council
    socail>social  sociel>social  wellchair>wheelchair  weelchair>wheelchair
    wheelcahir>wheelchair  hosptial>hospital  hopital>hospital  docter>doctor
    nurce>nurse  disabilty>disability  disabeled>disabled  dissabled>disabled
    persnal>personal  personel>personal  asistant>assistant  assisstant>assistant
    independant>independent  indipendent>independent  tranport>transport  trasnport>transport
    equiptment>equipment  equipmnet>equipment  adress>address  emergancy>emergency
    emergencey>emergency  safegarding>safeguarding  advocasy>advocacy  adovcate>advocate
    nomminee>nominee  capasity>capacity  elegible>eligible  eligable>eligible
    finantial>financial  financal>financial  moeny>money  monney>money
    mony>money  manegement>management  suport>support  supprot>support
    techology>technology  trianing>training  traning>training  recrutment>recruitment
    interveiw>interview  referance>reference  certifcate>certificate  minium>minimum
    wadge>wage  dirct>direct  dierct>direct  dirrect>direct
    famliy>family  daugther>daughter  freind>friend  neigbour>neighbour
    cleening>cleaning  shoping>shopping  activites>activities  swiming>swimming
    gimnasium>gym  questons>questions  informashun>information  langauge>language
    intepreter>interpreter  wellfare>welfare  univeral>universal  alowance>allowance
    alowence>allowance  atendance>attendance
";

/// The guide, asked for a word and for one that is nowhere and like nothing, so
/// that the first is not the last.
fn read_as(files: &Files, word: &str) -> Option<String> {
    let answer = found(files, &format!("{word} zqzq"), 1);
    Some(answer.corrected?.trim_end_matches(" zqzq").to_owned())
}

#[test]
fn proper_words_are_no_slips_and_slips_are_corrected() {
    let files = guide();
    let proper: Vec<&str> = PROPER.split_whitespace().collect();
    assert!(proper.len() >= 60, "{} words are too few", proper.len());
    let taken: Vec<(&str, String)> =
        proper.iter().filter_map(|word| Some((*word, read_as(&files, word)?))).collect();
    assert!(taken.is_empty(), "proper words were taken for slips: {taken:?}");

    let slips: Vec<(&str, &str)> =
        SLIPS.split_whitespace().filter_map(|slip| slip.split_once('>')).collect();
    assert!(slips.len() >= 60, "{} slips are too few", slips.len());
    let missed: Vec<(&str, Option<String>)> = slips
        .iter()
        .map(|(typed, meant)| (*typed, *meant, read_as(&files, typed)))
        // "holidays" for "holiday" is as good.
        .filter(|(_, meant, read)| {
            read.as_ref()
                .is_none_or(|read| read[..5.min(read.len())] != meant[..5.min(meant.len())])
        })
        .map(|(typed, _, read)| (typed, read))
        .collect();
    assert!(missed.len() * 100 <= slips.len() * 3, "slips were not read: {missed:?}");

    let mut queries: Vec<String> = proper.iter().map(|word| format!("{word} zqzq")).collect();
    queries.extend(proper.iter().map(|word| format!("{word} for my carer")));
    queries.extend(
        proper.iter().chain(slips.iter().map(|(typed, _)| typed)).map(|&word| word.to_owned()),
    );
    compare(&files, &queries, &Options { limit: 3, ..Options::default() });
    compare(
        &files,
        &queries,
        &Options { limit: 3, language: "cy".to_owned(), ..Options::default() },
    );
}

#[test]
fn other_forms_of_a_word_are_the_word() {
    let files = build(
        &[
            page("/pay/", "Payroll", "We organise the centre."),
            page("/apply/", "Apply", "Apply to buy it."),
        ],
        &spoken(),
    );
    for (query, url) in [
        ("payrolls", "/pay/"),
        ("buying zqzq", "/apply/"),
        ("payroll's zqzq", "/pay/"),
        ("organizing", "/pay/"),
        ("centers zqzq", "/pay/"),
        ("applied", "/apply/"),
    ] {
        let answer = found(&files, query, 1);
        assert_eq!(answer.hits.first().map(|hit| hit.url.as_str()), Some(url), "{query}");
        assert_eq!(answer.corrected, None, "{query}");
    }
}

#[test]
fn a_proper_word_that_is_nowhere_finds_nothing() {
    let files =
        build(&[page("/gloves/", "Loves", "Prescribed diets, pages, a process.")], &spoken());
    assert_eq!(found(&files, "my wages", 1), Answer::default());
    let answer = found(&files, "wages diets", 1);
    assert_eq!((answer.total, answer.corrected), (1, None));
    // "proces" is no word, though it is "process" without an "s".
    let answer = found(&files, "proces zqzq", 1);
    assert_eq!(answer.corrected.as_deref(), Some("process zqzq"));
    // "compliants" is none either, though "compliant" is one.
    let pages = [page("/a/", "Complaints", "Complain."), page("/b/", "Compliant", "It is.")];
    let files = build(&pages, &spoken());
    let answer = found(&files, "compliants zqzq", 1);
    assert_eq!(answer.corrected.as_deref(), Some("complaints zqzq"));
}

#[test]
fn where_no_words_are_known_little_is_corrected() {
    let mut page = page("/cy/", "Taliadau uniongyrchol", "Gofal, cyfrifon, dudalen, court.");
    page.language = "cy".to_owned();
    let files = build(&[page], &spoken());
    assert!(!files.keys().any(|name| name.starts_with("english")), "no page is in English");
    for (query, read) in [
        ("talaidau zqzq", Some("taliadau zqzq")),
        ("taliada uniongyrchol", Some("taliadau uniongyrchol")),
        ("ddylwn zqzq", None),
        ("gafal zqzq", None),
        ("tlaiadua zqzq", None),
    ] {
        assert_eq!(found(&files, query, 1).corrected.as_deref(), read, "{query}");
    }
}

#[test]
fn labels_and_languages_narrow_a_search() {
    let mut pages = Vec::new();
    for (kind, stage, language) in
        [("guidance", "decide", "en"), ("letter", "manage", "en"), ("letter", "decide", "cy")]
    {
        let page = page(&format!("/{kind}-{language}/"), "Gym", "Gym.");
        let [kind, stage, language] = [kind, stage, language].map(str::to_owned);
        pages.push(Page { kind, stage, language, ..page });
    }
    let files = build(&pages, &spoken());
    let options = [
        json!({}),
        json!({ "filters": { "kind": ["letter"] } }),
        json!({ "filters": { "kind": ["letter"], "stage": ["decide", "manage"] } }),
        json!({ "filters": { "kind": ["flow"] } }),
        json!({ "language": "cy" }),
    ];
    let asked = options.iter().map(|options| json!({ "query": "gym", "options": options }));
    let found: Vec<String> = ask(&files, &asked.collect())
        .iter()
        .map(|said| {
            let results = said["results"].as_array().expect("results");
            let urls =
                results.iter().filter_map(|result| result["url"].as_str()?.split('/').nth(4));
            urls.collect::<Vec<_>>().join(" ")
        })
        .collect();
    assert_eq!(
        found,
        [
            "guidance-en letter-cy letter-en",
            "letter-cy letter-en",
            "letter-cy letter-en",
            "",
            "letter-cy guidance-en letter-en",
        ]
    );
}

#[test]
fn odd_sites_have_an_index() {
    let nothing = build(&[], &spoken());
    assert_eq!(found(&nothing, "gym", 10), Answer::default());
    let said = ask(&nothing, &json!([{ "query": "gym insurence", "options": {} }]));
    assert_eq!(said[0]["total"], 0);

    let mut pages = vec![Page::default(), page("/same/", "Gym", &"gym ".repeat(100_000))];
    pages.push(page("/long/", "Long", &"word another ".repeat(200_000)));
    pages.push(page("/marks/", "\u{1}<b>\"\\", "\u{1}\u{2}\"\\\u{0} `${}` </script> gym"));
    let files = build(&pages, &spoken());
    assert_eq!(first(&files, "gym"), "/same/");
    for (name, bytes) in &files {
        let most = if name.starts_with("parts/places") { 70_000 } else { 40_000 };
        assert!(bytes.len() < most, "{name} has {} bytes: texts are not cut", bytes.len());
    }
}

#[test]
fn the_engine_is_small() {
    let files = build(&[], &spoken());
    let mut child = Command::new("gzip")
        .args(["-9", "-c"])
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .spawn()
        .expect("gzip is installed");
    let mut input = child.stdin.take().expect("it was piped");
    std::io::Write::write_all(&mut input, &files["search.js"]).expect("gzip reads");
    drop(input);
    let sent = child.wait_with_output().expect("gzip ends").stdout.len();
    assert!(sent <= 6_450, "{sent} bytes as sent");
}
