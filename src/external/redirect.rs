//! Where an address leads, redirect by redirect.
//!
//! Owns what counts as moved for good, and when redirects are not followed. Knows no request.

use url::Url;

use super::address::is_askable;
use super::answer::LinkReply;
use super::verdict::{Moved, UncheckedReason};
use crate::config::is_onion;

/// More than any browser follows in practice.
const MOST_REDIRECTS: usize = 10;

/// The way from an address of a page on.
#[derive(Clone, Debug)]
pub struct RedirectPath {
    /// The address itself, and then each that a server named.
    visited: Vec<Url>,
    /// How many of these the servers said are permanent, from the first on.
    permanent: usize,
    is_permanent_so_far: bool,
}

impl RedirectPath {
    pub fn new(start: Url) -> Self {
        Self { visited: vec![start], permanent: 0, is_permanent_so_far: true }
    }

    pub fn current(&self) -> &Url {
        self.visited.last().expect("the address itself is never removed")
    }

    /// Follows a redirect.
    pub fn follow(&mut self, reply: &LinkReply) -> Result<(), UncheckedReason> {
        let mut target = self.current().join(&reply.location).map_err(|_| UncheckedReason::BadRedirect)?;
        target.set_fragment(None);
        if is_askable(&target).is_err() {
            return Err(UncheckedReason::BadRedirect);
        }
        // Without Tor, the question for its name would be seen.
        if is_onion(&target) && !is_onion(self.current()) {
            return Err(UncheckedReason::OnionService);
        }
        if self.visited.contains(&target) || self.visited.len() > MOST_REDIRECTS {
            // A browser with cookies may get through: consent pages and paywalls do this to everybody else.
            return Err(UncheckedReason::RedirectsWithoutEnd);
        }
        self.is_permanent_so_far &= [301, 308].contains(&reply.status);
        self.permanent += usize::from(self.is_permanent_so_far);
        self.visited.push(target);
        Ok(())
    }

    /// Where the page is now, if it is elsewhere.
    pub fn moved(&self) -> Option<Moved> {
        let (start, end) = (&self.visited[0], self.current());
        if self.visited.len() > 1 && is_home(end) && !is_home(start) && is_same_site(start, end) {
            return Some(Moved::ToHomePage);
        }
        (self.permanent > 0).then(|| Moved::ForGood(self.visited[self.permanent].as_str().to_owned()))
    }
}

fn is_home(url: &Url) -> bool {
    url.path() == "/" && url.query().is_none()
}

fn is_same_site(a: &Url, b: &Url) -> bool {
    fn name(url: &Url) -> &str {
        let host = url.host_str().unwrap_or_default();
        host.strip_prefix("www.").unwrap_or(host)
    }
    name(a) == name(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn follow(start: &str, redirects: &[(u16, &str)]) -> Result<Option<Moved>, UncheckedReason> {
        let mut path = RedirectPath::new(start.parse().unwrap());
        for (status, location) in redirects {
            let location = (*location).to_owned();
            path.follow(&LinkReply { status: *status, location, ..LinkReply::default() })?;
        }
        Ok(path.moved())
    }

    fn for_good(to: &str) -> Option<Moved> {
        Some(Moved::ForGood(to.to_owned()))
    }

    #[test]
    fn what_has_moved_is_where_the_permanent_redirects_end() {
        let start = "http://a.org/x/1";
        let check = |redirects: &[(u16, &str)]| follow(start, redirects).unwrap();
        assert_eq!(check(&[]), None);
        assert_eq!(check(&[(302, "/y")]), None);
        assert_eq!(check(&[(301, "https://a.org/x/1")]), for_good("https://a.org/x/1"));
        assert_eq!(check(&[(308, "../y#z"), (302, "/login")]), for_good("http://a.org/y"));
        assert_eq!(check(&[(302, "/y"), (301, "/z")]), None, "the first step is not for good");
        assert_eq!(check(&[(302, "//www.a.org")]), Some(Moved::ToHomePage));
        assert_eq!(check(&[(301, "https://b.org/")]), for_good("https://b.org/"));
        assert_eq!(follow("http://a.org/", &[(301, "https://a.org/")]).unwrap(), for_good("https://a.org/"));
    }

    #[test]
    fn no_redirect_leads_into_a_private_network_or_out_of_the_web() {
        for location in [
            "http://127.0.0.1/",
            "http://169.254.169.254/",
            "file:///etc/passwd",
            "https://u:p@b.org/",
            "http://",
        ] {
            let refused = follow("http://a.org/", &[(302, location)]);
            assert_eq!(refused, Err(UncheckedReason::BadRedirect), "{location}");
        }
    }

    #[test]
    fn redirects_end() {
        let circle = [(302, "/b"), (302, "/")];
        assert_eq!(follow("http://a.org/", &circle), Err(UncheckedReason::RedirectsWithoutEnd));
        let names: Vec<String> = (0..12).map(|number| format!("/{number}")).collect();
        let chain: Vec<(u16, &str)> = names.iter().map(|name| (302, name.as_str())).collect();
        assert_eq!(follow("http://a.org/", &chain[..10]), Ok(None));
        assert_eq!(follow("http://a.org/", &chain[..11]), Err(UncheckedReason::RedirectsWithoutEnd));
    }
}
