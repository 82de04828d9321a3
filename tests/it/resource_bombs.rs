//! Content that is made to use time or memory without end is answered within ten seconds and a gigabyte: as any other
//! content, or with a diagnostic.

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::common::{NOW, Site, program};

/// Processor time in seconds, which a busy machine does not stretch.
const MOST_SECONDS: f64 = 10.0;
/// Of real time, for what waits without working.
const MOST_WAIT: Duration = Duration::from_secs(60);
const MOST_BYTES: u64 = 1 << 30;
/// In bytes of messages.
const MOST_SAID: usize = 100_000;

const BRIEFING: &str = "content/briefings/a.md";

/// A site with one briefing, and something made to do harm.
struct Bomb {
    name: String,
    site: Site,
}

fn bomb(name: &str, path: &str, text: &str) -> Bomb {
    let site = Site::new("-- site.toml --\ntitle = \"Quay\"\nlanguage = \"en\"\nhtml = \"sanitise\"\n");
    site.write(&format!("-- {BRIEFING} --\n{}", briefing("", "Text.\n")));
    site.write_bytes(path, text.as_bytes());
    Bomb { name: name.to_owned(), site }
}

fn briefing(front_matter: &str, body: &str) -> String {
    format!("+++\ntitle = \"A\"\ndate = 2031-05-02\n{front_matter}+++\n{body}")
}

fn body(name: &str, body: &str) -> Bomb {
    bomb(name, BRIEFING, &briefing("", body))
}

fn front_matter(name: &str, text: &str) -> Bomb {
    bomb(name, BRIEFING, &briefing(text, "Text.\n"))
}

/// Processor time in seconds, and the most memory.
#[derive(Default)]
struct Cost {
    seconds: f64,
    bytes: u64,
}

impl Cost {
    /// Of a process up to now. `None`: it has ended.
    fn of(process: u32) -> Option<Self> {
        let about = |file: &str| fs::read_to_string(format!("/proc/{process}/{file}")).ok();
        let status = about("status")?;
        let kilobytes =
            status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim_end_matches(" kB").trim();
        // Behind the name of the program, which ends with a bracket: the 12th and 13th field, in hundredths.
        let stat = about("stat")?;
        let ticks =
            stat.rsplit_once(") ")?.1.split(' ').skip(11).take(2).map(|ticks| ticks.parse::<f64>().unwrap());
        Some(Self { seconds: ticks.sum::<f64>() / 100.0, bytes: 1024 * kilobytes.parse::<u64>().unwrap() })
    }

    fn is_too_much(&self) -> bool {
        self.seconds > MOST_SECONDS || self.bytes > MOST_BYTES
    }
}

/// The exit code, `None` if it had to be stopped.
fn exit_of(child: &mut Child) -> (Option<i32>, Cost) {
    let begun = Instant::now();
    let mut cost = Cost::default();
    loop {
        cost = Cost::of(child.id()).unwrap_or(cost);
        if let Some(status) = child.try_wait().unwrap() {
            return (status.code(), cost);
        }
        if begun.elapsed() > MOST_WAIT || cost.is_too_much() {
            child.kill().unwrap();
        }
        sleep(Duration::from_millis(5));
    }
}

fn assert_answered(bombs: Vec<Bomb>) {
    let harmed: Vec<String> = bombs.iter().filter_map(harm_of).collect();
    assert!(harmed.is_empty(), "{harmed:#?}");
}

/// What is wrong with the answer to a bomb.
fn harm_of(Bomb { name, site }: &Bomb) -> Option<String> {
    let mut command = program(&["build", "--quiet", "--now", NOW, "--root", site.root().to_str().unwrap()]);
    let said = site.path("said");
    let mut child = command.stdout(Stdio::null()).stderr(File::create(&said).unwrap()).spawn().unwrap();
    let (code, Cost { seconds, bytes }) = exit_of(&mut child);
    let said = String::from_utf8_lossy(&fs::read(said).unwrap()).into_owned();
    let is_harmless = matches!(code, Some(0..=2)) && said.len() < MOST_SAID;
    (!is_harmless).then(|| {
        format!(
            "{name}: {code:?} after {seconds} s, {} MB; said {} bytes: {said:.200}",
            bytes >> 20,
            said.len()
        )
    })
}

