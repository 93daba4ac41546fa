//! Internet Information Services: `web.config` at the top of the site. Redirects need the URL
//! Rewrite module, which is installed by itself; a comment says how to do without.

use std::{collections::BTreeSet, fmt::Write as _};

use super::{ADVICE, DATA_FOLDER, FOLDER, KEPT_FOLDERS, Moved, TYPES, Told, Written, is_text};
use crate::{config::Host, html::escape};

pub(super) const PATHS: &[&str] = &["web.config"];

pub(super) fn files(told: &Told, _: &[Host]) -> Written {
    vec![(PATHS[0], web_config(told))]
}

fn attribute(text: &str) -> String {
    let mut out = String::new();
    escape(&mut out, text);
    out
}

/// A table of addresses. Capitals do not matter in it, and one that is there twice breaks all.
fn map(out: &mut String, name: &str, all: &[&Moved]) {
    let _ = writeln!(out, "        <rewriteMap name=\"{name}\">");
    let mut seen = BTreeSet::new();
    for moved in all {
        let own = match &moved.query {
            Some(query) => format!("{}?{query}", moved.from),
            None => moved.from.clone(),
        };
        for key in [Some(own.as_str()), moved.without_slash()].into_iter().flatten() {
            if seen.insert(key.to_lowercase()) {
                let (key, value) = (attribute(key), attribute(&moved.to));
                let _ = writeln!(out, "          <add key=\"{key}\" value=\"{value}\" />");
            }
        }
    }
    out.push_str("        </rewriteMap>\n");
}

fn web_config(told: &Told) -> String {
    let mut out = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <!-- Written by Plainsite with the site. `rewrite` needs the URL Rewrite module. Without\n\
         it take that element out: pages at old addresses lead on by themselves.\n\
         {ADVICE} -->\n\
         <configuration>\n  <system.webServer>\n    <rewrite>\n      <rewriteMaps>\n"
    );
    let of = |is_short: bool, has_query: bool| -> Vec<&Moved> {
        let is_one =
            |moved: &&Moved| moved.is_short == is_short && moved.query.is_some() == has_query;
        told.moved.iter().filter(is_one).collect()
    };
    let tables = [
        ("asked", "REQUEST_URI", "Permanent", of(false, true)),
        ("moved", "PATH_INFO", "Permanent", of(false, false)),
        ("short", "PATH_INFO", "Found", of(true, false)),
    ];
    for (name, _, _, all) in &tables {
        map(&mut out, name, all);
    }
    out.push_str("      </rewriteMaps>\n      <rules>\n");
    for (name, input, redirect, _) in &tables {
        let _ = write!(
            out,
            "        <rule name=\"{name}\" stopProcessing=\"true\">\n\
             \x20         <match url=\".*\" />\n          <conditions>\n\
             \x20           <add input=\"{{{name}:{{{input}}}}}\" pattern=\"(.+)\" />\n\
             \x20         </conditions>\n\
             \x20         <action type=\"Redirect\" url=\"{{C:1}}\" appendQueryString=\"false\" redirectType=\"{redirect}\" />\n\
             \x20       </rule>\n"
        );
    }
    out.push_str(
        "      </rules>\n    </rewrite>\n\
         \x20   <defaultDocument>\n      <files>\n        <clear />\n        <add value=\"index.html\" />\n      </files>\n    </defaultDocument>\n\
         \x20   <httpErrors errorMode=\"Custom\">\n      <remove statusCode=\"404\" />\n",
    );
    let _ = write!(
        out,
        "      <error statusCode=\"404\" path=\"{}\" responseMode=\"ExecuteURL\" />\n    </httpErrors>\n\
         \x20   <security>\n      <requestFiltering>\n        <hiddenSegments>\n          <add segment=\"{}\" />\n\
         \x20       </hiddenSegments>\n      </requestFiltering>\n    </security>\n    <staticContent>\n\
         \x20     <clientCache cacheControlMode=\"DisableCache\" />\n",
        attribute(&told.not_found()),
        FOLDER.trim_end_matches('/'),
    );
    for (end, of) in TYPES {
        let charset = if is_text(of) { "; charset=utf-8" } else { "" };
        let _ = writeln!(
            out,
            "      <remove fileExtension=\".{end}\" />\n      <mimeMap fileExtension=\".{end}\" mimeType=\"{of}{charset}\" />"
        );
    }
    out.push_str("    </staticContent>\n    <httpProtocol>\n      <customHeaders>\n");
    for (name, value) in &told.headers {
        let _ = writeln!(out, "        <add name=\"{name}\" value=\"{}\" />", attribute(value));
    }
    out.push_str("      </customHeaders>\n    </httpProtocol>\n  </system.webServer>\n");
    for folder in KEPT_FOLDERS {
        let _ = write!(
            out,
            "  <location path=\"{}\">\n    <system.webServer>\n      <staticContent>\n\
             \x20       <clientCache cacheControlMode=\"UseMaxAge\" cacheControlMaxAge=\"365.00:00:00\" cacheControlCustom=\"public, immutable\" />\n\
             \x20     </staticContent>\n    </system.webServer>\n  </location>\n",
            folder.trim_end_matches('/'),
        );
    }
    let _ = write!(
        out,
        "  <location path=\"{}\">\n    <system.webServer>\n      <httpProtocol>\n        <customHeaders>\n\
         \x20         <add name=\"Access-Control-Allow-Origin\" value=\"*\" />\n\
         \x20       </customHeaders>\n      </httpProtocol>\n    </system.webServer>\n  </location>\n",
        DATA_FOLDER.trim_end_matches('/'),
    );
    for language in &told.others {
        let (_, page) = told.not_found_in(language);
        let _ = write!(
            out,
            "  <location path=\"{language}\">\n    <system.webServer>\n      <httpErrors errorMode=\"Custom\">\n\
             \x20       <remove statusCode=\"404\" />\n\
             \x20       <error statusCode=\"404\" path=\"{}\" responseMode=\"ExecuteURL\" />\n\
             \x20     </httpErrors>\n      <httpProtocol>\n        <customHeaders>\n\
             \x20         <add name=\"Content-Language\" value=\"{language}\" />\n\
             \x20       </customHeaders>\n      </httpProtocol>\n    </system.webServer>\n  </location>\n",
            attribute(&page)
        );
    }
    out.push_str("</configuration>\n");
    out
}
