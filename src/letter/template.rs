//! A page to a template: the editor's letter in the frame of the site.

use super::{Block, Field, Picture, Run, Style, Template, answer::date, parts, sms};
use crate::{
    config::Config,
    model::{
        Page, RecordData, Site, Target, Text,
        kind::{self, FieldType, Form},
        value::Value,
    },
    parse::{self, Inline},
    text::{
        Date, Interval, Language, Span, address,
        brackets::{bracketed, plain_name},
        date::Months,
    },
};

/// Something on the page that a letter cannot hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateFault {
    /// Where it is.
    pub span: Span,
    /// What it is: `a table`.
    pub what: &'static str,
    /// What to write instead.
    pub hint: &'static str,
}

/// The names of the fields of the frame, which an editor may declare as well.
pub const TO: &str = "name and address";
/// See [`TO`].
pub const REFERENCE: &str = "reference";
/// See [`TO`].
pub const DATE: &str = "letter date";

/// The template of a letter, and what could not be put into it.
///
/// A worksheet has no frame: nobody sends it. A text message and an email have none either:
/// they are no paper.
///
/// The fields of the frame are asked for around those of the editor: first who
/// the letter goes to and its reference, where staff send it, and last its date.
pub fn template(
    site: &Site,
    config: &Config,
    page: &Page,
    letter: &kind::Letter,
) -> (Template, Vec<TemplateFault>) {
    let (mut template, mut faults) = in_one_language(site, config, page, letter);
    if let Some(language) = &letter.also_in
        && let Err((what, hint)) = add_below(site, config, page, &language.value, &mut template)
    {
        faults.push(TemplateFault { span: language.span, what, hint });
    }
    (template, faults)
}

/// The version of a page in a language, if it is a letter too.
fn version<'a>(
    site: &'a Site,
    page: &Page,
    language: &str,
) -> Option<(&'a Page, &'a kind::Letter)> {
    let mut all = page.relations.translations.iter().map(|id| &site.pages[*id]);
    let other = all.find(|other| other.language == language && other.language != page.language)?;
    Some((other, other.kind.sheet()?))
}

/// Puts the version in another language below a letter: all that its editor wrote, and how it
/// ends. Who sends it and who gets it stand above both. What stands in the way is said, with what
/// to do.
fn add_below(
    site: &Site,
    config: &Config,
    page: &Page,
    language: &str,
    template: &mut Template,
) -> Result<(), (&'static str, &'static str)> {
    let (other, letter) = version(site, page, language).ok_or((
        "a version in a language in which there is none",
        "write that version beside it, in a file with the language in its name \
         (`ask-for-records.cy.md`), and the same language here: `also in: cy`",
    ))?;
    let (mut below, _) = in_one_language(site, config, other, letter);
    let asks = |template: &Template| -> Vec<(FieldType, usize, bool)> {
        let each = template.fields.iter();
        each.map(|field| (field.kind, field.choices.len(), field.required)).collect()
    };
    if asks(template) != asks(&below) {
        return Err((
            "a version that has other blanks",
            "give both the same blanks: as many, in the same order, of the same types, with as \
             many choices",
        ));
    }
    below
        .blocks
        .retain(|block| !matches!(block.style, Style::Sender | Style::Address | Style::Subject));
    below.blocks.insert(0, block(Style::Break, Vec::new()));
    for block in &mut below.blocks {
        block.language.clone_from(&below.language);
        block.picture = block.picture.map(|at| at + template.pictures.len());
        if !block.id.is_empty() {
            block.id = format!("{language}-{}", block.id);
        }
    }
    template.pictures.append(&mut below.pictures);
    template.easy |= below.easy;
    template.below = Some(Box::new(below));
    Ok(())
}

