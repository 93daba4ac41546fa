//! The desk from outside, as a browser without scripts uses it: what its forms show, and what
//! they write. With scripts and the keyboard it is in `browser/desk.test.mjs`.

use std::{
    fs,
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::TcpStream,
    path::Path,
    process::{Child, ChildStderr, Command, Stdio},
    time::Duration,
};

use tempfile::TempDir;

/// A desk that ends with the test.
struct Desk {
    process: Child,
    port: u16,
    /// Its address with its key: `/_plainsite/desk/x/`.
    base: String,
    /// Kept open, so that the desk can always speak.
    _said: BufReader<ChildStderr>,
}

impl Drop for Desk {
    fn drop(&mut self) {
        self.process.kill().expect("it is running");
        self.process.wait().expect("it ends");
    }
}

/// What a form sends: names with words.
type Sent<'a> = &'a [(&'a str, &'a str)];

impl Desk {
    fn start(root: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_plainsite"))
            .args(["desk", "--no-open", "--port", "0", "--root"])
            .arg(root)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut said = BufReader::new(process.stderr.take().expect("it is piped"));
        let mut all = String::new();
        let start = "http://127.0.0.1:";
        let address = loop {
            let read = said.read_line(&mut all).expect("it is text");
            assert_ne!(read, 0, "it ended early: {all}");
            let known = all.lines().filter(|line| line.contains("/_plainsite/desk/"));
            let known = known.filter_map(|line| Some(line.split_once(start)?.1.to_owned())).next();
            if let Some(address) = known {
                break address;
            }
        };
        let (port, path) = address.trim().split_once('/').expect("a path");
        let path = path.split_whitespace().next().expect("a path");
        let base = format!("/{path}");
        Self { process, port: port.parse().expect("a number"), base, _said: said }
    }

    /// The status and the whole answer.
    fn ask(&self, head: &str, body: &[u8]) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a time");
        let own = format!("127.0.0.1:{}", self.port);
        let head = format!(
            "{head}Host: {own}\r\nOrigin: http://{own}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        stream.write_all(head.as_bytes()).expect("it reads");
        stream.write_all(body).expect("it reads");
        let mut text = Vec::new();
        stream.read_to_end(&mut text).expect("an answer");
        let text = String::from_utf8_lossy(&text).into_owned();
        let status = text.split(' ').nth(1).expect("a status").parse().expect("a number");
        (status, text)
    }

    fn get(&self, path: &str) -> String {
        self.ask(&format!("GET {}{path} HTTP/1.1\r\n", self.base), b"").1
    }

    fn send(&self, path: &str, sent: Sent<'_>) -> (u16, String) {
        let encoded =
            |words: &str| -> String { words.bytes().map(|byte| format!("%{byte:02X}")).collect() };
        let body: Vec<String> = sent
            .iter()
            .map(|(name, words)| format!("{}={}", encoded(name), encoded(words)))
            .collect();
        let head = format!(
            "POST {}{path} HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\n",
            self.base
        );
        self.ask(&head, body.join("&").as_bytes())
    }

    /// Sends a document, as a browser sends files.
    fn send_document(&self, sent: Sent<'_>, name: &str, bytes: &[u8]) -> (u16, String) {
        let mut body = Vec::new();
        for (name, words) in sent {
            body.extend_from_slice(
                format!(
                    "--x\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{words}\r\n"
                )
                .as_bytes(),
            );
        }
        body.extend_from_slice(
            format!("--x\r\nContent-Disposition: form-data; name=\"document\"; filename=\"{name}\"\r\nContent-Type: text/html\r\n\r\n").as_bytes(),
        );
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--x--\r\n");
        let head = format!(
            "POST {}import HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=x\r\n",
            self.base
        );
        self.ask(&head, &body)
    }
}

fn write(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
    fs::write(path, text).expect("a file");
}

fn read(root: &Path, path: &str) -> String {
    fs::read_to_string(root.join(path)).expect("a file")
}

