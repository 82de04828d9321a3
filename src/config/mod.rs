//! site.toml and theme.toml as checked values.
//!
//! Owns their keys, defaults and limits. Does not read files, does not know which command-line
//! options replace which key, and does not look for the theme.
//!
//! Invariant: a [`Config`] holds nothing that a later stage must check again: the zone exists,
//! `language` is one of `languages`, ids are ids and addresses are addresses.

mod exception;
mod host;
mod levels;
mod onion;
mod public_address;
mod settings;
mod site_toml;
mod source_kinds;
mod target;
mod theme_toml;
mod topics;
mod values;

use crate::diag::{Diagnostic, Place, Span};
use crate::time::Zone;
use crate::toml::{FileKind, TableKeys as _, TomlText, UnreadTable, without_bom};

pub use exception::Exception;
pub(crate) use exception::ExceptionKeys;
pub use host::{Host, HostKind};
pub use levels::Levels;
pub use onion::{is_of_onion_service, is_onion};
pub use public_address::PublicAddress;
pub use settings::{
    BUILT_IN_PARTIES, Budget, Config, HtmlPolicy, Notice, Outputs, Party, Pictures, PlacedText, Untranslated,
};
pub use source_kinds::{KindOfSource, OwnSourceKind, SourceKind, SourceKinds};
pub use target::{PublishTarget, Storage};
pub use topics::{TopicGuard, TopicGuards};
pub use values::base_url;

/// The kinds of files whose keys are declared here.
pub const FILE_KINDS: [FileKind; 2] = [site_toml::FILE, theme_toml::FILE];

/// Reads site.toml.
///
/// `file` is its path relative to the root of the site. None if there is an error. All diagnostics
/// are about the set-up (exit code 2).
#[must_use]
pub fn parse(file: &str, text: &str) -> (Option<Config>, Vec<Diagnostic>) {
    let read = |table: UnreadTable<'_>| site_toml::SiteToml::read(table).into_config();
    let (config, diagnostics) = read_toml(file, without_bom(text), read);
    let has_error = diagnostics.iter().any(Diagnostic::is_error);
    ((!has_error).then_some(config), diagnostics)
}

/// Reads theme.toml: the theme that it extends, and where it says so.
#[must_use]
pub fn parse_theme(file: &str, text: &str) -> (Option<(String, Place)>, Vec<Diagnostic>) {
    read_toml(file, text, |table| theme_toml::ThemeToml::read(table).into_extends())
}

fn read_toml<T>(file: &str, text: &str, read: impl FnOnce(UnreadTable<'_>) -> T) -> (T, Vec<Diagnostic>) {
    let toml = TomlText::new(file, text, 0..text.len());
    let (value, diagnostics) = toml.read(Span::default(), &Zone::utc(), read);
    (value, diagnostics.into_iter().map(Diagnostic::setup).collect())
}

#[cfg(test)]
mod tests;
