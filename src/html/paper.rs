//! Pages that the program writes for the people who work on a site, all in one style: what an
//! audit found, what changed, how the site is. Each is one file that asks for nothing, in light
//! and dark and on paper.

use super::escape;

/// How all of them look.
const STYLE: &str = "\
:root{color-scheme:light dark;--words:#1a1a1a;--ground:#fff;--quiet:#555;--edge:#8a8a8a;--bar:#1d4f91;--bad:#a00000;--old:#8a1f11;--new:#0b5c2f}\
@media(prefers-color-scheme:dark){:root{--words:#eee;--ground:#181818;--quiet:#bbb;--edge:#888;--bar:#8db8f0;--bad:#ff9b9b;--old:#ff9b9b;--new:#8fe0ac}}\
body{margin:0;padding:1rem;font:1.05rem/1.5 system-ui,sans-serif;color:var(--words);background:var(--ground);overflow-wrap:anywhere}\
main,header{max-width:50rem;margin:0 auto}h1,h2{line-height:1.25}h2{margin-top:2.5rem}\
a{color:inherit}.quiet{color:var(--quiet)}.bad{color:var(--bad);font-weight:700}\
table{border-collapse:collapse;width:100%}caption{text-align:left;font-weight:700;padding:.5rem 0}\
th,td{border:1px solid var(--edge);padding:.4rem .6rem;text-align:left;vertical-align:top}\
.wide{overflow-x:auto}.cause,.place{border-left:4px solid var(--edge);padding-left:1rem;margin:1.5rem 0}.place p{margin:.3rem 0}\
del{color:var(--old)}ins{color:var(--new)}li{margin:.3rem 0}:focus-visible{outline:3px solid;outline-offset:2px}\
@media print{body{font-size:11pt}.cause,.place,tr{break-inside:avoid}.wide{overflow:visible}}";

/// A page.
#[derive(Debug, Default)]
pub struct Paper<'a> {
    /// What it is called, in words.
    pub title: &'a str,
    /// What stands below its title, as HTML.
    pub lead: &'a str,
    /// The rest, as HTML.
    pub body: &'a str,
    /// What its style has of its own.
    pub style: &'a str,
    /// A script, or nothing. Without it everything can be read.
    pub script: &'a str,
}

impl Paper<'_> {
    /// The whole file.
    pub fn html(&self) -> String {
        let Self { lead, body, style, script, .. } = self;
        let title = text(self.title);
        let script = match *script {
            "" => String::new(),
            script => format!("<script>\n{}\n</script>\n", script.trim()),
        };
        format!(
            "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n<style>{STYLE}{style}</style>\n</head>\n<body>\n<header>\n\
             <h1>{title}</h1>\n{lead}</header>\n<main>\n{body}</main>\n{script}</body>\n</html>\n"
        )
    }
}

/// Words as HTML.
pub fn text(words: &str) -> String {
    let mut out = String::new();
    escape(&mut out, words);
    out
}
