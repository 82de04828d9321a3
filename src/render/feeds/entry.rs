//! A feed and its entries before they are printed.

use crate::time::Moment;

/// What a feed holds.
pub struct FeedContents {
    pub title: String,
    /// The page that the feed follows.
    pub home: String,
    /// The feed itself.
    pub url: String,
    pub entries: Vec<FeedEntry>,
    pub updated: Moment,
}

/// One item of news.
pub struct FeedEntry {
    pub id: String,
    pub url: String,
    pub title: String,
    /// The language of the title; empty if it is the feed's.
    pub title_lang: String,
    pub summary: String,
    pub summary_lang: String,
    pub authors: Vec<String>,
    pub tags: Vec<String>,
    pub published: Moment,
    pub updated: Moment,
}
