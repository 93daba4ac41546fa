//! Any bytes are a page that can be audited: findings or a clear refusal, never a panic,
//! never a hang.

use std::{collections::HashSet, fs, path::Path, sync::Arc, time::Duration};

use plainsite::{
    audit::{
        self, Around, RULES,
        page::{Page, Sheet},
    },
    diagnostic::{Error, Finding},
    folder::audit::{Asked, Audited, audit_folder, pages},
    rule::{Mark, Rule, Severity},
};

/// Audits a folder of these pages, or fails after a minute.
fn audited(files: &[(&str, &[u8])]) -> Audited {
    let root = tempfile::tempdir().expect("a folder");
    for (path, bytes) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    in_time(root.path()).expect("there are pages")
}

fn in_time(root: &Path) -> Result<Audited, Error> {
    let (send, receive) = std::sync::mpsc::channel();
    let root = root.to_owned();
    std::thread::spawn(move || send.send(audit_folder(&root, &Asked::default())).is_ok());
    receive.recv_timeout(Duration::from_secs(60)).expect("it ends, and without a panic")
}

/// A whole page with this in its head and this in its main part.
fn page(head: &str, main: &str) -> String {
    format!(
        "<!doctype html><html lang=en><head><meta charset=utf-8><title>Boats</title>{head}</head>\
         <body><main><h1>Boats</h1>{main}</main></body></html>"
    )
}

/// Audits one page with this in its main part.
fn main_part(main: &str) -> Audited {
    audited(&[("index.html", page("", main).as_bytes())])
}

/// Audits one page with this style, on a few elements in each other.
fn styled(style: &str) -> Audited {
    let some = "<div class=a id=b><p class=a>Oars <b>and</b> ropes</p></div>".repeat(20);
    let head = format!("<style>{style}</style>");
    audited(&[("index.html", page(&head, &some).as_bytes())])
}

fn has(found: &Audited, code: &str) -> bool {
    found.findings.iter().any(|finding| finding.code() == code)
}

fn said<'f>(found: &'f Audited, code: &str) -> Vec<&'f Finding> {
    found.findings.iter().filter(|finding| finding.code() == code).collect()
}

#[test]
fn tags_that_do_not_end() {
    let ends = [
        "<",
        "<a",
        "<a ",
        "<a href",
        "<a href=",
        "<a href='x",
        "<img alt=\"",
        "</",
        "</a",
        "<!",
        "<!-",
        "<!--",
        "<!-- a",
        "<!-->",
        "<!doctype",
        "<![CDATA[",
        "<svg><![CDATA[",
        "<?xml",
        "<p/a/b=c d//",
        "<title>",
        "<textarea>",
        "<script>",
        "<script><!--<script>",
        "<style>a{",
        "<plaintext>",
        "<xmp>",
        "<noscript>",
        "<iframe>",
        "<template>",
        "<svg><title>",
        "<math><mi",
        "<table><",
        "<select><option",
        "&",
        "&#",
        "&#x",
        "&#x110000;",
        "&#0;",
        "&#xd800;",
        "&amp",
        "&notit;",
        "<\0a>",
        "<a\0b=\0>",
        "\0",
        "<frameset>",
        "<body><frameset>",
        "</p>",
        "</br>",
        "<a<b>",
        "<a href=x<img>",
        "\u{feff}",
        "<A\u{130}>",
    ];
    let pages: Vec<(String, String)> = ends
        .iter()
        .enumerate()
        .flat_map(|(number, end)| {
            let whole = page("", &format!("<p>before {end}"));
            [(format!("{number}.html"), (*end).to_owned()), (format!("in-{number}.html"), whole)]
        })
        .collect();
    let files: Vec<(&str, &[u8])> =
        pages.iter().map(|(path, text)| (&**path, text.as_bytes())).collect();
    assert_eq!(audited(&files).pages.len(), files.len());
}

#[test]
fn pages_that_break_off_anywhere() {
    for seed in seeds() {
        let (html, _) = parts(&seed);
        for end in (0..html.len()).filter(|end| html.is_char_boundary(*end)).step_by(11) {
            pages(&[("index.html", &html[..end])], RULES);
        }
    }
}

