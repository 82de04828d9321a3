//! One request to another site, and what became of it.
//!
//! Owns these values, and nothing that makes them: `web` asks, `schedule` decides when, `verdict` what it means.

use std::time::Duration;

use url::Url;

/// A request: for the head of a page, or for its text too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkRequest {
    /// The index of the address that this is about.
    pub about: usize,
    /// Where it led so far.
    pub url: Url,
    pub method: AskMethod,
    /// The parts that the page should have; looked for in a text only.
    pub fragments: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AskMethod {
    Head,
    Get,
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkAnswer {
    Reply(LinkReply),
    Failed(AskFailure),
}

/// What a server said.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkReply {
    pub status: u16,
    /// As the server wrote it; empty if it wrote none.
    pub location: String,
    /// How long the server asks to be left alone.
    pub retry_after: Option<Duration>,
    /// The wanted parts that the whole text was read for.
    pub parts: FragmentSearch,
}

/// Wanted parts of a page that were looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FragmentSearch {
    pub present: Vec<String>,
    pub missing: Vec<String>,
}

/// Why there was no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AskFailure {
    /// The domain name system knows no such name.
    NoSuchHost,
    /// The name could not be looked up.
    NoNameServer,
    /// The name is of a private network.
    PrivateNetwork,
    CertificateExpired,
    CertificateOfOthers,
    /// This machine does not know who signed it: the state's own authority, or somebody on the way.
    CertificateUnknown,
    /// The encrypted connection was not made.
    NoTls,
    Refused,
    Cut,
    Silent,
    /// The proxy reached nothing.
    Proxy,
    /// What was answered is not HTTP.
    NotHttp,
}
