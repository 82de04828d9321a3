//! `[check]`: the severity that diagnostics of a code have in this site.
//!
//! Owns which levels can be chosen. An error stays one, since the site cannot be built with it; what protects
//! people is never lowered.

use crate::diag::{Code, Diagnostic, Severity, Spanned, did_you_mean};
use crate::toml::{Name, TomlTable, shown, words};

words!(
    /// A severity, or none.
    Level {
        Error = "error",
        Warning = "warning",
        Note = "note",
        Off = "off",
    }
);

/// What is not an error, and is reported whatever a site prefers: readers of a log must see that a guard was
/// lifted or may have been passed, which private words were looked for, and in which files they were not.
const ALWAYS_REPORTED: [Code; 4] =
    [Code::EXCEPTION, Code::PRIVATE_WORDS, Code::UNMARKED_MOVEMENT, Code::UNSEARCHED_FILE];

/// The chosen levels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Levels(Vec<(Code, Level)>);

impl Levels {
    pub(super) fn new(table: &TomlTable<'_>, entries: Vec<(Name, Spanned<Level>)>) -> Self {
        let chosen = |(name, level): (Name, Spanned<Level>)| {
            let code = known_code(table, &name)?;
            is_allowed(table, code, &level).then_some((code, level.value))
        };
        Self(entries.into_iter().filter_map(chosen).collect())
    }

    /// Gives each diagnostic its level, and removes those that are off. Errors stay as they are.
    pub fn apply(&self, diagnostics: &mut Vec<Diagnostic>) {
        if self.0.is_empty() {
            return;
        }
        diagnostics.retain_mut(|diagnostic| {
            let Some(level) = self.of(diagnostic.code).filter(|_| !diagnostic.is_error()) else {
                return true;
            };
            let severity = level.severity();
            diagnostic.severity = severity.unwrap_or(diagnostic.severity);
            severity.is_some()
        });
    }

    fn of(&self, code: Code) -> Option<Level> {
        self.0.iter().find(|(known, _)| *known == code).map(|(_, level)| *level)
    }
}

impl Level {
    fn severity(self) -> Option<Severity> {
        match self {
            Self::Error => Some(Severity::Error),
            Self::Warning => Some(Severity::Warning),
            Self::Note => Some(Severity::Note),
            Self::Off => None,
        }
    }

    fn is_lower(self, than: Severity) -> bool {
        self.severity().is_none_or(|severity| severity > than)
    }
}

fn known_code(table: &TomlTable<'_>, name: &Name) -> Option<Code> {
    let code = Code::from_name(&name.value);
    if code.is_none() {
        let help = match did_you_mean(&name.value, Code::all().map(Code::name)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write a code as messages show it in brackets; `bulletin explain` lists all".to_owned(),
        };
        let message = format!("`{}` is not the code of a diagnostic", shown(&name.value));
        table.error(Code::UNKNOWN_KEY, name.span, message, "unknown code", help);
    }
    code
}

fn is_allowed(table: &TomlTable<'_>, code: Code, level: &Spanned<Level>) -> bool {
    let weakest = code.severities().iter().copied().max().unwrap_or(Severity::Error);
    let is_lowered = level.value.is_lower(weakest);
    let reason = if weakest == Severity::Error && is_lowered {
        "the site cannot be built with it"
    } else if ALWAYS_REPORTED.contains(&code) && is_lowered {
        "it is about the protection of people"
    } else {
        return true;
    };
    let message = format!("`{code}` cannot be lowered: {reason}");
    let help = "remove the line, and correct what is reported";
    table.error(Code::FIXED_LEVEL, level.span, message, "stays as it is", help);
    false
}
