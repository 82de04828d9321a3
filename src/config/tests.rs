use super::*;
use crate::diag;

const FULL: &str = r#"
title     = "East Aleppo briefings"
base_url  = "https://example.org/aleppo"
language  = "en"
languages = ["en", "ar", "pt-br"]
timezone  = "Asia/Damascus"
theme     = "plain"
page_size = 20
contact   = "desk@example.org"
licence   = "CC-BY-4.0"
html      = "sanitise"
topics    = ["health", "water"]
mirrors   = ["https://mirror.example.org/"]
onion     = "http://kpubjofw3ntlpd5vkaqjxlcdh4pv3fiysu7hk5bj7jiqkj4plygmdoqd.onion"
[parties]
opposition = "Opposition"
government = "Government and its allies"
[outputs]
feeds = false
[budget]
page = 20000
[extra]
colour = "red"
"#;

#[test]
fn a_full_site_toml_gives_what_it_says() {
    let (config, diagnostics) = parse("site.toml", FULL);
    assert_eq!(diagnostics, []);
    let config = config.unwrap();
    assert_eq!(config.base_url.as_deref(), Some("https://example.org/aleppo/"), "ends in a slash");
    assert_eq!(
        config.onion.as_deref(),
        Some("http://kpubjofw3ntlpd5vkaqjxlcdh4pv3fiysu7hk5bj7jiqkj4plygmdoqd.onion/")
    );
    assert_eq!(config.timezone_name.as_ref(), "Asia/Damascus");
    assert_eq!((config.page_size, config.html), (20, HtmlPolicy::Sanitise));
    assert_eq!(
        config.party_ids(),
        ["opposition", "government", "none", "unknown"],
        "in the order of the file"
    );
    assert_eq!(config.outputs, Outputs { feeds: false, ..Outputs::default() });
    assert_eq!(config.budget, Budget { page: 20_000, ..Budget::default() });
    assert_eq!(config.extra["colour"].as_str(), Some("red"));
}

#[test]
fn a_title_is_enough_and_the_rest_is_as_without_a_site_toml() {
    let (config, diagnostics) = parse("site.toml", "title = \"Briefings\"\nbase_url = \"\"\nonion = \"\"\n");
    assert_eq!(diagnostics, []);
    assert_eq!(format!("{:?}", config.unwrap()), format!("{:?}", Config::default()));
}

#[test]
fn the_default_language_is_the_only_one_where_none_are_listed() {
    let (config, _) = parse("site.toml", "title = \"B\"\nlanguage = \"ar\"\n");
    assert_eq!(config.unwrap().languages, ["ar".into()]);
}

#[test]
fn every_fault_is_one_of_the_set_up_and_leaves_no_config() {
    let (config, diagnostics) = parse("site.toml", "titel = \"x\"\n");
    assert!(config.is_none());
    assert!(diagnostics.iter().all(|diagnostic| diagnostic.cause == diag::Cause::Setup));
}

/// Below a title, from line 2 on; lines that begin with `>` are what is written.
fn check(transcript: &str) {
    let mut found = String::new();
    for block in transcript.trim().split("\n\n") {
        let written: Vec<_> = block.lines().filter_map(|line| line.strip_prefix("> ")).collect();
        let (_, mut diagnostics) = parse("site.toml", &format!("title = \"B\"\n{}\n", written.join("\n")));
        diag::sort(&mut diagnostics);
        found += &format!("> {}\n", written.join("\n> "));
        found.extend(diagnostics.iter().map(told));
        found.push('\n');
    }
    assert_eq!(found.trim(), transcript.trim(), "found:\n\n{found}");
}

fn told(diagnostic: &Diagnostic) -> String {
    let place = diagnostic.place.as_ref().unwrap();
    let Diagnostic { code, message, label, .. } = diagnostic;
    let mark = &place.excerpt[place.mark.clone()];
    let help: String = diagnostic.help.iter().map(|help| format!("  = {help}\n")).collect();
    format!("{code} {}:{} {message}\n  |{mark}| {label}\n{help}", place.line, place.column)
}

