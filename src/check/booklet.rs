//! `booklet`: pages that cannot be part of a booklet.
//!
//! Links that lead nowhere are another check’s.

use super::{Check, Marks, Subject, rule};
use crate::model::{Page, Target, kind};

pub(super) const CHECK: Check = rule::BOOKLET.on_written(run);

fn run(subject: &Subject<'_>, page: &Page, marks: &mut Marks) {
    let Some(booklet) = page.kind.own::<kind::Booklet>() else { return };
    let site = subject.world.site;
    let mut seen = Vec::new();
    for link in &booklet.pages {
        match page.text.named.get(&link.span.start) {
            Some((_, Target::Page(id, _))) if seen.contains(id) => {
                let message = format!("“{}” is in this booklet already", link.value);
                marks.push(link.span, message).hint("keep one of them");
            }
            Some((_, Target::Page(id, _))) => {
                seen.push(*id);
                let part = &site.pages[*id];
                if !part.kind.entry.fits_a_booklet {
                    let message = format!(
                        "“{}” is of the kind “{}”, which a booklet cannot hold",
                        link.value, part.kind.entry.name
                    );
                    let hint = "choose pages of text and entries of the directory";
                    marks.push(link.span, message).hint(hint);
                }
            }
            Some((_, Target::External | Target::File(_) | Target::Made(_))) => {
                let message = format!("“{}” is not a page of this site", link.value);
                marks.push(link.span, message).hint("choose pages of this site");
            }
            Some((_, Target::Missing(_))) | None => {}
        }
    }
}
