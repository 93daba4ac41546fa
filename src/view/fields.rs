//! Exactly what a template may see.
//!
//! Each template of a page gets a [`PageView`] as `page`; each record a [`RecordView`]. Both
//! get `site`, a [`SiteView`] that is the same for all pages, and `words`: the theme's own
//! words in the language of the page, from `words/en.yaml`, such as `{{ words.skip }}`.
//! Addresses begin with `/`, which is the root of the site; they are made
//! relative when the page is finished. Everything is plain text, to be escaped
//! by the template, except the fields of type [`Html`] and [`Markup`].

use serde::{Serialize, Serializer, ser::Error as _};

use crate::model::kind::Shown;

pub use self::{guided::*, services::*, statement::*};

mod guided;
mod services;
mod statement;

/// Markup that is ready to be put in a page: `{{ page.body | safe }}`.
pub type Html = String;

/// Markup of an editor's words, in which records are still to become HTML: a template
/// sees it whole, as [`Html`].
#[derive(Debug, Clone, Default)]
pub struct Markup {
    /// All but the records.
    pub html: Html,
    /// The records, and where in `html` each stands; in order.
    pub records: Vec<(usize, Record)>,
}

impl Markup {
    /// Adds a record.
    pub(super) fn push_record(&mut self, record: Record) {
        self.records.push((self.html.len(), record));
    }

    /// Adds markup.
    pub(super) fn push(&mut self, more: Self) {
        let start = self.html.len();
        self.html.push_str(&more.html);
        self.records.extend(more.records.into_iter().map(|(at, record)| (start + at, record)));
    }
}

impl From<String> for Markup {
    fn from(html: String) -> Self {
        Self { html, records: Vec::new() }
    }
}

impl Serialize for Markup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.records.is_empty() {
            true => self.html.serialize(serializer),
            false => Err(S::Error::custom("records become HTML first")),
        }
    }
}

/// A record in the words of a page.
#[derive(Debug, Clone)]
pub struct Record {
    /// What makes it HTML: `records/contact.html`.
    pub template: &'static str,
    /// The language of the page that it is on.
    pub language: String,
    /// What its template sees.
    pub view: RecordView,
}

/// What all pages share.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SiteView {
    /// The name of the site.
    pub title: String,
    /// Who publishes it.
    pub publisher: String,
    /// The language of that name, where it is not that of the page, or empty.
    pub publisher_language: String,
    /// The address of the picture that it is known by, if it has one.
    pub logo: Option<String>,
    /// The address of the style sheet.
    pub style: String,
    /// The address of the icon.
    pub icon: String,
    /// The address of the search page, if there is one.
    pub search: Option<String>,
    /// The address of the list of all pages.
    pub a_to_z: String,
    /// The address of the feed of changes, if there is one.
    pub feed: Option<String>,
    /// Whether this build holds pages and notes for staff.
    pub staff: bool,
}

/// A link to a page.
#[derive(Debug, Clone, Default, Serialize, PartialEq, Eq)]
pub struct LinkView {
    /// What the page is called.
    pub title: String,
    /// Its address.
    pub url: String,
    /// What it is about, in a sentence, or empty.
    pub description: String,
    /// What people call what is on it, where they look for it by that; or empty.
    pub called: String,
    /// Whether it is the page that is being shown.
    pub current: bool,
    /// The tag of its language, where its title stands on a page in another; or empty.
    pub language: String,
    /// What is said of that language there: `in Welsh`.
    pub in_language: String,
}

/// A page in another form.
#[derive(Debug, Clone, Serialize)]
pub struct FormView {
    /// What it is, with its type and size: `Large print (PDF, 120 kB, 4 pages)`.
    pub title: String,
    /// Its address.
    pub url: String,
    /// The tag of its language, where it is not that of the page; or empty.
    pub language: String,
}

