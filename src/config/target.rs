//! Where a site is published to.
//!
//! Owns how a target is written. Connects to nothing, and does not look whether a folder is there.

use crate::private::has_credentials;

/// Object storage that speaks one protocol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Storage {
    /// S3, of Amazon or of anyone else.
    S3,
    /// Google Cloud Storage.
    Gs,
    /// Azure Blob Storage.
    Az,
}

impl Storage {
    pub const ALL: [Self; 3] = [Self::S3, Self::Gs, Self::Az];

    #[must_use]
    pub fn scheme(self) -> &'static str {
        match self {
            Self::S3 => "s3",
            Self::Gs => "gs",
            Self::Az => "az",
        }
    }
}

/// Where a site is published to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublishTarget {
    /// `s3://BUCKET/PREFIX`; the prefix has no `/` at its ends and is empty for the whole bucket.
    Bucket { storage: Storage, bucket: Box<str>, prefix: Box<str> },
    /// What rsync takes: `USER@HOST:PATH`, `HOST:PATH` or `rsync://HOST/MODULE`.
    Rsync(Box<str>),
    /// `rclone:REMOTE:PATH`, without `rclone:`.
    Rclone(Box<str>),
    /// Relative to the folder of the site.
    Folder(Box<str>),
}

impl PublishTarget {
    /// Reads a target as it was typed.
    ///
    /// # Errors
    /// What is wrong with it, as a clause, and what to write instead.
    pub fn parse(text: &str) -> Result<Self, (&'static str, &'static str)> {
        let text = text.trim();
        if text.is_empty() {
            return Err(("is empty", FORMS));
        }
        if has_credentials(text) {
            return Err(("has a password", "leave it out: credentials come from the environment alone"));
        }
        if let Some((scheme, rest)) = text.split_once("://") {
            return Self::address(scheme, rest, text);
        }
        if let Some(remote) = text.strip_prefix("rclone:") {
            return match remote.split_once(':') {
                Some((name, _)) if !name.is_empty() && !name.starts_with('-') => {
                    Ok(Self::Rclone(remote.into()))
                }
                _ => Err((
                    "names no remote",
                    "write rclone:REMOTE:PATH, with a remote of `rclone listremotes`",
                )),
            };
        }
        if text.starts_with('-') {
            return Err(("begins with a hyphen", FORMS));
        }
        match text.split_once(':') {
            Some((host, _)) if is_host(host) => Ok(Self::Rsync(text.into())),
            Some((scheme, _)) if scheme.len() > 1 && !scheme.contains(['/', '\\', '.']) => {
                Err(("is an address without its //", FORMS))
            }
            _ => Ok(Self::Folder(text.into())),
        }
    }

    fn address(scheme: &str, rest: &str, text: &str) -> Result<Self, (&'static str, &'static str)> {
        if scheme == "rsync" {
            return Ok(Self::Rsync(text.into()));
        }
        let Some(storage) = Storage::ALL.into_iter().find(|storage| storage.scheme() == scheme) else {
            return Err(("is an address that nothing can be published to", FORMS));
        };
        let (bucket, prefix) = rest.split_once('/').unwrap_or((rest, ""));
        let prefix = prefix.trim_matches('/');
        if bucket.is_empty()
            || !bucket.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
        {
            return Err(("names no bucket", "write s3://BUCKET or s3://BUCKET/PREFIX"));
        }
        let is_part =
            |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(char::is_control);
        if !prefix.is_empty() && !prefix.split('/').all(is_part) {
            return Err(("has an empty part, `.` or `..`", "write s3://BUCKET/PREFIX"));
        }
        Ok(Self::Bucket { storage, bucket: bucket.into(), prefix: prefix.into() })
    }
}

const FORMS: &str =
    "write s3://BUCKET/PREFIX, gs://…, az://…, USER@HOST:PATH, rclone:REMOTE:PATH or a folder";

/// One letter before a colon is a drive of Windows.
fn is_host(text: &str) -> bool {
    let host = text.rsplit_once('@').map_or(text, |(_, host)| host);
    let is_scheme = ["s3", "gs", "az", "http", "https", "ftp", "sftp", "file"].contains(&text);
    host.len() > 1 && !is_scheme && !text.starts_with('-') && !text.contains(['/', '\\'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_is_read_by_its_form() {
        let check = |text: &str| match PublishTarget::parse(text) {
            Ok(target) => format!("{target:?}"),
            Err((fact, _)) => fact.to_owned(),
        };
        let bucket = |scheme, prefix| {
            format!("Bucket {{ storage: {scheme}, bucket: \"aleppo\", prefix: \"{prefix}\" }}")
        };
        assert_eq!(check("s3://aleppo"), bucket("S3", ""));
        assert_eq!(check("s3://aleppo/"), bucket("S3", ""));
        assert_eq!(check("gs://aleppo/a/b/"), bucket("Gs", "a/b"));
        assert_eq!(check("az://aleppo/حلب"), bucket("Az", "حلب"));
        assert_eq!(check("desk@example.org:/srv/www"), "Rsync(\"desk@example.org:/srv/www\")");
        assert_eq!(check("web:www"), "Rsync(\"web:www\")");
        assert_eq!(check("rsync://example.org/www"), "Rsync(\"rsync://example.org/www\")");
        assert_eq!(check("rclone:remote:www"), "Rclone(\"remote:www\")");
        for folder in ["/srv/www", "../www", "C:\\www", "C:/www", "./a:b", "www"] {
            assert!(check(folder).starts_with("Folder("), "{folder}");
        }
        for (wrong, fact) in [
            ("", "is empty"),
            ("s3://", "names no bucket"),
            ("s3:///a", "names no bucket"),
            ("s3://a b/c", "names no bucket"),
            ("s3://a/../c", "has an empty part, `.` or `..`"),
            ("s3://a/b//c", "has an empty part, `.` or `..`"),
            ("s3://key:secret@bucket/a", "has a password"),
            ("s3:/bucket", "is an address without its //"),
            ("ftp://example.org", "is an address that nothing can be published to"),
            ("rclone:", "names no remote"),
            ("rclone:--config:x", "names no remote"),
            ("-oProxyCommand=x:y", "begins with a hyphen"),
        ] {
            assert_eq!(check(wrong), fact, "{wrong}");
        }
    }
}
