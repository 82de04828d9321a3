//! Which addresses may be asked.
//!
//! Owns what is reachable for readers: http and https, by a public name or a public address of the network. An answer of a
//! private network would be about a network that no reader is in, and some machines there obey every request.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// Longer ones of servers are not followed, and not shown.
const LONGEST_ADDRESS: usize = 2000;

/// Why an address is not asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotAskable {
    PrivateNetwork,
    /// It has a user name or a password.
    Credentials,
    NoWebAddress,
}

/// The address as it is asked, and its fragment. The same page has the same address, however it is written.
pub fn askable(written: &str) -> Result<(Url, Option<String>), NotAskable> {
    if written.len() > LONGEST_ADDRESS {
        return Err(NotAskable::NoWebAddress);
    }
    let mut url = Url::parse(written).map_err(|_| NotAskable::NoWebAddress)?;
    is_askable(&url)?;
    let fragment = url.fragment().map(str::to_owned);
    url.set_fragment(None);
    Ok((url, fragment))
}

/// Also for each address that a server redirects to.
pub fn is_askable(url: &Url) -> Result<(), NotAskable> {
    if !["http", "https"].contains(&url.scheme()) || url.as_str().len() > LONGEST_ADDRESS {
        return Err(NotAskable::NoWebAddress);
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(NotAskable::Credentials);
    }
    match url.host() {
        None => Err(NotAskable::NoWebAddress),
        Some(Host::Ipv4(ip)) if is_public(ip.into()) => Ok(()),
        Some(Host::Ipv6(ip)) if is_public(ip.into()) => Ok(()),
        Some(Host::Domain(name)) if !is_local_name(name) => Ok(()),
        Some(_) => Err(NotAskable::PrivateNetwork),
    }
}

/// Names that only one machine or one network knows.
fn is_local_name(name: &str) -> bool {
    const LOCAL: [&str; 8] = ["localhost", "local", "internal", "intranet", "lan", "home", "corp", "arpa"];
    let name = name.trim_end_matches('.');
    // A proxy would look for a name without a dot in its own network.
    name.rsplit_once('.').is_none_or(|(_, last)| LOCAL.contains(&last))
}

/// Whether an address of the network is one that everybody can reach.
pub fn is_public(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    }
}

/// After the registry of special addresses of IANA.
fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let is_shared = a == 100 && (64..128).contains(&b);
    let is_protocol = a == 192 && b == 0 && c == 0;
    let is_benchmark = a == 198 && (b == 18 || b == 19);
    let is_reserved = a == 0 || a >= 240;
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_multicast()
        || ip.is_documentation()
        || is_shared
        || is_protocol
        || is_benchmark
        || is_reserved)
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    if let Some(ip) = ip.to_ipv4_mapped() {
        return is_public_v4(ip);
    }
    let parts = ip.segments();
    let inner = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        // Networks without IPv4 translate its addresses so.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => inner(high, low),
        [0x2002, high, low, ..] => inner(high, low),
        // Documentation, and Teredo, which can hold any address.
        [0x2001, 0xdb8 | 0, ..] => false,
        // All that is public begins with the bits 001.
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_way_to_write_an_address_of_a_private_network_is_asked() {
        for address in [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f.0.0.1/",
            "http://0177.0.0.1/",
            "http://0/",
            "http://10.1.2.3:8080/a",
            "http://172.16.0.1/",
            "http://192.168.1.1/",
            "http://100.64.0.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://[::1]/",
            "http://[::]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:a00:1]/",
            "http://[fd00::1]/",
            "http://[fe80::1]/",
            "http://[64:ff9b::7f00:1]/",
            "http://[2002:7f00:1::]/",
            "http://localhost/",
            "http://LOCALHOST./",
            "http://a.localhost:80/",
            "http://router/",
            "http://router.local/",
            "http://metadata.google.internal/",
            "http://127.0.0.1./",
            "http://①②⑦.0.0.1/",
        ] {
            assert_eq!(askable(address), Err(NotAskable::PrivateNetwork), "{address}");
        }
    }

    #[test]
    fn public_addresses_are_asked_without_their_fragment() {
        for (address, asked) in [
            ("https://example.org", "https://example.org/"),
            ("HTTPS://Example.ORG:443/a b#c", "https://example.org/a%20b"),
            ("https://مثال.إختبار/خبر", "https://xn--mgbh0fb.xn--kgbechtv/%D8%AE%D8%A8%D8%B1"),
            ("http://8.8.8.8/", "http://8.8.8.8/"),
            ("http://[2606:4700::1]/", "http://[2606:4700::1]/"),
            ("http://[64:ff9b::808:808]/", "http://[64:ff9b::808:808]/"),
        ] {
            assert_eq!(askable(address).unwrap().0.as_str(), asked, "{address}");
        }
        assert_eq!(askable("https://a.org/b#c").unwrap().1.as_deref(), Some("c"));
    }

    #[test]
    fn what_is_no_address_of_the_web_is_not_asked() {
        for (address, why) in [
            ("https://user:secret@example.org/", NotAskable::Credentials),
            ("file:///etc/passwd", NotAskable::NoWebAddress),
            ("gopher://example.org/", NotAskable::NoWebAddress),
            ("https://", NotAskable::NoWebAddress),
            ("https://a b/", NotAskable::NoWebAddress),
            ("nonsense", NotAskable::NoWebAddress),
        ] {
            assert_eq!(askable(address), Err(why), "{address}");
        }
    }
}