/// The template of a letter without the version below it.
fn in_one_language(
    site: &Site,
    config: &Config,
    page: &Page,
    letter: &kind::Letter,
) -> (Template, Vec<TemplateFault>) {
    let words = site.languages.of(&page.language);
    let is_worksheet = page.kind.is(&kind::WORKSHEET);
    let form = page.kind.form();
    let has_frame = !is_worksheet && form == Form::Paper;
    let staff = if is_worksheet { page.for_staff() } else { letter.from.is_some() };
    let mut draft = Draft {
        site,
        config,
        page,
        letter,
        form,
        has_frame,
        names: Vec::new(),
        words,
        blocks: Vec::new(),
        pictures: Vec::new(),
        faults: Vec::new(),
    };
    let frame =
        |name, label, help, kind| frame_field(name, words.word(label), words.word(help), kind);
    let mut fields = Vec::new();
    if staff && has_frame {
        draft.add(&mut fields, frame(TO, "frame_to", "frame_to_help", FieldType::Address));
        let field =
            frame(REFERENCE, "letterhead_reference", "frame_reference_help", FieldType::Text);
        draft.add(&mut fields, field);
    }
    for field in &letter.fields {
        draft.names.push(plain_name(&field.name.value));
        fields.push(own_field(field, words, staff));
    }
    if has_frame {
        let date = frame(DATE, "frame_date", "", FieldType::Date);
        draft.add(&mut fields, Field { required: true, ..date });
    }
    let date = draft.place(DATE);
    for field in &letter.fields {
        if let Some(at) = draft.place(&field.name.value) {
            fields[at].after = draft.place(&field.after).filter(|_| !field.after.is_empty());
        }
    }
    if let Some(date) = date.filter(|_| has_frame) {
        fields[date].today = true;
        if fields[date].example.is_empty() {
            fields[date].example = example_day(&fields, page, site.languages.months())
                .map_or_else(String::new, |day| day.words(words));
        }
        draft.head(date);
    }
    let has_title = page.text.document.headings.iter().any(|heading| heading.level == 1);
    let subject = letter.subject.as_ref().map(|subject| draft.filled(&subject.value));
    if form == Form::Email {
        draft.blocks.extend(subject.map(|runs| block(Style::Subject, runs)));
        draft.text(&page.text);
    } else if let Some(runs) = subject.filter(|_| !has_title && form == Form::Paper) {
        // A subject stands below the greeting, where the heading would be.
        let greeting = draft.blocks.len() + 1;
        draft.text(&page.text);
        let at = greeting.min(draft.blocks.len());
        draft.blocks.insert(at, block(Style::H1, runs));
    } else {
        draft.text(&page.text);
    }
    draft.foot(staff && has_frame);
    // Where nobody's name follows, nobody signs.
    for at in 0..draft.blocks.len() {
        let is_signed = draft.blocks.get(at + 1).is_some_and(|next| next.style == Style::Text);
        if draft.blocks[at].style == Style::Close && !is_signed {
            draft.blocks[at].style = Style::Text;
        }
    }
    // A letter is written on any day, and says what holds on its own.
    for turn in &page.text.document.turns {
        let hint =
            "put them into a fact in facts.yaml, with `later:`, and its name in brackets here";
        draft.fault(turn.span, "words for some days only", hint);
    }

    let mut template = Template {
        name: name_of(page, config),
        title: page.title.clone(),
        language: page.language.clone(),
        form,
        subject: match form {
            Form::Email => words.word("frame_subject").to_owned(),
            Form::Paper | Form::Text => String::new(),
        },
        author: if staff { config.publisher.clone() } else { String::new() },
        staff,
        easy: page.text.records.values().any(|data| matches!(data, RecordData::Symbols(_))),
        only_if: words.word("frame_only_if").to_owned(),
        fields,
        blocks: draft.blocks,
        pictures: draft.pictures,
        below: None,
        months: site.languages.months().clone(),
    };
    clean(&mut template);
    (template, draft.faults)
}

/// What files made of the letter on a page are called.
pub fn name_of(page: &Page, config: &Config) -> String {
    let name = address::name_of(page.url.as_str());
    if page.language == config.language() {
        name.to_owned()
    } else {
        format!("{name}.{}", page.language)
    }
}

/// Takes out what no document can hold. Source: XML 1.0, section 2.2.
fn clean(template: &mut Template) {
    fn text(text: &mut String) {
        let is_bad =
            |c: char| c < ' ' && !matches!(c, '\n' | '\t') || matches!(c, '\u{fffe}' | '\u{ffff}');
        if text.contains(is_bad) {
            text.retain(|c| !is_bad(c));
        }
    }
    fn runs(all: &mut [Run]) {
        for run in all {
            match run {
                Run::Text(words) => text(words),
                Run::Strong(inner) | Run::Em(inner) | Run::When { runs: inner, .. } => runs(inner),
                Run::Dated { text: words, later } => {
                    text(words);
                    later.iter_mut().for_each(|(_, words)| text(words));
                }
                Run::Field(_) => {}
            }
        }
    }
    text(&mut template.title);
    text(&mut template.author);
    template.pictures.iter_mut().for_each(|picture| text(&mut picture.alt));
    template.blocks.iter_mut().for_each(|block| runs(&mut block.runs));
    for field in &mut template.fields {
        let own = [&mut field.name, &mut field.label, &mut field.help, &mut field.example];
        own.into_iter().chain(&mut field.choices).for_each(text);
    }
}

