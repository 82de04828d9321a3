//! The exit codes of the program, besides 0; docs/cli.md explains them.

/// Content or templates have errors.
pub const EXIT_CONTENT: u8 = 1;
/// Usage, set-up, input and output.
pub const EXIT_SETUP: u8 = 2;
/// A publish would remove too much.
pub const EXIT_REMOVALS: u8 = 3;
pub const EXIT_INTERRUPTED: u8 = 130;
