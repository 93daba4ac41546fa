//! `plainsite schema`: what can be written at the top of each kind of page and in each data
//! file, as JSON Schema for programs that help with typing.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use super::speak::{result, tell};
use crate::{
    diagnostic::Error,
    model::{
        data,
        kind::KINDS,
        schema::{COMMON, KindFields, json, of_data, of_kind},
    },
    output::{Bytes, Files},
    text::{nearest, slug, wording::counted},
    write,
};

/// Print what can be written in a kind of page or a data file, as JSON Schema
#[derive(Debug, Args)]
#[command(after_help = "One kind of page, or one data file:\n  plainsite schema letter\n  \
                        plainsite schema contacts.yaml\n\
                        All of them, a file each:\n  plainsite schema --out .schemas")]
pub(super) struct SchemaArgs {
    /// A kind of page, such as letter or easy-read, or a data file; left out: their names
    #[arg(conflicts_with = "out")]
    name: Option<String>,
    /// A folder for all of them
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn run(args: &SchemaArgs) -> Result<ExitCode, Error> {
    let all = all();
    if let Some(folder) = &args.out {
        let files: Files = all
            .iter()
            .map(|(name, schema)| (format!("{name}.schema.json"), Bytes::from(schema())))
            .collect();
        write::change(&files, folder)?;
        tell!("{} in {}.", counted(files.len(), "schema is", "schemas are"), folder.display());
        return Ok(ExitCode::SUCCESS);
    }
    let Some(name) = &args.name else {
        for (name, _) in &all {
            result(&format!("{name}\n"))?;
        }
        tell!("plainsite schema letter prints the one for letters.");
        return Ok(ExitCode::SUCCESS);
    };
    let wanted = name.trim().to_lowercase().replace([' ', '_'], "-");
    match all.iter().find(|(known, _)| *known == wanted) {
        Some((_, schema)) => result(&schema())?,
        None => {
            let meant = nearest(&wanted, all.iter().map(|(name, _)| name.as_str()));
            let hint = meant.map_or("plainsite schema lists them".to_owned(), |meant| {
                format!("did you mean {meant}?")
            });
            let message = format!("there is no kind of page and no data file “{name}”; {hint}");
            return Err(Error::Usage(message));
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The name of each schema, and what makes it.
fn all() -> Vec<(String, Box<dyn Fn() -> String>)> {
    let kinds = KINDS.iter().map(|&kind| {
        let print = move || {
            let KindFields { own, common } = of_kind(kind);
            pretty(&json(kind.name, kind.about, &[(&own, kind.manual()), (&common, COMMON)]))
        };
        (slug(kind.name), Box::new(print) as Box<dyn Fn() -> String>)
    });
    let files = data::FILES.iter().map(|&file| {
        let print = move || {
            let fields = of_data(file).unwrap_or_default();
            pretty(&json(file, "A record of this data file.", &[(&fields, "Data files")]))
        };
        (file.to_owned(), Box::new(print) as Box<dyn Fn() -> String>)
    });
    kinds.chain(files).collect()
}

fn pretty(schema: &serde_json::Value) -> String {
    serde_json::to_string_pretty(schema).expect("names and values can be written") + "\n"
}