/// One page.
#[derive(Debug, Default, Serialize)]
pub struct PageView<'a> {
    /// What the page is called.
    pub title: String,
    /// What it is a part of, where its title does not say so: for the window of the
    /// browser, or empty.
    pub context: String,
    /// What it is about, in a sentence, or empty.
    pub description: String,
    /// Its kind, as an editor writes it: `easy read`.
    pub kind: &'a str,
    /// Its address below the root: `/manage/records/`.
    pub url: String,
    /// Its whole address, for print and for other sites; empty when the site
    /// does not say where it will be published.
    pub address: String,
    /// Its short address, to read out: `https://…/go/records`, or empty.
    pub short: String,
    /// Its language: `en`, `cy`.
    pub language: &'a str,
    /// `ltr` or `rtl`.
    pub direction: &'a str,
    /// The address of the home page in this language.
    pub home: String,
    /// The main sections of the site.
    pub navigation: Vec<LinkView>,
    /// The links at the foot of the page.
    pub footer: Vec<LinkView>,
    /// The pages above this one, from home down. Empty on the home page.
    pub breadcrumb: Vec<LinkView>,
    /// The stage it belongs to.
    pub stage: Option<StageView>,
    /// The text of the page before its first heading.
    pub lead: Markup,
    /// The rest of its text.
    pub body: Markup,
    /// Its headings of level 2; empty when there are fewer than three.
    pub contents: Vec<LinkView>,
    /// Alerts and service news to be shown on this page today.
    pub notices: Vec<NoticeView>,
    /// For a page that is not simply published.
    pub state: Option<StateView>,
    /// Whether this is a page for staff.
    pub staff: bool,
    /// Whether search engines are asked to leave it out.
    pub hidden: bool,
    /// Who looks after it.
    pub owner: Option<LinkView>,
    /// When it came out, if it says so, or empty.
    pub published: String,
    /// When its facts were so, where nobody has checked them since: `August 2024`, or empty.
    pub source_date: String,
    /// When it was checked: `21 November 2026`, or empty.
    pub checked: String,
    /// When it will be checked again, or empty.
    pub check_again: String,
    /// Whether that day has passed.
    pub overdue: bool,
    /// What changed, the newest first.
    pub changes: Vec<ChangeView>,
    /// Who a reader can ask.
    pub contact: Option<ContactView>,
    /// Whether that contact stands in the answer that the page gives.
    pub asks_there: bool,
    /// Whether it can be read aloud, where the device has a voice.
    pub listens: bool,
    /// An email about this page to whoever looks after it, or empty.
    pub feedback: String,
    /// Whether it is in easy read, and so in a frame without a menu and in larger words.
    pub easy: bool,
    /// The easy-read version of this page.
    pub easy_read: Option<LinkView>,
    /// The same page in other forms: as files, in large print, as sound, in sign language.
    pub forms: Vec<FormView>,
    /// The page that this one is the easy-read version of.
    pub full_version: Option<LinkView>,
    /// This page in all its languages, this one included; empty when it has one.
    pub translations: Vec<TranslationView>,
    /// A sentence for each language of the site that this page is not in.
    pub untranslated: Vec<TranslationView>,
    /// Pages to read next.
    pub related: Vec<LinkView>,
    /// Pages listed below this one.
    pub children: Vec<LinkView>,
    /// The part before, in a guide.
    pub previous: Option<LinkView>,
    /// The part after, in a guide.
    pub next: Option<LinkView>,
    /// The guide that this page is a part of, or is.
    pub guide: Option<GuideView>,
    /// Where the facts come from, or empty.
    pub source: String,
    /// How others may use the text, or empty.
    pub licence: String,
    /// The steps that it helps with.
    pub journeys: Vec<JourneyView>,
    /// What staff send when they send this page.
    pub send: Option<SendView>,
    /// The address of its copy in Markdown, or empty.
    pub copy: String,
    /// What it is about, for other programs: JSON for a script element, or empty.
    pub json_ld: Html,
    /// Addresses of scripts. No page needs one to be read.
    pub scripts: Vec<String>,
    /// What only its kind has, made of its own front matter.
    #[serde(flatten)]
    pub shown: Shown,
    /// What only its kind has, made of other pages too.
    #[serde(flatten)]
    pub own: Box<OwnView>,
    /// A map of the page's own, for a theme.
    pub extra: serde_json::Value,
}

