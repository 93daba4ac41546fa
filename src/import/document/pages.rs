//! A document as the pages that it becomes: one, or a guide with a page for each heading.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    super::yaml::{YamlPlace, lines, quoted, yaml},
    block::{Block, Document, Inline, Loss, plain, plain_blocks},
    letter::{self, Template},
    markdown::{self, Setting, Written},
    shape,
};
use crate::text::{Span, slug, wording::counted};

/// What is wanted of a document.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// The name of its file, without folders: `letter.docx`.
    pub file: &'a str,
    /// Where its pages go, below the root and with `/` at its end: `content/manage/`.
    pub folder: String,
    /// What its page is called, without an end; left out: after its title.
    pub name: Option<String>,
    /// The heading at which it is parted: 2 for the highest below the title.
    pub split_at: Option<u8>,
    /// Whether it becomes a letter to fill in.
    pub is_letter: bool,
    /// What stands before the end of its name, for a language that is not the site’s own: `cy`.
    pub language: Option<String>,
}

/// The pages and pictures of a document.
#[derive(Debug, Default)]
pub struct Made {
    /// Its pages, in order.
    pub pages: Vec<MadePage>,
    /// Its pictures, by path below the root.
    pub pictures: BTreeMap<String, Vec<u8>>,
    /// How many blanks a page has that was not made a letter.
    pub blanks: usize,
}

/// A page of a document.
#[derive(Debug)]
pub struct MadePage {
    /// Its path below the root.
    pub path: String,
    /// All of it.
    pub text: String,
    /// What was lost, and where in the text.
    pub lost: Vec<(Span, Loss)>,
}

/// A page that is long for one, in words. Source: at 200 words a minute it takes a quarter of
/// an hour to read.
pub const LONG_PAGE: usize = 3000;

/// What a document can be called beside one that is there: `guide-2` beside
/// `content/guide.md`. `first` is its first page, in `folder`.
pub fn other_name(first: &str, folder: &str, is_there: impl Fn(&str) -> bool) -> String {
    let inner = first.strip_prefix(folder).unwrap_or(first);
    let stem = inner.split(['/', '.']).next().unwrap_or(inner);
    let stem = match stem.rsplit_once('-') {
        Some((start, number)) if number.parse::<u32>().is_ok() && !start.is_empty() => start,
        _ => stem,
    };
    let all = (2..).map(|number| format!("{stem}-{number}"));
    let is_free = |name: &String| {
        let path = format!("{folder}{name}");
        !is_there(&path) && !is_there(&format!("{path}.md"))
    };
    all.into_iter().find(is_free).unwrap_or_default()
}

/// A stretch of a document that becomes a page.
struct Part<'d> {
    title: String,
    path: String,
    blocks: &'d [Block],
    raised: u8,
    order: Option<usize>,
}

/// Makes the pages of a document.
pub fn make(mut document: Document, wanted: &Wanted<'_>) -> Made {
    let from_document = document.title.is_some();
    shape::shape(&mut document);
    let title = title_of(&mut document, wanted.file, from_document);
    let stem = match &wanted.name {
        Some(name) => name.clone(),
        None => file_name(&title),
    };
    if wanted.is_letter {
        return letter(&document, &title, &stem, wanted);
    }
    let parts = parts(&document, &title, &stem, wanted);
    let mut made = Made::default();
    let names = pictures(&document, &stem, parts.first().map_or("", |part| &part.path), &mut made);
    let (anchors, ids) = anchors(&parts);
    for (at, part) in parts.iter().enumerate() {
        let places = |anchor: &str| {
            let (other, id) = anchors.get(anchor)?;
            let id = id.as_ref().map(|id| format!("#{id}")).unwrap_or_default();
            if *other == at {
                return Some(if id.is_empty() { format!("#{anchor}") } else { id })
                    .filter(|it| it.len() > 1 && ids.contains_key(&(at, it[1..].to_owned())));
            }
            Some(format!("{}{id}", crate::text::address::name_of(&parts[*other].path)))
        };
        let id_of = |words: &[Inline]| {
            let mut names = words.iter().filter_map(|it| match it {
                Inline::Anchor(name) => anchors.get(name).and_then(|(_, id)| id.clone()),
                _ => None,
            });
            names.next()
        };
        let setting = Setting {
            document: &document,
            names: &names,
            places: &places,
            ids: &id_of,
            blanks: &markdown::on_a_page,
            raised: part.raised,
        };
        let body = markdown::write(part.blocks, &setting);
        let whole = if at == 0 { document.lost.clone() } else { Vec::new() };
        made.pages.push(page(part, body, whole, wanted, parts.len() > 1));
    }
    made.blanks = blanks(&document.blocks);
    made
}

