//! Links to maps, and short links that can lead to one.

use std::sync::LazyLock;

use regex::Regex;

use super::reference::{MapReference, regex};

/// The beginnings of addresses that show one place.
pub(super) static MAP_LINK: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"(?i)(?:google\.[a-z.]{2,6}/maps[/?@]|maps\.google\.[a-z.]{2,6}/.|goo\.gl/maps|maps\.app\.goo\.gl/",
        r"|[./]g\.page/.|(?:openstreetmap|osm)\.org/(?:node|way|go)/|[./]osmand\.net/(?:go|map)|umap\.[a-z.-]{2,30}/[a-z]{2}/map/",
        r"|maps\.apple(?:\.com)?/.|waze\.com/(?:ul|live-map)|wikimapia\.org/.",
        r"|yandex\.[a-z.]{2,6}/(?:maps|navi)/.|bing\.com/maps[/?]|[./](?:here\.com|her\.is)/.|plus\.codes/.",
        r"|what3words\.com/[^ /]+\.|w3w\.co/|ge0\.me/|omaps\.app/|comaps\.at/|2gis\.[a-z]{2,4}/.|geohack|mapcarta\.com/.",
        r"|mapy\.(?:cz|com)/(?:s/|[a-z]{2}/)|[./](?:surl\.amap\.com|j\.map\.baidu\.com|naver\.me|kko\.to)/.)",
    ))
});

/// Shorteners whose links are mostly to maps, or that maps themselves offer.
pub(super) static SHORT_LINK: LazyLock<Regex> =
    LazyLock::new(|| regex(r"(?i)(?:^|[^0-9a-z.-])(?:w\.wiki|goo\.gl|g\.co)/[^ ]"));

pub fn find(text: &str) -> Option<MapReference> {
    if MAP_LINK.is_match(text) {
        return Some(MapReference::MapLink);
    }
    SHORT_LINK.is_match(text).then_some(MapReference::ShortLink)
}
