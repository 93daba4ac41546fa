//! `plainsite schema`: what can be written at the top of each kind of page, in each data file
//! and in the lists inside pages, as JSON Schema for programs that help with typing.

use std::{path::PathBuf, process::ExitCode};

use clap::Args;

use super::speak::{result, tell};
use crate::{
    diagnostic::Error,
    model::{
        data,
        kind::KINDS,
        schema::{COMMON, KindFields, LISTS, json, json_of_data, json_of_list, of_data, of_kind},
    },
    output::{Bytes, Files},
    text::{nearest, slug, wording::counted},
    write,
};

/// Print what can be written in a kind of page, a data file or a list in a page, as JSON Schema
#[derive(Debug, Args)]
#[command(
    after_help = "One kind of page, one data file, or one list in a page:\n  plainsite schema letter\n  \
                        plainsite schema contacts.yaml\n  plainsite schema buy\n\
                        All of them, a file each:\n  plainsite schema --out .schemas"
)]
pub(super) struct SchemaArgs {
    /// A kind of page, such as letter or easy-read, a data file or a list; left out: their names
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
            let message =
                format!("there is no kind of page, no data file and no list “{name}”; {hint}");
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
            let fields = of_data(file).expect("each of them is known");
            pretty(&json_of_data(file, &fields))
        };
        (file.to_owned(), Box::new(print) as Box<dyn Fn() -> String>)
    });
    let lists = LISTS.iter().map(|&fence| {
        let print = move || pretty(&json_of_list(fence));
        (fence.name().to_owned(), Box::new(print) as Box<dyn Fn() -> String>)
    });
    kinds.chain(files).chain(lists).collect()
}

fn pretty(schema: &serde_json::Value) -> String {
    serde_json::to_string_pretty(schema).expect("names and values can be written") + "\n"
}