/// What only the pages of one kind have, where it is made of other pages, letters or records:
/// what follows from front matter alone is [`Shown`]. Its names stand among those of the page:
/// `page.letter`.
/// A page of another kind has them too, empty, so that a template can ask.
#[derive(Debug, Default, Serialize)]
pub struct OwnView {
    /// The links of the home page.
    pub start_here: Vec<LinkView>,
    /// A letter or a worksheet; none when it cannot be filled in.
    pub letter: Option<LetterView>,
    /// Whether it is a letter that staff send, or the same to print and write on.
    pub from_staff: bool,
    /// A directory entry.
    pub service: Option<ServiceView>,
    /// A page of the directory.
    pub directory: Option<DirectoryView>,
    /// For the script that says what is open now, as JSON: the bank holidays that are known, and
    /// how days and times are said. Empty where nothing has hours.
    pub calendar: String,
    /// “Can I buy…?”: items by page.
    pub buy: Vec<BuyGroupView>,
    /// The questions and outcomes of a flow.
    pub flow: Option<FlowView>,
    /// Where people choose a booklet.
    pub booklets: Option<BookletsView>,
    /// Whether what there is to buy, or to put into a booklet, is so much that a box to look
    /// through it stands above.
    pub is_long: bool,
    /// Every short link, for staff.
    pub short_links: Vec<ShortLinkView>,
    /// Every change, the newest first.
    pub updates: Vec<UpdateView>,
    /// The terms of the glossary, in order.
    pub glossary: Vec<TermView>,
    /// The pages of a section by topic; letters, where some are sent to those who publish the
    /// site and some by them, by that.
    pub groups: Vec<GroupView>,
    /// The pages of a section of which all are in easy read and have a picture.
    pub easy_pages: Vec<EasyPageView>,
    /// Groups by first letter: all pages, or only the letters of the terms of a glossary.
    pub letters: Vec<GroupView>,
    /// The folder of the search index.
    pub search_index: &'static str,
    /// The address of the search engine, which a page that is opened from a folder cannot
    /// import.
    pub search_engine: Option<String>,
    /// The parts that the law asks for in an accessibility statement.
    pub statement: Option<StatementView>,
    /// The text after them.
    pub after: Markup,
}

/// A stage of having a direct payment.
#[derive(Debug, Clone, Serialize)]
pub struct StageView {
    /// `decide`, `set up` or `manage`.
    pub name: &'static str,
    /// 1, 2 or 3.
    pub number: u8,
    /// Its landing page, or empty.
    pub url: String,
}

/// An alert or news of a service.
#[derive(Debug, Clone, Serialize)]
pub struct NoticeView {
    /// The language of its words, where it is not that of the page, or empty.
    pub language: String,
    /// In a few words.
    pub title: String,
    /// In a sentence or two, or empty.
    pub text: String,
    /// The service it is about, or empty for an alert.
    pub service: String,
    /// `limited`, `changed`, `normal`, or empty.
    pub state: String,
}

/// Why a page is not simply published.
#[derive(Debug, Clone, Serialize)]
pub struct StateView {
    /// `draft`, `withdrawn` or `ended`.
    pub name: &'static str,
    /// Why, in a sentence, or empty.
    pub note: String,
    /// What to read instead.
    pub replaced_by: Option<LinkView>,
}

/// A note of what changed.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeView {
    /// When, in words.
    pub date: String,
    /// `2026-11-21`
    pub iso: String,
    /// What.
    pub note: String,
    /// In which section, or empty.
    pub section: String,
}

/// A change and the page that changed.
#[derive(Debug, Clone, Serialize)]
pub struct UpdateView {
    /// What changed.
    pub change: ChangeView,
    /// The page.
    pub page: LinkView,
}

/// A language that a page is in, or is not in.
#[derive(Debug, Clone, Serialize)]
pub struct TranslationView {
    /// `cy`
    pub language: String,
    /// In its own words: `Cymraeg`.
    pub name: String,
    /// The address of the page in that language; where it is not translated,
    /// of the home page in that language, or empty.
    pub url: String,
    /// Whether it is the one being shown.
    pub current: bool,
    /// For a missing translation: a sentence in that language that says so.
    pub sentence: String,
}

