//! Which address is asked when, until something is known of each.
//!
//! Owns attempts, redirects and the end. Does no input or output, and knows the time only as it is given, so that a test
//! can play every network.
//!
//! Invariant: an address is asked [`MOST_REQUESTS`] times at most.

use std::time::Duration;

use url::Url;

use super::answer::{AskFailure, AskMethod, FragmentSearch, LinkAnswer, LinkReply, LinkRequest};
use super::hosts::{AskLimits, HostQueues, HostTurn};
use super::redirect::RedirectPath;
use super::verdict::{
    GoneReason, LinkVerdict, ReplyMeaning, Settled, UncheckedReason, meaning, settled_failure,
};

/// For the address itself, ten redirects, the text after a refused head, and two more attempts.
#[cfg(test)]
pub const MOST_REQUESTS: usize = 14;

/// A second question shows whether a name server only failed for a moment.
const QUESTIONS_FOR_A_NAME: u32 = 2;

const TOO_MANY_REQUESTS: u16 = 429;

/// If so many hosts are given up before any site answers, this machine has no network.
const HOSTS_WITHOUT_NETWORK: usize = 20;

/// Which address is asked when.
#[derive(Debug)]
pub struct AskSchedule {
    limits: AskLimits,
    inquiries: Vec<Inquiry>,
    hosts: HostQueues,
    settled: usize,
    hosts_given_up: usize,
    /// Whether any host has said anything.
    is_online: bool,
}

/// All that is known of one address so far.
#[derive(Debug)]
struct Inquiry {
    path: RedirectPath,
    method: AskMethod,
    fragments: Vec<String>,
    failures: u32,
    /// How often the name system knew no host of the name that it leads to now.
    unknown_name: u32,
    verdict: Option<LinkVerdict>,
}

/// What to do next.
#[derive(Debug, PartialEq, Eq)]
pub enum NextStep {
    Ask(Box<LinkRequest>),
    /// Nothing before this time, unless an answer arrives.
    WaitUntil(Duration),
    WaitForAnswers,
    Finished,
}

impl AskSchedule {
    /// The addresses, each once, with the parts that their pages should have.
    pub fn new(addresses: Vec<(Url, Vec<String>)>, limits: AskLimits) -> Self {
        let mut schedule = Self {
            limits,
            inquiries: Vec::new(),
            hosts: HostQueues::default(),
            settled: 0,
            hosts_given_up: 0,
            is_online: false,
        };
        for (about, (url, fragments)) in addresses.into_iter().enumerate() {
            let method = if fragments.is_empty() { AskMethod::Head } else { AskMethod::Get };
            let path = RedirectPath::new(url);
            schedule.inquiries.push(Inquiry {
                path,
                method,
                fragments,
                failures: 0,
                unknown_name: 0,
                verdict: None,
            });
            schedule.queue(about, Duration::ZERO);
        }
        schedule
    }

    /// How many addresses something is known of, and how many there are.
    pub fn progress(&self) -> (usize, usize) {
        (self.settled, self.inquiries.len())
    }

    pub fn next(&mut self, now: Duration) -> NextStep {
        if now >= self.limits.total {
            self.stop(UncheckedReason::OutOfTime);
        }
        match self.hosts.take(now, &self.limits) {
            HostTurn::Ask(about) => NextStep::Ask(Box::new(self.request(about))),
            HostTurn::WaitUntil(at) => NextStep::WaitUntil(at),
            HostTurn::WaitForAnswers => NextStep::WaitForAnswers,
            HostTurn::Finished => NextStep::Finished,
        }
    }

    fn request(&self, about: usize) -> LinkRequest {
        let inquiry = &self.inquiries[about];
        LinkRequest {
            about,
            url: inquiry.path.current().clone(),
            method: inquiry.method,
            fragments: inquiry.fragments.clone(),
        }
    }

    /// Nothing more is asked. Answers to running requests still count.
    pub fn stop(&mut self, reason: UncheckedReason) {
        self.hosts.close_all();
        self.limits.total = Duration::ZERO;
        for about in 0..self.inquiries.len() {
            if self.inquiries[about].verdict.is_none() {
                self.settle(about, LinkVerdict::Unchecked(reason));
            }
        }
    }

    pub fn answered(&mut self, request: &LinkRequest, answer: LinkAnswer, now: Duration) {
        let host = host_of(&request.url);
        self.hosts.ended(&host);
        match answer {
            LinkAnswer::Reply(reply) => self.replied(request, &host, reply, now),
            LinkAnswer::Failed(failure) => self.failed(request.about, &host, failure, now),
        }
    }

    fn replied(&mut self, request: &LinkRequest, host: &str, reply: LinkReply, now: Duration) {
        self.is_online = true;
        let about = request.about;
        if reply.status == TOO_MANY_REQUESTS {
            self.too_many(about, host, &reply, now);
            return;
        }
        self.hosts.replied(host);
        match meaning(&reply, request.method) {
            ReplyMeaning::Settled(Settled::Answers) => self.answers(about, reply.parts),
            ReplyMeaning::Settled(Settled::Gone(reason)) => self.settle(about, LinkVerdict::Gone(reason)),
            ReplyMeaning::Settled(Settled::Unchecked(reason)) => {
                self.settle(about, LinkVerdict::Unchecked(reason));
            }
            ReplyMeaning::Redirect => match self.inquiries[about].path.follow(&reply) {
                Ok(()) => {
                    self.inquiries[about].unknown_name = 0;
                    self.queue(about, now);
                }
                Err(reason) => self.settle(about, LinkVerdict::Unchecked(reason)),
            },
            ReplyMeaning::AskForText => {
                self.inquiries[about].method = AskMethod::Get;
                self.queue(about, now);
            }
            ReplyMeaning::Later => self.later(about, host, &reply, now),
        }
    }

