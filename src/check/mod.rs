//! Checks: what is wrong in words, records, letters and settings, one file each (`prose`,
//! `not_prose` and `letters` are what they read).
//!
//! A check reads what was read and joined, and says what it found. It never changes
//! anything and never touches the disk, so checks run in any order, and on any text a test
//! cares to make up.
//!
//! To add one, write `src/check/your_check.rs` and its manual page
//! `src/check/your_check.md`, and name it in [`CHECKS`]. The examples in the
//! manual page are its test.
//!
//! What other rooms report too, or they alone (a slip in front matter, a phone number that
//! cannot exist), is a rule of [`rule::read`]; [`rules`] lists all there are.

use std::cell::OnceCell;

use rayon::prelude::*;

use crate::{
    audit,
    config::{Longest, Reader},
    diagnostic::{Diagnostic, Report},
    model::{Page, Text, kind},
    rule::{self, Looks, Mark, Marks, Rule},
    text::{Source, Span},
    world::World,
};

mod above_below;
mod accessibility_statement;
mod acronym;
mod attachment;
mod booklet;
mod british_spelling;
mod broken_picture;
mod capitals;
mod change_note;
mod dead_link;
mod double_negative;
mod duplicate_address;
mod duplicate_title;
mod duty_source;
mod easy_read;
mod empty_page;
mod fact_dates;
mod flow;
mod hard_words;
mod heading_order;
mod heading_words;
mod hidden_actor;
mod image_alt;
mod image_size;
mod left_out;
mod letter_ask;
mod letter_contact;
mod letter_deadline;
mod letter_field;
mod letter_format;
mod letter_length;
mod letter_parts;
mod letter_pointer;
mod letter_reply;
mod letter_threat;
mod letters;
mod link_text;
mod list_items;
mod long_paragraph;
mod long_sentence;
mod look_up;
mod lost_letters;
mod message_parts;
mod nation_law;
mod no_such_day;
mod not_prose;
mod number_forms;
mod numeric_date;
mod once;
mod one_name;
mod outside_link;
mod overdue;
mod owner;
mod personal_data;
mod phone;
mod picture_of_words;
mod plain_words;
mod postcode;
mod prose;
pub(crate) mod raw_html;
mod record;
mod redirect;
mod repair;
mod repeated_paragraph;
mod reserved_roles;
mod review_dates;
mod search_test;
mod service;
mod settings;
mod snippet;
mod staff_words;
mod stage;
mod stage_page;
mod stray_marks;
mod table_caption;
mod table_head;
mod table_total;
mod team_headings;
mod text_length;
mod topic;
mod typed_fact;
mod typed_list;
mod typed_phone;
mod unknown_value;
mod urgent_first;
mod vague_time;
mod web_address;

pub use self::repair::{Repair, repairs};
use self::{not_prose::NotProse, prose::Prose};

/// One check, and how it works.
pub type Check = rule::Check<Run>;