/// A guide in several parts.
#[derive(Debug, Clone, Serialize)]
pub struct GuideView {
    /// The guide.
    pub title: String,
    /// Its first page.
    pub url: String,
    /// Which part this is, from 1; 0 for the guide itself.
    pub number: usize,
    /// All parts.
    pub parts: Vec<LinkView>,
    /// The address of the whole guide on one page.
    pub print: String,
}

/// A team or person to ask.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ContactView {
    /// Its id in `contacts.yaml`.
    pub id: String,
    /// The language of its name and of what else it says, where it is not that of the page, or
    /// empty.
    pub language: String,
    /// What it is called.
    pub name: String,
    /// What it can help with, or empty.
    pub what_for: String,
    /// The language of that, where it is not that of the page, or empty.
    pub what_for_language: String,
    /// Phone numbers.
    pub phones: Vec<PhoneView>,
    /// Email addresses.
    pub emails: Vec<EmailView>,
    /// The lines of the postal address.
    pub address: Vec<String>,
    /// The language of those, where it is not that of the page, or empty.
    pub address_language: String,
    /// Opening hours in words, or empty.
    pub hours: String,
    /// The language of those words, where it is not that of the page, or empty.
    pub hours_language: String,
    /// A number for text messages.
    pub text: Option<PhoneView>,
    /// Whether Relay UK reaches it: 18001 before the first phone number.
    pub relay: bool,
    /// Where to talk in British Sign Language, or empty.
    pub bsl: String,
    /// A website of its own, for directory entries, or empty.
    pub web: String,
    /// The same as people say it: `daletrust.example/wheels`.
    pub web_name: String,
    /// The page about it, or empty.
    pub page: String,
    /// The number of whoever answers when it is closed.
    pub when_closed: Option<PhoneView>,
}

/// A phone number.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PhoneView {
    /// What it is for, or empty.
    pub label: String,
    /// In groups: `0306 999 0100`.
    pub number: String,
    /// For the link: `tel:+443069990100`.
    pub link: String,
    /// When it is answered, or empty.
    pub hours: String,
    /// Anything else, or empty.
    pub note: String,
}

/// An email address.
#[derive(Debug, Clone, Default, Serialize)]
pub struct EmailView {
    /// What it is for, or empty.
    pub label: String,
    /// The address.
    pub address: String,
}

/// A letter.
#[derive(Debug, Clone, Serialize)]
pub struct LetterView {
    /// Whether it tells someone a decision.
    pub decision: bool,
    /// Whether staff send it: then no device may remember what is typed.
    pub staff: bool,
    /// Who opens it, for letters that the public send.
    pub to: Option<ContactView>,
    /// Who sends it, for letters that staff send.
    pub from: Option<ContactView>,
    /// The blanks, in the order in which people are asked.
    pub fields: Vec<FieldView>,
    /// The letter with a labelled blank for each field.
    pub sheet: Html,
    /// The letter filled in with its examples.
    pub example: Html,
    /// The blank letter in other formats.
    pub documents: Vec<DocumentView>,
    /// The address of the letter with lines to write on; empty where it is no paper.
    pub print: String,
    /// For a text message, how long it is with its examples.
    pub length: Option<LengthView>,
    /// What the script needs to know, as JSON for a script element.
    pub data: Html,
}

/// How long a text message is.
#[derive(Debug, Clone, Serialize)]
pub struct LengthView {
    /// As networks count them.
    pub characters: usize,
    /// How many texts it is sent as.
    pub parts: usize,
}

/// A blank in a letter.
#[derive(Debug, Clone, Serialize)]
pub struct FieldView {
    /// Its place among the fields, from 0.
    pub number: usize,
    /// Its name in the letter.
    pub name: String,
    /// What to ask.
    pub label: String,
    /// `text`, `long text`, `date` …
    pub kind: &'static str,
    /// How to ask: `text`, `long`, `address`, `email`, `tel` or `choice`.
    pub input: &'static str,
    /// Help with the answer, or empty.
    pub help: String,
    /// An answer someone might give.
    pub example: String,
    /// The answers to choose from.
    pub choices: Vec<String>,
    /// The token for the person's own details, or empty.
    pub autocomplete: String,
    /// Whether it must be filled in.
    pub required: bool,
    /// Whether it is the date of the letter itself.
    pub frame: bool,
}

