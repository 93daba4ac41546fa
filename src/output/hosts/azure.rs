//! Azure Static Web Apps: `staticwebapp.config.json` at the top of the site, of 20 kB at most.
//! What does not fit are pages that lead on.

use serde_json::{Map, Value, json};

use super::{
    ASKED_AGAIN, DATA_FOLDER, FOLDER, KEPT, KEPT_FOLDERS, Moved, TYPES, Told, Written, is_text,
};
use crate::{config::Host, text::address::encoded_value};

pub(super) const PATHS: &[&str] = &["staticwebapp.config.json"];

/// The most bytes. Source: Azure Static Web Apps, Quotas.
const MOST_BYTES: usize = 20_000;

pub(super) fn files(told: &Told, _: &[Host]) -> Written {
    vec![(PATHS[0], config(told).0)]
}

/// An address without `*`, which would stand for anything.
fn route(moved: &Moved) -> String {
    moved.from.split('/').map(encoded_value).collect::<Vec<_>>().join("/")
}

/// The settings, and how many redirects are in them.
fn config(told: &Told) -> (String, usize) {
    let base = &told.base;
    let mut global: Map<String, Value> =
        told.headers.iter().map(|(name, value)| ((*name).into(), value.as_str().into())).collect();
    global.insert("Cache-Control".into(), ASKED_AGAIN.into());
    let types: Map<String, Value> = TYPES
        .iter()
        .map(|(end, of)| {
            let charset = if is_text(of) { "; charset=utf-8" } else { "" };
            (format!(".{end}"), format!("{of}{charset}").into())
        })
        .collect();
    let mut routes = vec![
        json!({ "route": format!("{base}{FOLDER}*"), "statusCode": 404 }),
        json!({
            "route": format!("{base}{DATA_FOLDER}*"),
            "headers": { "Access-Control-Allow-Origin": "*" },
        }),
    ];
    routes.extend(KEPT_FOLDERS.map(|folder| {
        json!({ "route": format!("{base}{folder}*"), "headers": { "Cache-Control": KEPT } })
    }));
    for language in &told.others {
        routes.push(json!({
            "route": format!("{}*", told.not_found_in(language).0),
            "headers": { "Content-Language": language },
        }));
    }
    let rest = json!({
        "globalHeaders": global,
        "mimeTypes": types,
        "responseOverrides": { "404": { "rewrite": told.not_found() } },
        "trailingSlash": "auto",
    });
    let mut lines: Vec<String> = Vec::new();
    // What is written round the lines: the name of the list, commas, line ends and brackets.
    let fixed = rest.to_string().len()
        + routes.iter().map(|route| route.to_string().len() + 2).sum::<usize>()
        + 20;
    let mut room = MOST_BYTES.saturating_sub(fixed);
    for moved in told.moved.iter().filter(|moved| moved.query.is_none()) {
        let line = json!({
            "route": route(moved),
            "redirect": moved.to,
            "statusCode": moved.status(),
        });
        let line = line.to_string();
        if line.len() + 2 > room {
            break;
        }
        room -= line.len() + 2;
        lines.push(line);
    }
    let count = lines.len();
    // A route for one address goes before those for a folder.
    lines.extend(routes.iter().map(Value::to_string));
    let rest = rest.to_string();
    (format!("{{\"routes\":[\n{}\n],{}\n", lines.join(",\n"), &rest[1..]), count)
}

/// What it does not take.
pub(super) fn limit(told: &Told) -> Option<String> {
    let (_, kept) = config(told);
    let all = told.moved.len();
    (kept < all).then(|| {
        format!(
            "Azure Static Web Apps read {MOST_BYTES} bytes of settings, and no `?`: {kept} of {all} \
             redirects are in `staticwebapp.config.json`"
        )
    })
}
