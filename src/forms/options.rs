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
    /// The path of the site in its repository, with `/` at its end; empty at the top.
    pub prefix: &'a str,
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
            Some(("http" | "https", rest)) => rest.split_once('/')?,
            // The port is not that of its pages.
            Some(("ssh" | "git", rest)) => {
                let (host, path) = rest.split_once('/')?;
                (host.rsplit_once(':').map_or(host, |(host, _)| host), path)
            }
            Some(_) => return None,
            None => without_scheme(address)?,
        };
        let host = without_user(host);
        let host = host.strip_prefix("www.").or(host.strip_prefix("ssh.")).unwrap_or(host);
        let parts: Vec<&str> = path.trim_start_matches('/').split('/').collect();
        let service = Service::of(host);
        let has_place = if service == Service::Gitlab { parts.len() >= 2 } else { parts.len() == 2 };
        if !has_place || !parts.iter().copied().all(is_part) || !host.split(':').all(is_part) {
            return None;
        }
        let host = (!KNOWN_HOSTS.contains(&host)).then(|| format!("https://{host}"));
        Some(Self { service, path: parts.join("/"), host })
    }
}

const KNOWN_HOSTS: [&str; 2] = ["github.com", "gitlab.com"];

impl Service {
    /// By the name of the host; one that says nothing is a Gitea, as most of those are.
    fn of(host: &str) -> Self {
        if host.contains("github") {
            Self::Github
        } else if host.contains("gitlab") {
            Self::Gitlab
        } else {
            Self::Gitea
        }
    }
}

/// `HOST:PATH` of Git, `HOST/PATH`, or the path of a repository at GitHub.
fn without_scheme(address: &str) -> Option<(&str, &str)> {
    if let Some(of_host) = address.split_once(':') {
        return Some(of_host);
    }
    let (first, rest) = address.split_once('/')?;
    Some(if rest.contains('/') { (first, rest) } else { ("github.com", address) })
}

/// Whether a text can be a part of a path, or of the name of a host.
fn is_part(part: &str) -> bool {
    let is_fine = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    !part.is_empty() && !part.starts_with('.') && part.chars().all(is_fine)
}

/// The host of `USER:PASSWORD@HOST`, whose rest goes into no file.
fn without_user(host: &str) -> &str {
    host.rsplit_once('@').map_or(host, |(_, host)| host)
}
