//! A bucket of S3, or of what speaks like it (MinIO, Ceph, R2, Spaces …).
//!
//! Who may write is said where other programs for S3 read it too: `AWS_ACCESS_KEY_ID`,
//! `AWS_SECRET_ACCESS_KEY` and `AWS_SESSION_TOKEN`, or the profile `AWS_PROFILE` of
//! `~/.aws/credentials`. The place is said by `AWS_REGION` and, for others than Amazon, by
//! `AWS_ENDPOINT_URL`. None of it is ever printed. The only file that names rusty_s3, which
//! signs requests; `http` sends them.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
    time::Duration,
};

use rusty_s3::{Bucket, BucketError, Credentials, S3Action, UrlStyle, actions::ListObjectsV2};

use super::{
    http::{Answer, Ask, Client},
    place::{Place, There, few},
};
use crate::{
    diagnostic::Error,
    manifest::{Entry, NAME},
    output::named_by_content,
    text::media::media_type,
};

/// How many files are on their way at one time.
const AT_ONCE: usize = 8;

/// How long a signature holds.
const SIGNED_FOR: Duration = Duration::from_secs(15 * 60);

/// The most that is read of one object or one list, in bytes.
const MOST: u64 = 256 * 1024 * 1024;

/// What a browser may do with files that are named by their content, and with others.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ASK_AGAIN: &str = "no-cache";

/// A bucket and what all names in it begin with.
pub(super) struct S3 {
    bucket: Bucket,
    credentials: Credentials,
    prefix: String,
    client: Client,
}

impl S3 {
    pub(super) fn new(bucket: &str, prefix: &str) -> Result<Self, Error> {
        let credentials = credentials()?;
        let region = setting("AWS_REGION")
            .or_else(|| setting("AWS_DEFAULT_REGION"))
            .or_else(|| in_profile(&aws_file("AWS_CONFIG_FILE", "config")?, "region"));
        let region = region.unwrap_or_else(|| "us-east-1".into());
        let own = setting("AWS_ENDPOINT_URL_S3").or_else(|| setting("AWS_ENDPOINT_URL"));
        // In the name of a host a dot would need a certificate of its own.
        let style = if own.is_some() || bucket.contains('.') {
            UrlStyle::Path
        } else {
            UrlStyle::VirtualHost
        };
        let place = own.unwrap_or_else(|| format!("https://s3.{region}.amazonaws.com"));
        let wrong = |what: &str| Error::Usage(format!("{what}; write it as https://host"));
        let endpoint = place
            .parse()
            .map_err(|_| wrong(&format!("AWS_ENDPOINT_URL is “{place}”, which is no address")))?;
        let bucket =
            Bucket::new(endpoint, style, bucket.to_owned(), region).map_err(|why| match why {
                BucketError::UnsupportedScheme | BucketError::MissingHost => {
                    wrong(&format!("AWS_ENDPOINT_URL is “{place}”, which is no address"))
                }
                BucketError::ParseError(_) => {
                    Error::Usage(format!("“{bucket}” cannot be the name of a bucket"))
                }
            })?;
        Ok(Self { bucket, credentials, prefix: prefix.to_owned(), client: Client::new() })
    }

    fn key(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }

    /// Asks for something, and takes nothing but the status that says it was done.
    fn ask(&self, address: &str, ask: Ask<'_>, what: &str) -> Result<Answer, Error> {
        let host = self.bucket.base_url().host_str().unwrap_or_default();
        let answer = self.client.ask(address, ask).map_err(|why| {
            Error::Usage(format!(
                "{host} could not be reached ({why}); what has arrived is there: publish again and \
                 the rest is sent"
            ))
        })?;
        if matches!(answer.status, 200 | 204) {
            return Ok(answer);
        }
        Err(Error::Usage(self.refused(&answer, what)))
    }