/// A day on which the letter could be written with all its examples: the last one
/// that leaves each date as much time as it asks for, or the day on which the page
/// was checked.
fn example_day(fields: &[Field], page: &Page, months: &Months) -> Option<Date> {
    let days = fields.iter().filter_map(|field| {
        let (least, day) = (field.least?, date(&field.example, months)?);
        let mut first = day.minus(least);
        while first.plus(least) > day {
            first = first.minus(Interval::Days(1));
        }
        Some(first)
    });
    days.min().or_else(|| page.front.checked.as_ref().map(|checked| checked.value))
}

/// Where the pictures of a letter are, from the root, in their order.
pub fn picture_addresses(site: &Site, page: &Page, template: &Template) -> Vec<String> {
    let mut addresses = vec![String::new(); template.pictures.len()];
    let rows = page.text.document.blocks.iter().filter_map(|block| match block {
        parse::Block::Record(record) => match page.text.records.get(&record.span.start) {
            Some(RecordData::Symbols(rows)) => Some(rows),
            _ => None,
        },
        _ => None,
    });
    let shown = template.blocks.iter().filter(|block| block.style == Style::Row);
    for (row, block) in rows.flatten().zip(shown) {
        if let (Some(at), Some((_, Target::File(file)))) =
            (block.picture, page.text.named.get(&row.picture.span.start))
            && let Some(address) = addresses.get_mut(at)
        {
            address.clone_from(&site.files[*file].url);
        }
    }
    if let Some(below) = &template.below
        && let Some((other, _)) = version(site, page, &below.language)
    {
        // Its pictures come after those of the letter above it.
        let all = Template { pictures: template.pictures.clone(), ..(**below).clone() };
        let own = picture_addresses(site, other, &all);
        let empty = addresses.iter_mut().zip(own).filter(|(address, _)| address.is_empty());
        empty.for_each(|(address, own)| *address = own);
    }
    addresses
}

fn frame_field(name: &str, label: &str, help: &str, kind: FieldType) -> Field {
    Field {
        name: name.to_owned(),
        label: label.to_owned(),
        kind,
        help: help.to_owned(),
        example: match kind {
            FieldType::Address => "Sam Example\n1 Sample Street\nExampleton\nEX1 1AB".into(),
            FieldType::Text => "DP 1234".into(),
            _ => String::new(),
        },
        required: false,
        choices: Vec::new(),
        autocomplete: String::new(),
        after: None,
        least: None,
        today: false,
    }
}

fn own_field(field: &kind::Field, words: &Language, staff: bool) -> Field {
    Field {
        name: field.name.value.clone(),
        label: field.label.value.clone(),
        kind: field.kind,
        help: field.help.value.clone(),
        example: field.example.clone(),
        required: field.required,
        choices: match field.kind {
            FieldType::YesNo => yes_no(words).map(str::to_owned).to_vec(),
            _ => field.choices.clone(),
        },
        autocomplete: if staff { String::new() } else { field.autocomplete.clone() },
        after: None,
        least: Interval::parse(&format!("every {}", field.at_least)),
        today: false,
    }
}

/// The two answers to a question that is answered with one of them.
fn yes_no(words: &Language) -> [&str; 2] {
    ["yes", "no"].map(|name| words.word(name))
}

fn block(style: Style, runs: Vec<Run>) -> Block {
    Block {
        style,
        runs,
        id: String::new(),
        picture: None,
        part: String::new(),
        language: String::new(),
    }
}

/// A template, as far as it is made.
struct Draft<'a> {
    site: &'a Site,
    config: &'a Config,
    page: &'a Page,
    letter: &'a kind::Letter,
    form: Form,
    /// Whether it is a letter on paper, and no worksheet.
    has_frame: bool,
    /// The plain names of the fields, in order.
    names: Vec<String>,
    words: &'a Language,
    blocks: Vec<Block>,
    pictures: Vec<Picture>,
    faults: Vec<TemplateFault>,
}

