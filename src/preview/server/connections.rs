//! Connections: how many there are, how long each may take, and who has to go.
//!
//! Owns the loop that accepts them. Knows nothing of what is asked and answered.
//!
//! Invariant: no client ends the loop, and none holds a place that others need for longer than the
//! limits say.

use std::collections::BTreeMap;
use std::io;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::{Extension, Router};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Notify;
use tokio_io_timeout::TimeoutStream;

const MOST: usize = 512;
/// For the whole head of a request, and for the wait for the next one.
const HEAD_TIME: Duration = Duration::from_secs(15);
const MOST_HEAD: usize = 16 << 10;
const MOST_HEADERS: usize = 64;
/// A reader who takes nothing for that long is let go.
const WRITE_TIME: Duration = Duration::from_secs(20);
/// After an error that the next `accept` would meet as well, as when files run out.
const PAUSE: Duration = Duration::from_millis(50);

/// Answers connections for ever.
pub async fn serve(listener: TcpListener, app: Router) {
    let seats = Arc::new(Seats::default());
    loop {
        match listener.accept().await {
            Ok((stream, _)) => match Seats::take(&seats) {
                Some(seat) => {
                    tokio::spawn(serve_one(stream, seat, app.clone()));
                }
                None => refuse(&stream),
            },
            Err(error) if is_of_one_connection(&error) => {}
            Err(_) => {
                seats.free_one();
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

async fn serve_one(stream: TcpStream, seat: Taken, app: Router) {
    // Events are small and should not wait for more. Where that cannot be set, they do.
    let _ = stream.set_nodelay(true);
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(WRITE_TIME));
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIME)
        .max_header_size(MOST_HEAD)
        .max_headers(MOST_HEADERS);
    let app = app.layer(Extension(Arc::clone(&seat.seat)));
    let served = http.serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(app));
    tokio::select! {
        // A client that goes, or breaks the rules, is no matter of ours.
        _ = served => {}
        () = seat.seat.leave.notified() => {}
    }
}

fn is_of_one_connection(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset)
}

fn refuse(stream: &TcpStream) {
    const ANSWER: &[u8] =
        b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\nRetry-After: 1\r\n\r\n";
    // As much of it as goes out at once: nobody waits for a client that is too many.
    let _ = stream.try_write(ANSWER);
}

/// One connection, as long as it lasts.
#[derive(Default)]
pub struct Seat {
    /// Requests that are being answered, and streams that are open.
    busy: AtomicUsize,
    /// Counts up over all seats with every request; of the last one on this seat.
    used: AtomicU64,
    leave: Notify,
}

/// While it lives, the connection is not the one that has to go.
pub struct Busy(Arc<Seat>);

impl Seat {
    pub fn busy(self: &Arc<Self>) -> Busy {
        static REQUESTS: AtomicU64 = AtomicU64::new(0);
        self.busy.fetch_add(1, Ordering::Relaxed);
        self.used.store(REQUESTS.fetch_add(1, Ordering::Relaxed) + 1, Ordering::Relaxed);
        Busy(Arc::clone(self))
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.busy.fetch_sub(1, Ordering::Relaxed);
    }
}

#[derive(Default)]
struct Seats(Mutex<Taking>);

#[derive(Default)]
struct Taking {
    next: u64,
    /// By number, so that the oldest is the first.
    taken: BTreeMap<u64, Arc<Seat>>,
}

/// A seat that is free again when this goes.
struct Taken {
    seat: Arc<Seat>,
    number: u64,
    seats: Arc<Seats>,
}

impl Seats {
    fn lock(&self) -> MutexGuard<'_, Taking> {
        // Counters hold whatever a panic elsewhere left of them.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A seat; where all are taken, that of the connection that did nothing for longest.
    fn take(seats: &Arc<Self>) -> Option<Taken> {
        let is_full = seats.lock().taken.len() >= MOST;
        if is_full && !seats.free_one() {
            return None;
        }
        let seat = Arc::new(Seat::default());
        let mut taking = seats.lock();
        let number = taking.next;
        taking.next += 1;
        taking.taken.insert(number, Arc::clone(&seat));
        Some(Taken { seat, number, seats: Arc::clone(seats) })
    }

    fn free_one(&self) -> bool {
        let mut taking = self.lock();
        let idle = taking.taken.iter().filter(|(_, seat)| seat.busy.load(Ordering::Relaxed) == 0);
        let longest = idle.min_by_key(|(_, seat)| seat.used.load(Ordering::Relaxed));
        let Some(number) = longest.map(|(number, _)| *number) else { return false };
        if let Some(seat) = taking.taken.remove(&number) {
            seat.leave.notify_one();
        }
        true
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        self.seats.lock().taken.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_idle_connection_makes_room_and_busy_ones_stay() {
        let seats = Arc::new(Seats::default());
        let taken: Vec<Taken> = (0..MOST).map(|_| Seats::take(&seats).unwrap()).collect();
        let busy: Vec<Busy> = taken.iter().skip(1).map(|taken| taken.seat.busy()).collect();
        let first = taken[0].number;
        let another = Seats::take(&seats).unwrap();
        assert!(!seats.lock().taken.contains_key(&first), "the idle one went");
        let _still = another.seat.busy();
        assert!(Seats::take(&seats).is_none(), "all are busy");
        drop(busy);
        assert!(Seats::take(&seats).is_some());
    }
}