    fn refused(&self, answer: &Answer, what: &str) -> String {
        let text = String::from_utf8_lossy(&answer.bytes);
        let code = text.split("<Code>").nth(1).and_then(|rest| rest.split('<').next());
        let (name, host) = (self.bucket.name(), self.bucket.base_url().host_str());
        let host = host.unwrap_or_default();
        match (answer.status, code.unwrap_or_default()) {
            (_, "NoSuchBucket") => format!(
                "there is no bucket “{name}” at {host}; make it, or look at how it is spelt"
            ),
            (
                _,
                code @ ("InvalidAccessKeyId"
                | "SignatureDoesNotMatch"
                | "ExpiredToken"
                | "InvalidToken"),
            ) => format!(
                "{host} does not know these credentials ({code}); look at AWS_ACCESS_KEY_ID and \
                 AWS_SECRET_ACCESS_KEY, or at ~/.aws/credentials"
            ),
            (403, code) => format!(
                "{host} does not let these credentials {what} in “{name}” ({}); ask who owns the \
                 bucket to allow listing, reading, writing and deleting there",
                if code.is_empty() { "403" } else { code }
            ),
            (_, "RequestTimeTooSkewed") => {
                format!("{host} takes nothing from this machine, because its clock is wrong")
            }
            (301 | 307, _) => {
                format!("the bucket “{name}” is in another region; say which in AWS_REGION")
            }
            (status, code) => format!(
                "{host} did not {what} in “{name}”: it answered {status} {code}; what has arrived \
                 is there: publish again and the rest is sent"
            ),
        }
    }

    fn put_one(&self, from: &Path, path: &str) -> Result<(), Error> {
        let here = from.join(path);
        let bytes = fs::read(&here).map_err(|why| Error::Read(here, why))?;
        let key = self.key(path);
        let media = if path == NAME { "text/plain; charset=utf-8" } else { media_type(path) };
        let keep = if named_by_content(path).is_some() { FOR_EVER } else { ASK_AGAIN };
        let mut action = self.bucket.put_object(Some(&self.credentials), &key);
        action.headers_mut().insert("cache-control", keep);
        action.headers_mut().insert("content-type", media);
        let address = action.sign(SIGNED_FOR);
        let headers = [("cache-control", keep), ("content-type", media)];
        let what = format!("take {path}");
        self.ask(address.as_str(), Ask::Put(&bytes, &headers), &what).map(|_| ())
    }
}

impl Place for S3 {
    fn name(&self) -> String {
        format!("s3://{}/{}", self.bucket.name(), self.prefix)
    }