#[test]
fn text_in_any_encoding() {
    let with = |charset: &str, word: &str| {
        page("", &format!("<h3>{word}</h3>")).replace("<meta charset=utf-8>", charset)
    };
    let wide = |text: &str, put: fn(u16) -> [u8; 2], mark: [u8; 2]| {
        let units = text.encode_utf16().flat_map(put);
        mark.into_iter().chain(units).collect::<Vec<u8>>()
    };
    let latin = |text: &str| text.chars().map(|c| u8::try_from(c).expect("Latin")).collect();
    let cyrillic = |text: &str| {
        let letter = |c: char| match c as u32 {
            c @ 0x401..=0x45f => c - 0x401 + 0xa1,
            c => c,
        };
        text.chars().map(|c| u8::try_from(letter(c)).expect("Cyrillic")).collect::<Vec<u8>>()
    };
    let pages: [(&str, Vec<u8>, &str); 9] = [
        ("plain.html", with("<meta charset=utf-8>", "Möwe").into_bytes(), "Möwe"),
        ("mark.html", format!("\u{feff}{}", with("", "Möwe")).into_bytes(), "Möwe"),
        ("little.html", wide(&with("", "Чайка"), u16::to_le_bytes, [0xff, 0xfe]), "Чайка"),
        ("big.html", wide(&with("", "Чайка"), u16::to_be_bytes, [0xfe, 0xff]), "Чайка"),
        ("said.html", latin(&with("<meta charset=windows-1252>", "Möwe")), "Möwe"),
        ("unsaid.html", latin(&with("", "Möwe")), "Möwe"),
        ("wrong.html", latin(&with("<meta charset=utf-8>", "Möwe")), "M\u{fffd}we"),
        ("cyrillic.html", cyrillic(&with("<meta charset=iso-8859-5>", "Чайка")), "Чайка"),
        ("nowhere.html", with("<meta charset=utf-99>", "Möwe").into_bytes(), "Möwe"),
    ];
    let files: Vec<(&str, &[u8])> =
        pages.iter().map(|(path, bytes, _)| (*path, &**bytes)).collect();
    let found = audited(&files);
    for (path, _, word) in &pages {
        let finding = found
            .findings
            .iter()
            .find(|one| &*one.file == *path && one.code() == "heading-levels")
            .unwrap_or_else(|| panic!("{path}: {:?}", found.findings));
        assert!(finding.message.contains(&format!("“{word}”")), "{path}: {}", finding.message);
        assert!(finding.line_text.contains(word), "{path}: {}", finding.line_text);
    }
    let read: Vec<&str> = said(&found, "file").iter().map(|one| &*one.file).collect();
    assert_eq!(
        read,
        ["big.html", "cyrillic.html", "little.html", "said.html", "unsaid.html"],
        "what is not UTF-8 is said"
    );
}

#[test]
fn attributes_by_the_thousand() {
    let many: String = (0..5_000).map(|number| format!(" data-a{number}=x{number}")).collect();
    let same = " alt=x".repeat(5_000);
    let classes = "a ".repeat(20_000);
    let names: String = (0..5_000).map(|number| format!(" aria-a{number}=x")).collect();
    let found = main_part(&format!(
        "<img src=a.png{many}><img src=b.png{same}><p class=\"{classes}\">x</p><p{names}>y</p>"
    ));
    let count = found.findings.len();
    assert!((501..520).contains(&count), "{count}: no more than anybody reads");
    for code in ["image-name", "repeated-attribute", "aria-attribute", "too-many"] {
        assert!(has(&found, code), "{code}, however many others there are");
    }
    assert!(has(&main_part(&format!("<img src=b.png{same}>")), "repeated-attribute"));
}

#[test]
fn elements_in_each_other_without_end() {
    for (start, end) in [
        ("<div>", "</div>"),
        ("<table><tr><td>", "</table>"),
        ("<ul><li>", "</ul>"),
        ("<b>", "</b>"),
        ("<a href=x>", "</a>"),
        ("<button>", ""),
        ("<label>", "</label>"),
        ("<svg><g>", "</g></svg>"),
        ("<svg><foreignObject>", ""),
        ("<template>", "</template>"),
        ("<section aria-label=x>", "</section>"),
        ("<div role=list><div role=listitem>", ""),
        ("<details><summary>", ""),
        ("<select><optgroup>", ""),
    ] {
        let found =
            main_part(&format!("{}<img src=x.png>{}", start.repeat(5_000), end.repeat(5_000)));
        assert_eq!(found.pages.len(), 1, "{start}");
    }
}

#[test]
fn the_worst_is_said_first() {
    let names: String =
        (0..600).map(|number| format!("<a href=#x accesskey={number}>Oars</a>")).collect();
    let found = main_part(&format!("{names}<p id=x><img src=x.png></p>"));
    assert!(has(&found, "image-name") && has(&found, "too-many"));
    assert_eq!(said(&found, "too-many")[0].severity, Severity::Error);
}

