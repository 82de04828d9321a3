//! Laws of the check, for every network: servers here answer, refuse, lie, redirect and fall silent in any order.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use proptest::prelude::*;

use super::answer::{AskFailure, AskMethod, LinkAnswer, LinkReply, LinkRequest};
use super::ask::{AskSites, Onlookers, ask_all};
use super::hosts::AskLimits;
use super::schedule::{AskSchedule, MOST_REQUESTS, NextStep, host_of};
use super::verdict::{GoneReason, LinkVerdict, UncheckedReason};
use crate::engine::Unobserved;

const TOTAL: Duration = Duration::from_secs(300);

fn reply(status: u16, location: &str, retry_after: Option<u64>) -> LinkAnswer {
    LinkAnswer::Reply(LinkReply {
        status,
        location: location.to_owned(),
        retry_after: retry_after.map(Duration::from_secs),
        ..LinkReply::default()
    })
}

fn answers() -> impl Strategy<Value = LinkAnswer> {
    use AskFailure::{
        CertificateExpired, CertificateOfOthers, CertificateUnknown, Cut, NoNameServer, NoSuchHost, NoTls,
        NotHttp, PrivateNetwork, Proxy, Refused, Silent,
    };
    let statuses =
        prop::sample::select(vec![200, 204, 400, 403, 404, 405, 410, 418, 429, 451, 500, 501, 503, 999]);
    let targets = prop::sample::select(vec![
        "/",
        "/1",
        "/2",
        "http://b.org/",
        "https://c.org/x",
        "//d.org/",
        "http://127.0.0.1/",
        "",
        "file:///x",
    ]);
    let failures = prop::sample::select(vec![
        NoSuchHost,
        NoNameServer,
        PrivateNetwork,
        CertificateExpired,
        CertificateOfOthers,
        CertificateUnknown,
        NoTls,
        Refused,
        Cut,
        Silent,
        Proxy,
        NotHttp,
    ]);
    let waits = prop::option::of(prop::sample::select(vec![0, 1, 30, 61, u64::MAX]));
    prop_oneof![
        (statuses, waits).prop_map(|(status, wait)| reply(status, "", wait)),
        (prop::sample::select(vec![301, 302, 303, 307, 308]), targets)
            .prop_map(|(status, target)| reply(status, target, None)),
        failures.prop_map(LinkAnswer::Failed),
    ]
}

/// A network of one thread, whose clock is moved on by hand.
#[derive(Default)]
struct Simulation {
    now: Duration,
    running: Vec<(Duration, LinkRequest)>,
    begun_by_host: BTreeMap<String, Duration>,
    requests: BTreeMap<usize, usize>,
    /// What was said, by address and by host.
    said: BTreeMap<usize, Vec<(AskMethod, LinkAnswer)>>,
    said_by_host: BTreeMap<String, Vec<LinkAnswer>>,
}

impl Simulation {
    fn begin(&mut self, request: LinkRequest, takes: Duration, limits: &AskLimits) {
        let host = host_of(&request.url);
        let at_once = self.running.iter().filter(|(_, other)| host_of(&other.url) == host).count();
        assert!(at_once < limits.per_host, "{at_once} requests run at {host} already");
        let before = self.begun_by_host.insert(host, self.now);
        assert!(before.is_none_or(|before| self.now >= before + limits.pause), "there is a pause");
        assert!(self.now < limits.total, "no request begins after the end");
        *self.requests.entry(request.about).or_default() += 1;
        self.running.push((self.now + takes, request));
    }

    fn end_one(&mut self, schedule: &mut AskSchedule, answer: LinkAnswer) {
        let first = (0..self.running.len()).min_by_key(|index| self.running[*index].0);
        let (at, request) = self.running.remove(first.expect("a request is running"));
        self.now = self.now.max(at);
        self.said.entry(request.about).or_default().push((request.method, answer.clone()));
        self.said_by_host.entry(host_of(&request.url)).or_default().push(answer.clone());
        schedule.answered(&request, answer, self.now);
    }

