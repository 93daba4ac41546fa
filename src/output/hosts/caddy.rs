//! Caddy: a file to import into the block of the site, with `file_server` after it.
//!
//! `map` takes its keys as they are, but for `{` and `}`, between which Caddy looks for a
//! name of its own: a key with those is a pattern. Capitals matter.

use std::fmt::Write as _;

use super::{
    ADVICE, ASKED_AGAIN, AT_TOP, DATA_FOLDER, FOLDER, KEPT, KEPT_FOLDERS, Moved, TYPES, Told,
    Written, in_regex, is_text,
};
use crate::{config::Host, text::address::encoded_path};

pub(super) const PATHS: &[&str] = &["_hosts/caddy/Caddyfile"];

pub(super) fn files(told: &Told, _: &[Host]) -> Written {
    vec![(PATHS[0], caddyfile(told))]
}

/// A key of a map.
fn key(text: &str) -> String {
    if text.contains(['{', '}', '"', '\\']) {
        return format!("\"~^{}$\"", in_regex(text));
    }
    format!("\"{text}\"")
}

fn caddyfile(told: &Told) -> String {
    let base = &told.base;
    let mut out = format!(
        "# Written by Plainsite with the site. Import it into the block of the site, before\n\
         # `file_server`.\n# {ADVICE}\n#     header Strict-Transport-Security max-age=31536000\n\n"
    );
    for (is_short, what) in [(false, "moved"), (true, "short")] {
        for has_query in [false, true] {
            let of =
                |moved: &&Moved| moved.is_short == is_short && moved.query.is_some() == has_query;
            let (input, name) = if has_query {
                ("uri", format!("{what}_asked"))
            } else {
                ("uri.path", what.into())
            };
            let mut keys = String::new();
            for moved in told.moved.iter().filter(of) {
                let own = match &moved.query {
                    Some(query) => format!("{}?{query}", encoded_path(&moved.from)),
                    None => moved.from.clone(),
                };
                for key in [Some(own.as_str()), moved.without_slash()].into_iter().flatten() {
                    let _ = writeln!(keys, "\t{} \"{}\"", self::key(key), moved.to);
                }
            }
            if keys.is_empty() {
                continue;
            }
            let status = if is_short { 302 } else { 301 };
            let _ = write!(
                out,
                "map {{http.request.{input}}} {{plainsite_{name}}} {{\n{keys}\tdefault \"\"\n}}\n\
                 @plainsite_{name} expression {{plainsite_{name}}} != \"\"\n\
                 redir @plainsite_{name} {{plainsite_{name}}} {status}\n\n",
            );
        }
    }
    out.push_str("header {\n");
    for (header, value) in &told.headers {
        let _ = writeln!(out, "\t{header} \"{value}\"");
    }
    let kept = KEPT_FOLDERS.map(|folder| format!("{base}{folder}*")).join(" ");
    let _ = write!(
        out,
        "}}\n\
         @plainsite_kept path {kept}\n\
         header @plainsite_kept Cache-Control \"{KEPT}\"\n\
         @plainsite_again not path {kept}\n\
         header @plainsite_again Cache-Control \"{ASKED_AGAIN}\"\n\
         header {base}{DATA_FOLDER}* Access-Control-Allow-Origin \"*\"\n",
    );
    let folders: Vec<String> =
        told.others.iter().map(|language| format!("{}*", told.not_found_in(language).0)).collect();
    let _ = write!(out, "@plainsite_pages {{\n\tpath */ *.html\n");
    if !folders.is_empty() {
        let _ = writeln!(out, "\tnot path {}", folders.join(" "));
    }
    let _ = writeln!(out, "}}\nheader @plainsite_pages Content-Language {}", told.language);
    for language in &told.others {
        let folder = told.not_found_in(language).0;
        let _ = writeln!(
            out,
            "@plainsite_pages_{language} {{\n\tpath {folder}*\n\tpath_regexp (/|\\.html)$\n}}\n\
             header @plainsite_pages_{language} Content-Language {language}"
        );
    }
    for (end, media_type) in TYPES {
        let charset = if is_text(media_type) { "; charset=utf-8" } else { "" };
        let _ = writeln!(
            out,
            "@plainsite_{end} path *.{end}\nheader @plainsite_{end} Content-Type \"{media_type}{charset}\""
        );
    }
    let own: Vec<String> = AT_TOP.iter().map(|file| format!("{base}{file}")).collect();
    let _ = write!(
        out,
        "encode gzip\n@plainsite_own path {base}{FOLDER}* {}\nerror @plainsite_own 404\n\n\
         handle_errors {{\n\theader Content-Type \"text/html; charset=utf-8\"\n\
         \theader Cache-Control \"{ASKED_AGAIN}\"\n",
        own.join(" ")
    );
    let lost = "expression {err.status_code} == 404";
    for language in &told.others {
        let (folder, page) = told.not_found_in(language);
        let _ = write!(
            out,
            "\t@plainsite_lost_{language} {{\n\t\t{lost}\n\t\tpath {folder}*\n\t}}\n\
             \thandle @plainsite_lost_{language} {{\n\t\theader Content-Language {language}\n\
             \t\trewrite * {page}\n\t\tfile_server\n\t}}\n"
        );
    }
    let _ = write!(
        out,
        "\t@plainsite_lost {lost}\n\thandle @plainsite_lost {{\n\t\theader Content-Language {}\n\
         \t\trewrite * {}\n\t\tfile_server\n\t}}\n}}\n",
        told.language,
        told.not_found()
    );
    out
}
