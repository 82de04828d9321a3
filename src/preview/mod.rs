//! The preview: the site, served from memory as a static host would serve it.
//!
//! `watch` notices changes, `follow` builds after each, `updater` decides what is shown, `state` holds it,
//! `edition` renders pages of it on demand, and `server` answers browsers. Writes nothing to the disk.

pub mod edition;
pub mod follow;
pub mod server;
pub mod state;
pub mod timer;
pub mod updater;
pub mod watch;
