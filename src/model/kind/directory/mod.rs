//! The directory, and the lists of it that are made from its entries.

use std::collections::BTreeSet;

use super::{KindEntry, Own, Written};
use crate::{
    model::Page,
    parse::{Fields, Placed, walk::Run},
    rule,
    text::slug,
};

mod made;

/// The directory.
pub static DIRECTORY: KindEntry =
    KindEntry::written("directory", "The directory’s own `index.md`.", include_str!("starter.md"))
        .names("`categories`: a list of `{id, name, about, taxonomy}`")
        .shown_by("directory.html")
        .index()
        .in_menu()
        .read(|fields| Box::new(Directory::read(fields)));

/// A list of directory entries.
pub static DIRECTORY_LIST: KindEntry =
    KindEntry::made("directory list", "A list of directory entries.", "directory-list.html")
        .unsearched();

/// The whole directory on one page.
pub static DIRECTORY_PRINT: KindEntry =
    KindEntry::made("directory print", "The whole directory on one page.", "directory-print.html")
        .unsearched()
        .unlisted();

/// The front matter of the directory.
#[derive(Debug, Default)]
pub struct Directory {
    /// The sorts of service, in the order in which they are shown.
    pub categories: Vec<Category>,
}

/// A sort of service.
#[derive(Debug, Clone)]
pub struct Category {
    /// What entries name: `money-advice`.
    pub id: Placed<String>,
    /// What readers see: `Benefits, debt and bills`.
    pub name: Placed<String>,
    /// A sentence about it.
    pub about: Placed<String>,
    /// What public lists of terms call it, by which other programs know it.
    pub taxonomy: Vec<PublicTerm>,
}

/// A term of a list that many publish with, such as Open Eligibility.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PublicTerm {
    /// The list, by its name or its web address: `Open Eligibility`.
    pub name: String,
    /// The term as the list has it: `1102`, or a web address.
    pub id: String,
}

/// A list of directory entries.
#[derive(Debug)]
pub struct DirectoryList {
    /// The sort of service it lists, by id.
    pub category: Option<String>,
    /// The place it lists.
    pub area: Option<String>,
    /// Which part of the list it is, from 0.
    pub part: usize,
}

impl Own for DirectoryList {
    fn is_later_part(&self) -> bool {
        self.part > 0
    }
}

/// A part of the directory on one page: the number of the part, from 0.
#[derive(Debug)]
pub struct DirectoryPart(pub usize);

impl Own for DirectoryPart {}

impl Own for Directory {
    fn made(&self, page: &Page, written: &Written<'_>) -> Vec<Page> {
        made::pages(self, page, written)
    }

    fn words(&self) -> Vec<(Run, &Placed<String>)> {
        let categories = self.categories.iter();
        let words = categories.map(|one| [(Run::Heading, &one.name), (Run::Paragraph, &one.about)]);
        words.flatten().collect()
    }
}

impl Directory {
    fn read(fields: &mut Fields<'_>) -> Self {
        super::kind_of_pages(fields);
        let mut ids = BTreeSet::new();
        let categories = fields.each_of("categories", |_, item| {
            let id = item.needed("id", "money-advice");
            let name = item.needed("name", "Benefits, debt and bills");
            let about = item.said("about");
            let taxonomy = taxonomy(item);
            let (id, name) = (id?, name?);
            if slug(&id.value) != id.value {
                let message = format!("“{}” cannot be part of an address", id.value);
                let hint = format!("write `id: {}`", slug(&id.value));
                item.wrong(&rule::FRONT_MATTER, id.span, message, hint);
            } else if !ids.insert(id.value.clone()) {
                let message = format!("the category “{}” appears twice", id.value);
                item.wrong(&rule::FRONT_MATTER, id.span, message, "keep one of them");
            } else {
                return Some(Category { id, name, about, taxonomy });
            }
            None
        });
        Self { categories }
    }
}

/// Reads `{name: Open Eligibility, id: "1102"}`, or several.
fn taxonomy(category: &mut Fields<'_>) -> Vec<PublicTerm> {
    let read = |item: &mut Fields<'_>| {
        let name = item.needed("name", "Open Eligibility");
        let id = item.needed("id", "\"1102\"");
        Some(PublicTerm { name: name?.value, id: id?.value })
    };
    if !category.is_map("taxonomy") {
        return category.each_of("taxonomy", |_, item| read(item));
    }
    let Some(mut one) = category.map("taxonomy") else { return Vec::new() };
    let found = read(&mut one);
    category.absorb(one);
    found.into_iter().collect()
}
