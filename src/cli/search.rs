//! `plainsite search`: what a reader would find. The ranking is the browser's.

use std::process::ExitCode;

use clap::Args;
use serde_json::json;

use super::{
    site::SiteArgs,
    speak::{result, tell},
};
use crate::{
    build,
    diagnostic::{Error, Format},
    index, output,
    text::wording::counted,
};

/// Show what a reader would find, with scores; the first five stand by their best part
#[derive(Debug, Args)]
pub(super) struct SearchArgs {
    /// What the reader types
    #[arg(required = true)]
    words: Vec<String>,
    #[command(flatten)]
    site: SiteArgs,
    /// How many results to show
    #[arg(long, value_name = "NUMBER", default_value_t = 10)]
    limit: usize,
    /// Show what each word adds to the score
    #[arg(long)]
    why: bool,
    /// Take words that are on no page as they were typed, and not for slips
    #[arg(long)]
    as_typed: bool,
    /// Search as from a page in this language: those in others count half
    #[arg(long, value_name = "LANGUAGE")]
    language: Option<String>,
}

pub(super) fn run(args: &SearchArgs) -> Result<ExitCode, Error> {
    let words = args.words.join(" ");
    let built = build(&args.site.root, args.site.options(false))?;
    let made = output::search::index(&built.files);
    let options = index::Options {
        limit: args.limit,
        language: args.language.clone().unwrap_or_default(),
        as_typed: args.as_typed,
        ..Default::default()
    };
    let answer = index::search(&made, &words, &options);
    if args.site.format == Format::Json {
        for hit in &answer.hits {
            let place =
                hit.section.as_ref().map(|(id, heading)| json!({"id": id, "heading": heading}));
            let reasons = hit.reasons.iter().filter(|_| args.why);
            let reasons = reasons.map(|one| json!({"word": one.word, "points": one.points}));
            let mut line = json!({
                "score": hit.score,
                "title": hit.title,
                "url": hit.url,
                "section": place,
            });
            if args.why {
                line["reasons"] = reasons.collect();
            }
            result(&format!("{line}\n"))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    for hit in &answer.hits {
        let place = hit.section.as_ref().map_or_else(String::new, |(id, _)| format!("#{id}"));
        result(&format!("{:>12}  {}  ({}{place})\n", hit.score, hit.title, hit.url))?;
        for reason in hit.reasons.iter().filter(|_| args.why) {
            result(&format!("{:>12}    {}\n", reason.points, reason.word))?;
        }
    }
    let read_as =
        answer.corrected.map_or_else(String::new, |words| format!(" It was read as “{words}”."));
    match answer.total {
        0 => tell!("No page answers “{words}”.{read_as}"),
        total => tell!("{} “{words}”.{read_as}", counted(total, "page answers", "pages answer")),
    }
    Ok(ExitCode::SUCCESS)
}
