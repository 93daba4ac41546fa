//! The commands: what to do, what was found, and how it ended. Each is a file in `cli/` with
//! its arguments, its help and its `run`; this one reads the command line and starts it. What
//! several share is in `baseline`, `own`, `site`, `speak`, `terms` and `threads`.
//!
//! Standard output is for results, standard error for people. The last line on
//! standard error always says in words what happened and what to do. Exit
//! status: 0 done; 1 the content has errors and nothing was published; 2 wrong
//! usage, or the machine failed. No other folder names clap, but where an argument is a
//! type of ours.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use self::{
    speak::{printed, tell},
    threads::with_threads,
};
use crate::diagnostic::Error;

mod agree;
mod audit;
mod baseline;
mod build;
mod changes;
mod check;
mod compare;
mod explain;
mod fix;
mod import;
mod index;
mod init;
mod letter;
mod links;
mod new;
mod own;
mod progress;
mod publish;
mod rename;
mod report;
mod review;
mod schedule;
mod schema;
mod search;
mod serve;
mod site;
mod speak;
mod terms;
mod threads;
mod uses;
mod verify;

/// Turns a folder of plain text into a website that everyone can use.
#[derive(Debug, Parser)]
#[command(name = "plainsite", version, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

/// In the order of the help, which each says in its own file.
#[derive(Debug, Subcommand)]
enum Command {
    Build(build::BuildArgs),
    Check(check::CheckArgs),
    Publish(publish::PublishArgs),
    Verify(verify::VerifyArgs),
    Serve(serve::ServeArgs),
    Desk(serve::DeskArgs),
    New(new::NewArgs),
    Init(init::InitArgs),
    Audit(audit::AuditArgs),
    Index(index::IndexArgs),
    Search(search::SearchArgs),
    Letter(letter::LetterArgs),
    Import(import::ImportArgs),
    Uses(uses::UsesArgs),
    Links(links::LinksArgs),
    Rename(rename::RenameArgs),
    Schedule(schedule::ScheduleArgs),
    Schema(schema::SchemaArgs),
    Fix(fix::FixArgs),
    Review(review::ReviewArgs),
    Report(report::ReportArgs),
    Changes(changes::ChangesArgs),
    Agree(agree::AgreeArgs),
    Explain(explain::ExplainArgs),
}

/// Runs the program with the words of its command line.
pub fn run() -> ExitCode {
    let done = match Cli::try_parse() {
        Ok(cli) => with_threads(|| cli.command.run()),
        // Help that was asked for is a result.
        Err(help) if !help.use_stderr() => printed(help.print()).map(|()| ExitCode::SUCCESS),
        Err(error) => {
            let _ = error.print();
            Ok(ExitCode::from(2))
        }
    };
    done.unwrap_or_else(|error| {
        tell!("error: {error}");
        ExitCode::from(2)
    })
}

impl Command {
    fn run(&self) -> Result<ExitCode, Error> {
        match self {
            Self::Build(args) => build::run(args),
            Self::Check(args) => check::run(args),
            Self::Publish(args) => publish::run(args),
            Self::Verify(args) => verify::run(args),
            Self::Serve(args) => serve::run(args),
            Self::Desk(args) => serve::run_desk(args),
            Self::New(args) => new::run(args),
            Self::Init(args) => init::run(args),
            Self::Audit(args) => audit::run(args),
            Self::Index(args) => index::run(args),
            Self::Search(args) => search::run(args),
            Self::Letter(args) => letter::run(args),
            Self::Import(args) => import::run(args),
            Self::Uses(args) => uses::run(args),
            Self::Links(args) => links::run(args),
            Self::Rename(args) => rename::run(args),
            Self::Schedule(args) => schedule::run(args),
            Self::Schema(args) => schema::run(args),
            Self::Fix(args) => fix::run(args),
            Self::Review(args) => review::run(args),
            Self::Report(args) => report::run(args),
            Self::Changes(args) => changes::run(args),
            Self::Agree(args) => agree::run(args),
            Self::Explain(args) => explain::run(args),
        }
    }
}
