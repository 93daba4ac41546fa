//! `autoplay`: sound that starts by itself.

use super::{
    Check, Element, Level, Marks, Page, Rule,
    words::{file_name, short},
};

pub(super) const RULE: Check = Rule::html("autoplay", include_str!("autoplay.md"))
    .wcag(Level::A, &["1.4.2"])
    .act(&["4c31df", "80f0bf", "aaa1bf"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for media in page.all(&["audio", "video"]) {
        let sources = sources(media);
        if !media.has("autoplay") || media.has("muted") || sources.is_empty() {
            continue;
        }
        let has_buttons = media.has("controls") && media.is_visible();
        let is_short = !media.has("loop") && sources.iter().all(|source| is_short(source));
        if marks.passes(has_buttons || is_short) {
            continue;
        }
        let message = match file_name(sources[0]) {
            Some(file) => {
                format!("“{}” starts by itself, and has no button to stop it", short(file))
            }
            None => "it starts by itself, and has no button to stop it".to_owned(),
        };
        let hint = "take out `autoplay`, or write `controls` or `muted`";
        marks.ask(media, message).hint(hint).at(media.attr_span("autoplay"));
    }
}

fn sources(media: Element<'_>) -> Vec<&str> {
    let inside = media.children().filter(|child| child.is("source"));
    media
        .attr("src")
        .into_iter()
        .chain(inside.filter_map(|child| child.attr("src")))
        .map(str::trim)
        .filter(|src| !src.is_empty())
        .collect()
}

/// Whether an address ends with a part of no more than three seconds, which is
/// how long WCAG 2.2 lets a sound go on: `song.mp3#t=8,10`.
fn is_short(source: &str) -> bool {
    const MOST_SECONDS: f64 = 3.0;
    let Some((_, fragment)) = source.split_once('#') else { return false };
    let Some(times) = fragment.split('&').find_map(|part| part.strip_prefix("t=")) else {
        return false;
    };
    let (from, to) = times.trim_start_matches("npt:").split_once(',').unwrap_or((times, ""));
    let from = if from.is_empty() { Ok(0.0) } else { from.parse::<f64>() };
    matches!((from, to.parse::<f64>()), (Ok(from), Ok(to)) if to - from <= MOST_SECONDS)
}
