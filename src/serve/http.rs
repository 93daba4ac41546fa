//! HTTP for browsers on this machine, and on others that know its code.

use std::{
    io::{self, Read as _, Write as _},
    net::{IpAddr, Shutdown, TcpListener, TcpStream},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
        mpsc::Sender,
    },
    time::Duration,
};

use super::{
    PATIENCE,
    answer::{Answer, answer},
    desk::{self, is_desk},
    guard::{Guard, May},
    live::Live,
    request::{LARGEST_BODY, Request, read_request},
    watch::Event,
};
use crate::{diagnostic::Error, text::address::decoded};

/// How many ports are tried.
const PORTS: u16 = 100;

/// How many connections there may be.
const CONNECTIONS: usize = 500;

/// How many of them may be from other machines, beside those.
const GUESTS: usize = 100;

/// How long to wait after a connection could not be taken.
const BREATH: Duration = Duration::from_millis(10);

/// How long what a browser says beyond its request is still heard.
const LAST_WORDS: Duration = Duration::from_millis(100);

/// How many pages can wait for news. A browser opens six at most.
const LISTENERS: usize = 64;

/// Takes the first free port from `port` on.
pub(super) fn listen(host: IpAddr, port: u16) -> Result<(TcpListener, u16), Error> {
    let last = port.saturating_add(PORTS);
    for port in port..=last {
        match TcpListener::bind((host, port)) {
            Ok(listener) => {
                let port = listener.local_addr().map_or(port, |address| address.port());
                return Ok((listener, port));
            }
            Err(why) if why.kind() == io::ErrorKind::AddrInUse => {}
            Err(why) if why.kind() == io::ErrorKind::AddrNotAvailable => {
                let message = format!("{host} is no address of this machine; try --host alone");
                return Err(Error::Usage(message));
            }
            Err(why) => {
                let message = format!("port {port} cannot be used ({why}); try --port 8000");
                return Err(Error::Usage(message));
            }
        }
    }
    Err(Error::Usage(format!(
        "every port from {port} to {last} is taken; give another with --port"
    )))
}

/// Takes connections, each on a thread of its own, so that none waits for another: a browser
/// opens some before it knows what for, and says nothing on them.
pub(super) fn answer_requests(
    listener: TcpListener,
    guard: Guard,
    live: &Arc<Live>,
    happened: &Sender<Event>,
) -> Result<(), Error> {
    let (live, happened, guard) = (Arc::clone(live), happened.clone(), Arc::new(guard));
    let take = move || {
        let mut failed = 0;
        loop {
            match listener.accept() {
                Ok((stream, from)) => {
                    failed = 0;
                    // Others cannot take what this machine needs.
                    let open = match from.ip().to_canonical().is_loopback() {
                        true => Counted::below(CONNECTIONS, &live, |live| &live.open),
                        false => Counted::below(GUESTS, &live, |live| &live.guests),
                    };
                    let Some(open) = open else {
                        continue; // It is closed again.
                    };
                    // Without a thread it is closed as well.
                    let guard = Arc::clone(&guard);
                    let answer = move || _ = respond(stream, from.ip(), &guard, &open);
                    _ = std::thread::Builder::new().spawn(answer);
                }
                Err(_) if failed < PORTS => {
                    failed += 1;
                    std::thread::sleep(BREATH);
                }
                Err(why) => {
                    _ = happened.send(Event::Stopped(why.to_string()));
                    return;
                }
            }
        }
    };
    let started = std::thread::Builder::new().spawn(take);
    started.map_err(|why| Error::Usage(format!("the preview could not start: {why}")))?;
    Ok(())
}

