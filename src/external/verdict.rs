//! What is known of an address.
//!
//! Owns the difference between gone and not checked. A server that answers something else than the page, or nothing,
//! may do so to this machine alone: to programs, to a country, for an hour.

use super::answer::{AskFailure, AskMethod, FragmentSearch, LinkReply};

/// What is known of an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkVerdict {
    Answers {
        moved: Option<Moved>,
        parts: FragmentSearch,
    },
    Gone(GoneReason),
    /// Its name is of a private network.
    Private,
    Unchecked(UncheckedReason),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Moved {
    /// The server says so, and the new address answers.
    ForGood(String),
    /// The site redirects a page to its home page, as many do with what they removed.
    ToHomePage,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum GoneReason {
    /// 404 or 410.
    Status(u16),
    NoSuchHost,
    /// Browsers warn, and readers turn back.
    CertificateExpired,
    CertificateOfOthers,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UncheckedReason {
    Status(u16),
    Failed(AskFailure),
    RedirectsWithoutEnd,
    BadRedirect,
    OnionService,
    Credentials,
    NoWebAddress,
    /// No site at all answered.
    Offline,
    /// Another address of the host asked for more time than there is.
    AskedToWait,
    OutOfTime,
    Interrupted,
}

impl UncheckedReason {
    /// Whether it says nothing of a site.
    pub fn is_of_the_run(self) -> bool {
        matches!(self, Self::Offline | Self::OutOfTime | Self::Interrupted)
    }
}

/// What a reply asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReplyMeaning {
    Settled(Settled),
    Redirect,
    /// Some servers refuse to answer with the head alone.
    AskForText,
    /// The server may answer later.
    Later,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    Answers,
    Gone(GoneReason),
    Unchecked(UncheckedReason),
}

pub fn meaning(reply: &LinkReply, method: AskMethod) -> ReplyMeaning {
    match reply.status {
        200..=299 => ReplyMeaning::Settled(Settled::Answers),
        301 | 302 | 303 | 307 | 308 if !reply.location.is_empty() => ReplyMeaning::Redirect,
        408 | 425 | 429 | 500 | 502..=504 => ReplyMeaning::Later,
        _ if method == AskMethod::Head => ReplyMeaning::AskForText,
        status @ (404 | 410) => ReplyMeaning::Settled(Settled::Gone(GoneReason::Status(status))),
        status => ReplyMeaning::Settled(Settled::Unchecked(UncheckedReason::Status(status))),
    }
}

/// What a failure means once it has come again.
pub fn settled_failure(failure: AskFailure) -> LinkVerdict {
    match failure {
        AskFailure::NoSuchHost => LinkVerdict::Gone(GoneReason::NoSuchHost),
        AskFailure::CertificateExpired => LinkVerdict::Gone(GoneReason::CertificateExpired),
        AskFailure::CertificateOfOthers => LinkVerdict::Gone(GoneReason::CertificateOfOthers),
        AskFailure::PrivateNetwork => LinkVerdict::Private,
        failure => LinkVerdict::Unchecked(UncheckedReason::Failed(failure)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_404_and_410_mean_that_a_page_is_gone_and_only_if_the_text_was_asked_for() {
        for status in 100..1000 {
            let reply = LinkReply { status, ..LinkReply::default() };
            let is_gone = |method| matches!(meaning(&reply, method), ReplyMeaning::Settled(Settled::Gone(_)));
            assert!(!is_gone(AskMethod::Head), "{status}");
            assert_eq!(is_gone(AskMethod::Get), status == 404 || status == 410, "{status}");
        }
    }

    #[test]
    fn a_refusal_is_not_a_loss() {
        for status in [400, 401, 403, 405, 406, 418, 429, 451, 500, 503, 521, 999] {
            let reply = LinkReply { status, ..LinkReply::default() };
            let meaning = meaning(&reply, AskMethod::Get);
            let unchecked = ReplyMeaning::Settled(Settled::Unchecked(UncheckedReason::Status(status)));
            assert!(meaning == unchecked || meaning == ReplyMeaning::Later, "{status}");
        }
    }
}
