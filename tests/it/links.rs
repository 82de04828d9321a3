//! Crawls built sites without the build's own link check: as files, at the root of a server and below a
//! path, every link resolves and every page can be reached.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::Write as _;
use std::sync::LazyLock;

use expect_test::expect;

use crate::common::built::{self, Tree, demo, output_of, port_brine, port_brine_with_output};
use crate::common::html::{Page, is_external, resolve, within};
use crate::common::http::{get, host};
use crate::common::{Site, tree};

/// The parsed pages of an output.
struct Built<'t> {
    pages: BTreeMap<&'t str, Page>,
}

impl<'t> Built<'t> {
    fn new(files: &'t Tree) -> Self {
        let pages = built::pages(files).map(|(path, html)| (path, Page::parse(html))).collect();
        Self { pages }
    }

    fn page(&self, path: &str) -> &Page {
        self.pages.get(path).unwrap_or_else(|| panic!("there is no {path}"))
    }

    /// The targets of the links on a page that match a selector.
    fn leads(&self, path: &str, selector: &str) -> Vec<String> {
        let hrefs = self.page(path).values(selector, "href").into_iter().filter(|href| !is_external(href));
        hrefs.map(|href| resolve(path, &href).0).collect()
    }

    /// The pages of briefings in the default language.
    fn briefings(&self) -> BTreeSet<String> {
        let is_briefing = |path: &&str| {
            let name = path.strip_prefix("briefings/").unwrap_or_default();
            !name.is_empty() && !name.contains('/') && name != "index.html" && !name.starts_with("page-")
        };
        let all = self.pages.keys().copied().filter(is_briefing);
        all.filter(|path| !is_aside(self.page(path))).map(str::to_owned).collect()
    }
}

/// A page without links to it: the one for missing pages, a redirect, a stub.
fn is_aside(page: &Page) -> bool {
    page.has("meta[name=robots][content=noindex]")
}

/// The demo, a small site with two items on a page, and a larger one in two languages.
fn sites() -> [Built<'static>; 3] {
    [demo(), port_brine(), &*GENERATED].map(Built::new)
}

static GENERATED: LazyLock<Tree> = LazyLock::new(|| output_of(&generated()));

/// The number of its briefings.
const BRIEFINGS: usize = 41;

/// Briefings that link to each other, with places, sources and claims, five on a page.
fn generated() -> Site {
    let site = Site::new(
        "-- site.toml --\ntitle = \"Generated\"\nlanguage = \"en\"\nlanguages = [\"en\", \"ar\"]\ntimezone = \"UTC\"\npage_size = 5\n",
    );
    for number in 0..BRIEFINGS {
        let (place, source, day) = (number % 12, number % 7, number % 9 + 1);
        let mut text = format!(
            "-- content/briefings/b{number}.md --\n+++\ntitle = \"Briefing {number}\"\ndate = 2031-05-{day:02}T{:02}:00:00Z\nsummary = \"S\"\nneighbourhoods = [\"Place {place}\", \"Common\"]\nsources = [\"Source {source}\"]\n[[claims]]\nid = \"c\"\ntext = \"Claim {number}\"\nsource = \"Voice\"\nhappened = \"2031-04-{day:02}\"\n+++\n## Part\n\n[there](place:common)\n",
            number % 24,
        );
        if number > 2 {
            writeln!(text, "[before](b{}.md#part) and [its claim](claim:b{}/c)", number / 2, number - 1)
                .unwrap();
        }
        if number % 3 == 0 {
            writeln!(
                text,
                "-- content/briefings/b{number}.ar.md --\n+++\ntitle = \"إحاطة {number}\"\n+++\n## جزء"
            )
            .unwrap();
        }
        site.write(&text);
    }
    site
}

/// How a reader opens a file of the site.
type Fetch<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

