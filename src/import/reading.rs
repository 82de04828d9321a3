//! Files of the other site, within bounds. Nothing is followed out of its folder.

use super::front_matter::{self, FrontTable};
use super::report::Leftover;
use crate::diag::Diagnostic;
use crate::sources::{Store, is_left_over};
use crate::toml::without_bom;

/// The largest text, as in a site of ours.
const MAX_TEXT_BYTES: usize = 4 << 20;

/// More files are no site of briefings, but a folder that was named by mistake.
const MOST_FILES: usize = 500_000;

/// The files below a folder, in order.
pub fn files_below(store: &Store, folder: &str, leftovers: &mut Vec<Leftover>) -> Vec<String> {
    let mut refused = Vec::new();
    let paths = store.list(folder, is_left_over, &mut refused);
    leftovers.extend(refused.into_iter().map(|diagnostic| of_diagnostic(folder, diagnostic)));
    if paths.len() > MOST_FILES {
        let fact = format!("{} files are more than an import takes", paths.len());
        leftovers.push(Leftover::of_file(folder, fact, "import its folders one by one"));
        return Vec::new();
    }
    paths.iter().map(ToString::to_string).collect()
}

fn of_diagnostic(folder: &str, diagnostic: Diagnostic) -> Leftover {
    let file = diagnostic.place.map_or_else(|| folder.to_owned(), |place| place.file);
    Leftover::of_file(&file, diagnostic.message, diagnostic.help.join("; "))
}

/// A text without its byte order mark and with plain line ends; `None` if it cannot be read, which is reported.
pub fn read_text(store: &Store, file: &str, leftovers: &mut Vec<Leftover>) -> Option<String> {
    let fault = match store.read(file) {
        Ok(bytes) if bytes.len() > MAX_TEXT_BYTES => {
            format!("{} bytes are too many for a text", bytes.len())
        }
        Ok(bytes) => match String::from_utf8(bytes) {
            Ok(text) => return Some(without_bom(&text).replace("\r\n", "\n")),
            Err(_) => "the file is not UTF-8 text".to_owned(),
        },
        Err(error) => format!("the file cannot be read: {}", crate::sources::reason(&error)),
    };
    leftovers.push(Leftover::of_file(
        file,
        fault,
        "it is not imported: mend it and import again, or write it by hand",
    ));
    None
}

/// The first of these files of settings that is there, read.
pub fn read_settings(store: &Store, names: &[&str], leftovers: &mut Vec<Leftover>) -> Option<FrontTable> {
    let name = names.iter().find(|name| store.exists(name))?;
    let text = read_text(store, name, leftovers)?;
    match front_matter::read_settings(name, &text) {
        Ok(table) => Some(table),
        Err(fault) => {
            let remedy = "mend it: without its settings, languages and old addresses are not known";
            leftovers.push(Leftover::at(name, &text, fault.at, fault.message, remedy));
            Some(FrontTable::default())
        }
    }
}
