//! `acronym`: letters that stand for words that are nowhere to be found.

use std::{
    collections::{BTreeSet, HashSet},
    ops::Range,
};

use super::{
    Check, Looks, Marks, Rule, Subject,
    prose::{Prose, Voice},
};
use crate::parse::walk;

pub(super) const CHECK: Check =
    Rule::warning("acronym", Looks::Words, include_str!("acronym.md")).on_text(run);

/// Better known than what they stand for, and words that people put in
/// capitals. Source: the GOV.UK style guide, on abbreviations, names some of them.
#[rustfmt::skip] // a list of words
const KNOWN: &[&str] = &[
    "AI", "AIDS", "AM", "AND", "API", "APIS", "ATM", "BBC", "BC", "BST", "CCTV", "CD", "COVID", "CSS", "CSV", "CV", "DC", "DIY", "DNA", "DVD", "DVLA", "EU", "FAQ", "GB", "GCSE",
    "GCSES", "GIF", "GMT", "GP", "GPS", "HIV", "HM", "HQ", "HTML", "HTTP", "HTTPS", "ID", "II", "III", "IP", "IT", "ITV", "IV", "JPEG", "JPG", "LED", "MMR", "MOT", "MP", "MPS",
    "NHS", "NO", "NOT", "OK", "OR", "OS", "PC", "PDF", "PE", "PIN", "PM", "PNG", "PS", "QQ", "QR", "RSVP", "SIM", "SMS", "SOS", "TTY", "TV",
    "UK", "UN", "URL", "US", "USA", "USB", "UV", "VAT", "VE", "WC", "XL", "XML", "YES", "ZIP",
];

/// Names of companies, products and bodies that nobody knows by the words behind the letters.
#[rustfmt::skip] // a list of names
const NAMES: &[&str] = &[
    "ASDA", "BUPA", "DHL", "DPD", "DUP", "HSBC", "IKEA", "ISBN", "JAWS", "LLC", "NATO", "NEST", "NSPCC", "NVDA", "NYC", "RNLI", "RSPB", "RSPCA", "SKYPE", "SNP", "TSB",
    "UCAS", "UKIP", "UNESCO", "UNICEF", "USPS", "YMCA", "ZOOM",
];

/// Words that people put in capitals to be heard: `you MUST call`. Of words that are letters for
/// something as well, such as SEND, none is here.
#[rustfmt::skip] // a list of words
const SHOUTED: &[&str] = &[
    "AFTER", "ALL", "ALSO", "ALWAYS", "ANY", "ARE", "ASK", "BE", "BEFORE", "BOTH", "BUT", "BY", "CALL", "CANNOT", "DAY", "DAYS", "DO", "DOES", "EACH", "ENDS",
    "EVERY", "FINAL", "FIRST", "FOR", "FREE", "FROM", "FULL", "HAS", "HAVE", "HOUR", "HOURS", "IF", "IN", "IS", "LAST", "MAY", "MONTH", "MONTHS", "MORE", "MUST", "NEVER", "NEW",
    "NEXT", "NONE", "NOTE", "NOW", "OF", "ON", "ONCE", "ONLY", "OUR", "OUT", "OWN", "PLEASE", "SAME", "SHALL", "SHOULD", "STEP", "STOP", "THAT", "THE",
    "THEN", "THIS", "TO", "TWO", "UNDER", "UNLESS", "UNTIL", "URGENT", "VERY", "WAS", "WE", "WEEK", "WEEKS", "WILL", "WITH", "YEAR", "YEARS", "YOU", "YOUR",
];

/// So many of a page are looked for in all of its text.
const MOST: usize = 500;

