//! Stylesheets that are not there: which of them can matter for the colours of words.

/// Hosts of fonts, and parts of the addresses of fonts after a star.
const FONTS: &str = include_str!("fonts.txt");

/// Whether a stylesheet at this address cannot plausibly change the colours of words.
pub(super) fn is_of_fonts(address: &str) -> bool {
    let address = address.trim().to_ascii_lowercase();
    let away = address.split_once("//").map(|(_, rest)| rest);
    let host = away.and_then(|rest| rest.split('/').next()).unwrap_or_default();
    FONTS.lines().filter(|line| !line.starts_with('#')).any(|line| match line.strip_prefix("* ") {
        Some(part) => address.contains(part),
        None => line == host && !host.is_empty(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_are_known_by_their_host_or_name() {
        for address in [
            "https://fonts.googleapis.com/css2?family=Lato:wght@400;700",
            "//fonts.bunny.net/css?family=lato",
            "https://cdn.example/font-awesome/4.7.0/css/font-awesome.min.css",
            "../fonts/fonts.css",
        ] {
            assert!(is_of_fonts(address), "{address}");
        }
        for address in ["https://cdn.example/bootstrap.min.css", "style.css", "fonty.css", ""] {
            assert!(!is_of_fonts(address), "{address}");
        }
    }
}
