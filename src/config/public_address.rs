//! Addresses that every reader of a page may have.

use crate::diag::Code;
use crate::private::has_credentials;
use crate::toml::{FromLine, TomlValue, ValueType, WebAddress};

/// A web address without a user name and a password.
pub struct PublicAddress;

impl FromLine for PublicAddress {
    type Output = Box<str>;
    const TYPE: ValueType = WebAddress::TYPE;
    const LIST: &'static str = WebAddress::LIST;

    fn from_line(line: Box<str>, value: &TomlValue<'_>) -> Option<Box<str>> {
        let url = WebAddress::from_line(line, value)?;
        if !has_credentials(&url) {
            return Some(url);
        }
        let message = format!("`{}` has a user name or a password", value.key());
        let help = "delete all between // and the @, and the @";
        value.refuse(Code::PASSWORD_IN_ADDRESS, message, "every reader would have it", help)
    }
}