fn run(subject: &Subject<'_>, marks: &mut Marks) {
    if !subject.is_english() {
        return;
    }
    let prose = subject.prose;
    let data = &subject.world.site.data;
    let mut seen: BTreeSet<&str> = BTreeSet::new();
    let (mut rows, mut outside) = (None, None);
    let mut unknown: Vec<usize> = Vec::new();
    for &word in &prose.odd {
        if seen.len() >= MOST {
            break;
        }
        if let Some(number) = section(prose.word(word)).filter(|number| seen.insert(*number)) {
            let place = prose.words[word].clone();
            if prose.run_of(word).is_some_and(|run| run.voice != Voice::Quoted) {
                let message = format!("“{}” is short for a part of a law", prose.word(word));
                let hint = format!("write `section {number} of the …`, with the name of the law");
                marks.push(prose.span(place), message).hint(hint);
            }
            continue;
        }
        let Some(letters) = letters(prose.word(word)) else { continue };
        // `SELTS`, where it is said what a SELT is.
        let is_said = |one: &&str| {
            one.len() > 2
                && (data.abbreviations.contains_key(*one)
                    || written_out(prose, one, &mut rows).is_some())
        };
        let letters = letters.strip_suffix('S').filter(is_said).unwrap_or(letters);
        // `stray-marks` finds what waits to be written.
        let is_known = KNOWN.contains(&letters)
            || NAMES.contains(&letters)
            || SHOUTED.contains(&letters)
            || ["todo", "fixme"].iter().any(|waiting| letters.eq_ignore_ascii_case(waiting))
            || letters.bytes().all(|b| b == b'X')
            || data.abbreviations.contains_key(letters)
            || data.glossary.iter().any(|term| term.term == letters);
        if is_known || seen.contains(letters) {
            continue;
        }
        let Some(run) = prose.run_of(word) else { continue };
        // A heading or a cell in capitals is no acronym, nor is a shout.
        let is_alone = run.words.len() == 1 && run.run != walk::Run::Paragraph;
        let is_no_word = subject.not_prose().holds(&prose.words[word]) || is_typed(prose, word);
        if run.voice == Voice::Quoted
            || is_no_word
            || is_alone
            || is_label(prose, word)
            || is_former(prose, word)
            || is_shouted(prose, run.words.clone(), word)
        {
            continue;
        }
        seen.insert(letters);
        let start = prose.words[word].start;
        if is_near(prose, word, letters)
            || !outside.get_or_insert_with(|| outside_names(prose)).contains(letters)
            || has_own_site(subject, letters)
        {
            continue;
        }
        if let Some(at) = written_out(prose, letters, &mut rows) {
            // A heading and a title are read again with what is under them.
            let is_late = at > start + letters.len() && run.run == walk::Run::Paragraph;
            if is_late && !is_beside(prose, start, at) {
                let message = format!("“{letters}” stands here before it is explained");
                let hint = "write the words out here, with the letters in brackets behind them";
                marks.push(prose.span(start..start + letters.len()), message).hint(hint);
            }
            continue;
        }
        unknown.push(word);
    }
    // Several in a row, as in `(TANF, SSI or SNAP)`, are one thing to mend.
    for row in unknown.chunk_by(|one, next| are_in_a_row(prose, *one, *next)) {
        tell(prose, row, marks);
    }
}

/// Whether nothing stands between two words but what parts the things of a row.
fn are_in_a_row(prose: &Prose<'_>, one: usize, next: usize) -> bool {
    let same_run = prose.run_of(one).is_some_and(|run| run.words.contains(&next));
    let (end, start) = (prose.words[one].end, prose.words[next].start);
    let between = prose.text.get(end..start).unwrap_or_default().trim();
    same_run && matches!(between, "," | "/" | "&" | ", and" | ", or" | "and" | "or")
}

/// Tells of letters that nothing explains, of which there are several in a row or one alone.
fn tell(prose: &Prose<'_>, row: &[usize], marks: &mut Marks) {
    let all: Vec<&str> = row.iter().filter_map(|word| letters(prose.word(*word))).collect();
    let (Some(first), Some(last)) = (row.first(), row.last()) else { return };
    let (start, end) = (prose.words[*first].start, prose.words[*last].start);
    let end = end + all.last().map_or(0, |letters| letters.len());
    let (message, hint) = match &all[..] {
        [one] => (
            format!("“{one}” is not in the glossary, and nothing here says what it means"),
            format!("write it out, or add it to glossary.yaml with a line `short: {one}`"),
        ),
        [some @ .., last] => (
            format!(
                "“{}” and “{last}” are not in the glossary, and nothing here says what they mean",
                some.join("”, “")
            ),
            format!(
                "write them out, or add each to glossary.yaml with a line such as `short: {last}`"
            ),
        ),
        [] => return,
    };
    marks.push(prose.span(start..end), message).hint(hint);
}

/// The number in `s.42` and `s117`, which lawyers write for a section of a law.
fn section(word: &str) -> Option<&str> {
    let rest = word.strip_prefix('s')?;
    let number = rest.strip_prefix('.').unwrap_or(rest);
    let is_number = (1..4).contains(&number.len()) && number.bytes().all(|b| b.is_ascii_digit());
    is_number.then_some(number)
}

/// Those that are written with a small letter.
const MIXED: &[&str] = &["CoP", "DfE", "DoLS", "LeDeR", "MoJ", "SaLT"];

