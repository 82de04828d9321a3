//! The addresses of each host that are still to be asked.
//!
//! Owns how many requests a host gets at once, the pause between them, and when a host is given up. Knows no answer.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use super::verdict::LinkVerdict;

/// How many times more failures a host may have if it has answered before.
const PATIENCE_AFTER_A_REPLY: u32 = 4;

/// How hard other people's servers are used.
#[derive(Clone, Copy, Debug)]
pub struct AskLimits {
    /// Requests to one host at once.
    pub per_host: usize,
    /// From the begin of a request to a host to the begin of the next one.
    pub pause: Duration,
    /// Requests for an address that get no answer.
    pub attempts: u32,
    /// Before the second attempt; four times as long before each later one.
    pub backoff: Duration,
    /// For a host that has too many requests, and does not say how long it wants to be left alone.
    pub usual_wait: Duration,
    /// A host that asks for more is not asked again.
    pub longest_wait: Duration,
    /// No request begins later.
    pub total: Duration,
}

impl AskLimits {
    pub fn new(total: Duration) -> Self {
        Self {
            per_host: 2,
            pause: Duration::from_millis(500),
            attempts: 3,
            backoff: Duration::from_secs(2),
            usual_wait: Duration::from_secs(10),
            longest_wait: Duration::from_secs(60),
            total,
        }
    }
}

/// The queues of all hosts, by name.
#[derive(Debug, Default)]
pub struct HostQueues(BTreeMap<String, HostQueue>);

#[derive(Debug, Default)]
struct HostQueue {
    waiting: VecDeque<WaitingAddress>,
    active: usize,
    open_from: Duration,
    has_replied: bool,
    /// In a row.
    failures: u32,
    /// What holds for all further addresses of a host that was given up.
    closed: Option<LinkVerdict>,
}

#[derive(Clone, Copy, Debug)]
struct WaitingAddress {
    about: usize,
    from: Duration,
}

/// What to do next.
#[derive(Debug, PartialEq, Eq)]
pub enum HostTurn {
    Ask(usize),
    /// Nothing before this time, unless an answer arrives.
    WaitUntil(Duration),
    /// Only running requests are left.
    WaitForAnswers,
    Finished,
}

impl HostQueues {
    /// Adds an address. An error is what is known of the host already.
    pub fn add(&mut self, host: &str, about: usize, from: Duration) -> Result<(), LinkVerdict> {
        let queue = self.0.entry(host.to_owned()).or_default();
        if let Some(closed) = &queue.closed {
            return Err(closed.clone());
        }
        queue.waiting.push_back(WaitingAddress { about, from });
        Ok(())
    }

    /// Takes the next address. The host with the most addresses comes first: it takes longest.
    pub fn take(&mut self, now: Duration, limits: &AskLimits) -> HostTurn {
        let open = self.0.values_mut().filter(|queue| queue.is_open(now, limits));
        if let Some(queue) = open.max_by_key(|queue| queue.waiting.len())
            && let Some(about) = queue.take(now, limits)
        {
            return HostTurn::Ask(about);
        }
        let next = self.0.values().filter(|queue| queue.active < limits.per_host).filter_map(HostQueue::next);
        if let Some(at) = next.min() {
            return HostTurn::WaitUntil(at);
        }
        let is_active = self.0.values().any(|queue| queue.active > 0);
        if is_active { HostTurn::WaitForAnswers } else { HostTurn::Finished }
    }

    /// A request to a host has ended.
    pub fn ended(&mut self, host: &str) {
        if let Some(queue) = self.0.get_mut(host) {
            queue.active = queue.active.saturating_sub(1);
        }
    }

    pub fn replied(&mut self, host: &str) {
        if let Some(queue) = self.0.get_mut(host) {
            queue.has_replied = true;
            queue.failures = 0;
        }
    }

    /// Whether a host has failed, or refused more requests, so often in a row that it must not be asked again. One that
    /// has answered before gets more patience.
    pub fn failed(&mut self, host: &str, limits: &AskLimits) -> bool {
        self.0.get_mut(host).is_some_and(|queue| {
            queue.failures += 1;
            let patience = if queue.has_replied { PATIENCE_AFTER_A_REPLY } else { 1 };
            queue.failures >= limits.attempts * patience
        })
    }

    /// Leaves a host alone until then.
    pub fn pause(&mut self, host: &str, until: Duration) {
        if let Some(queue) = self.0.get_mut(host) {
            queue.open_from = queue.open_from.max(until);
        }
    }

    /// Gives a host up, and returns the addresses that were still to be asked.
    pub fn close(&mut self, host: &str, verdict: LinkVerdict) -> Vec<usize> {
        let Some(queue) = self.0.get_mut(host) else { return Vec::new() };
        queue.closed = Some(verdict);
        queue.waiting.drain(..).map(|waiting| waiting.about).collect()
    }

    /// Gives all hosts up.
    pub fn close_all(&mut self) {
        self.0.values_mut().for_each(|queue| queue.waiting.clear());
    }
}

impl HostQueue {
    fn is_open(&self, now: Duration, limits: &AskLimits) -> bool {
        self.active < limits.per_host && self.next().is_some_and(|next| next <= now)
    }

    fn next(&self) -> Option<Duration> {
        let first = self.waiting.iter().map(|waiting| waiting.from).min()?;
        Some(first.max(self.open_from))
    }

    fn take(&mut self, now: Duration, limits: &AskLimits) -> Option<usize> {
        let position = self.waiting.iter().position(|waiting| waiting.from <= now)?;
        let taken = self.waiting.remove(position)?;
        self.active += 1;
        self.open_from = now + limits.pause;
        Some(taken.about)
    }
}
