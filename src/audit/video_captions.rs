//! `video-captions`: films whose words nobody can read.

use super::{
    Check, Element, Level, Marks, Page, Rule,
    words::{file_name, short},
};

pub(super) const RULE: Check = Rule::html("video-captions", include_str!("video_captions.md"))
    .wcag(Level::A, &["1.2.2"])
    .act(&["eac66b", "f51b46"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for video in page.all(&["video"]) {
        // Without sound there is nothing to caption; without a button it stays that way.
        let is_silent = video.has("muted") && !video.has("controls");
        if !video.is_visible() || is_silent {
            continue;
        }
        if marks.passes(video.children().any(is_captions)) {
            continue;
        }
        let message = match source(video).and_then(file_name) {
            Some(file) => format!("the film “{}” has no captions beside it", short(file)),
            None => "the film has no captions beside it".to_owned(),
        };
        marks
            .ask(video, message)
            .hint("write `<track kind=\"captions\" src=\"…\" srclang=\"en\">`, if it has sound and shows no captions of its own");
    }
}

fn is_captions(track: Element<'_>) -> bool {
    track.is("track")
        && track.attr("kind").is_some_and(|kind| kind.trim().eq_ignore_ascii_case("captions"))
        && track.attr("src").is_some_and(|src| !src.trim().is_empty())
}

/// The file that a film or a sound plays, the first of several.
pub(super) fn source(media: Element<'_>) -> Option<&str> {
    let inside =
        || media.children().filter(|child| child.is("source")).find_map(|child| child.attr("src"));
    media.attr("src").or_else(inside).map(str::trim).filter(|src| !src.is_empty())
}
