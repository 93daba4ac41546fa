//! Web hosts that read settings out of the published folder, or are given them.

use serde::Deserialize;

/// A web host that the site is published on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Host {
    /// nginx.
    Nginx,
    /// Apache.
    Apache,
    /// Netlify.
    Netlify,
    /// Cloudflare Pages.
    Cloudflare,
    /// Caddy.
    Caddy,
    /// Amazon S3, alone or behind CloudFront.
    S3,
    /// Azure Static Web Apps.
    Azure,
    /// Microsoft’s Internet Information Services.
    Iis,
    /// Any other, which only sends files.
    Plain,
}

/// The folder of what is given to a host by hand.
pub const FOLDER: &str = "_hosts/";

/// What hosts read from the top of the site. One that is not meant does not send it.
pub const AT_TOP: &[&str] =
    &[".htaccess", "_headers", "_redirects", "staticwebapp.config.json", "web.config"];

/// Whether a published file speaks to the host, which keeps it to itself.
pub fn is_for_hosts(path: &str) -> bool {
    path.starts_with(FOLDER) || AT_TOP.contains(&path)
}