    fn list(&self) -> Result<BTreeMap<String, There>, Error> {
        let mut files = BTreeMap::new();
        let mut next = None;
        loop {
            let mut action = self.bucket.list_objects_v2(Some(&self.credentials));
            action.with_prefix(self.prefix.as_str());
            if let Some(next) = next.take() {
                action.with_continuation_token(next);
            }
            let address = action.sign(SIGNED_FOR);
            let answer = self.ask(address.as_str(), Ask::Get(MOST), "list what is")?;
            let text = String::from_utf8_lossy(&answer.bytes);
            let list = ListObjectsV2::parse_response(&in_one_space(&text)).map_err(|why| {
                let host = self.bucket.base_url().host_str().unwrap_or_default();
                Error::Usage(format!(
                    "{host} answered, but not as S3 does ({why}); look at AWS_ENDPOINT_URL"
                ))
            })?;
            for object in list.contents {
                let path = object.key.strip_prefix(&self.prefix).unwrap_or_default();
                // Some programs make an object for a folder.
                if path.is_empty() || path.ends_with('/') {
                    continue;
                }
                let md5 = object.etag.as_deref().and_then(md5_of);
                let size = object.size.unwrap_or_default();
                files.insert(path.to_owned(), There { size, md5 });
            }
            match list.next_continuation_token {
                Some(token) => next = Some(token),
                None => return Ok(files),
            }
        }
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, Error> {
        let key = self.key(path);
        let address = self.bucket.get_object(Some(&self.credentials), &key).sign(SIGNED_FOR);
        let what = format!("give {path}");
        self.ask(address.as_str(), Ask::Get(MOST), &what).map(|answer| answer.bytes)
    }

    fn put(&self, from: &Path, paths: &[&str]) -> Result<(), Error> {
        few(paths, AT_ONCE, |path| self.put_one(from, path)).map(|_| ())
    }

    fn different(&self, from: &Path, paths: &[&str]) -> Result<Vec<String>, Error> {
        let look = |path: &&str| {
            let here = from.join(path);
            let bytes = fs::read(&here).map_err(|why| Error::Read(here, why))?;
            Ok((Entry::of(&self.read(path)?) != Entry::of(&bytes)).then(|| (*path).to_owned()))
        };
        few(paths, AT_ONCE, look).map(|found| found.into_iter().flatten().collect())
    }

    fn remove(&self, paths: &[&str]) -> Result<(), Error> {
        let remove = |path: &&str| {
            let key = self.key(path);
            let action = self.bucket.delete_object(Some(&self.credentials), &key);
            let what = format!("remove {path}");
            self.ask(action.sign(SIGNED_FOR).as_str(), Ask::Delete, &what).map(|_| ())
        };
        few(paths, AT_ONCE, remove).map(|_| ())
    }
}

/// A list with the XML namespace that Amazon writes: others write an older one, or none.
fn in_one_space(list: &str) -> String {
    const ROOT: &str = "<ListBucketResult";
    let Some((before, rest)) = list.split_once(ROOT) else { return list.to_owned() };
    let rest = rest.split_once('>').map_or(rest, |(_, rest)| rest);
    format!("{before}{ROOT} xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">{rest}")
}

/// The MD5 that an entity tag is, unless it is something else: that of a file in parts, or of
/// one that is encrypted with a key of its own, which has other digits.
fn md5_of(etag: &str) -> Option<[u8; 16]> {
    let digits = etag.trim_matches('"');
    let is_one = digits.len() == 32 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    let number = u128::from_str_radix(digits, 16).ok().filter(|_| is_one)?;
    Some(number.to_be_bytes())
}

fn setting(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.trim().is_empty())
}

fn credentials() -> Result<Credentials, Error> {
    let from_file = || {
        let text = aws_file("AWS_SHARED_CREDENTIALS_FILE", "credentials")?;
        let key = in_profile(&text, "aws_access_key_id")?;
        let secret = in_profile(&text, "aws_secret_access_key")?;
        Some(match in_profile(&text, "aws_session_token") {
            Some(token) => Credentials::new_with_token(key, secret, token),
            None => Credentials::new(key, secret),
        })
    };
    Credentials::from_env().or_else(from_file).ok_or_else(|| {
        Error::Usage(
            "nobody says who may write to S3; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or \
             write them into ~/.aws/credentials"
                .into(),
        )
    })
}

/// One of the two files that programs for S3 read.
fn aws_file(variable: &str, name: &str) -> Option<String> {
    let home = || Some(PathBuf::from(setting("HOME").or_else(|| setting("USERPROFILE"))?));
    let path = match setting(variable) {
        Some(path) => PathBuf::from(path),
        None => home()?.join(".aws").join(name),
    };
    fs::read_to_string(path).ok()
}

/// A setting in the profile that is wanted: lines of `name = value` below `[profile]`.
fn in_profile(text: &str, name: &str) -> Option<String> {
    let wanted = setting("AWS_PROFILE").unwrap_or_else(|| "default".into());
    value_in(text, &wanted, name)
}

fn value_in(text: &str, profile: &str, name: &str) -> Option<String> {
    let mut is_wanted = false;
    for line in text.lines().map(str::trim) {
        if let Some(head) = line.strip_prefix('[') {
            let head = head.trim_end_matches(']').trim();
            is_wanted = head.strip_prefix("profile ").unwrap_or(head).trim() == profile;
        } else if let Some((key, value)) = line.split_once('=').filter(|_| is_wanted)
            && key.trim() == name
        {
            return Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_profile_is_read_as_other_programs_read_it() {
        let text = "# mine\n[default]\naws_access_key_id=A\n\n[profile web]\naws_access_key_id = B\n\
                    region= eu-west-2\n";
        assert_eq!(value_in(text, "default", "aws_access_key_id").as_deref(), Some("A"));
        assert_eq!(value_in(text, "web", "aws_access_key_id").as_deref(), Some("B"));
        assert_eq!(value_in(text, "web", "region").as_deref(), Some("eu-west-2"));
        assert_eq!(value_in(text, "default", "region"), None);
    }

    #[test]
    fn lists_are_read_whatever_space_of_names_they_are_in() {
        let old = " xmlns=\"http://doc.s3.amazonaws.com/2006-03-01/\"";
        let new = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";
        for space in ["", old, new] {
            let list = format!(
                "<?xml version=\"1.0\"?>\n<ListBucketResult{space}><Contents><Key>a</Key>\
                 <Size>3</Size></Contents></ListBucketResult>"
            );
            let read = ListObjectsV2::parse_response(&in_one_space(&list)).expect("it is one");
            assert_eq!((&*read.contents[0].key, read.contents[0].size), ("a", Some(3)));
        }
    }

    #[test]
    fn an_entity_tag_is_an_md5_or_nothing() {
        let md5 = md5_of("\"d41d8cd98f00b204e9800998ecf8427e\"").expect("it is one");
        assert_eq!((md5[0], md5[15]), (0xd4, 0x7e));
        for other in ["d41d8cd98f00b204e9800998ecf8427e-2", "", "+1d8cd98f00b204e9800998ecf8427e0"]
        {
            assert_eq!(md5_of(other), None, "{other}");
        }
    }
}
