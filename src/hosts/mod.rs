//! What serves a site: its limits, and the files that it reads.
//!
//! Owns what is said of each file over the web that the file does not say itself: its type, how long it may be kept, and
//! which policy holds; and the form in which each host reads it. Knows nothing of how files get to a host.

mod caddy;
mod headers;
mod limits;
mod nginx;
mod occupancy;
mod pages_files;

use crate::site::{HostFile, Site};
pub use headers::cache_control;
pub use limits::over_limits;
pub use occupancy::Occupancy;

/// The content of a file that a host reads.
#[must_use]
pub fn file(site: &Site, file: HostFile) -> String {
    match file {
        HostFile::NoJekyll => String::new(),
        HostFile::Headers => pages_files::headers(site),
        HostFile::NetlifyRedirects | HostFile::CloudflareRedirects => pages_files::redirects(site, file),
        HostFile::Nginx => nginx::configuration(site),
        HostFile::Caddy => caddy::configuration(site),
    }
}
