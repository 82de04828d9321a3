//! The words and templates of a site, ready to render.
//!
//! Owns when those of the last build are used again. Reads no file.

use std::sync::Arc;

use crate::diag::{Code, Diagnostic};
use crate::i18n::{Messages, NOTICE_WORDS};
use crate::model::{Name, PlainPage};
use crate::render::templates::{Layer, TemplateFile, Templates};
use crate::sources::{DEFAULT_THEME, SourceSet};

/// Compiled words and templates, and their warnings.
#[derive(Clone)]
pub struct LoadedTheme {
    pub words: Arc<Messages>,
    pub templates: Arc<Templates>,
    pub diagnostics: Vec<Diagnostic>,
    /// The templates that no other refers to, and a warning for each; a page may name it.
    unused: Vec<(String, Diagnostic)>,
}

impl LoadedTheme {
    /// What is wrong with the templates that plain pages name, and which templates nothing uses.
    pub fn check_pages<'p>(
        &self,
        pages: impl Iterator<Item = &'p PlainPage>,
        sources: &SourceSet,
    ) -> Vec<Diagnostic> {
        let named: Vec<(&PlainPage, &Name)> =
            pages.filter_map(|page| Some((page, page.template.as_ref()?))).collect();
        let unused = self
            .unused
            .iter()
            .filter(|(template, _)| !named.iter().any(|(_, name)| is_named(template, &name.value)));
        let faults = named.iter().filter_map(|(page, name)| {
            let fault = self.templates.fault_of_own(&name.value)?;
            Some(fault.at(sources.place(&page.file, name.span)).label("named here"))
        });
        unused.map(|(_, warning)| warning.clone()).chain(faults).collect()
    }
}

/// The name may begin with that of a theme.
fn is_named(template: &str, name: &str) -> bool {
    name == template || name.strip_suffix(template).is_some_and(|theme| theme.ends_with('/'))
}

/// Compiles the words and templates of a site.
///
/// # Errors
/// Everything that is wrong with them.
pub fn load_theme(sources: &SourceSet) -> Result<LoadedTheme, Vec<Diagnostic>> {
    let languages: Vec<String> = sources.config.languages.iter().map(ToString::to_string).collect();
    let (words, mut diagnostics) = Messages::new(&languages, &sources.words, sources.config.timezone.clone());
    diagnostics.extend(untranslated_notice(sources, &words));
    let words = Arc::new(words);
    match Templates::new(&template_files(sources), &sources.themes, &words) {
        Ok(templates) => {
            let unused = templates.unused();
            Ok(LoadedTheme { words, templates: Arc::new(templates), diagnostics, unused })
        }
        Err(found) => {
            diagnostics.extend(found);
            Err(diagnostics)
        }
    }
}

/// The languages in which the notice is shown in the words of the default language.
fn untranslated_notice(sources: &SourceSet, words: &Messages) -> Vec<Diagnostic> {
    let Some(notice) = &sources.config.notice else { return Vec::new() };
    let default = &sources.config.language;
    let others = sources.config.languages.iter().filter(|code| *code != default);
    let warning = |code: &str| {
        let message = format!("the notice has no words in the language \"{code}\"");
        Diagnostic::warning(Code::UNTRANSLATED_NOTICE, message)
            .at(notice.text.place.clone())
            .label(format!("pages in \"{code}\" show these"))
            .help(format!("write in i18n/{code}.ftl: {NOTICE_WORDS} = …"))
    };
    others.map(AsRef::as_ref).filter(|code| !words.has(code, NOTICE_WORDS)).map(warning).collect()
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
