//! The rules that more than one room reports, or a room that is no check: most of what is
//! found while files are read, and some of what is found later.

use super::{Looks, Rule};

/// A comment allows what is right although a rule says otherwise.
pub const ALLOW: Rule = Rule::error("allow", Looks::Files, include_str!("allow.md"))
    .promise("what nothing needs would hide the next slip");

/// A booklet holds pages of text and entries of the directory.
pub const BOOKLET: Rule = Rule::error("booklet", Looks::Records, include_str!("booklet.md"))
    .promise("a page would be missing from it");

/// A council can have its own colours.
pub const COLOURS: Rule = Rule::error("colours", Looks::Settings, include_str!("colours.md"))
    .explains(&["contrast", "contrast-enhanced"])
    .promise("readers could not see the words");

/// An entry about a person is published as long as they let you.
pub const CONSENT: Rule = Rule::error("consent", Looks::Records, include_str!("consent.md"))
    .promise("somebody would be named who has not agreed to it");

/// The files in `content/_data/` hold what many pages use: contacts, facts, the glossary.
pub const DATA: Rule = Rule::error("data", Looks::Records, include_str!("data.md"))
    .promise("what it is about would be missing from the pages");

/// Something in a document of Word, LibreOffice or the web was not taken over as it was.
pub const DOCUMENT: Rule = Rule::error("document", Looks::Tables, include_str!("document.md"));

/// A link to a part of a page names the id of a heading.
pub const DUPLICATE_ID: Rule =
    Rule::error("duplicate-id", Looks::Files, include_str!("duplicate_id.md"));

/// An email address with a slip in it sends people’s news to nobody.
pub const EMAIL: Rule = Rule::error("email", Looks::Records, include_str!("email.md"))
    .promise("news would go to nobody");

/// A file is not on the site.
pub const FILE: Rule = Rule::error("file", Looks::Files, include_str!("file.md"))
    .promise("what is in the file would be missing from the site");

/// Each way through a question flow must end in an outcome with someone to ask.
pub const FLOW: Rule = Rule::error("flow", Looks::Records, include_str!("flow.md"))
    .promise("somebody would be left without an answer");

/// The lines between `---` at the top of a page are names and values.
pub const FRONT_MATTER: Rule =
    Rule::error("front-matter", Looks::Files, include_str!("front_matter.md"))
        .promise("the page would not be what its author meant");

/// Opening hours must be days and times that nobody can take for something else.
pub const HOURS: Rule = Rule::error("hours", Looks::Records, include_str!("hours.md"))
    .promise("people would come at the wrong time");

/// Some people hear a page.
pub const IMAGE_ALT: Rule = Rule::error("image-alt", Looks::Words, include_str!("image_alt.md"))
    .explains(&["image-alt-text", "image-name"]);

/// Something in a spreadsheet of services cannot be put into a record as it is.
pub const IMPORT: Rule = Rule::error("import", Looks::Tables, include_str!("import.md"));

/// The name of a file says what language its page is in: `records.cy.md` is the Welsh version of `records.md`, once `site.toml` names Welsh among the languages of the site.
pub const LANGUAGE: Rule = Rule::error("language", Looks::Files, include_str!("language.md"))
    .promise("the page would be read aloud in the wrong language");

/// The ledger remembers every address that was published. A line of it that cannot be read might be one that is lost.
pub const LEDGER: Rule = Rule::error("ledger", Looks::Files, include_str!("ledger.md"))
    .promise("an address might be lost with the line");

/// Something in a table of people cannot be put into letters.
pub const LETTER_DATA: Rule =
    Rule::error("letter-data", Looks::Tables, include_str!("letter_data.md"));

/// The blanks of a letter are asked for one by one.
pub const LETTER_FIELD: Rule =
    Rule::error("letter-field", Looks::Letters, include_str!("letter_field.md"))
        .promise("the letter would have a hole in it");

/// A letter lost something that its last version had.
pub const LETTER_LOST: Rule =
    Rule::warning("letter-lost", Looks::Tables, include_str!("letter_lost.md"));

/// People have the address of a page in emails, letters and leaflets, and it must go on leading there.
pub const LOST_ADDRESS: Rule =
    Rule::error("lost-address", Looks::Pages, include_str!("lost_address.md"))
        .promise("links that people have would lead to nothing");

