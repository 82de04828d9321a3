//! A briefing as a short text, for messengers: its title, its claims, up to when it knows, and its address.
//!
//! Owns what is left out if there is no room. The values are those of the page. A claim is there as a whole, with who
//! says so and how sure it is, or not at all.
//!
//! Invariants: no card is longer than its limit; up to when it knows, or that it is gone, and its address are in every
//! card.

use super::text_length::TextLimit;

/// What a card is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CardParts {
    pub title: String,
    /// In the order of the page.
    pub claims: Vec<String>,
    /// Claims that are not shown on a card in any case, as they do not hold any more.
    pub withheld: usize,
    /// Up to when the briefing knows, in words.
    pub as_of: String,
    /// What else to say of it, the most important first.
    pub notes: Vec<String>,
    /// Where the page is; without a `base_url` its path.
    pub address: String,
}

/// How many of the limit's units the shortest card needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooShort(pub usize);

impl CardParts {
    /// The longest card within the limit. `left_out` says in words how many claims are only on the page.
    ///
    /// # Errors
    /// If the time and the address do not fit.
    pub fn fitted(&self, limit: TextLimit, left_out: impl Fn(usize) -> String) -> Result<String, TooShort> {
        let with_notes = |title: &str, claims: &[&str], notes: usize| {
            let text = self.text(title, claims, &self.notes[..notes], &left_out);
            if limit.is_of_messages() { in_message_letters(&text) } else { text }
        };
        let shortest = with_notes("", &[], 0);
        if !limit.fits(&shortest) {
            return Err(TooShort(limit.length(&shortest)));
        }
        let fits = |notes: &usize| limit.fits(&with_notes("", &[], *notes));
        let notes = (0..=self.notes.len()).rev().find(fits).unwrap_or(0);
        let text = |title: &str, claims: &[&str]| with_notes(title, claims, notes);
        let title = if limit.fits(&text(&self.title, &[])) { self.title.as_str() } else { "" };
        let mut chosen: Vec<&str> = Vec::new();
        for claim in &self.claims {
            chosen.push(claim);
            if !limit.fits(&text(title, &chosen)) {
                chosen.pop();
                // A shorter one further down may be a rumour: length must not choose what readers get.
                break;
            }
        }
        // The line of what is left out may have been all that was too long.
        let all: Vec<&str> = self.claims.iter().map(String::as_str).collect();
        let whole = text(title, &all);
        Ok(if limit.fits(&whole) { whole } else { text(title, &chosen) })
    }

    fn text(
        &self,
        title: &str,
        claims: &[&str],
        notes: &[String],
        left_out: &impl Fn(usize) -> String,
    ) -> String {
        let missing = self.claims.len() - claims.len() + self.withheld;
        let more = if missing > 0 { left_out(missing) } else { String::new() };
        let claims = claims.iter().map(|claim| format!("- {claim}"));
        let lines = [title.to_owned()].into_iter().chain(claims);
        let end = notes.iter().cloned().chain([self.address.clone()]);
        let lines = lines.chain([more, self.as_of.clone()]).chain(end);
        let text = lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        text.replace(['\u{a0}', '\u{202f}'], " ")
    }
}

/// With marks that the alphabet of text messages has: one other letter, and a message holds less than half as much.
fn in_message_letters(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\u{2018}' | '\u{2019}' => plain.push('\''),
            '\u{201c}' | '\u{201d}' => plain.push('"'),
            '\u{2013}' | '\u{2014}' => plain.push('-'),
            '\u{2026}' => plain.push_str("..."),
            letter => plain.push(letter),
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn left_out(count: usize) -> String {
        format!("{count} more")
    }

    fn limits() -> impl Strategy<Value = TextLimit> {
        prop_oneof![
            (0..400_usize).prop_map(TextLimit::Characters),
            (0..5_usize).prop_map(TextLimit::MessageParts)
        ]
    }

    proptest! {
        #[test]
        fn no_card_is_longer_than_its_limit_and_every_card_has_its_time_and_its_address(
            title in "[a-zح€]{0,60}",
            claims in proptest::collection::vec("[a-zح€ ]{1,90}", 0..6),
            withheld in 0..3_usize,
            limit in limits(),
        ) {
            let parts = CardParts {
                title,
                claims,
                withheld,
                as_of: "as of 1 May".to_owned(),
                notes: Vec::new(),
                address: "https://example.org/b.html".to_owned(),
            };
            match parts.fitted(limit, left_out) {
                Ok(card) => {
                    prop_assert!(limit.fits(&card), "{}", card);
                    prop_assert!(card.ends_with("as of 1 May\nhttps://example.org/b.html"));
                    let claims: Vec<&str> = card.lines().filter_map(|line| line.strip_prefix("- ")).collect();
                    prop_assert!(claims.iter().all(|claim| parts.claims.iter().any(|whole| whole == claim)));
                    let missing = parts.claims.len() + parts.withheld - claims.len();
                    prop_assert_eq!(card.lines().any(|line| line == left_out(missing)), missing > 0);
                }
                Err(TooShort(needed)) => prop_assert!(needed > limit.most()),
            }
        }
    }

    #[test]
    fn claims_come_in_their_order_up_to_the_first_that_does_not_fit() {
        let parts = CardParts {
            title: "Water is back".to_owned(),
            claims: vec![
                "The pumps run. (Radio Brine / one source)".to_owned(),
                "a".repeat(100),
                "b".to_owned(),
            ],
            withheld: 0,
            as_of: "As of 1 May".to_owned(),
            notes: Vec::new(),
            address: "https://example.org/b.html".to_owned(),
        };
        let card = parts.fitted(TextLimit::MessageParts(1), left_out).unwrap();
        assert_eq!(
            card,
            "Water is back\n- The pumps run. (Radio Brine / one source)\n2 more\nAs of 1 May\n\
             https://example.org/b.html"
        );
        assert_eq!(parts.fitted(TextLimit::Characters(20), left_out), Err(TooShort(45)));
    }
}
