//! What views are made of: values that templates print or walk, URLs and finished HTML.
//!
//! Owns how each becomes a value of Tera's. Knows no view.

use std::marker::PhantomData;

use tera::{Context, Value};

use crate::paths::{OutPath, relative_url};

/// What a template can print or walk.
pub trait Shown {
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

macro_rules! shown_as_it_is {
    ($($ty:ty),+) => {$(
        impl Shown for $ty {
            fn into_value(self) -> Value {
                Value::from(self)
            }
        }
    )+};
}

shown_as_it_is!(String, &'static str, bool, usize, u8, f64);

impl<T: Shown> Shown for Option<T> {
    fn into_value(self) -> Value {
        self.map_or_else(Value::none, Shown::into_value)
    }
}

impl<T: Shown> Shown for Vec<T> {
    fn into_value(self) -> Value {
        Value::from(self.into_iter().map(Shown::into_value).collect::<Vec<Value>>())
    }
}

impl Shown for toml::Table {
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

/// A part that stands on many pages, made once: a copy costs a reference.
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

impl<T: Shown> Shared<T> {
    #[must_use]
    pub fn new(part: T) -> Self {
        Self { value: part.into_value(), of: PhantomData }
    }
}

impl<T> Shown for Shared<T> {
    fn into_value(self) -> Value {
        self.value
    }
}

/// A checked URL: relative to the page that it stands on, or that of another site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Url(String);

impl Shown for Url {
    fn into_value(self) -> Value {
        Value::from(self.0)
    }
}

impl Url {
    #[must_use]
    pub fn relative(from: &OutPath, to: &OutPath, fragment: &str) -> Self {
        Self(relative_url(from, to, fragment))
    }

    /// A part of the page that the link stands on.
    #[must_use]
    pub fn fragment(fragment: &str) -> Self {
        let mut url = String::with_capacity(fragment.len() + 1);
        crate::paths::push_fragment(&mut url, fragment);
        Self(url)
    }

    /// A page of the tree whose root is `up`, as `../`; the path is one of a route.
    #[must_use]
    pub fn below(up: &str, path: &str, fragment: &str) -> Self {
        let mut url = String::with_capacity(up.len() + path.len() + fragment.len() + 1);
        url.push_str(up);
        crate::paths::push_encoded(&mut url, path);
        crate::paths::push_fragment(&mut url, fragment);
        Self(url)
    }

    /// The external address of an evidence or a source, whose scheme `parse` has checked.
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

impl Shown for Html {
    fn into_value(self) -> Value {
        Value::from(self.0)
    }
}

/// How a view is told in `docs/themes.md`.
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