    fn first_end(&self) -> Option<Duration> {
        self.running.iter().map(|(at, _)| *at).min()
    }

    /// Whether somebody said that an address is gone.
    fn has_evidence(&self, about: usize, reason: GoneReason) -> bool {
        let said = self.said.get(&about).map_or(&[][..], Vec::as_slice);
        let failed = |failure| said.iter().any(|(_, answer)| *answer == LinkAnswer::Failed(failure));
        match reason {
            GoneReason::Status(status) => said.iter().any(|(method, answer)| {
                *method == AskMethod::Get
                    && matches!(answer, LinkAnswer::Reply(reply) if reply.status == status)
            }),
            GoneReason::CertificateExpired => failed(AskFailure::CertificateExpired),
            GoneReason::CertificateOfOthers => failed(AskFailure::CertificateOfOthers),
            GoneReason::NoSuchHost => self.said_by_host.values().any(|answers| {
                let no_such_host = LinkAnswer::Failed(AskFailure::NoSuchHost);
                answers.iter().filter(|answer| **answer == no_such_host).count() >= 2
            }),
        }
    }
}

fn simulate(
    addresses: &[(usize, usize)],
    mut answers: impl Iterator<Item = (LinkAnswer, u64)>,
) -> (Simulation, Vec<Option<LinkVerdict>>) {
    let limits = AskLimits::new(TOTAL);
    let url = |(host, page): &(usize, usize)| {
        let host = char::from_u32('a' as u32 + *host as u32).unwrap();
        (format!("http://{host}.org/{page}").parse().unwrap(), Vec::new())
    };
    let mut schedule = AskSchedule::new(addresses.iter().map(url).collect(), limits);
    let mut simulation = Simulation::default();
    let mut begun = 0;
    loop {
        match schedule.next(simulation.now) {
            NextStep::Finished => break,
            NextStep::Ask(request) => {
                begun += 1;
                simulation.begin(*request, Duration::from_millis(97 * (begun % 50)), &limits);
            }
            NextStep::WaitUntil(at) if simulation.first_end().is_none_or(|end| at < end) => {
                assert!(at > simulation.now, "time passes");
                simulation.now = at;
            }
            NextStep::WaitUntil(_) | NextStep::WaitForAnswers => {
                let (answer, more) = answers.next().unwrap();
                simulation.running.iter_mut().for_each(|(at, _)| *at += Duration::from_secs(more));
                simulation.end_one(&mut schedule, answer);
            }
        }
    }
    (simulation, schedule.verdicts())
}

proptest! {
    #[test]
    fn each_address_is_asked_a_few_times_and_no_host_is_hurried(
        addresses in prop::collection::vec((0..4_usize, 0..9_usize), 1..30),
        answers in prop::collection::vec((answers(), 0..3_u64), 1..60),
    ) {
        let (simulation, verdicts) = simulate(&addresses, answers.into_iter().cycle());
        prop_assert!(verdicts.iter().all(Option::is_some));
        let most = simulation.requests.values().max().copied().unwrap_or_default();
        prop_assert!(most <= MOST_REQUESTS, "{} requests for one address", most);
    }

    #[test]
    fn an_address_is_gone_only_if_its_server_or_the_name_system_said_so(
        addresses in prop::collection::vec((0..4_usize, 0..9_usize), 1..12),
        answers in prop::collection::vec((answers(), 0..3_u64), 1..60),
    ) {
        let (simulation, verdicts) = simulate(&addresses, answers.into_iter().cycle());
        for (about, verdict) in verdicts.into_iter().flatten().enumerate() {
            if let LinkVerdict::Gone(reason) = verdict {
                prop_assert!(simulation.has_evidence(about, reason), "address {} is {:?}", about, reason);
            }
        }
    }
}

