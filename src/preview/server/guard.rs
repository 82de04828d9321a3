//! Who may ask: pages of this preview, and no page of another site.
//!
//! Owns the check of `Host`, which another site's page cannot forge (DNS rebinding), and of `Origin` and
//! `Sec-Fetch-Site`, which reveal a request across sites. Knows no paths.

use std::net::IpAddr;

use axum::http::{HeaderMap, Uri, header};

/// The names of this machine that are answered.
pub struct Guard {
    /// As `--host` gave it, in lower case.
    host: String,
    /// Other machines can ask too, and use its addresses.
    is_open: bool,
}

impl Guard {
    pub fn new(host: &str, address: IpAddr) -> Self {
        Self { host: host.to_ascii_lowercase(), is_open: !address.is_loopback() }
    }

    /// Whether a request names this host: in `Host`, and also in its address if that is a full one.
    pub fn lets_in(&self, uri: &Uri, headers: &HeaderMap) -> bool {
        let mut hosts = headers.get_all(header::HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return false };
        host.to_str().is_ok_and(|host| self.knows(host))
            && uri.authority().is_none_or(|authority| self.knows(authority.as_str()))
    }

    fn knows(&self, authority: &str) -> bool {
        let Some(name) = name(authority) else { return false };
        let name = name.to_ascii_lowercase();
        let bare = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(&name);
        match bare.parse::<IpAddr>() {
            Ok(address) => self.is_open || address.is_loopback(),
            Err(_) => name == "localhost" || name.ends_with(".localhost") || name == self.host,
        }
    }
}

/// Whether a request comes from a page of this preview, or from a person, but from no other site.
pub fn is_of_this_site(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let is_fetched_here = text("sec-fetch-site").is_none_or(|site| matches!(site, "same-origin" | "none"));
    let host = text("host").unwrap_or_default();
    let is_from_here = text("origin").is_none_or(|origin| origin.strip_prefix("http://") == Some(host));
    is_fetched_here && is_from_here
}

/// The name in `name` or `name:port`; `None` if it is neither.
fn name(authority: &str) -> Option<&str> {
    let name_end = if authority.starts_with('[') {
        authority.find(']')? + 1
    } else {
        authority.find(':').unwrap_or(authority.len())
    };
    let (name, rest) = authority.split_at(name_end);
    let is_port_or_nothing = match rest.strip_prefix(':') {
        Some(port) => port.bytes().all(|byte| byte.is_ascii_digit()),
        None => rest.is_empty(),
    };
    is_port_or_nothing.then_some(name)
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use axum::http::HeaderValue;
    use proptest::prelude::*;

    use super::*;

    fn lets_in(guard: &Guard, host: &str) -> bool {
        let mut headers = HeaderMap::new();
        if let Ok(value) = HeaderValue::from_str(host) {
            headers.insert(header::HOST, value);
        }
        guard.lets_in(&Uri::from_static("/"), &headers)
    }

    fn on_loopback() -> Guard {
        Guard::new("127.0.0.1", Ipv4Addr::LOCALHOST.into())
    }

    #[test]
    fn names_of_the_loopback_are_answered() {
        for host in [
            "localhost",
            "LocalHost:4000",
            "127.0.0.1",
            "127.9.9.9:1",
            "[::1]",
            "[::1]:4000",
            "a.b.localhost:80",
        ] {
            assert!(lets_in(&on_loopback(), host), "{host}");
        }
    }

    #[test]
    fn every_other_name_is_refused() {
        let hosts = [
            "",
            "evil.example",
            "localhost.evil.example",
            "evil-localhost",
            "127.0.0.1.nip.io",
            "192.168.1.5:4000",
            "[::2]",
            "[::1]evil",
            "localhost:80:80",
            "localhost:x",
            "user@localhost",
            "0.0.0.0",
            "[",
            "localhost/",
        ];
        for host in hosts {
            assert!(!lets_in(&on_loopback(), host), "{host}");
        }
    }

    #[test]
    fn an_open_server_knows_addresses_and_its_own_name() {
        let guard = Guard::new("desk.lan", Ipv4Addr::new(192, 168, 1, 5).into());
        for host in ["192.168.1.5:4000", "[fd00::5]", "desk.lan", "DESK.lan:1", "localhost"] {
            assert!(lets_in(&guard, host), "{host}");
        }
        for host in ["evil.example", "x.desk.lan", "desk.lan.evil.example"] {
            assert!(!lets_in(&guard, host), "{host}");
        }
    }

    #[test]
    fn a_full_address_and_a_second_host_are_checked_too() {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, HeaderValue::from_static("localhost"));
        assert!(!on_loopback().lets_in(&Uri::from_static("http://evil.example/"), &headers));
        headers.append(header::HOST, HeaderValue::from_static("localhost"));
        assert!(!on_loopback().lets_in(&Uri::from_static("/"), &headers));
    }

    #[test]
    fn pages_of_other_sites_get_no_events() {
        let check = |pairs: &[(&'static str, &'static str)]| {
            let mut headers = HeaderMap::new();
            for (name, value) in pairs {
                headers.insert(*name, HeaderValue::from_static(value));
            }
            is_of_this_site(&headers)
        };
        assert!(check(&[("host", "localhost:4000")]));
        assert!(check(&[
            ("host", "localhost:4000"),
            ("origin", "http://localhost:4000"),
            ("sec-fetch-site", "same-origin")
        ]));
        assert!(!check(&[("host", "localhost:4000"), ("origin", "http://localhost:3000")]));
        assert!(!check(&[("host", "localhost:4000"), ("origin", "null")]));
        assert!(!check(&[("host", "localhost:4000"), ("sec-fetch-site", "cross-site")]));
        assert!(!check(&[("host", "localhost:4000"), ("sec-fetch-site", "same-site")]));
    }

    proptest! {
        #[test]
        fn no_dotted_name_but_localhost_is_let_in(name in "[a-z0-9-]{1,12}(\\.[a-z]{2,8}){1,3}", port in any::<u16>()) {
            prop_assume!(!name.ends_with(".localhost"));
            prop_assert!(!lets_in(&on_loopback(), &name));
            let host = format!("{name}:{port}");
            prop_assert!(!lets_in(&on_loopback(), &host));
        }
    }
}
