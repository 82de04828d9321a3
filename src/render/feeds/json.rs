//! JSON Feed 1.1.

use serde::Serialize;

use super::entry::{FeedContents, FeedEntry};
use crate::render::pages::PageContext;
use crate::time::Moment;

#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    language: &'a str,
    authors: [JsonAuthor<'a>; 1],
    items: Vec<JsonItem<'a>>,
}

#[derive(Serialize)]
struct JsonAuthor<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct JsonItem<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    /// The summary: an item needs a text.
    content_text: &'a str,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<JsonAuthor<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    #[serde(skip_serializing_if = "str::is_empty")]
    language: &'a str,
}

pub fn print(context: &PageContext<'_>, contents: &FeedContents) -> String {
    let title = context.site_title();
    let feed = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &contents.title,
        home_page_url: &contents.home,
        feed_url: &contents.url,
        language: context.lang(),
        authors: [JsonAuthor { name: &title }],
        items: contents.entries.iter().map(|entry| item(context, entry)).collect(),
    };
    let mut text = serde_json::to_string(&feed).expect("texts and lists are always JSON");
    text.push('\n');
    text
}

fn item<'a>(context: &PageContext<'_>, entry: &'a FeedEntry) -> JsonItem<'a> {
    let time = |moment: Moment| context.site.config.timezone.local(moment).to_string();
    JsonItem {
        id: &entry.id,
        url: &entry.url,
        title: &entry.title,
        content_text: &entry.summary,
        date_published: time(entry.published),
        date_modified: time(entry.updated),
        authors: entry.authors.iter().map(|name| JsonAuthor { name }).collect(),
        tags: &entry.tags,
        language: &entry.title_lang,
    }
}
