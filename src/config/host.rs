//! The kinds of hosts that a site can be served from.
//!
//! Owns their names. What each takes and which files it reads is in `site::host_files` and `hosts`.

use crate::diag::Place;
use crate::toml::words;

words!(
    /// What serves the site.
    HostKind {
        GithubPages = "github-pages",
        GitlabPages = "gitlab-pages",
        Netlify = "netlify",
        CloudflarePages = "cloudflare-pages",
        Nginx = "nginx",
        Caddy = "caddy",
        S3 = "s3",
        Usb = "usb",
    }
);

impl HostKind {
    /// As messages call it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::GithubPages => "GitHub Pages",
            Self::GitlabPages => "GitLab Pages",
            Self::Netlify => "Netlify",
            Self::CloudflarePages => "Cloudflare Pages",
            Self::Nginx => "nginx",
            Self::Caddy => "Caddy",
            Self::S3 => "S3",
            Self::Usb => "a USB stick",
        }
    }
}

/// Where the site is served from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Host {
    pub kind: HostKind,
    /// Of its `kind` in site.toml.
    pub place: Place,
}