#[test]
fn a_silent_host_is_given_up_after_three_attempts_however_many_pages_it_has() {
    let addresses: Vec<(usize, usize)> = (0..300).map(|page| (0, page)).collect();
    let silence = (LinkAnswer::Failed(AskFailure::Silent), 15);
    let (simulation, verdicts) = simulate(&addresses, std::iter::repeat(silence));
    let asked: usize = simulation.requests.values().sum();
    assert!(asked <= 4, "{asked} requests");
    let silent = LinkVerdict::Unchecked(UncheckedReason::Failed(AskFailure::Silent));
    assert!(verdicts.iter().all(|verdict| *verdict == Some(silent.clone())));
}

#[test]
fn a_host_that_asks_for_an_hour_is_left_alone() {
    let addresses: Vec<(usize, usize)> = (0..9).map(|page| (0, page)).collect();
    let (simulation, verdicts) = simulate(&addresses, std::iter::repeat((reply(429, "", Some(3600)), 0)));
    assert!(simulation.requests.values().sum::<usize>() <= 2);
    let waits = |verdict: &Option<LinkVerdict>| {
        *verdict == Some(LinkVerdict::Unchecked(UncheckedReason::AskedToWait))
    };
    assert!(verdicts.iter().filter(|verdict| waits(verdict)).count() >= 7);
}

#[test]
fn a_host_that_refuses_more_requests_is_asked_less_and_then_given_up() {
    let addresses: Vec<(usize, usize)> = (0..300).map(|page| (0, page)).collect();
    let good = std::iter::repeat_n((reply(200, "", None), 0), 50);
    for refusal in [reply(429, "", None), LinkAnswer::Failed(AskFailure::Refused)] {
        let answers = good.clone().chain(std::iter::repeat((refusal.clone(), 0)));
        let (simulation, verdicts) = simulate(&addresses, answers);
        let requests: usize = simulation.requests.values().sum();
        assert!((50..66).contains(&requests), "{requests} requests: {refusal:?}");
        let unchecked = |verdict: &LinkVerdict| matches!(verdict, LinkVerdict::Unchecked(_));
        assert_eq!(verdicts.iter().flatten().filter(|verdict| unchecked(verdict)).count(), 250);
    }
}

#[test]
fn without_a_network_nothing_is_called_gone() {
    let offline = (LinkAnswer::Failed(AskFailure::NoSuchHost), 0);
    let (_, verdicts) = simulate(&[(0, 1), (1, 1), (1, 2)], std::iter::repeat(offline.clone()));
    let unknown = Some(LinkVerdict::Unchecked(UncheckedReason::Offline));
    assert!(verdicts.iter().all(|verdict| *verdict == unknown), "{verdicts:?}");
    let online = [offline.clone(), (reply(200, "", None), 0)].into_iter().chain(std::iter::repeat(offline));
    let (_, verdicts) = simulate(&[(0, 1), (1, 1)], online);
    assert!(verdicts.contains(&Some(LinkVerdict::Gone(GoneReason::NoSuchHost))), "{verdicts:?}");
}

#[test]
fn a_machine_without_a_network_gives_up_soon() {
    let addresses: Vec<(usize, usize)> =
        (0..26).flat_map(|host| (0..9).map(move |page| (host, page))).collect();
    let silence = (LinkAnswer::Failed(AskFailure::Silent), 0);
    let (simulation, verdicts) = simulate(&addresses, std::iter::repeat(silence.clone()));
    let unknown = Some(LinkVerdict::Unchecked(UncheckedReason::Offline));
    assert!(verdicts.iter().all(|verdict| *verdict == unknown), "{verdicts:?}");
    assert!(simulation.said_by_host.values().all(|answers| answers.len() <= 4));
    assert!(simulation.requests.len() < addresses.len(), "most are not asked");
    let online = std::iter::once((reply(200, "", None), 0)).chain(std::iter::repeat(silence));
    let (_, verdicts) = simulate(&addresses, online);
    assert!(!verdicts.contains(&unknown), "one site answers, so that the others are silent themselves");
}

