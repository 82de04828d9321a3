//! Parts of pages: what more than one kind of page shows.
//!
//! Owns the views below those of whole pages. Knows no kind of page.
//!
//! The order of the files; each imports only from those before it: `labels`, `times`, `links`, `texts`,
//! `backlinks`, `body`, `silence`, `evidence`, `corrections`, `claims`, `claim_groups`, `changes`, `board`, `items`,
//! `dates`, `pictures`, `layout`, `lists`, `charts`, `calendar`, `timeline`, `maps`.

pub mod backlinks;
pub mod board;
pub mod body;
pub mod calendar;
pub mod changes;
pub mod charts;
pub mod claim_groups;
pub mod claims;
pub mod corrections;
pub mod data_links;
pub mod dates;
pub mod evidence;
pub mod items;
pub mod labels;
pub mod layout;
pub mod links;
pub mod lists;
pub mod many_claims;
pub mod maps;
pub mod notice;
pub mod pictures;
pub mod silence;
pub mod texts;
pub mod timeline;
pub mod times;
