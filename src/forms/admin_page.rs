//! The page that loads an editor.
//!
//! Owns the versions of the editors, and where they are loaded from.

use super::options::Editor;
use crate::html::escape;

/// A script of an editor, as a public copy of the npm registry has it.
struct EditorScript {
    url: &'static str,
    /// A browser runs no other bytes. `tests/it/browser/forms.rs` compares it with the package.
    sha384: &'static str,
}

const SVELTIA: EditorScript = EditorScript {
    url: "https://unpkg.com/@sveltia/cms@0.221.1/dist/sveltia-cms.js",
    sha384: "JQ+XsKx/UzwdTiNnFStza3XtqqQoVtyNPApkfvwlzZDfhe7giE9CnfQrpHqgv3k6",
};
const DECAP: EditorScript = EditorScript {
    url: "https://unpkg.com/decap-cms@3.16.3/dist/decap-cms.js",
    sha384: "A/Gdn928CNLufmnGWGs9RM4Q9o8bSNLeJERqBFrBjwzL7FRpoLT3MPF8Tl0+Wd2p",
};

/// The page, which is next to `config.yml`. `own_script` is a copy of the editor next to it, for a network that fails.
/// None for an editor that is a site of its own.
#[must_use]
pub fn admin_page(editor: Editor, title: &str, own_script: Option<&str>) -> Option<String> {
    let public = match editor {
        Editor::Sveltia => SVELTIA,
        Editor::Decap => DECAP,
        Editor::Pages => return None,
    };
    let script = match own_script {
        Some(own) => format!("<script src=\"{}\"></script>", escape(own)),
        None => format!(
            "<script src=\"{}\" integrity=\"sha384-{}\" crossorigin=\"anonymous\"></script>",
            public.url, public.sha384
        ),
    };
    let title = escape(title);
    Some(format!(
        "<!doctype html>\n\
         <html lang=\"en\">\n\
         <head>\n\
         <meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n\
         <title>Forms: {title}</title>\n\
         <link rel=\"cms-config-url\" type=\"text/yaml\" href=\"config.yml\">\n\
         </head>\n\
         <body>\n\
         {script}\n\
         </body>\n\
         </html>\n"
    ))
}
