//! nginx: two files to include, one in `http { }` and one in `server { }`.
//!
//! A `map` is a hash table: thousands of old addresses cost no more than one. Its keys stand
//! as they are, whatever they hold, and capitals do not matter in them.

use std::fmt::Write as _;

use super::{
    ADVICE, ASKED_AGAIN, AT_TOP, DATA_FOLDER, FOLDER, KEPT, KEPT_FOLDERS, Moved, TYPES, Told,
    Written, is_text,
};
use crate::config::Host;

pub(super) const PATHS: &[&str] = &["_hosts/nginx/http.conf", "_hosts/nginx/server.conf"];

/// The longest key that fits where nginx is left as it comes: a bucket of 64 bytes, less
/// what stands before and behind a key. Source: nginx, ngx_hash.c.
const FITS: usize = 40;

/// How many old addresses fit in the table as it comes, of 2048 places, with room to spare: nginx
/// warns where many of them share one. Source: nginx, map_hash_max_size.
const FEW: usize = 64;

pub(super) fn files(told: &Told, _: &[Host]) -> Written {
    vec![(PATHS[0], http(told)), (PATHS[1], server(told))]
}

/// A value between quotes. Source: nginx, ngx_conf_file.c: a backslash and a quote take one
/// before them.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn http(told: &Told) -> String {
    let Told { name, base, .. } = told;
    let mut out = String::from(
        "# Written by Plainsite with the site. Include it in `http { }`; on Debian that is a link\n\
         # to it in /etc/nginx/conf.d/. Then include server.conf in the `server { }` of the site.\n\n",
    );
    let keys = |moved: &Moved| {
        let query = moved.query.as_ref().map_or_else(String::new, |query| format!("?{query}"));
        let own = quoted(&format!("{}{query}", moved.from));
        let short = moved.without_slash().map(quoted);
        std::iter::once(own).chain(short).collect::<Vec<_>>()
    };
    let longest = told.moved.iter().flat_map(keys).map(|key| key.len()).max().unwrap_or(0);
    if longest > FITS {
        let size = (longest + 32).next_power_of_two();
        let _ = writeln!(
            out,
            "# An old address is long. If nginx says that this is there twice, keep the larger."
        );
        let _ = writeln!(out, "map_hash_bucket_size {size};\n");
    }
    if told.moved.len() > FEW {
        let size = (told.moved.len() * 16).next_power_of_two().max(4096);
        let _ = writeln!(out, "map_hash_max_size {size};\n");
    }
    for (is_short, what) in [(false, "moved"), (true, "short")] {
        for has_query in [false, true] {
            let of =
                |moved: &&Moved| moved.is_short == is_short && moved.query.is_some() == has_query;
            let (input, to, default) = if has_query {
                ("$uri$is_args$args", what.to_owned(), format!("${name}_{what}_path"))
            } else {
                ("$uri", format!("{what}_path"), "\"\"".to_owned())
            };
            let _ = writeln!(out, "map {input} ${name}_{to} {{\n    default {default};");
            for moved in told.moved.iter().filter(of) {
                for key in keys(moved) {
                    let _ = writeln!(out, "    {key} {};", quoted(&moved.to));
                }
            }
            out.push_str("}\n");
        }
    }
    let kept = KEPT_FOLDERS
        .map(|folder| format!("    \"~^{}{folder}\" \"{KEPT}\";\n", escaped(base)))
        .concat();
    let _ = write!(
        out,
        "\nmap $uri ${name}_cache {{\n    default {ASKED_AGAIN};\n{kept}}}\n\
         \nmap $uri ${name}_others {{\n    default \"\";\n    \"~^{}{DATA_FOLDER}\" \"*\";\n}}\n\
         \nmap $sent_http_content_type:$uri ${name}_language {{\n    default \"\";\n",
        escaped(base),
    );
    for language in &told.others {
        let folder = escaped(&told.not_found_in(language).0);
        let _ = writeln!(out, "    \"~^text/html[^:]*:{folder}\" {language};");
    }
    let _ = writeln!(out, "    \"~^text/html\" {};\n}}", told.language);
    out
}

/// A path in a regular expression.
fn escaped(path: &str) -> String {
    super::in_regex(path).replace('\\', "\\\\").replace('"', "\\\"")
}

fn server(told: &Told) -> String {
    let Told { name, base, .. } = told;
    let mut out = format!(
        "# Written by Plainsite with the site. Include it in the `server {{ }}` of the site, after\n\
         # http.conf in `http {{ }}`.\n\
         # {ADVICE}\n\
         #     add_header Strict-Transport-Security max-age=31536000 always;\n\n\
         index index.html;\n\
         absolute_redirect off;\n\
         if (${name}_moved) {{ return 301 ${name}_moved; }}\n\
         if (${name}_short) {{ return 302 ${name}_short; }}\n\n",
    );
    for (header, value) in &told.headers {
        let _ = writeln!(out, "add_header {header} {} always;", quoted(value));
    }
    let _ = write!(
        out,
        "add_header Cache-Control ${name}_cache always;\n\
         add_header Access-Control-Allow-Origin ${name}_others always;\n\
         add_header Content-Language ${name}_language always;\n\n\
         error_page 404 {not_found};\n\
         # A folder without a page of its own.\n\
         error_page 403 =404 {not_found};\n",
        not_found = quoted(&told.not_found()),
    );
    for language in &told.others {
        let (folder, page) = told.not_found_in(language);
        let (folder, page) = (quoted(&folder), quoted(&page));
        let _ = writeln!(
            out,
            "location {folder} {{ error_page 404 {page}; error_page 403 =404 {page}; }}"
        );
    }
    let _ = writeln!(out, "location ^~ {} {{ return 404; }}", quoted(&format!("{base}{FOLDER}")));
    for file in AT_TOP {
        let _ = writeln!(out, "location = {} {{ return 404; }}", quoted(&format!("{base}{file}")));
    }
    out.push_str("\ndefault_type application/octet-stream;\ntypes {\n");
    for (end, media_type) in TYPES {
        let _ = writeln!(out, "    {media_type} {end};");
    }
    let is_packed = |end: &str| matches!(end, "json" | "svg" | "webmanifest");
    let texts = TYPES.iter().filter(|(_, media_type)| is_text(media_type));
    let mut texts: Vec<&str> = texts.map(|(_, of)| *of).filter(|of| *of != "text/html").collect();
    texts.dedup();
    texts.sort_unstable();
    texts.dedup();
    let packed = TYPES.iter().filter(|(end, _)| is_packed(end)).map(|(_, of)| *of);
    let packed: Vec<&str> = texts.iter().copied().chain(packed).collect();
    let _ = write!(
        out,
        "}}\n\ncharset utf-8;\ncharset_types {};\n\
         gzip on;\ngzip_vary on;\ngzip_types {};\n\
         # Where nginx has these modules, and files are packed beforehand:\n\
         # gzip_static on;\n# brotli_static on;\n",
        texts.join(" "),
        packed.join(" "),
    );
    out
}