/// A blank letter as a file.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentView {
    /// Its address.
    pub url: String,
    /// `docx`, `odt` or `txt`
    pub format: &'static str,
    /// Whether it is in large print.
    pub large: bool,
}

/// Things that people ask whether they may buy, from one page.
#[derive(Debug, Clone, Serialize)]
pub struct BuyGroupView {
    /// The page they are on.
    pub page: LinkView,
    /// The things.
    pub items: Vec<BuyView>,
}

/// A thing that people ask whether they may buy.
#[derive(Debug, Clone, Serialize)]
pub struct BuyView {
    /// What it is.
    pub item: String,
    /// What links to it name.
    pub id: String,
    /// `yes`, `no` or `ask first`.
    pub answer: &'static str,
    /// Why.
    pub why: String,
    /// An example, or empty.
    pub example: String,
    /// Other words that people use.
    pub words: String,
    /// Its own address.
    pub url: String,
}

/// A word of the glossary.
#[derive(Debug, Clone, Serialize)]
pub struct TermView {
    /// The word.
    pub term: String,
    /// Its first letter, where it is the first of them; or empty.
    pub first: String,
    /// Its abbreviation, or empty.
    pub short: String,
    /// What links to it name.
    pub id: String,
    /// What it means.
    pub means: String,
    /// Other words for it.
    pub also_called: Vec<String>,
}

/// Links that go together.
#[derive(Debug, Clone, Default, Serialize)]
pub struct GroupView {
    /// What they have in common: a letter, or words.
    pub name: String,
    /// A sentence on that, or nothing.
    pub about: String,
    /// The links.
    pub links: Vec<LinkView>,
    /// The page that they are on, where that is another.
    pub url: String,
    /// Whether they are on this page.
    pub current: bool,
}

/// What the template of a record inside a page sees: `records/contact.html`
/// and its neighbours.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RecordView {
    /// `records/contact.html`
    pub contact: Option<ContactView>,
    /// Whether only what most people reach for first is shown of it: on all pages but those of
    /// contacts.
    pub is_short: bool,
    /// Whether that is one of many on a page of contacts, which shows their names to choose from.
    pub is_folded: bool,
    /// `records/entries.html`
    pub entries: Vec<EntryView>,
    /// `records/service.html`, in booklets
    pub service: Option<ServiceView>,
    /// `records/buy.html`
    pub buy: Vec<BuyView>,
    /// `records/checklist.html`
    pub checklist: Vec<String>,
    /// What it means to tick many of them, for a checklist with a rule.
    pub tally: Option<TallyView>,
    /// `records/symbols.html`
    pub symbols: Vec<SymbolView>,
    /// `records/video.html`
    pub video: Option<VideoView>,
    /// `records/flow.html`
    pub flow: Option<FlowView>,
}

/// An easy-read row.
#[derive(Debug, Clone, Serialize)]
pub struct SymbolView {
    /// The address of the picture.
    pub picture: String,
    /// Lighter ones in WebP, as `srcset` has them; empty where there are none.
    pub lighter: String,
    /// What it shows; empty when it only decorates.
    pub alt: String,
    /// Its width in pixels, or 0.
    pub width: usize,
    /// Its height in pixels, or 0.
    pub height: usize,
    /// The words beside it.
    pub words: String,
}

/// A page in easy read, in a list of them.
#[derive(Debug, Clone, Serialize)]
pub struct EasyPageView {
    /// Its address.
    pub url: String,
    /// Its first picture, with its title.
    pub symbol: SymbolView,
}

/// A film.
#[derive(Debug, Clone, Serialize)]
pub struct VideoView {
    /// What it is called.
    pub title: String,
    /// Where to watch it.
    pub link: String,
    /// Where to read what is said in it.
    pub transcript: String,
}