fn site() -> TempDir {
    let root = tempfile::tempdir().expect("a folder");
    write(root.path(), "site.toml", "title = \"Example\"\n\n[rules]\nreview-dates = true\n");
    write(
        root.path(),
        "content/index.md",
        "---\ntitle: Home\nchecked: 1 November 2026\ncheck again: every 12 months\n---\n\nHello.\n",
    );
    write(
        root.path(),
        "content/directory/index.md",
        "---\nkind: directory\ntitle: Find a service\nchecked: 1 November 2026\n\
         check again: every 12 months\nkind of pages: service\ncategories:\n  \
         - {id: advice, name: Advice}\n---\n",
    );
    root
}

/// What the fields of a page send without a change: those that are not shown.
fn hidden(page: &str) -> Vec<(String, String)> {
    let all = page.split("<input type=\"hidden\" ").skip(1);
    let value = |part: &str, name: &str| {
        let (_, rest) = part.split_once(&format!("{name}=\"")).expect("a value");
        let words = rest.split('"').next().expect("its end");
        words
            .replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
    };
    all.map(|part| (value(part, "name"), value(part, "value"))).collect()
}

/// Saves a file with other words in some fields.
fn save(desk: &Desk, path: &str, changed: Sent<'_>) -> (u16, String) {
    send_form(desk, "save", &desk.get(&format!("edit?file={path}")), changed)
}

/// Sends the form of a page with other words in some fields.
fn send_form(desk: &Desk, to: &str, page: &str, changed: Sent<'_>) -> (u16, String) {
    let hidden = hidden(page);
    let words = page.split_once("<textarea id=\"words\"").map(|(_, rest)| {
        let (_, rest) = rest.split_once(">\n").expect("its start");
        rest.split_once("</textarea>").expect("its end").0.to_owned()
    });
    // The first form is the one of the file; those below it begin with the file again.
    let mut sent: Vec<(&str, &str)> = changed.to_vec();
    for (name, value) in &hidden {
        if !sent.iter().any(|(known, _)| known == name) {
            sent.push((name, value));
        }
    }
    sent.extend(words.as_deref().map(|words| ("words", words)));
    desk.send(to, &sent)
}

const RECORD: &str = "\
# From services.csv, row 2. Mend what is said here, then take “status: draft” out.
# phone 1 number: 0205 820892
# “0205 820892” is not a UK phone number: it has 10 digits; ring it, or look it up
# cost:
# “cost” is missing. Write a line such as `cost: free`.
name: Rowan House
on offer: Advice. # by phone
status: draft
";

#[test]
fn what_a_spreadsheet_had_and_no_field_took_stands_above_the_fields_and_stays() {
    let root = site();
    let path = "content/directory/rowan-house.yaml";
    write(root.path(), path, RECORD);
    let desk = Desk::start(root.path());
    let page = desk.get(&format!("edit?file={path}"));
    let (above, below) = page.split_once("What the spreadsheet had and no field took").expect("it");
    assert!(!above.contains("<fieldset") && below.contains("id=\"facts-name\""), "{page}");
    for words in ["services.csv, row 2", "0205 820892", "it has 10 digits"] {
        assert!(below.contains(words), "{words}\n{page}");
    }
    // In the words of the form, and not in those of the file.
    assert!(below.contains("Fill in the field “Cost”, for example: free"), "{page}");
    assert!(!below.split("</section>").next().expect("it").contains("`cost"), "{page}");
    let (status, answer) =
        save(&desk, path, &[("facts/name", "Rowan Hall"), ("facts/cost", "free")]);
    assert_eq!(status, 303, "{answer}");
    assert_eq!(
        read(root.path(), path),
        RECORD.replace("Rowan House", "Rowan Hall") + "cost: free\n"
    );
    // Who is done takes them out with one press.
    let done = [("facts/status", ""), ("take notes out", "yes")];
    let (status, answer) = save(&desk, path, &done);
    assert_eq!(status, 303, "{answer}");
    assert_eq!(
        read(root.path(), path),
        "name: Rowan Hall\non offer: Advice. # by phone\ncost: free\n"
    );
    let page = desk.get(&format!("edit?file={path}"));
    assert!(!page.contains("What the spreadsheet had"), "{page}");
}