#[test]
fn elements_beside_each_other_without_end() {
    let found = main_part(&"<p>Oars".repeat(100_000));
    assert_eq!(found.findings, [], "a long page is a page");
    for one in ["<input>", "<a href=#x></a>", "<li>x", "<tr><td>x", "<h2></h2>", "<b id=x>"] {
        assert!(!main_part(&one.repeat(10_000)).findings.is_empty(), "{one}");
    }
}

#[test]
fn tables_larger_than_anybody_reads() {
    let head = "<table><tr><th>Day<th>Tide";
    for cell in [
        "<td colspan=1000 rowspan=65534>x".repeat(500),
        "<tr><td colspan=99999999999999999999 rowspan=99999999999999999999>x".repeat(500),
        "<tr><td colspan=-1 rowspan=0>x".repeat(2_000),
        "<tr><th rowspan=65534 scope=row>x<td headers=x>y".repeat(2_000),
        format!("<tr>{}", "<th scope=col>x<td>y".repeat(5_000)),
        format!("<colgroup span=1000>{}<tr>{}", "<col span=1000>".repeat(500), "<td>x".repeat(500)),
    ] {
        assert_eq!(main_part(&format!("{head}{cell}</table>")).pages.len(), 1);
    }
}

#[test]
fn islands_of_other_languages() {
    let found = audited(&[
        ("svg.html", page("", "<svg role=img><svg><p>a</p><title></title><a xlink:href=#b>").as_bytes()),
        ("math.html", page("", "<math><annotation-xml encoding=text/html><img></annotation-xml><mi><p>b").as_bytes()),
        ("template.html", page("", "<template><tr><td><img></template><template><template>").as_bytes()),
        ("frames.html", b"<!doctype html><html lang=en><title>Boats</title><frameset><frame><frame src=svg.html></frameset>"),
        ("xml.html", b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head/><body><br/><div/></body></html>"),
        ("text.html", b"Not a tag in sight"),
        ("empty.html", b""),
        ("nul.html", b"\0\0<p>\0</p>\0"),
        ("bytes.html", &[0xff, 0x00, 0xc3, 0x28, b'<', b'p', 0x80, b'>', 0xf0, 0x9f]),
    ]);
    assert_eq!(found.pages.len(), 9);
    assert!(has(&found, "svg-name") && has(&found, "frame-title"));
}

#[test]
fn styles_made_to_break_programs() {
    let circles =
        ":root { --a: var(--b); --b: var(--c, var(--a)); --c: var(--a) } p { color: var(--a) }";
    let double: String =
        (1..60).map(|at| format!("--v{at}: var(--v{}) var(--v{0});", at - 1)).collect();
    let nothing: String = (1..60)
        .map(|at| format!("--v{at}: {};", format!("var(--v{})", at - 1).repeat(8)))
        .collect();
    let many: String = (0..1_000).map(|at| format!(".a{at},")).collect();
    for style in [
        "(".repeat(100_000),
        "a{".repeat(100_000),
        "@media{".repeat(50_000),
        "@layer a{".repeat(50_000),
        format!("p{{color:{}}}", "calc(".repeat(50_000)),
        format!("p{{color:{}red}}", "rgb(from ".repeat(60)),
        format!("{}p{}{{color:#777}}", ":is(".repeat(5_000), ")".repeat(5_000)),
        format!("{}p{}{{color:#777}}", ":is(".repeat(60), ")".repeat(60)),
        format!("{}p{}{{color:#777}}", ":not(".repeat(60), ")".repeat(60)),
        format!("{}p{}{{color:#777}}", ":has(".repeat(60), ")".repeat(60)),
        format!("main{}{{color:#777}}", ":has(*)".repeat(2_000)),
        format!("{}{{color:#777}}", "* ".repeat(5_000)),
        format!("{}{{color:#777}}", "* ~ ".repeat(2_000) + "p"),
        format!("p{}{{color:#777}}", ",p".repeat(20_000)),
        format!("{}{{color:#777}}", ":is(a,b,.a) ".repeat(60)),
        format!("{}color:#777{}", ".a{& & {".repeat(30), "}}".repeat(30)),
        format!("{}color:#777{}", ":is(.a,p){&,& & {".repeat(25), "}}".repeat(25)),
        format!(
            "p:nth-child({}n + 1 of {}){{color:#777}}",
            "9".repeat(500),
            "p,".repeat(500) + "p"
        ),
        circles.to_owned(),
        format!(":root {{ --v0: red; {double} }} p {{ color: var(--v59) }}"),
        format!(":root {{ --v0:; {nothing} }} p {{ color: var(--v59) }}"),
        format!(".a{{{}color:#777{}}}", "& &, & {".repeat(40), "}".repeat(40)),
        format!("{many} .a {{ {} }}", "& b { color: #777 }".repeat(1_000)),
        "i ~ b ~ p { color: #777 }".repeat(5_000),
        format!("p {{ color: {}red{} }}", "var(--x, ".repeat(60), ")".repeat(60)),
        format!("p {{ {} }}", "--a: 1; color: var(--a);".repeat(5_000)),
        "p::before { color: #777; b { color: #777 } & > b, &:hover i { color: red } }".to_owned(),
        format!("p {{ content: \"{}", "\\".repeat(10_000)),
        "p { color: #777".to_owned(),
        "/*".repeat(10_000),
        "\0{\0:\0}".repeat(1_000),
        "@import url(x.css);".repeat(5_000),
    ] {
        assert_eq!(styled(&style).pages.len(), 1);
    }
    let attribute =
        format!("<p style=\"{}\">Oars</p>", "color: #777; --a: var(--a);".repeat(20_000));
    assert!(has(&main_part(&attribute), "contrast"));
}

#[test]
fn styles_that_take_too_many_steps() {
    let words = "<p>Oars".repeat(10_000);
    let siblings = page("<style>i ~ p { color: #777 }</style>", &words);
    let found = audited(&[("index.html", siblings.as_bytes())]);
    // Nothing is said of colours when the styles were given up, but that they are unknown.
    assert!(said(&found, "contrast").len() <= 1, "{:?}", found.findings);
    let variables: String = (0..1_000).map(|at| format!("--a{at}: 1;")).collect();
    let own = "<p style='--b: #777; color: var(--b)'>Oars".repeat(1_000);
    let head = format!("<style>:root {{ {variables} }}</style>");
    assert!(has(&audited(&[("index.html", page(&head, &own).as_bytes())]), "contrast"));
}

#[test]
fn references_in_circles_and_in_crowds() {
    let owns: String = (0..200)
        .map(|at| format!("<div role=list id=o{at} aria-owns=\"o{} o0\"></div>", (at + 1) % 200))
        .collect();
    assert_eq!(main_part(&owns).pages.len(), 1);
    let names: String = (0..200)
        .map(|at| format!("<input id=n{at} aria-labelledby=\"n{} n{at} n0\">", (at + 1) % 200))
        .collect();
    assert!(has(&main_part(&names), "field-name"));
    let labels = format!("<input id=field>{}", "<label for=field>Oars</label>".repeat(1_000));
    assert!(has(&main_part(&labels), "several-labels"));
    let same = "<p id=same>Oars".repeat(50_000);
    assert!(has(&main_part(&same), "repeated-id"));
    let ids: String = (0..50_000).map(|at| format!("i{at} ")).collect();
    let crowd =
        format!("<input aria-labelledby=\"{ids}\"><i id=i7>Oars</i><ul aria-owns=\"{ids}\"></ul>");
    assert!(has(&main_part(&crowd), "aria-reference"));
    let around = "<label><input id=a aria-labelledby=a></label><div id=d aria-owns=d><div id=e aria-owns=d></div></div>";
    assert_eq!(main_part(around).pages.len(), 1);
}

#[test]
fn a_page_that_is_too_large_is_refused() {
    let large = "x".repeat(21 * 1024 * 1024);
    let found =
        audited(&[("large.html", large.as_bytes()), ("small.html", page("", "").as_bytes())]);
    assert_eq!(found.findings.len(), 1, "{:?}", found.findings);
    let refused = &found.findings[0];
    assert_eq!((&*refused.file, refused.code()), ("large.html", "file"));
    assert!(refused.message.contains("over 20 MB"), "{}", refused.message);
    assert_eq!(found.pages.len(), 1);
}

#[test]
fn folders_and_links_that_look_like_pages() {
    let root = tempfile::tempdir().expect("a folder");
    let put = |path: &str| root.path().join(path);
    fs::create_dir_all(put("folder.html/inner")).expect("a folder");
    fs::write(put("folder.html/inner/page.html"), page("", "<img src=x.png>")).expect("a file");
    fs::write(put("index.html"), page("", "<a href=folder.html>Boats</a>")).expect("a file");
    #[cfg(unix)]
    {
        use std::os::unix::fs::symlink;
        let outside = tempfile::tempdir().expect("a folder");
        fs::write(outside.path().join("secret.html"), "<img src=secret.png>").expect("a file");
        symlink("..", put("folder.html/up")).expect("a link");
        symlink("loop.html", put("loop.html")).expect("a link");
        symlink("nowhere.html", put("dead.html")).expect("a link");
        symlink(outside.path().join("secret.html"), put("secret.html")).expect("a link");
        let found = in_time(root.path()).expect("there are pages");
        assert!(!format!("{:?}", found.findings).contains("secret.png"), "{:?}", found.findings);
    }
    let found = in_time(root.path()).expect("there are pages");
    let pages: Vec<&str> = found.pages.iter().map(|(path, _)| &**path).collect();
    assert_eq!(pages, ["folder.html/inner/page.html", "index.html"]);
    assert!(has(&found, "image-name"));
}

/// Pages, each followed by its stylesheet, from which pages to try are made.
fn seeds() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/seeds/audit");
    let entries = fs::read_dir(folder).expect("it is there");
    let mut paths: Vec<_> = entries.map(|entry| entry.expect("readable").path()).collect();
    paths.sort();
    paths.into_iter().map(|path| fs::read(path).expect("readable")).collect()
}

