//! The arguments of `new`: a kind of file and its title, or a file and the language to translate it into.

use crate::diag::{Code, Diagnostic, did_you_mean};
use crate::toml::{Word, shown, words};

words!(
    /// The kinds of articles that `new` writes.
    NewKind {
        Briefing = "briefing",
        Neighbourhood = "neighbourhood",
        Source = "source",
        Event = "event",
        Page = "page",
    }
);

const TRANSLATION: &str = "translation";

#[derive(Debug, PartialEq, Eq)]
pub enum NewFile {
    Article { kind: NewKind, title: String },
    Translation { file: String, language: String },
}

/// One word is the title of a briefing.
///
/// # Errors
/// If the words do not fit together.
pub fn parse(words: &[String]) -> Result<NewFile, Diagnostic> {
    let words: Vec<&str> = words.iter().map(|word| word.trim()).collect();
    match words[..] {
        [TRANSLATION, file, language] => {
            Ok(NewFile::Translation { file: file.to_owned(), language: language.to_owned() })
        }
        [TRANSLATION, ..] => {
            let help = "write bulletin new translation content/briefings/FILE.md LANGUAGE";
            Err(refused("a translation needs the file that it translates and a language", help))
        }
        [kind] if NewKind::from_word(kind).is_some() => {
            let help = format!("write bulletin new {kind} \"TITLE\"");
            Err(refused(&format!("the new {kind} has no title"), &help))
        }
        [title] => Ok(NewFile::Article { kind: NewKind::Briefing, title: title.to_owned() }),
        [kind, ref title @ ..] => match NewKind::from_word(kind) {
            Some(kind) if title.len() == 1 => Ok(NewFile::Article { kind, title: title[0].to_owned() }),
            Some(kind) => Err(unquoted(kind.word(), title)),
            None => Err(unknown_kind(kind, title, &words)),
        },
        [] => Err(refused("there is no title", "write bulletin new \"TITLE\"")),
    }
}

fn refused(message: &str, help: &str) -> Diagnostic {
    Diagnostic::error(Code::BAD_ARGUMENTS, message).help(help)
}

fn unquoted(kind: &str, title: &[&str]) -> Diagnostic {
    let help = format!("write bulletin new {kind} \"{}\"", shown(&title.join(" ")));
    refused("a title of several words needs quotes around it", &help)
}

fn unknown_kind(word: &str, rest: &[&str], words: &[&str]) -> Diagnostic {
    let kinds: Vec<&str> = NewKind::ALL.iter().map(|kind| kind.word()).chain([TRANSLATION]).collect();
    match did_you_mean(word, kinds.iter().copied()) {
        Some(near) => {
            let help = format!("write bulletin new {near} \"{}\"", shown(&rest.join(" ")));
            refused(&format!("\"{}\" is not a kind of file", shown(word)), &help)
                .help(format!("the kinds are {}", kinds.join(", ")))
        }
        None => unquoted(NewKind::Briefing.word(), words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<NewFile, String> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        parse(&words).map_err(|refused| refused.help[0].clone())
    }

    #[test]
    fn a_kind_and_a_title_or_a_title_alone() {
        let article = |kind, title: &str| Ok(NewFile::Article { kind, title: title.to_owned() });
        assert_eq!(read(&["Water is back"]), article(NewKind::Briefing, "Water is back"));
        assert_eq!(read(&["source", " SOHR "]), article(NewKind::Source, "SOHR"));
        assert_eq!(read(&["briefing", "event"]), article(NewKind::Briefing, "event"));
        let translation =
            NewFile::Translation { file: "content/about.md".to_owned(), language: "ar".to_owned() };
        assert_eq!(read(&["translation", "content/about.md", "ar"]), Ok(translation));
    }

    #[test]
    fn each_error_says_what_to_write() {
        for (words, help) in [
            (&["source"][..], "write bulletin new source \"TITLE\""),
            (&["sourse", "SOHR"], "write bulletin new source \"SOHR\""),
            (&["Water", "is", "back"], "write bulletin new briefing \"Water is back\""),
            (&["page", "About", "us"], "write bulletin new page \"About us\""),
            (&["translation", "ar"], "write bulletin new translation content/briefings/FILE.md LANGUAGE"),
        ] {
            assert_eq!(read(words), Err(help.to_owned()));
        }
    }
}