/// Two to six letters in capitals, without the s of several or of someone.
fn letters(word: &str) -> Option<&str> {
    if let Some(mixed) = MIXED.iter().find(|mixed| {
        word.strip_prefix(**mixed).is_some_and(|rest| matches!(rest, "" | "s" | "’s" | "'s"))
    }) {
        return Some(&word[..mixed.len()]);
    }
    let bytes = word.as_bytes();
    if bytes.len() < 2 || !bytes[0].is_ascii_uppercase() || !bytes[1].is_ascii_uppercase() {
        return None;
    }
    let own = word.strip_suffix("’s").or_else(|| word.strip_suffix("'s"));
    let own = own.or_else(|| word.strip_suffix('s')).unwrap_or(word);
    let fits = (2..=6).contains(&own.len()) && own.bytes().all(|byte| byte.is_ascii_uppercase());
    fits.then_some(own)
}

/// The times of places, which stand behind an hour.
const ZONES: &[&str] = &[
    "ACST", "AEDT", "AEST", "AKT", "AWST", "CDT", "CEST", "CET", "CST", "CT", "EDT", "EST", "ET",
    "HST", "IST", "MDT", "MST", "MT", "NZDT", "NZST", "PDT", "PST", "PT", "UTC",
];

/// What a street is called, behind which a part of a town may stand.
#[rustfmt::skip] // a list of words
const STREETS: &[&str] = &[
    "ave", "avenue", "blvd", "boulevard", "circle", "court", "crescent", "ct", "dr", "drive", "freeway", "highway", "hwy", "lane", "ln", "parkway",
    "pkwy", "pl", "place", "plaza", "rd", "road", "square", "st", "street", "terrace", "way",
];

/// What has a number that may begin with letters.
const NUMBERED: &[&str] = &[
    "circular",
    "code",
    "document",
    "form",
    "guidance",
    "guide",
    "leaflet",
    "note",
    "number",
    "policy",
    "reference",
    "rule",
    "section",
    "standard",
];

/// How the names of companies end.
const COMPANY: &[&str] = &["CIC", "CIO", "Inc", "LLC", "LLP", "Limited", "Ltd", "PLC", "plc"];

/// What has a name and a number.
const PAPERS: &[&str] =
    &["certificate", "document", "form", "leaflet", "letter", "notice", "statement"];

