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

/// Whether a stylesheet at this address is one of highlight.js, which colours only the code in
/// `<pre>` that its script has taken apart.
pub(super) fn is_of_code(address: &str) -> bool {
    let address = address.trim().to_ascii_lowercase();
    let is_library =
        ["highlight.js/", "highlightjs/", "hljs/"].iter().any(|one| address.contains(one));
    is_library && address.contains("/styles/")
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
        for address in [
            "https://cdnjs.cloudflare.com/ajax/libs/highlight.js/11.9.0/styles/github.min.css",
            "../vendor/@highlightjs/cdn-assets@11/styles/default.css",
        ] {
            assert!(is_of_code(address) && !is_of_fonts(address), "{address}");
        }
        assert!(!is_of_code("css/highlight.css") && !is_of_code("hljs/site.css"));
        for address in ["https://cdn.example/bootstrap.min.css", "style.css", "fonty.css", ""] {
            assert!(!is_of_fonts(address), "{address}");
        }
    }
}
