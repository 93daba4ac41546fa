//! Cards for address books: vCard 4.0. Source: RFC 6350.

use super::{Done, Entry};

/// The most bytes on a line, the line end aside. Source: RFC 6350, section 3.2.
const WIDTH: usize = 75;

/// The card of an entry.
pub(super) fn write(done: &Done<'_>, entry: Entry<'_>) -> String {
    let Entry { page, service, .. } = entry;
    let reach = done.world.site.reach(service);
    let mut card = String::new();
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            fold(&mut card, &format!("{name}:{value}"));
        }
    };
    line("BEGIN", "VCARD");
    line("VERSION", "4.0");
    line("KIND", if service.profile.is_some() { "individual" } else { "org" });
    line("FN", &escape(&page.title));
    let organisation = service.organisation.as_ref().map(|own| {
        let known = done.world.site.data.organisations.get(&own.value);
        known.map_or(own.value.as_str(), |known| known.name.as_str())
    });
    line("ORG", &escape(organisation.unwrap_or_default()));
    for phone in reach.phones {
        line("TEL;VALUE=uri;TYPE=voice", &format!("tel:{}", phone.link));
    }
    if let Some(text) = &service.text {
        line("TEL;VALUE=uri;TYPE=text", &format!("tel:{}", text.link));
    }
    for email in reach.emails {
        line("EMAIL", &escape(&email.address.value));
    }
    for place in &service.places {
        let (street, town, postcode) = place.parts();
        let address = [street.as_str(), town, "", postcode].map(escape).join(";");
        let name = match place.position {
            Some((north, east)) => format!("ADR;GEO=\"geo:{north},{east}\""),
            None => "ADR".to_owned(),
        };
        line(&name, &format!(";;{address};"));
    }
    line("URL", reach.web);
    let language = done.world.site.languages.of(&page.language);
    let mut note = vec![service.on_offer.value.clone()];
    if let Some(hours) = &service.hours {
        note.push(hours.words(language));
    }
    if let Some(checked) = &page.front.checked {
        note.push(format!("{} {}", language.word("checked"), checked.value.words(language)));
    }
    line("NOTE", &escape(&note.join("\n")));
    if !done.world.config.base.is_empty() {
        let address = format!("{}{}", done.world.config.base, &page.url.as_str()[1..]);
        line("SOURCE", &address);
        line("UID", &address);
    }
    line("END", "VCARD");
    card
}

/// Text as a value has it. Source: RFC 6350, section 3.4.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ',' | ';' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Adds a line, in pieces that are short enough and split no letter.
fn fold(out: &mut String, line: &str) {
    let mut room = WIDTH;
    for c in line.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = WIDTH - 1;
        }
        out.push(c);
        room -= c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_letters() {
        let mut out = String::new();
        fold(&mut out, &"é".repeat(100));
        for line in out.split("\r\n") {
            assert!(line.len() <= WIDTH, "{line}");
        }
        assert_eq!(out.replace("\r\n ", "").trim_end(), "é".repeat(100));
        assert_eq!(escape("a, b; c\\d\ne"), "a\\, b\\; c\\\\d\\ne");
    }
}
