//! The directory, and the lists of it that are made from its entries.

use crate::{
    diagnostic::Diagnostic,
    parse::{Fields, Placed},
    rule,
    text::slug,
};

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
    pub name: String,
    /// A sentence about it.
    pub about: String,
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

impl Directory {
    pub(super) fn read(fields: &mut Fields<'_>) -> Self {
        super::kind_of_pages(fields);
        let mut categories: Vec<Category> = Vec::new();
        for (_, mut item) in fields.maps("categories") {
            let id = item.needed("id", "money-advice");
            let name = item.needed("name", "Benefits, debt and bills");
            let about = item.text("about").map_or_else(String::new, |found| found.value);
            if let (Some(id), Some(name)) = (id, name) {
                if slug(&id.value) != id.value {
                    let message = format!("“{}” cannot be part of an address", id.value);
                    let hint = format!("write `id: {}`", slug(&id.value));
                    item.report(
                        Diagnostic::error(&rule::FRONT_MATTER, id.span, message).hint(hint),
                    );
                } else if categories.iter().any(|other| other.id.value == id.value) {
                    let message = format!("the category “{}” appears twice", id.value);
                    item.report(
                        Diagnostic::error(&rule::FRONT_MATTER, id.span, message)
                            .hint("keep one of them"),
                    );
                } else {
                    categories.push(Category { id, name: name.value, about });
                }
            }
            fields.absorb(item);
        }
        Self { categories }
    }
}
