//! One fault each, told whole. Lines that begin with `>` are what is written, the others what is
//! told about it; a change of wording is a change here.

use super::*;

/// Reads what the lines with `>` say, and compares what is told with the lines below them.
fn check(transcript: &str, read: impl Fn(&str) -> Vec<Diagnostic>) {
    let mut found = String::new();
    let mut written = Vec::new();
    let mut lines = transcript.trim().lines().peekable();
    while let Some(line) = lines.next() {
        let Some(input) = line.strip_prefix("> ") else { continue };
        written.push(input);
        if !lines.peek().is_some_and(|next| next.starts_with("> ")) {
            found += &format!("> {}\n{}\n", written.join("\n> "), told(&read(&written.join("\n"))));
            written.clear();
        }
    }
    assert_eq!(found.trim(), transcript.trim(), "found:\n\n{found}");
}

/// Below the title and the date of a briefing, from line 4 on.
fn briefing(transcript: &str) {
    check(transcript, |toml| {
        let text = format!("+++\ntitle = \"T\"\ndate = 2016-10-02T12:00:00+03:00\n{toml}\n+++\n");
        diagnostics_of(Kind::Briefing, "d2", &text, &site())
    });
}

/// In a claim "a" of a briefing, from line 8 on.
fn claim(transcript: &str) {
    check(transcript, |toml| {
        let start = "title = \"T\"\ndate = 2016-10-02T12:00:00+03:00\n[[claims]]\nid = \"a\"\ntext = \"x\"\nsource = \"sohr\"";
        diagnostics_of(Kind::Briefing, "d2", &format!("+++\n{start}\n{toml}\n+++\n"), &site())
    });
}

/// Below the title of an article, from line 3 on.
fn article(kind: Kind, transcript: &str) {
    check(transcript, |toml| {
        diagnostics_of(kind, kind.file().1, &format!("+++\ntitle = \"T\"\n{toml}\n+++\n"), &site())
    });
}

