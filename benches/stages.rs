//! How long each stage takes, by the number of briefings of the site.
//!
//! `cargo bench` measures 1,000 and 10,000 in a few minutes; a name picks some of the benches, as in
//! `cargo bench -- render`. `BULLETIN_BENCH_SIZES=100000 cargo bench -- link` measures other
//! sizes: 100,000 needs 8 GB of memory, and the publish benches hold all output in memory on
//! top of that. The site is the one of `corpus`, which `cargo run --release --example corpus`
//! writes to disk.
//!
//! Memory is not measured here: `/usr/bin/time -v bulletin build` of a written corpus shows it.
#![expect(clippy::wildcard_imports, reason = "a group of benchmarks sees what its file imports")]
#![expect(
    clippy::disallowed_methods,
    reason = "the sizes come from the environment: divan takes the arguments"
)]

#[path = "corpus/claims.rs"]
mod claims;
mod corpus;
#[path = "corpus/names.rs"]
mod names;
#[path = "corpus/skewed.rs"]
mod skewed;
#[path = "corpus/tables.rs"]
mod tables;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use bulletin::checks::links;
use bulletin::config::Config;
use bulletin::copies::{self, FolderCopy, PackOptions, VerifyOptions};
use bulletin::diag::{Diagnostic, Severity};
use bulletin::engine::{self, BuildOptions, Observer, Prepared, Unobserved};
use bulletin::model::{Article, Body, Briefing};
use bulletin::open_data;
use bulletin::parse;
use bulletin::parse::front_matter::{self, FrontOptions};
use bulletin::parse::markdown::{self, MarkdownOptions, RawHtml};
use bulletin::paths::OutPath;
use bulletin::publish::{PublishOptions, Published, Publisher};
use bulletin::site::evidence::Assessments;
use bulletin::site::{
    self, BriefingIx, DEFAULT_LANGUAGE, DataFile, LinkOptions, NeighbourhoodIx, Page, Route,
};
use bulletin::sources::{SourceSet, Store};
use bulletin::time::{DayOrMoment, Moment, parse_day_or_moment};
use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use rayon::prelude::*;

/// What the program itself runs with.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    divan::main();
    if let Err(error) = fs::remove_dir_all(scratch()) {
        assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "{error}");
    }
}

/// How many briefings a site has.
fn sizes() -> Vec<usize> {
    let sizes = std::env::var("BULLETIN_BENCH_SIZES").unwrap_or_else(|_| "1000,10000".to_owned());
    sizes.split(',').map(|size| size.trim().parse().expect("BULLETIN_BENCH_SIZES: 1000,10000")).collect()
}

/// One briefing of 5 KB.
mod article {
    use super::*;

    const FILE: &str = "content/briefings/2023-02/b000077.md";

    fn text() -> String {
        corpus::briefing(77, 1_000).1
    }

    fn config() -> Config {
        let (config, _) = bulletin::config::parse("site.toml", &corpus::site());
        config.expect("the corpus has no error")
    }

    #[divan::bench]
    fn front_matter(bencher: Bencher) {
        let (file, text) = (Arc::from(FILE), text());
        let config = config();
        bencher.counter(BytesCount::of_str(&text)).bench_local(|| {
            let split = front_matter::split(&file, &text).expect("the corpus has no error");
            front_matter::briefing(
                &file,
                "b000077",
                &text,
                &split,
                Body::default(),
                &FrontOptions { config: &config, tables: &[] },
            )
        });
    }

    /// Rows of tables next to a briefing as claims, 10,000 in each table at most.
    #[divan::bench(args = [3_000, 30_000], sample_count = 3, sample_size = 1)]
    fn include(bencher: Bencher, rows: usize) {
        let (sources, _) = SourceSet::load(Store::memory(tables::files(rows)));
        let sources = sources.expect("the corpus can be read");
        let briefing = &sources.articles[0];
        let parsed = parse::article(briefing, &sources.config);
        assert_none(&parsed.diagnostics);
        bencher.counter(ItemsCount::new(rows)).bench_local(|| parse::article(briefing, &sources.config));
    }

    /// With numbers about people, and without.
    #[divan::bench(args = [true, false])]
    fn markdown(bencher: Bencher, people_counts: bool) {
        let (file, text) = (Arc::from(FILE), text());
        let split = front_matter::split(&file, &text).expect("the corpus has no error");
        let options =
            MarkdownOptions { raw_html: RawHtml::Escape, people_counts, ..MarkdownOptions::default() };
        bencher
            .counter(BytesCount::of_str(&text[split.body_at..]))
            .bench_local(|| markdown::parse(&file, &text, split.body_at, &options));
    }
}