/// A postcode must lead to one team, and to the right one.
pub const LOOK_UP: Rule = Rule::error("look-up", Looks::Records, include_str!("look_up.md"))
    .promise("somebody would get the wrong team");

/// Some things in the text mean something to Plainsite: the label of a box, a fence with a name.
pub const MARKDOWN: Rule = Rule::error("markdown", Looks::Files, include_str!("markdown.md"))
    .promise("the page would not be what its author meant");

/// A page lost something that its last version had.
pub const PAGE_LOST: Rule = Rule::warning("page-lost", Looks::Tables, include_str!("page_lost.md"));

/// Someone may ring the number on your page in a crisis.
pub const PHONE: Rule = Rule::error("phone", Looks::Words, include_str!("phone.md"))
    .promise("somebody could not get through");

/// A fence with a name shows something that is kept elsewhere, or sets out a list in a fixed way.
pub const RECORD: Rule = Rule::error("record", Looks::Records, include_str!("record.md"))
    .promise("what it shows would be missing from the page");

/// People look for things in their own words.
pub const SEARCH_TEST: Rule =
    Rule::error("search-test", Looks::Pages, include_str!("search_test.md"));

/// Somebody agrees to the words before they are published, where the settings ask for it.
pub const SIGN_OFF: Rule = Rule::error("sign-off", Looks::Pages, include_str!("sign_off.md"))
    .promise("readers would rely on words that nobody has agreed to");

/// `site.toml` holds what is the same for the whole site.
pub const SETTINGS: Rule = Rule::error("settings", Looks::Settings, include_str!("settings.md"))
    .promise("the site would not be what the settings mean");

/// Steps are numbered, and what belongs to one step stands inside it.
pub const STEP_BY_STEP: Rule =
    Rule::error("step-by-step", Looks::Files, include_str!("step_by_step.md"))
        .promise("a step would be missing");

/// A theme is a folder in `themes/` with templates, a style sheet and words.
pub const THEME: Rule = Rule::error("theme", Looks::Files, include_str!("theme.md"))
    .promise("pages would be missing from the site");

/// When one file has more than 500 slips, the first 500 are shown and the rest are counted.
pub const TOO_MANY: Rule = Rule::error("too-many", Looks::Files, include_str!("too_many.md"))
    .promise("it stands for findings of every kind");

/// A name at the top of a page, or in a record, that is not known there.
pub const UNKNOWN_NAME: Rule =
    Rule::warning("unknown-name", Looks::Files, include_str!("unknown_name.md"))
        .promise("what is written after it would be on no page");

/// A name in double brackets is replaced by a fact, a part of a contact, a snippet or, in a letter, by what someone fills in.
pub const UNKNOWN_VALUE: Rule =
    Rule::error("unknown-value", Looks::Words, include_str!("unknown_value.md"))
        .promise("readers would see brackets in place of what they need");

/// The words of a page changed a lot, and no note tells its readers.
pub const UNNOTED_CHANGE: Rule =
    Rule::warning("unnoted-change", Looks::Tables, include_str!("unnoted_change.md"));

/// A link to another site begins with `https://`.
pub const WEB_ADDRESS: Rule =
    Rule::error("web-address", Looks::Words, include_str!("web_address.md"))
        .promise("the address would lead nowhere");

/// All of them, by code.
pub const READ: &[&Rule] = &[
    &ALLOW,
    &BOOKLET,
    &COLOURS,
    &CONSENT,
    &DATA,
    &DOCUMENT,
    &DUPLICATE_ID,
    &EMAIL,
    &FILE,
    &FLOW,
    &FRONT_MATTER,
    &HOURS,
    &IMAGE_ALT,
    &IMPORT,
    &LANGUAGE,
    &LEDGER,
    &LETTER_DATA,
    &LETTER_FIELD,
    &LETTER_LOST,
    &LOOK_UP,
    &LOST_ADDRESS,
    &MARKDOWN,
    &PAGE_LOST,
    &PHONE,
    &RECORD,
    &SEARCH_TEST,
    &SETTINGS,
    &SIGN_OFF,
    &STEP_BY_STEP,
    &THEME,
    &TOO_MANY,
    &UNKNOWN_NAME,
    &UNKNOWN_VALUE,
    &UNNOTED_CHANGE,
    &WEB_ADDRESS,
];
