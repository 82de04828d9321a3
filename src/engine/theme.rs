//! The words and templates of a site, ready to render.
//!
//! Owns when those of the last build are used again. Reads no file.

use std::sync::Arc;

use crate::diag::Diagnostic;
use crate::i18n::Messages;
use crate::render::templates::{Layer, TemplateFile, Templates};
use crate::sources::{DEFAULT_THEME, SourceSet};

/// Compiled words and templates, and their warnings.
#[derive(Clone)]
pub struct LoadedTheme {
    pub words: Arc<Messages>,
    pub templates: Arc<Templates>,
    pub diagnostics: Vec<Diagnostic>,
}

/// Compiles the words and templates of a site.
///
/// # Errors
/// Everything that is wrong with them.
pub fn load_theme(sources: &SourceSet) -> Result<LoadedTheme, Vec<Diagnostic>> {
    let languages: Vec<String> = sources.config.languages.iter().map(ToString::to_string).collect();
    let (words, mut diagnostics) = Messages::new(&languages, &sources.words, sources.config.timezone.clone());
    let words = Arc::new(words);
    match Templates::new(&template_files(sources), &sources.themes, &words) {
        Ok(templates) => {
            diagnostics.extend(templates.warnings());
            Ok(LoadedTheme { words, templates: Arc::new(templates), diagnostics })
        }
        Err(found) => {
            diagnostics.extend(found);
            Err(diagnostics)
        }
    }
}

/// The theme of an earlier build, unless one of its files has changed.
pub fn reuse_theme(
    theme: Option<&LoadedTheme>,
    before: &SourceSet,
    sources: &SourceSet,
) -> Option<LoadedTheme> {
    let has_same_files = before.templates == sources.templates
        && before.words == sources.words
        && before.themes == sources.themes;
    theme.filter(|_| has_same_files).cloned()
}

fn template_files(sources: &SourceSet) -> Vec<TemplateFile> {
    let files = sources.templates.iter();
    files
        .map(|file| TemplateFile {
            layer: match file.theme.as_deref() {
                None => Layer::Site,
                Some(DEFAULT_THEME) => Layer::Default,
                Some(name) => Layer::Theme(name.to_owned()),
            },
            name: file.name.clone(),
            file: file.file.clone(),
            text: file.text.clone(),
        })
        .collect()
}
