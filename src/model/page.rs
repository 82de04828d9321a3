//! Plain pages.

use super::base::has_base;
use super::{ArticleBase, Name};
use crate::time::Moment;

has_base!(PlainPage);

/// A page of its own: `content/about.md`. `content/index.md` is the text of the home page.
#[derive(Clone, Debug)]
pub struct PlainPage {
    pub base: ArticleBase,
    /// The page covers what was known up to then.
    pub as_of: Option<Moment>,
    /// When readers should look for a newer version.
    pub next_due: Option<Moment>,
    pub draft: bool,
    /// The template that renders it, if not that of all plain pages.
    pub template: Option<Name>,
}
