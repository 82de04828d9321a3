//! [`table!`] declares the keys of a table, and reads them.
//!
//! Invariant: one declaration makes the field that the reader fills, its documentation, and its entry in the
//! list of known keys. So no key is read that is not documented. A key that is documented but not used is a
//! field that is never read, which the compiler reports.

/// Declares tables: a struct with a field for each key, and its documentation.
///
/// ```text
/// /// What the table is for; this line is optional.
/// pub(super) CorrectionKeys, "a correction" {
///     /// What the key means.
///     required at: Moment, example "2016-10-03", seen "where readers see it";
/// }
/// ```
///
/// | rule | gives | if the key is missing |
/// | --- | --- | --- |
/// | `required` | `Option<T::Output>` | reported, `None` |
/// | `optional` | `Option<T::Output>` | `None` |
/// | `needed` | `Option<T::Output>` | `None`; the reader reports it if no key behind `unless` makes up for it |
/// | `list` | `Vec<T::Output>` | empty |
/// | `table` | `T::Output` | empty |
/// | `default` | `T::Output` | the value behind `=` |
///
/// `as_if VALUE` and `otherwise "remark"` document what `None` means. A value that is refused is
/// reported, and counts as missing.
macro_rules! table {
    (@field required $ty:ty) => { Option<<$ty as $crate::toml::FromToml<'d>>::Output> };
    (@field optional $ty:ty) => { Option<<$ty as $crate::toml::FromToml<'d>>::Output> };
    (@field needed $ty:ty) => { Option<<$ty as $crate::toml::FromToml<'d>>::Output> };
    (@field list $ty:ty) => { Vec<<$ty as $crate::toml::FromToml<'d>>::Output> };
    (@field $rule:ident $ty:ty) => { <$ty as $crate::toml::FromToml<'d>>::Output };

    (@value list $ty:ty) => { <Vec<$ty> as $crate::toml::FromToml<'d>>::TYPE };
    (@value $rule:ident $ty:ty) => { <$ty as $crate::toml::FromToml<'d>>::TYPE };

    (@is_required required) => { true };
    (@is_required needed) => { true };
    (@is_required $rule:ident) => { false };

    (@substitutes $($substitute:ident)*) => { &[$(stringify!($substitute)),*] };

    (@default $ty:ty, ) => { $crate::toml::DefaultDoc::Nothing };
    (@default $ty:ty, otherwise $remark:literal) => { $crate::toml::DefaultDoc::Remark($remark) };
    (@default $ty:ty, as_if $value:literal) => {
        $crate::toml::DefaultDoc::Value(|| stringify!($value).to_owned())
    };
    (@default $ty:ty, value $value:expr) => {
        $crate::toml::DefaultDoc::Value(|| {
            let value: <$ty as $crate::toml::FromToml<'_>>::Output = $value;
            $crate::toml::ToToml::to_toml(&value)
        })
    };

    ($(
        $(#[doc = $doc:literal])*
        $vis:vis $name:ident, $noun:literal {$(
            $(#[doc = $meaning:literal])+
            $rule:ident $key:ident: $ty:ty $(= $default:expr)?,
            $(unless $($substitute:ident)or+,)?
            $(example $example:tt,)? $(as_if $as_if:literal,)? $(otherwise $otherwise:literal,)?
            seen $seen:literal;
        )+}
    )+) => {$(
        $vis struct $name<'d> {
            /// Where the keys are written, for checks between them.
            pub table: $crate::toml::TomlTable<'d>,
            $(pub $key: $crate::toml::table!(@field $rule $ty)),+
        }

        impl<'d> $crate::toml::TableKeys<'d> for $name<'d> {
            const TABLE: &'static $crate::toml::TableDoc = &$crate::toml::TableDoc {
                noun: $noun,
                meaning: concat!($($doc),*),
                keys: &[$($crate::toml::KeyDoc::new(
                    stringify!($key),
                    $crate::toml::table!(@value $rule $ty),
                    ($crate::toml::table!(@is_required $rule), $crate::toml::table!(@substitutes $($($substitute)+)?)),
                    $crate::toml::table!(@default $ty, $(value $default)? $(as_if $as_if)? $(otherwise $otherwise)?),
                    concat!($(stringify!($example))?),
                    [concat!($($meaning),+), $seen],
                )),+],
            };

            fn read(table: $crate::toml::UnreadTable<'d>) -> Self {
                let table = table.with_keys(Self::TABLE);
                let keys = Self {
                    $($key: table.$rule::<$ty>(stringify!($key) $(, $default)?),)+
                    table,
                };
                keys.table.report_unknown_keys();
                keys
            }
        }

        impl<'d> $crate::toml::FromToml<'d> for $name<'d> {
            type Output = Self;
            const TYPE: $crate::toml::ValueType =
                $crate::toml::ValueType::Table(<Self as $crate::toml::TableKeys>::TABLE);

            fn from_toml(value: &$crate::toml::TomlValue<'d>) -> Option<Self> {
                value.table(<Self as $crate::toml::TableKeys>::TABLE).map($crate::toml::TableKeys::read)
            }

            fn list_from_toml(value: &$crate::toml::TomlValue<'d>) -> Option<Vec<Self>> {
                Some(value.tables(<Self as $crate::toml::TableKeys>::TABLE)?.into_iter().map($crate::toml::TableKeys::read).collect())
            }
        }
    )+};
}
pub(crate) use table;