/// How a check works.
#[derive(Debug, Clone, Copy)]
pub enum Run {
    /// On the words of each page and snippet that someone wrote.
    Text(fn(&Subject<'_>, &mut Marks)),
    /// On each page that someone wrote.
    Page(fn(&Subject<'_>, &Page, &mut Marks)),
    /// Once, on the whole site.
    Site(fn(&World<'_>, &mut Marks)),
    /// On the words, as [`Run::Text`], and once on the data files.
    TextAndData(fn(&Subject<'_>, &mut Marks), fn(&World<'_>, &mut Marks)),
}

impl Rule {
    /// Carried out on the words of each page and snippet.
    const fn on_text(self, run: fn(&Subject<'_>, &mut Marks)) -> Check {
        Check { rule: self, run: Run::Text(run) }
    }

    /// Carried out on each page that someone wrote.
    const fn on_written(self, run: fn(&Subject<'_>, &Page, &mut Marks)) -> Check {
        Check { rule: self, run: Run::Page(run) }
    }

    /// Carried out once, on the whole site.
    const fn on_world(self, run: fn(&World<'_>, &mut Marks)) -> Check {
        Check { rule: self, run: Run::Site(run) }
    }

    /// Carried out on the words, and once on the data files.
    const fn on_text_and_data(
        self,
        run: fn(&Subject<'_>, &mut Marks),
        data: fn(&World<'_>, &mut Marks),
    ) -> Check {
        Check { rule: self, run: Run::TextAndData(run, data) }
    }
}

/// The words that a check looks at.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// Everything else.
    pub world: &'a World<'a>,
    /// The words, as they were written.
    pub text: &'a Text,
    /// The same words, end to end.
    prose: &'a Prose<'a>,
    /// What several checks ask of them.
    asked: &'a Asked,
    /// The page they are on; none for a snippet.
    pub page: Option<&'a Page>,
}

/// What several checks ask of the words of a page, found once.
#[derive(Debug, Default)]
struct Asked {
    not_prose: OnceCell<NotProse>,
    hard_words: OnceCell<Vec<hard_words::Found>>,
}

impl Subject<'_> {
    /// What of the words is not said by the page itself.
    fn not_prose(&self) -> &NotProse {
        self.asked.not_prose.get_or_init(|| NotProse::of(self))
    }

    /// The hard words among them.
    fn hard_words(&self) -> &[hard_words::Found] {
        self.asked.hard_words.get_or_init(|| hard_words::of(self))
    }

    /// Whether the page is a letter, a message or another sheet that is sent.
    fn is_letter(&self) -> bool {
        self.page.is_some_and(|page| page.kind.letter().is_some())
    }

    /// How long sentences and paragraphs may be here.
    fn limits(&self) -> Longest {
        let reader = match self.page {
            Some(page) if page.kind.is(&kind::EASY_READ) => Reader::EasyRead,
            Some(page) if page.kind.letter().is_some() => Reader::Letter,
            Some(page) if page.for_staff() => Reader::Staff,
            _ => Reader::Public,
        };
        self.world.config.limits.of(&self.text.document.source.path, reader)
    }

    /// The language of the words.
    fn language(&self) -> &str {
        let config = self.world.config;
        let name = &*self.text.document.source.path;
        let written = || name.trim_end_matches(".md").rsplit_once('.').map(|(_, last)| last);
        let known = |name: &&str| config.languages.iter().any(|language| language == name);
        match self.page {
            Some(page) => &page.language,
            None => written().filter(known).unwrap_or(config.language()),
        }
    }

    fn is_english(&self) -> bool {
        self.language().starts_with("en")
    }

    /// Where the value of a name at the top of the page stands, or the first
    /// name when it was not written.
    fn front(&self, name: &str) -> Span {
        let fields = self.text.document.fields();
        fields.place(name).unwrap_or_else(|| fields.start())
    }
}

/// All checks, by code.
pub const CHECKS: &[&Check] = &[
    &above_below::CHECK,
    &accessibility_statement::CHECK,
    &acronym::CHECK,
    &attachment::CHECK,
    &booklet::CHECK,
    &british_spelling::CHECK,
    &broken_picture::CHECK,
    &capitals::CHECK,
    &change_note::CHECK,
    &dead_link::CHECK,
    &double_negative::CHECK,
    &duplicate_address::CHECK,
    &duplicate_title::CHECK,
    &duty_source::CHECK,
    &easy_read::CHECK,
    &empty_page::CHECK,
    &fact_dates::CHECK,
    &flow::CHECK,
    &heading_order::CHECK,
    &heading_words::CHECK,
    &hidden_actor::CHECK,
    &image_alt::CHECK,
    &image_size::CHECK,
    &left_out::CHECK,
    &letter_ask::CHECK,
    &letter_contact::CHECK,
    &letter_deadline::CHECK,
    &letter_field::CHECK,
    &letter_format::CHECK,
    &letter_length::CHECK,
    &letter_parts::CHECK,
    &letter_pointer::CHECK,
    &letter_reply::CHECK,
    &letter_threat::CHECK,
    &link_text::CHECK,
    &list_items::CHECK,
    &long_paragraph::CHECK,
    &long_sentence::CHECK,
    &look_up::CHECK,
    &lost_letters::CHECK,
    &message_parts::CHECK,
    &nation_law::CHECK,
    &no_such_day::CHECK,
    &number_forms::CHECK,
    &numeric_date::CHECK,
    &one_name::CHECK,
    &outside_link::CHECK,
    &overdue::CHECK,
    &owner::CHECK,
    &personal_data::CHECK,
    &phone::CHECK,
    &picture_of_words::CHECK,
    &plain_words::CHECK,
    &postcode::CHECK,
    &raw_html::CHECK,
    &record::CHECK,
    &redirect::CHECK,
    &repeated_paragraph::CHECK,
    &reserved_roles::CHECK,
    &review_dates::CHECK,
    &search_test::CHECK,
    &service::CHECK,
    &settings::CHECK,
    &snippet::CHECK,
    &staff_words::CHECK,
    &stage::CHECK,
    &stage_page::CHECK,
    &stray_marks::CHECK,
    &table_caption::CHECK,
    &table_head::CHECK,
    &table_total::CHECK,
    &team_headings::CHECK,
    &text_length::CHECK,
    &topic::CHECK,
    &typed_fact::CHECK,
    &typed_list::CHECK,
    &typed_phone::CHECK,
    &unknown_value::CHECK,
    &urgent_first::CHECK,
    &vague_time::CHECK,
    &web_address::CHECK,
];

/// Every rule of a site, by code.
pub fn rules() -> Vec<&'static Rule> {
    let checks = CHECKS.iter().map(|check| &check.rule);
    let html = audit::RULES.iter().map(|rule| &rule.rule);
    let mut rules: Vec<&Rule> = rule::READ.iter().copied().chain(checks).chain(html).collect();
    // Some of what is found while files are read is looked for in checks as well.
    rules.sort_by_key(|rule| rule.code);
    rules.dedup_by_key(|rule| rule.code);
    rules
}

/// Runs all checks over a site.
pub fn run(world: &World<'_>, report: &mut Report) {
    let pages: Vec<_> = world.site.pages.par_iter().map(|page| on_page(world, page)).collect();
    let snippets: Vec<_> =
        world.site.snippets.values().map(|text| on_text(world, text, None)).collect();
    let whole = found(
        world.settings,
        |_| true,
        |run, marks| match run {
            Run::Site(run) | Run::TextAndData(_, run) => run(world, marks),
            Run::Text(_) | Run::Page(_) => {}
        },
    );
    for found in pages.into_iter().chain(snippets).chain([whole]) {
        for same in found.chunk_by(|(a, _), (b, _)| a.path == b.path) {
            report.add(&same[0].0, same.iter().map(|(_, diagnostic)| diagnostic.clone()));
        }
    }
}

/// Runs the checks of one page over it.
pub fn page(world: &World<'_>, page: &Page, report: &mut Report) {
    for (source, found) in on_page(world, page) {
        report.add(&source, [found]);
    }
}

/// What those checks say of a file that `asks` lets through, and of other files on its account.
fn found(
    source: &Source,
    asks: impl Fn(&Rule) -> bool,
    each: impl FnMut(&Run, &mut Marks),
) -> Vec<(Source, Diagnostic)> {
    let checks = CHECKS.iter().filter(|check| asks(&check.rule));
    let all = rule::run(checks, each).into_iter();
    let marks = all.flat_map(|(rule, all)| all.marks.into_iter().map(move |mark| (rule, mark)));
    let place = |(rule, mut mark): (&'static Rule, Mark)| {
        let source = mark.source.take().unwrap_or_else(|| source.clone());
        (source, Diagnostic::of(rule, mark))
    };
    marks.map(place).collect()
}

fn on_page(world: &World<'_>, page: &Page) -> Vec<(Source, Diagnostic)> {
    if page.made { Vec::new() } else { on_text(world, &page.text, Some(page)) }
}

fn on_text(world: &World<'_>, text: &Text, page: Option<&Page>) -> Vec<(Source, Diagnostic)> {
    let prose = Prose::new(text, page);
    let asked = Asked::default();
    let subject = Subject { world, text, prose: &prose, asked: &asked, page };
    // Where the names at the top could not be read, it is not known what they lack.
    let is_whole = page.is_none() || !text.document.names.is_broken;
    let asks = |rule: &Rule| is_whole || !matches!(rule.looks, Looks::Records | Looks::Pages);
    found(&text.document.source, asks, |run, marks| match (run, page) {
        (Run::Text(run) | Run::TextAndData(run, _), _) => run(&subject, marks),
        (Run::Page(run), Some(page)) => run(&subject, page, marks),
        (Run::Page(_) | Run::Site(_), _) => {}
    })
}
