//! The files that a host reads, and which host reads which.
//!
//! Owns their names. What is in them is in `hosts`.

use crate::config::HostKind;

/// A file that a host reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostFile {
    /// GitHub Pages serves every file as it is, also those whose names begin with `_`.
    NoJekyll,
    /// The headers of answers, for Netlify and Cloudflare Pages.
    Headers,
    /// Where pages moved, for Netlify.
    NetlifyRedirects,
    /// Where pages moved, for Cloudflare Pages.
    CloudflareRedirects,
    Nginx,
    Caddy,
}

impl HostFile {
    /// Those of a host. GitLab Pages serves a file rather than redirect from its path, so that it has none: pages that
    /// moved redirect themselves.
    #[must_use]
    pub fn of(kind: HostKind) -> &'static [Self] {
        match kind {
            HostKind::GithubPages => &[Self::NoJekyll],
            HostKind::Netlify => &[Self::Headers, Self::NetlifyRedirects],
            HostKind::CloudflarePages => &[Self::Headers, Self::CloudflareRedirects],
            HostKind::Nginx => &[Self::Nginx],
            HostKind::Caddy => &[Self::Caddy],
            HostKind::GitlabPages | HostKind::S3 | HostKind::Usb => &[],
        }
    }

    /// At the top of the output.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoJekyll => ".nojekyll",
            Self::Headers => "_headers",
            Self::NetlifyRedirects | Self::CloudflareRedirects => "_redirects",
            Self::Nginx => "nginx.conf",
            Self::Caddy => "Caddyfile",
        }
    }
}

/// Whether hosts read a file of this name and do not serve it: a copy on the web may be without it.
#[must_use]
pub fn is_unserved(name: &str) -> bool {
    let unserved = [HostFile::NoJekyll, HostFile::Headers, HostFile::NetlifyRedirects];
    unserved.iter().any(|file| file.name() == name)
}
