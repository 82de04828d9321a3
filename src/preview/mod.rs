//! The preview: the site, served from memory as a static host would serve it.
//!
//! `live` holds what there is to see, `edition` renders pages of it when they are asked for, and
//! `server` answers a browser. Writes nothing to the disk.

pub mod edition;
pub mod follow;
pub mod server;
pub mod state;
pub mod updater;
pub mod watch;