/// Whether letters are no words, but are typed or stamped as they stand: `PO Box 7`, `text QUIT
/// to 60777`.
fn is_typed(prose: &Prose<'_>, word: usize) -> bool {
    // The name of a form: `VA Form 26-1817`.
    let is_form = || {
        let number = prose.words.get(word + 2).map_or("", |_| prose.word(word + 2));
        let next = prose.words.get(word + 1).map_or("", |_| prose.small(word + 1));
        next == "form" && number.contains(|c: char| c.is_ascii_digit())
    };
    let next = prose.words.get(word + 1).map_or("", |_| prose.small(word + 1));
    let is_sent = || {
        let before = word.checked_sub(1).map_or("", |before| prose.small(before));
        matches!(before, "text" | "texting" | "word" | "letters" | "type")
    };
    // The number of a document: `guidance WG 1.1`.
    let is_document = || {
        let after = prose.words.get(word + 1).map_or("", |_| prose.word(word + 1));
        let before = word.checked_sub(1).map_or("", |before| prose.small(before));
        NUMBERED.contains(&before)
            && prose.after(word) == " "
            && after.starts_with(|c: char| c.is_ascii_digit())
            && after.contains(['.', '/', '-'])
    };
    // The number of a form behind its name: `a certificate (DD 214)`.
    let is_behind_name = || {
        const NEAR: usize = 12;
        let is_number = (1..4).contains(&next.len()) && next.bytes().all(|b| b.is_ascii_digit());
        is_number
            && prose.after(word) == " "
            && prose.after(word + 1).starts_with(')')
            && prose.text[..prose.words[word].start].ends_with('(')
            && (word.saturating_sub(NEAR)..word).any(|at| PAPERS.contains(&prose.small(at)))
    };
    // A part of the name of a company: `PSI Services (UK) Ltd`, `Anna Smith CIC`.
    let is_company = || {
        const WORDS: usize = 5;
        let is_big =
            |at: usize| at < prose.words.len() && prose.word(at).starts_with(char::is_uppercase);
        let is_last = |at: usize| !is_big(at + 1) || prose.after(at) != " ";
        if COMPANY.contains(&prose.word(word)) {
            return word > 0 && is_big(word - 1) && prose.after(word - 1) == " ";
        }
        let is_in_name = |at: &usize| {
            let is_land = matches!(prose.word(*at), "UK" | "GB" | "Ireland" | "Wales" | "Scotland");
            match prose.after(at - 1) {
                " " | ") " => is_big(*at) || prose.word(*at) == "plc",
                " (" => is_land,
                _ => false,
            }
        };
        let mut name = (word + 1..prose.words.len().min(word + WORDS)).take_while(is_in_name);
        name.any(|at| COMPANY.contains(&prose.word(at)) && is_last(at))
    };
    // The part of a town in an address: `5 SE, 2 Marsham Street`, `12 Vermont Avenue NW`.
    let is_quarter = || {
        const QUARTERS: &[&str] = &["E", "EC", "N", "NE", "NW", "S", "SE", "SW", "W", "WC"];
        let before = word.checked_sub(1).map_or("", |before| prose.word(before));
        // `Your SW will call` has no street.
        QUARTERS.contains(&prose.word(word))
            && (before.ends_with(|c: char| c.is_ascii_digit())
                || before.starts_with(char::is_uppercase)
                    && STREETS.contains(&before.to_ascii_lowercase().trim_end_matches('.')))
    };
    // How well something does: `level AA`. The `rate of AA` is an allowance.
    let is_grade = || {
        let before = word.checked_sub(1).map_or("", |before| prose.small(before));
        matches!(prose.word(word), "AA" | "AAA")
            && (matches!(before, "level" | "grade" | "rating" | "standard")
                || before.ends_with(|c: char| c.is_ascii_digit()))
    };
    // Where a court's decision is found: `[2021] EWCA Civ 1847`.
    let is_citation = || {
        let before = word.checked_sub(1).map_or("", |before| prose.word(before));
        let is_year = before.len() == 4 && before.bytes().all(|byte| byte.is_ascii_digit());
        is_year && word > 0 && prose.after(word - 1).starts_with(']')
    };
    // The time of a place: `8 p.m. ET`, `8:30 ET`. `6 PT sessions` are no time.
    let is_time = || {
        let before = word.checked_sub(1).map_or("", |before| prose.small(before));
        let is_clock = matches!(before, "am" | "pm" | "a.m" | "p.m" | "m" | "noon" | "midnight")
            || before.starts_with(|c: char| c.is_ascii_digit())
                && (before.ends_with("am")
                    || before.ends_with("pm")
                    || before.ends_with(|c: char| c.is_ascii_digit())
                        && !(prose.after(word) == " " && next.starts_with(char::is_lowercase)));
        ZONES.contains(&prose.word(word)) && is_clock
    };
    prose.word(word) == "PO" && next == "box"
        || is_region(prose, word)
        || is_document()
        || is_behind_name()
        || is_company()
        || is_quarter()
        || is_citation()
        || is_time()
        || is_grade()
        || is_form()
        || is_sent()
        || is_number(prose, word)
}

/// The parts of the USA, which some write before a ZIP code without a comma.
#[rustfmt::skip] // a list of names
const US_STATES: &[&str] = &[
    "AK", "AL", "AR", "AZ", "CA", "CO", "CT", "DC", "DE", "FL", "GA", "HI", "IA", "ID", "IL", "IN", "KS", "KY", "LA", "MA", "MD", "ME", "MI", "MN", "MO",
    "MS", "MT", "NC", "ND", "NE", "NH", "NJ", "NM", "NV", "NY", "OH", "OK", "OR", "PA", "RI", "SC", "SD", "TN", "TX", "UT", "VA", "VT", "WA", "WI", "WV", "WY",
];

/// The parts of Australia, which stand before a postcode without a comma.
const STATES: &[&str] = &["ACT", "NSW", "NT", "QLD", "SA", "TAS", "VIC", "WA"];

/// Whether letters are a part of a country in an address: `Springfield, IL 62701`, `Perth WA 6000`,
/// `Ottawa, ON K1A 0A9`.
fn is_region(prose: &Prose<'_>, word: usize) -> bool {
    let word_at = |at: usize| prose.words.get(at).map_or("", |_| prose.word(at));
    let is_digits = |code: &str| !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_digit());
    let Some(before) = word.checked_sub(1) else { return false };
    let (letters, next) = (prose.word(word), word_at(word + 1));
    // `OT 01632 960000` has a number to ring.
    let is_longer = || prose.after(word + 1) == " " && is_digits(word_at(word + 2));
    let is_code = match (next.as_bytes(), prose.after(before)) {
        ([a, b, c], ", " | " ") => {
            a.is_ascii_uppercase() && b.is_ascii_digit() && c.is_ascii_uppercase()
        }
        ([_, _, _, _, _], ", ") => is_digits(next) && letters.len() == 2,
        ([_, _, _, _, _], " ") => is_digits(next) && US_STATES.contains(&letters),
        ([_, _, _, _], ", " | " ") => is_digits(next) && STATES.contains(&letters),
        _ => false,
    };
    let is_behind_town = prose.word(before).starts_with(char::is_uppercase);
    is_behind_town && is_code && prose.after(word).trim().is_empty() && !is_longer()
}

