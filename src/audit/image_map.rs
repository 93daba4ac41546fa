//! `image-map`: pictures that answer to the place where they are clicked.

use std::collections::HashSet;

use super::{Check, Level, Marks, Page, Rule, words::short};

pub(super) const RULE: Check =
    Rule::html("image-map", include_str!("image_map.md")).wcag(Level::A, &["2.1.1"]).on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    let maps: HashSet<&str> = page
        .all(&["map"])
        .into_iter()
        .flat_map(|map| [map.attr("name"), map.attr("id")])
        .flatten()
        .collect();
    for image in page.all(&["img"]) {
        if !image.is_rendered() {
            continue;
        }
        if let Some(named) = image.attr("usemap") {
            if !marks.passes(maps.contains(named.trim().trim_start_matches('#'))) {
                let message = format!(
                    "the picture has links in a map “{}”, which is not there",
                    short(named)
                );
                let hint = "write `<map name=\"…\">` with the name that `usemap` has after `#`";
                marks.ask(image, message).hint(hint).at(image.attr_span("usemap"));
            }
        } else if image.has("ismap") && image.closest(&["a"]).is_some_and(|link| link.has("href")) {
            let message = "where the link leads depends on where the picture is clicked";
            let hint = "write the places as links: `<map>` with an `<area>` each, or a list";
            marks.fail(image, message).hint(hint).at(image.attr_span("ismap"));
        }
    }
}
