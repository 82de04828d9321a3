//! The name that was probably meant, for one that does not exist.
//!
//! The distance of two names is the number of letters to insert, delete, replace or swap with the next one
//! (optimal string alignment), whatever their case. A name is near if that is at most a third of the letters
//! that were typed, or one. Of names equally near, the first is meant.

/// The nearest of a few candidates. [`Nearest`] searches many for many.
#[must_use]
pub fn did_you_mean<'a>(typed: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let letters = typed.to_lowercase();
    let count = letters.chars().count();
    let limit = limit(typed);
    let mut best: Option<(usize, &str)> = None;
    for candidate in candidates {
        // The distance is never smaller than the difference in length, and costs their product.
        if candidate.chars().count().abs_diff(count) > limit {
            continue;
        }
        let distance = strsim::osa_distance(&letters, &candidate.to_lowercase());
        if distance <= limit && best.is_none_or(|(nearest, _)| distance < nearest) {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

fn limit(typed: &str) -> usize {
    (typed.chars().count() / 3).max(1)
}

/// Candidates that many names are compared with. Those that begin alike are compared once, as far as they are
/// alike, and left out together once they are too far.
pub struct Nearest<'a> {
    /// By their letters.
    candidates: Vec<Candidate<'a>>,
}

struct Candidate<'a> {
    name: &'a str,
    /// In lower case.
    letters: Vec<char>,
    /// How many letters it begins with that the candidate before it begins with too.
    shared: usize,
    /// Its place among all that were given.
    rank: usize,
}

impl<'a> Nearest<'a> {
    /// Of candidates equally near, the first is found.
    pub fn new(candidates: impl IntoIterator<Item = &'a str>) -> Self {
        let candidate = |(rank, name): (usize, &'a str)| Candidate {
            name,
            letters: name.to_lowercase().chars().collect(),
            shared: 0,
            rank,
        };
        let mut candidates: Vec<_> = candidates.into_iter().enumerate().map(candidate).collect();
        candidates.sort_by(|a, b| a.letters.cmp(&b.letters));
        for i in 1..candidates.len() {
            let pairs = candidates[i - 1].letters.iter().zip(&candidates[i].letters);
            candidates[i].shared = pairs.take_while(|(a, b)| a == b).count();
        }
        Self { candidates }
    }

    /// The candidate that [`did_you_mean`] would find.
    #[must_use]
    pub fn find(&self, typed: &str) -> Option<&'a str> {
        let letters: Vec<char> = typed.to_lowercase().chars().collect();
        let most = limit(typed);
        // Most slips are of one letter, and a low limit leaves out the most.
        let mut limit = 1;
        loop {
            let found = self.within(&letters, limit);
            if found.is_some() || limit == most {
                return found;
            }
            limit = (2 * limit).min(most);
        }
    }

    fn within(&self, typed: &[char], mut limit: usize) -> Option<&'a str> {
        let mut rows = Rows::new(typed);
        // No name that begins with so many letters of the last one is near.
        let mut too_far_from: Option<usize> = None;
        let mut best: Option<(usize, &Candidate<'a>)> = None;
        for candidate in &self.candidates {
            if too_far_from.is_some_and(|depth| candidate.shared >= depth) {
                continue;
            }
            too_far_from = None;
            rows.keep(candidate.shared);
            if candidate.letters.len().abs_diff(typed.len()) > limit {
                continue;
            }
            for letter in &candidate.letters[rows.depth()..] {
                rows.push(*letter);
                if rows.least() > limit {
                    too_far_from = Some(rows.depth());
                    break;
                }
            }
            let distance = rows.distance();
            let is_nearer =
                best.is_none_or(|(least, known)| (distance, candidate.rank) < (least, known.rank));
            if too_far_from.is_none() && distance <= limit && is_nearer {
                limit = distance;
                best = Some((distance, candidate));
            }
        }
        best.map(|(_, candidate)| candidate.name)
    }
}

/// The distances of the first letters of a candidate, a row for each number of them, from the first letters
/// of what was typed.
struct Rows<'t> {
    typed: &'t [char],
    letters: Vec<char>,
    rows: Vec<Vec<usize>>,
}

impl<'t> Rows<'t> {
    fn new(typed: &'t [char]) -> Self {
        Self { typed, letters: Vec::new(), rows: vec![(0..=typed.len()).collect()] }
    }

    fn depth(&self) -> usize {
        self.letters.len()
    }

    /// Goes on from so many letters, if there are more.
    fn keep(&mut self, letters: usize) {
        self.letters.truncate(letters);
        self.rows.truncate(letters + 1);
    }

    fn push(&mut self, letter: char) {
        let depth = self.depth();
        let above = &self.rows[depth];
        let mut row = Vec::with_capacity(above.len());
        row.push(depth + 1);
        for (i, typed) in self.typed.iter().enumerate() {
            let replaced = above[i] + usize::from(*typed != letter);
            let mut least = replaced.min(above[i + 1] + 1).min(row[i] + 1);
            let is_swap =
                depth > 0 && i > 0 && self.letters[depth - 1] == *typed && self.typed[i - 1] == letter;
            if is_swap {
                least = least.min(self.rows[depth - 1][i - 1] + 1);
            }
            row.push(least);
        }
        self.letters.push(letter);
        self.rows.push(row);
    }

    /// No candidate that goes on from here is nearer than this.
    fn least(&self) -> usize {
        let least = |row: &Vec<usize>| row.iter().copied().min().unwrap_or(0);
        let last = least(&self.rows[self.depth()]);
        // A swap goes on from the row before the last.
        let swapped = self.rows.len().checked_sub(2).map_or(usize::MAX, |i| least(&self.rows[i]) + 1);
        last.min(swapped)
    }

    fn distance(&self) -> usize {
        self.rows[self.depth()][self.typed.len()]
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_near_key_is_offered_and_a_far_one_is_not() {
        assert_eq!(did_you_mean("titel", ["title", "date"]), Some("title"));
        assert_eq!(did_you_mean("colour", ["title", "date"]), None);
    }

    proptest! {
        #[test]
        fn many_candidates_are_searched_as_a_few_are(
            names in prop::collection::vec("[abA]{0,6}|[a-c]{3,9}|ab[Éß]{1,4}", 0..12),
            typed in "[abA]{0,7}|[a-c]{3,12}|ab[éSs]{1,4}",
        ) {
            let names = || names.iter().map(String::as_str);
            prop_assert_eq!(Nearest::new(names()).find(&typed), did_you_mean(&typed, names()));
        }
    }
}