/// Whether letters are a number in the manner of the Romans: `Part VII`. Those below seven are
/// one only behind what has numbers, as VI is short for a visual impairment too.
fn is_number(prose: &Prose<'_>, word: usize) -> bool {
    #[rustfmt::skip] // a list of words
    const COUNTED: &[&str] = &[
        "act", "annex", "appendix", "article", "book", "category", "chapter", "class", "grade", "group", "level", "part", "phase", "schedule",
        "section", "stage", "table", "tier", "title", "type", "volume", "war",
    ];
    let letters = prose.word(word);
    let digits = letters.trim_start_matches('X');
    let is_roman = letters.len() - digits.len() < 4
        && matches!(digits, "" | "I" | "II" | "III" | "IV" | "V" | "VI" | "VII" | "VIII" | "IX");
    let is_behind = || {
        let before = word.checked_sub(1).map_or("", |before| prose.small(before));
        COUNTED.contains(&before)
    };
    is_roman && (matches!(letters, "VII" | "VIII" | "XII" | "XIII" | "XIV") || is_behind())
}

/// Whether a word is one of several in capitals, which `capitals` looks at.
fn is_shouted(prose: &Prose<'_>, run: Range<usize>, word: usize) -> bool {
    let is_loud = |index: usize| {
        let letters = prose.word(index);
        letters.len() > 1 && letters.bytes().all(|byte| byte.is_ascii_uppercase())
    };
    let before = word.checked_sub(1).filter(|before| run.contains(before));
    let after = Some(word + 1).filter(|after| run.contains(after));
    let is_in_name = |index: usize| prose.after(index) == " ";
    // `SULPHATE of POTASH`: long words, and a small one between them.
    let is_long = |index: usize| is_loud(index) && prose.word(index).len() > 3;
    let over = |at: Option<usize>| {
        at.filter(|at| run.contains(at) && matches!(prose.word(*at), w if w.len() > 3))
            .is_some_and(is_long)
    };
    let is_in_row =
        prose.word(word).len() > 3 && (over(word.checked_sub(2)) || over(Some(word + 2)));
    is_in_row
        || is_loud_sentence(prose, word)
        || before.is_some_and(|before| is_loud(before) && is_in_name(before))
        || after.is_some_and(|after| is_loud(after) && is_in_name(word))
}

/// Whether a word stands in a short sentence, heading or cell that has no small letter: `1 TO 2
/// DAYS`.
fn is_loud_sentence(prose: &Prose<'_>, word: usize) -> bool {
    const SHORT: usize = 30;
    let said = prose.said_at(prose.words[word].start).map(|said| said.words.clone());
    // `STEP 2. SEND IT` is two sentences of one heading.
    let run = prose.run_of(word).filter(|run| run.run != walk::Run::Paragraph);
    let all = [said, run.map(|run| run.words.clone())];
    all.into_iter().flatten().filter(|words| (2..SHORT).contains(&words.len())).any(|words| {
        let has_letters = |at: &usize| prose.word(*at).contains(char::is_alphabetic);
        words.clone().filter(has_letters).count() > 1
            && words.clone().all(|at| !prose.word(at).contains(char::is_lowercase))
    })
}

/// Whether two places are in the same sentence or in the next, which is soon enough.
fn is_beside(prose: &Prose<'_>, first: usize, other: usize) -> bool {
    let said = prose.said();
    let number = |place| prose.said_at(place).map(|one| one.words.start);
    let at = |place| said.partition_point(|one| Some(one.words.start) < number(place));
    at(other).saturating_sub(at(first)) < 2
}

/// Whether letters are what a screen shows and somebody has to press: `For **EAP method**, select
/// **PEAP**`. Written out, nobody would find them there.
fn is_label(prose: &Prose<'_>, word: usize) -> bool {
    const NEAR: usize = 12;
    const PRESS: &[&str] = &["select", "tap", "click", "press", "tick", "untick"];
    if !prose.is_bold(word) {
        return false;
    }
    let Some(said) = prose.said_at(prose.words[word].start) else { return false };
    let words = said.words.start.max(word.saturating_sub(NEAR))..said.words.end.min(word + NEAR);
    let is_next = |at: usize| at + 1 < words.end && prose.is_bold(at + 1);
    words.clone().any(|at| PRESS.contains(&prose.small(at)) && !prose.is_bold(at) && is_next(at))
}

