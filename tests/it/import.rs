//! Sites of other generators, imported by the real program: what comes in, what is reported, and that it builds.

use expect_test::{Expect, expect};

use crate::common::{NOW, Run, Site, program};

/// A site of another generator, and an empty folder for the new one.
struct Import {
    old: Site,
    new: Site,
    generator: &'static str,
}

impl Import {
    fn of(generator: &'static str, old: &str) -> Self {
        Self { old: Site::new(old), new: Site::empty(), generator }
    }

    fn run(&self, more: &[&str]) -> Run {
        let old = self.old.root().to_str().unwrap();
        let new = self.new.root().to_str().unwrap();
        let arguments = ["import", self.generator, old, "--root", new, "--now", NOW];
        let run = Run::of(&mut program(&[&arguments, more].concat()));
        let shown = |text: String| text.replace(old, "OLD").replace(new, "NEW");
        Run { code: run.code, stdout: shown(run.stdout), stderr: shown(run.stderr) }
    }

    /// Imports, builds, and compares the report.
    fn check(&self, report: Expect) -> &Self {
        report.assert_eq(&self.run(&[]).to_string());
        self.new.build();
        self
    }

    fn file(&self, path: &str, expected: Expect) -> &Self {
        expected.assert_eq(&self.new.read(path));
        self
    }
}

const HUGO: &str = r#"
-- hugo.toml --
title = "Harbour desk"
baseURL = "https://example.org/news/"
defaultContentLanguage = "en"
timeZone = "Asia/Damascus"
[languages.en]
[languages.ar]
[permalinks]
notes = "/:year/:slug/"
-- content/_index.md --
---
title: Harbour desk
---
What we know.
-- content/about.md --
---
title: About
date: 2016-01-01
---
A desk of four. <b>Really.</b>
-- content/posts/water-cut.md --
---
title: "Water is cut"
date: 2016-10-02T21:40:00
lastmod: 2016-10-03 08:10:00 +0300
tags: [Old Town, water]
aliases: [/w/, old.html]
weight: 3
author: {name: Desk}
---

{{< figure src="/images/map.png" alt="A map" caption="Who holds what" >}}

See [the bridge]({{< ref "bridge.md#now" >}}), {{</* ref "x" */>}} and [the note](/news/2016/dry/) and {{< youtube abc123 >}}.

{{% notice tip %}}
Boil it.
{{% /notice %}}
-- content/posts/water-cut.ar.md --
---
title: انقطعت المياه
date: 2016-10-02
---
لا ماء.
-- content/posts/bridge/index.md --
+++
title = "The bridge"
date = 2016-10-03
draft = true
+++
![The bridge](bridge.png)

## Now

