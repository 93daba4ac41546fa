//! `settings`: what `site.toml` asks for and the site does not have.
//!
//! Slips in the file itself are found while it is read.

use super::{Check, Marks, Run, Scene, rule};
use crate::text::nearest;

pub(super) const CHECK: Check = Check { rule: rule::SETTINGS, run: Run::Site(run) };

fn run(scene: &Scene<'_>, marks: &mut Marks) {
    let (site, config) = (scene.site, scene.config);
    let contacts = &site.data.contacts;
    if !config.contact.is_empty() && !contacts.contains_key(&config.contact) {
        let message = format!("“{}” is not the id of a contact", config.contact);
        let hint = match nearest(&config.contact, contacts.keys().map(String::as_str)) {
            Some(meant) => format!("did you mean `contact = \"{meant}\"`?"),
            None => "write an id from contacts.yaml".to_owned(),
        };
        marks.push(config.places.of("contact"), message).hint(hint);
    }
    for asked in &config.publish.files {
        let path = asked.value.trim_matches('/');
        let inner = site.files.iter().map(|file| site.inner(&file.file.path));
        let is_in = |inner: &str| {
            inner.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        if !path.is_empty() && inner.clone().any(is_in) {
            continue;
        }
        let message = format!("there is no file or folder “{}” to publish", asked.value);
        let hint = match nearest(path, inner) {
            Some(meant) => format!("did you mean `\"{meant}\"`?"),
            None => format!(
                "write the way to it from {}: `\"google123.html\"`",
                match site.folder {
                    "" => "the folder of the site",
                    folder => folder,
                }
            ),
        };
        marks.push(asked.span, message).hint(hint);
    }
    for (number, address) in config.footer.iter().enumerate() {
        if site.at(address).is_none() {
            let message = format!("there is no page at “{address}” for the foot of each page");
            let pages = site.pages.iter().map(|page| page.url.as_str());
            let hint = match nearest(address, pages) {
                Some(meant) => format!("did you mean `\"{meant}\"`?"),
                None => "write an address from the top of the site: `\"/privacy/\"`".to_owned(),
            };
            marks.push(config.places.of(&format!("footer.{number}")), message).hint(hint);
        }
    }
}