fn parts(bytes: &[u8]) -> (String, String) {
    let text = String::from_utf8_lossy(bytes);
    let (html, style) = text.split_once("<!-- style.css -->").unwrap_or((&text, ""));
    (html.to_owned(), style.to_owned())
}

/// What all rules say of a page, and that it stands in it.
fn look(bytes: &[u8]) -> Vec<(&'static Rule, Mark)> {
    let (html, style) = parts(bytes);
    let sheet = Arc::new(Sheet::read(&style));
    let page = Page::read(&html, |_| Some(Arc::clone(&sheet)));
    let files = HashSet::from(["index.html".to_owned()]);
    let around =
        Around { path: "index.html", files: &files, base: "/", is_base_known: true, asked: None };
    let marks = audit::audit(&page, &around, RULES).marks;
    for (rule, mark) in &marks {
        let place = html.get(mark.span.start..mark.span.end);
        assert!(place.is_some(), "{} speaks of {:?}", rule.code, mark.span);
    }
    marks
}

/// Numbers that look like chance and are the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % most.max(1) as u64).expect("it is smaller than a usize")
    }
}

/// What breaks programs that read HTML and CSS.
const CRUMBS: &[&str] = &[
    "<",
    ">",
    "</",
    "/>",
    "\"",
    "'",
    "=",
    "<!--",
    "-->",
    "<![CDATA[",
    "&",
    "&#x0;",
    "\0",
    "\u{fffd}",
    "é",
    "<table>",
    "<tr>",
    "<td>",
    "</p>",
    "<a href=x>",
    "<svg>",
    "</svg>",
    "<template>",
    "<script>",
    "</script>",
    "<title>",
    "<b>",
    "</b>",
    " id=x",
    " aria-labelledby=\"x y\"",
    " aria-owns=x",
    " role=img",
    " hidden",
    " style=\"display:contents;opacity:0\"",
    " lang=",
    " tabindex=-1",
    "{",
    "}",
    "(",
    ")",
    ";",
    "@media print {",
    ":is(",
    ":has(",
    "var(--x,",
    "calc(",
    "/*",
    "*/",
    "\\",
    "!important",
    "&",
    "99999999999",
];

