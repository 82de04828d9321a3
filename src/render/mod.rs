//! Turns the linked site into bytes. Does no I/O: what is read and written is `pipeline`'s matter.

pub mod pictures;
