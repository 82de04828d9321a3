//! What forms are made for: an editor, a site, and the repository that the editor saves to.

use crate::config::Config;
use crate::toml::words;

words!(
    /// An editor that runs in a browser.
    Editor {
        Sveltia = "sveltia",
        Pages = "pages",
        Decap = "decap",
    }
);

/// What the forms of a site depend on.
pub struct FormOptions<'a> {
    pub config: &'a Config,
    /// Where editors save to, apart from a folder of the same machine.
    pub repository: Option<&'a RemoteRepository>,
    pub branch: &'a str,
}

/// A repository at a service for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RemoteRepository {
    pub service: Service,
    /// As in `OWNER/NAME`.
    pub path: String,
    /// The address of the service, if it is not the one that everybody knows: `https://git.example.org`.
    pub host: Option<String>,
}

words!(
    /// A service for repositories, by the name that editors give it.
    Service {
        Github = "github",
        Gitlab = "gitlab",
        Gitea = "gitea",
    }
);

impl RemoteRepository {
    /// Reads an address as Git has it, such as `https://github.com/OWNER/NAME.git` or `git@gitlab.com:OWNER/NAME.git`;
    /// or `OWNER/NAME`, at GitHub.
    #[must_use]
    pub fn parse(address: &str) -> Option<Self> {
        let address = address.trim().trim_end_matches('/');
        let address = address.strip_suffix(".git").unwrap_or(address);
        let (host, path) = match address.split_once("://") {
            Some(("http" | "https" | "ssh" | "git", rest)) => {
                let (host, path) = rest.split_once('/')?;
                (without_user(host), path)
            }
            Some(_) => return None,
            None => match address.split_once(':') {
                Some((host, path)) => (without_user(host), path),
                None => ("github.com", address),
            },
        };
        let is_part = |part: &str| {
            let is_fine = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
            !part.is_empty() && !part.starts_with('.') && part.chars().all(is_fine)
        };
        if path.split('/').count() < 2 || !path.split('/').all(is_part) || !host.split(':').all(is_part) {
            return None;
        }
        let service = match host {
            "github.com" => Service::Github,
            _ if host.contains("gitlab") => Service::Gitlab,
            _ => Service::Gitea,
        };
        let is_known = matches!(host, "github.com" | "gitlab.com");
        let host = (!is_known).then(|| format!("https://{host}"));
        Some(Self { service, path: path.to_owned(), host })
    }
}

/// The host of `USER:PASSWORD@HOST`, whose rest goes into no file.
fn without_user(host: &str) -> &str {
    host.rsplit_once('@').map_or(host, |(_, host)| host)
}