impl<'a> Draft<'a> {
    /// A field of the frame, unless the editor has one of that name.
    fn add(&mut self, fields: &mut Vec<Field>, field: Field) {
        if self.letter.field(&field.name).is_none() {
            self.names.push(plain_name(&field.name));
            fields.push(field);
        }
    }

    fn place(&self, name: &str) -> Option<usize> {
        let name = plain_name(name);
        self.names.iter().position(|known| *known == name)
    }

    fn head(&mut self, date: usize) {
        let contact = |id: &Option<parse::Placed<String>>| {
            id.as_ref()
                .and_then(|id| self.site.data_in(&self.page.language).contacts.get(&id.value))
        };
        let letterhead = self.site.data.letterhead(self.words);
        if let Some(from) = contact(&self.letter.from) {
            let mut lines = vec![Run::Strong(vec![Run::Text(self.config.publisher.clone())])];
            // The address takes one line and so do the ways to answer: what the
            // letter has to say should be on its first side.
            let own = from
                .address
                .iter()
                .filter(|line| **line != self.config.publisher && **line != from.name);
            let way = |name, way: &str| format!("{} {way}", self.words.word(name));
            let phone = from.phones.first().map(|phone| way("frame_phone", &phone.number));
            let email = from.emails.first().map(|email| way("frame_email", &email.address.value));
            let rest = [
                from.name.clone(),
                own.cloned().collect::<Vec<_>>().join(", "),
                phone.into_iter().chain(email).collect::<Vec<_>>().join(" · "),
            ];
            for line in rest.into_iter().filter(|line| !line.is_empty()) {
                push_text(&mut lines, &format!("\n{line}"));
            }
            self.blocks.push(block(Style::Sender, lines));
        }
        if self.letter.from.is_some() {
            if let Some(to) = self.place(TO) {
                self.blocks.push(block(Style::Address, vec![Run::Field(to)]));
            }
        } else if let Some(to) = &self.letter.to {
            let lines = match contact(&self.letter.to) {
                Some(to) if to.address.is_empty() => vec![to.name.clone()],
                Some(to) if to.address[0].contains(&to.name) => to.address.clone(),
                Some(to) => std::iter::once(&to.name).chain(&to.address).cloned().collect(),
                None => vec![to.value.clone()],
            };
            self.blocks.push(block(Style::Address, vec![Run::Text(lines.join("\n"))]));
        }
        self.blocks.push(block(Style::Address, vec![Run::Field(date)]));
        if let Some(reference) = self.place(REFERENCE).filter(|_| self.letter.from.is_some()) {
            let label = Run::Text(format!("{}: ", letterhead.reference));
            self.blocks.push(block(Style::Address, vec![label, Run::Field(reference)]));
        }
    }

    fn foot(&mut self, staff: bool) {
        if !staff {
            return;
        }
        let letterhead = self.site.data.letterhead(self.words);
        let mut lines = vec![self.site.fill(&letterhead.other_formats, self.page, self.config)];
        let privacy = self.site.of_kind(&kind::PRIVACY, &self.page.language);
        let address = privacy.map(|id| self.printed(self.site.pages[id].url.as_str()));
        if let Some(address) = address.filter(|address| !address.is_empty()) {
            lines.push(format!("{} {address}", letterhead.privacy));
        }
        lines.push(letterhead.end.clone());
        for line in lines.into_iter().filter(|line| !line.is_empty()) {
            self.blocks.push(block(Style::Foot, vec![Run::Text(line)]));
        }
    }

    /// The address of a page as paper shows it: `county.example/complaints`.
    fn printed(&self, url: &str) -> String {
        if self.config.base.is_empty() {
            return String::new();
        }
        let address = format!("{}{}", self.config.base, url.trim_start_matches('/'));
        address::bare(&address).to_owned()
    }

    fn text(&mut self, text: &'a Text) {
        for part in &text.document.blocks {
            self.block(text, part);
        }
    }

