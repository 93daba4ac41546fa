//! `sitemap.xml` and `robots.txt`, for search engines. Both need the address
//! at which the site will be published.

use std::fmt::Write as _;

use super::{Bytes, Done, Files};
use crate::html::escape;

/// The site map, and where it is.
pub(super) fn files(done: &Done<'_>) -> Files {
    let base = &done.config.base;
    let mut files = Files::new();
    let mut robots = "User-agent: *\nDisallow:\n".to_owned();
    if !base.is_empty() {
        let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n".to_owned();
        for page in done.site.pages.iter().filter(|page| page.is_listed() && !page.for_staff()) {
            xml.push_str("<url><loc>");
            escape(&mut xml, &format!("{base}{}", page.url.as_str().trim_start_matches('/')));
            xml.push_str("</loc>");
            let newest = page.front.changes.first().map(|change| change.date);
            let checked = page.front.checked.as_ref().map(|checked| checked.value);
            if let Some(date) = newest.max(checked) {
                let _ = write!(xml, "<lastmod>{date}</lastmod>");
            }
            xml.push_str("</url>\n");
        }
        xml.push_str("</urlset>\n");
        let _ = writeln!(robots, "Sitemap: {base}sitemap.xml");
        files.insert("sitemap.xml".into(), Bytes::from(xml));
    }
    files.insert("robots.txt".into(), Bytes::from(robots));
    files
}
