//! The logo of a site: which picture it is, and how large.

use std::sync::Arc;

use super::files::{FilePlace, PlainFile};
use super::store::Store;
use super::theme;
use crate::config::Config;
use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::images::{self, PictureSize};
use crate::paths::OutPath;

/// A picture that every page shows next to the name of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// The file that it is read from.
    pub path: Arc<str>,
    pub out: OutPath,
    /// In pixels, as it is meant to be seen.
    pub width: u32,
    pub height: u32,
}

/// Whether site.toml names a file as the logo.
pub fn is_named(config: &Config, file: &PlainFile) -> bool {
    config.logo.as_ref().is_some_and(|named| out_of(file).is_some_and(|out| *out.as_str() == *named.text))
}

/// Finds the picture that site.toml names among the files of the `static/` folders. `None` as well if it cannot be
/// cleaned, which is reported where it is copied.
pub fn read(
    store: &Store,
    config: &Config,
    files: &[PlainFile],
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<Logo> {
    let named = config.logo.as_ref()?;
    let fault = |message: String, help: String| {
        let error = Diagnostic::error(Code::BAD_LOGO, message);
        error.at(named.place.clone()).label("no picture that a page can show").help(help).setup()
    };
    let Some(file) = files.iter().find(|file| is_named(config, file)) else {
        diagnostics
            .push(fault(format!("there is no file static/{}", named.text), remedy(&named.text, files)));
        return None;
    };
    let out = out_of(file)?;
    let bytes = bytes(store, &file.path)?;
    let name = out.as_str().rsplit('/').next().unwrap_or_default();
    if !images::is_picture(name, &bytes) {
        let help = "name an SVG, PNG, WebP, JPEG or GIF file".to_owned();
        diagnostics.push(fault(format!("{} is no picture", file.path), help));
        return None;
    }
    let clean = images::clean(name, bytes).ok()?;
    let Some(PictureSize { width, height }) = images::size(name, &clean) else {
        let help = "give its <svg> a viewBox, or export it as PNG".to_owned();
        diagnostics.push(fault(format!("{} does not say how wide and how high it is", file.path), help));
        return None;
    };
    let most = config.budget.page;
    if clean.len() as u64 > most {
        let message =
            format!("the logo has {} bytes, and comes with the first page of every reader", clean.len());
        diagnostics.push(
            Diagnostic::warning(Code::HEAVY_LOGO, message)
                .at(named.place.clone())
                .label(format!("more than the {most} of a page"))
                .help("export it as a plain SVG, or as a PNG that is 200 pixels wide"),
        );
    }
    Some(Logo { path: Arc::clone(&file.path), out: out.clone(), width, height })
}

/// Where a file of a `static/` folder lands.
fn out_of(file: &PlainFile) -> Option<&OutPath> {
    match &file.place {
        FilePlace::Static(out) => Some(out),
        _ => None,
    }
}

/// The bytes of a file; one that cannot be read is reported where it is copied.
fn bytes(store: &Store, path: &str) -> Option<Vec<u8>> {
    store.check_file(path).ok()?;
    store.read(path).ok().or_else(|| theme::built_in(path).map(<[u8]>::to_vec))
}

fn remedy(named: &str, files: &[PlainFile]) -> String {
    let known = || files.iter().filter_map(out_of).map(OutPath::as_str);
    let within = named.trim_start_matches("./").trim_start_matches('/').trim_start_matches("static/");
    let near = known().find(|out| *out == within).or_else(|| did_you_mean(named, known()));
    match near {
        Some(near) => format!("write logo = \"{near}\""),
        None => "put the picture there; `logo` is its path in static/, such as \"logo.svg\"".to_owned(),
    }
}