/// Sites that answer by the path of the address.
#[derive(Default)]
struct Scripted {
    asked: Mutex<Vec<String>>,
    at_once: AtomicUsize,
    most_at_once: AtomicUsize,
}

impl AskSites for Scripted {
    fn ask(&self, request: &LinkRequest) -> LinkAnswer {
        let at_once = self.at_once.fetch_add(1, Ordering::SeqCst) + 1;
        self.most_at_once.fetch_max(at_once, Ordering::SeqCst);
        self.asked.lock().unwrap().push(format!("{:?} {}", request.method, request.url));
        std::thread::sleep(Duration::from_millis(20));
        self.at_once.fetch_sub(1, Ordering::SeqCst);
        match request.url.path() {
            "/gone" => reply(404, "", None),
            "/head-refused" if request.method == AskMethod::Head => reply(405, "", None),
            "/moved" => reply(301, "/new", None),
            _ => reply(200, "", None),
        }
    }

    fn give_up(&self) {}
}

#[test]
fn several_threads_ask_and_the_result_is_in_the_order_of_the_addresses() {
    let paths = ["gone", "head-refused", "moved", "good"];
    let addresses = paths.map(|path| (format!("http://{path}.org/{path}").parse().unwrap(), Vec::new()));
    let sites = Scripted::default();
    let mut saved = 0;
    let mut onlookers = Onlookers {
        is_stopped: &|| false,
        observer: &Unobserved,
        on_save: &mut |verdicts| saved = verdicts.iter().flatten().count(),
    };
    let schedule = AskSchedule::new(addresses.into(), AskLimits::new(TOTAL));
    let (verdicts, was_stopped) = ask_all(schedule, &sites, &mut onlookers);
    assert_eq!((saved, was_stopped), (4, false));
    let words: Vec<String> = verdicts.iter().flatten().map(|verdict| format!("{verdict:?}")).collect();
    let good = "Answers { moved: None, parts: FragmentSearch { present: [], missing: [] } }";
    assert_eq!(words[0], "Gone(Status(404))");
    assert_eq!((words[1].as_str(), words[3].as_str()), (good, good));
    assert_eq!(words[2], good.replace("None", "Some(ForGood(\"http://moved.org/new\"))"));
    assert!(sites.most_at_once.load(Ordering::SeqCst) > 1, "several at once");
    let mut asked = sites.asked.into_inner().unwrap();
    asked.sort();
    assert_eq!(
        asked,
        [
            "Get http://gone.org/gone",
            "Get http://head-refused.org/head-refused",
            "Head http://gone.org/gone",
            "Head http://good.org/good",
            "Head http://head-refused.org/head-refused",
            "Head http://moved.org/moved",
            "Head http://moved.org/new",
        ]
    );
}

#[test]
fn a_stop_keeps_what_is_known() {
    let addresses = (0..9).map(|page| (format!("http://a.org/{page}").parse().unwrap(), Vec::new()));
    let sites = Scripted::default();
    let begun = std::time::Instant::now();
    let mut onlookers = Onlookers {
        is_stopped: &|| begun.elapsed() > Duration::from_millis(250),
        observer: &Unobserved,
        on_save: &mut |_| (),
    };
    let schedule = AskSchedule::new(addresses.collect(), AskLimits::new(TOTAL));
    let (verdicts, was_stopped) = ask_all(schedule, &sites, &mut onlookers);
    let answers = verdicts.iter().flatten().filter(|verdict| matches!(verdict, LinkVerdict::Answers { .. }));
    assert!(was_stopped && (1..9).contains(&answers.count()), "{verdicts:?}");
    assert!(verdicts.contains(&Some(LinkVerdict::Unchecked(UncheckedReason::Interrupted))));
}
