//! An HTTP server for the preview, which answers as a static host would.
//!
//! Owns the port, the runtime and how both end. `answer` serves pages, `events` reports changes to open
//! pages, `guard` decides who may ask.
//!
//! Invariants: only paths of the site's routes are answered, and no other file can be reached; no content,
//! no template and no client ends the server.

mod answer;
mod events;
mod fault_page;
mod guard;
mod inject;
mod lookup;
mod policy;
mod version;

use std::io;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs as _};
use std::sync::Arc;
use std::time::Duration;

use axum::serve::ListenerExt as _;

use super::state::PreviewState;
use answer::Preview;
use guard::Guard;

/// How many ports after the wanted one are tried.
const PORTS_TO_TRY: u16 = 20;
/// Pages that are rendered, or files that are read, at one time; more requests wait.
const MOST_LOOKUPS: usize = 8;
/// How long the end waits for a page that is being rendered.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_millis(200);

/// Where to listen.
#[derive(Clone, Debug)]
pub struct ServeOptions {
    /// An address of this machine, or a name for one.
    pub host: String,
    pub port: u16,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self { host: "127.0.0.1".to_owned(), port: 4000 }
    }
}

/// A server that has its port, and is ready to run.
pub struct Server {
    listener: TcpListener,
    address: SocketAddr,
    preview: Preview,
}

impl Server {
    /// Takes the port, or the next free one.
    ///
    /// # Errors
    /// If none of them is free, or the host is not this machine.
    pub fn bind(state: Arc<PreviewState>, options: &ServeOptions) -> io::Result<Self> {
        let mut last = io::Error::from(io::ErrorKind::AddrInUse);
        for port in options.port..=options.port.saturating_add(PORTS_TO_TRY) {
            let addresses: Vec<SocketAddr> = (options.host.as_str(), port).to_socket_addrs()?.collect();
            match TcpListener::bind(addresses.as_slice()) {
                Ok(listener) => {
                    let address = listener.local_addr()?;
                    let guard = Guard::new(&options.host, address.ip());
                    return Ok(Self { listener, address, preview: Preview::new(state, guard) });
                }
                Err(error) => last = error,
            }
            // With another port the address is still not one of this machine's.
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
    /// If the runtime or its signals cannot be set up.
    pub fn run(self) -> io::Result<()> {
        self.listener.set_nonblocking(true)?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .max_blocking_threads(MOST_LOOKUPS)
            .enable_all()
            .build()?;
        let ended = runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(self.listener)?.tap_io(|stream| {
                // Events are small and should not wait for more. Without this they do.
                let _ = stream.set_nodelay(true);
            });
            // Not axum's graceful shutdown, which would wait for event streams, and they never end.
            tokio::select! {
                served = axum::serve(listener, answer::app(self.preview)) => served,
                ended = interrupted() => ended,
            }
        });
        runtime.shutdown_timeout(SHUTDOWN_TIMEOUT);
        ended
    }
}

/// Waits until the program is asked to end: Ctrl-C, a kill, a closed terminal.
///
/// # Errors
/// If the system reports no signals.
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
/// If the system does not report it.
#[cfg(not(unix))]
pub async fn interrupted() -> io::Result<()> {
    tokio::signal::ctrl_c().await
}
