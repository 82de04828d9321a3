//! The text of a translation that is not translated yet.
//!
//! Owns which texts of an article have a translation: each has an empty key, below a comment with the original's words.

use crate::model::{Article, ArticleBase, Briefing, Claim, Correction};
use crate::parse::markdown::without_comments;
use crate::site::original_text;
use crate::time::Moment;

/// The tables with texts of claims.
const TABLES_OF_CLAIMS: [&str; 4] = ["claim_text", "status_why", "figure_said", "figure_who"];

#[derive(Default)]
pub struct Skeleton {
    pub text: String,
    /// All words of the original that are in the text, without the marks of comments.
    pub copied: String,
}

impl Skeleton {
    /// `name` is that of the original's file without its ending, `body` the Markdown of the article, and `made` the
    /// time at which the translation is begun.
    pub fn of(article: &Article, name: &str, body: &str, made: Moment) -> Self {
        let mut skeleton = Self::default();
        skeleton.text += &format!("+++\noriginal = \"{name}\"\n\n");
        skeleton.text += "# The words of the original are above each key. What stays empty is shown as in the original.\n\n";
        match article {
            Article::Briefing(briefing) => skeleton.add_briefing(briefing, made),
            Article::Page(page) => skeleton.add_base(page, true),
            // The names of records are in the original, in all languages.
            Article::Neighbourhood(record) => skeleton.add_base(record, false),
            Article::Source(record) => skeleton.add_base(record, false),
            Article::Event(record) => skeleton.add_base(record, false),
            // A translation is no original.
            Article::Translation(_) => {}
        }
        skeleton.text += "+++\n";
        skeleton.add_body(body);
        skeleton
    }

    fn add_base(&mut self, base: &ArticleBase, has_title: bool) {
        if has_title && !base.title.is_empty() {
            self.add_key("title", &base.title);
        }
        if let Some(summary) = &base.summary {
            self.add_key("summary", summary);
        }
    }

    fn add_briefing(&mut self, briefing: &Briefing, made: Moment) {
        self.add_base(briefing, true);
        self.add_list("not_known", &briefing.not_known);
        self.add_list("not_reached", &briefing.not_reached);
        self.add_list("withheld", &briefing.withheld);
        if let Some(withdrawn) = &briefing.withdrawn {
            self.add_key("withdrawn_why", &withdrawn.why);
        }
        let matches = briefing.last_edit().map_or(made, |changed| changed.max(made));
        self.text += "# When the translation last matched its original.\n";
        self.text += &format!("updated = {matches}\n");
        for table in TABLES_OF_CLAIMS {
            self.add_table_of_claims(table, &briefing.claims);
        }
        self.add_corrections(&briefing.corrections);
    }

    fn add_table_of_claims(&mut self, table: &str, claims: &[Claim]) {
        let texts = claims.iter().filter_map(|claim| Some((claim, original_text(table, claim)?)));
        let texts: Vec<(&Claim, &str)> = texts.collect();
        if texts.is_empty() {
            return;
        }
        self.text += &format!("\n[{table}]\n");
        for (claim, words) in texts {
            if !claim.has_own_id {
                self.text += "# This claim has no id, and is numbered by its place: give it an id in the original \
                              before you move claims.\n";
            }
            self.add_key(&toml_key(claim.id.value.as_str()), words);
        }
    }

    fn add_corrections(&mut self, corrections: &[Correction]) {
        let with_id =
            corrections.iter().filter_map(|correction| Some((correction.id.as_ref()?, &correction.why)));
        let mut with_id = with_id.peekable();
        if with_id.peek().is_some() {
            self.text += "\n[correction_why]\n";
        }
        for (id, why) in with_id {
            self.add_key(&toml_key(id.value.as_str()), why);
        }
        for correction in corrections.iter().filter(|correction| correction.id.is_none()) {
            let at = correction.at;
            self.text += &format!(
                "# The correction of {at} has no id; give it one in the original, and its reason can be translated.\n"
            );
        }
    }

    fn add_key(&mut self, key: &str, original: &str) {
        self.add_comment("", original);
        self.text += &format!("{key} = \"\"\n");
    }

    fn add_list(&mut self, key: &str, items: &[Box<str>]) {
        if items.is_empty() {
            return;
        }
        self.text += &format!("{key} = [\n");
        for item in items {
            self.add_comment("    ", item);
            self.text += "    \"\",\n";
        }
        self.text += "]\n";
    }

    fn add_comment(&mut self, indentation: &str, words: &str) {
        for line in words.lines() {
            self.text += format!("{indentation}# {line}").trim_end();
            self.text += "\n";
        }
        self.copied += words;
        self.copied += "\n\n";
    }

    /// In a comment of HTML, which readers never get, and so without the comments of the original.
    fn add_body(&mut self, body: &str) {
        let body = without_comments(body).replace("\r\n", "\n");
        let body = body.trim();
        // As in a sample of code: what follows would be outside of the comment.
        if body.contains("-->") {
            self.text +=
                "\n<!-- Copy from the original what you translate: its text has the end of a comment. -->\n";
        } else if !body.is_empty() {
            self.text += &format!("\n<!--\n{body}\n-->\n");
            self.copied += body;
        }
    }
}

/// The id as a key, in quotes if TOML needs them.
fn toml_key(id: &str) -> String {
    if id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_') {
        id.to_owned()
    } else {
        format!("\"{id}\"")
    }
}
