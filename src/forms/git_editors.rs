//! Decap CMS, and Sveltia CMS, which reads the same configuration and more.
//!
//! Owns the names of their options. Sources: <https://decapcms.org/docs/configuration-options/>,
//! <https://sveltiacms.app/en/docs>, and the code of both.

use serde::Serialize;

use super::collections::FormCollection;
use super::fields::{Choice, FormField, Input};
use super::options::{Editor, FormOptions, RemoteRepository, Service};
use super::pickers::{BRIEFINGS, EVENTS, NEIGHBOURHOODS, SOURCES};
use crate::toml::Word as _;

/// More than any desk has, so that a picker shows all.
const MOST_CHOICES: usize = 500;
/// ISO 8601 with the offset: a time never changes with the reader's time zone.
const MOMENT: &str = "YYYY-MM-DDTHH:mm:ssZ";

/// A tenth of a metre, for points on a map.
const SMALLEST_STEP: f64 = 0.000_001;

#[derive(Serialize)]
pub(super) struct GitEditorConfig {
    backend: Backend,
    /// Also saves to a folder of this machine, through `decap-server`. Sveltia needs no option for that.
    #[serde(skip_serializing_if = "Option::is_none")]
    local_backend: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    locale: Option<String>,
    media_folder: String,
    public_folder: &'static str,
    show_preview_links: bool,
    slug: Slug,
    editor: EditorOptions,
    #[serde(skip_serializing_if = "Option::is_none")]
    output: Option<OutputOptions>,
    collections: Vec<EntryCollection>,
}

#[derive(Serialize)]
struct Backend {
    name: &'static str,
    repo: String,
    branch: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    base_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    api_root: Option<String>,
}

#[derive(Serialize)]
struct Slug {
    encoding: &'static str,
    clean_accents: bool,
}

#[derive(Serialize)]
struct EditorOptions {
    preview: bool,
}

/// Of Sveltia.
#[derive(Serialize)]
struct OutputOptions {
    omit_empty_optional_fields: bool,
}

#[derive(Serialize)]
struct EntryCollection {
    name: String,
    label: String,
    label_singular: String,
    description: String,
    folder: String,
    /// The name of a file without `extension`, if it is not the id alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
    extension: String,
    format: &'static str,
    create: bool,
    slug: String,
    identifier_field: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    filter: Option<EntryFilter>,
    /// Pictures are next to the file that shows them.
    media_folder: &'static str,
    public_folder: &'static str,
    fields: Vec<Widget>,
}

#[derive(Serialize)]
struct EntryFilter {
    field: &'static str,
    /// Outer none: no option. Inner none: `null`.
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Option<&'static str>>,
}

#[derive(Default, Serialize)]
struct Widget {
    name: String,
    label: String,
    widget: &'static str,
    /// None for a field that is not shown.
    #[serde(skip_serializing_if = "Option::is_none")]
    required: Option<bool>,
    #[serde(skip_serializing_if = "String::is_empty")]
    hint: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<&'static str>,
    #[serde(flatten)]
    options: WidgetOptions,
}

/// What only some widgets have.
#[derive(Default, Serialize)]
struct WidgetOptions {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    modes: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date_format: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    time_format: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    input_timezone: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    options: Vec<SelectOption>,
    #[serde(skip_serializing_if = "Option::is_none")]
    collection: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value_field: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    search_fields: Vec<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    display_fields: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    options_length: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    multiple: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    collapsed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label_singular: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<Box<Widget>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<Widget>,
}

#[derive(Serialize)]
struct SelectOption {
    label: String,
    value: String,
}

pub(super) fn configuration(
    editor: Editor,
    options: &FormOptions<'_>,
    collections: &[FormCollection],
) -> GitEditorConfig {
    let is_sveltia = editor == Editor::Sveltia;
    let widgets = Widgets { is_sveltia, time_zone: &options.config.timezone_name };
    GitEditorConfig {
        backend: backend(options),
        local_backend: (!is_sveltia).then_some(true),
        locale: (!is_sveltia).then(|| options.config.language.to_string()),
        media_folder: format!("{}static", options.prefix),
        public_folder: "/",
        show_preview_links: false,
        slug: Slug { encoding: "unicode", clean_accents: false },
        editor: EditorOptions { preview: false },
        output: is_sveltia.then_some(OutputOptions { omit_empty_optional_fields: true }),
        collections: collections.iter().map(|collection| folder(collection, &widgets)).collect(),
    }
}

/// What a desk writes its own repository in place of.
const NO_REPOSITORY: &str = "OWNER/NAME";

fn backend(options: &FormOptions<'_>) -> Backend {
    let branch = options.branch.to_owned();
    let Some(RemoteRepository { service, path, host }) = options.repository else {
        let repo = NO_REPOSITORY.to_owned();
        return Backend { name: "github", repo, branch, base_url: None, api_root: None };
    };
    let api = match service {
        Service::Github => "/api/v3",
        Service::Gitlab => "/api/v4",
        Service::Gitea => "/api/v1",
    };
    let api_root = host.as_ref().map(|host| format!("{host}{api}"));
    Backend { name: service.word(), repo: path.clone(), branch, base_url: host.clone(), api_root }
}