#[test]
fn law_9_markdown_that_is_made_to_do_harm() {
    let many = |text: &str, times: usize| text.repeat(times);
    assert_answered(vec![
        body("block quotes in each other", &many(">", 100_000)),
        body(
            "lists in each other",
            &(0..3_000).map(|depth| many(" ", 2 * depth) + "- a\n").collect::<String>(),
        ),
        body("brackets that do not close", &many("[", 100_000)),
        body("pictures that do not close", &many("![", 50_000)),
        body("brackets that close", &(many("[", 50_000) + &many("]", 50_000))),
        body("links in each other", &(many("[", 20_000) + "a" + &many("](b)", 20_000))),
        body("emphasis that does not close", &many("*a **a ", 50_000)),
        body("emphasis of every length", &many("*_**__***___", 20_000)),
        body("code that does not close", &(1..600).map(|length| many("`", length) + " ").collect::<String>()),
        body("one line of many megabytes", &many("word ", 1_000_000)),
        body("lines without end", &many("a\n", 500_000)),
        body("paragraphs without end", &many("a\n\n", 100_000)),
        body("headings without end", &many("# Same\n\n", 20_000)),
        body("one label for many links", &(many("[a] ", 50_000) + "\n\n[a]: https://a.example/\n")),
        body(
            "a long label for many links",
            &(many("[a] ", 20_000) + "\n\n[a]: https://a.example/" + &many("x", 50_000)),
        ),
        body(
            "labels without end",
            &(0..50_000).map(|n| format!("[l{n}]: https://a.example/\n")).collect::<String>(),
        ),
        body(
            "footnotes without end",
            &(0..10_000).map(|n| format!("[^{n}]\n\n[^{n}]: a\n\n")).collect::<String>(),
        ),
        body(
            "a table of many columns",
            &format!("{0}|\n{1}|\n{0}|\n", many("|a", 20_000), many("|-", 20_000)),
        ),
        body(
            "a table of few cells",
            &format!("{}|\n{}|\n{}", many("|a", 5_000), many("|-", 5_000), many("|a\n", 20_000)),
        ),
        body("elements in each other", &many("<div>", 50_000)),
        body("elements in a line", &many("a<b>", 50_000)),
        body("elements that do not close", &many("<a ", 100_000)),
        body("comments that do not close", &many("<!--", 100_000)),
        body("entities", &many("&amp;&#x41;&notit;", 50_000)),
        body("addresses", &many("https://a.example/b ", 20_000)),
        body("numbers", &many("12,345 people ", 20_000)),
        body("coordinates", &many("36.1234, ", 50_000)),
        body("marks of combination", &("e".to_owned() + &many("\u{301}", 500_000))),
        body("letters from right to left", &many("\u{202e}ا", 100_000)),
    ]);
}

