//! The Markdown part of an article.

use super::SlottedHtml;
use crate::diag::Span;
use crate::time::CalendarPage;

/// HTML with slots for what only the linked site knows.
#[derive(Clone, Debug, Default)]
pub struct Body {
    pub html: SlottedHtml,
    /// In the order of the text.
    pub headings: Box<[Heading]>,
    /// The targets of the [`Slot::Link`](super::Slot::Link)s.
    pub links: Box<[BodyLink]>,
    /// The first paragraph as plain text, for lists if there is no summary.
    pub lead: Box<str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Unique within the body, as on GitHub; never begins with a prefix of ours.
    pub id: Box<str>,
    /// Without markup.
    pub text: Box<str>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BodyLink {
    pub target: Target,
    /// The whole link, in the file's text.
    pub span: Span,
}

/// The target of a Markdown link, as written. External links are finished HTML, and are not listed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// `place:NAME`
    Neighbourhood(Box<str>),
    /// `source:NAME`
    Source(Box<str>),
    /// `claim:ID`, or `claim:BRIEFING/ID` elsewhere.
    Claim { briefing: Option<Box<str>>, claim: Box<str> },
    /// `date:2016-10-02`, `date:2016-10`, `date:2016`
    Date(CalendarPage),
    /// `#part` of the same body.
    Fragment(Box<str>),
    /// Another file: relative to the root of the site, forward slashes, percent-decoded, dots
    /// resolved as on GitHub. The fragment may be empty.
    File { path: Box<str>, fragment: Box<str> },
    /// As `File`, shown in the page.
    Picture { path: Box<str> },
}
