//! One real Chromium, shared by the tests that run at the same time, used by one after the other.

use std::path::Path;
use std::sync::{Arc, LazyLock, Mutex, Weak};
use std::time::Duration;

use tokio::runtime::Runtime;
use yakin::drivers::browser::{BrowserSpec, DialogAnswer, Session, WindowChoice};

use super::site::Site;

/// Long enough for a busy machine; nothing that works takes this long.
pub(crate) const WAIT: Duration = Duration::from_secs(20);
/// For what must not come.
pub(crate) const SHORT: Duration = Duration::from_millis(300);

static RUNTIME: LazyLock<Runtime> = LazyLock::new(|| {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap()
});
static SHARED: Mutex<Weak<Shared>> = Mutex::new(Weak::new());

/// The browser ends with the last test that holds it.
struct Shared {
    session: tokio::sync::Mutex<Option<Session>>,
    folder: tempfile::TempDir,
    site: Site,
}

/// A specification for a browser of one's own below `folder`.
pub(crate) fn spec(folder: &Path) -> BrowserSpec {
    BrowserSpec::new("chromedriver", folder, "test")
}

/// Runs a test that starts browsers itself.
pub(crate) fn block_on<T>(test: impl Future<Output = T>) -> T {
    RUNTIME.block_on(test)
}

/// Runs a test in the shared browser, on a page of the site.
pub(crate) fn on_page(page: &str, test: impl AsyncFnOnce(&mut Session, &Site)) {
    let shared = {
        let mut slot = SHARED.lock().unwrap();
        slot.upgrade().unwrap_or_else(|| {
            let folder = tempfile::tempdir().unwrap();
            let made = Arc::new(Shared {
                session: tokio::sync::Mutex::new(None),
                folder,
                site: Site::start(),
            });
            *slot = Arc::downgrade(&made);
            made
        })
    };
    RUNTIME.block_on(async {
        let mut slot = shared.session.lock().await;
        // A test that failed half-way leaves its session behind: `take` makes sure that nobody inherits it.
        let mut session = match slot.take() {
            Some(session) => session,
            None => Session::start(&spec(shared.folder.path())).await.unwrap(),
        };
        session.open(&shared.site.url(page)).await.unwrap();
        test(&mut session, &shared.site).await;
        tidy(&mut session).await;
        *slot = Some(session);
    });
}

async fn tidy(session: &mut Session) {
    while session.dialog(&DialogAnswer::Dismiss, Duration::ZERO).await.is_ok() {}
    while session.close_window().await.is_ok() {}
    session
        .switch_window(&WindowChoice::First, Duration::ZERO)
        .await
        .unwrap();
    session.leave_frame();
    session.keep_to(None);
}