/// Opens each file that links lead to from index.html, once; returns their paths.
fn crawl(fetch: Fetch<'_>) -> BTreeSet<String> {
    let mut reached: BTreeMap<String, Option<BTreeSet<String>>> = BTreeMap::new();
    let mut queue = VecDeque::from([("index.html".to_owned(), "the start".to_owned())]);
    let mut fragments = Vec::new();
    while let Some((path, from)) = queue.pop_front() {
        if reached.contains_key(&path) {
            continue;
        }
        let bytes = fetch(&path).unwrap_or_else(|| panic!("{from} leads to {path}, which is not there"));
        let page = path.ends_with(".html").then(|| Page::parse(&String::from_utf8(bytes).unwrap()));
        for href in page.iter().flat_map(asks_for) {
            if is_external(&href) {
                continue;
            }
            let (target, fragment) = resolve(&path, &href);
            if !fragment.is_empty() {
                fragments.push((path.clone(), target.clone(), fragment));
            }
            queue.push_back((target, path.clone()));
        }
        reached.insert(path, page.as_ref().map(ids));
    }
    for (from, target, fragment) in fragments {
        let ids = reached[&target].as_ref().unwrap_or_else(|| panic!("{from}: {target} has no parts"));
        assert!(ids.contains(&fragment), "{from} leads to {target}#{fragment}, which is not there");
    }
    reached.into_keys().collect()
}

/// Every URL of a page, of links and of resources.
fn asks_for(page: &Page) -> Vec<String> {
    let mut urls = page.values("[href]", "href");
    urls.extend(page.values("[src]", "src"));
    let refresh = page.values("meta[http-equiv=refresh]", "content");
    urls.extend(refresh.iter().filter_map(|content| Some(content.split_once("url=")?.1.to_owned())));
    urls
}

fn ids(page: &Page) -> BTreeSet<String> {
    page.values("[id]", "id").into_iter().collect()
}

fn assert_all_is_reached(files: &Tree, fetch: Fetch<'_>) {
    let reached = crawl(fetch);
    for (path, html) in built::pages(files).filter(|(path, _)| !reached.contains(*path)) {
        let page = Page::parse(html);
        assert!(is_aside(&page), "nothing leads to {path}");
        // The links of pages without links to them resolve too.
        for href in asks_for(&page).iter().filter(|href| !is_external(href)) {
            let target = resolve(path, href).0;
            assert!(fetch(&target).is_some(), "{path} leads to {target}, which is not there");
        }
    }
}

fn ask(url: &str) -> impl Fn(&str) -> Option<Vec<u8>> {
    let url = url.to_owned();
    move |path: &str| {
        let path: Vec<String> = path.split('/').map(encoded).collect();
        let answer = get(&format!("{url}{}", path.join("/")));
        (answer.status == 200).then_some(answer.bytes)
    }
}

fn encoded(part: &str) -> String {
    percent_encoding::utf8_percent_encode(part, percent_encoding::NON_ALPHANUMERIC).to_string()
}

#[test]
fn law_6_every_link_resolves_and_every_page_is_reached_without_a_server() {
    for files in [demo(), port_brine(), &*GENERATED] {
        assert_all_is_reached(files, &|path| files.get(path).cloned());
    }
}

#[test]
fn law_6_links_to_what_a_language_leaves_out_lead_to_the_original() {
    let site = Site::named("port-brine");
    site.edit("site.toml", "[parties]", "untranslated = \"leave-out\"\n\n[parties]");
    site.build();
    let files = tree(&site.public());
    assert_all_is_reached(&files, &|path| files.get(path).cloned());
    let is_article =
        |path: &str| path.ends_with(".html") && !path.ends_with("index.html") && !path.contains("page-");
    let of_articles = |folder: &str| -> Vec<String> {
        let in_folder =
            files.keys().filter_map(|path| path.strip_prefix(folder)).filter(|path| is_article(path));
        in_folder.map(|path| path.trim_end_matches(".html").to_owned()).collect()
    };
    assert_eq!(of_articles("ar/briefings/"), ["water-cut"]);
    assert!(site.exists("public/ar/about.html"));
    // Places and days are pages of every language.
    assert_eq!(of_articles("ar/neighbourhoods/"), of_articles("neighbourhoods/"));
    assert_eq!(of_articles("ar/dates/"), of_articles("dates/"));
}

#[test]
fn law_6_every_link_resolves_at_the_root_of_a_server_and_below_a_path() {
    let site = port_brine_with_output();
    for mount in ["", "/a/b"] {
        let url = host(&site.public(), mount);
        assert_all_is_reached(port_brine(), &ask(&url));
    }
}

