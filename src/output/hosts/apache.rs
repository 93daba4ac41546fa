//! Apache: an `.htaccess` at the top of the site. It uses what `AllowOverride FileInfo`
//! allows, and leaves out what a module is missing for: pages at old addresses still lead on.

use std::fmt::Write as _;

use super::{
    ADVICE, ASKED_AGAIN, AT_TOP, DATA_FOLDER, FOLDER, KEPT, KEPT_FOLDERS, Moved, TYPES, Told,
    Written, in_regex, is_text,
};
use crate::config::Host;

pub(super) const PATHS: &[&str] = &[".htaccess"];

pub(super) fn files(told: &Told, _: &[Host]) -> Written {
    vec![(PATHS[0], htaccess(told))]
}

/// A value between quotes, in which a backslash and a quote take a backslash before them.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// mod_rewrite reads its arguments by itself: they end at a space or a quote, and a backslash
/// stays what it is. Source: Apache, mod_rewrite.c, parseargline.
fn rule(out: &mut String, moved: &Moved, base: &str) {
    // A rule sees the path below the folder that it is in.
    let path = moved.from.strip_prefix(base).unwrap_or(&moved.from);
    let from = match path.strip_suffix('/') {
        Some(path) if moved.query.is_none() => format!("^{}/?$", in_regex(path)),
        _ => format!("^{}$", in_regex(path)),
    };
    if let Some(query) = &moved.query {
        let _ = writeln!(out, "RewriteCond %{{QUERY_STRING}} ^{}$", in_regex(query));
    }
    // `%2` would stand for something that a condition found.
    let to = moved.to.replace('%', "\\%");
    let _ = writeln!(out, "RewriteRule {from} {to} [R={},L,NE,QSD]", moved.status());
}

fn htaccess(told: &Told) -> String {
    let mut out = format!(
        "# Written by Plainsite with the site. Apache reads it where `AllowOverride FileInfo`\n\
         # allows that, and needs mod_rewrite and mod_headers for all of it.\n\
         # {ADVICE}\n\
         # Header always set Strict-Transport-Security max-age=31536000\n\n\
         ErrorDocument 404 {}\n",
        quoted(&told.not_found()),
    );
    for language in &told.others {
        let (folder, page) = told.not_found_in(language);
        let test = format!("%{{REQUEST_URI}} =~ m#^{}#", in_regex(&folder));
        let _ = writeln!(out, "<If {}>\nErrorDocument 404 {}\n</If>", quoted(&test), quoted(&page));
    }
    out.push_str("\n<IfModule mod_mime.c>\n");
    for (end, media_type) in TYPES {
        let _ = writeln!(out, "AddType {media_type} .{end}");
    }
    let texts = TYPES.iter().filter(|(_, media_type)| is_text(media_type));
    let texts: Vec<String> = texts.map(|(end, _)| format!(".{end}")).collect();
    let _ = writeln!(out, "AddCharset utf-8 {}\n</IfModule>\n", texts.join(" "));
    out.push_str("<IfModule mod_headers.c>\n<IfModule mod_setenvif.c>\n");
    let kept = KEPT_FOLDERS.map(|folder| (folder, "plainsite_kept"));
    for (folder, name) in kept.into_iter().chain([(DATA_FOLDER, "plainsite_data")]) {
        let pattern = format!("^{}", in_regex(&format!("{}{folder}", told.base)));
        let _ = writeln!(out, "SetEnvIf Request_URI {} {name}", quoted(&pattern));
    }
    let _ = write!(
        out,
        "Header always set Cache-Control \"{KEPT}\" env=plainsite_kept\n\
         Header always set Cache-Control \"{ASKED_AGAIN}\" env=!plainsite_kept\n\
         Header always set Access-Control-Allow-Origin \"*\" env=plainsite_data\n\
         </IfModule>\n",
    );
    for (header, value) in &told.headers {
        let _ = writeln!(out, "Header always set {header} {}", quoted(value));
    }
    let mut languages = String::new();
    for language in &told.others {
        let folder = in_regex(&told.not_found_in(language).0);
        let _ = write!(languages, "{folder}|");
        let test = format!("%{{REQUEST_URI}} =~ m#^{folder}.*(/|\\.html)$#");
        let _ = writeln!(
            out,
            "Header always set Content-Language {language} \"expr={}\"",
            test.replace('\\', "\\\\")
        );
    }
    let languages = languages.trim_end_matches('|');
    let not = match languages {
        "" => String::new(),
        all => format!(" && %{{REQUEST_URI}} !~ m#^({all})#"),
    };
    let test = format!("%{{REQUEST_URI}} =~ m#(/|\\.html)$#{not}");
    let _ = writeln!(
        out,
        "Header always set Content-Language {} \"expr={}\"\n</IfModule>\n",
        told.language,
        test.replace('\\', "\\\\")
    );
    out.push_str("<IfModule mod_rewrite.c>\nRewriteEngine On\n");
    let own: Vec<String> = AT_TOP.iter().map(|file| in_regex(file)).collect();
    let own = format!("^({}.*|{})$", in_regex(FOLDER), own.join("|"));
    let _ = writeln!(out, "RewriteRule {own} - [R=404,L]");
    for moved in &told.moved {
        rule(&mut out, moved, &told.base);
    }
    // A folder without a page would be listed, where the server is told to.
    out.push_str(
        "RewriteCond %{REQUEST_FILENAME} -d\n\
         RewriteCond %{REQUEST_FILENAME}/index.html !-f\n\
         RewriteRule ^ - [R=404,L]\n\
         </IfModule>\n",
    );
    out
}
