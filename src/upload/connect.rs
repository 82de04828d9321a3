//! From a target and what surrounds the program to a bucket.
//!
//! Owns where credentials are found: in the environment, and in the files that the storage's own tools keep. They go
//! nowhere but to the storage.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use configparser::ini::Ini;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey, Checksum};
use object_store::azure::{AzureConfigKey, MicrosoftAzureBuilder};
use object_store::gcp::{GoogleCloudStorageBuilder, GoogleConfigKey};
use object_store::{BackoffConfig, ObjectStore, RetryConfig};

use super::bucket::Bucket;
use super::http::Connector;
use crate::config::Storage;
use crate::diag::{Code, Diagnostic};
use crate::private::has_credentials;

/// The environment of the program, as `cli` read it.
pub struct Surroundings {
    /// Names and values.
    pub variables: Vec<(String, String)>,
    pub home: Option<PathBuf>,
}

impl Surroundings {
    fn variable(&self, name: &str) -> Option<&str> {
        let found = self.variables.iter().find(|(variable, _)| variable == name);
        found.map(|(_, value)| value.as_str()).filter(|value| !value.is_empty())
    }

    /// The first variable with an address of a storage that is none.
    fn bad_endpoint(&self) -> Option<&str> {
        let addresses = self.variables.iter().filter(|(name, value)| {
            ["AWS_", "AZURE_", "GOOGLE_"].iter().any(|prefix| name.starts_with(prefix))
                && name.contains("ENDPOINT")
                && !value.is_empty()
        });
        let is_bad = |value: &str| {
            let host = value.split_once("://").filter(|(scheme, _)| ["http", "https"].contains(scheme));
            host.is_none_or(|(_, rest)| rest.is_empty() || rest.starts_with('/'))
                || has_credentials(value)
                || value.parse::<ureq::http::Uri>().is_err()
        };
        addresses.into_iter().find(|(_, value)| is_bad(value)).map(|(name, _)| name.as_str())
    }

    /// The options of one storage: the variables with a prefix, by their names in small letters.
    fn options<K: std::str::FromStr>(&self, prefix: &str) -> impl Iterator<Item = (K, &str)> {
        let named =
            self.variables.iter().filter(move |(name, value)| name.starts_with(prefix) && !value.is_empty());
        named.filter_map(|(name, value)| Some((name.to_ascii_lowercase().parse().ok()?, value.as_str())))
    }
}

/// The bucket of a target.
///
/// # Errors
/// If a setting is missing or wrong. No value is named.
pub fn connect(
    storage: Storage,
    name: &str,
    prefix: &str,
    surroundings: &Surroundings,
) -> Result<Bucket, Diagnostic> {
    if let Some(variable) = surroundings.bad_endpoint() {
        return Err(bad_endpoint(variable));
    }
    if storage == Storage::S3 && !has_keys_of_aws(surroundings) {
        return Err(incomplete(storage, &format!("s3://{name}")));
    }
    let store = match storage {
        Storage::S3 => s3(name, surroundings),
        Storage::Gs => gs(name, surroundings),
        Storage::Az => az(name, surroundings),
    };
    let shown_as = format!("{}://{name}/{prefix}", storage.scheme());
    let store = store.map_err(|_| incomplete(storage, &shown_as))?;
    Ok(Bucket::new(store, prefix, &shown_as))
}

fn bad_endpoint(variable: &str) -> Diagnostic {
    let fact = format!("{variable} is not the address of a storage");
    Diagnostic::error(Code::STORAGE_FAILED, fact)
        .help("write https:// and the host, without a user name and a password")
        .setup()
}

