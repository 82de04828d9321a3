//! A fault of a finished page, and what of it to look for in the templates.

use crate::diag::Diagnostic;

/// A fault of a finished page.
#[derive(Clone, Debug)]
pub struct PageFault {
    pub diagnostic: Diagnostic,
    pub sought: Sought,
}

/// What a template has, if it is to blame.
#[derive(Clone, Debug)]
pub enum Sought {
    Nothing,
    /// The value of an attribute, letter for letter.
    Value(Box<str>),
    /// Markup: the whole of it, or else how it begins, as parts of it may be printed.
    Markup {
        whole: Box<str>,
        begin: Box<str>,
    },
}
