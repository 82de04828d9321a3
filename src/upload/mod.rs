//! Takes a finished build to object storage.
//!
//! Owns the order in which a bucket changes, the lease that keeps two publishes apart, and what is said to the storage.
//! Builds nothing, and reads the output folder through [`FinishedOutput`] alone.
//!
//! # The order, and why
//!
//! SHA256SUMS in the bucket lists what is ours, so one request says what differs. If nothing does, that was all. Else:
//!
//! 1. *A lease is taken*: `.bulletin-publish`, which no second publish can write while this one renews it.
//! 2. *All that will be sent is read*, and must be what the build wrote.
//!    Then the journal `.bulletin-journal` names all files that will be written, and SHA256SUMS is marked as unfinished.
//! 3. *New files that are not pages*, then *new pages*: no page in place links to them yet. (New pages may link to each
//!    other in circles, so for a moment one may link to another that is not there yet; but no page that a reader can
//!    reach from the home page links to either. A new home page comes with step 4.)
//! 4. *Changed pages*, then *lists, dates and the home page*, then *feeds, data and sitemaps*.
//! 5. *Everything that was sent is read back* and compared.
//! 6. *SHA256SUMS*, on the condition that it is still the one that was read. It lists what will be removed, too, as
//!    that is still there.
//! 7. *What is gone is removed*, pages first, then *SHA256SUMS without it* is written.
//!
//! A publish that is stopped anywhere leaves a site that holds together. The next one, of whatever build, finds by the
//! list and the journal what is still to be done. Each file carries its hash as metadata, so that files of others are
//! known.

mod bucket;
mod connect;
mod difference;
mod fault;
mod folder;
mod http;
mod lease;
mod messages;
mod order;
mod published;
mod purge;
mod refusals;
mod run;
mod script;
mod transfer;

#[cfg(test)]
mod tests;

pub use bucket::Bucket;
pub use connect::{Surroundings, connect};
pub use folder::copy;
pub use lease::LeaseTimes;
pub use purge::purge_list;
pub use refusals::check_for_readers;
pub use run::{UploadFailure, UploadOptions, UploadSafety, Uploaded, upload};
pub use script::{CopyTool, copy_script};