#[test]
fn what_to_write_is_said_in_the_names_of_the_fields() {
    let root = site();
    let path = "content/records.md";
    write(root.path(), path, "---\ntitle: Records\n---\n\nKeep your bills.\n");
    let desk = Desk::start(root.path());
    let page = desk.get(&format!("edit?file={path}"));
    assert!(page.contains("fill in the field “Check again”: “every 12 months”"), "{page}");
    assert!(page.contains("<a href=\"#facts-check-again\">in “Check again”</a>"), "{page}");
    assert!(page.contains("read all of it, and fill in the field “Checked”: “"), "{page}");
    assert!(!page.contains("add a line"), "{page}");
    // Where the file is text, so are the hints.
    let page = desk.get(&format!("edit?file={path}&text=yes"));
    assert!(page.contains("add a line: “check again: every 12 months”"), "{page}");
}

#[test]
fn a_day_is_written_as_the_file_wants_it() {
    let root = site();
    let path = "content/records.md";
    write(root.path(), path, "---\ntitle: Records\n---\n\nKeep your bills.\n");
    let desk = Desk::start(root.path());
    let days =
        [("facts/checked", "5/11/2026"), ("facts/check again", "Saturday, December 5th 2026")];
    let (status, answer) = save(&desk, path, &days);
    assert_eq!(status, 303, "{answer}");
    assert_eq!(
        read(root.path(), path),
        "---\ntitle: Records\nchecked: 5 November 2026\ncheck again: 5 December 2026\n---\n\nKeep your bills.\n"
    );
    // What is no day stays as it was typed, and is said of its field.
    let (status, answer) = save(&desk, path, &[("facts/checked", "31/2/2026")]);
    assert_eq!(status, 303, "{answer}");
    assert!(read(root.path(), path).contains("checked: 31/2/2026\n"));
    let page = desk.get(&format!("edit?file={path}"));
    assert!(page.contains("<a href=\"#facts-checked\">in “Checked”</a>"), "{page}");
    // What somebody else wrote is not read as a day that it may not be.
    let (status, _) =
        save(&desk, path, &[("facts/title", "Bills"), ("facts/checked", "31/2/2026")]);
    assert_eq!(status, 303);
    assert!(read(root.path(), path).contains("title: Bills\nchecked: 31/2/2026\n"));
}

const DOCUMENT: &str = "<!doctype html><html><title>Guide</title><body><h1>Guide</h1><p>New words.";

#[test]
fn a_document_that_comes_again_is_a_choice_of_two() {
    let root = site();
    let old = "---\ntitle: Guide\n---\n\nOld words.\n";
    write(root.path(), "content/guide.md", old);
    let desk = Desk::start(root.path());
    let sent = [("folder", ""), ("name", ""), ("as", "page")];
    let (status, page) = desk.send_document(&sent, "guide.html", DOCUMENT.as_bytes());
    assert_eq!(status, 409, "{page}");
    assert!(page.contains("content/guide.md is there already"), "{page}");
    assert!(page.contains("value=\"replace\">Put the new text in its place</button>"), "{page}");
    assert!(page.contains("value=\"beside\">Make another page, guide-2</button>"), "{page}");
    assert_eq!(read(root.path(), "content/guide.md"), old);
    // The document need not be chosen again.
    let hidden = hidden(&page);
    let mut sent: Vec<(&str, &str)> =
        hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    sent.push(("then", "beside"));
    let (status, page) = desk.send("import", &sent);
    assert_eq!(status, 200, "{page}");
    assert!(read(root.path(), "content/guide-2.md").contains("New words."));
    assert_eq!(read(root.path(), "content/guide.md"), old);
    sent.pop();
    sent.push(("then", "replace"));
    let (status, page) = desk.send("import", &sent);
    assert_eq!(status, 200, "{page}");
    assert!(page.contains("earlier state"), "{page}");
    assert!(read(root.path(), "content/guide.md").contains("New words."));
    let states = desk.get("states?file=content/guide.md");
    assert!(states.contains("Old words."), "{states}");
}

const ANSWERS: &str = "---\ntitle: Going out\nchecked: 1 November 2026\ncheck again: every 12 months\n---\n\n\
Going out is fun.\n\n```buy\n# Asked most\n- item: Gym membership\n  answer: yes # since May\n  \
why: It helps you stay well.\n  words: [gym, fitness]\n  odd: kept\n- item: A bet\n  answer: \
no\n  why: You may lose it.\n```\n\n## What to do next\n\nAsk us.\n";