fn changed(seeds: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = seeds[chance.below(seeds.len())].clone();
    for _ in 0..=chance.below(8) {
        let (from, to) = (chance.below(bytes.len() + 1), chance.below(bytes.len() + 1));
        let (from, to) = (from.min(to), from.max(to));
        match chance.below(6) {
            0 => drop(bytes.drain(from..to)),
            1 => {
                let part = bytes[from..to].to_vec();
                bytes.splice(from..from, part);
            }
            2 => {
                let other = &seeds[chance.below(seeds.len())];
                let start = chance.below(other.len());
                bytes.splice(from..to, other[start..].iter().copied());
            }
            3 if from < bytes.len() => {
                bytes[from] = u8::try_from(chance.below(256)).expect("a byte")
            }
            _ => {
                let crumb = CRUMBS[chance.below(CRUMBS.len())];
                bytes.splice(from..from, crumb.bytes());
            }
        }
    }
    bytes
}

#[test]
fn pages_changed_at_random() {
    let seeds = seeds();
    let mut chance = Chance(0x0dd_ba11);
    for seed in &seeds {
        assert!(!look(seed).is_empty());
    }
    for _ in 0..400 {
        let bytes = changed(&seeds, &mut chance);
        let found = std::panic::catch_unwind(|| (look(&bytes), look(&bytes)));
        let shown = || String::from_utf8_lossy(&bytes).into_owned();
        let (first, again) = found.unwrap_or_else(|_| panic!("this page: {}", shown()));
        assert_eq!(first, again, "twice the same page: {}", shown());
    }
}
