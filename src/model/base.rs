//! The part that articles of every kind have in common.

use std::sync::Arc;

use super::Body;
use crate::diag::{Span, Spanned};
use crate::paths::{Id, OutPath};

/// Free values for a theme, as written in `[extra]`.
pub type Extra = toml::Table;

/// The source of a claim that names no source. It never counts as an origin, and has no page.
pub const UNATTRIBUTED: &str = "unattributed";

/// What articles of every kind have.
#[derive(Clone, Debug)]
pub struct ArticleBase {
    /// Relative to the root of the site, forward slashes.
    pub file: Arc<str>,
    pub id: Id,
    /// Where the id is written; the first line if it comes from the file's name.
    pub id_span: Span,
    /// Empty only for a home page without a title.
    pub title: Box<str>,
    /// The first line if there is no title.
    pub title_span: Span,
    pub summary: Option<Box<str>>,
    /// Paths that redirect here.
    pub aliases: Vec<Spanned<OutPath>>,
    pub extra: Extra,
    pub body: Body,
}

/// Makes a kind of article dereference to its base.
macro_rules! has_base {
    ($kind:ident) => {
        impl std::ops::Deref for $kind {
            type Target = super::ArticleBase;

            fn deref(&self) -> &super::ArticleBase {
                &self.base
            }
        }
    };
}

pub(super) use has_base;
