//! Addresses that every reader of a page may have.

use super::onion::is_of_onion_service;
use crate::diag::Code;
use crate::private::has_credentials;
use crate::toml::{FromLine, TomlValue, ValueType, WebAddress};

/// A web address that pages link to: without a user name and a password, and of no onion service.
pub struct PublicAddress;

impl FromLine for PublicAddress {
    type Output = Box<str>;
    const TYPE: ValueType = WebAddress::TYPE;
    const LIST: &'static str = WebAddress::LIST;

    fn from_line(line: Box<str>, value: &TomlValue<'_>) -> Option<Box<str>> {
        let url = without_password(line, value)?;
        if !is_of_onion_service(&url) {
            return Some(url);
        }
        let message = format!("`{}` names an onion service", value.key());
        let help = "write it in a text, which shows it as text; for the site itself, write it as `onion`";
        value.refuse(Code::LINKED_ONION, message, "would be a link", help)
    }
}

/// A web address without a user name and a password.
pub(super) fn without_password(line: Box<str>, value: &TomlValue<'_>) -> Option<Box<str>> {
    let url = WebAddress::from_line(line, value)?;
    if !has_credentials(&url) {
        return Some(url);
    }
    let message = format!("`{}` has a user name or a password", value.key());
    let help = "delete all between // and the @, and the @";
    value.refuse(Code::PASSWORD_IN_ADDRESS, message, "every reader would have it", help)
}

/// The address of the site: that of a folder, without query and fragment, with a `/` at its end.
pub(super) struct FolderAddress;

impl FromLine for FolderAddress {
    type Output = Box<str>;
    const TYPE: ValueType = PublicAddress::TYPE;
    const LIST: &'static str = PublicAddress::LIST;

    fn from_line(line: Box<str>, value: &TomlValue<'_>) -> Option<Box<str>> {
        let url = without_password(line, value)?;
        as_folder_line(url, value)
    }
}

/// An address as that of a folder.
pub(super) fn as_folder_line(url: Box<str>, value: &TomlValue<'_>) -> Option<Box<str>> {
    as_folder(&url).or_else(|| {
        let message = format!("`{}` has a query or a fragment", value.key());
        let help = "write the address of the folder that the site lives in";
        value.refuse(Code::BAD_URL, message, "pages cannot be below it", help)
    })
}

/// None if it has a query or a fragment.
pub(super) fn as_folder(url: &str) -> Option<Box<str>> {
    match url {
        _ if url.contains(['?', '#']) => None,
        _ if url.ends_with('/') => Some(url.into()),
        _ => Some(format!("{url}/").into()),
    }
}
