//! From the linked site to views: what each page shows, in the words of its language.
//!
//! Owns which content is on which page. Builds no HTML but the bodies' slots, and knows no template.
//!
//! Invariant: a view depends only on the site and its route, so that a page that nothing changed is built
//! to the same bytes.
//!
//! The order of the files; each imports only from those before it: `alphabet`, `orders`, `turns`, `shared`,
//! `context`, `parts` (which has an order of its own), `json_ld`, the kinds of pages, this file.

mod alphabet;
mod briefing;
mod card;
mod changes;
mod context;
mod corrections;
mod date;
mod event;
mod figures;
mod home;
mod json_ld;
mod lists;
mod map;
mod names;
mod neighbourhood;
mod orders;
mod parts;
mod plain;
mod search;
mod shared;
mod sheet;
mod source;
mod stub;
mod timeline;
mod turns;

pub use briefing::briefing;
pub use card::{card, stub_card};
pub use changes::{ChangeDay, changes, days_of};
pub use context::PageContext;
pub use corrections::corrections;
pub use date::date;
pub use event::event;
pub use figures::figures;
pub use home::home;
pub use lists::{briefings, dates, neighbourhoods, sources};
pub use map::map;
pub use names::names;
pub use neighbourhood::neighbourhood;
pub use orders::Orders;
pub use parts::changes::change_line;
pub use parts::claims::claim_line;
pub use parts::corrections::{correction_at, correction_heading};
pub use parts::pictures::picture_card;
pub use parts::texts::{briefing_title, stub_title, summary, withdrawn_why};
pub use plain::page;
pub use search::{about, search};
pub use shared::SharedViews;
pub use sheet::sheet;
pub use source::source;
pub use stub::{has_anchored_claims, moved_briefing, not_found, redirect, stub};
pub use timeline::timeline;
pub use turns::Turns;
