//! The city as a whole: what it knows, and how it is started and stopped.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::{JoinHandle, spawn_blocking};

use super::faults::{FaultPanel, Faults, Strike};
use super::line::{Line, Lines};
use super::register::{Entry, Register, RegisterError};
use super::residents::{Resident, residents};
use super::session::{Refusal, Sessions};
use super::{control, page, time, uketsuke};

/// The seed of the city that the tutorial and the samples speak of.
pub const SEED: u64 = 850;

/// How long a stop waits for answers that are under way.
const STOP_WAIT: Duration = Duration::from_secs(5);

/// How a city is started.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// The file that keeps the register over restarts; without one it lives in memory.
    pub state: Option<PathBuf>,
    /// Decides who lives there; the samples are made for [`SEED`].
    pub seed: u64,
    /// What goes wrong from the start.
    pub faults: Faults,
}

impl Default for Options {
    /// A healthy city with the sample residents on a free loopback port, kept in memory.
    fn default() -> Self {
        Options {
            listen: SocketAddr::from(([127, 0, 0, 1], 0)),
            state: None,
            seed: SEED,
            faults: Faults::default(),
        }
    }
}

/// Why a city could not be started.
#[derive(Debug, thiserror::Error)]
pub enum PracticeError {
    /// The address could not be listened on.
    #[error("{address}: {source}")]
    Listen {
        /// The address asked for.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// The register could not be opened.
    #[error(transparent)]
    Register(#[from] RegisterError),
    /// The operating system gave no random number.
    #[error(transparent)]
    Random(#[from] getrandom::Error),
}

/// The practice city: its residents, its register, who is logged in, and what is wrong with it today.
#[derive(Debug)]
pub struct City {
    residents: Vec<Resident>,
    register: Mutex<Register>,
    sessions: Mutex<Sessions>,
    panel: Mutex<FaultPanel>,
    given: Faults,
}

impl City {
    /// Starts the city on the current tokio runtime.
    ///
    /// # Errors
    /// When the address is not free or the state file is unreadable or no register.
    pub async fn start(options: Options) -> Result<RunningCity, PracticeError> {
        let city = Arc::new(City {
            residents: residents(options.seed),
            register: Mutex::new(Register::open(options.state)?),
            sessions: Mutex::new(Sessions::new(getrandom::u64()?)),
            panel: Mutex::new(FaultPanel::new(options.faults.clone())),
            given: options.faults,
        });
        let refused = |source| PracticeError::Listen {
            address: options.listen,
            source,
        };
        let listener = TcpListener::bind(options.listen).await.map_err(refused)?;
        let address = listener.local_addr().map_err(refused)?;
        let app = Router::new()
            .merge(control::home())
            .nest("/uketsuke", uketsuke::routes(&city))
            .nest(uketsuke::RENEWED, uketsuke::routes(&city));
        let app = app
            .fallback(page::not_found)
            .with_state(Arc::clone(&city))
            .into_make_service_with_connect_info::<Line>();
        let (stop, stopped) = oneshot::channel::<()>();
        // The sender is never used: dropping it is the sign to stop.
        let server = axum::serve(Lines(listener), app).with_graceful_shutdown(async { drop(stopped.await) });
        let server = tokio::spawn(server.into_future());
        Ok(RunningCity {
            address,
            city,
            stop: Some(stop),
            server,
        })
    }

    pub(super) fn residents(&self) -> &[Resident] {
        &self.residents
    }

    pub(super) fn register(&self) -> MutexGuard<'_, Register> {
        locked(&self.register)
    }

    /// Works on the register where writing its file holds up no other page.
    pub(super) async fn write<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&mut Register) -> Result<T, RegisterError> + Send + 'static,
    ) -> Result<T, RegisterError> {
        let city = Arc::clone(self);
        let work = spawn_blocking(move || work(&mut city.register()));
        // Such work ends without a result only when the runtime goes down.
        work.await.unwrap_or(Err(RegisterError::Closed))
    }

    pub(super) fn faults(&self) -> Faults {
        locked(&self.panel).faults().clone()
    }

    pub(super) fn set_faults(&self, faults: Faults) {
        *locked(&self.panel) = FaultPanel::new(faults);
    }

    pub(super) fn strike(&self, request_no: &str) -> Strike {
        locked(&self.panel).strike(request_no)
    }

    pub(super) fn login(&self, user: &str, password: &str) -> Result<String, Refusal> {
        locked(&self.sessions).login(user, password, time::now())
    }

    pub(super) fn logout(&self, token: &str) {
        locked(&self.sessions).logout(token);
    }

    pub(super) fn visit(&self, token: &str) -> bool {
        let faults = self.faults();
        locked(&self.sessions).visit(token, time::now(), &faults)
    }

    /// Back to the start: nobody is logged in, no account is locked, the faults are those given at the start, and the
    /// register is empty.
    pub(super) async fn reset(self: &Arc<Self>) -> Result<(), RegisterError> {
        locked(&self.sessions).reset();
        self.set_faults(self.given.clone());
        self.write(Register::clear).await
    }
}

/// What a mutex guards is whole after every statement here, so a handler that panicked left nothing half done.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A city that answers until it is stopped or dropped.
#[derive(Debug)]
pub struct RunningCity {
    address: SocketAddr,
    city: Arc<City>,
    stop: Option<oneshot::Sender<()>>,
    server: JoinHandle<io::Result<()>>,
}

impl RunningCity {
    /// The city's address without a slash at its end: `http://127.0.0.1:40123`.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// What was registered, in the order of the receipts.
    pub fn entries(&self) -> Vec<Entry> {
        self.city.register().entries().to_vec()
    }

    /// Takes no more requests and waits a few seconds for the answers under way. A registration that is still slow by
    /// then is lost, as when a real server is switched off.
    pub async fn stop(mut self) {
        drop(self.stop.take());
        if tokio::time::timeout(STOP_WAIT, &mut self.server).await.is_err() {
            self.server.abort();
        }
    }
}

impl Drop for RunningCity {
    fn drop(&mut self) {
        self.city.register().close();
    }
}