/// Whether a link of the page leads to the site of those whose letters they are: whoever wants to
/// know who they are finds them there.
fn has_own_site(subject: &Subject<'_>, letters: &str) -> bool {
    let (prose, links) = (subject.prose, &subject.text.document.links);
    let own = prose.link_numbers.iter();
    // `co.uk` and `.org` are nobody’s.
    let is_end = |label: &str| label.len() == 2 || matches!(label, "gov" | "org" | "com" | "net");
    own.take(MOST_LINKS).any(|number| {
        let Some(link) = links.get(*number) else { return false };
        let rest = link.destination.rsplit("//").next().unwrap_or_default();
        let host = rest.rsplit('@').next().unwrap_or_default();
        let host = host.split(['/', '?', '#', ':']).next().unwrap_or_default();
        host.contains('.')
            && host.split('.').any(|label| label.eq_ignore_ascii_case(letters))
            && !host.rsplit('.').take(2).any(|end| is_end(end) && end.eq_ignore_ascii_case(letters))
    })
}

/// So many links of a page are looked at.
const MOST_LINKS: usize = 200;

/// What offices call their own things by letters: the `DP Agreement`.
#[rustfmt::skip] // a list of words
const OF_OFFICES: &[&str] = &[
    "advocate", "agreement", "allowance", "allowances", "appeal", "application", "assessment", "assessor", "authorisation", "board",
    "budget", "budgets", "care", "charge", "charges", "checklist", "co-ordinator", "committee", "contribution", "contributions",
    "coordinator", "decision", "decisions", "department", "eligibility", "form", "framework", "funding", "grant", "grants", "group",
    "guidance", "hearing", "helpline", "hub", "lead", "manager", "meeting", "meetings", "monitoring", "nurse", "officer", "officers",
    "package", "panel", "pathway", "payment", "payments", "plan", "plans", "policy", "procedure", "process", "programme", "project",
    "provider", "providers", "rate", "record", "records", "referral", "return", "returns", "review", "reviews", "scheme", "section",
    "service", "services", "statement", "strategy", "support", "team", "teams", "tool", "unit", "worker",
];

/// The letters that stand on the page outside of names as well. Of letters that are only ever a part
/// of a name, the words would name nothing: the `GI Bill`, `GC Sign in`.
fn outside_names<'p>(prose: &'p Prose<'_>) -> HashSet<&'p str> {
    let is_in_name = |at: usize| {
        let Some(next) = prose.words.get(at + 1).map(|_| prose.word(at + 1)) else { return false };
        let is_name = next.starts_with(|c: char| c.is_ascii_uppercase())
            && next.chars().nth(1).is_some_and(char::is_lowercase);
        prose.after(at) == " " && is_name && !OF_OFFICES.contains(&prose.small(at + 1))
    };
    let outside = prose.odd.iter().filter(|at| !is_in_name(**at));
    outside.filter_map(|at| letters(prose.word(*at))).collect()
}