/// A site with answers to “Can I buy…?” on a page, and what shows them as fields.
fn answers() -> (TempDir, &'static str, &'static str) {
    let root = site();
    let index = "---\ntitle: Can I buy…?\nkind: can I buy\n---\n\nYou can buy what you need.\n";
    write(root.path(), "content/can-i-buy/index.md", index);
    write(root.path(), "content/can-i-buy/fun.md", ANSWERS);
    (root, "content/can-i-buy/fun.md", "edit?file=content/can-i-buy/fun.md&list=0")
}

#[test]
fn answers_are_changed_added_and_taken_out_as_fields() {
    let (root, path, fields) = answers();
    let desk = Desk::start(root.path());
    // A button of the text leads there, with what was typed so far.
    let page = desk.get(&format!("edit?file={path}"));
    let button = "name=\"to\" value=\"0\">2 answers as fields";
    assert!(page.contains(button), "{page}");
    let text = (
        "words",
        "Typed.\n\n```buy\n- item: A bus pass\n  answer: yes\n  why: You need it.\n```\n",
    );
    let (status, answer) = send_form(&desk, "look", &page, &[text, ("to", "0")]);
    assert_eq!(status, 303, "{answer}");
    assert!(answer.contains("Location: edit?file=content%2Fcan-i-buy%2Ffun.md&list=0"), "{answer}");
    let page = desk.get(fields);
    assert!(
        page.contains(
            "name=\"facts/0/item\" aria-describedby=\"facts-0-item-hint\" value=\"A bus pass\""
        ),
        "{page}"
    );
    assert!(page.contains("what people ask about, in a few words"), "{page}");
    assert!(page.contains("<option value=\"ask first\">ask first</option>"), "{page}");
    _ = desk.send("forget", &[("file", path)]);

    let again = |changed: Sent<'_>| {
        let (status, answer) = send_form(&desk, "save", &desk.get(fields), changed);
        assert_eq!(status, 303, "{answer}");
        assert!(answer.contains("&list=0&done=Saved"), "{answer}");
        read(root.path(), path)
    };
    assert_eq!(again(&[]), ANSWERS);
    let new = again(&[("facts/0/item", "Gym membership"), ("facts/0/answer", "ask first")]);
    assert_eq!(new, ANSWERS.replace("yes # since May", "ask first # since May"));
    let added = [
        ("facts/2/item", "A swim"),
        ("facts/2/answer", "yes"),
        ("facts/2/why", "It is good: for you."),
        ("facts/2/words", "pool, baths"),
    ];
    let more = "lose it.\n- item: A swim\n  answer: yes\n  why: \"It is good: for you.\"\n  \
                words: [pool, baths]\n```";
    let new = new.replace("lose it.\n```", more);
    assert_eq!(again(&added), new);
    let gone = again(&[("facts/1/remove", "yes")]);
    assert_eq!(gone, new.replace("- item: A bet\n  answer: no\n  why: You may lose it.\n", ""));
}

