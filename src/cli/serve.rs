//! `plainsite serve`: a site on this machine, as it is written.

use std::{net::IpAddr, path::PathBuf, process::ExitCode};

use clap::Args;

use super::{site::day, speak::tell, threads::has_threads};
use crate::{
    diagnostic::Error,
    serve::{Preview, serve},
    text::Date,
};

/// Show the site on this machine while you work on it
#[derive(Debug, Args)]
pub(super) struct ServeArgs {
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// The number in the address; when it is taken, the next free one is used
    #[arg(long, value_name = "NUMBER", default_value_t = 8000)]
    port: u16,
    /// Open it in your browser
    #[arg(long)]
    open: bool,
    /// Let you write in it: with an “Edit this page” on each page, for you alone
    #[arg(long)]
    write: bool,
    /// Let others in your network read it, who must type the code words that are said here.
    /// Without an ADDRESS: at every address of this machine
    #[arg(long, value_name = "ADDRESS", num_args = 0..=1, default_missing_value = "0.0.0.0")]
    host: Option<IpAddr>,
    /// Include pages and notes for staff
    #[arg(long)]
    staff: bool,
    /// The day to build for, instead of today
    #[arg(long, value_name = "DATE", value_parser = day)]
    today: Option<Date>,
}

/// Write pages in your browser: the preview, with the desk open
#[derive(Debug, Args)]
pub(super) struct DeskArgs {
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// The number in the address; when it is taken, the next free one is used
    #[arg(long, value_name = "NUMBER", default_value_t = 8000)]
    port: u16,
    /// Do not open a browser
    #[arg(long)]
    no_open: bool,
    /// Include pages and notes for staff
    #[arg(long)]
    staff: bool,
}

pub(super) fn run_desk(args: &DeskArgs) -> Result<ExitCode, Error> {
    run(&ServeArgs {
        root: args.root.clone(),
        port: args.port,
        open: !args.no_open,
        write: true,
        host: None,
        staff: args.staff,
        today: None,
    })
}

pub(super) fn run(args: &ServeArgs) -> Result<ExitCode, Error> {
    let ServeArgs { root, port, open, write, host, staff, today } = args;
    // Those that answer, those that watch, and some for pages that wait for news.
    if !has_threads(32) {
        let message = "the machine has no more threads to give; end other programs, then try again";
        return Err(Error::Usage(message.into()));
    }
    let preview = Preview {
        root: root.clone(),
        port: *port,
        open: *open,
        write: *write,
        host: *host,
        staff: *staff,
        today: *today,
    };
    serve(&preview, &|text| tell!("{text}"))?;
    Ok(ExitCode::SUCCESS)
}