/// Where the words for the letters stand beside them first: `personal assistant (PA)`, `(the PA)`
/// or `PA (personal assistant)`, `PA: personal assistant`, or a sentence says them: `PA stands for
/// personal assistant`.
fn written_out(
    prose: &Prose<'_>,
    letters: &str,
    rows: &mut Option<(String, Vec<usize>)>,
) -> Option<usize> {
    const QUOTES: &[char] = &['“', '”', '"', '‘', '’', '\''];
    let mut places = prose.text.match_indices(letters);
    let first = prose.text.find(letters);
    let found = places.find(|(at, _)| {
        let run = prose.runs.partition_point(|run| run.text.end <= *at);
        let run = prose.runs.get(run).map_or(0..prose.text.len(), |run| run.text.clone());
        // The words for letters stand near them, and a paragraph may be long.
        let before = &prose.text[run.start.min(*at)..*at];
        let before = before.char_indices().nth_back(NEAR).map_or(before, |(at, _)| &before[at..]);
        let after = &prose.text[at + letters.len()..run.end.max(at + letters.len())];
        let after = after.char_indices().nth(NEAR).map_or(after, |(at, _)| &after[..at]);
        let after = after.strip_prefix('s').unwrap_or(after);
        let is_inside = before.rsplit_once('(').is_some_and(|(words, lead)| {
            let lead = lead.trim_end_matches(QUOTES).trim_end();
            // The brackets hold the letters alone, or the words before them begin with them.
            LEADS.contains(&lead)
                && (after.trim_start_matches(QUOTES).starts_with(')')
                    || initials(words).iter().any(|all| all.contains(letters)))
        });
        // `POLST: Physician Orders …`, and the words first: `Continuing Healthcare – CHC`.
        let is_behind_dash = DASHES.iter().any(|dash| {
            after.strip_prefix(dash).is_some_and(|words| are_of(words, letters, false))
                || before.strip_suffix(dash).is_some_and(|words| are_of(words, letters, true))
        });
        // Beside a name that readers know stands another, for those who know that one: `your
        // CalFresh benefits (sometimes called SNAP or food stamps)`.
        let is_alias =
            before.rsplit_once('(').is_some_and(|(_, lead)| ALIASES.contains(&lead.trim_end()));
        let in_brackets = is_inside || is_behind_dash || is_alias;
        let has_brackets = after.starts_with(" (")
            && after[2..]
                .split(')')
                .next()
                .is_some_and(|inner| inner.split_whitespace().count() > 1);
        let is_said = [" stands for ", " is short for ", " means "];
        // `human papillomavirus. This is known as “HPV” for short.`
        let is_short_for = after.trim_start_matches(QUOTES).starts_with(" for short");
        in_brackets
            || has_brackets
            || is_short_for
            || is_said.iter().any(|said| after.starts_with(said))
    });
    // `The Data Protection Officer can help. Write to the DPO.` Of two letters both words of a name
    // are meant, and no other, and that twice: `New Jersey`, `NJ`, but not somebody called Susan Wells.
    let mut is_said = || {
        let (rows, starts) = rows.get_or_insert_with(|| capitals(prose));
        let (row, least) = match letters.len() {
            2 => (format!("\n{letters}\n"), 2),
            _ => (letters.to_owned(), 1),
        };
        let mut found = rows.match_indices(&row).map(|(at, _)| at + row.find(letters).unwrap_or(0));
        let at = found.next().filter(|_| found.count() + 1 >= least);
        at.is_some_and(|at| first.is_some_and(|first| starts[at] < first))
    };
    found.map(|(at, _)| at).or_else(|| if is_said() { first } else { None })
}

/// Whether letters are what something was called before, named so that people know it again:
/// `DBS checks (formerly CRB checks)`, `previously known as the CRB`.
fn is_former(prose: &Prose<'_>, word: usize) -> bool {
    const KNOWN: &[&str] = &["called", "known", "named"];
    let start = prose.said_at(prose.words[word].start).map_or(word, |said| said.words.start);
    // Right before the letters: `once called`, `previously known as the`, `referred to as`.
    let is_known = |at: usize| {
        (at + 1..word.min(at + 4)).any(|at| {
            KNOWN.contains(&prose.small(at)) && at + 4 > word
                || prose.has(at, &["referred", "to", "as"]) && at + 5 > word
        })
    };
    (start.max(word.saturating_sub(8))..word).any(|at| match prose.small(at) {
        "former" => at + 2 >= word,
        "formerly" => at + 2 >= word || is_known(at),
        "previously" | "once" => is_known(at),
        _ => false,
    })
}

/// Whether the words for four letters or more stand near, without saying so: `STEM ambassadors
/// work in science, technology, engineering and maths.`
fn is_near(prose: &Prose<'_>, word: usize, letters: &str) -> bool {
    const WORDS: usize = 40;
    if letters.len() < 4 {
        return false;
    }
    let own = prose.runs.partition_point(|run| run.words.end <= word);
    // A heading is read again with what is under it.
    let last = match prose.runs[own].run {
        walk::Run::Heading => (own + 1).min(prose.runs.len() - 1),
        _ => own,
    };
    let all = prose.runs[own.saturating_sub(1)].words.start..prose.runs[last].words.end;
    let near = all.start.max(word.saturating_sub(WORDS))..all.end.min(word + WORDS);
    // The first letters of things between commas: words in a row can begin so by chance.
    let (mut initials, mut commas) = (String::new(), Vec::new());
    for at in near {
        let first = prose.word(at).chars().next().map_or('-', |first| first.to_ascii_uppercase());
        if !SMALL.contains(&prose.small(at)) && !prose.word(at).contains(letters) {
            initials.push(if first.is_ascii() { first } else { '-' });
            commas.push(prose.after(at) == ", ");
        }
        if !matches!(prose.after(at), " " | ", ") {
            initials.push('-');
            commas.push(false);
        }
    }
    let found = initials.find(letters);
    found.is_some_and(|at| commas[at..at + letters.len() - 1].contains(&true))
        || capitals_say(prose, word, letters)
}