#[test]
fn what_is_wrong_in_an_answer_is_said_of_its_field() {
    let (root, path, fields) = answers();
    let wrong = ANSWERS
        .replace("answer: no", "answer: never")
        .replace("You may", "You utilise it. You may")
        .replace("  why: It helps you stay well.\n", "");
    write(root.path(), path, &wrong.replace("Ask us.", "Ask [us](nowhere.md)."));
    let desk = Desk::start(root.path());
    let page = desk.get(fields);
    for words in [
        "<a href=\"#facts-1-answer\">in “Answer” of “A bet”</a>",
        "<a href=\"#facts-0-why\">in “Why” of “Gym membership”</a>",
        "fill in the field “Why” of “Gym membership”",
        "in the rest of the page</h2>",
        // What is missing hides nothing else.
        "“utilise” has a plainer word",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    assert!(!page.contains("<code>nowhere.md</code> is not there"), "{page}");
    assert!(page.contains("href=\"#found\">4 things found</a>"), "{page}");
    // What to write is put into its field with one press.
    let (before, _) = page.split_once("\">Use “use”").expect("a button");
    let change = before.rsplit('"').next().expect("what it sends");
    let (status, now) = send_form(&desk, "look", &page, &[("use", change)]);
    assert_eq!(status, 200, "{now}");
    assert!(now.contains("You use it. You may lose it."), "{now}");
    // The one with a fault is open.
    assert!(page.contains("data-item open><summary>A bet"), "{page}");
}

#[test]
fn a_list_of_answers_is_begun_and_ends_with_its_last_answer() {
    let (root, _, _) = answers();
    let path = "content/can-i-buy/travel.md";
    let text = "---\ntitle: Travel\n---\n\nYou may need to travel.\n";
    write(root.path(), path, text);
    let desk = Desk::start(root.path());
    let page = desk.get(&format!("edit?file={path}"));
    assert!(page.contains("name=\"to\" value=\"+buy\""), "{page}");
    let plain = desk.get("edit?file=content/index.md");
    assert!(!plain.contains("+buy"), "{plain}");
    let (status, answer) = send_form(&desk, "look", &page, &[("to", "+buy")]);
    assert_eq!(status, 303, "{answer}");
    let fields = format!("edit?file={path}&list=%2Bbuy");
    // Who adds nothing changes nothing.
    let page = desk.get(&fields);
    assert_eq!(send_form(&desk, "save", &page, &[]).0, 303);
    assert_eq!(read(root.path(), path), text);
    let one =
        [("facts/0/item", "A taxi"), ("facts/0/answer", "yes"), ("facts/0/why", "You need it.")];
    assert_eq!(send_form(&desk, "save", &desk.get(&fields), &one).0, 303);
    let list = "\n```buy\n- item: A taxi\n  answer: yes\n  why: You need it.\n```\n";
    assert_eq!(read(root.path(), path), format!("{text}{list}"));
    // The same address shows it again, and leads to no second list.
    let page = desk.get(&fields);
    assert!(page.contains("value=\"A taxi\""), "{page}");
    assert_eq!(send_form(&desk, "save", &page, &[("facts/0/remove", "yes")]).0, 303);
    assert_eq!(read(root.path(), path), text);
}

#[test]
fn files_of_names_and_values_are_forms() {
    let root = site();
    let old = "# From leaflets\n/finance/: /nowhere/ # 2019\n";
    write(root.path(), "content/_data/redirects.yaml", old);
    write(
        root.path(),
        "content/_data/areas.yaml",
        "- United Kingdom\n- name: England\n  within: Atlantis\n",
    );
    let desk = Desk::start(root.path());
    let page = desk.get("edit?file=content/_data/redirects.yaml");
    assert!(
        page.contains("<a href=\"#facts-0-leads-to\">in “Leads to” of “/finance/”</a>"),
        "{page}"
    );
    assert!(page.contains("<option value=\"/directory/\">Find a service</option>"), "{page}");
    let new = [("facts/0/old address", "/finance/"), ("facts/0/leads to", "/directory/")];
    let (status, answer) = save(&desk, "content/_data/redirects.yaml", &new);
    assert_eq!(status, 303, "{answer}");
    assert_eq!(
        read(root.path(), "content/_data/redirects.yaml"),
        old.replace("/nowhere/", "/directory/")
    );
    let page = desk.get("edit?file=content/_data/areas.yaml");
    assert!(page.contains("<a href=\"#facts-1-within\">in “Within” of “England”</a>"), "{page}");
    // What is there is offered.
    assert!(page.contains("value=\"Atlantis\" list=\"places\""), "{page}");
    assert!(page.contains("<option value=\"United Kingdom\"></option>"), "{page}");
    // A file that is written otherwise is text.
    write(root.path(), "content/_data/areas.yaml", "[England, Wales]\n");
    let page = desk.get("edit?file=content/_data/areas.yaml");
    assert!(page.contains("The whole file, as text"), "{page}");
}

#[test]
fn a_record_without_a_name_of_its_own_gets_one() {
    let root = site();
    let path = "content/_data/contacts.yaml";
    write(root.path(), path, "money-team:\n  name: Money team\n");
    let desk = Desk::start(root.path());
    let (status, answer) = save(&desk, path, &[("facts/+/name", "Night team")]);
    assert_eq!(status, 303, "{answer}");
    assert_eq!(
        read(root.path(), path),
        "money-team:\n  name: Money team\nnight-team:\n  name: Night team\n"
    );
}

#[test]
fn two_versions_are_joined_by_what_was_chosen_at_each_place() {
    let root = site();
    let path = "content/records.md";
    let before = "---\ntitle: Records\n---\n\nOne.\n\nTwo.\n\nThree.\n";
    let theirs = before.replace("One.", "One, they say.").replace("Three.", "Three, they say.");
    write(root.path(), path, before);
    let desk = Desk::start(root.path());
    let page = desk.get(&format!("edit?file={path}"));
    write(root.path(), path, &theirs);
    let mine = [("words", "\nOne.\n\nTwo, I say.\n\nThree, I say.\n")];
    let (status, page) = send_form(&desk, "save", &page, &mine);
    assert_eq!(status, 409, "{page}");
    // Where one alone changed something, that is chosen already.
    for words in [
        "value=\"theirs\" checked required> <label for=\"place-0-theirs\">Theirs",
        "value=\"mine\" checked required> <label for=\"place-1-mine\">Yours",
        "value=\"both\" required> <label for=\"place-2-both\">Both, yours first",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
    let join = |chosen: Sent<'_>| {
        let hidden = hidden(page.split("</form>").next().expect("a form"));
        let own = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        desk.send("join", &own.chain(chosen.iter().copied()).collect::<Vec<_>>())
    };
    let (status, again) = join(&[("place 0", "theirs"), ("place 1", "mine")]);
    assert_eq!(status, 409);
    assert!(again.contains("Choose what is kept at each place."), "{again}");
    let (status, done) = join(&[("place 0", "theirs"), ("place 1", "mine"), ("place 2", "both")]);
    assert_eq!(status, 303, "{done}");
    assert_eq!(read(root.path(), path), theirs, "nothing is saved yet");
    assert_eq!(save(&desk, path, &[]).0, 303);
    assert_eq!(
        read(root.path(), path),
        theirs.replace("Two.", "Two, I say.").replace("Three, they", "Three, I say.\nThree, they")
    );
    // When it has changed once more, it is asked again.
    let (status, again) = join(&[("place 0", "theirs"), ("place 1", "mine"), ("place 2", "both")]);
    assert_eq!(status, 409);
    assert!(again.contains("has changed once more"), "{again}");
}

#[test]
fn pictures_with_words_are_fields_too() {
    let root = site();
    let path = "content/pay.md";
    let text = "---\ntitle: Pay\nkind: easy read\n---\n\n```symbols\n- picture: pictures/coins.svg\n  \
                decorative: yes\n  words: Money.\n```\n\nAsk us.\n";
    write(root.path(), path, text);
    let desk = Desk::start(root.path());
    let page = desk.get(&format!("edit?file={path}"));
    assert!(page.contains("value=\"0\">1 row as fields"), "{page}");
    assert!(!page.contains("+symbols"), "{page}");
    let page = desk.get(&format!("edit?file={path}&list=0"));
    assert!(page.contains("the words beside it"), "{page}");
    let new = [("facts/0/decorative", ""), ("facts/0/alt", "Some coins")];
    assert_eq!(send_form(&desk, "save", &page, &new).0, 303);
    let now = text.replace("decorative: yes\n  words: Money.", "words: Money.\n  alt: Some coins");
    assert_eq!(read(root.path(), path), now);
    // A page without a list of them may begin one.
    write(root.path(), path, "---\ntitle: Pay\nkind: easy read\n---\n\nAsk us.\n");
    let page = desk.get(&format!("edit?file={path}"));
    assert!(page.contains("value=\"+symbols\""), "{page}");
}

#[test]
fn a_list_is_shown_wherever_its_page_ends() {
    let (root, path, fields) = answers();
    let top = "---\ntitle: Fun\n---\n\n";
    write(root.path(), path, &format!("{top}```buy\n```\n\n{}\n", "é".repeat(40)));
    let desk = Desk::start(root.path());
    assert!(desk.get(fields).contains("0 answers in this page"));
    let empty = format!("{top}Words{}\n", "\u{a0}".repeat(20));
    write(root.path(), path, &empty);
    let page = desk.get(&format!("edit?file={path}&list=%2Bbuy"));
    assert!(page.contains("0 answers in this page"), "{page}");
    assert_eq!(send_form(&desk, "save", &page, &[]).0, 303);
    assert_eq!(read(root.path(), path), empty);
}

#[test]
fn a_list_that_would_be_code_is_refused_and_nothing_is_lost() {
    let (root, path, _) = answers();
    let text = "---\ntitle: Fun\n---\n\nWords.\n\n```\ncode without end\n";
    write(root.path(), path, text);
    let desk = Desk::start(root.path());
    let page = desk.get(&format!("edit?file={path}&list=%2Bbuy"));
    let taxi = [("facts/0/item", "A taxi"), ("facts/0/answer", "yes")];
    for to in ["save", "look"] {
        let (status, answer) = send_form(&desk, to, &page, &taxi);
        assert_eq!(status, 409, "{answer}");
        assert!(answer.contains("Nothing was saved"), "{answer}");
        assert!(answer.contains("item: A taxi"), "{answer}");
        assert_eq!(read(root.path(), path), text);
    }
}

#[test]
fn what_was_not_chosen_of_two_versions_is_an_earlier_state() {
    let root = site();
    let path = "content/records.md";
    let top = "---\ntitle: Records\n---\n\n";
    let desk_of = |words: &str| {
        write(root.path(), path, &format!("{top}Before.\n"));
        let desk = Desk::start(root.path());
        let page = desk.get(&format!("edit?file={path}"));
        write(root.path(), path, &format!("{top}Theirs.\n"));
        let (status, page) = send_form(&desk, "save", &page, &[("words", words)]);
        assert_eq!(status, 409, "{page}");
        (desk, page)
    };
    let (desk, page) = desk_of("\nMine, joined.\n");
    let hidden = hidden(page.split("</form>").next().expect("a form"));
    let mut sent: Vec<(&str, &str)> =
        hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    sent.push(("place 0", "theirs"));
    assert_eq!(desk.send("join", &sent).0, 303);
    let states = desk.get(&format!("states?file={path}"));
    assert!(states.contains("Mine, joined."), "{states}");
    drop(desk);
    let (desk, _) = desk_of("\nMine, forgotten.\n");
    assert_eq!(desk.send("forget", &[("file", path)]).0, 303);
    let states = desk.get(&format!("states?file={path}"));
    assert!(states.contains("Mine, forgotten."), "{states}");
}

#[test]
fn each_version_is_named_with_its_lines() {
    let root = site();
    let path = "content/records.md";
    let before = "---\ntitle: Records\n---\nOne.\n---\n\n\nTwo.\n";
    write(root.path(), path, before);
    let desk = Desk::start(root.path());
    let page = desk.get(&format!("edit?file={path}"));
    let theirs = before.replace("One.", "1.").replace("---\n\n\n", "---\n");
    write(root.path(), path, &theirs);
    let words = "One, I say.\n---\n\nTwo.\n";
    let (status, page) = send_form(&desk, "save", &page, &[("words", words)]);
    assert_eq!(status, 409, "{page}");
    for words in [
        "Place 1, after “title: Records”</legend>",
        "Place 2, after “One, I say.”</legend>",
        "name=\"place 0\" aria-describedby=\"place-0-mine-lines\" value=\"mine\" required>",
        "<pre id=\"place-0-theirs-lines\">1.</pre>",
        "1 empty line",
        "Nothing stands here.",
    ] {
        assert!(page.contains(words), "{words}\n{page}");
    }
}

#[test]
fn many_faults_in_a_file_take_no_longer_than_few() {
    let root = site();
    let lines: String = (0..800).map(|n| format!("/old-{n}/: /nowhere-{n}/\n")).collect();
    write(root.path(), "content/_data/redirects.yaml", &lines);
    let desk = Desk::start(root.path());
    let began = std::time::Instant::now();
    let page = desk.get("edit?file=content/_data/redirects.yaml");
    assert!(page.contains("in “Leads to” of “/old-499/”</a>"), "{page}");
    let took = began.elapsed();
    assert!(took < Duration::from_secs(15), "{took:?}");
}