#[test]
fn law_9_front_matter_that_is_made_to_do_harm() {
    let many = |text: &str, times: usize| text.repeat(times);
    let claims = |count: usize, text: &str| {
        (0..count).map(|n| format!("[[claims]]\nid = \"c{n}\"\nsource = \"S\"\n{text}\n")).collect::<String>()
    };
    assert_answered(vec![
        front_matter("lists in each other", &format!("a = {}\n", many("[", 100_000))),
        front_matter("tables in each other", &format!("a = {}\n", many("{a=", 100_000))),
        front_matter("a key of many parts", &format!("{}a = 1\n", many("a.", 100_000))),
        front_matter("unknown keys", &(0..50_000).map(|n| format!("k{n} = 1\n")).collect::<String>()),
        front_matter("wrong values", &format!("neighbourhoods = [{}]\n", many("1,", 100_000))),
        front_matter("one long value", &format!("summary = \"{}\"\n", many("word ", 1_000_000))),
        front_matter("a long title of one word", &format!("aliases = [\"{}\"]\n", many("a", 1_000_000))),
        front_matter(
            "places without end",
            &format!(
                "neighbourhoods = [{}]\n",
                (0..5_000).map(|n| format!("\"Place {n}\",")).collect::<String>()
            ),
        ),
        front_matter(
            "aliases without end",
            &format!("aliases = [{}]\n", (0..20_000).map(|n| format!("\"a/{n}.html\",")).collect::<String>()),
        ),
        front_matter("claims without end", &claims(3_000, "text = \"It rains.\"")),
        front_matter(
            "claims of ten thousand years",
            &claims(200, "text = \"It rains.\"\nhappened = \"0001-01-01/9999-12-31\""),
        ),
        front_matter("claims that dispute each other", &claims(1_000, "text = \"It rains.\"\nevent = \"E\"")),
        front_matter(
            "corrections without end",
            &many("[[corrections]]\nat = 2031-05-03T10:00:00Z\nwhy = \"a\"\n", 2_000),
        ),
    ]);
}

#[test]
fn law_9_other_files_that_are_made_to_do_harm() {
    let many = |text: &str, times: usize| text.repeat(times);
    let place = "content/neighbourhoods/quay.md";
    let outline = |name: &str, text: &str| {
        let bomb = bomb(name, "content/neighbourhoods/quay.geojson", text);
        bomb.site.write(&format!("-- {place} --\n+++\nname = \"Quay\"\ngeometry = \"quay.geojson\"\n+++\n"));
        bomb
    };
    let point = |n: u32| format!("[{},{}],", f64::from(n) / 10_000.0, f64::from(n % 100) / 100.0);
    let points: String = (0..200_000).map(point).collect();
    let roads: String = (0..100_000)
        .map(|n| {
            let corner = format!("[{},{}]", f64::from(n % 300) / 3_000.0, f64::from(n / 300) / 3_000.0);
            format!("{{\"type\":\"Feature\",\"properties\":{{\"layer\":\"road\"}},\"geometry\":{{\"type\":\"LineString\",\"coordinates\":[[0,0],{corner}]}}}},")
        })
        .collect();
    let city = |name: &str, features: &str| {
        let text = format!("{{\"type\":\"FeatureCollection\",\"features\":[{features}]}}");
        let bomb = bomb(name, "map.geojson", &text);
        bomb.site.write(&format!(
            "-- {place} --\n+++\ntitle = \"Quay\"\npoint = {{ lat = 0.1, lon = 0.1 }}\n+++\n"
        ));
        bomb
    };
    let doubled: String = (1..60).map(|n| format!("m{n} = {{ m{0} }}{{ m{0} }}\n", n - 1)).collect();
    let table = |name: &str, text: &str, template: &str| {
        let include = format!("[[include]]\nclaims = \"t.csv\"\nsource = \"S\"\ntext = \"{template}\"\n");
        let bomb = bomb(name, "content/briefings/t/t.csv", text);
        fs::remove_file(bomb.site.path(BRIEFING)).unwrap();
        bomb.site.write_bytes("content/briefings/t/index.md", briefing(&include, "Text.\n").as_bytes());
        bomb
    };
    let settings = |name: &str, text: &str| bomb(name, "site.toml", &format!("title = \"Quay\"\n{text}"));
    assert_answered(vec![
        outline("an outline of lists in each other", &many("[", 200_000)),
        outline(
            "an outline of many corners",
            &format!("{{\"type\":\"Polygon\",\"coordinates\":[[{points}[0.0,0.0]]]}}"),
        ),
        city("a city of roads that all meet at one end", roads.trim_end_matches(',')),
        city(
            "a city of one road with many corners",
            &format!(
                "{{\"type\":\"Feature\",\"properties\":{{\"layer\":\"road\"}},\"geometry\":{{\"type\":\"LineString\",\"coordinates\":[{points}[0.0,0.0]]}}}}"
            ),
        ),
        bomb(
            "words that double sixty times",
            "i18n/en.ftl",
            &format!("m0 = lol\n{doubled}home = {{ m59 }}\n"),
        ),
        bomb("placeables in each other", "i18n/en.ftl", &format!("home = {}", many("{ ", 50_000))),
        table("rows without end", &format!("a\n{}", many("b\n", 20_000)), "{a}"),
        table("a row without end", &format!("a\n{}", many("b,", 500_000)), "{a}"),
        table("a cell in a thousand copies", &format!("a\n{}\n", many("b", 1_000_000)), &many("{a}", 1_000)),
        settings("settings in each other", &format!("x = {}", many("[", 100_000))),
        settings(
            "topics without end",
            &format!("topics = [{}]", (0..20_000).map(|n| format!("\"t{n}\",")).collect::<String>()),
        ),
        bomb(
            "private words without end",
            "redact.txt",
            &(0..5_000).map(|n| format!("secret{n}\n")).collect::<String>(),
        ),
        bomb("a private word of a megabyte", "redact.txt", &many("a", 1_000_000)),
        bomb("a picture of entities", "static/a.svg", &svg_of_entities()),
        bomb(
            "a picture of groups in each other",
            "static/a.svg",
            &format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{}", many("<g>", 200_000)),
        ),
    ]);
}