    fn block(&mut self, text: &'a Text, part: &'a parse::Block) {
        let (span, what, hint) = match part {
            parse::Block::Paragraph(inlines, _) => {
                if let [Inline::Value(name, _)] = &inlines[..]
                    && self.place(name).is_none()
                    && self.site.may_grow(text)
                    && let Some(Value::Snippet(snippet)) =
                        self.site.value(name, self.page, self.config)
                {
                    let first = self.blocks.len();
                    self.text(snippet);
                    if self.form == Form::Text {
                        self.blocks[first..]
                            .iter_mut()
                            .for_each(|block| sms::straighten(&mut block.runs));
                    }
                    return;
                }
                let mut name = &inlines[..];
                if self.has_frame && parts::is_one_of(inlines, parts::ENDS) {
                    let is_end = |part: &Inline| matches!(part, Inline::SoftBreak | Inline::Break);
                    let end = inlines.iter().position(is_end).unwrap_or(inlines.len());
                    let runs = self.runs(text, &inlines[..end], true);
                    self.blocks.push(block(Style::Close, runs));
                    name = inlines.get(end + 1..).unwrap_or_default();
                }
                if !name.is_empty() {
                    let runs = self.runs(text, name, true);
                    self.blocks.push(block(Style::Text, runs));
                }
                return;
            }
            parse::Block::Heading(index) => {
                let heading = &text.document.headings[*index];
                let fault = match self.form {
                    Form::Text => Some(("a heading", "write it as a sentence, or take it out")),
                    Form::Email if heading.level == 1 => Some((
                        "a main heading",
                        "write it at the top of the file: `subject:` and the words",
                    )),
                    Form::Paper | Form::Email => None,
                };
                if let Some((what, hint)) = fault {
                    return self.fault(heading.span, what, hint);
                }
                let style = match heading.level {
                    1 => Style::H1,
                    2 => Style::H2,
                    _ => Style::H3,
                };
                let runs = self.runs(text, &heading.content, false);
                let id = heading.id.clone();
                let part = parts::of(heading).unwrap_or_default().to_owned();
                return self.blocks.push(Block { id, part, ..block(style, runs) });
            }
            parse::Block::List { start, span, items } => {
                if start.is_some_and(|start| start != 1) {
                    let what = "a list that does not begin at 1";
                    let hint = "begin it at 1, or write what stands between as part of an item";
                    self.fault(*span, what, hint);
                }
                if items.iter().any(|item| item.task.is_some()) {
                    let what = "boxes to tick in a list";
                    self.fault(*span, what, "write it as an ordinary list");
                }
                let style = if start.is_some() { Style::Number } else { Style::Bullet };
                return items.iter().for_each(|item| self.item(text, style, item));
            }
            parse::Block::Record(record) => match text.records.get(&record.span.start) {
                Some(RecordData::Symbols(rows)) if self.form == Form::Paper => {
                    return rows.iter().for_each(|row| self.row(text, row));
                }
                Some(RecordData::Symbols(_)) => {
                    (record.span, "pictures", "say it in words; plain text has no pictures")
                }
                _ => (
                    record.span,
                    "a record",
                    "write it as sentences; of records only `symbols` can be in a letter",
                ),
            },
            parse::Block::Quote { span, .. } => (
                *span,
                "a quote or a box",
                "write it as ordinary sentences, under a heading of its own",
            ),
            parse::Block::Table(table) => {
                (table.span, "a table", "write it as a list: what it is, a colon, and the figure")
            }
            parse::Block::Code { span, .. } => {
                (*span, "computer code", "take out the spaces or the marks around it")
            }
            parse::Block::Html(html, span) if !html.trim_start().starts_with("<!--") => {
                (*span, "HTML", "write it as Markdown")
            }
            parse::Block::Definitions(_) => {
                (Span::default(), "a list of terms", "write it as an ordinary list")
            }
            parse::Block::Footnote { .. } => {
                (Span::default(), "a footnote", "say it in the text, where it belongs")
            }
            parse::Block::Rule | parse::Block::Html(..) => return,
        };
        self.fault(span, what, hint);
    }

    fn fault(&mut self, span: Span, what: &'static str, hint: &'static str) {
        self.faults.push(TemplateFault { span, what, hint });
    }

    fn item(&mut self, text: &'a Text, style: Style, item: &'a parse::Item) {
        let mut runs = Vec::new();
        for part in &item.blocks {
            match part {
                parse::Block::Paragraph(inlines, _) => {
                    if !runs.is_empty() {
                        runs.push(Run::Text("\n".into()));
                    }
                    runs.extend(self.runs(text, inlines, true));
                }
                parse::Block::List { span, .. } => self.fault(
                    *span,
                    "a list in a list",
                    "make one list of it, or two with a heading each",
                ),
                other => self.block(text, other),
            }
        }
        self.blocks.push(block(style, runs));
    }

