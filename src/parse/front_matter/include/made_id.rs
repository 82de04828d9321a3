//! The id of a row without one.
//!
//! Owns what it is made of: when, where, what and who was counted. So a late row in the middle of the table changes no other
//! id, and a corrected number keeps its own. The source is no part of it: it may be protected.

use sha2::{Digest as _, Sha256};

use crate::paths::{Id, slugify};

/// The most letters of an id that are taken as they are.
const MOST_LETTERS: usize = 60;

/// `None` if the parts have no letter and no digit.
pub fn made_id(parts: &[&str]) -> Option<Id> {
    let whole = slugify(&parts.join(" "));
    if whole.chars().count() <= MOST_LETTERS {
        return Id::from_slug(&whole).ok();
    }
    // Two long ids may differ only at their ends.
    let digest = Sha256::digest(whole.as_bytes());
    let digest: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    let begin: String = whole.chars().take(MOST_LETTERS).collect();
    Id::from_slug(&format!("{}-{digest}", begin.trim_end_matches('-'))).ok()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_id_is_made_of_its_parts() {
        let id = |parts: &[&str]| made_id(parts).map(|id| id.to_string());
        assert_eq!(id(&["2016-10-02", "al-Heluk", "killed"]).as_deref(), Some("2016-10-02-al-heluk-killed"));
        assert_eq!(id(&["٢٠١٦", "الهلك"]).as_deref(), Some("٢٠١٦-الهلك"));
        assert_eq!(id(&["", "…"]), None);
    }

    proptest! {
        #[test]
        fn every_text_with_a_letter_makes_an_id(part in "[a-zع ]{0,200}", other in "[a-zع ]{0,200}") {
            let (one, two) = (made_id(&["x", &part]), made_id(&["x", &other]));
            prop_assert!(one.is_some() && two.is_some());
            prop_assert_eq!(slugify(&part) == slugify(&other), one == two);
        }
    }
}
