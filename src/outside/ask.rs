//! Asks other sites. `ureq` speaks HTTP, here and where a site is sent or verified.

use std::{io::Read as _, time::Duration};

use super::judge::{Answer, End};
use crate::text::address::joined;

/// The most places that an address may lead on to, one after the other.
const MOST_HOPS: usize = 8;

/// How much of a page is read, in bytes.
const READ: u64 = 32 * 1024;

/// Asks, and gives up after a while.
#[derive(Debug)]
pub struct Asker {
    agent: ureq::Agent,
}

impl Asker {
    /// One that waits so long for an answer, and says who asks: `Example Council`.
    pub fn new(wait: Duration, who: &str) -> Self {
        let who: String = who.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').collect();
        let config = ureq::Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .timeout_global(Some(wait))
            .user_agent(format!("plainsite links ({who})"))
            .build();
        Self { agent: config.new_agent() }
    }

    /// Asks after an address, and goes where it leads.
    pub(super) fn ask(&self, address: &str) -> Answer {
        let mut answer = Answer::default();
        let mut at = address.split('#').next().unwrap_or_default().to_owned();
        loop {
            // Many hosts answer to no other question as they do to a browser.
            let sent = self.agent.get(&at).header("accept", "text/html,*/*;q=0.8").call();
            let mut response = match sent {
                Ok(response) => response,
                Err(why) => {
                    answer.end = failed(&why);
                    return answer;
                }
            };
            let number = response.status().as_u16();
            let to = response.headers().get("location").and_then(|to| to.to_str().ok());
            let leads_on = matches!(number, 301 | 302 | 303 | 307 | 308);
            if let Some(to) = to.filter(|_| leads_on) {
                let next = joined(&at, to);
                if !next.starts_with("http://") && !next.starts_with("https://") {
                    answer.end = End::Strange(to.to_owned());
                    return answer;
                }
                let seen = next == at || answer.hops.iter().any(|(_, before)| *before == next);
                if seen || answer.hops.len() == MOST_HOPS {
                    answer.end = End::Endless;
                    return answer;
                }
                answer.hops.push((matches!(number, 301 | 308), next.clone()));
                at = next;
                continue;
            }
            let mut words = Vec::new();
            let _ = response.body_mut().as_reader().take(READ).read_to_end(&mut words);
            answer.end = End::Page(number, String::from_utf8_lossy(&words).into_owned());
            return answer;
        }
    }
}

fn failed(why: &ureq::Error) -> End {
    match why {
        ureq::Error::HostNotFound => End::NoHost,
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) => End::Unproven,
        ureq::Error::Io(why) if why.kind() == std::io::ErrorKind::InvalidData => End::Unproven,
        ureq::Error::BadUri(to) => End::Strange(to.clone()),
        _ => End::Silent,
    }
}
