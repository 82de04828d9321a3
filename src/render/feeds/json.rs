//! JSON Feed 1.1.

use serde::Serialize;

use super::{Contents, Entry};
use crate::render::pages::PageContext;
use crate::time::Moment;

#[derive(Serialize)]
struct JsonFeed<'a> {
    version: &'static str,
    title: &'a str,
    home_page_url: &'a str,
    feed_url: &'a str,
    language: &'a str,
    authors: [Author<'a>; 1],
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: &'a str,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: &'a str,
    /// An item needs a text: what the page says stays on it.
    content_text: &'a str,
    date_published: String,
    date_modified: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    tags: &'a [String],
    #[serde(skip_serializing_if = "str::is_empty")]
    language: &'a str,
}

pub fn print(context: &PageContext<'_>, contents: &Contents) -> String {
    let title = context.site_title();
    let feed = JsonFeed {
        version: "https://jsonfeed.org/version/1.1",
        title: &contents.title,
        home_page_url: &contents.home,
        feed_url: &contents.url,
        language: context.lang(),
        authors: [Author { name: &title }],
        items: contents.entries.iter().map(|entry| item(context, entry)).collect(),
    };
    let mut text = serde_json::to_string(&feed).expect("texts and lists are always JSON");
    text.push('\n');
    text
}

fn item<'a>(context: &PageContext<'_>, entry: &'a Entry) -> Item<'a> {
    let time = |moment: Moment| context.site.config.timezone.local(moment).to_string();
    Item {
        id: &entry.id,
        url: &entry.url,
        title: &entry.title,
        content_text: &entry.summary,
        date_published: time(entry.published),
        date_modified: time(entry.updated),
        authors: entry.authors.iter().map(|name| Author { name }).collect(),
        tags: &entry.tags,
        language: &entry.title_lang,
    }
}
