//! `audio-transcript`: sounds whose words nobody can read.

use super::{
    Check, Level, Marks, Page, Rule,
    video_captions::source,
    words::{file_name, short},
};

pub(super) const RULE: Check = Rule::html("audio-transcript", include_str!("audio_transcript.md"))
    .wcag(Level::A, &["1.2.1"])
    .act(&["2eb176", "e7aa44"])
    .on_page(run);

fn run(page: &Page<'_>, marks: &mut Marks) {
    for audio in page.all(&["audio"]) {
        // One without buttons that does not start by itself is never heard, but for a script.
        if audio.has("autoplay") && !audio.has("muted")
            || audio.has("controls") && audio.is_visible()
        {
            let message = match source(audio).and_then(file_name) {
                Some(file) => format!("are the words of “{}” also there to read?", short(file)),
                None => "are the words of the recording also there to read?".to_owned(),
            };
            marks.ask(audio, message).hint(
                "write what is said below it, or link to it: `<a href=\"…\">What is said</a>`",
            );
        }
    }
}
