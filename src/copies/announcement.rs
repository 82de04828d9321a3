//! What a signature says of the copy: the trusted comment of minisign.
//!
//! Owns its form: fields of `name:value` between tabs, in a fixed order. Invariant: a comment that is read is the one
//! that would be written, so that two different comments never say the same.

use jiff::Timestamp;

use crate::publish::{Hash, hex, parse_hex};

/// What a signature says of the copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Announcement {
    /// Rises with each signed list of a site.
    pub version: Timestamp,
    /// The newest time up to which a briefing covers what was known.
    pub as_of: Option<Timestamp>,
    /// When readers were promised something newer.
    pub next_due: Option<Timestamp>,
    /// How many files the list names.
    pub files: u64,
    /// How many bytes they have together.
    pub bytes: u64,
    /// The SHA-256 of the list.
    pub list: Hash,
    /// Where the site is online.
    pub address: Option<String>,
    /// The title of the site, perhaps shortened.
    pub title: String,
}

const FORM: &str = "bulletin copy 1";
/// The most letters of a title: minisign reads comments of 8 KB.
const MOST_TITLE: usize = 300;
/// The most bytes of an address; a longer one is left out.
const MOST_ADDRESS: usize = 2000;

impl Announcement {
    /// A title that a comment can hold: one line, without what would be trimmed or could confuse a terminal.
    #[must_use]
    pub fn title_of(title: &str) -> String {
        let letters = title.chars().map(|c| if is_harmful(c) { ' ' } else { c });
        let short: String = letters.take(MOST_TITLE).collect();
        short.trim().to_owned()
    }

    /// An address that a comment can hold.
    #[must_use]
    pub fn address_of(address: &str) -> Option<String> {
        is_address(address).then(|| address.to_owned())
    }

    /// What distinguishes the site from others: its address, or else its title.
    #[must_use]
    pub fn site_id(&self) -> &str {
        self.address.as_deref().unwrap_or(&self.title)
    }

    #[must_use]
    pub fn to_comment(&self) -> String {
        let mut fields = vec![FORM.to_owned(), format!("version:{}", self.version)];
        fields.extend(self.as_of.map(|at| format!("as-of:{at}")));
        fields.extend(self.next_due.map(|at| format!("next-due:{at}")));
        fields.push(format!("files:{}", self.files));
        fields.push(format!("bytes:{}", self.bytes));
        fields.push(format!("sha256:{}", hex(&self.list)));
        fields.extend(self.address.as_deref().map(|address| format!("address:{address}")));
        fields.push(format!("site:{}", self.title));
        fields.join("\t")
    }

    /// `None` if the comment is not exactly what [`Announcement::to_comment`] writes.
    #[must_use]
    pub fn from_comment(comment: &str) -> Option<Self> {
        let mut fields = CommentFields(comment.split('\t').peekable());
        (fields.0.next()? == FORM).then_some(())?;
        let read = Self {
            version: fields.take("version:")?.parse().ok()?,
            as_of: fields.time("as-of:")?,
            next_due: fields.time("next-due:")?,
            files: fields.take("files:")?.parse().ok()?,
            bytes: fields.take("bytes:")?.parse().ok()?,
            list: parse_hex(fields.take("sha256:")?)?,
            address: fields.take("address:").map(str::to_owned),
            title: fields.take("site:")?.to_owned(),
        };
        let is_clean =
            Self::title_of(&read.title) == read.title && read.address.as_deref().is_none_or(is_address);
        (is_clean && read.to_comment() == comment).then_some(read)
    }
}

fn is_address(address: &str) -> bool {
    let is_web = address.starts_with("https://") || address.starts_with("http://");
    is_web && address.len() <= MOST_ADDRESS && !address.contains(|c: char| c.is_whitespace() || is_harmful(c))
}

/// What could move a terminal's cursor, end the comment, or turn its text around.
fn is_harmful(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

struct CommentFields<'c, I: Iterator<Item = &'c str>>(std::iter::Peekable<I>);

impl<'c, I: Iterator<Item = &'c str>> CommentFields<'c, I> {
    /// The value of the next field, if it has this name.
    fn take(&mut self, name: &str) -> Option<&'c str> {
        let value = self.0.peek()?.strip_prefix(name)?;
        self.0.next();
        Some(value)
    }

    /// A time that may be missing. The outer `None` is for one that is no time.
    fn time(&mut self, name: &str) -> Option<Option<Timestamp>> {
        match self.take(name) {
            Some(time) => time.parse().ok().map(Some),
            None => Some(None),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn times() -> impl Strategy<Value = Timestamp> {
        (-2_000_000_000_i64..100_000_000_000).prop_map(|second| Timestamp::from_second(second).unwrap())
    }

    fn announcements() -> impl Strategy<Value = Announcement> {
        let times = (times(), proptest::option::of(times()), proptest::option::of(times()));
        let address = proptest::option::of("https?://[a-z.:/é-]{0,30}");
        (times, any::<(u64, u64, Hash)>(), address, any::<String>()).prop_map(
            |((version, as_of, next_due), (files, bytes, list), address, title)| Announcement {
                version,
                as_of,
                next_due,
                files,
                bytes,
                list,
                address: address.and_then(|address| Announcement::address_of(&address)),
                title: Announcement::title_of(&title),
            },
        )
    }

    proptest! {
        #[test]
        fn a_comment_says_what_was_announced(announced in announcements()) {
            let comment = announced.to_comment();
            prop_assert!(!comment.contains(['\n', '\r']) && comment.trim() == comment);
            prop_assert_eq!(Announcement::from_comment(&comment), Some(announced));
        }

        #[test]
        fn a_comment_that_is_read_is_the_one_that_would_be_written(
            announced in announcements(), at in 0..400_usize, with in any::<char>(),
        ) {
            let mut comment: Vec<char> = announced.to_comment().chars().collect();
            let at = at % comment.len();
            comment[at] = with;
            let comment: String = comment.into_iter().collect();
            if let Some(read) = Announcement::from_comment(&comment) {
                prop_assert_eq!(read.to_comment(), comment);
            }
        }
    }

    #[test]
    fn what_is_no_announcement_is_none() {
        let good = "bulletin copy 1\tversion:2031-05-04T09:00:00Z\tfiles:1\tbytes:2\tsha256:00\tsite:A";
        let good = good.replace("sha256:00", &format!("sha256:{}", "00".repeat(32)));
        assert!(Announcement::from_comment(&good).is_some());
        for (from, to) in [
            ("copy 1", "copy 2"),
            ("files:1", "files:01"),
            ("files:1", "files:-1"),
            ("bytes:2", "bytes:99999999999999999999"),
            ("\tsite:A", ""),
            ("site:A", "site:A\tsite:B"),
            ("site:A", "address:ftp://a\tsite:A"),
            ("files:1\tbytes:2", "bytes:2\tfiles:1"),
            ("09:00:00Z", "09:00:00+00:00"),
            ("09:00:00Z", "09:00:60Z"),
            ("site:A", "site:A\u{202e}"),
        ] {
            assert_eq!(Announcement::from_comment(&good.replace(from, to)), None, "{to}");
        }
    }
}