#[test]
fn a_key_that_nobody_knows_is_told_with_the_nearest_one() {
    briefing(
        r##"
> titel = "x"
error[unknown-key] content/briefings/d2.md:4:1 `titel` is not a key of a briefing
  |titel| unknown key
  = did you mean `title`?

> colour = "x"
error[unknown-key] content/briefings/d2.md:4:1 `colour` is not a key of a briefing
  |colour| unknown key
  = the keys of a briefing are title, date, updated, as_of, embargo_until, expires, next_due, slug, summary, kind, neighbourhoods, sources, draft, withdrawn, authors, aliases, allow, not_known, not_reached, withheld, extra, claims, corrections

> [extra]
> [[claims]]
> text="x"
> source="y"
> draft = true
error[unknown-key] content/briefings/d2.md:8:1 `draft` is not a key of a claim
  |draft| unknown key
  = move `draft` above the first line that begins with [
"##,
    );
}

#[test]
fn a_value_of_the_wrong_type_is_told_with_what_to_write() {
    briefing(
        r##"
> draft = "yes"
error[wrong-type] content/briefings/d2.md:4:9 `draft` must be true or false
  |"yes"| this is text
  = write draft = true

> summary = 3
error[wrong-type] content/briefings/d2.md:4:11 `summary` must be text
  |3| this is a number
  = write summary = "3"

> summary = ["x"]
error[wrong-type] content/briefings/d2.md:4:11 `summary` must be text
  |["x"]| this is a list
  = write it without [ and ]

> neighbourhoods = "al-heluk"
error[wrong-type] content/briefings/d2.md:4:18 `neighbourhoods` must be a list of texts
  |"al-heluk"| this is text
  = write neighbourhoods = ["al-heluk"]

> sources = [1, "sohr"]
error[wrong-type] content/briefings/d2.md:4:12 an item of `sources` must be text
  |1| this is a number
  = write "1"

> withdrawn = true
error[wrong-type] content/briefings/d2.md:4:13 `withdrawn` must be a table
  |true| this is true or false
  = write withdrawn = { … }

> claims = [1]
error[wrong-type] content/briefings/d2.md:4:11 an item of `claims` must be a table
  |1| this is a number
  = write { … }

> [claims]
> id = "a"
error[wrong-type] content/briefings/d2.md:4:1 `claims` must be a list of tables
  |[claims]| this is a table
  = write [[claims]] on a line of its own, with two brackets on each side

> allow = { guard = "x" }
error[wrong-type] content/briefings/d2.md:4:9 `allow` must be a list of tables
  |{ guard = "x" }| this is a table
  = put the table between [ and ]
"##,
    );
}

#[test]
fn dates_must_exist_and_carry_their_offset() {
    briefing(
        r##"
> updated = 2016-10-02T21:40:00
error[no-offset] content/briefings/d2.md:4:11 2016-10-02T21:40:00 has a time but no offset
  |2016-10-02T21:40:00| in which time zone?
  = write the offset, as in 2016-10-02T21:40:00+03:00, or only the date

> updated = 2016-02-30
error[bad-date] content/briefings/d2.md:4:11 2016-02-30 is not a date that exists
  |2016-02-30| expected day between 01 and 29
  = check the month, the day and the hour

> updated = 2016-10-2
error[bad-date] content/briefings/d2.md:4:11 2016-10-2 is not written as a date
  |2016-10-2| expected a two-digit day (DD)
  = write 2016-10-02 or 2016-10-02T21:40:00+03:00, each number with all its digits

> updated = 21:40:00
error[bad-date] content/briefings/d2.md:4:11 21:40:00 is a time without a date
  |21:40:00| cannot be used
  = write the date before it, as in 2016-10-02T21:40:00+03:00

> updated = "2016-10-03"
error[wrong-type] content/briefings/d2.md:4:11 `updated` must be a date
  |"2016-10-03"| this is text
  = write it without quotes: updated = 2016-10-03

> updated = "soon"
error[wrong-type] content/briefings/d2.md:4:11 `updated` must be a date
  |"soon"| this is text
  = write updated = 2016-10-02T21:40:00+03:00, without quotes

> updated = 3
error[wrong-type] content/briefings/d2.md:4:11 `updated` must be a date
  |3| this is a number
  = write updated = 2016-10-02T21:40:00+03:00

> updated = 02/10/2016
error[toml-syntax] content/briefings/d2.md:4:11 this is no value that TOML knows
  |02/10/2016| here
  = a date is written 2016-10-02

> allow = [{ guard = "x", why = "y", until = 2016-10-02T00:00:00Z }]
error[wrong-type] content/briefings/d2.md:4:44 `until` must be a day without a time
  |2016-10-02T00:00:00Z| this is a time
  = write until = 2016-10-09
"##,
    );
}

#[test]
fn dates_must_follow_each_other() {
    briefing(
        r##"
> updated = 2016-10-01T00:00:00Z
error[bad-order] content/briefings/d2.md:4:11 `updated` is before `date`
  |2016-10-01T00:00:00Z| too early
  3:8 |2016-10-02T12:00:00+03:00| published here
  = correct one of the two

> updated = 2016-10-02
error[bad-order] content/briefings/d2.md:4:11 `updated` is before `date`
  |2016-10-02| too early
  3:8 |2016-10-02T12:00:00+03:00| published here
  = a date without a time means 00:00 of that day: write the time too

> expires = 2016-10-01
error[bad-order] content/briefings/d2.md:4:11 `expires` is before `date`
  |2016-10-01| too early
  3:8 |2016-10-02T12:00:00+03:00| published here
  = a date without a time means 00:00 of that day: write the time too

> next_due = 2016-10-01
error[bad-order] content/briefings/d2.md:4:12 `next_due` is before `date`
  |2016-10-01| too early
  3:8 |2016-10-02T12:00:00+03:00| published here
  = a date without a time means 00:00 of that day: write the time too

> as_of = 2016-10-04
warning[bad-order] content/briefings/d2.md:4:9 `as_of` is after the day of publication
  |2016-10-04| the cut-off: nothing later is in here
  = correct it, or set `updated`
"##,
    );
}

#[test]
fn words_come_from_a_closed_list() {
    briefing(
        r##"
> kind = "dayly"
error[bad-word] content/briefings/d2.md:4:8 `kind` cannot be "dayly"
  |"dayly"| not one of the words that are known here
  = did you mean "daily"?
  = write one of flash, daily, situation, explainer, notice

> kind = "x"
error[bad-word] content/briefings/d2.md:4:8 `kind` cannot be "x"
  |"x"| not one of the words that are known here
  = write one of flash, daily, situation, explainer, notice
"##,
    );
}

#[test]
fn a_slug_must_be_one_and_be_free() {
    briefing(
        r##"
> slug = "Heluk Edge"
error[bad-id] content/briefings/d2.md:4:8 "Heluk Edge" cannot be `slug`: its slug is "heluk-edge"
  |"Heluk Edge"| not an id
  = write "heluk-edge"

> slug = "index"
error[bad-id] content/briefings/d2.md:4:8 "index" cannot be `slug`: "index" is reserved
  |"index"| not an id
  = choose another

> slug = "ar"
error[bad-id] content/briefings/d2.md:4:8 "ar" cannot be `slug`: it is a language of this site
  |"ar"| reserved
  = choose another

> slug = "home"
error[bad-id] content/briefings/d2.md:4:8 "home" cannot be `slug`: it is the home page, content/index.md
  |"home"| reserved
  = choose another

> slug = "!!"
error[bad-id] content/briefings/d2.md:4:8 "!!" cannot be `slug`: it has no letter or digit
  |"!!"| not an id
  = choose another
"##,
    );
}

#[test]
fn an_alias_must_be_the_path_of_a_page() {
    briefing(
        r##"
> aliases = ["/old/path"]
error[bad-path] content/briefings/d2.md:4:12 the alias "/old/path" is not a plain relative path
  |"/old/path"| no path for a redirect
  = write "old/path.html"

> aliases = ["a:b.html"]
error[bad-path] content/briefings/d2.md:4:12 the alias "a:b.html" holds ':', which not every file system can store
  |"a:b.html"| no path for a redirect
  = write a path such as "old/page.html"

> aliases = ["old.html", "../x.html"]
error[bad-path] content/briefings/d2.md:4:24 the alias "../x.html" is not a plain relative path
  |"../x.html"| no path for a redirect
  = write a path such as "old/page.html"
"##,
    );
}

#[test]
fn characters_that_must_not_reach_a_page_are_refused() {
    briefing(
        r##"
> summary = "a\u0007b"
error[control-character] content/briefings/d2.md:4:11 `summary` holds U+0007, which must not reach a page
  |"a\u0007b"| holds a character that cannot be seen
  = type the text again, or paste it without formatting

> authors = ["a\nb"]
error[control-character] content/briefings/d2.md:4:12 an item of `authors` holds U+000A, which must not reach a page
  |"a\nb"| holds a line break
  = write it on one line

> summary = "a\u202eb"
error[control-character] content/briefings/d2.md:4:11 `summary` holds U+202E, which must not reach a page
  |"a\u202eb"| holds a character that cannot be seen
  = type the text again, or paste it without formatting

> summary = "a\u2067b\u2069c\u200f"

> [extra]
> x = "a\u0000"
> "a\nb" = 1
error[control-character] content/briefings/d2.md:5:5 `x` holds U+0000, which must not reach a page
  |"a\u0000"| holds a character that cannot be seen
  = type the text again, or paste it without formatting
error[control-character] content/briefings/d2.md:6:1 `a�b` holds U+000A, which must not reach a page
  |"a\nb"| holds a line break
  = write it on one line
"##,
    );
}

#[test]
fn empty_and_repeated_names_are_told() {
    briefing(
        r##"
> authors = [""]
error[empty-text] content/briefings/d2.md:4:12 an item of `authors` is empty
  |""| nothing in it
  = write it, or remove it

> authors = ["\u200b"]
error[empty-text] content/briefings/d2.md:4:12 an item of `authors` is empty
  |"\u200b"| nothing in it
  = write it, or remove it

> sources = ["sohr", "sohr"]
warning[repeated-name] content/briefings/d2.md:4:20 `sources` names "sohr" twice
  |"sohr"| the second time
  = remove one of the two

> summary = ""
"##,
    );
}

#[test]
fn nobody_can_be_no_source_of_a_briefing() {
    briefing(
        r##"
> sources = ["unattributed"]
error[reserved-source] content/briefings/d2.md:4:12 "unattributed" stands for no source, and cannot be in `sources`
  |"unattributed"| reserved
  = it can only be the `source` of a claim; remove it here
"##,
    );
}

#[test]
fn what_a_table_needs_is_told_where_the_table_is() {
    briefing(
        r##"
> withdrawn = { at = 2016-10-05 }
error[missing-key] content/briefings/d2.md:4:1 a withdrawal needs `why`
  |withdrawn| `why` is missing
  = write why = "…"

> [[allow]]
> guard = "x"
> why = "y"
error[missing-key] content/briefings/d2.md:4:1 an exception needs `until`
  |[[allow]]| `until` is missing
  = write until = 2016-10-02

> [[claims]]
> text = "y"
error[missing-key] content/briefings/d2.md:4:1 a claim needs `source`
  |[[claims]]| `source` is missing
  = write source = "…"

> [[claims]]
> text = ""
> source = "sohr"
error[empty-text] content/briefings/d2.md:5:8 `text` is empty
  |""| nothing in it
  = write it, or remove it
"##,
    );
}

#[test]
fn syntax_errors_are_told_in_words() {
    briefing(
        r##"
> draft = true
> draft = false
error[duplicate-key] content/briefings/d2.md:5:1 `draft` is written twice
  |draft| the second time
  4:1 |draft| the first time
  = keep one of the two

> summary = hello world
error[toml-syntax] content/briefings/d2.md:4:11 text must stand between straight quotes
  |hello world| here
  = write "hello world"

> summary = “hello”
error[toml-syntax] content/briefings/d2.md:4:11 text must stand between straight quotes
  |“hello”| here
  = write "hello"

> summary: "x"
error[toml-syntax] content/briefings/d2.md:4:8 a key and its value are joined by =
  |:| here
  = write summary = …, with = and not with :

> summary = "abc
error[toml-syntax] content/briefings/d2.md:4:15 the text has no closing "
  || here
  = end it with "; text of several lines stands between """ and """

> summary = "a "b" c"
error[toml-syntax] content/briefings/d2.md:4:15 something follows the end of the value
  || here
  = a " within text is written \"; each key needs a line of its own; a comment begins with #

> summary =
error[toml-syntax] content/briefings/d2.md:4:10 a value is missing
  || here
  = write a value behind the =, or remove the key

> summary
error[toml-syntax] content/briefings/d2.md:4:8 a key has no value
  || here
  = each line is `key = value`; text stands between " and "

> draft = yes
error[toml-syntax] content/briefings/d2.md:4:9 this is no value that TOML knows
  |yes| here
  = write true or false

> summary = """a
> b
error[toml-syntax] content/briefings/d2.md:6:1 a text of several lines has no end
  || here
  = end it with the same three quotes that it begins with

> draft = true, kind = "daily"
error[toml-syntax] content/briefings/d2.md:4:13 something follows the end of the value
  || here
  = a " within text is written \"; each key needs a line of its own; a comment begins with #
"##,
    );
}

#[test]
fn a_claim_has_an_id_of_its_own() {
    claim(
        r##"
> [[claims]]
> id = "a"
> text = "y"
> source = "sohr"
error[duplicate-claim] content/briefings/d2.md:9:6 two claims have the id "a"
  |"a"| the second
  5:6 |"a"| the first
  = give one of them another id

> [[claims]]
> id = "A b"
> text = "y"
> source = "sohr"
error[bad-id] content/briefings/d2.md:9:6 "A b" cannot be `id`: its slug is "a-b"
  |"A b"| not an id
  = write "a-b"

> id = "b"
error[duplicate-key] content/briefings/d2.md:8:1 `id` is written twice
  |id| the second time
  5:1 |id| the first time
  = keep one of the two
"##,
    );
}

#[test]
fn a_range_of_dates_must_make_sense() {
    claim(
        r##"
> happened = "2016-13"
error[bad-date] content/briefings/d2.md:8:12 "2016-13" is not a date that exists
  |"2016-13"| cannot be used
  = check the month, the day and the hour

> happened = 2016
error[wrong-type] content/briefings/d2.md:8:12 `happened` must be a date or a range of dates
  |2016| this is a number
  = write happened = "2016"

> happened = "last week"
error[bad-date] content/briefings/d2.md:8:12 "last week" is not a date, a month, a year or a range of them
  |"last week"| cannot be used
  = write 2016, 2016-10, 2016-10-02 or 2016-10-02T21:40:00+03:00, with ~ or ? behind it where unsure, or two of them as x/y, ../y or x/..

> happened = "2016-10-02/2016-10-01"
error[bad-date] content/briefings/d2.md:8:12 "2016-10-02/2016-10-01" ends before it begins
  |"2016-10-02/2016-10-01"| cannot be used
  = write the earlier end first

> happened = 2016-10-02T10:00:00
error[no-offset] content/briefings/d2.md:8:12 2016-10-02T10:00:00 has a time but no offset
  |2016-10-02T10:00:00| in which time zone?
  = write the offset, as in 2016-10-02T21:40:00+03:00, or only the date
"##,
    );
}

#[test]
fn a_claim_uses_words_of_the_site() {
    claim(
        r##"
> topic = "secrity"
error[bad-word] content/briefings/d2.md:8:9 `topic` cannot be "secrity"
  |"secrity"| not one of the words that are known here
  = did you mean "security"?
  = the topics of site.toml are health, water, food, shelter, movement, security

> event = "Heluk 2"
error[bad-id] content/briefings/d2.md:8:9 "Heluk 2" cannot be `event`: its slug is "heluk-2"
  |"Heluk 2"| not an id
  = write "heluk-2"

> status = "sure"
error[bad-word] content/briefings/d2.md:8:10 `status` cannot be "sure"
  |"sure"| not one of the words that are known here
  = write one of unverified, single-source, one-side, corroborated, confirmed, contested, withdrawn, disproved

> credibility = 7
error[out-of-range] content/briefings/d2.md:8:15 `credibility` is out of range
  |7| too small or too large
  = write a number from 1 to 6

> credibility = 2.5
error[wrong-type] content/briefings/d2.md:8:15 `credibility` must be a whole number
  |2.5| this is a number
  = write credibility = 1

> denies = "no"
error[wrong-type] content/briefings/d2.md:8:10 `denies` must be true or false
  |"no"| this is text
  = write denies = true

> via = ["unattributed"]
error[reserved-source] content/briefings/d2.md:8:8 "unattributed" stands for no source, and cannot be in `via`
  |"unattributed"| reserved
  = it can only be the `source` of a claim; remove it here
"##,
    );
}

#[test]
fn confirmed_needs_a_reason_and_a_reason_needs_a_status() {
    claim(
        r##"
> status = "confirmed"
error[missing-key] content/briefings/d2.md:4:1 a claim needs `status_why` beside status = "confirmed"
  |[[claims]]| `status_why` is missing
  = say who confirmed it, and how

> status = "confirmed"
> status_why = ""
error[missing-key] content/briefings/d2.md:4:1 a claim needs `status_why` beside status = "confirmed"
  |[[claims]]| `status_why` is missing
  = say who confirmed it, and how

> status_why = "x"
warning[unused-key] content/briefings/d2.md:8:14 `status_why` has no `status` that it explains
  |"x"| not shown
  = set `status`, or remove it
"##,
    );
}

#[test]
fn evidence_is_an_address_and_a_digest() {
    claim(
        r##"
> evidence = [{ url = "ftp://x" }]
error[bad-url] content/briefings/d2.md:8:21 `url` is not a web address
  |"ftp://x"| not http:// or https:// with a host
  = write url = "https://…"

> evidence = [{ url = "javascript:alert(1)" }]
error[bad-url] content/briefings/d2.md:8:21 `url` is not a web address
  |"javascript:alert(1)"| not http:// or https:// with a host
  = write url = "https://…"

> evidence = [{ url = "https://x.org", sha256 = "12" }]
error[bad-digest] content/briefings/d2.md:8:47 `sha256` is not a SHA-256 digest
  |"12"| 2 characters
  = write its 64 hexadecimal digits, as `sha256sum FILE` prints them

> evidence = [{ archived = "https://x.org" }]
error[missing-key] content/briefings/d2.md:8:13 a piece of evidence needs `url`
  |{ archived = "https://x.org" }| `url` is missing
  = write url = "https://…"
"##,
    );
}

#[test]
fn a_figure_is_a_count_of_something_within_a_range() {
    claim(
        r##"
> figure = { said = "six" }
error[missing-key] content/briefings/d2.md:8:1 a figure needs `measure`
  |figure| `measure` is missing
  = write measure = "…"

> figure = { measure = "killed" }
error[missing-key] content/briefings/d2.md:8:1 a figure needs `said`, `min`, `best` or `max`
  |figure| `said` is missing
  = write what was said, as in said = "at least six", or min = 6

> figure = { measure = "killed", min = 8, max = 6 }
error[bad-order] content/briefings/d2.md:8:47 `max` is smaller than `min`
  |6| too small
  8:38 |8| larger
  = min, best and max must rise

> figure = { measure = "killed", min = -1 }
error[out-of-range] content/briefings/d2.md:8:38 `min` is out of range
  |-1| too small or too large
  = write a number from 0 on

> figure = { measure = "killed", min = nan }
error[out-of-range] content/briefings/d2.md:8:38 `min` is out of range
  |nan| too small or too large
  = write a number from 0 on

> figure = { measure = "killed", min = "6" }
error[wrong-type] content/briefings/d2.md:8:38 `min` must be a number
  |"6"| this is text
  = write min = 6, without quotes

> figure = { measure = "killed", min = 6, part_of = "a" }
error[unknown-claim] content/briefings/d2.md:8:51 a figure cannot be a part of itself
  |"a"| this very claim
  = name another claim, or remove it

> figure = { measure = "killed", min = 6, part_of = "b" }
error[unknown-claim] content/briefings/d2.md:8:51 `part_of` names no claim of this briefing: "b"
  |"b"| no such claim
  = did you mean "a"?
"##,
    );
}

#[test]
fn a_correction_says_what_and_why() {
    claim(
        r##"
> [[corrections]]
> at = 2016-10-03
> kind = "correction"
> claim = "aa"
> why = "x"
error[unknown-claim] content/briefings/d2.md:11:9 `claim` names no claim of this briefing: "aa"
  |"aa"| no such claim
  = did you mean "a"?

> [[corrections]]
> at = 2016-10-03
> kind = "correction"
> field = "text"
> was = "8"
> why = "x"
error[missing-key] content/briefings/d2.md:8:1 a correction needs `now` beside `field`
  |[[corrections]]| `now` is missing
  = write the whole value, as in now = "8"

> [[corrections]]
> at = 2016-10-03
error[missing-key] content/briefings/d2.md:8:1 a correction needs `kind`
  |[[corrections]]| `kind` is missing
  = write kind = "correction", "clarification", "update" or "withdrawal"
error[missing-key] content/briefings/d2.md:8:1 a correction needs `why`
  |[[corrections]]| `why` is missing
  = write why = "…"

> [[corrections]]
> at = 2016-10-03
> kind = "update"
> was = 8
> why = "x"
error[wrong-type] content/briefings/d2.md:11:7 `was` must be text
  |8| this is a number
  = write was = "8"
"##,
    );
}

#[test]
fn a_neighbourhood_is_named_and_placed() {
    article(
        Kind::Neighbourhood,
        r##"
> names = { de = "x" }
error[unknown-language] content/neighbourhoods/al-heluk.md:3:11 `de` is not a language of this site
  |de| not in `languages`
  = add "de" to `languages` in site.toml, or remove the name

> names = { AR = "x" }
error[unknown-language] content/neighbourhoods/al-heluk.md:3:11 `AR` is not a language of this site
  |AR| not in `languages`
  = write `ar`

> names = { ar = "" }
error[empty-text] content/neighbourhoods/al-heluk.md:3:16 `ar` is empty
  |""| nothing in it
  = write it, or remove it

> names = ["x"]
error[wrong-type] content/neighbourhoods/al-heluk.md:3:9 `names` must be a table
  |["x"]| this is a list
  = write names = { … }

> point = { lat = 91, lon = 37.1 }
error[out-of-range] content/neighbourhoods/al-heluk.md:3:17 `lat` is out of range
  |91| too small or too large
  = write a number from -90 to 90

> point = { lat = 9 }
error[missing-key] content/neighbourhoods/al-heluk.md:3:1 a point needs `lon`
  |point| `lon` is missing
  = write lon = 0.0

> point = { lat = "9", lon = 1, precision = "house" }
error[wrong-type] content/neighbourhoods/al-heluk.md:3:17 `lat` must be a number
  |"9"| this is text
  = write lat = 9, without quotes
error[bad-word] content/neighbourhoods/al-heluk.md:3:43 `precision` cannot be "house"
  |"house"| not one of the words that are known here
  = write one of building, street, neighbourhood, district, city, region

> geometry = "../x.geojson"
error[bad-path] content/neighbourhoods/al-heluk.md:3:12 `geometry` is not the name of a GeoJSON file: "../x.geojson"
  |"../x.geojson"| not a file beside this one
  = put the file beside this one, and write its name, as in "al-heluk.geojson"

> codes = { pcod = "x" }
error[unknown-key] content/neighbourhoods/al-heluk.md:3:11 `pcod` is not a key of [codes]
  |pcod| unknown key
  = did you mean `pcode`?
"##,
    );
}

#[test]
fn a_source_has_a_side_and_perhaps_a_shield() {
    article(
        Kind::Source,
        r##"
> party = "goverment"
error[bad-word] content/sources/sohr.md:3:9 `party` cannot be "goverment"
  |"goverment"| not one of the words that are known here
  = did you mean "government"?
  = the parties of this site are government, opposition, none, unknown

> protected = true
error[missing-key] content/sources/sohr.md:1:1 a source needs `label` where it is protected
  |+++| `label` is missing
  = write what readers may know, as in label = "a doctor in the east"

> label = "x"
warning[unused-key] content/sources/sohr.md:3:9 `label` is for protected sources only
  |"x"| not shown
  = set protected = true, or remove it

> protected = "yes"
error[missing-key] content/sources/sohr.md:1:1 a source needs `label` where it is protected
  |+++| `label` is missing
  = write what readers may know, as in label = "a doctor in the east"
error[wrong-type] content/sources/sohr.md:3:13 `protected` must be true or false
  |"yes"| this is text
  = write protected = true

> url = "sohr.org"
error[bad-url] content/sources/sohr.md:3:7 `url` is not a web address
  |"sohr.org"| not http:// or https:// with a host
  = write url = "https://…"

> kind = "millitary"
error[bad-word] content/sources/sohr.md:3:8 `kind` cannot be "millitary"
  |"millitary"| not one of the words that are known here
  = did you mean "military"?
  = write one of monitor, state-media, military, government, activists, resident, civil-defence, un, ngo, medical, news-agency, newsroom, reporter, official, document, imagery

> relays = ["unattributed"]
error[reserved-source] content/sources/sohr.md:3:11 "unattributed" stands for no source, and cannot be in `relays`
  |"unattributed"| reserved
  = it can only be the `source` of a claim; remove it here
"##,
    );
}

#[test]
fn a_date_is_for_briefings_only() {
    article(
        Kind::Event,
        r##"
> date = 2016-10-02
error[unknown-key] content/events/heluk-2016-10-02.md:3:1 `date` is not a key of an event
  |date| unknown key
  = the keys of an event are title, names, spellings, summary, aliases, extra
"##,
    );
}

#[test]
fn a_page_has_few_keys() {
    article(
        Kind::Page,
        r##"
> date = 2016-10-02
error[unknown-key] content/about.md:3:1 `date` is not a key of a page
  |date| unknown key
  = the keys of a page are title, slug, aliases, summary, draft, as_of, next_due, extra
"##,
    );
}

#[test]
fn the_home_page_has_no_slug() {
    article(
        Kind::Home,
        r##"
> slug = "x"
error[unknown-key] content/index.md:3:1 `slug` is not a key of the home page
  |slug| unknown key
  = the keys of the home page are title, summary, draft, extra
"##,
    );
}

#[test]
fn a_translation_has_no_data() {
    article(
        Kind::Translation,
        r##"
> date = 2016-10-02
error[unknown-key] content/briefings/d2.ar.md:3:1 `date` is not a key of a translation
  |date| unknown key
  = the keys of a translation are title, summary, not_known, not_reached, withheld, claim_text, updated

> claim_text = { "A b" = "x", c = "" }
error[bad-id] content/briefings/d2.ar.md:3:16 "A b" cannot be `claim_text`: its slug is "a-b"
  |"A b"| not an id
  = write "a-b"
error[empty-text] content/briefings/d2.ar.md:3:33 `c` is empty
  |""| nothing in it
  = write it, or remove it
"##,
    );
}

#[test]
fn a_file_begins_with_front_matter_that_ends() {
    check(
        r##"
> EMPTY
error[no-front-matter] content/briefings/d2.md:1:1 the file does not begin with front matter
  = begin it with a line of +++, then title = "…" and, for a briefing, date = 2016-10-02, then another line of +++

> # Hello
error[no-front-matter] content/briefings/d2.md:1:1 the file does not begin with front matter
  |# Hello| the first line is not +++
  = begin it with a line of +++, then title = "…" and, for a briefing, date = 2016-10-02, then another line of +++

> ---
> title: x
> ---
error[no-front-matter] content/briefings/d2.md:1:1 the file does not begin with front matter
  |---| this opens YAML
  = write TOML between two lines of +++, as in title = "…"

> BLANK
> +++
> title = "x"
> +++
error[no-front-matter] content/briefings/d2.md:1:1 the file does not begin with front matter
  = remove what stands before the first +++

> +++
> title = "x"
error[unclosed-front-matter] content/briefings/d2.md:1:1 the front matter has no end
  |+++| begins here
  = write +++ on a line of its own behind the last key

> +++
> title = "x"
> ---
> Text
error[unclosed-front-matter] content/briefings/d2.md:1:1 the front matter has no end
  |+++| begins here
  3:1 |---| this is not +++
  = write +++ there, and nothing else on the line

> +++
> +++
error[missing-key] content/briefings/d2.md:1:1 a briefing needs `date`
  |+++| `date` is missing
  = write date = 2016-10-02T21:40:00+03:00
error[missing-key] content/briefings/d2.md:1:1 a briefing needs `title`
  |+++| `title` is missing
  = write title = "…"
"##,
        |text| diagnostics_of(Kind::Briefing, "d2", &text.replace("EMPTY", "").replace("BLANK", ""), &site()),
    );
}

#[test]
fn the_name_of_a_file_must_give_an_id() {
    check(
        r##"
> index
error[bad-id] content/about.md:1:1 the name of the file, "index", cannot be an id: "index" is reserved
  = rename the file, or write slug = "…"

> ar
error[bad-id] content/about.md:1:1 the name of the file, "ar", cannot be an id: it is a language of this site
  = rename the file, or write slug = "…"

> home
error[bad-id] content/about.md:1:1 the name of the file, "home", cannot be an id: it is the home page, content/index.md
  = rename the file, or write slug = "…"

> !!
error[bad-id] content/about.md:1:1 the name of the file, "!!", cannot be an id: it has no letter or digit
  = rename the file, or write slug = "…"

> a-page-3
error[bad-id] content/about.md:1:1 the name of the file, "a-page-3", cannot be an id: "a-page-3" is reserved
  = rename the file, or write slug = "…"
"##,
        |stem| diagnostics_of(Kind::Page, stem, "+++\ntitle = \"x\"\n+++\n", &site()),
    );
}

#[test]
fn nobody_has_no_record_as_a_source() {
    check(
        r##"
> unattributed
error[bad-id] content/sources/sohr.md:1:1 "unattributed" stands for no source, and has no record
  = rename the file
"##,
        |stem| diagnostics_of(Kind::Source, stem, "+++\ntitle = \"x\"\n+++\n", &site()),
    );
}

#[test]
fn all_faults_of_a_file_are_told_in_one_run() {
    check(
        r##"
> +++
> date = 2016-10-02T21:40:00
> summary = 3
> kind = "dayly"
> slug = "Heluk Edge"
> sources = ["sohr", ""]
> aliases = ["x"]
> colour = "red"
> [[claims]]
> text = "x"
> topic = "weather"
> credibility = 9
> figure = { measure = "killed", min = 8, max = 6 }
> [[corrections]]
> at = 2016-10-03
> kind = "update"
> claim = "b"
> why = "x"
> +++
error[missing-key] content/briefings/d2.md:1:1 a briefing needs `title`
  |+++| `title` is missing
  = write title = "…"
error[no-offset] content/briefings/d2.md:2:8 2016-10-02T21:40:00 has a time but no offset
  |2016-10-02T21:40:00| in which time zone?
  = write the offset, as in 2016-10-02T21:40:00+03:00, or only the date
error[wrong-type] content/briefings/d2.md:3:11 `summary` must be text
  |3| this is a number
  = write summary = "3"
error[bad-word] content/briefings/d2.md:4:8 `kind` cannot be "dayly"
  |"dayly"| not one of the words that are known here
  = did you mean "daily"?
  = write one of flash, daily, situation, explainer, notice
error[bad-id] content/briefings/d2.md:5:8 "Heluk Edge" cannot be `slug`: its slug is "heluk-edge"
  |"Heluk Edge"| not an id
  = write "heluk-edge"
error[empty-text] content/briefings/d2.md:6:20 an item of `sources` is empty
  |""| nothing in it
  = write it, or remove it
error[bad-path] content/briefings/d2.md:7:12 the alias "x" does not end in .html
  |"x"| no path for a redirect
  = write "x.html"
error[unknown-key] content/briefings/d2.md:8:1 `colour` is not a key of a briefing
  |colour| unknown key
  = the keys of a briefing are title, date, updated, as_of, embargo_until, expires, next_due, slug, summary, kind, neighbourhoods, sources, draft, withdrawn, authors, aliases, allow, not_known, not_reached, withheld, extra, claims, corrections
error[missing-key] content/briefings/d2.md:9:1 a claim needs `source`
  |[[claims]]| `source` is missing
  = write source = "…"
error[bad-word] content/briefings/d2.md:11:9 `topic` cannot be "weather"
  |"weather"| not one of the words that are known here
  = did you mean "water"?
  = the topics of site.toml are health, water, food, shelter, movement, security
error[out-of-range] content/briefings/d2.md:12:15 `credibility` is out of range
  |9| too small or too large
  = write a number from 1 to 6
error[bad-order] content/briefings/d2.md:13:47 `max` is smaller than `min`
  |6| too small
  13:38 |8| larger
  = min, best and max must rise
error[unknown-claim] content/briefings/d2.md:17:9 `claim` names no claim of this briefing: "b"
  |"b"| no such claim
  = give the claim that is meant an `id`, and write it as `claim`
"##,
        |text| diagnostics_of(Kind::Briefing, "d2", text, &site()),
    );
}

#[test]
fn several_syntax_errors_do_not_hide_each_other_or_what_can_be_read() {
    briefing(
        r##"
> summary = hello
> kind = "dayly"
> updated = 2016-02-30
> draft = yes
error[toml-syntax] content/briefings/d2.md:4:11 text must stand between straight quotes
  |hello| here
  = write "hello"
error[bad-word] content/briefings/d2.md:5:8 `kind` cannot be "dayly"
  |"dayly"| not one of the words that are known here
  = did you mean "daily"?
  = write one of flash, daily, situation, explainer, notice
error[bad-date] content/briefings/d2.md:6:11 2016-02-30 is not a date that exists
  |2016-02-30| expected day between 01 and 29
  = check the month, the day and the hour
error[toml-syntax] content/briefings/d2.md:7:9 this is no value that TOML knows
  |yes| here
  = write true or false
"##,
    );
}
