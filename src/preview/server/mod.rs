//! An HTTP server that shows what there is to see, as a static host would serve it.
//!
//! Owns the port, the runtime and the end of both. `answer` knows pages, `events` tells of changes,
//! `guard` who may ask, `connections` how many and how long.
//!
//! Invariants: only paths of the site's routes are answered, nothing else of the disk is in reach;
//! no content, no template and no client ends it.

mod answer;
mod connections;
mod content_security;
mod events;
mod fault_page;
mod guard;
mod inject;
mod lookup;
mod styles;
mod validators;

use std::io;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs as _};
use std::sync::Arc;
use std::time::Duration;

use super::state::Live;
use answer::Preview;
use guard::Guard;

/// How many ports after the wanted one are tried.
const PORTS_TO_TRY: u16 = 20;
/// Pages that are rendered, or files that are read, at one time.
const MOST_AT_WORK: usize = 8;
/// For a page that is just being rendered when the end comes.
const FOR_THE_END: Duration = Duration::from_millis(200);

/// Where to listen.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// An address, or a name that leads to one of this machine's.
    pub host: String,
    pub port: u16,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self { host: "127.0.0.1".to_owned(), port: 4000 }
    }
}

/// A server that has its port and waits to run.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    preview: Preview,
}

impl Server {
    /// Takes the port, or the next free one.
    ///
    /// # Errors
    /// Where none of them is free, or the host is not this machine.
    pub fn bind(live: Arc<Live>, options: &ServeOptions) -> io::Result<Self> {
        let mut last = io::Error::from(io::ErrorKind::AddrInUse);
        for port in options.port..=options.port.saturating_add(PORTS_TO_TRY) {
            let addresses: Vec<SocketAddr> = (options.host.as_str(), port).to_socket_addrs()?.collect();
            match TcpListener::bind(addresses.as_slice()) {
                Ok(listener) => {
                    let address = listener.local_addr()?;
                    let guard = Guard::new(&options.host, address.ip());
                    return Ok(Self { listener, address, preview: Preview::new(live, guard) });
                }
                Err(error) => last = error,
            }
            // Another port makes no address of this machine's.
            if last.kind() == io::ErrorKind::AddrNotAvailable {
                break;
            }
        }
        Err(last)
    }

    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves until Ctrl-C, or until the terminal is closed.
    ///
    /// # Errors
    /// Of the runtime and of its signals, at the start.
    pub fn run(self) -> io::Result<()> {
        self.listener.set_nonblocking(true)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(MOST_AT_WORK)
            .enable_all()
            .build()?;
        let ended = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?;
            let app = answer::app(self.preview);
            tokio::select! {
                () = connections::serve(listener, app) => Ok(()),
                ended = interrupted() => ended,
            }
        });
        runtime.shutdown_timeout(FOR_THE_END);
        ended
    }
}

/// Waits until the program is asked to end: Ctrl-C, a kill, a terminal that is closed.
///
/// # Errors
/// Where the system gives no word of signals.
#[cfg(unix)]
pub async fn interrupted() -> io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted,
        _ = terminate.recv() => Ok(()),
        _ = hang_up.recv() => Ok(()),
    }
}

/// Waits for Ctrl-C.
///
/// # Errors
/// Where the system gives no word of it.
#[cfg(not(unix))]
pub async fn interrupted() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