/// A photo of a phone: 12 megapixels.
mod picture {
    use bulletin::images;
    use jpeg_encoder::{ColorType, Encoder};

    use super::*;

    const NAME: &str = "quay.jpg";
    const PIXELS: usize = 4_000 * 3_000;

    fn photo() -> Vec<u8> {
        let pixel = |at: usize| {
            let (x, y) = (at % 4_000, at / 4_000);
            let grain = at.wrapping_mul(2_654_435_761) >> 27 & 15;
            [x / 16 + grain, y / 12, (x + y) / 28 + grain]
                .map(|sample| u8::try_from(sample).unwrap_or(u8::MAX))
        };
        let pixels: Vec<u8> = (0..PIXELS).flat_map(pixel).collect();
        let mut bytes = Vec::new();
        Encoder::new(&mut bytes, 92).encode(&pixels, 4_000, 3_000, ColorType::Rgb).expect("it has a size");
        bytes
    }

    /// Every build does.
    #[divan::bench(sample_count = 20, sample_size = 1)]
    fn clean(bencher: Bencher) {
        let photo = photo();
        bencher
            .counter(BytesCount::of_slice(&photo))
            .with_inputs(|| photo.clone())
            .bench_local_values(|photo| images::clean(NAME, photo));
    }

    /// The first build does.
    #[divan::bench(args = [&[480][..], &[480, 960, 1600][..]], sample_count = 10, sample_size = 1)]
    fn copies(bencher: Bencher, widths: &[u32]) {
        let photo = images::clean(NAME, photo()).expect("the photo is whole");
        bencher.counter(ItemsCount::new(PIXELS)).bench_local(|| images::scaled(NAME, &photo, widths));
    }
}

/// One page of a site of 1,000 briefings.
mod page {
    use super::*;

    const BRIEFING: Page = Page::Briefing(BriefingIx(500));
    const NEIGHBOURHOOD: Page = Page::Neighbourhood(NeighbourhoodIx(200), 0);

    #[divan::bench(args = [BRIEFING, NEIGHBOURHOOD])]
    fn render(bencher: Bencher, page: Page) {
        let prepared = prepared(1_000);
        let renderer = prepared.renderer();
        let path = prepared.site.path(DEFAULT_LANGUAGE, page);
        let route = Route::Page(DEFAULT_LANGUAGE, page);
        bencher.bench_local(|| renderer.render(&path, route));
    }

    #[divan::bench(args = [BRIEFING, NEIGHBOURHOOD])]
    fn check_links(bencher: Bencher, page: Page) {
        let prepared = prepared(1_000);
        let renderer = prepared.renderer();
        let path = prepared.site.path(DEFAULT_LANGUAGE, page);
        let route = Route::Page(DEFAULT_LANGUAGE, page);
        let bytes = renderer.render(&path, route).expect("the theme has no error").expect("it is a page");
        let html = String::from_utf8(bytes).expect("pages are text");
        bencher
            .counter(BytesCount::of_str(&html))
            .bench_local(|| links::read(&html, &path, route, &prepared.site));
    }
}

/// The whole site, on all cores.
mod whole {
    use super::*;

    /// From files in memory to a linked site.
    #[divan::bench(args = sizes(), sample_count = 3, sample_size = 1)]
    fn prepare(bencher: Bencher, briefings: usize) {
        let options = options(Store::memory(corpus::files(briefings)));
        bencher.counter(ItemsCount::new(briefings)).bench_local(|| engine::prepare(&options));
    }

    #[divan::bench(args = sizes(), sample_count = 3, sample_size = 1)]
    fn parse(bencher: Bencher, briefings: usize) {
        let (sources, _) = SourceSet::load(Store::memory(corpus::files(briefings)));
        let sources = sources.expect("the corpus has no error");
        let parse = || -> Vec<Article> {
            sources
                .articles
                .par_iter()
                .filter_map(|file| parse::article(file, &sources.config).article)
                .collect()
        };
        bencher.counter(ItemsCount::new(briefings)).bench_local(parse);
    }

    #[divan::bench(args = sizes(), sample_count = 3, sample_size = 1)]
    fn link(bencher: Bencher, briefings: usize) {
        let prepared = prepared(briefings);
        let articles = articles(briefings);
        let options = LinkOptions { now: now(), as_of: None, drafts: false };
        bencher
            .counter(ItemsCount::new(briefings))
            .bench_local(|| site::link(&prepared.sources, &articles, &[], None, &options));
    }