#[test]
fn law_6_no_file_contains_the_base_url_but_for_absolute_links() {
    let [one, other] = ["https://one.example/", "https://other.example/deep/"].map(|base| {
        let site = Site::named("port-brine");
        let run = site.run(&["build", "--now", crate::common::NOW, "--base-url", base]);
        assert_eq!(run.code, Some(0), "{run}");
        tree(&site.public())
    });
    // Only absolute URLs may have it, and what says where a copy is from: the footer, and the record for signatures.
    let differs =
        one.iter().filter(|(path, bytes)| other.get(*path) != Some(bytes)).map(|(path, _)| path.as_str());
    let is_feed = |path: &str| path.ends_with(".atom") || path.ends_with("feed.json");
    // Records have no address of the site, and what describes them has.
    let describes_data = |path: &str| {
        path.starts_with("data/schema/") || path.contains("/datapackage.") || path == "data/site.json"
    };
    let wanted = |path: &str| {
        is_feed(path)
            || describes_data(path)
            || matches!(path, "404.html" | "SHA256SUMS" | "copy.json" | "robots.txt" | "sitemap.xml")
    };
    // A text names the URL of its page, since it is passed on alone.
    let is_page = |path: &str| path.ends_with(".html") || path.ends_with(".txt");
    let odd: Vec<&str> = differs.filter(|path| !wanted(path) && !is_page(path)).collect();
    assert!(odd.is_empty(), "{odd:?}");
    for (path, bytes) in one.iter().filter(|(path, _)| path.ends_with(".html") && *path != "404.html") {
        let page = Page::parse(std::str::from_utf8(bytes).unwrap());
        let absolute: Vec<String> = page
            .values("body > :not(footer) a[href], body > a[href]", "href")
            .into_iter()
            .filter(|href| href.contains("one.example"))
            .collect();
        assert!(absolute.is_empty(), "{path}: {absolute:?}");
    }
}

#[test]
fn every_list_item_links_to_its_places_sources_and_dates() {
    let built = Built::new(&GENERATED);
    let mut items = 0;
    for (path, page) in &built.pages {
        for item in page.all("ol.items > li") {
            for kind in ["briefings/", "neighbourhoods/", "sources/", "dates/"] {
                let hrefs = within(&item, "a[href]").filter_map(|a| a.attr("href"));
                let mut leads = hrefs.map(|href| resolve(path, href).0);
                assert!(leads.any(|target| target.contains(kind)), "{path}: an item leads to no {kind}");
            }
            assert_eq!(within(&item, ":is(h2, h3)").count(), 1, "{path}: an item has a title");
            items += 1;
        }
    }
    assert!(items > BRIEFINGS * 4, "briefings are on home, in lists and on dates, in each language");
}

#[test]
fn a_briefing_lists_its_backlinks() {
    for built in sites() {
        let briefings = built.briefings();
        let mut links = 0;
        for from in &briefings {
            for to in built.leads(from, "div.b a[href]") {
                if to == *from || !briefings.contains(&to) {
                    continue;
                }
                let back = built.leads(&to, "main section > ul.index a[href]");
                assert!(back.contains(from), "{to} does not say that {from} links to it");
                links += 1;
            }
        }
        assert!(links > 0, "the site has links between briefings");
    }
}

#[test]
fn earlier_and_later_reach_all_briefings() {
    for built in sites() {
        for prefix in ["", "ar/"] {
            let newest =
                built.leads(&format!("{prefix}briefings/index.html"), "ol.items :is(h2, h3) a[href]");
            let mut walked = Vec::new();
            let mut next = newest.first().cloned();
            while let Some(path) = next {
                next = built.leads(&path, "nav.walk a[rel=prev]").pop();
                if let Some(older) = &next {
                    assert_eq!(built.leads(older, "nav.walk a[rel=next]"), [path.as_str()], "{older}");
                }
                walked.push(path);
                assert!(walked.len() <= built.pages.len(), "the walk goes in a circle");
            }
            let wanted: BTreeSet<String> =
                built.briefings().iter().map(|path| format!("{prefix}{path}")).collect();
            assert_eq!(walked.len(), wanted.len());
            assert_eq!(walked.into_iter().collect::<BTreeSet<_>>(), wanted);
        }
    }
}

