//! Comments, documents and messages are in plain English: the words that this project must not fall back
//! into.
//!
//! Reads the comments of all code, the strings of src/, and every page of documentation. Samples of code and
//! text in backquotes are not read.

use std::fs;

use crate::common::{files_below, repository};

/// What not to write, and what to write instead.
const WORDS: [(&str, &str); 26] = [
    ("stand", "be"),
    ("stands", "is"),
    ("stood", "was"),
    ("tell", "report, say, distinguish"),
    ("tells", "reports, says, distinguishes"),
    ("told", "reported, given"),
    ("nobody", "no reader, no caller, not … by anyone"),
    ("whoever", "the reader, the caller"),
    ("beside", "next to"),
    ("whence", "from where"),
    ("anew", "again"),
    ("leads nowhere", "is broken"),
    ("lead nowhere", "are broken"),
    ("comes to be", "is made"),
    ("what came out", "the result"),
    ("what comes out", "the result"),
    ("asks of", "requires"),
    ("lies between", "is between"),
    ("lie between", "are between"),
    ("word of changes", "notice of changes"),
    ("word of changed", "notice of changed"),
    ("of itself", "by itself"),
    ("at all events", "in any case"),
    ("where there is one", "if any"),
    ("in the place of", "instead of"),
    ("by hand of", "by"),
];

#[test]
fn comments_and_documents_are_in_plain_english() {
    let mut found = Vec::new();
    for path in read_files() {
        let text = fs::read_to_string(repository().join(&path)).unwrap();
        let prose = if path.ends_with(".md") { prose_of_markdown(&text) } else { comments(&text) };
        let banned = banned(&prose).into_iter();
        found.extend(banned.map(|(line, word, better)| format!("{path}:{line}: not `{word}` but: {better}")));
    }
    assert!(found.is_empty(), "\n{}\n{} places", found.join("\n"), found.len());
}

#[test]
fn messages_are_in_plain_english() {
    let mut found = Vec::new();
    let code = files_below("src").into_iter().filter(|path| path.ends_with(".rs") && !path.contains("tests"));
    for path in code {
        let text = fs::read_to_string(repository().join(&path)).unwrap();
        for (line, word, better) in banned(&strings(&text)) {
            found.push(format!("{path}:{line}: not `{word}` but: {better}"));
        }
    }
    assert!(found.is_empty(), "\n{}\n{} places", found.join("\n"), found.len());
}

fn read_files() -> Vec<String> {
    let mut paths = Vec::new();
    for folder in ["src", "tests", "benches", "fuzz", "examples"] {
        let code = files_below(folder).into_iter();
        paths.extend(code.filter(|path| path.ends_with(".rs") || path.ends_with(".js")));
    }
    let entries = fs::read_dir(repository()).unwrap().map(|entry| entry.unwrap().file_name());
    paths.extend(entries.map(|name| name.into_string().unwrap()).filter(|name| name.ends_with(".md")));
    for folder in ["docs", "themes"] {
        paths.extend(files_below(folder).into_iter().filter(|path| path.ends_with(".md")));
    }
    paths.sort();
    assert!(paths.len() > 150, "the files were found");
    paths
}

/// The words of a file, each with its line; an empty one where a sentence or a comment ends.
type Prose = Vec<(usize, String)>;

/// The strings of a file before its tests. A string of several lines is read by its first line.
fn strings(code: &str) -> Prose {
    let mut prose = Prose::new();
    for (index, line) in code.lines().enumerate().take_while(|(_, line)| *line != "mod tests {") {
        let code = if line.trim_start().starts_with("//") { "" } else { line };
        // Every second part is between quotes.
        let code = code.replace("\\\"", "'").replace("'\"'", "");
        for text in code.split('"').skip(1).step_by(2) {
            add_words(&mut prose, index + 1, text);
            prose.push((index + 1, String::new()));
        }
    }
    prose
}

fn comments(code: &str) -> Prose {
    let mut prose = Prose::new();
    for (index, line) in code.lines().enumerate() {
        match comment(line) {
            Some(text) => add_words(&mut prose, index + 1, text),
            None => prose.push((index + 1, String::new())),
        }
    }
    prose
}

/// What follows `//` on a line, unless that is inside a string.
fn comment(line: &str) -> Option<&str> {
    let (at, _) = line.match_indices("//").find(|(at, _)| {
        let code = line[..*at].replace("\\\"", "").replace("'\"'", "");
        code.matches('"').count().is_multiple_of(2) && !code.ends_with(':')
    })?;
    Some(line[at..].trim_start_matches(['/', '!']))
}

/// Without samples of code.
fn prose_of_markdown(text: &str) -> Prose {
    let mut prose = Prose::new();
    let mut is_fenced = false;
    for (index, line) in text.lines().enumerate() {
        let is_fence = line.trim_start().starts_with("```");
        is_fenced ^= is_fence;
        if is_fenced || is_fence || line.is_empty() {
            prose.push((index + 1, String::new()));
        } else {
            add_words(&mut prose, index + 1, line);
        }
    }
    prose
}

fn add_words(prose: &mut Prose, line: usize, text: &str) {
    // Every second part is between backquotes.
    let plain: Vec<&str> = text.split('`').step_by(2).collect();
    for word in plain.join(" ` ").split_whitespace() {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        prose.push((line, bare.to_lowercase()));
        if word.ends_with(['.', ',', ';', ':', '!', '?', ')']) {
            prose.push((line, String::new()));
        }
    }
}

/// Each banned phrase, with its line and what to write instead.
fn banned(prose: &Prose) -> Vec<(usize, &'static str, &'static str)> {
    let mut found = Vec::new();
    for (at, (line, _)) in prose.iter().enumerate() {
        for (phrase, better) in WORDS {
            let mut words = prose[at..].iter().map(|(_, word)| word.as_str());
            if phrase.split(' ').all(|wanted| words.next() == Some(wanted)) {
                found.push((*line, phrase, better));
            }
        }
    }
    found
}

#[test]
fn words_are_found_in_comments_and_not_in_strings_samples_or_other_words() {
    let found =
        |prose: Prose| banned(&prose).iter().map(|(line, word, _)| (*line, *word)).collect::<Vec<_>>();
    let code = "/// It stands here.\nlet text = \"// told\"; // Nobody.\n//! A stand-in understands.\n";
    assert_eq!(found(comments(code)), [(1, "stands"), (2, "nobody")]);
    assert_eq!(found(comments("// Where\n// there is one.\n")), [(1, "where there is one")]);
    let page = "Told `told`.\n```\ntold\n```\n";
    assert_eq!(found(prose_of_markdown(page)), [(1, "told")]);
}