    /// The site after a word of one briefing changed, from the site before.
    #[divan::bench(args = sizes(), sample_count = 20, sample_size = 1)]
    fn relink(bencher: Bencher, briefings: usize) {
        let prepared = prepared(briefings);
        let articles = articles(briefings);
        let options = LinkOptions { now: now(), as_of: None, drafts: false };
        let (site, told) = site::link(&prepared.sources, &articles, &[], None, &options);
        let mut before = articles.iter().filter(|article| matches!(article, Article::Briefing(_)));
        let before = before.next_back().expect("the corpus has briefings").clone();
        let Article::Briefing(briefing) = &before else { unreachable!("only they are left") };
        let mut after = Briefing::clone(briefing);
        after.base.title = "Another title".into();
        let changed = [(before.clone(), Article::Briefing(Arc::new(after)))];
        bencher.bench_local(|| {
            let made = site::relink(&site, &told, &prepared.sources, &changed, &options);
            made.expect("only a title changed")
        });
    }

    /// Origins of all claims, as a linked site has them.
    #[divan::bench(args = [5_000, 50_000], sample_count = 20, sample_size = 1)]
    fn weigh(bencher: Bencher, claims: usize) {
        let (prepared, diagnostics) = engine::prepare(&options(Store::memory(claims::files(claims))));
        assert_none(&diagnostics);
        let site = prepared.expect("the corpus has no error").site;
        assert_eq!(site.all_claims().count(), claims);
        let all: Vec<BriefingIx> = site.briefings.indices().collect();
        bencher.counter(ItemsCount::new(claims)).bench_local(|| {
            let mut assessments =
                Assessments::new(&site.sources, &site.events, &site.spellings, &site.config);
            assessments.update(&site.briefings, &site.events, &all);
            assessments
        });
    }

    /// Linking a site that names so many places, half of them with a record, each compared with the others.
    #[divan::bench(args = [1_000, 8_000, 64_000], sample_count = 3, sample_size = 1)]
    fn near_names(bencher: Bencher, names: usize) {
        link_names(bencher, names::files(names), names);
    }

    /// Linking a site of so many briefings, each with a link to a file that is not there and to a place that no
    /// one names, each with a suggestion.
    #[divan::bench(args = [1_000, 8_000], sample_count = 3, sample_size = 1)]
    fn broken_links(bencher: Bencher, briefings: usize) {
        link_names(bencher, names::broken_links(briefings), briefings);
    }

    /// Links a site of `files`; `count` is how many of what it compares there are.
    fn link_names(bencher: Bencher, files: Vec<(String, Vec<u8>)>, count: usize) {
        let (sources, _) = SourceSet::load(Store::memory(files));
        let sources = sources.expect("the corpus can be read");
        let articles: Vec<Article> = sources
            .articles
            .iter()
            .filter_map(|file| parse::article(file, &sources.config).article)
            .collect();
        let options = LinkOptions { now: now(), as_of: None, drafts: false };
        bencher
            .counter(ItemsCount::new(count))
            .bench_local(|| site::link(&sources, &articles, &[], None, &options));
    }

    /// Views and templates; links are not checked, and the bytes are thrown away.
    #[divan::bench(args = sizes(), sample_count = 3, sample_size = 1)]
    fn render(bencher: Bencher, briefings: usize) {
        let prepared = prepared(briefings);
        let routes = prepared.site.routes.all();
        bencher.counter(ItemsCount::new(routes.len())).bench_local(|| {
            let renderer = prepared.renderer();
            routes.par_iter().for_each(|(path, route)| {
                black_box(renderer.render(path, *route).expect("the theme has no error"));
            });
        });
    }

    /// All files of open data.
    #[divan::bench(args = sizes(), sample_count = 3, sample_size = 1)]
    fn open_data(bencher: Bencher, briefings: usize) {
        let prepared = prepared(briefings);
        bencher.counter(ItemsCount::new(briefings)).bench_local(|| {
            DataFile::all().for_each(|file| _ = black_box(open_data::file(&prepared.site, file)));
        });
    }

    /// As `render`, with all links checked, and pictures cleaned.
    #[divan::bench(args = sizes(), sample_count = 3, sample_size = 1)]
    fn render_and_check(bencher: Bencher, briefings: usize) {
        let prepared = prepared(briefings);
        bencher
            .counter(ItemsCount::new(prepared.site.routes.all().len()))
            .bench_local(|| prepared.render_all(&|_: &OutPath, _: &[u8]| Ok(())).diagnostics);
    }

