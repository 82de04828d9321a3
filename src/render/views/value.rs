//! The values of views: what templates can print or iterate, URLs and finished HTML.
//!
//! Owns the conversion into Tera's values. Knows no view.

use std::marker::PhantomData;

use tera::{Context, Value};

use crate::paths::{OutPath, relative_url};

/// A value that a template can print or iterate.
pub trait IntoTera {
    fn into_value(self) -> Value;
}

/// The view of a whole page.
pub trait View {
    fn into_context(self) -> Context;
}

impl View for Context {
    fn into_context(self) -> Context {
        self
    }
}

/// The fields of a page's view, by name, in the order of its declaration.
pub struct Fields(pub Vec<(&'static str, Value)>);

impl View for Fields {
    fn into_context(self) -> Context {
        let mut context = Context::new();
        for (name, value) in self.0 {
            context.insert_value(name, value);
        }
        context
    }
}

macro_rules! shown_as_is {
    ($($ty:ty),+) => {$(
        impl IntoTera for $ty {
            fn into_value(self) -> Value {
                Value::from(self)
            }
        }
    )+};
}

shown_as_is!(String, &'static str, bool, usize, u8, f64);

impl<T: IntoTera> IntoTera for Option<T> {
    fn into_value(self) -> Value {
        self.map_or_else(Value::none, IntoTera::into_value)
    }
}

impl<T: IntoTera> IntoTera for Vec<T> {
    fn into_value(self) -> Value {
        Value::from(self.into_iter().map(IntoTera::into_value).collect::<Vec<Value>>())
    }
}

impl IntoTera for toml::Table {
    fn into_value(self) -> Value {
        Value::from_serializable(&self)
    }
}

/// A free table with its dates as text, as templates can print it.
pub fn printable_table(table: &toml::Table) -> toml::Table {
    table.iter().map(|(key, value)| (key.clone(), printable_value(value))).collect()
}

fn printable_value(value: &toml::Value) -> toml::Value {
    match value {
        toml::Value::Datetime(datetime) => toml::Value::String(datetime.to_string()),
        toml::Value::Array(values) => toml::Value::Array(values.iter().map(printable_value).collect()),
        toml::Value::Table(table) => toml::Value::Table(printable_table(table)),
        other => other.clone(),
    }
}

/// A part of many pages, converted once: a copy costs a reference.
#[derive(Debug)]
pub struct Shared<T> {
    value: Value,
    of: PhantomData<T>,
}

impl<T> Clone for Shared<T> {
    fn clone(&self) -> Self {
        Self { value: self.value.clone(), of: PhantomData }
    }
}

impl<T: IntoTera> Shared<T> {
    #[must_use]
    pub fn new(part: T) -> Self {
        Self { value: part.into_value(), of: PhantomData }
    }
}

impl<T> IntoTera for Shared<T> {
    fn into_value(self) -> Value {
        self.value
    }
}

/// A checked URL: relative to its page, or of another site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Url(String);

impl IntoTera for Url {
    fn into_value(self) -> Value {
        Value::from(self.0)
    }
}

impl Url {
    #[must_use]
    pub fn relative(from: &OutPath, to: &OutPath, fragment: &str) -> Self {
        Self(relative_url(from, to, fragment))
    }

    /// A part of the page with the link.
    #[must_use]
    pub fn fragment(fragment: &str) -> Self {
        let mut url = String::with_capacity(fragment.len() + 1);
        crate::paths::push_fragment(&mut url, fragment);
        Self(url)
    }

    /// A page by its path, which is relative to `up`, such as `../`.
    #[must_use]
    pub fn below(up: &str, path: &str, fragment: &str) -> Self {
        let mut url = String::with_capacity(up.len() + path.len() + fragment.len() + 1);
        url.push_str(up);
        crate::paths::push_encoded(&mut url, path);
        crate::paths::push_fragment(&mut url, fragment);
        Self(url)
    }

    /// An address of another site, whose scheme `parse` has checked.
    #[must_use]
    pub fn external(checked: &str) -> Self {
        Self(checked.to_owned())
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Finished HTML: print it with `| safe`. Everything else is escaped.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(pub String);

impl IntoTera for Html {
    fn into_value(self) -> Value {
        Value::from(self.0)
    }
}

/// Defines views as structs, with their conversion for Tera and their documentation.
macro_rules! views {
    ($( $(#[doc = $doc:literal])* $name:ident { $( $(#[doc = $fdoc:literal])* $field:ident : $ty:ty ),* $(,)? } )*) => {
        $(
            $(#[doc = $doc])*
            #[derive(Clone, Debug)]
            pub struct $name { $( $(#[doc = $fdoc])* pub $field: $ty ),* }

            impl $crate::render::views::value::IntoTera for $name {
                fn into_value(self) -> tera::Value {
                    // Tera copies any map into its own, so this one need not hash.
                    let mut map = std::collections::BTreeMap::new();
                    $( map.insert(stringify!($field), $crate::render::views::value::IntoTera::into_value(self.$field)); )*
                    tera::Value::from(map)
                }
            }

            impl From<$name> for $crate::render::views::value::Fields {
                fn from(view: $name) -> Self {
                    Self(vec![$( (stringify!($field), $crate::render::views::value::IntoTera::into_value(view.$field)) ),*])
                }
            }

            impl $crate::render::views::value::View for $name {
                fn into_context(self) -> tera::Context {
                    $crate::render::views::value::Fields::from(self).into_context()
                }
            }
        )*

        /// The views of this file, in its order.
        pub const DOCS: &[$crate::render::views::value::ViewDoc] = &[$(
            $crate::render::views::value::ViewDoc {
                name: stringify!($name),
                doc: concat!($($doc),*),
                fields: &[$(
                    $crate::render::views::value::FieldDoc { name: stringify!($field), ty: stringify!($ty), doc: concat!($($fdoc),*) }
                ),*],
            }
        ),*];
    };
}

pub(super) use views;

/// A view in `docs/themes.md`.
#[derive(Clone, Copy, Debug)]
pub struct ViewDoc {
    pub name: &'static str,
    pub doc: &'static str,
    pub fields: &'static [FieldDoc],
}

#[derive(Clone, Copy, Debug)]
pub struct FieldDoc {
    pub name: &'static str,
    pub ty: &'static str,
    pub doc: &'static str,
}
