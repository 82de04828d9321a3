//! What a storage answered when something failed.
//!
//! Owns what of it may be shown: a status, the storage's own word for it, or what the network said. Addresses of
//! requests and texts of answers may hold credentials, so they are never shown.

use std::error::Error as _;
use std::io;

use crate::sources::reason;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FaultKind {
    /// Nothing is there.
    Missing,
    /// Something is there, or is another one than was expected.
    Changed,
    /// The storage cannot write on a condition.
    Unconditional,
    /// The credentials are missing, wrong, or do not allow it.
    Refused,
    NoBucket,
    Other,
}

#[derive(Clone, Debug)]
pub(super) struct StoreFault {
    pub(super) kind: FaultKind,
    /// A clause: "the storage answered 403 Forbidden (AccessDenied)".
    pub(super) fact: String,
}

impl From<object_store::Error> for StoreFault {
    fn from(error: object_store::Error) -> Self {
        use object_store::Error;
        let text = error.to_string();
        let status = between(&text, "status code: ", &[':', '\n']);
        let word = between(&text, "<Code>", &['<'])
            .filter(|word| word.bytes().all(|byte| byte.is_ascii_alphanumeric()));
        let kind = match &error {
            _ if matches!(word, Some("NoSuchBucket" | "ContainerNotFound")) => FaultKind::NoBucket,
            Error::NotFound { .. } => FaultKind::Missing,
            Error::AlreadyExists { .. } | Error::Precondition { .. } => FaultKind::Changed,
            Error::NotImplemented { .. } | Error::NotSupported { .. } => FaultKind::Unconditional,
            _ if status.is_some_and(|status| status.starts_with("501")) => FaultKind::Unconditional,
            Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => FaultKind::Refused,
            _ => FaultKind::Other,
        };
        let fact = match (status, word) {
            (Some(status), Some(word)) => format!("the storage answered {status} ({word})"),
            (Some(status), None) => format!("the storage answered {status}"),
            (None, _) => cause(&error),
        };
        Self { kind, fact }
    }
}

/// What the network said; else what kind of failure it was.
fn cause(error: &object_store::Error) -> String {
    let mut source = error.source();
    while let Some(inner) = source {
        if let Some(error) = inner.downcast_ref::<io::Error>() {
            return format!("the connection failed: {}", reason(error));
        }
        if let Some(error) = inner.downcast_ref::<super::http::Unreachable>() {
            return error.to_string();
        }
        source = inner.source();
    }
    "the storage answered something that cannot be read, or lacks a setting".to_owned()
}

/// The text from behind `start` up to one of `ends` or the end.
fn between<'t>(text: &'t str, start: &str, ends: &[char]) -> Option<&'t str> {
    let (_, rest) = text.split_once(start)?;
    rest.split(ends).next().map(str::trim).filter(|found| !found.is_empty() && found.len() < 60)
}
