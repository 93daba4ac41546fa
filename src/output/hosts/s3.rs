//! Amazon S3 as a website, alone or behind CloudFront: what its commands are given.
//!
//! `website.json` is for `aws s3api put-bucket-website`. A rule in it leads on all that begins
//! with its words, so only an address with nothing else below it has one, and a bucket takes
//! 50. `redirects.json` has the others by object, for whoever uploads them:
//! `--website-redirect-location` then does the same (301). `cloudfront.json` is for
//! `aws cloudfront create-response-headers-policy`.

use serde_json::{Value, json};

use super::{Moved, Told, Written};
use crate::{config::Host, model::Url};

pub(super) const PATHS: &[&str] =
    &["_hosts/s3/cloudfront.json", "_hosts/s3/redirects.json", "_hosts/s3/website.json"];

/// The most rules. Source: Amazon S3, User Guide, "Using website redirects".
const MOST_RULES: usize = 50;

/// Old addresses that a rule can lead on, and those that a redirect of their object can.
fn shared(told: &Told) -> (Vec<&Moved>, Vec<&Moved>) {
    let plain = |moved: &&Moved| moved.query.is_none() && !moved.is_short;
    let (mut rules, others): (Vec<_>, Vec<_>) =
        told.moved.iter().filter(plain).partition(|moved| is_alone(told, moved));
    let more = rules.split_off(rules.len().min(MOST_RULES));
    (rules, more.into_iter().chain(others).collect())
}

/// The path of an address in the bucket.
fn key<'a>(told: &Told, moved: &'a Moved) -> &'a str {
    moved.from.strip_prefix(told.base.as_str()).unwrap_or(&moved.from)
}

/// Whether nothing else begins as this address does.
fn is_alone(told: &Told, moved: &Moved) -> bool {
    let key = key(told, moved);
    let own = format!("{key}index.html");
    let is_other = |path: &&String| **path != own && **path != key;
    let mut below = told.paths.range(key.to_owned()..).take_while(|path| path.starts_with(key));
    let mut addresses = told.moved.iter().filter(|other| other.from != moved.from);
    !key.is_empty()
        && !below.any(|path| is_other(&path))
        && !addresses.any(|other| self::key(told, other).starts_with(key))
}

fn rule(told: &Told, moved: &Moved) -> Value {
    let mut redirect = json!({ "HttpRedirectCode": moved.status().to_string() });
    match moved.to.split_once("://") {
        Some((scheme, rest)) => {
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            redirect["Protocol"] = scheme.into();
            redirect["HostName"] = host.into();
            redirect["ReplaceKeyWith"] = path.into();
        }
        None => redirect["ReplaceKeyWith"] = moved.to.trim_start_matches('/').into(),
    }
    json!({ "Condition": { "KeyPrefixEquals": key(told, moved) }, "Redirect": redirect })
}

/// JSON as people read it.
fn pretty(value: &Value) -> String {
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    text
}

pub(super) fn files(told: &Told, _: &[Host]) -> Written {
    let (rules, objects) = shared(told);
    let mut website = json!({
        "IndexDocument": { "Suffix": "index.html" },
        "ErrorDocument": { "Key": told.not_found().trim_start_matches('/') },
    });
    if !rules.is_empty() {
        website["RoutingRules"] = rules.iter().map(|moved| rule(told, moved)).collect();
    }
    let redirects: serde_json::Map<String, Value> = objects
        .iter()
        .map(|moved| {
            (Url::from_root(&format!("/{}", key(told, moved))).output(), moved.to.as_str().into())
        })
        .collect();
    let value = |name: &str| {
        told.headers.iter().find(|(own, _)| *own == name).map_or("", |(_, value)| value.as_str())
    };
    let policy = json!({
        "Name": told.name,
        "Comment": "Written by Plainsite with the site. HSTS is left to you.",
        "SecurityHeadersConfig": {
            "ContentSecurityPolicy": {
                "Override": true,
                "ContentSecurityPolicy": value("Content-Security-Policy"),
            },
            "ContentTypeOptions": { "Override": true },
            "ReferrerPolicy": { "Override": true, "ReferrerPolicy": value("Referrer-Policy") },
        },
        "CustomHeadersConfig": {
            "Quantity": 1,
            "Items": [{
                "Header": "Permissions-Policy",
                "Value": value("Permissions-Policy"),
                "Override": true,
            }],
        },
    });
    let redirects = Value::Object(redirects);
    vec![(PATHS[0], pretty(&policy)), (PATHS[1], pretty(&redirects)), (PATHS[2], pretty(&website))]
}

/// What its rules do not take.
pub(super) fn limit(told: &Told) -> Option<String> {
    let (rules, _) = shared(told);
    let alone = told
        .moved
        .iter()
        .filter(|moved| moved.query.is_none() && !moved.is_short && is_alone(told, moved));
    let alone = alone.count();
    (rules.len() < alone).then(|| {
        format!(
            "a bucket of S3 takes {MOST_RULES} rules: {} of {alone} redirects are in `website.json`, \
             the others in `redirects.json`",
            rules.len()
        )
    })
}