#[test]
fn faults_of_a_site_toml_are_told_with_a_remedy() {
    check(
        r##"
> base_url = "example.org"
bad-url 2:12 `base_url` is not a web address
  |"example.org"| not http:// or https:// with a host
  = write base_url = "https://example.org"

> base_url = "https://example.org/?a=b"
bad-url 2:12 `base_url` has a query or a fragment
  |"https://example.org/?a=b"| pages cannot be below it
  = write the address of the folder that the site lives in

> language = "EN"
> languages = ["en", "zh-Hans", "ar-SY", "PT-br"]

> language = "ar"
> languages = ["en"]
bad-language 2:12 "ar" is the default language, and not one of `languages`
  |"ar"| not in `languages`
  = add "ar" to `languages`, or set `language` to one of them

> languages = ["ar"]
bad-language 2:1 "en" is the default language, and not one of `languages`
  |languages| not in `languages`
  = add "en" to `languages`, or set `language` to one of them

> languages = ["en", "pt_BR", "english", "con"]
bad-language 2:20 "pt_BR" is not a language code
  |"pt_BR"| not a code
  = write "pt-BR"
bad-language 2:29 "english" is not a language code
  |"english"| not a code
  = write a code such as "ar", "en" or "pt-BR"
bad-language 2:40 "con" is not a language code
  |"con"| not a code
  = write a code such as "ar", "en" or "pt-BR"

> languages = ["en", "en"]
repeated-name 2:20 `languages` names "en" twice
  |"en"| the second time
  = remove one of the two

> timezone = "Damascus"
bad-timezone 2:12 "Damascus" is not a time zone
  |"Damascus"| unknown zone
  = did you mean "Asia/Damascus"?

> timezone = "Asia/Damascos"
bad-timezone 2:12 "Asia/Damascos" is not a time zone
  |"Asia/Damascos"| unknown zone
  = did you mean "Asia/Damascus"?

> timezone = "CEST"
bad-timezone 2:12 "CEST" is not a time zone
  |"CEST"| unknown zone
  = did you mean "CET"?

> theme = "../x"
bad-path 2:9 "../x" is not the name of a folder
  |"../x"| not a folder's name
  = write the name of a folder in themes/, without a path

> page_size = 0
out-of-range 2:13 `page_size` is out of range
  |0| too small or too large
  = write a number from 1 to 1000

> page_size = 1001
out-of-range 2:13 `page_size` is out of range
  |1001| too small or too large
  = write a number from 1 to 1000

> html = "raw"
bad-word 2:8 `html` cannot be "raw"
  |"raw"| not one of the words that are known here
  = write one of escape, sanitise

> topics = ["Public health"]
bad-id 2:11 "Public health" cannot be a topic: its slug is "public-health"
  |"Public health"| not an id
  = write "public-health"

> onion = "https://example.org"
bad-url 2:9 `onion` is not an onion address
  |"https://example.org"| its host does not end in .onion
  = write http://….onion/, or remove `onion`

> mirrors = ["ftp://x"]
bad-url 2:12 an item of `mirrors` is not a web address
  |"ftp://x"| not http:// or https:// with a host
  = write "https://…"

> mirrors = "https://x.org"
wrong-type 2:11 `mirrors` must be a list of addresses
  |"https://x.org"| this is text
  = write mirrors = ["https://x.org"]

> [parties]
> none = "Nobody"
> "Side A" = "A"
bad-id 3:1 the party `none` is always there, and cannot be defined
  |none| reserved
  = choose another id, or remove the line
bad-id 4:1 "Side A" cannot be a party: its slug is "side-a"
  |"Side A"| not an id
  = write "side-a"

> [outputs]
> feed = true
unknown-key 3:1 `feed` is not a key of [outputs]
  |feed| unknown key
  = did you mean `feeds`?

> [budget]
> page = "14 KB"
wrong-type 3:8 `page` must be a whole number
  |"14 KB"| this is text
  = write page = 1

> page_sise = 3
unknown-key 2:1 `page_sise` is not a key of site.toml
  |page_sise| unknown key
  = did you mean `page_size`?
"##,
    );
}

#[test]
fn the_example_of_every_key_is_read_without_a_fault() {
    for (kind, read) in FILE_KINDS
        .into_iter()
        .zip([|text: &str| parse("site.toml", text).1, |text: &str| parse_theme("theme.toml", text).1])
    {
        let entries = kind.table.keys.iter().map(|key| match (key.example(), key.value.table()) {
            (Some(example), _) => format!("{} = {example}\n", key.name),
            (None, Some(table)) => {
                let inner =
                    table.keys.iter().filter_map(|key| Some(format!("{} = {}", key.name, key.example()?)));
                let inner = format!("{{ {} }}", inner.collect::<Vec<_>>().join(", "));
                let is_list = matches!(key.value, crate::toml::ValueType::List(_));
                format!("{} = {}\n", key.name, if is_list { format!("[{inner}]") } else { inner })
            }
            (None, None) => panic!("`{}` has no example", key.name),
        });
        let full: String = entries.collect();
        assert_eq!(read(&full), [], "{full}");
        assert_eq!(read(kind.example), []);
    }
}
