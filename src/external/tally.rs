//! How many addresses answered, in one line.

use super::verdict::LinkVerdict;

/// How many addresses answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinkTally {
    pub addresses: usize,
    pub sites: usize,
    pub answer: usize,
    /// Of these, the answers of earlier checks.
    pub known: usize,
    pub gone: usize,
    pub private: usize,
    pub unchecked: usize,
}

impl LinkTally {
    pub(super) fn add(&mut self, verdict: &LinkVerdict) {
        self.addresses += 1;
        *match verdict {
            LinkVerdict::Answers { .. } => &mut self.answer,
            LinkVerdict::Gone(_) => &mut self.gone,
            LinkVerdict::Private => &mut self.private,
            LinkVerdict::Unchecked(_) => &mut self.unchecked,
        } += 1;
    }

    /// As `312 addresses of 48 sites: 301 answer, 4 are gone, 7 could not be checked`.
    #[must_use]
    pub fn line(&self) -> String {
        if self.addresses == 0 {
            return "no page links to another site".to_owned();
        }
        let plural =
            |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
        let of = format!(
            "{} of {}",
            plural(self.addresses, "address", "addresses"),
            plural(self.sites, "other site", "other sites")
        );
        let mut parts = vec![plural(self.answer, "answers", "answer")];
        if self.known > 0 {
            parts[0].push_str(&format!(" ({} by an earlier check)", self.known));
        }
        if self.gone > 0 {
            parts.push(plural(self.gone, "is gone", "are gone"));
        }
        if self.private > 0 {
            parts.push(format!("{} of a private network", self.private));
        }
        if self.unchecked > 0 {
            parts.push(format!("{} could not be checked", self.unchecked));
        }
        format!("{of}: {}", parts.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_counts_what_there_is() {
        let tally = LinkTally {
            addresses: 312,
            sites: 48,
            answer: 300,
            known: 250,
            gone: 4,
            private: 1,
            unchecked: 7,
        };
        let line = "312 addresses of 48 other sites: 300 answer (250 by an earlier check), 4 are gone, \
                    1 of a private network, 7 could not be checked";
        assert_eq!(tally.line(), line);
        let one = LinkTally { addresses: 1, sites: 1, answer: 1, ..LinkTally::default() };
        assert_eq!(one.line(), "1 address of 1 other site: 1 answers");
        assert_eq!(LinkTally::default().line(), "no page links to another site");
    }
}