    fn row(&mut self, text: &'a Text, row: &'a crate::model::Symbol) {
        let file = match text.named.get(&row.picture.span.start) {
            Some((_, Target::File(at))) => self.site.files.get(*at),
            _ => None,
        };
        let alt = if row.alt == "decorative" { "" } else { &row.alt };
        let picture =
            file.and_then(|file| Picture::new(&file.file.path, &file.file.bytes, file.size, alt));
        if picture.is_none() && file.is_some() {
            self.fault(
                row.picture.span,
                "this picture",
                "save it as PNG or JPEG; documents cannot hold other formats",
            );
        }
        let picture = picture.map(|picture| {
            let known = self.pictures.iter().position(|known| *known == picture);
            known.unwrap_or_else(|| {
                self.pictures.push(picture);
                self.pictures.len() - 1
            })
        });
        let runs = self.filled(&row.words.value);
        self.blocks.push(Block { picture, ..block(Style::Row, runs) });
    }

    /// Words that are not Markdown, with their values.
    fn filled(&self, words: &str) -> Vec<Run> {
        let mut runs = Vec::new();
        let mut done = 0;
        for found in bracketed(words) {
            push_text(&mut runs, &words[done..found.place.start]);
            done = found.place.end;
            match found.words {
                Some(inner) => {
                    self.when(found.name, vec![Run::Text(inner.to_owned())], &mut runs);
                }
                None => self.value(found.name, false, &mut runs),
            }
        }
        push_text(&mut runs, &words[done..]);
        runs
    }

    /// `alone` when the line could be nothing but one value.
    fn runs(&mut self, text: &'a Text, inlines: &'a [Inline], alone: bool) -> Vec<Run> {
        let alone = alone && inlines.len() == 1;
        let mut runs = Vec::new();
        for inline in inlines {
            match inline {
                Inline::Text(words, _) | Inline::Code(words) => push_text(&mut runs, words),
                Inline::SoftBreak => {
                    let between = if is_signed(&runs) { "\n" } else { " " };
                    push_text(&mut runs, between);
                }
                Inline::Break => push_text(&mut runs, "\n"),
                Inline::Strong(inner) | Inline::Emphasis(inner) if self.form != Form::Paper => {
                    let hint = "take the marks out; plain text has no bold and no italics";
                    let span = inner.iter().find_map(place).unwrap_or_default();
                    self.fault(span, "words that stand out", hint);
                }
                Inline::Strong(inner) => runs.push(Run::Strong(self.runs(text, inner, false))),
                Inline::Emphasis(inner) => runs.push(Run::Em(self.runs(text, inner, false))),
                Inline::Struck(inner) => self.fault(
                    inner.iter().find_map(place).unwrap_or_default(),
                    "words that are struck out",
                    "take them out",
                ),
                Inline::Link(index, inner) => {
                    let words = parse::plain(inner);
                    runs.extend(self.runs(text, inner, false));
                    let address = self.address(text, *index);
                    if !address.is_empty() && !words.contains(&address) {
                        push_text(&mut runs, &format!(" ({address})"));
                    }
                }
                Inline::Value(name, _) => self.value(name, alone, &mut runs),
                Inline::When(name, inner, _) => {
                    let inner = self.runs(text, inner, false);
                    self.when(name, inner, &mut runs);
                }
                Inline::Image(index) => {
                    let hint = match self.form {
                        Form::Paper => {
                            "put it and its words in a fence that begins with ```symbols"
                        }
                        Form::Text | Form::Email => "say it in words; plain text has no pictures",
                    };
                    self.fault(text.document.images[*index].span, "a picture", hint);
                }
                Inline::Html(html, span) if !html.starts_with("<!--") => {
                    self.fault(*span, "HTML", "write it as Markdown");
                }
                Inline::FootnoteMark(_) | Inline::Html(..) => {}
            }
        }
        runs
    }

