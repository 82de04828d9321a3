//! The preview: the site, served from memory as a static host would serve it.

pub mod server;