    /// As `render_and_check` for 1,000 briefings, with a redact.txt of so many names.
    #[divan::bench(args = [0, 10, 1_000], sample_count = 3, sample_size = 1)]
    fn private_words(bencher: Bencher, words: usize) {
        let list = ("redact.txt".to_owned(), names::redact_list(words));
        let files = corpus::files(1_000).chain((words > 0).then_some(list));
        let (prepared, diagnostics) = engine::prepare(&options(Store::memory(files)));
        assert_none(&diagnostics);
        let prepared = prepared.expect("the corpus has no error");
        bencher
            .counter(ItemsCount::new(prepared.site.routes.all().len()))
            .bench_local(|| assert_none(&prepared.render_all(&|_: &OutPath, _: &[u8]| Ok(())).diagnostics));
    }

    /// As `prepare` and `render_and_check`, where so many claims have one thing in common: four times the claims
    /// take four times as long.
    #[divan::bench(args = skews(), sample_count = 3, sample_size = 1)]
    fn skewed(bencher: Bencher, (shared, claims): (skewed::Shared, usize)) {
        let options = options(Store::memory(skewed::files(shared, claims)));
        bencher.counter(ItemsCount::new(claims)).bench_local(|| {
            let (prepared, _) = engine::prepare(&options);
            let prepared = prepared.expect("the corpus has no error");
            prepared.render_all(&|_: &OutPath, _: &[u8]| Ok(()))
        });
    }

    fn skews() -> Vec<(skewed::Shared, usize)> {
        use skewed::Shared::{Briefing, Day, Event, Nothing, Place, Source};
        let large = [Source, Place].map(|shared| (shared, 20_000));
        let small = [(Event, 2_500), (Day, 2_500), (Briefing, 500), (Nothing, 5_000)];
        large
            .into_iter()
            .chain(small)
            .flat_map(|(shared, claims)| [(shared, claims), (shared, 4 * claims)])
            .collect()
    }

    #[divan::bench(args = sizes(), sample_count = 3, sample_size = 1)]
    fn publish_fresh(bencher: Bencher, briefings: usize) {
        let outputs = outputs(&prepared(briefings));
        bencher
            .counter(ItemsCount::new(outputs.len()))
            .with_inputs(fresh_folder)
            .bench_local_refs(|folder| publish(&outputs, folder));
    }

    #[divan::bench(args = sizes(), sample_count = 3, sample_size = 1)]
    fn publish_unchanged(bencher: Bencher, briefings: usize) {
        let outputs = outputs(&prepared(briefings));
        let folder = fresh_folder();
        publish(&outputs, &folder);
        bencher.counter(ItemsCount::new(outputs.len())).bench_local(|| publish(&outputs, &folder));
    }

    /// From disk to disk, as `bulletin build` does it.
    #[divan::bench(args = sizes(), sample_count = 3, sample_size = 1)]
    fn build_fresh(bencher: Bencher, briefings: usize) {
        let options = options(Store::Disk(written_corpus(briefings)));
        bencher
            .counter(ItemsCount::new(briefings))
            .with_inputs(fresh_folder)
            .bench_local_refs(|folder| build(&options, folder));
    }

    #[divan::bench(args = sizes(), sample_count = 3, sample_size = 1)]
    fn build_unchanged(bencher: Bencher, briefings: usize) {
        let options = options(Store::Disk(written_corpus(briefings)));
        let folder = fresh_folder();
        build(&options, &folder);
        bencher.counter(ItemsCount::new(briefings)).bench_local(|| build(&options, &folder));
    }
}

/// A copy of a published site, against `sha256sum --check` on the same folder.
mod copy {
    use super::*;

    #[divan::bench(args = sizes(), sample_count = 5, sample_size = 1)]
    fn verify(bencher: Bencher, briefings: usize) {
        let folder = published_corpus(briefings);
        bencher.counter(ItemsCount::new(briefings)).bench_local(|| {
            let copy = FolderCopy::open(&folder, "out").expect("it was just written");
            let options =
                VerifyOptions { key: None, now: now().at, known: None, address: None, observer: &Unobserved };
            let report = copies::verify(&copy, &options);
            assert!(report.bytes > 0, "{:?}", report.diagnostics.first());
        });
    }

    #[divan::bench(args = sizes(), sample_count = 5, sample_size = 1)]
    fn sha256sum(bencher: Bencher, briefings: usize) {
        let folder = published_corpus(briefings);
        bencher.counter(ItemsCount::new(briefings)).bench_local(|| {
            let mut command = std::process::Command::new("sha256sum");
            let status = command.args(["--check", "--quiet", "SHA256SUMS"]).current_dir(&folder).status();
            assert!(status.expect("sha256sum is installed").success());
        });
    }