/// Whether something says who publishes. Without it, a machine in a cloud would be asked for keys of its own, and any
/// other network would be asked in vain.
fn has_keys_of_aws(surroundings: &Surroundings) -> bool {
    let lent = [
        "AWS_ACCESS_KEY_ID",
        "AWS_WEB_IDENTITY_TOKEN_FILE",
        "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
        "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    ];
    let from_machine = surroundings.variable("AWS_EC2_METADATA_DISABLED") == Some("false");
    from_machine
        || lent.iter().any(|variable| surroundings.variable(variable).is_some())
        || profile_of_aws(surroundings).iter().any(|(key, _)| *key == AmazonS3ConfigKey::AccessKeyId)
}

fn incomplete(storage: Storage, shown_as: &str) -> Diagnostic {
    let help = match storage {
        Storage::S3 => {
            "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE for a profile of ~/.aws; and \
                        AWS_ENDPOINT_URL for a storage that is not Amazon's"
        }
        Storage::Gs => {
            "set GOOGLE_APPLICATION_CREDENTIALS to the file of the key, or run `gcloud auth \
                        application-default login`"
        }
        Storage::Az => "set AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY",
    };
    Diagnostic::error(
        Code::STORAGE_FAILED,
        format!("what is needed to reach {shown_as} is missing or cannot be read"),
    )
    .help(help)
    .setup()
}

fn s3(name: &str, surroundings: &Surroundings) -> object_store::Result<Arc<dyn ObjectStore>> {
    let mut builder = AmazonS3Builder::new()
        .with_bucket_name(name)
        .with_checksum_algorithm(Checksum::SHA256)
        // Not every storage knows the request that deletes many files.
        .with_config(AmazonS3ConfigKey::DisableBulkDelete, "true")
        .with_retry(retry())
        .with_http_connector(connector(surroundings, "AWS_ALLOW_HTTP"));
    for (key, value) in profile_of_aws(surroundings) {
        builder = builder.with_config(key, value);
    }
    for (key, value) in surroundings.options::<AmazonS3ConfigKey>("AWS_") {
        builder = builder.with_config(key, value);
    }
    // Whether a connection may be open is decided by the connector, which knows this machine.
    Ok(Arc::new(builder.with_allow_http(true).build()?))
}

fn gs(name: &str, surroundings: &Surroundings) -> object_store::Result<Arc<dyn ObjectStore>> {
    let mut builder = GoogleCloudStorageBuilder::new()
        .with_bucket_name(name)
        .with_retry(retry())
        .with_http_connector(connector(surroundings, "GOOGLE_ALLOW_HTTP"));
    for (key, value) in surroundings.options::<GoogleConfigKey>("GOOGLE_") {
        builder = builder.with_config(key, value);
    }
    Ok(Arc::new(builder.build()?))
}

fn az(name: &str, surroundings: &Surroundings) -> object_store::Result<Arc<dyn ObjectStore>> {
    let mut builder = MicrosoftAzureBuilder::new()
        .with_container_name(name)
        .with_retry(retry())
        .with_http_connector(connector(surroundings, "AZURE_ALLOW_HTTP"));
    for (key, value) in surroundings.options::<AzureConfigKey>("AZURE_") {
        builder = builder.with_config(key, value);
    }
    Ok(Arc::new(builder.with_allow_http(true).build()?))
}

fn connector(surroundings: &Surroundings, allow_http: &str) -> Connector {
    Connector {
        allow_http: surroundings.variable(allow_http).is_some_and(|value| value == "true" || value == "1"),
    }
}

/// A weak line is given a minute and a half; a wrong address is not waited for much longer than that.
fn retry() -> RetryConfig {
    RetryConfig {
        backoff: BackoffConfig { max_backoff: Duration::from_secs(5), ..BackoffConfig::default() },
        max_retries: 8,
        retry_timeout: Duration::from_secs(90),
    }
}

/// What the files of Amazon's tools say, if no key is in the environment.
fn profile_of_aws(surroundings: &Surroundings) -> Vec<(AmazonS3ConfigKey, String)> {
    if surroundings.variable("AWS_ACCESS_KEY_ID").is_some() {
        return Vec::new();
    }
    let home = surroundings.home.as_deref();
    let file = |variable: &str, name: &str| {
        let given = surroundings.variable(variable).map(PathBuf::from);
        given.or_else(|| Some(home?.join(".aws").join(name)))
    };
    let profile = surroundings.variable("AWS_PROFILE").unwrap_or("default");
    let in_config = if profile == "default" { profile.to_owned() } else { format!("profile {profile}") };
    let config = file("AWS_CONFIG_FILE", "config").map(|file| section(&file, &in_config));
    let keys = file("AWS_SHARED_CREDENTIALS_FILE", "credentials").map(|file| section(&file, profile));
    config
        .into_iter()
        .chain(keys)
        .flatten()
        .filter_map(|(key, value)| Some((key.parse().ok()?, value)))
        .collect()
}

/// One section of a file; nothing if there is none.
fn section(file: &Path, name: &str) -> Vec<(String, String)> {
    let mut ini = Ini::new_cs();
    ini.set_inline_comment_symbols(Some(&[]));
    let sections = ini.load(file).unwrap_or_default();
    let pairs = sections.get(name).into_iter().flatten();
    pairs.filter_map(|(key, value)| Some((key.clone(), value.clone()?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_variables(variables: &[(&str, &str)], home: &Path) -> Surroundings {
        let variables =
            variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Surroundings { variables, home: Some(home.to_owned()) }
    }

    #[test]
    fn keys_of_a_profile_are_read_if_the_environment_has_none() {
        let home = tempfile::tempdir().unwrap();
        std::fs::create_dir(home.path().join(".aws")).unwrap();
        let write =
            |name: &str, text: &str| std::fs::write(home.path().join(".aws").join(name), text).unwrap();
        write(
            "credentials",
            "[default]\naws_access_key_id = A\naws_secret_access_key = a/+#;:=\n\
                              [desk]\naws_access_key_id=B\naws_secret_access_key=b\n",
        );
        write(
            "config",
            "[default]\nregion = eu-west-1\n[profile desk]\nendpoint_url = http://127.0.0.1:9000\noutput = json\n",
        );
        let check = |variables: &[(&str, &str)]| {
            let read = profile_of_aws(&with_variables(variables, home.path()));
            let mut lines: Vec<_> =
                read.iter().map(|(key, value)| format!("{}={value}", AsRef::<str>::as_ref(key))).collect();
            lines.sort();
            lines.join(" ")
        };
        assert_eq!(check(&[]), "aws_access_key_id=A aws_region=eu-west-1 aws_secret_access_key=a/+#;:=");
        assert_eq!(
            check(&[("AWS_PROFILE", "desk")]),
            "aws_access_key_id=B aws_endpoint=http://127.0.0.1:9000 aws_secret_access_key=b"
        );
        assert_eq!(check(&[("AWS_PROFILE", "none")]), "");
        assert_eq!(check(&[("AWS_ACCESS_KEY_ID", "C")]), "");
    }

    #[test]
    fn what_cannot_reach_a_storage_is_said_before_it_is_tried() {
        let home = tempfile::tempdir().unwrap();
        let check = |variables: &[(&str, &str)]| {
            let keys = [("AWS_ACCESS_KEY_ID", "A"), ("AWS_SECRET_ACCESS_KEY", "b")];
            let variables = [if variables.is_empty() { &[] } else { &keys[..] }, variables].concat();
            connect(Storage::S3, "bucket", "", &with_variables(&variables, home.path())).unwrap_err().message
        };
        assert_eq!(check(&[]), "what is needed to reach s3://bucket is missing or cannot be read");
        for address in
            ["nonsense", "ftp://a", "https://", "http:///a", "https://user:pass@a.example", "https://a b"]
        {
            let expected = "AWS_ENDPOINT_URL is not the address of a storage";
            assert_eq!(check(&[("AWS_ENDPOINT_URL", address)]), expected, "{address}");
        }
    }

    #[test]
    fn no_value_of_a_setting_is_in_a_message() {
        let home = tempfile::tempdir().unwrap();
        let variables =
            [("AZURE_STORAGE_ACCOUNT_KEY", "SECRET not base64"), ("AZURE_STORAGE_ACCOUNT_NAME", "desk")];
        let error = connect(Storage::Az, "c", "", &with_variables(&variables, home.path())).unwrap_err();
        assert!(!format!("{error:?}").contains("SECRET"), "{error:?}");
    }
}
