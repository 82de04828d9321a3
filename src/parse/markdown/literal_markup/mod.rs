//! Markup that readers see as text: marks that the parser did not take.
//!
//! Owns how such marks are recognised. The writer of the body feeds it what readers see of each block, and
//! where that is in the body. Code, HTML, escaped characters and character references are no text here, so
//! nothing in them is ever reported.
//!
//! Invariant: a false alarm is as bad as a miss. Marks that people also type in prose (`2 * 3`, `a_b`, `[sic]`)
//! are reported only in a form that prose does not have.

mod alerts;
mod attributes;
mod brackets;
mod emphasis;
mod marks;
mod table_rows;
mod template_tags;
mod text;

use super::problems::Problems;
use text::LiteralText;
pub(super) use text::{BlockKind, BlockText};

/// Reports the marks of a block that ends, and empties it.
pub(super) fn check(block: &mut BlockText, body: &str, problems: &mut Problems<'_>) {
    if block.may_have_marks() {
        let literal = LiteralText { block, body };
        template_tags::check(&literal, problems);
        brackets::check(&literal, problems);
        emphasis::check(&literal, problems);
        if block.is_prose() {
            attributes::check(&literal, problems);
            marks::check(&literal, problems);
            alerts::check(&literal, problems);
            table_rows::check(&literal, problems);
        }
    }
    block.clear();
}
