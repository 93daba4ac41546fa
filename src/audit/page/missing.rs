//! Stylesheets that are not there: which of them can matter for the colours of words.

/// Hosts of fonts. What they send names fonts, and colours nothing.
const HOSTS_OF_FONTS: &[&str] = &[
    "fonts.googleapis.com",
    "fonts.bunny.net",
    "fonts.cdnfonts.com",
    "fast.fonts.net",
    "cloud.typography.com",
    "use.typekit.net",
    "p.typekit.net",
    "use.fontawesome.com",
    "kit.fontawesome.com",
    "rsms.me",
];

/// Names of stylesheets that bring fonts or signs, wherever they lie. Signs have the colour of
/// the words around them.
const FONTS: &[&str] = &[
    "font-awesome",
    "fontawesome",
    "material-icons",
    "material-symbols",
    "bootstrap-icons",
    "open-iconic",
    "webfont",
    "/fonts/",
    "fonts.css",
    "katex",
    "mathjax",
];

/// Whether a stylesheet at this address cannot plausibly change the colours of words.
pub(super) fn is_of_fonts(address: &str) -> bool {
    let address = address.trim().to_ascii_lowercase();
    let away = address.split_once("//").map(|(_, rest)| rest);
    let host = away.and_then(|rest| rest.split('/').next()).unwrap_or_default();
    HOSTS_OF_FONTS.contains(&host) || FONTS.iter().any(|name| address.contains(name))
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