/// Answers what is asked on a connection, which then ends.
fn respond(mut stream: TcpStream, from: IpAddr, guard: &Guard, open: &Counted) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    stream.set_nodelay(true)?;
    let Some(mut request) = read_request(&mut stream) else { return Ok(()) };
    let may = guard.may(&request, from, stream.local_addr()?.ip());
    let is_head = request.method == "HEAD";
    let live = &open.live;
    let path = request.address.split('?').next().unwrap_or_default().to_owned();
    let path = path.as_str();
    let answer = if is_desk(path) {
        match may {
            // Its addresses have its key, which is not told to others.
            May::Look { is_here: true } => of_desk(&mut request, &mut stream, guard, live)
                .with("Referrer-Policy", "same-origin"),
            May::Look { .. } => {
                Answer::refusal(403, "The desk is on the machine of the preview alone.")
            }
            May::Hear(answer) => answer,
        }
    } else if request.method != "GET" && !is_head {
        Answer::refusal(405, "This preview only shows pages: nothing can be sent to it.")
    } else if let May::Hear(answer) = may {
        answer
    } else if is_for_staff(path)
        && !live.shows_staff()
        && !matches!(may, May::Look { is_here: true })
    {
        Answer::refusal(403, "What staff see is shown on the machine of the preview alone.")
    } else if path == "/_plainsite/events" && !is_head {
        match Counted::below(LISTENERS, live, |live| &live.listeners) {
            Some(listening) => return send_events(&mut stream, &listening.live),
            None => {
                let why = "Too many pages are open: close some, then load this one again.";
                Answer::refusal(503, why)
            }
        }
    } else {
        let shown = live.shown();
        // Before the first build there are pages, and what they use; for all else one waits.
        let early = (!shown.is_built).then(|| answer(&shown, &request.address));
        early
            .filter(|early| early.status == 200 && !path.starts_with("/_plainsite/"))
            .unwrap_or_else(|| {
                let shown = live.built();
                let other = live.other_edition(&shown, &request.address);
                other.unwrap_or_else(|| answer(&shown, &request.address))
            })
    };
    let mut whole = format!("HTTP/1.1 {} {}\r\n", answer.status, answer.reason());
    for (name, value) in &answer.headers {
        whole += &format!("{name}: {}\r\n", value.replace(['\r', '\n'], " "));
    }
    whole += &format!("Content-Length: {}\r\nConnection: close\r\n\r\n", answer.body.len());
    let mut whole = whole.into_bytes();
    if !is_head {
        whole.extend_from_slice(&answer.body);
    }
    stream.write_all(&whole)?;
    stream.flush()?;
    // What was sent along is heard to its end, or the answer would be lost with it.
    stream.shutdown(Shutdown::Write)?;
    stream.set_read_timeout(Some(LAST_WORDS))?;
    io::copy(&mut stream.take(1 << 20), &mut io::sink()).map(|_| ())
}

/// The answer of the desk, to whoever may write.
fn of_desk(request: &mut Request, stream: &mut TcpStream, guard: &Guard, live: &Live) -> Answer {
    let own = match guard.may_write(request) {
        Ok(own) => own,
        Err(answer) => return answer,
    };
    let body = match request.method.as_str() {
        "GET" | "HEAD" => None,
        "POST" => match request.body(stream) {
            Some(body) => Some(body),
            None => {
                let most = LARGEST_BODY >> 20;
                return Answer::refusal(
                    413,
                    &format!("What was sent is over {most} MB, or was cut."),
                );
            }
        },
        _ => return Answer::refusal(405, "The desk knows GET and POST."),
    };
    desk::Asked { live, request, own: &own, body }.answer()
}

/// Whether an address asks for what staff see, or for both.
fn is_for_staff(path: &str) -> bool {
    let path = decoded(path);
    ["/_plainsite/for-staff", "/_plainsite/beside"].iter().any(|own| path.starts_with(own))
}

/// One of a number of things that may not be too many; it is counted as long as this lives.
struct Counted {
    live: Arc<Live>,
    count: fn(&Live) -> &AtomicUsize,
}

impl Counted {
    /// One more, if there are fewer than `most`.
    fn below(most: usize, live: &Arc<Live>, count: fn(&Live) -> &AtomicUsize) -> Option<Self> {
        let before = count(live).fetch_add(1, Ordering::SeqCst);
        let one = Self { live: Arc::clone(live), count };
        (before < most).then_some(one)
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        (self.count)(&self.live).fetch_sub(1, Ordering::SeqCst);
    }
}

/// Sends the number of what is shown now, and each time it changes, until nobody listens.
fn send_events(to: &mut TcpStream, live: &Live) -> io::Result<()> {
    let head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nCache-Control: no-store\r\n\
                X-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n";
    let mut seen = live.shown().number;
    to.write_all(format!("{head}data: {seen}\n\n").as_bytes())?;
    loop {
        let number = live.next(seen).number;
        // An empty line shows whether somebody is still there.
        let text = if number == seen { ":\n\n".to_owned() } else { format!("data: {number}\n\n") };
        to.write_all(text.as_bytes())?;
        seen = number;
    }
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use super::*;

    const HERE: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    #[test]
    fn a_port_that_is_taken_is_passed_over() {
        let (_first, port) = listen(HERE, 0).expect("some port is free");
        let (_second, next) = listen(HERE, port).expect("another port is free");
        assert!(next > port);
    }
}
