//! `plainsite links`: the addresses that were ever published, and what becomes of them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    path::PathBuf,
    process::ExitCode,
    time::Duration,
};

use clap::Args;

use super::{
    site::{for_staff, read},
    speak::{print_findings, result, tell},
};
use crate::{
    Examined, Options, config,
    diagnostic::{Error, Format, Report},
    ledger::{Entry, Ledger, OLD_SITE, TakenOver, quoted, take_over},
    model::{
        Site,
        data::{OutsideLink, OutsideState},
        normal,
    },
    output::{Bytes, Files},
    outside::{self, Asker, NO_HOST, SILENT},
    parse::sheet::decode,
    text::{Date, Source, nearest, wording::counted},
    write,
};

/// List the addresses that were published, and keep them
#[derive(Debug, Args)]
pub(super) struct LinksArgs {
    /// List only those that have all these words in them
    #[arg(value_name = "WORDS")]
    words: Vec<String>,
    /// The folder of the site
    #[arg(long, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// List, as a table, those that lead nowhere now
    #[arg(long)]
    lost: bool,
    /// Let these go for good, or all that are lost when none is named
    #[arg(long, value_name = "ADDRESS", num_args = 0.., conflicts_with_all = ["lost", "take_over"])]
    accept: Option<Vec<String>>,
    /// Take over the addresses of a site before this one: its sitemap.xml, or a table (CSV)
    /// with old addresses and, where known, new ones
    #[arg(long, value_name = "FILE", conflicts_with = "lost")]
    take_over: Option<PathBuf>,
    /// Ask every other site that pages link to whether its page is still there
    #[arg(long, conflicts_with_all = ["lost", "accept", "take_over"])]
    check_external: bool,
    /// With --check-external: ask again after links that were good in the last 30 days
    #[arg(long, requires = "check_external")]
    again: bool,
    /// With --check-external: how many seconds to wait between two questions to one site
    #[arg(long, value_name = "SECONDS", requires = "check_external", default_value_t = 1.0)]
    pause: f64,
    /// With --check-external: how many seconds to wait for an answer
    #[arg(long, value_name = "SECONDS", requires = "check_external", default_value_t = 20.0)]
    wait: f64,
}

pub(super) fn run(args: &LinksArgs) -> Result<ExitCode, Error> {
    let today = Date::today();
    let everyone = Options { staff: false, ..for_staff(today) };
    let (settings, public) = read(&args.root, everyone)?;
    let (_, staff) = read(&args.root, for_staff(today))?;
    let broken = public.report.clone().findings();
    let broken: Vec<_> = broken.into_iter().filter(|found| found.code() == "ledger").collect();
    if !broken.is_empty() {
        print_findings(&broken, Format::Human)?;
        return Err(Error::Usage(
            "nothing was changed: first mend the line of the ledger that is named above".into(),
        ));
    }
    let lost: BTreeSet<&String> = public.kept.lost.iter().chain(&staff.kept.lost).collect();
    for note in &public.ledger.notes {
        tell!("{note}");
    }
    if let Some(wanted) = &args.accept {
        return accept(args, &public, &lost, wanted);
    }
    if let Some(file) = &args.take_over {
        return take(args, file, &settings, &public);
    }
    if args.check_external {
        return check_external(args, &settings, &staff);
    }
    if args.lost {
        let mut table = "old,new\n".to_owned();
        lost.iter().for_each(|address| _ = writeln!(table, "{},", cell(address)));
        result(&table)?;
        return Ok(match lost.len() {
            0 => {
                tell!("Every address that was published leads somewhere.");
                ExitCode::SUCCESS
            }
            count => {
                tell!("{} nowhere.", counted(count, "address leads", "addresses lead"));
                ExitCode::from(1)
            }
        });
    }
    list(args, &public, &lost)
}

fn list(
    args: &LinksArgs,
    Examined { ledger, site, .. }: &Examined,
    lost: &BTreeSet<&String>,
) -> Result<ExitCode, Error> {
    let words: Vec<String> = args.words.iter().map(|word| word.to_lowercase()).collect();
    let mut count = 0;
    for (address, entry) in &ledger.entries {
        let state = state(site, address, entry, lost.contains(address));
        let title = site.at(address).map_or("", |page| page.title.as_str());
        let all = format!("{address} {} {title} {state}", entry.file).to_lowercase();
        if !words.iter().all(|word| all.contains(word)) {
            continue;
        }
        count += 1;
        let first = entry.first.map(|day| day.to_string()).unwrap_or_default();
        result(&format!("{address}\t{first}\t{state}\n"))?;
    }
    match (count, ledger.is_new(), lost.len()) {
        (_, true, _) => tell!("Nothing was published from here yet: `plainsite build` does."),
        (0, ..) => tell!("No address has these words in it."),
        (_, _, 0) => {
            tell!("{}. All lead somewhere.", counted(count, "address", "addresses"));
        }
        (_, _, lost) => tell!(
            "{}. {} nowhere: `plainsite links --lost` lists them, `plainsite check` says what to \
             write.",
            counted(count, "address", "addresses"),
            counted(lost, "of all leads", "of all lead")
        ),
    }
    Ok(ExitCode::SUCCESS)
}

