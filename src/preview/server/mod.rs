//! An HTTP server for the preview, which answers as a static host would.
//!
//! Owns the port, the runtime and how both end. `answer` serves pages, `events` reports changes to open
//! pages, `guard` decides who may ask.
//!
//! Invariants: only paths of the site's routes and of its forms are answered, and no other file can be reached; no content,
//! no template and no client ends the server.

mod answer;
mod events;
mod fault_page;
mod forms;
mod guard;
mod inject;
mod lookup;
mod policy;
mod version;

use std::io;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::serve::ListenerExt as _;

use super::state::PreviewState;
use crate::diag::{Code, Diagnostic};
use crate::sources::reason;
use answer::Preview;
use forms::Forms;
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
    /// The folder of the site, for its forms.
    pub root: PathBuf,
}

impl Default for ServeOptions {
    fn default() -> Self {
        Self { host: "127.0.0.1".to_owned(), port: 4000, root: PathBuf::from(".") }
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
    pub fn bind(state: Arc<PreviewState>, options: &ServeOptions) -> Result<Self, Diagnostic> {
        // Brackets belong to an address in a URL, from where it may have been copied.
        let host = options.host.trim_start_matches('[').trim_end_matches(']');
        let last_port = options.port.saturating_add(PORTS_TO_TRY);
        for port in options.port..=last_port {
            let Ok(addresses) = (host, port).to_socket_addrs() else {
                return Err(bad_host(format!("the host \"{host}\" is not known")));
            };
            let addresses: Vec<SocketAddr> = addresses.collect();
            let bound = TcpListener::bind(addresses.as_slice())
                .and_then(|listener| listener.local_addr().map(|address| (listener, address)));
            match bound {
                Ok((listener, address)) => {
                    let guard = Guard::new(host, address.ip());
                    return Ok(Self {
                        listener,
                        address,
                        preview: Preview::new(state, guard, Forms::in_site(&options.root)),
                    });
                }
                Err(error) => match error.kind() {
                    io::ErrorKind::AddrInUse => {}
                    io::ErrorKind::AddrNotAvailable => {
                        return Err(bad_host(format!("\"{host}\" is not an address of this machine")));
                    }
                    _ => return Err(cannot_listen(host, port, &error)),
                },
            }
        }
        Err(ports_in_use(host, options.port, last_port))
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

fn bad_host(message: String) -> Diagnostic {
    Diagnostic::error(Code::BAD_HOST, message)
        .setup()
        .help("name this machine or one of its addresses, such as 127.0.0.1; without --host it is that one")
}

fn ports_in_use(host: &str, first: u16, last: u16) -> Diagnostic {
    let message = if first == last {
        format!("{host}:{first} is in use")
    } else {
        format!("the ports {first} to {last} of {host} are in use")
    };
    Diagnostic::error(Code::PORT_IN_USE, message)
        .setup()
        .help("end the program that uses it, or choose another port with --port")
}

fn cannot_listen(host: &str, port: u16, error: &io::Error) -> Diagnostic {
    Diagnostic::error(Code::SYSTEM_ERROR, format!("cannot listen on {host}:{port}: {}", reason(error)))
        .setup()
        .help("choose another port with --port; those below 1024 are reserved on most systems")
}

/// Waits until the program is asked to end: Ctrl-C, a kill, a closed terminal.
///
/// # Errors
/// If the system reports no signals.
pub async fn interrupted() -> io::Result<()> {
    interrupts()?.await;
    Ok(())
}

/// From now on the program ends itself when it is asked to. The first time is when the future ends.
///
/// # Errors
/// If the system reports no signals.
///
/// # Panics
/// Outside of a runtime.
#[cfg(unix)]
pub fn interrupts() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let mut hang_up = signal(SignalKind::hangup())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => (),
            _ = terminate.recv() => (),
            _ = hang_up.recv() => (),
        }
    })
}

/// From now on the program ends itself at Ctrl-C. The first one is when the future ends.
///
/// # Errors
/// If the system does not report it.
///
/// # Panics
/// Outside of a runtime.
#[cfg(not(unix))]
pub fn interrupts() -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}