/// The items of each page of a list, newest first.
fn list(built: &Built<'_>, first: &str, items: &str) -> Vec<(String, Vec<String>)> {
    let mut pages = Vec::new();
    let mut next = Some(first.to_owned());
    while let Some(path) = next {
        pages.push((path.clone(), built.leads(&path, items)));
        next = built.leads(&path, "nav.pager a[rel=next]").pop();
        assert!(pages.len() < 100, "{first} pages in a circle");
    }
    pages
}

fn assert_cut_into(pages: &[(String, Vec<String>)], size: usize, wanted: usize) {
    let (newest, numbered) = pages.split_first().unwrap();
    assert!(newest.1.len() < 2 * size, "{} holds {}", newest.0, newest.1.len());
    for (path, items) in numbered {
        assert_eq!(items.len(), size, "{path}");
    }
    let all: Vec<&String> = pages.iter().flat_map(|(_, items)| items).collect();
    assert_eq!(all.len(), wanted, "{}", newest.0);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), wanted, "{}: each item once", newest.0);
}

#[test]
fn paginated_lists_have_every_item_once() {
    let built = Built::new(&GENERATED);
    let titles = "ol.items :is(h2, h3) a[href]";
    let places = list(&built, "neighbourhoods/index.html", "main ul.index a[href]");
    for prefix in ["", "ar/"] {
        let all = list(&built, &format!("{prefix}briefings/index.html"), titles);
        assert_cut_into(&all, 5, BRIEFINGS);
        assert_eq!(all.len(), BRIEFINGS / 5);
    }
    assert_cut_into(&places, 5, 13);
    // Every briefing names one place; its claims and briefings are split at the same numbers.
    assert_cut_into(&list(&built, "neighbourhoods/common.html", "main ol.index a[href]"), 5, BRIEFINGS);
    let claims = list(&built, "neighbourhoods/common.html", ".claims > li > details > p:last-child a[href]");
    assert_cut_into(&claims, 5, BRIEFINGS);

    let built = Built::new(port_brine());
    let all = list(&built, "briefings/index.html", titles);
    assert_cut_into(&all, 2, built.briefings().len());
}

#[test]
fn long_lists_of_backlinks_and_months_are_cut_and_counted() {
    let site = Site::new("-- content/about.md --\n+++\ntitle = \"About\"\n+++\nWho we are.\n");
    for number in 0..53 {
        let year = 1979 + number;
        site.write(&format!(
            "-- content/briefings/b{number}.md --\n+++\ntitle = \"Briefing {number}\"\ndate = {year}-05-01T10:00:00Z\n+++\nSee [about](../about.md).\n"
        ));
    }
    let files = output_of(&site);
    let built = Built::new(&files);
    let links = built.leads("about.html", "main ul.index a[href]");
    assert_eq!(links.len(), 50);
    assert_eq!(links[0], "briefings/b52.html", "the newest first");
    assert!(built.page("about.html").text().contains("and 3 more"));
    let dates = built.leads("dates/index.html", "main section > h2 a[href], main ul.index a[href]");
    let count = |length: usize| dates.iter().filter(|path| path.len() == length).count();
    assert_eq!(count("dates/1979.html".len()), 53);
    assert_eq!(count("dates/1979-05.html".len()), 10 + 2, "and the two calendars");
    assert!(built.leads("dates/1979.html", "main a[href]").contains(&"dates/1979-05.html".to_owned()));
}

#[test]
fn a_new_briefing_does_not_change_numbered_pages() {
    let site = generated();
    site.write("-- content/briefings/new.md --\n+++\ntitle = \"New\"\ndate = 2031-05-30\nneighbourhoods = [\"Common\"]\n+++\n");
    let (before, after) = (&*GENERATED, output_of(&site));
    let is_numbered =
        |path: &str| path.starts_with("briefings/page-") || path.starts_with("neighbourhoods/common-page-");
    let numbered: Vec<&String> = before.keys().filter(|path| is_numbered(path)).collect();
    assert!(numbered.len() > 10);
    for path in numbered {
        assert!(before[path] == after[path], "{path} was written again");
    }
}

