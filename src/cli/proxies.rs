//! Proxies that the environment names.
//!
//! Owns the check that they can be used. A proxy that is set and cannot be read would be left out without a word, and other
//! servers would see the address of the desk.

use url::Url;

use crate::diag::{Code, Diagnostic};

/// In the order in which they count.
const VARIABLES: [&str; 6] =
    ["ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy"];

/// # Errors
/// If a variable that is set names no proxy.
#[expect(clippy::disallowed_methods, reason = "the environment enters in `cli` only")]
pub fn check() -> Result<(), Diagnostic> {
    let set = VARIABLES.iter().filter_map(|name| Some((*name, std::env::var_os(name)?)));
    for (name, value) in set.filter(|(_, value)| !value.is_empty()) {
        if !value.to_str().is_some_and(names_proxy) {
            let message = format!("{name} is set, and names no proxy that can be used");
            let help = format!(
                "write it as {name}=socks5h://127.0.0.1:9050 or http://proxy.example:3128, or unset it"
            );
            return Err(Diagnostic::error(Code::BAD_PROXY, message).setup().help(help));
        }
    }
    Ok(())
}

/// Without a scheme it is one of HTTP.
fn names_proxy(value: &str) -> bool {
    let url = if value.contains("://") { value.to_owned() } else { format!("http://{value}") };
    let Ok(url) = Url::parse(&url) else { return false };
    let is_known =
        matches!(url.scheme(), "http" | "https" | "socks4" | "socks4a" | "socks5" | "socks5h" | "socks");
    let is_alone = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
    is_known
        && is_alone
        && url.host_str().is_some_and(|host| !host.is_empty())
        && ureq::Proxy::new(value).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_named_in_full() {
        for good in [
            "http://proxy.example:3128",
            "socks5h://127.0.0.1:9050",
            "socks5://[::1]:9050/",
            "proxy.example:3128",
        ] {
            assert!(names_proxy(good), "{good}");
        }
        for bad in [
            "tor://127.0.0.1:9050",
            "socks5h:/127.0.0.1:9050",
            "socks5h://127.0.0.1:99999",
            "http://",
            "http://proxy.example/path",
            "a b",
        ] {
            assert!(!names_proxy(bad), "{bad}");
        }
    }
}
