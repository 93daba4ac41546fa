//! What a template sees of the directory.

use serde::Serialize;

use super::{ContactView, LinkView, PhoneView};

/// A directory entry.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ServiceView {
    /// What it is called.
    pub name: String,
    /// Other names.
    pub also_called: Vec<String>,
    /// Who runs it, or empty.
    pub organisation: String,
    /// What that is, in a sentence, or empty.
    pub organisation_about: String,
    /// What it does.
    pub on_offer: String,
    /// What it does not do, or empty.
    pub cannot_do: String,
    /// For whom.
    pub who_for: String,
    /// `18 and over`, or empty.
    pub ages: String,
    /// What it costs.
    pub cost: String,
    /// What to do first.
    pub how_to_access: String,
    /// Phone, email, hours and website.
    pub contact: ContactView,
    /// What the hours do not say, or empty.
    pub hours_note: String,
    /// When it is closed although its hours say otherwise, or empty.
    pub closed: String,
    /// Its hours and closed days as JSON for the script that says whether it is open now, or
    /// empty.
    pub opening: String,
    /// A warning that holds today, or empty.
    pub alert: String,
    /// Whether it is closed for now.
    pub paused: bool,
    /// Why, and what to do meanwhile, or empty.
    pub status_note: String,
    /// `personal assistant` for an entry about a person, or empty.
    pub profile: &'static str,
    /// Who checked the entry, or empty.
    pub checked_by: String,
    /// The address of the entry for an address book, or empty.
    pub card: String,
    /// Where it is.
    pub places: Vec<PlaceView>,
    /// `Phone, online, in person`, or empty.
    pub ways: String,
    /// Languages spoken: `English, Welsh`; or empty.
    pub languages: String,
    /// The places it covers.
    pub areas: Vec<LinkView>,
    /// What sort of service it is.
    pub categories: Vec<LinkView>,
    /// For staff, in a staff build only, or empty.
    pub staff_note: String,
    /// A link that opens an email about a mistake in this entry, or empty.
    pub report: String,
}

/// Where a service is.
#[derive(Debug, Clone, Serialize)]
pub struct PlaceView {
    /// The address on one line.
    pub address: String,
    /// How to get in, or empty.
    pub access: String,
}

/// A page of the directory.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DirectoryView {
    /// Categories with a page of their own, with how many entries each has.
    pub categories: Vec<CountView>,
    /// Areas with a page of their own.
    pub areas: Vec<CountView>,
    /// Entries by first letter; one group without a name on short pages.
    pub groups: Vec<EntryGroupView>,
    /// For a place, the entries of the wider places around it, the nearest first.
    pub wider: Vec<WiderView>,
    /// How many entries the list has, those of wider places included.
    pub count: usize,
    /// Areas in which this category has entries, or categories in this area.
    pub narrower: Vec<CountView>,
    /// Whether those come first, and the list is folded below them.
    pub is_folded: bool,
    /// How many of those come first nevertheless, since they are only for the place of the list.
    pub own: usize,
    /// The pages that the list takes, each named by its first and last entry; empty
    /// when it takes one.
    pub parts: Vec<LinkView>,
    /// The same of the list of all entries.
    pub all_parts: Vec<LinkView>,
    /// The directory.
    pub home: String,
    /// The sort of service that is listed, by id, or empty.
    pub category: String,
    /// The place that is listed, or empty.
    pub area: String,
    /// The address of what the script needs to know of all entries.
    pub data: String,
    /// The letters that begin the postcodes from which it can say how far entries are: `LN and
    /// PE`; empty where nobody can say.
    pub near: String,
    /// The addresses of the exports: JSON, CSV and vCard.
    pub exports: Vec<String>,
    /// The A to Z, or empty.
    pub a_to_z: String,
    /// The whole directory on one page, or empty.
    pub print: String,
    /// The whole entries, on the page for printing.
    pub entries: Vec<ServiceView>,
}

/// The entries of a wider place, in the list of a place within it.
#[derive(Debug, Clone, Serialize)]
pub struct WiderView {
    /// The wider place.
    pub name: String,
    /// Its entries that are not above; none where the list goes on on another page.
    pub entries: Vec<EntryView>,
    /// The list of the wider place, where not all of its entries are here.
    pub all: Option<CountView>,
}

/// A link and how much is behind it.
#[derive(Debug, Clone, Serialize)]
pub struct CountView {
    /// The page.
    pub link: LinkView,
    /// How many entries it has.
    pub count: usize,
}

/// Entries that begin with the same letter.
#[derive(Debug, Clone, Serialize)]
pub struct EntryGroupView {
    /// The letter, or empty.
    pub name: String,
    /// The entries.
    pub entries: Vec<EntryView>,
}

/// A directory entry in a list.
#[derive(Debug, Clone, Serialize)]
pub struct EntryView {
    /// Its page; the description is what it offers.
    pub link: LinkView,
    /// Its first phone number.
    pub phone: Option<PhoneView>,
    /// `ended`, `withdrawn` or `closed for now`, or empty.
    pub state: String,
}