    #[divan::bench(args = sizes(), sample_count = 3, sample_size = 1)]
    fn pack(bencher: Bencher, briefings: usize) {
        let folder = published_corpus(briefings);
        let archive = scratch().join("copy.zip");
        bencher.counter(ItemsCount::new(briefings)).bench_local(|| {
            let (shown_as, archive_shown_as) = ("out", "copy.zip");
            let options = PackOptions {
                folder: &folder,
                shown_as,
                archive: &archive,
                archive_shown_as,
                replace: true,
                now: jiff::Timestamp::MAX,
                observer: &Unobserved,
            };
            copies::pack(&options).expect("the folder is as its list says")
        });
    }

    fn published_corpus(briefings: usize) -> PathBuf {
        let folder = scratch().join(format!("published-{briefings}"));
        if !folder.exists() {
            publish(&outputs(&prepared(briefings)), &folder);
        }
        folder
    }
}

fn options(store: Store) -> BuildOptions {
    BuildOptions { store, now: DayOrMoment::Moment(now()), as_of: None, drafts: false, base_url: None }
}

fn now() -> Moment {
    match parse_day_or_moment("2026-01-01T00:00:00Z") {
        Ok(DayOrMoment::Moment(moment)) => moment,
        other => panic!("{other:?}"),
    }
}

/// The linked corpus, made once for all benches of one size.
fn prepared(briefings: usize) -> Arc<Prepared> {
    static MADE: Mutex<BTreeMap<usize, Arc<Prepared>>> = Mutex::new(BTreeMap::new());
    let mut made = MADE.lock().expect("no holder panics");
    let prepare = || {
        let (prepared, diagnostics) = engine::prepare(&options(Store::memory(corpus::files(briefings))));
        assert_none(&diagnostics);
        Arc::new(prepared.expect("the corpus has no error"))
    };
    Arc::clone(made.entry(briefings).or_insert_with(prepare))
}

fn articles(briefings: usize) -> Vec<Article> {
    let (sources, _) = SourceSet::load(Store::memory(corpus::files(briefings)));
    let sources = sources.expect("the corpus has no error");
    sources.articles.par_iter().filter_map(|file| parse::article(file, &sources.config).article).collect()
}

fn outputs(prepared: &Prepared) -> Vec<(OutPath, Vec<u8>)> {
    let outputs = Mutex::new(Vec::new());
    let found = prepared.render_all(&|path: &OutPath, bytes: &[u8]| {
        outputs.lock().expect("no holder panics").push((path.clone(), bytes.to_vec()));
        Ok(())
    });
    assert_none(&found.diagnostics);
    outputs.into_inner().expect("no holder panics")
}

fn publish(outputs: &[(OutPath, Vec<u8>)], folder: &Path) -> Published {
    let publisher = Publisher::open(folder, "out", PublishOptions::default()).expect("the folder is ours");
    outputs.par_iter().for_each(|(path, bytes)| publisher.stage(path, bytes).expect("nothing is in the way"));
    publisher.commit(&BTreeSet::new(), &Unobserved).expect("nothing is in the way")
}

fn build(options: &BuildOptions, folder: &Path) -> Published {
    let built = engine::build(options, &(Arc::new(Unobserved) as Arc<dyn Observer>), || {
        Publisher::open(folder, "out", PublishOptions::default())
    });
    assert_none(&built.diagnostics);
    built.outcome.done().expect("the corpus has no error")
}

/// A bench of a site that does not build would measure something else.
fn assert_none(diagnostics: &[Diagnostic]) {
    let found: Vec<_> = diagnostics.iter().filter(|found| found.severity != Severity::Note).collect();
    assert!(found.is_empty(), "{} diagnostics, first {:?}", found.len(), found.first());
}

/// Removed as a whole when all is measured: ext4 is slow to make files for some minutes after
/// others were removed, which would count as the cost of a publish.
fn scratch() -> PathBuf {
    PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("stages-{}", std::process::id()))
}

/// A path without a file.
fn fresh_folder() -> PathBuf {
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    scratch().join(format!("out-{}", NEXT.fetch_add(1, Ordering::Relaxed)))
}

fn written_corpus(briefings: usize) -> PathBuf {
    let root = scratch().join(format!("corpus-{briefings}"));
    if !root.exists() {
        corpus::write(&root, briefings).expect("the target folder can be written");
    }
    root
}
