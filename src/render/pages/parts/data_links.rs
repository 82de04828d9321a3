//! Links from the overviews of the site to their open data. Other pages have none, so that they stay small.

use crate::render::pages::context::PageContext;
use crate::render::views::{DataLink, Url};
use crate::site::{DataFile, Dataset, Page};

/// The files with what the page lists.
pub fn data_links(context: &PageContext<'_>) -> Vec<DataLink> {
    if !context.site.config.outputs.data {
        return Vec::new();
    }
    let mut links: Vec<DataLink> = match context.page {
        Page::Home | Page::Timeline => tables(context, Dataset::Claims, "claims"),
        Page::Briefings(_) => tables(context, Dataset::Briefings, "title-briefings"),
        Page::Sources(_) => tables(context, Dataset::Sources, "title-sources"),
        Page::Neighbourhoods(_) | Page::Map => {
            tables(context, Dataset::Neighbourhoods, "title-neighbourhoods")
        }
        Page::Figures(_) => tables(context, Dataset::Figures, "title-figures"),
        Page::Corrections(_) => tables(context, Dataset::Corrections, "title-corrections"),
        _ => return Vec::new(),
    };
    if matches!(context.page, Page::Map) {
        links.push(link(context, DataFile::GeoJson, "title-neighbourhoods", "GeoJSON"));
    }
    links.push(DataLink {
        is_description: true,
        ..link(context, DataFile::Package, "data-description", "JSON")
    });
    links
}

fn tables(context: &PageContext<'_>, dataset: Dataset, name: &str) -> Vec<DataLink> {
    vec![
        link(context, DataFile::Csv(dataset), name, "CSV"),
        link(context, DataFile::Json(dataset), name, "JSON"),
    ]
}

fn link(context: &PageContext<'_>, file: DataFile, name: &str, format: &str) -> DataLink {
    DataLink {
        title: format!("{} ({format})", context.word(name)),
        url: Url::relative(context.path, &file.path(), ""),
        mime: file.media_type(),
        is_description: false,
    }
}
