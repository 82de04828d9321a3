//! The claims of the last publish, read briefing by briefing.
//!
//! Invariant: holds the claims of one briefing at a time, however large the file is.

use std::io::{self, BufRead, Lines};

use crate::open_data::ClaimData;

/// The file is not as a build writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Damaged;

/// The claims of one briefing.
pub(super) struct PublishedBriefing {
    pub(super) id: String,
    /// An object each.
    lines: Vec<String>,
}

impl PublishedBriefing {
    pub(super) fn has_lines(&self, lines: &[String]) -> bool {
        self.lines == lines
    }

    pub(super) fn claims(&self) -> Result<Vec<ClaimData>, Damaged> {
        self.lines.iter().map(|line| serde_json::from_str(line).map_err(|_| Damaged)).collect()
    }
}

/// The briefings of a file, in its order; ends after an error.
pub(super) struct PublishedClaims {
    lines: Lines<Box<dyn BufRead>>,
    state: State,
    /// The first line of the next briefing.
    next: Option<(String, String)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the list.
    Header,
    List,
    Ended,
}

impl PublishedClaims {
    pub(super) fn new(published: Box<dyn BufRead>) -> Self {
        Self { lines: published.lines(), state: State::Header, next: None }
    }

    fn line(&mut self) -> Result<String, Damaged> {
        // Without its last line, a file is cut short.
        self.lines.next().ok_or(Damaged)?.map_err(|_: io::Error| Damaged)
    }

    /// The next claim, with the id of its briefing; `None` at the end of the list.
    fn claim(&mut self) -> Result<Option<(String, String)>, Damaged> {
        while self.state == State::Header {
            if self.line()? == "\"claims\":[" {
                self.state = State::List;
            }
        }
        let line = self.line()?;
        if line == "]" {
            self.state = State::Ended;
            return Ok(None);
        }
        let object = line.strip_suffix(',').unwrap_or(&line);
        let id =
            object.strip_prefix("{\"briefing\":\"").and_then(|rest| rest.split('"').next()).ok_or(Damaged)?;
        Ok(Some((id.to_owned(), object.to_owned())))
    }

    fn briefing(&mut self) -> Result<Option<PublishedBriefing>, Damaged> {
        let first = match self.next.take() {
            Some(first) => Some(first),
            None if self.state == State::Ended => None,
            None => self.claim()?,
        };
        let Some((id, line)) = first else { return Ok(None) };
        let mut lines = vec![line];
        while self.state != State::Ended {
            match self.claim()? {
                Some((of, line)) if of == id => lines.push(line),
                next => {
                    self.next = next;
                    break;
                }
            }
        }
        Ok(Some(PublishedBriefing { id, lines }))
    }
}

impl Iterator for PublishedClaims {
    type Item = Result<PublishedBriefing, Damaged>;

    fn next(&mut self) -> Option<Self::Item> {
        let briefing = self.briefing();
        if briefing.is_err() {
            self.state = State::Ended;
            self.next = None;
        }
        briefing.transpose()
    }
}
