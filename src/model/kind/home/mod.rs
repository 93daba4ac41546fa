//! The home page: what most people come for, first.

use super::{KindEntry, Own};
use crate::parse::{Fields, Placed, walk::Run};

/// The home page.
pub static HOME: KindEntry =
    KindEntry::written("home", "The home page.", include_str!("starter.md"))
        .names("`start here`: a list of links, each `{title, link, about}`")
        .shown_by("home.html")
        .index()
        .read(|fields| Box::new(Home::read(fields)));

/// The front matter of the home page.
#[derive(Debug, Default)]
pub struct Home {
    /// The links that most people come for.
    pub start_here: Vec<Start>,
}

/// A link of the home page.
#[derive(Debug)]
pub struct Start {
    /// Its words; the title of the page when empty.
    pub title: Placed<String>,
    /// Where it leads.
    pub link: Placed<String>,
    /// A sentence about it; the description of the page when empty.
    pub about: Placed<String>,
}

impl Own for Home {
    fn links(&self) -> Vec<&Placed<String>> {
        self.start_here.iter().map(|start| &start.link).collect()
    }

    fn words(&self) -> Vec<(Run, &Placed<String>)> {
        let starts = self.start_here.iter();
        let words = starts.map(|one| [(Run::Heading, &one.title), (Run::Paragraph, &one.about)]);
        words.flatten().collect()
    }
}

impl Home {
    fn read(fields: &mut Fields<'_>) -> Self {
        super::kind_of_pages(fields);
        let start_here = fields.each_of("start here", |_, item| {
            let title = item.said("title");
            let about = item.said("about");
            let link = item.needed("link", "decide/what-is-a-direct-payment.md")?;
            Some(Start { title, link, about })
        });
        Self { start_here }
    }
}