fn folder(collection: &FormCollection, widgets: &Widgets<'_>) -> EntryCollection {
    // A translation has the key, an original does not. Decap takes an option without a value for "has no such key",
    // Sveltia null.
    let value = if widgets.is_sveltia { Some(None) } else { None };
    // Decap finds translations by their whole ending, which Sveltia refuses.
    let (path, extension) = match collection.ending.strip_suffix(".md") {
        Some(language) if widgets.is_sveltia => (Some(format!("{{{{slug}}}}.{language}")), "md"),
        _ => (None, collection.ending.as_str()),
    };
    EntryCollection {
        name: collection.name.clone(),
        label: collection.label.clone(),
        label_singular: collection.singular.clone(),
        description: collection.description.clone(),
        folder: collection.folder.clone(),
        path,
        extension: extension.to_owned(),
        format: "toml-frontmatter",
        create: true,
        slug: format!("{{{{fields.{}}}}}", collection.named_after),
        identifier_field: collection.named_after,
        filter: (!collection.is_of_translations).then_some(EntryFilter { field: ORIGINAL, value }),
        media_folder: "",
        public_folder: "",
        fields: widgets.of_collection(collection),
    }
}

/// The key that only a translation has.
const ORIGINAL: &str = "original";

struct Widgets<'a> {
    is_sveltia: bool,
    time_zone: &'a str,
}

impl Widgets<'_> {
    fn of_collection(&self, collection: &FormCollection) -> Vec<Widget> {
        let mut widgets: Vec<Widget> = collection.fields.iter().map(|field| self.widget(field)).collect();
        // Only here: a default within a list would make an entry of it.
        if collection.name == BRIEFINGS
            && let Some(date) = widgets.iter_mut().find(|widget| widget.name == "date")
        {
            date.default = Some("{{now}}");
        }
        // Sveltia filters by a key that the form has.
        if self.is_sveltia && !collection.is_of_translations {
            let (name, label) = (ORIGINAL.to_owned(), "Original".to_owned());
            widgets.push(Widget { name, label, widget: "hidden", ..Widget::default() });
        }
        widgets
    }

    fn widget(&self, field: &FormField) -> Widget {
        let (widget, options) = self.options(&field.input);
        Widget {
            name: field.name.clone(),
            label: field.label.clone(),
            widget,
            required: Some(field.is_required),
            hint: field.hint.clone(),
            default: None,
            options,
        }
    }

    fn options(&self, input: &Input) -> (&'static str, WidgetOptions) {
        let mut options = WidgetOptions::default();
        let widget = match input {
            Input::Line => "string",
            Input::Text => "text",
            Input::Flag => "boolean",
            // An editor for rich text rewrites what it does not know, such as links to claims; and Sveltia's for its
            // source has buttons that do nothing.
            Input::Markdown if self.is_sveltia => "text",
            Input::Markdown => {
                options.modes = vec!["raw"];
                "markdown"
            }
            Input::Number { is_whole, min, max } => {
                options.value_type = Some(if *is_whole { "int" } else { "float" });
                (options.min, options.max) = (Some(*min), *max);
                options.step = (!is_whole).then_some(SMALLEST_STEP);
                "number"
            }
            Input::Moment => {
                self.add_form_of_moments(&mut options);
                "datetime"
            }
            Input::Day => {
                (options.date_format, options.time_format) = (Some("YYYY-MM-DD"), Some(false));
                "datetime"
            }
            Input::Choice(choices) => {
                let choice = |choice: &Choice| SelectOption {
                    label: choice.label.clone(),
                    value: choice.value.clone(),
                };
                options.options = choices.iter().map(choice).collect();
                "select"
            }
            Input::Record { of, has_many } => {
                options.collection = Some(of);
                options.value_field = Some("{{slug}}");
                options.search_fields = if self.is_sveltia { vec!["title"] } else { searched(of) };
                options.display_fields = vec!["title"];
                options.options_length = Some(MOST_CHOICES).filter(|_| !self.is_sveltia);
                options.multiple = has_many.then_some(true);
                "relation"
            }
            Input::List(item) => {
                let (widget, item) = self.options(item);
                let name = "item".to_owned();
                options.label_singular = Some("entry".to_owned());
                let label = "Entry".to_owned();
                let entry =
                    Widget { name, label, widget, required: Some(true), options: item, ..Widget::default() };
                options.field = Some(Box::new(entry));
                "list"
            }
            Input::Group(fields) => {
                options.collapsed = Some(true);
                options.fields = fields.iter().map(|field| self.widget(field)).collect();
                "object"
            }
            Input::Groups { noun, fields } => {
                options.collapsed = Some(true);
                options.label_singular = Some((*noun).to_owned());
                options.summary = summary(fields);
                options.fields = fields.iter().map(|field| self.widget(field)).collect();
                "list"
            }
        };
        (widget, options)
    }

    /// In the site's time zone where the editor can: Decap takes that of the browser, and writes its offset.
    fn add_form_of_moments(&self, options: &mut WidgetOptions) {
        if self.is_sveltia {
            options.input_timezone = Some(self.time_zone.to_owned());
        } else {
            options.format = Some(MOMENT);
        }
    }
}

/// The keys by which a record is found. Sveltia would leave out records without spellings.
fn searched(collection: &str) -> Vec<&'static str> {
    match collection {
        SOURCES => vec!["title", "short", "spellings.*"],
        NEIGHBOURHOODS | EVENTS => vec!["title", "spellings.*"],
        _ => vec!["title"],
    }
}

/// What an entry of a list shows while it is closed: its text, or else its first field.
fn summary(fields: &[FormField]) -> Option<String> {
    let shown = ["text", "why", "url", "figures"];
    let first = shown.iter().find(|name| fields.iter().any(|field| field.name == **name));
    Some(format!("{{{{fields.{}}}}}", first.copied().or(fields.first().map(|field| field.name.as_str()))?))
}
