//! The keys of theme.toml.

use crate::diag::{Place, Spanned};
use crate::toml::{FileKind, OneLine, TableKeys as _, table};

pub(super) const FILE: FileKind = FileKind {
    name: "theme",
    title: "theme.toml",
    path: "themes/NAME/theme.toml",
    meaning: "What a theme is based on.",
    example: "name = \"Plain\"\nextends = \"default\"\n",
    table: ThemeToml::TABLE,
};

table! {
    pub(super) ThemeToml, "theme.toml" {
        /// The name of the theme, for people. site.toml names the folder instead.
        optional name: OneLine, example "Plain", seen "not shown";

        /// The theme whose files are used if this one has no file of that name.
        optional extends: Spanned<OneLine>, example "default", as_if "default",
            seen "not shown";
    }
}

impl ThemeToml<'_> {
    /// The theme that this one extends, and where it says so.
    pub(super) fn into_extends(self) -> Option<(String, Place)> {
        // For people only.
        drop(self.name);
        let extends = self.extends?;
        let place = self.table.place(extends.span);
        Some((extends.value.into_string(), place))
    }
}
