//! A copy of each page in Markdown, `index.md` beside its `index.html`, for programs that read.
//!
//! It is made of the finished page and not of its source, so that it says what is published and
//! nothing else: no note for staff, no value that is not filled in. The settings ask for it.

use rayon::prelude::*;

use super::{Bytes, Done, Files, Output, Plan};
use crate::{
    config::Config,
    finish::Finished,
    html::{markdown::markdown, tree},
    model::{Page, Site},
    text::address::follow,
};

pub(super) const OUTPUT: Output = Output { name: "the copy of a page", paths, files };

/// What a copy is called.
const NAME: &str = "index.md";

/// What the theme calls the part of a page that says who can help.
const WHO_CAN_HELP: &str = "to-ask";

fn path_of(page: &Page) -> String {
    format!("{}{NAME}", &page.url.as_str()[1..])
}

fn paths(plan: &Plan<'_>) -> Vec<String> {
    let pages = if plan.config.markdown { plan.site.pages.as_slice() } else { &[] };
    pages.iter().filter(|page| page.is_copied()).map(path_of).collect()
}

/// A copy of each page.
fn files(done: &Done<'_>) -> Files {
    let world = done.world;
    // The edition for staff has notes in its pages.
    if !world.config.markdown || world.staff {
        return Files::new();
    }
    let copy = |finished: &Finished| {
        let page = &world.site.pages[finished.page?];
        let text = page.is_copied().then(|| copy(finished, page, world.site, world.config))?;
        Some((path_of(page), Bytes::from(text)))
    };
    done.pages.par_iter().filter_map(copy).collect()
}

fn copy(finished: &Finished, page: &Page, site: &Site, config: &Config) -> String {
    let html = String::from_utf8_lossy(&finished.html);
    let tree = tree::tree(&html);
    let folder = page.url.as_str();
    let address = |to: &str| whole(to, folder, &config.base);
    let find = |is: &dyn Fn(&tree::Node<'_>) -> bool| tree.nodes.iter().position(is);
    let part = |at: Option<usize>, inner: usize| {
        let at = at?;
        let end = tree.nodes[at].end as usize;
        Some(markdown(&tree, at + inner, end, 1, &address)).filter(|text| !text.is_empty())
    };
    let title = find(&|node| node.tag == "h1");
    let title = part(title, 1).map(|words| format!("# {}", words.replace('\n', " ")));
    let about = crate::html::outline::of_tree(&tree).description;
    let has_id = |node: &tree::Node<'_>, id| {
        tree::value_of(tree.attributes_of(node), "id").is_some_and(|own| own == id)
    };
    let body = part(find(&|node| node.tag == "main"), 1);
    let help = part(find(&|node| has_id(node, WHO_CAN_HELP)), 1);
    // An entry of the directory says so in its words.
    let help = help.filter(|help| !body.as_ref().is_some_and(|body| body.contains(help)));
    let words = site.languages.of(&page.language);
    let checked = page
        .front
        .checked
        .as_ref()
        .map(|day| format!("{} {}", words.word("checked"), day.value.words(words)));
    let from = (!config.base.is_empty())
        .then(|| format!("{} <{}{}>", words.word("this_page"), config.base, &folder[1..]));
    let about = Some(markdown_of(&about)).filter(|about| !about.is_empty());
    let foot = from.into_iter().chain(checked).collect::<Vec<_>>().join("\\\n");
    let foot = Some(format!("---\n\n{foot}")).filter(|_| !foot.is_empty());
    let parts = [title, about, body, help, foot];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n\n") + "\n"
}

/// Words as Markdown.
fn markdown_of(words: &str) -> String {
    let mut html = String::from("<p>");
    crate::html::escape(&mut html, words);
    let tree = tree::tree(&html);
    markdown(&tree, 0, tree.nodes.len(), 0, &str::to_owned)
}

/// An address on a page, as it is from anywhere; as it was where the site does not say where it
/// is, since the copy stands beside the page.
fn whole(to: &str, folder: &str, base: &str) -> String {
    let is_own = !to.contains(':') && !to.starts_with("//");
    if base.is_empty() || !is_own {
        return to.to_owned();
    }
    let (path, rest) = to.find(['#', '?']).map_or((to, ""), |at| to.split_at(at));
    let mut parts = Vec::new();
    follow(&mut parts, folder, 0);
    follow(&mut parts, path, 0);
    let is_folder = path.is_empty() || path.ends_with(['/', '.']);
    let end = if is_folder && !parts.is_empty() { "/" } else { "" };
    format!("{base}{}{end}{rest}", parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_whole() {
        let base = "https://a.example/guide/";
        for (to, wanted) in [
            ("../x/", "https://a.example/guide/m/x/"),
            ("../../", "https://a.example/guide/"),
            ("./", "https://a.example/guide/m/r/"),
            ("#part", "https://a.example/guide/m/r/#part"),
            ("../../f.pdf#page=2", "https://a.example/guide/f.pdf#page=2"),
            ("https://b.example/c", "https://b.example/c"),
            ("tel:+441", "tel:+441"),
        ] {
            assert_eq!(whole(to, "/m/r/", base), wanted);
        }
        assert_eq!(whole("../x/", "/m/r/", ""), "../x/");
    }
}