/// Whether the words with a capital before letters in their sentence say what they are for: `say
/// what the Situation was, what your Task was, the Action and the Result (STAR)`. Names have no
/// `the` before them.
fn capitals_say(prose: &Prose<'_>, word: usize, letters: &str) -> bool {
    const BEFORE: &[&str] = &["a", "an", "its", "our", "the", "their", "your"];
    let start = prose.said_at(prose.words[word].start).map_or(word, |said| said.words.start);
    let things = (start + 1..word).filter(|at| BEFORE.contains(&prose.small(at - 1)));
    let capitals = things.filter_map(|at| prose.word(at).chars().next());
    let all: String = capitals.filter(char::is_ascii_uppercase).collect();
    all.contains(letters)
}

/// The first letters of words that each have a capital and stand in a row, with a line end behind
/// each row, and where each of these words begins. A row with small words between stands twice:
/// `Freedom of Information` gives FI and FOI.
fn capitals(prose: &Prose<'_>) -> (String, Vec<usize>) {
    let (mut letters, mut starts) = (String::new(), Vec::new());
    let mut row: Vec<(char, usize, bool)> = Vec::new();
    for (at, place) in prose.words.iter().enumerate() {
        let word = &prose.text[place.clone()];
        let is_small = matches!(word, "of" | "and" | "for" | "the");
        let first = word.chars().next().filter(char::is_ascii_alphabetic);
        let is_name = first.is_some_and(|first| first.is_ascii_uppercase())
            && word.chars().any(char::is_lowercase);
        if let Some(first) = first.filter(|_| is_name || is_small && !row.is_empty()) {
            row.push((first.to_ascii_uppercase(), place.start, is_small));
        }
        if !is_name && !is_small || prose.after(at) != " " {
            // `Parents and carers` is no name.
            while row.pop_if(|(.., is_small)| *is_small).is_some() {}
            let names = row.iter().filter(|(.., is_small)| !is_small);
            let has_small = row.iter().any(|(.., is_small)| *is_small);
            let both = row.iter().take(if has_small { row.len() } else { 0 });
            for all in [names.collect::<Vec<_>>(), both.collect()] {
                letters.extend(all.iter().map(|(letter, ..)| letter));
                starts.extend(all.iter().map(|(_, start, _)| start));
                letters.push('\n');
                starts.push(place.start);
            }
            row.clear();
        }
    }
    (letters, starts)
}

/// How near to letters their words are looked for, in letters.
const NEAR: usize = 160;

/// What may stand in brackets before letters that the words before the brackets are.
const LEADS: &[&str] = &[
    "",
    "the",
    "a",
    "an",
    "or",
    "called",
    "also called",
    "known as",
    "also known as",
    "known as the",
    "also known as the",
    "or the",
    "we call it",
    "we call this",
    "short",
    "in short",
    "often called",
    "sometimes called",
    "usually called",
    "shortened to",
    "abbreviated to",
    "referred to as",
    "hereafter",
];

/// How another name begins in brackets.
const ALIASES: &[&str] = &["sometimes called", "also called", "often called", "also known as"];

/// What may stand between letters and their words.
const DASHES: &[&str] = &[
    ": ",
    " - ",
    " – ",
    " — ",
    " or ",
    " or the ",
    " or a ",
    ", or ",
    ", also known as ",
    ", known as ",
];

/// Whether the first letters of words, or their last, are letters that stand for them. One word may
/// have given two: `continuing healthcare` is CHC.
fn are_of(words: &str, letters: &str, from_end: bool) -> bool {
    let are = |initials: &str| {
        [letters.len(), letters.len() - 1].into_iter().any(|count| {
            let part = match from_end {
                true => initials.len().checked_sub(count).and_then(|from| initials.get(from..)),
                false => initials.get(..count),
            };
            part.is_some_and(|part| {
                let mut rest = letters.chars();
                part.len() > 1
                    && part.chars().next() == letters.chars().next()
                    && part.chars().all(|c| rest.any(|other| other == c))
            })
        })
    };
    initials(words).iter().any(|initials| are(initials))
}

/// Words that give no letter.
const SMALL: &[&str] =
    &["and", "of", "for", "the", "to", "in", "on", "a", "an", "or", "with", "by", "at"];

/// The first letters of words, in capitals: without the small words between them, and with those.
fn initials(words: &str) -> [String; 2] {
    [true, false].map(|is_short| {
        words
            .split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'))
            .filter(|word| !is_short || !SMALL.contains(word))
            .filter_map(|word| word.chars().next())
            .filter(|first| first.is_alphabetic())
            .flat_map(char::to_uppercase)
            .collect()
    })
}
