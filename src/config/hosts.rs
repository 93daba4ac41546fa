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