    fn answers(&mut self, about: usize, parts: FragmentSearch) {
        let moved = self.inquiries[about].path.moved();
        self.settle(about, LinkVerdict::Answers { moved, parts });
    }

    /// A host that goes on refusing is given up, before it blocks this machine for good.
    fn too_many(&mut self, about: usize, host: &str, reply: &LinkReply, now: Duration) {
        if self.hosts.failed(host, &self.limits) {
            self.settle(about, LinkVerdict::Unchecked(UncheckedReason::Status(reply.status)));
            self.close(host, LinkVerdict::Unchecked(UncheckedReason::AskedToWait));
            return;
        }
        self.hosts.pause(host, now + self.limits.usual_wait);
        self.later(about, host, reply, now);
    }

    fn later(&mut self, about: usize, host: &str, reply: &LinkReply, now: Duration) {
        let unchecked = LinkVerdict::Unchecked(UncheckedReason::Status(reply.status));
        let wait = reply.retry_after.unwrap_or_default();
        if wait > self.limits.longest_wait {
            self.settle(about, unchecked);
            self.close(host, LinkVerdict::Unchecked(UncheckedReason::AskedToWait));
            return;
        }
        self.hosts.pause(host, now + wait);
        self.again(about, unchecked, now);
    }

    fn failed(&mut self, about: usize, host: &str, failure: AskFailure, now: Duration) {
        let verdict = settled_failure(failure);
        match failure {
            AskFailure::PrivateNetwork
            | AskFailure::CertificateExpired
            | AskFailure::CertificateOfOthers
            | AskFailure::CertificateUnknown => self.settle(about, verdict),
            AskFailure::NoSuchHost => {
                let inquiry = &mut self.inquiries[about];
                inquiry.unknown_name += 1;
                if inquiry.unknown_name >= QUESTIONS_FOR_A_NAME {
                    self.settle(about, verdict.clone());
                    self.close(host, verdict);
                } else {
                    self.again(about, settled_failure(AskFailure::NoNameServer), now);
                }
            }
            _ if self.hosts.failed(host, &self.limits) => {
                self.settle(about, verdict.clone());
                self.close(host, verdict);
            }
            _ => self.again(about, verdict, now),
        }
    }

    /// Asks again after a while, or keeps the verdict if it was asked often enough.
    fn again(&mut self, about: usize, verdict: LinkVerdict, now: Duration) {
        let inquiry = &mut self.inquiries[about];
        inquiry.failures += 1;
        // A server that is confused by a request for the head may know the usual one.
        inquiry.method = AskMethod::Get;
        if inquiry.failures >= self.limits.attempts {
            self.settle(about, verdict);
            return;
        }
        let wait = self.limits.backoff * 4_u32.saturating_pow(inquiry.failures - 1);
        self.queue(about, now + wait);
    }

    fn queue(&mut self, about: usize, from: Duration) {
        if self.inquiries[about].verdict.is_some() {
            return;
        }
        let host = host_of(self.inquiries[about].path.current());
        if let Err(verdict) = self.hosts.add(&host, about, from) {
            self.settle(about, verdict);
        }
    }

    fn close(&mut self, host: &str, verdict: LinkVerdict) {
        for about in self.hosts.close(host, verdict.clone()) {
            self.settle(about, verdict.clone());
        }
        self.hosts_given_up += 1;
        if !self.is_online && self.hosts_given_up >= HOSTS_WITHOUT_NETWORK {
            self.stop(UncheckedReason::Offline);
        }
    }

    /// The first verdict counts, but for one that says that there was no time for another.
    fn settle(&mut self, about: usize, verdict: LinkVerdict) {
        let known = &mut self.inquiries[about].verdict;
        self.settled += usize::from(known.is_none());
        let is_provisional = matches!(known, Some(LinkVerdict::Unchecked(reason)) if reason.is_of_the_run());
        if known.is_none() || is_provisional && !matches!(verdict, LinkVerdict::Unchecked(_)) {
            *known = Some(verdict);
        }
    }

    /// What is known of each address; all of it once [`NextStep::Finished`] was returned.
    pub fn verdicts(&self) -> Vec<Option<LinkVerdict>> {
        let is_of_all = self.has_two_hosts();
        let verdict = |inquiry: &Inquiry| match &inquiry.verdict {
            Some(verdict) if !self.is_online && may_be_of_the_network(verdict, is_of_all) => {
                Some(LinkVerdict::Unchecked(UncheckedReason::Offline))
            }
            verdict => verdict.clone(),
        };
        self.inquiries.iter().map(verdict).collect()
    }

    fn has_two_hosts(&self) -> bool {
        let mut hosts = self.inquiries.iter().map(|inquiry| host_of(inquiry.path.current()));
        let first = hosts.next();
        hosts.any(|host| Some(host) != first)
    }
}

/// Whether it says less of a site than of the way to it, if no site answers: without a network, some systems say of every
/// name that there is none, and some networks show one certificate for all.
fn may_be_of_the_network(verdict: &LinkVerdict, is_of_all: bool) -> bool {
    match verdict {
        LinkVerdict::Gone(reason) => !matches!(reason, GoneReason::Status(_)),
        LinkVerdict::Unchecked(reason) => is_of_all && matches!(reason, UncheckedReason::Failed(_)),
        LinkVerdict::Answers { .. } | LinkVerdict::Private => false,
    }
}

pub fn host_of(url: &Url) -> String {
    url.host_str().unwrap_or_default().to_owned()
}