/// The title, and a loss where it had to be made up.
/// What was copied out of a document, to go into a text.
#[derive(Debug)]
pub struct Pasted {
    /// The words, as Markdown.
    pub text: String,
    /// Its pictures, by the names that the words call them.
    pub pictures: Vec<(String, Vec<u8>)>,
    /// What was lost.
    pub lost: Vec<Loss>,
}

/// Makes words for the middle of a page of what was copied out of a document.
pub fn pasted(mut document: Document) -> Pasted {
    shape::shape(&mut document);
    let mut nowhere = Made::default();
    let names = pictures(&document, "pasted", "", &mut nowhere);
    let setting = Setting {
        document: &document,
        names: &names,
        places: &|_| None,
        ids: &|_| None,
        blanks: &markdown::on_a_page,
        raised: 0,
    };
    let body = markdown::write(&document.blocks, &setting);
    // The title of the page is another one.
    let title = document.title.as_deref().map(str::trim).filter(|title| !title.is_empty());
    let title = title.map(|title| format!("## {title}\n\n")).unwrap_or_default();
    let lost = document.lost.iter().cloned().chain(body.lost.into_iter().map(|(_, loss)| loss));
    let pictures =
        names.iter().map(|(at, name)| (name.clone(), document.pictures[*at].bytes.clone()));
    Pasted {
        text: format!("{title}{}\n", body.text.trim_end()),
        pictures: pictures.collect(),
        lost: lost.collect(),
    }
}

fn title_of(document: &mut Document, file: &str, _from_document: bool) -> String {
    let one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some(title) = document.title.as_deref().map(one_line).filter(|it| !it.is_empty()) {
        return title;
    }
    let (stem, _) = file.rsplit_once('.').unwrap_or((file, ""));
    let property = document.property.as_deref().map(one_line).filter(|title| {
        let small = title.to_lowercase();
        let is_file = [".doc", ".docx", ".odt", ".dot"].iter().any(|end| small.ends_with(end));
        let is_usual = ["untitled", "document", "word document", "template"]
            .iter()
            .any(|it| small.starts_with(it));
        title.len() > 3 && !is_file && !is_usual && !small.starts_with("microsoft word")
    });
    let (title, from) = match property {
        Some(title) => (title, "the properties of the document"),
        None => {
            let words = stem.replace(['_', '-', '+'], " ");
            (crate::text::wording::capital(&one_line(&words)), "the name of the file")
        }
    };
    let message = format!("nothing in the text is a title; “{title}” is from {from}");
    document.lost.push(Loss::new(message, "write what the page is about, in the words of readers"));
    if title.is_empty() { "Page".to_owned() } else { title }
}

/// The longest name of a file, in letters.
const LONGEST_NAME: usize = 60;

fn file_name(title: &str) -> String {
    let mut name = slug(title);
    if name.chars().count() > LONGEST_NAME {
        let end = name.char_indices().nth(LONGEST_NAME).map_or(name.len(), |(at, _)| at);
        let end = name[..end].rfind('-').filter(|end| *end > 10).unwrap_or(end);
        name.truncate(end);
    }
    // The page of a folder is called so, and a README is none.
    if name.is_empty() || name == "index" || name == "readme" { "page".to_owned() } else { name }
}