#[test]
fn the_arabic_tree_has_the_structure_of_the_english_one() {
    for built in sites() {
        let (mut english, mut arabic) = (BTreeSet::new(), BTreeSet::new());
        for (path, page) in &built.pages {
            // Former addresses and the page for missing ones exist once for the whole site.
            if page.has("meta[http-equiv=refresh], #page-moved") || *path == "404.html" {
                continue;
            }
            match path.strip_prefix("ar/") {
                Some(path) => arabic.insert(path),
                None => english.insert(*path),
            };
        }
        assert_eq!(english, arabic);
        let mut lists: BTreeMap<String, [BTreeSet<String>; 2]> = BTreeMap::new();
        for path in english {
            let other = format!("ar/{path}");
            // Names are sorted by language, so the pages of a list are compared together.
            let list = lists.entry(list_of(path)).or_default();
            list[0].append(&mut structure(&built, path));
            list[1].append(&mut structure(&built, &other));
            assert_eq!(built.page(&other).lang(), "ar");
            assert_eq!(built.page(&other).values("html", "dir"), ["rtl"]);
            let switch = built.leads(path, "a[hreflang=ar]");
            assert!(switch.contains(&other), "{path} does not lead to its Arabic page");
        }
        for (list, [english, arabic]) in lists {
            assert_eq!(english, arabic, "{list}");
        }
    }
}

/// The path without the number of a page.
fn list_of(path: &str) -> String {
    let stem = path.strip_suffix(".html").unwrap_or(path);
    let unnumbered = stem.trim_end_matches(|c: char| c.is_ascii_digit());
    match unnumbered.strip_suffix("page-") {
        Some(list) => list.trim_end_matches(['-', '/']).to_owned(),
        None => stem.trim_end_matches("/index").to_owned(),
    }
}

/// The links of a page outside of its text, without the language.
fn structure(built: &Built<'_>, path: &str) -> BTreeSet<String> {
    let is_text = |a: &scraper::ElementRef<'_>| {
        let mut above = a.ancestors().filter_map(scraper::ElementRef::wrap);
        above.any(|e| e.value().classes().any(|class| matches!(class, "b" | "toc")))
    };
    let links = built.page(path).all("a[href]").into_iter().filter(|a| !is_text(a));
    let hrefs = links.filter_map(|a| a.attr("href")).filter(|href| !is_external(href));
    let targets = hrefs.map(|href| resolve(path, href).0);
    targets.map(|target| target.strip_prefix("ar/").unwrap_or(&target).to_owned()).collect()
}

#[test]
fn aliases_redirect_to_the_page() {
    let built = Built::new(port_brine());
    for (alias, target) in [
        ("info/us.html", "about.html"),
        ("places/docks.html", "neighbourhoods/harbour.html"),
        ("radio.html", "sources/radio-brine.html"),
    ] {
        let page = built.page(alias);
        assert!(is_aside(page));
        let refresh = page.values("meta[http-equiv=refresh]", "content").concat();
        let url = refresh.split_once("url=").unwrap().1;
        assert_eq!(resolve(alias, url).0, target);
        assert!(built.leads(alias, "main a[href]").iter().any(|lead| lead == target), "{alias}");
        let in_arabic = format!("ar/{alias}");
        assert_eq!(built.page(&in_arabic).lang(), "ar");
        let leads = built.leads(&in_arabic, "main a[href]");
        assert!(leads.contains(&format!("ar/{target}")), "{in_arabic}: {leads:?}");
    }
}

/// A citation of a claim has a fragment, which a page that redirects would lose.
#[test]
fn a_link_to_a_claim_survives_another_name_of_its_briefing_and_of_the_claim() {
    let site = Site::named("port-brine");
    let briefing = "content/briefings/2031/water-cut.md";
    site.edit(
        briefing,
        "id     = \"households\"",
        "id = \"homes\"\naliases = [\"households\", \"families\"]",
    );
    site.edit(briefing, "claim   = \"households\"", "claim = \"homes\"");
    assert_eq!(site.build().code, Some(0));
    let page = |address: &str| Page::parse(&site.output(address));
    for address in ["briefings/water-cut.html", "old/water.html", "ar/2031/may/water/index.html"] {
        let page = page(address);
        let [claim] = page.all("#claim-homes")[..] else { panic!("{address}") };
        for former in ["a#claim-households", "a#claim-families"] {
            assert_eq!(within(&claim, former).count(), 1, "{address}");
        }
    }
    let former = page("old/water.html");
    assert!(is_aside(&former) && !former.has("meta[http-equiv=refresh]"));
    assert_eq!(former.values("#page-moved a", "href"), ["../briefings/water-cut.html"]);
    assert_eq!(former.values("header a[hreflang]", "href"), ["../ar/briefings/water-cut.html"]);
}

