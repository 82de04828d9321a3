//! Publishing with rsync or rclone, which speak to hosts that are no object storage.
//!
//! Owns the script that is printed or run. It knows which files differ by the two lists, as a publish to a bucket does.

use std::path::Path;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CopyTool {
    Rsync,
    Rclone,
}

impl CopyTool {
    fn name(self) -> &'static str {
        match self {
            Self::Rsync => "rsync",
            Self::Rclone => "rclone",
        }
    }

    fn functions(self) -> &'static str {
        match self {
            Self::Rsync => include_str!("rsync.sh"),
            Self::Rclone => include_str!("rclone.sh"),
        }
    }
}

/// The script, for bash.
#[must_use]
pub fn copy_script(tool: CopyTool, out: &Path, to: &str, force: bool) -> String {
    include_str!("script.sh")
        .replace("@TOOL@", tool.name())
        .replace("@FUNCTIONS@", tool.functions().trim_end())
        .replace("@FORCE@", if force { "yes" } else { "no" })
        .replace("@OUT@", &quoted(&out.to_string_lossy()))
        .replace("@TO@", &quoted(to.trim_end_matches('/')))
}

/// One word of a shell, whatever is in it.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_is_read_as_a_command() {
        let script = copy_script(CopyTool::Rsync, Path::new("a'; rm -rf b; '"), "h:/x'$(id)/", false);
        assert!(script.contains("out='a'\\''; rm -rf b; '\\'''\n"), "{script}");
        assert!(script.contains("to='h:/x'\\''$(id)'\n"), "{script}");
        assert!(!script.contains("@TOOL@") && !script.contains("@FUNCTIONS@"));
    }
}
