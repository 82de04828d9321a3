//! What a run spent its time on, as `--verbose` prints it: stages, and the slowest outputs and templates.
//!
//! Owns the clock of the run. Invariant: of equal times, the first path or name comes first.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::sizes::size;
use crate::engine::{OutputTime, Stage};

/// How many outputs and templates are named.
const MOST_NAMED: usize = 10;

pub struct RunTimes {
    begun: Instant,
    recorded: Mutex<RecordedTimes>,
}

#[derive(Default)]
struct RecordedTimes {
    stages: Vec<StageTime>,
    /// When the last stage began, while it lasts.
    running_since: Option<Duration>,
    /// The slowest ones, slowest first.
    outputs: Vec<SlowOutput>,
    templates: BTreeMap<String, TemplateTime>,
}

struct StageTime {
    stage: Stage,
    took: Duration,
    items: usize,
    bytes: u64,
}

struct SlowOutput {
    path: String,
    template: Option<String>,
    took: Duration,
}

/// Of all pages that it printed.
#[derive(Clone, Copy, Default)]
struct TemplateTime {
    took: Duration,
    pages: usize,
}

impl RunTimes {
    pub fn new() -> Self {
        Self { begun: Instant::now(), recorded: Mutex::default() }
    }

    pub fn clock(&self) -> Duration {
        self.begun.elapsed()
    }

    pub fn stage_begins(&self, stage: Stage) {
        let mut recorded = self.lock();
        recorded.running_since = Some(self.clock());
        recorded.stages.push(StageTime { stage, took: Duration::ZERO, items: 0, bytes: 0 });
    }

    pub fn stage_ends(&self) {
        let now = self.clock();
        let RecordedTimes { stages, running_since, .. } = &mut *self.lock();
        if let (Some(last), Some(since)) = (stages.last_mut(), running_since.take()) {
            last.took = now.saturating_sub(since);
        }
    }

    pub fn items_done(&self, items: usize, bytes: u64) {
        if let Some(last) = self.lock().stages.last_mut() {
            last.items += items;
            last.bytes += bytes;
        }
    }

    pub fn output_done(&self, output: &OutputTime<'_>) {
        let RecordedTimes { outputs, templates, .. } = &mut *self.lock();
        if let Some(template) = output.template {
            let of_template = templates.entry(template.to_owned()).or_default();
            of_template.took += output.took;
            of_template.pages += 1;
        }
        let key = (Reverse(output.took), output.path.as_str());
        let at = outputs.partition_point(|slow| (Reverse(slow.took), slow.path.as_str()) < key);
        if at < MOST_NAMED {
            let (path, template) = (output.path.to_string(), output.template.map(str::to_owned));
            outputs.insert(at, SlowOutput { path, template, took: output.took });
            outputs.truncate(MOST_NAMED);
        }
    }

    /// The tables. `masked` takes private words out of a path.
    pub fn tables(&self, masked: impl Fn(&str) -> String) -> String {
        let RecordedTimes { stages, outputs, templates, .. } = &*self.lock();
        let mut text = row("time", "items", "bytes", "stage");
        for StageTime { stage, took, items, bytes } in stages {
            let items = if *items == 0 { String::new() } else { items.to_string() };
            let bytes = if *bytes == 0 { String::new() } else { size(*bytes) };
            text.push_str(&row(&seconds(*took), &items, &bytes, stage.word()));
        }
        text.push_str(&row(&seconds(self.clock()), "", "", "in all"));
        if !outputs.is_empty() {
            let _ = writeln!(text, "\n{:>10}  slowest pages and files, with their templates", "time");
        }
        for SlowOutput { path, template, took } in outputs {
            let template = template.as_ref().map(|name| format!(", {}", masked(name))).unwrap_or_default();
            let _ = writeln!(text, "{:>10}  {}{template}", seconds(*took), masked(path));
        }
        let mut slowest: Vec<(&String, &TemplateTime)> = templates.iter().collect();
        slowest.sort_by_key(|(_, time)| Reverse(time.took));
        if !slowest.is_empty() {
            let _ = writeln!(text, "\n{:>10}{:>9}  slowest templates, on all cores", "time", "pages");
        }
        for (name, TemplateTime { took, pages }) in slowest.into_iter().take(MOST_NAMED) {
            let _ = writeln!(text, "{:>10}{pages:>9}  {}", seconds(*took), masked(name));
        }
        text
    }

    fn lock(&self) -> MutexGuard<'_, RecordedTimes> {
        self.recorded.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The name is last: how wide letters are differs.
fn row(time: &str, items: &str, bytes: &str, name: &str) -> String {
    format!("{time:>10}{items:>9}{bytes:>12}  {name}\n")
}

fn seconds(time: Duration) -> String {
    format!("{:.3} s", time.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use expect_test::expect;

    use super::*;
    use crate::paths::OutPath;

    #[test]
    fn the_slowest_come_first_and_equal_times_by_path() {
        let times = RunTimes::new();
        let paths = ["b", "a", "l", "c", "d", "e", "f", "g", "h", "i", "j", "k"];
        for (millis, path) in [7, 7, 90, 7, 7, 7, 7, 7, 7, 7, 7, 1].into_iter().zip(paths) {
            let path = OutPath::new(format!("{path}.html")).unwrap();
            let template = (millis == 7).then_some("page.html");
            times.output_done(&OutputTime { path: &path, template, took: Duration::from_millis(millis) });
        }
        let path = OutPath::new("z.html").unwrap();
        times.output_done(&OutputTime {
            path: &path,
            template: Some("list.html"),
            took: Duration::from_millis(70),
        });
        let tables = times.tables(|path| path.replace('c', "•"));
        let (_, slowest) = tables.split_once("\n\n").unwrap();
        // The expected text may not begin with spaces.
        let slowest: Vec<&str> = slowest.lines().map(str::trim_start).collect();
        expect![[r#"
            time  slowest pages and files, with their templates
            0.090 s  l.html
            0.070 s  z.html, list.html
            0.007 s  a.html, page.html
            0.007 s  b.html, page.html
            0.007 s  •.html, page.html
            0.007 s  d.html, page.html
            0.007 s  e.html, page.html
            0.007 s  f.html, page.html
            0.007 s  g.html, page.html
            0.007 s  h.html, page.html

            time    pages  slowest templates, on all cores
            0.070 s        1  list.html
            0.070 s       10  page.html"#]]
        .assert_eq(&slowest.join("\n"));
    }
}