/// The pages that a document becomes.
fn parts<'d>(
    document: &'d Document,
    title: &str,
    stem: &str,
    wanted: &Wanted<'_>,
) -> Vec<Part<'d>> {
    let end = match &wanted.language {
        Some(language) => format!(".{language}.md"),
        None => ".md".to_owned(),
    };
    let blocks = &document.blocks[..];
    let deep = wanted.split_at.unwrap_or(0);
    let is_cut = |block: &Block| matches!(block, Block::Heading { level, .. } if *level <= deep);
    let cuts: Vec<usize> = (0..blocks.len()).filter(|&at| is_cut(&blocks[at])).collect();
    let folder = &wanted.folder;
    if cuts.is_empty() {
        let path = format!("{folder}{stem}{end}");
        return vec![Part { title: title.to_owned(), path, blocks, raised: 0, order: None }];
    }
    let mut parts = vec![Part {
        title: title.to_owned(),
        path: format!("{folder}{stem}/index{end}"),
        blocks: &blocks[..cuts[0]],
        raised: 0,
        order: None,
    }];
    let mut used = BTreeSet::from(["index".to_owned()]);
    for (number, &at) in cuts.iter().enumerate() {
        let Block::Heading { level, words } = &blocks[at] else { continue };
        let next = cuts.get(number + 1).copied().unwrap_or(blocks.len());
        let title = plain(words).split_whitespace().collect::<Vec<_>>().join(" ");
        let name = file_name(&title);
        let mut own = name.clone();
        let mut count = 2;
        while !used.insert(own.clone()) {
            own = format!("{name}-{count}");
            count += 1;
        }
        parts.push(Part {
            title,
            path: format!("{folder}{stem}/{own}{end}"),
            blocks: &blocks[at..next],
            raised: level - 1,
            order: Some(number + 1),
        });
    }
    parts
}

/// Names for the pictures of a document, beside its first page.
fn pictures(
    document: &Document,
    stem: &str,
    first: &str,
    made: &mut Made,
) -> BTreeMap<usize, String> {
    let folder = crate::text::address::folder_of(first);
    let numbers = 0..document.pictures.len();
    let names: BTreeMap<usize, String> = numbers
        .map(|at| (at, format!("{stem}-{}.{}", at + 1, document.pictures[at].extension)))
        .collect();
    for (at, name) in &names {
        made.pictures.insert(format!("{folder}/{name}"), document.pictures[*at].bytes.clone());
    }
    names
}

/// Where each anchor is: its page, and the id of the heading that it stands in or below.
type Anchors = BTreeMap<String, (usize, Option<String>)>;