    fn address(&self, text: &Text, index: usize) -> String {
        match text.targets.get(index) {
            Some(Target::Page(id, _)) => self.printed(self.site.pages[*id].url.as_str()),
            Some(Target::File(at)) => self.printed(&self.site.files[*at].url),
            Some(Target::Made(address)) => self.printed(address),
            Some(Target::External) => {
                let address = text.document.links[index].destination.as_str();
                let known = ["https://", "mailto:", "tel:"];
                let address =
                    known.iter().find_map(|start| address.strip_prefix(start)).unwrap_or(address);
                address.trim_end_matches('/').to_owned()
            }
            Some(Target::Missing(_)) | None => String::new(),
        }
    }

    fn value(&self, name: &str, alone: bool, runs: &mut Vec<Run>) {
        if let Some(field) = self.place(name) {
            return runs.push(Run::Field(field));
        }
        let now = self.site.value(name, self.page, self.config);
        let words = self.words_of(now, alone);
        let mut later: Vec<(String, String)> = Vec::new();
        for (day, then) in self.site.values_later(name, self.page, self.config) {
            let then = self.words_of(Some(then), alone);
            if later.last().map_or(&words, |(_, words)| words) != &then {
                later.push((day.to_string(), then));
            }
        }
        if later.is_empty() {
            push_text(runs, &words);
        } else {
            runs.push(Run::Dated { text: words, later });
        }
    }

    /// What a value says in a letter. In a text message its curly quotes are straight.
    fn words_of(&self, value: Option<Value<'_>>, alone: bool) -> String {
        let words = match value {
            Some(Value::Fact(fact)) => fact.value.clone(),
            Some(Value::Phone(line)) => line.number.clone(),
            Some(Value::Email(words) | Value::Words(words)) => words.to_owned(),
            Some(Value::Address(lines)) => lines.join(if alone { "\n" } else { ", " }),
            Some(Value::Snippet(snippet)) => {
                let paragraphs = snippet.document.blocks.iter().filter_map(|block| match block {
                    parse::Block::Paragraph(inlines, _) => Some(parse::plain(inlines)),
                    _ => None,
                });
                let words = paragraphs.collect::<Vec<_>>().join(" ");
                self.site.fill(&words, self.page, self.config)
            }
            Some(Value::Statement | Value::Lacking(_)) | None => String::new(),
        };
        if self.form == Form::Text { sms::straight(&words) } else { words }
    }

    fn when(&self, name: &str, inner: Vec<Run>, runs: &mut Vec<Run>) {
        let Some((field, is)) = condition(self.letter, name, self.words) else { return };
        if let Some(field) = self.place(&field.name.value) {
            runs.push(Run::When { field, is, runs: inner });
        }
    }
}

/// The field and the place of the answer that `((name??` or `((name: answer??`
/// asks for, or nothing when there is no such field or answer. `((name??` asks whether
/// a field that may be left out was filled in.
pub(crate) fn condition<'a>(
    letter: &'a kind::Letter,
    name: &str,
    words: &Language,
) -> Option<(&'a kind::Field, usize)> {
    if let Some(field) = letter.field(name.trim()) {
        let is_open = !matches!(field.kind, FieldType::YesNo | FieldType::Choice);
        let may_be_left = is_open && !field.required;
        return (field.kind == FieldType::YesNo || may_be_left).then_some((field, 0));
    }
    let (name, answer) = name.split_once(':')?;
    let field = letter.field(name.trim())?;
    let answer = answer.trim().to_lowercase();
    let is = |words: &str| words.to_lowercase() == answer;
    let at = match field.kind {
        FieldType::YesNo if is("yes") || is(words.word("yes")) => 0,
        FieldType::YesNo if is("no") || is(words.word("no")) => 1,
        FieldType::Choice => field.choices.iter().position(|choice| is(choice))?,
        _ => return None,
    };
    Some((field, at))
}

fn place(inline: &Inline) -> Option<Span> {
    match inline {
        Inline::Text(_, span) | Inline::Value(_, span) => Some(*span),
        _ => None,
    }
}

/// Whether a line end after these words is meant: a name above a team, at the
/// end of a letter.
fn is_signed(runs: &[Run]) -> bool {
    matches!(runs, [Run::Field(_)])
}

fn push_text(runs: &mut Vec<Run>, words: &str) {
    if words.is_empty() {
        return;
    }
    match runs.last_mut() {
        Some(Run::Text(text)) => text.push_str(words),
        _ => runs.push(Run::Text(words.to_owned())),
    }
}