/// What is at an address, in a few words.
fn state(site: &Site, address: &str, entry: &Entry, is_lost: bool) -> String {
    let what = match (site.at(address), &*entry.file, &*entry.to) {
        _ if is_lost => "leads nowhere".to_owned(),
        _ if entry.gone.is_some() => "may be gone".to_owned(),
        (Some(page), "", _) => format!("made: {}", page.title),
        (Some(_), file, _) => file.to_owned(),
        _ if site.old.addresses.contains_key(address) => {
            format!("leads to {}", site.old.addresses[address])
        }
        (None, OLD_SITE, _) => "of the site before this one".to_owned(),
        (None, "", "") => "made".to_owned(),
        (None, "", to) => format!("leads to {to}"),
        (None, file, _) => file.to_owned(),
    };
    if entry.staff { format!("{what} (for staff)") } else { what }
}

fn accept(
    args: &LinksArgs,
    public: &Examined,
    lost: &BTreeSet<&String>,
    wanted: &[String],
) -> Result<ExitCode, Error> {
    let mut ledger = public.ledger.clone();
    let asked: Vec<String> = wanted.iter().map(|address| plain(address)).collect();
    let wanted: Vec<&String> =
        if asked.is_empty() { lost.iter().copied().collect() } else { asked.iter().collect() };
    for address in &wanted {
        if !lost.contains(address) {
            let is_known = ledger.entries.contains_key(address.split('#').next().unwrap_or(""));
            let why = if is_known { "is not lost" } else { "was never published here" };
            let hint = match nearest(address, lost.iter().map(|lost| lost.as_str())) {
                Some(meant) => format!("did you mean {meant}?"),
                None => "`plainsite links --lost` lists those that are lost".to_owned(),
            };
            return Err(Error::Usage(format!("{address} {why}, so nothing was changed; {hint}")));
        }
        ledger.accept(address, Date::today());
    }
    if wanted.is_empty() {
        tell!("No address is lost, so nothing was changed.");
        return Ok(ExitCode::SUCCESS);
    }
    put(args, &ledger, Files::new())?;
    for address in &wanted {
        result(&format!("{address}\n"))?;
    }
    tell!(
        "{} from now on, and the next build goes on without. To take that back: \
         `git checkout {}`.",
        counted(wanted.len(), "address may be gone", "addresses may be gone"),
        ledger.source.path
    );
    Ok(ExitCode::SUCCESS)
}

/// An address as the ledger has it, however somebody typed it.
fn plain(address: &str) -> String {
    match address.split_once('#') {
        Some((page, id)) => format!("{}#{id}", normal(page)),
        None => normal(address),
    }
}

fn take(
    args: &LinksArgs,
    file: &PathBuf,
    settings: &config::Read,
    public: &Examined,
) -> Result<ExitCode, Error> {
    let bytes = std::fs::read(file).map_err(|why| Error::Read(file.clone(), why))?;
    let source = Source::new(file.display().to_string(), decode(&bytes).0);
    let site = &public.site;
    let TakenOver { here, lead, mut changed, open, problems } =
        take_over(site, &settings.config.base, &source);
    let mut report = Report::default();
    report.add(&source, problems);
    print_findings(&report.findings(), Format::Human)?;
    if here + lead.len() + changed.len() + open.len() == 0 {
        return Err(Error::Usage(format!(
            "no address is in {}; give a sitemap.xml, or a table with a column “old”",
            file.display()
        )));
    }
    let before = site.data.sources.get("redirects.yaml").map_or("", |source| &source.text);
    if before.trim_start().starts_with('{') {
        return Err(Error::Usage(format!(
            "nothing was changed: {}_data/redirects.yaml is written in one line; write each of its \
             addresses on a line of its own, then take over again",
            site.folder
        )));
    }
    let mut ledger = public.ledger.clone();
    ledger.note_old(&open, Date::today());
    let mut files = Files::new();
    if !lead.is_empty() || !changed.is_empty() {
        let path = format!("{}_data/redirects.yaml", site.folder);
        let mut text = before.to_string();
        // From the end, so that the places before stay right.
        changed.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
        for (span, new) in &changed {
            text.replace_range(span.start..span.end, &quoted(new));
        }
        text.truncate(text.trim_end().len());
        if !text.is_empty() {
            text.push('\n');
        }
        for (old, new) in &lead {
            let _ = writeln!(text, "{}: {}", quoted(old), quoted(new));
        }
        files.insert(path, Bytes::from(text));
    }
    put(args, &ledger, files)?;
    let mut table = "old,new\n".to_owned();
    lead.iter().for_each(|(old, new)| _ = writeln!(table, "{},{}", cell(old), cell(new)));
    open.iter().for_each(|old| _ = writeln!(table, "{},", cell(old)));
    result(&table)?;
    tell!(
        "{} here already. {} on{}: read what is new in {}_data/redirects.yaml.{}",
        counted(here, "address is", "addresses are"),
        counted(lead.len(), "leads", "lead"),
        match changed.len() {
            0 => String::new(),
            changed => format!(", and {} elsewhere than before", counted(changed, "leads", "lead")),
        },
        site.folder,
        match open.len() {
            0 => String::new(),
            open => format!(
                " {} nowhere yet, and no build goes on before each does: fill in the second \
                 column of the table above, and take it over again.",
                counted(open, "leads", "lead")
            ),
        }
    );
    Ok(ExitCode::SUCCESS)
}