fn anchors(parts: &[Part<'_>]) -> (Anchors, BTreeMap<(usize, String), ()>) {
    let mut wanted = BTreeSet::new();
    for part in parts {
        part.blocks.iter().for_each(|block| links(block, &mut wanted));
    }
    let mut anchors = Anchors::new();
    let mut ids = BTreeMap::new();
    for (at, part) in parts.iter().enumerate() {
        let mut id: Option<String> = None;
        let mut used = BTreeSet::new();
        for (number, block) in part.blocks.iter().enumerate() {
            if let Block::Heading { words, .. } = block {
                let is_title = number == 0 && part.raised > 0;
                let name = slug(&plain(words));
                let mut own = if name.is_empty() { "part".to_owned() } else { name.clone() };
                let mut count = 2;
                while !is_title && !used.insert(own.clone()) {
                    own = format!("{name}-{count}");
                    count += 1;
                }
                id = (!is_title).then_some(own);
            }
            let mut own = BTreeSet::new();
            own_anchors(block, &mut own);
            for anchor in own.into_iter().filter(|it| wanted.contains(it)) {
                if let Some(id) = &id {
                    ids.insert((at, id.clone()), ());
                }
                anchors.entry(anchor).or_insert_with(|| (at, id.clone()));
            }
        }
    }
    // A heading that a link leads to by way of what stands below it needs its id as well: its
    // id is what the site makes of its words, so nothing has to be written.
    (anchors, ids)
}

fn inlines(block: &Block) -> Vec<&Inline> {
    match block {
        Block::Within { block, .. } => inlines(block),
        Block::Aside(inner) => inner.iter().flat_map(inlines).collect(),
        Block::Table(table) => {
            let cells = table.rows.iter().flat_map(|row| &row.cells);
            cells.flat_map(|cell| &cell.blocks).flat_map(inlines).collect()
        }
        other => other.words().unwrap_or_default().iter().collect(),
    }
}

fn links(block: &Block, wanted: &mut BTreeSet<String>) {
    for inline in inlines(block) {
        if let Inline::Link { to, .. } = inline
            && let Some(anchor) = to.strip_prefix('#')
        {
            wanted.insert(anchor.to_owned());
        }
    }
}

fn own_anchors(block: &Block, found: &mut BTreeSet<String>) {
    for inline in inlines(block) {
        match inline {
            Inline::Anchor(name) => _ = found.insert(name.clone()),
            Inline::Link { words, .. } => {
                for inline in words {
                    if let Inline::Anchor(name) = inline {
                        found.insert(name.clone());
                    }
                }
            }
            _ => {}
        }
    }
}

fn blanks(blocks: &[Block]) -> usize {
    let all = blocks.iter().flat_map(inlines);
    all.filter(|inline| matches!(inline, Inline::Blank(_))).count()
}

/// The most of what was lost that is listed at the top of a page.
const MOST_LISTED: usize = 40;

/// The notes at the top of a draft: where it is from, and what was lost.
fn notes(file: &str, lost: &[(Span, Loss)], what: &str) -> String {
    let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut out = format!("# From {}. {what}\n", tidy(file));
    for (_, loss) in lost.iter().take(MOST_LISTED) {
        out.push_str(&format!("# - {}: {}\n", tidy(&loss.message), tidy(loss.hint)));
    }
    if lost.len() > MOST_LISTED {
        out.push_str(&format!("# - and {} more\n", lost.len() - MOST_LISTED));
    }
    // No comment may hold what a line of YAML cannot.
    out.chars().filter(|c| *c == '\n' || !crate::html::is_forbidden(*c)).collect()
}

const LOOK: &str = "Read the page, mend what is said here, then take “status: draft” out.";

fn page(
    part: &Part<'_>,
    body: Written,
    whole: Vec<Loss>,
    wanted: &Wanted<'_>,
    is_guide: bool,
) -> MadePage {
    let mut lost: Vec<(Span, Loss)> =
        whole.into_iter().map(|loss| (Span::default(), loss)).collect();
    let number = lost.len();
    // The heading of a part is the title of its page.
    let (text, cut) = match (part.raised > 0, body.text.split_once('\n')) {
        (true, Some((first, rest))) => {
            let cut = first.len() + 1 + (rest.len() - rest.trim_start().len());
            (rest.trim_start().to_owned(), cut)
        }
        (true, None) => (String::new(), body.text.len()),
        (false, _) => (body.text, 0),
    };
    lost.extend(body.lost.into_iter().map(|(span, loss)| {
        let at = span.start.saturating_sub(cut);
        (Span::new(at, at), loss)
    }));
    let mut out = format!("---\n{}", notes(wanted.file, &lost, LOOK));
    out.push_str(&format!("title: {}\n", yaml(&one_line_of(&part.title), YamlPlace::Line)));
    out.push_str("status: draft\n");
    if is_guide && part.order.is_none() {
        out.push_str("kind: guide\n");
    }
    if let Some(order) = part.order {
        out.push_str(&format!("order: {order}\n"));
    }
    out.push_str(
        "# Write one sentence about what people can do when they have read it:\n# description: \n\
         # Who looks after the page, a name from _data/contacts.yaml:\n# owner: \n---\n\n",
    );
    let top = out.len();
    out.push_str(text.trim_end());
    out.push('\n');
    for (_, (span, _)) in lost.iter_mut().enumerate().filter(|(at, _)| *at >= number) {
        let at = (top + span.start).min(out.len().saturating_sub(1));
        *span = Span::new(at, at);
    }
    MadePage { path: part.path.clone(), text: out, lost }
}

/// A letter, or a sheet to fill in.
fn letter(document: &Document, title: &str, stem: &str, wanted: &Wanted<'_>) -> Made {
    let Template { is_letter, heading, blocks, fields, lost } = letter::template(document);
    let names = BTreeMap::new();
    let setting = Setting {
        document,
        names: &names,
        places: &|_| None,
        ids: &|_| None,
        blanks: &|blank| format!("(({}))", blank.label),
        raised: 0,
    };
    let mut all = Vec::new();
    let mut blocks = blocks.into_iter();
    if is_letter {
        all.extend(blocks.next());
    }
    let before = markdown::write(&all, &setting);
    let heading = heading.unwrap_or_else(|| vec![Inline::text(title)]);
    let line = markdown::write(&[Block::paragraph(shape::not_bold(&heading))], &setting);
    let rest: Vec<Block> = blocks.collect();
    let rest = markdown::write(&rest, &setting);
    let mut body = String::new();
    if is_letter {
        body.push_str(&format!("{}\n\n", before.text.trim_end()));
    }
    body.push_str(&format!("# {}\n\n", line.text.trim().trim_start_matches('\\')));
    let start = body.len();
    body.push_str(rest.text.trim_end());
    body.push('\n');
    let mut whole = document.lost.clone();
    whole.extend(lost);
    if !is_letter {
        whole.push(Loss::new(
            "nobody is greeted, so this is a worksheet, which is sent to nobody",
            "write “Dear …” above the heading, and `kind: letter`, if it is sent",
        ));
    }
    let mut all: Vec<(Span, Loss)> =
        whole.into_iter().map(|loss| (Span::default(), loss)).collect();
    let number = all.len();
    all.extend(rest.lost.into_iter().map(|(span, loss)| (span.shifted(start), loss)));
    let what = format!(
        "It has {}. Read it, mend what is said here, then take “status: draft” out.",
        counted(fields.len(), "blank", "blanks")
    );
    let mut out = format!("---\n{}", notes(wanted.file, &all, &what));
    out.push_str(&format!(
        "title: {}\nstatus: draft\n",
        yaml(&one_line_of(title), YamlPlace::Line)
    ));
    out.push_str(&format!("kind: {}\n", if is_letter { "letter" } else { "worksheet" }));
    out.push_str("# Write one sentence about when to use it:\n# description: \n");
    if is_letter {
        out.push_str(
            "# Who opens it, for a letter that the public send (`to`), or who sends it, for one of\n\
             # staff (`from`): a name from _data/contacts.yaml.\n# from: \n",
        );
    }
    if !fields.is_empty() {
        out.push_str("fields:\n");
        for field in &fields {
            out.push_str(&format!("  - name: {}\n", yaml(&field.name, YamlPlace::Line)));
            out.push_str(&format!(
                "    label: {}\n",
                yaml(&one_line_of(&field.label), YamlPlace::Line)
            ));
            out.push_str(&format!("    type: {}\n", field.sort));
            if !field.choices.is_empty() {
                let choices: Vec<String> =
                    field.choices.iter().map(|it| yaml(it, YamlPlace::Brackets)).collect();
                out.push_str(&format!("    choices: [{}]\n", choices.join(", ")));
            }
            if !field.is_required {
                out.push_str("    required: no\n");
            }
        }
        out.push_str(
            "# Answers that belong to nobody. They fill the example on the page.\nexample:\n",
        );
        for field in &fields {
            let is_word = field.sort == "yes or no";
            let example = match is_word {
                true => field.example.clone(),
                false if field.sort == "number" => quoted(&field.example, YamlPlace::Line),
                false => lines(&field.example),
            };
            out.push_str(&format!("  {}: {example}\n", yaml(&field.name, YamlPlace::Line)));
        }
    }
    out.push_str("---\n");
    let top = out.len();
    out.push_str(&body);
    for (_, (span, _)) in all.iter_mut().enumerate().filter(|(at, _)| *at >= number) {
        let at = (top + span.start).min(out.len().saturating_sub(1));
        *span = Span::new(at, at);
    }
    let end = match &wanted.language {
        Some(language) => format!(".{language}.md"),
        None => ".md".to_owned(),
    };
    let path = format!("{}{stem}{end}", wanted.folder);
    let page = MadePage { path, text: out, lost: all };
    Made { pages: vec![page], ..Made::default() }
}

/// How many words a page has.
pub fn words(document: &Document) -> usize {
    plain_blocks(&document.blocks).split_whitespace().count()
}
/// Words for a value at the top of a page, where double brackets would ask for a value.
fn one_line_of(words: &str) -> String {
    words.replace("((", "( (")
}