Closed.
-- content/posts/bridge/bridge.png --
-- content/notes/dry.md --
{"title": "Dry", "date": "2016-10-04T00:00:00Z"}
Nothing. [Gone](/posts/gone/)
-- content/posts/undated.md --
---
title: When?
---
Text.
-- content/posts/broken.md --
---
title: [
---
-- static/images/map.png --
-- static/css/a.css --
"#;

/// The smallest picture.
const PNG: &[u8] = &[
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00,
    0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0x3a, 0x7e, 0x9b, 0x55, 0x00,
    0x00, 0x00, 0x0a, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x60, 0x00, 0x00, 0x00, 0x02, 0x00, 0x01,
    0x48, 0xaf, 0xa4, 0x71, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
];

fn hugo() -> Import {
    let import = Import::of("hugo", HUGO);
    import.old.write_bytes("content/posts/bridge/bridge.png", PNG);
    import.old.write_bytes("static/images/map.png", PNG);
    import
}

#[test]
fn a_site_of_hugo_comes_in_and_what_does_not_is_reported() {
    let import = hugo();
    expect![[r#"
        -- stdout --
        3 briefings (1 draft), 2 pages, 1 translation, 2 pictures and other files, 6 old addresses
        2 pieces of HTML in 1 file: write html = "sanitise" into site.toml to use what is harmless of them; without it they are shown as text
        key "date" has no equivalent, and is kept under [extra] (1 file)
        key "weight" has no equivalent, and is kept under [extra] (1 file)
        key "date" of a translation is left out: a translation is text, and its data comes from the original (1 file)
        content/notes/dry.md:2:10: "/posts/gone/" did not come over, and the link leads to its old address; link to a file of content/ or static/, if there is one
        content/posts/broken.md:3:1: the front matter is not YAML: while parsing a node, did not find expected node content; the page is not imported: mend it and import again
        content/posts/undated.md:4:1: the page has no date, and is not imported; give it a `date` and import again, or copy it to content/ as a plain page
        content/posts/water-cut.md:15:1: the shortcode "notice" has no equivalent, and is left as text; write in Markdown what it showed, or delete it
        static:1:1: 1 style sheets, scripts and fonts of the old theme are not copied; nothing to do: pages have a theme of bulletin

        These terms are kept under [extra]. To make them neighbourhoods, sources or topics, save the lines below as map.toml, fill in { neighbourhood = "…" }, { source = "…" } or { topic = "…" }, and import again into an empty folder with --map map.toml:

        [tags]
        "Old Town" = {} # once
        "water" = {} # once

        bulletin check lists 1 error that stops a build
        -- exit 0 --
    "#]].assert_eq(&import.run(&[]).to_string());
    import
        .file("site.toml", expect![[r#"
            title = "Harbour desk"
            base_url = "https://example.org/news/"
            language = "en"
            languages = ["en", "ar"]
            timezone = "Asia/Damascus"
        "#]])
        .file("content/briefings/water-cut.md", expect![[r#"
            +++
            title = "Water is cut"
            date = 2016-10-02T21:40:00+03:00
            updated = 2016-10-03T08:10:00+03:00
            authors = ["Desk"]
            aliases = ["posts/water-cut/index.html", "w/index.html", "posts/old.html"]

            [extra]
            tags = ["Old Town", "water"]
            weight = 3
            +++

            ![A map](/static/images/map.png "Who holds what")

            See [the bridge](/content/briefings/bridge/index.md#now), {{< ref "x" >}} and [the note](/content/briefings/dry.md) and <https://www.youtube.com/watch?v=abc123>.

            {{% notice tip %}}
            Boil it.
            {{% /notice %}}
        "#]])
        .file("content/briefings/water-cut.ar.md", expect![[r#"
            +++
            title = "انقطعت المياه"
            +++

            لا ماء.
        "#]])
        .file("content/briefings/bridge/index.md", expect![[r#"
            +++
            title = "The bridge"
            date = 2016-10-03
            draft = true
            aliases = ["posts/bridge/index.html"]
            +++

            ![The bridge](bridge.png)

            ## Now

            Closed.
        "#]])
        .file("content/briefings/dry.md", expect![[r#"
            +++
            title = "Dry"
            date = 2016-10-04T00:00:00+00:00
            aliases = ["2016/dry/index.html"]
            +++

            Nothing. [Gone](https://example.org/posts/gone/)
        "#]])
        .file("content/about.md", expect![[r#"
            +++
            title = "About"
            aliases = ["about/index.html"]

            [extra]
            date = "2016-01-01"
            +++

            A desk of four. <b>Really.</b>
        "#]]);
    assert_eq!(import.new.run(&["build", "--drafts", "--now", NOW]).code, Some(0));
}

#[test]
fn a_mapping_makes_tags_neighbourhoods_and_sources() {
    let import = hugo();
    import.new.write("-- map.toml --\n[tags]\n\"old town\" = { neighbourhood = \"old-town\" }\nwater = { topic = \"water\" }\n");
    let map = import.new.path("map.toml");
    let run = import.run(&["--map", map.to_str().unwrap()]);
    assert!(!run.stdout.contains("map.toml"), "{run}");
    let text = import.new.read("content/briefings/water-cut.md");
    assert!(
        text.contains("neighbourhoods = [\"old-town\"]\n") && text.contains("topics = [\"water\"]\n"),
        "{text}"
    );
    assert!(import.new.read("site.toml").contains("topics = [\"water\"]\n"));
}

#[test]
fn the_report_is_json_for_programs() {
    let report: serde_json::Value = serde_json::from_str(&hugo().run(&["--format", "json"]).stdout).unwrap();
    assert_eq!(report["briefings"], 3);
    assert_eq!(report["translations"], 1);
    assert_eq!(report["mapping"], "[tags]\n\"Old Town\" = {} # once\n\"water\" = {} # once\n");
    assert!(report["leftovers"].as_array().unwrap().iter().all(|leftover| leftover["line"].is_u64()));
}

#[test]
fn an_import_writes_all_or_nothing_and_replaces_no_file() {
    let import = hugo();
    import.new.write("-- content/briefings/dry.md --\nMine.\n");
    expect![[r#"
        -- stderr --
        error[file-exists]: already there, and left as they are: content/briefings/dry.md
         = help: nothing was written; move these files away, or import into an empty folder with --root
        -- exit 2 --
    "#]]
    .assert_eq(&import.run(&[]).to_string());
    assert_eq!(import.new.read("content/briefings/dry.md"), "Mine.\n");
    assert!(!import.new.exists("site.toml"));

    let linked = hugo();
    std::fs::create_dir(linked.new.path("content")).unwrap();
    std::os::unix::fs::symlink(linked.old.root(), linked.new.path("content/briefings")).unwrap();
    expect![[r#"
        -- stderr --
        error[bad-import]: content/briefings is a link, and files would be written to its target
         = help: put a folder instead of the link
        -- exit 2 --
    "#]]
    .assert_eq(&linked.run(&[]).to_string());
}

#[test]
fn what_is_no_site_is_refused() {
    let empty = Import::of("jekyll", "-- a.txt --\n");
    expect![[r#"
        -- stderr --
        error[bad-import]: OLD holds no site of Jekyll
         = help: name the folder with its settings, or another generator
        -- exit 2 --
    "#]]
    .assert_eq(&empty.run(&[]).to_string());
    let hugo = hugo();
    hugo.new.write("-- map.toml --\n[tags]\nwater = { place = 1 }\n");
    let map = hugo.new.path("map.toml");
    expect![[r#"
        -- stderr --
        error[bad-mapping]: the mapping file cannot be used
          ┌─ NEW/map.toml:2:11
          │
        2 │ water = { place = 1 }
          │           ^ unknown field `place`, expected one of `neighbourhood`, `source`, `topic`
          │
          = help: write a line for each term, as "old town" = { neighbourhood = "old-town" }
        -- exit 2 --
    "#]]
    .assert_eq(&hugo.run(&["--map", map.to_str().unwrap()]).to_string());
    let root = hugo.old.root().to_str().unwrap();
    let here = Run::of(&mut program(&["import", "hugo", root, "--root", root]));
    expect![[r#"
        -- stderr --
        error[bad-import]: the other site is in the folder of this one
         = help: name another folder with --root: bulletin import hugo DIR --root NEW
        -- exit 2 --
    "#]]
    .assert_eq(&here.to_string());
}

#[test]
fn a_starter_keeps_its_pages_and_gets_the_briefings() {
    let import = hugo();
    import.new.run(&["init"]);
    let run = import.run(&[]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.stdout.contains("content/about.md is there already"), "{run}");
    assert!(import.new.exists("content/briefings/water-cut.md"));
}

#[test]
fn a_site_of_zola_comes_in_with_its_translations_and_addresses() {
    let import = Import::of(
        "zola",
        r#"
-- config.toml --
title = "Harbour desk"
base_url = "https://example.org"
default_language = "en"
[languages.fr]
-- content/_index.md --
+++
title = "Harbour desk"
+++
-- content/blog/_index.md --
+++
title = "Blog"
+++
-- content/blog/2016-10-02-water.md --
+++
title = "Water"
updated = 2016-10-03
[taxonomies]
tags = ["water"]
[extra]
lead = "yes"
+++
Old. <!-- more --> See [the bridge](@/blog/bridge/index.md).

{{ youtube(id="abc") }} and {{ chart(n=3) }}

{% quote(author="A") %}
Text
{% end %}
-- content/blog/2016-10-02-water.fr.md --
+++
title = "Eau"
+++
Vieux.
-- content/blog/bridge/index.md --
+++
title = "Bridge"
date = 2016-10-04
slug = "the-bridge"
aliases = ["old/bridge"]
+++
![Bridge](bridge.png)
-- content/blog/bridge/bridge.png --
"#,
    );
    import.old.write_bytes("content/blog/bridge/bridge.png", PNG);
    import
        .check(expect![[r#"
            -- stdout --
            2 briefings (0 drafts), 1 page, 1 translation, 1 picture or other file, 3 old addresses
            key "lead" has no equivalent, and is kept under [extra] (1 file)
            content/blog/2016-10-02-water.md:11:29: the shortcode "chart" has no equivalent, and is left as text; write in Markdown what it showed, or delete it
            content/blog/2016-10-02-water.md:13:1: the shortcode "quote" has no equivalent, and is left as text; write in Markdown what it showed, or delete it
            content/blog/_index.md:4:1: a section without a text is not imported; nothing to do: bulletin makes its lists itself
            site.toml:1:1: the other site names no time zone: times without an offset are taken as UTC; write `timezone` into site.toml, and put such times right

            These terms are kept under [extra]. To make them neighbourhoods, sources or topics, save the lines below as map.toml, fill in { neighbourhood = "…" }, { source = "…" } or { topic = "…" }, and import again into an empty folder with --map map.toml:

            [tags]
            "water" = {} # once

            the site builds: run bulletin serve to read it
            -- exit 0 --
        "#]])
        .file("content/briefings/water.md", expect![[r#"
            +++
            title = "Water"
            date = 2016-10-02
            updated = 2016-10-03
            aliases = ["blog/water/index.html"]

            [extra]
            tags = ["water"]
            lead = "yes"
            +++

            Old. <!-- more --> See [the bridge](/content/briefings/the-bridge/index.md).

            <https://www.youtube.com/watch?v=abc> and {{ chart(n=3) }}

            {% quote(author="A") %}
            Text
            {% end %}
        "#]])
        .file("content/briefings/water.fr.md", expect![[r#"
            +++
            title = "Eau"
            +++

            Vieux.
        "#]])
        .file("content/briefings/the-bridge/index.md", expect![[r#"
            +++
            title = "Bridge"
            date = 2016-10-04
            aliases = ["blog/the-bridge/index.html", "old/bridge/index.html"]
            +++

            ![Bridge](bridge.png)
        "#]]);
}

#[test]
fn a_site_of_jekyll_comes_in_with_its_posts_drafts_and_pages() {
    let import = Import::of(
        "jekyll",
        r##"
-- _config.yml --
title: Harbour desk
url: https://example.org
baseurl: /news
timezone: Asia/Damascus
permalink: /:categories/:year/:month/:day/:title/
-- _posts/2016-10-02-water-cut.md --
---
layout: post
title: Water is cut
date: 2016-10-02 21:40:00 +0300
categories: city water
tags: [old town]
redirect_from: /w
---
{% highlight sh %}
echo {{ x }}
{% endhighlight %}

See [the bridge]({% post_url 2016-10-03-bridge %}), [about]({% link about.md %}) and [a map]({{ site.baseurl }}/assets/map.png){:target="_blank"}.

![Far](https://example.com/far.png)

{% include toc.html %}
{% raw %}{{ shown }}{% endraw %}
-- _posts/2016-10-03-bridge.md --
# The bridge

Closed. [Water](/news/city/water/2016/10/02/water-cut/)
-- _drafts/soon.md --
---
title: Soon
---
Not yet.
-- about.md --
---
title: About
permalink: /about/
---
A desk.
-- index.html --
---
layout: home
---
-- assets/map.png --
-- _includes/toc.html --
"##,
    );
    import.old.write_bytes("assets/map.png", PNG);
    import
        .check(expect![[r#"
            -- stdout --
            3 briefings (1 draft), 1 page, 0 translations, 1 picture or other file, 4 old addresses
            key "layout" has no equivalent, and is kept under [extra] (1 file)
            _drafts/soon.md:1:1: the draft has no date, and has that of the import; write its date when it is published
            _posts/2016-10-02-water-cut.md:13:128: the attributes {:target="_blank"} are left out; nothing to do: the theme decides how a text looks
            _posts/2016-10-02-water-cut.md:15:1: the picture "https://example.com/far.png" is on another server or did not come over, and is a link now; put a copy into static/ and show that
            _posts/2016-10-02-water-cut.md:17:1: the Liquid tag "include" has no equivalent, and is left as text; write in Markdown what it showed, or delete it
            _posts/2016-10-03-bridge.md:1:1: the page has no title, and takes that of its first heading; write a better one, if needed
            index.html:4:1: a page of the old theme is not imported; nothing to do: bulletin makes its lists itself

            These terms are kept under [extra]. To make them neighbourhoods, sources or topics, save the lines below as map.toml, fill in { neighbourhood = "…" }, { source = "…" } or { topic = "…" }, and import again into an empty folder with --map map.toml:

            [categories]
            "city" = {} # once
            "water" = {} # once
            [tags]
            "old town" = {} # once

            the site builds: run bulletin serve to read it
            -- exit 0 --
        "#]])
        .file("content/briefings/water-cut.md", expect![[r#"
            +++
            title = "Water is cut"
            date = 2016-10-02T21:40:00+03:00
            aliases = ["city/water/2016/10/02/water-cut/index.html", "w/index.html"]

            [extra]
            tags = ["old town"]
            categories = ["city", "water"]
            layout = "post"
            +++

            ```sh
            echo {{ x }}
            ```

            See [the bridge](/content/briefings/bridge.md), [about](/content/about.md) and [a map](/static/assets/map.png).

            [Far](<https://example.com/far.png>)

            {% include toc.html %}
            {{ shown }}
        "#]])
        .file("content/briefings/bridge.md", expect![[r#"
            +++
            title = "The bridge"
            date = 2016-10-03
            aliases = ["2016/10/03/bridge/index.html"]
            +++

            # The bridge

            Closed. [Water](/content/briefings/water-cut.md)
        "#]])
        .file("content/briefings/soon.md", expect![[r#"
            +++
            title = "Soon"
            date = 2031-06-01
            draft = true
            +++

            Not yet.
        "#]]);
    assert!(
        import.new.output("city/water/2016/10/02/water-cut/index.html").contains("briefings/water-cut.html")
    );
}

#[test]
fn mounted_folders_of_hugo_come_in_with_their_languages_and_pictures() {
    let import = Import::of(
        "hugo",
        r##"
-- hugo.toml --
title = "Harbour desk"
baseURL = "https://example.org/"
[languages.en]
[languages.ar]
[module]
[[module.mounts]]
source = "text/en"
target = "content"
lang = "en"
[[module.mounts]]
source = "text/ar"
target = "content"
lang = "ar"
[[module.mounts]]
source = "text/news"
target = "content/news"
[[module.mounts]]
source = "files"
target = "static/files"
[[module.mounts]]
source = "../elsewhere"
target = "content/more"
-- text/en/posts/water.md --
---
title: Water
date: 2016-10-02
---
## 🚰 Taps / wells {#taps/wells}

See [taps](#taps/wells), [the bridge](/news/bridge/#when%3F) and [a list](/files/list.pdf).

![Map](images/map.png)
-- text/ar/posts/water.md --
---
title: ماء
date: 2016-10-02
---
نص
-- text/news/bridge.md --
---
title: Bridge
date: 2016-10-03
---
## When? {#when?}

Now. [Taps](/posts/water/#taps/wells)
-- files/list.pdf --
%PDF-1.4
-- assets/images/map.png --
x
-- assets/scss/main.scss --
x
"##,
    );
    expect![[r#"
        -- stdout --
        2 briefings (0 drafts), 0 pages, 1 translation, 2 pictures and other files, 2 old addresses
        key "date" of a translation is left out: a translation is text, and its data comes from the original (1 file)
        assets:1:1: 1 file of assets/ that no text names did not come over; copy pictures that readers need into static/
        hugo.toml:1:1: what is mounted from "../elsewhere" is not read; copy it into the folder of the site first, if readers need it
        site.toml:1:1: the other site names no time zone: times without an offset are taken as UTC; write `timezone` into site.toml, and put such times right
        text/en/posts/water.md:5:19: the id "taps/wells" of a heading is "taps-wells" now; nothing to do: links of this site follow; those on other sites lead to the page
        text/news/bridge.md:5:10: the id "when?" of a heading is "when" now; nothing to do: links of this site follow; those on other sites lead to the page

        bulletin check lists 1 error that stops a build
        -- exit 0 --
    "#]].assert_eq(&import.run(&[]).to_string());
    import
        .file("content/briefings/water.md", expect![[r#"
            +++
            title = "Water"
            date = 2016-10-02
            aliases = ["posts/water/index.html"]
            +++

            ## 🚰 Taps / wells {#taps-wells}

            See [taps](#taps-wells), [the bridge](/content/briefings/bridge.md#when) and [a list](/static/files/list.pdf).

            ![Map](/static/images/map.png)
        "#]])
        .file("content/briefings/bridge.md", expect![[r#"
            +++
            title = "Bridge"
            date = 2016-10-03
            aliases = ["news/bridge/index.html"]
            +++

            ## When? {#when}

            Now. [Taps](/content/briefings/water.md#taps-wells)
        "#]]);
    assert!(import.new.exists("content/briefings/water.ar.md"));
    assert!(import.new.exists("static/images/map.png"));
    assert!(import.new.exists("static/files/list.pdf"));
}

#[test]
fn collections_and_ids_of_jekyll_come_in() {
    let import = Import::of(
        "jekyll",
        r##"
-- _config.yml --
title: Harbour desk
url: https://example.org
permalink: pretty
collections:
  guides:
    output: true
  people:
    output: false
  alerts:
    output: true
    permalink: /alert/:name/
-- _guides/water.md --
---
title: Water
---
## Taps
{: #taps/old .wide}

## Wells {: #wells}

A note.
{: #note}

See [taps](#taps/old) and [wells](#wells).

![Map](/guides/map.png)
-- _guides/map.png --
x
-- _alerts/fire.md --
---
title: Fire
date: 2016-10-02
---
[Taps](/guides/water/#taps/old), [again](/alert/fire/)
-- _people/zoe.md --
---
title: Zoe
---
Text.
"##,
    );
    expect![[r#"
        -- stdout --
        1 briefing (0 drafts), 1 page, 0 translations, 1 picture or other file, 2 old addresses
        _guides/water.md:5:1: the attributes .wide of a heading are left out; nothing to do: the theme decides how a heading looks
        _guides/water.md:5:1: the id "taps/old" of a heading is "taps-old" now; nothing to do: links of this site follow; those on other sites lead to the page
        _guides/water.md:10:1: the id "note" is left out: only headings have ids that links can lead to; make a heading above the text, with {#id} behind it
        _people:1:1: the collection _people/ is not imported (files: 1); if readers need it, write it under `collections` in _config.yml with output: true, and import again
        site.toml:1:1: the other site names no time zone: times without an offset are taken as UTC; write `timezone` into site.toml, and put such times right

        bulletin check lists 1 error that stops a build
        -- exit 0 --
    "#]].assert_eq(&import.run(&[]).to_string());
    import
        .file(
            "content/water.md",
            expect![[r#"
        +++
        title = "Water"
        aliases = ["guides/water/index.html"]
        +++

        ## Taps {#taps-old}

        ## Wells {#wells}

        A note.


        See [taps](#taps-old) and [wells](#wells).

        ![Map](/static/guides/map.png)
    "#]],
        )
        .file(
            "content/briefings/fire.md",
            expect![[r#"
        +++
        title = "Fire"
        date = 2016-10-02
        aliases = ["alert/fire/index.html"]
        +++

        [Taps](/content/water.md#taps-old), [again](/content/briefings/fire.md)
    "#]],
        );
    assert!(import.new.exists("static/guides/map.png"));
}

#[test]
fn a_report_becomes_a_draft_with_claims_to_choose() {
    let site = Site::empty();
    site.run(&["init"]);
    site.write("-- wire.txt --\nPump fails\nOLD TOWN, 2 October 2016\n\nThe City Water Utility said 3 pumps failed in Old Town. People queue.\n");
    expect![[r#"
        -- stdout --
        content/briefings/pump-fails.md: a draft; offered as claims, in comments of its front matter: 1 sentence
        -- exit 0 --
    "#]].assert_eq(&site.run(&["import", "wire", "wire.txt"]).to_string());
    expect![[r#"
        +++
        title = "Pump fails"
        date = 2016-10-02
        draft = true
        # The text names these. Take away the # where the briefing is about them:
        # neighbourhoods = ["old-town"]
        # sources = ["city-water-utility"]

        # These sentences have a number, or say who said something. Where one is a claim, take away the # and write
        # who says so:
        #
        # [[claims]]
        # text = "The City Water Utility said 3 pumps failed in Old Town."
        # source = "" # it names: city-water-utility
        # neighbourhoods = ["old-town"]
        +++

        OLD TOWN, 2 October 2016

        The City Water Utility said 3 pumps failed in Old Town. People queue.
    "#]].assert_eq(&site.read("content/briefings/pump-fails.md"));
    site.build();
    let again = site.run(&["import", "wire", "wire.txt"]);
    assert_eq!(again.code, Some(2), "{again}");
}