fn check_external(
    args: &LinksArgs,
    settings: &config::Read,
    Examined { site, .. }: &Examined,
) -> Result<ExitCode, Error> {
    let (today, config) = (Date::today(), &settings.config);
    let own = format!("{}_data/outside-links.yaml", site.folder);
    let sources = site.sources().filter(|source| *source.path != *own);
    let all = outside::all(sources, &config.base);
    let known = &site.data.outside_links;
    let is_known =
        |address: &String| known.get(address).is_some_and(|link| outside::is_known(link, today));
    let wanted: Vec<String> =
        all.keys().filter(|address| args.again || !is_known(address)).cloned().collect();
    tell!(
        "{} to other sites. Asking after {}.",
        counted(all.len(), "link leads", "links lead"),
        wanted.len()
    );
    let seconds = |seconds: f64| Duration::from_secs_f64(seconds.clamp(0.0, 600.0));
    let asker = Asker::new(seconds(args.wait), &config.publisher);
    let each = |address: &str, link: &OutsideLink| {
        if link.state != OutsideState::Ok {
            tell!("{}: {address}: {}", link.state.name(), link.why);
        }
    };
    let mut found = outside::check(&wanted, &asker, seconds(args.pause), today, each);
    // Nobody answered at all: that is the network here, and says nothing of any link.
    let is_cut_off = |link: &OutsideLink| link.why == NO_HOST || link.why == SILENT;
    if wanted.len() > 2 && found.values().all(is_cut_off) {
        return Err(Error::Usage(
            "no site answered, so the network here seems to be gone. Nothing was noted; try again \
             when it is back"
                .into(),
        ));
    }
    let before = known.iter().filter(|(address, _)| all.contains_key(*address));
    for (address, link) in before {
        found.entry(address.clone()).or_insert_with(|| link.clone());
    }
    let mut text = OUTSIDE_HEAD.to_owned();
    for (address, link) in &found {
        let _ = write!(text, "{}: {{state: {}", quoted(address), link.state.name());
        let _ = write!(text, ", checked: {}", link.checked);
        for (name, value) in [("why", &link.why), ("now", &link.now)] {
            if !value.is_empty() {
                let _ = write!(text, ", {name}: {}", serde_json::Value::from(value.as_str()));
            }
        }
        text.push_str("}\n");
    }
    if site.data.sources.get("outside-links.yaml").is_none_or(|source| *source.text != *text) {
        write::change(&[(own.clone(), Bytes::from(text))].into(), &args.root)?;
    }
    // By who looks after the page, the worst first.
    let mut by_owner: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut bad: Vec<(&String, &OutsideLink)> =
        found.iter().filter(|(_, link)| link.state != OutsideState::Ok).collect();
    bad.sort_by(|a, b| b.1.state.cmp(&a.1.state).then(a.0.cmp(b.0)));
    for (address, link) in &bad {
        for (file, line) in all.get(*address).into_iter().flatten() {
            let page = site.by_path.get(file).map(|&id| &site.pages[id]);
            let owner = page.and_then(|page| page.front.owner.as_ref());
            let owner = owner.map_or("Nobody is named for these", |id| {
                site.data.contacts.get(&id.value).map_or(&id.value, |contact| &contact.name)
            });
            let now =
                if link.now.is_empty() { String::new() } else { format!(" → {}", link.now) };
            let state = link.state.name();
            let said = format!("  {state}: {file}:{line}: {address}{now}\n");
            by_owner.entry(owner.to_owned()).or_default().push(said);
        }
    }
    for (owner, links) in &by_owner {
        result(&format!("{owner}\n{}", links.concat()))?;
    }
    tell!(
        "{} good, {} to look at. It is noted in {own}: each build says it of the lines at fault.",
        counted(found.len() - bad.len(), "link is", "links are"),
        bad.len()
    );
    Ok(ExitCode::SUCCESS)
}

/// What stands above the lines.
const OUTSIDE_HEAD: &str = "\
# How links to other sites were when somebody last looked. `plainsite links --check-external`
# writes this file: change nothing in it by hand.
";

/// Puts the ledger and other files of the site in their places, all together.
fn put(args: &LinksArgs, ledger: &Ledger, mut files: Files) -> Result<(), Error> {
    if !ledger.is_as_written() {
        files.insert(ledger.source.path.to_string(), Bytes::from(ledger.text()));
    }
    write::change(&files, &args.root)
}

/// A cell of a table.
fn cell(text: &str) -> String {
    if text.contains([',', '"', '\n']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}
