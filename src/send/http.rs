//! Asking other machines: each request ends in time, follows nobody elsewhere, and is tried
//! again when the network or the machine there had a bad moment. The only file that names ureq.

use std::{io::Read as _, time::Duration};

use ureq::{Agent, Body, http::Response};

/// How often something is tried, and how long is waited after each time.
const WAITS: [Duration; 2] = [Duration::from_millis(500), Duration::from_secs(2)];

/// How long an answer may take to begin, and to go on.
const LONGEST: Duration = Duration::from_secs(30);

/// Asks for things.
pub(super) struct Client(Agent);

/// What was answered.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) bytes: Vec<u8>,
    /// Where it says that the thing is, for an answer that leads on.
    pub(super) leads_to: Option<String>,
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub(super) enum Ask<'a> {
    /// For at most so many bytes.
    Get(u64),
    /// To keep these bytes, with these headers.
    Put(&'a [u8], &'a [(&'a str, &'a str)]),
    Delete,
}

impl Client {
    pub(super) fn new() -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_connect(Some(Duration::from_secs(10)))
            .timeout_recv_response(Some(LONGEST))
            .timeout_per_read(Some(LONGEST))
            .timeout_per_write(Some(LONGEST))
            .user_agent(concat!("plainsite/", env!("CARGO_PKG_VERSION")));
        Self(config.build().new_agent())
    }

    /// Asks, some times if need be. Where nobody answers it says why, without the address: it
    /// may hold a signature.
    pub(super) fn ask(&self, address: &str, ask: Ask<'_>) -> Result<Answer, String> {
        let mut waits = WAITS.iter();
        loop {
            let answer = self.once(address, ask);
            let is_bad_moment = match &answer {
                Ok(answer) => matches!(answer.status, 429 | 500 | 502 | 503 | 504),
                Err(_) => true,
            };
            match waits.next().filter(|_| is_bad_moment) {
                Some(wait) => std::thread::sleep(*wait),
                None => return answer,
            }
        }
    }

    fn once(&self, address: &str, ask: Ask<'_>) -> Result<Answer, String> {
        let (sent, most) = match ask {
            Ask::Get(most) => (self.0.get(address).call(), most),
            Ask::Delete => (self.0.delete(address).call(), ANSWER),
            Ask::Put(bytes, headers) => {
                let request = self.0.put(address);
                let with = |request: ureq::RequestBuilder<_>, (name, value): &(&str, &str)| {
                    request.header(*name, *value)
                };
                (headers.iter().fold(request, with).send(bytes), ANSWER)
            }
        };
        let mut answer: Response<Body> = sent.map_err(|why| reason(&why))?;
        let mut bytes = Vec::new();
        let read = answer.body_mut().as_reader().take(most).read_to_end(&mut bytes);
        read.map_err(|why| why.to_string())?;
        let leads_to = answer.headers().get("location");
        let leads_to = leads_to.map(|to| String::from_utf8_lossy(to.as_bytes()).into_owned());
        Ok(Answer { status: answer.status().as_u16(), bytes, leads_to })
    }
}

/// The most that is read of an answer that only says how it went.
const ANSWER: u64 = 64 * 1024;

/// Why nobody answered, in words.
fn reason(why: &ureq::Error) -> String {
    match why {
        ureq::Error::HostNotFound => "there is no host of that name".into(),
        ureq::Error::Timeout(_) => "it did not answer in time".into(),
        ureq::Error::Io(why) => why.to_string(),
        ureq::Error::BadUri(_) => "that is no address".into(),
        ureq::Error::ConnectionFailed => "no connection could be made".into(),
        other => other.to_string(),
    }
}