#[test]
fn an_alias_in_the_folder_of_a_language_is_for_that_language_alone() {
    let site = Site::named("port-brine");
    site.edit(
        "content/about.md",
        "aliases = [\"info/us.html\"",
        "aliases = [\"ar/info/us.html\", \"info/us.html\", \"ar/we.html\"",
    );
    let files = output_of(&site);
    let built = Built::new(&files);
    for alias in ["ar/info/us.html", "ar/we.html"] {
        assert!(built.leads(alias, "main a[href]").contains(&"ar/about.html".to_owned()), "{alias}");
    }
    assert!(!files.contains_key("we.html") && !files.contains_key("ar/ar/we.html"));
}

#[test]
fn the_page_of_a_source_that_is_protected_now_leaves_without_its_name_in_a_message() {
    let site = Site::new(MOVED);
    let record = "+++\ntitle = \"Jane Roe\"\nkind = \"resident\"\naliases = [\"jane.html\"]\nallow = [{ guard = \"unprotected-resident\", why = \"She asked for it.\", until = 2031-07-01 }]\n+++\n";
    site.write(&format!("-- content/sources/jane-roe.md --\n{record}"));
    site.build();
    assert!(site.exists("public/sources/jane-roe.html") && site.exists("public/jane.html"));
    site.edit("content/sources/jane-roe.md", "kind =", "protected = true\nlabel = \"a resident\"\nkind =");
    let run = site.build();
    assert!(!site.exists("public/sources/jane-roe.html") && !site.exists("public/jane.html"));
    assert!(!run.stderr.contains("page-left"), "{}", run.stderr);
}

#[test]
fn a_page_that_leaves_the_site_is_named_with_the_alias_to_write() {
    let site = Site::new(MOVED);
    site.build();
    let briefing = site.read("content/briefings/pump-3.md");
    site.remove("content/briefings/pump-3.md");
    site.remove("content/about.md");
    site.write(&format!("-- content/briefings/third-pump.md --\n{briefing}"));
    let run = site.build();
    expect![[r#"
        warning[page-left]: about.html leaves the site, and links to it will find nothing
         = help: if it moved, write `aliases = ["about.html"]` in the file of the page that takes its place

        warning[page-left]: briefings/pump-3.html leaves the site, and links to it will find nothing
         = help: briefings/third-pump.html has nearly the same text: write `aliases = ["briefings/pump-3.html"]` in its file

    "#]].assert_eq(&run.stderr);
    // It is reported once, and not at all with the alias.
    assert!(!site.build().stderr.contains("page-left"));
    site.edit("content/briefings/third-pump.md", "title", "aliases = [\"briefings/pump-3.html\"]\ntitle");
    assert!(!site.build().stderr.contains("page-left"));
    assert!(site.exists("public/briefings/pump-3.html") && site.exists("public/ar/briefings/pump-3.html"));
}

const MOVED: &str = r#"-- site.toml --
title = "Harbour"
languages = ["en", "ar"]
base_url = "https://harbour.example/"
timezone = "UTC"
-- content/about.md --
+++
title = "About"
+++
Who we are, in a line that is long enough to be compared with others.
-- content/briefings/pump-3.md --
+++
title = "The third pump runs"
date = 2031-05-01T10:00:00Z
+++
The third pump at the harbour runs again since the morning, and water is back.

Pressure is low in the upper streets; the waterworks expect more by the evening.
-- content/briefings/bridge.md --
+++
title = "The bridge is closed"
date = 2031-05-01T12:00:00Z
+++
The bridge to the old town is closed to all traffic until further notice.
"#;