/// "Billion laughs".
fn svg_of_entities() -> String {
    let entities: String = (1..40).map(|n| format!("<!ENTITY e{n} \"&e{0};&e{0};\">", n - 1)).collect();
    format!(
        "<!DOCTYPE svg [<!ENTITY e0 \"lol\">{entities}]><svg xmlns=\"http://www.w3.org/2000/svg\"><text>&e39;</text></svg>"
    )
}

#[test]
fn law_9_files_that_never_end() {
    let with = |name: &str, put: &dyn Fn(&Site)| {
        let bomb = body(name, "Text.\n");
        put(&bomb.site);
        bomb
    };
    let pipe = |site: &Site, path: &str| {
        fs::create_dir_all(site.path(path).parent().unwrap()).unwrap();
        assert!(Command::new("mkfifo").arg(site.path(path)).status().unwrap().success());
    };
    let holes = |site: &Site, path: &str| {
        fs::create_dir_all(site.path(path).parent().unwrap()).unwrap();
        File::create(site.path(path)).unwrap().set_len(1 << 36).unwrap();
    };
    let link = |site: &Site, path: &str, to: &str| {
        fs::create_dir_all(site.path(path).parent().unwrap()).unwrap();
        symlink(to, site.path(path)).unwrap();
    };
    let places = [
        "content/briefings/b.md",
        "static/b.bin",
        "static/b.jpg",
        "redact.txt",
        "content/briefings/b/b.csv",
        "i18n/en.ftl",
        "themes/x/theme.toml",
        "content/neighbourhoods/quay.geojson",
        "public/b.html",
        "public/SHA256SUMS",
    ];
    let mut bombs = Vec::new();
    for path in places {
        bombs.push(with(&format!("{path}, a pipe"), &|site| pipe(site, path)));
        bombs.push(with(&format!("{path}, 64 GB"), &|site| holes(site, path)));
        bombs.push(with(&format!("{path}, a device"), &|site| link(site, path, "/dev/zero")));
    }
    bombs.push(with("a link to itself", &|site| link(site, "content/a", ".")));
    bombs.push(with("folders in each other", &|site| {
        let deep = "a/".repeat(500);
        fs::create_dir_all(site.path(&format!("content/{deep}"))).unwrap();
    }));
    assert_answered(bombs);
}
