//! The sizes in which the pictures of texts are published.
//!
//! Owns which copies a picture has and where they are. Knows pictures by their headers alone: no pixel is read, so that a
//! preview has the addresses of a build at once.

use std::collections::BTreeMap;

use super::diagnostics::Diagnostics;
use super::indices::FileIx;
use super::linked::{Content, Links};
use super::parts::{OutputFile, PictureCopy, ShownPicture, shown_files};
use crate::config::Pictures;
use crate::images::{PictureHeader, PictureSize, scaled_height};
use crate::paths::OutPath;
use crate::sources::bad_output_path;

/// The pictures that texts show in more than one size.
pub fn shown(
    site: &Content,
    links: &Links,
    diagnostics: &mut Diagnostics<'_>,
) -> BTreeMap<FileIx, ShownPicture> {
    let in_texts = shown_files(links.all().map(|(_, target)| target));
    let posters: Vec<FileIx> = in_texts.iter().filter_map(|ix| site.poster(*ix)).collect();
    let mut shown = BTreeMap::new();
    for ix in in_texts.into_iter().chain(posters) {
        let file = &site.files[ix];
        match file.picture.map(|header| in_sizes(file, header, &site.config.pictures)) {
            Some(Ok(Some(picture))) => drop(shown.insert(ix, picture)),
            Some(Err(reason)) => diagnostics.push(bad_output_path(&file.path, &reason)),
            Some(Ok(None)) | None => {}
        }
    }
    shown
}

/// `None` for a picture that has one size only.
fn in_sizes(
    file: &OutputFile,
    header: PictureHeader,
    settings: &Pictures,
) -> Result<Option<ShownPicture>, String> {
    let PictureHeader { size, scaled_as: Some(format) } = header else { return Ok(None) };
    let mut widths = settings.widths.clone();
    let Some(largest) = widths.last().copied() else { return Ok(None) };
    let is_copy = size.width > largest && !settings.original && format.is_of(file.out.as_str());
    widths.retain(|width| *width < size.width && !(is_copy && *width == largest));
    if widths.is_empty() && !is_copy {
        return Ok(None);
    }
    let (stem, ending) = file.out.as_str().rsplit_once('.').unwrap_or((file.out.as_str(), ""));
    let ending = if format.is_of(file.out.as_str()) { ending } else { format.extension() };
    let copy = |width: u32| {
        let out = OutPath::new(format!("{stem}-{width}w.{ending}"))?;
        Ok::<_, String>(PictureCopy { width, out })
    };
    let copies = widths.into_iter().map(copy).collect::<Result<_, _>>()?;
    let height = scaled_height((size.width, size.height), largest);
    let size = if is_copy { PictureSize { width: largest, height } } else { size };
    Ok(Some(ShownPicture { is_choice: size.width <= largest, size, is_copy, copies }))
}
